//! The inputs of logs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { CreateLogGroup {
    must "logGroupName" log_group_name: String,
    may "tags" tags: Option<BTreeMap<String, String>>,
} }

input! { CreateLogStream {
    must "logGroupName" log_group_name: String,
    must "logStreamName" log_stream_name: String,
} }

input! { DeleteLogGroup {
    must "logGroupName" log_group_name: String,
} }

input! { DeleteLogStream {
    must "logGroupName" log_group_name: String,
    must "logStreamName" log_stream_name: String,
} }

input! { DeleteRetentionPolicy {
    must "logGroupName" log_group_name: String,
} }

input! { DeleteSubscriptionFilter {
    must "logGroupName" log_group_name: String,
    must "filterName" filter_name: String,
} }

input! { DescribeLogGroups {
    may "logGroupNamePrefix" log_group_name_prefix: Option<String>,
    may "logGroupNamePattern" log_group_name_pattern: Option<String>,
    may "nextToken" next_token: Option<String>,
    may "limit" limit: Option<i32>,
} }

input! { DescribeLogStreams {
    may "logGroupName" log_group_name: Option<String>,
    may "logGroupIdentifier" log_group_identifier: Option<String>,
    may "logStreamNamePrefix" log_stream_name_prefix: Option<String>,
    may "orderBy" order_by: Option<String>,
    may "descending" descending: Option<bool>,
    may "nextToken" next_token: Option<String>,
    may "limit" limit: Option<i32>,
} }

input! { DescribeSubscriptionFilters {
    must "logGroupName" log_group_name: String,
    may "filterNamePrefix" filter_name_prefix: Option<String>,
    may "nextToken" next_token: Option<String>,
    may "limit" limit: Option<i32>,
} }

input! { FilterLogEvents {
    may "logGroupName" log_group_name: Option<String>,
    may "logGroupIdentifier" log_group_identifier: Option<String>,
    may "logStreamNames" log_stream_names: Option<Vec<String>>,
    may "logStreamNamePrefix" log_stream_name_prefix: Option<String>,
    may "startTime" start_time: Option<i64>,
    may "endTime" end_time: Option<i64>,
    may "filterPattern" filter_pattern: Option<String>,
    may "nextToken" next_token: Option<String>,
    may "limit" limit: Option<i32>,
} }

input! { GetLogEvents {
    may "logGroupName" log_group_name: Option<String>,
    may "logGroupIdentifier" log_group_identifier: Option<String>,
    must "logStreamName" log_stream_name: String,
    may "startTime" start_time: Option<i64>,
    may "endTime" end_time: Option<i64>,
    may "nextToken" next_token: Option<String>,
    may "limit" limit: Option<i32>,
    may "startFromHead" start_from_head: Option<bool>,
} }

input! { ListTagsForResource {
    must "resourceArn" resource_arn: String,
} }

input! { ListTagsLogGroup {
    must "logGroupName" log_group_name: String,
} }

input! { PutLogEvents {
    must "logGroupName" log_group_name: String,
    must "logStreamName" log_stream_name: String,
    must "logEvents" log_events: Vec<InputLogEvent>,
} }

input! { PutRetentionPolicy {
    must "logGroupName" log_group_name: String,
    must "retentionInDays" retention_in_days: i32,
} }

input! { PutSubscriptionFilter {
    must "logGroupName" log_group_name: String,
    must "filterName" filter_name: String,
    must "filterPattern" filter_pattern: String,
    must "destinationArn" destination_arn: String,
    may "roleArn" role_arn: Option<String>,
    may "distribution" distribution: Option<String>,
} }

input! { TagLogGroup {
    must "logGroupName" log_group_name: String,
    must "tags" tags: BTreeMap<String, String>,
} }

input! { TagResource {
    must "resourceArn" resource_arn: String,
    must "tags" tags: BTreeMap<String, String>,
} }

input! { UntagLogGroup {
    must "logGroupName" log_group_name: String,
    must "tags" tags: Vec<String>,
} }

input! { UntagResource {
    must "resourceArn" resource_arn: String,
    must "tagKeys" tag_keys: Vec<String>,
} }

input! { InputLogEvent {
    must "timestamp" timestamp: i64,
    must "message" message: String,
} }
