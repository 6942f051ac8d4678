"""Tells in a terminal what makes ENIs, and checks itself: see ../demo."""

import concurrent.futures
import datetime
import glob
import io
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

import boto3
import botocore.config
import botocore.exceptions

WARREN = sys.argv[1]
PACKAGES = pathlib.Path(sys.argv[2])
HERE = pathlib.Path(__file__).parent
PYTHON = subprocess.run(
    ["python3", "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"],
    capture_output=True, text=True, check=True,
).stdout.strip()
IDLE = 5
COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ

times = {}


def style(code, text):
    return f"\x1b[{code}m{text}\x1b[0m" if COLOUR else text


def step(title):
    step.number = getattr(step, "number", 0) + 1
    print("\n" + style("1", f"{step.number}. {title}"))


def say(text):
    print(f"   {text}")


def check(is_so, what):
    if not is_so:
        raise SystemExit(style("31", f"\nthe demonstration failed: {what}"))
    print("   " + style("32", "✓") + f" {what}")


def leftovers(instance):
    """What the installation could have left on the host."""
    mounts = {line.split()[4] for line in open("/proc/self/mountinfo")}
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    hashed = 0xCBF29CE484222325
    for byte in instance.encode():
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    uplink = f"wrn{hashed % 2**32:08x}"
    return {
        "link": [name for name in os.listdir("/sys/class/net") if name == uplink],
        "mount": [mount for mount in mounts if instance in mount],
        "cgroup": glob.glob(f"/sys/fs/cgroup/**/*{instance}*", recursive=True),
        "namespace": glob.glob(f"/run/warren/{instance}*"),
        "process": [line for line in processes.stdout.splitlines()
                    if line.startswith((WARREN, "warren")) and instance in line],
    }


class Warren:
    """A server on a directory of its own, and clients of it."""

    def __init__(self, state):
        pipe = subprocess.PIPE
        command = [WARREN, "serve", "--listen", "127.0.0.1:0", "--state", state,
                   "--eni-model", "classic", "--idle-timeout", str(IDLE), "--log", "error"]
        began = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=pipe, text=True)
        line = self.process.stdout.readline()
        times["start of the server"] = [time.perf_counter() - began]
        self.url = re.search(r"http://[^,\s]+", line).group()
        say(line.strip())
        self.ec2 = self.client("ec2")
        self.functions = self.client("lambda")

    def client(self, service):
        config = botocore.config.Config(
            retries={"total_max_attempts": 1}, max_pool_connections=50, read_timeout=30)
        return boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1", config=config,
            aws_access_key_id="000000000000", aws_secret_access_key="secret")

    def cli(self, *words, **options):
        command = [WARREN, *words[:1], "--endpoint", self.url, *words[1:]]
        done = subprocess.run(command, capture_output=True, text=True, **options)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: {done.stderr}")
        return done.stdout

    def explain(self, thing, only=None):
        """Prints the tree; of a long one the lines that matter."""
        lines = self.cli("explain", thing).splitlines()
        print("   " + style("2", f"$ warren explain {thing}"))
        for line in lines:
            if only is None or line is lines[0] or re.search(only, line):
                print("   " + style("36", line))
        return "\n".join(lines)

    def ps(self):
        return json.loads(self.cli("ps", "--output", "json"))

    def environments(self, function):
        return [each for each in self.ps()["environments"]
                if each["function"] == function and each["phase"] != "reaping"]

    def create(self, name, package, groups=None, subnets=None, tags=None, variables=None):
        configuration = {"SubnetIds": subnets, "SecurityGroupIds": groups} if groups else {}
        began = time.perf_counter()
        self.functions.create_function(
            FunctionName=name, Runtime=PYTHON, Handler="function.handler", Timeout=3,
            Role="arn:aws:iam::000000000000:role/demo", Code={"ZipFile": package},
            VpcConfig=configuration, Tags=tags or {}, Environment={"Variables": variables or {}})
        self.functions.get_waiter("function_active_v2").wait(
            FunctionName=name, WaiterConfig={"Delay": 0.005, "MaxAttempts": 1000})
        times.setdefault("CreateFunction until Active", []).append(time.perf_counter() - began)

    def invoke(self, name, event, label=None):
        """The request id, the error if there was one, and what the function said."""
        began = time.perf_counter()
        try:
            answer = self.functions.invoke(FunctionName=name, Payload=json.dumps(event))
        except botocore.exceptions.ClientError as error:
            return None, error.response["Error"]["Code"], None
        said = json.loads(answer["Payload"].read())
        if label:
            times.setdefault(label, []).append(time.perf_counter() - began)
        return answer["ResponseMetadata"]["RequestId"], answer.get("FunctionError"), said

    def at_once(self, number, name, event):
        with concurrent.futures.ThreadPoolExecutor(number) as pool:
            return list(pool.map(lambda _: self.invoke(name, event), range(number)))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def package(source):
    """A function's zip: its source, and a pure Python client of PostgreSQL."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(HERE / source, "function.py")
        if source != "ping.py":
            for path in sorted(PACKAGES.rglob("*.py")):
                archive.write(path, path.relative_to(PACKAGES))
            for path in sorted(PACKAGES.glob("*.dist-info/METADATA")):
                archive.write(path, path.relative_to(PACKAGES))
    return made.getvalue()


def allow(warren, group, peer):
    return [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
             "UserIdGroupPairs": [{"GroupId": peer}]}]


class Database:
    """A PostgreSQL that `warren attach` starts in a subnet."""

    def __init__(self, warren, directory, subnet, group):
        self.binaries = max(glob.glob("/usr/lib/postgresql/*/bin"))
        self.directory = directory
        shutil.chown(directory, "postgres", "postgres")
        self.as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        data = f"{directory}/data"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": directory}
        subprocess.run([*self.as_postgres, f"{self.binaries}/initdb", "-D", data, "-A", "trust",
                        "-U", "postgres", "--no-sync"], check=True, **quiet)
        with open(f"{data}/pg_hba.conf", "a") as rules:
            rules.write("host all all 10.0.0.0/16 trust\n")
        server = [f"{self.binaries}/postgres", "-D", data, "-c", "listen_addresses=*",
                  "-c", f"unix_socket_directories={directory}", "-c", "fsync=off",
                  "-c", "max_connections=60"]
        self.process = subprocess.Popen(
            [WARREN, "attach", "--endpoint", warren.url, "--subnet", subnet,
             "--security-group", group, "--name", "db", "--", *self.as_postgres, *server],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=directory)
        sql = "CREATE TABLE orders AS SELECT generate_series(1, 42) AS id"
        for _ in range(200):
            done = subprocess.run(
                [f"{self.binaries}/psql", "-h", directory, "-U", "postgres", "-qc", sql], **quiet)
            if done.returncode == 0:
                break
            time.sleep(0.05)
        else:
            raise SystemExit("PostgreSQL did not start")
        (row,) = json.loads(warren.cli("resources", "--output", "json"))
        self.address, self.eni = row["address"], row["eni"]

    def ask(self, sql):
        command = [f"{self.binaries}/psql", "-h", self.directory, "-U", "postgres", "-Atqc", sql]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.directory, check=True)
        return done.stdout.strip()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


def story(warren, directory):
    ec2 = warren.ec2
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

    def subnet(block, zone):
        made = ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone)
        return made["Subnet"]["SubnetId"]

    def free(subnet):
        (seen,) = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
        return seen["AvailableIpAddressCount"]

    def group(name):
        made = ec2.create_security_group(VpcId=vpc, GroupName=name, Description=name)
        return made["GroupId"]

    a, b = subnet("10.0.1.0/28", "us-east-1a"), subnet("10.0.2.0/28", "us-east-1b")
    data = subnet("10.0.9.0/24", "us-east-1a")
    app, db = group("app"), group("db")
    ec2.authorize_security_group_ingress(GroupId=db, IpPermissions=allow(warren, db, app))
    say(f"subnets a = {a} and b = {b}, of 11 addresses each")
    database = Database(warren, directory, data, db)
    say(f"PostgreSQL at {database.address}:5432, behind the security group db, which admits app")
    event = {"host": database.address}
    orders, ping, stored = package("orders.py"), package("ping.py"), package("stored.py")
    try:
        orders_come(warren, (a, b, app), stored, database)
        classic(warren, (a, b, app, db), (orders, ping), event, free)
        hyperplane(warren, (a, b, app), orders, event, free)
    finally:
        database.stop()
    warren.cli("resources", "remove", "db")
    for group_id in (db, app):
        ec2.delete_security_group(GroupId=group_id)
    ec2.delete_subnet(SubnetId=data)
    ec2.delete_vpc(VpcId=vpc)


class Orders:
    """What becomes of orders that something in AWS tells functions in the VPC of."""

    def __init__(self, warren, network, stored, database):
        self.warren, self.stored, self.database = warren, stored, database
        *self.subnets, self.group = network
        self.functions = []

    def function(self, name):
        """A function that writes orders to PostgreSQL; answers its ARN."""
        self.warren.create(name, self.stored, [self.group], self.subnets,
                           variables={"DATABASE": self.database.address})
        self.functions.append(name)
        return f"arn:aws:lambda:us-east-1:000000000000:function:{name}"

    def arrives(self, order, began, label):
        """An order that was given at a time comes to PostgreSQL."""
        asked = f"SELECT count(*) FROM orders WHERE id = {order}"
        wait(lambda: self.database.ask(asked) == "1", f"order {order} is in PostgreSQL")
        times[label] = [time.perf_counter() - began]

    def told(self, name, cause):
        """The ENI of the function's environment names what it was made for."""
        (environment,) = self.warren.environments(name)
        told = self.warren.explain(environment["eni"], "created|caused by|asked for by")
        check(cause in told, f"the ENI names {cause}")

    def end(self):
        for name in self.functions:
            self.warren.functions.delete_function(FunctionName=name)
        self.database.ask("DELETE FROM orders WHERE id > 42")
        left = lambda: [each for name in self.functions for each in self.warren.environments(name)]
        wait(lambda: not left(), "the functions are gone, their environments and ENIs with them")


def orders_come(warren, network, stored, database):
    orders = Orders(warren, network, stored, database)
    step("An order put into a DynamoDB table reaches PostgreSQL, by a function in the VPC")
    from_a_table(warren, orders)
    step("So does one uploaded to S3, and one that a schedule gives")
    from_a_bucket(warren, orders)
    from_a_schedule(warren, orders)
    orders.end()


def from_a_table(warren, orders):
    dynamodb = warren.client("dynamodb")
    arn = dynamodb.create_table(
        TableName="orders", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "N"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]["LatestStreamArn"]
    orders.function("of-table")
    mapping = warren.functions.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="of-table", StartingPosition="LATEST")["UUID"]
    state = lambda: warren.functions.get_event_source_mapping(UUID=mapping)["State"]
    wait(lambda: state() == "Enabled", "its stream is read: no timer lies between")
    for order, label in (43, "order to PostgreSQL (cold, with ENI)"), (44, "order to PostgreSQL (warm)"):
        began = time.perf_counter()
        dynamodb.put_item(TableName="orders", Item={"id": {"N": str(order)}})
        orders.arrives(order, began, label)
    orders.told("of-table", f"of {arn}")
    warren.functions.delete_event_source_mapping(UUID=mapping)
    gone = lambda: not warren.functions.list_event_source_mappings()["EventSourceMappings"]
    wait(gone, "the mapping is gone")
    dynamodb.delete_table(TableName="orders")


def from_a_bucket(warren, orders):
    s3 = warren.client("s3")
    arn = orders.function("of-bucket")
    s3.create_bucket(Bucket="shop")
    warren.functions.add_permission(
        FunctionName="of-bucket", StatementId="shop", Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com", SourceArn="arn:aws:s3:::shop")
    s3.put_bucket_notification_configuration(Bucket="shop", NotificationConfiguration={
        "LambdaFunctionConfigurations": [
            {"LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    began = time.perf_counter()
    s3.put_object(Bucket="shop", Key="orders/45", Body=b"two rabbits")
    orders.arrives(45, began, "upload to PostgreSQL (cold, with ENI)")
    orders.told("of-bucket", "s3://shop/orders/45")
    s3.delete_object(Bucket="shop", Key="orders/45")
    s3.delete_bucket(Bucket="shop")


def from_a_schedule(warren, orders):
    arn = orders.function("of-schedule")
    due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1.5)
    schedule = warren.client("scheduler").create_schedule(
        Name="closing", ScheduleExpression=f"at({due:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"}, ActionAfterCompletion="DELETE",
        Target={"Arn": arn, "RoleArn": "arn:aws:iam::000000000000:role/demo",
                "Input": json.dumps({"order": 46})})["ScheduleArn"]
    on_the_second = due.timestamp() // 1 - time.time()
    began = time.perf_counter() + on_the_second
    orders.arrives(46, began, "schedule to PostgreSQL (cold, with ENI)")
    orders.told("of-schedule", f"of {schedule}")


def classic(warren, network, packages, event, free):
    a, b, app, db = network
    orders, ping = packages
    ec2 = warren.ec2

    step("The first invoke makes an environment, and for it an ENI (classic model)")
    warren.create("orders", orders, [app], [a, b])
    check(warren.environments("orders") == [], "creating the function made no ENI")
    request, error, said = warren.invoke("orders", event, "first invoke (cold, with ENI)")
    check(error is None and said["orders"] == 42, "the function counted the 42 orders")
    (environment,) = warren.environments("orders")
    check(said["seen_as"] == environment["address"],
          f"the database saw the ENI's address, {environment['address']}")
    check(environment["subnet"] == a, "round-robin began at subnet a")
    warren.explain(request)

    step("The second uses both again: nothing is made")
    request, error, _ = warren.invoke("orders", event, "second invoke (warm)")
    check([environment["eni"]] == [e["eni"] for e in warren.environments("orders")],
          "the same environment, the same ENI")
    told = warren.explain(request)
    check("nothing was created" in told, "and the explanation says so")
    for _ in range(20):
        warren.invoke("orders", event, "second invoke (warm)")

    step("Ten at once: as many further environments as are busy together")
    warren.at_once(10, "orders", {**event, "hold": 0.8})
    seen = warren.environments("orders")
    in_a = sum(each["subnet"] == a for each in seen)
    check(len(seen) == 10, f"9 further ENIs: {in_a} in subnet a, {len(seen) - in_a} in subnet b")
    check(in_a == 5, "evenly, by round-robin")

    step("A full subnet is passed over; when both are full, the invoke fails")
    taken = [ec2.create_network_interface(SubnetId=a)["NetworkInterface"]["NetworkInterfaceId"]
             for _ in range(4)]
    say("4 addresses of subnet a were taken by somebody else; now 25 at once")
    results = warren.at_once(25, "orders", {**event, "hold": 1.2})
    errors = [error for _, error, _ in results if error]
    check(free(a) == 0 and free(b) == 0, "no address is free in a, none in b")
    check(errors == ["SubnetIPAddressLimitReachedException"] * 7,
          "18 ran, 7 were refused with SubnetIPAddressLimitReachedException")
    for request, error, _ in results:
        if request and "was passed over" in warren.cli("explain", request):
            warren.explain(request)
            break
    else:
        check(False, "one was told that subnet a was passed over")
    for eni in taken:
        ec2.delete_network_interface(NetworkInterfaceId=eni)

    step("A function that pings localhost never has an ENI")
    warren.create("ping", ping)
    request, error, said = warren.invoke("ping", {}, "first invoke (cold, without VPC)")
    check(said == "ping" and warren.environments("ping")[0]["eni"] is None, "it ran, without ENI")
    warren.explain(request)
    warren.functions.delete_function(FunctionName="ping")

    step("Without the port in the database's security group: a timeout, and who caused it")
    rule = allow(warren, db, app)
    ec2.revoke_security_group_ingress(GroupId=db, IpPermissions=rule)
    request, error, said = warren.invoke("orders", event)
    check(error == "Unhandled" and "timed out after 3.00 seconds" in said["errorMessage"],
          said["errorMessage"].split("Error: ")[-1])
    told = warren.explain(request)
    check("no ingress rule of" in told and "(db)" in told, "the explanation names the group db")
    say("the same again, and meanwhile the rule comes back …")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        running = pool.submit(warren.invoke, "orders", event)
        time.sleep(0.4)
        ec2.authorize_security_group_ingress(GroupId=db, IpPermissions=rule)
        _, error, said = running.result()
    check(error is None and said["orders"] == 42,
          f"… and the waiting connection came through, {said['seconds']:.1f} s after it began")

    step(f"Idle for {IDLE} s: reaped, and the addresses are back")
    (gone, *_) = warren.environments("orders")
    wait(lambda: not warren.environments("orders"), "the environments were reaped")
    wait(lambda: (free(a), free(b)) == (11, 11), "all 11 addresses of a and of b are free")
    warren.explain(gone["environment"], "reaped|idle for|created")
    warren.functions.delete_function(FunctionName="orders")


def hyperplane(warren, network, orders, event, free):
    a, b, app = network
    step("The same with hyperplane ENIs: two functions share one in each subnet")
    tags = {"warren:eni-model": "hyperplane"}
    warren.create("orders", orders, [app], [a, b], tags)
    check((free(a), free(b)) == (10, 10), "creating the function made an ENI in a and one in b")
    warren.create("reports", orders, [app], [a, b], tags)
    check((free(a), free(b)) == (10, 10), "creating a second one with the same pair made none")
    label = "first invoke (cold, shared ENI)"
    request, error, said = warren.invoke("orders", event, label)
    warren.invoke("reports", event, label)
    shared = {each["address"]: each["eni"] for each in warren.ps()["enis"]
              if each["user"] == "shared"}
    check(said["seen_as"] in shared, f"the database saw the shared address {said['seen_as']}")
    warren.at_once(10, "orders", {**event, "hold": 0.8})
    check(len(warren.environments("orders")) == 10 and (free(a), free(b)) == (10, 10),
          "ten at once: ten environments, still two ENIs")
    warren.explain(shared[said["seen_as"]])

    step("A subnet in use cannot be deleted; afterwards it can")
    try:
        warren.ec2.delete_subnet(SubnetId=a)
        check(False, "deleting subnet a was refused")
    except botocore.exceptions.ClientError as error:
        check(error.response["Error"]["Code"] == "DependencyViolation",
              error.response["Error"]["Message"])
    for name in ("orders", "reports"):
        warren.functions.delete_function(FunctionName=name)
    wait(lambda: (free(a), free(b)) == (11, 11), "the functions are gone, and the ENIs with them")
    for subnet in (a, b):
        warren.ec2.delete_subnet(SubnetId=subnet)
    check(True, "both subnets are deleted")


def wait(is_so, what):
    for _ in range(400):
        if is_so():
            break
        time.sleep(0.05)
    check(is_so(), what)


def table():
    print("\n" + style("1", "Measured, as the caller sees it (boto3)"))
    for what, spans in times.items():
        number = f", {len(spans)} of them" if len(spans) > 1 else ""
        print(f"   {what:40} {statistics.median(spans) * 1e3:8.1f} ms{number}")


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="warren-demo-") as directory:
        os.chmod(directory, 0o755)
        database = f"{directory}/postgres"
        os.mkdir(database)
        print(style("1", "Warren: what makes ENIs for functions, and what decides the subnet"))
        warren = Warren(f"{directory}/state")
        try:
            story(warren, database)
        finally:
            warren.stop()
            instance = pathlib.Path(f"{directory}/state/instance").read_text()
    table()
    print()
    for what, left in leftovers(instance).items():
        check(not left, f"no {what} was left behind" + "".join(f": {each}" for each in left))
    print(f"\nall of it was so, in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
