//! Gateway endpoints in a router's rules.
//!
//! What one leads to a service does not leave the router. It is marked by the routes, as what a NAT gateway
//! leads out is, and translated to the router itself, where the server listens.

use std::net::Ipv4Addr;

use engine::plan::{RouteTarget, VpcPlan};

use super::nft::{Batch, ESTABLISHED, Hook, Rule, Verdict};

/// The ports at which services are asked: encrypted, and not.
pub(super) const PORTS: [u16; 2] = [443, 80];
/// What stands in the lower half of the mark of what is led to a gateway endpoint: no set's number, and no
/// NAT gateway's code.
pub(super) const CODE: u16 = u16::MAX;
/// The chain of what is led to a gateway endpoint.
pub(super) const ENDPOINT: &str = "endpoint";
/// The chain of what the router itself is sent, which is filled where there are endpoints.
pub(super) const ASKED: &str = "asked";
/// The chain that leads it to the router.
const TO_ROUTER: &str = "to_endpoint";

/// Whether gateway endpoints are in a plan.
pub(super) fn has_gateways(plan: &VpcPlan) -> bool {
    let mut routes = plan.tables.values().flat_map(|table| &table.routes);
    routes.any(|route| matches!(route.target, RouteTarget::Endpoint(_)))
}

/// What is there before any endpoint is.
pub(super) fn base(batch: &mut Batch) {
    batch.add_chain(ENDPOINT, None);
    batch.add_rule(ENDPOINT, &Rule::new().set_lower_mark(CODE).then(Verdict::Accept));
    batch.add_chain(ASKED, None);
}

/// Has what is led to gateway endpoints arrive at the router, by its own address, where there are some.
pub(super) fn change(
    batch: &mut Batch,
    before: Option<&VpcPlan>,
    plan: &VpcPlan,
    (prerouting, router): (u32, Ipv4Addr),
) {
    let (had, has) = (before.is_some_and(has_gateways), has_gateways(plan));
    if has && !had {
        let nat = Hook { number: prerouting, priority: -100, is_nat: true, accepts: true };
        batch.add_chain(TO_ROUTER, Some(nat));
        let led = Rule::new().has_lower_mark(CODE).load(router);
        batch.add_rule(TO_ROUTER, &led.destination_nat());
        for port in PORTS {
            // Questions for names are counted also where they are known.
            let known = Rule::new().state(ESTABLISHED).protocol(6).ports(port, port);
            batch.add_rule(ASKED, &known.then(Verdict::Accept));
            let asks = Rule::new().has_lower_mark(CODE).protocol(6).ports(port, port);
            batch.add_rule(ASKED, &asks.then(Verdict::Accept));
        }
    }
    if had && !has {
        for chain in [TO_ROUTER, ASKED] {
            batch.flush_chain(chain);
        }
        batch.delete_chain(TO_ROUTER);
    }
}
