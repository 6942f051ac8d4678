"""EventBridge: events, rules and targets, as boto3 and functions see them."""

import json
import os
import subprocess
import time

import botocore.exceptions
import pytest

from functions import create

PATTERN = json.dumps({"source": ["shop"]})


@pytest.fixture
def events(server):
    return server.client("events")


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error["Message"]


def queue(server, name, **attributes):
    """A queue: its URL and its ARN."""
    url = server.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return url, f"arn:aws:sqs:us-east-1:000000000000:{name}"


def received(server, url, count, seconds=15):
    """The bodies of so many messages, which are waited for, and what comes with them."""
    sqs, found, end = server.client("sqs"), [], time.monotonic() + seconds
    while len(found) < count and time.monotonic() < end:
        asked = {"WaitTimeSeconds": 1, "MaxNumberOfMessages": 10, "AttributeNames": ["All"],
                 "MessageAttributeNames": ["All"]}
        for message in sqs.receive_message(QueueUrl=url, **asked).get("Messages", []):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            found.append(message)
    return found


def put(events, detail, kind="order", **entry):
    entry = {"Source": "shop", "DetailType": kind, "Detail": json.dumps(detail), **entry}
    done = events.put_events(Entries=[entry])
    assert done["FailedEntryCount"] == 0, done
    return done["Entries"][0]["EventId"]


def rule(events, name, targets, pattern=PATTERN, **arguments):
    arn = events.put_rule(Name=name, EventPattern=pattern, **arguments)["RuleArn"]
    bus = {key: arguments[key] for key in ["EventBusName"] if key in arguments}
    done = events.put_targets(Rule=name, Targets=targets, **bus)
    assert done["FailedEntryCount"] == 0, done
    return arn


def test_an_event_reaches_a_function_that_lets_its_rule(server, events):
    lam = server.client("lambda")
    url, arn = queue(server, "told")
    dead_url, dead = queue(server, "dead")
    function = create(lam, "f", "def handler(event, context):\n    print('seen', event['id'])\n")
    found = rule(events, "r", [{"Id": "f", "Arn": function["FunctionArn"],
                                "DeadLetterConfig": {"Arn": dead}}, {"Id": "q", "Arn": arn}])
    assert found == "arn:aws:events:us-east-1:000000000000:rule/r"
    lam.get_waiter("function_active_v2").wait(FunctionName="f")
    # Without its policy no service reaches a function.
    id = put(events, {"n": 1})
    [letter] = received(server, dead_url, 1)
    told = {name: value["StringValue"] for name, value in letter["MessageAttributes"].items()}
    assert told["ERROR_CODE"] == "NO_PERMISSIONS" and told["RULE_ARN"] == found
    assert told["TARGET_ARN"] == function["FunctionArn"] and json.loads(letter["Body"])["id"] == id
    lam.add_permission(FunctionName="f", StatementId="s", Action="lambda:InvokeFunction",
                       Principal="events.amazonaws.com", SourceArn=found)
    id = put(events, {"n": 2}, Resources=["arn:x"], Time=1_700_000_000)
    [_, message] = received(server, url, 2)
    assert list(json.loads(message["Body"]).items()) == [
        ("version", "0"), ("id", id), ("detail-type", "order"), ("source", "shop"),
        ("account", "000000000000"), ("time", "2023-11-14T22:13:20Z"), ("region", "us-east-1"),
        ("resources", ["arn:x"]), ("detail", {"n": 2})]
    seen(server, "f", f"seen {id}")
    explained = warren(server, "explain", "r")
    assert "rule r of event bus default: enabled" in explained
    assert f"event {id} of {found} to {function['FunctionArn']}: delivered" in explained
    listed = warren(server, "ps", "--sources")
    assert found in listed and "ENABLED" in listed


def seen(server, function, line):
    """Waits until a function has printed a line."""
    logs, end, lines = server.client("logs"), time.monotonic() + 20, []
    while time.monotonic() < end:
        try:
            lines = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
        except logs.exceptions.ResourceNotFoundException:
            pass
        if any(line in each["message"] for each in lines):
            return
        time.sleep(0.1)
    raise AssertionError(f"{function} does not print {line}: {lines}")


def warren(server, *words):
    command = [os.environ["WARREN"], *words, "--endpoint", server.url]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_targets_get_what_they_ask_for(server, events):
    url, arn = queue(server, "q")
    fifo_url, fifo = queue(server, "q.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    transformer = {"InputPathsMap": {"n": "$.detail.n", "all": "$.detail"},
                   "InputTemplate": '{"n": <n>, "text": "n is <n>", "all": <all>, '
                                    '"rule": <aws.events.rule-name>}'}
    rule(events, "r", [
        {"Id": "path", "Arn": arn, "InputPath": "$.detail"},
        {"Id": "text", "Arn": arn, "Input": '{"own": true}'},
        {"Id": "template", "Arn": arn, "InputTransformer": transformer},
        {"Id": "fifo", "Arn": fifo, "SqsParameters": {"MessageGroupId": "g"}, "InputPath": "$.detail.n"},
    ])
    put(events, {"n": 3})
    bodies = [json.loads(message["Body"]) for message in received(server, url, 3)]
    for expected in [{"n": 3}, {"own": True},
                     {"n": 3, "text": "n is 3", "all": {"n": 3}, "rule": "r"}]:
        assert expected in bodies
    [message] = received(server, fifo_url, 1)
    assert message["Body"] == "3" and message["Attributes"]["MessageGroupId"] == "g"
    told = {target["Id"]: target for target in events.list_targets_by_rule(Rule="r")["Targets"]}
    assert told["template"]["InputTransformer"] == transformer
    assert told["path"] == {"Id": "path", "Arn": arn, "InputPath": "$.detail"}
    assert events.list_rule_names_by_target(TargetArn=fifo)["RuleNames"] == ["r"]


def test_buses_pass_events_on_and_are_told_apart(server, events):
    url, arn = queue(server, "q")
    bus = events.create_event_bus(Name="orders", Description="all orders")["EventBusArn"]
    assert bus == "arn:aws:events:us-east-1:000000000000:event-bus/orders"
    refused("ResourceAlreadyExistsException", events.create_event_bus, Name="orders")
    names = [each["Name"] for each in events.list_event_buses()["EventBuses"]]
    assert names == ["default", "orders"]
    rule(events, "on", [{"Id": "bus", "Arn": bus}])
    rule(events, "in", [{"Id": "q", "Arn": arn}], EventBusName="orders")
    id = put(events, {"by": "default"})
    put(events, {"by": "orders"}, EventBusName=bus)
    bodies = [json.loads(message["Body"]) for message in received(server, url, 2)]
    assert {body["detail"]["by"] for body in bodies} == {"default", "orders"}
    assert id in [body["id"] for body in bodies]
    # Nobody is told that a bus is not there.
    put(events, {}, EventBusName="none")
    assert refused("ValidationException", events.delete_event_bus, Name="default") \
        == "Cannot delete event bus default."
    refused("ValidationException", events.delete_event_bus, Name="orders")
    events.remove_targets(Rule="in", EventBusName="orders", Ids=["q"])
    events.delete_rule(Name="in", EventBusName="orders")
    events.delete_event_bus(Name="orders")
    refused("ResourceNotFoundException", events.describe_event_bus, Name="orders")


def test_rules_are_put_switched_listed_and_removed(server, events):
    _, arn = queue(server, "q")
    for name in ["a1", "a2", "b"]:
        events.put_rule(Name=name, EventPattern=PATTERN, Tags=[{"Key": "k", "Value": name}])
    assert [each["Name"] for each in events.list_rules(NamePrefix="a")["Rules"]] == ["a1", "a2"]
    first = events.list_rules(Limit=2)
    rest = events.list_rules(Limit=2, NextToken=first["NextToken"])
    assert [each["Name"] for each in first["Rules"] + rest["Rules"]] == ["a1", "a2", "b"]
    told = events.describe_rule(Name="b")
    assert told["State"] == "ENABLED" and told["CreatedBy"] == "000000000000"
    assert told["EventBusName"] == "default" and told["EventPattern"] == PATTERN
    events.disable_rule(Name="b")
    assert events.describe_rule(Name="b")["State"] == "DISABLED"
    events.enable_rule(Name="b")
    assert events.list_tags_for_resource(ResourceARN=told["Arn"])["Tags"] == [
        {"Key": "k", "Value": "b"}]
    events.untag_resource(ResourceARN=told["Arn"], TagKeys=["k"])
    assert events.list_tags_for_resource(ResourceARN=told["Arn"])["Tags"] == []
    events.put_targets(Rule="b", Targets=[{"Id": "q", "Arn": arn}])
    assert refused("ValidationException", events.delete_rule, Name="b") \
        == "Rule can't be deleted since it has targets."
    events.remove_targets(Rule="b", Ids=["q"])
    events.delete_rule(Name="b")
    assert refused("ResourceNotFoundException", events.describe_rule, Name="b") \
        == "Rule b does not exist on EventBus default."


def test_bad_requests_are_refused_as_eventbridge_refuses_them(server, events):
    _, arn = queue(server, "q")
    invalid = "ValidationException"
    for expression in ["rate(10 seconds)", "rate(1 minutes)", "rate(10 minute)", "rate( 10 minutes )",
                       "cron(0 1 * * * *)", "cron(71 8 1 * ? *)", "cron(INVALID)"]:
        assert refused(invalid, events.put_rule, Name="r", ScheduleExpression=expression) \
            == "Parameter ScheduleExpression is not valid."
    refused(invalid, events.put_rule, Name="r")
    events.create_event_bus(Name="own")
    assert refused(invalid, events.put_rule, Name="r", EventBusName="own",
                   ScheduleExpression="rate(1 minute)") \
        == "ScheduleExpression is supported only on the default event bus."
    assert refused("InvalidEventPatternException", events.put_rule, Name="r",
                   EventPattern='{"source": "x"}') \
        == 'Event pattern is not valid. Reason: "source" must be an object or an array'
    assert events.list_rules()["Rules"] == []
    events.put_rule(Name="r", EventPattern=PATTERN)
    put_targets = events.put_targets
    targets = [{"Id": str(n), "Arn": arn} for n in range(6)]
    assert refused("LimitExceededException", put_targets, Rule="r", Targets=targets) \
        == "The requested resource exceeds the maximum number allowed."
    assert events.list_targets_by_rule(Rule="r")["Targets"] == []
    for message, target in [
        ("Only one of Input, InputPath, or InputTransformer must be provided for target t.",
         {"Arn": arn, "Input": "{}", "InputPath": "$"}),
        ("InputTemplate for target t contains invalid placeholder x.",
         {"Arn": arn, "InputTransformer": {"InputTemplate": '"<x>"'}}),
        ("Parameter q is not valid. Reason: Provided Arn is not in correct format.", {"Arn": "q"}),
        ("Parameter(s) SqsParameters must be specified for target: t.", {"Arn": f"{arn}.fifo"}),
    ]:
        assert refused(invalid, put_targets, Rule="r", Targets=[{"Id": "t", **target}]) == message
    other = "arn:aws:states:us-east-1:000000000000:stateMachine:s"
    assert "does not support targets of states" in refused(
        invalid, put_targets, Rule="r", Targets=[{"Id": "t", "Arn": other}])
    refused("UnknownOperationException", events.create_archive, ArchiveName="a", EventSourceArn=arn)
    done = events.put_events(Entries=[
        {"Source": "s", "DetailType": "t", "Detail": "{}"},
        {"DetailType": "t", "Detail": "{}"},
        {"Source": "s", "DetailType": "t", "Detail": "[]"},
        {"Source": "aws.s3", "DetailType": "t", "Detail": "{}"},
    ])
    assert done["FailedEntryCount"] == 3
    assert [entry.get("ErrorCode") for entry in done["Entries"]] == [
        None, "InvalidArgument", "MalformedDetail", "NotAuthorizedForSourceException"]
    assert done["Entries"][1]["ErrorMessage"] \
        == "Parameter Source is not valid. Reason: Source is a required argument."
    large = {"Source": "s", "DetailType": "t", "Detail": json.dumps({"a": "x" * 600_000})}
    assert refused(invalid, events.put_events, Entries=[large, large]) \
        == "Total size of the entries in the request is over the limit."
    refused(invalid, events.put_events, Entries=[{"Source": "s"}] * 11)


def test_patterns_are_tried_out(events):
    event = {"id": "1", "account": "0", "source": "shop", "time": "2026-11-26T00:00:00Z",
             "region": "us-east-1", "resources": [], "detail-type": "order", "detail": {"n": 3}}
    for pattern, expected in [({"detail": {"n": [{"numeric": [">", 2]}]}}, True),
                              ({"source": ["else"]}, False)]:
        found = events.test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))
        assert found["Result"] is expected
    assert refused("ValidationException", events.test_event_pattern, EventPattern=PATTERN,
                   Event='{"a": 1}') == "Parameter Event is not valid."


def test_buses_have_policies(events):
    events.put_permission(StatementId="one", Action="events:PutEvents", Principal="111111111111")
    events.put_permission(StatementId="all", Action="events:PutEvents", Principal="*",
                          Condition={"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": "o-1"})
    policy = json.loads(events.describe_event_bus()["Policy"])
    bus = "arn:aws:events:us-east-1:000000000000:event-bus/default"
    assert policy == {"Version": "2012-10-17", "Statement": [
        {"Sid": "one", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
         "Action": "events:PutEvents", "Resource": bus},
        {"Sid": "all", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents",
         "Resource": bus, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}]}
    events.remove_permission(StatementId="one")
    assert refused("ResourceNotFoundException", events.remove_permission, StatementId="one") \
        == "Statement with the provided id does not exist."
    events.remove_permission(RemoveAllPermissions=True)
    assert "Policy" not in events.describe_event_bus()
    refused("ValidationException", events.put_permission, Policy="{}")


def test_a_schedule_fires_within_its_minute(server, events):
    url, arn = queue(server, "q")
    found = events.put_rule(Name="each", ScheduleExpression="rate(1 minute)")["RuleArn"]
    events.put_targets(Rule="each", Targets=[{"Id": "q", "Arn": arn}])
    assert "due next" in warren(server, "explain", "each")
    [message] = received(server, url, 1, seconds=70)
    event = json.loads(message["Body"])
    assert event["detail-type"] == "Scheduled Event" and event["source"] == "aws.events"
    assert event["resources"] == [found] and event["detail"] == {}


def test_what_was_put_is_delivered_after_kill_9(server):
    events = server.client("events")
    url, arn = queue(server, "q")
    rule(events, "r", [{"Id": "q", "Arn": arn, "InputPath": "$.detail.n"}])
    acknowledged = []
    for round in range(5):
        for n in range(40):
            put(events, {"n": f"{round}-{n}"})
            acknowledged.append(f"{round}-{n}")
        server.stop(9)
        server.start()
        events = server.client("events")
    url = server.client("sqs").get_queue_url(QueueName="q")["QueueUrl"]
    found = {json.loads(message["Body"]) for message in received(server, url, 200, seconds=30)}
    missing = set(acknowledged) - found
    if missing:
        found |= {json.loads(message["Body"]) for message in received(server, url, 200, seconds=5)}
    assert set(acknowledged) <= found


def test_where_iam_is_enforced_queues_let_in_whom_they_say(serve):
    server = serve("--iam", "enforce")
    events = server.client("events")
    url, arn = queue(server, "q")
    dead_url, dead = queue(server, "dead")
    found = rule(events, "r", [{"Id": "q", "Arn": arn}])
    put(events, {"n": 1})
    statement = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
                 "Action": "sqs:SendMessage", "Resource": arn,
                 "Condition": {"ArnEquals": {"aws:SourceArn": found}}}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    server.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    put(events, {"n": 2})
    [message] = received(server, url, 2, seconds=5)
    assert json.loads(message["Body"])["detail"] == {"n": 2}


def test_an_idle_server_with_schedules_uses_no_cpu(server, events):
    for n in range(20):
        events.put_rule(Name=f"r{n}", ScheduleExpression="rate(1 day)")
    time.sleep(1)
    before = cpu(server)
    time.sleep(5)
    assert cpu(server) - before < 0.25


def cpu(server):
    """Seconds of processor time that the server has had."""
    fields = open(f"/proc/{server.process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_buses_are_told_how_asynchronous_invocations_ended(server, events):
    lam = server.client("lambda")
    url, arn = queue(server, "q")
    bus = events.create_event_bus(Name="ends")["EventBusArn"]
    rule(events, "r", [{"Id": "q", "Arn": arn}], pattern='{"source": ["lambda"]}', EventBusName="ends")
    create(lam, "f", "def handler(event, context):\n    return 1 / event['n']\n")
    destination = {"Destination": bus}
    lam.put_function_event_invoke_config(
        FunctionName="f", MaximumRetryAttempts=0,
        DestinationConfig={"OnSuccess": destination, "OnFailure": destination})
    for n in [1, 0]:
        lam.invoke(FunctionName="f", InvocationType="Event", Payload=json.dumps({"n": n}))
    told = [json.loads(message["Body"]) for message in received(server, url, 2)]
    told = {event["detail-type"]: event for event in told}
    success = told["Lambda Function Invocation Result - Success"]
    assert success["detail"]["requestPayload"] == {"n": 1}
    assert success["detail"]["responsePayload"] == 1.0
    function = "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST"
    assert success["resources"] == [bus, function]
    assert success["detail"]["requestContext"]["functionArn"] == function
    failure = told["Lambda Function Invocation Result - Failure"]
    assert failure["detail"]["requestContext"]["condition"] == "RetriesExhausted"
