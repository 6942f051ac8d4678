//! Flows of IPv6 in a router's rules, as `flow_rules.rs` has them of IPv4: in sets of their own, with keys
//! that have room for longer addresses. No NAT gateway passes IPv6 on.

use super::flow_rules::{
    ACCEPTED, EGRESS, FLOWS, IN, KEPT, LOST, OUT, REFUSED_IN, REFUSED_OUT, TCP_FLAGS,
};
use super::names::{POSTROUTING, PREROUTING, RECEIVERS, SHARED, TRANSLATIONS};
use super::nft::{Batch, Hook, Rule, Side, Verdict};
use super::nft6::offset;
use super::rules6::ORIGINS;

/// Bytes of a flow's key.
pub(super) const KEY6: usize = 48;

/// Registers of four bytes each: where each part of a key begins.
const KIND: u32 = 8;
const SOURCE: u32 = 9;
const DESTINATION: u32 = 13;
const PROTOCOL: u32 = 17;
const PORTS: u32 = 18;
const FLAGS: u32 = 19;

/// One chain that counts: the first word of its keys, and whether source and destination are told by the
/// shared ENI's that they are behind.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    name: &'static str,
    kind: u32,
    behind: [bool; 2],
}

const LEAVES: [Leaf; 9] = {
    const fn leaf(name: &'static str, kind: u32, behind: [bool; 2]) -> Leaf {
        Leaf { name, kind, behind }
    }
    [
        leaf("flow_out_behind", EGRESS | ACCEPTED, [true, false]),
        leaf("flow_out_own", EGRESS | ACCEPTED, [false, false]),
        leaf("flow_in_behind", ACCEPTED, [false, true]),
        leaf("flow_in_own", ACCEPTED, [false, false]),
        leaf("flow_no_out_behind", EGRESS, [true, false]),
        leaf("flow_no_out_own", EGRESS, [false, false]),
        leaf("flow_no_in_behind", 0, [false, true]),
        leaf("flow_no_in_own", 0, [false, false]),
        // What begins a connection to a shared ENI may itself be from behind one.
        leaf("flow_no_in_from_behind", 0, [true, false]),
    ]
};

/// Has packets counted that were not. The batch is at the table of IPv6.
pub(super) fn open(batch: &mut Batch, set: usize) {
    FLOWS.iter().for_each(|name| batch.add_counted_set(name, KEY6 as u32, Some(KEPT)));
    batch.add_counted_set(LOST, 16, None);
    LEAVES.iter().for_each(|leaf| batch.add_chain(leaf.name, None));
    fill(batch, set);
    let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
    let goto = |side, map, chain| Rule::new().in_map6(side, map).then(Verdict::Goto(chain));
    let (source, destination) = (Side::Source, Side::Destination);
    // Behind the sender's network ACL, ahead of the routes.
    batch.add_chain(OUT, Some(hook(PREROUTING, -143)));
    // Behind the receiver's security groups.
    batch.add_chain(IN, Some(hook(POSTROUTING, 160)));
    batch.add_chain(REFUSED_OUT, None);
    batch.add_chain(REFUSED_IN, None);
    for (chain, leaves) in [(OUT, &LEAVES[0..2]), (REFUSED_OUT, &LEAVES[4..6])] {
        batch.add_rule(chain, &goto(source, TRANSLATIONS, leaves[0].name));
        batch.add_rule(chain, &goto(source, ORIGINS, leaves[1].name));
    }
    for (chain, leaves) in [(IN, &LEAVES[2..4]), (REFUSED_IN, &LEAVES[6..8])] {
        batch.add_rule(chain, &goto(destination, TRANSLATIONS, leaves[0].name));
        batch.add_rule(chain, &goto(destination, RECEIVERS, leaves[1].name));
    }
    let to_shared = || Rule::new().in_set6(destination, SHARED);
    let from_behind = to_shared().in_map6(source, TRANSLATIONS);
    batch.add_rule(REFUSED_IN, &from_behind.then(Verdict::Goto(LEAVES[8].name)));
    batch.add_rule(REFUSED_IN, &to_shared().then(Verdict::Goto(LEAVES[7].name)));
}

/// Has packets counted no longer; nothing else leads here by then.
pub(super) fn close(batch: &mut Batch) {
    let chains = [OUT, IN, REFUSED_OUT, REFUSED_IN].into_iter();
    let chains: Vec<&str> = chains.chain(LEAVES.iter().map(|leaf| leaf.name)).collect();
    chains.iter().for_each(|chain| batch.flush_chain(chain));
    chains.iter().for_each(|chain| batch.delete_chain(chain));
    FLOWS.iter().chain([&LOST]).for_each(|set| batch.delete_set(set));
}

/// Has packets counted in a set, in the place of the other one.
pub(super) fn turn(batch: &mut Batch, set: usize) {
    LEAVES.iter().for_each(|leaf| batch.flush_chain(leaf.name));
    fill(batch, set);
}

fn fill(batch: &mut Batch, set: usize) {
    for leaf in &LEAVES {
        for protocol in [Some(6), Some(17), None] {
            let rule = Rule::new().of_flow6(leaf, protocol).counted(FLOWS[set], true);
            batch.add_rule(leaf.name, &rule.then(Verdict::Return));
        }
        let (side, at) =
            if leaf.kind & EGRESS != 0 { (Side::Source, 0) } else { (Side::Destination, 1) };
        let rule = Rule::new().address6(KIND, side, leaf.behind[at]);
        batch.add_rule(leaf.name, &rule.counted(LOST, false));
    }
}

impl Rule {
    /// Loads the key of the packet's flow, where it is of this protocol, or of none that has ports.
    fn of_flow6(self, leaf: &Leaf, protocol: Option<u8>) -> Rule {
        let rule = match protocol {
            Some(protocol) => self.protocol(protocol),
            None => self.no_protocol(6).no_protocol(17),
        };
        let rule = rule.words(KIND, &leaf.kind.to_ne_bytes());
        let rule = rule.address6(SOURCE, Side::Source, leaf.behind[0]);
        let rule = rule.address6(DESTINATION, Side::Destination, leaf.behind[1]);
        let rule = rule.protocol_word(PROTOCOL);
        let rule = match protocol {
            Some(_) => rule.transport(PORTS, 0, 4),
            None => rule.words(PORTS, &[0; 4]),
        };
        match protocol {
            Some(6) => rule.flags_word(FLAGS, TCP_FLAGS),
            _ => rule.words(FLAGS, &[0; 4]),
        }
    }

    /// Loads an address, or that of the shared ENI which it is behind.
    fn address6(self, register: u32, side: Side, behind: bool) -> Rule {
        let rule = self.expression("payload", |data| {
            data.put_be(1, register).put_be(2, 1).put_be(3, offset(side)).put_be(4, 16);
        });
        if !behind {
            return rule;
        }
        rule.expression("lookup", |data| {
            data.put_text(1, TRANSLATIONS).put_be(2, register).put_be(3, register);
        })
    }
}
