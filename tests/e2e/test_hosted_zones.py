"""Private hosted zones of Route 53 as boto3 and the aws CLI see them, and as functions resolve by them."""

import itertools
import json
import os
import subprocess
import sys

import botocore.exceptions
import pytest

from test_names import Elsewhere, begin

NUMBERS = itertools.count()


def refused(call, **parameters):
    """The code and message with which a call is refused."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.fixture(scope="module")
def elsewhere():
    elsewhere = Elsewhere()
    yield elsewhere
    elsewhere.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory, elsewhere):
    world = begin(tmp_path_factory.mktemp("zones") / "state", elsewhere)
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    world.route53 = world.server.client("route53")
    yield world
    world.server.end()


def vpc(world, id=None):
    return {"VPCRegion": "us-east-1", "VPCId": id or world.vpc}


def make(world, name, **more):
    made = world.route53.create_hosted_zone(
        Name=name, VPC=vpc(world), CallerReference=f"r-{next(NUMBERS)}", **more)
    return made["HostedZone"]["Id"].removeprefix("/hostedzone/")


def change(world, zone, *changes):
    batch = {"Changes": [
        {"Action": action, "ResourceRecordSet": {
            "Name": name, "Type": kind, "TTL": 60,
            "ResourceRecords": [{"Value": value} for value in values]}}
        for action, name, kind, *values in changes]}
    return world.route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)


def records(world, zone, **more):
    page = world.route53.list_resource_record_sets(HostedZoneId=zone, **more)
    return [(each["Name"], each["Type"], [it["Value"] for it in each["ResourceRecords"]])
            for each in page["ResourceRecordSets"]]


def empty(world, zone):
    """Deletes a zone with what is in it."""
    own = [each for each in records(world, zone) if each[1] not in ("NS", "SOA")]
    if own:
        change(world, zone, *(("DELETE", name, kind, *values) for name, kind, values in own))
    world.route53.delete_hosted_zone(Id=zone)


def test_a_zone_begins_with_its_servers_and_is_told_of(world):
    made = world.route53.create_hosted_zone(
        Name="Begin.Internal", VPC=vpc(world), CallerReference="begins",
        HostedZoneConfig={"Comment": "ours", "PrivateZone": True})
    zone = made["HostedZone"]
    id = zone["Id"].removeprefix("/hostedzone/")
    assert made["Location"] == f"https://route53.amazonaws.com/2013-04-01/hostedzone/{id}"
    assert (zone["Name"], zone["ResourceRecordSetCount"]) == ("begin.internal.", 2)
    assert zone["Config"] == {"Comment": "ours", "PrivateZone": True}
    assert made["VPC"] == vpc(world) and made["ChangeInfo"]["Status"] == "PENDING"
    got = world.route53.get_hosted_zone(Id=zone["Id"])
    assert got["HostedZone"] == zone and got["VPCs"] == [vpc(world)]
    assert records(world, id) == [
        ("begin.internal.", "NS", ["ns-1536.awsdns-00.co.uk.", "ns-0.awsdns-00.com.", "ns-1024.awsdns-00.org.",
                                   "ns-512.awsdns-00.net."]),
        ("begin.internal.", "SOA", [
            "ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"])]
    waiter = world.route53.get_waiter("resource_record_sets_changed")
    waiter.wait(Id=made["ChangeInfo"]["Id"], WaiterConfig={"Delay": 0.05, "MaxAttempts": 3})
    (summary,) = world.route53.list_hosted_zones_by_vpc(
        VPCId=world.vpc, VPCRegion="us-east-1")["HostedZoneSummaries"]
    assert summary == {"HostedZoneId": id, "Name": "begin.internal.", "Owner": {"OwningAccount": "000000000000"}}
    world.route53.update_hosted_zone_comment(Id=id, Comment="theirs")
    assert world.route53.get_hosted_zone(Id=id)["HostedZone"]["Config"]["Comment"] == "theirs"
    assert world.route53.get_hosted_zone_count()["HostedZoneCount"] == 1
    # Another account sees nothing of it.
    other = world.server.client("route53", account="111111111111")
    assert other.list_hosted_zones()["HostedZones"] == []
    assert refused(other.get_hosted_zone, Id=id) == (
        "NoSuchHostedZone", f"No hosted zone found with ID: {id}")
    world.route53.change_tags_for_resource(
        ResourceType="hostedzone", ResourceId=id, AddTags=[{"Key": "Tier", "Value": "3"}])
    tagged = world.route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=id)
    assert tagged["ResourceTagSet"]["Tags"] == [{"Key": "Tier", "Value": "3"}]
    world.route53.delete_hosted_zone(Id=id)
    assert refused(world.route53.get_hosted_zone, Id=id)[0] == "NoSuchHostedZone"


def test_what_is_no_zone_is_refused(world):
    create, reference = world.route53.create_hosted_zone, f"r-{next(NUMBERS)}"
    name = {"Name": "refused.internal", "CallerReference": reference}
    assert refused(create, **name)[0] == "InvalidInput"
    code, message = refused(create, **name, HostedZoneConfig={"PrivateZone": True})
    assert code == "InvalidInput" and "you must also specify values for VPCId and VPCRegion" in message
    assert refused(create, **name, VPC=vpc(world, "vpc-0123456789abcdef0"))[0] == "InvalidVPCId"
    assert refused(create, **name, VPC={"VPCRegion": "eu-west-1", "VPCId": world.vpc})[0] == "InvalidVPCId"
    code, message = refused(create, **name, VPC=vpc(world), DelegationSetId="N1")
    assert code == "InvalidInput" and "DelegationSetId" in message
    assert refused(create, Name="a..b", CallerReference=reference, VPC=vpc(world))[0] == "InvalidDomainName"
    zone = create(**name, VPC=vpc(world))["HostedZone"]["Id"]
    assert refused(create, **name, VPC=vpc(world))[0] == "HostedZoneAlreadyExists"
    again = {**name, "CallerReference": f"r-{next(NUMBERS)}"}
    assert refused(create, **again, VPC=vpc(world))[0] == "ConflictingDomainExists"
    assert world.route53.list_hosted_zones()["HostedZones"][0]["Id"] == zone
    world.route53.delete_hosted_zone(Id=zone)


def test_a_batch_is_done_wholly_or_not_at_all(world):
    zone = make(world, "batch.internal")
    change(world, zone, ("CREATE", "a.batch.internal", "A", "10.0.0.1", "10.0.0.2"))
    first = records(world, zone)
    for changes, message in [
        ([("CREATE", "a.batch.internal", "A", "10.0.0.3")],
         "[Tried to create resource record set [name='a.batch.internal.', type='A'] but it already exists]"),
        ([("DELETE", "b.batch.internal", "A", "10.0.0.3")],
         "[Tried to delete resource record set [name='b.batch.internal.', type='A'] but it was not found]"),
        ([("DELETE", "a.batch.internal", "A", "10.0.0.1")],
         "[Tried to delete resource record set [name='a.batch.internal.', type='A'] but the values provided do "
         "not match the current values]"),
        ([("UPSERT", "elsewhere.internal", "A", "10.0.0.3")],
         "[RRSet with DNS name elsewhere.internal. is not permitted in zone batch.internal.]"),
        ([("UPSERT", "a.batch.internal", "CNAME", "b.internal")],
         "[RRSet of type CNAME with DNS name a.batch.internal. is not permitted as it conflicts with other "
         "records with the same DNS name in zone batch.internal.]"),
        ([("UPSERT", "batch.internal", "CNAME", "b.internal")],
         "[RRSet of type CNAME with DNS name batch.internal. is not permitted at apex in zone batch.internal.]"),
        ([("UPSERT", "c.batch.internal", "A", "10.0.0")],
         "[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 "
         "address) encountered with '10.0.0'']"),
        ([("UPSERT", "c.batch.internal", "A", "10.0.0.1", "10.0.0.1")],
         "[Duplicate Resource Record: '10.0.0.1']"),
    ]:
        fine = ("UPSERT", "fine.batch.internal", "A", "10.0.0.9")
        code, said = refused(lambda: change(world, zone, fine, *changes))
        assert (code, said) == ("InvalidChangeBatch", message)
        assert records(world, zone) == first
    alias = {"Name": "x.batch.internal", "Type": "A",
             "AliasTarget": {"HostedZoneId": zone, "DNSName": "a.batch.internal", "EvaluateTargetHealth": False}}
    weighted = {"Name": "x.batch.internal", "Type": "A", "TTL": 1, "SetIdentifier": "1", "Weight": 1,
                "ResourceRecords": [{"Value": "10.0.0.1"}]}
    for wanted, name in ((alias, "AliasTarget"), (weighted, "SetIdentifier")):
        batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": wanted}]}
        code, said = refused(
            world.route53.change_resource_record_sets, HostedZoneId=zone, ChangeBatch=batch)
        assert code == "InvalidInput" and name in said
    # What is there is changed for another, and told in the order of names from their end.
    change(world, zone, ("DELETE", "a.batch.internal", "A", "10.0.0.2", "10.0.0.1"),
           ("CREATE", "a.batch.internal", "CNAME", "b.batch.internal."), ("UPSERT", "*.batch.internal", "TXT", '"t"'),
           ("UPSERT", "z.a.batch.internal", "AAAA", "fd00::1"))
    own = [each for each in records(world, zone) if each[1] not in ("NS", "SOA")]
    assert own == [("\\052.batch.internal.", "TXT", ['"t"']),
                   ("a.batch.internal.", "CNAME", ["b.batch.internal."]),
                   ("z.a.batch.internal.", "AAAA", ["fd00::1"])]
    code, _ = refused(world.route53.delete_hosted_zone, Id=zone)
    assert code == "HostedZoneNotEmpty"
    empty(world, zone)


def test_lists_are_read_page_by_page(world):
    zone = make(world, "pages.internal")
    change(world, zone, *(("CREATE", f"n{n}.pages.internal", "A", "10.0.0.1") for n in range(7)))
    pages = world.route53.get_paginator("list_resource_record_sets").paginate(
        HostedZoneId=zone, PaginationConfig={"PageSize": 2})
    pages = [[each["Name"] for each in page["ResourceRecordSets"]] for page in pages]
    assert [len(page) for page in pages] == [2, 2, 2, 2, 1]
    assert sum(pages, [])[2:] == [f"n{n}.pages.internal." for n in range(7)]
    assert records(world, zone, StartRecordName="n5.pages.internal", MaxItems="1")[0][0] == "n5.pages.internal."
    others = [make(world, name) for name in ("b.example", "a.example")]
    pages = world.route53.get_paginator("list_hosted_zones").paginate(PaginationConfig={"PageSize": 1})
    assert len([each for page in pages for each in page["HostedZones"]]) == 3
    by_name = world.route53.list_hosted_zones_by_name(DNSName="a.example", MaxItems="1")
    assert [each["Name"] for each in by_name["HostedZones"]] == ["a.example."]
    assert by_name["IsTruncated"] and by_name["NextDNSName"] == "b.example."
    for each in (zone, *others):
        empty(world, each)


def test_functions_resolve_by_the_nearest_zone_of_their_vpc(world, elsewhere):
    zone, inner = make(world, "internal"), make(world, "deep.internal")
    change(world, zone, ("CREATE", "orders.internal", "A", "10.8.1.77"),
           ("CREATE", "alias.internal", "CNAME", "orders.internal"),
           ("CREATE", "out.internal", "CNAME", "elsewhere.example"),
           ("CREATE", "*.wild.internal", "A", "10.8.1.78"), ("CREATE", "x.deep.internal", "A", "10.8.1.79"))
    change(world, inner, ("CREATE", "y.deep.internal", "A", "10.8.1.80"))
    asked = lambda name: world.ask({"name": name})
    assert asked("orders.internal") == ["10.8.1.77"] == asked("ALIAS.internal")
    assert asked("out.internal") == ["203.0.113.7"]
    assert asked("any.wild.internal") == ["10.8.1.78"] and asked("y.deep.internal") == ["10.8.1.80"]
    # The nearer zone alone is asked, and so is none elsewhere.
    for name, of in (("x.deep.internal", inner), ("missing.internal", zone)):
        said, _, explain = world.explained({"name": name})
        assert "not known" in said and name not in elsewhere.asked
        told = explain("did not resolve")
        suffix = "deep.internal." if of == inner else "internal."
        assert f"name {name} did not resolve: no record in zone {of} ({suffix})" in told
    # It changes at once, and it is of the VPCs that it is made for alone.
    change(world, zone, ("UPSERT", "orders.internal", "A", "10.8.1.81"))
    assert asked("orders.internal") == ["10.8.1.81"]
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": False})
    said, _, explain = world.explained({"name": "orders.internal"})
    assert "not known" in said and "enableDnsHostnames off" in explain("did not resolve")
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    # It is there again after a crash.
    world.server.process.kill()
    world.server.process.communicate()
    world.server.start()
    for name in ("ec2", "route53"):
        setattr(world, name, world.server.client(name))
    world.client = world.server.client("lambda")
    assert asked("orders.internal") == ["10.8.1.81"]
    for each in (zone, inner):
        empty(world, each)
    assert "not known" in asked("orders.internal")


def test_vpcs_are_associated_and_no_longer(world):
    other = world.ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
    zone = make(world, "shared.internal")
    associate = lambda id: world.route53.associate_vpc_with_hosted_zone(HostedZoneId=zone, VPC=vpc(world, id))
    gone = lambda id: world.route53.disassociate_vpc_from_hosted_zone(HostedZoneId=zone, VPC=vpc(world, id))
    assert refused(lambda: gone(other))[0] == "VPCAssociationNotFound"
    assert refused(lambda: gone(world.vpc))[0] == "LastVPCAssociation"
    assert associate(other)["ChangeInfo"]["Status"] == "PENDING"
    assert world.route53.get_hosted_zone(Id=zone)["VPCs"] == sorted(
        [vpc(world), vpc(world, other)], key=lambda it: it["VPCId"])
    code, message = refused(lambda: associate(other))
    assert (code, message) == (
        "ConflictingDomainExists", f"The VPC {other} in region us-east-1 has already been associated with the hosted "
        f"zone {zone.rpartition('/')[2]} with the same domain name."), message
    gone(world.vpc)
    # A name is free again in the VPC that has it no more.
    second = make(world, "shared.internal")
    assert refused(lambda: associate(world.vpc))[0] == "ConflictingDomainExists"
    for each in (zone, second):
        empty(world, each)


def test_the_aws_cli_makes_changes_waits_and_removes(world, tmp_path):
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "secret",
                   "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": world.server.url}

    def aws(*words):
        command = [os.path.join(os.path.dirname(sys.executable), "aws"), "route53", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    made = aws("create-hosted-zone", "--name", "cli.internal", "--vpc",
               f"VPCRegion=us-east-1,VPCId={world.vpc}", "--caller-reference", "cli")
    zone = made["HostedZone"]["Id"]
    (tmp_path / "batch.json").write_text(json.dumps({"Changes": [{"Action": "UPSERT", "ResourceRecordSet": {
        "Name": "db.cli.internal", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.8.1.90"}]}}]}))
    changed = aws("change-resource-record-sets", "--hosted-zone-id", zone, "--change-batch",
                  f"file://{tmp_path}/batch.json")
    aws("wait", "resource-record-sets-changed", "--id", changed["ChangeInfo"]["Id"])
    assert world.ask({"name": "db.cli.internal"}) == ["10.8.1.90"]
    assert len(aws("list-resource-record-sets", "--hosted-zone-id", zone)["ResourceRecordSets"]) == 3
    empty(world, zone.removeprefix("/hostedzone/"))
