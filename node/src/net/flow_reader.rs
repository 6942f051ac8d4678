//! Reads what routers have counted, and tells it: about once a second, while there is a flow log.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use engine::flow::{Counted, Flow, FlowKey};
use engine::id::{EniId, SubnetId, VpcId};
use engine::plan::VpcPlan;

use super::flow_rules::{self, FLOWS, KEY, LOST, ROOM};
use super::flow_rules6::{self, KEY6};
use super::flows::{Holders, Holders6, Meter, Read, elements, now, read_key, read_key6};
use super::link6;
use super::names::TABLE;
use super::netlink::Socket;
use super::nft::Batch;
use super::router::Router;
use super::slots::slot_at;
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

impl Router {
    /// A plan is in force, by which packets are counted or not.
    /// Where an earlier run has left the router, packets have passed that nobody counted.
    pub(super) fn is_metered_by(&mut self, plan: &VpcPlan, was_interrupted: bool) {
        if !plan.is_metered {
            self.meter = None;
        } else if let Some(meter) = &mut self.meter {
            meter.follow(plan);
        } else {
            self.meter = Some(Meter::new(plan, was_interrupted));
        }
    }

    /// What is to be told since it was told last, and whether there will be more.
    pub(super) fn counted(&mut self, vpc: VpcId) -> (Option<Counted>, bool) {
        self.measure();
        let has_any = !self.untold.is_empty();
        (has_any.then(|| self.untold.tell(vpc)), self.meter.is_some())
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
        let own = self.enis.values().flat_map(|known| {
            let (address, of) = (known.plan.address, (known.plan.eni, known.plan.subnet));
            let secondary = self.secondaries_of(known.plan.eni).into_iter();
            secondary.chain([address]).map(move |address| (address, of))
        });
        let holders: Holders = own
            .chain(meter.nats.iter().map(|(public, (eni, subnet, _))| (*public, (*eni, *subnet))))
            .collect();
        let at = now();
        if std::mem::take(&mut meter.was_interrupted) {
            self.untold.skipped.extend(holders.values());
        }
        let other = 1 - meter.set;
        let sets = if meter.is_turning { vec![other, meter.set] } else { vec![meter.set] };
        let (mut is_at_rest, span) = (false, (meter.read, at));
        for set in sets {
            let (found, rests) = news(&mut self.filter, FLOWS[set], &mut meter.seen[set], span)?;
            is_at_rest |= rests && set == meter.set;
            for new in found {
                let Some(read) = read_key(&new.key) else { continue };
                for (key, holder) in self.seen_at(meter, &holders, &read) {
                    self.untold.add(new.flow(key, read.flags, holder));
                }
            }
            if self.groups.has_ipv6 {
                is_at_rest |= self.read_flows6(meter, set, span)? && set == meter.set;
            }
        }
        for element in elements::<KEY>(&mut self.filter, LOST)? {
            let address = Ipv4Addr::from([0, 1, 2, 3].map(|at| element.key[at]));
            let lost = meter.lost.entry(address).or_default();
            if std::mem::replace(lost, element.counts[0]) != element.counts[0] {
                self.untold.skipped.extend(holders.get(&address));
            }
        }
        meter.read = at;
        self.turn(meter, is_at_rest)
    }

    /// The same of a set of IPv6; whether something in it is at rest.
    fn read_flows6(&mut self, meter: &mut Meter, set: usize, span: (u64, u64)) -> io::Result<bool> {
        let own = self.enis.values().flat_map(|known| {
            let holder = (known.plan.eni, known.plan.subnet);
            known.plan.addresses6.iter().map(move |address| (*address, holder))
        });
        let holders: Holders6 = own.collect();
        let (found, rests) = news(&mut self.filter, FLOWS[set], &mut meter.seen6[set], span)?;
        for new in found {
            let Some((key, ends, flags)) = read_key6(&new.key) else { continue };
            let is_own = |end: &Ipv6Addr| end.is_unicast_link_local() || *end == link6::ROUTER;
            let holder = holders.get(&ends[usize::from(!key.is_egress)]);
            if let Some(holder) = holder.filter(|_| !ends.iter().any(is_own)) {
                self.untold.add(new.flow(key, flags, *holder));
            }
        }
        for element in elements::<KEY6>(&mut self.filter, LOST)? {
            let bytes: [u8; 16] = std::array::from_fn(|at| element.key[at]);
            let address = Ipv6Addr::from(bytes);
            let lost = meter.lost6.entry(address).or_default();
            if std::mem::replace(lost, element.counts[0]) != element.counts[0] {
                self.untold.skipped.extend(holders.get(&address));
            }
        }
        Ok(rests)
    }

    /// As what, and at which ENIs, packets of a key were seen.
    fn seen_at(
        &self,
        meter: &Meter,
        holders: &Holders,
        read: &Read,
    ) -> Vec<(FlowKey, (EniId, SubnetId))> {
        let Read { key, ends, inner, .. } = *read;
        let Some((address, port)) = inner else {
            let is_own = |end: &Ipv4Addr| end.is_link_local() || meter.reserved.contains(end);
            let at = usize::from(!key.is_egress);
            let holder = holders.get(&ends[at]).filter(|_| !ends.iter().any(is_own));
            let Some(holder) = holder else { return Vec::new() };
            let mut key = key;
            // An ENI is told by its primary address, whichever of its addresses a packet had.
            if let Some(known) = self.enis.get(&holder.0) {
                key.ends[at] = known.plan.address.into();
            }
            return vec![(key, *holder)];
        };
        // The address that is seen within, of who is behind a shared ENI.
        let within = |address: Ipv4Addr| {
            let slot = slot_at(address);
            slot.map_or(Some(address), |slot| self.seen_as(slot))
        };
        // Its two sides, each with the gateway's private address.
        let (public, outer, own) = match key.is_egress {
            true => (ends[0], ends[1], within(address)),
            false => (address, ends[0], within(ends[1])),
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
            let [ends, packet_ends] = [ends, packet_ends].map(|both| both.map(IpAddr::from));
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
                if self.groups.has_ipv6 {
                    batch.of_ipv6(|batch| batch.empty_set(FLOWS[1 - meter.set]));
                }
                batch.commit(&mut self.filter)?;
                meter.seen[1 - meter.set] = HashMap::new();
                meter.seen6[1 - meter.set] = HashMap::new();
                meter.is_turning = false;
            }
            return Ok(());
        }
        let is_old = is_at_rest && meter.turned.elapsed() >= TURNS;
        let most = meter.seen[meter.set].len().max(meter.seen6[meter.set].len());
        if is_old || most >= MANY {
            let mut batch = Batch::new(TABLE);
            flow_rules::turn(&mut batch, 1 - meter.set);
            if self.groups.has_ipv6 {
                batch.of_ipv6(|batch| flow_rules6::turn(batch, 1 - meter.set));
            }
            batch.commit(&mut self.filter)?;
            meter.set = 1 - meter.set;
            (meter.turned, meter.is_turning) = (Instant::now(), true);
        }
        Ok(())
    }
}

/// What was counted of a flow since it was read last.
struct New<const LENGTH: usize> {
    key: [u8; LENGTH],
    counts: [u64; 2],
    first: u64,
    last: u64,
}

impl<const LENGTH: usize> New<LENGTH> {
    fn flow(&self, key: FlowKey, flags: u8, (eni, subnet): (EniId, SubnetId)) -> Flow {
        let [packets, bytes] = self.counts;
        Flow { eni, subnet, key, packets, bytes, flags, first: self.first, last: self.last }
    }
}

/// What a set has counted since it was read last, and whether something in it is at rest.
fn news<const LENGTH: usize>(
    socket: &mut Socket,
    set: &str,
    seen: &mut HashMap<[u8; LENGTH], [u64; 2]>,
    (read, at): (u64, u64),
) -> io::Result<(Vec<New<LENGTH>>, bool)> {
    let (mut found, mut is_at_rest) = (Vec::new(), false);
    for element in elements(socket, set)? {
        let seen = seen.entry(element.key).or_default();
        let counts = [0, 1].map(|at| element.counts[at].saturating_sub(seen[at]));
        let is_new = *seen == [0, 0];
        *seen = element.counts;
        if counts[0] == 0 {
            is_at_rest = true;
            continue;
        }
        let last = at.saturating_sub(element.idle);
        let is_alone = is_new && counts[0] == 1;
        let first = if is_alone { last } else { read.min(last) };
        found.push(New { key: element.key, counts, first, last });
    }
    Ok((found, is_at_rest))
}

/// Reads the routers that count, on a thread of its own, which begins with the first of them.
#[derive(Default)]
pub(super) struct FlowReader {
    teller: Arc<OnceLock<FlowTeller>>,
    added: Mutex<Option<Sender<Source>>>,
}

/// A VPC, and how it is read: what it has counted, and whether it goes on.
type Source = (VpcId, Reading);
type Reading = Box<dyn Fn() -> (Option<Counted>, bool) + Send>;

impl FlowReader {
    /// Whom it is told from now on; the first alone.
    pub(super) fn tell(&self, teller: FlowTeller) {
        // Who would come second is never heard of.
        let _ = self.teller.set(teller);
    }

    /// Reads a VPC, which is one more, for as long as it goes on.
    pub(super) fn add(&self, vpc: VpcId, reading: Reading) -> io::Result<()> {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        if added.is_none() {
            let (sender, receiver) = channel();
            let teller = Arc::clone(&self.teller);
            thread::spawn("node-flows", move || read_all(&receiver, &teller))?;
            *added = Some(sender);
        }
        let sent = added.as_ref().map(|sender| sender.send((vpc, reading)));
        assert!(sent.is_some_and(|sent| sent.is_ok()), "the thread lives as long as its handle");
        Ok(())
    }
}

fn read_all(added: &Receiver<Source>, teller: &OnceLock<FlowTeller>) {
    let mut sources: BTreeMap<VpcId, Reading> = BTreeMap::new();
    let mut wait = PERIOD;
    loop {
        if sources.is_empty() {
            let Ok((id, reading)) = added.recv() else { return };
            sources.insert(id, reading);
        }
        let end = Instant::now() + wait;
        loop {
            match added.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok((id, reading)) => drop(sources.insert(id, reading)),
                Err(RecvTimeoutError::Timeout) => break,
                // The network is gone, and with it whoever would be told.
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let began = Instant::now();
        sources.retain(|_, reading| {
            let (counted, goes_on) = reading();
            if let (Some(counted), Some(teller)) = (counted, teller.get()) {
                teller(counted);
            }
            goes_on
        });
        // Reading takes a small part of the time, however much there is to be read.
        wait = PERIOD.max(began.elapsed() * 20);
    }
}
