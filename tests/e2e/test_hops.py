"""Hops: AWS's examples of a middlebox between two subnets and of two peered VPCs, as packets go."""

import json
import os
import pathlib
import signal
import subprocess
import sys

import botocore.exceptions
import pytest

from functions import create, eventually, invoke
from test_asymmetric_acl import CLIENT, DATABASE


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


class Hosts:
    """What lives in subnets: a function, and resources of the name of what they are."""

    def __init__(self, server):
        self.server, self.processes = server, []
        self.ec2, self.client = server.client("ec2"), server.client("lambda")

    def restart(self):
        self.server.stop(signal.SIGKILL)
        self.server.start()
        self.ec2, self.client = self.server.client("ec2"), self.server.client("lambda")

    def vpc(self, block):
        return self.ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]

    def subnet(self, vpc, block):
        """A subnet with a route table of its own."""
        subnet = self.ec2.create_subnet(VpcId=vpc, CidrBlock=block)["Subnet"]["SubnetId"]
        table = self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        self.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        return subnet, table

    def default_group(self, vpc):
        by = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
        (group,) = self.ec2.describe_security_groups(Filters=by)["SecurityGroups"]
        return group["GroupId"]

    def routes(self, table):
        (shown,) = self.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        return {route["DestinationCidrBlock"]: route for route in shown["Routes"]}

    def words(self, command, *rest):
        return [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]

    def warren(self, command, *rest, code=0):
        done = subprocess.run(self.words(command, *rest), capture_output=True, text=True, timeout=60)
        assert done.returncode == code, done.stderr
        return done.stdout

    def resource(self, name, subnet, group, program):
        words = self.words("attach", "--subnet", subnet, "--security-group", group, "--name", name,
                           "--", sys.executable, "-c", program)
        self.processes.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))
        rows = lambda: json.loads(self.warren("resources", "--output", "json"))
        return eventually(lambda: next((row for row in rows() if row["name"] == name), None))

    def function(self, subnet, group):
        network = {"SubnetIds": [subnet], "SecurityGroupIds": [group]}
        create(self.client, code=CLIENT, VpcConfig=network)

    def asks(self, address):
        return invoke(self.client, {"to": address})

    def answers(self, address):
        return json.loads(self.asks(address)["Payload"]) == "database"

    def explained(self, address, wanted):
        """That who asks an address in vain is told why."""
        answer = self.asks(address)
        assert json.loads(answer["Payload"])["errorType"] == "TimeoutError", answer["Payload"]
        request = answer["ResponseMetadata"]["RequestId"]
        told = lambda: (text := self.warren("explain", request)) and wanted in text and text
        try:
            return eventually(told)
        except AssertionError:
            raise AssertionError(f"{wanted!r} is not in {self.warren('explain', request)}") from None

    def analysis(self, one, other, port):
        """What Reachability Analyzer finds from the one ENI of a VPC to that of another."""
        enis = []
        for vpc in (one, other):
            by = [{"Name": "vpc-id", "Values": [vpc]}]
            (eni,) = self.ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
            enis.append(eni["NetworkInterfaceId"])
        path = self.ec2.create_network_insights_path(
            Source=enis[0], Destination=enis[1], Protocol="tcp", DestinationPort=port)
        path = path["NetworkInsightsPath"]["NetworkInsightsPathId"]
        self.ec2.start_network_insights_analysis(NetworkInsightsPathId=path)
        (found,) = self.ec2.describe_network_insights_analyses(
            NetworkInsightsPathId=path)["NetworkInsightsAnalyses"]
        return found

    def reaches(self, target):
        told = json.loads(self.warren("reach", "f", target, "--output", "json"))
        assert told["verdict"] == "reached", told
        return [hop["text"] for path in told["paths"] for hop in path["hops"]]

    def stopped(self, target):
        told = json.loads(self.warren("reach", "f", target, "--output", "json", code=1))
        return told["verdict"] == "stopped"

    def loose_links(self, vpc):
        """The links of a VPC's router by which packets of any source may come."""
        instance = pathlib.Path(self.server.state, "instance").read_text().split()[0]
        read = "cd /proc/sys/net/ipv4/conf && grep -l '^0' */rp_filter || true"
        told = subprocess.run(["nsenter", f"--net=/run/warren/{instance}/{vpc}", "sh", "-c", read],
                              capture_output=True, text=True, check=True).stdout.split()
        return {line.split("/")[0] for line in told} - {"all", "default", "lo"}

    def end(self):
        for process in self.processes:
            process.kill()
            process.wait(timeout=10)


@pytest.fixture
def hosts(server):
    hosts = Hosts(server)
    yield hosts
    hosts.end()


def test_a_middlebox_is_between_two_subnets_where_routes_lead_to_it_and_it_passes_packets_on(hosts):
    ec2 = hosts.ec2
    vpc = hosts.vpc("10.8.0.0/16")
    (app, app_table), (middle, _), (data, data_table) = (
        hosts.subnet(vpc, f"10.8.{number}.0/24") for number in (1, 2, 3))
    group = hosts.default_group(vpc)
    address = hosts.resource("database", data, group, DATABASE)["address"]
    eni = hosts.resource("middlebox", middle, group, "import time; time.sleep(999)")["eni"]
    hosts.function(app, group)
    assert hosts.answers(address)

    there = {"RouteTableId": app_table, "DestinationCidrBlock": "10.8.3.0/24"}
    back = {"RouteTableId": data_table, "DestinationCidrBlock": "10.8.1.0/24"}
    for wrong in ("10.8.3.0/25", "10.8.2.0/23"):
        bad = {**there, "DestinationCidrBlock": wrong, "NetworkInterfaceId": eni}
        code, message = refused(ec2.create_route, **bad)
        assert code == "InvalidParameterValue" and "is not the CIDR block of a subnet" in message
    assert refused(ec2.create_route, **there, NetworkInterfaceId="eni-00000000000000abc") == (
        "InvalidNetworkInterfaceID.NotFound",
        "The networkInterface ID 'eni-00000000000000abc' does not exist")
    assert refused(ec2.create_route, **there, InstanceId="i-0123456789abcdef0")[0] == \
        "UnsupportedOperation"
    ec2.create_route(**there, NetworkInterfaceId=eni)
    ec2.create_route(**back, NetworkInterfaceId=eni)
    route = hosts.routes(app_table)["10.8.3.0/24"]
    assert (route["NetworkInterfaceId"], route["State"]) == (eni, "active")
    hosts.explained(address, f"to {eni}, whose SourceDestCheck is on")

    ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, SourceDestCheck={"Value": False})
    # The kernel has it shortly after the answer.
    assert any(hosts.answers(address) for _ in range(20))
    assert len(hosts.loose_links(vpc)) == 1
    # By who does not pass packets on any more none come but its own, also after a kill.
    for check in (True, False, True, False):
        ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, SourceDestCheck={"Value": check})
        assert eventually(lambda: len(hosts.loose_links(vpc)) == (0 if check else 1))
    texts = hosts.reaches("database:5432")
    assert any("10.8.3.0/24 leads to resource middlebox of" in text for text in texts), texts

    hosts.restart()
    assert eventually(lambda: hosts.answers(address))
    # What the middlebox's groups do not let in is told as theirs.
    closed = hosts.ec2.create_security_group(GroupName="closed", Description="none", VpcId=vpc)
    hosts.ec2.modify_network_interface_attribute(
        NetworkInterfaceId=eni, Groups=[closed["GroupId"]])
    assert hosts.stopped("database:5432")
    assert json.loads(hosts.asks(address)["Payload"])["errorType"] == "TimeoutError"
    hosts.ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=[group])
    assert hosts.answers(address)

    hosts.warren("resources", "remove", "middlebox")
    assert hosts.routes(app_table)["10.8.3.0/24"]["State"] == "blackhole"
    hosts.explained(address, "which is gone: the route is a blackhole")
    for table, route in ((app_table, there), (data_table, back)):
        hosts.ec2.delete_route(**route)
    # Here too the kernel has it shortly after the answer.
    assert any(hosts.answers(address) for _ in range(20))


def test_a_local_route_leads_to_a_middlebox_until_it_is_local_again(hosts):
    vpc = hosts.vpc("10.8.0.0/16")
    (app, table), (middle, _) = (hosts.subnet(vpc, f"10.8.{number}.0/24") for number in (1, 2))
    group = hosts.default_group(vpc)
    eni = hosts.resource("middlebox", middle, group, "import time; time.sleep(999)")["eni"]
    local = {"RouteTableId": table, "DestinationCidrBlock": "10.8.0.0/16"}
    hosts.ec2.replace_route(**local, NetworkInterfaceId=eni)
    (route,) = hosts.routes(table).values()
    assert (route["NetworkInterfaceId"], route["Origin"]) == (eni, "CreateRouteTable")
    code, _ = refused(hosts.ec2.delete_route, **local)
    assert code == "InvalidParameterValue"
    hosts.ec2.replace_route(**local, LocalTarget=True)
    (route,) = hosts.routes(table).values()
    assert route["GatewayId"] == "local"


def test_two_peered_vpcs_reach_each_other_by_routes_on_both_sides(hosts):
    ec2 = hosts.ec2
    one, other = hosts.vpc("10.3.0.0/16"), hosts.vpc("10.4.0.0/16")
    app, table = hosts.subnet(one, "10.3.1.0/24")
    data, back = hosts.subnet(other, "10.4.1.0/24")
    caller = ec2.create_security_group(GroupName="app", Description="app", VpcId=one)["GroupId"]
    group = ec2.create_security_group(GroupName="db", Description="db", VpcId=other)["GroupId"]
    address = hosts.resource("database", data, group, DATABASE)["address"]
    hosts.function(app, caller)
    made = ec2.create_vpc_peering_connection(VpcId=one, PeerVpcId=other)["VpcPeeringConnection"]
    peering = made["VpcPeeringConnectionId"]
    assert made["Status"] == {
        "Code": "initiating-request", "Message": "Initiating Request to 000000000000"}
    show = lambda: hosts.ec2.describe_vpc_peering_connections(
        VpcPeeringConnectionIds=[peering])["VpcPeeringConnections"][0]
    assert show()["Status"] == {
        "Code": "pending-acceptance", "Message": "Pending Acceptance by 000000000000"}
    permission = [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                   "UserIdGroupPairs": [{"GroupId": caller, "UserId": "000000000000"}]}]
    allow = {"GroupId": group, "IpPermissions": permission}
    assert refused(ec2.authorize_security_group_ingress, **allow)[0] == "InvalidGroup.NotFound"
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.4.0.0/16",
                     VpcPeeringConnectionId=peering)
    assert hosts.routes(table)["10.4.0.0/16"]["State"] == "blackhole"
    assert refused(ec2.delete_vpc, VpcId=one)[0] == "DependencyViolation"

    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert show()["Status"] == {"Code": "active", "Message": "Active"}
    assert hosts.routes(table)["10.4.0.0/16"]["State"] == "active"
    hosts.explained(address, f"no ingress rule of {address}'s security groups {group} (db) lets it in")
    ec2.authorize_security_group_ingress(**allow)
    (shown,) = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert shown["IpPermissions"][0]["UserIdGroupPairs"] == [{
        "UserId": "000000000000", "GroupId": caller, "VpcId": one,
        "VpcPeeringConnectionId": peering, "PeeringStatus": "active"}]
    assert ec2.describe_security_group_references(GroupId=[caller])["SecurityGroupReferenceSet"] == [
        {"GroupId": caller, "ReferencingVpcId": other, "VpcPeeringConnectionId": peering}]

    told = hosts.explained(address, f"no route back: {back} of {data} does not lead to 10.3.1.")
    assert "by the peering connection" in told
    assert hosts.stopped("database:5432")
    ec2.create_route(RouteTableId=back, DestinationCidrBlock="10.3.0.0/16",
                     VpcPeeringConnectionId=peering)
    assert hosts.answers(address)
    assert hosts.reaches("database:5432")
    analysis = hosts.analysis(one, other, 5432)
    assert analysis["NetworkPathFound"], analysis["Explanations"]
    there = analysis["ForwardPathComponents"]
    assert peering in [each["Component"]["Id"] for each in there]
    (route,) = (each["RouteTableRoute"] for each in there if "RouteTableRoute" in each)
    assert route["VpcPeeringConnectionId"] == peering and "GatewayId" not in route
    hosts.restart()
    assert eventually(lambda: hosts.answers(address))

    hosts.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert show()["Status"] == {"Code": "deleted", "Message": "Deleted by 000000000000"}
    assert hosts.routes(table)["10.4.0.0/16"]["State"] == "blackhole"
    hosts.explained(address, "which is gone: the route is a blackhole")
    (stale,) = hosts.ec2.describe_stale_security_groups(VpcId=other)["StaleSecurityGroupSet"]
    (rule,) = stale["StaleIpPermissions"]
    assert (stale["GroupId"], rule["UserIdGroupPairs"][0]["PeeringStatus"]) == (group, "deleted")


def test_peering_connections_are_asked_for_accepted_and_refused_as_on_aws(server):
    ec2, other = server.client("ec2"), server.client("ec2", account="111122223333")
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    peer = other.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
    near = ec2.create_vpc(CidrBlock="10.1.128.0/20")["Vpc"]["VpcId"]

    def ask(accepter, **more):
        made = ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=accepter, **more)
        return made["VpcPeeringConnection"]["VpcPeeringConnectionId"]

    def state(client, peering):
        (shown,) = client.describe_vpc_peering_connections(
            VpcPeeringConnectionIds=[peering])["VpcPeeringConnections"]
        return shown["Status"]["Code"], shown["Status"]["Message"]

    assert refused(ask, accepter=peer) == (
        "InvalidVpcID.NotFound", f"The vpc ID '{peer}' does not exist")
    assert refused(ask, accepter=peer, PeerRegion="eu-west-1")[0] == "UnsupportedOperation"
    assert refused(ask, accepter=peer, PeerOwnerId="12")[0] == "InvalidParameterValue"
    message = "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"
    assert state(ec2, ask(near)) == ("failed", message)
    assert state(ec2, ask("vpc-00000000000000abc", PeerOwnerId="111122223333")) == ("failed", message)
    theirs = {"PeerOwnerId": "111122223333", "PeerRegion": "us-east-1"}
    peering = ask(peer, **theirs)
    assert refused(ask, accepter=peer, **theirs)[0] == "VpcPeeringConnectionAlreadyExists"
    one = {"VpcPeeringConnectionId": peering}
    assert refused(ec2.accept_vpc_peering_connection, **one)[0] == "OperationNotPermitted"
    assert refused(ec2.accept_vpc_peering_connection, **one, DryRun=True)[0] == "OperationNotPermitted"
    other.reject_vpc_peering_connection(**one)
    assert state(other, peering)[0] == "rejected"
    assert refused(other.accept_vpc_peering_connection, **one) == (
        "InvalidStateTransition",
        f"Invalid state transition for {peering}, attempted to transition from rejected to active")
    tags = [{"Key": "Name", "Value": "both"}]
    tagged = [{"ResourceType": "vpc-peering-connection", "Tags": tags}]
    peering = ask(peer, **theirs, TagSpecifications=tagged)
    one = {"VpcPeeringConnectionId": peering}
    other.accept_vpc_peering_connection(**one)
    by = [{"Name": "tag:Name", "Values": ["both"]}, {"Name": "status-code", "Values": ["active"]},
          {"Name": "accepter-vpc-info.owner-id", "Values": ["111122223333"]}]
    (shown,) = ec2.describe_vpc_peering_connections(Filters=by)["VpcPeeringConnections"]
    assert shown["AccepterVpcInfo"]["CidrBlock"] == "10.2.0.0/16"
    options = {"AllowDnsResolutionFromRemoteVpc": True}
    changed = ec2.modify_vpc_peering_connection_options(
        **one, RequesterPeeringConnectionOptions=options)
    assert changed["RequesterPeeringConnectionOptions"]["AllowDnsResolutionFromRemoteVpc"] is True
    assert refused(ec2.modify_vpc_peering_connection_options, **one,
                   AccepterPeeringConnectionOptions=options)[0] == "OperationNotPermitted"
    missing = "pcx-00000000000000abc"
    assert refused(ec2.delete_vpc_peering_connection, VpcPeeringConnectionId=missing) == (
        "InvalidVpcPeeringConnectionID.NotFound",
        f"The vpcPeeringConnection ID '{missing}' does not exist")
    table = ec2.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [near]}])["RouteTables"][0]["RouteTableId"]
    assert refused(ec2.create_route, RouteTableId=table, DestinationCidrBlock="10.2.0.0/16",
                   VpcPeeringConnectionId=peering)[0] == "InvalidParameterValue"
    other.delete_vpc_peering_connection(**one)
    assert state(ec2, peering) == ("deleted", "Deleted by 111122223333")
