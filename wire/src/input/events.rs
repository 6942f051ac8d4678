//! The inputs of events's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateEventBus {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteEventBus {
    #[serde(rename = "Name")] pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeEventBus {
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeRule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DisableRule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct EnableRule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListEventBuses {
    #[serde(rename = "NamePrefix")] pub name_prefix: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListRuleNamesByTarget {
    #[serde(rename = "TargetArn")] pub target_arn: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListRules {
    #[serde(rename = "NamePrefix")] pub name_prefix: Option<String>,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "ResourceARN")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTargetsByRule {
    #[serde(rename = "Rule")] pub rule: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Limit")] pub limit: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutEvents {
    #[serde(rename = "Entries")] pub entries: Vec<PutEventsRequestEntry>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutPermission {
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "Action")] pub action: Option<String>,
    #[serde(rename = "Principal")] pub principal: Option<String>,
    #[serde(rename = "StatementId")] pub statement_id: Option<String>,
    #[serde(rename = "Condition")] pub condition: Option<Condition>,
    #[serde(rename = "Policy")] pub policy: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRule {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: Option<String>,
    #[serde(rename = "EventPattern")] pub event_pattern: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "RoleArn")] pub role_arn: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutTargets {
    #[serde(rename = "Rule")] pub rule: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "Targets")] pub targets: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemovePermission {
    #[serde(rename = "StatementId")] pub statement_id: Option<String>,
    #[serde(rename = "RemoveAllPermissions")] pub remove_all_permissions: Option<bool>,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemoveTargets {
    #[serde(rename = "Rule")] pub rule: String,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "Ids")] pub ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "ResourceARN")] pub resource_arn: String,
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TestEventPattern {
    #[serde(rename = "EventPattern")] pub event_pattern: String,
    #[serde(rename = "Event")] pub event: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "ResourceARN")] pub resource_arn: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateEventBus {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Condition {
    #[serde(rename = "Type")] pub r#type: String,
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutEventsRequestEntry {
    #[serde(rename = "Time")] pub time: Option<i64>,
    #[serde(rename = "Source")] pub source: Option<String>,
    #[serde(rename = "Resources")] pub resources: Option<Vec<String>>,
    #[serde(rename = "DetailType")] pub detail_type: Option<String>,
    #[serde(rename = "Detail")] pub detail: Option<String>,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "TraceHeader")] pub trace_header: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Target {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "RoleArn")] pub role_arn: Option<String>,
    #[serde(rename = "Input")] pub input: Option<String>,
    #[serde(rename = "InputPath")] pub input_path: Option<String>,
    #[serde(rename = "InputTransformer")] pub input_transformer: Option<InputTransformer>,
    #[serde(rename = "SqsParameters")] pub sqs_parameters: Option<SqsParameters>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "RetryPolicy")] pub retry_policy: Option<RetryPolicy>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeadLetterConfig {
    #[serde(rename = "Arn")] pub arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct InputTransformer {
    #[serde(rename = "InputPathsMap")] pub input_paths_map: Option<BTreeMap<String, String>>,
    #[serde(rename = "InputTemplate")] pub input_template: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RetryPolicy {
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SqsParameters {
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}
