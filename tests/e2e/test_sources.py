"""Event source mappings of queues: messages reach functions, and nothing is lost."""

import json
import signal
import subprocess
import os
import time
import uuid

import botocore.exceptions
import pytest

import functions
import stand_ins

COLLECT = """
import json, os, time
def handler(event, context):
    failures = []
    for record in event["Records"]:
        body = record["body"]
        print("got", json.dumps({"body": body, "batch": len(event["Records"]), "record": record}))
        if body.startswith("raise"):
            raise ValueError(body)
        if body.startswith("fail"):
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
"""


@pytest.fixture(scope="module")
def elsewhere():
    service = stand_ins.ministack()
    yield service
    service.end()


# Queues of the server itself, and of another.
@pytest.fixture(params=["here", "elsewhere"])
def options(request):
    if request.param == "here":
        return []
    return ["--endpoint", f"sqs={request.getfixturevalue('elsewhere').url}"]


@pytest.fixture
def server(serve, options):
    return serve(*options)


@pytest.fixture
def sqs(server, options, request):
    if options:
        return request.getfixturevalue("elsewhere").client("sqs")
    return server.client("sqs")


def make_queue(sqs, name=None, **attributes):
    name = name or f"q-{uuid.uuid4()}"
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return url, asked["Attributes"]["QueueArn"]


def make_function(server, name="f", code=COLLECT):
    return functions.create(server.client("lambda"), name, code=code)


def got(server, name="f"):
    """What the function printed of its records, in order."""
    logs = server.client("logs")
    told = []
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}")
        for page in pages:
            for event in page["events"]:
                if event["message"].startswith("got "):
                    told.append(json.loads(event["message"][4:]))
    except logs.exceptions.ResourceNotFoundException:
        pass
    return told


def wait(condition, seconds=90):
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found or time.monotonic() > end:
            assert found, "it did not come to be in time"
            return found
        time.sleep(0.1)


def settled(client, mapping):
    def look():
        found = client.get_event_source_mapping(UUID=mapping["UUID"])
        return found if found["State"] in ("Enabled", "Disabled") else None
    return wait(look)


def test_messages_reach_the_function_and_are_deleted(server, sqs):
    make_function(server)
    client = server.client("lambda")
    url, arn = make_queue(sqs)
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", BatchSize=5, Tags={"a": "b"})
    assert made["State"] == "Creating" and made["StateTransitionReason"] == "USER_INITIATED"
    assert made["BatchSize"] == 5 and made["MaximumBatchingWindowInSeconds"] == 0
    assert made["FunctionResponseTypes"] == [] and "StartingPosition" not in made
    assert made["FunctionArn"].endswith(":function:f")
    assert made["EventSourceMappingArn"].endswith(f":event-source-mapping:{made['UUID']}")
    assert settled(client, made)["State"] == "Enabled"
    listed = client.list_event_source_mappings(FunctionName="f", EventSourceArn=arn)
    assert [each["UUID"] for each in listed["EventSourceMappings"]] == [made["UUID"]]
    assert client.list_tags(Resource=made["EventSourceMappingArn"])["Tags"] == {"a": "b"}

    for number in range(20):
        sqs.send_message(QueueUrl=url, MessageBody=f"m{number}", MessageAttributes={
            "kind": {"StringValue": "x", "DataType": "String"}})
    told = wait(lambda: (found := got(server)) and len(found) >= 20 and found)
    assert sorted(each["body"] for each in told) == sorted(f"m{n}" for n in range(20))
    assert max(each["batch"] for each in told) <= 5
    record = told[0]["record"]
    assert record["eventSource"] == "aws:sqs" and record["eventSourceARN"] == arn
    assert record["awsRegion"] == "us-east-1" and record["md5OfBody"] and record["receiptHandle"]
    assert {"ApproximateReceiveCount", "SentTimestamp", "SenderId",
            "ApproximateFirstReceiveTimestamp"} <= set(record["attributes"])
    assert record["messageAttributes"]["kind"] == {
        "stringValue": "x", "stringListValues": [], "binaryListValues": [], "dataType": "String"}
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def is_empty():
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
        return all(found[count] == "0" for count in counts)
    wait(is_empty)

    # Why there is an environment, and how the mapping is.
    told = explain(server, made["UUID"])
    assert f"mapping {made['UUID']} is Enabled" in told and " taken by invocation" in told
    request = told.split("by invocation ")[1][:36]
    assert f"of {arn}" in explain(server, request) and "message " in explain(server, request)
    rows = json.loads(warren(server, "ps", "--sources", "--output", "json"))
    assert [row["mapping"] for row in rows["mappings"]] == [made["UUID"]]

    gone = client.delete_event_source_mapping(UUID=made["UUID"])
    assert gone["State"] == "Deleting"

    def is_gone():
        try:
            client.get_event_source_mapping(UUID=made["UUID"])
        except client.exceptions.ResourceNotFoundException:
            return True
    wait(is_gone)


def warren(server, *words):
    command = [os.environ["WARREN"], *words, "--endpoint", server.url]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def explain(server, word):
    return warren(server, "explain", word)


def test_filters_and_partial_failures(server, sqs):
    make_function(server)
    client = server.client("lambda")
    url, arn = make_queue(sqs, VisibilityTimeout="4")
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", FunctionResponseTypes=["ReportBatchItemFailures"],
        FilterCriteria={"Filters": [{"Pattern": json.dumps({"body": [{"prefix": "fail"}, "good"]})}]})
    assert made["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    settled(client, made)
    for body in ["good", "other", "fail-1"]:
        sqs.send_message(QueueUrl=url, MessageBody=body)
    told = wait(lambda: (found := got(server)) and len(found) >= 4 and found)
    bodies = [each["body"] for each in told]
    assert bodies.count("good") == 1 and "other" not in bodies and bodies.count("fail-1") >= 2
    again = [each for each in told if each["body"] == "fail-1"][1]["record"]
    assert int(again["attributes"]["ApproximateReceiveCount"]) >= 2


def test_what_fails_comes_again_and_goes_to_the_dead_letters(server, sqs):
    make_function(server)
    client = server.client("lambda")
    dead, dead_arn = make_queue(sqs)
    policy = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
    url, arn = make_queue(sqs, VisibilityTimeout="3", RedrivePolicy=policy)
    settled(client, client.create_event_source_mapping(EventSourceArn=arn, FunctionName="f"))
    sqs.send_message(QueueUrl=url, MessageBody="raise it")
    received = wait(lambda: sqs.receive_message(QueueUrl=dead).get("Messages"))
    assert received[0]["Body"] == "raise it"
    assert [each["body"] for each in got(server)] == ["raise it"] * 2


def test_a_window_gathers_messages(server, sqs):
    make_function(server)
    client = server.client("lambda")
    url, arn = make_queue(sqs)
    settled(client, client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", BatchSize=100, MaximumBatchingWindowInSeconds=3))
    for part in range(3):
        sqs.send_message_batch(QueueUrl=url, Entries=[
            {"Id": str(n), "MessageBody": f"{part}-{n}"} for n in range(10)])
    told = wait(lambda: (found := got(server)) and len(found) >= 30 and found)
    assert max(each["batch"] for each in told) > 10


def test_messages_of_a_group_stay_in_order(server, sqs):
    make_function(server)
    client = server.client("lambda")
    url, arn = make_queue(sqs, name=f"q-{uuid.uuid4()}.fifo", FifoQueue="true",
                          ContentBasedDeduplication="true")
    settled(client, client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", BatchSize=3))
    for number in range(30):
        sqs.send_message(QueueUrl=url, MessageBody=f"{number}", MessageGroupId=f"g{number % 3}")
    told = wait(lambda: (found := got(server)) and len(found) >= 30 and found)
    for group in range(3):
        of_group = [int(each["body"]) for each in told
                    if each["record"]["attributes"]["MessageGroupId"] == f"g{group}"]
        assert of_group == sorted(of_group) == list(range(group, 30, 3))


# Tells a sink outside of what it was given: lines of a log that were not written yet go with a server
# that is killed.
TELL = """
import json, os, urllib.request
def handler(event, context):
    bodies = [record["body"] for record in event["Records"]]
    urllib.request.urlopen(os.environ["SINK"], json.dumps(bodies).encode(), timeout=30).close()
"""


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


@pytest.fixture
def allowed(serve, options, sink):
    """A server whose functions reach the sink."""
    return serve(*options, "--outside-allow", f"{sink.address}/32")


# Of queues here test_ledgers.py tells.
@pytest.mark.parametrize("options", ["elsewhere"], indirect=True)
def test_nothing_is_lost_when_the_server_is_killed(allowed, elsewhere, options, sink):
    server, client = allowed, allowed.client("lambda")
    sqs = elsewhere.client("sqs") if options else server.client("sqs")
    functions.create(client, code=TELL, Environment={"Variables": {"SINK": sink.url}})
    url, arn = make_queue(sqs, VisibilityTimeout="5")
    made = client.create_event_source_mapping(EventSourceArn=arn, FunctionName="f")
    settled(client, made)
    wanted = {f"m{n}" for n in range(100)}
    for number in range(100):
        sqs.send_message(QueueUrl=url, MessageBody=f"m{number}")
        if number in (30, 70):
            server.stop(signal.SIGKILL)
            server.start()
            sqs = sqs if options else server.client("sqs")
    wait(lambda: wanted <= set(sink.told))
    client = server.client("lambda")
    assert client.get_event_source_mapping(UUID=made["UUID"])["State"] == "Enabled"


def test_a_mapping_is_disabled_and_enabled(server, sqs):
    make_function(server)
    client = server.client("lambda")
    url, arn = make_queue(sqs)
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", Enabled=False, ScalingConfig={"MaximumConcurrency": 2})
    assert settled(client, made)["State"] == "Disabled"
    assert made["ScalingConfig"] == {"MaximumConcurrency": 2}
    sqs.send_message(QueueUrl=url, MessageBody="waits")
    time.sleep(1)
    assert got(server) == []
    assert "it is disabled" in explain(server, made["UUID"])
    changed = client.update_event_source_mapping(UUID=made["UUID"], Enabled=True, ScalingConfig={})
    assert changed["State"] == "Enabling" and "ScalingConfig" not in changed
    wait(lambda: got(server))
    assert settled(client, made)["State"] == "Enabled"
    changed = client.update_event_source_mapping(UUID=made["UUID"], BatchSize=7)
    assert (changed["State"], changed["BatchSize"]) == ("Updating", 7)
    settled(client, made)
    assert client.update_event_source_mapping(UUID=made["UUID"], Enabled=False)["State"] == "Disabling"


def test_bad_mappings_are_refused(server, sqs):
    make_function(server)
    client = server.client("lambda")
    url, arn = make_queue(sqs)

    def refused(message, **given):
        given = {"EventSourceArn": arn, "FunctionName": "f", **given}
        given = {name: value for name, value in given.items() if value is not None}
        with pytest.raises(botocore.exceptions.ClientError) as error:
            client.create_event_source_mapping(**given)
        assert message in error.value.response["Error"]["Message"]
        return error.value.response["Error"]["Code"]

    invalid = "InvalidParameterValueException"
    assert refused("Unrecognized event source.", EventSourceArn=None) == invalid
    assert refused("Unrecognized event source.", EventSourceArn="arn:aws:s3:::b") == invalid
    assert refused("Function does not exist", FunctionName="g") == invalid
    assert refused("Maximum batch window in seconds must be greater than 0 if maximum batch size is "
                   "greater than 10", BatchSize=11) == invalid
    assert refused("Invalid filter pattern definition.",
                   FilterCriteria={"Filters": [{"Pattern": "{"}]}) == invalid
    assert refused("Unsupported DestinationConfig parameter for given event source mapping type.",
                   DestinationConfig={"OnFailure": {"Destination": arn}}) == invalid
    assert refused("SQS Error Code: AWS.SimpleQueueService.NonExistentQueue.",
                   EventSourceArn=arn + "x") == invalid
    short, short_arn = make_queue(sqs, VisibilityTimeout="1")
    assert refused("Queue visibility timeout: 1 seconds is less than Function timeout: 3 seconds",
                   EventSourceArn=short_arn) == invalid
    made = client.create_event_source_mapping(EventSourceArn=arn, FunctionName="f")
    message = (f'An event source mapping with SQS arn (" {arn} ") and function (" f ") already exists. '
               f'Please update or delete the existing mapping with UUID {made["UUID"]}')
    assert refused(message) == "ResourceConflictException"
    assert "KMSKeyArn" in refused_by_name(client, arn)
    both = {"ScalingConfig": {"MaximumConcurrency": 2}, "ProvisionedPollerConfig": {"MinimumPollers": 2}}
    assert refused("ScalingConfig and ProvisionedPollerConfig cannot be used together.", **both) == invalid
    pollers = lambda least, most: {"ProvisionedPollerConfig": {"MinimumPollers": least, "MaximumPollers": most}}
    assert refused("MinimumPollers must be between 2 and 200", **pollers(1, 9)) == invalid
    assert refused("MaximumPollers must be between 2 and 2000", **pollers(2, 2001)) == invalid
    assert refused("MinimumPollers must be less than or equal to MaximumPollers.", **pollers(9, 8)) == invalid


SLOW = """
import time
def handler(event, context):
    time.sleep(25)
"""


def test_pollers_that_are_provisioned_bound_the_batches_under_way(server, sqs):
    make_function(server, code=SLOW)
    client = server.client("lambda")
    client.update_function_configuration(FunctionName="f", Timeout=40)
    url, arn = make_queue(sqs, VisibilityTimeout="60")
    for at in range(4):
        sqs.send_message_batch(QueueUrl=url, Entries=[
            {"Id": str(at), "MessageBody": f"{at}"} for at in range(10)])
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", BatchSize=1,
        ProvisionedPollerConfig={"MinimumPollers": 2, "MaximumPollers": 2})
    assert made["ProvisionedPollerConfig"] == {"MinimumPollers": 2, "MaximumPollers": 2}
    settled(client, made)
    under_way = lambda: explain(server, made["UUID"])
    told = wait(lambda: "batches under way: 20 of 20 at the most" in under_way() and under_way())
    assert "pollers: 2, of 2 to 2 that are provisioned" in told
    time.sleep(1)
    assert "batches under way: 20 of 20" in under_way()
    changed = client.update_event_source_mapping(
        UUID=made["UUID"], ProvisionedPollerConfig={}, ScalingConfig={"MaximumConcurrency": 3})
    assert "ProvisionedPollerConfig" not in changed
    assert changed["ScalingConfig"] == {"MaximumConcurrency": 3}


def refused_by_name(client, arn):
    with pytest.raises(botocore.exceptions.ClientError) as error:
        client.create_event_source_mapping(
            EventSourceArn=arn, FunctionName="f", KMSKeyArn="arn:aws:kms:us-east-1:000000000000:key/k")
    return error.value.response["Error"]["Message"]
