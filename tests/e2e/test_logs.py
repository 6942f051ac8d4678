"""CloudWatch Logs: what functions write, and what its own API takes."""

import re
import signal
import time

import pytest

from functions import create, invoke, refused

GROUP = "/aws/lambda/f"
MISSING = "The specified log group does not exist."


@pytest.fixture
def logs(server):
    return server.client("logs")


def messages(answer):
    return [event["message"] for event in answer["events"]]


def test_each_environment_writes_its_stream(server, logs):
    client = server.client("lambda")
    create(client)
    answer = invoke(client, {"a": 1})
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    (group,) = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
    assert (group["logGroupName"], group["storedBytes"] > 0) == (GROUP, True)
    assert group["arn"] == f"arn:aws:logs:us-east-1:000000000000:log-group:{GROUP}:*"
    (stream,) = logs.describe_log_streams(logGroupName=GROUP, orderBy="LastEventTime")["logStreams"]
    name = stream["logStreamName"]
    assert re.fullmatch(time.strftime("%Y/%m/%d/", time.gmtime()) + r"\[\$LATEST\][0-9a-f]{32}", name)
    assert stream["firstEventTimestamp"] <= stream["lastEventTimestamp"] <= time.time() * 1000
    read = logs.get_log_events(logGroupName=GROUP, logStreamName=name, startFromHead=True)
    lines = messages(read)
    assert re.fullmatch(
        r"INIT_START Runtime Version: python:3\.11\.v1\tRuntime Version ARN: "
        r"arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n",
        lines[0],
    )
    assert lines[1:4] == [
        f"START RequestId: {request} Version: $LATEST\n",
        'event {"a": 1}\n',
        f"END RequestId: {request}\n",
    ]
    assert lines[4].startswith(f"REPORT RequestId: {request}\tDuration: ")
    # Nothing more: the token stays; then what comes is found by it.
    token = read["nextForwardToken"]
    place = {"logGroupName": GROUP, "logStreamName": name}
    again = logs.get_log_events(**place, nextToken=token)
    assert (again["events"], again["nextForwardToken"]) == ([], token)
    invoke(client, {"b": 2})
    assert 'event {"b": 2}\n' in messages(logs.get_log_events(**place, nextToken=token))
    environ = invoke(client, {"environ": 1})["Payload"]
    assert f'"AWS_LAMBDA_LOG_STREAM_NAME": "{name}"' in environ


def test_failures_are_reported(server, logs):
    client = server.client("lambda")
    create(client, Timeout=3)
    invoke(client, {"exit": 3})
    invoke(client, {"sleep": 9})
    lines = messages(logs.filter_log_events(logGroupName=GROUP, filterPattern="REPORT"))
    assert lines[0].endswith("Status: error\tError Type: Runtime.ExitError\n")
    assert lines[1].endswith("Status: timeout\n")


def test_events_are_filtered_and_paged_over_all_streams(logs):
    logs.create_log_group(logGroupName="g")
    now = int(time.time() * 1000)
    for name in ["a", "b"]:
        logs.create_log_stream(logGroupName="g", logStreamName=name)
        events = [
            {"timestamp": now + number, "message": f"{name} {number} {'ERROR' if number % 2 else 'ok'}"}
            for number in range(5)
        ]
        logs.put_log_events(logGroupName="g", logStreamName=name, logEvents=events)
    found = messages(logs.filter_log_events(logGroupName="g", interleaved=True))
    assert found[:4] == ["a 0 ok", "b 0 ok", "a 1 ERROR", "b 1 ERROR"] and len(found) == 10
    found = logs.filter_log_events(logGroupName="g", filterPattern='ERROR -"b"', startTime=now + 2)
    assert messages(found) == ["a 3 ERROR"]
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName="g", logStreamNames=["b"], PaginationConfig={"PageSize": 2}
    )
    assert [messages(page) for page in pages][:3] == [
        ["b 0 ok", "b 1 ERROR"], ["b 2 ok", "b 3 ERROR"], ["b 4 ok"],
    ]
    place = {"logGroupName": "g", "logStreamName": "a", "limit": 2}
    last = logs.get_log_events(**place)
    assert messages(last) == ["a 3 ERROR", "a 4 ok"]
    before = logs.get_log_events(**place, nextToken=last["nextBackwardToken"])
    assert messages(before) == ["a 1 ERROR", "a 2 ok"]
    after = logs.get_log_events(**place, nextToken=before["nextForwardToken"])
    assert messages(after) == ["a 3 ERROR", "a 4 ok"]
    assert logs.filter_log_events(logGroupName="g", filterPattern="{ $.a = 1 }")["events"] == []
    assert refused(logs.filter_log_events, logGroupName="g", filterPattern="{ $.a }")[1] == (
        "Invalid filter pattern: { $.a }")


def test_groups_and_streams_are_refused_as_on_aws(logs):
    logs.create_log_group(logGroupName="g", tags={"a": "1"})
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    exists, missing = "ResourceAlreadyExistsException", "ResourceNotFoundException"
    assert refused(logs.create_log_group, logGroupName="g")[:2] == (
        exists, "The specified log group already exists",
    )
    assert refused(logs.create_log_stream, logGroupName="g", logStreamName="s")[0] == exists
    assert refused(logs.describe_log_streams, logGroupName="h")[:2] == (missing, MISSING)
    assert refused(logs.get_log_events, logGroupName="g", logStreamName="t")[:2] == (
        missing, "The specified log stream does not exist.",
    )
    assert refused(logs.filter_log_events, logGroupName="h")[:2] == (missing, MISSING)
    late = [{"timestamp": 2, "message": "x"}, {"timestamp": 1, "message": "y"}]
    assert "chronological" in refused(
        logs.put_log_events, logGroupName="g", logStreamName="s", logEvents=late
    )[1]
    old = [{"timestamp": 1, "message": "x"}]
    answer = logs.put_log_events(logGroupName="g", logStreamName="s", logEvents=old)
    assert answer["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 1}
    logs.put_retention_policy(logGroupName="g", retentionInDays=7)
    assert logs.describe_log_groups()["logGroups"][0]["retentionInDays"] == 7
    assert refused(logs.put_retention_policy, logGroupName="g", retentionInDays=8)[2] == 400
    assert logs.list_tags_log_group(logGroupName="g")["tags"] == {"a": "1"}
    logs.delete_log_stream(logGroupName="g", logStreamName="s")
    logs.delete_log_group(logGroupName="g")
    assert logs.describe_log_groups()["logGroups"] == []
    assert refused(logs.delete_log_group, logGroupName="g")[:2] == (missing, MISSING)


def test_streams_are_ordered_and_paged(logs):
    logs.create_log_group(logGroupName="g")
    now = int(time.time() * 1000)
    for name, at in [("a", 3), ("b", 1), ("c", 2), ("d", None)]:
        logs.create_log_stream(logGroupName="g", logStreamName=name)
        if at:
            event = {"timestamp": now + at, "message": "m"}
            logs.put_log_events(logGroupName="g", logStreamName=name, logEvents=[event])

    def names(**order):
        pages = logs.get_paginator("describe_log_streams").paginate(
            logGroupName="g", PaginationConfig={"PageSize": 3}, **order)
        return [[stream["logStreamName"] for stream in page["logStreams"]] for page in pages]

    assert names() == [["a", "b", "c"], ["d"]]
    assert names(descending=True) == [["d", "c", "b"], ["a"]]
    assert names(orderBy="LastEventTime") == [["d", "b", "c"], ["a"]]
    assert names(orderBy="LastEventTime", descending=True) == [["a", "c", "b"], ["d"]]
    both = {"logGroupName": "g", "logGroupIdentifier": "g"}
    assert refused(logs.describe_log_streams, **both)[0] == "InvalidParameterException"
    arn = logs.describe_log_groups()["logGroups"][0]["logGroupArn"]
    assert len(logs.describe_log_streams(logGroupIdentifier=arn)["logStreams"]) == 4
    assert refused(logs.describe_log_groups, nextToken="?")[0] == "InvalidParameterException"
    logs.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    logs.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"b": "2"}


def test_logs_survive_the_server(server):
    client = server.client("lambda")
    create(client)
    invoke(client, {"a": 1})
    server.stop()
    server.start()
    found = server.client("logs").filter_log_events(logGroupName=GROUP, filterPattern="event")
    assert messages(found) == ['event {"a": 1}\n']
    # What was read before a crash is there after it.
    invoke(server.client("lambda"), {"b": 2})
    logs = server.client("logs")
    assert len(messages(logs.filter_log_events(logGroupName=GROUP, filterPattern="event"))) == 2
    server.stop(signal.SIGKILL)
    server.start()
    logs = server.client("logs")
    assert len(messages(logs.filter_log_events(logGroupName=GROUP, filterPattern="event"))) == 2
