"""Each kind of event source at once, held against ledgers, while the server is killed at random times,
functions fail now and then, and are throttled.

At their full size, 10,000 records of each, they are run by `./test --long`; SEED=7 draws other times and
failures, RECORDS=500 says how many of each.
"""

import os
import random
import signal
import threading
import time

import botocore.exceptions
import pytest

import conftest
import functions
import hostile
import ledgers
from test_sources import make_queue, settled, wait

KEYS = 8
COUNT = int(os.environ.get("RECORDS", 10_000 if hostile.LONG else 1000))
SEED = os.environ.get("SEED", "1")
KILLS = 8 if hostile.LONG else 3
# As long as it takes for messages to come again that a server held when it was killed.
HIDDEN = "6"


class Source:
    """What is written to, and mapped to a function of its own."""

    keeps_order = True
    # How many records are written by one call.
    at_once = 8
    mapping = {}
    # How many invocations there may be at once; who is more is throttled.
    concurrency = 2

    def __init__(self, name, story):
        self.name, self.story = name, story
        self.ledger = story.ledgers.of[name] = ledgers.Ledger(name, SEED, self.keeps_order)

    def client(self):
        return self.story.server.client(self.service)

    def write(self, records):
        """Writes records, each a key and a number, until they are acknowledged."""
        while True:
            try:
                return self.put(self.client(), records)
            except botocore.exceptions.ClientError:
                raise
            except botocore.exceptions.BotoCoreError:
                # The server was killed: whether they are there is not known.
                if not self.is_idempotent:
                    self.ledger.unsure |= set(records)
                time.sleep(0.05)

    def write_all(self, count):
        for begin in range(0, count, self.at_once):
            numbers = range(begin, min(begin + self.at_once, count))
            # Of each key as many as there are records altogether.
            for first in range(0, KEYS * len(numbers), self.at_once):
                each = [(f"k{at % KEYS}", numbers[at // KEYS])
                        for at in range(first, min(first + self.at_once, KEYS * len(numbers)))]
                self.write(each)
                for key, _ in each:
                    self.ledger.put[key] += 1
            self.changed(begin, count)

    def changed(self, begin, count):
        """What else is done to it meanwhile."""


class Queue(Source):
    service = "sqs"
    keeps_order = False
    is_idempotent = False
    mapping = {"BatchSize": 10, "ScalingConfig": {"MaximumConcurrency": 3}}

    def make(self):
        self.arn = make_queue(self.client(), self.name, VisibilityTimeout=HIDDEN)[1]

    def put(self, sqs, records):
        url = f"{self.story.server.url}/000000000000/{self.name}"
        done = sqs.send_message_batch(QueueUrl=url, Entries=[
            {"Id": str(at), "MessageBody": f"{key}:{number}", **self.more(key, number)}
            for at, (key, number) in enumerate(records)])
        assert not done.get("Failed"), done

    def more(self, key, number):
        return {}

    def is_done(self):
        counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        url = f"{self.story.server.url}/000000000000/{self.name}"
        found = self.client().get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
        return all(found[count] == "0" for count in counts)


class Fifo(Queue):
    keeps_order = True
    # What is sent again within five minutes is the same message.
    is_idempotent = True
    mapping = {"BatchSize": 10}

    def make(self):
        self.arn = make_queue(self.client(), self.name, VisibilityTimeout=HIDDEN, FifoQueue="true")[1]

    def more(self, key, number):
        return {"MessageGroupId": key, "MessageDeduplicationId": f"{key}-{number}"}


class Stream(Source):
    mapping = {"BatchSize": 50, "ParallelizationFactor": 4, "StartingPosition": "TRIM_HORIZON",
               "BisectBatchOnFunctionError": True}

    def is_done(self):
        [mapping] = self.story.server.client("lambda").list_event_source_mappings(
            FunctionName=self.name.replace(".", "-"))["EventSourceMappings"]
        return mapping["LastProcessingResult"] == "OK"


class Kinesis(Stream):
    service = "kinesis"
    is_idempotent = False
    at_once = 16

    def make(self):
        self.client().create_stream(StreamName=self.name, ShardCount=2)
        self.arn = f"arn:aws:kinesis:us-east-1:000000000000:stream/{self.name}"
        self.shards = [4, 2, 1]

    def put(self, kinesis, records):
        done = kinesis.put_records(StreamName=self.name, Records=[
            {"PartitionKey": key, "Data": f"{key}:{number}".encode()} for key, number in records])
        assert done["FailedRecordCount"] == 0, done

    def changed(self, begin, count):
        if not self.shards or begin < count // 4 * (4 - len(self.shards)):
            return
        target = self.shards.pop(0)
        while True:
            kinesis = self.client()
            try:
                told = kinesis.describe_stream_summary(StreamName=self.name)["StreamDescriptionSummary"]
                if told["OpenShardCount"] != target:
                    kinesis.update_shard_count(
                        StreamName=self.name, TargetShardCount=target, ScalingType="UNIFORM_SCALING")
                return
            except botocore.exceptions.ClientError:
                raise
            except botocore.exceptions.BotoCoreError:
                time.sleep(0.05)


class Table(Stream):
    service = "dynamodb"
    # What changes nothing is no change.
    is_idempotent = True

    def make(self):
        made = self.client().create_table(
            TableName=self.name, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
        self.arn = made["TableDescription"]["LatestStreamArn"]

    def put(self, dynamodb, records):
        done = dynamodb.batch_write_item(RequestItems={self.name: [
            {"PutRequest": {"Item": {"k": {"S": key}, "v": {"N": str(number)}}}}
            for key, number in records]})
        assert not done["UnprocessedItems"], done


SOURCES = {"queue": Queue, "queue.fifo": Fifo, "stream": Kinesis, "table": Table}


class Story:
    """One server with a source of each kind, to which as many records are written as are killed servers
    for, until all of them were done."""

    def __init__(self, state):
        self.ledgers = ledgers.Ledgers()
        self.kills, self.failure = [], None
        self.server = conftest.Server(state, "--outside-allow", f"{self.ledgers.address}/32")
        self.sources = {name: kind(name, self) for name, kind in SOURCES.items()}
        for source in self.sources.values():
            self.furnish(source)

    def furnish(self, source):
        source.make()
        client, name = self.server.client("lambda"), source.name.replace(".", "-")
        functions.create(client, name, code=ledgers.FUNCTION, Timeout=5, Environment={
            "Variables": {"LEDGER": self.ledgers.url(source.name)}})
        client.put_function_concurrency(
            FunctionName=name, ReservedConcurrentExecutions=source.concurrency)
        settled(client, client.create_event_source_mapping(
            EventSourceArn=source.arn, FunctionName=name,
            FunctionResponseTypes=["ReportBatchItemFailures"], **source.mapping))

    def run(self):
        count = COUNT // KEYS

        def write(source):
            try:
                source.write_all(count)
            except BaseException as failure:
                self.failure = failure
        writers = [threading.Thread(target=write, args=[source], daemon=True)
                   for source in self.sources.values()]
        for writer in writers:
            writer.start()
        drawn = random.Random(f"kills {SEED}")
        for _ in range(KILLS):
            time.sleep(drawn.uniform(0.2, 4 if hostile.LONG else 1.5))
            killed = time.monotonic()
            self.server.stop(signal.SIGKILL)
            self.server.start()
            self.kills.append((killed, time.monotonic()))
        for writer in writers:
            writer.join()
        assert self.failure is None, self.failure

    def wait(self, source):
        count = COUNT // KEYS
        try:
            wait(lambda: source.ledger.is_whole(count, KEYS), 900 if hostile.LONG else 120)
        except AssertionError:
            left = {key: source.ledger.reached[key] for key in source.ledger.put}
            raise AssertionError(f"{source.ledger.figures(self.kills)}: done up to {left}") from None
        wait(source.is_done)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    story = Story(str(tmp_path_factory.mktemp("ledgers") / "state"))
    try:
        story.run()
        yield story
    finally:
        story.server.end()
        story.ledgers.end()


@pytest.mark.parametrize("name", SOURCES)
def test_nothing_is_lost_and_each_key_stays_in_order(story, name):
    source = story.sources[name]
    story.wait(source)
    ledger = source.ledger
    print(ledger.figures(story.kills))
    assert not ledger.faults, ledger.faults[:5]
    twice = ledger.twice(story.kills)
    assert not twice, (len(twice), twice[:5], story.kills)
    assert ledger.failures["raise"] + ledger.failures["exit"] + ledger.failures["partial"] > 0
