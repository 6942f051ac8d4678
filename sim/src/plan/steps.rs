//! Steps for measuring: an engine with so many environments, all of them in use by turns.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::effect::{Effect, Effects};
use engine::engine::{Engine, Foreseen};
use engine::function::{EniModel, RoleVerdict};
use engine::id::{CallerId, EnvironmentId, FunctionId, PayloadId};
use engine::input::{Input, Invoke, InvokeKind, Target};
use engine::keep::KeepAlive;
use engine::limits::Limits;
use engine::node::{NodeCommand, NodeReport, Stages};
use engine::random::Random;
use engine::time::Time;
use engine::wheel::Wheel;

use super::layout::{Layout, SubnetLayout};
use super::replay::{TOGETHER, answered};
use super::setup::prepare;
use super::{InVpc, Setup, StartTime};
use crate::trace::Traced;

/// A number of callers, each of which calls, waits for the answer and pauses; as many
/// environments as callers, and as many things to come.
#[derive(Debug)]
pub struct ClosedLoop {
    engine: Engine,
    functions: Vec<FunctionId>,
    coming: Wheel<Coming>,
    random: Random,
    out: Effects,
    now: Time,
    steps: u64,
}

#[derive(Debug, Clone, Copy)]
enum Coming {
    Call(u32),
    Ready(EnvironmentId),
    Finished(EnvironmentId),
}

impl ClosedLoop {
    /// So many callers of functions in a VPC, ten callers each.
    ///
    /// # Panics
    /// When the engine refuses to have the functions: that is a bug.
    pub fn new(callers: u32) -> ClosedLoop {
        let cidr: Cidr = "10.0.0.0/16".parse().expect("a block");
        let subnet =
            SubnetLayout { name: "a".into(), vpc: "vpc".into(), cidr, zone: None, taken: 0 };
        let limits = Limits {
            concurrency: u32::MAX,
            keep_alive: KeepAlive::Fixed(Duration::from_secs(3600)),
            ..Limits::default()
        };
        let setup = Setup {
            layout: Layout { subnets: vec![subnet], ..Layout::default() },
            reserved: Vec::new(),
            in_vpc: InVpc::All,
            sets: 1,
            eni_model: EniModel::Hyperplane,
            limits,
            timeout: 900,
            start: StartTime::Fixed(Duration::ZERO),
            seed: 1,
            intervals: 1,
        };
        let functions: Vec<_> = (0..callers.div_ceil(10))
            .map(|at| Traced { name: format!("function-{at}"), memory: 128 })
            .collect();
        let now = Time(1_700_000_000_000_000_000);
        let ground = prepare(&setup, &functions, now).expect("the engine takes them");
        let mut random = Random::new(2);
        let mut coming = Wheel::default();
        for caller in 0..callers {
            coming.push(now + pause(&mut random), Coming::Call(caller));
        }
        ClosedLoop {
            engine: ground.engine,
            functions: ground.functions.into_iter().flatten().collect(),
            coming,
            random,
            out: Effects::new(),
            now,
            steps: 0,
        }
    }

    /// Environments that there are now.
    pub fn environments(&self) -> usize {
        self.engine.environments().count()
    }

    /// Gives the engine at least so many further inputs; answers how many.
    pub fn run(&mut self, steps: u64) -> u64 {
        let (begin, end) = (self.steps, self.steps + steps);
        while self.steps < end {
            let at = self.next().expect("callers never cease");
            if let Some(deadline) = self.engine.next_deadline()
                && deadline < at
            {
                self.now = deadline;
                self.step(Input::Tick);
                continue;
            }
            let (at, coming) = self.coming.pop(at).expect("it was just seen");
            self.now = at;
            let input = match coming {
                Coming::Call(caller) => self.invoke(caller),
                Coming::Ready(environment) => {
                    let stages = Stages::default();
                    Input::Node(NodeReport::Ready { environment, stages })
                }
                Coming::Finished(environment) => {
                    Input::Node(answered(&self.engine, environment).expect("it is busy"))
                }
            };
            self.step(input);
        }
        self.steps - begin
    }

    fn next(&mut self) -> Option<Time> {
        if let Some(ahead) = self.coming.look_ahead(TOGETHER) {
            let functions = &self.functions;
            self.engine.foresee(ahead.iter().map(|(_, coming)| match coming {
                Coming::Call(caller) => {
                    Foreseen::Invocation(functions[*caller as usize % functions.len()])
                }
                Coming::Ready(environment) | Coming::Finished(environment) => {
                    Foreseen::Report(*environment)
                }
            }));
        }
        self.coming.next()
    }

    fn invoke(&self, caller: u32) -> Input {
        let function = caller as usize % self.functions.len();
        Input::Invoke(Invoke {
            caller: CallerId(u64::from(caller)),
            function: Target::Known(self.functions[function]),
            qualifier: None,
            kind: InvokeKind::Sync,
            payload: PayloadId(u64::from(caller)),
            length: 0,
            context: None,
            by: String::new(),
            role: RoleVerdict::Allowed,
        })
    }

    fn step(&mut self, input: Input) {
        self.steps += 1;
        self.engine.step(self.now, input, &mut self.out);
        let mut out = std::mem::take(&mut self.out);
        for effect in &out {
            match effect {
                Effect::Command(NodeCommand::Start(spec)) => {
                    self.coming.push(self.now, Coming::Ready(spec.environment));
                }
                Effect::Command(NodeCommand::Deliver(delivery)) => {
                    let at = self.now + pause(&mut self.random);
                    self.coming.push(at, Coming::Finished(delivery.environment));
                }
                Effect::Respond(caller, _) | Effect::Invoked(caller, _) => {
                    let at = self.now + pause(&mut self.random);
                    self.coming.push(at, Coming::Call(caller.0 as u32));
                }
                Effect::Command(_) | Effect::Persist(..) | Effect::Log(_) | Effect::Release(_) => {}
            }
        }
        out.clear();
        self.out = out;
    }
}

/// From 0 to 2 s, in microseconds.
fn pause(random: &mut Random) -> Duration {
    Duration::from_micros(random.draw() % 2_000_000)
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
