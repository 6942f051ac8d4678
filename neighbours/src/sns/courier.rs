//! The courier: takes deliveries that are due, and carries each to its function or queue.
//!
//! It sleeps until something is published or due, and looks at nothing meanwhile.

use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tokio::task::{JoinError, JoinSet};

use super::attribute::Attribute;
use super::notification::Notification;
use super::outbox::{self, Delivery};
use super::service::Sns;
use crate::failure::Failure;
use crate::outward::{Actor, InvokeError};
use crate::store::StoreError;
use crate::time::{instant_of, now};
use crate::turns::Busy;

/// Deliveries that are under way at a time, and those of them that are for one subscription.
const AT_ONCE: usize = 128;
const OF_SUBSCRIPTION: usize = 16;
/// How often a delivery is tried.
const MOST: i64 = 100_015;
/// How long the store is left alone when it fails.
const PAUSE: Duration = Duration::from_secs(1);
/// In whose name everything is delivered.
const SNS: &str = "sns.amazonaws.com";

/// What came of carrying something.
enum Outcome {
    Delivered,
    /// It never will be.
    Refused(String),
    /// It may be later.
    Later(String),
}

/// Carries whatever is due until SNS goes.
pub(super) fn start(sns: &Arc<Sns>) {
    let (weak, filled) = (Arc::downgrade(sns), Arc::clone(&sns.filled));
    let stopping = sns.is_stopping.subscribe();
    tokio::spawn(run(weak, filled, stopping));
}

async fn run(sns: Weak<Sns>, filled: Arc<Notify>, mut stopping: watch::Receiver<bool>) {
    let mut tasks: JoinSet<(i64, i64)> = JoinSet::new();
    let mut busy = Busy::new(AT_ONCE, OF_SUBSCRIPTION);
    loop {
        if *stopping.borrow() {
            // What is under way is finished; the rest is for the next server.
            while tasks.join_next().await.is_some() {}
            return;
        }
        let Some(held) = sns.upgrade() else { return };
        let known = busy.clone();
        let take = move |connection: &_| outbox::take(connection, known, now());
        let due = match held.store.run_lean(take).await {
            Ok((taken, next)) => {
                for delivery in taken {
                    busy.begin(delivery.id, &delivery.subscription);
                    tasks.spawn(carry(Arc::clone(&held), delivery));
                }
                // Where there is no room, the end of one makes some.
                next.filter(|_| busy.has_room()).map(instant_of)
            }
            Err(Failure::Store(StoreError::Closed)) => return,
            Err(why) => {
                tracing::warn!(%why, "what is published is not delivered");
                Some(tokio::time::Instant::now() + PAUSE)
            }
        };
        drop(held);
        let late = tokio::time::Instant::now() + Duration::from_secs(3600);
        tokio::select! {
            () = filled.notified() => {}
            Some(ended) = tasks.join_next(), if !tasks.is_empty() => settle(&mut busy, ended),
            () = tokio::time::sleep_until(due.unwrap_or(late)), if due.is_some() => {}
            changed = stopping.changed() => if changed.is_err() { return },
        }
        while let Some(ended) = tasks.try_join_next() {
            settle(&mut busy, ended);
        }
    }
}

/// One that has ended is not under way any more. One that panicked stays, so that it is not tried
/// before another server does.
fn settle(busy: &mut Busy<i64>, ended: Result<(i64, i64), JoinError>) {
    match ended {
        Ok((id, subscription)) => busy.end(id, &subscription),
        Err(why) => tracing::error!(%why, "a delivery panicked"),
    }
}

/// Carries one delivery and keeps what came of it.
async fn carry(sns: Arc<Sns>, delivery: Delivery) -> (i64, i64) {
    let Delivery { id, subscription, attempts, is_dead, notification } = delivery;
    let outcome = match is_dead {
        false => deliver(&sns, &notification).await,
        true => bury(&sns, &notification).await,
    };
    let (topic, message) = (notification.subscription.topic.arn(), &notification.uuid);
    let endpoint = &notification.subscription.endpoint;
    match outcome {
        Outcome::Delivered => {
            keep(&sns, move |connection| outbox::done(connection, id, now())).await;
        }
        Outcome::Later(why) if attempts + 1 < MOST => {
            tracing::debug!(
                topic,
                message_id = message,
                endpoint,
                why,
                "a message is delivered later"
            );
            let due = now() + pause(attempts + 1);
            keep(&sns, move |connection| outbox::again(connection, id, attempts + 1, due)).await;
        }
        Outcome::Refused(why) | Outcome::Later(why) => {
            let has_queue = notification.subscription.terms.dead_letter_queue().is_some();
            tracing::warn!(
                topic,
                message_id = message,
                endpoint,
                why,
                is_dead,
                "a message is not delivered"
            );
            match has_queue && !is_dead && notification.content.token.is_none() {
                true => keep(&sns, move |connection| outbox::dead(connection, id, now())).await,
                false => keep(&sns, move |connection| outbox::done(connection, id, now())).await,
            }
        }
    }
    (id, subscription)
}

/// Keeps what came of a delivery, however long the store takes: before it is, the delivery would be
/// repeated.
async fn keep(
    sns: &Sns,
    work: impl Fn(&rusqlite::Connection) -> rusqlite::Result<()> + Clone + Send + 'static,
) {
    loop {
        let work = work.clone();
        let kept = sns.store.run_lean(move |connection| Ok::<_, Failure>(work(connection)?)).await;
        match kept {
            Ok(()) | Err(Failure::Store(StoreError::Closed)) => return,
            Err(why) => {
                tracing::warn!(%why, "what came of a delivery is not kept");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Milliseconds until a delivery is tried again that has failed so often: as AWS does it with functions
/// and queues.
fn pause(failures: i64) -> i64 {
    const GROWING: [i64; 10] = [1, 2, 3, 4, 5, 7, 9, 12, 16, 20];
    let seconds = match usize::try_from(failures).unwrap_or(usize::MAX) {
        0..=3 => 0,
        4 | 5 => 1,
        more => GROWING.get(more - 6).copied().unwrap_or(20),
    };
    seconds * 1_000
}

fn actor(notification: &Notification) -> Actor {
    let topic = &notification.subscription.topic;
    Actor {
        principal: SNS,
        source_arn: topic.arn(),
        source_account: topic.account,
        role: None,
        trace: notification.content.trace.clone(),
    }
}

/// Delivers to the endpoint.
async fn deliver(sns: &Sns, notification: &Notification) -> Outcome {
    let endpoint = &notification.subscription.endpoint;
    if notification.subscription.protocol != "lambda" {
        return send(sns, notification, endpoint).await;
    }
    let event = Bytes::from(notification.event().to_string());
    let cause =
        format!("message {} of {}", notification.uuid, notification.subscription.topic.arn());
    match sns.outward.invoke(&actor(notification), endpoint, event, &cause).await {
        Ok(()) => Outcome::Delivered,
        Err(InvokeError::Later(why)) => Outcome::Later(why),
        Err(why) => Outcome::Refused(why.to_string()),
    }
}

/// Delivers to the dead-letter queue.
async fn bury(sns: &Sns, notification: &Notification) -> Outcome {
    match notification.subscription.terms.dead_letter_queue() {
        Some(queue) => send(sns, notification, &queue).await,
        None => Outcome::Refused("its dead-letter queue is none any more".to_owned()),
    }
}

/// Sends to a queue.
async fn send(sns: &Sns, notification: &Notification, queue: &str) -> Outcome {
    let Some(operation) = wire::sqs::SERVICE.operation("SendMessage") else {
        return Outcome::Refused("queues are not served".to_owned());
    };
    let (actor, input) = (actor(notification), input(notification, queue));
    match sns.outward.call(&actor, operation, queue, input).await {
        Ok(_) => Outcome::Delivered,
        Err(why) => {
            let said = format!("{}: {}", why.code, why.message);
            match why.status {
                429 | 500.. => Outcome::Later(said),
                _ => Outcome::Refused(said),
            }
        }
    }
}

/// The message as a queue takes it.
fn input(notification: &Notification, queue: &str) -> Value {
    let content = &notification.content;
    let mut parts = queue.rsplit(':');
    let name = parts.next().unwrap_or_default();
    let account = parts.next().unwrap_or_default();
    let is_raw = notification.subscription.terms.is_raw() && content.token.is_none();
    let body = if is_raw { notification.body().to_owned() } else { notification.text() };
    let mut input = json!({
        "QueueUrl": format!("http://localhost/{account}/{name}"),
        "MessageBody": body,
    });
    if is_raw && !content.attributes.is_empty() {
        let attributes = content.attributes.iter().map(|(name, it)| (name.clone(), attribute(it)));
        input["MessageAttributes"] = Value::Object(attributes.collect());
    }
    let is_fifo = super::name::is_fifo(name);
    // A queue that keeps no order is told nothing of that of its topic.
    if is_fifo || !notification.subscription.topic.is_fifo() {
        if let Some(group) = &content.group {
            input["MessageGroupId"] = group.as_str().into();
        }
        if let Some(id) = content.deduplication_id.as_deref().filter(|_| is_fifo) {
            input["MessageDeduplicationId"] = id.into();
        }
    }
    input
}

fn attribute(attribute: &Attribute) -> Value {
    let Attribute { kind, value } = attribute;
    match attribute.is_binary() {
        true => json!({"DataType": kind, "BinaryValue": value}),
        false => json!({"DataType": kind, "StringValue": value}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deliveries_are_repeated_as_aws_repeats_them() {
        let pauses: Vec<i64> = (1..=17).map(|failures| pause(failures) / 1_000).collect();
        assert_eq!(pauses, [0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 7, 9, 12, 16, 20, 20, 20]);
    }
}
