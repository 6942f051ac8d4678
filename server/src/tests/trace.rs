//! Traces: spans as a collector is sent them.

use http::Request;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{Duration, timeout};

use super::harness::{FAIL, Server, function, signed_for};
use crate::trace::export::{Collector, Export};

const PARENT: &str = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";

/// The next spans that are sent; each is taken.
async fn received(listener: &TcpListener) -> (String, Vec<Value>) {
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut read = Vec::new();
    loop {
        assert!(stream.read_buf(&mut read).await.expect("a request") > 0, "a request is whole");
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
        if body.len() < length.expect("a length").parse().expect("a number") {
            continue;
        }
        let taken = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        stream.write_all(taken).await.expect("answered");
        let told: Value = serde_json::from_str(body).expect("JSON");
        let resource = &told["resourceSpans"][0];
        assert_eq!(resource["resource"]["attributes"][0]["value"]["stringValue"], "house");
        let spans = resource["scopeSpans"][0]["spans"].as_array().expect("spans");
        return (head.to_owned(), spans.clone());
    }
}

#[tokio::test]
async fn invocations_are_sent_as_spans() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let at = listener.local_addr().expect("an address");
    let server = Server::start();
    let url = format!("http://{at}/v1/traces").parse().expect("a URL");
    let name = http::HeaderName::from_static("x-tenant");
    let headers = vec![(name, http::HeaderValue::from_static("t"))];
    let (tracer, export) = Export::to(Collector { url, headers, service: "house".into() });
    server.endpoint.driver.trace_with(tracer);
    let sending = tokio::spawn(export.run());
    server.create_function(&function("f")).await;
    let invoke = async |event: &str, parent: &str| {
        let request = Request::post("/2015-03-31/functions/f/invocations")
            .header("authorization", signed_for("lambda"))
            .header("traceparent", parent)
            .body(event.to_owned());
        assert_eq!(server.ask(request.expect("a request")).await.status, 200);
    };
    invoke("1", PARENT).await;
    invoke(FAIL, PARENT).await;
    // One that its caller does not keep.
    invoke("2", &PARENT.replace("-01", "-00")).await;
    let (head, spans) = timeout(Duration::from_secs(20), received(&listener)).await.expect("sent");
    assert!(head.starts_with("POST /v1/traces HTTP/1.1") && head.contains("x-tenant: t"), "{head}");
    let number = |value: &Value| value.as_str().expect("digits").parse::<u64>().expect("a number");
    let whole: Vec<&Value> =
        spans.iter().filter(|span| span["name"] == "invocation of f").collect();
    assert_eq!(whole.len(), 2, "{spans:?}");
    for (span, code) in whole.iter().zip([1, 2]) {
        assert_eq!(span["traceId"], "5759e988bd862e3fe1be46a994272793");
        assert_eq!(span["parentSpanId"], "53995c3f42cd8ad8");
        assert_eq!(span["status"]["code"], code);
        let (from, to) = (number(&span["startTimeUnixNano"]), number(&span["endTimeUnixNano"]));
        assert!(0 < from && from <= to);
        let parts: Vec<&Value> =
            spans.iter().filter(|part| part["parentSpanId"] == span["spanId"]).collect();
        let names: Vec<&str> = parts.iter().filter_map(|part| part["name"].as_str()).collect();
        let expected: &[&str] =
            if code == 1 { &["queue", "start", "run"] } else { &["queue", "run"] };
        assert_eq!(names, expected);
        for part in parts {
            assert!(from <= number(&part["startTimeUnixNano"]), "{part}");
            assert!(number(&part["endTimeUnixNano"]) <= to, "{part}");
        }
    }
    let start = spans.iter().find(|span| span["name"] == "start").expect("a start");
    let within: Vec<&str> = spans
        .iter()
        .filter(|span| span["parentSpanId"] == start["spanId"])
        .filter_map(|span| span["name"].as_str())
        .collect();
    assert_eq!(within, ["network", "sandbox", "init"]);
    let mut ids: Vec<&str> = spans.iter().filter_map(|span| span["spanId"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), spans.len(), "each has an id of its own");
    sending.abort();
}
