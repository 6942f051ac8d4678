"""Flow logs: made, described and deleted as boto3 sees them; and what they tell, beside a ledger of the packets
themselves."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time

import botocore.exceptions
import pytest

from functions import create, eventually, invoke
from test_ways_out import Outside
from test_ways_out import World as Ways

# Ports of functions' that are not looked at.
PROBES = range(6000, 7000)
ROLE = "arn:aws:iam::000000000000:role/flows"
FORMAT = ("${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} "
          "${packets} ${bytes} ${start} ${end} ${action} ${log-status}")

# Answers datagrams and streams, and keeps a ledger of every packet that its link carries.
BOX = """
import json, os, socket, struct, sys, threading
ledger = {}
def listen():
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
    wire.setsockopt(socket.SOL_SOCKET, 33, 1 << 24)  # SO_RCVBUFFORCE
    while True:
        packet, (link, kind, *_) = wire.recvfrom(1 << 17)
        if kind != 0x800 or link == "lo":
            continue
        protocol, header = packet[9], (packet[0] & 15) * 4
        ports = struct.unpack("!HH", packet[header:header + 4]) if protocol in (6, 17) else (0, 0)
        key = [socket.inet_ntoa(packet[12:16]), socket.inet_ntoa(packet[16:20]), *ports, protocol]
        counts = ledger.setdefault(json.dumps(key), [0, 0])
        counts[0] += 1
        counts[1] += len(packet)
threading.Thread(target=listen, daemon=True).start()
def echo(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
        box.bind(("0.0.0.0", port))
        while True:
            data, peer = box.recvfrom(4096)
            box.sendto(data, peer)
for port in (7001, 7002):
    threading.Thread(target=echo, args=(port,), daemon=True).start()
def stream():
    listener = socket.create_server(("0.0.0.0", 7000))
    while True:
        connection, _ = listener.accept()
        data = b""
        while more := connection.recv(65536):
            data += more
        connection.sendall(str(len(data)).encode())
        connection.close()
threading.Thread(target=stream, daemon=True).start()
while True:
    threading.Event().wait(0.05)
    with open(sys.argv[1] + ".new", "w") as file:
        json.dump(dict(ledger), file)
    os.rename(sys.argv[1] + ".new", sys.argv[1])
"""

CALLER = """
import socket
def handler(event, context):
    told = {}
    if "stream" in event:
        with socket.create_connection((event["to"], 7000), timeout=3) as stream:
            stream.sendall(b"x" * event["stream"])
            stream.shutdown(socket.SHUT_WR)
            told["answer"] = stream.recv(99).decode()
    answers = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
        box.bind(("0.0.0.0", event.get("at", 5000)))
        box.settimeout(event.get("wait", 2))
        for port in event.get("ports", []):
            for _ in range(event["number"]):
                box.sendto(b"y" * event["size"], (event["to"], port))
                try:
                    answers += len(box.recv(4096)) == event["size"]
                except socket.timeout:
                    pass
    told["answers"] = answers
    return told
"""


@pytest.fixture
def outside():
    outside = Outside()
    yield outside
    outside.listener.close()


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


class World:
    """A VPC with a subnet of functions and one of a box that keeps a ledger."""

    def __init__(self, server, path):
        self.server, self.path, self.probes = server, path, 0
        self.ec2 = ec2 = server.client("ec2")
        self.logs = server.client("logs")
        self.vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        self.app, self.data = (
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=block)["Subnet"]["SubnetId"]
            for block in ("10.7.1.0/24", "10.7.2.0/24"))
        self.group = self.new_group("app", [])
        ports = [{"IpProtocol": "tcp", "FromPort": 7000, "ToPort": 7000},
                 {"IpProtocol": "udp", "FromPort": 7001, "ToPort": 7002}]
        self.boxes = self.new_group("boxes", ports)
        words = ["attach", "--endpoint", server.url, "--subnet", self.data, "--security-group", self.boxes,
                 "--name", "box", "--", sys.executable, "-c", BOX, path]
        self.process = subprocess.Popen([os.environ["WARREN"], *words], stderr=subprocess.DEVNULL)
        (self.box,) = eventually(self.resources)
        eventually(lambda: os.path.exists(path))
        self.functions = server.client("lambda")
        network = {"SubnetIds": [self.app], "SecurityGroupIds": [self.group]}
        create(self.functions, code=CALLER, VpcConfig=network, Timeout=10)
        assert self.probe() == 1

    def new_group(self, name, permissions):
        group = self.ec2.create_security_group(
            GroupName=name, Description=name, VpcId=self.vpc)["GroupId"]
        for each in permissions:
            each = {**each, "IpRanges": [{"CidrIp": "10.7.0.0/16"}]}
            self.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[each])
        return group

    def resources(self):
        words = [os.environ["WARREN"], "resources", "--endpoint", self.server.url, "--output", "json"]
        return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    def call(self, **event):
        answer = invoke(self.functions, {"to": self.box["address"], **event})
        assert "FunctionError" not in answer, answer["Payload"]
        return json.loads(answer["Payload"])

    def probe(self):
        """Whether a datagram is answered, from a port that no connection has and of which nothing is looked at."""
        self.probes += 1
        return self.call(number=1, size=1, ports=[7001], at=PROBES[self.probes], wait=0.3)["answers"]

    def eni(self, address):
        by = [{"Name": "private-ip-address", "Values": [address]}, {"Name": "vpc-id", "Values": [self.vpc]}]
        (found,) = self.ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
        return found["NetworkInterfaceId"]

    def own(self):
        """The ENI of the function's, with its address."""
        by = [{"Name": "subnet-id", "Values": [self.app]}]
        (found,) = self.ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
        return found["NetworkInterfaceId"], found["PrivateIpAddress"]

    def ledger(self):
        with open(self.path) as file:
            return {tuple(json.loads(key)): tuple(counts) for key, counts in json.load(file).items()}

    def told(self, group):
        """Lines of a group by their streams."""
        streams = {}
        try:
            found = self.logs.filter_log_events(logGroupName=group)["events"]
        except self.logs.exceptions.ResourceNotFoundException:
            return streams
        for event in found:
            streams.setdefault(event["logStreamName"], []).append(event["message"])
        return streams

    def counted(self, group):
        """Packets and bytes by ENI, flow and action, in the default format."""
        counts = {}
        for stream, lines in self.told(group).items():
            for line in lines:
                (version, account, eni, source, destination, *numbers, first, last, action,
                 status) = line.split(" ")
                assert (version, account, stream.rpartition("-")[0]) == ("2", "000000000000", eni)
                if status != "OK" or any(int(port) in PROBES for port in numbers[:2]):
                    continue
                *ports, protocol, packets, size = map(int, numbers)
                assert time.time() - 60 < int(first) <= int(last) <= time.time() + 1
                known = counts.setdefault((eni, source, destination, *ports, protocol, action), [0, 0])
                known[0] += packets
                known[1] += size
        return {key: tuple(each) for key, each in counts.items()}

    def watch(self, of, kind, **more):
        wanted = {"ResourceIds": [of], "ResourceType": kind, "TrafficType": "ALL", **more}
        if "LogDestinationType" not in wanted:
            wanted = {"DeliverLogsPermissionArn": ROLE, "LogGroupName": "flows", **wanted}
        made = self.ec2.create_flow_logs(**wanted)
        assert made["Unsuccessful"] == [], made
        (log,) = made["FlowLogIds"]
        return log

    def wait(self, group="flows"):
        """Waits until what is sent is counted."""
        eventually(lambda: self.probe() and self.told(group))

    def end(self):
        subprocess.run([os.environ["WARREN"], "resources", "--endpoint", self.server.url, "remove", "box"],
                       check=True, capture_output=True)
        self.process.wait(timeout=10)


def of_box(world, since=None):
    """What the ledger says that a flow log is to tell of the box, of what came since."""
    eni, address = world.eni(world.box["address"]), world.box["address"]
    since = since or {}
    counts = {}
    for key, (packets, size) in world.ledger().items():
        before = since.get(key, (0, 0))
        if packets > before[0] and address in key[:2] and not any(port in PROBES for port in key[2:4]):
            counts[eni, *key, "ACCEPT"] = (packets - before[0], size - before[1])
    return counts


@pytest.mark.parametrize("model", ["hyperplane", "classic"])
def test_the_log_equals_the_ledger(serve, tmp_path, model):
    world = World(serve("--eni-model", model), str(tmp_path / "ledger"))
    world.watch(world.vpc, "VPC")
    world.wait()
    before = world.ledger()
    told = world.call(number=7, size=100, ports=[7001, 7002], stream=300_000)
    assert told["answers"] == 14 and told["answer"] == "300000"
    # Seven datagrams each way and by port, of 128 bytes each; and one stream.
    eni, address = world.own()
    box, its = world.eni(world.box["address"]), world.box["address"]
    expected = eventually(lambda: (found := of_box(world, before)) == of_box(world, before) and found)
    time.sleep(0.3)
    expected = of_box(world, before)
    for port in (7001, 7002):
        assert expected[box, address, its, 5000, port, 17, "ACCEPT"] == (7, 7 * 128)
        assert expected[box, its, address, port, 5000, 17, "ACCEPT"] == (7, 7 * 128)
    streams = [counts for key, counts in expected.items() if key[5] == 6]
    assert len(streams) == 2 and max(size for _, size in streams) > 300_000
    # The same packets were at both ENIs.
    both = {**expected, **{(eni, *key[1:]): counts for key, counts in expected.items()}}
    eventually(lambda: world.counted("flows") == both)
    # What is refused by the box's group is counted there, and was let out of the function's subnet.
    world.call(number=5, size=10, ports=[7003], at=5001, wait=0.01)
    both[eni, address, its, 5001, 7003, 17, "ACCEPT"] = (5, 5 * 38)
    both[box, address, its, 5001, 7003, 17, "REJECT"] = (5, 5 * 38)
    # What the function's own group refuses goes no further.
    everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    world.ec2.revoke_security_group_egress(GroupId=world.group, IpPermissions=[everything])
    # A change is in force soon after it is answered.
    eventually(lambda: world.probe() == 0)
    world.call(number=4, size=10, ports=[7001], at=5002, wait=0.01)
    world.ec2.authorize_security_group_egress(GroupId=world.group, IpPermissions=[everything])
    eventually(lambda: world.probe() == 1)
    both[eni, address, its, 5002, 7001, 17, "REJECT"] = (4, 4 * 38)
    # An ACL that lets requests in, and answers not out.
    by = [{"Name": "association.subnet-id", "Values": [world.data]}]
    (default,) = world.ec2.describe_network_acls(Filters=by)["NetworkAcls"]
    world.ec2.create_network_acl_entry(
        NetworkAclId=default["NetworkAclId"], RuleNumber=50, Protocol="17", RuleAction="deny", Egress=True,
        CidrBlock="10.7.1.0/24", PortRange={"From": 5003, "To": PROBES[-1]})
    eventually(lambda: world.probe() == 0)
    world.call(number=3, size=10, ports=[7001], at=5003, wait=0.01)
    there, back = (address, its, 5003, 7001, 17), (its, address, 7001, 5003, 17)
    both |= {(at, *there, "ACCEPT"): (3, 3 * 38) for at in (eni, box)}
    both[box, *back, "REJECT"] = (3, 3 * 38)
    eventually(lambda: world.counted("flows") == both)
    world.end()


def test_subnets_and_interfaces_have_logs_of_their_own(serve, tmp_path):
    world = World(serve(), str(tmp_path / "ledger"))
    (eni, address), box, its = world.own(), world.eni(world.box["address"]), world.box["address"]
    s3 = world.server.client("s3")
    s3.create_bucket(Bucket="flows")
    custom = ("${flow-direction} ${traffic-path} ${action} ${tcp-flags} ${type} ${pkt-srcaddr} ${pkt-dstaddr} "
              "${vpc-id} ${subnet-id} ${instance-id} ${region} ${az-id} ${sublocation-type} ${dstport} ${packets} "
              "${version}")
    log = world.watch(world.data, "Subnet", TrafficType="REJECT", LogDestinationType="s3",
                      LogDestination="arn:aws:s3:::flows/here/", LogFormat=custom)
    world.watch(eni, "NetworkInterface", TrafficType="ACCEPT", LogFormat=custom)
    world.wait()
    world.call(number=2, size=10, ports=[7003], at=5001, wait=0.01, stream=10)
    (zone,) = {each["AvailabilityZoneId"] for each in
               world.ec2.describe_subnets(SubnetIds=[world.data])["Subnets"]}

    def objects():
        found = s3.list_objects_v2(Bucket="flows").get("Contents", [])
        return {each["Key"]: gzip.decompress(s3.get_object(Bucket="flows", Key=each["Key"])["Body"].read()).decode()
                for each in found}

    ((key, text),) = eventually(objects).items()
    day = time.strftime("%Y/%m/%d", time.gmtime())
    path, _, name = key.rpartition("/")
    assert path == f"here/AWSLogs/000000000000/vpcflowlogs/us-east-1/{day}"
    assert name.startswith(f"000000000000_vpcflowlogs_us-east-1_{log}_") and name.endswith("Z_" + name[-15:])
    header, line = text.splitlines()
    assert header == custom.replace("${", "").replace("}", "")
    assert line == (f"ingress - REJECT 0 IPv4 {address} {its} {world.vpc} {world.data} - us-east-1 {zone} - 7003 2 5")

    def of_function():
        told = world.told("flows").get(f"{eni}-accept", [])
        lines = (line.split(" ") for line in told)
        found = {(*line[:4], line[13]) for line in lines if line[13] != "7001" and int(line[13]) not in PROBES}
        return found if len(found) >= 3 else None

    found = eventually(of_function)
    assert ("egress", "1", "ACCEPT", "0", "7003") in found
    # Both ends have begun and ended the stream.
    assert ("egress", "1", "ACCEPT", "3", "7000") in found
    (back,) = (each for each in found if each[0] == "ingress")
    assert back[1:4] == ("-", "ACCEPT", "19")
    assert list(world.told("flows")) == [f"{eni}-accept"], "of no other ENI, and of no other kind"
    world.end()


def test_what_is_told_stays_and_a_restart_goes_on(serve, tmp_path):
    server = serve()
    world = World(server, str(tmp_path / "ledger"))
    (eni, address), its = world.own(), world.box["address"]
    world.watch(eni, "NetworkInterface")
    world.wait()
    world.call(number=2, size=10, ports=[7001], at=5001)
    there = (eni, address, its, 5001, 7001, 17, "ACCEPT")
    eventually(lambda: world.counted("flows").get(there) == (2, 2 * 38))
    server.stop(signal.SIGKILL)
    server.start()
    for name in ("ec2", "logs"):
        setattr(world, name, server.client(name))
    world.functions = server.client("lambda")
    assert world.counted("flows")[there] == (2, 2 * 38)
    eventually(lambda: world.call(number=3, size=10, ports=[7001], at=5002)["answers"] == 3)
    there = (eni, address, its, 5002, 7001, 17, "ACCEPT")
    eventually(lambda: world.counted("flows").get(there, (0, 0))[0] >= 3)
    world.end()


def test_a_flow_log_is_described_and_deleted(ec2):
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    tags = [{"Key": "Name", "Value": "log"}]
    wanted = dict(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogGroupName="g",
                  DeliverLogsPermissionArn=ROLE, ClientToken="t",
                  TagSpecifications=[{"ResourceType": "vpc-flow-log", "Tags": tags}])
    made = ec2.create_flow_logs(**wanted)
    (log,) = made["FlowLogIds"]
    assert (made["ClientToken"], made["Unsuccessful"]) == ("t", [])
    assert ec2.create_flow_logs(**wanted)["FlowLogIds"] == [log]
    assert refused(ec2.create_flow_logs, **{**wanted, "TrafficType": "REJECT"})[0] == "IdempotentParameterMismatch"
    (shown,) = ec2.describe_flow_logs(FlowLogIds=[log])["FlowLogs"]
    created = shown.pop("CreationTime")
    assert abs(created.timestamp() - time.time()) < 60
    assert shown == {
        "DeliverLogsPermissionArn": ROLE, "DeliverLogsStatus": "SUCCESS", "FlowLogId": log,
        "FlowLogStatus": "ACTIVE", "LogGroupName": "g", "ResourceId": vpc, "TrafficType": "ALL",
        "LogDestinationType": "cloud-watch-logs", "LogFormat": FORMAT, "Tags": tags, "MaxAggregationInterval": 600}
    for name, value, found in [
        ("resource-id", vpc, True), ("resource-id", subnet, False), ("traffic-type", "ALL", True),
        ("log-destination-type", "s3", False), ("log-group-name", "g", True), ("tag:Name", "log", True),
        ("deliver-log-status", "FAILED", False), ("flow-log-id", log, True),
    ]:
        by = [{"Name": name, "Values": [value]}]
        assert bool(ec2.describe_flow_logs(Filter=by)["FlowLogs"]) == found, name
    del wanted["ClientToken"], wanted["TagSpecifications"]
    assert refused(ec2.create_flow_logs, **wanted) == (
        "FlowLogAlreadyExists",
        "Error. There is an existing Flow Log with the same configuration and log destination.")
    ec2.create_flow_logs(**{**wanted, "TrafficType": "REJECT", "MaxAggregationInterval": 60})
    assert refused(ec2.create_flow_logs, **{**wanted, "TrafficType": "ACCEPT"})[0] == "FlowLogsLimitExceeded"
    assert ec2.delete_flow_logs(FlowLogIds=[log])["Unsuccessful"] == []
    assert refused(ec2.delete_flow_logs, FlowLogIds=[log, "fl-1a2b3c4d"])[0] == "InvalidFlowLogId.NotFound"
    assert refused(ec2.delete_flow_logs, FlowLogIds=["fl-1a2b3c4d"]) == (
        "InvalidFlowLogId.NotFound",
        "These flow log ids in the input list are not found: [TotalCount: 1] fl-1a2b3c4d")
    ec2.create_flow_logs(**{**wanted, "ResourceIds": [subnet], "ResourceType": "Subnet"})
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_vpc(VpcId=vpc)
    assert ec2.describe_flow_logs()["FlowLogs"] == []


def test_what_cannot_be_is_refused_as_aws_does(server):
    ec2 = server.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

    def creates(**changes):
        wanted = dict(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogGroupName="g",
                      DeliverLogsPermissionArn=ROLE)
        wanted.update(changes)
        return refused(ec2.create_flow_logs, **{key: each for key, each in wanted.items() if each is not None})

    bucket = {"LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::none", "LogGroupName": None,
              "DeliverLogsPermissionArn": None}
    for changes, message in [
        ({"LogDestination": "arn:aws:s3:::b"}, "Please only provide LogGroupName or only provide LogDestination."),
        ({"LogGroupName": None}, "LogDestination can't be empty if LogGroupName is not provided."),
        ({"LogDestinationType": "s3"},
         "LogDestination type must be cloud-watch-logs if LogGroupName is provided."),
        ({"DeliverLogsPermissionArn": None},
         "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs."),
        ({"MaxAggregationInterval": 30}, "Invalid Flow Log Max Aggregation Interval"),
        ({"LogFormat": "${version} ${colour}"}, "Unknown fields provided: colour"),
        ({"LogFormat": "${version} "},
         "1 validation error detected: Value '${version} ' at 'logFormat' has an invalid format"),
    ]:
        assert creates(**changes) == ("InvalidParameter", message)
    for role in (ROLE.replace("000000000000", "111122223333"), ROLE.replace("role/", "user/"), "flows"):
        code, message = creates(DeliverLogsPermissionArn=role)
        assert code == "InvalidParameter" and f"Unable to assume given IAM role: {role}" in message
    many = " ".join(["${version}"] * 1000)
    assert creates(LogFormat=many)[0] == "InvalidParameter"
    assert creates(ResourceIds=["vpc-01234567890abcdef"])[0] == "InvalidVpcID.NotFound"
    assert creates(TrafficType=None) == ("MissingParameter", "The request must contain the parameter TrafficType")
    for changes in ({"ResourceType": "TransitGateway", "ResourceIds": ["tgw-01234567890abcdef"]},
                    {**bucket, "LogDestinationType": "kinesis-data-firehose"},
                    {**bucket, "DestinationOptions": {"FileFormat": "parquet"}}):
        assert creates(**changes)[0] == "UnsupportedOperation"
    made = ec2.create_flow_logs(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
                                LogDestination="arn:aws:s3:::none")
    item = {"ResourceId": vpc, "Error": {"Code": "400", "Message": "LogDestination: none does not exist"}}
    assert (made["FlowLogIds"], made["Unsuccessful"]) == ([], [item])
    assert ec2.describe_flow_logs()["FlowLogs"] == []


def test_a_nat_gateway_is_seen_from_both_of_its_sides(serve, outside):
    world = Ways(serve("--outside-allow", f"{outside.address}/32"))
    gateway = world.gateway()
    world.ec2.create_route(RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    nat, _ = world.nat()
    world.table(world.private, NatGatewayId=nat)
    client = world.function("private", world.private)
    event = {"to": outside.address, "port": outside.port}
    eventually(lambda: "FunctionError" not in invoke(client, event, "private"))
    s3 = world.server.client("s3")
    s3.create_bucket(Bucket="nat")
    fields = ("interface-id flow-direction srcaddr dstaddr pkt-srcaddr pkt-dstaddr traffic-path packets bytes "
              "tcp-flags srcport dstport")
    world.ec2.create_flow_logs(
        ResourceIds=[world.vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
        LogDestination="arn:aws:s3:::nat", LogFormat=" ".join(f"${{{each}}}" for each in fields.split()),
        DestinationOptions={"FileFormat": "plain-text", "HiveCompatiblePartitions": True, "PerHourPartition": True})
    eventually(lambda: "FunctionError" not in invoke(client, event, "private")
               and s3.list_objects_v2(Bucket="nat").get("Contents"))
    (address,) = world.shown(nat)["NatGatewayAddresses"]
    by = [{"Name": "subnet-id", "Values": [world.private]}]
    (own,) = world.ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
    its, at, far = own["PrivateIpAddress"], address["PrivateIp"], outside.address
    eni, of_nat = own["NetworkInterfaceId"], address["NetworkInterfaceId"]
    expected = {
        (eni, "egress", its, far, its, far, "1"), (eni, "ingress", far, its, far, its, "-"),
        (of_nat, "ingress", its, at, its, far, "-"), (of_nat, "egress", at, far, at, far, "8"),
        (of_nat, "ingress", far, at, far, at, "-"), (of_nat, "egress", at, its, far, its, "1"),
    }

    def told():
        counts = {}
        for each in s3.list_objects_v2(Bucket="nat").get("Contents", []):
            assert each["Key"].startswith("AWSLogs/aws-account-id=000000000000/aws-service=vpcflowlogs/"
                                          "aws-region=us-east-1/year=")
            text = gzip.decompress(s3.get_object(Bucket="nat", Key=each["Key"])["Body"].read()).decode()
            header, *lines = text.splitlines()
            assert header == fields
            for line in lines:
                *key, packets, size, flags, _, _ = line.split(" ")
                known = counts.setdefault(tuple(key), [0, 0, 0])
                known[0] += int(packets)
                known[1] += int(size)
                known[2] |= int(flags)
        ends = all(counts.get(key, (0, 0, 0))[2] in (3, 19) for key in expected)
        return counts if ends else None

    counts = eventually(told)
    assert set(counts) == expected
    # What goes in goes out, each way.
    for one, other in [((eni, "egress"), (of_nat, "ingress")), ((eni, "ingress"), (of_nat, "egress"))]:
        ways = [sorted(counts[key] for key in expected if key[:2] == side) for side in (one, other)]
        assert ways[0][0] in ways[1], counts


def test_an_acl_that_lets_nothing_out_to_the_outside_is_told_at_the_invocation(serve, outside):
    world = Ways(serve("--outside-allow", f"{outside.address}/32"))
    gateway = world.gateway()
    world.ec2.create_route(RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    nat, _ = world.nat()
    world.table(world.private, NatGatewayId=nat)
    client = world.function("private", world.private)
    event = {"to": outside.address, "port": outside.port}
    eventually(lambda: "FunctionError" not in invoke(client, event, "private"))
    acl = world.ec2.create_network_acl(VpcId=world.vpc)["NetworkAcl"]["NetworkAclId"]
    entry = dict(NetworkAclId=acl, RuleNumber=100, Protocol="-1", RuleAction="allow", CidrBlock="0.0.0.0/0")
    world.ec2.create_network_acl_entry(Egress=False, **entry)
    world.ec2.create_network_acl_entry(Egress=True, **entry)
    by = [{"Name": "association.subnet-id", "Values": [world.private]}]
    (default,) = world.ec2.describe_network_acls(Filters=by)["NetworkAcls"]
    (association,) = (each["NetworkAclAssociationId"] for each in default["Associations"]
                      if each["SubnetId"] == world.private)
    world.ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)

    def explained(words):
        def told():
            answer = invoke(client, event, "private")
            text = world.explained(answer["ResponseMetadata"]["RequestId"])
            return text if "FunctionError" in answer and words in text else None
        return eventually(told)

    denied = {**entry, "RuleNumber": 50, "RuleAction": "deny", "CidrBlock": f"{outside.address}/32"}
    world.ec2.create_network_acl_entry(Egress=True, **denied)
    told = explained(f"rule 50 of {acl}")
    (line,) = (line for line in told.splitlines() if f"rule 50 of {acl}" in line)
    assert "does not let it out" in line and f"→ {outside.address}:{outside.port}" in line
    world.ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=50, Egress=True)
    # Answers are judged where they come in.
    world.ec2.create_network_acl_entry(Egress=False, **denied)
    told = explained(f"rule 50 of {acl}")
    (line,) = (line for line in told.splitlines() if f"rule 50 of {acl}" in line)
    assert "does not let it in" in line and f"tcp {outside.address} → 10.9.2." in line
    assert f"the network ACL of {world.private} (10.9.2.0/24)" in line


# Sends a datagram again and again to whoever is there.
TALKER = """
import socket, time
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
    while True:
        box.sendto(b"x", ("10.7.1.200", 9))
        time.sleep(0.2)
"""


def test_what_is_not_delivered_says_so(serve):
    server = serve("--iam", "enforce")
    ec2, iam, logs, s3 = (server.client(name) for name in ("ec2", "iam", "logs", "s3"))
    vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.7.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="g", Description="g", VpcId=vpc)["GroupId"]
    words = [os.environ["WARREN"], "attach", "--endpoint", server.url, "--subnet", subnet, "--security-group",
             group, "--name", "talker", "--", sys.executable, "-c", TALKER]
    talker = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    wanted = dict(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogGroupName="flows",
                  DeliverLogsPermissionArn=ROLE)
    # The role must be there, and trust who tells flows.
    assert refused(ec2.create_flow_logs, **wanted)[0] == "InvalidParameter"
    trust = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "vpc-flow-logs.amazonaws.com"}}]}
    iam.create_role(RoleName="flows", AssumeRolePolicyDocument=json.dumps(trust))
    (log,) = ec2.create_flow_logs(**wanted)["FlowLogIds"]

    def state(log):
        (shown,) = ec2.describe_flow_logs(FlowLogIds=[log])["FlowLogs"]
        return shown["DeliverLogsStatus"], shown.get("DeliverLogsErrorMessage")

    def may(*actions):
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
        iam.put_role_policy(RoleName="flows", PolicyName="p", PolicyDocument=json.dumps(policy))

    eventually(lambda: state(log) == ("FAILED", "Access error"))
    # The group is missing, and the role may not make it.
    may("logs:CreateLogStream", "logs:PutLogEvents")
    time.sleep(1.5)
    assert state(log) == ("FAILED", "Access error")
    assert logs.describe_log_groups()["logGroups"] == []
    logs.create_log_group(logGroupName="flows")
    eventually(lambda: state(log) == ("SUCCESS", None))
    (stream,) = logs.describe_log_streams(logGroupName="flows")["logStreams"]
    assert stream["logStreamName"].startswith("eni-") and stream["logStreamName"].endswith("-all")
    # A bucket that lets nobody in, and one that is gone.
    s3.create_bucket(Bucket="flows")
    (log,) = ec2.create_flow_logs(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
                                  LogDestination="arn:aws:s3:::flows")["FlowLogIds"]
    eventually(lambda: state(log) == ("FAILED", "Access error"))
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"}, "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::flows/AWSLogs/000000000000/*"}]}
    s3.put_bucket_policy(Bucket="flows", Policy=json.dumps(policy))
    eventually(lambda: state(log) == ("SUCCESS", None))
    subprocess.run([os.environ["WARREN"], "resources", "--endpoint", server.url, "remove", "talker"], check=True,
                   capture_output=True)
    talker.wait(timeout=10)
