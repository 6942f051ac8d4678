//! The inputs of kinesis's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AddTagsToStream {
    may "StreamName" stream_name: Option<String>,
    must "Tags" tags: BTreeMap<String, String>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { CreateStream {
    must "StreamName" stream_name: String,
    may "ShardCount" shard_count: Option<i32>,
    may "StreamModeDetails" stream_mode_details: Option<StreamModeDetails>,
    may "Tags" tags: Option<BTreeMap<String, String>>,
} }

input! { DecreaseStreamRetentionPeriod {
    may "StreamName" stream_name: Option<String>,
    must "RetentionPeriodHours" retention_period_hours: i32,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { DeleteStream {
    may "StreamName" stream_name: Option<String>,
    may "EnforceConsumerDeletion" enforce_consumer_deletion: Option<bool>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { DeregisterStreamConsumer {
    may "StreamARN" stream_arn: Option<String>,
    may "ConsumerName" consumer_name: Option<String>,
    may "ConsumerARN" consumer_arn: Option<String>,
} }

input! { DescribeLimits {} }

input! { DescribeStream {
    may "StreamName" stream_name: Option<String>,
    may "Limit" limit: Option<i32>,
    may "ExclusiveStartShardId" exclusive_start_shard_id: Option<String>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { DescribeStreamConsumer {
    may "StreamARN" stream_arn: Option<String>,
    may "ConsumerName" consumer_name: Option<String>,
    may "ConsumerARN" consumer_arn: Option<String>,
} }

input! { DescribeStreamSummary {
    may "StreamName" stream_name: Option<String>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { GetRecords {
    must "ShardIterator" shard_iterator: String,
    may "Limit" limit: Option<i32>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { GetShardIterator {
    may "StreamName" stream_name: Option<String>,
    must "ShardId" shard_id: String,
    must "ShardIteratorType" shard_iterator_type: String,
    may "StartingSequenceNumber" starting_sequence_number: Option<String>,
    may "Timestamp" timestamp: Option<i64>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { IncreaseStreamRetentionPeriod {
    may "StreamName" stream_name: Option<String>,
    must "RetentionPeriodHours" retention_period_hours: i32,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { ListShards {
    may "StreamName" stream_name: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "ExclusiveStartShardId" exclusive_start_shard_id: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "ShardFilter" shard_filter: Option<ShardFilter>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { ListStreamConsumers {
    must "StreamARN" stream_arn: String,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { ListStreams {
    may "Limit" limit: Option<i32>,
    may "ExclusiveStartStreamName" exclusive_start_stream_name: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { ListTagsForResource {
    must "ResourceARN" resource_arn: String,
} }

input! { ListTagsForStream {
    may "StreamName" stream_name: Option<String>,
    may "ExclusiveStartTagKey" exclusive_start_tag_key: Option<String>,
    may "Limit" limit: Option<i32>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { MergeShards {
    may "StreamName" stream_name: Option<String>,
    must "ShardToMerge" shard_to_merge: String,
    must "AdjacentShardToMerge" adjacent_shard_to_merge: String,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { PutRecord {
    may "StreamName" stream_name: Option<String>,
    must "Data" data: String,
    may "PartitionKey" partition_key: Option<String>,
    may "ExplicitHashKey" explicit_hash_key: Option<String>,
    may "SequenceNumberForOrdering" sequence_number_for_ordering: Option<String>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { PutRecords {
    must "Records" records: Vec<PutRecordsRequestEntry>,
    may "StreamName" stream_name: Option<String>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { RegisterStreamConsumer {
    must "StreamARN" stream_arn: String,
    must "ConsumerName" consumer_name: String,
    may "Tags" tags: Option<BTreeMap<String, String>>,
} }

input! { RemoveTagsFromStream {
    may "StreamName" stream_name: Option<String>,
    must "TagKeys" tag_keys: Vec<String>,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { SplitShard {
    may "StreamName" stream_name: Option<String>,
    must "ShardToSplit" shard_to_split: String,
    must "NewStartingHashKey" new_starting_hash_key: String,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { SubscribeToShard {
    must "ConsumerARN" consumer_arn: String,
    must "ShardId" shard_id: String,
    must "StartingPosition" starting_position: StartingPosition,
} }

input! { TagResource {
    must "Tags" tags: BTreeMap<String, String>,
    must "ResourceARN" resource_arn: String,
} }

input! { UntagResource {
    must "TagKeys" tag_keys: Vec<String>,
    must "ResourceARN" resource_arn: String,
} }

input! { UpdateShardCount {
    may "StreamName" stream_name: Option<String>,
    must "TargetShardCount" target_shard_count: i32,
    must "ScalingType" scaling_type: String,
    may "StreamARN" stream_arn: Option<String>,
} }

input! { UpdateStreamMode {
    must "StreamARN" stream_arn: String,
    must "StreamModeDetails" stream_mode_details: StreamModeDetails,
} }

input! { PutRecordsRequestEntry {
    must "Data" data: String,
    may "ExplicitHashKey" explicit_hash_key: Option<String>,
    may "PartitionKey" partition_key: Option<String>,
} }

input! { ShardFilter {
    must "Type" r#type: String,
    may "ShardId" shard_id: Option<String>,
    may "Timestamp" timestamp: Option<i64>,
} }

input! { StartingPosition {
    must "Type" r#type: String,
    may "SequenceNumber" sequence_number: Option<String>,
    may "Timestamp" timestamp: Option<i64>,
} }

input! { StreamModeDetails {
    must "StreamMode" stream_mode: String,
} }
