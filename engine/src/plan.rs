//! The plan: what network a node is to have, as plain data that a node turns into kernel state.
//!
//! Every part carries what is needed to apply it alone and again; a node that has applied the
//! same part before changes nothing.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use crate::base::cidr::Cidr;
use crate::base::cidr6::Cidr6;
use crate::base::id::{
    AclId, EgressOnlyGatewayId, EniId, Generation, GroupId, InternetGatewayId, NatGatewayId,
    PeeringId, RouteTableId, RuleId, SubnetId, VpcEndpointId, VpcId,
};
use crate::record::group::{Peer, Protocol};

mod acl;
mod hop;

pub use acl::{AclPlan, AclRule, AclRulePlan};
pub use hop::{MiddleboxPlan, PeerPlan};

/// One VPC's router: a network namespace with all that a packet between two of its ENIs is judged
/// by. A plan is whole: what it does not name is not to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VpcPlan {
    /// Which VPC.
    pub vpc: VpcId,
    /// Which of the VPC's plans; a later one has a higher number, and two of one number are equal.
    pub generation: Generation,
    /// The VPC's address blocks; what lies outside them has no route unless a route says so.
    pub cidrs: Vec<Cidr>,
    /// Its IPv6 blocks; one that has none knows nothing of IPv6.
    pub cidrs6: Vec<Cidr6>,
    /// The subnets, each with its router address at base + 1.
    pub subnets: Vec<SubnetPlan>,
    /// The security groups.
    pub groups: BTreeMap<GroupId, Arc<GroupPlan>>,
    /// The route tables.
    pub tables: BTreeMap<RouteTableId, Arc<RouteTablePlan>>,
    /// The internet gateway that is attached, if one is.
    pub gateway: Option<InternetGatewayId>,
    /// The public addresses that ENIs have, but for those of NAT gateways.
    pub publics: BTreeMap<EniId, PublicPlan>,
    /// The NAT gateways.
    pub nats: BTreeMap<NatGatewayId, NatPlan>,
    /// The network ACLs.
    pub acls: BTreeMap<AclId, Arc<AclPlan>>,
    /// ENIs of resources that routes lead to, or that pass on what is not for them.
    pub middleboxes: BTreeMap<EniId, MiddleboxPlan>,
    /// The VPCs at the other ends of the peering connections that are active.
    pub peers: BTreeMap<PeeringId, PeerPlan>,
    /// Whether packets are counted, by flows: somebody has a flow log of something in it.
    #[serde(default)]
    pub is_metered: bool,
    /// What resolves names.
    pub dns: DnsPlan,
    /// The private addresses that ENIs of resources have beside those of their plans.
    #[serde(default)]
    pub secondaries: BTreeMap<EniId, BTreeSet<Ipv4Addr>>,
    /// The public addresses of those that have one.
    #[serde(default)]
    pub secondary_publics: BTreeMap<Ipv4Addr, PublicPlan>,
}

impl VpcPlan {
    /// The first plan of a VPC with these blocks and nothing in it.
    pub fn empty(vpc: VpcId, cidrs: Vec<Cidr>) -> VpcPlan {
        VpcPlan {
            vpc,
            generation: Generation(0),
            cidrs,
            cidrs6: Vec::new(),
            subnets: Vec::new(),
            groups: BTreeMap::new(),
            tables: BTreeMap::new(),
            gateway: None,
            publics: BTreeMap::new(),
            nats: BTreeMap::new(),
            acls: BTreeMap::new(),
            middleboxes: BTreeMap::new(),
            peers: BTreeMap::new(),
            is_metered: false,
            dns: DnsPlan::default(),
            secondaries: BTreeMap::new(),
            secondary_publics: BTreeMap::new(),
        }
    }

    /// Every public address by which something of the VPC is on the internet.
    pub fn public_addresses(&self) -> BTreeSet<Ipv4Addr> {
        if self.gateway.is_none() {
            return BTreeSet::new();
        }
        let of_nats = self.nats.values().filter_map(|nat| nat.public);
        self.all_publics().map(|public| public.public).chain(of_nats).collect()
    }

    /// The public addresses that ENIs have, but for those of NAT gateways: of all their private ones.
    pub fn all_publics(&self) -> impl Iterator<Item = &PublicPlan> + Clone {
        self.publics.values().chain(self.secondary_publics.values())
    }
}

/// What resolves names for whoever lives in a VPC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsPlan {
    /// Where the VPC's own resolver is, beside [`crate::network::name::LINK_LOCAL`].
    pub resolver: Option<Ipv4Addr>,
    /// Whom functions ask, the first one first.
    pub servers: Vec<Ipv4Addr>,
    /// The domain in which they look for names without a dot.
    pub domain: Option<String>,
}

/// One subnet of a VPC's router.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubnetPlan {
    /// Which subnet.
    pub subnet: SubnetId,
    /// Its block; the router's address is the first after the base.
    pub cidr: Cidr,
    /// Its IPv6 block, if it has one.
    pub cidr6: Option<Cidr6>,
    /// The route table that its packets go by.
    pub table: RouteTableId,
    /// The network ACL that packets pass at its boundary; one that is missing lets none pass.
    pub acl: AclId,
}

impl SubnetPlan {
    /// Whether an address is of its blocks.
    pub fn holds(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.cidr.contains(address),
            IpAddr::V6(address) => self.cidr6.is_some_and(|block| block.contains(address)),
        }
    }
}

/// One route table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteTablePlan {
    /// Which route table.
    pub table: RouteTableId,
    /// Its routes; the longest prefix that contains a destination is taken, and of several the first.
    pub routes: Vec<RoutePlan>,
    /// Its routes for IPv6 beside the local ones.
    pub routes6: Vec<RoutePlan6>,
}

/// One route of a table for IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoutePlan6 {
    /// The destinations that it is for.
    pub destination: Cidr6,
    /// Where they are reached.
    pub target: RouteTarget6,
}

/// Where a route for IPv6 leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RouteTarget6 {
    /// To the internet, from which its subnet's addresses are reached too.
    InternetGateway(InternetGatewayId),
    /// To the internet, from which answers alone come in.
    EgressOnly(EgressOnlyGatewayId),
    /// Nowhere: what it led to is gone.
    Blackhole,
}

/// One route of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoutePlan {
    /// The destinations that it is for.
    pub destination: Cidr,
    /// Where they are reached.
    pub target: RouteTarget,
}

/// Where a route leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RouteTarget {
    /// To the ENIs of the VPC itself.
    Local,
    /// To the internet, from public addresses alone.
    InternetGateway(InternetGatewayId),
    /// Through a NAT gateway, by the routes of its subnet.
    NatGateway(NatGatewayId),
    /// To an ENI of the VPC that passes on what is not for it.
    NetworkInterface(EniId),
    /// To the VPC at the other end of a peering connection.
    Peering(PeeringId),
    /// Through a gateway endpoint, to the service that has these addresses.
    Endpoint(VpcEndpointId),
    /// Nowhere: what it led to is gone.
    Blackhole,
}

/// The public address of an ENI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublicPlan {
    /// The ENI's private address.
    pub private: Ipv4Addr,
    /// What stands for it on the internet.
    pub public: Ipv4Addr,
    /// Whether functions share the ENI, so that nothing is let in by it.
    pub is_shared: bool,
}

/// One NAT gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NatPlan {
    /// Which one.
    pub nat: NatGatewayId,
    /// Its ENI.
    pub eni: EniId,
    /// Its subnet, whose routes are its own.
    pub subnet: SubnetId,
    /// Its private address.
    pub private: Ipv4Addr,
    /// Its public address; none of a private one.
    pub public: Option<Ipv4Addr>,
}

/// One security group's rules; its members are the ENIs that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPlan {
    /// Which security group.
    pub group: GroupId,
    /// The VPC it belongs to.
    pub vpc: VpcId,
    /// What may come in.
    pub ingress: Vec<RulePlan>,
    /// What may go out.
    pub egress: Vec<RulePlan>,
}

/// One permission of a security group: these packets from or to this peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RulePlan {
    /// The rule's id, for explanations.
    pub rule: RuleId,
    /// Which packets.
    pub protocol: Protocol,
    /// Who is at the other end.
    pub peer: Peer,
}

/// One ENI that carries traffic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EniPlan {
    /// Which ENI.
    pub eni: EniId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// The subnet's router address: the gateway of whoever holds the ENI.
    pub gateway: Ipv4Addr,
    /// Its private address.
    pub address: Ipv4Addr,
    /// Its IPv6 addresses, of which it begins connections by the first.
    pub addresses6: Vec<Ipv6Addr>,
    /// Its hardware address.
    pub mac: [u8; 6],
    /// Its security groups.
    pub groups: BTreeSet<GroupId>,
    /// Who holds it.
    pub holder: Holder,
}

/// Who holds an ENI, hence where its address lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Holder {
    /// One execution environment's namespace (classic model).
    Environment,
    /// The router itself: environments share it by source NAT (hyperplane model). New
    /// connections towards it are refused.
    Shared,
    /// The namespace of a resource (an attached process or an exposed host port).
    Resource,
}

/// Why a node dropped a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DropReason {
    /// No rule of the sender's security groups lets it out.
    Egress,
    /// No rule of the receiver's security groups lets it in.
    Ingress,
    /// The destination lies outside every route of the sender's subnet.
    NoRoute,
    /// The destination is an address of the VPC that no ENI holds.
    NoOwner,
    /// A new connection towards a shared ENI, whose NAT is one-way.
    OneWay,
    /// The sender used an address that its ENI does not hold.
    Spoofed,
    /// The destination is no part of the internet, nor opened to the sender.
    Private,
    /// The target of the route to the destination is gone.
    Blackhole,
    /// The route leads to an internet gateway, and the sender's ENI has no public address.
    NoPublicAddress,
    /// The route leads to a NAT gateway, whose own way ends before the internet.
    NatRoute,
    /// A NAT gateway translates TCP, UDP and ICMP alone.
    NatProtocol,
    /// The route leads to an ENI that takes nothing that is not for itself.
    SourceDestCheck,
    /// The route of a middlebox leads to another one.
    SecondMiddlebox,
    /// The route leads to a peering connection, of which neither end has the address that is meant.
    NotOfPeer,
    /// It was a reply, for which who was asked has no route back through the peering connection.
    NoRouteBack,
    /// The NAT gateway has as many connections as it may, to the destination or in all.
    NatPorts,
    /// The sender has as many connections, or begins as many at a time, as it may.
    Crowded,
    /// The VPC's resolver is asked by the interface more often than it answers.
    Resolver,
    /// A rule of a network ACL does not let it out of the subnet that it was sent from.
    AclEgress(AclRule),
    /// A rule of a network ACL does not let it into the subnet that it was sent to.
    AclIngress(AclRule),
}
