"""EC2's part of the API, as boto3 and the aws CLI see it."""

import concurrent.futures
import json
import os
import signal
import subprocess
import sys

import botocore.exceptions
import pytest


def refused(call, **parameters):
    """The code, message and status with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    answer = caught.value.response
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return answer["Error"]["Code"], answer["Error"]["Message"], status


def network(ec2):
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/28")["Subnet"]
    return vpc, subnet["SubnetId"]


def test_a_new_account_has_a_default_vpc(ec2, server):
    (vpc,) = ec2.describe_vpcs()["Vpcs"]
    assert (vpc["IsDefault"], vpc["CidrBlock"]) == (True, "172.31.0.0/16")
    subnets = ec2.describe_subnets()["Subnets"]
    zones = {zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]}
    assert {subnet["AvailabilityZone"] for subnet in subnets} == zones
    assert {subnet["AvailableIpAddressCount"] for subnet in subnets} == {4091}
    (group,) = ec2.describe_security_groups()["SecurityGroups"]
    assert group["IpPermissions"][0]["UserIdGroupPairs"][0]["GroupId"] == group["GroupId"]
    assert group["IpPermissionsEgress"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}]
    other = server.client("ec2", account="111111111111").describe_vpcs()["Vpcs"][0]
    assert other["VpcId"] != vpc["VpcId"] and other["OwnerId"] == "111111111111"
    assert refused(ec2.describe_vpcs, VpcIds=[other["VpcId"]])[0] == "InvalidVpcID.NotFound"


def test_addresses_are_counted_and_kept(ec2):
    _, subnet = network(ec2)

    def free():
        return ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"]

    assert free() == 11
    enis = [ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"] for _ in range(11)]
    assert len({eni["PrivateIpAddress"] for eni in enis}) == 11 and free() == 0
    assert refused(ec2.create_network_interface, SubnetId=subnet) == (
        "InsufficientFreeAddressesInSubnet",
        "The specified subnet does not have enough free addresses to satisfy the request.",
        400,
    )
    ec2.delete_network_interface(NetworkInterfaceId=enis[3]["NetworkInterfaceId"])
    assert free() == 1
    again = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]
    assert again["PrivateIpAddress"] == enis[3]["PrivateIpAddress"]


def test_enis_are_found_by_filters_and_in_pages(ec2):
    _, subnet = network(ec2)
    for number in range(7):
        ec2.create_network_interface(SubnetId=subnet, Description=f"test {number}")
    by = [{"Name": "description", "Values": ["test ?"]}]
    pages = ec2.get_paginator("describe_network_interfaces")
    found = [
        eni["Description"]
        for page in pages.paginate(Filters=by, PaginationConfig={"PageSize": 5})
        for eni in page["NetworkInterfaces"]
    ]
    assert sorted(found) == [f"test {number}" for number in range(7)]
    unknown = [{"Name": "colour", "Values": ["red"]}]
    assert refused(ec2.describe_network_interfaces, Filters=unknown) == (
        "InvalidParameterValue",
        "The filter 'colour' is invalid",
        400,
    )


def test_many_enis_are_described_whole(ec2):
    """More than are looked at under one lock."""
    vpc, _ = network(ec2)
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.4.0/23")["Subnet"]["SubnetId"]

    def create(number):
        made = ec2.create_network_interface(SubnetId=subnet, Description=f"{number % 2}")
        return made["NetworkInterface"]["NetworkInterfaceId"]

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        made = list(threads.map(create, range(300)))
    by = [{"Name": "subnet-id", "Values": [subnet]}]
    found = ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
    assert sorted(eni["NetworkInterfaceId"] for eni in found) == sorted(made)
    by.append({"Name": "description", "Values": ["1"]})
    pages = ec2.get_paginator("describe_network_interfaces")
    pages = list(pages.paginate(Filters=by, PaginationConfig={"PageSize": 100}))
    paged = [eni["NetworkInterfaceId"] for page in pages for eni in page["NetworkInterfaces"]]
    assert len(pages) == 2 and sorted(paged) == sorted(made[1::2])


def test_rules_are_added_shown_and_revoked(ec2):
    vpc, _ = network(ec2)
    app, db = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
        for name in ("app", "db")
    )
    rule = {
        "IpProtocol": "tcp",
        "FromPort": 5432,
        "ToPort": 5432,
        "UserIdGroupPairs": [{"GroupId": app, "Description": "the app"}],
    }
    made = ec2.authorize_security_group_ingress(GroupId=db, IpPermissions=[rule])
    (shown,) = made["SecurityGroupRules"]
    assert shown["ReferencedGroupInfo"]["GroupId"] == app and not shown["IsEgress"]
    assert refused(ec2.authorize_security_group_ingress, GroupId=db, IpPermissions=[rule]) == (
        "InvalidPermission.Duplicate",
        f'the specified rule "peer: {app}, TCP, from port: 5432, to port: 5432, ALLOW" already exists',
        400,
    )
    assert refused(ec2.delete_security_group, GroupId=app)[0] == "DependencyViolation"
    ec2.revoke_security_group_ingress(
        GroupId=db, SecurityGroupRuleIds=[shown["SecurityGroupRuleId"]]
    )
    ec2.delete_security_group(GroupId=app)
    (group,) = ec2.describe_security_groups(GroupIds=[db])["SecurityGroups"]
    assert group["IpPermissions"] == []


def test_what_is_in_use_stays(ec2):
    vpc, subnet = network(ec2)
    eni = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    assert refused(ec2.delete_subnet, SubnetId=subnet) == (
        "DependencyViolation",
        f"The subnet '{subnet}' has dependencies and cannot be deleted.",
        400,
    )
    assert refused(ec2.delete_vpc, VpcId=vpc)[0] == "DependencyViolation"
    ec2.delete_network_interface(NetworkInterfaceId=eni)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_vpc(VpcId=vpc)
    assert refused(ec2.describe_vpcs, VpcIds=[vpc]) == (
        "InvalidVpcID.NotFound",
        f"The vpc ID '{vpc}' does not exist",
        400,
    )


def test_bad_input_changes_nothing(ec2):
    vpc, _ = network(ec2)
    before = ec2.describe_subnets()["Subnets"]
    assert refused(ec2.create_subnet, VpcId=vpc, CidrBlock="10.0.1.8/29")[0] == "InvalidSubnet.Range"
    conflict = refused(ec2.create_subnet, VpcId=vpc, CidrBlock="10.0.1.0/24")
    assert conflict[0] == "InvalidSubnet.Conflict"
    assert refused(ec2.create_subnet, VpcId="nonsense", CidrBlock="10.0.2.0/24") == (
        "InvalidVpcID.Malformed",
        'Invalid id: "nonsense" (expecting "vpc-...")',
        400,
    )
    assert refused(ec2.create_vpc, CidrBlock="10.0.0.0/8") == (
        "InvalidVpc.Range",
        "The CIDR '10.0.0.0/8' is invalid.",
        400,
    )
    reserved = refused(ec2.create_security_group, GroupName="default", Description="x", VpcId=vpc)
    assert reserved[0] == "InvalidGroup.Reserved"
    assert refused(ec2.describe_instances)[0] == "InvalidAction"
    assert ec2.describe_subnets()["Subnets"] == before


def test_dry_runs_check_and_change_nothing(ec2):
    vpc, subnet = network(ec2)
    before = ec2.describe_subnets()["Subnets"]
    would = ("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
    create = {"VpcId": vpc, "DryRun": True}
    assert refused(ec2.create_subnet, CidrBlock="10.0.2.0/24", **create) == would
    conflict = refused(ec2.create_subnet, CidrBlock="10.0.1.0/24", **create)
    assert conflict[0] == "InvalidSubnet.Conflict"
    ec2.create_network_interface(SubnetId=subnet)
    in_use = refused(ec2.delete_subnet, SubnetId=subnet, DryRun=True)
    assert in_use[0] == "DependencyViolation"
    assert refused(ec2.create_vpc, CidrBlock="10.0.0.0/16", DryRun=True) == would
    assert refused(ec2.create_network_interface, SubnetId=subnet, DryRun=True) == would
    reserved = {"SubnetId": subnet, "PrivateIpAddress": "10.0.1.1", "DryRun": True}
    assert refused(ec2.create_network_interface, **reserved)[0] == "InvalidParameterValue"
    group = {"GroupName": "app", "Description": "app", "VpcId": vpc}
    assert refused(ec2.create_security_group, DryRun=True, **group) == would
    made = ec2.create_security_group(**group)["GroupId"]
    exists = refused(ec2.create_security_group, DryRun=True, **group)
    assert exists[0] == "InvalidGroup.Duplicate"
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    rule = {"GroupId": made, "IpPermissions": everything, "DryRun": True}
    assert refused(ec2.authorize_security_group_ingress, **rule) == would
    twice = refused(ec2.authorize_security_group_egress, **rule)
    assert twice[0] == "InvalidPermission.Duplicate"
    tags = {"Resources": ["vpc-00000000000000001"], "Tags": [{"Key": "a", "Value": "1"}]}
    assert refused(ec2.create_tags, DryRun=True, **tags)[0] == "InvalidVpcID.NotFound"
    assert refused(ec2.describe_vpcs, VpcIds=[vpc], DryRun=True) == would
    unknown = refused(ec2.describe_vpcs, VpcIds=["vpc-00000000000000001"], DryRun=True)
    assert unknown[0] == "InvalidVpcID.NotFound"
    (after,) = [one for one in ec2.describe_subnets()["Subnets"] if one["VpcId"] == vpc]
    assert [after["SubnetId"]] == [one["SubnetId"] for one in before if one["VpcId"] == vpc]


def test_what_is_not_supported_is_refused_by_name(ec2):
    vpc, subnet = network(ec2)
    unsupported = "Warren does not support the parameter"
    for call, name, parameters in [
        (ec2.create_vpc, "Ipv6IpamPoolId of CreateVpc.",
         {"CidrBlock": "10.1.0.0/16", "Ipv6IpamPoolId": "ipam-pool-1"}),
        (ec2.create_vpc, "InstanceTenancy of CreateVpc, except as default.",
         {"CidrBlock": "10.1.0.0/16", "InstanceTenancy": "dedicated"}),
        (ec2.create_subnet, "Ipv6IpamPoolId of CreateSubnet.",
         {"VpcId": vpc, "CidrBlock": "10.0.2.0/24", "Ipv6IpamPoolId": "ipam-pool-1"}),
        (ec2.create_network_interface, "Ipv6PrefixCount of CreateNetworkInterface, except as 0.",
         {"SubnetId": subnet, "Ipv6PrefixCount": 1}),
    ]:
        assert refused(call, **parameters) == (
            "UnsupportedOperation", f"{unsupported} {name}", 400,
        )
    ec2.create_vpc(
        CidrBlock="10.1.0.0/16", InstanceTenancy="default", AmazonProvidedIpv6CidrBlock=False
    )


def test_a_token_makes_one_interface(ec2):
    _, subnet = network(ec2)
    once = {"SubnetId": subnet, "ClientToken": "t-1"}
    first = ec2.create_network_interface(Description="a", **once)
    again = ec2.create_network_interface(Description="a", **once)
    assert first["ClientToken"] == "t-1"
    assert again["NetworkInterface"] == first["NetworkInterface"]
    other = refused(ec2.create_network_interface, Description="b", **once)
    assert other[0] == "IdempotentParameterMismatch"
    by = [{"Name": "subnet-id", "Values": [subnet]}]
    assert len(ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]) == 1


def test_a_token_is_remembered_by_the_next_server(server, ec2):
    _, subnet = network(ec2)
    once = {"SubnetId": subnet, "ClientToken": "t-1"}
    first = ec2.create_network_interface(**once)["NetworkInterface"]["NetworkInterfaceId"]
    server.stop(signal.SIGKILL)
    server.start()
    ec2 = server.client("ec2")
    assert ec2.create_network_interface(**once)["NetworkInterface"]["NetworkInterfaceId"] == first
    other = refused(ec2.create_network_interface, Description="b", **once)
    assert other[0] == "IdempotentParameterMismatch"
    ec2.delete_network_interface(NetworkInterfaceId=first)
    gone = refused(ec2.create_network_interface, **once)
    assert gone[0] == "InvalidNetworkInterfaceID.NotFound"


def test_groups_are_found_by_their_rules_and_names(ec2):
    vpc, _ = network(ec2)
    group = ec2.create_security_group(GroupName="app", Description="app", VpcId=vpc)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 81, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    pair = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule, pair])
    for name, value in [
        ("ip-permission.from-port", "80"),
        ("ip-permission.to-port", "8?"),
        ("ip-permission.cidr", "10.0.0.0/8"),
        ("ip-permission.group-name", "app"),
        ("egress.ip-permission.cidr", "0.0.0.0/0"),
    ]:
        by = [{"Name": name, "Values": [value]}, {"Name": "vpc-id", "Values": [vpc]}]
        found = ec2.describe_security_groups(Filters=by)["SecurityGroups"]
        assert group in [one["GroupId"] for one in found], name
    (shown,) = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    # What is described can be revoked as it is.
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=shown["IpPermissions"])
    default = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    assert [one["GroupName"] for one in default] == ["default"]
    missing = refused(ec2.describe_security_groups, GroupNames=["app"])
    assert missing[0] == "InvalidGroup.NotFound"
    foreign = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group, "UserId": "111111111111"}]}
    other = refused(ec2.authorize_security_group_ingress, GroupId=group, IpPermissions=[foreign])
    assert other[0] == "InvalidGroup.NotFound"


def test_zones_and_regions_are_filtered(ec2):
    by = [{"Name": "zone-name", "Values": ["us-east-1[ab]", "us-east-1b"]}]
    zones = ec2.describe_availability_zones(Filters=by)["AvailabilityZones"]
    assert [zone["ZoneName"] for zone in zones] == ["us-east-1b"]
    by = [{"Name": "region-name", "Values": ["eu-west-?"]}]
    assert len(ec2.describe_regions(Filters=by)["Regions"]) == 3
    assert refused(ec2.describe_availability_zones, ZoneNames=["us-east-1z"])[0] == (
        "InvalidParameterValue"
    )
    by = [{"Name": "tag:a", "Values": ["1"]}]
    assert ec2.describe_tags(Filters=by)["Tags"] == []


def test_tags_are_put_found_and_taken_away(ec2):
    vpc, subnet = network(ec2)
    ec2.create_tags(Resources=[vpc, subnet], Tags=[{"Key": "Name", "Value": "main"}])
    by = [{"Name": "tag:Name", "Values": ["m*"]}]
    (found,) = ec2.describe_vpcs(Filters=by)["Vpcs"]
    assert found["VpcId"] == vpc
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name"}])
    assert ec2.describe_vpcs(Filters=by)["Vpcs"] == []


def test_attributes_are_changed_and_shown(ec2):
    vpc, subnet = network(ec2)
    group = ec2.create_security_group(GroupName="app", Description="app", VpcId=vpc)["GroupId"]
    eni = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=[group])
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    (shown,) = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"]
    assert shown["Groups"] == [{"GroupId": group, "GroupName": "app"}]
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["MapPublicIpOnLaunch"]
    by = [{"Name": "group-id", "Values": [group]}]
    (rule,) = ec2.describe_security_group_rules(Filters=by)["SecurityGroupRules"]
    assert (rule["IsEgress"], rule["CidrIpv4"]) == (True, "0.0.0.0/0")
    by = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    (table,) = ec2.describe_route_tables(Filters=by)["RouteTables"]
    (route,) = table["Routes"]
    assert (route["DestinationCidrBlock"], route["GatewayId"]) == ("10.0.0.0/16", "local")
    names = ec2.describe_account_attributes()["AccountAttributes"]
    assert "default-vpc" in {one["AttributeName"] for one in names}


def test_what_was_answered_survives_kill(server):
    """Kills the server under load, again and again; nothing that was answered is lost."""
    known = set()
    for _ in range(5):
        ec2 = server.client("ec2")
        subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]

        def create(number):
            try:
                made = ec2.create_network_interface(SubnetId=subnet, Description=str(number))
            except botocore.exceptions.BotoCoreError:
                return
            known.add(made["NetworkInterface"]["NetworkInterfaceId"])
            if number == 12:
                server.process.kill()

        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            list(threads.map(create, range(40)))
        server.stop(signal.SIGKILL)
        server.start()
        enis = server.client("ec2").describe_network_interfaces()["NetworkInterfaces"]
        assert known <= {eni["NetworkInterfaceId"] for eni in enis}
        addresses = [(eni["SubnetId"], eni["PrivateIpAddress"]) for eni in enis]
        assert len(addresses) == len(set(addresses))
    assert len(known) >= 5


def test_a_second_server_is_refused(server):
    second = server.spawn()
    _, said = second.communicate()
    assert second.returncode == 1
    assert "is held by another server" in said and "hint:" in said


def test_the_cli_and_sts(server):
    environment = dict(
        os.environ,
        AWS_ENDPOINT_URL=server.url,
        AWS_ACCESS_KEY_ID="222222222222",
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_DEFAULT_REGION="eu-west-1",
    )

    def aws(*words):
        command = [os.path.join(os.path.dirname(sys.executable), "aws"), "--output", "json", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout) if done.stdout else None

    assert aws("sts", "get-caller-identity")["Account"] == "222222222222"
    vpc = aws("ec2", "create-vpc", "--cidr-block", "10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = aws("ec2", "create-subnet", "--vpc-id", vpc, "--cidr-block", "10.9.1.0/24")["Subnet"]
    assert subnet["AvailabilityZone"] == "eu-west-1a" and subnet["AvailableIpAddressCount"] == 251


def test_what_tools_read_of_a_vpc_is_there(ec2):
    vpc, subnet = network(ec2)
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "a", "Value": "1"}])
    mine = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "default", "Values": ["true"]}]
    (acl,) = ec2.describe_network_acls(Filters=mine)["NetworkAcls"]
    assert [association["SubnetId"] for association in acl["Associations"]] == [subnet]
    assert {(e["Egress"], e["RuleNumber"], e["RuleAction"]) for e in acl["Entries"]} == {
        (egress, *rule) for egress in [True, False] for rule in [(100, "allow"), (32767, "deny")]
    }
    assert ec2.describe_network_acls(NetworkAclIds=[acl["NetworkAclId"]])["NetworkAcls"] == [acl]
    assert refused(ec2.describe_network_acls, NetworkAclIds=["acl-00000000000000001"])[0] == (
        "InvalidNetworkAclID.NotFound"
    )
    tags = ec2.describe_tags(Filters=[{"Name": "resource-type", "Values": ["vpc"]}])["Tags"]
    assert tags == [{"Key": "a", "Value": "1", "ResourceId": vpc, "ResourceType": "vpc"}]
    eni = ec2.create_network_interface(SubnetId=subnet, Description="d")["NetworkInterface"]
    eni = eni["NetworkInterfaceId"]
    shown = ec2.describe_network_interface_attribute(NetworkInterfaceId=eni, Attribute="description")
    assert shown["Description"] == {"Value": "d"}


def test_rules_change_in_place(server):
    ec2 = server.client("ec2")
    group = ec2.create_security_group(GroupName="changes", Description="d")["GroupId"]
    made = ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
                        "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "old"}]}],
    )
    rule = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
    becomes = {"IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "CidrIpv4": "10.1.0.0/16"}
    answer = ec2.modify_security_group_rules(
        GroupId=group,
        SecurityGroupRules=[{"SecurityGroupRuleId": rule, "SecurityGroupRule": becomes}],
    )
    assert answer["Return"] is True
    ec2.update_security_group_rule_descriptions_ingress(
        GroupId=group,
        SecurityGroupRuleDescriptions=[{"SecurityGroupRuleId": rule, "Description": "new"}],
    )
    (egress,) = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissionsEgress"]
    egress = {"IpProtocol": "-1", "IpRanges": [egress["IpRanges"][0] | {"Description": "out"}]}
    ec2.update_security_group_rule_descriptions_egress(GroupId=group, IpPermissions=[egress])
    # All of it is there after a crash.
    server.stop(signal.SIGKILL)
    server.start()
    ec2 = server.client("ec2")
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    told = {each["SecurityGroupRuleId"]: each for each in rules["SecurityGroupRules"]}
    assert becomes.items() <= told[rule].items() and told[rule]["Description"] == "new"
    assert {each["Description"] for each in told.values()} == {"new", "out"}


def test_reserved_blocks_are_passed_over_also_after_a_crash(server):
    ec2 = server.client("ec2")
    _, subnet = network(ec2)
    base = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["CidrBlock"].rpartition(".")[0]
    made = ec2.create_subnet_cidr_reservation(
        SubnetId=subnet, Cidr=f"{base}.4/30", ReservationType="explicit", Description="ours",
    )["SubnetCidrReservation"]
    server.stop(signal.SIGKILL)
    server.start()
    ec2 = server.client("ec2")
    shown = ec2.get_subnet_cidr_reservations(SubnetId=subnet)
    assert shown["SubnetIpv4CidrReservations"] == [made] and shown["SubnetIpv6CidrReservations"] == []

    def free():
        return ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"]

    def address(**wanted):
        made = ec2.create_network_interface(SubnetId=subnet, **wanted)["NetworkInterface"]
        return made["PrivateIpAddress"]

    before = free()
    assert [address(), address(PrivateIpAddress=f"{base}.5")] == [f"{base}.8", f"{base}.5"]
    assert free() == before - 1
    gone = ec2.delete_subnet_cidr_reservation(SubnetCidrReservationId=made["SubnetCidrReservationId"])
    assert gone["DeletedSubnetCidrReservation"] == made and free() == before - 1 + 3
