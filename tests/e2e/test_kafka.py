"""Event source mappings of Kafka: topics of clusters reach functions in order, and none of it is lost."""

import base64
import datetime
import json
import signal
import subprocess
import time
import os

import pytest

import functions
import stand_ins
from functions import refused
from test_sources import explain, make_queue, settled, wait

MSK = "arn:aws:kafka:us-east-1:000000000000:cluster/c/0123"

# Tells a sink what it was given; fails where it is told to.
TELL = """
import base64, json, os, urllib.request
def handler(event, context):
    [(part, records)] = event["records"].items()
    values = [base64.b64decode(each.get("value", "")).decode("latin-1") for each in records]
    fails = any(value.startswith("raise") for value in values)
    told = [[part, value, each, fails, {**event, "records": None}]
            for value, each in zip(values, records)]
    urllib.request.urlopen(os.environ["SINK"], json.dumps(told).encode(), timeout=30).close()
    if fails:
        raise ValueError("as it was told")
    return {"batchItemFailures": [
        {"itemIdentifier": {"partition": part, "offset": each["offset"]}}
        for value, each in zip(values, records) if value.startswith("fail")]}
"""


class Cluster:
    """A cluster of Kafka in a process of its own."""

    def __init__(self, kind="1"):
        python = stand_ins.TARGET / "kafka" / "bin" / "python"
        if not python.exists():
            pytest.skip("hint: scripts/prepare tests")
        script = os.path.join(os.path.dirname(__file__), "kafka_cluster.py")
        self.process = subprocess.Popen([python, script, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.address = self.do("addresses")[0]

    def do(self, deed, **given):
        self.process.stdin.write(json.dumps([deed, given]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def put(self, topic, value, partition=0, **more):
        self.do("put", topic=topic, partition=partition, value=value, **more)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


@pytest.fixture(scope="module")
def cluster():
    cluster = Cluster()
    yield cluster
    cluster.end()


@pytest.fixture
def sink():
    sink = stand_ins.Sink()
    yield sink
    sink.end()


@pytest.fixture
def topic(request):
    """A topic that no other test has: they are made when somebody asks for them, with four partitions."""
    return request.node.name.replace("[", "-").rstrip("]") + "-" + os.urandom(3).hex()


def start(serve, sink, cluster, *options):
    server = serve("--outside-allow", f"{sink.address}/32", "--outside-allow", "127.0.0.1/32",
                   "--msk", f"{MSK}={cluster.address}", *options)
    functions.create(server.client("lambda"), code=TELL,
                     Environment={"Variables": {"SINK": sink.url}})
    return server


def of_msk(client, topic, position="TRIM_HORIZON", **more):
    return client.create_event_source_mapping(
        EventSourceArn=MSK, FunctionName="f", Topics=[topic], StartingPosition=position, **more)


def values(sink, part=None):
    return [each[1] for each in sink.told if part is None or each[0] == part]


def bad(message, call):
    code, told, status = refused(call)
    assert (code, status) == ("InvalidParameterValueException", 400) and message in told, told


def result(client, made):
    return client.get_event_source_mapping(UUID=made["UUID"])["LastProcessingResult"]


def test_records_reach_the_function_as_lambda_spells_them(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    cluster.put(topic, "one", key="k", headers=[["h", "x\u00ff"]], timestamp=1545084650987)
    cluster.put(topic, "two", partition=3)
    made = of_msk(client, topic, BatchSize=10)
    assert made["State"] == "Creating" and made["EventSourceArn"] == MSK and made["Topics"] == [topic]
    assert made["AmazonManagedKafkaEventSourceConfig"] == {"ConsumerGroupId": made["UUID"]}
    assert made["StartingPosition"] == "TRIM_HORIZON" and made["BatchSize"] == 10
    assert "SelfManagedEventSource" not in made and "ParallelizationFactor" not in made
    settled(client, made)
    wait(lambda: len(sink.told) >= 2)
    told = {each[0]: each for each in sink.told}
    _, _, record, _, event = told[f"{topic}-0"]
    assert event == {"eventSource": "aws:kafka", "eventSourceArn": MSK,
                     "bootstrapServers": cluster.address, "records": None}
    assert record == {
        "topic": topic, "partition": 0, "offset": 0, "timestamp": 1545084650987,
        "timestampType": "CREATE_TIME", "key": base64.b64encode(b"k").decode(),
        "value": base64.b64encode(b"one").decode(), "headers": [{"h": [120, -61, -65]}]}
    assert told[f"{topic}-3"][1] == "two" and "key" not in told[f"{topic}-3"][2]
    wait(lambda: result(client, made) == "OK")
    # Who looks at the cluster sees how far it has come.
    wait(lambda: cluster.do("committed", group=made["UUID"], topic=topic, partitions=[0, 3]) == [1, 1])
    text = explain(server, made["UUID"])
    assert f"topic {topic} of {MSK} as consumer group {made['UUID']}" in text
    assert f"partition {topic}-0: done up to offset 0" in text and "0 behind its end" in text


def test_partitions_stay_in_order_when_the_server_is_killed(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    made = of_msk(client, topic, BatchSize=5)
    settled(client, made)
    for number in range(120):
        codec = [None, "gzip", "snappy", "lz4", "zstd"][number % 5]
        cluster.put(topic, f"{number}", partition=number % 4, codec=codec)
        if number in (40, 90):
            server.stop(signal.SIGKILL)
            server.start()
    wait(lambda: {str(n) for n in range(120)} <= set(values(sink)))
    for partition in range(4):
        first_times = list(dict.fromkeys(values(sink, f"{topic}-{partition}")))
        assert first_times == [str(n) for n in range(partition, 120, 4)]
    wait(lambda: cluster.do("committed", group=made["UUID"], topic=topic,
                            partitions=[0, 1, 2, 3]) == [30] * 4)
    # What is done is done: nothing of it comes again.
    count = len(sink.told)
    server.stop(signal.SIGKILL)
    server.start()
    cluster.put(topic, "after")
    wait(lambda: "after" in values(sink))
    assert values(sink)[count:] == ["after"]


def test_reading_begins_where_it_is_told_to(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    cluster.put(topic, "old", timestamp=1000)
    cluster.put(topic, "middle", timestamp=int(time.time() * 1000) - 60_000)
    latest = of_msk(client, topic, "LATEST", AmazonManagedKafkaEventSourceConfig={"ConsumerGroupId": "l"})
    settled(client, latest)
    wait(lambda: f"partition {topic}-0: done up to offset 1" in explain(server, latest["UUID"]))
    cluster.put(topic, "new")
    wait(lambda: values(sink) == ["new"])
    client.delete_event_source_mapping(UUID=latest["UUID"])
    wait(lambda: not client.list_event_source_mappings()["EventSourceMappings"])
    wait(lambda: cluster.do("committed", group="l", topic=topic, partitions=[0]) == [3])
    # A consumer group goes on where it was, wherever a mapping would begin.
    again = of_msk(client, topic, AmazonManagedKafkaEventSourceConfig={"ConsumerGroupId": "l"})
    settled(client, again)
    cluster.put(topic, "newer")
    wait(lambda: values(sink) == ["new", "newer"])
    client.delete_event_source_mapping(UUID=again["UUID"])
    wait(lambda: not client.list_event_source_mappings()["EventSourceMappings"])
    settled(client, of_msk(client, topic, "TRIM_HORIZON"))
    wait(lambda: values(sink)[2:] == ["old", "middle", "new", "newer"])


def test_reading_begins_at_a_time(serve, cluster, sink, topic):
    # Neither cluster knows what came when: the front does.
    front = cluster.do("front")
    server = start(serve, sink, cluster, "--msk", f"{MSK}-timed=127.0.0.1:{front['port']}")
    client, now = server.client("lambda"), time.time()
    for value, ago in (("old", 300), ("middle", 60), ("new", 1)):
        cluster.put(topic, value, timestamp=int((now - ago) * 1000))
        cluster.put(topic, f"{value} too", timestamp=int((now - ago) * 1000), partition=2)
    cluster.put(topic, "old", partition=1, timestamp=int((now - 300) * 1000))
    made = client.create_event_source_mapping(
        EventSourceArn=f"{MSK}-timed", FunctionName="f", Topics=[topic], StartingPosition="AT_TIMESTAMP",
        StartingPositionTimestamp=datetime.datetime.fromtimestamp(now - 120, datetime.timezone.utc))
    settled(client, made)
    wait(lambda: len(values(sink)) >= 4)
    assert values(sink, f"{topic}-0") == ["middle", "new"]
    assert values(sink, f"{topic}-2") == ["middle too", "new too"]
    # Of a partition in which nothing is as late, what comes is read.
    cluster.put(topic, "newer", partition=1)
    wait(lambda: values(sink, f"{topic}-1") == ["newer"])


def test_what_fails_is_tried_again_split_and_given_up(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client, sqs = server.client("lambda"), server.client("sqs")
    url, arn = make_queue(sqs)
    for value in ("a", "raise", "b", "c", "fail"):
        cluster.put(topic, value)
    bad("Unsupported MaximumRetryAttempts parameter",
        lambda: of_msk(client, topic, MaximumRetryAttempts=1))
    made = of_msk(client, topic, BatchSize=5, BisectBatchOnFunctionError=True, MaximumRetryAttempts=1,
                  FunctionResponseTypes=["ReportBatchItemFailures"],
                  ProvisionedPollerConfig={"MinimumPollers": 1, "MaximumPollers": 2},
                  DestinationConfig={"OnFailure": {"Destination": arn}})
    assert made["ProvisionedPollerConfig"] == {"MinimumPollers": 1, "MaximumPollers": 2}
    assert made["MaximumRetryAttempts"] == 1
    documents = []

    def told():
        for message in sqs.receive_message(QueueUrl=url).get("Messages", []):
            documents.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return len(documents) >= 2
    wait(told)
    offsets = sorted((each["KafkaBatchInfo"]["recordsInfo"][f"{topic}-0"]["firstRecordOffset"],
                      each["KafkaBatchInfo"]["recordsInfo"][f"{topic}-0"]["lastRecordOffset"])
                     for each in documents)
    assert offsets == [("1", "1"), ("4", "4")]
    info = documents[0]["KafkaBatchInfo"]
    assert info["eventSourceArn"] == MSK and info["bootstrapServers"] == cluster.address
    assert info["batchSize"] == 1 and info["payloadSize"] > 100
    assert documents[0]["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert [each for each in values(sink) if not each.startswith("raise")][-1] == "fail"
    assert {"a", "b", "c"} <= {each[1] for each in sink.told if not each[3]}
    assert "since it has that many pollers" in explain(server, made["UUID"])


def test_filters_choose_by_value_and_key(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    pattern = json.dumps({"value": {"kind": ["a"]}, "key": ["k"]})
    made = of_msk(client, topic, FilterCriteria={"Filters": [{"Pattern": pattern}]})
    settled(client, made)
    for kind, key in (("a", "k"), ("b", "k"), ("a", "other")):
        cluster.put(topic, json.dumps({"kind": kind}), key=key)
    cluster.put(topic, "last is no JSON", key="k")
    wait(lambda: "last is no JSON" in values(sink))
    assert values(sink) == ['{"kind": "a"}', "last is no JSON"]
    wait(lambda: cluster.do("committed", group=made["UUID"], topic=topic, partitions=[0]) == [4])


def secret(server, name, **value):
    client = server.client("secretsmanager")
    return client.create_secret(Name=name, SecretString=json.dumps(value))["ARN"]


def of_cluster(client, port, topic, access, host="127.0.0.1", **more):
    return client.create_event_source_mapping(
        SelfManagedEventSource={"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": [f"{host}:{port}"]}},
        FunctionName="f", Topics=[topic], StartingPosition="TRIM_HORIZON",
        SourceAccessConfigurations=[{"Type": kind, "URI": uri} for kind, uri in access], **more)


@pytest.mark.parametrize("mechanism, kind", [
    ("PLAIN", "BASIC_AUTH"), ("SCRAM-SHA-256", "SASL_SCRAM_256_AUTH"),
    ("SCRAM-SHA-512", "SASL_SCRAM_512_AUTH")])
def test_names_and_passwords_are_told_to_brokers_that_are_trusted(
        serve, cluster, sink, topic, mechanism, kind):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    login = {"mechanism": mechanism, "name": "u,=ser", "password": "pass word"}
    front = cluster.do("front", tls=True, login=login)
    # The front is one by which others are let in, too.
    assert cluster.do("enter", port=front["port"], seconds=30, **login)
    assert not cluster.do("enter", port=front["port"], seconds=1, **{**login, "password": "x"})
    cluster.put(topic, "hello")
    right = secret(server, "right", username=login["name"], password=login["password"])
    wrong = secret(server, "wrong", username=login["name"], password="x")
    root = secret(server, "root", certificate=front["pems"]["authority"]["certificate"])
    other = secret(server, "other", certificate=front["pems"]["other"]["certificate"])
    made = of_cluster(client, front["port"], topic, [
        (kind, wrong), ("SERVER_ROOT_CA_CERTIFICATE", root)])
    assert made["SelfManagedEventSource"]["Endpoints"]["KAFKA_BOOTSTRAP_SERVERS"] == [
        f"127.0.0.1:{front['port']}"]
    assert "EventSourceArn" not in made
    settled(client, made)
    wait(lambda: result(client, made) == "PROBLEM: SASL authentication failed")
    text = explain(server, made["UUID"])
    assert f"does not take name and password by {mechanism}: no such name or password" in text
    change = lambda access: client.update_event_source_mapping(
        UUID=made["UUID"],
        SourceAccessConfigurations=[{"Type": kind, "URI": uri} for kind, uri in access])
    change([(kind, right), ("SERVER_ROOT_CA_CERTIFICATE", other)])
    wait(lambda: result(client, made) == "PROBLEM: Lambda failed to authenticate server")
    settled(client, made)
    change([(kind, right), ("SERVER_ROOT_CA_CERTIFICATE", root)])
    wait(lambda: values(sink) == ["hello"])
    event = sink.told[0][4]
    assert event == {"eventSource": "SelfManagedKafka",
                     "bootstrapServers": f"127.0.0.1:{front['port']}", "records": None}


def test_a_client_certificate_is_shown_to_brokers(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    front = cluster.do("front", tls=True, wants_client=True)
    pems = front["pems"]
    cluster.put(topic, "hello")
    root = secret(server, "root", certificate=pems["authority"]["certificate"])
    own, other = secret(server, "own", **pems["client"]), secret(server, "other", **pems["other"])
    broken = secret(server, "broken", certificate="x", privateKey="y")
    made = of_cluster(client, front["port"], topic, [
        ("CLIENT_CERTIFICATE_TLS_AUTH", other), ("SERVER_ROOT_CA_CERTIFICATE", root)])
    settled(client, made)
    wait(lambda: result(client, made) == "PROBLEM: Server failed to authenticate Lambda")
    for uri, expected in ((broken, "PROBLEM: Provided certificate or private key is invalid"),
                          (own, "OK")):
        settled(client, made)
        client.update_event_source_mapping(UUID=made["UUID"], SourceAccessConfigurations=[
            {"Type": "CLIENT_CERTIFICATE_TLS_AUTH", "URI": uri},
            {"Type": "SERVER_ROOT_CA_CERTIFICATE", "URI": root}])
        wait(lambda: result(client, made) == expected)
    assert values(sink) == ["hello"]


def test_a_cluster_that_is_not_there_is_a_problem_and_comes_back(serve, sink, topic):
    first = Cluster()
    server = start(serve, sink, first)
    client = server.client("lambda")
    first.put(topic, "hello")
    made = of_msk(client, topic)
    settled(client, made)
    wait(lambda: values(sink) == ["hello"])
    first.end()
    problem = "PROBLEM: Connection error. Please check your event source connection configuration."
    wait(lambda: result(client, made) == problem)
    wait(lambda: "its source cannot be read: Kafka: broker" in explain(server, made["UUID"]))


def test_bad_mappings_of_kafka_are_refused(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client = server.client("lambda")
    bad("Cluster not found: ", lambda: client.create_event_source_mapping(
        EventSourceArn=MSK + "4", FunctionName="f", Topics=["tt"], StartingPosition="LATEST"))
    bad("Required 'topics' parameter is missing.", lambda: client.create_event_source_mapping(
        EventSourceArn=MSK, FunctionName="f", StartingPosition="LATEST"))
    bad("Member must not be null", lambda: client.create_event_source_mapping(
        EventSourceArn=MSK, FunctionName="f", Topics=["tt"]))
    for name, value in (("ScalingConfig", {"MaximumConcurrency": 2}), ("ParallelizationFactor", 2),
                        ("TumblingWindowInSeconds", 1),
                        ("SelfManagedKafkaEventSourceConfig", {"ConsumerGroupId": "g"})):
        bad(f"Unsupported {name} parameter for given event source mapping type.",
            lambda: of_msk(client, topic, **{name: value}))
    bad("MinimumPollers must be less than", lambda: of_msk(
        client, topic, ProvisionedPollerConfig={"MinimumPollers": 3, "MaximumPollers": 2}))
    bad("VIRTUAL_HOST", lambda: of_cluster(client, 9092, topic, [("VIRTUAL_HOST", "/x")]))
    bad("Required 'sourceAccessConfigurations' parameter is missing.",
        lambda: of_cluster(client, 9092, topic, []))
    bad("given together", lambda: of_cluster(
        client, 9092, topic, [("VPC_SUBNET", "subnet:subnet-0123456789abcdef0")]))
    bad("The subnet ID 'subnet-0123456789abcdef0' does not exist", lambda: of_cluster(
        client, 9092, topic, [("VPC_SUBNET", "subnet:subnet-0123456789abcdef0"),
                              ("VPC_SECURITY_GROUP", "security_group:sg-0123456789abcdef0")]))
    bad("secrets of another account", lambda: of_cluster(client, 9092, topic, [
        ("BASIC_AUTH", "arn:aws:secretsmanager:us-east-1:000000000009:secret:s-AbCdEf")]))
    made = of_msk(client, topic)
    function = made["FunctionArn"]
    assert refused(lambda: of_msk(client, topic)) == (
        "ResourceConflictException",
        f'An event source mapping with event source ("{MSK}"), function ("{function}"), topics '
        f'("{topic}") already exists. Please update or delete the existing mapping with UUID '
        f'{made["UUID"]}', 409)
    of_msk(client, topic + "-other")


def test_a_cluster_in_a_vpc_is_reached_by_enis_of_the_mapping(serve, cluster, sink, topic):
    server = start(serve, sink, cluster)
    client, ec2 = server.client("lambda"), server.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24")["Subnet"]["SubnetId"]
               for n in (1, 2)]
    pollers, brokers = (ec2.create_security_group(VpcId=vpc, GroupName=name, Description=name)["GroupId"]
                        for name in ("pollers", "brokers"))
    front = cluster.do("front")["port"]
    warren = lambda *words: json.loads(subprocess.run(
        [os.environ["WARREN"], words[0], "--endpoint", server.url, *words[1:]],
        capture_output=True, text=True, timeout=60, check=True).stdout or "null")
    warren("expose", "--output", "json", "--subnet", subnets[0], "--security-group", brokers, "--name",
           "kafka", f"9092=127.0.0.1:{front}")
    address = next(each["address"] for each in warren("resources", "--output", "json"))
    cluster.do("advertise", front=front, host=address, port=9092)
    cluster.put(topic, "hello")
    made = of_cluster(client, 9092, topic, [
        *(("VPC_SUBNET", f"subnet:{subnet}") for subnet in subnets),
        ("VPC_SECURITY_GROUP", f"security_group:{pollers}")], host=address)
    enis = lambda: ec2.describe_network_interfaces(Filters=[
        {"Name": "description", "Values": [f"AWS Lambda VPC ENI-armadillo-{made['UUID']}"]}
    ])["NetworkInterfaces"]
    assert sorted(each["SubnetId"] for each in enis()) == sorted(subnets)
    for eni in enis():
        assert eni["InterfaceType"] == "lambda" and eni["Status"] == "in-use"
        assert [group["GroupId"] for group in eni["Groups"]] == [pollers]
        id = eni["NetworkInterfaceId"]
        assert "in use" in refused(lambda: ec2.delete_network_interface(NetworkInterfaceId=id))[1]
        assert refused(lambda: ec2.modify_network_interface_attribute(
            NetworkInterfaceId=id, Groups=[brokers]))[2] == 400
        assert f"event source mapping {made['UUID']}" in explain(server, id)
    # The brokers' group lets nobody in yet, and the mapping says so.
    problem = "PROBLEM: Connection error. Please check your event source connection configuration."
    wait(lambda: result(client, made) == problem)
    assert "it is reached by eni-" in explain(server, made["UUID"])
    dropped = f"{address}:9092: no ingress rule of {address}'s security groups {brokers}"
    wait(lambda: dropped in explain(server, made["UUID"]))
    ec2.authorize_security_group_ingress(GroupId=brokers, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 9092, "ToPort": 9092,
         "UserIdGroupPairs": [{"GroupId": pollers}]}])
    wait(lambda: values(sink) == ["hello"])
    before = sorted(each["PrivateIpAddress"] for each in enis())
    server.stop(signal.SIGKILL)
    server.start()
    client, ec2 = server.client("lambda"), server.client("ec2")
    cluster.put(topic, "after")
    wait(lambda: values(sink) == ["hello", "after"])
    assert sorted(each["PrivateIpAddress"] for each in enis()) == before
    # Fewer subnets are fewer ENIs, and none stays behind the mapping.
    client.update_event_source_mapping(UUID=made["UUID"], SourceAccessConfigurations=[
        {"Type": "VPC_SUBNET", "URI": f"subnet:{subnets[1]}"},
        {"Type": "VPC_SECURITY_GROUP", "URI": f"security_group:{pollers}"}])
    assert [each["SubnetId"] for each in enis()] == [subnets[1]]
    settled(client, made)
    cluster.put(topic, "last")
    wait(lambda: values(sink) == ["hello", "after", "last"])
    assert refused(lambda: ec2.delete_subnet(SubnetId=subnets[1]))[0] == "DependencyViolation"
    removal = subprocess.run(
        [os.environ["WARREN"], "resources", "--endpoint", server.url, "remove",
         f"{made['UUID']}-{subnets[1]}"], capture_output=True, text=True)
    assert removal.returncode == 1 and "goes with that" in removal.stderr
    client.delete_event_source_mapping(UUID=made["UUID"])
    wait(lambda: not enis())
    ec2.delete_subnet(SubnetId=subnets[1])


def test_a_cluster_that_functions_would_not_reach_is_not_reached_for_them(server, cluster, topic):
    client = server.client("lambda")
    functions.create(client, code=TELL)
    host, port = cluster.address.split(":")
    made = of_cluster(client, port, topic, [("BASIC_AUTH", secret(server, "login", username="u", password="p"))], host)
    wait(lambda: "serve --outside-allow" in explain(server, made["UUID"]))
