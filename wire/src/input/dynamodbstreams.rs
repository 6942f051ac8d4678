//! The inputs of dynamodbstreams's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { DescribeStream {
    must "StreamArn" stream_arn: String,
    may "Limit" limit: Option<i32>,
    may "ExclusiveStartShardId" exclusive_start_shard_id: Option<String>,
    may "ShardFilter" shard_filter: Option<ShardFilter>,
} }

input! { GetRecords {
    must "ShardIterator" shard_iterator: String,
    may "Limit" limit: Option<i32>,
} }

input! { GetShardIterator {
    must "StreamArn" stream_arn: String,
    must "ShardId" shard_id: String,
    must "ShardIteratorType" shard_iterator_type: String,
    may "SequenceNumber" sequence_number: Option<String>,
    may "Timestamp" timestamp: Option<i64>,
} }

input! { ListStreams {
    may "TableName" table_name: Option<String>,
    may "Limit" limit: Option<i32>,
    may "ExclusiveStartStreamArn" exclusive_start_stream_arn: Option<String>,
} }

input! { ShardFilter {
    may "Type" r#type: Option<String>,
    may "ShardId" shard_id: Option<String>,
} }
