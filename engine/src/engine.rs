//! One step: takes what happened, and says what is to be done about it.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;
use core::ops::Bound;

use crate::base::fetch::Fetch;
use crate::base::id::{
    CallerId, EniId, EnvironmentId, FunctionId, GroupId, Missing, RequestId, ResourceId, SubnetId,
    TicketId, VpcId,
};
use crate::base::limits::Limits;
use crate::base::random::Random;
use crate::base::scope::Scope;
use crate::base::table::{Slotted, Table};
use crate::base::time::Time;
use crate::base::timer::{Timer, Timers};
use crate::compute::environment::{Environment, IdleLinks, Phase};
use crate::compute::event::Queued;
use crate::compute::function::{Functions, Live, Scopes};
use crate::compute::keep::Keeper;
use crate::cx::Cx;
use crate::effect::{Effect, EffectSink, Reply};
use crate::input::{Input, Request};
use crate::network::address::Pool;
use crate::network::{Network, OfCompute, conclude};
use crate::node::{NodeReport, PacketDrop};
use crate::plan::DropReason;
use crate::record::decision::Cause;
use crate::record::eni::{Eni, EniUser};
use crate::record::function::{EniModel, Function};
use crate::record::group::Group;
use crate::record::resource::Resource;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::record::{Change, Record};
use crate::tell::journal::{Dropped, Journal};
use crate::tell::trail::Trail;
use crate::tickets::{Tickets, Waiting};

/// How an installation is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the generator of ids begins; never twice the same in one installation.
    pub seed: u64,
    /// The ENI model of functions that do not choose one.
    pub eni_model: EniModel,
    /// Quotas and times.
    pub limits: Limits,
}

/// Why records do not fit together: no engine has stored them so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Torn {
    /// An ENI is of a subnet that is not there.
    NoSubnet(EniId, SubnetId),
    /// An ENI's address is not to be had in its subnet, or another one holds it.
    Address(EniId, Ipv4Addr),
}

/// Decides everything; see the crate's documentation.
#[derive(Debug, Clone)]
pub struct Engine {
    pub(crate) config: Config,
    pub(crate) random: Random,
    pub(crate) network: Network,
    pub(crate) functions: Functions,
    pub(crate) live: Table<Live>,
    pub(crate) scopes: Scopes,
    pub(crate) environments: Table<Environment>,
    pub(crate) idle_links: IdleLinks,
    pub(crate) events: BTreeMap<RequestId, Queued>,
    pub(crate) timers: Timers,
    pub(crate) keeper: Keeper,
    pub(crate) journal: Journal,
    pub(crate) tickets: Tickets,
}

/// An input that is about to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreseen {
    /// Of a function.
    Invocation(FunctionId),
    /// A node's, about an environment.
    Report(EnvironmentId),
}

/// How soon it comes.
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
const FORESEE_FROM: usize = 8192;

impl Engine {
    /// An engine that knows nothing yet.
    pub fn new(config: Config) -> Engine {
        let mut random = Random::new(config.seed);
        Engine {
            journal: Journal::new(&config.limits, &mut random),
            random,
            config,
            network: Network::default(),
            functions: Functions::default(),
            live: Table::default(),
            scopes: Scopes::default(),
            environments: Table::default(),
            idle_links: IdleLinks::default(),
            events: BTreeMap::new(),
            timers: Timers::default(),
            keeper: Keeper::default(),
            tickets: Tickets::default(),
        }
    }

    /// An engine that knows what was stored; tells the node what it is to have. Timers may be
    /// due at once.
    ///
    /// Records may come in any order.
    ///
    /// # Errors
    /// When the records do not fit together.
    pub fn restore(
        config: Config,
        records: Vec<Record>,
        out: &mut dyn EffectSink,
    ) -> Result<Engine, Torn> {
        let mut engine = Engine::new(config);
        let functions = records.iter().filter(|each| matches!(each, Record::Function(_)));
        engine.functions.by_id.reach(functions.count());
        for record in records {
            engine.take(record);
        }
        let network = &mut engine.network;
        for eni in network.enis.values() {
            let pool =
                network.pools.get_mut(&eni.subnet).ok_or(Torn::NoSubnet(eni.id, eni.subnet))?;
            let taken = pool.take(eni.address, eni.id);
            taken.map_err(|_| Torn::Address(eni.id, eni.address))?;
            engine.journal.resume(eni.decision.id);
        }
        let (network, mut cx) = engine.network_cx(Time(0), out);
        let vpcs: Vec<VpcId> = network.vpcs.keys().copied().collect();
        network.restored(&mut cx);
        vpcs.into_iter().for_each(|vpc| network.plan_vpc(&mut cx, vpc));
        engine.restore_pairs(out);
        for resource in engine.network.resources.values() {
            out.push(Effect::command(engine.network.put_resource(resource)));
        }
        let functions: Vec<_> = engine.functions.by_id.values().map(|each| each.id).collect();
        for id in functions {
            let used = engine.functions.by_id[&id].used;
            engine.watch_idleness(used, id);
        }
        for request in engine.events.keys() {
            engine.timers.set(Timer::Event(*request), Time(0));
        }
        Ok(engine)
    }

    fn take(&mut self, record: Record) {
        match self.network.take(record) {
            None => {}
            Some(OfCompute::Function(function)) => {
                if function.reserved.is_some() {
                    let scope = self.scopes.place(&function.scope);
                    self.scopes.reserve(scope, function.id, function.reserved, 0);
                }
                self.functions.insert(function);
            }
            Some(OfCompute::Event(event)) => {
                self.events.insert(event.request, Queued::restored(event));
            }
        }
    }

    /// Takes what happened at `now`, and tells `out` what is to be done. Never fails.
    // In line, and with it all that a warm invocation passes through: an input that is known where
    // the step is made is taken apart there, and of what a sink does not take nothing is made.
    #[inline(always)]
    pub fn step(&mut self, now: Time, input: Input, out: &mut impl EffectSink) {
        if self.timers.next().is_some_and(|at| at <= now) || !self.functions.touched.is_empty() {
            self.fire_due(now, out);
        }
        match input {
            Input::Invoke(invoke) => self.invoke(now, invoke, out),
            Input::Node(NodeReport::Finished {
                environment,
                request,
                outcome,
                memory_peak,
                duration,
            }) => {
                let which = (environment, request);
                self.finished(now, which, outcome, (memory_peak, duration), out);
            }
            Input::Node(report) => self.reported(now, report, out),
            Input::Request(caller, request) => self.requested(now, caller, request, out),
            Input::Persisted(ticket) => self.persisted(now, ticket, out),
            Input::Tick => {}
        }
        #[cfg(debug_assertions)]
        self.check();
    }

    /// Fires the timers that are due, and sees to what has changed since.
    #[inline(never)]
    pub(crate) fn fire_due(&mut self, now: Time, out: &mut dyn EffectSink) {
        while let Some((at, timer)) = self.timers.pop(now) {
            self.fire(now, (at, timer), out);
        }
        if !self.functions.touched.is_empty() {
            self.settle_touched();
        }
    }

    #[inline(never)]
    fn requested(
        &mut self,
        now: Time,
        caller: CallerId,
        request: Request,
        out: &mut dyn EffectSink,
    ) {
        let Request::Function(request) = request;
        let outcome = self.function_request(now, request, out);
        let (_, mut cx) = self.network_cx(now, out);
        conclude(&mut cx, caller, outcome);
    }

    #[inline(never)]
    fn persisted(&mut self, now: Time, ticket: TicketId, out: &mut dyn EffectSink) {
        match self.tickets.take(ticket) {
            Some(Waiting::Reply(caller, reply)) => {
                out.push(Effect::Respond(caller, Box::new(Ok(reply))));
            }
            Some(Waiting::Event(caller, request)) => {
                out.push(Effect::Respond(caller, Box::new(Ok(Reply::Accepted(request)))));
                self.event_is_due(now, request, out);
            }
            Some(Waiting::Resource(id)) => {
                let (network, mut cx) = self.network_cx(now, out);
                network.resource_is_durable(&mut cx, id);
            }
            None => {}
        }
    }

    /// The network with what it is handed.
    pub(crate) fn network_cx<'a>(
        &'a mut self,
        now: Time,
        out: &'a mut dyn EffectSink,
    ) -> (&'a mut Network, Cx<'a>) {
        let Engine { config, random, network, timers, journal, tickets, .. } = self;
        let limits = &config.limits;
        (network, Cx { now, random, limits, timers, journal, tickets, out })
    }

    /// Whether there is so much that what a step needs must be fetched from far.
    pub fn is_large(&self) -> bool {
        self.environments.len() >= FORESEE_FROM
    }

    /// Fetches from memory what an input to come will need, so that its step need not wait for it.
    /// Each stage needs what the one before has fetched meanwhile. Changes nothing.
    #[inline]
    pub fn foresee(&self, input: Foreseen, stage: Stage, fetch: impl Fetch) {
        match (input, stage) {
            (Foreseen::Invocation(function), Stage::Far) => {
                self.live.fetch_at(function.slot() as u32, fetch);
            }
            (Foreseen::Invocation(function), Stage::Near) => {
                let live = self.live.get(&function);
                if let Some(newest) = live.and_then(Live::newest) {
                    self.environments.fetch_at(newest, fetch);
                    self.idle_links.fetch(newest, fetch);
                }
            }
            (Foreseen::Report(id), Stage::Far) => {
                self.environments.fetch_at(id.slot() as u32, fetch);
                self.idle_links.fetch(id.slot() as u32, fetch);
            }
            (Foreseen::Report(id), Stage::Near) => {
                if let Some(environment) = self.environments.get(&id) {
                    self.live.fetch_at(environment.home, fetch);
                }
            }
            (Foreseen::Report(id), Stage::Next) => {
                let home = self.environments.get(&id).map(|each| each.home);
                // The idle one that it will be put before.
                if let Some(newest) = home.and_then(|home| self.live.at(home).newest()) {
                    self.idle_links.fetch(newest, fetch);
                }
            }
            (Foreseen::Invocation(_), Stage::Next) => {}
        }
    }

    /// When something may happen by itself next; a `Tick` is due then.
    pub fn next_deadline(&self) -> Option<Time> {
        self.timers.next()
    }

    fn fire(&mut self, now: Time, (at, timer): (Time, Timer), out: &mut dyn EffectSink) {
        match timer {
            Timer::Phase(id) => self.phase_is_due(now, at, id, out),
            Timer::Age(id) => {
                let Some(environment) = self.environments.get_mut(&id) else { return };
                environment.supersede();
                if environment.phase == Phase::Idle {
                    self.reap(now, id, Cause::Age(id), out);
                }
            }
            Timer::Event(request) => self.event_is_due(now, request, out),
            Timer::Inactive(function) => self.inactivity_is_due(now, function, out),
            Timer::Expected(function) => self.expects(now, function, out),
            Timer::Eni(eni) => self.eni_is_due(now, eni),
            Timer::Plan(vpc) => {
                let (network, mut cx) = self.network_cx(now, out);
                network.plan_is_due(&mut cx, vpc);
            }
            Timer::Again(eni) => self.try_again(eni, out),
            Timer::Pair(eni) => self.pair_is_due(now, eni, out),
        }
    }

    /// What is seldom reported.
    #[inline(never)]
    fn reported(&mut self, now: Time, report: NodeReport, out: &mut dyn EffectSink) {
        match report {
            NodeReport::PlanInForce { vpc, generation } => {
                let (network, mut cx) = self.network_cx(now, out);
                network.plan_is_in_force(&mut cx, vpc, generation);
            }
            NodeReport::PlanFailed { vpc, generation, failure } => {
                let (network, mut cx) = self.network_cx(now, out);
                network.plan_has_failed(&mut cx, vpc, generation, failure);
            }
            NodeReport::EniReady(eni) => self.eni_is_ready(now, eni, out),
            NodeReport::EniFailed(eni, _) => self.eni_has_failed(now, eni, out),
            NodeReport::ResourceReady(id, path) => {
                let (network, mut cx) = self.network_cx(now, out);
                network.resource_is_ready(&mut cx, id, path);
            }
            NodeReport::ResourceFailed(id, failure) => {
                let (network, mut cx) = self.network_cx(now, out);
                network.resource_has_failed(&mut cx, id, failure);
            }
            NodeReport::Ready { environment, stages } => {
                self.environment_is_ready(now, environment, stages, out);
            }
            NodeReport::InitFailed { environment, payload, error_type, stages } => {
                self.init_failed(now, environment, (payload, error_type), stages, out);
            }
            NodeReport::Finished { .. } => unreachable!("a step takes it before all others"),
            NodeReport::Exited { environment, exit, memory_peak } => {
                self.environment_has_exited(now, environment, exit, memory_peak, out);
            }
            NodeReport::Gone(environment) => self.environment_is_gone(now, environment, out),
            NodeReport::StartFailed(environment, failure) => {
                self.start_failed(now, environment, failure.text, out);
            }
            NodeReport::Dropped(drop) => self.dropped(now, drop),
            NodeReport::Connections(eni, count) => self.connections(now, eni, count, out),
        }
    }

    /// Notes a drop on the ENI and the invocation in whose time it happened.
    fn dropped(&mut self, now: Time, drop: PacketDrop) {
        let known = drop
            .environment
            .and_then(|id| self.environments.get(&id).or_else(|| self.journal.buried(id)));
        let request = known.and_then(Environment::last);
        let receiver = || {
            let mut of_vpc = self.network.enis.values().filter(|eni| eni.vpc == drop.vpc);
            of_vpc.find(|eni| eni.address == *drop.destination.ip()).map(|eni| eni.id)
        };
        let judged = match drop.reason {
            DropReason::Ingress | DropReason::OneWay => receiver(),
            DropReason::Egress
            | DropReason::NoRoute
            | DropReason::NoOwner
            | DropReason::Spoofed => drop.eni,
        };
        let groups = judged.and_then(|eni| self.network.enis.get(&eni));
        let groups = groups.map_or_else(Vec::new, |eni| eni.groups.iter().copied().collect());
        self.journal.dropped(Dropped { at: now, drop, request, judged, groups });
    }

    /// Checks every invariant.
    ///
    /// # Panics
    /// When one is broken: that is a bug.
    pub fn check(&self) {
        self.network.check();
        self.check_pairs();
        self.check_environments();
        self.check_invocations();
    }

    /// A function of a scope by its name.
    pub fn function(&self, scope: &Scope, name: &str) -> Option<&Function> {
        let id = self.functions.names.get(scope)?.get(name)?;
        self.known_function(*id)
    }

    /// The functions of a scope, in the order of their names.
    pub fn functions<'a>(&'a self, scope: &Scope) -> impl Iterator<Item = &'a Function> {
        let names = self.functions.names.get(scope).into_iter().flat_map(BTreeMap::values);
        names.map(|id| &*self.functions.by_id[id])
    }

    /// A function by its id.
    pub fn known_function(&self, id: FunctionId) -> Option<&Function> {
        self.functions.by_id.get(&id).map(|function| &**function)
    }

    /// Every function of every scope.
    pub fn all_functions(&self) -> impl Iterator<Item = &Function> {
        self.functions.by_id.values().map(|function| &**function)
    }

    /// Every ENI of every scope.
    pub fn all_enis(&self) -> impl Iterator<Item = &Eni> {
        self.network.enis.values()
    }

    /// An environment that is not gone.
    pub fn environment(&self, id: EnvironmentId) -> Option<&Environment> {
        self.environments.get(&id)
    }

    /// Every subnet of every scope.
    pub fn all_subnets(&self) -> impl Iterator<Item = &Subnet> {
        self.network.subnets.values()
    }

    /// Who uses an ENI.
    pub fn eni_user(&self, id: EniId) -> Option<&EniUser> {
        self.network.enis.get(&id).map(|eni| &eni.user)
    }

    /// Invocations that are remembered, from this number on, each with its number.
    pub fn invocations(&self, from: u64) -> impl Iterator<Item = (u64, &Trail)> {
        self.journal.counted_trails(from)
    }

    /// An environment that is there, or was of late.
    pub fn known_environment(&self, id: EnvironmentId) -> Option<&Environment> {
        self.environments.get(&id).or_else(|| self.journal.buried(id))
    }

    /// Every environment, in every phase.
    pub fn environments(&self) -> impl Iterator<Item = &Environment> {
        self.environments.values()
    }

    /// The resources of a scope.
    pub fn resources<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Resource> {
        self.network.resources.values().filter(move |resource| resource.scope == *scope)
    }

    /// The path of a resource's network namespace, once the node has it.
    pub fn namespace(&self, resource: ResourceId) -> Option<&str> {
        self.network.namespaces.get(&resource).map(String::as_str)
    }

    /// The quotas and times of the installation.
    pub fn limits(&self) -> &Limits {
        &self.config.limits
    }

    /// Whether the scope has been given its default VPC, or anything else.
    pub fn has_scope(&self, scope: &Scope) -> bool {
        self.network.vpcs.values().any(|vpc| vpc.scope == *scope)
    }

    /// The VPCs of a scope.
    pub fn vpcs<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Vpc> {
        self.network.vpcs.values().filter(move |vpc| vpc.scope == *scope)
    }

    /// The subnets of a scope.
    pub fn subnets<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Subnet> {
        self.network.subnets.values().filter(move |subnet| subnet.scope == *scope)
    }

    /// The security groups of a scope.
    pub fn groups<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Group> {
        self.network.groups.values().filter(move |group| group.scope == *scope)
    }

    /// The ENIs of a scope.
    pub fn enis<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Eni> {
        self.network.enis.values().filter(move |eni| eni.scope == *scope)
    }

    /// The ENIs of a scope in the order of their ids, from after one on if one is given.
    pub fn enis_after<'a>(
        &'a self,
        scope: &'a Scope,
        after: Option<EniId>,
    ) -> impl Iterator<Item = &'a Eni> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let later = self.network.enis.range((from, Bound::Unbounded));
        later.map(|(_, eni)| eni).filter(move |eni| eni.scope == *scope)
    }

    /// A VPC of a scope.
    ///
    /// # Errors
    /// When the scope has no such VPC; likewise for the others.
    pub fn vpc(&self, scope: &Scope, id: VpcId) -> Result<&Vpc, Missing<VpcId>> {
        self.network.vpc(scope, id)
    }

    /// A subnet of a scope.
    pub fn subnet(&self, scope: &Scope, id: SubnetId) -> Result<&Subnet, Missing<SubnetId>> {
        self.network.subnet(scope, id)
    }

    /// A security group of a scope.
    pub fn group(&self, scope: &Scope, id: GroupId) -> Result<&Group, Missing<GroupId>> {
        self.network.group(scope, id)
    }

    /// An ENI of a scope.
    pub fn eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Missing<EniId>> {
        self.network.eni(scope, id)
    }

    /// How many addresses of a subnet are free: `AvailableIpAddressCount`; none when it is gone.
    pub fn free_addresses(&self, subnet: SubnetId) -> u32 {
        self.network.pools.get(&subnet).map_or(0, Pool::free)
    }

    /// Which ENI holds which address of a subnet, in rising order.
    pub fn holders(&self, subnet: SubnetId) -> impl Iterator<Item = (Ipv4Addr, EniId)> + '_ {
        self.network.pools.get(&subnet).into_iter().flat_map(Pool::holders)
    }

    /// The slot of what a function has at present, which is begun for one that is known.
    pub(crate) fn home(&mut self, id: FunctionId) -> u32 {
        if let Some(home) = self.live.slot(&id) {
            return home;
        }
        let function = &self.functions.by_id[&id];
        let scope = self.scopes.place(&function.scope);
        let reserved = function.reserved;
        self.live.reach(self.functions.by_id.slots());
        self.live.insert(Live::new(id, scope, reserved));
        self.live.slot(&id).expect("it was just put in")
    }

    /// What a function has at present; begun for one that is known.
    pub(crate) fn live(&mut self, id: FunctionId) -> &mut Live {
        let home = self.home(id);
        self.live.at_mut(home)
    }

    /// Forgets what was derived from functions that have changed.
    pub(crate) fn settle_touched(&mut self) {
        while let Some(id) = self.functions.touched.pop() {
            if let Some(live) = self.live.get_mut(&id) {
                live.forget_derived();
            }
        }
    }

    /// Forgets what a deleted function had, once it has nothing any more.
    pub(crate) fn forget_if_gone(&mut self, function: FunctionId) {
        let is_done = self.live.get(&function).is_some_and(|live| {
            live.is_deleted && live.inflight == 0 && live.rest.environments.is_empty()
        });
        if is_done {
            self.live.remove(&function);
        }
    }

    /// Whose an environment is, without a look at its story.
    pub fn owner(&self, environment: &Environment) -> FunctionId {
        self.live.at(environment.home).id
    }

    pub(crate) fn revision(&mut self) -> u128 {
        u128::from(self.random.draw()) << 64 | u128::from(self.random.draw())
    }

    /// Makes changes durable that nobody waits for.
    pub(crate) fn persist(&mut self, changes: Vec<Change>, out: &mut dyn EffectSink) {
        self.tickets.persist(changes, out);
    }

    /// Makes changes durable that somebody waits for.
    pub(crate) fn persist_for(
        &mut self,
        waiting: Waiting,
        changes: Vec<Change>,
        out: &mut dyn EffectSink,
    ) {
        self.tickets.persist_for(waiting, changes, out);
    }
}
