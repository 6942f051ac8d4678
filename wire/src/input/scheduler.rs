//! The inputs of scheduler's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateSchedule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: String,
    #[serde(rename = "StartDate")] pub start_date: Option<i64>,
    #[serde(rename = "EndDate")] pub end_date: Option<i64>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "ScheduleExpressionTimezone")] pub schedule_expression_timezone: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "Target")] pub target: Target,
    #[serde(rename = "FlexibleTimeWindow")] pub flexible_time_window: FlexibleTimeWindow,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "ActionAfterCompletion")] pub action_after_completion: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateScheduleGroup {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteSchedule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteScheduleGroup {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetSchedule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetScheduleGroup {
    #[serde(rename = "Name")] pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListScheduleGroups {
    #[serde(rename = "NamePrefix")] pub name_prefix: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListSchedules {
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "NamePrefix")] pub name_prefix: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateSchedule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: String,
    #[serde(rename = "StartDate")] pub start_date: Option<i64>,
    #[serde(rename = "EndDate")] pub end_date: Option<i64>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "ScheduleExpressionTimezone")] pub schedule_expression_timezone: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "Target")] pub target: Target,
    #[serde(rename = "FlexibleTimeWindow")] pub flexible_time_window: FlexibleTimeWindow,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "ActionAfterCompletion")] pub action_after_completion: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct FlexibleTimeWindow {
    #[serde(rename = "Mode")] pub mode: String,
    #[serde(rename = "MaximumWindowInMinutes")] pub maximum_window_in_minutes: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Target {
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "RoleArn")] pub role_arn: String,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "RetryPolicy")] pub retry_policy: Option<RetryPolicy>,
    #[serde(rename = "Input")] pub input: Option<String>,
    #[serde(rename = "EventBridgeParameters")] pub event_bridge_parameters: Option<EventBridgeParameters>,
    #[serde(rename = "SqsParameters")] pub sqs_parameters: Option<SqsParameters>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeadLetterConfig {
    #[serde(rename = "Arn")] pub arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct EventBridgeParameters {
    #[serde(rename = "DetailType")] pub detail_type: String,
    #[serde(rename = "Source")] pub source: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RetryPolicy {
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SqsParameters {
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}
