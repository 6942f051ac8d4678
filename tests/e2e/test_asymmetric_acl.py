"""The asymmetric network ACL: a database's subnet lets requests in, and its answers not out."""

import json
import os
import subprocess
import sys
import urllib.request

import pytest

from functions import create, eventually, invoke

# Serves its own name to whoever connects, as databases do where people begin to look.
DATABASE = """
import socket
listener = socket.create_server(("0.0.0.0", 5432))
while True:
    stream, peer = listener.accept()
    stream.sendall(b"database")
    stream.close()
"""

CLIENT = """
import socket
def handler(event, context):
    with socket.create_connection((event["to"], 5432), timeout=1) as stream:
        return stream.recv(99).decode()
"""

EPHEMERAL = {"From": 1024, "To": 65535}


class World:
    """A VPC with a function's subnet and a database's, of which each has an ACL of its own."""

    def __init__(self, server):
        self.server = server
        self.ec2 = ec2 = server.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.6.0.0/16")["Vpc"]["VpcId"]
        self.app, self.data = (
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=block)["Subnet"]["SubnetId"]
            for block in ("10.6.1.0/24", "10.6.2.0/24"))
        (group,) = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]
        self.acl = ec2.create_network_acl(VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]
        self.entry(100, False, "10.6.1.0/24", {"From": 5432, "To": 5432})
        by = [{"Name": "association.subnet-id", "Values": [self.data]}]
        (default,) = ec2.describe_network_acls(Filters=by)["NetworkAcls"]
        (association,) = (each["NetworkAclAssociationId"] for each in default["Associations"]
                          if each["SubnetId"] == self.data)
        ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=self.acl)

    def entry(self, number, egress, block, ports):
        self.ec2.create_network_acl_entry(
            NetworkAclId=self.acl, RuleNumber=number, Protocol="6", RuleAction="allow",
            Egress=egress, CidrBlock=block, PortRange=ports)

    def warren(self, command, *rest):
        words = [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]
        done = subprocess.run(words, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def database(self):
        words = [os.environ["WARREN"], "attach", "--endpoint", self.server.url, "--subnet",
                 self.data, "--security-group", self.group, "--name", "database", "--",
                 sys.executable, "-c", DATABASE]
        self.process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        (row,) = eventually(lambda: json.loads(self.warren("resources", "--output", "json")))
        return row["address"]


@pytest.mark.parametrize("model", ["hyperplane", "classic"])
def test_a_function_times_out_where_answers_have_no_rule_and_is_told_so(serve, model):
    world = World(serve("--eni-model", model))
    address = world.database()
    client = world.server.client("lambda")
    network = {"SubnetIds": [world.app], "SecurityGroupIds": [world.group]}
    create(client, code=CLIENT, VpcConfig=network)
    answer = invoke(client, {"to": address})
    assert json.loads(answer["Payload"])["errorType"] == "TimeoutError"
    request = answer["ResponseMetadata"]["RequestId"]
    wanted = f"rule * of {world.acl}, the network ACL of {world.data} (10.6.2.0/24), does not let it out"
    told = eventually(lambda: (text := world.warren("explain", request)) and wanted in text and text)
    (line,) = (line for line in told.splitlines() if wanted in line)
    assert f"tcp {address} → 10.6.1." in line and "1024-65535" in line

    world.entry(100, True, "10.6.1.0/24", EPHEMERAL)
    answer = invoke(client, {"to": address})
    assert json.loads(answer["Payload"]) == "database"
    # What is told of one invocation is told of no other.
    request = answer["ResponseMetadata"]["RequestId"]
    assert "does not let it out" not in world.warren("explain", request)
    metrics = urllib.request.urlopen(f"{world.server.url}/_warren/metrics").read().decode()
    (counted,) = (line for line in metrics.splitlines()
                  if line.startswith('warren_dropped_packets_total{reason="acl_egress"}'))
    assert int(counted.split()[-1]) > 0
    world.warren("resources", "remove", "database")
    world.process.wait(timeout=10)
