//! Public addresses, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{AddressAssociationId, AllocationId, EniId};
    use crate::base::scope::{Scope, Tags};

    /// A public address, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ElasticIp {
        /// Its id.
        pub id: AllocationId,
        /// Who owns it.
        pub scope: Scope,
        /// The address.
        pub address: Ipv4Addr,
        /// The ENI that has it, if one has.
        pub association: Option<Association>,
        /// Whether it was given to its ENI as that was made, with which it goes: nobody allocated
        /// it, and it is shown at the ENI alone.
        pub automatic: bool,
        /// Tags of the address.
        pub tags: Tags,
    }

    /// Who has a public address.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct Association {
        /// Its id.
        pub id: AddressAssociationId,
        /// Which ENI.
        pub eni: EniId,
    }
}

pub use v1::*;

super::version::first_versions!(ElasticIp);
