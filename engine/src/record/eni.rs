//! ENIs, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeSet;
    use alloc::string::String;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{EniId, EnvironmentId, FunctionId, GroupId, ResourceId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::decision::Decision;

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
}

pub use v1::*;
