//! Groups and schedules as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::refusal::{no_group, no_schedule};
use super::target::CalledTarget;
use crate::failure::Failure;
use crate::operation::Scope;
use crate::schedule::{Expression, Zone};
use crate::time::now;

/// Tags by their keys.
pub(super) type Tags = BTreeMap<String, String>;

/// The group that each account has in each region from the start.
pub(super) const DEFAULT: &str = "default";
/// How long is remembered who deleted something, in milliseconds.
const REMEMBERED: i64 = 8 * 60 * 60 * 1_000;

/// A group of schedules.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: i64,
    pub(super) scope: Scope,
    pub(super) name: String,
    pub(super) tags: Tags,
    /// Of who made it.
    pub(super) token: Option<String>,
    pub(super) created: i64,
    pub(super) modified: i64,
}

const GROUP: &str = "SELECT id, account, region, name, tags, token, created, modified \
     FROM schedule_group";

fn group(row: &Row<'_>) -> rusqlite::Result<Group> {
    let (account, tags): (i64, String) = (row.get(1)?, row.get(4)?);
    Ok(Group {
        id: row.get(0)?,
        scope: Scope { account: account.cast_unsigned(), region: row.get(2)? },
        name: row.get(3)?,
        tags: serde_json::from_str(&tags).unwrap_or_default(),
        token: row.get(5)?,
        created: row.get(6)?,
        modified: row.get(7)?,
    })
}

fn spelled(tags: &Tags) -> String {
    serde_json::to_string(tags).expect("texts are plain data")
}

impl Group {
    pub(super) fn arn(&self) -> String {
        group_arn(&self.scope, &self.name)
    }

    /// The ARN of a schedule of it.
    pub(super) fn schedule_arn(&self, schedule: &str) -> String {
        schedule_arn(&self.scope, &self.name, schedule)
    }

    pub(super) fn create(
        connection: &Connection,
        scope: &Scope,
        name: &str,
        tags: &Tags,
        token: Option<&str>,
    ) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "INSERT INTO schedule_group (account, region, name, tags, token, created, modified)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
            )?
            .execute(params![
                scope.account.cast_signed(),
                scope.region,
                name,
                spelled(tags),
                token,
                now()
            ])?;
        Ok(())
    }

    /// A group, if it is there; the default one is.
    pub(super) fn look(
        connection: &Connection,
        scope: &Scope,
        name: &str,
    ) -> rusqlite::Result<Option<Group>> {
        let sql = format!("{GROUP} WHERE account = ?1 AND region = ?2 AND name = ?3");
        let mut statement = connection.prepare_cached(&sql)?;
        let key = params![scope.account.cast_signed(), scope.region, name];
        let found = statement.query_row(key, group).optional()?;
        if found.is_some() || name != DEFAULT {
            return Ok(found);
        }
        Group::create(connection, scope, name, &Tags::new(), None)?;
        statement.query_row(key, group).optional()
    }

    /// A group that is there.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn find(
        connection: &Connection,
        scope: &Scope,
        name: &str,
    ) -> Result<Group, Failure> {
        Ok(Group::look(connection, scope, name)?.ok_or_else(|| no_group(name))?)
    }

    /// All of a scope, by their names.
    pub(super) fn all(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Group>> {
        Group::look(connection, scope, DEFAULT)?;
        let sql = format!("{GROUP} WHERE account = ?1 AND region = ?2 ORDER BY name");
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_map(params![scope.account.cast_signed(), scope.region], group)?.collect()
    }

    pub(super) fn set_tags(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE schedule_group SET tags = ?2, modified = ?3 WHERE id = ?1")?
            .execute(params![self.id, spelled(&self.tags), now()])?;
        Ok(())
    }

    /// Removes it with its schedules.
    pub(super) fn remove(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM schedule WHERE schedule_group = ?1", [self.id])?;
        connection.execute("DELETE FROM schedule_group WHERE id = ?1", [self.id])?;
        Ok(())
    }

    /// Its schedules, by their names.
    pub(super) fn schedules(&self, connection: &Connection) -> rusqlite::Result<Vec<Schedule>> {
        let sql = format!("{SCHEDULE} WHERE schedule_group = ?1 ORDER BY name");
        connection.prepare_cached(&sql)?.query_map([self.id], schedule)?.collect()
    }

    /// How many there are.
    pub(super) fn count(&self, connection: &Connection) -> rusqlite::Result<usize> {
        connection
            .prepare_cached("SELECT count(*) FROM schedule WHERE schedule_group = ?1")?
            .query_row([self.id], |row| row.get(0))
    }

    /// One of its schedules, if it is there.
    pub(super) fn look_schedule(
        &self,
        connection: &Connection,
        name: &str,
    ) -> rusqlite::Result<Option<Schedule>> {
        let sql = format!("{SCHEDULE} WHERE schedule_group = ?1 AND name = ?2");
        connection.prepare_cached(&sql)?.query_row(params![self.id, name], schedule).optional()
    }

    /// One of its schedules, which is there.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn schedule(
        &self,
        connection: &Connection,
        name: &str,
    ) -> Result<Schedule, Failure> {
        Ok(self.look_schedule(connection, name)?.ok_or_else(|| no_schedule(name))?)
    }
}

pub(super) fn group_arn(scope: &Scope, group: &str) -> String {
    scope.arn("scheduler", &format!("schedule-group/{group}"))
}

pub(super) fn schedule_arn(scope: &Scope, group: &str, schedule: &str) -> String {
    scope.arn("scheduler", &format!("schedule/{group}/{schedule}"))
}

/// The group of an id.
pub(super) fn group_of(connection: &Connection, id: i64) -> rusqlite::Result<Group> {
    connection.prepare_cached(&format!("{GROUP} WHERE id = ?1"))?.query_row([id], group)
}

/// What is asked of a schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) expression: String,
    pub(super) zone: Option<String>,
    pub(super) start: Option<i64>,
    pub(super) end: Option<i64>,
    pub(super) description: Option<String>,
    pub(super) is_enabled: bool,
    pub(super) target: CalledTarget,
    /// How much later than its time it may be, in minutes.
    pub(super) window: Option<i32>,
    /// Whether it goes when it is due no more.
    pub(super) goes: bool,
}

impl Settings {
    pub(super) fn state(&self) -> &'static str {
        if self.is_enabled { "ENABLED" } else { "DISABLED" }
    }

    /// When it is due: the expression, where it is read.
    pub(super) fn times(&self) -> Option<(Expression, Zone)> {
        let zone = self.zone.as_deref().map_or(Some(Zone::default()), Zone::named);
        Some((Expression::of_schedule(&self.expression)?, zone?))
    }

    /// The first instant behind one.
    pub(super) fn next(&self, begun: i64, after: i64) -> Option<i64> {
        let (expression, zone) = self.times().filter(|_| self.is_enabled)?;
        if expression.is_once() {
            // It has one time, whatever else it was given.
            return expression.next(&zone, begun, after);
        }
        let after = self.start.map_or(after, |start| after.max(start - 1));
        let next = expression.next(&zone, begun, after)?;
        Some(next).filter(|next| self.end.is_none_or(|end| *next <= end))
    }
}

/// A schedule.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    pub(super) id: i64,
    pub(super) group: i64,
    pub(super) name: String,
    pub(super) settings: Settings,
    /// Of who made it.
    pub(super) token: Option<String>,
    pub(super) created: i64,
    pub(super) modified: i64,
    /// From when on rates are counted.
    pub(super) begun: i64,
    /// When it is due next.
    pub(super) next: Option<i64>,
}

const SCHEDULE: &str = "SELECT id, schedule_group, name, settings, token, created, modified, begun, next FROM schedule";

fn schedule(row: &Row<'_>) -> rusqlite::Result<Schedule> {
    let settings: String = row.get(3)?;
    let settings = serde_json::from_str(&settings).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(why))
    })?;
    Ok(Schedule {
        id: row.get(0)?,
        group: row.get(1)?,
        name: row.get(2)?,
        settings,
        token: row.get(4)?,
        created: row.get(5)?,
        modified: row.get(6)?,
        begun: row.get(7)?,
        next: row.get(8)?,
    })
}

/// Schedules that are due, and when the next is.
pub(super) fn due(
    connection: &Connection,
    now: i64,
) -> rusqlite::Result<(Vec<Schedule>, Option<i64>)> {
    let sql = format!("{SCHEDULE} WHERE next <= ?1 ORDER BY next LIMIT 100");
    let due: Vec<Schedule> = connection
        .prepare_cached(&sql)?
        .query_map([now], schedule)?
        .collect::<rusqlite::Result<_>>()?;
    let next = connection
        .prepare_cached("SELECT min(next) FROM schedule WHERE next > ?1")?
        .query_row([now], |row| row.get(0))?;
    // Where not all were told, the others are due at once.
    let next = if due.len() == 100 { Some(now) } else { next };
    Ok((due, next))
}

/// All schedules, with their groups.
pub(super) fn all_schedules(connection: &Connection) -> rusqlite::Result<Vec<(Group, Schedule)>> {
    let sql = format!("{SCHEDULE} ORDER BY schedule_group, name");
    let all: Vec<Schedule> = connection
        .prepare_cached(&sql)?
        .query_map([], schedule)?
        .collect::<rusqlite::Result<_>>()?;
    all.into_iter().map(|each| Ok((group_of(connection, each.group)?, each))).collect()
}

impl Schedule {
    /// Has it begin: rates are counted from its start, or from now.
    pub(super) fn begin(&mut self, now: i64) {
        self.begun = self.settings.start.unwrap_or(now);
        self.next = self.settings.next(self.begun, now - 1);
    }

    /// Stores it, in place of the one that has its name.
    pub(super) fn store(&self, connection: &Connection) -> rusqlite::Result<()> {
        let settings = serde_json::to_string(&self.settings).expect("settings are plain data");
        connection
            .prepare_cached(
                "INSERT INTO schedule (schedule_group, name, settings, token, created, modified, begun,
                 next) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (schedule_group, name) DO UPDATE SET settings = ?3, modified = ?6,
                 begun = ?7, next = ?8",
            )?
            .execute(params![
                self.group,
                self.name,
                settings,
                self.token,
                self.created,
                self.modified,
                self.begun,
                self.next
            ])?;
        Ok(())
    }

    pub(super) fn remove(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM schedule WHERE id = ?1", [self.id])?;
        Ok(())
    }
}

/// Remembers who deleted something.
pub(super) fn remember(
    connection: &Connection,
    arn: &str,
    token: Option<&str>,
) -> rusqlite::Result<()> {
    let now = now();
    connection.prepare_cached("DELETE FROM deleted WHERE at <= ?1")?.execute([now - REMEMBERED])?;
    if let Some(token) = token {
        connection
            .prepare_cached("INSERT OR REPLACE INTO deleted VALUES (?1, ?2, ?3)")?
            .execute(params![arn, token, now])?;
    }
    Ok(())
}

/// Whether something was deleted under a token.
pub(super) fn was_deleted(
    connection: &Connection,
    arn: &str,
    token: Option<&str>,
) -> rusqlite::Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM deleted WHERE arn = ?1 AND token = ?2 AND at > ?3")?;
    match token {
        Some(token) => statement.exists(params![arn, token, now() - REMEMBERED]),
        None => Ok(false),
    }
}
