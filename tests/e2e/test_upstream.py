"""Services that are elsewhere: requests are passed on to them, and what comes back is passed on too."""

import hashlib
import http.client
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import threading
import urllib.request

import boto3
import botocore.config
import botocore.exceptions
import pytest

import functions
import stand_ins
from functions import refused
from test_endpoint import with_sdk  # noqa: F401
from test_sources import make_queue, settled, wait


@pytest.fixture(scope="module")
def elsewhere():
    service = stand_ins.ministack()
    yield service
    service.end()


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    """What is passed on is signed by its caller's account where no key is given."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def peak(server):
    """Bytes that the server had at the most."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) << 10


def test_requests_are_passed_on_and_queues_there_are_event_sources(serve, elsewhere):
    server = serve("--endpoint", f"sqs={elsewhere.url}")
    sqs, there, client = server.client("sqs"), elsewhere.client("sqs"), server.client("lambda")
    functions.create(client, code="import json\ndef handler(event, context):\n"
                     "    print('got', json.dumps([r['body'] for r in event['Records']]))\n")
    url, arn = make_queue(sqs, "passed-on")
    assert there.get_queue_url(QueueName="passed-on")
    code, _, status = refused(sqs.get_queue_url, QueueName="none")
    assert (code, status) == ("AWS.SimpleQueueService.NonExistentQueue", 400)
    made = client.create_event_source_mapping(EventSourceArn=arn, FunctionName="f")
    settled(client, made)
    sqs.send_message(QueueUrl=url, MessageBody="hello")
    logs = server.client("logs")
    told = lambda: [
        event["message"] for stream in logs.describe_log_streams(
            logGroupName="/aws/lambda/f").get("logStreams", [])
        for event in logs.get_log_events(
            logGroupName="/aws/lambda/f", logStreamName=stream["logStreamName"])["events"]]
    groups = lambda: logs.describe_log_groups()["logGroups"]
    wait(lambda: groups() and any('got ["hello"]' in line for line in told()))
    # What happens to an object here is told to a queue there.
    s3 = server.client("s3")
    s3.create_bucket(Bucket="here")
    s3.put_bucket_notification_configuration(Bucket="here", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    s3.put_object(Bucket="here", Key="k", Body=b"x")
    wait(lambda: any("ObjectCreated:Put" in line for line in told()))


def test_objects_are_passed_on_as_they_come(serve, elsewhere):
    server = serve("--endpoint", f"s3={elsewhere.url}")
    path = {"s3": {"addressing_style": "path"}}
    s3, there = server.client("s3", **path), elsewhere.client("s3")
    s3.create_bucket(Bucket="there")
    assert "there" in [each["Name"] for each in there.list_buckets()["Buckets"]]
    s3.put_object(Bucket="there", Key="warm", Body=b"x" * 1024)
    before, size = peak(server), 96 << 20
    large = os.urandom(1 << 20) * (size >> 20)
    s3.put_object(Bucket="there", Key="large", Body=large)
    body = s3.get_object(Bucket="there", Key="large")["Body"]
    digest = hashlib.sha256()
    for part in iter(lambda: body.read(1 << 20), b""):
        digest.update(part)
    assert digest.digest() == hashlib.sha256(large).digest()
    assert peak(server) - before < size / 2
    assert s3.head_object(Bucket="there", Key="large")["ContentLength"] == size
    assert s3.get_object(Bucket="there", Key="large", Range="bytes=5-9")["Body"].read() == large[5:10]
    signed = s3.generate_presigned_url("get_object", Params={"Bucket": "there", "Key": "warm"})
    assert urllib.request.urlopen(signed, timeout=30).read() == b"x" * 1024
    code, _, status = refused(s3.get_object, Bucket="there", Key="none")
    assert (code, status) == ("NoSuchKey", 404)
    # Chunks that are signed one by one are signed for here: what is in them is passed on.
    connection = http.client.HTTPConnection(server.url.split("//")[1], timeout=30)
    chunk = lambda data: b"%x;chunk-signature=%s\r\n%s\r\n" % (len(data), b"0" * 64, data)
    scope = "AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/s3/aws4_request"
    connection.request("PUT", "/there/chunks", chunk(b"hello ") + chunk(b"chunks") + chunk(b""), {
        "Authorization": f"{scope}, SignedHeaders=host, Signature={'0' * 64}",
        "x-amz-date": "20260101T000000Z", "x-amz-decoded-content-length": "12",
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "Content-Encoding": "aws-chunked"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    assert there.get_object(Bucket="there", Key="chunks")["Body"].read() == b"hello chunks"


def test_a_functions_own_sdk_is_passed_on_too(with_sdk, serve, elsewhere):
    server = serve("--endpoint", f"s3={elsewhere.url}")
    client = server.client("lambda")
    elsewhere.client("s3").create_bucket(Bucket="of-functions")
    functions.create(client, code="import boto3\ndef handler(event, context):\n"
                     "    s3 = boto3.client('s3', config=boto3.session.Config("
                     "s3={'addressing_style': 'path'}))\n"
                     "    s3.put_object(Bucket='of-functions', Key='k', Body=b'mine')\n"
                     "    return s3.get_object(Bucket='of-functions', Key='k')['Body'].read().decode()\n",
                     Timeout=60, MemorySize=512)
    answer = client.invoke(FunctionName="f")
    # Its keys are its session's, which is verified here; there it is its account's.
    assert json.loads(answer["Payload"].read()) == "mine"


def test_what_is_not_served_goes_upstream(serve, elsewhere):
    server = serve("--upstream", elsewhere.url)
    kms, there = server.client("kms"), elsewhere.client("kms")
    key = kms.create_key(Description="d")["KeyMetadata"]["KeyId"]
    assert there.describe_key(KeyId=key)["KeyMetadata"]["Description"] == "d"
    # What Warren has is its own, and what it has not of that is refused by name.
    server.client("sqs").create_queue(QueueName="own")
    assert "own" not in str(elsewhere.client("sqs").list_queues().get("QueueUrls"))
    code, message, _ = refused(server.client("ec2").describe_transit_gateways)
    assert "DescribeTransitGateways" in message


def test_who_does_not_answer_is_named(serve):
    port = stand_ins.free_port()
    server = serve("--upstream", f"http://127.0.0.1:{port}", "--endpoint",
                   f"s3=http://127.0.0.1:{port}")
    code, message, status = refused(server.client("kms").list_keys)
    assert (code, status) == ("ServiceUnavailable", 503)
    assert f"http://127.0.0.1:{port}" in message
    code, message, status = refused(server.client("s3").list_buckets)
    assert (code, status) == ("ServiceUnavailable", 503)


def test_where_iam_is_enforced_requests_of_roots_alone_are_passed_on(serve, elsewhere):
    server = serve("--upstream", elsewhere.url, "--iam", "enforce")
    server.client("kms").list_keys()
    iam = server.client("iam")
    iam.create_user(UserName="u")
    key = iam.create_access_key(UserName="u")["AccessKey"]
    of_user = boto3.client(
        "kms", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        config=botocore.config.Config(retries={"total_max_attempts": 1}))
    assert refused(of_user.list_keys)[0] == "AccessDenied"


class Tls:
    """Takes TLS off for another server, and keeps what heads it saw."""

    def __init__(self, directory, port):
        self.heads, self.target = [], port
        at = lambda name: str(directory / name)
        run = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True)
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", at("ca-key.pem"), "-out", at("ca.pem"))
        run("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", at("key.pem"),
            "-out", at("request.pem"))
        (directory / "extensions").write_text("subjectAltName=DNS:localhost\n")
        run("x509", "-req", "-in", at("request.pem"), "-CA", at("ca.pem"), "-CAkey", at("ca-key.pem"),
            "-CAcreateserial", "-days", "2", "-extfile", at("extensions"), "-out", at("certificate.pem"))
        self.authority = at("ca.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(at("certificate.pem"), at("key.pem"))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.context = context
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(stream,), daemon=True).start()

    def carry(self, stream):
        try:
            stream = self.context.wrap_socket(stream, server_side=True)
            there = socket.create_connection(("127.0.0.1", self.target))
            back = threading.Thread(target=self.copy, args=(there, stream, None), daemon=True)
            back.start()
            self.copy(stream, there, self.heads)
            back.join()
        except (OSError, ssl.SSLError):
            pass

    @staticmethod
    def copy(source, sink, seen):
        try:
            while part := source.recv(65536):
                if seen is not None:
                    seen.append(part)
                sink.sendall(part)
        except OSError:
            pass
        finally:
            sink.close()


def test_endpoints_are_spoken_to_by_tls(serve, elsewhere, tmp_path, monkeypatch):
    if not shutil.which("openssl"):
        pytest.skip("hint: apt-get install openssl")
    tls = Tls(tmp_path, int(elsewhere.url.rsplit(":", 1)[1]))
    credentials = tmp_path / "credentials"
    credentials.write_text("[other]\naws_access_key_id = b\naws_secret_access_key = c\n"
                           "[default]\naws_access_key_id = 000000000000\naws_secret_access_key = s\n"
                           "aws_session_token = t\n")
    monkeypatch.setenv("SSL_CERT_FILE", tls.authority)
    server = serve("--endpoint", f"sqs=https://localhost:{tls.port}",
                   "--upstream-credentials", str(credentials))
    sqs = server.client("sqs")
    url, arn = make_queue(sqs, "by-tls")
    assert elsewhere.client("sqs").get_queue_url(QueueName="by-tls")
    head = b"".join(tls.heads).decode("latin-1")
    assert "Credential=000000000000/" in head and "x-amz-security-token: t" in head.lower()
    assert f"host: localhost:{tls.port}" in head.lower()
    client = server.client("lambda")
    functions.create(client)
    settled(client, client.create_event_source_mapping(EventSourceArn=arn, FunctionName="f"))
    server.stop()
    # A certificate of nobody's is not taken.
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
    server.start()
    code, message, status = refused(server.client("sqs").list_queues)
    assert (code, status) == ("ServiceUnavailable", 503) and "certificate" in message.lower()
    tls.listener.close()


@pytest.mark.parametrize("option, said", [
    (["--endpoint", "lambda=http://127.0.0.1:1"], "service lambda cannot be elsewhere"),
    (["--endpoint", "sqss=http://127.0.0.1:1"], "service sqss is none of AWS's"),
    (["--endpoint", "sqs="], "endpoint sqs= is not one"),
    (["--endpoint", "sqs=ftp://127.0.0.1:1"], "endpoint sqs=ftp://127.0.0.1:1 is not one"),
    (["--upstream", "nowhere"], "upstream nowhere is not a URL"),
])
def test_what_cannot_be_elsewhere_is_said(tmp_path, option, said):
    command = [os.environ["WARREN"], "serve", "--state", str(tmp_path / "state"), *option]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 2 and said in ended.stderr
