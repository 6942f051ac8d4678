"""Clients as their users install them, unmodified: they find the server by their own options and variables.

`scripts/prepare tests` installs them into target/unmodified-clients.
"""

import json
import os
import pathlib
import re
import subprocess

import pytest

from functions import package

HERE = pathlib.Path(__file__).parent
CLIENTS = HERE.parent.parent / "target" / "unmodified-clients"
BIN = CLIENTS / "bin"
VENV = HERE.parent.parent / "target" / "venv" / "bin"
RUNTIME = "python3.11"
ECHO = "def handler(event, context):\n    return event\n"


@pytest.fixture
def shell(server, tmp_path):
    assert BIN.exists(), "hint: scripts/prepare tests"
    home = tmp_path / "home"
    home.mkdir()
    archive = tmp_path / "package.zip"
    archive.write_bytes(package(app__py=ECHO))
    return Shell(server, home, archive)


class Shell:
    """A user's shell, with a home of its own, in which the variables of AWS's tools are set."""

    def __init__(self, server, home, archive):
        self.server, self.home, self.archive = server, home, archive
        self.environment = {
            "PATH": f"{BIN}:{VENV}:{os.environ['PATH']}",
            "HOME": str(home),
            "AWS_ENDPOINT_URL": server.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_PAGER": "",
            "RUNTIME": RUNTIME,
            "PACKAGE": str(archive),
            "CLIENTS": str(CLIENTS),
        }
        # What builds Rust is found beside the user's home.
        for name in ("CARGO_HOME", "RUSTUP_HOME"):
            default = os.path.join(os.path.expanduser("~"), "." + name.split("_")[0].lower())
            self.environment[name] = os.environ.get(name, default)

    def run(self, *words, cwd=None, given=None, **variables):
        environment = {**self.environment, **variables}
        done = subprocess.run([str(word) for word in words], cwd=cwd or self.home, env=environment, input=given,
                              capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def aws(self, *words, tool="aws", **variables):
        out = self.run(tool, *words, "--output", "json", **variables)
        return json.loads(out) if out.strip() else None

    def place(self, **variables):
        """The subnet and the group that an account has at first."""
        (subnet, *_) = self.aws("ec2", "describe-subnets", "--query", "Subnets[].SubnetId", **variables)
        (group, *_) = self.aws("ec2", "describe-security-groups", "--query", "SecurityGroups[].GroupId", **variables)
        return subnet, group


def test_awslocal(shell):
    # It knows the server by its own variable, and has its own default account.
    host = {"AWS_ENDPOINT_URL": "", "LOCALSTACK_HOST": shell.server.url.removeprefix("http://")}
    local = lambda *words: shell.aws(*words, tool="awslocal", **host)
    (subnet, *_) = local("ec2", "describe-subnets", "--query", "Subnets[].SubnetId")
    (group, *_) = local("ec2", "describe-security-groups", "--query", "SecurityGroups[].GroupId")
    local("lambda", "create-function", "--function-name", "shop", "--runtime", RUNTIME, "--handler", "app.handler",
          "--role", "arn:aws:iam::000000000000:role/any", "--zip-file", f"fileb://{shell.archive}",
          "--vpc-config", f"SubnetIds={subnet},SecurityGroupIds={group}")
    shell.run("awslocal", "lambda", "wait", "function-active-v2", "--function-name", "shop", **host)
    answer = shell.home / "answer"
    told = local("lambda", "invoke", "--function-name", "shop", "--payload", '{"a": 1}', answer)
    assert told["StatusCode"] == 200 and json.loads(answer.read_text()) == {"a": 1}


def test_chalice(shell):
    subnet, group = shell.place()
    project = shell.home / "project"
    (project / ".chalice").mkdir(parents=True)
    (project / "requirements.txt").touch()
    (project / "app.py").write_text(
        "from chalice import Chalice\napp = Chalice(app_name='shop')\n"
        "@app.lambda_function()\ndef orders(event, context):\n    return {'got': event}\n")
    (project / ".chalice" / "config.json").write_text(json.dumps({
        "version": "2.0", "app_name": "shop",
        "stages": {"dev": {"subnet_ids": [subnet], "security_group_ids": [group]}}}))
    assert "Creating lambda function: shop-dev-orders" in shell.run("chalice", "deploy", cwd=project)
    assert json.loads(shell.run("chalice", "invoke", "-n", "orders", cwd=project, given='{"a": 1}')) == {"got": {"a": 1}}
    assert "Updating lambda function: shop-dev-orders" in shell.run("chalice", "deploy", cwd=project)
    assert "got" in shell.run("chalice", "invoke", "-n", "orders", cwd=project, given="{}")
    assert "Deleting function" in shell.run("chalice", "delete", cwd=project)
    assert shell.aws("lambda", "list-functions")["Functions"] == []
    assert shell.aws("iam", "list-roles", "--query", "Roles[?RoleName=='shop-dev']") == []


def test_cargo_lambda_with_the_role_that_it_makes(shell):
    subnet, group = shell.place()
    project = shell.home / "shop"
    (project / "src").mkdir(parents=True)
    (project / "Cargo.toml").write_text('[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\n')
    source = project / "src" / "main.rs"
    source.write_text((HERE / "unmodified_clients" / "bootstrap.rs").read_text())
    shell.run("rustc", "--edition", "2021", "-O", "-o", "bootstrap", source, cwd=project)
    deploy = ("cargo-lambda", "lambda", "deploy", "--binary-path", project / "bootstrap", "shop")
    told = shell.run(*deploy, "--subnet-ids", subnet, "--security-group-ids", group, cwd=project)
    made = shell.aws("lambda", "get-function", "--function-name", "shop")["Configuration"]
    assert made["FunctionArn"] in told and made["VpcConfig"]["SubnetIds"] == [subnet]
    assert made["Role"].split("/")[-1].startswith("cargo-lambda-role-")
    invoke = ("cargo-lambda", "lambda", "invoke", "--remote", "shop", "--data-ascii", '{"a":1}')
    assert json.loads(shell.run(*invoke, cwd=project)) == {"got": {"a": 1}}
    # What is there is found again.
    shell.run(*deploy, "--timeout", "7", cwd=project)
    assert shell.aws("lambda", "get-function-configuration", "--function-name", "shop")["Timeout"] == 7
    assert json.loads(shell.run(*invoke, cwd=project)) == {"got": {"a": 1}}
    told = shell.run(*deploy, "--enable-function-url", cwd=project)
    url = shell.aws("lambda", "get-function-url-config", "--function-name", "shop")["FunctionUrl"]
    assert url in told
    shell.run(*deploy, "--disable-function-url", cwd=project)
    assert shell.aws("lambda", "list-function-url-configs", "--function-name", "shop")["FunctionUrlConfigs"] == []
    told = shell.run(*deploy, "--alias", "live", "--enable-function-url", cwd=project)
    alias = shell.aws("lambda", "get-alias", "--function-name", "shop", "--name", "live")
    (url,) = shell.aws("lambda", "list-function-url-configs", "--function-name", "shop")["FunctionUrlConfigs"]
    assert f"version: {alias['FunctionVersion']}\n" in told and url["FunctionArn"] == alias["AliasArn"]
    assert json.loads(shell.run(*invoke, "--alias", "live", cwd=project)) == {"got": {"a": 1}}


def test_what_finds_the_functions_behind_an_eni(shell):
    """The calls of AWS's own script findEniAssociations, which tells who uses an ENI of Lambda's."""
    subnet, group = shell.place()
    for name in ("one", "two"):
        shell.aws("lambda", "create-function", "--function-name", name, "--runtime", RUNTIME, "--handler", "app.handler",
                  "--role", "arn:aws:iam::000000000000:role/any", "--zip-file", f"fileb://{shell.archive}", "--publish",
                  "--vpc-config", f"SubnetIds={subnet},SecurityGroupIds={group}")
        shell.run("aws", "lambda", "wait", "function-active-v2", "--function-name", name)
        shell.aws("lambda", "invoke", "--function-name", name, shell.home / "answer")
    (eni,) = shell.aws("ec2", "describe-network-interfaces", "--filters", "Name=interface-type,Values=lambda",
                       "--query", "NetworkInterfaces[].NetworkInterfaceId")
    seen = shell.aws("ec2", "describe-network-interfaces", "--network-interface-ids", eni, "--region", "us-east-1",
                     "--query", "NetworkInterfaces[0].[Description,SubnetId,Groups[].GroupId]")
    assert seen[0].startswith("AWS Lambda VPC ENI") and seen[1:] == [subnet, [group]]
    users = []
    for name in shell.aws("lambda", "list-functions", "--max-items", "1000000", "--region", "us-east-1", "--query",
                          f"Functions[?VpcConfig!=`null` && VpcConfig.SubnetIds!=`[]`] | [].FunctionName"):
        users += shell.aws("lambda", "list-versions-by-function", "--function-name", name, "--region", "us-east-1",
                           "--query", f"Versions[?contains(VpcConfig.SubnetIds, '{subnet}') && "
                           f"contains(VpcConfig.SecurityGroupIds, '{group}')].FunctionArn")
    assert sorted(arn.split(":function:")[1] for arn in users) == ["one:$LATEST", "one:1", "two:$LATEST", "two:1"]


def test_ansible_changes_nothing_the_second_time(shell):
    play = HERE / "unmodified_clients" / "playbook.yml"

    def played(**variables):
        out = shell.run("ansible-playbook", "-i", "localhost,", play, ANSIBLE_HOME=str(shell.home / "ansible"),
                        ANSIBLE_COLLECTIONS_PATH=str(CLIENTS / "collections"), ANSIBLE_NOCOLOR="1",
                        ANSIBLE_LOCALHOST_WARNING="False", **variables)
        return {key: int(count) for key, count in re.findall(r"(\w+)=(\d+)", out.split("PLAY RECAP")[1])}, out

    counts, out = played()
    assert counts["changed"] == 5 and counts["failed"] == 0, out
    answer = shell.home / "answer"
    shell.run("aws", "lambda", "wait", "function-active-v2", "--function-name", "shop")
    shell.aws("lambda", "invoke", "--function-name", "shop", answer)
    counts, out = played()
    assert counts["changed"] == 0 and counts["failed"] == 0, out
    counts, out = played(GONE="1")
    assert counts["failed"] == 0, out
    assert shell.aws("ec2", "describe-vpcs", "--filters", "Name=tag:Name,Values=shop")["Vpcs"] == []
    assert shell.aws("lambda", "list-functions")["Functions"] == []


def test_the_javascript_sdk(shell):
    assert shell.run("node", HERE / "unmodified_clients" / "story.mjs") == "told\n"


def test_what_tools_ask_of_services_that_are_not_there_is_named(shell):
    """Zappa asks for its bucket, CDK for its version, SAM and Serverless CloudFormation: each says what is
    missing."""
    for words, told in [
        (("s3api", "head-bucket", "--bucket", "b"), "(404)"),
        (("s3api", "list-bucket-analytics-configurations", "--bucket", "b"), "s3:ListBucketAnalyticsConfigurations"),
        (("ssm", "get-parameter", "--name", "/cdk-bootstrap/hnb659fds/version"), "ParameterNotFound"),
        (("cloudformation", "describe-stacks"), "cloudformation:DescribeStacks"),
        (("lambda", "put-provisioned-concurrency-config", "--function-name", "f", "--qualifier", "1",
          "--provisioned-concurrent-executions", "1"), "lambda:PutProvisionedConcurrencyConfig"),
    ]:
        done = subprocess.run(["aws", *words], env=shell.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode != 0 and told in done.stderr, (words, done.stderr)
