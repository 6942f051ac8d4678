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
# What starts AWS's client on the interpreter of a runtime, as a wrapper of it.
PYTHON_WRAPPER = """#!/bin/sh
unset AWS_LAMBDA_EXEC_WRAPPER
exec 3>&1
export PYTHONPATH=/var/task/.ric _LAMBDA_TELEMETRY_LOG_FD=3
exec "$1" -m awslambdaric "$_HANDLER"
"""
NODE_WRAPPER = """#!/bin/sh
unset AWS_LAMBDA_EXEC_WRAPPER
export _LAMBDA_TELEMETRY_LOG_FD=1 _RIC_4=1
exec "$1" --expose-gc --max-http-header-size 81920 /var/task/.ric/ric.mjs
"""

# What differs, each with its reason.
DIFFERENCES = {
    "return sys.argv": "AWS's client is started here as a bootstrap, not as its runtimes start it",
    "return [path for path in sys.path if path.startswith((\"/var/task\", \"/opt\"))]": "as above",
    "return sys.stdout.errors": "as above: the host has not the locale that AWS's runtimes have",
    "return sys.flags.utf8_mode": "as above: a wrapper's interpreter finds LC_CTYPE set",
    "function: bytes of no text": "from Python 3.12 on AWS's client sends an init's error as Latin-1, if it can",
    "function: an init that prints more than ASCII": "as above",
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

    def __init__(self, client, runtime, app, start, library, wraps=False):
        self.client, self.runtime, self.wraps = client, runtime, wraps
        self.app, self.start, self.library = app, start, library

    def make(self, name, files, handler, variables):
        code = {**self.app, **files}
        whole = {"MemorySize": 256, "Timeout": 15, "Environment": {"Variables": variables}}
        if "LogFormat" in variables:
            whole = {**whole, "Environment": {}, "LoggingConfig": variables}
        ours = zipped(code)
        theirs = zipped({"bootstrap": self.start, **self.library, **code})
        create(self.client, f"w{name}", ours, Runtime=self.runtime, Handler=handler, **whole)
        runtime = self.runtime if self.wraps else "provided.al2023"
        if self.wraps:
            variables = {**whole["Environment"].get("Variables", {}), "AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"}
            whole["Environment"] = {"Variables": variables}
        create(self.client, f"a{name}", theirs, Runtime=runtime, Handler=handler, **whole)

    def ask(self, name, event):
        answer = self.client.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
        log = base64.b64decode(answer["LogResult"]).decode()
        return answer.get("FunctionError"), answer["Payload"].read().decode("utf-8", "replace"), log

    def differences(self, name, event):
        """What the two answer differently, after what must differ is taken out. A machine that has
        no time for one of them is asked again."""
        for _ in range(3):
            found = self.difference(name, event)
            if not found or sum("Sandbox.Timedout" in str(each[1]) for each in found.values()) != 1:
                break
        return found

    def difference(self, name, event):
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
    r'|(file://)?(/var/runtime/|/var/task/\.ric/)\S+:\d+'
    # Of the interpreter's own machine code, by its address.
    r'|\d+: 0x[0-9a-f]+ .*'
    r'|File \\?"(/var/runtime/|/var/task/\.ric/|<frozen runpy>).*)"?,?$'
)


def without_stack(value):
    """A document without the lines of its stacks that are a runtime client's."""
    if isinstance(value, str) and "\n    at " in value:
        lines = value.split("\n")
        return "\n".join(line for line in lines if not is_of_client(line.removesuffix(" {")))
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
    text = re.sub(r"/var/task/\.ric/(dist/)?index\.mjs", "/var/runtime/index.mjs", text)
    # An error that is logged has no line's end.
    text = re.sub(r"(?<!\n)END RequestId", "\nEND RequestId", text)
    return re.sub(r"(REPORT|INIT_REPORT) .*", r"\1", text)


def line_of_log(line):
    if line.startswith('{"time":'):
        return json.loads(line)["type"]
    if line.startswith("{"):
        try:
            return json.dumps(without_stack(json.loads(line)))
        except ValueError:
            return line
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
        # A line of the source follows the frame that it is of, or the place where an error was thrown.
        if is_frame or not (skips and line.startswith("  ")):
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
        asked = (clients.differences(f"own{number}", {"n": n}) for n in ((0, 1, 2) if "documents" in name else (1, 2)))
        found[f"function: {name}"] = next(filter(None, asked), None)

    with concurrent.futures.ThreadPoolExecutor(4) as several:
        handlers = sorted({case[0] for case in cases})
        running = [several.submit(group, *each) for each in enumerate(handlers)]
        running += [several.submit(function, *each) for each in enumerate(functions)]
        for each in running:
            each.result()
    found = {name: what for name, what in found.items() if what}
    surplus = {name: what for name, what in found.items() if not is_known(name)}
    assert not surplus, "\n" + "\n".join(map(told, surplus, surplus.values()))


def runtimes(monkeypatch):
    """The runtimes of this machine, with those that tests have installed."""
    monkeypatch.setenv("WARREN_RUNTIMES", str(ROOT / "target" / "runtimes"))
    told = subprocess.check_output([os.environ["WARREN"], "runtime", "--output", "json"])
    return [row["runtime"] for row in json.loads(told)]


def compare_python(client, runtime, wraps):
    start = PYTHON_WRAPPER if wraps else PYTHON_BOOTSTRAP % runtime
    library = tree(AWS / "python")
    own = ROOT / "tests/e2e/runtime_clients/runtime_client.py"
    library[".ric/runtime_client.py"] = own.read_bytes()
    clients = Clients(client, runtime, {"app.py": python_cases.APP}, start, library, wraps)
    cases = [
        ("app.handler", f"return {line}", {"return": line})
        for line in python_cases.RESULTS.splitlines()
        if line
    ]
    cases += [("app.handler", name, {"do": text}) for name, text in python_cases.STATEMENTS.items()]
    compare(clients, cases, python_cases.FUNCTIONS)


def compare_node(client, runtime, wraps):
    if wraps:
        library = tree(AWS / "node4", ".ric")
        library[".ric/rapid-client.node"] = b""
    else:
        library = tree(AWS / "node" / "dist", ".ric/dist")
        library[".ric/dist/rapid-client.node"] = b""
    library[".ric/package.json"] = node_cases.MODULE
    library[".ric/ric.mjs"] = (ROOT / "tests/e2e/runtime_clients/ric.mjs").read_bytes()
    start = NODE_WRAPPER if wraps else NODE_BOOTSTRAP
    clients = Clients(client, runtime, {"app.js": node_cases.APP}, start, library, wraps)
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
        kept = {case: text for case, text in which.items() if not (wraps and case in node_cases.WAITED_FOR)}
        cases += [(handler, f"{name}: {case}", {"do": text}) for case, text in kept.items()]
    compare(clients, cases, node_cases.FUNCTIONS)


are_there = pytest.mark.skipif(not (AWS / "node4").exists(), reason="scripts/prepare has not been run")


@are_there
def test_python_is_as_with_awss_client(server):
    compare_python(server.client("lambda"), f"python{python_version()}", wraps=False)


@are_there
def test_python_from_3_12_on_is_as_with_awss_client(serve, monkeypatch):
    later = [each for each in runtimes(monkeypatch) if re.fullmatch(r"python3\.(1[2-9]|[2-9]\d)", each)]
    if not later:
        pytest.skip("this machine has no Python from 3.12 on")
    compare_python(serve().client("lambda"), later[-1], wraps=True)


@are_there
def test_nodejs_is_as_with_awss_client(server):
    major = subprocess.check_output(["node", "-p", "process.versions.node"], text=True).split(".")[0]
    if int(major) >= 24:
        pytest.skip("this machine's Node.js has AWS's later client")
    compare_node(server.client("lambda"), f"nodejs{major}.x", wraps=False)


@are_there
def test_nodejs_from_24_on_is_as_with_awss_client(serve, monkeypatch):
    later = [each for each in runtimes(monkeypatch) if re.fullmatch(r"nodejs(2[4-9]|[3-9]\d)\.x", each)]
    if not later:
        pytest.skip("this machine has no Node.js from 24 on")
    compare_node(serve().client("lambda"), later[-1], wraps=True)
