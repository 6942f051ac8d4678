//! Attachments of environments: which subnet and which ENI each gets, and what becomes of them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{EniId, EnvironmentId, GroupId, SubnetId, VpcId};
use crate::base::limits::Limits;
use crate::base::random::{fresh, mac, uuid};
use crate::base::scope::Tags;
use crate::base::timer::Timer;
use crate::cx::Cx;
use crate::network::Network;
use crate::network::address::Pool;
use crate::network::eni::{self, NewEni};
use crate::network::pair::PairKey;
use crate::node::{Attachment, Launch};
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice, NetworkChoice, PassedOver};
use crate::record::eni::EniUser;
use crate::record::function::{EniModel, RoleVerdict, VpcConfig};

/// An environment that is to be attached.
#[derive(Debug)]
pub(crate) struct Attach<'a> {
    pub(crate) environment: EnvironmentId,
    pub(crate) launch: &'a Launch,
    pub(crate) cause: &'a Cause,
    /// Whether the execution role may manage ENIs.
    pub(crate) role: RoleVerdict,
    /// At which of the function's subnets the search begins.
    pub(crate) cursor: u32,
    /// What was passed over so far, and is in this search.
    pub(crate) passed_over: &'a mut Vec<PassedOver>,
}

/// Where an environment was attached.
#[derive(Debug)]
pub(crate) struct Attached {
    pub(crate) network: NetworkChoice,
    pub(crate) attachment: Attachment,
    /// Where the next search begins.
    pub(crate) cursor: u32,
}

/// Why an environment cannot be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AttachRefusal {
    /// No shared ENI of the function's pairs carries traffic.
    NotReady,
    /// The execution role may not manage ENIs.
    RoleMayNot,
    /// No subnet has a free address.
    SubnetsFull,
    TooManyEnis,
    NoSubnet(SubnetId),
    NoGroup(GroupId),
    /// The VPC's plan could not be put in force: why.
    Plan(String),
    /// Something else that an ENI was refused for.
    Eni(String),
}

impl Network {
    /// Attaches an environment: to the outside, by an ENI of its own, or by a share in one;
    /// round-robin over the function's subnets.
    pub(crate) fn attach(
        &mut self,
        cx: &mut Cx<'_>,
        mut wish: Attach<'_>,
    ) -> Result<Attached, AttachRefusal> {
        let launch = wish.launch;
        let Some(vpc) = launch.vpc.as_ref().filter(|vpc| !vpc.subnets.is_empty()) else {
            let (network, attachment) = (NetworkChoice::Outside, Attachment::Outside);
            return Ok(Attached { network, attachment, cursor: wish.cursor });
        };
        let failed = vpc.vpc.and_then(|id| Some((id, self.failed_plan(id)?)));
        if let Some((id, failed)) = failed {
            let text = failed.text(id);
            wish.passed_over.push(PassedOver::PlanFailed(id, failed.generation, text.clone()));
            return Err(AttachRefusal::Plan(text));
        }
        match launch.eni_model {
            EniModel::Hyperplane => self.attach_to_shared(vpc, &mut wish),
            EniModel::Classic => self.attach_to_own(cx, vpc, &mut wish),
        }
    }

    fn attach_to_shared(
        &mut self,
        vpc: &VpcConfig,
        wish: &mut Attach<'_>,
    ) -> Result<Attached, AttachRefusal> {
        let cursor = wish.cursor;
        for at in round_robin(cursor, vpc.subnets.len()) {
            let (subnet, groups) = (vpc.subnets[at], vpc.groups.clone());
            let key = PairKey { subnet, groups, ipv6: vpc.ipv6 };
            if let Some(eni) = self.share(&key, wish.passed_over) {
                let network = NetworkChoice::Shared { eni, subnet: key.subnet, cursor };
                let attachment = Attachment::Hyperplane(eni);
                return Ok(Attached { network, attachment, cursor: after(at, vpc) });
            }
        }
        Err(AttachRefusal::NotReady)
    }

    fn attach_to_own(
        &mut self,
        cx: &mut Cx<'_>,
        vpc: &VpcConfig,
        wish: &mut Attach<'_>,
    ) -> Result<Attached, AttachRefusal> {
        if wish.role == RoleVerdict::Denied {
            return Err(AttachRefusal::RoleMayNot);
        }
        let cursor = wish.cursor;
        for at in round_robin(cursor, vpc.subnets.len()) {
            let subnet = vpc.subnets[at];
            let Some(known) = self.subnets.get(&subnet) else {
                wish.passed_over.push(PassedOver::SubnetGone(subnet));
                continue;
            };
            let vpc_id = known.vpc;
            let pool = &self.pools[&subnet];
            if pool.free() == 0 {
                let held = Pool::holders(pool).count() as u32;
                wish.passed_over.push(PassedOver::SubnetFull(subnet, held));
                continue;
            }
            self.may_add_eni(vpc_id, wish.passed_over, cx.limits)?;
            let eni = self.create_own(cx, subnet, vpc, wish)?;
            let attachment = Attachment::Classic(self.eni_plan(eni, Holder::Environment));
            let network = NetworkChoice::Created { eni, subnet, cursor };
            return Ok(Attached { network, attachment, cursor: after(at, vpc) });
        }
        let is_full = |each: &PassedOver| matches!(each, PassedOver::SubnetFull(..));
        match wish.passed_over.iter().any(is_full) {
            true => Err(AttachRefusal::SubnetsFull),
            false => Err(AttachRefusal::NoSubnet(vpc.subnets[0])),
        }
    }

    fn may_add_eni(
        &self,
        vpc: VpcId,
        passed_over: &mut Vec<PassedOver>,
        limits: &Limits,
    ) -> Result<(), AttachRefusal> {
        let held = self.tally.of_functions(vpc);
        if held >= limits.enis_per_vpc as usize {
            passed_over.push(PassedOver::EniQuota(held as u32));
            return Err(AttachRefusal::TooManyEnis);
        }
        Ok(())
    }

    /// Makes a classic ENI, which one environment holds.
    fn create_own(
        &mut self,
        cx: &mut Cx<'_>,
        subnet: SubnetId,
        vpc: &VpcConfig,
        wish: &Attach<'_>,
    ) -> Result<EniId, AttachRefusal> {
        let id = fresh(cx.random, &self.enis, EniId);
        let choice = Choice::CreateEni { eni: id, subnet, cursor: wish.cursor };
        let passed_over = wish.passed_over.clone();
        let decision = cx.journal.draft(cx.now, wish.cause.clone(), choice, passed_over);
        let uuid = uuid(cx.random);
        let new = NewEni {
            id,
            mac: mac(cx.random),
            scope: wish.launch.scope.clone(),
            subnet,
            groups: vpc.groups.clone(),
            address: None,
            addresses6: self.addresses6_for(subnet, vpc.ipv6, cx.random),
            description: format!("AWS Lambda VPC ENI-{}-{uuid}", wish.launch.name),
            user: EniUser::Environment(wish.environment, wish.launch.function),
            tags: Tags::new(),
            decision: decision.clone(),
        };
        match self.create_eni(new, cx.limits) {
            Ok(_) => {
                self.eni_comes(cx, id);
                cx.journal.keep(decision);
                Ok(id)
            }
            Err(eni::Refusal::TooMany | eni::Refusal::TooManyGroups) => {
                Err(AttachRefusal::TooManyEnis)
            }
            Err(eni::Refusal::NoGroup(group)) => Err(AttachRefusal::NoGroup(group)),
            Err(other) => Err(AttachRefusal::Eni(format!("{other:?}"))),
        }
    }

    /// What the node is told of an attachment that was made before.
    pub(crate) fn attachment(&self, network: &NetworkChoice) -> Attachment {
        match network {
            NetworkChoice::Outside => Attachment::Outside,
            NetworkChoice::Shared { eni, .. } => Attachment::Hyperplane(*eni),
            NetworkChoice::Created { eni, .. } => {
                Attachment::Classic(self.eni_plan(*eni, Holder::Environment))
            }
        }
    }

    /// An environment is gone: gives up what it was attached by.
    pub(crate) fn detach(&mut self, cx: &mut Cx<'_>, network: &NetworkChoice) {
        match network {
            NetworkChoice::Outside => {}
            NetworkChoice::Created { eni, .. } => self.release_own(cx, *eni),
            NetworkChoice::Shared { eni, .. } => self.unshare(cx, *eni),
        }
    }

    /// Gives up a classic ENI: at once, or `available` for as long as AWS would leave it.
    fn release_own(&mut self, cx: &mut Cx<'_>, eni: EniId) {
        let wait = cx.limits.eni_release;
        if wait.is_zero() {
            return self.eni_is_due(cx, eni);
        }
        let until = cx.now + wait;
        self.release_eni(eni, until);
        cx.timers.set(Timer::Eni(eni), until);
    }

    /// Deletes a classic ENI whose time is up; somebody else may have done so before.
    pub(crate) fn eni_is_due(&mut self, cx: &mut Cx<'_>, eni: EniId) {
        if !self.enis.contains_key(&eni) {
            return;
        }
        let cause = Cause::Api { operation: "reclaim".into(), function: None };
        let mut changes = Vec::new();
        self.remove_eni(cx, eni, &mut changes);
        cx.persist(changes);
        cx.journal.forget(eni);
        let decision = cx.journal.draft(cx.now, cause, Choice::DeleteEni(eni), Vec::new());
        cx.journal.keep(decision);
    }
}

/// The places of so many subnets, from the cursor on and around.
fn round_robin(cursor: u32, count: usize) -> impl Iterator<Item = usize> {
    (0..count).map(move |step| (cursor as usize + step) % count)
}

/// The place after the one that was chosen.
fn after(at: usize, vpc: &VpcConfig) -> u32 {
    (at as u32 + 1) % vpc.subnets.len() as u32
}
