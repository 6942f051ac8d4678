//! The outbox: what is to be told is told at least once, also after the end of the process.

use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use wire::arn::Arn;
use wire::{ApiError, SERVICES};

use super::bucket_name::arn;
use super::service::S3;
use crate::failure::Failure;
use crate::operation::Scope;
use crate::outward::{Actor, InvokeError, Outward};
use crate::time::{instant_of, now};

/// Who tells.
pub(super) const PRINCIPAL: &str = "s3.amazonaws.com";
/// Messages that are told at a time.
const AT_ONCE: i64 = 32;
/// How long it is tried, and waited at the most between two times, in milliseconds.
const GIVEN_UP: i64 = 24 * 3_600_000;
const LONGEST_WAIT: i64 = 60_000;
/// How long it is waited where the store cannot be read.
const AGAIN: Duration = Duration::from_secs(5);

/// Something that is to be told.
#[derive(Debug, Clone)]
struct Letter {
    id: i64,
    bucket: String,
    account: u64,
    key: String,
    target: String,
    body: String,
    created: i64,
    attempts: i64,
}

/// What comes of it.
enum Outcome {
    Told,
    /// It is never told, for this reason.
    Refused(String),
    Later(String),
}

/// Tells what there is to tell, for as long as S3 is there.
pub(super) fn begin(s3: &Arc<S3>) {
    tokio::spawn(run(Arc::downgrade(s3)));
}

async fn run(s3: Weak<S3>) {
    loop {
        let Some(held) = s3.upgrade() else { return };
        let posted = Arc::clone(&held.posted);
        let taken = held.work(|connection| take(connection, now())).await;
        let wait = match taken {
            Ok((letters, _)) if !letters.is_empty() => {
                tell_all(&held, letters).await;
                continue;
            }
            Ok((_, due)) => due.map(instant_of),
            Err(Failure::Store(crate::store::StoreError::Closed)) => return,
            Err(why) => {
                tracing::error!(%why, "S3's outbox cannot be read");
                Some(tokio::time::Instant::now() + AGAIN)
            }
        };
        drop(held);
        match wait {
            None => posted.notified().await,
            Some(until) => {
                // Whichever comes first.
                drop(tokio::time::timeout_at(until, posted.notified()).await);
            }
        }
    }
}

/// The letters that are due, and when else the next one is.
fn take(connection: &Connection, at: i64) -> Result<(Vec<Letter>, Option<i64>), Failure> {
    let letters = connection
        .prepare_cached(
            "SELECT id, bucket, account, key, target, body, created, attempts FROM outbox
             WHERE due <= ?1 ORDER BY id LIMIT ?2",
        )?
        .query_map([at, AT_ONCE], |row| {
            Ok(Letter {
                id: row.get(0)?,
                bucket: row.get(1)?,
                account: row.get::<_, i64>(2)?.cast_unsigned(),
                key: row.get(3)?,
                target: row.get(4)?,
                body: row.get(5)?,
                created: row.get(6)?,
                attempts: row.get(7)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let due = connection
        .prepare_cached("SELECT min(due) FROM outbox")?
        .query_row([], |row| row.get(0))?;
    Ok((letters, due))
}

async fn tell_all(s3: &Arc<S3>, letters: Vec<Letter>) {
    let mut telling = JoinSet::new();
    for letter in letters {
        let outward = Arc::clone(&s3.outward);
        telling.spawn(async move {
            let outcome = tell(&*outward, &letter).await;
            (letter, outcome)
        });
    }
    let mut outcomes = Vec::new();
    while let Some(told) = telling.join_next().await {
        // One that panicked is told again.
        outcomes.extend(told.ok());
    }
    let settle = s3.work(move |connection| {
        for (letter, outcome) in &outcomes {
            settle(connection, letter, outcome)?;
        }
        Ok(())
    });
    if let Err(why) = settle.await {
        tracing::error!(%why, "what S3 has told is told again");
        tokio::time::sleep(AGAIN).await;
    }
}

fn settle(connection: &Connection, letter: &Letter, outcome: &Outcome) -> rusqlite::Result<()> {
    let Letter { id, bucket, key, target, created, attempts, .. } = letter;
    let is_over = match outcome {
        Outcome::Told => true,
        Outcome::Refused(why) => {
            tracing::warn!(bucket, key, target, why, "nobody is told of an event");
            true
        }
        Outcome::Later(why) => {
            let is_over = now() - created > GIVEN_UP;
            tracing::warn!(bucket, key, target, why, is_over, "an event is not told yet");
            is_over
        }
    };
    if is_over {
        return connection
            .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
            .execute([id])
            .map(drop);
    }
    let wait = (1_000_i64 << (*attempts).min(6)).min(LONGEST_WAIT);
    connection
        .prepare_cached("UPDATE outbox SET attempts = attempts + 1, due = ?2 WHERE id = ?1")?
        .execute(params![id, now() + wait])
        .map(drop)
}

/// In whose name a bucket's events are told.
pub(super) fn actor(bucket: &str, account: u64) -> Actor {
    Actor { principal: PRINCIPAL, source_arn: arn(bucket), source_account: account, role: None }
}

async fn tell(outward: &dyn Outward, letter: &Letter) -> Outcome {
    let Letter { bucket, account, key, target, body, .. } = letter;
    let actor = actor(bucket, *account);
    match Arn::parse(target).map(|arn| arn.service) {
        Some("lambda") => {
            let what = format!("s3://{bucket}/{key}");
            let event = Bytes::from(body.clone());
            match outward.invoke(&actor, target, event, &what).await {
                Ok(()) => Outcome::Told,
                Err(InvokeError::Later(why)) => Outcome::Later(why),
                Err(why) => Outcome::Refused(why.to_string()),
            }
        }
        Some("events") => {
            let Ok(entry) = serde_json::from_str::<Value>(body) else {
                return Outcome::Refused("it is no entry".to_owned());
            };
            let region = Arn::parse(target).map_or("", |arn| arn.region).to_owned();
            let scope = Scope { account: *account, region };
            match outward.put_own_event(&scope, entry).await {
                Ok(()) => Outcome::Told,
                Err(why) => Outcome::Later(why),
            }
        }
        Some(_) => send(outward, &actor, target, body).await,
        None => Outcome::Refused("its target is no ARN".to_owned()),
    }
}

/// Gives a text to a queue or a topic.
async fn send(outward: &dyn Outward, actor: &Actor, target: &str, body: &str) -> Outcome {
    let arn = Arn::parse(target);
    match arn.map(|arn| (arn.service, arn.account, arn.resource)) {
        Some(("sqs", account, name)) => {
            let url = format!("http://localhost/{account}/{name}");
            let input = json!({"QueueUrl": url, "MessageBody": body});
            call(outward, actor, "sqs", "SendMessage", target, input).await
        }
        Some(("sns", ..)) => {
            let subject = "Amazon S3 Notification";
            let input = json!({"TopicArn": target, "Message": body, "Subject": subject});
            call(outward, actor, "sns", "Publish", target, input).await
        }
        _ => Outcome::Refused("nothing of its kind is told".to_owned()),
    }
}

/// Whether a queue or a topic takes a text.
///
/// # Errors
/// Why it does not.
pub(super) async fn try_send(
    outward: &dyn Outward,
    actor: &Actor,
    target: &str,
    body: &str,
) -> Result<(), String> {
    match send(outward, actor, target, body).await {
        Outcome::Told => Ok(()),
        Outcome::Refused(why) | Outcome::Later(why) => Err(why),
    }
}

async fn call(
    outward: &dyn Outward,
    actor: &Actor,
    service: &str,
    operation: &str,
    arn: &str,
    input: Value,
) -> Outcome {
    let served = SERVICES.into_iter().find(|each| each.name == service);
    let Some(operation) = served.and_then(|service| service.operation(operation)) else {
        return Outcome::Refused(format!("{service} is not served"));
    };
    match outward.call(actor, operation, arn, input).await {
        Ok(_) => Outcome::Told,
        Err(ApiError { code, message, status: 429 | 500.., .. }) => {
            Outcome::Later(format!("{code}: {message}"))
        }
        Err(ApiError { code, message, .. }) => Outcome::Refused(format!("{code}: {message}")),
    }
}
