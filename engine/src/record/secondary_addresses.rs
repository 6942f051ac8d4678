//! Secondary private addresses of ENIs, as they are stored.

/// The first version of the record.
pub mod v1 {
    use alloc::vec::Vec;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::EniId;

    /// The private addresses that an ENI has beside its primary one.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct SecondaryAddresses {
        /// Whose they are.
        pub eni: EniId,
        /// The addresses, one or more, in the order in which it got them.
        pub addresses: Vec<Ipv4Addr>,
    }
}

pub use v1::*;

super::version::first_versions!(SecondaryAddresses);
