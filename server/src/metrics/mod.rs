//! What is counted while the server runs: of each function, of packets and of requests.
//!
//! It is kept in memory, within a bound in bytes, and begins anew with the server.

pub(crate) mod figures;
mod minute;

use std::collections::BTreeMap;
use std::mem::discriminant;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use engine::engine::Engine;
use engine::id::{AclId, FunctionId, VpcId};
use engine::node::PacketDrop;
use engine::plan::{AclRule, DropReason};
use engine::scope::Scope;
use engine::time::Time;

use crate::resolver::figures::Questions;
use crate::thread;
pub(crate) use figures::Figures;
pub(crate) use minute::{Minute, Summary};

/// Functions of which figures are kept; of further ones nothing is counted but that.
const FUNCTIONS: usize = 10_000;
/// Functions that have labels of their own; what others come to is told together.
const LABELLED: usize = 500;
/// Bytes of the minutes of all functions, beyond which the oldest are forgotten.
const KEPT: usize = 64 << 20;
/// Minutes that are kept at the most: 15 days, as CloudWatch does.
const MINUTES: u64 = 15 * 24 * 60;

/// Reasons of drops, in the order of their places.
pub(crate) const REASONS: [(DropReason, &str); 20] = [
    (DropReason::Egress, "egress"),
    (DropReason::Ingress, "ingress"),
    (DropReason::NoRoute, "no_route"),
    (DropReason::NoOwner, "no_owner"),
    (DropReason::OneWay, "one_way"),
    (DropReason::Spoofed, "spoofed"),
    (DropReason::Private, "private"),
    (DropReason::Blackhole, "blackhole"),
    (DropReason::NoPublicAddress, "no_public_address"),
    (DropReason::NatRoute, "nat_route"),
    (DropReason::NatProtocol, "nat_protocol"),
    (DropReason::SourceDestCheck, "source_dest_check"),
    (DropReason::SecondMiddlebox, "second_middlebox"),
    (DropReason::NotOfPeer, "not_of_peer"),
    (DropReason::NoRouteBack, "no_route_back"),
    (DropReason::NatPorts, "nat_ports"),
    (DropReason::Crowded, "crowded"),
    (DropReason::Resolver, "resolver"),
    (DropReason::AclEgress(ANY_RULE), "acl_egress"),
    (DropReason::AclIngress(ANY_RULE), "acl_ingress"),
];
/// Rules of network ACLs are counted together.
const ANY_RULE: AclRule = AclRule { acl: AclId(0), rule: None };
/// What requests are, in the order of their places.
pub(crate) const KINDS: [&str; 3] = ["invoke", "operation", "refused"];
/// Classes of statuses that are answered.
pub(crate) const CLASSES: [&str; 3] = ["2xx", "4xx", "5xx"];

/// The place of a status among the classes.
fn class(status: u16) -> usize {
    match status {
        500.. => 2,
        400.. => 1,
        _ => 0,
    }
}

/// What a request was.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Invoke,
    Operation,
    /// It was not let in, or not read.
    Refused,
}

/// A function by its scope and name, so that one that is made again goes on.
type Name = (Scope, String);

/// All that is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    functions: Mutex<BTreeMap<Name, Arc<Figures>>>,
    /// Of all functions of a scope together: what is in flight.
    scopes: Mutex<BTreeMap<Scope, Arc<Figures>>>,
    kept: Arc<AtomicUsize>,
    /// Functions for which there was no room, and invocations that belong to none.
    pub(crate) uncounted: AtomicU64,
    pub(crate) drops: [AtomicU64; REASONS.len()],
    pub(crate) requests: [[AtomicU64; CLASSES.len()]; KINDS.len()],
    pub(crate) plans_failed: AtomicU64,
    /// What the resolvers of VPCs were asked.
    pub(crate) names: Questions,
    /// VPCs whose rules are not in force.
    failed_plans: Mutex<BTreeMap<VpcId, String>>,
}

impl Metrics {
    /// All functions that have figures.
    pub(crate) fn functions(&self) -> MutexGuard<'_, BTreeMap<Name, Arc<Figures>>> {
        thread::lock(&self.functions, "figures of functions")
    }

    /// The figures of a function, which begin where there are none.
    pub(crate) fn of(&self, scope: &Scope, name: &str) -> Option<Arc<Figures>> {
        let mut functions = self.functions();
        let key = (scope.clone(), name.to_owned());
        if let Some(known) = functions.get(&key) {
            return Some(Arc::clone(known));
        }
        if functions.len() >= FUNCTIONS {
            self.uncounted.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        let is_labelled = functions.len() < LABELLED;
        let figures = Arc::new(Figures::new(Arc::clone(&self.kept), is_labelled));
        functions.insert(key, Arc::clone(&figures));
        Some(figures)
    }

    /// The figures of a function that the engine knows.
    pub(crate) fn known(&self, engine: &Engine, id: FunctionId) -> Option<Arc<Figures>> {
        let function = engine.known_function(id)?;
        self.of(&function.scope, &function.name)
    }

    /// An invocation was over of which it is not known whose it was.
    pub(crate) fn lose(&self) {
        self.uncounted.fetch_add(1, Ordering::Relaxed);
    }

    /// The functions of a scope that have figures, with their names.
    pub(crate) fn of_scope(&self, scope: &Scope) -> Vec<(String, Arc<Figures>)> {
        let functions = self.functions();
        let from = (scope.clone(), String::new());
        let within = functions.range(from..).take_while(|((of, _), _)| of == scope);
        within.map(|((_, name), figures)| (name.clone(), Arc::clone(figures))).collect()
    }

    /// What all functions of a scope have in flight, minute by minute.
    pub(crate) fn whole(&self, scope: &Scope) -> Arc<Figures> {
        let mut scopes = thread::lock(&self.scopes, "figures of scopes");
        let new = || Arc::new(Figures::new(Arc::clone(&self.kept), false));
        Arc::clone(scopes.entry(scope.clone()).or_insert_with(new))
    }

    /// What all functions of a scope had in flight, in a span of minutes.
    pub(crate) fn in_flight(&self, scope: &Scope, from: u64, to: u64) -> Vec<Minute> {
        let scopes = thread::lock(&self.scopes, "figures of scopes");
        scopes.get(scope).map_or_else(Vec::new, |figures| figures.minutes(from, to))
    }

    /// Packets were dropped.
    pub(crate) fn dropped(&self, drop: &PacketDrop) {
        let place = REASONS
            .iter()
            .position(|(reason, _)| discriminant(reason) == discriminant(&drop.reason));
        let place = place.expect("every reason has a place");
        self.drops[place].fetch_add(drop.packets, Ordering::Relaxed);
    }

    /// A request was answered with this status.
    pub(crate) fn answered(&self, kind: Kind, status: u16) {
        self.requests[kind as usize][class(status)].fetch_add(1, Ordering::Relaxed);
    }

    /// A VPC's rules could not be put in force.
    pub(crate) fn plan_failed(&self, vpc: VpcId, why: String) {
        self.plans_failed.fetch_add(1, Ordering::Relaxed);
        thread::lock(&self.failed_plans, "plans that failed").insert(vpc, why);
    }

    /// A VPC's rules are in force again.
    pub(crate) fn plan_in_force(&self, vpc: VpcId) {
        thread::lock(&self.failed_plans, "plans that failed").remove(&vpc);
    }

    /// VPCs whose rules are not in force, and why.
    pub(crate) fn failed_plans(&self) -> Vec<(VpcId, String)> {
        let failed = thread::lock(&self.failed_plans, "plans that failed");
        failed.iter().map(|(vpc, why)| (*vpc, why.clone())).collect()
    }

    /// Forgets what is too old, or too much.
    pub(crate) fn forget(&self, at: Time) {
        let now = at.0 / 60_000_000_000;
        let mut minutes = MINUTES;
        loop {
            let before = now.saturating_sub(minutes);
            // Who is used by nobody else, and has nothing left, goes.
            let is_left =
                |figures: &Arc<Figures>| !figures.forget(before) || Arc::strong_count(figures) > 1;
            self.functions().retain(|_, figures| is_left(figures));
            thread::lock(&self.scopes, "figures of scopes").retain(|_, figures| is_left(figures));
            if self.kept.load(Ordering::Relaxed) <= KEPT || minutes <= 1 {
                return;
            }
            minutes = minutes / 10 * 9;
        }
    }
}
