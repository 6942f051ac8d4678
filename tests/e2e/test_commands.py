"""What the commands of `warren` do beside their purpose: to files, to servers that are none, to others' things."""

import http.server
import json
import os
import signal
import subprocess
import tempfile
import threading

from functions import create, invoke, refused

NOWHERE = "http://127.0.0.1:1"


def warren(*words, **more):
    done = subprocess.run([os.environ["WARREN"], *words], capture_output=True, text=True, timeout=60, **more)
    return done.returncode, done.stdout, done.stderr


def test_a_record_costs_no_file_its_content_before_the_server_has_answered(tmp_path, server):
    kept = tmp_path / "kept.csv"
    kept.write_text("precious")
    code, _, error = warren("record", "--to", str(kept), "--endpoint", NOWHERE)
    assert code == 1 and "cannot be reached" in error and kept.read_text() == "precious"
    with Another(b"<html>") as other:
        code, _, error = warren("record", "--to", str(kept), "--endpoint", other.url)
        assert code == 1 and "is no Warren" in error and kept.read_text() == "precious"
    code, _, error = warren("record", "--to", str(kept), "--for", "0s", "--endpoint", server.url)
    assert (code, error) == (0, "") and kept.read_text().startswith("timestamp,function,")
    code, _, error = warren("record", "--to", str(tmp_path / "no/such"), "--for", "0s", "--endpoint", server.url)
    assert code == 1 and "no/such cannot be written" in error
    assert sorted(os.listdir(tmp_path)) == ["kept.csv", "state"]


def test_a_plan_that_fails_leaves_pages_and_decisions_as_they_were(tmp_path):
    page, decisions = tmp_path / "p.html", tmp_path / "d.jsonl"
    page.write_text("precious")
    words = ("--page", str(page), "--decisions", str(decisions))
    code, _, _ = warren("plan", "--trace", str(tmp_path / "none.csv"), *words)
    assert code == 1 and page.read_text() == "precious" and os.listdir(tmp_path) == ["p.html"]
    trace = "synthetic:functions=1,rate=1/s,for=10s,duration=10ms"
    code, _, error = warren("plan", "--trace", trace, *words)
    assert code == 0, error
    assert page.read_text().startswith("<!doctype html>") and json.loads(decisions.open().readline())
    assert sorted(os.listdir(tmp_path)) == ["d.jsonl", "p.html"]


class Another:
    """An HTTP server that is no Warren."""

    def __init__(self, body, status=200):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def test_an_endpoint_that_is_no_warren_is_said_to_be_none():
    for status, body in [(404, b"not found"), (200, b"{}"), (500, b""), (200, b"[1]")]:
        with Another(body, status) as other:
            for words in (("ps",), ("resources",), ("explain", "f"), ("record", "--for", "0s")):
                code, out, error = warren(*words, "--endpoint", other.url)
                assert (code, out) == (1, ""), (words, out)
                assert error.startswith(f"error: what answers at {other.url}/ is no Warren: it"), error
                assert "\nhint: warren serve, or give --endpoint" in error


def test_ps_shows_all_or_one_account_and_region(server):
    for account, region in [("000000000000", "us-east-1"), ("111111111111", "eu-west-1")]:
        client = server.client("lambda", account=account, region=region)
        create(client)
        invoke(client)

    def seen(*words):
        code, out, error = warren("ps", "--endpoint", server.url, *words)
        assert code == 0, error
        return out

    def scopes(*words):
        told = json.loads(seen("--output", "json", *words))
        return sorted(each["scope"] for each in told["environments"])

    both = ["000000000000/us-east-1", "111111111111/eu-west-1"]
    assert scopes() == both
    assert scopes("--region", "eu-west-1") == scopes("--account", "111111111111") == both[1:]
    assert scopes("--account", "000000000000", "--region", "eu-west-1") == []
    assert seen().startswith("ACCOUNT       REGION     ENVIRONMENT")
    assert seen("--region", "eu-west-1").startswith("ENVIRONMENT")


def refused_start(state, *options, **more):
    words = [os.environ["WARREN"], "serve", "--state", str(state), *options]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, **more)
    assert not state.exists(), "a server that does not start leaves nothing"
    assert done.stdout == "", "nothing is ready"
    return done.returncode, done.stderr


def test_a_server_that_cannot_start_says_so_before_it_does_anything(tmp_path, server):
    address = server.url.removeprefix("http://")
    code, error = refused_start(tmp_path / "other", "--listen", address)
    assert code == 1 and error.startswith(f"error: address {address} cannot be listened at: Address already in use")
    assert "\nhint: another server listens there, perhaps a warren; --listen 127.0.0.1:" in error
    # The program is reached by its descriptor: its directory may be closed to others.
    with tempfile.TemporaryDirectory() as directory, open(os.environ["WARREN"], "rb") as program:
        os.chmod(directory, 0o777)
        nobody = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/"}
        own = f"/proc/self/fd/{program.fileno()}"
        words = [own, "serve", "--state", f"{directory}/state", "--listen", "127.0.0.1:0"]
        done = subprocess.run(words, capture_output=True, text=True, pass_fds=[program.fileno()], **nobody)
        assert os.listdir(directory) == []
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: sandboxes are made of namespaces and cgroups, which takes root\nhint: sudo")


def test_a_server_tells_what_it_does_at_its_start(serve):
    first = serve("--log", "info")
    create(first.client("lambda"))
    first.process.send_signal(signal.SIGTERM)
    _, told = first.process.communicate(timeout=30)
    assert "state is opened" in told and " functions=0 " in told and "node is started" in told, told
    again = serve("--log", "info", "--listen", "localhost:0")
    again.process.send_signal(signal.SIGTERM)
    _, told = again.process.communicate(timeout=30)
    assert " functions=1 subnets=" in told and again.url.startswith("http://127.0.0.1:"), told


def test_errors_of_services_that_are_not_there_are_those_of_aws(server):
    s3 = server.client("s3")
    code, message, status = refused(s3.list_bucket_analytics_configurations, Bucket="b")
    assert (code, status) == ("NotImplemented", 501)
    assert message == "Warren does not support the operation s3:ListBucketAnalyticsConfigurations."
    for service, call, given, code, name in [
        ("kms", "list_keys", {}, "UnknownOperationException", "kms:ListKeys"),
        ("cloudformation", "describe_stacks", {}, "InvalidAction", "cloudformation:DescribeStacks"),
        ("ecr", "describe_repositories", {}, "UnknownOperationException", "ecr:DescribeRepositories"),
        ("lambda", "list_code_signing_configs", {}, "UnknownOperationException",
         "lambda:ListCodeSigningConfigs"),
    ]:
        told = refused(getattr(server.client(service), call), **given)
        assert told[:2] == (code, f"Warren does not support the operation {name}."), told
