//! The operations of sqs, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "attribute.rs"]
pub(super) mod attribute;
#[path = "batch.rs"]
pub(super) mod batch;
#[path = "message.rs"]
pub(super) mod message;
#[path = "move_task.rs"]
pub(super) mod move_task;
#[path = "permission.rs"]
pub(super) mod permission;
#[path = "queue.rs"]
pub(super) mod queue;
#[path = "tag.rs"]
pub(super) mod tag;
#[path = "visibility.rs"]
pub(super) mod visibility;

use serde_json::Value;
use wire::ApiError;
use wire::sqs::{Op, input};

use super::service::Sqs;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Sqs>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AddPermission => call.run::<input::AddPermission>().await,
        Op::CancelMessageMoveTask => call.run::<input::CancelMessageMoveTask>().await,
        Op::ChangeMessageVisibility => call.run::<input::ChangeMessageVisibility>().await,
        Op::ChangeMessageVisibilityBatch => call.run::<input::ChangeMessageVisibilityBatch>().await,
        Op::CreateQueue => call.run::<input::CreateQueue>().await,
        Op::DeleteMessage => call.run::<input::DeleteMessage>().await,
        Op::DeleteMessageBatch => call.run::<input::DeleteMessageBatch>().await,
        Op::DeleteQueue => call.run::<input::DeleteQueue>().await,
        Op::GetQueueAttributes => call.run::<input::GetQueueAttributes>().await,
        Op::GetQueueUrl => call.run::<input::GetQueueUrl>().await,
        Op::ListDeadLetterSourceQueues => call.run::<input::ListDeadLetterSourceQueues>().await,
        Op::ListMessageMoveTasks => call.run::<input::ListMessageMoveTasks>().await,
        Op::ListQueueTags => call.run::<input::ListQueueTags>().await,
        Op::ListQueues => call.run::<input::ListQueues>().await,
        Op::PurgeQueue => call.run::<input::PurgeQueue>().await,
        Op::ReceiveMessage => call.run::<input::ReceiveMessage>().await,
        Op::RemovePermission => call.run::<input::RemovePermission>().await,
        Op::SendMessage => call.run::<input::SendMessage>().await,
        Op::SendMessageBatch => call.run::<input::SendMessageBatch>().await,
        Op::SetQueueAttributes => call.run::<input::SetQueueAttributes>().await,
        Op::StartMessageMoveTask => call.run::<input::StartMessageMoveTask>().await,
        Op::TagQueue => call.run::<input::TagQueue>().await,
        Op::UntagQueue => call.run::<input::UntagQueue>().await,
    }
}
