"""Secondary IPv4 blocks of VPCs: their subnets are reached as those of the first block are."""

import json
import os
import signal
import subprocess
import sys

import pytest

from functions import create, eventually, invoke, refused

SERVER = """
import socket
listener = socket.create_server(("0.0.0.0", 7000))
while True:
    stream, peer = listener.accept()
    stream.sendall(f"you are {peer[0]}".encode())
    stream.close()
"""

CLIENT = """
import socket
def handler(event, context):
    with socket.create_connection((event["to"], 7000), timeout=1) as stream:
        return stream.recv(99).decode()
"""


def test_a_subnet_of_a_second_block_is_reached_also_after_a_crash(serve):
    server = serve("--idle-timeout", "60")
    ec2 = server.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    first = ec2.create_subnet(VpcId=vpc, CidrBlock="10.7.1.0/24")["Subnet"]["SubnetId"]
    own = [{"Name": "vpc-id", "Values": [vpc]}]
    (group,) = (each["GroupId"] for each in ec2.describe_security_groups(Filters=own)["SecurityGroups"])
    client = server.client("lambda")
    create(client, code=CLIENT, VpcConfig={"SubnetIds": [first], "SecurityGroupIds": [group]})
    answer = ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="100.64.0.0/16")["CidrBlockAssociation"]
    assert (answer["CidrBlock"], answer["CidrBlockState"]["State"]) == ("100.64.0.0/16", "associating")
    second = ec2.create_subnet(VpcId=vpc, CidrBlock="100.64.1.0/24")["Subnet"]["SubnetId"]

    def shown():
        (described,) = server.client("ec2").describe_vpcs(VpcIds=[vpc])["Vpcs"]
        return [(each["CidrBlock"], each["CidrBlockState"]["State"])
                for each in described["CidrBlockAssociationSet"]]

    both = [("10.7.0.0/16", "associated"), ("100.64.0.0/16", "associated")]
    assert shown() == both
    (table,) = ec2.describe_route_tables(Filters=own)["RouteTables"]
    assert [(each["DestinationCidrBlock"], each["GatewayId"]) for each in table["Routes"]] == [
        ("10.7.0.0/16", "local"), ("100.64.0.0/16", "local")]
    words = [os.environ["WARREN"], "attach", "--endpoint", server.url, "--subnet", second,
             "--security-group", group, "--name", "box", "--", sys.executable, "-c", SERVER]
    subprocess.Popen(words)

    def address():
        words = [os.environ["WARREN"], "resources", "--endpoint", server.url, "--output", "json"]
        rows = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
        return rows[0]["address"] if rows else None

    at = eventually(address)
    assert at == "100.64.1.4"

    def reached():
        answer = invoke(server.client("lambda"), {"to": at})
        return None if "FunctionError" in answer else json.loads(answer["Payload"])

    assert eventually(reached).startswith("you are 10.7.1.")
    server.stop(signal.SIGKILL)
    server.start()
    assert shown() == both and eventually(reached).startswith("you are 10.7.1.")

    ec2 = server.client("ec2")
    association = answer["AssociationId"]
    assert refused(ec2.disassociate_vpc_cidr_block, AssociationId=association) == (
        "InvalidCidrBlock.InUse", f"The vpc {vpc} currently has a subnet within CIDR block 100.64.0.0/16",
        400)
    server.remove_resources()
    ec2.delete_subnet(SubnetId=second)
    gone = ec2.disassociate_vpc_cidr_block(AssociationId=association)["CidrBlockAssociation"]
    assert gone["CidrBlockState"]["State"] == "disassociating" and shown() == both[:1]


@pytest.mark.parametrize("cidr, code", [
    ("10.0.0.0/15", "InvalidVpc.Range"),
    ("10.2.0.0/24", "InvalidVpc.Range"),
    ("192.168.0.0/24", "InvalidVpc.Range"),
    ("198.19.0.0/24", "InvalidVpc.Range"),
])
def test_blocks_that_do_not_go_with_a_vpc_are_refused(ec2, cidr, code):
    vpc = ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]
    vpc, primary = vpc["VpcId"], vpc["CidrBlockAssociationSet"][0]["AssociationId"]
    assert refused(ec2.associate_vpc_cidr_block, VpcId=vpc, CidrBlock=cidr)[0] == code
    assert refused(ec2.disassociate_vpc_cidr_block, AssociationId=primary)[0] == "OperationNotPermitted"
    for number in range(3, 7):
        ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock=f"10.{number}.0.0/16")
    assert refused(ec2.associate_vpc_cidr_block, VpcId=vpc, CidrBlock="10.9.0.0/16")[:2] == (
        "CidrLimitExceeded", f"This network '{vpc}' has met its maximum number of allowed CIDRs: 5")
