//! YAML as CloudFormation writes it: its short tags become the long names of the functions.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use yaml_rust2::Event;
use yaml_rust2::parser::{MarkedEventReceiver, Parser, Tag};
use yaml_rust2::scanner::{Marker, TScalarStyle};

/// Why a text is no document.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(crate) enum YamlError {
    #[error("line {line}, column {column}: {what}")]
    Syntax { line: usize, column: usize, what: String },
    #[error("line {0}: a key is not a name")]
    Key(usize),
}

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Value, YamlError> {
    let mut loader = Loader::default();
    let mut parser = Parser::new_from_str(text);
    parser.load(&mut loader, false).map_err(|error| {
        let (line, column) = (error.marker().line(), error.marker().col() + 1);
        YamlError::Syntax { line, column, what: error.info().to_owned() }
    })?;
    match loader.problem {
        Some(problem) => Err(problem),
        None => Ok(loader.document),
    }
}

/// A collection that is being read.
enum Open {
    Sequence(Vec<Value>),
    /// With the key that waits for its value.
    Mapping(Map<String, Value>, Option<String>),
}

#[derive(Default)]
struct Loader {
    document: Value,
    open: Vec<(Open, usize, Option<Tag>)>,
    anchors: BTreeMap<usize, Value>,
    problem: Option<YamlError>,
}

impl Loader {
    fn put(&mut self, value: Value, anchor: usize, tag: Option<&Tag>, mark: Marker) {
        let value = tagged(value, tag);
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.document = value,
            Some((Open::Sequence(items), ..)) => items.push(value),
            Some((Open::Mapping(fields, key), ..)) => match key.take() {
                Some(key) => {
                    fields.insert(key, value);
                }
                None => match value {
                    Value::String(name) => *key = Some(name),
                    Value::Number(number) => *key = Some(number.to_string()),
                    Value::Bool(is) => *key = Some(is.to_string()),
                    _ => {
                        self.problem.get_or_insert(YamlError::Key(mark.line()));
                        *key = Some(String::new());
                    }
                },
            },
        }
    }

    fn close(&mut self, mark: Marker) {
        let Some((open, anchor, tag)) = self.open.pop() else { return };
        let value = match open {
            Open::Sequence(items) => Value::Array(items),
            Open::Mapping(fields, _) => Value::Object(fields),
        };
        self.put(value, anchor, tag.as_ref(), mark);
    }
}

impl MarkedEventReceiver for Loader {
    fn on_event(&mut self, event: Event, mark: Marker) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = style == TScalarStyle::Plain && tag.is_none();
                let value = if is_plain { scalar(text) } else { Value::String(text) };
                self.put(value, anchor, tag.as_ref(), mark);
            }
            Event::SequenceStart(anchor, tag) => {
                self.open.push((Open::Sequence(Vec::new()), anchor, tag));
            }
            Event::MappingStart(anchor, tag) => {
                self.open.push((Open::Mapping(Map::new(), None), anchor, tag));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(mark),
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.put(value, 0, None, mark);
            }
            _ => {}
        }
    }
}

/// A plain scalar by YAML's core schema, as far as templates use it.
fn scalar(text: String) -> Value {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        number => match number.parse::<i64>() {
            // What AWS reads as text: an account's id, for instance.
            Ok(value) if number == value.to_string() => value.into(),
            _ => text.into(),
        },
    }
}

/// `!Ref x` is `{"Ref": "x"}`, `!Sub x` is `{"Fn::Sub": "x"}`.
fn tagged(value: Value, tag: Option<&Tag>) -> Value {
    match tag {
        Some(tag) if tag.handle == "!" && !tag.suffix.is_empty() => {
            let name = match tag.suffix.as_str() {
                "Ref" | "Condition" => tag.suffix.clone(),
                other => format!("Fn::{other}"),
            };
            Value::Object(Map::from_iter([(name, value)]))
        }
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tags_become_functions() {
        let text = "a: !Ref x\nb: !Sub '${x}-1'\nc: !Select [0, !Split [',', 'p,q']]\n\
                    d: !GetAtt x.y\ne: &one [1, true, 012, ~, 'no']\nf: *one\n";
        assert_eq!(
            read(text),
            Ok(json!({
                "a": {"Ref": "x"}, "b": {"Fn::Sub": "${x}-1"},
                "c": {"Fn::Select": [0, {"Fn::Split": [",", "p,q"]}]},
                "d": {"Fn::GetAtt": "x.y"},
                "e": [1, true, "012", null, "no"], "f": [1, true, "012", null, "no"],
            }))
        );
    }

    #[test]
    fn what_is_no_yaml_is_told_with_its_line() {
        assert!(read("a: 1\nb: [1\n").unwrap_err().to_string().starts_with("line "));
        assert_eq!(read("? [a]\n: 1\n"), Err(YamlError::Key(1)));
    }
}
