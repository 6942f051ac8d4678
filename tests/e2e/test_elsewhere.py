"""Functions whose code is in buckets of other services, and whose records come from queues and streams
there: of moto's server and of MiniStack, as they are published."""

import uuid

import pytest

import functions
import stand_ins
from test_sources import make_queue, settled, wait
from test_streams import TELL, data, make_stream, make_table

# Of queues, beside streams.
CODE = TELL.replace('        if "kinesis" in record:', '''        if "body" in record:
            told.append(["", record["body"], record])
        elif "kinesis" in record:''')


@pytest.fixture(scope="module", params=["moto", "ministack"])
def elsewhere(request):
    service = getattr(stand_ins, request.param)()
    yield service
    service.end()


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


def test_code_and_records_come_from_elsewhere(serve, elsewhere, sink):
    services = ["sqs", "dynamodbstreams", "kinesis"]
    server = serve("--outside-allow", f"{sink.address}/32", "--s3", elsewhere.url, *(
        word for service in services for word in ("--endpoint", f"{service}={elsewhere.url}")))
    client = server.client("lambda")
    s3, sqs, dynamodb, kinesis = (
        elsewhere.client(name) for name in ["s3", "sqs", "dynamodb", "kinesis"])
    bucket = f"b-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="dir/code.zip", Body=functions.package(app__py=CODE))
    functions.create(client, Code={"S3Bucket": bucket, "S3Key": "dir/code.zip"},
                     Environment={"Variables": {"SINK": sink.url}})
    url, queue = make_queue(sqs, VisibilityTimeout="3")
    table, changes = make_table(dynamodb)
    stream, records = make_stream(kinesis)
    for source, more in [(queue, {}), (changes, {"StartingPosition": "TRIM_HORIZON"}),
                         (records, {"StartingPosition": "TRIM_HORIZON"})]:
        made = client.create_event_source_mapping(
            EventSourceArn=source, FunctionName="f", BatchSize=5, **more)
        settled(client, made)
    for number in range(12):
        sqs.send_message(QueueUrl=url, MessageBody=f"m{number}")
        dynamodb.put_item(TableName=table, Item={"k": {"S": f"t{number}"}})
        kinesis.put_record(StreamName=stream, PartitionKey="k", Data=f"r{number}".encode())
    wanted = {f"{kind}{number}" for kind in "mr" for number in range(12)}
    keys = lambda: [each[0] for each in sink.told if each[2].get("eventSource") == "aws:dynamodb"]
    wait(lambda: wanted <= set(data(sink)) and len(keys()) >= 12)
    assert keys() == [f"t{number}" for number in range(12)]
    assert [text for text in data(sink) if text[0] == "r"] == [f"r{number}" for number in range(12)]
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def is_empty():
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
        return all(found[count] == "0" for count in counts)
    wait(is_empty)
    # What fails comes again.
    sqs.send_message(QueueUrl=url, MessageBody="raise it")
    wait(lambda: data(sink).count("raise it") >= 2)
    assert {each[2]["awsRegion"] for each in sink.told} == {"us-east-1"}
