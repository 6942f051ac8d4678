"""Event source mappings of streams elsewhere: records reach functions in order, and none is lost."""

import json
import signal
import time
import uuid

import botocore.exceptions
import pytest

import functions
import stand_ins
from test_sources import explain, make_queue, settled, wait

# Tells a sink what it was given; fails where it is told to, as often as it is given that.
TELL = """
import base64, json, os, urllib.request
def handler(event, context):
    told = []
    for record in event["Records"]:
        if "kinesis" in record:
            data = base64.b64decode(record["kinesis"]["data"]).decode()
            told.append([record["kinesis"]["partitionKey"], data, record])
        else:
            keys = record["dynamodb"]["Keys"]
            told.append([keys["k"]["S"], record["eventName"], record])
    fails = any(data.startswith("raise") for _, data, _ in told)
    body = json.dumps([[*each, fails] for each in told]).encode()
    urllib.request.urlopen(os.environ["SINK"], body, timeout=30).close()
    if fails:
        raise ValueError("as it was told")
"""


@pytest.fixture(scope="module")
def tables():
    service = stand_ins.ministack()
    yield service
    service.end()


@pytest.fixture(scope="module")
def shards():
    service = stand_ins.kinesalite()
    yield service
    service.end()


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


def start(serve, sink, *options):
    server = serve("--outside-allow", f"{sink.address}/32", *options)
    functions.create(server.client("lambda"), code=TELL,
                     Environment={"Variables": {"SINK": sink.url}})
    return server


def make_table(client):
    name = f"t-{uuid.uuid4()}"
    made = client.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
    return name, made["TableDescription"]["LatestStreamArn"]


def make_stream(client, shards=1):
    name = f"s-{uuid.uuid4()}"
    client.create_stream(StreamName=name, ShardCount=shards)

    def arn():
        found = client.describe_stream(StreamName=name)["StreamDescription"]
        return found["StreamARN"] if found["StreamStatus"] == "ACTIVE" else None
    return name, wait(arn)


def data(sink):
    return [each[1] for each in sink.told]


def test_changes_of_a_table_reach_the_function(serve, tables, sink):
    server = start(serve, sink, "--endpoint", f"dynamodbstreams={tables.url}")
    dynamodb, client = tables.client("dynamodb"), server.client("lambda")
    table, arn = make_table(dynamodb)
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", StartingPosition="TRIM_HORIZON", BatchSize=10,
        FilterCriteria={"Filters": [{"Pattern": json.dumps({"eventName": ["INSERT", "REMOVE"]})}]})
    assert made["State"] == "Creating" and made["StateTransitionReason"] == "User action"
    assert made["LastProcessingResult"] == "No records processed"
    assert made["DestinationConfig"] == {"OnFailure": {}}
    assert (made["MaximumRetryAttempts"], made["MaximumRecordAgeInSeconds"]) == (-1, -1)
    assert (made["ParallelizationFactor"], made["TumblingWindowInSeconds"]) == (1, 0)
    settled(client, made)
    put = lambda key, value: dynamodb.put_item(
        TableName=table, Item={"k": {"S": key}, "v": {"N": str(value)}})
    for number in range(12):
        put(f"k{number}", 1)
    put("k0", 2)
    dynamodb.delete_item(TableName=table, Key={"k": {"S": "k0"}})
    wait(lambda: len(sink.told) >= 13)
    assert [each[:2] for each in sink.told] == [
        *([f"k{n}", "INSERT"] for n in range(12)), ["k0", "REMOVE"]]
    record = sink.told[0][2]
    assert record["eventSource"] == "aws:dynamodb" and record["eventSourceARN"] == arn
    assert record["dynamodb"]["NewImage"]["v"] == {"N": "1"} and record["eventVersion"] == "1.1"
    assert record["awsRegion"] == "us-east-1" and record["dynamodb"]["SequenceNumber"]
    wait(lambda: client.get_event_source_mapping(UUID=made["UUID"])["LastProcessingResult"] == "OK")
    told = explain(server, made["UUID"])
    assert "done up to sequence number" in told and "shard" in told


def test_shards_split_and_merge_and_each_key_stays_in_order_when_the_server_is_killed(
        serve, shards, sink):
    server = start(serve, sink, "--endpoint", f"kinesis={shards.url}")
    kinesis, client = shards.client("kinesis"), server.client("lambda")
    name, arn = make_stream(kinesis)
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", StartingPosition="TRIM_HORIZON", BatchSize=5,
        ParallelizationFactor=3)
    settled(client, made)
    is_active = lambda: kinesis.describe_stream(
        StreamName=name)["StreamDescription"]["StreamStatus"] == "ACTIVE"
    for number in range(120):
        kinesis.put_record(StreamName=name, PartitionKey=f"k{number % 8}", Data=f"{number}".encode())
        if number == 60:
            shard = kinesis.list_shards(StreamName=name)["Shards"][0]
            low, high = (int(shard["HashKeyRange"][end])
                         for end in ("StartingHashKey", "EndingHashKey"))
            kinesis.split_shard(StreamName=name, ShardToSplit=shard["ShardId"],
                                NewStartingHashKey=str((low + high) // 2))
            wait(is_active)
        if number == 75:
            # The two become one again.
            left, right = (each["ShardId"] for each in kinesis.list_shards(StreamName=name)["Shards"]
                           if "EndingSequenceNumber" not in each["SequenceNumberRange"])
            kinesis.merge_shards(StreamName=name, ShardToMerge=left, AdjacentShardToMerge=right)
            wait(is_active)
        if number in (40, 90):
            server.stop(signal.SIGKILL)
            server.start()
    wait(lambda: {str(n) for n in range(120)} <= set(data(sink)))
    for key in range(8):
        first_times = list(dict.fromkeys(each[1] for each in sink.told if each[0] == f"k{key}"))
        assert first_times == [str(n) for n in range(key, 120, 8)]
    record = sink.told[0][2]
    assert record["eventID"] == f"shardId-000000000000:{record['kinesis']['sequenceNumber']}"
    assert record["invokeIdentityArn"] == functions.ROLE


def test_what_fails_is_split_tried_again_and_given_up(serve, tables, shards, sink):
    server = start(serve, sink, "--endpoint", f"kinesis={shards.url}",
                   "--endpoint", f"sqs={tables.url}")
    kinesis, client, sqs = shards.client("kinesis"), server.client("lambda"), tables.client("sqs")
    name, arn = make_stream(kinesis)
    failed, failed_arn = make_queue(sqs)
    for number in range(8):
        text = "raise" if number == 5 else f"{number}"
        kinesis.put_record(StreamName=name, PartitionKey="k", Data=text.encode())
    client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", StartingPosition="TRIM_HORIZON", BatchSize=8,
        BisectBatchOnFunctionError=True, MaximumRetryAttempts=1,
        DestinationConfig={"OnFailure": {"Destination": failed_arn}})
    taken = lambda: [each[1] for each in sink.told if not each[3]]
    wait(lambda: len(taken()) >= 7)
    assert taken() == ["0", "1", "2", "3", "4", "6", "7"]
    document = json.loads(wait(lambda: sqs.receive_message(QueueUrl=failed).get("Messages"))[0]["Body"])
    assert document["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert document["requestContext"]["functionArn"].endswith(":function:f")
    assert document["KinesisBatchInfo"]["batchSize"] == 1
    assert document["KinesisBatchInfo"]["streamArn"] == arn and document["version"] == "1.0"
    assert document["responseContext"] == {
        "statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}


def test_a_shard_waits_for_what_fails_and_says_so(serve, shards, sink):
    server = start(serve, sink, "--endpoint", f"kinesis={shards.url}")
    kinesis, client = shards.client("kinesis"), server.client("lambda")
    name, arn = make_stream(kinesis)
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", StartingPosition="TRIM_HORIZON", BatchSize=1)
    settled(client, made)
    for text in ("raise", "after"):
        kinesis.put_record(StreamName=name, PartitionKey="k", Data=text.encode())
    wait(lambda: data(sink).count("raise") >= 2)
    assert "after" not in data(sink)
    wait(lambda: "the function has failed" in explain(server, made["UUID"]))
    found = client.get_event_source_mapping(UUID=made["UUID"])
    assert found["LastProcessingResult"] == "PROBLEM: Function call failed"


def test_bad_mappings_of_streams_are_refused(serve, shards, sink):
    server = start(serve, sink, "--endpoint", f"kinesis={shards.url}")
    client = server.client("lambda")
    name, arn = make_stream(shards.client("kinesis"))

    def refused(message, **given):
        given = {"EventSourceArn": arn, "FunctionName": "f", "StartingPosition": "LATEST", **given}
        given = {name: value for name, value in given.items() if value is not None}
        with pytest.raises(botocore.exceptions.ClientError) as error:
            client.create_event_source_mapping(**given)
        assert message in error.value.response["Error"]["Message"]
        assert error.value.response["Error"]["Code"] == "InvalidParameterValueException"

    refused("1 validation error detected: Value null at 'startingPosition' failed to satisfy "
            "constraint: Member must not be null.", StartingPosition=None)
    refused("Stream not found: ", EventSourceArn=arn + "x")
    table = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000"
    refused(f"Unsupported starting position for arn type: {table}", EventSourceArn=table,
            StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=time.time())
    refused("Invalid filter pattern definition.",
            FilterCriteria={"Filters": [{"Pattern": json.dumps({"data": ["plain"]})}]})
    refused("Unsupported ScalingConfig parameter", ScalingConfig={"MaximumConcurrency": 2})
    refused("tumbling window", TumblingWindowInSeconds=10, ParallelizationFactor=2)
