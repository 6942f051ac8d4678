//! The tables of the logs: groups, their streams, their events.

use std::collections::{BTreeMap, HashMap};

use engine::scope::Scope;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Result, Row, params, params_from_iter};

use crate::logs::Entry;

/// Bytes of messages that are kept; the oldest go first.
const KEPT: i64 = 1 << 30;
/// How much goes at once when there is too much.
const CUT: i64 = KEPT / 10;

/// A log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) created: i64,
    pub(crate) retention: Option<i64>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) bytes: i64,
}

/// A log stream; the times of its events are none before the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) created: i64,
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
    pub(crate) ingested: Option<i64>,
}

/// A log event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) id: i64,
    pub(crate) stream: String,
    pub(crate) time: i64,
    pub(crate) ingested: i64,
    pub(crate) message: String,
}

/// Which events: of one stream, or of some streams of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// One stream, by its id.
    Stream(i64),
    /// A group by its id, and names of streams or a prefix of them.
    Group { group: i64, streams: Vec<String>, prefix: Option<String> },
}

/// From when, and before when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Option<i64>,
    pub(crate) end: Option<i64>,
}

/// Which part of the events, by time and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
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
pub(crate) struct Database {
    connection: Connection,
    /// Streams by owner and names: their group's and their own id.
    known: HashMap<(Scope, String, String), (i64, i64)>,
    bytes: i64,
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
    CREATE TABLE IF NOT EXISTS event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL, log_group INTEGER NOT NULL,
        time INTEGER NOT NULL, ingested INTEGER NOT NULL, message TEXT NOT NULL
    );
    CREATE INDEX IF NOT EXISTS event_of_stream ON event (stream, time, id);
    CREATE INDEX IF NOT EXISTS event_of_group ON event (log_group, time, id);
";

impl Database {
    pub(crate) fn open(connection: Connection) -> Result<Database> {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // Logs outlive a crash of the server; the last moments before one of the machine may go.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.execute_batch(TABLES)?;
        let bytes = connection.query_row(
            "SELECT COALESCE(SUM(LENGTH(message)), 0) FROM event",
            [],
            |row| row.get(0),
        )?;
        Ok(Database { connection, known: HashMap::new(), bytes })
    }

    /// Writes lines, making groups and streams where there are none.
    pub(super) fn append<'a>(
        &mut self,
        entries: impl Iterator<Item = &'a Entry>,
        dropped: usize,
        now: i64,
    ) -> Result<()> {
        let mut entries = entries.peekable();
        if entries.peek().is_none() {
            return Ok(());
        }
        let transaction = self.connection.unchecked_transaction()?;
        let mut touched: HashMap<i64, (i64, i64)> = HashMap::new();
        {
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO event (stream, log_group, time, ingested, message)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            let mut last = None;
            for entry in entries {
                let key = (entry.scope.clone(), entry.group.clone(), entry.stream.clone());
                let (group, stream) = match self.known.get(&key) {
                    Some(ids) => *ids,
                    None => {
                        let ids =
                            make(&self.connection, &entry.scope, &entry.group, &entry.stream, now)?;
                        self.known.insert(key, ids);
                        ids
                    }
                };
                for (time, message) in &entry.lines {
                    insert.execute(params![stream, group, time, now, message])?;
                    self.bytes += message.len() as i64;
                    let span = touched.entry(stream).or_insert((*time, *time));
                    *span = (span.0.min(*time), span.1.max(*time));
                }
                last = Some((group, stream));
            }
            if let Some((group, stream)) = last.filter(|_| dropped > 0) {
                let message = format!(
                    "{dropped} lines were dropped: they came faster than they could be kept\n"
                );
                insert.execute(params![stream, group, now, now, message])?;
            }
            let mut update = self.connection.prepare_cached(
                "UPDATE stream SET first = MIN(COALESCE(first, ?2), ?2),
                 last = MAX(COALESCE(last, ?3), ?3), ingested = ?4 WHERE id = ?1",
            )?;
            for (stream, (first, last)) in touched {
                update.execute(params![stream, first, last, now])?;
            }
        }
        transaction.commit()?;
        self.shrink()
    }

    /// Removes the oldest events when there are too many.
    fn shrink(&mut self) -> Result<()> {
        while self.bytes > KEPT {
            let cut: i64 = self.connection.query_row(
                "SELECT COALESCE(MAX(id), 0) FROM (SELECT id, SUM(LENGTH(message)) OVER (ORDER BY id) AS total
                 FROM event ORDER BY id) WHERE total <= ?1",
                [CUT],
                |row| row.get(0),
            )?;
            self.connection.execute(
                "DELETE FROM event WHERE id <= MAX(?1, (SELECT MIN(id) FROM event))",
                [cut],
            )?;
            self.count()?;
        }
        Ok(())
    }

    fn count(&mut self) -> Result<()> {
        let sum = "SELECT COALESCE(SUM(LENGTH(message)), 0) FROM event";
        self.bytes = self.connection.query_row(sum, [], |row| row.get(0))?;
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
    pub(crate) fn groups(&self, scope: &Scope, prefix: &str) -> Result<Vec<Group>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name, created, retention, tags,
                 (SELECT COALESCE(SUM(LENGTH(message)), 0) FROM event WHERE log_group = g.id)
             FROM log_group g WHERE scope = ?1 AND SUBSTR(name, 1, LENGTH(?2)) = ?2 ORDER BY name",
        )?;
        statement.query_map(params![scope.to_string(), prefix], group)?.collect()
    }

    /// A group by its name.
    pub(crate) fn group(&self, scope: &Scope, name: &str) -> Result<Option<Group>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, name, created, retention, tags, 0 FROM log_group WHERE scope = ?1 AND name = ?2",
        )?;
        statement.query_row(params![scope.to_string(), name], group).optional()
    }

    /// A stream by its name, as a place of events.
    pub(crate) fn stream(&self, scope: &Scope, group: &str, name: &str) -> Result<Option<Place>> {
        let Some(group) = self.group(scope, group)? else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM stream WHERE log_group = ?1 AND name = ?2")?;
        let found = statement.query_row(params![group.id, name], |row| row.get(0)).optional()?;
        Ok(found.map(Place::Stream))
    }

    /// The streams of a group whose names begin so, by name.
    pub(crate) fn streams(&self, group: i64, prefix: &str) -> Result<Vec<Stream>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, created, first, last, ingested FROM stream
             WHERE log_group = ?1 AND SUBSTR(name, 1, LENGTH(?2)) = ?2 ORDER BY name",
        )?;
        let rows = statement.query_map(params![group, prefix], |row| {
            Ok(Stream {
                name: row.get(0)?,
                created: row.get(1)?,
                first: row.get(2)?,
                last: row.get(3)?,
                ingested: row.get(4)?,
            })
        })?;
        rows.collect()
    }

    /// Deletes a group with all it holds, or one stream of it.
    pub(crate) fn delete(&mut self, group: i64, stream: Option<&str>) -> Result<bool> {
        let transaction = self.connection.unchecked_transaction()?;
        let deleted = match stream {
            Some(name) => {
                self.connection.execute(
                    "DELETE FROM event WHERE stream IN
                     (SELECT id FROM stream WHERE log_group = ?1 AND name = ?2)",
                    params![group, name],
                )?;
                let delete = "DELETE FROM stream WHERE log_group = ?1 AND name = ?2";
                self.connection.execute(delete, params![group, name])?
            }
            None => {
                self.connection.execute("DELETE FROM event WHERE log_group = ?1", [group])?;
                self.connection.execute("DELETE FROM stream WHERE log_group = ?1", [group])?;
                self.connection.execute("DELETE FROM log_group WHERE id = ?1", [group])?
            }
        };
        transaction.commit()?;
        self.known.clear();
        self.count()?;
        Ok(deleted > 0)
    }

    /// Sets how many days events are kept, and lets go of older ones.
    pub(crate) fn retain(&mut self, group: i64, days: Option<i64>, now: i64) -> Result<()> {
        let update = "UPDATE log_group SET retention = ?2 WHERE id = ?1";
        self.connection.execute(update, params![group, days])?;
        if let Some(days) = days {
            let oldest = now - days * 86_400_000;
            let delete = "DELETE FROM event WHERE log_group = ?1 AND time < ?2";
            self.connection.execute(delete, params![group, oldest])?;
            self.count()?;
        }
        Ok(())
    }

    /// Sets the tags of a group.
    pub(crate) fn tag(&mut self, group: i64, tags: &BTreeMap<String, String>) -> Result<()> {
        let tags = serde_json::to_string(tags).expect("texts are JSON");
        let update = "UPDATE log_group SET tags = ?2 WHERE id = ?1";
        self.connection.execute(update, params![group, tags]).map(drop)
    }

    /// Events in the order of their times, at most so many.
    pub(crate) fn events(
        &self,
        place: &Place,
        span: &Span,
        page: Page,
        limit: usize,
    ) -> Result<Vec<Event>> {
        let mut sql = String::from(
            "SELECT event.id, stream.name, event.time, event.ingested, event.message
             FROM event JOIN stream ON stream.id = event.stream WHERE ",
        );
        let mut values: Vec<Value> = Vec::new();
        match place {
            Place::Stream(stream) => {
                sql.push_str("event.stream = ?");
                values.push((*stream).into());
            }
            Place::Group { group, streams, prefix } => {
                sql.push_str("event.log_group = ?");
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
        for (bound, sign) in [(span.start, ">="), (span.end, "<")] {
            if let Some(bound) = bound {
                sql.push_str(&format!(" AND event.time {sign} ?"));
                values.push(bound.into());
            }
        }
        let descends = match page {
            Page::First => false,
            Page::Last => true,
            Page::After(time, id) => {
                sql.push_str(" AND (event.time, event.id) > (?, ?)");
                values.extend([time.into(), id.into()]);
                false
            }
            Page::Before(time, id) => {
                sql.push_str(" AND (event.time, event.id) < (?, ?)");
                values.extend([time.into(), id.into()]);
                true
            }
        };
        let order = if descends { "DESC" } else { "ASC" };
        sql.push_str(&format!(" ORDER BY event.time {order}, event.id {order} LIMIT ?"));
        values.push((limit as i64).into());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(Event {
                id: row.get(0)?,
                stream: row.get(1)?,
                time: row.get(2)?,
                ingested: row.get(3)?,
                message: row.get(4)?,
            })
        })?;
        let mut events: Vec<Event> = rows.collect::<Result<_>>()?;
        if descends {
            events.reverse();
        }
        Ok(events)
    }
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

fn group(row: &Row<'_>) -> Result<Group> {
    let tags: String = row.get(4)?;
    Ok(Group {
        id: row.get(0)?,
        name: row.get(1)?,
        created: row.get(2)?,
        retention: row.get(3)?,
        tags: serde_json::from_str(&tags).unwrap_or_default(),
        bytes: row.get(5)?,
    })
}
