"""Tools that bring along functions and what calls them, unmodified, as their users install them."""

import base64
import hashlib
import io
import json
import re
import time
import urllib.parse
import urllib.request
import zipfile

import boto3

from functions import create, eventually, refused, result
from test_clients import CLIENTS, ECHO, HERE, RUNTIME, shell
from test_endpoint import with_sdk

ZAPPA = CLIENTS / "zappa"

SHOP = """
from werkzeug.wrappers import Request, Response
@Request.application
def web(request):
    return Response(f"hello {request.args.get('name')}")
def nightly(event, context):
    print("NIGHTLY", event["kwargs"], event["detail-type"])
def uploaded(event, context):
    print("UPLOADED", event["Records"][0]["s3"]["object"]["key"])
def queued(event, context):
    print("QUEUED", [record["body"] for record in event["Records"]])
def told(event, context):
    print("TOLD", event["Records"][0]["Sns"]["Message"])
"""


class Zappa:
    """A project of Zappa's, in a virtual environment that it packs."""

    def __init__(self, shell, settings):
        self.shell, self.directory = shell, shell.home / "shop"
        self.directory.mkdir()
        (self.directory / "shop.py").write_text(SHOP)
        self.settings = {
            "project_name": "shop", "s3_bucket": "zappa-of-shop", "runtime": RUNTIME, "app_function": "shop.web",
            "aws_region": "us-east-1", "apigateway_enabled": False, "log_level": "INFO", **settings}
        self.write()

    def write(self, **settings):
        self.settings.update(settings)
        (self.directory / "zappa_settings.json").write_text(json.dumps({"dev": self.settings}))

    def run(self, *words):
        path = f"{ZAPPA / 'bin'}:{self.shell.environment['PATH']}"
        return self.shell.run("zappa", *words, cwd=self.directory, PATH=path, VIRTUAL_ENV=str(ZAPPA))


def printed(shell, function, text):
    """Waits until a function has printed something."""
    logs = shell.server.client("logs")

    def look():
        try:
            events = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
        except logs.exceptions.ResourceNotFoundException:
            return None
        return any(text in event["message"] for event in events)

    return eventually(look, limit=70)


def asked(shell, url, **more):
    """What the URL of a function answers; its host is not looked up, which not every resolver can."""
    found = urllib.parse.urlsplit(url)
    request = urllib.request.Request(f"{shell.server.url}{found.path}?{found.query}", **more)
    request.add_header("Host", found.netloc)
    return urllib.request.urlopen(request).read()


def test_zappa_deploys_schedules_updates_and_undeploys(shell):
    sqs, sns, s3 = (shell.server.client(each) for each in ("sqs", "sns", "s3"))
    queue = sqs.create_queue(QueueName="orders")["QueueUrl"]
    topic = sns.create_topic(Name="orders")["TopicArn"]
    s3.create_bucket(Bucket="shop-uploads")
    functions, events = shell.server.client("lambda"), shell.server.client("events")
    sources = [
        {"function": "shop.nightly", "expression": "cron(* * * * ? *)", "kwargs": {"n": 1}},
        {"function": "shop.uploaded",
         "event_source": {"arn": "arn:aws:s3:::shop-uploads", "events": ["s3:ObjectCreated:*"]}},
        {"function": "shop.queued", "event_source": {
            "arn": "arn:aws:sqs:us-east-1:000000000000:orders", "batch_size": 10, "enabled": True}},
        {"function": "shop.told", "event_source": {"arn": topic, "events": ["sns:Publish"]}},
    ]
    zappa = Zappa(shell, {"events": sources, "function_url_enabled": True})
    out = zappa.run("deploy", "dev")
    assert "Deployment complete" in out and "lambda-url" in out, out
    # What was uploaded for it is gone again, and all that calls it is there.
    assert s3.list_objects_v2(Bucket="zappa-of-shop")["KeyCount"] == 0
    assert "shop-dev-shop.nightly" in [rule["Name"] for rule in events.list_rules()["Rules"]]
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    sns.publish(TopicArn=topic, Message="n")
    s3.put_object(Bucket="shop-uploads", Key="k", Body=b"")
    for text in ("QUEUED ['m']", "TOLD n", "UPLOADED k"):
        printed(shell, "shop-dev", text)
    url = functions.get_function_url_config(FunctionName="shop-dev")["FunctionUrl"]
    assert asked(shell, url + "?name=you") == b"hello you"
    (zappa.directory / "shop.py").write_text(SHOP.replace("hello", "good day"))
    zappa.write(memory_size=256, events=sources[:3])
    assert "deployment is live" in zappa.run("update", "dev")
    assert asked(shell, url + "?name=you") == b"good day you"
    assert functions.get_function_configuration(FunctionName="shop-dev")["MemorySize"] == 256
    assert "hello" in zappa.run("invoke", "dev", "print('hello')", "--raw")
    assert "shop-dev" in zappa.run("status", "dev")
    printed(shell, "shop-dev", "NIGHTLY {'n': 1} Scheduled Event")
    # It asks for what was there when the present second began.
    time.sleep(1)
    assert "NIGHTLY" in zappa.run("tail", "dev", "--since", "5m", "--disable-keep-open")
    zappa.run("rollback", "dev", "-n", "1")
    eventually(lambda: asked(shell, url + "?name=you") == b"hello you")
    zappa.run("unschedule", "dev")
    assert events.list_rules()["Rules"] == []
    zappa.run("schedule", "dev")
    assert "Done" in zappa.run("undeploy", "dev", "--yes", "--remove-logs")
    assert functions.list_functions()["Functions"] == [] and events.list_rules()["Rules"] == []
    assert functions.list_event_source_mappings()["EventSourceMappings"] == []
    found = s3.get_bucket_notification_configuration(Bucket="shop-uploads")
    assert "LambdaFunctionConfigurations" not in found


def test_what_sam_cdk_and_serverless_upload_is_taken(server, tmp_path):
    """Their calls, recorded of runs by hand: they are too large to be installed for each run of the tests."""
    s3, sts, iam, ssm = (server.client(each) for each in ("s3", "sts", "iam", "ssm"))
    archive = tmp_path / "shop.zip"
    archive.write_bytes(zipped(app__py=ECHO))
    digest = base64.b64encode(hashlib.sha256(archive.read_bytes()).digest()).decode()
    bucket = "cdk-hnb659fds-assets-000000000000-us-east-1"
    s3.create_bucket(Bucket=bucket)
    # sam package, and aws cloudformation package: named by their content, sent once.
    assert refused(s3.head_object, Bucket=bucket, Key="shop/1")[::2] == ("404", 404)
    s3.upload_file(str(archive), bucket, "shop/1")
    assert s3.head_object(Bucket=bucket, Key="shop/1")["ContentLength"] == archive.stat().st_size
    # cdk deploy, where what cdk bootstrap makes was made by hand.
    assert refused(ssm.get_parameter, Name="/cdk-bootstrap/hnb659fds/version") == ("ParameterNotFound", "", 400)
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": "sts:AssumeRole"}]}
    role = iam.create_role(RoleName="cdk-hnb659fds-file-publishing-role-000000000000-us-east-1",
                           AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    given = sts.assume_role(RoleArn=role, RoleSessionName="aws-cdk-user")["Credentials"]
    publisher = boto3.client(
        "s3", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"])
    assert publisher.list_objects_v2(Bucket=bucket, Prefix="asset.zip", MaxKeys=1)["KeyCount"] == 0
    assert publisher.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
    rules = publisher.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rules[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    put = publisher.put_object(Bucket=bucket, Key="asset.zip", Body=archive.read_bytes(), ChecksumAlgorithm="SHA256",
                               ContentType="application/zip")
    assert put["ChecksumSHA256"] == digest
    # serverless deploy, in a bucket that is there; what it sent before is removed.
    prefix = "serverless/shop/dev"
    assert s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["KeyCount"] == 0
    more = {"ContentType": "application/zip", "Metadata": {"filesha256": digest}}
    s3.upload_file(str(archive), bucket, f"{prefix}/1-x/shop.zip", ExtraArgs=more)
    (sent,) = s3.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
    assert s3.head_object(Bucket=bucket, Key=sent["Key"])["Metadata"] == more["Metadata"]
    removed = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": sent["Key"]}]})
    assert [each["Key"] for each in removed["Deleted"]] == [sent["Key"]]
    # A function is made of what each of them sent, and the rest is CloudFormation's.
    create(server.client("lambda"), Code={"S3Bucket": bucket, "S3Key": "asset.zip"})
    assert result(server.client("lambda"), {"a": 1}) == {"a": 1}
    cloudformation = server.client("cloudformation")
    for call in (cloudformation.describe_stacks, cloudformation.list_stacks):
        assert refused(call)[::2] == ("InvalidAction", 400)


def test_ansible_makes_what_calls_a_function_once(shell):
    play = HERE / "unmodified_clients" / "triggers.yml"

    def played(**variables):
        out = shell.run("ansible-playbook", "-i", "localhost,", play, ANSIBLE_HOME=str(shell.home / "ansible"),
                        ANSIBLE_COLLECTIONS_PATH=str(CLIENTS / "collections"), ANSIBLE_NOCOLOR="1",
                        ANSIBLE_LOCALHOST_WARNING="False", **variables)
        return {key: int(count) for key, count in re.findall(r"(\w+)=(\d+)", out.split("PLAY RECAP")[1])}, out

    counts, out = played()
    assert counts["failed"] == 0 and counts["changed"] == counts["ok"], out
    counts, out = played()
    assert counts["changed"] == 0 and counts["failed"] == 0, out
    counts, out = played(GONE="1")
    assert counts["failed"] == 0, out
    assert shell.aws("sqs", "list-queues", "--endpoint-url", shell.server.url) is None
    assert shell.aws("events", "list-rules")["Rules"] == []
    assert shell.aws("dynamodb", "list-tables")["TableNames"] == []


def test_the_javascript_sdk_and_what_calls_functions(shell):
    url = shell.run("node", HERE / "unmodified_clients" / "neighbours.mjs").strip()
    event = json.loads(asked(shell, url, data=b'{"a": 1}', headers={"content-type": "application/json"}))
    assert json.loads(event["body"]) == {"a": 1}


POWERTOOLS = """
import json
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer, IdempotencyConfig, idempotent)
logger, metrics = Logger(service="shop"), Metrics(namespace="shop", service="shop")
calls = 0
persistence = DynamoDBPersistenceLayer(table_name="idempotency")

@idempotent(persistence_store=persistence, config=IdempotencyConfig(event_key_jmespath="order"))
def paid(event, context):
    global calls
    calls += 1
    if event.get("fail"):
        raise ValueError("no money")
    return {"calls": calls, "order": event["order"]}

@logger.inject_lambda_context
@metrics.log_metrics
def handler(event, context):
    metrics.add_metric(name="orders", unit="Count", value=1)
    if "order" in event:
        return paid(event, context)
    table = parameters.DynamoDBProvider(table_name="settings")
    parameters.set_parameter("/shop/set", "by hand", overwrite=True)
    return {
        "one": parameters.get_parameter("/shop/rate", decrypt=True),
        "json": parameters.get_parameter("/shop/json", transform="json"),
        "all": parameters.get_parameters("/shop", recursive=True, decrypt=True),
        "named": parameters.get_parameters_by_name({"/shop/rate": {"decrypt": True}, "/shop/json": {"transform": "json"}}),
        "secret": parameters.get_secret("key"),
        "json secret": parameters.get_secret("json", transform="json"),
        "table": table.get("limit"),
    }
"""


def zipped(*roots, **files):
    """A zip of what directories hold, and of texts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for root in roots:
            for path in sorted(root.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    archive.write(path, path.relative_to(root))
        for name, text in files.items():
            entry = zipfile.ZipInfo(name.replace("__", "."))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def test_powertools_asks_for_parameters_and_does_nothing_twice(with_sdk, serve):
    server = serve()
    ssm, secrets, dynamodb = (server.client(each) for each in ("ssm", "secretsmanager", "dynamodb"))
    ssm.put_parameter(Name="/shop/rate", Value="7", Type="SecureString")
    ssm.put_parameter(Name="/shop/json", Value='{"a": 1}', Type="String")
    secrets.create_secret(Name="key", SecretString="s")
    secrets.create_secret(Name="json", SecretString='{"b": 2}')
    for name, key in (("idempotency", "id"), ("settings", "id")):
        dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}])
    dynamodb.update_time_to_live(
        TableName="idempotency", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiration"})
    dynamodb.put_item(TableName="settings", Item={"id": {"S": "limit"}, "value": {"S": "10"}})
    client = server.client("lambda")
    code = zipped(CLIENTS.parent / "batch-processors" / "python", app__py=POWERTOOLS)
    create(client, code=code, Timeout=30, MemorySize=512)
    assert result(client) == {
        "one": "7", "json": {"a": 1}, "secret": "s", "json secret": {"b": 2}, "table": "10",
        "all": {"json": '{"a": 1}', "rate": "7", "set": "by hand"},
        "named": {"/shop/rate": "7", "/shop/json": {"a": 1}}}
    assert result(client, {"order": 1}) == {"calls": 1, "order": 1}
    assert result(client, {"order": 1}) == {"calls": 1, "order": 1}
    assert result(client, {"order": 2}) == {"calls": 2, "order": 2}
    # What failed is not kept as done.
    failed = client.invoke(FunctionName="f", Payload='{"order": 3, "fail": true}')
    assert failed["FunctionError"] == "Unhandled"
    assert result(client, {"order": 3}) == {"calls": 4, "order": 3}
    items = dynamodb.scan(TableName="idempotency")["Items"]
    assert sorted(item["status"]["S"] for item in items) == ["COMPLETED"] * 3
    logs = server.client("logs").filter_log_events(logGroupName="/aws/lambda/f")["events"]
    assert any('"Namespace":"shop"' in event["message"].replace(" ", "") for event in logs)
