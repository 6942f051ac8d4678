//! Network ACLs in a router's rules: every packet that crosses the boundary of a subnet is judged by
//! itself, also where its connection is known.
//!
//! Subnets whose ACL lets everything through have no rule: where all are such, nothing of this is
//! there. For the others there is a chain for each ACL and way, and a map from blocks to those. Subnets
//! do not overlap, so an address is masked and looked up once for each length of prefix, and an ENI
//! needs nothing of its own. What comes from behind a shared ENI is known by that ENI's address. There
//! are as few chains and rules as can be: the kernel looks at each chain at each change, be it of an
//! ENI, and at each rule that is within reach at each change of a rule.
//!
//! What leaves a subnet is judged before routing, behind the sender's security groups. What enters
//! one is judged after translation, ahead of the receiver's; but replies to a shared ENI before
//! theirs is undone, since afterwards they are for a slot.

use std::collections::{BTreeMap, BTreeSet};

use engine::cidr::Cidr;
use engine::id::{AclId, SubnetId};
use engine::plan::{AclRule, AclRulePlan, DropReason, VpcPlan};
use engine::record::group::Direction;
use engine::record::network_acl::AclBlock;

use super::hop_rules::PEERED;
use super::nft::{Batch, Hook, Rule, Side, Verdict};
use super::router::GATEWAY;
use super::rules::{
    self, LOG_GROUP, POSTROUTING, PREROUTING, SENDERS, SHARED, TOLD_AT_FIRST, TOLD_PER_SECOND,
    TRANSLATIONS,
};

/// The letter by which drops are logged, and that of several packets.
const LETTERS: [char; 2] = ['N', 'n'];
/// The meters of how much is told of each sender.
const METERS: [&str; 2] = ["told_acl", "beyond_acl"];
/// The meter of how much is told of what each peer has sent, or is sent back to it.
const OF_PEERS: &str = "told_acl_peers";
/// Where replies to shared ENIs are judged on their way into a subnet, and where all else is.
const REPLIES: &str = "acl_replies";
const INTO: &str = "acl_into";

/// The subnets of a VPC whose ACLs do not let everything through, for one way.
#[derive(Debug, Default, PartialEq, Eq)]
struct Boundary<'a> {
    subnets: BTreeMap<SubnetId, (Cidr, AclId)>,
    acls: BTreeMap<AclId, &'a [AclRulePlan]>,
}

impl<'a> Boundary<'a> {
    fn of(plan: &'a VpcPlan, way: Direction) -> Boundary<'a> {
        let mut boundary = Boundary::default();
        for subnet in &plan.subnets {
            let acl = plan.acls.get(&subnet.acl);
            let rules = in_force(acl.map_or(&[], |acl| acl.rules(way)));
            if lets_everything(rules) {
                continue;
            }
            boundary.subnets.insert(subnet.subnet, (subnet.cidr, subnet.acl));
            boundary.acls.insert(subnet.acl, rules);
        }
        boundary
    }

    fn prefixes(&self) -> BTreeSet<u8> {
        self.subnets.values().map(|(block, _)| block.prefix()).collect()
    }
}

/// The rules that are ever asked: none after one that speaks of everything.
fn in_force(rules: &[AclRulePlan]) -> &[AclRulePlan] {
    let last = rules.iter().position(AclRulePlan::is_of_all);
    last.map_or(rules, |last| &rules[..=last])
}

/// Whether nothing of IPv4 is ever denied.
fn lets_everything(rules: &[AclRulePlan]) -> bool {
    let mut of_ipv4 = rules.iter().filter(|rule| matches!(rule.block, AclBlock::V4(_)));
    of_ipv4.all(|rule| rule.allows) && rules.last().is_some_and(AclRulePlan::is_of_all)
}

/// The word for a way in names of chains, and the letter for it in what is logged.
fn word(way: Direction) -> (&'static str, char) {
    match way {
        Direction::Egress => ("out", 'e'),
        Direction::Ingress => ("in", 'i'),
    }
}

fn of_acl(way: Direction, acl: AclId) -> String {
    format!("acl_{}_{:016x}", word(way).0, acl.0)
}

/// The map from subnets' blocks of a length to their ACLs' chains.
fn blocks(way: Direction, prefix: u8) -> String {
    format!("acl_{}_blocks_{prefix}", word(way).0)
}

/// The set of pairs of one block, for packets that stay within it.
fn within(way: Direction, prefix: u8) -> String {
    format!("acl_{}_within_{prefix}", word(way).0)
}

/// The chain that looks for the subnet.
fn find(way: Direction) -> String {
    format!("acl_{}", word(way).0)
}

/// The reason that a log prefix stands for, and whether there were more than are told.
pub(super) fn reason(prefix: &[u8]) -> Option<(DropReason, bool)> {
    let text = std::str::from_utf8(prefix).ok()?.trim_end_matches('\0');
    let is_beyond = text.starts_with(LETTERS[1]);
    let text = text.strip_prefix(LETTERS)?;
    let way = text.chars().next()?;
    let (acl, rule) = text.get(1..)?.split_once(':')?;
    let acl = AclId(u64::from_str_radix(acl, 16).ok()?);
    let rule = if rule.is_empty() { None } else { Some(rule.parse().ok()?) };
    let rule = AclRule { acl, rule };
    let reason = match way {
        'e' => DropReason::AclEgress(rule),
        'i' => DropReason::AclIngress(rule),
        _ => return None,
    };
    Some((reason, is_beyond))
}

fn prefix(letter: char, way: Direction, rule: AclRule) -> String {
    let number = rule.rule.map_or_else(String::new, |number| number.to_string());
    format!("{letter}{}{:016x}:{number}", word(way).1, rule.acl.0)
}

/// Has the ACLs of a plan in force in the place of those of another; of none where a table begins.
pub(super) fn change(batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
    let ways = [Direction::Egress, Direction::Ingress].map(|way| {
        let before = before.map_or_else(Boundary::default, |plan| Boundary::of(plan, way));
        (way, before, Boundary::of(plan, way))
    });
    let was = ways.iter().any(|(_, before, _)| !before.subnets.is_empty());
    let is = ways.iter().any(|(.., after)| !after.subnets.is_empty());
    if is && !was {
        let meters = METERS.iter().chain([&OF_PEERS]);
        meters.for_each(|meter| batch.add_meter(meter, rules::REMEMBERED));
    }
    for (way, before, after) in &ways {
        if before != after {
            Changed { batch: &mut *batch, way: *way, before, after }.carry_out();
        }
    }
    if was && !is {
        METERS.iter().chain([&OF_PEERS]).for_each(|meter| batch.delete_set(meter));
    }
}

/// A change of one way's ACLs.
struct Changed<'a> {
    batch: &'a mut Batch,
    way: Direction,
    before: &'a Boundary<'a>,
    after: &'a Boundary<'a>,
}

impl Changed<'_> {
    /// What is referred to is there before what refers to it, and goes after it.
    fn carry_out(mut self) {
        let (before, after, way) = (self.before, self.after, self.way);
        let (was, is) = (before.prefixes(), after.prefixes());
        if was.is_empty() {
            self.open();
        }
        if was != is {
            self.batch.flush_chain(&find(way));
        }
        let changes = |id: &SubnetId| before.subnets.get(id) != after.subnets.get(id);
        for (_, (block, _)) in before.subnets.iter().filter(|(id, _)| changes(id)) {
            self.batch.remove_key(&blocks(way, block.prefix()), block.base().octets());
            self.batch.remove_pair(&within(way, block.prefix()), [block.base().octets(); 2]);
        }
        for prefix in was.difference(&is) {
            self.batch.delete_set(&blocks(way, *prefix));
            self.batch.delete_set(&within(way, *prefix));
        }
        self.rules();
        for prefix in is.difference(&was) {
            self.batch.add_verdict_map(&blocks(way, *prefix));
            self.batch.add_pair_set(&within(way, *prefix));
        }
        for (_, (block, acl)) in after.subnets.iter().filter(|(id, _)| changes(id)) {
            let (map, key) = (blocks(way, block.prefix()), block.base().octets());
            self.batch.add_jump(&map, key, &of_acl(way, *acl));
            self.batch.add_pair(&within(way, block.prefix()), [block.base().octets(); 2]);
        }
        if was != is {
            is.iter().for_each(|prefix| self.look(*prefix));
        }
        if is.is_empty() {
            self.close();
        }
    }

    /// The chains at which packets are judged, without any subnet yet.
    fn open(&mut self) {
        let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
        let find = find(self.way);
        match self.way {
            // Behind the sender's security groups, ahead of the routes.
            Direction::Egress => self.batch.add_chain(&find, Some(hook(PREROUTING, -145))),
            Direction::Ingress => {
                self.batch.add_chain(&find, None);
                // Behind the routes, which refuse new connections to shared ENIs.
                self.batch.add_chain(REPLIES, Some(hook(PREROUTING, -135)));
                let shared = Rule::new().in_set(Side::Destination, SHARED);
                self.batch.add_rule(REPLIES, &shared.then(Verdict::Goto(&find)));
                // Ahead of the receiver's security groups.
                self.batch.add_chain(INTO, Some(hook(POSTROUTING, 145)));
                // The router's own errors are kept from nobody.
                let router = Rule::new().in_block(Side::Source, GATEWAY, 32);
                self.batch.add_rule(INTO, &router.then(Verdict::Accept));
                self.batch.add_rule(INTO, &Rule::new().then(Verdict::Goto(&find)));
            }
        }
    }

    fn close(&mut self) {
        if self.way == Direction::Ingress {
            for chain in [REPLIES, INTO] {
                self.batch.flush_chain(chain);
                self.batch.delete_chain(chain);
            }
        }
        self.batch.delete_chain(&find(self.way));
    }

    /// Looks for the subnet of an address among those with blocks of a length.
    fn look(&mut self, prefix: u8) {
        let (way, chain) = (self.way, find(self.way));
        let (map, within) = (blocks(way, prefix), within(way, prefix));
        let direct: fn() -> Rule = match way {
            Direction::Egress => || Rule::new().address(Side::Source),
            Direction::Ingress => || Rule::new().address(Side::Destination),
        };
        // What is for a slot behind a shared ENI, by an address that was translated, came from outside of
        // the VPC: what comes from within was judged by the ENI's.
        let behind: fn() -> Rule = match way {
            Direction::Egress => || Rule::new().in_map(Side::Source, TRANSLATIONS),
            Direction::Ingress => || Rule::new().in_map(Side::Destination, TRANSLATIONS),
        };
        for own in [direct, behind] {
            // Within the subnet there is no boundary.
            let stays = own().pair_of_blocks(peer(way), prefix, &within);
            self.batch.add_rule(&chain, &stays.then(Verdict::Accept));
            self.batch.add_rule(&chain, &own().verdict_of_block(prefix, &map));
        }
    }

    /// The chains of ACLs, to which the map of no subnet that changes leads at the time.
    fn rules(&mut self) {
        let (before, after, way) = (self.before, self.after, self.way);
        for (acl, rules) in &before.acls {
            if after.acls.get(acl) != Some(rules) {
                self.batch.flush_chain(&of_acl(way, *acl));
            }
            if !after.acls.contains_key(acl) {
                self.batch.delete_chain(&of_acl(way, *acl));
            }
        }
        for (acl, rules) in &after.acls {
            let known = before.acls.get(acl);
            if known.is_none() {
                self.batch.add_chain(&of_acl(way, *acl), None);
            }
            if known != Some(rules) {
                self.of_acl(*acl, rules);
            }
        }
    }

    fn of_acl(&mut self, acl: AclId, rules: &[AclRulePlan]) {
        let way = self.way;
        for rule in rules {
            let number = AclRule { acl, rule: Some(rule.number) };
            let Some(matches) = matching(way, rule) else { continue };
            if rule.allows {
                self.batch.add_rule(&of_acl(way, acl), &matches.then(Verdict::Accept));
            } else {
                self.denial(number, || matching(way, rule).expect("it was just there"));
            }
        }
        if !rules.last().is_some_and(AclRulePlan::is_of_all) {
            self.denial(AclRule { acl, rule: None }, Rule::new);
        }
    }

    /// Drops what matches, and tells of it as often as each sender may have it told.
    fn denial(&mut self, rule: AclRule, matches: impl Fn() -> Rule) {
        let told = |at: usize, rate, burst| {
            // A packet of a known connection has no mark, and a reply is told to who began that.
            let marked = matches().mark_by_origin(SENDERS);
            let metered = marked.meter(METERS[at], false, rate, burst);
            metered.log(LOG_GROUP, &prefix(LETTERS[at], self.way, rule))
        };
        let each = told(0, TOLD_PER_SECOND, TOLD_AT_FIRST).then(Verdict::Drop);
        let beyond = told(1, 1, 1);
        // Who began a peer's connection has no mark here.
        let of_peer = matches().noted(PEERED).meter(OF_PEERS, true, TOLD_PER_SECOND, TOLD_AT_FIRST);
        let of_peer = of_peer.log(LOG_GROUP, &prefix(LETTERS[0], self.way, rule));
        let of_peer = of_peer.then(Verdict::Drop);
        for what in [each, beyond, of_peer, matches().then(Verdict::Drop)] {
            self.batch.add_rule(&of_acl(self.way, rule.acl), &what);
        }
    }
}

/// The side of a packet whose address is the other end's.
fn peer(way: Direction) -> Side {
    match way {
        Direction::Egress => Side::Destination,
        Direction::Ingress => Side::Source,
    }
}

/// What a rule speaks of; nothing where that is IPv6, of which there are no packets.
fn matching(way: Direction, rule: &AclRulePlan) -> Option<Rule> {
    let AclBlock::V4(block) = rule.block else { return None };
    let base = Rule::new().in_block(peer(way), block.base(), block.prefix());
    rules::of_protocol(base, rule.protocol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_is_told_with_its_acl_and_number() {
        let acl = AclId(0x0123_4567_89ab_cdef);
        for rule in [None, Some(1), Some(32_766)].map(|rule| AclRule { acl, rule }) {
            for (way, told) in [
                (Direction::Egress, DropReason::AclEgress(rule)),
                (Direction::Ingress, DropReason::AclIngress(rule)),
            ] {
                for (letter, is_beyond) in LETTERS.into_iter().zip([false, true]) {
                    // As the kernel tells it.
                    let prefix = format!("{}\0", prefix(letter, way, rule));
                    assert_eq!(reason(prefix.as_bytes()), Some((told, is_beyond)));
                }
            }
        }
        for other in ["", "E", "N", "Ne", "Nx0:1", "Ne0", "Neé:1", "Ne0:x", "NeX:1", "ne:"] {
            assert_eq!(reason(other.as_bytes()), None, "{other}");
        }
    }
}
