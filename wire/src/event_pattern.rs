//! Event patterns: EventBridge's language, by which rules and filters of event source mappings
//! choose events.

mod parse;
mod test;

use std::fmt;

use serde_json::{Map, Value};

use test::Test;

/// Characters that a pattern may have, with EventBridge and with Lambda.
pub const LENGTH: usize = 4096;

/// Alternatives that `$or` may come to in one pattern, as with EventBridge.
const COMBINATIONS: usize = 1000;

/// A pattern, ready to be held against events.
///
/// ```
/// use wire::event_pattern::EventPattern;
///
/// let pattern = EventPattern::parse(r#"{"detail": {"state": [{"anything-but": "ok"}]}}"#)?;
/// assert!(pattern.matches(&serde_json::json!({"detail": {"state": ["failed"]}})));
/// assert!(!pattern.matches(&serde_json::json!({"detail": {}})));
/// # Ok::<(), wire::event_pattern::BadPattern>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EventPattern {
    fields: Fields,
}

/// Why a text is no pattern: EventBridge's reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern(pub String);

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadPattern {}

/// What must hold of one object: all of it.
#[derive(Debug, Clone, PartialEq)]
struct Fields {
    fields: Vec<(String, Field)>,
    /// Of each `$or`, one must hold.
    any: Vec<Vec<Fields>>,
}

/// What must hold of one field.
#[derive(Debug, Clone, PartialEq)]
enum Field {
    /// It is an object, or a list with one, of which this holds.
    Within(Fields),
    /// One of these holds of its value, or of one in its list.
    OneOf(Vec<Test>),
}

impl EventPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<EventPattern, BadPattern> {
        parse::pattern(text).map(|fields| EventPattern { fields })
    }

    /// Whether it matches an event.
    pub fn matches(&self, event: &Value) -> bool {
        self.fields.hold(event)
    }

    /// Whether it looks into a field as an object, and not only at its value.
    pub fn looks_into(&self, field: &str) -> bool {
        self.fields.find(field).any(|found| matches!(found, Field::Within(_)))
    }

    /// The pattern without what it says of a field of the event.
    #[must_use]
    pub fn without(&self, field: &str) -> EventPattern {
        EventPattern { fields: self.fields.without(field) }
    }

    /// Whether it says anything of a field of the event.
    pub fn names(&self, field: &str) -> bool {
        self.fields.find(field).next().is_some()
    }
}

impl Fields {
    /// Whether they hold of a value: an object, or one of those in a list.
    fn hold(&self, value: &Value) -> bool {
        match value {
            Value::Object(object) => self.hold_of(Some(object)),
            // Everything must hold of the same element.
            Value::Array(list) if !list.is_empty() => list.iter().any(|each| self.hold(each)),
            // What is not there has no fields, which may be what is asked for.
            _ => self.hold_of(None),
        }
    }

    fn hold_of(&self, object: Option<&Map<String, Value>>) -> bool {
        let holds = |(name, field): &(String, Field)| {
            let value = object.and_then(|object| object.get(name));
            match field {
                Field::Within(fields) => fields.hold(value.unwrap_or(&Value::Null)),
                Field::OneOf(tests) => tests.iter().any(|test| test.holds(value)),
            }
        };
        let one_holds = |any: &Vec<Fields>| any.iter().any(|fields| fields.hold_of(object));
        self.fields.iter().all(holds) && self.any.iter().all(one_holds)
    }

    /// These without what they say of a field, in alternatives too.
    fn without(&self, name: &str) -> Fields {
        let fields = self.fields.iter().filter(|(field, _)| field != name).cloned().collect();
        let without = |any: &Vec<Fields>| any.iter().map(|each| each.without(name)).collect();
        Fields { fields, any: self.any.iter().map(without).collect() }
    }

    /// All that is said of a field, in alternatives too.
    fn find<'a>(&'a self, name: &'a str) -> Box<dyn Iterator<Item = &'a Field> + 'a> {
        let own = self.fields.iter().filter(move |(field, _)| field == name);
        let others = self.any.iter().flatten().flat_map(move |fields| fields.find(name));
        Box::new(own.map(|(_, field)| field).chain(others))
    }

    /// How many combinations of alternatives there are.
    fn combinations(&self) -> usize {
        let within = self.fields.iter().filter_map(|(_, field)| match field {
            Field::Within(fields) => Some(fields.combinations()),
            Field::OneOf(_) => None,
        });
        let any = self.any.iter().map(|any| {
            let all = any.iter().map(Fields::combinations);
            all.fold(0, usize::saturating_add)
        });
        within.chain(any).fold(1, usize::saturating_mul)
    }
}
