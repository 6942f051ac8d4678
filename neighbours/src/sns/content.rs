//! What a message carries, and what of it is allowed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wire::ApiError;
use wire::sns::input::MessageAttributeValue;

use super::attribute::{self, Attribute};
use super::refusal::invalid;

/// Bytes of a message with its attributes, and of all messages of a batch.
pub(super) const BYTES: usize = 256 << 10;
/// Characters of a subject.
const SUBJECT: usize = 100;
/// Characters of ids of groups and deduplication.
const ID: usize = 128;

/// What a message carries, as it is stored while it is delivered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    /// The message.
    pub(super) body: String,
    /// What it is to those of a protocol, where that is told apart.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) bodies: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) attributes: BTreeMap<String, Attribute>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<String>,
    /// What tells it from others that were published twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) deduplication_id: Option<String>,
    /// The token by which a subscription is confirmed, of the message that asks for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token: Option<String>,
    /// The trace header of who has published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) trace: Option<String>,
}

/// A message as a request has it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) message: String,
    pub(crate) subject: Option<String>,
    pub(crate) structure: Option<String>,
    pub(crate) attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    pub(crate) group: Option<String>,
    pub(crate) deduplication_id: Option<String>,
    pub(crate) trace: Option<String>,
}

impl Content {
    /// What is published by a request.
    ///
    /// # Errors
    /// When something of it is not allowed.
    pub(super) fn of(given: Given) -> Result<Content, ApiError> {
        let Given { message, subject, structure, attributes, group, deduplication_id, trace } =
            given;
        if message.is_empty() {
            return Err(invalid("Empty message"));
        }
        let attributes = attribute::read(attributes)?;
        if message.len() + attribute::size(&attributes) > BYTES {
            return Err(invalid("Message too long"));
        }
        if subject.as_deref().is_some_and(|subject| !is_subject(subject)) {
            return Err(invalid("Subject"));
        }
        for (id, parameter) in
            [(&group, "MessageGroupId"), (&deduplication_id, "MessageDeduplicationId")]
        {
            let is_good = |id: &String| {
                (1..=ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
            };
            if id.as_ref().is_some_and(|id| !is_good(id)) {
                return Err(invalid(format!(
                    "The {parameter} parameter can only include alphanumeric and punctuation \
                     characters. 1 to {ID} in length"
                )));
            }
        }
        let (body, bodies) = match structure.as_deref() {
            None | Some("") => (message, BTreeMap::new()),
            Some("json") => told_apart(&message)?,
            Some(_) => return Err(invalid("MessageStructure")),
        };
        let token = None;
        Ok(Content { body, bodies, subject, attributes, group, deduplication_id, token, trace })
    }

    /// Bytes that count against the bound of a batch.
    pub(super) fn size(&self) -> usize {
        let bodies: usize = self.bodies.values().map(String::len).sum();
        self.body.len() + bodies + attribute::size(&self.attributes)
    }

    /// The message to those of a protocol.
    pub(super) fn body_for(&self, protocol: &str) -> &str {
        self.bodies.get(protocol).unwrap_or(&self.body)
    }
}

fn is_subject(subject: &str) -> bool {
    let length = subject.chars().count();
    (1..=SUBJECT).contains(&length) && !subject.chars().any(char::is_control)
}

/// A message that is told apart by protocols: what it is to most, and to those that are served.
fn told_apart(message: &str) -> Result<(String, BTreeMap<String, String>), ApiError> {
    let parse_failed = || invalid("Message Structure - JSON message body failed to parse");
    let read: Value = serde_json::from_str(message).map_err(|_| parse_failed())?;
    let object = read.as_object().ok_or_else(parse_failed)?;
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let Some(body) = text("default") else {
        return Err(invalid("Message Structure - No default entry in JSON message body"));
    };
    let served = ["lambda", "sqs"].into_iter();
    let bodies = served.filter_map(|name| Some((name.to_owned(), text(name)?))).collect();
    Ok((body, bodies))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &str, structure: Option<&str>) -> Result<Content, String> {
        let structure = structure.map(str::to_owned);
        let given = Given { message: message.into(), structure, ..Given::default() };
        Content::of(given).map_err(|why| why.message)
    }

    #[test]
    fn a_message_may_be_told_apart_by_protocols() {
        let content = read(r#"{"default": "d", "sqs": "s", "email": "e"}"#, Some("json"));
        let content = content.expect("good");
        assert_eq!((content.body_for("sqs"), content.body_for("lambda")), ("s", "d"));
        let no_default =
            "Invalid parameter: Message Structure - No default entry in JSON message body";
        for (message, why) in [
            ("{}", no_default),
            (r#"{"default": {"object": "x"}}"#, no_default),
            ("{", "Invalid parameter: Message Structure - JSON message body failed to parse"),
        ] {
            assert_eq!(read(message, Some("json")).expect_err(message), why);
        }
        read("x", Some("xml")).expect_err("no other structure is there");
    }

    #[test]
    fn messages_have_bounds() {
        assert_eq!(read("", None).expect_err("empty"), "Invalid parameter: Empty message");
        read(&"x".repeat(BYTES), None).expect("as long as may be");
        let long = read(&"x".repeat(BYTES + 1), None).expect_err("longer");
        assert_eq!(long, "Invalid parameter: Message too long");
        for subject in ["", "a\nb", &"x".repeat(101)] {
            let given =
                Given { message: "m".into(), subject: Some(subject.into()), ..Given::default() };
            let why = Content::of(given).expect_err(subject).message;
            assert_eq!(why, "Invalid parameter: Subject", "{subject:?}");
        }
    }
}
