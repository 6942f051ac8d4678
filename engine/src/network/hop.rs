//! Hops: whom a route leads a packet to, instead of to who has the address that is meant, and what is
//! judged where that begins. By the plainest reading of the routes.

use core::net::Ipv4Addr;

use crate::base::id::{EniId, PeeringId, SubnetId};
use crate::network::exit::Exit;
use crate::network::reach::{Packet, Reach};
use crate::plan::{DropReason, EniPlan, GroupPlan, Holder, RouteTarget, VpcPlan};

/// Whom a route leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hop {
    /// An ENI that passes on what is not for it.
    Middlebox(EniId),
    /// The VPC at the other end of a peering connection.
    Peer(PeeringId),
}

/// Where a packet gets to by one hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To the ENI that it was sent to.
    Arrives(EniId),
    /// To a middlebox, which may pass it on.
    Middlebox(EniId),
    /// Into the VPC at the other end of a peering connection, where it is judged next.
    Peer(PeeringId),
    /// Out of the VPC.
    Leaves(Exit),
}

impl VpcPlan {
    /// Whom the routes of a subnet lead a packet to; nobody where it goes to who has the address, or
    /// leaves the VPC. Within a subnet no route is asked.
    ///
    /// # Errors
    /// Why it is led nowhere.
    pub fn hop(&self, subnet: SubnetId, destination: Ipv4Addr) -> Result<Option<Hop>, DropReason> {
        let mut own = self.subnets.iter().filter(|known| known.subnet == subnet);
        if own.any(|known| known.cidr.contains(destination)) {
            return Ok(None);
        }
        let Some(route) = self.route(subnet, destination) else { return Ok(None) };
        let is_secondary =
            |id| self.secondaries.get(&id).is_some_and(|held| held.contains(&destination));
        match route.target {
            RouteTarget::NetworkInterface(id) => match self.middleboxes.get(&id) {
                None => Err(DropReason::Blackhole),
                Some(it) if it.address == destination || is_secondary(id) => Ok(None),
                Some(it) if !it.forwards => Err(DropReason::SourceDestCheck),
                Some(_) => Ok(Some(Hop::Middlebox(id))),
            },
            RouteTarget::Peering(id) => match self.peers.get(&id) {
                None => Err(DropReason::Blackhole),
                Some(peer) if !peer.has(destination) => Err(DropReason::NotOfPeer),
                Some(_) => Ok(Some(Hop::Peer(id))),
            },
            RouteTarget::Blackhole if self.has(destination) => Err(DropReason::Blackhole),
            RouteTarget::Blackhole
            | RouteTarget::Local
            | RouteTarget::InternetGateway(_)
            | RouteTarget::NatGateway(_)
            | RouteTarget::Endpoint(_) => Ok(None),
        }
    }

    /// Whether the routes of a subnet lead replies back to an address of a peer: through a middlebox, too.
    pub fn leads_back(&self, subnet: SubnetId, to: Ipv4Addr) -> bool {
        matches!(self.hop(subnet, to), Ok(Some(_)))
    }

    /// Whether an address is of the VPC's blocks.
    pub fn has(&self, address: Ipv4Addr) -> bool {
        self.cidrs.iter().any(|block| block.contains(address))
    }

    /// Whether an ENI is a middlebox that passes packets on.
    pub fn forwards(&self, eni: EniId) -> bool {
        self.middleboxes.get(&eni).is_some_and(|it| it.forwards)
    }
}

impl Reach<'_> {
    /// Where a packet that an ENI sends from an address, its own or, being a middlebox, another's, gets
    /// to by one hop.
    ///
    /// # Errors
    /// Why it is dropped.
    ///
    /// # Panics
    /// When the sender is none of the ENIs.
    pub fn step(&self, source: Ipv4Addr, packet: &Packet) -> Result<Step, DropReason> {
        let sender = &self.enis[&packet.sender];
        let Packet { destination, content, .. } = *packet;
        let is_passed_on = !self.vpc.is_own(sender, source);
        if is_passed_on && !self.vpc.forwards(sender.eni) {
            return Err(DropReason::Spoofed);
        }
        let egress = |group: &GroupPlan| self.permits(&group.egress, destination, packet);
        if !self.any(sender, egress) {
            return Err(DropReason::Egress);
        }
        self.leaves_subnet(source, destination, content)?;
        match self.vpc.hop(sender.subnet, destination)? {
            Some(Hop::Middlebox(_)) if self.vpc.forwards(sender.eni) => {
                Err(DropReason::SecondMiddlebox)
            }
            Some(Hop::Middlebox(id)) => {
                let middlebox = self.enis.get(&id).ok_or(DropReason::Blackhole)?;
                self.enters_subnet(source, destination, content)?;
                self.lets_in(middlebox, source, packet)?;
                Ok(Step::Middlebox(id))
            }
            Some(Hop::Peer(_)) if !self.vpc.has(source) => Err(DropReason::NotOfPeer),
            Some(Hop::Peer(id)) => Ok(Step::Peer(id)),
            None => {
                let mut holders = self.enis.values();
                match holders.find(|eni| self.vpc.is_own(eni, destination)) {
                    Some(receiver) => self.arrives(receiver, source, packet),
                    None => self.leaves(sender, source, packet).map(Step::Leaves),
                }
            }
        }
    }

    /// Whether a packet that came by a peering connection arrives.
    ///
    /// # Errors
    /// Why it is dropped.
    pub fn comes_from_peer(&self, source: Ipv4Addr, packet: &Packet) -> Result<Step, DropReason> {
        let mut holders = self.enis.values();
        match holders.find(|eni| self.vpc.is_own(eni, packet.destination)) {
            Some(receiver) => self.arrives(receiver, source, packet),
            None if self.is_one_way(packet.destination) => Err(DropReason::OneWay),
            None => Err(DropReason::NoOwner),
        }
    }

    fn arrives(
        &self,
        receiver: &EniPlan,
        source: Ipv4Addr,
        packet: &Packet,
    ) -> Result<Step, DropReason> {
        if receiver.holder == Holder::Shared {
            return Err(DropReason::OneWay);
        }
        self.enters_subnet(source, packet.destination, packet.content)?;
        self.lets_in(receiver, source, packet)?;
        Ok(Step::Arrives(receiver.eni))
    }

    fn lets_in(
        &self,
        receiver: &EniPlan,
        source: Ipv4Addr,
        packet: &Packet,
    ) -> Result<(), DropReason> {
        let ingress = |group: &GroupPlan| self.permits(&group.ingress, source, packet);
        if self.any(receiver, ingress) { Ok(()) } else { Err(DropReason::Ingress) }
    }
}
