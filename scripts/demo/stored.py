"""The function of the demonstration that orders of a table trigger: it writes them to a database."""

import os

import pg8000.native


def handler(event, context):
    database = pg8000.native.Connection("postgres", host=os.environ["DATABASE"], database="postgres")
    try:
        for record in event["Records"]:
            order = int(record["dynamodb"]["NewImage"]["id"]["N"])
            database.run("INSERT INTO orders VALUES (:order)", order=order)
    finally:
        database.close()
