//! Exits: by which address a packet of a new connection leaves its VPC, and if by none, why. By the
//! plainest reading of the routes.

use core::net::Ipv4Addr;

use crate::base::id::{EniId, NatGatewayId, SubnetId};
use crate::plan::{DropReason, RoutePlan, RouteTarget, VpcPlan};

/// The numbers of ICMP, TCP and UDP, which NAT gateways translate.
pub const TRANSLATED: [u8; 3] = [1, 6, 17];

/// How a packet leaves its VPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exit {
    /// The address that its sender has outside.
    pub public: Ipv4Addr,
    /// The NAT gateway whose address that is; the sender's own otherwise.
    pub nat: Option<NatGatewayId>,
}

impl VpcPlan {
    /// The route of a subnet to a destination: that of the longest prefix.
    pub fn route(&self, subnet: SubnetId, destination: Ipv4Addr) -> Option<RoutePlan> {
        let subnet = self.subnets.iter().find(|known| known.subnet == subnet)?;
        let routes = self.tables.get(&subnet.table)?.routes.iter();
        let leading = routes.filter(|route| route.destination.contains(destination));
        leading.max_by_key(|route| route.destination.prefix()).copied()
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
                Ok(Exit { public: own.public, nat: None })
            }
            RouteTarget::NatGateway(id) => self.exit_by_nat(id, destination, protocol),
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
                Ok(Exit { public, nat: Some(id) })
            }
            _ => Err(DropReason::NatRoute),
        }
    }
}
