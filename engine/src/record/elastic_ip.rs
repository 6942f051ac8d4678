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

/// The second version: secondary private addresses have public ones, too.
pub mod v2 {
    use alloc::vec::Vec;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use super::v1;
    use crate::base::id::{AddressAssociationId, AllocationId, EniId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

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
        /// For which of the ENI's secondary private addresses, where it is not for the primary one.
        pub secondary: Option<Ipv4Addr>,
    }

    impl Migrate for ElasticIp {
        const VERSION: u32 = 2;
        type From = v1::ElasticIp;

        fn migrate(from: v1::ElasticIp, _: &mut Vec<Record>) -> ElasticIp {
            let of_primary =
                |held: v1::Association| Association { id: held.id, eni: held.eni, secondary: None };
            ElasticIp {
                id: from.id,
                scope: from.scope,
                address: from.address,
                association: from.association.map(of_primary),
                automatic: from.automatic,
                tags: from.tags,
            }
        }
    }
}

pub use v2::*;

super::version::first_versions!(v1::ElasticIp);
