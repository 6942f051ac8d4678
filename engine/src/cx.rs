//! What a state machine is handed with every input, beside itself.

use alloc::vec::Vec;

use crate::base::id::EnvironmentId;
use crate::base::limits::Limits;
use crate::base::random::Random;
use crate::base::time::Time;
use crate::base::timer::Timers;
use crate::effect::{Effect, EffectSink, Ended};
use crate::node::NodeCommand;
use crate::record::Change;
use crate::tell::journal::Journal;
use crate::tickets::Tickets;

/// The time, what is shared by all, and where effects go. `S` is a sink of its own kind on the path
/// of a warm invocation, so that what it does not take is not made, and any sink elsewhere.
pub(crate) struct Cx<'a, S = &'a mut dyn EffectSink> {
    pub(crate) now: Time,
    pub(crate) random: &'a mut Random,
    pub(crate) limits: &'a Limits,
    pub(crate) timers: &'a mut Timers,
    pub(crate) journal: &'a mut Journal,
    pub(crate) tickets: &'a mut Tickets,
    pub(crate) out: S,
}

impl<S: EffectSink> Cx<'_, S> {
    /// The same with a sink of any kind, for what is seldom done.
    pub(crate) fn any(&mut self) -> Cx<'_> {
        Cx {
            now: self.now,
            random: self.random,
            limits: self.limits,
            timers: self.timers,
            journal: self.journal,
            tickets: self.tickets,
            out: &mut self.out,
        }
    }

    /// Tells the node to do something.
    pub(crate) fn command(&mut self, command: NodeCommand) {
        self.out.push(Effect::command(command));
    }

    /// Notes how an invocation ended, on its trail, and has it counted.
    #[inline]
    pub(crate) fn end_trail(
        &mut self,
        trail: u64,
        environment: Option<EnvironmentId>,
        outcome: &'static str,
    ) {
        let mut course = None;
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.ended = self.now;
            trail.outcome = outcome;
            course = Some(trail.course());
        }
        if self.out.takes_ends() {
            self.out.push(Effect::Ended(Ended { at: self.now, environment, outcome, course }));
        }
    }

    /// Makes changes durable.
    pub(crate) fn persist(&mut self, changes: Vec<Change>) {
        self.tickets.persist(changes, &mut self.out);
    }
}
