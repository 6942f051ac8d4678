//! A function that returns its event, written against the Runtime API alone.

use std::io::{Read, Write};
use std::net::TcpStream;

const INVOCATIONS: &str = "/2018-06-01/runtime/invocation";

/// A whole exchange: the connection is closed after it.
fn exchange(api: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(api).expect("the Runtime API");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

fn main() {
    let api = std::env::var("AWS_LAMBDA_RUNTIME_API").expect("Lambda's environment");
    let tail = format!("Host: {api}\r\nConnection: close\r\n");
    loop {
        let next = exchange(&api, &format!("GET {INVOCATIONS}/next HTTP/1.1\r\n{tail}\r\n"));
        let (head, event) = next.split_once("\r\n\r\n").expect("a head and an event");
        let mut fields = head.lines().filter_map(|line| line.split_once(": "));
        let is_id = |name: &str| name.eq_ignore_ascii_case("Lambda-Runtime-Aws-Request-Id");
        let (_, id) = fields.find(|(name, _)| is_id(name)).expect("an id");
        let answer = format!("{{\"got\":{event}}}");
        let length = answer.len();
        exchange(
            &api,
            &format!("POST {INVOCATIONS}/{id}/response HTTP/1.1\r\n{tail}Content-Length: {length}\r\n\r\n{answer}"),
        );
    }
}
