//! Invocations that end before a function runs.

use serde_json::{Value, json};

use super::{ARN, INVALID, MISSING, constraint, create, not_found, refused, world};
use crate::tests::rows::{Expected, Row};

fn f(member: &str, value: &str) -> Value {
    json!({"FunctionName": "f", member: value})
}

#[test]
fn what_cannot_be_invoked_is_refused() {
    let world = world();
    create(&world, "f");
    let name = |name: &str| json!({"FunctionName": name});
    let types = "Member must satisfy enum value set: [Event, RequestResponse, DryRun]";
    let logs = "Member must satisfy enum value set: [None, Tail]";
    let pattern = "Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";
    let context = "Client context must be a valid Base64-encoded JSON object.";
    let unparsed = "Could not parse request body into json: Could not parse payload into json: \
        Unexpected character ('x' (code 120)): expected a valid value (JSON String, Number, Array, \
        Object or token 'null', 'true' or 'false')\n at [Source: REDACTED \
        (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1]";
    let large = "Request must be smaller than 6291456 bytes for the InvokeFunction operation";
    let large_event =
        "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)";
    let text = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2));
    let elsewhere = format!("{}f", ARN.replace("us-east-1", "eu-west-1"));
    let away = "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')";
    let derived =
        "The derived qualifier from the function name does not match the specified qualifier.";
    let content = "InvalidRequestContentException";
    let event = json!({
        "FunctionName": "f", "InvocationType": "Event", "Payload": text(1_048_577),
    });
    let rows: Vec<Row> = vec![
        ("Invoke", name("g"), not_found("g:$LATEST")),
        ("Invoke", name("f:1"), not_found("f:1")),
        ("Invoke", f("Qualifier", "live"), not_found("f:live")),
        (
            "Invoke",
            json!({"FunctionName": "f:1", "Qualifier": "2"}),
            refused(400, INVALID, derived),
        ),
        ("Invoke", name(&elsewhere), refused(404, MISSING, away)),
        ("Invoke", f("InvocationType", "Later"), constraint("'Later'", "invocationType", types)),
        ("Invoke", f("LogType", "Head"), constraint("'Head'", "logType", logs)),
        ("Invoke", f("Qualifier", "a?"), constraint("'a?'", "qualifier", pattern)),
        ("Invoke", f("ClientContext", "bm8="), refused(400, content, context)),
        ("Invoke", f("ClientContext", "?"), refused(400, content, context)),
        ("Invoke", f("Payload", "x"), refused(400, content, unparsed)),
        (
            "Invoke",
            f("Payload", &text(6_291_457)),
            refused(413, "RequestEntityTooLargeException", large),
        ),
        ("Invoke", event, refused(413, "RequestTooLargeException", large_event)),
    ];
    world.check(rows);
}

#[test]
fn dry_runs_and_events_are_answered_at_once() {
    let world = world();
    create(&world, "f");
    let accepted = json!({"FunctionName": "f", "InvocationType": "Event", "Payload": "{\"a\":1}"});
    let missing = json!({"FunctionName": "g", "InvocationType": "DryRun"});
    let versioned = json!({
        "FunctionName": "f", "InvocationType": "DryRun", "Qualifier": "$LATEST", "LogType": "Tail",
        "ClientContext": "e30=",
    });
    world.check([
        ("Invoke", f("InvocationType", "DryRun"), Expected::Is(204, Value::Null)),
        ("Invoke", versioned, Expected::Is(204, Value::Null)),
        ("Invoke", missing, not_found("g:$LATEST")),
        ("Invoke", accepted, Expected::Is(202, Value::Null)),
    ]);
}

#[test]
fn functions_without_concurrency_are_throttled() {
    let world = world();
    create(&world, "f");
    let reserve = json!({"FunctionName": "f", "ReservedConcurrentExecutions": 0});
    world.check([("PutFunctionConcurrency", reserve, Expected::Shows(200, json!({})))]);
    let throttled = json!({
        "Reason": "ReservedFunctionConcurrentInvocationLimitExceeded", "Type": "User",
        "message": "Rate Exceeded.",
    });
    let invoke = || json!({"FunctionName": "f"});
    world.check([
        ("Invoke", invoke(), refused(429, "TooManyRequestsException", "Rate Exceeded.")),
        ("Invoke", invoke(), Expected::Is(429, throttled)),
    ]);
}
