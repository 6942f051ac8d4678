"""What callers may do with neighbours where IAM is enforced: wholly, in part, or not at all."""

import base64
import json

import botocore.exceptions
import pytest

import conftest

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


def test_what_another_accounts_arn_names_is_not_ones_own(server):
    root = server.client("secretsmanager")
    arn = root.create_secret(Name="s", SecretString="own")["ARN"]
    for other in [arn.replace(ACCOUNT, "000000000008"), arn.replace("us-east-1", "eu-west-1")]:
        with pytest.raises(root.exceptions.ResourceNotFoundException):
            root.get_secret_value(SecretId=other)
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
