//! Flows in a router's rules: every packet is counted under its flow where somebody has a flow log.
//!
//! A packet is seen at two ENIs. What the sender's security groups and network ACL let out is counted
//! behind both and ahead of the routes; what the receiver's let in, behind them; what one of them
//! refuses, where it is dropped. A flow is an element of a set with a counter, which the first
//! packet makes; its timeout, which each packet renews, tells when the last one was. There are two
//! sets of which one is counted in: the other one is read and emptied meanwhile.
//!
//! What goes through a NAT gateway is counted once more, where its address is that of the gateway: with
//! the address and port that it has within the VPC, so that both sides of the gateway are known.
//!
//! Packets that find no room in the set are counted by ENI. From behind a shared ENI, and to it, a
//! packet has the ENI's address here. VPCs without a flow log have none of this.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::time::Duration;

use super::names::{POSTROUTING, PREROUTING, RECEIVERS, SENDERS, SHARED, TRANSLATIONS};
use super::nft::{Batch, Hook, Rule, Side, Verdict};

/// The sets of flows.
pub(super) const FLOWS: [&str; 2] = ["flows_0", "flows_1"];
/// Address of an ENI to the packets that are in neither.
pub(super) const LOST: &str = "flows_lost";
/// How long a flow without a packet is kept: longer than any set is counted in.
pub(super) const KEPT: Duration = Duration::from_secs(3600);
/// Flows that a set has room for, as the kernel has it where no size is told.
pub(super) const ROOM: usize = 65_535;
/// Bytes of a flow's key.
pub(super) const KEY: usize = 32;
/// Bits of its first word: it is seen at its sender's, it was let through, and it is a NAT gateway that
/// it goes out of its VPC by, or comes in.
pub(super) const EGRESS: u32 = 1;
pub(super) const ACCEPTED: u32 = 2;
pub(super) const BY_NAT: u32 = 4;
/// FIN, SYN, RST and ACK.
pub(super) const TCP_FLAGS: u8 = 0x17;

/// Where a refused packet is counted: on its way out, and on its way in.
pub(super) const REFUSED_OUT: &str = "flow_refused_out";
pub(super) const REFUSED_IN: &str = "flow_refused_in";
pub(super) const OUT: &str = "flow_out";
pub(super) const IN: &str = "flow_in";
/// The public addresses of NAT gateways.
const NATS: &str = "flow_nats";
/// Where what goes out by them is counted, and what comes in.
const BY_NATS: [&str; 2] = ["flow_nat_out", "flow_nat_in"];

/// Registers of four bytes each, one after another: the words of a key.
const WORDS: [u32; 8] = [8, 9, 10, 11, 12, 13, 14, 15];

/// Which tuple of a connection, and what of it: `IP_CT_DIR_*` and `NFT_CT_*`.
type OfConnection = (u8, u32);
const ORIGINAL: u8 = 0;
const REPLY: u8 = 1;
const SOURCE: u32 = 19;
const DESTINATION: u32 = 20;
const SOURCE_PORT: u32 = 11;
const DESTINATION_PORT: u32 = 12;

/// How an address of a packet is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// As it is.
    Plainly,
    /// By the shared ENI's that it is behind.
    Behind,
}

/// One chain that counts: the first word of its keys, and how source and destination are told.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    name: &'static str,
    kind: u32,
    told: [Told; 2],
}

const LEAVES: [Leaf; 9] = {
    use Told::{Behind, Plainly};
    const fn leaf(name: &'static str, kind: u32, told: [Told; 2]) -> Leaf {
        Leaf { name, kind, told }
    }
    [
        leaf("flow_out_behind", EGRESS | ACCEPTED, [Behind, Plainly]),
        leaf("flow_out_own", EGRESS | ACCEPTED, [Plainly, Plainly]),
        leaf("flow_in_behind", ACCEPTED, [Plainly, Behind]),
        leaf("flow_in_own", ACCEPTED, [Plainly, Plainly]),
        leaf("flow_no_out_behind", EGRESS, [Behind, Plainly]),
        leaf("flow_no_out_own", EGRESS, [Plainly, Plainly]),
        leaf("flow_no_in_behind", 0, [Plainly, Behind]),
        leaf("flow_no_in_own", 0, [Plainly, Plainly]),
        // What begins a connection to a shared ENI may itself be from behind one.
        leaf("flow_no_in_from_behind", 0, [Behind, Plainly]),
    ]
};

/// Has packets counted that were not.
pub(super) fn open(batch: &mut Batch, set: usize) {
    FLOWS.iter().for_each(|name| batch.add_counted_set(name, KEY as u32, Some(KEPT)));
    batch.add_counted_set(LOST, 4, None);
    batch.add_set(NATS);
    let chains = LEAVES.iter().map(|leaf| leaf.name).chain(BY_NATS);
    chains.for_each(|chain| batch.add_chain(chain, None));
    fill(batch, set);
    let hook = |number, priority| Hook { number, priority, is_nat: false, accepts: true };
    let goto = |side, map, chain| Rule::new().in_map(side, map).then(Verdict::Goto(chain));
    let (source, destination) = (Side::Source, Side::Destination);
    // Behind the sender's network ACL, ahead of the routes.
    batch.add_chain(OUT, Some(hook(PREROUTING, -143)));
    // Behind the receiver's security groups.
    batch.add_chain(IN, Some(hook(POSTROUTING, 160)));
    batch.add_chain(REFUSED_OUT, None);
    batch.add_chain(REFUSED_IN, None);
    let [out, into] = BY_NATS;
    batch.add_rule(IN, &Rule::new().in_set(source, NATS).then(Verdict::Goto(out)));
    let comes = Rule::new().of_reply().of_connection(WORDS[0], (REPLY, DESTINATION)).found(NATS);
    batch.add_rule(IN, &comes.then(Verdict::Jump(into)));
    for (chain, leaves) in [(OUT, &LEAVES[0..2]), (REFUSED_OUT, &LEAVES[4..6])] {
        batch.add_rule(chain, &goto(source, TRANSLATIONS, leaves[0].name));
        batch.add_rule(chain, &goto(source, SENDERS, leaves[1].name));
    }
    for (chain, leaves) in [(IN, &LEAVES[2..4]), (REFUSED_IN, &LEAVES[6..8])] {
        batch.add_rule(chain, &goto(destination, TRANSLATIONS, leaves[0].name));
        batch.add_rule(chain, &goto(destination, RECEIVERS, leaves[1].name));
    }
    let to_shared = || Rule::new().in_set(destination, SHARED);
    let from_behind = to_shared().in_map(source, TRANSLATIONS);
    batch.add_rule(REFUSED_IN, &from_behind.then(Verdict::Goto(LEAVES[8].name)));
    batch.add_rule(REFUSED_IN, &to_shared().then(Verdict::Goto(LEAVES[7].name)));
}

/// Has packets counted no longer; nothing else leads here by then.
pub(super) fn close(batch: &mut Batch) {
    let chains = [OUT, IN, REFUSED_OUT, REFUSED_IN].into_iter();
    let chains: Vec<&str> =
        chains.chain(LEAVES.iter().map(|leaf| leaf.name)).chain(BY_NATS).collect();
    chains.iter().for_each(|chain| batch.flush_chain(chain));
    chains.iter().for_each(|chain| batch.delete_chain(chain));
    FLOWS.iter().chain([&LOST, &NATS]).for_each(|set| batch.delete_set(set));
}

/// Has these be the public addresses of NAT gateways, in the place of others.
pub(super) fn nats(batch: &mut Batch, before: &BTreeSet<Ipv4Addr>, wanted: &BTreeSet<Ipv4Addr>) {
    before.difference(wanted).for_each(|gone| batch.remove_key(NATS, gone.octets()));
    wanted.difference(before).for_each(|new| batch.add_member(NATS, *new));
}

/// Has packets counted in a set, in the place of the other one.
pub(super) fn turn(batch: &mut Batch, set: usize) {
    LEAVES.iter().map(|leaf| leaf.name).chain(BY_NATS).for_each(|chain| batch.flush_chain(chain));
    fill(batch, set);
}

fn fill(batch: &mut Batch, set: usize) {
    for leaf in &LEAVES {
        for protocol in [Some(6), Some(17), None] {
            let rule = Rule::new().of_flow(leaf, protocol).counted(FLOWS[set], true);
            batch.add_rule(leaf.name, &rule.then(Verdict::Return));
        }
        let (side, at) =
            if leaf.kind & EGRESS != 0 { (Side::Source, 0) } else { (Side::Destination, 1) };
        let rule = Rule::new().address_word(WORDS[0], side, leaf.told[at]);
        batch.add_rule(leaf.name, &rule.counted(LOST, false));
    }
    // What is known of them within the VPC, and their address outside.
    let [out, into] = BY_NATS;
    let plainly = [Told::Plainly; 2];
    let leaves = [
        (Leaf { name: out, kind: BY_NAT | EGRESS | ACCEPTED, told: plainly }, ORIGINAL),
        (Leaf { name: into, kind: BY_NAT | ACCEPTED, told: plainly }, REPLY),
    ];
    for (leaf, tuple) in leaves {
        let inner = match tuple {
            ORIGINAL => [(tuple, SOURCE), (tuple, SOURCE_PORT)],
            _ => [(tuple, DESTINATION), (tuple, DESTINATION_PORT)],
        };
        for protocol in [Some(6), Some(17), None] {
            let rule = Rule::new().of_flow_by_nat(&leaf, protocol, inner);
            let rule = rule.counted(FLOWS[set], true);
            batch.add_rule(leaf.name, &rule.then(Verdict::Return));
        }
        let rule = match tuple {
            ORIGINAL => Rule::new().address_word(WORDS[0], Side::Source, Told::Plainly),
            _ => Rule::new().of_connection(WORDS[0], (tuple, DESTINATION)),
        };
        batch.add_rule(leaf.name, &rule.counted(LOST, false));
    }
}

impl Batch {
    /// A set of keys of so many bytes that rules fill, each with a counter; kept for a while after
    /// its last packet, where that is said.
    pub(super) fn add_counted_set(&mut self, name: &str, length: u32, kept: Option<Duration>) {
        /// NFT_SET_EVAL, and NFT_SET_TIMEOUT.
        const FLAGS: [u32; 2] = [0x20, 0x10];
        let timed = if kept.is_some() { FLAGS[1] } else { 0 };
        let (message, id) = self.new_set(name);
        message.put_be(3, FLAGS[0] | timed).put_be(4, 0).put_be(5, length).put_be(10, id);
        if let Some(kept) = kept {
            message.put(11, &(kept.as_millis() as u64).to_be_bytes());
        }
    }
}

impl Rule {
    /// Loads the key of the packet's flow, where it is of this protocol, or of none that has ports.
    fn of_flow(self, leaf: &Leaf, protocol: Option<u8>) -> Rule {
        let [.., inner, _] = WORDS;
        self.of_packet(leaf, protocol).words(inner, &[0; 8])
    }

    /// The same of a packet that goes by a NAT gateway, with what its connection is known by within.
    fn of_flow_by_nat(
        self,
        leaf: &Leaf,
        protocol: Option<u8>,
        [address, port]: [OfConnection; 2],
    ) -> Rule {
        let [.., inner, behind] = WORDS;
        let rule = self.of_packet(leaf, protocol).of_connection(inner, address);
        match protocol {
            Some(_) => rule.of_connection(behind, port),
            None => rule.words(behind, &[0; 4]),
        }
    }

    /// Loads the key but for its last two words.
    fn of_packet(self, leaf: &Leaf, protocol: Option<u8>) -> Rule {
        let [kind, source, destination, number, ports, flags, ..] = WORDS;
        let rule = match protocol {
            Some(protocol) => self.protocol(protocol),
            None => self.no_protocol(6).no_protocol(17),
        };
        let rule = rule.words(kind, &leaf.kind.to_ne_bytes());
        let rule = rule.address_word(source, Side::Source, leaf.told[0]);
        let rule = rule.address_word(destination, Side::Destination, leaf.told[1]);
        let rule = rule.protocol_word(number);
        let rule = match protocol {
            Some(_) => rule.transport(ports, 0, 4),
            None => rule.words(ports, &[0; 4]),
        };
        match protocol {
            Some(6) => rule.flags_word(flags, TCP_FLAGS),
            _ => rule.words(flags, &[0; 4]),
        }
    }

    /// Loads the number of the packet's protocol.
    pub(super) fn protocol_word(self, register: u32) -> Rule {
        self.expression("meta", |data| {
            data.put_be(1, register).put_be(2, 16);
        })
    }

    /// Loads those of TCP's flags that a mask names.
    pub(super) fn flags_word(self, register: u32, mask: u8) -> Rule {
        self.transport(register, 13, 1).expression("bitwise", |data| {
            data.put_be(1, register).put_be(2, register).put_be(3, 4);
            Rule::value(data, 4, &[mask, 0, 0, 0]);
            Rule::value(data, 5, &[0; 4]);
        })
    }

    pub(super) fn no_protocol(self, number: u8) -> Rule {
        let rule = self.expression("meta", |data| {
            data.put_be(1, 1).put_be(2, 16);
        });
        rule.expression("cmp", |data| {
            // NFT_CMP_NEQ.
            data.put_be(1, 1).put_be(2, 1);
            Rule::value(data, 3, &[number]);
        })
    }

    pub(super) fn words(self, register: u32, bytes: &[u8]) -> Rule {
        self.expression("immediate", |data| {
            data.put_be(1, register);
            Rule::value(data, 2, bytes);
        })
    }

    fn of_connection(self, register: u32, (tuple, what): OfConnection) -> Rule {
        self.expression("ct", |data| {
            data.put_be(1, register).put_be(2, what).put(3, &[tuple]);
        })
    }

    /// The packet is a reply of its connection.
    fn of_reply(self) -> Rule {
        // NFT_CT_DIRECTION.
        let rule = self.expression("ct", |data| {
            data.put_be(1, 1).put_be(2, 1);
        });
        rule.expression("cmp", |data| {
            data.put_be(1, 1).put_be(2, 0);
            Rule::value(data, 3, &[REPLY]);
        })
    }

    /// The first word is in a set.
    fn found(self, set: &str) -> Rule {
        self.expression("lookup", |data| {
            data.put_text(1, set).put_be(2, WORDS[0]);
        })
    }

    pub(super) fn transport(self, register: u32, offset: u32, length: u32) -> Rule {
        self.expression("payload", |data| {
            data.put_be(1, register).put_be(2, 2).put_be(3, offset).put_be(4, length);
        })
    }

    fn address_word(self, register: u32, side: Side, told: Told) -> Rule {
        let offset = match side {
            Side::Source => 12,
            Side::Destination => 16,
        };
        let rule = self.expression("payload", |data| {
            data.put_be(1, register).put_be(2, 1).put_be(3, offset).put_be(4, 4);
        });
        match told {
            Told::Plainly => rule,
            Told::Behind => rule.expression("lookup", |data| {
                data.put_text(1, TRANSLATIONS).put_be(2, register).put_be(3, register);
            }),
        }
    }

    /// Counts the packet under the key that was loaded, as long as there is room.
    pub(super) fn counted(self, set: &str, is_timed: bool) -> Rule {
        self.expression("dynset", |data| {
            // NFT_DYNSET_OP_UPDATE, which renews the timeout, or NFT_DYNSET_OP_ADD; by the first word.
            data.put_text(1, set).put_be(3, u32::from(is_timed)).put_be(4, WORDS[0]).nest(
                7,
                |inside| {
                    inside.put_text(1, "counter").nest(2, |_| {});
                },
            );
        })
    }
}
