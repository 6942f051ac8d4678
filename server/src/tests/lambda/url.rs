//! URLs of functions: their configurations, who is let in, and what functions are given and answer.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

use super::{ARN, CONFLICT, INVALID, MISSING, constraint, create, with, world};
use crate::tests::harness::{Server, function, signed_for};
use crate::tests::rows::{Expected, Row, refused};

const CREATE: &str = "CreateFunctionUrlConfig";
const UPDATE: &str = "UpdateFunctionUrlConfig";
const GET: &str = "GetFunctionUrlConfig";
const DELETE: &str = "DeleteFunctionUrlConfig";
const LIST: &str = "ListFunctionUrlConfigs";
const PATTERN: &str =
    "Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)";

fn of(name: &str, more: Value) -> Value {
    with(json!({"FunctionName": name, "AuthType": "NONE"}), more)
}

fn is(status: u16, body: Value) -> Expected {
    Expected::Shows(status, body)
}

fn none() -> Expected {
    refused(404, MISSING, "The resource you requested does not exist.")
}

fn exists(arn: &str) -> Expected {
    let message = format!(
        "Failed to create function url config for [functionArn = {arn}]. Error message:  \
         FunctionUrlConfig exists for this Lambda function"
    );
    refused(409, CONFLICT, message)
}

#[test]
fn urls_are_made_shown_and_changed() {
    let world = world();
    create(&world, "f");
    let f = json!({"FunctionName": "f"});
    let cors = json!({
        "AllowCredentials": true, "AllowHeaders": ["x-a"], "AllowMethods": ["GET"],
        "AllowOrigins": ["https://a.example"], "ExposeHeaders": ["x-b"], "MaxAge": 60,
    });
    let arn = format!("{ARN}f");
    let made = json!({"FunctionArn": arn, "AuthType": "NONE", "Cors": null, "InvokeMode": null});
    let changed = json!({"AuthType": "AWS_IAM", "Cors": cors, "InvokeMode": null});
    let shown = json!({"InvokeMode": "BUFFERED", "AuthType": "NONE"});
    let rows: Vec<Row> = vec![
        (CREATE, of("f", json!({})), is(201, made)),
        (CREATE, of("f", json!({})), exists(&arn)),
        (GET, f.clone(), is(200, shown)),
        (UPDATE, of("f", json!({"AuthType": "AWS_IAM", "Cors": cors})), is(200, changed.clone())),
        (UPDATE, f.clone(), is(200, changed)),
        (DELETE, f.clone(), Expected::Is(204, Value::Null)),
        (DELETE, f.clone(), none()),
        (GET, f.clone(), none()),
        (CREATE, of("f", json!({})), is(201, json!({}))),
        ("DeleteFunction", f.clone(), Expected::Is(204, Value::Null)),
        (GET, f.clone(), none()),
    ];
    world.check(rows);
    create(&world, "f");
    world.check([(LIST, f, is(200, json!({"FunctionUrlConfigs": []})))]);
}

#[test]
fn aliases_have_urls_of_their_own_that_go_with_them() {
    let world = world();
    create(&world, "f");
    let f = json!({"FunctionName": "f"});
    let live = || json!({"FunctionName": "f", "Qualifier": "live"});
    let alias = json!({"FunctionName": "f", "Name": "live", "FunctionVersion": "$LATEST"});
    let (own, arn) = (json!({"FunctionArn": format!("{ARN}f")}), format!("{ARN}f:live"));
    let of_alias = json!({"FunctionArn": arn, "InvokeMode": "BUFFERED"});
    let gone = ("DeleteAlias", json!({"FunctionName": "f", "Name": "live"}));
    let rows: Vec<Row> = vec![
        (CREATE, of("f", json!({})), is(201, own.clone())),
        ("CreateAlias", alias.clone(), is(201, json!({}))),
        (GET, live(), none()),
        (UPDATE, live(), none()),
        (
            CREATE,
            of("f", json!({"Qualifier": "live", "InvokeMode": "BUFFERED"})),
            is(201, of_alias.clone()),
        ),
        (CREATE, of("f:live", json!({})), exists(&arn)),
        (LIST, f.clone(), is(200, json!({"FunctionUrlConfigs": [own, of_alias]}))),
        (
            LIST,
            json!({"FunctionName": "f", "MaxItems": 1}),
            is(200, json!({"FunctionUrlConfigs": [own]})),
        ),
        (DELETE, f, Expected::Is(204, Value::Null)),
        (GET, live(), is(200, of_alias)),
        (gone.0, gone.1, Expected::Is(204, Value::Null)),
        (GET, live(), none()),
        ("CreateAlias", alias, is(201, json!({}))),
        (GET, live(), none()),
    ];
    world.check(rows);
}

#[test]
fn urls_that_cannot_be_are_refused() {
    let world = world();
    create(&world, "f");
    let no_function = || refused(404, MISSING, "Function does not exist");
    let mode = |operation: &str| {
        let message = format!(
            "Warren does not support the parameter InvokeMode of {operation}, except as BUFFERED."
        );
        refused(400, INVALID, message)
    };
    let mismatch =
        "The derived qualifier from the function name does not match the specified qualifier.";
    let rows: Vec<Row> = vec![
        (CREATE, of("g", json!({})), no_function()),
        (CREATE, of(&format!("{ARN}g"), json!({})), no_function()),
        (CREATE, of("f", json!({"Qualifier": "live"})), no_function()),
        (CREATE, of("f", json!({"Qualifier": "1"})), constraint("'1'", "qualifier", PATTERN)),
        (
            CREATE,
            of("f", json!({"Qualifier": "$LATEST"})),
            constraint("'$LATEST'", "qualifier", PATTERN),
        ),
        (CREATE, of("f:a", json!({"Qualifier": "b"})), refused(400, INVALID, mismatch)),
        (CREATE, of("f", json!({"InvokeMode": "RESPONSE_STREAM"})), mode(CREATE)),
        (UPDATE, of("f", json!({"InvokeMode": "RESPONSE_STREAM"})), mode(UPDATE)),
        (
            CREATE,
            of("f", json!({"InvokeMode": "UNKNOWN"})),
            constraint(
                "'UNKNOWN'",
                "invokeMode",
                "Member must satisfy enum value set: [RESPONSE_STREAM, BUFFERED]",
            ),
        ),
        (LIST, json!({"FunctionName": "g"}), no_function()),
        (LIST, json!({"FunctionName": "f"}), Expected::Is(200, json!({"FunctionUrlConfigs": []}))),
    ];
    world.check(rows);
}

/// A server with a function that has a URL, and what the URL begins with.
async fn serving(auth: &str, more: Value) -> (Server, String) {
    let server = Server::start();
    server.create_function(&function("f")).await;
    let body = with(json!({"AuthType": auth}), more);
    let made = server.lambda("POST /2021-10-31/functions/f/url", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let made: Value = serde_json::from_str(&made.text).expect("JSON");
    let url = made["FunctionUrl"].as_str().expect("a URL");
    let host = url.strip_prefix("http://").and_then(|url| url.strip_suffix('/')).expect("a host");
    assert!(host.ends_with(".lambda-url.us-east-1.localhost"), "{url}");
    (server, host.to_owned())
}

async fn permit(server: &Server) {
    for more in [
        json!({"StatementId": "u", "Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE"}),
        json!({"StatementId": "f", "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true}),
    ] {
        let answer =
            server.lambda("POST functions/f/policy", &with(json!({"Principal": "*"}), more)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
}

fn request(
    method: &str,
    host: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Request<String> {
    let mut request = Request::builder().method(method).uri(path).header("host", host);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.to_owned()).expect("a request")
}

fn text(response: &Response<Bytes>) -> String {
    String::from_utf8_lossy(response.body()).into_owned()
}

const FORBIDDEN: &str = "{\"Message\":\"Forbidden. For troubleshooting Function URL authorization issues, \
                         see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html\"}";

#[tokio::test]
async fn a_url_lets_in_whom_the_policy_does() {
    let (server, host) = serving("NONE", json!({})).await;
    let response = server.respond(request("GET", &host, "/", &[], "")).await;
    assert_eq!((response.status().as_u16(), text(&response)), (403, FORBIDDEN.to_owned()));
    assert_eq!(response.headers()["x-amzn-errortype"], "AccessDeniedException");
    assert_eq!(response.headers()["content-type"], "application/json");
    permit(&server).await;
    let response = server.respond(request("GET", &host, "/", &[], "")).await;
    assert_eq!(response.status(), 200, "{}", text(&response));
    // What Warren shows of itself is not shown below a URL.
    let response = server.respond(request("GET", &host, "/_warren/health", &[], "")).await;
    assert!(text(&response).contains("\"rawPath\":\"/_warren/health\""), "{}", text(&response));
    for (host, body) in [
        (
            "0123456789abcdefghijklmnopqrstuv.lambda-url.us-east-1.localhost".to_owned(),
            "{\"Message\":null}",
        ),
        (host.replace("us-east-1", "us-east-2"), FORBIDDEN),
        (format!("{}.lambda-url.us-east-1.localhost", "0".repeat(32)), FORBIDDEN),
    ] {
        let response = server.respond(request("GET", &host, "/", &[], "")).await;
        assert_eq!((response.status().as_u16(), &*text(&response)), (403, body), "{host}");
        assert_eq!(response.headers()["x-amzn-errortype"], "AccessDeniedException");
    }
    let on_aws = host.replace("localhost", "on.aws");
    assert_eq!(server.respond(request("GET", &on_aws, "/", &[], "")).await.status(), 200);
}

#[tokio::test]
async fn a_url_for_callers_who_sign_tells_who_they_are() {
    let (server, host) = serving("AWS_IAM", json!({})).await;
    let response = server.respond(request("GET", &host, "/", &[], "")).await;
    assert_eq!((response.status().as_u16(), text(&response)), (403, FORBIDDEN.to_owned()));
    let signed = signed_for("lambda");
    let headers = [("authorization", &*signed), ("x-a", "b")];
    let response = server.respond(request("GET", &host, "/", &headers, "")).await;
    let event: Value = serde_json::from_slice(response.body()).expect("JSON");
    assert_eq!(event["headers"]["x-a"], "b");
    assert_eq!(event["headers"]["authorization"], Value::Null);
    assert_eq!(event["requestContext"]["accountId"], "000000000000");
    assert_eq!(
        event["requestContext"]["authorizer"],
        json!({"iam": {
            "accessKey": "000000000000", "accountId": "000000000000", "callerId": "000000000000",
            "cognitoIdentity": null, "principalOrgId": null,
            "userArn": "arn:aws:iam::000000000000:root", "userId": "000000000000",
        }})
    );
    // Another account's caller needs the function's policy.
    let other = signed.replace("Credential=000000000000", "Credential=000000000001");
    let headers = [("authorization", &*other)];
    let response = server.respond(request("GET", &host, "/", &headers, "")).await;
    assert_eq!((response.status().as_u16(), text(&response)), (403, FORBIDDEN.to_owned()));
    let elsewhere = signed.replace("us-east-1", "us-east-2");
    let headers = [("authorization", &*elsewhere)];
    let response = server.respond(request("GET", &host, "/", &headers, "")).await;
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()["x-amzn-errortype"], "InvalidSignatureException");
}

#[tokio::test]
async fn a_function_is_given_the_request() {
    let (server, host) = serving("NONE", json!({})).await;
    permit(&server).await;
    let headers = [
        ("content-type", "application/json"),
        ("Extra-Headers", "With WeiRd CapS"),
        ("x-many", "a"),
        ("x-many", "b"),
        ("cookie", "a=1; b=2"),
        ("cookie", "c=3"),
        ("connection", "keep-alive"),
        ("user-agent", "test/echo"),
    ];
    let path = "/pa2%Fth/1?q=query+1&multiQuery=foo&multiQuery=%2Fbar&empty";
    let response =
        server.respond(request("POST", &host, path, &headers, "{\"foo\": \"bar\"}")).await;
    assert_eq!(response.status(), 200, "{}", text(&response));
    let event: Value = serde_json::from_slice(response.body()).expect("JSON");
    let about = &event["requestContext"];
    let at = about["timeEpoch"].as_i64().expect("a time");
    let expected = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/pa2%Fth/1",
        "rawQueryString": "q=query+1&multiQuery=foo&multiQuery=%2Fbar&empty",
        "cookies": ["a=1", "b=2", "c=3"],
        "headers": {
            "content-type": "application/json", "extra-headers": "With WeiRd CapS", "x-many": "a,b",
            "user-agent": "test/echo", "host": host, "x-forwarded-for": "127.0.0.1",
            "x-forwarded-port": "80", "x-forwarded-proto": "http",
            "x-amzn-trace-id": event["headers"]["x-amzn-trace-id"],
        },
        "queryStringParameters": {"q": "query 1", "multiQuery": "foo,/bar", "empty": ""},
        "requestContext": {
            "accountId": "anonymous",
            "apiId": host.split('.').next(),
            "domainName": host,
            "domainPrefix": host.split('.').next(),
            "http": {
                "method": "POST", "path": "/pa2%Fth/1", "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1", "userAgent": "test/echo",
            },
            "requestId": about["requestId"],
            "routeKey": "$default",
            "stage": "$default",
            "time": wire::time::common_log(at),
            "timeEpoch": at,
        },
        "body": "{\"foo\": \"bar\"}",
        "isBase64Encoded": false,
    });
    assert_eq!(event, expected);
    assert!(
        event["headers"]["x-amzn-trace-id"].as_str().is_some_and(|it| it.starts_with("Root=1-"))
    );
    for (kind, body, told) in [
        ("text/plain", "text", json!(["text", false])),
        ("application/x-www-form-urlencoded", "a=1", json!(["YT0x", true])),
        ("multipart/form-data; boundary=x", "b", json!(["Yg==", true])),
        ("image/svg+xml", "<svg/>", json!(["<svg/>", false])),
        ("application/json", "", json!([null, false])),
    ] {
        let response =
            server.respond(request("PUT", &host, "/", &[("content-type", kind)], body)).await;
        let event: Value = serde_json::from_slice(response.body()).expect("JSON");
        assert_eq!(json!([event["body"], event["isBase64Encoded"]]), told, "{kind}");
    }
    let large = "x".repeat(crate::web::BODY - 100);
    let response =
        server.respond(request("PUT", &host, "/", &[("content-type", "text/plain")], &large)).await;
    assert_eq!(response.status(), 413);
}

#[tokio::test]
async fn pages_of_other_sites_are_told_what_they_may() {
    let cors = json!({"Cors": {
        "AllowOrigins": ["https://a.example"], "AllowMethods": ["GET", "PUT"],
        "AllowHeaders": ["x-a", "x-b"], "ExposeHeaders": ["date"], "MaxAge": 9, "AllowCredentials": true,
    }});
    let (server, host) = serving("AWS_IAM", cors).await;
    let preflight = |origin| {
        [
            ("origin", origin),
            ("access-control-request-method", "PUT"),
            ("sec-fetch-site", "cross-site"),
        ]
    };
    let response =
        server.respond(request("OPTIONS", &host, "/", &preflight("https://a.example"), "")).await;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!((response.status().as_u16(), text(&response)), (200, String::new()));
    assert_eq!(header("access-control-allow-origin"), Some("https://a.example"));
    assert_eq!(header("access-control-allow-methods"), Some("GET,PUT"));
    assert_eq!(header("access-control-allow-headers"), Some("x-a,x-b"));
    assert_eq!(header("access-control-max-age"), Some("9"));
    assert_eq!(header("access-control-allow-credentials"), Some("true"));
    assert_eq!(header("vary"), Some("Origin"));
    let response =
        server.respond(request("OPTIONS", &host, "/", &preflight("https://b.example"), "")).await;
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    let signed = signed_for("lambda");
    let headers = [("origin", "https://a.example"), ("authorization", &*signed)];
    let response = server.respond(request("GET", &host, "/", &headers, "")).await;
    assert_eq!(response.status(), 200, "{}", text(&response));
    assert_eq!(response.headers()["access-control-allow-origin"], "https://a.example");
    assert_eq!(response.headers()["access-control-expose-headers"], "date");
    assert!(!response.headers().contains_key("access-control-allow-methods"));
}

#[tokio::test]
async fn a_function_that_is_throttled_answers_429() {
    let (server, host) = serving("NONE", json!({})).await;
    permit(&server).await;
    let none = json!({"ReservedConcurrentExecutions": 0});
    let reserved = server.lambda("PUT /2017-10-31/functions/f/concurrency", &none).await;
    assert_eq!(reserved.status, 200, "{}", reserved.text);
    let response = server.respond(request("GET", &host, "/", &[], "")).await;
    assert_eq!(response.status(), 429, "{}", text(&response));
    assert_eq!(response.headers()["x-amzn-errortype"], "TooManyRequestsException");
}
