//! The attributes of messages.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use wire::ApiError;
use wire::sns::input::MessageAttributeValue;

use super::refusal::bad_value;

/// An attribute of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attribute {
    /// Its type, with what its sender calls it: `Number.int`.
    pub(super) kind: String,
    /// The text, or bytes as base64.
    pub(super) value: String,
}

impl Attribute {
    /// Whether its value is bytes.
    pub(super) fn is_binary(&self) -> bool {
        logical(&self.kind) == "Binary"
    }

    /// Bytes of its value.
    fn length(&self) -> usize {
        match self.is_binary() {
            true => STANDARD.decode(&self.value).map_or(0, |bytes| bytes.len()),
            false => self.value.len(),
        }
    }
}

/// A type without what its sender calls it.
fn logical(kind: &str) -> &str {
    kind.split('.').next().unwrap_or_default()
}

/// Bytes that attributes count for.
pub(super) fn size(attributes: &BTreeMap<String, Attribute>) -> usize {
    let of = |(name, it): (&String, &Attribute)| name.len() + it.kind.len() + it.length();
    attributes.iter().map(of).sum()
}

/// The attributes of a request.
///
/// # Errors
/// When one is not allowed.
pub(super) fn read(
    given: Option<BTreeMap<String, MessageAttributeValue>>,
) -> Result<BTreeMap<String, Attribute>, ApiError> {
    let read = |(name, given): (String, _)| {
        check_name(&name)?;
        let attribute = one(&name, given)?;
        Ok((name, attribute))
    };
    given.unwrap_or_default().into_iter().map(read).collect()
}

fn check_name(name: &str) -> Result<(), ApiError> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let lower = name.to_ascii_lowercase();
    let wrong = if name.is_empty() || name.len() > 256 {
        "Length of message attribute name must be less than 256 bytes.".to_owned()
    } else if let Some(other) = name.chars().find(|c| !is_allowed(*c)) {
        format!(
            "Invalid non-alphanumeric character '#x{:X}' was found in the message attribute name. Can \
             only include alphanumeric characters, hyphens, underscores, or dots.",
            u32::from(other)
        )
    } else if name.starts_with('.') {
        "Invalid message attribute name starting with character '.' was found.".to_owned()
    } else if name.ends_with('.') {
        "Invalid message attribute name ending with character '.' was found.".to_owned()
    } else if name.contains("..") {
        "Message attribute name can not have successive '.' character.".to_owned()
    } else if lower.starts_with("aws.") || lower.starts_with("amazon.") {
        "Message attribute name can not start with 'AWS.' or 'Amazon.'.".to_owned()
    } else {
        return Ok(());
    };
    Err(bad_value(wrong))
}

fn one(name: &str, given: MessageAttributeValue) -> Result<Attribute, ApiError> {
    let MessageAttributeValue { data_type: kind, string_value, binary_value } = given;
    let named = |rest: &str| bad_value(format!("The message attribute '{name}' {rest}"));
    let logical = logical(&kind);
    let is_known = matches!(logical, "String" | "Number" | "Binary") && !kind.ends_with('.');
    if !is_known {
        return Err(named(
            "has an invalid message attribute type, the set of supported type prefixes is Binary, \
             Number, and String.",
        ));
    }
    let (field, value, other) = match logical {
        "Binary" => ("Binary", binary_value, string_value),
        _ => ("String", string_value, binary_value),
    };
    let given = |value: &Option<String>| value.as_ref().is_some_and(|text| !text.is_empty());
    if !given(&value) && given(&other) {
        return Err(named(&format!("with type '{kind}' must use field '{field}'.")));
    }
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Err(named(&format!(
            "must contain non-empty message attribute value for message attribute type '{kind}'."
        )));
    };
    if logical == "Number" && value.trim().parse::<f64>().is_err() {
        return Err(bad_value(format!(
            "Could not cast message attribute '{name}' value to number."
        )));
    }
    if logical == "Binary" && STANDARD.decode(&value).is_err() {
        return Err(named("must contain a value in base64."));
    }
    Ok(Attribute { kind, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, kind: &str, text: Option<&str>, bytes: Option<&str>) -> String {
        let given = MessageAttributeValue {
            data_type: kind.into(),
            string_value: text.map(str::to_owned),
            binary_value: bytes.map(str::to_owned),
        };
        let why = read(Some([(name.to_owned(), given)].into())).expect_err(name);
        assert_eq!(why.code, "ParameterValueInvalid");
        why.message
    }

    #[test]
    fn values_are_refused_in_the_words_of_sns() {
        let bytes = Some("AAE=");
        for (kind, text, bytes, message) in [
            (
                "String",
                None,
                None,
                "must contain non-empty message attribute value for message attribute type 'String'.",
            ),
            ("String", None, bytes, "with type 'String' must use field 'String'."),
            ("Number", None, bytes, "with type 'Number' must use field 'String'."),
            ("Binary", Some("x"), None, "with type 'Binary' must use field 'Binary'."),
            (
                "Strings",
                Some("x"),
                None,
                "has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
            ),
        ] {
            let expected = format!("The message attribute 'attr1' {message}");
            assert_eq!(refusal("attr1", kind, text, bytes), expected);
        }
        let no_number = "Could not cast message attribute 'n' value to number.";
        assert_eq!(refusal("n", "Number", Some("x"), None), no_number);
    }

    #[test]
    fn names_are_refused_in_the_words_of_sns() {
        let sign = "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can \
                    only include alphanumeric characters, hyphens, underscores, or dots.";
        for (name, message) in [
            ("a^", sign),
            (".a", "Invalid message attribute name starting with character '.' was found."),
            ("a.", "Invalid message attribute name ending with character '.' was found."),
            ("a..b", "Message attribute name can not have successive '.' character."),
            (&"a".repeat(257), "Length of message attribute name must be less than 256 bytes."),
        ] {
            assert_eq!(refusal(name, "String", Some("x"), None), message);
        }
    }
}
