//! What the Runtime API answers, spelled.

use std::fmt::Write as _;

use super::instance::Phase;
use super::invocation::Invocation;

/// The head of an event; its body follows.
pub(super) fn next_head(invocation: &Invocation) -> String {
    let mut head = String::with_capacity(512);
    // Writing to a string cannot fail.
    let _ = write!(
        head,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Lambda-Runtime-Aws-Request-Id: {}\r\nLambda-Runtime-Deadline-Ms: {}\r\n\
         Lambda-Runtime-Invoked-Function-Arn: {}\r\n",
        invocation.payload.len(),
        invocation.request,
        invocation.deadline,
        header_value(&invocation.arn),
    );
    for (name, value) in
        [("Trace-Id", &invocation.trace), ("Client-Context", &invocation.client_context)]
    {
        if let Some(value) = value {
            let _ = write!(head, "Lambda-Runtime-{name}: {}\r\n", header_value(value));
        }
    }
    head.push_str("\r\n");
    head
}

/// A value that cannot end its header: control characters become spaces, which JSON allows.
fn header_value(value: &str) -> String {
    value.chars().map(|each| if each.is_control() { ' ' } else { each }).collect()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Request Entity Too Large",
        _ => "Internal Server Error",
    }
}

fn reply(status: u16, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        reason(status),
        body.len()
    )
}

pub(super) fn plain(status: u16, body: &str) -> String {
    reply(status, "text/plain; charset=utf-8", body)
}

pub(super) fn text(status: u16, body: &str) -> String {
    plain(status, body)
}

pub(super) fn accepted() -> String {
    reply(202, "application/json", "{\"status\":\"OK\"}\n")
}

pub(super) fn document(status: u16, message: &str, kind: &str) -> String {
    let body = format!("{{\"errorMessage\":\"{message}\",\"errorType\":\"{kind}\"}}\n");
    reply(status, "application/json", &body)
}

pub(super) fn refused(from: Phase, to: &str) -> String {
    let message = format!(
        "State transition from {} to {to} failed for runtime. Error: State transition is not \
         allowed",
        from.name()
    );
    document(403, &message, "InvalidStateTransition")
}
