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

/// The second version: for whom the service's own names lead to an endpoint.
pub mod v2 {
    use alloc::collections::BTreeSet;
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::id::{GroupId, RouteTableId, SubnetId, VpcEndpointId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;
    use crate::record::{Migrate, Record};

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
            /// For whom the service's own names lead to them.
            private_dns: PrivateDns,
        },
    }

    /// For whom the own names of a service lead to an interface endpoint.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum PrivateDns {
        /// For nobody.
        Off,
        /// For who asks an inbound endpoint of a resolver, from outside of the VPC; within it they are public.
        Inbound,
        /// For everybody in the VPC.
        On,
    }

    impl Migrate for VpcEndpoint {
        const VERSION: u32 = 2;
        type From = v1::VpcEndpoint;

        fn migrate(from: v1::VpcEndpoint, _: &mut Vec<Record>) -> VpcEndpoint {
            let v1::VpcEndpoint { id, scope, vpc, service, kind, policy, created, tags } = from;
            let kind = match kind {
                v1::EndpointKind::Gateway { tables } => EndpointKind::Gateway { tables },
                v1::EndpointKind::Interface { subnets, groups, private_dns } => {
                    let private_dns = if private_dns { PrivateDns::On } else { PrivateDns::Off };
                    EndpointKind::Interface { subnets, groups, private_dns }
                }
            };
            VpcEndpoint { id, scope, vpc, service, kind, policy, created, tags }
        }
    }
}

pub use v2::*;

super::version::first_versions!(v1::VpcEndpoint);
