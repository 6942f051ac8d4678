//! Amazon DynamoDB Streams 2012-08-10. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, dynamodbstreams::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "dynamodbstreams", signing: "dynamodb", version: "2012-08-10", protocol: Protocol::Json, namespace: "", target: "DynamoDBStreams_20120810", json: "1.0", error_prefix: "com.amazonaws.dynamodb.v20120810#", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 4] = [
    Operation { op: op::Op::Dynamodbstreams(Op::DescribeStream), name: "DescribeStream", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_DESCRIBE_STREAM_INPUT), output: Some(&S_DESCRIBE_STREAM_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodbstreams(Op::GetRecords), name: "GetRecords", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_RECORDS_INPUT), output: Some(&S_GET_RECORDS_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodbstreams(Op::GetShardIterator), name: "GetShardIterator", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_SHARD_ITERATOR_INPUT), output: Some(&S_GET_SHARD_ITERATOR_OUTPUT), note: "" },
    Operation { op: op::Op::Dynamodbstreams(Op::ListStreams), name: "ListStreams", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_LIST_STREAMS_INPUT), output: Some(&S_LIST_STREAMS_OUTPUT), note: "" },
];

static ERRORS: [ErrorShape; 7] = [
    ErrorShape { code: "AccessDeniedException", query: None, status: 400, members: &[] },
    ErrorShape { code: "ExpiredIteratorException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "InternalServerError", query: None, status: 500, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "LimitExceededException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "TrimmedDataAccessException", query: None, status: 400, members: &[m("message", &S_ERROR_MESSAGE)] },
    ErrorShape { code: "ValidationException", query: None, status: 400, members: &[] },
];

static UNSUPPORTED: [Route; 0] = [
];

static S_ATTRIBUTE_MAP: Shape = map("AttributeMap", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_ATTRIBUTE_NAME: Shape = string("AttributeName", Bounds::NONE, None, &[]);
static S_ATTRIBUTE_VALUE: Shape = structure("AttributeValue", &[m("S", &S_STRING_ATTRIBUTE_VALUE), m("N", &S_NUMBER_ATTRIBUTE_VALUE), m("B", &S_BINARY_ATTRIBUTE_VALUE), m("SS", &S_STRING_SET_ATTRIBUTE_VALUE), m("NS", &S_NUMBER_SET_ATTRIBUTE_VALUE), m("BS", &S_BINARY_SET_ATTRIBUTE_VALUE), m("M", &S_MAP_ATTRIBUTE_VALUE), m("L", &S_LIST_ATTRIBUTE_VALUE), m("NULL", &S_NULL_ATTRIBUTE_VALUE), m("BOOL", &S_BOOLEAN_ATTRIBUTE_VALUE)]);
static S_BINARY_ATTRIBUTE_VALUE: Shape = scalar("BinaryAttributeValue", Kind::Blob(Bounds::NONE));
static S_BINARY_SET_ATTRIBUTE_VALUE: Shape = list("BinarySetAttributeValue", &S_BINARY_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_BOOLEAN_ATTRIBUTE_VALUE: Shape = scalar("BooleanAttributeValue", Kind::Boolean);
static S_DATE: Shape = scalar("Date", Kind::Timestamp);
static S_DESCRIBE_STREAM_INPUT: Shape = structure("DescribeStreamInput", &[m("StreamArn", &S_STREAM_ARN).required().read(), m("Limit", &S_POSITIVE_INTEGER_OBJECT).read(), m("ExclusiveStartShardId", &S_SHARD_ID).read(), m("ShardFilter", &S_SHARD_FILTER).read()]);
static S_DESCRIBE_STREAM_OUTPUT: Shape = structure("DescribeStreamOutput", &[m("StreamDescription", &S_STREAM_DESCRIPTION)]);
static S_ERROR_MESSAGE: Shape = string("ErrorMessage", Bounds::NONE, None, &[]);
static S_GET_RECORDS_INPUT: Shape = structure("GetRecordsInput", &[m("ShardIterator", &S_SHARD_ITERATOR).required().read(), m("Limit", &S_POSITIVE_INTEGER_OBJECT).read()]);
static S_GET_RECORDS_OUTPUT: Shape = structure("GetRecordsOutput", &[m("Records", &S_RECORD_LIST), m("NextShardIterator", &S_SHARD_ITERATOR)]);
static S_GET_SHARD_ITERATOR_INPUT: Shape = structure("GetShardIteratorInput", &[m("StreamArn", &S_STREAM_ARN).required().read(), m("ShardId", &S_SHARD_ID).required().read(), m("ShardIteratorType", &S_SHARD_ITERATOR_TYPE).required().read(), m("SequenceNumber", &S_SEQUENCE_NUMBER).read(), m("Timestamp", &S_TIMESTAMP).read()]);
static S_GET_SHARD_ITERATOR_OUTPUT: Shape = structure("GetShardIteratorOutput", &[m("ShardIterator", &S_SHARD_ITERATOR)]);
static S_IDENTITY: Shape = structure("Identity", &[m("PrincipalId", &S_STRING), m("Type", &S_STRING)]);
static S_KEY_SCHEMA: Shape = list("KeySchema", &S_KEY_SCHEMA_ELEMENT, "member", Bounds::NONE);
static S_KEY_SCHEMA_ATTRIBUTE_NAME: Shape = string("KeySchemaAttributeName", Bounds::NONE, None, &[]);
static S_KEY_SCHEMA_ELEMENT: Shape = structure("KeySchemaElement", &[m("AttributeName", &S_KEY_SCHEMA_ATTRIBUTE_NAME).required(), m("KeyType", &S_KEY_TYPE).required()]);
static S_KEY_TYPE: Shape = string("KeyType", Bounds::NONE, None, &[]);
static S_LIST_ATTRIBUTE_VALUE: Shape = list("ListAttributeValue", &S_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_LIST_STREAMS_INPUT: Shape = structure("ListStreamsInput", &[m("TableName", &S_TABLE_NAME).read(), m("Limit", &S_POSITIVE_INTEGER_OBJECT).read(), m("ExclusiveStartStreamArn", &S_STREAM_ARN).read()]);
static S_LIST_STREAMS_OUTPUT: Shape = structure("ListStreamsOutput", &[m("Streams", &S_STREAM_LIST), m("LastEvaluatedStreamArn", &S_STREAM_ARN)]);
static S_MAP_ATTRIBUTE_VALUE: Shape = map("MapAttributeValue", &S_ATTRIBUTE_NAME, &S_ATTRIBUTE_VALUE, Bounds::NONE);
static S_NULL_ATTRIBUTE_VALUE: Shape = scalar("NullAttributeValue", Kind::Boolean);
static S_NUMBER_ATTRIBUTE_VALUE: Shape = string("NumberAttributeValue", Bounds::NONE, None, &[]);
static S_NUMBER_SET_ATTRIBUTE_VALUE: Shape = list("NumberSetAttributeValue", &S_NUMBER_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_OPERATION_TYPE: Shape = string("OperationType", Bounds::NONE, None, &[]);
static S_POSITIVE_INTEGER_OBJECT: Shape = scalar("PositiveIntegerObject", Kind::Integer(b(1, i64::MAX)));
static S_POSITIVE_LONG_OBJECT: Shape = scalar("PositiveLongObject", Kind::Long(Bounds::NONE));
static S_RECORD: Shape = structure("Record", &[m("eventID", &S_STRING), m("eventName", &S_OPERATION_TYPE), m("eventVersion", &S_STRING), m("eventSource", &S_STRING), m("awsRegion", &S_STRING), m("dynamodb", &S_STREAM_RECORD), m("userIdentity", &S_IDENTITY)]);
static S_RECORD_LIST: Shape = list("RecordList", &S_RECORD, "member", Bounds::NONE);
static S_SEQUENCE_NUMBER: Shape = string("SequenceNumber", b(21, 40), None, &[]);
static S_SEQUENCE_NUMBER_RANGE: Shape = structure("SequenceNumberRange", &[m("StartingSequenceNumber", &S_SEQUENCE_NUMBER), m("EndingSequenceNumber", &S_SEQUENCE_NUMBER)]);
static S_SHARD: Shape = structure("Shard", &[m("ShardId", &S_SHARD_ID), m("SequenceNumberRange", &S_SEQUENCE_NUMBER_RANGE), m("ParentShardId", &S_SHARD_ID)]);
static S_SHARD_DESCRIPTION_LIST: Shape = list("ShardDescriptionList", &S_SHARD, "member", Bounds::NONE);
static S_SHARD_FILTER: Shape = structure("ShardFilter", &[m("Type", &S_SHARD_FILTER_TYPE).read(), m("ShardId", &S_SHARD_ID).read()]);
static S_SHARD_FILTER_TYPE: Shape = string("ShardFilterType", Bounds::NONE, None, &["CHILD_SHARDS"]);
static S_SHARD_ID: Shape = string("ShardId", b(28, 65), None, &[]);
static S_SHARD_ITERATOR: Shape = string("ShardIterator", b(1, 2048), None, &[]);
static S_SHARD_ITERATOR_TYPE: Shape = string("ShardIteratorType", Bounds::NONE, None, &["TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP"]);
static S_STREAM: Shape = structure("Stream", &[m("StreamArn", &S_STREAM_ARN), m("TableName", &S_TABLE_NAME), m("StreamLabel", &S_STRING)]);
static S_STREAM_ARN: Shape = string("StreamArn", b(37, 1024), None, &[]);
static S_STREAM_DESCRIPTION: Shape = structure("StreamDescription", &[m("StreamArn", &S_STREAM_ARN), m("StreamLabel", &S_STRING), m("StreamStatus", &S_STREAM_STATUS), m("StreamViewType", &S_STREAM_VIEW_TYPE), m("CreationRequestDateTime", &S_DATE), m("TableName", &S_TABLE_NAME), m("KeySchema", &S_KEY_SCHEMA), m("Shards", &S_SHARD_DESCRIPTION_LIST), m("LastEvaluatedShardId", &S_SHARD_ID)]);
static S_STREAM_LIST: Shape = list("StreamList", &S_STREAM, "member", Bounds::NONE);
static S_STREAM_RECORD: Shape = structure("StreamRecord", &[m("ApproximateCreationDateTime", &S_DATE), m("Keys", &S_ATTRIBUTE_MAP), m("NewImage", &S_ATTRIBUTE_MAP), m("OldImage", &S_ATTRIBUTE_MAP), m("SequenceNumber", &S_SEQUENCE_NUMBER), m("SizeBytes", &S_POSITIVE_LONG_OBJECT), m("StreamViewType", &S_STREAM_VIEW_TYPE)]);
static S_STREAM_STATUS: Shape = string("StreamStatus", Bounds::NONE, None, &[]);
static S_STREAM_VIEW_TYPE: Shape = string("StreamViewType", Bounds::NONE, None, &[]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_STRING_ATTRIBUTE_VALUE: Shape = string("StringAttributeValue", Bounds::NONE, None, &[]);
static S_STRING_SET_ATTRIBUTE_VALUE: Shape = list("StringSetAttributeValue", &S_STRING_ATTRIBUTE_VALUE, "member", Bounds::NONE);
static S_TABLE_NAME: Shape = string("TableName", b(3, 255), Some(&P0), &[]);
static S_TIMESTAMP: Shape = scalar("Timestamp", Kind::Timestamp);
static P0: Pattern = Pattern::new("[a-zA-Z0-9_.-]+", "[a-zA-Z0-9_.-]+");
