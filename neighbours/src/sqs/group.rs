//! Groups of a FIFO queue: while one of its messages is in flight a group gives out no other.

use rusqlite::{Connection, OptionalExtension, params};

/// Sets from when on a group may be received from, and its first message; without messages it goes.
pub(super) fn settle(
    connection: &Connection,
    queue: i64,
    group: &str,
    now: i64,
) -> rusqlite::Result<()> {
    let first: Option<(i64, i64)> = connection
        .prepare_cached(
            "SELECT id, visible FROM message WHERE queue = ?1 AND fifo_group = ?2 ORDER BY id LIMIT 1",
        )?
        .query_row(params![queue, group], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((head, visible)) = first else {
        connection
            .prepare_cached("DELETE FROM fifo_group WHERE queue = ?1 AND name = ?2")?
            .execute(params![queue, group])?;
        return Ok(());
    };
    // In flight is what was received and is not visible; what was never received waits for its delay
    // alone, behind its first.
    let in_flight: Option<i64> = connection
        .prepare_cached(
            "SELECT max(visible) FROM message WHERE queue = ?1 AND fifo_group = ?2
             AND receives > 0 AND visible > ?3",
        )?
        .query_row(params![queue, group, now], |row| row.get(0))?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO fifo_group VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![queue, group, head, visible.max(in_flight.unwrap_or(0))])?;
    Ok(())
}

/// Takes note of a message that has come, which is the last of its group.
pub(super) fn joined(
    connection: &Connection,
    queue: i64,
    group: &str,
    message: i64,
    visible: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO fifo_group VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![queue, group, message, visible])?;
    Ok(())
}
