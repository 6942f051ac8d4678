//! sqs's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AddPermission`.
    AddPermission,
    /// `CancelMessageMoveTask`.
    CancelMessageMoveTask,
    /// `ChangeMessageVisibility`.
    ChangeMessageVisibility,
    /// `ChangeMessageVisibilityBatch`.
    ChangeMessageVisibilityBatch,
    /// `CreateQueue`.
    CreateQueue,
    /// `DeleteMessage`.
    DeleteMessage,
    /// `DeleteMessageBatch`.
    DeleteMessageBatch,
    /// `DeleteQueue`.
    DeleteQueue,
    /// `GetQueueAttributes`.
    GetQueueAttributes,
    /// `GetQueueUrl`.
    GetQueueUrl,
    /// `ListDeadLetterSourceQueues`.
    ListDeadLetterSourceQueues,
    /// `ListMessageMoveTasks`.
    ListMessageMoveTasks,
    /// `ListQueueTags`.
    ListQueueTags,
    /// `ListQueues`.
    ListQueues,
    /// `PurgeQueue`.
    PurgeQueue,
    /// `ReceiveMessage`.
    ReceiveMessage,
    /// `RemovePermission`.
    RemovePermission,
    /// `SendMessage`.
    SendMessage,
    /// `SendMessageBatch`.
    SendMessageBatch,
    /// `SetQueueAttributes`.
    SetQueueAttributes,
    /// `StartMessageMoveTask`.
    StartMessageMoveTask,
    /// `TagQueue`.
    TagQueue,
    /// `UntagQueue`.
    UntagQueue,
}
