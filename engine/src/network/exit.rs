//! Exits: by which address a packet of a new connection leaves its VPC, and if by none, why. By the
//! plainest reading of the routes.

use core::net::Ipv4Addr;

use crate::base::id::{EniId, NatGatewayId, SubnetId, VpcEndpointId};
use crate::plan::{DropReason, RoutePlan, RouteTarget, VpcPlan};

/// The numbers of ICMP, TCP and UDP, which NAT gateways translate.
pub const TRANSLATED: [u8; 3] = [1, 6, 17];

/// How a packet leaves its VPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// By an address that its sender has outside: a NAT gateway's, or else its own.
    Public(Ipv4Addr, Option<NatGatewayId>),
    /// To a service of AWS's, by a gateway endpoint.
    Endpoint(VpcEndpointId),
}

impl Exit {
    /// The address that the sender has outside, where it has one there.
    pub fn public(self) -> Option<Ipv4Addr> {
        match self {
            Exit::Public(address, _) => Some(address),
            Exit::Endpoint(_) => None,
        }
    }

    /// The NAT gateway that it leads through.
    pub fn nat(self) -> Option<NatGatewayId> {
        match self {
            Exit::Public(_, nat) => nat,
            Exit::Endpoint(_) => None,
        }
    }
}

impl VpcPlan {
    /// The route of a subnet to a destination: that of the longest prefix.
    pub fn route(&self, subnet: SubnetId, destination: Ipv4Addr) -> Option<RoutePlan> {
        let subnet = self.subnets.iter().find(|known| known.subnet == subnet)?;
        let routes = self.tables.get(&subnet.table)?.routes.iter();
        let leading = routes.filter(|route| route.destination.contains(destination));
        // The last of several that are equal is taken by this.
        leading.rev().max_by_key(|route| route.destination.prefix()).copied()
    }

    /// How a packet of an ENI in a subnet leaves the VPC, to a destination outside of it.
    ///
    /// # Errors
    /// Why it does not.
    pub fn exit(
        &self,
        (eni, subnet): (EniId, SubnetId),
        destination: Ipv4Addr,
        protocol: u8,
    ) -> Result<Exit, DropReason> {
        let route = self.route(subnet, destination).ok_or(DropReason::NoRoute)?;
        match route.target {
            RouteTarget::Local => Err(DropReason::NoOwner),
            // They lead to a hop, and not out.
            RouteTarget::NetworkInterface(_) | RouteTarget::Peering(_) => Err(DropReason::NoRoute),
            RouteTarget::Blackhole => Err(DropReason::Blackhole),
            RouteTarget::InternetGateway(_) => {
                let own = self.publics.get(&eni).ok_or(DropReason::NoPublicAddress)?;
                Ok(Exit::Public(own.public, None))
            }
            RouteTarget::Endpoint(id) => Ok(Exit::Endpoint(id)),
            RouteTarget::NatGateway(id) => self.exit_by_nat(id, destination, protocol),
        }
    }

    /// The same for a packet from an address of the ENI, be it a secondary one.
    ///
    /// # Errors
    /// Why it does not.
    pub fn exit_from(
        &self,
        source: Ipv4Addr,
        (eni, subnet): (EniId, SubnetId),
        destination: Ipv4Addr,
        protocol: u8,
    ) -> Result<Exit, DropReason> {
        let exit = self.exit((eni, subnet), destination, protocol);
        let is_secondary = self.secondaries.get(&eni).is_some_and(|held| held.contains(&source));
        match exit {
            Ok(Exit::Public(_, None)) | Err(DropReason::NoPublicAddress) if is_secondary => {
                let own = self.secondary_publics.get(&source).ok_or(DropReason::NoPublicAddress)?;
                Ok(Exit::Public(own.public, None))
            }
            exit => exit,
        }
    }

    fn exit_by_nat(
        &self,
        id: NatGatewayId,
        destination: Ipv4Addr,
        protocol: u8,
    ) -> Result<Exit, DropReason> {
        let nat = self.nats.get(&id).ok_or(DropReason::Blackhole)?;
        if !TRANSLATED.contains(&protocol) {
            return Err(DropReason::NatProtocol);
        }
        let target = self.route(nat.subnet, destination).map(|route| route.target);
        match (target, nat.public) {
            (Some(RouteTarget::InternetGateway(_)), Some(public)) => {
                Ok(Exit::Public(public, Some(id)))
            }
            // By the private address that it came with.
            (Some(RouteTarget::Endpoint(endpoint)), _) => Ok(Exit::Endpoint(endpoint)),
            _ => Err(DropReason::NatRoute),
        }
    }
}
