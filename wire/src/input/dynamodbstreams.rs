//! The inputs of dynamodbstreams's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeStream {
    #[serde(rename = "StreamArn")] pub stream_arn: String,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "ExclusiveStartShardId")] pub exclusive_start_shard_id: Option<String>,
    #[serde(rename = "ShardFilter")] pub shard_filter: Option<ShardFilter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRecords {
    #[serde(rename = "ShardIterator")] pub shard_iterator: String,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetShardIterator {
    #[serde(rename = "StreamArn")] pub stream_arn: String,
    #[serde(rename = "ShardId")] pub shard_id: String,
    #[serde(rename = "ShardIteratorType")] pub shard_iterator_type: String,
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<String>,
    #[serde(rename = "Timestamp")] pub timestamp: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListStreams {
    #[serde(rename = "TableName")] pub table_name: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
    #[serde(rename = "ExclusiveStartStreamArn")] pub exclusive_start_stream_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ShardFilter {
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "ShardId")] pub shard_id: Option<String>,
}
