//! Internet gateways, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use serde::{Deserialize, Serialize};

    use crate::base::id::{InternetGatewayId, VpcId};
    use crate::base::scope::{Scope, Tags};

    /// An internet gateway, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct InternetGateway {
        /// Its id.
        pub id: InternetGatewayId,
        /// Who owns it.
        pub scope: Scope,
        /// The VPC that it is attached to, if it is.
        pub vpc: Option<VpcId>,
        /// Tags of the gateway.
        pub tags: Tags,
    }
}

pub use v1::*;

super::version::first_versions!(InternetGateway);
