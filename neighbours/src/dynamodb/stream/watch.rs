//! What is looked after in the records of a file: whether there are new ones, and which are to go.

use rusqlite::{Connection, OptionalExtension};

use crate::dynamodb::stream::stored::newest;

/// How long a record is kept, and a stream once it is closed, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// Bytes of records in a file; beyond it the oldest go before their time.
const BYTES: i64 = 1 << 30;
/// How often is looked for what is to go, while there are writes, in milliseconds.
const BETWEEN: i64 = 60_000;
/// Records that go in one transaction.
const TOGETHER: usize = 1000;

/// How far the records of a file were looked at.
#[derive(Debug, Default)]
pub(in crate::dynamodb) struct Watch {
    /// The last record of which somebody was told.
    told: i64,
    /// The last record that was counted, and the bytes of all up to it.
    counted: i64,
    bytes: i64,
    trimmed_at: i64,
}

impl Watch {
    /// The streams that have new records since this was asked last, by their ids.
    pub(in crate::dynamodb) fn news(
        &mut self,
        connection: &Connection,
    ) -> rusqlite::Result<Vec<i64>> {
        let newest = newest(connection)?;
        if newest == self.told {
            return Ok(Vec::new());
        }
        let sql = "SELECT DISTINCT stream FROM \"warren:record\" WHERE id > ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let streams = statement.query_map([self.told], |row| row.get(0))?.collect();
        self.told = newest;
        streams
    }

    /// Takes notice of what there is, which nobody waits for.
    pub(in crate::dynamodb) fn pass(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.told = newest(connection)?;
        Ok(())
    }

    /// Lets records go that are too old or too many, if it was not done lately.
    pub(in crate::dynamodb) fn trim_at_times(
        &mut self,
        connection: &mut Connection,
        now: i64,
    ) -> rusqlite::Result<()> {
        match now - self.trimmed_at {
            0..BETWEEN => Ok(()),
            _ => self.trim(connection, now),
        }
    }

    /// Lets records go that are too old or too many, and streams that were closed long ago.
    pub(in crate::dynamodb) fn trim(
        &mut self,
        connection: &mut Connection,
        now: i64,
    ) -> rusqlite::Result<()> {
        self.trimmed_at = now;
        let horizon = now / 1000 - KEPT;
        while oldest(connection)?.is_some_and(|created| created < horizon) {
            self.drop_oldest(connection, horizon)?;
        }
        self.count(connection)?;
        if self.bytes > BYTES {
            tracing::warn!(bytes = self.bytes, "records of streams go before their time");
        }
        while self.bytes > BYTES && oldest(connection)?.is_some() {
            self.drop_oldest(connection, i64::MAX)?;
        }
        let gone = horizon * 1000;
        let sql = "SELECT id FROM \"warren:stream\" WHERE closed < ?1";
        let closed = connection.prepare_cached(sql)?.query_row([gone], |_| Ok(())).optional()?;
        if closed.is_some() {
            let transaction = connection.transaction()?;
            transaction.execute(
                "DELETE FROM \"warren:record\"
                 WHERE stream IN (SELECT id FROM \"warren:stream\" WHERE closed < ?1)",
                [gone],
            )?;
            transaction.execute("DELETE FROM \"warren:stream\" WHERE closed < ?1", [gone])?;
            transaction.commit()?;
        }
        Ok(())
    }

    fn count(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let sql = "SELECT COALESCE(SUM(size), 0), COALESCE(MAX(id), ?1) FROM \"warren:record\"
                   WHERE id > ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let more = statement.query_row([self.counted], |row| Ok((row.get(0)?, row.get(1)?)));
        let (bytes, last): (i64, i64) = more?;
        self.bytes += bytes;
        self.counted = last;
        Ok(())
    }

    /// Lets some of the oldest records go that were made before a second.
    fn drop_oldest(&mut self, connection: &mut Connection, before: i64) -> rusqlite::Result<()> {
        self.count(connection)?;
        let oldest = format!(
            "SELECT id, stream, size FROM
             (SELECT id, stream, size, created FROM \"warren:record\" ORDER BY id LIMIT {TOGETHER})
             WHERE created < ?1"
        );
        let transaction = connection.transaction()?;
        let sum = format!("SELECT COALESCE(SUM(size), 0) FROM ({oldest})");
        let bytes: i64 = transaction.prepare_cached(&sum)?.query_row([before], |row| row.get(0))?;
        let note = format!(
            "UPDATE \"warren:stream\" AS stream SET trimmed = gone.last FROM
             (SELECT stream, MAX(id) AS last FROM ({oldest}) GROUP BY stream) AS gone
             WHERE stream.id = gone.stream"
        );
        transaction.prepare_cached(&note)?.execute([before])?;
        let delete =
            format!("DELETE FROM \"warren:record\" WHERE id IN (SELECT id FROM ({oldest}))");
        transaction.prepare_cached(&delete)?.execute([before])?;
        transaction.commit()?;
        self.bytes -= bytes;
        Ok(())
    }
}

/// When the oldest record was made, in seconds of the Unix epoch.
fn oldest(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT created FROM \"warren:record\" ORDER BY id LIMIT 1";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()
}
