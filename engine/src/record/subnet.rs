//! Subnets, as they are stored and described.

use core::net::IpAddr;

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::id::{AclAssociationId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};

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
        /// The association with its network ACL.
        pub acl_association: AclAssociationId,
        /// Tags of the subnet.
        pub tags: Tags,
    }
}

/// The second version: with an IPv6 block.
pub mod v2 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::cidr::Cidr;
    use crate::base::cidr6::Cidr6;
    use crate::base::id::{AclAssociationId, SubnetCidrAssociationId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

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
        /// Its IPv6 block, if it has one.
        pub block6: Option<SubnetBlock6>,
        /// `AssignIpv6AddressOnCreation`.
        pub assign_ipv6: bool,
        /// The association with its network ACL.
        pub acl_association: AclAssociationId,
        /// Tags of the subnet.
        pub tags: Tags,
    }

    /// The IPv6 block of a subnet.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub struct SubnetBlock6 {
        /// The block.
        pub cidr: Cidr6,
        /// Its association with the subnet.
        pub association: SubnetCidrAssociationId,
    }

    impl Migrate for Subnet {
        const VERSION: u32 = 2;
        type From = v1::Subnet;

        fn migrate(from: v1::Subnet, _: &mut Vec<Record>) -> Subnet {
            Subnet {
                id: from.id,
                scope: from.scope,
                vpc: from.vpc,
                cidr: from.cidr,
                zone: from.zone,
                zone_id: from.zone_id,
                default_for_zone: from.default_for_zone,
                map_public: from.map_public,
                block6: None,
                assign_ipv6: false,
                acl_association: from.acl_association,
                tags: from.tags,
            }
        }
    }
}

pub use v2::*;

super::version::first_versions!(v1::Subnet);

impl Subnet {
    /// Whether an address is of its blocks.
    pub fn holds(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.cidr.contains(address),
            IpAddr::V6(address) => self.block6.is_some_and(|block| block.cidr.contains(address)),
        }
    }
}
