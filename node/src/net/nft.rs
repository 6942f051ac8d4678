//! nf_tables: tables, chains, rules, sets and elements as one atomic batch.

use std::io;
use std::net::Ipv4Addr;

use super::netlink::{CREATE, Messages, Socket};

const SUBSYSTEM: u16 = (libc::NFNL_SUBSYS_NFTABLES as u16) << 8;
const BATCH_BEGIN: u16 = 16;
const BATCH_END: u16 = 17;
/// Message types, of linux/netfilter/nf_tables.h.
const NEW_TABLE: u16 = SUBSYSTEM;
const DEL_TABLE: u16 = SUBSYSTEM | 2;
const NEW_CHAIN: u16 = SUBSYSTEM | 3;
const DEL_CHAIN: u16 = SUBSYSTEM | 5;
const NEW_RULE: u16 = SUBSYSTEM | 6;
const DEL_RULE: u16 = SUBSYSTEM | 8;
const NEW_SET: u16 = SUBSYSTEM | 9;
const DEL_SET: u16 = SUBSYSTEM | 11;
const NEW_ELEMENT: u16 = SUBSYSTEM | 12;
const DEL_ELEMENT: u16 = SUBSYSTEM | 14;
const NEW_OBJECT: u16 = SUBSYSTEM | 18;
/// `NFT_OBJECT_CT_TIMEOUT`.
const TIMEOUT: u32 = 7;
const APPEND: u16 = 0x800;
/// The data type of verdicts.
const VERDICT: u32 = 0xffff_ff00;
/// Connection states as bits of `ct state`.
pub(super) const ESTABLISHED: u32 = 2;
pub(super) const RELATED: u32 = 4;

/// The table of a router.
pub(super) const TABLE: &str = "warren";

/// A batch of changes to one table of family `ip`, and to the one of the same name of family `ip6`.
#[derive(Debug)]
pub(super) struct Batch {
    table: String,
    family: u8,
    messages: Messages,
    changes: u32,
}

/// What is done with a packet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Verdict<'a> {
    Accept,
    Drop,
    Return,
    Jump(&'a str),
    Goto(&'a str),
}

/// Where a chain is hooked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hook {
    pub(super) number: u32,
    pub(super) priority: i32,
    pub(super) is_nat: bool,
    pub(super) accepts: bool,
}

const IPV4: u8 = libc::NFPROTO_IPV4 as u8;
const IPV6: u8 = libc::NFPROTO_IPV6 as u8;

fn head(family: u8, resource: u16) -> [u8; 4] {
    let [high, low] = resource.to_be_bytes();
    [family, 0, high, low]
}

impl Batch {
    pub(super) fn new(table: &str) -> Batch {
        let mut messages = Messages::default();
        messages.begin(BATCH_BEGIN, 0, &head(IPV4, libc::NFNL_SUBSYS_NFTABLES as u16));
        Batch { table: table.to_owned(), family: IPV4, messages, changes: 0 }
    }

    /// Carries it out: everything, or nothing with the first error.
    pub(super) fn commit(mut self, socket: &mut Socket) -> io::Result<()> {
        if self.changes == 0 {
            return Ok(());
        }
        // Of those that fail the kernel tells anyway.
        self.messages.acknowledge();
        self.messages.begin(BATCH_END, 0, &head(IPV4, libc::NFNL_SUBSYS_NFTABLES as u16));
        socket.commit(self.messages)
    }

    /// Changes the table of family `ip6`.
    pub(super) fn of_ipv6(&mut self, change: impl FnOnce(&mut Batch)) {
        self.family = IPV6;
        change(self);
        self.family = IPV4;
    }

    fn begin(&mut self, kind: u16, flags: u16) -> &mut Messages {
        self.changes += 1;
        self.messages.begin(kind, flags, &head(self.family, 0))
    }

    pub(super) fn add_table(&mut self) {
        let table = self.table.clone();
        self.begin(NEW_TABLE, CREATE).put_text(1, &table);
    }

    pub(super) fn delete_table(&mut self) {
        let table = self.table.clone();
        self.begin(DEL_TABLE, 0).put_text(1, &table);
    }

    pub(super) fn add_chain(&mut self, name: &str, hook: Option<Hook>) {
        let table = self.table.clone();
        let message = self.begin(NEW_CHAIN, CREATE).put_text(1, &table).put_text(3, name);
        if let Some(hook) = hook {
            message.nest(4, |of_hook| {
                of_hook.put_be(1, hook.number).put_be(2, hook.priority as u32);
            });
            message.put_be(5, u32::from(hook.accepts));
            message.put_text(7, if hook.is_nat { "nat" } else { "filter" });
        }
    }

    pub(super) fn delete_chain(&mut self, name: &str) {
        let table = self.table.clone();
        self.begin(DEL_CHAIN, 0).put_text(1, &table).put_text(3, name);
    }

    /// Takes all rules of a chain away.
    pub(super) fn flush_chain(&mut self, name: &str) {
        let table = self.table.clone();
        self.begin(DEL_RULE, 0).put_text(1, &table).put_text(2, name);
    }

    pub(super) fn add_rule(&mut self, chain: &str, rule: &Rule) {
        let table = self.table.clone();
        self.begin(NEW_RULE, CREATE | APPEND).put_text(1, &table).put_text(2, chain).nest(
            4,
            |expressions| {
                expressions.raw(&rule.bytes());
            },
        );
    }

    /// A set of addresses.
    pub(super) fn add_set(&mut self, name: &str) {
        self.add_any_set(name, 7, 4);
    }

    /// A set of pairs of addresses.
    pub(super) fn add_pair_set(&mut self, name: &str) {
        self.add_any_set(name, 7 << 6 | 7, 8);
    }

    /// A set of keys of so many bytes.
    pub(super) fn add_key_set(&mut self, name: &str, length: u32) {
        self.add_any_set(name, 7, length);
    }

    pub(super) fn add_any_set(&mut self, name: &str, kind: u32, length: u32) {
        let table = self.table.clone();
        let id = self.changes;
        self.begin(NEW_SET, CREATE)
            .put_text(1, &table)
            .put_text(2, name)
            .put_be(3, 0)
            .put_be(4, kind)
            .put_be(5, length)
            .put_be(10, id);
    }

    /// A map of four bytes to four bytes.
    pub(super) fn add_map(&mut self, name: &str) {
        self.add_any_map(name, 19, 4);
    }

    /// A map of four bytes to verdicts.
    pub(super) fn add_verdict_map(&mut self, name: &str) {
        self.add_any_map(name, VERDICT, 0);
    }

    fn add_any_map(&mut self, name: &str, data: u32, length: u32) {
        // NFT_SET_MAP.
        self.add_map_of(name, (8, 4), (data, length));
    }

    /// A set that is to be told about, and the number that tells it apart within the batch.
    pub(super) fn new_set(&mut self, name: &str) -> (&mut Messages, u32) {
        let (table, id) = (self.table.clone(), self.changes);
        (self.begin(NEW_SET, CREATE).put_text(1, &table).put_text(2, name), id)
    }

    /// A map with these flags and bytes of a key, to data of a type and length.
    pub(super) fn add_map_of(
        &mut self,
        name: &str,
        (flags, key): (u32, u32),
        (data, length): (u32, u32),
    ) {
        let (message, id) = self.new_set(name);
        message.put_be(3, flags).put_be(4, 7).put_be(5, key).put_be(6, data);
        if length > 0 {
            message.put_be(7, length);
        }
        message.put_be(10, id);
    }

    /// How many seconds connections of a protocol that rules give this are remembered, by what state
    /// (of `CTA_TIMEOUT_TCP_*`, or of another protocol's) they are in.
    pub(super) fn add_timeout(&mut self, name: &str, protocol: u8, states: &[(u16, u32)]) {
        let table = self.table.clone();
        let message = self.begin(NEW_OBJECT, CREATE).put_text(1, &table).put_text(2, name);
        message.put_be(3, TIMEOUT).nest(4, |data| {
            data.put(1, &(libc::NFPROTO_IPV4 as u16).to_be_bytes()).put(2, &[protocol]);
            data.nest(3, |policy| {
                for (state, seconds) in states {
                    policy.put_be(*state, *seconds);
                }
            });
        });
    }

    /// Takes all elements from a set.
    pub(super) fn empty_set(&mut self, name: &str) {
        let table = self.table.clone();
        self.begin(DEL_ELEMENT, 0).put_text(1, &table).put_text(2, name);
    }

    pub(super) fn delete_set(&mut self, name: &str) {
        let table = self.table.clone();
        self.begin(DEL_SET, 0).put_text(1, &table).put_text(2, name);
    }

    /// Elements of a set or map that come, or that go and must be there.
    pub(super) fn elements(&mut self, set: &str, come: bool, all: impl FnOnce(&mut Messages)) {
        let (kind, flags) = if come { (NEW_ELEMENT, CREATE) } else { (DEL_ELEMENT, 0) };
        let table = self.table.clone();
        self.begin(kind, flags).put_text(1, &table).put_text(2, set).nest(3, all);
    }

    fn element(&mut self, come: bool, set: &str, key: &[u8], data: impl FnOnce(&mut Messages)) {
        self.elements(set, come, |elements| {
            elements.nest(1, |element| {
                element.nest(1, |of_key| {
                    of_key.put(1, key);
                });
                data(element);
            });
        });
    }

    /// Adds a pair to a set of pairs.
    pub(super) fn add_pair(&mut self, set: &str, pair: [[u8; 4]; 2]) {
        self.element(true, set, &pair.concat(), |_| {});
    }

    /// Takes a pair from a set; it must be there.
    pub(super) fn remove_pair(&mut self, set: &str, pair: [[u8; 4]; 2]) {
        self.element(false, set, &pair.concat(), |_| {});
    }

    /// Adds an address to a set; it may be there already.
    pub(super) fn add_member(&mut self, set: &str, address: Ipv4Addr) {
        self.add_key(set, address.octets());
    }

    /// Maps bytes to others; the key must not be there.
    pub(super) fn add_mapping(
        &mut self,
        map: &str,
        key: impl AsRef<[u8]>,
        value: impl AsRef<[u8]>,
    ) {
        self.element(true, map, key.as_ref(), |element| {
            element.nest(2, |data| {
                data.put(1, value.as_ref());
            });
        });
    }

    pub(super) fn add_jump(&mut self, map: &str, key: impl AsRef<[u8]>, chain: &str) {
        self.element(true, map, key.as_ref(), |element| {
            element.nest(2, |data| {
                data.nest(2, |verdict| {
                    verdict.put_be(1, libc::NFT_GOTO as u32).put_text(2, chain);
                });
            });
        });
    }

    /// Adds a key to a set; it may be there already.
    pub(super) fn add_key(&mut self, set: &str, key: impl AsRef<[u8]>) {
        self.element(true, set, key.as_ref(), |_| {});
    }

    /// Takes a key from a set or map; it must be there.
    pub(super) fn remove_key(&mut self, set: &str, key: impl AsRef<[u8]>) {
        self.element(false, set, key.as_ref(), |_| {});
    }
}

/// Which address of a packet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Source,
    Destination,
}

/// Where an address stands in a packet's header.
pub(super) fn offset(side: Side) -> u32 {
    match side {
        Side::Source => 12,
        Side::Destination => 16,
    }
}

/// The bits of an address that a block of this length fixes.
fn mask_of(prefix: u8) -> [u8; 4] {
    ((u64::from(u32::MAX) << (32 - prefix)) as u32).to_be_bytes()
}

/// One rule: expressions that a packet passes from left to right, until one does not match.
#[derive(Debug, Default)]
pub(super) struct Rule {
    messages: Messages,
}

impl Rule {
    pub(super) fn new() -> Rule {
        let mut messages = Messages::default();
        // A message to be taken apart again: its body is the list of expressions.
        messages.begin(0, 0, &[]);
        Rule { messages }
    }

    fn bytes(&self) -> Vec<u8> {
        self.messages.body()
    }

    pub(super) fn expression(mut self, name: &str, data: impl FnOnce(&mut Messages)) -> Rule {
        self.messages.nest(1, |expression| {
            expression.put_text(1, name).nest(2, data);
        });
        self
    }

    pub(super) fn value(messages: &mut Messages, kind: u16, bytes: &[u8]) {
        messages.nest(kind, |data| {
            data.put(1, bytes);
        });
    }

    pub(super) fn compare(self, operation: u32, value: &[u8]) -> Rule {
        self.expression("cmp", |data| {
            data.put_be(1, 1).put_be(2, operation);
            Rule::value(data, 3, value);
        })
    }

    pub(super) fn mask(self, mask: [u8; 4]) -> Rule {
        self.expression("bitwise", |data| {
            data.put_be(1, 1).put_be(2, 1).put_be(3, 4);
            Rule::value(data, 4, &mask);
            Rule::value(data, 5, &[0; 4]);
        })
    }

    fn load_address(self, side: Side) -> Rule {
        self.expression("payload", |data| {
            data.put_be(1, 1).put_be(2, 1).put_be(3, offset(side)).put_be(4, 4);
        })
    }

    /// The address lies in this block.
    pub(super) fn in_block(self, side: Side, base: Ipv4Addr, prefix: u8) -> Rule {
        if prefix == 0 {
            return self;
        }
        self.load_address(side).mask(mask_of(prefix)).compare(0, &base.octets())
    }

    /// The address is in this set.
    pub(super) fn in_set(self, side: Side, set: &str) -> Rule {
        self.load_address(side).expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// The address is a key of this map; its value is the packet's mark from here on.
    pub(super) fn mark_by(self, side: Side, map: &str) -> Rule {
        self.map(side, map).set_mark_by_register()
    }

    pub(super) fn set_mark_by_register(self) -> Rule {
        self.expression("meta", |data| {
            // NFT_META_MARK from the register.
            data.put_be(2, 3).put_be(3, 1);
        })
    }

    /// The address is a key of this map.
    pub(super) fn in_map(self, side: Side, map: &str) -> Rule {
        self.map(side, map)
    }

    fn map(self, side: Side, map: &str) -> Rule {
        self.load_address(side).looked_up(map)
    }

    pub(super) fn looked_up(self, map: &str) -> Rule {
        self.expression("lookup", |data| {
            data.put_text(1, map).put_be(2, 1).put_be(3, 1);
        })
    }

    /// Goes on by the verdict of the value's lower half in this map.
    pub(super) fn verdict_by(self, map: &str) -> Rule {
        // Marks and registers have the machine's byte order.
        self.mask(0xffffu32.to_ne_bytes()).verdict(map)
    }

    /// The address.
    pub(super) fn address(self, side: Side) -> Rule {
        self.load_address(side)
    }

    /// The block of this length that the address lies in is a key of this map of blocks' first
    /// addresses, whose value the register holds then.
    pub(super) fn block_in(self, prefix: u8, map: &str) -> Rule {
        self.mask(mask_of(prefix)).looked_up(map)
    }

    /// The block of this length of the address at hand, and that of another one, are a pair of this set.
    pub(super) fn pair_of_blocks(self, other: Side, prefix: u8, set: &str) -> Rule {
        // The register behind the one that is used for all else.
        const BEHIND: u32 = 9;
        let rule = self.mask(mask_of(prefix)).expression("payload", |data| {
            data.put_be(1, BEHIND).put_be(2, 1).put_be(3, offset(other)).put_be(4, 4);
        });
        let rule = rule.expression("bitwise", |data| {
            data.put_be(1, BEHIND).put_be(2, BEHIND).put_be(3, 4);
            Rule::value(data, 4, &mask_of(prefix));
            Rule::value(data, 5, &[0; 4]);
        });
        rule.expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// Goes on by the verdict of what the register holds in this map.
    pub(super) fn verdict(self, map: &str) -> Rule {
        self.expression("lookup", |data| {
            data.put_text(1, map).put_be(2, 1).put_be(3, 0);
        })
    }

    /// Who began the connection is a key of this map; its value is the packet's mark from here on.
    pub(super) fn mark_by_origin(self, map: &str) -> Rule {
        let loaded = self.expression("ct", |data| {
            // NFT_CT_SRC_IP of IP_CT_DIR_ORIGINAL.
            data.put_be(1, 1).put_be(2, 19).put(3, &[0]);
        });
        loaded.looked_up(map).set_mark_by_register()
    }

    /// Has the connection be remembered for as long as an object of the table says.
    pub(super) fn with_timeout(self, name: &str) -> Rule {
        self.expression("objref", |data| {
            data.put_be(1, TIMEOUT).put_text(2, name);
        })
    }

    pub(super) fn load_mark(self) -> Rule {
        self.expression("meta", |data| {
            data.put_be(1, 1).put_be(2, 3);
        })
    }

    /// The lower half of the packet's mark is a key of this map, whose value the register holds then.
    pub(super) fn mark_in_map(self, map: &str) -> Rule {
        self.load_mark().mask(0xffffu32.to_ne_bytes()).expression("lookup", |data| {
            data.put_text(1, map).put_be(2, 1).put_be(3, 1);
        })
    }

    /// The packet's mark has this lower half.
    pub(super) fn has_lower_mark(self, lower: u16) -> Rule {
        self.load_mark().mask(0xffffu32.to_ne_bytes()).compare(0, &u32::from(lower).to_ne_bytes())
    }

    /// Gives the packet's mark another lower half.
    pub(super) fn set_lower_mark(self, lower: u16) -> Rule {
        let half = self.load_mark().expression("bitwise", |data| {
            data.put_be(1, 1).put_be(2, 1).put_be(3, 4);
            Rule::value(data, 4, &0xffff_0000_u32.to_ne_bytes());
            Rule::value(data, 5, &u32::from(lower).to_ne_bytes());
        });
        half.expression("meta", |data| {
            data.put_be(2, 3).put_be(3, 1);
        })
    }

    /// Marks the packet.
    pub(super) fn set_mark(self, mark: u32) -> Rule {
        self.expression("immediate", |data| {
            data.put_be(1, 1);
            Rule::value(data, 2, &mark.to_ne_bytes());
        })
        .expression("meta", |data| {
            data.put_be(2, 3).put_be(3, 1);
        })
    }

    /// The packet has this mark.
    pub(super) fn has_mark(self, mark: u32) -> Rule {
        self.load_mark().compare(0, &mark.to_ne_bytes())
    }

    /// The connection is in one of these states.
    pub(super) fn state(self, states: u32) -> Rule {
        self.expression("ct", |data| {
            data.put_be(1, 1).put_be(2, 0);
        })
        .mask(states.to_ne_bytes())
        .compare(1, &[0; 4])
    }

    /// The IP protocol is this.
    pub(super) fn protocol(self, number: u8) -> Rule {
        self.expression("meta", |data| {
            data.put_be(1, 1).put_be(2, 16);
        })
        .compare(0, &[number])
    }

    /// The link by which the packet came (6) or goes (7).
    pub(super) fn link(self, key: u32, name: &str, is_it: bool) -> Rule {
        let mut bytes = [0; 16];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        self.expression("meta", |data| {
            data.put_be(1, 1).put_be(2, key);
        })
        .compare(u32::from(!is_it), &bytes)
    }

    /// The destination port lies in this range.
    pub(super) fn ports(self, first: u16, last: u16) -> Rule {
        if (first, last) == (0, u16::MAX) {
            return self;
        }
        let rule = self.expression("payload", |data| {
            data.put_be(1, 1).put_be(2, 2).put_be(3, 2).put_be(4, 2);
        });
        if first == last {
            return rule.compare(0, &first.to_be_bytes());
        }
        rule.compare(5, &first.to_be_bytes()).compare(3, &last.to_be_bytes())
    }

    /// A byte of the ICMP header: the type at 0, the code at 1.
    pub(super) fn icmp(self, offset: u32, value: u8) -> Rule {
        self.expression("payload", |data| {
            data.put_be(1, 1).put_be(2, 2).put_be(3, offset).put_be(4, 1);
        })
        .compare(0, &[value])
    }

    /// Tells user space of the packet.
    pub(super) fn log(self, group: u16, prefix: &str) -> Rule {
        self.expression("log", |data| {
            data.put(1, &group.to_be_bytes()).put_text(2, prefix).put_be(3, 64);
        })
    }

    pub(super) fn then(self, verdict: Verdict<'_>) -> Rule {
        self.expression("immediate", |data| {
            data.put_be(1, 0).nest(2, |value| {
                value.nest(2, |inside| {
                    let (code, chain) = match verdict {
                        Verdict::Accept => (libc::NF_ACCEPT, None),
                        Verdict::Drop => (libc::NF_DROP, None),
                        Verdict::Return => (libc::NFT_RETURN, None),
                        Verdict::Jump(chain) => (libc::NFT_JUMP, Some(chain)),
                        Verdict::Goto(chain) => (libc::NFT_GOTO, Some(chain)),
                    };
                    inside.put_be(1, code as u32);
                    if let Some(chain) = chain {
                        inside.put_text(2, chain);
                    }
                });
            });
        })
    }
}
