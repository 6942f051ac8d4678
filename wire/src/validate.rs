//! The model's constraints, with the messages of AWS's services.

use serde_json::Value;

use crate::arn::FunctionReference;
use crate::error::ApiError;
use crate::model::{Bounds, Kind, Operation, Protocol, Shape};

/// Checks a parsed input against its shape.
pub(crate) fn validate(operation: &Operation, input: &Value) -> Result<(), ApiError> {
    let Some(shape) = operation.input else { return Ok(()) };
    let service = operation.service;
    if service.protocol == Protocol::Ec2 {
        return ec2(operation, shape, input);
    }
    if service.name == "dynamodb" {
        // It checks in an order and in words of its own.
        return Ok(());
    }
    if service.name == "sqs" {
        return sqs(operation, shape, input, "");
    }
    let mut violations = Vec::new();
    walk(shape, input, "", &mut violations);
    if service.name == "s3" {
        return violations.first().map_or(Ok(()), |violation| Err(s3(operation, violation)));
    }
    let (code, own) = match service.name {
        "lambda" => ("ValidationException", lambda_own(operation, input, &mut violations)),
        "logs" => ("InvalidParameterException", Ok(())),
        "route53" => ("InvalidInput", Ok(())),
        _ if matches!(service.protocol, Protocol::Json | Protocol::RestJson)
            && service.also.is_none() =>
        {
            ("ValidationException", Ok(()))
        }
        _ => ("ValidationError", Ok(())),
    };
    if violations.is_empty() {
        return own;
    }
    if service.name == "iam" {
        // IAM keeps what was sent to itself.
        violations.iter_mut().filter(|v| v.shown != "null").for_each(|v| v.shown.clear());
    }
    Err(ApiError::new(service, code, detected(&violations)))
}

/// S3 says of a document that it is not as it should be, and of anything else what it is.
fn s3(operation: &Operation, violation: &Violation) -> ApiError {
    let outer = violation.path.split('.').next().unwrap_or_default();
    let payload = match operation.input.map(|shape| &shape.kind) {
        Some(Kind::Structure { payload, .. }) => payload.unwrap_or_default(),
        _ => "",
    };
    if violation.path.ends_with("ocationConstraint") {
        let message = "The specified location-constraint is not valid";
        return ApiError::new(operation.service, "InvalidLocationConstraint", message);
    }
    if outer == camel(payload) {
        let message = "The XML you provided was not well-formed or did not validate against our \
                       published schema";
        return ApiError::new(operation.service, "MalformedXML", message);
    }
    ApiError::new(operation.service, "InvalidArgument", violation.text())
}

/// `2 validation errors detected: …; …`
fn detected(violations: &[Violation]) -> String {
    let count = violations.len();
    let plural = if count == 1 { "error" } else { "errors" };
    let texts: Vec<String> = violations.iter().map(Violation::text).collect();
    format!("{count} validation {plural} detected: {}", texts.join("; "))
}

/// A constraint that a value breaks.
struct Violation {
    path: String,
    /// The value in quotes, `null` without, or nothing where it is kept back.
    shown: String,
    constraint: String,
    shape: &'static str,
}

impl Violation {
    /// That something is not there.
    fn of_null(path: String) -> Violation {
        let (shown, constraint) = ("null".to_owned(), "Member must not be null".to_owned());
        Violation { path, shown, constraint, shape: "" }
    }

    fn text(&self) -> String {
        let Violation { path, shown, constraint, .. } = self;
        let blank = if shown.is_empty() { "" } else { " " };
        format!("Value{blank}{shown} at '{path}' failed to satisfy constraint: {constraint}")
    }
}

/// The runtimes that Lambda names when it refuses one, in its order.
const RUNTIMES: &str = "nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, \
    nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, \
    java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2";
const MAX_FUNCTION_NAME: usize = 64;

/// What Lambda checks behind the framework, with its own code: the runtime, and the bare name's length.
fn lambda_own(
    operation: &Operation,
    input: &Value,
    violations: &mut Vec<Violation>,
) -> Result<(), ApiError> {
    let refuse =
        |message| Err(ApiError::new(operation.service, "InvalidParameterValueException", message));
    let runtime = violations.iter().position(|v| v.shape == "Runtime");
    if let Some(Violation { path, shown, .. }) = runtime.map(|at| violations.remove(at)) {
        let shown = &shown[1..shown.len() - 1];
        return refuse(format!(
            "Value {shown} at '{path}' failed to satisfy constraint: \
             Member must satisfy enum value set: [{RUNTIMES}] or be a valid ARN"
        ));
    }
    let name = input["FunctionName"].as_str().unwrap_or_default();
    let bare = FunctionReference::parse(name).map_or("", |reference| reference.name);
    if operation.name == "CreateFunction" && bare.len() > MAX_FUNCTION_NAME {
        let violation = Violation {
            path: "functionName".to_owned(),
            shown: format!("'{bare}'"),
            constraint: format!(
                "Member must have length less than or equal to {MAX_FUNCTION_NAME}"
            ),
            shape: "",
        };
        return refuse(detected(&[violation]));
    }
    Ok(())
}

fn walk(shape: &Shape, value: &Value, path: &str, out: &mut Vec<Violation>) {
    let mut broken = |constraint: String| {
        out.push(Violation {
            path: path.to_owned(),
            shown: format!("'{}'", shown_as(shape, value)),
            constraint,
            shape: shape.name,
        });
    };
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            for member in *members {
                let path = join(path, &camel(member.name));
                match object.get(member.name) {
                    Some(value) if !value.is_null() => walk(member.shape, value, &path, out),
                    _ if member.required => out.push(Violation::of_null(path)),
                    _ => {}
                }
            }
        }
        (Kind::List { item, bounds, .. }, Value::Array(items)) => {
            length(*bounds, items.len()).into_iter().for_each(&mut broken);
            if is_scalar(item) {
                if items.iter().any(|v| !satisfies(item, v)) {
                    broken(format!(
                        "Member must satisfy constraint: [{}]",
                        constraints(item, true)
                    ));
                }
            } else {
                for (i, value) in items.iter().enumerate() {
                    within(item, value, format!("{path}.{}.member", i + 1), out);
                }
            }
        }
        (Kind::Map { key, value: inner, bounds, .. }, Value::Object(object)) => {
            length(*bounds, object.len()).into_iter().for_each(&mut broken);
            if object.keys().any(|k| !satisfies(key, &Value::String(k.clone()))) {
                broken(format!("Map keys must satisfy constraint: [{}]", constraints(key, false)));
            }
            if is_scalar(inner) {
                if object.values().any(|v| !satisfies(inner, v)) {
                    broken(format!(
                        "Map value must satisfy constraint: [{}]",
                        constraints(inner, true)
                    ));
                }
            } else {
                for (key, value) in object {
                    within(inner, value, format!("{path}.{key}.member"), out);
                }
            }
        }
        _ => scalar(shape, value).into_iter().for_each(broken),
    }
}

/// Checks what is in a list or a map.
fn within(shape: &Shape, value: &Value, path: String, out: &mut Vec<Violation>) {
    match value.is_null() {
        true => out.push(Violation::of_null(path)),
        false => walk(shape, value, &path, out),
    }
}

/// That a text is to be one of these, in the order in which AWS tells them where that is known.
fn one_of(shape: &Shape, values: &[&str]) -> String {
    let values = match shape.name {
        "InvokeMode" => "RESPONSE_STREAM, BUFFERED".to_owned(),
        _ => values.join(", "),
    };
    format!("Member must satisfy enum value set: [{values}]")
}

fn is_scalar(shape: &Shape) -> bool {
    !matches!(shape.kind, Kind::Structure { .. } | Kind::List { .. } | Kind::Map { .. })
}

fn satisfies(shape: &Shape, value: &Value) -> bool {
    !value.is_null() && scalar(shape, value).is_empty()
}

/// Whether a text is one of an enumeration's. S3 tells its names of filter rules in another case than it
/// documents them, and takes both.
fn is_one_of(shape: &Shape, values: &[&str], text: &str) -> bool {
    match shape.name {
        "FilterRuleName" => values.iter().any(|value| value.eq_ignore_ascii_case(text)),
        _ => values.contains(&text),
    }
}

/// The constraints that a scalar breaks.
fn scalar(shape: &Shape, value: &Value) -> Vec<String> {
    match (&shape.kind, value) {
        (Kind::String { bounds, pattern, values }, Value::String(text)) => {
            let mut broken = length(*bounds, text.chars().count());
            if let Some(pattern) = pattern
                && !pattern.matches(text)
            {
                broken.push(format!(
                    "Member must satisfy regular expression pattern: {}",
                    pattern.text
                ));
            }
            if !values.is_empty() && !is_one_of(shape, values, text) {
                broken.push(one_of(shape, values));
            }
            broken
        }
        (Kind::Blob(bounds), Value::String(text)) => length(*bounds, decoded(text)),
        (Kind::Integer(bounds) | Kind::Long(bounds) | Kind::Double(bounds), Value::Number(n)) => {
            let n = n.as_f64().unwrap_or_default();
            let point = point(shape);
            let mut broken = Vec::new();
            if let Some(max) = bounds.max.filter(|max| n > *max as f64) {
                broken.push(format!("Member must have value less than or equal to {max}{point}"));
            }
            if let Some(min) = bounds.min.filter(|min| n < *min as f64) {
                broken
                    .push(format!("Member must have value greater than or equal to {min}{point}"));
            }
            broken
        }
        _ => Vec::new(),
    }
}

/// Which bounds a length breaks.
fn length(bounds: Bounds, length: usize) -> Vec<String> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let mut broken = Vec::new();
    if let Some(max) = bounds.max.filter(|max| length > *max) {
        broken.push(format!("Member must have length less than or equal to {max}"));
    }
    if let Some(min) = bounds.min.filter(|min| length < *min) {
        broken.push(format!("Member must have length greater than or equal to {min}"));
    }
    broken
}

/// Every constraint of a list's items or a map's keys, which messages quote whole.
///
/// That they must not be null is quoted too, except for map keys, subnets and security groups.
fn constraints(shape: &Shape, not_null: bool) -> String {
    let mut all = Vec::new();
    let point = point(shape);
    let mut bounded =
        |bounds: &Bounds, what: &str| {
            all.extend(
                bounds.max.map(|max| {
                    format!("Member must have {what} less than or equal to {max}{point}")
                }),
            );
            all.extend(bounds.min.map(|min| {
                format!("Member must have {what} greater than or equal to {min}{point}")
            }));
        };
    match &shape.kind {
        Kind::String { bounds, .. } | Kind::Blob(bounds) => bounded(bounds, "length"),
        Kind::Integer(bounds) | Kind::Long(bounds) | Kind::Double(bounds) => {
            bounded(bounds, "value")
        }
        _ => {}
    }
    if let Kind::String { pattern, values, .. } = &shape.kind {
        all.extend(
            pattern.map(|p| format!("Member must satisfy regular expression pattern: {}", p.text)),
        );
        if !values.is_empty() {
            all.push(one_of(shape, values));
        }
    }
    if not_null && !matches!(shape.name, "SubnetId" | "SecurityGroupId") {
        all.push("Member must not be null".to_owned());
    }
    all.join(", ")
}

/// What Java writes behind a whole number of a shape's kind.
fn point(shape: &Shape) -> &'static str {
    if matches!(shape.kind, Kind::Double(_)) { ".0" } else { "" }
}

/// A value of a shape as the services' Java shows it.
fn shown_as(shape: &Shape, value: &Value) -> String {
    match (&shape.kind, value) {
        // Bytes are not repeated.
        (Kind::Blob(_), Value::String(text)) => {
            let bytes = decoded(text);
            format!("java.nio.HeapByteBuffer[pos=0 lim={bytes} cap={bytes}]")
        }
        (Kind::Double(_), Value::Number(n)) => format!("{:?}", n.as_f64().unwrap_or_default()),
        (Kind::Map { value: inner, .. }, Value::Object(object)) => {
            let parts = object.iter().map(|(k, v)| format!("{k}={}", shown_as(inner, v)));
            format!("{{{}}}", joined(parts))
        }
        _ => shown(value),
    }
}

/// Bytes of what is in base64, which holds three in four characters.
fn decoded(text: &str) -> usize {
    let padding = text.bytes().rev().take_while(|b| *b == b'=').count();
    (text.len() / 4 * 3).saturating_sub(padding)
}

/// A value as the services' Java shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(n) => n.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(shown))),
        Value::Object(object) => {
            format!("{{{}}}", joined(object.iter().map(|(k, v)| format!("{k}={}", shown(v)))))
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// `FunctionName` → `functionName`.
fn camel(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |c| c.to_ascii_lowercase().to_string() + chars.as_str())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// EC2 stops at the first fault, and has messages of its own.
fn ec2(operation: &Operation, shape: &Shape, value: &Value) -> Result<(), ApiError> {
    let service = operation.service;
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            for member in *members {
                match object.get(member.name) {
                    Some(value) => {
                        ec2_scalar(operation, member.name, member.shape, value)?;
                        ec2(operation, member.shape, value)?;
                    }
                    None if member.required => {
                        let message =
                            format!("The request must contain the parameter {}", member.form);
                        return Err(ApiError::new(service, "MissingParameter", message));
                    }
                    None => {}
                }
            }
            Ok(())
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            items.iter().try_for_each(|value| ec2(operation, item, value))
        }
        _ => Ok(()),
    }
}

/// SQS tells the first parameter that is missing, and looks at values itself.
fn sqs(operation: &Operation, shape: &Shape, value: &Value, path: &str) -> Result<(), ApiError> {
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            members.iter().try_for_each(|member| {
                // Of lists and maps the name is that of their items, as forms have it.
                let path = join(path, member.form);
                match object.get(member.name) {
                    Some(value) => sqs(operation, member.shape, value, &path),
                    None if member.required => {
                        let path = if path.contains('.') { path.as_str() } else { member.name };
                        let message = format!("The request must contain the parameter {path}.");
                        let code = "MissingRequiredParameterException";
                        Err(ApiError::new(operation.service, code, message))
                    }
                    None => Ok(()),
                }
            })
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(at, value)| {
                sqs(operation, item, value, &join(path, &format!("{}", at + 1)))
            })
        }
        (Kind::Map { value: inner, .. }, Value::Object(object)) => {
            let mut values = object.values().enumerate();
            values.try_for_each(|(at, value)| {
                sqs(operation, inner, value, &join(path, &format!("{}.Value", at + 1)))
            })
        }
        _ => Ok(()),
    }
}

fn ec2_scalar(
    operation: &Operation,
    name: &str,
    shape: &Shape,
    value: &Value,
) -> Result<(), ApiError> {
    let invalid = |detail: String| {
        let message =
            format!("Value ( {} ) for parameter {} is invalid.{detail}", shown(value), camel(name));
        Err(ApiError::new(operation.service, "InvalidParameterValue", message))
    };
    match (&shape.kind, value) {
        (Kind::Integer(bounds), Value::Number(n)) => {
            let n = n.as_i64().unwrap_or_default();
            match (bounds.min, bounds.max) {
                (Some(min), _) if n < min => {
                    invalid(format!(" Expecting a value greater than {min}."))
                }
                (_, Some(max)) if n > max => {
                    invalid(format!(" Expecting a value less than {max}."))
                }
                _ => Ok(()),
            }
        }
        (Kind::String { values, .. }, Value::String(text)) => {
            if values.is_empty() || values.contains(&text.as_str()) {
                Ok(())
            } else {
                invalid(String::new())
            }
        }
        (Kind::List { item, .. }, Value::Array(items)) if is_scalar(item) => {
            items.iter().try_for_each(|value| ec2_scalar(operation, name, item, value))
        }
        _ => Ok(()),
    }
}
