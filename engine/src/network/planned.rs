//! Plans of VPCs: what the node was told to have, what it has in force, and what it could not do.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{Generation, VpcId};
use crate::base::limits::{PLAN_AGAIN, PLAN_AGAIN_MOST};
use crate::base::timer::Timer;
use crate::cx::Cx;
use crate::effect::{Effect, Notice};
use crate::network::Network;
use crate::network::group::group_plan;
use crate::node::{Failure, FailureKind, NodeCommand};
use crate::plan::{RoutePlan, RouteTablePlan, RouteTarget, SubnetPlan, VpcPlan};

/// The plan of a VPC, and how it stands with the node that is joined.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// What the node was told last.
    plan: Arc<VpcPlan>,
    /// The last generation that the node said is in force.
    in_force: Option<Generation>,
    /// What it could not do, until that or a later plan is in force.
    failed: Option<FailedPlan>,
}

/// A plan that the node could not put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FailedPlan {
    pub(crate) generation: Generation,
    pub(crate) failure: Failure,
    /// How often the VPC's plans have failed in a row.
    attempts: u32,
}

impl FailedPlan {
    /// What is told of it, for people.
    pub(crate) fn text(&self, vpc: VpcId) -> String {
        format!("generation {} of {vpc} is not in force: {}", self.generation.0, self.failure)
    }

    /// How long it is until it is tried again.
    fn wait(&self) -> Duration {
        match self.failure.kind {
            FailureKind::Never => PLAN_AGAIN_MOST,
            FailureKind::Elsewhere | FailureKind::Later => {
                let doubled = 1u32.checked_shl(self.attempts - 1).unwrap_or(u32::MAX);
                PLAN_AGAIN.saturating_mul(doubled).min(PLAN_AGAIN_MOST)
            }
        }
    }
}

impl Network {
    /// Plans a VPC for the first time, with all that is in it, and tells the node.
    pub(crate) fn plan_vpc(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let plan = Arc::new(self.vpc_plan(vpc, Generation(1)));
        cx.command(NodeCommand::Plan(plan.clone()));
        self.plans.insert(vpc, Planned { plan, in_force: None, failed: None });
    }

    /// Changes the plan of a VPC, which gets its next generation, and tells the node.
    pub(crate) fn replan(
        &mut self,
        cx: &mut Cx<'_>,
        vpc: VpcId,
        change: impl FnOnce(&mut VpcPlan),
    ) {
        let planned = self.plans.get_mut(&vpc).expect("each VPC is planned");
        let plan = Arc::make_mut(&mut planned.plan);
        change(plan);
        plan.generation.0 += 1;
        cx.command(NodeCommand::Plan(planned.plan.clone()));
    }

    /// Plans a VPC with the subnets that it has by now.
    pub(crate) fn replan_subnets(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let subnets = self.subnet_plans(vpc);
        self.replan(cx, vpc, |plan| plan.subnets = subnets);
    }

    /// Forgets the plan of a VPC that is gone.
    pub(crate) fn forget_plan(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        self.plans.remove(&vpc);
        cx.timers.cancel(Timer::Plan(vpc));
    }

    /// The node says that a plan is in force.
    pub(crate) fn plan_is_in_force(&mut self, cx: &mut Cx<'_>, vpc: VpcId, generation: Generation) {
        let Some(planned) = self.plans.get_mut(&vpc) else { return };
        planned.in_force = planned.in_force.max(Some(generation));
        if planned.failed.take_if(|failed| failed.generation <= generation).is_some() {
            cx.timers.cancel(Timer::Plan(vpc));
            cx.out.push(Effect::Notice(Notice::PlanInForce { vpc, generation }));
        }
    }

    /// The node says that it cannot put a plan in force: it is told again after a while.
    pub(crate) fn plan_has_failed(
        &mut self,
        cx: &mut Cx<'_>,
        vpc: VpcId,
        generation: Generation,
        failure: Failure,
    ) {
        let Some(planned) = self.plans.get_mut(&vpc) else { return };
        // A later plan is on its way, and what becomes of that counts.
        if generation != planned.plan.generation {
            return;
        }
        let attempts = planned.failed.take().map_or(0, |failed| failed.attempts).saturating_add(1);
        let failed = FailedPlan { generation, failure, attempts };
        let again = failed.wait();
        cx.timers.set(Timer::Plan(vpc), cx.now + again);
        let failure = failed.failure.clone();
        planned.failed = Some(failed);
        cx.out.push(Effect::Notice(Notice::PlanFailed { vpc, generation, failure, again }));
    }

    /// A plan that failed is tried again.
    pub(crate) fn plan_is_due(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let Some(planned) = self.plans.get(&vpc) else { return };
        if planned.failed.is_some() {
            cx.command(NodeCommand::Plan(planned.plan.clone()));
        }
    }

    /// The plan of a VPC that failed and is not in force yet: no ENI of the VPC is to begin to
    /// carry traffic, since that would be by the rules of an earlier plan.
    pub(crate) fn failed_plan(&self, vpc: VpcId) -> Option<&FailedPlan> {
        self.plans.get(&vpc)?.failed.as_ref()
    }

    /// What the node is to have for a VPC.
    fn vpc_plan(&self, id: VpcId, generation: Generation) -> VpcPlan {
        let vpc = &self.vpcs[&id];
        let groups = self.groups.values().filter(|group| group.vpc == id);
        let table = vpc.main_route_table;
        let local = RoutePlan { destination: vpc.cidr, target: RouteTarget::Local };
        let main = RouteTablePlan { table, routes: Vec::from([local]) };
        VpcPlan {
            vpc: id,
            generation,
            cidrs: Vec::from([vpc.cidr]),
            subnets: self.subnet_plans(id),
            groups: groups.map(|group| (group.id, Arc::new(group_plan(group)))).collect(),
            tables: BTreeMap::from([(table, Arc::new(main))]),
        }
    }

    fn subnet_plans(&self, vpc: VpcId) -> Vec<SubnetPlan> {
        let table = self.vpcs[&vpc].main_route_table;
        let subnets = self.subnets.values().filter(|subnet| subnet.vpc == vpc);
        subnets.map(|subnet| SubnetPlan { subnet: subnet.id, cidr: subnet.cidr, table }).collect()
    }

    /// Checks that each VPC is planned as it is.
    pub(crate) fn check_plans(&self) {
        assert_eq!(self.plans.len(), self.vpcs.len(), "one plan for each VPC");
        for (id, planned) in &self.plans {
            let generation = planned.plan.generation;
            assert_eq!(*planned.plan, self.vpc_plan(*id, generation), "the plan of {id}");
            assert!(planned.in_force <= Some(generation), "{id} is ahead of its plan");
        }
    }
}
