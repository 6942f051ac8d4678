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
/// New records that are looked at for which streams they are of; of more, all that are open have some.
const LOOKED_AT: i64 = 1000;

/// How far the records of a file were looked at.
#[derive(Debug)]
pub(in crate::dynamodb) struct Watch {
    /// Bytes of records that there may be.
    most: i64,
    /// The last record of which somebody was told.
    told: i64,
    /// The last record that was counted, and the bytes of all up to it.
    counted: i64,
    bytes: i64,
    trimmed_at: i64,
}

impl Default for Watch {
    fn default() -> Watch {
        Watch { most: BYTES, told: 0, counted: 0, bytes: 0, trimmed_at: 0 }
    }
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
        let sql = match newest - self.told {
            ..LOOKED_AT => "SELECT DISTINCT stream FROM \"warren:record\" WHERE id > ?1",
            _ => "SELECT id FROM \"warren:stream\" WHERE last IS NULL AND ?1 IS NOT NULL",
        };
        let mut statement = connection.prepare_cached(sql)?;
        let streams = statement.query_map([self.told], |row| row.get(0))?.collect();
        self.told = newest;
        streams
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
        if self.bytes > self.most {
            tracing::warn!(bytes = self.bytes, "records of streams go before their time");
        }
        while self.bytes > self.most && oldest(connection)?.is_some() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dynamodb::stream::schema;

    /// As much of dynoxide's tables as the triggers look at.
    const OTHERS: &str = "
CREATE TABLE _tables (table_name TEXT PRIMARY KEY, key_schema TEXT NOT NULL,
    stream_enabled INTEGER DEFAULT 0, stream_view_type TEXT, stream_label TEXT);
CREATE TABLE _stream_records (id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT, event_name TEXT,
    keys_json TEXT, new_image TEXT, old_image TEXT, created_at INTEGER, user_identity TEXT,
    event_id TEXT);
INSERT INTO _tables (table_name, key_schema) VALUES ('a', '[]'), ('b', '[]');
UPDATE _tables SET stream_enabled = 1, stream_view_type = 'KEYS_ONLY', stream_label = '1';
";
    const NOW: i64 = 2_000_000_000;

    fn made() -> Connection {
        let connection = Connection::open_in_memory().expect("a database");
        let (tables, enabled) = OTHERS.split_at(OTHERS.find("INSERT").expect("it is there"));
        connection.execute_batch(tables).expect("tables");
        schema::install(&connection).expect("triggers");
        connection.execute_batch(enabled).expect("streams");
        connection
    }

    fn write(connection: &Connection, table: &str, at: i64) {
        connection
            .execute(
                "INSERT INTO _stream_records (table_name, event_name, keys_json, created_at, event_id)
                 VALUES (?1, 'INSERT', '{\"k\": 1}', ?2, 'e')",
                (table, at),
            )
            .expect("written");
    }

    fn ids(connection: &Connection) -> Vec<i64> {
        let mut statement =
            connection.prepare("SELECT id FROM \"warren:record\" ORDER BY id").expect("a table");
        let ids = statement.query_map([], |row| row.get(0)).expect("rows");
        ids.collect::<rusqlite::Result<_>>().expect("numbers")
    }

    #[test]
    fn records_go_after_a_day_and_streams_a_day_after_they_are_closed() {
        let (mut connection, mut watch) = (made(), Watch::default());
        for at in [NOW - KEPT - 2, NOW - KEPT - 1, NOW - KEPT, NOW] {
            write(&connection, "a", at);
        }
        watch.trim(&mut connection, NOW * 1000).expect("trimmed");
        assert_eq!(ids(&connection), [3, 4]);
        let sql = "SELECT trimmed FROM \"warren:stream\" WHERE table_name = 'a'";
        let trimmed: i64 = connection.query_row(sql, [], |row| row.get(0)).expect("a stream");
        assert_eq!(trimmed, 2);
        connection.execute_batch("DELETE FROM _tables WHERE table_name = 'a'").expect("deleted");
        let close = "UPDATE \"warren:stream\" SET closed = ?1 WHERE table_name = 'a'";
        let streams = |connection: &Connection| -> i64 {
            let sql = "SELECT COUNT(*) FROM \"warren:stream\"";
            connection.query_row(sql, [], |row| row.get(0)).expect("a number")
        };
        connection.execute(close, [(NOW - KEPT) * 1000]).expect("closed");
        watch.trim(&mut connection, NOW * 1000).expect("trimmed");
        assert_eq!((streams(&connection), ids(&connection).len()), (2, 2));
        connection.execute(close, [(NOW - KEPT) * 1000 - 1]).expect("closed");
        watch.trim(&mut connection, NOW * 1000).expect("trimmed");
        assert_eq!((streams(&connection), ids(&connection).len()), (1, 0));
    }

    #[test]
    fn there_are_no_more_bytes_than_there_may_be() {
        let (mut connection, mut watch) = (made(), Watch { most: 800, ..Watch::default() });
        (0..2500).for_each(|_| write(&connection, "a", NOW));
        watch.trim(&mut connection, NOW * 1000).expect("trimmed");
        // They go by the thousand, from the oldest on.
        assert!(ids(&connection).is_empty());
        (0..100).for_each(|_| write(&connection, "a", NOW));
        watch.trim(&mut connection, NOW * 1000).expect("trimmed");
        assert_eq!((ids(&connection).len(), watch.bytes), (100, 800));
    }

    #[test]
    fn each_stream_that_has_news_is_told_once() {
        let (connection, mut watch) = (made(), Watch::default());
        write(&connection, "b", NOW);
        write(&connection, "b", NOW);
        assert_eq!(watch.news(&connection).expect("told"), [2]);
        assert_eq!(watch.news(&connection).expect("told"), [0_i64; 0]);
        (0..LOOKED_AT).for_each(|_| write(&connection, "a", NOW));
        assert_eq!(watch.news(&connection).expect("told"), [1, 2], "many are not looked at");
        connection.execute_batch("UPDATE _tables SET stream_enabled = 0").expect("disabled");
        write(&connection, "b", NOW);
        assert_eq!(watch.news(&connection).expect("told"), [0_i64; 0]);
    }
}
