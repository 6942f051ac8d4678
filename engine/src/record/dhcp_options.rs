//! Sets of DHCP options, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use alloc::vec::Vec;
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::DhcpOptionsId;
    use crate::base::scope::{Scope, Tags};

    /// A set of DHCP options, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct DhcpOptions {
        /// Its id.
        pub id: DhcpOptionsId,
        /// Who owns it.
        pub scope: Scope,
        /// `domain-name`: in which names without a dot are looked for.
        pub domain: Option<String>,
        /// `domain-name-servers`: who is asked, the first one first.
        pub servers: Vec<Server>,
        /// Whether new VPCs of the scope have it.
        pub is_default: bool,
        /// Tags of the set.
        pub tags: Tags,
    }

    /// Who is asked for names.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Server {
        /// `AmazonProvidedDNS`: the VPC's own resolver.
        Amazon,
        /// Whoever is at this address, as far as packets reach it.
        At(Ipv4Addr),
    }
}

pub use v1::*;

super::version::first_versions!(DhcpOptions);
