//! The driver: steps the engine for whoever has an input, and carries its effects out in order.
//!
//! Under the engine's lock a step is made, what it changes handed to the store, and every command
//! but deliveries to the node. What concerns one environment or one caller alone is done after it,
//! by the same thread (`deferred.rs`).

mod change;
mod deferred;
mod held;
mod notice;
mod reply;
mod seen;
mod state;
mod tell;

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::future::pending;
use std::net::Ipv4Addr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use engine::effect::{Effect, Effects, Ended, InvokeRefusal, Throttle};
use engine::engine::{Config, Engine};
use engine::id::{CallerId, EnvironmentId, PayloadId, TicketId, VpcId};
use engine::input::{Input, Invoke, InvokeKind};
use engine::node::{EnvironmentSpec, NodeCommand, NodeReport};
use engine::record::Record;
use engine::sources::command::SourceReport;
use engine::time::Time;
use tokio::sync::{Notify, oneshot};

pub use crate::driver::change::NotMade;
use crate::driver::deferred::Deferred;
use crate::driver::held::Held;
pub use crate::driver::reply::{InvokeAnswer, InvokeOutcome, InvokeReply, Refused};
use crate::driver::state::{Caller, State};
pub(crate) use crate::driver::tell::{OfFunction, Order};
use crate::metrics::{Figures, Metrics};
use crate::node_link::{self, NodeLink};
use crate::often::Often;
use crate::output::{Outputs, Sink};
use crate::payload::Payloads;
use crate::runtimes::Runtimes;
use crate::sources::commands::Commands;
use crate::store::{Opened, StoreError, Writer};
use crate::trace::Tracer;

/// Makes the variables by which an environment finds AWS's API and its credentials, of the
/// environment and the ARN of its role.
pub type Credentials = dyn Fn(&EnvironmentSpec, &str) -> Vec<(String, String)> + Send + Sync;

/// Holds the engine, those who wait for it, the store and the way to the node.
pub struct Driver {
    state: Mutex<State>,
    outputs: Outputs,
    store: Arc<Writer>,
    node: OnceLock<Arc<dyn NodeLink>>,
    /// Makes the variables by which an environment finds AWS's API, and its credentials.
    credentials: OnceLock<Box<Credentials>>,
    /// Which runtimes the node has.
    pub runtimes: Runtimes,
    metrics: Metrics,
    tracer: OnceLock<Arc<Tracer>>,
    /// What pollers are to do.
    pub(crate) commands: Commands,
    tells: tell::Tells,
    /// Whose refusals by VPC endpoints' policies were told of of late.
    refusals: Often<(VpcId, Ipv4Addr)>,
    /// Told when the engine's deadline may have come nearer.
    pub(crate) sooner: Notify,
    /// Told when nobody waits any more.
    idle: Notify,
    /// Told when the node is there.
    joined: Notify,
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").finish_non_exhaustive()
    }
}

thread_local! {
    /// What a thread uses again for each step, so that none allocates it anew.
    static DEFERRED: Cell<Deferred> = Cell::default();
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
                event.payload = payloads.recall_event(event.request, event.length);
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
                stored: HashMap::new(),
                payloads,
                unsent: Vec::new(),
                armed: None,
                is_draining: false,
            }),
            outputs: Outputs::default(),
            store: opened.start(),
            node: OnceLock::new(),
            credentials: OnceLock::new(),
            runtimes: Runtimes::default(),
            metrics: Metrics::default(),
            tracer: OnceLock::new(),
            refusals: Often::default(),
            commands: Commands::default(),
            tells: tell::Tells::default(),
            sooner: Notify::new(),
            idle: Notify::new(),
            joined: Notify::new(),
        });
        let back: Weak<Driver> = Arc::downgrade(&driver);
        driver.store.subscribe(move |ticket: TicketId| {
            if let Some(driver) = back.upgrade() {
                driver.persisted(ticket);
            }
        });
        driver.carry_out(driver.lock(), now(), &mut effects);
        Ok(driver)
    }

    /// The store, for others who keep records in it.
    pub fn store(&self) -> &Arc<Writer> {
        &self.store
    }

    /// Joins the node: it is given all commands so far, and every one from now on.
    pub fn join(&self, node: Arc<dyn NodeLink>) {
        {
            // Nothing that is decided meanwhile may reach it before what was decided earlier.
            let mut state = self.lock();
            for command in std::mem::take(&mut state.unsent) {
                node.command(command, None);
            }
            assert!(self.node.set(node).is_ok(), "one node is joined, once");
        }
        self.joined.notify_waiters();
    }

    /// The node, once there is one.
    pub(crate) async fn node(&self) -> Arc<dyn NodeLink> {
        loop {
            let joined = self.joined.notified();
            if let Some(node) = self.node.get() {
                return Arc::clone(node);
            }
            joined.await;
        }
    }

    /// Ends, and the node with it. Threads that look in for a moment are waited for: whoever let go last
    /// would end the node, and the process might be over before all is put back that the node has made.
    pub fn end(mut self: Arc<Driver>, patience: Duration) {
        let until = Instant::now() + patience;
        let may_wait = || {
            std::thread::sleep(Duration::from_millis(1));
            Instant::now() < until
        };
        let driver = loop {
            match Arc::try_unwrap(self) {
                Ok(driver) => break driver,
                Err(held) if may_wait() => self = held,
                Err(_) => return tracing::error!("the driver is in use still, and does not end"),
            }
        };
        let node = driver.node.get().cloned();
        drop(driver);
        let Some(node) = node else { return };
        while Arc::strong_count(&node) > 1 && may_wait() {}
    }

    /// Sets where lines are logged.
    pub fn log_to(&self, sink: Arc<dyn Sink>) {
        self.outputs.log_to(sink);
    }

    /// Sets how the variables are made by which an environment finds AWS's API and its credentials.
    pub fn give_credentials(&self, make: Box<Credentials>) {
        // Once, before anything is started.
        let _ = self.credentials.set(make);
    }

    /// Invokes a function; with `wants_tail` the answer has the last of the log. `make` completes
    /// the invocation with its caller and payload.
    ///
    /// # Errors
    /// What `make` refuses; nothing was invoked then.
    pub async fn invoke<E>(
        &self,
        event: Bytes,
        wants_tail: bool,
        make: impl FnOnce(&Engine, CallerId, PayloadId) -> Result<Invoke, E>,
    ) -> Result<InvokeAnswer, E> {
        let refused =
            |refusal| Ok(InvokeAnswer { answer: Err(refusal), payload: None, tail: Vec::new() });
        let (sender, answer) = oneshot::channel();
        let (caller, is_stored);
        {
            let mut state = self.lock();
            if state.is_draining {
                return refused(Refused::Draining);
            }
            caller = state.caller(Caller::Invoke(sender, wants_tail));
            let payload = state.payloads.hold(event);
            let made = look(&state.engine, |engine| make(engine, caller, payload));
            is_stored = matches!(&made, Ok(Ok(invoke)) if invoke.kind == InvokeKind::Async);
            let unstored = is_stored.then(|| self.refuse_event(&mut state, payload)).flatten();
            let invoke = match (made, unstored) {
                (Ok(Ok(invoke)), None) => invoke,
                (made, unstored) => {
                    state.callers.remove(&caller);
                    state.payloads.release(payload);
                    drop(state);
                    made.unwrap_or_else(|panic| resume_unwind(panic))?;
                    return refused(unstored.unwrap_or(Refused::Draining));
                }
            };
            self.step(state, Input::Invoke(invoke));
        }
        let outage = async {
            match is_stored {
                true => self.store.outage_that_lasts().await,
                false => pending().await,
            }
        };
        tokio::select! {
            biased;
            answer = answer => answer.map_or_else(|_| refused(Refused::Draining), Ok),
            why = outage => {
                self.give_up(|state| state.give_up(caller));
                refused(Refused::Unavailable(why.to_string()))
            }
        }
    }

    /// Takes what a node reports, with the bytes of the payload that the report names.
    pub fn report(&self, report: NodeReport, payload: Option<Bytes>) {
        let mut state = self.lock();
        if let Some(id) = node_link::payload(&report) {
            state.payloads.take_over(id, payload.unwrap_or_default());
        }
        if let NodeReport::Gone(environment) = &report {
            self.outputs.end(*environment);
        }
        if let NodeReport::Dropped(drop) = &report {
            self.metrics.dropped(drop);
        }
        self.step(state, Input::Node(report));
    }

    /// Takes what a poller reports.
    pub(crate) fn carried(&self, report: SourceReport) {
        self.step(self.lock(), Input::Source(Box::new(report)));
    }

    /// Whether an environment may print on; what it prints otherwise waits in its pipe.
    pub fn has_room(&self, environment: EnvironmentId) -> bool {
        self.outputs.has_room(environment)
    }

    /// Takes the lines that an environment printed.
    pub fn printed(&self, environment: EnvironmentId, lines: Vec<(Time, String)>) {
        self.outputs.printed(environment, lines);
    }

    /// Reads from the engine as it is now. Everybody else waits meanwhile: what is to be filtered
    /// or spelled is copied here, and filtered and spelled afterwards.
    pub fn read<T>(&self, see: impl FnOnce(&Engine) -> T) -> T {
        let state = self.lock();
        let seen = look(&state.engine, see);
        drop(state);
        seen.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// The code of environments that are there.
    pub(crate) fn running_code(&self) -> BTreeSet<[u8; 32]> {
        self.outputs.code()
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
                if !std::mem::replace(&mut state.is_draining, true) {
                    // Whoever waits for the end of a log waits for what may take long.
                    self.outputs.end_waiting();
                }
                if state.is_idle() {
                    return;
                }
            }
            idle.await;
        }
    }

    /// The changes of a ticket are durable.
    fn persisted(&self, ticket: TicketId) {
        let mut state = self.lock();
        if let Some(waiting) = state.durable.remove(&ticket) {
            // Whoever asked may have hung up, and what was done stands.
            waiting.send(()).ok();
        }
        let stored = state.stored.remove(&ticket);
        self.step(state, Input::Persisted(ticket));
        if let Some(stored) = stored {
            // Afterwards: most are delivered at once, and need not be read again for that.
            let mut state = self.lock();
            for (payload, request) in stored {
                state.payloads.note_stored(payload, request);
            }
        }
    }

    /// Why an event cannot be taken, if so.
    fn refuse_event(
        &self,
        state: &mut State,
        payload: PayloadId,
    ) -> Option<Refused<InvokeRefusal>> {
        if let Err(why) = self.store.check() {
            return Some(Refused::Unavailable(why.to_string()));
        }
        let has_room = state.payloads.count_event(payload);
        (!has_room).then_some(Refused::Refused(InvokeRefusal::Throttled(Throttle::Events)))
    }

    /// Steps the engine, and carries out what follows; lets go of the lock meanwhile.
    fn step(&self, mut state: Held<'_, State>, input: Input) {
        let mut effects = std::mem::take(&mut state.effects);
        let now = now();
        state.engine.step(now, input, &mut effects);
        self.carry_out(state, now, &mut effects);
    }

    fn carry_out(&self, mut state: Held<'_, State>, now: Time, effects: &mut Effects) {
        let mut deferred = DEFERRED.take();
        let mut answers = Vec::new();
        let mut released = Vec::new();
        for effect in effects.iter() {
            // A line of an environment may stand before the command that starts it.
            if let Effect::Command(_, NodeCommand::Start(spec)) = effect {
                self.outputs.begin(spec, self.metrics.of(&spec.scope, &spec.name));
            }
        }
        for effect in effects.drain(..) {
            match effect {
                Effect::Persist(ticket, changes) => {
                    let events = state.hand_over(ticket, &changes);
                    self.store.persist(ticket, changes, events);
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
                Effect::Command(_, NodeCommand::Deliver(delivery)) => {
                    self.deliver(&mut deferred, &mut state, now, delivery);
                }
                Effect::Command(_, command) => self.command(&mut state, command),
                Effect::Made(caller, made) => state.made(caller, made.map(|made| *made)),
                Effect::Notice(notice) => notice::tell(&notice, &self.metrics, &state.engine),
                Effect::Ended(ended) => {
                    let figures = self.ended(&state.engine, &ended);
                    deferred.ended(ended, figures);
                }
                Effect::Source(command) => self.commands.leave(command),
                Effect::Tell(receiver, telling) => {
                    self.tells.tell(&state.engine, &state.payloads, receiver, *telling);
                }
                Effect::Log(event) => deferred.line(event),
                Effect::Release(payload) => released.push(payload),
            }
        }
        state.settle(&mut deferred, answers, released);
        if state.is_draining && state.is_idle() {
            self.idle.notify_waiters();
        }
        if let Some(deadline) = state.deadline()
            && state.armed.is_none_or(|armed| deadline < armed)
        {
            state.armed = Some(deadline);
            self.sooner.notify_one();
        }
        state.effects = std::mem::take(effects);
        let waits = !state.is_draining;
        deferred.carry_out(
            state,
            waits,
            &self.outputs,
            &self.metrics,
            &self.store,
            self.node.get(),
        );
        DEFERRED.set(deferred);
    }

    /// Traces an invocation that has ended; the figures in which it is counted, unless it ran and is
    /// counted with its environment.
    fn ended(&self, engine: &Engine, ended: &Ended) -> Option<Arc<Figures>> {
        if let Some(tracer) = self.tracer.get() {
            tracer.ended(engine, ended);
        }
        let course = ended.course.filter(|_| ended.environment.is_none());
        course.and_then(|course| self.metrics.known(engine, course.function))
    }

    /// Gives the node a command, in the order in which it was decided.
    fn command(&self, state: &mut State, mut command: NodeCommand) {
        if let NodeCommand::Start(spec) = &mut command {
            self.give_variables(&state.engine, spec);
        }
        match self.node.get() {
            Some(node) => node.command(command, None),
            None => state.unsent.push(command),
        }
    }

    /// Adds the variables that every environment gets.
    fn give_variables(&self, engine: &Engine, spec: &mut EnvironmentSpec) {
        let function = engine.known_function(spec.function);
        let found = function.and_then(|found| found.configuration(spec.log_stream.version));
        let (Some(found), Some(make)) = (found, self.credentials.get()) else { return };
        let made = make(spec, &found.settings.role);
        let variables = &mut Arc::make_mut(&mut spec.launch).variables;
        for (name, value) in made {
            variables.entry(name).or_insert(value);
        }
    }

    /// Fires what is due, and tells when to come again.
    pub(crate) fn tick(&self) -> Option<Time> {
        let mut state = self.lock();
        state.armed = None;
        if state.deadline().is_some_and(|deadline| deadline <= now()) {
            self.step(state, Input::Tick);
            state = self.lock();
        }
        state.armed = state.deadline();
        state.armed
    }

    /// Breaks what no step may break.
    #[cfg(test)]
    pub(crate) fn panic_amid_a_step(&self) {
        let _state = self.lock();
        panic!("on purpose");
    }

    fn lock(&self) -> Held<'_, State> {
        Held::lock(&self.state)
    }
}

/// Looks at the engine. Who only looks leaves nothing half changed: a panic is the request's own,
/// and is to go on once the engine is let go.
fn look<T>(engine: &Engine, see: impl FnOnce(&Engine) -> T) -> std::thread::Result<T> {
    catch_unwind(AssertUnwindSafe(|| see(engine)))
}

/// The time by the machine's clock.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}
