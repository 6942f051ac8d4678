//! VPCs: address blocks that belong together, with one implied router.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::cidr::Cidr;
use crate::id::{
    AclId, CidrAssociationId, DhcpOptionsId, GroupId, RouteAssociationId, RouteTableId, VpcId,
};
use crate::scope::{Scope, Tags};

/// A VPC, as it is stored and described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Who owns it.
    pub scope: Scope,
    /// Its primary block.
    pub cidr: Cidr,
    /// The association of the primary block.
    pub cidr_association: CidrAssociationId,
    /// Whether it is the scope's default VPC.
    pub is_default: bool,
    /// `EnableDnsSupport`.
    pub dns_support: bool,
    /// `EnableDnsHostnames`.
    pub dns_hostnames: bool,
    /// The DHCP options it names; shown, not used.
    pub dhcp_options: DhcpOptionsId,
    /// The main route table, which holds the local route.
    pub main_route_table: RouteTableId,
    /// The association of the main route table with the VPC.
    pub main_association: RouteAssociationId,
    /// The default network ACL, which lets everything through.
    pub default_acl: AclId,
    /// The default security group.
    pub default_group: GroupId,
    /// Tags of the VPC.
    pub tags: Tags,
}

/// What may be asked about VPCs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VpcRequest {
    /// `CreateVpc`.
    Create {
        /// The owner.
        scope: Scope,
        /// The primary block, /16 to /28.
        cidr: Cidr,
        /// Tags to begin with.
        tags: Tags,
    },
    /// A new scope's default VPC: 172.31.0.0/16 with a /20 subnet in each zone. Done already:
    /// answered with the one there is.
    CreateDefault {
        /// The owner.
        scope: Scope,
        /// The region's availability zones, by name and zone id.
        zones: Vec<(String, String)>,
    },
    /// `DeleteVpc`.
    Delete {
        /// The owner.
        scope: Scope,
        /// Which one.
        vpc: VpcId,
    },
    /// `ModifyVpcAttribute`.
    Modify {
        /// The owner.
        scope: Scope,
        /// Which one.
        vpc: VpcId,
        /// `EnableDnsSupport`, if it changes.
        dns_support: Option<bool>,
        /// `EnableDnsHostnames`, if it changes.
        dns_hostnames: Option<bool>,
    },
}
