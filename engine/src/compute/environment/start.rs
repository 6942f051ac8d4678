//! Starts of environments: which network they get, and what the node is told.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Environment, Story};
use crate::base::id::{EnvironmentId, FunctionId, Version};
use crate::base::limits::{BUSY_NAMED, KeepAlive};
use crate::compute::Compute;
use crate::cx::Cx;
use crate::effect::{Effect, InvokeRefusal, LogEvent, LogLine};
use crate::network::Network;
use crate::network::attach::{Attach, AttachRefusal, Attached};
use crate::node::{EnvironmentSpec, Launch, LogStream, NodeCommand};
use crate::record::decision::{Cause, Choice, Decision, NetworkChoice, PassedOver};
use crate::record::function::RoleVerdict;

/// What a further environment is wanted for.
pub(crate) struct Wanted {
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
    pub(crate) cause: Cause,
    pub(crate) role: RoleVerdict,
    /// What was passed over before, in an earlier try for the same invocation.
    pub(crate) passed_over: Vec<PassedOver>,
}

impl Compute {
    /// Starts an environment for an invocation, or ahead of one; refused when it can have no
    /// network.
    pub(crate) fn start_environment(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        wanted: Wanted,
    ) -> Result<EnvironmentId, InvokeRefusal> {
        let Wanted { function, version, cause, role, mut passed_over } = wanted;
        let launch = self.launch(function, version);
        let id = self.environments.fresh(cx.random);
        let is_first_try = passed_over.is_empty();
        let cursor = self.live(function).cursor;
        let wish = Attach {
            environment: id,
            launch: &launch,
            cause: &cause,
            role,
            cursor,
            passed_over: &mut passed_over,
        };
        let attached = match network.attach(cx, wish) {
            Ok(attached) => attached,
            Err(refused) => {
                let refusal = refusal(refused);
                let choice = Choice::Refuse(refusal.exception().into());
                let decision = cx.journal.draft(cx.now, cause, choice, passed_over);
                cx.journal.keep(decision);
                return Err(refusal);
            }
        };
        self.live(function).cursor = attached.cursor;
        // In a further try, the invocation has its permit already.
        let busy = self.live(function).of(version).permits - u32::from(!is_first_try);
        let network = attached.network.clone();
        let choice = Choice::Start { environment: id, busy, network };
        if is_first_try && busy > 0 {
            let named = self.busy_environments(function, version).map(PassedOver::Busy);
            let named: Vec<_> = named.take(BUSY_NAMED).collect();
            passed_over.splice(0..0, named);
        }
        let mut decision = cx.journal.draft(cx.now, cause, choice, passed_over);
        decision.id = cx.journal.keep(decision.clone());
        self.begin_environment(cx, id, version, launch, attached, decision);
        Ok(id)
    }

    /// Has an environment, and tells the node to start it.
    fn begin_environment(
        &mut self,
        cx: &mut Cx<'_>,
        id: EnvironmentId,
        version: Version,
        launch: Arc<Launch>,
        attached: Attached,
        decision: Decision,
    ) {
        let Attached { network, attachment, .. } = attached;
        let random = u128::from(cx.random.draw()) << 64 | u128::from(cx.random.draw());
        let log_stream = LogStream { began: cx.now, version, random };
        let eni = match network {
            NetworkChoice::Outside => None,
            NetworkChoice::Created { eni, .. } | NetworkChoice::Shared { eni, .. } => Some(eni),
        };
        let home = self.home(launch.function);
        let siblings = &mut self.live.at_mut(home).rest.environments;
        let place = siblings.len() as u32;
        siblings.push(id);
        let spec =
            EnvironmentSpec { environment: id, launch: launch.clone(), log_stream, attachment };
        let story = Story {
            launch,
            created: cx.now,
            stages: None,
            init_within: None,
            log_stream,
            network,
            decision,
            asked_by: None,
            resets: 0,
            is_resetting: false,
            tries: 0,
            wants_room: false,
            room_for: None,
            after: None,
            priority: 0,
            place,
        };
        let environment = Environment::new(id, home, version, eni, story);
        self.keeper.memory += u64::from(environment.memory());
        self.environments.insert(environment);
        let slot = self.environments.slot(&id).expect("it was just put in");
        self.idle_links.reach(slot);
        self.set_due(cx, id, cx.now + cx.limits.init);
        cx.timers.age(id, cx.now + cx.limits.age);
        cx.command(NodeCommand::Start(Box::new(spec)));
        let line = LogLine::InitStart;
        cx.out.push(Effect::Log(LogEvent { at: cx.now, environment: id, line }));
        if let KeepAlive::GreedyDual(memory) = cx.limits.keep_alive {
            self.make_room(cx, memory);
        }
    }

    /// What the node needs to know of a version, made once until its function changes.
    fn launch(&mut self, function: FunctionId, version: Version) -> Arc<Launch> {
        self.settle_touched();
        if let Some(known) = self.live(function).rest.launch(version) {
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
            layers: settings.content().collect(),
            timeout: settings.timeout,
            memory: settings.memory,
            ephemeral: settings.ephemeral,
            variables: settings.variables.clone().unwrap_or_default(),
            eni_model: self.eni_model(&known.tags),
            vpc: settings.vpc.clone(),
            logging: settings.logging.clone(),
        });
        self.live(function).rest.launches.push((version, launch.clone()));
        launch
    }

    /// What the node was told to start.
    pub(super) fn spec(&self, network: &Network, id: EnvironmentId) -> EnvironmentSpec {
        let story = self.environments[&id].story();
        let attachment = network.attachment(&story.network);
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
            .filter(move |each| each.version() == version && each.is_taken())
            .map(Environment::id)
    }
}

/// Why an invocation cannot have an environment.
fn refusal(refused: AttachRefusal) -> InvokeRefusal {
    match refused {
        AttachRefusal::NotReady => {
            InvokeRefusal::NodeFailed("the function's shared ENI is not ready".into())
        }
        AttachRefusal::RoleMayNot => InvokeRefusal::RoleMayNot,
        AttachRefusal::SubnetsFull => InvokeRefusal::SubnetsFull,
        AttachRefusal::TooManyEnis => InvokeRefusal::EniLimit,
        AttachRefusal::NoSubnet(id) => InvokeRefusal::NoSubnet(id),
        AttachRefusal::NoGroup(id) => InvokeRefusal::NoGroup(id),
        AttachRefusal::Plan(why) | AttachRefusal::Eni(why) => InvokeRefusal::NodeFailed(why),
    }
}
