"""Runtimes that use the Runtime API oddly are answered as on AWS, and go on."""

import json

import pytest

from functions import create, package, result

# Does what its event says with the Runtime API, and prints what that answered.
ODD = """#!/usr/bin/python3
import http.client, json, os, socket, threading
BASE = "/2018-06-01/runtime/invocation/"
def connect():
    return http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
def ask(method, path, body=None, connection=None):
    connection = connection or connect()
    connection.request(method, BASE + path, body)
    answer = connection.getresponse()
    return answer.getheader("Lambda-Runtime-Aws-Request-Id"), answer.status, answer.read().decode()
def tell(*answer):
    print(json.dumps(answer), flush=True)
last = None
while True:
    request, _, event = ask("GET", "next")
    event = json.loads(event)
    if event.get("again"):
        same, status, body = ask("GET", "next")
        tell(same == request, status, body)
    if event.get("lost"):
        # Asks and hangs up before it has read the event.
        lost = connect()
        lost.request("GET", BASE + "next")
        lost.close()
    if event.get("other"):
        tell(*ask("POST", last + "/response", "1")[1:])
        tell(*ask("POST", "x" * 60000 + "/response", "1")[1:])
    ask("POST", request + "/response", json.dumps(event))
    if event.get("twice"):
        tell(*ask("POST", request + "/response", "2")[1:])
        tell(*ask("POST", request + "/error", "{}")[1:])
    if event.get("waits"):
        # The event goes to whoever has asked last.
        waits = connect()
        waits.request("GET", BASE + "next")
    last = request
"""

TRANSITION = "State transition from {} to {} failed for runtime. Error: State transition is not allowed"


@pytest.fixture
def client(server):
    client = server.client("lambda")
    create(client, code=package(0o755, bootstrap=ODD), Runtime="provided.al2023", Timeout=20)
    return client


def told(server):
    """What the runtime printed."""
    events = server.client("logs").filter_log_events(logGroupName="/aws/lambda/f")["events"]
    return [json.loads(event["message"]) for event in events if event["message"].startswith("[")]


def does(client, **event):
    """Has the runtime do something, and shows that it and its environment go on."""
    assert result(client, event) == event
    assert result(client, {"fine": 1}) == {"fine": 1}


def test_a_runtime_that_answers_twice_is_refused_the_second(server, client):
    does(client, twice=1)
    refusals = [(status, json.loads(body)) for status, body in told(server)]
    assert refusals == [
        (
            403,
            {
                "errorMessage": TRANSITION.format("RuntimeResponseSentState", to),
                "errorType": "InvalidStateTransition",
            },
        )
        for to in ["InvocationResponse", "InvocationErrorResponse"]
    ]


def test_a_runtime_that_asks_amid_an_invocation_gets_its_event_again(server, client):
    does(client, again=1)
    assert told(server) == [[True, 200, '{"again": 1}']]
    does(client, lost=1)


def test_a_runtime_that_answers_what_it_was_not_given_is_refused(server, client):
    does(client, first=1)
    does(client, other=1)
    expected = {"errorMessage": "Invalid request ID", "errorType": "InvalidRequestID"}
    assert [(status, json.loads(body)) for status, body in told(server)] == [(400, expected)] * 2


def test_a_runtime_that_asks_twice_gets_one_event(client):
    for _ in range(3):
        does(client, waits=1)
