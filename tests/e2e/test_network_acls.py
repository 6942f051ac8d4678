"""Network ACLs: made, changed, associated, described, deleted, as boto3 sees them."""

import botocore.exceptions
import pytest

LAST = {"CidrBlock": "0.0.0.0/0", "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767}
FIRST = {**LAST, "RuleAction": "allow", "RuleNumber": 100}


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def network(ec2, block="10.0.0.0/16", inner="10.0.1.0/24"):
    vpc = ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=inner)["Subnet"]["SubnetId"]
    return vpc, subnet


def acls(ec2, **filters):
    by = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    return ec2.describe_network_acls(Filters=by)["NetworkAcls"]


def association_of(ec2, subnet):
    (acl,) = ec2.describe_network_acls(
        Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])["NetworkAcls"]
    (found,) = (each for each in acl["Associations"] if each["SubnetId"] == subnet)
    return found


def entries(ec2, acl, egress=False):
    (shown,) = ec2.describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"]
    found = [each for each in shown["Entries"] if each["Egress"] == egress]
    return [{key: value for key, value in each.items() if key != "Egress"} for each in found]


def put(ec2, acl, number, protocol="-1", block="0.0.0.0/0", egress=False, action="allow", how=None,
        **more):
    (how or ec2.create_network_acl_entry)(
        NetworkAclId=acl, RuleNumber=number, Protocol=protocol, RuleAction=action, Egress=egress,
        CidrBlock=block, **more)


def test_a_vpc_has_one_that_lets_everything_through(ec2):
    vpc, subnet = network(ec2)
    (default,) = acls(ec2, vpc_id=vpc, default="true")
    both = [{**each, "Egress": egress} for egress in (True, False) for each in (FIRST, LAST)]
    assert (default["IsDefault"], default["Entries"], default["Tags"]) == (True, both, [])
    assert association_of(ec2, subnet)["NetworkAclId"] == default["NetworkAclId"]
    assert refused(ec2.delete_network_acl, NetworkAclId=default["NetworkAclId"]) == (
        "InvalidParameterValue", f"cannot delete default network ACL {default['NetworkAclId']}")


def test_one_is_made_with_tags_and_lets_nothing_through(ec2):
    vpc, _ = network(ec2)
    tags = [{"Key": "Name", "Value": "database"}]
    made = ec2.create_network_acl(
        VpcId=vpc, ClientToken="t-1",
        TagSpecifications=[{"ResourceType": "network-acl", "Tags": tags}])
    acl = made["NetworkAcl"]
    assert made["ClientToken"] == "t-1"
    assert acl["Entries"] == [{**LAST, "Egress": True}, {**LAST, "Egress": False}]
    assert (acl["IsDefault"], acl["Associations"], acl["Tags"]) == (False, [], tags)
    assert (acl["VpcId"], acl["OwnerId"]) == (vpc, "000000000000")
    again = ec2.create_network_acl(
        VpcId=vpc, ClientToken="t-1",
        TagSpecifications=[{"ResourceType": "network-acl", "Tags": tags}])
    assert again["NetworkAcl"] == acl
    other = refused(ec2.create_network_acl, VpcId=vpc, ClientToken="t-1")
    assert other[0] == "IdempotentParameterMismatch"
    assert ec2.describe_network_acls(NetworkAclIds=[acl["NetworkAclId"]])["NetworkAcls"] == [acl]
    ec2.create_tags(Resources=[acl["NetworkAclId"]], Tags=[{"Key": "Tier", "Value": "3"}])
    (found,) = ec2.describe_network_acls(
        Filters=[{"Name": "tag:Tier", "Values": ["3"]}])["NetworkAcls"]
    assert found["NetworkAclId"] == acl["NetworkAclId"]
    (tag,) = ec2.describe_tags(Filters=[{"Name": "key", "Values": ["Tier"]}])["Tags"]
    assert (tag["ResourceType"], tag["ResourceId"]) == ("network-acl", acl["NetworkAclId"])
    ec2.delete_network_acl(NetworkAclId=acl["NetworkAclId"])
    assert refused(ec2.describe_network_acls, NetworkAclIds=[acl["NetworkAclId"]]) == (
        "InvalidNetworkAclID.NotFound",
        f"The networkAcl ID '{acl['NetworkAclId']}' does not exist")


def test_entries_are_kept_as_they_are_given(ec2):
    vpc, _ = network(ec2)
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    put(ec2, acl, 200, "tcp", "10.1.2.3/8", PortRange={"From": 22, "To": 25})
    put(ec2, acl, 100, "17", "10.0.0.0/8", PortRange={"From": 53, "To": 53}, action="deny")
    put(ec2, acl, 300, "1", IcmpTypeCode={"Type": 8, "Code": -1}, PortRange={"From": 0, "To": 0})
    put(ec2, acl, 400, "50", PortRange={"From": 1, "To": 2})
    put(ec2, acl, 100, egress=True)
    ec2.create_network_acl_entry(
        NetworkAclId=acl, RuleNumber=500, Protocol="58", RuleAction="allow", Egress=False,
        Ipv6CidrBlock="2001:DB8::1/32", IcmpTypeCode={"Type": -1, "Code": -1})
    allow = {"RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}
    assert entries(ec2, acl) == [
        {"RuleNumber": 100, "Protocol": "17", "RuleAction": "deny", "CidrBlock": "10.0.0.0/8",
         "PortRange": {"From": 53, "To": 53}},
        {**allow, "RuleNumber": 200, "Protocol": "6", "CidrBlock": "10.0.0.0/8",
         "PortRange": {"From": 22, "To": 25}},
        {**allow, "RuleNumber": 300, "Protocol": "1", "IcmpTypeCode": {"Type": 8, "Code": -1}},
        {**allow, "RuleNumber": 400, "Protocol": "50"},
        {"RuleNumber": 500, "Protocol": "58", "RuleAction": "allow",
         "Ipv6CidrBlock": "2001:db8::/32", "IcmpTypeCode": {"Type": -1, "Code": -1}},
        LAST,
    ]
    assert entries(ec2, acl, egress=True) == [FIRST, LAST]
    for name, value, found in [
        ("entry.cidr", "10.0.0.0/8", True), ("entry.cidr", "10.1.0.0/16", False),
        ("entry.ipv6-cidr", "2001:db8::/32", True), ("entry.port-range.from", "22", True),
        ("entry.port-range.to", "24", False), ("entry.icmp.type", "8", True),
        ("entry.icmp.code", "0", False), ("entry.protocol", "50", True),
        ("entry.rule-number", "32767", True), ("entry.rule-action", "deny", True),
    ]:
        by = [{"Name": name, "Values": [value]}, {"Name": "network-acl-id", "Values": [acl]}]
        shown = ec2.describe_network_acls(Filters=by)["NetworkAcls"]
        assert bool(shown) == found, name
    put(ec2, acl, 100, action="deny", egress=True, how=ec2.replace_network_acl_entry)
    assert entries(ec2, acl, egress=True) == [{**FIRST, "RuleAction": "deny"}, LAST]
    ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Egress=True)
    assert entries(ec2, acl, egress=True) == [LAST]


@pytest.fixture
def acl(ec2):
    vpc, _ = network(ec2)
    return ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]


def test_entries_that_cannot_be_are_refused(ec2, acl):
    put(ec2, acl, 100)

    def creates(**changes):
        wanted = dict(NetworkAclId=acl, RuleNumber=7, Protocol="6", RuleAction="allow",
                      Egress=False, CidrBlock="0.0.0.0/0", PortRange={"From": 1, "To": 2})
        wanted.update(changes)
        given = {key: value for key, value in wanted.items() if value is not None}
        return refused(ec2.create_network_acl_entry, **given)

    missing = "The request must contain the parameter {}".format
    assert creates(RuleNumber=100) == (
        "NetworkAclEntryAlreadyExists", "The network acl entry identified by 100 already exists.")
    assert creates(PortRange=None) == ("MissingParameter", missing("portRange.from"))
    assert creates(PortRange={"From": 1}) == ("MissingParameter", missing("portRange.to"))
    assert creates(Protocol="1") == ("MissingParameter", missing("icmpTypeCode.type"))
    assert creates(Protocol="58", IcmpTypeCode={"Type": 8}) == (
        "MissingParameter", missing("icmpTypeCode.code"))
    assert creates(CidrBlock=None) == ("MissingParameter", missing("cidrBlock"))
    assert creates(Ipv6CidrBlock="::/0")[0] == "InvalidParameterCombination"
    for changes in [
        {"RuleNumber": 0}, {"RuleNumber": 32767}, {"RuleNumber": -1}, {"Protocol": "256"},
        {"Protocol": "tcpp"}, {"Protocol": "+6"}, {"CidrBlock": "10.0.0.0/33"}, {"CidrBlock": "x"},
        {"CidrBlock": None, "Ipv6CidrBlock": "::/129"}, {"PortRange": {"From": 2, "To": 1}},
        {"PortRange": {"From": -1, "To": 1}}, {"PortRange": {"From": 1, "To": 65536}},
        {"Protocol": "1", "IcmpTypeCode": {"Type": 256, "Code": 0}},
        {"Protocol": "1", "IcmpTypeCode": {"Type": -1, "Code": 0}}, {"RuleAction": "permit"},
    ]:
        assert creates(**changes)[0] == "InvalidParameterValue", changes
    gone = refused(ec2.delete_network_acl_entry, NetworkAclId=acl, RuleNumber=7, Egress=False)
    assert gone == ("InvalidNetworkAclEntry.NotFound", "no ingress entry with number 7")
    code, message = refused(
        ec2.replace_network_acl_entry, NetworkAclId=acl, RuleNumber=100, Protocol="-1",
        RuleAction="deny", Egress=True, CidrBlock="0.0.0.0/0")
    assert (code, message) == (
        "InvalidNetworkAclEntry.NotFound", "no egress entry with number 100")
    assert entries(ec2, acl) == [FIRST, LAST]
    for number in range(1, 20):
        put(ec2, acl, number)
    assert creates(RuleNumber=21)[0] == "NetworkAclEntryLimitExceeded"
    assert creates(DryRun=True, Egress=True)[0] == "DryRunOperation"
    assert entries(ec2, acl, egress=True) == [LAST]


def test_a_subnet_gets_another(ec2):
    vpc, subnet = network(ec2)
    before = association_of(ec2, subnet)
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    old = before["NetworkAclAssociationId"]
    moved = ec2.replace_network_acl_association(AssociationId=old, NetworkAclId=acl)
    after = association_of(ec2, subnet)
    assert after == {"NetworkAclAssociationId": moved["NewAssociationId"], "NetworkAclId": acl,
                     "SubnetId": subnet}
    assert acls(ec2, vpc_id=vpc, default="true")[0]["Associations"] == []
    assert refused(ec2.replace_network_acl_association, AssociationId=old, NetworkAclId=acl) == (
        "InvalidAssociationID.NotFound", f"The association ID '{old}' does not exist")
    assert refused(ec2.delete_network_acl, NetworkAclId=acl) == (
        "DependencyViolation", f"The networkAcl '{acl}' has dependencies and cannot be deleted.")
    _, stranger = network(ec2)
    elsewhere = association_of(ec2, stranger)["NetworkAclAssociationId"]
    code, _ = refused(
        ec2.replace_network_acl_association, AssociationId=elsewhere, NetworkAclId=acl)
    assert code == "InvalidParameterValue"
    assert refused(ec2.delete_vpc, VpcId=vpc)[0] == "DependencyViolation"
    ec2.delete_subnet(SubnetId=subnet)
    assert ec2.describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"][0]["Associations"] == []
    ec2.delete_network_acl(NetworkAclId=acl)
    ec2.delete_vpc(VpcId=vpc)
    assert acls(ec2, vpc_id=vpc) == []


def test_they_are_there_after_a_kill(server, ec2):
    vpc, subnet = network(ec2)
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    put(ec2, acl, 100, "6", PortRange={"From": 443, "To": 443}, action="deny")
    association = association_of(ec2, subnet)["NetworkAclAssociationId"]
    ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)
    before = acls(ec2, vpc_id=vpc)
    server.stop(9)
    server.start()
    assert acls(server.client("ec2"), vpc_id=vpc) == before
