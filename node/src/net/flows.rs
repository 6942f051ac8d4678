//! Flows: what a router has counted, read from the kernel, and told of the ENIs that it was seen at.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::net::Ipv4Addr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use engine::flow::{Counted, Flow, FlowKey};
use engine::id::{EniId, SubnetId, VpcId};
use engine::plan::VpcPlan;

use super::flow_rules::{self, ACCEPTED, BY_NAT, EGRESS, FLOWS, KEPT, KEY, LOST, ROOM};
use super::netlink::{Messages, Socket, attributes};
use super::nft::Batch;
use super::router::{self, Router};
use super::rules::TABLE;
use super::{Vpc, lock};
use crate::thread;

/// How often routers are read.
const PERIOD: Duration = Duration::from_secs(1);
/// After how long a set is emptied, and with how many flows in it.
const TURNS: Duration = Duration::from_secs(60);
const MANY: usize = ROOM / 4;
/// How long packets may be on their way by rules that are gone.
const LATE: Duration = Duration::from_millis(500);

/// Whom it is told what routers have counted.
pub type FlowTeller = Box<dyn Fn(Counted) + Send + Sync>;

/// What is known of a flow's element in a set.
type Key = [u8; KEY];

/// How a router counts.
#[derive(Debug)]
pub(super) struct Meter {
    /// Which set packets are counted in.
    set: usize,
    /// What was read of each set's elements: packets and bytes.
    seen: [HashMap<Key, [u64; 2]>; 2],
    lost: HashMap<Ipv4Addr, u64>,
    turned: Instant,
    /// Whether the other set is yet to be read for the last time.
    is_turning: bool,
    /// When it was read: milliseconds since the epoch.
    read: u64,
    /// Addresses that are AWS's own: the resolver's, and routers'.
    reserved: BTreeSet<Ipv4Addr>,
    /// NAT gateways by their public addresses: ENI, subnet and private address.
    nats: Nats,
    /// Whether packets passed that nobody counted, in an earlier run.
    was_interrupted: bool,
}

/// At which ENIs packets are seen, and of which subnets those are.
type Holders = HashMap<Ipv4Addr, (EniId, SubnetId)>;
type Nats = BTreeMap<Ipv4Addr, (EniId, SubnetId, Ipv4Addr)>;

/// What was read and is yet to be told.
#[derive(Debug, Default)]
pub(super) struct Untold {
    flows: HashMap<(EniId, FlowKey), Flow>,
    skipped: BTreeSet<(EniId, SubnetId)>,
}

impl Untold {
    fn is_empty(&self) -> bool {
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
    fn new(plan: &VpcPlan, was_interrupted: bool) -> Meter {
        Meter {
            set: 0,
            seen: Default::default(),
            lost: HashMap::new(),
            turned: Instant::now(),
            is_turning: false,
            read: now(),
            reserved: reserved(plan),
            nats: nats(plan),
            was_interrupted,
        }
    }
}

impl Meter {
    /// Whether it matters who is at a slot when this is read: what goes by NAT gateways is counted by
    /// the slots' addresses.
    pub(super) fn asks_for_slots(&self) -> bool {
        !self.nats.is_empty()
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl Router {
    /// A plan is in force, by which packets are counted or not.
    /// Where an earlier run has left the router, packets have passed that nobody counted.
    pub(super) fn is_metered_by(&mut self, plan: &VpcPlan, was_interrupted: bool) {
        if !plan.is_metered {
            self.meter = None;
        } else if let Some(meter) = &mut self.meter {
            (meter.reserved, meter.nats) = (reserved(plan), nats(plan));
        } else {
            self.meter = Some(Meter::new(plan, was_interrupted));
        }
    }

    /// Reads what was counted since it was read last. What cannot be read is there the next time.
    pub(super) fn measure(&mut self) {
        let Some(mut meter) = self.meter.take() else { return };
        if let Err(error) = self.read_flows(&mut meter) {
            tracing::warn!(%error, "flows of a VPC are not read");
        }
        self.meter = Some(meter);
    }

    fn read_flows(&mut self, meter: &mut Meter) -> io::Result<()> {
        let own = self.enis.values();
        let holders: Holders = own
            .map(|known| (known.plan.address, (known.plan.eni, known.plan.subnet)))
            .chain(meter.nats.iter().map(|(public, (eni, subnet, _))| (*public, (*eni, *subnet))))
            .collect();
        let at = now();
        if std::mem::take(&mut meter.was_interrupted) {
            self.untold.skipped.extend(holders.values());
        }
        let other = 1 - meter.set;
        let sets = if meter.is_turning { vec![other, meter.set] } else { vec![meter.set] };
        let mut is_at_rest = false;
        for set in sets {
            let found = elements(&mut self.filter, FLOWS[set])?;
            for element in found {
                let seen = meter.seen[set].entry(element.key).or_default();
                let [packets, bytes] =
                    [0, 1].map(|at| element.counts[at].saturating_sub(seen[at]));
                let is_new = *seen == [0, 0];
                *seen = element.counts;
                if packets == 0 {
                    is_at_rest |= set == meter.set;
                    continue;
                }
                let last = at.saturating_sub(element.idle);
                let is_alone = is_new && packets == 1;
                let first = if is_alone { last } else { meter.read.min(last) };
                let Some(read) = read_key(&element.key) else { continue };
                for (key, (eni, subnet)) in self.seen_at(meter, &holders, &read) {
                    let flags = read.flags;
                    let flow = Flow { eni, subnet, key, packets, bytes, flags, first, last };
                    self.untold.add(flow);
                }
            }
        }
        for element in elements(&mut self.filter, LOST)? {
            let address = Ipv4Addr::from([0, 1, 2, 3].map(|at| element.key[at]));
            let lost = meter.lost.entry(address).or_default();
            if std::mem::replace(lost, element.counts[0]) != element.counts[0] {
                self.untold.skipped.extend(holders.get(&address));
            }
        }
        meter.read = at;
        self.turn(meter, is_at_rest)
    }

    /// As what, and at which ENIs, packets of a key were seen.
    fn seen_at(
        &self,
        meter: &Meter,
        holders: &Holders,
        read: &Read,
    ) -> Vec<(FlowKey, (EniId, SubnetId))> {
        let Read { key, inner, .. } = *read;
        let Some((address, port)) = inner else {
            let is_own = |end: &Ipv4Addr| end.is_link_local() || meter.reserved.contains(end);
            let end = key.ends[usize::from(!key.is_egress)];
            let holder = holders.get(&end).filter(|_| !key.ends.iter().any(is_own));
            return holder.map(|holder| (key, *holder)).into_iter().collect();
        };
        // The address that is seen within, of who is behind a shared ENI.
        let within = |address: Ipv4Addr| {
            let slot = slot_at(address);
            slot.map_or(Some(address), |slot| self.who(slot).and_then(|(_, address)| address))
        };
        // Its two sides, each with the gateway's private address.
        let (public, outer, own) = match key.is_egress {
            true => (key.ends[0], key.ends[1], within(address)),
            false => (address, key.ends[0], within(key.ends[1])),
        };
        let (Some(own), Some((eni, subnet, private))) = (own, meter.nats.get(&public)) else {
            return Vec::new();
        };
        let sides = match key.is_egress {
            true => [
                (false, [own, *private], [own, outer], [port, key.ports[1]]),
                (true, [*private, outer], [*private, outer], key.ports),
            ],
            false => [
                (false, [outer, *private], [outer, *private], [key.ports[0], port]),
                (true, [*private, own], [outer, own], key.ports),
            ],
        };
        let sides = sides.map(|(is_egress, ends, packet_ends, ports)| {
            (FlowKey { is_egress, ends, packet_ends, ports, ..key }, (*eni, *subnet))
        });
        sides.to_vec()
    }

    /// Empties the set that is counted in no longer, and has the other one counted in once that is
    /// large or old.
    fn turn(&mut self, meter: &mut Meter, is_at_rest: bool) -> io::Result<()> {
        if meter.is_turning {
            if meter.turned.elapsed() >= LATE {
                let mut batch = Batch::new(TABLE);
                batch.empty_set(FLOWS[1 - meter.set]);
                batch.commit(&mut self.filter)?;
                meter.seen[1 - meter.set] = HashMap::new();
                meter.is_turning = false;
            }
            return Ok(());
        }
        let is_old = is_at_rest && meter.turned.elapsed() >= TURNS;
        if is_old || meter.seen[meter.set].len() >= MANY {
            let mut batch = Batch::new(TABLE);
            flow_rules::turn(&mut batch, 1 - meter.set);
            batch.commit(&mut self.filter)?;
            meter.set = 1 - meter.set;
            (meter.turned, meter.is_turning) = (Instant::now(), true);
        }
        Ok(())
    }
}

impl Untold {
    fn add(&mut self, flow: Flow) {
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

/// The slot that a link-local address is of.
fn slot_at(address: Ipv4Addr) -> Option<u16> {
    let number = u32::from(address).checked_sub(u32::from(router::link_local(0)))?;
    u16::try_from(number).ok()
}

/// What a key says.
#[derive(Debug, Clone, Copy)]
struct Read {
    key: FlowKey,
    /// The flags that are told of its packets.
    flags: u8,
    /// Of what goes by a NAT gateway: address and port of the other side.
    inner: Option<(Ipv4Addr, u16)>,
}

fn read_key(key: &Key) -> Option<Read> {
    let word = |at: usize| <[u8; 4]>::try_from(&key[at * 4..at * 4 + 4]).ok();
    let kind = u32::from_ne_bytes(word(0)?);
    let ends = [Ipv4Addr::from(word(1)?), Ipv4Addr::from(word(2)?)];
    let [s, t, u, v] = word(4)?;
    let flags = match key[20] {
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
        protocol: key[12],
    };
    let inner = (Ipv4Addr::from(word(6)?), u16::from_be_bytes([key[28], key[29]]));
    Some(Read { key: flow, flags, inner: (kind & BY_NAT != 0).then_some(inner) })
}

/// An element of a set with a counter.
struct Element {
    /// Its key, with zeros behind one that is shorter.
    key: Key,
    /// Packets and bytes.
    counts: [u64; 2],
    /// Milliseconds since the last packet.
    idle: u64,
}

/// `NFT_MSG_GETSETELEM`, all of them.
const GET_ELEMENTS: u16 = (libc::NFNL_SUBSYS_NFTABLES as u16) << 8 | 13;
const DUMP: u16 = 0x300;

fn elements(socket: &mut Socket, set: &str) -> io::Result<Vec<Element>> {
    let mut messages = Messages::default();
    let head = [libc::NFPROTO_IPV4 as u8, 0, 0, 0];
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
fn element(body: &[u8]) -> Option<Element> {
    let long = |value: &[u8]| value.try_into().ok().map(u64::from_be_bytes);
    let (mut key, mut counts, mut left) = (None, [0, 0], None);
    for (kind, value) in attributes(body) {
        match kind {
            1 => {
                let (_, bytes) = attributes(value).find(|(kind, _)| *kind == 1)?;
                let mut whole = [0; KEY];
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

/// Reads the routers that count, on a thread of its own, which begins with the first of them.
#[derive(Default)]
pub(super) struct FlowReader {
    teller: Arc<OnceLock<FlowTeller>>,
    added: Mutex<Option<Sender<Source>>>,
}

/// A VPC that is read while it is there and counts.
type Source = (VpcId, Weak<Mutex<Vpc>>);

impl FlowReader {
    /// Whom it is told from now on; the first alone.
    pub(super) fn tell(&self, teller: FlowTeller) {
        // Who would come second is never heard of.
        let _ = self.teller.set(teller);
    }

    /// Reads a VPC, which is one more.
    pub(super) fn add(&self, vpc: VpcId, of: &Arc<Mutex<Vpc>>) -> io::Result<()> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if added.is_none() {
            let (sender, receiver) = channel();
            let teller = Arc::clone(&self.teller);
            thread::spawn("node-flows", move || read_all(&receiver, &teller))?;
            *added = Some(sender);
        }
        let sent = added.as_ref().map(|sender| sender.send((vpc, Arc::downgrade(of))));
        assert!(sent.is_some_and(|sent| sent.is_ok()), "the thread lives as long as its handle");
        Ok(())
    }
}

fn read_all(added: &Receiver<Source>, teller: &OnceLock<FlowTeller>) {
    let mut sources: BTreeMap<VpcId, Weak<Mutex<Vpc>>> = BTreeMap::new();
    let mut wait = PERIOD;
    loop {
        if sources.is_empty() {
            let Ok((id, vpc)) = added.recv() else { return };
            sources.insert(id, vpc);
        }
        let end = Instant::now() + wait;
        loop {
            match added.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((id, vpc)) => drop(sources.insert(id, vpc)),
                Err(RecvTimeoutError::Timeout) => break,
                // The network is gone, and with it whoever would be told.
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let began = Instant::now();
        sources.retain(|id, vpc| vpc.upgrade().is_some_and(|vpc| read_one(*id, &vpc, teller)));
        // Reading takes a small part of the time, however much there is to be read.
        wait = PERIOD.max(began.elapsed() * 20);
    }
}

/// Reads a VPC and tells it; returns whether it still counts.
fn read_one(id: VpcId, vpc: &Mutex<Vpc>, teller: &OnceLock<FlowTeller>) -> bool {
    let (counted, goes_on) = {
        let mut known = lock(vpc);
        let Some(router) = known.router.as_mut() else { return false };
        router.measure();
        let has_any = !router.untold.is_empty();
        (has_any.then(|| router.untold.tell(id)), router.meter.is_some())
    };
    if let (Some(counted), Some(teller)) = (counted, teller.get()) {
        teller(counted);
    }
    goes_on
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
            let Read { key: flow, flags, inner } = read_key(&key).expect("a key");
            assert_eq!((flags, inner), (told, None), "{seen:#x}");
            assert_eq!(flow.ends, [[10, 0, 1, 5], [10, 0, 2, 6]].map(Ipv4Addr::from));
            assert_eq!((flow.ports, flow.protocol), ([40_000, 443], 6));
            assert!(flow.is_egress && flow.is_accepted);
        }
    }
}
