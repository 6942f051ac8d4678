"""Two servers on one machine: neither harms what the other has, also where one's state is a copy of
the other's."""

import os
import pathlib
import shutil
import signal
import subprocess

import pytest

from conftest import Server, leftovers, tables
from functions import create, eventually, internal, result


@pytest.fixture
def beside(tmp_path):
    """Starts servers on state directories of one test."""
    servers = []

    def start(name):
        servers.append(Server(str(tmp_path / name)))
        return servers[-1]

    yield start
    running = [server for server in servers if server.process.poll() is None]
    states = {server.state: server for server in [*servers, *running]}
    for server in states.values():
        server.end(cleanly=True)


def name(server):
    return pathlib.Path(server.state, "instance").read_text().split()[0]


def networked(server):
    ec2 = server.client("ec2")
    (subnet, *_) = ec2.describe_subnets()["Subnets"]
    (group, *_) = ec2.describe_security_groups()["SecurityGroups"]
    return {"SubnetIds": [subnet["SubnetId"]], "SecurityGroupIds": [group["GroupId"]]}


def test_a_copy_of_a_state_directory_harms_nothing_of_the_original(beside, tmp_path):
    first = beside("first")
    client = first.client("lambda")
    vpc = networked(first)
    create(client, "inside", VpcConfig=vpc)
    create(client, "outside")
    for function in ("inside", "outside"):
        assert result(client, name=function)["count"] == 1
    expose = [os.environ["WARREN"], "expose", "--endpoint", first.url, "--subnet",
              vpc["SubnetIds"][0], "--name", "host", "80=127.0.0.1:9"]
    subprocess.run(expose, check=True, capture_output=True)
    (resource,) = internal(first, "resources")
    for how in (signal.SIGTERM, signal.SIGKILL):
        copy = tmp_path / f"copy-{how}"
        shutil.copytree(first.state, copy, symlinks=True)
        second = beside(copy.name)
        assert name(second) != name(first)
        other = second.client("lambda")
        assert result(other, name="inside")["count"] == 1
        assert {each["name"] for each in internal(second, "resources")} == {"host"}
        second.stop(how)
        # The environments of the original are the same as before.
        count = result(client, name="inside")["count"]
        assert count == result(client, name="outside")["count"] > 1
        assert pathlib.Path(resource["namespace"]).exists()
    # What the copy left when it was killed is its own, and goes with its next start and end.
    copied = name(second)
    assert pathlib.Path("/run/warren", copied).exists()
    again = beside(copy.name)
    assert name(again) == copied
    assert result(again.client("lambda"), name="inside")["count"] == 1
    assert again.stop() == 0
    assert result(client, name="inside")["count"] > 2
    remove = [os.environ["WARREN"], "resources", "--endpoint", first.url, "remove", "host"]
    subprocess.run(remove, check=True, capture_output=True)
    kept = name(first)
    assert first.stop() == 0
    assert name(beside("first")) == kept


def test_a_server_that_was_killed_beside_another_is_started_again(beside):
    first, second = beside("first"), beside("second")
    clients = [each.client("lambda") for each in (first, second)]
    for client in clients:
        create(client)
        assert result(client)["count"] == 1
    first.stop(signal.SIGKILL)
    assert result(clients[1])["count"] == 2
    first.start()
    assert result(first.client("lambda"))["count"] == 1
    assert result(clients[1])["count"] == 3
    assert first.stop() == 0
    assert result(clients[1])["count"] == 4


def test_a_killed_server_takes_its_rules_on_the_host_along(beside):
    first, second = beside("first"), beside("second")
    clients = [each.client("lambda") for each in (first, second)]
    for client in clients:
        create(client)
        assert result(client)["count"] == 1
    own, others = (f"warren_{name(each)}" for each in (first, second))
    assert {own, others} <= set(tables())
    first.stop(signal.SIGKILL)
    assert own in tables()
    # Nothing in it goes outside. It answers as soon as it can, and looks after the host meanwhile.
    first.start()
    eventually(lambda: own not in tables())
    assert others in tables()
    assert first.stop() == 0
    assert leftovers(name(first)) == []
    first.start()
    assert result(first.client("lambda"))["count"] == 1
    assert own in tables()
    assert first.stop() == 0
    assert leftovers(name(first)) == [] and others in tables()
    assert result(clients[1])["count"] == 2
