"""Layers: what they hold is found where AWS's runtimes look for it, in their order, read-only."""

import io
import json
import pathlib
import signal
import subprocess
import sys
import zipfile

from functions import BOOTSTRAP, create, eventually, invoke, package, refused, result, updated

LOOK = """
import os
def handler(event, context):
    return open("/opt/" + event["read"]).read()
"""


def zipped(files):
    """A zip of files by their paths."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def publish(client, name, content, **more):
    made = client.publish_layer_version(LayerName=name, Content={"ZipFile": content}, **more)
    return made["LayerVersionArn"]


def test_a_layer_made_by_pip_is_imported(server, tmp_path):
    client = server.client("lambda")
    # A wheel of its own, since tests reach no index.
    wheel = tmp_path / "greeting-1-py3-none-any.whl"
    wheel.write_bytes(zipped({
        "greeting/__init__.py": "def greet(name): return f'hello {name}'\n",
        "greeting-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeting\nVersion: 1\n",
        "greeting-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "greeting-1.dist-info/RECORD": "",
    }))
    root = tmp_path / "layer"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--disable-pip-version-check",
           "--target", root / "python", wheel]
    subprocess.run(pip, check=True)
    content = zipped({str(path.relative_to(root)): path.read_bytes()
                      for path in root.rglob("*") if path.is_file()})
    made = client.publish_layer_version(
        LayerName="greeting", Content={"ZipFile": content}, Description="d",
        CompatibleRuntimes=["python3.11"], LicenseInfo="MIT")
    assert (made["Version"], made["Description"], made["LicenseInfo"]) == (1, "d", "MIT")
    code = "import greeting\ndef handler(event, context): return greeting.greet(event)"
    shown = create(client, code=code, Layers=[made["LayerVersionArn"]])
    size = made["Content"]["CodeSize"]
    assert shown["Layers"] == [{"Arn": made["LayerVersionArn"], "CodeSize": size}]
    assert result(client, "you") == "hello you"
    # What it is deleted for is deleted, and who holds it goes on, also in a new environment.
    client.delete_layer_version(LayerName="greeting", VersionNumber=1)
    client.update_function_configuration(FunctionName="f", Description="other")
    updated(client)
    assert result(client, "me") == "hello me"
    assert client.get_function(FunctionName="f")["Configuration"]["Layers"][0]["CodeSize"] == size
    assert refused(client.get_layer_version, LayerName="greeting", VersionNumber=1) == (
        "ResourceNotFoundException", "The resource you requested does not exist.", 404)
    # Numbers are not given out again.
    again = publish(client, "greeting", package(a="1"))
    assert again.endswith(":greeting:2")


def test_a_later_layer_covers_an_earlier_one(server):
    client = server.client("lambda")
    first = publish(client, "first", package(**{"both": "first", "dir/one": "1", "dir/both": "first"}))
    second = publish(client, "second", package(**{"both": "second", "dir/two": "2", "dir/both": "second"}))
    third = publish(client, "third", package(**{"third": "3"}))
    create(client, code=LOOK, Layers=[first, second, third])
    paths = ["both", "dir/one", "dir/two", "dir/both", "third"]
    assert [result(client, {"read": path}) for path in paths] == ["second", "1", "2", "second", "3"]
    client.update_function_configuration(FunctionName="f", Layers=[second, first])
    updated(client)
    assert [result(client, {"read": path}) for path in paths[:4]] == ["first", "1", "2", "first"]
    assert "FileNotFoundError" in invoke(client, {"read": "third"})["Payload"]
    # /opt cannot be written, and none is left without layers.
    client.update_function_code(FunctionName="f", ZipFile=package(app__py="""
import os
def handler(event, context):
    try:
        open("/opt/new", "w")
    except OSError as error:
        return [error.errno, sorted(os.listdir("/opt"))]
"""))
    updated(client)
    errno, names = result(client)
    assert errno in (13, 30) and names == ["both", "dir"]
    client.update_function_configuration(FunctionName="f", Layers=[])
    updated(client)
    assert result(client)[1] == []
    assert "Layers" not in client.get_function_configuration(FunctionName="f")


def test_a_bootstrap_and_a_wrapper_come_from_layers(server):
    client = server.client("lambda")
    runtime = publish(client, "runtime", package(0o755, bootstrap=BOOTSTRAP))
    create(client, "own", package(any="x"), Runtime="provided.al2023", Handler="any",
           Layers=[runtime])
    assert result(client, {"a": 1}, name="own") == {"got": {"a": 1}}
    # One in the package comes first; and one that cannot be executed is named.
    broken = publish(client, "broken", package(0o644, bootstrap=BOOTSTRAP))
    create(client, "broken", package(any="x"), Runtime="provided.al2023", Handler="any",
           Layers=[broken])
    told = json.loads(invoke(client, name="broken")["Payload"])
    assert told["errorMessage"].endswith("fork/exec /opt/bootstrap: permission denied"), told
    wrapper = "#!/bin/bash\nexport WRAPPED=yes\nexec \"$@\"\n"
    arn = publish(client, "wrapper", package(0o755, wrap=wrapper))
    code = "import os\ndef handler(event, context): return os.environ.get('WRAPPED')"
    create(client, "wrapped", code, Layers=[arn],
           Environment={"Variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrap"}})
    assert result(client, name="wrapped") == "yes"


def test_programs_modules_and_libraries_of_layers_are_found(server, tmp_path):
    client = server.client("lambda")
    source = tmp_path / "greet.c"
    source.write_text("int greet(void) { return 42; }\n")
    library = tmp_path / "libgreet.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    version = "python3.11"
    layer = publish(client, "all", package(0o755, **{
        "lib/libgreet.so": library.read_bytes(),
        "bin/greet": "#!/bin/sh\necho program\n",
        f"python/lib/{version}/site-packages/site_module.py": "where = 'site'",
        "python/plain_module.py": "where = 'plain'",
        "nodejs/node_modules/plain/index.js": "module.exports = 'plain'",
        "nodejs/node20/node_modules/versioned/index.js": "module.exports = 'versioned'",
    }))
    code = """
import ctypes, subprocess
def handler(event, context):
    import plain_module, site_module
    program = subprocess.run(["greet"], capture_output=True, text=True).stdout.strip()
    return [ctypes.CDLL("libgreet.so").greet(), program, plain_module.where, site_module.where]
"""
    create(client, "python", code, Layers=[layer])
    assert result(client, name="python") == [42, "program", "plain", "site"]
    node = "exports.handler = async () => [require('plain'), require('versioned')]"
    create(client, "node", package(app__js=node), Runtime="nodejs20.x", Layers=[layer])
    assert result(client, name="node") == ["plain", "versioned"]


def test_what_cannot_be_held_is_refused(server):
    client = server.client("lambda")
    arns = [publish(client, f"l{number}", package(a=str(number))) for number in range(6)]
    again = publish(client, "l0", package(a="again"))
    create(client, Layers=arns[:5])
    before = client.get_function_configuration(FunctionName="f")["RevisionId"]
    invalid = "InvalidParameterValueException"
    absent = arns[0].replace(":l0:1", ":none:1")
    elsewhere = arns[0].replace("us-east-1", "eu-west-1")
    for layers, message in (
        (arns, "Cannot reference more than 5 layers."),
        ([arns[0], again], "Two different versions of the same layer are not allowed to be referenced "
         f"in the same function. {arns[0]} and {again} are versions of the same layer."),
        ([absent], f"Layer version {absent} does not exist."),
        ([arns[0] + "7"], f"Layer version {arns[0]}7 does not exist."),
        ([elsewhere], "Layers are not in the same region as the function. Layers are expected to be "
         "in region us-east-1."),
    ):
        call = client.update_function_configuration
        assert refused(call, FunctionName="f", Layers=layers) == (invalid, message, 400)
    after = client.get_function_configuration(FunctionName="f")
    assert after["RevisionId"] == before and [each["Arn"] for each in after["Layers"]] == arns[:5]


def test_what_is_too_large_together_is_refused(server):
    client = server.client("lambda")
    half = zipped({"a": bytes(140_000_000)})
    one, two = publish(client, "one", half), publish(client, "two", half)
    message = "Layers consume more than the available size of 262144000 bytes"
    refusal = ("InvalidParameterValueException", message, 400)
    create(client, Layers=[one])
    assert refused(client.update_function_configuration, FunctionName="f", Layers=[one, two]) == refusal
    code, message, _ = refused(client.update_function_code, FunctionName="f", ZipFile=half)
    assert (code, message) == ("InvalidParameterValueException",
        "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The "
        "actual size is 280000000 bytes.")
    # Content that is the same is there once.
    unpacked = pathlib.Path(server.state, "code")
    assert len([each for each in unpacked.iterdir() if not each.name.startswith(".")]) == 2


def test_layers_are_shared_by_their_policies(server):
    owner, other = server.client("lambda"), server.client("lambda", account="000000000001")
    arn = publish(owner, "shared", package(a="shared"))
    denied = refused(other.get_layer_version_by_arn, Arn=arn)
    assert denied[0] == "AccessDeniedException" and denied[2] == 403
    grant = {"LayerName": "shared", "VersionNumber": 1, "Action": "lambda:GetLayerVersion"}
    made = owner.add_layer_version_permission(StatementId="s1", Principal="000000000001", **grant)
    assert json.loads(made["Statement"]) == {
        "Sid": "s1", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000001:root"},
        "Action": "lambda:GetLayerVersion", "Resource": arn}
    shown = owner.get_layer_version_policy(LayerName="shared", VersionNumber=1)
    assert json.loads(shown["Policy"])["Statement"] == [json.loads(made["Statement"])]
    assert refused(owner.add_layer_version_permission, StatementId="s1", Principal="*", **grant) == (
        "ResourceConflictException", "The statement id (s1) provided already exists. Please provide a "
        "new statement id, or remove the existing statement.", 409)
    stale = refused(owner.remove_layer_version_permission, LayerName="shared", VersionNumber=1,
                    StatementId="s1", RevisionId="00000000-0000-4000-8000-000000000000")
    assert stale[0] == "PreconditionFailedException" and stale[2] == 412
    create(other, code=LOOK, Layers=[arn])
    assert result(other, {"read": "a"}) == "shared"
    owner.remove_layer_version_permission(LayerName="shared", VersionNumber=1, StatementId="s1",
                                          RevisionId=shown["RevisionId"])
    assert refused(other.update_function_configuration, FunctionName="f", Layers=[arn])[2] == 403
    assert refused(owner.get_layer_version_policy, LayerName="shared", VersionNumber=1)[2] == 404
    # Who holds it goes on.
    assert result(other, {"read": "a"}) == "shared"


def test_layers_survive_a_kill_and_go_when_nobody_holds_them(serve):
    server = serve()
    client = server.client("lambda")
    arn = publish(client, "kept", package(a="kept"))
    gone = publish(client, "gone", package(a="gone"))
    create(client, code=LOOK, Layers=[arn, gone])
    client.delete_layer_version(LayerName="gone", VersionNumber=1)
    server.stop(signal.SIGKILL)
    server.start()
    client = server.client("lambda")
    listed = client.list_layers()["Layers"]
    assert [each["LatestMatchingVersion"]["LayerVersionArn"] for each in listed] == [arn]
    eventually(lambda: client.get_function_configuration(FunctionName="f")["State"] == "Active")
    assert result(client, {"read": "a"}) == "gone"
    code = pathlib.Path(server.state, "code")
    assert len([each for each in code.iterdir() if not each.name.startswith(".")]) == 3
    client.delete_function(FunctionName="f")
    client.delete_layer_version(LayerName="kept", VersionNumber=1)
    server.stop()
    server.start()
    eventually(lambda: not [each for each in code.iterdir() if not each.name.startswith(".")], 150)
