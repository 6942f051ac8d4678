"""Reachability Analyzer: paths, and what their analyses find, in AWS's shapes and codes."""

import botocore.exceptions
import pytest

from test_ways_out import World as Ways


def refused(call, **parameters):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"]


class World(Ways):
    def eni(self, subnet, group):
        made = self.ec2.create_network_interface(SubnetId=subnet, Groups=[group])
        return made["NetworkInterface"]["NetworkInterfaceId"]

    def path(self, source, **more):
        more.setdefault("Protocol", "tcp")
        made = self.ec2.create_network_insights_path(Source=source, **more)
        return made["NetworkInsightsPath"]["NetworkInsightsPathId"]

    def analysis(self, path):
        started = self.ec2.start_network_insights_analysis(NetworkInsightsPathId=path)
        started = started["NetworkInsightsAnalysis"]
        assert (started["Status"], started["NetworkInsightsPathId"]) == ("running", path)
        (shown,) = self.ec2.describe_network_insights_analyses(
            NetworkInsightsAnalysisIds=[started["NetworkInsightsAnalysisId"]],
        )["NetworkInsightsAnalyses"]
        assert shown["Status"] == "succeeded"
        return shown

    def code(self, path):
        found = self.analysis(path)
        if found["NetworkPathFound"]:
            return None
        (explanation,) = found["Explanations"]
        return explanation["ExplanationCode"], explanation


@pytest.fixture
def world(server):
    return World(server)


def test_paths_are_made_described_and_deleted(world):
    ec2 = world.ec2
    group = ec2.create_security_group(GroupName="g", Description="g", VpcId=world.vpc)["GroupId"]
    one, two = world.eni(world.public, group), world.eni(world.private, group)
    wanted = {"Source": one, "Destination": two, "Protocol": "tcp", "DestinationPort": 5432}
    tags = [{"ResourceType": "network-insights-path", "Tags": [{"Key": "k", "Value": "v"}]}]
    made = ec2.create_network_insights_path(ClientToken="t", TagSpecifications=tags, **wanted)
    path = made["NetworkInsightsPath"]
    arn = "arn:aws:ec2:us-east-1:000000000000"
    assert path["NetworkInsightsPathId"].startswith("nip-")
    assert path["NetworkInsightsPathArn"] == (
        f"{arn}:network-insights-path/{path['NetworkInsightsPathId']}")
    assert (path["SourceArn"], path["DestinationPort"], path["Protocol"]) == (
        f"{arn}:network-interface/{one}", 5432, "tcp")
    again = ec2.create_network_insights_path(ClientToken="t", TagSpecifications=tags, **wanted)
    assert again["NetworkInsightsPath"] == path
    assert refused(ec2.create_network_insights_path, ClientToken="t", **wanted) == (
        "IdempotentParameterMismatch")
    by = [{"Name": "source", "Values": [one]}, {"Name": "tag:k", "Values": ["v"]}]
    (shown,) = ec2.describe_network_insights_paths(Filters=by)["NetworkInsightsPaths"]
    assert shown == path
    by = [{"Name": "destination", "Values": ["eni-0123456789abcdef0"]}]
    assert ec2.describe_network_insights_paths(Filters=by)["NetworkInsightsPaths"] == []
    # A page may have a single path.
    world.path(one, FilterAtSource={"DestinationAddress": "203.0.113.9",
                                    "DestinationPortRange": {"FromPort": 1, "ToPort": 9}})
    pages = ec2.get_paginator("describe_network_insights_paths").paginate(
        PaginationConfig={"PageSize": 1})
    assert [len(page["NetworkInsightsPaths"]) for page in pages] == [1, 1]
    id = path["NetworkInsightsPathId"]
    analysis = world.analysis(id)["NetworkInsightsAnalysisId"]
    assert refused(ec2.delete_network_insights_path, NetworkInsightsPathId=id) == (
        "AnalysisExistsForNetworkInsightsPath")
    ec2.delete_network_insights_analysis(NetworkInsightsAnalysisId=analysis)
    assert refused(ec2.delete_network_insights_analysis, NetworkInsightsAnalysisId=analysis) == (
        "InvalidNetworkInsightsAnalysisId.NotFound")
    ec2.delete_network_insights_path(NetworkInsightsPathId=id)
    assert refused(ec2.delete_network_insights_path, NetworkInsightsPathId=id) == (
        "InvalidNetworkInsightsPathId.NotFound")
    assert refused(ec2.start_network_insights_analysis, NetworkInsightsPathId=id) == (
        "InvalidNetworkInsightsPathId.NotFound")
    for more, code in [
        ({"Source": "i-0123456789abcdef0"}, "InvalidInstanceID.NotFound"),
        ({"Source": "eni-0123456789abcdef0"}, "InvalidNetworkInterfaceID.NotFound"),
        ({"Destination": "igw-0123456789abcdef0"}, "InvalidInternetGatewayID.NotFound"),
        ({"Source": "tgw-0123456789abcdef0"}, "UnsupportedOperation"),
        ({"SourceIp": "10.0.0.300"}, "InvalidParameterValue"),
        ({"FilterAtSource": {"SourceAddress": "10.9.1.4"}}, "InvalidParameterCombination"),
        ({"FilterAtSource": {"SourcePortRange": {"FromPort": 1}}, "DestinationPort": None},
         "UnsupportedOperation"),
    ]:
        given = {key: value for key, value in {**wanted, **more}.items() if value is not None}
        assert refused(ec2.create_network_insights_path, **given) == code, more
    assert refused(ec2.create_network_insights_path, Source=one, Protocol="tcp") == (
        "MissingParameter")


def test_analyses_say_what_is_closed_in_the_codes_of_aws(world):
    ec2 = world.ec2
    groups = [ec2.create_security_group(GroupName=name, Description=name, VpcId=world.vpc)["GroupId"]
              for name in ("app", "data")]
    app, other = world.eni(world.public, groups[0]), world.eni(world.private, groups[1])
    path = world.path(app, Destination=other, DestinationPort=5432)
    # An ENI that is attached to nothing takes nothing; the one of a NAT gateway neither.
    code, told = world.code(path)
    assert (code, told["NetworkInterface"]["Id"]) == ("NO_POSSIBLE_DESTINATION", other)
    out = world.path(app, DestinationIp="203.0.113.9", DestinationPort=443)
    code, told = world.code(out)
    assert code == "NO_ROUTE_TO_DESTINATION" and told["RouteTable"]["Id"] == world.main
    gateway = world.gateway()
    # Nothing would find its way back.
    ip = ec2.allocate_address()
    ec2.associate_address(AllocationId=ip["AllocationId"], NetworkInterfaceId=app)
    inward = world.path(gateway, Destination=app, DestinationPort=22)
    code, told = world.code(inward)
    assert (code, told["RouteTable"]["Id"]) == ("NO_ROUTE_TO_DESTINATION", world.main)
    association = ec2.describe_addresses()["Addresses"][0]["AssociationId"]
    ec2.disassociate_address(AssociationId=association)
    ec2.create_route(RouteTableId=world.main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    code, told = world.code(out)
    assert code == "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
    assert (told["InternetGateway"]["Id"], told["NetworkInterface"]["Id"]) == (gateway, app)
    assert world.code(inward)[0] == "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"
    ec2.associate_address(AllocationId=ip["AllocationId"], NetworkInterfaceId=app)
    found = world.analysis(out)
    assert found["NetworkPathFound"] is True and found["Explanations"] == []
    forward = [each["Component"]["Id"] for each in found["ForwardPathComponents"]]
    acl = ec2.describe_network_acls(
        Filters=[{"Name": "vpc-id", "Values": [world.vpc]}])["NetworkAcls"][0]["NetworkAclId"]
    assert forward == [app, groups[0], acl, world.main, gateway]
    numbers = [each["SequenceNumber"] for each in found["ForwardPathComponents"]]
    assert numbers == [1, 2, 3, 4, 5]
    rule = found["ForwardPathComponents"][1]["SecurityGroupRule"]
    assert (rule["Cidr"], rule["Direction"], rule["Protocol"]) == ("0.0.0.0/0", "egress", "all")
    route = found["ForwardPathComponents"][3]["RouteTableRoute"]
    assert (route["DestinationCidr"], route["GatewayId"]) == ("0.0.0.0/0", gateway)
    assert [each["Component"]["Id"] for each in found["ReturnPathComponents"]] == [acl, app]
    # Every filter counts, at both ends.
    sent, other_place = {"DestinationAddress": "203.0.113.9"}, {"DestinationAddress": "203.0.113.10"}
    by_ports = [{"DestinationPortRange": {"FromPort": first, "ToPort": first + 5}} for first in (80, 90)]
    come = world.path(app, FilterAtSource=sent, FilterAtDestination={"SourceAddress": ip["PublicIp"]})
    assert world.analysis(come)["NetworkPathFound"] is True
    for at_source, at_destination, code in [
        (sent, {"SourceAddress": "198.51.100.1"}, "FILTER_AT_DESTINATION_SOURCE_ADDRESS"),
        (sent, other_place, "FILTER_AT_DESTINATION_DESTINATION_ADDRESS"),
        ({**sent, "SourceAddress": "10.9.1.200"}, sent, "FILTER_AT_SOURCE_SOURCE_ADDRESS"),
        ({**sent, **by_ports[0]}, by_ports[1], "NO_PATH"),
    ]:
        filtered = world.path(app, FilterAtSource=at_source, FilterAtDestination=at_destination)
        assert world.code(filtered)[0] == code
    filtered = world.path(app, Destination=other, FilterAtSource=sent)
    assert world.code(filtered)[0] == "FILTER_AT_SOURCE_DESTINATION_ADDRESS"
    to_gateway = world.path(app, Destination=gateway)
    assert world.analysis(to_gateway)["NetworkPathFound"] is True
    assert world.code(world.path(app, DestinationIp=ip["PublicIp"]))[0] == "IGW_NAT_REFLECTION"
    near = world.path(app, DestinationIp="10.77.0.9", DestinationPort=80)
    assert world.code(near)[0] == "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS"
    # A network ACL, a security group, and a route whose target is gone.
    entry = {"NetworkAclId": acl, "RuleNumber": 90, "Protocol": "-1", "RuleAction": "deny",
             "Egress": True, "CidrBlock": "203.0.113.0/24"}
    ec2.create_network_acl_entry(**entry)
    code, told = world.code(out)
    assert (code, told["Acl"]["Id"], told["Direction"]) == ("SUBNET_ACL_RESTRICTION", acl, "egress")
    assert told["AclRule"] == {"Cidr": "203.0.113.0/24", "Egress": True, "Protocol": "all",
                               "RuleAction": "deny", "RuleNumber": 90}
    ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=90, Egress=True)
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.revoke_security_group_egress(GroupId=groups[0], IpPermissions=everything)
    assert world.code(out)[0] == "SG_HAS_NO_RULES"
    ec2.authorize_security_group_egress(
        GroupId=groups[0], IpProtocol="tcp", FromPort=80, ToPort=90, CidrIp="0.0.0.0/0")
    code, told = world.code(out)
    assert code == "ENI_SG_RULES_MISMATCH"
    assert [each["Id"] for each in told["SecurityGroups"]] == groups[:1]
    # Any port will do where none is named.
    anywhere = world.path(app, DestinationIp="203.0.113.9")
    assert world.analysis(anywhere)["NetworkPathFound"] is True
    ec2.disassociate_address(AssociationId=ec2.describe_addresses()["Addresses"][0]["AssociationId"])
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=world.vpc)
    assert world.code(anywhere)[0] == "BAD_STATE_ROUTE"
    assert world.code(to_gateway)[0] == "UNASSOCIATED_COMPONENT"
    ec2.delete_network_interface(NetworkInterfaceId=other)
    assert world.code(path)[0] == "NO_SOURCE_OR_DESTINATION"
    by = {"NetworkInsightsPathId": out}
    of_path = ec2.describe_network_insights_analyses(**by)["NetworkInsightsAnalyses"]
    assert {each["NetworkInsightsPathId"] for each in of_path} == {out}
    by["Filters"] = [{"Name": "path-found", "Values": ["true"]}]
    (shown,) = ec2.describe_network_insights_analyses(**by)["NetworkInsightsAnalyses"]
    assert shown["NetworkInsightsAnalysisId"] == found["NetworkInsightsAnalysisId"]
    # What was found stays as it was, over a restart too.
    world.server.stop()
    world.server.start()
    ec2 = world.server.client("ec2")
    assert shown in ec2.describe_network_insights_analyses()["NetworkInsightsAnalyses"]
