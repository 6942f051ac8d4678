"""What callers may do with neighbours where IAM is enforced: wholly, in part, or not at all."""

import base64
import json

import botocore.exceptions
import pytest

import conftest
from functions import eventually, internal, package

ACCOUNT = "000000000000"


class User:
    """A user whose one policy is replaced."""

    def __init__(self, server, name="u"):
        self.server, self.name, self.iam = server, name, server.client("iam")
        self.iam.create_user(UserName=name)
        self.key = self.iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]

    def may(self, *statements):
        document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **it} for it in statements]}
        self.iam.put_user_policy(UserName=self.name, PolicyName="p", PolicyDocument=json.dumps(document))

    def client(self, service):
        return self.server.client(service, account=self.key)


@pytest.fixture
def server(serve):
    return serve("--iam", "enforce")


@pytest.fixture
def user(server):
    return User(server)


def denied(call, **arguments):
    """What a call is refused for, as the action and the resource."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] in ("AccessDenied", "AccessDeniedException"), error
    return told(error["Message"])


def told(message):
    _, rest = message.split(" is not authorized to perform: ")
    action, rest = rest.split(" on resource: ")
    return action, rest.split(" ")[0]


def test_a_batch_has_the_secrets_that_its_caller_may_have(server, user):
    root, own = server.client("secretsmanager"), user.client("secretsmanager")
    arns = {name: root.create_secret(Name=name, SecretString=name)["ARN"] for name in ["a/1", "a/2", "b"]}
    names = {"SecretIdList": list(arns)}
    get, batch = "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"
    user.may({"Action": get, "Resource": "*"})
    assert denied(own.batch_get_secret_value, **names) == (batch, "*")
    user.may({"Action": batch, "Resource": "*"}, {"Action": get, "Resource": arns["a/1"]})
    got = own.batch_get_secret_value(**names)
    assert [it["SecretString"] for it in got["SecretValues"]] == ["a/1"]
    failed = {it["SecretId"]: (it["ErrorCode"], told(it["Message"])) for it in got["Errors"]}
    assert failed == {name: ("AccessDeniedException", (get, arns[name])) for name in ["a/2", "b"]}
    # Nothing tells whether one is there that nobody lets it have.
    errors = own.batch_get_secret_value(SecretIdList=["none"])["Errors"]
    assert [(it["ErrorCode"], told(it["Message"])[1]) for it in errors] == [("AccessDeniedException", "none")]
    # By filters one learns which there are.
    found = {"Filters": [{"Key": "name", "Values": ["a/"]}]}
    assert denied(own.batch_get_secret_value, **found) == ("secretsmanager:ListSecrets", "*")
    allowed = {"Action": [batch, "secretsmanager:ListSecrets"], "Resource": "*"}
    user.may(allowed, {"Action": get, "Resource": arns["a/1"]})
    got = own.batch_get_secret_value(**found)
    assert [it["Name"] for it in got["SecretValues"]] == ["a/1"]
    assert [it["SecretId"] for it in got["Errors"]] == ["a/2"]
    # A secret's own policy lets in, and keeps out, each for itself.
    for name, effect in [("a/2", "Allow"), ("a/1", "Deny")]:
        statement = {"Effect": effect, "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/u"},
                     "Action": get, "Resource": "*"}
        root.put_resource_policy(SecretId=name, ResourcePolicy=json.dumps(
            {"Version": "2012-10-17", "Statement": statement}))
    got = own.batch_get_secret_value(**names)
    assert [it["Name"] for it in got["SecretValues"]] == ["a/2"]
    # One that was refused was not read.
    assert "LastAccessedDate" not in root.describe_secret(SecretId="b")


def test_of_many_objects_those_are_deleted_that_the_caller_may_delete(server, user):
    root, own = server.client("s3"), user.client("s3")
    root.create_bucket(Bucket="things")
    for key in ["a/1", "a/2", "b"]:
        root.put_object(Bucket="things", Key=key, Body=b"x")

    def deleted(client, *keys, **more):
        objects = [{"Key": key, **more} for key in keys]
        done = client.delete_objects(Bucket="things", Delete={"Objects": objects})
        failed = {it["Key"]: (it["Code"], told(it["Message"])) for it in done.get("Errors", [])}
        return [it["Key"] for it in done.get("Deleted", [])], failed

    def failed(*keys, action="s3:DeleteObject"):
        return {key: ("AccessDenied", (action, f"arn:aws:s3:::things/{key}")) for key in keys}

    def left():
        return [it["Key"] for it in root.list_objects_v2(Bucket="things")["Contents"]]

    assert deleted(own, "a/1", "b") == ([], failed("a/1", "b"))
    user.may({"Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::things/a/*"})
    assert deleted(own, "b", "a/1") == (["a/1"], failed("b"))
    version = "s3:DeleteObjectVersion"
    assert deleted(own, "a/2", VersionId="null") == ([], failed("a/2", action=version))
    assert left() == ["a/2", "b"]
    # The bucket's own policy lets in, and keeps out, each for itself.
    statements = [{"Effect": effect, "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/u"},
                   "Action": "s3:DeleteObject", "Resource": f"arn:aws:s3:::things/{key}"}
                  for effect, key in [("Allow", "b"), ("Deny", "a/2")]]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    root.put_bucket_policy(Bucket="things", Policy=policy)
    assert deleted(own, "a/2", "b") == (["b"], failed("a/2"))
    assert left() == ["a/2"]
    other = server.client("s3", account="000000000002")
    assert deleted(other, "a/2") == ([], failed("a/2"))
    assert deleted(root, "a/2") == (["a/2"], {})


def test_what_another_accounts_arn_names_is_not_ones_own(server):
    root = server.client("secretsmanager")
    arn = root.create_secret(Name="s", SecretString="own")["ARN"]
    elsewhere, others = arn.replace("us-east-1", "eu-west-1"), arn.replace(ACCOUNT, "000000000008")
    with pytest.raises(root.exceptions.ResourceNotFoundException):
        root.get_secret_value(SecretId=elsewhere)
    # Whether another account has it is not told to whom it does not let in.
    code, message = refused(root.get_secret_value, SecretId=others)
    assert code == "AccessDeniedException" and message.endswith(
        "because no resource-based policy allows the secretsmanager:GetSecretValue action")
    parameters = server.client("ssm")
    parameters.put_parameter(Name="p", Value="own", Type="String")
    own = f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/p"
    assert parameters.get_parameter(Name=own)["Parameter"]["Value"] == "own"
    for other in [own.replace(ACCOUNT, "000000000008"), own.replace("us-east-1", "eu-west-1")]:
        with pytest.raises(parameters.exceptions.ParameterNotFound):
            parameters.get_parameter(Name=other)
        assert parameters.get_parameters(Names=[other])["InvalidParameters"] == [other]


def statement(**changes):
    return {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", **changes}


# Statements of which nobody can say whom they keep out.
ODD = [
    "Deny", statement(Effect="deny"), statement(Principal={"Aws": "*"}), statement(Principal=7),
    statement(Action=[]), statement(Action=7), statement(NotAction="sqs:*"), statement(Resource=None),
    statement(Condition="x"), statement(Condition={"StringResembles": {"aws:username": "u"}}),
    statement(Condition={"StringEquals": "u"}), {**statement(), "Effects": "Allow"},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_policy_that_nobody_understands_is_refused_whole(module_server, odd):
    queues, secrets = module_server.client("sqs"), module_server.client("secretsmanager")
    url = queues.create_queue(QueueName="q")["QueueUrl"]
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement(Effect="Allow"), odd]})
    message = "Invalid value for the parameter Policy."
    assert refused(queues.set_queue_attributes, QueueUrl=url, Attributes={"Policy": document}) == (
        "InvalidAttributeValue", message)
    assert refused(queues.create_queue, QueueName="p", Attributes={"Policy": document}) == (
        "InvalidAttributeValue", message)
    assert "Policy" not in queues.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    arn = secrets.list_secrets()["SecretList"][0]["ARN"]
    assert refused(secrets.put_resource_policy, SecretId=arn, ResourcePolicy=document) == (
        "MalformedPolicyDocumentException", "This resource policy contains a syntax error.")
    assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId=arn)


@pytest.fixture(scope="module")
def module_server(tmp_path_factory):
    server = conftest.Server(str(tmp_path_factory.mktemp("policies") / "state"))
    server.client("secretsmanager").create_secret(Name="s", SecretString="s")
    yield server
    server.end()


def refused(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_what_a_queue_is_told_of_itself_is_bounded(module_server):
    queues = module_server.client("sqs")
    url = queues.create_queue(QueueName="bounded")["QueueUrl"]
    dead = queues.create_queue(QueueName="dead")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def put(**attributes):
        return queues.set_queue_attributes(QueueUrl=url, Attributes=attributes)

    def document(bytes):
        text = json.dumps({"Statement": statement(Sid="")})
        return text.replace('"Sid": ""', f'"Sid": "{"x" * (bytes - len(text))}"')

    put(Policy=document(8_192))
    assert refused(put, Policy=document(8_193)) == (
        "InvalidAttributeValue", "Invalid value for the parameter Policy.")
    put(Policy="")
    actions = ["SendMessage", "ReceiveMessage", "DeleteMessage", "GetQueueUrl", "GetQueueAttributes",
               "ChangeMessageVisibility", "*", "SendMessage"]
    permission = {"QueueUrl": url, "AWSAccountIds": ["111111111111"]}
    assert refused(queues.add_permission, **permission, Label="l", Actions=actions) == (
        "OverLimit", "8 Actions were found, maximum allowed is 7.")
    for number in range(20):
        queues.add_permission(**permission, Label=f"l{number}", Actions=["SendMessage"])
    assert refused(queues.add_permission, **permission, Label="l", Actions=["SendMessage"])[0] == "OverLimit"
    queues.remove_permission(QueueUrl=url, Label="l7")
    many = {"QueueUrl": dead, "Label": "l", "Actions": ["SendMessage"]}
    assert refused(queues.add_permission, **many, AWSAccountIds=["111111111111"] * 300)[0] == "OverLimit"

    redrive = {"deadLetterTargetArn": arn, "maxReceiveCount": 3}
    reason = "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount]."
    for odd in [{**redrive, "more": 1}, {**redrive, "more": "x" * 900_000}]:
        told = refused(put, RedrivePolicy=json.dumps(odd))
        assert told[0] == "InvalidParameterValue" and told[1].endswith(
            reason if len(json.dumps(odd)) < 4_096 else "not a valid JSON map."), told[0]
    assert refused(put, RedrivePolicy=json.dumps(redrive) + " " * 4_096)[0] == "InvalidParameterValue"
    assert refused(put, RedrivePolicy="[]")[1].endswith("Redrive policy is not a valid JSON map.")
    put(RedrivePolicy=json.dumps(redrive))
    for odd in [{"redrivePermission": "allowAll", "more": 1},
                {"redrivePermission": "allowAll", "more": "x" * 900_000},
                {"redrivePermission": "byQueue", "sourceQueueArns": ["q"]}]:
        assert refused(put, RedriveAllowPolicy=json.dumps(odd)) == (
            "InvalidAttributeValue", "Invalid value for the parameter RedriveAllowPolicy.")
    put(RedriveAllowPolicy=json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [arn]}))


def test_tasks_that_move_messages_are_allowed_on_each_queue(server, user):
    root, own = server.client("sqs"), user.client("sqs")
    url = {name: root.create_queue(QueueName=name)["QueueUrl"] for name in ["dead", "q", "other"]}
    arn = {name: f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}" for name in url}
    root.set_queue_attributes(QueueUrl=url["q"], Attributes={"RedrivePolicy": json.dumps(
        {"deadLetterTargetArn": arn["dead"], "maxReceiveCount": 1})})
    for number in range(60):
        root.send_message(QueueUrl=url["dead"], MessageBody=str(number))
    start = {"Action": "sqs:StartMessageMoveTask", "Resource": "*"}
    user.may({"Action": "sqs:*", "Resource": arn["q"]}, start)
    assert denied(own.start_message_move_task, SourceArn=arn["dead"]) == ("sqs:DeleteMessage", arn["dead"])
    user.may({"Action": "sqs:*", "Resource": arn["dead"]})
    assert denied(own.start_message_move_task, SourceArn=arn["dead"]) == ("sqs:SendMessage", arn["q"])
    assert denied(own.start_message_move_task, SourceArn=arn["dead"], DestinationArn=arn["other"]) == (
        "sqs:SendMessage", arn["other"])
    slow = {"SourceArn": arn["dead"], "DestinationArn": arn["q"], "MaxNumberOfMessagesPerSecond": 1}
    task = {"TaskHandle": root.start_message_move_task(**slow)["TaskHandle"]}
    user.may({"Action": "sqs:*", "Resource": arn["q"]})
    of_dead = {"SourceArn": arn["dead"]}
    assert denied(own.list_message_move_tasks, **of_dead) == ("sqs:ListMessageMoveTasks", arn["dead"])
    cancels = ("sqs:CancelMessageMoveTask", arn["dead"])
    assert denied(own.cancel_message_move_task, **task) == cancels
    # Nor does a handle that says another queue help.
    said = json.loads(base64.b64decode(task["TaskHandle"]))
    forged = base64.b64encode(json.dumps({**said, "sourceArn": arn["q"]}).encode()).decode()
    assert denied(own.cancel_message_move_task, TaskHandle=forged) == cancels
    other = server.client("sqs", account="111111111111")
    for call in [other.start_message_move_task, other.list_message_move_tasks]:
        assert denied(call, SourceArn=arn["dead"])[1] == arn["dead"]
    user.may({"Action": "sqs:*", "Resource": "*"})
    own.cancel_message_move_task(**task)


def test_conditions_look_at_keys_and_attributes(server, user):
    root, own = server.client("dynamodb"), user.client("dynamodb")
    root.create_table(
        TableName="scores", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "user", "KeyType": "HASH"}, {"AttributeName": "game", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ["user", "game"]])

    def item(user, **more):
        return {"user": {"S": user}, "game": {"S": "g"}, **{name: {"S": it} for name, it in more.items()}}

    table = {"TableName": "scores"}
    for name in ["u", "v"]:
        root.put_item(**table, Item=item(name, top="1", secret="2"))
    arn = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/scores"
    of_user = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}}
    user.may({"Action": "dynamodb:*", "Resource": arn, "Condition": of_user})

    def query(client, name):
        return client.query(**table, KeyConditionExpression="#u = :u", ExpressionAttributeNames={"#u": "user"},
                            ExpressionAttributeValues={":u": {"S": name}})

    def statement(client, text, **more):
        return client.execute_statement(Statement=text, **more)

    for call, is_own in [
        (lambda: own.get_item(**table, Key=item("u")), True),
        (lambda: own.get_item(**table, Key=item("v")), False),
        (lambda: query(own, "u"), True),
        (lambda: query(own, "v"), False),
        (lambda: own.put_item(**table, Item=item("v")), False),
        (lambda: own.delete_item(**table, Key=item("v")), False),
        (lambda: own.batch_get_item(RequestItems={"scores": {"Keys": [item("u")]}}), True),
        (lambda: own.batch_get_item(RequestItems={"scores": {"Keys": [item("u"), item("v")]}}), False),
        (lambda: own.batch_write_item(RequestItems={arn: [{"PutRequest": {"Item": item("v")}}]}), False),
        (lambda: own.transact_get_items(TransactItems=[{"Get": {**table, "Key": item("v")}}]), False),
        (lambda: statement(own, "SELECT * FROM scores WHERE user = 'u'"), True),
        (lambda: statement(own, "SELECT * FROM scores WHERE user = ?", Parameters=[{"S": "v"}]), False),
        (lambda: statement(own, "SELECT * FROM scores WHERE user = 'u' OR user = 'v'"), False),
        (lambda: statement(own, "SELECT * FROM scores"), False),
        (lambda: statement(own, "SELECT * FROM scores--x\nWHERE user = 'v'"), False),
        (lambda: statement(own, "FROM scores WHERE user = 'v' AND game = 'g' SET top = '9'"), False),
    ]:
        if is_own:
            call()
        else:
            assert denied(call)[1] == arn
    # Some attributes alone, and no more of them by what is returned.
    user.may({"Action": ["dynamodb:GetItem", "dynamodb:UpdateItem"], "Resource": arn, "Condition": {
        "ForAllValues:StringEquals": {"dynamodb:Attributes": ["user", "game", "top"]},
        "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES", "dynamodb:ReturnValues": "NONE"}}})
    key = {**table, "Key": item("u")}
    assert own.get_item(**key, ProjectionExpression="top")["Item"] == {"top": {"S": "1"}}
    named = {"ExpressionAttributeNames": {"#s": "secret"}}
    update = {**key, "UpdateExpression": "SET top = :t", "ExpressionAttributeValues": {":t": {"S": "3"}}}
    own.update_item(**update)
    for call in [
        lambda: own.get_item(**key),
        lambda: own.get_item(**key, ProjectionExpression="top, #s", **named),
        lambda: own.update_item(**update, ReturnValues="ALL_NEW"),
        lambda: own.update_item(**update, ConditionExpression="#s = :t", **named),
    ]:
        assert denied(call)[1] == arn
    # Who may only read does not write by a statement that begins with what is read.
    user.may({"Action": "dynamodb:PartiQLSelect", "Resource": arn})
    write = "FROM scores WHERE user = 'u' AND game = 'g' SET top = '9'"
    assert denied(own.execute_statement, Statement=write) == ("dynamodb:PartiQLUpdate", arn)
    assert root.get_item(**key)["Item"]["top"] == {"S": "3"}


def test_what_has_a_tag_is_known_by_it(server, user):
    queues, parameters = server.client("sqs"), server.client("ssm")
    for kind in ["open", "shut"]:
        queues.create_queue(QueueName=kind, tags={"kind": kind})
        parameters.put_parameter(Name=kind, Value=kind, Type="String", Tags=[{"Key": "kind", "Value": kind}])
    user.may({"Action": ["sqs:*", "ssm:*"], "Resource": "*",
              "Condition": {"StringEquals": {"aws:ResourceTag/kind": "open"}}})
    for call, name in [(user.client("sqs").get_queue_url, "QueueName"), (user.client("ssm").get_parameter, "Name")]:
        call(**{name: "open"})
        denied(call, **{name: "shut"})


def test_a_parameter_has_a_name_and_no_arn(server):
    parameters = server.client("ssm")
    for name in [f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/p", "p:1"]:
        code, message = refused(parameters.put_parameter, Name=name, Value="v", Type="String")
        assert code == "ValidationException" and message.startswith("Parameter name: can't be prefixed")
    assert parameters.describe_parameters()["Parameters"] == []


def test_a_stream_is_kept_from_whom_it_is_denied_however_it_is_named(server, user):
    root, own = server.client("kinesis"), user.client("kinesis")
    for name in ["kept", "open"]:
        root.create_stream(StreamName=name, ShardCount=1)
        root.put_record(StreamName=name, PartitionKey="k", Data=name.encode())
    kept, other = (f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/{name}" for name in ["kept", "open"])
    consumer = root.register_stream_consumer(StreamARN=kept, ConsumerName="c")["Consumer"]["ConsumerARN"]
    user.may({"Action": "kinesis:*", "Resource": "*"},
             {"Effect": "Deny", "Action": "kinesis:*", "Resource": [kept, consumer]})
    [shard] = root.list_shards(StreamName="kept")["Shards"]
    place = {"ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
    assert denied(own.get_shard_iterator, StreamName="kept", **place) == ("kinesis:GetShardIterator", kept)
    at = root.get_shard_iterator(StreamName="kept", **place)["ShardIterator"]
    assert denied(own.get_records, ShardIterator=at) == ("kinesis:GetRecords", kept)
    # Who names another beside it is told that they are two.
    assert refused(own.get_records, ShardIterator=at, StreamARN=other)[0] == "InvalidArgumentException"
    # No other ARN is the stream's, or the consumer's.
    for arn in [consumer, kept + "/consumer/x", kept + "/consumer/", kept + "/x"]:
        assert refused(own.get_shard_iterator, StreamARN=arn, **place)[0] in (
            "ResourceNotFoundException", "AccessDeniedException")
        assert refused(own.get_records, StreamARN=arn, ShardIterator=at)[0] in (
            "ResourceNotFoundException", "AccessDeniedException")
    name, second = consumer.rsplit(":", 1)
    for arn in [kept + "/consumer/x", f"{name}:0{second}", f"{name}:+{second}"]:
        none = ("ResourceNotFoundException", "ValidationException")
        assert refused(own.tag_resource, ResourceARN=arn, Tags={"a": "b"})[0] in none
        assert refused(own.describe_stream_consumer, ConsumerARN=arn)[0] in none
    # A listing that goes on is of the stream that its token tells.
    root.split_shard(StreamName="kept", ShardToSplit=shard["ShardId"], NewStartingHashKey="7")
    token = root.list_shards(StreamName="kept", MaxResults=1)["NextToken"]
    assert denied(own.list_shards, NextToken=token) == ("kinesis:ListShards", kept)
    assert refused(own.list_shards, NextToken=token, StreamARN=other)[0] == "InvalidArgumentException"
    assert root.list_tags_for_stream(StreamName="kept")["Tags"] == []


def test_networks_are_spoken_of_by_ec2s_and_lambdas_condition_keys(server, user):
    root, own = server.client("ec2"), user.client("ec2")
    vpcs = [root.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"]["VpcId"] for number in (1, 2)]
    closed, opened = vpcs
    arn = {vpc: f"arn:aws:ec2:us-east-1:{ACCOUNT}:vpc/{vpc}" for vpc in vpcs}
    subnets = {}
    for number, vpc in enumerate(vpcs, 1):
        made = root.create_subnet(VpcId=vpc, CidrBlock=f"10.{number}.1.0/24")
        subnets[vpc] = made["Subnet"]["SubnetId"]
    everything = {"Action": "*", "Resource": "*"}

    def never(action, **condition):
        user.may(everything, {"Effect": "Deny", "Action": action, "Resource": "*",
                              "Condition": {"StringEquals": {key.replace("_", ":"): value
                                                             for key, value in condition.items()}}})

    def code(call, **arguments):
        with pytest.raises(botocore.exceptions.ClientError) as caught:
            call(**arguments)
        return caught.value.response["Error"]["Code"]

    never("ec2:CreateNetworkInterface", ec2_Vpc=arn[closed])
    assert code(own.create_network_interface, SubnetId=subnets[closed]) == "UnauthorizedOperation"
    own.create_network_interface(SubnetId=subnets[opened])
    never("ec2:CreateSubnet", ec2_VpcID=closed)
    assert code(own.create_subnet, VpcId=closed, CidrBlock="10.1.2.0/24") == "UnauthorizedOperation"
    service = "com.amazonaws.us-east-1.s3"
    never("ec2:CreateVpcEndpoint", ec2_VpceServiceName=service)
    assert code(own.create_vpc_endpoint, VpcId=opened, ServiceName=service) == "UnauthorizedOperation"
    own.create_vpc_endpoint(VpcId=opened, ServiceName="com.amazonaws.us-east-1.dynamodb")
    never("ec2:CreateVpcPeeringConnection", ec2_RequesterVpc=arn[closed])
    assert code(own.create_vpc_peering_connection, VpcId=closed, PeerVpcId=opened) == "UnauthorizedOperation"
    own.create_vpc_peering_connection(VpcId=opened, PeerVpcId=closed)
    # Lists are made and read as things of their own type.
    lists = f"arn:aws:ec2:us-east-1:{ACCOUNT}:prefix-list/"
    user.may({"Action": ["ec2:CreateManagedPrefixList", "ec2:GetManagedPrefixListEntries"], "Resource": f"{lists}*"})
    made = own.create_managed_prefix_list(PrefixListName="l", MaxEntries=1, AddressFamily="IPv4")["PrefixList"]
    assert own.get_managed_prefix_list_entries(PrefixListId=made["PrefixListId"])["Entries"] == []
    assert code(own.get_security_groups_for_vpc, VpcId=opened) == "UnauthorizedOperation"

    # Functions by the VPC that they would be in.
    role = "arn:aws:iam::000000000000:role/role"
    groups = {vpc: root.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"][0]
              for vpc in vpcs}
    user.may(everything, {"Effect": "Deny", "Action": "lambda:CreateFunction", "Resource": "*", "Condition": {
        "ForAnyValue:StringEquals": {"lambda:VpcIds": closed}}})
    create = lambda vpc: user.client("lambda").create_function(
        FunctionName=f"of-{vpc}", Runtime="python3.11", Role=role, Handler="app.handler",
        Code={"ZipFile": package(app__py="def handler(event, context): pass")},
        VpcConfig={"SubnetIds": [subnets[vpc]], "SecurityGroupIds": [groups[vpc]["GroupId"]]})
    assert code(lambda: create(closed)) == "AccessDeniedException"
    # The other is judged by its role, which is none.
    assert code(lambda: create(opened)) == "InvalidParameterValueException"


def test_networks_are_spoken_of_by_subnets_zones_regions_and_what_associations_are_of(server, user):
    root, own = server.client("ec2"), user.client("ec2")
    vpc = root.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    arn = lambda kind, name: f"arn:aws:ec2:us-east-1:{ACCOUNT}:{kind}/{name}"
    group = root.create_security_group(GroupName="g", Description="g", VpcId=vpc)["GroupId"]
    subnets = [root.create_subnet(VpcId=vpc, CidrBlock=f"10.1.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")
               ["Subnet"]["SubnetId"] for number, zone in enumerate("ab")]
    enis = [root.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
            for subnet in subnets]

    def code(call, **arguments):
        with pytest.raises(botocore.exceptions.ClientError) as caught:
            call(**arguments)
        return caught.value.response["Error"]["Code"]

    # As AWS's guide has it, for the groups of one VPC.
    user.may({"Action": ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
              "Resource": arn("security-group", "*"), "Condition": {"ArnEquals": {"ec2:Vpc": arn("vpc", vpc)}}})
    rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    own.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    own.revoke_security_group_ingress(GroupId=group, IpPermissions=[rule])
    tagged = [{"ResourceType": "security-group-rule", "Tags": [{"Key": "k", "Value": "v"}]}]
    assert code(own.authorize_security_group_ingress, GroupId=group, IpPermissions=[rule],
                TagSpecifications=tagged) == "UnauthorizedOperation"

    everything = {"Action": "*", "Resource": "*"}
    never = lambda action, condition: user.may(
        everything, {"Effect": "Deny", "Action": action, "Resource": "*", "Condition": condition})
    never("ec2:DeleteNetworkInterface", {"ArnEquals": {"ec2:Subnet": arn("subnet", subnets[0])}})
    assert code(own.delete_network_interface, NetworkInterfaceId=enis[0]) == "UnauthorizedOperation"
    own.delete_network_interface(NetworkInterfaceId=enis[1])
    # What an ENI is made in is said by the subnet; of the ENI itself nothing but its tags.
    created = {"Action": "ec2:CreateNetworkInterface"}
    of_vpc = {"ArnEquals": {"ec2:Vpc": arn("vpc", vpc)}, "StringEquals": {"ec2:AvailabilityZone": "us-east-1a"}}
    user.may({**created, "Resource": "*", "Condition": of_vpc})
    assert code(own.create_network_interface, SubnetId=subnets[0]) == "UnauthorizedOperation"
    nothing = {"Null": {key: "true" for key in ("ec2:Vpc", "ec2:Subnet", "ec2:AvailabilityZone")}}
    user.may({**created, "Resource": arn("subnet", "*"), "Condition": of_vpc},
             {**created, "Resource": arn("network-interface", "*"), "Condition": nothing})
    own.create_network_interface(SubnetId=subnets[0])
    assert code(own.create_network_interface, SubnetId=subnets[1]) == "UnauthorizedOperation"
    never("ec2:CreateSubnetCidrReservation", {"StringEquals": {"ec2:AvailabilityZone": "us-east-1a"}})
    reserve = lambda place: own.create_subnet_cidr_reservation(
        SubnetId=subnets[place], Cidr=f"10.1.{place}.64/28", ReservationType="prefix")
    assert code(reserve, place=0) == "UnauthorizedOperation"
    reserve(1)
    never("ec2:*", {"StringNotEquals": {"ec2:Region": "us-east-1"}})
    own.describe_vpcs()
    elsewhere = server.client("ec2", account=user.key, region="eu-west-1")
    assert code(elsewhere.describe_vpcs) == "UnauthorizedOperation"

    # What ends an association is asked about what that is of.
    user.may({"Action": "ec2:*", "Resource": arn("vpc", vpc)})
    made = own.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="10.2.0.0/16")["CidrBlockAssociation"]["AssociationId"]
    own.disassociate_vpc_cidr_block(AssociationId=made)
    table = root.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    held = root.associate_route_table(RouteTableId=table, SubnetId=subnets[0])["AssociationId"]
    assert code(own.disassociate_route_table, AssociationId=held) == "UnauthorizedOperation"
    user.may({"Action": "ec2:*", "Resource": arn("route-table", table)})
    own.disassociate_route_table(AssociationId=held)


def test_a_source_is_read_for_as_long_as_the_role_may(server):
    iam, sqs, client = (server.client(service) for service in ("iam", "sqs", "lambda"))
    trust = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    document = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["sqs:*", "logs:*"], "Resource": "*"}]})
    may = lambda: iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=document)
    may()
    client.create_function(
        FunctionName="f", Runtime="python3.11", Role=role, Handler="app.handler", Timeout=1,
        Code={"ZipFile": package(app__py="def handler(event, context): print('took', event['Records'][0]['body'])")})
    url = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    mapping = client.create_event_source_mapping(
        FunctionName="f", EventSourceArn=f"arn:aws:sqs:us-east-1:{ACCOUNT}:q")["UUID"]
    send = lambda text: sqs.send_message(QueueUrl=url, MessageBody=text)
    explained = lambda: json.dumps(internal(server, f"explain/{mapping}"))

    def taken():
        try:
            events = server.client("logs").filter_log_events(logGroupName="/aws/lambda/f", filterPattern="took")
        except botocore.exceptions.ClientError:
            return []
        return [event["message"].strip() for event in events["events"]]

    send("first")
    eventually(lambda: taken() == ["took first"], 60)
    iam.delete_role_policy(RoleName="r", PolicyName="p")
    send("second")
    refusal = f"User: {role} is not authorized to perform: sqs:ReceiveMessage on resource"
    eventually(lambda: refusal in explained(), 60)
    assert taken() == ["took first"]
    (finding,) = internal(server, "check")["findings"]
    assert (finding["severity"], finding["kind"], finding["about"], finding["functions"]) == (
        "warning", "source", mapping, ["f"])
    assert f"event source mapping {mapping} cannot read" in finding["text"] and refusal in finding["text"]
    may()
    eventually(lambda: taken() == ["took first", "took second"], 120)


def test_a_key_that_was_deleted_is_nobodys(server, user):
    user.may({"Action": "ec2:DescribeVpcs", "Resource": "*"})
    own = user.client("ec2")
    own.describe_vpcs()
    user.iam.delete_access_key(UserName=user.name, AccessKeyId=user.key)
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        own.describe_vpcs()
    assert caught.value.response["Error"]["Code"] == "AuthFailure"
