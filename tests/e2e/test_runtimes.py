"""Runtimes that this machine has and has not, and AWS's SDK in functions."""

import io
import json
import os
import pathlib
import subprocess
import time
import zipfile

import pytest

from functions import create, invoke, refused, result

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture
def runtimes(monkeypatch):
    """A directory of installed runtimes, which is kept for the next run."""
    directory = ROOT / "target" / "runtimes"
    monkeypatch.setenv("WARREN_RUNTIMES", str(directory))
    return directory


def zipped(files, mode=0o644):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def warren(*words):
    ran = subprocess.run([os.environ["WARREN"], *words], capture_output=True, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def runtimes_there():
    return {row["runtime"]: row for row in json.loads(warren("runtime", "--output", "json")[1])}


def test_an_interpreter_of_another_version_takes_no_missing_ones_place(serve, runtimes):
    client = serve().client("lambda")
    there = runtimes_there()
    for runtime in ("python3.14", "nodejs18.x"):
        if runtime in there:
            continue
        code, message, status = refused(create, client=client, name="f", Runtime=runtime)
        assert (code, status) == ("InvalidParameterValueException", 400)
        assert f"no interpreter for runtime {runtime} on this host, which has " in message
        assert f"hint: warren runtime install {runtime}" in message
        assert all(each in message for each in there)
    create(client, Runtime="python3.11")
    missing = next(each for each in ("python3.14", "nodejs18.x") if each not in there)
    code, _, _ = refused(
        client.update_function_configuration, FunctionName="f", Runtime=missing
    )
    assert code == "InvalidParameterValueException"
    assert client.get_function_configuration(FunctionName="f")["Runtime"] == "python3.11"
    assert result(client)["count"] == 1
    code, out, error = warren("runtime", "install", "java21")
    assert (code, out) == (1, "") and "java21 is not one that Warren installs" in error


def test_functions_have_awss_sdk_where_it_is_installed(serve, runtimes):
    node = next(name for name in runtimes_there() if name.startswith("nodejs"))
    code, _, error = warren("runtime", "install", "python3.11", node)
    assert code == 0, error
    there = runtimes_there()
    assert there["python3.11"]["sdk"] and there[node]["sdk"]
    client = serve().client("lambda")
    boto3 = "import boto3\ndef handler(e, c): return [boto3.__version__, boto3.__file__]"
    create(client, "p", boto3, Runtime="python3.11")
    version, path = result(client, name="p")
    assert version and path == "/var/runtime/sdk/python3.11/boto3/__init__.py"
    own = {"app.py": boto3, "boto3.py": "__version__ = 'own'"}
    create(client, "own", zipped(own), Runtime="python3.11")
    assert result(client, name="own") == ["own", "/var/task/boto3.py"]
    sdk = (
        "const { S3Client } = require('@aws-sdk/client-s3');\n"
        "exports.handler = async () => [typeof S3Client, require.resolve('@aws-sdk/client-s3')];"
    )
    create(client, "n", zipped({"app.js": sdk}), Runtime=node)
    kind, path = result(client, name="n")
    assert kind == "function" and path.startswith("/var/runtime/")


# What tells of an interpreter that has loaded the SDK ahead: its parent is outside of its sandbox.
AHEAD = """import os, sys
KINDS = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
early = [name for name in sys.modules if name.split(".")[0] in KINDS]
is_ahead = os.getppid() == 0
"""
CASES = {
    "usual": (
        {},
        "import random, uuid, urllib3, boto3\n"
        "s3 = boto3.client('s3')\n"
        "def handler(e, c):\n"
        "  spec = sys.modules['botocore.session'].__spec__\n"
        "  return dict(early=early, file=boto3.__file__, loader=type(boto3.__spec__.loader).__name__,\n"
        "    module=spec.origin, left=[str(f) for f in sys.meta_path if 'Ahead' in str(f)],\n"
        "    random=[random.random(), str(uuid.uuid4())], url=s3.meta.endpoint_url,\n"
        "    key=boto3.Session().get_credentials().access_key == os.environ['AWS_ACCESS_KEY_ID'])\n",
    ),
    "not used": (
        {},
        "import uuid\n"
        "def handler(e, c): return dict(early=early, uuid=uuid.__file__.split('/')[-1],\n"
        "  now=[name for name in sys.modules if name.split('.')[0] in KINDS])\n",
    ),
    "another one on a path": (
        {"vendor/boto3.py": "__version__ = 'own'"},
        "sys.path.insert(0, '/var/task/vendor')\n"
        "import boto3\n"
        "def handler(e, c): return dict(early=early, version=boto3.__version__, file=boto3.__file__)\n",
    ),
    "a part of its own": (
        {"dateutil.py": "own = 1"},
        "import dateutil\n"
        "try: import boto3\n"
        "except ImportError as error: told = str(error)\n"
        "def handler(e, c): return dict(early=early, own=dateutil.own, told=told)\n",
    ),
    "a module of its own": (
        {"uuid.py": "own = 1"},
        "import uuid\n"
        "def handler(e, c): return dict(early=early, own=uuid.own, boto3='boto3' in sys.modules)\n",
    ),
}


def answers_ahead(client, name, files, code):
    """What functions say that were started from an interpreter with the SDK."""
    found = []
    for number in range(40):
        each = f"{name.replace(' ', '-')}-{number}"
        create(client, each, zipped({"app.py": AHEAD + code, **files}), Runtime="python3.11")
        answer = json.loads(invoke(client, name=each)["Payload"])
        assert "errorMessage" not in answer, answer
        if answer["is_ahead"]:
            found.append(answer)
        if len(found) == 2:
            return found
        # What is built ahead is built while nobody waits.
        time.sleep(0.5)
    raise AssertionError(f"no interpreter with the SDK served {name}")


def test_an_sdk_that_is_loaded_ahead_is_as_one_that_the_function_loads(serve, runtimes):
    assert warren("runtime", "install", "python3.11")[0] == 0
    client = serve().client("lambda")
    seen = {}
    for name, (files, code) in CASES.items():
        code += "handler = (lambda of: lambda e, c: dict(of(e, c), is_ahead=is_ahead))(handler)\n"
        # Its code tells that it may use the SDK.
        seen[name] = answers_ahead(client, name, files, code + "# boto3")
        assert all(answer["early"] == [] for answer in seen[name])
    one, other = seen["usual"]
    assert one["random"][0] != other["random"][0] and one["random"][1] != other["random"][1]
    assert one["file"] == "/var/runtime/sdk/python3.11/boto3/__init__.py"
    assert one["module"] == "/var/runtime/sdk/python3.11/botocore/session.py"
    assert (one["loader"], one["left"], one["key"]) == ("SourceFileLoader", [], True)
    assert one["url"].startswith("http")
    assert seen["not used"][0]["uuid"] == "uuid.py" and seen["not used"][0]["now"] == []
    own = seen["another one on a path"][0]
    assert (own["version"], own["file"]) == ("own", "/var/task/vendor/boto3.py")
    assert seen["a part of its own"][0]["own"] == 1
    assert "dateutil" in seen["a part of its own"][0]["told"]
    assert seen["a module of its own"][0]["own"] == 1


NODE_OPTIONS = """
exports.handler = async () => {
  const { heap_size_limit: limit } = require('node:v8').getHeapStatistics();
  return [process.execArgv, typeof gc, require('node:http').maxHeaderSize, Math.round(limit / 2 ** 20)];
};
"""
STORE = """
const seen = [];
exports.handler = async (event, context) => {
  const store = globalThis.awslambda.InvokeStore;
  seen.push([store.getRequestId() === context.awsRequestId, store.getXRayTraceId() === process.env._X_AMZN_TRACE_ID,
    store.getTenantId(), store.get('mine')]);
  store.set('mine', 5);
  let refused;
  try { store.set(store.constructor.PROTECTED_KEYS.REQUEST_ID, 'x'); } catch (error) { refused = error.message; }
  await new Promise(setImmediate);
  return [seen, refused, store.hasContext(), store.get('mine'), Object.keys(awslambda)];
};
"""


def test_nodejs_is_started_as_on_aws(serve, runtimes):
    node = next(name for name in runtimes_there() if name.startswith("nodejs"))
    client = serve().client("lambda")
    create(client, code=zipped({"app.js": NODE_OPTIONS}), Runtime=node, MemorySize=512)
    options, collect, header, limit = result(client)
    assert options == ["--expose-gc", "--max-http-header-size", "81920",
                       "--max-semi-space-size=25", "--max-old-space-size=461"]
    assert (collect, header) == ("function", 81920) and 461 <= limit <= 461 + 3 * 32
    # What a function adds by its variables comes besides.
    create(client, "own", zipped({"app.js": NODE_OPTIONS}), Runtime=node,
           Environment={"Variables": {"NODE_OPTIONS": "--max-http-header-size=16000"}})
    assert result(client, name="own")[0][0] == "--expose-gc"


def test_handlers_of_nodejs_24_find_what_is_known_of_their_invocation(serve, runtimes):
    later = [name for name in runtimes_there() if name.startswith("nodejs") and int(name[6:-2]) >= 24]
    if not later:
        pytest.skip("this machine has no Node.js from 24 on")
    client = serve().client("lambda")
    create(client, code=zipped({"app.js": STORE}), Runtime=later[0])
    result(client)
    seen, told, has, mine, names = result(client)
    assert seen == [[True, True, None, None]] * 2
    assert told == "Cannot modify protected Lambda context field: Symbol(_AWS_LAMBDA_REQUEST_ID)"
    assert (has, mine) == (True, 5) and "InvokeStore" in names


def test_a_function_without_the_sdk_gets_the_usual_error(serve, tmp_path, monkeypatch):
    monkeypatch.setenv("WARREN_RUNTIMES", str(tmp_path / "runtimes"))
    server = serve()
    client = server.client("lambda")
    create(client, "p", "import boto3\ndef handler(e, c): pass")
    document = json.loads(invoke(client, name="p")["Payload"])
    assert document["errorType"] == "Runtime.ImportModuleError"
    assert document["errorMessage"] == "Unable to import module 'app': No module named 'boto3'"
    assert server.process.stdout.readline() == "Ready.\n"
    note = server.process.stdout.readline()
    assert note.startswith("no AWS SDK for functions of ") and "python3.11" in note
    assert "hint: warren runtime install " in note


def test_without_a_network_one_line_tells_what_is_missing(tmp_path):
    """As ./serve does before it serves: it goes on, and the next time installs what is missing."""
    environment = {
        **os.environ,
        "WARREN_RUNTIMES": str(tmp_path / "runtimes"),
        "npm_config_cache": str(tmp_path / "cache"),
        "PIP_FIND_LINKS": "",
    }
    prepare = [ROOT / "scripts" / "prepare", "sdk", os.environ["WARREN"]]
    ran = subprocess.run(
        ["unshare", "--net", *prepare], env=environment, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    (line,) = ran.stderr.splitlines()
    missing = line.split("; hint: ")[0].removeprefix("no AWS SDK for functions of ").split()
    assert "python3.11" in missing and not {"python3.6", "python3.7"} & set(missing)
    assert line.endswith(f"; hint: warren runtime install {' '.join(missing)}")
    assert not list((tmp_path / "runtimes").glob("sdk/*"))
