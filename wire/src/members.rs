//! Takes the members of inputs out of values.
//!
//! There are hundreds of inputs, each read in one place: what is compiled for each is a call a member.
//!
//! ```
//! let input = serde_json::json!({"QueueName": "orders"});
//! let input: wire::sqs::input::CreateQueue = wire::filled(input).expect("it has what it must");
//! assert_eq!((input.queue_name.as_str(), input.tags), ("orders", None));
//! let why = wire::filled::<wire::sqs::input::CreateQueue>(serde_json::json!({})).unwrap_err();
//! assert_eq!(why.to_string(), "missing field `QueueName`");
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

/// Why a value is not what an operation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// What must be there is not.
    Missing(&'static str),
    /// Something is of another type.
    Type {
        /// The innermost member that is wrong.
        member: &'static str,
        /// What it should be, with an article.
        expected: &'static str,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Missing(member) => write!(f, "missing field `{member}`"),
            Unreadable::Type { member, expected } => write!(f, "`{member}` is not {expected}"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Unreadable {
    const fn expected(expected: &'static str) -> Unreadable {
        Unreadable::Type { member: "", expected }
    }

    fn within(self, name: &'static str) -> Unreadable {
        match self {
            Unreadable::Type { member: "", expected } => {
                Unreadable::Type { member: name, expected }
            }
            named => named,
        }
    }
}

/// What can be read from a value.
pub trait Fill {
    /// Takes a value in.
    ///
    /// # Errors
    /// It is of another type, or lacks what it must have.
    fn fill(&mut self, value: Value) -> Result<(), Unreadable>;
}

/// Reads an input from a value that is keyed by the model's member names.
///
/// # Errors
/// It is of another type, or lacks what it must have.
pub fn filled<T: Fill + Default>(value: Value) -> Result<T, Unreadable> {
    let mut filled = T::default();
    filled.fill(value).map_err(|why| why.within("input"))?;
    Ok(filled)
}

/// The members of a structure that are still to be taken.
pub(crate) struct Members {
    left: Map<String, Value>,
    why: Option<Unreadable>,
}

impl Members {
    /// Those of a value.
    pub(crate) fn of(value: Value) -> Members {
        match value {
            Value::Object(left) => Members { left, why: None },
            _ => Members { left: Map::new(), why: Some(Unreadable::expected("a structure")) },
        }
    }

    /// Takes one that must be there.
    #[inline(never)]
    pub(crate) fn must(&mut self, name: &'static str, place: &mut dyn Fill) {
        self.take(name, true, place);
    }

    /// Takes one that may be absent.
    #[inline(never)]
    pub(crate) fn may(&mut self, name: &'static str, place: &mut dyn Fill) {
        self.take(name, false, place);
    }

    fn take(&mut self, name: &'static str, is_required: bool, place: &mut dyn Fill) {
        let filled = match self.left.get_mut(name) {
            Some(value) => place.fill(value.take()).map_err(|why| why.within(name)),
            None if is_required => Err(Unreadable::Missing(name)),
            None => Ok(()),
        };
        if self.why.is_none() {
            self.why = filled.err();
        }
    }

    /// What is wrong with those that were taken.
    pub(crate) fn done(self) -> Result<(), Unreadable> {
        self.why.map_or(Ok(()), Err)
    }
}

/// An input, or a structure within one: its members as the model names them, which must be there or may,
/// and the fields that hold them.
macro_rules! input {
    ($name:ident {$($takes:ident $member:literal $field:ident: $kind:ty,)*}) => {
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {$(pub $field: $kind,)*}

        impl $crate::Fill for $name {
            fn fill(&mut self, value: serde_json::Value) -> Result<(), $crate::Unreadable> {
                #[allow(unused_mut, reason = "some have no members")]
                let mut of = $crate::members::Members::of(value);
                $(of.$takes($member, &mut self.$field);)*
                of.done()
            }
        }
    };
}
pub(crate) use input;

/// Writes how plain values are read: what is taken of which, and what else is expected.
macro_rules! plain {
    ($($kind:ty, $expected:literal: $value:pat => $read:expr;)*) => {$(
        impl Fill for $kind {
            fn fill(&mut self, value: Value) -> Result<(), Unreadable> {
                let read = match value {
                    $value => $read,
                    _ => None,
                };
                *self = read.ok_or(Unreadable::expected($expected))?;
                Ok(())
            }
        }
    )*};
}

plain! {
    String, "a string": Value::String(text) => Some(text);
    bool, "a boolean": Value::Bool(is_so) => Some(is_so);
    i32, "an integer of 32 bits": Value::Number(number) => {
        number.as_i64().and_then(|number| i32::try_from(number).ok())
    };
    i64, "an integer": Value::Number(number) => number.as_i64();
    f64, "a number": Value::Number(number) => number.as_f64();
}

impl Fill for Value {
    fn fill(&mut self, value: Value) -> Result<(), Unreadable> {
        *self = value;
        Ok(())
    }
}

impl<T: Fill + Default> Fill for Option<T> {
    fn fill(&mut self, value: Value) -> Result<(), Unreadable> {
        match value {
            Value::Null => *self = None,
            value => self.insert(T::default()).fill(value)?,
        }
        Ok(())
    }
}

impl<T: Fill + Default> Fill for Vec<T> {
    fn fill(&mut self, value: Value) -> Result<(), Unreadable> {
        let Value::Array(values) = value else { return Err(Unreadable::expected("a list")) };
        self.reserve_exact(values.len());
        for value in values {
            self.push(T::default());
            self.last_mut().map_or(Ok(()), |place| place.fill(value))?;
        }
        Ok(())
    }
}

impl<T: Fill + Default> Fill for BTreeMap<String, T> {
    fn fill(&mut self, value: Value) -> Result<(), Unreadable> {
        let Value::Object(values) = value else { return Err(Unreadable::expected("a map")) };
        for (key, value) in values {
            self.entry(key).or_default().fill(value)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sqs::input::{CreateQueue, SendMessageBatch};

    #[test]
    fn the_innermost_that_is_wrong_is_named() {
        let why = |value| filled::<SendMessageBatch>(value).expect_err("it is wrong").to_string();
        let entry = |delay: Value| json!([{"Id": "a", "MessageBody": "b", "DelaySeconds": delay}]);
        let batch = |entries: Value| json!({"QueueUrl": "q", "Entries": entries});
        assert_eq!(why(json!([])), "`input` is not a structure");
        assert_eq!(why(batch(json!("x"))), "`Entries` is not a list");
        assert_eq!(why(batch(json!([{"Id": "a"}]))), "missing field `MessageBody`");
        let wrong = "`DelaySeconds` is not an integer of 32 bits";
        assert_eq!(why(batch(entry(json!(1_i64 << 31)))), wrong);
        assert_eq!(why(batch(entry(json!(1.5)))), wrong);
        let read = filled::<SendMessageBatch>(batch(entry(json!(5)))).expect("it is right");
        assert_eq!(read.entries[0].delay_seconds, Some(5));
    }

    #[test]
    fn what_is_null_is_absent_where_it_may_be() {
        let read = |value| filled::<CreateQueue>(value);
        let queue = read(json!({"QueueName": "q", "tags": null})).expect("it is right");
        assert_eq!(queue.tags, None);
        assert!(read(json!({"QueueName": null})).is_err());
        let tagged = read(json!({"QueueName": "q", "tags": {"a": "b"}})).expect("it is right");
        assert_eq!(tagged.tags, Some(BTreeMap::from([("a".to_owned(), "b".to_owned())])));
    }
}
