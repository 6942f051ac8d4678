//! Keep-alive: how long idle environments are kept, which are given up for the sake of others, and
//! which are started ahead of their invocations.

use alloc::boxed::Box;
use alloc::collections::{BTreeSet, VecDeque};
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{EnvironmentId, FunctionId, Version};
use crate::base::limits::KeepAlive;
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::compute::environment::{Environment, Wanted};
use crate::compute::function::Live;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::decision::Cause;
use crate::record::function::RoleVerdict;

/// The width of a histogram's bin.
const BIN: Duration = Duration::from_secs(60);
/// Below this percentile of idle times there need be no environment.
const HEAD: u64 = 5;
/// Above this percentile there need be none any more.
const TAIL: u64 = 99;
/// The squared coefficient of variation of the bins' counts from which a histogram tells
/// something: 2, as the paper has it.
const TELLING: u64 = 4;
/// Idle times before a histogram is asked at all; the paper names no number.
const FEWEST: u32 = 5;
/// Idle times that a forecast goes by.
const RECENT: usize = 16;

/// What is known of a function's idle times.
#[derive(Debug, Clone)]
pub(crate) struct Habit {
    /// When its last invocation ended, while none is under way.
    rested: Option<Time>,
    /// Idle times within the range, by minutes.
    bins: Vec<u32>,
    within: u32,
    /// Idle times beyond the range.
    beyond: u32,
    /// The sum of the squares of the bins' counts.
    squares: u64,
    /// The last idle times, in minutes.
    recent: VecDeque<u32>,
    /// What was invoked last, and whether its role may manage ENIs.
    version: Version,
    role: RoleVerdict,
    /// Until when an environment that is started ahead is kept.
    until: Time,
}

/// What follows from a habit when a function has become idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outlook {
    /// Its environments are kept for so long.
    Keep(Duration),
    /// They are given up; one is started after the first span, and kept until the second.
    Away(Duration, Duration),
}

impl Habit {
    fn new(range: Duration) -> Habit {
        let bins = (range.as_secs() / BIN.as_secs()).max(1) as usize;
        Habit {
            rested: None,
            bins: alloc::vec![0; bins],
            within: 0,
            beyond: 0,
            squares: 0,
            recent: VecDeque::new(),
            version: Version(0),
            role: RoleVerdict::Allowed,
            until: Time(0),
        }
    }

    fn note(&mut self, idle: Duration) {
        let minutes = (idle.as_secs() / BIN.as_secs()) as usize;
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(minutes as u32);
        let Some(bin) = self.bins.get_mut(minutes) else {
            self.beyond += 1;
            return;
        };
        self.squares += 2 * u64::from(*bin) + 1;
        *bin += 1;
        self.within += 1;
    }

    fn outlook(&self) -> Outlook {
        let range = BIN * self.bins.len() as u32;
        let seen = self.within.saturating_add(self.beyond);
        if seen < FEWEST {
            return Outlook::Keep(range);
        }
        if self.beyond > seen / 2 {
            return self.forecast().map_or(Outlook::Keep(range), |idle| {
                Outlook::Away(idle * 85 / 100, idle * 115 / 100)
            });
        }
        // The square of deviation over mean is n·Σc²/(Σc)² − 1 for the counts c of n bins.
        let (within, bins) = (u128::from(self.within), self.bins.len() as u128);
        if bins * u128::from(self.squares) < u128::from(TELLING + 1) * within * within {
            return Outlook::Keep(range);
        }
        let head = BIN * self.percentile(HEAD) as u32;
        let tail = BIN * (self.percentile(TAIL) as u32 + 1);
        match head {
            Duration::ZERO => Outlook::Keep(tail * 110 / 100),
            head => Outlook::Away(head * 90 / 100, tail * 110 / 100),
        }
    }

    /// The bin below whose end this percentage of the idle times lies.
    fn percentile(&self, percent: u64) -> usize {
        let wanted = (u64::from(self.within) * percent).div_ceil(100).max(1);
        let mut counted = 0;
        let found = self.bins.iter().position(|bin| {
            counted += u64::from(*bin);
            counted >= wanted
        });
        found.unwrap_or(self.bins.len() - 1)
    }

    /// The next idle time by the last ones: an autoregression of the first order, where the paper
    /// fits an ARIMA model.
    fn forecast(&self) -> Option<Duration> {
        if self.recent.len() < FEWEST as usize {
            return None;
        }
        let mean =
            self.recent.iter().map(|each| f64::from(*each)).sum::<f64>() / self.recent.len() as f64;
        let off: Vec<f64> = self.recent.iter().map(|each| f64::from(*each) - mean).collect();
        let lagged: f64 = off.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let all: f64 = off.windows(2).map(|pair| pair[0] * pair[0]).sum();
        let slope = if all > 0.0 { (lagged / all).clamp(-0.99, 0.99) } else { 0.0 };
        let minutes = mean + slope * off.last().copied().unwrap_or(0.0);
        Some(BIN * minutes.max(1.0) as u32)
    }
}

/// What environments hold, and in which order idle ones are given up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keeper {
    /// MB of all environments that are not being reaped.
    pub(crate) memory: u64,
    /// The priority of what was given up last.
    clock: u64,
    /// Idle environments by priority and then by their last use, under greedy-dual.
    idle: BTreeSet<(u64, Time, EnvironmentId)>,
}

impl Engine {
    /// Notes that an invocation begins, which may end its function's idle time.
    #[inline]
    pub(crate) fn stirs(
        &mut self,
        now: Time,
        function: FunctionId,
        version: Version,
        role: RoleVerdict,
    ) {
        if !matches!(self.config.limits.keep_alive, KeepAlive::Fixed(_)) {
            self.notes_use(now, function, version, role);
        }
    }

    #[inline(never)]
    fn notes_use(&mut self, now: Time, function: FunctionId, version: Version, role: RoleVerdict) {
        let range = match self.config.limits.keep_alive {
            KeepAlive::Fixed(_) => return,
            KeepAlive::GreedyDual(_) => {
                let rest = &mut self.live(function).rest;
                rest.uses = rest.uses.saturating_add(1);
                return;
            }
            KeepAlive::Histogram(range) => range,
        };
        let live = self.live(function);
        let is_running = live.inflight > 0;
        let habit = live.rest.habit.get_or_insert_with(|| Box::new(Habit::new(range)));
        (habit.version, habit.role) = (version, role);
        match habit.rested.take() {
            Some(rested) => {
                habit.note(now - rested);
                self.timers.cancel(Timer::Expected(function));
            }
            // It comes while another one is under way: the function was not idle at all.
            None if is_running => habit.note(Duration::ZERO),
            None => {}
        }
    }

    /// Notes that the last of a function's invocations under way has ended.
    pub(crate) fn rests(&mut self, now: Time, home: u32) {
        if let Some(habit) = &mut self.live.at_mut(home).rest.habit {
            habit.rested = Some(now);
        }
    }

    /// Decides for how long an environment that has become idle is kept.
    pub(crate) fn keep(&mut self, now: Time, id: EnvironmentId, out: &mut dyn EffectSink) {
        match self.config.limits.keep_alive {
            KeepAlive::Fixed(span) => self.set_due(id, now + span),
            KeepAlive::Histogram(range) => self.keep_by_habit(now, id, range, out),
            KeepAlive::GreedyDual(memory) => {
                let environment = self.environments.get_mut(&id).expect("the caller has it");
                let rest = &self.live.at(environment.home).rest;
                let worth = u64::from(rest.uses) * u64::from(rest.start_micros)
                    / u64::from(environment.memory().max(1));
                let priority = self.keeper.clock.saturating_add(worth);
                environment.story.priority = priority;
                self.keeper.idle.insert((priority, environment.since, id));
                self.make_room(now, memory, out);
            }
        }
    }

    fn keep_by_habit(
        &mut self,
        now: Time,
        id: EnvironmentId,
        range: Duration,
        out: &mut dyn EffectSink,
    ) {
        let environment = &self.environments[&id];
        let (function, was_invoked) = (environment.function(), environment.invocations() > 0);
        let live = self.live.at_mut(environment.home);
        // The invocation that ends now still has its permit.
        let is_last = live.inflight <= 1;
        let Some(habit) = &mut live.rest.habit else { return self.set_due(id, now + range) };
        if !was_invoked {
            let until = habit.until.max(now + BIN);
            return self.set_due(id, until);
        }
        match habit.outlook() {
            Outlook::Keep(span) => self.set_due(id, now + span),
            Outlook::Away(_, until) if !is_last => self.set_due(id, now + until),
            Outlook::Away(after, until) => {
                habit.until = now + until;
                for id in self.all_idle(function) {
                    self.reap(now, id, Cause::Unneeded(id), out);
                }
                self.timers.set(Timer::Expected(function), now + after);
            }
        }
    }

    /// The idle environments of all versions of a function, those first that idle longest.
    fn all_idle(&self, function: FunctionId) -> Vec<EnvironmentId> {
        let each = self.live.get(&function).into_iter().flat_map(Live::each);
        let mut all = Vec::new();
        for (_, running) in each {
            let from = all.len();
            all.extend(running.idle.walk(&self.idle_links, &self.environments).map(|each| each.id));
            all[from..].reverse();
        }
        all
    }

    /// An invocation is expected soon: starts an environment for it, unless there is one.
    pub(crate) fn expects(&mut self, now: Time, function: FunctionId, out: &mut dyn EffectSink) {
        let Some(live) = self.live.get(&function) else { return };
        let Some(habit) = &live.rest.habit else { return };
        let (version, role) = (habit.version, habit.role);
        if live.inflight > 0 || !self.all_idle(function).is_empty() {
            return;
        }
        let known = self.functions.by_id.get(&function);
        let configuration = known.and_then(|known| known.configuration(version));
        if configuration.is_none_or(|configuration| configuration.state.busy().is_some()) {
            return;
        }
        let wanted = Wanted {
            function,
            version,
            cause: Cause::Expected(function),
            role,
            passed_over: Vec::new(),
        };
        // Nobody waits for it: that it could not be is in the journal.
        drop(self.start_environment(now, wanted, out));
    }

    /// Gives up idle environments until what is left fits the memory.
    pub(crate) fn make_room(&mut self, now: Time, memory: u32, out: &mut dyn EffectSink) {
        while self.keeper.memory > u64::from(memory)
            && let Some((priority, _, id)) = self.keeper.idle.first().copied()
        {
            self.keeper.clock = priority;
            self.reap(now, id, Cause::Memory(id), out);
        }
    }

    /// An environment is no longer among those that can be given up for others.
    #[inline]
    pub(crate) fn leaves_idle(&mut self, slot: u32) {
        if !self.keeper.idle.is_empty() {
            let environment = self.environments.at(slot);
            let Environment { since, id, .. } = *environment;
            self.keeper.idle.remove(&(environment.story.priority, since, id));
        }
    }

    /// Checks what is held against what there is.
    pub(crate) fn check_keeper(&self) {
        let held = self.environments.values().filter(|each| each.is_held());
        let held: u64 = held.map(|each| u64::from(each.memory())).sum();
        assert_eq!(self.keeper.memory, held, "memory of environments");
        for (priority, since, id) in &self.keeper.idle {
            let environment = &self.environments[id];
            let known = (environment.story.priority, environment.since);
            assert_eq!(known, (*priority, *since), "{id} and its priority");
            assert!(environment.is_idle(), "{id} is to be given up first and not idle");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn habit(minutes: &[u64]) -> Habit {
        let mut habit = Habit::new(240 * MINUTE);
        minutes.iter().for_each(|each| habit.note(Duration::from_secs(each * 60 + 30)));
        habit
    }

    #[test]
    fn few_idle_times_tell_nothing() {
        assert_eq!(habit(&[10, 10, 10]).outlook(), Outlook::Keep(240 * MINUTE));
    }

    #[test]
    fn a_timer_every_half_hour_is_met() {
        let outlook = habit(&[29; 20]).outlook();
        assert_eq!(outlook, Outlook::Away(29 * MINUTE * 90 / 100, 30 * MINUTE * 110 / 100));
    }

    #[test]
    fn short_idle_times_are_waited_for() {
        let mut minutes = [0; 99].to_vec();
        minutes.extend([7; 2]);
        assert_eq!(habit(&minutes).outlook(), Outlook::Keep(8 * MINUTE * 110 / 100));
    }

    #[test]
    fn idle_times_of_every_length_tell_nothing() {
        let minutes: Vec<u64> = (0..240).collect();
        assert_eq!(habit(&minutes).outlook(), Outlook::Keep(240 * MINUTE));
    }

    #[test]
    fn the_squares_are_those_of_the_counts() {
        let habit = habit(&[1, 1, 1, 5, 5, 9, 300]);
        let squares: u64 = habit.bins.iter().map(|bin| u64::from(*bin).pow(2)).sum();
        assert_eq!((habit.squares, habit.within, habit.beyond), (squares, 6, 1));
    }

    #[test]
    fn what_lies_beyond_the_range_is_forecast() {
        let outlook = habit(&[1440; 10]).outlook();
        assert_eq!(outlook, Outlook::Away(1440 * MINUTE * 85 / 100, 1440 * MINUTE * 115 / 100));
        // By turns: after a short one comes a long one.
        let turns: Vec<u64> = (0..16).map(|at| if at % 2 == 0 { 1000 } else { 500 }).collect();
        let Outlook::Away(after, _) = habit(&turns).outlook() else { panic!("it is forecast") };
        assert!(after > 800 * MINUTE, "{after:?}");
    }
}
