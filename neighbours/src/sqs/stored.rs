//! Queues as they are stored.

use rusqlite::{Connection, OptionalExtension, params};

use super::name::{QueueName, is_fifo};
use super::refusal::no_queue;
use super::settings::Settings;
use crate::failure::Failure;

/// A queue as it is stored.
#[derive(Debug, Clone)]
pub(super) struct Queue {
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
        let found = connection
            .prepare_cached(
                "SELECT id, attributes FROM queue WHERE account = ?1 AND region = ?2 AND name = ?3",
            )?
            .query_row(params![name.account.cast_signed(), name.region, name.name], |row| {
                Ok((row.get(0)?, row.get_ref(1)?.as_str().map(Settings::stored)?))
            })
            .optional()?;
        Ok(found.map(|(id, settings)| Queue { id, name: name.clone(), settings }))
    }

    /// The queue of a name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(connection: &Connection, name: &QueueName) -> Result<Queue, Failure> {
        Ok(Queue::look(connection, name)?.ok_or_else(no_queue)?)
    }
}
