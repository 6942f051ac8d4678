//! The outputs of dynamodbstreams's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttributeValue {
    #[serde(rename = "S")] pub s: Option<String>,
    #[serde(rename = "N")] pub n: Option<String>,
    #[serde(rename = "B")] pub b: Option<String>,
    #[serde(rename = "SS")] pub ss: Option<Vec<String>>,
    #[serde(rename = "NS")] pub ns: Option<Vec<String>>,
    #[serde(rename = "BS")] pub bs: Option<Vec<String>>,
    #[serde(rename = "M")] pub m: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "L")] pub l: Option<Vec<AttributeValue>>,
    #[serde(rename = "NULL")] pub null: Option<bool>,
    #[serde(rename = "BOOL")] pub bool: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeStreamOutput {
    #[serde(rename = "StreamDescription")] pub stream_description: Option<StreamDescription>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetRecordsOutput {
    #[serde(rename = "Records")] pub records: Option<Vec<Record>>,
    #[serde(rename = "NextShardIterator")] pub next_shard_iterator: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetShardIteratorOutput {
    #[serde(rename = "ShardIterator")] pub shard_iterator: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Identity {
    #[serde(rename = "PrincipalId")] pub principal_id: Option<String>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeySchemaElement {
    #[serde(rename = "AttributeName")] pub attribute_name: String,
    #[serde(rename = "KeyType")] pub key_type: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListStreamsOutput {
    #[serde(rename = "Streams")] pub streams: Option<Vec<Stream>>,
    #[serde(rename = "LastEvaluatedStreamArn")] pub last_evaluated_stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Record {
    #[serde(rename = "eventID")] pub event_id: Option<String>,
    #[serde(rename = "eventName")] pub event_name: Option<String>,
    #[serde(rename = "eventVersion")] pub event_version: Option<String>,
    #[serde(rename = "eventSource")] pub event_source: Option<String>,
    #[serde(rename = "awsRegion")] pub aws_region: Option<String>,
    #[serde(rename = "dynamodb")] pub dynamodb: Option<StreamRecord>,
    #[serde(rename = "userIdentity")] pub user_identity: Option<Identity>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SequenceNumberRange {
    #[serde(rename = "StartingSequenceNumber")] pub starting_sequence_number: Option<String>,
    #[serde(rename = "EndingSequenceNumber")] pub ending_sequence_number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Shard {
    #[serde(rename = "ShardId")] pub shard_id: Option<String>,
    #[serde(rename = "SequenceNumberRange")] pub sequence_number_range: Option<SequenceNumberRange>,
    #[serde(rename = "ParentShardId")] pub parent_shard_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Stream {
    #[serde(rename = "StreamArn")] pub stream_arn: Option<String>,
    #[serde(rename = "TableName")] pub table_name: Option<String>,
    #[serde(rename = "StreamLabel")] pub stream_label: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct StreamDescription {
    #[serde(rename = "StreamArn")] pub stream_arn: Option<String>,
    #[serde(rename = "StreamLabel")] pub stream_label: Option<String>,
    #[serde(rename = "StreamStatus")] pub stream_status: Option<String>,
    #[serde(rename = "StreamViewType")] pub stream_view_type: Option<String>,
    #[serde(rename = "CreationRequestDateTime")] pub creation_request_date_time: Option<i64>,
    #[serde(rename = "TableName")] pub table_name: Option<String>,
    #[serde(rename = "KeySchema")] pub key_schema: Option<Vec<KeySchemaElement>>,
    #[serde(rename = "Shards")] pub shards: Option<Vec<Shard>>,
    #[serde(rename = "LastEvaluatedShardId")] pub last_evaluated_shard_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct StreamRecord {
    #[serde(rename = "ApproximateCreationDateTime")] pub approximate_creation_date_time: Option<i64>,
    #[serde(rename = "Keys")] pub keys: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "NewImage")] pub new_image: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "OldImage")] pub old_image: Option<BTreeMap<String, AttributeValue>>,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
    #[serde(rename = "SizeBytes")] pub size_bytes: Option<i64>,
    #[serde(rename = "StreamViewType")] pub stream_view_type: Option<String>,
}
