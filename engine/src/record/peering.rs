//! Peering connections, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use serde::{Deserialize, Serialize};

    use crate::base::id::{PeeringId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// A peering connection, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Peering {
        /// Its id.
        pub id: PeeringId,
        /// Who asked for it.
        pub scope: Scope,
        /// The VPC that is to be reached from the other, and to reach it.
        pub requester: VpcId,
        /// Who is to accept it.
        pub accepter_scope: Scope,
        /// The other VPC.
        pub accepter: VpcId,
        /// Whether it is in force.
        pub state: PeeringState,
        /// `AllowDnsResolutionFromRemoteVpc` of the requester, and of the accepter.
        pub dns: (bool, bool),
        /// When it was asked for.
        pub created: Time,
        /// Tags of the connection.
        pub tags: Tags,
    }

    /// How a peering connection stands.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum PeeringState {
        /// It waits to be accepted.
        Pending,
        /// It is in force.
        Active,
        /// It could not be; since then.
        Failed(Time),
        /// The accepter has rejected it; since then.
        Rejected(Time),
        /// Nobody has accepted it in time; since then.
        Expired(Time),
        /// An account has deleted it; since then.
        Deleted(Time, u64),
    }
}

pub use v1::*;

super::version::first_versions!(v1::Peering);
