"""Kinesis of the server itself: streams, shards, records, consumers, and what mappings make of them."""

import json
import signal
import time

import botocore.exceptions
import pytest

import functions
import stand_ins
from functions import refused
from test_sources import explain, settled, wait
from test_streams import TELL

ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/"


@pytest.fixture
def kinesis(server):
    return server.client("kinesis")


def read(kinesis, shard, kind="TRIM_HORIZON", name="s", **more):
    """The records of a shard from a place on, and the shards that it ended in."""
    at = kinesis.get_shard_iterator(
        StreamName=name, ShardId=shard, ShardIteratorType=kind, **more)["ShardIterator"]
    records = []
    while True:
        answer = kinesis.get_records(ShardIterator=at, Limit=3)
        records += answer["Records"]
        at = answer.get("NextShardIterator")
        if at is None:
            return records, [each["ShardId"] for each in answer["ChildShards"]]
        if not answer["Records"]:
            assert answer["MillisBehindLatest"] == 0 and "ChildShards" not in answer
            return records, None


def shards(kinesis, name="s", **more):
    return [each["ShardId"] for each in kinesis.list_shards(StreamName=name, **more)["Shards"]]


def test_records_are_read_from_any_place(kinesis):
    kinesis.create_stream(StreamName="s", ShardCount=1, Tags={"a": "b"})
    kinesis.get_waiter("stream_exists").wait(StreamName="s")
    told = kinesis.describe_stream(StreamName="s")["StreamDescription"]
    assert told["StreamARN"] == ARN + "s" and told["StreamStatus"] == "ACTIVE"
    assert told["RetentionPeriodHours"] == 24 and told["HasMoreShards"] is False
    [only] = told["Shards"]
    assert only["HashKeyRange"] == {"StartingHashKey": "0", "EndingHashKey": str(2**128 - 1)}
    assert list(only["SequenceNumberRange"]) == ["StartingSequenceNumber"]
    shard = only["ShardId"]
    assert shard == "shardId-000000000000"
    latest = kinesis.get_shard_iterator(
        StreamName="s", ShardId=shard, ShardIteratorType="LATEST")["ShardIterator"]
    numbers = []
    for at in range(4):
        put = kinesis.put_record(StreamName="s", PartitionKey=f"k{at}", Data=f"d{at}".encode())
        assert put["ShardId"] == shard
        numbers.append(put["SequenceNumber"])
    time.sleep(0.01)
    middle = time.time()
    time.sleep(0.01)
    put = kinesis.put_records(StreamARN=ARN + "s", Records=[
        {"PartitionKey": f"k{at}", "Data": f"d{at}".encode()} for at in range(4, 8)])
    assert put["FailedRecordCount"] == 0
    numbers += [each["SequenceNumber"] for each in put["Records"]]
    assert numbers == sorted(numbers, key=int) and len(set(numbers)) == 8
    found = kinesis.get_records(ShardIterator=latest)["Records"]
    assert [each["Data"] for each in found] == [f"d{at}".encode() for at in range(8)]
    assert [each["SequenceNumber"] for each in found] == numbers
    assert found[3]["PartitionKey"] == "k3"
    assert abs(found[0]["ApproximateArrivalTimestamp"].timestamp() - time.time()) < 60
    data = lambda *place, **more: [
        int(each["Data"][1:]) for each in read(kinesis, shard, *place, **more)[0]]
    assert data() == list(range(8)) and data("LATEST") == []
    assert data("AT_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[3]) == [3, 4, 5, 6, 7]
    assert data("AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[3]) == [4, 5, 6, 7]
    assert data("AT_TIMESTAMP", Timestamp=middle) == [4, 5, 6, 7]
    assert data("AT_TIMESTAMP", Timestamp=middle - 3600) == list(range(8))


def test_shards_are_split_and_merged_and_drained(kinesis):
    kinesis.create_stream(StreamName="s", ShardCount=2)
    first, second = shards(kinesis)
    half = 2**127
    assert kinesis.put_record(StreamName="s", PartitionKey="x", ExplicitHashKey="0",
                              Data=b"1")["ShardId"] == first
    assert kinesis.put_record(StreamName="s", PartitionKey="x", ExplicitHashKey=str(half),
                              Data=b"2")["ShardId"] == second
    kinesis.split_shard(StreamName="s", ShardToSplit=first, NewStartingHashKey=str(half // 2))
    third, fourth = shards(kinesis)[2:]
    kinesis.put_record(StreamName="s", PartitionKey="x", ExplicitHashKey="0", Data=b"3")
    records, children = read(kinesis, first)
    assert [each["Data"] for each in records] == [b"1"] and children == [third, fourth]
    told = {each["ShardId"]: each for each in kinesis.list_shards(StreamName="s")["Shards"]}
    assert "EndingSequenceNumber" in told[first]["SequenceNumberRange"]
    assert told[third]["ParentShardId"] == first and "AdjacentParentShardId" not in told[third]
    assert [each["Data"] for each in read(kinesis, third)[0]] == [b"3"]
    kinesis.merge_shards(StreamName="s", ShardToMerge=fourth, AdjacentShardToMerge=second)
    fifth = shards(kinesis)[4]
    merged = {each["ShardId"]: each for each in kinesis.list_shards(StreamName="s")["Shards"]}[fifth]
    assert (merged["ParentShardId"], merged["AdjacentParentShardId"]) == (fourth, second)
    assert merged["HashKeyRange"]["EndingHashKey"] == str(2**128 - 1)
    assert read(kinesis, second)[1] == [fifth]
    assert shards(kinesis, ShardFilter={"Type": "AT_LATEST"}) == [third, fifth]
    assert shards(kinesis, ShardFilter={"Type": "AFTER_SHARD_ID", "ShardId": third}) == [fourth, fifth]
    page = kinesis.list_shards(StreamName="s", MaxResults=3)
    rest = kinesis.list_shards(NextToken=page["NextToken"])
    assert [each["ShardId"] for each in [*page["Shards"], *rest["Shards"]]] == shards(kinesis)
    answer = kinesis.update_shard_count(
        StreamName="s", TargetShardCount=4, ScalingType="UNIFORM_SCALING")
    assert (answer["CurrentShardCount"], answer["TargetShardCount"]) == (2, 4)
    summary = kinesis.describe_stream_summary(StreamName="s")["StreamDescriptionSummary"]
    assert summary["OpenShardCount"] == 4 and summary["ConsumerCount"] == 0
    open_shards = [each for each in kinesis.list_shards(StreamName="s")["Shards"]
                   if "EndingSequenceNumber" not in each["SequenceNumberRange"]]
    ranges = sorted((int(each["HashKeyRange"]["StartingHashKey"]),
                     int(each["HashKeyRange"]["EndingHashKey"])) for each in open_shards)
    assert ranges[0][0] == 0 and ranges[-1][1] == 2**128 - 1
    assert all(one[1] + 1 == other[0] for one, other in zip(ranges, ranges[1:]))
    kinesis.update_shard_count(StreamName="s", TargetShardCount=2, ScalingType="UNIFORM_SCALING")
    for target in (1, 5):
        expected = "" if target == 1 else "InvalidArgumentException"
        call = dict(StreamName="s", TargetShardCount=target, ScalingType="UNIFORM_SCALING")
        if expected:
            assert refused(kinesis.update_shard_count, **call)[0] == expected
        else:
            kinesis.update_shard_count(**call)


def test_streams_have_tags_retention_and_consumers(kinesis):
    kinesis.create_stream(StreamName="s", StreamModeDetails={"StreamMode": "ON_DEMAND"})
    kinesis.create_stream(StreamName="t", ShardCount=1)
    assert len(shards(kinesis)) == 4
    # It has as many shards as it needs by itself.
    for call, more in ((kinesis.update_shard_count, {"TargetShardCount": 5, "ScalingType": "UNIFORM_SCALING"}),
                       (kinesis.split_shard, {"ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "9"})):
        assert refused(call, StreamName="s", **more)[0] == "ValidationException"
    listed = kinesis.list_streams()
    assert listed["StreamNames"] == ["s", "t"] and listed["HasMoreStreams"] is False
    assert listed["StreamSummaries"][0]["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"}
    page = kinesis.list_streams(Limit=1)
    assert page["HasMoreStreams"]
    assert kinesis.list_streams(NextToken=page["NextToken"])["StreamNames"] == ["t"]
    kinesis.add_tags_to_stream(StreamName="s", Tags={"a": "1", "b": "2"})
    kinesis.tag_resource(ResourceARN=ARN + "s", Tags={"c": "3"})
    kinesis.remove_tags_from_stream(StreamName="s", TagKeys=["b"])
    assert kinesis.list_tags_for_stream(StreamName="s")["Tags"] == [
        {"Key": "a", "Value": "1"}, {"Key": "c", "Value": "3"}]
    assert len(kinesis.list_tags_for_resource(ResourceARN=ARN + "s")["Tags"]) == 2
    kinesis.increase_stream_retention_period(StreamName="s", RetentionPeriodHours=48)
    assert refused(kinesis.increase_stream_retention_period, StreamName="s", RetentionPeriodHours=25)[0] \
        == "InvalidArgumentException"
    kinesis.decrease_stream_retention_period(StreamName="s", RetentionPeriodHours=24)
    made = kinesis.register_stream_consumer(StreamARN=ARN + "s", ConsumerName="c")["Consumer"]
    assert made["ConsumerARN"].startswith(ARN + "s/consumer/c:") and made["ConsumerStatus"] == "ACTIVE"
    told = kinesis.describe_stream_consumer(ConsumerARN=made["ConsumerARN"])["ConsumerDescription"]
    assert told["StreamARN"] == ARN + "s" and told["ConsumerName"] == "c"
    assert len(kinesis.list_stream_consumers(StreamARN=ARN + "s")["Consumers"]) == 1
    assert refused(kinesis.register_stream_consumer, StreamARN=ARN + "s", ConsumerName="c")[0] \
        == "ResourceInUseException"
    assert refused(kinesis.delete_stream, StreamName="s")[0] == "ResourceInUseException"
    kinesis.deregister_stream_consumer(StreamARN=ARN + "s", ConsumerName="c")
    assert refused(kinesis.describe_stream_consumer, ConsumerARN=made["ConsumerARN"])[0] \
        == "ResourceNotFoundException"
    kinesis.delete_stream(StreamName="s")
    code, message, status = refused(kinesis.describe_stream, StreamName="s")
    assert (code, status) == ("ResourceNotFoundException", 400)
    assert message == "Stream s under account 000000000000 not found."


def test_bad_requests_are_refused_and_change_nothing(kinesis):
    kinesis.create_stream(StreamName="s", ShardCount=1)
    code, message, _ = refused(kinesis.create_stream, StreamName="s", ShardCount=1)
    assert (code, message) == (
        "ResourceInUseException", "Stream s under account 000000000000 already exists.")
    assert refused(kinesis.create_stream, StreamName="big", ShardCount=2000)[0] \
        == "LimitExceededException"
    put = lambda **more: refused(
        kinesis.put_record, **{"StreamName": "s", "PartitionKey": "k", "Data": b"x", **more})[0]
    assert put(StreamName="none") == "ResourceNotFoundException"
    assert put(ExplicitHashKey=str(2**128)) == "InvalidArgumentException"
    assert put(Data=b"x" * (1 << 20)) == "ValidationException"
    [shard] = shards(kinesis)
    at = dict(StreamName="s", ShardId=shard)
    assert refused(kinesis.get_shard_iterator, **at, ShardIteratorType="AT_SEQUENCE_NUMBER",
                   StartingSequenceNumber="7")[0] == "InvalidArgumentException"
    assert refused(kinesis.get_shard_iterator, **at, ShardIteratorType="AT_TIMESTAMP")[0] \
        == "InvalidArgumentException"
    assert refused(kinesis.get_records, ShardIterator="x")[0] == "InvalidArgumentException"
    assert refused(kinesis.split_shard, StreamName="s", ShardToSplit=shard, NewStartingHashKey="1")[0] \
        == "InvalidArgumentException"
    assert refused(kinesis.merge_shards, StreamName="s", ShardToMerge=shard,
                   AdjacentShardToMerge=shard)[0] == "InvalidArgumentException"
    assert read(kinesis, shard) == ([], None) and shards(kinesis) == [shard]


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


def test_a_consumer_is_an_event_source(serve, sink):
    server = serve("--outside-allow", f"{sink.address}/32")
    client, kinesis = server.client("lambda"), server.client("kinesis")
    functions.create(client, code=TELL, Environment={"Variables": {"SINK": sink.url}})
    kinesis.create_stream(StreamName="s", ShardCount=1)
    consumer = kinesis.register_stream_consumer(
        StreamARN=ARN + "s", ConsumerName="c")["Consumer"]["ConsumerARN"]
    code, message, _ = refused(
        client.create_event_source_mapping, EventSourceArn=consumer[:-1] + "0", FunctionName="f",
        StartingPosition="LATEST") if not consumer.endswith("0") else ("", "Stream not found", 0)
    assert "Stream not found" in message
    made = client.create_event_source_mapping(
        EventSourceArn=consumer, FunctionName="f", StartingPosition="TRIM_HORIZON")
    settled(client, made)
    put = kinesis.put_record(StreamName="s", PartitionKey="k", Data=b"hello")
    wait(lambda: sink.told)
    [[key, data, record, _]] = sink.told
    assert (key, data) == ("k", "hello") and record["eventSourceARN"] == consumer
    assert record["kinesis"]["sequenceNumber"] == put["SequenceNumber"]
    arrived = record["kinesis"]["approximateArrivalTimestamp"]
    assert abs(arrived - time.time()) < 60
    assert f"record {put['SequenceNumber']} of {consumer}" in wait(
        lambda: explain(server, made["UUID"]) and told_by(server, made["UUID"]))


def told_by(server, mapping):
    """The explanation of the last invocation of a mapping."""
    told = explain(server, mapping)
    if "by invocation " not in told:
        return None
    return explain(server, told.split("by invocation ")[1][:36])


# Sums the numbers that it is given, and tells the sum when the window ends.
SUM = """
import base64, json, os, urllib.request
def handler(event, context):
    state = event["state"]
    sums = state.get("numbers", [])
    sums += [int(base64.b64decode(each["kinesis"]["data"])) for each in event["Records"]]
    if event["isFinalInvokeForWindow"]:
        told = {**event, "numbers": sums}
        urllib.request.urlopen(os.environ["SINK"], json.dumps([told]).encode(), timeout=30).close()
    return {"state": {"numbers": sums}}
"""


def test_a_tumbling_window_has_a_state_and_an_end(serve, sink):
    server = serve("--outside-allow", f"{sink.address}/32")
    client, kinesis = server.client("lambda"), server.client("kinesis")
    functions.create(client, code=SUM, Environment={"Variables": {"SINK": sink.url}})
    kinesis.create_stream(StreamName="s", ShardCount=1)
    made = client.create_event_source_mapping(
        EventSourceArn=ARN + "s", FunctionName="f", StartingPosition="TRIM_HORIZON",
        TumblingWindowInSeconds=2, BatchSize=3)
    assert made["TumblingWindowInSeconds"] == 2
    settled(client, made)
    for number in range(50):
        kinesis.put_record(StreamName="s", PartitionKey="k", Data=str(number).encode())
        time.sleep(0.1)
        if number == 25:
            server.stop(signal.SIGKILL)
            server.start()
            kinesis = server.client("kinesis")
    numbers = lambda: [number for told in sink.told for number in told["numbers"]]
    wait(lambda: len(numbers()) == 50)
    assert numbers() == list(range(50)) and len(sink.told) >= 2
    told = sink.told[0]
    assert told["Records"] == [] and told["isWindowTerminatedEarly"] is False
    assert told["shardId"] == "shardId-000000000000" and told["eventSourceARN"] == ARN + "s"
    start, end = (time.strptime(told["window"][at], "%Y-%m-%dT%H:%M:%SZ") for at in ("start", "end"))
    assert time.mktime(end) - time.mktime(start) == 2


def role_that_reads(server, name, *statements):
    """A role of Lambda's that may read streams, and what the statements say."""
    iam = server.client("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
             "Action": "sts:AssumeRole"}
    document = lambda *own: json.dumps({"Version": "2012-10-17", "Statement": list(own)})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    may = lambda *more: iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=document(
        {"Effect": "Allow", "Action": ["kinesis:*", "logs:*"], "Resource": "*"}, *more))
    may(*statements)
    return role, may


def test_topics_and_buckets_are_told_of_records_that_are_given_up(serve, sink):
    server = serve("--outside-allow", f"{sink.address}/32", "--iam", "enforce")
    client, kinesis = server.client("lambda"), server.client("kinesis")
    sns, sqs, s3 = (server.client(name) for name in ("sns", "sqs", "s3"))
    publish = {"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}
    role, may = role_that_reads(server, "reads", publish)
    functions.create(client, code=TELL, Environment={"Variables": {"SINK": sink.url}}, Role=role)
    kinesis.create_stream(StreamName="s", ShardCount=1)
    topic = sns.create_topic(Name="t")["TopicArn"]
    s3.create_bucket(Bucket="given-up")
    queue = sqs.create_queue(QueueName="q")["QueueUrl"]
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage", "Resource": "*"}]}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(policy)})
    queue_arn = sqs.get_queue_attributes(
        QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn)
    kinesis.put_record(StreamName="s", PartitionKey="k", Data=b"raise")
    mapping = {"EventSourceArn": ARN + "s", "FunctionName": "f", "StartingPosition": "TRIM_HORIZON",
               "MaximumRetryAttempts": 0}
    on = lambda arn: {"DestinationConfig": {"OnFailure": {"Destination": arn}}}
    create = client.create_event_source_mapping
    invalid = "InvalidParameterValueException"
    bucket, missing = "arn:aws:s3:::given-up", "The provided execution role does not have permissions to call "
    assert refused(create, **mapping, **on(bucket)) == (invalid, missing + "PutObject on S3", 400)
    assert refused(create, **mapping, **on(queue_arn)) == (invalid, missing + "SendMessage on SQS", 400)
    assert refused(create, **mapping, **on(topic + "x")) == (invalid, missing + "Publish on SNS", 400)
    assert refused(create, **mapping, **on("arn:aws:lambda:us-east-1:000000000000:function:f")) == (
        invalid, "Unsupported DestinationConfig parameter for given event source mapping type.", 400)
    assert client.list_event_source_mappings()["EventSourceMappings"] == []

    made = create(**mapping, **on(topic))
    assert made["DestinationConfig"] == {"OnFailure": {"Destination": topic}}
    [message] = wait(lambda: sqs.receive_message(QueueUrl=queue).get("Messages"))
    told = json.loads(json.loads(message["Body"])["Message"])
    assert told["requestContext"]["condition"] == "RetryAttemptsExhausted" and "payload" not in told
    assert told["KinesisBatchInfo"]["shardId"] == "shardId-000000000000"

    update = lambda: client.update_event_source_mapping(UUID=made["UUID"], **on(bucket))
    assert refused(client.update_event_source_mapping, UUID=made["UUID"], **on(bucket)) == (
        invalid, missing + "PutObject on S3", 400)
    may(publish, {"Effect": "Allow", "Action": "s3:PutObject", "Resource": bucket + "/aws/lambda/*"})
    assert update()["DestinationConfig"] == {"OnFailure": {"Destination": bucket}}
    settled(client, made)
    put = kinesis.put_record(StreamName="s", PartitionKey="k", Data=b"raise again")
    [found] = wait(lambda: s3.list_objects_v2(Bucket="given-up").get("Contents"))
    at = time.strftime("%Y/%m/%d")
    assert found["Key"].startswith(f"aws/lambda/{made['UUID']}/shardId-000000000000/{at}/")
    told = json.loads(s3.get_object(Bucket="given-up", Key=found["Key"])["Body"].read())
    assert told["KinesisBatchInfo"]["startSequenceNumber"] == put["SequenceNumber"]
    [record] = json.loads(told["payload"])["Records"]
    assert record["kinesis"]["sequenceNumber"] == put["SequenceNumber"]
    assert record["eventSource"] == "aws:kinesis"


def subscribed(kinesis, consumer, shard="shardId-000000000000", kind="TRIM_HORIZON", **more):
    return kinesis.subscribe_to_shard(
        ConsumerARN=consumer, ShardId=shard, StartingPosition={"Type": kind, **more})["EventStream"]


def until(events, wanted):
    """The records of a subscription up to as many as are wanted, and the event after which it stopped."""
    found = []
    for event in events:
        event = event["SubscribeToShardEvent"]
        found += [each["Data"].decode() for each in event["Records"]]
        if len(found) >= wanted:
            return found, event


def test_records_are_sent_to_who_is_subscribed_as_they_come(server):
    kinesis = server.client("kinesis", read_timeout=30)
    kinesis.create_stream(StreamName="s", ShardCount=1)
    made = kinesis.register_stream_consumer(StreamARN=ARN + "s", ConsumerName="c")["Consumer"]
    consumer = made["ConsumerARN"]
    put = lambda data: kinesis.put_record(StreamName="s", PartitionKey="k", Data=data.encode())
    first = put("before")
    events = subscribed(kinesis, consumer)
    found, event = until(events, 1)
    assert found == ["before"] and event["MillisBehindLatest"] == 0
    assert event["Records"][0]["SequenceNumber"] == first["SequenceNumber"]
    assert event["ContinuationSequenceNumber"] == first["SequenceNumber"]
    # What comes is sent without waiting for the next look.
    took = []
    for number in range(5):
        began = time.monotonic()
        put(f"{number}")
        assert until(events, 1)[0] == [f"{number}"]
        took.append(time.monotonic() - began)
    assert min(took) < 0.5
    taken = "ResourceInUseException"
    code, message, status = refused(
        kinesis.subscribe_to_shard, ConsumerARN=consumer, ShardId="shardId-000000000000",
        StartingPosition={"Type": "LATEST"})
    assert (code, status) == (taken, 400)
    assert message == ("Another active subscription exists for this consumer: "
                       "000000000000:s:shardId-000000000000:c")
    # Five seconds later another takes it over, and the first is told.
    quiet = next(iter(events))["SubscribeToShardEvent"]
    assert quiet["Records"] == [] and quiet["ContinuationSequenceNumber"]
    time.sleep(1)
    other = subscribed(kinesis, consumer, kind="AFTER_SEQUENCE_NUMBER",
                       SequenceNumber=first["SequenceNumber"])
    assert until(other, 5)[0] == ["0", "1", "2", "3", "4"]
    with pytest.raises(botocore.exceptions.EventStreamError) as ended:
        list(events)
    assert taken in str(ended.value)
    # The shard ends: its last event names those that came out of it, and is the last.
    kinesis.split_shard(StreamName="s", ShardToSplit="shardId-000000000000",
                        NewStartingHashKey=str(2**127))
    *_, last = other
    children = [each["ShardId"] for each in last["SubscribeToShardEvent"]["ChildShards"]]
    assert children == ["shardId-000000000001", "shardId-000000000002"]
    assert "ContinuationSequenceNumber" not in last["SubscribeToShardEvent"]
    # Who is subscribed for a consumer that goes is told so.
    third = subscribed(kinesis, consumer, shard="shardId-000000000001", kind="LATEST")
    assert next(iter(third))["SubscribeToShardEvent"]["Records"] == []
    kinesis.deregister_stream_consumer(ConsumerARN=consumer)
    with pytest.raises(botocore.exceptions.EventStreamError) as ended:
        list(third)
    assert "ResourceNotFoundException" in str(ended.value)


def test_bad_subscriptions_are_refused(kinesis):
    kinesis.create_stream(StreamName="s", ShardCount=1)
    consumer = kinesis.register_stream_consumer(
        StreamARN=ARN + "s", ConsumerName="c")["Consumer"]["ConsumerARN"]
    subscribe = lambda consumer=consumer, shard="shardId-000000000000", **at: refused(
        kinesis.subscribe_to_shard, ConsumerARN=consumer, ShardId=shard, StartingPosition=at)[::2]
    assert subscribe(Type="AT_SEQUENCE_NUMBER") == ("InvalidArgumentException", 400)
    assert subscribe(Type="AT_SEQUENCE_NUMBER", SequenceNumber="1") == ("InvalidArgumentException", 400)
    assert subscribe(shard="shardId-000000000009", Type="LATEST") == ("ResourceNotFoundException", 400)
    missing = consumer.replace("/c:", "/d:")
    assert subscribe(missing, Type="LATEST") == ("ResourceNotFoundException", 400)
    assert subscribe(Type="OTHER") == ("ValidationException", 400)


def test_a_subscription_holds_up_no_end(server):
    kinesis = server.client("kinesis", read_timeout=30)
    kinesis.create_stream(StreamName="s", ShardCount=1)
    consumer = kinesis.register_stream_consumer(
        StreamARN=ARN + "s", ConsumerName="c")["Consumer"]["ConsumerARN"]
    events = iter(subscribed(kinesis, consumer, kind="LATEST"))
    next(events)
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 10
