"""Functions' code: the modes of its files, packages that cannot be unpacked, and from S3."""

import base64
import contextlib
import http.server
import io
import json
import pathlib
import shutil
import signal
import threading
import zipfile

from functions import ROLE, create, invoke, package, refused, result, updated

MADE = {"Runtime": "python3.11", "Handler": "app.handler", "Role": ROLE}
NOT_A_ZIP = (
    "InvalidParameterValueException",
    "Could not unzip uploaded file. Please check your file, then try to upload again.",
    400,
)
NO_CODE = ("InvalidZipFileException", "Lambda could not unzip the deployment package.", 502)


def written(name, text):
    """A zip by Python's shortest way, which gives nobody but the owner rights."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


def test_what_only_root_may_read_no_function_reads(server):
    client = server.client("lambda")
    handler = "def handler(event, context): return open(event).read() if event else 'ran'"
    packages = {f"mode-{mode:o}": package(0o100000 | mode, app__py=handler) for mode in (0o600, 0o400, 0)}
    packages["written"] = written("app.py", handler)
    for name, code in packages.items():
        create(client, name, code)
        answer = invoke(client, name=name)
        assert "[Errno 13] Permission denied: '/var/task/app.py'" in answer["Payload"], answer
    create(client, "node", written("app.js", "exports.handler = async () => 1"),
           Runtime="nodejs20.x")
    assert "EACCES: permission denied, open '/var/task/app.js'" in invoke(client, name="node")["Payload"]
    create(client, "shell", written("bootstrap", "#!/bin/sh\n"),
           Runtime="provided.al2023", Handler="any")
    answer = json.loads(invoke(client, name="shell")["Payload"])
    assert answer["errorType"] == "Runtime.InvalidEntrypoint" and "permission denied" in answer["errorMessage"]
    # The kinds that people upload: rights for all, and none said at all.
    mixed = io.BytesIO()
    with zipfile.ZipFile(mixed, "w") as archive:
        for name, mode in (("app.py", 0o644), ("shut/", 0o40700), ("shut/f", 0o644), ("open/f", 0o644)):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, handler if name == "app.py" else "read")
        entry = zipfile.ZipInfo("modeless")
        entry.create_system = 0
        entry.external_attr = 0x20
        archive.writestr(entry, "read")
    create(client, "mixed", mixed.getvalue())
    assert result(client, name="mixed") == "ran"
    for path in ("open/f", "modeless"):
        assert result(client, f"/var/task/{path}", name="mixed") == "read"
    assert "[Errno 13]" in invoke(client, "/var/task/shut/f", name="mixed")["Payload"]


def test_packages_that_no_file_system_takes_are_refused(server):
    client = server.client("lambda")
    create(client)
    before = client.get_function(FunctionName="f")["Configuration"]["RevisionId"]
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "x" * 5000)
    names = ("x" * 256, "x" * 256 + "/f", "d/" * 3000 + "f", "d/" * 200 + "f", "../f")
    for code in [*(written(name, "x") for name in names), link.getvalue(), b"PK", b"x" * 1000]:
        more = {"Code": {"ZipFile": code}, **MADE}
        assert refused(client.create_function, FunctionName="g", **more) == NOT_A_ZIP
        for dry in (True, False):
            assert refused(client.update_function_code, FunctionName="f", ZipFile=code,
                           DryRun=dry) == NOT_A_ZIP
    assert client.get_function(FunctionName="f")["Configuration"]["RevisionId"] == before
    assert [each["FunctionName"] for each in client.list_functions()["Functions"]] == ["f"]
    assert result(client)["count"] == 1


def test_a_damaged_package_is_its_functions_trouble_alone(serve):
    server = serve()
    client = server.client("lambda")
    texts = {name: f"def handler(event, context): return '{name}'" for name in ("kept", "torn", "gone")}
    shas = {}
    for name, text in texts.items():
        create(client, name, text)
        assert result(client, name=name) == name
        sha = client.get_function(FunctionName=name)["Configuration"]["CodeSha256"]
        shas[name] = base64.b64decode(sha).hex()
    server.stop()
    state = pathlib.Path(server.state)
    (state / "packages" / f"{shas['torn']}.zip").write_bytes(b"no zip")
    (state / "packages" / f"{shas['gone']}.zip").unlink()
    # As after the machine was started again.
    (state / "code" / ".boot").write_text("another")
    server = serve()
    client = server.client("lambda")

    def state_of(name):
        found = client.get_function_configuration(FunctionName=name)
        assert found == client.get_function(FunctionName=name)["Configuration"] | {
            "ResponseMetadata": found["ResponseMetadata"]}
        return found["State"], found.get("StateReasonCode")

    assert result(client, name="kept") == "kept" and state_of("kept") == ("Active", None)
    for name in ("torn", "gone"):
        assert refused(client.invoke, FunctionName=name) == NO_CODE
        assert state_of(name) == ("Failed", "InvalidZipFileException")
    # Unpacked code that somebody removed is unpacked again when it is needed.
    shutil.rmtree(state / "code" / shas["kept"])
    client.update_function_configuration(FunctionName="kept", Timeout=4)
    updated(client, "kept")
    assert result(client, name="kept") == "kept" and state_of("kept") == ("Active", None)
    # Whoever gives the code again mends the function.
    client.update_function_code(FunctionName="torn", ZipFile=package(app__py=texts["torn"]))
    assert result(client, name="torn") == "torn" and state_of("torn") == ("Active", None)
    server.stop(signal.SIGKILL)
    client = serve().client("lambda")
    assert result(client, name="torn") == "torn" and result(client, name="kept") == "kept"
    assert refused(client.invoke, FunctionName="gone") == NO_CODE
    client.delete_function(FunctionName="gone")


@contextlib.contextmanager
def store(objects):
    """An S3-compatible store with these objects by their paths."""

    class Store(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            assert "Credential=" in self.headers["Authorization"]
            body = objects.get(self.path)
            missing = (b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code>"
                       b"<Message>The specified key does not exist.</Message></Error>")
            self.send_response(404 if body is None else 200)
            body = missing if body is None else body
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def padded(megabytes):
    """A package with so many MB that cannot be made smaller, beside a handler."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in (("app.py", "def handler(event, context): return 'stored'"),
                           ("padding", bytes(megabytes << 20))):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)
    return buffer.getvalue()


def test_code_comes_from_a_local_store(serve):
    objects = {"/bucket/a/key.zip": padded(0), "/bucket/large": padded(60),
               "/bucket/too-large": padded(251), "/bucket/far-too-large": bytes(300 << 20),
               "/bucket/text": b"no zip"}
    with store(objects) as url:
        server = serve("--s3", url)
        client = server.client("lambda")
        for name, key in (("f", "a/key.zip"), ("large", "large")):
            create(client, name, Code={"S3Bucket": "bucket", "S3Key": key})
            assert result(client, name=name) == "stored"
        size = client.get_function(FunctionName="large")["Configuration"]["CodeSize"]
        assert size == len(objects["/bucket/large"]) > 50 << 20

        def answer(key):
            code = {"S3Bucket": "bucket", "S3Key": key}
            return refused(client.create_function, FunctionName="g", Code=code, **MADE)

        bad = "InvalidParameterValueException"
        too_large = (bad, "Unzipped size must be smaller than 262144000 bytes", 400)
        assert answer("too-large") == answer("far-too-large") == too_large
        assert answer("text") == NOT_A_ZIP
        assert answer("other") == (
            bad, "Error occurred while GetObject. S3 Error Code: NoSuchKey. "
            "S3 Error Message: The specified key does not exist.", 400)
        assert len(list(pathlib.Path(server.state, "packages").iterdir())) == 2
