//! The outbox: what is to be told is told at least once, also after the end of the process.

use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};
use wire::arn::Arn;
use wire::{ApiError, SERVICES};

use super::bucket_name::arn;
use super::service::S3;
use crate::failure::Failure;
use crate::operation::Scope;
use crate::outward::{Actor, InvokeError, Outward};
use crate::store::StoreError;
use crate::time::{instant_of, now};
use crate::turns::{self, Busy, Due, Waiting};

/// Who tells.
pub(super) const PRINCIPAL: &str = "s3.amazonaws.com";
/// Messages that are told at a time, and those of them that one target is told.
const AT_ONCE: usize = 128;
const OF_TARGET: usize = 16;
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
    /// The trace header of the request that caused it.
    trace: Option<String>,
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
    tokio::spawn(run(Arc::downgrade(s3), Arc::clone(&s3.posted)));
}

async fn run(s3: Weak<S3>, posted: Arc<Notify>) {
    let mut telling: JoinSet<(i64, String)> = JoinSet::new();
    let mut busy = Busy::new(AT_ONCE, OF_TARGET);
    loop {
        let Some(held) = s3.upgrade() else { return };
        let known = busy.clone();
        let taken = held.work(move |connection| take(connection, known, now()));
        let next = match taken.await {
            Ok((letters, next)) => {
                for letter in letters {
                    busy.begin(letter.id, &letter.target);
                    telling.spawn(carry(Arc::clone(&held), letter));
                }
                // Where there is no room, the end of one makes some.
                next.filter(|_| busy.has_room()).map(instant_of)
            }
            Err(Failure::Store(StoreError::Closed)) => return,
            Err(why) => {
                tracing::error!(%why, "S3's outbox cannot be read");
                Some(Instant::now() + AGAIN)
            }
        };
        drop(held);
        let mut over = |told: Result<(i64, String), JoinError>| match told {
            Ok((id, target)) => busy.end(id, &target),
            // It stays under way, so that it is not tried before another server does.
            Err(why) => tracing::error!(%why, "to tell an event panicked"),
        };
        tokio::select! {
            () = posted.notified() => {}
            Some(told) = telling.join_next(), if !telling.is_empty() => over(told),
            () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {}
        }
        while let Some(told) = telling.try_join_next() {
            over(told);
        }
    }
}

/// The outbox, of which each letter is for its target.
struct Outbox;

/// What is read of each letter: which it is, when it is due, and for whom.
const OF_ALL: &str = "SELECT id, due, target FROM outbox";

/// The letters that are due, but for those that are under way, and when else the next one is.
fn take(
    connection: &Connection,
    busy: Busy<String>,
    at: i64,
) -> Result<(Vec<Letter>, Option<i64>), Failure> {
    let (found, next) = turns::take(&Outbox, connection, busy, at)?;
    let letters = found.iter().map(|due| letter(connection, due.id));
    Ok((letters.collect::<rusqlite::Result<_>>()?, next))
}

fn letter(connection: &Connection, id: i64) -> rusqlite::Result<Letter> {
    let sql = "SELECT bucket, account, key, target, body, created, attempts, trace FROM outbox
         WHERE id = ?1";
    connection.prepare_cached(sql)?.query_row([id], |row| {
        Ok(Letter {
            id,
            bucket: row.get(0)?,
            account: row.get::<_, i64>(1)?.cast_unsigned(),
            key: row.get(2)?,
            target: row.get(3)?,
            body: row.get(4)?,
            created: row.get(5)?,
            attempts: row.get(6)?,
            trace: row.get(7)?,
        })
    })
}

impl Waiting for Outbox {
    type Key = String;

    fn first(&self, connection: &Connection, most: i64) -> Result<Vec<Due<Outbox>>, Failure> {
        turns::found(connection, OF_ALL, "ORDER BY due, id LIMIT ?1", [most])
    }

    fn target(
        &self,
        connection: &Connection,
        after: Option<&String>,
    ) -> Result<Option<String>, Failure> {
        let sql = "SELECT min(target) FROM outbox WHERE target > ?1";
        let after = after.map_or("", String::as_str);
        Ok(connection.prepare_cached(sql)?.query_row([after], |row| row.get(0))?)
    }

    fn of_target(
        &self,
        connection: &Connection,
        target: &String,
        most: i64,
    ) -> Result<Vec<Due<Outbox>>, Failure> {
        let which = "WHERE target = ?1 ORDER BY due, id LIMIT ?2";
        turns::found(connection, OF_ALL, which, params![target, most])
    }

    fn next(&self, connection: &Connection, now: i64) -> Result<Option<i64>, Failure> {
        let sql = "SELECT min(due) FROM outbox WHERE due > ?1";
        Ok(connection.prepare_cached(sql)?.query_row([now], |row| row.get(0))?)
    }
}

/// Tells something, and keeps what came of it, however long the store takes: before it has, it would be
/// told again.
async fn carry(s3: Arc<S3>, letter: Letter) -> (i64, String) {
    let outcome = Arc::new(tell(&*s3.outward, &letter).await);
    let letter = Arc::new(letter);
    loop {
        let (of, came) = (Arc::clone(&letter), Arc::clone(&outcome));
        match s3.work(move |connection| Ok(settle(connection, &of, &came)?)).await {
            Ok(()) | Err(Failure::Store(StoreError::Closed)) => break,
            Err(why) => {
                tracing::error!(%why, "what came of telling an event is not kept");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }
    (letter.id, letter.target.clone())
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
    let (source_arn, source_account) = (arn(bucket), account);
    Actor { principal: PRINCIPAL, source_arn, source_account, role: None, trace: None }
}

async fn tell(outward: &dyn Outward, letter: &Letter) -> Outcome {
    let Letter { bucket, account, key, target, body, trace, .. } = letter;
    let actor = Actor { trace: trace.clone(), ..actor(bucket, *account) };
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
