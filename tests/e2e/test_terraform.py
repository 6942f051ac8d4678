"""The calls that Terraform's AWS provider makes for a VPC-function stack: created, read back until a
second plan would be empty, and destroyed. The provider itself comes from no registry of packages."""

import botocore.exceptions

from functions import package
from test_ec2 import refused

TAGS = [{"Key": "Name", "Value": "stack"}]
TRUST = """{"Version":"2012-10-17","Statement":[{"Action":"sts:AssumeRole","Effect":"Allow",
"Principal":{"Service":"lambda.amazonaws.com"}}]}"""
VPC_ACCESS = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"


def specification(kind):
    return [{"ResourceType": kind, "Tags": TAGS}]


def by(name, *values):
    return {"Name": name, "Values": list(values)}


def vpc(ec2):
    """aws_vpc with enable_dns_hostnames."""
    made = ec2.create_vpc(
        AmazonProvidedIpv6CidrBlock=False, CidrBlock="10.0.0.0/16", InstanceTenancy="default",
        TagSpecifications=specification("vpc"),
    )["Vpc"]
    (found,) = ec2.describe_vpcs(VpcIds=[made["VpcId"]])["Vpcs"]
    assert found["State"] == "available"
    ec2.modify_vpc_attribute(VpcId=made["VpcId"], EnableDnsHostnames={"Value": True})
    return made["VpcId"]


def read_vpc(ec2, vpc):
    (found,) = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    attributes = {}
    for name in ("enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics"):
        answer = ec2.describe_vpc_attribute(VpcId=vpc, Attribute=name)
        attributes[name] = answer[name[0].upper() + name[1:]]["Value"]
    # At this very code the provider goes on.
    for describe in (ec2.describe_vpc_classic_link, ec2.describe_vpc_classic_link_dns_support):
        assert refused(describe, VpcIds=[vpc])[0] == "UnsupportedOperation"
    of_vpc = by("vpc-id", vpc)
    (acl,) = ec2.describe_network_acls(Filters=[by("default", "true"), of_vpc])["NetworkAcls"]
    tables = ec2.describe_route_tables(Filters=[by("association.main", "true"), of_vpc])
    (table,) = tables["RouteTables"]
    groups = ec2.describe_security_groups(Filters=[by("group-name", "default"), of_vpc])
    (group,) = groups["SecurityGroups"]
    ids = acl["NetworkAclId"], table["RouteTableId"], group["GroupId"], found["DhcpOptionsId"]
    shown = found["CidrBlock"], found["InstanceTenancy"], found["Tags"], found["IsDefault"]
    assert shown == ("10.0.0.0/16", "default", TAGS, False)
    assert attributes == {"enableDnsHostnames": True, "enableDnsSupport": True,
                          "enableNetworkAddressUsageMetrics": False}
    return ids


def subnet(ec2, vpc, block, zone):
    """aws_subnet with availability_zone."""
    made = ec2.create_subnet(
        AvailabilityZone=zone, AvailabilityZoneId="", CidrBlock=block, VpcId=vpc,
        TagSpecifications=specification("subnet"),
    )["Subnet"]
    ec2.get_waiter("subnet_available").wait(SubnetIds=[made["SubnetId"]])
    return made["SubnetId"]


def read_subnet(ec2, subnet, block, zone):
    (found,) = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
    wanted = {
        "CidrBlock": block, "AvailabilityZone": zone, "MapPublicIpOnLaunch": False,
        "AssignIpv6AddressOnCreation": False, "EnableDns64": False, "Ipv6Native": False,
        "MapCustomerOwnedIpOnLaunch": False, "Tags": TAGS, "State": "available",
        "PrivateDnsNameOptionsOnLaunch": {
            "HostnameType": "ip-name", "EnableResourceNameDnsARecord": False,
            "EnableResourceNameDnsAAAARecord": False,
        },
    }
    assert {name: found.get(name) for name in wanted} == wanted
    return found["SubnetArn"], found["OwnerId"], found.get("OutpostArn")


EVERYTHING = {"IpProtocol": "-1", "FromPort": 0, "ToPort": 0}
RULES = {
    "ingress": [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                 "IpRanges": [{"CidrIp": "10.0.0.0/16", "Description": "postgres"}]}],
    "egress": [{**EVERYTHING, "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
                "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}],
}


def group(ec2, vpc):
    """aws_security_group with rules in it: what AWS gives every new group is taken away first."""
    made = ec2.create_security_group(
        GroupName="stack", Description="Managed by Terraform", VpcId=vpc,
        TagSpecifications=specification("security-group"),
    )["GroupId"]
    ec2.revoke_security_group_egress(
        GroupId=made, IpPermissions=[{**EVERYTHING, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    assert refused(
        ec2.revoke_security_group_egress, GroupId=made,
        IpPermissions=[{**EVERYTHING, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}],
    )[0] == "InvalidPermission.NotFound"
    ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=RULES["ingress"])
    ec2.authorize_security_group_egress(GroupId=made, IpPermissions=RULES["egress"])
    return made


def read_group(ec2, group):
    (found,) = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]

    def plain(permissions):
        kept = ("IpProtocol", "FromPort", "ToPort", "IpRanges", "Ipv6Ranges", "UserIdGroupPairs",
                "PrefixListIds")
        return [{name: value for name, value in permission.items() if name in kept and value != []}
                for permission in permissions]

    everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
                  "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
    assert plain(found["IpPermissions"]) == RULES["ingress"]
    assert plain(found["IpPermissionsEgress"]) == [everything]
    assert (found["GroupName"], found["Description"], found["Tags"]) == (
        "stack", "Managed by Terraform", TAGS)
    rules = ec2.describe_security_group_rules(Filters=[by("group-id", group)])
    ids = sorted(rule["SecurityGroupRuleId"] for rule in rules["SecurityGroupRules"])
    return found["VpcId"], found["OwnerId"], ids


def role(iam):
    """aws_iam_role and aws_iam_role_policy_attachment."""
    made = iam.create_role(RoleName="stack", AssumeRolePolicyDocument=TRUST, Path="/",
                           MaxSessionDuration=3600, Tags=TAGS)["Role"]
    iam.attach_role_policy(RoleName="stack", PolicyArn=VPC_ACCESS)
    return made["Arn"]


def read_role(iam):
    found = iam.get_role(RoleName="stack")["Role"]
    assert (found["Path"], found["MaxSessionDuration"], found["Tags"]) == ("/", 3600, TAGS)
    attached = iam.list_attached_role_policies(RoleName="stack")["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in attached] == [VPC_ACCESS]
    assert iam.list_role_policies(RoleName="stack")["PolicyNames"] == []
    return found["Arn"], found["RoleId"], found["AssumeRolePolicyDocument"]


def log_group(logs):
    """aws_cloudwatch_log_group."""
    logs.create_log_group(logGroupName="/aws/lambda/stack", tags={"Name": "stack"})
    logs.put_retention_policy(logGroupName="/aws/lambda/stack", retentionInDays=7)


def read_log_group(logs):
    found = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/stack")["logGroups"]
    (found,) = [each for each in found if each["logGroupName"] == "/aws/lambda/stack"]
    assert found["retentionInDays"] == 7
    arn = found["arn"].removesuffix(":*")
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"Name": "stack"}
    return arn, found["creationTime"]


def function(client, role, subnets, group):
    """aws_lambda_function."""
    client.create_function(
        FunctionName="stack", Role=role, Runtime="python3.11", Handler="app.handler",
        Code={"ZipFile": package(app__py="def handler(event, context): return event")},
        Description="", MemorySize=128, Timeout=3, Publish=False, PackageType="Zip",
        Architectures=["x86_64"], EphemeralStorage={"Size": 512}, Tags={"Name": "stack"},
        Environment={"Variables": {"STAGE": "test"}}, TracingConfig={"Mode": "PassThrough"},
        VpcConfig={"SubnetIds": subnets, "SecurityGroupIds": [group]},
    )
    client.get_waiter("function_active_v2").wait(
        FunctionName="stack", WaiterConfig={"Delay": 0.05, "MaxAttempts": 400})


def read_function(client, subnets, group):
    found = client.get_function(FunctionName="stack")
    shown = found["Configuration"]
    config = shown["VpcConfig"]
    assert sorted(config["SubnetIds"]) == sorted(subnets)
    assert config["SecurityGroupIds"] == [group]
    wanted = {
        "Description": "", "MemorySize": 128, "Timeout": 3, "PackageType": "Zip", "Version": "$LATEST",
        "Environment": {"Variables": {"STAGE": "test"}}, "TracingConfig": {"Mode": "PassThrough"},
        "EphemeralStorage": {"Size": 512}, "LastUpdateStatus": "Successful", "State": "Active",
    }
    assert {name: shown.get(name) for name in wanted} == wanted
    assert found["Tags"] == {"Name": "stack"} and "Concurrency" not in found
    versions = client.list_versions_by_function(FunctionName="stack", MaxItems=10000)["Versions"]
    assert [each["Version"] for each in versions] == ["$LATEST"]
    signing = client.get_function_code_signing_config(FunctionName="stack")
    assert signing.get("CodeSigningConfigArn", "") == ""
    recursion = client.get_function_recursion_config(FunctionName="stack")
    return shown["FunctionArn"], shown["CodeSha256"], shown["RevisionId"], recursion["RecursiveLoop"]


def test_a_stack_is_applied_planned_empty_and_destroyed(server):
    ec2, iam, logs, client = map(server.client, ("ec2", "iam", "logs", "lambda"))
    assert server.client("sts").get_caller_identity()["Account"] == "000000000000"
    before = ec2.describe_account_attributes(AttributeNames=["supported-platforms"])
    assert before["AccountAttributes"][0]["AttributeValues"] == [{"AttributeValue": "VPC"}]
    places = [("10.0.1.0/24", "us-east-1a"), ("10.0.2.0/24", "us-east-1b")]
    own_vpc = vpc(ec2)
    subnets = [subnet(ec2, own_vpc, block, zone) for block, zone in places]
    own_group = group(ec2, own_vpc)
    own_role = role(iam)
    log_group(logs)
    function(client, own_role, subnets, own_group)

    def plan():
        return (
            read_vpc(ec2, own_vpc),
            [read_subnet(ec2, each, *place) for each, place in zip(subnets, places)],
            read_group(ec2, own_group),
            read_role(iam),
            read_log_group(logs),
            read_function(client, subnets, own_group),
        )

    first = plan()
    assert plan() == first

    client.delete_function(FunctionName="stack")
    assert refused(client.get_function, FunctionName="stack")[0] == "ResourceNotFoundException"
    logs.delete_log_group(logGroupName="/aws/lambda/stack")
    iam.detach_role_policy(RoleName="stack", PolicyArn=VPC_ACCESS)
    assert iam.list_instance_profiles_for_role(RoleName="stack")["InstanceProfiles"] == []
    iam.delete_role(RoleName="stack")
    for each in subnets:
        leftovers(ec2, by("subnet-id", each))
        delete(ec2.delete_subnet, SubnetId=each)
    leftovers(ec2, by("group-id", own_group))
    delete(ec2.delete_security_group, GroupId=own_group)
    delete(ec2.delete_vpc, VpcId=own_vpc)
    assert refused(ec2.describe_vpcs, VpcIds=[own_vpc])[0] == "InvalidVpcID.NotFound"


def leftovers(ec2, where):
    """Before a subnet or a group goes, the provider deletes what Lambda has left behind in it."""
    described = by("description", "AWS Lambda VPC ENI*")
    for eni in ec2.describe_network_interfaces(Filters=[where, described])["NetworkInterfaces"]:
        if eni["Status"] == "available":
            ec2.delete_network_interface(NetworkInterfaceId=eni["NetworkInterfaceId"])


def delete(call, **parameters):
    """Deletes, again and again while others depend on it."""
    for _ in range(400):
        try:
            return call(**parameters)
        except botocore.exceptions.ClientError as error:
            if error.response["Error"]["Code"] != "DependencyViolation":
                raise
    raise AssertionError(f"{parameters} is still in use")
