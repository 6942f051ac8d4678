"""Plans for what a running endpoint has, told by calls that only read."""

import json
import socket
import ssl
import threading
from pathlib import Path

import pytest

from conftest import Server
from test_plan import warren
from functions import package

DATA = Path(__file__).parent / "data"
ROLE = "arn:aws:iam::000000000000:role/execution"


def network(server, model_of_old="classic"):
    """Two subnets and a database's group; functions in them, and one outside."""
    ec2, functions = server.client("ec2"), server.client("lambda")
    vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    subnets = []
    for name, cidr in (("a", "10.7.1.0/28"), ("b", "10.7.2.0/26")):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]
        ec2.create_tags(Resources=[subnet], Tags=[{"Key": "Name", "Value": name}])
        subnets.append(subnet)
    groups = []
    for name in ("app", "copy", "db"):
        made = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)
        groups.append(made["GroupId"])
    ec2.authorize_security_group_ingress(
        GroupId=groups[2],
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                        "UserIdGroupPairs": [{"GroupId": groups[0]}]}],
    )
    for _ in range(3):
        ec2.create_network_interface(SubnetId=subnets[0], Groups=[groups[2]])
    code = {"ZipFile": package(app__py="def handler(event, context): return 1")}
    for name, vpc_config, tags in (
        ("new", {"SubnetIds": subnets, "SecurityGroupIds": groups[:1]}, {}),
        ("old", {"SubnetIds": subnets[:1], "SecurityGroupIds": groups[1:2]},
         {"warren:eni-model": model_of_old}),
        ("plain", {}, {}),
    ):
        functions.create_function(
            FunctionName=name, Runtime="python3.11", Handler="app.handler", Role=ROLE, Code=code,
            MemorySize=256, Timeout=7, VpcConfig=vpc_config, Tags=tags)
        functions.get_waiter("function_active_v2").wait(FunctionName=name)
    functions.put_function_concurrency(FunctionName="old", ReservedConcurrentExecutions=4)
    return dict(zip(("a", "b"), subnets))


@pytest.fixture
def trace(tmp_path):
    """Each function twenty times at once."""
    lines = ["timestamp,function,duration,memory"]
    for function in ("new", "old", "plain"):
        lines += [f"2026-11-24T13:00:00Z,{function},5000,128"] * 20
    path = tmp_path / "trace.csv"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def plan(trace, *words, **more):
    return json.loads(warren("plan", "--trace", trace, "--output", "json", *words, **more))


def test_a_running_server_is_planned_for(server, trace):
    network(server)
    report = plan(trace, "--from-endpoint", server.url)
    subnets = {each["name"]: each for each in report["subnets"]}
    assert {name: each["usable"] for name, each in subnets.items()} == {"a": 11, "b": 59}
    # Eleven addresses, three of which others hold, and one the shared ENI; four environments of
    # `old`, whose concurrency is reserved, have each its own.
    assert subnets["a"]["peak"] == 3 + 1 + 4
    assert subnets["b"]["peak"] == 1
    assert subnets["a"]["taken"] == {"nat_gateways": 0, "endpoints": 0, "others": 3, "reserved": 0}
    assert report["vpc_functions"] == 2
    assert report["counts"]["throttled"] == 16
    memory = {each["name"]: each["memory"] for each in report["functions_by_cost"]}
    assert memory == {"new": 256, "old": 256, "plain": 256}


def test_a_nat_gateway_s_address_is_planned_with(server, trace):
    subnets = network(server)
    ec2 = server.client("ec2")
    made = ec2.create_nat_gateway(SubnetId=subnets["b"], ConnectivityType="private")["NatGateway"]
    waiter = ec2.get_waiter("nat_gateway_available")
    waiter.wait(NatGatewayIds=[made["NatGatewayId"]], WaiterConfig={"Delay": 0.05, "MaxAttempts": 100})
    report = plan(trace, "--from-endpoint", server.url)
    held = {each["name"]: each for each in report["subnets"]}
    assert held["b"]["taken"] == {"nat_gateways": 1, "endpoints": 0, "others": 0, "reserved": 0}
    assert held["b"]["peak"] == 2
    # The same by hand.
    words = ("--subnets", "a=10.7.1.0/28,b=10.7.2.0/26", "--others", "a=3,b=1", "--functions",
             "vpc=new,old")
    by_hand = {each["name"]: each for each in plan(trace, *words)["subnets"]}
    assert by_hand["b"]["taken"]["others"] == 1 and by_hand["a"]["taken"]["others"] == 3
    told = warren("plan", "--trace", trace, "--from-endpoint", server.url)
    assert "1 (1 NAT)" in told


def test_reserved_blocks_are_planned_with(server, trace):
    subnets = network(server)
    ec2 = server.client("ec2")
    # The last address of the first block AWS keeps, and of the second others hold one.
    ec2.create_subnet_cidr_reservation(SubnetId=subnets["b"], Cidr="10.7.2.56/29", ReservationType="prefix")
    ec2.create_subnet_cidr_reservation(SubnetId=subnets["b"], Cidr="10.7.2.32/28", ReservationType="explicit")
    ec2.create_network_interface(SubnetId=subnets["b"], PrivateIpAddress="10.7.2.33")
    report = plan(trace, "--from-endpoint", server.url)
    held = {each["name"]: each for each in report["subnets"]}
    assert held["b"]["taken"] == {"nat_gateways": 0, "endpoints": 0, "others": 1, "reserved": 7 + 15}
    (shown,) = ec2.describe_subnets(SubnetIds=[subnets["b"]])["Subnets"]
    shared = len(ec2.describe_network_interfaces(Filters=[
        {"Name": "subnet-id", "Values": [subnets["b"]]},
        {"Name": "interface-type", "Values": ["lambda"]}])["NetworkInterfaces"])
    assert shown["AvailableIpAddressCount"] == held["b"]["usable"] - 1 - 22 - shared
    assert "23 (22 reserved)" in warren("plan", "--trace", trace, "--from-endpoint", server.url)


def test_the_same_by_hand_comes_to_the_same(server, trace):
    network(server, model_of_old="hyperplane")
    ours = ("--eni-model", "hyperplane")
    read = plan(trace, "--from-endpoint", server.url, *ours)
    by_hand = plan(trace, "--subnets", "a=10.7.1.0/28,b=10.7.2.0/26", "--functions",
                   "vpc=new,old", "--reserved", "old=4", *ours)
    for counts in ("calls", "cold", "throttled", "reused"):
        assert read["counts"][counts] == by_hand["counts"][counts]


def test_the_account_is_throttled_in_a_plan_as_it_would_be(tmp_path):
    server = Server(str(tmp_path / "state"), "--concurrency", "120")
    try:
        lines = ["2026-11-24T13:00:00Z,f,5000,128"] * 150
        calls = tmp_path / "calls.csv"
        calls.write_text("\n".join(["timestamp,function,duration,memory", *lines]) + "\n")
        assert plan(str(calls), "--from-endpoint", server.url)["counts"]["throttled"] == 30
        asked = plan(str(calls), "--from-endpoint", server.url, "--concurrency", "140")
        assert asked["counts"]["throttled"] == 10
    finally:
        server.stop()


TEMPLATE = """
Parameters:
  Block: {Type: String}
Resources:
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, CidrBlock: !Ref Block}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: x, VpcId: vpc-1}
  New:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: new
      VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [!GetAtt Group.GroupId]}
"""


def test_a_template_is_planned_for(trace, tmp_path):
    template = tmp_path / "template.yaml"
    template.write_text(TEMPLATE)
    words = ("--cloudformation", str(template), "--functions", "vpc=none", "--eni-model", "classic")
    report = plan(trace, *words, "--parameter", "Block=10.9.0.0/28")
    [subnet] = report["subnets"]
    assert (subnet["name"], subnet["usable"], subnet["peak"]) == ("A", 11, 11)
    assert report["vpc_functions"] == 1
    told = warren("plan", "--trace", trace, *words, status=1)
    assert "parameter Block has no default" in told and "--parameter Block=VALUE" in told


def test_what_cannot_be_read_is_named(server, trace):
    network(server)
    def told(*words):
        return warren("plan", "--trace", trace, "--from-endpoint", *words, status=1)
    assert "endpoint nonsense is not one" in told("nonsense")
    assert "cannot be reached" in told("http://127.0.0.1:9")
    no_keys = {name: "" for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    assert "wants credentials" in warren(
        "plan", "--trace", trace, "--from-endpoint", "aws", status=1, environment=no_keys)


def test_an_endpoint_behind_tls(server, trace):
    network(server)
    # Made for these tests, for nothing but `localhost`.
    key, certificate = str(DATA / "localhost-key.pem"), str(DATA / "localhost.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    host, port = server.url.removeprefix("http://").split(":")
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=forward, args=(listener, context, (host, int(port))), daemon=True).start()
    url = f"https://localhost:{listener.getsockname()[1]}"
    keys = {"AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "secret"}
    trusted = plan(trace, "--from-endpoint", url,
                   environment={**keys, "SSL_CERT_FILE": certificate})
    assert trusted["vpc_functions"] == 2
    refused = warren("plan", "--trace", trace, "--from-endpoint", url, status=1,
                     environment=keys)
    assert "cannot be reached" in refused and "certificate" in refused
    listener.close()


def forward(listener, context, to):
    """Decrypts what comes, and passes it on."""
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=carry, args=(plain, context, to), daemon=True).start()


def carry(plain, context, to):
    try:
        outer = context.wrap_socket(plain, server_side=True)
    except (ssl.SSLError, OSError):
        return
    with outer, socket.create_connection(to) as inner:
        def back():
            while data := inner.recv(65536):
                outer.sendall(data)
        threading.Thread(target=back, daemon=True).start()
        try:
            while data := outer.recv(65536):
                inner.sendall(data)
        except OSError:
            pass
