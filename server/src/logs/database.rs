//! The tables of the logs: groups, their streams, their events.
//!
//! Events are kept in chunks, each of what one stream got at a time: a row for each line would
//! cost more than running the function that printed it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::Ordering::Relaxed;
use std::{ptr, result};

use engine::scope::Scope;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::error::LogsError;
use super::queue::NewLines;
use super::subscription;
use crate::output::LogPlace;
use crate::store::{Index, give_back, is_full, private_file, shrinks};

/// The format of the file, in its `user_version`. Format 0 had the same tables.
pub(super) const FORMAT: i32 = 2;

/// Chunks that go at a time when there are too many.
const GO: i64 = 64;
/// Pages that lie free before some are given back to the disk, and how many at a time.
const FREE_PAGES: i64 = 4096;
const GIVEN_BACK: i64 = 1024;
/// Bytes of the write-ahead log that are kept as room for the next lines.
const LOG_KEPT: i64 = 4 << 20;
/// Lines of one chunk, and bytes after which another one is begun.
const LINES: usize = 1000;
const CHUNK: usize = 256 * 1024;

/// A line with its time, in milliseconds of the Unix epoch.
type Line<'a> = (i64, Cow<'a, str>);
pub(super) type Result<T> = result::Result<T, LogsError>;

/// A log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogGroup {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) created: i64,
    pub(crate) retention: Option<i64>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) bytes: i64,
}

/// A log stream; the times of its events are none before the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogStream {
    pub(crate) name: String,
    pub(crate) created: i64,
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
    pub(crate) ingested: Option<i64>,
}

/// A log event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredEvent {
    pub(crate) id: i64,
    pub(crate) stream: String,
    pub(crate) time: i64,
    pub(crate) ingested: i64,
    pub(crate) message: String,
}

/// Which events: of one stream, or of some streams of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StreamSet {
    /// One stream, by its group's id and its own.
    One(i64, i64),
    /// A group by its id, and names of streams or a prefix of them.
    OfGroup { group: i64, streams: Vec<String>, prefix: Option<String> },
}

/// From when, and before when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeSpan {
    pub(crate) start: Option<i64>,
    pub(crate) end: Option<i64>,
}

/// Which part of the events, by time and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventPage {
    /// From the first on.
    First,
    /// The last ones.
    Last,
    /// What comes after.
    After(i64, i64),
    /// The last ones of what comes before.
    Before(i64, i64),
}

/// The open file.
pub(crate) struct LogDatabase {
    pub(super) connection: Connection,
    /// Streams by owner and names: their group's and their own id.
    known: HashMap<(Scope, String, String), (i64, i64)>,
}

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS log_group (
        id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, name TEXT NOT NULL,
        created INTEGER NOT NULL, retention INTEGER, tags TEXT NOT NULL DEFAULT '{}',
        UNIQUE (scope, name)
    );
    CREATE TABLE IF NOT EXISTS stream (
        id INTEGER PRIMARY KEY AUTOINCREMENT, log_group INTEGER NOT NULL, name TEXT NOT NULL,
        created INTEGER NOT NULL, first INTEGER, last INTEGER, ingested INTEGER,
        UNIQUE (log_group, name)
    );
    CREATE TABLE IF NOT EXISTS chunk (
        id INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL, log_group INTEGER NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, ingested INTEGER NOT NULL, lines TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS chunk_of_group ON chunk (log_group, first);
";

impl LogDatabase {
    pub(crate) fn open(path: &Path) -> Result<LogDatabase> {
        // Made here, so that it is its owner's alone; SQLite gives its other files the same mode.
        private_file(path)?;
        match LogDatabase::open_with(Index::Beside, path) {
            Err(LogsError::Database(why)) if is_full(&why) => {
                LogDatabase::open_with(Index::InMemory, path)
            }
            other => other,
        }
    }

    fn open_with(index: Index, path: &Path) -> Result<LogDatabase> {
        let connection = index.open(path)?;
        let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found > FORMAT {
            return Err(LogsError::Format { found, known: FORMAT });
        }
        // Takes effect in a file without tables; in others free pages are used again.
        shrinks(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
        // Logs outlive a crash of the server; the last moments before one of the machine may go.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        if found < FORMAT {
            let all = format!("{TABLES} {} PRAGMA user_version = {FORMAT};", subscription::TABLE);
            connection.execute_batch(&all)?;
        }
        Ok(LogDatabase { connection, known: HashMap::new() })
    }

    /// Writes lines, making groups and streams where there are none.
    pub(crate) fn append(&mut self, entries: &[NewLines], now: i64) -> Result<()> {
        let mut of_streams: HashMap<(i64, i64), Vec<Line<'_>>> = HashMap::new();
        let transaction = self.connection.unchecked_transaction()?;
        let mut told: Vec<(&LogPlace, usize)> = Vec::new();
        for entry in entries {
            let ids = place(&self.connection, &mut self.known, &entry.place, now)?;
            let stream = of_streams.entry(ids).or_default();
            let dropped = entry.place.dropped.load(Relaxed);
            if dropped > 0 && told.iter().all(|(other, _)| !ptr::eq(*other, &*entry.place)) {
                told.push((&*entry.place, dropped));
                let line = format!("{dropped} lines were dropped: they could not be kept\n");
                stream.push((entry.lines.first().map_or(now, |(time, _)| *time), line.into()));
            }
            let lines = entry.lines.iter().map(|(time, message)| (*time, message.into()));
            stream.extend(lines);
        }
        for ((group, stream), mut lines) in of_streams {
            // Printed lines and the platform's come by different ways.
            lines.sort_by_key(|(time, _)| *time);
            let Some(((first, _), (last, _))) = lines.first().zip(lines.last()) else { continue };
            let (first, last) = (*first, *last);
            let mut rest = lines.as_slice();
            while !rest.is_empty() {
                let (chunk, after) = rest.split_at(length(rest));
                insert(&self.connection, (group, stream), chunk, now)?;
                rest = after;
            }
            let mut update = self.connection.prepare_cached(
                "UPDATE stream SET first = MIN(COALESCE(first, ?2), ?2),
                 last = MAX(COALESCE(last, ?3), ?3), ingested = ?4 WHERE id = ?1",
            )?;
            update.execute(params![stream, first, last, now])?;
        }
        transaction.commit()?;
        for (place, dropped) in told {
            place.dropped.fetch_sub(dropped, Relaxed);
        }
        self.give_back()
    }

    /// Bytes of the file.
    pub(crate) fn size(&self) -> Result<u64> {
        Ok(u64::try_from(self.number("page_count")? * self.number("page_size")?)
            .unwrap_or_default())
    }

    /// Bytes of the pages that hold something.
    fn bytes(&self) -> Result<u64> {
        let pages = self.number("page_count")? - self.number("freelist_count")?;
        Ok(u64::try_from(pages * self.number("page_size")?).unwrap_or_default())
    }

    fn number(&self, pragma: &str) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, pragma, |row| row.get(0))?)
    }

    /// Removes the oldest events while there are more than so many bytes, and where that is not
    /// enough the oldest streams, which have none then.
    ///
    /// # Errors
    /// When groups alone are more.
    pub(crate) fn shrink(&mut self, limit: u64) -> Result<()> {
        let events = "DELETE FROM chunk WHERE id IN (SELECT id FROM chunk ORDER BY id LIMIT ?1)";
        let streams = "DELETE FROM stream WHERE id IN (SELECT id FROM stream ORDER BY id LIMIT ?1)";
        while self.bytes()? > limit {
            if self.connection.execute(events, [GO])? > 0 {
                continue;
            }
            self.known.clear();
            if self.connection.execute(streams, [GO * GO])? == 0 {
                return Err(LogsError::TooMany);
            }
        }
        Ok(())
    }

    /// Damages the tables, as a disk may.
    #[cfg(test)]
    pub(crate) fn damage(&mut self) -> Result<()> {
        self.connection.execute_batch(
            "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET rootpage = 1000 WHERE name = 'chunk';
             PRAGMA schema_version = 99;",
        )?;
        Ok(())
    }

    /// Gives pages back to the disk that events have left.
    fn give_back(&self) -> Result<()> {
        if self.number("freelist_count")? > FREE_PAGES {
            give_back(&self.connection, GIVEN_BACK)?;
        }
        Ok(())
    }

    /// Makes a group; returns whether there was none.
    pub(crate) fn create_group(
        &mut self,
        scope: &Scope,
        name: &str,
        tags: &BTreeMap<String, String>,
        now: i64,
    ) -> Result<bool> {
        let tags = serde_json::to_string(tags).expect("texts are JSON");
        let made = self.connection.execute(
            "INSERT OR IGNORE INTO log_group (scope, name, created, tags) VALUES (?1, ?2, ?3, ?4)",
            params![scope.to_string(), name, now, tags],
        )?;
        Ok(made > 0)
    }

    /// Makes a stream; returns whether there was none.
    pub(crate) fn create_stream(&mut self, group: i64, name: &str, now: i64) -> Result<bool> {
        let made = self.connection.execute(
            "INSERT OR IGNORE INTO stream (log_group, name, created) VALUES (?1, ?2, ?3)",
            params![group, name, now],
        )?;
        Ok(made > 0)
    }

    /// The groups of a scope whose names begin so, by name.
    pub(crate) fn groups(&self, scope: &Scope, prefix: &str) -> Result<Vec<LogGroup>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name, created, retention, tags,
                 (SELECT COALESCE(SUM(OCTET_LENGTH(lines)), 0) FROM chunk WHERE log_group = g.id)
             FROM log_group g WHERE scope = ?1 AND SUBSTR(name, 1, LENGTH(?2)) = ?2 ORDER BY name",
        )?;
        let mut rows = statement.query(params![scope.to_string(), prefix])?;
        let mut groups = Vec::new();
        while let Some(row) = rows.next()? {
            groups.push(group(row)?);
        }
        Ok(groups)
    }

    /// A group by its name.
    pub(crate) fn group(&self, scope: &Scope, name: &str) -> Result<Option<LogGroup>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name, created, retention, tags, 0 FROM log_group WHERE scope = ?1 AND name = ?2",
        )?;
        let mut rows = statement.query(params![scope.to_string(), name])?;
        rows.next()?.map(group).transpose()
    }

    /// A stream by its name, as a place of events.
    pub(crate) fn stream(
        &self,
        scope: &Scope,
        group: &str,
        name: &str,
    ) -> Result<Option<StreamSet>> {
        let Some(group) = self.group(scope, group)? else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM stream WHERE log_group = ?1 AND name = ?2")?;
        let found = statement.query_row(params![group.id, name], |row| row.get(0)).optional()?;
        Ok(found.map(|stream| StreamSet::One(group.id, stream)))
    }

    /// The streams of a group whose names begin so, by name.
    pub(crate) fn streams(&self, group: i64, prefix: &str) -> Result<Vec<LogStream>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, created, first, last, ingested FROM stream
             WHERE log_group = ?1 AND SUBSTR(name, 1, LENGTH(?2)) = ?2 ORDER BY name",
        )?;
        let rows = statement.query_map(params![group, prefix], |row| {
            Ok(LogStream {
                name: row.get(0)?,
                created: row.get(1)?,
                first: row.get(2)?,
                last: row.get(3)?,
                ingested: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Deletes a group with all it holds, or one stream of it.
    pub(crate) fn delete(&mut self, group: i64, stream: Option<&str>) -> Result<bool> {
        let transaction = self.connection.unchecked_transaction()?;
        let deleted = match stream {
            Some(name) => {
                self.connection.execute(
                    "DELETE FROM chunk WHERE stream IN
                     (SELECT id FROM stream WHERE log_group = ?1 AND name = ?2)",
                    params![group, name],
                )?;
                let delete = "DELETE FROM stream WHERE log_group = ?1 AND name = ?2";
                self.connection.execute(delete, params![group, name])?
            }
            None => {
                self.connection.execute("DELETE FROM chunk WHERE log_group = ?1", [group])?;
                self.connection.execute("DELETE FROM stream WHERE log_group = ?1", [group])?;
                self.delete_filters(group)?;
                self.connection.execute("DELETE FROM log_group WHERE id = ?1", [group])?
            }
        };
        transaction.commit()?;
        self.known.clear();
        self.give_back()?;
        Ok(deleted > 0)
    }

    /// Sets how many days events are kept, and lets go of older ones.
    pub(crate) fn retain(&mut self, group: i64, days: Option<i64>, now: i64) -> Result<()> {
        let update = "UPDATE log_group SET retention = ?2 WHERE id = ?1";
        self.connection.execute(update, params![group, days])?;
        match days {
            Some(_) => self.expire(now),
            None => Ok(()),
        }
    }

    /// Lets go of events that are older than their groups keep them. Events that came together go
    /// together, with the latest of them.
    pub(crate) fn expire(&mut self, now: i64) -> Result<()> {
        // By the index: what is not old yet is not looked at.
        self.connection.execute(
            "DELETE FROM chunk WHERE id IN (
                SELECT chunk.id FROM log_group JOIN chunk ON chunk.log_group = log_group.id
                WHERE log_group.retention IS NOT NULL
                AND chunk.first < ?1 - log_group.retention * 86400000
                AND chunk.last < ?1 - log_group.retention * 86400000)",
            [now],
        )?;
        self.give_back()
    }

    /// Sets the tags of a group.
    pub(crate) fn tag(&mut self, group: i64, tags: &BTreeMap<String, String>) -> Result<()> {
        let tags = serde_json::to_string(tags).expect("texts are JSON");
        let update = "UPDATE log_group SET tags = ?2 WHERE id = ?1";
        self.connection.execute(update, params![group, tags])?;
        Ok(())
    }

    /// Events in the order of their times, at most so many.
    pub(crate) fn events(
        &self,
        place: &StreamSet,
        span: &TimeSpan,
        page: EventPage,
        limit: usize,
    ) -> Result<Vec<StoredEvent>> {
        let descends = matches!(page, EventPage::Last | EventPage::Before(..));
        let (sql, values) = chunks(place, span, page, descends);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut events: Vec<StoredEvent> = Vec::new();
        // How many events there must be before it is worth to look again.
        let mut enough = limit;
        while let Some(row) = rows.next()? {
            let edge: i64 = if descends { row.get(3)? } else { row.get(2)? };
            if events.len() >= enough {
                // What no later chunk can come before is settled.
                let settled = |event: &&StoredEvent| match descends {
                    true => event.time > edge,
                    false => event.time < edge,
                };
                if events.iter().filter(settled).count() >= limit {
                    break;
                }
                enough = events.len() + LINES;
            }
            events.extend(read(row)?.into_iter().filter(|event| {
                let key = (event.time, event.id);
                let in_page = match page {
                    EventPage::First | EventPage::Last => true,
                    EventPage::After(time, id) => key > (time, id),
                    EventPage::Before(time, id) => key < (time, id),
                };
                in_page
                    && span.start.is_none_or(|start| event.time >= start)
                    && span.end.is_none_or(|end| event.time < end)
            }));
        }
        events.sort_by_key(|event| (event.time, event.id));
        let surplus = events.len().saturating_sub(limit);
        match descends {
            true => drop(events.drain(..surplus)),
            false => events.truncate(limit),
        }
        Ok(events)
    }
}

/// The query of the chunks that may hold the events of a page, the nearest first.
fn chunks(
    place: &StreamSet,
    span: &TimeSpan,
    page: EventPage,
    descends: bool,
) -> (String, Vec<Value>) {
    let mut sql = String::from(
        "SELECT chunk.id, stream.name, chunk.first, chunk.last, chunk.ingested, chunk.lines
         FROM chunk JOIN stream ON stream.id = chunk.stream WHERE ",
    );
    let mut values: Vec<Value> = Vec::new();
    match place {
        StreamSet::One(group, stream) => {
            sql.push_str("chunk.log_group = ? AND chunk.stream = ?");
            values.extend([Value::from(*group), Value::from(*stream)]);
        }
        StreamSet::OfGroup { group, streams, prefix } => {
            sql.push_str("chunk.log_group = ?");
            values.push((*group).into());
            if !streams.is_empty() {
                let marks = vec!["?"; streams.len()].join(", ");
                sql.push_str(&format!(" AND stream.name IN ({marks})"));
                values.extend(streams.iter().cloned().map(Value::from));
            }
            if let Some(prefix) = prefix {
                sql.push_str(" AND SUBSTR(stream.name, 1, LENGTH(?)) = ?");
                values.extend([prefix.clone().into(), prefix.clone().into()]);
            }
        }
    }
    let (after, before) = match page {
        EventPage::First | EventPage::Last => (None, None),
        EventPage::After(time, _) => (Some(time), None),
        EventPage::Before(time, _) => (None, Some(time)),
    };
    for (bound, condition) in [
        (span.start, " AND chunk.last >= ?"),
        (after, " AND chunk.last >= ?"),
        (span.end, " AND chunk.first < ?"),
        (before, " AND chunk.first <= ?"),
    ] {
        if let Some(bound) = bound {
            sql.push_str(condition);
            values.push(bound.into());
        }
    }
    sql.push_str(if descends { " ORDER BY chunk.last DESC" } else { " ORDER BY chunk.first" });
    (sql, values)
}

/// The events of a chunk.
pub(super) fn read(row: &Row<'_>) -> Result<Vec<StoredEvent>> {
    let (chunk, stream, ingested): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(4)?);
    let lines: String = row.get(5)?;
    let lines: Vec<(i64, String)> = serde_json::from_str(&lines)
        .map_err(|why| LogsError::Damaged { table: "chunk", id: chunk, why })?;
    let events = lines.into_iter().zip(0..).map(|((time, message), at)| StoredEvent {
        id: chunk * LINES as i64 + at,
        stream: stream.clone(),
        time,
        ingested,
        message,
    });
    Ok(events.collect())
}

/// How many of these lines go into one chunk.
fn length(lines: &[Line<'_>]) -> usize {
    let mut bytes = 0;
    let fitting = lines.iter().take(LINES).take_while(|(_, message)| {
        bytes += message.len();
        bytes <= CHUNK
    });
    fitting.count().max(1)
}

/// Writes a chunk.
fn insert(
    connection: &Connection,
    (group, stream): (i64, i64),
    lines: &[Line<'_>],
    now: i64,
) -> Result<()> {
    let text = serde_json::to_string(lines).expect("texts are JSON");
    let mut insert = connection.prepare_cached(
        "INSERT INTO chunk (stream, log_group, first, last, ingested, lines)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let (first, last) = (lines[0].0, lines[lines.len() - 1].0);
    insert.execute(params![stream, group, first, last, now, text])?;
    Ok(())
}

/// The ids of the group and the stream of an entry.
fn place(
    connection: &Connection,
    known: &mut HashMap<(Scope, String, String), (i64, i64)>,
    place: &LogPlace,
    now: i64,
) -> Result<(i64, i64)> {
    let key = (place.scope.clone(), place.group.clone(), place.stream.clone());
    if let Some(ids) = known.get(&key) {
        return Ok(*ids);
    }
    let ids = make(connection, &place.scope, &place.group, &place.stream, now)?;
    // Environments come and go; those that are still there are found again soon.
    if known.len() >= 10_000 {
        known.clear();
    }
    known.insert(key, ids);
    Ok(ids)
}

/// The ids of a group and a stream, made where they are not there.
fn make(
    connection: &Connection,
    scope: &Scope,
    group: &str,
    stream: &str,
    now: i64,
) -> Result<(i64, i64)> {
    let scope = scope.to_string();
    connection.execute(
        "INSERT OR IGNORE INTO log_group (scope, name, created) VALUES (?1, ?2, ?3)",
        params![scope, group, now],
    )?;
    let id = "SELECT id FROM log_group WHERE scope = ?1 AND name = ?2";
    let group: i64 = connection.query_row(id, params![scope, group], |row| row.get(0))?;
    connection.execute(
        "INSERT OR IGNORE INTO stream (log_group, name, created) VALUES (?1, ?2, ?3)",
        params![group, stream, now],
    )?;
    let id = "SELECT id FROM stream WHERE log_group = ?1 AND name = ?2";
    Ok((group, connection.query_row(id, params![group, stream], |row| row.get(0))?))
}

fn group(row: &Row<'_>) -> Result<LogGroup> {
    let (id, tags): (i64, String) = (row.get(0)?, row.get(4)?);
    Ok(LogGroup {
        id,
        name: row.get(1)?,
        created: row.get(2)?,
        retention: row.get(3)?,
        tags: serde_json::from_str(&tags).map_err(|why| LogsError::Damaged {
            table: "log_group",
            id,
            why,
        })?,
        bytes: row.get(5)?,
    })
}
