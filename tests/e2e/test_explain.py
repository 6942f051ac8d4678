"""`warren explain` of what VPCs are made of, of addresses, and of versions and aliases."""

import json
import subprocess
import sys

import pytest

from functions import create, eventually, invoke
from test_asymmetric_acl import DATABASE
from test_ways_out import World as Ways


class World(Ways):
    def told(self, word, code=0):
        done = subprocess.run(self.words("explain", word), capture_output=True, text=True)
        assert done.returncode == code, (word, done.stdout, done.stderr)
        return done.stdout if code == 0 else done.stderr


@pytest.fixture
def world(server):
    return World(server)


def test_all_that_a_vpc_is_made_of_is_told_with_what_uses_it(world):
    ec2 = world.ec2
    gateway = world.gateway()
    ec2.create_route(RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    nat, allocation = world.nat()
    table = world.table(world.private, NatGatewayId=nat)
    world.function("app", world.private)
    (group,) = ec2.describe_security_groups(
        Filters=[{"Name": "vpc-id", "Values": [world.vpc]}])["SecurityGroups"]
    (acl,) = ec2.describe_network_acls(
        Filters=[{"Name": "vpc-id", "Values": [world.vpc]}])["NetworkAcls"]
    group, acl = group["GroupId"], acl["NetworkAclId"]
    for word, wanted in {
        world.vpc: ["is a VPC of 10.9.0.0/16", f"{gateway} is its internet gateway", "2 subnets",
                    "1 NAT gateway", "it is named by 1 function", "app"],
        group: ["it lets out", "everything 0.0.0.0/0", f"is a security group of {world.vpc}",
                "it is named by 1 function"],
        world.main: [", the main one", f"0.0.0.0/0 to {gateway}", world.public],
        table: [f"0.0.0.0/0 to {nat}", "10.9.0.0/16 to the ENIs", world.private, "app"],
        acl: [", the default one", "rule 100 allows everything 0.0.0.0/0", "rule * denies",
              "it is of 2 subnets", "app"],
        gateway: [f"is the internet gateway of {world.vpc}", f"0.0.0.0/0 of {world.main}",
                  allocation["PublicIp"]],
        nat: ["is a NAT gateway in", "caused by CreateNatGateway", allocation["PublicIp"],
              f"0.0.0.0/0 of {table}"],
        allocation["AllocationId"]: ["is the Elastic IP address", f"held by NAT gateway {nat}"],
        allocation["PublicIp"]: ["is the Elastic IP address"],
        world.private: [f"0.0.0.0/0 to {nat}"],
    }.items():
        told = world.told(word)
        assert all(each in told for each in wanted), (word, wanted, told)
    ec2.delete_nat_gateway(NatGatewayId=nat)
    told = world.told(table)
    assert f"0.0.0.0/0 to {nat}, which is gone: a blackhole" in told
    assert "was a NAT gateway" in world.told(nat)


def test_what_joins_and_watches_vpcs_is_told_with_what_uses_it(world):
    ec2 = world.ec2
    service = "com.amazonaws.us-east-1.sqs"
    endpoint = ec2.create_vpc_endpoint(
        VpcId=world.vpc, ServiceName=service, VpcEndpointType="Interface", SubnetIds=[world.private],
        PrivateDnsEnabled=False)["VpcEndpoint"]["VpcEndpointId"]
    other = ec2.create_vpc(CidrBlock="10.10.0.0/16")["Vpc"]["VpcId"]
    peering = ec2.create_vpc_peering_connection(
        VpcId=world.vpc, PeerVpcId=other)["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    assert f"{peering} joins {world.vpc} to {other}, and waits to be accepted" in world.told(peering)
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    ec2.create_route(RouteTableId=world.main, DestinationCidrBlock="10.10.0.0/16", VpcPeeringConnectionId=peering)
    places = ec2.create_managed_prefix_list(
        PrefixListName="places", MaxEntries=2, AddressFamily="IPv4",
        Entries=[{"Cidr": "192.0.2.0/24", "Description": "theirs"}])["PrefixList"]["PrefixListId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=world.vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": places}]}])
    options = ec2.create_dhcp_options(DhcpConfigurations=[
        {"Key": "domain-name", "Values": ["corp.example"]},
        {"Key": "domain-name-servers", "Values": ["10.9.1.7", "AmazonProvidedDNS"]},
    ])["DhcpOptions"]["DhcpOptionsId"]
    ec2.associate_dhcp_options(DhcpOptionsId=options, VpcId=world.vpc)
    world.server.client("logs").create_log_group(logGroupName="flows")
    (log,) = ec2.create_flow_logs(
        ResourceIds=[world.private], ResourceType="Subnet", TrafficType="REJECT", LogGroupName="flows",
        DeliverLogsPermissionArn="arn:aws:iam::000000000000:role/role")["FlowLogIds"]
    eventually(lambda: "it answers at 10.9.2." in world.told(endpoint))
    for word, wanted in {
        endpoint: [f"{endpoint} is an interface endpoint of {world.vpc} to {service}", world.private,
                   "PrivateDnsEnabled is off", "its policy lets everything be asked for"],
        peering: ["and is active", f"{world.vpc} (10.9.0.0/16) of account 000000000000",
                  f"10.10.0.0/16 of {world.main}", f"no route of its tables leads to {world.vpc} by it"],
        places: ["(places) is a managed prefix list in its version 1", "1 of 2 entries", "192.0.2.0/24 (theirs)",
                 f"rules of {group} (g)"],
        options: ["names without a dot are looked for in corp.example", "10.9.1.7, as far as packets reach it",
                  "AmazonProvidedDNS", world.vpc],
        log: [f"{log} is a flow log of {world.private}", "what is refused", "log group flows"],
        world.vpc: ["1 VPC endpoint", f"{endpoint} to {service}", f"{peering} to {other}"],
    }.items():
        told = world.told(word)
        assert all(each in told for each in wanted), (word, wanted, told)
    for word in ("vpc-0123456789abcdef0", "192.0.2.77", "nothing"):
        assert "is not known" in world.told(word, code=1)


def test_parts_with_ids_of_their_own_are_told_with_what_they_are_of(world):
    ec2, client = world.ec2, world.server.client
    made = ec2.create_vpc(CidrBlock="10.10.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    (vpc,) = ec2.describe_vpcs(VpcIds=[made])["Vpcs"]
    (block6,) = vpc["Ipv6CidrBlockAssociationSet"]
    second = ec2.associate_vpc_cidr_block(VpcId=made, CidrBlock="100.64.0.0/16")["CidrBlockAssociation"]
    within = block6["Ipv6CidrBlock"].replace("/56", "/64")
    subnet = ec2.create_subnet(VpcId=made, CidrBlock="10.10.1.0/24", Ipv6CidrBlock=within)["Subnet"]
    (of_subnet,) = subnet["Ipv6CidrBlockAssociationSet"]
    arn, subnet = subnet["SubnetArn"], subnet["SubnetId"]
    eni = ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.10.1.33")
    eni = eni["NetworkInterface"]["NetworkInterfaceId"]
    blocks = [ec2.create_subnet_cidr_reservation(
        SubnetId=subnet, Cidr=block, ReservationType=kind, Description="those",
    )["SubnetCidrReservation"]["SubnetCidrReservationId"]
        for block, kind in (("10.10.1.0/29", "prefix"), ("10.10.1.32/28", "explicit"))]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=made)
    ip = ec2.allocate_address()
    address = ec2.associate_address(AllocationId=ip["AllocationId"], NetworkInterfaceId=eni)["AssociationId"]
    of_vpc = [{"Name": "vpc-id", "Values": [made]}]
    (acl,) = ec2.describe_network_acls(Filters=of_vpc)["NetworkAcls"]
    (of_acl,) = acl["Associations"]
    (table,) = ec2.describe_route_tables(Filters=of_vpc)["RouteTables"]
    (main,) = table["Associations"]
    chosen = ec2.associate_route_table(RouteTableId=table["RouteTableId"], SubnetId=subnet)["AssociationId"]
    (group,) = ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"]
    rules = ec2.describe_security_group_rules(
        Filters=[{"Name": "group-id", "Values": [group["GroupId"]]}])["SecurityGroupRules"]
    (out,) = (each for each in rules if each["IsEgress"] and "CidrIpv4" in each)
    path = ec2.create_network_insights_path(
        Source=eni, DestinationIp="203.0.113.9", Protocol="tcp", DestinationPort=443)["NetworkInsightsPath"]
    path = path["NetworkInsightsPathId"]
    assert "it was never analysed" in world.told(path)
    analysis = ec2.start_network_insights_analysis(NetworkInsightsPathId=path)["NetworkInsightsAnalysis"]
    analysis = analysis["NetworkInsightsAnalysisId"]
    (shown,) = ec2.describe_network_insights_analyses(
        NetworkInsightsAnalysisIds=[analysis])["NetworkInsightsAnalyses"]
    code = shown["Explanations"][0]["ExplanationCode"]
    assert code == "NO_ROUTE_TO_DESTINATION"
    queue = client("sqs").create_queue(QueueName="queue")["QueueUrl"]
    zone = client("route53").create_hosted_zone(Name="corp.test", CallerReference="c", VPC={
        "VPCRegion": "us-east-1", "VPCId": made})["HostedZone"]["Id"]
    idle, used = (ec2.create_egress_only_internet_gateway(VpcId=made)["EgressOnlyInternetGateway"]
                  ["EgressOnlyInternetGatewayId"] for _ in range(2))
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationIpv6CidrBlock="::/0",
                     EgressOnlyInternetGatewayId=used)
    endpoint = ec2.create_vpc_endpoint(
        VpcId=made, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table["RouteTableId"]],
    )["VpcEndpoint"]["VpcEndpointId"]
    (of_s3,) = ec2.describe_prefix_lists(Filters=[
        {"Name": "prefix-list-name", "Values": ["com.amazonaws.us-east-1.s3"]}])["PrefixLists"]
    (shown,) = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
    free = shown["AvailableIpAddressCount"]
    for word, wanted in {
        out["SecurityGroupRuleId"]: [f"of {group['GroupId']} (default) lets everything out to 0.0.0.0/0",
                                     f"is a security group of {made}"],
        blocks[0]: [f"{blocks[0]} reserves 10.10.1.0/29 of {subnet}", "for prefixes", "nobody holds"],
        blocks[1]: ["reserves 10.10.1.32/28", "1 address held", f"10.10.1.33 is {eni}", "description: those"],
        # The first eight addresses have four that AWS keeps, and of the others somebody holds one.
        subnet: [f"1 held, {free} free, {4 + 15} reserved, 5 kept by AWS's rule", "2 blocks reserved",
                 f"10.10.1.0/29 by {blocks[0]}, for prefixes"],
        arn: [f"{subnet} (10.10.1.0/24"],
        vpc["CidrBlockAssociationSet"][0]["AssociationId"]: [
            f"associates 10.10.0.0/16 with {made}, as its primary block"],
        second["AssociationId"]: [f"associates 100.64.0.0/16 with {made}"],
        block6["AssociationId"]: [f"associates {block6['Ipv6CidrBlock']} with {made}"],
        of_subnet["AssociationId"]: [f"associates {within} with {subnet}", f"{subnet} (10.10.1.0/24",
                                     f"10.10.1.33 is {eni}"],
        address: [f"associates {ip['PublicIp']} with {eni} (10.10.1.33)", ip["AllocationId"]],
        of_acl["NetworkAclAssociationId"]: [f"associates {acl['NetworkAclId']} with {subnet}"],
        main["RouteTableAssociationId"]: [f"with {made}, as its main one"],
        chosen: [f"associates {table['RouteTableId']} with {subnet}", f"::/0 to {used}"],
        path: [f"is a path from {eni} to 203.0.113.9, tcp 443", f"{analysis}: no way was found"],
        analysis: [f"is an analysis of {path} from {eni}", "no way was found", f"{code}: no route of the",
                   f"at {table['RouteTableId']}, {made}"],
        queue: ["queue queue: 0 to be received"],
        zone: ["of corp.test.: 2 record sets", f"asked in {made}"],
        zone.rpartition("/")[2]: ["of corp.test.: 2 record sets"],
        "corp.test": [f"hosted zone {zone.rpartition('/')[2]} of corp.test.: 2 record sets"],
        "Corp.Test.": ["of corp.test.: 2 record sets"],
        made: [f"{used} is an egress-only internet gateway of it, for IPv6\n",
               f"{idle} is an egress-only internet gateway of it, for IPv6: no route leads to it"],
        of_s3["PrefixListId"]: ["is a prefix list of AWS's",
                                f"routes of {table['RouteTableId']} to {endpoint}"],
    }.items():
        told = world.told(word)
        assert all(each in told for each in wanted), (word, wanted, told)
    assert free == 256 - 5 - 1 - 19
    for word in ("sgr-0123456789abcdef0", "vpc-cidr-assoc-0123456789abcdef0", "scr-1"):
        assert "is not known" in world.told(word, code=1)


def test_resources_by_name_and_addresses_are_told(world):
    group = world.ec2.create_security_group(
        GroupName="db", Description="d", VpcId=world.vpc)["GroupId"]
    words = ["attach", "--subnet", world.private, "--security-group", group, "--name", "database",
             "--", sys.executable, "-c", DATABASE]
    process = subprocess.Popen(world.words(*words), stderr=subprocess.DEVNULL)
    (row,) = eventually(lambda: json.loads(subprocess.run(
        world.words("resources", "--output", "json"), capture_output=True).stdout))
    for word in ("database", row["address"], row["resource"]):
        told = world.told(word)
        assert row["eni"] in told and "resource database" in told, told
    assert world.told("resource:database") == world.told("database")
    create(world.server.client("lambda"), "database")
    told = world.told("database").splitlines()
    assert told[0].startswith("function database is Active")
    assert "there is a resource of that name, too: warren explain resource:database" in told[-1]
    own = world.told("function:database").splitlines()
    assert [line.lstrip("├└─ ") for line in own] == [line.lstrip("├└─ ") for line in told[:-1]]
    assert world.told("resource:database").startswith("resource database")
    told = world.told("10.9.2.99")
    assert f"no ENI has it in {world.private}" in told
    assert f"{world.vpc} (10.9.0.0/16) has no subnet with it" in world.told("10.9.77.7")
    world.server.remove_resources()
    process.wait(timeout=10)


def test_versions_and_aliases_are_told_for_themselves(server):
    world = World.__new__(World)
    world.server = server
    client = server.client("lambda")
    create(client, "f")
    assert client.publish_version(FunctionName="f")["Version"] == "1"
    client.update_function_configuration(FunctionName="f", Description="two")
    client.get_waiter("function_updated_v2").wait(FunctionName="f")
    assert client.publish_version(FunctionName="f")["Version"] == "2"
    client.create_alias(FunctionName="f", Name="live", FunctionVersion="2",
                        RoutingConfig={"AdditionalVersionWeights": {"1": 0.125}})
    first = invoke(client, {}, "f:1")["ResponseMetadata"]["RequestId"]
    second = invoke(client, {}, "f:2")["ResponseMetadata"]["RequestId"]
    one, two = world.told("f:1"), world.told("f:2")
    assert one.startswith("function f:1 is Active: 1 environment") and first in one
    assert second not in one and second in two and first not in two
    alias = world.told("f:live")
    assert "alias live leads to version 2, and in 12.5 % of the cases to 1" in alias
    assert second in alias and first not in alias
    arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
    assert world.told(f"{arn}:1").splitlines()[0] == one.splitlines()[0]
    assert first in world.told("f") and second in world.told("f")
    assert "is not known" in world.told("f:9", code=1)
    assert "is not known" in world.told("f:nobody", code=1)


def test_a_large_subnet_is_told_in_part(world):
    large = world.ec2.create_subnet(VpcId=world.vpc, CidrBlock="10.9.16.0/20")["Subnet"]["SubnetId"]
    for _ in range(260):
        world.ec2.create_network_interface(SubnetId=large)
    told = world.told(large)
    assert "260 held" in told and "and 4 more addresses" in told
