"""SQS: queues and messages, as boto3 and older clients see them."""

import json
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


def traced(header):
    return {"AWSTraceHeader": {"DataType": "String", "StringValue": header}}


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
    refused("InvalidParameterValue", sqs.send_message, QueueUrl=url, MessageBody="x",
            MessageSystemAttributes=traced("Root=" + "x" * 2044))


def attributes(sqs, url):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def test_queues_are_listed_changed_tagged_and_removed(sqs):
    urls = [sqs.create_queue(QueueName=f"q{n}", tags={"n": str(n)})["QueueUrl"] for n in range(5)]
    assert sqs.list_queues()["QueueUrls"] == urls
    assert sqs.list_queues(QueueNamePrefix="q3")["QueueUrls"] == urls[3:4]
    pages = sqs.get_paginator("list_queues").paginate(PaginationConfig={"PageSize": 2})
    assert [page["QueueUrls"] for page in pages] == [urls[:2], urls[2:4], urls[4:]]
    sqs.set_queue_attributes(QueueUrl=urls[0], Attributes={"DelaySeconds": "3"})
    told = attributes(sqs, urls[0])
    assert told["DelaySeconds"] == "3" and told["VisibilityTimeout"] == "30"
    assert told["QueueArn"] == "arn:aws:sqs:us-east-1:000000000000:q0"
    assert told["MaximumMessageSize"] == "1048576" and "FifoQueue" not in told
    one = sqs.get_queue_attributes(QueueUrl=urls[0], AttributeNames=["QueueArn"])["Attributes"]
    assert list(one) == ["QueueArn"]
    sqs.tag_queue(QueueUrl=urls[0], Tags={"a": "1"})
    sqs.untag_queue(QueueUrl=urls[0], TagKeys=["n"])
    assert sqs.list_queue_tags(QueueUrl=urls[0])["Tags"] == {"a": "1"}
    sqs.add_permission(QueueUrl=urls[0], Label="l", AWSAccountIds=["111111111111"],
                       Actions=["SendMessage"])
    assert '"Sid":"l"' in attributes(sqs, urls[0])["Policy"]
    refused("InvalidParameterValue", sqs.add_permission, QueueUrl=urls[0], Label="l",
            AWSAccountIds=["111111111111"], Actions=["*"])
    sqs.remove_permission(QueueUrl=urls[0], Label="l")
    assert "Policy" not in attributes(sqs, urls[0])
    sqs.delete_queue(QueueUrl=urls[0])
    refused("AWS.SimpleQueueService.NonExistentQueue", sqs.send_message, QueueUrl=urls[0],
            MessageBody="x")
    assert sqs.list_queues()["QueueUrls"] == urls[1:]


def test_batches_are_done_in_part(sqs):
    url = sqs.create_queue(QueueName="batch")["QueueUrl"]
    entries = [{"Id": "a", "MessageBody": "1"}, {"Id": "b", "MessageBody": "\x02"},
               {"Id": "c", "MessageBody": "3", "DelaySeconds": 901}, {"Id": "d", "MessageBody": "4"},
               {"Id": "e", "MessageBody": "5", "MessageSystemAttributes": traced("x" * 2049)}]
    done = sqs.send_message_batch(QueueUrl=url, Entries=entries)
    assert [entry["Id"] for entry in done["Successful"]] == ["a", "d"]
    failed = {entry["Id"]: entry["Code"] for entry in done["Failed"]}
    invalid = "InvalidParameterValue"
    assert failed == {"b": "InvalidMessageContents", "c": invalid, "e": invalid}
    assert attributes(sqs, url)["ApproximateNumberOfMessages"] == "2"
    held = receive(sqs, url, MaxNumberOfMessages=10)
    assert attributes(sqs, url)["ApproximateNumberOfMessagesNotVisible"] == "2"
    first = held[0]["ReceiptHandle"]
    done = sqs.change_message_visibility_batch(QueueUrl=url, Entries=[
        {"Id": "x", "ReceiptHandle": first, "VisibilityTimeout": 0},
        {"Id": "y", "ReceiptHandle": "none", "VisibilityTimeout": 0},
    ])
    assert [entry["Id"] for entry in done["Successful"]] == ["x"]
    assert [entry["Code"] for entry in done["Failed"]] == ["ReceiptHandleIsInvalid"]
    refused("AWS.SimpleQueueService.MessageNotInflight", sqs.change_message_visibility,
            QueueUrl=url, ReceiptHandle=first, VisibilityTimeout=5)
    done = sqs.delete_message_batch(QueueUrl=url, Entries=[
        {"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(held)
    ])
    assert len(done["Successful"]) == 2 and not done.get("Failed")
    many = [{"Id": str(n), "MessageBody": "x"} for n in range(11)]
    code = "AWS.SimpleQueueService."
    refused(code + "TooManyEntriesInBatchRequest", sqs.send_message_batch, QueueUrl=url, Entries=many)
    refused(code + "EmptyBatchRequest", sqs.send_message_batch, QueueUrl=url, Entries=[])
    refused(code + "BatchEntryIdsNotDistinct", sqs.send_message_batch, QueueUrl=url,
            Entries=[many[0], many[0]])
    refused(code + "InvalidBatchEntryId", sqs.send_message_batch, QueueUrl=url,
            Entries=[{"Id": "a b", "MessageBody": "x"}])
    large = [{"Id": str(n), "MessageBody": "x" * 600_000} for n in range(2)]
    refused(code + "BatchRequestTooLong", sqs.send_message_batch, QueueUrl=url, Entries=large)
    refused("InvalidParameterValue", sqs.send_message, QueueUrl=url, MessageBody="x" * (2**20 + 1))
    sqs.send_message(QueueUrl=url, MessageBody="x" * 2**20)


def test_what_is_received_too_often_goes_to_the_dead_letter_queue_and_back(sqs):
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = attributes(sqs, dead)["QueueArn"]
    for count in ["1", 1]:
        policy = f'{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{count!r}}}'.replace("'", '"')
        url = sqs.create_queue(QueueName="source", Attributes={
            "RedrivePolicy": policy, "VisibilityTimeout": "0"})["QueueUrl"]
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": policy})
        assert attributes(sqs, url)["RedrivePolicy"] == policy
        if count == "1":
            sqs.delete_queue(QueueUrl=url)
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [url]
    sent = sqs.send_message(QueueUrl=url, MessageBody="poison")["MessageId"]
    assert [message["MessageId"] for message in receive(sqs, url)] == [sent]
    assert receive(sqs, url) == []
    [moved] = receive(sqs, dead, VisibilityTimeout=0, WaitTimeSeconds=10)
    assert moved["MessageId"] == sent
    assert moved["Attributes"]["DeadLetterQueueSourceArn"].endswith(":source")
    refused("InvalidParameterValue", sqs.start_message_move_task,
            SourceArn=attributes(sqs, url)["QueueArn"])
    refused("ResourceNotFoundException", sqs.list_message_move_tasks, SourceArn=arn + "x")
    sqs.start_message_move_task(SourceArn=arn)
    [back] = receive(sqs, url, WaitTimeSeconds=10)
    assert back["MessageId"] == sent and "DeadLetterQueueSourceArn" not in back["Attributes"]
    for _ in range(100):
        [task] = sqs.list_message_move_tasks(SourceArn=arn)["Results"]
        if task["Status"] == "COMPLETED":
            break
        time.sleep(0.1)
    assert task["Status"] == "COMPLETED" and task["ApproximateNumberOfMessagesMoved"] == 1
    refused("InvalidParameterValue", sqs.set_queue_attributes, QueueUrl=url, Attributes={
        "RedrivePolicy": policy.replace(":dead", ":none")})
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={
        "RedriveAllowPolicy": '{"redrivePermission":"denyAll"}'})
    refused("InvalidParameterValue", sqs.set_queue_attributes, QueueUrl=url, Attributes={
        "RedrivePolicy": policy})


def test_a_fifo_queue_keeps_the_order_of_groups(sqs):
    refused("InvalidParameterValue", sqs.create_queue, QueueName="f", Attributes={"FifoQueue": "true"})
    refused("InvalidParameterValue", sqs.create_queue, QueueName="f.fifo")
    url = sqs.create_queue(QueueName="f.fifo", Attributes={
        "FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
    refused("MissingParameter", sqs.send_message, QueueUrl=url, MessageBody="x")
    refused("InvalidParameterValue", sqs.send_message, QueueUrl=url, MessageBody="x",
            MessageGroupId="g", DelaySeconds=1)
    sent = [sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=body[0])
            for body in ["a1", "a2", "b1", "a3", "b2"]]
    numbers = [int(each["SequenceNumber"]) for each in sent]
    assert numbers == sorted(numbers) and len(sent[0]["SequenceNumber"]) == 20
    again = sqs.send_message(QueueUrl=url, MessageBody="a1", MessageGroupId="a")
    assert again["MessageId"] == sent[0]["MessageId"]
    assert again["SequenceNumber"] == sent[0]["SequenceNumber"]
    [a1] = receive(sqs, url, ReceiveRequestAttemptId="once")
    assert a1["Body"] == "a1" and a1["Attributes"]["MessageGroupId"] == "a"
    [same] = receive(sqs, url, ReceiveRequestAttemptId="once")
    assert same["ReceiptHandle"] == a1["ReceiptHandle"]
    # While a1 is held nobody is given another of its group.
    assert [message["Body"] for message in receive(sqs, url, MaxNumberOfMessages=10)] == ["b1", "b2"]
    assert receive(sqs, url, MaxNumberOfMessages=10) == []
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=a1["ReceiptHandle"], VisibilityTimeout=0)
    held = receive(sqs, url, MaxNumberOfMessages=10)
    assert [message["Body"] for message in held] == ["a1", "a2", "a3"]
    refused("InvalidParameterValue", sqs.delete_message, QueueUrl=url,
            ReceiptHandle=a1["ReceiptHandle"])
    for message in held[:2]:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    sqs.send_message(QueueUrl=url, MessageBody="a4", MessageGroupId="a")
    assert receive(sqs, url) == []
    sqs.delete_message(QueueUrl=url, ReceiptHandle=held[2]["ReceiptHandle"])
    assert [message["Body"] for message in receive(sqs, url)] == ["a4"]


def test_a_purge_is_not_repeated_within_a_minute(sqs):
    url = sqs.create_queue(QueueName="p")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="x")
    sqs.purge_queue(QueueUrl=url)
    assert attributes(sqs, url)["ApproximateNumberOfMessages"] == "0"
    refused("AWS.SimpleQueueService.PurgeQueueInProgress", sqs.purge_queue, QueueUrl=url)


def test_older_clients_are_answered_as_they_ask(server, sqs):
    import urllib.error
    import urllib.parse
    import urllib.request

    url = sqs.create_queue(QueueName="old")["QueueUrl"]

    def ask(url, **form):
        body = urllib.parse.urlencode({"Version": "2012-11-05", **form}).encode()
        scope = "AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/sqs/aws4_request, " \
                "SignedHeaders=host, Signature=0"
        request = urllib.request.Request(url, body, {"Authorization": scope})
        try:
            return urllib.request.urlopen(request).read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    sent = ask(url, **{
        "Action": "SendMessage", "MessageBody": "hi", "MessageAttribute.1.Name": "k",
        "MessageAttribute.1.Value.DataType": "String", "MessageAttribute.1.Value.StringValue": "v"})
    assert "<MD5OfMessageBody>49f68a5c8493ec2c0bf489821c21fc3b</MD5OfMessageBody>" in sent
    got = ask(url, **{"Action": "ReceiveMessage", "AttributeName.1": "All",
                      "MessageAttributeName.1": "All"})
    assert "<Message><MessageId>" in got and "<Body>hi</Body>" in got
    assert "<MessageAttribute><Name>k</Name><Value><StringValue>v</StringValue>" in got
    assert "<Attribute><Name>SenderId</Name><Value>000000000000</Value></Attribute>" in got
    listed = ask(server.url, Action="ListQueues")
    assert f"<ListQueuesResult><QueueUrl>{url}</QueueUrl></ListQueuesResult>" in listed
    missing = ask(url + "x", Action="SendMessage", MessageBody="hi")
    assert "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>" in missing
    assert "<Code>MissingParameter</Code>" in ask(url, Action="SendMessage")


def test_where_iam_is_enforced_a_queue_lets_in_whom_its_policy_names(serve):
    server = serve("--iam", "enforce")
    root, iam = server.client("sqs"), server.client("iam")
    iam.create_user(UserName="u")
    key = iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]
    user, other = server.client("sqs", key), server.client("sqs", "111111111111")
    url = root.create_queue(QueueName="q")["QueueUrl"]
    root.send_message(QueueUrl=url, MessageBody="own")
    told = refused("AccessDenied", user.send_message, QueueUrl=url, MessageBody="x")
    assert "no identity-based policy allows the sqs:SendMessage action" in told
    told = refused("AccessDenied", other.send_message, QueueUrl=url, MessageBody="x")
    assert "no resource-based policy allows the sqs:SendMessage action" in told
    root.add_permission(QueueUrl=url, Label="l", AWSAccountIds=["111111111111"],
                        Actions=["SendMessage"])
    other.send_message(QueueUrl=url, MessageBody="of another")
    refused("AccessDenied", other.receive_message, QueueUrl=url)
    arn = attributes(root, url)["QueueArn"]

    def statement(effect, **more):
        principal = {"AWS": "arn:aws:iam::000000000000:user/u"}
        return {"Effect": effect, "Principal": principal, "Action": "sqs:*", "Resource": arn, **more}

    for statements, allowed in [
        ([statement("Allow")], True),
        ([statement("Allow", Resource=arn + "x")], False),
        ([statement("Allow"), statement("Deny", Action="sqs:SendMessage")], False),
    ]:
        policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
        root.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        if allowed:
            user.send_message(QueueUrl=url, MessageBody="x")
        else:
            refused("AccessDenied", user.send_message, QueueUrl=url, MessageBody="x")
