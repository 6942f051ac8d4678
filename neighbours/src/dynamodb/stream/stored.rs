//! Streams as they are stored, and their one shard.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::dynamodb::question::prefix;
use crate::dynamodb::stream::refusal::no_stream;
use crate::failure::Failure;
use crate::operation::Scope;

/// What is added to a record's id, so that its sequence number has as many digits as AWS's.
const NUMBERS_FROM: u128 = 100_000_000_000_000_000_000;

/// A stream of a table: one that is open, or was closed less than a day ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dynamodb) struct Stream {
    pub(in crate::dynamodb) id: i64,
    pub(in crate::dynamodb) table: String,
    pub(in crate::dynamodb) label: String,
    pub(in crate::dynamodb) view_type: String,
    pub(in crate::dynamodb) key_schema: String,
    /// In milliseconds of the Unix epoch.
    pub(in crate::dynamodb) created: i64,
    /// The id that its first record has at the least.
    pub(in crate::dynamodb) first: i64,
    /// The id that its last record had at the most, of one that is closed.
    pub(in crate::dynamodb) last: Option<i64>,
    /// The last record that is gone.
    pub(in crate::dynamodb) trimmed: i64,
}

const COLUMNS: &str = "id, table_name, label, view_type, key_schema, created, first, last, trimmed";

fn read(row: &Row<'_>) -> rusqlite::Result<Stream> {
    Ok(Stream {
        id: row.get(0)?,
        table: row.get(1)?,
        label: row.get(2)?,
        view_type: row.get(3)?,
        key_schema: row.get(4)?,
        created: row.get(5)?,
        first: row.get(6)?,
        last: row.get(7)?,
        trimmed: row.get(8)?,
    })
}

impl Stream {
    pub(in crate::dynamodb) fn arn(&self, scope: &Scope) -> String {
        format!("{}table/{}/stream/{}", prefix(scope), self.table, self.label)
    }

    /// The stream that an ARN names.
    ///
    /// # Errors
    /// When there is none, also as its account or region is another.
    pub(in crate::dynamodb) fn find(
        connection: &Connection,
        scope: &Scope,
        arn: &str,
    ) -> Result<Stream, Failure> {
        let rest = arn.strip_prefix(&prefix(scope)).and_then(|rest| rest.strip_prefix("table/"));
        let named = rest.and_then(|rest| rest.split_once("/stream/"));
        let (table, label) = named.ok_or_else(|| no_stream(arn))?;
        let sql = format!(
            "SELECT {COLUMNS} FROM \"warren:stream\" WHERE table_name = ?1 AND label = ?2
             ORDER BY id DESC LIMIT 1"
        );
        let found = connection.prepare_cached(&sql)?.query_row((table, label), read).optional()?;
        Ok(found.ok_or_else(|| no_stream(arn))?)
    }

    /// The stream with an id, if there still is one.
    pub(in crate::dynamodb) fn numbered(
        connection: &Connection,
        id: i64,
    ) -> rusqlite::Result<Option<Stream>> {
        let sql = format!("SELECT {COLUMNS} FROM \"warren:stream\" WHERE id = ?1");
        connection.prepare_cached(&sql)?.query_row([id], read).optional()
    }

    /// The last stream of a table, if it has or had one.
    pub(in crate::dynamodb) fn latest(
        connection: &Connection,
        table: &str,
    ) -> rusqlite::Result<Option<Stream>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM \"warren:stream\" WHERE table_name = ?1 ORDER BY id DESC LIMIT 1"
        );
        connection.prepare_cached(&sql)?.query_row([table], read).optional()
    }

    /// All streams, or those of a table, in the order of their tables and times.
    pub(in crate::dynamodb) fn all(
        connection: &Connection,
        table: Option<&str>,
    ) -> rusqlite::Result<Vec<Stream>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM \"warren:stream\" WHERE ?1 IS NULL OR table_name = ?1
             ORDER BY table_name, id"
        );
        connection.prepare_cached(&sql)?.query_map([table], read)?.collect()
    }

    pub(in crate::dynamodb) fn is_open(&self) -> bool {
        self.last.is_none()
    }

    /// The id of its one shard, spelled as DynamoDB's are: with the time and something to tell it apart.
    pub(in crate::dynamodb) fn shard(&self) -> String {
        format!("shardId-{:020}-{:08x}", self.created, self.id)
    }
}

/// The id of the last record of any stream.
pub(super) fn newest(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'warren:record'";
    let newest = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(newest.unwrap_or(0))
}

/// The sequence number of the record with an id.
pub(super) fn number(id: i64) -> String {
    (NUMBERS_FROM + u128::from(id.unsigned_abs())).to_string()
}

/// The id of the record with a sequence number, which may be one that was never told.
pub(super) fn id_of(number: &str) -> Option<i64> {
    let number: u128 = number.parse().ok()?;
    i64::try_from(number.checked_sub(NUMBERS_FROM)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_in_order() {
        assert_eq!(number(1).len(), 21);
        assert!(number(9) < number(10) && number(99_999) < number(100_000));
        assert_eq!(id_of(&number(7)), Some(7));
        for none in ["", "7", "x", "99999999999999999999999999999999999999999"] {
            assert_eq!(id_of(none), None, "{none}");
        }
    }
}
