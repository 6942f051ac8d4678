//! The lives of execution environments: used again while idle, reaped, gone.

use alloc::vec::Vec;
use core::time::Duration;

use super::{NEVER, Phase};
use crate::base::id::{EnvironmentId, FunctionId, Version};
use crate::base::limits::KeepAlive;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::hot::Live;

use crate::cx::Cx;
use crate::effect::{Effect, EffectSink, LogEvent, LogLine, Status};
use crate::network::Network;
use crate::node::{Exit, NodeCommand, Stages};
use crate::record::decision::{Cause, Choice};
use crate::record::eni::EniUser;
use crate::record::function::LogLevel;

impl Compute {
    pub(crate) fn log(&self, cx: &mut Cx<'_>, environment: EnvironmentId, line: LogLine) {
        if self.environments.contains_key(&environment) {
            cx.out.push(Effect::Log(LogEvent { at: cx.now, environment, line }));
        }
    }

    pub(crate) fn enter(&mut self, cx: &mut Cx<'_>, environment: EnvironmentId, phase: Phase) {
        if let Some(environment) = self.environments.get_mut(&environment) {
            environment.enter(cx.now, phase);
        }
    }

    /// Gives an environment's phase a deadline.
    pub(crate) fn set_due(&mut self, cx: &mut Cx<'_>, id: EnvironmentId, at: Time) {
        let known = self.environments.get_mut(&id);
        if known.is_some_and(|environment| environment.falls_due(at)) {
            cx.timers.look(id, at);
        }
    }

    fn look_again(&mut self, cx: &mut Cx<'_>, id: EnvironmentId, at: Time) {
        let known = self.environments.get_mut(&id);
        if known.is_some_and(|environment| environment.wants_look(at)) {
            cx.timers.look(id, at);
        }
    }

    /// Looks whether an environment's phase has come to its deadline.
    pub(crate) fn phase_is_due(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        looked: Time,
        id: EnvironmentId,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        let is_once_more = environment.is_looked_at(looked);
        let due = environment.due(cx.limits.keep_alive);
        if due > cx.now {
            if due != NEVER && is_once_more {
                self.look_again(cx, id, due);
            }
            return;
        }
        match (environment.phase(), environment.request()) {
            (Phase::Init, Some(_)) => {
                self.init_again(cx, id, cx.limits.init, Status::Timeout);
            }
            // It was started ahead, and nobody waits for it.
            (Phase::Init, None) => self.reap(cx, id, Cause::Failure(id)),
            (Phase::InitAgain | Phase::Busy, Some(request)) => self.timed_out(cx, id, request),
            (Phase::Idle, _) => self.reap(cx, id, Cause::Idle(id)),
            (Phase::Answered, _) => self.answer_is_due(cx, network, id),
            (Phase::InitAgain | Phase::Busy, None) | (Phase::Resetting | Phase::Reaping, _) => {}
        }
    }

    /// An environment is too old: it has no further invocation.
    pub(crate) fn age_is_due(&mut self, cx: &mut Cx<'_>, id: EnvironmentId) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        environment.supersede();
        if environment.is_idle() {
            self.reap(cx, id, Cause::Age(id));
        }
    }

    /// The runtime asks for its first event.
    pub(crate) fn environment_is_ready(
        &mut self,
        cx: &mut Cx<'_>,
        id: EnvironmentId,
        stages: Stages,
    ) {
        let Some(slot) = self.environments.slot(&id) else { return };
        let environment = self.environments.at_mut(slot);
        if !environment.is_in_init() {
            return;
        }
        let (phase, began) = match environment.phase() {
            Phase::InitAgain => ("invoke", environment.since()),
            _ => ("init", environment.story().created),
        };
        let took = (cx.now - began).as_micros();
        environment.is_ready(cx.now, stages);
        let request = environment.request();
        if environment.story().launch.logging.system == Some(LogLevel::Debug) {
            self.log(cx, id, LogLine::InitDone { duration: stages.runtime, phase });
        }
        let environment = self.environments.at(slot);
        let live = self.live.at_mut(environment.home());
        live.rest.start_micros = u32::try_from(took).unwrap_or(u32::MAX).max(1);
        match request {
            Some(request) => self.deliver(cx, request, slot),
            None => self.rest(cx, slot),
        }
    }

    /// An init failed, by itself or by its time: it is done again once, within the invocation.
    /// Answers whether it is.
    pub(crate) fn init_again(
        &mut self,
        cx: &mut Cx<'_>,
        id: EnvironmentId,
        duration: Duration,
        status: Status,
    ) -> bool {
        let Some(environment) = self.environments.get(&id) else { return false };
        let (phase, is_again) = match environment.phase() {
            Phase::Init => ("init", false),
            Phase::InitAgain => ("invoke", true),
            Phase::Resetting | Phase::Idle | Phase::Busy | Phase::Answered | Phase::Reaping => {
                return false;
            }
        };
        let is_ahead = environment.request().is_none();
        self.log(cx, id, LogLine::InitReport { duration, status, phase });
        if is_again || is_ahead {
            return false;
        }
        self.enter(cx, id, Phase::Resetting);
        self.end_runtime(cx, id);
        true
    }

    /// Stops an environment for good.
    pub(crate) fn reap(&mut self, cx: &mut Cx<'_>, id: EnvironmentId, cause: Cause) {
        let Some(environment) = self.environments.get(&id) else { return };
        if environment.phase() == Phase::Reaping {
            return;
        }
        let (eni, memory) = (environment.own_eni(), u64::from(environment.memory()));
        if environment.phase() == Phase::Idle {
            self.take_idle(id);
        }
        self.keeper.memory -= memory;
        let choice = Choice::Reap { environment: id, eni };
        let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
        cx.journal.keep(decision);
        self.enter(cx, id, Phase::Reaping);
        cx.command(NodeCommand::Stop(id));
    }

    /// Whether environments of a function are being reaped at present.
    pub(crate) fn is_reaped(&self, function: FunctionId) -> bool {
        let ids = self.live.get(&function).into_iter().flat_map(|live| &live.rest.environments);
        ids.filter_map(|id| self.environments.get(id)).any(|each| each.phase() == Phase::Reaping)
    }

    /// An environment has answered: it becomes idle, or is reaped when it is out of date.
    // In line: see `hot`.
    #[inline(always)]
    pub(crate) fn rest(&mut self, cx: &mut Cx<'_, impl EffectSink>, slot: u32) {
        let environment = self.environments.at_mut(slot);
        let id = environment.id();
        if environment.is_superseded() {
            return self.reap(&mut cx.any(), id, Cause::Superseded(id));
        }
        environment.enter(cx.now, Phase::Idle);
        let (home, version) = (environment.home(), environment.version());
        let keep_alive = cx.limits.keep_alive;
        if let KeepAlive::Fixed(span) = keep_alive
            && environment.wants_look(cx.now + span)
        {
            cx.timers.look(id, cx.now + span);
        }
        self.live.at_mut(home).of(version).idle.push(&mut self.idle_links, slot);
        if !matches!(keep_alive, KeepAlive::Fixed(_)) {
            self.keep(&mut cx.any(), id);
        }
    }

    /// An idle environment is idle no longer.
    fn take_idle(&mut self, id: EnvironmentId) {
        let slot = self.environments.slot(&id).expect("it is idle");
        self.leaves_idle(slot);
        let environment = self.environments.at(slot);
        let (home, version) = (environment.home(), environment.version());
        self.live.at_mut(home).of(version).idle.remove(&mut self.idle_links, slot);
    }

    /// Never uses the environments of a version again: idle ones are reaped, busy ones after.
    pub(crate) fn supersede(
        &mut self,
        cx: &mut Cx<'_>,
        function: FunctionId,
        version: Option<Version>,
    ) {
        let Some(live) = self.live.get(&function) else { return };
        let ids = live.rest.environments.clone();
        for id in ids {
            let Some(environment) = self.environments.get_mut(&id) else { continue };
            if version.is_some_and(|version| environment.version() != version) {
                continue;
            }
            environment.supersede();
            if environment.phase() == Phase::Idle {
                self.reap(cx, id, Cause::Superseded(id));
            }
        }
    }

    /// An environment's process ended by itself.
    pub(crate) fn environment_has_exited(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: EnvironmentId,
        exit: Exit,
        memory_peak: u64,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        environment.peaks_at(memory_peak);
        match (environment.phase(), environment.request()) {
            (Phase::Init, _) if environment.waits_for_room() => {}
            (Phase::Init | Phase::InitAgain, request) => {
                let spent = cx.now - environment.since();
                let status = Status::Error(exit.error_type().into());
                if self.init_again(cx, id, spent, status) {
                    return;
                }
                match request {
                    Some(request) => self.died(cx, request, id, exit),
                    None => self.reap(cx, id, Cause::Failure(id)),
                }
            }
            (Phase::Busy, Some(request)) => self.died(cx, request, id, exit),
            (Phase::Answered, _) => {
                let status = Status::Error(exit.error_type().into());
                self.failed_after_answer(cx, network, id, status);
            }
            (Phase::Idle, _) if environment.is_blank() => {}
            (Phase::Idle, _) => self.reset(cx, id),
            // It is being ended already.
            (Phase::Busy, None) | (Phase::Resetting | Phase::Reaping, _) => {}
        }
    }

    /// An environment and all it held are gone: its addresses are free.
    pub(crate) fn environment_is_gone(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: EnvironmentId,
    ) {
        if self.environments.get(&id).is_some_and(|each| each.phase() == Phase::Reaping) {
            self.bury(cx, network, id);
        }
    }

    fn bury(&mut self, cx: &mut Cx<'_>, network: &mut Network, id: EnvironmentId) {
        let mut environment = self.environments.remove(&id).expect("the caller found it");
        environment.ended(cx.now);
        let live = self.live.at_mut(environment.home());
        let (function, rest) = (live.id, &mut live.rest);
        let place = environment.story().place as usize;
        rest.environments.swap_remove(place);
        if rest.environments.is_empty() {
            rest.uses = 0;
        }
        if let Some(moved) = rest.environments.get(place) {
            let moved = self.environments.get_mut(moved).expect("its function has it");
            moved.story_mut().place = place as u32;
        }
        self.forget_if_gone(function);
        network.detach(cx, &environment.story().network);
        if let Some(next) = environment.story().room_for {
            self.leaves_room(cx, network, next);
        }
        self.past.bury(environment, cx.limits.environments_remembered);
    }

    /// Checks environments against ENIs, invocations and what functions know of them.
    pub(crate) fn check_environments(&self, network: &Network) {
        for environment in self.environments.values() {
            let id = &environment.id();
            let live = self.live.at(environment.home());
            assert_eq!(live.id, environment.function(), "{id} and its function");
            let place = live.rest.environments.get(environment.story().place as usize);
            assert_eq!(place, Some(id), "{id} is unknown to its function");
            if let Some(eni) = environment.own_eni() {
                let user = &network.enis[&eni].user;
                assert_eq!(*user, EniUser::Environment(*id, environment.function()), "{eni}");
            }
        }
        for eni in network.enis.values() {
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
            let mut idle: Vec<_> = idle.map(|each| (each.since(), each.id())).collect();
            let mut walked: Vec<_> = running
                .idle
                .walk(&self.idle_links)
                .map(|slot| self.environments.at(slot))
                .map(|each| (each.since(), each.id()))
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
