//! The outputs of logs's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeLogGroupsResponse {
    #[serde(rename = "logGroups")] pub log_groups: Option<Vec<LogGroup>>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeLogStreamsResponse {
    #[serde(rename = "logStreams")] pub log_streams: Option<Vec<LogStream>>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeSubscriptionFiltersResponse {
    #[serde(rename = "subscriptionFilters")] pub subscription_filters: Option<Vec<SubscriptionFilter>>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FilterLogEventsResponse {
    #[serde(rename = "events")] pub events: Option<Vec<FilteredLogEvent>>,
    #[serde(rename = "searchedLogStreams")] pub searched_log_streams: Option<Vec<SearchedLogStream>>,
    #[serde(rename = "nextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FilteredLogEvent {
    #[serde(rename = "logStreamName")] pub log_stream_name: Option<String>,
    #[serde(rename = "timestamp")] pub timestamp: Option<i64>,
    #[serde(rename = "message")] pub message: Option<String>,
    #[serde(rename = "ingestionTime")] pub ingestion_time: Option<i64>,
    #[serde(rename = "eventId")] pub event_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetLogEventsResponse {
    #[serde(rename = "events")] pub events: Option<Vec<OutputLogEvent>>,
    #[serde(rename = "nextForwardToken")] pub next_forward_token: Option<String>,
    #[serde(rename = "nextBackwardToken")] pub next_backward_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsForResourceResponse {
    #[serde(rename = "tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsLogGroupResponse {
    #[serde(rename = "tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LogGroup {
    #[serde(rename = "logGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "creationTime")] pub creation_time: Option<i64>,
    #[serde(rename = "retentionInDays")] pub retention_in_days: Option<i32>,
    #[serde(rename = "metricFilterCount")] pub metric_filter_count: Option<i32>,
    #[serde(rename = "arn")] pub arn: Option<String>,
    #[serde(rename = "storedBytes")] pub stored_bytes: Option<i64>,
    #[serde(rename = "kmsKeyId")] pub kms_key_id: Option<String>,
    #[serde(rename = "dataProtectionStatus")] pub data_protection_status: Option<String>,
    #[serde(rename = "inheritedProperties")] pub inherited_properties: Option<Vec<String>>,
    #[serde(rename = "logGroupClass")] pub log_group_class: Option<String>,
    #[serde(rename = "logGroupArn")] pub log_group_arn: Option<String>,
    #[serde(rename = "deletionProtectionEnabled")] pub deletion_protection_enabled: Option<bool>,
    #[serde(rename = "bearerTokenAuthenticationEnabled")] pub bearer_token_authentication_enabled: Option<bool>,
    #[serde(rename = "retentionPolicyName")] pub retention_policy_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LogStream {
    #[serde(rename = "logStreamName")] pub log_stream_name: Option<String>,
    #[serde(rename = "creationTime")] pub creation_time: Option<i64>,
    #[serde(rename = "firstEventTimestamp")] pub first_event_timestamp: Option<i64>,
    #[serde(rename = "lastEventTimestamp")] pub last_event_timestamp: Option<i64>,
    #[serde(rename = "lastIngestionTime")] pub last_ingestion_time: Option<i64>,
    #[serde(rename = "uploadSequenceToken")] pub upload_sequence_token: Option<String>,
    #[serde(rename = "arn")] pub arn: Option<String>,
    #[serde(rename = "storedBytes")] pub stored_bytes: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OutputLogEvent {
    #[serde(rename = "timestamp")] pub timestamp: Option<i64>,
    #[serde(rename = "message")] pub message: Option<String>,
    #[serde(rename = "ingestionTime")] pub ingestion_time: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutLogEventsResponse {
    #[serde(rename = "nextSequenceToken")] pub next_sequence_token: Option<String>,
    #[serde(rename = "rejectedLogEventsInfo")] pub rejected_log_events_info: Option<RejectedLogEventsInfo>,
    #[serde(rename = "rejectedEntityInfo")] pub rejected_entity_info: Option<RejectedEntityInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RejectedEntityInfo {
    #[serde(rename = "errorType")] pub error_type: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RejectedLogEventsInfo {
    #[serde(rename = "tooNewLogEventStartIndex")] pub too_new_log_event_start_index: Option<i32>,
    #[serde(rename = "tooOldLogEventEndIndex")] pub too_old_log_event_end_index: Option<i32>,
    #[serde(rename = "expiredLogEventEndIndex")] pub expired_log_event_end_index: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SearchedLogStream {
    #[serde(rename = "logStreamName")] pub log_stream_name: Option<String>,
    #[serde(rename = "searchedCompletely")] pub searched_completely: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SubscriptionFilter {
    #[serde(rename = "filterName")] pub filter_name: Option<String>,
    #[serde(rename = "logGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "filterPattern")] pub filter_pattern: Option<String>,
    #[serde(rename = "destinationArn")] pub destination_arn: Option<String>,
    #[serde(rename = "roleArn")] pub role_arn: Option<String>,
    #[serde(rename = "distribution")] pub distribution: Option<String>,
    #[serde(rename = "applyOnTransformedLogs")] pub apply_on_transformed_logs: Option<bool>,
    #[serde(rename = "creationTime")] pub creation_time: Option<i64>,
    #[serde(rename = "fieldSelectionCriteria")] pub field_selection_criteria: Option<String>,
    #[serde(rename = "emitSystemFields")] pub emit_system_fields: Option<Vec<String>>,
}
