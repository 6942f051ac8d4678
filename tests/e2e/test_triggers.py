"""What triggers functions says what it is, and what it triggers."""

import json
import subprocess

import pytest

import functions
from test_sources import explain, settled


def test_whatever_triggers_something_says_what(server):
    client, account = server.client("lambda"), "us-east-1:000000000000"
    functions.create(client)
    function = client.get_function(FunctionName="f")["Configuration"]["FunctionArn"]
    sqs, sns, s3 = (server.client(name) for name in ("sqs", "sns", "s3"))
    sqs.create_queue(QueueName="dead")
    url = sqs.create_queue(QueueName="queue", Attributes={"RedrivePolicy": json.dumps(
        {"deadLetterTargetArn": f"arn:aws:sqs:{account}:dead", "maxReceiveCount": 3})})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="m", DelaySeconds=600)
    arn = f"arn:aws:sqs:{account}:queue"
    made = client.create_event_source_mapping(EventSourceArn=arn, FunctionName="f", Enabled=False)
    settled(client, made)
    for word in ("queue", arn):
        told = explain(server, word)
        assert "queue queue: 0 to be received, 0 in flight, 1 not visible yet" in told
        assert f"mapping {made['UUID']} gives its records to function f: Disabled" in told
        assert f"more often than 3 times goes to arn:aws:sqs:{account}:dead" in told
    topic = sns.create_topic(Name="topic")["TopicArn"]
    assert "nobody is subscribed to it" in explain(server, "topic")
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
    assert f"lambda {function} is told what is published" in explain(server, topic)
    s3.create_bucket(Bucket="bucket")
    assert "nobody is told what happens in it" in explain(server, "bucket")
    client.add_permission(FunctionName="f", StatementId="s", Action="lambda:InvokeFunction",
                          Principal="s3.amazonaws.com", SourceArn="arn:aws:s3:::bucket")
    s3.put_bucket_notification_configuration(Bucket="bucket", NotificationConfiguration={
        "LambdaFunctionConfigurations": [{
            "LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*"],
            "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "in/"}]}}}],
        "EventBridgeConfiguration": {}})
    told = explain(server, "arn:aws:s3:::bucket")
    assert f"{function} is told of s3:ObjectCreated:*, prefix in/" in told
    assert "its events go to the account's default event bus" in told
    # A function that is deleted is told of nothing, and is told to be gone.
    functions.create(client, name="gone")
    gone = client.get_function(FunctionName="gone")["Configuration"]["FunctionArn"]
    client.add_permission(FunctionName="gone", StatementId="s", Action="lambda:InvokeFunction",
                          Principal="s3.amazonaws.com", SourceArn="arn:aws:s3:::bucket")
    s3.put_bucket_notification_configuration(Bucket="bucket", NotificationConfiguration={
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": gone, "Events": ["s3:ObjectRemoved:*"]}]})
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=gone)
    assert f"{gone} is told of s3:ObjectRemoved:*" in explain(server, "bucket")
    client.delete_function(FunctionName="gone")
    assert f"{gone}, which is gone, is told of s3:ObjectRemoved:*" in explain(server, "bucket")
    told = explain(server, "topic")
    assert f"lambda {gone}, which is gone, is told" in told and f"lambda {function} is told" in told
    dynamodb = server.client("dynamodb")
    table = {"BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "S"}]}
    dynamodb.create_table(TableName="plain", **table)
    assert "it has no stream, and triggers nothing" in explain(server, "plain")
    stream = dynamodb.create_table(TableName="table", **table, StreamSpecification={
        "StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})["TableDescription"]["LatestStreamArn"]
    made = client.create_event_source_mapping(
        EventSourceArn=stream, FunctionName="f", StartingPosition="LATEST", Enabled=False)
    told = explain(server, "table")
    assert f"its changes are in the stream {stream}" in told and made["UUID"] in told
    server.client("kinesis").create_stream(StreamName="stream", ShardCount=2)
    told = explain(server, "stream")
    assert "stream stream: active, 2 open shards, 0 consumers" in told
    assert "no event source mapping takes its records" in told
    events = server.client("events")
    events.create_event_bus(Name="bus")
    assert "no rule looks at its events" in explain(server, "bus")
    events.put_rule(Name="rule", EventBusName="bus", EventPattern=json.dumps({"source": ["s"]}))
    assert 'rule rule (enabled): {"source": ["s"]}' in explain(
        server, f"arn:aws:events:{account}:event-bus/bus")
    apis = server.client("apigatewayv2")
    api = apis.create_api(Name="api", ProtocolType="HTTP", Target=function)["ApiId"]
    told = explain(server, api)
    assert f"API {api} (api) at " in told and f"route $default leads to {function}" in told
    with pytest.raises(subprocess.CalledProcessError):
        explain(server, "nothing-of-the-kind")
