//! Plans of VPCs: what the node was told to have, what it has in force, and what it could not do.

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
use crate::node::{Failure, FailureKind, NodeCommand};
use crate::plan::VpcPlan;

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
            FailureKind::Elsewhere | FailureKind::Room | FailureKind::Code | FailureKind::Later => {
                let doubled = 1u32.checked_shl(self.attempts - 1).unwrap_or(u32::MAX);
                PLAN_AGAIN.saturating_mul(doubled).min(PLAN_AGAIN_MOST)
            }
        }
    }
}

impl Network {
    /// Plans a VPC for the first time, with all that is in it, and tells the node.
    pub(crate) fn plan_vpc(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let first = VpcPlan { generation: Generation(1), ..VpcPlan::empty(vpc, Vec::new()) };
        let plan = Arc::new(self.filled(first));
        cx.command(NodeCommand::Plan(plan.clone()));
        let before = self.plans.insert(vpc, Planned { plan, in_force: None, failed: None });
        self.failed_plans -= usize::from(before.is_some_and(|before| before.failed.is_some()));
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

    /// Plans a VPC as it is by now. Groups are as they were: they are planned when they change.
    pub(crate) fn replan_all(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let planned = self.plans.get_mut(&vpc).expect("each VPC is planned");
        let groups = core::mem::take(&mut Arc::make_mut(&mut planned.plan).groups);
        let plan = VpcPlan { groups, ..VpcPlan::empty(vpc, Vec::new()) };
        let plan = self.filled(plan);
        self.replan(cx, vpc, |before| *before = VpcPlan { generation: before.generation, ..plan });
    }

    /// The generation of a VPC's plan.
    pub(crate) fn generation(&self, vpc: VpcId) -> Generation {
        self.plans[&vpc].plan.generation
    }

    /// Forgets the plan of a VPC that is gone.
    pub(crate) fn forget_plan(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let planned = self.plans.remove(&vpc);
        self.failed_plans -= usize::from(planned.is_some_and(|planned| planned.failed.is_some()));
        cx.timers.cancel(Timer::Plan(vpc));
    }

    /// The node says that a plan is in force.
    pub(crate) fn plan_is_in_force(&mut self, cx: &mut Cx<'_>, vpc: VpcId, generation: Generation) {
        let Some(planned) = self.plans.get_mut(&vpc) else { return };
        planned.in_force = planned.in_force.max(Some(generation));
        let nats = &self.nat_gateways;
        self.pending_nats.retain(|id, from| {
            nats.get(id).is_some_and(|nat| nat.vpc != vpc || *from > generation)
        });
        if planned.failed.take_if(|failed| failed.generation <= generation).is_some() {
            self.failed_plans -= 1;
            cx.timers.cancel(Timer::Plan(vpc));
            cx.out.push(Effect::Notice(Notice::PlanInForce { vpc, generation }));
            self.try_endpoints_again(cx, vpc);
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
        let before = planned.failed.take();
        self.failed_plans += usize::from(before.is_none());
        let attempts = before.map_or(0, |failed| failed.attempts).saturating_add(1);
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

    /// Whether plans of VPCs have failed and are not in force yet.
    #[inline]
    pub(crate) fn has_failed_plans(&self) -> bool {
        self.failed_plans > 0
    }

    /// The plan of a VPC that failed and is not in force yet: no ENI of the VPC is to begin to
    /// carry traffic, and no invocation to begin behind one, since that would be by the rules of
    /// an earlier plan.
    pub(crate) fn failed_plan(&self, vpc: VpcId) -> Option<&FailedPlan> {
        self.plans.get(&vpc)?.failed.as_ref()
    }

    /// A VPC as the node was told last.
    pub(crate) fn planned(&self, vpc: VpcId) -> &VpcPlan {
        &self.plans[&vpc].plan
    }

    fn filled(&self, mut plan: VpcPlan) -> VpcPlan {
        self.fill_plan(&self.vpcs[&plan.vpc], &mut plan);
        plan
    }

    /// Checks that each VPC is planned as it is.
    pub(crate) fn check_plans(&self) {
        assert_eq!(self.plans.len(), self.vpcs.len(), "one plan for each VPC");
        let failed = self.plans.values().filter(|planned| planned.failed.is_some()).count();
        assert_eq!(failed, self.failed_plans, "failed plans are counted");
        for (id, planned) in &self.plans {
            let generation = planned.plan.generation;
            let wanted = VpcPlan { generation, ..VpcPlan::empty(*id, Vec::new()) };
            assert_eq!(*planned.plan, self.filled(wanted), "the plan of {id}");
            assert!(planned.in_force <= Some(generation), "{id} is ahead of its plan");
        }
    }
}
