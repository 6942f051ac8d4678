//! Arrivals: whether what is sent to a public address of a VPC from outside of it arrives, and if not,
//! why. By the plainest reading of the rules.

use core::net::Ipv4Addr;

use crate::base::id::{EniId, InternetGatewayId};
use crate::network::reach::{Content, Reach};
use crate::plan::{DropReason, EniPlan, PublicPlan, RouteTarget, VpcPlan};
use crate::record::group::Direction;

/// Why a VPC's internet gateway does not let in what is sent to a public address. Nothing is told of such
/// packets: nobody in the VPC sent or got them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotLetIn {
    /// The address is a NAT gateway's, or of an ENI that functions share: neither takes connections.
    OneWay,
    /// No internet gateway is attached.
    NoGateway,
    /// The ENI's subnet has no route to an internet gateway, so that nothing would find its way back.
    NoRouteBack,
}

impl VpcPlan {
    /// The internet gateway that lets in what is sent to the public address of an ENI.
    ///
    /// # Errors
    /// Why there is none.
    pub fn lets_in(&self, eni: EniId) -> Result<InternetGatewayId, NotLetIn> {
        self.lets_in_at(self.publics.get(&eni))
    }

    /// The same for one of an ENI's public addresses.
    ///
    /// # Errors
    /// Why there is none.
    pub fn lets_in_at(&self, public: Option<&PublicPlan>) -> Result<InternetGatewayId, NotLetIn> {
        let public = public.filter(|public| !public.is_shared).ok_or(NotLetIn::OneWay)?;
        let gateway = self.gateway.ok_or(NotLetIn::NoGateway)?;
        let subnet = self.subnets.iter().find(|subnet| subnet.cidr.contains(public.private));
        let table = subnet.and_then(|subnet| self.tables.get(&subnet.table));
        let mut routes = table.into_iter().flat_map(|table| &table.routes);
        let leads_back = |target| matches!(target, RouteTarget::InternetGateway(_));
        match routes.any(|route| leads_back(route.target)) {
            true => Ok(gateway),
            false => Err(NotLetIn::NoRouteBack),
        }
    }
}

impl Reach<'_> {
    /// Whether what an internet gateway let in arrives at an ENI, from an address outside of the VPC.
    ///
    /// # Errors
    /// Why it is dropped: the network ACL of the ENI's subnet is asked first, then the ENI's groups. A
    /// sender from outside is a member of none.
    pub fn judge_arrival(
        &self,
        from: Ipv4Addr,
        receiver: &EniPlan,
        content: Content,
    ) -> Result<(), DropReason> {
        self.enters_subnet(from, receiver.address, content)?;
        match self.permitting(receiver, Direction::Ingress, from, content) {
            Some(_) => Ok(()),
            None => Err(DropReason::Ingress),
        }
    }
}
