"""EventBridge Scheduler, as boto3 sees it."""

import datetime
import json

import botocore.exceptions
import pytest

from functions import create
from test_events import queue, received, refused, seen, warren


ROLE = "arn:aws:iam::000000000000:role/caller"


@pytest.fixture
def scheduler(server):
    return server.client("scheduler")


def soon(seconds=2):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return f"at({at.strftime('%Y-%m-%dT%H:%M:%S')})"


OFF = {"Mode": "OFF"}


def test_a_schedule_calls_a_function_once_and_goes(server, scheduler):
    function = create(server.client("lambda"), code=(
        "def handler(event, context):\n    print('seen', event['what'])\n"))
    made = scheduler.create_schedule(
        Name="once", ScheduleExpression=soon(), FlexibleTimeWindow=OFF,
        ActionAfterCompletion="DELETE",
        Target={"Arn": function["FunctionArn"], "RoleArn": ROLE,
                "Input": json.dumps({"what": "<aws.scheduler.schedule-arn>"})})
    assert made["ScheduleArn"] == "arn:aws:scheduler:us-east-1:000000000000:schedule/default/once"
    told = warren(server, "explain", "once")
    assert "due next" in told and ", then " not in told, "it has one time"
    assert made["ScheduleArn"] in warren(server, "ps", "--sources")
    seen(server, "f", f"seen {made['ScheduleArn']}")
    # What was made for it tells so.
    (environment,) = json.loads(warren(server, "ps", "--output", "json"))["environments"]
    assert f"of {made['ScheduleArn']}" in warren(server, "explain", environment["environment"])
    with pytest.raises(scheduler.exceptions.ResourceNotFoundException):
        scheduler.get_schedule(Name="once")


def test_schedules_call_queues_and_buses(server, scheduler):
    url, arn = queue(server, "q")
    fifo_url, fifo = queue(server, "q.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    scheduler.create_schedule(
        Name="plain", ScheduleExpression="rate(1 minutes)", FlexibleTimeWindow=OFF,
        Target={"Arn": arn, "RoleArn": ROLE, "Input": "a text"})
    scheduler.create_schedule(
        Name="fifo", ScheduleExpression=soon(1), FlexibleTimeWindow=OFF,
        Target={"Arn": fifo, "RoleArn": ROLE, "SqsParameters": {"MessageGroupId": "g"}})
    events = server.client("events")
    events.put_rule(Name="r", EventPattern='{"source": ["shop"]}')
    events.put_targets(Rule="r", Targets=[{"Id": "q", "Arn": arn, "InputPath": "$.detail"}])
    bus = events.describe_event_bus()["Arn"]
    scheduler.create_schedule(
        Name="bus", ScheduleExpression=soon(1), FlexibleTimeWindow=OFF,
        Target={"Arn": bus, "RoleArn": ROLE, "Input": '{"n": 1}',
                "EventBridgeParameters": {"DetailType": "t", "Source": "shop"}})
    scheduler.create_schedule(
        Name="any", ScheduleExpression=soon(1), FlexibleTimeWindow=OFF,
        Target={"Arn": "arn:aws:scheduler:::aws-sdk:sqs:sendMessage", "RoleArn": ROLE,
                "Input": json.dumps({"QueueUrl": url, "MessageBody": "by name"})})
    bodies = {message["Body"] for message in received(server, url, 3)}
    assert bodies == {"a text", '{"n":1}', "by name"}
    [message] = received(server, fifo_url, 1)
    assert message["Attributes"]["MessageGroupId"] == "g"
    event = json.loads(message["Body"])
    assert event["source"] == "aws.scheduler" and event["detail-type"] == "Scheduled Event"


def test_schedules_are_told_changed_listed_and_removed(server, scheduler):
    _, arn = queue(server, "q")
    group = scheduler.create_schedule_group(Name="g", Tags=[{"Key": "k", "Value": "v"}])
    assert group["ScheduleGroupArn"] == "arn:aws:scheduler:us-east-1:000000000000:schedule-group/g"
    target = {"Arn": arn, "RoleArn": ROLE}
    end = datetime.datetime(2099, 1, 1, tzinfo=datetime.timezone.utc)
    scheduler.create_schedule(
        Name="s", GroupName="g", ScheduleExpression="cron(0 12 * * ? *)", EndDate=end,
        ScheduleExpressionTimezone="Europe/Berlin", Description="noon", Target=target,
        FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 5})
    told = scheduler.get_schedule(Name="s", GroupName="g")
    assert told["ScheduleExpressionTimezone"] == "Europe/Berlin" and told["EndDate"] == end
    assert told["State"] == "ENABLED" and told["ActionAfterCompletion"] == "NONE"
    assert told["FlexibleTimeWindow"] == {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 5}
    assert told["Target"] == {**target, "RetryPolicy": {"MaximumEventAgeInSeconds": 86400,
                                                        "MaximumRetryAttempts": 185}}
    scheduler.update_schedule(Name="s", GroupName="g", ScheduleExpression="rate(5 minutes)",
                              State="DISABLED", Target=target, FlexibleTimeWindow=OFF)
    told = scheduler.get_schedule(Name="s", GroupName="g")
    assert told["ScheduleExpression"] == "rate(5 minutes)" and "Description" not in told
    assert told["ScheduleExpressionTimezone"] == "UTC" and told["State"] == "DISABLED"
    scheduler.create_schedule(Name="t", ScheduleExpression="rate(5 minutes)", State="DISABLED",
                              Target=target, FlexibleTimeWindow=OFF)
    names = [each["Name"] for each in scheduler.list_schedules()["Schedules"]]
    assert names == ["t", "s"]
    assert [each["Name"] for each in scheduler.list_schedules(GroupName="g")["Schedules"]] == ["s"]
    assert scheduler.list_schedules(State="ENABLED")["Schedules"] == []
    pages = scheduler.get_paginator("list_schedules").paginate(PaginationConfig={"PageSize": 1})
    assert [page["Schedules"][0]["Name"] for page in pages] == ["t", "s"]
    arn = group["ScheduleGroupArn"]
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "k", "Value": "v"}]
    scheduler.tag_resource(ResourceArn=arn, Tags=[{"Key": "l", "Value": "w"}])
    scheduler.untag_resource(ResourceArn=arn, TagKeys=["k"])
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "l", "Value": "w"}]
    groups = [each["Name"] for each in scheduler.list_schedule_groups()["ScheduleGroups"]]
    assert groups == ["default", "g"]
    scheduler.delete_schedule(Name="t")
    scheduler.delete_schedule_group(Name="g")
    assert scheduler.list_schedules()["Schedules"] == []


def test_bad_schedules_are_refused_as_scheduler_refuses_them(server, scheduler):
    _, arn = queue(server, "q")
    target = {"Arn": arn, "RoleArn": ROLE}

    def made(expression="rate(1 day)", **more):
        asked = {"Name": "s", "FlexibleTimeWindow": OFF, "Target": target, **more}
        return scheduler.create_schedule(ScheduleExpression=expression, **asked)

    for expression in ["cron(0 1 * * * *)", "rate(10 seconds)", " rate(10 minutes)", "at(2021-12-31)",
                       "at(2021-12-31T23:59:59Z)", "rate( 10 minutes )", "cron()"]:
        assert refused("ValidationException", made, expression=expression) \
            == f"Invalid Schedule Expression {expression}."
    refused("ValidationException", made, Name="a b")
    refused("ResourceNotFoundException", made, GroupName="none")
    other = {"Arn": "arn:aws:states:us-east-1:000000000000:stateMachine:s", "RoleArn": ROLE}
    assert "does not support targets of states" in refused("ValidationException", made, Target=other)
    refused("ValidationException", made, KmsKeyArn="arn:aws:kms:us-east-1:000000000000:key/k")
    assert scheduler.list_schedules()["Schedules"] == []
    # One that is past is a schedule all the same, as on AWS.
    made(expression="at(2022-12-31T23:59:59)")
    refused("ConflictException", made)


def test_where_iam_is_enforced_roles_are_assumed_and_do_what_they_may(serve):
    server = serve("--iam", "enforce")
    iam, scheduler = server.client("iam"), server.client("scheduler")
    url, arn = queue(server, "q")
    dead_url, dead = queue(server, "dead")

    def asked(name, role):
        return dict(Name=name, ScheduleExpression=soon(1), FlexibleTimeWindow=OFF,
                    Target={"Arn": arn, "RoleArn": role, "Input": name,
                            "DeadLetterConfig": {"Arn": dead}})

    def trust(service):
        return json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": "000000000000"}}}]})

    message = ("The execution role you provide must allow AWS EventBridge Scheduler to assume the "
               "role.")
    assert refused("ValidationException", scheduler.create_schedule, **asked("none", ROLE)) == message
    other = iam.create_role(RoleName="other", AssumeRolePolicyDocument=trust("lambda.amazonaws.com"))
    assert refused("ValidationException", scheduler.create_schedule,
                   **asked("other", other["Role"]["Arn"])) == message
    trusting = trust("scheduler.amazonaws.com")
    role = iam.create_role(RoleName="caller", AssumeRolePolicyDocument=trusting)["Role"]["Arn"]

    def may(*resources):
        policy = json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": list(resources)}]})
        iam.put_role_policy(RoleName="caller", PolicyName="p", PolicyDocument=policy)

    may(dead)
    scheduler.create_schedule(**asked("denied", role))
    [letter] = received(server, dead_url, 1)
    told = {name: value["StringValue"] for name, value in letter["MessageAttributes"].items()}
    assert told["ERROR_CODE"] == "NO_PERMISSIONS" and told["SCHEDULE_ARN"].endswith("/denied")
    may(arn)
    scheduler.create_schedule(**asked("allowed", role))
    assert [message["Body"] for message in received(server, url, 1)] == ["allowed"]
