"""`warren reach`: what it says of gates is so of packets, and what it says would open them does."""

import json
import os
import shlex
import subprocess
import sys

import pytest

from functions import create, eventually, invoke
from test_asymmetric_acl import CLIENT, DATABASE
from test_resources import SERVER
from test_ways_out import CALLER
from test_ways_out import World as Ways


class World:
    """A function and a database in subnets of their own, between which every gate is closed."""

    def __init__(self, server):
        self.server = server
        self.ec2 = ec2 = server.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.5.0.0/16")["Vpc"]["VpcId"]
        self.subnets, self.groups = [], []
        for number, name in enumerate(("app", "data"), 1):
            block = f"10.5.{number}.0/24"
            subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock=block)["Subnet"]["SubnetId"]
            group = ec2.create_security_group(GroupName=name, Description=name, VpcId=self.vpc)
            self.subnets.append(subnet)
            self.groups.append(group["GroupId"])
        ec2.revoke_security_group_egress(
            GroupId=self.groups[0],
            IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
        self.acls = [self.closed(subnet) for subnet in self.subnets]
        words = ["attach", "--subnet", self.subnets[1], "--security-group", self.groups[1],
                 "--name", "database", "--dns-name", "db.orders.internal", "--", sys.executable, "-c", DATABASE]
        self.process = subprocess.Popen(self.words(*words), stderr=subprocess.DEVNULL)
        (row,) = eventually(lambda: json.loads(self.warren("resources", "--output", "json")))
        self.address, self.eni = row["address"], row["eni"]
        self.client = server.client("lambda")
        network = {"SubnetIds": self.subnets[:1], "SecurityGroupIds": self.groups[:1]}
        create(self.client, code=CLIENT, VpcConfig=network)

    def closed(self, subnet):
        acl = self.ec2.create_network_acl(VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]
        by = [{"Name": "association.subnet-id", "Values": [subnet]}]
        (before,) = self.ec2.describe_network_acls(Filters=by)["NetworkAcls"]
        (association,) = (each["NetworkAclAssociationId"] for each in before["Associations"]
                          if each["SubnetId"] == subnet)
        self.ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)
        return acl

    def words(self, command, *rest):
        return [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]

    def warren(self, *words, code=0):
        done = subprocess.run(self.words(*words), capture_output=True, text=True, timeout=30)
        assert done.returncode == code, done.stderr
        return done.stderr if code else done.stdout

    def reach(self, *words):
        done = subprocess.run(self.words("reach", *words, "--output", "json"), capture_output=True,
                              text=True, timeout=30)
        told = json.loads(done.stdout)
        # Scripts go by the code.
        assert done.returncode == (0 if told["verdict"] == "reached" else 1), done.stderr
        return told

    def run(self, command):
        words = shlex.split(command)
        words[1:1] = ["--endpoint-url", self.server.url, "--region", "us-east-1"]
        keys = {"AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "secret"}
        done = subprocess.run(words, env={**os.environ, **keys}, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def answers(self):
        answer = invoke(self.client, {"to": self.address})
        return json.loads(answer["Payload"]) == "database"

    def end(self):
        self.warren("resources", "remove", "database")
        self.process.wait(timeout=10)


@pytest.fixture
def world(server):
    world = World(server)
    yield world
    world.end()


def test_each_gate_is_named_and_opened_by_what_is_said_to_open_it(world):
    gates = []
    while (told := world.reach("f", "database:5432"))["verdict"] != "reached":
        (path,) = told["paths"]
        assert path["verdict"] == "stopped" and [hop["passes"] for hop in path["hops"][:-1]] == (
            [True] * (len(path["hops"]) - 1))
        gates.append((path["hops"][-1]["gate"], path["hops"][-1]["is_reply"]))
        assert not world.answers()
        world.run(path["mend"])
        assert len(gates) < 10, gates
    assert gates == [
        ("egress-groups", False), ("egress-acl", False), ("ingress-acl", False),
        ("ingress-groups", False), ("egress-acl", True), ("ingress-acl", True),
    ]
    assert world.answers()
    # As people see it, also by the ENI's id, the address and names, and from the other end.
    by_address = f"ip-{world.address.replace('.', '-')}.ec2.internal"
    for to in ("database", world.eni, world.address, "db.orders.internal", "DB.orders.internal.", by_address):
        told = world.warren("reach", "f", f"{to}:5432")
        assert told.startswith("function f → ") and told.splitlines()[0].endswith("5432: reached")
    back = world.reach("database", f"{told.split('from ')[1].split()[0]}:80")
    assert back["verdict"] == "stopped"
    # Replies to some ports alone are told as such.
    (acl,) = world.ec2.describe_network_acls(NetworkAclIds=world.acls[1:])["NetworkAcls"]
    (number,) = (each["RuleNumber"] for each in acl["Entries"]
                 if each["Egress"] and each["RuleAction"] == "allow")
    world.ec2.replace_network_acl_entry(
        NetworkAclId=world.acls[1], RuleNumber=number, Protocol="6", RuleAction="allow",
        Egress=True, CidrBlock="10.5.1.0/24", PortRange={"From": 32768, "To": 65535})
    told = world.reach("f", "database:5432")
    assert told["verdict"] == "partly"
    (stopped,) = (hop for hop in told["paths"][0]["hops"] if not hop["passes"])
    assert "(to ports 1024-32767)" in stopped["text"]
    world.run(told["paths"][0]["mend"])
    assert world.reach("f", "database:5432")["verdict"] == "reached"
    # A version is asked about as it is, whatever the latest has become.
    version = world.client.publish_version(FunctionName="f")
    world.client.create_alias(FunctionName="f", Name="live", FunctionVersion=version["Version"])
    world.client.update_function_configuration(
        FunctionName="f", VpcConfig={"SubnetIds": [], "SecurityGroupIds": []})
    world.client.get_waiter("function_updated_v2").wait(FunctionName="f")
    for name in ("f:1", "f:live", version["FunctionArn"]):
        told = world.reach(name, "database:5432")
        assert (told["from"], told["verdict"]) == ("function f:1", "reached"), name
    # An alias may lead to two, each of which has its own way.
    second = world.client.publish_version(FunctionName="f")["Version"]
    world.client.update_alias(FunctionName="f", Name="live", RoutingConfig={"AdditionalVersionWeights": {second: 0.5}})
    told = world.reach("f:live", "database:5432")
    assert (told["from"], told["verdict"]) == ("function f:1 and function f:2", "partly"), told
    told = world.reach("f:1", "db.orders.internal:5432")
    assert told["to"] == f"db.orders.internal ({world.address})"
    for name in ("f", "f:$LATEST"):
        assert world.reach(name, "database:5432")["verdict"] == "stopped", name
    for name in ("f:3", "f:nothing"):
        assert f"has neither a version nor an alias {name[2:]}" in world.warren("reach", name, "database:5432", code=1)


def test_what_cannot_be_told_is_refused_by_name(world):
    for words, wanted in [
        (("f", "database"), "port is missing"),
        (("nobody", "database:5432"), "nobody is neither a function nor a resource"),
        (("f", "nobody:5432"), "nobody is neither a function nor a resource"),
        (("database", "f:80"), "function f takes no connections"),
        (("f", "database:70000"), "70000 is no port"),
        (("f", "nothing.ec2.internal:5432"), "nothing.ec2.internal does not resolve: "),
        (("f", "db.example.com:5432"), "db.example.com is no name that is known here"),
        (("f", "database", "--protocol", "tcpp"), "tcpp is no protocol"),
    ]:
        assert wanted in world.warren("reach", *words, code=1), words
    for to, wanted in [
        ("http://u@10.5.2.4:5432/x", "is a URL\nhint: its host and port: 10.5.2.4:5432\n"),
        ("10.5.2.4/24:5432", "10.5.2.4/24:5432 is a block\nhint: name one address of it: 10.5.2.4\n"),
        ("a b:1", "\"a b:1\" is neither a name nor an id nor an address"),
        ("a/b:1", "is neither a name"),
        ("", "is neither a name"),
    ]:
        assert wanted in world.warren("reach", "f", to, code=2), to
        assert wanted in world.warren("reach", to, "f:80", code=2), to
    # What is looked for in the domain of the VPC, as the function does.
    short = f"ip-{world.address.replace('.', '-')}"
    assert world.reach("f", f"{short}:5432")["to"] == f"{short}.ec2.internal ({world.address})"
    # A resource of a function's name is meant where a function cannot be, and where its id is named.
    words = ("expose", "--subnet", world.subnets[1], "--name", "f", "--output", "json", "80=127.0.0.1:9")
    made = json.loads(world.warren(*words))
    for name in ("f", "f:$LATEST"):
        assert world.reach(name, "database:5432")["paths"][0]["source"] != made["address"]
    assert world.reach(made["resource"], "database:5432")["paths"][0]["source"] == made["address"]
    assert world.reach("database", "f:80")["paths"][0]["destination"] == made["address"]
    world.warren("resources", "remove", "f")
    assert "private address that no ENI has" in world.warren("reach", "10.5.9.9", "f:80", code=1)
    nowhere = world.reach("f", "10.5.9.9:80")["paths"][0]["hops"][-1]
    assert (nowhere["gate"], nowhere["passes"]) == ("egress-groups", False)


def test_a_port_that_is_not_exposed_is_told_as_one_at_which_nobody_listens(server):
    ec2, client = server.client("ec2"), server.client("lambda")
    vpc = ec2.create_vpc(CidrBlock="10.5.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.5.1.0/24")["Subnet"]["SubnetId"]
    (group,) = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]

    def warren(command, *rest):
        words = [os.environ["WARREN"], command, "--endpoint", server.url, *rest]
        return subprocess.run(words, capture_output=True, text=True, timeout=30)

    # Of this host's port nothing is known; the ones at the address are.
    done = warren("expose", "--subnet", subnet, "--name", "ex", "--output", "json", "5432=127.0.0.1:1", "80")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(warren("resources", "--output", "json").stdout)
    variables = {"WRONG": f"{row['address']}:7001", "RIGHT": f"{row['address']}:5432"}
    create(client, code=CLIENT, VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": [group["GroupId"]]},
           Environment={"Variables": variables})
    wanted = "nobody listens at port 7001: resource ex is exposed at 5432, 80 of TCP alone"
    for to in ("ex", row["eni"], row["address"]):
        done = warren("reach", "f", f"{to}:7001")
        assert (done.returncode, wanted in done.stdout) == (1, True), done
        assert warren("reach", "f", f"{to}:5432").returncode == 0
        assert warren("reach", "f", f"{to}:5432", "--protocol", "udp").returncode == 1
        assert warren("reach", "f", to, "--protocol", "icmp").returncode == 0
    found = json.loads(warren("check", "--output", "json").stdout)["findings"]
    assert [(each["about"], wanted in each["text"]) for each in found if each["kind"] == "host"] == [
        ("WRONG", True)], found
    # Reachability Analyzer looks at the network alone.
    (eni,) = (each["NetworkInterfaceId"] for each in ec2.describe_network_interfaces(
        Filters=[{"Name": "interface-type", "Values": ["lambda"]}])["NetworkInterfaces"])
    path = ec2.create_network_insights_path(
        Source=eni, Destination=row["eni"], Protocol="tcp", DestinationPort=7001)["NetworkInsightsPath"]
    ec2.start_network_insights_analysis(NetworkInsightsPathId=path["NetworkInsightsPathId"])
    (analysis,) = ec2.describe_network_insights_analyses()["NetworkInsightsAnalyses"]
    assert analysis["NetworkPathFound"]
    server.remove_resources()


def test_what_comes_to_a_public_address_is_told_as_it_is(server):
    ways = Ways(server)
    ways.gateway()
    ways.ec2.modify_subnet_attribute(SubnetId=ways.public, MapPublicIpOnLaunch={"Value": True})
    group = ways.ec2.create_security_group(GroupName="web", Description="d", VpcId=ways.vpc)["GroupId"]
    process = subprocess.Popen(
        ways.words("attach", "--subnet", ways.public, "--security-group", group, "--name", "web",
                   "--", sys.executable, "-c", SERVER), stderr=subprocess.DEVNULL)
    world = World.__new__(World)
    world.server = server
    (row,) = eventually(lambda: json.loads(world.warren("resources", "--output", "json")))
    client = server.client("lambda")
    create(client, "outside", code=CALLER)

    def answers():
        answer = invoke(client, {"to": row["public"], "port": 7000}, "outside")
        return "FunctionError" not in answer

    gates = []
    while (told := world.reach("outside", "web:7000"))["verdict"] != "reached":
        (path,) = told["paths"]
        gates.append(path["hops"][-1]["gate"])
        assert not answers()
        world.run(path["mend"])
        assert len(gates) < 5, gates
    assert gates == ["arrival", "ingress-groups"]
    eventually(answers)
    assert world.reach("outside", f"{row['public']}:7000")["verdict"] == "reached"
    # The rest of the world has another address, which no rule names yet.
    told = world.reach("internet", "web:7000")
    assert (told["from"], told["verdict"]) == ("internet (as 203.0.113.1)", "stopped")
    mend = told["paths"][0]["mend"]
    assert "0.0.0.0/0" in mend
    world.run(mend)
    assert world.reach("198.51.100.7", row["public"] + ":7000")["verdict"] == "reached"
    world.run(mend.replace("authorize-", "revoke-"))
    # By its own public address it reaches itself: through the gateway and back.
    told = world.reach("web", f"{row['public']}:7000")
    assert [hop["gate"] for hop in told["paths"][0]["hops"] if not hop["is_reply"]] == [
        "egress-groups", "egress-acl", "route", "arrival", "ingress-acl", "ingress-groups"]
    assert told["verdict"] == "stopped" and f"{row['public']}/32" in told["paths"][0]["mend"]
    world.run(told["paths"][0]["mend"])
    told = world.reach("web", f"{row['public']}:7000")
    assert told["verdict"] == "reached"
    # Functions without a VPC reach the internet, and nothing that is near this host.
    assert world.reach("outside", "internet")["verdict"] == "reached"
    told = world.reach("outside", "10.77.0.1:80")
    assert "no part of the internet" in told["paths"][0]["hops"][-1]["text"]
    told = world.reach("outside", f"{row['address']}:7000")
    assert f"it is {row['eni']} of {ways.vpc}" in told["paths"][0]["hops"][-1]["text"]
    assert world.reach("web", "internet")["verdict"] == "reached"
    server.remove_resources()
    process.wait(timeout=10)
