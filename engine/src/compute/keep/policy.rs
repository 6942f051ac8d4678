//! Keep-alive policies, applied to environments that become idle.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{EnvironmentId, FunctionId, Version};
use crate::base::limits::KeepAlive;
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::compute::Compute;
use crate::compute::environment::start::Wanted;
use crate::compute::hot::Live;
use crate::compute::keep::habit::{BIN, Habit, Outlook};
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::network::Network;
use crate::record::decision::Cause;
use crate::record::function::RoleVerdict;

impl Compute {
    /// Notes that an invocation begins, which may end its function's idle time.
    #[inline]
    pub(crate) fn stirs(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        function: FunctionId,
        version: Version,
        role: RoleVerdict,
    ) {
        if !matches!(cx.limits.keep_alive, KeepAlive::Fixed(_)) {
            self.notes_use(&mut cx.any(), function, version, role);
        }
    }

    #[inline(never)]
    fn notes_use(
        &mut self,
        cx: &mut Cx<'_>,
        function: FunctionId,
        version: Version,
        role: RoleVerdict,
    ) {
        let range = match cx.limits.keep_alive {
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
                habit.note(cx.now - rested);
                cx.timers.cancel(Timer::Expected(function));
            }
            // It comes while another one is under way: the function was not idle at all.
            None if is_running => habit.note(Duration::ZERO),
            None => {}
        }
    }

    /// Notes that the last of a function's invocations under way has ended.
    pub(crate) fn note_idle(&mut self, now: Time, home: u32) {
        if let Some(habit) = &mut self.live.at_mut(home).rest.habit {
            habit.rested = Some(now);
        }
    }

    /// Decides for how long an environment that has become idle is kept.
    pub(crate) fn keep(&mut self, cx: &mut Cx<'_>, id: EnvironmentId) {
        match cx.limits.keep_alive {
            KeepAlive::Fixed(span) => self.set_due(cx, id, cx.now + span),
            KeepAlive::Histogram(range) => self.keep_by_habit(cx, id, range),
            KeepAlive::GreedyDual(memory) => {
                let environment = self.environments.get_mut(&id).expect("the caller has it");
                let rest = &self.live.at(environment.home()).rest;
                let worth = u64::from(rest.uses) * u64::from(rest.start_micros)
                    / u64::from(environment.memory().max(1));
                let priority = self.keeper.clock.saturating_add(worth);
                environment.story_mut().priority = priority;
                self.keeper.idle.insert((priority, environment.since(), id));
                self.make_room(cx, memory);
            }
        }
    }

    fn keep_by_habit(&mut self, cx: &mut Cx<'_>, id: EnvironmentId, range: Duration) {
        let environment = &self.environments[&id];
        let (function, was_invoked) = (environment.function(), environment.invocations() > 0);
        let live = self.live.at_mut(environment.home());
        // The invocation that ends now still has its permit.
        let is_last = live.inflight <= 1;
        let Some(habit) = &mut live.rest.habit else { return self.set_due(cx, id, cx.now + range) };
        if !was_invoked {
            let until = habit.until.max(cx.now + BIN);
            return self.set_due(cx, id, until);
        }
        match habit.outlook() {
            Outlook::Keep(span) => self.set_due(cx, id, cx.now + span),
            Outlook::Away(_, until) if !is_last => self.set_due(cx, id, cx.now + until),
            Outlook::Away(after, until) => {
                habit.until = cx.now + until;
                for id in self.all_idle(function) {
                    self.reap(cx, id, Cause::Unneeded(id));
                }
                cx.timers.set(Timer::Expected(function), cx.now + after);
            }
        }
    }

    /// The idle environments of all versions of a function, those first that idle longest.
    fn all_idle(&self, function: FunctionId) -> Vec<EnvironmentId> {
        let each = self.live.get(&function).into_iter().flat_map(Live::each);
        let mut all = Vec::new();
        for (_, running) in each {
            let from = all.len();
            let slots = running.idle.walk(&self.idle_links);
            all.extend(slots.map(|slot| self.environments.at(slot).id()));
            all[from..].reverse();
        }
        all
    }

    /// An invocation is expected soon: starts an environment for it, unless there is one.
    pub(crate) fn expects(&mut self, cx: &mut Cx<'_>, network: &mut Network, function: FunctionId) {
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
        drop(self.start_environment(cx, network, wanted));
    }

    /// Gives up idle environments until what is left fits the memory.
    pub(crate) fn make_room(&mut self, cx: &mut Cx<'_>, memory: u32) {
        while self.keeper.memory > u64::from(memory)
            && let Some((priority, _, id)) = self.keeper.idle.first().copied()
        {
            self.keeper.clock = priority;
            self.reap(cx, id, Cause::Memory(id));
        }
    }

    /// An environment is no longer among those that can be given up for others.
    #[inline]
    pub(crate) fn leaves_idle(&mut self, slot: u32) {
        if !self.keeper.idle.is_empty() {
            let environment = self.environments.at(slot);
            let (since, id) = (environment.since(), environment.id());
            self.keeper.idle.remove(&(environment.story().priority, since, id));
        }
    }

    /// Checks what is held against what there is.
    pub(crate) fn check_keeper(&self) {
        let held = self.environments.values().filter(|each| each.is_held());
        let held: u64 = held.map(|each| u64::from(each.memory())).sum();
        assert_eq!(self.keeper.memory, held, "memory of environments");
        for (priority, since, id) in &self.keeper.idle {
            let environment = &self.environments[id];
            let known = (environment.story().priority, environment.since());
            assert_eq!(known, (*priority, *since), "{id} and its priority");
            assert!(environment.is_idle(), "{id} is to be given up first and not idle");
        }
    }
}
