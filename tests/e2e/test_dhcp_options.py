"""Sets of DHCP options: made, described, associated, and what functions that start then are told."""

import botocore.exceptions
import pytest

from functions import create, result
from test_names import CLIENT


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def options(**values):
    return [{"Key": key.replace("_", "-"), "Values": given} for key, given in values.items()]


def shown(made):
    return {each["Key"]: [it["Value"] for it in each["Values"]] for each in made["DhcpConfigurations"]}


def test_a_scope_has_a_set_from_the_beginning_that_its_vpcs_share(ec2, server):
    first, second = (ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"] for _ in range(2))
    (default,) = ec2.describe_dhcp_options()["DhcpOptions"]
    assert shown(default) == {"domain-name": ["ec2.internal"], "domain-name-servers": ["AmazonProvidedDNS"]}
    assert {each["DhcpOptionsId"] for each in ec2.describe_vpcs()["Vpcs"]} == {default["DhcpOptionsId"]}
    assert first["DhcpOptionsId"] == second["DhcpOptionsId"] == default["DhcpOptionsId"]
    west = server.client("ec2", region="eu-west-1")
    west.describe_vpcs()
    (other,) = west.describe_dhcp_options()["DhcpOptions"]
    assert shown(other)["domain-name"] == ["eu-west-1.compute.internal"]


def test_sets_are_made_with_what_has_an_effect_and_deleted_while_nobody_has_them(ec2):
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    make = ec2.create_dhcp_options
    tags = [{"Key": "Name", "Value": "ours"}]
    made = make(DhcpConfigurations=options(domain_name=["corp.example"], domain_name_servers=["10.0.1.5", "10.0.1.6"]),
                TagSpecifications=[{"ResourceType": "dhcp-options", "Tags": tags}])["DhcpOptions"]
    id = made["DhcpOptionsId"]
    assert shown(made) == {"domain-name": ["corp.example"], "domain-name-servers": ["10.0.1.5", "10.0.1.6"]}
    assert made["Tags"] == tags
    for name, value in (("key", "domain-name"), ("value", "corp.example"), ("tag:Name", "ours")):
        found = ec2.describe_dhcp_options(
            DhcpOptionsIds=[id], Filters=[{"Name": name, "Values": [value]}])["DhcpOptions"]
        assert found == [made]
    for wrong in (options(domain_name_servers=["dns.example"]), options(domain_name_servers=["10.0.0.1"] * 5),
                  options(domain_name=["a\nnameserver 10.0.0.9"]), options(domain_name=["a", "b"]),
                  options(other=["x"])):
        assert refused(make, DhcpConfigurations=wrong)[0] == "InvalidParameterValue", wrong
    code, message = refused(make, DhcpConfigurations=options(ntp_servers=["10.0.0.9"]))
    assert code == "UnsupportedOperation" and "ntp-servers" in message
    ec2.associate_dhcp_options(DhcpOptionsId=id, VpcId=vpc)
    (described,) = ec2.describe_vpcs(Filters=[{"Name": "dhcp-options-id", "Values": [id]}])["Vpcs"]
    assert described["VpcId"] == vpc
    assert refused(ec2.delete_dhcp_options, DhcpOptionsId=id) == (
        "DependencyViolation", f"The dhcpOptions '{id}' has dependencies and cannot be deleted.")
    ec2.associate_dhcp_options(DhcpOptionsId="default", VpcId=vpc)
    (described,) = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert described["DhcpOptionsId"] == "default"
    ec2.delete_dhcp_options(DhcpOptionsId=id)
    code, message = refused(ec2.associate_dhcp_options, DhcpOptionsId=id, VpcId=vpc)
    assert code == "InvalidDhcpOptionID.NotFound" and id in message
    assert len(ec2.describe_dhcp_options()["DhcpOptions"]) == 1


def test_functions_that_start_then_ask_whom_they_are_told(ec2, server):
    vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.7.1.0/24")["Subnet"]["SubnetId"]
    (group,) = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]
    client = server.client("lambda")
    read = lambda name: result(client, {"read": "/etc/resolv.conf"}, name)

    def function(name):
        create(client, name, code=CLIENT,
               VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": [group["GroupId"]]})
        return read(name)

    last = "options timeout:2 attempts:2\n"
    assert function("first") == f"nameserver 10.7.0.2\nsearch ec2.internal\n{last}"
    made = ec2.create_dhcp_options(DhcpConfigurations=options(
        domain_name=["corp.example other.example"], domain_name_servers=["10.7.1.9", "AmazonProvidedDNS"]))
    ec2.associate_dhcp_options(DhcpOptionsId=made["DhcpOptions"]["DhcpOptionsId"], VpcId=vpc)
    # What runs already keeps what it was told.
    assert "10.7.0.2" in read("first").splitlines()[0]
    assert function("second") == f"nameserver 10.7.1.9\nnameserver 10.7.0.2\nsearch corp.example other.example\n{last}"
    ec2.associate_dhcp_options(DhcpOptionsId="default", VpcId=vpc)
    assert function("third") == ""
