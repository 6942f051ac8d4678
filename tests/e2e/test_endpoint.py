"""How the SDKs in functions find the AWS API: of themselves, with their role's session, and no more."""

import json
import os
import pathlib
import subprocess

import pytest

from functions import create, result, updated

ROOT = pathlib.Path(__file__).parents[2]
# The host's own boto3, which no sandbox sees, is not meant: what a runtime has is installed for it.
BOTO3 = """
import json, os, urllib.error, urllib.request
import boto3, botocore.config, botocore.exceptions
config = botocore.config.Config(retries={"total_max_attempts": 1}, connect_timeout=3)
def handler(event, context):
    if "url" in event:
        request = urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + event["url"], headers={"x-warren": "1"})
        try:
            return urllib.request.urlopen(request, timeout=3).status
        except urllib.error.HTTPError as error:
            return error.code
    client = boto3.client(event["service"], config=config, **event.get("keys", {}))
    try:
        answer = getattr(client, event["call"])(**event.get("with", {}))
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    del answer["ResponseMetadata"]
    return answer
"""
PLAIN = "import os\ndef handler(event, context): return os.environ.get('AWS_ENDPOINT_URL')\n"
ENDPOINT = "http://169.254.1.1:4566"


@pytest.fixture
def with_sdk(monkeypatch):
    """boto3 in functions."""
    install_sdk(monkeypatch)


def install_sdk(monkeypatch):
    """Installs boto3 for functions of servers that are started from now on, once, and keeps it for the next run."""
    monkeypatch.setenv("WARREN_RUNTIMES", str(ROOT / "target" / "runtimes"))
    told = subprocess.check_output([os.environ["WARREN"], "runtime", "--output", "json"])
    if not any(row["runtime"] == "python3.11" and row["sdk"] for row in json.loads(told)):
        subprocess.run([os.environ["WARREN"], "runtime", "install", "python3.11"], check=True, capture_output=True)


def test_boto3_in_a_function_reaches_warren_with_its_roles_session(with_sdk, serve):
    server = serve("--iam", "off")
    client = server.client("lambda")
    create(client, code=BOTO3, Role="arn:aws:iam::000000000000:role/caller", Timeout=20)
    asked = result(client, {"service": "sts", "call": "get_caller_identity"})
    assert asked["Arn"] == "arn:aws:sts::000000000000:assumed-role/caller/f"
    queue = server.client("sqs").create_queue(QueueName="q")["QueueUrl"]
    sent = result(client, {"service": "sqs", "call": "send_message", "with": {"QueueUrl": queue, "MessageBody": "m"}})
    assert sent["MessageId"]
    received = server.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    assert [message["Body"] for message in received] == ["m"]


def test_a_function_is_nobody_but_itself(with_sdk, serve):
    server = serve()
    client = server.client("lambda")
    create(client, code=BOTO3, Timeout=20)
    keys = {"aws_access_key_id": "111111111111", "aws_secret_access_key": "secret"}
    ask = {"service": "lambda", "call": "list_functions"}
    assert result(client, {**ask, "keys": keys}) == "UnrecognizedClientException"
    assert [each["FunctionName"] for each in result(client, ask)["Functions"]] == ["f"]
    # What people see and do beside AWS's APIs is no function's.
    for path in ("ps", "resources", "explain/f"):
        assert result(client, {"url": f"/_warren/{path}"}) == 403
    assert result(client, {"url": "/_warren/health"}) == 200


def test_where_iam_is_enforced_a_function_may_what_its_role_may(with_sdk, serve):
    server = serve("--iam", "enforce")
    iam, client = server.client("iam"), server.client("lambda")
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust}))
    create(client, code=BOTO3, Role=role["Role"]["Arn"], Timeout=20)
    ask = {"service": "lambda", "call": "list_functions"}
    assert result(client, ask) == "AccessDeniedException"
    may = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "lambda:ListFunctions", "Resource": "*"}}
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=json.dumps(may))
    assert len(result(client, ask)["Functions"]) == 1


def test_who_is_told_where_the_api_is(serve):
    server = serve()
    client, ec2 = server.client("lambda"), server.client("ec2")
    create(client, code=PLAIN)
    assert result(client) == ENDPOINT
    own = {"Variables": {"AWS_ENDPOINT_URL": "http://own.example"}}
    client.update_function_configuration(FunctionName="f", Environment=own)
    updated(client)
    assert result(client) == "http://own.example"
    # Nothing leads there from a VPC.
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    create(client, "v", PLAIN, VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": [group]})
    assert result(client, name="v") is None
    server.stop()
    assert result(serve("--endpoint-injection", "off").client("lambda"), name="f") == "http://own.example"


@pytest.mark.parametrize("option, told", [
    (("--endpoint-injection", "off"), None),
    (("--endpoint-url", "http://warren.example:4566"), "http://warren.example:4566"),
])
def test_what_is_told_can_be_another_place_or_none(serve, option, told):
    client = serve(*option).client("lambda")
    create(client, code=PLAIN)
    assert result(client) == told
