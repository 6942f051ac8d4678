//! Who says much that leads nowhere is not heard for a moment: its pings, its heads byte by byte and its
//! lines cost its own time, and not that of this process, which is everybody's.
//!
//! What it says meanwhile waits in its sockets and pipes, and then it waits itself.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::instance::{Instance, Stream};
use super::talk::REST;

/// What is not looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Resting {
    Pipe(Stream),
    Connection,
    Listener,
}

/// All that is not looked at for a while.
#[derive(Default)]
pub(super) struct Rest {
    resting: Mutex<Vec<(Resting, u64, Weak<Instance>)>>,
    looked: Mutex<Option<Instant>>,
}

impl Rest {
    pub(super) fn resting(&self) -> MutexGuard<'_, Vec<(Resting, u64, Weak<Instance>)>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, what: Resting, instance: &Arc<Instance>, token: u64) {
        let mut resting = self.resting();
        if resting.is_empty() {
            *self.looked() = Some(Instant::now());
        }
        resting.push((what, token, Arc::downgrade(instance)));
    }

    fn looked(&self) -> MutexGuard<'_, Option<Instant>> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the thread may wait for something else; no limit where everything is looked at.
    pub(super) fn patience(&self) -> Option<Duration> {
        (!self.resting().is_empty()).then_some(REST)
    }

    /// Whether it is time to look again.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        let is_empty = self.resting().is_empty();
        let mut looked = self.looked();
        if is_empty || looked.is_some_and(|looked| now < looked + REST) {
            return false;
        }
        *looked = Some(now);
        true
    }
}
