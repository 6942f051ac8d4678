"""`warren reach` by IPv6: what it says of gates within VPCs and between them is so of packets."""

import json
import os
import shlex
import subprocess

from functions import create, eventually
from test_ipv6 import CLIENT, Side

EVERYTHING = [{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]


class Asked(Side):
    """A VPC from and to which it is asked what is reached."""

    def reach(self, *words, code=None):
        words = [os.environ["WARREN"], "reach", "--endpoint", self.server.url, *words]
        if code is not None:
            done = subprocess.run(words, capture_output=True, text=True, timeout=30)
            assert done.returncode == code, done.stderr
            return done.stderr if code else done.stdout
        done = subprocess.run([*words, "--output", "json"], capture_output=True, text=True, timeout=30)
        told = json.loads(done.stdout)
        assert done.returncode == (0 if told["verdict"] == "reached" else 1), done.stderr
        return told

    def run(self, command):
        words = shlex.split(command)
        words[1:1] = ["--endpoint-url", self.server.url, "--region", "us-east-1"]
        keys = {"AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "secret"}
        done = subprocess.run(words, env={**os.environ, **keys}, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def close(self, subnet):
        acl = self.ec2.create_network_acl(VpcId=self.vpc)["NetworkAcl"]["NetworkAclId"]
        by = [{"Name": "association.subnet-id", "Values": [subnet]}]
        (before,) = self.ec2.describe_network_acls(Filters=by)["NetworkAcls"]
        (association,) = (each["NetworkAclAssociationId"] for each in before["Associations"]
                          if each["SubnetId"] == subnet)
        self.ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=acl)

    def opened(self, who, to, port=5432):
        """Opens gate after gate as it is said, and sees that nothing passes until all are open."""
        gates = []
        while (told := self.reach(who, f"[{to}]:{port}"))["verdict"] != "reached":
            (path,) = told["paths"]
            *passed, closed = path["hops"]
            assert all(hop["passes"] for hop in passed) and not closed["passes"], path
            gates.append((closed["gate"], closed["is_reply"]))
            assert isinstance(self.ask(to), dict), path
            self.run(path["mend"])
            assert len(gates) < 10, gates
        assert isinstance(self.ask(to), str), told
        return gates


def test_each_gate_between_vpcs_is_named_and_opened_by_what_is_said_to_open_it(server):
    inner, outer = Asked(server, "inner"), Asked(server, "outer")
    ec2 = inner.ec2
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=outer.vpc)
    only = ec2.create_egress_only_internet_gateway(VpcId=inner.vpc)
    only = only["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    ec2.revoke_security_group_egress(GroupId=inner.group, IpPermissions=EVERYTHING)
    ec2.revoke_security_group_ingress(GroupId=outer.group, IpPermissions=EVERYTHING)
    inner.close(inner.app)
    outer.close(outer.data)
    assert inner.opened("inner", outer.address) == [
        ("egress-groups", False), ("egress-acl", False), ("route", False), ("arrival", False),
        ("ingress-acl", False), ("ingress-groups", False), ("egress-acl", True),
        ("ingress-acl", True),
    ]
    told = inner.reach("inner", f"[{outer.address}]:5432", code=0)
    assert f"::/0 leads out by {only}" in told and f"{gateway} of {outer.vpc}" in told
    assert told.startswith("function inner → resource outer of eni-")
    # Nobody comes in by an egress-only gateway, and no route would have it be so.
    for subnet in (outer.app, inner.data):
        by = [{"Name": "vpc-id", "Values": [outer.vpc if subnet == outer.app else inner.vpc]},
              {"Name": "default", "Values": ["true"]}]
        (acl,) = ec2.describe_network_acls(Filters=by)["NetworkAcls"]
        assert subnet in {each["SubnetId"] for each in acl["Associations"]}
    told = outer.reach("outer", f"[{inner.address}]:5432")
    (path,) = told["paths"]
    assert (told["verdict"], path["hops"][-1]["gate"], path.get("mend")) == ("stopped", "arrival", None)
    assert isinstance(outer.ask(inner.address), dict)
    # What no VPC has is not reached at all, as packets are told too.
    (path,) = outer.reach("outer", "[2001:db8::1]:443")["paths"]
    assert path["hops"][-1]["reason"] == "Private"
    inner.end()
    outer.end()


def test_ends_are_told_by_addresses_and_who_has_none_is_told_what_would_give_it_one(server):
    side = Asked(server, "side")
    for name in ("side", "side:$LATEST"):
        assert side.reach(name, f"[{side.address}]:5432")["verdict"] == "reached"
    # From the address itself, with brackets or without.
    ask = side.ask(side.address)
    for end in (side.address, f"[{side.address}]"):
        told = side.reach(end, f"[{ask}]:80")
        assert (told["verdict"], told["paths"][0]["source"]) == ("stopped", side.address)
        assert told["paths"][0]["hops"][-1]["reason"] == "OneWay"
    assert side.reach("side", f"[{side.address}]", "--protocol", "icmp")["verdict"] == "reached"
    network = {**side.network(), "Ipv6AllowedForDualStack": False}
    create(side.client, name="plain", code=CLIENT, VpcConfig=network)
    (path,) = side.reach("plain", f"[{side.address}]:5432")["paths"]
    assert "has no IPv6" in path["hops"][-1]["text"]
    side.run(path["mend"])
    side.client.get_waiter("function_updated_v2").wait(FunctionName="plain")
    assert side.reach("plain", f"[{side.address}]:5432")["verdict"] == "reached"
    for words, wanted in [
        (("2001:db8::1", "side:80"), "2001:db8::1 is an address of IPv6 that no ENI has"),
        ((side.address, "internet"), "internet has no IPv6 address"),
        (("side", f"[{side.address}]"), "port is missing"),
    ]:
        assert wanted in side.reach(*words, code=1), words
    # What is attached to nothing takes nothing, by whichever of its addresses.
    idle = side.ec2.create_network_interface(SubnetId=side.data, Groups=[side.group], Ipv6AddressCount=1,
                                             SecondaryPrivateIpAddressCount=1)["NetworkInterface"]
    eni = idle["NetworkInterfaceId"]
    for address in [*(each["PrivateIpAddress"] for each in idle["PrivateIpAddresses"]),
                    idle["Ipv6Addresses"][0]["Ipv6Address"]]:
        (path,) = side.reach("side", f"[{address}]:80")["paths"]
        assert path["hops"][-1]["text"] == f"{eni} has {address}, and is attached to nothing"
        assert path["mend"].startswith(f"warren attach --subnet {side.data} --security-group {side.group} ")
    side.end()


def test_names_are_looked_up_as_the_function_would(server):
    side, other = Asked(server, "side"), Asked(server, "other")
    ec2 = side.ec2
    ec2.modify_vpc_attribute(VpcId=side.vpc, EnableDnsHostnames={"Value": True})
    (row,) = (each for each in json.loads(side.warren("resources", "--output", "json"))
              if each["name"] == "side")
    route53 = server.client("route53")
    zone = route53.create_hosted_zone(Name="corp.test", CallerReference="c", VPC={
        "VPCRegion": "us-east-1", "VPCId": side.vpc})["HostedZone"]["Id"]
    changes = [{"Action": "CREATE", "ResourceRecordSet": {
        "Name": name, "Type": kind, "TTL": 5, "ResourceRecords": [{"Value": value}]}}
        for name, kind, value in [
            ("six.corp.test", "AAAA", side.address), ("cn.corp.test", "CNAME", "six.corp.test"),
            ("both.corp.test", "AAAA", side.address), ("both.corp.test", "A", row["address"]),
            ("self.corp.test", "CNAME", "self.corp.test"), ("to.corp.test", "CNAME", "a.corp.test"),
            ("a.corp.test", "CNAME", "b.corp.test"), ("b.corp.test", "CNAME", "a.corp.test")]]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    for name in ("six.corp.test", "cn.corp.test"):
        told = side.reach("side", f"{name}:5432")
        assert [path["destination"] for path in told["paths"]] == [side.address]
        assert (told["verdict"], told["to"].split()[-1]) == ("reached", f"({side.address})")
        assert isinstance(side.ask(name), str)
    of = f"in hosted zone {zone.rpartition('/')[2]} (corp.test.)"
    for name, way in [("self", "self.corp.test → self.corp.test"),
                      ("to", "a.corp.test → b.corp.test → a.corp.test")]:
        told = side.reach("side", f"{name}.corp.test:5432", code=1)
        assert f"{name}.corp.test does not resolve: its CNAMEs go round, {of}: {way}" in told
    # Of both, that of IPv6 first, as its clients try them.
    both = [side.address, row["address"]]
    for to in ("both.corp.test", "side", row["eni"]):
        told = side.reach("side", f"{to}:5432")
        assert [path["destination"] for path in told["paths"]] == both, told
        assert told["verdict"] == "reached" and ", ".join(both) in told["to"]
    by_ipv6 = [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]
    only = ec2.create_security_group(VpcId=side.vpc, GroupName="only", Description="IPv6")["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=only, IpPermissions=by_ipv6)
    ec2.modify_network_interface_attribute(NetworkInterfaceId=row["eni"], Groups=[only])
    assert side.ask("both.corp.test") in side.addresses("subnet-id", side.app)
    told = side.reach("side", "both.corp.test:5432")
    assert [path["verdict"] for path in told["paths"]] == ["reached", "stopped"]
    # Who has no IPv6 takes the other, and is told why where there is none.
    network = {**side.network(), "Ipv6AllowedForDualStack": False}
    create(side.client, name="plain", code=CLIENT, VpcConfig=network)
    (path,) = side.reach("plain", "both.corp.test:5432")["paths"]
    assert (path["destination"], path["verdict"]) == (row["address"], "stopped")
    (path,) = side.reach("plain", "six.corp.test:5432")["paths"]
    assert "has no IPv6" in path["hops"][-1]["text"]
    # A resource of another VPC is reached by IPv6 alone, if at all.
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=other.vpc)
    other.lead(GatewayId=gateway)
    made = ec2.create_egress_only_internet_gateway(VpcId=side.vpc)
    side.lead(EgressOnlyInternetGatewayId=made["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"])
    told = side.reach("side", "other:5432")
    assert [path["destination"] for path in told["paths"]] == [other.address]
    assert told["verdict"] == "reached"
    # What was answered a moment ago is in force in a moment.
    eventually(lambda: isinstance(side.ask(other.address), str))
    assert "to which nothing leads from another VPC" in side.reach("plain", "other:5432", code=1)
    side.end()
    other.end()


def test_who_has_several_addresses_is_told_of_from_each(server):
    side = Asked(server, "side")
    (eni,) = (each["eni"] for each in json.loads(side.warren("resources", "--output", "json")))
    (second,) = side.ec2.assign_ipv6_addresses(
        NetworkInterfaceId=eni, Ipv6AddressCount=1)["AssignedIpv6Addresses"]
    to = side.ask(side.address)
    told = side.reach("side", f"[{second}]:5432")
    assert told["verdict"] == "reached"
    assert {path["source"] for path in side.reach(eni, f"[{to}]:80")["paths"]} == {side.address, second}
    assert [path["source"] for path in side.reach(second, f"[{to}]:80")["paths"]] == [second]
    # A resource that is reached by IPv6 alone is reached.
    only = side.ec2.create_security_group(VpcId=side.vpc, GroupName="only", Description="IPv6")["GroupId"]
    side.ec2.authorize_security_group_ingress(GroupId=only, IpPermissions=EVERYTHING)
    side.ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, Groups=[only])
    words = [os.environ["WARREN"], "check", "--endpoint", server.url, "--output", "json"]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, timeout=30).stdout)
    assert not [each for each in told["findings"] if each["about"] == "side"], told
    side.end()


def test_hosts_of_ipv6_that_variables_name_are_looked_at(server):
    side = Asked(server, "side")
    side.ec2.modify_vpc_attribute(VpcId=side.vpc, EnableDnsHostnames={"Value": True})
    (row,) = json.loads(side.warren("resources", "--output", "json"))
    route53 = server.client("route53")
    zone = route53.create_hosted_zone(Name="corp.test", CallerReference="c", VPC={
        "VPCRegion": "us-east-1", "VPCId": side.vpc})["HostedZone"]["Id"]
    changes = [{"Action": "CREATE", "ResourceRecordSet": {
        "Name": name, "Type": kind, "TTL": 5, "ResourceRecords": [{"Value": value}]}}
        for name, kind, value in [("six.corp.test", "AAAA", side.address),
                                  ("both.corp.test", "AAAA", side.address),
                                  ("both.corp.test", "A", row["address"])]]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    variables = {"URL6": "http://[2001:db8::7]:80/", "HOST6": "2001:db8::8", "DB": f"[{side.address}]:5432",
                 "SIX": "six.corp.test:5432", "BOTH": "both.corp.test:5432", "OWN": "[::1]:80",
                 "LISTEN": "[::]:80", "VERSION": "::7"}
    environment = {"Variables": variables}
    network = {**side.network(), "Ipv6AllowedForDualStack": False}
    create(side.client, name="plain", VpcConfig=network, Environment=environment)
    create(side.client, name="outside", Environment=environment)
    side.client.update_function_configuration(FunctionName="side", Environment=environment)

    def found():
        words = [os.environ["WARREN"], "check", "--endpoint", server.url, "--output", "json"]
        told = json.loads(subprocess.run(words, capture_output=True, text=True, timeout=30).stdout)
        return {(each["about"], name): each for each in told["findings"] if each["kind"] == "host"
                for name in each["functions"]}

    told = found()
    assert {about for about, name in told if name == "side"} == {"URL6", "HOST6", "OWN"}, told
    assert told["URL6", "side"]["text"].startswith("[2001:db8::7]:80, which URL6 names, is not reached")
    assert told["OWN", "side"]["severity"] == "note"
    assert {about for about, name in told if name == "plain"} == {"URL6", "HOST6", "DB", "SIX", "OWN"}
    assert "plain has no IPv6" in told["DB", "plain"]["text"]
    assert {about for about, name in told if name == "outside"} == {"URL6", "HOST6", "DB", "OWN"}
    # Closed, they are told of; who comes to the other address in the end is warned.
    by_ipv4 = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    only = side.ec2.create_security_group(VpcId=side.vpc, GroupName="only", Description="IPv4")["GroupId"]
    side.ec2.authorize_security_group_ingress(GroupId=only, IpPermissions=by_ipv4)
    side.ec2.modify_network_interface_attribute(NetworkInterfaceId=row["eni"], Groups=[only])
    told = {about: each["severity"] for (about, name), each in found().items() if name == "side"}
    errors = dict.fromkeys(("URL6", "HOST6", "DB", "SIX"), "error")
    assert told == {**errors, "BOTH": "warning", "OWN": "note"}
    assert side.ask("six.corp.test")["errorType"] == "TimeoutError"
    side.run(found()["SIX", "side"]["hint"])
    assert isinstance(side.ask("six.corp.test"), str)
    assert {about for about, name in found() if name == "side"} == {"URL6", "HOST6", "OWN"}
    side.end()
