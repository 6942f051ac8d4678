//! CloudWatch: the metrics of functions that are measured here, as AWS/Lambda has them, and those
//! that callers put.

mod metric;
mod operations;
mod own;
mod statistic;

use serde_json::Value;
use wire::ApiError;
use wire::cloudwatch::Op;

use crate::api::operation::Call;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    let service = call.operation.service;
    // Older clients are answered in the protocol in which they asked.
    operations::run(call, op).await.map_err(|error| ApiError { service, ..error })
}
