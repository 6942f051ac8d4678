//! The attributes of a queue that can be set.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use wire::ApiError;
use wire::policy::check_resource;

use super::name::QueueName;
use super::refusal::{bad_attribute, invalid, unknown_attribute};

/// The attributes that were set, as they were given, each checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    given: BTreeMap<String, String>,
}

/// Where messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redrive {
    pub(super) target: QueueName,
    /// How often a message is received before.
    pub(super) most: i64,
}

/// Attributes that are numbers: their bounds and what they are where they are not set.
const NUMBERS: &[(&str, i64, i64, i64)] = &[
    ("DelaySeconds", 0, 900, 0),
    ("KmsDataKeyReusePeriodSeconds", 60, 86_400, 300),
    ("MaximumMessageSize", 1_024, 1 << 20, 1 << 20),
    ("MessageRetentionPeriod", 60, 1_209_600, 345_600),
    ("ReceiveMessageWaitTimeSeconds", 0, 20, 0),
    ("VisibilityTimeout", 0, 43_200, 30),
];
/// Attributes that are one of some words, of which the first is where they are not set. Those of FIFO
/// queues alone are marked.
const WORDS: &[(&str, &[&str], bool)] = &[
    ("ContentBasedDeduplication", &["false", "true"], true),
    ("DeduplicationScope", &["queue", "messageGroup"], true),
    ("FifoQueue", &["true"], true),
    ("FifoThroughputLimit", &["perQueue", "perMessageGroupId"], true),
    ("SqsManagedSseEnabled", &["true", "false"], false),
];
/// Bytes of a policy, and of what says where messages go, or may come from, that were received too often.
pub(super) const POLICY: usize = 8_192;
const REDRIVE: usize = 4_096;
/// Attributes that are told and cannot be set.
pub(super) const TOLD: &[&str] = &[
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "QueueArn",
];

impl Settings {
    /// What a stored queue has.
    pub(super) fn stored(text: &str) -> Settings {
        Settings { given: serde_json::from_str(text).unwrap_or_default() }
    }

    /// How it is stored.
    pub(super) fn spell(&self) -> String {
        serde_json::to_string(&self.given).expect("texts are plain data")
    }

    /// The same with further attributes; an empty text is as if one had not been set.
    ///
    /// # Errors
    /// When one is not known, or cannot have its value.
    pub(super) fn with(
        &self,
        queue: &QueueName,
        is_fifo: bool,
        given: &BTreeMap<String, String>,
    ) -> Result<Settings, ApiError> {
        let mut given_now = self.given.clone();
        for (name, value) in given {
            if check(queue, is_fifo, name, value)? {
                given_now.insert(name.clone(), value.clone());
            } else {
                given_now.remove(name);
            }
        }
        let changed = Settings { given: given_now };
        let per_group = changed.word("FifoThroughputLimit") == "perMessageGroupId";
        if per_group && !changed.deduplicates_by_group() {
            return Err(invalid(
                "The perMessageGroupId value for FifoThroughputLimit is allowed only when the value \
                 for DeduplicationScope is messageGroup.",
            ));
        }
        Ok(changed)
    }

    /// The name of the first of these attributes that has another value here.
    pub(super) fn differing<'n>(&self, given: &'n BTreeMap<String, String>) -> Option<&'n str> {
        let differs = |(name, value): &(&'n String, &'n String)| {
            let own = self.value(name);
            own.as_deref() != Some(value.as_str()) && !(own.is_none() && value.is_empty())
        };
        given.iter().find(differs).map(|(name, _)| name.as_str())
    }

    /// An attribute's value, which some have also where it was not set.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let set = self.given.get(name).cloned();
        set.or_else(|| {
            let number = NUMBERS.iter().find(|(known, ..)| *known == name);
            let number = number.filter(|(known, ..)| *known != "KmsDataKeyReusePeriodSeconds");
            number.map(|(.., default)| default.to_string()).or_else(|| match name {
                "SqsManagedSseEnabled" => Some("true".to_owned()),
                _ => None,
            })
        })
    }

    /// All that a queue tells: what was set, and what every queue has.
    pub(super) fn all(&self, is_fifo: bool) -> BTreeMap<String, String> {
        let mut all = self.given.clone();
        let mut tell = |name: &str, value: String| {
            all.entry(name.to_owned()).or_insert(value);
        };
        for (name, .., default) in NUMBERS {
            if *name != "KmsDataKeyReusePeriodSeconds" {
                tell(name, default.to_string());
            }
        }
        for (name, words, of_fifo) in WORDS {
            if is_fifo || !of_fifo {
                tell(name, words[0].to_owned());
            }
        }
        all
    }

    fn number(&self, name: &str) -> i64 {
        let set = self.given.get(name).and_then(|text| text.parse().ok());
        let default = || NUMBERS.iter().find(|(known, ..)| *known == name).map_or(0, |it| it.3);
        set.unwrap_or_else(default)
    }

    fn word(&self, name: &str) -> &str {
        let set = self.given.get(name).map(String::as_str);
        let default = || WORDS.iter().find(|(known, ..)| *known == name).map_or("", |it| it.1[0]);
        set.unwrap_or_else(default)
    }

    pub(super) fn delay_seconds(&self) -> i32 {
        i32::try_from(self.number("DelaySeconds")).unwrap_or_default()
    }

    pub(super) fn visibility_timeout(&self) -> i64 {
        self.number("VisibilityTimeout")
    }

    pub(super) fn wait_seconds(&self) -> i64 {
        self.number("ReceiveMessageWaitTimeSeconds")
    }

    pub(super) fn maximum_message_size(&self) -> usize {
        usize::try_from(self.number("MaximumMessageSize")).unwrap_or_default()
    }

    /// How long messages are kept, in milliseconds.
    pub(super) fn retention(&self) -> i64 {
        self.number("MessageRetentionPeriod") * 1_000
    }

    pub(super) fn deduplicates_by_content(&self) -> bool {
        self.word("ContentBasedDeduplication") == "true"
    }

    pub(super) fn deduplicates_by_group(&self) -> bool {
        self.word("DeduplicationScope") == "messageGroup"
    }

    pub(super) fn redrive(&self) -> Option<Redrive> {
        redrive(self.given.get("RedrivePolicy")?)
    }

    /// Whose dead-letter queue this may be.
    pub(super) fn allows(&self) -> Allows {
        self.given.get("RedriveAllowPolicy").and_then(|text| allows(text)).unwrap_or(Allows::All)
    }

    pub(super) fn policy(&self) -> Option<&str> {
        self.given.get("Policy").map(String::as_str)
    }
}

fn redrive(text: &str) -> Option<Redrive> {
    let policy: Value = serde_json::from_str(text).ok()?;
    let most = &policy["maxReceiveCount"];
    // Tools send it as a number or as a text.
    let most = most.as_i64().or_else(|| most.as_str()?.parse().ok())?;
    let target = QueueName::of_arn(policy["deadLetterTargetArn"].as_str()?)?;
    Some(Redrive { target, most }).filter(|redrive| (1..=1_000).contains(&redrive.most))
}

/// Whether there is such an attribute that can be set.
pub(super) fn is_known(name: &str) -> bool {
    let texts = ["KmsMasterKeyId", "Policy", "RedriveAllowPolicy", "RedrivePolicy"];
    NUMBERS.iter().any(|it| it.0 == name)
        || WORDS.iter().any(|it| it.0 == name)
        || texts.contains(&name)
}

/// Checks an attribute; whether it is set by this.
fn check(queue: &QueueName, is_fifo: bool, name: &str, value: &str) -> Result<bool, ApiError> {
    let good = |is_good: bool| if is_good { Ok(true) } else { Err(bad_attribute(name)) };
    if let Some((_, least, most, _)) = NUMBERS.iter().find(|(known, ..)| *known == name) {
        return good(value.parse().is_ok_and(|number: i64| (*least..=*most).contains(&number)));
    }
    if let Some((_, words, of_fifo)) = WORDS.iter().find(|(known, ..)| *known == name) {
        if *of_fifo && !is_fifo {
            return Err(unknown_attribute(name));
        }
        return good(words.contains(&value));
    }
    match name {
        "Policy" | "RedrivePolicy" | "RedriveAllowPolicy" | "KmsMasterKeyId"
            if value.is_empty() =>
        {
            Ok(false)
        }
        "KmsMasterKeyId" => good(value.len() <= 2_048),
        "Policy" => good(value.len() <= POLICY && check_resource(value).is_ok()),
        "RedrivePolicy" => check_redrive(queue, value),
        "RedriveAllowPolicy" => good(is_allow_policy(value)),
        name if TOLD.contains(&name) || name == "All" => Err(unknown_attribute(name)),
        name => Err(unknown_attribute(name)),
    }
}

fn check_redrive(queue: &QueueName, value: &str) -> Result<bool, ApiError> {
    let refused = |reason: &str| {
        let message =
            format!("Value {value} for parameter RedrivePolicy is invalid. Reason: {reason}");
        Err(invalid(message))
    };
    let policy = Some(value).filter(|text| text.len() <= REDRIVE);
    let policy = policy.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    let Some(policy) = policy else {
        return refused("Redrive policy is not a valid JSON map.");
    };
    if policy.keys().any(|member| !["deadLetterTargetArn", "maxReceiveCount"].contains(&&**member))
    {
        return refused(
            "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].",
        );
    }
    let missing = |member: &str| policy.get(member).is_none_or(Value::is_null);
    if missing("maxReceiveCount") {
        return refused("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
    }
    if missing("deadLetterTargetArn") {
        return refused(
            "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.",
        );
    }
    let Some(Redrive { target, .. }) = redrive(value) else {
        let arn = policy["deadLetterTargetArn"].as_str().and_then(QueueName::of_arn);
        return refused(match arn {
            Some(_) => {
                "Invalid value for maxReceiveCount: must be between 1 and 1000 both inclusive."
            }
            None => "Invalid value for deadLetterTargetArn.",
        });
    };
    if target.account != queue.account || target.region != queue.region {
        return refused("Dead letter target must be in the account and region of the queue.");
    }
    if super::name::is_fifo(&target.name) != super::name::is_fifo(&queue.name) {
        return refused("Dead-letter queue must be same type of queue as the source.");
    }
    Ok(true)
}

/// Whose dead-letter queue a queue may be: anybody's, or those that are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Allows {
    All,
    Nobody,
    Listed(Vec<String>),
}

/// Whether a text is a redrive allow policy, and nothing but that.
fn is_allow_policy(text: &str) -> bool {
    let members = ["redrivePermission", "sourceQueueArns"];
    let policy = Some(text).filter(|text| text.len() <= REDRIVE);
    let policy = policy.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    let is_plain = policy.is_some_and(|it| it.keys().all(|name| members.contains(&&**name)));
    is_plain
        && match allows(text) {
            Some(Allows::Listed(arns)) => arns.iter().all(|arn| QueueName::of_arn(arn).is_some()),
            Some(Allows::All | Allows::Nobody) => true,
            None => false,
        }
}

/// What a redrive allow policy says.
fn allows(text: &str) -> Option<Allows> {
    let policy: Value = serde_json::from_str(text).ok()?;
    let listed = policy["sourceQueueArns"].as_array();
    match (policy["redrivePermission"].as_str()?, listed) {
        ("allowAll", None) => Some(Allows::All),
        ("denyAll", None) => Some(Allows::Nobody),
        ("byQueue", Some(arns)) if (1..=10).contains(&arns.len()) => {
            let arns = arns.iter().map(|arn| arn.as_str().map(str::to_owned));
            arns.collect::<Option<Vec<_>>>().map(Allows::Listed)
        }
        _ => None,
    }
}
