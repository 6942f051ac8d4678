//! The driver: steps the engine for whoever has an input, and carries its effects out in order.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError, Weak};
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::ask::{Ask, Asked};
use engine::effect::{Effect, Effects, InvokeRefusal, InvokeResult, Invoked, Notice};
use engine::engine::{Config, Engine};
use engine::id::{CallerId, EnvironmentId, PayloadId, RequestId, TicketId};
use engine::input::{Input, Invoke, InvokeKind};
use engine::network::resource;
use engine::node::{Failure, NodeCommand, NodeReport};
use engine::record::resource::Resource;
use engine::record::{Change, Record};
use engine::time::Time;
use tokio::sync::{Notify, oneshot};

use crate::node_link::{self, NodeLink};
use crate::output::{Outputs, Sink};
use crate::payload::Payloads;
use crate::store::{self, Opened, StoreError, Writer};

/// Why a question was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused<R> {
    /// The engine refuses it.
    Refused(R),
    /// The server is shutting down.
    Draining,
    /// What is decided cannot be stored at present: why.
    Unavailable(String),
}

/// A good answer to an invocation.
#[derive(Debug)]
pub enum InvokeReply {
    /// It was run.
    Invoked(Invoked),
    /// It is asynchronous, and durable.
    Accepted(RequestId),
}

/// Why a resource was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// It may not be.
    Refused(Refused<resource::Refusal>),
    /// The node cannot make it.
    Failed(Failure),
}

/// What became of an invocation.
pub type InvokeOutcome = Result<InvokeReply, Refused<InvokeRefusal>>;

/// What became of an invocation: the bytes that its result names, and the tail of its log.
#[derive(Debug)]
pub struct InvokeAnswer {
    /// The engine's answer.
    pub answer: InvokeOutcome,
    /// The bytes of a response or an error document.
    pub payload: Option<Bytes>,
    /// The last 4 KB that were logged in its time.
    pub tail: Vec<u8>,
}

/// Holds the engine, those who wait for it, the store and the way to the node.
pub struct Driver {
    state: Mutex<State>,
    store: Arc<Writer>,
    node: OnceLock<Arc<dyn NodeLink>>,
    /// Commands on their way to the node, in order.
    outbox: Mutex<VecDeque<(NodeCommand, Option<Bytes>)>>,
    /// Whoever holds it sends; so commands leave in the order in which they were decided.
    sending: Mutex<()>,
    /// Variables that functions get for credentials, beside the account.
    credentials: OnceLock<Vec<(String, String)>>,
    /// Told when the engine's deadline may have come nearer.
    pub(crate) sooner: Notify,
    /// Told when nobody waits any more.
    idle: Notify,
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}

struct State {
    engine: Engine,
    effects: Effects,
    callers: HashMap<CallerId, Caller>,
    /// Who is to be answered once a ticket is durable.
    durable: HashMap<TicketId, oneshot::Sender<()>>,
    called: u64,
    /// Callers who were told of an outage of the store, and will be answered to nobody.
    given_up: HashSet<CallerId>,
    payloads: Payloads,
    outputs: Outputs,
    /// When the timer is going to wake, at the latest.
    armed: Option<Time>,
    is_draining: bool,
}

enum Caller {
    Resource(oneshot::Sender<Result<Resource, Failure>>),
    Invoke(oneshot::Sender<InvokeAnswer>),
}

impl Driver {
    /// Resumes from what was stored.
    ///
    /// # Errors
    /// When that cannot be read, or contradicts itself.
    pub fn open(mut opened: Opened, config: Config) -> Result<Arc<Driver>, StoreError> {
        let mut payloads = Payloads::default();
        for record in &mut opened.records {
            if let Record::Event(event) = record {
                let bytes = opened.store.payload(event.request)?.unwrap_or_default();
                event.payload = payloads.hold(bytes);
            }
        }
        let mut effects = Effects::new();
        let records = std::mem::take(&mut opened.records);
        let engine = Engine::restore(config, records, &mut effects).map_err(|refusal| {
            let (file, why) = (opened.directory.database(), format!("{refusal:?}"));
            StoreError::Contradiction { file, why }
        })?;
        let driver = Arc::new(Driver {
            state: Mutex::new(State {
                engine,
                effects: Effects::new(),
                callers: HashMap::new(),
                durable: HashMap::new(),
                called: 0,
                given_up: HashSet::new(),
                payloads,
                outputs: Outputs::default(),
                armed: None,
                is_draining: false,
            }),
            store: opened.start(),
            node: OnceLock::new(),
            outbox: Mutex::default(),
            sending: Mutex::default(),
            credentials: OnceLock::new(),
            sooner: Notify::new(),
            idle: Notify::new(),
        });
        let back: Weak<Driver> = Arc::downgrade(&driver);
        driver.store.subscribe(move |ticket: TicketId| {
            if let Some(driver) = back.upgrade() {
                driver.persisted(ticket);
            }
        });
        driver.carry_out(&mut driver.lock(), now(), &mut effects);
        Ok(driver)
    }

    /// The store, for others who keep records in it.
    pub fn store(&self) -> &Arc<Writer> {
        &self.store
    }

    /// Joins the node: it is given all commands so far, and every one from now on.
    pub fn join(&self, node: Arc<dyn NodeLink>) {
        assert!(self.node.set(node).is_ok(), "one node is joined, once");
        self.send();
    }

    /// Sets where lines are logged.
    pub fn log_to(&self, sink: Arc<dyn Sink>) {
        self.lock().outputs.log_to(sink);
    }

    /// Sets the variables that functions get for credentials, beside the account's key.
    pub fn give_credentials(&self, variables: Vec<(String, String)>) {
        // Once, before anything is started.
        let _ = self.credentials.set(variables);
    }

    /// Asks a question; answered when what it changed is durable.
    ///
    /// # Errors
    /// What the engine refuses; and `Unavailable` in an outage of the store. What was decided
    /// before the outage is made durable once that is over.
    pub async fn ask<A: Ask + Send + 'static>(
        &self,
        question: A,
    ) -> Result<A::Answer, Refused<A::Refusal>> {
        self.store.check().map_err(|why| Refused::Unavailable(why.to_string()))?;
        let (answer, durable) = {
            let mut state = self.lock();
            if state.is_draining {
                return Err(Refused::Draining);
            }
            let mut effects = std::mem::take(&mut state.effects);
            let now = now();
            let asked = state.engine.ask(now, question, &mut effects);
            // Before the changes reach the store, which may be quick.
            let durable = match &asked {
                Ok(Asked { durable: Some(ticket), .. }) => {
                    let (sender, durable) = oneshot::channel();
                    state.durable.insert(*ticket, sender);
                    Some((*ticket, durable))
                }
                Ok(Asked { durable: None, .. }) | Err(_) => None,
            };
            self.carry_out(&mut state, now, &mut effects);
            state.effects = effects;
            (asked.map(|asked| asked.answer), durable)
        };
        self.send();
        if let Some((ticket, durable)) = durable {
            tokio::select! {
                biased;
                // The sender is dropped unused only when the server ends.
                durable = durable => durable.map_err(|_| Refused::Draining)?,
                why = self.store.outage_that_lasts() => {
                    self.give_up(|state| drop(state.durable.remove(&ticket)));
                    return Err(Refused::Unavailable(why.to_string()));
                }
            }
        }
        answer.map_err(Refused::Refused)
    }

    /// Asks without doing it: whether it would be granted.
    ///
    /// # Errors
    /// What the engine would refuse.
    pub fn rehearse<A: Ask>(&self, question: A) -> Result<(), A::Refusal> {
        self.lock().engine.rehearse(question)
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
    fn give_up(&self, forget: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        forget(&mut state);
        if state.is_idle() {
            self.idle.notify_waiters();
        }
    }

    /// Invokes a function. `make` completes the invocation with its caller and payload.
    pub async fn invoke(
        &self,
        event: Bytes,
        make: impl FnOnce(CallerId, PayloadId) -> Invoke,
    ) -> InvokeAnswer {
        let refused =
            |refusal| InvokeAnswer { answer: Err(refusal), payload: None, tail: Vec::new() };
        let (sender, answer) = oneshot::channel();
        let (caller, is_stored);
        {
            let mut state = self.lock();
            if state.is_draining {
                return refused(Refused::Draining);
            }
            caller = state.caller(Caller::Invoke(sender));
            let payload = state.payloads.hold(event);
            let invoke = make(caller, payload);
            is_stored = invoke.kind == InvokeKind::Async;
            if is_stored && let Err(why) = self.store.check() {
                state.callers.remove(&caller);
                state.payloads.release(payload);
                return refused(Refused::Unavailable(why.to_string()));
            }
            self.step_locked(&mut state, Input::Invoke(invoke));
        }
        self.send();
        let outage = async {
            match is_stored {
                true => self.store.outage_that_lasts().await,
                false => pending().await,
            }
        };
        tokio::select! {
            biased;
            answer = answer => answer.unwrap_or_else(|_| refused(Refused::Draining)),
            why = outage => {
                self.give_up(|state| state.give_up(caller));
                refused(Refused::Unavailable(why.to_string()))
            }
        }
    }

    /// Takes what a node reports, with the bytes of the payload that the report names.
    pub fn report(&self, report: NodeReport, payload: Option<Bytes>) {
        {
            let mut state = self.lock();
            if let Some(id) = node_link::payload(&report) {
                state.payloads.take_over(id, payload.unwrap_or_default());
            }
            // First, since the same environment may be started again in this very step.
            if let NodeReport::Gone(environment) = &report {
                state.outputs.end(*environment);
            }
            self.step_locked(&mut state, Input::Node(report));
        }
        self.send();
    }

    /// Takes the lines that an environment printed.
    pub fn printed(&self, environment: EnvironmentId, lines: Vec<(Time, String)>) {
        self.lock().outputs.printed(environment, lines);
    }

    /// Reads from the engine as it is now.
    pub fn read<T>(&self, look: impl FnOnce(&Engine) -> T) -> T {
        look(&self.lock().engine)
    }

    /// The code of environments that are there.
    pub(crate) fn running_code(&self) -> BTreeSet<[u8; 32]> {
        self.lock().outputs.code().collect()
    }

    /// How many payloads are held, which is none when nothing is under way.
    pub fn payloads(&self) -> usize {
        self.lock().payloads.len()
    }

    /// Refuses what comes from now on, and waits until everybody who waits has been answered.
    pub async fn drain(&self) {
        loop {
            let idle = self.idle.notified();
            {
                let mut state = self.lock();
                state.is_draining = true;
                if state.is_idle() {
                    return;
                }
            }
            idle.await;
        }
    }

    /// The changes of a ticket are durable.
    fn persisted(&self, ticket: TicketId) {
        {
            let mut state = self.lock();
            if let Some(waiting) = state.durable.remove(&ticket) {
                // Whoever asked may have hung up, and what was done stands.
                waiting.send(()).ok();
            }
            self.step_locked(&mut state, Input::Persisted(ticket));
        }
        self.send();
    }

    /// Steps the engine; the commands it gives leave with the next [`Driver::send`].
    fn step_locked(&self, state: &mut State, input: Input) {
        let mut effects = std::mem::take(&mut state.effects);
        let now = now();
        state.engine.step(now, input, &mut effects);
        self.carry_out(state, now, &mut effects);
        state.effects = effects;
    }

    fn carry_out(&self, state: &mut State, now: Time, effects: &mut Effects) {
        let mut answers = Vec::new();
        let mut released = Vec::new();
        for effect in effects.iter() {
            // A line of an environment may stand before the command that starts it.
            if let Effect::Command(_, NodeCommand::Start(spec)) = effect {
                state.outputs.begin(spec);
            }
        }
        for effect in effects.drain(..) {
            match effect {
                Effect::Persist(ticket, changes) => {
                    let payloads = stored_payloads(&changes, &state.payloads);
                    self.store.persist(ticket, changes, payloads);
                }
                Effect::Invoked(caller, invoked) => {
                    released.push(invoked.event);
                    answers.push((caller, Ok(InvokeReply::Invoked(invoked))));
                }
                Effect::Accepted(caller, request) => {
                    answers.push((caller, Ok(InvokeReply::Accepted(request))));
                }
                Effect::Refused(caller, refusal) => {
                    answers.push((caller, Err(Refused::Refused(*refusal))));
                }
                Effect::Command(_, command) => {
                    if let NodeCommand::Deliver(delivery) = &command {
                        state.outputs.delivered(now, delivery);
                    }
                    let entry = self.prepare(command, &state.payloads);
                    self.outbox().push_back(entry);
                }
                Effect::Made(caller, made) => state.made(caller, made.map(|made| *made)),
                Effect::Notice(notice) => tell(&notice),
                Effect::Log(event) => state.outputs.platform(&event),
                Effect::Release(payload) => released.push(payload),
            }
        }
        // Last, so that a tail holds what was logged in the same step.
        answers.into_iter().for_each(|(caller, answer)| state.answer(caller, answer));
        released.into_iter().for_each(|payload| state.payloads.release(payload));
        if state.is_idle() {
            self.idle.notify_waiters();
        }
        if let Some(deadline) = state.deadline()
            && state.armed.is_none_or(|armed| deadline < armed)
        {
            state.armed = Some(deadline);
            self.sooner.notify_one();
        }
    }

    /// Fires what is due, and tells when to come again.
    pub(crate) fn tick(&self) -> Option<Time> {
        let next = {
            let mut state = self.lock();
            state.armed = None;
            if state.deadline().is_some_and(|deadline| deadline <= now()) {
                self.step_locked(&mut state, Input::Tick);
            }
            state.armed = state.deadline();
            state.armed
        };
        self.send();
        next
    }

    /// A command with what comes with it: an event's bytes, credentials.
    fn prepare(
        &self,
        mut command: NodeCommand,
        payloads: &Payloads,
    ) -> (NodeCommand, Option<Bytes>) {
        let mut bytes = None;
        match &mut command {
            NodeCommand::Deliver(delivery) => {
                let event = payloads.get(delivery.payload);
                bytes = Some(event.expect("an event is held until it was delivered for good"));
            }
            NodeCommand::Start(spec) => {
                let account = format!("{:012}", spec.scope.account);
                let variables = &mut Arc::make_mut(&mut spec.launch).variables;
                variables.insert("AWS_ACCESS_KEY_ID".into(), account);
                let given = self.credentials.get().into_iter().flatten();
                for (name, value) in given {
                    variables.entry(name.clone()).or_insert_with(|| value.clone());
                }
            }
            _ => {}
        }
        (command, bytes)
    }

    /// Hands the node what is in the outbox, outside the engine's lock and in its order. Whoever
    /// finds somebody else at it leaves the work to them: they look again when they are done.
    fn send(&self) {
        let Some(node) = self.node.get() else { return };
        while !self.outbox().is_empty() {
            let sending = match self.sending.try_lock() {
                Ok(sending) => sending,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            loop {
                let entry = self.outbox().pop_front();
                let Some((command, payload)) = entry else { break };
                node.command(command, payload);
            }
            drop(sending);
        }
    }

    fn outbox(&self) -> MutexGuard<'_, VecDeque<(NodeCommand, Option<Bytes>)>> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic under the lock is a broken invariant: it must not be worked on further.
        self.state.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            drop(poisoned);
            std::process::abort()
        })
    }
}

impl State {
    /// When the engine may have to do something by itself.
    fn deadline(&self) -> Option<Time> {
        self.engine.next_deadline().map(|next| next.at)
    }

    /// Whether nobody waits.
    fn is_idle(&self) -> bool {
        self.callers.is_empty() && self.durable.is_empty()
    }

    /// Forgets a caller who has been told of an outage; it may have been answered meanwhile.
    fn give_up(&mut self, caller: CallerId) {
        if self.callers.remove(&caller).is_some() {
            self.given_up.insert(caller);
        }
    }

    fn caller(&mut self, caller: Caller) -> CallerId {
        self.called += 1;
        let id = CallerId(self.called);
        self.callers.insert(id, caller);
        id
    }

    /// Tells who asked for a resource; they may have been told of an outage, or have hung up.
    fn made(&mut self, id: CallerId, made: Result<Resource, Failure>) {
        if let Some(Caller::Resource(waiting)) = self.callers.remove(&id) {
            waiting.send(made).ok();
        }
    }

    /// Answers a caller; whoever asked may have hung up, and what was done stands.
    fn answer(&mut self, id: CallerId, answer: InvokeOutcome) {
        let Some(caller) = self.callers.remove(&id) else {
            assert!(self.given_up.remove(&id), "a caller is answered once");
            return;
        };
        match caller {
            Caller::Resource(_) => unreachable!("a resource's caller is told what was made"),
            Caller::Invoke(waiting) => {
                let invoked = match &answer {
                    Ok(InvokeReply::Invoked(invoked)) => Some(invoked),
                    Ok(InvokeReply::Accepted(_)) | Err(_) => None,
                };
                let payload = invoked.and_then(named).map(|id| {
                    self.payloads.get(id).expect("a result is held until it was answered")
                });
                let environment = invoked.map(|invoked| invoked.environment);
                let tail = environment.map(|id| self.outputs.tail(id)).unwrap_or_default();
                drop(waiting.send(InvokeAnswer { answer, payload, tail }));
            }
        }
    }
}

/// Tells whoever runs the installation.
fn tell(notice: &Notice) {
    match notice {
        Notice::PlanFailed { vpc, generation, failure, again } => tracing::error!(
            %vpc,
            generation = generation.0,
            error = %failure,
            "a VPC's rules are not in force and no environment starts in it; tried again in {again:?}",
        ),
        Notice::PlanInForce { vpc, generation } => {
            tracing::info!(%vpc, generation = generation.0, "a VPC's rules are in force again");
        }
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

/// The bytes of events among changes.
fn stored_payloads(changes: &[Change], payloads: &Payloads) -> store::EventBytes {
    let events = changes.iter().filter_map(|change| match change {
        Change::Put(record) => match &**record {
            Record::Event(event) => Some(event),
            _ => None,
        },
        Change::Delete(_) => None,
    });
    events.filter_map(|event| Some((event.request, payloads.get(event.payload)?))).collect()
}

/// The time by the machine's clock.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}
