"""Aliases and permissions as their users see them: by boto3, the aws CLI, functions and explanations."""

import collections
import json
import os
import signal
import subprocess
import sys

import pytest

from functions import create, eventually, internal, invoke, refused, result, updated

ARN = "arn:aws:lambda:us-east-1:000000000000:function:f"


@pytest.fixture
def functions(server):
    return server.client("lambda")


def publish(functions, description):
    functions.update_function_configuration(FunctionName="f", Description=description)
    updated(functions)
    return functions.publish_version(FunctionName="f")["Version"]


def test_an_alias_leads_to_its_version_and_is_what_the_function_is_told(server, functions):
    create(functions)
    first, second = publish(functions, "1"), publish(functions, "2")
    functions.create_alias(FunctionName="f", Name="live", FunctionVersion=first)
    for called in ({"Qualifier": "live"}, {"name": "f:live"}, {"name": f"{ARN}:live"}):
        told = result(functions, **called)
        assert (told["arn"], told["version"]) == (f"{ARN}:live", first)
    answer = invoke(functions, Qualifier="live")
    assert answer["ExecutedVersion"] == first
    request = answer["ResponseMetadata"]["RequestId"]
    told = json.dumps(internal(server, f"explain/{request}"))
    assert f"alias live led to version {first}\"" in told
    functions.update_alias(FunctionName="f", Name="live", FunctionVersion=second)
    assert result(functions, Qualifier="live")["version"] == second
    # Environments of a version serve it by whichever name it is called.
    assert result(functions, Qualifier=second)["count"] == 2
    assert result(functions, Qualifier="$LATEST")["arn"] == f"{ARN}:$LATEST"
    code, message, status = refused(functions.invoke, FunctionName="f", Qualifier="none")
    assert (code, status) == ("ResourceNotFoundException", 404)
    assert message == f"Function not found: {ARN}:none"
    used = "Unable to delete version because the following aliases reference it: [live]"
    wanted = ("ResourceConflictException", used, 409)
    assert refused(functions.delete_function, FunctionName="f", Qualifier=second) == wanted


def test_weights_lead_to_two_versions(server, functions):
    create(functions)
    first, second = publish(functions, "1"), publish(functions, "2")
    functions.create_alias(
        FunctionName="f", Name="canary", FunctionVersion=first,
        RoutingConfig={"AdditionalVersionWeights": {second: 0.5}})
    answers = [invoke(functions, Qualifier="canary") for _ in range(40)]
    led = collections.Counter(answer["ExecutedVersion"] for answer in answers)
    # All 40 to one of two happens once in 10^12 times.
    assert set(led) == {first, second}, led
    for answer in answers:
        told = json.loads(answer["Payload"])
        assert (told["arn"], told["version"]) == (f"{ARN}:canary", answer["ExecutedVersion"])
    request = answers[-1]["ResponseMetadata"]["RequestId"]
    told = json.dumps(internal(server, f"explain/{request}"))
    version = answers[-1]["ExecutedVersion"]
    assert f"alias canary led to version {version}, drawn with a weight of 50 %" in told


def test_events_for_an_alias_follow_it_and_all_survives_a_kill(server, functions):
    create(functions)
    first = publish(functions, "1")
    alias = functions.create_alias(FunctionName="f", Name="live", FunctionVersion=first, Description="d")
    permission = {"FunctionName": "f", "StatementId": "s", "Action": "lambda:InvokeFunction",
                  "Principal": "sns.amazonaws.com", "Qualifier": "live"}
    functions.add_permission(**permission)
    policy = functions.get_policy(FunctionName="f", Qualifier="live")
    functions.invoke(FunctionName="f", Qualifier="live", InvocationType="Event", Payload=b'{"late": 1}')
    server.stop(signal.SIGKILL)
    server.start()
    functions = server.client("lambda")
    keep = ("AliasArn", "Description", "FunctionVersion", "RevisionId")
    again = functions.get_alias(FunctionName="f", Name="live")
    assert [again[name] for name in keep] == [alias[name] for name in keep]
    found = functions.get_policy(FunctionName="f", Qualifier="live")
    assert (found["Policy"], found["RevisionId"]) == (policy["Policy"], policy["RevisionId"])
    logs = server.client("logs")

    def ran():
        if not logs.describe_log_groups()["logGroups"]:
            return []
        group = {"logGroupName": "/aws/lambda/f"}
        streams = logs.describe_log_streams(**group)["logStreams"]
        events = logs.filter_log_events(filterPattern="late", **group)["events"]
        return events and [stream for stream in streams if f"[{first}]" in stream["logStreamName"]]

    assert eventually(ran, 60)


def test_the_command_line_tool_makes_aliases_and_permissions(server, functions):
    create(functions)
    version = publish(functions, "1")
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "s",
                   "AWS_DEFAULT_REGION": "us-east-1"}

    def aws(*words):
        command = [os.path.join(os.path.dirname(sys.executable), "aws"), "--output", "json",
                   "--endpoint-url", server.url, "lambda", *words, "--function-name", "f"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    made = aws("create-alias", "--name", "live", "--function-version", version,
               "--routing-config", "AdditionalVersionWeights={}")
    assert made["AliasArn"] == f"{ARN}:live"
    assert aws("list-aliases")["Aliases"] == [made]
    moved = aws("update-alias", "--name", "live", "--function-version", "$LATEST")
    assert moved["FunctionVersion"] == "$LATEST"
    added = aws("add-permission", "--statement-id", "s3", "--action", "lambda:InvokeFunction",
                "--principal", "s3.amazonaws.com", "--source-arn", "arn:aws:s3:::b", "--qualifier", "live")
    policy = aws("get-policy", "--qualifier", "live")
    assert json.loads(policy["Policy"])["Statement"] == [json.loads(added["Statement"])]
    aws("remove-permission", "--statement-id", "s3", "--qualifier", "live")
    aws("delete-alias", "--name", "live")
    assert aws("list-aliases")["Aliases"] == []
