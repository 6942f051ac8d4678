//! Questions: each has an answer and a refusal of its own.

use crate::base::id::TicketId;
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;

/// A question to the engine.
pub trait Ask: Sized {
    /// What a granted question is answered with.
    type Answer;
    /// Why it is refused.
    type Refusal;
    /// A question that was found to be possible: everything checked, nothing changed.
    type Granted;

    /// Whether it is possible; changes nothing.
    ///
    /// # Errors
    /// Why it is not.
    fn check(self, engine: &Engine) -> Result<Self::Granted, Self::Refusal>;

    /// Does what was granted; cannot fail.
    fn apply(
        granted: Self::Granted,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Self::Answer;
}

/// An answer, which may be told once it is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<T> {
    /// What is answered, though not before it is durable.
    pub answer: T,
    /// The ticket that must be `Persisted` before the answer is told; none when nothing changed.
    pub durable: Option<TicketId>,
}

impl Engine {
    /// Asks; what a granted question brings about goes to `out`.
    ///
    /// # Errors
    /// What the question is refused for; nothing has changed then.
    pub fn ask<A: Ask>(
        &mut self,
        now: Time,
        question: A,
        out: &mut dyn EffectSink,
    ) -> Result<Asked<A::Answer>, A::Refusal> {
        self.fire_due(now, out);
        let granted = question.check(self)?;
        let before = self.tickets.last();
        let answer = A::apply(granted, self, now, out);
        let last = self.tickets.last();
        #[cfg(debug_assertions)]
        self.check();
        // One store writes in order: what is durable with the last ticket is so with all before.
        Ok(Asked { answer, durable: (last != before).then_some(last) })
    }

    /// Asks without doing it: `DryRun`.
    ///
    /// # Errors
    /// What the question would be refused for.
    pub fn rehearse<A: Ask>(&self, question: A) -> Result<(), A::Refusal> {
        question.check(self).map(drop)
    }
}
