"""The check of responses itself: what it must find."""

import botocore.session
import pytest

import shapes


def checked(service, operation, body):
    model = botocore.session.get_session().get_service_model(service).operation_model(operation)
    response = type("Response", (), {"status_code": 200, "content": body})
    shapes.check(response, {}, model, {})


@pytest.mark.parametrize("service, operation, body, problem", [
    ("lambda", "GetFunction", b'{"Configuration": {"Name": "f"}}', "Name is unknown"),
    ("lambda", "GetFunction", b'{"Configuration": {"Timeout": "3"}}', "is no integer"),
    ("lambda", "GetFunction", b'{"Tags": null}', "null"),
    ("ec2", "DescribeVpcs", b"<R><vpcSet><item><id>x</id></item></vpcSet></R>", "id is unknown"),
    ("ec2", "DescribeVpcs", b"<R><vpcSet><vpc/></vpcSet></R>", "vpc is no item"),
    ("iam", "GetRole", b"<R><GetRoleResult><Role/></GetRoleResult></R>", "RoleName is missing"),
])
def test_wrong_responses_are_found(service, operation, body, problem):
    with pytest.raises(AssertionError, match=problem):
        checked(service, operation, body)


def test_right_responses_pass():
    checked("lambda", "GetFunction", b'{"Configuration": {"Timeout": 3}, "Tags": {"a": "b"}}')
    checked("ec2", "DescribeVpcs", b"<R><vpcSet><item><vpcId>x</vpcId></item></vpcSet></R>")
