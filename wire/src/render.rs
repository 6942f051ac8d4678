//! An operation's output as the response of its protocol.

pub(crate) mod rest_xml;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Number, Value};

use crate::error::{header, host_id};
use crate::model::{Kind, Location, Member, Operation, Protocol, Service, Shape};
use crate::request::RESERVED;
use crate::{time, xml};

/// A response with its whole body.
pub type Response = http::Response<Bytes>;

/// Renders the output of an operation, a value keyed by the model's member names.
///
/// A member that the model does not know, or of another type, or a missing one that it requires, is a bug and
/// panics: always for types, in debug builds for names. Nulls count as absent.
pub fn render(operation: &Operation, output: &Value, request_id: &str) -> Response {
    let (content_type, body) = match operation.service.protocol {
        Protocol::Ec2 => ("text/xml;charset=UTF-8", ec2(operation, output, request_id)),
        Protocol::Query => ("text/xml", query(operation, output, request_id)),
        Protocol::RestJson => {
            let body = body_members(operation, output);
            ("application/json", body.map_or(String::new(), |b| b.to_string()))
        }
        Protocol::Json => {
            let body = operation.output.map(|shape| json(shape, output, operation.name));
            (json_type(operation.service), body.map_or(String::new(), |b| b.to_string()))
        }
        Protocol::RestXml => ("application/xml", rest_xml::body(operation, output)),
    };
    finish(operation, output, request_id, content_type, Bytes::from(body))
}

/// The output of an operation as JSON-RPC spells it, for callers in this process.
pub fn spell(operation: &Operation, output: &Value) -> Value {
    operation.output.map_or(Value::Null, |shape| json(shape, output, operation.name))
}

/// Renders an output whose payload is the whole body, such as Invoke's.
pub fn render_with_payload(
    operation: &Operation,
    output: &Value,
    payload: Bytes,
    request_id: &str,
) -> Response {
    finish(operation, output, request_id, "application/json", payload)
}

fn finish(
    operation: &Operation,
    output: &Value,
    request_id: &str,
    content_type: &'static str,
    body: Bytes,
) -> Response {
    let mut status = operation.status;
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static(content_type));
    match operation.service.protocol {
        Protocol::RestXml if operation.service.name == "s3" => {
            headers.insert("x-amz-request-id", header(request_id));
            headers.insert("x-amz-id-2", header(&host_id(request_id)));
        }
        _ => drop(headers.insert("x-amzn-requestid", header(request_id))),
    }
    if let Some(Shape { kind: Kind::Structure { members, .. }, .. }) = operation.output {
        for member in members.iter().filter(|m| m.location != Location::Body) {
            match (member.location, output.get(member.name)) {
                (_, None | Some(Value::Null)) | (Location::Attribute, _) => {}
                (Location::Headers, Some(Value::Object(entries))) => {
                    for (name, value) in entries {
                        let name = format!("{}{name}", member.wire);
                        if let (Ok(name), Some(value)) =
                            (HeaderName::from_bytes(name.as_bytes()), value.as_str())
                        {
                            headers.insert(name, header_of_text(value));
                        }
                    }
                }
                (Location::Status, Some(value)) => {
                    status = value.as_u64().map_or(status, |code| code as u16);
                }
                (_, Some(value)) => {
                    let text = match (&member.shape.kind, value) {
                        (Kind::Timestamp, Value::Number(n)) => {
                            time::http_date(n.as_i64().unwrap_or_default())
                        }
                        (_, Value::String(text)) => text.clone(),
                        (_, other) => other.to_string(),
                    };
                    let name =
                        HeaderName::from_bytes(member.wire.as_bytes()).expect("a header's name");
                    headers.insert(name, header(&text));
                }
            }
        }
    }
    if operation.service.protocol == Protocol::RestXml && headers.contains_key("content-range") {
        status = 206;
    }
    if status == 204 {
        headers.remove("content-type");
        *response.body_mut() = Bytes::new();
    }
    *response.status_mut() = StatusCode::from_u16(status).expect("a status of HTTP");
    response
}

/// A header's value with what of a text is no ASCII as it is.
fn header_of_text(text: &str) -> HeaderValue {
    HeaderValue::from_bytes(text.as_bytes()).unwrap_or_else(|_| header(text))
}

/// The content type of JSON-RPC in the service's version.
pub(crate) fn json_type(service: &Service) -> &'static str {
    match service.json {
        "1.0" => "application/x-amz-json-1.0",
        _ => "application/x-amz-json-1.1",
    }
}

/// The members in the body of a rest-json output; none where the operation has no output.
fn body_members(operation: &Operation, output: &Value) -> Option<Value> {
    let shape = operation.output?;
    let Kind::Structure { payload, .. } = &shape.kind else { unreachable!("a structure") };
    assert!(payload.is_none(), "{} has a payload of its own", operation.name);
    (operation.status != 204).then(|| json(shape, output, operation.name))
}

/// Checks, in debug builds, that the model knows every member, and that none it requires is missing.
fn check_members(shape: &Shape, object: &Map<String, Value>, path: &str) {
    if cfg!(debug_assertions)
        && let Kind::Structure { members, .. } = &shape.kind
    {
        for name in object.keys() {
            let known = members.iter().any(|m| m.name == name);
            assert!(known, "the model of {path} has no member {name}");
        }
        for member in members.iter().filter(|m| m.required) {
            assert!(object.contains_key(member.name), "{path} lacks its member {}", member.name);
        }
    }
}

fn mismatch(shape: &Shape, value: &Value, path: &str) -> ! {
    panic!("{path} is a {}, not {value}", shape.name)
}

fn json(shape: &Shape, value: &Value, path: &str) -> Value {
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            check_members(shape, object, path);
            let mut out = Map::new();
            for member in members.iter().filter(|m| m.location == Location::Body) {
                if let Some(value) = object.get(member.name).filter(|v| !v.is_null()) {
                    out.insert(member.wire.to_owned(), json(member.shape, value, member.name));
                }
            }
            Value::Object(out)
        }
        (Kind::Structure { .. }, Value::Null) => Value::Object(Map::new()),
        (Kind::List { item, .. }, Value::Array(items)) => {
            Value::Array(items.iter().map(|v| json(item, v, path)).collect())
        }
        (Kind::Map { value: inner, .. }, Value::Object(object)) => {
            Value::Object(object.iter().map(|(k, v)| (k.clone(), json(inner, v, path))).collect())
        }
        (Kind::Timestamp, Value::Number(n)) => seconds(n.as_i64().unwrap_or_default()),
        (Kind::String { .. } | Kind::Blob(_), Value::String(_))
        | (Kind::Integer(_) | Kind::Long(_) | Kind::Double(_), Value::Number(_))
        | (Kind::Boolean, Value::Bool(_)) => value.clone(),
        _ => mismatch(shape, value, path),
    }
}

/// Seconds since the epoch, with a fraction where there is one.
fn seconds(millis: i64) -> Value {
    if millis % 1_000 == 0 {
        Value::from(millis / 1_000)
    } else {
        Number::from_f64(millis as f64 / 1_000.0).map_or(Value::Null, Value::Number)
    }
}

fn ec2(operation: &Operation, output: &Value, request_id: &str) -> String {
    let (name, namespace) = (operation.name, operation.service.namespace);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<{name}Response xmlns=\"{namespace}/\">"));
    xml::leaf(&mut out, "requestId", request_id);
    match operation.output {
        Some(shape) => xml_content(&mut out, shape, output, name, true),
        None => xml::leaf(&mut out, "return", "true"),
    }
    out + &format!("</{name}Response>")
}

fn query(operation: &Operation, output: &Value, request_id: &str) -> String {
    let (name, namespace) = (operation.name, operation.service.namespace);
    let mut out = format!("<{name}Response xmlns=\"{namespace}\">");
    if let Some(shape) = operation.output {
        let result = format!("{name}Result");
        xml::element(&mut out, &result, |out| xml_content(out, shape, output, name, false));
    }
    xml::element(&mut out, "ResponseMetadata", |out| xml::leaf(out, "RequestId", request_id));
    out + &format!("</{name}Response>")
}

/// A member: an element, or those of a list or a map that stand in its place.
fn xml_member(out: &mut String, member: &Member, value: &Value, millis: bool) {
    let content = |out: &mut String| xml_content(out, member.shape, value, member.name, millis);
    let named = |own: &'static str| if own.is_empty() { member.wire } else { own };
    match (&member.shape.kind, value) {
        (Kind::List { item, item_name, is_flat: true, .. }, Value::Array(items)) => {
            for value in items {
                xml::element(out, named(item_name), |out| {
                    xml_content(out, item, value, member.name, millis);
                });
            }
        }
        (Kind::Map { value: inner, spelling, .. }, Value::Object(object)) if spelling.is_flat => {
            for (key, value) in object {
                xml::element(out, named(spelling.entry), |out| {
                    xml::leaf(out, spelling.key, key);
                    xml::element(out, spelling.value, |out| {
                        xml_content(out, inner, value, member.name, millis);
                    });
                });
            }
        }
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            let attribute = members.iter().find(|it| it.location == Location::Attribute);
            match attribute.and_then(|it| Some((it.wire, object.get(it.name)?.as_str()?))) {
                Some((name, text)) => rest_xml::typed(out, member.wire, name, text, content),
                None => xml::element(out, member.wire, content),
            }
        }
        _ => xml::element(out, member.wire, content),
    }
}

fn xml_content(out: &mut String, shape: &Shape, value: &Value, path: &str, millis: bool) {
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            check_members(shape, object, path);
            for member in *members {
                let is_element = member.location == Location::Body;
                if let Some(value) = object.get(member.name).filter(|v| !v.is_null() && is_element)
                {
                    xml_member(out, member, value, millis);
                }
            }
        }
        (Kind::Structure { .. }, Value::Null) => {}
        (Kind::List { item, item_name, .. }, Value::Array(items)) => {
            for value in items {
                xml::element(out, item_name, |out| xml_content(out, item, value, path, millis));
            }
        }
        (Kind::Map { value: inner, spelling, .. }, Value::Object(object)) => {
            for (key, value) in object {
                xml::element(out, spelling.entry, |out| {
                    xml::leaf(out, spelling.key, key);
                    xml::element(out, spelling.value, |out| {
                        xml_content(out, inner, value, path, millis);
                    });
                });
            }
        }
        // IAM answers with its policy documents percent-encoded.
        (Kind::String { .. }, Value::String(text)) if shape.name == "policyDocumentType" => {
            out.extend(utf8_percent_encode(text, RESERVED));
        }
        (Kind::String { .. } | Kind::Blob(_), Value::String(text)) => xml::text(out, text),
        (Kind::Integer(_) | Kind::Long(_) | Kind::Double(_), Value::Number(n)) => {
            out.push_str(&n.to_string());
        }
        (Kind::Boolean, Value::Bool(flag)) => out.push_str(if *flag { "true" } else { "false" }),
        (Kind::Timestamp, Value::Number(n)) => {
            let instant = n.as_i64().unwrap_or_default();
            out.push_str(&if millis {
                time::iso8601_millis(instant)
            } else {
                time::iso8601(instant)
            });
        }
        _ => mismatch(shape, value, path),
    }
}
