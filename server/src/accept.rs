//! Connections: as many are accepted as there may be, and given to the fronts.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use crate::front::{Arriving, Fronts};
use crate::http::{Answering, told};

/// How often it is looked whether there is room again.
const LOOK: Duration = Duration::from_millis(100);
/// The most connections of one environment: a pool of an SDK has ten or fifty.
const OF_ENVIRONMENT: usize = 64;

/// Where connections come from.
pub struct Listening {
    /// From whoever reaches the server.
    pub public: TcpListener,
    /// From functions without a VPC: the listener at their router, which the node hands over once there
    /// is one.
    pub functions: mpsc::UnboundedReceiver<std::net::TcpListener>,
}

/// Connections of one kind.
pub(crate) struct Accepting {
    answering: Arc<Answering>,
    limit: usize,
    open: Arc<Open>,
}

/// How many connections there are, and of each address where that is bounded.
#[derive(Debug, Default)]
struct Open(Mutex<(usize, HashMap<IpAddr, usize>)>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    open: Arc<Open>,
    peer: Option<IpAddr>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut open = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *open;
        *all -= 1;
        let Some(peer) = self.peer else { return };
        if let Some(count) = each.get_mut(&peer) {
            *count -= 1;
            if *count == 0 {
                each.remove(&peer);
            }
        }
    }
}

impl Open {
    fn all(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// One more, if an address that is bounded has not too many.
    fn hold(self: &Arc<Open>, peer: Option<IpAddr>) -> Option<Held> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *open;
        if let Some(peer) = peer {
            let count = each.entry(peer).or_default();
            if *count >= OF_ENVIRONMENT {
                return None;
            }
            *count += 1;
        }
        *all += 1;
        Some(Held { open: Arc::clone(self), peer })
    }
}

impl Accepting {
    /// Up to so many at a time; further ones wait until one ends.
    pub(crate) fn new(answering: &Arc<Answering>, limit: usize) -> Accepting {
        Accepting { answering: Arc::clone(answering), limit, open: Arc::default() }
    }

    /// Accepts until `stop` says so.
    pub(crate) async fn accept(
        &self,
        listener: TcpListener,
        fronts: &Fronts,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut is_full = false;
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
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = told(&mut stop) => break,
            };
            let taken = accepted.and_then(|(stream, peer)| Ok((stream.into_std()?, peer)));
            match taken {
                Ok((stream, peer)) => {
                    let of_environment = self.answering.is_of_functions.then_some(peer.ip());
                    // Who has too many is told so by the end of this one.
                    if let Some(held) = self.open.hold(of_environment) {
                        let answering = Arc::clone(&self.answering);
                        fronts.serve(Arriving { stream, answering, held });
                    }
                }
                // A connection that ended in the queue, or too many descriptors: neither is for good.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    /// The same where somebody tells to, if anybody does.
    pub(crate) async fn accept_where_told(
        &self,
        mut places: mpsc::UnboundedReceiver<std::net::TcpListener>,
        fronts: &Fronts,
        mut stop: watch::Receiver<bool>,
    ) {
        let place = tokio::select! {
            place = places.recv() => place,
            () = told(&mut stop) => None,
        };
        let Some(place) = place else { return };
        match joined(place) {
            Ok(listener) => self.accept(listener, fronts, stop).await,
            Err(error) => tracing::error!(%error, "functions cannot ask the AWS API"),
        }
    }
}

/// A listener of the node's as one of this event loop.
fn joined(listener: std::net::TcpListener) -> io::Result<TcpListener> {
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}
