//! Network ACLs in a router's rules: every packet that crosses the boundary of a subnet is judged by
//! itself, also where its connection is known.
//!
//! Subnets whose ACL lets everything through have no rule: where all are such, nothing of this is
//! there. For the others there is a map from blocks to numbers of ACLs, and what those decide is looked
//! up (`decisions.rs`). Subnets do not overlap, so an address is masked and looked up once for each length
//! of prefix, and an ENI needs nothing of its own. What comes from behind a shared ENI is known by that
//! ENI's address. There are as many chains and rules as there are lengths of prefixes, and no more with
//! more ACLs: the kernel looks at each chain at each change, be it of an ENI, and at each rule that is
//! within reach at each change of a rule.
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

use super::asks;
use super::decisions::{self, Content, Judge, Numbers};
use super::flow_rules::{REFUSED_IN, REFUSED_OUT};
use super::names;
use super::names::{
    LOG_GROUP, PEERED, POSTROUTING, PREROUTING, SENDERS, SHARED, TOLD_AT_FIRST, TOLD_PER_SECOND,
    TRANSLATIONS,
};
use super::nft::{Batch, Hook, Rule, Side, Verdict};
use super::passage::{Passages, Passing};
use super::router::GATEWAY;

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
    acls: BTreeMap<AclId, Judge<'a>>,
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
            let judge = Judge { acl: subnet.acl, own: None, rules };
            boundary.acls.insert(subnet.acl, judge);
        }
        boundary
    }

    fn prefixes(&self) -> BTreeSet<u8> {
        self.subnets.values().map(|(block, _)| block.prefix()).collect()
    }

    /// The subnets that the other one has otherwise, or whose ACL has another number.
    fn unlike<'b>(
        &'b self,
        other: &'b Boundary<'_>,
        renumbered: &'b BTreeSet<AclId>,
    ) -> impl Iterator<Item = (Cidr, AclId)> + use<'a, 'b> {
        let is_like = move |id: &SubnetId, (block, acl): &(Cidr, AclId)| {
            other.subnets.get(id) == Some(&(*block, *acl)) && !renumbered.contains(acl)
        };
        self.subnets.iter().filter(move |(id, of)| !is_like(id, of)).map(|(_, of)| *of)
    }
}

/// The rules that are ever asked: none after one that speaks of everything.
pub(super) fn in_force(rules: &[AclRulePlan]) -> &[AclRulePlan] {
    let last = rules.iter().position(AclRulePlan::is_of_all);
    last.map_or(rules, |last| &rules[..=last])
}

/// Whether nothing of IPv4 is ever denied.
pub(super) fn lets_everything(rules: &[AclRulePlan]) -> bool {
    let mut of_ipv4 = rules.iter().filter(|rule| matches!(rule.block, AclBlock::V4(_)));
    of_ipv4.all(|rule| rule.allows) && rules.last().is_some_and(AclRulePlan::is_of_all)
}

/// The word for a way in names of chains, and the letter for it in what is logged.
pub(super) fn word(way: Direction) -> (&'static str, char) {
    match way {
        Direction::Egress => ("out", 'e'),
        Direction::Ingress => ("in", 'i'),
    }
}

/// The map from subnets' blocks of a length to their ACLs' numbers.
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

/// The chain that judges by this.
fn judge(way: Direction, content: Content) -> String {
    let of = match content {
        Content::Port => "ports",
        Content::Icmp => "icmp",
        Content::Nothing => "others",
    };
    format!("acl_{}_{of}", word(way).0)
}

/// The chain that drops.
fn denied(way: Direction) -> String {
    format!("acl_{}_denied", word(way).0)
}

/// Which way a packet was going that a log prefix tells of, whether that was through a NAT gateway to the
/// internet, and whether there were more than are told.
pub(super) fn way(prefix: &[u8]) -> Option<(Direction, bool, bool)> {
    let [letter, way] = *prefix.first_chunk::<2>()?;
    let at = LETTERS.iter().position(|known| *known == char::from(letter))?;
    let ways = [Direction::Egress, Direction::Ingress];
    let is_through = way.is_ascii_uppercase();
    let way = char::from(way.to_ascii_lowercase());
    let way = ways.into_iter().find(|known| word(*known).1 == way)?;
    Some((way, is_through, at == 1))
}

/// What was dropped on a way, by a rule.
pub(super) fn reason(way: Direction, rule: AclRule) -> DropReason {
    match way {
        Direction::Egress => DropReason::AclEgress(rule),
        Direction::Ingress => DropReason::AclIngress(rule),
    }
}

/// What of the ACLs is in force in a router.
#[derive(Debug, Clone, Default)]
pub(super) struct Acls {
    numbers: Numbers,
    known: BTreeMap<(Direction, AclId), u16>,
    /// The same for what goes through NAT gateways.
    nats: Passages,
}

impl Acls {
    /// Whether rules that change get another number in any case; says so from now on.
    pub(super) fn renumber(&mut self, renumbers: bool) -> bool {
        std::mem::replace(&mut self.numbers.renumbers, renumbers)
    }

    /// Which rule has dropped a packet that is told of.
    pub(super) fn rule(&self, told: [u8; 4]) -> Option<AclRule> {
        self.numbers.rule(told)
    }

    /// Has the ACLs of a plan in force in the place of those of another; of none where a table begins.
    pub(super) fn change(&mut self, batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
        let was_metered = before.is_some_and(|plan| plan.is_metered);
        let ways = [Direction::Egress, Direction::Ingress].map(|way| {
            let before = before.map_or_else(Boundary::default, |plan| Boundary::of(plan, way));
            (way, before, Boundary::of(plan, way))
        });
        let passing = [before.map(Passing::of).unwrap_or_default(), Passing::of(plan)];
        let [was_passing, is_passing] = [&passing[0], &passing[1]].map(|each| !each.is_empty());
        let was = was_passing || ways.iter().any(|(_, before, _)| !before.subnets.is_empty());
        let is = is_passing || ways.iter().any(|(.., after)| !after.subnets.is_empty());
        if is && !was {
            let meters = METERS.iter().chain([&OF_PEERS]);
            meters.for_each(|meter| batch.add_meter(meter, names::REMEMBERED));
            decisions::open(batch);
        }
        for (way, before, after) in &ways {
            if before != after {
                Changed { acls: self, batch: &mut *batch, way: *way, before, after }.carry_out();
            }
            let (had, has) = (!before.subnets.is_empty(), !after.subnets.is_empty());
            if has && (!had || was_metered != plan.is_metered) {
                fill_denied(batch, *way, plan.is_metered);
            }
        }
        self.nats.change(batch, &mut self.numbers, &passing[0], &passing[1]);
        if was && !is {
            METERS.iter().chain([&OF_PEERS]).for_each(|meter| batch.delete_set(meter));
            decisions::close(batch);
        }
    }
}

/// A change of one way's ACLs.
struct Changed<'a> {
    acls: &'a mut Acls,
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
            for chain in self.chains() {
                self.batch.flush_chain(&chain);
            }
        }
        let renumbered = self.rules();
        for (block, _) in before.unlike(after, &renumbered) {
            self.batch.remove_key(&blocks(way, block.prefix()), block.base().octets());
            self.batch.remove_pair(&within(way, block.prefix()), [block.base().octets(); 2]);
        }
        for prefix in was.difference(&is) {
            self.batch.delete_set(&blocks(way, *prefix));
            self.batch.delete_set(&within(way, *prefix));
        }
        for prefix in is.difference(&was) {
            self.batch.add_map(&blocks(way, *prefix));
            self.batch.add_pair_set(&within(way, *prefix));
        }
        for (block, acl) in after.unlike(before, &renumbered) {
            let number = u32::from(self.acls.known[&(way, acl)]).to_be_bytes();
            self.batch.add_mapping(&blocks(way, block.prefix()), block.base().octets(), number);
            self.batch.add_pair(&within(way, block.prefix()), [block.base().octets(); 2]);
        }
        if was != is && !is.is_empty() {
            if way == Direction::Egress {
                // The resolver is kept from nobody.
                for question in asks::asks() {
                    self.batch.add_rule(&find(way), &question.then(Verdict::Accept));
                }
            }
            self.find(&is);
        }
        if is.is_empty() {
            self.close();
        }
    }

    /// The chains whose rules are by lengths of prefixes.
    fn chains(&self) -> [String; 4] {
        let [ports, icmp, others] = CONTENTS.map(|content| judge(self.way, content));
        [find(self.way), ports, icmp, others]
    }

    /// The chains at which packets are judged, without any subnet yet.
    fn open(&mut self) {
        let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
        let find = find(self.way);
        for content in CONTENTS {
            self.batch.add_chain(&judge(self.way, content), None);
        }
        self.batch.add_chain(&denied(self.way), None);
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
                self.batch.add_rule(INTO, &asks::answers().then(Verdict::Accept));
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
        // They are empty by now, but for the one that drops.
        self.batch.flush_chain(&denied(self.way));
        for chain in self.chains().into_iter().chain([denied(self.way)]) {
            self.batch.delete_chain(&chain);
        }
    }

    /// Looks for the subnet of an address among those with blocks of these lengths.
    fn find(&mut self, prefixes: &BTreeSet<u8>) {
        let way = self.way;
        let direct: fn(Direction) -> Rule = |way| Rule::new().address(own(way));
        // What is for a slot behind a shared ENI, by an address that was translated, came from outside of
        // the VPC: what comes from within was judged by the ENI's.
        let behind: fn(Direction) -> Rule = |way| Rule::new().in_map(own(way), TRANSLATIONS);
        let all = || prefixes.iter().flat_map(move |prefix| [(*prefix, direct), (*prefix, behind)]);
        for (prefix, own) in all() {
            // Within the subnet there is no boundary.
            let stays = own(way).pair_of_blocks(peer(way), prefix, &within(way, prefix));
            self.batch.add_rule(&find(way), &stays.then(Verdict::Accept));
        }
        for (protocol, content) in LOOKED_AT {
            let at = content.at().expect("there is something to be looked at");
            let has = Rule::new().protocol(protocol).has_content(at);
            self.batch.add_rule(&find(way), &has.then(Verdict::Goto(&judge(way, content))));
        }
        let others = judge(way, Content::Nothing);
        self.batch.add_rule(&find(way), &Rule::new().then(Verdict::Goto(&others)));
        for content in CONTENTS {
            let chain = judge(way, content);
            for (prefix, own) in all() {
                let number = || own(way).block_in(prefix, &blocks(way, prefix));
                let decided = || number().decided(peer(way), content);
                self.batch.add_rule(&chain, &decided().passes().then(Verdict::Accept));
                let denied = denied(way);
                let dropped = decided().write_decision().then(Verdict::Goto(&denied));
                self.batch.add_rule(&chain, &dropped);
            }
        }
    }

    /// What ACLs decide, by their numbers; the ACLs that have other numbers now.
    fn rules(&mut self) -> BTreeSet<AclId> {
        let (before, after, way) = (self.before, self.after, self.way);
        let Acls { numbers, known, .. } = &mut *self.acls;
        for (acl, judge) in before.acls.iter().filter(|(acl, _)| !after.acls.contains_key(acl)) {
            let number = known.remove(&(way, *acl)).expect("it is in force");
            numbers.remove(self.batch, number, judge);
        }
        let mut renumbered = BTreeSet::new();
        for (acl, judge) in
            after.acls.iter().filter(|(acl, judge)| before.acls.get(acl) != Some(judge))
        {
            let number = match before.acls.get(acl) {
                Some(was) => numbers.replace(self.batch, known[&(way, *acl)], [was, judge]),
                None => numbers.add(self.batch, judge),
            };
            if known.insert((way, *acl), number) != Some(number) {
                renumbered.insert(*acl);
            }
        }
        renumbered
    }
}

/// A chain that drops what was decided to be, and tells of it.
pub(super) fn denial(batch: &mut Batch, chain: &str, way: char) {
    batch.add_chain(chain, None);
    tell_and_drop(batch, chain, way);
}

/// Drops what was decided to be. Where flows are counted, it is under its own.
fn fill_denied(batch: &mut Batch, way: Direction, is_metered: bool) {
    let chain = denied(way);
    batch.flush_chain(&chain);
    let counted = match way {
        Direction::Egress => REFUSED_OUT,
        Direction::Ingress => REFUSED_IN,
    };
    if is_metered {
        batch.add_rule(&chain, &Rule::new().then(Verdict::Jump(counted)));
    }
    tell_and_drop(batch, &chain, word(way).1);
}

/// Drops all that comes to a chain, and tells of it as often as each sender may have it told.
fn tell_and_drop(batch: &mut Batch, chain: &str, way: char) {
    let told = |rule: Rule, at: usize, rate, burst| {
        let metered = rule.meter(METERS[at], false, rate, burst);
        metered.log(LOG_GROUP, &format!("{}{way}", LETTERS[at]))
    };
    // A packet of a known connection has no mark, and a reply is told to who began that.
    let marked = || Rule::new().mark_by_origin(SENDERS);
    let each = told(marked(), 0, TOLD_PER_SECOND, TOLD_AT_FIRST).then(Verdict::Drop);
    let beyond = told(marked(), 1, 1, 1);
    // Who began a peer's connection has no mark here.
    let of_peer = || Rule::new().noted(PEERED);
    let peers = of_peer().meter(OF_PEERS, true, TOLD_PER_SECOND, TOLD_AT_FIRST);
    let peers = peers.log(LOG_GROUP, &format!("{}{way}", LETTERS[0])).then(Verdict::Drop);
    let more = of_peer().then(Verdict::Drop);
    // Who begins a connection from outside of the VPC is no sender, and all of those are told as one.
    let stranger = told(Rule::new().has_mark(0), 0, TOLD_PER_SECOND, TOLD_AT_FIRST);
    for what in [each, beyond, peers, more, stranger, Rule::new().then(Verdict::Drop)] {
        batch.add_rule(chain, &what);
    }
}

/// What is looked at of packets, and of which protocols what is.
const CONTENTS: [Content; 3] = [Content::Port, Content::Icmp, Content::Nothing];
pub(super) const LOOKED_AT: [(u8, Content); 3] =
    [(6, Content::Port), (17, Content::Port), (1, Content::Icmp)];

/// The side of a packet whose address is of the subnet, and the one whose address is the other end's.
fn own(way: Direction) -> Side {
    match way {
        Direction::Egress => Side::Source,
        Direction::Ingress => Side::Destination,
    }
}

fn peer(way: Direction) -> Side {
    match way {
        Direction::Egress => Side::Destination,
        Direction::Ingress => Side::Source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_says_the_way_and_whether_there_were_more() {
        for way in [Direction::Egress, Direction::Ingress] {
            for (letter, is_beyond) in LETTERS.into_iter().zip([false, true]) {
                // As the kernel tells it.
                let prefix = format!("{letter}{}\0", word(way).1);
                assert_eq!(super::way(prefix.as_bytes()), Some((way, false, is_beyond)));
                let prefix = format!("{letter}{}\0", word(way).1.to_ascii_uppercase());
                assert_eq!(super::way(prefix.as_bytes()), Some((way, true, is_beyond)));
            }
        }
        for other in ["", "E", "N", "Nx", "xe", "\0e"] {
            assert_eq!(super::way(other.as_bytes()), None, "{other}");
        }
    }
}
