//! Execution environments: what is known of each.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use crate::base::id::{
    CallerId, EniId, EnvironmentId, FunctionId, PayloadId, RequestId, SubnetId, Version,
};
use crate::base::limits::KeepAlive;
use crate::base::table::Keyed;
use crate::base::time::Time;
use crate::compute::invocation::{Account, Detail, Invocation};
use crate::effect::{Effect, EffectSink, LogEvent, LogLine};
use crate::node::{Launch, LogStream, Stages};
use crate::record::decision::{Decision, NetworkChoice};

mod idle;
mod life;
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
    pub(crate) fn report(
        &mut self,
        request: RequestId,
        account: Account,
        out: &mut impl EffectSink,
    ) {
        let Account { at, duration, status } = account;
        let init = self.tell_init();
        if out.takes_reports() {
            let line = LogLine::Report {
                request,
                duration,
                memory: self.memory(),
                memory_peak: self.memory_peak(),
                init,
                status: status.map(Box::new),
            };
            out.push(Effect::Log(LogEvent { at, environment: self.id, line }));
        }
    }

    /// How long its init took, for the first `REPORT`.
    fn tell_init(&mut self) -> Option<Duration> {
        if !self.facts.take(INIT_UNTOLD) {
            return None;
        }
        self.story.stages.map(|stages| stages.runtime)
    }
}
