//! The outputs of kinesis's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChildShard {
    #[serde(rename = "ShardId")] pub shard_id: String,
    #[serde(rename = "ParentShards")] pub parent_shards: Vec<String>,
    #[serde(rename = "HashKeyRange")] pub hash_key_range: HashKeyRange,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consumer {
    #[serde(rename = "ConsumerName")] pub consumer_name: String,
    #[serde(rename = "ConsumerARN")] pub consumer_arn: String,
    #[serde(rename = "ConsumerStatus")] pub consumer_status: String,
    #[serde(rename = "ConsumerCreationTimestamp")] pub consumer_creation_timestamp: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConsumerDescription {
    #[serde(rename = "ConsumerName")] pub consumer_name: String,
    #[serde(rename = "ConsumerARN")] pub consumer_arn: String,
    #[serde(rename = "ConsumerStatus")] pub consumer_status: String,
    #[serde(rename = "ConsumerCreationTimestamp")] pub consumer_creation_timestamp: i64,
    #[serde(rename = "StreamARN")] pub stream_arn: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribeLimitsOutput {
    #[serde(rename = "ShardLimit")] pub shard_limit: i32,
    #[serde(rename = "OpenShardCount")] pub open_shard_count: i32,
    #[serde(rename = "OnDemandStreamCount")] pub on_demand_stream_count: i32,
    #[serde(rename = "OnDemandStreamCountLimit")] pub on_demand_stream_count_limit: i32,
    #[serde(rename = "ChannelCount")] pub channel_count: Option<i32>,
    #[serde(rename = "ChannelCountLimit")] pub channel_count_limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribeStreamConsumerOutput {
    #[serde(rename = "ConsumerDescription")] pub consumer_description: ConsumerDescription,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribeStreamOutput {
    #[serde(rename = "StreamDescription")] pub stream_description: StreamDescription,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DescribeStreamSummaryOutput {
    #[serde(rename = "StreamDescriptionSummary")] pub stream_description_summary: StreamDescriptionSummary,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EnhancedMetrics {
    #[serde(rename = "ShardLevelMetrics")] pub shard_level_metrics: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetRecordsOutput {
    #[serde(rename = "Records")] pub records: Vec<Record>,
    #[serde(rename = "NextShardIterator")] pub next_shard_iterator: Option<String>,
    #[serde(rename = "MillisBehindLatest")] pub millis_behind_latest: Option<i64>,
    #[serde(rename = "ChildShards")] pub child_shards: Option<Vec<ChildShard>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetShardIteratorOutput {
    #[serde(rename = "ShardIterator")] pub shard_iterator: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HashKeyRange {
    #[serde(rename = "StartingHashKey")] pub starting_hash_key: String,
    #[serde(rename = "EndingHashKey")] pub ending_hash_key: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct InternalFailureException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KMSAccessDeniedException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KMSDisabledException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KMSInvalidStateException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KMSNotFoundException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KMSOptInRequired {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KMSThrottlingException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListShardsOutput {
    #[serde(rename = "Shards")] pub shards: Option<Vec<Shard>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListStreamConsumersOutput {
    #[serde(rename = "Consumers")] pub consumers: Option<Vec<Consumer>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListStreamsOutput {
    #[serde(rename = "StreamNames")] pub stream_names: Vec<String>,
    #[serde(rename = "HasMoreStreams")] pub has_more_streams: bool,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "StreamSummaries")] pub stream_summaries: Option<Vec<StreamSummary>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsForResourceOutput {
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListTagsForStreamOutput {
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
    #[serde(rename = "HasMoreTags")] pub has_more_tags: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PutRecordOutput {
    #[serde(rename = "ShardId")] pub shard_id: String,
    #[serde(rename = "SequenceNumber")] pub sequence_number: String,
    #[serde(rename = "EncryptionType")] pub encryption_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PutRecordsOutput {
    #[serde(rename = "FailedRecordCount")] pub failed_record_count: Option<i32>,
    #[serde(rename = "Records")] pub records: Vec<PutRecordsResultEntry>,
    #[serde(rename = "EncryptionType")] pub encryption_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutRecordsResultEntry {
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
    #[serde(rename = "ShardId")] pub shard_id: Option<String>,
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "ErrorMessage")] pub error_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    #[serde(rename = "SequenceNumber")] pub sequence_number: String,
    #[serde(rename = "ApproximateArrivalTimestamp")] pub approximate_arrival_timestamp: Option<i64>,
    #[serde(rename = "Data")] pub data: String,
    #[serde(rename = "PartitionKey")] pub partition_key: Option<String>,
    #[serde(rename = "EncryptionType")] pub encryption_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterStreamConsumerOutput {
    #[serde(rename = "Consumer")] pub consumer: Consumer,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ResourceInUseException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ResourceNotFoundException {
    #[serde(rename = "message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SequenceNumberRange {
    #[serde(rename = "StartingSequenceNumber")] pub starting_sequence_number: String,
    #[serde(rename = "EndingSequenceNumber")] pub ending_sequence_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shard {
    #[serde(rename = "ShardId")] pub shard_id: String,
    #[serde(rename = "ParentShardId")] pub parent_shard_id: Option<String>,
    #[serde(rename = "AdjacentParentShardId")] pub adjacent_parent_shard_id: Option<String>,
    #[serde(rename = "HashKeyRange")] pub hash_key_range: HashKeyRange,
    #[serde(rename = "SequenceNumberRange")] pub sequence_number_range: SequenceNumberRange,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StreamDescription {
    #[serde(rename = "StreamName")] pub stream_name: String,
    #[serde(rename = "StreamARN")] pub stream_arn: String,
    #[serde(rename = "StreamStatus")] pub stream_status: String,
    #[serde(rename = "StreamModeDetails")] pub stream_mode_details: Option<StreamModeDetails>,
    #[serde(rename = "Shards")] pub shards: Vec<Shard>,
    #[serde(rename = "HasMoreShards")] pub has_more_shards: bool,
    #[serde(rename = "RetentionPeriodHours")] pub retention_period_hours: i32,
    #[serde(rename = "StreamCreationTimestamp")] pub stream_creation_timestamp: i64,
    #[serde(rename = "EnhancedMonitoring")] pub enhanced_monitoring: Vec<EnhancedMetrics>,
    #[serde(rename = "EncryptionType")] pub encryption_type: Option<String>,
    #[serde(rename = "KeyId")] pub key_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StreamDescriptionSummary {
    #[serde(rename = "StreamName")] pub stream_name: String,
    #[serde(rename = "StreamARN")] pub stream_arn: String,
    #[serde(rename = "StreamId")] pub stream_id: Option<String>,
    #[serde(rename = "StreamStatus")] pub stream_status: String,
    #[serde(rename = "StreamModeDetails")] pub stream_mode_details: Option<StreamModeDetails>,
    #[serde(rename = "RetentionPeriodHours")] pub retention_period_hours: i32,
    #[serde(rename = "StreamCreationTimestamp")] pub stream_creation_timestamp: i64,
    #[serde(rename = "EnhancedMonitoring")] pub enhanced_monitoring: Vec<EnhancedMetrics>,
    #[serde(rename = "EncryptionType")] pub encryption_type: Option<String>,
    #[serde(rename = "KeyId")] pub key_id: Option<String>,
    #[serde(rename = "OpenShardCount")] pub open_shard_count: i32,
    #[serde(rename = "ConsumerCount")] pub consumer_count: Option<i32>,
    #[serde(rename = "WarmThroughput")] pub warm_throughput: Option<WarmThroughputObject>,
    #[serde(rename = "MaxRecordSizeInKiB")] pub max_record_size_in_ki_b: Option<i32>,
    #[serde(rename = "ChannelCount")] pub channel_count: Option<i32>,
    #[serde(rename = "RecordDistributionStrategy")] pub record_distribution_strategy: Option<String>,
    #[serde(rename = "QueueCount")] pub queue_count: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StreamModeDetails {
    #[serde(rename = "StreamMode")] pub stream_mode: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StreamSummary {
    #[serde(rename = "StreamName")] pub stream_name: String,
    #[serde(rename = "StreamARN")] pub stream_arn: String,
    #[serde(rename = "StreamStatus")] pub stream_status: String,
    #[serde(rename = "StreamModeDetails")] pub stream_mode_details: Option<StreamModeDetails>,
    #[serde(rename = "StreamCreationTimestamp")] pub stream_creation_timestamp: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubscribeToShardEvent {
    #[serde(rename = "Records")] pub records: Vec<Record>,
    #[serde(rename = "ContinuationSequenceNumber")] pub continuation_sequence_number: String,
    #[serde(rename = "MillisBehindLatest")] pub millis_behind_latest: i64,
    #[serde(rename = "ChildShards")] pub child_shards: Option<Vec<ChildShard>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubscribeToShardEventStream {
    #[serde(rename = "SubscribeToShardEvent")] pub subscribe_to_shard_event: SubscribeToShardEvent,
    #[serde(rename = "ResourceNotFoundException")] pub resource_not_found_exception: Option<ResourceNotFoundException>,
    #[serde(rename = "ResourceInUseException")] pub resource_in_use_exception: Option<ResourceInUseException>,
    #[serde(rename = "KMSDisabledException")] pub kms_disabled_exception: Option<KMSDisabledException>,
    #[serde(rename = "KMSInvalidStateException")] pub kms_invalid_state_exception: Option<KMSInvalidStateException>,
    #[serde(rename = "KMSAccessDeniedException")] pub kms_access_denied_exception: Option<KMSAccessDeniedException>,
    #[serde(rename = "KMSNotFoundException")] pub kms_not_found_exception: Option<KMSNotFoundException>,
    #[serde(rename = "KMSOptInRequired")] pub kms_opt_in_required: Option<KMSOptInRequired>,
    #[serde(rename = "KMSThrottlingException")] pub kms_throttling_exception: Option<KMSThrottlingException>,
    #[serde(rename = "InternalFailureException")] pub internal_failure_exception: Option<InternalFailureException>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubscribeToShardOutput {
    #[serde(rename = "EventStream")] pub event_stream: SubscribeToShardEventStream,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateShardCountOutput {
    #[serde(rename = "StreamName")] pub stream_name: Option<String>,
    #[serde(rename = "CurrentShardCount")] pub current_shard_count: Option<i32>,
    #[serde(rename = "TargetShardCount")] pub target_shard_count: Option<i32>,
    #[serde(rename = "StreamARN")] pub stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct WarmThroughputObject {
    #[serde(rename = "TargetMiBps")] pub target_mi_bps: Option<i32>,
    #[serde(rename = "CurrentMiBps")] pub current_mi_bps: Option<i32>,
}
