//! Security groups with their rules, as they are stored and described.

/// The first version of the record.
pub mod v1 {
    use alloc::collections::BTreeMap;
    use alloc::string::String;

    use serde::{Deserialize, Serialize};

    use crate::base::cidr::Cidr;
    use crate::base::id::{GroupId, RuleId, VpcId};
    use crate::base::scope::{Scope, Tags};

    /// A security group, as it is stored and described.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Group {
        /// Its id.
        pub id: GroupId,
        /// Who owns it.
        pub scope: Scope,
        /// Its VPC.
        pub vpc: VpcId,
        /// Its name, unique in the VPC.
        pub name: String,
        /// What it is for.
        pub description: String,
        /// Its rules.
        pub rules: BTreeMap<RuleId, Rule>,
        /// Tags of the group.
        pub tags: Tags,
    }

    /// One rule of a security group.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Rule {
        /// Its id.
        pub id: RuleId,
        /// Ingress or egress.
        pub direction: Direction,
        /// What it permits.
        pub spec: RuleSpec,
        /// Tags of the rule.
        pub tags: Tags,
    }

    /// What a rule permits, apart from its id.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct RuleSpec {
        /// Which packets.
        pub protocol: Protocol,
        /// Who is at the other end.
        pub peer: Peer,
        /// What it is for.
        pub description: Option<String>,
    }

    /// Which way a rule's packets go, seen from the ENI.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Direction {
        /// Towards the ENI.
        Ingress,
        /// From the ENI.
        Egress,
    }

    /// The packets that a rule speaks of.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Protocol {
        /// Every protocol and port (`-1`).
        All,
        /// TCP to these destination ports.
        Tcp(Ports),
        /// UDP to these destination ports.
        Udp(Ports),
        /// ICMP of this type and code; `None` is any.
        Icmp {
            /// ICMP type.
            kind: Option<u8>,
            /// ICMP code.
            code: Option<u8>,
        },
        /// Another protocol by its IANA number, all of it.
        Number(u8),
    }

    /// An inclusive range of ports.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub struct Ports {
        /// First port of the range.
        pub first: u16,
        /// Last port of the range, not below `first`.
        pub last: u16,
    }

    /// The other end of a permission.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Peer {
        /// An IPv4 block.
        Cidr(Cidr),
        /// The private addresses of the ENIs that carry this group.
        Group(GroupId),
    }
}

pub use v1::*;
