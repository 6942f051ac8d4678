//! Subscription filters: which events of a group go to whom, and how far they have got.
//!
//! What is to be delivered is not kept apart: a filter has the number of the last chunk of events that
//! was delivered, and what comes behind that is still to be. So nothing waits in memory, nothing is lost
//! with the process, and what the logs let go of is not delivered any more.

use engine::scope::Scope;
use rusqlite::{OptionalExtension, Row, params};

use super::database::{LogDatabase, Result, StoredEvent, read};

/// Subscription filters of one group.
const MOST: i64 = 2;

pub(super) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS subscription_filter (
        id INTEGER PRIMARY KEY AUTOINCREMENT, log_group INTEGER NOT NULL, name TEXT NOT NULL,
        pattern TEXT NOT NULL, destination TEXT NOT NULL, distribution TEXT NOT NULL,
        created INTEGER NOT NULL, position INTEGER NOT NULL, UNIQUE (log_group, name)
    );
";

/// What a filter is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewFilter {
    pub(crate) name: String,
    pub(crate) pattern: String,
    /// The ARN of the function that events go to.
    pub(crate) destination: String,
    pub(crate) distribution: String,
}

/// A subscription filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SubscriptionFilter {
    pub(crate) id: i64,
    pub(crate) new: NewFilter,
    pub(crate) created: i64,
    /// The last chunk that was delivered.
    pub(crate) position: i64,
}

/// A subscription filter with its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OfGroup {
    pub(crate) scope: Scope,
    /// The group's id and name.
    pub(crate) group: (i64, String),
    pub(crate) filter: SubscriptionFilter,
}

/// Events that came together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) id: i64,
    /// When they came.
    pub(crate) ingested: i64,
    pub(crate) events: Vec<StoredEvent>,
}

fn filter(row: &Row<'_>) -> rusqlite::Result<SubscriptionFilter> {
    Ok(SubscriptionFilter {
        id: row.get(0)?,
        new: NewFilter {
            name: row.get(1)?,
            pattern: row.get(2)?,
            destination: row.get(3)?,
            distribution: row.get(4)?,
        },
        created: row.get(5)?,
        position: row.get(6)?,
    })
}

impl LogDatabase {
    /// Makes a filter of a group, or changes the one of its name; answers whether there was room for it.
    /// A new one gets what comes from now on.
    pub(crate) fn put_filter(&mut self, group: i64, new: &NewFilter, now: i64) -> Result<bool> {
        let NewFilter { name, pattern, destination, distribution } = new;
        let changed = self.connection.execute(
            "UPDATE subscription_filter SET pattern = ?3, destination = ?4, distribution = ?5
             WHERE log_group = ?1 AND name = ?2",
            params![group, name, pattern, destination, distribution],
        )?;
        if changed > 0 {
            return Ok(true);
        }
        let made = self.connection.execute(
            "INSERT INTO subscription_filter
             (log_group, name, pattern, destination, distribution, created, position)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6,
                 COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'chunk'), 0)
             WHERE (SELECT count(*) FROM subscription_filter WHERE log_group = ?1) < ?7",
            params![group, name, pattern, destination, distribution, now, MOST],
        )?;
        Ok(made > 0)
    }

    /// The filters of a group, by name.
    pub(crate) fn filters(&self, group: i64) -> Result<Vec<SubscriptionFilter>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name, pattern, destination, distribution, created, position
             FROM subscription_filter WHERE log_group = ?1 ORDER BY name",
        )?;
        Ok(statement.query_map([group], filter)?.collect::<rusqlite::Result<_>>()?)
    }

    /// All filters.
    pub(crate) fn all_filters(&self) -> Result<Vec<OfGroup>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT f.id, f.name, pattern, destination, distribution, f.created, position,
                 g.id, g.name, g.scope
             FROM subscription_filter f JOIN log_group g ON g.id = f.log_group ORDER BY f.id",
        )?;
        let rows = statement.query_map([], |row| {
            let scope: String = row.get(9)?;
            let (account, region) = scope.split_once('/').unwrap_or_default();
            Ok(OfGroup {
                scope: Scope {
                    account: account.parse().unwrap_or_default(),
                    region: region.to_owned(),
                },
                group: (row.get(7)?, row.get(8)?),
                filter: filter(row)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Removes a filter; answers whether there was one.
    pub(crate) fn delete_filter(&mut self, group: i64, name: &str) -> Result<bool> {
        let delete = "DELETE FROM subscription_filter WHERE log_group = ?1 AND name = ?2";
        Ok(self.connection.execute(delete, params![group, name])? > 0)
    }

    /// Removes all filters of a group.
    pub(super) fn delete_filters(&self, group: i64) -> Result<()> {
        let delete = "DELETE FROM subscription_filter WHERE log_group = ?1";
        self.connection.execute(delete, [group])?;
        Ok(())
    }

    /// The number of the last chunk that there was.
    pub(crate) fn last_chunk(&self) -> Result<i64> {
        let last = "SELECT seq FROM sqlite_sequence WHERE name = 'chunk'";
        let found = self.connection.query_row(last, [], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(0))
    }

    /// The first chunk of a group behind a number, up to another.
    pub(crate) fn chunk_after(&self, group: i64, after: i64, most: i64) -> Result<Option<Chunk>> {
        // By the chunks' own order: what the group had before is not looked at.
        let mut statement = self.connection.prepare_cached(
            "SELECT chunk.id, stream.name, chunk.first, chunk.last, chunk.ingested, chunk.lines
             FROM chunk JOIN stream ON stream.id = chunk.stream
             WHERE chunk.id > ?1 AND chunk.id <= ?2 AND +chunk.log_group = ?3
             ORDER BY chunk.id LIMIT 1",
        )?;
        let mut rows = statement.query([after, most, group])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(Chunk { id: row.get(0)?, ingested: row.get(4)?, events: read(row)? }))
    }

    /// A filter has got so far.
    pub(crate) fn filter_is_at(&mut self, filter: i64, position: i64) -> Result<()> {
        let update = "UPDATE subscription_filter SET position = ?2 WHERE id = ?1";
        self.connection.execute(update, [filter, position])?;
        Ok(())
    }
}
