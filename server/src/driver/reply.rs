//! What the driver answers to invocations and questions.

use bytes::Bytes;
use engine::effect::{InvokeRefusal, Invoked};
use engine::id::RequestId;

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
