//! A job: what is to be brought to which target, in whose name.

use serde::{Deserialize, Serialize};
use wire::arn::Arn;

/// What is to be delivered to one target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Job {
    /// The ARN of the rule or schedule.
    pub(crate) source: String,
    /// Whose that is.
    pub(crate) account: u64,
    /// Where to.
    pub(crate) target: Target,
    /// The role that it is done as, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<String>,
    /// What the target is given.
    pub(crate) body: String,
    /// What it comes from, as explanations call it.
    pub(crate) cause: String,
    /// The trace header that came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<String>,
    /// Where it goes when the target does not take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) letter: Option<Letter>,
    /// How often it is tried again.
    pub(crate) retries: u32,
    /// How old it becomes, in milliseconds.
    pub(crate) age: i64,
    /// How many buses the event has gone through.
    #[serde(default)]
    pub(crate) hops: u32,
    /// When its schedule is due, where it has one whose context its body may ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scheduled: Option<i64>,
}

/// A dead letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Letter {
    /// The queue's ARN.
    pub(crate) queue: String,
    /// What the letter says, where that is not what the target is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
}

/// A target, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// A function is invoked asynchronously.
    Function(String),
    /// A queue is sent a message.
    Queue { arn: String, group: Option<String> },
    /// A topic is published to.
    Topic(String),
    /// Another bus gets the event as it is.
    Bus(String),
    /// A bus gets an event whose detail is the body.
    Event { bus: String, source: String, detail_type: String },
    /// An operation whose input is the body.
    Operation { service: String, operation: String, resource: String },
}

impl Target {
    /// What it is called by.
    pub(crate) fn arn(&self) -> &str {
        match self {
            Target::Function(arn) | Target::Topic(arn) | Target::Bus(arn) => arn,
            Target::Queue { arn, .. } => arn,
            Target::Event { bus, .. } => bus,
            Target::Operation { resource, .. } => resource,
        }
    }
}

impl Target {
    /// What keeps jobs in order: of a FIFO queue and group one is under way at a time.
    pub(super) fn lane(&self) -> Option<(&str, &str)> {
        match self {
            Target::Queue { arn, group: Some(group) } if arn.ends_with(".fifo") => {
                Some((arn, group))
            }
            _ => None,
        }
    }
}

/// What kind of thing an ARN names that events can be brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    Function,
    Queue,
    Topic,
    Bus,
}

/// What an ARN names, if it is something that events can be brought to here.
pub(crate) fn place_of(arn: &str) -> Option<PlaceKind> {
    let parsed = Arn::parse(arn)?;
    let has_owner = parsed.account.len() == 12 && !parsed.region.is_empty();
    match parsed.service {
        "lambda" if parsed.resource.starts_with("function:") => Some(PlaceKind::Function),
        "sqs" => Some(PlaceKind::Queue),
        "sns" => Some(PlaceKind::Topic),
        "events" if parsed.resource.starts_with("event-bus/") => Some(PlaceKind::Bus),
        _ => None,
    }
    .filter(|_| has_owner)
}

impl Job {
    /// The body of an attempt, which may ask for what is known of its schedule.
    pub(crate) fn body_of(&self, attempt: u32, execution: &str) -> String {
        let Some(scheduled) = self.scheduled else { return self.body.clone() };
        if !self.body.contains("<aws.scheduler.") {
            return self.body.clone();
        }
        self.body
            .replace("<aws.scheduler.schedule-arn>", &self.source)
            .replace("<aws.scheduler.scheduled-time>", &wire::time::iso8601(scheduled))
            .replace("<aws.scheduler.execution-id>", execution)
            .replace("<aws.scheduler.attempt-number>", &attempt.to_string())
    }
}
