//! Network ACLs for IPv6: judged at the same places as those for IPv4 (`acl.rs`), by chains of the
//! table of IPv6, which are there only where a subnet with an IPv6 block has an ACL that denies something of
//! it.
//!
//! They are written anew as a whole when anything of them changes: subnets with IPv6 are few.

use std::collections::BTreeMap;

use engine::cidr6::Cidr6;
use engine::id::{AclId, SubnetId};
use engine::plan::{AclRule, AclRulePlan, DropReason, VpcPlan};
use engine::record::group::{Direction, Protocol};
use engine::record::network_acl::AclBlock;

use super::flow_rules::{REFUSED_IN, REFUSED_OUT};
use super::link6::ROUTER;
use super::names::{
    LOG_GROUP, POSTROUTING, PREROUTING, REMEMBERED, SHARED, TOLD_AT_FIRST, TOLD_PER_SECOND,
    TRANSLATIONS,
};
use super::nft::{Batch, Hook, Rule, Side, Verdict};
use super::rules6::{ORIGINS, of_protocol};

/// The letter by which drops are logged, and that of several packets.
const LETTERS: [char; 2] = ['X', 'x'];
/// The meters of how much is told of each sender.
const METERS: [&str; 2] = ["told_acl", "beyond_acl"];
const OUT: &str = "acl_out";
const IN: &str = "acl_in";
const REPLIES: &str = "acl_replies";
const INTO: &str = "acl_into";

/// The subnets of a VPC whose ACLs do not let all of IPv6 through, for one way.
#[derive(Debug, Default, PartialEq, Eq)]
struct Boundary<'a> {
    subnets: BTreeMap<SubnetId, (Cidr6, AclId)>,
    acls: BTreeMap<AclId, &'a [AclRulePlan]>,
}

impl<'a> Boundary<'a> {
    fn of(plan: &'a VpcPlan, way: Direction) -> Boundary<'a> {
        let mut boundary = Boundary::default();
        for subnet in &plan.subnets {
            let Some(block) = subnet.cidr6 else { continue };
            let rules = plan.acls.get(&subnet.acl).map_or(&[][..], |acl| acl.rules(way));
            if lets_everything(rules) {
                continue;
            }
            boundary.subnets.insert(subnet.subnet, (block, subnet.acl));
            boundary.acls.insert(subnet.acl, rules);
        }
        boundary
    }
}

/// The letter for a way in what is logged, and in names of chains.
fn letter(way: Direction) -> char {
    match way {
        Direction::Egress => 'e',
        Direction::Ingress => 'i',
    }
}

fn of_acl(way: Direction, acl: AclId) -> String {
    format!("acl_{}_{:016x}", letter(way), acl.0)
}

fn prefix(told: char, way: Direction, rule: AclRule) -> String {
    let number = rule.rule.map_or_else(String::new, |number| number.to_string());
    format!("{told}{}{:016x}:{number}", letter(way), rule.acl.0)
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
    match way {
        'e' => Some((DropReason::AclEgress(rule), is_beyond)),
        'i' => Some((DropReason::AclIngress(rule), is_beyond)),
        _ => None,
    }
}

fn is_of_all(rule: &AclRulePlan) -> bool {
    (rule.protocol, rule.block) == (Protocol::All, AclBlock::V6(Cidr6::ANYWHERE))
}

/// Whether nothing of IPv6 is ever denied.
fn lets_everything(rules: &[AclRulePlan]) -> bool {
    let mut of_ipv6 = rules.iter().filter(|rule| matches!(rule.block, AclBlock::V6(_)));
    let first = of_ipv6.by_ref().find(|rule| !rule.allows || is_of_all(rule));
    first.is_some_and(|rule| rule.allows)
}

/// Those of both ways, out first.
fn boundaries(plan: &VpcPlan) -> [Boundary<'_>; 2] {
    [Direction::Egress, Direction::Ingress].map(|way| Boundary::of(plan, way))
}

/// Has the ACLs of a plan in force in the place of those of another; of none where the table begins. The
/// batch is at the table of IPv6.
pub(super) fn change(batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
    let ways = [Direction::Egress, Direction::Ingress];
    let was_metered = before.is_some_and(|plan| plan.is_metered);
    let (before, after) = (before.map(boundaries).unwrap_or_default(), boundaries(plan));
    if before == after && was_metered == plan.is_metered {
        return;
    }
    let is_there =
        |both: &[Boundary<'_>; 2]| both.iter().any(|boundary| !boundary.subnets.is_empty());
    if is_there(&before) {
        close(batch, &before);
    }
    if is_there(&after) {
        METERS.iter().for_each(|meter| batch.add_meter(meter, REMEMBERED));
        for (way, boundary) in ways.into_iter().zip(&after) {
            let counted = plan.is_metered.then_some(match way {
                Direction::Egress => REFUSED_OUT,
                Direction::Ingress => REFUSED_IN,
            });
            boundary.acls.iter().for_each(|(acl, rules)| put(batch, (way, counted), *acl, rules));
        }
        open(batch, &after);
    }
}

/// Takes everything away; what refers to something goes before it.
fn close(batch: &mut Batch, before: &[Boundary<'_>; 2]) {
    let chains = [OUT, REPLIES, INTO, IN];
    chains.iter().for_each(|chain| batch.flush_chain(chain));
    chains.iter().for_each(|chain| batch.delete_chain(chain));
    for (way, boundary) in [Direction::Egress, Direction::Ingress].into_iter().zip(before) {
        for acl in boundary.acls.keys() {
            batch.flush_chain(&of_acl(way, *acl));
            batch.delete_chain(&of_acl(way, *acl));
        }
    }
    METERS.iter().for_each(|meter| batch.delete_set(meter));
}

/// The chains at which packets are judged.
fn open(batch: &mut Batch, [out, into]: &[Boundary<'_>; 2]) {
    let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
    // Behind the sender's security groups, ahead of the routes.
    batch.add_chain(OUT, Some(hook(PREROUTING, -145)));
    batch.add_chain(IN, None);
    // Behind the routes, which refuse new connections to shared ENIs.
    batch.add_chain(REPLIES, Some(hook(PREROUTING, -135)));
    let shared = Rule::new().in_set6(Side::Destination, SHARED);
    batch.add_rule(REPLIES, &shared.then(Verdict::Goto(IN)));
    // Ahead of the receiver's security groups. The router's own errors are kept from nobody.
    batch.add_chain(INTO, Some(hook(POSTROUTING, 145)));
    let router = Cidr6::containing(ROUTER, 128).expect("an address is a block");
    let router = Rule::new().in_block6(Side::Source, router);
    batch.add_rule(INTO, &router.then(Verdict::Accept));
    batch.add_rule(INTO, &Rule::new().then(Verdict::Goto(IN)));
    for (block, acl) in out.subnets.values() {
        let own = || Rule::new().in_block6(Side::Source, *block);
        // What is sent from behind a shared ENI is of that one's subnet.
        let behind = || Rule::new().in_map6(Side::Source, TRANSLATIONS).lies_in_block6(*block);
        for own in [&own as &dyn Fn() -> Rule, &behind] {
            // Within the subnet there is no boundary.
            let stays = own().in_block6(Side::Destination, *block);
            batch.add_rule(OUT, &stays.then(Verdict::Accept));
            batch.add_rule(OUT, &own().then(Verdict::Goto(&of_acl(Direction::Egress, *acl))));
        }
    }
    for (block, acl) in into.subnets.values() {
        let own = || Rule::new().in_block6(Side::Destination, *block);
        let stays = own().in_block6(Side::Source, *block);
        batch.add_rule(IN, &stays.then(Verdict::Accept));
        batch.add_rule(IN, &own().then(Verdict::Goto(&of_acl(Direction::Ingress, *acl))));
    }
}

/// An ACL's rules. Where flows are counted, what they deny is.
fn put(
    batch: &mut Batch,
    (way, counted): (Direction, Option<&str>),
    acl: AclId,
    rules: &[AclRulePlan],
) {
    let chain = of_acl(way, acl);
    batch.add_chain(&chain, None);
    for rule in rules {
        let number = AclRule { acl, rule: Some(rule.number) };
        let Some(matches) = matching(way, rule) else { continue };
        if rule.allows {
            batch.add_rule(&chain, &matches.then(Verdict::Accept));
        } else {
            deny(batch, (way, number, counted), || matching(way, rule).expect("it was just there"));
        }
        if is_of_all(rule) {
            return;
        }
    }
    deny(batch, (way, AclRule { acl, rule: None }, counted), Rule::new);
}

/// Drops what matches, and tells of it as often as each sender may have it told.
fn deny(
    batch: &mut Batch,
    (way, rule, counted): (Direction, AclRule, Option<&str>),
    matches: impl Fn() -> Rule,
) {
    if let Some(chain) = counted {
        batch.add_rule(&of_acl(way, rule.acl), &matches().then(Verdict::Jump(chain)));
    }
    let told = |at: usize, rate, burst| {
        // A reply is told to who began the connection.
        let marked = matches().mark_by_origin6(ORIGINS);
        let metered = marked.meter(METERS[at], false, rate, burst);
        metered.log(LOG_GROUP, &prefix(LETTERS[at], way, rule))
    };
    let each = told(0, TOLD_PER_SECOND, TOLD_AT_FIRST).then(Verdict::Drop);
    for what in [each, told(1, 1, 1), matches().then(Verdict::Drop)] {
        batch.add_rule(&of_acl(way, rule.acl), &what);
    }
}

/// What a rule speaks of; nothing where that is IPv4.
fn matching(way: Direction, rule: &AclRulePlan) -> Option<Rule> {
    let AclBlock::V6(block) = rule.block else { return None };
    let peer = match way {
        Direction::Egress => Side::Destination,
        Direction::Ingress => Side::Source,
    };
    of_protocol(Rule::new().in_block6(peer, block), rule.protocol)
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
        for other in ["", "E", "X", "Xe", "Xx0:1", "Xe0", "Xeé:1", "Xe0:x", "XeX:1", "ne:"] {
            assert_eq!(reason(other.as_bytes()), None, "{other}");
        }
    }
}
