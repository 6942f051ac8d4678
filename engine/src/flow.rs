//! Flows: packets as a node has counted them, told to whoever keeps flow logs. The engine itself decides
//! nothing by them.

use alloc::vec::Vec;
use core::net::IpAddr;

use crate::base::id::{EniId, SubnetId, VpcId};

/// What the router of a VPC has counted since it was told last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Whose.
    pub vpc: VpcId,
    /// When it was read: milliseconds since the epoch.
    pub at: u64,
    /// What was sent and received, by flows.
    pub flows: Vec<Flow>,
    /// ENIs of which packets were not counted, with their subnets.
    pub skipped: Vec<(EniId, SubnetId)>,
}

/// Packets of one flow in one direction, as they were seen at one ENI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// At which ENI.
    pub eni: EniId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// What tells it from others.
    pub key: FlowKey,
    /// How many packets.
    pub packets: u64,
    /// Their bytes, with their IP headers.
    pub bytes: u64,
    /// The flags of TCP that packets had: FIN (1), SYN (2) and RST (4), or SYN with ACK (18).
    pub flags: u8,
    /// When the first was, in milliseconds since the epoch: exactly where there was one alone, and
    /// the time of the reading before otherwise.
    pub first: u64,
    /// When the last was.
    pub last: u64,
}

impl Flow {
    /// Adds what was counted of the same flow later, or earlier.
    pub fn add(&mut self, other: &Flow) {
        self.packets += other.packets;
        self.bytes += other.bytes;
        self.flags |= other.flags;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// What tells a flow at an ENI from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowKey {
    /// Whether the ENI sent it.
    pub is_egress: bool,
    /// Whether security groups and network ACLs let it through.
    pub is_accepted: bool,
    /// Source and destination, with the ENI's private address.
    pub ends: [IpAddr; 2],
    /// The same of the packets themselves, where something stands between them and the ENI.
    pub packet_ends: [IpAddr; 2],
    /// Their ports; 0 where the protocol has none.
    pub ports: [u16; 2],
    /// The number of the protocol.
    pub protocol: u8,
}
