//! Subnets: a block of a VPC in one availability zone.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::cidr::Cidr;
use crate::id::{AclAssociationId, SubnetId, VpcId};
use crate::scope::{Scope, Tags};

/// A subnet, as it is stored and described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// Who owns it.
    pub scope: Scope,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its block.
    pub cidr: Cidr,
    /// The availability zone's name, for instance `us-east-1a`.
    pub zone: String,
    /// The availability zone's id, for instance `use1-az1`.
    pub zone_id: String,
    /// Whether it is its zone's default subnet.
    pub default_for_zone: bool,
    /// `MapPublicIpOnLaunch`.
    pub map_public: bool,
    /// The association with the default network ACL.
    pub acl_association: AclAssociationId,
    /// Tags of the subnet.
    pub tags: Tags,
}

/// What may be asked about subnets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubnetRequest {
    /// `CreateSubnet`.
    Create {
        /// The owner.
        scope: Scope,
        /// In which VPC.
        vpc: VpcId,
        /// Its block, /16 to /28, inside the VPC's and apart from its other subnets'.
        cidr: Cidr,
        /// The zone's name and id, known to be one of the region's.
        zone: (String, String),
        /// Tags to begin with.
        tags: Tags,
    },
    /// `DeleteSubnet`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        subnet: SubnetId,
    },
    /// `ModifySubnetAttribute`.
    Modify {
        /// The owner.
        scope: Scope,
        /// Which one.
        subnet: SubnetId,
        /// `MapPublicIpOnLaunch`.
        map_public: bool,
    },
}
