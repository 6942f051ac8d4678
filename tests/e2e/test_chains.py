"""Services that call services that call functions, from one end to the other, while the server is killed."""

import datetime
import json
import random
import signal
import time

import pytest

import functions
import stand_ins
from functions import eventually

ACCOUNT = "000000000000"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/caller"
ROUNDS = 4
EACH = 5

# Tells a sink what it was given: the key of an object, or what its event says.
TELL = """
import json, os, urllib.request
def handler(event, context):
    told = event["detail"]["object"]["key"] if "detail" in event else event["what"]
    body = json.dumps([told]).encode()
    urllib.request.urlopen(os.environ["SINK"], body, timeout=30).close()
"""


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


def arn(service, name):
    return f"arn:aws:{service}:us-east-1:{ACCOUNT}:{name}"


def make_queue(server, name):
    server.client("sqs").create_queue(QueueName=name)
    return arn("sqs", name)


def drained(server, names, read):
    """Collects what comes to queues, of each by its own reader; a function that tells what was collected
    so far."""
    found = {name: set() for name in names}

    def look():
        sqs = server.client("sqs")
        for name in names:
            url = f"{server.url}/{ACCOUNT}/{name}"
            for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                found[name] |= set(read[name](json.loads(message["Body"])))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found
    return look


def furnish(server, sink):
    """An object of the bucket is told to a topic, which tells a queue, and to the bus, whose rules tell a
    function; events of the shop go by a rule to another topic and its queue."""
    client, s3, sns, events = (server.client(name) for name in ["lambda", "s3", "sns", "events"])
    variables = {"Variables": {"SINK": sink.url}}
    function = functions.create(client, "f", code=TELL, Environment=variables)["FunctionArn"]
    for service in ["events", "scheduler"]:
        client.add_permission(FunctionName="f", StatementId=service, Action="lambda:InvokeFunction",
                              Principal=f"{service}.amazonaws.com")
    topics = {name: sns.create_topic(Name=name)["TopicArn"] for name in ["objects", "orders"]}
    for name, topic in topics.items():
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=make_queue(server, name))
    make_queue(server, "due")
    s3.create_bucket(Bucket="things")
    s3.put_bucket_notification_configuration(Bucket="things", NotificationConfiguration={
        "TopicConfigurations": [{"TopicArn": topics["objects"], "Events": ["s3:ObjectCreated:*"]}],
        "EventBridgeConfiguration": {}})
    for rule, pattern, target in [
            ("objects", {"source": ["aws.s3"], "detail-type": ["Object Created"]}, function),
            ("orders", {"source": ["shop"]}, topics["orders"])]:
        events.put_rule(Name=rule, EventPattern=json.dumps(pattern))
        done = events.put_targets(Rule=rule, Targets=[{"Id": "t", "Arn": target}])
        assert done["FailedEntryCount"] == 0
    return function


def schedule(client, name, target, seconds):
    """One that is due in so many seconds at the least: times are of whole seconds."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds + 1)
    client.create_schedule(
        Name=name, ScheduleExpression=f"at({at.strftime('%Y-%m-%dT%H:%M:%S')})",
        FlexibleTimeWindow={"Mode": "OFF"}, ActionAfterCompletion="DELETE",
        Target={"Arn": target, "RoleArn": ROLE, "Input": json.dumps({"what": name})})


def test_nothing_is_lost_between_services_when_the_server_is_killed(serve, sink):
    server = serve("--outside-allow", f"{sink.address}/32")
    function = furnish(server, sink)
    drawn, objects, orders, due = random.Random(13), set(), set(), {"queue": set(), "function": set()}
    for round in range(ROUNDS):
        s3, events, scheduler = (server.client(name) for name in ["s3", "events", "scheduler"])
        for number in range(EACH):
            name = f"{round}-{number}"
            s3.put_object(Bucket="things", Key=name, Body=b"x")
            objects.add(name)
            entry = {"Source": "shop", "DetailType": "order", "Detail": json.dumps({"what": name})}
            assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
            orders.add(name)
        for kind, target in [("queue", arn("sqs", "due")), ("function", function)]:
            for number in range(2):
                # Some are due while nobody is there.
                schedule(scheduler, f"{kind}-{round}-{number}", target, drawn.choice([1, 2, 3]))
                due[kind].add(f"{kind}-{round}-{number}")
        time.sleep(drawn.uniform(0, 0.4))
        server.stop(signal.SIGKILL)
        time.sleep(drawn.uniform(0, 0.4))
        server.start()
    look = drained(server, ["objects", "orders", "due"], {
        "objects": lambda body: [record["s3"]["object"]["key"]
                                 for record in json.loads(body["Message"]).get("Records", [])],
        "orders": lambda body: [json.loads(body["Message"])["detail"]["what"]],
        "due": lambda body: [body["what"]],
    })
    wanted = {"objects": objects, "orders": orders, "due": due["queue"]}

    def is_all_there():
        # Nobody asks services between: what is left is delivered by itself.
        return look() == wanted and objects | due["function"] <= set(sink.told)
    try:
        eventually(is_all_there, 60)
    except AssertionError:
        found = look()
        left = {name: wanted[name] ^ found[name] for name in wanted}
        raise AssertionError(f"left {left}, {(objects | due['function']) - set(sink.told)}") from None
    # Schedules that were done go.
    eventually(lambda: server.client("scheduler").list_schedules()["Schedules"] == [])
