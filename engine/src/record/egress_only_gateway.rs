//! Egress-only internet gateways, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use serde::{Deserialize, Serialize};

    use crate::base::id::{EgressOnlyGatewayId, VpcId};
    use crate::base::scope::{Scope, Tags};

    /// An egress-only internet gateway, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct EgressOnlyGateway {
        /// Its id.
        pub id: EgressOnlyGatewayId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC, as long as it lives.
        pub vpc: VpcId,
        /// Tags of the gateway.
        pub tags: Tags,
    }
}

pub use v1::*;

super::version::first_versions!(EgressOnlyGateway);
