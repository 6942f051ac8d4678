//! What network ACLs decide, as data of two maps: the addresses of the other end are of classes, of which
//! all have the same rules, and a class has a decision for each interval of protocols and ports.
//!
//! One ACL's rules, of which the first that speaks of a packet counts, are taken apart when they are put
//! in force. So a packet is judged by two look-ups however many rules there are, and ACLs, which a VPC
//! may have many of, are no chains: the kernel goes through those at each change, be it of one ENI.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use engine::cidr::Cidr;
use engine::id::AclId;
use engine::plan::{AclRule, AclRulePlan};
use engine::record::group::Protocol;
use engine::record::network_acl::AclBlock;

use super::intervals::{self, Interval, addresses, first_of, key_of_address, number_after, sweep};
use super::nft::{Batch, Rule, Side};

/// An ACL's number and an address of the other end to a class.
const CLASSES: &str = "acl_classes";
/// A class, a protocol, and ports or types, to what is decided.
const DECISIONS: &str = "acl_decisions";

/// What says that a packet passes; all else says which rule drops it.
const PASSES: [u8; 4] = [0; 4];

/// What of an ACL is asked of packets that go one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judge<'a> {
    pub(super) acl: AclId,
    /// From here and to here nothing is asked.
    pub(super) own: Option<Cidr>,
    pub(super) rules: &'a [AclRulePlan],
}

/// The numbers by which the packet path knows what is in force. Rules that change get another one, and
/// one that is gone is remembered until it is given again, since drops are told after they happen.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    last: u16,
    acls: BTreeMap<u16, AclId>,
    used: BTreeSet<u16>,
    /// Whether this kernel has refused to take some intervals of a number in the place of others.
    pub(super) renumbers: bool,
}

impl Numbers {
    /// Puts rules in force, by a number that is returned.
    pub(super) fn add(&mut self, batch: &mut Batch, judge: &Judge<'_>) -> u16 {
        let number = number_after(self.last, |number| self.used.contains(&number));
        let number = number.expect("a VPC has fewer ACLs");
        self.last = number;
        self.used.insert(number);
        self.acls.insert(number, judge.acl);
        let (classes, decisions) = intervals(number, judge);
        batch.add_intervals(CLASSES, &classes);
        batch.add_intervals(DECISIONS, &decisions);
        number
    }

    /// Puts rules in force in the place of others of the same ACL, and returns the number that they have
    /// then. Where addresses are of the same classes, all that a change of a rule changes is some
    /// decisions of those, by the number that the rules had; else the classes have other meanings, and
    /// who has looked up one must not be told what another decides. Where a kernel takes what comes in the
    /// place of an interval for an overlap, they get another number too.
    pub(super) fn replace(
        &mut self,
        batch: &mut Batch,
        number: u16,
        [before, after]: [&Judge<'_>; 2],
    ) -> u16 {
        let [(was, had), (is, has)] = [before, after].map(|judge| intervals(number, judge));
        if was != is || self.renumbers {
            self.remove(batch, number, before);
            return self.add(batch, after);
        }
        batch.remove_intervals(DECISIONS, &beside(&had, &has));
        batch.add_intervals(DECISIONS, &beside(&has, &had));
        number
    }

    /// The rules that have this number, which nothing refers to any more, are gone.
    pub(super) fn remove(&mut self, batch: &mut Batch, number: u16, judge: &Judge<'_>) {
        self.used.remove(&number);
        let (classes, decisions) = intervals(number, judge);
        batch.remove_intervals(CLASSES, &classes);
        batch.remove_intervals(DECISIONS, &decisions);
    }

    /// Which rule has dropped a packet that is told of.
    pub(super) fn rule(&self, told: [u8; 4]) -> Option<AclRule> {
        let [number, rule] = [[told[0], told[1]], [told[2], told[3]]].map(u16::from_be_bytes);
        let acl = *self.acls.get(&number)?;
        Some(AclRule { acl, rule: (rule > 0).then_some(rule) })
    }
}

/// The two maps, without anything in them.
pub(super) fn open(batch: &mut Batch) {
    batch.add_interval_map(CLASSES, 8);
    batch.add_interval_map(DECISIONS, 12);
}

/// Neither is there any more.
pub(super) fn close(batch: &mut Batch) {
    batch.delete_set(DECISIONS);
    batch.delete_set(CLASSES);
}

/// What of a packet is looked at beside its protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// The port that it is for.
    Port,
    /// Type and code.
    Icmp,
    /// Nothing.
    Nothing,
}

impl Content {
    /// Where that is in the header behind the one of IP.
    pub(super) fn at(self) -> Option<u32> {
        match self {
            Content::Port => Some(2),
            Content::Icmp => Some(0),
            Content::Nothing => None,
        }
    }
}

impl Rule {
    /// The register holds the number of rules by which the packet is judged, whose peer is there; it
    /// holds what they decide then.
    pub(super) fn decided(self, peer: Side, content: Content) -> Rule {
        self.with_address_in(peer, CLASSES).with_content_in(content.at(), DECISIONS)
    }

    /// The same, where the peer is who began the connection.
    pub(super) fn decided_by_origin(self, behind: Option<&str>, content: Content) -> Rule {
        self.with_origin_in(behind, CLASSES).with_content_in(content.at(), DECISIONS)
    }

    /// What was decided is that the packet does not pass.
    pub(super) fn when_denied(self) -> Rule {
        self.compare(1, &PASSES)
    }

    /// What was decided is that the packet passes.
    pub(super) fn passes(self) -> Rule {
        self.is(PASSES)
    }
}

/// Protocols with what is looked at of each, as one number: of eight bits and sixteen.
const CONTENTS: Range<u64> = 0..1 << 24;

/// Addresses, what is looked at of each protocol, and what is decided of both.
type Judged = (Range<u64>, Vec<Range<u64>>, [u8; 4]);

/// The intervals of a number's classes, and of their decisions. They are without gaps.
fn intervals(number: u16, judge: &Judge<'_>) -> (Vec<Interval<8>>, Vec<Interval<12>>) {
    let decide = |rule: u16| {
        let [[a, b], [c, d]] = [number, rule].map(u16::to_be_bytes);
        [a, b, c, d]
    };
    let mut rules: Vec<Judged> = Vec::new();
    rules.extend(judge.own.map(|own| (addresses(own), vec![CONTENTS], PASSES)));
    for rule in judge.rules {
        // Packets are of IPv4, whose addresses are in no other block.
        let AclBlock::V4(block) = rule.block else { continue };
        let decision = if rule.allows { PASSES } else { decide(rule.number) };
        rules.push((addresses(block), contents(rule.protocol), decision));
    }
    // What no rule speaks of is denied.
    rules.push((0..1 << 32, vec![CONTENTS], decide(0)));
    let mut classes: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    let mut of_addresses: Vec<Interval<8>> = Vec::new();
    let mut of_contents = Vec::new();
    let blocks: Vec<Range<u64>> = rules.iter().map(|(block, ..)| block.clone()).collect();
    for (range, over) in sweep(&blocks) {
        // None is asked after one that speaks of everything.
        let is_last = |index: &usize| rules[*index].1 == [CONTENTS];
        let end = over.iter().position(is_last).expect("the last one speaks of everything");
        let asked: Vec<usize> = over.into_iter().take(end + 1).collect();
        let next = u32::from(number) << 16 | classes.len() as u32;
        let is_new = !classes.contains_key(&asked);
        let class = *classes.entry(asked.clone()).or_insert(next);
        let axis = u32::from(number);
        let keys = (key_of_address(axis, range.start), key_of_address(axis, range.end));
        match of_addresses.last_mut() {
            Some((_, end, of)) if *end == keys.0 && *of == class.to_be_bytes() => *end = keys.1,
            _ => of_addresses.push((keys.0, keys.1, class.to_be_bytes())),
        }
        if is_new {
            let speaks = asked.iter().map(|index| &rules[*index]);
            let ranges = speaks.flat_map(|(_, contents, decision)| {
                contents.iter().map(|range| (range.clone(), *decision))
            });
            let left = first_of(&ranges.collect::<Vec<_>>());
            of_contents.extend(left.into_iter().map(|(range, decision)| {
                (key_of_content(class, range.start), key_of_content(class, range.end), decision)
            }));
        }
    }
    (of_addresses, of_contents)
}

/// The intervals that are not among others.
fn beside<const N: usize>(all: &[Interval<N>], others: &[Interval<N>]) -> Vec<Interval<N>> {
    let others: BTreeSet<&Interval<N>> = others.iter().collect();
    all.iter().filter(|interval| !others.contains(interval)).copied().collect()
}

/// What a protocol is of all contents.
fn contents(protocol: Protocol) -> Vec<Range<u64>> {
    let of = |number: u64, first: u64, last: u64| (number << 16 | first)..(number << 16 | last) + 1;
    match protocol {
        Protocol::All => vec![CONTENTS],
        Protocol::Tcp(ports) => vec![of(6, ports.first.into(), ports.last.into())],
        Protocol::Udp(ports) => vec![of(17, ports.first.into(), ports.last.into())],
        Protocol::Icmp { kind: None, code: None } => vec![of(1, 0, 0xffff)],
        Protocol::Icmp { kind: Some(kind), code: None } => {
            let kind = u64::from(kind) << 8;
            vec![of(1, kind, kind | 0xff)]
        }
        Protocol::Icmp { kind, code: Some(code) } => {
            let kinds = kind.map_or(0..=u8::MAX, |kind| kind..=kind);
            let each = |kind| u64::from(kind) << 8 | u64::from(code);
            kinds.map(|kind: u8| of(1, each(kind), each(kind))).collect()
        }
        // There are no such packets.
        Protocol::Icmp6 { .. } => Vec::new(),
        Protocol::Number(number) => vec![of(number.into(), 0, 0xffff)],
    }
}

/// A class and a content as registers have them; what ends a class is where the next one begins.
fn key_of_content(class: u32, at: u64) -> [u8; 12] {
    let class = u64::from(class) + (at >> 24);
    let mut key = [0; 12];
    key[..4].copy_from_slice(&(class as u32).to_be_bytes());
    key[4] = (at >> 16) as u8;
    key[8..10].copy_from_slice(&(at as u16).to_be_bytes());
    key
}

/// What was written over the header of a packet that is told of.
pub(super) fn told(packet: &[u8]) -> Option<[u8; 4]> {
    intervals::decision(packet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::network::reach;
    use engine::random::Random;
    use engine::record::group::Ports;
    use std::net::Ipv4Addr;

    fn one<T: Copy>(random: &mut Random, of: &[T]) -> T {
        of[(random.draw() % of.len() as u64) as usize]
    }

    fn protocol(random: &mut Random) -> Protocol {
        let first = one(random, &[0, 22, 80, 443, 1024]);
        let ports = Ports { first, last: first + one(random, &[0, 1, 400, 60_000]) };
        let (kind, code) = (one(random, &[None, Some(0), Some(8)]), one(random, &[None, Some(1)]));
        one(
            random,
            &[
                Protocol::All,
                Protocol::Tcp(ports),
                Protocol::Udp(ports),
                Protocol::Icmp { kind, code },
                Protocol::Number(50),
                Protocol::Number(6),
                Protocol::Icmp6 { kind, code },
            ],
        )
    }

    fn block(random: &mut Random) -> Cidr {
        let base = Ipv4Addr::new(one(random, &[10, 255, 0]), one(random, &[0, 255]), 0, 255);
        Cidr::containing(base, one(random, &[0, 8, 9, 16, 24, 31, 32])).unwrap()
    }

    /// What the last interval says that begins at or before a key, unless it ends before that.
    fn looked_up<const N: usize>(all: &[Interval<N>], key: [u8; N]) -> Option<[u8; 4]> {
        all.iter().find(|(first, end, _)| *first <= key && key < *end).map(|(.., value)| *value)
    }

    #[test]
    fn two_look_ups_say_what_the_first_rule_says_that_speaks_of_a_packet() {
        let mut random = Random::new(3);
        for round in 0..300 {
            let rules: Vec<AclRulePlan> = (1..=random.draw() % 12)
                .map(|number| AclRulePlan {
                    number: number as u16,
                    allows: random.draw().is_multiple_of(2),
                    protocol: protocol(&mut random),
                    block: AclBlock::V4(block(&mut random)),
                })
                .collect();
            let own = (round % 2 == 0).then(|| block(&mut random));
            let judge = Judge { acl: AclId(1), own, rules: &rules };
            let number = one(&mut random, &[1, 77, u16::MAX - 1]);
            let (classes, decisions) = intervals(number, &judge);
            let mut sorted: Vec<_> = decisions.iter().map(|(first, end, _)| (first, end)).collect();
            sorted.sort_unstable();
            assert!(sorted.windows(2).all(|pair| pair[0].1 <= pair[1].0), "they are disjoint");
            for _ in 0..200 {
                let peer = block(&mut random).nth(random.draw() % 2).unwrap_or(Ipv4Addr::BROADCAST);
                let port = one(&mut random, &[0, 21, 22, 23, 80, 443, 65_535]);
                let of_icmp = (one(&mut random, &[0, 8, 255]), one(&mut random, &[0, 1, 2]));
                let content = one(
                    &mut random,
                    &[
                        reach::Content::Tcp(port),
                        reach::Content::Udp(port),
                        reach::Content::Icmp(of_icmp.0, of_icmp.1),
                        reach::Content::Other(50),
                        reach::Content::Other(255),
                    ],
                );
                let found = rules.iter().find(|rule| {
                    matches!(rule.block, AclBlock::V4(block) if block.contains(peer))
                        && reach::speaks_of(rule.protocol, content)
                });
                let expected = match found {
                    _ if own.is_some_and(|own| own.contains(peer)) => PASSES,
                    Some(rule) if rule.allows => PASSES,
                    found => {
                        let rule = found.map_or(0, |rule| rule.number);
                        let [[a, b], [c, d]] = [number, rule].map(u16::to_be_bytes);
                        [a, b, c, d]
                    }
                };
                let at = u64::from(u32::from(peer));
                let class = looked_up(&classes, key_of_address(number.into(), at)).unwrap();
                let rest = match content {
                    reach::Content::Tcp(port) | reach::Content::Udp(port) => u64::from(port),
                    reach::Content::Icmp(kind, code) => u64::from(kind) << 8 | u64::from(code),
                    reach::Content::Other(_) => 0,
                };
                let at = u64::from(content.number()) << 16 | rest;
                let key = key_of_content(u32::from_be_bytes(class), at);
                let said = looked_up(&decisions, key);
                assert_eq!(said, Some(expected), "{content:?} of {peer}: {rules:?}, {own:?}");
            }
        }
    }

    #[test]
    fn a_drop_is_told_with_its_acl_and_number() {
        let mut numbers = Numbers::default();
        let mut batch = Batch::new("test");
        let judge = Judge { acl: AclId(0x0123_4567_89ab_cdef), own: None, rules: &[] };
        let number = numbers.add(&mut batch, &judge);
        let [high, low] = number.to_be_bytes();
        numbers.remove(&mut batch, number, &judge);
        // It is remembered: what was dropped before it went is told later.
        assert_eq!(
            numbers.rule([high, low, 0x7f, 0xfe]),
            Some(AclRule { acl: judge.acl, rule: Some(32_766) })
        );
        assert_eq!(numbers.rule([high, low, 0, 0]), Some(AclRule { acl: judge.acl, rule: None }));
        let other = numbers.add(&mut batch, &judge);
        assert_ne!(other, number);
        assert_eq!(numbers.rule([0xff, 0xff, 0, 1]), None);
        let allows = AclRulePlan {
            number: 1,
            allows: true,
            protocol: Protocol::Number(50),
            block: AclBlock::V4(Cidr::ANYWHERE),
        };
        let changed = Judge { rules: &[allows], ..judge.clone() };
        assert_eq!(numbers.replace(&mut batch, other, [&judge, &changed]), other);
        numbers.renumbers = true;
        assert_ne!(numbers.replace(&mut batch, other, [&changed, &judge]), other);
    }
}
