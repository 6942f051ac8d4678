//! The clock of a service: what is due is found by one deadline, which is held in memory.

use std::sync::{Arc, Weak};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::watch;

use crate::failure::Failure;
use crate::store::{Store, StoreError};
use crate::time::{instant_of, now};

/// How long a store that fails is left alone.
const PAUSE: Duration = Duration::from_secs(1);
/// How long is slept at the most, in milliseconds: the time of day may be set meanwhile, and a machine
/// that is suspended does not count the time.
const LONGEST: i64 = 60_000;

/// Rung when there may be an earlier deadline.
#[derive(Debug)]
pub(crate) struct Clock(watch::Sender<u64>);

impl Default for Clock {
    fn default() -> Clock {
        Clock(watch::Sender::new(0))
    }
}

impl Clock {
    pub(crate) fn ring(&self) {
        self.0.send_modify(|rung| *rung += 1);
    }
}

/// What came of looking at what is due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fired {
    /// Whether anything was put into the outbox.
    pub(crate) any: bool,
    /// When something is due next.
    pub(crate) next: Option<i64>,
}

/// A service in which something happens by time.
pub(crate) trait Timed: Send + Sync + 'static {
    fn timed_store(&self) -> &Store;
    fn clock(&self) -> &Clock;

    /// Puts what is due into the outbox and sets its next deadline, in the same work.
    fn fire(&self) -> impl FnOnce(&Connection, i64) -> Result<Fired, Failure> + Send + 'static;

    /// Something was put into the outbox.
    fn has_fired(&self);
}

/// Fires for as long as the service is there.
pub(crate) fn tick<T: Timed>(service: &Arc<T>) {
    let rung = service.clock().0.subscribe();
    tokio::spawn(run(Arc::downgrade(service), rung));
}

async fn run<T: Timed>(service: Weak<T>, mut rung: watch::Receiver<u64>) {
    loop {
        rung.mark_unchanged();
        let Some(held) = service.upgrade() else { return };
        let fire = held.fire();
        let fired = match held.timed_store().run(move |connection| fire(connection, now())).await {
            Ok(fired) => fired,
            Err(Failure::Store(StoreError::Closed)) => return,
            Err(why) => {
                tracing::warn!(%why, "what is due does not happen");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        if fired.any {
            held.has_fired();
        }
        drop(held);
        let changed = rung.changed();
        let is_over = match fired.next {
            Some(next) => tokio::select! {
                changed = changed => changed.is_err(),
                () = tokio::time::sleep_until(instant_of(next.min(now() + LONGEST))) => false,
            },
            None => changed.await.is_err(),
        };
        if is_over {
            return;
        }
    }
}
