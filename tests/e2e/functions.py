"""Functions for tests: packages, and how they are made and invoked."""

import io
import json
import time
import urllib.request
import zipfile

import botocore.exceptions
import pytest

ROLE = "arn:aws:iam::000000000000:role/role"

PYTHON = """
import json, os, sys, time
count = 0
def handler(event, context):
    global count
    count += 1
    print("event", json.dumps(event))
    if "raise" in event:
        raise ValueError(event["raise"])
    if "exit" in event:
        os._exit(event["exit"])
    if "kill" in event:
        os.kill(os.getpid(), event["kill"])
    if "sleep" in event:
        time.sleep(event["sleep"])
    if "eat" in event:
        hoard = []
        while True:
            hoard.append(bytearray(1 << 20))
    if "size" in event:
        return "x" * event["size"]
    if "environ" in event:
        return dict(os.environ)
    if "nothing" in event:
        return None
    return {"count": count, "event": event, "id": context.aws_request_id,
            "arn": context.invoked_function_arn, "version": context.function_version,
            "client": context.client_context and context.client_context.custom}
"""

NODE = """
exports.handler = async (event, context) => {
  console.log("event", JSON.stringify(event));
  if (event.raise) throw new TypeError(event.raise);
  return {event, id: context.awsRequestId, name: process.env.AWS_LAMBDA_FUNCTION_NAME};
};
"""

BOOTSTRAP = """#!/bin/bash
API=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
while true; do
  HEADERS=$(mktemp)
  EVENT=$(curl -sS -D "$HEADERS" "$API/next")
  ID=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  echo "event $EVENT"
  case "$EVENT" in
    *fail*) curl -sS -o /dev/null -d '{"errorMessage":"m","errorType":"E"}' "$API/$ID/error";;
    *) curl -sS -o /dev/null -d "{\\"got\\":$EVENT}" "$API/$ID/response";;
  esac
done
"""


def package(mode=0o644, **files):
    """A zip; in names, two underscores are a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name.replace("__", "."))
            entry.external_attr = mode << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def account_of(client):
    """The account that a client's key stands for; keys of others are of the first."""
    key = client._request_signer._credentials.access_key
    return key if key.isdigit() else "000000000000"


def create(client, name="f", code=PYTHON, **more):
    """Makes a function and waits until it is active."""
    parameters = {
        "FunctionName": name,
        "Runtime": "python3.11",
        "Handler": "app.handler",
        "Role": ROLE.replace("000000000000", account_of(client)),
        "Code": {"ZipFile": package(app__py=code) if isinstance(code, str) else code},
        **more,
    }
    made = client.create_function(**parameters)
    waiter = client.get_waiter("function_active_v2")
    waiter.wait(FunctionName=name, WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})
    return made


def updated(client, name="f"):
    """Waits until an update is in force."""
    waiter = client.get_waiter("function_updated_v2")
    waiter.wait(FunctionName=name, WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})


def invoke(client, event=None, name="f", **more):
    """The whole answer, with the payload as it came."""
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event or {}), **more)
    answer["Payload"] = answer["Payload"].read().decode()
    return answer


def result(client, event=None, name="f", **more):
    """What a function that succeeds returns."""
    answer = invoke(client, event, name, **more)
    assert "FunctionError" not in answer, answer["Payload"]
    return json.loads(answer["Payload"])


def refused(call, **parameters):
    """The code, message and status with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    answer = caught.value.response
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return answer["Error"]["Code"], answer["Error"]["Message"], status


def eventually(look, limit=20):
    """Waits until something is so, and returns it."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come to be")


def internal(server, path):
    """What Warren shows beside AWS's APIs; none where it knows nothing."""
    try:
        with urllib.request.urlopen(f"{server.url}/_warren/{path}") as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def change(server, method, path, body=None):
    """What Warren changes beside AWS's APIs, said as no web page can say it."""
    headers = {"x-warren": "1", "content-type": "application/json"}
    url = f"{server.url}/_warren/{path}"
    request = urllib.request.Request(url, body, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
