//! The simulated node: carries commands out after a while, or fails to.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use engine::id::{EniId, EnvironmentId, PayloadId, RequestId, ResourceId};
use engine::node::{
    Attachment, Delivery, EnvironmentSpec, Exit, Failure, FailureKind, NodeCommand, NodeReport,
    Outcome, Stages,
};
use engine::plan::VpcPlan;
use engine::random::Random;

/// How often what fails, in percent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Faults {
    pub(crate) start: u64,
    pub(crate) init: u64,
    pub(crate) hang: u64,
    pub(crate) exit: u64,
    pub(crate) error: u64,
    /// Whether a runtime goes on after its answer.
    pub(crate) after: u64,
    pub(crate) eni: u64,
    pub(crate) plan: u64,
}

impl Faults {
    pub(crate) const NONE: Faults =
        Faults { start: 0, init: 0, hang: 0, exit: 0, error: 0, after: 0, eni: 0, plan: 0 };
}

#[derive(Debug)]
enum Life {
    Starting,
    Waiting,
    Busy(RequestId),
    /// It has answered, and not asked for its next event.
    Answered(RequestId),
    Dead,
    /// It was told to end, and what it was before is still being told of.
    Ending,
    /// Its runtime is gone, and all else is there.
    Blank,
}

#[derive(Debug)]
struct Sandbox {
    spec: EnvironmentSpec,
    life: Life,
    /// Those to its present runtime.
    deliveries: u64,
    /// Runtimes it has had, which leave something in its /tmp each.
    files: u64,
}

/// The node of a world.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) faults: Faults,
    sandboxes: BTreeMap<EnvironmentId, Sandbox>,
    shared: BTreeSet<EniId>,
    resources: BTreeSet<ResourceId>,
    payloads: u64,
    /// Bytes that the engine was told of and has not released.
    pub(crate) held: BTreeSet<PayloadId>,
}

/// Something to be reported after a while.
pub(crate) type Later = (Duration, NodeReport);

impl Machine {
    pub(crate) fn new(faults: Faults) -> Machine {
        Machine {
            faults,
            sandboxes: BTreeMap::new(),
            shared: BTreeSet::new(),
            resources: BTreeSet::new(),
            payloads: 1 << 63,
            held: BTreeSet::new(),
        }
    }

    /// Everything that runs is gone; what is pinned is asked for again.
    pub(crate) fn restart(&mut self) {
        *self = Machine { payloads: self.payloads, ..Machine::new(self.faults) };
    }

    fn payload(&mut self) -> PayloadId {
        self.payloads += 1;
        self.held.insert(PayloadId(self.payloads));
        PayloadId(self.payloads)
    }

    /// Sandboxes that run.
    pub(crate) fn count(&self) -> usize {
        self.sandboxes.len()
    }

    /// Code of the sandbox, and how many events its present runtime has had.
    pub(crate) fn sandbox(&self, id: EnvironmentId) -> Option<([u8; 32], u64)> {
        self.sandboxes.get(&id).map(|sandbox| (sandbox.spec.code, sandbox.deliveries))
    }

    /// Takes a command; answers what is to be reported later.
    pub(crate) fn command(&mut self, command: NodeCommand, random: &mut Random) -> Vec<Later> {
        match command {
            NodeCommand::Start(spec) => self.start(*spec, random),
            NodeCommand::Deliver(delivery) => self.deliver(&delivery, random),
            NodeCommand::Stop(id) => {
                self.sandboxes.remove(&id);
                Vec::from([(span(random, 20_000), NodeReport::Gone(id))])
            }
            NodeCommand::Reset(id) => {
                let sandbox = self.sandboxes.get_mut(&id).expect("what has failed was started");
                let life = std::mem::replace(&mut sandbox.life, Life::Ending);
                assert!(!matches!(life, Life::Ending | Life::Blank), "{id} was reset twice");
                let last = span(random, 20_000);
                let mut reports = Vec::from([(last + span(random, 20_000), NodeReport::Reset(id))]);
                reports.extend(self.late(id, &life, random).map(|report| (last, report)));
                reports
            }
            NodeCommand::PutEni(plan) => {
                let id = plan.eni;
                if fails(self.faults.eni, random) {
                    let report =
                        NodeReport::EniFailed(id, Failure::new(FailureKind::Later, "no route"));
                    return Vec::from([(span(random, 5_000), report)]);
                }
                self.shared.insert(id);
                Vec::from([(span(random, 5_000), NodeReport::EniReady(id))])
            }
            NodeCommand::DeleteEni(id) => {
                self.shared.remove(&id);
                let attached = self.sandboxes.values().any(|sandbox| {
                    matches!(&sandbox.spec.attachment, Attachment::Hyperplane(eni) if *eni == id)
                });
                assert!(!attached, "{id} was deleted while an environment was attached");
                Vec::new()
            }
            NodeCommand::PutResource { resource, .. } => {
                if fails(self.faults.eni, random) {
                    let report = NodeReport::ResourceFailed(
                        resource,
                        Failure::new(FailureKind::Later, "no route"),
                    );
                    return Vec::from([(span(random, 5_000), report)]);
                }
                self.resources.insert(resource);
                let report = NodeReport::ResourceReady(resource, "/run/net".into());
                Vec::from([(span(random, 5_000), report)])
            }
            NodeCommand::DeleteResource(id) => {
                self.resources.remove(&id);
                Vec::new()
            }
            NodeCommand::Plan(plan) => {
                let VpcPlan { vpc, generation, .. } = *plan;
                let report = if fails(self.faults.plan, random) {
                    let failure = Failure::new(FailureKind::Later, "no memory");
                    NodeReport::PlanFailed { vpc, generation, failure }
                } else {
                    NodeReport::PlanInForce { vpc, generation }
                };
                Vec::from([(span(random, 5_000), report)])
            }
            NodeCommand::DeleteVpc(_) => Vec::new(),
        }
    }

    fn start(&mut self, spec: EnvironmentSpec, random: &mut Random) -> Vec<Later> {
        let id = spec.environment;
        let files = match self.sandboxes.remove(&id) {
            None => 0,
            Some(Sandbox { spec: before, life: Life::Blank, files, .. }) => {
                assert_eq!(before, spec, "{id} begins anew as something else");
                files + 1
            }
            Some(before) => panic!("{id} was started while {:?}", before.life),
        };
        let faults = self.faults;
        // One that could not be made again may not have been told of yet.
        let has_network = match &spec.attachment {
            Attachment::Hyperplane(eni) => self.shared.contains(eni),
            Attachment::Outside | Attachment::Classic(_) => true,
        };
        let report = if !has_network || fails(faults.start, random) {
            let kind = if fails(50, random) { FailureKind::Room } else { FailureKind::Later };
            Some(NodeReport::StartFailed(id, Failure::new(kind, "no memory")))
        } else if fails(faults.init, random) {
            let (payload, stages) = (self.payload(), Stages::default());
            Some(NodeReport::InitFailed { environment: id, payload, error_type: None, stages })
        } else if fails(faults.exit, random) {
            let (exit, memory_peak) = (Exit::Status(1), 1 << 20);
            Some(NodeReport::Exited { environment: id, exit, memory_peak })
        } else if fails(faults.hang, random) {
            None
        } else {
            let runtime = span(random, 30_000);
            let stages = Stages { runtime, ..Stages::default() };
            Some(NodeReport::Ready { environment: id, stages })
        };
        let sandbox = Sandbox { spec, life: Life::Starting, deliveries: 0, files };
        self.sandboxes.insert(id, sandbox);
        report.map(|report| (span(random, 50_000), report)).into_iter().collect()
    }

    fn deliver(&mut self, delivery: &Delivery, random: &mut Random) -> Vec<Later> {
        let Delivery { environment, request, .. } = *delivery;
        let faults = self.faults;
        let sandbox = self.sandboxes.get_mut(&environment).expect("an event is for a sandbox");
        // One that ended by itself a moment ago is given an event in good faith.
        if matches!(sandbox.life, Life::Dead) {
            return Vec::new();
        }
        assert!(
            matches!(sandbox.life, Life::Waiting),
            "{environment} was given {request} while {:?}",
            sandbox.life
        );
        sandbox.life = Life::Busy(request);
        sandbox.deliveries += 1;
        let roll = random.draw() % 100;
        let duration = Duration::from_micros(random.draw() % 400_000);
        let report = if roll < faults.exit {
            NodeReport::Exited { environment, exit: Exit::OutOfMemory, memory_peak: 1 << 27 }
        } else if roll < faults.exit + faults.hang {
            return Vec::new();
        } else {
            let outcome = if roll < faults.exit + faults.hang + faults.error {
                Outcome::Error { payload: self.payload(), length: 2 }
            } else {
                Outcome::Response { payload: self.payload(), length: 4 }
            };
            let (memory_peak, asks) = (1 << 24, !fails(faults.after, random));
            let report =
                NodeReport::Finished { environment, request, outcome, memory_peak, duration, asks };
            if asks {
                return Vec::from([(duration, report)]);
            }
            return Machine::after(faults, (duration, report), delivery, random);
        };
        Vec::from([(duration, report)])
    }

    /// What a runtime does that goes on after its answer: it asks for its next event after a while,
    /// ends or hangs.
    fn after(
        faults: Faults,
        answer: Later,
        delivery: &Delivery,
        random: &mut Random,
    ) -> Vec<Later> {
        let Delivery { environment, request, .. } = *delivery;
        let roll = random.draw() % 100;
        let duration = answer.0 + span(random, 300_000);
        let memory_peak = 1 << 24;
        let report = if roll < faults.exit {
            NodeReport::Exited { environment, exit: Exit::Status(1), memory_peak }
        } else if roll < faults.exit + faults.hang {
            return Vec::from([answer]);
        } else {
            NodeReport::Asked { environment, request, memory_peak, duration }
        };
        Vec::from([answer, (duration, report)])
    }

    /// What is on its way of a runtime that is told to end.
    fn late(
        &mut self,
        environment: EnvironmentId,
        life: &Life,
        random: &mut Random,
    ) -> Option<NodeReport> {
        let (memory_peak, duration) = (1 << 20, Duration::from_millis(1));
        match (life, random.draw() % 3) {
            (Life::Starting, 0) => {
                Some(NodeReport::Ready { environment, stages: Stages::default() })
            }
            (Life::Busy(request), 0) => {
                let (request, payload) = (*request, self.payload());
                let outcome = Outcome::Response { payload, length: 4 };
                let asks = true;
                let finished = NodeReport::Finished {
                    environment,
                    request,
                    outcome,
                    memory_peak,
                    duration,
                    asks,
                };
                Some(finished)
            }
            (Life::Answered(request), 0) => {
                let request = *request;
                Some(NodeReport::Asked { environment, request, memory_peak, duration })
            }
            (_, 1) => Some(NodeReport::Exited { environment, exit: Exit::Signal(9), memory_peak }),
            _ => None,
        }
    }

    /// Whether a report is still true when its time has come, and what it makes of the sandbox.
    pub(crate) fn happens(&mut self, report: &NodeReport) -> bool {
        let is_true = self.makes(report);
        if let NodeReport::Finished { outcome, .. } = report
            && let Outcome::Response { payload, .. } | Outcome::Error { payload, .. } = outcome
            && !is_true
        {
            self.held.remove(payload);
        }
        is_true
    }

    fn makes(&mut self, report: &NodeReport) -> bool {
        let (id, life) = match report {
            NodeReport::Ready { environment, .. } => (environment, Life::Waiting),
            NodeReport::Finished { environment, request, asks, .. } => {
                let sandbox = self.sandboxes.get(environment);
                if !sandbox.is_some_and(|each| match each.life {
                    Life::Busy(is) => is == *request,
                    // Told of what it was before.
                    Life::Ending => true,
                    _ => false,
                }) {
                    return false;
                }
                (environment, if *asks { Life::Waiting } else { Life::Answered(*request) })
            }
            NodeReport::Asked { environment, request, .. } => {
                let sandbox = self.sandboxes.get(environment);
                if !sandbox.is_some_and(|each| match each.life {
                    Life::Answered(is) => is == *request,
                    // Told of what it was before.
                    Life::Ending => true,
                    _ => false,
                }) {
                    return false;
                }
                (environment, Life::Waiting)
            }
            NodeReport::Exited { environment, .. }
            | NodeReport::InitFailed { environment, .. }
            | NodeReport::StartFailed(environment, _) => (environment, Life::Dead),
            NodeReport::Reset(environment) => (environment, Life::Blank),
            NodeReport::PlanInForce { .. }
            | NodeReport::PlanFailed { .. }
            | NodeReport::EniReady(_)
            | NodeReport::EniFailed(..)
            | NodeReport::ResourceReady(..)
            | NodeReport::ResourceFailed(..)
            | NodeReport::Gone(_)
            | NodeReport::Dropped(_)
            | NodeReport::Connections(..) => return true,
        };
        match self.sandboxes.get(id).map(|sandbox| &sandbox.life) {
            Some(Life::Ending) if !matches!(report, NodeReport::Reset(_)) => return true,
            Some(Life::Blank) => return false,
            _ => {}
        }
        match self.sandboxes.get_mut(id) {
            Some(sandbox) => {
                sandbox.life = life;
                true
            }
            None => false,
        }
    }

    /// An idle sandbox, to end by itself.
    pub(crate) fn kill_one(&mut self, random: &mut Random) -> Option<NodeReport> {
        let idle: Vec<_> = self
            .sandboxes
            .iter()
            .filter(|(_, sandbox)| matches!(sandbox.life, Life::Waiting))
            .map(|(id, _)| *id)
            .collect();
        let at = random.draw() as usize % idle.len().max(1);
        let environment = *idle.get(at)?;
        Some(NodeReport::Exited { environment, exit: Exit::Signal(9), memory_peak: 1 << 20 })
    }
}

/// A span of up to so many microseconds.
fn span(random: &mut Random, most: u64) -> Duration {
    Duration::from_micros(random.draw() % most)
}

/// Whether something fails that does so this often, in percent.
fn fails(percent: u64, random: &mut Random) -> bool {
    random.draw() % 100 < percent
}
