//! Attempts to receive from a FIFO queue: one that is made again under its id is given the same.

use rusqlite::{Connection, OptionalExtension, params};

use super::handle::Handle;
use super::refusal::{not_taken, other_type};
use super::stored::Queue;
use crate::failure::Failure;

/// How long an attempt's id is remembered, in milliseconds.
const REMEMBERED: i64 = 5 * 60 * 1_000;

/// Whether a queue takes an attempt's id.
///
/// # Errors
/// As SQS says it.
pub(super) fn check(queue: &Queue, id: &str) -> Result<(), Failure> {
    if !queue.is_fifo() {
        return Err(other_type(id, "ReceiveRequestAttemptId").into());
    }
    let is_good = (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    match is_good {
        true => Ok(()),
        false => {
            let reason = "ReceiveRequestAttemptId can only include alphanumeric and punctuation \
                          characters. 1 to 128 in length.";
            Err(not_taken(id, "ReceiveRequestAttemptId", reason).into())
        }
    }
}

/// What was received under an id, if all of it is still held by whoever did.
pub(super) fn again(
    connection: &Connection,
    queue: &Queue,
    id: &str,
    now: i64,
) -> rusqlite::Result<Vec<Handle>> {
    let handles: Option<String> = connection
        .prepare_cached(
            "SELECT handles FROM receive_attempt WHERE queue = ?1 AND id = ?2 AND expires > ?3",
        )?
        .query_row(params![queue.id, id, now], |row| row.get(0))
        .optional()?;
    let handles = handles.unwrap_or_default();
    let handles: Vec<Handle> = handles.split(' ').filter_map(Handle::parse).collect();
    let mut held = connection.prepare_cached(
        "SELECT 1 FROM message WHERE id = ?1 AND queue = ?2 AND receipt = ?3 AND visible > ?4",
    )?;
    for handle in &handles {
        if !held.exists(params![handle.message, queue.id, handle.receipt, now])? {
            return Ok(Vec::new());
        }
    }
    Ok(handles)
}

/// Remembers what was received under an id.
pub(super) fn remember(
    connection: &Connection,
    queue: &Queue,
    id: &str,
    handles: &str,
    now: i64,
) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM receive_attempt WHERE expires <= ?1")?.execute([now])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO receive_attempt VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![queue.id, id, now + REMEMBERED, handles])?;
    Ok(())
}
