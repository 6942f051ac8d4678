"""The server under test, and clients of it that refuse what botocore's models do not know."""

import os
import re
import signal
import subprocess

import boto3
import botocore.config
import pytest

import shapes


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

    def spawn(self):
        command = [os.environ["WARREN"], "serve", "--listen", "127.0.0.1:0", "--state", self.state]
        command += self.options
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.communicate()
        return self.process.returncode

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


@pytest.fixture
def server(tmp_path):
    server = Server(str(tmp_path / "state"))
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture
def serve(tmp_path):
    """Starts servers with options, on one state directory."""
    servers = []

    def start(*options):
        servers.append(Server(str(tmp_path / "state"), *options))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture
def ec2(server):
    return server.client("ec2")
