//! Rows of tests: an operation, its input, and the answer that is expected of it.

use std::fmt::Write as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};
use wire::{Kind, Location, Operation, Service};

use super::harness::{Answered, Server, Setup};

/// What a row expects.
#[derive(Debug, Clone)]
pub(super) enum Expected {
    /// This status and body.
    Is(u16, Value),
    /// This status, and a body with all of these members.
    Shows(u16, Value),
    /// An error: status, code and message.
    Refused(u16, &'static str, String),
}

/// An operation, its input, and what is expected of it.
pub(super) type Row = (&'static str, Value, Expected);

/// An error of these.
pub(super) fn refused(status: u16, code: &'static str, message: impl Into<String>) -> Expected {
    Expected::Refused(status, code, message.into())
}

/// What an operation answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The code of an error.
    pub(super) code: Option<String>,
    /// Null where it is empty.
    pub(super) body: Value,
}

/// A server that is asked for the operations of one service.
pub(super) struct World {
    pub(super) server: Server,
    service: &'static Service,
    runtime: Runtime,
}

impl World {
    pub(super) fn new(service: &'static Service, setup: Setup) -> World {
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        let server = runtime.block_on(async { Server::start_with(setup) });
        World { server, service, runtime }
    }

    /// Asks for an operation with an input, keyed by the model's names.
    pub(super) fn ask(&self, operation: &str, input: &Value) -> Answer {
        let operation = self.service.operation(operation).expect(operation);
        self.send(request(operation, input))
    }

    /// Lets some time go by, in which the server does what is due.
    pub(super) fn wait(&self, span: Duration) {
        self.runtime.block_on(async { tokio::time::sleep(span).await });
    }

    /// Sends a request.
    pub(super) fn send(&self, request: Request<String>) -> Answer {
        let Answered { status, code, text } = self.runtime.block_on(self.server.ask(request));
        // What is no JSON is a text.
        let body = serde_json::from_str(&text).unwrap_or(match text.is_empty() {
            true => Value::Null,
            false => json!(text),
        });
        Answer { status, code, body }
    }

    /// Asks row by row.
    pub(super) fn check(&self, rows: impl IntoIterator<Item = Row>) {
        for (operation, input, expected) in rows {
            let answer = self.ask(operation, &input);
            if let Err(wrong) = compare(&answer, &expected) {
                panic!("{operation} {input}: {wrong}\nexpected {expected:?}\nanswered {answer:?}");
            }
        }
    }
}

/// Holds an answer against what is expected of it.
pub(super) fn expect(answer: &Answer, expected: &Expected) {
    if let Err(wrong) = compare(answer, expected) {
        panic!("{wrong}\nexpected {expected:?}\nanswered {answer:?}");
    }
}

fn compare(answer: &Answer, expected: &Expected) -> Result<(), &'static str> {
    let check = |is_right: bool, wrong| if is_right { Ok(()) } else { Err(wrong) };
    match expected {
        Expected::Is(status, body) => {
            check(answer.status == *status, "another status")?;
            check(answer.body == *body, "another body")
        }
        Expected::Shows(status, members) => {
            check(answer.status == *status, "another status")?;
            check(shows(&answer.body, members), "other members")
        }
        Expected::Refused(status, code, message) => {
            check(answer.status == *status, "another status")?;
            check(answer.code.as_deref() == Some(*code), "another code")?;
            let told = [&answer.body["message"], &answer.body["Message"]];
            check(told.iter().any(|told| *told == message), "another message")
        }
    }
}

/// Whether a value has all the members of another; one that is null there is absent here.
fn shows(value: &Value, members: &Value) -> bool {
    match (value, members) {
        (Value::Object(object), Value::Object(members)) => members
            .iter()
            .all(|(name, member)| shows(object.get(name).unwrap_or(&Value::Null), member)),
        (Value::Array(items), Value::Array(expected)) => {
            items.len() == expected.len()
                && items.iter().zip(expected).all(|(item, expected)| shows(item, expected))
        }
        (value, expected) => value == expected,
    }
}

/// The request of a rest-json operation, as clients send it.
fn request(operation: &Operation, input: &Value) -> Request<String> {
    let Some(Kind::Structure { members, .. }) = operation.input.map(|shape| &shape.kind) else {
        panic!("{} has no input", operation.name)
    };
    let encoded = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string()
    };
    // A pair that tells it from another is part of some.
    let (path, constant) = operation.uri.split_once('?').unwrap_or((operation.uri, ""));
    let mut path = path.to_owned();
    let mut query = String::new();
    let mut body = Map::new();
    let mut request = Request::builder().method(operation.method);
    for (name, value) in input.as_object().expect("an input is an object") {
        let member = members.iter().find(|member| member.name == name);
        let member = member.unwrap_or_else(|| panic!("{} has no {name}", operation.name));
        match member.location {
            Location::Uri => {
                path = path.replace(&format!("{{{}}}", member.wire), &encoded(value));
            }
            Location::Query => {
                let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                for value in values {
                    write!(query, "&{}={}", member.wire, encoded(value)).expect("written");
                }
            }
            Location::Header => {
                let name = HeaderName::from_bytes(member.wire.as_bytes()).expect("a header");
                let value = HeaderValue::from_str(value.as_str().expect("a text")).expect("ASCII");
                request = request.header(name, value);
            }
            Location::Body | Location::Status | Location::Headers | Location::Attribute => {
                body.insert(member.wire.to_owned(), value.clone());
            }
        }
    }
    let uri = format!("http://localhost{path}?{constant}&{query}");
    let (service, key) = (operation.service.name, "000000000000");
    let credential = format!("{key}/20260101/us-east-1/{service}/aws4_request");
    request = request.header(
        "authorization",
        format!("AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0"),
    );
    let body = match body.remove("Payload") {
        Some(payload) => payload.as_str().expect("a text").to_owned(),
        None => Value::Object(body).to_string(),
    };
    request.uri(uri).body(body).expect("a request")
}

/// A package with one file, in base64.
pub(super) fn package(text: &str) -> String {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("app.py", options).expect("an entry");
    writer.write_all(text.as_bytes()).expect("its bytes");
    STANDARD.encode(writer.finish().expect("a package").into_inner())
}
