"""Route tables: made, associated, replaced, described, deleted, as boto3 sees them."""

import botocore.exceptions
import pytest


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def network(ec2, block="10.0.0.0/16", inner="10.0.1.0/24"):
    vpc = ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=inner)["Subnet"]["SubnetId"]
    return vpc, subnet


def tables(ec2, vpc, **filters):
    filters = {"vpc-id": vpc, **filters}
    by = [{"Name": name, "Values": [value]} for name, value in filters.items()]
    return ec2.describe_route_tables(Filters=by)["RouteTables"]


def main_of(ec2, vpc):
    (main,) = tables(ec2, vpc, **{"association.main": "true"})
    return main


def test_a_table_has_the_local_route_and_serves_the_subnets_that_chose_it(ec2):
    vpc, subnet = network(ec2)
    tags = [{"Key": "Name", "Value": "private"}]
    specification = [{"ResourceType": "route-table", "Tags": tags}]
    made = ec2.create_route_table(VpcId=vpc, TagSpecifications=specification)["RouteTable"]
    table = made["RouteTableId"]
    assert made["Routes"] == [
        {
            "DestinationCidrBlock": "10.0.0.0/16",
            "GatewayId": "local",
            "Origin": "CreateRouteTable",
            "State": "active",
        }
    ]
    assert (made["Associations"], made["Tags"], made["VpcId"]) == ([], tags, vpc)
    answer = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    assert answer["AssociationState"] == {"State": "associated"}
    association = {
        "Main": False,
        "RouteTableAssociationId": answer["AssociationId"],
        "RouteTableId": table,
        "SubnetId": subnet,
        "AssociationState": {"State": "associated"},
    }
    by = [{"Name": "association.subnet-id", "Values": [subnet]}]
    (shown,) = ec2.describe_route_tables(Filters=by)["RouteTables"]
    assert shown == {**made, "Associations": [association]}
    by = [{"Name": "resource-id", "Values": [table]}]
    (tag,) = ec2.describe_tags(Filters=by)["Tags"]
    assert (tag["ResourceType"], tag["Key"], tag["Value"]) == ("route-table", "Name", "private")
    ec2.delete_tags(Resources=[table], Tags=[{"Key": "Name"}])
    assert ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Tags"] == []
    ec2.disassociate_route_table(AssociationId=answer["AssociationId"])
    ec2.delete_route_table(RouteTableId=table)
    assert refused(ec2.describe_route_tables, RouteTableIds=[table]) == (
        "InvalidRouteTableID.NotFound",
        f"The routeTable ID '{table}' does not exist",
    )


def test_a_token_makes_one_table(ec2):
    vpc, _ = network(ec2)
    once = {"VpcId": vpc, "ClientToken": "t-1"}
    first = ec2.create_route_table(**once)
    assert first["ClientToken"] == "t-1"
    assert ec2.create_route_table(**once)["RouteTable"] == first["RouteTable"]
    assert len(tables(ec2, vpc)) == 2
    other, _ = network(ec2)
    mismatch = refused(ec2.create_route_table, **{**once, "VpcId": other})
    assert mismatch[0] == "IdempotentParameterMismatch"


def test_what_is_in_use_stays(ec2):
    vpc, subnet = network(ec2)
    main = main_of(ec2, vpc)
    assert refused(ec2.delete_route_table, RouteTableId=main["RouteTableId"]) == (
        "DependencyViolation",
        f"The routeTable '{main['RouteTableId']}' has dependencies and cannot be deleted.",
    )
    association = main["Associations"][0]["RouteTableAssociationId"]
    assert refused(ec2.disassociate_route_table, AssociationId=association) == (
        "InvalidParameterValue",
        f"cannot disassociate the main route table association {association}",
    )
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    assert refused(ec2.delete_route_table, RouteTableId=table)[0] == "DependencyViolation"
    assert refused(ec2.associate_route_table, RouteTableId=main["RouteTableId"], SubnetId=subnet) == (
        "Resource.AlreadyAssociated",
        f"the specified association for route table {main['RouteTableId']} conflicts with an "
        "existing association",
    )
    # The association goes with its subnet.
    ec2.delete_subnet(SubnetId=subnet)
    assert ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Associations"] == []
    assert refused(ec2.delete_vpc, VpcId=vpc)[0] == "DependencyViolation"
    ec2.delete_route_table(RouteTableId=table)
    ec2.delete_vpc(VpcId=vpc)
    assert tables(ec2, vpc) == []


def test_an_association_is_replaced_also_the_main_one(ec2):
    vpc, subnet = network(ec2)
    before = main_of(ec2, vpc)
    first, second = (
        ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2)
    )
    made = ec2.associate_route_table(RouteTableId=first, SubnetId=subnet)["AssociationId"]
    moved = ec2.replace_route_table_association(AssociationId=made, RouteTableId=second)
    (shown,) = tables(ec2, vpc, **{"association.subnet-id": subnet})
    assert shown["RouteTableId"] == second
    assert shown["Associations"][0]["RouteTableAssociationId"] == moved["NewAssociationId"] != made
    assert refused(ec2.disassociate_route_table, AssociationId=made) == (
        "InvalidAssociationID.NotFound",
        f"The association ID '{made}' does not exist",
    )
    association = before["Associations"][0]["RouteTableAssociationId"]
    moved = ec2.replace_route_table_association(AssociationId=association, RouteTableId=first)
    after = main_of(ec2, vpc)
    assert after["RouteTableId"] == first
    assert after["Associations"][0]["RouteTableAssociationId"] == moved["NewAssociationId"]
    # What was the main table is one like others.
    ec2.delete_route_table(RouteTableId=before["RouteTableId"])
    assert refused(ec2.delete_route_table, RouteTableId=first)[0] == "DependencyViolation"


def test_tables_and_subnets_are_of_one_vpc(ec2):
    vpc, _ = network(ec2)
    _, stranger = network(ec2)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    assert refused(ec2.associate_route_table, RouteTableId=table, SubnetId=stranger) == (
        "InvalidParameterValue",
        f"route table {table} and subnet {stranger} belong to different networks",
    )
    gone = "vpc-0123456789abcdef0"
    assert refused(ec2.create_route_table, VpcId=gone)[0] == "InvalidVpcID.NotFound"


def test_a_dry_run_checks_and_changes_nothing(ec2):
    vpc, subnet = network(ec2)
    assert refused(ec2.create_route_table, VpcId=vpc, DryRun=True)[0] == "DryRunOperation"
    assert len(tables(ec2, vpc)) == 1
    main = main_of(ec2, vpc)["RouteTableId"]
    code = refused(ec2.delete_route_table, RouteTableId=main, DryRun=True)[0]
    assert code == "DependencyViolation"
    code = refused(ec2.associate_route_table, RouteTableId=main, SubnetId=subnet, DryRun=True)[0]
    assert code == "DryRunOperation"
    assert len(main_of(ec2, vpc)["Associations"]) == 1


def test_tables_are_there_after_a_restart(server, ec2):
    vpc, subnet = network(ec2)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    before = tables(ec2, vpc)
    server.stop()
    server.start()
    assert tables(server.client("ec2"), vpc) == before
