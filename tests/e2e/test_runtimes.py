"""Runtimes that this machine has and has not, and AWS's SDK in functions."""

import io
import json
import os
import pathlib
import subprocess
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


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
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
