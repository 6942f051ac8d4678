"""Warren's runtime clients beside AWS's own: the same functions, the same events, and every answer,
error and log line the same."""

import base64
import concurrent.futures
import io
import json
import os
import pathlib
import re
import subprocess
import time
import zipfile

import pytest

from runtime_clients import node_cases, python_cases
from functions import create

ROOT = pathlib.Path(__file__).parents[2]
AWS = ROOT / "target" / "runtime-clients"
PYTHON = "/usr/bin/python3"

PYTHON_BOOTSTRAP = """#!/bin/sh
exec 3>&1
export PYTHONPATH=/var/task/.ric _LAMBDA_TELEMETRY_LOG_FD=3
exec %s -m awslambdaric "$_HANDLER"
"""
NODE_BOOTSTRAP = """#!/bin/sh
export _LAMBDA_TELEMETRY_LOG_FD=1
exec node --expose-gc --max-http-header-size 81920 /var/task/.ric/ric.mjs
"""

# What differs, each with its reason.
DIFFERENCES = {
    "return sys.argv": "AWS's client is started here as a bootstrap, not as its runtimes start it",
    "return [path for path in sys.path if path.startswith((\"/var/task\", \"/opt\"))]": "as above",
    "return sys.stdout.errors": "as above: the host has not the locale that AWS's runtimes have",
    "recursion": "how deep the stack is where the handler is called",
    "function: a streaming handler without a promise": "what a stream's trailers say is not read",
    "function: a coroutine": "the line of the client at which Python warns",
}


def python_version():
    version = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.check_output([PYTHON, "-c", version], text=True).strip()


def tree(directory, at=".ric"):
    return {
        f"{at}/{path.relative_to(directory)}": path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


class Clients:
    """Makes each function twice: with Warren's client and with AWS's."""

    def __init__(self, client, runtime, app, bootstrap, library):
        self.client, self.runtime = client, runtime
        self.app, self.bootstrap, self.library = app, bootstrap, library

    def make(self, name, files, handler, variables):
        code = {**self.app, **files}
        whole = {"MemorySize": 256, "Timeout": 3, "Environment": {"Variables": variables}}
        ours = zipped(code)
        theirs = zipped({"bootstrap": self.bootstrap, **self.library, **code})
        create(self.client, f"w{name}", ours, Runtime=self.runtime, Handler=handler, **whole)
        create(self.client, f"a{name}", theirs, Runtime="provided.al2023", Handler=handler, **whole)

    def ask(self, name, event):
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
        log = base64.b64decode(answer["LogResult"]).decode()
        return answer.get("FunctionError"), answer["Payload"].read().decode("utf-8", "replace"), log

    def differences(self, name, event):
        """What the two answer differently, after what must differ is taken out."""
        with concurrent.futures.ThreadPoolExecutor(2) as both:
            ours, theirs = both.map(lambda which: seen(*self.ask(which + name, event)), "wa")
        if ours[0] or theirs[0]:
            time.sleep(0.1)
        if ours == theirs:
            return None
        return {"Warren": ours, "AWS": theirs}


ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]?\d*Z|\[\d{13}\]")
# Lines of a stack that are in a runtime client, or in what starts one.
CLIENT = re.compile(
    r'^"?\s*(at .*(/var/runtime/|/var/task/\.ric/|node:internal/).*'
    r'|File \\?"(/var/runtime/|/var/task/\.ric/|<frozen runpy>).*)"?,?$'
)


def without_stack(value):
    """A document without the lines of its stacks that are a runtime client's."""
    if isinstance(value, dict):
        return {name: without_stack(each) for name, each in value.items()}
    if not isinstance(value, list):
        return value
    kept = [without_stack(each) for each in value]
    return [each for each in kept if not (isinstance(each, str) and is_of_client(each))]


def is_of_client(line):
    return bool(CLIENT.match(line.split("\n")[0]))


def plain(text):
    """Text without what differs from one invocation to the next."""
    text = TIME.sub("TIME", ID.sub("ID", text))
    text = re.sub(r"\b[wa](?=(handler|own)\d)", "", text)
    text = text.replace("/var/task/.ric/dist/index.mjs", "/var/runtime/index.mjs")
    # An error that is logged has no line's end.
    text = re.sub(r"(?<!\n)END RequestId", "\nEND RequestId", text)
    return re.sub(r"(REPORT|INIT_REPORT) .*", r"\1", text)


def line_of_log(line):
    head, tab, document = line.rpartition("\t")
    if tab and document.startswith("{"):
        try:
            return head + tab + json.dumps(without_stack(json.loads(document)))
        except ValueError:
            pass
    return line


def seen(error, payload, log):
    try:
        payload = json.dumps(without_stack(json.loads(payload))) if error else payload
    except ValueError:
        pass
    lines = [line_of_log(line) for line in plain(log).replace("\u00a0", " ").split("\n")]
    kept = []
    skips = False
    for line in lines:
        is_frame = line.lstrip().startswith('File "') or line.lstrip().startswith("at ")
        # A line of the source follows the frame that it is of.
        if is_frame or not (skips and line.startswith("    ")):
            skips = is_of_client(line)
        if not skips:
            kept.append(line)
    return error, plain(payload), kept


def is_known(name):
    return name in DIFFERENCES


def told(name, what):
    """A difference in a few lines, without what is the same."""
    ours, theirs = what["Warren"], what["AWS"]
    lines = [f"== {name}"]
    for part in range(3):
        if ours[part] != theirs[part]:
            lines += [f"  Warren: {str(ours[part])[:800]}", f"  AWS:    {str(theirs[part])[:800]}"]
    return "\n".join(lines)


def compare(clients, cases, functions):
    """Runs everything; names what differs that is not known to."""
    found = {}

    def group(number, handler):
        clients.make(f"handler{number}", {}, handler, {})
        for which, name, event in cases:
            if which == handler:
                found[name] = clients.differences(f"handler{number}", event)

    def function(number, name):
        files, handler, variables = functions[name]
        clients.make(f"own{number}", files, handler, variables)
        # An init that fails is done again within the invocation; the second call finds its end.
        first = clients.differences(f"own{number}", {"n": 1})
        found[f"function: {name}"] = first or clients.differences(f"own{number}", {"n": 2})

    with concurrent.futures.ThreadPoolExecutor(4) as several:
        handlers = sorted({case[0] for case in cases})
        running = [several.submit(group, *each) for each in enumerate(handlers)]
        running += [several.submit(function, *each) for each in enumerate(functions)]
        for each in running:
            each.result()
    found = {name: what for name, what in found.items() if what}
    surplus = {name: what for name, what in found.items() if not is_known(name)}
    assert not surplus, "\n" + "\n".join(map(told, surplus, surplus.values()))


@pytest.mark.skipif(not (AWS / "python").exists(), reason="scripts/prepare has not been run")
def test_python_is_as_with_awss_client(server):
    version = python_version()
    app = {"app.py": python_cases.APP}
    bootstrap = PYTHON_BOOTSTRAP % f"python{version}"
    library = tree(AWS / "python")
    clients = Clients(server.client("lambda"), f"python{version}", app, bootstrap, library)
    cases = [
        ("app.handler", f"return {line}", {"return": line})
        for line in python_cases.RESULTS.splitlines()
        if line
    ]
    cases += [("app.handler", name, {"do": text}) for name, text in python_cases.STATEMENTS.items()]
    compare(clients, cases, python_cases.FUNCTIONS)


@pytest.mark.skipif(not (AWS / "node").exists(), reason="scripts/prepare has not been run")
def test_nodejs_is_as_with_awss_client(server):
    major = subprocess.check_output(["node", "-p", "process.versions.node"], text=True).split(".")[0]
    app = {"app.js": node_cases.APP}
    library = tree(AWS / "node" / "dist", ".ric/dist")
    library[".ric/dist/rapid-client.node"] = b""
    library[".ric/package.json"] = node_cases.MODULE
    library[".ric/ric.mjs"] = (ROOT / "tests/e2e/runtime_clients/ric.mjs").read_bytes()
    runtime = f"nodejs{major}.x"
    clients = Clients(server.client("lambda"), runtime, app, NODE_BOOTSTRAP, library)
    cases = [
        ("app.handler", f"return {line}", {"return": line})
        for line in node_cases.RESULTS.splitlines()
        if line
    ]
    for handler, which in (
        ("app.handler", node_cases.ASYNC),
        ("app.called", node_cases.CALLED),
        ("app.streamed", node_cases.STREAMED),
    ):
        name = handler.split(".")[1]
        cases += [(handler, f"{name}: {case}", {"do": text}) for case, text in which.items()]
    compare(clients, cases, node_cases.FUNCTIONS)
