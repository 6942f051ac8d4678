"""A state directory on a disk that is full: changes are refused, everything else goes on."""

import contextlib
import json
import os
import pathlib
import signal
import sqlite3
import stat
import subprocess
import time

import botocore.exceptions
import pytest

import functions
from functions import refused

SIZE = 48 << 20
TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}})


@pytest.fixture
def disk(tmp_path):
    """A small file system where the server's state is to be."""
    state = tmp_path / "state"
    state.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "warren-test", state], check=True)
    yield state
    subprocess.run(["umount", "-l", state], check=True)


def fill(disk):
    """Takes all that is free, to the last byte."""
    with open(disk / "filler", "ab", buffering=0) as filler:
        block = b"\0" * (64 << 10)
        while block:
            try:
                filler.write(block)
            except OSError:
                block = block[: len(block) // 2]


def until(call, *arguments, **members):
    """Calls until it is not refused any more."""
    end = time.monotonic() + 30
    while True:
        try:
            return call(*arguments, **members)
        except botocore.exceptions.ClientError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def until_refused(call):
    """Changes things until there is no room for more of them; returns what was acknowledged."""
    made = []
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            made.append(call(len(made)))
        except botocore.exceptions.ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 503, error
            return made
    raise AssertionError("the disk is not full")


def test_changes_are_refused_while_the_disk_is_full(disk, serve):
    server = serve()
    ec2, lambdas = server.client("ec2"), server.client("lambda")
    iam, logs = server.client("iam"), server.client("logs")
    logs.create_log_group(logGroupName="made")
    logs.create_log_stream(logGroupName="made", logStreamName="s")
    functions.create(lambdas, "f", functions.PYTHON)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    functions.result(lambdas)

    def group(number):
        made = ec2.create_security_group(GroupName=f"g{number}", Description="g", VpcId=vpc)
        return made["GroupId"]

    fill(disk)
    made = until_refused(group)
    expected = "changes cannot be stored: disk is full"
    assert refused(group, number=-1) == ("Unavailable", expected, 503)
    assert refused(lambdas.invoke, FunctionName="f", InvocationType="Event", Payload=b"{}") == (
        "ServiceException", expected, 500)
    assert refused(lambdas.put_function_concurrency, FunctionName="f",
                   ReservedConcurrentExecutions=1) == ("ServiceException", expected, 500)
    assert refused(iam.create_role, RoleName="r", AssumeRolePolicyDocument=TRUST) == (
        "ServiceFailure", expected, 500)
    no_logs = ("ServiceUnavailableException", "The logs cannot be used: disk has no room for logs", 500)
    assert refused(logs.create_log_group, logGroupName="g") == no_logs
    events = [{"timestamp": int(time.time() * 1000), "message": "m"}]
    stream = {"logGroupName": "made", "logStreamName": "s"}
    assert refused(logs.put_log_events, **stream, logEvents=events) == no_logs
    # Reads and warm invocations go on, and so do prints.
    assert {each["GroupId"] for each in ec2.describe_security_groups()["SecurityGroups"]} >= set(made)
    for _ in range(3):
        assert len(functions.result(lambdas, {"size": 100000})) == 100000

    # Killed and started on the full disk: what was acknowledged is there, changes are refused. The
    # machine was started meanwhile, so that packages are unpacked anew.
    server.stop(signal.SIGKILL)
    os.truncate(disk / "code" / ".boot", 1)
    server = serve()
    ec2, lambdas = server.client("ec2"), server.client("lambda")
    assert {each["GroupId"] for each in ec2.describe_security_groups()["SecurityGroups"]} >= set(made)
    assert refused(ec2.create_vpc, CidrBlock="10.1.0.0/16") == ("Unavailable", expected, 503)
    functions.result(lambdas)

    # It can be told to stop, and is started again, also where the room that it keeps was used up.
    fill(disk)
    assert server.stop() == 0
    fill(disk)
    server = serve()
    ec2 = server.client("ec2")
    assert refused(ec2.create_vpc, CidrBlock="10.1.0.0/16") == ("Unavailable", expected, 503)

    assert refused(server.client("lambda").invoke, FunctionName="f", InvocationType="Event",
                   Payload=b"{}") == ("ServiceException", expected, 500)
    server.stop(signal.SIGKILL)
    # Nor is there room for the file in which SQLite has the index of its log.
    for index in disk.glob("*.db-shm"):
        index.unlink()
    fill(disk)
    server = serve()
    ec2, lambdas = server.client("ec2"), server.client("lambda")
    assert refused(ec2.create_vpc, CidrBlock="10.1.0.0/16") == ("Unavailable", expected, 503)
    for _ in range(3):
        functions.result(lambdas)

    # Writing resumes when there is room.
    os.remove(disk / "filler")
    after = until(ec2.create_vpc, CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    assert server.stop() == 0
    ec2 = serve().client("ec2")
    assert after in {each["VpcId"] for each in ec2.describe_vpcs()["Vpcs"]}


def test_a_function_that_prints_cannot_fill_the_disk(disk, serve):
    server = serve()
    ec2, lambdas = server.client("ec2"), server.client("lambda")
    functions.create(lambdas, "f", PRINTER, Timeout=60, MemorySize=512)
    functions.result(lambdas)
    ec2.create_security_group(GroupName="g", Description="g")
    free = os.statvfs(disk)
    assert free.f_bavail * free.f_frsize > 4 << 20
    assert server.stop() == 0


PRINTER = """
import os
def handler(event, context):
    for _ in range(600):
        os.write(1, b"x" * 100000 + b"\\n")
"""


def test_a_removed_database_is_noticed(serve):
    server = serve()
    ec2 = server.client("ec2")
    ec2.create_security_group(GroupName="g", Description="g")
    pathlib.Path(server.state, "warren.db").unlink()
    for name in ("h", "i"):
        # The first is decided before it is noticed, the second is refused at once.
        code, message, status = refused(ec2.create_security_group, GroupName=name, Description="g")
        assert (status, code) == (503, "Unavailable") and "removed or replaced" in message


def test_a_state_directory_is_its_owners_alone(serve):
    server = serve()
    functions.create(server.client("lambda"), "f", functions.PYTHON)
    server.client("ec2").create_security_group(GroupName="g", Description="g")
    server.client("logs").create_log_group(logGroupName="g")
    state = pathlib.Path(server.state)
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    for path in [*state.iterdir(), *(state / "packages").iterdir()]:
        expected = 0o600 if path.is_file() else 0o700
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_whoever_fills_the_disk_with_messages_can_empty_it(disk, serve):
    server = serve()
    sqs, secrets, parameters = (server.client(name) for name in ["sqs", "secretsmanager", "ssm"])
    tables = server.client("dynamodb")
    urls = [sqs.create_queue(QueueName=name)["QueueUrl"] for name in ["read", "purged", "deleted"]]
    secrets.create_secret(Name="s", SecretString="s")
    parameters.put_parameter(Name="p", Value="p", Type="String")
    tables.create_table(TableName="tab", BillingMode="PAY_PER_REQUEST",
                        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
                        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
    tables.put_item(TableName="tab", Item={"k": {"S": "k"}})
    body = "x" * 200_000

    def send(number):
        sqs.send_message(QueueUrl=urls[number % 3], MessageBody=body)

    sent = until_refused(send)
    assert len(sent) > 20
    # Others take what is left, to the last byte.
    fill(disk)
    assert refused(sqs.send_message, QueueUrl=urls[0], MessageBody="x") == (
        "ServiceUnavailable", "there is no room left to store anything", 503)
    assert secrets.get_secret_value(SecretId="s")["SecretString"] == "s"
    sqs.purge_queue(QueueUrl=urls[1])
    sqs.delete_queue(QueueUrl=urls[2])
    left = 0
    while got := sqs.receive_message(QueueUrl=urls[0], MaxNumberOfMessages=10).get("Messages"):
        for message in got:
            assert message["Body"] == body
            sqs.delete_message(QueueUrl=urls[0], ReceiptHandle=message["ReceiptHandle"])
            left += 1
    assert left == len(range(0, len(sent), 3))
    tables.delete_item(TableName="tab", Key={"k": {"S": "k"}})
    parameters.delete_parameter(Name="p")
    secrets.delete_secret(SecretId="s", ForceDeleteWithoutRecovery=True)
    # What was freed is the disk's again, so that others find room, and then these.
    os.remove(disk / "filler")
    until(sqs.send_message, QueueUrl=urls[0], MessageBody="x")
    assert server.stop() == 0


def fill_with_the_rest(server):
    """Makes of each newer service what takes room; returns calls that free it again."""
    s3, topics, events, schedules, streams, apis = (server.client(name) for name in [
        "s3", "sns", "events", "scheduler", "kinesis", "apigatewayv2"])
    s3.create_bucket(Bucket="plain")
    for key in "abc":
        s3.put_object(Bucket="plain", Key=key, Body=b"x" * 100_000)
    s3.create_bucket(Bucket="versions")
    s3.put_bucket_versioning(Bucket="versions", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="versions", Key="k", Body=b"x")["VersionId"]
    topic = topics.create_topic(Name="t")["TopicArn"]
    queue = server.client("sqs").create_queue(QueueName="told")["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:000000000000:{queue.rsplit('/', 1)[1]}"
    subscription = topics.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)["SubscriptionArn"]
    events.create_event_bus(Name="bus")
    events.put_rule(Name="r", EventBusName="bus", EventPattern=json.dumps({"source": ["s"]}))
    events.put_targets(Rule="r", EventBusName="bus", Targets=[{"Id": "q", "Arn": arn}])
    schedules.create_schedule_group(Name="g")
    target = {"Arn": arn, "RoleArn": "arn:aws:iam::000000000000:role/r"}
    for name, group in [("one", "default"), ("other", "g")]:
        schedules.create_schedule(Name=name, GroupName=group, ScheduleExpression="rate(1 day)",
                                  FlexibleTimeWindow={"Mode": "OFF"}, Target=target)
    streams.create_stream(StreamName="s", ShardCount=2)
    # Small ones lie many on a page, each of which is written when they are deleted one by one.
    for _ in range(20):
        records = [{"Data": b"x" * 500, "PartitionKey": str(number)} for number in range(500)]
        assert streams.put_records(StreamName="s", Records=records)["FailedRecordCount"] == 0
    of = "arn:aws:kinesis:us-east-1:000000000000:stream/s"
    streams.register_stream_consumer(StreamARN=of, ConsumerName="c")
    api = apis.create_api(Name="a", ProtocolType="HTTP")["ApiId"]
    function = "arn:aws:lambda:us-east-1:000000000000:function:f"
    made = apis.create_integration(ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function,
                                   PayloadFormatVersion="2.0")
    route = apis.create_route(ApiId=api, RouteKey="GET /")["RouteId"]
    apis.create_stage(ApiId=api, StageName="$default")
    bus = {"EventBusName": "bus"}
    objects = {"Objects": [{"Key": "b"}, {"Key": "c"}]}
    refusals = [
        (s3.put_object, {"Bucket": "plain", "Key": "d", "Body": b"x"}),
        # A marker is one thing more.
        (s3.delete_object, {"Bucket": "versions", "Key": "k"}),
        (topics.create_topic, {"Name": "more"}),
        (events.create_event_bus, {"Name": "more"}),
        (schedules.create_schedule_group, {"Name": "more"}),
        (streams.put_record, {"StreamName": "s", "Data": b"x", "PartitionKey": "k"}),
        (apis.create_api, {"Name": "more", "ProtocolType": "HTTP"}),
    ]
    return refusals, [
        (s3.delete_object, {"Bucket": "plain", "Key": "a"}),
        (s3.delete_objects, {"Bucket": "plain", "Delete": objects}),
        (s3.delete_bucket, {"Bucket": "plain"}),
        (s3.delete_object, {"Bucket": "versions", "Key": "k", "VersionId": version}),
        (s3.delete_public_access_block, {"Bucket": "versions"}),
        (s3.delete_bucket, {"Bucket": "versions"}),
        (topics.unsubscribe, {"SubscriptionArn": subscription}),
        (topics.delete_topic, {"TopicArn": topic}),
        (events.remove_targets, {"Rule": "r", "Ids": ["q"], **bus}),
        (events.delete_rule, {"Name": "r", **bus}),
        (events.delete_event_bus, {"Name": "bus"}),
        (schedules.delete_schedule, {"Name": "one"}),
        (schedules.delete_schedule_group, {"Name": "g"}),
        (streams.deregister_stream_consumer, {"StreamARN": of, "ConsumerName": "c"}),
        (streams.delete_stream, {"StreamName": "s"}),
        (apis.delete_route, {"ApiId": api, "RouteId": route}),
        (apis.delete_integration, {"ApiId": api, "IntegrationId": made["IntegrationId"]}),
        (apis.delete_stage, {"ApiId": api, "StageName": "$default"}),
        (apis.delete_api, {"ApiId": api}),
    ]


def test_whatever_fills_the_disk_can_be_deleted(disk, serve):
    server = serve()
    refusals, deletions = fill_with_the_rest(server)
    fill(disk)
    for call, members in refusals:
        _, _, status = refused(call, **members)
        assert status >= 500, call
    streams = server.client("kinesis")
    shard = streams.list_shards(StreamName="s")["Shards"][0]["ShardId"]
    start = streams.get_shard_iterator(
        StreamName="s", ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    assert streams.get_records(ShardIterator=start, Limit=1)["Records"][0]["Data"] == b"x" * 500
    for call, members in deletions:
        done = call(**members)
        assert not done.get("Errors"), done
    assert not server.client("s3").list_buckets()["Buckets"]
    # The records go with their stream, bit by bit.
    with contextlib.closing(sqlite3.connect(disk / "neighbours" / "kinesis.db")) as store:
        end = time.monotonic() + 30
        while store.execute("SELECT count(*) FROM record").fetchone() != (0,):
            assert time.monotonic() < end
            time.sleep(0.1)
    os.remove(disk / "filler")
    until(server.client("sns").create_topic, Name="more")
    assert server.stop() == 0
