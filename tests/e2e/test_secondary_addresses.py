"""Secondary private addresses of ENIs, which processes in subnets have and are reached by."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading

import botocore.exceptions
import pytest

from functions import create, eventually, invoke

# Says who asks where; or asks so itself, from an address and of another.
BOX = """
import socket
listener = socket.create_server(("0.0.0.0", 7000))
while True:
    stream, peer = listener.accept()
    asked = stream.recv(99).decode()
    told = f"{peer[0]} at {stream.getsockname()[0]}"
    if asked != "-":
        source, to = asked.split()
        try:
            with socket.create_connection((to, 7000), 1, (source, 0)) as further:
                further.sendall(b"-")
                told = further.recv(99).decode()
        except OSError as error:
            told = error.__class__.__name__
    stream.sendall(told.encode())
    stream.close()
"""

ASK = """
import socket
def handler(event, context):
    if "name" in event:
        return socket.gethostbyname(event["name"])
    with socket.create_connection((event["to"], 7000), timeout=1) as stream:
        stream.sendall(event["ask"].encode())
        return stream.recv(99).decode()
"""


def refused(call, **parameters):
    """The code with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"]


class World:
    def __init__(self, server):
        self.server = server
        ec2 = server.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]
        (group,) = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]
        network = {"SubnetIds": [self.subnet], "SecurityGroupIds": [self.group]}
        create(server.client("lambda"), code=ASK, VpcConfig=network)
        # Whoever has the group is let in by whoever has it, and nobody else is.
        self.boxes = [subprocess.Popen(self.words(
            "attach", "--subnet", self.subnet, "--security-group", self.group, "--name", name, "--",
            sys.executable, "-c", BOX)) for name in ("one", "two")]

    def words(self, command, *rest):
        return [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]

    def warren(self, *words):
        done = subprocess.run(self.words(*words), capture_output=True, text=True, timeout=30)
        return done.returncode, done.stdout

    def listed(self):
        rows = json.loads(self.warren("resources", "--output", "json")[1])
        return {row["name"]: (row["eni"], row["address"]) for row in rows}

    def function(self, **event):
        answer = invoke(self.server.client("lambda"), event)
        return None if "FunctionError" in answer else json.loads(answer["Payload"])

    def ask(self, to, ask="-"):
        return self.function(to=to, ask=ask)


@pytest.fixture
def world(serve):
    return World(serve("--idle-timeout", "60"))


def test_who_has_a_secondary_address_is_reached_by_it_and_asks_by_it(world):
    eventually(lambda: len(world.listed()) == 2)
    (one, at_one), (two, at_two) = world.listed()["one"], world.listed()["two"]
    for at in (at_one, at_two):
        assert eventually(lambda: world.ask(at)).endswith(f" at {at}")
    ec2 = world.server.client("ec2")
    got = ec2.assign_private_ip_addresses(NetworkInterfaceId=one, SecondaryPrivateIpAddressCount=1)
    (second,) = (each["PrivateIpAddress"] for each in got["AssignedPrivateIpAddresses"])
    assert eventually(lambda: world.ask(second)).endswith(f" at {second}")
    # It is a member of its group by this address, too.
    assert world.ask(at_one, f"{second} {at_two}") == f"{second} at {at_two}"
    assert world.function(name=f"ip-{second.replace('.', '-')}.ec2.internal") == second
    code, told = world.warren("explain", one)
    assert code == 0 and f"its secondary addresses: {second}" in told
    code, told = world.warren("reach", "f", f"{second}:7000")
    assert code == 0 and one in told, told
    shown = ec2.describe_network_interfaces(
        Filters=[{"Name": "addresses.private-ip-address", "Values": [second]}])["NetworkInterfaces"]
    assert [(each["Primary"], each["PrivateIpAddress"]) for each in shown[0]["PrivateIpAddresses"]] == [
        (True, at_one), (False, second)]

    world.server.stop(signal.SIGKILL)
    world.server.start()
    assert eventually(lambda: world.ask(second)).endswith(f" at {second}")
    assert world.ask(at_one, f"{second} {at_two}") == f"{second} at {at_two}"

    # Moved, it is the other one's, and the first has it no longer.
    ec2 = world.server.client("ec2")
    moves = {"NetworkInterfaceId": two, "PrivateIpAddresses": [second]}
    assert refused(ec2.assign_private_ip_addresses, **moves) == "InvalidIPAddress.InUse"
    ec2.assign_private_ip_addresses(**moves, AllowReassignment=True)
    by_two = f"{at_two} at {at_one}"
    assert eventually(lambda: world.ask(second, f"{at_two} {at_one}") == by_two)
    assert world.ask(at_one, f"{second} {at_two}") == "OSError"
    ec2.unassign_private_ip_addresses(**moves)
    assert eventually(lambda: world.ask(second) is None)
    assert refused(ec2.unassign_private_ip_addresses, **moves) == "InvalidParameterValue"
    assert world.ask(at_two).endswith(f" at {at_two}")


def test_flow_logs_tell_an_eni_by_its_primary_address_and_packets_by_theirs(world):
    eventually(lambda: len(world.listed()) == 2)
    (one, first), ec2, logs = world.listed()["one"], world.server.client("ec2"), world.server.client("logs")
    got = ec2.assign_private_ip_addresses(NetworkInterfaceId=one, SecondaryPrivateIpAddressCount=1)
    (second,) = (each["PrivateIpAddress"] for each in got["AssignedPrivateIpAddresses"])
    ec2.create_flow_logs(
        ResourceIds=[one], ResourceType="NetworkInterface", TrafficType="ALL", LogGroupName="flows",
        DeliverLogsPermissionArn="arn:aws:iam::000000000000:role/r",
        LogFormat="${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${dstport}")

    def told():
        world.ask(second)
        try:
            events = logs.filter_log_events(logGroupName="flows")["events"]
        except botocore.exceptions.ClientError:
            return []
        return [event["message"].split() for event in events]

    # What comes for the secondary address, and what goes from it.
    into = lambda line: line[0] == "ingress" and line[4] == second and line[5] == "7000"
    out = lambda line: line[0] == "egress" and line[3] == second
    lines = eventually(lambda: (lines := told()) and any(map(into, lines)) and any(map(out, lines)) and lines, 60)
    assert {line[2] for line in lines if into(line)} == {first}
    assert {line[1] for line in lines if out(line)} == {first}


def test_a_secondary_address_has_a_public_one(world):
    eventually(lambda: len(world.listed()) == 2)
    (one, at_one), (two, _) = world.listed()["one"], world.listed()["two"]
    ec2 = world.server.client("ec2")
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=world.vpc)
    (table,) = ec2.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [world.vpc]}])["RouteTables"]
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0",
                     GatewayId=gateway)
    ec2.authorize_security_group_ingress(
        GroupId=world.group, IpProtocol="tcp", FromPort=7000, ToPort=7000, CidrIp="0.0.0.0/0")
    second = "10.9.1.100"
    ec2.assign_private_ip_addresses(NetworkInterfaceId=one, PrivateIpAddresses=[second])
    made = ec2.allocate_address()
    to = {"AllocationId": made["AllocationId"], "NetworkInterfaceId": one, "PrivateIpAddress": second}
    association = ec2.associate_address(**to)["AssociationId"]

    def asked():
        try:
            with socket.create_connection((made["PublicIp"], 7000), timeout=1) as stream:
                stream.sendall(b"-")
                return stream.recv(99).decode().partition(" at ")[2]
        except OSError:
            return None

    assert eventually(asked) == second
    shown = ec2.describe_network_interfaces(NetworkInterfaceIds=[one])["NetworkInterfaces"][0]
    first, other = shown["PrivateIpAddresses"]
    assert "Association" not in shown and "Association" not in first
    assert other["Association"]["AssociationId"] == association
    (address,) = ec2.describe_addresses(AllocationIds=[made["AllocationId"]])["Addresses"]
    assert address["PrivateIpAddress"] == second
    code, told = world.warren("explain", one)
    assert code == 0 and f"{made['PublicIp']} ({made['AllocationId']}, of {second})" in told
    # It goes where the private address goes, and is nobody's when that is.
    moved = {"NetworkInterfaceId": two, "PrivateIpAddresses": [second]}
    ec2.assign_private_ip_addresses(**moved, AllowReassignment=True)
    assert eventually(asked) == second
    (address,) = ec2.describe_addresses(AllocationIds=[made["AllocationId"]])["Addresses"]
    assert (address["AssociationId"], address["NetworkInterfaceId"]) == (association, two)
    ec2.unassign_private_ip_addresses(**moved)
    assert eventually(lambda: asked() is None)
    (address,) = ec2.describe_addresses(AllocationIds=[made["AllocationId"]])["Addresses"]
    assert "AssociationId" not in address


def test_who_asks_by_a_secondary_address_is_judged_by_it(world):
    eventually(lambda: len(world.listed()) == 2)
    (one, at_one), (two, at_two) = world.listed()["one"], world.listed()["two"]
    ec2 = world.server.client("ec2")
    second = "10.9.1.100"
    ec2.assign_private_ip_addresses(NetworkInterfaceId=one, PrivateIpAddresses=[second])
    only = ec2.create_security_group(GroupName="only", Description="d", VpcId=world.vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=only, IpProtocol="tcp", FromPort=7000, ToPort=7000, CidrIp=f"{second}/32")
    ec2.modify_network_interface_attribute(NetworkInterfaceId=two, Groups=[only])
    assert eventually(lambda: world.ask(at_one, f"{second} {at_two}") == f"{second} at {at_two}")
    assert world.ask(at_one, f"{at_one} {at_two}") is None

    def reach(who, to):
        code, told = world.warren("reach", who, to, "--output", "json")
        (path,) = json.loads(told)["paths"]
        assert path["verdict"] == ("stopped" if code else "reached")
        return path

    for who, source, verdict in ((second, second, "reached"), (at_one, at_one, "stopped"),
                                 ("one", at_one, "stopped")):
        path = reach(who, f"{at_two}:7000")
        assert (path["source"], path["verdict"], path["eni"]) == (source, verdict, one), path

    def found(**more):
        path = ec2.create_network_insights_path(
            Source=one, Protocol="tcp", DestinationPort=7000, **more)["NetworkInsightsPath"]
        started = ec2.start_network_insights_analysis(NetworkInsightsPathId=path["NetworkInsightsPathId"])
        (shown,) = ec2.describe_network_insights_analyses(NetworkInsightsAnalysisIds=[
            started["NetworkInsightsAnalysis"]["NetworkInsightsAnalysisId"]])["NetworkInsightsAnalyses"]
        return shown["NetworkPathFound"]

    assert found(Destination=two, SourceIp=second) and not found(Destination=two, SourceIp=at_one)
    assert not found(Destination=two) and not found(Destination=two, SourceIp="10.9.1.101")
    assert not found(Destination=two, SourceIp=second, DestinationIp=second)
    third = "10.9.1.102"
    ec2.assign_private_ip_addresses(NetworkInterfaceId=two, PrivateIpAddresses=[third])
    assert found(Destination=two, SourceIp=second, DestinationIp=third)
    # It goes out by a public address of its own, which the primary one has not.
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=world.vpc)
    (table,) = ec2.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [world.vpc]}])["RouteTables"]
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0",
                     GatewayId=gateway)
    told = reach(second, "203.0.113.9:443")
    assert f"{second}, a secondary address of {one}, has no public address" in told["hops"][-1]["text"]
    assert f"--private-ip-address {second} " in told["mend"]
    made = ec2.allocate_address()
    ec2.associate_address(AllocationId=made["AllocationId"], NetworkInterfaceId=one, PrivateIpAddress=second)
    outward = {"DestinationIp": "203.0.113.9"}
    assert found(**outward, SourceIp=second) and not found(**outward)
    assert f"leads out as {made['PublicIp']}" in str(reach(second, "203.0.113.9:443"))
    assert f"{one} has no public address" in reach("one", "203.0.113.9:443")["hops"][-1]["text"]


def test_an_exposed_port_is_at_secondary_addresses_too(world):
    listener = socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                stream, _ = listener.accept()
            except OSError:
                return
            stream.recv(99)
            stream.sendall(b"the host")
            stream.close()

    threading.Thread(target=answer, daemon=True).start()
    ec2 = world.server.client("ec2")
    port = f"7000=127.0.0.1:{listener.getsockname()[1]}"
    code, _ = world.warren("expose", "--subnet", world.subnet, "--security-group", world.group,
                           "--name", "port", port)
    assert code == 0
    eni, at = world.listed()["port"]
    assert eventually(lambda: world.ask(at)) == "the host"
    other = {"NetworkInterfaceId": eni, "PrivateIpAddresses": ["10.9.1.200"]}
    ec2.assign_private_ip_addresses(**other)
    assert eventually(lambda: world.ask("10.9.1.200")) == "the host"
    ec2.unassign_private_ip_addresses(**other)
    assert eventually(lambda: world.ask("10.9.1.200") is None)
    assert world.ask(at) == "the host"
    listener.close()
