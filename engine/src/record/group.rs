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

/// The second version: peers may be IPv6 blocks, and ICMPv6 has types and codes.
pub mod v2 {
    use alloc::collections::BTreeMap;
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::v1;
    pub use super::v1::{Direction, Ports};
    use crate::base::cidr::Cidr;
    use crate::base::cidr6::Cidr6;
    use crate::base::id::{GroupId, PrefixListId, RuleId, VpcId};
    use crate::base::scope::{Scope, Tags};
    use crate::record::{Migrate, Record};

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
        /// ICMPv6 of this type and code; `None` is any.
        Icmp6 {
            /// ICMPv6 type.
            kind: Option<u8>,
            /// ICMPv6 code.
            code: Option<u8>,
        },
        /// Another protocol by its IANA number, all of it.
        Number(u8),
    }

    /// The other end of a permission.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Peer {
        /// An IPv4 block.
        Cidr(Cidr),
        /// An IPv6 block.
        Cidr6(Cidr6),
        /// The private addresses of the ENIs that carry this group.
        Group(GroupId),
        /// The blocks of this prefix list.
        List(PrefixListId),
    }

    /// The number of ICMPv6, which is a protocol of its own since this version.
    const ICMP6: u8 = 58;

    impl Migrate for Group {
        const VERSION: u32 = 2;
        type From = v1::Group;

        fn migrate(from: v1::Group, _: &mut Vec<Record>) -> Group {
            let v1::Group { id, scope, vpc, name, description, rules, tags } = from;
            let rules = rules.into_iter().map(|(id, rule)| (id, Rule::from(rule))).collect();
            Group { id, scope, vpc, name, description, rules, tags }
        }
    }

    impl From<v1::Rule> for Rule {
        fn from(rule: v1::Rule) -> Rule {
            let v1::Rule { id, direction, spec, tags } = rule;
            let v1::RuleSpec { protocol, peer, description } = spec;
            let protocol = match protocol {
                v1::Protocol::All => Protocol::All,
                v1::Protocol::Tcp(ports) => Protocol::Tcp(ports),
                v1::Protocol::Udp(ports) => Protocol::Udp(ports),
                v1::Protocol::Icmp { kind, code } => Protocol::Icmp { kind, code },
                v1::Protocol::Number(ICMP6) => Protocol::Icmp6 { kind: None, code: None },
                v1::Protocol::Number(number) => Protocol::Number(number),
            };
            let peer = match peer {
                v1::Peer::Cidr(block) => Peer::Cidr(block),
                v1::Peer::Group(group) => Peer::Group(group),
            };
            Rule { id, direction, spec: RuleSpec { protocol, peer, description }, tags }
        }
    }
}

pub use v2::*;

super::version::first_versions!(v1::Group);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Migrate;

    #[test]
    fn a_stored_rule_of_protocol_58_is_one_of_icmpv6() {
        let text = r#"{"id":1,"scope":{"account":0,"region":"us-east-1"},"vpc":2,"name":"g",
            "description":"d","tags":{},"rules":{"3":{"id":3,"direction":"Ingress","tags":{},
            "spec":{"protocol":{"Number":58},"peer":{"Cidr":{"base":0,"prefix":0}},
            "description":null}}}}"#;
        let stored: v1::Group = serde_json::from_str(text).expect("version 1");
        let group = Group::migrate(stored, &mut alloc::vec::Vec::new());
        let specs: alloc::vec::Vec<_> = group.rules.values().map(|rule| &rule.spec).collect();
        assert_eq!(specs[0].protocol, Protocol::Icmp6 { kind: None, code: None });
    }
}
