//! Paths of Reachability Analyzer, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use core::net::Ipv4Addr;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{EniId, InsightsPathId, InternetGatewayId};
    use crate::base::scope::{Scope, Tags};
    use crate::base::time::Time;

    /// A path that can be analysed, as often as one likes.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct InsightsPath {
        /// Its id.
        pub id: InsightsPathId,
        /// Who owns it.
        pub scope: Scope,
        /// Where it begins.
        pub source: PathEnd,
        /// Where it ends; where none is given, at an address.
        pub destination: Option<PathEnd>,
        /// `tcp` or `udp`.
        pub protocol: PathProtocol,
        /// What is said of packets at the source.
        pub at_source: PathFilter,
        /// What is said of packets at the destination.
        pub at_destination: PathFilter,
        /// Whether that was said by filters, and not by parameters of the path itself.
        pub by_filters: bool,
        /// When it was made.
        pub created: Time,
        /// Tags of the path.
        pub tags: Tags,
    }

    /// An end of a path.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum PathEnd {
        /// A network interface.
        Eni(EniId),
        /// An internet gateway, with all that is behind it.
        Gateway(InternetGatewayId),
    }

    /// The protocol of a path.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum PathProtocol {
        /// TCP.
        Tcp,
        /// UDP.
        Udp,
    }

    /// What packets are meant; what is not said is any.
    #[derive(
        Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
    )]
    pub struct PathFilter {
        /// From this address.
        pub source: Option<Ipv4Addr>,
        /// To this address.
        pub destination: Option<Ipv4Addr>,
        /// To a port from the first to the second.
        pub ports: Option<(u16, u16)>,
    }
}

pub use v1::*;

super::version::first_versions!(InsightsPath);
