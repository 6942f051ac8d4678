//! The network: what a VPC is made of, and what may be done with it.

pub mod address;
pub(crate) mod attach;
pub mod eni;
pub mod group;
pub(crate) mod pair;
pub mod reach;
pub mod resource;
mod share;
pub mod subnet;
pub mod tag;
pub mod vpc;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::{CallerId, EniId, GroupId, ResourceId, SubnetId, VpcId};
use crate::base::limits::Limits;
use crate::base::scope::Scope;
use crate::cx::Cx;
use crate::effect::{Effect, Refusal, Reply};
use crate::network::address::Pool;
use crate::network::eni::Tally;
use crate::network::pair::Pairs;
use crate::network::resource::Making;
use crate::node::NodeCommand;
use crate::plan::{
    GroupPlan, RoutePlan, RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use crate::record::Change;
use crate::record::eni::Eni;
use crate::record::group::{Direction, Group};
use crate::record::resource::Resource;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;
use crate::tickets::Waiting;

/// What a request changed: the answer, what is to be stored, what the node is to do.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) reply: Reply,
    pub(crate) changes: Vec<Change>,
    pub(crate) commands: Vec<NodeCommand>,
}

/// The outcome of a request; a refusal has changed nothing.
pub(crate) type Outcome = Result<Done, Refusal>;

/// VPCs, subnets, security groups, ENIs with their addresses, pairs and resources.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub(crate) vpcs: BTreeMap<VpcId, Vpc>,
    pub(crate) subnets: BTreeMap<SubnetId, Subnet>,
    pub(crate) groups: BTreeMap<GroupId, Group>,
    pub(crate) enis: BTreeMap<EniId, Eni>,
    pub(crate) pools: BTreeMap<SubnetId, Pool>,
    pub(crate) tally: Tally,
    pub(crate) pairs: Pairs,
    pub(crate) resources: BTreeMap<ResourceId, Resource>,
    /// Resources that are being made.
    pub(crate) making: BTreeMap<ResourceId, Making>,
    /// The paths of the namespaces that resources have.
    pub(crate) namespaces: BTreeMap<ResourceId, String>,
}

/// Answers a caller by what a request came to, once what changed is durable.
pub(crate) fn conclude(cx: &mut Cx<'_>, caller: CallerId, outcome: Outcome) {
    let done = match outcome {
        Ok(done) => done,
        Err(refusal) => return cx.out.push(Effect::Respond(caller, Box::new(Err(refusal)))),
    };
    done.commands.into_iter().for_each(|command| cx.command(command));
    if done.changes.is_empty() {
        return cx.out.push(Effect::Respond(caller, Box::new(Ok(done.reply))));
    }
    cx.tickets.persist_for(Waiting::Reply(caller, done.reply), done.changes, &mut cx.out);
}

impl Network {
    pub(crate) fn vpc(&self, scope: &Scope, id: VpcId) -> Result<&Vpc, Refusal> {
        self.vpcs.get(&id).filter(|vpc| vpc.scope == *scope).ok_or(Refusal::NoVpc(id))
    }

    pub(crate) fn subnet(&self, scope: &Scope, id: SubnetId) -> Result<&Subnet, Refusal> {
        self.subnets.get(&id).filter(|subnet| subnet.scope == *scope).ok_or(Refusal::NoSubnet(id))
    }

    pub(crate) fn group(&self, scope: &Scope, id: GroupId) -> Result<&Group, Refusal> {
        self.groups.get(&id).filter(|group| group.scope == *scope).ok_or(Refusal::NoGroup(id))
    }

    pub(crate) fn eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Refusal> {
        self.enis.get(&id).filter(|eni| eni.scope == *scope).ok_or(Refusal::NoEni(id))
    }

    pub(crate) fn default_vpc(&self, scope: &Scope) -> Option<&Vpc> {
        self.vpcs.values().find(|vpc| vpc.is_default && vpc.scope == *scope)
    }

    /// How many addresses of a subnet are free: `AvailableIpAddressCount`; none when it is gone.
    pub(crate) fn free_addresses(&self, subnet: SubnetId) -> u32 {
        self.pools.get(&subnet).map_or(0, Pool::free)
    }

    /// Which ENI holds which address of a subnet, in rising order.
    pub(crate) fn holders(&self, subnet: SubnetId) -> impl Iterator<Item = (Ipv4Addr, EniId)> + '_ {
        self.pools.get(&subnet).into_iter().flat_map(Pool::holders)
    }

    /// The groups of an ENI to be: those given, which must be of the VPC, or its default group.
    pub(crate) fn groups_for(
        &self,
        scope: &Scope,
        vpc: VpcId,
        groups: BTreeSet<GroupId>,
        limits: &Limits,
    ) -> Result<BTreeSet<GroupId>, Refusal> {
        if groups.is_empty() {
            return Ok(BTreeSet::from([self.vpc(scope, vpc)?.default_group]));
        }
        if groups.len() > limits.groups_per_eni as usize {
            return Err(Refusal::Limit("SecurityGroupsPerInterfaceLimitExceeded"));
        }
        let mut elsewhere = BTreeSet::new();
        for id in &groups {
            if self.group(scope, *id)?.vpc != vpc {
                elsewhere.insert(*id);
            }
        }
        if elsewhere.is_empty() { Ok(groups) } else { Err(Refusal::GroupElsewhere(elsewhere, vpc)) }
    }

    /// What the node is to have for a VPC.
    pub(crate) fn vpc_plan(&self, id: VpcId) -> VpcPlan {
        let vpc = &self.vpcs[&id];
        let table = vpc.main_route_table;
        let subnets = self.subnets.values().filter(|subnet| subnet.vpc == id);
        let groups = self.groups.values().filter(|group| group.vpc == id);
        let local = RoutePlan { destination: vpc.cidr, target: RouteTarget::Local };
        let main = RouteTablePlan { table, routes: Vec::from([local]) };
        VpcPlan {
            subnets: subnets
                .map(|subnet| SubnetPlan { subnet: subnet.id, cidr: subnet.cidr, table })
                .collect(),
            groups: groups.map(|group| (group.id, Arc::new(group_plan(group)))).collect(),
            tables: BTreeMap::from([(table, Arc::new(main))]),
            ..VpcPlan::empty(id, Vec::from([vpc.cidr]))
        }
    }

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(crate) fn check(&self) {
        let mut held = 0;
        for (id, pool) in &self.pools {
            let subnet = &self.subnets[id];
            assert!(self.vpcs.contains_key(&subnet.vpc), "{id} is of a VPC that is gone");
            for (address, eni) in pool.holders() {
                let eni = &self.enis[&eni];
                assert_eq!((eni.subnet, eni.address), (*id, address), "{} and its address", eni.id);
                held += 1;
            }
        }
        assert_eq!(held, self.enis.len(), "one address for each ENI");
        let mut tally = Tally::default();
        self.enis.values().for_each(|eni| tally.add(eni));
        assert_eq!(self.tally, tally, "ENIs as they are counted");
        assert_eq!(self.pools.len(), self.subnets.len(), "one pool for each subnet");
        for eni in self.enis.values() {
            assert!(!eni.groups.is_empty(), "{} is without a security group", eni.id);
            for group in &eni.groups {
                assert_eq!(self.groups[group].vpc, eni.vpc, "{} and its groups", eni.id);
            }
        }
        for vpc in self.vpcs.values() {
            assert!(
                self.groups.contains_key(&vpc.default_group),
                "{} has no default group",
                vpc.id
            );
        }
    }
}

/// What the node is to have for a security group.
pub(crate) fn group_plan(group: &Group) -> GroupPlan {
    let of = |direction: Direction| {
        let rules = group.rules.values().filter(|rule| rule.direction == direction);
        rules
            .map(|rule| RulePlan {
                rule: rule.id,
                protocol: rule.spec.protocol,
                peer: rule.spec.peer,
            })
            .collect()
    };
    GroupPlan {
        group: group.id,
        vpc: group.vpc,
        ingress: of(Direction::Ingress),
        egress: of(Direction::Egress),
    }
}
