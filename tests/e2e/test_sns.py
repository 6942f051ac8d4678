"""SNS: what is published reaches functions and queues, as boto3 sees it."""

import json
import signal
import time

import pytest

import functions
from functions import eventually, internal, refused

PRINTS = "import json\ndef handler(event, context): print('got', json.dumps(event['Records'][0]))"
ACCOUNT = "arn:aws:%s:us-east-1:000000000000:%s"


@pytest.fixture
def sns(server):
    return server.client("sns")


def make_queue(server, name, **attributes):
    url = server.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return url, ACCOUNT % ("sqs", name)


def receive(server, url, seconds=20):
    """One message, which is deleted."""
    sqs = server.client("sqs")
    found = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=seconds, MessageAttributeNames=["All"],
                                AttributeNames=["All"])
    for message in found.get("Messages", []):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return message


def got(server, name="f"):
    """The records that a function has printed."""
    logs = server.client("logs")
    try:
        found = logs.filter_log_events(logGroupName=f"/aws/lambda/{name}", filterPattern="got")
    except logs.exceptions.ResourceNotFoundException:
        return []
    return [json.loads(event["message"][4:]) for event in found["events"]]


def test_topics_are_made_told_tagged_and_removed(server, sns):
    made = sns.create_topic(Name="t", Attributes={"DisplayName": "d"}, Tags=[{"Key": "a", "Value": "1"}])
    arn = made["TopicArn"]
    assert arn == ACCOUNT % ("sns", "t")
    assert sns.create_topic(Name="t")["TopicArn"] == arn
    code, message, status = refused(sns.create_topic, Name="t", Attributes={"DisplayName": "e"})
    assert (code, status) == ("InvalidParameter", 400)
    assert message == "Invalid parameter: Attributes Reason: Topic already exists with different attributes"
    told = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    policy = json.loads(told.pop("Policy"))
    assert policy["Id"] == "__default_policy_ID" and policy["Statement"][0]["Resource"] == arn
    assert json.loads(told.pop("EffectiveDeliveryPolicy"))["http"]["defaultHealthyRetryPolicy"]["numRetries"] == 3
    assert told == {"DisplayName": "d", "Owner": "000000000000", "TopicArn": arn, "SubscriptionsConfirmed": "0",
                    "SubscriptionsDeleted": "0", "SubscriptionsPending": "0"}
    sns.set_topic_attributes(TopicArn=arn, AttributeName="DisplayName", AttributeValue="e")
    assert sns.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"] == "e"
    sns.add_permission(TopicArn=arn, Label="l", AWSAccountId=["111111111111"], ActionName=["Publish"])
    statements = json.loads(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])["Statement"]
    assert statements[1] == {"Sid": "l", "Effect": "Allow", "Action": "SNS:Publish", "Resource": arn,
                             "Principal": {"AWS": "arn:aws:iam::111111111111:root"}}
    sns.remove_permission(TopicArn=arn, Label="l")
    sns.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
    sns.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert sns.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
    others = sorted(sns.create_topic(Name=f"o{n}")["TopicArn"] for n in range(120))
    pages = sns.get_paginator("list_topics").paginate()
    listed = [topic["TopicArn"] for page in pages for topic in page["Topics"]]
    assert listed == [*others, arn]
    server.stop(signal.SIGKILL)
    server.start()
    sns = server.client("sns")
    assert sns.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"] == "e"
    sns.delete_topic(TopicArn=arn)
    sns.delete_topic(TopicArn=arn)
    assert refused(sns.get_topic_attributes, TopicArn=arn) == ("NotFound", "Topic does not exist", 404)
    assert refused(sns.subscribe, TopicArn=others[0], Protocol="email", Endpoint="a@b.c")[0] == "InvalidParameter"


def test_queues_get_messages_whole_raw_and_filtered(server, sns):
    topic = sns.create_topic(Name="t")["TopicArn"]
    (whole, whole_arn), (raw, raw_arn) = make_queue(server, "whole"), make_queue(server, "raw")
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=whole_arn)["SubscriptionArn"]
    filtered = {"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"n": [{"numeric": [">", 1]}]})}
    other = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=raw_arn, Attributes=filtered)["SubscriptionArn"]
    assert sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=raw_arn)["SubscriptionArn"] == other
    told = sns.get_subscription_attributes(SubscriptionArn=other)["Attributes"]
    assert told == {
        "ConfirmationWasAuthenticated": "true", "Endpoint": raw_arn, "FilterPolicyScope": "MessageAttributes",
        "FilterPolicy": filtered["FilterPolicy"], "Owner": "000000000000", "PendingConfirmation": "false",
        "Protocol": "sqs", "RawMessageDelivery": "true", "SubscriptionArn": other, "TopicArn": topic,
        "SubscriptionPrincipal": "arn:aws:iam::000000000000:root"}
    attributes = lambda n: {"n": {"DataType": "Number", "StringValue": str(n)},
                            "b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    sent = sns.publish(TopicArn=topic, Message="größe", Subject="s", MessageAttributes=attributes(2))
    message = receive(server, raw)
    assert message["Body"] == "größe" and message["MessageAttributes"] == attributes(2)
    text = receive(server, whole)["Body"]
    body = json.loads(text)
    assert text.startswith('{\n  "Type" : "Notification",\n  "MessageId" : "')
    assert body["MessageId"] == sent["MessageId"] and body["Message"] == "größe" and body["Subject"] == "s"
    assert body["MessageAttributes"] == {"n": {"Type": "Number", "Value": "2"},
                                         "b": {"Type": "Binary", "Value": "AP8="}}
    assert body["TopicArn"] == topic and body["Timestamp"].endswith("Z") and body["SignatureVersion"] == "1"
    # Nobody has signed it, and it does not look as if.
    assert body["Signature"] == "" and body["SigningCertURL"] == ""
    assert body["UnsubscribeURL"].endswith(f"/?Action=Unsubscribe&SubscriptionArn={subscription}")
    sns.publish(TopicArn=topic, Message="one", MessageAttributes=attributes(1))
    structure = {"default": "d", "sqs": "for queues"}
    sns.publish(TopicArn=topic, Message=json.dumps(structure), MessageStructure="json", MessageAttributes=attributes(3))
    assert receive(server, raw)["Body"] == "for queues"
    assert {json.loads(receive(server, whole)["Body"])["Message"] for _ in range(2)} == {"one", "for queues"}
    scope = dict(SubscriptionArn=other, AttributeName="FilterPolicyScope", AttributeValue="MessageBody")
    sns.set_subscription_attributes(**scope)
    sns.set_subscription_attributes(SubscriptionArn=other, AttributeName="FilterPolicy",
                                    AttributeValue=json.dumps({"order": {"state": ["new"]}}))
    entries = [{"Id": str(n), "Message": json.dumps({"order": {"state": state}})}
               for n, state in enumerate(("old", "new", "gone"))]
    done = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
    assert [entry["Id"] for entry in done["Successful"]] == ["0", "1", "2"] and done["Failed"] == []
    assert json.loads(receive(server, raw)["Body"]) == {"order": {"state": "new"}}
    assert receive(server, raw, 0) is None
    listed = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [each["SubscriptionArn"] for each in listed] == [subscription, other]
    assert sns.list_subscriptions()["Subscriptions"] == listed
    sns.unsubscribe(SubscriptionArn=other)
    assert len(sns.list_subscriptions()["Subscriptions"]) == 1


def test_functions_are_invoked_as_their_policies_allow(server, sns):
    client = server.client("lambda")
    made = functions.create(client, code=PRINTS)
    topic = sns.create_topic(Name="t")["TopicArn"]
    dead, dead_arn = make_queue(server, "dead")
    redrive = json.dumps({"deadLetterTargetArn": dead_arn})
    subscription = sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=made["FunctionArn"],
                                 Attributes={"RedrivePolicy": redrive})["SubscriptionArn"]
    sns.publish(TopicArn=topic, Message="not allowed")
    letter = json.loads(receive(server, dead)["Body"])
    assert letter["Message"] == "not allowed" and letter["Type"] == "Notification"
    client.add_permission(FunctionName="f", StatementId="sns", Action="lambda:InvokeFunction",
                          Principal="sns.amazonaws.com", SourceArn=topic)
    sent = sns.publish(TopicArn=topic, Message="allowed", MessageAttributes={
        "a": {"DataType": "String", "StringValue": "x"}})["MessageId"]
    (record,) = eventually(lambda: got(server), 60)
    assert record["EventSource"] == "aws:sns" and record["EventVersion"] == "1.0"
    assert record["EventSubscriptionArn"] == subscription
    notification = record["Sns"]
    assert notification["Type"] == "Notification" and notification["MessageId"] == sent
    assert notification["Message"] == "allowed" and notification["Subject"] is None
    assert notification["TopicArn"] == topic
    assert notification["MessageAttributes"] == {"a": {"Type": "String", "Value": "x"}}
    assert set(notification) == {"Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp",
                                 "SignatureVersion", "Signature", "SigningCertUrl", "UnsubscribeUrl",
                                 "MessageAttributes"}
    # Why the function ran.
    logs = server.client("logs").filter_log_events(logGroupName="/aws/lambda/f", filterPattern='"START RequestId"')
    request = logs["events"][0]["message"].split()[2]
    explained = json.dumps(eventually(lambda: internal(server, f"explain/{request}"), 20))
    assert f"asked for by message {sent} of {topic}" in explained, explained


def test_a_fifo_topic_keeps_the_order_of_groups(server, sns):
    topic = sns.create_topic(Name="t.fifo", Attributes={
        "FifoTopic": "true", "ContentBasedDeduplication": "true"})["TopicArn"]
    url, arn = make_queue(server, "q.fifo", FifoQueue="true")
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    first = sns.publish(TopicArn=topic, Message="0", MessageGroupId="a")
    assert len(first["SequenceNumber"]) == 20
    assert sns.publish(TopicArn=topic, Message="0", MessageGroupId="a")["MessageId"] == first["MessageId"]
    for number in range(1, 20):
        sns.publish(TopicArn=topic, Message=str(number), MessageGroupId="ab"[number % 2])
    bodies = []
    while len(bodies) < 20:
        message = receive(server, url)
        assert message, f"{bodies} alone came"
        body = json.loads(message["Body"])
        assert message["Attributes"]["MessageGroupId"] == "ab"[int(body["Message"]) % 2]
        assert len(body["SequenceNumber"]) == 20 and "Signature" not in body
        bodies.append(int(body["Message"]))
    for group in range(2):
        assert [n for n in bodies if n % 2 == group] == list(range(group, 20, 2))


def test_nothing_that_was_published_is_lost(server):
    """A ledger of what was acknowledged, while the server is killed amid it."""
    sns = server.client("sns")
    topic = sns.create_topic(Name="t")["TopicArn"]
    url, arn = make_queue(server, "q")
    client = server.client("lambda")
    made = functions.create(client, code=PRINTS)
    client.add_permission(FunctionName="f", StatementId="sns", Action="lambda:InvokeFunction",
                          Principal="sns.amazonaws.com")
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=made["FunctionArn"])
    # What a function prints just before the server is killed is lost; how its events ended is not.
    ran, ran_arn = make_queue(server, "ran")
    client.put_function_event_invoke_config(
        FunctionName="f", DestinationConfig={"OnSuccess": {"Destination": ran_arn}})
    acknowledged = set()
    for round in range(6):
        for number in range(5):
            entries = [{"Id": str(n), "Message": f"{round}-{number}-{n}"} for n in range(4)]
            done = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)["Successful"]
            acknowledged |= {f"{round}-{number}-{entry['Id']}" for entry in done}
        time.sleep(0.03 * round)
        server.stop(signal.SIGKILL)
        server.start()
        sns = server.client("sns")
    assert len(acknowledged) == 120
    # Nobody asks for SNS any more: what is left is delivered by itself.
    sqs = server.client("sqs")

    def all_of(queue, read):
        received = set()

        def look():
            # The server listens elsewhere by now.
            name = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
            found = sqs.receive_message(QueueUrl=name, MaxNumberOfMessages=10, WaitTimeSeconds=1)
            for message in found.get("Messages", []):
                received.add(read(message["Body"]))
                sqs.delete_message(QueueUrl=name, ReceiptHandle=message["ReceiptHandle"])
            return received == acknowledged
        return look

    eventually(all_of("q", str), 120)
    told = lambda body: json.loads(body)["requestPayload"]["Records"][0]["Sns"]["Message"]
    eventually(all_of("ran", told), 240)


def test_an_endpoint_of_another_account_is_asked(server):
    sns = server.client("sns")
    sqs = server.client("sqs", "111111111111")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    arn = "arn:aws:sqs:us-east-1:111111111111:q"
    topic = sns.create_topic(Name="t")["TopicArn"]
    # It is asked where its policy lets topics send, and by nobody else.
    letting = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
         "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}]}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(letting)})
    assert sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"] == "pending confirmation"
    (listed,) = sns.list_subscriptions()["Subscriptions"]
    assert listed["SubscriptionArn"] == "PendingConfirmation"
    sns.publish(TopicArn=topic, Message="too early")
    asked = json.loads(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"][0]["Body"])
    assert asked["Type"] == "SubscriptionConfirmation" and asked["Token"] in asked["SubscribeURL"]
    confirmed = sns.confirm_subscription(TopicArn=topic, Token=asked["Token"])["SubscriptionArn"]
    assert sns.get_subscription_attributes(SubscriptionArn=confirmed)["Attributes"]["PendingConfirmation"] == "false"
    sns.publish(TopicArn=topic, Message="wanted")
    found = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
    assert [json.loads(message["Body"])["Message"] for message in found] == ["wanted"]


def test_where_iam_is_enforced_policies_say_who_may(serve):
    server = serve("--iam", "enforce")
    root, iam = server.client("sns"), server.client("iam")
    iam.create_user(UserName="u")
    key = iam.create_access_key(UserName="u")["AccessKey"]["AccessKeyId"]
    user = server.client("sns", key)
    topic = root.create_topic(Name="t")["TopicArn"]
    url, arn = make_queue(server, "q")
    root.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    code, message, _ = refused(user.publish, TopicArn=topic, Message="x")
    assert code == "AuthorizationError" and "no identity-based policy allows the SNS:Publish action" in message
    other = server.client("sns", "111111111111")
    code, message, status = refused(other.publish, TopicArn=topic, Message="x")
    assert (code, status) == ("AuthorizationError", 403)
    assert f"SNS:Publish on resource: {topic} because no resource-based policy allows" in message
    root.add_permission(TopicArn=topic, Label="l", AWSAccountId=["111111111111"], ActionName=["Publish"])
    other.publish(TopicArn=topic, Message="x")
    allow = {"Effect": "Allow", "Action": "sns:Publish", "Resource": topic}
    iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [allow]}))
    # The queue lets nobody in yet.
    user.publish(TopicArn=topic, Message="lost")
    assert receive(server, url, 2) is None
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}]}
    server.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    user.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{"Id": "1", "Message": "let in"}])
    assert receive(server, url)["Body"] == "let in"


def test_booleans_are_taken_as_python_spells_them(server, sns):
    sqs = server.client("sqs")
    topic = sns.create_topic(Name="t.fifo", Attributes={
        "FifoTopic": str(True), "ContentBasedDeduplication": str(True)})["TopicArn"]
    told = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    assert (told["FifoTopic"], told["ContentBasedDeduplication"]) == ("true", "true")
    attributes = {"FifoQueue": str(True), "ContentBasedDeduplication": str(True)}
    url = sqs.create_queue(QueueName="q.fifo", Attributes=attributes)["QueueUrl"]
    assert sqs.create_queue(QueueName="q.fifo", Attributes=attributes)["QueueUrl"] == url
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (told["FifoQueue"], told["ContentBasedDeduplication"]) == ("true", "true")
    made = sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=told["QueueArn"], Attributes={"RawMessageDelivery": "True"})
    told = sns.get_subscription_attributes(SubscriptionArn=made["SubscriptionArn"])["Attributes"]
    assert told["RawMessageDelivery"] == "true"
    # Nothing else is taken for one.
    assert refused(sns.set_topic_attributes, TopicArn=topic, AttributeName="ContentBasedDeduplication",
                   AttributeValue="yes")[0] == "InvalidParameter"
