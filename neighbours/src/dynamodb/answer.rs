//! What DynamoDB answers, of what dynoxide does: members that the model has, times in milliseconds, ARNs
//! of the account and region.

use serde_json::{Map, Number, Value};
use wire::{Kind, Shape};

use crate::dynamodb::question::{LOCAL, prefix};
use crate::operation::Scope;

/// An answer as its operation's shape has it.
pub(in crate::dynamodb) fn fit(scope: &Scope, shape: Option<&Shape>, answer: Value) -> Value {
    match shape {
        Some(shape) => fitting(&prefix(scope), shape, answer),
        None => Value::Null,
    }
}

fn fitting(prefix: &str, shape: &Shape, value: Value) -> Value {
    match (&shape.kind, value) {
        (Kind::Structure { members, .. }, Value::Object(mut object)) => {
            let mut fit = Map::new();
            for member in *members {
                let Some(value) = object.remove(member.name).filter(|it| !it.is_null()) else {
                    continue;
                };
                let value = match value {
                    Value::String(text) if member.name.ends_with("Arn") => {
                        match text.strip_prefix(LOCAL) {
                            Some(rest) => format!("{prefix}{rest}").into(),
                            None => Value::String(text),
                        }
                    }
                    value => fitting(prefix, member.shape, value),
                };
                fit.insert(member.name.to_owned(), value);
            }
            Value::Object(fit)
        }
        (Kind::List { item, .. }, Value::Array(items)) => {
            items.into_iter().map(|value| fitting(prefix, item, value)).collect()
        }
        (Kind::Map { value: inner, .. }, Value::Object(object)) => Value::Object(
            object.into_iter().map(|(key, value)| (key, fitting(prefix, inner, value))).collect(),
        ),
        (Kind::Timestamp, Value::Number(seconds)) => Value::Number(millis(&seconds)),
        (_, value) => value,
    }
}

fn millis(seconds: &Number) -> Number {
    // A float to integer cast saturates.
    let millis = (seconds.as_f64().unwrap_or_default() * 1000.0) as i64;
    millis.into()
}

/// Names tables as they were given, where that was by their ARNs.
pub(in crate::dynamodb) fn renamed(mut answer: Value, given: &Map<String, Value>) -> Value {
    for member in ["Responses", "UnprocessedKeys", "UnprocessedItems"] {
        let Some(tables) = answer.get_mut(member).and_then(Value::as_object_mut) else { continue };
        for (name, of) in std::mem::take(tables) {
            let name = given.get(&name).and_then(Value::as_str).map_or(name, str::to_owned);
            tables.insert(name, of);
        }
    }
    answer
}
