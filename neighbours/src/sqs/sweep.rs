//! What queues that were deleted or purged have left behind goes bit by bit, so that neither takes long
//! nor needs room, however much there is.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, params};

use super::service::Sqs;
use crate::failure::Failure;
use crate::store::StoreError;

/// Rows that go in one work.
const AT_ONCE: i64 = 100;

/// Where rows of queues are, and which column of a queue they are known by.
const TABLES: [(&str, &str); 4] = [
    ("message", "messages"),
    ("fifo_group", "messages"),
    ("receive_attempt", "messages"),
    ("deduplication", "id"),
];

/// Has what is left behind go.
pub(super) fn drive(sqs: &Arc<Sqs>) {
    let sqs = Arc::clone(sqs);
    tokio::spawn(async move {
        for (table, key) in TABLES {
            let mut of = None;
            loop {
                let done = sqs.store.run_lean(move |connection| step(connection, table, key, of));
                match done.await {
                    Ok(None) => break,
                    Ok(next) => of = next,
                    Err(Failure::Store(StoreError::Closed)) => return,
                    Err(why) => {
                        tracing::warn!(%why, "messages that are gone keep their room");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            }
        }
    });
}

/// Removes some rows of a table, those of one queue that is not there; whose the next are, if there may be
/// more.
fn step(
    connection: &Connection,
    table: &str,
    key: &str,
    of: Option<i64>,
) -> Result<Option<i64>, Failure> {
    let left = match of {
        Some(left) => left,
        None => match left_behind(connection, table, key)? {
            Some(left) => left,
            None => return Ok(None),
        },
    };
    let removed = match table {
        "message" => messages(connection, left)?,
        "fifo_group" => some(connection, table, "name", left)?,
        "receive_attempt" => some(connection, table, "id", left)?,
        _ => some(connection, table, "scope, id", left)?,
    };
    match removed {
        0 => left_behind(connection, table, key).map_err(Failure::from),
        _ => Ok(Some(left)),
    }
}

/// Whose rows a table has that are no queue's any more.
fn left_behind(connection: &Connection, table: &str, key: &str) -> rusqlite::Result<Option<i64>> {
    let next = format!("SELECT min(queue) FROM {table} WHERE queue > ?1");
    let is_there = format!("SELECT 1 FROM queue WHERE {key} = ?1");
    let (mut next, mut is_there) =
        (connection.prepare_cached(&next)?, connection.prepare_cached(&is_there)?);
    let mut last = i64::MIN;
    while let Some(found) = next.query_row([last], |row| row.get::<_, Option<i64>>(0))? {
        if !is_there.exists([found])? {
            return Ok(Some(found));
        }
        last = found;
    }
    Ok(None)
}

fn messages(connection: &Connection, of: i64) -> rusqlite::Result<usize> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM message WHERE queue = ?1 LIMIT ?2")?;
    let ids = statement.query_map([of, AT_ONCE], |row| row.get(0))?;
    let ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
    for id in &ids {
        super::receive::remove(connection, *id)?;
    }
    Ok(ids.len())
}

fn some(connection: &Connection, table: &str, rest: &str, of: i64) -> rusqlite::Result<usize> {
    let sql = format!(
        "DELETE FROM {table} WHERE queue = ?1 AND ({rest}) IN
         (SELECT {rest} FROM {table} WHERE queue = ?1 LIMIT ?2)"
    );
    connection.prepare_cached(&sql)?.execute(params![of, AT_ONCE])
}
