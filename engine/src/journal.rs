//! The journal: decisions, trails of invocations and drops of late, for explanations.

use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::decision::{Cause, Choice, Decision, PassedOver, Trail};
use crate::environment::Environment;
use crate::id::{DecisionId, EniId, EnvironmentId, GroupId, RequestId};
use crate::limits::{DECISIONS_KEPT, DROPS_PER_INVOCATION, ENVIRONMENTS_REMEMBERED};
use crate::node::Drop;
use crate::time::Time;

/// A drop, with what was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// When it was told.
    pub at: Time,
    /// The packets.
    pub drop: Drop,
    /// During which invocation, if it was during one.
    pub request: Option<RequestId>,
    /// Whose rules or address decided: the sender's ENI, or the receiver's.
    pub judged: Option<EniId>,
    /// The security groups whose rules, all together, let none of it through.
    pub groups: Vec<GroupId>,
}

/// What happened of late; every collection is bounded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal {
    last: u64,
    decisions: VecDeque<Decision>,
    trails: BTreeMap<RequestId, Trail>,
    order: VecDeque<RequestId>,
    past: VecDeque<Environment>,
    drops: BTreeMap<EniId, VecDeque<Dropped>>,
}

impl Journal {
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

    /// Keeps a decision, and notes it on the trail of its invocation.
    pub(crate) fn keep(&mut self, mut decision: Decision) -> DecisionId {
        self.last += 1;
        decision.id = DecisionId(self.last);
        let request = match &decision.cause {
            Cause::Sync { request, .. } | Cause::Async { request, .. } => Some(*request),
            _ => None,
        };
        if let Some(trail) = request.and_then(|request| self.trails.get_mut(&request)) {
            trail.decisions.push(decision.id);
        }
        if self.decisions.len() == DECISIONS_KEPT {
            self.decisions.pop_front();
        }
        let id = decision.id;
        self.decisions.push_back(decision);
        id
    }

    pub(crate) fn decision(&self, id: DecisionId) -> Option<&Decision> {
        let at = self.decisions.partition_point(|decision| decision.id < id);
        self.decisions.get(at).filter(|decision| decision.id == id)
    }

    pub(crate) fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.decisions.iter()
    }

    /// Begins an invocation's trail; one of an earlier attempt goes on.
    pub(crate) fn begin(&mut self, trail: Trail) {
        if self.trails.contains_key(&trail.request) {
            return;
        }
        if self.order.len() == DECISIONS_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.trails.remove(&oldest);
        }
        self.order.push_back(trail.request);
        self.trails.insert(trail.request, trail);
    }

    pub(crate) fn trail(&self, request: RequestId) -> Option<&Trail> {
        self.trails.get(&request)
    }

    pub(crate) fn trail_mut(&mut self, request: RequestId) -> Option<&mut Trail> {
        self.trails.get_mut(&request)
    }

    pub(crate) fn trails(&self) -> impl DoubleEndedIterator<Item = &Trail> {
        self.order.iter().filter_map(|request| self.trails.get(request))
    }

    /// Remembers an environment that is gone.
    pub(crate) fn bury(&mut self, environment: Environment) {
        if self.past.len() == ENVIRONMENTS_REMEMBERED {
            self.past.pop_front();
        }
        self.past.push_back(environment);
    }

    pub(crate) fn past(&self) -> impl DoubleEndedIterator<Item = &Environment> {
        self.past.iter()
    }

    pub(crate) fn buried(&self, id: EnvironmentId) -> Option<&Environment> {
        self.past.iter().rev().find(|environment| environment.id == id)
    }

    /// Notes a drop on its ENI and its invocation.
    pub(crate) fn dropped(&mut self, dropped: Dropped) {
        if let Some(trail) = dropped.request.and_then(|request| self.trails.get_mut(&request)) {
            merge(trail, &dropped);
        }
        if let Some(eni) = dropped.drop.eni {
            let of_eni = self.drops.entry(eni).or_default();
            if of_eni.len() == DROPS_PER_INVOCATION {
                of_eni.pop_front();
            }
            of_eni.push_back(dropped);
        }
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
    let same = |known: &&mut Drop| {
        (known.destination, known.protocol, known.reason)
            == (drop.destination, drop.protocol, drop.reason)
    };
    if let Some(known) = trail.drops.iter_mut().find(same) {
        known.packets += drop.packets;
    } else if trail.drops.len() < DROPS_PER_INVOCATION {
        trail.drops.push(drop.clone());
        trail.judges.push(dropped.groups.clone());
    }
}
