"""IPv6: dual-stack functions and resources reach each other by it as their groups allow."""

import ipaddress
import json
import os
import signal
import subprocess
import sys

import pytest

from functions import create, eventually, invoke, refused

# Serves its own name to whoever connects, and by which address it was seen.
DATABASE = """
import socket
listener = socket.create_server(("::", 5432), family=socket.AF_INET6, dualstack_ipv6=True)
while True:
    stream, peer = listener.accept()
    stream.sendall(peer[0].encode())
    stream.close()
"""

CLIENT = """
import socket
def handler(event, context):
    with socket.create_connection((event["to"], 5432), timeout=1) as stream:
        return stream.recv(99).decode()
"""


class World:
    """A VPC with IPv6, with a function's subnet and a database's."""

    def __init__(self, server):
        self.server = server
        self.ec2 = ec2 = server.client("ec2")
        made = ec2.create_vpc(CidrBlock="10.6.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
        (association,) = made["Ipv6CidrBlockAssociationSet"]
        assert association["Ipv6CidrBlockState"]["State"] == "associating"
        self.vpc = made["VpcId"]
        (vpc,) = ec2.describe_vpcs(VpcIds=[self.vpc])["Vpcs"]
        (association,) = vpc["Ipv6CidrBlockAssociationSet"]
        assert association["Ipv6CidrBlockState"]["State"] == "associated"
        block = ipaddress.ip_network(association["Ipv6CidrBlock"])
        assert block.prefixlen == 56
        first, second, *_ = (str(each) for each in block.subnets(new_prefix=64))
        self.app = ec2.create_subnet(
            VpcId=self.vpc, CidrBlock="10.6.1.0/24", Ipv6CidrBlock=first)["Subnet"]["SubnetId"]
        self.data = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.6.2.0/24")["Subnet"]["SubnetId"]
        ec2.associate_subnet_cidr_block(SubnetId=self.data, Ipv6CidrBlock=second)
        ec2.modify_subnet_attribute(SubnetId=self.data, AssignIpv6AddressOnCreation={"Value": True})
        self.plain = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.6.3.0/24")["Subnet"]["SubnetId"]
        (group,) = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]
        self.other = ec2.create_security_group(
            VpcId=self.vpc, GroupName="other", Description="of nobody")["GroupId"]

    def warren(self, command, *rest):
        words = [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]
        done = subprocess.run(words, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def database(self):
        words = [os.environ["WARREN"], "attach", "--endpoint", self.server.url, "--subnet",
                 self.data, "--security-group", self.group, "--name", "database",
                 "--dns-name", "database.example.com", "--",
                 sys.executable, "-c", DATABASE]
        self.process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        (row,) = eventually(lambda: json.loads(self.warren("resources", "--output", "json")))
        self.eni = row["eni"]
        (address,) = self.addresses("network-interface-id", self.eni)
        return row["address"], address

    def addresses(self, name, value):
        filters = [{"Name": name, "Values": [value]}]
        found = self.server.client("ec2").describe_network_interfaces(Filters=filters)
        return {each["Ipv6Address"] for eni in found["NetworkInterfaces"] for each in eni["Ipv6Addresses"]}

    def network(self, group=None, subnet=None):
        return {"SubnetIds": [subnet or self.app], "SecurityGroupIds": [group or self.group],
                "Ipv6AllowedForDualStack": True}


def said(client, to, name="f"):
    return json.loads(invoke(client, {"to": to}, name=name)["Payload"])


@pytest.mark.parametrize("model", ["hyperplane", "classic"])
def test_a_dual_stack_function_reaches_a_dual_stack_resource(serve, model):
    world = World(serve("--eni-model", model))
    old, address = world.database()
    client = world.server.client("lambda")
    create(client, code=CLIENT, VpcConfig=world.network())
    seen = eventually(lambda: (told := said(client, address)) and isinstance(told, str) and told)
    assert {seen} <= world.addresses("subnet-id", world.app), seen
    # By IPv4 as ever: a server of both sees such an address within one of IPv6.
    assert said(client, old).startswith("::ffff:10.6.1.")
    # Its name has both; whoever has IPv6 takes that.
    assert said(client, "database.example.com") == seen
    told = world.warren("reach", "f", f"[{address}]:5432")
    assert f"{address} is resource database of {world.eni}" in told
    assert f"{world.eni} is {old} and {address} in" in world.warren("explain", address)
    shown = client.get_function_configuration(FunctionName="f")["VpcConfig"]
    assert shown["Ipv6AllowedForDualStack"] is True

    create(client, name="stranger", code=CLIENT, VpcConfig=world.network(world.other))
    answer = invoke(client, {"to": address}, name="stranger")
    assert json.loads(answer["Payload"])["errorType"] == "TimeoutError"
    request = answer["ResponseMetadata"]["RequestId"]
    wanted = f"no ingress rule of {address}'s security groups"
    told = eventually(lambda: (text := world.warren("explain", request)) and wanted in text and text)
    (line,) = (line for line in told.splitlines() if wanted in line)
    assert "tcp 2001:2:" in line

    # One that may not have it has none: it does not even try.
    network = {**world.network(), "Ipv6AllowedForDualStack": False}
    create(client, name="old", code=CLIENT, VpcConfig=network)
    assert said(client, address, "old")["errorType"] == "OSError"
    assert said(client, "database.example.com", "old").startswith("::ffff:10.6.1.")
    assert said(client, old, "old").startswith("::ffff:10.6.1.")

    # Addresses come and go while it runs.
    ec2 = world.ec2
    (further,) = ec2.assign_ipv6_addresses(
        NetworkInterfaceId=world.eni, Ipv6AddressCount=1)["AssignedIpv6Addresses"]
    assert eventually(lambda: said(client, further) == seen)
    ec2.unassign_ipv6_addresses(NetworkInterfaceId=world.eni, Ipv6Addresses=[further])
    assert eventually(lambda: said(client, further)["errorType"] == "TimeoutError")

    world.server.stop(signal.SIGKILL)
    world.server.start()
    client = world.server.client("lambda")
    assert world.addresses("network-interface-id", world.eni) == {address}
    seen = eventually(lambda: (told := said(client, address)) and isinstance(told, str) and told)
    assert {seen} <= world.addresses("subnet-id", world.app), seen
    world.warren("resources", "remove", "database")
    world.process.wait(timeout=10)


def test_subnets_without_ipv6_are_refused_by_their_name(serve):
    world = World(serve())
    client = world.server.client("lambda")
    code, message, _ = refused(create, client=client, VpcConfig=world.network(subnet=world.plain))
    assert code == "InvalidParameterValueException" and world.plain in message
    create(client, VpcConfig={**world.network(), "Ipv6AllowedForDualStack": False})
    code, *_ = refused(client.update_function_configuration, FunctionName="f",
                    VpcConfig=world.network(subnet=world.plain))
    assert code == "InvalidParameterValueException"
    updated = client.update_function_configuration(FunctionName="f", VpcConfig=world.network())
    assert updated["VpcConfig"]["Ipv6AllowedForDualStack"] is True


def test_a_network_acl_judges_it_by_rules_of_its_own(serve):
    world = World(serve())
    ec2 = world.ec2
    acl = ec2.create_network_acl(VpcId=world.vpc)["NetworkAcl"]["NetworkAclId"]
    by = [{"Name": "association.subnet-id", "Values": [world.data]}]
    (default,) = ec2.describe_network_acls(Filters=by)["NetworkAcls"]
    entries = [(each["RuleNumber"], each["RuleAction"], each.get("CidrBlock"), each.get("Ipv6CidrBlock"))
               for each in default["Entries"] if not each["Egress"]]
    assert entries == [(100, "allow", "0.0.0.0/0", None), (101, "allow", None, "::/0"),
                       (32767, "deny", "0.0.0.0/0", None), (32768, "deny", None, "::/0")]
    (association,) = (each["NetworkAclAssociationId"] for each in default["Associations"]
                      if each["SubnetId"] == world.data)
    ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)
    _, address = world.database()
    client = world.server.client("lambda")
    create(client, code=CLIENT, VpcConfig=world.network())
    for egress in (False, True):
        answer = invoke(client, {"to": address})
        assert json.loads(answer["Payload"])["errorType"] == "TimeoutError"
        request = answer["ResponseMetadata"]["RequestId"]
        way = "does not let it out" if egress else "does not let it in"
        wanted = f"rule * of {acl}, the network ACL of {world.data}"
        told = lambda: [line for line in world.warren("explain", request).splitlines() if wanted in line]
        assert way in eventually(told)[0]
        ec2.create_network_acl_entry(
            NetworkAclId=acl, RuleNumber=100, Protocol="6", RuleAction="allow", Egress=egress,
            Ipv6CidrBlock="::/0", PortRange={"From": 1024 if egress else 5432, "To": 65535})
    assert {said(client, address)} <= world.addresses("subnet-id", world.app)
    world.warren("resources", "remove", "database")
    world.process.wait(timeout=10)


def test_flow_logs_tell_of_it_as_they_do_of_ipv4(serve):
    world = World(serve("--eni-model", "hyperplane"))
    _, address = world.database()
    client, logs = world.server.client("lambda"), world.server.client("logs")
    create(client, code=CLIENT, VpcConfig=world.network())
    create(client, name="stranger", code=CLIENT, VpcConfig=world.network(world.other))
    fields = ("interface-id", "type", "srcaddr", "dstaddr", "dstport", "protocol", "action",
              "flow-direction", "traffic-path")
    world.ec2.create_flow_logs(
        ResourceIds=[world.vpc], ResourceType="VPC", TrafficType="ALL", LogGroupName="flows",
        DeliverLogsPermissionArn="arn:aws:iam::000000000000:role/flows",
        LogFormat=" ".join(f"${{{field}}}" for field in fields))

    def told():
        seen = said(client, address)
        invoke(client, {"to": address}, name="stranger")
        try:
            events = logs.filter_log_events(logGroupName="flows")["events"]
        except logs.exceptions.ResourceNotFoundException:
            return set()
        lines = {tuple(event["message"].split()) for event in events}
        mine = {line for line in lines if line[1:5] == ("IPv6", seen, address, "5432")}
        refused = {line for line in lines if line[1] == "IPv6" and line[6] == "REJECT"}
        return len(mine) >= 2 and refused and (mine, refused, lines)

    mine, refused, lines = eventually(told)
    (own,) = {line[0] for line in mine} - {world.eni}
    assert {(line[0], *line[5:]) for line in mine} == {
        (own, "6", "ACCEPT", "egress", "1"), (world.eni, "6", "ACCEPT", "ingress", "-")}
    assert {(line[0], *line[3:]) for line in refused} == {
        (world.eni, address, "5432", "6", "REJECT", "ingress", "-")}
    assert not {line for line in lines if "fe80" in line[2] or "fe80" in line[3]}
    world.warren("resources", "remove", "database")
    world.process.wait(timeout=10)


class Side(World):
    """One of two VPCs, with a database and a function; its tables lead by a gateway of a kind."""

    def __init__(self, server, name):
        super().__init__(server)
        self.name = name
        ec2 = self.ec2
        ec2.authorize_security_group_ingress(GroupId=self.group, IpPermissions=[
            {"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
        (table,) = ec2.describe_route_tables(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["RouteTables"]
        self.table = table["RouteTableId"]
        self.client = server.client("lambda")
        create(self.client, name=name, code=CLIENT, VpcConfig=self.network())
        words = [os.environ["WARREN"], "attach", "--endpoint", server.url, "--subnet", self.data,
                 "--security-group", self.group, "--name", name, "--", sys.executable, "-c", DATABASE]
        self.process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        rows = lambda: [row for row in json.loads(self.warren("resources", "--output", "json"))
                        if row["name"] == name]
        (row,) = eventually(rows)
        (self.address,) = self.addresses("network-interface-id", row["eni"])

    def lead(self, **target):
        self.ec2.create_route(RouteTableId=self.table, DestinationIpv6CidrBlock="::/0", **target)

    def routes(self):
        (table,) = self.ec2.describe_route_tables(RouteTableIds=[self.table])["RouteTables"]
        return {route["DestinationIpv6CidrBlock"]: route for route in table["Routes"]
                if "DestinationIpv6CidrBlock" in route}

    def ask(self, to):
        return said(self.server.client("lambda"), to, self.name)

    def end(self):
        self.warren("resources", "remove", self.name)
        self.process.wait(timeout=10)


def test_an_egress_only_gateway_lets_out_and_nothing_in(serve):
    server = serve("--eni-model", "hyperplane")
    inner, outer = Side(server, "inner"), Side(server, "outer")
    ec2 = inner.ec2
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=outer.vpc)
    outer.lead(GatewayId=gateway)
    answer = inner.ask(outer.address)
    assert answer["errorType"] == "TimeoutError"
    made = ec2.create_egress_only_internet_gateway(VpcId=inner.vpc, ClientToken="once")
    again = ec2.create_egress_only_internet_gateway(VpcId=inner.vpc, ClientToken="once")
    only = made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    assert again["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"] == only
    inner.lead(EgressOnlyInternetGatewayId=only)
    assert inner.routes()["::/0"]["EgressOnlyInternetGatewayId"] == only
    assert f"::/0 of {inner.table}" in inner.warren("explain", only)
    assert f"{only} is an egress-only internet gateway of it" in inner.warren("explain", inner.vpc)
    assert inner.warren("explain", inner.table).count("::/0") == 1
    assert f"::/0 of {outer.table}" in inner.warren("explain", gateway)
    seen = inner.ask(outer.address)
    assert {seen} <= inner.addresses("subnet-id", inner.app), seen
    # Nobody comes in by it, whatever the groups say.
    assert outer.ask(inner.address)["errorType"] == "TimeoutError"

    server.stop(signal.SIGKILL)
    server.start()
    assert eventually(lambda: inner.ask(outer.address) == seen)
    assert outer.ask(inner.address)["errorType"] == "TimeoutError"
    ec2 = server.client("ec2")
    ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=only)
    inner.ec2 = ec2
    assert inner.routes()["::/0"]["State"] == "blackhole"
    answer = invoke(server.client("lambda"), {"to": outer.address}, name="inner")
    assert json.loads(answer["Payload"])["errorType"] == "TimeoutError"
    request = answer["ResponseMetadata"]["RequestId"]
    told = lambda: "which is gone: the route is a blackhole" in inner.warren("explain", request)
    assert eventually(told)
    # By an internet gateway both ways.
    second = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=second, VpcId=inner.vpc)
    ec2.replace_route(RouteTableId=inner.table, DestinationIpv6CidrBlock="::/0", GatewayId=second)
    assert inner.ask(outer.address) == seen
    assert {outer.ask(inner.address)} <= outer.addresses("subnet-id", outer.app)
    inner.end()
    outer.end()
