"""LoggingConfig: logs as JSON, from a level on, and in a group of one's own choice."""

import base64
import json
import re
import time

import pytest

from functions import create, invoke, refused, result

CODE = """
import json, logging, os
log = logging.getLogger("mine")
def handler(event, context):
    log.debug("d"); log.info("i"); log.warning("w", extra={"order": 5})
    print("printed")
    print(json.dumps({"level": "DEBUG", "timestamp": "2026-01-01T00:00:00Z"}))
    if event.get("fail"):
        raise ValueError("x")
    if event.get("exit"):
        os._exit(1)
    return {name: os.environ.get(name) for name in event.get("names", ())}
"""
NAMES = [f"AWS_LAMBDA_LOG_{name}" for name in ("FORMAT", "LEVEL", "GROUP_NAME", "STREAM_NAME")]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def client(server):
    return server.client("lambda")


def tail(client, event=None, name="f"):
    answer = invoke(client, event, name, LogType="Tail")
    return base64.b64decode(answer["LogResult"]).decode().splitlines()


def documents(lines):
    return [json.loads(line) for line in lines if line.startswith("{")]


def logged(server, group):
    events = server.client("logs").filter_log_events(logGroupName=group)["events"]
    return [event["message"] for event in events]


def test_text_is_what_there_is_without_a_word(client):
    made = create(client, code=CODE)
    assert made["LoggingConfig"] == {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"}
    names = result(client, {"names": NAMES})
    assert names["AWS_LAMBDA_LOG_FORMAT"] is None and names["AWS_LAMBDA_LOG_LEVEL"] is None
    assert any(line.startswith("[WARNING]\t") for line in tail(client))


def test_a_log_of_documents(server, client):
    made = create(client, code=CODE, LoggingConfig={"LogFormat": "JSON"})
    config = {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO",
              "LogGroup": "/aws/lambda/f"}
    assert made["LoggingConfig"] == config
    assert client.get_function_configuration(FunctionName="f")["LoggingConfig"] == config
    answer = invoke(client, {"names": NAMES}, LogType="Tail")
    request = answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    names = json.loads(answer["Payload"])
    assert (names["AWS_LAMBDA_LOG_FORMAT"], names["AWS_LAMBDA_LOG_LEVEL"]) == ("JSON", "INFO")
    lines = base64.b64decode(answer["LogResult"]).decode().splitlines()
    assert "printed" in lines
    start, info, warning, report = documents(lines)
    assert TIME.fullmatch(start.pop("time")) and TIME.fullmatch(report.pop("time"))
    arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
    assert start == {"type": "platform.start",
                     "record": {"requestId": request, "functionArn": arn, "version": "$LATEST"}}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", warning.pop("timestamp"))
    assert warning == {"level": "WARNING", "message": "w", "logger": "mine", "requestId": request,
                       "order": 5}
    assert info["message"] == "i"
    metrics = report["record"].pop("metrics")
    assert report == {"type": "platform.report", "record": {"requestId": request, "status": "success"}}
    assert list(metrics) == ["durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB",
                             "initDurationMs"]
    # In the stream each is an event, and the first tells of the start.
    first = json.loads(logged(server, "/aws/lambda/f")[0])
    record = first["record"]
    assert first["type"] == "platform.initStart"
    assert record["runtimeVersion"] == "python:3.11.v1" and record["functionName"] == "f"
    assert record["instanceId"] == names["AWS_LAMBDA_LOG_STREAM_NAME"]
    assert record["instanceMaxMemory"] == 128 << 20


def test_levels_leave_out_what_matters_less(client):
    create(client, code=CODE, LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "WARN",
                                             "SystemLogLevel": "WARN"})
    # What has no level counts as INFO, and so do starts and reports of what went well.
    assert [each["message"] for each in documents(tail(client))] == ["w"]
    assert "printed" not in tail(client)
    failed = documents(tail(client, {"fail": 1}))
    assert [each.get("type") or each.get("level") or each["log_level"] for each in failed] == [
        "WARNING", "ERROR", "platform.runtimeDone", "platform.report"]
    error, report = failed[1], failed[-1]["record"]
    assert (error["errorType"], error["errorMessage"], report["status"]) == ("ValueError", "x", "error")
    report = documents(tail(client, {"exit": 1}))[-1]["record"]
    assert (report["status"], report["errorType"]) == ("error", "Runtime.ExitError")


def test_every_detail_is_there_for_who_wants_it(server, client):
    create(client, code=CODE, LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "TRACE",
                                             "SystemLogLevel": "DEBUG"})
    assert result(client, {"names": NAMES})["AWS_LAMBDA_LOG_LEVEL"] == "TRACE"
    seen = documents(logged(server, "/aws/lambda/f"))
    assert [each["type"].split(".")[1] for each in seen if "type" in each] == [
        "initStart", "initRuntimeDone", "initReport", "start", "runtimeDone", "report"]
    assert {"DEBUG", "INFO", "WARNING"} == {each["level"] for each in seen if "level" in each}
    report = next(each["record"] for each in seen if each.get("type") == "platform.initReport")
    assert report["metrics"].pop("durationMs") > 0
    assert report == {"initializationType": "on-demand", "phase": "init", "status": "success",
                      "metrics": {}}


def test_a_group_that_functions_share(server, client):
    for name in ("f", "g"):
        create(client, name, CODE, LoggingConfig={"LogGroup": "/mine/shared"})
        names = result(client, {"names": NAMES}, name)
        assert names["AWS_LAMBDA_LOG_GROUP_NAME"] == "/mine/shared"
        day = time.strftime("%Y/%m/%d/", time.gmtime())
        stream = names["AWS_LAMBDA_LOG_STREAM_NAME"]
        assert re.fullmatch(re.escape(f"{day}{name}[$LATEST]") + "[0-9a-f]{32}", stream)
    logs = server.client("logs")
    streams = logs.describe_log_streams(logGroupName="/mine/shared")["logStreams"]
    assert len(streams) == 2
    assert [each["logGroupName"] for each in logs.describe_log_groups()["logGroups"]] == ["/mine/shared"]
    # A change is in force with the next environment.
    client.update_function_configuration(FunctionName="f", LoggingConfig={"LogGroup": "/aws/lambda/f"})
    client.get_waiter("function_updated_v2").wait(FunctionName="f", WaiterConfig={"Delay": 0.05, "MaxAttempts": 200})
    assert result(client, {"names": NAMES})["AWS_LAMBDA_LOG_GROUP_NAME"] == "/aws/lambda/f"


def test_what_is_no_logging_is_refused(server, client):
    for given, code in (
        ({"LogFormat": "Text", "ApplicationLogLevel": "INFO"}, "InvalidParameterValueException"),
        ({"SystemLogLevel": "INFO"}, "InvalidParameterValueException"),
        ({"LogFormat": "XML"}, "ValidationException"),
        ({"LogFormat": "JSON", "SystemLogLevel": "ERROR"}, "ValidationException"),
        ({"LogGroup": "no spaces"}, "ValidationException"),
    ):
        found, message, status = refused(create, client=client, code=CODE, LoggingConfig=given)
        assert (found, status) == (code, 400), message
    create(client, code=CODE, LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "ERROR"})
    config = client.update_function_configuration(FunctionName="f", LoggingConfig={"SystemLogLevel": "WARN"})
    assert config["LoggingConfig"]["ApplicationLogLevel"] == "ERROR"


def test_logging_survives_a_restart(serve):
    server = serve()
    config = {"LogFormat": "JSON", "ApplicationLogLevel": "DEBUG", "SystemLogLevel": "WARN", "LogGroup": "kept"}
    create(server.client("lambda"), code=CODE, LoggingConfig=config)
    server.stop(9)
    again = serve().client("lambda")
    assert again.get_function_configuration(FunctionName="f")["LoggingConfig"] == config
