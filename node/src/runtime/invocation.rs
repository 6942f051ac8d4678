//! What a runtime is given to work on, and how it answers.

use std::sync::Arc;

use bytes::Bytes;
use engine::id::RequestId;

/// An event on its way to a runtime.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// Which invocation.
    pub request: RequestId,
    /// Milliseconds since the Unix epoch at which it times out.
    pub deadline: u64,
    /// The function's or version's ARN.
    pub arn: Arc<str>,
    /// Whether it was invoked by the qualifier `$LATEST`, which its ARN then shows.
    pub is_latest: bool,
    /// The client context, if one was given.
    pub client_context: Option<String>,
    /// The trace header, if one was given.
    pub trace: Option<String>,
    /// The event.
    pub payload: Bytes,
}

/// How a runtime answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// With a response.
    Response(Bytes),
    /// With an error document.
    Error(Bytes),
    /// With more than the limit, this many bytes.
    TooLarge(usize),
}
