"""What lives in a subnet without being a function, and how `warren` tells of it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from functions import create, eventually, invoke, result

# Serves its own address to whoever connects.
SERVER = """
import socket
listener = socket.create_server(("0.0.0.0", 7000))
while True:
    stream, peer = listener.accept()
    stream.sendall(f"you are {peer[0]}".encode())
    stream.close()
"""

CLIENT = """
import socket
def handler(event, context):
    with socket.create_connection((event["to"], 7000), timeout=1) as stream:
        return stream.recv(99).decode()
"""


@pytest.fixture
def world(serve):
    return World(serve("--idle-timeout", "60"))


class World:
    def __init__(self, server):
        self.server = server
        ec2 = server.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.8.1.0/24")["Subnet"]["SubnetId"]
        (group,) = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]

    def warren(self, *words):
        done = subprocess.run(self.words(words), capture_output=True, text=True, timeout=30)
        return done.returncode, done.stdout, done.stderr

    def words(self, words):
        command, *rest = words
        return [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]

    def attach(self, *more):
        words = ("attach", "--subnet", self.subnet, "--security-group", self.group,
                 "--name", "box", *more, "--", sys.executable, "-c", SERVER)
        return subprocess.Popen(self.words(words), stderr=subprocess.PIPE, text=True)

    def listed(self):
        code, out, _ = self.warren("resources", "--output", "json")
        assert code == 0
        return json.loads(out)

    def function(self):
        client = self.server.client("lambda")
        network = {"SubnetIds": [self.subnet], "SecurityGroupIds": [self.group]}
        create(client, code=CLIENT, VpcConfig=network)
        return client


def reached(client, address):
    answer = invoke(client, {"to": address})
    return None if "FunctionError" in answer else json.loads(answer["Payload"])


def test_an_attached_process_is_reached_also_after_a_restart(world):
    process = world.attach()
    (row,) = eventually(world.listed)
    client = world.function()
    told = eventually(lambda: reached(client, row["address"]))
    assert told.startswith("you are 10.8.1.")
    (eni,) = world.server.client("ec2").describe_network_interfaces(
        NetworkInterfaceIds=[row["eni"]])["NetworkInterfaces"]
    assert (eni["PrivateIpAddress"], eni["Status"]) == (row["address"], "in-use")
    code, out, _ = world.warren("explain", row["eni"])
    assert code == 0 and "held by resource box" in out

    world.server.stop(signal.SIGKILL)
    world.server.start()
    assert process.poll() is None
    client = world.server.client("lambda")
    assert eventually(lambda: reached(client, row["address"])) == told
    # A second command finds the same place.
    again = world.words(("attach", "--subnet", world.subnet, "--name", "box", "--", "true"))
    assert subprocess.run(again, capture_output=True, timeout=30).returncode == 0

    assert world.warren("resources", "remove", "box")[:2] == (0, "box is removed\n")
    process.wait(timeout=10)
    assert world.listed() == []
    assert reached(client, row["address"]) is None


def test_a_temporary_one_goes_with_its_command(world):
    process = world.attach("--rm")
    (row,) = eventually(world.listed)
    client = world.function()
    assert eventually(lambda: reached(client, row["address"]))
    world.warren("resources", "remove", "box")
    process.wait(timeout=10)
    words = ("attach", "--subnet", world.subnet, "--name", "box", "--rm", "--", "sh", "-c", "exit 7")
    assert world.warren(*words)[0] == 7
    assert world.listed() == []


@pytest.mark.parametrize("how", ["a key of the terminal", "kill", "a key, of a command that ends as it likes"])
def test_a_temporary_one_goes_however_its_command_is_ended(world, how, tmp_path):
    ready = tmp_path / "ready"
    # At once: without a terminal the signal comes twice, and the second would meet an interpreter's end.
    ends = "lambda *_: os._exit(3)" if "likes" in how else "signal.SIG_DFL"
    code = f"import os, signal; signal.signal(signal.SIGINT, {ends}); open({str(ready)!r}, 'w'); {SERVER}"
    words = world.words(
        ("attach", "--subnet", world.subnet, "--name", "box", "--rm", "--", sys.executable, "-c", code))
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    eventually(ready.exists)
    assert [row["name"] for row in world.listed() if row["running"]] == ["box"]
    if how == "kill":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == {"kill": 128 + signal.SIGTERM}.get(how, 3 if "likes" in how else 128 + signal.SIGINT)
    assert world.listed() == []


@pytest.mark.parametrize("more", [(), ("--rm",)])
def test_a_command_that_cannot_be_run_leaves_nothing(world, more):
    words = ("attach", "--subnet", world.subnet, "--name", "box", *more, "--", "/no/such/command")
    code, _, error = world.warren(*words)
    assert code == 1 and "command /no/such/command cannot be run: No such file" in error
    assert world.listed() == []
    # What was there before stays.
    code, _, _ = world.warren("attach", "--subnet", world.subnet, "--name", "box", "--", "true")
    assert code == 0
    assert world.warren("attach", "--subnet", world.subnet, "--name", "box", "--", "/no/such/command")[0] == 1
    assert [row["name"] for row in world.listed()] == ["box"]


def changed(server, path, body, method="PUT"):
    """What is told of a change that is refused."""
    headers = {"content-type": "application/json", "x-warren": "1"}
    request = urllib.request.Request(
        f"{server.url}/_warren/{path}", json.dumps(body).encode(), headers, method=method)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 400
    return json.load(caught.value)["message"]


def test_what_runs_is_told_from_what_does_not(world):
    def shown():
        code, out, _ = world.warren("resources")
        assert code == 0
        return {line.split()[0]: line for line in out.splitlines()[1:]}

    process = world.attach()
    (row,) = eventually(lambda: [row for row in world.listed() if row["running"]])
    assert row["running"] == [{"pid": process.pid, "command": [sys.executable, "-c", SERVER]}]
    assert f" running ({process.pid}) " in shown()["box"]
    # Nobody takes the address away from under it.
    code, _, error = world.warren("attach", "--subnet", world.subnet, "--name", "box", "--rm", "--", "true")
    assert code == 1 and f"in use by process {process.pid}" in error
    again = world.words(("attach", "--subnet", world.subnet, "--name", "box", "--", "sleep", "1000"))
    second = subprocess.Popen(again, stderr=subprocess.DEVNULL)
    (row,) = eventually(lambda: [row for row in world.listed() if len(row["running"]) == 2])
    assert row["running"][1] == {"pid": second.pid, "command": ["sleep", "1000"]}
    for one in (process, second):
        one.kill()
        one.communicate()
    assert eventually(lambda: " not running " in shown()["box"] and shown()["box"]).endswith(" sleep 1000")
    assert world.listed()[0]["running"] == []
    # So it is also after a restart, as it is stored.
    world.server.stop(signal.SIGKILL)
    world.server.start()
    assert shown()["box"].endswith(" sleep 1000")
    code, _, _ = world.warren("expose", "--subnet", world.subnet, "--name", "port", "80=127.0.0.1:1")
    assert code == 0 and " exposed " in shown()["port"]
    assert " 80=127.0.0.1:1" in shown()["port"]
    for path, told in [("port", "exposes ports, and runs no command"), ("nobody", "does not exist"),
                       ("port?account=12", "account is not one")]:
        assert told in changed(world.server, f"resources/{path}", {"command": ["true"]})


def test_what_is_wrong_is_said_with_a_hint(world):
    where = ("--subnet", world.subnet, "--name", "x")
    cases = [
        (2, ("attach", *where), "a command is missing"),
        (2, ("attach", "--name", "x", "--", "true"), "option --subnet is missing"),
        (1, ("attach", "--subnet", "subnet-0123456789abcdef0", "--name", "x", "--", "true"),
         "subnet subnet-0123456789abcdef0 does not exist"),
        (1, ("attach", "--subnet", "nonsense", "--name", "x", "--", "true"),
         "subnet nonsense is not an id"),
        (2, ("expose", *where), "a port is missing"),
        (2, ("expose", *where, "http=80"), "port http=80 is not one"),
        (2, ("expose", *where, "80", "80"), "port 80 is exposed twice"),
        *((1, (*command[:1], *where[:2], "--name", name, *command[1:]), f"name {name} means {told} to")
          for command in (("expose", "80"), ("attach", "--", "true")) for name, told in [
              ("internet", "whoever is outside"), ("10.8.1.9", "an address"), ("s3", "a service of AWS's"),
              ("eni-0aaaaaaaaaaaaaaaa", "an id"), ("sqs.us-east-1.amazonaws.com", "a service of AWS's"),
              ("Z0123456789ABCDEFGHJK", "an id"), ("ip-10-9-1-5.ec2.internal", "an interface's host name")]),
        (1, ("resources", "remove", "nobody"), "resource nobody does not exist"),
        (1, ("explain", "eni-0123456789abcdef0"), "eni-0123456789abcdef0 is not known"),
        (2, ("explain",), "one thing is to be explained"),
        (2, ("ps", "--nonsense"), "option --nonsense is not known"),
    ]
    for wanted, words, message in cases:
        code, out, error = world.warren(*words)
        assert (code, out) == (wanted, "") and error.startswith(f"error: {message}"), (words, error)
    assert world.listed() == []
    for endpoint in ("http://[::1]:99999", "http://127.0.0.1:99999", "http://localhost:0"):
        words = [os.environ["WARREN"], "ps", "--endpoint", endpoint]
        done = subprocess.run(words, capture_output=True, text=True)
        assert done.returncode == 2 and f"endpoint {endpoint} is not one" in done.stderr, done.stderr
    elsewhere = [os.environ["WARREN"], "ps", "--endpoint", "http://127.0.0.1:1"]
    done = subprocess.run(elsewhere, capture_output=True, text=True)
    assert done.returncode == 1 and "hint: warren serve" in done.stderr


def test_ports_are_refused_that_cannot_be_listened_at(world):
    for ports, told in [([80, 81, 80], "port 80 is exposed twice"), ([0], "port 0 is not one")]:
        new = {"name": "x", "subnet": world.subnet,
               "ports": [{"port": port, "target": "127.0.0.1:9"} for port in ports]}
        assert told in changed(world.server, "resources", new, "POST")
    assert world.listed() == []


def test_a_server_is_asked_at_an_address_of_ipv6(serve, tmp_path):
    world = World(serve("--listen", "[::1]:0"))
    assert world.server.url.startswith("http://[::1]:")
    code, out, _ = world.warren("expose", "--subnet", world.subnet, "--name", "port", "80=127.0.0.1:9")
    assert code == 0 and out.startswith("port is 10.8.1.")
    (row,) = world.listed()
    for words in [("ps",), ("explain", row["eni"]), ("check",), ("reach", "port", "10.8.1.200:80"),
                  ("record", "--for", "0s", "--to", str(tmp_path / "record")), ("resources", "remove", "port")]:
        code, out, error = world.warren(*words)
        assert code == 0 or words[0] == "reach" and code == 1 and "not reached" in out, (words, error)
    words = [os.environ["WARREN"], "ps", "--endpoint", "http://[::1]:1"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.stderr.startswith("error: server at [::1]:1 cannot be reached: Connection refused")


def test_explanations_are_for_people_and_for_programs(world):
    client = world.function()
    answer = invoke(client, {"to": "10.8.1.200"})
    assert answer["FunctionError"] == "Unhandled"
    request = answer["ResponseMetadata"]["RequestId"]
    told = eventually(lambda: "no ENI has the address 10.8.1.200" in world.warren("explain", request)[1])
    assert told
    tree = json.loads(world.warren("explain", request, "--output", "json")[1])
    drops = [each["drop"] for each in tree["because"] if "drop" in each]
    assert drops[0]["reason"] == "NoOwner" and drops[0]["destination"] == "10.8.1.200:7000"
    (environment,) = json.loads(world.warren("ps", "--output", "json")[1])["environments"]
    for thing in (environment["environment"], environment["eni"], "f", world.subnet):
        code, out, error = world.warren("explain", thing)
        assert code == 0 and "└─" in out, error
    assert f"{environment['address']} is {environment['eni']}" in world.warren("explain", world.subnet)[1]
    assert "hyperplane" in world.warren("explain", "f")[1]
