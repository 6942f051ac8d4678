"""Services of others that event sources are of: started from target, each on a port of its own."""

import http.server
import json
import os
import pathlib
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

import boto3
import botocore.config
import pytest

TARGET = pathlib.Path(__file__).parent.parent.parent / "target"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class StandIn:
    """A process that speaks AWS's protocols at a URL."""

    def __init__(self, command, environment, port):
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            command, env={**os.environ, **environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 120
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < end, f"{command} serves nobody"
            time.sleep(0.1)

    def answers(self):
        try:
            urllib.request.urlopen(self.url, timeout=30).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def client(self, service, region="us-east-1"):
        return boto3.client(
            service, endpoint_url=self.url, region_name=region,
            aws_access_key_id="000000000000", aws_secret_access_key="secret",
            config=botocore.config.Config(retries={"total_max_attempts": 3}))

    def end(self):
        self.process.terminate()
        self.process.wait()


def ministack():
    """MiniStack, from PyPI, in an environment of its own: its botocore is not the tests'."""
    program = TARGET / "ministack" / "bin" / "ministack"
    if not program.exists():
        pytest.skip("hint: scripts/prepare tests")
    port = free_port()
    return StandIn([str(program)], {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"}, port)


def moto():
    """Moto's server, from PyPI."""
    program = TARGET / "moto" / "bin" / "moto_server"
    if not program.exists():
        pytest.skip("hint: scripts/prepare tests")
    port = free_port()
    return StandIn([str(program), "--host", "127.0.0.1", "--port", str(port)],
                   {"MOTO_ACCOUNT_ID": "000000000000"}, port)


def kinesalite():
    """Kinesalite, from npm: its shards split as Kinesis' do."""
    program = TARGET / "kinesalite" / "node_modules" / ".bin" / "kinesalite"
    if not program.exists():
        pytest.skip("hint: scripts/prepare tests")
    port = free_port()
    options = ["--port", str(port), "--createStreamMs", "50", "--deleteStreamMs", "50",
               "--updateStreamMs", "50"]
    return StandIn([str(program), *options], {}, port)


def own_address():
    """By which of its addresses this host speaks to others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent.
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]


class Sink:
    """Takes what functions post to an address of this host, and survives the server."""

    def __init__(self):
        self.told = []
        told = self.told

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["content-length"])
                told.extend(json.loads(self.rfile.read(length)))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = own_address()
        self.url = f"http://{self.address}:{self.server.server_port}/"

    def end(self):
        self.server.shutdown()
        self.server.server_close()
