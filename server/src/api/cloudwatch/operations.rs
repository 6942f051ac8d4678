//! The operations of cloudwatch, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "data.rs"]
pub(super) mod data;
#[path = "list.rs"]
pub(super) mod list;
#[path = "put.rs"]
pub(super) mod put;
#[path = "statistics.rs"]
pub(super) mod statistics;

use serde_json::Value;
use wire::ApiError;
use wire::cloudwatch::{Op, input};

use crate::api::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(super) async fn run(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::GetMetricData => call.run::<input::GetMetricData>().await,
        Op::GetMetricStatistics => call.run::<input::GetMetricStatistics>().await,
        Op::ListMetrics => call.run::<input::ListMetrics>().await,
        Op::PutMetricData => call.run::<input::PutMetricData>().await,
    }
}
