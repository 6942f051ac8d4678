//! One step: takes what happened, and hands it to the machine that it concerns.

use alloc::format;

use crate::base::fetch::Fetch;
use crate::base::id::{EniId, MappingId, TicketId};
use crate::base::limits::Limits;
use crate::base::random::Random;
use crate::base::time::Time;
use crate::base::timer::{Deadline, Timer, Timers};
use crate::compute::Compute;
use crate::compute::environment::Environment;
use crate::compute::hot::{Foreseen, Stage};
use crate::compute::invocation::Ran;
use crate::cx::Cx;
use crate::effect::{Effect, EffectSink};
use crate::input::{Input, Unresolved};
use crate::network::Network;
use crate::node::NodeReport;
use crate::record::function::EniModel;
use crate::sources::Sources;
use crate::sources::command::SourceReport;
use crate::tell::drop::judged;
use crate::tell::journal::Journal;
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

/// Decides everything; see the crate's documentation.
#[derive(Debug, Clone)]
pub struct Engine {
    pub(crate) config: Config,
    pub(crate) random: Random,
    pub(crate) timers: Timers,
    pub(crate) journal: Journal,
    pub(crate) tickets: Tickets,
    pub(crate) network: Network,
    pub(crate) compute: Compute,
    pub(crate) sources: Sources,
}

impl Engine {
    /// An engine that knows nothing yet.
    pub fn new(config: Config) -> Engine {
        let mut random = Random::new(config.seed);
        Engine {
            journal: Journal::new(&config.limits, &mut random),
            random,
            timers: Timers::default(),
            tickets: Tickets::default(),
            network: Network {
                public_block: Some(config.limits.public_addresses),
                ..Network::default()
            },
            compute: Compute::new(config.eni_model),
            sources: Sources::default(),
            config,
        }
    }

    /// The machines, and what they are handed.
    pub(crate) fn parts<'a>(
        &'a mut self,
        now: Time,
        out: &'a mut dyn EffectSink,
    ) -> (&'a mut Compute, &'a mut Network, Cx<'a>) {
        self.parts_with(now, out)
    }

    /// The machines, and what they are handed, with a sink of its own kind.
    // In line: see `compute::hot`.
    #[inline(always)]
    fn parts_with<S>(&mut self, now: Time, out: S) -> (&mut Compute, &mut Network, Cx<'_, S>) {
        let Engine { config, random, timers, journal, tickets, network, compute, .. } = self;
        let limits = &config.limits;
        (compute, network, Cx { now, random, limits, timers, journal, tickets, out })
    }

    /// The network, and what it is handed.
    pub(crate) fn network_cx<'a>(
        &'a mut self,
        now: Time,
        out: &'a mut dyn EffectSink,
    ) -> (&'a mut Network, Cx<'a>) {
        let (_, network, cx) = self.parts(now, out);
        (network, cx)
    }

    /// The event source mappings, and what they are handed.
    pub(crate) fn sources_cx<'a>(
        &'a mut self,
        now: Time,
        out: &'a mut dyn EffectSink,
    ) -> (&'a mut Sources, Cx<'a>) {
        let Engine { config, random, timers, journal, tickets, sources, .. } = self;
        (sources, Cx { now, random, limits: &config.limits, timers, journal, tickets, out })
    }

    /// Takes what happened at `now`, and tells `out` what is to be done. Never fails.
    // In line: see `compute::hot`.
    #[inline(always)]
    pub fn step(&mut self, now: Time, input: Input, out: &mut impl EffectSink) {
        let is_due = self.timers.next().is_some_and(|at| at <= now);
        if is_due || !self.compute.functions.touched.is_empty() {
            self.fire_due(now, out);
        }
        match input {
            Input::Invoke(invoke) => {
                let (compute, network, mut cx) = self.parts_with(now, out);
                compute.invoke(&mut cx, network, invoke);
            }
            Input::Node(NodeReport::Finished {
                environment,
                request,
                outcome,
                memory_peak,
                duration,
                asks,
            }) => {
                let (compute, _, mut cx) = self.parts_with(now, out);
                let ran = Ran { environment, request, memory_peak, duration, asks };
                compute.finished(&mut cx, ran, outcome);
            }
            Input::Node(report) => self.reported(now, report, out),
            Input::Persisted(ticket) => self.persisted(now, ticket, out),
            Input::Source(report) => self.carried(now, *report, out),
            Input::Told(request, receiver, told) => {
                let (compute, _, mut cx) = self.parts(now, out);
                compute.event_was_told(&mut cx, request, &receiver, told);
            }
            Input::Unresolved(asked) => self.unresolved(*asked),
            Input::NoAnswer(request, why) => {
                let text = format!(
                    "what it returned is no answer: {why}; who asked was told that the server is broken"
                );
                self.compute.tellings.note(request, text);
            }
            Input::RefusedByPolicy(refused) => {
                self.network.policy_refused(&self.compute, &mut self.journal, *refused);
            }
            Input::Tick => {}
        }
        #[cfg(debug_assertions)]
        self.check();
    }

    /// Fires the timers that are due, and sees to what has changed since.
    #[inline(never)]
    pub(crate) fn fire_due(&mut self, now: Time, out: &mut dyn EffectSink) {
        while let Some((at, timer)) = self.timers.pop(now) {
            if let Timer::Mapping(mapping) = timer {
                self.mapping_is_due(now, mapping, out);
                continue;
            }
            let (compute, network, mut cx) = self.parts(now, out);
            fire(compute, network, &mut cx, at, timer);
        }
        self.compute.settle_touched();
    }

    /// Something of a mapping is due: what a crash has kept from it, too.
    fn mapping_is_due(&mut self, now: Time, id: MappingId, out: &mut dyn EffectSink) {
        let (sources, mut cx) = self.sources_cx(now, out);
        sources.is_due(&mut cx, id);
        if let Some(live) = self.sources.all.get(&id).filter(|it| it.mapping.kind.is_kafka()) {
            let mapping = live.mapping.clone();
            let (network, mut cx) = self.network_cx(now, out);
            network.put_pollers(&mut cx, &mapping);
        }
        self.forget_gone_mappings(now, out);
    }

    /// Takes away what mappings had that are gone.
    fn forget_gone_mappings(&mut self, now: Time, out: &mut dyn EffectSink) {
        while let Some(id) = self.sources.gone.pop() {
            let (network, mut cx) = self.network_cx(now, out);
            network.remove_pollers(&mut cx, id);
        }
    }

    /// A poller reports.
    #[inline(never)]
    fn carried(&mut self, now: Time, report: SourceReport, out: &mut dyn EffectSink) {
        let unreached = match &report {
            SourceReport::Listed { mapping, shards: Err(_), .. }
            | SourceReport::Read { mapping, records: Err(_), .. } => Some(*mapping),
            _ => None,
        };
        let (sources, mut cx) = self.sources_cx(now, out);
        sources.carried(&mut cx, report);
        if let Some(mapping) = unreached {
            let (network, mut cx) = self.network_cx(now, out);
            network.try_pollers_again(&mut cx, mapping);
        }
        self.forget_gone_mappings(now, out);
    }

    /// A name did not resolve for an environment, in the time of its last invocation.
    #[inline(never)]
    fn unresolved(&mut self, Unresolved { environment, name, why }: Unresolved) {
        let known = self.compute.known_environment(environment);
        if let Some(request) = known.and_then(Environment::last) {
            self.journal.unresolved(request, name, why);
        }
    }

    #[inline(never)]
    fn persisted(&mut self, now: Time, ticket: TicketId, out: &mut dyn EffectSink) {
        let (compute, network, mut cx) = self.parts(now, out);
        match cx.tickets.take(ticket) {
            Some(Waiting::Event(caller, request)) => {
                cx.out.push(Effect::Accepted(caller, request));
                compute.event_is_due(&mut cx, network, request);
            }
            Some(Waiting::Resource(id)) => network.resource_is_durable(&mut cx, id),
            None => {}
        }
    }

    /// What is seldom reported.
    #[inline(never)]
    fn reported(&mut self, now: Time, report: NodeReport, out: &mut dyn EffectSink) {
        let (compute, network, mut cx) = self.parts(now, out);
        let cx = &mut cx;
        match report {
            NodeReport::PlanInForce { vpc, generation } => {
                network.plan_is_in_force(cx, vpc, generation);
            }
            NodeReport::PlanFailed { vpc, generation, failure } => {
                network.plan_has_failed(cx, vpc, generation, failure);
            }
            NodeReport::EniReady(eni) => {
                for function in network.eni_is_ready(eni) {
                    compute.network_is_there(cx, network, function);
                }
            }
            NodeReport::EniFailed(eni, _) => eni_has_failed(compute, network, cx, eni),
            NodeReport::Connections(eni, count) => network.eni_carries(cx, eni, count),
            NodeReport::ResourceReady(id, path) => network.resource_is_ready(cx, id, path),
            NodeReport::ResourceFailed(id, failure) => {
                network.resource_has_failed(cx, id, failure);
            }
            NodeReport::Ready { environment, stages } => {
                compute.environment_is_ready(cx, environment, stages);
            }
            NodeReport::InitFailed { environment, payload, error_type, stages } => {
                compute.init_failed(cx, environment, payload, error_type, stages);
            }
            NodeReport::Finished { environment, request, outcome, memory_peak, duration, asks } => {
                let ran = Ran { environment, request, memory_peak, duration, asks };
                compute.finished(cx, ran, outcome);
            }
            NodeReport::Asked { environment, request, memory_peak, duration } => {
                let ran = Ran { environment, request, memory_peak, duration, asks: true };
                compute.asks_again(cx, network, ran);
            }
            NodeReport::Exited { environment, exit, memory_peak } => {
                compute.environment_has_exited(cx, network, environment, exit, memory_peak);
            }
            NodeReport::Reset(id) => compute.environment_was_reset(cx, network, id),
            NodeReport::Gone(id) => compute.environment_is_gone(cx, network, id),
            NodeReport::StartFailed(id, failure) => {
                compute.start_failed(cx, network, id, failure);
            }
            NodeReport::Dropped(drop) => cx.journal.dropped(judged(now, drop, compute, network)),
        }
    }

    /// When something may happen by itself next, and what; a `Tick` is due then.
    #[inline]
    pub fn next_deadline(&self) -> Option<Deadline> {
        self.timers.next_deadline()
    }

    /// Whether there is so much that what a step needs must be fetched from far.
    pub fn is_large(&self) -> bool {
        self.compute.is_large()
    }

    /// Fetches from memory what an input to come will need, so that its step need not wait for it.
    /// Each stage needs what the one before has fetched meanwhile. Changes nothing.
    #[inline]
    pub fn foresee(&self, input: Foreseen, stage: Stage, fetch: impl Fetch) {
        self.compute.foresee(input, stage, fetch);
    }

    /// Checks every invariant.
    ///
    /// # Panics
    /// When one is broken: that is a bug.
    pub fn check(&self) {
        self.network.check();
        self.network.check_pairs(&self.compute.attached());
        self.compute.check(&self.network);
        self.sources.check();
    }
}

/// Hands a timer to the machine that set it.
fn fire(compute: &mut Compute, network: &mut Network, cx: &mut Cx<'_>, at: Time, timer: Timer) {
    match timer {
        Timer::Phase(id) => compute.phase_is_due(cx, network, at, id),
        Timer::Age(id) => compute.age_is_due(cx, id),
        Timer::Event(request) => compute.event_is_due(cx, network, request),
        Timer::Inactive(function) => compute.inactivity_is_due(cx, network, function),
        Timer::Settle(function) => compute.network_is_there(cx, network, function),
        Timer::Expected(function) => compute.expects(cx, network, function),
        Timer::Eni(eni) => network.eni_is_due(cx, eni),
        Timer::Plan(vpc) => network.plan_is_due(cx, vpc),
        Timer::NatGateway(nat) => network.forget_nat(cx, nat),
        Timer::Peering(peering) => network.peering_is_due(cx, peering),
        Timer::Again(eni) => network.retry_eni(cx, eni),
        Timer::Pair(eni) => network.pair_is_due(cx, eni),
        Timer::Mapping(_) => unreachable!("mappings are neither of these two"),
    }
}

/// The node says that a shared ENI cannot be made: who waits for it hears of it before it is tried
/// again.
fn eni_has_failed(compute: &mut Compute, network: &mut Network, cx: &mut Cx<'_>, eni: EniId) {
    let Some(functions) = network.eni_has_failed(cx, eni) else { return };
    for function in functions {
        compute.network_has_failed(cx, network, function);
    }
    network.retry_eni_later(cx, eni);
}
