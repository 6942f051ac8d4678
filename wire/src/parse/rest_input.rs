//! Inputs of the JSON protocols: bodies, labels, query strings and headers.

use serde_json::{Map, Value};

use super::Object;
use crate::cbor;
use crate::error::ApiError;
use crate::model::{Kind, Location, Member, Operation, Service, Shape};
use crate::recognise::bind;
use crate::request::Request;

/// The input of a rest-json operation.
pub(super) fn rest(operation: &Operation, request: &Request<'_>) -> Result<Object, ApiError> {
    let service = operation.service;
    let mut object = Map::new();
    let Some(shape) = operation.input else { return Ok(object) };
    let Kind::Structure { members, payload } = &shape.kind else { unreachable!("a structure") };
    let template = operation.uri.split('?').next().unwrap_or_default();
    let labels = bind(template, request.path).unwrap_or_default();
    for member in *members {
        let value = match member.location {
            Location::Uri => labels
                .iter()
                .find(|(label, _)| *label == member.wire)
                .map(|(_, value)| text_value(service, member, value))
                .transpose()?,
            Location::Query => query_value(service, member, request)?,
            Location::Header => request
                .header(member.wire)
                .map(|value| text_value(service, member, value))
                .transpose()?,
            Location::Body | Location::Status | Location::Headers | Location::Attribute => None,
        };
        if let Some(value) = value {
            object.insert(member.name.to_owned(), value);
        }
    }
    let in_body = members.iter().any(|m| m.location == Location::Body);
    if payload.is_none() && in_body {
        members_of_body(service, shape, request.body, &mut object)?;
    }
    Ok(object)
}

/// The input of a JSON-RPC operation.
pub(super) fn json(operation: &Operation, request: &Request<'_>) -> Result<Object, ApiError> {
    let mut object = Map::new();
    match operation.input {
        Some(shape) if cbor::speaks(request) => {
            members_of_cbor(operation, shape, request.body, &mut object)?;
        }
        Some(shape) => members_of_body(operation.service, shape, request.body, &mut object)?,
        None => {}
    }
    Ok(object)
}

/// The input of a JSON-RPC operation whose body is this.
pub(super) fn spelled(operation: &Operation, body: Value) -> Result<Object, ApiError> {
    let mut object = Map::new();
    if let Some(shape) = operation.input {
        members_of(operation.service, shape, body, &mut object)?;
    }
    Ok(object)
}

fn members_of_body(
    service: &'static Service,
    shape: &Shape,
    body: &[u8],
    into: &mut Object,
) -> Result<(), ApiError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    let value = serde_json::from_slice(body).map_err(|e| {
        let code = if service.error("InvalidRequestContentException").is_some() {
            "InvalidRequestContentException"
        } else {
            "SerializationException"
        };
        ApiError::new(service, code, format!("Could not parse request body into json: {e}"))
    })?;
    members_of(service, shape, value, into)
}

fn members_of_cbor(
    operation: &Operation,
    shape: &Shape,
    body: &[u8],
    into: &mut Object,
) -> Result<(), ApiError> {
    if body.is_empty() {
        return Ok(());
    }
    let value = cbor::read(body).map_err(|why| ApiError::malformed(operation, &why.to_string()))?;
    members_of(operation.service, shape, value, into)
}

fn members_of(
    service: &'static Service,
    shape: &Shape,
    value: Value,
    into: &mut Object,
) -> Result<(), ApiError> {
    match typed(service, shape, value)? {
        Some(Value::Object(object)) => into.extend(object),
        _ => unreachable!("a structure is an object"),
    }
    Ok(())
}

/// The value with unknown members left out and every type checked; none for null.
fn typed(
    service: &'static Service,
    shape: &Shape,
    value: Value,
) -> Result<Option<Value>, ApiError> {
    let typed_item = |shape, value| Ok(typed(service, shape, value)?.unwrap_or(Value::Null));
    Ok(Some(match (&shape.kind, value) {
        // Only the body itself arrives here as null: nulls within are dropped by their parents.
        (Kind::Structure { .. }, Value::Null) => Value::Object(Map::new()),
        (_, Value::Null) => return Ok(None),
        (Kind::Structure { members, .. }, Value::Object(mut object)) => {
            let mut known = Map::new();
            for member in members.iter().filter(|m| m.location == Location::Body) {
                if let Some(value) = object.remove(member.wire).filter(|v| !v.is_null())
                    && let Some(value) = typed(service, member.shape, value)?
                {
                    known.insert(member.name.to_owned(), value);
                }
            }
            Value::Object(known)
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            let items = items.into_iter().map(|v| typed_item(item, v));
            Value::Array(items.collect::<Result<_, ApiError>>()?)
        }
        (Kind::Map { value: inner, .. }, Value::Object(object)) => {
            let entries = object.into_iter().map(|(k, v)| Ok((k, typed_item(inner, v)?)));
            Value::Object(entries.collect::<Result<_, ApiError>>()?)
        }
        (Kind::String { .. } | Kind::Blob(_), value @ Value::String(_)) => value,
        (Kind::Integer(_), Value::Number(n)) if fits_i32(&n) => Value::Number(n),
        (Kind::Long(_), Value::Number(n)) if n.is_i64() => Value::Number(n),
        (Kind::Double(_), value @ Value::Number(_)) => value,
        (Kind::Boolean, value @ Value::Bool(_)) => value,
        (Kind::Timestamp, Value::Number(n)) => {
            let seconds = n.as_f64().unwrap_or_default();
            Value::from((seconds * 1_000.0).round() as i64)
        }
        (kind, value) => return Err(mismatch(service, kind, &value)),
    }))
}

fn fits_i32(number: &serde_json::Number) -> bool {
    number.as_i64().is_some_and(|n| i32::try_from(n).is_ok())
}

/// The services' Java names its own classes in these messages.
fn mismatch(service: &'static Service, kind: &Kind, value: &Value) -> ApiError {
    let class = match value {
        Value::Bool(_) => "java.lang.Boolean",
        Value::Number(_) => "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => "java.lang.String",
    };
    let message = match (kind, value) {
        (Kind::Structure { .. }, _) => "Unexpected field type".to_owned(),
        (Kind::List { .. }, _) => "Expected list or null".to_owned(),
        (Kind::Map { .. }, _) => "Expected map or null".to_owned(),
        (_, Value::Array(_)) => "Start of list found where not expected".to_owned(),
        (_, Value::Object(_)) => "Start of structure or map found where not expected.".to_owned(),
        (Kind::String { .. }, _) => format!("class {class} can not be converted to an String"),
        (Kind::Integer(_), _) => format!("class {class} can not be converted to an Integer"),
        (Kind::Long(_), _) => format!("class {class} can not be converted to an Long"),
        (Kind::Double(_), _) => format!("class {class} can not be converted to an Double"),
        (Kind::Boolean, _) => format!("class {class} can not be converted to an Boolean"),
        (Kind::Timestamp, _) => {
            format!("class {class} can not be converted to milliseconds since epoch")
        }
        (Kind::Blob(_), _) => format!("class {class} can not be converted to a Blob"),
    };
    ApiError::new(service, "SerializationException", message)
}

fn query_value(
    service: &'static Service,
    member: &Member,
    request: &Request<'_>,
) -> Result<Option<Value>, ApiError> {
    let mut sent = request.query_pairs().filter(|(k, _)| k == member.wire).map(|(_, v)| v);
    if matches!(member.shape.kind, Kind::List { .. }) {
        let items: Vec<Value> = sent.map(|v| Value::String(v.into_owned())).collect();
        return Ok((!items.is_empty()).then_some(Value::Array(items)));
    }
    // Clients send absent parameters as empty ones now and then.
    let value = sent.next().filter(|v| !v.is_empty());
    value.map(|v| text_value(service, member, &v)).transpose()
}

/// The value of a label, query parameter or header.
fn text_value(service: &'static Service, member: &Member, text: &str) -> Result<Value, ApiError> {
    let malformed = |expected| {
        let message =
            format!("Value '{text}' at '{}' can not be converted to {expected}", member.wire);
        ApiError::new(service, "SerializationException", message)
    };
    Ok(match member.shape.kind {
        Kind::Integer(_) => text.parse::<i32>().map_err(|_| malformed("an Integer"))?.into(),
        Kind::Long(_) => text.parse::<i64>().map_err(|_| malformed("a Long"))?.into(),
        Kind::Boolean => text.parse::<bool>().map_err(|_| malformed("a Boolean"))?.into(),
        _ => Value::String(text.to_owned()),
    })
}
