//! Explanations: the tree of causes behind an ENI, environment, invocation, function or subnet.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr};

use crate::base::id::{
    EniId, EnvironmentId, FunctionId, GroupId, MappingId, RequestId, SubnetId, Version, VpcId,
};
use crate::base::limits::RESOLVER_PACKETS;
use crate::base::scope::Scope;
use crate::compute::environment::{Environment, Phase};
use crate::engine::Engine;
use crate::node::PacketDrop;
use crate::plan::DropReason;
use crate::record::decision::{Cause, Choice, Decision, NetworkChoice};
use crate::record::eni::{Eni, EniUser};
use crate::record::function::{EniModel, FunctionState, FunctionUpdate};
use crate::record::group::Direction;
use crate::tell::led::Led;
pub use crate::tell::subject::{Piece, Subject};
use crate::tell::thing::tell_route;
use crate::tell::trail::{Judged, Trail};
pub use crate::tell::words::Explanation;
use crate::tell::words::{SHOWN, Teller, count, more, span};

/// Addresses of a subnet that are told of.
const ADDRESSES: usize = 256;

/// An explanation of which some is still to be told, each part by itself: whoever shares the engine
/// holds it for no longer than one of them takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// What is told, without the parts.
    pub told: Explanation,
    /// What follows, in this order.
    pub parts: Vec<Part>,
}

/// A part of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// An ENI.
    Eni(EniId),
    /// An environment that there is.
    Environment(EnvironmentId),
    /// So many of their kind beside those that are shown.
    More(usize),
    /// So many addresses beside those that are shown.
    Beyond(usize),
    /// The environments that a function had.
    Past(FunctionId),
    /// An invocation.
    Request(RequestId),
    /// An event source mapping that gives a function its records.
    Mapping(MappingId),
    /// Who has an address.
    Holder(Ipv4Addr, EniId),
}

impl From<Explanation> for Outline {
    fn from(told: Explanation) -> Outline {
        Outline { told, parts: Vec::new() }
    }
}

impl Engine {
    pub(super) fn teller(&self) -> Teller<'_> {
        let Engine { config, network, compute, sources, journal, .. } = self;
        Teller { network, compute, sources, journal, limits: &config.limits }
    }

    /// Explains something; none when it is not known, or no longer.
    pub fn explain(&self, subject: Subject) -> Option<Explanation> {
        let Outline { mut told, parts } = self.outline(subject)?;
        told.because.extend(parts.iter().filter_map(|part| self.explain_part(part)));
        Some(told)
    }

    /// What an explanation consists of; none of what is not known, or no longer.
    pub fn outline(&self, subject: Subject) -> Option<Outline> {
        self.teller().outline(subject)
    }

    /// A part of an explanation; none if it is gone meanwhile.
    pub fn explain_part(&self, part: &Part) -> Option<Explanation> {
        self.teller().explain_part(*part)
    }

    /// Explains who has an address in a scope; none of what is of none of its VPCs.
    pub fn explain_address(&self, scope: &Scope, address: IpAddr) -> Option<Explanation> {
        self.teller().explain_address(scope, address)
    }

    /// What is explained of a function by an alias or the number of a version: that version, and where
    /// the alias leads.
    pub fn explain_qualified(
        &self,
        function: FunctionId,
        qualifier: &str,
    ) -> Option<(Subject, Option<String>)> {
        if qualifier == "$LATEST" {
            return Some((Subject::Function(function), None));
        }
        if let Some(version) = Version::numbered(qualifier) {
            return Some((Subject::Version(function, version), None));
        }
        let led = self.teller().explain_alias(function, qualifier)?;
        let version = self.alias(function, qualifier)?.version;
        Some((Subject::Version(function, version), Some(led)))
    }

    /// Explains the decision that was taken last.
    pub fn explain_last(&self) -> Option<Explanation> {
        let last = self.journal.decisions().next_back();
        last.map(|decision| self.teller().tell(decision))
    }
}

impl Teller<'_> {
    fn outline(&self, subject: Subject) -> Option<Outline> {
        Some(match subject {
            Subject::Eni(id) => self.explain_eni(id)?.into(),
            Subject::Environment(id) => {
                let living = self.compute.environments.get(&id);
                let known = living.or_else(|| self.compute.past.find(id))?;
                self.explain_environment(known).into()
            }
            Subject::Request(id) => match self.sources.all.get(&MappingId(id)) {
                Some(live) => self.explain_mapping(live).into(),
                None => self.explain_request(self.journal.trail(id)?).into(),
            },
            Subject::Function(id) => self.outline_function(id, None)?,
            Subject::Version(id, version) => self.outline_function(id, Some(version))?,
            Subject::Subnet(id) => self.outline_subnet(id)?,
            Subject::Resource(id) => {
                let resource = self.network.resources.get(&id)?;
                let text = format!("resource {} ({id})", resource.name);
                Explanation::with(text, self.explain_eni(resource.eni).into_iter().collect()).into()
            }
            Subject::Vpc(id) => self.explain_vpc(id)?.into(),
            Subject::Group(id) => self.explain_group(id)?.into(),
            Subject::RouteTable(id) => self.explain_table(id)?.into(),
            Subject::Acl(id) => self.explain_acl(id)?.into(),
            Subject::Gateway(id) => self.explain_gateway(id)?.into(),
            Subject::EgressOnly(id) => self.explain_egress_only(id)?.into(),
            Subject::Nat(id) => self.explain_nat(id)?.into(),
            Subject::Allocation(id) => self.explain_allocation(id)?.into(),
            Subject::Endpoint(id) => self.explain_endpoint(id)?.into(),
            Subject::Peering(id) => self.explain_peering(id)?.into(),
            Subject::List(id) => self.explain_list(id)?.into(),
            Subject::Options(id) => self.explain_options(id)?.into(),
            Subject::FlowLog(id) => self.explain_flow_log(id)?.into(),
            Subject::Part(part) => self.explain_piece(part)?.into(),
        })
    }

    pub(super) fn explain_part(&self, part: Part) -> Option<Explanation> {
        match part {
            Part::Eni(id) => self.explain_eni(id),
            Part::Environment(id) => {
                self.compute.environments.get(&id).map(|known| self.explain_environment(known))
            }
            Part::More(all) => more(all),
            Part::Beyond(all) => Some(Explanation::new(format!("and {all} more addresses"))),
            Part::Past(id) => self.explain_past(id),
            Part::Request(id) => self.journal.trail(id).map(|trail| self.explain_request(trail)),
            Part::Mapping(id) => self.sources.all.get(&id).map(|live| self.tell_feeding(live)),
            Part::Holder(address, id) => {
                let eni = self.network.enis.get(&id)?;
                let because = Vec::from([self.tell_use(eni), self.tell(&eni.decision)]);
                Some(Explanation::with(format!("{address} is {id}"), because))
            }
        }
    }

    pub(super) fn explain_eni(&self, id: EniId) -> Option<Explanation> {
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
        let groups = groups.collect::<Vec<_>>().join(", ");
        if !groups.is_empty() {
            because.push(Explanation::new(format!("its security groups: {groups}")));
        }
        because.extend(self.tell_public(eni.id));
        because.extend(self.tell_routes(eni.subnet));
        because.extend(self.journal.drops(id).map(|dropped| {
            self.tell_drop(&dropped.drop, dropped.request, &dropped.groups, dropped.led.as_ref())
        }));
        let secondary = self.network.secondaries_of(id).iter().map(ToString::to_string);
        let secondary = secondary.collect::<Vec<_>>().join(", ");
        if !secondary.is_empty() {
            because.push(Explanation::new(format!("its secondary addresses: {secondary}")));
        }
        let six: String = eni.addresses6.iter().map(|each| format!(" and {each}")).collect();
        let text = format!("{id} is {}{six} in {}", eni.address, self.subnet_name(eni.subnet));
        Some(Explanation::with(text, because))
    }

    /// That a VPC's plan is not in force, if it could not be put in force.
    pub(super) fn tell_plan(&self, vpc: VpcId) -> Option<Explanation> {
        let failed = self.network.failed_plan(vpc)?;
        Some(Explanation::new(failed.text(vpc)))
    }

    /// Who uses an ENI at present.
    pub(super) fn tell_use(&self, eni: &Eni) -> Explanation {
        match &eni.user {
            EniUser::Customer => Explanation::new("attached to nothing".into()),
            EniUser::Environment(id, _) => match self.compute.environments.get(id) {
                Some(environment) => Explanation::new(self.environment_line(environment)),
                None => Explanation::new(format!("held by {id}, which is gone")),
            },
            EniUser::Resource(id) if let Some(mapping) = self.mapping_of(*id) => Explanation::new(
                format!("the pollers of event source mapping {mapping} connect by it"),
            ),
            EniUser::Resource(id) if let Some(endpoint) = self.endpoint_of(*id) => {
                let service = self.network.vpc_endpoints.get(&endpoint);
                let service = service.map_or("its service", |it| it.service.as_str());
                Explanation::new(format!("{service} answers at it, for {endpoint}"))
            }
            EniUser::Resource(id) => {
                let name = self.network.resources.get(id).map_or("", |resource| &resource.name);
                Explanation::new(format!("held by resource {name} ({id})"))
            }
            EniUser::NatGateway(id) => Explanation::new(format!("held by NAT gateway {id}")),
            EniUser::Released(_) => {
                Explanation::new("released by its environment, waiting to be deleted".into())
            }
            EniUser::Pair => {
                let Some(key) = self.network.pairs.of_eni.get(&eni.id) else {
                    return Explanation::new("of no pair".into());
                };
                let pair = &self.network.pairs.by_key[key];
                let users = pair.users.keys().take(SHOWN).map(|user| {
                    let name = self.function_name(user.function);
                    Explanation::new(format!("function {name} {}", user.version.spelled()))
                });
                let users = users.chain(more(pair.users.len())).collect();
                let shared = pair.enis.iter().find(|shared| shared.eni == eni.id);
                let (environments, connections) =
                    shared.map_or((0, 0), |shared| (shared.environments, shared.connections));
                let text = format!(
                    "shared by {} of the same subnet and security groups: {} attached, \
                     about {connections} of {} connections",
                    count(pair.users.len(), "function version"),
                    count(environments as usize, "environment"),
                    crate::base::limits::CONNECTIONS_PER_ENI,
                );
                Explanation::with(text, users)
            }
        }
    }

    fn explain_environment(&self, environment: &Environment) -> Explanation {
        let mut because = Vec::from([self.tell(&environment.story().decision)]);
        let shown = match environment.eni() {
            None => Some(Explanation::new("no ENI: its function has no VpcConfig".into())),
            Some(eni) => self.explain_eni(eni),
        };
        because.extend(shown);
        if let Some(stages) = environment.story().stages {
            because.push(Explanation::new(format!(
                "started in {}: network {}, sandbox {}, runtime {}{}",
                span(stages.network + stages.sandbox + stages.runtime),
                span(stages.network),
                span(stages.sandbox),
                span(stages.runtime),
                if stages.prepared { " (a sandbox built ahead)" } else { "" },
            )));
        }
        if environment.story().resets > 0 {
            because.push(Explanation::new(format!(
                "its runtime failed {} and was ended; its network and its /tmp stayed",
                count(environment.story().resets as usize, "time"),
            )));
        }
        let ended = self.journal.decisions().rev().find(|decision| {
            matches!(decision.choice, Choice::Reap { environment: id, .. } if id == environment.id())
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
        let id = environment.id();
        let name = &environment.story().launch.name;
        let gone = !self.compute.environments.contains_key(&id);
        let phase = match environment.phase() {
            _ if gone => "gone".into(),
            Phase::Init | Phase::InitAgain | Phase::Resetting => match environment.request() {
                Some(request) => format!("starting for invocation {request}"),
                None => "starting ahead of an invocation".into(),
            },
            Phase::Idle if environment.is_blank() => "idle, without a runtime".into(),
            Phase::Idle => "idle and frozen".into(),
            Phase::Busy => {
                let request = environment.request().map_or_else(String::new, |id| id.to_string());
                format!("busy with invocation {request}")
            }
            Phase::Answered => {
                let after = environment.story().after.as_ref();
                let request = after.map_or_else(String::new, |after| after.request.to_string());
                format!("busy after its answer to invocation {request}")
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
        let mut because: Vec<_> = trail.route.iter().map(|route| tell_route(route)).collect();
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
        if trail.began_anew {
            let text = "its runtime began again, with an init: the one before it had ended";
            because.push(Explanation::new(text.into()));
        }
        because.extend(self.trail_drops(trail));
        let told = self.compute.tellings.of(trail.request);
        because.extend(told.map(|told| Explanation::new(told.into())));
        let cause = decided.first().map(|decision| self.cause(&decision.cause));
        because.extend(cause.map(|cause| Explanation::new(format!("caused by {cause}"))));
        // The cause of one that a caller waits for tells who that is.
        let is_event = decided.first().is_some_and(|it| matches!(it.cause, Cause::Async { .. }));
        let by = trail.reuse.by.as_deref().filter(|_| is_event);
        because.extend(by.map(|by| Explanation::new(format!("asked for by {by}"))));
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
        let tell = |judged: &Judged| {
            self.tell_drop(&judged.drop, None, &judged.groups, judged.led.as_ref())
        };
        let names = trail.beside.iter().flat_map(|beside| &beside.names);
        let names = names
            .map(|(name, why)| Explanation::new(format!("name {name} did not resolve: {why}")));
        let refused = trail.beside.iter().flat_map(|beside| &beside.refused);
        let refused = refused.map(|refusal| {
            let endpoint = refusal.endpoint;
            Explanation::new(format!("the policy of {endpoint} {}", refusal.told()))
        });
        drops.map(tell).chain(names).chain(refused).collect()
    }

    /// Why packets do not pass.
    pub(super) fn why(&self, drop: &PacketDrop, groups: &[GroupId], led: Option<&Led>) -> String {
        let names: Vec<_> = groups.iter().map(|group| self.group_name(*group)).collect();
        let names = names.join(", ");
        let destination = drop.destination.ip();
        match drop.reason {
            DropReason::Egress => {
                format!("no egress rule of the sender's security groups {names} lets it out")
            }
            DropReason::Ingress => {
                format!("no ingress rule of {destination}'s security groups {names} lets it in")
            }
            DropReason::NoOwner => self.tell_no_owner(drop),
            DropReason::OneWay => {
                format!(
                    "{destination} is an ENI that functions share, or a NAT gateway's, which takes \
                     no connections"
                )
            }
            DropReason::Resolver => format!(
                "the VPC's resolver takes {RESOLVER_PACKETS} packets a second of an interface, and \
                 these were beyond"
            ),
            DropReason::Spoofed => format!("{} is not the sender's address", drop.source),
            DropReason::NoRoute
            | DropReason::Private
            | DropReason::Blackhole
            | DropReason::NoPublicAddress
            | DropReason::NatRoute
            | DropReason::NatProtocol
            | DropReason::SourceDestCheck
            | DropReason::SecondMiddlebox
            | DropReason::NotOfPeer
            | DropReason::NatPorts => self.tell_way(drop, led),
            DropReason::NoRouteBack => self.tell_no_way_back(drop),
            DropReason::Crowded => format!(
                "{} has as many connections as one sender may, or begins more of them at a time: new \
                 ones pass when some have ended",
                drop.source
            ),
            DropReason::AclEgress(rule) => self.denied(drop, rule, Direction::Egress),
            DropReason::AclIngress(rule) => self.denied(drop, rule, Direction::Ingress),
        }
    }

    pub(super) fn tell_drop(
        &self,
        drop: &PacketDrop,
        request: Option<RequestId>,
        groups: &[GroupId],
        led: Option<&Led>,
    ) -> Explanation {
        let reason = self.why(drop, groups, led);
        let destination = drop.destination.ip();
        let during = request.map_or_else(String::new, |id| format!(" during invocation {id}"));
        let (protocol, port) = match drop.protocol {
            1 => ("icmp".to_string(), String::new()),
            58 => ("icmpv6".to_string(), String::new()),
            6 => ("tcp".to_string(), format!(":{}", drop.destination.port())),
            17 => ("udp".to_string(), format!(":{}", drop.destination.port())),
            other => (format!("protocol {other}"), String::new()),
        };
        let least = if drop.is_least { "at least " } else { "" };
        let text = format!(
            "dropped{during}: {least}{} {protocol} {} → {destination}{port}: {reason}",
            count(drop.packets as usize, "packet"),
            drop.source,
        );
        Explanation { drop: Some(drop.clone()), ..Explanation::new(text) }
    }

    /// A function, or what is of one of its versions.
    fn outline_function(&self, id: FunctionId, version: Option<Version>) -> Option<Outline> {
        let function = self.compute.functions.by_id.get(&id)?;
        let (mut because, mut parts) = (Vec::new(), Vec::new());
        let configuration = function.configuration(version.unwrap_or(Version(0)))?;
        let settings = configuration.in_force();
        let is_meant = |of: &Environment| version.is_none_or(|version| of.version() == version);
        match &settings.vpc {
            Some(vpc) if !vpc.subnets.is_empty() => {
                let model = match self.compute.eni_model(&function.tags) {
                    EniModel::Classic => "classic: an ENI for each environment",
                    EniModel::Hyperplane => {
                        "hyperplane: an ENI for each subnet with this set of security groups"
                    }
                };
                because.push(Explanation::new(format!("ENI model {model}")));
                because.extend(vpc.vpc.and_then(|vpc| self.tell_plan(vpc)));
                for key in self.compute.pairs_of(&function.tags, settings) {
                    let enis =
                        self.network.pairs.by_key.get(&key).into_iter().flat_map(|p| &p.enis);
                    parts.extend(enis.map(|shared| Part::Eni(shared.eni)));
                }
            }
            Some(_) | None => {
                because.push(Explanation::new("no ENI: it has no VpcConfig".into()));
            }
        }
        parts.extend(self.feeding(function, version).take(SHOWN).map(Part::Mapping));
        parts.push(Part::More(self.feeding(function, version).count()));
        let live = self.compute.live.get(&id);
        let all = || {
            let all = live.into_iter().flat_map(|live| &live.rest.environments);
            all.filter(|id| self.compute.environments.get(id).is_some_and(is_meant))
        };
        let count_of_all = all().count();
        parts.extend(all().take(SHOWN).map(|environment| Part::Environment(*environment)));
        parts.push(Part::More(count_of_all));
        if version.is_none() {
            parts.push(Part::Past(id));
        }
        let ran = |trail: &&Trail| {
            let ran = trail.environment().and_then(|id| self.compute.known_environment(id));
            version.is_none() || ran.is_some_and(is_meant)
        };
        let trails = self.journal.trails().rev().filter(|trail| trail.function == id).filter(ran);
        parts.extend(trails.take(SHOWN).map(|trail| Part::Request(trail.request)));
        let state = match (&configuration.state, &configuration.update) {
            (FunctionState::Active, FunctionUpdate::InProgress(_)) => {
                "Active, an update is in progress".into()
            }
            (state, _) => format!("{state:?}"),
        };
        let of = version.map_or_else(String::new, |version| format!(":{}", version.spelled()));
        let text = format!(
            "function {}{of} is {state}: {}",
            function.name,
            count(count_of_all, "environment")
        );
        Some(Outline { told: Explanation::with(text, because), parts })
    }

    /// The environments that a function had, of late.
    fn explain_past(&self, id: FunctionId) -> Option<Explanation> {
        let past: Vec<_> =
            self.compute.past.all().rev().filter(|each| each.function() == id).collect();
        if past.is_empty() {
            return None;
        }
        let mut shown: BTreeMap<EnvironmentId, Option<&Decision>> =
            past.iter().take(SHOWN).map(|each| (each.id(), None)).collect();
        for decision in self.journal.decisions() {
            if let Choice::Reap { environment, .. } = &decision.choice
                && let Some(ended) = shown.get_mut(environment)
            {
                *ended = Some(decision);
            }
        }
        let told = past.iter().take(SHOWN).map(|each| {
            let ended = shown[&each.id()].map(|decision| self.tell(decision));
            Explanation::with(self.environment_line(each), ended.into_iter().collect())
        });
        let because = told.chain(more(past.len())).collect();
        Some(Explanation::with(count(past.len(), "environment") + " before", because))
    }

    pub(super) fn outline_subnet(&self, id: SubnetId) -> Option<Outline> {
        let subnet = self.network.subnets.get(&id)?;
        let holders = self.network.holders(id);
        let mut parts: Vec<_> = holders.map(|(address, eni)| Part::Holder(address, eni)).collect();
        let text = format!(
            "{id} ({}, {}): {} held, {} free, {}{} kept by AWS's rule",
            subnet.cidr,
            subnet.zone,
            parts.len(),
            self.network.free_addresses(id),
            self.reserved_of(id),
            crate::base::limits::RESERVED_ADDRESSES,
        );
        let mut because: Vec<Explanation> = self.tell_plan(subnet.vpc).into_iter().collect();
        because.extend(self.tell_reserved(id));
        because.extend(self.tell_routes(id));
        let beyond = parts.len().saturating_sub(ADDRESSES);
        parts.truncate(ADDRESSES);
        parts.extend((beyond > 0).then_some(Part::Beyond(beyond)));
        Some(Outline { told: Explanation::with(text, because), parts })
    }
}
