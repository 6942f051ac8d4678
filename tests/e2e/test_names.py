"""Names in VPCs: what functions and resources are told by the resolver, and why a name is none."""

import json
import os
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import urllib.request

import pytest

from functions import create, eventually, invoke, package, result

# Serves its own address to whoever connects.
SERVER = """
import socket
listener = socket.create_server(("0.0.0.0", 7000))
while True:
    stream, peer = listener.accept()
    stream.sendall(f"you are {peer[0]}".encode())
    stream.close()
"""

CLIENT = """
import socket, time
def handler(event, context):
    if "read" in event:
        return open(event["read"]).read()
    if "flood" in event:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            for _ in range(event["flood"]):
                asking.sendto(bytes.fromhex(event["question"]), (event["at"], 53))
            asking.settimeout(1)
            count = 0
            try:
                while asking.recv(4096):
                    count += 1
            except OSError:
                return count
    if "raw" in event:
        kind = socket.SOCK_STREAM if event.get("tcp") else socket.SOCK_DGRAM
        with socket.socket(socket.AF_INET, kind) as asking:
            asking.settimeout(event.get("patience", 2))
            question = bytes.fromhex(event["raw"])
            try:
                asking.connect((event["at"], 53))
                if event.get("tcp"):
                    asking.sendall(len(question).to_bytes(2, "big") + question)
                    head = asking.recv(2, socket.MSG_WAITALL)
                    return asking.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL).hex()
                asking.send(question)
                return asking.recv(4096).hex()
            except OSError as error:
                return str(error)
    if "address" in event:
        try:
            return socket.gethostbyaddr(event["address"])[0]
        except OSError as error:
            return str(error)
    try:
        found = sorted({each[4][0] for each in socket.getaddrinfo(event["name"], 7000)})
    except OSError as error:
        return str(error)
    if "connect" in event:
        with socket.create_connection((event["name"], 7000), timeout=2) as stream:
            return stream.recv(99).decode()
    return found
"""

NODE = """
const dns = require("dns"), net = require("net");
exports.handler = async (event) => ({
  looked: (await dns.promises.lookup(event.name)).address,
  resolved: await dns.promises.resolve4(event.name).catch((error) => error.code),
  missing: await dns.promises.resolve4(event.missing).catch((error) => error.code),
});
"""


def question(name, kind=1, room=None):
    """A message that asks for a name."""
    labels = b"".join(bytes([len(each)]) + each.encode() for each in name.split(".") if each)
    more = b"" if room is None else b"\0\0\x29" + struct.pack(">HIH", room, 0, 0)
    head = struct.pack(">6H", 0x1234, 0x0100, 1, 0, 0, int(room is not None))
    return head + labels + b"\0" + struct.pack(">2H", kind, 1) + more


class Elsewhere:
    """A server of names for the internet: of `known`, and of no others. What it is asked it keeps."""

    def __init__(self):
        self.asked, self.known = [], {"elsewhere.example": ["203.0.113.7"], "near.example": ["10.8.1.9"]}
        self.known["many.example"] = [f"203.0.113.{each}" for each in range(1, 101)]
        self.known["more.example"] = [f"203.0.{each}.1" for each in range(256)] * 2
        outer = self

        class Packets(socketserver.DatagramRequestHandler):
            def handle(self):
                message = self.rfile.read()
                # Who speaks of extensions says how long an answer may be.
                room = int.from_bytes(message[-8:-6], "big") if message[11] else 512
                self.wfile.write(outer.answer(message, room))

        class Connections(socketserver.StreamRequestHandler):
            def handle(self):
                message = self.rfile.read(int.from_bytes(self.rfile.read(2), "big"))
                reply = outer.answer(message, 65535)
                self.wfile.write(len(reply).to_bytes(2, "big") + reply)

        self.udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Packets)
        self.port = self.udp.server_address[1]
        self.tcp = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Connections)
        for each in (self.udp, self.tcp):
            threading.Thread(target=each.serve_forever, daemon=True).start()

    def answer(self, message, room=512):
        labels, at = [], 12
        while message[at]:
            labels.append(message[at + 1:at + 1 + message[at]].decode())
            at += 1 + message[at]
        name, (kind,) = ".".join(labels).lower(), struct.unpack_from(">H", message, at + 1)
        self.asked.append(name)
        known = self.known.get(name)
        records = b"".join(
            b"\xc0\x0c" + struct.pack(">2HIH", 1, 1, 60, 4) + socket.inet_aton(address)
            for address in known or [] if kind == 1)
        count = len(known or []) if kind == 1 else 0
        flags = 0x8180 if known else 0x8183
        if at + 5 + len(records) > room:
            flags, records, count = flags | 0x0200, b"", 0
        return message[:2] + struct.pack(">5H", flags, 1, count, 0, 0) + message[12:at + 5] + records

    def close(self):
        for each in (self.udp, self.tcp):
            each.shutdown()
            each.server_close()


@pytest.fixture(scope="module")
def elsewhere():
    elsewhere = Elsewhere()
    yield elsewhere
    elsewhere.close()


class World:
    """A VPC with a resource that has a name, and functions of both models."""

    def __init__(self, server):
        self.server = server
        self.ec2 = ec2 = server.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.8.1.0/24")["Subnet"]["SubnetId"]
        (group,) = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]
        self.client = server.client("lambda")
        self.made = set()

    def words(self, command, *rest):
        return [os.environ["WARREN"], command, "--endpoint", self.server.url, *rest]

    def warren(self, *words, code=0):
        done = subprocess.run(self.words(*words), capture_output=True, text=True, timeout=30)
        assert done.returncode == code, done.stderr
        return done.stdout

    def function(self, model="hyperplane", **more):
        name = f"{model}-{len(self.made)}" if more else model
        if name not in self.made:
            network = {"SubnetIds": [self.subnet], "SecurityGroupIds": [self.group]}
            more = {"code": CLIENT, **more}
            create(self.client, name, VpcConfig=network, Tags={"warren:eni-model": model}, **more)
            self.made.add(name)
        return name

    def ask(self, event, model="hyperplane"):
        return result(self.client, event, self.function(model))

    def resources(self):
        return json.load(urllib.request.urlopen(f"{self.server.url}/_warren/resources"))

    def explained(self, event, model="hyperplane"):
        answer = invoke(self.client, event, self.function(model))
        request = answer["ResponseMetadata"]["RequestId"]

        def told(words):
            return eventually(lambda: (it := self.warren("explain", request)) and words in it and it)

        return json.loads(answer["Payload"]), request, told

    def metric(self, outcome):
        text = urllib.request.urlopen(f"{self.server.url}/_warren/metrics").read().decode()
        (line,) = (line for line in text.splitlines() if f'outcome="{outcome}"' in line)
        return int(line.rpartition(" ")[2])


def begin(directory, elsewhere):
    """A server, and the world on it."""
    from conftest import Server
    server = Server(str(directory), "--resolver", f"127.0.0.1:{elsewhere.port}", "--idle-timeout", "60")
    return World(server)


@pytest.fixture(scope="module")
def world(tmp_path_factory, elsewhere):
    world = begin(tmp_path_factory.mktemp("names") / "state", elsewhere)
    words = world.words("attach", "--subnet", world.subnet, "--security-group", world.group, "--name", "orders",
                        "--dns-name", "Orders.abc123.us-east-1.rds.amazonaws.com", "--",
                        sys.executable, "-c", SERVER)
    world.box = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert "orders is 10.8.1." in world.box.stderr.readline()
    yield world
    world.box.terminate()
    world.box.wait()
    world.server.end()


ORDERS = "orders.abc123.us-east-1.rds.amazonaws.com"


@pytest.mark.parametrize("model", ["classic", "hyperplane"])
def test_a_function_reaches_a_resource_by_the_name_that_it_was_given(world, model):
    (row,) = world.resources()
    assert row["dns_name"] == ORDERS and ORDERS in world.warren("resources")
    assert world.ask({"name": ORDERS}, model) == [row["address"]]
    assert world.ask({"name": ORDERS, "connect": True}, model).startswith("you are 10.8.1.")


@pytest.mark.parametrize("model", ["classic", "hyperplane"])
def test_who_asks_is_told_by_resolv_conf_where_the_resolver_is(world, model):
    text = world.ask({"read": "/etc/resolv.conf"}, model)
    assert text == "nameserver 10.8.0.2\nsearch ec2.internal\noptions timeout:2 attempts:2\n"


def test_every_interface_has_a_name_in_the_domain_of_its_region(world):
    (row,) = world.resources()
    dashed = "ip-" + row["address"].replace(".", "-")
    for name in (f"{dashed}.ec2.internal", dashed, f"{dashed}.EC2.internal."):
        assert world.ask({"name": name}) == [row["address"]], name
    assert world.ask({"address": row["address"]}) == f"{dashed}.ec2.internal"
    (eni,) = world.ec2.describe_network_interfaces(NetworkInterfaceIds=[row["eni"]])["NetworkInterfaces"]
    # It is shown where the VPC has host names, and resolves in any case.
    assert "PrivateDnsName" not in eni
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    by = [{"Name": "private-dns-name", "Values": [f"{dashed}.ec2.internal"]}]
    (eni,) = world.ec2.describe_network_interfaces(Filters=by)["NetworkInterfaces"]
    assert eni["NetworkInterfaceId"] == row["eni"]
    assert eni["PrivateDnsName"] == f"{dashed}.ec2.internal"
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": False})


def test_all_else_is_asked_of_the_hosts_resolver(world, elsewhere):
    assert world.ask({"name": "elsewhere.example"}) == ["203.0.113.7"]
    # As it is, also where it is an address of the VPC: what packets reach is not a matter of names.
    assert world.ask({"name": "near.example"}) == ["10.8.1.9"]
    assert "elsewhere.example" in elsewhere.asked and ORDERS not in elsewhere.asked
    # By UDP it is told that there is more, and by TCP what.
    packet = bytes.fromhex(world.ask({"raw": question("many.example").hex(), "at": "10.8.0.2"}))
    assert packet[:2] == b"\x12\x34" and packet[2] & 2
    assert len(world.ask({"name": "many.example"})) == 100
    # So also where whoever asks would take more than is told by UDP here.
    packet = bytes.fromhex(world.ask({"raw": question("more.example", 1, 65535).hex(), "at": "10.8.0.2"}))
    assert packet[2] & 2 and len(packet) < 512


def test_another_name_for_one_of_the_internet_has_all_that_is_told_of_it(world):
    route53 = world.server.client("route53")
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": True})
    zone = route53.create_hosted_zone(Name="corp.example", CallerReference="c", VPC={
        "VPCRegion": "us-east-1", "VPCId": world.vpc})["HostedZone"]["Id"]
    records = [("many.corp.example", "CNAME", "many.example"), ("a@b.corp.example", "A", "10.8.1.77"),
               ("odd.corp.example", "CNAME", "a@b.corp.example")]
    changes = [{"Action": "CREATE", "ResourceRecordSet": {
        "Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]}}
        for name, kind, value in records]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    packet = bytes.fromhex(world.ask({"raw": question("many.corp.example").hex(), "at": "10.8.0.2"}))
    assert packet[2] & 2, "not all of it was told by UDP"
    assert len(world.ask({"name": "many.corp.example"})) == 100
    # Signs that are not usual in names are told as they are.
    for name in ("a@b.corp.example", "odd.corp.example"):
        packet = bytes.fromhex(world.ask({"raw": question(name).hex(), "at": "10.8.0.2"}))
        assert socket.inet_aton("10.8.1.77") in packet, name
        assert b"\x03a@b" in packet
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsHostnames={"Value": False})


@pytest.mark.parametrize("model", ["classic", "hyperplane"])
def test_the_resolver_is_at_two_addresses_whatever_groups_and_acls_say(world, model):
    ec2 = world.ec2
    world.function(model)
    denied = {"NetworkAclId": acl_of(world), "RuleNumber": 1, "Protocol": "-1", "RuleAction": "deny",
              "CidrBlock": "0.0.0.0/0"}
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.revoke_security_group_egress(GroupId=world.group, IpPermissions=everything)
    try:
        for is_denied in (False, True):
            if is_denied:
                for egress in (False, True):
                    ec2.create_network_acl_entry(Egress=egress, **denied)
            for at in ("10.8.0.2", "169.254.169.253"):
                for tcp in (False, True):
                    event = {"raw": question(ORDERS).hex(), "at": at, "tcp": tcp}
                    answer = bytes.fromhex(world.ask(event, model))
                    assert answer[:4] == b"\x12\x34\x81\x80" and answer[7] == 1, (at, tcp)
        # Nothing else is there, and the kernel says so.
        assert "timed out" in world.ask({"raw": "00", "at": "10.8.1.2", "patience": 0.3}, model)
    finally:
        ec2.authorize_security_group_egress(GroupId=world.group, IpPermissions=everything)
        for egress in (False, True):
            ec2.delete_network_acl_entry(NetworkAclId=denied["NetworkAclId"], RuleNumber=1, Egress=egress)


def acl_of(world):
    (acl,) = world.ec2.describe_network_acls(
        Filters=[{"Name": "association.subnet-id", "Values": [world.subnet]}])["NetworkAcls"]
    return acl["NetworkAclId"]


def test_extensions_and_types_are_answered_as_they_are_asked(world):
    ask = lambda *question_of: bytes.fromhex(
        world.ask({"raw": question(*question_of).hex(), "at": "10.8.0.2"}))
    # There is a record of another type: none of this is no failure.
    nothing = ask(ORDERS, 28)
    assert nothing[3] & 0xf == 0 and nothing[7] == 0
    # Who speaks of extensions is answered with them.
    assert ask(ORDERS, 1, 1232)[11] == 1 and ask(ORDERS)[11] == 0
    assert ask("nobody.ec2.internal")[3] & 0xf == 3
    # A type that only the internet knows goes there.
    assert ask("elsewhere.example", 52)[3] & 0xf == 0
    assert ask(ORDERS, 252)[3] & 0xf == 5


@pytest.mark.parametrize("model", ["classic", "hyperplane"])
def test_a_name_that_is_none_stands_at_the_invocation_that_asked(world, model):
    for name, why in [
        ("ip-10-8-1-200.ec2.internal", f"no interface of {world.vpc} has the address 10.8.1.200"),
        ("missing.example", "no zone of the VPC has it, and 127.0.0.1"),
    ]:
        said, request, explain = world.explained({"name": name}, model)
        assert "Name or service not known" in said or "No address" in said, said
        told = explain("did not resolve")
        (line,) = (line for line in told.splitlines() if "did not resolve" in line)
        assert f"name {name} did not resolve: {why}" in line and request in told.splitlines()[0]


def test_without_dns_support_nothing_is_answered_and_that_is_told(world):
    world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsSupport={"Value": False})
    try:
        event = {"raw": question(ORDERS).hex(), "at": "10.8.0.2", "patience": 0.3}
        said, _, explain = world.explained(event)
        assert "timed out" in said
        told = explain("did not resolve")
        assert f"name {ORDERS} did not resolve: {world.vpc} has enableDnsSupport off" in told
        words = ("reach", world.function(), "10.8.0.2:53", "--protocol", "udp")
        reach = world.warren(*words, code=1)
        assert "enableDnsSupport is off" in reach
    finally:
        world.ec2.modify_vpc_attribute(VpcId=world.vpc, EnableDnsSupport={"Value": True})
    assert world.ask({"name": ORDERS})[0].startswith("10.8.1.")


def test_a_flood_of_questions_is_answered_up_to_a_bound_and_that_is_told(world):
    event = {"flood": 20_000, "question": question("nobody.ec2.internal").hex(), "at": "10.8.0.2"}
    answered, _, explain = world.explained(event)
    # So many at first, and so many a second from then on, however long it took to ask.
    assert 0 < answered < 15_000
    told = explain("the VPC's resolver takes 1024 packets a second")
    assert "10.8.0.2:53" in told
    # Who asks from another interface is answered meanwhile, and so is who flooded before, after a while.
    assert world.ask({"name": ORDERS}, "classic")
    assert eventually(lambda: isinstance(world.ask({"name": ORDERS}), list))


def test_node_resolves_by_both_of_its_ways(world):
    code = package(app__js=NODE)
    name = world.function("hyperplane", code=code, Runtime="nodejs20.x")
    answer = result(world.client, {"name": ORDERS, "missing": "missing.example"}, name)
    (row,) = world.resources()
    assert answer == {"looked": row["address"], "resolved": [row["address"]], "missing": "ENOTFOUND"}


def test_what_was_asked_is_counted(world):
    before = world.metric("answered")
    world.ask({"raw": question(ORDERS).hex(), "at": "10.8.0.2"})
    assert world.metric("answered") == before + 1
    assert world.metric("forwarded") > 0 and world.metric("no_name") > 0


def test_names_are_there_again_after_a_kill(tmp_path, elsewhere):
    world = begin(tmp_path / "state", elsewhere)
    try:
        world.warren("expose", "--subnet", world.subnet, "--name", "pg", "--dns-name", "pg.internal", "5432")
        address = world.resources()[0]["address"]
        assert world.ask({"name": "pg.internal"}) == [address]
        world.server.process.kill()
        world.server.process.communicate()
        world.server.start()
        world.client = world.server.client("lambda")
        assert world.ask({"name": "pg.internal"}) == [address]
        world.warren("resources", "remove", "pg")
        assert "not known" in world.ask({"name": "pg.internal"})
    finally:
        world.server.end()


def test_a_name_that_is_none_is_refused(world):
    for name in ("10.8.1.5", "plain", "a..b", "a-.b", "a b.c", "a" * 64 + ".b", "*.internal"):
        words = world.words("expose", "--subnet", world.subnet, "--name", "x", "--dns-name", name, "5432")
        done = subprocess.run(words, capture_output=True, text=True)
        assert done.returncode == 1 and "is not one" in done.stderr, (name, done.stderr)
