//! What is gathered for each flow log until it is told: flows by what tells them apart, up to a bound.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::flow::{Counted, Flow, FlowKey};
use engine::id::{EniId, FlowLogId, SubnetId};

/// Flows that are held for all flow logs, at the most.
const ROOM: usize = 1 << 18;
/// How long a flow must rest until it is told, and how long it may go on, in milliseconds, where AWS's
/// times are not imitated.
const REST: u64 = 900;
const LONGEST: u64 = 10_000;

/// What a flow log has to tell.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Since when it has been gathered, in milliseconds.
    began: u64,
    flows: HashMap<(EniId, FlowKey), Held>,
    skipped: BTreeMap<EniId, Skipped>,
    /// ENIs of which something was told, or is to be, since then.
    seen: BTreeSet<EniId>,
}

/// A flow that is held, and when it came and grew.
#[derive(Debug)]
struct Held {
    flow: Flow,
    came: u64,
    grew: u64,
    path: Option<u8>,
}

/// That flows of an ENI are not held: since when, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Skipped {
    pub(super) subnet: SubnetId,
    pub(super) first: u64,
    pub(super) last: u64,
}

/// What is to be told now.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// Flows, with the paths that they left by.
    pub(super) flows: Vec<(Flow, Option<u8>)>,
    pub(super) skipped: Vec<(EniId, Skipped)>,
    /// The time that is over, of which ENIs had no flows but these.
    pub(super) over: Option<(u64, u64, BTreeSet<EniId>)>,
}

/// All that is gathered.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    by_log: BTreeMap<FlowLogId, Gathered>,
    held: usize,
}

impl Gathering {
    /// Gathers for these flow logs alone, which begin now where they are new.
    pub(super) fn keep(&mut self, logs: &BTreeSet<FlowLogId>, now: u64) {
        self.by_log.retain(|id, _| logs.contains(id));
        for id in logs {
            let new = || Gathered { began: now, ..Gathered::default() };
            self.by_log.entry(*id).or_insert_with(new);
        }
        self.held = self.by_log.values().map(|gathered| gathered.flows.len()).sum();
    }

    /// Takes what a flow log is to tell of what was counted.
    pub(super) fn take<'a>(
        &mut self,
        log: FlowLogId,
        (counted, since): (&Counted, u64),
        flows: impl Iterator<Item = (&'a Flow, Option<u8>)>,
        skipped: impl Iterator<Item = (EniId, SubnetId)>,
    ) {
        let Some(gathered) = self.by_log.get_mut(&log) else { return };
        let at = counted.at;
        for (flow, path) in flows {
            gathered.seen.insert(flow.eni);
            if let Some(held) = gathered.flows.get_mut(&(flow.eni, flow.key)) {
                held.add(flow, at);
                held.path = held.path.or(path);
            } else if self.held < ROOM {
                self.held += 1;
                let held = Held { flow: flow.clone(), came: at, grew: at, path };
                gathered.flows.insert((flow.eni, flow.key), held);
            } else {
                gathered.skip((flow.eni, flow.subnet), flow.first, flow.last);
            }
        }
        for of in skipped {
            gathered.seen.insert(of.0);
            gathered.skip(of, since, at);
        }
    }

    /// Takes out what a flow log is to tell now, where it tells all once in `interval`; or, `at_once`,
    /// as soon as flows are over.
    pub(super) fn due(&mut self, log: FlowLogId, now: u64, interval: u64, at_once: bool) -> Due {
        let Some(gathered) = self.by_log.get_mut(&log) else { return Due::default() };
        let is_over = now >= gathered.began + interval;
        if !is_over && !at_once {
            return Due::default();
        }
        let is_due = |held: &Held| match at_once {
            true => now >= held.grew + REST || now >= held.came + LONGEST,
            false => true,
        };
        let taken = gathered.flows.extract_if(|_, held| is_due(held));
        let mut flows: Vec<_> = taken.map(|(_, held)| (held.flow, held.path)).collect();
        flows.sort_unstable_by_key(|(flow, _)| (flow.eni, flow.first, flow.last, flow.key));
        self.held -= flows.len();
        let skipped = std::mem::take(&mut gathered.skipped).into_iter().collect();
        let over = is_over.then(|| {
            let began = std::mem::replace(&mut gathered.began, now);
            let mut seen = std::mem::take(&mut gathered.seen);
            // What is yet to be told is told of the time to come, and was seen in this.
            seen.extend(gathered.flows.keys().map(|(eni, _)| *eni));
            (began, now, seen)
        });
        Due { flows, skipped, over }
    }
}

impl Gathered {
    fn skip(&mut self, (eni, subnet): (EniId, SubnetId), first: u64, last: u64) {
        let known = self.skipped.entry(eni).or_insert(Skipped { subnet, first, last });
        known.first = known.first.min(first);
        known.last = known.last.max(last);
    }
}

impl Held {
    fn add(&mut self, flow: &Flow, at: u64) {
        self.grew = at;
        self.flow.add(flow);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use engine::id::VpcId;

    use super::*;

    const LOG: FlowLogId = FlowLogId(1);

    fn flow(port: u16, packets: u64, at: u64) -> Flow {
        let ends = [Ipv4Addr::new(10, 0, 0, 4), Ipv4Addr::new(10, 0, 0, 5)].map(IpAddr::from);
        let ports = [port, 53];
        let (is_egress, is_accepted, protocol) = (true, true, 17);
        let key = FlowKey { is_egress, is_accepted, ends, packet_ends: ends, ports, protocol };
        let (eni, subnet, bytes) = (EniId(1), SubnetId(1), packets * 30);
        Flow { eni, subnet, key, packets, bytes, flags: 0, first: at, last: at }
    }

    fn take(gathering: &mut Gathering, at: u64, flows: &[Flow]) {
        let counted = Counted { vpc: VpcId(1), at, flows: flows.to_vec(), skipped: Vec::new() };
        let each = flows.iter().map(|flow| (flow, None));
        gathering.take(LOG, (&counted, at), each, std::iter::empty());
    }

    #[test]
    fn a_flow_is_told_once_it_rests_or_after_a_while() {
        let mut gathering = Gathering::default();
        gathering.keep(&BTreeSet::from([LOG]), 0);
        take(&mut gathering, 1000, &[flow(1, 3, 900), flow(2, 1, 950)]);
        take(&mut gathering, 2000, &[flow(1, 4, 1900)]);
        let due = gathering.due(LOG, 2100, 600_000, true);
        assert_eq!(due.flows, [(flow(2, 1, 950), None)]);
        assert_eq!(gathering.due(LOG, 2200, 600_000, true), Due::default());
        let due = gathering.due(LOG, 3000, 600_000, true);
        let both = Flow { packets: 7, bytes: 210, last: 1900, ..flow(1, 7, 900) };
        assert_eq!(due.flows, [(both, None)]);
        for second in 4..=13 {
            assert_eq!(gathering.due(LOG, second * 1000 - 200, 600_000, true).flows, []);
            take(&mut gathering, second * 1000, &[flow(3, 1, second * 1000)]);
        }
        let due = gathering.due(LOG, 14_000, 600_000, true);
        assert_eq!(due.flows[0].0.packets, 10, "it goes on, and is told so far");
        assert_eq!(gathering.held, 0);
    }

    #[test]
    fn at_awss_pace_all_is_told_at_the_end_of_an_interval() {
        let mut gathering = Gathering::default();
        gathering.keep(&BTreeSet::from([LOG]), 0);
        take(&mut gathering, 1000, &[flow(1, 3, 900)]);
        assert_eq!(gathering.due(LOG, 59_999, 60_000, false), Due::default());
        let due = gathering.due(LOG, 60_000, 60_000, false);
        assert_eq!(due.flows.len(), 1);
        assert_eq!(due.over, Some((0, 60_000, BTreeSet::from([EniId(1)]))));
        let due = gathering.due(LOG, 120_000, 60_000, false);
        assert_eq!(due.over, Some((60_000, 120_000, BTreeSet::new())));
    }

    #[test]
    fn what_finds_no_room_is_told_as_skipped() {
        let mut gathering = Gathering::default();
        gathering.keep(&BTreeSet::from([LOG]), 0);
        gathering.held = ROOM;
        take(&mut gathering, 1000, &[flow(1, 3, 900)]);
        let due = gathering.due(LOG, 2000, 600_000, true);
        let skipped = Skipped { subnet: SubnetId(1), first: 900, last: 900 };
        assert_eq!((due.flows, due.skipped), (vec![], vec![(EniId(1), skipped)]));
    }
}
