//! The inputs of kinesis's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddTagsToStream {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "Tags")] pub tags: BTreeMap<String, String>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateStream {
    #[serde(rename = "StreamName")] pub stream_name: String,
    #[serde(rename = "ShardCount")] pub shard_count: Option<i32>,
    #[serde(rename = "StreamModeDetails")] pub stream_mode_details: Option<StreamModeDetails>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DecreaseStreamRetentionPeriod {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "RetentionPeriodHours")] pub retention_period_hours: i32,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteStream {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "EnforceConsumerDeletion")] pub enforce_consumer_deletion: Option<bool>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeregisterStreamConsumer {
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
    #[serde(rename = "ConsumerName")] pub consumer_name: Option<String>,
    #[serde(rename = "ConsumerARN")] pub consumer_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeLimits {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeStream {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "ExclusiveStartShardId")] pub exclusive_start_shard_id: Option<String>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeStreamConsumer {
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
    #[serde(rename = "ConsumerName")] pub consumer_name: Option<String>,
    #[serde(rename = "ConsumerARN")] pub consumer_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeStreamSummary {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRecords {
    #[serde(rename = "ShardIterator")] pub shard_iterator: String,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetShardIterator {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "ShardId")] pub shard_id: String,
    #[serde(rename = "ShardIteratorType")] pub shard_iterator_type: String,
    #[serde(rename = "StartingSequenceNumber")] pub starting_sequence_number: Option<String>,
    #[serde(rename = "Timestamp")] pub timestamp: Option<i64>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct IncreaseStreamRetentionPeriod {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "RetentionPeriodHours")] pub retention_period_hours: i32,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListShards {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "ExclusiveStartShardId")] pub exclusive_start_shard_id: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "ShardFilter")] pub shard_filter: Option<ShardFilter>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListStreamConsumers {
    #[serde(rename = "StreamARN")] pub stream_arn: String,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListStreams {
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "ExclusiveStartStreamName")] pub exclusive_start_stream_name: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "ResourceARN")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForStream {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "ExclusiveStartTagKey")] pub exclusive_start_tag_key: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct MergeShards {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "ShardToMerge")] pub shard_to_merge: String,
    #[serde(rename = "AdjacentShardToMerge")] pub adjacent_shard_to_merge: String,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRecord {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "Data")] pub data: String,
    #[serde(rename = "PartitionKey")] pub partition_key: Option<String>,
    #[serde(rename = "ExplicitHashKey")] pub explicit_hash_key: Option<String>,
    #[serde(rename = "SequenceNumberForOrdering")] pub sequence_number_for_ordering: Option<String>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRecords {
    #[serde(rename = "Records")] pub records: Vec<PutRecordsRequestEntry>,
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RegisterStreamConsumer {
    #[serde(rename = "StreamARN")] pub stream_arn: String,
    #[serde(rename = "ConsumerName")] pub consumer_name: String,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemoveTagsFromStream {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SplitShard {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "ShardToSplit")] pub shard_to_split: String,
    #[serde(rename = "NewStartingHashKey")] pub new_starting_hash_key: String,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SubscribeToShard {
    #[serde(rename = "ConsumerARN")] pub consumer_arn: String,
    #[serde(rename = "ShardId")] pub shard_id: String,
    #[serde(rename = "StartingPosition")] pub starting_position: StartingPosition,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "Tags")] pub tags: BTreeMap<String, String>,
    #[serde(rename = "ResourceARN")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
    #[serde(rename = "ResourceARN")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateShardCount {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "TargetShardCount")] pub target_shard_count: i32,
    #[serde(rename = "ScalingType")] pub scaling_type: String,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateStreamMode {
    #[serde(rename = "StreamARN")] pub stream_arn: String,
    #[serde(rename = "StreamModeDetails")] pub stream_mode_details: StreamModeDetails,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRecordsRequestEntry {
    #[serde(rename = "Data")] pub data: String,
    #[serde(rename = "ExplicitHashKey")] pub explicit_hash_key: Option<String>,
    #[serde(rename = "PartitionKey")] pub partition_key: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ShardFilter {
    #[serde(rename = "Type")] pub r#type: String,
    #[serde(rename = "ShardId")] pub shard_id: Option<String>,
    #[serde(rename = "Timestamp")] pub timestamp: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct StartingPosition {
    #[serde(rename = "Type")] pub r#type: String,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
    #[serde(rename = "Timestamp")] pub timestamp: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct StreamModeDetails {
    #[serde(rename = "StreamMode")] pub stream_mode: String,
}
