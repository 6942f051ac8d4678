//! One sandbox as the Runtime API sees it: its connections, what it waits for, what it works on.

use std::collections::HashMap;
use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use bytes::{Buf, Bytes};
use engine::id::{EnvironmentId, RequestId};

use super::entries::Printed;
use super::http::Parser;
use super::invocation::Invocation;
use super::poll::{self, Poll};
use super::talk::{REST, Talk};
use crate::cgroup::Group;
use crate::sandbox::Built;
use crate::sandbox::sys::check;

/// Parts of answers kept for a runtime that asks and does not read.
const MAX_UNSENT: usize = 16;

/// Which of its streams a line was printed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Its standard output.
    Output = 0,
    /// Its standard error.
    Error = 1,
}

/// One sandbox that speaks the Runtime API.
#[derive(Debug)]
pub struct Instance {
    /// Its number, as in the fork server's events.
    pub sandbox: u64,
    /// The cgroup of all its processes.
    pub group: Arc<Group>,
    /// Its first process, whose end is the end of all.
    pub pidfd: OwnedFd,
    pub(super) listener: OwnedFd,
    pub(super) stdout: OwnedFd,
    pub(super) stderr: OwnedFd,
    dialogue: Mutex<Dialogue>,
    /// What was printed and is not a whole entry yet, per stream.
    printed: Mutex<[Printed; 2]>,
    /// When each stream was read last since it had something to read.
    read: Mutex<[Option<Instant>; 2]>,
}

/// Where the runtime is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Started; entered at the sandbox's making.
    Init,
    /// It reported that it cannot start; entered from `Init`.
    InitError,
    /// It has asked for an event; entered from `Init` and `Answered`.
    Ready,
    /// It works on an event; entered from `Ready`.
    Running,
    /// It has answered; entered from `Running`.
    Answered,
}

impl Phase {
    /// The name that AWS's state machine has for it, as error messages show it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Phase::Init => "Started",
            Phase::InitError => "InitError",
            Phase::Ready => "Ready",
            Phase::Running => "Running",
            Phase::Answered => "RuntimeResponseSentState",
        }
    }
}

/// How far the exchange with the runtime is.
#[derive(Debug)]
pub(super) struct Dialogue {
    /// The environment it serves, once it has been assigned to one.
    pub(super) environment: Option<EnvironmentId>,
    pub(super) phase: Phase,
    pub(super) connections: HashMap<u64, Connection>,
    /// The connection that waits for an event.
    pub(super) waiting: Option<u64>,
    /// An event that came before the runtime asked for it.
    pub(super) pending: Option<Invocation>,
    /// The invocation it works on, and when that was handed out.
    pub(super) current: Option<(Invocation, Instant)>,
    /// The invocation that it has answered and not asked on after, and when that was handed out.
    pub(super) answered: Option<(RequestId, Instant)>,
    /// Whether its answer has yet to be told.
    pub(super) is_untold: bool,
    /// When the runtime asked last for its next event.
    pub(super) waiting_since: Instant,
    /// Whether the API's thread is going to look whether it still waits.
    pub(super) freeze_planned: bool,
    pub(super) frozen: bool,
    pub(super) removed: bool,
    /// Tokens of listener and streams.
    pub(super) tokens: Vec<u64>,
    pub(super) talk: Talk,
}

impl Dialogue {
    /// Keeps an answer until all that was read has been looked at.
    pub(super) fn hold(&mut self, token: u64, reply: &str) {
        let is_waiting = self.waiting == Some(token);
        if let Some(connection) = self.connections.get_mut(&token) {
            connection.held.push_str(reply);
            connection.asked_on |= is_waiting;
        }
    }
}

/// One connection of the runtime.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) socket: OwnedFd,
    /// Where it is told that there is something to read.
    pub(super) poll: Arc<Poll>,
    pub(super) parser: Parser,
    /// Answers that wait for what follows them.
    pub(super) held: String,
    /// Whether one of them answers what was asked after the next event.
    pub(super) asked_on: bool,
    /// Whether the runtime has asked for an event before it was told that its answer arrived.
    pub(super) pipelines: bool,
    /// What could not be written at once.
    pub(super) unsent: Vec<Bytes>,
    pub(super) close: bool,
    /// Whether a thread is answering what was read; another one that reads leaves it that too, so
    /// that answers keep the order of their requests.
    pub(super) is_answered: bool,
    /// Whether nothing is told of it for a while.
    pub(super) rests: bool,
}

impl Connection {
    /// Has another event queue tell what there is to read.
    pub(super) fn move_to(&mut self, poll: Arc<Poll>, token: u64) {
        let fd = self.socket.as_raw_fd();
        // Where that cannot be, the queue that it is in goes on telling.
        if !Arc::ptr_eq(&self.poll, &poll) && poll.add(fd, token).is_ok() {
            self.poll.remove(fd);
            self.poll = poll;
            self.rests = false;
        }
    }

    /// Is told of again, where it rests; returns whether it is.
    pub(super) fn listen(&mut self, token: u64) -> bool {
        if self.rests && self.poll.add(self.socket.as_raw_fd(), token).is_ok() {
            self.rests = false;
        }
        !self.rests
    }

    /// Sends as far as the socket takes it; returns whether some is left.
    pub(super) fn send(&mut self, head: Bytes, body: Bytes) -> io::Result<bool> {
        if self.unsent.len() >= MAX_UNSENT {
            return Err(io::Error::from(io::ErrorKind::QuotaExceeded));
        }
        if !self.unsent.is_empty() {
            self.unsent.extend([head, body]);
            return Ok(true);
        }
        let total = head.len() + body.len();
        let sent = poll::write(self.socket.as_raw_fd(), [&head, &body])?;
        if sent < total {
            let (mut head, mut body) = (head, body);
            let of_head = sent.min(head.len());
            head.advance(of_head);
            body.advance(sent - of_head);
            self.unsent.extend([head, body]);
        }
        Ok(sent < total)
    }

    /// Sends what is left; returns whether some still is.
    pub(super) fn flush(&mut self) -> io::Result<bool> {
        while let Some(mut part) = self.unsent.first().cloned() {
            let sent = poll::write(self.socket.as_raw_fd(), [&part, &[]])?;
            part.advance(sent);
            if part.is_empty() {
                self.unsent.remove(0);
            } else {
                self.unsent[0] = part;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Instance {
    pub(crate) fn new(
        sandbox: u64,
        group: Arc<Group>,
        built: Built,
        stdout: OwnedFd,
        stderr: OwnedFd,
    ) -> io::Result<Instance> {
        poll::set_nonblocking(stdout.as_raw_fd())?;
        poll::set_nonblocking(stderr.as_raw_fd())?;
        let dialogue = Mutex::new(Dialogue {
            environment: None,
            phase: Phase::Init,
            connections: HashMap::new(),
            waiting: None,
            pending: None,
            current: None,
            answered: None,
            is_untold: false,
            waiting_since: Instant::now(),
            freeze_planned: false,
            frozen: false,
            removed: false,
            tokens: Vec::new(),
            talk: Talk::default(),
        });
        let Built { pidfd, listener } = built;
        let (printed, read) = (Mutex::default(), Mutex::default());
        Ok(Instance { sandbox, group, pidfd, listener, stdout, stderr, dialogue, printed, read })
    }

    pub(super) fn dialogue(&self) -> MutexGuard<'_, Dialogue> {
        self.dialogue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the runtime does not wait on this connection for its answers, and has yet to ask for
    /// its next event.
    pub(super) fn is_to_ask(&self, token: u64) -> bool {
        let state = self.dialogue();
        let connection = state.connections.get(&token);
        connection.is_some_and(|it| it.pipelines) && state.waiting != Some(token)
    }

    /// Lets the limit of memory follow what `/tmp` holds, and sets the marks at which to look
    /// again; takes tens of milliseconds. Of one that `begins` the first mark is set, and the others
    /// when that is passed: of most it never is, and many that begin at once wait for one another.
    pub(super) fn follow_tmp(&self, begins: bool) -> io::Result<()> {
        let Some(marking) = self.group.marking()? else { return Ok(()) };
        if begins {
            marking.set_one()?;
            if !marking.is_beyond()? {
                return Ok(());
            }
        }
        let info =
            std::fs::read_to_string(format!("/proc/self/fdinfo/{}", self.pidfd.as_raw_fd()))?;
        let pid = info.lines().find_map(|line| line.strip_prefix("Pid:"));
        let pid = pid.and_then(|pid| pid.trim().parse::<i32>().ok()).filter(|&pid| pid > 0);
        let Some(pid) = pid else { return Ok(()) };
        let path = CString::new(format!("/proc/{pid}/root/tmp")).map_err(io::Error::other)?;
        while !self.dialogue().removed {
            // SAFETY: a zeroed statfs is valid.
            // JUSTIFICATION: plain data of libc.
            let mut stat: libc::statfs = unsafe { std::mem::zeroed() };
            // SAFETY: a C string, and room for the answer.
            // JUSTIFICATION: std does not tell how full a file system is.
            check(unsafe { libc::statfs(path.as_ptr(), &raw mut stat) })?;
            let used = stat.f_blocks.saturating_sub(stat.f_bfree) * stat.f_bsize as u64;
            let changed = self.group.allow(used)?;
            if !marking.set_one()? && !changed {
                break;
            }
        }
        Ok(())
    }

    /// The environment it serves, once it has been assigned to one.
    pub fn environment(&self) -> Option<EnvironmentId> {
        self.dialogue().environment
    }

    /// Makes it serve an environment; returns whether the runtime has asked for an event already.
    pub fn assign(&self, environment: EnvironmentId) -> bool {
        let mut state = self.dialogue();
        state.environment = Some(environment);
        state.phase == Phase::Ready
    }

    /// Whether its main process is stopped by the freezer.
    pub fn is_frozen(&self) -> bool {
        self.dialogue().frozen
    }

    /// Whether a runtime client has connected, as it does when it is loaded.
    pub fn has_connected(&self) -> bool {
        !self.dialogue().connections.is_empty()
    }

    /// Has its address be free for another, whoever still holds the socket.
    pub(super) fn end_listening(&self) {
        // SAFETY: integers only.
        // JUSTIFICATION: std would need to own the descriptor. It fails only where it was done before.
        unsafe { libc::shutdown(self.listener.as_raw_fd(), libc::SHUT_RDWR) };
    }

    /// Where a stream comes from.
    pub(super) fn pipe(&self, stream: Stream) -> &OwnedFd {
        match stream {
            Stream::Output => &self.stdout,
            Stream::Error => &self.stderr,
        }
    }

    /// Whether something was printed that is not a whole entry yet; waits for whoever hands on what
    /// is one.
    pub(super) fn has_part(&self, stream: Stream) -> bool {
        let streams = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        !streams[stream as usize].is_empty()
    }

    /// Whether a stream that has something to read was read a moment ago; else it is from now on.
    pub(super) fn is_read_again(&self, stream: Stream, now: Instant) -> bool {
        let mut streams = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let read = &mut streams[stream as usize];
        let is_early = read.is_some_and(|read| now < read + REST);
        if !is_early {
            *read = Some(now);
        }
        is_early
    }

    /// Reads what has been printed, and hands on the whole entries, with `all` also what follows
    /// them; returns whether the stream has ended. Who else reads waits until they are handed on, so
    /// that entries keep their order, also towards the end of their invocation.
    pub(super) fn read_output(
        &self,
        stream: Stream,
        all: bool,
        hand_on: impl FnOnce(Vec<Vec<u8>>),
    ) -> bool {
        let fd = self.pipe(stream);
        let mut streams = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        let printed = &mut streams[stream as usize];
        let mut ended = false;
        // Bounded, so that one that prints without end does not stop the others; all that a pipe
        // can hold is read where all is wanted.
        for _ in 0..if all { 17 } else { 4 } {
            match poll::read_to(fd.as_raw_fd(), |bytes| printed.push(bytes)) {
                Ok(Some(0)) | Err(_) => {
                    ended = true;
                    break;
                }
                Ok(Some(_)) => {}
                Ok(None) => break,
            }
        }
        let entries = printed.entries(all || ended);
        if !entries.is_empty() {
            hand_on(entries);
        }
        ended
    }
}
