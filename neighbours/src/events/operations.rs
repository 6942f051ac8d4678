//! The operations of events, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "bus.rs"]
pub(super) mod bus;
#[path = "pattern.rs"]
pub(super) mod pattern;
#[path = "permission.rs"]
pub(super) mod permission;
#[path = "put.rs"]
pub(super) mod put;
#[path = "rule.rs"]
pub(super) mod rule;
#[path = "tag.rs"]
pub(super) mod tag;
#[path = "target.rs"]
pub(super) mod target;

use serde_json::Value;
use wire::ApiError;
use wire::events::{Op, input};

use super::service::Events;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Events>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::CreateEventBus => call.run::<input::CreateEventBus>().await,
        Op::DeleteEventBus => call.run::<input::DeleteEventBus>().await,
        Op::DeleteRule => call.run::<input::DeleteRule>().await,
        Op::DescribeEventBus => call.run::<input::DescribeEventBus>().await,
        Op::DescribeRule => call.run::<input::DescribeRule>().await,
        Op::DisableRule => call.run::<input::DisableRule>().await,
        Op::EnableRule => call.run::<input::EnableRule>().await,
        Op::ListEventBuses => call.run::<input::ListEventBuses>().await,
        Op::ListRuleNamesByTarget => call.run::<input::ListRuleNamesByTarget>().await,
        Op::ListRules => call.run::<input::ListRules>().await,
        Op::ListTagsForResource => call.run::<input::ListTagsForResource>().await,
        Op::ListTargetsByRule => call.run::<input::ListTargetsByRule>().await,
        Op::PutEvents => call.run::<input::PutEvents>().await,
        Op::PutPermission => call.run::<input::PutPermission>().await,
        Op::PutRule => call.run::<input::PutRule>().await,
        Op::PutTargets => call.run::<input::PutTargets>().await,
        Op::RemovePermission => call.run::<input::RemovePermission>().await,
        Op::RemoveTargets => call.run::<input::RemoveTargets>().await,
        Op::TagResource => call.run::<input::TagResource>().await,
        Op::TestEventPattern => call.run::<input::TestEventPattern>().await,
        Op::UntagResource => call.run::<input::UntagResource>().await,
        Op::UpdateEventBus => call.run::<input::UpdateEventBus>().await,
    }
}
