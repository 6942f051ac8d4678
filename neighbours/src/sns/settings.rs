//! The attributes of a topic that can be set.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wire::ApiError;

use super::name::TopicName;
use super::refusal::{invalid, unsupported};

/// Bytes of a topic's policy.
const POLICY: usize = 30_720;
/// Characters of the name that is shown.
const DISPLAY_NAME: usize = 100;
/// Attributes that AWS has and Warren has not: keys, and what is about protocols that are not served.
const UNSUPPORTED: [&str; 4] =
    ["ArchivePolicy", "BeginningArchiveTime", "DeliveryPolicy", "KmsMasterKeyId"];
/// Of each protocol: where it is logged how deliveries end.
const FEEDBACK: [&str; 3] =
    ["SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn"];
/// What may be permitted.
pub(super) const ACTIONS: [&str; 8] = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
];

/// The attributes that were set, each checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    given: BTreeMap<String, String>,
}

/// Why an attribute cannot be set.
pub(super) enum BadAttribute {
    /// No topic, or none of this type, has it, or it stays as it was made.
    Name,
    /// It cannot have this value, in a few words.
    Value(String),
    /// Warren has it not.
    Unsupported,
}

impl BadAttribute {
    /// How a topic that is to be made with the attribute is refused.
    pub(super) fn of_new(self, name: &str) -> ApiError {
        match self {
            BadAttribute::Name => invalid(format!("Attributes Reason: Unknown attribute {name}")),
            BadAttribute::Value(why) => invalid(format!("Attributes Reason: {why}")),
            BadAttribute::Unsupported => unsupported(format!("the attribute {name} of topics")),
        }
    }

    /// How a change of the attribute is refused.
    pub(super) fn of_change(self, name: &str) -> ApiError {
        match self {
            BadAttribute::Name => invalid("AttributeName"),
            BadAttribute::Value(why) => invalid(why),
            BadAttribute::Unsupported => unsupported(format!("the attribute {name} of topics")),
        }
    }
}

impl Settings {
    /// What a stored topic has.
    pub(super) fn stored(text: &str) -> Settings {
        Settings { given: serde_json::from_str(text).unwrap_or_default() }
    }

    /// How it is stored.
    pub(super) fn spell(&self) -> String {
        serde_json::to_string(&self.given).expect("texts are plain data")
    }

    /// Those of a topic that is to be made.
    ///
    /// # Errors
    /// When an attribute is not known, or cannot have its value.
    pub(super) fn new(
        topic: &TopicName,
        given: &BTreeMap<String, String>,
    ) -> Result<Settings, ApiError> {
        let mut settings = Settings::default();
        for (name, value) in given {
            match (name.as_str(), value.as_str()) {
                ("FifoTopic", "true" | "false") => {}
                ("FifoTopic", _) => return Err(invalid("FifoTopic")),
                _ => {
                    settings.set(topic, name, value).map_err(|why| why.of_new(name))?;
                }
            }
        }
        Ok(settings)
    }

    /// Gives an attribute a value; an empty one is as if it had not been set.
    pub(super) fn set(
        &mut self,
        topic: &TopicName,
        name: &str,
        value: &str,
    ) -> Result<(), BadAttribute> {
        check(topic, name, value)?;
        if value.is_empty() {
            self.given.remove(name);
        } else {
            self.given.insert(name.to_owned(), value.to_owned());
        }
        Ok(())
    }

    /// Whether a topic with these is what is asked for with those.
    pub(super) fn has(&self, given: &BTreeMap<String, String>) -> bool {
        let is_same = |(name, value): (&String, &String)| match name.as_str() {
            // The name says it already.
            "FifoTopic" => true,
            _ => self.given.get(name).map_or("", String::as_str) == value,
        };
        given.iter().all(is_same)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// The policy, where one was set.
    pub(super) fn policy(&self) -> Option<&str> {
        self.value("Policy")
    }

    /// Whether equal messages are one.
    pub(super) fn deduplicates_by_content(&self) -> bool {
        self.value("ContentBasedDeduplication") == Some("true")
    }

    /// Whether messages of other groups are never the same.
    pub(super) fn deduplicates_by_group(&self) -> bool {
        self.value("FifoThroughputScope") == Some("MessageGroup")
    }

    /// The version of the signature that messages would have.
    pub(super) fn signature_version(&self) -> &str {
        self.value("SignatureVersion").unwrap_or("1")
    }

    /// All that a topic tells of itself, as far as it can be set.
    pub(super) fn all(&self, topic: &TopicName) -> BTreeMap<String, String> {
        let mut all = self.given.clone();
        let mut default = |name: &str, value: String| {
            all.entry(name.to_owned()).or_insert(value);
        };
        default("DisplayName", String::new());
        default("Policy", default_policy(topic).to_string());
        if topic.is_fifo() {
            default("FifoTopic", "true".to_owned());
            default("ContentBasedDeduplication", "false".to_owned());
        }
        all
    }
}

/// Whether a topic can have an attribute with a value.
fn check(topic: &TopicName, name: &str, value: &str) -> Result<(), BadAttribute> {
    let bad = |why: String| Err(BadAttribute::Value(why));
    let one_of = |words: &[&str]| match words.contains(&value) {
        true => Ok(()),
        false => bad(format!("{name}: Invalid value [{value}]. Must be {}.", words.join(" or "))),
    };
    match name {
        "DisplayName" if value.chars().count() > DISPLAY_NAME => bad("DisplayName".to_owned()),
        "DisplayName" => Ok(()),
        "Policy" if value.is_empty() => Ok(()),
        "Policy" => check_policy(value).map_err(BadAttribute::Value),
        "ContentBasedDeduplication" if topic.is_fifo() => one_of(&["true", "false"]),
        "FifoThroughputScope" if topic.is_fifo() => one_of(&["Topic", "MessageGroup"]),
        "SignatureVersion" => one_of(&["1", "2"]),
        "TracingConfig" if value == "Active" => Err(BadAttribute::Unsupported),
        "TracingConfig" => one_of(&["PassThrough"]),
        _ if UNSUPPORTED.contains(&name) || FEEDBACK.iter().any(|end| name.ends_with(end)) => {
            match value.is_empty() {
                true => Ok(()),
                false => Err(BadAttribute::Unsupported),
            }
        }
        _ => Err(BadAttribute::Name),
    }
}

/// The policy of a topic for which none was set, as it is told: it gives nobody anything that the
/// topic's account has not given.
pub(super) fn default_policy(topic: &TopicName) -> Value {
    let actions: Vec<String> = ACTIONS.iter().map(|action| format!("SNS:{action}")).collect();
    json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [{
            "Sid": "__default_statement_ID",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": actions,
            "Resource": topic.arn(),
            "Condition": {
                "StringEquals": {"AWS:SourceOwner": format!("{:012}", topic.account)},
            },
        }],
    })
}

/// Whether a text is the policy of a topic. What could not be judged is not taken, since nobody can
/// say whom it would let in, and a denial within it would be passed over.
///
/// # Errors
/// Why not.
pub(super) fn check_policy(text: &str) -> Result<(), String> {
    let wrong = || "Policy Error: null".to_owned();
    if text.len() > POLICY {
        return Err(format!("Policy Reason: Policy document exceeds {POLICY} bytes"));
    }
    let policy: Value = serde_json::from_str(text).map_err(|_| wrong())?;
    let statements = match &policy["Statement"] {
        Value::Array(statements) if !statements.is_empty() => statements.iter().collect(),
        one @ Value::Object(_) => vec![one],
        _ => return Err(wrong()),
    };
    for statement in statements {
        let has = |name: &str| !statement[name].is_null();
        let is_whole = statement.is_object()
            && matches!(statement["Effect"].as_str(), Some("Allow" | "Deny"))
            && (has("Principal") || has("NotPrincipal"))
            && (has("Action") || has("NotAction"))
            && (has("Resource") || has("NotResource"));
        if !is_whole {
            return Err(wrong());
        }
        let actions = match &statement["Action"] {
            Value::Array(actions) => actions.iter().map(Value::as_str).collect(),
            Value::Null => Some(Vec::new()),
            one => one.as_str().map(|action| vec![action]),
        };
        let is_own = |action: &&str| {
            *action == "*"
                || action.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sns:"))
        };
        if !actions.ok_or_else(wrong)?.iter().all(is_own) {
            return Err("Policy statement action out of service scope!".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Scope;

    #[test]
    fn attributes_are_those_of_the_type_of_topic() {
        let scope = Scope { account: 7, region: "us-east-1".into() };
        let topic = |name: &str| TopicName::new(&scope, name);
        let set = |of: &str, name: &str, value: &str| {
            let mut settings = Settings::default();
            let done = settings.set(&topic(of), name, value);
            done.map_err(|why| why.of_change(name).message).map(|()| settings)
        };
        for (of, name, value) in [
            ("t", "DisplayName", "x"),
            ("t", "SignatureVersion", "2"),
            ("t", "TracingConfig", "PassThrough"),
            ("t", "KmsMasterKeyId", ""),
            ("t.fifo", "ContentBasedDeduplication", "true"),
            ("t.fifo", "FifoThroughputScope", "MessageGroup"),
        ] {
            let settings = set(of, name, value).expect(name);
            assert_eq!(settings.value(name).unwrap_or_default(), value, "{name}");
        }
        for (of, name, value, message) in [
            ("t", "X", "1", "Invalid parameter: AttributeName"),
            ("t", "FifoTopic", "false", "Invalid parameter: AttributeName"),
            ("t", "ContentBasedDeduplication", "true", "Invalid parameter: AttributeName"),
            (
                "t",
                "KmsMasterKeyId",
                "k",
                "Warren does not support the attribute KmsMasterKeyId of topics.",
            ),
            (
                "t",
                "SQSFailureFeedbackRoleArn",
                "r",
                "Warren does not support the attribute SQSFailureFeedbackRoleArn of topics.",
            ),
            ("t", "Policy", "{", "Invalid parameter: Policy Error: null"),
        ] {
            assert_eq!(set(of, name, value).expect_err(name), message);
        }
    }

    #[test]
    fn policies_are_whole() {
        let statement = |more: &str| {
            format!(
                r#"{{"Statement": [{{"Effect": "Allow", "Principal": "*", "Resource": "*", {more}}}]}}"#
            )
        };
        check_policy(&statement(r#""Action": "SNS:Publish""#)).expect("good");
        check_policy(&statement(r#""Action": ["sns:Publish", "*"]"#)).expect("good");
        for wrong in [
            "[]",
            "{}",
            r#"{"Statement": []}"#,
            r#"{"Statement": ["x"]}"#,
            &statement(r#""Sid": "no action""#),
            &statement(r#""Action": "sqs:SendMessage""#),
            &statement(r#""Action": [1]"#),
        ] {
            check_policy(wrong).expect_err(wrong);
        }
    }
}
