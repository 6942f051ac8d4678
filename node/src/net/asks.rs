//! Questions for names in a router's rules: they come to the router itself from every slot, whatever
//! security groups, network ACLs and routes say, and as many of each interface as are answered.

use std::net::Ipv4Addr;
use std::time::Duration;

use engine::limits::RESOLVER_PACKETS;
use engine::network::name::LINK_LOCAL;
use engine::plan::VpcPlan;

use super::names::PEERED;
use super::nft::{Batch, Rule, Side, Verdict};

/// The port at which names are asked for.
pub(super) const DNS: u16 = 53;
/// The addresses of the resolver.
const RESOLVERS: &str = "resolvers";
/// Where questions arrive, and where what is more than is taken goes on to.
const RESOLVER: &str = "resolver";
pub(super) const UNANSWERED: &str = "drop_resolver";
/// How much each interface has asked of late.
const ASKED: &str = "asked";
/// How long a question is remembered as a connection, in seconds, and the object that says so: a flood
/// of them leaves room for others.
const REMEMBERED_ASKS: (&str, u32) = ("dns_udp", 5);

/// A packet asks the resolver for a name: by UDP, or by TCP.
pub(super) fn asks() -> [Rule; 2] {
    [17, 6].map(|protocol| {
        let asks = Rule::new().protocol(protocol).ports(DNS, DNS);
        asks.in_set(Side::Destination, RESOLVERS)
    })
}

/// Has a question be remembered as a connection for no longer than it takes to answer it.
pub(super) fn forgotten_soon(asks: Rule) -> Rule {
    asks.with_timeout(REMEMBERED_ASKS.0)
}

/// A packet is from the resolver.
pub(super) fn answers() -> Rule {
    Rule::new().in_set(Side::Source, RESOLVERS)
}

/// The resolver in the rules of a router: questions are taken from every slot, as many of each interface
/// as it answers. The chain `router` is of what is addressed to the router itself.
/// An interface is known by its address, and behind a shared one by what it has in `translations`.
pub(super) fn rules(batch: &mut Batch, plan: &VpcPlan, translations: &str, kept: Duration) {
    batch.add_set(RESOLVERS);
    if let Some(own) = plan.dns.resolver {
        [own, LINK_LOCAL].iter().for_each(|address| batch.add_member(RESOLVERS, *address));
    }
    let (timeout, seconds) = REMEMBERED_ASKS;
    // CTA_TIMEOUT_UDP_UNREPLIED and CTA_TIMEOUT_UDP_REPLIED.
    batch.add_timeout(timeout, 17, &[(1, seconds), (2, seconds)]);
    batch.add_meter(ASKED, kept);
    batch.add_chain(RESOLVER, None);
    for asks in asks() {
        batch.add_rule("router", &asks.then(Verdict::Goto(RESOLVER)));
    }
    // As on AWS a peer's resolver is not to be asked.
    let of_peer = Rule::new().noted(PEERED);
    batch.add_rule(RESOLVER, &of_peer.then(Verdict::Goto("drop_no_owner")));
    let slots = || Rule::new().in_block(Side::Source, Ipv4Addr::new(169, 254, 0, 0), 16);
    let take =
        |whose: Rule| whose.meter_of_register(ASKED, u64::from(RESOLVER_PACKETS), RESOLVER_PACKETS);
    // Behind a shared ENI all together are as one.
    let together = take(slots().in_map(Side::Source, translations));
    batch.add_rule(RESOLVER, &together.then(Verdict::Accept));
    batch.add_rule(RESOLVER, &slots().then(Verdict::Goto(UNANSWERED)));
    let alone = take(Rule::new().address(Side::Source));
    batch.add_rule(RESOLVER, &alone.then(Verdict::Accept));
    batch.add_rule(RESOLVER, &Rule::new().then(Verdict::Goto(UNANSWERED)));
}
