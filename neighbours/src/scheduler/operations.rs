//! The operations of scheduler, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "group.rs"]
pub(super) mod group;
#[path = "schedule.rs"]
pub(super) mod schedule;
#[path = "tag.rs"]
pub(super) mod tag;

use serde_json::Value;
use wire::ApiError;
use wire::scheduler::{Op, input};

use super::service::Scheduler;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Scheduler>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::CreateSchedule => call.run::<input::CreateSchedule>().await,
        Op::CreateScheduleGroup => call.run::<input::CreateScheduleGroup>().await,
        Op::DeleteSchedule => call.run::<input::DeleteSchedule>().await,
        Op::DeleteScheduleGroup => call.run::<input::DeleteScheduleGroup>().await,
        Op::GetSchedule => call.run::<input::GetSchedule>().await,
        Op::GetScheduleGroup => call.run::<input::GetScheduleGroup>().await,
        Op::ListScheduleGroups => call.run::<input::ListScheduleGroups>().await,
        Op::ListSchedules => call.run::<input::ListSchedules>().await,
        Op::ListTagsForResource => call.run::<input::ListTagsForResource>().await,
        Op::TagResource => call.run::<input::TagResource>().await,
        Op::UntagResource => call.run::<input::UntagResource>().await,
        Op::UpdateSchedule => call.run::<input::UpdateSchedule>().await,
    }
}
