"""`warren reach` by IPv6: what it says of gates within VPCs and between them is so of packets."""

import json
import os
import shlex
import subprocess

from functions import create
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
    side.end()
