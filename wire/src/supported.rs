//! What is supported, and the refusal of what is not.
//!
//! A member of an input that is present, and that its handler does not read, is refused by name. Nulls, a
//! false, empty texts, lists and maps, and structures with nothing else in them count as absent: they ask for
//! nothing, and nothing of the kind is ever there. (Where the table accepts certain values alone, a false is
//! a value like others.) Names are the model's, joined by dots, without the positions of lists:
//! `IpPermissions.Ipv6Ranges`.

use std::fmt::Write;

use serde_json::Value;

use crate::error::ApiError;
use crate::model::{Kind, Member, Operation, Protocol, SERVICES, Service, Shape, Support};

/// A parameter of an operation that is supported in some way.
#[derive(Debug)]
pub struct Parameter {
    /// The names on the way to it, joined by dots.
    pub path: String,
    /// In which way: never [`Support::Refused`] nor [`Support::Within`].
    pub support: Support,
}

/// Every supported operation of every service, each with its parameters in the model's order.
pub fn supported()
-> impl Iterator<Item = (&'static Service, impl Iterator<Item = (&'static Operation, Vec<Parameter>)>)>
{
    SERVICES.into_iter().map(|service| {
        let operations = service.operations.iter();
        (service, operations.map(|operation| (operation, parameters(operation))))
    })
}

/// The parameters of an operation that are supported; all others are refused. A structure is told by its
/// parameters.
pub fn parameters(operation: &Operation) -> Vec<Parameter> {
    let mut found = Vec::new();
    if let Some(shape) = operation.input {
        add_parameters(shape, "", &mut found);
    }
    found
}

fn add_parameters(shape: &Shape, path: &str, into: &mut Vec<Parameter>) {
    let Kind::Structure { members, .. } = &shape.kind else { return };
    for member in *members {
        let path = match path {
            "" => member.name.to_owned(),
            path => format!("{path}.{}", member.name),
        };
        match (member.support, structure_within(member.shape)) {
            (Support::Refused, _) => {}
            (Support::Read | Support::Within, Some(inner)) if !holds_itself(inner) => {
                add_parameters(inner, &path, into);
            }
            (support, _) => into.push(Parameter { path, support }),
        }
    }
}

/// Whether a structure is made of itself, as DynamoDB's values are, and has no end of parameters.
fn holds_itself(shape: &Shape) -> bool {
    let Kind::Structure { members, .. } = &shape.kind else { return false };
    members
        .iter()
        .any(|it| structure_within(it.shape).is_some_and(|inner| std::ptr::eq(inner, shape)))
}

fn structure_within(shape: &Shape) -> Option<&Shape> {
    match &shape.kind {
        Kind::Structure { .. } => Some(shape),
        Kind::List { item, .. } => structure_within(item),
        Kind::Map { value, .. } => structure_within(value),
        _ => None,
    }
}

/// What is supported, as a page in Markdown.
pub fn page() -> String {
    let mut out = String::from(
        "# What is supported\n\n\
         Operations, and the parameters of their requests. Every other operation and parameter is refused by\n\
         name. Written by `cargo xtask codegen`; `warren supports` tells the same.\n\n\
         IPv6 is within the VPCs of the installation, and functions without a VPC have none, as on AWS.\n\
         Its routes lead to internet and egress-only internet gateways alone; managed prefix lists are of\n\
         IPv4.\n",
    );
    for (service, operations) in supported() {
        let _ = writeln!(out, "\n## {}\n", service.name);
        for (operation, parameters) in operations {
            let _ = write!(out, "- **{}**", operation.name);
            let read: Vec<String> = parameters.iter().filter_map(read_parameter).collect();
            if !read.is_empty() {
                let _ = write!(out, ": {}", read.join(", "));
            }
            out.push('\n');
            if !operation.note.is_empty() {
                let _ = writeln!(out, "  - {}", operation.note);
            }
            for Parameter { path, support } in &parameters {
                if let Support::Ignored(reason) = support {
                    let _ = writeln!(out, "  - `{path}` is passed over: {reason}");
                }
            }
        }
    }
    out
}

/// How a page lists a parameter that has an effect.
fn read_parameter(Parameter { path, support }: &Parameter) -> Option<String> {
    match support {
        Support::Read => Some(format!("`{path}`")),
        Support::Only(values) => Some(format!("`{path}` (`{}` alone)", values.join("` or `"))),
        Support::Ignored(_) | Support::Within | Support::Refused => None,
    }
}

/// Refuses an input, as [`crate::parse`] gives it, for the first member that is not supported.
///
/// # Errors
/// In the code of the service for what it cannot do: EC2's `UnsupportedOperation`, elsewhere the one for
/// parameters that are not valid.
pub fn check(operation: &Operation, input: &Value) -> Result<(), ApiError> {
    let Some(shape) = operation.input else { return Ok(()) };
    match unsupported(shape, input) {
        None => Ok(()),
        Some(found) => {
            let path: Vec<&str> = found.path.iter().rev().copied().collect();
            Err(refusal(operation, &path.join("."), found.only))
        }
    }
}

/// A member that is not supported, and what it may be.
struct Unsupported {
    /// The names on the way, the outermost last.
    path: Vec<&'static str>,
    only: &'static [&'static str],
}

/// The refusal of a parameter, which may have some values only, or none.
pub(crate) fn refusal(operation: &Operation, path: &str, only: &[&str]) -> ApiError {
    let except = match only {
        [] => String::new(),
        values => format!(", except as {}", values.join(" or ")),
    };
    let name = operation.name;
    let message = format!("Warren does not support the parameter {path} of {name}{except}.");
    ApiError::new(operation.service, code(operation), message)
}

fn code(operation: &Operation) -> &'static str {
    match operation.service.protocol {
        _ if matches!(operation.service.name, "events" | "scheduler") => "ValidationException",
        _ if operation.service.name == "route53" => "InvalidInput",
        Protocol::Ec2 => "UnsupportedOperation",
        Protocol::Query => "ValidationError",
        Protocol::RestXml => "NotImplemented",
        Protocol::RestJson => "InvalidParameterValueException",
        Protocol::Json if operation.service.signing == "dynamodb" => "ValidationException",
        Protocol::Json => "InvalidParameterException",
    }
}

fn unsupported(shape: &Shape, value: &Value) -> Option<Unsupported> {
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(object)) => {
            members.iter().find_map(|member| {
                let mut found = unsupported_member(member, object.get(member.name)?)?;
                found.path.push(member.name);
                Some(found)
            })
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            items.iter().find_map(|value| unsupported(item, value))
        }
        (Kind::Map { value: inner, .. }, Value::Object(object)) => {
            object.values().find_map(|value| unsupported(inner, value))
        }
        _ => None,
    }
}

fn unsupported_member(member: &Member, value: &Value) -> Option<Unsupported> {
    let refused = |only| Some(Unsupported { path: Vec::new(), only });
    match member.support {
        Support::Read | Support::Within => unsupported(member.shape, value),
        Support::Ignored(_) => None,
        Support::Only(values) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let is_accepted = values.contains(&text.as_str());
            let is_absent = *value != Value::Bool(false) && is_absent(member.shape, value);
            if is_accepted || is_absent { None } else { refused(values) }
        }
        Support::Refused if is_absent(member.shape, value) => None,
        Support::Refused => refused(&[]),
    }
}

/// Whether a value asks for nothing.
fn is_absent(shape: &Shape, value: &Value) -> bool {
    match (&shape.kind, value) {
        (_, Value::Null | Value::Bool(false)) => true,
        (_, Value::Bool(true) | Value::Number(_)) => false,
        (_, Value::String(text)) => text.is_empty(),
        (_, Value::Array(items)) => items.is_empty(),
        (Kind::Structure { members, .. }, Value::Object(object)) => members.iter().all(|member| {
            object.get(member.name).is_none_or(|value| is_absent(member.shape, value))
        }),
        (_, Value::Object(entries)) => entries.is_empty(),
    }
}
