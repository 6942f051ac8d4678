"""What AWS's runtime client for Python has compiled, in Python: so that nothing has to be compiled
for each version of it. It asks for events and sends answers."""

import http.client
import os
import sys
import time

HOST = os.environ["AWS_LAMBDA_RUNTIME_API"]
BASE = "/2018-06-01/runtime/invocation/"


def initialize_client(agent):
    pass


def ask(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(HOST)
    connection.request(method, BASE + path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def next():
    _, headers, content = ask("GET", "next")
    deadline = "Lambda-Runtime-Deadline-Ms"
    return content, {**dict(headers.items()), deadline: int(headers[deadline])}


def post_invocation_result(invoke_id, content, content_type):
    status, _, _ = ask("POST", f"{invoke_id}/response", content, {"Content-Type": content_type})
    if status >= 400:
        said = f"Failed to post handler success response. Http response code: {status}."
        print(f"[ERROR] [{time.time_ns() // 1000000}] LAMBDA_RUNTIME {said}", file=sys.stderr)
        raise RuntimeError("Failed to post invocation response")


def post_error(invoke_id, content, xray_fault):
    ask("POST", f"{invoke_id}/error", content.encode())
