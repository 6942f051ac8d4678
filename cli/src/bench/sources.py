"""The function of `warren bench sources`: tells how long after it was sent what it is given begins."""
import base64
import time


def sent(event):
    if "Records" not in event:
        return "call", event["at"], 1
    first, count = event["Records"][0], len(event["Records"])
    if "kinesis" in first:
        return "kinesis", int(base64.b64decode(first["kinesis"]["data"])), count
    if "dynamodb" in first:
        return "table", int(first["dynamodb"]["NewImage"]["at"]["N"]), count
    return "queue", int(first["body"]), count


def handler(event, context):
    now = time.time_ns()
    kind, at, count = sent(event)
    print("began", kind, now - at, now, count)
