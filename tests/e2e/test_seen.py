"""What is seen of a server from outside: health, metrics, and CloudWatch's statistics."""

import datetime
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
import pathlib
import signal

import botocore.session

from functions import create, eventually, invoke, refused

FAILS = """
def handler(event, context):
    if event.get("fail"):
        raise ValueError("on purpose")
    return event
"""


def read(server, path):
    with urllib.request.urlopen(f"{server.url}{path}") as answer:
        return answer.read().decode()


def value(text, metric, **labels):
    """The value of a metric with these labels among others."""
    for line in text.splitlines():
        found = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
        if found and found[1] == metric:
            told = dict(re.findall(r'(\w+)="([^"]*)"', found[2] or ""))
            if labels.items() <= told.items():
                return float(found[3])
    return None


def test_a_server_says_that_it_is_ready(server):
    assert server.process.stdout.readline() == "Ready.\n"
    told = json.loads(read(server, "/_localstack/health"))
    assert set(told["services"].values()) == {"running"} and "cloudwatch" in told["services"]
    eventually(lambda: json.loads(read(server, "/_warren/health"))["status"] == "ok")


def test_pages_of_other_sites_are_not_let_in(server):
    for headers in [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ]:
        request = urllib.request.Request(f"{server.url}/_warren/ps", headers=headers)
        try:
            urllib.request.urlopen(request).close()
            raise AssertionError(f"{headers} was let in")
        except urllib.error.HTTPError as error:
            assert error.code == 403
    assert "access-control-allow-origin" not in urllib.request.urlopen(f"{server.url}/_warren/ps").headers


def test_invocations_are_counted(server):
    client = server.client("lambda")
    create(client, code=FAILS)
    for event in [{}, {}, {"fail": True}]:
        invoke(client, event)
    client.invoke(FunctionName="f", InvocationType="Event", Payload=b"{}")
    text = eventually(
        lambda: (text := read(server, "/_warren/metrics"))
        and value(text, "warren_invocations_total", function="f", result="ok") == 3
        and text
    )
    assert value(text, "warren_invocations_total", function="f", result="error") == 1
    # A runtime is done with an invocation after its answer.
    eventually(
        lambda: value(read(server, "/_warren/metrics"), "warren_invocation_duration_seconds_count",
                      function="f") == 4
    )
    assert value(text, "warren_cold_starts_total", function="f") >= 1
    assert value(text, "warren_events_received_total", function="f") == 1
    assert value(text, "process_resident_memory_bytes") > 1e6

    cloudwatch = server.client("cloudwatch")
    now = datetime.datetime.now(datetime.timezone.utc)
    span = {"StartTime": now - datetime.timedelta(hours=1), "EndTime": now + datetime.timedelta(minutes=1)}
    dimensions = [{"Name": "FunctionName", "Value": "f"}]
    asked = {"Namespace": "AWS/Lambda", "Dimensions": dimensions, "Period": 7200, **span}
    for name, total in [("Invocations", 4), ("Errors", 1), ("AsyncEventsReceived", 1)]:
        told = cloudwatch.get_metric_statistics(MetricName=name, Statistics=["Sum"], **asked)
        assert sum(point["Sum"] for point in told["Datapoints"]) == total, name
    told = cloudwatch.get_metric_statistics(
        MetricName="Duration", ExtendedStatistics=["p50", "p99"], **asked)
    assert told["Datapoints"][0]["ExtendedStatistics"]["p99"] > 0
    listed = cloudwatch.list_metrics(Namespace="AWS/Lambda", MetricName="Errors")["Metrics"]
    assert {"Namespace": "AWS/Lambda", "MetricName": "Errors", "Dimensions": dimensions} in listed
    pages = cloudwatch.get_paginator("get_metric_data").paginate(
        MetricDataQueries=[{"Id": "m", "MetricStat": {
            "Metric": {"Namespace": "AWS/Lambda", "MetricName": "Invocations", "Dimensions": dimensions},
            "Period": 60, "Stat": "Sum"}}],
        **span,
    )
    assert sum(sum(page["MetricDataResults"][0]["Values"]) for page in pages) == 4

    # And by the command line.
    environment = os.environ | {
        "AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": server.url,
    }
    aws = pathlib.Path(sys.executable).parent / "aws"
    told = subprocess.run([aws, "cloudwatch", "list-metrics", "--namespace", "AWS/Lambda"],
                          env=environment, capture_output=True, text=True, check=True).stdout
    assert "Invocations" in told


def in_cbor(server):
    """A client of CloudWatch that speaks CBOR, as newer SDKs do, and boto3 where it has no other choice."""
    session = botocore.session.Session()
    loader = session.get_component("data_loader")
    load = loader.load_service_model

    def load_cbor(service, kind, *args, **named):
        model = load(service, kind, *args, **named)
        if service == "cloudwatch" and kind == "service-2":
            model["metadata"]["protocols"] = ["smithy-rpc-v2-cbor"]
            model["metadata"]["protocol"] = "smithy-rpc-v2-cbor"
        return model

    loader.load_service_model = load_cbor
    return session.create_client(
        "cloudwatch", region_name="us-east-1", endpoint_url=server.url,
        aws_access_key_id="000000000000", aws_secret_access_key="secret",
    )


def test_cloudwatch_speaks_cbor(server):
    client = server.client("lambda")
    create(client)
    invoke(client, {})
    cbor = in_cbor(server)
    assert cbor.meta.service_model.resolved_protocol == "smithy-rpc-v2-cbor"
    dimensions = [{"Name": "FunctionName", "Value": "f"}]
    now = datetime.datetime.now(datetime.timezone.utc)
    asked = {
        "Namespace": "AWS/Lambda", "MetricName": "Invocations", "Dimensions": dimensions, "Period": 7200,
        "StartTime": now - datetime.timedelta(hours=1), "EndTime": now + datetime.timedelta(minutes=1),
        "Statistics": ["Sum"],
    }
    told = eventually(lambda: (told := cbor.get_metric_statistics(**asked))["Datapoints"] and told)
    assert told["ResponseMetadata"]["HTTPHeaders"]["content-type"] == "application/cbor"
    assert told["Datapoints"][0]["Sum"] == 1.0
    told.pop("ResponseMetadata")
    in_json = server.client("cloudwatch").get_metric_statistics(**asked)
    in_json.pop("ResponseMetadata")
    assert told == in_json
    pages = cbor.get_paginator("get_metric_data").paginate(
        MetricDataQueries=[{"Id": "m", "MetricStat": {
            "Metric": {"Namespace": "AWS/Lambda", "MetricName": "Invocations", "Dimensions": dimensions},
            "Period": 60, "Stat": "Sum"}}],
        StartTime=asked["StartTime"], EndTime=asked["EndTime"],
    )
    assert sum(sum(page["MetricDataResults"][0]["Values"]) for page in pages) == 1
    assert len(cbor.list_metrics(MetricName="Errors", Dimensions=dimensions)["Metrics"]) == 1
    code, message, status = refused(cbor.get_metric_statistics, **asked | {"Period": 59})
    assert (code, status) == ("InvalidParameterValue", 400) and "Period" in message
    assert refused(cbor.delete_alarms, AlarmNames=["a"]) == (
        "UnknownOperationException", "Warren does not support the operation cloudwatch:DeleteAlarms.", 400,
    )


def test_what_is_put_is_there_after_a_kill(server):
    cloudwatch = server.client("cloudwatch")
    now = datetime.datetime.now(datetime.timezone.utc)
    dimensions = [{"Name": "Shop", "Value": "1"}]
    datum = {"MetricName": "Orders", "Dimensions": dimensions, "Unit": "Count"}
    for client in (cloudwatch, in_cbor(server)):
        client.put_metric_data(Namespace="Own", MetricData=[datum | {"Value": 2.5, "Timestamp": now}])
        # What is large comes compressed.
        much = [datum | {"MetricName": "Much", "Value": 1.0, "Timestamp": now}] * 200
        client.put_metric_data(Namespace="Own", MetricData=much)
    server.stop(signal.SIGKILL)
    server.start()
    cloudwatch = server.client("cloudwatch")
    much = cloudwatch.get_metric_statistics(
        Namespace="Own", MetricName="Much", Dimensions=dimensions, Period=3600, Statistics=["Sum"],
        StartTime=now - datetime.timedelta(hours=1), EndTime=now + datetime.timedelta(minutes=1),
    )["Datapoints"]
    assert sum(point["Sum"] for point in much) == 400
    told = cloudwatch.get_metric_statistics(
        Namespace="Own", MetricName="Orders", Dimensions=dimensions, Period=3600, Statistics=["Sum", "SampleCount"],
        StartTime=now - datetime.timedelta(hours=1), EndTime=now + datetime.timedelta(minutes=1),
    )["Datapoints"]
    assert sum(point["Sum"] for point in told) == 5.0
    assert {point["Unit"] for point in told} == {"Count"}
    metric = {"Namespace": "Own", "MetricName": "Orders", "Dimensions": dimensions}
    assert cloudwatch.list_metrics(Namespace="Own", MetricName="Orders")["Metrics"] == [metric]
    # Other accounts and regions have their own.
    assert server.client("cloudwatch", "111111111111").list_metrics(Namespace="Own")["Metrics"] == []
    assert server.client("cloudwatch", region="eu-west-1").list_metrics(Namespace="Own")["Metrics"] == []
