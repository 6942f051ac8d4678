"""A server that may open few files: what fits is told, and what does not start fails alone."""

import concurrent.futures
import json
import os
import re
import subprocess

import pytest

import conftest
from functions import create, internal

SLEEPER = """
import time
def handler(event, context):
    time.sleep(event)
    return event
"""


class Limited(conftest.Server):
    """A server with limits of open files, started by other programs."""

    def __init__(self, state, *before):
        self.before = before
        super().__init__(state, "--log", "info")

    def spawn(self):
        command = [*self.before, os.environ["WARREN"], "serve", "--listen", "127.0.0.1:0"]
        command += ["--state", self.state, *self.options]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=self.errors(), text=True)

    def errors(self):
        return open(self.state + ".errors", "w")

    def told(self):
        with open(self.state + ".errors") as errors:
            return errors.read()


def at_once(server, count, seconds):
    """What becomes of so many invocations at once: nothing, or the error of each."""
    client = server.client("lambda", max_pool_connections=count)

    def invoke(_):
        try:
            answer = client.invoke(FunctionName="f", Payload=json.dumps(seconds))
        except client.exceptions.ClientError as error:
            return error.response["Error"]["Code"]
        return answer["Payload"].read().decode() if "FunctionError" in answer else None

    with concurrent.futures.ThreadPoolExecutor(count) as several:
        return list(several.map(invoke, range(count)))


def test_a_soft_limit_is_raised_to_the_hard_one(tmp_path):
    server = Limited(str(tmp_path / "state"), "prlimit", "--nofile=1024:20000")
    try:
        create(server.client("lambda"), code=SLEEPER, Timeout=20)
        # 40 and more were killed of so many.
        assert at_once(server, 70, 4) == [None] * 70
        assert "limit=20000 environments=1105" in server.told()
    finally:
        server.stop()


# A container's: root without the capability by which limits are raised.
CONTAINER = ("setpriv", "--bounding-set", "-sys_resource", "--inh-caps", "-sys_resource")


@pytest.mark.parametrize("limit, before", [(256, ()), (256, CONTAINER), (1024, CONTAINER)])
def test_what_does_not_fit_fails_alone(tmp_path, limit, before):
    server = Limited(str(tmp_path / "state"), "prlimit", f"--nofile={limit}:{limit}", *before)
    try:
        create(server.client("lambda"), code=SLEEPER, Timeout=20)
        fits = int(re.search(r"environments=(\d+)", server.told()).group(1))
        assert fits == (limit - 96) // 18
        assert at_once(server, fits, 1.5) == [None] * fits
        # Of more than fit, those that run go on; the others are told of one by one.
        outcomes = at_once(server, min(3 * fits, 90), 1.5)
        assert set(outcomes) <= {None, "ServiceException"}, outcomes
        assert outcomes.count(None) >= fits / 2
        assert at_once(server, fits // 2, 0.1) == [None] * (fits // 2)
    finally:
        server.stop()


def test_what_is_idle_gives_its_room_to_what_is_invoked(tmp_path):
    server = Limited(str(tmp_path / "state"), "prlimit", "--nofile=256:256")
    try:
        client = server.client("lambda", read_timeout=120)
        create(client, code=SLEEPER, Timeout=60)
        fits = int(re.search(r"environments=(\d+)", server.told()).group(1))
        # As many as there can be: the last of them found no room.
        assert "ServiceException" in at_once(server, 3 * fits, 5)
        idle = internal(server, "ps")["environments"]
        assert {each["phase"] for each in idle} == {"idle"} and len(idle) >= fits
        for name in "ghi":
            create(client, name, code=SLEEPER, Timeout=60)
            assert client.invoke(FunctionName=name, Payload=b"0")["Payload"].read() == b"0"
        left = {each["environment"] for each in internal(server, "ps")["environments"]}
        (first, *_) = [each["environment"] for each in idle if each["environment"] not in left]
        told = json.dumps(internal(server, f"explain/{first}"))
        assert "the least useful that was idle" in told
    finally:
        server.stop()


def test_a_limit_with_room_for_nothing_is_refused(tmp_path):
    command = ["prlimit", "--nofile=100:100", os.environ["WARREN"], "serve", "--listen",
               "127.0.0.1:0", "--state", str(tmp_path / "state")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1
    assert "limit of open files 100 leaves room for no environment" in ended.stderr
    assert "hint: ulimit -n" in ended.stderr
