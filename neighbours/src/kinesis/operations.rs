//! The operations of kinesis, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "consumer.rs"]
pub(super) mod consumer;
#[path = "list.rs"]
pub(super) mod list;
#[path = "put.rs"]
pub(super) mod put;
#[path = "read.rs"]
pub(super) mod read;
#[path = "reshard.rs"]
pub(super) mod reshard;
#[path = "stream.rs"]
pub(super) mod stream;
#[path = "subscribe.rs"]
pub(super) mod subscribe;
#[path = "tag.rs"]
pub(super) mod tag;

use serde_json::Value;
use wire::ApiError;
use wire::kinesis::{Op, input};

use super::service::Kinesis;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, Kinesis>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AddTagsToStream => call.run::<input::AddTagsToStream>().await,
        Op::CreateStream => call.run::<input::CreateStream>().await,
        Op::DecreaseStreamRetentionPeriod => {
            call.run::<input::DecreaseStreamRetentionPeriod>().await
        }
        Op::DeleteStream => call.run::<input::DeleteStream>().await,
        Op::DeregisterStreamConsumer => call.run::<input::DeregisterStreamConsumer>().await,
        Op::DescribeLimits => call.run::<input::DescribeLimits>().await,
        Op::DescribeStream => call.run::<input::DescribeStream>().await,
        Op::DescribeStreamConsumer => call.run::<input::DescribeStreamConsumer>().await,
        Op::DescribeStreamSummary => call.run::<input::DescribeStreamSummary>().await,
        Op::GetRecords => call.run::<input::GetRecords>().await,
        Op::GetShardIterator => call.run::<input::GetShardIterator>().await,
        Op::IncreaseStreamRetentionPeriod => {
            call.run::<input::IncreaseStreamRetentionPeriod>().await
        }
        Op::ListShards => call.run::<input::ListShards>().await,
        Op::ListStreamConsumers => call.run::<input::ListStreamConsumers>().await,
        Op::ListStreams => call.run::<input::ListStreams>().await,
        Op::ListTagsForResource => call.run::<input::ListTagsForResource>().await,
        Op::ListTagsForStream => call.run::<input::ListTagsForStream>().await,
        Op::MergeShards => call.run::<input::MergeShards>().await,
        Op::PutRecord => call.run::<input::PutRecord>().await,
        Op::PutRecords => call.run::<input::PutRecords>().await,
        Op::RegisterStreamConsumer => call.run::<input::RegisterStreamConsumer>().await,
        Op::RemoveTagsFromStream => call.run::<input::RemoveTagsFromStream>().await,
        Op::SplitShard => call.run::<input::SplitShard>().await,
        Op::SubscribeToShard => call.run::<input::SubscribeToShard>().await,
        Op::TagResource => call.run::<input::TagResource>().await,
        Op::UntagResource => call.run::<input::UntagResource>().await,
        Op::UpdateShardCount => call.run::<input::UpdateShardCount>().await,
        Op::UpdateStreamMode => call.run::<input::UpdateStreamMode>().await,
    }
}
