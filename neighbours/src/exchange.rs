//! What comes and goes with a request beside its input and its output.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::blobs::{Outgoing, Upload};

/// A request from outside: who sent it from where, the bytes that came with it, and those that go with
/// its answer.
#[derive(Debug)]
pub struct Exchange {
    /// The request's id.
    pub request_id: String,
    /// Where it came from.
    pub peer: IpAddr,
    body: Mutex<Option<Upload>>,
    answer: Mutex<Option<Outgoing>>,
}

impl Exchange {
    /// A request, with the bytes that came with it.
    pub fn new(request_id: &str, peer: IpAddr, body: Option<Upload>) -> Exchange {
        let (body, answer) = (Mutex::new(body), Mutex::default());
        Exchange { request_id: request_id.to_owned(), peer, body, answer }
    }

    /// The bytes that came, for the one who wants them.
    pub(crate) fn take_body(&self) -> Option<Upload> {
        lock(&self.body).take()
    }

    /// Has bytes go with the answer.
    pub(crate) fn answer_with(&self, bytes: Outgoing) {
        *lock(&self.answer) = Some(bytes);
    }

    /// The bytes that go with the answer.
    pub fn take_answer(&self) -> Option<Outgoing> {
        lock(&self.answer).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // It is replaced whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
