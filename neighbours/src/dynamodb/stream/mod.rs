//! DynamoDB Streams: what is written to tables, told in order. Triggers on dynoxide's tables keep it, each
//! record with the write that it tells of.

pub(in crate::dynamodb) mod demand;
mod iterator;
mod look;
mod read;
mod record;
mod refusal;
pub(in crate::dynamodb) mod schema;
pub(in crate::dynamodb) mod stored;
pub(in crate::dynamodb) mod table;
pub(in crate::dynamodb) mod watch;

use serde_json::Value;
use wire::ApiError;
use wire::dynamodbstreams::{Op, input};

use crate::dynamodb::service::Dynamodb;
use crate::operation::Call;

/// Runs the operation that is meant.
pub(crate) async fn run(call: Call<'_, Dynamodb>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::DescribeStream => call.run::<input::DescribeStream>().await,
        Op::GetRecords => call.run::<input::GetRecords>().await,
        Op::GetShardIterator => call.run::<input::GetShardIterator>().await,
        Op::ListStreams => call.run::<input::ListStreams>().await,
    }
}
