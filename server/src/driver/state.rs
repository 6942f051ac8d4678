//! What is under the engine's lock: the engine, and who waits for it.

use std::collections::{HashMap, HashSet};

use engine::effect::{Effects, InvokeResult, Invoked};
use engine::engine::Engine;
use engine::id::{CallerId, EnvironmentId, PayloadId, RequestId, TicketId};
use engine::node::{Failure, NodeCommand};
use engine::record::resource::Resource;
use engine::record::{Change, Record};
use engine::time::Time;
use tokio::sync::oneshot;

use super::reply::{InvokeAnswer, InvokeOutcome, InvokeReply};
use crate::payload::Payloads;
use crate::store;

/// An answer to an invocation, and who waits for it; they may have hung up, and what was done
/// stands.
pub(super) struct DueAnswer {
    pub(super) waiting: oneshot::Sender<InvokeAnswer>,
    pub(super) answer: InvokeAnswer,
    /// The invocation whose log it ends with, and where that is, if it is wanted.
    pub(super) ends_with: Option<(EnvironmentId, RequestId)>,
}

/// What is under the engine's lock.
pub(super) struct State {
    pub(super) engine: Engine,
    pub(super) effects: Effects,
    pub(super) callers: HashMap<CallerId, Caller>,
    /// Who is to be answered once a ticket is durable.
    pub(super) durable: HashMap<TicketId, oneshot::Sender<()>>,
    pub(super) called: u64,
    /// Callers who were told of an outage of the store, and will be answered to nobody.
    pub(super) given_up: HashSet<CallerId>,
    /// Events whose bytes the store has once a ticket is durable.
    pub(super) stored: HashMap<TicketId, Vec<(PayloadId, RequestId)>>,
    pub(super) payloads: Payloads,
    /// Commands for the node that is not there yet.
    pub(super) unsent: Vec<NodeCommand>,
    /// When the timer is going to wake, at the latest.
    pub(super) armed: Option<Time>,
    pub(super) is_draining: bool,
}

/// Who waits for an answer.
pub(super) enum Caller {
    Resource(oneshot::Sender<Result<Resource, Failure>>),
    /// With whether the tail of the log is wanted.
    Invoke(oneshot::Sender<InvokeAnswer>, bool),
}

impl State {
    /// Whether nobody waits.
    pub(super) fn is_idle(&self) -> bool {
        self.callers.is_empty() && self.durable.is_empty()
    }

    /// Forgets a caller who has been told of an outage; it may have been answered meanwhile.
    pub(super) fn give_up(&mut self, caller: CallerId) {
        if self.callers.remove(&caller).is_some() {
            self.given_up.insert(caller);
        }
    }

    pub(super) fn caller(&mut self, caller: Caller) -> CallerId {
        self.called += 1;
        let id = CallerId(self.called);
        self.callers.insert(id, caller);
        id
    }

    /// The bytes of events among changes that the store does not have yet.
    pub(super) fn hand_over(&mut self, ticket: TicketId, changes: &[Change]) -> store::NewEvents {
        let mut new = Vec::new();
        for change in changes {
            if let Change::Put(record) = change
                && let Record::Event(event) = &**record
                && let Some(bytes) = self.payloads.get(event.payload)
            {
                self.stored.entry(ticket).or_default().push((event.payload, event.request));
                new.push((event.request, bytes));
            }
        }
        new
    }

    /// When the engine may have to do something by itself.
    pub(super) fn deadline(&self) -> Option<Time> {
        self.engine.next_deadline().map(|next| next.at)
    }

    /// Tells who asked for a resource; they may have been told of an outage, or have hung up.
    pub(super) fn made(&mut self, id: CallerId, made: Result<Resource, Failure>) {
        if let Some(Caller::Resource(waiting)) = self.callers.remove(&id) {
            waiting.send(made).ok();
        }
    }

    /// What a caller is due; none for who was told of an outage.
    pub(super) fn answer(&mut self, id: CallerId, answer: InvokeOutcome) -> Option<DueAnswer> {
        let Some(caller) = self.callers.remove(&id) else {
            assert!(self.given_up.remove(&id), "a caller is answered once");
            return None;
        };
        Some(match caller {
            Caller::Resource(_) => unreachable!("a resource's caller is told what was made"),
            Caller::Invoke(waiting, wants_tail) => {
                let invoked = match &answer {
                    Ok(InvokeReply::Invoked(invoked)) => Some(invoked),
                    Ok(InvokeReply::Accepted(_)) | Err(_) => None,
                };
                let payload = invoked.and_then(named).map(|id| {
                    self.payloads.take(id).expect("a result is held until it was answered")
                });
                let ends_with = invoked.filter(|_| wants_tail);
                let ends_with = ends_with.map(|invoked| (invoked.environment, invoked.request));
                let answer = InvokeAnswer { answer, payload, tail: Vec::new() };
                DueAnswer { waiting, answer, ends_with }
            }
        })
    }
}

/// The payload that a result names.
fn named(invoked: &Invoked) -> Option<PayloadId> {
    match &invoked.result {
        InvokeResult::Response(payload) | InvokeResult::Error(payload) => Some(*payload),
        InvokeResult::TimedOut(_)
        | InvokeResult::Died(_)
        | InvokeResult::TooLarge(_)
        | InvokeResult::InitTimedOut(_) => None,
    }
}
