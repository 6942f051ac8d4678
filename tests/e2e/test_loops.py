"""Functions that cause themselves by a queue, a topic or a bucket come to an end, as boto3 in them tells of the
chain; what is not of it goes on."""

import time

import pytest

from conftest import Server
from functions import create, eventually, internal
from test_async import arn, logged
from test_endpoint import install_sdk

# Causes itself once, as AWS's SDKs do it: they hand the trace header on.
AGAIN = """
import boto3, json, os
def handler(event, context):
    record = event["Records"][0]
    print("ran", len(event["Records"]))
    kind, where = os.environ["KIND"], os.environ["WHERE"]
    if "plain" in json.dumps(event):
        print("plain")
        if "again" not in json.dumps(event):
            return
    if kind == "sqs":
        boto3.client("sqs").send_message(QueueUrl=where, MessageBody="again")
    elif kind == "sns":
        boto3.client("sns").publish(TopicArn=where, Message="again")
    else:
        boto3.client("s3").put_object(Bucket=where, Key="again", Body=b"")
"""
# How often a function is run in a chain.
MOST = 16


def runs(server, name):
    return len(logged(server, name, "ran"))


def comes_to_an_end(server, name):
    eventually(lambda: runs(server, name) >= MOST, 120)
    time.sleep(1)
    assert runs(server, name) == MOST


def dropped(server, name):
    at = time.time()
    found = server.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda", MetricName="RecursiveInvocationsDropped", StartTime=at - 3600, EndTime=at + 60,
        Period=3600, Statistics=["Sum"], Dimensions=[{"Name": "FunctionName", "Value": name}])
    return sum(point["Sum"] for point in found["Datapoints"])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        install_sdk(monkeypatch)
        server = Server(str(tmp_path_factory.mktemp("loops") / "state"))
        yield server
        server.end()


def queue(server, name, **attributes):
    sqs = server.client("sqs")
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return sqs, url, f"arn:aws:sqs:us-east-1:000000000000:{name}"


def looping(server, name, kind, where):
    create(server.client("lambda"), name, AGAIN, Environment={"Variables": {"KIND": kind, "WHERE": where}},
           Timeout=10)


def test_a_loop_through_a_queue_ends_in_its_dead_letter_queue(server):
    sqs, dead, dead_arn = queue(server, "dead")
    redrive = f'{{"deadLetterTargetArn": "{dead_arn}", "maxReceiveCount": "1"}}'
    _, url, source = queue(server, "loop", VisibilityTimeout="10", RedrivePolicy=redrive)
    looping(server, "by-queue", "sqs", url)
    mapping = server.client("lambda").create_event_source_mapping(
        FunctionName="by-queue", EventSourceArn=source)["UUID"]
    sqs.send_message(QueueUrl=url, MessageBody="first")
    comes_to_an_end(server, "by-queue")
    receive = lambda: sqs.receive_message(
        QueueUrl=dead, MessageSystemAttributeNames=["All"], WaitTimeSeconds=1).get("Messages")
    [message] = eventually(receive, 30)
    assert message["Body"] == "again"
    assert f":{MOST}" in message["Attributes"]["AWSTraceHeader"]
    assert dropped(server, "by-queue") == 1
    assert "RecursiveInvocationException" in str(internal(server, f"explain/{mapping}"))
    told = str(internal(server, "explain/by-queue"))
    assert f"mapping {mapping} gives it records of {source}: Enabled" in told
    assert "a loop was ended there: 1 record of a chain that came back too often" in told
    # What nobody has caused by it is not of the chain.
    sqs.send_message(QueueUrl=url, MessageBody="plain")
    eventually(lambda: logged(server, "by-queue", "plain"), 30)


def test_a_loop_that_is_allowed_goes_on(server):
    sqs, url, source = queue(server, "allowed", VisibilityTimeout="10")
    looping(server, "allowed", "sqs", url)
    client = server.client("lambda")
    client.put_function_recursion_config(FunctionName="allowed", RecursiveLoop="Allow")
    mapping = client.create_event_source_mapping(FunctionName="allowed", EventSourceArn=source)["UUID"]
    sqs.send_message(QueueUrl=url, MessageBody="first")
    eventually(lambda: runs(server, "allowed") > 2 * MOST, 120)
    client.update_event_source_mapping(UUID=mapping, Enabled=False)


def test_a_loop_through_a_topic_ends(server):
    sns = server.client("sns")
    topic = sns.create_topic(Name="loop")["TopicArn"]
    looping(server, "by-topic", "sns", topic)
    server.client("lambda").add_permission(
        FunctionName="by-topic", StatementId="s", Action="lambda:InvokeFunction",
        Principal="sns.amazonaws.com", SourceArn=topic)
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=arn("by-topic"))
    sns.publish(TopicArn=topic, Message="first")
    comes_to_an_end(server, "by-topic")


def test_a_loop_through_a_topic_and_its_queue_ends(server):
    sns, (_, url, source) = server.client("sns"), queue(server, "behind", VisibilityTimeout="10")
    topic = sns.create_topic(Name="ahead")["TopicArn"]
    looping(server, "behind-both", "sns", topic)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=source)
    server.client("lambda").create_event_source_mapping(FunctionName="behind-both", EventSourceArn=source)
    sns.publish(TopicArn=topic, Message="first")
    comes_to_an_end(server, "behind-both")


def test_a_loop_through_a_bucket_ends(server):
    s3 = server.client("s3")
    s3.create_bucket(Bucket="loop")
    looping(server, "by-bucket", "s3", "loop")
    server.client("lambda").add_permission(
        FunctionName="by-bucket", StatementId="s", Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com", SourceArn="arn:aws:s3:::loop")
    s3.put_bucket_notification_configuration(Bucket="loop", NotificationConfiguration={
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": arn("by-bucket"), "Events": ["s3:ObjectCreated:*"]}]})
    s3.put_object(Bucket="loop", Key="first", Body=b"")
    comes_to_an_end(server, "by-bucket")
