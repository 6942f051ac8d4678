//! What is on its way: messages that were published, and a delivery for each subscription that wants
//! them, until that has got it.
//!
//! Publishing and what follows from it are one work of the store: whoever is answered is answered for
//! deliveries that happen, at least once, whatever becomes of the process. Of a group of a FIFO
//! subscription only the first delivery is ever due.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use wire::ApiError;

use super::content::Content;
use super::name::TopicName;
use super::notification::{self, Notification};
use super::refusal::invalid;
use super::stored::{Subscription, Topic};
use crate::failure::Failure;
use crate::random;
use crate::turns::{self, Busy, Due, Waiting};

/// How long a deduplication id is remembered, in milliseconds.
const REMEMBERED: i64 = 5 * 60 * 1_000;
/// Deliveries that go in one work.
const AT_ONCE: i64 = 100;

/// A message that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Published {
    /// Its id.
    pub(crate) message_id: String,
    /// Its place in a FIFO topic.
    pub(crate) sequence: Option<String>,
}

/// A delivery that is due.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    pub(super) id: i64,
    /// The number of the subscription that it is for.
    pub(super) subscription: i64,
    /// How often it was tried.
    pub(super) attempts: i64,
    /// Whether its endpoint is not to get it any more, but the dead-letter queue.
    pub(super) is_dead: bool,
    pub(super) notification: Notification,
}

/// Publishes messages to a topic; told in their order. Where one is refused all are.
pub(super) fn publish(
    connection: &Connection,
    name: &TopicName,
    messages: Vec<Content>,
    now: i64,
) -> Result<Vec<Published>, Failure> {
    let topic = Topic::find(connection, name)?;
    messages.iter().try_for_each(|content| check_ids(&topic, content))?;
    let subscriptions = Subscription::of_topic(connection, &topic)?;
    let publish = |content| one(connection, &topic, &subscriptions, content, now);
    messages.into_iter().map(publish).collect()
}

fn check_ids(topic: &Topic, content: &Content) -> Result<(), ApiError> {
    match (topic.name.is_fifo(), &content.group, &content.deduplication_id) {
        (false, _, Some(_)) => Err(invalid(
            "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter \
             that is not valid for this topic type",
        )),
        (false, _, None) => Ok(()),
        (true, None, _) => Err(invalid("The MessageGroupId parameter is required for FIFO topics")),
        (true, Some(_), None) if !topic.settings.deduplicates_by_content() => Err(invalid(
            "The topic should either have ContentBasedDeduplication enabled or \
             MessageDeduplicationId provided explicitly",
        )),
        (true, Some(_), _) => Ok(()),
    }
}

fn one(
    connection: &Connection,
    topic: &Topic,
    subscriptions: &[Subscription],
    mut content: Content,
    now: i64,
) -> Result<Published, Failure> {
    let uuid = random::spelled(random::uuid());
    let mut sequence = None;
    if topic.name.is_fifo() {
        let id = content.deduplication_id.take().unwrap_or_else(|| {
            let digest = Sha256::digest(content.body.as_bytes());
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        });
        let group = content.group.as_deref().unwrap_or_default();
        let scope = if topic.settings.deduplicates_by_group() { group } else { "" };
        if let Some(known) = known(connection, topic, scope, &id, now)? {
            return Ok(known);
        }
        let number: i64 = connection
            .prepare_cached(
                "UPDATE topic SET sequence = sequence + 1 WHERE id = ?1 RETURNING sequence",
            )?
            .query_row([topic.id], |row| row.get(0))?;
        connection
            .prepare_cached("INSERT INTO deduplication VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![topic.id, scope, id, now + REMEMBERED, uuid, number])?;
        content.deduplication_id = Some(id);
        sequence = Some(number);
    }
    let mut message = None;
    for subscription in subscriptions.iter().filter(|it| it.token.is_none()) {
        // What is stored was checked when it came.
        let filter = subscription.terms.filter().ok().flatten();
        let body = content.body_for(&subscription.protocol);
        if filter.is_some_and(|filter| !filter.passes(&content.attributes, body)) {
            continue;
        }
        let message = match message {
            Some(message) => message,
            None => *message.insert(insert(connection, &uuid, sequence, &content, now)?),
        };
        let group = content.group.as_deref().filter(|_| subscription.is_fifo());
        enqueue(connection, message, subscription.id, group, now)?;
    }
    let sequence = sequence.map(notification::sequence);
    Ok(Published { message_id: uuid, sequence })
}

/// The message that has an id of deduplication already.
fn known(
    connection: &Connection,
    topic: &Topic,
    scope: &str,
    id: &str,
    now: i64,
) -> rusqlite::Result<Option<Published>> {
    connection.prepare_cached("DELETE FROM deduplication WHERE expires <= ?1")?.execute([now])?;
    connection
        .prepare_cached(
            "SELECT uuid, sequence FROM deduplication WHERE topic = ?1 AND scope = ?2 AND id = ?3",
        )?
        .query_row(params![topic.id, scope, id], |row| {
            let sequence = notification::sequence(row.get(1)?);
            Ok(Published { message_id: row.get(0)?, sequence: Some(sequence) })
        })
        .optional()
}

fn insert(
    connection: &Connection,
    uuid: &str,
    sequence: Option<i64>,
    content: &Content,
    now: i64,
) -> rusqlite::Result<i64> {
    let content = serde_json::to_string(content).expect("a message is plain data");
    connection
        .prepare_cached(
            "INSERT INTO message (uuid, published, sequence, content) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![uuid, now, sequence, content])?;
    Ok(connection.last_insert_rowid())
}

/// A message is to go to a subscription: at once, or after what is before it in its group.
fn enqueue(
    connection: &Connection,
    message: i64,
    subscription: i64,
    group: Option<&str>,
    now: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO delivery (message, subscription, fifo_group, due)
             SELECT ?1, ?2, ?3, CASE WHEN ?3 IS NOT NULL AND EXISTS
                 (SELECT 1 FROM delivery WHERE subscription = ?2 AND fifo_group = ?3)
                 THEN NULL ELSE ?4 END",
        )?
        .execute(params![message, subscription, group, now])?;
    Ok(())
}

/// Has the endpoint of a subscription be asked whether it wants it.
pub(super) fn ask(
    connection: &Connection,
    subscription: i64,
    token: &str,
    now: i64,
) -> rusqlite::Result<()> {
    let content = Content { token: Some(token.to_owned()), ..Content::default() };
    let uuid = random::spelled(random::uuid());
    let message = insert(connection, &uuid, None, &content, now)?;
    enqueue(connection, message, subscription, None, now)
}

/// What waits for subscriptions.
pub(super) struct Outbox;

/// What is read of each letter: which it is, when it is due, and for whom.
const OF_ALL: &str = "SELECT id, due, subscription FROM delivery";

/// What is on its way to a subscription that is gone goes too, and until then waits for nobody.
const FIRST: &str =
    "WHERE due IS NOT NULL AND delivery.subscription IN (SELECT id FROM subscription)
     ORDER BY due, id LIMIT ?1";

impl Waiting for Outbox {
    type Key = i64;

    fn first(&self, connection: &Connection, most: i64) -> Result<Vec<Due<Outbox>>, Failure> {
        turns::found(connection, OF_ALL, FIRST, [most])
    }

    fn target(&self, connection: &Connection, after: Option<&i64>) -> Result<Option<i64>, Failure> {
        let sql =
            "SELECT min(subscription) FROM delivery WHERE due IS NOT NULL AND subscription > ?1";
        let after = after.copied().unwrap_or_default();
        Ok(connection.prepare_cached(sql)?.query_row([after], |row| row.get(0))?)
    }

    fn of_target(
        &self,
        connection: &Connection,
        target: &i64,
        most: i64,
    ) -> Result<Vec<Due<Outbox>>, Failure> {
        let which = "WHERE delivery.subscription = ?1 AND due IS NOT NULL
             AND EXISTS (SELECT 1 FROM subscription WHERE id = ?1) ORDER BY due, id LIMIT ?2";
        turns::found(connection, OF_ALL, which, [*target, most])
    }

    fn next(&self, connection: &Connection, now: i64) -> Result<Option<i64>, Failure> {
        let sql = "SELECT min(due) FROM delivery WHERE due > ?1";
        Ok(connection.prepare_cached(sql)?.query_row([now], |row| row.get(0))?)
    }
}

/// Deliveries that are due, but for those that are under way, and when the next is.
pub(super) fn take(
    connection: &Connection,
    busy: Busy<i64>,
    now: i64,
) -> Result<(Vec<Delivery>, Option<i64>), Failure> {
    let (found, next) = turns::take(&Outbox, connection, busy, now)?;
    let mut taken = Vec::new();
    for due in found {
        // What is on its way to a subscription goes with it.
        if let Some(subscription) = Subscription::numbered(connection, due.target)? {
            taken.push(delivery(connection, due.id, subscription)?);
        }
    }
    Ok((taken, next))
}

fn delivery(
    connection: &Connection,
    id: i64,
    subscription: Subscription,
) -> Result<Delivery, Failure> {
    let topic = Topic::look(connection, &subscription.topic)?;
    let version = topic.as_ref().map_or("1", |topic| topic.settings.signature_version());
    let mut statement = connection.prepare_cached(
        "SELECT attempts, is_dead, uuid, published, sequence, content
         FROM delivery JOIN message ON message.id = delivery.message WHERE delivery.id = ?1",
    )?;
    let delivery = statement.query_row([id], |row| {
        let content: String = row.get(5)?;
        Ok(Delivery {
            id,
            subscription: subscription.id,
            attempts: row.get(0)?,
            is_dead: row.get(1)?,
            notification: Notification {
                uuid: row.get(2)?,
                published: row.get(3)?,
                sequence: row.get(4)?,
                content: serde_json::from_str(&content).unwrap_or_default(),
                signature_version: version.to_owned(),
                subscription,
            },
        })
    });
    Ok(delivery?)
}

/// A delivery is done with: the next of its group is due, and the message goes with its last.
pub(super) fn done(connection: &Connection, id: i64, now: i64) -> rusqlite::Result<()> {
    let removed: Option<(i64, i64, Option<String>)> = connection
        .prepare_cached(
            "DELETE FROM delivery WHERE id = ?1 RETURNING message, subscription, fifo_group",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    // The subscription may have gone meanwhile, and all of its deliveries with it.
    let Some((message, subscription, group)) = removed else { return Ok(()) };
    if let Some(group) = group {
        connection
            .prepare_cached(
                "UPDATE delivery SET due = ?3 WHERE id =
                 (SELECT min(id) FROM delivery WHERE subscription = ?1 AND fifo_group = ?2)",
            )?
            .execute(params![subscription, group, now])?;
    }
    connection
        .prepare_cached(
            "DELETE FROM message WHERE id = ?1
             AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = ?1)",
        )?
        .execute([message])?;
    Ok(())
}

/// A delivery is tried again later.
pub(super) fn again(
    connection: &Connection,
    id: i64,
    attempts: i64,
    due: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE delivery SET attempts = ?2, due = ?3 WHERE id = ?1")?
        .execute([id, attempts, due])?;
    Ok(())
}

/// A delivery is for the dead-letter queue from now on.
pub(super) fn dead(connection: &Connection, id: i64, now: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE delivery SET attempts = 0, is_dead = 1, due = ?2 WHERE id = ?1")?
        .execute([id, now])?;
    Ok(())
}

/// A subscription goes, and what was on its way to it.
pub(super) fn forget(connection: &Connection, subscription: i64) -> rusqlite::Result<()> {
    while forget_some(connection, subscription)? {}
    connection.prepare_cached("DELETE FROM subscription WHERE id = ?1")?.execute([subscription])?;
    Ok(())
}

/// Some of what is on its way to a subscription is not any more; whether there may be more.
pub(super) fn forget_some(connection: &Connection, subscription: i64) -> rusqlite::Result<bool> {
    // The first of a group, for which the others wait, is among the last.
    let mut statement = connection.prepare_cached(
        "DELETE FROM delivery WHERE id IN
         (SELECT id FROM delivery WHERE subscription = ?1 ORDER BY id DESC LIMIT ?2)
         RETURNING message",
    )?;
    let messages: HashSet<i64> = statement
        .query_map([subscription, AT_ONCE], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for message in &messages {
        connection
            .prepare_cached(
                "DELETE FROM message WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = ?1)",
            )?
            .execute([message])?;
    }
    Ok(!messages.is_empty())
}
