//! sqs's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `CreateQueue`.
    CreateQueue,
    /// `DeleteMessage`.
    DeleteMessage,
    /// `GetQueueUrl`.
    GetQueueUrl,
    /// `ReceiveMessage`.
    ReceiveMessage,
    /// `SendMessage`.
    SendMessage,
}
