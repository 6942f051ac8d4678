//! The outbox: the jobs of a service in its store.

use rusqlite::{Connection, OptionalExtension, params};

use super::job::Job;

/// Its tables. What changes with each attempt stands apart from what does not, since SQLite writes a
/// row whole.
pub(crate) const TABLES: &str = "
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due INTEGER NOT NULL,
    created INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX delivery_due ON delivery (due);
CREATE TABLE delivery_job (
    delivery INTEGER PRIMARY KEY,
    job TEXT NOT NULL
);
";

/// A job that is due.
#[derive(Debug)]
pub(crate) struct Due {
    pub(crate) id: i64,
    /// When it was put in.
    pub(crate) created: i64,
    /// Attempts that were made.
    pub(crate) attempts: u32,
    pub(crate) job: Job,
}

/// Puts a job in, to be done from an instant on.
pub(crate) fn put(connection: &Connection, job: &Job, due: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO delivery (due, created) VALUES (?1, ?2)")?
        .execute(params![due, due])?;
    let text = serde_json::to_string(job).expect("a job is plain data");
    connection
        .prepare_cached("INSERT INTO delivery_job VALUES (?1, ?2)")?
        .execute(params![connection.last_insert_rowid(), text])?;
    Ok(())
}

/// Jobs that are due and not under way, so many at the most, and when the next is.
pub(super) fn due(
    connection: &Connection,
    now: i64,
    under_way: &[i64],
    most: usize,
) -> rusqlite::Result<(Vec<Due>, Option<i64>)> {
    let found: Vec<(i64, i64, u32)> = connection
        .prepare_cached(
            "SELECT id, created, attempts FROM delivery WHERE due <= ?1 ORDER BY due, id LIMIT ?2",
        )?
        .query_map(params![now, most + under_way.len()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let waiting = found.into_iter().filter(|(id, ..)| !under_way.contains(id)).take(most);
    let mut all = Vec::new();
    for (id, created, attempts) in waiting {
        let job: Option<String> = connection
            .prepare_cached("SELECT job FROM delivery_job WHERE delivery = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        match job.and_then(|job| serde_json::from_str(&job).ok()) {
            Some(job) => all.push(Due { id, created, attempts, job }),
            // Nobody can do it, and it would be asked for without end.
            None => {
                tracing::error!(id, "a job cannot be read, and is left out");
                done(connection, id)?;
            }
        }
    }
    let next = connection
        .prepare_cached("SELECT min(due) FROM delivery WHERE due > ?1")?
        .query_row([now], |row| row.get(0))?;
    Ok((all, next))
}

/// Removes a job.
pub(super) fn done(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM delivery WHERE id = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM delivery_job WHERE delivery = ?1")?.execute([id])?;
    Ok(())
}

/// Puts a job off, which was tried once more.
pub(super) fn put_off(connection: &Connection, id: i64, due: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE delivery SET due = ?2, attempts = attempts + 1 WHERE id = ?1")?
        .execute(params![id, due])?;
    Ok(())
}
