"""Lambda's functions, as boto3 and the aws CLI see them."""

import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from functions import ROLE, create, eventually, invoke, package, refused, result, updated

ARN = "arn:aws:lambda:us-east-1:000000000000:function:"


@pytest.fixture
def client(server):
    # What the client would refuse by itself is the server's to refuse.
    return server.client("lambda", parameter_validation=False)


def test_a_function_is_pending_then_active_with_awss_defaults(client):
    code = package(app__py="def handler(event, context): return event")
    made = create(client, code=code, Tags={"team": "a"})
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert (made["State"], made["StateReasonCode"]) == ("Pending", "Creating")
    assert made["StateReason"] == "The function is being created."
    assert "LastUpdateStatus" not in made and "VpcConfig" not in made and "Environment" not in made
    shown = client.get_function(FunctionName="f")
    configuration = shown["Configuration"]
    expected = {
        "FunctionName": "f",
        "FunctionArn": ARN + "f",
        "Runtime": "python3.11",
        "Role": ROLE,
        "Handler": "app.handler",
        "CodeSize": len(code),
        "CodeSha256": base64.b64encode(hashlib.sha256(code).digest()).decode(),
        "Description": "",
        "Timeout": 3,
        "MemorySize": 128,
        "Version": "$LATEST",
        "TracingConfig": {"Mode": "PassThrough"},
        "PackageType": "Zip",
        "EphemeralStorage": {"Size": 512},
        "SnapStart": {"ApplyOn": "None", "OptimizationStatus": "Off"},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"},
        "State": "Active",
        "LastUpdateStatus": "Successful",
    }
    assert {name: configuration[name] for name in expected} == expected
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000", configuration["LastModified"])
    assert configuration["RevisionId"] != made["RevisionId"]
    assert shown["Tags"] == {"team": "a"} and "Concurrency" not in shown
    assert shown["Code"]["RepositoryType"] == "S3"
    with urllib.request.urlopen(shown["Code"]["Location"]) as fetched:
        assert fetched.read() == code
    alone = client.get_function_configuration(FunctionName=ARN + "f")
    alone.pop("ResponseMetadata")
    assert alone == configuration


def test_functions_are_named_in_every_way(client):
    create(client)
    for name in ["f", ARN + "f", "000000000000:function:f", "f:$LATEST", "function:f"]:
        shown = client.get_function_configuration(FunctionName=name)
        assert shown["FunctionName"] == "f"
    shown = client.get_function_configuration(FunctionName="f", Qualifier="$LATEST")
    assert shown["FunctionArn"] == ARN + "f:$LATEST"
    get = client.get_function_configuration
    missing = "ResourceNotFoundException"
    assert refused(get, FunctionName="g") == (missing, f"Function not found: {ARN}g", 404)
    assert refused(get, FunctionName="f:7") == (missing, f"Function not found: {ARN}f:7", 404)
    assert refused(get, FunctionName="f:live") == (missing, f"Function not found: {ARN}f:live", 404)
    assert refused(get, FunctionName="f:1", Qualifier="2")[1] == (
        "The derived qualifier from the function name does not match the specified qualifier."
    )
    elsewhere = ARN.replace("us-east-1", "eu-west-1") + "f"
    assert refused(get, FunctionName=elsewhere)[1] == (
        "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"
    )
    assert refused(get, FunctionName=ARN.replace("0:f", "1:f") + "f")[2] == 403


def test_updates_take_force_and_old_code_is_never_reused(client):
    create(client, Description="one")
    assert result(client)["count"] == 1
    assert result(client)["count"] == 2
    before = client.get_function_configuration(FunctionName="f")
    changed = client.update_function_configuration(
        FunctionName="f", Timeout=10, Environment={"Variables": {"COLOUR": "blue"}}
    )
    assert (changed["State"], changed["LastUpdateStatus"]) == ("Active", "InProgress")
    assert changed["LastUpdateStatusReasonCode"] == "Creating"
    assert (changed["Timeout"], changed["Description"]) == (10, "one")
    assert changed["RevisionId"] != before["RevisionId"]
    updated(client)
    assert result(client)["count"] == 1
    assert result(client, {"environ": 1})["COLOUR"] == "blue"
    code = package(app__py="def handler(event, context): return 'new'")
    client.update_function_code(FunctionName="f", ZipFile=code)
    updated(client)
    assert result(client) == "new"
    stale = {"FunctionName": "f", "RevisionId": before["RevisionId"]}
    code, message, status = refused(client.update_function_configuration, **stale)
    assert (code, status) == ("PreconditionFailedException", 412)
    assert message.startswith("The Revision Id provided does not match the latest Revision Id.")


def test_versions_are_frozen(client):
    create(client)
    first = client.publish_version(FunctionName="f", Description="first")
    assert (first["Version"], first["FunctionArn"]) == ("1", ARN + "f:1")
    assert client.publish_version(FunctionName="f", Description="first")["Version"] == "1"
    code = package(app__py="def handler(event, context): return 'new'")
    second = client.update_function_code(FunctionName="f", ZipFile=code, Publish=True)
    assert second["Version"] == "2"
    updated(client)
    assert result(client) == "new"
    answer = invoke(client, Qualifier="1")
    assert answer["ExecutedVersion"] == "1"
    assert json.loads(answer["Payload"])["arn"] == ARN + "f:1"
    versions = client.list_versions_by_function(FunctionName="f")["Versions"]
    assert [version["Version"] for version in versions] == ["$LATEST", "1", "2"]
    client.delete_function(FunctionName="f", Qualifier="1")
    versions = client.list_versions_by_function(FunctionName="f")["Versions"]
    assert [version["Version"] for version in versions] == ["$LATEST", "2"]
    assert refused(client.delete_function, FunctionName="f", Qualifier="$LATEST")[1] == (
        "$LATEST version cannot be deleted without deleting the function."
    )


def test_functions_are_listed_in_pages_and_deleted(client):
    for name in ["c", "a", "b"]:
        create(client, name)
    pages = client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 2})
    pages = [[function["FunctionName"] for function in page["Functions"]] for page in pages]
    assert pages == [["a", "b"], ["c"]]
    assert "State" not in client.list_functions()["Functions"][0]
    usage = client.get_account_settings()
    assert usage["AccountUsage"]["FunctionCount"] == 3
    assert usage["AccountLimit"]["ConcurrentExecutions"] == 1000
    assert client.delete_function(FunctionName="a")["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refused(client.delete_function, FunctionName="a")[2] == 404
    assert [f["FunctionName"] for f in client.list_functions()["Functions"]] == ["b", "c"]


def test_tags_and_concurrency(client):
    create(client)
    arn = ARN + "f"
    client.tag_resource(Resource=arn, Tags={"a": "1", "b": "2"})
    client.untag_resource(Resource=arn, TagKeys=["a"])
    assert client.list_tags(Resource=arn)["Tags"] == {"b": "2"}
    assert refused(client.list_tags, Resource=ARN + "g")[2] == 404
    many = {f"k{number}": "" for number in range(51)}
    assert refused(client.tag_resource, Resource=arn, Tags=many)[1] == (
        "Number of tags exceeds resource tag limit."
    )
    wrong = {"warren:eni-model": "neither"}
    assert "warren:eni-model" in refused(client.tag_resource, Resource=arn, Tags=wrong)[1]
    assert "ReservedConcurrentExecutions" not in client.get_function_concurrency(FunctionName="f")
    put = {"FunctionName": "f", "ReservedConcurrentExecutions": 5}
    assert client.put_function_concurrency(**put)["ReservedConcurrentExecutions"] == 5
    assert client.get_function(FunctionName="f")["Concurrency"] == {"ReservedConcurrentExecutions": 5}
    limits = client.get_account_settings()["AccountLimit"]
    assert limits["UnreservedConcurrentExecutions"] == 995
    put["ReservedConcurrentExecutions"] = 901
    assert refused(client.put_function_concurrency, **put) == (
        "InvalidParameterValueException",
        "Specified ReservedConcurrentExecutions for function decreases account's "
        "UnreservedConcurrentExecution below its minimum value of [100].",
        400,
    )
    client.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=0)
    code, message, status = refused(client.invoke, FunctionName="f")
    assert (code, message, status) == ("TooManyRequestsException", "Rate Exceeded.", 429)
    client.delete_function_concurrency(FunctionName="f")
    assert result(client)["count"] == 1


def test_bad_requests_get_awss_errors_and_change_nothing(client):
    create(client)
    good = {
        "FunctionName": "g",
        "Runtime": "python3.11",
        "Handler": "app.handler",
        "Role": ROLE,
        "Code": {"ZipFile": package(app__py="")},
    }
    invalid, validation = "InvalidParameterValueException", "ValidationException"
    for change, code, message in [
        ({"FunctionName": "f"}, "ResourceConflictException", "Function already exist: f"),
        ({"FunctionName": "x" * 65}, invalid, "Member must have length less than or equal to 64"),
        ({"FunctionName": "a b"}, validation, "failed to satisfy constraint"),
        ({"Timeout": 901}, validation, "Member must have value less than or equal to 900"),
        ({"MemorySize": 127}, validation, "Member must have value greater than or equal to 128"),
        ({"MemorySize": 10241}, invalid, "less than or equal to 10240"),
        ({"Runtime": "python9"}, invalid, "Member must satisfy enum value set"),
        ({"Runtime": "java21"}, invalid, "Warren does not support the runtime java21"),
        ({"Runtime": "nodejs8.10"}, invalid, "is no longer supported"),
        ({"Role": "role"}, validation, "'role' failed to satisfy constraint"),
        ({"Code": {"ZipFile": b"no zip"}}, invalid, "Could not unzip uploaded file."),
        ({"Code": {"ImageUri": "image"}}, invalid,
         "Warren does not support the parameter Code.ImageUri of CreateFunction."),
        ({"Code": {"S3Bucket": "bucket", "S3Key": "key"}}, invalid, "S3 Error Code: NoSuchBucket"),
        ({"Code": {}}, invalid, "Please provide a source for function code."),
        ({"PackageType": "Image"}, invalid,
         "Warren does not support the parameter PackageType of CreateFunction, except as Zip."),
        ({"Layers": ["arn:aws:lambda:us-east-1:000000000000:layer:l:1"]}, invalid,
         "Layer version arn:aws:lambda:us-east-1:000000000000:layer:l:1 does not exist."),
        ({"Environment": {"Variables": {"AWS_REGION": "x"}}}, invalid, "AWS_REGION"),
        ({"Environment": {"Variables": {"AB": "x" * 4096}}}, invalid, "exceeded the 4KB limit"),
        ({"Architectures": ["arm64" if os.uname().machine == "x86_64" else "x86_64"]}, invalid,
         "this machine's architecture"),
        ({"VpcConfig": {"SubnetIds": ["subnet-00000000000000001"], "SecurityGroupIds": []}},
         invalid, "SubnetIds and SecurityIds must coexist or be both empty list."),
        ({"VpcConfig": {"SubnetIds": ["subnet-00000000000000001"],
                        "SecurityGroupIds": ["sg-00000000000000001"]}},
         invalid, "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound."),
    ]:
        answer = refused(client.create_function, **{**good, **change})
        assert answer[0] == code and message in answer[1], (change, answer)
    assert [f["FunctionName"] for f in client.list_functions()["Functions"]] == ["f"]
    unsupported = refused(client.put_provisioned_concurrency_config, FunctionName="f", Qualifier="1",
                          ProvisionedConcurrentExecutions=1)
    assert unsupported[0] == "UnknownOperationException"
    assert "PutProvisionedConcurrencyConfig" in unsupported[1]


def test_functions_survive_being_killed(server):
    client = server.client("lambda")
    create(client, Environment={"Variables": {"COLOUR": "blue"}})
    client.publish_version(FunctionName="f")
    assert result(client)["count"] == 1
    before = client.get_function(FunctionName="f")["Configuration"]
    server.stop(signal.SIGKILL)
    server.start()
    client = server.client("lambda")
    assert client.get_function(FunctionName="f")["Configuration"] == before
    assert result(client, {"environ": 1})["COLOUR"] == "blue"
    assert result(client, Qualifier="1")["version"] == "1"


def test_unused_code_goes_with_its_function(serve, tmp_path):
    server = serve()
    client = server.client("lambda")
    create(client)
    kept = tmp_path / "state" / "packages"
    assert len(list(kept.iterdir())) == 1
    client.delete_function(FunctionName="f")
    server.stop()
    server.start()
    assert server.client("lambda").list_functions()["Functions"] == []
    eventually(lambda: not list(kept.iterdir()))


def test_the_cli_makes_and_invokes_functions(server, tmp_path):
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": server.url,
        "AWS_ACCESS_KEY_ID": "222222222222",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }

    def aws(*words):
        command = [os.path.join(os.path.dirname(sys.executable), "aws"), "--output", "json", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    code = tmp_path / "code.zip"
    code.write_bytes(package(app__py="def handler(event, context): return event"))
    aws("lambda", "create-function", "--function-name", "f", "--runtime", "python3.11",
        "--handler", "app.handler", "--role", "arn:aws:iam::222222222222:role/r",
        "--zip-file", f"fileb://{code}")
    aws("lambda", "wait", "function-active-v2", "--function-name", "f")
    answer = tmp_path / "answer"
    shown = aws("lambda", "invoke", "--function-name", "f", "--payload", '{"a": 1}', str(answer))
    assert shown["ExecutedVersion"] == "$LATEST"
    assert json.loads(answer.read_text()) == {"a": 1}
