//! Buses, rules and targets as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::input::Input;
use super::name::{BusName, DEFAULT};
use super::refusal::{no_bus, no_rule};
use crate::failure::Failure;
use crate::operation::Scope;
use crate::schedule::{Expression, Zone};
use crate::time::now;

/// Tags by their keys.
pub(super) type Tags = BTreeMap<String, String>;

/// A bus.
#[derive(Debug, Clone)]
pub(super) struct Bus {
    pub(super) id: i64,
    pub(super) name: BusName,
    pub(super) description: Option<String>,
    pub(super) policy: Option<String>,
    pub(super) tags: Tags,
    pub(super) created: i64,
    pub(super) modified: i64,
}

const BUS: &str = "SELECT id, account, region, name, description, policy, tags, created, modified \
     FROM bus";

fn tags_of(text: &str) -> Tags {
    serde_json::from_str(text).unwrap_or_default()
}

fn spelled(tags: &Tags) -> String {
    serde_json::to_string(tags).expect("texts are plain data")
}

fn bus(row: &Row<'_>) -> rusqlite::Result<Bus> {
    let (account, tags): (i64, String) = (row.get(1)?, row.get(6)?);
    let scope = Scope { account: account.cast_unsigned(), region: row.get(2)? };
    Ok(Bus {
        id: row.get(0)?,
        name: BusName { scope, name: row.get(3)? },
        description: row.get(4)?,
        policy: row.get(5)?,
        tags: tags_of(&tags),
        created: row.get(7)?,
        modified: row.get(8)?,
    })
}

impl Bus {
    /// Makes a bus.
    pub(super) fn create(
        connection: &Connection,
        name: &BusName,
        description: Option<&str>,
        tags: &Tags,
    ) -> rusqlite::Result<()> {
        let BusName { scope, name } = name;
        connection
            .prepare_cached(
                "INSERT INTO bus (account, region, name, description, tags, created, modified)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
            )?
            .execute(params![
                scope.account.cast_signed(),
                scope.region,
                name,
                description,
                spelled(tags),
                now()
            ])?;
        Ok(())
    }

    /// A bus, if it is there; the default one is.
    pub(super) fn look(connection: &Connection, name: &BusName) -> rusqlite::Result<Option<Bus>> {
        let sql = format!("{BUS} WHERE account = ?1 AND region = ?2 AND name = ?3");
        let mut statement = connection.prepare_cached(&sql)?;
        let key = params![name.scope.account.cast_signed(), name.scope.region, name.name];
        let found = statement.query_row(key, bus).optional()?;
        if found.is_some() || name.name != DEFAULT {
            return Ok(found);
        }
        Bus::create(connection, name, None, &Tags::new())?;
        statement.query_row(key, bus).optional()
    }

    /// A bus that is there.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn find(connection: &Connection, name: &BusName) -> Result<Bus, Failure> {
        Ok(Bus::look(connection, name)?.ok_or_else(|| no_bus(&name.name))?)
    }

    /// All of a scope, by their names.
    pub(super) fn all(connection: &Connection, scope: &Scope) -> rusqlite::Result<Vec<Bus>> {
        Bus::look(connection, &BusName::read(scope, None))?;
        let sql = format!("{BUS} WHERE account = ?1 AND region = ?2 ORDER BY name");
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![scope.account.cast_signed(), scope.region], bus)?;
        rows.collect()
    }

    /// Stores what may have changed of it.
    pub(super) fn update(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "UPDATE bus SET description = ?2, policy = ?3, tags = ?4, modified = ?5 WHERE id = ?1",
            )?
            .execute(params![self.id, self.description, self.policy, spelled(&self.tags), now()])?;
        Ok(())
    }

    /// Its rules, by their names.
    pub(super) fn rules(&self, connection: &Connection) -> rusqlite::Result<Vec<Rule>> {
        let sql = format!("{RULE} WHERE bus = ?1 ORDER BY name");
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_map([self.id], rule)?.collect()
    }

    /// One of its rules, if it is there.
    pub(super) fn look_rule(
        &self,
        connection: &Connection,
        name: &str,
    ) -> rusqlite::Result<Option<Rule>> {
        let sql = format!("{RULE} WHERE bus = ?1 AND name = ?2");
        let mut statement = connection.prepare_cached(&sql)?;
        statement.query_row(params![self.id, name], rule).optional()
    }

    /// One of its rules, which is there.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn rule(&self, connection: &Connection, name: &str) -> Result<Rule, Failure> {
        let found = self.look_rule(connection, name)?;
        Ok(found.ok_or_else(|| no_rule(name, &self.name.name))?)
    }
}

/// The bus of an id.
pub(super) fn bus_of(connection: &Connection, id: i64) -> rusqlite::Result<Bus> {
    connection.prepare_cached(&format!("{BUS} WHERE id = ?1"))?.query_row([id], bus)
}

/// A rule.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// 0 while it is not stored.
    pub(super) id: i64,
    pub(super) bus: i64,
    pub(super) name: String,
    pub(super) pattern: Option<String>,
    pub(super) schedule: Option<String>,
    pub(super) is_enabled: bool,
    pub(super) description: Option<String>,
    pub(super) role: Option<String>,
    pub(super) tags: Tags,
    /// When its schedule began, from which rates are counted.
    pub(super) begun: i64,
    /// When it is due next.
    pub(super) next: Option<i64>,
}

const RULE: &str = "SELECT id, bus, name, pattern, schedule, is_enabled, description, role, tags, begun, \
     next FROM rule";

fn rule(row: &Row<'_>) -> rusqlite::Result<Rule> {
    let tags: String = row.get(8)?;
    Ok(Rule {
        id: row.get(0)?,
        bus: row.get(1)?,
        name: row.get(2)?,
        pattern: row.get(3)?,
        schedule: row.get(4)?,
        is_enabled: row.get(5)?,
        description: row.get(6)?,
        role: row.get(7)?,
        tags: tags_of(&tags),
        begun: row.get(9)?,
        next: row.get(10)?,
    })
}

/// All rules, with their buses and targets.
pub(super) fn all_rules(
    connection: &Connection,
) -> rusqlite::Result<Vec<(BusName, Rule, Vec<RuleTarget>)>> {
    let sql = format!("{RULE} ORDER BY bus, name");
    let rules: Vec<Rule> =
        connection.prepare_cached(&sql)?.query_map([], rule)?.collect::<rusqlite::Result<_>>()?;
    let whole = |rule: Rule| {
        Ok((bus_of(connection, rule.bus)?.name, rule.clone(), rule.targets(connection)?))
    };
    rules.into_iter().map(whole).collect()
}

/// Rules that are due, and when the next is.
pub(super) fn due(connection: &Connection, now: i64) -> rusqlite::Result<(Vec<Rule>, Option<i64>)> {
    let sql = format!("{RULE} WHERE next <= ?1 ORDER BY next LIMIT 100");
    let due: Vec<Rule> = connection
        .prepare_cached(&sql)?
        .query_map([now], rule)?
        .collect::<rusqlite::Result<_>>()?;
    let next = connection
        .prepare_cached("SELECT min(next) FROM rule WHERE next > ?1")?
        .query_row([now], |row| row.get(0))?;
    // Where not all were told, the others are due at once.
    let next = if due.len() == 100 { Some(now) } else { next };
    Ok((due, next))
}

impl Rule {
    pub(super) fn state(&self) -> &'static str {
        if self.is_enabled { "ENABLED" } else { "DISABLED" }
    }

    /// Its schedule, if it has one.
    pub(super) fn expression(&self) -> Option<Expression> {
        Expression::of_rule(self.schedule.as_deref()?)
    }

    /// Has its schedule begin now, or end.
    pub(super) fn begin(&mut self, now: i64) {
        self.begun = now;
        let expression = self.expression().filter(|_| self.is_enabled);
        self.next = expression.and_then(|it| it.next(&Zone::default(), now, now));
    }

    /// Stores it.
    pub(super) fn store(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached(
                "INSERT INTO rule (bus, name, pattern, schedule, is_enabled, description, role, tags,
                 begun, next) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (bus, name) DO UPDATE SET pattern = ?3, schedule = ?4, is_enabled = ?5,
                 description = ?6, role = ?7, tags = ?8, begun = ?9, next = ?10",
            )?
            .execute(params![
                self.bus,
                self.name,
                self.pattern,
                self.schedule,
                self.is_enabled,
                self.description,
                self.role,
                spelled(&self.tags),
                self.begun,
                self.next
            ])?;
        Ok(())
    }

    pub(super) fn remove(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM rule WHERE id = ?1", [self.id])?;
        Ok(())
    }

    /// Its targets, by their ids.
    pub(super) fn targets(&self, connection: &Connection) -> rusqlite::Result<Vec<RuleTarget>> {
        let mut statement =
            connection.prepare_cached("SELECT target FROM target WHERE rule = ?1 ORDER BY id")?;
        let texts = statement.query_map([self.id], |row| row.get::<_, String>(0))?;
        let texts: Vec<String> = texts.collect::<rusqlite::Result<_>>()?;
        let read = |text: &String| match serde_json::from_str(text) {
            Ok(target) => Some(target),
            Err(why) => {
                tracing::error!(rule = self.name, %why, "a target cannot be read");
                None
            }
        };
        Ok(texts.iter().filter_map(read).collect())
    }

    /// Sets a target, in place of the one that has its id.
    pub(super) fn put_target(
        &self,
        connection: &Connection,
        target: &RuleTarget,
    ) -> rusqlite::Result<()> {
        let text = serde_json::to_string(target).expect("a target is plain data");
        connection
            .prepare_cached("INSERT OR REPLACE INTO target VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![self.id, target.id, target.arn, text])?;
        Ok(())
    }

    pub(super) fn remove_target(&self, connection: &Connection, id: &str) -> rusqlite::Result<()> {
        connection
            .prepare_cached("DELETE FROM target WHERE rule = ?1 AND id = ?2")?
            .execute(params![self.id, id])?;
        Ok(())
    }

    /// Whether it has a target of this ARN.
    pub(super) fn has_target(&self, connection: &Connection, arn: &str) -> rusqlite::Result<bool> {
        connection
            .prepare_cached("SELECT 1 FROM target WHERE arn = ?1 AND rule = ?2")?
            .exists(params![arn, self.id])
    }
}

/// A target of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RuleTarget {
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) role: Option<String>,
    pub(super) input: Input,
    /// The message group, where it is a queue.
    pub(super) group: Option<String>,
    /// The ARN of its dead-letter queue.
    pub(super) dead_letters: Option<String>,
    pub(super) retries: Option<i32>,
    /// How old an event becomes, in seconds.
    pub(super) age: Option<i32>,
}
