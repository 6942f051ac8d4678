"""DynamoDB: tables, items, transactions, statements and what expires, as boto3 sees them."""

import time
from concurrent.futures import ThreadPoolExecutor

import botocore.exceptions
import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer


@pytest.fixture
def dynamodb(server):
    return server.client("dynamodb")


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error["Message"], caught.value.response


def table(dynamodb, name, **arguments):
    made = dynamodb.create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "id", "KeyType": "HASH"},
            {"AttributeName": "at", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "N"},
        ],
        BillingMode="PAY_PER_REQUEST",
        **arguments,
    )["TableDescription"]
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    return made["TableArn"]


def item(**attributes):
    return {name: TypeSerializer().serialize(value) for name, value in attributes.items()}


def plain(attributes):
    return {name: TypeDeserializer().deserialize(value) for name, value in attributes.items()}


def test_items_are_kept_in_tables_and_found_by_key_and_index(dynamodb):
    arn = table(
        dynamodb,
        "orders",
        Tags=[{"Key": "team", "Value": "shop"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-time",
                "KeySchema": [{"AttributeName": "at", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    assert arn == "arn:aws:dynamodb:us-east-1:000000000000:table/orders"
    told = dynamodb.describe_table(TableName="orders")["Table"]
    assert told["TableStatus"] == "ACTIVE" and told["TableArn"] == arn
    assert abs(told["CreationDateTime"].timestamp() - time.time()) < 600
    assert told["GlobalSecondaryIndexes"][0]["IndexArn"] == arn + "/index/by-time"
    assert dynamodb.list_tables()["TableNames"] == ["orders"]
    everything = {"bytes": b"\x00\xff", "words": {"a", "b"}, "deep": [{"x": [None, True, 1]}], "none": ""}
    dynamodb.put_item(TableName="orders", Item=item(id="1", at=1, **everything))
    # A table is named by its ARN as well.
    found = dynamodb.get_item(TableName=arn, Key=item(id="1", at=1), ConsistentRead=True)["Item"]
    assert plain(found)["deep"] == [{"x": [None, True, 1]}] and plain(found)["words"] == {"a", "b"}
    assert found["bytes"] == {"B": b"\x00\xff"}
    dynamodb.batch_write_item(
        RequestItems={arn: [{"PutRequest": {"Item": item(id="1", at=n)}} for n in range(2, 20)]}
    )
    pages = dynamodb.get_paginator("query").paginate(
        TableName="orders",
        KeyConditionExpression="id = :id AND #at BETWEEN :a AND :b",
        ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues=item(**{":id": "1", ":a": 5, ":b": 15}),
        PaginationConfig={"PageSize": 4},
    )
    assert [int(it["at"]["N"]) for page in pages for it in page["Items"]] == list(range(5, 16))
    by_time = dynamodb.query(
        TableName="orders",
        IndexName="by-time",
        KeyConditionExpression="#at = :at",
        ExpressionAttributeNames={"#at": "at"},
        ExpressionAttributeValues=item(**{":at": 7}),
    )
    assert by_time["Count"] == 1
    got = dynamodb.batch_get_item(RequestItems={arn: {"Keys": [item(id="1", at=2)]}})["Responses"]
    assert [plain(it) for it in got[arn]] == [{"id": "1", "at": 2}]
    updated = dynamodb.update_item(
        TableName="orders",
        Key=item(id="1", at=2),
        UpdateExpression="ADD n :one SET tags = list_append(if_not_exists(tags, :none), :tag)",
        ExpressionAttributeValues=item(**{":one": 1, ":none": [], ":tag": ["x"]}),
        ReturnValues="ALL_NEW",
    )["Attributes"]
    assert plain(updated) == {"id": "1", "at": 2, "n": 1, "tags": ["x"]}
    assert dynamodb.scan(TableName="orders", Select="COUNT")["Count"] == 19
    assert dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "shop"}]
    dynamodb.untag_resource(ResourceArn=arn, TagKeys=["team"])
    assert dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"] == []
    dynamodb.delete_table(TableName="orders")
    dynamodb.get_waiter("table_not_exists").wait(TableName="orders")
    assert dynamodb.list_tables()["TableNames"] == []


def test_writes_have_conditions_and_transactions_are_whole(dynamodb):
    table(dynamodb, "accounts")
    dynamodb.put_item(TableName="accounts", Item=item(id="a", at=0, sum=5))
    _, response = refused(
        "ConditionalCheckFailedException",
        dynamodb.put_item,
        TableName="accounts",
        Item=item(id="a", at=0),
        ConditionExpression="attribute_not_exists(id)",
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    assert response["Item"]["sum"] == {"N": "5"}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as caught:
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": "accounts", "Item": item(id="b", at=0)}},
                {
                    "Update": {
                        "TableName": "accounts",
                        "Key": item(id="a", at=0),
                        "UpdateExpression": "SET #s = #s - :n",
                        "ConditionExpression": "#s >= :n",
                        "ExpressionAttributeNames": {"#s": "sum"},
                        "ExpressionAttributeValues": item(**{":n": 6}),
                    }
                },
            ]
        )
    reasons = caught.value.response["CancellationReasons"]
    assert [it["Code"] for it in reasons] == ["None", "ConditionalCheckFailed"]
    assert "Item" not in dynamodb.get_item(TableName="accounts", Key=item(id="b", at=0))
    dynamodb.execute_statement(
        Statement="INSERT INTO \"accounts\" VALUE {'id': ?, 'at': 1}", Parameters=[{"S": "c"}]
    )
    found = dynamodb.execute_statement(Statement="SELECT * FROM \"accounts\" WHERE id = 'c'")
    assert [plain(it) for it in found["Items"]] == [{"id": "c", "at": 1}]


def test_bad_requests_are_refused_in_dynamodbs_words(dynamodb):
    message, response = refused("ResourceNotFoundException", dynamodb.describe_table, TableName="absent")
    assert message == "Requested resource not found: Table: absent not found"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    message, _ = refused("ValidationException", dynamodb.describe_table, TableName="a!b")
    assert "1 validation error detected: Value 'a!b' at 'tableName' failed" in message, message
    table(dynamodb, "things")
    message, _ = refused(
        "ValidationException", dynamodb.put_item, TableName="things", Item=item(id="a", at="no number")
    )
    assert message == (
        "One or more parameter values were invalid: Type mismatch for key at expected: N actual: S"
    )
    message, _ = refused(
        "ValidationException",
        dynamodb.scan,
        TableName="things",
        FilterExpression="size(",
    )
    assert "VALIDATION" not in message and "line 1" not in message, message
    arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/things"
    refused("ResourceNotFoundException", dynamodb.get_item, TableName=arn, Key=item(id="a", at=1))
    refused("ResourceInUseException", table, dynamodb=dynamodb, name="things")
    # What is not done is refused by name.
    message, _ = refused(
        "ValidationException",
        table,
        dynamodb=dynamodb,
        name="sealed",
        SSESpecification={"Enabled": True},
    )
    assert "SSESpecification" in message
    assert dynamodb.list_tables()["TableNames"] == ["things"]


def test_regions_and_accounts_have_tables_of_their_own(server, dynamodb):
    table(dynamodb, "here")
    elsewhere = server.client("dynamodb", region="eu-west-1")
    assert elsewhere.list_tables()["TableNames"] == []
    assert table(elsewhere, "here") == "arn:aws:dynamodb:eu-west-1:000000000000:table/here"
    assert server.client("dynamodb", account="000000000007").list_tables()["TableNames"] == []
    elsewhere.delete_table(TableName="here")
    assert dynamodb.list_tables()["TableNames"] == ["here"]


def test_an_account_and_its_backups_are_told(dynamodb):
    table(dynamodb, "kept")
    told = dynamodb.describe_continuous_backups(TableName="kept")["ContinuousBackupsDescription"]
    assert told["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "DISABLED"
    assert dynamodb.describe_limits()["TableMaxReadCapacityUnits"] == 40000
    assert len(dynamodb.describe_endpoints()["Endpoints"]) == 1


def test_items_expire_also_after_a_new_start(server, dynamodb):
    table(dynamodb, "sessions")
    dynamodb.update_time_to_live(
        TableName="sessions", TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
    )
    told = dynamodb.describe_time_to_live(TableName="sessions")["TimeToLiveDescription"]
    assert told["AttributeName"] == "until"
    with pytest.raises(botocore.exceptions.ClientError, match="TimeToLive is already enabled"):
        dynamodb.update_time_to_live(
            TableName="sessions", TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
        )
    server.stop(9)
    server.start()
    dynamodb = server.client("dynamodb")
    dynamodb.put_item(TableName="sessions", Item=item(id="old", at=0, until=int(time.time()) - 60))
    dynamodb.put_item(TableName="sessions", Item=item(id="new", at=0, until=int(time.time()) + 6000))
    until = time.monotonic() + 60
    while len(found := dynamodb.scan(TableName="sessions")["Items"]) > 1 and time.monotonic() < until:
        time.sleep(0.2)
    assert [it["id"]["S"] for it in found] == ["new"]


def test_what_is_acknowledged_survives_kill_9(server, dynamodb):
    table(dynamodb, "ledger")
    acknowledged = []

    def write(writer):
        client = server.client("dynamodb")
        for n in range(100_000):
            try:
                client.put_item(TableName="ledger", Item=item(id=str(writer), at=n))
            except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
                return
            acknowledged.append((str(writer), n))

    with ThreadPoolExecutor(4) as writers:
        done = [writers.submit(write, writer) for writer in range(4)]
        until = time.monotonic() + 60
        while len(acknowledged) < 200 and time.monotonic() < until:
            time.sleep(0.01)
        server.stop(9)
        for it in done:
            it.result()
    server.start()
    dynamodb = server.client("dynamodb")
    pages = dynamodb.get_paginator("scan").paginate(TableName="ledger", ConsistentRead=True)
    kept = {(it["id"]["S"], int(it["at"]["N"])) for page in pages for it in page["Items"]}
    assert len(acknowledged) >= 200 and set(acknowledged) <= kept
