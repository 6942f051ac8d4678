//! Execution environments: one place where a version can run.

use alloc::boxed::Box;
use core::time::Duration;

use crate::base::id::{EniId, EnvironmentId, FunctionId, PayloadId, RequestId, SubnetId, Version};
use crate::base::limits::KeepAlive;
use crate::base::table::Keyed;
use crate::base::time::Time;
use crate::compute::hot::{Flag, Lines};
use crate::compute::invocation::{Account, Detail, Invocation};
use crate::effect::{Effect, EffectSink, LogEvent, LogLine, Status};
use crate::node::Stages;
use crate::record::decision::NetworkChoice;

pub(crate) mod idle;
mod life;
pub(crate) mod past;
mod reset;
mod room;
pub(crate) mod start;
pub mod story;

pub use story::{Phase, Story};

/// An execution environment.
#[derive(Debug, Clone)]
pub struct Environment(Lines);

const _: () = assert!(size_of::<Option<Environment>>() == 128);

/// When something is due that is not.
pub(crate) const NEVER: Time = Time(u64::MAX);

impl Keyed for Environment {
    type Id = EnvironmentId;
    fn key(&self) -> EnvironmentId {
        self.0.id()
    }
}

impl Environment {
    /// One that begins its init now.
    fn new(
        id: EnvironmentId,
        home: u32,
        version: Version,
        eni: Option<EniId>,
        story: Story,
    ) -> Environment {
        Environment(Lines::new(id, home, version, eni, Box::new(story)))
    }

    /// Its id.
    #[inline]
    pub fn id(&self) -> EnvironmentId {
        self.0.id()
    }

    /// When it entered its phase.
    #[inline]
    pub fn since(&self) -> Time {
        self.0.since()
    }

    /// Where it is in its life.
    #[inline]
    pub fn phase(&self) -> Phase {
        self.0.phase()
    }

    /// What is needed to tell of it.
    pub fn story(&self) -> &Story {
        self.0.story()
    }

    pub(crate) fn story_mut(&mut self) -> &mut Story {
        self.0.story_mut()
    }

    /// The slot of what its function has at present.
    #[inline]
    pub(crate) fn home(&self) -> u32 {
        self.0.home()
    }

    /// The function that it runs a version of.
    pub fn function(&self) -> FunctionId {
        self.story().launch.function
    }

    /// Which version; 0 is `$LATEST`.
    #[inline]
    pub fn version(&self) -> Version {
        self.0.version()
    }

    /// Invocations it has had, the present one included.
    pub fn invocations(&self) -> u64 {
        u64::from(self.0.invocations())
    }

    /// Bytes of memory at the highest, as far as known.
    pub fn memory_peak(&self) -> u64 {
        self.0.memory_peak()
    }

    #[inline]
    pub(crate) fn peaks_at(&mut self, bytes: u64) {
        self.0.peaks_at(bytes);
    }

    /// MB of memory that it may have.
    pub(crate) fn memory(&self) -> u32 {
        self.0.memory()
    }

    /// How long an invocation may take.
    pub(crate) fn timeout(&self) -> Duration {
        self.0.timeout()
    }

    /// Its code or configuration is no longer in force.
    pub(crate) fn is_superseded(&self) -> bool {
        self.0.is(Flag::Superseded)
    }

    /// It is not to have another invocation.
    pub(crate) fn supersede(&mut self) {
        self.0.set(Flag::Superseded);
    }

    /// Whether it has no runtime, since its last one failed: its next invocation begins with an init.
    pub fn is_blank(&self) -> bool {
        self.0.is(Flag::IsBlank)
    }

    /// Whether its runtime does its init: what is told of one that was ended concerns it no more.
    pub(crate) fn is_in_init(&self) -> bool {
        matches!(self.phase(), Phase::Init | Phase::InitAgain) && !self.waits_for_room()
    }

    /// Whether its start found no room and has yet to be done again.
    pub(crate) fn waits_for_room(&self) -> bool {
        let story = self.story();
        self.phase() == Phase::Init && (story.wants_room || story.is_resetting)
    }

    /// Whether it has an invocation, or waits for the start of it.
    pub(crate) fn has_invocation(&self) -> bool {
        self.0.is(Flag::HasInvocation)
    }

    /// Its ENI, of its own or shared, if it has one.
    pub fn eni(&self) -> Option<EniId> {
        self.0.eni()
    }

    /// The subnet of its ENI.
    pub fn subnet(&self) -> Option<SubnetId> {
        match self.story().network {
            NetworkChoice::Outside => None,
            NetworkChoice::Created { subnet, .. } | NetworkChoice::Shared { subnet, .. } => {
                Some(subnet)
            }
        }
    }

    pub(crate) fn shared_eni(&self) -> Option<EniId> {
        match self.story().network {
            NetworkChoice::Shared { eni, .. } => Some(eni),
            NetworkChoice::Outside | NetworkChoice::Created { .. } => None,
        }
    }

    pub(crate) fn own_eni(&self) -> Option<EniId> {
        match self.story().network {
            NetworkChoice::Created { eni, .. } => Some(eni),
            NetworkChoice::Outside | NetworkChoice::Shared { .. } => None,
        }
    }

    /// The invocation that it has or had last.
    #[inline]
    pub fn last(&self) -> Option<RequestId> {
        self.0.last()
    }

    /// The number of the trail of that invocation.
    #[inline]
    pub(crate) fn trail(&self) -> u64 {
        self.0.trail()
    }

    /// The invocation that has it or waits for it.
    pub fn request(&self) -> Option<RequestId> {
        match self.phase() {
            Phase::Init | Phase::InitAgain | Phase::Resetting | Phase::Busy => self.last(),
            // One that waits for it.
            Phase::Answered => self.has_invocation().then(|| self.last())?,
            Phase::Idle | Phase::Reaping => None,
        }
    }

    /// Whether an invocation has its permit by it: one that it has or waits for, or has answered and
    /// is not done with.
    pub(crate) fn is_taken(&self) -> bool {
        self.has_invocation() || self.phase() == Phase::Answered
    }

    /// The invocation that it has at present, and its event's bytes.
    #[inline]
    pub fn busy_with(&self) -> Option<(RequestId, PayloadId)> {
        let is_busy = self.phase() == Phase::Busy;
        is_busy.then(|| self.last().map(|last| (last, self.0.payload())))?
    }

    /// Whether it has this invocation at present.
    #[inline]
    pub(crate) fn is_busy_with(&self, request: RequestId) -> bool {
        self.phase() == Phase::Busy && self.last() == Some(request)
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.phase() == Phase::Idle
    }

    /// Whether its memory is held: until it is being reaped.
    pub(crate) fn is_held(&self) -> bool {
        self.phase() != Phase::Reaping
    }

    /// When its phase ends by itself; idle ones are kept for so long, if that is fixed.
    pub(crate) fn due(&self, kept: KeepAlive) -> Time {
        match (self.0.told_due(), self.phase(), kept) {
            (Some(told), ..) => told,
            (None, Phase::Busy, _) => self.since() + self.timeout(),
            (None, Phase::Idle, KeepAlive::Fixed(span)) => self.since() + span,
            (None, ..) => NEVER,
        }
    }

    /// Enters a phase, which ends by itself as phases of its kind do.
    #[inline]
    pub(crate) fn enter(&mut self, now: Time, phase: Phase) {
        self.0.enter(now, phase);
    }

    /// Tells it when its phase ends; answers whether the timers must look at it then.
    fn falls_due(&mut self, at: Time) -> bool {
        self.0.tell_due(at);
        self.wants_look(at)
    }

    /// Whether the timers must look at it for something that is due at that time.
    #[inline]
    pub(crate) fn wants_look(&mut self, at: Time) -> bool {
        self.0.wants_look(at)
    }

    /// The timers look at it; answers whether they must do so once more for its present phase.
    fn is_looked_at(&mut self, at: Time) -> bool {
        self.0.is_looked_at(at)
    }

    /// Gives it an invocation, which begins once it is delivered.
    #[inline]
    pub(crate) fn give(&mut self, request: RequestId, invocation: Invocation) {
        self.0.give(request, invocation);
    }

    /// The event's bytes of its invocation.
    #[inline]
    pub(crate) fn payload(&self) -> PayloadId {
        self.0.payload()
    }

    /// What not every invocation has, if its invocation does.
    #[inline]
    pub(crate) fn detail(&mut self) -> Option<&mut Detail> {
        self.0.detail()
    }

    /// Takes its invocation away.
    #[inline]
    pub(crate) fn take_invocation(&mut self) -> Invocation {
        self.0.take_invocation()
    }

    /// Begins its invocation; answers when that times out.
    #[inline]
    pub(crate) fn begin(&mut self, now: Time) -> Time {
        // An init that was done again has used up some of the invocation's time.
        let told = match self.phase() {
            Phase::InitAgain => self.0.told_due(),
            _ => None,
        };
        self.enter(now, Phase::Busy);
        self.0.count_invocation();
        if let Some(limit) = told {
            self.0.tell_due(limit);
            return limit;
        }
        now + self.timeout()
    }

    /// Its first process asks for an event: its start took so long.
    fn is_ready(&mut self, now: Time, stages: Stages) {
        let within = (self.phase() == Phase::InitAgain).then(|| now - self.since());
        let story = self.story_mut();
        (story.stages, story.init_within) = (Some(stages), within);
        self.0.set(Flag::InitUntold);
    }

    /// It is gone since then.
    fn ended(&mut self, now: Time) {
        self.0.ended(now);
    }

    /// Tells the last lines of its invocation's log.
    #[inline]
    pub(crate) fn report(
        &mut self,
        request: RequestId,
        account: Account,
        out: &mut impl EffectSink,
    ) {
        let Account { at, mut duration, status } = account;
        let (init, within) = self.tell_init();
        // What has used up all of its time has had its init within that.
        if status != Some(Status::Timeout) {
            duration += within;
        }
        if out.takes_reports() {
            let line = LogLine::Report {
                request,
                duration,
                memory: self.memory(),
                memory_peak: self.memory_peak(),
                init,
                status: status.map(Box::new),
            };
            out.push(Effect::Log(LogEvent { at, environment: self.id(), line }));
        }
    }

    /// How long its init took, for the `REPORT` of the invocation that it was made for: apart from
    /// that, or within it where it was done again.
    fn tell_init(&mut self) -> (Option<Duration>, Duration) {
        if !self.0.unset(Flag::InitUntold) {
            return (None, Duration::ZERO);
        }
        match self.story_mut().init_within.take() {
            Some(within) => (None, within),
            None => (self.story().stages.map(|stages| stages.runtime), Duration::ZERO),
        }
    }
}
