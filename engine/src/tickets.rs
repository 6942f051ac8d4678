//! Tickets: changes on their way to the store, and what in the engine waits for them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::base::id::{CallerId, RequestId, ResourceId, TicketId};
use crate::effect::{Effect, EffectSink};
use crate::record::Change;

/// What goes on in the engine once changes are durable.
#[derive(Debug, Clone)]
pub(crate) enum Waiting {
    /// The caller of an asynchronous invocation is answered, and its event is run.
    Event(CallerId, RequestId),
    /// A resource that is being made is durable.
    Resource(ResourceId),
}

/// The tickets given so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tickets {
    last: TicketId,
    waiting: BTreeMap<TicketId, Waiting>,
}

impl Tickets {
    /// The ticket that was given last.
    pub(crate) fn last(&self) -> TicketId {
        self.last
    }

    /// Makes changes durable; those that are none need no ticket.
    pub(crate) fn persist(&mut self, changes: Vec<Change>, out: &mut dyn EffectSink) {
        if !changes.is_empty() {
            self.last.0 += 1;
            out.push(Effect::Persist(self.last, changes));
        }
    }

    /// Makes changes durable that something in the engine waits for.
    pub(crate) fn persist_for(
        &mut self,
        waiting: Waiting,
        changes: Vec<Change>,
        out: &mut dyn EffectSink,
    ) {
        self.last.0 += 1;
        self.waiting.insert(self.last, waiting);
        out.push(Effect::Persist(self.last, changes));
    }

    /// Takes what waited for a ticket.
    pub(crate) fn take(&mut self, ticket: TicketId) -> Option<Waiting> {
        self.waiting.remove(&ticket)
    }

    /// Whether the event of this invocation is not durable yet.
    pub(crate) fn has_event(&self, request: RequestId) -> bool {
        let mut all = self.waiting.values();
        all.any(|waiting| matches!(waiting, Waiting::Event(_, other) if *other == request))
    }
}
