//! The engine's lock: a panic under it ends the process, since what it guards may be half changed.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::thread::{self, end_process};

/// What is locked, for as long as this is there.
pub(super) struct Held<'a, T> {
    guard: MutexGuard<'a, T>,
    /// Whether this was made while a panic was under way that began elsewhere.
    was_panicking: bool,
    since: Instant,
}

/// How long nobody should keep the engine from all others.
const LONG: Duration = Duration::from_millis(50);

impl<'a, T> Held<'a, T> {
    pub(super) fn lock(mutex: &'a Mutex<T>) -> Held<'a, T> {
        let guard = thread::lock(mutex, "the engine");
        Held { guard, was_panicking: std::thread::panicking(), since: Instant::now() }
    }
}

impl<T> Drop for Held<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.was_panicking {
            end_process("engine panicked amid a step");
        }
        let took = self.since.elapsed();
        if took > LONG {
            tracing::warn!(?took, "engine was held for long");
        }
    }
}

impl<T> Deref for Held<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Held<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}
