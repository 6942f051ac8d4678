//! Streams and shards as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};

use crate::failure::Failure;
use crate::kinesis::refusal::{no_shard, no_stream};
use crate::kinesis::{hash, sequence};
use crate::operation::Scope;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// A stream.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    pub(super) id: i64,
    pub(super) name: String,
    /// `PROVISIONED` or `ON_DEMAND`.
    pub(super) mode: String,
    /// Hours for which records are kept.
    pub(super) retention: i32,
    pub(super) created: i64,
}

const STREAM: &str = "id, name, mode, retention, created";

fn stream(row: &Row<'_>) -> rusqlite::Result<Stream> {
    Ok(Stream {
        id: row.get(0)?,
        name: row.get(1)?,
        mode: row.get(2)?,
        retention: row.get(3)?,
        created: row.get(4)?,
    })
}

impl Stream {
    /// The stream of a name, if there is one.
    pub(super) fn look(
        connection: &Connection,
        scope: &Scope,
        name: &str,
    ) -> rusqlite::Result<Option<Stream>> {
        let sql =
            format!("SELECT {STREAM} FROM stream WHERE account = ?1 AND region = ?2 AND name = ?3");
        let of = (scope.account.cast_signed(), &scope.region, name);
        connection.prepare_cached(&sql)?.query_row(of, stream).optional()
    }

    /// The stream of a name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(
        connection: &Connection,
        scope: &Scope,
        name: &str,
    ) -> Result<Stream, Failure> {
        Ok(Stream::look(connection, scope, name)?.ok_or_else(|| no_stream(scope, name))?)
    }

    /// All streams of a scope, by their names.
    pub(super) fn all(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Stream>> {
        let sql =
            format!("SELECT {STREAM} FROM stream WHERE account = ?1 AND region = ?2 ORDER BY name");
        let of = (scope.account.cast_signed(), &scope.region);
        connection.prepare_cached(&sql)?.query_map(of, stream)?.collect()
    }

    /// Its shards, by their numbers: those that are open, and those of which records may be left.
    pub(super) fn shards(&self, connection: &Connection) -> rusqlite::Result<Vec<Shard>> {
        let sql = format!("SELECT {SHARD} FROM shard WHERE stream = ?1 ORDER BY number");
        connection.prepare_cached(&sql)?.query_map([self.id], shard)?.collect()
    }

    /// Its shards that are open, by their hash keys.
    pub(super) fn open_shards(&self, connection: &Connection) -> rusqlite::Result<Vec<Shard>> {
        let sql =
            format!("SELECT {SHARD} FROM shard WHERE stream = ?1 AND last IS NULL ORDER BY low");
        connection.prepare_cached(&sql)?.query_map([self.id], shard)?.collect()
    }

    /// The shard of an id.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn shard(
        &self,
        connection: &Connection,
        scope: &Scope,
        id: &str,
    ) -> Result<Shard, Failure> {
        let shards = self.shards(connection)?;
        let found = shards.into_iter().find(|shard| shard.name() == id);
        Ok(found.ok_or_else(|| no_shard(scope, &self.name, id))?)
    }

    /// Its tags.
    pub(super) fn tags(
        &self,
        connection: &Connection,
    ) -> rusqlite::Result<BTreeMap<String, String>> {
        let sql = "SELECT tags FROM stream WHERE id = ?1";
        let text: String =
            connection.prepare_cached(sql)?.query_row([self.id], |row| row.get(0))?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// The time before which records are not told any more.
    pub(super) fn horizon(&self, now: i64) -> i64 {
        now - i64::from(self.retention) * HOUR
    }

    /// Opens a shard.
    pub(super) fn open(
        &self,
        connection: &Connection,
        parents: (Option<i64>, Option<i64>),
        (low, high): (u128, u128),
        now: i64,
    ) -> rusqlite::Result<()> {
        let sql = "UPDATE stream SET shards = shards + 1 WHERE id = ?1 RETURNING shards - 1";
        let number: i64 = connection.prepare_cached(sql)?.query_row([self.id], |row| row.get(0))?;
        let first = sequence::take(connection, 1)?;
        let (low, high) = (hash::stored(low), hash::stored(high));
        let of = (self.id, number, parents.0, parents.1, low, high, now, first);
        connection
            .prepare_cached(
                "INSERT INTO shard (stream, number, parent, adjacent, low, high, created, first)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(of)
            .map(drop)
    }
}

/// A shard.
#[derive(Debug, Clone)]
pub(super) struct Shard {
    pub(super) id: i64,
    pub(super) number: i64,
    pub(super) parents: (Option<i64>, Option<i64>),
    pub(super) low: u128,
    pub(super) high: u128,
    pub(super) created: i64,
    pub(super) first: i64,
    pub(super) closed: Option<i64>,
    pub(super) last: Option<i64>,
}

const SHARD: &str = "id, number, parent, adjacent, low, high, created, first, closed, last";

fn shard(row: &Row<'_>) -> rusqlite::Result<Shard> {
    Ok(Shard {
        id: row.get(0)?,
        number: row.get(1)?,
        parents: (row.get(2)?, row.get(3)?),
        low: hash::read(row.get_ref(4)?.as_str()?),
        high: hash::read(row.get_ref(5)?.as_str()?),
        created: row.get(6)?,
        first: row.get(7)?,
        closed: row.get(8)?,
        last: row.get(9)?,
    })
}

/// The id of the shard of a number.
pub(super) fn shard_name(number: i64) -> String {
    format!("shardId-{number:012}")
}

impl Shard {
    pub(super) fn name(&self) -> String {
        shard_name(self.number)
    }

    pub(super) fn is_open(&self) -> bool {
        self.last.is_none()
    }

    pub(super) fn has(&self, hash: u128) -> bool {
        (self.low..=self.high).contains(&hash)
    }

    /// Takes no more records.
    pub(super) fn close(&self, connection: &Connection, now: i64) -> rusqlite::Result<()> {
        let last = sequence::take(connection, 1)?;
        connection
            .prepare_cached("UPDATE shard SET closed = ?2, last = ?3 WHERE id = ?1")?
            .execute((self.id, now, last))
            .map(drop)
    }
}
