//! Plans of VPCs as they come: put in force where there is a router, and known until there is one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use engine::id::VpcId;
use engine::node::NodeReport;
use engine::plan::VpcPlan;

use super::router::Router;
use super::{Net, Vpc, lock, namespace};
use crate::agent::NetworkError;
use crate::error::{chain, failure};

impl Net {
    /// Has a VPC as planned: all of it, or what was in force before.
    fn put_plan(&self, plan: Arc<VpcPlan>) -> Result<(), NetworkError> {
        self.note_names(&plan);
        let vpc = {
            let mut vpcs = lock(&self.vpcs);
            let Some(vpc) = vpcs.get(&plan.vpc) else {
                let (id, shared, followed) = (plan.vpc, BTreeMap::new(), Arc::clone(&plan));
                let vpc = Vpc { plan, followed, shared, router: None, is_closed: false };
                vpcs.insert(id, Arc::new(Mutex::new(vpc)));
                return Ok(());
            };
            Arc::clone(vpc)
        };
        let mut known = lock(&vpc);
        let Vpc { plan: in_force, followed, router, is_closed, .. } = &mut *known;
        *is_closed = true;
        if let Some(router) = router {
            self.change(router, in_force, &plan)?;
            // The rules are by it from here on, whatever comes of all else.
            in_force.clone_from(&plan);
            self.follow(router, followed, &plan)?;
            self.readdress(router, followed, &plan)?;
            if plan.is_metered && !followed.is_metered {
                let failed = NetworkError::of("reading the flows of a VPC");
                self.read_flows(plan.vpc, &vpc).map_err(failed)?;
            }
        }
        self.are_peers_stale.fetch_or(!plan.peers.is_empty(), Ordering::Relaxed);
        *is_closed = false;
        in_force.clone_from(&plan);
        *followed = plan;
        self.pass_on(in_force)
    }

    /// Has the resources of a VPC have the secondary addresses of a plan that is in force, in the place
    /// of those they had.
    fn readdress(
        &self,
        router: &mut Router,
        before: &VpcPlan,
        plan: &VpcPlan,
    ) -> Result<(), NetworkError> {
        if before.secondaries == plan.secondaries {
            return Ok(());
        }
        let mut resources = lock(&self.resources);
        let none = BTreeSet::new();
        for resource in resources.values_mut().filter(|resource| resource.plan().vpc == plan.vpc) {
            let eni = resource.plan().eni;
            let (had, has) = (before.secondaries.get(&eni), plan.secondaries.get(&eni));
            if had != has {
                resource.readdress4(router, had.unwrap_or(&none))?;
            }
        }
        Ok(())
    }

    /// Puts a plan in force and reports it. One of an earlier generation than what is there is late.
    pub(super) fn plan(&self, plan: Arc<VpcPlan>) {
        let (vpc, generation) = (plan.vpc, plan.generation);
        let known = lock(&self.vpcs).get(&vpc).cloned();
        if known.is_some_and(|known| lock(&known).plan.generation > generation) {
            return tracing::debug!(%vpc, ?generation, "plan is older than the one in force");
        }
        (self.report)(match self.put_plan(plan).and_then(|()| self.link_peers(Some(vpc))) {
            Ok(()) => NodeReport::PlanInForce { vpc, generation },
            Err(error) => {
                let text = chain(&error);
                tracing::error!(%vpc, ?generation, error = text, "plan not in force");
                let failure = failure(&error, error.kind());
                NodeReport::PlanFailed { vpc, generation, failure }
            }
        });
    }

    pub(super) fn delete_vpc(&self, id: VpcId) {
        if let Some(vpc) = lock(&self.vpcs).remove(&id) {
            lock(&vpc).router = None;
            self.leave_edge(id);
            self.end_resolver(id);
            namespace::unpin(&self.directory.join(id.to_string()));
        }
    }
}
