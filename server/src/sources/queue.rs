//! What pollers ask of a queue, wherever it is.

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

/// Something that a source is asked for, and that takes its time.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T, SourceError>> + Send + 'a>>;

/// Why a source does not answer, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct SourceError {
    /// The error's code.
    pub code: String,
    /// Its message.
    pub message: String,
    /// What `LastProcessingResult` tells of it, where AWS has words for it.
    pub problem: Option<&'static str>,
}

impl SourceError {
    /// An error of this code.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> SourceError {
        SourceError { code: code.into(), message: message.into(), problem: None }
    }
}

/// What a mapping wants to know of its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueFacts {
    /// Seconds for which a message is hidden that was received.
    pub visibility_timeout: u32,
}

/// A queue.
pub trait Queue: Send + Sync {
    /// What it is.
    fn describe(&self) -> Asking<'_, QueueFacts>;

    /// Waits for messages, not for ever, and answers at most so many: each as SQS's
    /// `ReceiveMessage` spells it, with all of its attributes.
    fn receive(&self, most: u32) -> Asking<'_, Vec<Value>>;

    /// Deletes messages by their receipt handles, ten at the most; answers which of them are still
    /// there, by their places.
    fn delete(&self, handles: Vec<String>) -> Asking<'_, Vec<usize>>;

    /// Sends a message.
    fn send(&self, body: String) -> Asking<'_, ()>;
}
