//! Questions that change something: each is answered when what it changed is durable.

use std::fmt::Display;
use std::str::FromStr;

use engine::ask::{Ask, Asked};
use engine::effect::Effects;
use engine::engine::Engine;
use engine::id::{CallerId, TicketId};
use engine::network::once::{Once, OnceRefusal};
use engine::network::{Noun, resource};
use engine::node::Failure;
use engine::record::Stored;
use engine::record::resource::Resource;
use engine::time::Time;
use tokio::sync::oneshot;

use super::reply::Refused;
use super::{Caller, Driver, State, now};

/// Why a resource was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// It may not be.
    Refused(Refused<resource::Refusal>),
    /// The node cannot make it.
    Failed(Failure),
}

/// What the engine is asked; the ticket of what that changed.
type Question<'a> = dyn FnMut(&mut Engine, Time, &mut Effects) -> Option<TicketId> + 'a;

/// Something that has changed, and is not yet known to be durable.
struct Changed {
    ticket: TicketId,
    durable: oneshot::Receiver<()>,
}

/// Why nothing is answered, whatever was asked.
enum Unanswered {
    /// As [`Refused::Draining`].
    Draining,
    /// As [`Refused::Unavailable`].
    Unavailable(String),
}

impl Driver {
    /// Asks a question; answered when what it changed is durable.
    ///
    /// # Errors
    /// What the engine refuses; and `Unavailable` in an outage of the store. What was decided
    /// before the outage is made durable once that is over.
    pub async fn ask<A: Ask + Send + 'static>(
        &self,
        question: A,
    ) -> Result<A::Answer, Refused<A::Refusal>> {
        self.asking(|engine, now, out| engine.ask(now, question, out)).await
    }

    /// Asks for something that is made once under a client token; answered as with [`Driver::ask`].
    ///
    /// # Errors
    /// As with [`Driver::ask`], and what is wrong with the token.
    pub async fn ask_once<A>(
        &self,
        once: Once,
        question: A,
    ) -> Result<A::Answer, Refused<OnceRefusal<A::Refusal, <A::Answer as Stored>::Key>>>
    where
        A: Ask + Send + 'static,
        A::Answer: Noun,
        <A::Answer as Stored>::Key: Display + FromStr,
    {
        self.asking(|engine, now, out| engine.ask_once(now, once, question, out)).await
    }

    /// Answers what the engine is asked once all that changed is durable.
    async fn asking<T, R>(
        &self,
        ask: impl FnOnce(&mut Engine, Time, &mut Effects) -> Result<Asked<T>, R>,
    ) -> Result<T, Refused<R>> {
        let (mut ask, mut answer) = (Some(ask), None);
        let decided = self.decide(&mut |engine, now, out| {
            let asked = ask.take().map(|ask| ask(engine, now, out))?;
            let ticket = asked.as_ref().ok().and_then(|asked| asked.durable);
            answer = Some(asked.map(|asked| asked.answer));
            ticket
        });
        let answered = match decided {
            Ok(Some(changed)) => self.wait_for(changed).await,
            Ok(None) => Ok(()),
            Err(why) => Err(why),
        };
        match (answered, answer) {
            (Ok(()), Some(answer)) => answer.map_err(Refused::Refused),
            (Err(Unanswered::Unavailable(why)), _) => Err(Refused::Unavailable(why)),
            (Err(Unanswered::Draining), _) | (Ok(()), None) => Err(Refused::Draining),
        }
    }

    /// Has the engine decide, and carries out what it has decided; what is waited for, if anything.
    /// Compiled once for all questions, as is what waits.
    fn decide(&self, ask: &mut Question<'_>) -> Result<Option<Changed>, Unanswered> {
        self.store.check().map_err(|why| Unanswered::Unavailable(why.to_string()))?;
        let mut state = self.lock();
        if state.is_draining {
            return Err(Unanswered::Draining);
        }
        let mut effects = std::mem::take(&mut state.effects);
        let now = now();
        let ticket = ask(&mut state.engine, now, &mut effects);
        // Before the changes reach the store, which may be quick.
        let changed = ticket.map(|ticket| {
            let (sender, durable) = oneshot::channel();
            state.durable.insert(ticket, sender);
            Changed { ticket, durable }
        });
        self.carry_out(state, now, &mut effects);
        Ok(changed)
    }

    /// Waits until what has changed is durable.
    async fn wait_for(&self, Changed { ticket, durable }: Changed) -> Result<(), Unanswered> {
        tokio::select! {
            biased;
            // The sender is dropped unused only when the server ends.
            durable = durable => durable.map_err(|_| Unanswered::Draining),
            why = self.store.outage_that_lasts() => {
                self.give_up(|state| drop(state.durable.remove(&ticket)));
                Err(Unanswered::Unavailable(why.to_string()))
            }
        }
    }

    /// Asks without doing it: whether it would be granted.
    ///
    /// # Errors
    /// What the engine would refuse.
    pub fn rehearse<A: Ask>(&self, question: A) -> Result<(), A::Refusal> {
        self.read(|engine| engine.rehearse(question))
    }

    /// Makes a resource; answered when it is durable and the node has it. `make` completes the
    /// question with its caller.
    ///
    /// # Errors
    /// What the engine refuses, or the node cannot do.
    pub async fn make_resource(
        &self,
        make: impl FnOnce(CallerId) -> resource::Create,
    ) -> Result<Resource, NotMade> {
        let (sender, made) = oneshot::channel();
        let caller = self.lock().caller(Caller::Resource(sender));
        if let Err(refused) = self.ask(make(caller)).await {
            self.give_up(|state| drop(state.callers.remove(&caller)));
            return Err(NotMade::Refused(refused));
        }
        // The sender is dropped unanswered only when the server ends.
        let made = made.await.map_err(|_| NotMade::Refused(Refused::Draining))?;
        made.map_err(NotMade::Failed)
    }

    /// Forgets somebody who has been told of an outage.
    pub(super) fn give_up(&self, forget: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        forget(&mut state);
        if state.is_idle() {
            self.idle.notify_waiters();
        }
    }
}
