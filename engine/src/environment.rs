//! Execution environments: used again while idle, reaped, gone.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::hint::black_box;
use core::time::Duration;

use crate::decision::{Cause, Choice, Decision, NetworkChoice};
use crate::effect::{Effect, Effects, LogEvent, LogLine, Status};
use crate::engine::Engine;
use crate::id::{EniId, EnvironmentId, FunctionId, RequestId, SubnetId, Version};
use crate::invocation::Invocation;
use crate::keep::KeepAlive;
use crate::network::eni::EniUser;
use crate::node::{Exit, Launch, LogStream, NodeCommand, Stages};
use crate::table::Keyed;
use crate::time::Time;
use crate::timer::Timer;

mod start;

pub(crate) use start::Wanted;

/// One place where a version can run: what every invocation needs of it, in three cache lines.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub struct Environment {
    /// Its id.
    pub id: EnvironmentId,
    /// Whose.
    pub function: FunctionId,
    /// Which version; 0 is `$LATEST`.
    pub version: Version,
    /// When it entered its phase.
    pub since: Time,
    /// Invocations it has had, the present one included.
    pub invocations: u64,
    /// Bytes of memory at the highest, as far as known.
    pub memory_peak: u64,
    /// What is needed to tell of it.
    pub story: Box<Story>,
    /// Where it is in its life.
    pub phase: Phase,
    /// The invocation it has or had last; zero before the first.
    last: RequestId,
    /// When its phase ends by itself; never is the end of time.
    pub(crate) due: Time,
    pub(crate) looks: Looks,
    pub(crate) limits: Allowance,
    /// By which it is given up, under greedy-dual: the lowest first.
    pub(crate) priority: u64,
    /// Its ENI, in short; zero is none.
    eni: EniId,
    /// Its place among those of its function.
    pub(crate) place: u32,
    /// Its code or configuration is no longer in force.
    pub(crate) superseded: bool,
    /// Whether a `REPORT` has yet to tell of its init.
    init_untold: bool,
    /// What it has at present, or waits for.
    pub(crate) invocation: Option<Invocation>,
}

const NEVER: Time = Time(u64::MAX);

/// What is needed to tell of an environment, apart from its life: kept out of the way of that.
#[derive(Debug, Clone)]
pub struct Story {
    /// What was started.
    pub launch: Arc<Launch>,
    /// When it was started.
    pub created: Time,
    /// How long the stages of its start took, once it is ready.
    pub stages: Option<Stages>,
    /// Its log stream.
    pub log_stream: LogStream,
    /// Its network.
    pub network: NetworkChoice,
    /// Why it was started.
    pub decision: Decision,
}

/// When the timers will look at an environment next, by what for: the deadline of each kind only
/// moves on, so one look of each is enough however often it is used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Looks {
    work: Time,
    idle: Time,
}

/// What of the settings is needed while it lives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    /// Seconds.
    pub(crate) timeout: u32,
    /// MB.
    pub(crate) memory: u32,
}

impl Allowance {
    pub(crate) fn timeout(self) -> Duration {
        Duration::from_secs(u64::from(self.timeout))
    }
}

/// Where an environment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It starts, for an invocation or ahead of any.
    Init,
    /// Its init failed once and is done again, within the time of the invocation.
    InitAgain,
    /// Its init failed, and it is being stopped to be started again.
    Resetting,
    /// It waits, frozen.
    Idle,
    /// It has an invocation.
    Busy,
    /// It is being stopped.
    Reaping,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Init | Phase::InitAgain | Phase::Resetting => "init",
            Phase::Idle => "idle",
            Phase::Busy => "busy",
            Phase::Reaping => "reaping",
        })
    }
}

impl Keyed for Environment {
    type Id = EnvironmentId;
    fn key(&self) -> EnvironmentId {
        self.id
    }
}

impl Environment {
    /// Its ENI, if it has one, and whether others share it.
    pub fn eni(&self) -> Option<EniId> {
        (self.eni != EniId(0)).then_some(self.eni)
    }

    /// The subnet of its ENI.
    pub fn subnet(&self) -> Option<SubnetId> {
        match self.story.network {
            NetworkChoice::Outside => None,
            NetworkChoice::Created { subnet, .. } | NetworkChoice::Shared { subnet, .. } => {
                Some(subnet)
            }
        }
    }

    pub(crate) fn shared_eni(&self) -> Option<EniId> {
        match self.story.network {
            NetworkChoice::Shared { eni, .. } => Some(eni),
            NetworkChoice::Outside | NetworkChoice::Created { .. } => None,
        }
    }

    pub(crate) fn own_eni(&self) -> Option<EniId> {
        match self.story.network {
            NetworkChoice::Created { eni, .. } => Some(eni),
            NetworkChoice::Outside | NetworkChoice::Shared { .. } => None,
        }
    }

    /// The invocation that it has or had last.
    pub fn last(&self) -> Option<RequestId> {
        (self.last != RequestId(0)).then_some(self.last)
    }

    /// The invocation that has it or waits for it.
    pub fn request(&self) -> Option<RequestId> {
        match self.phase {
            Phase::Init | Phase::InitAgain | Phase::Resetting | Phase::Busy => self.last(),
            Phase::Idle | Phase::Reaping => None,
        }
    }

    /// Whether it has this invocation at present.
    pub(crate) fn is_busy_with(&self, request: RequestId) -> bool {
        self.phase == Phase::Busy && self.last == request
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.phase == Phase::Idle
    }

    /// Whether its memory is held: until it is being reaped.
    pub(crate) fn is_held(&self) -> bool {
        self.phase != Phase::Reaping
    }

    /// Has all of it read, though nothing needs it yet.
    pub(crate) fn touch(&self) {
        let payload = self.invocation.as_ref().map(|each| (each.payload, each.trail));
        black_box((self.memory_peak, self.due, self.phase, self.eni, payload));
    }

    /// Gives its phase a deadline; answers whether the timers must look at it then.
    pub(crate) fn falls_due(&mut self, at: Time) -> bool {
        self.due = at;
        let look = match self.phase {
            Phase::Idle => &mut self.looks.idle,
            Phase::Init | Phase::InitAgain | Phase::Resetting | Phase::Busy | Phase::Reaping => {
                &mut self.looks.work
            }
        };
        let is_first = at < *look;
        if is_first {
            *look = at;
        }
        is_first
    }

    /// Gives it an invocation; answers when that times out.
    pub(crate) fn take(&mut self, now: Time, request: RequestId) -> Time {
        // An init that was done again has used up some of the invocation's time.
        let limit = match self.phase {
            Phase::InitAgain => self.due,
            _ => now + self.limits.timeout(),
        };
        self.phase = Phase::Busy;
        self.since = now;
        self.invocations += 1;
        self.last = request;
        limit
    }

    /// How long its init took, for the first `REPORT`.
    pub(crate) fn tell_init(&mut self) -> Option<Duration> {
        if !core::mem::take(&mut self.init_untold) {
            return None;
        }
        self.story.stages.map(|stages| stages.runtime)
    }
}

impl Engine {
    pub(crate) fn log(
        &self,
        at: Time,
        environment: EnvironmentId,
        line: LogLine,
        out: &mut Effects,
    ) {
        if let Some(of) = self.environments.get(&environment) {
            out.push(Effect::Log(LogEvent { at, function: of.function, environment, line }));
        }
    }

    pub(crate) fn enter(&mut self, now: Time, environment: EnvironmentId, phase: Phase) {
        if let Some(environment) = self.environments.get_mut(&environment) {
            environment.phase = phase;
            environment.since = now;
            environment.due = NEVER;
        }
    }

    /// Gives an environment's phase a deadline.
    pub(crate) fn set_due(&mut self, id: EnvironmentId, at: Time) {
        let known = self.environments.get_mut(&id);
        if known.is_some_and(|environment| environment.falls_due(at)) {
            self.timers.look(id, at);
        }
    }

    /// Looks whether an environment's phase has come to its deadline.
    pub(crate) fn phase_is_due(
        &mut self,
        now: Time,
        looked: Time,
        id: EnvironmentId,
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        let looks = &mut environment.looks;
        for look in [&mut looks.work, &mut looks.idle] {
            if *look == looked {
                *look = NEVER;
            }
        }
        let due = environment.due;
        if due > now {
            if due != NEVER {
                self.set_due(id, due);
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
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        if !matches!(environment.phase, Phase::Init | Phase::InitAgain) {
            return;
        }
        environment.story.stages = Some(stages);
        environment.init_untold = environment.phase == Phase::Init;
        let (function, request) = (environment.function, environment.request());
        let took = (now - environment.story.created).as_micros();
        if let Some(live) = self.live.get_mut(&function) {
            live.start_micros = u32::try_from(took).unwrap_or(u32::MAX).max(1);
        }
        match request {
            Some(request) => self.deliver(now, request, id, out),
            None => self.rest(now, id, out),
        }
    }

    /// An init failed, by itself or by its time: it is done again once, within the invocation.
    /// Answers whether it is.
    pub(crate) fn init_again(
        &mut self,
        now: Time,
        id: EnvironmentId,
        (duration, status): (Duration, Status),
        out: &mut Effects,
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
        out.push(Effect::Command(NodeCommand::Stop(id)));
        true
    }

    /// Stops an environment for good.
    pub(crate) fn reap(&mut self, now: Time, id: EnvironmentId, cause: Cause, out: &mut Effects) {
        let Some(environment) = self.environments.get(&id) else { return };
        if environment.phase == Phase::Reaping {
            return;
        }
        let (function, version) = (environment.function, environment.version);
        let (eni, memory) = (environment.own_eni(), u64::from(environment.limits.memory));
        if environment.phase == Phase::Idle {
            self.leaves_idle(id);
            if let Some(live) = self.live.get_mut(&function) {
                live.of(version).take_from_idle(id);
            }
        }
        self.keeper.memory -= memory;
        let choice = Choice::Reap { environment: id, eni };
        let decision = self.journal.draft(now, cause, choice, Vec::new());
        self.journal.keep(decision);
        self.enter(now, id, Phase::Reaping);
        out.push(Effect::Command(NodeCommand::Stop(id)));
    }

    /// An environment has answered: it becomes idle, or is reaped when it is out of date.
    pub(crate) fn rest(&mut self, now: Time, id: EnvironmentId, out: &mut Effects) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        if environment.superseded {
            return self.reap(now, id, Cause::Superseded(id), out);
        }
        let (function, version) = (environment.function, environment.version);
        environment.phase = Phase::Idle;
        environment.since = now;
        environment.due = NEVER;
        if let KeepAlive::Fixed(span) = self.config.limits.keep_alive
            && environment.falls_due(now + span)
        {
            self.timers.look(id, now + span);
        }
        if let Some(live) = self.live.get_mut(&function) {
            live.of(version).idle.push_back(id);
        }
        if !matches!(self.config.limits.keep_alive, KeepAlive::Fixed(_)) {
            self.keep(now, id, out);
        }
    }

    /// The idle environment that was used last, if there is one.
    pub(crate) fn take_idle(
        &mut self,
        function: FunctionId,
        version: Version,
    ) -> Option<EnvironmentId> {
        let id = self.live.get_mut(&function)?.of(version).idle.pop_back()?;
        self.leaves_idle(id);
        Some(id)
    }

    /// Never uses the environments of a version again: idle ones are reaped, busy ones after.
    pub(crate) fn supersede(
        &mut self,
        now: Time,
        function: FunctionId,
        version: Option<Version>,
        out: &mut Effects,
    ) {
        let Some(live) = self.live.get(&function) else { return };
        let ids = live.environments.clone();
        for id in ids {
            let Some(environment) = self.environments.get_mut(&id) else { continue };
            if version.is_some_and(|version| environment.version != version) {
                continue;
            }
            environment.superseded = true;
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
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        environment.memory_peak = environment.memory_peak.max(memory_peak);
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
    pub(crate) fn environment_is_gone(&mut self, now: Time, id: EnvironmentId, out: &mut Effects) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        match environment.phase {
            Phase::Resetting => {
                let limit = now + environment.limits.timeout();
                self.enter(now, id, Phase::InitAgain);
                self.set_due(id, limit);
                let spec = self.spec(id);
                out.push(Effect::Command(NodeCommand::Start(Box::new(spec))));
            }
            Phase::Reaping => self.bury(now, id, out),
            // Told of an earlier life.
            Phase::Init | Phase::InitAgain | Phase::Idle | Phase::Busy => {}
        }
    }

    fn bury(&mut self, now: Time, id: EnvironmentId, out: &mut Effects) {
        let mut environment = self.environments.remove(&id).expect("the caller found it");
        environment.since = now;
        let function = environment.function;
        if let Some(live) = self.live.get_mut(&function) {
            let place = environment.place as usize;
            live.environments.swap_remove(place);
            let moved = live.environments.get(place).copied();
            if live.environments.is_empty() {
                live.uses = 0;
            }
            if let Some(moved) = moved {
                let moved = self.environments.get_mut(&moved).expect("its function has it");
                moved.place = place as u32;
            }
        }
        self.forget_if_gone(function);
        match environment.story.network {
            NetworkChoice::Outside => {}
            NetworkChoice::Created { eni, .. } => self.release_eni(now, eni),
            NetworkChoice::Shared { eni, .. } => {
                if let Some(shared) = self.pairs.shared_mut(eni) {
                    shared.environments -= 1;
                    let key = self.pairs.of_eni[&eni].clone();
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
        let released = self.network.enis.get_mut(&eni).expect("its environment held it");
        released.user = EniUser::Released(until);
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
            let live = &self.live[&environment.function];
            let place = live.environments.get(environment.place as usize);
            assert_eq!(place, Some(id), "{id} is unknown to its function");
            let idle = live.each().find(|each| each.version == environment.version);
            let idle = idle.is_some_and(|each| each.idle.contains(id));
            assert_eq!(idle, environment.phase == Phase::Idle, "{id} and idleness");
            if let Some(eni) = environment.own_eni() {
                let user = &self.network.enis[&eni].user;
                assert_eq!(*user, EniUser::Environment(*id, environment.function), "{eni}");
            }
        }
        for eni in self.network.enis.values() {
            if let EniUser::Environment(environment, _) = &eni.user {
                assert_eq!(self.environments[environment].own_eni(), Some(eni.id), "{}", eni.id);
            }
        }
        for live in self.live.values() {
            for id in &live.environments {
                assert!(self.environments.contains_key(id), "{id} is gone");
            }
        }
        self.check_keeper();
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
