//! Hops of a plan: whom a VPC's routes lead to beside who has the address that is meant.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::base::cidr::Cidr;
use crate::base::id::{EniId, GroupId, PeeringId, SubnetId, VpcId};

/// An ENI of a resource that packets of others are led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MiddleboxPlan {
    /// Which ENI.
    pub eni: EniId,
    /// Its subnet, by whose routes it passes packets on.
    pub subnet: SubnetId,
    /// Its private address.
    pub address: Ipv4Addr,
    /// Whether it takes and sends packets that are neither for nor from its own address.
    pub forwards: bool,
}

/// The VPC at the other end of a peering connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerPlan {
    /// By which connection.
    pub peering: PeeringId,
    /// Which VPC.
    pub vpc: VpcId,
    /// Its blocks, to which the connection leads and from which it brings.
    pub cidrs: Vec<Cidr>,
    /// Of its security groups that rules of this VPC name, the addresses of the ENIs that carry them.
    pub members: BTreeMap<GroupId, BTreeSet<Ipv4Addr>>,
}

impl PeerPlan {
    /// Whether an address is of the other VPC.
    pub fn has(&self, address: Ipv4Addr) -> bool {
        self.cidrs.iter().any(|block| block.contains(address))
    }
}
