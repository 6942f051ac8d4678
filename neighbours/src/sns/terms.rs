//! The attributes of a subscription that can be set: on which terms its endpoint gets messages.

use std::collections::BTreeMap;

use serde_json::Value;
use wire::ApiError;
use wire::arn::Arn;

use super::filter::{FilterPolicy, FilterScope};
use super::name::is_fifo;
use super::refusal::{invalid, unsupported};

/// Attributes that AWS has and Warren has not: of protocols that are not served, and of archives.
const UNSUPPORTED: [&str; 3] = ["DeliveryPolicy", "ReplayPolicy", "SubscriptionRoleArn"];
/// Characters of what says where messages go that cannot be delivered.
const REDRIVE: usize = 2_048;

/// What an endpoint subscribes with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Endpoint<'a> {
    pub(super) protocol: &'a str,
    /// Whether what it gets keeps its order.
    pub(super) is_fifo: bool,
}

/// The attributes that were set, each checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    given: BTreeMap<String, String>,
}

/// Whether attributes come with a new subscription or change one, which is told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    WithNew,
    AsChange,
}

impl Given {
    fn invalid(self, why: impl AsRef<str>) -> ApiError {
        match self {
            Given::WithNew => invalid(format!("Attributes Reason: {}", why.as_ref())),
            Given::AsChange => invalid(why),
        }
    }
}

impl Terms {
    /// What a stored subscription has.
    pub(super) fn stored(text: &str) -> Terms {
        Terms { given: serde_json::from_str(text).unwrap_or_default() }
    }

    /// How it is stored.
    pub(super) fn spell(&self) -> String {
        serde_json::to_string(&self.given).expect("texts are plain data")
    }

    /// The same with further attributes.
    ///
    /// # Errors
    /// When one is not known, or cannot have its value.
    pub(super) fn with(
        &self,
        endpoint: Endpoint<'_>,
        given: &BTreeMap<String, String>,
        how: Given,
    ) -> Result<Terms, ApiError> {
        let mut terms = self.clone();
        for (name, value) in given {
            match check(endpoint, name, value, how)? {
                true => terms.given.insert(name.clone(), value.clone()),
                false => terms.given.remove(name),
            };
        }
        // Both may be given at once, so that neither is looked at without the other.
        terms.filter().map_err(|why| how.invalid(why))?;
        Ok(terms)
    }

    /// Whether a subscription with these is what is asked for with those.
    pub(super) fn has(&self, given: &BTreeMap<String, String>) -> bool {
        let all = self.all();
        given.iter().all(|(name, value)| all.get(name).map_or("", String::as_str) == value)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// Whether the message comes as it was published, without what is around it.
    pub(super) fn is_raw(&self) -> bool {
        self.value("RawMessageDelivery") == Some("true")
    }

    /// The ARN of the queue to which messages go that cannot be delivered.
    pub(super) fn dead_letter_queue(&self) -> Option<String> {
        let policy: Value = serde_json::from_str(self.value("RedrivePolicy")?).ok()?;
        policy["deadLetterTargetArn"].as_str().map(str::to_owned)
    }

    /// Whether not all messages are wanted.
    pub(super) fn has_filter(&self) -> bool {
        self.given.contains_key("FilterPolicy")
    }

    /// Which messages are wanted: all, where there is none.
    ///
    /// # Errors
    /// When it is no filter policy.
    pub(super) fn filter(&self) -> Result<Option<FilterPolicy>, String> {
        let scope = match self.value("FilterPolicyScope") {
            Some("MessageBody") => FilterScope::Body,
            _ => FilterScope::Attributes,
        };
        self.value("FilterPolicy").map(|text| FilterPolicy::parse(text, scope)).transpose()
    }

    /// All that a subscription tells of them.
    pub(super) fn all(&self) -> BTreeMap<String, String> {
        let mut all = self.given.clone();
        all.entry("RawMessageDelivery".to_owned()).or_insert_with(|| "false".to_owned());
        if all.contains_key("FilterPolicy") {
            let scope = || "MessageAttributes".to_owned();
            all.entry("FilterPolicyScope".to_owned()).or_insert_with(scope);
        }
        all
    }
}

/// Checks an attribute by itself; returns whether it is set by it, or taken away.
fn check(endpoint: Endpoint<'_>, name: &str, value: &str, how: Given) -> Result<bool, ApiError> {
    match name {
        "RawMessageDelivery" if !matches!(value, "true" | "false") => Err(how.invalid(format!(
            "RawMessageDelivery: Invalid value [{value}]. Must be true or false."
        ))),
        "RawMessageDelivery" if value == "true" && endpoint.protocol == "lambda" => {
            Err(how.invalid("Delivery protocol [lambda] does not support raw message delivery."))
        }
        "RawMessageDelivery" => Ok(true),
        "FilterPolicyScope" if !matches!(value, "MessageAttributes" | "MessageBody") => Err(how
            .invalid(format!(
                "FilterPolicyScope: Invalid value [{value}]. Please use either MessageBody or \
                 MessageAttributes"
            ))),
        "FilterPolicyScope" => Ok(true),
        // An empty object asks for everything, as none does.
        "FilterPolicy" => Ok(!matches!(value.trim(), "" | "{}")),
        "RedrivePolicy" if value.is_empty() => Ok(false),
        "RedrivePolicy" => match check_redrive(endpoint, value) {
            Ok(()) => Ok(true),
            Err(why) => Err(how.invalid(format!("RedrivePolicy: {why}"))),
        },
        _ if UNSUPPORTED.contains(&name) && value.is_empty() => Ok(false),
        _ if UNSUPPORTED.contains(&name) => {
            Err(unsupported(format!("the attribute {name} of subscriptions")))
        }
        _ => Err(match how {
            Given::WithNew => how.invalid(format!("Unknown attribute {name}")),
            Given::AsChange => invalid("AttributeName"),
        }),
    }
}

fn check_redrive(endpoint: Endpoint<'_>, text: &str) -> Result<(), String> {
    if text.len() > REDRIVE {
        return Err(format!("must be at most {REDRIVE} bytes long"));
    }
    let policy: Value =
        serde_json::from_str(text).map_err(|why| format!("failed to parse JSON. {why}"))?;
    let object = policy.as_object().ok_or("must be a JSON object")?;
    if let Some(other) = object.keys().find(|name| *name != "deadLetterTargetArn") {
        return Err(format!("unknown member {other}"));
    }
    let arn = object.get("deadLetterTargetArn").and_then(Value::as_str);
    let parsed = arn.and_then(Arn::parse).filter(|arn| arn.service == "sqs");
    let Some(queue) = parsed else {
        return Err("deadLetterTargetArn is an invalid arn".to_owned());
    };
    match endpoint.is_fifo == is_fifo(queue.resource) {
        true => Ok(()),
        false if endpoint.is_fifo => {
            Err("must use a FIFO queue as DLQ for a FIFO Subscription to \
                                          a FIFO Topic."
                .to_owned())
        }
        false => Err("must use a standard queue as DLQ for a standard Subscription.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(protocol: &str, is_fifo: bool, name: &str, value: &str) -> Result<Terms, String> {
        let given = [(name.to_owned(), value.to_owned())].into();
        let endpoint = Endpoint { protocol, is_fifo };
        let done = Terms::default().with(endpoint, &given, Given::AsChange);
        done.map_err(|why| why.message)
    }

    #[test]
    fn attributes_are_refused_in_the_words_of_sns() {
        for (protocol, fifo, name, value, message) in [
            ("sqs", false, "X", "1", "AttributeName"),
            (
                "sqs",
                false,
                "RawMessageDelivery",
                "",
                "RawMessageDelivery: Invalid value []. Must be true or false.",
            ),
            (
                "lambda",
                false,
                "RawMessageDelivery",
                "true",
                "Delivery protocol [lambda] does not support raw message delivery.",
            ),
            (
                "sqs",
                false,
                "FilterPolicyScope",
                "X",
                "FilterPolicyScope: Invalid value [X]. Please use either MessageBody or MessageAttributes",
            ),
            (
                "sqs",
                false,
                "RedrivePolicy",
                r#"{"deadLetterTargetArn": "fake"}"#,
                "RedrivePolicy: deadLetterTargetArn is an invalid arn",
            ),
            (
                "sqs",
                true,
                "RedrivePolicy",
                r#"{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000007:q"}"#,
                "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.",
            ),
            (
                "sqs",
                false,
                "FilterPolicy",
                r#"{"a": {"b": ["c"]}}"#,
                "Filter policy scope MessageAttributes does not support nested filter policy",
            ),
        ] {
            let why = set(protocol, fifo, name, value).expect_err(name);
            assert_eq!(why, format!("Invalid parameter: {message}"));
        }
        let why = set("sqs", false, "FilterPolicy", "{invalid}").expect_err("no JSON");
        assert!(why.starts_with("Invalid parameter: FilterPolicy: failed to parse JSON."), "{why}");
    }

    #[test]
    fn what_is_set_to_nothing_is_taken_away() {
        let terms = set("sqs", false, "FilterPolicy", r#"{"a": ["b"]}"#).expect("good");
        assert_eq!(terms.all()["FilterPolicyScope"], "MessageAttributes");
        let none = [("FilterPolicy".to_owned(), "{}".to_owned())].into();
        let endpoint = Endpoint { protocol: "sqs", is_fifo: false };
        let terms = terms.with(endpoint, &none, Given::AsChange).expect("good");
        assert_eq!(terms, Terms::default());
    }
}
