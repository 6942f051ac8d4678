//! Rows of tests: what an operation answers to an input, in one process. The driver, the store of a
//! directory of its own and the wire are the real ones; there is no node.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use engine::engine::Config;
use engine::limits::Limits;
use engine::record::function::EniModel;
use http::{HeaderName, HeaderValue, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use wire::{Kind, Location, Operation, Service};

use crate::code::CodeStore;
use crate::driver::Driver;
use crate::http::{Endpoint, Tokens, respond};
use crate::iam::Iam;
use crate::logs::Logs;
use crate::store;

/// What a row expects.
#[derive(Debug, Clone)]
pub(crate) enum Expected {
    /// This status and body.
    Is(u16, Value),
    /// This status, and a body with all of these members.
    Shows(u16, Value),
    /// An error: status, code and message.
    Refused(u16, &'static str, String),
}

/// An operation, its input, and what is expected of it.
pub(crate) type Row = (&'static str, Value, Expected);

/// An error of these.
pub(crate) fn refused(status: u16, code: &'static str, message: impl Into<String>) -> Expected {
    Expected::Refused(status, code, message.into())
}

/// What an operation answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The code of an error.
    pub(crate) code: Option<String>,
    /// Null where it is empty.
    pub(crate) body: Value,
}

/// A server's endpoint, without sockets.
pub(crate) struct World {
    pub(crate) endpoint: Arc<Endpoint>,
    service: &'static Service,
    state: PathBuf,
    runtime: Runtime,
}

impl World {
    /// A new one, asked for operations of a service; `name` is its own.
    pub(crate) fn new(name: &str, service: &'static Service, enforces_iam: bool) -> World {
        let state = std::env::temp_dir().join(format!("warren-rows-{name}-{}", std::process::id()));
        fs::remove_dir_all(&state).ok();
        fs::create_dir_all(&state).expect("a directory");
        let opened = store::open(&state).expect("a store");
        let limits = Limits::default();
        let config = Config { seed: 1, eni_model: EniModel::Hyperplane, limits };
        let driver = Driver::open(opened, config).expect("a driver");
        let iam = Iam::new(Default::default(), Arc::clone(driver.store()), enforces_iam);
        let code = CodeStore::open(&state).expect("a store of code");
        let logs = Logs::open(&state).expect("logs");
        let tokens = Tokens::default();
        let endpoint = Arc::new(Endpoint { driver, code, iam, logs, s3: None, tokens });
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        World { endpoint, service, state, runtime }
    }

    /// Asks for an operation with an input, keyed by the model's names.
    pub(crate) fn ask(&self, operation: &str, input: &Value) -> Answer {
        let operation = self.service.operation(operation).expect(operation);
        self.send(request(operation, input))
    }

    /// Sends a request.
    pub(crate) fn send(&self, request: Request<Bytes>) -> Answer {
        let (parts, body) = request.into_parts();
        let id = "00000000-0000-4000-8000-000000000000";
        let response = self.runtime.block_on(respond(&self.endpoint, &parts, body, id));
        let code = response.headers().get("x-amzn-errortype");
        let body = String::from_utf8_lossy(response.body());
        Answer {
            status: response.status().as_u16(),
            code: code.map(|code| code.to_str().expect("ASCII").to_owned()),
            // What is no JSON is a text.
            body: serde_json::from_str(&body).unwrap_or(match body.is_empty() {
                true => Value::Null,
                false => json!(body),
            }),
        }
    }

    /// Asks row by row.
    pub(crate) fn check(&self, rows: impl IntoIterator<Item = Row>) {
        for (operation, input, expected) in rows {
            let answer = self.ask(operation, &input);
            if let Err(wrong) = compare(&answer, &expected) {
                panic!("{operation} {input}: {wrong}\nexpected {expected:?}\nanswered {answer:?}");
            }
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.endpoint.driver.store().close();
        fs::remove_dir_all(&self.state).ok();
    }
}

/// Holds an answer against what is expected of it.
pub(crate) fn expect(answer: &Answer, expected: &Expected) {
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
fn request(operation: &Operation, input: &Value) -> Request<Bytes> {
    let Some(Kind::Structure { members, .. }) = operation.input.map(|shape| &shape.kind) else {
        panic!("{} has no input", operation.name)
    };
    let encoded = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string()
    };
    let mut path = operation.uri.to_owned();
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
            Location::Body | Location::Status => {
                body.insert(member.wire.to_owned(), value.clone());
            }
        }
    }
    let uri = format!("http://localhost{path}?{query}");
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
    request.uri(uri).body(Bytes::from(body)).expect("a request")
}

/// A package with one file, in base64.
pub(crate) fn package(text: &str) -> String {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("app.py", options).expect("an entry");
    writer.write_all(text.as_bytes()).expect("its bytes");
    STANDARD.encode(writer.finish().expect("a package").into_inner())
}
