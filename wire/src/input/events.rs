//! The inputs of events's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { CreateEventBus {
    must "Name" name: String,
    may "Description" description: Option<String>,
    may "Tags" tags: Option<Vec<Tag>>,
} }

input! { DeleteEventBus {
    must "Name" name: String,
} }

input! { DeleteRule {
    must "Name" name: String,
    may "EventBusName" event_bus_name: Option<String>,
} }

input! { DescribeEventBus {
    may "Name" name: Option<String>,
} }

input! { DescribeRule {
    must "Name" name: String,
    may "EventBusName" event_bus_name: Option<String>,
} }

input! { DisableRule {
    must "Name" name: String,
    may "EventBusName" event_bus_name: Option<String>,
} }

input! { EnableRule {
    must "Name" name: String,
    may "EventBusName" event_bus_name: Option<String>,
} }

input! { ListEventBuses {
    may "NamePrefix" name_prefix: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "Limit" limit: Option<i32>,
} }

input! { ListRuleNamesByTarget {
    must "TargetArn" target_arn: String,
    may "EventBusName" event_bus_name: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "Limit" limit: Option<i32>,
} }

input! { ListRules {
    may "NamePrefix" name_prefix: Option<String>,
    may "EventBusName" event_bus_name: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "Limit" limit: Option<i32>,
} }

input! { ListTagsForResource {
    must "ResourceARN" resource_arn: String,
} }

input! { ListTargetsByRule {
    must "Rule" rule: String,
    may "EventBusName" event_bus_name: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "Limit" limit: Option<i32>,
} }

input! { PutEvents {
    must "Entries" entries: Vec<PutEventsRequestEntry>,
} }

input! { PutPermission {
    may "EventBusName" event_bus_name: Option<String>,
    may "Action" action: Option<String>,
    may "Principal" principal: Option<String>,
    may "StatementId" statement_id: Option<String>,
    may "Condition" condition: Option<Condition>,
    may "Policy" policy: Option<String>,
} }

input! { PutRule {
    must "Name" name: String,
    may "ScheduleExpression" schedule_expression: Option<String>,
    may "EventPattern" event_pattern: Option<String>,
    may "State" state: Option<String>,
    may "Description" description: Option<String>,
    may "RoleArn" role_arn: Option<String>,
    may "Tags" tags: Option<Vec<Tag>>,
    may "EventBusName" event_bus_name: Option<String>,
} }

input! { PutTargets {
    must "Rule" rule: String,
    may "EventBusName" event_bus_name: Option<String>,
    must "Targets" targets: Vec<Target>,
} }

input! { RemovePermission {
    may "StatementId" statement_id: Option<String>,
    may "RemoveAllPermissions" remove_all_permissions: Option<bool>,
    may "EventBusName" event_bus_name: Option<String>,
} }

input! { RemoveTargets {
    must "Rule" rule: String,
    may "EventBusName" event_bus_name: Option<String>,
    must "Ids" ids: Vec<String>,
} }

input! { TagResource {
    must "ResourceARN" resource_arn: String,
    must "Tags" tags: Vec<Tag>,
} }

input! { TestEventPattern {
    must "EventPattern" event_pattern: String,
    must "Event" event: String,
} }

input! { UntagResource {
    must "ResourceARN" resource_arn: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateEventBus {
    may "Name" name: Option<String>,
    may "Description" description: Option<String>,
} }

input! { Condition {
    must "Type" r#type: String,
    must "Key" key: String,
    must "Value" value: String,
} }

input! { PutEventsRequestEntry {
    may "Time" time: Option<i64>,
    may "Source" source: Option<String>,
    may "Resources" resources: Option<Vec<String>>,
    may "DetailType" detail_type: Option<String>,
    may "Detail" detail: Option<String>,
    may "EventBusName" event_bus_name: Option<String>,
    may "TraceHeader" trace_header: Option<String>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }

input! { Target {
    must "Id" id: String,
    must "Arn" arn: String,
    may "RoleArn" role_arn: Option<String>,
    may "Input" input: Option<String>,
    may "InputPath" input_path: Option<String>,
    may "InputTransformer" input_transformer: Option<InputTransformer>,
    may "SqsParameters" sqs_parameters: Option<SqsParameters>,
    may "DeadLetterConfig" dead_letter_config: Option<DeadLetterConfig>,
    may "RetryPolicy" retry_policy: Option<RetryPolicy>,
} }

input! { DeadLetterConfig {
    may "Arn" arn: Option<String>,
} }

input! { InputTransformer {
    may "InputPathsMap" input_paths_map: Option<BTreeMap<String, String>>,
    must "InputTemplate" input_template: String,
} }

input! { RetryPolicy {
    may "MaximumRetryAttempts" maximum_retry_attempts: Option<i32>,
    may "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: Option<i32>,
} }

input! { SqsParameters {
    may "MessageGroupId" message_group_id: Option<String>,
} }
