"""HTTP/2 without TLS, for clients that begin with it, as AWS's SDK for JavaScript asks Kinesis."""

import json
import os
import signal
import subprocess

from functions import create, eventually, internal

CURL = ["curl", "-sS", "--max-time", "60", "--http2-prior-knowledge", "-w", "\n%{http_version} %{http_code}"]


def ask(*words, **options):
    """The version, the status and the body of an answer."""
    out = subprocess.run([*CURL, *map(str, words)], check=True, capture_output=True, **options).stdout
    body, last = out.rsplit(b"\n", 1)
    version, status = last.decode().split()
    return version, int(status), body


def signed(service):
    return "--aws-sigv4", f"aws:amz:us-east-1:{service}", "--user", "000000000000:secret"


def test_requests_are_answered(server):
    assert ask(f"{server.url}/_warren/health")[:2] == ("2", 200)
    target = ("-H", "x-amz-target: Kinesis_20131202.ListStreams", "-H", "content-type: application/x-amz-json-1.1")
    version, status, body = ask(*signed("kinesis"), *target, "-d", "{}", server.url)
    assert (version, status, json.loads(body)["StreamNames"]) == ("2", 200, [])
    # Who may not come in by HTTP/1.1 may not by this.
    assert ask(server.url, "-H", "Host: evil.example")[1] == 403
    assert ask(*target, "-d", "{}", server.url)[1] in (400, 403)


def test_bodies_of_any_length_go_both_ways(server, tmp_path):
    s3 = server.client("s3")
    s3.create_bucket(Bucket="bodies")
    content = os.urandom(20 << 20)
    (tmp_path / "content").write_bytes(content)
    url = s3.generate_presigned_url("put_object", Params={"Bucket": "bodies", "Key": "k"})
    assert ask("-T", tmp_path / "content", url)[:2] == ("2", 200)
    assert s3.head_object(Bucket="bodies", Key="k")["ContentLength"] == len(content)
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "bodies", "Key": "k"})
    assert ask(url) == ("2", 200, content)


AT_ONCE = """
const session = require("node:http2").connect(process.argv[1]);
let left = 300;
for (let number = 0; number < 300; number++) {
  const request = session.request({ ":path": "/_warren/health?" + number }).resume();
  request.on("response", (head) => { if (head[":status"] !== 200) throw new Error(head[":status"]); });
  request.on("end", () => { if (--left === 0) { console.log("all"); session.close(); } });
}
"""


def test_many_are_answered_at_once_on_one_connection(server):
    told = subprocess.run(["node", "-e", AT_ONCE, server.url], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout == "all\n"


def test_what_is_being_answered_is_answered_when_the_server_ends(server):
    create(server.client("lambda"))
    url = f"{server.url}/2015-03-31/functions/f/invocations"
    asking = subprocess.Popen([*CURL, *signed("lambda"), "-d", '{"sleep": 2}', url], stdout=subprocess.PIPE, text=True)
    eventually(lambda: any(each["phase"] == "busy" for each in internal(server, "ps")["environments"]))
    assert server.stop(signal.SIGTERM) == 0
    out, _ = asking.communicate()
    assert out.endswith("2 200") and '"sleep": 2' in out, out
