"""Asynchronous invocations: how long and how often they are tried, who is told, and loops."""

import json
import signal
import time

import botocore.exceptions
import pytest

from functions import create, eventually, internal, invoke, refused, result, updated

PRINTS = "import json\ndef handler(event, context): print(json.dumps(event))"
FAILS = """
def handler(event, context):
    if event.get("fail"):
        raise ValueError("failed")
    return {"got": event}
"""
TRACED = "import os\ndef handler(event, context): return os.environ['_X_AMZN_TRACE_ID']"


def arn(name, qualifier=""):
    return f"arn:aws:lambda:us-east-1:000000000000:function:{name}{qualifier}"


def logged(server, name, pattern):
    """The lines of a function in which this stands."""
    try:
        found = server.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}",
                                                        filterPattern=pattern)
    except botocore.exceptions.ClientError:
        return []
    return [event["message"] for event in found["events"]]


def told(server):
    """What the function `told` was told, in the order in which it was."""
    return [json.loads(line) for line in logged(server, "told", "requestContext")]


def test_configurations_are_put_merged_shown_and_deleted(server):
    client = server.client("lambda")
    create(client)
    create(client, "told")
    call = {"FunctionName": "f"}
    missing = f"The function {arn('f', ':$LATEST')} doesn't have an EventInvokeConfig"
    for operation in (client.get_function_event_invoke_config, client.delete_function_event_invoke_config):
        assert refused(operation, **call) == ("ResourceNotFoundException", missing, 404)
    update = client.update_function_event_invoke_config
    assert refused(update, MaximumRetryAttempts=1, **call) == ("ResourceNotFoundException", missing, 404)
    put = client.put_function_event_invoke_config
    invalid = "InvalidParameterValueException"
    assert refused(put, **call) == (
        invalid, "You must specify at least one of error handling or destination setting.", 400)
    on = lambda target: {"OnSuccess": {"Destination": target}}
    assert refused(put, DestinationConfig=on(arn("f")), **call) == (
        invalid, "You can't specify the function as a destination for itself.", 400)
    bad = "arn:aws:iam:us-east-1:000000000000:role"
    assert refused(put, DestinationConfig=on(bad), **call) == (
        invalid, f"The destination ARN {bad} is invalid.", 400)
    for absent in (arn("none"), "arn:aws:sqs:us-east-1:000000000000:none",
                   "arn:aws:sns:us-east-1:000000000000:none"):
        assert refused(put, DestinationConfig=on(absent), **call) == (
            invalid, "The provided destination config DestinationConfig(onSuccess=OnSuccess("
            f"destination={absent}), onFailure=null) is invalid.", 400)
    assert refused(put, FunctionName="none", MaximumRetryAttempts=1) == (
        "ResourceNotFoundException", "The function doesn't exist.", 404)
    made = put(MaximumRetryAttempts=0, DestinationConfig=on(arn("told")), **call)
    assert made["FunctionArn"] == arn("f", ":$LATEST") and made["MaximumRetryAttempts"] == 0
    assert made["DestinationConfig"] == {"OnSuccess": {"Destination": arn("told")}, "OnFailure": {}}
    merged = update(MaximumEventAgeInSeconds=60, **call)
    assert (merged["MaximumRetryAttempts"], merged["MaximumEventAgeInSeconds"]) == (0, 60)
    assert merged["DestinationConfig"]["OnSuccess"] == {"Destination": arn("told")}
    client.publish_version(FunctionName="f")
    put(Qualifier="1", MaximumRetryAttempts=2, **call)
    listed = client.list_function_event_invoke_configs(FunctionName="f")["FunctionEventInvokeConfigs"]
    assert [each["FunctionArn"] for each in listed] == [arn("f", ":$LATEST"), arn("f", ":1")]
    replaced = put(MaximumRetryAttempts=1, **call)
    assert "MaximumEventAgeInSeconds" not in replaced
    assert replaced["DestinationConfig"] == {"OnSuccess": {}, "OnFailure": {}}
    server.stop(signal.SIGKILL)
    server.start()
    client = server.client("lambda")
    assert client.get_function_event_invoke_config(**call)["MaximumRetryAttempts"] == 1
    client.delete_function_event_invoke_config(**call)
    assert refused(client.get_function_event_invoke_config, **call)[2] == 404


def test_functions_are_told_how_events_ended(serve):
    server = serve("--retry-delays", "0.1,0.1")
    client = server.client("lambda")
    create(client, code=FAILS)
    create(client, "told", PRINTS)
    destination = {"Destination": arn("told")}
    client.put_function_event_invoke_config(
        FunctionName="f", DestinationConfig={"OnSuccess": destination, "OnFailure": destination})
    first = invoke(client, {"a": 1}, InvocationType="Event")["ResponseMetadata"]["RequestId"]
    (record,) = eventually(lambda: told(server), 60)
    assert record.pop("timestamp").endswith("Z")
    assert record == {
        "version": "1.0",
        "requestContext": {"requestId": first, "functionArn": arn("f", ":$LATEST"),
                           "condition": "Success", "approximateInvokeCount": 1},
        "requestPayload": {"a": 1},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
        "responsePayload": {"got": {"a": 1}},
    }
    invoke(client, {"fail": True}, InvocationType="Event")
    record = eventually(lambda: told(server)[1:], 60)[0]
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 3
    assert record["responseContext"]["functionError"] == "Unhandled"
    assert record["responsePayload"]["errorMessage"] == "failed"
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=0)
    invoke(client, {"b": 2}, InvocationType="Event")
    record = eventually(lambda: told(server)[2:], 60)[0]
    assert record["requestContext"]["condition"] == "ZeroReservedConcurrency"
    assert record["requestContext"]["approximateInvokeCount"] == 0
    assert "responseContext" not in record and "responsePayload" not in record
    explained = json.dumps(internal(server, f"explain/{first}"))
    assert f"{arn('told')} was told: Success" in explained


def test_an_event_that_has_failed_waits_also_over_a_restart(serve):
    server = serve("--retry-delays", "6,0.1")
    create(server.client("lambda"), code="import time\ndef handler(event, context):\n"
                                         "    print('at', time.time())\n    raise ValueError('failed')")
    invoke(server.client("lambda"), InvocationType="Event")
    attempts = lambda: [float(line.split()[1]) for line in logged(server, "f", '"at "')]
    eventually(attempts)
    server.stop(signal.SIGKILL)
    server.start()
    first, second, *_ = eventually(lambda: attempts()[1:] and attempts(), 60)
    assert second - first >= 6


def test_attempts_are_as_many_as_configured(serve):
    server = serve("--retry-delays", "0.05,0.05")
    client = server.client("lambda")
    create(client, code=FAILS)
    create(client, "told", PRINTS)
    for retries, made in ((0, 1), (1, 2)):
        client.put_function_event_invoke_config(
            FunctionName="f", MaximumRetryAttempts=retries,
            DestinationConfig={"OnFailure": {"Destination": arn("told")}})
        seen = len(told(server))
        invoke(client, {"fail": True}, InvocationType="Event")
        record = eventually(lambda: told(server)[seen:], 60)[0]
        assert record["requestContext"]["approximateInvokeCount"] == made


def test_queues_are_told_and_get_dead_letters(serve):
    server = serve("--retry-delays", "0.05,0.05")
    client, sqs = server.client("lambda"), server.client("sqs")
    urls = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("told", "dead")}
    queue = lambda name: f"arn:aws:sqs:us-east-1:000000000000:{name}"
    refusal = refused(client.create_function, FunctionName="g", Runtime="python3.11", Role="arn:aws:iam::000000000000:role/role",
                      Handler="app.handler", Code={"ZipFile": b""}, DeadLetterConfig={"TargetArn": queue("none")})
    assert refusal[0] == "InvalidParameterValueException", refusal
    made = create(client, code=FAILS, DeadLetterConfig={"TargetArn": queue("dead")})
    assert made["DeadLetterConfig"] == {"TargetArn": queue("dead")}
    client.put_function_event_invoke_config(
        FunctionName="f", DestinationConfig={"OnFailure": {"Destination": queue("told")}})
    request = invoke(client, {"fail": True}, InvocationType="Event")["ResponseMetadata"]["RequestId"]

    def received(name):
        more = {"WaitTimeSeconds": 20, "MessageAttributeNames": ["All"]}
        return sqs.receive_message(QueueUrl=urls[name], **more).get("Messages")

    record = json.loads(eventually(lambda: received("told"), 60)[0]["Body"])
    assert record["requestContext"]["requestId"] == request
    (letter,) = eventually(lambda: received("dead"), 60)
    assert json.loads(letter["Body"]) == {"fail": True}
    attributes = {name: each["StringValue"] for name, each in letter["MessageAttributes"].items()}
    assert attributes == {"RequestID": request, "ErrorCode": "200", "ErrorMessage": "failed"}
    client.update_function_configuration(FunctionName="f", DeadLetterConfig={"TargetArn": ""})
    updated(client)
    assert "DeadLetterConfig" not in client.get_function_configuration(FunctionName="f")


def test_topics_are_told_and_what_cannot_be_told_is_counted(serve):
    server = serve("--retry-delays", "0.05,0.05")
    client, sqs, sns = server.client("lambda"), server.client("sqs"), server.client("sns")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    topic = sns.create_topic(Name="t")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:000000000000:q")
    create(client, code=FAILS, DeadLetterConfig={"TargetArn": topic})
    client.put_function_event_invoke_config(
        FunctionName="f", MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": topic}})
    request = invoke(client, {"fail": True}, InvocationType="Event")["ResponseMetadata"]["RequestId"]
    bodies = []

    def both():
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
        bodies.extend(json.loads(message["Body"]) for message in found.get("Messages", []))
        return len(bodies) == 2

    eventually(both, 60)
    (letter,) = [body for body in bodies if "MessageAttributes" in body]
    (told,) = [body for body in bodies if "MessageAttributes" not in body]
    assert json.loads(letter["Message"]) == {"fail": True}
    assert letter["MessageAttributes"]["RequestID"] == {"Type": "String", "Value": request}
    assert json.loads(told["Message"])["requestContext"]["condition"] == "RetriesExhausted"
    sns.delete_topic(TopicArn=topic)
    invoke(client, {"fail": True}, InvocationType="Event")

    def sums():
        at, sums = time.time(), {}
        for metric in ("DestinationDeliveryFailures", "DeadLetterErrors", "AsyncEventsDropped"):
            points = server.client("cloudwatch").get_metric_statistics(
                Namespace="AWS/Lambda", MetricName=metric, StartTime=at - 3600, EndTime=at + 60, Period=3600,
                Statistics=["Sum"], Dimensions=[{"Name": "FunctionName", "Value": "f"}])["Datapoints"]
            sums[metric] = sum(point["Sum"] for point in points)
        return sums

    expected = {"DestinationDeliveryFailures": 1, "DeadLetterErrors": 1, "AsyncEventsDropped": 2}
    eventually(lambda: sums() == expected, 60)


def test_a_configuration_goes_with_its_alias_or_version(server):
    client = server.client("lambda")
    create(client)
    client.publish_version(FunctionName="f")
    client.create_alias(FunctionName="f", Name="live", FunctionVersion="1")
    for qualifier in ("live", "1"):
        client.put_function_event_invoke_config(FunctionName="f", Qualifier=qualifier, MaximumRetryAttempts=0)
    client.delete_alias(FunctionName="f", Name="live")
    listed = client.list_function_event_invoke_configs(FunctionName="f")["FunctionEventInvokeConfigs"]
    assert [each["FunctionArn"] for each in listed] == [arn("f", ":1")]
    client.create_alias(FunctionName="f", Name="live", FunctionVersion="$LATEST")
    assert refused(client.get_function_event_invoke_config, FunctionName="f", Qualifier="live")[2] == 404
    client.delete_alias(FunctionName="f", Name="live")
    client.delete_function(FunctionName="f", Qualifier="1")
    assert client.list_function_event_invoke_configs(FunctionName="f")["FunctionEventInvokeConfigs"] == []


def test_what_is_to_be_told_is_told_after_a_kill(serve):
    server = serve("--retry-delays", "0.05,0.05")
    client, sqs = server.client("lambda"), server.client("sqs")
    url = sqs.create_queue(QueueName="told")["QueueUrl"]
    create(client, code=FAILS)
    client.put_function_event_invoke_config(FunctionName="f", DestinationConfig={
        "OnSuccess": {"Destination": "arn:aws:sqs:us-east-1:000000000000:told"}})
    seen, sent = set(), set()
    for round in range(6):
        for number in range(5):
            answer = invoke(client, {"n": [round, number]}, InvocationType="Event")
            sent.add(answer["ResponseMetadata"]["RequestId"])
        time.sleep(0.1 * round)
        server.stop(signal.SIGKILL)
        server.start()
        client, sqs = server.client("lambda"), server.client("sqs")
        url = sqs.get_queue_url(QueueName="told")["QueueUrl"]

    def all_told():
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=2)
        for message in found.get("Messages", []):
            seen.add(json.loads(message["Body"])["requestContext"]["requestId"])
        return sent <= seen

    eventually(all_told, 120)


def test_loops_are_broken_unless_they_are_allowed(server):
    client = server.client("lambda")
    create(client, code=TRACED)
    create(client, "other", TRACED)

    def chain(header, name="f"):
        """Invokes as a function does that was invoked with this header."""
        give = lambda request, **_: header and request.headers.add_header("X-Amzn-Trace-Id", header)
        client.meta.events.register_first("before-sign.lambda.Invoke", give, "trace")
        try:
            return result(client, name=name)
        finally:
            client.meta.events.unregister("before-sign.lambda.Invoke", give, "trace")

    header = None
    for _ in range(16):
        header = chain(header)
        header = chain(header, "other")
    with pytest.raises(client.exceptions.RecursiveInvocationException) as caught:
        chain(header)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    # A chain of its own is none of it.
    assert chain(None).startswith("Root=")
    recursion = client.get_function_recursion_config
    assert recursion(FunctionName="f")["RecursiveLoop"] == "Terminate"
    client.put_function_recursion_config(FunctionName="f", RecursiveLoop="Allow")
    assert recursion(FunctionName="f")["RecursiveLoop"] == "Allow"
    for _ in range(3):
        header = chain(header)


def test_events_that_are_never_tried_are_explained_and_counted(server):
    client, cloudwatch = server.client("lambda"), server.client("cloudwatch")
    create(client, code=TRACED)
    create(client, "stopped", PRINTS)
    client.put_function_concurrency(FunctionName="stopped", ReservedConcurrentExecutions=0)
    header = []
    give = lambda request, **_: header and request.headers.add_header("X-Amzn-Trace-Id", header[0])
    client.meta.events.register_first("before-sign.lambda.Invoke", give, "trace")
    for _ in range(16):
        header[:] = [result(client)]
    dropped = {name: invoke(client, {}, name=name, InvocationType="Event")["ResponseMetadata"]["RequestId"]
               for name in ("f", "stopped")}
    for name, condition in (("f", "RecursiveInvocation"), ("stopped", "ZeroReservedConcurrency")):
        explained = lambda: internal(server, f"explain/{dropped[name]}")
        text = json.dumps(eventually(explained, 60))
        assert f"of function {name}: {condition} after" in text, text
        assert f"refused with {condition}: its " in text and "(async, attempt 1)" in text, text
        at = time.time()
        count = lambda: cloudwatch.get_metric_statistics(
            Namespace="AWS/Lambda", MetricName="AsyncEventsDropped", StartTime=at - 3600, EndTime=at + 60,
            Period=3600, Statistics=["Sum"], Dimensions=[{"Name": "FunctionName", "Value": name}])["Datapoints"]
        assert sum(point["Sum"] for point in eventually(count, 60)) == 1


def test_two_functions_that_tell_each_other_come_to_an_end(server):
    client = server.client("lambda")
    for name in "ab":
        create(client, name, PRINTS)
    for name, other in (("a", "b"), ("b", "a")):
        client.put_function_event_invoke_config(
            FunctionName=name, DestinationConfig={"OnSuccess": {"Destination": arn(other)}})
    invoke(client, {}, name="a", InvocationType="Event")
    runs = lambda: len(logged(server, "a", '"START RequestId"'))
    eventually(lambda: runs() >= 16, 120)
    time.sleep(2)
    assert runs() == 16
