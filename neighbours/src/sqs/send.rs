//! Messages that come: checked, deduplicated, stored.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use wire::ApiError;

use super::content::Content;
use super::digest::hex;
use super::group;
use super::name::QueueName;
use super::refusal::{invalid, missing, not_taken, other_type};
use super::stored::Queue;
use crate::failure::Failure;
use crate::random;

/// How long a deduplication id is remembered, in milliseconds.
const REMEMBERED: i64 = 5 * 60 * 1_000;
/// Of ids of groups and deduplication.
const ID_LENGTH: usize = 128;
/// Seconds that a message may be delayed.
pub(super) const LONGEST_DELAY: i32 = 900;

/// A message that is to be sent.
#[derive(Debug, Clone, Default)]
pub struct NewMessage {
    /// What it carries.
    pub content: Content,
    /// The id of who sends it.
    pub sender: String,
    /// Seconds until it may be received, where that is not the queue's.
    pub delay: Option<i32>,
    /// Its group.
    pub group: Option<String>,
    /// What tells it from others that were sent twice.
    pub deduplication_id: Option<String>,
}

/// A message that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub message_id: String,
    /// Its place in a FIFO queue.
    pub sequence: Option<String>,
}

/// The number that tells the order of messages of FIFO queues, which has twenty digits.
pub(super) fn sequence(message: i64) -> String {
    const FIRST: u128 = 18_849_496_460_467_696_128;
    (FIRST + u128::from(message.unsigned_abs()) * 256).to_string()
}

/// Stores messages, each for itself.
pub(super) fn all(
    connection: &Connection,
    name: &QueueName,
    messages: Vec<NewMessage>,
    now: i64,
) -> Result<Vec<Result<Sent, ApiError>>, Failure> {
    let queue = Queue::find(connection, name)?;
    let mut done = Vec::with_capacity(messages.len());
    for message in messages {
        done.push(match one(connection, &queue, &message, now) {
            Ok(sent) => Ok(sent),
            Err(Failure::Refused(why)) => Err(why),
            Err(why) => return Err(why),
        });
    }
    Ok(done)
}

/// Stores a message; what is refused has changed nothing.
fn one(
    connection: &Connection,
    queue: &Queue,
    new: &NewMessage,
    now: i64,
) -> Result<Sent, Failure> {
    let settings = &queue.settings;
    let limit = settings.maximum_message_size();
    if new.content.size() > limit {
        let reason = format!("Message must be shorter than {limit} bytes.");
        return Err(invalid(format!("One or more parameters are invalid. Reason: {reason}")).into());
    }
    let delay = check_delay(queue, new.delay)?;
    check_ids(queue, new)?;
    let visible = now + 1_000 * i64::from(delay);
    let uuid = random::spelled(random::uuid());
    if !queue.is_fifo() {
        let message =
            Row { visible, sent: now, uuid: &uuid, fifo_group: None, deduplication_id: None };
        message.insert(connection, queue.id, new)?;
        return Ok(Sent { message_id: uuid, sequence: None });
    }
    let group = new.group.as_deref().unwrap_or_default();
    let id = match &new.deduplication_id {
        Some(id) => id.clone(),
        None => hex(&Sha256::digest(new.content.body.as_bytes())),
    };
    let scope = if settings.deduplicates_by_group() { group } else { "" };
    connection.prepare_cached("DELETE FROM deduplication WHERE expires <= ?1")?.execute([now])?;
    let known: Option<(String, i64)> = connection
        .prepare_cached(
            "SELECT uuid, sequence FROM deduplication WHERE queue = ?1 AND scope = ?2 AND id = ?3",
        )?
        .query_row(params![queue.row, scope, id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((message_id, message)) = known {
        return Ok(Sent { message_id, sequence: Some(sequence(message)) });
    }
    let row = Row {
        visible,
        sent: now,
        uuid: &uuid,
        fifo_group: Some(group),
        deduplication_id: Some(&id),
    };
    let message = row.insert(connection, queue.id, new)?;
    group::joined(connection, queue.id, group, message, visible)?;
    connection
        .prepare_cached("INSERT INTO deduplication VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![queue.row, scope, id, now + REMEMBERED, uuid, message])?;
    Ok(Sent { message_id: uuid, sequence: Some(sequence(message)) })
}

fn check_delay(queue: &Queue, delay: Option<i32>) -> Result<i32, ApiError> {
    let Some(delay) = delay else { return Ok(queue.settings.delay_seconds()) };
    if !(0..=LONGEST_DELAY).contains(&delay) {
        let reason = "DelaySeconds must be >= 0 and <= 900.";
        return Err(not_taken(&delay.to_string(), "DelaySeconds", reason));
    }
    match queue.is_fifo() {
        true if delay == 0 => Ok(queue.settings.delay_seconds()),
        true => Err(other_type(&delay.to_string(), "DelaySeconds")),
        false => Ok(delay),
    }
}

fn check_ids(queue: &Queue, new: &NewMessage) -> Result<(), ApiError> {
    for (id, parameter) in
        [(&new.group, "MessageGroupId"), (&new.deduplication_id, "MessageDeduplicationId")]
    {
        let is_good = |id: &String| {
            (1..=ID_LENGTH).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if let Some(id) = id.as_ref().filter(|id| !is_good(id)) {
            let reason = format!(
                "{parameter} can only include alphanumeric and punctuation characters. 1 to 128 in \
                 length."
            );
            return Err(not_taken(id, parameter, &reason));
        }
    }
    match (queue.is_fifo(), &new.group, &new.deduplication_id) {
        (false, _, Some(id)) => Err(other_type(id, "MessageDeduplicationId")),
        (false, _, None) => Ok(()),
        (true, None, _) => Err(missing("MessageGroupId")),
        (true, Some(_), None) if !queue.settings.deduplicates_by_content() => Err(invalid(
            "The queue should either have ContentBasedDeduplication enabled or \
             MessageDeduplicationId provided explicitly",
        )),
        (true, Some(_), _) => Ok(()),
    }
}

/// What a message is stored with beside what was sent.
struct Row<'a> {
    visible: i64,
    sent: i64,
    uuid: &'a str,
    fifo_group: Option<&'a str>,
    deduplication_id: Option<&'a str>,
}

impl Row<'_> {
    /// Stores it; returns its id.
    fn insert(
        self,
        connection: &Connection,
        queue: i64,
        new: &NewMessage,
    ) -> rusqlite::Result<i64> {
        let Row { visible, sent, uuid, fifo_group, deduplication_id } = self;
        connection
            .prepare_cached(
                "INSERT INTO message (queue, visible, sent, fifo_group) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![queue, visible, sent, fifo_group])?;
        let message = connection.last_insert_rowid();
        let Content { body, attributes, trace, brought } = &new.content;
        let attributes = (!attributes.is_empty())
            .then(|| serde_json::to_string(attributes).expect("attributes are plain data"));
        connection
            .prepare_cached("INSERT INTO content VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)")?
            .execute(params![
                message,
                uuid,
                new.sender,
                body,
                attributes,
                trace.as_ref().or(brought.as_ref()),
                new.group,
                deduplication_id
            ])?;
        Ok(message)
    }
}
