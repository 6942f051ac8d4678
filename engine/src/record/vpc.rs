//! VPCs, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::id::{
        AclId, CidrAssociationId, DhcpOptionsId, GroupId, RouteAssociationId, RouteTableId, VpcId,
    };
    use crate::base::scope::{Scope, Tags};

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
}

pub use v1::*;
