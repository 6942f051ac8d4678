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
    /// Sandboxes whose limit of memory is to follow what their `/tmp` holds.
    followed: Mutex<Sender<Weak<Instance>>>,
    pub(super) listener: Listener,
    pub(super) output: Output,
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
        let (followed, queue) = channel::<Weak<Instance>>();
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
        });
        thread::spawn("memory-limits", move || {
            for instance in queue {
                if let Some(instance) = instance.upgrade()
                    && let Err(error) = instance.follow_tmp()
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
        self.follow(instance);
        Ok(())
    }

    /// Has the limit of memory follow what its `/tmp` holds, on a thread that may wait.
    fn follow(&self, instance: &Arc<Instance>) {
        if instance.group.marks_passed.is_some() {
            let sent = lock(&self.followed).send(Arc::downgrade(instance));
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
        if let Some(connection) = state.connections.get_mut(&token)
            && let Some(poll) = attend::here(self)
        {
            connection.move_to(poll, token);
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
            true => connection.poll.want_write(fd, token, true),
            false => Ok(()),
        });
        if outcome.is_err() {
            self.disconnect(state, token);
        }
    }

    /// Sends what is held for a connection, unless it waits for an event: with that it is sent.
    pub(super) fn settle(&self, instance: &Instance, token: u64) {
        let mut state = instance.dialogue();
        let is_waiting = state.waiting == Some(token);
        let Some(connection) = state.connections.get(&token) else { return };
        let waits_too = is_waiting && !connection.asked_on && connection.held.len() <= MAX_HELD;
        if !connection.held.is_empty() && !waits_too {
            self.send(&mut state, token, String::new(), Bytes::new());
        }
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
        if let Some(patience) = self.output.patience() {
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
        self.read_again();
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
            Ok(_) => self.follow(instance),
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
        loop {
            let socket = match poll::accept(instance.listener.as_raw_fd()) {
                Ok(Some(socket)) => socket,
                Ok(None) => return,
                Err(error) => return self.not_accepted(instance, listener, &error),
            };
            let mut state = instance.dialogue();
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
            };
            state.connections.insert(token, connection);
        }
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

    fn accept_again(&self, listener: u64, instance: &Weak<Instance>) {
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::process::{Child, Command};

    use engine::id::EnvironmentId;

    use super::*;
    use crate::cgroup::{Cgroups, Scratch};
    use crate::sandbox::Built;

    /// A sandbox that is a process outside of any, and what its runtime would connect to.
    fn instance(cgroups: &Cgroups, number: u64, listener: OwnedFd) -> (Arc<Instance>, Child) {
        let process = Command::new("sleep").arg("60").spawn().unwrap();
        let pidfd = sys::open_process(process.id() as i32).unwrap();
        let (group, built) = (cgroups.create(&number.to_string(), 128), Built { pidfd, listener });
        let [(stdout, _), (stderr, _)] = [0, 1].map(|_| sys::pipe(0).unwrap());
        let made = Instance::new(number, group.unwrap(), built, stdout, stderr);
        (Arc::new(made.unwrap()), process)
    }

    /// What the listener of the next test needs; given to it once they are there.
    struct Racing {
        api: Arc<RuntimeApi>,
        instance: Arc<Instance>,
        /// Ends the report that the runtime is ready.
        go_on: Sender<()>,
        at: std::net::SocketAddr,
        attending: std::thread::ThreadId,
    }

    #[test]
    fn two_threads_that_read_a_connection_answer_it_in_order() {
        const PING: &[u8] = b"GET /2018-06-01/ping HTTP/1.1\r\nConnection: close\r\n\r\n";
        const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n";
        let racing: Arc<std::sync::OnceLock<Racing>> = Arc::default();
        let (is_ready, ready) = channel();
        let (go_on, may_go_on) = channel();
        let (known, may_go_on) = (Arc::clone(&racing), Mutex::new(may_go_on));
        let listener = move |_: Option<&Arc<Instance>>, happening| match happening {
            Happening::Ready => {
                is_ready.send(()).unwrap();
                lock(&may_go_on).recv().unwrap();
            }
            Happening::Answered { .. } => {
                let racing = known.get().unwrap();
                if std::thread::current().id() == racing.attending {
                    racing.go_on.send(()).unwrap();
                    // The API's thread answers this once it is through with the other connection.
                    let mut other = TcpStream::connect(racing.at).unwrap();
                    other.write_all(PING).unwrap();
                    other.read_to_end(&mut Vec::new()).unwrap();
                }
                racing.api.deliver(&racing.instance, invocation(2)).unwrap();
            }
            _ => {}
        };
        let cgroups = Scratch::new("order");
        let api = RuntimeApi::start(Duration::from_secs(60), Box::new(listener)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let at = listener.local_addr().unwrap();
        let (instance, mut process) = instance(&cgroups, 1, listener.into());
        instance.assign(engine::id::EnvironmentId(1));
        api.serve(&instance).unwrap();
        let set = racing.set(Racing {
            api: Arc::clone(&api),
            instance: Arc::clone(&instance),
            go_on: go_on.clone(),
            at,
            attending: std::thread::current().id(),
        });
        assert!(set.is_ok());
        let mut runtime = TcpStream::connect(at).unwrap();
        runtime.write_all(NEXT.as_bytes()).unwrap();
        ready.recv().unwrap();
        let mut attendant = api.attend().unwrap();
        api.deliver(&instance, invocation(1)).unwrap();
        assert_ne!(runtime.read(&mut [0; 4096]).unwrap(), 0);
        let path = format!("/2018-06-01/runtime/invocation/{}/response", RequestId(1));
        let answer = format!("POST {path} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}{NEXT}");
        runtime.write_all(answer.as_bytes()).unwrap();
        turn_until_told(&mut attendant);
        go_on.send(()).unwrap();
        attendant.turn().unwrap();
        let mut status = [0; 12];
        runtime.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 202", "the response is accepted before the next event");
        process.kill().unwrap();
        process.wait().unwrap();
        api.remove(&instance);
        cgroups.clean();
    }

    #[test]
    fn a_listener_that_breaks_costs_its_own_sandbox_alone() {
        let cgroups = Scratch::new("api");
        let api = RuntimeApi::start(Duration::from_secs(1), Box::new(|_, _| {})).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let at = listener.local_addr().unwrap();
        let (whole, mut of_whole) = instance(&cgroups, 1, listener.into());
        api.serve(&whole).unwrap();
        // Ready to be read from, and nothing that accepts.
        let (broken, end) = sys::pipe(0).unwrap();
        std::fs::File::from(end).write_all(b"x").unwrap();
        let (broken, mut of_broken) = instance(&cgroups, 2, broken);
        api.serve(&broken).unwrap();
        assert!(!of_broken.wait().unwrap().success(), "it was killed");
        let mut connection = TcpStream::connect(at).unwrap();
        connection.write_all(b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = [0; 15];
        connection.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
        assert!(of_whole.try_wait().unwrap().is_none(), "it runs on");
        of_whole.kill().unwrap();
        of_whole.wait().unwrap();
        [whole, broken].iter().for_each(|each| api.remove(each));
        cgroups.clean();
    }

    #[test]
    fn only_an_end_of_the_fork_server_that_is_not_wanted_is_told() {
        let cgroups = Scratch::new("end");
        let (told, happenings) = channel();
        let listener = Box::new(move |_: Option<&Arc<Instance>>, happening| {
            told.send(happening).unwrap();
        });
        let api = RuntimeApi::start(Duration::from_secs(1), listener).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let mut connection = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (served, mut process) = instance(&cgroups, 1, listener.into());
        api.serve(&served).unwrap();
        let (events, fork_server) = sys::packet_pair().unwrap();
        api.watch(events).unwrap();
        api.unwatch();
        drop(fork_server);
        // What the API hears is heard in turn: an end that it watches would be told by then.
        connection.write_all(b"GET /2018-06-01/ping HTTP/1.1\r\n\r\n").unwrap();
        connection.read_exact(&mut [0; 15]).unwrap();
        assert!(happenings.try_recv().is_err(), "nothing is told");
        let (events, fork_server) = sys::packet_pair().unwrap();
        api.watch(events).unwrap();
        drop(fork_server);
        let happening = happenings.recv().unwrap();
        assert!(matches!(happening, Happening::Sandbox(Event::Gone { id: 1 })), "{happening:?}");
        process.kill().unwrap();
        process.wait().unwrap();
        api.remove(&served);
        cgroups.clean();
    }

    const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n";

    fn answer(request: RequestId) -> String {
        let path = format!("/2018-06-01/runtime/invocation/{request}/response");
        format!("POST {path} HTTP/1.1\r\nContent-Length: 1\r\n\r\n1")
    }

    fn invocation(number: u128) -> Invocation {
        Invocation {
            request: RequestId(number),
            deadline: 0,
            arn: "arn".into(),
            is_latest: false,
            client_context: None,
            trace: None,
            payload: Bytes::from_static(b"{}"),
        }
    }

    /// Takes turns until something was told.
    fn turn_until_told(attendant: &mut Attendant) {
        let before = attendant.heard;
        while attendant.heard == before {
            attendant.turn().unwrap();
        }
    }

    /// Reads what there is, up to this end.
    fn read_until(connection: &mut TcpStream, end: &str) -> String {
        let mut read = Vec::new();
        while !read.ends_with(end.as_bytes()) {
            let mut byte = [0];
            connection.read_exact(&mut byte).unwrap();
            read.extend(byte);
        }
        String::from_utf8(read).unwrap()
    }

    #[test]
    fn only_a_runtime_that_pipelines_is_told_later_that_its_answer_arrived() {
        let cgroups = Scratch::new("late");
        let (told, happenings) = channel();
        let listener = Box::new(move |_: Option<&Arc<Instance>>, happening| {
            told.send(happening).unwrap();
        });
        let api = RuntimeApi::start(Duration::from_secs(60), listener).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let mut runtime = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        runtime.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let (served, mut process) = instance(&cgroups, 1, listener.into());
        served.assign(EnvironmentId(1));
        api.serve(&served).unwrap();
        let mut attendant = api.attend().unwrap();
        let turn_until_answered = |attendant: &mut Attendant| {
            loop {
                if let Ok(Happening::Answered { asks, .. }) = happenings.try_recv() {
                    return asks;
                }
                attendant.turn().unwrap();
            }
        };
        let nothing_came = |runtime: &TcpStream| {
            runtime.set_nonblocking(true).unwrap();
            let error = runtime.peek(&mut [0]).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
            runtime.set_nonblocking(false).unwrap();
        };

        // One that does not: in the same turn.
        runtime.write_all(NEXT.as_bytes()).unwrap();
        assert!(matches!(happenings.recv().unwrap(), Happening::Ready));
        api.deliver(&served, invocation(1)).unwrap();
        read_until(&mut runtime, "\r\n\r\n{}");
        runtime.write_all(answer(RequestId(1)).as_bytes()).unwrap();
        assert!(!turn_until_answered(&mut attendant));
        let accepted = read_until(&mut runtime, "\"OK\"}\n");
        assert!(accepted.starts_with("HTTP/1.1 202"), "{accepted}");

        // One that asks for its next event in the same breath: with that event.
        runtime.write_all(NEXT.as_bytes()).unwrap();
        turn_until_told(&mut attendant);
        let asked = happenings.try_recv();
        assert!(matches!(asked, Ok(Happening::Asked { request: RequestId(1), .. })), "{asked:?}");
        api.deliver(&served, invocation(2)).unwrap();
        read_until(&mut runtime, "\r\n\r\n{}");
        runtime.write_all((answer(RequestId(2)) + NEXT).as_bytes()).unwrap();
        assert!(turn_until_answered(&mut attendant), "it asks as it answers");
        nothing_came(&runtime);
        api.deliver(&served, invocation(3)).unwrap();
        let both = read_until(&mut runtime, "\r\n\r\n{}");
        assert!(both.starts_with("HTTP/1.1 202") && both.contains("HTTP/1.1 200"), "{both}");

        // Once it has, its next event may be on its way: in the next turn.
        runtime.write_all(answer(RequestId(3)).as_bytes()).unwrap();
        assert!(!turn_until_answered(&mut attendant));
        nothing_came(&runtime);
        attendant.turn().unwrap();
        let accepted = read_until(&mut runtime, "\"OK\"}\n");
        assert!(accepted.starts_with("HTTP/1.1 202"), "{accepted}");

        process.kill().unwrap();
        process.wait().unwrap();
        api.remove(&served);
        cgroups.clean();
    }
}
