//! Invocations: each gets a permit and an environment, and ends in one answer.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::base::id::{EnvironmentId, FunctionId, RequestId, Version};
use crate::base::limits::{KeepAlive, Limits, USED_STALE};
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::environment::Environment;
use crate::compute::environment::start::Wanted;
use crate::compute::invocation::{Detail, Invocation, Of};
use crate::cx::Cx;
use crate::effect::{Effect, EffectSink, InvokeRefusal, Throttle};
use crate::input::{Invoke, InvokeKind, Qualifier, Target};
use crate::network::Network;
use crate::node::{Called, Delivery};
use crate::record::decision::{Choice, PassedOver};
use crate::record::function::{Function, RoleVerdict};
use crate::record::{Change, Record};

/// What leaves no room for one more invocation.
struct Exhausted {
    what: Throttle,
    /// As many may run at once.
    limit: u32,
}

impl Compute {
    // In line: see `hot`.
    #[inline(always)]
    pub(crate) fn invoke(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        network: &mut Network,
        invoke: Invoke,
    ) {
        let (version, route) = match invoke.qualifier {
            None => (Version(0), None),
            Some(Qualifier::Version(version)) => (version, None),
            Some(Qualifier::Alias(alias)) => match self.aliases.route(alias, cx.random) {
                Some(route) => (route.version, Some(route)),
                None => return refuse(&mut cx.any(), &invoke, InvokeRefusal::FunctionGone),
            },
        };
        let found = match self.known_invokable(cx.now, &invoke, version) {
            Some(found) => Ok(found),
            None => self.may_invoke(&mut cx.any(), network, &invoke, version),
        };
        let (function, home) = match found {
            Ok(found) => found,
            Err(refusal) => return refuse(&mut cx.any(), &invoke, refusal),
        };
        if invoke.kind == InvokeKind::Async {
            let request = RequestId::random(cx.random);
            return self.accept_event(&mut cx.any(), request, function, invoke);
        }
        if let Some(context) = &invoke.context
            && self.is_loop(function, context.hops)
        {
            let refusal = InvokeRefusal::Recursive(function);
            return refuse(&mut cx.any(), &invoke, refusal);
        }
        let request = RequestId::numbered(cx.journal.next());
        let (caller, payload) = (invoke.caller, invoke.payload);
        let is_plain = invoke.by.is_empty()
            && invoke.context.is_none()
            && invoke.qualifier.is_none()
            && invoke.role == RoleVerdict::Allowed;
        let detail = (!is_plain).then(|| {
            Box::new(Detail {
                by: invoke.by,
                context: invoke.context,
                is_qualified: route.is_none() && invoke.qualifier.is_some(),
                route,
                role: invoke.role,
                ..Detail::default()
            })
        });
        let invocation = Invocation { caller, payload, trail: 0, detail };
        let of = Of { request, function, version, home };
        if let Err(refusal) = self.run(cx, network, of, invocation) {
            cx.out.push(Effect::Release(payload));
            cx.out.push(Effect::Refused(caller, Box::new(refusal)));
        }
    }

    /// The function, and the slot of what it has, if it is known from before that it can be invoked.
    // In line: see `hot`.
    #[inline(always)]
    fn known_invokable(
        &self,
        now: Time,
        invoke: &Invoke,
        version: Version,
    ) -> Option<(FunctionId, u32)> {
        let id = self.named(&invoke.function)?;
        let home = self.live.slot(&id)?;
        let live = self.live.at(home);
        (version == Version(0) && live.is_invokable && now <= live.used + USED_STALE)
            .then_some((id, home))
    }

    #[inline]
    fn named(&self, target: &Target) -> Option<FunctionId> {
        match target {
            Target::Known(id) => Some(*id),
            Target::Named(named) => self.functions.names.get(&named.0)?.get(&named.1).copied(),
        }
    }

    /// Whether the function is there and in a state to be invoked.
    #[inline(never)]
    fn may_invoke(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        invoke: &Invoke,
        version: Version,
    ) -> Result<(FunctionId, u32), InvokeRefusal> {
        let id = self.named(&invoke.function);
        let missing = || match &invoke.function {
            Target::Named(named) => {
                let (scope, name) = (**named).clone();
                InvokeRefusal::NoFunction(scope, name, invoke.qualifier.map(|_| version))
            }
            Target::Known(_) => InvokeRefusal::FunctionGone,
        };
        let function = id.and_then(|id| self.functions.by_id.get(&id)).ok_or_else(missing)?;
        let configuration = function.configuration(version).ok_or_else(missing)?;
        let id = function.id;
        if let Some(busy) = configuration.state.busy() {
            let name = function.name.clone();
            self.restore_network(cx, network, id);
            return Err(InvokeRefusal::Busy(name, busy));
        }
        self.mark_used(cx, id);
        self.settle_touched();
        let used = self.functions.by_id[&id].used;
        let home = self.home(id);
        let live = self.live.at_mut(home);
        live.used = used;
        live.is_invokable |= version == Version(0);
        Ok((id, home))
    }

    /// Notes that a function is in use, durably once a day.
    fn mark_used(&mut self, cx: &mut Cx<'_>, function: FunctionId) {
        if cx.now - self.functions.by_id[&function].used > USED_STALE {
            let function: &mut Function =
                self.functions.get_mut(&function).expect("it was just found");
            function.used = cx.now;
            let record = Record::Function(Box::new(function.clone()));
            cx.persist(Vec::from([Change::Put(Box::new(record))]));
        }
    }

    /// Gives an invocation a permit and an environment, idle or new.
    #[inline]
    pub(crate) fn run(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        network: &mut Network,
        of: Of,
        invocation: Invocation,
    ) -> Result<(), InvokeRefusal> {
        if let Err(exhausted) = self.may_run(of.home, cx.limits) {
            return self
                .run_soon(&mut cx.any(), of, invocation)
                .map_err(|invocation| self.throttle(&mut cx.any(), of, &invocation, exhausted));
        }
        self.stirs(cx, of.function, of.version, invocation.role());
        if network.has_failed_plans() && self.is_closed(network, of.function, of.version) {
            return self.run_in_new(&mut cx.any(), network, of, invocation);
        }
        let idle = &mut self.live.at_mut(of.home).of(of.version).idle;
        match idle.take_newest(&mut self.idle_links) {
            Some(slot) => {
                self.reuse(cx, network, of, slot, invocation);
                Ok(())
            }
            None => self
                .run_soon(&mut cx.any(), of, invocation)
                .or_else(|invocation| self.run_in_new(&mut cx.any(), network, of, invocation)),
        }
    }

    /// Gives an invocation that has waited in vain a permit and an environment, idle or new.
    pub(super) fn run_at_once(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        of: Of,
        invocation: Invocation,
    ) -> Result<(), InvokeRefusal> {
        if let Err(exhausted) = self.may_run(of.home, cx.limits) {
            return Err(self.throttle(cx, of, &invocation, exhausted));
        }
        if network.has_failed_plans() && self.is_closed(network, of.function, of.version) {
            return self.run_in_new(cx, network, of, invocation);
        }
        let idle = &mut self.live.at_mut(of.home).of(of.version).idle;
        match idle.take_newest(&mut self.idle_links) {
            Some(slot) => {
                self.reuse(cx, network, of, slot, invocation);
                Ok(())
            }
            None => self.run_in_new(cx, network, of, invocation),
        }
    }

    /// Whether the VPC of a version has a plan that failed: nothing begins in it, neither in an
    /// environment that is idle nor in a new one.
    #[inline(never)]
    pub(super) fn is_closed(
        &self,
        network: &Network,
        function: FunctionId,
        version: Version,
    ) -> bool {
        let function = self.functions.by_id.get(&function);
        let configuration = function.and_then(|function| function.configuration(version));
        let vpc = configuration.and_then(|each| each.in_force().vpc.as_ref());
        vpc.and_then(|vpc| vpc.vpc).is_some_and(|vpc| network.failed_plan(vpc).is_some())
    }

    /// The trail of an invocation: the one that its earlier attempt began, or its own.
    pub(super) fn trail_of(cx: &mut Cx<'_>, of: Of, invocation: &Invocation) -> u64 {
        // One that has waited has begun its own.
        if invocation.trail != 0 {
            return invocation.trail;
        }
        let resumed = invocation.resumes().then(|| cx.journal.resumed(of.request)).flatten();
        resumed.unwrap_or_else(|| cx.journal.begin(cx.now, of.request, of.function).0)
    }

    /// Notes that an invocation may not run, and answers why.
    #[inline(never)]
    fn throttle(
        &mut self,
        cx: &mut Cx<'_>,
        of: Of,
        invocation: &Invocation,
        exhausted: Exhausted,
    ) -> InvokeRefusal {
        let refusal = InvokeRefusal::Throttled(exhausted.what);
        let trail = Compute::trail_of(cx, of, invocation);
        cx.end_trail(trail, None, refusal.exception());
        let choice = Choice::Refuse(refusal.exception().into());
        let over = Vec::from([PassedOver::Concurrency(exhausted.limit)]);
        let decision = cx.journal.draft(cx.now, invocation.cause(of), choice, over);
        cx.journal.keep(decision);
        refusal
    }

    /// Starts an environment for an invocation.
    #[inline(never)]
    fn run_in_new(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        of: Of,
        mut invocation: Invocation,
    ) -> Result<(), InvokeRefusal> {
        let Of { request, function, version, home } = of;
        let trail = Compute::trail_of(cx, of, &invocation);
        invocation.trail = trail;
        let wanted = Wanted {
            function,
            version,
            cause: invocation.cause(of),
            role: invocation.role(),
            passed_over: Vec::new(),
        };
        let environment = match self.start_environment(cx, network, wanted) {
            Ok(environment) => environment,
            Err(refusal) => {
                cx.end_trail(trail, None, refusal.exception());
                return Err(refusal);
            }
        };
        self.permit(home, version);
        if let Some(trail) = cx.journal.trail_mut(trail) {
            trail.environment = environment;
            trail.started = true;
        }
        self.note_asker(environment, &invocation);
        self.give(environment, request, invocation);
        Ok(())
    }

    /// An environment tells who asked for the event that it was started for.
    pub(super) fn note_asker(&mut self, environment: EnvironmentId, invocation: &Invocation) {
        let asker = invocation.asked_by();
        if asker.is_some()
            && let Some(slot) = self.environments.slot(&environment)
        {
            self.environments.at_mut(slot).story_mut().asked_by = asker;
        }
    }

    /// Gives an invocation to an environment that was idle.
    #[inline]
    fn reuse(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        network: &Network,
        of: Of,
        slot: u32,
        mut invocation: Invocation,
    ) {
        self.leaves_idle(slot);
        self.permit(of.home, of.version);
        let known = self.environments.at_mut(slot);
        if invocation.trail != 0 || invocation.resumes() {
            invocation.trail = note_reuse(&mut cx.any(), of, known, &invocation);
        } else {
            let id = cx.journal.number();
            let (number, trail) = cx.journal.begin(cx.now, of.request, of.function);
            let reuse = &mut trail.reuse;
            (reuse.id, reuse.eni) = (id, known.eni().map_or(0, |eni| eni.0));
            (reuse.nth, reuse.attempt) = (known.invocations() as u32 + 1, invocation.attempt());
            if let Some(detail) = &invocation.detail
                && !detail.by.is_empty()
            {
                reuse.by = Some(detail.by.as_str().into());
            }
            invocation.trail = number;
        }
        known.give(of.request, invocation);
        if known.is_blank() {
            return self.begin_again(&mut cx.any(), network, slot);
        }
        self.deliver(cx, of.request, slot);
    }

    /// Whether one more invocation may run.
    // In line: see `hot`.
    #[inline(always)]
    fn may_run(&mut self, home: u32, limits: &Limits) -> Result<(), Exhausted> {
        let live = self.live.at(home);
        let (scope, inflight, reserved) = (live.scope, live.inflight, live.reserved);
        if let Some(reserved) = reserved {
            return match inflight < reserved {
                true => Ok(()),
                false => Err(Exhausted { what: Throttle::Reserved, limit: reserved }),
            };
        }
        let used = self.scopes.of(scope);
        let pool = limits.concurrency.saturating_sub(used.reserved_sum);
        match used.inflight - used.in_reserved < pool {
            true => Ok(()),
            false => Err(Exhausted { what: Throttle::Concurrency, limit: pool }),
        }
    }

    // In line: see `hot`.
    #[inline(always)]
    pub(super) fn permit(&mut self, home: u32, version: Version) {
        let live = self.live.at_mut(home);
        live.inflight += 1;
        live.of(version).permits += 1;
        let used = self.scopes.of(live.scope);
        used.inflight += 1;
        used.in_reserved += u32::from(live.reserved.is_some());
    }

    // In line: see `hot`.
    #[inline(always)]
    pub(super) fn give_back_permit(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        home: u32,
        version: Version,
    ) {
        let live = self.live.at_mut(home);
        live.inflight -= 1;
        live.of(version).permits -= 1;
        let used = self.scopes.of(live.scope);
        used.inflight -= 1;
        used.in_reserved -= u32::from(live.reserved.is_some());
        if live.inflight == 0 && matches!(cx.limits.keep_alive, KeepAlive::Histogram(_)) {
            self.note_idle(cx.now, home);
        }
    }

    pub(super) fn give(
        &mut self,
        environment: EnvironmentId,
        request: RequestId,
        invocation: Invocation,
    ) {
        let environment = self.environments.get_mut(&environment).expect("it was just started");
        environment.give(request, invocation);
    }

    /// Gives an environment the event of its invocation.
    #[inline]
    pub(crate) fn deliver(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        request: RequestId,
        slot: u32,
    ) {
        let environment = self.environments.at_mut(slot);
        let id = environment.id();
        let limit = environment.begin(cx.now);
        if environment.wants_look(limit) {
            cx.timers.look(id, limit);
        }
        let (payload, trail) = (environment.payload(), environment.trail());
        let version = environment.version();
        let detail = environment.detail();
        // An invocation is delivered once.
        let (mut qualifier, mut context, mut route) = (None, None, None);
        if let Some(detail) = detail {
            qualifier = detail.is_qualified.then_some(Called::Version(version));
            context = detail.context.take();
            route = detail.route.take();
        }
        if let Some(route) = &route {
            qualifier = Some(Called::Alias(route.alias.as_str().into()));
        }
        if let Some(trail) = cx.journal.trail_mut(trail) {
            trail.environment = id;
            trail.delivered = cx.now;
            if route.is_some() {
                trail.route = route;
            }
        }
        cx.out.deliver(Delivery {
            environment: id,
            request,
            payload,
            deadline: limit,
            qualifier,
            context,
        });
    }
}

/// Notes on an invocation's trail, which may have begun before, that an environment is used again.
#[inline(never)]
pub(super) fn note_reuse(
    cx: &mut Cx<'_>,
    of: Of,
    known: &Environment,
    invocation: &Invocation,
) -> u64 {
    let (environment, eni) = (known.id(), known.eni());
    let choice = Choice::Reuse { environment, eni, nth: known.invocations() + 1 };
    let trail = Compute::trail_of(cx, of, invocation);
    let decision = cx.journal.draft(cx.now, invocation.cause(of), choice, Vec::new());
    cx.journal.keep(decision);
    trail
}

/// Answers an invocation that is not run.
#[inline(never)]
fn refuse(cx: &mut Cx<'_>, invoke: &Invoke, refusal: InvokeRefusal) {
    cx.out.push(Effect::Release(invoke.payload));
    cx.out.push(Effect::Refused(invoke.caller, Box::new(refusal)));
}
