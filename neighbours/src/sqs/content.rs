//! What a message carries: its body and attributes, and what of them is allowed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use wire::ApiError;
use wire::sqs::error;
use wire::sqs::input::{MessageAttributeValue, MessageSystemAttributeValue};

use super::refusal::{invalid, missing};

/// Attributes of one message.
const ATTRIBUTES: usize = 10;
/// Bytes of a trace header, which counts against no other bound: as many as one of a request may have.
const TRACE: usize = 2048;

/// An attribute of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its type, with what its sender calls it: `Number.int`.
    pub kind: String,
    /// The text, or bytes as base64.
    pub value: String,
}

impl Attribute {
    /// Whether its value is bytes.
    pub fn is_binary(&self) -> bool {
        self.logical() == "Binary"
    }

    /// The type without what its sender calls it.
    fn logical(&self) -> &str {
        self.kind.split('.').next().unwrap_or_default()
    }

    /// The value's bytes.
    pub(super) fn bytes(&self) -> Cow<'_, [u8]> {
        match self.is_binary() {
            true => Cow::Owned(STANDARD.decode(&self.value).unwrap_or_default()),
            false => Cow::Borrowed(self.value.as_bytes()),
        }
    }
}

/// What a message carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The body.
    pub body: String,
    /// The attributes that its sender has given it.
    pub attributes: BTreeMap<String, Attribute>,
    /// The trace header of X-Ray, as its sender has given it.
    pub trace: Option<String>,
    /// The one of the request, where its sender has given none: no digest tells of it.
    pub brought: Option<String>,
}

impl Content {
    /// Bytes that count against bounds.
    pub(super) fn size(&self) -> usize {
        let of = |(name, attribute): (&String, &Attribute)| {
            name.len() + attribute.kind.len() + attribute.bytes().len()
        };
        self.body.len() + self.attributes.iter().map(of).sum::<usize>()
    }

    /// The content of a request, with the trace header that it brings.
    ///
    /// # Errors
    /// When something of it is not allowed.
    pub(super) fn of_request(
        body: String,
        attributes: Option<BTreeMap<String, MessageAttributeValue>>,
        system: Option<BTreeMap<String, MessageSystemAttributeValue>>,
        brought: Option<&str>,
    ) -> Result<Content, ApiError> {
        if body.is_empty() {
            return Err(missing("MessageBody"));
        }
        check_characters(&body)?;
        let attributes = attributes.unwrap_or_default();
        if attributes.len() > ATTRIBUTES {
            return Err(invalid(format!(
                "Number of message attributes [{}] exceeds the allowed maximum [{ATTRIBUTES}].",
                attributes.len()
            )));
        }
        let attributes = attributes.into_iter().map(|(name, given)| {
            let MessageAttributeValue { string_value, binary_value, data_type } = given;
            check_name(&name)?;
            let read = attribute(&name, data_type, string_value, binary_value)?;
            Ok((name, read))
        });
        let attributes = attributes.collect::<Result<_, ApiError>>()?;
        let mut trace = None;
        for (name, given) in system.unwrap_or_default() {
            let MessageSystemAttributeValue { string_value, binary_value, data_type } = given;
            if name != "AWSTraceHeader" {
                return Err(invalid(format!("Message system attribute '{name}' is not valid.")));
            }
            if data_type != "String" {
                return Err(invalid(
                    "The data type of message system attribute 'AWSTraceHeader' must be 'String'.",
                ));
            }
            let given = attribute(&name, data_type, string_value, binary_value)?.value;
            if given.len() > TRACE {
                return Err(invalid(format!(
                    "The value of message system attribute 'AWSTraceHeader' must be a correctly \
                     formatted AWS X-Ray trace header of at most {TRACE} bytes."
                )));
            }
            trace = Some(given);
        }
        let brought = brought.filter(|_| trace.is_none()).map(str::to_owned);
        Ok(Content { body, attributes, trace, brought })
    }
}

/// Whether a text has only characters that messages may have.
fn check_characters(text: &str) -> Result<(), ApiError> {
    let is_allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    };
    if text.chars().all(is_allowed) {
        return Ok(());
    }
    let message = "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to \
                   #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";
    Err(error("InvalidMessageContents", message))
}

fn check_name(name: &str) -> Result<(), ApiError> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let lower = name.to_ascii_lowercase();
    let is_reserved = lower.starts_with("aws.") || lower.starts_with("amazon.");
    let is_dotted = name.starts_with('.') || name.ends_with('.') || name.contains("..");
    if name.is_empty() || name.len() > 256 {
        return Err(invalid("Message (user) attribute name must be between 1 and 256 characters."));
    }
    if !name.chars().all(is_allowed) || is_reserved || is_dotted {
        let message = format!(
            "Message (user) attribute name '{name}' is invalid. It can contain A-Z, a-z, 0-9, \
             underscore (_), hyphen (-), and period (.), must not start with AWS. or Amazon. (or any \
             casing variants), and must not start or end with a period or have periods in succession."
        );
        return Err(invalid(message));
    }
    Ok(())
}

fn attribute(
    name: &str,
    kind: String,
    text: Option<String>,
    bytes: Option<String>,
) -> Result<Attribute, ApiError> {
    let named = |rest: &str| invalid(format!("Message (user) attribute '{name}' {rest}"));
    let logical = kind.split('.').next().unwrap_or_default().to_owned();
    let value = match logical.as_str() {
        "String" | "Number" => text,
        "Binary" => bytes,
        "" => return Err(named("must contain a non-empty attribute type.")),
        _ => {
            let message = format!(
                "The type of message (user) attribute '{name}' is invalid. You must use only the \
                 following supported type prefixes: Binary, Number, String."
            );
            return Err(invalid(message));
        }
    };
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Err(named(&format!("must contain a non-empty value of type '{logical}'.")));
    };
    if logical == "Number" && value.trim().parse::<f64>().is_err() {
        return Err(invalid(format!(
            "Can't cast the value of message (user) attribute '{name}' to a number."
        )));
    }
    if logical == "Binary" && STANDARD.decode(&value).is_err() {
        return Err(named("must contain a value in base64."));
    }
    if logical != "Binary" {
        check_characters(&value)?;
    }
    Ok(Attribute { kind, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_header_has_a_bound_of_its_own() {
        let sent = |header: String| {
            let given = MessageSystemAttributeValue {
                string_value: Some(header),
                binary_value: None,
                data_type: "String".into(),
            };
            let system = [("AWSTraceHeader".to_owned(), given)].into();
            Content::of_request("m".into(), None, Some(system), None)
        };
        let longest = sent(format!("Root={}", "x".repeat(TRACE - 5))).expect("as long as may be");
        assert_eq!((longest.size(), longest.trace.map(|it| it.len())), (1, Some(TRACE)));
        let why = sent(format!("Root={}", "x".repeat(TRACE - 4))).expect_err("longer");
        assert_eq!(why.code, "InvalidParameterValueException");
        assert!(why.message.contains("'AWSTraceHeader' must be a correctly formatted"), "{why:?}");
    }
}
