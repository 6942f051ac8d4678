//! Shares of the connections that a router remembers, so that nobody's flood keeps others from beginning
//! one.
//!
//! The kernel remembers so many for each network namespace, whoever they are of, and drops what is beyond.
//! Here a sender begins so many at once, and so many each second after that, which the kernel counts by
//! the link they come by. What adds up is looked at every other second: who has more than a share then
//! begins none until some have ended or were forgotten, and neither does a NAT gateway that has one, or
//! all its ports to one destination. What is known goes on in any case. In the router to the outside a
//! public address is a sender, which may be that of many in its VPC: it has twice a share there, so that one
//! of them is kept from more in the VPC, ahead of that.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};

use engine::limits::NAT_PORTS;

use super::conntrack;
use super::link::UPLINK_INDEX;
use super::names::{REMEMBERED, TABLE};
use super::netlink::Socket;
use super::nft::{Batch, Rule, Side, Verdict};

/// The chains that drop what is beyond a share, of a sender and of a NAT gateway.
pub(super) const CROWDEDLY: &str = "drop_crowded";
pub(super) const FULLY: &str = "drop_nat_ports";
/// Senders that have more than a share.
const CROWDED: &str = "crowded";
/// The public addresses of NAT gateways that have, and those with a destination to which all ports are
/// taken, or as good as all.
const FULL: &str = "full";
const TAKEN: &str = "taken";
/// What each link has begun of late, and each link of a VPC.
const BEGUN: &str = "begun";
const BEGUN_BY_VPC: &str = "begun_by_vpc";
/// Connections that one may begin at once, and each second then; and how many times that a VPC may.
const AT_ONCE: u32 = 1 << 15;
const PER_SECOND: u64 = 1 << 12;
const BY_VPC: u32 = 4;
/// What slots have of addresses, where those of no ENI are.
const SLOTS: Ipv4Addr = Ipv4Addr::new(169, 254, 0, 0);
/// What is beyond (`NFT_LIMIT_F_INV`).
const BEYOND: u32 = 1;
/// How many are remembered in all where the kernel does not say.
const USUALLY: u32 = 1 << 18;
const MOST: &str = "/proc/sys/net/netfilter/nf_conntrack_max";
/// Of all that are remembered, below one in so many nobody is looked for, and one may have one in so many.
const QUIET: u32 = 8;
const SHARE: u32 = 4;
/// One in so many of a NAT gateway's ports is left: the kernel looks at some by chance, and finds of the last
/// few none, of which nobody would be told.
const UNFOUND: u32 = 512;
/// Of so many in so many all may have their share at once; what is left is for who comes then.
const OF_ALL: (u32, u32) = (3, 4);

/// The sets that say who begins no more, and the meter.
pub(super) fn base(batch: &mut Batch) {
    batch.add_set(CROWDED);
    batch.add_set(FULL);
    batch.add_key_set(TAKEN, 16);
    batch.add_meter(BEGUN, REMEMBERED);
    batch.add_meter(BEGUN_BY_VPC, REMEMBERED);
}

/// Drops here what senders begin beyond their share.
pub(super) fn gate(batch: &mut Batch, chain: &str) {
    let crowded = Rule::new().in_set(Side::Source, CROWDED);
    batch.add_rule(chain, &crowded.then(Verdict::Goto(CROWDEDLY)));
    let beyond = Rule::new().metered(BEGUN, true, (PER_SECOND, AT_ONCE, BEYOND));
    batch.add_rule(chain, &beyond.then(Verdict::Goto(CROWDEDLY)));
}

/// The same in the table of IPv6, where senders are told by the links that they come by: one may have many
/// addresses.
pub(super) fn base6(batch: &mut Batch) {
    batch.add_set(CROWDED);
    batch.add_meter(BEGUN, REMEMBERED);
}

/// Drops here what senders begin beyond their share, of IPv6.
pub(super) fn gate6(batch: &mut Batch, chain: &str) {
    let crowded = Rule::new().link_in_set(CROWDED);
    batch.add_rule(chain, &crowded.then(Verdict::Goto(CROWDEDLY)));
    let beyond = Rule::new().metered(BEGUN, true, (PER_SECOND, AT_ONCE, BEYOND));
    batch.add_rule(chain, &beyond.then(Verdict::Goto(CROWDEDLY)));
}

/// The same for the router to the outside, where VPCs are senders too; what comes by the uplink is no
/// sender's.
pub(super) fn gate_outside(batch: &mut Batch, chain: &str, uplink: &str) {
    let begun = || Rule::new().link(6, uplink, false);
    let crowded = begun().in_set(Side::Source, CROWDED);
    batch.add_rule(chain, &crowded.then(Verdict::Goto(CROWDEDLY)));
    let of_slot = begun().in_block(Side::Source, SLOTS, 16);
    let beyond = of_slot.metered(BEGUN, true, (PER_SECOND, AT_ONCE, BEYOND));
    batch.add_rule(chain, &beyond.then(Verdict::Goto(CROWDEDLY)));
    let (rate, burst) = (PER_SECOND * u64::from(BY_VPC), AT_ONCE * BY_VPC);
    let beyond = begun().metered(BEGUN_BY_VPC, true, (rate, burst, BEYOND));
    batch.add_rule(chain, &beyond.then(Verdict::Goto(CROWDEDLY)));
}

/// Drops here what a NAT gateway with this address has no port left for.
pub(super) fn gate_nat(batch: &mut Batch, chain: &str, public: Ipv4Addr) {
    let at = || Rule::new().load_bytes(public.octets());
    batch.add_rule(chain, &at().found_in(FULL).then(Verdict::Goto(FULLY)));
    batch.add_rule(chain, &at().with_destination_in(TAKEN).then(Verdict::Goto(FULLY)));
}

/// A NAT gateway's address and a destination, with its protocol and port, as registers have them.
type Destination = [u8; 16];

fn destination(counted: &conntrack::Counted) -> Destination {
    let mut key = [0; 16];
    key[..4].copy_from_slice(&counted.answered_at.octets());
    key[4..8].copy_from_slice(&counted.destination.octets());
    key[8] = counted.protocol;
    key[12..14].copy_from_slice(&counted.port.to_be_bytes());
    key
}

/// Who of a router begins no more connections at present.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shares {
    crowded: BTreeSet<Ipv4Addr>,
    /// The links of those that are, by IPv6.
    crowded6: BTreeSet<u32>,
    full: BTreeSet<Ipv4Addr>,
    taken: BTreeSet<Destination>,
}

impl Shares {
    /// Looks who has more than a share of the connections of a router, of which there are so many in all;
    /// `links` are those by which addresses of IPv6 send.
    pub(super) fn look(
        &mut self,
        socket: &mut Socket,
        count: u32,
        is_outside: bool,
        links: impl FnOnce() -> BTreeMap<Ipv6Addr, u32>,
    ) -> io::Result<()> {
        let most = fs::read_to_string(MOST).ok().and_then(|text| text.trim().parse().ok());
        let most = most.unwrap_or(USUALLY);
        if count < most / QUIET && *self == Shares::default() {
            return Ok(());
        }
        let wanted = if count < most / QUIET {
            Shares::default()
        } else {
            Shares::of(socket, most, is_outside, &links())?
        };
        let mut batch = Batch::new(TABLE);
        differ(&mut batch, CROWDED, &self.crowded, &wanted.crowded, |at| at.octets());
        batch.of_ipv6(|batch| {
            let (now, wanted) = (&self.crowded6, &wanted.crowded6);
            differ(batch, CROWDED, now, wanted, |link| link.to_ne_bytes());
        });
        differ(&mut batch, FULL, &self.full, &wanted.full, |at| at.octets());
        differ(&mut batch, TAKEN, &self.taken, &wanted.taken, |key| *key);
        match batch.commit(socket) {
            // The rules are not there, or were made anew.
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => *self = Shares::default(),
            Err(error) => return Err(error),
            Ok(()) => *self = wanted,
        }
        Ok(())
    }

    fn of(
        socket: &mut Socket,
        most: u32,
        is_outside: bool,
        links: &BTreeMap<Ipv6Addr, u32>,
    ) -> io::Result<Shares> {
        let mut senders: BTreeMap<Ipv4Addr, u32> = BTreeMap::new();
        let mut answered: BTreeMap<Ipv4Addr, u32> = BTreeMap::new();
        let mut ports: BTreeMap<Destination, u32> = BTreeMap::new();
        conntrack::each(socket, |each| {
            *senders.entry(each.source).or_default() += 1;
            if each.answered_at != each.source {
                *answered.entry(each.answered_at).or_default() += 1;
                *ports.entry(destination(&each)).or_default() += 1;
            }
        })?;
        let mut of_links: BTreeMap<u32, u32> = BTreeMap::new();
        if !links.is_empty() {
            let [begun, _] = conntrack::count_ipv6(socket)?;
            for (address, count) in begun {
                // Who is of no link of the VPC comes from outside.
                let link = links.get(&address).copied().unwrap_or(UPLINK_INDEX);
                *of_links.entry(link).or_default() += count;
            }
        }
        let all = senders.values().chain(of_links.values()).copied();
        let of_all = share(all, most);
        let has_more = |(at, count): &(Ipv4Addr, u32)| {
            let is_of_vpc = is_outside && at.octets()[..2] != SLOTS.octets()[..2];
            let own = if is_of_vpc { most / SHARE * 2 } else { most / SHARE };
            *count >= of_all.min(own)
        };
        let (first, last) = NAT_PORTS;
        let all_ports = u32::from(last - first) + 1;
        Ok(Shares {
            crowded: senders.into_iter().filter(has_more).map(|(at, _)| at).collect(),
            crowded6: with(of_links, of_all.min(most / SHARE)),
            full: with(answered, most / SHARE * 2),
            taken: with(ports, all_ports - all_ports / UNFOUND),
        })
    }
}

/// What there are so many of.
fn with<K: Ord>(counts: BTreeMap<K, u32>, most: u32) -> BTreeSet<K> {
    counts.into_iter().filter(|(_, count)| *count >= most).map(|(key, _)| key).collect()
}

/// How many connections one may have so that all may have as many, and room is left for others.
fn share(counts: impl Iterator<Item = u32>, most: u32) -> u32 {
    let mut counts: Vec<u32> = counts.collect();
    counts.sort_unstable();
    let mut left = most / OF_ALL.1 * OF_ALL.0;
    let senders = counts.len();
    for (at, count) in counts.into_iter().enumerate() {
        let each = left / (senders - at) as u32;
        if count >= each {
            return each;
        }
        left -= count;
    }
    most
}

fn differ<K: Ord + Copy, const N: usize>(
    batch: &mut Batch,
    set: &str,
    now: &BTreeSet<K>,
    wanted: &BTreeSet<K>,
    key: impl Fn(&K) -> [u8; N],
) {
    now.difference(wanted).for_each(|gone| batch.remove_key(set, key(gone)));
    wanted.difference(now).for_each(|new| batch.add_key(set, key(new)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_leaves_room_for_others() {
        let of = |counts: &[u32]| share(counts.iter().copied(), 1 << 18);
        // Of many that want all each has as much of three quarters.
        assert_eq!(of(&[1 << 18]), 3 << 16);
        assert_eq!(of(&[1 << 16; 8]), 3 << 13);
        // Who has little takes little from them.
        assert_eq!(of(&[0, 0, 0, 0, 1 << 16, 1 << 16, 1 << 16, 1 << 16]), 3 << 14);
        // Nobody's is too much where there is room.
        assert_eq!(of(&[1000; 100]), 1 << 18);
        assert_eq!(of(&[]), 1 << 18);
    }
}
