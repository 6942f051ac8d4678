//! The driver: steps the engine for whoever has an input, and carries its effects out in order.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{SystemTime, UNIX_EPOCH};

use engine::effect::{Effect, Effects, Refusal, Reply};
use engine::engine::{Config, Engine};
use engine::id::{CallerId, TicketId};
use engine::input::{Input, Request};
use engine::time::Time;
use tokio::sync::oneshot;

use crate::store::{self, Store, StoreError};

type Answer = Result<Reply, Refusal>;

/// Holds the engine, those who wait for it, and the store.
#[derive(Debug)]
pub struct Driver {
    state: Mutex<State>,
    store: OnceLock<Store>,
}

#[derive(Debug)]
struct State {
    engine: Engine,
    effects: Effects,
    callers: HashMap<CallerId, oneshot::Sender<Answer>>,
    called: u64,
}

impl Driver {
    /// Opens the state directory and resumes from what it holds.
    ///
    /// # Errors
    /// When the directory cannot be used, or another server holds it.
    pub fn open(state: &Path, config: Config) -> Result<Arc<Driver>, StoreError> {
        let (opened, records) = store::open(state)?;
        let mut effects = Effects::new();
        let engine = Engine::restore(config, records, &mut effects)
            .expect("only what the engine decides is ever stored");
        effects.clear();
        let driver = Arc::new(Driver {
            state: Mutex::new(State { engine, effects, callers: HashMap::new(), called: 0 }),
            store: OnceLock::new(),
        });
        let back: Weak<Driver> = Arc::downgrade(&driver);
        let writing = opened.start(move |ticket: TicketId| {
            if let Some(driver) = back.upgrade() {
                driver.step(&mut driver.lock(), Input::Persisted(ticket));
            }
        });
        driver.store.set(writing).expect("the store is opened once");
        Ok(driver)
    }

    /// Asks for a change; answered when it is durable.
    ///
    /// # Errors
    /// What the engine refuses.
    pub async fn ask(&self, request: Request) -> Answer {
        let answer = {
            let mut state = self.lock();
            state.called += 1;
            let caller = CallerId(state.called);
            let (sender, answer) = oneshot::channel();
            state.callers.insert(caller, sender);
            self.step(&mut state, Input::Request(caller, request));
            answer
        };
        // The sender is dropped unanswered only when the server ends.
        answer.await.unwrap_or(Err(Refusal::Draining))
    }

    /// Reads from the engine as it is now.
    pub fn read<T>(&self, look: impl FnOnce(&Engine) -> T) -> T {
        look(&self.lock().engine)
    }

    fn step(&self, state: &mut State, input: Input) {
        let mut effects = std::mem::take(&mut state.effects);
        state.engine.step(now(), input, &mut effects);
        for effect in effects.drain(..) {
            match effect {
                Effect::Persist(ticket, changes) => {
                    let store = self.store.get().expect("the store is open before any step");
                    store.persist(ticket, changes);
                }
                Effect::Respond(caller, answer) => {
                    let waiting = state.callers.remove(&caller);
                    let waiting = waiting.expect("a caller is answered once");
                    // Whoever asked may have hung up; the change stands.
                    let _ = waiting.send(*answer);
                }
                // No node is joined, and nothing that could hold an ENI runs; a node that joins
                // is given the whole plan. Lines and payloads come with nodes as well.
                Effect::Command(_) | Effect::Log(_) | Effect::Release(_) => {}
            }
        }
        state.effects = effects;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic under the lock is a broken invariant: it must not be worked on further.
        self.state.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            drop(poisoned);
            std::process::abort()
        })
    }
}

fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}
