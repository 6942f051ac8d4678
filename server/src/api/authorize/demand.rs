//! What an operation demands: that something must be allowed.

use serde_json::Value;

use crate::iam::Values;

/// One thing that must be allowed.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    /// For instance `ec2:CreateVpc`.
    pub(super) action: String,
    /// The ARN of what it is about, or `*`.
    pub(super) resource: String,
    /// The condition keys that are this one's.
    pub(super) values: Values,
    /// What it is about, where that may have a policy of its own.
    pub(super) of: Option<OfThing>,
    /// Whose wording a refusal has, where it is another's than the service's own.
    pub(super) wording: Wording,
}

/// A thing with a policy of its own.
#[derive(Debug, Clone)]
pub(super) struct OfThing {
    /// Whose it is.
    pub(super) owner: u64,
    /// The policy's document, if it has one.
    pub(super) policy: Option<String>,
}

/// How a refusal is worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wording {
    /// As the service does.
    Own,
    /// As Lambda does where EC2 refuses what it needs to know of a thing of a network.
    OfNetwork(String),
    /// As the service does, but this says what it is about, in the place of an ARN.
    Of(String),
}

impl Demand {
    pub(super) fn new(action: impl Into<String>, resource: impl Into<String>) -> Demand {
        Demand {
            action: action.into(),
            resource: resource.into(),
            values: Values::default(),
            of: None,
            wording: Wording::Own,
        }
    }
}

/// Tags that a request gives, as condition keys.
pub(super) fn request_tags<'a>(
    values: &mut Values,
    tags: impl IntoIterator<Item = (&'a str, &'a str)>,
) {
    let mut keys = Vec::new();
    for (key, value) in tags {
        values.set(format!("aws:RequestTag/{key}"), value);
        keys.push(key.to_owned());
    }
    if !keys.is_empty() {
        values.set_all("aws:TagKeys", keys);
    }
}

/// The keys of tags that a request takes away, as a condition key.
pub(super) fn taken_tags(values: &mut Values, keys: &Value) {
    let keys = keys.as_array().into_iter().flatten().filter_map(Value::as_str);
    let keys: Vec<String> = keys.map(str::to_owned).collect();
    if !keys.is_empty() {
        values.set_all("aws:TagKeys", keys);
    }
}

/// The keys and values of a list of tags.
pub(super) fn listed_tags(list: &Value) -> Vec<(&str, &str)> {
    let tags = list.as_array().into_iter().flatten();
    tags.map(|tag| (text(tag, "Key"), text(tag, "Value"))).collect()
}

/// A member that is a text, or nothing.
pub(super) fn text<'a>(input: &'a Value, member: &str) -> &'a str {
    input[member].as_str().unwrap_or_default()
}
