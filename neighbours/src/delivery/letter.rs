//! Dead letters: what a queue is sent of a job that its target did not take.

use serde_json::{Map, Value, json};

use super::attempt::{Refusal, call, queue_url};
use super::job::Job;
use crate::outward::{Actor, Outward};

/// Why nobody tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exhausted {
    /// The target said that it never will.
    No,
    Attempts,
    Age,
}

/// What is told beside the letter.
pub(super) struct About<'a> {
    pub(super) refusal: &'a Refusal,
    pub(super) exhausted: Exhausted,
    pub(super) attempts: u32,
    pub(super) execution: &'a str,
}

/// Bytes of an attribute's text.
const TEXT: usize = 1024;

/// Sends the dead letter of a job, if it has a queue for it.
pub(super) async fn send(
    outward: &dyn Outward,
    actor: &Actor,
    job: &Job,
    about: About<'_>,
) -> Result<(), Refusal> {
    let Some(letter) = &job.letter else { return Ok(()) };
    let body = letter.body.clone().unwrap_or_else(|| job.body_of(about.attempts, about.execution));
    let input = json!({
        "QueueUrl": queue_url(&letter.queue),
        "MessageBody": body,
        "MessageAttributes": attributes(job, &about),
    });
    call(outward, actor, ("sqs", "SendMessage"), &letter.queue, input).await.map(drop)
}

fn attributes(job: &Job, about: &About<'_>) -> Value {
    let mut all = Map::new();
    let mut add = |name: &str, kind: &str, value: String| {
        all.insert(name.to_owned(), json!({"DataType": kind, "StringValue": value}));
    };
    let mut message = about.refusal.message.clone();
    message.truncate(message.floor_char_boundary(TEXT));
    add("ERROR_CODE", "String", about.refusal.code.to_owned());
    add("ERROR_MESSAGE", "String", message);
    match about.exhausted {
        Exhausted::No => {}
        Exhausted::Attempts => {
            add("EXHAUSTED_RETRY_CONDITION", "String", "MaximumRetryAttempts".to_owned());
        }
        Exhausted::Age => {
            add("EXHAUSTED_RETRY_CONDITION", "String", "MaximumEventAgeInSeconds".to_owned());
        }
    }
    add("RETRY_ATTEMPTS", "Number", about.attempts.saturating_sub(1).to_string());
    match job.scheduled {
        None => add("RULE_ARN", "String", job.source.clone()),
        Some(scheduled) => {
            add("SCHEDULE_ARN", "String", job.source.clone());
            add("SCHEDULED_TIME", "String", wire::time::iso8601(scheduled));
            add("EXECUTION_ID", "String", about.execution.to_owned());
        }
    }
    add("TARGET_ARN", "String", job.target.arn().to_owned());
    Value::Object(all)
}
