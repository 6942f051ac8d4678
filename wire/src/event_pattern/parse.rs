//! How patterns are read, and what is no pattern.

use std::net::IpAddr;

use serde_json::{Map, Value};

use super::test::{Block, Exact, Form, Piece, Range, Test};
use super::{BadPattern, COMBINATIONS, Field, Fields};

/// Words that are no names of fields within `$or`: a list of them is a list of tests.
const RESERVED: [&str; 8] = [
    "anything-but",
    "cidr",
    "equals-ignore-case",
    "exists",
    "numeric",
    "prefix",
    "suffix",
    "wildcard",
];

fn bad<T>(reason: impl Into<String>) -> Result<T, BadPattern> {
    Err(BadPattern(reason.into()))
}

/// Reads a pattern.
pub(super) fn pattern(text: &str) -> Result<Fields, BadPattern> {
    let read: Result<Value, _> = serde_json::from_str(text);
    let Ok(value) = read else { return bad("Filter is not a valid JSON") };
    let Value::Object(object) = value else { return bad("Filter is not an object") };
    let fields = fields(&object)?;
    match fields.combinations() {
        0..=COMBINATIONS => Ok(fields),
        _ => bad("Pattern is too complex. Too many combinations of $or."),
    }
}

fn fields(object: &Map<String, Value>) -> Result<Fields, BadPattern> {
    if object.is_empty() {
        return bad("Empty objects are not allowed");
    }
    let mut read = Fields { fields: Vec::new(), any: Vec::new() };
    for (name, value) in object {
        match value {
            Value::Object(object) => {
                read.fields.push((name.clone(), Field::Within(fields(object)?)));
            }
            Value::Array(list) if name == "$or" && are_alternatives(list) => {
                let all = list.iter().filter_map(Value::as_object).map(fields);
                read.any.push(all.collect::<Result<_, _>>()?);
            }
            Value::Array(list) if list.is_empty() => return bad("Empty arrays are not allowed"),
            Value::Array(list) => {
                let tests = list.iter().map(test).collect::<Result<_, _>>()?;
                read.fields.push((name.clone(), Field::OneOf(tests)));
            }
            _ => return bad(format!("\"{name}\" must be an object or an array")),
        }
    }
    Ok(read)
}

/// Whether a list under `$or` is one of alternatives; a field may have that name, too.
fn are_alternatives(list: &[Value]) -> bool {
    let is_one = |value: &Value| {
        let object = value.as_object().filter(|object| !object.is_empty());
        object.is_some_and(|object| object.keys().all(|key| !RESERVED.contains(&key.as_str())))
    };
    list.len() > 1 && list.iter().all(is_one)
}

fn test(value: &Value) -> Result<Test, BadPattern> {
    match value {
        Value::Object(object) => expression(object),
        Value::Array(_) => bad("Match value must be String, number, true, false, or null"),
        leaf => exact(leaf).map(Test::Is),
    }
}

fn exact(value: &Value) -> Result<Exact, BadPattern> {
    match value {
        Value::Null => Ok(Exact::Null),
        Value::Bool(wanted) => Ok(Exact::Bool(*wanted)),
        Value::Number(number) => match number.as_f64().filter(|number| number.is_finite()) {
            Some(number) => Ok(Exact::Number(number)),
            None => bad("Match value must be String, number, true, false, or null"),
        },
        Value::String(text) => Ok(Exact::Text(text.clone())),
        Value::Array(_) | Value::Object(_) => {
            bad("Match value must be String, number, true, false, or null")
        }
    }
}

/// An object among alternatives: one kind of test.
fn expression(object: &Map<String, Value>) -> Result<Test, BadPattern> {
    let mut entries = object.iter();
    let Some((kind, value)) = entries.next() else { return bad("Match expression name not found") };
    if entries.next().is_some() {
        return bad("Only one key allowed in match expression");
    }
    match kind.as_str() {
        "anything-but" => anything_but(value),
        "numeric" => numeric(value).map(Test::Numeric),
        "exists" => match value {
            Value::Bool(wanted) => Ok(Test::Exists(*wanted)),
            _ => bad("exists match pattern must be either true or false."),
        },
        "cidr" => cidr(value).map(Test::Cidr),
        "prefix" | "suffix" | "equals-ignore-case" | "wildcard" => form(kind, value).map(Test::Has),
        _ => bad(format!("Unrecognized match type {kind}")),
    }
}

fn form(kind: &str, value: &Value) -> Result<Form, BadPattern> {
    match (kind, value) {
        ("prefix", Value::String(text)) => Ok(Form::Prefix(text.clone())),
        ("suffix", Value::String(text)) => Ok(Form::Suffix(text.clone())),
        ("equals-ignore-case", Value::String(text)) => Ok(Form::EqualsIgnoreCase(text.clone())),
        ("wildcard", Value::String(text)) => wildcard(text).map(Form::Wildcard),
        ("prefix" | "suffix", Value::Object(object)) => {
            let mut entries = object.iter();
            let (Some((inner, value)), None) = (entries.next(), entries.next()) else {
                return bad("Only one key allowed in match expression");
            };
            match (inner.as_str(), value) {
                ("equals-ignore-case", Value::String(text)) if kind == "prefix" => {
                    Ok(Form::PrefixIgnoreCase(text.clone()))
                }
                ("equals-ignore-case", Value::String(text)) => {
                    Ok(Form::SuffixIgnoreCase(text.clone()))
                }
                ("equals-ignore-case", _) => {
                    bad("equals-ignore-case match pattern must be a string")
                }
                _ => bad(format!("Unsupported {kind} match pattern: {inner}")),
            }
        }
        _ => bad(format!("{kind} match pattern must be a string")),
    }
}

fn anything_but(value: &Value) -> Result<Test, BadPattern> {
    const WANTED: &str = "Value of anything-but must be an array or single string/number value.";
    match value {
        Value::String(_) | Value::Number(_) => Ok(Test::AnythingBut(vec![exact(value)?])),
        Value::Array(list) => {
            if list.is_empty() {
                return bad("Empty arrays are not allowed");
            }
            let (texts, numbers) =
                (list.iter().all(Value::is_string), list.iter().all(Value::is_number));
            if let Some(other) = list.iter().find(|each| !each.is_string() && !each.is_number()) {
                let token = match other {
                    Value::Object(_) => "start",
                    Value::Null => "null",
                    Value::Array(_) => "start",
                    _ => "boolean",
                };
                return bad(format!("Inside anything but list, {token} is not supported."));
            }
            if !texts && !numbers {
                return bad(
                    "Inside anything but list, either all values are number or string, mixed type is \
                     not supported",
                );
            }
            list.iter().map(exact).collect::<Result<_, _>>().map(Test::AnythingBut)
        }
        Value::Object(object) => {
            let mut entries = object.iter();
            let (Some((kind, value)), None) = (entries.next(), entries.next()) else {
                return bad("Only one key allowed in match expression");
            };
            if !matches!(kind.as_str(), "prefix" | "suffix" | "equals-ignore-case" | "wildcard") {
                return bad(format!("Unsupported anything-but pattern: {kind}"));
            }
            let forms = match value {
                Value::Array(list) if list.is_empty() => {
                    return bad("Empty arrays are not allowed");
                }
                Value::Array(list) => list.iter().map(|each| form(kind, each)).collect(),
                one => form(kind, one).map(|form| vec![form]),
            }?;
            let is_empty = |form: &Form| matches!(form, Form::Prefix(text) | Form::Suffix(text) if text.is_empty());
            match forms.iter().any(is_empty) {
                true => bad("Null prefix/suffix not allowed"),
                false => Ok(Test::AnythingButForms(forms)),
            }
        }
        Value::Null | Value::Bool(_) => bad(WANTED),
    }
}

fn numeric(value: &Value) -> Result<Range, BadPattern> {
    let Value::Array(list) = value else { return bad("Value of numeric must be an array.") };
    let mut range = Range::default();
    let mut rest = list.as_slice();
    let mut is_over = false;
    if rest.is_empty() {
        return bad("Invalid member in numeric match: ]");
    }
    while let Some((operator, after)) = rest.split_first() {
        let Some(operator) = operator.as_str() else {
            return bad(format!("Invalid member in numeric match: {operator}"));
        };
        let known = matches!(operator, "=" | "<" | "<=" | ">" | ">=");
        if !known {
            return bad(format!("Unrecognized numeric range operator: {operator}"));
        }
        if is_over {
            return bad("Too many elements in numeric expression");
        }
        let number = after.first().and_then(Value::as_f64).filter(|number| number.is_finite());
        let Some(number) = number else {
            return bad(format!("Value of {operator} must be numeric"));
        };
        match operator {
            "=" if range.least.is_some() => {
                return bad("Too many elements in numeric expression");
            }
            "=" => (range.least, range.most) = (Some((number, true)), Some((number, true))),
            "<" | "<=" => range.most = Some((number, operator == "<=")),
            _ if range.least.is_some() => return bad("Too many elements in numeric expression"),
            _ => range.least = Some((number, operator == ">=")),
        }
        // Nothing follows what is equal or below.
        is_over = range.most.is_some();
        rest = &after[1..];
    }
    if let (Some((least, _)), Some((most, _))) = (range.least, range.most)
        && (least > most || (least == most && list.len() > 2))
    {
        return bad("Bottom must be less than top");
    }
    Ok(range)
}

fn cidr(value: &Value) -> Result<Block, BadPattern> {
    let Some(text) = value.as_str() else { return bad("cidr match pattern must be a string") };
    let Some((base, prefix)) = text.split_once('/') else {
        return bad("Malformed CIDR, one '/' required");
    };
    let Ok(base) = base.parse::<IpAddr>() else {
        return bad(format!("Malformed CIDR, invalid IP address: {base}"));
    };
    let most = if base.is_ipv4() { 32 } else { 128 };
    match prefix.parse::<u32>().ok().filter(|prefix| *prefix <= most) {
        Some(prefix) => Ok(Block { base, prefix }),
        None => bad(format!("Malformed CIDR, mask bits must be 0 to {most}")),
    }
}

fn wildcard(text: &str) -> Result<Vec<Piece>, BadPattern> {
    let mut pieces = Vec::new();
    let mut letters = text.chars().enumerate();
    while let Some((at, letter)) = letters.next() {
        let piece = match letter {
            '\\' => match letters.next() {
                Some((_, escaped @ ('*' | '\\'))) => Piece::Letter(escaped),
                _ => return bad(format!("Invalid escape character at pos {at}")),
            },
            '*' if pieces.last() == Some(&Piece::Any) => {
                return bad(format!("Consecutive wildcard characters at pos {}", at - 1));
            }
            '*' => Piece::Any,
            other => Piece::Letter(other),
        };
        pieces.push(piece);
    }
    Ok(pieces)
}
