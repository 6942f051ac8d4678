"""Powertools' batch processors, of Python and of Node, as they are published: given records of every kind
of source, which boto3, the aws CLI and the AWS SDK for JavaScript send, and failing with some of them.

`scripts/prepare tests` installs them into target/batch-processors.
"""

import io
import os
import pathlib
import subprocess
import zipfile

import pytest

import functions
from test_sources import settled, wait

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent.parent / "target"
PROCESSORS = TARGET / "batch-processors"
VENV = TARGET / "venv" / "bin"

PYTHON = """
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor, EventType, SqsFifoPartialProcessor, process_partial_response)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord
import json, os
seen = set()
def what(record):
    if isinstance(record, KinesisStreamRecord):
        return record.kinesis.data_as_text()
    if isinstance(record, DynamoDBRecord):
        return record.dynamodb.new_image["k"]
    return record.body
def take(record):
    text = what(record)
    if text.startswith("fail") and text not in seen:
        seen.add(text)
        print("failed", text)
        raise ValueError(text)
    print("took", text)
KINDS = {"sqs": EventType.SQS, "kinesis": EventType.KinesisDataStreams,
         "dynamodb": EventType.DynamoDBStreams}
kind = os.environ["KIND"]
processor = SqsFifoPartialProcessor() if kind == "fifo" else BatchProcessor(event_type=KINDS[kind])
def handler(event, context):
    print("batch", len(event["Records"]))
    return process_partial_response(
        event=event, record_handler=take, processor=processor, context=context)
"""

NODE = """
import { BatchProcessor, EventType, SqsFifoPartialProcessor, processPartialResponse,
         processPartialResponseSync } from "@aws-lambda-powertools/batch";
const seen = new Set();
const what = (record) =>
  record.kinesis ? Buffer.from(record.kinesis.data, "base64").toString()
    : record.dynamodb ? record.dynamodb.NewImage.k.S : record.body;
const take = (record) => {
  const text = what(record);
  if (text.startsWith("fail") && !seen.has(text)) {
    seen.add(text);
    console.log("failed", text);
    throw new Error(text);
  }
  console.log("took", text);
};
const kinds = { sqs: EventType.SQS, kinesis: EventType.KinesisDataStreams,
                dynamodb: EventType.DynamoDBStreams };
const kind = process.env.KIND;
const processor = kind === "fifo" ? new SqsFifoPartialProcessor() : new BatchProcessor(kinds[kind]);
export const handler = async (event, context) => {
  console.log("batch", event.Records.length);
  const process = kind === "fifo" ? processPartialResponseSync : processPartialResponse;
  return process(event, take, processor, { context });
};
"""


def packed(directory, names, **files):
    """A package of directories and files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in names:
            for path in sorted((directory / name).rglob("*")):
                if path.is_file() and path.suffix in (".py", ".js", ".json", ".cjs", ".mjs"):
                    archive.write(path, path.relative_to(directory))
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def packages():
    if not PROCESSORS.exists():
        pytest.skip("hint: scripts/prepare tests")
    own = PROCESSORS / "python"
    python = packed(own, ["aws_lambda_powertools", "jmespath"], **{
        "app.py": PYTHON, "typing_extensions.py": (own / "typing_extensions.py").read_text()})
    modules = [f"node_modules/{name}" for name in [
        "@aws-lambda-powertools", "@aws/lambda-invoke-store", "@standard-schema"]]
    node = packed(PROCESSORS / "node", modules, **{"app.mjs": NODE})
    return {"python3.11": python, "nodejs20.x": node}


class Source:
    """A queue, a stream or a table, and who writes to it."""

    def __init__(self, server, kind):
        self.server, self.kind = server, kind
        self.environment = {
            **os.environ, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_PAGER": "", "PROCESSORS": str(PROCESSORS)}
        self.name, self.arn = "s", getattr(self, "make_" + kind)()

    def make_sqs(self, name="s", **attributes):
        sqs = self.server.client("sqs")
        self.url = sqs.create_queue(
            QueueName=name, Attributes={"VisibilityTimeout": "3", **attributes})["QueueUrl"]
        return f"arn:aws:sqs:us-east-1:000000000000:{name}"

    def make_fifo(self):
        return self.make_sqs("s.fifo", FifoQueue="true", ContentBasedDeduplication="true")

    def make_kinesis(self):
        self.server.client("kinesis").create_stream(StreamName="s", ShardCount=1)
        return "arn:aws:kinesis:us-east-1:000000000000:stream/s"

    def make_dynamodb(self):
        made = self.server.client("dynamodb").create_table(
            TableName="sss", BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
        return made["TableDescription"]["LatestStreamArn"]

    def by_boto3(self, texts):
        client = self.server.client("sqs" if self.kind == "fifo" else self.kind)
        if self.kind in ("sqs", "fifo"):
            more = {"MessageGroupId": "g"} if self.kind == "fifo" else {}
            done = client.send_message_batch(QueueUrl=self.url, Entries=[
                {"Id": str(at), "MessageBody": text, **more} for at, text in enumerate(texts)])
            assert not done.get("Failed")
        elif self.kind == "kinesis":
            done = client.put_records(StreamName="s", Records=[
                {"PartitionKey": "k", "Data": text.encode()} for text in texts])
            assert done["FailedRecordCount"] == 0
        else:
            client.batch_write_item(RequestItems={"sss": [
                {"PutRequest": {"Item": {"k": {"S": text}}}} for text in texts]})

    def by_cli(self, texts):
        for text in texts:
            words = {
                "sqs": ("sqs", "send-message", "--queue-url", getattr(self, "url", ""), "--message-body", text),
                "kinesis": ("kinesis", "put-record", "--stream-name", "s", "--partition-key", "k",
                            "--data", text),
                "dynamodb": ("dynamodb", "put-item", "--table-name", "sss", "--item",
                             f'{{"k": {{"S": "{text}"}}}}'),
            }
            words["fifo"] = (*words["sqs"], "--message-group-id", "g")
            self.run(VENV / "aws", "--endpoint-url", self.server.url, *words[self.kind])

    def by_javascript(self, texts):
        where = getattr(self, "url", None) or {"kinesis": "s", "dynamodb": "sss"}[self.kind]
        self.run("node", HERE / "unmodified_clients" / "send.mjs", self.kind, where, *texts)

    def run(self, *words):
        done = subprocess.run([str(word) for word in words], env=self.environment, capture_output=True,
                              text=True, timeout=120)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"


def printed(server, name):
    """What a function has printed of what it took, and failed with, in order."""
    logs = server.client("logs")
    try:
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}")
        lines = [event["message"] for page in pages for event in page["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []
    words = [line.replace("\t", " ").split() for line in lines]
    # Node's lines say more before what was printed.
    return [tuple(each[-2:]) for each in words if len(each) > 1 and each[-2] in ("took", "failed")]


@pytest.mark.parametrize("kind", ["sqs", "fifo", "kinesis", "dynamodb"])
def test_records_that_fail_come_again(server, packages, kind):
    source, client = Source(server, kind), server.client("lambda")
    starting = {} if kind in ("sqs", "fifo") else {"StartingPosition": "TRIM_HORIZON"}
    first = [f"{'fail' if at in (1, 2) else 'b'}-{at}" for at in range(6)]
    later = {"python3": (source.by_cli, ["c-1", "fail-c-2"]),
             "nodejs20": (source.by_javascript, ["j-1", "fail-j-2", "j-3"])}
    # One after the other, of each runtime: two mappings of a queue would share its messages.
    for runtime, package in packages.items():
        name = runtime.split(".")[0]
        functions.create(client, name, code=package, Runtime=runtime, Timeout=3, MemorySize=256,
                         Environment={"Variables": {
                             "KIND": kind, "POWERTOOLS_SERVICE_NAME": "s", "POWERTOOLS_DEV": "false"}})
        if kind in ("sqs", "fifo"):
            # One environment, which knows what it has failed with.
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=1)
        made = client.create_event_source_mapping(
            EventSourceArn=source.arn, FunctionName=name, BatchSize=10,
            FunctionResponseTypes=["ReportBatchItemFailures"], **starting)
        settled(client, made)
        # What came before is there for who reads a stream from its beginning.
        texts = [f"{text}-{name}" for text in first]
        source.by_boto3(texts)
        wait(lambda: {text for how, text in printed(server, name) if how == "took"} >= set(texts))
        send, more = later[name]
        send([f"{text}-{name}" for text in more])
        texts += [f"{text}-{name}" for text in more]
        wait(lambda: {text for how, text in printed(server, name) if how == "took"} >= set(texts))
        told = printed(server, name)
        of_own = [(how, text) for how, text in told if text in texts]
        assert {text for how, text in of_own if how == "failed"} == \
            {text for text in texts if text.startswith("fail")}
        if kind == "fifo":
            # None passes one of its group.
            assert [text for how, text in of_own if how == "took"] == texts, of_own
        if kind == "sqs":
            # What was taken was deleted, though others of its batch failed.
            assert sorted(text for how, text in of_own if how == "took") == sorted(texts), of_own
        client.delete_event_source_mapping(UUID=made["UUID"])
