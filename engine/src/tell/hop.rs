//! Hops: the gates on a way, in this order, each with what decided there.

use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::base::cidr::Cidr;
use crate::base::cidr6::Cidr6;
use crate::base::id::{
    EgressOnlyGatewayId, EniId, GroupId, InternetGatewayId, NatGatewayId, RouteTableId, RuleId,
    SubnetId, VpcId,
};
use crate::base::spelled;
use crate::plan::{AclRule, DropReason};

/// Whether what was asked for is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reached {
    /// Packets arrive, and replies to them too.
    Reached,
    /// From some subnets, or from some ports.
    Partly,
    /// Not at all.
    Stopped,
}

impl Reached {
    /// Of several ways; without any nothing is reached.
    pub(super) fn of_all(ways: impl Iterator<Item = Reached> + Clone) -> Reached {
        let all = |wanted| ways.clone().all(|verdict| verdict == wanted);
        match () {
            () if all(Reached::Stopped) => Reached::Stopped,
            () if all(Reached::Reached) => Reached::Reached,
            () => Reached::Partly,
        }
    }

    /// Of one way after another: the worst of them.
    pub(super) fn and(self, other: Reached) -> Reached {
        self.max(other)
    }
}

/// One gate that packets meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Whether it is met by the reply.
    pub is_reply: bool,
    /// Which gate.
    pub gate: Gate,
    /// Whether it is passed.
    pub passes: bool,
    /// What decided, for people.
    pub text: String,
    /// What decided, for programs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<By>,
    /// Why packets are dropped here, where the node would say so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<DropReason>,
}

impl Hop {
    /// A gate that is passed.
    pub(super) fn open(is_reply: bool, gate: Gate, text: String, by: Option<By>) -> Hop {
        Hop { is_reply, gate, passes: true, text, by, reason: None }
    }

    /// A gate that is not passed.
    pub(super) fn closed(is_reply: bool, gate: Gate, text: String) -> Hop {
        Hop { is_reply, gate, passes: false, text, by: None, reason: None }
    }
}

/// The kinds of gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// The sender's security groups.
    EgressGroups,
    /// The network ACL of the sender's subnet.
    EgressAcl,
    /// The routes of the sender's subnet, and who holds the destination.
    Route,
    /// The internet gateway by which something comes into a VPC.
    Arrival,
    /// The network ACL of the receiver's subnet.
    IngressAcl,
    /// The receiver's security groups.
    IngressGroups,
    /// Security groups, which know the connections that they have let begin.
    Connection,
    /// The receiver's port, at which somebody is to listen.
    Port,
}

/// What decided at a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A rule of a security group.
    GroupRule {
        /// Of which group.
        #[serde(with = "spelled")]
        group: GroupId,
        /// Which rule.
        #[serde(with = "spelled")]
        rule: RuleId,
    },
    /// Security groups none of whose rules lets it through.
    Groups {
        /// Of which ENI, if that is there.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        eni: Option<EniId>,
        /// The groups.
        #[serde(with = "spelled::list")]
        groups: Vec<GroupId>,
    },
    /// A rule of the network ACL of a subnet.
    Acl {
        /// Of which subnet.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        subnet: Option<SubnetId>,
        /// The rule.
        rule: AclRule,
    },
    /// A route of a subnet's table.
    Route {
        /// Which table, where the subnet has one.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        table: Option<RouteTableId>,
        /// To which destinations; none where no route leads to it.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        destination: Option<Cidr>,
        /// The NAT gateway that it leads through.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        nat: Option<NatGatewayId>,
        /// The internet gateway that it leads out by.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        gateway: Option<InternetGatewayId>,
        /// The address that the sender has behind it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        public: Option<Ipv4Addr>,
        /// The ENI that has the destination.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        eni: Option<EniId>,
    },
    /// A route of a subnet's table for IPv6.
    Route6 {
        /// Which table, where the subnet has one.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        table: Option<RouteTableId>,
        /// To which destinations; none where no route leads to it.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        destination: Option<Cidr6>,
        /// The internet gateway that it leads out by.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        gateway: Option<InternetGatewayId>,
        /// The egress-only internet gateway that it leads out by.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        egress_only: Option<EgressOnlyGatewayId>,
        /// The ENI that has the destination.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        eni: Option<EniId>,
    },
    /// The internet gateway of a VPC, which knows the public address of one of its ENIs.
    Arrival {
        /// Of which VPC.
        #[serde(with = "spelled")]
        vpc: VpcId,
        /// The gateway, if one is attached.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
        gateway: Option<InternetGatewayId>,
        /// The ENI.
        #[serde(with = "spelled")]
        eni: EniId,
    },
}
