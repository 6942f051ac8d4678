//! Inputs of the form-encoded protocols, EC2's and query.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::Object;
use crate::error::ApiError;
use crate::form::Node;
use crate::model::{Kind, MapSpelling, Operation, Protocol, Service, Shape};
use crate::time;

/// Parameters of every request that are no members.
fn is_envelope(name: &str) -> bool {
    matches!(name, "Action" | "Version" | "AWSAccessKeyId" | "SecurityToken" | "Timestamp")
        || name.starts_with("Signature")
        || name.get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case("x-amz-"))
}

pub(super) fn parse<'a>(
    operation: &Operation,
    pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
) -> Result<Object, ApiError> {
    let walk = Walk { service: operation.service };
    let tree = Node::of(pairs.filter(|(name, _)| !is_envelope(name)))
        .map_err(|name| walk.unknown(&name))?;
    match operation.input {
        Some(shape) => match walk.value(shape, &tree, "")? {
            Value::Object(object) => Ok(object),
            _ => unreachable!("an input is a structure"),
        },
        None => match tree.children.keys().next() {
            Some(name) if walk.is_ec2() => Err(walk.unknown(name)),
            _ => Ok(Map::new()),
        },
    }
}

struct Walk {
    service: &'static Service,
}

impl Walk {
    fn is_ec2(&self) -> bool {
        self.service.protocol == Protocol::Ec2
    }

    /// EC2 refuses what it does not know; query services ignore it.
    fn unknown(&self, name: &str) -> ApiError {
        ApiError::new(
            self.service,
            "UnknownParameter",
            format!("The parameter {name} is not recognized"),
        )
    }

    fn malformed(&self, name: &str, text: &str, expected: &str) -> ApiError {
        if self.is_ec2() {
            let message = format!("Value ({text}) for parameter {name} is invalid. {expected}");
            ApiError::new(self.service, "InvalidParameterValue", message)
        } else {
            let message = format!("Value '{text}' at '{name}' is malformed. {expected}");
            ApiError::new(self.service, "MalformedInput", message)
        }
    }

    fn value(&self, shape: &Shape, node: &Node<'_>, path: &str) -> Result<Value, ApiError> {
        match &shape.kind {
            Kind::Structure { .. } => self.structure(shape, node, path),
            Kind::List { item, .. } => self.list(item, node, path),
            Kind::Map { key, value, spelling, .. } => self.map(key, value, *spelling, node, path),
            _ => {
                if let Some(child) = node.children.keys().next()
                    && self.is_ec2()
                {
                    return Err(self.unknown(&join(path, child)));
                }
                self.scalar(shape, node.value.as_deref().unwrap_or(""), path)
            }
        }
    }

    fn structure(&self, shape: &Shape, node: &Node<'_>, path: &str) -> Result<Value, ApiError> {
        let Kind::Structure { members, .. } = &shape.kind else { unreachable!("a structure") };
        if self.is_ec2() {
            for name in node.children.keys() {
                if !members.iter().any(|m| m.form == name) {
                    return Err(self.unknown(&join(path, name)));
                }
            }
            if node.value.is_some() {
                return Err(self.unknown(path));
            }
        }
        let mut object = Map::new();
        for member in *members {
            if let Some(child) = node.children.get(member.form) {
                let value = self.value(member.shape, child, &join(path, member.form))?;
                object.insert(member.name.to_owned(), value);
            }
        }
        Ok(Value::Object(object))
    }

    fn list(&self, item: &Shape, node: &Node<'_>, path: &str) -> Result<Value, ApiError> {
        if self.is_ec2() && node.value.as_deref().is_some_and(|text| !text.is_empty()) {
            return Err(self.unknown(path));
        }
        // Query puts `member` between the name and the index, and sends an empty list as `Name=`.
        let (node, path) = match node.children.get("member") {
            Some(inner) if !self.is_ec2() => (inner, join(path, "member")),
            _ => (node, path.to_owned()),
        };
        let items = node.items().map_err(|name| self.unknown(&join(&path, name)))?;
        let items =
            items.into_iter().map(|(i, n)| self.value(item, n, &join(&path, &i.to_string())));
        items.collect::<Result<Vec<_>, _>>().map(Value::Array)
    }

    fn map(
        &self,
        key: &Shape,
        value: &Shape,
        spelling: MapSpelling,
        node: &Node<'_>,
        path: &str,
    ) -> Result<Value, ApiError> {
        let (entries, path) = match (spelling.is_flat, node.children.get(spelling.entry)) {
            (true, _) => (node, path.to_owned()),
            (false, Some(entries)) => (entries, join(path, spelling.entry)),
            (false, None) => return Ok(Value::Object(Map::new())),
        };
        let mut object = Map::new();
        for (i, entry) in entries.items().map_err(|name| self.unknown(&join(&path, name)))? {
            let path = join(&path, &i.to_string());
            let absent = Node::default();
            let part = |name: &str| entry.children.get(name).unwrap_or(&absent);
            let name = self.value(key, part(spelling.key), &path)?;
            let value = self.value(value, part(spelling.value), &path)?;
            object.insert(name.as_str().unwrap_or_default().to_owned(), value);
        }
        Ok(Value::Object(object))
    }

    fn scalar(&self, shape: &Shape, text: &str, path: &str) -> Result<Value, ApiError> {
        Ok(match &shape.kind {
            Kind::String { .. } | Kind::Blob(_) => Value::String(text.to_owned()),
            Kind::Integer(_) => match text.parse::<i32>() {
                Ok(number) => number.into(),
                Err(_) => return Err(self.malformed(path, text, "Expecting an integer.")),
            },
            Kind::Long(_) => match text.parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => return Err(self.malformed(path, text, "Expecting a long integer.")),
            },
            Kind::Double(_) => match text.parse().ok().and_then(Number::from_f64) {
                Some(number) => Value::Number(number),
                None => return Err(self.malformed(path, text, "Expecting a number.")),
            },
            Kind::Boolean => match text {
                "true" | "True" | "TRUE" | "1" => Value::Bool(true),
                "false" | "False" | "FALSE" | "0" => Value::Bool(false),
                _ => return Err(self.malformed(path, text, "Expecting true or false.")),
            },
            Kind::Timestamp => match time::parse_iso8601(text) {
                Some(millis) => millis.into(),
                None => {
                    return Err(self.malformed(path, text, "Expecting an ISO 8601 date and time."));
                }
            },
            Kind::Structure { .. } | Kind::List { .. } | Kind::Map { .. } => {
                unreachable!("no scalar")
            }
        })
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
