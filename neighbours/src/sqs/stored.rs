//! Queues as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::name::{QueueName, is_fifo};
use super::refusal::{invalid, no_queue};
use super::settings::{Allows, Settings};
use crate::failure::Failure;

/// A queue as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Queue {
    /// Its row.
    pub(super) row: i64,
    /// What its messages are known by; a purge gives it another.
    pub(super) id: i64,
    pub(super) name: QueueName,
    pub(super) settings: Settings,
}

impl Queue {
    pub(super) fn is_fifo(&self) -> bool {
        is_fifo(&self.name.name)
    }

    /// The queue of a name, if there is one.
    pub(super) fn look(
        connection: &Connection,
        name: &QueueName,
    ) -> rusqlite::Result<Option<Queue>> {
        connection
            .prepare_cached(
                "SELECT id, messages, attributes FROM queue WHERE account = ?1 AND region = ?2 AND name = ?3",
            )?
            .query_row(params![name.account.cast_signed(), name.region, name.name], |row| {
                Ok(Queue {
                    row: row.get(0)?,
                    id: row.get(1)?,
                    name: name.clone(),
                    settings: row.get_ref(2)?.as_str().map(Settings::stored)?,
                })
            })
            .optional()
    }

    /// The queue of a name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(connection: &Connection, name: &QueueName) -> Result<Queue, Failure> {
        Ok(Queue::look(connection, name)?.ok_or_else(no_queue)?)
    }

    /// Its tags.
    pub(super) fn tags(
        &self,
        connection: &Connection,
    ) -> rusqlite::Result<BTreeMap<String, String>> {
        let text: String = connection
            .prepare_cached("SELECT tags FROM queue WHERE id = ?1")?
            .query_row([self.row], |row| row.get(0))?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// The queues of its account and region of which it is the dead-letter queue.
    pub(super) fn sources(&self, connection: &Connection) -> rusqlite::Result<Vec<QueueName>> {
        let mut statement = connection.prepare_cached(
            "SELECT name, attributes FROM queue WHERE account = ?1 AND region = ?2
             AND attributes LIKE '%RedrivePolicy%' ORDER BY name",
        )?;
        let of = (self.name.account.cast_signed(), &self.name.region);
        let rows = statement.query_map(of, |row| {
            Ok((row.get::<_, String>(0)?, row.get_ref(1)?.as_str().map(Settings::stored)?))
        })?;
        let mut sources = Vec::new();
        for row in rows {
            let (name, settings) = row?;
            if settings.redrive().is_some_and(|redrive| redrive.target == self.name) {
                sources.push(QueueName { name, ..self.name.clone() });
            }
        }
        Ok(sources)
    }
}

/// Whether the dead-letter queue of settings is there and takes messages of a queue.
///
/// # Errors
/// As SQS says it.
pub(super) fn check_redrive(
    connection: &Connection,
    name: &QueueName,
    settings: &Settings,
) -> Result<(), Failure> {
    let Some(redrive) = settings.redrive() else { return Ok(()) };
    let refused = |reason: &str| {
        let policy = settings.value("RedrivePolicy").unwrap_or_default();
        invalid(format!("Value {policy} for parameter RedrivePolicy is invalid. Reason: {reason}"))
    };
    let Some(target) = Queue::look(connection, &redrive.target)? else {
        return Err(refused("Dead letter target does not exist.").into());
    };
    let takes = match target.settings.allows() {
        Allows::All => true,
        Allows::Nobody => false,
        Allows::Listed(arns) => arns.contains(&name.arn()),
    };
    match takes {
        true => Ok(()),
        false => {
            Err(refused("Queue does not have permissions to use the dead letter target.").into())
        }
    }
}
