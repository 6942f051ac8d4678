"""The server under test, and clients of it that refuse what botocore's models do not know."""

import glob
import json
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import time
import urllib.request

import boto3
import botocore.config
import botocore.exceptions
import pytest

import shapes


# The installations that tests made, by their names, with a test that made each.
INSTALLATIONS = {}


# Of linux/netlink.h and linux/netfilter/nf_tables.h.
NETLINK_NETFILTER = 12
NLM_F_REQUEST, NLM_F_DUMP = 1, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
NFT_GETTABLE, NFTA_TABLE_NAME = (10 << 8) | 1, 1

# Files whose tests take longest: begun first, they are not what all others have ended before.
LONGEST = ["test_runtime_clients", "test_clients", "test_tools", "test_sources", "test_events", "test_crash",
           "test_batch_processors", "test_kafka", "test_s3", "test_plan", "test_deployers"]


def pytest_collection_modifyitems(items):
    rank = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.module.__name__.rpartition(".")[2], len(rank)))


def read(path):
    """What a file has, if it is still there: others on the machine may remove it meanwhile."""
    try:
        return pathlib.Path(path).read_text()
    except FileNotFoundError:
        return ""


def tables():
    """The names of nf_tables' tables of this network namespace, as the kernel tells them."""
    asked = struct.pack("=IHHIIBBH", 20, NFT_GETTABLE, NLM_F_REQUEST | NLM_F_DUMP, 1, 0, 0, 0, 0)
    names = []
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER) as kernel:
        kernel.send(asked)
        while True:
            told, at = kernel.recv(1 << 20), 0
            while at < len(told):
                length, kind = struct.unpack_from("=IH", told, at)
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    return names
                # A header each of netlink and netfilter, and then attributes: the first is the name.
                size, attribute = struct.unpack_from("=HH", told, at + 20)
                assert attribute == NFTA_TABLE_NAME
                names.append(told[at + 24:at + 20 + size - 1].decode())
                at += (length + 3) & ~3


def leftovers(instance):
    """What an installation has left on the machine."""
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    settings = glob.glob("/run/warren/setting-*")
    return [
        *glob.glob(f"/run/warren/{instance}*"),
        *glob.glob(f"/sys/fs/cgroup/**/*{instance}*", recursive=True),
        *(each for each in settings if instance in read(each).split()),
        *(line for line in open("/proc/self/mountinfo") if instance in line),
        *(f"table {name}" for name in tables() if name == f"warren_{instance}"),
        *(line for line in processes.stdout.splitlines() if re.search(f"warren.*{instance}", line)),
    ]


class Server:
    """A running `warren serve` on a state directory of its own."""

    def __init__(self, state, *options):
        self.state = state
        self.options = options
        self.process = None
        self.start()

    def start(self):
        self.process = self.spawn()
        line = self.process.stdout.readline()
        self.url = re.match(r"warren serves (http://\S+),", line).group(1)
        name = pathlib.Path(self.state, "instance").read_text().split()[0]
        INSTALLATIONS[name] = os.environ.get("PYTEST_CURRENT_TEST", "")

    def spawn(self):
        command = [os.environ["WARREN"], "serve", "--listen", "127.0.0.1:0", "--state", self.state]
        command += self.options
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.communicate()
        return self.process.returncode

    def end(self, cleanly=False):
        """Ends it in order, with what lives in its subnets beside functions: that would stay. One
        that was killed, and with `cleanly` any, is started once more for it."""
        try:
            if self.process.poll() not in (None, 0) or cleanly and self.process.poll() is not None:
                self.start()
            if self.process.poll() is None:
                self.remove_resources()
                self.stop()
        except (OSError, AttributeError):
            # A state directory that a test has broken serves nobody; what it left is found below.
            if self.process.poll() is None:
                self.stop()

    def remove_resources(self):
        # Some are ENIs of event source mappings, which go with those.
        client = self.client("lambda")
        while found := [each for each in self.mappings(client) if "SelfManagedEventSource" in each]:
            for each in found:
                if each["State"] in ("Enabled", "Disabled"):
                    client.delete_event_source_mapping(UUID=each["UUID"])
            time.sleep(0.05)
        for resource in json.load(urllib.request.urlopen(f"{self.url}/_warren/resources")):
            command = [os.environ["WARREN"], "resources", "--endpoint", self.url, "remove",
                       resource["name"]]
            subprocess.run(command, capture_output=True)

    def mappings(self, client):
        try:
            return client.list_event_source_mappings()["EventSourceMappings"]
        except botocore.exceptions.ClientError:
            # Whoever takes known keys alone had no such mapping.
            return []

    def client(self, service, account="000000000000", region="us-east-1", **config):
        client = boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=account,
            aws_secret_access_key="secret",
            config=botocore.config.Config(retries={"total_max_attempts": 1}, **config),
        )
        return shapes.watch(client)


@pytest.fixture(scope="session", autouse=True)
def host():
    """The machine is as it was before: nothing is left of any installation."""
    yield
    left = {name: (INSTALLATIONS[name], found) for name in INSTALLATIONS
            if (found := leftovers(name))}
    assert not left, f"left on the machine: {left}"


@pytest.fixture
def server(tmp_path):
    server = Server(str(tmp_path / "state"))
    yield server
    server.end()


@pytest.fixture
def serve(tmp_path):
    """Starts servers with options, on one state directory."""
    servers = []

    def start(*options):
        servers.append(Server(str(tmp_path / "state"), *options))
        return servers[-1]

    yield start
    for server in servers[:-1]:
        if server.process.poll() is None:
            server.stop()
    for server in servers[-1:]:
        server.end()


@pytest.fixture
def ec2(server):
    return server.client("ec2")
