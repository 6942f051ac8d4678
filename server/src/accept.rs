//! Connections: as many are accepted as there may be, and given to the fronts.

use std::collections::HashMap;
use std::fs::File;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

use crate::door::{Door, Senders};
use crate::front::{Arriving, Fronts};
use crate::http::{Answering, told};
use crate::tls::Tls;

/// How often it is looked whether there is room again.
const LOOK: Duration = Duration::from_millis(100);
/// The most connections of one environment: a pool of an SDK has ten or fifty.
const OF_ENVIRONMENT: usize = 64;
/// The part of all connections that one address of a gateway may have.
const SHARE_OF_GATEWAY: usize = 4;
/// What a listener says once it was ended, and without descriptors of the process or the machine
/// (`errno.h`).
const EINVAL: i32 = 22;
const SHORTAGES: [i32; 2] = [24, 23];
/// Descriptors that are kept for whoever reaches the server when all others are taken.
const SPARE: usize = 8;
/// How often it is told at most that descriptors are short.
const TELLING: Duration = Duration::from_secs(60);
/// How long it is waited after a connection that ended in the queue.
const SHORT_PAUSE: Duration = Duration::from_millis(10);

/// Where connections come from.
pub struct Listening {
    /// From whoever reaches the server.
    pub public: TcpListener,
    /// From functions: the listeners that the node hands over once it has made them.
    pub functions: mpsc::UnboundedReceiver<Heard>,
    /// How what comes from them is encrypted, where it is.
    pub tls: Option<Tls>,
}

/// A listener of the node's.
#[derive(Debug)]
pub struct Heard {
    /// The socket.
    pub listener: std::net::TcpListener,
    /// What it is for.
    pub door: Door,
}

/// The listeners of one kind of connections.
#[derive(Default)]
pub(crate) struct Doors {
    all: Vec<(TcpListener, Arc<Door>)>,
    /// Which is asked first: not always the same.
    first: usize,
}

impl Doors {
    /// One, of everybody's.
    pub(crate) fn public(listener: TcpListener) -> Doors {
        Doors { all: vec![(listener, Arc::new(Door::Public))], first: 0 }
    }

    fn add(&mut self, Heard { listener, door }: Heard) {
        match joined(listener) {
            Ok(listener) => self.all.push((listener, Arc::new(door))),
            Err(error) => tracing::error!(?door, %error, "functions cannot ask the AWS API"),
        }
    }

    /// The next connection; none is lost where it is not waited for.
    async fn next(&mut self) -> io::Result<(TcpStream, SocketAddr, Arc<Door>)> {
        poll_fn(|cx| {
            let mut asked = 0;
            while asked < self.all.len() {
                self.first = (self.first + 1) % self.all.len();
                let (listener, door) = &self.all[self.first];
                match listener.poll_accept(cx) {
                    Poll::Ready(Ok((stream, peer))) => {
                        return Poll::Ready(Ok((stream, peer, Arc::clone(door))));
                    }
                    // The node has ended it.
                    Poll::Ready(Err(error)) if error.raw_os_error() == Some(EINVAL) => {
                        self.all.swap_remove(self.first);
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => asked += 1,
                }
            }
            Poll::Pending
        })
        .await
    }
}

/// Descriptors that nobody else has meanwhile.
struct Spare {
    kept: Vec<File>,
    most: usize,
    told: Option<Instant>,
}

impl Spare {
    fn of(most: usize) -> Spare {
        Spare { kept: Vec::with_capacity(most), most, told: None }
    }

    /// Has as many as there are to be, and says whether they were to be had.
    fn fill(&mut self) -> bool {
        while self.kept.len() < self.most {
            match File::open("/dev/null") {
                Ok(file) => self.kept.push(file),
                Err(_) => return false,
            }
        }
        true
    }

    /// A connection is not accepted for want of a descriptor: whether there is one now.
    fn give(&mut self, error: &io::Error) -> bool {
        if !is_shortage(error) {
            return false;
        }
        if self.told.is_none_or(|at| at.elapsed() >= TELLING) {
            self.told = Some(Instant::now());
            tracing::warn!(%error, hint = "ulimit -n", "connections of clients wait");
        }
        self.kept.pop().is_some()
    }
}

fn is_shortage(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| SHORTAGES.contains(&code))
}

/// Connections of one kind.
pub(crate) struct Accepting {
    answering: Arc<Answering>,
    limit: usize,
    open: Arc<Open>,
}

/// An address, and in which network that is.
type Sender = (Senders, IpAddr);

/// How many connections there are, and of each sender where that is bounded.
#[derive(Debug, Default)]
struct Open(Mutex<(usize, HashMap<Sender, usize>)>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    open: Arc<Open>,
    sender: Option<Sender>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut open = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *open;
        *all -= 1;
        let Some(sender) = self.sender else { return };
        if let Some(count) = each.get_mut(&sender) {
            *count -= 1;
            if *count == 0 {
                each.remove(&sender);
            }
        }
    }
}

impl Open {
    fn all(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// One more, if a sender that is bounded has not too many.
    fn hold(self: &Arc<Open>, sender: Option<Sender>, most: usize) -> Option<Held> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *open;
        if let Some(sender) = sender {
            let count = each.entry(sender).or_default();
            if *count >= most {
                return None;
            }
            *count += 1;
        }
        *all += 1;
        Some(Held { open: Arc::clone(self), sender })
    }
}

impl Accepting {
    /// Up to so many at a time; further ones wait until one ends.
    pub(crate) fn new(answering: &Arc<Answering>, limit: usize) -> Accepting {
        Accepting { answering: Arc::clone(answering), limit, open: Arc::default() }
    }

    /// Accepts until `stop` says so, also at the places that are told meanwhile.
    pub(crate) async fn accept(
        &self,
        mut doors: Doors,
        mut places: Option<mpsc::UnboundedReceiver<Heard>>,
        fronts: &Fronts,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut is_full = false;
        let mut spare = Spare::of(if self.answering.is_of_functions { 0 } else { SPARE });
        // Whether one was given for the next connection.
        let mut is_given = false;
        loop {
            if self.open.all() >= self.limit {
                if !is_full {
                    let connections = self.limit;
                    tracing::warn!(connections, "there are as many connections as there may be");
                }
                is_full = true;
                tokio::select! {
                    () = tokio::time::sleep(LOOK) => continue,
                    () = told(&mut stop) => break,
                }
            }
            is_full = false;
            let is_whole = is_given || spare.fill();
            is_given = false;
            let accepted = tokio::select! {
                accepted = doors.next() => accepted,
                () = tokio::time::sleep(LOOK), if !is_whole => continue,
                place = next_place(&mut places) => {
                    match place {
                        Some(place) => doors.add(place),
                        None => places = None,
                    }
                    continue;
                }
                () = told(&mut stop) => break,
            };
            let taken =
                accepted.and_then(|(stream, peer, door)| Ok((stream.into_std()?, peer, door)));
            match taken {
                Ok((stream, peer, door)) => {
                    let sender = (door.senders(), peer.ip());
                    let bounded = self.answering.is_of_functions.then_some(sender);
                    // Who has too many is told so by the end of this one.
                    if let Some(held) = self.open.hold(bounded, self.most_of(&door)) {
                        let answering = Arc::clone(&self.answering);
                        fronts.serve(Arriving { stream, answering, door, held });
                    }
                }
                // A connection that ended in the queue, or too many descriptors: neither is for good.
                Err(error) => {
                    is_given = spare.give(&error);
                    if !is_given {
                        let pause = if is_shortage(&error) { LOOK } else { SHORT_PAUSE };
                        tokio::time::sleep(pause).await;
                    }
                }
            }
        }
    }

    /// The most connections of one address: behind one of a gateway there are many environments.
    fn most_of(&self, door: &Door) -> usize {
        match door {
            Door::Public | Door::Router => OF_ENVIRONMENT,
            Door::Services { .. } | Door::Gateways { .. } | Door::Interface { .. } => {
                OF_ENVIRONMENT.max(self.limit / SHARE_OF_GATEWAY)
            }
        }
    }
}

/// The next place that is told, for as long as there is somebody who tells.
async fn next_place(places: &mut Option<mpsc::UnboundedReceiver<Heard>>) -> Option<Heard> {
    match places {
        Some(places) => places.recv().await,
        None => std::future::pending().await,
    }
}

/// A listener of the node's as one of this event loop.
fn joined(listener: std::net::TcpListener) -> io::Result<TcpListener> {
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use engine::id::VpcId;

    use super::*;

    #[test]
    fn one_address_of_two_vpcs_is_two_senders() {
        let open: Arc<Open> = Arc::default();
        let door = |vpc| Door::Gateways { vpc: VpcId(vpc), is_tls: true };
        let sender = |vpc| Some((door(vpc).senders(), Ipv4Addr::new(10, 0, 0, 4).into()));
        let all: Vec<_> = (0..3).map(|_| open.hold(sender(1), 2)).collect();
        assert_eq!(all.iter().flatten().count(), 2);
        assert!(open.hold(sender(2), 2).is_some());
        drop(all);
        assert!(open.hold(sender(1), 2).is_some());
        assert_eq!(open.all(), 0);
    }
}
