"""Buckets that are elsewhere: who watches them here is told of what is done through here."""

import json
import signal
import time

import pytest

import functions
import stand_ins
from functions import refused
from test_s3 import messages, queue
from test_sources import wait


@pytest.fixture(scope="module", params=["moto", "ministack"])
def elsewhere(request):
    service = getattr(stand_ins, request.param)()
    yield service
    service.end()


@pytest.fixture
def server(serve, elsewhere, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return serve("--endpoint", f"s3={elsewhere.url}")


def client(server):
    return server.client("s3", s3={"addressing_style": "path"})


def told(sqs, url, count):
    found = [each["Records"][0] for each in messages(sqs, url, count)]
    found.sort(key=lambda record: record["s3"]["object"]["sequencer"])
    return [(record["eventName"], record["s3"]["object"]) for record in found]


def test_queues_are_told_of_what_is_passed_on(server, elsewhere):
    s3, there = client(server), elsewhere.client("s3")
    s3.create_bucket(Bucket="watched")
    sqs, url, arn = queue(server, "told")
    assert refused(s3.put_bucket_notification_configuration, Bucket="none",
                   NotificationConfiguration={})[0] == "NoSuchBucket"
    assert refused(s3.get_bucket_notification_configuration, Bucket="none")[0] == "NoSuchBucket"
    configured = {"QueueConfigurations": [{
        "Id": "in", "QueueArn": arn, "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
        "Filter": {"Key": {"FilterRules": [{"Name": "Prefix", "Value": "in/"}]}}}]}
    s3.put_bucket_notification_configuration(Bucket="watched", NotificationConfiguration=configured)
    found = s3.get_bucket_notification_configuration(Bucket="watched")
    assert found["QueueConfigurations"] == configured["QueueConfigurations"]
    # It is kept here: whoever is there knows nothing of it.
    assert "QueueConfigurations" not in there.get_bucket_notification_configuration(Bucket="watched")
    # It is whose who configured it.
    other = server.client("s3", account="111111111111", s3={"addressing_style": "path"})
    assert refused(other.put_bucket_notification_configuration, Bucket="watched",
                   NotificationConfiguration={})[0] == "AccessDenied"
    assert refused(s3.get_bucket_notification_configuration, Bucket="watched",
                   ExpectedBucketOwner="111111111111")[0] == "AccessDenied"
    [test] = messages(sqs, url, 1)
    assert test["Event"] == "s3:TestEvent" and test["Bucket"] == "watched"

    s3.put_object(Bucket="watched", Key="out/a", Body=b"x")
    put = s3.put_object(Bucket="watched", Key="in/a b+ü.txt", Body=b"hello")
    copied = s3.copy_object(Bucket="watched", Key="in/c", CopySource="watched/in/a b+ü.txt")
    upload = s3.create_multipart_upload(Bucket="watched", Key="in/parts")["UploadId"]
    part = s3.upload_part(Bucket="watched", Key="in/parts", UploadId=upload, PartNumber=1, Body=b"1" * 77)
    whole = s3.complete_multipart_upload(
        Bucket="watched", Key="in/parts", UploadId=upload,
        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    s3.delete_object(Bucket="watched", Key="in/c")
    s3.delete_objects(Bucket="watched", Delete={"Objects": [{"Key": "in/parts"}, {"Key": "out/a"}]})
    s3.delete_objects(Bucket="watched", Delete={"Objects": [{"Key": "in/a b+ü.txt"}], "Quiet": True})
    assert refused(s3.copy_object, Bucket="watched", Key="in/no", CopySource="watched/none")[0] == "NoSuchKey"
    found = told(sqs, url, 6)
    assert [(name, thing["key"], thing.get("size"), thing.get("eTag")) for name, thing in found] == [
        ("ObjectCreated:Put", "in/a+b%2B%C3%BC.txt", 5, put["ETag"].strip('"')),
        ("ObjectCreated:Copy", "in/c", 5, copied["CopyObjectResult"]["ETag"].strip('"')),
        ("ObjectCreated:CompleteMultipartUpload", "in/parts", 77, whole["ETag"].strip('"')),
        ("ObjectRemoved:Delete", "in/c", None, None),
        ("ObjectRemoved:Delete", "in/parts", None, None),
        ("ObjectRemoved:Delete", "in/a+b%2B%C3%BC.txt", None, None)]
    # Nobody is told once nobody wants to be.
    s3.put_bucket_notification_configuration(Bucket="watched", NotificationConfiguration={})
    s3.put_object(Bucket="watched", Key="in/z", Body=b"x")
    assert not messages(sqs, url, 1, 3)
    s3.put_bucket_notification_configuration(Bucket="watched", NotificationConfiguration=configured)
    s3.delete_object(Bucket="watched", Key="in/z")
    s3.delete_bucket(Bucket="watched")
    # A bucket that is made again is another.
    s3.create_bucket(Bucket="watched")
    assert "QueueConfigurations" not in s3.get_bucket_notification_configuration(Bucket="watched")
    s3.delete_bucket(Bucket="watched")


def test_versions_are_told_as_the_other_makes_them(server):
    s3 = client(server)
    s3.create_bucket(Bucket="versions")
    s3.put_bucket_versioning(Bucket="versions", VersioningConfiguration={"Status": "Enabled"})
    sqs, url, arn = queue(server, "told")
    s3.put_bucket_notification_configuration(Bucket="versions", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": [
            "s3:ObjectCreated:*", "s3:ObjectRemoved:*"]}]})
    messages(sqs, url, 1)
    first = s3.put_object(Bucket="versions", Key="k", Body=b"1")["VersionId"]
    copy = s3.copy_object(Bucket="versions", Key="c", CopySource="versions/k")["VersionId"]
    marker = s3.delete_object(Bucket="versions", Key="k")["VersionId"]
    s3.delete_object(Bucket="versions", Key="k", VersionId=first)
    s3.delete_objects(Bucket="versions", Delete={"Objects": [{"Key": "c"}], "Quiet": True})
    s3.delete_objects(Bucket="versions", Delete={"Objects": [{"Key": "c", "VersionId": copy}]})
    found = [(name, thing["key"], thing.get("versionId")) for name, thing in told(sqs, url, 6)]
    # Who is to tell of failures alone may tell of its marker all the same.
    assert found[4][:2] == ("ObjectRemoved:DeleteMarkerCreated", "c")
    assert found[:4] + found[5:] == [
        ("ObjectCreated:Put", "k", first), ("ObjectCreated:Copy", "c", copy),
        ("ObjectRemoved:DeleteMarkerCreated", "k", marker), ("ObjectRemoved:Delete", "k", first),
        ("ObjectRemoved:Delete", "c", copy)]


def test_functions_and_the_event_bus_are_told_as_their_policies_and_rules_have_it(server):
    s3, client_of_lambda = client(server), server.client("lambda")
    s3.create_bucket(Bucket="functions")
    functions.create(client_of_lambda, code="import json\ndef handler(event, context):\n"
                     "    print('got', json.dumps(event))\n")
    arn = client_of_lambda.get_function(FunctionName="f")["Configuration"]["FunctionArn"]
    configured = {"EventBridgeConfiguration": {}, "LambdaFunctionConfigurations": [
        {"LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
    put = lambda: s3.put_bucket_notification_configuration(
        Bucket="functions", NotificationConfiguration=configured)
    code, message, _ = refused(put)
    assert (code, message) == (
        "InvalidArgument", "Unable to validate the following destination configurations")
    client_of_lambda.add_permission(
        FunctionName="f", StatementId="s3", Action="lambda:InvokeFunction", SourceAccount="000000000000",
        Principal="s3.amazonaws.com", SourceArn="arn:aws:s3:::functions")
    put()
    sqs, url, queue_arn = queue(server, "bus")
    events = server.client("events")
    events.put_rule(Name="r", EventPattern=json.dumps({"source": ["aws.s3"]}))
    events.put_targets(Rule="r", Targets=[{"Id": "q", "Arn": queue_arn}])
    s3.put_object(Bucket="functions", Key="k", Body=b"body")
    [event] = messages(sqs, url, 1)
    assert event["detail-type"] == "Object Created" and event["detail"]["object"]["size"] == 4
    logs = server.client("logs")

    def got():
        groups = logs.describe_log_groups()["logGroups"]
        return groups and any('"ObjectCreated:Put"' in each["message"] for each in logs.filter_log_events(
            logGroupName="/aws/lambda/f")["events"])
    wait(got)


def test_what_is_to_be_told_survives_kill_9(server):
    s3 = client(server)
    s3.create_bucket(Bucket="killed")
    sqs, url, arn = queue(server, "told")
    s3.put_bucket_notification_configuration(Bucket="killed", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    messages(sqs, url, 1)
    for round in range(3):
        s3 = client(server)
        for number in range(20):
            s3.put_object(Bucket="killed", Key=f"{round}/{number}", Body=b"x")
        server.stop(signal.SIGKILL)
        server.start()
    wanted = {f"{round}/{number}" for round in range(3) for number in range(20)}
    found, end = set(), time.monotonic() + 60
    # What was told and not yet noted as such when the server was killed is told again.
    while not found >= wanted and time.monotonic() < end:
        told = messages(server.client("sqs"), url, 1)
        found |= {each["Records"][0]["s3"]["object"]["key"] for each in told}
    assert found == wanted
