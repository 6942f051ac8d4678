"""URLs of functions as their users see them: by boto3, the aws CLI, curl and explanations."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest

from functions import create, internal, refused

ECHO = """
import base64, json, os, time
def handler(event, context):
    path = event["rawPath"]
    if path == "/event":
        return {"statusCode": 200, "body": json.dumps(event)}
    if path == "/raise":
        raise ValueError("no")
    if path == "/sleep":
        time.sleep(9)
    if path == "/exit":
        os._exit(1)
    if path == "/malformed":
        return {"statusCode": 1000}
    if path == "/binary":
        return {"statusCode": 200, "headers": {"content-type": "application/octet-stream"},
                "isBase64Encoded": True, "body": base64.b64encode(bytes(range(256))).decode()}
    if path == "/whole":
        return {"statusCode": "418", "headers": {"X-A": "b", "Content-Type": "text/html"},
                "cookies": ["a=1", "b=2; Path=/"], "body": "<p>"}
    return json.loads(event["body"])
"""


@pytest.fixture
def functions(server):
    return server.client("lambda")


def permit(functions, **more):
    functions.add_permission(
        FunctionName="f", StatementId="url", Action="lambda:InvokeFunctionUrl", Principal="*",
        FunctionUrlAuthType="NONE", **more)
    functions.add_permission(
        FunctionName="f", StatementId="function", Action="lambda:InvokeFunction", Principal="*",
        InvokedViaFunctionUrl=True, **more)


def curl(url, *words, data=None):
    """The status, the headers by name, and the body's bytes."""
    command = ["curl", "-sS", "-i", "--max-time", "30", *words, url]
    if data is not None:
        command += ["--data-binary", "@-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    return int(first.split()[1]), headers, body


def test_a_function_is_reached_by_its_url(server, functions):
    create(functions, code=ECHO, Timeout=1)
    made = functions.create_function_url_config(FunctionName="f", AuthType="NONE")
    url = made["FunctionUrl"]
    assert url.startswith("http://") and url.endswith(f".lambda-url.us-east-1.localhost:{server.url.rsplit(':', 1)[1]}/")
    assert curl(url)[0] == 403
    permit(functions)
    status, headers, body = curl(f"{url}event?a=1&a=2", "-H", "Cookie: c=d", "-A", "agent")
    event = json.loads(body)
    assert (status, headers["content-type"]) == (200, ["application/json"])
    assert (event["rawPath"], event["queryStringParameters"]) == ("/event", {"a": "1,2"})
    assert event["cookies"] == ["c=d"] and "body" not in event
    assert event["requestContext"]["http"]["userAgent"] == "agent"
    assert event["headers"]["host"] == url[len("http://"):-1]
    for returned, told in [('{"a": 1}', b'{"a":1}'), ('"hello"', b"hello"), ("[1, true]", b"[1,true]"), ("null", b"null")]:
        assert curl(url, "-H", "content-type: text/plain", data=returned.encode())[::2] == (200, told)
    status, headers, body = curl(f"{url}whole")
    assert (status, headers["x-a"], headers["content-type"], body) == (418, ["b"], ["text/html"], b"<p>")
    assert headers["set-cookie"] == ["a=1", "b=2; Path=/"]
    assert curl(f"{url}binary")[2] == bytes(range(256))
    for path in ("raise", "sleep", "exit", "malformed"):
        status, _, body = curl(f"{url}{path}")
        assert (status, body) == (502, b"Internal Server Error"), path
    request = curl(f"{url}malformed")[1]["x-amzn-requestid"][0]
    assert "what it returned is no answer" in json.dumps(internal(server, f"explain/{request}"))
    assert curl(url, "-I")[0] == 502
    # By the name that it would have on AWS.
    host = url[len("http://"):].split(".")[0] + ".lambda-url.us-east-1.on.aws"
    assert curl(f"{server.url}/whole", "-H", f"Host: {host}")[0] == 418
    status, headers, _ = curl(f"{url}event")
    told = json.dumps(internal(server, f"explain/{headers['x-amzn-requestid'][0]}"))
    identity = url[len("http://"):].split(".")[0]
    assert f"by anybody at function URL {identity}" in told


def test_large_bodies_pass_whole_or_are_refused(server, functions):
    create(functions, code='def handler(e, c):\n    return {"statusCode": 200, "body": str(len(e["body"]))}', Timeout=20)
    url = functions.create_function_url_config(FunctionName="f", AuthType="NONE")["FunctionUrl"]
    permit(functions)
    plain = ("-H", "content-type: text/plain", "-H", "Expect:")
    assert curl(url, *plain, data=b"x" * 6_000_000)[::2] == (200, b"6000000")
    assert curl(url, *plain, data=b"x" * 6_291_457)[0] == 413
    # In base64 it is more than a function takes.
    assert curl(url, "-H", "content-type: image/png", "-H", "Expect:", data=b"x" * 5_000_000)[0] == 413


def signed(url, account="000000000000", service="lambda", secret="secret"):
    """The headers of a signed request, as words for curl."""
    request = botocore.awsrequest.AWSRequest("GET", url)
    credentials = botocore.credentials.Credentials(account, secret)
    botocore.auth.SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    return [word for name, value in request.headers.items() for word in ("-H", f"{name}: {value}")]


def test_callers_who_sign_are_told_to_the_function(server, functions):
    create(functions, code=ECHO)
    functions.publish_version(FunctionName="f")
    functions.create_alias(FunctionName="f", Name="live", FunctionVersion="1")
    made = functions.create_function_url_config(FunctionName="f", AuthType="AWS_IAM", Qualifier="live")
    url = made["FunctionUrl"]
    assert curl(f"{url}event")[0] == 403
    status, _, body = curl(f"{url}event", *signed(f"{url}event"))
    assert status == 200
    told = json.loads(body)["requestContext"]["authorizer"]["iam"]
    assert told["userArn"] == "arn:aws:iam::000000000000:root"
    # Another account is let in by the alias's policy, which allows both.
    other = signed(f"{url}event", account="000000000001")
    assert curl(f"{url}event", *other)[0] == 403
    for action, more in [("lambda:InvokeFunctionUrl", {"FunctionUrlAuthType": "AWS_IAM"}),
                         ("lambda:InvokeFunction", {"InvokedViaFunctionUrl": True})]:
        assert curl(f"{url}event", *other)[0] == 403
        functions.add_permission(
            FunctionName="f", Qualifier="live", StatementId=action.split(":")[1], Action=action,
            Principal="000000000001", **more)
    assert curl(f"{url}event", *other)[0] == 200


def test_urls_survive_a_kill_and_go_with_what_they_are_of(server, functions):
    create(functions, code=ECHO)
    functions.publish_version(FunctionName="f")
    functions.create_alias(FunctionName="f", Name="live", FunctionVersion="1")
    cors = {"AllowOrigins": ["*"], "AllowMethods": ["GET"], "MaxAge": 5}
    functions.create_function_url_config(FunctionName="f", AuthType="NONE", Cors=cors)
    functions.create_function_url_config(FunctionName="f", AuthType="NONE", Qualifier="live")
    permit(functions)
    permit(functions, Qualifier="live")
    server.stop(signal.SIGKILL)
    server.start()
    functions = server.client("lambda")
    own, live = functions.list_function_url_configs(FunctionName="f")["FunctionUrlConfigs"]
    assert own["Cors"] == cors and live["FunctionArn"].endswith(":f:live")
    status, headers, _ = curl(f"{own['FunctionUrl']}whole", "-H", "Origin: https://a.example", "-H", "Sec-Fetch-Site: cross-site")
    assert (status, headers["access-control-allow-origin"]) == (418, ["*"])
    assert curl(f"{live['FunctionUrl']}whole")[0] == 418
    functions.delete_alias(FunctionName="f", Name="live")
    status, headers, body = curl(live["FunctionUrl"])
    assert (status, headers["x-amzn-errortype"]) == (403, ["AccessDeniedException"])
    assert json.loads(body)["Message"].startswith("Forbidden. For troubleshooting")
    functions.delete_function(FunctionName="f")
    assert curl(own["FunctionUrl"])[0] == 403
    missing = ("ResourceNotFoundException", "The resource you requested does not exist.", 404)
    assert refused(functions.get_function_url_config, FunctionName="f") == missing


def test_the_aws_cli_shows_urls(server, functions):
    create(functions, code=ECHO)
    environment = {**os.environ, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "000000000000",
                   "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}

    def aws(*words):
        done = subprocess.run(["aws", "lambda", *words, "--function-name", "f", "--output", "text",
                               "--query", "FunctionUrl"], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()
    made = aws("create-function-url-config", "--auth-type", "NONE", "--cors", "AllowOrigins=https://a.example")
    assert aws("get-function-url-config") == made
    assert aws("update-function-url-config", "--auth-type", "AWS_IAM") == made


def test_requests_are_counted_as_cloudwatch_and_prometheus_have_it(server):
    client = server.client("lambda")
    create(client, code="""
def handler(event, context):
    return {"statusCode": int(event["rawPath"].strip("/")), "body": "x"}
""")
    url = client.create_function_url_config(FunctionName="f", AuthType="NONE")["FunctionUrl"]
    for action, more in (("lambda:InvokeFunctionUrl", {"FunctionUrlAuthType": "NONE"}),
                         ("lambda:InvokeFunction", {"InvokedViaFunctionUrl": True})):
        client.add_permission(FunctionName="f", StatementId=action.split(":")[1], Action=action,
                              Principal="*", **more)
    host = url.split("//")[1].strip("/")
    for status in (200, 200, 404, 503):
        request = urllib.request.Request(f"{server.url}/{status}", headers={"host": host})
        try:
            urllib.request.urlopen(request, timeout=30).close()
        except urllib.error.HTTPError as error:
            assert error.code == status
    cloudwatch = server.client("cloudwatch")
    now = time.time()

    def told(name, statistic):
        points = cloudwatch.get_metric_statistics(
            Namespace="AWS/Lambda", MetricName=name, StartTime=now - 3600, EndTime=now + 60,
            Dimensions=[{"Name": "FunctionName", "Value": "f"}], Period=3600,
            Statistics=[statistic])["Datapoints"]
        return sum(point[statistic] for point in points)

    assert [told(name, "Sum") for name in ("UrlRequestCount", "Url4xxCount", "Url5xxCount")] == [4, 1, 1]
    assert told("UrlRequestLatency", "SampleCount") == 4 and told("UrlRequestLatency", "Minimum") > 0
    listed = {each["MetricName"] for each in cloudwatch.list_metrics(Namespace="AWS/Lambda")["Metrics"]}
    assert {"UrlRequestCount", "UrlRequestLatency", "Url4xxCount", "Url5xxCount"} <= listed
    text = urllib.request.urlopen(f"{server.url}/_warren/metrics", timeout=30).read().decode()
    labels = 'account="000000000000",region="us-east-1",function="f"'
    assert f'warren_url_requests_total{{{labels},status="4xx"}} 1' in text
    assert f'warren_url_requests_total{{{labels},status="2xx"}} 2' in text
    assert f"warren_url_request_seconds_count{{{labels}}} 4" in text
