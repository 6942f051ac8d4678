//! Network ACLs with their entries, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::{BTreeMap, BTreeSet};

    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::cidr6::Cidr6;
    use crate::base::id::{AclId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::group::v2::Protocol;

    /// A network ACL, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct NetworkAcl {
        /// Its id.
        pub id: AclId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, which says whether it is the default one.
        pub vpc: VpcId,
        /// The subnets that chose it. None of the default one: it has all that chose no other.
        pub subnets: BTreeSet<SubnetId>,
        /// What may come into its subnets, by the numbers of the entries.
        pub ingress: BTreeMap<u16, AclEntry>,
        /// What may leave its subnets, by the numbers of the entries.
        pub egress: BTreeMap<u16, AclEntry>,
        /// Tags of the ACL.
        pub tags: Tags,
    }

    /// One entry: what is done with packets of which no earlier one speaks.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct AclEntry {
        /// Whether they pass.
        pub allows: bool,
        /// Which packets.
        pub protocol: Protocol,
        /// Who is at the other end.
        pub block: AclBlock,
    }

    /// The other end of an entry.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum AclBlock {
        /// An IPv4 block.
        V4(Cidr),
        /// An IPv6 block.
        V6(Cidr6),
    }
}

pub use v1::*;

super::version::first_versions!(NetworkAcl);
