"""AWS's services from within VPCs: by NAT gateways, gateway endpoints and interface endpoints, as boto3 sees
them and as packets go. What asks is boto3 in functions, which is told nothing but what AWS tells."""

import http.server
import json
import os
import pathlib
import signal
import subprocess
import threading

import pytest

from conftest import leftovers
from functions import create, eventually, result
from test_endpoint import with_sdk  # noqa: F401
from test_ways_out import World, refused

# A name may be told to be elsewhere than it is: all else is boto3's own.
ASK = """
import socket
import boto3, botocore.config, botocore.exceptions
look = socket.getaddrinfo
config = botocore.config.Config(retries={"total_max_attempts": 1}, connect_timeout=1, read_timeout=9)
def handler(event, context):
    places = event.get("places", {})
    def found(host, *rest, **more):
        place = [at for name, at in places.items() if host.endswith(name)]
        return look(place[0] if place else host, *rest, **more)
    socket.getaddrinfo = found
    client = boto3.client(event["service"], config=config, endpoint_url=event.get("url"))
    try:
        answer = getattr(client, event["call"])(**event.get("with", {}))
    except botocore.exceptions.ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]
    except botocore.exceptions.BotoCoreError as error:
        return type(error).__name__
    if "Body" in answer:
        return answer["Body"].read().decode()
    return next(answer[name] for name in ("MessageId", "Arn", "HostedZoneCount") if name in answer)
"""
REGION = "us-east-1"
S3 = f"com.amazonaws.{REGION}.s3"
SQS = f"com.amazonaws.{REGION}.sqs"


class Asking(World):
    """A VPC with a function that asks, a bucket with an object and a queue."""

    def __init__(self, server):
        super().__init__(server)
        self.places = {}
        (group,) = self.ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]
        self.client = server.client("lambda")
        network = {"SubnetIds": [self.private], "SecurityGroupIds": [self.group]}
        create(self.client, "asks", ASK, VpcConfig=network, Timeout=30)
        s3 = server.client("s3")
        s3.create_bucket(Bucket="mine")
        s3.put_object(Bucket="mine", Key="k", Body=b"an object")
        self.queue = server.client("sqs").create_queue(QueueName="q")["QueueUrl"]

    def ask(self, service, call, url=None, **rest):
        event = {"service": service, "call": call, "with": rest, "places": self.places, "url": url}
        return result(self.client, event, "asks")

    def get(self):
        return self.ask("s3", "get_object", Bucket="mine", Key="k")

    def send(self):
        url = f"https://sqs.{REGION}.amazonaws.com/000000000000/q"
        return self.ask("sqs", "send_message", QueueUrl=url, MessageBody="m")

    def who(self):
        return self.ask("sts", "get_caller_identity")

    def endpoint(self, **more):
        return self.ec2.create_vpc_endpoint(VpcId=self.vpc, **more)["VpcEndpoint"]

    def shown_endpoint(self, endpoint):
        (shown,) = self.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"]
        return shown

    def address(self, eni):
        (shown,) = self.ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"]
        return shown["PrivateIpAddress"]

    def explained(self, word):
        return subprocess.run(self.words("explain", word), capture_output=True, text=True, check=True).stdout

    def reach(self, *words):
        return subprocess.run(self.words("reach", *words), capture_output=True, text=True)

    def available(self, endpoint):
        eventually(lambda: self.shown_endpoint(endpoint)["State"] == "available")


@pytest.mark.parametrize("model", ["hyperplane", "classic"])
def test_services_are_reached_by_names_of_their_own_as_far_as_the_vpc_lets(with_sdk, serve, model):  # noqa: F811
    world = Asking(serve("--eni-model", model))
    ec2 = world.ec2
    # Nothing leads out.
    assert (world.get(), world.send()) == ("ConnectTimeoutError", "ConnectTimeoutError")
    told = world.reach("asks", "s3")
    assert "not reached" in told.stdout and f"({S3}) is outside the VPC" in told.stdout, told.stdout
    assert f"--service-name {S3} --route-table-ids {world.main}" in told.stdout
    # By NAT gateway and internet gateway to all.
    gateway = world.gateway()
    world.table(world.public, GatewayId=gateway)
    nat, _ = world.nat()
    table = world.table(world.private, NatGatewayId=nat)
    eventually(lambda: world.get() == "an object")
    assert len(world.send()) == 36
    assert world.who() == "arn:aws:sts::000000000000:assumed-role/role/asks"
    assert world.ask("route53", "get_hosted_zone_count") == 0
    ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    eventually(lambda: world.get() == "ConnectTimeoutError")

    # S3 by a gateway endpoint, and nothing else.
    made = world.endpoint(ServiceName=S3, RouteTableIds=[table])
    s3 = made["VpcEndpointId"]
    assert (made["VpcEndpointType"], made["State"], made["RouteTableIds"]) == ("Gateway", "available", [table])
    (route,) = world.routes(table)
    assert (route["GatewayId"], route["State"]) == (s3, "active")
    (listed,) = ec2.describe_prefix_lists(PrefixListIds=[route["DestinationPrefixListId"]])["PrefixLists"]
    assert (listed["PrefixListName"], listed["Cidrs"]) == (S3, ["198.19.240.0/28"])
    eventually(lambda: world.get() == "an object")
    assert f"leads to {S3} by {s3}" in world.reach("asks", f"s3.{REGION}.amazonaws.com").stdout
    assert world.send() == "ConnectTimeoutError"
    # Another service is not asked through it, whoever is named.
    world.places = {f"sqs.{REGION}.amazonaws.com": "198.19.240.0"}
    assert isinstance(world.send(), list)
    world.places = {}

    # Its policy decides, and knows where requests come from.
    def policy(**statement):
        statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", **statement}
        text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        ec2.modify_vpc_endpoint(VpcEndpointId=s3, PolicyDocument=text)

    policy(Action="s3:PutObject")
    code, message = world.get()
    assert code == "AccessDenied" and message.endswith(
        "because no VPC endpoint policy allows the s3:GetObject action"), message
    told = f"the policy of {s3} refused s3:GetObject on arn:aws:s3:::mine/k once"
    eventually(lambda: told in world.explained("asks"))
    told = world.explained(s3)
    assert f"{s3} is a gateway endpoint of {world.vpc} to {S3}" in told and table in told
    assert "it refused s3:GetObject on arn:aws:s3:::mine/k once for 10.9.2." in told, told
    policy(Condition={"StringEquals": {"aws:SourceVpce": s3, "aws:SourceVpc": world.vpc},
                      "IpAddress": {"aws:VpcSourceIp": "10.9.2.0/24"}, "Bool": {"aws:SecureTransport": "true"},
                      "Null": {"aws:SourceIp": "true"}})
    assert world.get() == "an object"
    policy(Condition={"StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}})
    assert world.get()[0] == "AccessDenied"
    ec2.modify_vpc_endpoint(VpcEndpointId=s3, ResetPolicy=True)
    assert world.get() == "an object"

    # SQS by an interface endpoint, as its group lets.
    shown = world.reach("asks", "sqs", "--output", "json").stdout
    (path,) = json.loads(shown)["paths"]
    assert (path["subnet"], path["eni"][:4]) == (world.private, "eni-"), "ids are as they are everywhere"
    making = f"aws ec2 create-vpc-endpoint --vpc-id {world.vpc} --service-name {SQS}"
    assert path["mend"].startswith(
        f"aws ec2 modify-vpc-attribute --vpc-id {world.vpc} --enable-dns-hostnames && {making}")
    ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    assert f"what would open it: {making}" in world.reach("asks", "sqs").stdout
    closed = ec2.create_security_group(GroupName="closed", Description="d", VpcId=world.vpc)["GroupId"]
    made = world.endpoint(ServiceName=SQS, VpcEndpointType="Interface", SubnetIds=[world.public],
                          SecurityGroupIds=[closed])
    sqs = made["VpcEndpointId"]
    world.available(sqs)
    shown = world.shown_endpoint(sqs)
    (eni,) = shown["NetworkInterfaceIds"]
    names = [entry["DnsName"] for entry in shown["DnsEntries"]]
    assert names[0].startswith(f"{sqs}-") and names[0].endswith(f".sqs.{REGION}.vpce.amazonaws.com")
    assert (len(names), names[2]) == (3, f"sqs.{REGION}.amazonaws.com")
    (face,) = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"]
    assert (face["InterfaceType"], face["RequesterManaged"], face["Description"], face["Status"]) == (
        "vpc_endpoint", True, f"VPC Endpoint Interface {sqs}", "in-use")
    assert refused(ec2.delete_network_interface, NetworkInterfaceId=eni)[0] == "InvalidParameterValue"
    assert refused(ec2.delete_subnet, SubnetId=world.public)[0] == "DependencyViolation"
    allocated = ec2.allocate_address()["AllocationId"]
    assert refused(ec2.associate_address, AllocationId=allocated, NetworkInterfaceId=eni)[0] == "AuthFailure"
    told = world.reach("asks", "sqs")
    assert "not reached" in told.stdout and f"sqs.{REGION}.amazonaws.com ({face['PrivateIpAddress']})" in told.stdout
    assert "authorize-security-group-ingress" in told.stdout
    assert world.send() == "ConnectTimeoutError"
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                  "UserIdGroupPairs": [{"GroupId": world.group}]}
    ec2.authorize_security_group_ingress(GroupId=closed, IpPermissions=[permission])
    eventually(lambda: len(world.send()) == 36)
    assert world.get() == "an object"

    # What is there is there after a crash, and goes when it is deleted.
    world.server.stop(signal.SIGKILL)
    world.server.start()
    world.client, world.ec2 = world.server.client("lambda"), world.server.client("ec2")
    eventually(lambda: len(world.send()) == 36)
    assert world.get() == "an object"
    assert world.shown_endpoint(sqs)["NetworkInterfaceIds"] == [eni]
    gone = world.ec2.delete_vpc_endpoints(VpcEndpointIds=[s3, sqs, "vpce-0123456789abcdef0"])["Unsuccessful"]
    assert [(each["ResourceId"], each["Error"]["Code"]) for each in gone] == [
        ("vpce-0123456789abcdef0", "InvalidVpcEndpointId.NotFound")]
    assert (world.routes(table), world.ec2.describe_vpc_endpoints()["VpcEndpoints"]) == ([], [])
    assert refused(world.ec2.describe_network_interfaces, NetworkInterfaceIds=[eni])[0] == (
        "InvalidNetworkInterfaceID.NotFound")
    assert (world.get(), world.send()) == ("ConnectTimeoutError", "ConnectTimeoutError")


def test_what_is_elsewhere_is_not_asked_through_an_endpoint_of_another_service(with_sdk, serve):  # noqa: F811
    asked = []

    class Streams(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.headers["x-amz-target"])
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-length", "44")
            self.end_headers()
            self.wfile.write(b'{"StreamNames": [], "HasMoreStreams": false}')

        def log_message(self, *rest):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Streams) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        world = Asking(serve("--endpoint", f"kinesis=http://127.0.0.1:{elsewhere.server_port}"))
        world.endpoint(ServiceName=S3, RouteTableIds=[world.main])
        eventually(lambda: world.get() == "an object")
        # The host is of the endpoint's service, and what is signed is for another.
        refusal = world.ask("kinesis", "list_streams", url=f"https://s3.{REGION}.amazonaws.com")
        assert isinstance(refusal, list) and asked == [], refusal
        # Nothing that the server could be told would have it answer.
        of_here = world.ask("sqs", "list_queues", url=f"https://s3.{REGION}.amazonaws.com")
        for _, why in (refusal, of_here):
            assert "an endpoint of a VPC has its own service alone" in why and "--host-name" not in why
        world.server.client("kinesis").list_streams()
        assert len(asked) == 1
        elsewhere.shutdown()


def test_what_endpoints_cannot_be_is_refused(server):
    world = World(server)
    ec2 = world.ec2
    table = world.main
    create = ec2.create_vpc_endpoint
    assert refused(create, VpcId=world.vpc, ServiceName="com.amazonaws.us-east-1.nothing") == (
        "InvalidServiceName", "The Vpc Endpoint Service 'com.amazonaws.us-east-1.nothing' does not exist")
    assert refused(create, VpcId="vpc-0123456789abcdef0", ServiceName=S3)[0] == "InvalidVpcID.NotFound"
    assert refused(create, VpcId=world.vpc, ServiceName=SQS)[0] == "InvalidParameter"
    assert refused(create, VpcId=world.vpc, ServiceName=S3, SubnetIds=[world.public])[0] == "InvalidParameter"
    assert refused(create, VpcId=world.vpc, ServiceName=S3, PolicyDocument="{}")[0] == "InvalidPolicyDocument"
    assert refused(create, VpcId=world.vpc, ServiceName=S3, DryRun=True)[0] == "DryRunOperation"
    once = {"VpcId": world.vpc, "ServiceName": S3, "RouteTableIds": [table], "ClientToken": "t"}
    made = create(**once)["VpcEndpoint"]["VpcEndpointId"]
    assert create(**once)["VpcEndpoint"]["VpcEndpointId"] == made
    (listed,) = ec2.describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [S3]}])["PrefixLists"]
    assert refused(create, VpcId=world.vpc, ServiceName=S3, RouteTableIds=[table]) == (
        "RouteAlreadyExists",
        f"route table {table} already has a route with destination-prefix-list-id {listed['PrefixListId']}")
    code, message = refused(create, VpcId=world.vpc, ServiceName=SQS, VpcEndpointType="Interface")
    assert (code, message) == (
        "InvalidParameter", "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC "
        f"attributes set to true for {world.vpc}")
    same = ec2.create_subnet(VpcId=world.vpc, CidrBlock="10.9.3.0/24", AvailabilityZone=f"{REGION}a")["Subnet"]
    other = ec2.create_subnet(VpcId=world.vpc, CidrBlock="10.9.4.0/24", AvailabilityZone=f"{REGION}a")["Subnet"]
    interface = {"VpcId": world.vpc, "ServiceName": SQS, "VpcEndpointType": "Interface", "PrivateDnsEnabled": False}
    assert refused(create, SubnetIds=[same["SubnetId"], other["SubnetId"]], **interface)[0] == (
        "DuplicateSubnetsInSameZone")
    assert refused(create, SubnetIds=["subnet-0123456789abcdef0"], **interface)[0] == "InvalidSubnetID.NotFound"
    assert refused(create, SecurityGroupIds=["sg-0123456789abcdef0"], **interface)[0] == "InvalidGroup.NotFound"
    assert refused(ec2.modify_vpc_endpoint, VpcEndpointId=made, AddSubnetIds=[same["SubnetId"]])[0] == (
        "InvalidParameter")
    assert refused(ec2.describe_vpc_endpoints, VpcEndpointIds=["vpce-0123456789abcdef0"]) == (
        "InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist")
    assert refused(ec2.describe_vpc_endpoints, VpcEndpointIds=["x"])[0] == "InvalidVpcEndpointId.Malformed"
    assert refused(ec2.delete_vpc, VpcId=world.vpc)[0] == "DependencyViolation"
    offered = ec2.describe_vpc_endpoint_services(ServiceNames=[S3])["ServiceDetails"]
    assert [each["ServiceType"][0]["ServiceType"] for each in offered] == ["Gateway", "Interface"]
    # Who asks for very many on a page has as many as there may be.
    assert len(ec2.describe_vpc_endpoints(MaxResults=5000)["VpcEndpoints"]) == 1
    assert len(ec2.describe_vpc_endpoint_services(MaxResults=5000)["ServiceDetails"]) > 5
    assert refused(ec2.describe_vpc_endpoints, MaxResults=4)[0] == "InvalidParameterValue"
    # A table that goes takes its routes from the endpoint.
    second = ec2.create_route_table(VpcId=world.vpc)["RouteTable"]["RouteTableId"]
    ec2.modify_vpc_endpoint(VpcEndpointId=made, AddRouteTableIds=[second], RemoveRouteTableIds=[table])
    assert ([route["GatewayId"] for route in world.routes(second)], world.routes(table)) == ([made], [])
    ec2.delete_route_table(RouteTableId=second)
    (shown,) = ec2.describe_vpc_endpoints(VpcEndpointIds=[made])["VpcEndpoints"]
    assert shown["RouteTableIds"] == []


def test_prefix_lists_have_versions_and_are_referred_to(server):
    world = World(server)
    ec2 = world.ec2
    entries = [{"Cidr": "192.0.2.0/24", "Description": "d"}, {"Cidr": "198.51.100.0/24"}]
    made = ec2.create_managed_prefix_list(
        PrefixListName="places", MaxEntries=3, AddressFamily="IPv4", Entries=entries)["PrefixList"]
    list_id = made["PrefixListId"]
    assert (made["State"], made["Version"]) == ("create-in-progress", 1)

    def shown():
        (it,) = ec2.describe_managed_prefix_lists(PrefixListIds=[list_id])["PrefixLists"]
        return it

    def blocks(**more):
        told = ec2.get_managed_prefix_list_entries(PrefixListId=list_id, **more)["Entries"]
        return [entry["Cidr"] for entry in told]

    assert (shown()["State"], shown()["OwnerId"]) == ("create-complete", "000000000000")
    add = [{"Cidr": "203.0.113.0/24"}]
    stale = refused(ec2.modify_managed_prefix_list, PrefixListId=list_id, CurrentVersion=7, AddEntries=add)
    assert stale[0] == "PrefixListVersionMismatch"
    ec2.modify_managed_prefix_list(
        PrefixListId=list_id, CurrentVersion=1, AddEntries=add, RemoveEntries=[{"Cidr": "192.0.2.0/24"}])
    assert (blocks(), shown()["Version"]) == (["198.51.100.0/24", "203.0.113.0/24"], 2)
    assert blocks(TargetVersion=1) == ["192.0.2.0/24", "198.51.100.0/24"]
    ec2.restore_managed_prefix_list_version(PrefixListId=list_id, CurrentVersion=2, PreviousVersion=1)
    assert (blocks(), shown()["Version"], shown()["State"]) == (
        ["192.0.2.0/24", "198.51.100.0/24"], 3, "restore-complete")
    too_many = [{"Cidr": f"203.0.{n}.0/24"} for n in (1, 2)]
    assert refused(ec2.modify_managed_prefix_list, PrefixListId=list_id, CurrentVersion=3, AddEntries=too_many)[0] == (
        "PrefixListMaxEntriesExceeded")

    # Rules and routes refer to it, and it counts for as many as it may have.
    gateway = world.gateway()
    route = {"RouteTableId": world.main, "DestinationPrefixListId": list_id}
    ec2.create_route(GatewayId=gateway, **route)
    assert refused(ec2.create_route, GatewayId=gateway, **route) == (
        "RouteAlreadyExists", f"The route identified by {list_id} already exists.")
    (led,) = world.routes(world.main)
    assert led["DestinationPrefixListId"] == list_id
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=world.vpc)["GroupId"]
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
                  "PrefixListIds": [{"PrefixListId": list_id, "Description": "there"}]}
    (rule,) = ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=[permission])["SecurityGroupRules"]
    assert rule["PrefixListId"] == list_id
    (it,) = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert it["IpPermissions"][0]["PrefixListIds"] == permission["PrefixListIds"]
    told = ec2.get_managed_prefix_list_associations(PrefixListId=list_id)["PrefixListAssociations"]
    assert sorted(each["ResourceId"] for each in told) == sorted([world.main, group])
    assert refused(ec2.modify_managed_prefix_list, PrefixListId=list_id, MaxEntries=61)[0] == (
        "PrefixListMaxEntriesExceeded")
    assert refused(ec2.delete_managed_prefix_list, PrefixListId=list_id)[0] == "DependencyViolation"
    ec2.delete_route(**route)
    assert refused(ec2.delete_route, **route)[0] == "InvalidRoute.NotFound"
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[permission])
    assert ec2.delete_managed_prefix_list(PrefixListId=list_id)["PrefixList"]["State"] == "delete-in-progress"
    assert refused(ec2.delete_managed_prefix_list, PrefixListId=list_id)[0] == "InvalidPrefixListID.NotFound"

    # Those of AWS's services are AWS's.
    by = [{"Name": "owner-id", "Values": ["AWS"]}]
    page = ec2.describe_managed_prefix_lists(Filters=by, MaxResults=1)
    assert len(page["PrefixLists"]) == 1 and "NextToken" in page
    of_aws = {it["PrefixListName"]: it for it in ec2.describe_managed_prefix_lists(Filters=by)["PrefixLists"]}
    assert set(of_aws) == {S3, f"com.amazonaws.{REGION}.dynamodb"}
    assert refused(ec2.delete_managed_prefix_list, PrefixListId=of_aws[S3]["PrefixListId"])[0] == (
        "InvalidPrefixListModification")
    assert refused(ec2.create_managed_prefix_list, PrefixListName="six", MaxEntries=1, AddressFamily="IPv6")[0] == (
        "UnsupportedOperation")


def test_a_server_that_ends_leaves_nothing_of_interface_endpoints_and_serves_them_again(server):
    ec2 = server.client("ec2")
    subnet = ec2.describe_subnets()["Subnets"][0]
    made = ec2.create_vpc_endpoint(
        VpcId=subnet["VpcId"], VpcEndpointType="Interface", SubnetIds=[subnet["SubnetId"]],
        ServiceName=f"com.amazonaws.{REGION}.sqs", PrivateDnsEnabled=False)["VpcEndpoint"]

    def states():
        words = [os.environ["WARREN"], "resources", "--endpoint", server.url]
        told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        return [line for line in told.splitlines() if made["VpcEndpointId"] in line]
    for _ in range(2):
        (line,) = eventually(states)
        assert " serving " in line
        instance = pathlib.Path(server.state, "instance").read_text().split()[0]
        assert server.stop() == 0
        assert leftovers(instance) == []
        server.start()
        ec2 = server.client("ec2")
        look = lambda: ec2.describe_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])["VpcEndpoints"]
        eventually(lambda: [shown["State"] for shown in look()] == ["available"])
