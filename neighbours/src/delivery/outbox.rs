//! The outbox: the jobs of a service in its store.

use rusqlite::{Connection, params};

use super::job::Job;
use crate::store::StoreError;

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

/// What is in it, counted along: whoever puts a job in asks each time.
pub(crate) const TOTAL: &str = "
CREATE TABLE delivery_total (
    jobs INTEGER NOT NULL,
    bytes INTEGER NOT NULL
);
INSERT INTO delivery_total
    SELECT count(*), coalesce(sum(length(CAST(job AS BLOB))), 0) FROM delivery_job;
CREATE TRIGGER delivery_in AFTER INSERT ON delivery_job BEGIN
    UPDATE delivery_total SET jobs = jobs + 1, bytes = bytes + length(CAST(new.job AS BLOB));
END;
CREATE TRIGGER delivery_out AFTER DELETE ON delivery_job BEGIN
    UPDATE delivery_total SET jobs = jobs - 1, bytes = bytes - length(CAST(old.job AS BLOB));
END;
";

/// Jobs and their bytes that it takes: rules that make events of events by the dozen would fill the
/// disk.
const MOST_JOBS: i64 = 100_000;
const MOST_BYTES: i64 = 256 << 20;

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
///
/// # Errors
/// When there are too many already, or the store cannot be written.
pub(crate) fn put(connection: &Connection, job: &Job, due: i64) -> Result<(), StoreError> {
    let (jobs, bytes): (i64, i64) = connection
        .prepare_cached("SELECT jobs, bytes FROM delivery_total")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let text = serde_json::to_string(job).expect("a job is plain data");
    let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if jobs >= MOST_JOBS || bytes.saturating_add(size) > MOST_BYTES {
        return Err(StoreError::Backlog);
    }
    connection
        .prepare_cached("INSERT INTO delivery (due, created) VALUES (?1, ?2)")?
        .execute(params![due, due])?;
    connection
        .prepare_cached("INSERT INTO delivery_job VALUES (?1, ?2)")?
        .execute(params![connection.last_insert_rowid(), text])?;
    Ok(())
}

/// Jobs that are looked at for those that are wanted: beyond so many that are due and wait for
/// targets that are busy nobody is found.
const LOOKED_AT: usize = 512;

/// Jobs that are due and wanted, in order, so many at the most, and when the next is.
pub(super) fn due(
    connection: &Connection,
    now: i64,
    most: usize,
    mut wanted: impl FnMut(i64, &Job) -> bool,
) -> rusqlite::Result<(Vec<Due>, Option<i64>)> {
    let mut all = Vec::new();
    let mut damaged = Vec::new();
    {
        let mut statement = connection.prepare_cached(
            "SELECT id, created, attempts, job FROM delivery
             LEFT JOIN delivery_job ON delivery_job.delivery = delivery.id
             WHERE due <= ?1 ORDER BY due, id LIMIT ?2",
        )?;
        let mut rows = statement.query(params![now, LOOKED_AT])?;
        while all.len() < most {
            let Some(row) = rows.next()? else { break };
            let id = row.get(0)?;
            let job: Option<String> = row.get(3)?;
            match job.and_then(|job| serde_json::from_str::<Job>(&job).ok()) {
                Some(job) if wanted(id, &job) => {
                    all.push(Due { id, created: row.get(1)?, attempts: row.get(2)?, job });
                }
                Some(_) => {}
                None => damaged.push(id),
            }
        }
    }
    for id in damaged {
        // Nobody can do it, and it would be asked for without end.
        tracing::error!(id, "a job cannot be read, and is left out");
        done(connection, id)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::Target;

    fn job(body: &str) -> Job {
        Job {
            source: "s".into(),
            account: 7,
            target: Target::Topic("t".into()),
            role: None,
            body: body.to_owned(),
            cause: "c".into(),
            trace: None,
            letter: None,
            retries: 0,
            age: 0,
            hops: 0,
            scheduled: None,
        }
    }

    #[test]
    fn an_outbox_takes_so_much_and_again_once_something_is_done() {
        let connection = Connection::open_in_memory().expect("open");
        connection.execute_batch(TABLES).expect("tables");
        // A job from before anyone counted.
        let text = serde_json::to_string(&job("\u{e9}")).expect("JSON");
        let old = "INSERT INTO delivery_job VALUES (1000, ?1)";
        connection.execute(old, [&text]).expect("put");
        connection.execute_batch(TOTAL).expect("counted");
        let total = || -> (i64, i64) {
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            connection.query_row("SELECT * FROM delivery_total", [], read).expect("read")
        };
        let size = i64::try_from(text.len()).expect("small");
        assert_eq!(total(), (1, size));
        put(&connection, &job("\u{e9}"), 0).expect("put");
        assert_eq!(total(), (2, 2 * size));
        for full in [(MOST_JOBS, 0), (2, MOST_BYTES - 1)] {
            connection
                .execute("UPDATE delivery_total SET jobs = ?1, bytes = ?2", full)
                .expect("set");
            let refused = put(&connection, &job(""), 0).expect_err("full");
            assert!(matches!(refused, StoreError::Backlog) && refused.is_full(), "{refused}");
            assert_eq!(total(), full);
        }
        done(&connection, 1000).expect("done");
        done(&connection, 1000).expect("done already");
        assert_eq!(total(), (1, MOST_BYTES - 1 - size));
        put(&connection, &job(""), 0).expect("there is room");
    }

    #[test]
    fn what_is_wanted_is_found_behind_what_is_not() {
        let connection = Connection::open_in_memory().expect("open");
        connection.execute_batch(TABLES).expect("tables");
        connection.execute_batch(TOTAL).expect("counted");
        for _ in 0..200 {
            put(&connection, &job("slow"), 1).expect("put");
        }
        put(&connection, &job("quick"), 2).expect("put");
        put(&connection, &job("late"), 9).expect("put");
        let bodies = |most, wanted: &dyn Fn(&Job) -> bool| {
            let (found, next) = due(&connection, 5, most, |_, job| wanted(job)).expect("found");
            let bodies: Vec<String> = found.into_iter().map(|due| due.job.body).collect();
            (bodies, next)
        };
        assert_eq!(bodies(64, &|job| job.body != "slow"), (vec!["quick".to_owned()], Some(9)));
        assert_eq!(bodies(3, &|_| true), (vec!["slow".to_owned(); 3], Some(9)));
    }
}
