//! Rules for packets that are led to somebody else than who has the address that is meant: through
//! middleboxes, and to peers.
//!
//! A packet that is led has the code of its hop in the lower half of its mark, by which the kernel routes
//! it; it is so for every packet, known connection or not. One that a middlebox passes on comes by the
//! middlebox's link, and meets the gates once more: the middlebox's on the way in and out, then those of
//! who gets it. It is the same connection to the kernel, so what it has passed is noted of that. Only
//! where addresses are translated, behind shared ENIs and for what leaves the VPC, what is passed on is a
//! connection of a zone of its own.

use engine::plan::{DropReason, VpcPlan};

use super::asks::asks;
use super::names::{
    EGRESS, INGRESS, PEERED, POSTROUTING, PREROUTING, RECEIVERS, SENDERS, SHARED, TRANSLATIONS,
    tell,
};
use super::nft::{Batch, ESTABLISHED, Hook, RELATED, Rule, Side, Verdict};

/// Index of a middlebox's link to slot and group set (see `names::mark`).
pub(super) const MIDDLE_LINKS: &str = "middle_links";
/// Pairs of the index of a middlebox's link and each of its own addresses.
pub(super) const MIDDLE_OWN: &str = "middle_own";
/// Code of a hop to the group set of the ENI there.
pub(super) const HOP_SETS: &str = "hop_sets";
/// Group set to the chain that leads what its members send.
pub(super) const LEADS: &str = "leads";
/// Index of a peer's link to the chain of what comes by it.
pub(super) const PEER_LINKS: &str = "peer_links";

/// Codes of hops are from here on, below those of NAT gateways: of middleboxes, and of peers.
pub(super) const FIRST_HOP: u16 = 0xe000;
pub(super) const FIRST_PEER: u16 = 0xe800;
/// In the place of a hop's, above those of peers: of packets that are led nowhere. They are dropped only
/// where they would be led, for whether they are is asked ahead of the sender's gate, too.
pub(super) const CHECKED: u16 = 0xeff0;
pub(super) const NOT_OF_PEER: u16 = 0xeff1;
pub(super) const BLACKHOLE: u16 = 0xeff2;
/// The chains that drop these.
const NOWHERE: [(u16, &str); 3] =
    [(CHECKED, "drop_checked"), (NOT_OF_PEER, "drop_not_of_peer"), (BLACKHOLE, "drop_blackhole")];
/// The bits of a code that tell that it is a hop's, and of which kind.
const ANY: u16 = 0xf000;
const KIND: u16 = 0xf800;

/// What is noted of a connection: that it was led to a middlebox, and that what was passed on has come to
/// its receiver.
pub(super) const LED: u32 = 1;
const PASSED: u32 = 2;
/// The zone of what is passed on where addresses are translated.
const ZONE: u16 = 1;

/// Reasons with the chain that drops for them and the letter by which they are logged.
pub(super) const REASONS: [(DropReason, &str, &str); 4] = [
    (DropReason::SourceDestCheck, "drop_checked", "H"),
    (DropReason::SecondMiddlebox, "drop_second", "M"),
    (DropReason::NotOfPeer, "drop_not_of_peer", "V"),
    (DropReason::NoRouteBack, "drop_no_way_back", "K"),
];

fn middlebox() -> Rule {
    Rule::new().lower_mark(KIND, FIRST_HOP)
}

fn peer() -> Rule {
    Rule::new().lower_mark(KIND, FIRST_PEER)
}

/// The packet is led to a hop.
pub(super) fn led() -> Rule {
    Rule::new().lower_mark(ANY, FIRST_HOP)
}

fn passed_on() -> Rule {
    Rule::new().link_in_map(MIDDLE_LINKS)
}

/// What is there before anything is led.
pub(super) fn base(batch: &mut Batch) {
    for (_, chain, letter) in REASONS {
        tell(batch, (chain, letter), false);
    }
    for map in [MIDDLE_LINKS, HOP_SETS] {
        batch.add_map(map);
    }
    for map in [LEADS, PEER_LINKS] {
        batch.add_verdict_map(map);
    }
    batch.add_pair_set(MIDDLE_OWN);
    let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
    for chain in
        ["from_middle", "from_middle_in", "to_middle", "zone_middle", "zone_within", "to_peers"]
    {
        batch.add_chain(chain, None);
    }
    zones(batch, hook);
    // Behind the network ACLs, ahead of the routes.
    batch.add_chain("lead", Some(hook(PREROUTING, -142)));
    // The resolver is at the router.
    asks().into_iter().for_each(|asks| batch.add_rule("lead", &asks.then(Verdict::Accept)));
    batch.add_rule("lead", &Rule::new().mark_by(Side::Source, SENDERS));
    batch.add_rule("lead", &Rule::new().mark_by_link(MIDDLE_LINKS));
    batch.add_rule("lead", &Rule::new().verdict_by_mark(LEADS));
    batch.add_chain("led", Some(hook(PREROUTING, -141)));
    for (code, drops) in NOWHERE {
        let nowhere = Rule::new().lower_mark(u16::MAX, code);
        batch.add_rule("led", &nowhere.then(Verdict::Goto(drops)));
    }
    let second = middlebox().link_in_map(MIDDLE_LINKS);
    batch.add_rule("led", &second.then(Verdict::Goto("drop_second")));
    let foreign = peer().link_in_map(MIDDLE_LINKS);
    batch.add_rule("led", &foreign.then(Verdict::Goto("to_peers")));
    batch.add_rule("led", &led().then(Verdict::Accept));
    let reply = Rule::new().noted(PEERED).original(false);
    batch.add_rule("led", &reply.then(Verdict::Goto("drop_no_way_back")));
    batch.add_chain("passed", Some(hook(POSTROUTING, 160)));
    batch.add_rule("passed", &middlebox().original(true).note(LED).then(Verdict::Accept));
    batch.add_rule("passed", &passed_on().original(true).note(LED | PASSED));
    passes(batch);
}

/// What a middlebox passes on, and what is led to it.
fn passes(batch: &mut Batch) {
    let known = || Rule::new().state(ESTABLISHED);
    let related = || Rule::new().state(RELATED).then(Verdict::Accept);
    let own = || Rule::new().link_and_source(MIDDLE_OWN).then(Verdict::Return);
    batch.add_rule("from_middle", &own());
    batch.add_rule("from_middle", &related());
    batch.add_rule("from_middle", &known().noted(LED | PASSED).then(Verdict::Accept));
    let reply = known().original(false).noted(LED);
    batch.add_rule("from_middle", &reply.then(Verdict::Accept));
    batch.add_rule("from_middle", &Rule::new().verdict_by_mark(EGRESS));
    batch.add_rule("from_middle", &Rule::new().then(Verdict::Goto("drop_spoofed")));

    batch.add_rule("from_middle_in", &own());
    batch.add_rule("from_middle_in", &known().noted(LED | PASSED).then(Verdict::Accept));
    let judged = known().original(true).in_map(Side::Destination, RECEIVERS);
    batch.add_rule("from_middle_in", &judged.verdict_by(INGRESS));

    batch.add_rule("to_middle", &related());
    batch.add_rule("to_middle", &known().noted(LED).then(Verdict::Accept));
    batch.add_rule("to_middle", &Rule::new().mark_in_map(HOP_SETS).verdict_by(INGRESS));
    batch.add_rule("to_middle", &Rule::new().then(Verdict::Drop));
}

/// Where the connections of what is passed on are looked for. Who a shared ENI is begins connections and
/// takes none, so by its address the two ways are told apart before the kernel knows the connection.
fn zones(batch: &mut Batch, hook: impl Fn(u32, i32) -> Hook) {
    let reply = || Rule::new().in_set(Side::Destination, SHARED);
    batch.add_chain("zone_lead", Some(hook(PREROUTING, -301)));
    batch.add_rule("zone_lead", &passed_on().then(Verdict::Accept));
    batch.add_rule("zone_lead", &reply().mark_by(Side::Source, SENDERS));
    batch.add_rule("zone_lead", &reply().verdict_by_mark(LEADS));
    batch.add_chain("zone", Some(hook(PREROUTING, -300)));
    batch.add_rule("zone", &passed_on().then(Verdict::Goto("zone_middle")));
    batch.add_rule("zone", &reply().lower_mark(KIND, FIRST_HOP).zone(ZONE, false));
    batch.add_rule("zone_within", &reply().then(Verdict::Accept));
    batch.add_rule("zone_within", &Rule::new().in_set(Side::Source, SHARED).zone(ZONE, false));
}

/// What depends on the VPC's blocks.
pub(super) fn blocks(batch: &mut Batch, plan: &VpcPlan) {
    batch.flush_chain("zone_middle");
    batch.flush_chain("to_peers");
    for block in &plan.cidrs {
        let to = Rule::new().in_block(Side::Destination, block.base(), block.prefix());
        batch.add_rule("zone_middle", &to.then(Verdict::Goto("zone_within")));
        let from = Rule::new().in_block(Side::Source, block.base(), block.prefix());
        batch.add_rule("to_peers", &from.then(Verdict::Accept));
    }
    // What leaves the VPC is translated; replies come back as to any other.
    batch.add_rule("zone_middle", &Rule::new().zone(ZONE, true));
    let shared = Rule::new().in_map(Side::Source, TRANSLATIONS);
    batch.add_rule("to_peers", &shared.then(Verdict::Accept));
    batch.add_rule("to_peers", &Rule::new().then(Verdict::Goto("drop_not_of_peer")));
}

/// The first rules of the gate of senders, and those behind what is known.
pub(super) fn first_of_senders(batch: &mut Batch) {
    let passed_on = Rule::new().mark_by_link(MIDDLE_LINKS);
    batch.add_rule("sender", &passed_on.then(Verdict::Jump("from_middle")));
}

pub(super) fn peers_of_senders(batch: &mut Batch) {
    batch.add_rule("sender", &Rule::new().verdict_by_link(PEER_LINKS));
}

/// The first rules of the gate of receivers, and the last ones.
pub(super) fn first_of_receivers(batch: &mut Batch) {
    batch.add_rule("receiver", &middlebox().then(Verdict::Goto("to_middle")));
    batch.add_rule("receiver", &passed_on().then(Verdict::Jump("from_middle_in")));
}

pub(super) fn peers_of_receivers(batch: &mut Batch) {
    batch.add_rule("receiver", &peer().then(Verdict::Accept));
}
