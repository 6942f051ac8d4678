"""Serving beyond loopback, where signatures are verified; real clients sign."""

import subprocess
import os

import boto3
import botocore.config
import pytest

from conftest import Server
from functions import create, refused, result

ROOT = "[default]\naws_access_key_id = AKIDROOT\naws_secret_access_key = s3cret\n"


@pytest.fixture
def keys(tmp_path):
    path = tmp_path / "credentials"
    path.write_text(ROOT)
    return str(path)


def client(server, service, key, secret, token=None):
    return boto3.client(
        service, endpoint_url=server.url.replace("0.0.0.0", "127.0.0.1"), region_name="us-east-1",
        aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token,
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )


def refusal_of_serve(*options):
    command = [os.environ["WARREN"], "serve", *options]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.stdout == ""
    return ended.returncode, ended.stderr


def test_nothing_is_served_beyond_loopback_without_a_key(tmp_path):
    state = tmp_path / "state"
    code, told = refusal_of_serve("--listen", "0.0.0.0:0", "--state", str(state))
    assert code == 1
    assert "no key is known\nhint: --credentials FILE" in told
    assert not state.exists()
    code, told = refusal_of_serve(
        "--listen=0.0.0.0:0", "--state", str(state), "--credentials", str(tmp_path / "none")
    )
    assert code == 1 and "cannot be read" in told


def test_signatures_are_verified_beyond_loopback(tmp_path, keys):
    server = Server(str(tmp_path / "state"), "--listen=0.0.0.0:0", "--credentials", keys)
    try:
        iam = client(server, "iam", "AKIDROOT", "s3cret")
        iam.create_user(UserName="u")
        made = iam.create_access_key(UserName="u")["AccessKey"]
        own = made["AccessKeyId"], made["SecretAccessKey"]
        sts = client(server, "sts", *own)
        assert sts.get_caller_identity()["Arn"] == "arn:aws:iam::000000000000:user/u"
        forged = client(server, "sts", own[0], "wrong")
        assert refused(forged.get_caller_identity)[0] == "SignatureDoesNotMatch"
        foreign = client(server, "lambda", "test", "test")
        assert refused(foreign.list_functions) == (
            "UnrecognizedClientException", "The security token included in the request is invalid.", 403,
        )
        # Paths with what is percent-encoded, bodies and queries are signed too.
        logs = client(server, "logs", *own)
        logs.create_log_group(logGroupName="/a/b#c")
        functions = client(server, "lambda", *own)
        create(functions, code="import os\ndef handler(event, context): return dict(os.environ)")
        functions.list_tags(Resource="arn:aws:lambda:us-east-1:000000000000:function:f")
        given = result(functions)
        names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]
        of_function = client(server, "sts", *(given[name] for name in names))
        assert of_function.get_caller_identity()["Arn"].endswith(":assumed-role/role/f")
        session = sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/x", RoleSessionName="se")
        session = session["Credentials"]
        session = session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"]
        vpcs = client(server, "ec2", *session)
        assert vpcs.describe_vpcs()["Vpcs"]
    finally:
        server.stop()
    # A user's key suffices from then on.
    server = Server(str(tmp_path / "state"), "--verify-signatures")
    try:
        assert client(server, "sts", *own).get_caller_identity()["Arn"].endswith(":user/u")
        assert refused(client(server, "sts", "AKIDROOT", "s3cret").get_caller_identity)[2] == 403
    finally:
        server.stop()
