//! Reserved blocks of subnets, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::id::{ReservationId, SubnetId};
    use crate::base::scope::{Scope, Tags};

    /// A block of a subnet that is set aside: no address of it is given to who asks for any.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CidrReservation {
        /// Its id.
        pub id: ReservationId,
        /// Who owns it.
        pub scope: Scope,
        /// Of which subnet.
        pub subnet: SubnetId,
        /// The block.
        pub cidr: Cidr,
        /// What for.
        pub kind: ReservationType,
        /// Its description, if it has one.
        pub description: Option<String>,
        /// Tags of the reservation.
        pub tags: Tags,
    }

    /// What a block is reserved for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    pub enum ReservationType {
        /// For prefixes of interfaces.
        Prefix,
        /// For who asks for an address of it by name.
        Explicit,
    }
}

pub use v1::*;

super::version::first_versions!(CidrReservation);
