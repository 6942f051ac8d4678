//! Timers: what is to happen by itself, and when.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::id::{EniId, EnvironmentId, FunctionId, RequestId};
use crate::time::Time;

/// What a deadline is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// An init takes too long.
    Init(EnvironmentId),
    /// An invocation takes too long.
    Timeout(RequestId),
    /// An environment has been idle for too long.
    Idle(EnvironmentId),
    /// An environment is too old.
    Age(EnvironmentId),
    /// An asynchronous event is due.
    Event(RequestId),
    /// A VPC function has not been invoked for long.
    Inactive(FunctionId),
    /// A released ENI is due to be deleted.
    Eni(EniId),
    /// A shared ENI that could not be made is tried again.
    Again(EniId),
    /// The ENIs of a pair that nobody uses are due to be deleted; by its first ENI.
    Pair(EniId),
}

/// Deadlines, at most one for each timer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timers {
    due: BTreeSet<(Time, Timer)>,
    at: BTreeMap<Timer, Time>,
}

impl Timers {
    /// Sets a timer, in the place of its earlier deadline.
    pub(crate) fn set(&mut self, timer: Timer, at: Time) {
        if let Some(before) = self.at.insert(timer, at) {
            self.due.remove(&(before, timer));
        }
        self.due.insert((at, timer));
    }

    /// Sets a timer unless it is set already.
    pub(crate) fn set_once(&mut self, timer: Timer, at: Time) {
        if !self.at.contains_key(&timer) {
            self.set(timer, at);
        }
    }

    pub(crate) fn cancel(&mut self, timer: Timer) {
        if let Some(at) = self.at.remove(&timer) {
            self.due.remove(&(at, timer));
        }
    }

    pub(crate) fn next(&self) -> Option<(Time, Timer)> {
        self.due.first().copied()
    }

    /// The first timer that is due, which is no longer set then.
    pub(crate) fn pop(&mut self, now: Time) -> Option<Timer> {
        let (at, timer) = self.next()?;
        if at > now {
            return None;
        }
        self.cancel(timer);
        Some(timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_set_again_is_due_once_and_later() {
        let mut timers = Timers::default();
        let (idle, age) = (Timer::Idle(EnvironmentId(1)), Timer::Age(EnvironmentId(1)));
        timers.set(idle, Time(5));
        timers.set(idle, Time(9));
        timers.set_once(idle, Time(1));
        timers.set(age, Time(7));
        assert_eq!(timers.next(), Some((Time(7), age)));
        assert_eq!((timers.pop(Time(6)), timers.pop(Time(7))), (None, Some(age)));
        timers.cancel(idle);
        assert_eq!(timers.pop(Time(99)), None);
    }
}
