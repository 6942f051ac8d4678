"""`warren check`: what it says will time out does, and what it says mends it does."""

import json
import os
import shlex
import subprocess
import sys

import pytest

from functions import create, eventually, invoke
from test_asymmetric_acl import CLIENT, DATABASE
from test_ways_out import World as Ways


class World(Ways):
    """A VPC with a public and a private subnet, of which functions are made as each test has them."""

    def check(self, *words, code=1):
        done = subprocess.run(self.words("check", "--output", "json", *words), capture_output=True,
                              text=True, timeout=60)
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def kinds(self, *words, code=1):
        return [(each["severity"], each["kind"]) for each in self.check(*words, code=code)["findings"]]

    def run(self, command):
        words = shlex.split(command)
        words[1:1] = ["--endpoint-url", self.server.url, "--region", "us-east-1"]
        keys = {"AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "secret"}
        done = subprocess.run(words, env={**os.environ, **keys}, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def group(self, name):
        return self.ec2.create_security_group(
            GroupName=name, Description=name, VpcId=self.vpc)["GroupId"]

    def database(self, group):
        words = ["attach", "--subnet", self.private, "--security-group", group, "--name", "database",
                 "--", sys.executable, "-c", DATABASE]
        process = subprocess.Popen(self.words(*words), stderr=subprocess.DEVNULL)
        rows = eventually(lambda: json.loads(subprocess.run(
            self.words("resources", "--output", "json"), capture_output=True).stdout))
        return process, rows[0]


@pytest.fixture
def world(server):
    return World(server)


def test_functions_without_a_vpc_and_variables_are_nothing_to_find(world):
    create(world.server.client("lambda"), "plain")
    told = world.check(code=0)
    assert (told["functions"], told["findings"]) == (1, [])


def test_each_trouble_of_ways_out_is_told_and_mended(world):
    ec2 = world.ec2
    world.function("public", world.public)
    world.function("private", world.private)
    # An isolated VPC may be meant: nothing fails for it.
    assert world.kinds(code=0) == [("note", "no-way-out")] * 2
    gateway = world.gateway()
    ec2.create_route(
        RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    nat, _ = world.nat()
    table = world.table(world.private, NatGatewayId=nat)
    told = world.check()
    (finding,) = told["findings"]
    assert (finding["severity"], finding["kind"], finding["functions"]) == (
        "warning", "no-public-address", ["public"])
    assert "private subnet" in finding["hint"] and "NAT gateway" in finding["hint"]
    assert world.kinds("--function", "private", code=0) == []
    # The NAT gateway's own subnet leads nowhere any more.
    ec2.delete_route(RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0")
    finding, = (each for each in world.check()["findings"] if each["kind"] == "nat-route")
    assert (finding["severity"], finding["about"], finding["functions"]) == (
        "error", nat, ["private"])
    world.run(finding["hint"].split(", or")[0])
    assert world.kinds("--function", "private", code=0) == []
    # What the route leads to is gone.
    ec2.delete_nat_gateway(NatGatewayId=nat)
    finding, = (each for each in world.check()["findings"] if each["kind"] == "blackhole")
    assert (finding["severity"], finding["about"], finding["functions"]) == (
        "error", table, ["private"])
    world.run(finding["hint"].split(", or")[0])
    assert ("error", "blackhole") not in world.kinds()


def test_hosts_that_variables_name_are_looked_at_and_what_is_said_is_so(world):
    groups = [world.group(name) for name in ("app", "data")]
    process, row = world.database(groups[1])
    client = world.server.client("lambda")
    network = {"SubnetIds": [world.public], "SecurityGroupIds": groups[:1]}
    variables = {"DB_HOST": row["address"], "DB_PORT": "5432", "VERSION": "1.2.3.4",
                 "LOST": "http://10.9.1.99:8080/x", "OWN": "localhost:6379"}
    create(client, "f", code=CLIENT, VpcConfig=network, Environment={"Variables": variables})
    create(client, "outside", Environment={"Variables": {"DB_HOST": f"{row['address']}:5432"}})

    def answers():
        answer = invoke(client, {"to": row["address"]})
        return json.loads(answer["Payload"]) == "database"

    told = world.check()
    by_about = {(each["about"], *each.get("functions", [])): each for each in told["findings"]}
    finding = by_about["DB_HOST", "f"]
    assert (finding["severity"], finding["kind"]) == ("error", "host")
    assert f"{row['address']}:5432, which DB_HOST names, is not reached" in finding["text"]
    assert not answers()
    assert "no ENI has the address 10.9.1.99" in by_about["LOST", "f"]["text"]
    assert by_about["OWN", "f"]["severity"] == "note"
    assert "no part of the internet" in by_about["DB_HOST", "outside"]["text"]
    # Nobody gets in to the database, whose group has no rule for anybody.
    assert by_about["database",]["kind"] == "closed-groups"
    # No finding is about a version's number.
    assert not any("1.2.3.4" in each["text"] for each in told["findings"])
    world.run(finding["hint"])
    eventually(answers)
    told = world.check()["findings"]
    assert not any((each["about"], each.get("functions")) == ("DB_HOST", ["f"]) for each in told)
    assert not any(each["about"] == "database" for each in told)

    # A network ACL that lets requests through, and no replies.
    acl = world.ec2.create_network_acl(VpcId=world.vpc)["NetworkAcl"]["NetworkAclId"]
    (before,) = world.ec2.describe_network_acls(
        Filters=[{"Name": "association.subnet-id", "Values": [world.private]}])["NetworkAcls"]
    (association,) = (each["NetworkAclAssociationId"] for each in before["Associations"]
                      if each["SubnetId"] == world.private)
    world.ec2.create_network_acl_entry(
        NetworkAclId=acl, RuleNumber=100, Protocol="-1", RuleAction="allow", Egress=False,
        CidrBlock="0.0.0.0/0")
    world.ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)
    eventually(lambda: not answers())
    dropped = [each for each in world.check()["findings"] if each["kind"] == "replies-dropped"]
    assert dropped and all(each["severity"] == "error" for each in dropped)
    assert all("reply" in each["text"] for each in dropped)
    world.run(dropped[0]["hint"])
    eventually(answers)
    assert ("error", "replies-dropped") not in world.kinds()
    # For people.
    done = subprocess.run(world.words("check"), capture_output=True, text=True)
    assert done.returncode == 1
    first, *rest = done.stdout.splitlines()
    assert first.startswith("2 functions and 1 resource looked at: ")
    assert any("error: 10.9.1.99:8080, which LOST names" in line for line in rest)
    assert any(line.endswith("function f") for line in rest)
    world.server.remove_resources()
    process.wait(timeout=10)


def test_hosts_are_looked_at_by_what_their_names_stand_for(world):
    ec2 = world.ec2
    ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    process, row = world.database(world.group("data"))
    route53 = world.server.client("route53")
    zone = route53.create_hosted_zone(Name="corp.example", CallerReference="c", VPC={
        "VPCRegion": "us-east-1", "VPCId": world.vpc})["HostedZone"]["Id"]
    changes = [{"Action": "CREATE", "ResourceRecordSet": {
        "Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]}}
        for name, kind, value in [("pg.corp.example", "A", row["address"]),
                                  ("db.corp.example", "CNAME", "pg.corp.example")]]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    queue = "https://sqs.us-east-1.amazonaws.com/000000000000/q"
    variables = {"DB_HOST": "db.corp.example", "DB_PORT": "5432", "LOST": "tcp://no.corp.example:1",
                 "QUEUE_URL": queue, "API": "https://api.example/v1", "HANDLER": "app.handler"}
    network = {"SubnetIds": [world.public], "SecurityGroupIds": [world.group("app")]}
    create(world.server.client("lambda"), "f", VpcConfig=network, Environment={"Variables": variables})
    create(world.server.client("lambda"), "outside", Environment={"Variables": variables})
    found = {each["about"]: each for each in world.check()["findings"] if each["kind"] == "host"}
    assert set(found) == {"DB_HOST", "LOST", "QUEUE_URL"}
    assert all((each["severity"], each["functions"]) == ("error", ["f"]) for each in found.values())
    named = f"db.corp.example:5432 ({row['address']}), which DB_HOST names, is not reached"
    assert named in found["DB_HOST"]["text"], found
    assert "does not resolve: no record in zone" in found["LOST"]["text"]
    assert found["QUEUE_URL"]["text"].startswith("sqs.us-east-1.amazonaws.com:443 (198.19.24"), found
    world.run(found["DB_HOST"]["hint"])
    assert "DB_HOST" not in {each["about"] for each in world.check()["findings"]}
    world.server.remove_resources()
    process.wait(timeout=10)


def test_a_full_subnet_is_told_with_its_functions(world):
    ec2 = world.ec2
    small = ec2.create_subnet(VpcId=world.vpc, CidrBlock="10.9.9.0/28")["Subnet"]["SubnetId"]
    world.function("f", small)
    for _ in range(9):
        ec2.create_network_interface(SubnetId=small)
    assert ("note", "subnet-full") in world.kinds(code=0)
    ec2.create_network_interface(SubnetId=small)
    (finding,) = (each for each in world.check()["findings"] if each["kind"] == "subnet-full")
    assert (finding["severity"], finding["about"], finding["functions"]) == (
        "warning", small, ["f"])
    assert "0 of 11 addresses free" in finding["text"]


def test_what_is_no_function_is_told(world):
    done = subprocess.run(world.words("check", "--function", "nobody"), capture_output=True, text=True)
    assert (done.returncode, "function nobody does not exist" in done.stderr) == (1, True)
    done = subprocess.run(world.words("check", "--nonsense"), capture_output=True, text=True)
    assert done.returncode == 2
