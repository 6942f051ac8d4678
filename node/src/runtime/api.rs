//! The Runtime API of every sandbox on this node. An event is written by the thread that delivers
//! it, straight to the connection that waits; the answer is read by the same thread where it attends
//! ([`Attendant`]), else by the API's own.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::id::RequestId;

use super::attend::{self, Attendant};
use super::http::Parser;
use super::instance::{Connection, Dialogue, Instance, Phase, Stream};
use super::invocation::{Answer, Invocation};
use super::output::Output;
use super::poll::{self, Events, Poll};
use super::reply::next_head;
use super::rest::{Rest, Resting};
pub(crate) use crate::sandbox::{Event, Stamps};
use crate::sandbox::{protocol, sys};
use crate::thread;

/// Bytes of answers that may wait for what follows them on a connection.
const MAX_HELD: usize = 4096;

/// Connections one sandbox may hold; a runtime needs one or two, and each may hold a whole payload
/// of this process's memory.
const MAX_CONNECTIONS: usize = 8;

/// How long a runtime's connections are left waiting when one could not be accepted.
const PAUSE: Duration = Duration::from_millis(100);

/// What happened in a sandbox.
#[derive(Debug)]
pub(crate) enum Happening {
    /// The runtime asks for its first event.
    Ready,
    /// The runtime cannot start.
    InitError { body: Bytes, error_type: Option<String> },
    /// The runtime answered; `asks` is whether it has asked for its next event as well.
    Answered { request: RequestId, answer: Answer, duration: Duration, asks: bool },
    /// It asks for its next event after it has answered.
    Asked { request: RequestId, duration: Duration },
    /// The function printed these lines.
    Lines(Stream, Vec<Vec<u8>>),
    /// The fork server tells of it.
    Sandbox(Event),
}

/// Who is told what happens; called from the API's thread and from those that attend.
pub(crate) type Listener = Box<dyn Fn(Option<&Arc<Instance>>, Happening) + Send + Sync>;

/// The Runtime API of every sandbox.
pub struct RuntimeApi {
    pub(super) poll: Arc<Poll>,
    sources: Mutex<HashMap<u64, Source>>,
    instances: Mutex<HashMap<u64, Arc<Instance>>>,
    next_token: AtomicU64,
    /// Freezes that are due, in the order of their time.
    freezes: Mutex<VecDeque<(Instant, Weak<Instance>)>>,
    /// Sandboxes whose connections are not accepted for a while.
    paused: Mutex<Vec<(u64, Weak<Instance>)>>,
    pub(super) grace: Duration,
    /// Sandboxes whose limit of memory is to follow what their `/tmp` holds, and whether they begin.
    followed: Mutex<Sender<(Weak<Instance>, bool)>>,
    pub(super) listener: Listener,
    pub(super) output: Output,
    pub(super) resting: Rest,
}

impl std::fmt::Debug for RuntimeApi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RuntimeApi").field("grace", &self.grace).finish_non_exhaustive()
    }
}

#[derive(Clone)]
enum Source {
    Listener(Arc<Instance>),
    Connection(Arc<Instance>),
    Output(Arc<Instance>, Stream),
    Memory(Arc<Instance>),
    Events(Arc<OwnedFd>),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RuntimeApi {
    /// Starts the API's thread. A runtime that has asked for its next event is frozen after
    /// `grace` without one.
    pub(crate) fn start(grace: Duration, listener: Listener) -> io::Result<Arc<RuntimeApi>> {
        let (followed, queue) = channel::<(Weak<Instance>, bool)>();
        let api = Arc::new(RuntimeApi {
            poll: Arc::new(Poll::new()?),
            sources: Mutex::default(),
            instances: Mutex::default(),
            next_token: AtomicU64::new(1),
            freezes: Mutex::default(),
            paused: Mutex::default(),
            grace,
            followed: Mutex::new(followed),
            listener,
            output: Output::default(),
            resting: Rest::default(),
        });
        thread::spawn("memory-limits", move || {
            for (instance, begins) in queue {
                if let Some(instance) = instance.upgrade()
                    && let Err(error) = instance.follow_tmp(begins)
                    // Without its process there is no such file: it has ended.
                    && error.kind() != io::ErrorKind::NotFound
                    && !instance.dialogue().removed
                {
                    let environment = instance.environment();
                    tracing::warn!(
                        ?environment,
                        %error,
                        "limit does not follow /tmp, whose files count as memory"
                    );
                }
            }
        })?;
        let serving = Arc::downgrade(&api);
        thread::spawn("runtime-api", move || {
            let mut events = Events::default();
            while let Some(api) = serving.upgrade() {
                // Without its event queue no runtime can be heard any more.
                api.turn(&mut events).unwrap_or_else(|error| panic!("event queue failed: {error}"));
            }
        })?;
        Ok(api)
    }

    fn register(&self, fd: i32, source: Source) -> io::Result<u64> {
        let token = self.next_token.fetch_add(1, Ordering::Relaxed);
        lock(&self.sources).insert(token, source);
        self.poll.add(fd, token).inspect_err(|_| drop(lock(&self.sources).remove(&token)))?;
        Ok(token)
    }

    /// Listens to a fork server's events.
    pub(crate) fn watch(&self, events: OwnedFd) -> io::Result<()> {
        let fd = events.as_raw_fd();
        self.register(fd, Source::Events(Arc::new(events))).map(drop)
    }

    /// Listens to no fork server any more, so that an end that is wanted is not told as a fault.
    pub(crate) fn unwatch(&self) {
        lock(&self.sources).retain(|_, source| {
            let Source::Events(events) = source else { return true };
            self.poll.remove(events.as_raw_fd());
            false
        });
    }

    /// Serves a sandbox from now on; until then nothing that its runtime says is heard.
    pub(crate) fn serve(&self, instance: &Arc<Instance>) -> io::Result<()> {
        lock(&self.instances).insert(instance.sandbox, Arc::clone(instance));
        let sources = [
            (instance.listener.as_raw_fd(), Source::Listener(Arc::clone(instance))),
            (instance.stdout.as_raw_fd(), Source::Output(Arc::clone(instance), Stream::Output)),
            (instance.stderr.as_raw_fd(), Source::Output(Arc::clone(instance), Stream::Error)),
        ];
        let memory = instance
            .group
            .marks_passed
            .as_ref()
            .map(|events| (events.as_raw_fd(), Source::Memory(Arc::clone(instance))));
        for (fd, source) in sources.into_iter().chain(memory) {
            let token = self.register(fd, source)?;
            instance.dialogue().tokens.push(token);
        }
        self.follow(instance, true);
        Ok(())
    }

    /// Has the limit of memory follow what its `/tmp` holds, on a thread that may wait.
    fn follow(&self, instance: &Arc<Instance>, begins: bool) {
        if instance.group.marks_passed.is_some() {
            let sent = lock(&self.followed).send((Arc::downgrade(instance), begins));
            assert!(sent.is_ok(), "the thread that follows limits lives as long as the API");
        }
    }

    /// Forgets a sandbox; its connections close.
    pub(crate) fn remove(&self, instance: &Arc<Instance>) {
        let (tokens, connections) = {
            let mut state = instance.dialogue();
            state.removed = true;
            state.waiting = None;
            (std::mem::take(&mut state.tokens), std::mem::take(&mut state.connections))
        };
        let mut sources = lock(&self.sources);
        for token in tokens.iter().chain(connections.keys()) {
            sources.remove(token);
        }
        drop(sources);
        instance.end_listening();
        let fixed = [&instance.listener, &instance.stdout, &instance.stderr];
        for fd in fixed.into_iter().chain(&instance.group.marks_passed) {
            self.poll.remove(fd.as_raw_fd());
        }
        lock(&self.instances).remove(&instance.sandbox);
    }

    /// Hands an event to the runtime, thawing it; or keeps it until the runtime asks.
    pub fn deliver(&self, instance: &Arc<Instance>, invocation: Invocation) -> io::Result<()> {
        let mut state = instance.dialogue();
        if state.removed {
            return Ok(());
        }
        if state.frozen {
            instance.group.thaw()?;
            state.frozen = false;
        }
        match state.waiting.take() {
            Some(token) => self.hand_out(&mut state, token, invocation),
            None => state.pending = Some(invocation),
        }
        Ok(())
    }

    /// Gives this thread connections of its own: of the environments that it delivers to.
    pub(crate) fn attend(self: &Arc<Self>) -> io::Result<Attendant> {
        Attendant::new(self)
    }

    pub(super) fn hand_out(&self, state: &mut Dialogue, token: u64, invocation: Invocation) {
        state.phase = Phase::Running;
        state.current = Some((invocation, Instant::now()));
        self.hand_out_again(state, token);
    }

    /// Sends the event that the runtime works on, also to one that has lost it and asks again.
    pub(super) fn hand_out_again(&self, state: &mut Dialogue, token: u64) {
        let Some((invocation, _)) = &state.current else { return };
        let (head, payload) = (next_head(invocation), invocation.payload.clone());
        if let Some(connection) = state.connections.get_mut(&token) {
            connection.listen(token);
            if let Some(poll) = attend::here(self) {
                connection.move_to(poll, token);
            }
        }
        self.send(state, token, head, payload);
    }

    /// Writes to a connection, after what is held for it; one that is broken is dropped.
    pub(super) fn send(&self, state: &mut Dialogue, token: u64, mut head: String, body: Bytes) {
        let Some(connection) = state.connections.get_mut(&token) else { return };
        if !connection.held.is_empty() {
            head = std::mem::take(&mut connection.held) + &head;
            connection.asked_on = false;
        }
        let fd = connection.socket.as_raw_fd();
        let outcome = connection.send(Bytes::from(head), body).and_then(|left| match left {
            true => {
                connection.listen(token);
                connection.poll.want_write(fd, token, true)
            }
            false => Ok(()),
        });
        match outcome {
            Ok(()) => self.end_if_done(state, token),
            Err(_) => self.disconnect(state, token),
        }
    }

    /// Closes a connection whose client asked for that, once it has all that it asked for: it may read
    /// to the end, and would wait for it until its time is over.
    pub(super) fn end_if_done(&self, state: &mut Dialogue, token: u64) {
        let is_done = state.connections.get(&token).is_some_and(|connection| {
            connection.close && connection.unsent.is_empty() && connection.held.is_empty()
        });
        if is_done && state.waiting != Some(token) {
            self.disconnect(state, token);
        }
    }

    /// Sends what is held for a connection, unless it waits for an event: with that it is sent.
    pub(super) fn settle(&self, instance: &Arc<Instance>, token: u64) {
        let mut state = instance.dialogue();
        let is_waiting = state.waiting == Some(token);
        let Some(connection) = state.connections.get(&token) else { return };
        let waits_too = is_waiting && !connection.asked_on && connection.held.len() <= MAX_HELD;
        if !connection.held.is_empty() && !waits_too {
            self.send(&mut state, token, String::new(), Bytes::new());
        }
        self.rest_from(&mut state, instance, token);
    }

    pub(super) fn disconnect(&self, state: &mut Dialogue, token: u64) {
        state.connections.remove(&token);
        if state.waiting == Some(token) {
            state.waiting = None;
        }
        lock(&self.sources).remove(&token);
    }

    /// One turn of the thread.
    fn turn(&self, events: &mut Events) -> io::Result<()> {
        let now = Instant::now();
        self.freeze_due(now);
        let due = lock(&self.freezes).front().map(|(time, ..)| *time);
        // At most a second, so that the thread notices when the API is dropped.
        let mut timeout =
            due.map_or(Duration::from_secs(1), |due| due.saturating_duration_since(now));
        let paused = std::mem::take(&mut *lock(&self.paused));
        if !paused.is_empty() {
            timeout = timeout.min(PAUSE);
        }
        if let Some(patience) = self.resting.patience() {
            timeout = timeout.min(patience);
        }
        for ready in self.poll.wait(events, timeout)? {
            match self.source(ready.token) {
                Some(Source::Listener(instance)) => self.accept(&instance, ready.token),
                Some(Source::Connection(instance)) => {
                    self.converse(&instance, ready);
                    self.settle(&instance, ready.token);
                }
                Some(Source::Output(instance, stream)) => {
                    self.printed(&instance, stream, ready.token)
                }
                Some(Source::Memory(instance)) => self.mark_passed(&instance, ready.token),
                Some(Source::Events(events)) => self.event(&events, ready.token),
                None => {}
            }
        }
        self.look_again();
        paused.into_iter().for_each(|(token, instance)| self.accept_again(token, &instance));
        Ok(())
    }

    fn source(&self, token: u64) -> Option<Source> {
        lock(&self.sources).get(&token).cloned()
    }

    /// The sandbox that a connection is of.
    pub(super) fn connected(&self, token: u64) -> Option<Arc<Instance>> {
        match self.source(token) {
            Some(Source::Connection(instance)) => Some(instance),
            _ => None,
        }
    }

    /// All connections, with the sandboxes that they are of.
    pub(super) fn connections(&self) -> Vec<(u64, Arc<Instance>)> {
        let sources = lock(&self.sources);
        let connections = sources.iter().filter_map(|(token, source)| match source {
            Source::Connection(instance) => Some((*token, Arc::clone(instance))),
            _ => None,
        });
        connections.collect()
    }

    /// The use of memory has passed a mark.
    fn mark_passed(&self, instance: &Arc<Instance>, token: u64) {
        let Some(events) = &instance.group.marks_passed else { return };
        match poll::read(events.as_raw_fd(), &mut [0; 8]) {
            Ok(_) => self.follow(instance, false),
            Err(error) => {
                self.poll.remove(events.as_raw_fd());
                lock(&self.sources).remove(&token);
                let environment = instance.environment();
                tracing::warn!(?environment, %error, "marks of memory cannot be read");
            }
        }
    }

    fn freeze_due(&self, now: Instant) {
        loop {
            let mut freezes = lock(&self.freezes);
            if freezes.front().is_none_or(|(due, ..)| *due > now) {
                return;
            }
            let Some((_, instance)) = freezes.pop_front() else { return };
            drop(freezes);
            let Some(instance) = instance.upgrade() else { continue };
            let mut state = instance.dialogue();
            state.freeze_planned = false;
            if state.waiting.is_none() || state.frozen || state.removed {
                continue;
            }
            let due = state.waiting_since + self.grace;
            if due > now {
                self.plan_freeze(&mut state, &instance, due);
            } else {
                // A group whose processes are gone cannot be frozen; its exit is on its way.
                let frozen = instance.group.freeze();
                state.frozen = frozen.is_ok();
                if let Err(error) = frozen {
                    tracing::debug!(environment = ?state.environment, %error, "not frozen");
                }
            }
        }
    }

    fn accept(&self, instance: &Arc<Instance>, listener: u64) {
        // Bounded, so that one that connects without end does not stop the others.
        for _ in 0..=2 * MAX_CONNECTIONS {
            let socket = match poll::accept(instance.listener.as_raw_fd()) {
                Ok(Some(socket)) => socket,
                Ok(None) => return self.rest_from_listener(instance, listener),
                Err(error) => return self.not_accepted(instance, listener, &error),
            };
            let mut state = instance.dialogue();
            state.talk.said(0);
            if state.removed || state.connections.len() >= MAX_CONNECTIONS {
                continue;
            }
            let fd = socket.as_raw_fd();
            let token = match self.register(fd, Source::Connection(Arc::clone(instance))) {
                Ok(token) => token,
                Err(error) => {
                    drop(state);
                    return self.not_accepted(instance, listener, &error);
                }
            };
            let connection = Connection {
                socket,
                poll: Arc::clone(&self.poll),
                parser: Parser::default(),
                held: String::new(),
                asked_on: false,
                pipelines: false,
                unsent: Vec::new(),
                close: false,
                is_answered: false,
                rests: false,
            };
            state.connections.insert(token, connection);
        }
        self.rest_from_listener(instance, listener);
    }

    /// A connection could not be had, which costs this sandbox alone. Where that may pass, it is
    /// tried again in a while; else nothing can be heard from it any more, and it is killed, which
    /// is told as its exit.
    fn not_accepted(&self, instance: &Arc<Instance>, listener: u64, error: &io::Error) {
        let environment = instance.environment();
        tracing::warn!(?environment, %error, "connection of a runtime not accepted");
        self.poll.remove(instance.listener.as_raw_fd());
        let passes = [libc::EMFILE, libc::ENFILE, libc::ENOMEM, libc::ENOBUFS, libc::ECONNABORTED];
        if error.raw_os_error().is_some_and(|errno| passes.contains(&errno)) {
            lock(&self.paused).push((listener, Arc::downgrade(instance)));
        } else if let Err(error) = sys::kill(&instance.pidfd) {
            tracing::error!(?environment, %error, "sandbox not killed");
        }
    }

    pub(super) fn accept_again(&self, listener: u64, instance: &Weak<Instance>) {
        let Some(instance) = instance.upgrade() else { return };
        if instance.dialogue().removed {
            return;
        }
        if let Err(error) = self.poll.add(instance.listener.as_raw_fd(), listener) {
            self.not_accepted(&instance, listener, &error);
        }
    }

    fn event(&self, events: &OwnedFd, token: u64) {
        let mut buffer = [0; 256];
        let Ok(Some((length, _))) = protocol::receive(events.as_raw_fd(), &mut buffer) else {
            tracing::error!("fork server ended, and every sandbox with it");
            lock(&self.sources).remove(&token);
            self.poll.remove(events.as_raw_fd());
            let left: Vec<_> = lock(&self.instances).values().cloned().collect();
            for instance in left {
                let gone = Event::Gone { id: instance.sandbox };
                (self.listener)(Some(&instance), Happening::Sandbox(gone));
            }
            return;
        };
        let Some(event) = Event::decode(&buffer[..length]) else {
            return tracing::error!(length, "packet of the fork server not understood");
        };
        let instance = lock(&self.instances).get(&event.sandbox()).cloned();
        if let Some(instance) = &instance
            && matches!(event, Event::Exited { .. })
        {
            self.drain(instance);
        }
        (self.listener)(instance.as_ref(), Happening::Sandbox(event));
    }

    /// Nothing is heard from a source any more.
    pub(super) fn forget(&self, token: u64) {
        lock(&self.sources).remove(&token);
    }

    /// Has the thread look at a time whether the runtime still waits; once per sandbox, so that
    /// many invocations in a row wake nobody.
    pub(super) fn plan_freeze(&self, state: &mut Dialogue, instance: &Arc<Instance>, due: Instant) {
        if !std::mem::replace(&mut state.freeze_planned, true) {
            let mut freezes = lock(&self.freezes);
            let at = freezes.partition_point(|(other, _)| *other <= due);
            freezes.insert(at, (due, Arc::downgrade(instance)));
        }
    }
}

impl RuntimeApi {
    /// Looks at something again in a while.
    pub(super) fn rest(&self, what: Resting, instance: &Arc<Instance>, token: u64) {
        self.resting.begin(what, instance, token);
    }

    /// Does not look at a connection for a while whose sandbox has said too much; one that has yet to take
    /// what it was sent is looked at.
    pub(super) fn rest_from(&self, state: &mut Dialogue, instance: &Arc<Instance>, token: u64) {
        if !state.talk.is_too_much() {
            return;
        }
        let Some(connection) = state.connections.get_mut(&token) else { return };
        if attend::here(self).is_some() {
            // Whoever attends has better things to do; the API's own thread hears the rest.
            connection.move_to(Arc::clone(&self.poll), token);
        } else if connection.unsent.is_empty() && Arc::ptr_eq(&connection.poll, &self.poll) {
            self.poll.remove(connection.socket.as_raw_fd());
            connection.rests = true;
            self.rest(Resting::Connection, instance, token);
        }
    }

    /// Does not look at a listener for a while whose sandbox connects all the time.
    pub(super) fn rest_from_listener(&self, instance: &Arc<Instance>, token: u64) {
        if instance.dialogue().talk.is_too_much() {
            self.poll.remove(instance.listener.as_raw_fd());
            self.rest(Resting::Listener, instance, token);
        }
    }

    /// Looks again at what rests, and at pipes where there is room for what they hold by now.
    pub(super) fn look_again(&self) {
        if !self.resting.is_over(Instant::now()) {
            return;
        }
        let resting = std::mem::take(&mut *self.resting.resting());
        for (what, token, instance) in resting {
            let Some(known) = instance.upgrade().filter(|known| !known.dialogue().removed) else {
                continue;
            };
            let is_heard = match what {
                // Told at once, where there is something to read.
                Resting::Pipe(stream) => {
                    self.output.prints_on(&known)
                        && self.poll.add(known.pipe(stream).as_raw_fd(), token).is_ok()
                }
                Resting::Listener => {
                    self.accept_again(token, &instance);
                    true
                }
                Resting::Connection => {
                    let mut state = known.dialogue();
                    let connection = state.connections.get_mut(&token);
                    connection.is_none_or(|connection| connection.listen(token))
                }
            };
            if !is_heard {
                self.resting.resting().push((what, token, instance));
            }
        }
    }
}

#[cfg(test)]
mod tests;
