//! A request's input as a value keyed by the model's member names.

mod form_input;
mod rest_input;
mod xml_input;

use serde_json::{Map, Value};

pub use xml_input::{bad_checksum, xml_tree};

use crate::error::ApiError;
use crate::model::{Kind, Operation, Protocol, Shape};
use crate::request::{Request, pairs};
use crate::validate::validate;

/// Parses and validates the input of an operation.
///
/// A body that is the payload (Invoke's) is left out: it is `request.body`.
pub fn parse(operation: &Operation, request: &Request<'_>) -> Result<Value, ApiError> {
    let service = operation.service;
    let value = match service.protocol {
        Protocol::Ec2 | Protocol::Query => {
            let body = if request.method == "POST" { request.body } else { b"" };
            let body = std::str::from_utf8(body).map_err(|_| {
                ApiError::new(
                    service,
                    "MalformedQueryString",
                    "The request body is not valid UTF-8.",
                )
            })?;
            let mut input = form_input::parse(operation, pairs(body).chain(request.query_pairs()))?;
            if let Some(url) = queue_of_path(operation, request) {
                input.entry("QueueUrl").or_insert_with(|| url.into());
            }
            input
        }
        Protocol::RestJson => rest_input::rest(operation, request)?,
        Protocol::Json => rest_input::json(operation, request)?,
        Protocol::RestXml => xml_input::parse(operation, request)?,
    };
    let value = Value::Object(value);
    validate(operation, &value)?;
    Ok(value)
}

/// The input of an operation that JSON-RPC spells so, from callers in this process: not validated.
pub fn read(operation: &Operation, spelled: Value) -> Result<Value, ApiError> {
    rest_input::spelled(operation, spelled).map(Value::Object)
}

/// The URL of a queue that a form is sent to, which names it as well as a parameter.
fn queue_of_path(operation: &Operation, request: &Request<'_>) -> Option<String> {
    let Some(Shape { kind: Kind::Structure { members, .. }, .. }) = operation.input else {
        return None;
    };
    let has_queue = operation.service.name == "sqs" && members.iter().any(|m| m.name == "QueueUrl");
    let is_queue = request.path.trim_matches('/').split('/').count() == 2;
    (has_queue && is_queue).then(|| request.path.to_owned())
}

type Object = Map<String, Value>;
