//! The network: what a VPC is made of, and what may be done with it.

pub mod address;
pub(crate) mod attach;
pub mod eni;
pub mod group;
pub(crate) mod pair;
mod planned;
pub mod reach;
pub mod resource;
mod share;
pub mod subnet;
pub mod tag;
pub mod vpc;

use alloc::collections::BTreeMap;
use alloc::string::String;
use core::net::Ipv4Addr;

use crate::base::id::{EniId, GroupId, Missing, ResourceId, SubnetId, VpcId};
use crate::base::scope::Scope;
use crate::network::address::Pool;
use crate::network::eni::Tally;
use crate::network::pair::Pairs;
use crate::network::planned::Planned;
use crate::network::resource::Making;
use crate::record::eni::Eni;
use crate::record::group::Group;
use crate::record::resource::Resource;
use crate::record::subnet::Subnet;
use crate::record::vpc::Vpc;

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
    /// What the node was told of each VPC.
    plans: BTreeMap<VpcId, Planned>,
    /// Resources that are being made.
    pub(crate) making: BTreeMap<ResourceId, Making>,
    /// The paths of the namespaces that resources have.
    pub(crate) namespaces: BTreeMap<ResourceId, String>,
}

impl Network {
    pub(crate) fn vpc(&self, scope: &Scope, id: VpcId) -> Result<&Vpc, Missing<VpcId>> {
        self.vpcs.get(&id).filter(|vpc| vpc.scope == *scope).ok_or(Missing(id))
    }

    pub(crate) fn subnet(&self, scope: &Scope, id: SubnetId) -> Result<&Subnet, Missing<SubnetId>> {
        self.subnets.get(&id).filter(|subnet| subnet.scope == *scope).ok_or(Missing(id))
    }

    pub(crate) fn group(&self, scope: &Scope, id: GroupId) -> Result<&Group, Missing<GroupId>> {
        self.groups.get(&id).filter(|group| group.scope == *scope).ok_or(Missing(id))
    }

    pub(crate) fn eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Missing<EniId>> {
        self.enis.get(&id).filter(|eni| eni.scope == *scope).ok_or(Missing(id))
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

    /// Checks what must hold after every step.
    ///
    /// # Panics
    /// When it does not: that is a bug.
    pub(crate) fn check(&self) {
        self.check_plans();
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
