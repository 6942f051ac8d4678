//! AWS's services, as a node lets them be asked: at their public addresses, and at VPC endpoints.

use std::io;
use std::net::Ipv4Addr;

use engine::id::{EniId, VpcId};
use engine::plan::VpcPlan;

use super::endpoints::has_gateways;
use super::hearing::{HeardAt, Hearing, Services};
use super::outside::Outside;
use super::router::{GATEWAY, Router};
use super::slots::slot_at;
use super::{Net, lock};

impl Net {
    /// Has AWS's services served; to be called before there are functions.
    pub fn serve_services(&self, services: Services) {
        // Once: who would come second is never heard of.
        let _ = self.services.set(services);
    }

    /// Has those heard who ask at the router to the outside, and at the public addresses of services.
    pub(super) fn hear(&self, outside: &mut Outside) -> io::Result<()> {
        if let Some(listening) = self.listening.get() {
            listening(outside.listen()?);
        }
        let Some(services) = self.services.get() else { return Ok(()) };
        let router = &mut outside.router;
        let (at, everywhere) = (HeardAt::Public, Ipv4Addr::UNSPECIFIED);
        router.hearing = Some(Hearing::start(&router.namespace, everywhere, at, services)?);
        Ok(())
    }

    /// The ENI that sends from an address in a VPC.
    pub(super) fn sender_in(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniId> {
        let vpc = self.vpc(vpc).ok()?;
        let known = lock(&vpc);
        known.router.as_ref()?.sender_at(address)
    }
}

impl Router {
    /// Has those heard who ask behind gateway endpoints, where there are some.
    pub(super) fn hear(
        &mut self,
        vpc: VpcId,
        plan: &VpcPlan,
        services: Option<&Services>,
    ) -> io::Result<()> {
        match (has_gateways(plan), services) {
            (true, Some(services)) if self.hearing.is_none() => {
                let at = HeardAt::Gateways(vpc);
                let hearing = Hearing::start(&self.namespace, GATEWAY, at, services)?;
                self.hearing = Some(hearing);
            }
            (true, _) => {}
            (false, _) => self.hearing = None,
        }
        Ok(())
    }

    /// The ENI that sends from an address: its own, or that of a slot behind it.
    pub(super) fn sender_at(&self, address: Ipv4Addr) -> Option<EniId> {
        let behind = slot_at(address).and_then(|slot| self.attached.get(&slot));
        if let Some(attached) = behind {
            return attached.eni;
        }
        self.eni_at(address).map(|known| known.plan.eni)
    }
}
