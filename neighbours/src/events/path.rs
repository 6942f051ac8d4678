//! Paths into an event, as `$.detail.items[0].name`.

use serde_json::Value;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Item(usize),
    /// Every item, or every field's value.
    All,
}

/// A path into an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

impl Path {
    /// Reads a path; none where it is none.
    pub(super) fn parse(text: &str) -> Option<Path> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (name, after) = after.split_at(end);
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | ' ');
                steps.push(match name {
                    "*" => Step::All,
                    name if !name.is_empty() && name.chars().all(is_name) => {
                        Step::Field(name.to_owned())
                    }
                    _ => return None,
                });
                rest = after;
                continue;
            }
            let (within, after) = rest.strip_prefix('[')?.split_once(']')?;
            let quoted = |mark: char| within.strip_prefix(mark)?.strip_suffix(mark);
            steps.push(match quoted('\'').or_else(|| quoted('"')) {
                Some(name) => Step::Field(name.to_owned()),
                None if within == "*" => Step::All,
                None => Step::Item(within.parse().ok()?),
            });
            rest = after;
        }
        Some(Path(steps))
    }

    /// What an event has there: where the path goes several ways, the list of what there is.
    pub(super) fn find(&self, event: &Value) -> Option<Value> {
        let mut found = vec![event];
        let mut is_list = false;
        for step in &self.0 {
            found = match step {
                Step::Field(name) => found.iter().filter_map(|value| value.get(name)).collect(),
                Step::Item(at) => found.iter().filter_map(|value| value.get(at)).collect(),
                Step::All => {
                    is_list = true;
                    found.into_iter().flat_map(children).collect()
                }
            };
        }
        match is_list {
            true => Some(Value::Array(found.into_iter().cloned().collect())),
            false => found.first().map(|value| (*value).clone()),
        }
    }
}

fn children(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_lead_to_parts() {
        let event = json!({"detail-type": "t", "detail": {"a": [{"b": 1}, {"b": 2}], "c d": null}});
        for (path, expected) in [
            ("$", Some(event.clone())),
            ("$.detail-type", Some(json!("t"))),
            ("$.detail.a[1].b", Some(json!(2))),
            ("$.detail['a'][0]", Some(json!({"b": 1}))),
            ("$.detail.a[*].b", Some(json!([1, 2]))),
            ("$.detail.none", None),
            ("$.detail.a[2]", None),
            ("$.detail['c d']", Some(json!(null))),
        ] {
            let read = Path::parse(path).unwrap_or_else(|| panic!("{path} is a path"));
            assert_eq!(read.find(&event), expected, "{path}");
        }
        for path in ["", "detail", "$detail", "$.", "$..a", "$.a[", "$.a[x]", "$.a[-1]"] {
            assert_eq!(Path::parse(path), None, "{path}");
        }
    }
}
