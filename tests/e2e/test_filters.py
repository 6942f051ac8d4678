"""Every filter that botocore's model documents is known; every other one is refused, whatever exists."""

import re

import pytest

from test_ec2 import refused

DESCRIBES = [
    "describe_addresses", "describe_availability_zones", "describe_internet_gateways",
    "describe_nat_gateways", "describe_network_acls", "describe_network_interfaces",
    "describe_regions", "describe_route_tables",
    "describe_security_group_rules", "describe_security_groups", "describe_subnets",
    "describe_tags", "describe_vpcs",
]


def documented(client, method):
    """The name of an operation's filters, and those in their documentation."""
    operation = client.meta.method_to_api_mapping[method]
    members = client.meta.service_model.operation_model(operation).input_shape.members
    (member,) = {"Filter", "Filters"} & set(members)
    names = re.findall(r"<li>\s*<p>\s*<code>([^<]+)</code>", members[member].documentation)
    # Of tags, one for each key; what has a blank is a value in an explanation.
    tags = {name for name in names if name.startswith("tag:")}
    plain = [name for name in names if " " not in name and name not in tags]
    return member, dict.fromkeys([*plain, "tag:Name"] if tags else plain)


# A value that the filter can have, where AWS refuses others.
VALUES = {"group-id": "sg-00000000000000001", "security-group-rule-id": "sgr-00000000000000001"}


@pytest.mark.parametrize("is_there", [False, True])
def test_documented_filters_are_known(ec2, is_there):
    if is_there:
        subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
        ec2.create_network_interface(SubnetId=subnet)
    counted = 0
    for method in DESCRIBES:
        member, names = documented(ec2, method)
        for name in names:
            # "tag" stands for tag:KEY in some of the lists.
            name = "tag:Name" if name in ("tag", "tag:<key>") else name
            value = VALUES.get(name, "no-such-value")
            found = getattr(ec2, method)(**{member: [{"Name": name, "Values": [value]}]})
            lists = [value for key, value in found.items() if key != "ResponseMetadata"]
            assert lists == [[]], (method, name, found)
            counted += 1
        filters = [{"Name": "no-such-filter", "Values": ["x"]}]
        assert refused(getattr(ec2, method), **{member: filters}) == (
            "InvalidParameterValue", "The filter 'no-such-filter' is invalid", 400), method
    assert counted > 150
