"""HTTP APIs of API Gateway's as their users see them: by boto3, curl and explanations."""

import base64
import json
import signal

import pytest

from functions import create, internal, refused
from test_authorized import User, denied
from test_urls import curl

ECHO = """
import json, time
def handler(event, context):
    path = event.get("rawPath") or event["path"]
    if path.endswith("/raise"):
        raise ValueError("no")
    if path.endswith("/sleep"):
        time.sleep(9)
    if path.endswith("/plain"):
        return "hello"
    if path.endswith("/many"):
        return {"statusCode": 201, "headers": {"x-a": "1"}, "multiValueHeaders": {"x-b": ["2", "3"]}, "body": "many"}
    return {"statusCode": 200, "body": json.dumps(event)}
"""

AUTHORIZER = """
import json
count = 0
def handler(event, context):
    global count
    count += 1
    print("event", json.dumps(event))
    token = event["identitySource"]
    token = token[0] if isinstance(token, list) else token
    if token == "broken":
        return {"nothing": 1}
    if "routeArn" in event and token.startswith("simple"):
        return {"isAuthorized": token == "simple yes", "context": {"count": count}}
    arn = event.get("routeArn") or event["methodArn"]
    effect = "Allow" if token == "policy yes" else "Deny"
    return {"principalId": "me", "context": {"count": count}, "policyDocument": {
        "Version": "2012-10-17", "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": arn}]}}
"""


@pytest.fixture
def functions(server):
    return server.client("lambda")


@pytest.fixture
def apis(server):
    return server.client("apigatewayv2")


def permit(functions, api, name="f", part="*", statement="api"):
    functions.add_permission(
        FunctionName=name, StatementId=statement, Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:us-east-1:000000000000:{api}/{part}")


def route(apis, api, key, integration, **more):
    return apis.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration}", **more)


def lead(apis, api, arn, payload="2.0", **more):
    made = apis.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion=payload, **more)
    return made["IntegrationId"]


def test_an_api_with_a_target_is_ready(server, functions, apis):
    arn = create(functions, code=ECHO)["FunctionArn"]
    made = apis.create_api(Name="quick", ProtocolType="HTTP", Target=arn)
    url, api = made["ApiEndpoint"], made["ApiId"]
    assert url == f"http://{api}.execute-api.us-east-1.localhost:{server.url.rsplit(':', 1)[1]}"
    status, _, body = curl(f"{url}/a")
    assert (status, json.loads(body)) == (500, {"message": "Internal Server Error"})
    permit(functions, api)
    status, headers, body = curl(f"{url}/a%20b?c=d&c=e", "-X", "PUT", "-H", "content-type: text/plain", data=b"text")
    event = json.loads(body)
    assert status == 200 and headers["apigw-requestid"]
    assert (event["version"], event["routeKey"], event["rawPath"]) == ("2.0", "$default", "/a%20b")
    assert (event["body"], event["queryStringParameters"]) == ("text", {"c": "d,e"})
    about = event["requestContext"]
    assert (about["apiId"], about["stage"], about["accountId"]) == (api, "$default", "000000000000")
    assert curl(f"{url}/plain")[2] == b"hello"
    assert curl(f"{url}/raise")[0] == 500
    told = json.dumps(internal(server, f"explain/{headers['x-amzn-requestid'][0]}"))
    assert f"apigateway.amazonaws.com for arn:aws:execute-api:us-east-1:000000000000:{api}/$default/$default" in told
    # Of the API itself it tells where it is.
    assert url in json.dumps(internal(server, f"explain/{api}"))
    (managed,) = apis.get_routes(ApiId=api)["Items"]
    assert managed["ApiGatewayManaged"] and managed["RouteKey"] == "$default"
    (stage,) = apis.get_stages(ApiId=api)["Items"]
    assert (stage["StageName"], stage["AutoDeploy"]) == ("$default", True)
    # By the name that it would have on AWS.
    host = f"{api}.execute-api.us-east-1.amazonaws.com"
    assert curl(f"{server.url}/plain", "-H", f"Host: {host}")[0] == 200
    apis.delete_api(ApiId=api)
    status, _, body = curl(f"{url}/a")
    assert (status, json.loads(body)) == (404, {"message": "Not Found"})


def test_routes_stages_and_deployments(server, functions, apis):
    arn = create(functions, code=ECHO)["FunctionArn"]
    made = apis.create_api(Name="api", ProtocolType="HTTP")
    url, api = made["ApiEndpoint"], made["ApiId"]
    two = lead(apis, api, arn)
    one = lead(apis, api, f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations", "1.0")
    named = lead(apis, api, arn.rsplit(":", 1)[0] + ":${stageVariables.fn}")
    route(apis, api, "GET /pets/{id}", two)
    route(apis, api, "ANY /one/{proxy+}", one)
    route(apis, api, "GET /named", named)
    permit(functions, api)
    assert curl(f"{url}/pets/1")[0] == 404, "there is no stage"
    apis.create_stage(ApiId=api, StageName="$default", AutoDeploy=True, StageVariables={"fn": "f"})
    status, _, body = curl(f"{url}/pets/a%2Fb")
    event = json.loads(body)
    assert (status, event["routeKey"], event["pathParameters"]) == (200, "GET /pets/{id}", {"id": "a/b"})
    assert event["stageVariables"] == {"fn": "f"}
    assert curl(f"{url}/pets/1", "-X", "POST")[0] == 404
    assert json.loads(curl(f"{url}/named")[2])["routeKey"] == "GET /named"
    status, _, body = curl(f"{url}/one/a/b?x=1&x=2", "-X", "PATCH", "-H", "X-Some: y", data=b"\xff")
    event = json.loads(body)
    assert (event["version"], event["resource"], event["path"]) == ("1.0", "/one/{proxy+}", "/one/a/b")
    assert event["pathParameters"] == {"proxy": "a/b"} and event["httpMethod"] == "PATCH"
    assert (event["queryStringParameters"], event["multiValueQueryStringParameters"]) == ({"x": "2"}, {"x": ["1", "2"]})
    assert event["headers"]["X-Some"] == "y" and event["multiValueHeaders"]["X-Some"] == ["y"]
    assert (base64.b64decode(event["body"]), event["isBase64Encoded"]) == (b"\xff", True)
    status, headers, body = curl(f"{url}/one/many")
    assert (status, headers["x-a"], headers["x-b"], body) == (201, ["1"], ["2", "3"], b"many")
    assert curl(f"{url}/one/plain")[0] == 500, "1.0 has no answer without a status"
    # A stage without automatic deployment serves what was deployed.
    deployment = apis.create_deployment(ApiId=api)["DeploymentId"]
    apis.create_stage(ApiId=api, StageName="test", DeploymentId=deployment)
    route(apis, api, "GET /later", two)
    assert (curl(f"{url}/later")[0], curl(f"{url}/test/later")[0]) == (200, 404)
    status, _, body = curl(f"{url}/test/pets/1")
    event = json.loads(body)
    assert (status, event["rawPath"], event["requestContext"]["stage"]) == (200, "/test/pets/1", "test")
    apis.create_deployment(ApiId=api, StageName="test")
    assert curl(f"{url}/test/later")[0] == 200
    server.stop(signal.SIGKILL)
    server.start()
    apis = server.client("apigatewayv2")
    url = apis.get_api(ApiId=api)["ApiEndpoint"]
    assert (curl(f"{url}/later")[0], curl(f"{url}/test/later")[0]) == (200, 200)
    assert len(apis.get_routes(ApiId=api, MaxResults="2")["Items"]) == 2
    assert [each["StageName"] for each in apis.get_stages(ApiId=api)["Items"]] == ["$default", "test"]


def test_a_function_that_takes_too_long_is_given_up(functions, apis):
    arn = create(functions, code=ECHO, Timeout=20)["FunctionArn"]
    made = apis.create_api(Name="api", ProtocolType="HTTP")
    url, api = made["ApiEndpoint"], made["ApiId"]
    route(apis, api, "$default", lead(apis, api, arn, TimeoutInMillis=500))
    apis.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    permit(functions, api)
    status, _, body = curl(f"{url}/sleep")
    assert (status, json.loads(body)) == (503, {"message": "Service Unavailable"})
    functions.put_function_concurrency(FunctionName="f", ReservedConcurrentExecutions=0)
    assert curl(f"{url}/a")[0] == 503


def test_pages_of_other_sites(functions, apis):
    arn = create(functions, code=ECHO)["FunctionArn"]
    cors = {"AllowOrigins": ["https://a.example"], "AllowMethods": ["GET"], "AllowHeaders": ["x-a"], "MaxAge": 5}
    made = apis.create_api(Name="api", ProtocolType="HTTP", Target=arn, CorsConfiguration=cors)
    url, api = made["ApiEndpoint"], made["ApiId"]
    permit(functions, api)
    asks = ("-H", "Origin: https://a.example", "-H", "Sec-Fetch-Site: cross-site")
    status, headers, _ = curl(f"{url}/x", "-X", "OPTIONS", *asks, "-H", "Access-Control-Request-Method: GET")
    assert status == 204
    assert headers["access-control-allow-origin"] == ["https://a.example"]
    assert (headers["access-control-allow-methods"], headers["access-control-max-age"]) == (["GET"], ["5"])
    assert curl(f"{url}/plain", *asks)[1]["access-control-allow-origin"] == ["https://a.example"]
    apis.delete_cors_configuration(ApiId=api)
    assert "access-control-allow-origin" not in curl(f"{url}/plain", *asks)[1]


def test_authorizers_say_who_may_ask(functions, apis):
    arn = create(functions, code=ECHO)["FunctionArn"]
    asked = create(functions, name="authorizer", code=AUTHORIZER)["FunctionArn"]
    made = apis.create_api(Name="api", ProtocolType="HTTP")
    url, api = made["ApiEndpoint"], made["ApiId"]
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{asked}/invocations"

    def authorizer(name, **more):
        made = apis.create_authorizer(
            ApiId=api, Name=name, AuthorizerType="REQUEST", AuthorizerUri=uri,
            IdentitySource=["$request.header.Authorization"], **more)
        return {"AuthorizationType": "CUSTOM", "AuthorizerId": made["AuthorizerId"]}
    two = lead(apis, api, arn)
    simple = authorizer("simple", AuthorizerPayloadFormatVersion="2.0", EnableSimpleResponses=True)
    route(apis, api, "GET /simple", two, **simple)
    policy = authorizer("policy", AuthorizerPayloadFormatVersion="1.0", AuthorizerResultTtlInSeconds=0)
    route(apis, api, "GET /policy/{id}", two, **policy)
    route(apis, api, "GET /one/{id}", lead(apis, api, arn, "1.0"), **policy)
    apis.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    permit(functions, api)

    def ask(path, token):
        status, _, body = curl(f"{url}{path}", "-H", f"Authorization: {token}")
        return status, json.loads(body)
    assert ask("/simple", "simple yes")[0] == 500, "the authorizer may not be invoked"
    permit(functions, api, "authorizer", "authorizers/*")
    assert ask("/simple", "simple no") == (403, {"message": "Forbidden"})
    assert ask("/simple", "broken") == (500, {"message": "Internal Server Error"})
    assert (curl(f"{url}/simple")[0], json.loads(curl(f"{url}/simple")[2])) == (401, {"message": "Unauthorized"})
    status, event = ask("/simple", "simple yes")
    first = event["requestContext"]["authorizer"]["lambda"]
    assert status == 200 and set(first) == {"count"}
    # What was answered is kept for five minutes.
    assert ask("/simple", "simple yes")[1]["requestContext"]["authorizer"]["lambda"] == first
    status, event = ask("/policy/1", "policy yes")
    again = ask("/policy/1", "policy yes")[1]
    counts = [each["requestContext"]["authorizer"]["lambda"]["count"] for each in (event, again)]
    assert status == 200 and counts[1] == counts[0] + 1, "nothing is kept for no seconds"
    assert ask("/policy/1", "policy no") == (403, {"message": "Forbidden"})
    status, event = ask("/one/1", "policy yes")
    assert event["requestContext"]["authorizer"]["principalId"] == "me"
    conflict = refused(apis.delete_authorizer, ApiId=api, AuthorizerId=simple["AuthorizerId"])
    assert (conflict[0], conflict[2]) == ("ConflictException", 409)


def test_what_cannot_be_is_refused(functions, apis):
    arn = create(functions, code=ECHO)["FunctionArn"]
    api = apis.create_api(Name="api", ProtocolType="HTTP", Tags={"a": "b"})["ApiId"]
    two = lead(apis, api, arn)
    made = route(apis, api, "GET /a", two)
    bad, missing = "BadRequestException", "NotFoundException"
    for call, parameters, code, told in [
        (apis.create_api, {"Name": "w", "ProtocolType": "WEBSOCKET"}, bad, "ProtocolType of CreateApi, except as HTTP"),
        (apis.create_api, {"Name": "w", "ProtocolType": "HTTP", "Target": "https://example.com"}, bad, "Invalid function"),
        (apis.get_api, {"ApiId": "none"}, missing, "Invalid API identifier specified none"),
        (apis.create_route, {"ApiId": api, "RouteKey": "GET a"}, bad, "not formatted properly"),
        (apis.create_route, {"ApiId": api, "RouteKey": "GET /a"}, "ConflictException", "already exists"),
        (apis.create_route, {"ApiId": api, "RouteKey": "GET /b", "Target": "integrations/none"}, bad, "Invalid integration"),
        (apis.create_route, {"ApiId": api, "RouteKey": "GET /b", "AuthorizationType": "JWT"}, bad, "except as NONE or CUSTOM"),
        (apis.create_integration, {"ApiId": api, "IntegrationType": "HTTP_PROXY", "IntegrationUri": "https://example.com"},
         bad, "IntegrationType of CreateIntegration, except as AWS_PROXY"),
        (apis.create_authorizer, {"ApiId": api, "Name": "j", "AuthorizerType": "JWT", "IdentitySource": ["$request.header.A"]},
         bad, "AuthorizerType of CreateAuthorizer, except as REQUEST"),
        (apis.create_authorizer, {"ApiId": api, "Name": "j", "AuthorizerType": "JWT", "IdentitySource": ["$request.header.A"],
                                  "JwtConfiguration": {"Issuer": "https://example.com"}}, None, "JwtConfiguration"),
        (apis.delete_integration, {"ApiId": api, "IntegrationId": two}, "ConflictException", "is used by Route"),
        (apis.create_stage, {"ApiId": api, "StageName": "a/b"}, bad, "Stage name only allows"),
    ]:
        answer = refused(call, **parameters)
        assert (code is None or answer[0] == code) and told in answer[1], (call, parameters, answer)
    apis.update_route(ApiId=api, RouteId=made["RouteId"], RouteKey="POST /a")
    assert apis.get_route(ApiId=api, RouteId=made["RouteId"])["RouteKey"] == "POST /a"
    resource = f"arn:aws:apigateway:us-east-1::/apis/{api}"
    apis.tag_resource(ResourceArn=resource, Tags={"c": "d"})
    apis.untag_resource(ResourceArn=resource, TagKeys=["a"])
    assert apis.get_tags(ResourceArn=resource)["Tags"] == {"c": "d"}
    assert [each["ApiId"] for each in apis.get_apis()["Items"]] == [api]


def test_where_iam_is_enforced_methods_and_paths_are_demanded(serve):
    server = serve("--iam", "enforce")
    made = server.client("apigatewayv2").create_api(Name="api", ProtocolType="HTTP")["ApiId"]
    user = User(server)
    own = user.client("apigatewayv2")
    path = f"arn:aws:apigateway:us-east-1::/apis/{made}"
    assert denied(own.get_api, ApiId=made) == ("apigateway:GET", path)
    user.may({"Action": "apigateway:GET", "Resource": path})
    assert own.get_api(ApiId=made)["Name"] == "api"
    assert denied(own.get_routes, ApiId=made) == ("apigateway:GET", f"{path}/routes")
    assert denied(own.delete_api, ApiId=made) == ("apigateway:DELETE", path)
