//! What comes and goes with a request beside its input and its output.

use std::io;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::blobs::{Outgoing, Upload};

/// A request from outside: who sent it from where, the bytes that came with it, and those that go with
/// its answer.
#[derive(Debug)]
pub struct Exchange {
    /// The request's id.
    pub request_id: String,
    /// Where it came from.
    pub peer: IpAddr,
    /// Where it is about a bucket that is elsewhere: the region that it is in there.
    pub elsewhere: Option<String>,
    body: Mutex<Option<Upload>>,
    answer: Mutex<Option<Answered>>,
}

/// What goes with an answer.
#[derive(Debug)]
pub enum Answered {
    /// Bytes that are read from files.
    Bytes(Outgoing),
    /// Messages of an event stream, as they come.
    Events(mpsc::Receiver<io::Result<Bytes>>),
}

impl Exchange {
    /// A request, with the bytes that came with it.
    pub fn new(request_id: &str, peer: IpAddr, body: Option<Upload>) -> Exchange {
        let (body, answer) = (Mutex::new(body), Mutex::default());
        Exchange { request_id: request_id.to_owned(), peer, elsewhere: None, body, answer }
    }

    /// The bytes that came, for the one who wants them.
    pub(crate) fn take_body(&self) -> Option<Upload> {
        lock(&self.body).take()
    }

    /// Has bytes go with the answer.
    pub(crate) fn answer_with(&self, bytes: Outgoing) {
        *lock(&self.answer) = Some(Answered::Bytes(bytes));
    }

    /// Has events go with the answer.
    pub(crate) fn answer_with_events(&self, events: mpsc::Receiver<io::Result<Bytes>>) {
        *lock(&self.answer) = Some(Answered::Events(events));
    }

    /// What goes with the answer.
    pub fn take_answer(&self) -> Option<Answered> {
        lock(&self.answer).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // It is replaced whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
