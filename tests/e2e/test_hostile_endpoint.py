"""Endpoints that are not what they should be harm nobody: who asks them is answered in time, and what they
say takes a bounded part of memory."""

import concurrent.futures
import http.client
import pathlib
import re
import time

import boto3
import botocore.config
import botocore.exceptions
import pytest

import functions
from hostile_endpoint import SLOW, WRONG, Hostile
from test_sources import got, wait

ALL = [*SLOW, *WRONG]
# Those of which nothing may come for as long as anybody waits.
HANGS = [*SLOW, "mode-endless-chunk-head"]
# Sixteen answers of the largest size that is taken; a gigabyte is sent.
ROOM = 256 << 20
SCOPE = "AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/{}/aws4_request, " \
        f"SignedHeaders=host, Signature={'0' * 64}"


@pytest.fixture
def hostile():
    made = []

    def make(*good):
        made.append(Hostile(*good))
        return made[-1]
    yield make
    for each in made:
        each.end()


def peak(server):
    """Bytes that the server had at the most."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) << 10


def arn(service, name):
    resource = f"stream/{name}" if service == "kinesis" else name
    return f"arn:aws:{service}:us-east-1:000000000000:{resource}"


def patient(server):
    """A client of many connections that is not told anything for a while."""
    config = botocore.config.Config(
        retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=64)
    return boto3.client("lambda", endpoint_url=server.url, region_name="us-east-1", config=config,
                        aws_access_key_id="000000000000", aws_secret_access_key="secret")


def make_mapping(client, service, name):
    more = {} if service == "sqs" else {"StartingPosition": "TRIM_HORIZON"}
    return client.create_event_source_mapping(EventSourceArn=arn(service, name), FunctionName="f", **more)


def test_who_makes_a_mapping_is_told_that_its_source_does_not_answer(serve, hostile):
    endpoint = hostile()
    server = serve("--endpoint", f"sqs={endpoint.url}", "--endpoint", f"kinesis={endpoint.url}")
    client = patient(server)
    functions.create(server.client("lambda"))
    before = peak(server)
    sources = [("sqs", mode) for mode in ALL]
    sources += [("kinesis", mode) for mode in ("mode-never", "mode-other-json", "mode-pages-for-ever")]

    def make(source):
        with pytest.raises(botocore.exceptions.ClientError) as error:
            make_mapping(client, *source)
        return error.value.response["Error"]
    with concurrent.futures.ThreadPoolExecutor(len(sources)) as pool:
        told = dict(zip(sources, pool.map(make, sources)))
    for (service, mode), error in told.items():
        # The second half of a length that lies is no answer to anybody.
        assert error["Code"] == "InvalidParameterValueException", (service, mode, error)
        assert len(error["Message"]) < 2000 and error["Message"].isprintable(), (service, mode)
        if mode in SLOW:
            assert "it does not answer in time" in error["Message"], (service, mode, error)
    # Ten thousand shards may take as long as nobody waits.
    message = told["kinesis", "mode-pages-for-ever"]["Message"]
    assert "10000 shards" in message or "it does not answer in time" in message
    assert not client.list_event_source_mappings()["EventSourceMappings"]
    wait(endpoint.is_left_alone)
    assert peak(server) - before < ROOM


def test_pollers_ask_on_and_keep_nothing_from_others(serve, hostile):
    endpoint = hostile("GetQueueUrl", "GetQueueAttributes", "DeleteMessageBatch", "ListShards", "GetShardIterator")
    server = serve("--endpoint", f"sqs={endpoint.url}", "--endpoint", f"kinesis={endpoint.url}")
    client = server.client("lambda")
    functions.create(client, code="import json\ndef handler(event, context):\n"
                     "    print('got', json.dumps(len(event['Records'])))\n")
    functions.create(client, "quiet")
    before, began = peak(server), time.monotonic()
    asked = [("sqs", mode, "ReceiveMessage") for mode in [*ALL, "mode-nothing-at-once", "mode-too-many"]]
    asked += [("kinesis", mode, "GetRecords") for mode in (
        "mode-never", "mode-endless-list", "mode-other-json", "mode-odd-records", "mode-too-many-records")]
    for service, mode, _ in asked:
        make_mapping(client, service, mode)
    # Who can be known to be wrong is asked again, and who never ends holds nobody up.
    times = lambda mode: 1 if mode in SLOW else 2

    def is_asked_on():
        counts = endpoint.asked()
        return all(counts.get(f"{mode} {operation}", 0) >= times(mode) for _, mode, operation in asked)
    wait(is_asked_on)
    assert client.invoke(FunctionName="quiet")["StatusCode"] == 200
    # More messages than were asked for come again; these do not.
    wait(lambda: got(server) == [10])
    # One that does not wait is asked four times a second.
    polls = endpoint.asked()["mode-nothing-at-once ReceiveMessage"]
    assert polls <= 10 + 5 * (time.monotonic() - began)
    assert peak(server) - before < ROOM
    for each in client.list_event_source_mappings()["EventSourceMappings"]:
        told = each.get("LastProcessingResult", "")
        assert len(told) < 2000 and told.isprintable()
        client.delete_event_source_mapping(UUID=each["UUID"])
    wait(lambda: not client.list_event_source_mappings()["EventSourceMappings"])
    wait(endpoint.is_left_alone)
    assert server.stop() == 0


def ask(server, service, mode, patience):
    """Has a request passed on; its status, or nothing where that does not come to its end."""
    connection = http.client.HTTPConnection(server.url.split("//")[1], timeout=patience)
    head = {"Authorization": SCOPE.format(service), "x-amz-date": "20260101T000000Z"}
    try:
        if service == "s3":
            connection.request("GET", f"/{mode}/key", headers=head)
        else:
            head["x-amz-target"] = "TrentService.DescribeKey"
            connection.request("POST", "/", f'{{"KeyId": "{mode}"}}', head)
        answer = connection.getresponse()
        # Of what has no end some is read.
        answer.read(1 if mode in SLOW else 1 << 20)
        return answer.status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def test_what_is_passed_on_is_held_for_nobody_who_has_gone(serve, hostile):
    endpoint = hostile()
    server = serve("--upstream", endpoint.url, "--endpoint", f"s3={endpoint.url}")
    client = server.client("lambda")
    functions.create(client, "quiet")
    before = peak(server)
    asked = [(service, mode) for service in ("kms", "s3") for mode in ALL]
    with concurrent.futures.ThreadPoolExecutor(len(asked)) as pool:
        under_way = [pool.submit(ask, server, service, mode, 3 if mode in HANGS else 60)
                     for service, mode in asked]
        assert client.invoke(FunctionName="quiet")["StatusCode"] == 200
        told = dict(zip(asked, (each.result() for each in under_way)))
    for service in ("kms", "s3"):
        for mode in ("mode-endless-head", "mode-no-http", "mode-two-lengths"):
            assert told[service, mode] == 503, (service, mode)
        for mode in ("mode-never", "mode-head-by-drops", "mode-informed-for-ever"):
            assert told[service, mode] is None, (service, mode)
        assert told[service, "mode-long-words"] == 400
    # A connection on which more came than was told is used for nobody else.
    assert told["kms", "mode-too-short"] == 200
    assert ask(server, "kms", "mode-other-json", 60) == 200
    wait(endpoint.is_left_alone)
    assert peak(server) - before < ROOM
