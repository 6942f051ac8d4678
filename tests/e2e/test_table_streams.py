"""DynamoDB Streams of the server's own tables: what they tell, and what mappings make of it."""

import json
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import functions
import stand_ins
from functions import eventually, refused
from test_sources import explain, settled, wait


@pytest.fixture
def streams(server):
    return server.client("dynamodbstreams")


@pytest.fixture
def dynamodb(server):
    return server.client("dynamodb")


def make(dynamodb, name="orders", view="NEW_AND_OLD_IMAGES"):
    made = dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        **({"StreamSpecification": {"StreamEnabled": True, "StreamViewType": view}} if view else {}))
    return made["TableDescription"].get("LatestStreamArn")


def put(dynamodb, key, table="orders", **attributes):
    item = {"k": {"S": key}, **{name: {"N": str(value)} for name, value in attributes.items()}}
    dynamodb.put_item(TableName=table, Item=item)


def shard(streams, arn):
    [shard] = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    return shard


def iterator(streams, arn, kind="TRIM_HORIZON", **more):
    return streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard(streams, arn)["ShardId"], ShardIteratorType=kind,
        **more)["ShardIterator"]


def read(streams, arn, kind="TRIM_HORIZON", **more):
    """All records from a place on, and whether the shard has ended."""
    at, records = iterator(streams, arn, kind, **more), []
    while at:
        answer = streams.get_records(ShardIterator=at, Limit=7)
        records += answer["Records"]
        at = answer.get("NextShardIterator")
        if not answer["Records"]:
            break
    return records, at is None


def test_what_is_written_is_told_in_order_and_as_the_view_says(dynamodb, streams):
    arn = make(dynamodb)
    assert re.fullmatch(
        r"arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/"
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}", arn)
    told = dynamodb.describe_table(TableName="orders")["Table"]
    assert told["StreamSpecification"] == {
        "StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert told["LatestStreamArn"] == arn and arn.endswith("/" + told["LatestStreamLabel"])
    put(dynamodb, "a", v=1, w=2)
    put(dynamodb, "a", w=2, v=1)
    dynamodb.update_item(TableName="orders", Key={"k": {"S": "a"}}, UpdateExpression="SET v = :v",
                         ExpressionAttributeValues={":v": {"N": "1"}})
    put(dynamodb, "a", v=2)
    dynamodb.transact_write_items(TransactItems=[
        {"Put": {"TableName": "orders", "Item": {"k": {"S": "b"}}}},
        {"Delete": {"TableName": "orders", "Key": {"k": {"S": "a"}}}}])
    dynamodb.batch_write_item(RequestItems={"orders": [
        {"PutRequest": {"Item": {"k": {"S": f"c{n}"}}}} for n in range(20)]})
    dynamodb.execute_statement(Statement="DELETE FROM orders WHERE k = 'b'")
    records, has_ended = read(streams, arn)
    assert not has_ended
    # What changes nothing writes no record.
    names = [(each["eventName"], each["dynamodb"]["Keys"]["k"]["S"]) for each in records]
    assert names == [
        ("INSERT", "a"), ("MODIFY", "a"), ("INSERT", "b"), ("REMOVE", "a"),
        *(("INSERT", f"c{n}") for n in range(20)), ("REMOVE", "b")]
    numbers = [each["dynamodb"]["SequenceNumber"] for each in records]
    assert numbers == sorted(numbers) and {len(number) for number in numbers} == {21}
    assert len({each["eventID"] for each in records}) == len(records)
    modified = records[1]
    assert modified["awsRegion"] == "us-east-1" and modified["eventSource"] == "aws:dynamodb"
    assert modified["eventVersion"] == "1.1" and "userIdentity" not in modified
    change = modified["dynamodb"]
    assert change["OldImage"] == {"k": {"S": "a"}, "v": {"N": "1"}, "w": {"N": "2"}}
    assert change["NewImage"] == {"k": {"S": "a"}, "v": {"N": "2"}}
    assert change["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert change["SizeBytes"] == 2 + (2 + 3 + 3) + (2 + 3)
    assert abs(change["ApproximateCreationDateTime"].timestamp() - time.time()) < 60
    for view, images in [("KEYS_ONLY", []), ("NEW_IMAGE", ["NewImage"]), ("OLD_IMAGE", ["OldImage"])]:
        other = make(dynamodb, view, view)
        shown = dynamodb.describe_table(TableName=view)["Table"]["StreamSpecification"]
        assert shown["StreamViewType"] == view
        put(dynamodb, "a", view, v=1)
        put(dynamodb, "a", view, v=1)
        put(dynamodb, "a", view, v=2)
        inserted, changed = read(streams, other)[0]
        assert [name for name in ("NewImage", "OldImage") if name in changed["dynamodb"]] == images
        assert "OldImage" not in inserted["dynamodb"] and changed["dynamodb"]["StreamViewType"] == view


def test_a_stream_is_read_from_any_place(dynamodb, streams):
    arn = make(dynamodb, "abc")
    told = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    assert told["StreamStatus"] == "ENABLED" and told["TableName"] == "abc"
    assert told["KeySchema"] == [{"AttributeName": "k", "KeyType": "HASH"}]
    only = shard(streams, arn)
    assert 28 <= len(only["ShardId"]) <= 65 and "ParentShardId" not in only
    assert list(only["SequenceNumberRange"]) == ["StartingSequenceNumber"]
    latest = iterator(streams, arn, "LATEST")
    for number in range(9):
        put(dynamodb, f"{number}", "abc")
    records = streams.get_records(ShardIterator=latest)["Records"]
    assert len(records) == 9
    keys = lambda *place, **more: [
        each["dynamodb"]["Keys"]["k"]["S"] for each in read(streams, arn, *place, **more)[0]]
    fifth = records[4]["dynamodb"]["SequenceNumber"]
    assert keys("AT_SEQUENCE_NUMBER", SequenceNumber=fifth) == list("45678")
    assert keys("AFTER_SEQUENCE_NUMBER", SequenceNumber=fifth) == list("5678")
    begin = only["SequenceNumberRange"]["StartingSequenceNumber"]
    assert keys("AT_SEQUENCE_NUMBER", SequenceNumber=begin) == list("012345678")
    assert keys("LATEST") == [] and keys() == list("012345678")
    follows = streams.describe_stream(StreamArn=arn, ExclusiveStartShardId=only["ShardId"])
    assert follows["StreamDescription"]["Shards"] == []
    code, message, status = refused(streams.describe_stream, StreamArn=arn + "0")
    assert (code, status) == ("ResourceNotFoundException", 400)
    assert message == f"Requested resource not found: Stream: {arn}0 not found"
    for elsewhere in ("eu-west-1:000000000000", "us-east-1:000000000001"):
        other = arn.replace("us-east-1:000000000000", elsewhere)
        assert refused(streams.describe_stream, StreamArn=other)[0] == "ResourceNotFoundException"
    of = {"StreamArn": arn, "ShardId": only["ShardId"]}
    number = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": "9" * 22}
    assert refused(streams.get_shard_iterator, **of, ShardIteratorType="AT_SEQUENCE_NUMBER")[0] \
        == "ValidationException"
    assert refused(streams.get_shard_iterator, **of, ShardIteratorType="X")[0] == "ValidationException"
    assert refused(streams.get_shard_iterator, **{**of, "ShardId": "shardId-" + "0" * 25},
                   ShardIteratorType="LATEST")[0] == "ResourceNotFoundException"
    assert refused(streams.get_shard_iterator, **of, **number)[0] == "ValidationException"
    assert refused(streams.get_records, ShardIterator="x")[0] == "ValidationException"
    assert refused(streams.get_records, ShardIterator=latest, Limit=1001)[0] == "ValidationException"


def test_a_stream_that_is_closed_stays_and_another_begins_anew(dynamodb, streams):
    first = make(dynamodb)
    put(dynamodb, "old")
    again = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    code, message, _ = refused(dynamodb.update_table, TableName="orders", StreamSpecification=again)
    assert code == "ValidationException"
    assert message == "Table already has an enabled stream: TableName: orders"
    told = dynamodb.update_table(TableName="orders", StreamSpecification={"StreamEnabled": False})
    assert "StreamSpecification" not in told["TableDescription"]
    assert told["TableDescription"]["LatestStreamArn"] == first
    assert refused(dynamodb.update_table, TableName="orders",
                   StreamSpecification={"StreamEnabled": False})[0] == "ValidationException"
    put(dynamodb, "untold")
    records, has_ended = read(streams, first)
    assert has_ended and [each["dynamodb"]["Keys"]["k"]["S"] for each in records] == ["old"]
    closed = streams.describe_stream(StreamArn=first)["StreamDescription"]
    assert closed["StreamStatus"] == "DISABLED"
    assert "EndingSequenceNumber" in closed["Shards"][0]["SequenceNumberRange"]
    dynamodb.update_table(TableName="orders", StreamSpecification=again)
    second = dynamodb.describe_table(TableName="orders")["Table"]["LatestStreamArn"]
    put(dynamodb, "new")
    keys = lambda arn: [each["dynamodb"]["Keys"]["k"]["S"] for each in read(streams, arn)[0]]
    assert second != first and keys(second) == ["new"] and keys(first) == ["old"]
    dynamodb.delete_table(TableName="orders")
    third = make(dynamodb)
    put(dynamodb, "third")
    assert keys(third) == ["third"] and keys(second) == ["new"]
    make(dynamodb, "silent", None)
    assert "LatestStreamArn" not in dynamodb.describe_table(TableName="silent")["Table"]
    put(dynamodb, "x", "silent")
    other = make(dynamodb, "another")
    listed = streams.list_streams(TableName="orders")["Streams"]
    assert [each["StreamArn"] for each in listed] == [first, second, third]
    page = streams.list_streams(Limit=3)
    rest = streams.list_streams(ExclusiveStartStreamArn=page["LastEvaluatedStreamArn"])
    assert [each["StreamArn"] for each in [*page["Streams"], *rest["Streams"]]] == [
        other, first, second, third]
    assert "LastEvaluatedStreamArn" not in rest
    for specification in ({"StreamEnabled": True}, {"StreamEnabled": True, "StreamViewType": "ALL"}):
        refusal = refused(dynamodb.update_table, TableName="silent", StreamSpecification=specification)
        assert refusal[0] == "ValidationException"


def test_what_expires_is_deleted_in_the_name_of_the_service(dynamodb, streams):
    arn = make(dynamodb)
    dynamodb.update_time_to_live(TableName="orders", TimeToLiveSpecification={
        "Enabled": True, "AttributeName": "until"})
    put(dynamodb, "a", until=int(time.time()) - 60)
    removed = eventually(lambda: [each for each in read(streams, arn)[0]
                                  if each["eventName"] == "REMOVE"])
    assert removed[0]["userIdentity"] == {
        "PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}


def test_streams_survive_a_server_that_is_killed(server, dynamodb, streams):
    arn = make(dynamodb)
    at = iterator(streams, arn)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: put(dynamodb, f"{number}"), range(200)))
    server.stop(signal.SIGKILL)
    server.start()
    dynamodb, streams = server.client("dynamodb"), server.client("dynamodbstreams")
    put(dynamodb, "after")
    keys = [each["dynamodb"]["Keys"]["k"]["S"] for each in read(streams, arn)[0]]
    assert sorted(keys[:-1], key=int) == [f"{number}" for number in range(200)]
    assert keys[-1] == "after"
    # What was told before the end is good for after it.
    assert len(streams.get_records(ShardIterator=at, Limit=3)["Records"]) == 3


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


def test_a_record_causes_an_invocation_and_says_so(serve, sink):
    server = serve("--outside-allow", f"{sink.address}/32", "--eni-model", "classic")
    ec2 = server.client("ec2")
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    client, dynamodb = server.client("lambda"), server.client("dynamodb")
    functions.create(client, code="def handler(event, context):\n    print('got', len(event['Records']))",
                     VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": [group]})
    arn = make(dynamodb)
    made = client.create_event_source_mapping(
        EventSourceArn=arn, FunctionName="f", StartingPosition="LATEST")
    settled(client, made)
    put(dynamodb, "a", v=1)
    wait(lambda: client.get_event_source_mapping(UUID=made["UUID"])["LastProcessingResult"] == "OK")
    [record] = read(server.client("dynamodbstreams"), arn)[0]
    named = f"record {record['dynamodb']['SequenceNumber']} of {arn}"
    told = explain(server, made["UUID"])
    request = re.search(r"by invocation ([0-9a-f-]{36})", told).group(1)
    assert named in explain(server, request)
    [eni] = ec2.describe_network_interfaces(
        Filters=[{"Name": "interface-type", "Values": ["lambda"]}])["NetworkInterfaces"] or \
        ec2.describe_network_interfaces()["NetworkInterfaces"]
    assert named in explain(server, eni["NetworkInterfaceId"])


def test_where_iam_is_enforced_streams_are_read_by_whom_policies_let(serve):
    server = serve("--iam", "enforce")
    root, dynamodb, client = server.client("iam"), server.client("dynamodb"), server.client("lambda")
    arn = make(dynamodb)
    put(dynamodb, "a")
    kinesis = server.client("kinesis")
    kinesis.create_stream(StreamName="s", ShardCount=1)
    stream = kinesis.describe_stream(StreamName="s")["StreamDescription"]["StreamARN"]
    root.create_user(UserName="u")
    key = root.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]

    def allow(*actions, resource):
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
        root.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps(
            {"Version": "2012-10-17", "Statement": [statement]}))
    streams = server.client("dynamodbstreams", account=key)
    allow("dynamodb:DescribeStream", "dynamodb:GetShardIterator", resource=arn)
    at = iterator(streams, arn)
    code, message, _ = refused(streams.get_records, ShardIterator=at)
    assert code == "AccessDeniedException"
    assert f"is not authorized to perform: dynamodb:GetRecords on resource: {arn}" in message
    assert refused(streams.list_streams)[0] == "AccessDeniedException"
    allow("dynamodb:GetRecords", resource=arn)
    assert len(streams.get_records(ShardIterator=at)["Records"]) == 1
    own = server.client("kinesis", account=key)
    assert refused(own.put_record, StreamName="s", PartitionKey="k", Data=b"x")[0] \
        == "AccessDeniedException"
    allow("kinesis:PutRecord", resource=stream)
    own.put_record(StreamName="s", PartitionKey="k", Data=b"x")
    # So are roles of functions, for which mappings read.
    root.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole"}]}))
    functions.create(client, Role="arn:aws:iam::000000000000:role/r")
    mapping = {"EventSourceArn": arn, "FunctionName": "f", "StartingPosition": "LATEST"}
    code, message, _ = refused(client.create_event_source_mapping, **mapping)
    assert code == "InvalidParameterValueException" and message.startswith(
        f"Cannot access stream {arn}. Please ensure the role can perform the GetRecords, ")
    root.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "dynamodb:*", "Resource": arn}]}))
    client.create_event_source_mapping(**mapping)
