"""Invocations: results, errors and limits, as AWS answers them."""

import base64
import concurrent.futures
import importlib.util
import io
import json
import pathlib
import re
import signal
import time
import zipfile

import pytest

from functions import (
    BOOTSTRAP,
    NODE,
    create,
    eventually,
    internal,
    invoke,
    package,
    refused,
    result,
)

ARN = "arn:aws:lambda:us-east-1:000000000000:function:"


@pytest.fixture
def client(server):
    return server.client("lambda")


def failed(client, event, name="f"):
    """The error document of a function that fails, and its request id."""
    answer = invoke(client, event, name)
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    return answer["Payload"], headers["x-amzn-requestid"]


def test_a_result_comes_with_its_headers(client):
    create(client)
    context = base64.b64encode(json.dumps({"custom": {"k": "v"}}).encode()).decode()
    answer = invoke(client, {"a": [1, "ü"]}, ClientContext=context)
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert (answer["StatusCode"], answer["ExecutedVersion"]) == (200, "$LATEST")
    assert "FunctionError" not in answer and "LogResult" not in answer
    assert headers["content-type"] == "application/json"
    assert re.fullmatch(r"Root=1-[0-9a-f]{8}-[0-9a-f]{24};.*Sampled=0.*", headers["x-amzn-trace-id"])
    assert json.loads(answer["Payload"]) == {
        "count": 1,
        "event": {"a": [1, "ü"]},
        "id": headers["x-amzn-requestid"],
        "arn": ARN + "f",
        "version": "$LATEST",
        "client": {"k": "v"},
    }
    assert invoke(client, {"nothing": 1})["Payload"] == "null"
    empty = client.invoke(FunctionName="f")
    assert json.load(empty["Payload"])["event"] == {}


def test_functions_fail_as_on_aws(client):
    # The next invocation after a failure begins with an init within this time.
    create(client, Timeout=3)
    document, request = failed(client, {"raise": "boom"})
    document = json.loads(document)
    assert (document["errorMessage"], document["errorType"]) == ("boom", "ValueError")
    assert document["requestId"] == request and "in handler" in document["stackTrace"][0]
    # The process lives on after an exception.
    assert result(client)["count"] == 2
    for event, kind, message in [
        ({"exit": 0}, "Runtime.ExitError", "Runtime exited without providing a reason"),
        ({"exit": 127}, "Runtime.ExitError", "Runtime exited with error: exit status 127"),
        ({"kill": 9}, "Runtime.ExitError", "Runtime exited with error: signal: killed"),
        ({"eat": 1}, "Runtime.ExitError", "Runtime exited with error: signal: killed"),
        ({"sleep": 30}, "Sandbox.Timedout", "Task timed out after 3.00 seconds"),
    ]:
        document, request = failed(client, event)
        assert document == (
            f'{{"errorType":"{kind}","errorMessage":"RequestId: {request} Error: {message}"}}'
        )
        # What failed so has been ended.
        assert result(client)["count"] == 1
    document, _ = failed(client, {"size": 6_291_557})
    assert document == (
        '{"errorMessage":"Response payload size exceeded maximum allowed payload size '
        '(6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"}'
    )
    assert len(result(client, {"size": 6_000_000})) == 6_000_000


def test_inits_fail_as_on_aws(client):
    create(client, "module", Handler="missing.handler")
    document = json.loads(failed(client, {}, "module")[0])
    assert document["errorType"] == "Runtime.ImportModuleError"
    assert document["errorMessage"] == "Unable to import module 'missing': No module named 'missing'"
    create(client, "handler", Handler="app.missing")
    document = json.loads(failed(client, {}, "handler")[0])
    assert document["errorType"] == "Runtime.HandlerNotFound"
    create(client, "exit", "import os; os._exit(3)")
    document = json.loads(failed(client, {}, "exit")[0])
    assert document["errorType"] == "Runtime.ExitError"
    assert document["errorMessage"].endswith("Error: Runtime exited with error: exit status 3")
    create(client, "none", package(other=""), Runtime="provided.al2023")
    document, request = failed(client, {}, "none")
    assert "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]" in document
    assert json.loads(document)["errorType"] == "Runtime.InvalidEntrypoint"


def test_an_init_that_takes_too_long_times_out(client):
    create(client, code="import time; time.sleep(60)", Timeout=1)
    document, request = failed(client, {})
    assert json.loads(document) == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": f"RequestId: {request} Error: Task timed out after 1.00 seconds",
    }


def test_node_and_bootstraps_serve(client):
    create(client, "node", package(index__js=NODE), Runtime="nodejs20.x", Handler="index.handler")
    answer = result(client, {"a": 1}, "node")
    assert (answer["event"], answer["name"]) == ({"a": 1}, "node")
    document = json.loads(failed(client, {"raise": "boom"}, "node")[0])
    assert (document["errorType"], document["errorMessage"]) == ("TypeError", "boom")
    assert document["trace"][0] == "TypeError: boom"
    code = package(mode=0o755, bootstrap=BOOTSTRAP)
    create(client, "own", code, Runtime="provided.al2023", Handler="x")
    assert result(client, {"a": 1}, "own") == {"got": {"a": 1}}
    assert failed(client, {"fail": 1}, "own")[0] == '{"errorMessage":"m","errorType":"E"}'


SDK = """
import boto3
def handler(event, context):
    client = boto3.client("sts")
    return client.generate_presigned_url("get_caller_identity")
"""


def site_packages(*names):
    """Packages of the tests' own interpreter, without the models that nobody needs."""
    files = {}
    for name in names:
        root = pathlib.Path(importlib.util.find_spec(name).origin)
        found = root.parent.rglob("*") if root.name == "__init__.py" else [root]
        base = root.parent.parent if root.name == "__init__.py" else root.parent
        for path in found:
            inside = str(path.relative_to(base))
            is_other = "botocore/data/" in inside and "/sts/" not in inside and (
                len(pathlib.Path(inside).parts) > 3
            )
            if path.is_file() and not is_other and "__pycache__" not in inside:
                files[inside] = path.read_bytes()
    return files


def test_a_function_uses_boto3_from_its_own_package(client):
    files = site_packages("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, "app.py": SDK.encode()}.items():
            entry = zipfile.ZipInfo(str(name))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    create(client, code=buffer.getvalue(), Timeout=60, MemorySize=512)
    url = result(client)
    assert "sts" in url and "Action=GetCallerIdentity" in url
    assert "X-Amz-Credential=ASIA" in url and "us-east-1" in url


def test_the_tail_of_the_log_comes_when_asked_for(client):
    create(client, Timeout=3)
    answer = invoke(client, {"a": 1}, LogType="Tail")
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    lines = base64.b64decode(answer["LogResult"]).decode().splitlines()
    assert lines[0] == f"START RequestId: {request} Version: $LATEST"
    assert lines[1] == 'event {"a": 1}'
    assert lines[2] == f"END RequestId: {request}"
    report = (
        rf"REPORT RequestId: {request}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\t"
        r"Memory Size: 128 MB\tMax Memory Used: \d+ MB\t"
    )
    assert re.fullmatch(report + r"Init Duration: [\d.]+ ms\t", lines[3])
    for event, ending in [
        ({"again": 1}, ""),
        ({"exit": 1}, r"Status: error\tError Type: Runtime\.ExitError"),
    ]:
        answer = invoke(client, event, LogType="Tail")
        request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
        last = base64.b64decode(answer["LogResult"]).decode().splitlines()[-1]
        assert re.fullmatch(re.sub(r"RequestId: \S+?\\t", rf"RequestId: {request}\\t", report) + ending, last), last
    answer = invoke(client, {"sleep": 9}, LogType="Tail")
    assert base64.b64decode(answer["LogResult"]).decode().endswith("Status: timeout\n")
    answer = invoke(client, {"long": "x" * 9000}, LogType="Tail")
    assert len(base64.b64decode(answer["LogResult"])) == 4096


def test_requests_are_refused_as_on_aws(client):
    create(client)
    call = client.invoke
    assert refused(call, FunctionName="g") == (
        "ResourceNotFoundException", f"Function not found: {ARN}g:$LATEST", 404,
    )
    for payload, message in [
        ("x", "Unexpected character ('x' (code 120))"),
        ('{"a":', "Unexpected end-of-input"),
    ]:
        code, text, status = refused(call, FunctionName="f", Payload=payload)
        assert (code, status) == ("InvalidRequestContentException", 400)
        assert text.startswith("Could not parse request body into json: Could not parse payload into json: ")
        assert message in text
    large = json.dumps("x" * 6_291_456)
    code, text, status = refused(call, FunctionName="f", Payload=large)
    assert (code, status) == ("RequestEntityTooLargeException", 413)
    assert text == "Request must be smaller than 6291456 bytes for the InvokeFunction operation"
    large = json.dumps("x" * 1_048_576)
    assert refused(call, FunctionName="f", Payload=large, InvocationType="Event")[2] == 413
    answer = client.invoke(FunctionName="f", InvocationType="DryRun")
    assert (answer["StatusCode"], answer["Payload"].read()) == (204, b"")
    assert refused(call, FunctionName="g", InvocationType="DryRun")[2] == 404


def test_environments_are_reused_and_never_shared(server, client):
    create(client, Timeout=20)
    assert [result(client)["count"] for _ in range(3)] == [1, 2, 3]
    assert len(internal(server, "ps")["environments"]) == 1
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: result(server.client("lambda"), {"sleep": 1}), range(4)))
    assert sorted(answer["count"] for answer in answers) == [1, 1, 1, 4]
    assert len(internal(server, "ps")["environments"]) == 4


def test_reserved_concurrency_bounds_environments(server, client):
    create(client, Timeout=20)
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=1)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        slow = pool.submit(result, server.client("lambda"), {"sleep": 2})
        busy = lambda: [e for e in internal(server, "ps")["environments"] if e["phase"] == "busy"]
        eventually(busy)
        code, message, status = refused(client.invoke, FunctionName="f")
        assert (code, message, status) == ("TooManyRequestsException", "Rate Exceeded.", 429)
        assert slow.result()["count"] == 1


def test_idle_environments_are_reaped(serve):
    server = serve("--idle-timeout", "0.3")
    client = server.client("lambda")
    create(client)
    assert result(client)["count"] == 1
    eventually(lambda: not internal(server, "ps")["environments"])
    assert result(client)["count"] == 1


def attempts(server, request):
    """How often an asynchronous event was tried, and how it ended."""
    told = internal(server, f"explain/{request}")
    return (json.dumps(told).count("attempt"), told["text"]) if told else (0, "")


def test_events_are_answered_at_once_and_tried_three_times(serve):
    server = serve("--retry-delays", "0.1,0.1")
    client = server.client("lambda")
    create(client)
    answer = invoke(client, {"a": 1}, InvocationType="Event")
    assert (answer["StatusCode"], answer["Payload"]) == (202, "")
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    eventually(lambda: ": ok" in attempts(server, request)[1])
    request = invoke(client, {"raise": "boom"}, InvocationType="Event")["ResponseMetadata"][
        "HTTPHeaders"]["x-amzn-requestid"]
    tried = lambda number: f'"attempt": {number}' in json.dumps(internal(server, f"explain/{request}"))
    eventually(lambda: tried(3))
    time.sleep(0.5)
    assert not tried(4)


def test_accepted_events_survive_being_killed(serve):
    server = serve("--retry-delays", "0.1,0.1")
    client = server.client("lambda")
    create(client)
    # Held back until the restart: nothing of the function may run.
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=1)
    blocked = server.client("lambda")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: blocked.invoke(FunctionName="f", Payload='{"sleep": 2}'))
        eventually(lambda: internal(server, "ps")["environments"])
        request = invoke(client, {"late": 1}, InvocationType="Event")["ResponseMetadata"][
            "HTTPHeaders"]["x-amzn-requestid"]
        server.stop(signal.SIGKILL)
    server.start()
    eventually(lambda: ": ok" in attempts(server, request)[1])


def test_the_server_drains_before_it_ends(server):
    client = server.client("lambda")
    create(client, Timeout=20)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        slow = pool.submit(result, server.client("lambda"), {"sleep": 1})
        eventually(lambda: internal(server, "ps")["environments"])
        eventually(lambda: internal(server, "ps")["environments"][0]["phase"] == "busy")
        assert server.stop() == 0
        assert slow.result()["count"] == 1


def test_a_server_that_is_told_to_stop_says_nothing(server):
    client = server.client("lambda")
    create(client)
    result(client)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.communicate()[1] == ""
    assert server.process.returncode == 0
