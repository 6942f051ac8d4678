//! How many messages of each queue are in flight: no fewer than are known of here, so that they need
//! not be counted at each receive.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, params};

/// Messages of a queue that may be in flight.
pub(super) const MOST: i64 = 120_000;

/// At the most so many, by the ids of queues.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight(Arc<Mutex<HashMap<i64, i64>>>);

impl InFlight {
    /// How many more may be received.
    pub(super) fn room(
        &self,
        connection: &Connection,
        queue: i64,
        now: i64,
    ) -> rusqlite::Result<i64> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = known.get(&queue).filter(|count| **count < MOST - 10) {
            return Ok(MOST - count);
        }
        let count: i64 = connection
            .prepare_cached(
                "SELECT count(*) FROM message WHERE queue = ?1 AND visible > ?2 AND receives > 0",
            )?
            .query_row(params![queue, now], |row| row.get(0))?;
        known.insert(queue, count);
        Ok(MOST - count)
    }

    /// Takes note of messages that were received.
    pub(super) fn add(&self, queue: i64, count: usize) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get_mut(&queue) {
            *known += i64::try_from(count).unwrap_or(i64::MAX);
        }
    }
}
