//! Execution environments: used again while idle, reaped, gone.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::decision::{Cause, Choice, Decision, NetworkChoice};
use crate::effect::{Effect, LogEvent, LogLine, Sink, Status};
use crate::engine::Engine;
use crate::function::Live;
use crate::id::{
    CallerId, EniId, EnvironmentId, FunctionId, PayloadId, RequestId, SubnetId, Version,
};
use crate::invocation::{Account, Detail, Invocation};
use crate::keep::KeepAlive;
use crate::network::eni::EniUser;
use crate::node::{Exit, Launch, LogStream, NodeCommand, Stages};
use crate::table::Keyed;
use crate::time::Time;
use crate::timer::Timer;

mod idle;
mod start;

pub(crate) use idle::{Idle, IdleLinks};
pub(crate) use start::Wanted;

/// One place where a version can run. The first cache line has all that most invocations need.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
pub struct Environment {
    /// Its id.
    pub id: EnvironmentId,
    /// When it entered its phase.
    pub since: Time,
    /// Who waits for its invocation, unless that is asynchronous.
    pub(crate) caller: CallerId,
    /// Its invocation's event.
    pub(crate) payload: PayloadId,
    /// The number of the trail of the invocation that it has or had last; zero before the first.
    pub(crate) trail: u64,
    /// Its ENI, in short; zero is none.
    eni: EniId,
    /// The slot of what its function has at present.
    pub(crate) home: u32,
    look: Look,
    invocations: u32,
    /// Seconds that an invocation may take, of which there are at most 900.
    timeout: u16,
    /// Where it is in its life.
    pub phase: Phase,
    facts: Facts,
    /// What is needed to tell of it.
    pub story: Box<Story>,
    /// What not every invocation has.
    detail: Option<Box<Detail>>,
    /// When its phase ends by itself, where that does not follow from the phase.
    due: Time,
    /// The request id of its last invocation, where that does not follow from the trail's number.
    foreign: RequestId,
    /// Its version's number.
    version: u32,
    /// KiB of memory at the highest.
    memory_peak: u32,
    /// MB, of which there are at most 10,240.
    memory: u16,
}

const _: () = assert!(size_of::<Option<Environment>>() == 128);
const _: () = assert!(core::mem::offset_of!(Environment, story) == 64);

const NEVER: Time = Time(u64::MAX);

/// What either is or is not so of an environment, in one byte.
#[derive(Debug, Clone, Copy, Default)]
struct Facts(u8);

/// Its code or configuration is no longer in force.
const SUPERSEDED: Facts = Facts(1);
/// A `REPORT` has yet to tell of its init.
const INIT_UNTOLD: Facts = Facts(1 << 1);
/// It has an invocation, or waits for the start of it.
const HAS_INVOCATION: Facts = Facts(1 << 2);
/// Its invocation has details.
const HAS_DETAIL: Facts = Facts(1 << 3);
/// It was told when its phase ends.
const IS_DUE_TOLD: Facts = Facts(1 << 4);
/// The request id of its last invocation came from elsewhere.
const IS_FOREIGN: Facts = Facts(1 << 5);
/// Its version is not `$LATEST`.
const IS_PUBLISHED: Facts = Facts(1 << 6);

impl Facts {
    #[inline]
    fn has(self, fact: Facts) -> bool {
        self.0 & fact.0 != 0
    }

    #[inline]
    fn set(&mut self, fact: Facts) {
        self.0 |= fact.0;
    }

    /// Unsets a fact; answers whether it was set.
    #[inline]
    fn take(&mut self, fact: Facts) -> bool {
        let was = self.has(fact);
        self.0 &= !fact.0;
        was
    }
}

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
    /// By which it is given up, under greedy-dual: the lowest first.
    pub(crate) priority: u64,
    /// Its place among those of its function.
    pub(crate) place: u32,
}

/// When the timers will look at an environment next: its deadline mostly moves on, so one look is
/// enough however often it is used. In units of 2^20 ns, rounded up, which are told apart over 24
/// days; zero is never.
#[derive(Debug, Clone, Copy, Default)]
struct Look(u32);

impl Look {
    /// The unit that an instant lies in, and the end of it.
    fn unit(at: Time) -> (u32, u32) {
        let unit = (at.0 >> 20) as u32;
        (unit, unit.wrapping_add(1).max(1))
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
    /// Whose.
    pub fn function(&self) -> FunctionId {
        self.story.launch.function
    }

    /// Which version; 0 is `$LATEST`.
    #[inline]
    pub fn version(&self) -> Version {
        match self.facts.has(IS_PUBLISHED) {
            true => Version(u64::from(self.version)),
            false => Version(0),
        }
    }

    /// Invocations it has had, the present one included.
    pub fn invocations(&self) -> u64 {
        u64::from(self.invocations)
    }

    /// Bytes of memory at the highest, as far as known.
    pub fn memory_peak(&self) -> u64 {
        u64::from(self.memory_peak) << 10
    }

    #[inline]
    pub(crate) fn peaks_at(&mut self, bytes: u64) {
        if bytes > 0 {
            let kib = u32::try_from(bytes.div_ceil(1 << 10)).unwrap_or(u32::MAX);
            self.memory_peak = self.memory_peak.max(kib);
        }
    }

    /// MB of memory that it may have.
    pub(crate) fn memory(&self) -> u32 {
        u32::from(self.memory)
    }

    /// How long an invocation may take.
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(u64::from(self.timeout))
    }

    /// Its code or configuration is no longer in force.
    pub(crate) fn is_superseded(&self) -> bool {
        self.facts.has(SUPERSEDED)
    }

    /// It is not to have another invocation.
    pub(crate) fn supersede(&mut self) {
        self.facts.set(SUPERSEDED);
    }

    /// Whether it has an invocation, or waits for the start of it.
    pub(crate) fn has_invocation(&self) -> bool {
        self.facts.has(HAS_INVOCATION)
    }

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
    #[inline]
    pub fn last(&self) -> Option<RequestId> {
        match self.facts.has(IS_FOREIGN) {
            true => Some(self.foreign),
            false => (self.trail != 0).then(|| RequestId::numbered(self.trail)),
        }
    }

    /// The invocation that has it or waits for it.
    pub fn request(&self) -> Option<RequestId> {
        match self.phase {
            Phase::Init | Phase::InitAgain | Phase::Resetting | Phase::Busy => self.last(),
            Phase::Idle | Phase::Reaping => None,
        }
    }

    /// The invocation that it has at present, and its event's bytes.
    #[inline]
    pub fn busy_with(&self) -> Option<(RequestId, PayloadId)> {
        (self.phase == Phase::Busy).then(|| self.last().map(|last| (last, self.payload)))?
    }

    /// Whether it has this invocation at present.
    #[inline]
    pub(crate) fn is_busy_with(&self, request: RequestId) -> bool {
        self.phase == Phase::Busy && self.last() == Some(request)
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.phase == Phase::Idle
    }

    /// Whether its memory is held: until it is being reaped.
    pub(crate) fn is_held(&self) -> bool {
        self.phase != Phase::Reaping
    }

    /// When its phase ends by itself; idle ones are kept for so long, if that is fixed.
    fn due(&self, kept: KeepAlive) -> Time {
        match (self.phase, kept) {
            _ if self.facts.has(IS_DUE_TOLD) => self.due,
            (Phase::Busy, _) => self.since + self.timeout(),
            (Phase::Idle, KeepAlive::Fixed(span)) => self.since + span,
            _ => NEVER,
        }
    }

    /// Enters a phase, which ends by itself as phases of its kind do.
    #[inline]
    fn enter(&mut self, now: Time, phase: Phase) {
        self.phase = phase;
        self.since = now;
        self.facts.take(IS_DUE_TOLD);
    }

    /// Tells it when its phase ends; answers whether the timers must look at it then.
    fn falls_due(&mut self, at: Time) -> bool {
        self.due = at;
        self.facts.set(IS_DUE_TOLD);
        self.wants_look(at)
    }

    /// Whether the timers must look at it for something that is due at that time.
    #[inline]
    pub(crate) fn wants_look(&mut self, at: Time) -> bool {
        let (begin, end) = Look::unit(at);
        if self.look.0 != 0 && begin.wrapping_sub(self.look.0).cast_signed() >= 0 {
            return false;
        }
        self.look.0 = end;
        true
    }

    /// The timers look at it; answers whether they must do so once more for its present phase.
    fn is_looked_at(&mut self, at: Time) -> bool {
        let (_, end) = Look::unit(at);
        if end.wrapping_sub(self.look.0).cast_signed() >= 0 {
            self.look.0 = 0;
        }
        self.look.0 == 0
    }

    /// Gives it an invocation, which begins once it is delivered.
    #[inline]
    pub(crate) fn give(&mut self, request: RequestId, invocation: Invocation) {
        let Invocation { caller, payload, trail, detail } = invocation;
        (self.caller, self.payload, self.trail) = (caller, payload, trail);
        self.facts.take(IS_FOREIGN);
        self.facts.set(HAS_INVOCATION);
        if let Some(detail) = detail {
            // Of an asynchronous one, the id is as old as its acceptance.
            if detail.attempt > 0 {
                self.facts.set(IS_FOREIGN);
                self.foreign = request;
            }
            self.facts.set(HAS_DETAIL);
            self.detail = Some(detail);
        }
    }

    /// What not every invocation has, if its invocation does.
    #[inline]
    pub(crate) fn detail(&mut self) -> Option<&mut Detail> {
        match self.facts.has(HAS_DETAIL) {
            true => self.detail.as_deref_mut(),
            false => None,
        }
    }

    /// Takes its invocation away.
    #[inline]
    pub(crate) fn take_invocation(&mut self) -> Invocation {
        let had = self.facts.take(HAS_INVOCATION);
        assert!(had, "an invocation ends once");
        let detail = match self.facts.take(HAS_DETAIL) {
            true => self.detail.take(),
            false => None,
        };
        Invocation { caller: self.caller, payload: self.payload, trail: self.trail, detail }
    }

    /// Begins its invocation; answers when that times out.
    #[inline]
    pub(crate) fn begin(&mut self, now: Time) -> Time {
        // An init that was done again has used up some of the invocation's time.
        let told = (self.phase == Phase::InitAgain).then_some(self.due);
        self.enter(now, Phase::Busy);
        self.invocations = self.invocations.saturating_add(1);
        if let Some(limit) = told {
            self.due = limit;
            self.facts.set(IS_DUE_TOLD);
            return limit;
        }
        now + self.timeout()
    }

    /// Tells the last lines of its invocation's log.
    #[inline]
    pub(crate) fn report(&mut self, request: RequestId, account: Account, out: &mut impl Sink) {
        let Account { at, duration, status } = account;
        let init = self.tell_init();
        out.report(|| {
            let line = LogLine::Report {
                request,
                duration,
                memory: self.memory(),
                memory_peak: self.memory_peak(),
                init,
                status: status.map(Box::new),
            };
            LogEvent { at, environment: self.id, line }
        });
    }

    /// How long its init took, for the first `REPORT`.
    fn tell_init(&mut self) -> Option<Duration> {
        if !self.facts.take(INIT_UNTOLD) {
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
        out: &mut dyn Sink,
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
        out: &mut dyn Sink,
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
        mut out: &mut dyn Sink,
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
        out: &mut dyn Sink,
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
    pub(crate) fn reap(&mut self, now: Time, id: EnvironmentId, cause: Cause, out: &mut dyn Sink) {
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
        out.push(Effect::Command(NodeCommand::Stop(id)));
    }

    /// An environment has answered: it becomes idle, or is reaped when it is out of date.
    #[inline]
    pub(crate) fn rest(&mut self, now: Time, slot: u32, out: &mut impl Sink) {
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
        out: &mut dyn Sink,
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
        out: &mut dyn Sink,
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
    pub(crate) fn environment_is_gone(&mut self, now: Time, id: EnvironmentId, out: &mut dyn Sink) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        match environment.phase {
            Phase::Resetting => {
                let limit = now + environment.timeout();
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

    fn bury(&mut self, now: Time, id: EnvironmentId, out: &mut dyn Sink) {
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
