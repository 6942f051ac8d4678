//! The replay: calls, their ends and the engine's own deadlines, in the order of time.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;

use engine::compute::environment::Environment;
use engine::compute::function;
use engine::compute::hot::{Foreseen, Stage};
use engine::effect::{Effect, EffectSink, InvokeRefusal, InvokeResult, Invoked};
use engine::engine::Engine;
use engine::fetch::Fetch;
use engine::id::{CallerId, EnvironmentId, FunctionId, PayloadId, Version};
use engine::input::{Input, Invoke, InvokeKind, Qualifier, Target};
use engine::node::{Delivery, NodeCommand, NodeReport, Outcome, Stages};
use engine::random::Random;
use engine::record::function::RoleVerdict;
use engine::time::Time;
use engine::wheel::Wheel;

use super::error::PlanError;
use super::measure::{Measure, OfFunction};
use super::options::{Setup, StartTime};
use super::report::Report;
use super::setup::{Ground, Made, prepare};
use crate::distribution::LogNormal;
use crate::trace::{Call, Trace, TraceError};

/// How far a replay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Calls so far.
    pub calls: u64,
    /// Calls in all.
    pub of: u64,
}

/// What was decided for a call, or by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// An idle environment takes the call.
    Reused(EnvironmentId),
    /// An environment is started for it.
    Started(EnvironmentId),
    /// An environment is started ahead of any call.
    Prewarmed(EnvironmentId),
    /// It is refused, with this exception.
    Refused(&'static str),
    /// An environment is stopped.
    Stopped(EnvironmentId),
}

/// Batches of calls that are drawn ahead.
const AHEAD: usize = 4;
/// How many calls, or reports, lie between a step and what is fetched for later ones meanwhile: as
/// long as memory takes to answer.
pub(super) const STAGES: [(usize, Stage); 3] =
    [(12, Stage::Far), (8, Stage::Near), (4, Stage::Next)];
/// How long a function's ENIs are there before the trace begins.
const LEAD: Duration = Duration::from_secs(1);

/// Replays a trace; `fetch` is how what is needed soon is fetched from memory.
///
/// # Errors
/// When the trace cannot be read, or the layout cannot be made.
pub fn replay(
    trace: Trace,
    setup: &Setup,
    fetch: impl Fetch,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, PlanError> {
    replay_with(trace, setup, fetch, progress, &mut |_, _, _, _| {})
}

/// Told of every decision: when, about which of the trace's functions, what, and the engine.
pub type Watch<'a> = &'a mut dyn FnMut(Time, u32, Decided, &Engine);

/// Replays a trace, and tells each decision.
///
/// # Errors
/// As [`replay`].
pub fn replay_with(
    mut trace: Trace,
    setup: &Setup,
    fetch: impl Fetch,
    progress: &mut dyn FnMut(Progress),
    watch: Watch<'_>,
) -> Result<Report, PlanError> {
    let before = Time(trace.begin.0.saturating_sub(LEAD.as_nanos() as u64));
    let ground = prepare(setup, &trace.functions, before)?;
    let mut replay = Replay::new(&trace, setup, fetch, ground, watch);
    // Calls are drawn on a thread of their own, a few batches ahead, which come back empty.
    let (give, take) = mpsc::sync_channel::<Result<Vec<Call>, TraceError>>(AHEAD);
    let (give_back, take_back) = mpsc::channel::<Vec<Call>>();
    let arrivals = &mut trace.arrivals;
    let of = trace.calls;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                let mut batch = take_back.try_recv().unwrap_or_default();
                let more = arrivals.next(&mut batch);
                let is_last = !matches!(more, Ok(true));
                // Fails when the replay has ended, for an error before this one.
                if give.send(more.map(|_| batch)).is_err() || is_last {
                    return;
                }
            }
        });
        for batch in take {
            let mut batch = batch?;
            for (at, call) in batch.iter().enumerate() {
                replay.foresee_calls(&batch[at..]);
                replay.until(call.at);
                replay.call(call);
            }
            progress(Progress { calls: replay.measure.counts.calls, of });
            batch.clear();
            // Nobody takes it once all are drawn.
            drop(give_back.send(batch));
        }
        Ok::<(), PlanError>(())
    })?;
    let end = trace.begin + trace.span;
    replay.until(end);
    Ok(replay.finish(setup, &trace, end))
}

/// An event that an environment has to answer.
#[derive(Debug)]
struct Due {
    environment: EnvironmentId,
    payload: PayloadId,
    deadline: Time,
}

/// Of a step's effects what a plan needs.
#[derive(Debug)]
enum Seen {
    Delivered(Due),
    Started(EnvironmentId),
    Stopped(EnvironmentId),
    Reset(EnvironmentId),
    Answered { function: u32, is_late: bool },
    Refused(u32, Box<InvokeRefusal>),
}

/// Takes of a step's effects what a plan needs, in order.
struct Observer<'a> {
    seen: &'a mut Vec<Seen>,
}

impl EffectSink for Observer<'_> {
    fn push(&mut self, effect: Effect) {
        match effect {
            Effect::Command(_, NodeCommand::Deliver(delivery)) => self.deliver(delivery),
            Effect::Command(_, NodeCommand::Start(spec)) => {
                self.seen.push(Seen::Started(spec.environment));
            }
            Effect::Command(_, NodeCommand::Stop(id)) => self.seen.push(Seen::Stopped(id)),
            Effect::Command(_, NodeCommand::Reset(id)) => self.seen.push(Seen::Reset(id)),
            Effect::Invoked(caller, invoked) => self.invoked(caller, invoked),
            Effect::Refused(caller, refusal) => {
                self.seen.push(Seen::Refused(function_of(caller.0), refusal));
            }
            Effect::Persist(..)
            | Effect::Command(..)
            | Effect::Accepted(..)
            | Effect::Made(..)
            | Effect::Notice(_)
            | Effect::Source(_)
            | Effect::Log(_)
            | Effect::Ended(_)
            | Effect::Tell(..)
            | Effect::Release(_) => {}
        }
    }

    #[inline]
    fn deliver(&mut self, delivery: Delivery) {
        let Delivery { environment, payload, deadline, .. } = delivery;
        self.seen.push(Seen::Delivered(Due { environment, payload, deadline }));
    }

    #[inline]
    fn takes_reports(&self) -> bool {
        false
    }

    #[inline]
    fn invoked(&mut self, caller: CallerId, invoked: Invoked) {
        let is_late =
            matches!(invoked.result, InvokeResult::TimedOut(_) | InvokeResult::InitTimedOut(_));
        self.seen.push(Seen::Answered { function: function_of(caller.0), is_late });
    }
}

/// A replay under way: the engine, and what is still to happen.
struct Replay<'a, F> {
    engine: Engine,
    /// Why functions could not be made.
    refusals: BTreeMap<u32, function::Refusal>,
    /// Environments of which the node has something to report: that they are ready, or have
    /// answered.
    coming: Wheel<EnvironmentId>,
    fetch: F,
    seen: Vec<Seen>,
    /// Environments that are being stopped in this step, and whether they had an ENI.
    stopped: Vec<(EnvironmentId, bool)>,
    /// Environments whose runtimes are being ended in this step.
    reset: Vec<EnvironmentId>,
    random: Random,
    start: StartTime,
    /// What the trace says of the start for the call under way.
    told_start: u32,
    steps: u64,
    hash: u64,
    measure: Measure,
    watch: Watch<'a>,
}

/// A call's function and duration, as the engine carries them.
fn payload(function: u32, duration: u32) -> PayloadId {
    PayloadId(u64::from(function) << 32 | u64::from(duration))
}

/// What the node reports of an environment when its start or its invocation has taken its time: it
/// is ready, or has answered what it has with its event's payload. Nothing of one that is gone.
pub(super) fn report(engine: &Engine, environment: EnvironmentId) -> Option<NodeReport> {
    let known = engine.environment(environment)?;
    let Some((request, payload)) = known.busy_with() else {
        return Some(NodeReport::Ready { environment, stages: Stages::default() });
    };
    Some(NodeReport::Finished {
        environment,
        request,
        outcome: Outcome::Response { payload, length: 0 },
        memory_peak: 0,
        duration: Duration::from_micros(payload.0 & 0xffff_ffff),
        asks: true,
    })
}

fn function_of(id: u64) -> u32 {
    (id >> 32) as u32
}

impl<'a, F: Fetch> Replay<'a, F> {
    fn new(
        trace: &Trace,
        setup: &Setup,
        fetch: F,
        ground: Ground,
        watch: Watch<'a>,
    ) -> Replay<'a, F> {
        let mut refusals = BTreeMap::new();
        let mut functions = Vec::with_capacity(trace.functions.len());
        for Made { function, memory, .. } in ground.functions {
            // One that could not be made is never asked for.
            let none = (FunctionId(0), Version(0));
            let (id, version) = *function.as_ref().unwrap_or(&none);
            functions.push(OfFunction::new(id, version, memory));
            if let Err(refusal) = function {
                refusals.insert(functions.len() as u32 - 1, refusal);
            }
        }
        let (engine, subnets) = (&ground.engine, &ground.subnets);
        let measure = Measure::new(trace, setup, engine, subnets, functions, ground.vpc_functions);
        Replay {
            engine: ground.engine,
            refusals,
            coming: Wheel::default(),
            fetch,
            seen: Vec::new(),
            stopped: Vec::new(),
            reset: Vec::new(),
            random: Random::new(setup.seed ^ 0x5851_f42d_4c95_7f2d),
            start: setup.start,
            told_start: 0,
            steps: ground.steps,
            hash: 0,
            measure,
            watch,
        }
    }

    /// Lets everything happen that comes before this instant.
    fn until(&mut self, now: Time) {
        loop {
            let coming = self.coming.next().unwrap_or(Time(u64::MAX));
            let deadline = self.engine.next_deadline().map_or(Time(u64::MAX), |next| next.at);
            if coming.min(deadline) >= now {
                return;
            }
            if deadline < coming {
                self.step(deadline, Input::Tick);
                continue;
            }
            self.foresee_reports();
            let (at, environment) = self.coming.pop(coming).expect("it was just seen");
            if let Some(report) = report(&self.engine, environment) {
                self.step(at, Input::Node(report));
            }
        }
    }

    fn foresee_reports(&self) {
        if !self.engine.is_large() {
            return;
        }
        for (after, stage) in STAGES {
            let Some(environment) = self.coming.coming(after) else { continue };
            self.engine.foresee(Foreseen::Report(environment), stage, self.fetch);
            if stage == Stage::Next
                && let Some((_, payload)) =
                    self.engine.environment(environment).and_then(Environment::busy_with)
            {
                self.measure.foresee(function_of(payload.0), self.fetch);
            }
        }
    }

    /// The first of these calls comes next.
    fn foresee_calls(&self, calls: &[Call]) {
        if !self.engine.is_large() {
            return;
        }
        for (after, stage) in STAGES {
            let Some(call) = calls.get(after) else { continue };
            if stage == Stage::Far {
                self.measure.foresee(call.function, self.fetch);
                continue;
            }
            // A stage later than a report's: which function it is had to be fetched first.
            let stage = if stage == Stage::Near { Stage::Far } else { Stage::Near };
            let function = self.measure.of(call.function).id;
            self.engine.foresee(Foreseen::Invocation(function), stage, self.fetch);
        }
    }

    fn call(&mut self, call: &Call) {
        self.measure.called(call.at, call.function);
        if !self.refusals.is_empty()
            && let Some(refusal) = self.refusals.get(&call.function)
        {
            let refusal = refusal.clone();
            self.measure.not_made(call.at, call.function, &refusal, &self.engine);
            return;
        }
        self.told_start = call.start;
        let OfFunction { id, version, .. } = *self.measure.of(call.function);
        let invoke = Invoke {
            caller: CallerId(u64::from(call.function) << 32),
            function: Target::Known(id),
            qualifier: (version != Version(0)).then_some(Qualifier::Version(version)),
            kind: InvokeKind::Sync,
            payload: payload(call.function, call.duration),
            length: 0,
            context: None,
            by: String::new(),
            role: RoleVerdict::Allowed,
        };
        self.step(call.at, Input::Invoke(invoke));
    }

    fn step(&mut self, now: Time, input: Input) {
        self.steps += 1;
        let is_call = matches!(input, Input::Invoke(_));
        let mut seen = std::mem::take(&mut self.seen);
        self.engine.step(now, input, &mut Observer { seen: &mut seen });
        let mut stopped = std::mem::take(&mut self.stopped);
        for each in seen.drain(..) {
            match each {
                Seen::Delivered(due) => self.delivered(now, due, is_call),
                Seen::Started(id) => self.started(now, id, is_call),
                Seen::Stopped(id) => stopped.push((id, self.stopped(now, id))),
                Seen::Reset(id) => self.reset.push(id),
                Seen::Answered { function, is_late } => {
                    self.measure.answered(now, function, is_late);
                }
                Seen::Refused(function, refusal) => self.refused(now, function, &refusal),
            }
        }
        self.seen = seen;
        for (id, had_eni) in stopped.drain(..) {
            self.step(now, Input::Node(NodeReport::Gone(id)));
            self.measure.gone(now, had_eni, &self.engine);
        }
        self.stopped = stopped;
        while let Some(id) = self.reset.pop() {
            self.step(now, Input::Node(NodeReport::Reset(id)));
        }
    }

    fn delivered(&mut self, now: Time, Due { environment, payload, deadline }: Due, is_call: bool) {
        let function = function_of(payload.0);
        let nanos = (payload.0 & 0xffff_ffff) * 1_000;
        self.mix(now.0 ^ environment.0);
        if is_call {
            self.measure.reused(now, function);
            (self.watch)(now, function, Decided::Reused(environment), &self.engine);
        }
        self.measure.delivered(function, nanos.min(deadline.0 - now.0));
        // What takes longer is ended by its deadline, and its environment may be used again by then.
        if now.0 + nanos <= deadline.0 {
            self.coming.push(Time(now.0 + nanos), environment);
        }
    }

    fn started(&mut self, now: Time, id: EnvironmentId, is_call: bool) {
        let environment = self.engine.environment(id).expect("it was just started");
        let function = self.measure.place(environment, &self.engine);
        let is_for_call = environment.request().is_some();
        let is_again = environment.story().resets > 0;
        self.mix(now.0 ^ id.0.rotate_left(17));
        if is_again {
            return self.began_again(now, id, is_call.then_some(function));
        }
        self.measure.started(now, function, id, is_for_call, &self.engine);
        let decided = if is_for_call { Decided::Started(id) } else { Decided::Prewarmed(id) };
        (self.watch)(now, function, decided, &self.engine);
        let wait = self.start_time();
        self.coming.push(now + wait, id);
    }

    /// An environment begins with an init again: for a call of this function, or since its first
    /// init took too long.
    fn began_again(&mut self, now: Time, id: EnvironmentId, called: Option<u32>) {
        if let Some(function) = called {
            self.measure.begins_cold(now, function);
            (self.watch)(now, function, Decided::Reused(id), &self.engine);
        }
        let wait = self.start_time();
        self.coming.push(now + wait, id);
    }

    /// Answers whether it had an ENI of its own.
    fn stopped(&mut self, now: Time, id: EnvironmentId) -> bool {
        let environment = self.engine.environment(id).expect("it is being reaped");
        let (life, has_eni) = (now - environment.story().created, environment.eni().is_some());
        let function = self.measure.place(environment, &self.engine);
        self.mix(now.0 ^ id.0.rotate_left(34));
        self.measure.stopped(now, function, life);
        (self.watch)(now, function, Decided::Stopped(id), &self.engine);
        has_eni
    }

    fn refused(&mut self, now: Time, function: u32, refusal: &InvokeRefusal) {
        self.mix(now.0 ^ u64::from(function).rotate_left(51));
        self.measure.refused(now, function, refusal, &self.engine);
        (self.watch)(now, function, Decided::Refused(refusal.exception()), &self.engine);
    }

    fn start_time(&mut self) -> Duration {
        if self.told_start > 0 {
            return Duration::from_micros(u64::from(self.told_start));
        }
        match self.start {
            StartTime::Fixed(time) => time,
            StartTime::LogNormal(mean, deviation) => {
                let seconds = LogNormal::of(mean, deviation).draw(&mut self.random);
                Duration::from_secs_f64(seconds.clamp(0.0, 3600.0))
            }
        }
    }

    fn mix(&mut self, word: u64) {
        self.hash = (self.hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(self, setup: &Setup, trace: &Trace, end: Time) -> Report {
        #[cfg(debug_assertions)]
        self.engine.check();
        let mut hash = self.hash;
        for environment in self.engine.environments() {
            hash = (hash.rotate_left(5) ^ environment.id().0 ^ environment.invocations())
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let report = self.measure.report(setup, trace, end, self.steps, hash, &self.engine);
        // Taking a million functions apart takes seconds, for which nobody need wait.
        std::thread::spawn(move || drop(self.engine));
        report
    }
}
