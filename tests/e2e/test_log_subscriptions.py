"""CloudWatch Logs: events that functions subscribe to, and patterns of JSON and of fields."""

import base64
import gzip
import json
import signal
import time

import functions
from functions import eventually, internal, refused

TELLS = """
import base64, gzip, json
def handler(event, context):
    print("got", gzip.decompress(base64.b64decode(event["awslogs"]["data"])).decode())
"""
GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:g:*"


def got(server, name="told"):
    """The documents that a function was given."""
    logs = server.client("logs")
    try:
        pages = logs.get_paginator("filter_log_events").paginate(
            logGroupName=f"/aws/lambda/{name}", filterPattern="DATA_MESSAGE")
        return [json.loads(event["message"][4:]) for page in pages for event in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []


def messages(server):
    return [event["message"] for document in got(server) for event in document["logEvents"]]


def put(logs, *texts, stream="s"):
    at = int(time.time() * 1000)
    logs.put_log_events(logGroupName="g", logStreamName=stream,
                        logEvents=[{"timestamp": at, "message": text} for text in texts])


def subscribed(server, pattern=""):
    """A group that the function `told` has subscribed to."""
    logs, client = server.client("logs"), server.client("lambda")
    arn = functions.create(client, "told", TELLS)["FunctionArn"]
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    client.add_permission(FunctionName="told", StatementId="logs", Action="lambda:InvokeFunction",
                          Principal="logs.us-east-1.amazonaws.com", SourceArn=GROUP,
                          SourceAccount="000000000000")
    logs.put_subscription_filter(logGroupName="g", filterName="f", filterPattern=pattern, destinationArn=arn)
    return logs, arn


def test_functions_get_events_that_they_have_subscribed_to(server):
    logs, arn = subscribed(server, '{ $.level = "error" && $.code >= 500 }')
    wanted = json.dumps({"level": "error", "code": 503})
    put(logs, json.dumps({"level": "info", "code": 503}), wanted, "error 503")
    (document,) = eventually(lambda: got(server), 60)
    (event,) = document.pop("logEvents")
    assert document == {"messageType": "DATA_MESSAGE", "owner": "000000000000", "logGroup": "g",
                        "logStream": "s", "subscriptionFilters": ["f"]}
    assert event["message"] == wanted
    (found,) = logs.filter_log_events(logGroupName="g", filterPattern='{ $.code = 503 && $.level = error }')["events"]
    assert (event["id"], event["timestamp"]) == (found["eventId"], found["timestamp"])
    (told,) = logs.describe_subscription_filters(logGroupName="g")["subscriptionFilters"]
    assert told.pop("creationTime") > 1e12
    assert told == {"filterName": "f", "logGroupName": "g", "destinationArn": arn, "distribution": "ByLogStream",
                    "filterPattern": '{ $.level = "error" && $.code >= 500 }', "applyOnTransformedLogs": False}
    # It is changed by its name, and a group has two.
    put_filter = lambda name, pattern: logs.put_subscription_filter(
        logGroupName="g", filterName=name, filterPattern=pattern, destinationArn=arn)
    put_filter("f", "[level = WARN, ...]")
    put_filter("second", "%^nothing$%")
    assert refused(put_filter, name="third", pattern="") == (
        "LimitExceededException", "Resource limit exceeded.", 400)
    put(logs, "WARN of something", "INFO of something")
    eventually(lambda: "WARN of something" in messages(server), 60)
    assert "INFO of something" not in messages(server)
    request = logs.filter_log_events(logGroupName="/aws/lambda/told", filterPattern='"START RequestId"')
    request = request["events"][0]["message"].split()[2]
    explained = json.dumps(eventually(lambda: internal(server, f"explain/{request}"), 20))
    assert "asked for by subscription filter f of log group g" in explained
    logs.delete_subscription_filter(logGroupName="g", filterName="second")
    assert refused(logs.delete_subscription_filter, logGroupName="g", filterName="second") == (
        "ResourceNotFoundException", "The specified subscription filter does not exist.", 400)
    logs.delete_log_group(logGroupName="g")
    logs.create_log_group(logGroupName="g")
    assert logs.describe_subscription_filters(logGroupName="g")["subscriptionFilters"] == []


def test_bad_subscriptions_are_refused_in_the_words_of_cloudwatch(server):
    logs, arn = subscribed(server)
    put_filter = logs.put_subscription_filter
    given = {"logGroupName": "g", "filterName": "x", "filterPattern": "", "destinationArn": arn}
    could_not = ("InvalidParameterException", "Could not execute the lambda function. Make sure you have given "
                 "CloudWatch Logs permission to execute your function.", 400)
    cross = "Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create " \
            "cross account lambda triggers."
    none = "The specified log group does not exist."
    other = functions.create(server.client("lambda"), "other", TELLS)["FunctionArn"]
    logs.create_log_group(logGroupName="/aws/lambda/told")
    for more, expected in [
        ({"destinationArn": other}, could_not),
        ({"destinationArn": arn + "x"}, could_not),
        ({"destinationArn": arn.replace("000000000000", "111111111111")}, ("AccessDeniedException", cross, 400)),
        ({"logGroupName": "none"}, ("ResourceNotFoundException", none, 400)),
        ({"filterPattern": "{ $.a }"}, ("InvalidParameterException", "Invalid filter pattern: { $.a }", 400)),
        ({"destinationArn": "arn:aws:kinesis:us-east-1:000000000000:stream/s"},
         ("InvalidParameterException", "destinationArn for vendor kinesis cannot be used without roleArn", 400)),
        ({"logGroupName": "/aws/lambda/told"},
         ("InvalidParameterException", "The log group provided is reserved for the function logs of the destination "
          "function.", 400)),
    ]:
        assert refused(put_filter, **{**given, **more}) == expected, more
    assert len(logs.describe_subscription_filters(logGroupName="g")["subscriptionFilters"]) == 1
    assert refused(logs.describe_subscription_filters, logGroupName="none")[1] == none


def test_no_event_is_lost_when_the_server_is_killed(server):
    logs, _ = subscribed(server)
    # What a function prints just before the server is killed is lost; how its events ended is not.
    server.client("sqs").create_queue(QueueName="ran")
    server.client("lambda").put_function_event_invoke_config(
        FunctionName="told", DestinationConfig={
            "OnSuccess": {"Destination": "arn:aws:sqs:us-east-1:000000000000:ran"}})
    acknowledged, delivered = [], set()
    for round in range(5):
        for number in range(4):
            put(logs, f"{round}-{number}")
            acknowledged.append(f"{round}-{number}")
        time.sleep(0.05 * round)
        server.stop(signal.SIGKILL)
        server.start()
        logs = server.client("logs")
    sqs = server.client("sqs")
    queue = sqs.get_queue_url(QueueName="ran")["QueueUrl"]

    def all_delivered():
        found = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        for message in found.get("Messages", []):
            data = json.loads(message["Body"])["requestPayload"]["awslogs"]["data"]
            document = json.loads(gzip.decompress(base64.b64decode(data)))
            delivered.update(event["message"] for event in document["logEvents"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return delivered == set(acknowledged)

    eventually(all_delivered, 240)
