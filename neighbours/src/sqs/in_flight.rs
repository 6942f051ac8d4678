//! How many messages of each queue are in flight: no fewer than are known of here, so that they need
//! not be counted at each receive.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, params};

/// Messages of a queue that may be in flight.
pub(super) const MOST: i64 = 120_000;
/// What may be received before it is noted: ten by each work of one transaction. So near to the bound
/// they are counted.
const UNNOTED: i64 = 10 * 256;
/// Queues that are known of at the most; more are counted anew.
const KNOWN: usize = 100_000;

/// At the most so many, by what the messages of queues are known by.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight(Arc<Mutex<HashMap<i64, i64>>>);

/// What was found of a queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// How many more may be received.
    pub(super) room: i64,
    /// How many there were, where they were counted.
    counted: Option<i64>,
}

impl InFlight {
    /// Finds how many more may be received.
    pub(super) fn find(
        &self,
        connection: &Connection,
        queue: i64,
        now: i64,
    ) -> rusqlite::Result<Found> {
        let known = self.lock().get(&queue).copied();
        if let Some(count) = known.filter(|count| *count < MOST - UNNOTED) {
            return Ok(Found { room: MOST - count, counted: None });
        }
        let count: i64 = connection
            .prepare_cached(
                "SELECT count(*) FROM message WHERE queue = ?1 AND visible > ?2 AND receives > 0",
            )?
            .query_row(params![queue, now], |row| row.get(0))?;
        Ok(Found { room: MOST - count, counted: Some(count) })
    }

    /// Takes note of messages that were received, once that is durable.
    pub(super) fn note(&self, queue: i64, found: Found, received: usize) {
        let received = i64::try_from(received).unwrap_or(i64::MAX);
        let mut known = self.lock();
        let before = found.counted.or_else(|| known.get(&queue).copied());
        if let Some(before) = before {
            if known.len() >= KNOWN {
                known.clear();
            }
            known.insert(queue, before + received);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, i64>> {
        // Nothing that is done under the lock leaves it half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_received_counts_once_it_is_noted_and_is_counted_near_the_bound() {
        let connection = Connection::open_in_memory().expect("opened");
        let table = "CREATE TABLE message (queue INTEGER, visible INTEGER, receives INTEGER)";
        connection.execute_batch(table).expect("made");
        let fill = |count: i64| {
            let sql = "INSERT INTO message WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
                       SELECT i + 1 FROM n WHERE i < ?1) SELECT 1, 100, 1 FROM n";
            connection.execute(sql, [count]).expect("filled");
        };
        let in_flight = InFlight::default();
        let find = || in_flight.find(&connection, 1, 0).expect("found");
        let first = find();
        assert_eq!((first.room, first.counted), (MOST, Some(0)));
        // What was not committed is not noted, and does not count.
        assert_eq!(find().room, MOST);
        in_flight.note(1, first, 10);
        let second = find();
        assert_eq!((second.room, second.counted), (MOST - 10, None));
        fill(MOST - 5);
        in_flight.note(1, second, usize::try_from(MOST - UNNOTED).expect("positive"));
        assert_eq!(find().room, 5, "so near to the bound they are counted");
        in_flight.note(1, find(), 5);
        connection.execute("DELETE FROM message", []).expect("deleted");
        assert_eq!(find().room, MOST);
    }
}
