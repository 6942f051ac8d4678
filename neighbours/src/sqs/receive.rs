//! Messages that are received: made invisible for a while, or moved aside when that was done too
//! often.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};
use wire::sqs::error;

use super::attempt;
use super::content::Content;
use super::digest;
use super::group;
use super::handle::Handle;
use super::in_flight::{Found, InFlight};
use super::name::QueueName;
use super::send::sequence;
use super::stored::Queue;
use crate::failure::Failure;
use crate::random::random;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    /// Messages at the most.
    pub most: usize,
    /// Seconds for which they are not visible to others, where those are not the queue's.
    pub visibility: Option<i64>,
    /// How long to wait for the first, where that is not the queue's.
    pub wait: Option<Duration>,
    /// Under which id it is tried, perhaps not for the first time.
    pub attempt: Option<String>,
}

/// A message that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub message_id: String,
    /// By which this receiving is ended.
    pub handle: String,
    /// What it carries.
    pub content: Content,
    /// The id of who sent it.
    pub sender: String,
    /// When it was sent, in milliseconds of the Unix epoch.
    pub sent: i64,
    /// When it was first received.
    pub first_received: i64,
    /// How often it was received, this time included.
    pub receives: i64,
    /// Its group.
    pub group: Option<String>,
    /// What tells it from others in a FIFO queue.
    pub deduplication_id: Option<String>,
    /// Its place in a FIFO queue.
    pub sequence: Option<String>,
    /// The ARN of the queue whose dead-letter queue it was moved to.
    pub dead_letter_source: Option<String>,
}

impl Received {
    /// The MD5 of the body.
    pub fn md5_of_body(&self) -> String {
        digest::of_body(&self.content.body)
    }

    /// The MD5 of all attributes; none where there are none.
    pub fn md5_of_attributes(&self) -> Option<String> {
        digest::of_attributes(&self.content.attributes)
    }
}

/// What was taken out of a queue.
pub(super) struct Taken {
    pub(super) messages: Vec<Received>,
    /// How long to wait for the first.
    pub(super) wait: Duration,
    /// When the next becomes visible by time alone, if nothing was taken.
    pub(super) due: Option<i64>,
    /// The queues to which something was moved.
    pub(super) rang: Vec<QueueName>,
    /// What is to be noted once this is durable: of which messages, and how many were in flight.
    in_flight: Option<(i64, Found)>,
}

impl Taken {
    /// Takes note of what is in flight now.
    pub(super) fn note(&self, in_flight: &InFlight) {
        if let Some((queue, found)) = self.in_flight {
            in_flight.note(queue, found, self.messages.len());
        }
    }
}

/// A message that may be received.
struct Candidate {
    id: i64,
    sent: i64,
    receives: i64,
    first_received: Option<i64>,
    fifo_group: Option<String>,
}

/// Takes messages out of a queue.
pub(super) fn take(
    connection: &Connection,
    name: &QueueName,
    request: &Receive,
    in_flight: &InFlight,
    now: i64,
) -> Result<Taken, Failure> {
    let queue = Queue::find(connection, name)?;
    let wait = request.wait.unwrap_or_else(|| {
        Duration::from_secs(u64::try_from(queue.settings.wait_seconds()).unwrap_or_default())
    });
    let visibility = request.visibility.unwrap_or_else(|| queue.settings.visibility_timeout());
    let until = now + 1_000 * visibility;
    let mut taken =
        Taken { messages: Vec::new(), wait, due: None, rang: Vec::new(), in_flight: None };
    if let Some(id) = &request.attempt {
        attempt::check(&queue, id)?;
        for handle in attempt::again(connection, &queue, id, now)? {
            taken.messages.push(once_more(connection, &queue, handle, until)?);
        }
        if !taken.messages.is_empty() {
            return Ok(taken);
        }
    }
    let found = in_flight.find(connection, queue.id, now)?;
    taken.in_flight = Some((queue.id, found));
    let room = usize::try_from(found.room).unwrap_or_default();
    if room == 0 && wait.is_zero() {
        return Err(error("OverLimit", "Too many messages in flight.").into());
    }
    let wanted = request.most.min(room);
    while taken.messages.len() < wanted {
        let most = wanted - taken.messages.len();
        let found = match queue.is_fifo() {
            true => of_groups(connection, &queue, most, now)?,
            false => visible(connection, &queue, most, now)?,
        };
        if found.is_empty() {
            break;
        }
        // What was moved or is too old leaves its place to others; what was received does not.
        let mut is_short = false;
        for candidate in found {
            let received = one(connection, &queue, &candidate, until, now, &mut taken.rang)?;
            is_short |= received.is_none();
            taken.messages.extend(received);
        }
        if !is_short {
            break;
        }
    }
    if taken.messages.is_empty() {
        taken.due = due(connection, &queue, now)?;
    } else if let Some(id) = &request.attempt {
        let handles: Vec<&str> = taken.messages.iter().map(|it| it.handle.as_str()).collect();
        attempt::remember(connection, &queue, id, &handles.join(" "), now)?;
    }
    Ok(taken)
}

/// Receives one message; none where it goes elsewhere.
fn one(
    connection: &Connection,
    queue: &Queue,
    candidate: &Candidate,
    until: i64,
    now: i64,
    rang: &mut Vec<QueueName>,
) -> Result<Option<Received>, Failure> {
    let Candidate { id, sent, receives, first_received, fifo_group } = candidate;
    let settle = || match fifo_group {
        Some(group) => group::settle(connection, queue.id, group, now),
        None => Ok(()),
    };
    if sent + queue.settings.retention() <= now {
        remove(connection, *id)?;
        settle()?;
        return Ok(None);
    }
    if let Some(redrive) = queue.settings.redrive()
        && *receives >= redrive.most
        && let Some(target) = Queue::look(connection, &redrive.target)?
    {
        bury(connection, queue, candidate, &target, now)?;
        settle()?;
        rang.push(target.name);
        return Ok(None);
    }
    let receipt = i64::from_be_bytes(random());
    let first_received = first_received.unwrap_or(now);
    connection
        .prepare_cached(
            "UPDATE message SET visible = ?2, receives = ?3, first_received = ?4, receipt = ?5,
             received = ?6 WHERE id = ?1",
        )?
        .execute(params![id, until, receives + 1, first_received, receipt, now])?;
    settle()?;
    let handle = Handle { queue: queue.row, message: *id, receipt };
    let candidate = Candidate {
        receives: receives + 1,
        first_received: Some(first_received),
        fifo_group: None,
        ..*candidate
    };
    Ok(Some(shown(connection, queue, &candidate, handle)?))
}

/// What was received before and is held: as it was, and invisible as long again.
fn once_more(
    connection: &Connection,
    queue: &Queue,
    handle: Handle,
    until: i64,
) -> rusqlite::Result<Received> {
    let sql = format!("{COLUMNS} WHERE id = ?1");
    let candidate = connection.prepare_cached(&sql)?.query_row([handle.message], candidate)?;
    connection
        .prepare_cached("UPDATE message SET visible = ?2 WHERE id = ?1")?
        .execute(params![handle.message, until])?;
    shown(connection, queue, &candidate, handle)
}

fn shown(
    connection: &Connection,
    queue: &Queue,
    candidate: &Candidate,
    handle: Handle,
) -> rusqlite::Result<Received> {
    let Candidate { id, sent, receives, first_received, .. } = candidate;
    connection
        .prepare_cached(
            "SELECT uuid, body, attributes, trace, sender, group_id, deduplication_id,
             dead_letter_source FROM content WHERE message = ?1",
        )?
        .query_row([id], |row| {
            let attributes: Option<String> = row.get(2)?;
            let attributes = attributes.and_then(|text| serde_json::from_str(&text).ok());
            Ok(Received {
                message_id: row.get(0)?,
                handle: handle.spell(),
                content: Content {
                    body: row.get(1)?,
                    attributes: attributes.unwrap_or_default(),
                    trace: row.get(3)?,
                    brought: None,
                },
                sender: row.get(4)?,
                sent: *sent,
                first_received: first_received.unwrap_or_default(),
                receives: *receives,
                group: row.get(5)?,
                deduplication_id: row.get(6)?,
                sequence: queue.is_fifo().then(|| sequence(*id)),
                dead_letter_source: row.get(7)?,
            })
        })
}

/// Moves a message to a dead-letter queue, where it may be received at once.
fn bury(
    connection: &Connection,
    from: &Queue,
    candidate: &Candidate,
    target: &Queue,
    now: i64,
) -> rusqlite::Result<()> {
    // A FIFO queue counts a message's age anew, another does not.
    let sent = if target.is_fifo() { now } else { candidate.sent };
    connection
        .prepare_cached(
            "UPDATE message SET queue = ?2, visible = ?3, sent = ?4, receives = 0, receipt = NULL,
             first_received = NULL WHERE id = ?1",
        )?
        .execute(params![candidate.id, target.id, now, sent])?;
    connection
        .prepare_cached("UPDATE content SET dead_letter_source = ?2 WHERE message = ?1")?
        .execute(params![candidate.id, from.name.arn()])?;
    match &candidate.fifo_group {
        Some(group) => group::settle(connection, target.id, group, now),
        None => Ok(()),
    }
}

/// Removes a message.
pub(super) fn remove(connection: &Connection, message: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM message WHERE id = ?1")?.execute([message])?;
    connection.prepare_cached("DELETE FROM content WHERE message = ?1")?.execute([message])?;
    Ok(())
}

const COLUMNS: &str = "SELECT id, sent, receives, first_received, fifo_group FROM message";

fn candidate(row: &rusqlite::Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        id: row.get(0)?,
        sent: row.get(1)?,
        receives: row.get(2)?,
        first_received: row.get(3)?,
        fifo_group: row.get(4)?,
    })
}

fn visible(
    connection: &Connection,
    queue: &Queue,
    most: usize,
    now: i64,
) -> rusqlite::Result<Vec<Candidate>> {
    let sql = format!("{COLUMNS} WHERE queue = ?1 AND visible <= ?2 ORDER BY visible, id LIMIT ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![queue.id, now, most as i64], candidate)?;
    rows.collect()
}

/// The first messages of groups from which may be received, of the group of the oldest as many as
/// possible.
fn of_groups(
    connection: &Connection,
    queue: &Queue,
    most: usize,
    now: i64,
) -> rusqlite::Result<Vec<Candidate>> {
    let mut groups = connection.prepare_cached(
        "SELECT name FROM fifo_group WHERE queue = ?1 AND ready <= ?2 ORDER BY head LIMIT ?3",
    )?;
    let groups: Vec<String> = groups
        .query_map(params![queue.id, now, most as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let sql = format!(
        "{COLUMNS} WHERE queue = ?1 AND fifo_group = ?2 AND visible <= ?3 ORDER BY id LIMIT ?4"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = Vec::new();
    for group in groups {
        let left = (most - found.len()) as i64;
        let of_group = statement.query_map(params![queue.id, group, now, left], candidate)?;
        found.extend(of_group.collect::<rusqlite::Result<Vec<_>>>()?);
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

/// When the next message becomes visible.
fn due(connection: &Connection, queue: &Queue, now: i64) -> rusqlite::Result<Option<i64>> {
    let sql = match queue.is_fifo() {
        true => "SELECT min(ready) FROM fifo_group WHERE queue = ?1 AND ready > ?2",
        false => "SELECT min(visible) FROM message WHERE queue = ?1 AND visible > ?2",
    };
    let found = connection.prepare_cached(sql)?.query_row(params![queue.id, now], |row| row.get(0));
    found.optional().map(Option::flatten)
}

/// When the next message of a queue becomes visible.
pub(super) fn due_of(
    connection: &Connection,
    name: &QueueName,
    now: i64,
) -> Result<Option<i64>, Failure> {
    let queue = Queue::find(connection, name)?;
    Ok(due(connection, &queue, now)?)
}
