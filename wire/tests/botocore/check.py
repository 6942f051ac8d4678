"""Spells inputs as botocore does, and checks that botocore reads rendered outputs as what they were.

Each line of standard input is an object with service, operation, input, output and response;
each line of standard output holds the request, and what botocore read differently.
"""
import base64
import datetime
import json
import sys
import urllib.parse

from botocore import auth, awsrequest, credentials, loaders, model, parsers, serialize

UTC = datetime.timezone.utc
# Recorded signatures are made at one instant, so that recording again changes nothing.
auth.get_current_datetime = lambda remove_tzinfo=True: datetime.datetime(2026, 1, 2, 3, 4, 5)
KEY = credentials.Credentials("AKIDEXAMPLE", "secret")


def convert(shape, value, scalar):
    if shape.type_name == "structure":
        return {k: convert(shape.members[k], v, scalar) for k, v in value.items()}
    if shape.type_name == "list":
        return [convert(shape.member, v, scalar) for v in value]
    if shape.type_name == "map":
        return {k: convert(shape.value, v, scalar) for k, v in value.items()}
    if shape.name == "policyDocumentType" and scalar is from_python:
        return urllib.parse.unquote(value)
    # Times that are spelled as texts are texts to those who make and read them.
    if shape.name.endswith("Iso8601"):
        if scalar is from_python:
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        return datetime.datetime.fromisoformat(value)
    return scalar(shape.type_name, value)


def to_python(kind, value):
    if kind == "timestamp":
        return datetime.datetime.fromtimestamp(value / 1000, UTC)
    return base64.b64decode(value) if kind == "blob" else value


def from_python(kind, value):
    if kind == "timestamp":
        return round(value.timestamp() * 1000)
    if kind == "blob":
        return base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()
    return value


def request(service, operation, params):
    params = convert(operation.input_shape, params, to_python) if operation.input_shape else {}
    serializer = serialize.create_serializer(service.resolved_protocol, include_validation=False)
    parts = serializer.serialize_to_request(params, operation)
    awsrequest.prepare_request_dict(parts, "http://localhost")
    unsigned = awsrequest.create_request_object(parts)
    auth.SigV4Auth(KEY, service.signing_name, "us-east-1").add_auth(unsigned)
    sent = unsigned.prepare()
    path, _, query = sent.url.removeprefix("http://localhost").partition("?")
    body = sent.body or b""
    return {
        "method": sent.method,
        "path": path,
        "query": query,
        "headers": {k: v if isinstance(v, str) else v.decode() for k, v in sent.headers.items()},
        "body": body if isinstance(body, str) else body.decode(),
    }


def differing(service, operation, output, response):
    # Events come in messages of their own, which a client reads one by one.
    if operation.has_event_stream_output:
        return None
    parser = parsers.create_parser(service.resolved_protocol)
    raw = {
        "headers": awsrequest.HeadersDict(response["headers"]),
        "body": response["body"].encode(),
        "status_code": response["status"],
    }
    parsed = parser.parse(raw, operation.output_shape)
    metadata = parsed.pop("ResponseMetadata", {})
    if metadata.get("RequestId") != "request-1":
        return {"RequestId": metadata}
    if operation.output_shape is None:
        return None
    read = convert(operation.output_shape, parsed, from_python)
    return None if read == output else {"read": read, "output": output}


def main():
    loader = loaders.Loader()
    for line in sys.stdin:
        case = json.loads(line)
        service = model.ServiceModel(loader.load_service_model(case["service"], "service-2"))
        operation = service.operation_model(case["operation"])
        answer = {
            "request": request(service, operation, case["input"]),
            "differing": differing(service, operation, case["output"], case["response"]),
        }
        print(json.dumps(answer))


main()
