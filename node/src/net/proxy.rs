//! Ports at addresses of resources that lead to ports of the host: who connects there is carried on.

use std::io;
use std::net::{Shutdown, SocketAddr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::namespace;
use crate::sandbox::sys::wait_readable;
use crate::{descriptors, thread};

/// How long it is waited until it is looked again whether there is room.
const PAUSE: Duration = Duration::from_millis(250);
/// How long after a connection that broke before it was accepted.
const SHORT_PAUSE: Duration = Duration::from_millis(5);
/// How long is waited for a connection at once; whoever ends it ends the waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);
/// How often it is told at most that connections wait.
const TELLING: Duration = Duration::from_secs(60);

/// The connections that all ports carry at present.
static CARRIED: AtomicUsize = AtomicUsize::new(0);
/// When it was told last that there are as many as there may be, that one was not to be had, and that nobody
/// listens on the host.
static TOLD_FULL: Mutex<Option<Instant>> = Mutex::new(None);
static TOLD_CLOSED: Mutex<Option<Instant>> = Mutex::new(None);
static TOLD_SHORT: Mutex<Option<Instant>> = Mutex::new(None);

/// A port in a namespace that leads to one of the host.
#[derive(Debug)]
pub(super) struct Proxy(Arc<Way>);

/// Both ends of a connection: within and on the host.
type Ends = (TcpStream, TcpStream);

/// From where to where, with what is carried there.
#[derive(Debug)]
struct Way {
    at: SocketAddr,
    target: SocketAddrV4,
    listener: TcpListener,
    is_ended: AtomicBool,
    carried: Mutex<Vec<Weak<Ends>>>,
}

/// One of the connections that are carried, until it is dropped.
struct Carried;

impl Carried {
    fn new() -> Carried {
        CARRIED.fetch_add(1, Ordering::Relaxed);
        Carried
    }
}

impl Drop for Carried {
    fn drop(&mut self) {
        CARRIED.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Proxy {
    pub(super) fn start(
        namespace: &OwnedFd,
        at: SocketAddr,
        target: SocketAddrV4,
    ) -> io::Result<Proxy> {
        let listener = namespace::enter(namespace, || TcpListener::bind(at))?;
        // Who waits within accept has a descriptor of the process meanwhile.
        listener.set_nonblocking(true)?;
        let (is_ended, carried) = (AtomicBool::new(false), Mutex::default());
        let way = Arc::new(Way { at, target, listener, is_ended, carried });
        let accepting = Arc::clone(&way);
        let most = descriptors::connections()?;
        thread::spawn("node-proxy", move || accepting.accept(most))?;
        Ok(Proxy(way))
    }

    /// The address where it is.
    pub(super) fn at(&self) -> SocketAddr {
        self.0.at
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.0.is_ended.store(true, Ordering::Relaxed);
        // SAFETY: the descriptor is the listener's own, and no memory is passed.
        // JUSTIFICATION: std does not shut listeners down, which is what ends a waiting accept.
        unsafe { libc::shutdown(self.0.listener.as_raw_fd(), libc::SHUT_RDWR) };
        // What it carries has no address any more: nobody would ever hear of its end.
        for ends in lock(&self.0.carried).drain(..).filter_map(|ends| ends.upgrade()) {
            // Who has ended already is ended.
            let _ = ends.0.shutdown(Shutdown::Both);
            let _ = ends.1.shutdown(Shutdown::Both);
        }
    }
}

impl Way {
    /// Accepts until the end; `most` connections of all ports are carried at a time, and further ones
    /// wait until one ends.
    fn accept(self: &Arc<Way>, most: usize) {
        while !self.is_ended.load(Ordering::Relaxed) {
            if CARRIED.load(Ordering::Relaxed) >= most {
                if is_to_be_told(&TOLD_FULL) {
                    tracing::warn!(most, "there are as many connections to ports as there may be");
                }
                std::thread::sleep(PAUSE);
                continue;
            }
            match self.next() {
                Ok(None) => {}
                Ok(Some(stream)) => self.relay(stream),
                // A connection that broke before it was accepted is not the end; a listener that was
                // shut down is.
                Err(error) if error.raw_os_error() == Some(libc::EINVAL) => return,
                Err(error) => {
                    if is_to_be_told(&TOLD_SHORT) {
                        let (at, target) = (self.at, self.target);
                        tracing::warn!(%at, %target, %error, "connections are not accepted");
                    }
                    let waits = descriptors::is_shortage(&error);
                    std::thread::sleep(if waits { PAUSE } else { SHORT_PAUSE });
                }
            }
        }
    }

    /// Waits for a connection, not for ever.
    fn next(&self) -> io::Result<Option<TcpStream>> {
        if !wait_readable(self.listener.as_raw_fd(), LONGEST_WAIT)? {
            return Ok(None);
        }
        match self.listener.accept() {
            Ok((stream, _)) => Ok(Some(stream)),
            // It broke before it was accepted.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Carries a connection to the host, on threads of its own.
    fn relay(self: &Arc<Way>, inside: TcpStream) {
        let (way, held) = (Arc::clone(self), Carried::new());
        let carried = thread::spawn("node-proxy", move || {
            let target = way.target;
            let outside = match TcpStream::connect(target) {
                Ok(outside) => outside,
                Err(error) => {
                    if is_to_be_told(&TOLD_CLOSED) {
                        tracing::info!(%target, %error, "exposed port not reached");
                    }
                    return;
                }
            };
            for end in [&inside, &outside] {
                if let Err(error) = end.set_nodelay(true) {
                    tracing::debug!(%target, %error, "connection without TCP_NODELAY");
                }
            }
            let ends = Arc::new((inside, outside));
            if !way.keeps(&ends) {
                return;
            }
            drop(way);
            std::thread::scope(|scope| {
                scope.spawn(|| carry(&ends.0, &ends.1));
                carry(&ends.1, &ends.0);
            });
            drop(held);
        });
        // Without a thread the connection is closed, as a host that is out of them would do.
        if let Err(error) = carried
            && is_to_be_told(&TOLD_SHORT)
        {
            tracing::warn!(target = %self.target, %error, "connection not carried");
        }
    }

    /// Has a connection end with this, unless this has ended.
    fn keeps(&self, ends: &Arc<Ends>) -> bool {
        let mut carried = lock(&self.carried);
        carried.retain(|ends| ends.strong_count() > 0);
        carried.push(Arc::downgrade(ends));
        // Whoever ends it looks through them after it has said so.
        !self.is_ended.load(Ordering::Relaxed)
    }
}

/// Whether it is long enough since something was told last.
fn is_to_be_told(last: &Mutex<Option<Instant>>) -> bool {
    let mut told = lock(last);
    let is_due = told.is_none_or(|at| at.elapsed() >= TELLING);
    if is_due {
        *told = Some(Instant::now());
    }
    is_due
}

/// Copies until either end is done. That an end breaks off is the peers' own matter: each sees it.
fn carry(mut from: &TcpStream, mut to: &TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

/// What is in there is whole at any time.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
