//! The journal: decisions, trails of invocations and drops of late, for explanations.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::base::id::{DecisionId, EniId, FunctionId, GroupId, RequestId, VpcEndpointId};
use crate::base::limits::{DROPS_PER_INVOCATION, Limits, NAMES_PER_INVOCATION};
use crate::base::random::Random;
use crate::base::time::Time;
use crate::node::PacketDrop;
use crate::record::decision::{Cause, Choice, Decision, PassedOver};
use crate::tell::led::Led;
use crate::tell::refused::Refusal;
use crate::tell::trail::{Judged, Trail};

/// A drop, with what was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// When it was told.
    pub at: Time,
    /// The packets that did not pass.
    pub drop: PacketDrop,
    /// During which invocation, if it was during one.
    pub request: Option<RequestId>,
    /// Whose rules or address decided: the sender's ENI, or the receiver's.
    pub judged: Option<EniId>,
    /// The security groups whose rules, all together, let none of it through.
    pub groups: Vec<GroupId>,
    /// Where the routes led it, if they decided.
    pub led: Option<Led>,
}

impl Dropped {
    /// Whether both are of one flow, and for one reason.
    fn is_of_flow_of(&self, other: &Dropped) -> bool {
        let flow = |drop: &PacketDrop| (drop.source, drop.destination, drop.protocol, drop.reason);
        flow(&self.drop) == flow(&other.drop)
    }

    /// The same with those that were dropped before; of one invocation where all were.
    fn after(mut self, before: &Dropped) -> Dropped {
        self.drop.packets += before.drop.packets;
        self.drop.is_least |= before.drop.is_least;
        self.request = self.request.filter(|request| before.request == Some(*request));
        self
    }
}

/// What happened of late; every collection is bounded.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    kept: usize,
    last: u64,
    decisions: VecDeque<Decision>,
    /// Trails by their numbers, in places that are used again when they are all taken.
    trails: Vec<Trail>,
    /// The number of the first trail that there was; request ids follow from numbers, so it is
    /// as good as random.
    origin: u64,
    /// The number of the next trail.
    next: u64,
    drops: BTreeMap<EniId, VecDeque<Dropped>>,
    refusals: BTreeMap<VpcEndpointId, VecDeque<Refusal>>,
}

impl Journal {
    pub(crate) fn new(limits: &Limits, random: &mut Random) -> Journal {
        let kept = limits.decisions_kept.max(1).next_power_of_two();
        // Never zero, which is no trail, and far from the end of the numbers.
        let origin = (random.draw() >> 1 | 1 << 62).next_multiple_of(kept as u64);
        Journal {
            kept,
            last: 0,
            decisions: VecDeque::new(),
            trails: Vec::new(),
            origin,
            next: origin,
            drops: BTreeMap::new(),
            refusals: BTreeMap::new(),
        }
    }

    /// Goes on from a decision that was stored.
    pub(crate) fn resume(&mut self, id: DecisionId) {
        self.last = self.last.max(id.0);
    }

    /// A decision to be; it counts once it is kept.
    pub(crate) fn draft(
        &self,
        at: Time,
        cause: Cause,
        choice: Choice,
        passed_over: Vec<PassedOver>,
    ) -> Decision {
        Decision { id: DecisionId(self.last + 1), at, cause, choice, passed_over }
    }

    /// Keeps a decision.
    pub(crate) fn keep(&mut self, mut decision: Decision) -> DecisionId {
        self.last += 1;
        decision.id = DecisionId(self.last);
        if self.decisions.len() == self.kept {
            self.decisions.pop_front();
        }
        let id = decision.id;
        self.decisions.push_back(decision);
        id
    }

    /// The number of a decision that is kept elsewhere.
    #[inline]
    pub(crate) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    pub(crate) fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.decisions.iter()
    }

    /// The number that the next trail will have.
    #[inline]
    pub(crate) fn next(&self) -> u64 {
        self.next
    }

    /// Begins an invocation's trail, and answers its number.
    // In line, as the step is.
    #[inline(always)]
    pub(crate) fn begin(
        &mut self,
        now: Time,
        request: RequestId,
        function: FunctionId,
    ) -> (u64, &mut Trail) {
        let number = self.next;
        self.next += 1;
        let place = self.place(number);
        if place == self.trails.len() {
            self.trails.push(Trail::new(now, request, function));
        }
        let trail = &mut self.trails[place];
        trail.begin(now, request, function);
        (number, trail)
    }

    fn place(&self, number: u64) -> usize {
        number as usize & (self.kept - 1)
    }

    /// The number of the first trail that is kept.
    fn first(&self) -> u64 {
        self.next - self.trails.len() as u64
    }

    /// The trail that an earlier attempt of an invocation began.
    pub(crate) fn resumed(&self, request: RequestId) -> Option<u64> {
        let mut known = self.from(0).rev();
        known.find(|(_, trail)| trail.request == request).map(|(number, _)| number)
    }

    pub(crate) fn trail(&self, request: RequestId) -> Option<&Trail> {
        self.trails().rev().find(|trail| trail.request == request)
    }

    /// A trail by its number, while it is kept.
    #[inline]
    pub(crate) fn trail_mut(&mut self, number: u64) -> Option<&mut Trail> {
        let place = self.place(number);
        if number < self.first() { None } else { self.trails.get_mut(place) }
    }

    fn from(&self, number: u64) -> impl DoubleEndedIterator<Item = (u64, &Trail)> {
        let from = number.clamp(self.first(), self.next);
        (from..self.next).map(|number| (number, &self.trails[self.place(number)]))
    }

    /// Trails with their numbers, counted from the first that there was.
    pub(crate) fn counted_trails(
        &self,
        from: u64,
    ) -> impl DoubleEndedIterator<Item = (u64, &Trail)> {
        let from = self.from(from.saturating_add(self.origin));
        from.map(|(number, trail)| (number - self.origin, trail))
    }

    pub(crate) fn trails(&self) -> impl DoubleEndedIterator<Item = &Trail> {
        self.from(0).map(|(_, trail)| trail)
    }

    /// Notes a drop on its ENI and its invocation.
    pub(crate) fn dropped(&mut self, dropped: Dropped) {
        let number = dropped.request.and_then(|request| self.resumed(request));
        if let Some(trail) = number.and_then(|number| self.trail_mut(number)) {
            merge(trail, &dropped);
        }
        // What comes from outside is noted where it did not come in.
        if let Some(eni) = dropped.drop.eni.or(dropped.judged) {
            let of_eni = self.drops.entry(eni).or_default();
            let known = of_eni.iter().position(|known| known.is_of_flow_of(&dropped));
            let dropped = match known.and_then(|at| of_eni.remove(at)) {
                Some(known) => dropped.after(&known),
                None => dropped,
            };
            if of_eni.len() == DROPS_PER_INVOCATION {
                of_eni.pop_front();
            }
            of_eni.push_back(dropped);
        }
    }

    /// Notes on an invocation that a name did not resolve; once, and not also with each domain in which
    /// it was looked for after that.
    pub(crate) fn unresolved(&mut self, request: RequestId, name: String, why: String) {
        let number = self.resumed(request);
        let Some(trail) = number.and_then(|number| self.trail_mut(number)) else { return };
        let known = &mut trail.beside.get_or_insert_default().names;
        let is_known = known.iter().any(|(other, _)| {
            name.strip_prefix(&**other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        if !is_known && known.len() < NAMES_PER_INVOCATION {
            known.push((name, why));
        }
    }

    /// Notes what the policy of a VPC endpoint refused.
    pub(crate) fn refused(&mut self, refusal: Refusal) {
        let number = refusal.request.and_then(|request| self.resumed(request));
        if let Some(trail) = number.and_then(|number| self.trail_mut(number)) {
            refusal.clone().add_to(&mut trail.beside.get_or_insert_default().refused);
        }
        let of_endpoint = self.refusals.entry(refusal.endpoint).or_default();
        refusal.add_to(of_endpoint);
    }

    pub(crate) fn refusals(&self, endpoint: VpcEndpointId) -> impl Iterator<Item = &Refusal> {
        self.refusals.get(&endpoint).into_iter().flatten()
    }

    /// Forgets what was refused at an endpoint that is gone.
    pub(crate) fn forget_refusals(&mut self, endpoint: VpcEndpointId) {
        self.refusals.remove(&endpoint);
    }

    pub(crate) fn drops(&self, eni: EniId) -> impl Iterator<Item = &Dropped> {
        self.drops.get(&eni).into_iter().flatten()
    }

    /// Forgets the drops of an ENI that is gone.
    pub(crate) fn forget(&mut self, eni: EniId) {
        self.drops.remove(&eni);
    }
}

/// Adds a drop to those of the same flow, or to the end while there is room.
fn merge(trail: &mut Trail, dropped: &Dropped) {
    let drop = &dropped.drop;
    let same = |known: &&mut PacketDrop| {
        (known.destination, known.protocol, known.reason)
            == (drop.destination, drop.protocol, drop.reason)
    };
    if let Some(known) = trail.drops.iter_mut().map(|judged| &mut judged.drop).find(same) {
        known.packets += drop.packets;
        known.is_least |= drop.is_least;
    } else if trail.drops.len() < DROPS_PER_INVOCATION {
        let (drop, groups) = (drop.clone(), dropped.groups.clone());
        trail.drops.push(Judged { drop, groups, led: dropped.led.clone() });
    }
}
