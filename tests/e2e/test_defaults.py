"""Default VPCs and subnets that are made again, and the groups that a VPC's ENIs may have."""

import botocore.exceptions
import pytest


def refused(call, **parameters):
    """The code with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"]


def test_defaults_that_were_deleted_are_made_again(ec2):
    by = [{"Name": "is-default", "Values": ["true"]}]
    (vpc,) = (each["VpcId"] for each in ec2.describe_vpcs(Filters=by)["Vpcs"])
    assert refused(ec2.create_default_vpc) == "DefaultVpcAlreadyExists"
    own = [{"Name": "vpc-id", "Values": [vpc]}]
    first, *others = sorted(ec2.describe_subnets(Filters=own)["Subnets"], key=lambda it: it["CidrBlock"])
    zone = {"AvailabilityZone": first["AvailabilityZone"]}
    assert refused(ec2.create_default_subnet, **zone) == \
        "DefaultSubnetAlreadyExistsInAvailabilityZone"
    assert refused(ec2.create_default_subnet) == "MissingParameter"
    ec2.delete_subnet(SubnetId=first["SubnetId"])
    made = ec2.create_default_subnet(**zone)["Subnet"]
    like = ("CidrBlock", "DefaultForAz", "MapPublicIpOnLaunch", "AvailabilityZone", "VpcId")
    assert [made[key] for key in like] == [first[key] for key in like]

    (gateway,) = ec2.describe_internet_gateways()["InternetGateways"]
    for subnet in (made, *others):
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    gateway = gateway["InternetGatewayId"]
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)
    kept = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.delete_vpc(VpcId=vpc)
    assert refused(ec2.create_default_subnet, **zone) == "DefaultVpcDoesNotExist"
    again = ec2.create_default_vpc()["Vpc"]
    assert (again["IsDefault"], again["CidrBlock"]) == (True, "172.31.0.0/16")
    own = [{"Name": "vpc-id", "Values": [again["VpcId"]]}]
    assert len(ec2.describe_subnets(Filters=own)["Subnets"]) == len(others) + 1
    (table,) = ec2.describe_route_tables(Filters=own)["RouteTables"]
    assert table["Routes"][1]["GatewayId"].startswith("igw-")

    group = ec2.create_security_group(GroupName="app", Description="app", VpcId=kept)["GroupId"]
    named = [{"Name": "group-name", "Values": ["app"]}]
    (shown,) = ec2.get_security_groups_for_vpc(VpcId=kept, Filters=named)["SecurityGroupForVpcs"]
    assert (shown["GroupId"], shown["PrimaryVpcId"], shown["Description"]) == (group, kept, "app")
    assert len(ec2.get_security_groups_for_vpc(VpcId=kept)["SecurityGroupForVpcs"]) == 2
    assert refused(ec2.get_security_groups_for_vpc, VpcId="vpc-00000000000000abc") == \
        "InvalidVpcID.NotFound"
