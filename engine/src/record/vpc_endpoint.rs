//! VPC endpoints, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeSet;
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{GroupId, RouteTableId, SubnetId, VpcEndpointId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// A VPC endpoint, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct VpcEndpoint {
        /// Its id.
        pub id: VpcEndpointId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC.
        pub vpc: VpcId,
        /// The service that it leads to: `com.amazonaws.us-east-1.s3`.
        pub service: String,
        /// How it is reached.
        pub kind: EndpointKind,
        /// What may be done through it, as a policy; everything, where there is none.
        pub policy: Option<String>,
        /// When it was made.
        pub created: Time,
        /// Tags of the endpoint.
        pub tags: Tags,
    }

    /// How a VPC endpoint is reached.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum EndpointKind {
        /// By routes of these tables to the addresses of its service.
        Gateway {
            /// Which tables.
            tables: BTreeSet<RouteTableId>,
        },
        /// By ENIs of its own.
        Interface {
            /// In which subnets.
            subnets: BTreeSet<SubnetId>,
            /// Their security groups.
            groups: BTreeSet<GroupId>,
            /// Whether the service's own names lead to them within the VPC.
            private_dns: bool,
        },
    }
}

pub use v1::*;

super::version::first_versions!(VpcEndpoint);
