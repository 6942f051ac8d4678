"""The variables that functions find, held against those that were recorded on AWS."""

import json
import os
import pathlib
import re
import subprocess
import time

import pytest

from functions import create, result
from test_runtimes import zipped

ROOT = pathlib.Path(__file__).parents[2]

PYTHON = "import os\ndef handler(e, c): return dict(os.environ)"
NODE = "exports.handler = async () => ({ ...process.env })"
BOOTSTRAP = r"""#!/bin/sh
api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
variables=$(tr '\0' '\n' </proc/$$/environ)
id=$(curl -sS -o /dev/null -D - "$api/next" | grep -i '^lambda-runtime-aws-request-id' | tr -d '[:space:]' | cut -d: -f2)
printf '%s' "$variables" | curl -sS -o /dev/null --data-binary @- "$api/$id/response"
exec curl -sS "$api/next"
"""
# Of all runtimes; a pattern where the value differs from one function to the next.
ALL = {
    "AWS_ACCESS_KEY_ID": "ASIA[A-Z0-9]{16}",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
    "AWS_LAMBDA_FUNCTION_NAME": "f",
    "AWS_LAMBDA_FUNCTION_VERSION": r"\$LATEST",
    "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/f",
    "AWS_LAMBDA_LOG_STREAM_NAME": r"\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}",
    "AWS_LAMBDA_RUNTIME_API": "169.254.100.1:9001",
    "AWS_REGION": "us-east-1",
    "AWS_SECRET_ACCESS_KEY": ".{40}",
    "AWS_SESSION_TOKEN": ".+",
    "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
    "AWS_XRAY_DAEMON_ADDRESS": "169.254.100.1:2000",
    "COLOUR": "blue",
    "LAMBDA_RUNTIME_DIR": "/var/runtime",
    "LAMBDA_TASK_ROOT": "/var/task",
    "LANG": "en_US.UTF-8",
    "LD_LIBRARY_PATH": "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
    "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    "TZ": ":UTC",
    "_AWS_XRAY_DAEMON_ADDRESS": "169.254.100.1",
    "_AWS_XRAY_DAEMON_PORT": "2000",
    "_HANDLER": "app.handler",
}
# Of those that AWS manages. The trace's id is set for each invocation.
MANAGED = {"PWD": "/var/task", "SHLVL": "0", "_X_AMZN_TRACE_ID": "Root=1-.*"}
# Where SDKs in functions find this server.
OURS = {"AWS_ENDPOINT_URL"}
# Recorded in 2026 and not there: there is no metadata endpoint.
#   AWS_LAMBDA_METADATA_API, AWS_LAMBDA_METADATA_TOKEN
# Taken out by the runtime clients themselves, before a function sees it: _LAMBDA_TELEMETRY_LOG_FD


def recorded(runtime):
    """All variables of a runtime."""
    if runtime.startswith("provided"):
        return ALL
    variables = {**ALL, **MANAGED, "AWS_EXECUTION_ENV": f"AWS_Lambda_{re.escape(runtime)}"}
    if runtime.startswith("python"):
        variables["PYTHONPATH"] = "/var/runtime"
        if int(runtime.split(".")[1]) >= 12:
            variables["LC_CTYPE"] = "C.UTF-8"
    if runtime.startswith("nodejs"):
        major = runtime[len("nodejs"):].removesuffix(".x")
        variables["NODE_PATH"] = (
            f"/opt/nodejs/node{major}/node_modules:/opt/nodejs/node_modules:"
            "/var/runtime/node_modules:/var/runtime:/var/task"
        )
        if int(major) <= 18:
            variables["NODE_EXTRA_CA_CERTS"] = "/var/runtime/ca-cert.pem"
    return variables


def runtimes():
    told = subprocess.run([os.environ["WARREN"], "runtime", "--output", "json"], capture_output=True)
    there = [row["runtime"] for row in json.loads(told.stdout)]
    return [each for each in there if each not in ("python3.6", "python3.7")] + ["provided.al2023"]


def differences(variables, runtime):
    expected = recorded(runtime)
    found = {}
    for name in expected.keys() | variables.keys() - OURS:
        pattern, value = expected.get(name), variables.get(name)
        if pattern is None or value is None or not re.fullmatch(pattern, value):
            found[name] = {"recorded": pattern, "here": value}
    return found


@pytest.mark.parametrize("is_first", [True, False], ids=["built ahead", "executed"])
def test_each_runtime_has_the_variables_that_were_recorded(serve, monkeypatch, is_first):
    monkeypatch.setenv("WARREN_RUNTIMES", str(ROOT / "target" / "runtimes"))
    client = serve().client("lambda")
    found = {}
    for runtime in runtimes():
        kind = re.match("[a-z]+", runtime)[0]
        files = {"python": {"app.py": PYTHON}, "nodejs": {"app.js": NODE}, "provided": {"bootstrap": BOOTSTRAP}}
        variables = {"COLOUR": "blue"} if is_first else {"COLOUR": "blue", "MALLOC_ARENA_MAX": "2"}
        create(client, "f", zipped(files[kind], 0o755), Runtime=runtime, MemorySize=256, Timeout=30,
               Environment={"Variables": variables})
        if is_first:
            # What is built ahead is built while nobody waits.
            result_of(client, runtime)
            client.update_function_configuration(FunctionName="f", Description="another")
            client.get_waiter("function_updated_v2").wait(FunctionName="f", WaiterConfig={"Delay": 0.05, "MaxAttempts": 400})
            time.sleep(1)
        seen = result_of(client, runtime)
        if not is_first:
            assert seen.pop("MALLOC_ARENA_MAX") == "2"
        if what := differences(seen, runtime):
            found[runtime] = what
        client.delete_function(FunctionName="f")
    assert not found, json.dumps(found, indent=2)


def result_of(client, runtime):
    if not runtime.startswith("provided"):
        return result(client)
    told = client.invoke(FunctionName="f")["Payload"].read().decode()
    return dict(line.split("=", 1) for line in told.splitlines() if line)
