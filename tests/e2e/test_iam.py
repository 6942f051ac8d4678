"""IAM's roles and policies, and what enforcing them does to functions."""

import json
import signal

import boto3
import pytest

from functions import create, invoke, package, refused, result

BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
VPC = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"


def trust(service="lambda.amazonaws.com"):
    return json.dumps({
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        ],
    })


def policy(action, effect="Allow"):
    return json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Effect": effect, "Action": action, "Resource": "*"}],
    })


@pytest.fixture
def iam(server):
    return server.client("iam")


def test_roles_live_as_tools_expect(iam, server):
    made = iam.create_role(
        RoleName="r", Path="/a/", AssumeRolePolicyDocument=trust(), Description="d",
        Tags=[{"Key": "k", "Value": "v"}],
    )["Role"]
    assert made["Arn"] == "arn:aws:iam::000000000000:role/a/r"
    assert made["AssumeRolePolicyDocument"] == json.loads(trust())
    assert refused(iam.create_role, RoleName="R", AssumeRolePolicyDocument=trust()) == (
        "EntityAlreadyExists", "Role with name R already exists.", 409,
    )
    iam.attach_role_policy(RoleName="r", PolicyArn=VPC)
    own = iam.create_policy(PolicyName="p", PolicyDocument=policy("s3:*"))["Policy"]
    iam.attach_role_policy(RoleName="r", PolicyArn=own["Arn"])
    iam.put_role_policy(RoleName="r", PolicyName="i", PolicyDocument=policy("sqs:*"))
    attached = iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]
    assert {a["PolicyName"] for a in attached} == {"p", "AWSLambdaVPCAccessExecutionRole"}
    assert iam.list_role_policies(RoleName="r")["PolicyNames"] == ["i"]
    assert iam.get_role_policy(RoleName="r", PolicyName="i")["PolicyDocument"] == json.loads(policy("sqs:*"))
    assert iam.get_policy(PolicyArn=own["Arn"])["Policy"]["AttachmentCount"] == 1
    version = iam.get_policy_version(PolicyArn=VPC, VersionId="v3")["PolicyVersion"]
    assert "ec2:CreateNetworkInterface" in version["Document"]["Statement"][0]["Action"]
    assert refused(iam.delete_policy, PolicyArn=own["Arn"])[0] == "DeleteConflict"
    # All of it is there after a crash.
    server.stop(signal.SIGKILL)
    server.start()
    iam = server.client("iam")
    shown = iam.get_role(RoleName="r")["Role"]
    assert (shown["RoleId"], shown["Tags"]) == (made["RoleId"], [{"Key": "k", "Value": "v"}])
    conflict = "Cannot delete entity, must detach all policies first."
    assert refused(iam.delete_role, RoleName="r") == ("DeleteConflict", conflict, 409)
    iam.detach_role_policy(RoleName="r", PolicyArn=VPC)
    iam.detach_role_policy(RoleName="r", PolicyArn=own["Arn"])
    conflict = "Cannot delete entity, must delete policies first."
    assert refused(iam.delete_role, RoleName="r")[1] == conflict
    iam.delete_role_policy(RoleName="r", PolicyName="i")
    iam.delete_role(RoleName="r")
    iam.delete_policy(PolicyArn=own["Arn"])
    assert iam.list_roles()["Roles"] == []


def test_bad_requests_are_refused_as_on_aws(iam):
    missing = "The role with name r cannot be found."
    assert refused(iam.get_role, RoleName="r") == ("NoSuchEntity", missing, 404)
    assert refused(iam.create_role, RoleName="r", AssumeRolePolicyDocument="{")[:2] == (
        "MalformedPolicyDocument", "This policy contains invalid Json",
    )
    document = policy("s3:*")
    assert refused(iam.create_role, RoleName="r", AssumeRolePolicyDocument=document)[1] == (
        "Has prohibited field Resource"
    )
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust())
    assert refused(iam.attach_role_policy, RoleName="r", PolicyArn="arn:aws:iam::aws:policy/None") == (
        "NoSuchEntity", "Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.", 404,
    )
    assert refused(iam.get_role_policy, RoleName="r", PolicyName="p")[1] == (
        "The role policy with name p cannot be found."
    )


def test_lists_are_paged_and_narrowed(iam):
    bound = iam.create_policy(PolicyName="bound", Path="/limits/", PolicyDocument=policy("s3:*"))
    bound = bound["Policy"]["Arn"]
    for name in ["a", "b", "c"]:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(), PermissionsBoundary=bound,
                        Tags=[{"Key": key, "Value": "v"} for key in ["x", "y", "z"]])
    pages = iam.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 2})
    assert [[role["RoleName"] for role in page["Roles"]] for page in pages] == [["a", "b"], ["c"]]
    pages = iam.get_paginator("list_role_tags").paginate(RoleName="a", PaginationConfig={"PageSize": 2})
    assert [[tag["Key"] for tag in page["Tags"]] for page in pages] == [["x", "y"], ["z"]]
    for arn in [bound, VPC, BASIC]:
        iam.attach_role_policy(RoleName="a", PolicyArn=arn)
    narrowed = iam.list_attached_role_policies(RoleName="a", PathPrefix="/limits/")
    assert [each["PolicyArn"] for each in narrowed["AttachedPolicies"]] == [bound]
    assert refused(iam.list_roles, Marker="?")[0] == "InvalidInput"
    shown = iam.get_policy(PolicyArn=bound)["Policy"]
    assert (shown["AttachmentCount"], shown["PermissionsBoundaryUsageCount"]) == (1, 3)
    iam.detach_role_policy(RoleName="a", PolicyArn=bound)
    assert refused(iam.delete_policy, PolicyArn=bound)[0] == "DeleteConflict"
    assert refused(iam.create_policy, PolicyName="p", PolicyDocument="{")[0] == "MalformedPolicyDocument"
    assert refused(iam.create_policy, PolicyName="p", PolicyDocument=policy("zz")) == (
        "MalformedPolicyDocument",
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", 400)


def test_any_role_will_do_unless_roles_are_enforced(serve):
    server = serve("--iam", "enforce")
    iam, client, ec2 = (server.client(name) for name in ["iam", "lambda", "ec2"])
    function = {
        "FunctionName": "f",
        "Runtime": "python3.11",
        "Handler": "app.handler",
        "Role": "arn:aws:iam::000000000000:role/r",
        "Code": {"ZipFile": package(app__py="def handler(event, context): return 1")},
    }
    not_assumable = "The role defined for the function cannot be assumed by Lambda."
    assert refused(client.create_function, **function) == (
        "InvalidParameterValueException", not_assumable, 400,
    )
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust("ec2.amazonaws.com"))
    assert refused(client.create_function, **function)[1] == not_assumable
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=trust())
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    network = {"SubnetIds": [subnet], "SecurityGroupIds": [group]}
    assert refused(client.create_function, **function, VpcConfig=network) == (
        "InvalidParameterValueException",
        "The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
        400,
    )
    client.create_function(**function)
    client.get_waiter("function_active_v2").wait(FunctionName="f")
    assert result(client) == 1
    # ENIs may be allowed in some subnets alone, and with some groups.
    here, other = [each["SubnetId"] for each in ec2.describe_subnets()["Subnets"][:2]]
    arns = [f"arn:aws:ec2:us-east-1:000000000000:{thing}"
            for thing in (f"subnet/{here}", f"security-group/{group}", "network-interface/*")]
    eni = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"]
    of_any = {"Effect": "Allow", "Action": "ec2:DescribeNetworkInterfaces", "Resource": "*"}
    statements = [{"Effect": "Allow", "Action": eni, "Resource": arns}, of_any]
    iam.put_role_policy(RoleName="r", PolicyName="here", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": statements}))
    for subnets in ([other], [here, other]):
        network = {"SubnetIds": subnets, "SecurityGroupIds": [group]}
        code, message, _ = refused(client.update_function_configuration, FunctionName="f", VpcConfig=network)
        assert code == "InvalidParameterValueException" and "CreateNetworkInterface" in message
    network = {"SubnetIds": [here], "SecurityGroupIds": [group]}
    client.update_function_configuration(FunctionName="f", VpcConfig=network)
    client.get_waiter("function_updated_v2").wait(FunctionName="f")
    assert result(client) == 1
    iam.create_role(RoleName="basic", AssumeRolePolicyDocument=trust())
    code, message, _ = refused(client.update_function_configuration, FunctionName="f",
                               Role="arn:aws:iam::000000000000:role/basic")
    assert code == "InvalidParameterValueException" and "CreateNetworkInterface" in message
    # A policy of a bucket that keeps everybody out is taken back by the owner.
    s3 = server.client("s3")
    s3.create_bucket(Bucket="locked")
    nobody = json.dumps({"Statement": [{
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::locked*"}]})
    s3.put_bucket_policy(Bucket="locked", Policy=nobody)
    assert refused(s3.list_objects_v2, Bucket="locked")[0] == "AccessDenied"
    assert s3.get_bucket_policy(Bucket="locked")["Policy"] == nobody
    s3.delete_bucket_policy(Bucket="locked")
    assert s3.list_objects_v2(Bucket="locked")["KeyCount"] == 0
    iam.delete_role_policy(RoleName="r", PolicyName="here")
    iam.delete_role(RoleName="r")
    code, message, status = refused(client.invoke, FunctionName="f")
    assert (code, message, status) == ("AccessDeniedException", not_assumable, 403)


def test_a_function_has_a_session_of_its_role_in_each_environment(server):
    client = server.client("lambda")
    code = """
import os
def handler(event, context):
    return [os.environ["AWS_" + name] for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN")]
"""
    create(client, code=code, Role="arn:aws:iam::000000000000:role/service-role/runs")

    def identity(keys):
        key, secret, token = keys
        sts = boto3.client(
            "sts", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=key,
            aws_secret_access_key=secret, aws_session_token=token,
        )
        return sts.get_caller_identity()

    first = result(client)
    assert first[0].startswith("ASIA")
    shown = identity(first)
    assert shown["Arn"] == "arn:aws:sts::000000000000:assumed-role/runs/f"
    assert shown["UserId"].endswith(":f")
    client.update_function_configuration(FunctionName="f", MemorySize=256)
    client.get_waiter("function_updated_v2").wait(FunctionName="f")
    second = result(client)
    assert second[0] != first[0] and second[1] != first[1]
    # What an environment was given is good after a crash, too.
    server.stop(signal.SIGKILL)
    server.start()
    assert identity(second)["Arn"] == shown["Arn"]


def test_policies_have_versions_and_are_simulated(iam, server):
    arn = iam.create_policy(PolicyName="p", PolicyDocument=policy("s3:*"))["Policy"]["Arn"]
    made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy("sqs:*"), SetAsDefault=True)
    assert made["PolicyVersion"]["VersionId"] == "v2"
    iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "k", "Value": "v"}])
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust())
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    iam.create_account_alias(AccountAlias="our-account")
    # All of it is there after a crash.
    server.stop(signal.SIGKILL)
    server.start()
    iam = server.client("iam")
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [(v["VersionId"], v["IsDefaultVersion"]) for v in versions] == [("v2", True), ("v1", False)]
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v2"
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == json.loads(policy("s3:*"))
    assert iam.list_policy_tags(PolicyArn=arn)["Tags"] == [{"Key": "k", "Value": "v"}]
    holders = iam.list_entities_for_policy(PolicyArn=arn)
    assert [role["RoleName"] for role in holders["PolicyRoles"]] == ["r"]
    simulated = iam.simulate_principal_policy(
        PolicySourceArn=iam.get_role(RoleName="r")["Role"]["Arn"],
        ActionNames=["sqs:SendMessage", "s3:GetObject"],
    )["EvaluationResults"]
    assert [each["EvalDecision"] for each in simulated] == ["allowed", "implicitDeny"]
    pages = iam.get_paginator("get_account_authorization_details").paginate(
        PaginationConfig={"PageSize": 1}
    )
    details = pages.build_full_result()
    assert [role["RoleName"] for role in details["RoleDetailList"]] == ["r"]
    assert [each["Arn"] for each in details["Policies"]] == [arn]
    assert iam.get_account_summary()["SummaryMap"]["PolicyVersionsInUse"] == 2
    assert iam.list_account_aliases()["AccountAliases"] == ["our-account"]
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    iam.untag_policy(PolicyArn=arn, TagKeys=["k"])
    iam.delete_account_alias(AccountAlias="our-account")
    # What is usually attached is there by its name, with what AWS publishes.
    offered = iam.get_paginator("list_policies").paginate(Scope="AWS").build_full_result()
    names = {each["PolicyName"] for each in offered["Policies"]}
    assert {"ReadOnlyAccess", "AWSLambda_FullAccess", "AWSLambdaSQSQueueExecutionRole"} <= names
