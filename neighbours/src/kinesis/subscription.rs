//! Who is subscribed to which shard for which consumer: one at a time, and for five seconds nobody else.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

/// How long a subscription cannot be taken over.
const HELD: Duration = Duration::from_secs(5);

/// The ARN of a consumer, and a shard's id.
pub(super) type Key = (String, String);

/// Subscriptions, by what they are of.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    all: Mutex<HashMap<Key, Held>>,
}

#[derive(Debug)]
struct Held {
    since: Instant,
    over: oneshot::Sender<Over>,
}

/// Why a subscription ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Another has taken it over.
    Taken,
    /// The server ends.
    Stopping,
}

impl Subscriptions {
    /// Subscribes, in the place of whoever is; answers what tells that it is over. None where
    /// somebody has subscribed just now.
    pub(super) fn begin(&self, key: Key) -> Option<oneshot::Receiver<Over>> {
        let mut all = self.lock();
        let is_fresh = |held: &Held| held.since.elapsed() < HELD;
        // Those that have ended are kept until they could be taken over, and no longer.
        all.retain(|_, held| is_fresh(held) || !held.over.is_closed());
        if all.get(&key).is_some_and(is_fresh) {
            return None;
        }
        let (over, ends) = oneshot::channel();
        if let Some(before) = all.insert(key, Held { since: Instant::now(), over }) {
            // One that has ended is not told.
            let _ = before.over.send(Over::Taken);
        }
        Some(ends)
    }

    /// Ends all.
    pub(super) fn stop(&self) {
        for (_, held) in self.lock().drain() {
            let _ = held.over.send(Over::Stopping);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Held>> {
        // It is whole between any two of its lines.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
