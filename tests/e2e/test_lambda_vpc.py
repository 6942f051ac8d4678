"""Functions in a VPC: their ENIs by both models, and what they reach."""

import concurrent.futures
import json
import signal
import socketserver
import threading

import pytest

from functions import change, create, eventually, internal, invoke, package, refused, result, updated

CODE = """
import socket, time
def handler(event, context):
    if "sleep" in event:
        time.sleep(event["sleep"])
    if "to" in event:
        with socket.create_connection((event["to"], event["port"])) as connection:
            return {"own": connection.getsockname()[0], "said": connection.recv(99).decode()}
    return "ok"
"""


class World:
    """A server, and a VPC with two subnets and groups for functions and a database."""

    def __init__(self, server):
        self.server = server
        self.reconnect()
        ec2 = self.ec2
        self.vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        self.subnets = [
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.7.{n}.0/28")["Subnet"]["SubnetId"]
            for n in range(2)
        ]
        self.group, self.database = (
            ec2.create_security_group(GroupName=name, Description="d", VpcId=self.vpc)["GroupId"]
            for name in ["function", "database"]
        )

    def reconnect(self):
        self.client = self.server.client("lambda", read_timeout=60)
        self.ec2 = self.server.client("ec2")

    def network(self, *subnets, groups=None):
        return {
            "SubnetIds": list(subnets or self.subnets),
            "SecurityGroupIds": groups or [self.group],
        }

    def enis(self):
        found = self.ec2.describe_network_interfaces(
            Filters=[{"Name": "description", "Values": ["AWS Lambda VPC ENI*"]}]
        )
        return found["NetworkInterfaces"]

    def free(self, subnet):
        (shown,) = self.ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
        return shown["AvailableIpAddressCount"]

    def allow(self, port):
        self.ec2.authorize_security_group_ingress(
            GroupId=self.database,
            IpPermissions=[{
                "IpProtocol": "tcp", "FromPort": port, "ToPort": port,
                "UserIdGroupPairs": [{"GroupId": self.group}],
            }],
        )

    def expose(self, port, target):
        """Gives a port of the host an address in the first subnet."""
        body = json.dumps({
            "name": "database", "subnet": self.subnets[0], "groups": [self.database],
            "ports": [{"port": port, "target": f"127.0.0.1:{target}"}],
        }).encode()
        return change(self.server, "POST", "resources", body)["address"]


@pytest.fixture(params=["classic", "hyperplane"])
def model(request):
    return request.param


@pytest.fixture
def world(serve, model):
    world = World(serve("--eni-model", model, "--idle-timeout", "60"))
    yield world
    # Resources outlive servers.
    for resource in internal(world.server, "resources"):
        change(world.server, "DELETE", f"resources/{resource['name']}")


@pytest.fixture
def greeter():
    """A port of the host that greets whoever connects."""

    class Greeter(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.sendall(b"hello")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Greeter) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_security_groups_decide_what_a_function_reaches(world, model, greeter):
    address = world.expose(5432, greeter)
    create(world.client, code=CODE, VpcConfig=world.network(world.subnets[0]), Timeout=1)
    shown = world.client.get_function_configuration(FunctionName="f")["VpcConfig"]
    assert shown == {
        "SubnetIds": [world.subnets[0]], "SecurityGroupIds": [world.group], "VpcId": world.vpc,
        "Ipv6AllowedForDualStack": False,
    }
    assert len(world.enis()) == (0 if model == "classic" else 1)
    event = {"to": address, "port": 5432}
    answer = invoke(world.client, event)
    assert "Task timed out after 1.00 seconds" in answer["Payload"]
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    # The explanation of the invocation names the group that let it go unanswered.
    told = eventually(lambda: (
        text if world.database in (text := json.dumps(internal(world.server, f"explain/{request}")))
        else None
    ))
    assert "5432" in told and "ingress" in told
    world.allow(5432)
    client = world.client
    client.update_function_configuration(FunctionName="f", Timeout=10)
    updated(client)
    found = result(client, event)
    assert found["said"] == "hello"
    (eni,) = [eni for eni in world.enis() if eni["Status"] == "in-use"]
    assert (eni["InterfaceType"], eni["SubnetId"]) == ("lambda", world.subnets[0])
    assert eni["Groups"] == [{"GroupId": world.group, "GroupName": "function"}]
    attachment = eni["Attachment"]
    assert attachment["AttachmentId"].startswith("ela-attach-0")
    assert (attachment["InstanceOwnerId"], attachment["Status"]) == ("amazon-aws", "attached")
    if model == "classic":
        assert found["own"] == eni["PrivateIpAddress"]
    assert result(client, event)["said"] == "hello"
    # Another port than the one allowed is closed to it; nothing outside the VPC can be reached.
    client.update_function_configuration(FunctionName="f", Timeout=1)
    updated(client)
    for elsewhere in [{"to": address, "port": 5433}, {"to": "8.8.8.8", "port": 53}]:
        answer = invoke(client, elsewhere)
        assert "FunctionError" in answer, answer["Payload"]


def test_rules_take_effect_without_a_restart_of_the_environment(world, greeter):
    address = world.expose(80, greeter)
    world.allow(80)
    create(world.client, code=CODE, VpcConfig=world.network(), Timeout=10)
    assert result(world.client, {"to": address, "port": 80})["said"] == "hello"
    before = [e["environment"] for e in internal(world.server, "ps")["environments"]]
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    world.ec2.revoke_security_group_egress(GroupId=world.group, IpPermissions=everything)
    failing = json.dumps({"to": address, "port": 80, "sleep": 0})
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        blocked = pool.submit(world.client.invoke, FunctionName="f", Payload=failing)
        eventually(lambda: [
            e for e in internal(world.server, "ps")["environments"] if e["phase"] == "busy"
        ])
        world.ec2.authorize_security_group_egress(GroupId=world.group, IpPermissions=everything)
        # The client's kernel sends its first packet again after a second.
        answer = blocked.result()
    assert json.load(answer["Payload"])["said"] == "hello"
    assert [e["environment"] for e in internal(world.server, "ps")["environments"]] == before


def test_networks_are_attached_changed_and_detached(world, model):
    client = world.client
    create(client, code=CODE)
    assert result(client) == "ok" and world.enis() == []
    changed = client.update_function_configuration(FunctionName="f", VpcConfig=world.network())
    assert changed["LastUpdateStatus"] == "InProgress"
    assert changed["VpcConfig"]["SubnetIds"] == world.subnets
    updated(client)
    assert result(client) == "ok"
    assert len(world.enis()) == (1 if model == "classic" else 2)
    client.update_function_configuration(FunctionName="f", VpcConfig=world.network(world.subnets[1]))
    updated(client)
    assert result(client) == "ok"
    eventually(lambda: {eni["SubnetId"] for eni in world.enis()} == {world.subnets[1]})
    nothing = {"SubnetIds": [], "SecurityGroupIds": []}
    client.update_function_configuration(FunctionName="f", VpcConfig=nothing)
    updated(client)
    shown = client.get_function_configuration(FunctionName="f")["VpcConfig"]
    assert shown == {**nothing, "VpcId": "", "Ipv6AllowedForDualStack": False}
    assert result(client) == "ok"
    eventually(lambda: not world.enis())


def test_what_is_in_use_cannot_be_deleted(world):
    create(world.client, code=CODE, VpcConfig=world.network(world.subnets[0]))
    assert result(world.client) == "ok"
    subnet, group = {"SubnetId": world.subnets[0]}, {"GroupId": world.group}
    assert refused(world.ec2.delete_subnet, **subnet) == (
        "DependencyViolation",
        f"The subnet '{world.subnets[0]}' has dependencies and cannot be deleted.",
        400,
    )
    assert refused(world.ec2.delete_security_group, **group)[1] == (
        f"resource {world.group} has a dependent object"
    )
    (eni,) = world.enis()
    eni = {"NetworkInterfaceId": eni["NetworkInterfaceId"]}
    assert refused(world.ec2.delete_network_interface, **eni)[0] == "InvalidParameterValue"
    world.client.delete_function(FunctionName="f")
    eventually(lambda: not world.enis())
    world.ec2.delete_subnet(**subnet)
    world.ec2.delete_security_group(**group)


@pytest.mark.parametrize("model", ["hyperplane"], indirect=True)
def test_functions_share_the_eni_of_their_pair(world):
    network = world.network(world.subnets[0])
    for name in ["f", "g"]:
        create(world.client, name, code=CODE, VpcConfig=network)
        assert result(world.client, name=name) == "ok"
    (eni,) = world.enis()
    assert eni["Description"].startswith("AWS Lambda VPC ENI-f-")
    assert world.free(world.subnets[0]) == 10
    world.client.publish_version(FunctionName="f")
    world.client.delete_function(FunctionName="g")
    # A restart keeps it, since peers know its address.
    world.server.stop(signal.SIGKILL)
    world.server.start()
    world.reconnect()
    assert [e["NetworkInterfaceId"] for e in world.enis()] == [eni["NetworkInterfaceId"]]
    assert result(world.client) == "ok"
    world.client.delete_function(FunctionName="f")
    eventually(lambda: world.free(world.subnets[0]) == 11)


@pytest.mark.parametrize("model", ["classic"], indirect=True)
def test_subnets_fill_up_and_fail_over(world):
    client = world.client
    create(client, code=CODE, VpcConfig=world.network(), Timeout=60)
    # Leaves two addresses in the first subnet and one in the second.
    for subnet, count in zip(world.subnets, [9, 10]):
        for _ in range(count):
            world.ec2.create_network_interface(SubnetId=subnet)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(invoke, client, {"sleep": 3}) for _ in range(3)]
        eventually(lambda: len(world.enis()) == 3)
        code, message, status = refused(client.invoke, FunctionName="f")
        assert (code, status) == ("SubnetIPAddressLimitReachedException", 502)
        assert {call.result()["Payload"] for call in calls} == {'"ok"'}
    assert [world.free(subnet) for subnet in world.subnets] == [0, 0]
    client.delete_function(FunctionName="f")
    eventually(lambda: [world.free(subnet) for subnet in world.subnets] == [2, 1])


@pytest.mark.parametrize("model", ["hyperplane"], indirect=True)
def test_a_tag_chooses_the_model_of_a_function(world):
    tags = {"warren:eni-model": "classic"}
    create(world.client, code=CODE, VpcConfig=world.network(world.subnets[0]), Tags=tags)
    assert world.enis() == []
    assert result(world.client) == "ok"
    assert len(world.enis()) == 1


def test_wrong_networks_are_refused_as_on_aws(world):
    client = world.client
    create(client, code=CODE)
    other = world.ec2.describe_security_groups(
        Filters=[{"Name": "group-name", "Values": ["default"]}]
    )["SecurityGroups"]
    (other,) = [g["GroupId"] for g in other if g["VpcId"] != world.vpc]
    default = world.ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])
    default = default["Subnets"][0]["SubnetId"]
    ghost, nobody = "subnet-00000000000000001", "sg-00000000000000001"
    for network, message in [
        (world.network(groups=[other]), "Security Groups are required to be in the same VPC."),
        (world.network(world.subnets[0], default), "Subnets are required to be in the same VPC."),
        (world.network(ghost),
         "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. "
         f"EC2 Error Message: The subnet ID '{ghost}' does not exist"),
        (world.network(groups=[nobody]),
         "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. "
         f"EC2 Error Message: The security group '{nobody}' does not exist"),
        ({"SubnetIds": world.subnets, "SecurityGroupIds": []},
         "SubnetIds and SecurityIds must coexist or be both empty list."),
    ]:
        update = client.update_function_configuration
        answer = refused(update, FunctionName="f", VpcConfig=network)
        assert answer == ("InvalidParameterValueException", message, 400)
    assert "VpcConfig" not in client.get_function_configuration(FunctionName="f")


def test_what_a_deleted_function_used_can_be_deleted_next(world):
    for number in range(5):
        group = world.ec2.create_security_group(
            GroupName=f"own-{number}", Description="d", VpcId=world.vpc)["GroupId"]
        create(world.client, "f", CODE, VpcConfig=world.network(groups=[group]))
        result(world.client, {}, "f")
        world.client.delete_function(FunctionName="f")
        world.ec2.delete_security_group(GroupId=group)
    for subnet in world.subnets:
        world.ec2.delete_subnet(SubnetId=subnet)


@pytest.mark.parametrize("runtime", ["python3.11", "nodejs20.x"])
def test_functions_in_a_vpc_start_in_sandboxes_that_were_built_ahead(server, runtime):
    world = World(server)
    code = {"python3.11": package(app__py="def handler(event, context): return 1"),
            "nodejs20.x": package(app__js="exports.handler = async () => process.env.NODE_EXTRA_CA_CERTS")}[runtime]

    def is_ready(name):
        create(world.client, name, code, Runtime=runtime, VpcConfig=world.network(world.subnets[0]))
        answer = result(world.client, {}, name)
        assert answer == {"python3.11": 1, "nodejs20.x": "/var/runtime/ca-cert.pem"}[runtime]
        told = internal(server, f"explain/{name}")
        return "(a sandbox built ahead)" in json.dumps(told)
    names = (f"f{number}" for number in range(100))
    # The first one is wanted before there are any.
    assert not is_ready(next(names))
    eventually(lambda: is_ready(next(names)))
