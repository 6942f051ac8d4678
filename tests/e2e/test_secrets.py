"""Secrets Manager: secrets, their versions and stages, and what becomes of those that are deleted."""

import json

import botocore.exceptions
import pytest


@pytest.fixture
def secrets(server):
    return server.client("secretsmanager")


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error["Message"]


def test_secrets_have_versions_with_stages(server, secrets):
    made = secrets.create_secret(Name="db/password", SecretString="one", Description="the first",
                                 Tags=[{"Key": "k", "Value": "v"}])
    arn = made["ARN"]
    assert arn.startswith("arn:aws:secretsmanager:us-east-1:000000000000:secret:db/password-")
    refused("ResourceExistsException", secrets.create_secret, Name="db/password", SecretString="x")
    got = secrets.get_secret_value(SecretId="db/password")
    assert (got["SecretString"], got["VersionStages"]) == ("one", ["AWSCURRENT"])
    for name in [arn, arn[:-7]]:
        assert secrets.get_secret_value(SecretId=name)["VersionId"] == made["VersionId"]
    put = secrets.put_secret_value(SecretId=arn, SecretBinary=b"\x00two")
    assert secrets.get_secret_value(SecretId=arn)["SecretBinary"] == b"\x00two"
    old = secrets.get_secret_value(SecretId=arn, VersionStage="AWSPREVIOUS")
    assert (old["SecretString"], old["VersionId"]) == ("one", made["VersionId"])
    described = secrets.describe_secret(SecretId=arn)
    assert described["VersionIdsToStages"] == {
        made["VersionId"]: ["AWSPREVIOUS"], put["VersionId"]: ["AWSCURRENT"]}
    assert described["Tags"] == [{"Key": "k", "Value": "v"}]
    refused("InvalidParameterException", secrets.update_secret_version_stage, SecretId=arn,
            VersionStage="AWSCURRENT", MoveToVersionId=made["VersionId"])
    secrets.update_secret_version_stage(
        SecretId=arn, VersionStage="AWSCURRENT", MoveToVersionId=made["VersionId"],
        RemoveFromVersionId=put["VersionId"])
    server.stop(9)
    server.start()
    secrets = server.client("secretsmanager")
    assert secrets.get_secret_value(SecretId=arn)["SecretString"] == "one"
    secrets.update_secret(SecretId=arn, SecretString="three", Description="changed")
    versions = secrets.list_secret_version_ids(SecretId=arn)["Versions"]
    assert sorted(sum((it["VersionStages"] for it in versions), [])) == ["AWSCURRENT", "AWSPREVIOUS"]
    assert len(secrets.list_secret_version_ids(SecretId=arn, IncludeDeprecated=True)["Versions"]) == 3
    token = "a" * 32
    first = secrets.put_secret_value(SecretId=arn, SecretString="x", ClientRequestToken=token)
    assert first["VersionId"] == token
    secrets.put_secret_value(SecretId=arn, SecretString="x", ClientRequestToken=token)
    refused("ResourceExistsException", secrets.put_secret_value, SecretId=arn, SecretString="y",
            ClientRequestToken=token)


def test_deleted_secrets_can_be_restored(secrets):
    secrets.create_secret(Name="s", SecretString="x")
    refused("InvalidParameterException", secrets.delete_secret, SecretId="s", RecoveryWindowInDays=6)
    secrets.delete_secret(SecretId="s", RecoveryWindowInDays=7)
    refused("InvalidRequestException", secrets.get_secret_value, SecretId="s")
    refused("InvalidRequestException", secrets.create_secret, Name="s", SecretString="x")
    assert secrets.list_secrets()["SecretList"] == []
    assert "DeletedDate" in secrets.list_secrets(IncludePlannedDeletion=True)["SecretList"][0]
    secrets.restore_secret(SecretId="s")
    assert secrets.get_secret_value(SecretId="s")["SecretString"] == "x"
    secrets.delete_secret(SecretId="s", ForceDeleteWithoutRecovery=True)
    # One that is not there is as gone as it is to be.
    assert secrets.delete_secret(SecretId="s", ForceDeleteWithoutRecovery=True)["Name"] == "s"
    refused("ResourceNotFoundException", secrets.get_secret_value, SecretId="s")
    secrets.create_secret(Name="s", SecretString="y")


def test_secrets_are_listed_and_read_together(secrets):
    for name in ["a/1", "a/2", "b"]:
        secrets.create_secret(Name=name, SecretString=name)
    pages = secrets.get_paginator("list_secrets").paginate(PaginationConfig={"PageSize": 2})
    assert [len(page["SecretList"]) for page in pages] == [2, 1]
    filters = [{"Key": "name", "Values": ["a/"]}]
    found = secrets.list_secrets(Filters=filters)["SecretList"]
    assert [secret["Name"] for secret in found] == ["a/1", "a/2"]
    got = secrets.batch_get_secret_value(SecretIdList=["b", "none"])
    assert [secret["SecretString"] for secret in got["SecretValues"]] == ["b"]
    assert [error["ErrorCode"] for error in got["Errors"]] == ["ResourceNotFoundException"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:DeleteSecret", "Resource": "*"}]})
    secrets.put_resource_policy(SecretId="b", ResourcePolicy=policy)
    assert secrets.get_resource_policy(SecretId="b")["ResourcePolicy"] == policy
    secrets.delete_resource_policy(SecretId="b")
    assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId="b")


def test_a_policy_lets_another_account_in(server, secrets):
    other = server.client("secretsmanager", account="111111111111")
    key = "arn:aws:kms:us-east-1:000000000000:key/k"
    arn = secrets.create_secret(Name="shared", SecretString="v", KmsKeyId=key)["ARN"]
    message = refused("AccessDeniedException", other.get_secret_value, SecretId=arn)
    assert "secretsmanager:GetSecretValue" in message and "no resource-based policy allows" in message
    # Nobody is told whether there is one.
    refused("AccessDeniedException", other.get_secret_value, SecretId=arn.replace("shared", "none"))
    refused("ResourceNotFoundException", other.get_secret_value, SecretId="shared")
    let = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Resource": "*",
         "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]}]}
    secrets.put_resource_policy(SecretId="shared", ResourcePolicy=json.dumps(let))
    found = other.get_secret_value(SecretId=arn)
    assert (found["ARN"], found["SecretString"]) == (arn, "v")
    assert other.describe_secret(SecretId=arn)["ARN"] == arn
    refused("AccessDeniedException", other.put_secret_value, SecretId=arn, SecretString="w")
    refused("AccessDeniedException", other.delete_secret, SecretId=arn)
    # The key that nobody named is its account's alone.
    own = secrets.create_secret(Name="own", SecretString="v")["ARN"]
    secrets.put_resource_policy(SecretId="own", ResourcePolicy=json.dumps(let))
    assert other.describe_secret(SecretId=own)["Name"] == "own"
    assert refused("AccessDeniedException", other.get_secret_value, SecretId=own) == (
        "Access to KMS is not allowed")


def test_passwords_are_as_asked(secrets):
    password = secrets.get_random_password(PasswordLength=40, ExcludePunctuation=True,
                                           ExcludeCharacters="aZ0")["RandomPassword"]
    assert len(password) == 40 and password.isalnum() and not set("aZ0") & set(password)
    refused("InvalidParameterException", secrets.get_random_password, PasswordLength=3)


def test_bad_secrets_are_refused(secrets):
    refused("ValidationException", secrets.create_secret, Name="a b", SecretString="x")
    refused("InvalidParameterException", secrets.create_secret, Name="s", SecretString="x",
            SecretBinary=b"x")
    refused("InvalidParameterException", secrets.create_secret, Name="s", SecretString="x",
            AddReplicaRegions=[{"Region": "eu-west-1"}])
    secrets.create_secret(Name="s")
    refused("ResourceNotFoundException", secrets.get_secret_value, SecretId="s")
    refused("InvalidRequestException", secrets.put_secret_value, SecretId="s")
    refused("UnknownOperationException", secrets.rotate_secret, SecretId="s",
            RotationLambdaARN="arn:aws:lambda:us-east-1:000000000000:function:f",
            RotationRules={"AutomaticallyAfterDays": 1})
