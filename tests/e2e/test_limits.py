"""A server that may open few files: what fits is told, and what does not start fails alone."""

import concurrent.futures
import glob
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time

import pytest

import conftest
import functions
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
        assert "limit=20000 environments=1102" in server.told()
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
        assert fits == (limit - 160) // 18
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


# Connects as often as it is told, says how many are answered soon, or lets go of all.
CLIENT = """
import select, socket, sys
held = []
for line in sys.stdin:
    count, seconds = map(int, line.split())
    new = [socket.create_connection((sys.argv[1], 7000)) for _ in range(count)]
    for stream in new:
        stream.sendall(b"x")
    answered = set()
    while len(answered) < count:
        ready, _, _ = select.select(set(new) - answered, [], [], seconds)
        if not ready:
            break
        for stream in ready:
            try:
                assert stream.recv(1) == b"x"
                answered.add(stream)
            except (AssertionError, ConnectionError):
                new.remove(stream)
                count -= 1
    held += new
    if not new:
        for stream in held:
            stream.close()
        held = []
    print(len(answered), flush=True)
"""


class Echo:
    """Answers whoever connects to it with what it is told."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(stream,), daemon=True).start()

    def answer(self, stream):
        with stream:
            while told := stream.recv(1):
                stream.sendall(told)


def test_without_descriptors_connections_wait_and_nothing_is_left_of_what_is_not_made(tmp_path):
    server, echo = Limited(str(tmp_path / "state"), "prlimit", "--nofile=400:400"), Echo()
    ec2 = server.client("ec2")
    (subnet, *_) = ec2.describe_subnets()["Subnets"]
    name = (tmp_path / "state" / "instance").read_text().split()[0]

    def words(command, called, *more):
        return [os.environ["WARREN"], command, "--endpoint", server.url, "--subnet", subnet["SubnetId"],
                "--name", called, *more]

    def expose(called, *ports):
        return subprocess.run(words("expose", called, *ports), capture_output=True, text=True)

    client = None
    try:
        assert expose("echo", f"7000=127.0.0.1:{echo.port}").returncode == 0
        (row,) = internal(server, "resources")
        client = subprocess.Popen(
            words("attach", "client", "--", sys.executable, "-c", CLIENT, row["address"]), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

        def connect(count, seconds=20):
            client.stdin.write(f"{count} {seconds}\n")
            client.stdin.flush()

        connect(1)
        assert client.stdout.readline() == "1\n"
        # As many as there are descriptors for are exposed; what is not made leaves nothing.
        ports = [f"{port}=127.0.0.1:{echo.port}" for port in range(8000, 8012)]
        for number in range(40):
            refused = expose(f"more-{number}", *ports)
            if refused.returncode:
                break
        assert refused.returncode == 1 and "Too many open files" in refused.stderr
        assert expose("again", *ports).returncode == 1
        rows = internal(server, "resources")
        assert len(rows) == 2 + number
        pinned = {path.rpartition("/")[2] for path in glob.glob(f"/run/warren/{name}/res-*")}
        assert pinned == {each["resource"] for each in rows}
        # Connections take no more than their share, and the server is reached meanwhile.
        connect(120, 2)
        assert 0 < int(client.stdout.readline()) <= 50
        assert ec2.describe_vpcs()["Vpcs"]
        connect(0)
        assert client.stdout.readline() == "0\n"
        # Clients take all that is left.
        host, port = server.url.removeprefix("http://").split(":")
        flood = [socket.create_connection((host, int(port))) for _ in range(300)]
        functions.eventually(lambda: "connections of clients wait" in server.told())
        connect(1)
        functions.eventually(lambda: "connections are not accepted" in server.told())
        time.sleep(1)
        for each in flood:
            each.close()
        assert client.stdout.readline() == "1\n"
        assert ec2.describe_vpcs()["Vpcs"]
        for told in ("connections of clients wait", "connections are not accepted"):
            assert server.told().count(told) <= 2
        assert server.process.poll() is None
    finally:
        if client:
            client.kill()
            client.communicate()
        server.end()
    assert conftest.leftovers(name) == []
