//! The operations of sqs, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "message.rs"]
pub(super) mod message;
#[path = "queue.rs"]
pub(super) mod queue;

use serde_json::Value;
use wire::ApiError;
use wire::sqs::{Op, input};

use super::service::Sqs;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Sqs>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::CreateQueue => call.run::<input::CreateQueue>().await,
        Op::DeleteMessage => call.run::<input::DeleteMessage>().await,
        Op::GetQueueUrl => call.run::<input::GetQueueUrl>().await,
        Op::ReceiveMessage => call.run::<input::ReceiveMessage>().await,
        Op::SendMessage => call.run::<input::SendMessage>().await,
    }
}
