//! Steps for measuring: an engine with so many environments, all of them in use by turns.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::compute::hot::Foreseen;
use engine::effect::{Effect, EffectSink, Invoked};
use engine::engine::Engine;
use engine::fetch::Fetch;
use engine::id::{CallerId, EnvironmentId, FunctionId, PayloadId};
use engine::input::{Input, Invoke, InvokeKind, Target};
use engine::limits::{KeepAlive, Limits};
use engine::node::{Delivery, NodeCommand};
use engine::random::Random;
use engine::record::function::RoleVerdict;
use engine::time::Time;
use engine::timer::Deadline;
use engine::wheel::Wheel;

use super::layout::{Layout, SubnetLayout};
use super::options::{Setup, StartTime};
use super::replay::{STAGES, report as report_of};
use super::setup::prepare;
use crate::trace::Traced;

/// A number of callers, each of which calls, waits for the answer and pauses; as many
/// environments as callers, and as many things to come.
#[derive(Debug)]
pub struct ClosedLoop<F> {
    engine: Engine,
    ahead: Ahead,
    fetch: F,
}

/// What is to come, which is all that the engine's effects change.
#[derive(Debug)]
struct Ahead {
    now: Time,
    /// Which function is called next.
    calls: Wheel<FunctionId>,
    /// Of which environment the node reports next.
    reports: Wheel<EnvironmentId>,
    random: Random,
}

impl Ahead {
    /// From 0 to 2 s after now.
    fn draw(&mut self) -> Time {
        Time(self.now.0 + (self.random.draw() & ((1 << 31) - 1)))
    }
}

impl EffectSink for Ahead {
    fn push(&mut self, effect: Effect) {
        match effect {
            Effect::Command(_, NodeCommand::Start(spec)) => {
                self.reports.push(self.now, spec.environment);
            }
            Effect::Command(_, NodeCommand::Deliver(delivery)) => self.deliver(delivery),
            Effect::Invoked(caller, invoked) => self.invoked(caller, invoked),
            Effect::Refused(..) => unreachable!("there is no limit that it could reach"),
            Effect::Command(..)
            | Effect::Persist(..)
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
        let at = self.draw();
        self.reports.push(at, delivery.environment);
    }

    #[inline]
    fn takes_reports(&self) -> bool {
        false
    }

    #[inline]
    fn invoked(&mut self, caller: CallerId, _: Invoked) {
        let at = self.draw();
        self.calls.push(at, FunctionId(caller.0));
    }
}

/// Callers of a function.
const EACH: u32 = 10;

impl<F: Fetch> ClosedLoop<F> {
    /// So many callers of functions in a VPC, ten callers each; `fetch` is how what is needed soon
    /// is fetched from memory.
    ///
    /// # Panics
    /// When the engine refuses to have the functions: that is a bug.
    pub fn new(callers: u32, fetch: F) -> ClosedLoop<F> {
        let cidr: Cidr = "10.0.0.0/16".parse().expect("a block");
        let subnet = SubnetLayout::new("a", "vpc", cidr);
        let limits = Limits {
            concurrency: u32::MAX,
            keep_alive: KeepAlive::Fixed(Duration::from_secs(3600)),
            ..Limits::default()
        };
        let setup = Setup {
            layout: Layout { subnets: vec![subnet], ..Layout::default() },
            limits,
            start: StartTime::Fixed(Duration::ZERO),
            intervals: 1,
            ..Setup::default()
        };
        let functions: Vec<_> = (0..callers.div_ceil(EACH))
            .map(|at| Traced { name: format!("function-{at}"), memory: 128 })
            .collect();
        let now = Time(1_700_000_000_000_000_000);
        let ground = prepare(&setup, &functions, now).expect("the engine takes them");
        let (calls, reports) = (Wheel::default(), Wheel::default());
        let mut ahead = Ahead { now, calls, reports, random: Random::new(2) };
        let made: Vec<FunctionId> =
            ground.functions.into_iter().flat_map(|made| made.function).map(|(id, _)| id).collect();
        // All at once: each call needs an environment of its own.
        for caller in 0..callers {
            ahead.calls.push(now, made[(caller / EACH) as usize]);
        }
        ClosedLoop { engine: ground.engine, ahead, fetch }
    }

    /// Environments that there are now.
    pub fn environments(&self) -> usize {
        self.engine.environments().count()
    }

    /// Gives the engine so many further inputs.
    pub fn run(&mut self, steps: u64) {
        let is_large = self.engine.is_large();
        for _ in 0..steps {
            let never = Time(u64::MAX);
            let call = self.ahead.calls.next().unwrap_or(never);
            let report = self.ahead.reports.next().unwrap_or(never);
            let at = call.min(report);
            if let Some(Deadline { at: deadline, .. }) = self.engine.next_deadline()
                && deadline < at
            {
                self.ahead.now = deadline;
                self.engine.step(deadline, Input::Tick, &mut self.ahead);
                continue;
            }
            self.ahead.now = at;
            if call <= report {
                if is_large {
                    self.foresee_calls();
                }
                let (_, function) = self.ahead.calls.pop(at).expect("it was just seen");
                self.engine.step(at, invoke(function), &mut self.ahead);
            } else {
                if is_large {
                    self.foresee_reports();
                }
                let (_, environment) = self.ahead.reports.pop(at).expect("it was just seen");
                let report = report_of(&self.engine, environment).expect("it lives");
                self.engine.step(at, Input::Node(report), &mut self.ahead);
            }
        }
    }

    fn foresee_calls(&self) {
        for (after, stage) in STAGES {
            if let Some(function) = self.ahead.calls.coming(after) {
                self.engine.foresee(Foreseen::Invocation(function), stage, self.fetch);
            }
        }
    }

    fn foresee_reports(&self) {
        for (after, stage) in STAGES {
            if let Some(environment) = self.ahead.reports.coming(after) {
                self.engine.foresee(Foreseen::Report(environment), stage, self.fetch);
            }
        }
    }
}

/// A call of a function; who waits is of no interest, but which function is.
fn invoke(function: FunctionId) -> Input {
    Input::Invoke(Invoke {
        caller: CallerId(function.0),
        function: Target::Known(function),
        qualifier: None,
        kind: InvokeKind::Sync,
        payload: PayloadId(0),
        length: 0,
        context: None,
        by: String::new(),
        role: RoleVerdict::Allowed,
    })
}

/// What any simulator must do at the least: takes the first of so many events from a binary heap
/// and puts another in its place, so often. Answers the last time.
pub fn bare_heap(pending: u32, events: u64) -> u64 {
    let mut random = Random::new(3);
    let mut heap: BinaryHeap<Reverse<(u64, u64)>> =
        (0..pending).map(|at| Reverse((random.draw() % 2_000_000, u64::from(at)))).collect();
    let mut now = 0;
    for _ in 0..events {
        let Some(Reverse((at, item))) = heap.pop() else { break };
        now = at;
        heap.push(Reverse((at + random.draw() % 2_000_000, item)));
    }
    now
}
