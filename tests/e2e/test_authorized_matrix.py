"""Every operation of the neighbours that functions ask, where IAM is enforced: what it demands of its
caller, that it is refused without that, and not with just that."""

import base64
import json
import os
import subprocess

import botocore
import botocore.exceptions
import pytest

import conftest
from test_authorized import ACCOUNT, User, told

QUEUE, PARAMETER, TABLE = (f"arn:aws:{of}:us-east-1:{ACCOUNT}:{name}" for of, name in [
    ("sqs", "q"), ("ssm", "parameter/p"), ("dynamodb", "table/tab")])
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:s-*"
SOURCE = QUEUE.replace(":q", ":source")
KEY = {"k": {"S": "x"}}
NONE = {"k": {"S": "none"}}
TAGS = [{"Key": "a", "Value": "b"}]


def queue(action, *more, on=QUEUE, **arguments):
    return action, {"QueueUrl": "q", **arguments}, [(action.removesuffix("Batch"), on), *more]


def moves(action, *more, **arguments):
    source = [(each, QUEUE) for each in ["DeleteMessage", "GetQueueAttributes", "ReceiveMessage"]]
    return action, arguments, [(action, QUEUE), *source, *more]


def parameter(action, on=PARAMETER, **arguments):
    return action, arguments, [(action, on)]


def secret(action, on=SECRET, **arguments):
    return action, {"SecretId": "s", **arguments} if on == SECRET else arguments, [(action, on)]


def table(action, *actions, on=TABLE, **arguments):
    return action, arguments, [(each, on) for each in actions or [action]]


EVENTS, SCHEDULER = (f"arn:aws:{of}:us-east-1:{ACCOUNT}:" for of in ["events", "scheduler"])
BUS, RULE, ROLE = EVENTS + "event-bus/b", EVENTS + "rule/r", f"arn:aws:iam::{ACCOUNT}:role/r"


def of_events(action, on, **arguments):
    return action, arguments, [(action, on)]


def of_group(action, name="g", **arguments):
    return action, arguments or {"Name": name}, [(action, f"{SCHEDULER}schedule-group/{name}")]


def schedule(action, *more, **arguments):
    return action, {"Name": "s", **arguments}, [(action, SCHEDULER + "schedule/default/s"), *more]


STREAM = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/st"
CONSUMER = STREAM + "/consumer/c:1700000000"
# Of a table; it need not be there for its readers to be asked what they may.
CHANGES = TABLE + "/stream/2026-01-01T00:00:00.000"


def of_changes(action, on=CHANGES, **arguments):
    return action, arguments, [("dynamodb:" + action, on)]


def of_stream(action, on=STREAM, **arguments):
    named = {} if arguments.keys() & {"StreamARN", "ResourceARN", "ConsumerARN", "NextToken"} else {"StreamName": "st"}
    return action, {**named, **arguments} if on != "*" else arguments, [(action, on)]


def spelled(text):
    return base64.b64encode(text.encode()).decode()


WHOLE = {"ScheduleExpression": "rate(1 day)", "FlexibleTimeWindow": {"Mode": "OFF"},
         "Target": {"Arn": QUEUE, "RoleArn": ROLE}}
ENTRY = {"Id": "1", "ReceiptHandle": "none"}
# Each operation: what it is asked, and what it demands, of which the first is told when it is refused.
MATRIX = {
    "sqs": [
        queue("AddPermission", Label="l", AWSAccountIds=["111111111111"], Actions=["SendMessage"]),
        moves("CancelMessageMoveTask", TaskHandle="task"),
        queue("ChangeMessageVisibility", ReceiptHandle="none", VisibilityTimeout=1),
        queue("ChangeMessageVisibilityBatch", Entries=[{**ENTRY, "VisibilityTimeout": 1}]),
        ("CreateQueue", {"QueueName": "new"}, [("CreateQueue", QUEUE.replace(":q", ":new"))]),
        queue("DeleteMessage", ReceiptHandle="none"),
        queue("DeleteMessageBatch", Entries=[ENTRY]),
        queue("GetQueueAttributes", AttributeNames=["All"]),
        ("GetQueueUrl", {"QueueName": "q"}, [("GetQueueUrl", QUEUE)]),
        queue("ListDeadLetterSourceQueues"),
        moves("ListMessageMoveTasks", SourceArn=QUEUE),
        queue("ListQueueTags"),
        ("ListQueues", {}, [("ListQueues", "*")]),
        queue("ReceiveMessage"),
        queue("RemovePermission", Label="none"),
        queue("SendMessage", MessageBody="x"),
        queue("SendMessageBatch", Entries=[{"Id": "1", "MessageBody": "x"}]),
        queue("SetQueueAttributes", Attributes={"DelaySeconds": "0"}),
        moves("StartMessageMoveTask", ("SendMessage", SOURCE), SourceArn=QUEUE),
        queue("TagQueue", Tags={"a": "b"}),
        queue("UntagQueue", TagKeys=["a"]),
        queue("PurgeQueue"),
        queue("DeleteQueue"),
    ],
    "ssm": [
        parameter("AddTagsToResource", ResourceType="Parameter", ResourceId="p", Tags=TAGS),
        parameter("DescribeParameters", on=PARAMETER.replace("parameter/p", "*")),
        parameter("GetParameter", Name="p"),
        parameter("GetParameterHistory", Name="p"),
        parameter("GetParameters", Names=["p"]),
        parameter("GetParametersByPath", on=PARAMETER.replace("/p", "/a/b"), Path="/a/b"),
        parameter("LabelParameterVersion", Name="p", Labels=["l"]),
        parameter("ListTagsForResource", ResourceType="Parameter", ResourceId="p"),
        parameter("PutParameter", Name="p", Value="v", Overwrite=True),
        parameter("RemoveTagsFromResource", ResourceType="Parameter", ResourceId="p", TagKeys=["a"]),
        parameter("UnlabelParameterVersion", Name="p", ParameterVersion=1, Labels=["l"]),
        parameter("DeleteParameters", Names=["p"]),
        parameter("DeleteParameter", Name="p"),
    ],
    "secretsmanager": [
        secret("BatchGetSecretValue", on="*", SecretIdList=["s"]),
        secret("CreateSecret", on=SECRET.replace(":s-*", ":new-??????"), Name="new", SecretString="s"),
        secret("DeleteResourcePolicy"),
        secret("DescribeSecret"),
        secret("GetRandomPassword", on="*"),
        secret("GetResourcePolicy"),
        secret("GetSecretValue"),
        secret("ListSecretVersionIds"),
        secret("ListSecrets", on="*", Filters=[{"Key": "name", "Values": ["s"]}]),
        secret("PutResourcePolicy", ResourcePolicy="{}"),
        secret("PutSecretValue", SecretString="x"),
        secret("TagResource", Tags=TAGS),
        secret("UntagResource", TagKeys=["a"]),
        secret("UpdateSecret", Description="d"),
        secret("UpdateSecretVersionStage", VersionStage="l"),
        secret("DeleteSecret"),
        secret("RestoreSecret"),
    ],
    "dynamodb": [
        table("BatchExecuteStatement", "PartiQLDelete", Statements=[
            {"Statement": "DELETE FROM tab WHERE k = 'none'"}]),
        table("BatchGetItem", RequestItems={"tab": {"Keys": [KEY]}}),
        table("BatchWriteItem", RequestItems={"tab": [{"DeleteRequest": {"Key": NONE}}]}),
        table("CreateTable", on=TABLE.replace("/tab", "/new"), TableName="new",
              BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
              AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}]),
        table("DeleteItem", TableName="tab", Key=NONE),
        table("DescribeContinuousBackups", TableName="tab"),
        table("DescribeEndpoints", on="*"),
        table("DescribeLimits", on="*"),
        table("DescribeTable", TableName="tab"),
        table("DescribeTimeToLive", TableName="tab"),
        table("ExecuteStatement", "PartiQLUpdate", Statement="FROM tab WHERE k = 'x' SET a = 1"),
        table("ExecuteTransaction", "PartiQLInsert", TransactStatements=[
            {"Statement": "INSERT INTO tab VALUE {'k': 'new'}"}]),
        table("GetItem", TableName="tab", Key=KEY),
        table("ListTables", on="*"),
        table("ListTagsOfResource", ResourceArn=TABLE),
        table("PutItem", TableName="tab", Item=KEY),
        table("Query", TableName="tab", KeyConditionExpression="k = :k", ExpressionAttributeValues={":k": KEY["k"]}),
        table("Scan", TableName="tab"),
        table("TagResource", ResourceArn=TABLE, Tags=TAGS),
        table("TransactGetItems", "GetItem", TransactItems=[{"Get": {"TableName": "tab", "Key": KEY}}]),
        table("TransactWriteItems", "ConditionCheckItem", "PutItem", TransactItems=[
            {"Put": {"TableName": "tab", "Item": NONE}},
            {"ConditionCheck": {"TableName": "tab", "Key": KEY, "ConditionExpression": "attribute_exists(k)"}}]),
        table("UntagResource", ResourceArn=TABLE, TagKeys=["a"]),
        table("UpdateItem", TableName="tab", Key=KEY, UpdateExpression="REMOVE a"),
        table("UpdateTable", TableName="tab", BillingMode="PAY_PER_REQUEST"),
        table("UpdateTimeToLive", TableName="tab", TimeToLiveSpecification={
            "Enabled": True, "AttributeName": "t"}),
        table("DeleteTable", TableName="tab"),
    ],
    "dynamodbstreams": [
        of_changes("DescribeStream", StreamArn=CHANGES),
        of_changes("GetRecords", ShardIterator=CHANGES + "|1|x"),
        of_changes("GetShardIterator", StreamArn=CHANGES, ShardId="shardId-00000000000000000000-00000000",
                   ShardIteratorType="LATEST"),
        of_changes("ListStreams", on="*"),
    ],
    "kinesis": [
        of_stream("AddTagsToStream", Tags={"a": "b"}),
        of_stream("CreateStream", on=STREAM.replace("/st", "/new"), StreamName="new", ShardCount=1),
        of_stream("DescribeLimits", on="*"),
        of_stream("DescribeStream"),
        of_stream("DescribeStreamSummary", StreamARN=STREAM),
        of_stream("ListShards"),
        of_stream("ListShards", NextToken=spelled('{"name": "st"}')),
        of_stream("ListStreams", on="*"),
        of_stream("PutRecord", PartitionKey="k", Data=b"x"),
        of_stream("PutRecords", Records=[{"PartitionKey": "k", "Data": b"x"}]),
        of_stream("GetShardIterator", ShardId="shardId-000000000000", ShardIteratorType="LATEST"),
        ("GetRecords", {"ShardIterator": spelled("st 1 0 0 0")}, [("GetRecords", STREAM)]),
        of_stream("RegisterStreamConsumer", StreamARN=STREAM, ConsumerName="c"),
        of_stream("ListStreamConsumers", StreamARN=STREAM),
        of_stream("DescribeStreamConsumer", on=CONSUMER, ConsumerARN=CONSUMER),
        of_stream("DescribeStreamConsumer", on=CONSUMER.replace("1700000000", "*"), StreamARN=STREAM,
                  ConsumerName="c"),
        of_stream("SubscribeToShard", on=CONSUMER, ConsumerARN=CONSUMER, ShardId="shardId-000000000000",
                  StartingPosition={"Type": "LATEST"}),
        of_stream("DeregisterStreamConsumer", on=CONSUMER, ConsumerARN=CONSUMER),
        of_stream("IncreaseStreamRetentionPeriod", RetentionPeriodHours=48),
        of_stream("DecreaseStreamRetentionPeriod", RetentionPeriodHours=24),
        of_stream("ListTagsForStream"),
        of_stream("TagResource", ResourceARN=STREAM, Tags={"a": "b"}),
        of_stream("TagResource", on=CONSUMER, ResourceARN=CONSUMER, Tags={"a": "b"}),
        of_stream("ListTagsForResource", ResourceARN=STREAM),
        of_stream("UntagResource", ResourceARN=STREAM, TagKeys=["a"]),
        of_stream("RemoveTagsFromStream", TagKeys=["a"]),
        of_stream("SplitShard", ShardToSplit="shardId-000000000000", NewStartingHashKey="7"),
        of_stream("MergeShards", ShardToMerge="shardId-000000000001", AdjacentShardToMerge="shardId-000000000002"),
        of_stream("UpdateShardCount", TargetShardCount=2, ScalingType="UNIFORM_SCALING"),
        of_stream("UpdateStreamMode", StreamARN=STREAM, StreamModeDetails={"StreamMode": "ON_DEMAND"}),
        of_stream("DeleteStream", EnforceConsumerDeletion=True),
    ],
    "events": [
        of_events("CreateEventBus", EVENTS + "event-bus/new", Name="new"),
        of_events("DescribeEventBus", BUS, Name="b"),
        of_events("ListEventBuses", "*"),
        of_events("UpdateEventBus", BUS, Name="b", Description="d"),
        of_events("PutPermission", BUS, EventBusName="b", Action="events:PutEvents",
                  Principal="111111111111", StatementId="s"),
        of_events("RemovePermission", BUS, EventBusName="b", StatementId="s"),
        of_events("DeleteEventBus", BUS, Name="b"),
        of_events("PutRule", RULE, Name="r", EventPattern='{"source": ["s"]}'),
        of_events("DescribeRule", RULE, Name="r"),
        of_events("DisableRule", RULE, Name="r"),
        of_events("EnableRule", RULE, Name="r"),
        of_events("ListRuleNamesByTarget", "*", TargetArn=QUEUE),
        of_events("ListRules", "*"),
        of_events("PutTargets", RULE, Rule="r", Targets=[{"Id": "q", "Arn": QUEUE}]),
        of_events("ListTargetsByRule", RULE, Rule="r"),
        of_events("RemoveTargets", RULE, Rule="r", Ids=["q"]),
        of_events("TagResource", RULE, ResourceARN=RULE, Tags=TAGS),
        of_events("ListTagsForResource", RULE, ResourceARN=RULE),
        of_events("UntagResource", RULE, ResourceARN=RULE, TagKeys=["a"]),
        of_events("TestEventPattern", "*", EventPattern='{"source": ["s"]}', Event="{}"),
        of_events("PutEvents", EVENTS + "event-bus/default", Entries=[
            {"Source": "s", "DetailType": "t", "Detail": "{}"}]),
        of_events("DeleteRule", RULE, Name="r"),
    ],
    "scheduler": [
        of_group("CreateScheduleGroup"),
        of_group("GetScheduleGroup"),
        of_group("TagResource", ResourceArn=SCHEDULER + "schedule-group/g", Tags=TAGS),
        of_group("ListTagsForResource", ResourceArn=SCHEDULER + "schedule-group/g"),
        of_group("UntagResource", ResourceArn=SCHEDULER + "schedule-group/g", TagKeys=["a"]),
        of_group("DeleteScheduleGroup"),
        ("ListScheduleGroups", {}, [("ListScheduleGroups", "*")]),
        ("ListSchedules", {}, [("ListSchedules", "*")]),
        schedule("CreateSchedule", ("iam:PassRole", ROLE), **WHOLE),
        schedule("GetSchedule"),
        schedule("UpdateSchedule", ("iam:PassRole", ROLE), **WHOLE),
        schedule("DeleteSchedule"),
    ],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = conftest.Server(str(tmp_path_factory.mktemp("matrix") / "state"), "--iam", "enforce")
    queues = server.client("sqs")
    for name in ["q", "source"]:
        queues.create_queue(QueueName=name)
    queues.set_queue_attributes(QueueUrl=url(server, "source"), Attributes={"RedrivePolicy": json.dumps(
        {"deadLetterTargetArn": QUEUE, "maxReceiveCount": 1})})
    # A task that goes on for a while, so that there is one to be cancelled.
    for batch in range(12):
        queues.send_message_batch(QueueUrl=url(server, "q"), Entries=[
            {"Id": str(number), "MessageBody": "x"} for number in range(10)])
    server.task = queues.start_message_move_task(
        SourceArn=QUEUE, DestinationArn=SOURCE, MaxNumberOfMessagesPerSecond=1)["TaskHandle"]
    server.client("ssm").put_parameter(Name="p", Value="v", Type="String")
    server.client("secretsmanager").create_secret(Name="s", SecretString="s")
    server.client("dynamodb").create_table(
        TableName="tab", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
    server.client("dynamodb").put_item(TableName="tab", Item=KEY)
    server.client("events").create_event_bus(Name="b")
    server.client("kinesis").create_stream(StreamName="st", ShardCount=1)
    yield server
    server.end()


@pytest.fixture(scope="module")
def user(server):
    return User(server)


def url(server, name):
    return f"{server.url}/{ACCOUNT}/{name}"


def call(server, client, operation, arguments):
    """Calls; what it is denied for, or nothing where it is let past."""
    if "QueueUrl" in arguments:
        arguments = {**arguments, "QueueUrl": url(server, arguments["QueueUrl"])}
    if "TaskHandle" in arguments:
        arguments = {"TaskHandle": server.task}
    try:
        getattr(client, botocore.xform_name(operation))(**arguments)
    except botocore.exceptions.ClientError as caught:
        error = caught.response["Error"]
        if error["Code"] in ("AccessDenied", "AccessDeniedException"):
            return told(error["Message"])


@pytest.mark.parametrize("service", MATRIX)
def test_each_operation_is_refused_without_what_it_demands_and_not_with_that(server, user, service):
    supported = json.loads(subprocess.check_output(
        [os.environ["WARREN"], "supports", service, "--output", "json"]))
    assert {row[0] for row in MATRIX[service]} == {each["operation"] for each in supported}
    client = user.client(service)
    for operation, arguments, demands in MATRIX[service]:
        demands = [(action if ":" in action else f"{service}:{action}", resource)
                   for action, resource in demands]
        statements = [{"Action": action, "Resource": resource.replace("?", "*")} for action, resource in demands]
        for at, (action, resource) in enumerate(demands):
            # With all that is demanded but this one.
            rest = statements[:at] + statements[at + 1:]
            user.may(*rest or [{"Action": "none:none", "Resource": "*"}])
            found = call(server, client, operation, arguments)
            assert found and found[0] == action, (operation, found)
            assert found[1].startswith(resource.split("*")[0]), (operation, found)
        user.may(*statements)
        assert call(server, client, operation, arguments) is None, operation
