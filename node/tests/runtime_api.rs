//! The Runtime API from inside a function, which calls it amid its own invocation.

mod common;

use std::sync::Arc;

use common::{Harness, spec};
use engine::node::Outcome;

const PROBE: &str = r#"
import socket
def handler(event, context):
    if "large" in event:
        return "x" * event["large"]
    if "length" in event:
        return len(event["length"])
    own = context.aws_request_id
    with socket.create_connection(("169.254.100.1", 9001)) as connection:
        connection.sendall(event["send"].replace("OWN", own).encode())
        connection.settimeout(event.get("wait", 5))
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
                if event.get("until", "\0") in answer.decode():
                    break
        except TimeoutError:
            answer += b"(waits)"
        return answer.decode()
"#;

const BASE: &str = "/2018-06-01";

fn probe() -> (Harness, engine::id::EnvironmentId) {
    let harness = Harness::new("api", 0);
    let code = harness.code(&[("app.py", PROBE)]);
    let mut wanted = spec(code, "python3.11", "app.handler");
    Arc::make_mut(&mut wanted.launch).memory = 512;
    let environment = harness.start(wanted);
    (harness, environment)
}

#[test]
fn answers_have_awss_statuses_and_bodies() {
    let (harness, environment) = probe();
    let transition = "{\\\"errorMessage\\\":\\\"State transition from Running to InitError failed for \
                      runtime. Error: State transition is not allowed";
    for (request, status, body) in [
        // The same event once more.
        ("GET /runtime/invocation/next", "200 OK", "{\\\"send\\\":"),
        (
            "POST /runtime/invocation/00000000-0000-0000-0000-00000000ffff/response",
            "400 Bad Request",
            "{\\\"errorMessage\\\":\\\"Invalid request ID\\\",\\\"errorType\\\":\\\"InvalidRequestID\\\"}",
        ),
        (
            "POST /runtime/invocation/nonsense/error",
            "400 Bad Request",
            "{\\\"errorMessage\\\":\\\"Invalid request ID\\\",\\\"errorType\\\":\\\"InvalidRequestID\\\"}",
        ),
        ("POST /runtime/init/error", "403 Forbidden", transition),
        ("GET /ping", "200 OK", "pong"),
        ("GET /nothing", "404 Not Found", "404 page not found"),
        ("POST /ping", "404 Not Found", "404 page not found"),
        ("PUT /runtime/invocation/next", "405 Method Not Allowed", ""),
        ("PUT /runtime/invocation/OWN/response", "405 Method Not Allowed", ""),
        ("nonsense", "400 Bad Request", ""),
    ] {
        let line = request.replacen(" /", &format!(" {BASE}/"), 1);
        let send = format!("{line} HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n");
        let (outcome, answer) = harness.invoke(environment, &format!("{{\"send\":\"{send}\"}}"));
        assert!(matches!(outcome, Outcome::Response { .. }), "{request}: {answer}");
        assert!(answer.starts_with(&format!("\"HTTP/1.1 {status}\\r\\n")), "{request}: {answer}");
        assert!(answer.contains(body), "{request}: {answer}");
    }
}

#[test]
fn requests_may_follow_each_other_and_come_in_chunks() {
    let (harness, environment) = probe();
    let ping = format!("GET {BASE}/ping HTTP/1.1\\r\\n\\r\\n");
    let chunked = format!(
        "POST {BASE}/runtime/invocation/x/response HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\
         \\r\\n3\\r\\nabc\\r\\n0\\r\\n\\r\\n"
    );
    let event = format!("{{\"send\":\"{ping}{chunked}{ping}\",\"wait\":0.2}}");
    let (_, answer) = harness.invoke(environment, &event);
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2, "{answer}");
    assert_eq!(answer.matches("InvalidRequestID").count(), 1, "{answer}");
    assert!(answer.ends_with("(waits)\""), "the connection stays open: {answer}");
    let expects = format!(
        "POST {BASE}/runtime/invocation/x/response HTTP/1.1\\r\\nExpect: 100-continue\\r\\n\
         Content-Length: 3\\r\\n\\r\\n"
    );
    let event = format!("{{\"send\":\"{expects}\",\"wait\":0.2}}");
    let (_, answer) = harness.invoke(environment, &event);
    assert!(answer.starts_with("\"HTTP/1.1 100 Continue"), "{answer}");
}

#[test]
fn an_answer_given_amid_the_invocation_counts_once() {
    let (harness, environment) = probe();
    let answer = format!(
        "POST {BASE}/runtime/invocation/OWN/response HTTP/1.1\\r\\nContent-Length: 4\\r\\n\
         Connection: close\\r\\n\\r\\ntrue"
    );
    let (outcome, body) = harness.invoke(environment, &format!("{{\"send\":\"{answer}\"}}"));
    assert!(matches!(outcome, Outcome::Response { .. }));
    assert_eq!(body, "true");
    // The client's own answer came second and was refused; it goes on.
    let (_, body) = harness.invoke(environment, "{\"length\":\"abc\"}");
    assert_eq!(body, "3");
}

#[test]
fn payloads_up_to_the_limit_pass_and_larger_ones_are_refused() {
    let (harness, environment) = probe();
    let event = format!("{{\"length\":\"{}\"}}", "x".repeat(6 << 20));
    let (_, body) = harness.invoke(environment, &event);
    assert_eq!(body, (6 << 20).to_string());
    let limit = (6 << 20) + 100;
    let (outcome, body) = harness.invoke(environment, &format!("{{\"large\":{}}}", limit - 2));
    assert!(matches!(outcome, Outcome::Response { length, .. } if length == limit), "{outcome:?}");
    assert_eq!(body.len(), limit);
    let (outcome, _) = harness.invoke(environment, &format!("{{\"large\":{}}}", limit - 1));
    // The client does not outlive this, as AWS's does not.
    assert_eq!(outcome, Outcome::TooLarge(limit + 1));
}
