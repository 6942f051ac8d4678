//! Timers: what is to happen by itself, and when.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::base::id::{
    EniId, EnvironmentId, FunctionId, MappingId, NatGatewayId, PeeringId, RequestId, VpcId,
};
use crate::base::time::Time;
use crate::base::wheel::Wheel;

/// What a deadline is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// An environment's present phase has a deadline: of its init, its invocation or its idleness.
    Phase(EnvironmentId),
    /// An environment is too old.
    Age(EnvironmentId),
    /// An asynchronous event is due.
    Event(RequestId),
    /// A VPC function has not been invoked for long.
    Inactive(FunctionId),
    /// A function's creation or update is over, where AWS's own timing is imitated.
    Settle(FunctionId),
    /// An invocation of a function is expected.
    Expected(FunctionId),
    /// A released ENI is due to be deleted.
    Eni(EniId),
    /// A shared ENI that could not be made is tried again.
    Again(EniId),
    /// The plan of a VPC that could not be put in force is told again.
    Plan(VpcId),
    /// A NAT gateway that was deleted, or could not be made, is shown no longer.
    NatGateway(NatGatewayId),
    /// A peering connection that nobody accepts expires, or one that is gone is shown no longer.
    Peering(PeeringId),
    /// Something of an event source mapping is due.
    Mapping(MappingId),
    /// The ENIs of a pair that nobody uses are due to be deleted; by its first ENI.
    Pair(EniId),
}

/// When something may happen by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// When a `Tick` is due.
    pub at: Time,
    /// What; none when it was cancelled or put off, and there is nothing to be done.
    pub timer: Option<Timer>,
}

/// What the wheel holds, small.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Phase(EnvironmentId),
    Age(EnvironmentId),
    /// A timer by its place, if that was not set anew since.
    Set {
        place: u32,
        times: u32,
    },
}

/// A timer that is set, or a place for one.
#[derive(Debug, Clone)]
struct Setting {
    timer: Option<Timer>,
    /// How often the place was set.
    times: u32,
}

/// Deadlines.
///
/// Those of environments are looked at once when they come and are true only if their environment
/// says so: it moves its deadline with every invocation, and need not be found here for that.
/// Others are set at most once each, and can be cancelled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timers {
    wheel: Wheel<Entry>,
    settings: Vec<Setting>,
    free: Vec<u32>,
    /// The places of timers that are set.
    set: BTreeMap<Timer, u32>,
}

impl Timers {
    /// Sets a timer, in the place of its earlier deadline.
    pub(crate) fn set(&mut self, timer: Timer, at: Time) {
        let place = *self.set.entry(timer).or_insert_with(|| {
            self.free.pop().unwrap_or_else(|| {
                self.settings.push(Setting { timer: None, times: 0 });
                self.settings.len() as u32 - 1
            })
        });
        let setting = &mut self.settings[place as usize];
        setting.timer = Some(timer);
        setting.times = setting.times.wrapping_add(1);
        self.wheel.push(at, Entry::Set { place, times: setting.times });
    }

    /// Sets a timer unless it is set already.
    pub(crate) fn set_once(&mut self, timer: Timer, at: Time) {
        if !self.set.contains_key(&timer) {
            self.set(timer, at);
        }
    }

    pub(crate) fn cancel(&mut self, timer: Timer) {
        if let Some(place) = self.set.remove(&timer) {
            self.settings[place as usize].timer = None;
            self.free.push(place);
        }
    }

    /// Looks at an environment's phase at that time.
    pub(crate) fn look(&mut self, environment: EnvironmentId, at: Time) {
        self.wheel.push(at, Entry::Phase(environment));
    }

    /// Looks at an environment's age at that time.
    pub(crate) fn age(&mut self, environment: EnvironmentId, at: Time) {
        self.wheel.push(at, Entry::Age(environment));
    }

    /// When something may be due next.
    pub(crate) fn next(&self) -> Option<Time> {
        self.wheel.next()
    }

    /// When something may be due next, and what.
    #[inline]
    pub(crate) fn next_deadline(&self) -> Option<Deadline> {
        let (at, entry) = self.wheel.peek()?;
        let timer = match entry {
            Entry::Phase(environment) => Some(Timer::Phase(environment)),
            Entry::Age(environment) => Some(Timer::Age(environment)),
            Entry::Set { place, times } => self.setting(place, times),
        };
        Some(Deadline { at, timer })
    }

    /// The timer of an entry, unless it was cancelled, or set anew, since.
    fn setting(&self, place: u32, times: u32) -> Option<Timer> {
        let setting = self.settings.get(place as usize)?;
        setting.timer.filter(|_| setting.times == times)
    }

    /// The first timer that is due, with its deadline; it is no longer set then.
    pub(crate) fn pop(&mut self, now: Time) -> Option<(Time, Timer)> {
        loop {
            let (at, entry) = self.wheel.pop(now)?;
            match entry {
                Entry::Phase(environment) => return Some((at, Timer::Phase(environment))),
                Entry::Age(environment) => return Some((at, Timer::Age(environment))),
                Entry::Set { place, times } => {
                    if let Some(timer) = self.setting(place, times) {
                        self.cancel(timer);
                        return Some((at, timer));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_set_again_is_due_once_and_later() {
        let mut timers = Timers::default();
        let (eni, age) = (Timer::Eni(EniId(1)), EnvironmentId(1));
        timers.set(eni, Time(5));
        timers.set(eni, Time(9));
        timers.set_once(eni, Time(1));
        timers.age(age, Time(7));
        // What was put off is looked at once, for nothing.
        assert_eq!(timers.next_deadline(), Some(Deadline { at: Time(5), timer: None }));
        assert_eq!(timers.pop(Time(6)), None);
        let age_is_next = Deadline { at: Time(7), timer: Some(Timer::Age(age)) };
        assert_eq!(timers.next_deadline(), Some(age_is_next));
        assert_eq!(timers.pop(Time(7)), Some((Time(7), Timer::Age(age))));
        timers.cancel(eni);
        // The place of one that was cancelled is another's, which comes at its own time.
        let pair = Timer::Pair(EniId(2));
        timers.set(pair, Time(20));
        assert_eq!(timers.pop(Time(19)), None);
        assert_eq!(timers.pop(Time(99)), Some((Time(20), pair)));
        assert_eq!(timers.next(), None);
    }
}
