"""SQS: queues and messages, as boto3 and older clients see them."""

import time

import botocore.exceptions
import pytest


@pytest.fixture
def sqs(server):
    return server.client("sqs")


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error["Message"]


def receive(sqs, url, **arguments):
    arguments = {"AttributeNames": ["All"], "MessageAttributeNames": ["All"], **arguments}
    return sqs.receive_message(QueueUrl=url, **arguments).get("Messages", [])


def test_a_message_is_received_until_it_is_deleted(sqs):
    url = sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    assert url.endswith("/000000000000/orders")
    assert sqs.get_queue_url(QueueName="orders")["QueueUrl"] == url
    attributes = {
        "kind": {"DataType": "String", "StringValue": "ä"},
        "count": {"DataType": "Number.int", "StringValue": "3"},
        "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    sent = sqs.send_message(QueueUrl=url, MessageBody="größe", MessageAttributes=attributes)
    [first] = receive(sqs, url)
    assert first["MessageId"] == sent["MessageId"] and first["Body"] == "größe"
    assert first["MD5OfBody"] == sent["MD5OfMessageBody"]
    assert first["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert first["MessageAttributes"] == attributes
    assert first["Attributes"]["ApproximateReceiveCount"] == "1"
    assert receive(sqs, url) == []
    # It comes back by itself, to whoever waits for it.
    [second] = receive(sqs, url, WaitTimeSeconds=20)
    assert second["Attributes"]["ApproximateReceiveCount"] == "2"
    assert second["ReceiptHandle"] != first["ReceiptHandle"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=second["ReceiptHandle"])
    assert receive(sqs, url, WaitTimeSeconds=2) == []


def test_what_is_acknowledged_is_there_after_kill_9(server):
    sqs = server.client("sqs")
    url = sqs.create_queue(QueueName="kept")["QueueUrl"]
    ids = {sqs.send_message(QueueUrl=url, MessageBody=str(n))["MessageId"] for n in range(20)}
    held = receive(sqs, url, MaxNumberOfMessages=5)
    sqs.delete_message(QueueUrl=url, ReceiptHandle=held[0]["ReceiptHandle"])
    server.stop(9)
    server.start()
    sqs = server.client("sqs")
    url = sqs.get_queue_url(QueueName="kept")["QueueUrl"]
    found = set()
    while batch := receive(sqs, url, MaxNumberOfMessages=10):
        found |= {message["MessageId"] for message in batch}
    assert found == ids - {message["MessageId"] for message in held}


def test_a_waiting_client_is_woken(server, sqs):
    from concurrent.futures import ThreadPoolExecutor

    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(receive, server.client("sqs"), url, WaitTimeSeconds=20)
        time.sleep(0.5)
        sqs.send_message(QueueUrl=url, MessageBody="x")
        assert [message["Body"] for message in waiting.result(timeout=15)] == ["x"]


def test_bad_requests_are_refused_as_sqs_refuses_them(sqs):
    with pytest.raises(sqs.exceptions.QueueDoesNotExist) as caught:
        sqs.get_queue_url(QueueName="none")
    assert caught.value.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue"
    refused("InvalidParameterValue", sqs.create_queue, QueueName="a b")
    refused("InvalidAttributeName", sqs.create_queue, QueueName="a", Attributes={"X": "1"})
    refused("InvalidAttributeValue", sqs.create_queue, QueueName="a",
            Attributes={"VisibilityTimeout": "43201"})
    url = sqs.create_queue(QueueName="a", Attributes={"DelaySeconds": "1"})["QueueUrl"]
    assert sqs.create_queue(QueueName="a")["QueueUrl"] == url
    with pytest.raises(sqs.exceptions.QueueNameExists):
        sqs.create_queue(QueueName="a", Attributes={"DelaySeconds": "2"})
    refused("InvalidParameterValue", sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=11)
    refused("ReceiptHandleIsInvalid", sqs.delete_message, QueueUrl=url, ReceiptHandle="x")
    refused("InvalidMessageContents", sqs.send_message, QueueUrl=url, MessageBody="\x01")
    refused("MissingParameter", sqs.send_message, QueueUrl=url, MessageBody="")
