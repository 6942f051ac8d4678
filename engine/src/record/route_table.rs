//! Route tables, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{RouteAssociationId, RouteTableId, SubnetId, VpcId};
    use crate::base::scope::{Scope, Tags};

    /// A route table, as it is stored and described. Its only route is the local one.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RouteTable {
        /// Its id.
        pub id: RouteTableId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, which says whether it is the main one.
        pub vpc: VpcId,
        /// The subnets that chose it, by their associations with it.
        pub associations: BTreeMap<RouteAssociationId, SubnetId>,
        /// Tags of the table.
        pub tags: Tags,
    }
}

pub use v1::*;

super::version::first_versions!(RouteTable);
