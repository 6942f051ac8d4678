//! The lives of execution environments: used again while idle, reaped, gone.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use super::{INIT_UNTOLD, NEVER, Phase};
use crate::base::id::{EniId, EnvironmentId, FunctionId, Version};
use crate::base::limits::KeepAlive;
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::compute::function::Live;
use crate::effect::{Effect, EffectSink, LogEvent, LogLine, Status};
use crate::engine::Engine;
use crate::node::{Exit, NodeCommand, Stages};
use crate::record::decision::{Cause, Choice, NetworkChoice};
use crate::record::eni::EniUser;

impl Engine {
    pub(crate) fn log(
        &self,
        at: Time,
        environment: EnvironmentId,
        line: LogLine,
        out: &mut dyn EffectSink,
    ) {
        if self.environments.contains_key(&environment) {
            out.push(Effect::Log(LogEvent { at, environment, line }));
        }
    }

    pub(crate) fn enter(&mut self, now: Time, environment: EnvironmentId, phase: Phase) {
        if let Some(environment) = self.environments.get_mut(&environment) {
            environment.enter(now, phase);
        }
    }

    /// Gives an environment's phase a deadline.
    pub(crate) fn set_due(&mut self, id: EnvironmentId, at: Time) {
        let known = self.environments.get_mut(&id);
        if known.is_some_and(|environment| environment.falls_due(at)) {
            self.timers.look(id, at);
        }
    }

    fn look_again(&mut self, id: EnvironmentId, at: Time) {
        let known = self.environments.get_mut(&id);
        if known.is_some_and(|environment| environment.wants_look(at)) {
            self.timers.look(id, at);
        }
    }

    /// Looks whether an environment's phase has come to its deadline.
    pub(crate) fn phase_is_due(
        &mut self,
        now: Time,
        looked: Time,
        id: EnvironmentId,
        out: &mut dyn EffectSink,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        let is_once_more = environment.is_looked_at(looked);
        let due = environment.due(self.config.limits.keep_alive);
        if due > now {
            if due != NEVER && is_once_more {
                self.look_again(id, due);
            }
            return;
        }
        match (environment.phase, environment.request()) {
            (Phase::Init, Some(_)) => {
                let spent = (self.config.limits.init, Status::Timeout);
                self.init_again(now, id, spent, out);
            }
            // It was started ahead, and nobody waits for it.
            (Phase::Init, None) => self.reap(now, id, Cause::Failure(id), out),
            (Phase::InitAgain | Phase::Busy, Some(request)) => {
                self.timed_out(now, (id, request), out)
            }
            (Phase::Idle, _) => self.reap(now, id, Cause::Idle(id), out),
            (Phase::InitAgain | Phase::Busy, None) | (Phase::Resetting | Phase::Reaping, _) => {}
        }
    }

    /// The runtime asks for its first event.
    pub(crate) fn environment_is_ready(
        &mut self,
        now: Time,
        id: EnvironmentId,
        stages: Stages,
        mut out: &mut dyn EffectSink,
    ) {
        let Some(slot) = self.environments.slot(&id) else { return };
        let environment = self.environments.at_mut(slot);
        if !matches!(environment.phase, Phase::Init | Phase::InitAgain) {
            return;
        }
        environment.story.stages = Some(stages);
        if environment.phase == Phase::Init {
            environment.facts.set(INIT_UNTOLD);
        }
        let request = environment.request();
        let took = (now - environment.story.created).as_micros();
        let live = self.live.at_mut(environment.home);
        live.rest.start_micros = u32::try_from(took).unwrap_or(u32::MAX).max(1);
        match request {
            Some(request) => self.deliver(now, request, slot, &mut out),
            None => self.rest(now, slot, &mut out),
        }
    }

    /// An init failed, by itself or by its time: it is done again once, within the invocation.
    /// Answers whether it is.
    pub(crate) fn init_again(
        &mut self,
        now: Time,
        id: EnvironmentId,
        (duration, status): (Duration, Status),
        out: &mut dyn EffectSink,
    ) -> bool {
        let Some(environment) = self.environments.get(&id) else { return false };
        let (phase, is_again) = match environment.phase {
            Phase::Init => ("init", false),
            Phase::InitAgain => ("invoke", true),
            Phase::Resetting | Phase::Idle | Phase::Busy | Phase::Reaping => return false,
        };
        let is_ahead = environment.request().is_none();
        self.log(now, id, LogLine::InitReport { duration, status, phase }, out);
        if is_again || is_ahead {
            return false;
        }
        self.enter(now, id, Phase::Resetting);
        out.push(Effect::command(NodeCommand::Stop(id)));
        true
    }

    /// Stops an environment for good.
    pub(crate) fn reap(
        &mut self,
        now: Time,
        id: EnvironmentId,
        cause: Cause,
        out: &mut dyn EffectSink,
    ) {
        let Some(environment) = self.environments.get(&id) else { return };
        if environment.phase == Phase::Reaping {
            return;
        }
        let (eni, memory) = (environment.own_eni(), u64::from(environment.memory()));
        if environment.phase == Phase::Idle {
            self.take_idle(id);
        }
        self.keeper.memory -= memory;
        let choice = Choice::Reap { environment: id, eni };
        let decision = self.journal.draft(now, cause, choice, Vec::new());
        self.journal.keep(decision);
        self.enter(now, id, Phase::Reaping);
        out.push(Effect::command(NodeCommand::Stop(id)));
    }

    /// An environment has answered: it becomes idle, or is reaped when it is out of date.
    // In line, as the step is.
    #[inline(always)]
    pub(crate) fn rest(&mut self, now: Time, slot: u32, out: &mut impl EffectSink) {
        let environment = self.environments.at_mut(slot);
        let id = environment.id;
        if environment.is_superseded() {
            return self.reap(now, id, Cause::Superseded(id), out);
        }
        environment.enter(now, Phase::Idle);
        let (home, version) = (environment.home, environment.version());
        let keep_alive = self.config.limits.keep_alive;
        if let KeepAlive::Fixed(span) = keep_alive
            && environment.wants_look(now + span)
        {
            self.timers.look(id, now + span);
        }
        self.live.at_mut(home).of(version).idle.push(&mut self.idle_links, slot);
        if !matches!(keep_alive, KeepAlive::Fixed(_)) {
            self.keep(now, id, out);
        }
    }

    /// An idle environment is idle no longer.
    fn take_idle(&mut self, id: EnvironmentId) {
        let slot = self.environments.slot(&id).expect("it is idle");
        self.leaves_idle(slot);
        let environment = self.environments.at(slot);
        let (home, version) = (environment.home, environment.version());
        self.live.at_mut(home).of(version).idle.remove(&mut self.idle_links, slot);
    }

    /// Never uses the environments of a version again: idle ones are reaped, busy ones after.
    pub(crate) fn supersede(
        &mut self,
        now: Time,
        function: FunctionId,
        version: Option<Version>,
        out: &mut dyn EffectSink,
    ) {
        let Some(live) = self.live.get(&function) else { return };
        let ids = live.rest.environments.clone();
        for id in ids {
            let Some(environment) = self.environments.get_mut(&id) else { continue };
            if version.is_some_and(|version| environment.version() != version) {
                continue;
            }
            environment.supersede();
            if environment.phase == Phase::Idle {
                self.reap(now, id, Cause::Superseded(id), out);
            }
        }
    }

    /// An environment's process ended by itself.
    pub(crate) fn environment_has_exited(
        &mut self,
        now: Time,
        id: EnvironmentId,
        exit: Exit,
        memory_peak: u64,
        out: &mut dyn EffectSink,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        environment.peaks_at(memory_peak);
        match (environment.phase, environment.request()) {
            (Phase::Init | Phase::InitAgain, request) => {
                let spent = (now - environment.since, Status::Error(exit.error_type().into()));
                if self.init_again(now, id, spent, out) {
                    return;
                }
                match request {
                    Some(request) => self.died(now, request, id, exit, out),
                    None => self.reap(now, id, Cause::Failure(id), out),
                }
            }
            (Phase::Busy, Some(request)) => self.died(now, request, id, exit, out),
            (Phase::Idle | Phase::Busy, _) => self.reap(now, id, Cause::Failure(id), out),
            // It is being stopped already.
            (Phase::Resetting | Phase::Reaping, _) => {}
        }
    }

    /// An environment and all it held are gone: its addresses are free.
    pub(crate) fn environment_is_gone(
        &mut self,
        now: Time,
        id: EnvironmentId,
        out: &mut dyn EffectSink,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        match environment.phase {
            Phase::Resetting => {
                let limit = now + environment.timeout();
                self.enter(now, id, Phase::InitAgain);
                self.set_due(id, limit);
                let spec = self.spec(id);
                out.push(Effect::command(NodeCommand::Start(Box::new(spec))));
            }
            Phase::Reaping => self.bury(now, id, out),
            // Told of an earlier life.
            Phase::Init | Phase::InitAgain | Phase::Idle | Phase::Busy => {}
        }
    }

    fn bury(&mut self, now: Time, id: EnvironmentId, out: &mut dyn EffectSink) {
        let mut environment = self.environments.remove(&id).expect("the caller found it");
        environment.since = now;
        let live = self.live.at_mut(environment.home);
        let (function, rest) = (live.id, &mut live.rest);
        let place = environment.story.place as usize;
        rest.environments.swap_remove(place);
        if rest.environments.is_empty() {
            rest.uses = 0;
        }
        if let Some(moved) = rest.environments.get(place) {
            let moved = self.environments.get_mut(moved).expect("its function has it");
            moved.story.place = place as u32;
        }
        self.forget_if_gone(function);
        match environment.story.network {
            NetworkChoice::Outside => {}
            NetworkChoice::Created { eni, .. } => self.release_eni(now, eni),
            NetworkChoice::Shared { eni, .. } => {
                if let Some(shared) = self.network.pairs.shared_mut(eni) {
                    shared.environments -= 1;
                    let key = self.network.pairs.of_eni[&eni].clone();
                    self.settle_pair(now, &key, out);
                }
            }
        }
        self.journal.bury(environment);
    }

    /// Gives up a classic ENI: at once, or `available` for as long as AWS would leave it.
    fn release_eni(&mut self, now: Time, eni: EniId) {
        let wait = self.config.limits.eni_release;
        if wait.is_zero() {
            return self.eni_is_due(now, eni);
        }
        let until = now + wait;
        self.network.release_eni(eni, until);
        self.timers.set(Timer::Eni(eni), until);
    }

    /// Deletes a classic ENI whose time is up; somebody else may have done so before.
    pub(crate) fn eni_is_due(&mut self, now: Time, eni: EniId) {
        if !self.network.enis.contains_key(&eni) {
            return;
        }
        let cause = Cause::Api { operation: "reclaim".into(), function: None };
        self.network.remove_eni(eni);
        self.journal.forget(eni);
        let decision = self.journal.draft(now, cause, Choice::DeleteEni(eni), Vec::new());
        self.journal.keep(decision);
    }

    /// Checks environments against ENIs, invocations and what functions know of them.
    pub(crate) fn check_environments(&self) {
        for environment in self.environments.values() {
            let id = &environment.id;
            let live = self.live.at(environment.home);
            assert_eq!(live.id, environment.function(), "{id} and its function");
            let place = live.rest.environments.get(environment.story.place as usize);
            assert_eq!(place, Some(id), "{id} is unknown to its function");
            if let Some(eni) = environment.own_eni() {
                let user = &self.network.enis[&eni].user;
                assert_eq!(*user, EniUser::Environment(*id, environment.function()), "{eni}");
            }
        }
        for eni in self.network.enis.values() {
            if let EniUser::Environment(environment, _) = &eni.user {
                assert_eq!(self.environments[environment].own_eni(), Some(eni.id), "{}", eni.id);
            }
        }
        for live in self.live.values() {
            for id in &live.rest.environments {
                assert!(self.environments.contains_key(id), "{id} is gone");
            }
            self.check_idle(live);
        }
        self.check_keeper();
    }

    /// Checks the idle ones of each version against their phases.
    fn check_idle(&self, live: &Live) {
        let all = live.rest.environments.iter().map(|id| &self.environments[id]);
        for (version, running) in live.each() {
            let idle = all.clone().filter(|each| each.is_idle() && each.version() == version);
            let mut idle: Vec<_> = idle.map(|each| (each.since, each.id)).collect();
            let mut walked: Vec<_> = running
                .idle
                .walk(&self.idle_links, &self.environments)
                .map(|each| (each.since, each.id))
                .collect();
            assert!(walked.is_sorted_by(|one, other| one.0 >= other.0), "order of idleness");
            idle.sort_unstable();
            walked.sort_unstable();
            assert_eq!(walked, idle, "idle environments of {:?}", live.id);
        }
    }
}

impl Exit {
    /// The type of error that AWS gives in `REPORT`.
    pub(crate) fn error_type(self) -> &'static str {
        match self {
            Exit::OutOfMemory => "Runtime.OutOfMemory",
            Exit::Status(_) | Exit::Signal(_) => "Runtime.ExitError",
        }
    }
}
