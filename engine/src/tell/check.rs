//! The check: what functions will time out on, what nobody gets to, and what is about to run out, said
//! before anything is invoked.
//!
//! Functions with the same subnets, security groups and ENI model have the same ways. Each such class is
//! looked at once, however many functions are of it, and each part of the check by itself: whoever shares the
//! engine holds it for no longer than one of them takes.

mod hosts;
mod mapping;
mod reached;
mod vpc;
mod ways;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr};
use core::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::base::id::{FunctionId, GroupId, MappingId, ResourceId, SubnetId, VpcId};
use crate::base::scope::Scope;
use crate::engine::Engine;
use crate::record::function::{EniModel, Function};
use crate::record::resource::ResourceKind;
use crate::tell::check::hosts::{Host, Place};
use crate::tell::words::SHOWN;

/// Functions that are gathered at once.
const SLICE: usize = 256;
/// Hosts of a class that are looked at at once.
const HOSTS: usize = 16;

/// What is wrong somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Of which kind it is.
    pub kind: Kind,
    /// The thing that it is about: an id or a name.
    pub about: String,
    /// What is wrong, for people.
    pub text: String,
    /// What would mend it, if that is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
    /// The functions that suffer from it, not more than ten of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub functions: Vec<String>,
    /// How many functions suffer from it.
    #[serde(default)]
    pub function_count: usize,
}

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// What is tried there times out.
    Error,
    /// It is hardly what was meant.
    Warning,
    /// It may well be what was meant.
    Note,
}

/// The kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Functions name a host that they do not reach.
    Host,
    /// An event source mapping does not reach a broker of its source, or cannot read it.
    Source,
    /// Requests pass, and a network ACL drops the replies to them.
    RepliesDropped,
    /// The target of a route is gone.
    Blackhole,
    /// A NAT gateway whose own subnet does not lead out.
    NatRoute,
    /// Functions are led to an internet gateway, which lets out public addresses alone.
    NoPublicAddress,
    /// Functions reach nothing outside of their VPC.
    NoWayOut,
    /// Nobody is let in by the security groups of a resource.
    ClosedGroups,
    /// Nobody reaches a resource.
    Unreached,
    /// A subnet has no address left, or few.
    SubnetFull,
}

/// A finding, which may hang on what only the node knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was found.
    pub finding: Finding,
    /// Where it is one only if this address is no part of the internet, nor opened.
    pub if_near: Option<Ipv4Addr>,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Found {
        Found { finding, if_near: None }
    }
}

/// What is to be checked.
#[derive(Debug, Clone, Default)]
pub struct Checks {
    /// How many functions there are.
    pub functions: usize,
    /// How many resources there are.
    pub resources: usize,
    classes: Vec<Class>,
    by_key: BTreeMap<Key, usize>,
    outside: BTreeMap<Host, Names>,
    /// What names of hosts stand for in a VPC, or why for nothing.
    resolved: BTreeMap<(VpcId, String), Result<Vec<IpAddr>, String>>,
    parts: Vec<CheckPart>,
}

/// What functions of a class have in common: subnets, security groups, and the ENI model.
type Key = (Vec<SubnetId>, BTreeSet<GroupId>, bool);

/// Functions that have the same ways.
#[derive(Debug, Clone)]
struct Class {
    vpc: VpcId,
    subnets: Vec<SubnetId>,
    groups: BTreeSet<GroupId>,
    model: EniModel,
    /// One of them.
    first: FunctionId,
    /// One of those that have IPv6 too, and one of those that have not.
    by_ipv6: BTreeMap<bool, FunctionId>,
    names: Names,
    /// What their variables name.
    hosts: BTreeMap<Host, Names>,
}

/// Names of which the first few are told.
#[derive(Debug, Clone, Default)]
struct Names {
    shown: Vec<String>,
    all: usize,
}

impl Names {
    fn add(&mut self, name: &str) {
        self.all += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(name.to_string());
        }
    }

    fn extend(&mut self, other: &Names) {
        let room = SHOWN.saturating_sub(self.shown.len());
        self.shown.extend(other.shown.iter().take(room).cloned());
        self.all += other.all;
    }
}

/// A part of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckPart {
    /// The routes, NAT gateways and subnets of a VPC.
    Vpc(VpcId),
    /// The way out of a class of functions.
    Ways(usize),
    /// Some of the hosts that a class of functions names, from this one on.
    Hosts(usize, usize),
    /// Some of those that functions without a VPC name.
    Outside(usize),
    /// Who reaches a resource.
    Resource(ResourceId),
    /// Whether an event source mapping reaches its source.
    Mapping(MappingId),
}

impl Checks {
    /// The names of hosts that functions name, each with the VPC in which it is asked for.
    pub fn host_names(&self) -> BTreeSet<(VpcId, String)> {
        let named = |class: &Class| {
            let vpc = class.vpc;
            let names = class.hosts.keys().filter_map(move |host| match &host.place {
                Place::Name(name) => Some((vpc, name.clone())),
                Place::Address(_) => None,
            });
            names.collect::<Vec<_>>()
        };
        self.classes.iter().flat_map(named).collect()
    }

    /// Notes what a name stands for in a VPC, or why for nothing. Of what is not noted nothing is said.
    pub fn resolve(&mut self, name: (VpcId, String), found: Result<Vec<IpAddr>, String>) {
        self.resolved.insert(name, found);
    }

    /// The parts, in the order in which they are to be looked at.
    pub fn parts(&self) -> &[CheckPart] {
        &self.parts
    }

    fn add(
        &mut self,
        function: &Function,
        model: EniModel,
        vpc_of: impl Fn(SubnetId) -> Option<VpcId>,
    ) {
        self.functions += 1;
        let settings = function.latest.in_force();
        let hosts = settings.variables.iter().flatten();
        let hosts = hosts.flat_map(|(name, value)| {
            hosts::named(name, value, |other| settings.variables.as_ref()?.get(other).cloned())
        });
        let config = settings.vpc.as_ref().filter(|config| !config.subnets.is_empty());
        let Some(config) = config else {
            hosts.for_each(|host| self.outside.entry(host).or_default().add(&function.name));
            return;
        };
        let Some(vpc) = config.subnets.iter().find_map(|subnet| vpc_of(*subnet)) else { return };
        let mut subnets = config.subnets.clone();
        subnets.sort_unstable();
        let key = (subnets, config.groups.clone(), model == EniModel::Classic);
        let (classes, by_key) = (&mut self.classes, &mut self.by_key);
        let at = by_key.get(&key).copied().unwrap_or_else(|| {
            let (subnets, groups, _) = key.clone();
            let (first, names, hosts) = (function.id, Names::default(), BTreeMap::new());
            let by_ipv6 = BTreeMap::new();
            classes.push(Class { vpc, subnets, groups, model, first, by_ipv6, names, hosts });
            by_key.insert(key, classes.len() - 1);
            classes.len() - 1
        });
        let class = &mut classes[at];
        class.names.add(&function.name);
        class.by_ipv6.entry(config.ipv6).or_insert(function.id);
        hosts.for_each(|host| {
            let host = Host { by_ipv6: config.ipv6, ..host };
            class.hosts.entry(host).or_default().add(&function.name);
        });
    }

    /// The functions of a VPC for whose subnets something holds.
    fn names(&self, vpc: VpcId, is_so: impl Fn(SubnetId) -> bool) -> Names {
        let mut names = Names::default();
        for class in self.classes.iter().filter(|class| class.vpc == vpc) {
            if class.subnets.iter().any(|subnet| is_so(*subnet)) {
                names.extend(&class.names);
            }
        }
        names
    }

    fn of_vpc(&self, vpc: VpcId) -> impl Iterator<Item = &Class> {
        self.classes.iter().filter(move |class| class.vpc == vpc)
    }
}

impl Engine {
    /// Adds some functions to what is to be checked, from after a name on; gives the last of them, until there
    /// are no more.
    pub fn gather_checks(
        &self,
        scope: &Scope,
        after: Option<&str>,
        checks: &mut Checks,
    ) -> Option<String> {
        let names = self.compute.functions.names.get(scope)?;
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut last = None;
        for (name, id) in names.range::<str, _>((from, Bound::Unbounded)).take(SLICE) {
            self.add_check(*id, checks);
            last = Some(name.clone());
        }
        last
    }

    /// Adds one function.
    pub fn add_check(&self, function: FunctionId, checks: &mut Checks) {
        let Some(function) = self.known_function(function) else { return };
        let vpc_of = |subnet| self.network.subnets.get(&subnet).map(|subnet| subnet.vpc);
        checks.add(function, self.eni_model(&function.tags), vpc_of);
    }

    /// Settles what is to be looked at, once all functions are there: of one of them, or of the whole scope.
    pub fn settle_checks(&self, scope: &Scope, only: Option<&str>, checks: &mut Checks) {
        let mut vpcs: BTreeSet<VpcId> = checks.classes.iter().map(|class| class.vpc).collect();
        let mut parts = Vec::new();
        for (at, class) in checks.classes.iter().enumerate() {
            parts.extend(
                (0..class.hosts.len()).step_by(HOSTS).map(|from| CheckPart::Hosts(at, from)),
            );
            parts.push(CheckPart::Ways(at));
        }
        parts.extend((0..checks.outside.len()).step_by(HOSTS).map(CheckPart::Outside));
        let is_asked = |function: &str| only.is_none_or(|only| only == function);
        let mappings = self.mappings().filter(|it| it.scope == *scope && is_asked(&it.function));
        parts.extend(mappings.map(|it| CheckPart::Mapping(it.id)));
        if only.is_none() {
            for resource in self.resources(scope) {
                if matches!(resource.kind, ResourceKind::Mapping(_)) {
                    continue;
                }
                checks.resources += 1;
                parts.push(CheckPart::Resource(resource.id));
                vpcs.extend(self.network.enis.get(&resource.eni).map(|eni| eni.vpc));
            }
        }
        parts.extend(vpcs.into_iter().map(CheckPart::Vpc));
        checks.parts = parts;
    }

    /// Looks at a part of a check; at what is gone meanwhile there is nothing to be found.
    pub fn check_part(&self, checks: &Checks, part: CheckPart) -> Vec<Found> {
        let teller = self.teller();
        match part {
            CheckPart::Vpc(vpc) if self.network.vpcs.contains_key(&vpc) => {
                teller.check_vpc(checks, vpc)
            }
            CheckPart::Vpc(_) => Vec::new(),
            CheckPart::Ways(class) => teller.check_way_out(&checks.classes[class]),
            CheckPart::Hosts(class, from) => {
                let class = &checks.classes[class];
                let hosts = class.hosts.iter().skip(from).take(HOSTS);
                let of = (checks, class);
                hosts.filter_map(|(host, names)| teller.check_host(of, host, names)).collect()
            }
            CheckPart::Outside(from) => {
                let hosts = checks.outside.iter().skip(from).take(HOSTS);
                hosts.filter_map(|(host, names)| teller.check_outside(host, names)).collect()
            }
            CheckPart::Resource(id) => teller.check_resource(checks, id),
            CheckPart::Mapping(id) => teller.check_mapping(id),
        }
    }
}

impl Finding {
    fn new(severity: Severity, kind: Kind, about: String, text: String) -> Finding {
        let (hint, functions, function_count) = (None, Vec::new(), 0);
        Finding { severity, kind, about, text, hint, functions, function_count }
    }

    fn of(self, names: &Names) -> Finding {
        Finding { functions: names.shown.clone(), function_count: names.all, ..self }
    }

    fn mended(self, hint: Option<String>) -> Finding {
        Finding { hint, ..self }
    }
}
