//! Execution environments: started for an invocation, used again while idle, reaped.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::decision::{Cause, Choice, Decision, NetworkChoice, PassedOver};
use crate::effect::{Effect, Effects, LogEvent, LogLine, Refusal, Status};
use crate::engine::{Engine, mac, uuid};
use crate::function::{EniModel, Function, RoleVerdict, Settings};
use crate::id::{EniId, EnvironmentId, FunctionId, RequestId, SubnetId, Version, VpcId};
use crate::network::eni::{EniUser, NewEni};
use crate::network::state::fresh;
use crate::node::{Attachment, EnvironmentSpec, Exit, NodeCommand, Stages};
use crate::plan::Holder;
use crate::scope::{Scope, Tags};
use crate::time::Time;
use crate::timer::Timer;

/// One place where a version can run.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its id.
    pub id: EnvironmentId,
    /// Whose.
    pub function: FunctionId,
    /// Which version; 0 is `$LATEST`.
    pub version: Version,
    /// Where it is in its life.
    pub phase: Phase,
    /// When it entered that phase.
    pub since: Time,
    /// Its network.
    pub network: NetworkChoice,
    /// Invocations it has had, the present one included.
    pub invocations: u64,
    /// Bytes of memory at the highest, as far as known.
    pub memory_peak: u64,
    /// What is needed to tell of it.
    pub story: Box<Story>,
    /// The invocation it has or had last.
    pub last: Option<RequestId>,
    /// When its phase ends by itself.
    pub(crate) due: Option<Time>,
    pub(crate) looks: Looks,
    pub(crate) limits: Allowance,
    /// Its code or configuration is no longer in force.
    pub(crate) superseded: bool,
    /// The duration of its init until a `REPORT` told it.
    pub(crate) init: Option<Duration>,
    /// What it was started by, until it is ready.
    pub(crate) spec: Option<Box<EnvironmentSpec>>,
}

/// What is needed to tell of an environment, apart from its life: kept out of the way of that.
#[derive(Debug, Clone)]
pub struct Story {
    /// The function's owner.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// When it was started.
    pub created: Time,
    /// How long the stages of its start took, once it is ready.
    pub stages: Option<Stages>,
    /// Its log stream.
    pub log_stream: String,
    /// Why it was started.
    pub decision: Decision,
}

/// When the timers will look at an environment next, by what for: the deadline of each kind only
/// moves on, so one look of each is enough however often it is used.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Looks {
    work: Option<Time>,
    idle: Option<Time>,
}

/// What of the settings is needed while it lives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    pub(crate) timeout: Duration,
    pub(crate) memory: u32,
}

/// Where an environment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It starts for this invocation.
    Init {
        /// Which invocation waits for it.
        request: RequestId,
        /// Whether its init failed once and is done again, within the invocation's time.
        again: bool,
    },
    /// Its init failed, and it is being stopped to be started again.
    Resetting(RequestId),
    /// It waits, frozen.
    Idle,
    /// It has this invocation.
    Busy(RequestId),
    /// It is being stopped.
    Reaping,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Init { .. } | Phase::Resetting(_) => "init",
            Phase::Idle => "idle",
            Phase::Busy(_) => "busy",
            Phase::Reaping => "reaping",
        })
    }
}

impl Environment {
    /// Its ENI, if it has one, and whether others share it.
    pub fn eni(&self) -> Option<EniId> {
        match self.network {
            NetworkChoice::Outside => None,
            NetworkChoice::Created { eni, .. } | NetworkChoice::Shared { eni, .. } => Some(eni),
        }
    }

    /// The subnet of its ENI.
    pub fn subnet(&self) -> Option<SubnetId> {
        match self.network {
            NetworkChoice::Outside => None,
            NetworkChoice::Created { subnet, .. } | NetworkChoice::Shared { subnet, .. } => {
                Some(subnet)
            }
        }
    }

    pub(crate) fn shared_eni(&self) -> Option<EniId> {
        match self.network {
            NetworkChoice::Shared { eni, .. } => Some(eni),
            NetworkChoice::Outside | NetworkChoice::Created { .. } => None,
        }
    }

    pub(crate) fn own_eni(&self) -> Option<EniId> {
        match self.network {
            NetworkChoice::Created { eni, .. } => Some(eni),
            NetworkChoice::Outside | NetworkChoice::Shared { .. } => None,
        }
    }

    /// Gives its phase a deadline; answers whether the timers must look at it then.
    pub(crate) fn falls_due(&mut self, at: Time) -> bool {
        self.due = Some(at);
        let look = match self.phase {
            Phase::Idle => &mut self.looks.idle,
            Phase::Init { .. } | Phase::Resetting(_) | Phase::Busy(_) | Phase::Reaping => {
                &mut self.looks.work
            }
        };
        let is_first = look.is_none_or(|look| at < look);
        if is_first {
            *look = Some(at);
        }
        is_first
    }

    /// The invocation that has it or waits for it.
    pub fn request(&self) -> Option<RequestId> {
        match self.phase {
            Phase::Init { request, .. } | Phase::Resetting(request) | Phase::Busy(request) => {
                Some(request)
            }
            Phase::Idle | Phase::Reaping => None,
        }
    }
}

/// What a further environment is wanted for.
pub(crate) struct Wanted {
    pub(crate) request: RequestId,
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
    pub(crate) cause: Cause,
    pub(crate) role: RoleVerdict,
    /// What was passed over before, in an earlier try for the same invocation.
    pub(crate) passed_over: Vec<PassedOver>,
}

impl Engine {
    /// Starts an environment for an invocation; refused when it can have no network.
    pub(crate) fn start_environment(
        &mut self,
        now: Time,
        wanted: Wanted,
        out: &mut Effects,
    ) -> Result<EnvironmentId, Refusal> {
        let Wanted { request, function, version, cause, role, mut passed_over } = wanted;
        let function = self.functions.by_id[&function].clone();
        let configuration = function.configuration(version).expect("the version was found");
        let settings = configuration.in_force().clone();
        let id = self.environments.fresh(&mut self.random);
        let tried = passed_over.len();
        let chosen =
            self.choose_network(now, id, &function, &settings, &cause, role, &mut passed_over);
        let (network, attachment) = match chosen {
            Ok(chosen) => chosen,
            Err(refusal) => {
                let choice = Choice::Refuse(refusal.exception().into());
                let decision = self.journal.draft(now, cause, choice, passed_over);
                self.journal.keep(decision);
                return Err(refusal);
            }
        };
        let busy = self.busy_environments(function.id, version);
        let choice =
            Choice::Start { environment: id, busy: busy.len() as u32, network: network.clone() };
        if tried == 0 {
            let named = busy.into_iter().take(crate::limits::BUSY_NAMED).map(PassedOver::Busy);
            passed_over.splice(0..0, named);
        }
        let mut decision = self.journal.draft(now, cause, choice, passed_over);
        decision.id = self.journal.keep(decision.clone());
        let log_stream = self.log_stream(now, version);
        let spec = EnvironmentSpec {
            environment: id,
            function: function.id,
            arn: function.arn(version),
            name: function.name.clone(),
            version: version.spelled(),
            region: function.scope.region.clone(),
            runtime: settings.runtime,
            handler: settings.handler,
            code: configuration.code.sha256,
            memory: settings.memory,
            ephemeral: settings.ephemeral,
            variables: settings.variables,
            log_stream: log_stream.clone(),
            attachment,
        };
        let environment = Environment {
            id,
            function: function.id,
            version,
            phase: Phase::Init { request, again: false },
            since: now,
            network,
            invocations: 0,
            memory_peak: 0,
            story: Box::new(Story {
                scope: function.scope,
                name: function.name,
                created: now,
                stages: None,
                log_stream,
                decision,
            }),
            last: Some(request),
            due: None,
            looks: Looks::default(),
            limits: Allowance {
                timeout: Duration::from_secs(u64::from(settings.timeout)),
                memory: settings.memory,
            },
            superseded: false,
            init: None,
            spec: Some(Box::new(spec.clone())),
        };
        self.environments.insert(id, environment);
        self.live(function.id).environments.insert(id);
        self.set_due(id, now + self.config.limits.init);
        self.timers.age(id, now + self.config.limits.age);
        out.push(Effect::Command(NodeCommand::Start(Box::new(spec))));
        self.log(now, id, LogLine::InitStart, out);
        Ok(id)
    }

    /// `YYYY/MM/DD/[version]` and 32 hexadecimal digits.
    fn log_stream(&mut self, now: Time, version: Version) -> String {
        let (year, month, day) = now.date();
        let (first, second) = (self.random.draw(), self.random.draw());
        format!("{year:04}/{month:02}/{day:02}/[{}]{first:016x}{second:016x}", version.spelled())
    }

    fn busy_environments(&self, function: FunctionId, version: Version) -> Vec<EnvironmentId> {
        let Some(live) = self.live.get(&function) else { return Vec::new() };
        let of_version = live.environments.iter().filter_map(|id| self.environments.get(id));
        of_version
            .filter(|each| each.version == version && each.request().is_some())
            .map(|each| each.id)
            .collect()
    }

    /// The outside, an ENI of its own, or a share in one: round-robin over the function's subnets.
    #[expect(clippy::too_many_arguments, reason = "one caller, and each is a fact of the choice")]
    fn choose_network(
        &mut self,
        now: Time,
        environment: EnvironmentId,
        function: &Function,
        settings: &Settings,
        cause: &Cause,
        role: RoleVerdict,
        passed_over: &mut Vec<PassedOver>,
    ) -> Result<(NetworkChoice, Attachment), Refusal> {
        let Some(vpc) = settings.vpc.as_ref().filter(|vpc| !vpc.subnets.is_empty()) else {
            return Ok((NetworkChoice::Outside, Attachment::Outside));
        };
        let cursor = self.live(function.id).cursor;
        let count = vpc.subnets.len();
        let order = (0..count).map(|step| (cursor as usize + step) % count);
        match self.eni_model(&function.tags) {
            EniModel::Hyperplane => {
                for at in order {
                    let key = (vpc.subnets[at], vpc.groups.clone());
                    if let Some(eni) = self.share(&key, passed_over) {
                        self.live(function.id).cursor = (at as u32 + 1) % count as u32;
                        let network = NetworkChoice::Shared { eni, subnet: key.0, cursor };
                        return Ok((network, Attachment::Hyperplane(eni)));
                    }
                }
                Err(Refusal::InvokeNodeFailed("the function's shared ENI is not ready".into()))
            }
            EniModel::Classic => {
                if role == RoleVerdict::Denied {
                    return Err(Refusal::InvokeRoleMayNot);
                }
                for at in order {
                    let subnet = vpc.subnets[at];
                    let Some(network) = self.network.subnets.get(&subnet) else {
                        passed_over.push(PassedOver::SubnetGone(subnet));
                        continue;
                    };
                    let vpc_id = network.vpc;
                    if self.free_addresses(subnet) == 0 {
                        let held = self.holders(subnet).count() as u32;
                        passed_over.push(PassedOver::SubnetFull(subnet, held));
                        continue;
                    }
                    self.may_add_eni(vpc_id, passed_over)?;
                    let wish = (environment, subnet, cursor, passed_over.clone());
                    let eni = self.classic_eni(now, function, vpc.groups.clone(), cause, wish)?;
                    self.live(function.id).cursor = (at as u32 + 1) % count as u32;
                    let plan = self.network.eni_plan(eni, Holder::Environment);
                    let network = NetworkChoice::Created { eni, subnet, cursor };
                    return Ok((network, Attachment::Classic(plan)));
                }
                let is_full = |each: &PassedOver| matches!(each, PassedOver::SubnetFull(..));
                if passed_over.iter().any(is_full) {
                    return Err(Refusal::InvokeSubnetsFull);
                }
                Err(Refusal::InvokeNoSubnet(vpc.subnets[0]))
            }
        }
    }

    fn may_add_eni(&self, vpc: VpcId, passed_over: &mut Vec<PassedOver>) -> Result<(), Refusal> {
        let held = self.lambda_enis(vpc);
        if held >= self.config.limits.enis_per_vpc as usize {
            passed_over.push(PassedOver::EniQuota(held as u32));
            return Err(Refusal::InvokeEniLimit);
        }
        Ok(())
    }

    fn classic_eni(
        &mut self,
        now: Time,
        function: &Function,
        groups: BTreeSet<crate::id::GroupId>,
        cause: &Cause,
        (environment, subnet, cursor, passed_over): (EnvironmentId, SubnetId, u32, Vec<PassedOver>),
    ) -> Result<EniId, Refusal> {
        let id = fresh(&mut self.random, &self.network.enis, EniId);
        let choice = Choice::CreateEni { eni: id, subnet, cursor };
        let decision = self.journal.draft(now, cause.clone(), choice, passed_over);
        let uuid = uuid(&mut self.random);
        let new = NewEni {
            id,
            mac: mac(&mut self.random),
            scope: function.scope.clone(),
            subnet,
            groups,
            address: None,
            description: format!("AWS Lambda VPC ENI-{}-{uuid}", function.name),
            user: EniUser::Environment(environment, function.id),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        match self.network.create_eni(new, &self.config.limits) {
            Ok(_) => {
                self.journal.keep(decision);
                Ok(id)
            }
            Err(Refusal::Limit(_)) => Err(Refusal::InvokeEniLimit),
            Err(Refusal::NoGroup(group)) => Err(Refusal::InvokeNoGroup(group)),
            Err(other) => Err(Refusal::InvokeNodeFailed(format!("{other:?}"))),
        }
    }

    pub(crate) fn log(
        &self,
        at: Time,
        environment: EnvironmentId,
        line: LogLine,
        out: &mut Effects,
    ) {
        if let Some(of) = self.environments.get(&environment) {
            out.push(Effect::Log(LogEvent { at, function: of.function, environment, line }));
        }
    }

    pub(crate) fn enter(&mut self, now: Time, environment: EnvironmentId, phase: Phase) {
        if let Some(environment) = self.environments.get_mut(&environment) {
            environment.phase = phase;
            environment.since = now;
            environment.due = None;
        }
    }

    /// Gives an environment's phase a deadline.
    pub(crate) fn set_due(&mut self, id: EnvironmentId, at: Time) {
        let known = self.environments.get_mut(&id);
        if known.is_some_and(|environment| environment.falls_due(at)) {
            self.timers.look(id, at);
        }
    }

    /// Looks whether an environment's phase has come to its deadline.
    pub(crate) fn phase_is_due(
        &mut self,
        now: Time,
        looked: Time,
        id: EnvironmentId,
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        let looks = &mut environment.looks;
        for look in [&mut looks.work, &mut looks.idle] {
            if *look == Some(looked) {
                *look = None;
            }
        }
        let Some(due) = environment.due else { return };
        if due > now {
            return self.set_due(id, due);
        }
        match environment.phase {
            Phase::Init { again: false, .. } => {
                let spent = (self.config.limits.init, Status::Timeout);
                self.init_again(now, id, spent, out);
            }
            Phase::Init { request, again: true } | Phase::Busy(request) => {
                self.timed_out(now, request, out);
            }
            Phase::Idle => self.reap(now, id, Cause::Idle(id), out),
            Phase::Resetting(_) | Phase::Reaping => {}
        }
    }

    /// The runtime asks for its first event.
    pub(crate) fn environment_is_ready(
        &mut self,
        now: Time,
        id: EnvironmentId,
        stages: Stages,
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        let Phase::Init { request, again } = environment.phase else { return };
        environment.story.stages = Some(stages);
        environment.spec = None;
        environment.init = (!again).then_some(stages.runtime);
        self.deliver(now, request, id, out);
    }

    /// An init failed, by itself or by its time: it is done again once, within the invocation.
    /// Answers whether it is.
    pub(crate) fn init_again(
        &mut self,
        now: Time,
        id: EnvironmentId,
        (duration, status): (Duration, Status),
        out: &mut Effects,
    ) -> bool {
        let Some(environment) = self.environments.get(&id) else { return false };
        let Phase::Init { request, again } = environment.phase else { return false };
        let phase = if again { "invoke" } else { "init" };
        self.log(now, id, LogLine::InitReport { duration, status, phase }, out);
        if again {
            return false;
        }
        self.enter(now, id, Phase::Resetting(request));
        out.push(Effect::Command(NodeCommand::Stop(id)));
        true
    }

    /// Stops an environment for good.
    pub(crate) fn reap(&mut self, now: Time, id: EnvironmentId, cause: Cause, out: &mut Effects) {
        let Some(environment) = self.environments.get(&id) else { return };
        if environment.phase == Phase::Reaping {
            return;
        }
        let (function, version) = (environment.function, environment.version);
        let eni = environment.own_eni();
        let was_idle = environment.phase == Phase::Idle;
        if was_idle && let Some(live) = self.live.get_mut(&function) {
            live.take_from_idle(version, id);
        }
        let choice = Choice::Reap { environment: id, eni };
        let decision = self.journal.draft(now, cause, choice, Vec::new());
        self.journal.keep(decision);
        self.enter(now, id, Phase::Reaping);
        out.push(Effect::Command(NodeCommand::Stop(id)));
    }

    /// An environment has answered: it becomes idle, or is reaped when it is out of date.
    pub(crate) fn rest(&mut self, now: Time, id: EnvironmentId, out: &mut Effects) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        if environment.superseded {
            return self.reap(now, id, Cause::Superseded(id), out);
        }
        let (function, version) = (environment.function, environment.version);
        environment.phase = Phase::Idle;
        environment.since = now;
        let due = now + self.config.limits.idle;
        if environment.falls_due(due) {
            self.timers.look(id, due);
        }
        if let Some(live) = self.live.get_mut(&function) {
            live.idle(version).push_back(id);
        }
    }

    /// The idle environment that was used last, if there is one.
    pub(crate) fn take_idle(
        &mut self,
        function: FunctionId,
        version: Version,
    ) -> Option<EnvironmentId> {
        self.live.get_mut(&function)?.idle(version).pop_back()
    }

    /// Never uses the environments of a version again: idle ones are reaped, busy ones after.
    pub(crate) fn supersede(
        &mut self,
        now: Time,
        function: FunctionId,
        version: Option<Version>,
        out: &mut Effects,
    ) {
        let Some(live) = self.live.get(&function) else { return };
        let ids: Vec<_> = live.environments.iter().copied().collect();
        for id in ids {
            let Some(environment) = self.environments.get_mut(&id) else { continue };
            if version.is_some_and(|version| environment.version != version) {
                continue;
            }
            environment.superseded = true;
            if environment.phase == Phase::Idle {
                self.reap(now, id, Cause::Superseded(id), out);
            }
        }
    }

    /// An environment's process ended by itself.
    pub(crate) fn environment_has_exited(
        &mut self,
        now: Time,
        id: EnvironmentId,
        exit: Exit,
        memory_peak: u64,
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        environment.memory_peak = environment.memory_peak.max(memory_peak);
        match environment.phase {
            Phase::Init { request, .. } => {
                let spent = (now - environment.since, Status::Error(exit.error_type().into()));
                if !self.init_again(now, id, spent, out) {
                    self.died(now, request, id, exit, out);
                }
            }
            Phase::Busy(request) => self.died(now, request, id, exit, out),
            Phase::Idle => self.reap(now, id, Cause::Failure(id), out),
            // It is being stopped already.
            Phase::Resetting(_) | Phase::Reaping => {}
        }
    }

    /// An environment and all it held are gone: its addresses are free.
    pub(crate) fn environment_is_gone(&mut self, now: Time, id: EnvironmentId, out: &mut Effects) {
        let Some(environment) = self.environments.get_mut(&id) else { return };
        match environment.phase {
            Phase::Resetting(request) => {
                let spec = environment.spec.clone().expect("it was never ready");
                let limit = now + environment.limits.timeout;
                self.enter(now, id, Phase::Init { request, again: true });
                self.set_due(id, limit);
                out.push(Effect::Command(NodeCommand::Start(spec)));
            }
            Phase::Reaping => self.bury(now, id, out),
            // Told of an earlier life.
            Phase::Init { .. } | Phase::Idle | Phase::Busy(_) => {}
        }
    }

    fn bury(&mut self, now: Time, id: EnvironmentId, out: &mut Effects) {
        let mut environment = self.environments.remove(&id).expect("the caller found it");
        environment.since = now;
        environment.spec = None;
        let function = environment.function;
        if let Some(live) = self.live.get_mut(&function) {
            live.environments.remove(&id);
        }
        self.forget_if_gone(function);
        match environment.network {
            NetworkChoice::Outside => {}
            NetworkChoice::Created { eni, .. } => self.release_eni(now, eni),
            NetworkChoice::Shared { eni, .. } => {
                if let Some(shared) = self.pairs.shared_mut(eni) {
                    shared.environments -= 1;
                    let key = self.pairs.of_eni[&eni].clone();
                    self.settle_pair(now, &key, out);
                }
            }
        }
        self.journal.bury(environment);
    }

    /// Gives up a classic ENI: at once, or `available` for as long as AWS would leave it.
    fn release_eni(&mut self, now: Time, eni: EniId) {
        let wait = self.config.limits.eni_release;
        if wait.is_zero() {
            return self.eni_is_due(now, eni);
        }
        let until = now + wait;
        let released = self.network.enis.get_mut(&eni).expect("its environment held it");
        released.user = EniUser::Released(until);
        self.timers.set(Timer::Eni(eni), until);
    }

    /// Deletes a classic ENI whose time is up; somebody else may have done so before.
    pub(crate) fn eni_is_due(&mut self, now: Time, eni: EniId) {
        if !self.network.enis.contains_key(&eni) {
            return;
        }
        let cause = Cause::Api { operation: "reclaim".into(), function: None };
        self.network.remove_eni(eni);
        self.journal.forget(eni);
        let decision = self.journal.draft(now, cause, Choice::DeleteEni(eni), Vec::new());
        self.journal.keep(decision);
    }

    /// Checks environments against ENIs, invocations and what functions know of them.
    pub(crate) fn check_environments(&self) {
        for (id, environment) in self.environments.iter() {
            let live = &self.live[&environment.function];
            assert!(live.environments.contains(id), "{id} is unknown to its function");
            let mut idle = live.idle.iter().filter(|(of, _)| *of == environment.version);
            let idle = idle.any(|(_, all)| all.contains(id));
            assert_eq!(idle, environment.phase == Phase::Idle, "{id} and idleness");
            if let Some(eni) = environment.own_eni() {
                let user = &self.network.enis[&eni].user;
                assert_eq!(*user, EniUser::Environment(*id, environment.function), "{eni}");
            }
            if let Some(request) = environment.request() {
                assert_eq!(self.invocations[&request].environment, *id, "{id} and its invocation");
            }
        }
        for eni in self.network.enis.values() {
            if let EniUser::Environment(environment, _) = &eni.user {
                assert_eq!(self.environments[environment].own_eni(), Some(eni.id), "{}", eni.id);
            }
        }
        for live in self.live.values() {
            for id in &live.environments {
                assert!(self.environments.contains_key(id), "{id} is gone");
            }
        }
    }
}

impl Exit {
    /// The type of error that AWS gives in `REPORT`.
    pub(crate) fn error_type(self) -> &'static str {
        match self {
            Exit::OutOfMemory => "Runtime.OutOfMemory",
            Exit::Status(_) | Exit::Signal(_) => "Runtime.ExitError",
        }
    }
}
