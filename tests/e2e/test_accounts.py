"""What one account can have another's things do, by roles and mappings: nothing, unless those let it in."""

import json
import time

import botocore.exceptions
import pytest

from functions import create
from test_authorized import User, denied
from test_events import queue
from test_scheduler import OFF, soon

OTHER = "111111111111"


def policy(*actions, resource="*"):
    return {"Action": list(actions), "Resource": resource}


def test_a_mapping_reads_no_queue_of_another_account(server):
    _, arn = queue(server, "theirs")
    lambdas = server.client("lambda", account=OTHER)
    create(lambdas)
    with pytest.raises(botocore.exceptions.ClientError) as refusal:
        lambdas.create_event_source_mapping(FunctionName="f", EventSourceArn=arn)
    error = refusal.value.response["Error"]
    assert error["Code"] == "InvalidParameterValueException" and "another account" in error["Message"]


def test_a_role_is_no_way_to_another_account(server):
    url, arn = queue(server, "theirs")
    open_url, opened = queue(server, "open")
    letting = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"},
         "Action": "sqs:SendMessage", "Resource": opened}]}
    queues = server.client("sqs")
    queues.set_queue_attributes(QueueUrl=open_url, Attributes={"Policy": json.dumps(letting)})
    scheduler = server.client("scheduler", account=OTHER)
    role = f"arn:aws:iam::{OTHER}:role/caller"
    for name, target in [("closed", arn), ("open", opened)]:
        scheduler.create_schedule(
            Name=name, ScheduleExpression=soon(1), FlexibleTimeWindow=OFF,
            Target={"Arn": target, "RoleArn": role, "Input": name})
    came = queues.receive_message(QueueUrl=open_url, WaitTimeSeconds=20)["Messages"]
    assert [message["Body"] for message in came] == ["open"]
    time.sleep(1)
    assert "Messages" not in queues.receive_message(QueueUrl=url)


def test_a_mapping_is_given_to_another_function_by_who_may_do_so_for_both(serve):
    server = serve("--iam", "enforce")
    iam = server.client("iam")
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    lambdas = server.client("lambda")
    mine = create(lambdas, "mine", Role=role)["FunctionArn"]
    theirs = create(lambdas, "theirs", Role=role)["FunctionArn"]
    _, arn = queue(server, "q")
    with pytest.raises(botocore.exceptions.ClientError, match="does not have permissions to call ReceiveMessage"):
        lambdas.create_event_source_mapping(FunctionName="theirs", EventSourceArn=arn)
    reading = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **policy("sqs:*")}]}
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=json.dumps(reading))
    made = lambdas.create_event_source_mapping(FunctionName="theirs", EventSourceArn=arn)["UUID"]

    user = User(server)
    of = lambda function: {**policy("lambda:*"), "Condition": {"ArnLike": {"lambda:FunctionArn": function}}}
    user.may(of(mine))
    client = user.client("lambda")
    assert denied(client.update_event_source_mapping, UUID=made, FunctionName="mine")
    assert denied(client.get_event_source_mapping, UUID=made)
    assert denied(client.delete_event_source_mapping, UUID=made)
    user.may(of([mine, theirs]))
    assert client.get_event_source_mapping(UUID=made)["FunctionArn"] == theirs


def letting(action, resource):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Sid": "s", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"},
         "Action": action, "Resource": resource}]})


def refused(code, call, **input):
    with pytest.raises(botocore.exceptions.ClientError) as refusal:
        call(**input)
    assert refusal.value.response["Error"]["Code"] == code, refusal.value
    assert f"arn:aws:iam::{OTHER}:root is not authorized to perform" in str(refusal.value)
    return True


def test_queues_topics_and_buses_are_open_to_those_alone_whom_their_policies_let_in(server):
    url, arn = queue(server, "theirs")
    queues, others = server.client("sqs"), server.client("sqs", account=OTHER)
    assert refused("AccessDenied", others.send_message, QueueUrl=url, MessageBody="m")
    assert refused("AccessDenied", others.receive_message, QueueUrl=url)
    assert refused("AccessDenied", others.delete_queue, QueueUrl=url)
    queues.set_queue_attributes(QueueUrl=url, Attributes={"Policy": letting("sqs:SendMessage", arn)})
    others.send_message(QueueUrl=url, MessageBody="m")
    assert refused("AccessDenied", others.purge_queue, QueueUrl=url)
    assert [it["Body"] for it in queues.receive_message(QueueUrl=url)["Messages"]] == ["m"]

    topics, others = server.client("sns"), server.client("sns", account=OTHER)
    topic = topics.create_topic(Name="theirs")["TopicArn"]
    assert refused("AuthorizationError", others.publish, TopicArn=topic, Message="m")
    assert refused("AuthorizationError", others.delete_topic, TopicArn=topic)
    topics.add_permission(TopicArn=topic, Label="l", AWSAccountId=[OTHER], ActionName=["Publish"])
    others.publish(TopicArn=topic, Message="m")

    buses, others = server.client("events"), server.client("events", account=OTHER)
    bus = buses.create_event_bus(Name="theirs")["EventBusArn"]
    entries = [{"EventBusName": bus, "Source": "s", "DetailType": "t", "Detail": "{}"}]
    assert refused("AccessDeniedException", others.put_events, Entries=entries)
    buses.put_permission(EventBusName="theirs", StatementId="s", Principal=OTHER, Action="events:PutEvents")
    assert others.put_events(Entries=entries)["FailedEntryCount"] == 0
    with pytest.raises(botocore.exceptions.ClientError, match="is not authorized"):
        others.list_rules(EventBusName=bus)


def test_services_reach_another_accounts_queue_as_far_as_its_policy_lets_them(server):
    """Where IAM is not enforced a service is let through within its account alone."""
    queues = server.client("sqs", account=OTHER)
    urls = [queues.create_queue(QueueName=name)["QueueUrl"] for name in ("closed", "open")]
    arns = [f"arn:aws:sqs:us-east-1:{OTHER}:{name}" for name in ("closed", "open")]
    buses = server.client("events")
    rule = buses.put_rule(Name="r", EventPattern=json.dumps({"source": ["shop"]}))["RuleArn"]
    buses.put_targets(Rule="r", Targets=[{"Id": str(at), "Arn": arn} for at, arn in enumerate(arns)])
    let = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
         "Resource": arns[1], "Condition": {"ArnEquals": {"aws:SourceArn": rule}}}]}
    queues.set_queue_attributes(QueueUrl=urls[1], Attributes={"Policy": json.dumps(let)})
    buses.put_events(Entries=[{"Source": "shop", "DetailType": "t", "Detail": "{}"}])
    assert len(queues.receive_message(QueueUrl=urls[1], WaitTimeSeconds=20)["Messages"]) == 1
    assert "Messages" not in queues.receive_message(QueueUrl=urls[0], WaitTimeSeconds=1)


@pytest.mark.parametrize("options", [[], ["--iam", "enforce"]])
def test_roles_of_another_account_are_handed_to_no_service(serve, options):
    server = serve(*options)
    role = f"arn:aws:iam::{OTHER}:role/theirs"
    message = "Cross-account pass role is not allowed."
    with pytest.raises(botocore.exceptions.ClientError, match=message) as refusal:
        create(server.client("lambda"), Role=role)
    assert refusal.value.response["Error"]["Code"] == "AccessDeniedException"
    with pytest.raises(botocore.exceptions.ClientError, match=message):
        server.client("scheduler").create_schedule(
            Name="s", ScheduleExpression=soon(60), FlexibleTimeWindow=OFF,
            Target={"Arn": "arn:aws:sqs:us-east-1:000000000000:q", "RoleArn": role})
    events = server.client("events")
    events.put_rule(Name="r", EventPattern='{"source": ["s"]}')
    with pytest.raises(botocore.exceptions.ClientError, match=message):
        events.put_targets(Rule="r", Targets=[
            {"Id": "q", "Arn": "arn:aws:sqs:us-east-1:000000000000:q", "RoleArn": role}])
