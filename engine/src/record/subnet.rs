//! Subnets, as they are stored and described.

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

pub use v1::*;
