//! What a runtime is given to work on, and how it answers.

use std::sync::Arc;

use bytes::Bytes;
use engine::id::RequestId;

/// An event on its way to a runtime.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The invocation's request ID, which its answer names.
    pub request: RequestId,
    /// Milliseconds since the Unix epoch at which it times out.
    pub deadline: u64,
    /// The function's ARN, with the qualifier by which it was invoked.
    pub arn: Arc<str>,
    /// The client context, if one was given.
    pub client_context: Option<String>,
    /// The trace header, if one was given.
    pub trace: Option<String>,
    /// The event, as the function is to read it.
    pub payload: Bytes,
}

/// How a runtime answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// With a response, as the function wrote it.
    Response(Bytes),
    /// With an error document, as the runtime wrote it.
    Error(Bytes),
    /// With more than the limit: a body of this many bytes, which was not kept.
    TooLarge(usize),
}
