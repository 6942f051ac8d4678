//! Words for decisions: what was chosen, why, and what lost, as people say it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::id::{EniId, FunctionId, GroupId, SubnetId};
use crate::base::limits::{KeepAlive, Limits};
use crate::compute::Compute;
use crate::network::Network;
use crate::node::PacketDrop;
use crate::record::decision::{Cause, Choice, Decision, NetworkChoice, PassedOver};
use crate::record::eni::EniUser;
use crate::sources::Sources;
use crate::tell::journal::Journal;

/// A statement and what it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The statement, for people.
    pub text: String,
    /// The decision it tells of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decision: Option<Decision>,
    /// The packets it tells of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub drop: Option<PacketDrop>,
    /// What it follows from, and what belongs to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub because: Vec<Explanation>,
}

impl Explanation {
    pub(super) fn new(text: String) -> Explanation {
        Explanation { text, decision: None, drop: None, because: Vec::new() }
    }

    /// A statement with what it follows from.
    pub fn with(text: String, because: Vec<Explanation>) -> Explanation {
        Explanation { because, ..Explanation::new(text) }
    }

    /// The lines of the tree, each with its depth from 0.
    pub fn lines(&self) -> Vec<(usize, &str)> {
        let mut lines = Vec::from([(0, self.text.as_str())]);
        for below in &self.because {
            lines.extend(below.lines().into_iter().map(|(depth, text)| (depth + 1, text)));
        }
        lines
    }
}

/// How much of a list an explanation shows.
pub(super) const SHOWN: usize = 10;

/// What there is to tell of.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) network: &'a Network,
    pub(super) compute: &'a Compute,
    pub(super) sources: &'a Sources,
    pub(super) journal: &'a Journal,
    pub(super) limits: &'a Limits,
}

impl Teller<'_> {
    /// A decision with its cause and what lost.
    pub(super) fn tell(&self, decision: &Decision) -> Explanation {
        let mut told = self.tell_choice(decision);
        told.because.push(Explanation::new(format!("caused by {}", self.cause(&decision.cause))));
        let asker = self.asker(decision);
        told.because.extend(asker.map(|by| Explanation::new(format!("asked for by {by}"))));
        told
    }

    /// Who asked for the event that a decision was taken for.
    fn asker(&self, decision: &Decision) -> Option<&str> {
        let Cause::Async { request, .. } = decision.cause else { return None };
        let environment = match &decision.choice {
            Choice::Start { environment, .. } => Some(*environment),
            Choice::CreateEni { eni, .. } => {
                self.network.enis.get(eni).and_then(|eni| match eni.user {
                    EniUser::Environment(id, _) => Some(id),
                    _ => None,
                })
            }
            _ => None,
        };
        let environment = environment.and_then(|id| self.compute.environments.get(&id));
        match environment {
            Some(environment) => environment.story().asked_by.as_deref(),
            None => self.journal.trail(request)?.reuse.by.as_deref(),
        }
    }

    /// A decision with what lost; busy environments are counted in its text.
    pub(super) fn tell_choice(&self, decision: &Decision) -> Explanation {
        let lost = decision.passed_over.iter();
        let lost = lost.filter(|passed| !matches!(passed, PassedOver::Busy(_)));
        let because = lost.map(|passed| Explanation::new(self.passed_over(passed))).collect();
        let text = self.choice(decision);
        Explanation { text, decision: Some(decision.clone()), drop: None, because }
    }

    pub(super) fn choice(&self, decision: &Decision) -> String {
        match &decision.choice {
            Choice::Reuse { environment, eni, nth } => {
                let eni = match eni {
                    Some(eni) => format!(" with {}", self.eni_name(*eni)),
                    None => ", which needs no ENI".into(),
                };
                format!(
                    "nothing was created: {environment} was idle{eni} (invocation {nth} of its life)"
                )
            }
            Choice::Start { environment, busy, network } => {
                let why = match busy {
                    0 => "there was none".into(),
                    busy => format!("{busy} of {busy} busy"),
                };
                let network = match network {
                    NetworkChoice::Outside => "without an ENI: no VpcConfig".into(),
                    NetworkChoice::Created { eni, subnet, .. } => format!(
                        "with its own {} in {}",
                        self.eni_name(*eni),
                        self.subnet_name(*subnet),
                    ),
                    NetworkChoice::Shared { eni, subnet, cursor } => format!(
                        "through the shared {} in {} (round-robin cursor {cursor})",
                        self.eni_name(*eni),
                        self.subnet_name(*subnet),
                    ),
                };
                format!("no idle environment, {why}: {environment} was started {network}")
            }
            Choice::CreateEni { eni, subnet, cursor } => match decision.cause {
                Cause::Sync { .. } | Cause::Async { .. } => format!(
                    "{} was created in {} (round-robin cursor {cursor})",
                    self.eni_name(*eni),
                    self.subnet_name(*subnet),
                ),
                _ => {
                    format!("{} was created in {}", self.eni_name(*eni), self.subnet_name(*subnet))
                }
            },
            Choice::ShareEni { eni, subnet, users } => format!(
                "nothing was created: {} is there already for {} and these security groups \
                 ({} use it)",
                self.eni_name(*eni),
                self.subnet_name(*subnet),
                count(*users as usize, "function version"),
            ),
            Choice::Reap { environment, eni: None } => format!("{environment} was reaped"),
            Choice::Reap { environment, eni: Some(eni) } => {
                format!("{environment} was reaped, and {eni} released")
            }
            Choice::DeleteEni(eni) => format!("{eni} was deleted, its address is free"),
            Choice::Refuse(exception) => format!("refused with {exception}"),
        }
    }

    pub(super) fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Sync { request, function, caller } if caller.is_empty() => {
                format!("invocation {request} of function {}", self.function_name(*function))
            }
            Cause::Sync { request, function, caller } => format!(
                "invocation {request} of function {} (sync, by {caller})",
                self.function_name(*function)
            ),
            Cause::Async { request, function, attempt } => format!(
                "invocation {request} of function {} (async, attempt {attempt})",
                self.function_name(*function)
            ),
            Cause::Api { operation, function: Some(function) } => {
                format!("{operation} of function {}", self.function_name(*function))
            }
            Cause::Api { operation, function: None } if operation == "reclaim" => {
                "nobody used it any more".into()
            }
            Cause::Api { operation, function: None } => operation.clone(),
            Cause::Idle(environment) => match self.limits.keep_alive {
                KeepAlive::Fixed(time) => format!("{environment} was idle for {}", span(time)),
                KeepAlive::Histogram(_) | KeepAlive::GreedyDual(_) => {
                    format!("{environment} was idle for longer than its function mostly is")
                }
            },
            Cause::Unneeded(environment) => format!(
                "{environment} is not needed for some time, by its function's past idle times"
            ),
            Cause::Memory(environment) => format!(
                "memory was needed, and {environment} was worth the least: starts saved per MB"
            ),
            Cause::Room(environment) => format!(
                "the machine had no room for another environment, and {environment} was the least \
                 useful that was idle"
            ),
            Cause::Expected(function) => format!(
                "an invocation of function {} is expected, by its past idle times",
                self.function_name(*function)
            ),
            Cause::Age(environment) => {
                format!("{environment} reached the age of {}", span(self.limits.age))
            }
            Cause::Superseded(environment) => format!(
                "the code or configuration of {environment} changed, or its function was deleted"
            ),
            Cause::Failure(environment) => {
                format!("the process of {environment} ended, could not start, or took too long")
            }
            Cause::Connections(eni, connections) => {
                format!("{eni} carries {connections} connections, as many as it can")
            }
            Cause::Resource(id) if let Some(mapping) = self.mapping_of(*id) => {
                format!("event source mapping {mapping}, whose source is reached from this subnet")
            }
            Cause::Resource(id) => {
                let name = self.network.resources.get(id).map_or("", |resource| &resource.name);
                format!("resource {name} ({id}) was attached")
            }
            Cause::Restart => "the server was restarted with another ENI model".into(),
        }
    }

    pub(super) fn passed_over(&self, passed: &PassedOver) -> String {
        match passed {
            PassedOver::SubnetFull(subnet, held) => {
                format!("{} was passed over: 0 of {held} addresses free", self.subnet_name(*subnet))
            }
            PassedOver::SubnetGone(subnet) => format!("{subnet} was passed over: it is gone"),
            PassedOver::PlanFailed(_, _, text) => format!("no new ENI may carry traffic: {text}"),
            PassedOver::EniFailed(eni, text) => format!("{eni} was passed over: {text}"),
            PassedOver::Busy(environment) => format!("{environment} was busy"),
            PassedOver::Stale(environment) => {
                format!("{environment} was of an earlier code or configuration")
            }
            PassedOver::EniFull(eni, connections) => {
                format!("{eni} was passed over: it carries {connections} connections")
            }
            PassedOver::EniQuota(held) => format!("the VPC's quota of {held} ENIs was reached"),
            PassedOver::Concurrency(limit) => format!("{limit} invocations were running"),
        }
    }

    pub(super) fn eni_name(&self, id: EniId) -> String {
        match self.network.enis.get(&id) {
            Some(eni) => format!("{id} ({})", eni.address),
            None => id.to_string(),
        }
    }

    pub(super) fn subnet_name(&self, id: SubnetId) -> String {
        match self.network.subnets.get(&id) {
            Some(subnet) => format!("{id} ({})", subnet.cidr),
            None => id.to_string(),
        }
    }

    pub(super) fn group_name(&self, id: GroupId) -> String {
        match self.network.groups.get(&id) {
            Some(group) => format!("{id} ({})", group.name),
            None => id.to_string(),
        }
    }

    pub(super) fn function_name(&self, id: FunctionId) -> String {
        if let Some(function) = self.compute.functions.by_id.get(&id) {
            return function.name.clone();
        }
        let known = self.compute.environments.values().chain(self.compute.past.all());
        known
            .filter(|environment| environment.function() == id)
            .map(|environment| environment.story().launch.name.clone())
            .next()
            .unwrap_or_else(|| "that is deleted".into())
    }
}

pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

pub(super) fn more(all: usize) -> Option<Explanation> {
    (all > SHOWN).then(|| Explanation::new(format!("and {} more", all - SHOWN)))
}

/// A span as people say it.
pub(super) fn span(duration: Duration) -> String {
    let micros = duration.as_micros();
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{}.{} ms", micros / 1_000, micros / 100 % 10),
        _ => {
            let seconds = duration.as_secs();
            match duration.subsec_millis() {
                0 => format!("{seconds} s"),
                millis => format!("{seconds}.{} s", millis / 100),
            }
        }
    }
}
