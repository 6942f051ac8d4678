"""The function of the demonstration that orders trigger: it writes them to a database."""

import os

import pg8000.native


def orders(event):
    """The numbers of the orders that an event of a table, a bucket or a schedule tells of."""
    for record in event.get("Records", [event]):
        if "dynamodb" in record:
            yield int(record["dynamodb"]["NewImage"]["id"]["N"])
        elif "s3" in record:
            yield int(record["s3"]["object"]["key"].removeprefix("orders/"))
        else:
            yield int(record["order"])


def handler(event, context):
    database = pg8000.native.Connection("postgres", host=os.environ["DATABASE"], database="postgres")
    try:
        for order in orders(event):
            database.run("INSERT INTO orders VALUES (:order)", order=order)
    finally:
        database.close()
