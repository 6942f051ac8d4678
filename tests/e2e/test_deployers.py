"""Tools that deploy by CloudFormation, unmodified: what they upload goes to Warren's S3, while MiniStack, elsewhere,
keeps their stacks. `scripts/prepare tests` installs CDK's tool, and with WARREN_LONG=1 Serverless and SAM, of hundreds
of megabytes, into target/deployers."""

import base64
import hashlib
import http.server
import io
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

import botocore.exceptions
import pytest

import stand_ins
from functions import create, eventually, result
from hostile import LONG
from test_clients import ECHO, RUNTIME, shell  # noqa: F401

TOOLS = stand_ins.TARGET / "deployers"
KEYS = """
[user]
aws_access_key_id = test
aws_secret_access_key = test
[tests]
aws_access_key_id = 000000000000
aws_secret_access_key = secret
"""
# They tell their makers nothing, and do not ask whether there is something newer.
SILENT = {
    "CDK_DISABLE_VERSION_CHECK": "1", "CDK_DISABLE_CLI_TELEMETRY": "true",
    "SLS_TELEMETRY_DISABLED": "1", "SLS_NOTIFICATIONS_MODE": "off", "SAM_CLI_TELEMETRY": "0",
}
# More than what each of them sends in one part.
LARGE = 12 << 20


class CloudFormation:
    """MiniStack's, but that templates, code and buckets of stacks are in a server's S3, as on AWS."""

    def __init__(self, stacks):
        self.stacks, self.s3 = stacks, None
        self.client = stacks.client("cloudformation")
        answer = self.answer

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                status, told = answer(dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True)),
                                      self.headers["authorization"])
                self.send_response(status)
                self.send_header("content-type", "text/xml")
                self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, asked, authorization):
        action, stack = asked["Action"], asked.get("StackName")
        if url := asked.pop("TemplateURL", None):
            bucket, key = urllib.parse.unquote(urllib.parse.urlsplit(url).path).lstrip("/").split("/", 1)
            asked["TemplateBody"] = self.s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
            self.carry(bucket)
        if action == "DeleteStack":
            # One that is not empty is refused, and then the stack stays.
            for bucket in self.buckets(stack):
                self.s3.delete_bucket(Bucket=bucket)
        request = urllib.request.Request(self.stacks.url, data=urllib.parse.urlencode(asked).encode())
        request.add_header("authorization", authorization)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                told = response.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()
        if action == "ExecuteChangeSet":
            eventually(lambda: not self.stack(stack)["StackStatus"].endswith("IN_PROGRESS"), limit=60)
            for bucket in self.buckets(stack):
                self.s3.create_bucket(Bucket=bucket)
        return 200, told

    def carry(self, bucket):
        """Code has to be where MiniStack looks for it."""
        there = self.stacks.client("s3")
        there.create_bucket(Bucket=bucket)
        for each in self.s3.list_objects_v2(Bucket=bucket).get("Contents", []):
            body = self.s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()
            there.put_object(Bucket=bucket, Key=each["Key"], Body=body)

    def stack(self, name):
        return self.client.describe_stacks(StackName=name)["Stacks"][0]

    def buckets(self, stack):
        try:
            found = self.client.list_stack_resources(StackName=stack)["StackResourceSummaries"]
        except botocore.exceptions.ClientError:
            return []
        return [each["PhysicalResourceId"] for each in found if each["ResourceType"] == "AWS::S3::Bucket"]

    def end(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def elsewhere():
    service = stand_ins.ministack()
    yield service
    service.end()


@pytest.fixture
def cloudformation(elsewhere):
    service = CloudFormation(elsewhere)
    yield service
    service.end()


@pytest.fixture
def server(serve, elsewhere, cloudformation, tmp_path, monkeypatch):
    """A server that verifies what the tools sign; Serverless asks for images, too, when it removes what it made."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    keys = tmp_path / "keys"
    keys.write_text(KEYS)
    server = serve("--verify-signatures", "--credentials", str(keys), "--endpoint",
                   f"cloudformation={cloudformation.url}", "--endpoint", f"ecr={elsewhere.url}")
    cloudformation.s3 = server.client("s3", s3={"addressing_style": "path"})
    return server


def tool(name, program):
    path = TOOLS / name / program
    assert path.exists(), "hint: WARREN_LONG=1 scripts/prepare tests"
    return path


def versions(s3, bucket):
    """What a bucket has: of each key its version, and of those that are removed none."""
    listed = s3.list_object_versions(Bucket=bucket)
    gone = {each["Key"]: None for each in listed.get("DeleteMarkers", [])}
    return {each["Key"]: each["VersionId"] for each in listed.get("Versions", [])} | gone


def body(s3, bucket, key):
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def made_of(shell, bucket, key, name="f"):
    """A function of what a tool uploaded, as CloudFormation would make it here, and that it runs."""
    client = shell.server.client("lambda")
    create(client, name=name, Code={"S3Bucket": bucket, "S3Key": key})
    assert result(client, {"a": 1}, name=name) == {"a": 1}


def source(directory):
    """A function's directory: its code, and what takes more than one part to upload."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "app.py").write_text(ECHO)
    (directory / "large").write_bytes(os.urandom(LARGE))


class Assembly:
    """What `cdk synth` writes of a stack with one function; the library that does it is of 190 MB."""

    bucket = "cdk-hnb659fds-assets-000000000000-us-east-1"
    version = "/cdk-bootstrap/hnb659fds/version"

    def __init__(self, directory):
        self.directory, self.out = directory, directory / "cdk.out"

    def role(self, name):
        return f"arn:${{AWS::Partition}}:iam::000000000000:role/cdk-hnb659fds-{name}-role-000000000000-us-east-1"

    def asset(self, path, packaging, key):
        destination = {"bucketName": self.bucket, "objectKey": key, "region": "us-east-1",
                       "assumeRoleArn": self.role("file-publishing")}
        return {"source": {"path": path, "packaging": packaging}, "destinations": {"here": destination}}

    def write(self, **properties):
        """Writes it, and returns by which names the code and the template are published: their digests."""
        code = hashlib.sha256((self.out / "code" / "large").read_bytes()).hexdigest()
        function = {"Code": {"S3Bucket": self.bucket, "S3Key": f"{code}.zip"}, "Handler": "app.handler",
                    "Runtime": RUNTIME, "Role": "arn:aws:iam::000000000000:role/any", **properties}
        template = json.dumps({"Resources": {"Shop": {"Type": "AWS::Lambda::Function", "Properties": function}}})
        digest = hashlib.sha256(template.encode()).hexdigest()
        needed = {"requiresBootstrapStackVersion": 6, "bootstrapStackVersionSsmParameter": self.version}
        artifacts = {
            "shop.assets": {"type": "cdk:asset-manifest", "properties": {"file": "shop.assets.json", **needed}},
            "cdk-shop": {
                "type": "aws:cloudformation:stack", "environment": "aws://000000000000/us-east-1",
                "dependencies": ["shop.assets"],
                "properties": {
                    "templateFile": "shop.template.json", "assumeRoleArn": self.role("deploy"),
                    "cloudFormationExecutionRoleArn": self.role("cfn-exec"),
                    "stackTemplateAssetObjectUrl": f"s3://{self.bucket}/{digest}.json", **needed}},
        }
        assets = {"version": "36.0.0", "files": {
            code: self.asset("code", "zip", f"{code}.zip"),
            digest: self.asset("shop.template.json", "file", f"{digest}.json")}}
        (self.out / "shop.template.json").write_text(template)
        (self.out / "shop.assets.json").write_text(json.dumps(assets))
        (self.out / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": artifacts}))
        return f"{code}.zip", f"{digest}.json"


def test_cdk_publishes_assets_once(shell, elsewhere):
    s3, ssm, iam, cloudformation = (shell.server.client(each) for each in ("s3", "ssm", "iam", "cloudformation"))
    project = Assembly(shell.home / "shop")
    # What `cdk bootstrap` makes.
    s3.create_bucket(Bucket=project.bucket)
    s3.put_bucket_versioning(Bucket=project.bucket, VersioningConfiguration={"Status": "Enabled"})
    ssm.put_parameter(Name=project.version, Type="String", Value="30")
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "sts:AssumeRole"}]}
    for each in ("deploy", "file-publishing", "cfn-exec"):
        iam.create_role(RoleName=project.role(each).split("/")[-1], AssumeRolePolicyDocument=json.dumps(trust))
    cdk = lambda *words: shell.run(tool("cdk", "node_modules/.bin/cdk"), *words, "--app", "cdk.out", "--no-notices",
                                   cwd=project.directory, **SILENT)
    source(project.out / "code")
    code, template = project.write()
    cdk("deploy", "--require-approval", "never")
    sent = versions(s3, project.bucket)
    assert set(sent) == {code, template}
    assert body(s3, project.bucket, code) == (project.out / ".cache" / code).read_bytes()
    assert body(s3, project.bucket, template) == (project.out / "shop.template.json").read_bytes()
    found = s3.head_object(Bucket=project.bucket, Key=code, ChecksumMode="ENABLED")
    # Of parts of five megabytes, each with a checksum.
    assert found["ContentType"] == "application/zip" and found["ChecksumSHA256"].endswith("-3")
    made_of(shell, project.bucket, code)
    # What is there is not sent again.
    _, second = project.write(Timeout=7)
    cdk("deploy", "--require-approval", "never")
    now = versions(s3, project.bucket)
    assert set(now) == {code, template, second} and {key: now[key] for key in sent} == sent
    assert cloudformation.describe_stacks(StackName="cdk-shop")["Stacks"][0]["StackStatus"] == "UPDATE_COMPLETE"


class Serverless:
    """A project of Serverless', with the plugin by which its users have it ask another place than AWS."""

    def __init__(self, shell, name, **provider):
        self.shell, self.name, self.directory = shell, name, shell.home / name
        source(self.directory)
        (self.directory / "node_modules").symlink_to(tool("serverless", "node_modules"))
        (self.directory / "serverless.yml").write_text(json.dumps({
            "service": name, "frameworkVersion": "3", "plugins": ["serverless-localstack"],
            "provider": {"name": "aws", "runtime": RUNTIME, "region": "us-east-1", **provider},
            "package": {"patterns": ["!**", "app.py", "large"]},
            "functions": {"hello": {"handler": "app.handler"}}}))

    def run(self, *words):
        # What it tells stands on standard error.
        words = (tool("serverless", "node_modules/.bin/serverless"), *words)
        return self.shell.run("sh", "-c", '"$@" 2>&1', "sh", *words, cwd=self.directory, **SILENT)

    def packed(self):
        return (self.directory / ".serverless" / f"{self.name}.zip").read_bytes()

    def sent(self, s3, bucket):
        """What a bucket has of each deployment, the first one first: of each file its key and version."""
        deployments = {}
        for key, version in sorted(versions(s3, bucket).items()):
            path, name = key.rsplit("/", 1)
            assert path.startswith(f"serverless/{self.name}/dev/")
            deployments.setdefault(path, {})[name] = key, version
        return list(deployments.values())


@pytest.mark.skipif(not LONG, reason="Serverless is of 250 MB")
def test_serverless_uploads_compares_and_removes_versions(shell):
    s3 = shell.server.client("s3")
    bucket = "shop-deployments"
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    serverless = Serverless(shell, "shop", deploymentBucket={
        "name": bucket, "maxPreviousDeploymentArtifacts": 1, "versioning": True, "serverSideEncryption": "AES256"})
    assert "Service deployed to stack shop-dev" in serverless.run("deploy")
    (first,) = serverless.sent(s3, bucket)
    assert set(first) == {"compiled-cloudformation-template.json", "serverless-state.json", "shop.zip"}
    key, _ = first["shop.zip"]
    packed = serverless.packed()
    assert body(s3, bucket, key) == packed
    found = s3.head_object(Bucket=bucket, Key=key)
    digest = base64.b64encode(hashlib.sha256(packed).digest()).decode()
    assert found["Metadata"] == {"filesha256": digest} and found["ContentType"] == "application/zip"
    assert found["ETag"].endswith('-3"') and found["ServerSideEncryption"] == "AES256"
    made_of(shell, bucket, key, name="shop-dev-hello")
    # It asks for what it sent last, and when the function was last made.
    assert "No changes to deploy" in serverless.run("deploy")
    assert json.loads(serverless.run("invoke", "-f", "hello", "-d", '{"a": 1}').split("endpoints\n")[-1]) == {"a": 1}
    for _ in range(2):
        source(serverless.directory)
        assert "Service deployed" in serverless.run("deploy")
        last = serverless.sent(s3, bucket)[-1]
        assert body(s3, bucket, last["shop.zip"][0]) == serverless.packed()
    # Of what was sent before there are markers, and old versions behind them.
    *gone, last = serverless.sent(s3, bucket)
    assert len(gone) == 2 and not any(version for each in gone for _, version in each.values())
    assert all(version for _, version in last.values())
    assert "successfully removed" in serverless.run("remove")
    listed = s3.list_object_versions(Bucket=bucket)
    assert "Versions" not in listed and "DeleteMarkers" not in listed


@pytest.mark.skipif(not LONG, reason="Serverless is of 250 MB")
def test_serverless_empties_the_bucket_of_its_stack(shell):
    s3 = shell.server.client("s3")
    serverless = Serverless(shell, "own")
    assert "Service deployed" in serverless.run("deploy")
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"]]
    assert bucket.startswith("own-dev-serverlessdeploymentbucket-")
    (sent,) = serverless.sent(s3, bucket)
    made_of(shell, bucket, sent["own.zip"][0], name="own-dev-hello")
    assert "No changes to deploy" in serverless.run("deploy")
    serverless.run("remove")
    assert s3.list_buckets()["Buckets"] == []


SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: code, Handler: app.handler, Runtime: RUNTIME}
"""


@pytest.mark.skipif(not LONG, reason="SAM is of 340 MB")
def test_sam_uploads_to_the_bucket_that_it_makes(shell):
    s3, cloudformation = shell.server.client("s3"), shell.server.client("cloudformation")
    project = shell.home / "shop"
    source(project / "code")
    (project / "template.yaml").write_text(SAM.replace("RUNTIME", RUNTIME))
    # It asks each week whether there is something newer.
    (shell.home / ".aws-sam").mkdir()
    (shell.home / ".aws-sam" / "metadata.json").write_text(json.dumps({"lastVersionCheck": time.time()}))
    sam = lambda *words: shell.run("sh", "-c", '"$@" 2>&1', "sh", tool("sam", "bin/sam"), *words,
                                   cwd=project, **SILENT)
    deploy = ("deploy", "--stack-name", "sam-shop", "--resolve-s3", "--capabilities", "CAPABILITY_IAM")
    assert "Successfully created/updated stack" in sam(*deploy)
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"]]
    assert bucket.startswith("aws-sam-cli-managed-default-samclisourcebucket-")
    sent = s3.list_objects_v2(Bucket=bucket)["Contents"]
    ((code, etag),) = [(each["Key"], each["ETag"]) for each in sent if not each["Key"].endswith(".template")]
    assert len(sent) == 2 and etag.endswith('-2"')
    with zipfile.ZipFile(io.BytesIO(body(s3, bucket, code))) as archive:
        assert archive.read("large") == (project / "code" / "large").read_bytes()
    made_of(shell, bucket, code)
    # It is named by its content, and sent once.
    told = sam("package", "--s3-bucket", bucket)
    assert "skipping upload" in told and f"CodeUri: s3://{bucket}/{code}" in told
    assert "Deleted successfully" in sam("delete", "--stack-name", "sam-shop", "--no-prompts")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    stacks = cloudformation.describe_stacks()["Stacks"]
    assert "sam-shop" not in [each["StackName"] for each in stacks if each["StackStatus"] != "DELETE_COMPLETE"]
