//! Layouts for speed: all that a warm invocation touches of a function is in one cache line, of an
//! environment in the first of two, and both can be fetched ahead. Everything here is read and
//! changed by plain accessors; nobody else need know how it is packed.
//!
//! A plan replays 10^8 invocations over 10^6 environments, which do not fit any cache: each line
//! that a step waits for costs about as much as the rest of the step. For the same reason the
//! functions that a warm invocation passes through are `inline(always)`: an input that is known
//! where the step is made is taken apart there, and of what a sink does not take nothing is made.

use alloc::boxed::Box;
use core::time::Duration;

use crate::base::fetch::Fetch;
use crate::base::id::{CallerId, EniId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::base::table::{Keyed, Table};
use crate::base::time::Time;
use crate::compute::environment::Environment;
use crate::compute::environment::idle::{Idle, IdleLinks};
use crate::compute::environment::story::{Phase, Story};
use crate::compute::function::rest::Rest;
use crate::compute::invocation::{Detail, Invocation};

/// What a function has at present, none of it stored: all that a warm invocation needs of it.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(crate) struct Live {
    pub(crate) id: FunctionId,
    /// When it was last invoked, as is stored.
    pub(crate) used: Time,
    pub(crate) rest: Box<Rest>,
    /// Reserved concurrency.
    pub(crate) reserved: Option<u32>,
    /// Its scope's place.
    pub(crate) scope: u32,
    /// Invocations that have a permit.
    pub(crate) inflight: u32,
    /// Where the next search for a subnet begins.
    pub(crate) cursor: u32,
    latest: Running,
    /// `$LATEST` was found to be invokable, and the function has not changed since.
    pub(crate) is_invokable: bool,
    /// The function is deleted, and its last environments are on their way out.
    pub(crate) is_deleted: bool,
}

const _: () = assert!(size_of::<Option<Live>>() == 64);

/// What a version has at present.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Running {
    /// Invocations that have a permit.
    pub(crate) permits: u32,
    pub(crate) idle: Idle,
}

impl Keyed for Live {
    type Id = FunctionId;
    fn key(&self) -> FunctionId {
        self.id
    }
}

impl Live {
    pub(crate) fn new(id: FunctionId, scope: u32, reserved: Option<u32>) -> Live {
        Live {
            id,
            used: Time(0),
            rest: Box::new(Rest::new()),
            reserved,
            scope,
            inflight: 0,
            cursor: 0,
            latest: Running::default(),
            is_invokable: false,
            is_deleted: false,
        }
    }

    /// What a version has. `$LATEST`, which is invoked mostly, has it in the line.
    #[inline]
    pub(crate) fn of(&mut self, version: Version) -> &mut Running {
        if version == Version(0) { &mut self.latest } else { self.rest.of(version) }
    }

    /// What each of its versions has.
    pub(crate) fn each(&self) -> impl Iterator<Item = (Version, &Running)> {
        core::iter::once((Version(0), &self.latest)).chain(self.rest.published())
    }

    /// The slot of the environment that a further invocation of `$LATEST` would find idle.
    fn newest(&self) -> Option<u32> {
        self.latest.idle.newest()
    }

    /// The function has changed: what was derived from it no longer holds.
    pub(crate) fn forget_derived(&mut self) {
        self.is_invokable = false;
        self.rest.launches.clear();
    }
}

/// An environment in two lines, of which the first has all that most invocations need.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
pub(super) struct Lines {
    id: EnvironmentId,
    since: Time,
    /// Who waits for its invocation, unless that is asynchronous.
    caller: CallerId,
    /// Its invocation's event.
    payload: PayloadId,
    /// The number of the trail of the invocation that it has or had last; zero before the first.
    trail: u64,
    /// Its ENI; zero is none.
    eni: EniId,
    /// The slot of what its function has at present.
    home: u32,
    look: Look,
    invocations: u32,
    /// Seconds, of which there are at most 900.
    timeout: u16,
    phase: Phase,
    flags: Flags,
    story: Box<Story>,
    detail: Option<Box<Detail>>,
    /// When its phase ends, where it was told.
    due: Time,
    /// The request id of its last invocation, where that does not follow from the trail's number.
    foreign: RequestId,
    version: u32,
    /// KiB at the highest.
    memory_peak: u32,
    /// MB, of which there are at most 10,240.
    memory: u16,
}

const _: () = assert!(size_of::<Option<Lines>>() == 128);
const _: () = assert!(core::mem::offset_of!(Lines, story) == 64);

/// What either is or is not so of an environment; all of it in one byte.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flag {
    /// Its code or configuration is no longer in force.
    Superseded = 1,
    /// A `REPORT` has yet to tell of its init.
    InitUntold = 1 << 1,
    /// It has an invocation, or waits for the start of it.
    HasInvocation = 1 << 2,
    /// Its invocation has details, which are in the second line.
    HasDetail = 1 << 3,
    /// It was told when its phase ends, which is in the second line.
    IsDueTold = 1 << 4,
    /// The request id of its last invocation came from elsewhere, and is in the second line.
    IsForeign = 1 << 5,
    /// Its version is not `$LATEST`, and its number is in the second line.
    IsPublished = 1 << 6,
    /// It has no runtime: its last one failed and was ended.
    IsBlank = 1 << 7,
}

#[derive(Debug, Clone, Copy, Default)]
struct Flags(u8);

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

/// A number in two bytes; one that is too large is as large as can be.
fn saturate(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

impl Lines {
    /// An environment in its init, since now.
    pub(super) fn new(
        id: EnvironmentId,
        home: u32,
        version: Version,
        eni: Option<EniId>,
        story: Box<Story>,
    ) -> Lines {
        let mut lines = Lines {
            id,
            since: story.created,
            caller: CallerId(0),
            payload: PayloadId(0),
            trail: 0,
            eni: eni.unwrap_or(EniId(0)),
            home,
            look: Look::default(),
            invocations: 0,
            timeout: saturate(story.launch.timeout),
            phase: Phase::Init,
            flags: Flags::default(),
            detail: None,
            due: Time(u64::MAX),
            foreign: RequestId(0),
            version: u32::try_from(version.0).expect("versions are counted from 1"),
            memory_peak: 0,
            memory: saturate(story.launch.memory),
            story,
        };
        if lines.version > 0 {
            lines.set(Flag::IsPublished);
        }
        lines
    }

    #[inline]
    pub(super) fn is(&self, flag: Flag) -> bool {
        self.flags.0 & flag as u8 != 0
    }

    #[inline]
    pub(super) fn set(&mut self, flag: Flag) {
        self.flags.0 |= flag as u8;
    }

    /// Unsets a flag; answers whether it was set.
    #[inline]
    pub(super) fn unset(&mut self, flag: Flag) -> bool {
        let was = self.is(flag);
        self.flags.0 &= !(flag as u8);
        was
    }

    #[inline]
    pub(super) fn id(&self) -> EnvironmentId {
        self.id
    }

    #[inline]
    pub(super) fn since(&self) -> Time {
        self.since
    }

    #[inline]
    pub(super) fn home(&self) -> u32 {
        self.home
    }

    #[inline]
    pub(super) fn phase(&self) -> Phase {
        self.phase
    }

    #[inline]
    pub(super) fn payload(&self) -> PayloadId {
        self.payload
    }

    #[inline]
    pub(super) fn trail(&self) -> u64 {
        self.trail
    }

    pub(super) fn eni(&self) -> Option<EniId> {
        (self.eni != EniId(0)).then_some(self.eni)
    }

    #[inline]
    pub(super) fn version(&self) -> Version {
        match self.is(Flag::IsPublished) {
            true => Version(u64::from(self.version)),
            false => Version(0),
        }
    }

    pub(super) fn timeout(&self) -> Duration {
        Duration::from_secs(u64::from(self.timeout))
    }

    pub(super) fn memory(&self) -> u32 {
        u32::from(self.memory)
    }

    pub(super) fn memory_peak(&self) -> u64 {
        u64::from(self.memory_peak) << 10
    }

    /// Notes how many bytes of memory it has had, of which 0 are not known.
    #[inline]
    pub(super) fn peaks_at(&mut self, bytes: u64) {
        // The second line need not be fetched for what says nothing.
        if bytes > 0 {
            let kib = u32::try_from(bytes.div_ceil(1 << 10)).unwrap_or(u32::MAX);
            self.memory_peak = self.memory_peak.max(kib);
        }
    }

    pub(super) fn invocations(&self) -> u32 {
        self.invocations
    }

    #[inline]
    pub(super) fn count_invocation(&mut self) {
        self.invocations = self.invocations.saturating_add(1);
    }

    pub(super) fn story(&self) -> &Story {
        &self.story
    }

    pub(super) fn story_mut(&mut self) -> &mut Story {
        &mut self.story
    }

    /// Enters a phase, of which it was not told yet when it ends.
    #[inline]
    pub(super) fn enter(&mut self, now: Time, phase: Phase) {
        (self.phase, self.since) = (phase, now);
        self.unset(Flag::IsDueTold);
    }

    /// When its phase ends, if it was told.
    #[inline]
    pub(super) fn told_due(&self) -> Option<Time> {
        self.is(Flag::IsDueTold).then_some(self.due)
    }

    #[inline]
    pub(super) fn tell_due(&mut self, at: Time) {
        self.due = at;
        self.set(Flag::IsDueTold);
    }

    /// It is gone since then.
    pub(super) fn ended(&mut self, now: Time) {
        self.since = now;
    }

    /// The request id of its last invocation.
    #[inline]
    pub(super) fn last(&self) -> Option<RequestId> {
        match self.is(Flag::IsForeign) {
            true => Some(self.foreign),
            false => (self.trail != 0).then(|| RequestId::numbered(self.trail)),
        }
    }

    #[inline]
    pub(super) fn give(&mut self, request: RequestId, invocation: Invocation) {
        let Invocation { caller, payload, trail, detail } = invocation;
        (self.caller, self.payload, self.trail) = (caller, payload, trail);
        self.unset(Flag::IsForeign);
        self.set(Flag::HasInvocation);
        if let Some(detail) = detail {
            // Of an asynchronous one, the id is as old as its acceptance.
            if detail.attempt > 0 {
                self.set(Flag::IsForeign);
                self.foreign = request;
            }
            self.set(Flag::HasDetail);
            self.detail = Some(detail);
        }
    }

    #[inline]
    pub(super) fn detail(&mut self) -> Option<&mut Detail> {
        match self.is(Flag::HasDetail) {
            true => self.detail.as_deref_mut(),
            false => None,
        }
    }

    #[inline]
    pub(super) fn take_invocation(&mut self) -> Invocation {
        let had = self.unset(Flag::HasInvocation);
        assert!(had, "an invocation ends once");
        let detail = match self.unset(Flag::HasDetail) {
            true => self.detail.take(),
            false => None,
        };
        Invocation { caller: self.caller, payload: self.payload, trail: self.trail, detail }
    }

    /// Whether the timers must look at it for something that is due at that time: they do not look
    /// earlier already.
    #[inline]
    pub(super) fn wants_look(&mut self, at: Time) -> bool {
        let (begin, end) = Look::unit(at);
        if self.look.0 != 0 && begin.wrapping_sub(self.look.0).cast_signed() >= 0 {
            return false;
        }
        self.look.0 = end;
        true
    }

    /// The timers look at it; answers whether they must do so once more for its present phase.
    pub(super) fn is_looked_at(&mut self, at: Time) -> bool {
        let (_, end) = Look::unit(at);
        if end.wrapping_sub(self.look.0).cast_signed() >= 0 {
            self.look.0 = 0;
        }
        self.look.0 == 0
    }
}

/// An input that is about to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreseen {
    /// An invocation of a function.
    Invocation(FunctionId),
    /// A node's report about an environment.
    Report(EnvironmentId),
}

/// How soon a foreseen input comes. Each stage needs what the one before has fetched meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What it is about is to be fetched.
    Far,
    /// What that leads to.
    Near,
    /// What that leads to in turn.
    Next,
}

/// Environments below which all that they need stays near the processor by itself.
pub(crate) const FORESEE_FROM: usize = 8192;

/// Where what a warm invocation needs lies.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) live: &'a Table<Live>,
    pub(super) environments: &'a Table<Environment>,
    pub(super) idle_links: &'a IdleLinks,
}

impl Places<'_> {
    /// Fetches from memory what an input to come will need, so that its step need not wait for it.
    #[inline]
    pub(super) fn foresee(&self, input: Foreseen, stage: Stage, fetch: impl Fetch) {
        match (input, stage) {
            (Foreseen::Invocation(function), Stage::Far) => {
                self.live.fetch(&function, fetch);
            }
            (Foreseen::Invocation(function), Stage::Near) => {
                let live = self.live.get(&function);
                if let Some(newest) = live.and_then(Live::newest) {
                    self.environments.fetch_at(newest, fetch);
                    self.idle_links.fetch(newest, fetch);
                }
            }
            (Foreseen::Report(id), Stage::Far) => {
                self.environments.fetch(&id, fetch);
                self.idle_links.fetch(self.environments.likely_slot(&id), fetch);
            }
            (Foreseen::Report(id), Stage::Near) => {
                if let Some(environment) = self.environments.get(&id) {
                    self.live.fetch_at(environment.home(), fetch);
                }
            }
            (Foreseen::Report(id), Stage::Next) => {
                let home = self.environments.get(&id).map(Environment::home);
                // The idle one that it will be put before.
                if let Some(newest) = home.and_then(|home| self.live.at(home).newest()) {
                    self.idle_links.fetch(newest, fetch);
                }
            }
            (Foreseen::Invocation(_), Stage::Next) => {}
        }
    }
}
