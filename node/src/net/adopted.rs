//! What an earlier run left of addresses: those that a slot has and its ENI no longer, and the
//! connections of those that an ENI gets.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use engine::plan::EniPlan;

use super::conntrack;
use super::link::{self, SLOT_LINK};
use super::router::{Port, Router};
use super::slots::slot_at;
use crate::agent::NetworkError;

impl Router {
    /// Takes from a slot that was adopted what is no address of its ENI any more: the run before may have
    /// ended before it did.
    pub(super) fn strip(&mut self, port: &mut Port, plan: &EniPlan) -> Result<(), NetworkError> {
        let failed = NetworkError::of("taking addresses from an ENI");
        let found = link::addresses(&mut port.socket, SLOT_LINK).map_err(&failed)?;
        let secondary = self.secondaries_of(plan.eni);
        let (mut stale, mut stale6) = (Vec::<Ipv4Addr>::new(), Vec::<Ipv6Addr>::new());
        for address in found {
            match address {
                IpAddr::V4(at) => {
                    let is_own = at == plan.address || secondary.contains(&at);
                    // The one by which only the router knows it goes when it gets its own.
                    if !is_own && slot_at(at).is_none() {
                        stale.push(at);
                    }
                }
                IpAddr::V6(at) if !plan.addresses6.contains(&at) => stale6.push(at),
                IpAddr::V6(_) => {}
            }
        }
        for address in stale {
            self.unaddress(port, address).map_err(&failed)?;
        }
        self.address6(port, plan.mac, (&stale6, &[])).map_err(failed)
    }

    /// Forgets what was established by addresses of an ENI, where an earlier run may have known others
    /// by them.
    pub(super) fn forget_earlier(&mut self, plan: &EniPlan) -> Result<(), NetworkError> {
        if !self.is_adopted {
            return Ok(());
        }
        let secondary: BTreeSet<Ipv4Addr> = self.secondaries_of(plan.eni);
        let of_ipv4 = secondary.into_iter().chain([plan.address]).map(IpAddr::from);
        let of_ipv6 = plan.addresses6.iter().copied().map(IpAddr::from);
        for address in of_ipv4.chain(of_ipv6) {
            conntrack::forget(&mut self.filter, address)
                .map_err(NetworkError::of("forgetting an address's connections"))?;
        }
        Ok(())
    }
}
