//! Amazon Kinesis 2013-12-02. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, kinesis::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "kinesis", signing: "kinesis", version: "2013-12-02", protocol: Protocol::Json, namespace: "", target: "Kinesis_20131202", json: "1.1", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 28] = [
    Operation { op: op::Op::Kinesis(Op::AddTagsToStream), name: "AddTagsToStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_ADD_TAGS_TO_STREAM_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::CreateStream), name: "CreateStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_CREATE_STREAM_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::DecreaseStreamRetentionPeriod), name: "DecreaseStreamRetentionPeriod", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DECREASE_STREAM_RETENTION_PERIOD_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::DeleteStream), name: "DeleteStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DELETE_STREAM_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::DeregisterStreamConsumer), name: "DeregisterStreamConsumer", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DEREGISTER_STREAM_CONSUMER_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::DescribeLimits), name: "DescribeLimits", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_LIMITS_INPUT), output: Some(&S_DESCRIBE_LIMITS_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::DescribeStream), name: "DescribeStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_STREAM_INPUT), output: Some(&S_DESCRIBE_STREAM_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::DescribeStreamConsumer), name: "DescribeStreamConsumer", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_STREAM_CONSUMER_INPUT), output: Some(&S_DESCRIBE_STREAM_CONSUMER_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::DescribeStreamSummary), name: "DescribeStreamSummary", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_STREAM_SUMMARY_INPUT), output: Some(&S_DESCRIBE_STREAM_SUMMARY_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::GetRecords), name: "GetRecords", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_RECORDS_INPUT), output: Some(&S_GET_RECORDS_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::GetShardIterator), name: "GetShardIterator", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_SHARD_ITERATOR_INPUT), output: Some(&S_GET_SHARD_ITERATOR_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::IncreaseStreamRetentionPeriod), name: "IncreaseStreamRetentionPeriod", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_INCREASE_STREAM_RETENTION_PERIOD_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::ListShards), name: "ListShards", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_SHARDS_INPUT), output: Some(&S_LIST_SHARDS_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::ListStreamConsumers), name: "ListStreamConsumers", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_STREAM_CONSUMERS_INPUT), output: Some(&S_LIST_STREAM_CONSUMERS_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::ListStreams), name: "ListStreams", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_STREAMS_INPUT), output: Some(&S_LIST_STREAMS_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::ListTagsForResource), name: "ListTagsForResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_FOR_RESOURCE_INPUT), output: Some(&S_LIST_TAGS_FOR_RESOURCE_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::ListTagsForStream), name: "ListTagsForStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_TAGS_FOR_STREAM_INPUT), output: Some(&S_LIST_TAGS_FOR_STREAM_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::MergeShards), name: "MergeShards", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_MERGE_SHARDS_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::PutRecord), name: "PutRecord", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_RECORD_INPUT), output: Some(&S_PUT_RECORD_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::PutRecords), name: "PutRecords", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_PUT_RECORDS_INPUT), output: Some(&S_PUT_RECORDS_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::RegisterStreamConsumer), name: "RegisterStreamConsumer", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REGISTER_STREAM_CONSUMER_INPUT), output: Some(&S_REGISTER_STREAM_CONSUMER_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::RemoveTagsFromStream), name: "RemoveTagsFromStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_REMOVE_TAGS_FROM_STREAM_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::SplitShard), name: "SplitShard", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SPLIT_SHARD_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::SubscribeToShard), name: "SubscribeToShard", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_SUBSCRIBE_TO_SHARD_INPUT), output: Some(&S_SUBSCRIBE_TO_SHARD_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_TAG_RESOURCE_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UNTAG_RESOURCE_INPUT), output: None, note: "" },
    Operation { op: op::Op::Kinesis(Op::UpdateShardCount), name: "UpdateShardCount", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_SHARD_COUNT_INPUT), output: Some(&S_UPDATE_SHARD_COUNT_OUTPUT), note: "" },
    Operation { op: op::Op::Kinesis(Op::UpdateStreamMode), name: "UpdateStreamMode", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_UPDATE_STREAM_MODE_INPUT), output: None, note: "" },
];

static ERRORS: [ErrorShape; 18] = [
    ErrorShape { code: "AccessDeniedException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "DryRunOperationException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ExpiredIteratorException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ExpiredNextTokenException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InternalFailureException", query: None, status: 500, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InvalidArgumentException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "KMSAccessDeniedException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "KMSDisabledException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "KMSInvalidStateException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "KMSNotFoundException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "KMSOptInRequired", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "KMSThrottlingException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "LimitExceededException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ProvisionedThroughputExceededException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ResourceInUseException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "SerializationException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ADD_TAGS_TO_STREAM_INPUT: Shape = structure("AddTagsToStreamInput", &[m("StreamName", &S_STREAM_NAME).read(), m("Tags", &S_TAG_MAP).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_BOOLEAN_OBJECT: Shape = scalar("BooleanObject", Kind::Boolean);
static S_CHANNEL_COUNT_OBJECT: Shape = scalar("ChannelCountObject", Kind::Integer(Bounds::NONE));
static S_CHILD_SHARD: Shape = structure("ChildShard", &[m("ShardId", &S_SHARD_ID).required(), m("ParentShards", &S_SHARD_ID_LIST).required(), m("HashKeyRange", &S_HASH_KEY_RANGE).required()]);
static S_CHILD_SHARD_LIST: Shape = list("ChildShardList", &S_CHILD_SHARD, "member", Bounds::NONE);
static S_CONSUMER: Shape = structure("Consumer", &[m("ConsumerName", &S_CONSUMER_NAME).required(), m("ConsumerARN", &S_CONSUMER_ARN).required(), m("ConsumerStatus", &S_CONSUMER_STATUS).required(), m("ConsumerCreationTimestamp", &S_TIMESTAMP).required()]);
static S_CONSUMER_ARN: Shape = string("ConsumerARN", b(1, 2048), Some(&P0), &[]);
static S_CONSUMER_COUNT_OBJECT: Shape = scalar("ConsumerCountObject", Kind::Integer(Bounds::NONE));
static S_CONSUMER_DESCRIPTION: Shape = structure("ConsumerDescription", &[m("ConsumerName", &S_CONSUMER_NAME).required(), m("ConsumerARN", &S_CONSUMER_ARN).required(), m("ConsumerStatus", &S_CONSUMER_STATUS).required(), m("ConsumerCreationTimestamp", &S_TIMESTAMP).required(), m("StreamARN", &S_STREAM_ARN).required()]);
static S_CONSUMER_LIST: Shape = list("ConsumerList", &S_CONSUMER, "member", Bounds::NONE);
static S_CONSUMER_NAME: Shape = string("ConsumerName", b(1, 128), Some(&P1), &[]);
static S_CONSUMER_STATUS: Shape = string("ConsumerStatus", Bounds::NONE, None, &[]);
static S_CREATE_STREAM_INPUT: Shape = structure("CreateStreamInput", &[m("StreamName", &S_STREAM_NAME).required().read(), m("ShardCount", &S_POSITIVE_INTEGER_OBJECT).read(), m("StreamModeDetails", &S_STREAM_MODE_DETAILS).read(), m("Tags", &S_TAG_MAP).read(), m("WarmThroughputMiBps", &S_NATURAL_INTEGER_OBJECT), m("MaxRecordSizeInKiB", &S_MAX_RECORD_SIZE_IN_KI_B), m("RecordDistributionStrategy", &S_RECORD_DISTRIBUTION_STRATEGY)]);
static S_DATA: Shape = scalar("Data", Kind::Blob(b(0, 10485760)));
static S_DECREASE_STREAM_RETENTION_PERIOD_INPUT: Shape = structure("DecreaseStreamRetentionPeriodInput", &[m("StreamName", &S_STREAM_NAME).read(), m("RetentionPeriodHours", &S_RETENTION_PERIOD_HOURS).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_DELETE_STREAM_INPUT: Shape = structure("DeleteStreamInput", &[m("StreamName", &S_STREAM_NAME).read(), m("EnforceConsumerDeletion", &S_BOOLEAN_OBJECT).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_DEREGISTER_STREAM_CONSUMER_INPUT: Shape = structure("DeregisterStreamConsumerInput", &[m("StreamARN", &S_STREAM_ARN).read(), m("ConsumerName", &S_CONSUMER_NAME).read(), m("ConsumerARN", &S_CONSUMER_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_DESCRIBE_LIMITS_INPUT: Shape = structure("DescribeLimitsInput", &[]);
static S_DESCRIBE_LIMITS_OUTPUT: Shape = structure("DescribeLimitsOutput", &[m("ShardLimit", &S_SHARD_COUNT_OBJECT).required(), m("OpenShardCount", &S_SHARD_COUNT_OBJECT).required(), m("OnDemandStreamCount", &S_ON_DEMAND_STREAM_COUNT_OBJECT).required(), m("OnDemandStreamCountLimit", &S_ON_DEMAND_STREAM_COUNT_LIMIT_OBJECT).required(), m("ChannelCount", &S_CHANNEL_COUNT_OBJECT), m("ChannelCountLimit", &S_CHANNEL_COUNT_OBJECT)]);
static S_DESCRIBE_STREAM_CONSUMER_INPUT: Shape = structure("DescribeStreamConsumerInput", &[m("StreamARN", &S_STREAM_ARN).read(), m("ConsumerName", &S_CONSUMER_NAME).read(), m("ConsumerARN", &S_CONSUMER_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_DESCRIBE_STREAM_CONSUMER_OUTPUT: Shape = structure("DescribeStreamConsumerOutput", &[m("ConsumerDescription", &S_CONSUMER_DESCRIPTION).required()]);
static S_DESCRIBE_STREAM_INPUT: Shape = structure("DescribeStreamInput", &[m("StreamName", &S_STREAM_NAME).read(), m("Limit", &S_DESCRIBE_STREAM_INPUT_LIMIT).read(), m("ExclusiveStartShardId", &S_SHARD_ID).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_DESCRIBE_STREAM_INPUT_LIMIT: Shape = scalar("DescribeStreamInputLimit", Kind::Integer(b(1, 10000)));
static S_DESCRIBE_STREAM_OUTPUT: Shape = structure("DescribeStreamOutput", &[m("StreamDescription", &S_STREAM_DESCRIPTION).required()]);
static S_DESCRIBE_STREAM_SUMMARY_INPUT: Shape = structure("DescribeStreamSummaryInput", &[m("StreamName", &S_STREAM_NAME).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_DESCRIBE_STREAM_SUMMARY_OUTPUT: Shape = structure("DescribeStreamSummaryOutput", &[m("StreamDescriptionSummary", &S_STREAM_DESCRIPTION_SUMMARY).required()]);
static S_ENCRYPTION_TYPE: Shape = string("EncryptionType", Bounds::NONE, None, &[]);
static S_ENHANCED_METRICS: Shape = structure("EnhancedMetrics", &[m("ShardLevelMetrics", &S_METRICS_NAME_LIST)]);
static S_ENHANCED_MONITORING_LIST: Shape = list("EnhancedMonitoringList", &S_ENHANCED_METRICS, "member", Bounds::NONE);
static S_ERROR_CODE: Shape = string("ErrorCode", Bounds::NONE, None, &[]);
static S_ERROR_MESSAGE: Shape = string("ErrorMessage", Bounds::NONE, None, &[]);
static S_GET_RECORDS_INPUT: Shape = structure("GetRecordsInput", &[m("ShardIterator", &S_SHARD_ITERATOR).required().read(), m("Limit", &S_GET_RECORDS_INPUT_LIMIT).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID), m("DryRun", &S_BOOLEAN_OBJECT)]);
static S_GET_RECORDS_INPUT_LIMIT: Shape = scalar("GetRecordsInputLimit", Kind::Integer(b(1, 10000)));
static S_GET_RECORDS_OUTPUT: Shape = structure("GetRecordsOutput", &[m("Records", &S_RECORD_LIST).required(), m("NextShardIterator", &S_SHARD_ITERATOR), m("MillisBehindLatest", &S_MILLIS_BEHIND_LATEST), m("ChildShards", &S_CHILD_SHARD_LIST)]);
static S_GET_SHARD_ITERATOR_INPUT: Shape = structure("GetShardIteratorInput", &[m("StreamName", &S_STREAM_NAME).read(), m("ShardId", &S_SHARD_ID).required().read(), m("ShardIteratorType", &S_SHARD_ITERATOR_TYPE).required().read(), m("StartingSequenceNumber", &S_SEQUENCE_NUMBER).read(), m("Timestamp", &S_TIMESTAMP).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID), m("DryRun", &S_BOOLEAN_OBJECT)]);
static S_GET_SHARD_ITERATOR_OUTPUT: Shape = structure("GetShardIteratorOutput", &[m("ShardIterator", &S_SHARD_ITERATOR)]);
static S_HASH_KEY: Shape = string("HashKey", Bounds::NONE, Some(&P2), &[]);
static S_HASH_KEY_RANGE: Shape = structure("HashKeyRange", &[m("StartingHashKey", &S_HASH_KEY).required(), m("EndingHashKey", &S_HASH_KEY).required()]);
static S_INCREASE_STREAM_RETENTION_PERIOD_INPUT: Shape = structure("IncreaseStreamRetentionPeriodInput", &[m("StreamName", &S_STREAM_NAME).read(), m("RetentionPeriodHours", &S_RETENTION_PERIOD_HOURS).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_INTERNAL_FAILURE_EXCEPTION: Shape = structure("InternalFailureException", &[m("message", &S_ERROR_MESSAGE)]);
static S_KMSACCESS_DENIED_EXCEPTION: Shape = structure("KMSAccessDeniedException", &[m("message", &S_ERROR_MESSAGE)]);
static S_KMSDISABLED_EXCEPTION: Shape = structure("KMSDisabledException", &[m("message", &S_ERROR_MESSAGE)]);
static S_KMSINVALID_STATE_EXCEPTION: Shape = structure("KMSInvalidStateException", &[m("message", &S_ERROR_MESSAGE)]);
static S_KMSNOT_FOUND_EXCEPTION: Shape = structure("KMSNotFoundException", &[m("message", &S_ERROR_MESSAGE)]);
static S_KMSOPT_IN_REQUIRED: Shape = structure("KMSOptInRequired", &[m("message", &S_ERROR_MESSAGE)]);
static S_KMSTHROTTLING_EXCEPTION: Shape = structure("KMSThrottlingException", &[m("message", &S_ERROR_MESSAGE)]);
static S_KEY_ID: Shape = string("KeyId", Bounds::NONE, None, &[]);
static S_LIST_SHARDS_INPUT: Shape = structure("ListShardsInput", &[m("StreamName", &S_STREAM_NAME).read(), m("NextToken", &S_NEXT_TOKEN).read(), m("ExclusiveStartShardId", &S_SHARD_ID).read(), m("MaxResults", &S_LIST_SHARDS_INPUT_LIMIT).read(), m("StreamCreationTimestamp", &S_TIMESTAMP), m("ShardFilter", &S_SHARD_FILTER).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_LIST_SHARDS_INPUT_LIMIT: Shape = scalar("ListShardsInputLimit", Kind::Integer(b(1, 10000)));
static S_LIST_SHARDS_OUTPUT: Shape = structure("ListShardsOutput", &[m("Shards", &S_SHARD_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_STREAM_CONSUMERS_INPUT: Shape = structure("ListStreamConsumersInput", &[m("StreamARN", &S_STREAM_ARN).required().read(), m("NextToken", &S_NEXT_TOKEN).read(), m("MaxResults", &S_LIST_STREAM_CONSUMERS_INPUT_LIMIT).read(), m("StreamCreationTimestamp", &S_TIMESTAMP), m("StreamId", &S_STREAM_ID)]);
static S_LIST_STREAM_CONSUMERS_INPUT_LIMIT: Shape = scalar("ListStreamConsumersInputLimit", Kind::Integer(b(1, 10000)));
static S_LIST_STREAM_CONSUMERS_OUTPUT: Shape = structure("ListStreamConsumersOutput", &[m("Consumers", &S_CONSUMER_LIST), m("NextToken", &S_NEXT_TOKEN)]);
static S_LIST_STREAMS_INPUT: Shape = structure("ListStreamsInput", &[m("Limit", &S_LIST_STREAMS_INPUT_LIMIT).read(), m("ExclusiveStartStreamName", &S_STREAM_NAME).read(), m("NextToken", &S_NEXT_TOKEN).read()]);
static S_LIST_STREAMS_INPUT_LIMIT: Shape = scalar("ListStreamsInputLimit", Kind::Integer(b(1, 10000)));
static S_LIST_STREAMS_OUTPUT: Shape = structure("ListStreamsOutput", &[m("StreamNames", &S_STREAM_NAME_LIST).required(), m("HasMoreStreams", &S_BOOLEAN_OBJECT).required(), m("NextToken", &S_NEXT_TOKEN), m("StreamSummaries", &S_STREAM_SUMMARY_LIST)]);
static S_LIST_TAGS_FOR_RESOURCE_INPUT: Shape = structure("ListTagsForResourceInput", &[m("ResourceARN", &S_RESOURCE_ARN).required().read(), m("StreamId", &S_STREAM_ID)]);
static S_LIST_TAGS_FOR_RESOURCE_OUTPUT: Shape = structure("ListTagsForResourceOutput", &[m("Tags", &S_TAG_LIST)]);
static S_LIST_TAGS_FOR_STREAM_INPUT: Shape = structure("ListTagsForStreamInput", &[m("StreamName", &S_STREAM_NAME).read(), m("ExclusiveStartTagKey", &S_TAG_KEY).read(), m("Limit", &S_LIST_TAGS_FOR_STREAM_INPUT_LIMIT).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_LIST_TAGS_FOR_STREAM_INPUT_LIMIT: Shape = scalar("ListTagsForStreamInputLimit", Kind::Integer(b(1, 50)));
static S_LIST_TAGS_FOR_STREAM_OUTPUT: Shape = structure("ListTagsForStreamOutput", &[m("Tags", &S_TAG_LIST).required(), m("HasMoreTags", &S_BOOLEAN_OBJECT).required()]);
static S_MAX_RECORD_SIZE_IN_KI_B: Shape = scalar("MaxRecordSizeInKiB", Kind::Integer(b(1024, 10240)));
static S_MERGE_SHARDS_INPUT: Shape = structure("MergeShardsInput", &[m("StreamName", &S_STREAM_NAME).read(), m("ShardToMerge", &S_SHARD_ID).required().read(), m("AdjacentShardToMerge", &S_SHARD_ID).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_METRICS_NAME: Shape = string("MetricsName", Bounds::NONE, None, &[]);
static S_METRICS_NAME_LIST: Shape = list("MetricsNameList", &S_METRICS_NAME, "member", Bounds::NONE);
static S_MILLIS_BEHIND_LATEST: Shape = scalar("MillisBehindLatest", Kind::Long(Bounds::NONE));
static S_NATURAL_INTEGER_OBJECT: Shape = scalar("NaturalIntegerObject", Kind::Integer(b(0, i64::MAX)));
static S_NEXT_TOKEN: Shape = string("NextToken", b(1, 1048576), None, &[]);
static S_ON_DEMAND_STREAM_COUNT_LIMIT_OBJECT: Shape = scalar("OnDemandStreamCountLimitObject", Kind::Integer(Bounds::NONE));
static S_ON_DEMAND_STREAM_COUNT_OBJECT: Shape = scalar("OnDemandStreamCountObject", Kind::Integer(Bounds::NONE));
static S_PARTITION_KEY: Shape = string("PartitionKey", b(1, 256), None, &[]);
static S_POSITIVE_INTEGER_OBJECT: Shape = scalar("PositiveIntegerObject", Kind::Integer(b(1, i64::MAX)));
static S_PUT_RECORD_INPUT: Shape = structure("PutRecordInput", &[m("StreamName", &S_STREAM_NAME).read(), m("Data", &S_DATA).required().read(), m("PartitionKey", &S_PARTITION_KEY).read(), m("ExplicitHashKey", &S_HASH_KEY).read(), m("SequenceNumberForOrdering", &S_SEQUENCE_NUMBER).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID), m("DryRun", &S_BOOLEAN_OBJECT)]);
static S_PUT_RECORD_OUTPUT: Shape = structure("PutRecordOutput", &[m("ShardId", &S_SHARD_ID).required(), m("SequenceNumber", &S_SEQUENCE_NUMBER).required(), m("EncryptionType", &S_ENCRYPTION_TYPE)]);
static S_PUT_RECORDS_INPUT: Shape = structure("PutRecordsInput", &[m("Records", &S_PUT_RECORDS_REQUEST_ENTRY_LIST).required().read(), m("StreamName", &S_STREAM_NAME).read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID), m("DryRun", &S_BOOLEAN_OBJECT)]);
static S_PUT_RECORDS_OUTPUT: Shape = structure("PutRecordsOutput", &[m("FailedRecordCount", &S_POSITIVE_INTEGER_OBJECT), m("Records", &S_PUT_RECORDS_RESULT_ENTRY_LIST).required(), m("EncryptionType", &S_ENCRYPTION_TYPE)]);
static S_PUT_RECORDS_REQUEST_ENTRY: Shape = structure("PutRecordsRequestEntry", &[m("Data", &S_DATA).required().read(), m("ExplicitHashKey", &S_HASH_KEY).read(), m("PartitionKey", &S_PARTITION_KEY).read()]);
static S_PUT_RECORDS_REQUEST_ENTRY_LIST: Shape = list("PutRecordsRequestEntryList", &S_PUT_RECORDS_REQUEST_ENTRY, "member", b(1, 500));
static S_PUT_RECORDS_RESULT_ENTRY: Shape = structure("PutRecordsResultEntry", &[m("SequenceNumber", &S_SEQUENCE_NUMBER), m("ShardId", &S_SHARD_ID), m("ErrorCode", &S_ERROR_CODE), m("ErrorMessage", &S_ERROR_MESSAGE)]);
static S_PUT_RECORDS_RESULT_ENTRY_LIST: Shape = list("PutRecordsResultEntryList", &S_PUT_RECORDS_RESULT_ENTRY, "member", Bounds::NONE);
static S_QUEUE_COUNT_OBJECT: Shape = scalar("QueueCountObject", Kind::Integer(Bounds::NONE));
static S_RECORD: Shape = structure("Record", &[m("SequenceNumber", &S_SEQUENCE_NUMBER).required(), m("ApproximateArrivalTimestamp", &S_TIMESTAMP), m("Data", &S_DATA).required(), m("PartitionKey", &S_PARTITION_KEY), m("EncryptionType", &S_ENCRYPTION_TYPE)]);
static S_RECORD_DISTRIBUTION_STRATEGY: Shape = string("RecordDistributionStrategy", Bounds::NONE, None, &["AUTO", "USER_PARTITION_KEY"]);
static S_RECORD_LIST: Shape = list("RecordList", &S_RECORD, "member", Bounds::NONE);
static S_REGISTER_STREAM_CONSUMER_INPUT: Shape = structure("RegisterStreamConsumerInput", &[m("StreamARN", &S_STREAM_ARN).required().read(), m("ConsumerName", &S_CONSUMER_NAME).required().read(), m("StreamId", &S_STREAM_ID), m("Tags", &S_TAG_MAP).read()]);
static S_REGISTER_STREAM_CONSUMER_OUTPUT: Shape = structure("RegisterStreamConsumerOutput", &[m("Consumer", &S_CONSUMER).required()]);
static S_REMOVE_TAGS_FROM_STREAM_INPUT: Shape = structure("RemoveTagsFromStreamInput", &[m("StreamName", &S_STREAM_NAME).read(), m("TagKeys", &S_TAG_KEY_LIST).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_RESOURCE_ARN: Shape = string("ResourceARN", b(1, 2048), Some(&P3), &[]);
static S_RESOURCE_IN_USE_EXCEPTION: Shape = structure("ResourceInUseException", &[m("message", &S_ERROR_MESSAGE)]);
static S_RESOURCE_NOT_FOUND_EXCEPTION: Shape = structure("ResourceNotFoundException", &[m("message", &S_ERROR_MESSAGE)]);
static S_RETENTION_PERIOD_HOURS: Shape = scalar("RetentionPeriodHours", Kind::Integer(Bounds::NONE));
static S_SCALING_TYPE: Shape = string("ScalingType", Bounds::NONE, None, &["UNIFORM_SCALING"]);
static S_SEQUENCE_NUMBER: Shape = string("SequenceNumber", Bounds::NONE, Some(&P4), &[]);
static S_SEQUENCE_NUMBER_RANGE: Shape = structure("SequenceNumberRange", &[m("StartingSequenceNumber", &S_SEQUENCE_NUMBER).required(), m("EndingSequenceNumber", &S_SEQUENCE_NUMBER)]);
static S_SHARD: Shape = structure("Shard", &[m("ShardId", &S_SHARD_ID).required(), m("ParentShardId", &S_SHARD_ID), m("AdjacentParentShardId", &S_SHARD_ID), m("HashKeyRange", &S_HASH_KEY_RANGE).required(), m("SequenceNumberRange", &S_SEQUENCE_NUMBER_RANGE).required()]);
static S_SHARD_COUNT_OBJECT: Shape = scalar("ShardCountObject", Kind::Integer(Bounds::NONE));
static S_SHARD_FILTER: Shape = structure("ShardFilter", &[m("Type", &S_SHARD_FILTER_TYPE).required().read(), m("ShardId", &S_SHARD_ID).read(), m("Timestamp", &S_TIMESTAMP).read()]);
static S_SHARD_FILTER_TYPE: Shape = string("ShardFilterType", Bounds::NONE, None, &["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"]);
static S_SHARD_ID: Shape = string("ShardId", b(1, 128), Some(&P1), &[]);
static S_SHARD_ID_LIST: Shape = list("ShardIdList", &S_SHARD_ID, "member", Bounds::NONE);
static S_SHARD_ITERATOR: Shape = string("ShardIterator", b(1, 512), None, &[]);
static S_SHARD_ITERATOR_TYPE: Shape = string("ShardIteratorType", Bounds::NONE, None, &["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"]);
static S_SHARD_LIST: Shape = list("ShardList", &S_SHARD, "member", Bounds::NONE);
static S_SPLIT_SHARD_INPUT: Shape = structure("SplitShardInput", &[m("StreamName", &S_STREAM_NAME).read(), m("ShardToSplit", &S_SHARD_ID).required().read(), m("NewStartingHashKey", &S_HASH_KEY).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_STARTING_POSITION: Shape = structure("StartingPosition", &[m("Type", &S_SHARD_ITERATOR_TYPE).required().read(), m("SequenceNumber", &S_SEQUENCE_NUMBER).read(), m("Timestamp", &S_TIMESTAMP).read()]);
static S_STREAM_ARN: Shape = string("StreamARN", b(1, 2048), Some(&P5), &[]);
static S_STREAM_DESCRIPTION: Shape = structure("StreamDescription", &[m("StreamName", &S_STREAM_NAME).required(), m("StreamARN", &S_STREAM_ARN).required(), m("StreamStatus", &S_STREAM_STATUS).required(), m("StreamModeDetails", &S_STREAM_MODE_DETAILS), m("Shards", &S_SHARD_LIST).required(), m("HasMoreShards", &S_BOOLEAN_OBJECT).required(), m("RetentionPeriodHours", &S_RETENTION_PERIOD_HOURS).required(), m("StreamCreationTimestamp", &S_TIMESTAMP).required(), m("EnhancedMonitoring", &S_ENHANCED_MONITORING_LIST).required(), m("EncryptionType", &S_ENCRYPTION_TYPE), m("KeyId", &S_KEY_ID)]);
static S_STREAM_DESCRIPTION_SUMMARY: Shape = structure("StreamDescriptionSummary", &[m("StreamName", &S_STREAM_NAME).required(), m("StreamARN", &S_STREAM_ARN).required(), m("StreamId", &S_STREAM_ID), m("StreamStatus", &S_STREAM_STATUS).required(), m("StreamModeDetails", &S_STREAM_MODE_DETAILS), m("RetentionPeriodHours", &S_RETENTION_PERIOD_HOURS).required(), m("StreamCreationTimestamp", &S_TIMESTAMP).required(), m("EnhancedMonitoring", &S_ENHANCED_MONITORING_LIST).required(), m("EncryptionType", &S_ENCRYPTION_TYPE), m("KeyId", &S_KEY_ID), m("OpenShardCount", &S_SHARD_COUNT_OBJECT).required(), m("ConsumerCount", &S_CONSUMER_COUNT_OBJECT), m("WarmThroughput", &S_WARM_THROUGHPUT_OBJECT), m("MaxRecordSizeInKiB", &S_MAX_RECORD_SIZE_IN_KI_B), m("ChannelCount", &S_CHANNEL_COUNT_OBJECT), m("RecordDistributionStrategy", &S_RECORD_DISTRIBUTION_STRATEGY), m("QueueCount", &S_QUEUE_COUNT_OBJECT)]);
static S_STREAM_ID: Shape = string("StreamId", b(1, 24), Some(&P6), &[]);
static S_STREAM_MODE: Shape = string("StreamMode", Bounds::NONE, None, &["PROVISIONED", "ON_DEMAND"]);
static S_STREAM_MODE_DETAILS: Shape = structure("StreamModeDetails", &[m("StreamMode", &S_STREAM_MODE).required().read()]);
static S_STREAM_NAME: Shape = string("StreamName", b(1, 128), Some(&P1), &[]);
static S_STREAM_NAME_LIST: Shape = list("StreamNameList", &S_STREAM_NAME, "member", Bounds::NONE);
static S_STREAM_STATUS: Shape = string("StreamStatus", Bounds::NONE, None, &[]);
static S_STREAM_SUMMARY: Shape = structure("StreamSummary", &[m("StreamName", &S_STREAM_NAME).required(), m("StreamARN", &S_STREAM_ARN).required(), m("StreamStatus", &S_STREAM_STATUS).required(), m("StreamModeDetails", &S_STREAM_MODE_DETAILS), m("StreamCreationTimestamp", &S_TIMESTAMP)]);
static S_STREAM_SUMMARY_LIST: Shape = list("StreamSummaryList", &S_STREAM_SUMMARY, "member", Bounds::NONE);
static S_SUBSCRIBE_TO_SHARD_EVENT: Shape = structure("SubscribeToShardEvent", &[m("Records", &S_RECORD_LIST).required(), m("ContinuationSequenceNumber", &S_SEQUENCE_NUMBER).required(), m("MillisBehindLatest", &S_MILLIS_BEHIND_LATEST).required(), m("ChildShards", &S_CHILD_SHARD_LIST)]);
static S_SUBSCRIBE_TO_SHARD_EVENT_STREAM: Shape = structure("SubscribeToShardEventStream", &[m("SubscribeToShardEvent", &S_SUBSCRIBE_TO_SHARD_EVENT).required(), m("ResourceNotFoundException", &S_RESOURCE_NOT_FOUND_EXCEPTION), m("ResourceInUseException", &S_RESOURCE_IN_USE_EXCEPTION), m("KMSDisabledException", &S_KMSDISABLED_EXCEPTION), m("KMSInvalidStateException", &S_KMSINVALID_STATE_EXCEPTION), m("KMSAccessDeniedException", &S_KMSACCESS_DENIED_EXCEPTION), m("KMSNotFoundException", &S_KMSNOT_FOUND_EXCEPTION), m("KMSOptInRequired", &S_KMSOPT_IN_REQUIRED), m("KMSThrottlingException", &S_KMSTHROTTLING_EXCEPTION), m("InternalFailureException", &S_INTERNAL_FAILURE_EXCEPTION)]);
static S_SUBSCRIBE_TO_SHARD_INPUT: Shape = structure("SubscribeToShardInput", &[m("ConsumerARN", &S_CONSUMER_ARN).required().read(), m("StreamId", &S_STREAM_ID), m("ShardId", &S_SHARD_ID).required().read(), m("StartingPosition", &S_STARTING_POSITION).required().read(), m("DryRun", &S_BOOLEAN_OBJECT)]);
static S_SUBSCRIBE_TO_SHARD_OUTPUT: Shape = structure("SubscribeToShardOutput", &[m("EventStream", &S_SUBSCRIBE_TO_SHARD_EVENT_STREAM).required()]);
static S_TAG: Shape = structure("Tag", &[m("Key", &S_TAG_KEY).required(), m("Value", &S_TAG_VALUE)]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), None, &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "member", b(1, 50));
static S_TAG_LIST: Shape = list("TagList", &S_TAG, "member", Bounds::NONE);
static S_TAG_MAP: Shape = map("TagMap", &S_TAG_KEY, &S_TAG_VALUE, b(1, 200));
static S_TAG_RESOURCE_INPUT: Shape = structure("TagResourceInput", &[m("Tags", &S_TAG_MAP).required().read(), m("ResourceARN", &S_RESOURCE_ARN).required().read(), m("StreamId", &S_STREAM_ID)]);
static S_TAG_VALUE: Shape = string("TagValue", b(0, 256), None, &[]);
static S_TIMESTAMP: Shape = scalar("Timestamp", Kind::Timestamp);
static S_UNTAG_RESOURCE_INPUT: Shape = structure("UntagResourceInput", &[m("TagKeys", &S_TAG_KEY_LIST).required().read(), m("ResourceARN", &S_RESOURCE_ARN).required().read(), m("StreamId", &S_STREAM_ID)]);
static S_UPDATE_SHARD_COUNT_INPUT: Shape = structure("UpdateShardCountInput", &[m("StreamName", &S_STREAM_NAME).read(), m("TargetShardCount", &S_POSITIVE_INTEGER_OBJECT).required().read(), m("ScalingType", &S_SCALING_TYPE).required().read(), m("StreamARN", &S_STREAM_ARN).read(), m("StreamId", &S_STREAM_ID)]);
static S_UPDATE_SHARD_COUNT_OUTPUT: Shape = structure("UpdateShardCountOutput", &[m("StreamName", &S_STREAM_NAME), m("CurrentShardCount", &S_POSITIVE_INTEGER_OBJECT), m("TargetShardCount", &S_POSITIVE_INTEGER_OBJECT), m("StreamARN", &S_STREAM_ARN)]);
static S_UPDATE_STREAM_MODE_INPUT: Shape = structure("UpdateStreamModeInput", &[m("StreamARN", &S_STREAM_ARN).required().read(), m("StreamId", &S_STREAM_ID), m("StreamModeDetails", &S_STREAM_MODE_DETAILS).required().read(), m("WarmThroughputMiBps", &S_NATURAL_INTEGER_OBJECT)]);
static S_WARM_THROUGHPUT_OBJECT: Shape = structure("WarmThroughputObject", &[m("TargetMiBps", &S_NATURAL_INTEGER_OBJECT), m("CurrentMiBps", &S_NATURAL_INTEGER_OBJECT)]);
static P0: Pattern = Pattern::new("^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+", "^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+");
static P1: Pattern = Pattern::new("[a-zA-Z0-9_.-]+", "[a-zA-Z0-9_.-]+");
static P2: Pattern = Pattern::new("^(0|([1-9]\\d{0,38}))$", "^(0|([1-9]\\d{0,38}))$");
static P3: Pattern = Pattern::new("arn:aws.*:kinesis:.*:\\d{12}:.*(stream|channel|queue)/\\S+", "arn:aws.*:kinesis:.*:\\d{12}:.*(stream|channel|queue)/\\S+");
static P4: Pattern = Pattern::new("^(0|([1-9]\\d{0,128}))$", "^(0|([1-9]\\d{0,128}))$");
static P5: Pattern = Pattern::new("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+", "arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
static P6: Pattern = Pattern::new("[a-z0-9]{20}-[a-z0-9]{3}", "[a-z0-9]{20}-[a-z0-9]{3}");
