//! A router's rules: what a packet must pass, as a pure function of the plan.
//!
//! A packet of a new connection passes, in this order: the sender's security groups (before
//! routing, by its original source), the routes of the VPC (`routes.rs`), source translation for
//! environments behind a shared ENI and for what leaves the VPC, and the receiver's security groups
//! (after routing, by the translated source). The two gates are independent; either drops. Network ACLs
//! (`acl.rs`) stand between the groups and what is inside, and judge packets of known connections too.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddrV4};

use engine::cidr::Cidr;
use engine::id::GroupId;
use engine::limits::NAT_PORTS;
use engine::plan::{DropReason, GroupPlan, RulePlan, VpcPlan};
use engine::record::group::{Peer, Protocol};

use super::asks::{self, DNS};
use super::names::{
    EGRESS, FORWARD, INGRESS, INPUT, NEAR, POSTROUTING, PREROUTING, RECEIVERS, REMEMBERED, SENDERS,
    SHARED, TRANSLATIONS, UPLINK, drops, members, set_key, tell,
};
use super::nft::{Batch, ESTABLISHED, Hook, RELATED, Rule, Side, Verdict};
use super::routes::{self, ADDRESSED, NATS, PUBLICS};
use super::shares;
use super::{endpoints, flow_rules, hop_rules, untracked_rules};

pub(super) const BLOCKS: &str = "blocks";
/// The chains of what comes from the internet, and of what goes there.
const ARRIVALS: &str = "arrivals";
const DEPARTURES: &str = "departures";
/// Of the router to the outside: the public addresses that VPCs have.
pub(super) const PUBLISHED: &str = "published";

/// Reasons with the chain that drops for them and the letter by which they are logged; small, it
/// stands for one of several packets.
pub(super) const REASONS: [(DropReason, &str, &str); 14] = [
    (DropReason::Egress, "drop_egress", "E"),
    (DropReason::Ingress, "drop_ingress", "I"),
    (DropReason::NoRoute, "drop_no_route", "R"),
    (DropReason::NoOwner, "drop_no_owner", "O"),
    (DropReason::OneWay, "drop_one_way", "W"),
    (DropReason::Spoofed, "drop_spoofed", "S"),
    (DropReason::Private, PRIVATELY, "P"),
    (DropReason::Blackhole, "drop_blackhole", "B"),
    (DropReason::NoPublicAddress, "drop_no_public", "U"),
    (DropReason::NatRoute, "drop_nat_route", "G"),
    (DropReason::NatProtocol, "drop_nat_protocol", "T"),
    (DropReason::NatPorts, shares::FULLY, "F"),
    (DropReason::Crowded, shares::CROWDEDLY, "C"),
    (DropReason::Resolver, asks::UNANSWERED, "Q"),
];

/// The chain that drops what is near the host.
pub(super) const PRIVATELY: &str = "drop_private";

/// The reason that a log prefix stands for, and whether there were more than are told.
pub(super) fn reason(prefix: &[u8]) -> Option<(DropReason, bool)> {
    let letter = prefix.first()?;
    let mut all = REASONS.iter().chain(&hop_rules::REASONS);
    let found = all.find(|(_, _, known)| letter.eq_ignore_ascii_case(&known.as_bytes()[0]));
    found.map(|(reason, _, _)| (*reason, letter.is_ascii_lowercase()))
}

pub(super) fn egress(group: GroupId) -> String {
    format!("egress_{:016x}", group.0)
}

pub(super) fn ingress(group: GroupId) -> String {
    format!("ingress_{:016x}", group.0)
}

/// Names of the chains that sets of the same groups have.
fn set_chains(number: u16) -> (String, String) {
    (format!("egress_set_{number}"), format!("ingress_set_{number}"))
}

/// The whole table of a router without any member, in the place of an earlier one.
pub(super) fn base(batch: &mut Batch, plan: &VpcPlan, edge: Option<&Reach>) {
    batch.add_table();
    batch.delete_table();
    batch.add_table();
    batch.add_map(SENDERS);
    batch.add_map(RECEIVERS);
    batch.add_map(TRANSLATIONS);
    batch.add_set(SHARED);
    batch.add_verdict_map(EGRESS);
    batch.add_verdict_map(INGRESS);
    for (reason, chain, letter) in REASONS {
        // Who sends from another's address has no mark, nor has what belongs to a known connection; but
        // each comes by a link of its own.
        let by_link = matches!(reason, DropReason::Spoofed | DropReason::Resolver);
        tell(batch, (chain, letter), by_link);
    }
    if plan.is_metered {
        flow_rules::open(batch, 0);
        count_refused(batch, true);
    }
    batch.add_chain(BLOCKS, None);
    blocks(batch, plan);
    endpoints::base(batch);
    shares::base(batch);
    routes::base(batch);
    let filter = |number, priority| Hook { number, priority, is_nat: false, accepts: false };
    batch.add_chain("sender", Some(filter(PREROUTING, -150)));
    batch.add_chain("route", Some(filter(PREROUTING, -140)));
    // Nothing is addressed to the router itself but questions for names, and what endpoints lead to it.
    batch.add_chain("router", Some(filter(INPUT, 0)));
    batch.add_rule("router", &Rule::new().then(Verdict::Jump(endpoints::ASKED)));
    asks::rules(batch, plan, TRANSLATIONS, REMEMBERED);
    let nat = Hook { number: POSTROUTING, priority: 100, is_nat: true, accepts: true };
    batch.add_chain("translate", Some(nat));
    batch.add_chain("receiver", Some(filter(POSTROUTING, 150)));
    if let Some(within) = edge {
        open(batch, within);
    }
    untracked_rules::base(batch);
    let (is_open, has_hops, judges_untracked) = (edge.is_some(), false, false);
    gates(batch, Gates { is_open, has_hops, judges_untracked });
}

/// What the gates of a router are filled with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gates {
    /// Whether the VPC has a way out and in.
    pub(super) is_open: bool,
    /// Whether packets are led to hops.
    pub(super) has_hops: bool,
    /// Whether there are known connections that are judged all the same.
    pub(super) judges_untracked: bool,
}

/// Fills the gates.
fn gates(batch: &mut Batch, Gates { is_open, has_hops, judges_untracked }: Gates) {
    let known = || Rule::new().state(ESTABLISHED | RELATED).then(Verdict::Accept);
    let comes = || Rule::new().link(6, UPLINK, true);
    let goes = || Rule::new().link(7, UPLINK, true);

    if has_hops {
        hop_rules::first_of_senders(batch);
    }
    if judges_untracked {
        untracked_rules::first_of(batch, "sender", true);
    }
    batch.add_rule("sender", &known());
    if is_open {
        batch.add_rule("sender", &comes().then(Verdict::Goto(ARRIVALS)));
    }
    if has_hops {
        hop_rules::peers_of_senders(batch);
    }
    let [by_udp, by_tcp] = asks::asks().map(|it| it.mark_by(Side::Source, SENDERS));
    for question in [asks::forgotten_soon(by_udp), by_tcp] {
        batch.add_rule("sender", &question.then(Verdict::Accept));
    }
    batch.add_rule("sender", &Rule::new().mark_by(Side::Source, SENDERS).verdict_by(EGRESS));
    batch.add_rule("sender", &Rule::new().then(Verdict::Goto("drop_spoofed")));

    batch.add_rule("route", &known());
    for question in asks::asks() {
        batch.add_rule("route", &question.then(Verdict::Accept));
    }
    shares::gate(batch, "route");
    if has_hops {
        batch.add_rule("route", &hop_rules::led().then(Verdict::Accept));
    }
    let one_way = Rule::new().in_set(Side::Destination, SHARED);
    batch.add_rule("route", &one_way.then(Verdict::Goto("drop_one_way")));
    let owned = Rule::new().in_map(Side::Destination, RECEIVERS);
    batch.add_rule("route", &owned.then(Verdict::Accept));
    if is_open {
        batch.add_rule("route", &comes().then(Verdict::Accept));
    }
    batch.add_rule("route", &Rule::new().then(Verdict::Jump(BLOCKS)));
    batch.add_rule("route", &routes::led());
    batch.add_rule("route", &Rule::new().then(Verdict::Goto("drop_no_route")));

    if is_open {
        batch.add_rule("translate", &goes().then(Verdict::Goto(DEPARTURES)));
    }
    batch.add_rule("translate", &Rule::new().in_map(Side::Source, TRANSLATIONS).source_nat());

    if has_hops {
        hop_rules::first_of_receivers(batch);
    }
    if judges_untracked {
        untracked_rules::first_of(batch, "receiver", false);
    }
    batch.add_rule("receiver", &known());
    batch.add_rule(
        "receiver",
        &Rule::new().in_map(Side::Destination, RECEIVERS).verdict_by(INGRESS),
    );
    if is_open {
        batch.add_rule("receiver", &goes().then(Verdict::Accept));
    }
    if has_hops {
        hop_rules::peers_of_receivers(batch);
    }
    batch.add_rule("receiver", &Rule::new().then(Verdict::Drop));
}

/// Has a VPC's router let out and in what has public addresses, one to one and by NAT gateways; of
/// the outside `within` is reached.
fn open(batch: &mut Batch, within: &Reach) {
    batch.add_chain(ARRIVALS, None);
    let addressed = || Rule::new().in_map(Side::Destination, ADDRESSED);
    batch.add_rule(ARRIVALS, &addressed().then(Verdict::Accept));
    batch.add_rule(ARRIVALS, &Rule::new().then(Verdict::Drop));
    let nat = Hook { number: PREROUTING, priority: -100, is_nat: true, accepts: true };
    batch.add_chain("arrive", Some(nat));
    let comes = Rule::new().link(6, UPLINK, true).in_map(Side::Destination, ADDRESSED);
    batch.add_rule("arrive", &comes.destination_nat());
    batch.add_chain(DEPARTURES, None);
    let (first, last) = NAT_PORTS;
    let by_nat = Rule::new().mark_in_map(NATS).source_nat_within(first, last);
    batch.add_rule(DEPARTURES, &by_nat);
    batch.add_rule(DEPARTURES, &Rule::new().in_map(Side::Source, PUBLICS).source_nat());
    batch.add_rule(DEPARTURES, &Rule::new().then(Verdict::Drop));
    reach(batch, within);
}

/// The same for a router that has had no way out so far.
pub(super) fn open_gates(batch: &mut Batch, within: &Reach, gates: Gates) {
    open(batch, within);
    fill_gates(batch, Gates { is_open: true, ..gates });
}

/// Fills the gates anew.
pub(super) fn fill_gates(batch: &mut Batch, filled: Gates) {
    for chain in ["sender", "route", "translate", "receiver"] {
        batch.flush_chain(chain);
    }
    gates(batch, filled);
}

/// Counts what security groups refuse under its flow, or does so no longer.
pub(super) fn count_refused(batch: &mut Batch, is_metered: bool) {
    for (reason, chain, letter) in REASONS {
        let counted = match reason {
            DropReason::Egress => flow_rules::REFUSED_OUT,
            DropReason::Ingress | DropReason::OneWay => flow_rules::REFUSED_IN,
            _ => continue,
        };
        batch.flush_chain(chain);
        if is_metered {
            batch.add_rule(chain, &Rule::new().then(Verdict::Jump(counted)));
        }
        drops(batch, (chain, letter), false);
    }
}

/// The VPC's blocks: an address of theirs that nobody holds has a route, but no owner.
pub(super) fn blocks(batch: &mut Batch, plan: &VpcPlan) {
    batch.flush_chain(BLOCKS);
    for block in &plan.cidrs {
        let rule = Rule::new().in_block(Side::Destination, block.base(), block.prefix());
        batch.add_rule(BLOCKS, &rule.then(Verdict::Goto("drop_no_owner")));
    }
}

/// A security group that is not there yet: without members, and without rules.
pub(super) fn add_group(batch: &mut Batch, group: GroupId) {
    batch.add_set(&members(group));
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

pub(super) fn delete_group(batch: &mut Batch, group: GroupId) {
    for chain in [egress(group), ingress(group)] {
        batch.flush_chain(&chain);
        batch.delete_chain(&chain);
    }
    batch.delete_set(&members(group));
}

/// The groups that a permission names as peers.
pub(super) fn named(plan: &GroupPlan) -> BTreeSet<GroupId> {
    let all = plan.ingress.iter().chain(&plan.egress);
    all.filter_map(|rule| match rule.peer {
        Peer::Group(group) => Some(group),
        Peer::Cidr(_) | Peer::Cidr6(_) | Peer::List(_) => None,
    })
    .collect()
}

/// The rule of a permission; none where it speaks of IPv6 (`rules6.rs`).
fn permission(rule: &RulePlan, peer: Side) -> Option<Rule> {
    let base = Rule::new();
    let base = match rule.peer {
        Peer::Cidr(block) => base.in_block(peer, block.base(), block.prefix()),
        // Of lists plans have the blocks.
        Peer::Cidr6(_) | Peer::List(_) => return None,
        Peer::Group(group) => base.in_set(peer, &members(group)),
    };
    of_protocol(base, rule.protocol).map(|rule| rule.then(Verdict::Accept))
}

/// A rule for packets of a protocol too; none where there are no such packets.
pub(super) fn of_protocol(base: Rule, protocol: Protocol) -> Option<Rule> {
    Some(match protocol {
        Protocol::All => base,
        Protocol::Tcp(ports) => base.protocol(6).ports(ports.first, ports.last),
        Protocol::Udp(ports) => base.protocol(17).ports(ports.first, ports.last),
        Protocol::Icmp { kind, code } => {
            let base = base.protocol(1);
            let base = match kind {
                Some(kind) => base.icmp(0, kind),
                None => base,
            };
            match code {
                Some(code) => base.icmp(1, code),
                None => base,
            }
        }
        Protocol::Icmp6 { .. } => return None,
        Protocol::Number(number) => base.protocol(number),
    })
}

/// The chains of sets of these groups: any permission of any of them, or a drop.
pub(super) fn add_set_chains(batch: &mut Batch, number: u16, groups: &BTreeSet<GroupId>) {
    let (out, into) = set_chains(number);
    batch.add_chain(&out, None);
    batch.add_chain(&into, None);
    for group in groups {
        batch.add_rule(&out, &Rule::new().then(Verdict::Jump(&egress(*group))));
        batch.add_rule(&into, &Rule::new().then(Verdict::Jump(&ingress(*group))));
    }
    batch.add_rule(&out, &Rule::new().then(Verdict::Goto("drop_egress")));
    batch.add_rule(&into, &Rule::new().then(Verdict::Goto("drop_ingress")));
}

pub(super) fn delete_set_chains(batch: &mut Batch, number: u16) {
    let (out, into) = set_chains(number);
    for chain in [out, into] {
        batch.flush_chain(&chain);
        batch.delete_chain(&chain);
    }
}

/// A set of groups, whose chains are those of this number.
pub(super) fn add_set(batch: &mut Batch, set: u16, chains: u16) {
    let (out, into) = set_chains(chains);
    batch.add_jump(EGRESS, set_key(set), &out);
    batch.add_jump(INGRESS, set_key(set), &into);
}

pub(super) fn delete_set(batch: &mut Batch, set: u16) {
    batch.remove_key(EGRESS, set_key(set));
    batch.remove_key(INGRESS, set_key(set));
}

/// Where the outside ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// Blocks that are reached whatever they are.
    pub(super) allowed: Vec<Cidr>,
    /// The host's own networks.
    pub(super) connected: BTreeSet<Cidr>,
    /// The resolver, which is reached by its port alone.
    pub(super) resolver: Option<Ipv4Addr>,
}

impl Reach {
    /// Whether an address is reached, on any port.
    pub(super) fn contains(&self, address: Ipv4Addr) -> bool {
        let within = |block: &Cidr| block.contains(address);
        let private = PRIVATE
            .iter()
            .filter_map(|(base, prefix)| Cidr::containing(Ipv4Addr::from(*base), *prefix));
        let is_near = private.chain(self.connected.iter().copied()).any(|block| within(&block));
        self.allowed.iter().any(within) || !is_near
    }
}

/// Blocks that are no part of the internet, with the length of their prefixes: this network, private
/// ones, carriers', loopbacks, links', those for measurements, groups, and what is reserved.
const PRIVATE: [([u8; 4], u8); 10] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// What of the outside is reached, in the place of what was before.
pub(super) fn reach(batch: &mut Batch, reach: &Reach) {
    batch.flush_chain(NEAR);
    let to = |base: Ipv4Addr, prefix| Rule::new().in_block(Side::Destination, base, prefix);
    for block in &reach.allowed {
        batch.add_rule(NEAR, &to(block.base(), block.prefix()).then(Verdict::Accept));
    }
    for protocol in reach.resolver.iter().flat_map(|at| [(at, 17), (at, 6)]) {
        let (resolver, protocol) = protocol;
        let asks = to(*resolver, 32).protocol(protocol).ports(DNS, DNS);
        batch.add_rule(NEAR, &asks.then(Verdict::Accept));
    }
    let connected = reach.connected.iter().map(|block| (block.base(), block.prefix()));
    let private = PRIVATE.map(|(base, prefix)| (Ipv4Addr::from(base), prefix));
    for (base, prefix) in private.into_iter().chain(connected) {
        batch.add_rule(NEAR, &to(base, prefix).then(Verdict::Goto(PRIVATELY)));
    }
    batch.add_rule(NEAR, &Rule::new().then(Verdict::Accept));
}

/// The table of the router to the outside: what leaves by the uplink is masqueraded, and nothing
/// comes in or crosses between slots but to the public addresses of VPCs, for which slots have the
/// router's own address. Of the router itself slots reach `endpoint`, and they and VPCs the `addresses` of
/// AWS's services.
pub(super) fn outside(
    batch: &mut Batch,
    (uplink, own): (&str, Ipv4Addr),
    within: &Reach,
    (endpoint, addresses): (SocketAddrV4, Option<Cidr>),
) {
    batch.add_table();
    batch.delete_table();
    batch.add_table();
    let filter = |number| Hook { number, priority: 0, is_nat: false, accepts: false };
    // What is near the host is not the outside: its own networks, a cloud's metadata.
    let of_outside = [PRIVATELY, shares::CROWDEDLY];
    for (_, chain, letter) in REASONS.iter().filter(|(_, chain, _)| of_outside.contains(chain)) {
        // Who has no VPC has no mark, but comes by a link of its own.
        tell(batch, (chain, letter), true);
    }
    batch.add_chain(NEAR, None);
    reach(batch, within);
    let known = || Rule::new().state(ESTABLISHED | RELATED).then(Verdict::Accept);
    shares::base(batch);
    batch.add_chain("forward", Some(filter(FORWARD)));
    batch.add_rule("forward", &known());
    shares::gate_outside(batch, "forward", uplink);
    batch.add_set(PUBLISHED);
    let published = Rule::new().in_set(Side::Destination, PUBLISHED);
    batch.add_rule("forward", &published.then(Verdict::Accept));
    let out = Rule::new().link(6, uplink, false).link(7, uplink, true);
    batch.add_rule("forward", &out.then(Verdict::Goto(NEAR)));
    batch.add_chain("router", Some(filter(INPUT)));
    let asks = Rule::new().link(6, uplink, false).in_block(Side::Destination, *endpoint.ip(), 32);
    let asks = asks.protocol(6).ports(endpoint.port(), endpoint.port());
    batch.add_rule("router", &known());
    shares::gate_outside(batch, "router", uplink);
    batch.add_rule("router", &asks.then(Verdict::Accept));
    for (block, port) in
        addresses.iter().flat_map(|block| endpoints::PORTS.map(|port| (block, port)))
    {
        let asks = Rule::new().link(6, uplink, false);
        let asks = asks.in_block(Side::Destination, block.base(), block.prefix());
        batch.add_rule("router", &asks.protocol(6).ports(port, port).then(Verdict::Accept));
    }
    let nat = Hook { number: POSTROUTING, priority: 100, is_nat: true, accepts: true };
    batch.add_chain("translate", Some(nat));
    batch.add_rule("translate", &Rule::new().link(7, uplink, true).masquerade());
    let slots = Ipv4Addr::new(169, 254, 0, 0);
    batch.add_rule(
        "translate",
        &Rule::new().in_block(Side::Source, slots, 16).load(own).source_nat(),
    );
}

/// The host's own table for one installation: masquerades what comes from its uplink, keeps it from
/// the host, but for those of its addresses that are `allowed`, and others from coming by the host.
pub(super) fn host(batch: &mut Batch, uplink: &str, allowed: &[Cidr]) {
    batch.add_table();
    batch.delete_table();
    batch.add_table();
    let hook = |number, priority, is_nat| Hook { number, priority, is_nat, accepts: true };
    batch.add_chain("input", Some(hook(INPUT, 0, false)));
    let to_host = || Rule::new().link(6, uplink, true);
    for block in allowed {
        let to_block = to_host().in_block(Side::Destination, block.base(), block.prefix());
        batch.add_rule("input", &to_block.then(Verdict::Accept));
    }
    // What the host asked of a public address is answered.
    let answers = to_host().state(ESTABLISHED | RELATED);
    batch.add_rule("input", &answers.then(Verdict::Accept));
    batch.add_rule("input", &to_host().then(Verdict::Drop));
    // By the mark, which lives as long as the packet is in the host's namespace.
    batch.add_chain("forward", Some(hook(FORWARD, 0, false)));
    batch.add_rule("forward", &Rule::new().link(6, uplink, true).set_mark(HOST_MARK));
    // Public addresses are this host's to reach, and not its neighbours': they would come by the host.
    let back = || Rule::new().link(7, uplink, true);
    let answers = back().state(ESTABLISHED | RELATED);
    batch.add_rule("forward", &answers.then(Verdict::Accept));
    batch.add_rule("forward", &back().then(Verdict::Drop));
    batch.add_chain("translate", Some(hook(POSTROUTING, 100, true)));
    batch.add_rule("translate", &Rule::new().has_mark(HOST_MARK).masquerade());
}

/// Marks packets of functions on their way through the host.
const HOST_MARK: u32 = 0x5752_4e00;
