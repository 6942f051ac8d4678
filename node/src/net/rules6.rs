//! A router's rules for IPv6: the same gates as for IPv4 (`rules.rs`), in a table of their own, which
//! is there where the VPC has an IPv6 block and nowhere else.
//!
//! What a slot sends is known by the link it comes by and its source together, also where the
//! connection is known: there is no filter of the kernel's for that in IPv6.

use std::net::Ipv6Addr;

use engine::cidr6::Cidr6;
use engine::id::GroupId;
use engine::limits::IPV6_ADDRESSES;
use engine::plan::{DropReason, GroupPlan, RulePlan, VpcPlan};
use engine::record::group::{Peer, Protocol};

use super::flow_rules::{REFUSED_IN, REFUSED_OUT};
use super::names::{
    EGRESS, INGRESS, INPUT, POSTROUTING, PREROUTING, RECEIVERS, SENDERS, SHARED, TRANSLATIONS,
    UPLINK, drops, members, tell,
};
use super::nft::{Batch, ESTABLISHED, Hook, RELATED, Rule, Side, Verdict};
use super::routes6;
use super::rules::{BLOCKS, PRIVATELY, REASONS, egress, ingress};
use super::shares;

/// Source address to slot and group set, by whichever link it comes: whose a known connection is.
pub(super) const ORIGINS: &str = "origins";

/// The number of ICMPv6.
const ICMP6: u8 = 58;

/// The chain of what is led out: of other VPCs, and of nothing else.
pub(super) const BEYOND: &str = "beyond";

fn installation() -> Cidr6 {
    let (base, prefix) = IPV6_ADDRESSES;
    Cidr6::containing(base, prefix).expect("it is a block")
}

/// Whether packets of IPv6 are dropped for this reason.
fn is_met(reason: DropReason) -> bool {
    matches!(
        reason,
        DropReason::Egress
            | DropReason::Ingress
            | DropReason::NoRoute
            | DropReason::NoOwner
            | DropReason::OneWay
            | DropReason::Spoofed
            | DropReason::Private
            | DropReason::Blackhole
            | DropReason::Crowded
    )
}

/// Every multicast address.
fn multicast() -> Cidr6 {
    let base = Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0);
    Cidr6::containing(base, 8).expect("it is a block")
}

/// The whole table of a router without any member, in the place of an earlier one.
pub(super) fn base(batch: &mut Batch, plan: &VpcPlan) {
    batch.add_table();
    batch.delete_table();
    batch.add_table();
    batch.add_link_map6(SENDERS);
    batch.add_map6(ORIGINS);
    batch.add_map6(RECEIVERS);
    batch.add_address_map6(TRANSLATIONS);
    batch.add_set6(SHARED);
    batch.add_verdict_map(EGRESS);
    batch.add_verdict_map(INGRESS);
    let reasons = REASONS.iter().filter(|(reason, _, _)| is_met(*reason));
    for (reason, chain, letter) in reasons.copied() {
        // Who sends from another's address has no mark, but comes by a link of its own.
        tell(batch, (chain, letter), reason == DropReason::Spoofed);
    }
    batch.add_chain(BLOCKS, None);
    blocks(batch, plan);
    shares::base6(batch);
    batch.add_chain(routes6::LED, None);
    batch.add_chain(routes6::ARRIVALS, None);
    batch.add_chain(BEYOND, None);
    let installation = Rule::new().in_block6(Side::Destination, installation());
    batch.add_rule(BEYOND, &installation.then(Verdict::Accept));
    batch.add_rule(BEYOND, &Rule::new().then(Verdict::Goto(PRIVATELY)));
    let filter = |number, priority| Hook { number, priority, is_nat: false, accepts: false };
    batch.add_chain("sender", Some(filter(PREROUTING, -150)));
    batch.add_chain("route", Some(filter(PREROUTING, -140)));
    // Nothing is addressed to the router itself.
    batch.add_chain("router", Some(filter(INPUT, 0)));
    let nat = Hook { number: POSTROUTING, priority: 100, is_nat: true, accepts: true };
    batch.add_chain("translate", Some(nat));
    batch.add_chain("receiver", Some(filter(POSTROUTING, 150)));
    gates(batch);
}

/// Counts what security groups refuse under its flow, or does so no longer.
pub(super) fn count_refused(batch: &mut Batch, is_metered: bool) {
    for (reason, chain, letter) in REASONS {
        let counted = match reason {
            DropReason::Egress => REFUSED_OUT,
            DropReason::Ingress | DropReason::OneWay => REFUSED_IN,
            _ => continue,
        };
        batch.flush_chain(chain);
        if is_metered {
            batch.add_rule(chain, &Rule::new().then(Verdict::Jump(counted)));
        }
        drops(batch, (chain, letter), false);
    }
}

fn gates(batch: &mut Batch) {
    let known = || Rule::new().state(ESTABLISHED | RELATED).then(Verdict::Accept);

    // What hosts say unasked of what they listen to, and all else that is for several: a VPC knows none.
    let among = Rule::new().in_block6(Side::Destination, multicast());
    batch.add_rule("sender", &among.then(Verdict::Drop));
    let comes = || Rule::new().link(6, UPLINK, true);
    let goes = || Rule::new().link(7, UPLINK, true);
    batch.add_rule("sender", &comes().state(ESTABLISHED | RELATED).then(Verdict::Accept));
    batch.add_rule("sender", &comes().then(Verdict::Jump(routes6::ARRIVALS)));
    batch.add_rule("sender", &comes().then(Verdict::Drop));
    batch.add_rule("sender", &Rule::new().mark_by_link6(SENDERS));
    batch.add_rule("sender", &Rule::new().has_mark(0).then(Verdict::Goto("drop_spoofed")));
    batch.add_rule("sender", &known());
    batch.add_rule("sender", &Rule::new().load_mark().verdict_by(EGRESS));
    batch.add_rule("sender", &Rule::new().then(Verdict::Goto("drop_spoofed")));

    batch.add_rule("route", &known());
    shares::gate6(batch, "route");
    let one_way = Rule::new().in_set6(Side::Destination, SHARED);
    batch.add_rule("route", &one_way.then(Verdict::Goto("drop_one_way")));
    let owned = Rule::new().in_map6(Side::Destination, RECEIVERS);
    batch.add_rule("route", &owned.then(Verdict::Accept));
    batch.add_rule("route", &Rule::new().then(Verdict::Jump(BLOCKS)));
    // What comes from outside goes nowhere else.
    batch.add_rule("route", &comes().then(Verdict::Drop));
    batch.add_rule("route", &Rule::new().then(Verdict::Jump(routes6::LED)));
    batch.add_rule("route", &Rule::new().then(Verdict::Goto("drop_no_route")));

    batch.add_rule("translate", &Rule::new().in_map6(Side::Source, TRANSLATIONS).source_nat6());

    batch.add_rule("receiver", &known());
    let judged = Rule::new().in_map6(Side::Destination, RECEIVERS).verdict_by(INGRESS);
    batch.add_rule("receiver", &judged);
    batch.add_rule("receiver", &goes().then(Verdict::Accept));
    batch.add_rule("receiver", &Rule::new().then(Verdict::Drop));
}

/// The VPC's blocks: an address of theirs that nobody holds has a route, but no owner.
pub(super) fn blocks(batch: &mut Batch, plan: &VpcPlan) {
    batch.flush_chain(BLOCKS);
    for block in &plan.cidrs6 {
        let rule = Rule::new().in_block6(Side::Destination, *block);
        batch.add_rule(BLOCKS, &rule.then(Verdict::Goto("drop_no_owner")));
    }
}

/// A security group that is not there yet: without members, and without rules.
pub(super) fn add_group(batch: &mut Batch, group: GroupId) {
    batch.add_set6(&members(group));
    batch.add_chain(&egress(group), None);
    batch.add_chain(&ingress(group), None);
}

/// A security group's rules, in the place of the earlier ones.
pub(super) fn put_group(batch: &mut Batch, plan: &GroupPlan) {
    let both = [
        (egress(plan.group), &plan.egress, Side::Destination),
        (ingress(plan.group), &plan.ingress, Side::Source),
    ];
    for (chain, rules, peer) in both {
        batch.flush_chain(&chain);
        for rule in rules.iter().filter_map(|rule| permission(rule, peer)) {
            batch.add_rule(&chain, &rule);
        }
    }
}

/// The rule of a permission; none where it speaks of IPv4.
fn permission(rule: &RulePlan, peer: Side) -> Option<Rule> {
    let base = Rule::new();
    let base = match rule.peer {
        // Of lists plans have the blocks, which are of IPv4.
        Peer::Cidr(_) | Peer::List(_) => return None,
        Peer::Cidr6(block) => base.in_block6(peer, block),
        Peer::Group(group) => base.in_set6(peer, &members(group)),
    };
    of_protocol(base, rule.protocol).map(|rule| rule.then(Verdict::Accept))
}

/// A rule for packets of a protocol too; none where there are no such packets.
pub(super) fn of_protocol(base: Rule, protocol: Protocol) -> Option<Rule> {
    match protocol {
        Protocol::Icmp6 { kind, code } => {
            let base = base.protocol(ICMP6);
            let base = match kind {
                Some(kind) => base.icmp(0, kind),
                None => base,
            };
            Some(match code {
                Some(code) => base.icmp(1, code),
                None => base,
            })
        }
        // Of IPv4 alone.
        Protocol::Icmp { .. } => None,
        other => super::rules::of_protocol(base, other),
    }
}
