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
        /// The default network ACL, which the subnets have that chose no other.
        pub default_acl: AclId,
        /// The default security group.
        pub default_group: GroupId,
        /// Tags of the VPC.
        pub tags: Tags,
    }
}

/// The second version: with `EnableNetworkAddressUsageMetrics`.
pub mod v2 {
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::cidr::Cidr;
    use crate::base::id::{
        AclId, CidrAssociationId, DhcpOptionsId, GroupId, RouteAssociationId, RouteTableId, VpcId,
    };
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

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
        /// The set of DHCP options that it has; zero is none.
        pub dhcp_options: DhcpOptionsId,
        /// The main route table, which holds the local route.
        pub main_route_table: RouteTableId,
        /// The association of the main route table with the VPC.
        pub main_association: RouteAssociationId,
        /// The default network ACL, which the subnets have that chose no other.
        pub default_acl: AclId,
        /// The default security group.
        pub default_group: GroupId,
        /// `EnableNetworkAddressUsageMetrics`; shown, since nobody reads such metrics here.
        pub usage_metrics: bool,
        /// Tags of the VPC.
        pub tags: Tags,
    }

    impl Migrate for Vpc {
        const VERSION: u32 = 2;
        type From = v1::Vpc;

        fn migrate(from: v1::Vpc, _: &mut Vec<Record>) -> Vpc {
            Vpc {
                id: from.id,
                scope: from.scope,
                cidr: from.cidr,
                cidr_association: from.cidr_association,
                is_default: from.is_default,
                dns_support: from.dns_support,
                dns_hostnames: from.dns_hostnames,
                dhcp_options: from.dhcp_options,
                main_route_table: from.main_route_table,
                main_association: from.main_association,
                default_acl: from.default_acl,
                default_group: from.default_group,
                usage_metrics: false,
                tags: from.tags,
            }
        }
    }
}

/// The third version: with IPv6 blocks.
pub mod v3 {
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v2;
    use crate::base::cidr::Cidr;
    use crate::base::cidr6::Cidr6;
    use crate::base::id::{
        AclId, CidrAssociationId, DhcpOptionsId, GroupId, RouteAssociationId, RouteTableId, VpcId,
    };
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

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
        /// The set of DHCP options that it has; zero is none.
        pub dhcp_options: DhcpOptionsId,
        /// The main route table, which holds the local route.
        pub main_route_table: RouteTableId,
        /// The association of the main route table with the VPC.
        pub main_association: RouteAssociationId,
        /// The default network ACL, which the subnets have that chose no other.
        pub default_acl: AclId,
        /// The default security group.
        pub default_group: GroupId,
        /// `EnableNetworkAddressUsageMetrics`; shown, since nobody reads such metrics here.
        pub usage_metrics: bool,
        /// Its IPv6 blocks.
        pub blocks6: Vec<Block6>,
        /// Tags of the VPC.
        pub tags: Tags,
    }

    /// An IPv6 block of a VPC.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Block6 {
        /// The block.
        pub cidr: Cidr6,
        /// Its association with the VPC.
        pub association: CidrAssociationId,
    }

    impl Migrate for Vpc {
        const VERSION: u32 = 3;
        type From = v2::Vpc;

        fn migrate(from: v2::Vpc, _: &mut Vec<Record>) -> Vpc {
            Vpc {
                id: from.id,
                scope: from.scope,
                cidr: from.cidr,
                cidr_association: from.cidr_association,
                is_default: from.is_default,
                dns_support: from.dns_support,
                dns_hostnames: from.dns_hostnames,
                dhcp_options: from.dhcp_options,
                main_route_table: from.main_route_table,
                main_association: from.main_association,
                default_acl: from.default_acl,
                default_group: from.default_group,
                usage_metrics: from.usage_metrics,
                blocks6: Vec::new(),
                tags: from.tags,
            }
        }
    }
}

pub use v3::*;

super::version::first_versions!(v1::Vpc);
