//! Maps of intervals: what is looked up by where a number lies, as data of one map for however many
//! tables and ACLs there are. The kernel goes through all chains at each change, and through none of
//! this.

use std::collections::BTreeSet;
use std::ops::Range;

use engine::cidr::Cidr;

use super::netlink::Messages;
use super::nft::{Batch, Rule, Side, offset};

/// `NFT_SET_ELEM_INTERVAL_END`.
const END: u32 = 1;
/// How many elements one message has at most: its length is a number of 16 bits.
const AT_ONCE: usize = 500;
/// Registers behind the first, which the key of a lookup goes on in.
const SECOND: u32 = 9;
const THIRD: u32 = 10;
const FOURTH: u32 = 11;

/// From a key to another that is of it no more, with what is found there.
pub(super) type Interval<const N: usize> = ([u8; N], [u8; N], [u8; 4]);

/// The addresses of a block, as numbers.
pub(super) fn addresses(block: Cidr) -> Range<u64> {
    let first = u64::from(u32::from(block.base()));
    first..first + (1 << (32 - block.prefix()))
}

/// Where each range of an axis begins and ends: every place at which the ranges differ that lie over
/// it, with those, and where that goes on to.
pub(super) fn sweep(ranges: &[Range<u64>]) -> Vec<(Range<u64>, BTreeSet<usize>)> {
    let mut events: Vec<(u64, bool, usize)> = Vec::with_capacity(2 * ranges.len());
    for (index, range) in ranges.iter().enumerate().filter(|(_, range)| !range.is_empty()) {
        events.push((range.start, true, index));
        events.push((range.end, false, index));
    }
    events.sort_unstable();
    let (mut found, mut over, mut from) = (Vec::new(), BTreeSet::new(), 0);
    for (at, begins, index) in events {
        if at > from && !over.is_empty() {
            found.push((from..at, over.clone()));
        }
        from = at;
        if begins {
            over.insert(index);
        } else {
            over.remove(&index);
        }
    }
    found
}

/// Of ranges that lie over each other the first one counts; what is left of each, in order and
/// without any over another.
pub(super) fn first_of<T: Copy + Eq>(ranges: &[(Range<u64>, T)]) -> Vec<(Range<u64>, T)> {
    let all: Vec<Range<u64>> = ranges.iter().map(|(range, _)| range.clone()).collect();
    let mut left: Vec<(Range<u64>, T)> = Vec::new();
    for (range, over) in sweep(&all) {
        let Some(value) = over.first().map(|index| ranges[*index].1) else { continue };
        match left.last_mut() {
            Some((last, known)) if last.end == range.start && *known == value => {
                last.end = range.end;
            }
            _ => left.push((range, value)),
        }
    }
    left
}

/// A number of 32 bits, or one above them all, behind the number of whose axis it is: what ends an axis
/// is where the next one begins.
pub(super) fn key_of_address(axis: u32, at: u64) -> [u8; 8] {
    (u64::from(axis) << 32).wrapping_add(at).to_be_bytes()
}

impl Batch {
    /// A map of intervals of keys of this many bytes to four bytes.
    pub(super) fn add_interval_map(&mut self, name: &str, key: u32) {
        // NFT_SET_INTERVAL and NFT_SET_MAP.
        self.add_map_of(name, (4 | 8, key), (19, 4));
    }

    /// Adds intervals, none of which lies over another one or over what is there.
    pub(super) fn add_intervals<const N: usize>(&mut self, map: &str, all: &[Interval<N>]) {
        for some in all.chunks(AT_ONCE / 2) {
            self.elements(map, true, |elements| {
                for (first, end, value) in some {
                    key_of(elements, first, None, Some(value));
                    key_of(elements, end, Some(END), None);
                }
            });
        }
    }

    /// Takes intervals away, which must be there.
    pub(super) fn remove_intervals<const N: usize>(&mut self, map: &str, all: &[Interval<N>]) {
        for some in all.chunks(AT_ONCE / 2) {
            self.elements(map, false, |elements| {
                for (first, end, _) in some {
                    key_of(elements, first, None, None);
                    key_of(elements, end, Some(END), None);
                }
            });
        }
    }
}

fn key_of(elements: &mut Messages, key: &[u8], flags: Option<u32>, value: Option<&[u8; 4]>) {
    elements.nest(1, |element| {
        element.nest(1, |of_key| {
            of_key.put(1, key);
        });
        if let Some(value) = value {
            element.nest(2, |data| {
                data.put(1, value);
            });
        }
        if let Some(flags) = flags {
            element.put_be(3, flags);
        }
    });
}

impl Rule {
    /// The register has this.
    pub(super) fn load_bytes(self, bytes: [u8; 4]) -> Rule {
        self.immediate(1, bytes)
    }

    /// What the register holds is in this set.
    pub(super) fn found_in(self, set: &str) -> Rule {
        self.expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// What the register holds, and the destination with its protocol and port, are in this set.
    pub(super) fn with_destination_in(self, set: &str) -> Rule {
        let rule = self.expression("payload", |data| {
            data.put_be(1, SECOND).put_be(2, 1).put_be(3, offset(Side::Destination)).put_be(4, 4);
        });
        let rule = rule.expression("meta", |data| {
            // NFT_META_L4PROTO.
            data.put_be(1, THIRD).put_be(2, 16);
        });
        let rule = rule.expression("payload", |data| {
            data.put_be(1, FOURTH).put_be(2, 2).put_be(3, 2).put_be(4, 2);
        });
        rule.found_in(set)
    }

    fn immediate(self, register: u32, bytes: [u8; 4]) -> Rule {
        self.expression("immediate", |data| {
            data.put_be(1, register);
            Rule::value(data, 2, &bytes);
        })
    }

    /// What the register holds and an address lie in an interval of this map, whose value it holds then.
    pub(super) fn with_address_in(self, side: Side, map: &str) -> Rule {
        self.expression("payload", |data| {
            data.put_be(1, SECOND).put_be(2, 1).put_be(3, offset(side)).put_be(4, 4);
        })
        .looked_up(map)
    }

    /// The same for the address of who began the connection: that of an ENI, or what this map has for
    /// that of a slot.
    pub(super) fn with_origin_in(self, behind: Option<&str>, map: &str) -> Rule {
        let rule = self.expression("ct", |data| {
            // NFT_CT_SRC_IP of IP_CT_DIR_ORIGINAL.
            data.put_be(1, SECOND).put_be(2, 19).put(3, &[0]);
        });
        let rule = match behind {
            Some(behind) => rule.expression("lookup", |data| {
                data.put_text(1, behind).put_be(2, SECOND).put_be(3, SECOND);
            }),
            None => rule.without_slots(),
        };
        rule.looked_up(map)
    }

    /// The second register holds no address of a slot.
    fn without_slots(self) -> Rule {
        let network = |data: &mut Messages, kind, bytes: &[u8]| Rule::value(data, kind, bytes);
        let masked = self.expression("bitwise", |data| {
            data.put_be(1, SECOND).put_be(2, THIRD).put_be(3, 4);
            network(data, 4, &[255, 255, 0, 0]);
            network(data, 5, &[0; 4]);
        });
        masked.expression("cmp", |data| {
            // NFT_CMP_NEQ.
            data.put_be(1, THIRD).put_be(2, 1);
            network(data, 3, &[169, 254, 0, 0]);
        })
    }

    /// The address that answers go to is a key of this map, whose value the register holds then.
    pub(super) fn answered_in(self, map: &str) -> Rule {
        let loaded = self.expression("ct", |data| {
            // NFT_CT_DST_IP of IP_CT_DIR_REPLY.
            data.put_be(1, 1).put_be(2, 20).put(3, &[1]);
        });
        loaded.looked_up(map)
    }

    /// What the register holds, the packet's protocol and these two bytes of that one's header, or none,
    /// lie in an interval of this map, whose value the register holds then.
    pub(super) fn with_content_in(self, at: Option<u32>, map: &str) -> Rule {
        let rule = self.expression("meta", |data| {
            // NFT_META_L4PROTO.
            data.put_be(1, SECOND).put_be(2, 16);
        });
        let rule = match at {
            Some(at) => rule.expression("payload", |data| {
                data.put_be(1, THIRD).put_be(2, 2).put_be(3, at).put_be(4, 2);
            }),
            None => rule.immediate(THIRD, [0; 4]),
        };
        rule.looked_up(map)
    }

    /// The packet has two bytes there in the header of its protocol.
    pub(super) fn has_content(self, at: u32) -> Rule {
        self.expression("payload", |data| {
            data.put_be(1, 1).put_be(2, 2).put_be(3, at).put_be(4, 2);
        })
    }

    /// The register holds this.
    pub(super) fn is(self, value: [u8; 4]) -> Rule {
        self.compare(0, &value)
    }

    /// Writes what the register holds over the number and place of a fragment in the packet's header:
    /// for one that is dropped and told of, in which that is of no use any more.
    pub(super) fn write_decision(self) -> Rule {
        self.expression("payload", |data| {
            // By the register, at NFT_PAYLOAD_NETWORK_HEADER.
            data.put_be(5, 1).put_be(2, 1).put_be(3, DECISION as u32).put_be(4, 4);
            // NFT_PAYLOAD_CSUM_NONE.
            data.put_be(6, 0).put_be(7, 0);
        })
    }
}

/// Where that stands in the packet.
const DECISION: usize = 4;

/// What was written over a packet that is told of.
pub(super) fn decision(packet: &[u8]) -> Option<[u8; 4]> {
    packet.get(DECISION..DECISION + 4)?.try_into().ok()
}

/// A number for something, of those that nobody has, after the one that was given last.
pub(super) fn number_after(last: u16, is_taken: impl Fn(u16) -> bool) -> Option<u16> {
    let after = (last..=u16::MAX).skip(1).chain(1..=last);
    after.into_iter().find(|number| *number > 0 && !is_taken(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_what_lies_over_each_other_counts() {
        let ranges = [(10..20, 'a'), (0..100, 'b'), (20..30, 'a'), (5..200, 'c'), (50..60, 'b')];
        let left = [(0..10, 'b'), (10..20, 'a'), (20..100, 'b'), (100..200, 'c')];
        assert_eq!(first_of(&ranges), left);
        assert_eq!(first_of::<char>(&[]), []);
        assert_eq!(first_of(&[(0..1, 1), (2..3, 1), (3..4, 1)]), [(0..1, 1), (2..4, 1)]);
    }

    #[test]
    fn every_number_has_the_first_range_that_it_lies_in() {
        let mut random = engine::random::Random::new(7);
        for _ in 0..500 {
            let ranges: Vec<(Range<u64>, u64)> = (0..random.draw() % 8)
                .map(|value| {
                    let first = random.draw() % 40;
                    (first..first + random.draw() % 20, value % 3)
                })
                .collect();
            let left = first_of(&ranges);
            assert!(left.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{left:?}");
            for number in 0..64 {
                let of = |all: &[(Range<u64>, u64)]| {
                    all.iter().find(|(range, _)| range.contains(&number)).map(|(_, value)| *value)
                };
                assert_eq!(of(&left), of(&ranges), "{number} of {ranges:?}");
            }
        }
    }

    #[test]
    fn an_axis_ends_where_the_next_one_begins() {
        let block: Cidr = "255.255.255.0/24".parse().unwrap();
        let range = addresses(block);
        assert_eq!(key_of_address(7, range.start), [0, 0, 0, 7, 255, 255, 255, 0]);
        assert_eq!(key_of_address(7, range.end), [0, 0, 0, 8, 0, 0, 0, 0]);
    }

    #[test]
    fn numbers_are_given_in_turn() {
        assert_eq!(number_after(0, |_| false), Some(1));
        assert_eq!(number_after(u16::MAX, |number| number == 1), Some(2));
        assert_eq!(number_after(5, |number| number != 5), Some(5));
        assert_eq!(number_after(5, |_| true), None);
    }
}
