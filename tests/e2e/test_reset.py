"""An environment outlives its runtime: after an exit or a timeout its /tmp, its log stream and its ENI
are there, and nothing that ran in it is."""

import base64
import json
import re

import pytest

from functions import create, internal, invoke, package, result
from test_lambda_vpc import World

PYTHON = """
import os, subprocess, time
asked = 0
def handler(event, context):
    global asked
    asked += 1
    there = os.path.exists("/tmp/kept")
    open("/tmp/kept", "a").write(f"{asked}\\n")
    others = [pid for pid in os.listdir("/proc") if pid.isdigit()
              and b"sleep" in open(f"/proc/{pid}/cmdline", "rb").read()]
    if "leave" in event:
        subprocess.Popen(["sleep", "1000"])
    if "exit" in event:
        os._exit(1)
    if "hang" in event:
        time.sleep(1000)
    return {"there": there, "asked": asked, "others": len(others),
            "stream": context.log_stream_name}
"""

BOOTSTRAP = """#!/usr/bin/python3
import http.client, json, os, types
code = {}
exec(CODE, code)
def ask(method, path, body=None):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    answer = connection.getresponse()
    return answer.getheader("Lambda-Runtime-Aws-Request-Id"), answer.read()
context = types.SimpleNamespace(log_stream_name=os.environ["AWS_LAMBDA_LOG_STREAM_NAME"])
while True:
    request, event = ask("GET", "next")
    ask("POST", request + "/response", json.dumps(code["handler"](json.loads(event), context)))
""".replace("CODE", repr(PYTHON))

# Long enough for an init on a machine that is busy with other things.
LIMIT = 5


def tail(client, event):
    answer = invoke(client, event, LogType="Tail")
    return answer, base64.b64decode(answer["LogResult"]).decode()


def fails_and_goes_on(server, client):
    first = result(client, {"leave": 1})
    assert (first["there"], first["asked"]) == (False, 1)
    (before,) = internal(server, "ps")["environments"]
    for event, status in [
        ({"exit": 1, "leave": 1}, "Status: error\tError Type: Runtime.ExitError"),
        ({"hang": 1, "leave": 1}, "Status: timeout"),
    ]:
        answer, log = tail(client, event)
        assert answer["FunctionError"] == "Unhandled" and status in log
        answer, log = tail(client, {})
        request = answer["ResponseMetadata"]["RequestId"]
        explained = json.dumps(internal(server, f"explain/{request}"))
        assert "its runtime began again, with an init: the one before it had ended" in explained
        assert json.loads(answer["Payload"]) == {"there": True, "asked": 1, "others": 0, "stream": first["stream"]}
        # Its init is part of the invocation, and has no line of its own.
        lines = log.splitlines()
        assert lines[0].startswith("START") and "Init Duration" not in log, log
        assert float(re.search(r"\tDuration: ([\d.]+) ms", log)[1]) > 5, log
    (after,) = internal(server, "ps")["environments"]
    assert after["environment"] == before["environment"] and after.get("eni") == before.get("eni")
    answer, _ = tail(client, {})
    explained = json.dumps(internal(server, f"explain/{answer['ResponseMetadata']['RequestId']}"))
    assert json.loads(answer["Payload"])["asked"] == 2 and "began again" not in explained
    assert result(client)["asked"] == 3


def test_a_python_function_finds_its_tmp_again(server):
    client = server.client("lambda", read_timeout=60)
    create(client, code=PYTHON, Timeout=LIMIT)
    fails_and_goes_on(server, client)


def test_a_bootstrap_finds_its_tmp_again(server):
    client = server.client("lambda", read_timeout=60)
    code = package(0o755, bootstrap=BOOTSTRAP)
    create(client, code=code, Runtime="provided.al2023", Timeout=LIMIT)
    fails_and_goes_on(server, client)


@pytest.mark.parametrize("model", ["classic", "hyperplane"])
def test_a_function_of_a_vpc_finds_its_eni_again(serve, model):
    world = World(serve("--eni-model", model, "--idle-timeout", "60"))
    create(world.client, code=PYTHON, VpcConfig=world.network(), Timeout=LIMIT)
    before = {eni["NetworkInterfaceId"] for eni in world.enis()}
    fails_and_goes_on(world.server, world.client)
    used = {eni["NetworkInterfaceId"] for eni in world.enis() if eni["Status"] == "in-use"}
    assert len(used) == (1 if model == "classic" else 2)
    assert model == "classic" or used == before


def test_an_environment_whose_init_fails_again_is_replaced(server):
    client = server.client("lambda", read_timeout=60)
    code = """
import os
if os.path.exists("/tmp/kept"):
    raise ValueError("not again")
def handler(event, context):
    open("/tmp/kept", "w").close()
    os._exit(1)
"""
    create(client, code=code, Timeout=LIMIT)
    kinds = [re.search(r'"errorType": ?"([^"]+)"', invoke(client)["Payload"])[1] for _ in range(4)]
    assert kinds == ["Runtime.ExitError", "ValueError", "Runtime.ExitError", "ValueError"]
