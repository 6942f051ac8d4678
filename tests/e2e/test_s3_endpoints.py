"""Interface endpoints of the services that have gateway endpoints too, S3 and DynamoDB: by names of their own, by
the service's where those are private, as boto3 in functions finds them."""

import json
import signal
import subprocess

import pytest

from functions import create, eventually, result
from test_endpoint import with_sdk  # noqa: F401
from test_services import REGION, S3, SQS, Asking
from test_ways_out import World, refused

# What is asked, and which host it was asked of.
SEES = """
import urllib.parse
import boto3, botocore.config, botocore.exceptions
def handler(event, context):
    styles = {"addressing_style": event["style"], "us_east_1_regional_endpoint": "regional"}
    config = botocore.config.Config(
        retries={"total_max_attempts": 1}, connect_timeout=1, read_timeout=9, s3=styles)
    client = boto3.client(event["service"], config=config, endpoint_url=event.get("url"))
    hosts = []
    client.meta.events.register(
        "request-created", lambda request, **_: hosts.append(urllib.parse.urlsplit(request.url).netloc))
    try:
        answer = getattr(client, event["call"])(**event["with"])
    except botocore.exceptions.ClientError as error:
        return [hosts[-1], error.response["Error"]["Code"], error.response["Error"]["Message"]]
    except botocore.exceptions.BotoCoreError as error:
        return [hosts[-1], type(error).__name__]
    found = answer["Body"].read().decode() if "Body" in answer else answer.get("TableNames")
    return [hosts[-1], found]
"""
DYNAMODB = f"com.amazonaws.{REGION}.dynamodb"
OWN_HOST = f"mine.s3.{REGION}.amazonaws.com"


class Seeing(Asking):
    """A VPC without a way out, whose function tells what it asked."""

    def __init__(self, server):
        super().__init__(server)
        network = {"SubnetIds": [self.private], "SecurityGroupIds": [self.group]}
        create(self.client, "sees", SEES, VpcConfig=network, Timeout=30)

    def see(self, service, call, url=None, style="virtual", **rest):
        event = {"service": service, "call": call, "with": rest, "url": url, "style": style}
        return result(self.client, event, "sees")

    def read(self, url=None, **more):
        return self.see("s3", "get_object", url, Bucket="mine", Key="k", **more)

    def interface(self, service, **more):
        """An interface endpoint in the function's subnet, with its names without what may stand before."""
        made = self.endpoint(ServiceName=service, VpcEndpointType="Interface", SubnetIds=[self.private], **more)
        self.available(made["VpcEndpointId"])
        return made, [entry["DnsName"].removeprefix("*.") for entry in made["DnsEntries"]]

    def modify(self, endpoint, **more):
        self.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, **more)

    def found(self, about):
        """What a check finds that is about something."""
        words = self.words("check", "--function", "sees", "--output", "json")
        told = json.loads(subprocess.run(words, capture_output=True, text=True).stdout)
        return [each for each in told["findings"] if each["about"] == about]

    def unsuccessful(self, *endpoints):
        told = self.ec2.delete_vpc_endpoints(VpcEndpointIds=list(endpoints))["Unsuccessful"]
        return [(each["ResourceId"], each["Error"]["Code"], each["Error"]["Message"]) for each in told]


def inbound(alone):
    return {"PrivateDnsEnabled": True, "DnsOptions": {"PrivateDnsOnlyForInboundResolverEndpoint": alone}}


@pytest.fixture
def world(with_sdk, serve):  # noqa: F811
    return Seeing(serve())


def test_s3_is_asked_at_its_interface_endpoint_by_names_of_the_endpoints_own(world):
    ec2 = world.ec2
    closed = ec2.create_security_group(GroupName="closed", Description="d", VpcId=world.vpc)["GroupId"]
    made, (own, zonal) = world.interface(S3, SecurityGroupIds=[closed])
    endpoint = made["VpcEndpointId"]
    assert [entry["DnsName"] for entry in made["DnsEntries"]] == [f"*.{own}", f"*.{zonal}"]
    assert own.startswith(f"{endpoint}-") and own.endswith(f".s3.{REGION}.vpce.amazonaws.com")
    assert zonal.split(".")[0].startswith(own.split(".")[0] + f"-{REGION}")
    assert (made["PrivateDnsEnabled"], made["DnsOptions"]["PrivateDnsOnlyForInboundResolverEndpoint"]) == (
        False, False)

    # Its groups decide, and say so.
    at = world.address(made["NetworkInterfaceIds"][0])
    url = f"https://bucket.{own}"
    assert world.read(url) == [f"mine.bucket.{own}", "ConnectTimeoutError"]
    told = world.reach("asks", f"bucket.{own}").stdout
    assert "not reached" in told and f"bucket.{own} ({at})" in told and "authorize-security-group-ingress" in told
    world.client.update_function_configuration(FunctionName="sees", Environment={"Variables": {"STORE_URL": url}})
    assert [(each["severity"], each["kind"]) for each in world.found("STORE_URL")] == [("error", "host")]
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                  "UserIdGroupPairs": [{"GroupId": world.group}]}
    ec2.authorize_security_group_ingress(GroupId=closed, IpPermissions=[permission])
    eventually(lambda: world.read(url)[1] == "an object")
    assert world.found("STORE_URL") == []
    assert "not reached" not in world.reach("asks", f"mine.bucket.{own}").stdout
    # A bucket stands before the name or in the path, of the whole endpoint or of a zone's.
    assert world.read(url) == [f"mine.bucket.{own}", "an object"]
    assert world.read(url, style="auto") == [f"bucket.{own}", "an object"]
    assert world.read(f"https://bucket.{zonal}") == [f"mine.bucket.{zonal}", "an object"]
    # As on AWS, the certificate is for no name without what is asked for.
    assert world.read(f"https://{own}", style="path") == [own, "SSLError"]
    # What is beside buckets is refused by name, and what is of other services too.
    assert world.read(f"https://accesspoint.{own}")[1:] == [
        "NotImplemented", "Warren does not support access points of S3."]
    account = "000000000000"
    assert world.see("s3control", "list_access_points", f"https://control.{own}", AccountId=account) == [
        f"{account}.control.{own}", "NotImplemented", "Warren does not support operations of S3 Control."]
    assert len(world.see("sqs", "list_queues", url)) == 3

    # Its policy decides, and knows the way.
    def policy(**statement):
        statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", **statement}
        world.modify(endpoint, PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))

    policy(Condition={"StringEquals": {"aws:SourceVpce": endpoint, "aws:SourceVpc": world.vpc}})
    assert world.read(url)[1] == "an object"
    policy(Action="s3:PutObject")
    assert world.read(url)[1] == "AccessDenied"
    eventually(lambda: f"the policy of {endpoint} refused s3:GetObject on arn:aws:s3:::mine/k once"
               in world.explained("sees"))
    told = world.explained(endpoint)
    assert f"{endpoint} is an interface endpoint of {world.vpc} to {S3}" in told
    assert "it refused s3:GetObject on arn:aws:s3:::mine/k once for 10.9.2." in told, told
    # The service's own names mean its public addresses, to which nothing leads.
    assert world.read() == [OWN_HOST, "ConnectTimeoutError"]


def test_names_of_s3_are_private_for_all_or_for_inbound_resolvers_alone(world):
    ec2 = world.ec2
    made, (own, _) = world.interface(S3, PrivateDnsEnabled=False)
    endpoint = made["VpcEndpointId"]
    modify = ec2.modify_vpc_endpoint
    assert "Enabling private DNS requires" in refused(modify, VpcEndpointId=endpoint, **inbound(False))[1]
    ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    needs = ("InvalidParameter", "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC "
             f"{world.vpc} must have a Gateway endpoint for the service.")
    assert refused(modify, VpcEndpointId=endpoint, PrivateDnsEnabled=True) == needs
    assert refused(modify, VpcEndpointId=endpoint, **inbound(True)) == needs
    assert refused(ec2.create_vpc_endpoint, VpcId=world.vpc, ServiceName=S3, VpcEndpointType="Interface",
                   PrivateDnsEnabled=True) == needs
    assert world.read() == [OWN_HOST, "ConnectTimeoutError"]

    # For all: names with the region, and only those.
    world.modify(endpoint, **inbound(False))
    shown = world.shown_endpoint(endpoint)
    assert (shown["PrivateDnsEnabled"], shown["DnsOptions"]["PrivateDnsOnlyForInboundResolverEndpoint"]) == (
        True, False)
    private = {entry["DnsName"] for entry in shown["DnsEntries"]} - {f"*.{own}"}
    assert {f"s3.{REGION}.amazonaws.com", f"*.s3.{REGION}.amazonaws.com"} <= private
    eventually(lambda: world.read()[1] == "an object")
    assert world.read(style="path") == [f"s3.{REGION}.amazonaws.com", "an object"]
    assert world.read(f"https://bucket.{own}")[1] == "an object"
    assert world.read("https://s3.amazonaws.com", style="path")[1] == "ConnectTimeoutError"
    account = "000000000000"
    assert world.see("s3control", "list_access_points", AccountId=account) == [
        f"{account}.s3-control.{REGION}.amazonaws.com", "NotImplemented",
        "Warren does not support operations of S3 Control."]
    at = world.address(shown["NetworkInterfaceIds"][0])
    assert f"s3.{REGION}.amazonaws.com ({at})" in world.reach("asks", "s3").stdout
    assert "the service's own names lead to it within the VPC" in world.explained(endpoint)

    # For inbound resolvers alone: within the VPC they mean what the gateway endpoint leads to.
    gateway = world.endpoint(ServiceName=S3, RouteTableIds=[world.main])["VpcEndpointId"]
    world.modify(endpoint, **inbound(True))
    shown = world.shown_endpoint(endpoint)
    assert (shown["PrivateDnsEnabled"], shown["DnsOptions"]["PrivateDnsOnlyForInboundResolverEndpoint"]) == (
        True, True)
    assert f"leads to {S3} by {gateway}" in world.reach("asks", "s3").stdout
    assert "inbound resolver endpoints alone" in world.explained(endpoint)
    nothing = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}
    world.modify(endpoint, PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [nothing]}))
    eventually(lambda: world.read()[1] == "an object")
    assert world.read(f"https://bucket.{own}")[1] == "AccessDenied"
    kept = (gateway, "InvalidParameter", f"Gateway endpoint cannot be deleted while Interface endpoint {endpoint} "
            "for the service has PrivateDnsOnlyForInboundResolverEndpoint set to true.")
    assert world.unsuccessful(gateway) == [kept]
    # It is so after a crash, and a second gateway endpoint frees the first one.
    world.server.stop(signal.SIGKILL)
    world.server.start()
    world.client, world.ec2 = world.server.client("lambda"), world.server.client("ec2")
    assert world.unsuccessful(gateway) == [kept]
    second = world.endpoint(ServiceName=S3)["VpcEndpointId"]
    assert world.unsuccessful(gateway) == []
    assert world.unsuccessful(second, endpoint) == [(second, *kept[1:])]
    assert world.unsuccessful(second) == []


def test_an_endpoint_is_asked_from_a_peered_vpc_which_is_told_as_the_endpoints(world):
    ec2 = world.ec2
    far = ec2.create_vpc(CidrBlock="10.10.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=far, CidrBlock="10.10.1.0/24")["Subnet"]["SubnetId"]
    made = ec2.create_vpc_endpoint(VpcId=far, ServiceName=S3, VpcEndpointType="Interface", SubnetIds=[subnet])
    endpoint, names = made["VpcEndpoint"]["VpcEndpointId"], made["VpcEndpoint"]["DnsEntries"]
    world.available(endpoint)
    url = "https://bucket." + names[0]["DnsName"].removeprefix("*.")
    # Its names mean its ENIs everywhere, to which nothing leads yet.
    assert world.read(url)[1] == "ConnectTimeoutError"
    peering = ec2.create_vpc_peering_connection(
        VpcId=world.vpc, PeerVpcId=far)["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    of_far = [{"Name": "vpc-id", "Values": [far]}]
    (table,) = ec2.describe_route_tables(Filters=of_far)["RouteTables"]
    (group,) = ec2.describe_security_groups(Filters=of_far)["SecurityGroups"]
    for table, block in ((world.main, "10.10.0.0/16"), (table["RouteTableId"], "10.9.0.0/16")):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock=block, VpcPeeringConnectionId=peering)
    assert world.read(url)[1] == "ConnectTimeoutError"
    ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.9.2.0/24"}]}])
    eventually(lambda: world.read(url)[1] == "an object")
    for vpc, wanted in ((far, "an object"), (world.vpc, "AccessDenied")):
        condition = {"StringEquals": {"aws:SourceVpc": vpc, "aws:SourceVpce": endpoint},
                     "IpAddress": {"aws:VpcSourceIp": "10.9.2.0/24"}}
        statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": condition}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        world.modify(endpoint, PolicyDocument=policy)
        assert world.read(url)[1] == wanted


def test_dynamodb_is_asked_at_its_interface_endpoint(world):
    world.server.client("dynamodb").create_table(
        TableName="table", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    made, (own, zonal) = world.interface(DYNAMODB)
    assert made["PrivateDnsEnabled"] is False and own.endswith(f".dynamodb.{REGION}.vpce.amazonaws.com")
    for name in (own, zonal):
        assert eventually(lambda: world.see("dynamodb", "list_tables", f"https://{name}")) == [name, ["table"]]
    assert world.see("dynamodb", "list_tables", f"https://below.{own}")[1] == "EndpointConnectionError"
    assert world.see("dynamodb", "list_tables")[1] == "ConnectTimeoutError"
    # What would lead to its own name is advised, and nothing that would not.
    assert f"--service-name {DYNAMODB} --route-table-ids {world.main}" in world.reach("asks", "dynamodb").stdout
    told = world.reach("asks", f"streams.dynamodb.{REGION}.amazonaws.com").stdout
    assert "not reached" in told and "create-vpc-endpoint" not in told, told
    no_name = ("InvalidParameter",
               f"Private DNS can't be enabled because the service {DYNAMODB} does not provide a private DNS name.")
    assert refused(world.ec2.modify_vpc_endpoint, VpcEndpointId=made["VpcEndpointId"],
                   PrivateDnsEnabled=True) == no_name
    assert refused(world.ec2.create_vpc_endpoint, VpcId=world.vpc, ServiceName=DYNAMODB,
                   VpcEndpointType="Interface", PrivateDnsEnabled=True) == no_name


def test_what_names_of_endpoints_cannot_be_is_refused_and_services_have_two_kinds(server):
    world = World(server)
    ec2 = world.ec2
    create = ec2.create_vpc_endpoint
    ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})

    def made(service, **more):
        return create(VpcId=world.vpc, ServiceName=service, **more)["VpcEndpoint"]

    def why(service, **more):
        return refused(create, VpcId=world.vpc, ServiceName=service, **more)

    interface = {"VpcEndpointType": "Interface"}
    only = ("InvalidParameter", "DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to "
            "Interface VPC Endpoints.")
    options = inbound(False)["DnsOptions"]
    assert why(S3, DnsOptions=options) == only
    gateway = made(S3)["VpcEndpointId"]
    assert refused(ec2.modify_vpc_endpoint, VpcEndpointId=gateway, DnsOptions=options) == only
    # Of other services there is nothing to choose.
    assert why(SQS, **interface, **inbound(True))[0] == "InvalidParameter"
    queues = made(SQS, **interface, **inbound(False))
    assert "PrivateDnsOnlyForInboundResolverEndpoint" not in queues["DnsOptions"]
    assert (queues["PrivateDnsEnabled"], queues["DnsEntries"]) == (True, []), "no subnet, no name"
    assert why(SQS, **interface) == (
        "InvalidParameter", "private-dns-enabled cannot be set because there is already a conflicting DNS domain "
        f"for sqs.{REGION}.amazonaws.com in the VPC {world.vpc}")
    alone = {"PrivateDnsOnlyForInboundResolverEndpoint": True}
    assert why(S3, **interface, DnsOptions=alone)[0] == "InvalidParameter"
    assert why(S3, **interface, DnsOptions={"DnsRecordIpType": "dualstack"})[0] == "UnsupportedOperation"
    # Where it is not said, names are private for inbound resolvers alone.
    first = made(S3, **interface, PrivateDnsEnabled=True, DnsOptions={"DnsRecordIpType": "ipv4"})
    assert first["DnsOptions"] == {"DnsRecordIpType": "ipv4", **alone}
    assert why(S3, **interface, PrivateDnsEnabled=True)[1].endswith(
        f"conflicting DNS domain for s3.{REGION}.amazonaws.com in the VPC {world.vpc}")
    # Who says no more about it leaves it so; who turns names off has them public.
    for change, wanted in [
        (inbound(False), (True, False)), ({"PrivateDnsEnabled": True}, (True, False)),
        ({"DnsOptions": alone}, (True, True)), ({"PrivateDnsEnabled": False}, (False, False)),
    ]:
        ec2.modify_vpc_endpoint(VpcEndpointId=first["VpcEndpointId"], **change)
        (shown,) = ec2.describe_vpc_endpoints(VpcEndpointIds=[first["VpcEndpointId"]])["VpcEndpoints"]
        assert (shown["PrivateDnsEnabled"], shown["DnsOptions"][next(iter(alone))]) == wanted, change

    for service, host in ((S3, "s3"), (DYNAMODB, "dynamodb")):
        details = ec2.describe_vpc_endpoint_services(ServiceNames=[service])["ServiceDetails"]
        by_kind = {each["ServiceType"][0]["ServiceType"]: each for each in details}
        assert set(by_kind) == {"Gateway", "Interface"} and len(details) == 2
        assert by_kind["Gateway"]["ServiceId"] != by_kind["Interface"]["ServiceId"]
        assert by_kind["Gateway"]["BaseEndpointDnsNames"] == [f"{host}.{REGION}.amazonaws.com"]
        assert by_kind["Interface"]["BaseEndpointDnsNames"] == [f"{host}.{REGION}.vpce.amazonaws.com"]
        assert all("PrivateDnsName" not in each for each in details)
    of_kind = [{"Name": "service-type", "Values": ["Interface"]}, {"Name": "service-name", "Values": [S3]}]
    assert len(ec2.describe_vpc_endpoint_services(Filters=of_kind)["ServiceDetails"]) == 1
