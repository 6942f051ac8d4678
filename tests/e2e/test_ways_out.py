"""Ways out of a VPC: internet gateways, routes, Elastic IPs and NAT gateways, as boto3 sees them and as
packets go; the outside is an address of this host that the server is told to open."""

import contextlib
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
from test_resources import SERVER

CALLER = """
import socket
def handler(event, context):
    with socket.create_connection((event["to"], event["port"]), timeout=1) as stream:
        return stream.recv(99).decode()
"""


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


class Outside:
    """A server at an address of this host, which answers with the address that it is asked from."""

    def __init__(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            self.address = probe.getsockname()[0]
        self.listener = socket.create_server((self.address, 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.answer, daemon=True).start()

    def answer(self):
        with contextlib.suppress(OSError):
            while True:
                stream, peer = self.listener.accept()
                stream.sendall(peer[0].encode())
                stream.close()


@pytest.fixture
def outside():
    outside = Outside()
    yield outside
    outside.listener.close()


class World:
    """AWS's example: a VPC with a public and a private subnet, and a NAT gateway in the public one."""

    def __init__(self, server):
        self.server = server
        self.ec2 = ec2 = server.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        self.public, self.private = (
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.9.{n}.0/24")["Subnet"]["SubnetId"]
            for n in (1, 2))
        (main,) = ec2.describe_route_tables(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["RouteTables"]
        self.main = main["RouteTableId"]

    def gateway(self):
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc)
        return gateway

    def table(self, subnet, **target):
        """A table for a subnet that leads to a target."""
        table = self.ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        self.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        self.ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **target)
        return table

    def nat(self, **more):
        allocation = self.ec2.allocate_address(Domain="vpc")
        made = self.ec2.create_nat_gateway(
            SubnetId=self.public, AllocationId=allocation["AllocationId"], **more)["NatGateway"]
        assert (made["State"], made["SubnetId"]) == ("pending", self.public)
        waiter = self.ec2.get_waiter("nat_gateway_available")
        waiter.wait(NatGatewayIds=[made["NatGatewayId"]],
                    WaiterConfig={"Delay": 0.05, "MaxAttempts": 100})
        return made["NatGatewayId"], allocation

    def routes(self, table):
        (shown,) = self.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        return [route for route in shown["Routes"] if route.get("GatewayId") != "local"]

    def shown(self, nat):
        (shown,) = self.ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"]
        return shown

    def function(self, name, *subnets):
        (group,) = self.ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        client = self.server.client("lambda")
        network = {"SubnetIds": list(subnets), "SecurityGroupIds": [group["GroupId"]]}
        create(client, name, code=CALLER, VpcConfig=network)
        return client

    def words(self, command, *rest):
        return [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]

    def explained(self, word):
        done = subprocess.run(self.words("explain", word), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def world(server):
    return World(server)


def test_a_gateway_is_attached_to_one_vpc_and_its_route_tells_whether_it_is_there(world):
    ec2 = world.ec2
    tags = [{"Key": "Name", "Value": "way out"}]
    specification = [{"ResourceType": "internet-gateway", "Tags": tags}]
    made = ec2.create_internet_gateway(TagSpecifications=specification)["InternetGateway"]
    gateway = made["InternetGatewayId"]
    assert (made["Attachments"], made["Tags"]) == ([], tags)
    belong = (f"route table {world.main} and network gateway {gateway} belong to different networks")
    route = {"RouteTableId": world.main, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway}
    assert refused(ec2.create_route, **route) == ("InvalidParameterValue", belong)
    ids = {"InternetGatewayId": gateway, "VpcId": world.vpc}
    assert refused(ec2.detach_internet_gateway, **ids) == (
        "Gateway.NotAttached", f"resource {gateway} is not attached to network {world.vpc}")
    ec2.attach_internet_gateway(**ids)
    assert refused(ec2.attach_internet_gateway, **ids) == (
        "Resource.AlreadyAssociated",
        f"resource {gateway} is already attached to network {world.vpc}")
    by = [{"Name": "attachment.vpc-id", "Values": [world.vpc]},
          {"Name": "attachment.state", "Values": ["available"]}]
    (shown,) = ec2.describe_internet_gateways(Filters=by)["InternetGateways"]
    assert shown["Attachments"] == [{"State": "available", "VpcId": world.vpc}]
    assert refused(ec2.delete_internet_gateway, InternetGatewayId=gateway) == (
        "DependencyViolation",
        f"The internetGateway '{gateway}' has dependencies and cannot be deleted.")
    assert refused(ec2.delete_vpc, VpcId=world.vpc)[0] == "DependencyViolation"
    assert ec2.create_route(**route)["Return"] is True
    assert refused(ec2.create_route, **route) == (
        "RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists.")
    expected = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway,
                "Origin": "CreateRoute", "State": "active"}
    assert world.routes(world.main) == [expected]
    ec2.detach_internet_gateway(**ids)
    assert world.routes(world.main) == [{**expected, "State": "blackhole"}]
    by = [{"Name": "route.state", "Values": ["blackhole"]}]
    (shown,) = ec2.describe_route_tables(Filters=by)["RouteTables"]
    assert shown["RouteTableId"] == world.main
    ec2.delete_internet_gateway(InternetGatewayId=gateway)
    assert refused(ec2.create_route, **{**route, "DestinationCidrBlock": "1.0.0.0/8"}) == (
        "InvalidGatewayID.NotFound", f"The gateway ID '{gateway}' does not exist")
    gone = {"RouteTableId": world.main, "DestinationCidrBlock": "0.0.0.0/0"}
    ec2.delete_route(**gone)
    assert refused(ec2.delete_route, **gone) == (
        "InvalidRoute.NotFound",
        f"no route with destination-cidr-block 0.0.0.0/0 in route table {world.main}")


def test_what_routes_cannot_be_is_refused(world):
    ec2 = world.ec2
    gateway = world.gateway()
    route = {"RouteTableId": world.main, "GatewayId": gateway}
    assert refused(ec2.create_route, DestinationCidrBlock="10.9.1.0/24", **route) == (
        "InvalidParameterValue",
        "The destination CIDR block 10.9.1.0/24 is equal to or more specific than one of this VPC's "
        "CIDR blocks. This route can target only an interface or an instance.")
    assert refused(ec2.create_route, DestinationCidrBlock="x", **route)[0] == "InvalidParameterValue"
    assert refused(ec2.replace_route, DestinationCidrBlock="1.0.0.0/8", **route) == (
        "InvalidParameterValue",
        "There is no route defined for '1.0.0.0/8' in the route table. Use CreateRoute instead.")
    both = {**route, "NatGatewayId": "nat-0123456789abcdef0", "DestinationCidrBlock": "1.0.0.0/8"}
    assert refused(ec2.create_route, **both)[0] == "InvalidParameterCombination"
    lone = {"RouteTableId": world.main, "DestinationCidrBlock": "1.0.0.0/8"}
    assert refused(ec2.create_route, **lone)[0] == "MissingParameter"
    nat = {**lone, "NatGatewayId": "nat-0123456789abcdef0"}
    assert refused(ec2.create_route, **nat)[0] == "InvalidNatGatewayID.NotFound"
    for name, value, code in [
            ("NetworkInterfaceId", "eni-1", "InvalidNetworkInterfaceId.Malformed"),
            ("VpcPeeringConnectionId", "pcx-1", "InvalidVpcPeeringConnectionId.Malformed")]:
        assert refused(ec2.create_route, **lone, **{name: value})[0] == code
    for name, value in [("TransitGatewayId", "tgw-1"), ("InstanceId", "i-1")]:
        code, message = refused(ec2.create_route, **lone, **{name: value})
        assert (code, name in message) == ("UnsupportedOperation", True), message
    sixes = {"RouteTableId": world.main, "DestinationIpv6CidrBlock": "::/0"}
    code, message = refused(ec2.create_route, NatGatewayId="nat-0123456789abcdef0", **sixes)
    assert (code, "natGatewayId for IPv6" in message) == ("UnsupportedOperation", True)
    only = {"EgressOnlyInternetGatewayId": "eigw-0123456789abcdef0"}
    assert refused(ec2.create_route, **only, **sixes) == (
        "InvalidGatewayID.NotFound", "The gateway ID 'eigw-0123456789abcdef0' does not exist")
    assert refused(ec2.create_route, **only, **lone)[0] == "InvalidParameterCombination"
    assert refused(ec2.create_route, GatewayId=gateway, DestinationCidrBlock="1.0.0.0/8", **sixes)[0] == (
        "InvalidParameterCombination")
    assert refused(ec2.create_route, GatewayId=gateway, **{**sixes, "DestinationIpv6CidrBlock": "x"})[0] == (
        "InvalidParameterValue")
    assert refused(ec2.replace_route, GatewayId=gateway, **sixes) == (
        "InvalidParameterValue",
        "There is no route defined for '::/0' in the route table. Use CreateRoute instead.")
    assert refused(ec2.delete_route, **sixes) == (
        "InvalidRoute.NotFound",
        f"no route with destination-ipv6-cidr-block ::/0 in route table {world.main}")
    assert refused(ec2.create_route, DestinationCidrBlock="1.0.0.0/8", DryRun=True, **route)[0] == (
        "DryRunOperation")
    assert world.routes(world.main) == []


def test_a_default_vpc_is_open(server):
    ec2 = server.client("ec2")
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    by = [{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}]
    (gateway,) = ec2.describe_internet_gateways(Filters=by)["InternetGateways"]
    by = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    (table,) = ec2.describe_route_tables(Filters=by)["RouteTables"]
    assert table["Routes"][1]["GatewayId"] == gateway["InternetGatewayId"]


def test_addresses_are_allocated_associated_and_released(world):
    ec2 = world.ec2
    ip = ec2.allocate_address(Domain="vpc")
    assert ip["PublicIp"].startswith(("198.18.", "198.19."))
    allocation = ip["AllocationId"]
    eni = ec2.create_network_interface(SubnetId=world.public)["NetworkInterface"]
    wanted = {"AllocationId": allocation, "NetworkInterfaceId": eni["NetworkInterfaceId"]}
    assert refused(ec2.associate_address, **wanted) == (
        "Gateway.NotAttached", f"Network {world.vpc} is not attached to any internet gateway")
    gateway = world.gateway()
    association = ec2.associate_address(**wanted)["AssociationId"]
    (shown,) = ec2.describe_addresses(PublicIps=[ip["PublicIp"]])["Addresses"]
    assert (shown["AssociationId"], shown["PrivateIpAddress"]) == (
        association, eni["PrivateIpAddress"])
    by = [{"Name": "association.public-ip", "Values": [ip["PublicIp"]]}]
    (shown,) = ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
    assert (shown["Association"]["AllocationId"], shown["Association"]["IpOwnerId"]) == (
        allocation, "000000000000")
    other = ec2.create_network_interface(SubnetId=world.public)["NetworkInterface"]
    other = {"AllocationId": allocation, "NetworkInterfaceId": other["NetworkInterfaceId"]}
    assert refused(ec2.associate_address, AllowReassociation=False, **other) == (
        "Resource.AlreadyAssociated",
        f"resource {allocation} is already associated with associate-id {association}")
    moved = ec2.associate_address(**other)["AssociationId"]
    assert refused(ec2.release_address, AllocationId=allocation)[0] == "InvalidIPAddress.InUse"
    code, message = refused(
        ec2.detach_internet_gateway, InternetGatewayId=gateway, VpcId=world.vpc)
    assert (code, "mapped public address(es)" in message) == ("DependencyViolation", True)
    ec2.disassociate_address(AssociationId=moved)
    assert refused(ec2.disassociate_address, AssociationId=moved)[0] == (
        "InvalidAssociationID.NotFound")
    ec2.release_address(AllocationId=allocation)
    assert refused(ec2.release_address, AllocationId=allocation) == (
        "InvalidAllocationID.NotFound", f"The allocation ID '{allocation}' does not exist")


def test_the_example_of_a_public_and_a_private_subnet(serve, outside):
    world = World(serve("--outside-allow", f"{outside.address}/32"))
    ec2 = world.ec2
    event = {"to": outside.address, "port": outside.port}
    client = world.function("private", world.private)
    public = world.function("public", world.public)

    # A change is in force soon after it is answered.
    def reached(name):
        return eventually(lambda: "FunctionError" not in invoke(client, event, name))

    def explained(name, words):
        def told():
            answer = invoke(client, event, name)
            told = world.explained(answer["ResponseMetadata"]["RequestId"])
            return told if "FunctionError" in answer and words in told else None
        return eventually(told)

    # Nothing leads out of either subnet.
    explained("private", f"{outside.address} is outside the VPC, and {world.main}")
    gateway = world.gateway()
    ec2.create_route(
        RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    nat, allocation = world.nat()
    table = world.table(world.private, NatGatewayId=nat)
    reached("private")
    # The function in the public subnet has no internet, as on AWS, and its explanation says why.
    told = explained("public", f"routes 0.0.0.0/0 to {gateway}, but eni-")
    assert "has no public address" in told and "a route to a NAT gateway" in told
    assert f"0.0.0.0/0 to {gateway}" in world.explained("public")
    # Connections that are known go with the gateway, whose route is a blackhole then.
    (address,) = world.shown(nat)["NatGatewayAddresses"]
    assert (address["PublicIp"], address["IsPrimary"]) == (allocation["PublicIp"], True)
    by = [{"Name": "interface-type", "Values": ["nat_gateway"]}]
    (eni,) = ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
    assert eni["Description"] == f"Interface for NAT Gateway {nat}"
    assert (eni["RequesterManaged"], eni["Groups"], eni["Status"]) == (True, [], "in-use")
    assert eni["NetworkInterfaceId"] == address["NetworkInterfaceId"]
    assert refused(ec2.delete_subnet, SubnetId=world.public)[0] == "DependencyViolation"
    ec2.delete_nat_gateway(NatGatewayId=nat)
    assert world.shown(nat)["State"] == "deleted"
    (route,) = world.routes(table)
    assert (route["State"], route["NatGatewayId"]) == ("blackhole", nat)
    explained("private", f"to {nat}, which is gone: the route is a blackhole")
    ec2.release_address(AllocationId=allocation["AllocationId"])
    # Another one in its place.
    nat, _ = world.nat(ClientToken="t-1")
    ec2.replace_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    reached("private")
    ec2.delete_route(RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0")
    explained("private", "a NAT gateway's way out is an internet gateway")


def test_a_nat_gateway_that_cannot_be_made_says_why(world):
    ec2 = world.ec2
    allocation = ec2.allocate_address()["AllocationId"]
    wanted = {"SubnetId": world.public, "AllocationId": allocation}
    nat = ec2.create_nat_gateway(**wanted)["NatGateway"]["NatGatewayId"]
    shown = world.shown(nat)
    assert (shown["State"], shown["FailureCode"], shown["FailureMessage"]) == (
        "failed", "Gateway.NotAttached", f"Network {world.vpc} has no Internet gateway attached")
    assert refused(ec2.create_nat_gateway, SubnetId=world.public)[0] == "MissingParameter"
    unknown = "eipalloc-0123456789abcdef0"
    assert refused(ec2.create_nat_gateway, SubnetId=world.public, AllocationId=unknown)[0] == (
        "InvalidAllocationID.NotFound")
    private = ec2.create_nat_gateway(
        SubnetId=world.public, ConnectivityType="private", PrivateIpAddress="10.9.1.77")
    nat = private["NatGateway"]["NatGatewayId"]
    eventually(lambda: world.shown(nat)["State"] == "available")
    (address,) = world.shown(nat)["NatGatewayAddresses"]
    assert (address["PrivateIp"], "PublicIp" in address) == ("10.9.1.77", False)
    assert refused(ec2.describe_nat_gateways, NatGatewayIds=["nat-0123456789abcdef0"]) == (
        "NatGatewayNotFound", "NatGateway nat-0123456789abcdef0 was not found")
    for more in ({"AvailabilityMode": "regional"}, {"SecondaryAllocationIds": [allocation]}):
        assert refused(ec2.create_nat_gateway, **wanted, **more)[0] == "UnsupportedOperation"


def test_a_resource_in_a_public_subnet_answers_the_host_also_after_a_crash(world):
    server, ec2 = world.server, world.ec2
    gateway = world.gateway()
    ec2.create_route(
        RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    ec2.modify_subnet_attribute(SubnetId=world.public, MapPublicIpOnLaunch={"Value": True})
    group = ec2.create_security_group(GroupName="web", Description="d", VpcId=world.vpc)["GroupId"]
    process = subprocess.Popen(
        world.words("attach", "--subnet", world.public, "--security-group", group, "--name", "box",
                    "--", sys.executable, "-c", SERVER), stderr=subprocess.PIPE, text=True)

    def rows():
        done = subprocess.run(world.words("resources", "--output", "json"), capture_output=True)
        return json.loads(done.stdout)

    (row,) = eventually(rows)

    def asked():
        try:
            with socket.create_connection((row["public"], 7000), timeout=0.5) as stream:
                return stream.recv(99).decode()
        except OSError:
            return None

    def dropped():
        assert asked() is None
        told = world.explained(row["eni"])
        return told if "no ingress rule" in told and f"{row['address']}:7000" in told else None

    told = eventually(dropped)
    assert f"its public address: {row['public']} (given by its subnet)" in told
    ec2.authorize_security_group_ingress(
        GroupId=group, IpProtocol="tcp", FromPort=7000, ToPort=7000, CidrIp="0.0.0.0/0")
    assert eventually(asked).startswith("you are 100.127.")
    (eni,) = ec2.describe_network_interfaces(NetworkInterfaceIds=[row["eni"]])["NetworkInterfaces"]
    assert (eni["Association"]["IpOwnerId"], eni["Association"]["PublicIp"]) == (
        "amazon", row["public"])
    assert ec2.describe_addresses()["Addresses"] == [], "nobody allocated it"
    server.stop(signal.SIGKILL)
    server.start()
    assert eventually(asked).startswith("you are 100.127.")
    assert process.poll() is None
    # An Elastic IP takes the place of what the subnet gave.
    ec2 = server.client("ec2")
    ip = ec2.allocate_address()
    ec2.associate_address(AllocationId=ip["AllocationId"], NetworkInterfaceId=row["eni"])
    assert eventually(lambda: asked() is None)
    row["public"] = ip["PublicIp"]
    assert eventually(asked)
    server.remove_resources()
    (shown,) = ec2.describe_addresses()["Addresses"]
    assert "AssociationId" not in shown
    process.wait(10)
