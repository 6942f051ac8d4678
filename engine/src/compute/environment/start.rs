//! Starts of environments: which network they get, and what the node is told.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Environment, Facts, IS_PUBLISHED, Look, NEVER, Phase, Story};
use crate::base::id::{
    CallerId, EniId, EnvironmentId, FunctionId, GroupId, PayloadId, RequestId, SubnetId, Version,
    VpcId,
};
use crate::base::limits::KeepAlive;
use crate::base::random::{fresh, mac, uuid};
use crate::base::scope::Tags;
use crate::base::time::Time;
use crate::effect::{Effect, EffectSink, LogEvent, LogLine, Refusal};
use crate::engine::Engine;
use crate::network::eni::{self, NewEni};
use crate::node::{Attachment, EnvironmentSpec, Launch, LogStream, NodeCommand};
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice, NetworkChoice, PassedOver};
use crate::record::eni::EniUser;
use crate::record::function::{EniModel, RoleVerdict};

/// What a further environment is wanted for.
pub(crate) struct Wanted {
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
    pub(crate) cause: Cause,
    pub(crate) role: RoleVerdict,
    /// What was passed over before, in an earlier try for the same invocation.
    pub(crate) passed_over: Vec<PassedOver>,
}

/// A choice of network that is to be made.
struct Ask<'a> {
    environment: EnvironmentId,
    launch: &'a Launch,
    cause: &'a Cause,
    role: RoleVerdict,
}

impl Engine {
    /// Starts an environment for an invocation, or ahead of one; refused when it can have no
    /// network.
    pub(crate) fn start_environment(
        &mut self,
        now: Time,
        wanted: Wanted,
        out: &mut dyn EffectSink,
    ) -> Result<EnvironmentId, Refusal> {
        let Wanted { function, version, cause, role, mut passed_over } = wanted;
        let launch = self.launch(function, version);
        let id = self.environments.fresh(&mut self.random);
        let is_first_try = passed_over.is_empty();
        let ask = Ask { environment: id, launch: &launch, cause: &cause, role };
        let (network, attachment) = match self.choose_network(now, &ask, &mut passed_over) {
            Ok(chosen) => chosen,
            Err(refusal) => {
                let choice = Choice::Refuse(refusal.exception().into());
                let decision = self.journal.draft(now, cause, choice, passed_over);
                self.journal.keep(decision);
                return Err(refusal);
            }
        };
        // In a further try, the invocation has its permit already.
        let busy = self.live(function).of(version).permits - u32::from(!is_first_try);
        let choice = Choice::Start { environment: id, busy, network: network.clone() };
        if is_first_try && busy > 0 {
            let named = self.busy_environments(function, version).map(PassedOver::Busy);
            let named: Vec<_> = named.take(crate::base::limits::BUSY_NAMED).collect();
            passed_over.splice(0..0, named);
        }
        let mut decision = self.journal.draft(now, cause, choice, passed_over);
        decision.id = self.journal.keep(decision.clone());
        let random = u128::from(self.random.draw()) << 64 | u128::from(self.random.draw());
        let log_stream = LogStream { began: now, version, random };
        let eni = match network {
            NetworkChoice::Outside => EniId(0),
            NetworkChoice::Created { eni, .. } | NetworkChoice::Shared { eni, .. } => eni,
        };
        let home = self.home(function);
        let environments = &mut self.live.at_mut(home).rest.environments;
        let place = environments.len() as u32;
        environments.push(id);
        let spec =
            EnvironmentSpec { environment: id, launch: launch.clone(), log_stream, attachment };
        let story = Story {
            launch,
            created: now,
            stages: None,
            log_stream,
            network,
            decision,
            priority: 0,
            place,
        };
        let short = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
        let (timeout, memory) = (short(story.launch.timeout), short(story.launch.memory));
        let version = u32::try_from(version.0).expect("versions are counted from 1");
        let mut facts = Facts::default();
        if version > 0 {
            facts.set(IS_PUBLISHED);
        }
        self.environments.insert(Environment {
            id,
            since: now,
            caller: CallerId(0),
            payload: PayloadId(0),
            trail: 0,
            eni,
            home,
            look: Look::default(),
            invocations: 0,
            timeout,
            phase: Phase::Init,
            facts,
            story: Box::new(story),
            detail: None,
            due: NEVER,
            foreign: RequestId(0),
            version,
            memory_peak: 0,
            memory,
        });
        let slot = self.environments.slot(&id).expect("it was just put in");
        self.idle_links.reach(slot);
        self.set_due(id, now + self.config.limits.init);
        self.timers.age(id, now + self.config.limits.age);
        out.push(Effect::command(NodeCommand::Start(Box::new(spec))));
        let line = LogLine::InitStart;
        out.push(Effect::Log(LogEvent { at: now, environment: id, line }));
        self.keeper.memory += u64::from(memory);
        if let KeepAlive::GreedyDual(memory) = self.config.limits.keep_alive {
            self.make_room(now, memory, out);
        }
        Ok(id)
    }

    /// What the node needs to know of a version, made once until its function changes.
    fn launch(&mut self, function: FunctionId, version: Version) -> Arc<Launch> {
        self.settle_touched();
        if let Some(known) = self.live(function).launch(version) {
            return known;
        }
        let known = &self.functions.by_id[&function];
        let configuration = known.configuration(version).expect("the version was found");
        let settings = configuration.in_force();
        let launch = Arc::new(Launch {
            function,
            scope: known.scope.clone(),
            arn: known.arn(version),
            name: known.name.clone(),
            version: version.spelled(),
            runtime: settings.runtime.clone(),
            handler: settings.handler.clone(),
            code: configuration.code.sha256,
            timeout: settings.timeout,
            memory: settings.memory,
            ephemeral: settings.ephemeral,
            variables: settings.variables.clone(),
            eni_model: self.eni_model(&known.tags),
            vpc: settings.vpc.clone(),
        });
        self.live(function).rest.launches.push((version, launch.clone()));
        launch
    }

    /// What the node was told to start.
    pub(super) fn spec(&self, id: EnvironmentId) -> EnvironmentSpec {
        let story = &self.environments[&id].story;
        let attachment = match story.network {
            NetworkChoice::Outside => Attachment::Outside,
            NetworkChoice::Shared { eni, .. } => Attachment::Hyperplane(eni),
            NetworkChoice::Created { eni, .. } => {
                Attachment::Classic(self.network.eni_plan(eni, Holder::Environment))
            }
        };
        let (launch, log_stream) = (story.launch.clone(), story.log_stream);
        EnvironmentSpec { environment: id, launch, log_stream, attachment }
    }

    fn busy_environments(
        &self,
        function: FunctionId,
        version: Version,
    ) -> impl Iterator<Item = EnvironmentId> {
        let all = self.live.get(&function).into_iter().flat_map(|live| &live.rest.environments);
        all.filter_map(|id| self.environments.get(id))
            .filter(move |each| each.version() == version && each.request().is_some())
            .map(|each| each.id)
    }

    /// The outside, an ENI of its own, or a share in one: round-robin over the function's subnets.
    fn choose_network(
        &mut self,
        now: Time,
        ask: &Ask<'_>,
        passed_over: &mut Vec<PassedOver>,
    ) -> Result<(NetworkChoice, Attachment), Refusal> {
        let Launch { function, vpc, .. } = ask.launch;
        let Some(vpc) = vpc.as_ref().filter(|vpc| !vpc.subnets.is_empty()) else {
            return Ok((NetworkChoice::Outside, Attachment::Outside));
        };
        let failed = vpc.vpc.and_then(|id| Some((id, self.network.failed_plan(id)?)));
        if let Some((id, failed)) = failed {
            let text = failed.text(id);
            passed_over.push(PassedOver::PlanFailed(id, failed.generation, text.clone()));
            return Err(Refusal::InvokeNodeFailed(text));
        }
        let cursor = self.live(*function).cursor;
        let count = vpc.subnets.len();
        let order = (0..count).map(|step| (cursor as usize + step) % count);
        match ask.launch.eni_model {
            EniModel::Hyperplane => {
                for at in order {
                    let key = (vpc.subnets[at], vpc.groups.clone());
                    if let Some(eni) = self.share(&key, passed_over) {
                        self.live(*function).cursor = (at as u32 + 1) % count as u32;
                        let network = NetworkChoice::Shared { eni, subnet: key.0, cursor };
                        return Ok((network, Attachment::Hyperplane(eni)));
                    }
                }
                Err(Refusal::InvokeNodeFailed("the function's shared ENI is not ready".into()))
            }
            EniModel::Classic => {
                if ask.role == RoleVerdict::Denied {
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
                    let wish = (subnet, cursor, passed_over.clone());
                    let eni = self.classic_eni(now, ask, vpc.groups.clone(), wish)?;
                    self.live(*function).cursor = (at as u32 + 1) % count as u32;
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
        let held = self.network.tally.of_functions(vpc);
        if held >= self.config.limits.enis_per_vpc as usize {
            passed_over.push(PassedOver::EniQuota(held as u32));
            return Err(Refusal::InvokeEniLimit);
        }
        Ok(())
    }

    fn classic_eni(
        &mut self,
        now: Time,
        ask: &Ask<'_>,
        groups: BTreeSet<GroupId>,
        (subnet, cursor, passed_over): (SubnetId, u32, Vec<PassedOver>),
    ) -> Result<EniId, Refusal> {
        let id = fresh(&mut self.random, &self.network.enis, EniId);
        let choice = Choice::CreateEni { eni: id, subnet, cursor };
        let decision = self.journal.draft(now, ask.cause.clone(), choice, passed_over);
        let uuid = uuid(&mut self.random);
        let new = NewEni {
            id,
            mac: mac(&mut self.random),
            scope: ask.launch.scope.clone(),
            subnet,
            groups,
            address: None,
            description: format!("AWS Lambda VPC ENI-{}-{uuid}", ask.launch.name),
            user: EniUser::Environment(ask.environment, ask.launch.function),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        match self.network.create_eni(new, &self.config.limits) {
            Ok(_) => {
                self.journal.keep(decision);
                Ok(id)
            }
            Err(eni::Refusal::TooMany | eni::Refusal::TooManyGroups) => {
                Err(Refusal::InvokeEniLimit)
            }
            Err(eni::Refusal::NoGroup(group)) => Err(Refusal::InvokeNoGroup(group)),
            Err(other) => Err(Refusal::InvokeNodeFailed(format!("{other:?}"))),
        }
    }
}
