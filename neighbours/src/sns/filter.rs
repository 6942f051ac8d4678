//! Filter policies: which messages a subscription wants, by their attributes or by their bodies.
//!
//! The language is that of event patterns, within SNS's own bounds.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use wire::event_pattern::EventPattern;

use super::attribute::Attribute;

/// Bytes of a filter policy.
const LENGTH: usize = 256 << 10;
/// Keys that have values.
const KEYS: usize = 5;
/// Combinations of values.
const COMBINATIONS: usize = 150;

/// What a filter policy looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FilterScope {
    Attributes,
    Body,
}

/// A filter policy.
#[derive(Debug, Clone)]
pub(super) struct FilterPolicy {
    scope: FilterScope,
    pattern: EventPattern,
}

impl FilterPolicy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Why it is none, in SNS's words.
    pub(super) fn parse(text: &str, scope: FilterScope) -> Result<FilterPolicy, String> {
        let why = |why: &str| format!("FilterPolicy: {why}");
        if text.len() > LENGTH {
            return Err(why("Filter policy is too long"));
        }
        let read: Value = serde_json::from_str(text)
            .map_err(|error| why(&format!("failed to parse JSON. {error}")))?;
        let Value::Object(object) = &read else { return Err(why("Filter is not an object")) };
        if scope == FilterScope::Attributes && is_nested(object) {
            let message =
                "Filter policy scope MessageAttributes does not support nested filter policy";
            return Err(message.to_owned());
        }
        let pattern = EventPattern::parse(text).map_err(|bad| why(&bad.0))?;
        let size = Size::of(object, 1);
        if size.keys > KEYS {
            return Err(why(&format!("Filter policy can not have more than {KEYS} keys")));
        }
        if size.combinations > COMBINATIONS {
            return Err(why("Filter policy is too complex"));
        }
        Ok(FilterPolicy { scope, pattern })
    }

    /// Whether it lets a message pass.
    pub(super) fn passes(&self, attributes: &BTreeMap<String, Attribute>, body: &str) -> bool {
        match self.scope {
            FilterScope::Attributes => {
                let shown =
                    attributes.iter().filter_map(|(name, it)| Some((name.clone(), shown(it)?)));
                self.pattern.matches(&Value::Object(shown.collect()))
            }
            // Nothing but an object has properties.
            FilterScope::Body => match serde_json::from_str(body) {
                Ok(object @ Value::Object(_)) => self.pattern.matches(&object),
                _ => false,
            },
        }
    }
}

/// An attribute as a policy looks at it; bytes it does not look at.
fn shown(attribute: &Attribute) -> Option<Value> {
    match attribute.kind.split('.').next()? {
        "Number" => serde_json::from_str(attribute.value.trim()).ok().filter(Value::is_number),
        "String" if attribute.kind == "String.Array" => {
            serde_json::from_str(&attribute.value).ok().filter(Value::is_array)
        }
        "String" => Some(Value::String(attribute.value.clone())),
        _ => None,
    }
}

/// Whether a value under a name is one of alternatives.
fn alternatives<'a>(name: &str, value: &'a Value) -> Option<Vec<&'a Map<String, Value>>> {
    let list = value.as_array().filter(|list| name == "$or" && list.len() > 1)?;
    list.iter().map(Value::as_object).collect()
}

fn is_nested(object: &Map<String, Value>) -> bool {
    object.iter().any(|(name, value)| match alternatives(name, value) {
        Some(all) => all.into_iter().any(is_nested),
        None => value.is_object(),
    })
}

/// How large a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    keys: usize,
    combinations: usize,
}

impl Size {
    /// Of an object: each key's values, as often as it is deep, with each other's.
    fn of(object: &Map<String, Value>, depth: usize) -> Size {
        let mut size = Size { keys: 0, combinations: 1 };
        for (name, value) in object {
            let one = match (alternatives(name, value), value) {
                (Some(all), _) => {
                    let mut sizes = all.into_iter().map(|each| Size::of(each, depth));
                    let first = sizes.next().unwrap_or(Size { keys: 0, combinations: 1 });
                    sizes.fold(first, |a, b| Size {
                        keys: a.keys.max(b.keys),
                        combinations: a.combinations.saturating_add(b.combinations),
                    })
                }
                (None, Value::Object(within)) => Size::of(within, depth + 1),
                (None, Value::Array(values)) => {
                    Size { keys: 1, combinations: values.len().saturating_mul(depth) }
                }
                (None, _) => Size { keys: 1, combinations: 1 },
            };
            size.keys += one.keys;
            size.combinations = size.combinations.saturating_mul(one.combinations.max(1));
        }
        size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes() -> BTreeMap<String, Attribute> {
        let one = |kind: &str, value: &str| Attribute { kind: kind.into(), value: value.into() };
        [
            ("store", one("String", "example")),
            ("price", one("Number", "210.75")),
            ("interests", one("String.Array", r#"["rugby", "soccer"]"#)),
            ("bytes", one("Binary", "AAE=")),
            ("address", one("String", "10.0.0.7")),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    #[test]
    fn attributes_are_looked_at() {
        for (policy, passes) in [
            (r#"{"store": ["example"]}"#, true),
            (r#"{"store": ["EXAMPLE"]}"#, false),
            (r#"{"store": [{"equals-ignore-case": "EXAMPLE"}]}"#, true),
            (
                r#"{"store": [{"prefix": "exa"}], "price": [{"numeric": [">", 0, "<=", 210.75]}]}"#,
                true,
            ),
            (r#"{"store": [{"suffix": "ple"}]}"#, true),
            (r#"{"price": [210.75]}"#, true),
            (r#"{"price": ["210.75"]}"#, false),
            (r#"{"price": [{"anything-but": [1, 2]}]}"#, true),
            (r#"{"interests": ["rugby"]}"#, true),
            (r#"{"interests": [{"anything-but": ["rugby"]}]}"#, true),
            (r#"{"interests": ["tennis"]}"#, false),
            (r#"{"bytes": [{"exists": true}]}"#, false),
            (r#"{"none": [{"exists": false}]}"#, true),
            (r#"{"none": [{"anything-but": "x"}]}"#, false),
            (r#"{"address": [{"cidr": "10.0.0.0/24"}]}"#, true),
            (r#"{"$or": [{"store": ["x"]}, {"price": [{"numeric": [">", 200]}]}]}"#, true),
        ] {
            let read = FilterPolicy::parse(policy, FilterScope::Attributes).expect(policy);
            assert_eq!(read.passes(&attributes(), "{}"), passes, "{policy}");
        }
    }

    #[test]
    fn bodies_are_looked_into() {
        let policy = r#"{"order": {"state": ["new"]}, "tags": [{"prefix": "a"}]}"#;
        let read = FilterPolicy::parse(policy, FilterScope::Body).expect("good");
        for (body, passes) in [
            (r#"{"order": {"state": "new"}, "tags": ["b", "ab"]}"#, true),
            (r#"{"order": {"state": "old"}, "tags": ["ab"]}"#, false),
            (r#"{"order": {"state": "new"}}"#, false),
            ("[]", false),
            ("order", false),
        ] {
            assert_eq!(read.passes(&BTreeMap::new(), body), passes, "{body}");
        }
    }

    #[test]
    fn policies_have_bounds() {
        let many = |count: usize| {
            let values: Vec<String> = (0..count).map(|n| n.to_string()).collect();
            format!("[{}]", values.join(", "))
        };
        for (policy, scope, why) in [
            (format!(r#"{{"a": {}}}"#, many(150)), FilterScope::Attributes, None),
            (format!(r#"{{"a": {}}}"#, many(151)), FilterScope::Attributes, Some("is too complex")),
            (
                format!(r#"{{"a": {}, "b": {}}}"#, many(13), many(12)),
                FilterScope::Attributes,
                Some("is too complex"),
            ),
            // 3 values at depth 3, 4 at depth 2, 3 at depth 1.
            (
                format!(
                    r#"{{"a": {{"b": {{"c": {}}}}}, "d": {{"e": {}}}, "f": {}}}"#,
                    many(3),
                    many(4),
                    many(3)
                ),
                FilterScope::Body,
                Some("is too complex"),
            ),
            (
                r#"{"a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1]}"#.to_owned(),
                FilterScope::Attributes,
                Some("can not have more than 5 keys"),
            ),
        ] {
            match (FilterPolicy::parse(&policy, scope), why) {
                (Ok(_), None) => {}
                (Err(said), Some(why)) => {
                    assert_eq!(said, format!("FilterPolicy: Filter policy {why}"));
                }
                (other, _) => panic!("{policy}: {other:?}"),
            }
        }
    }
}
