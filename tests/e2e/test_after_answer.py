"""What a runtime does between its answer and its next request for an event costs itself alone."""

import base64
import re
import threading
import time

import pytest

from functions import create, eventually, invoke, package, result

# Answers, then does what its event says, then asks for its next event.
AFTER = """#!/usr/bin/python3
import http.client, json, os, time
def ask(method, path, body=None):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    answer = connection.getresponse()
    return answer.getheader("Lambda-Runtime-Aws-Request-Id"), answer.read()
while True:
    request, event = ask("GET", "next")
    event = json.loads(event)
    time.sleep(event.get("before", 0))
    ask("POST", request + "/response", json.dumps(os.getenv("AWS_LAMBDA_LOG_STREAM_NAME")))
    if "say" in event:
        print(event["say"], flush=True)
    if "exit" in event:
        os._exit(event["exit"])
    time.sleep(event.get("work", 0))
"""

NODE_CRASH = """
exports.handler = async (event) => {
  if (event.bad) {
    setTimeout(() => { throw new TypeError("boom") }, 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return 1;
};
"""

LATE = 30  # Seconds that no test waits for.


@pytest.fixture
def client(server):
    return server.client("lambda")


def bootstrap(client, **more):
    create(client, code=package(0o755, bootstrap=AFTER), Runtime="provided.al2023", **more)


def lines(server):
    """What was logged, over all streams, in the order of each."""
    events = server.client("logs").filter_log_events(logGroupName="/aws/lambda/f")["events"]
    return [event["message"] for event in events]


def test_a_crash_after_the_answer_does_not_fail_the_next_invocation(client):
    code = package(app__js=NODE_CRASH)
    create(client, code=code, Runtime="nodejs20.x")
    for _ in range(3):
        assert "FunctionError" in invoke(client, {"bad": 1})
        assert result(client) == 1


def test_an_exit_after_the_answer_ends_its_runtime_alone(server, client):
    bootstrap(client)
    # The next invocation comes after the exit, or waits for it, or has another environment.
    result(client, {"exit": 3})
    result(client)
    reports = [line for line in lines(server) if line.startswith("REPORT")]
    assert reports[0].endswith("Status: error\tError Type: Runtime.ExitError\n"), reports


def test_work_after_the_answer_keeps_nobody_waiting(client):
    bootstrap(client, Timeout=LATE + 10)
    begun = time.monotonic()
    # Two environments, of which one works on and the other is idle.
    both = [threading.Thread(target=result, args=(client, {"before": 1})) for _ in range(2)]
    [thread.start() for thread in both]
    [thread.join() for thread in both]
    busy = result(client, {"work": LATE})
    idle = result(client)
    assert idle != busy and result(client) == idle
    assert time.monotonic() - begun < LATE


def test_work_after_the_answer_counts_as_concurrent(client):
    bootstrap(client, Timeout=LATE)
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=1)
    result(client, {"work": 3})
    with pytest.raises(client.exceptions.TooManyRequestsException):
        result(client)
    eventually(lambda: _is_answered(client))


def _is_answered(client):
    try:
        return result(client)
    except client.exceptions.TooManyRequestsException:
        return None


def test_a_hang_after_the_answer_is_ended_by_the_timeout(server, client):
    bootstrap(client, Timeout=1)
    hung = result(client, {"work": LATE})
    assert result(client) != hung

    def timed_out():
        return [line for line in lines(server) if line.endswith("Status: timeout\n")]

    (report,) = eventually(timed_out)
    # What the start took is billed too.
    assert re.search("\tDuration: 1000.00 ms\tBilled Duration: [1-9][0-9]{3} ms\t", report)


def test_what_is_printed_after_the_answer_belongs_to_its_invocation(server, client):
    bootstrap(client)
    answer = invoke(client, {"say": "late", "work": 0.3}, LogType="Tail")
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    result(client)
    logged = lines(server)
    place = logged.index("late\n")
    assert logged[place - 1] == f"START RequestId: {request} Version: $LATEST\n"
    assert logged[place + 1] == f"END RequestId: {request}\n"
    # The tail that a caller asks for ends with the report, as that of AWS does.
    tail = base64.b64decode(answer["LogResult"]).decode()
    assert re.search(f"late\nEND RequestId: {request}\nREPORT .*\n$", tail), tail
    assert float(re.search(r"Duration: ([\d.]+) ms", tail)[1]) >= 300


def test_who_calls_after_each_answer_finds_the_same_environment(client):
    bootstrap(client)
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=1)
    assert len({result(client) for _ in range(50)}) == 1
