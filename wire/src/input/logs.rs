//! The inputs of logs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateLogGroup {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateLogStream {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "logStreamName")] pub log_stream_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteLogGroup {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteLogStream {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "logStreamName")] pub log_stream_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRetentionPolicy {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteSubscriptionFilter {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "filterName")] pub filter_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeLogGroups {
    #[serde(rename = "logGroupNamePrefix")] pub log_group_name_prefix: Option<String>,
    #[serde(rename = "logGroupNamePattern")] pub log_group_name_pattern: Option<String>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
    #[serde(rename = "limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeLogStreams {
    #[serde(rename = "logGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "logGroupIdentifier")] pub log_group_identifier: Option<String>,
    #[serde(rename = "logStreamNamePrefix")] pub log_stream_name_prefix: Option<String>,
    #[serde(rename = "orderBy")] pub order_by: Option<String>,
    #[serde(rename = "descending")] pub descending: Option<bool>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
    #[serde(rename = "limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeSubscriptionFilters {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "filterNamePrefix")] pub filter_name_prefix: Option<String>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
    #[serde(rename = "limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct FilterLogEvents {
    #[serde(rename = "logGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "logGroupIdentifier")] pub log_group_identifier: Option<String>,
    #[serde(rename = "logStreamNames")] pub log_stream_names: Option<Vec<String>>,
    #[serde(rename = "logStreamNamePrefix")] pub log_stream_name_prefix: Option<String>,
    #[serde(rename = "startTime")] pub start_time: Option<i64>,
    #[serde(rename = "endTime")] pub end_time: Option<i64>,
    #[serde(rename = "filterPattern")] pub filter_pattern: Option<String>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
    #[serde(rename = "limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetLogEvents {
    #[serde(rename = "logGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "logGroupIdentifier")] pub log_group_identifier: Option<String>,
    #[serde(rename = "logStreamName")] pub log_stream_name: String,
    #[serde(rename = "startTime")] pub start_time: Option<i64>,
    #[serde(rename = "endTime")] pub end_time: Option<i64>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
    #[serde(rename = "limit")] pub limit: Option<i32>,
    #[serde(rename = "startFromHead")] pub start_from_head: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "resourceArn")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsLogGroup {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutLogEvents {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "logStreamName")] pub log_stream_name: String,
    #[serde(rename = "logEvents")] pub log_events: Vec<InputLogEvent>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRetentionPolicy {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "retentionInDays")] pub retention_in_days: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutSubscriptionFilter {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "filterName")] pub filter_name: String,
    #[serde(rename = "filterPattern")] pub filter_pattern: String,
    #[serde(rename = "destinationArn")] pub destination_arn: String,
    #[serde(rename = "roleArn")] pub role_arn: Option<String>,
    #[serde(rename = "distribution")] pub distribution: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagLogGroup {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "tags")] pub tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "resourceArn")] pub resource_arn: String,
    #[serde(rename = "tags")] pub tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagLogGroup {
    #[serde(rename = "logGroupName")] pub log_group_name: String,
    #[serde(rename = "tags")] pub tags: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "resourceArn")] pub resource_arn: String,
    #[serde(rename = "tagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct InputLogEvent {
    #[serde(rename = "timestamp")] pub timestamp: i64,
    #[serde(rename = "message")] pub message: String,
}
