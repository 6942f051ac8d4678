//! What is asked of a server with a node, and what is answered.

use serde_json::{Value, json};

use crate::tests::harness::{Server, function, signed_for};

/// What is asked, with what body, and what its answer has: a status, and a part of its text.
type Row = (&'static str, Value, u16, &'static str);

async fn check(server: &Server, rows: Vec<Row>) {
    let mut wrong = Vec::new();
    for (what, body, status, part) in rows {
        let answered = server.lambda(what, &body).await;
        if answered.status != status || !answered.text.contains(part) {
            let got = format!("{} and not {status} {part}: {}", answered.status, answered.text);
            wrong.push(format!("{what} {body}: {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a function is made of, with one member changed.
fn with(member: &str, value: Value) -> Value {
    let mut body = function("other");
    body[member] = value;
    body
}

#[tokio::test]
async fn functions_are_made_and_refused() {
    let server = Server::start();
    server.create_function(&function("f")).await;
    check(
        &server,
        vec![
            ("POST functions", function("f"), 409, "Function already exist: f"),
            ("POST functions", with("MemorySize", json!(64)), 400, "memorySize"),
            ("POST functions", with("Timeout", json!(901)), 400, "timeout"),
            ("POST functions", with("Runtime", json!("cobol1")), 400, "runtime"),
            ("POST functions", with("Role", json!("nobody")), 400, "role"),
            ("POST functions", with("FunctionName", json!("a b")), 400, "functionName"),
            ("POST functions", with("Code", json!({})), 400, "\"Type\":\"User\""),
            ("POST functions", with("Code", json!({"ZipFile": "bm8="})), 400, "\"Type\":\"User\""),
            ("POST functions", with("VpcConfig", json!({"SubnetIds": ["subnet-0"]})), 400, "Type"),
            (
                "POST functions",
                with("Layers", json!(["arn:aws:lambda:us-east-1:111111111111:layer:l:1"])),
                403,
                "layer:l:1",
            ),
            ("POST functions", json!({}), 400, "functionName"),
            ("POST functions", json!("x"), 400, ""),
            ("GET functions/f", Value::Null, 200, "\"FunctionName\":\"f\""),
            ("GET functions/f/configuration", Value::Null, 200, "\"Runtime\":\"provided.al2023\""),
            (
                "GET functions/g",
                Value::Null,
                404,
                "Function not found: arn:aws:lambda:us-east-1:000000000000:function:g",
            ),
            ("GET functions/f?Qualifier=7", Value::Null, 404, "function:f:7"),
            ("GET functions/", Value::Null, 200, "\"FunctionName\":\"f\""),
            ("GET functions/?MaxItems=0", Value::Null, 400, "maxItems"),
            ("PUT functions/f/configuration", json!({"Timeout": 9}), 200, "\"Timeout\":9"),
            ("PUT functions/f/configuration", json!({"Timeout": 0}), 400, "timeout"),
            ("PUT functions/g/configuration", json!({"Timeout": 9}), 404, "Function not found"),
            ("POST functions/f/versions", json!({}), 201, "\"Version\":\"1\""),
            ("GET functions/f/versions", Value::Null, 200, "\"Version\":\"1\""),
            (
                "PUT /2017-10-31/functions/f/concurrency",
                json!({"ReservedConcurrentExecutions": 5}),
                200,
                "5",
            ),
            (
                "PUT /2017-10-31/functions/f/concurrency",
                json!({"ReservedConcurrentExecutions": 950}),
                400,
                "{\"message\":\"Specified ReservedConcurrentExecutions",
            ),
            ("GET /2019-09-30/functions/f/concurrency", Value::Null, 200, "5"),
            ("DELETE /2017-10-31/functions/f/concurrency", Value::Null, 204, ""),
            ("GET /2016-08-19/account-settings", Value::Null, 200, "ConcurrentExecutions"),
            ("GET layers", Value::Null, 404, "GET /2015-03-31/layers"),
            ("DELETE functions/g", Value::Null, 404, "Function not found"),
            ("DELETE functions/f", Value::Null, 204, ""),
            ("GET functions/f", Value::Null, 404, "Function not found"),
        ],
    )
    .await;
}

#[tokio::test]
async fn functions_are_invoked_and_refused() {
    let server = Server::start();
    server.create_function(&function("f")).await;
    check(
        &server,
        vec![
            ("POST functions/f/invocations", json!({"a": 1}), 200, "{\"a\":1}"),
            ("POST functions/f/invocations", json!([2]), 200, "[2]"),
            ("POST functions/f/invocations", Value::Null, 200, "{}"),
            ("POST functions/f/invocations?Qualifier=$LATEST", json!(3), 200, "3"),
            ("POST functions/f:$LATEST/invocations", json!(4), 200, "4"),
            ("POST functions/f/invocations?Qualifier=1", json!(3), 404, "function:f:1"),
            ("POST functions/f/invocations?Qualifier=live", json!(3), 404, "function:f:live"),
            ("POST functions/g/invocations", json!(3), 404, "function:g"),
            ("POST functions/a%20b/invocations", json!(3), 400, "functionName"),
            (
                "POST functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations",
                json!(5),
                200,
                "5",
            ),
            (
                "POST functions/arn:aws:lambda:us-east-1:111111111111:function:f/invocations",
                json!(5),
                403,
                "is not authorized",
            ),
        ],
    )
    .await;
    assert_eq!(server.endpoint.driver.payloads(), 0, "payloads are let go with their answers");
    let request = http::Request::post("/2015-03-31/functions/f/invocations")
        .header("authorization", signed_for("lambda"))
        .body("{".to_owned());
    let answered = server.ask(request.expect("a request")).await;
    assert_eq!(answered.status, 400);
    assert!(answered.text.contains("Could not parse request body into json"), "{}", answered.text);
    let request = http::Request::post("/2015-03-31/functions/f/invocations")
        .header("authorization", signed_for("lambda"))
        .header("x-amz-invocation-type", "DryRun")
        .body("{}".to_owned());
    assert_eq!(server.ask(request.expect("a request")).await.status, 204);
    let request = http::Request::post("/2015-03-31/functions/f/invocations")
        .header("authorization", signed_for("lambda"))
        .header("x-amz-invocation-type", "Event")
        .body("{}".to_owned());
    assert_eq!(server.ask(request.expect("a request")).await.status, 202);
}

#[tokio::test]
async fn what_is_drained_answers_no_more() {
    let server = Server::start();
    server.create_function(&function("f")).await;
    server.endpoint.driver.drain().await;
    let answered = server.lambda("POST functions/f/invocations", &json!(1)).await;
    assert!(answered.status >= 500, "{answered:?}");
}

/// AWS tells of the variables that are too many in the order given, which JSON values here do not keep.
#[tokio::test]
async fn variables_are_measured_in_the_order_given() {
    let server = Server::start();
    let long = "x".repeat(4096);
    let variables = format!(r#"{{"ZZ":"1","AA":"{long}","MM":"\""}}"#);
    let mut body = function("f").to_string();
    body.pop();
    let body = format!(r#"{body},"Environment":{{"Variables":{variables}}}}}"#);
    let request = http::Request::post("/2015-03-31/functions")
        .header("authorization", signed_for("lambda"))
        .body(body);
    let refused = server.ask(request.expect("a request")).await;
    let told: Value = serde_json::from_str(&refused.text).expect("JSON");
    let message = told["message"].as_str().expect("a message");
    let expected = format!("exceeded the 4KB limit. String measured: {variables}");
    assert!(refused.status == 400 && message.ends_with(&expected), "{message}");
}
