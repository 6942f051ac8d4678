//! Elastic network interfaces: an address of a subnet, its security groups, and who holds it.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::decision::Decision;
use crate::id::{EniId, EnvironmentId, FunctionId, GroupId, ResourceId, SubnetId, VpcId};
use crate::scope::{Scope, Tags};
use crate::time::Time;

/// An ENI, as it is stored and described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eni {
    /// Its id.
    pub id: EniId,
    /// Who owns it.
    pub scope: Scope,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its private address.
    pub address: Ipv4Addr,
    /// Its hardware address.
    pub mac: [u8; 6],
    /// Its security groups.
    pub groups: BTreeSet<GroupId>,
    /// Its description; Lambda's begin with `AWS Lambda VPC ENI-`.
    pub description: String,
    /// `SourceDestCheck`; shown.
    pub source_dest_check: bool,
    /// Who made it and uses it.
    pub user: EniUser,
    /// When it was made.
    pub created: Time,
    /// Tags of the ENI.
    pub tags: Tags,
    /// Why it exists.
    pub decision: Decision,
}

/// Who made an ENI and uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EniUser {
    /// Made by `CreateNetworkInterface`, attached to nothing.
    Customer,
    /// Classic: held by one execution environment.
    Environment(EnvironmentId, FunctionId),
    /// Hyperplane: shared by every function with this subnet and set of groups.
    Pair,
    /// An attached process or an exposed host port.
    Resource(ResourceId),
    /// Given up by Lambda, `available` until it is deleted at this instant.
    Released(Time),
}

/// What may be asked about ENIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EniRequest {
    /// `CreateNetworkInterface`.
    Create {
        /// The owner.
        scope: Scope,
        /// In which subnet.
        subnet: SubnetId,
        /// Its groups; none is the VPC's default group.
        groups: BTreeSet<GroupId>,
        /// The address asked for, if any.
        address: Option<Ipv4Addr>,
        /// Its description.
        description: String,
        /// Tags to begin with.
        tags: Tags,
    },
    /// `DeleteNetworkInterface`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        eni: EniId,
    },
    /// `ModifyNetworkInterfaceAttribute`.
    Modify {
        /// The owner.
        scope: Scope,
        /// Which one.
        eni: EniId,
        /// Its groups from now on, if they change.
        groups: Option<BTreeSet<GroupId>>,
        /// Its description, if it changes.
        description: Option<String>,
        /// `SourceDestCheck`, if it changes.
        source_dest_check: Option<bool>,
    },
}
