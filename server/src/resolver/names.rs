//! Who knows names beside the network's own: hosted zones, AWS's services, endpoints of VPCs.

use std::net::{Ipv4Addr, Ipv6Addr};

use engine::id::VpcId;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// Which VPC's resolver is asked.
    pub vpc: VpcId,
    /// Its region.
    pub region: String,
    /// Whether it has `EnableDnsHostnames`; it has `EnableDnsSupport`, or nothing would be answered.
    pub hostnames: bool,
}

/// Knows names. Whoever asks waits meanwhile: nothing here may take long.
pub trait Names: Send + Sync {
    /// What a name stands for, in small letters and without a dot at its end; none where somebody else
    /// may know it.
    fn look_up(&self, from: &From, name: &str) -> Option<Entry>;

    /// Who has a name, for people.
    fn keeper(&self, _from: &From, _name: &str) -> Option<String> {
        None
    }

    /// Why a name is not known that would be if something was otherwise, for people.
    fn hint(&self, _from: &From, _name: &str) -> Option<String> {
        None
    }
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// These records; those of a type that is not asked for are passed over.
    Records(Vec<Record>),
    /// Nothing, and nobody else is asked.
    Missing {
        /// Why, for people.
        why: String,
        /// The start of authority of the zone that it would be in, if it would be in one.
        authority: Option<Record>,
    },
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whose it is; for a wildcard's the name that is asked for.
    pub name: String,
    /// For how many seconds it may be remembered.
    pub ttl: u32,
    /// What it says.
    pub data: Data,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// An address of IPv4.
    A(Ipv4Addr),
    /// An address of IPv6.
    Aaaa(Ipv6Addr),
    /// Another name for the same.
    Cname(String),
    /// A name for an address.
    Ptr(String),
    /// A server of names.
    Ns(String),
    /// Who takes mail, and in which order.
    Mx(u16, String),
    /// Texts of 255 bytes at most.
    Txt(Vec<Vec<u8>>),
    /// Where a service is.
    Srv {
        /// In which order they are tried.
        priority: u16,
        /// How often among those of one priority.
        weight: u16,
        /// The port.
        port: u16,
        /// The host.
        target: String,
    },
    /// The start of a zone of authority.
    Soa {
        /// The first server of names.
        primary: String,
        /// Who keeps it.
        keeper: String,
        /// The version of the zone.
        serial: u32,
        /// Refresh, retry, expire and minimum, in seconds.
        times: [u32; 4],
    },
}

impl Data {
    /// The number of its type.
    pub fn kind(&self) -> u16 {
        match self {
            Data::A(_) => 1,
            Data::Ns(_) => 2,
            Data::Cname(_) => CNAME,
            Data::Soa { .. } => 6,
            Data::Ptr(_) => 12,
            Data::Mx(..) => 15,
            Data::Txt(_) => 16,
            Data::Aaaa(_) => 28,
            Data::Srv { .. } => 33,
        }
    }
}

/// The type of another name for the same.
pub(super) const CNAME: u16 = 5;
/// All types.
pub(super) const ANY: u16 = 255;
