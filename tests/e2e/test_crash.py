"""Servers killed at random instants under load, two hundred times: nothing that was acknowledged
is lost, and nothing is left on the machine."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import threading
import time

import boto3
import botocore.config
import botocore.exceptions

from conftest import leftovers

import functions
from hostile import LONG

ROUNDS = int(os.environ.get("CRASHES", "1000" if LONG else "200"))
# Servers that are killed side by side, each its share of the rounds.
WORLDS = 4
WRITERS = 4

# Tells its event to a port of the host that was given an address in the subnet, if all of it came.
TELLER = """
import hashlib, socket
NOTHING = hashlib.sha256(b"").hexdigest()
def handler(event, context):
    assert hashlib.sha256(event.get("ballast", "").encode()).hexdigest() == event.get("sha", NOTHING)
    with socket.create_connection((event["to"], 9999), timeout=2) as teller:
        teller.sendall(event["id"].encode() + b"\\n")
        teller.recv(1)
"""


class Known:
    """What was acknowledged: there, gone, or unknown after a broken answer."""

    def __init__(self):
        self.lock = threading.Lock()
        self.is_there = {}
        self.values = {}
        self.answers = 0

    def answered(self):
        with self.lock:
            self.answers += 1

    def set(self, thing, is_there):
        with self.lock:
            self.is_there[thing] = is_there

    def doubt(self, thing):
        with self.lock:
            self.is_there.pop(thing, None)

    def write(self, thing, value):
        """A value is about to be written: it, or what was there before, is found from now on."""
        with self.lock:
            self.values.setdefault(thing, [None]).append(value)

    def wrote(self, thing, value):
        """It was acknowledged: what was written before is found no more."""
        with self.lock:
            self.values[thing] = self.values[thing][self.values[thing].index(value):]

    def some(self, kind):
        with self.lock:
            there = [thing for thing, is_there in self.is_there.items()
                     if is_there and thing[0] == kind]
        return random.choice(there) if there else None

    def compare(self, kind, seen):
        for thing, is_there in self.is_there.items():
            if thing[0] == kind:
                assert (thing[1] in seen) == is_there, f"{thing} was acknowledged: {is_there}"


class Host:
    """A service of the host, which hears of events."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.heard = set()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            stream, _ = self.listener.accept()
            threading.Thread(target=self.hear, args=(stream,), daemon=True).start()

    def hear(self, stream):
        with stream:
            told = stream.makefile("rb").readline().decode().strip()
            if told:
                self.heard.add(told)
                try:
                    stream.sendall(b"!")
                except OSError:
                    pass


class World:
    def __init__(self, directory):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.state = str(directory / "state")
        self.known = Known()
        self.host = Host()
        self.accepted = set()
        self.start()
        url = f"http://127.0.0.1:{self.port}"
        # One session: each reads the models of all services anew.
        session = boto3.session.Session("000000000000", "secret", region_name="us-east-1")
        self.clients = [self.connect(session, url) for _ in range(WRITERS + 1)]

    def connect(self, session, url):
        config = botocore.config.Config(
            retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=20)
        return {name: session.client(name, endpoint_url=url, config=config)
                for name in ("ec2", "lambda")}

    def start(self):
        command = [os.environ["WARREN"], "serve", "--listen", f"127.0.0.1:{self.port}",
                   "--state", self.state, "--idle-timeout", "1", "--retry-delays", "0.1,0.2"]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.server.stdout.readline()
        assert line.startswith("warren serves"), line

    def furnish(self):
        ec2 = self.clients[0]["ec2"]
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        made = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.0.0.0/20")
        self.subnet = made["Subnet"]["SubnetId"]
        (group,) = ec2.describe_security_groups(
            Filters=[{"Name": "vpc-id", "Values": [self.vpc]}])["SecurityGroups"]
        self.group = group["GroupId"]
        shown = subprocess.run(
            [os.environ["WARREN"], "expose", "--endpoint", f"http://127.0.0.1:{self.port}",
             "--subnet", self.subnet, "--security-group", self.group, "--name", "host",
             "--output", "json", f"9999=127.0.0.1:{self.host.port}"],
            capture_output=True, text=True, check=True)
        self.address = json.loads(shown.stdout)["address"]
        self.package = functions.package(f__py=TELLER)
        for model in ("classic", "hyperplane"):
            self.create(self.clients[0], model, model)
            self.clients[0]["lambda"].get_waiter("function_active_v2").wait(
                FunctionName=model, WaiterConfig={"Delay": 0.01, "MaxAttempts": 500})

    def create(self, clients, name, model):
        clients["lambda"].create_function(
            FunctionName=name, Runtime="python3.11", Handler="f.handler", Timeout=5,
            Role="arn:aws:iam::000000000000:role/r", Code={"ZipFile": self.package},
            VpcConfig={"SubnetIds": [self.subnet], "SecurityGroupIds": [self.group]},
            Tags={"warren:eni-model": model})

    def work(self, clients, number):
        """Changes things and invokes functions until the server is gone."""
        made = 0
        while True:
            made += 1
            name = f"f{number}-{self.round}-{made}"
            try:
                self.change(clients, name)
                self.known.answered()
            except botocore.exceptions.ClientError:
                # Throttled, or the thing is in use: an answer, and nothing changed.
                pass
            except botocore.exceptions.BotoCoreError:
                return

    def change(self, clients, name):
        ec2, functions = clients["ec2"], clients["lambda"]
        kind = random.randrange(9)
        if kind == 0:
            made = ec2.create_network_interface(SubnetId=self.subnet)
            self.known.set(("eni", made["NetworkInterface"]["NetworkInterfaceId"]), True)
        elif kind == 1 and (thing := self.known.some("eni")):
            self.known.doubt(thing)
            ec2.delete_network_interface(NetworkInterfaceId=thing[1])
            self.known.set(thing, False)
        elif kind == 2:
            self.create(clients, name, random.choice(["classic", "hyperplane"]))
            self.known.set(("function", name), True)
        elif kind == 3 and (thing := self.known.some("function")):
            self.known.doubt(thing)
            functions.delete_function(FunctionName=thing[1])
            self.known.set(thing, False)
        elif kind == 4:
            ballast = random.choice(["", "x" * 200000])
            event = {"to": self.address, "id": name, "ballast": ballast,
                     "sha": hashlib.sha256(ballast.encode()).hexdigest()}
            functions.invoke(
                FunctionName=random.choice(["classic", "hyperplane"]), InvocationType="Event",
                Payload=json.dumps(event))
            self.accepted.add(name)
        elif kind == 5:
            made = ec2.create_security_group(GroupName=name, Description="g", VpcId=self.vpc)
            self.known.set(("group", made["GroupId"]), True)
        elif kind == 6 and (thing := self.known.some("group")):
            self.known.doubt(thing)
            ec2.delete_security_group(GroupId=thing[1])
            self.known.set(thing, False)
        elif kind == 7:
            # Each worker writes what no other one does, one after the other.
            thing = ("tag", self.vpc, name.split("-")[0])
            self.known.write(thing, name)
            ec2.create_tags(Resources=[self.vpc], Tags=[{"Key": thing[2], "Value": name}])
            self.known.wrote(thing, name)
        else:
            event = {"to": self.address, "id": f"sync {name}"}
            functions.invoke(FunctionName="hyperplane", Payload=json.dumps(event))

    def crash(self, number):
        self.round = number
        workers = [threading.Thread(target=self.work, args=(clients, at))
                   for at, clients in enumerate(self.clients[1:])]
        enough, end = self.known.answers + random.randrange(1, 25), time.monotonic() + 30
        for worker in workers:
            worker.start()
        # Amid what comes after so many answers, however fast they come.
        while self.known.answers < enough and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.02))
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        for worker in workers:
            worker.join()
        self.start()
        self.compare()

    def compare(self):
        ec2, functions = self.clients[0]["ec2"], self.clients[0]["lambda"]
        pages = ec2.get_paginator("describe_network_interfaces").paginate()
        seen = {eni["NetworkInterfaceId"] for page in pages for eni in page["NetworkInterfaces"]}
        self.known.compare("eni", seen)
        pages = ec2.get_paginator("describe_security_groups").paginate()
        seen = {group["GroupId"] for page in pages for group in page["SecurityGroups"]}
        self.known.compare("group", seen)
        (vpc,) = ec2.describe_vpcs(VpcIds=[self.vpc])["Vpcs"]
        tags = {tag["Key"]: tag["Value"] for tag in vpc.get("Tags", [])}
        for thing, values in self.known.values.items():
            assert tags.get(thing[2]) in values, (thing, values, tags)
            # What is there by now stays.
            values[:] = [tags.get(thing[2])]
        pages = functions.get_paginator("list_functions").paginate()
        seen = {each["FunctionName"] for page in pages for each in page["Functions"]}
        self.known.compare("function", seen)


def survive(directory, seed, rounds):
    """One server, killed so many times; a process of its own, beside others."""
    random.seed(seed)
    world = World(directory)
    try:
        world.furnish()
        for number in range(rounds):
            world.crash(number)
        end = time.monotonic() + 120
        while (missing := world.accepted - world.host.heard) and time.monotonic() < end:
            time.sleep(0.1)
        assert not missing, f"{len(missing)} of {len(world.accepted)} events were not run"
        assert len(world.accepted) > rounds / 2 and len(world.known.is_there) > rounds
        remove = [os.environ["WARREN"], "resources", "--endpoint",
                  f"http://127.0.0.1:{world.port}", "remove", "host"]
        subprocess.run(remove, check=True, capture_output=True)
    finally:
        world.server.send_signal(signal.SIGTERM)
        world.server.wait()
    assert leftovers(pathlib.Path(world.state, "instance").read_text().split()[0]) == []


def test_two_hundred_kills_lose_nothing_and_leave_nothing(tmp_path):
    """Several servers side by side: a round is mostly waiting, and each harms the others no more than
    its own crashes do."""
    seed = int(os.environ.get("SEED", time.time_ns() % 2**32))
    print(f"SEED={seed}")
    with concurrent.futures.ProcessPoolExecutor(WORLDS) as worlds:
        running = []
        for number in range(WORLDS):
            directory = tmp_path / str(number)
            directory.mkdir()
            running.append(worlds.submit(survive, directory, seed + number, ROUNDS // WORLDS))
        for world in running:
            world.result()
