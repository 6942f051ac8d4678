//! Explanations: the tree of causes behind an ENI, environment, invocation, function or subnet.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;
use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::id::{
    EniId, EnvironmentId, FunctionId, GroupId, IdError, RequestId, ResourceId, SubnetId, VpcId,
};
use crate::base::limits::KeepAlive;
use crate::compute::environment::{Environment, Phase};
use crate::engine::Engine;
use crate::node::PacketDrop;
use crate::plan::DropReason;
use crate::record::decision::{Cause, Choice, Decision, NetworkChoice, PassedOver};
use crate::record::eni::{Eni, EniUser};
use crate::record::function::{EniModel, FunctionState, FunctionUpdate};
use crate::tell::trail::Trail;

/// What can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An ENI.
    Eni(EniId),
    /// An execution environment.
    Environment(EnvironmentId),
    /// An invocation.
    Request(RequestId),
    /// A function.
    Function(FunctionId),
    /// A subnet.
    Subnet(SubnetId),
    /// A resource.
    Resource(ResourceId),
}

impl FromStr for Subject {
    type Err = IdError;
    /// By the id's prefix; functions go by names, which are looked up in a scope.
    fn from_str(text: &str) -> Result<Subject, IdError> {
        match text.split_once('-').map_or(text, |(prefix, _)| prefix) {
            "eni" => text.parse().map(Subject::Eni),
            "env" => text.parse().map(Subject::Environment),
            "subnet" => text.parse().map(Subject::Subnet),
            "res" => text.parse().map(Subject::Resource),
            _ => text.parse().map(Subject::Request),
        }
    }
}

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

/// How much of a list an explanation shows.
const SHOWN: usize = 10;

impl Explanation {
    fn new(text: String) -> Explanation {
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

impl Engine {
    /// Explains something; none when it is not known, or no longer.
    pub fn explain(&self, subject: Subject) -> Option<Explanation> {
        match subject {
            Subject::Eni(id) => self.explain_eni(id),
            Subject::Environment(id) => {
                let living = self.environments.get(&id);
                Some(self.explain_environment(living.or_else(|| self.journal.buried(id))?))
            }
            Subject::Request(id) => Some(self.explain_request(self.journal.trail(id)?)),
            Subject::Function(id) => self.explain_function(id),
            Subject::Subnet(id) => self.explain_subnet(id),
            Subject::Resource(id) => {
                let resource = self.network.resources.get(&id)?;
                let text = format!("resource {} ({id})", resource.name);
                Some(Explanation::with(text, self.explain_eni(resource.eni).into_iter().collect()))
            }
        }
    }

    /// Explains the decision that was taken last.
    pub fn explain_last(&self) -> Option<Explanation> {
        self.journal.decisions().next_back().map(|decision| self.tell(decision))
    }

    fn explain_eni(&self, id: EniId) -> Option<Explanation> {
        let Some(eni) = self.network.enis.get(&id) else {
            // What made it and what ended it may still be known.
            let tells = |choice: &Choice| match choice {
                Choice::CreateEni { eni, .. } | Choice::ShareEni { eni, .. } => *eni == id,
                Choice::DeleteEni(eni) => *eni == id,
                Choice::Reap { eni, .. } => *eni == Some(id),
                Choice::Reuse { .. } | Choice::Start { .. } | Choice::Refuse(_) => false,
            };
            let told: Vec<_> = self
                .journal
                .decisions()
                .filter(|decision| tells(&decision.choice))
                .map(|decision| self.tell(decision))
                .collect();
            return (!told.is_empty()).then(|| Explanation::with(format!("{id} is gone"), told));
        };
        let mut because = Vec::from([self.tell(&eni.decision)]);
        because.push(self.tell_use(eni));
        because.extend(self.tell_plan(eni.vpc));
        let groups = eni.groups.iter().map(|group| self.group_name(*group));
        because.push(Explanation::new(format!(
            "its security groups: {}",
            groups.collect::<Vec<_>>().join(", ")
        )));
        because.extend(
            self.journal
                .drops(id)
                .map(|dropped| self.tell_drop(&dropped.drop, dropped.request, &dropped.groups)),
        );
        let text = format!("{id} is {} in {}", eni.address, self.subnet_name(eni.subnet));
        Some(Explanation::with(text, because))
    }

    /// That a VPC's plan is not in force, if it could not be put in force.
    fn tell_plan(&self, vpc: VpcId) -> Option<Explanation> {
        let failed = self.network.failed_plan(vpc)?;
        Some(Explanation::new(failed.text(vpc)))
    }

    /// Who uses an ENI at present.
    fn tell_use(&self, eni: &Eni) -> Explanation {
        match &eni.user {
            EniUser::Customer => Explanation::new("attached to nothing".into()),
            EniUser::Environment(id, _) => match self.environments.get(id) {
                Some(environment) => Explanation::new(self.environment_line(environment)),
                None => Explanation::new(format!("held by {id}, which is gone")),
            },
            EniUser::Resource(id) => {
                let name = self.network.resources.get(id).map_or("", |resource| &resource.name);
                Explanation::new(format!("held by resource {name} ({id})"))
            }
            EniUser::Released(_) => {
                Explanation::new("released by its environment, waiting to be deleted".into())
            }
            EniUser::Pair => {
                let Some(key) = self.network.pairs.of_eni.get(&eni.id) else {
                    return Explanation::new("of no pair".into());
                };
                let pair = &self.network.pairs.by_key[key];
                let users: Vec<_> = pair
                    .users
                    .iter()
                    .map(|(function, version)| {
                        let name = self.function_name(*function);
                        Explanation::new(format!("function {name} {}", version.spelled()))
                    })
                    .collect();
                let shared = pair.enis.iter().find(|shared| shared.eni == eni.id);
                let (environments, connections) =
                    shared.map_or((0, 0), |shared| (shared.environments, shared.connections));
                let text = format!(
                    "shared by {} of the same subnet and security groups: {} attached, \
                     about {connections} of {} connections",
                    count(users.len(), "function version"),
                    count(environments as usize, "environment"),
                    crate::base::limits::CONNECTIONS_PER_ENI,
                );
                Explanation::with(text, users)
            }
        }
    }

    fn explain_environment(&self, environment: &Environment) -> Explanation {
        let mut because = Vec::from([self.tell(&environment.story.decision)]);
        let shown = match environment.eni() {
            None => Some(Explanation::new("no ENI: its function has no VpcConfig".into())),
            Some(eni) => self.explain_eni(eni),
        };
        because.extend(shown);
        if let Some(stages) = environment.story.stages {
            because.push(Explanation::new(format!(
                "started in {}: network {}, sandbox {}, runtime {}{}",
                span(stages.network + stages.sandbox + stages.runtime),
                span(stages.network),
                span(stages.sandbox),
                span(stages.runtime),
                if stages.prepared { " (a sandbox built ahead)" } else { "" },
            )));
        }
        let ended = self.journal.decisions().rev().find(|decision| {
            matches!(decision.choice, Choice::Reap { environment: id, .. } if id == environment.id)
        });
        because.extend(ended.map(|decision| self.tell(decision)));
        if let Some(trail) = environment.last().and_then(|last| self.journal.trail(last)) {
            because.push(Explanation::with(
                format!("last invocation: {}", self.trail_line(trail)),
                self.trail_drops(trail),
            ));
        }
        Explanation::with(self.environment_line(environment), because)
    }

    fn environment_line(&self, environment: &Environment) -> String {
        let Environment { id, story, .. } = environment;
        let name = &story.launch.name;
        let gone = !self.environments.contains_key(id);
        let phase = match environment.phase {
            _ if gone => "gone".into(),
            Phase::Init | Phase::InitAgain | Phase::Resetting => match environment.request() {
                Some(request) => format!("starting for invocation {request}"),
                None => "starting ahead of an invocation".into(),
            },
            Phase::Idle => "idle and frozen".into(),
            Phase::Busy => {
                let request = environment.request().map_or_else(String::new, |id| id.to_string());
                format!("busy with invocation {request}")
            }
            Phase::Reaping => "being reaped".to_string(),
        };
        format!(
            "{id} of function {name} {} is {phase}, after {}",
            environment.version().spelled(),
            count(environment.invocations() as usize, "invocation"),
        )
    }

    fn explain_request(&self, trail: &Trail) -> Explanation {
        let reuse = trail.reuse();
        let mut decided: Vec<_> = self
            .journal
            .decisions()
            .filter(|decision| decision.cause.request() == Some(trail.request))
            .chain(&reuse)
            .collect();
        decided.sort_by_key(|decision| decision.id);
        let is_creation =
            |decision: &&&Decision| matches!(decision.choice, Choice::CreateEni { .. });
        let mut because = Vec::new();
        for decision in decided.iter().filter(|decision| !is_creation(decision)) {
            let mut told = self.tell_choice(decision);
            // The ENI of an environment belongs to it, and was passed over the same subnets.
            if let Choice::Start { network: NetworkChoice::Created { eni, .. }, .. } =
                &decision.choice
            {
                let of_it = decided.iter().find(|each| {
                    matches!(&each.choice, Choice::CreateEni { eni: made, .. } if made == eni)
                });
                if let Some(creation) = of_it {
                    told.because = Vec::from([self.tell_choice(creation)]);
                }
            }
            because.push(told);
        }
        because.extend(self.trail_drops(trail));
        let cause = decided.first().map(|decision| self.cause(&decision.cause));
        because.extend(cause.map(|cause| Explanation::new(format!("caused by {cause}"))));
        Explanation::with(self.trail_line(trail), because)
    }

    fn trail_line(&self, trail: &Trail) -> String {
        let name = self.function_name(trail.function);
        let ended = match trail.ended() {
            Some(ended) => format!("{} after {}", trail.outcome, span(ended - trail.began)),
            None => "not answered yet".into(),
        };
        let place = trail.environment().map_or_else(String::new, |id| format!(" in {id}"));
        format!("invocation {} of function {name}{place}: {ended}", trail.request)
    }

    fn trail_drops(&self, trail: &Trail) -> Vec<Explanation> {
        let drops = trail.drops.iter();
        drops.map(|judged| self.tell_drop(&judged.drop, None, &judged.groups)).collect()
    }

    fn tell_drop(
        &self,
        drop: &PacketDrop,
        request: Option<RequestId>,
        groups: &[GroupId],
    ) -> Explanation {
        let names: Vec<_> = groups.iter().map(|group| self.group_name(*group)).collect();
        let names = names.join(", ");
        let destination = drop.destination.ip();
        let reason = match drop.reason {
            DropReason::Egress => {
                format!("no egress rule of the sender's security groups {names} lets it out")
            }
            DropReason::Ingress => {
                format!("no ingress rule of {destination}'s security groups {names} lets it in")
            }
            DropReason::NoRoute => {
                format!("no route: {destination} is outside the VPC, whose only route is local")
            }
            DropReason::NoOwner => format!("no ENI has the address {destination}"),
            DropReason::OneWay => {
                format!("{destination} is a function's shared ENI, which takes no connections")
            }
            DropReason::Spoofed => format!("{} is not the sender's address", drop.source),
        };
        let during = request.map_or_else(String::new, |id| format!(" during invocation {id}"));
        let (protocol, port) = match drop.protocol {
            1 => ("icmp".to_string(), String::new()),
            6 => ("tcp".to_string(), format!(":{}", drop.destination.port())),
            17 => ("udp".to_string(), format!(":{}", drop.destination.port())),
            other => (format!("protocol {other}"), String::new()),
        };
        let text = format!(
            "dropped{during}: {} {protocol} {} → {destination}{port}: {reason}",
            count(drop.packets as usize, "packet"),
            drop.source,
        );
        Explanation { drop: Some(drop.clone()), ..Explanation::new(text) }
    }

    fn explain_function(&self, id: FunctionId) -> Option<Explanation> {
        let function = self.functions.by_id.get(&id)?;
        let mut because = Vec::new();
        let settings = function.latest.in_force();
        match &settings.vpc {
            Some(vpc) if !vpc.subnets.is_empty() => {
                let model = match self.eni_model(&function.tags) {
                    EniModel::Classic => "classic: an ENI for each environment",
                    EniModel::Hyperplane => {
                        "hyperplane: an ENI for each subnet with this set of security groups"
                    }
                };
                because.push(Explanation::new(format!("ENI model {model}")));
                because.extend(vpc.vpc.and_then(|vpc| self.tell_plan(vpc)));
                for key in self.pairs_of(&function.tags, settings) {
                    let enis =
                        self.network.pairs.by_key.get(&key).into_iter().flat_map(|p| &p.enis);
                    because.extend(enis.filter_map(|shared| self.explain_eni(shared.eni)));
                }
            }
            Some(_) | None => {
                because.push(Explanation::new("no ENI: it has no VpcConfig".into()));
            }
        }
        let live = self.live.get(&id);
        let all: Vec<_> = live.into_iter().flat_map(|live| &live.rest.environments).collect();
        because.extend(
            all.iter()
                .take(SHOWN)
                .map(|environment| self.explain_environment(&self.environments[environment])),
        );
        because.extend(more(all.len()));
        let past: Vec<_> = self.journal.past().rev().filter(|each| each.function() == id).collect();
        if !past.is_empty() {
            let shown = past.iter().take(SHOWN).map(|each| {
                let ended = self.journal.decisions().rev().find(|decision| {
                    matches!(decision.choice, Choice::Reap { environment, .. } if environment == each.id)
                });
                let because = ended.map(|decision| self.tell(decision)).into_iter().collect();
                Explanation::with(self.environment_line(each), because)
            });
            let text = count(past.len(), "environment") + " before";
            because.push(Explanation::with(text, shown.chain(more(past.len())).collect()));
        }
        let trails = self.journal.trails().rev().filter(|trail| trail.function == id);
        because.extend(trails.take(SHOWN).map(|trail| self.explain_request(trail)));
        let state = match (&function.latest.state, &function.latest.update) {
            (FunctionState::Active, FunctionUpdate::InProgress(_)) => {
                "Active, an update is in progress".into()
            }
            (state, _) => format!("{state:?}"),
        };
        let text =
            format!("function {} is {state}: {}", function.name, count(all.len(), "environment"));
        Some(Explanation::with(text, because))
    }

    fn explain_subnet(&self, id: SubnetId) -> Option<Explanation> {
        let subnet = self.network.subnets.get(&id)?;
        let holders: Vec<_> = self.holders(id).collect();
        let mut because: Vec<_> = self.tell_plan(subnet.vpc).into_iter().collect();
        because.extend(holders.iter().map(|(address, eni)| {
            let eni = &self.network.enis[eni];
            let because = Vec::from([self.tell_use(eni), self.tell(&eni.decision)]);
            Explanation::with(format!("{address} is {}", eni.id), because)
        }));
        let text = format!(
            "{id} ({}, {}): {} held, {} free, {} kept by AWS's rule",
            subnet.cidr,
            subnet.zone,
            holders.len(),
            self.free_addresses(id),
            crate::base::limits::RESERVED_ADDRESSES,
        );
        Some(Explanation::with(text, because))
    }

    /// A decision with its cause and what lost.
    fn tell(&self, decision: &Decision) -> Explanation {
        let mut told = self.tell_choice(decision);
        told.because.push(Explanation::new(format!("caused by {}", self.cause(&decision.cause))));
        told
    }

    /// A decision with what lost; busy environments are counted in its text.
    fn tell_choice(&self, decision: &Decision) -> Explanation {
        let lost = decision.passed_over.iter();
        let lost = lost.filter(|passed| !matches!(passed, PassedOver::Busy(_)));
        let because = lost.map(|passed| Explanation::new(self.passed_over(passed))).collect();
        let text = self.choice(decision);
        Explanation { text, decision: Some(decision.clone()), drop: None, because }
    }

    fn choice(&self, decision: &Decision) -> String {
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

    fn cause(&self, cause: &Cause) -> String {
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
            Cause::Idle(environment) => match self.limits().keep_alive {
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
            Cause::Expected(function) => format!(
                "an invocation of function {} is expected, by its past idle times",
                self.function_name(*function)
            ),
            Cause::Age(environment) => {
                format!("{environment} reached the age of {}", span(self.limits().age))
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
            Cause::Resource(id) => {
                let name = self.network.resources.get(id).map_or("", |resource| &resource.name);
                format!("resource {name} ({id}) was attached")
            }
            Cause::Restart => "the server was restarted with another ENI model".into(),
        }
    }

    fn passed_over(&self, passed: &PassedOver) -> String {
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

    fn eni_name(&self, id: EniId) -> String {
        match self.network.enis.get(&id) {
            Some(eni) => format!("{id} ({})", eni.address),
            None => id.to_string(),
        }
    }

    fn subnet_name(&self, id: SubnetId) -> String {
        match self.network.subnets.get(&id) {
            Some(subnet) => format!("{id} ({})", subnet.cidr),
            None => id.to_string(),
        }
    }

    fn group_name(&self, id: GroupId) -> String {
        match self.network.groups.get(&id) {
            Some(group) => format!("{id} ({})", group.name),
            None => id.to_string(),
        }
    }

    fn function_name(&self, id: FunctionId) -> String {
        if let Some(function) = self.functions.by_id.get(&id) {
            return function.name.clone();
        }
        let known = self.environments.values().chain(self.journal.past());
        known
            .filter(|environment| environment.function() == id)
            .map(|environment| environment.story.launch.name.clone())
            .next()
            .unwrap_or_else(|| "that is deleted".into())
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn more(all: usize) -> Option<Explanation> {
    (all > SHOWN).then(|| Explanation::new(format!("and {} more", all - SHOWN)))
}

/// A span as people say it.
fn span(duration: Duration) -> String {
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
