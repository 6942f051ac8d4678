//! Flows: what is known of how a router counts, what it has counted, and how the kernel tells that.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use engine::flow::{Counted, Flow, FlowKey};
use engine::id::{EniId, SubnetId, VpcId};
use engine::plan::VpcPlan;

use super::flow_rules::{self, ACCEPTED, BY_NAT, EGRESS, KEPT, KEY};
use super::flow_rules6::KEY6;
use super::names::TABLE;
use super::netlink::{Messages, Socket, attributes};
use super::nft::Batch;

/// What is known of a flow's element in a set.
pub(super) type Key = [u8; KEY];
/// The same of IPv6.
pub(super) type Key6 = [u8; KEY6];

/// What was read of each set's elements: packets and bytes.
pub(super) type Seen<K> = [HashMap<K, [u64; 2]>; 2];

/// How a router counts, and what was read of it.
#[derive(Debug)]
pub(super) struct Meter {
    /// Which set packets are counted in.
    pub(super) set: usize,
    pub(super) seen: Seen<Key>,
    pub(super) lost: HashMap<Ipv4Addr, u64>,
    /// The same of IPv6.
    pub(super) seen6: Seen<Key6>,
    pub(super) lost6: HashMap<Ipv6Addr, u64>,
    pub(super) turned: Instant,
    /// Whether the other set is yet to be read for the last time.
    pub(super) is_turning: bool,
    /// When it was read: milliseconds since the epoch.
    pub(super) read: u64,
    /// Addresses that are AWS's own: the resolver's, and routers'.
    pub(super) reserved: BTreeSet<Ipv4Addr>,
    /// NAT gateways by their public addresses: ENI, subnet and private address.
    pub(super) nats: Nats,
    /// Whether packets passed that nobody counted, in an earlier run.
    pub(super) was_interrupted: bool,
}

/// At which ENIs packets are seen, and of which subnets those are.
pub(super) type Holders = HashMap<Ipv4Addr, (EniId, SubnetId)>;
pub(super) type Holders6 = HashMap<Ipv6Addr, (EniId, SubnetId)>;
pub(super) type Nats = BTreeMap<Ipv4Addr, (EniId, SubnetId, Ipv4Addr)>;

/// What was read and is yet to be told.
#[derive(Debug, Default)]
pub(super) struct Untold {
    flows: HashMap<(EniId, FlowKey), Flow>,
    pub(super) skipped: BTreeSet<(EniId, SubnetId)>,
}

impl Untold {
    pub(super) fn is_empty(&self) -> bool {
        self.flows.is_empty() && self.skipped.is_empty()
    }
}

fn reserved(plan: &VpcPlan) -> BTreeSet<Ipv4Addr> {
    let resolvers = plan.cidrs.iter().filter_map(|block| block.nth(2));
    let routers = plan.subnets.iter().filter_map(|subnet| subnet.cidr.nth(1));
    resolvers.chain(routers).collect()
}

/// The NAT gateways whose packets are counted.
fn nats(plan: &VpcPlan) -> Nats {
    let nats = plan.nats.values().filter(|_| plan.is_metered);
    nats.filter_map(|nat| Some((nat.public?, (nat.eni, nat.subnet, nat.private)))).collect()
}

/// Has a plan's NAT gateways be those whose packets are counted; of none where a table begins.
pub(super) fn change_nats(batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
    // With the rules for flows the set of them goes as well.
    let known = before.filter(|before| before.is_metered);
    let known = known.map(|before| nats(before).into_keys().collect()).unwrap_or_default();
    if plan.is_metered {
        flow_rules::nats(batch, &known, &nats(plan).into_keys().collect());
    }
}

impl Meter {
    pub(super) fn new(plan: &VpcPlan, was_interrupted: bool) -> Meter {
        Meter {
            set: 0,
            seen: Default::default(),
            lost: HashMap::new(),
            seen6: Default::default(),
            lost6: HashMap::new(),
            turned: Instant::now(),
            is_turning: false,
            read: now(),
            reserved: reserved(plan),
            nats: nats(plan),
            was_interrupted,
        }
    }

    /// Has packets be told by another plan from now on.
    pub(super) fn follow(&mut self, plan: &VpcPlan) {
        (self.reserved, self.nats) = (reserved(plan), nats(plan));
    }

    /// Whether it matters who is at a slot when this is read: what goes by NAT gateways is counted by
    /// the slots' addresses.
    pub(super) fn asks_for_slots(&self) -> bool {
        !self.nats.is_empty()
    }
}

pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl Untold {
    pub(super) fn add(&mut self, flow: Flow) {
        let known = self.flows.entry((flow.eni, flow.key));
        known.and_modify(|known| known.add(&flow)).or_insert(flow);
    }

    pub(super) fn tell(&mut self, vpc: VpcId) -> Counted {
        let Untold { flows, skipped } = std::mem::take(self);
        let mut flows: Vec<Flow> = flows.into_values().collect();
        flows.sort_unstable_by_key(|flow| (flow.eni, flow.first, flow.key));
        Counted { vpc, at: now(), flows, skipped: skipped.into_iter().collect() }
    }
}

/// What a key says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) key: FlowKey,
    /// The same ends, which are of IPv4.
    pub(super) ends: [Ipv4Addr; 2],
    /// The flags that are told of its packets.
    pub(super) flags: u8,
    /// Of what goes by a NAT gateway: address and port of the other side.
    pub(super) inner: Option<(Ipv4Addr, u16)>,
}

fn word(key: &[u8], at: usize) -> Option<[u8; 4]> {
    key.get(at * 4..at * 4 + 4)?.try_into().ok()
}

/// The flow of a key whose ends are known, by its first word and those from this one on: its protocol, ports
/// and flags.
fn flow_key(key: &[u8], ends: [IpAddr; 2], at: usize) -> Option<(FlowKey, u8)> {
    let kind = u32::from_ne_bytes(word(key, 0)?);
    let [[protocol, ..], [s, t, u, v], [flags, ..]] =
        [word(key, at)?, word(key, at + 1)?, word(key, at + 2)?];
    let flags = match flags {
        // SYN with ACK; an ACK alone is not told.
        both if both & 0x12 == 0x12 => both & 0x17,
        one => one & 0x07,
    };
    let flow = FlowKey {
        is_egress: kind & EGRESS != 0,
        is_accepted: kind & ACCEPTED != 0,
        ends,
        packet_ends: ends,
        ports: [u16::from_be_bytes([s, t]), u16::from_be_bytes([u, v])],
        protocol,
    };
    Some((flow, flags))
}

pub(super) fn read_key(key: &Key) -> Option<Read> {
    let ends = [Ipv4Addr::from(word(key, 1)?), Ipv4Addr::from(word(key, 2)?)];
    let (flow, flags) = flow_key(key, ends.map(IpAddr::from), 3)?;
    let is_by_nat = u32::from_ne_bytes(word(key, 0)?) & BY_NAT != 0;
    let inner = (Ipv4Addr::from(word(key, 6)?), u16::from_be_bytes([key[28], key[29]]));
    Some(Read { key: flow, ends, flags, inner: is_by_nat.then_some(inner) })
}

/// What a key of IPv6 says: its flow, the ends of that, and its flags.
pub(super) fn read_key6(key: &Key6) -> Option<(FlowKey, [Ipv6Addr; 2], u8)> {
    let address = |at: usize| <[u8; 16]>::try_from(&key[at..at + 16]).ok().map(Ipv6Addr::from);
    let ends = [address(4)?, address(20)?];
    let (flow, flags) = flow_key(key, ends.map(IpAddr::from), 9)?;
    Some((flow, ends, flags))
}

/// An element of a set with a counter.
pub(super) struct Element<const LENGTH: usize> {
    /// Its key, with zeros behind one that is shorter.
    pub(super) key: [u8; LENGTH],
    /// Packets and bytes.
    pub(super) counts: [u64; 2],
    /// Milliseconds since the last packet.
    pub(super) idle: u64,
}

/// `NFT_MSG_GETSETELEM`, all of them.
const GET_ELEMENTS: u16 = (libc::NFNL_SUBSYS_NFTABLES as u16) << 8 | 13;
const DUMP: u16 = 0x300;

/// The elements of a set, by whose keys it is known of which family that is.
pub(super) fn elements<const LENGTH: usize>(
    socket: &mut Socket,
    set: &str,
) -> io::Result<Vec<Element<LENGTH>>> {
    let mut messages = Messages::default();
    let family = if LENGTH == KEY6 { libc::NFPROTO_IPV6 } else { libc::NFPROTO_IPV4 };
    let head = [family as u8, 0, 0, 0];
    messages.begin(GET_ELEMENTS, DUMP, &head).put_text(1, TABLE).put_text(2, set);
    let mut found = Vec::new();
    socket.dump(messages, |body| {
        let lists = attributes(body.get(4..).unwrap_or_default()).filter(|(kind, _)| *kind == 3);
        let each = lists.flat_map(|(_, list)| attributes(list)).map(|(_, element)| element);
        found.extend(each.filter_map(element));
    })?;
    Ok(found)
}

/// Reads `NFTA_SET_ELEM_*`.
fn element<const LENGTH: usize>(body: &[u8]) -> Option<Element<LENGTH>> {
    let long = |value: &[u8]| value.try_into().ok().map(u64::from_be_bytes);
    let (mut key, mut counts, mut left) = (None, [0, 0], None);
    for (kind, value) in attributes(body) {
        match kind {
            1 => {
                let (_, bytes) = attributes(value).find(|(kind, _)| *kind == 1)?;
                let mut whole = [0; LENGTH];
                whole.get_mut(..bytes.len())?.copy_from_slice(bytes);
                key = Some(whole);
            }
            5 => left = long(value),
            7 => {
                let (_, data) = attributes(value).find(|(kind, _)| *kind == 2)?;
                for (kind, value) in attributes(data) {
                    match kind {
                        1 => counts[1] = long(value)?,
                        2 => counts[0] = long(value)?,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    let kept = KEPT.as_millis() as u64;
    let idle = left.map_or(0, |left| kept.saturating_sub(left));
    Some(Element { key: key?, counts, idle })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_loaded() {
        let mut key = [0; KEY];
        key[..4].copy_from_slice(&(EGRESS | ACCEPTED).to_ne_bytes());
        key[4..12].copy_from_slice(&[10, 0, 1, 5, 10, 0, 2, 6]);
        key[12] = 6;
        key[16..20].copy_from_slice(&[0x9c, 0x40, 0x01, 0xbb]);
        for (seen, told) in [(0x02, 2), (0x12, 18), (0x10, 0), (0x11, 1), (0x14, 4), (0x04, 4)] {
            key[20] = seen;
            let Read { key: flow, flags, inner, .. } = read_key(&key).expect("a key");
            assert_eq!((flags, inner), (told, None), "{seen:#x}");
            assert_eq!(flow.ends, [[10, 0, 1, 5], [10, 0, 2, 6]].map(IpAddr::from));
            assert_eq!((flow.ports, flow.protocol), ([40_000, 443], 6));
            assert!(flow.is_egress && flow.is_accepted);
        }
    }
}
