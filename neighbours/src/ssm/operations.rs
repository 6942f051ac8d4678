//! The operations of ssm, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "describe.rs"]
pub(super) mod describe;
#[path = "history.rs"]
pub(super) mod history;
#[path = "parameter.rs"]
pub(super) mod parameter;
#[path = "tag.rs"]
pub(super) mod tag;

use serde_json::Value;
use wire::ApiError;
use wire::ssm::{Op, input};

use super::service::Ssm;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Ssm>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AddTagsToResource => call.run::<input::AddTagsToResource>().await,
        Op::DeleteParameter => call.run::<input::DeleteParameter>().await,
        Op::DeleteParameters => call.run::<input::DeleteParameters>().await,
        Op::DescribeParameters => call.run::<input::DescribeParameters>().await,
        Op::GetParameter => call.run::<input::GetParameter>().await,
        Op::GetParameterHistory => call.run::<input::GetParameterHistory>().await,
        Op::GetParameters => call.run::<input::GetParameters>().await,
        Op::GetParametersByPath => call.run::<input::GetParametersByPath>().await,
        Op::LabelParameterVersion => call.run::<input::LabelParameterVersion>().await,
        Op::ListTagsForResource => call.run::<input::ListTagsForResource>().await,
        Op::PutParameter => call.run::<input::PutParameter>().await,
        Op::RemoveTagsFromResource => call.run::<input::RemoveTagsFromResource>().await,
        Op::UnlabelParameterVersion => call.run::<input::UnlabelParameterVersion>().await,
    }
}
