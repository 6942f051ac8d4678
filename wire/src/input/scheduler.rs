//! The inputs of scheduler's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { CreateSchedule {
    must "Name" name: String,
    may "GroupName" group_name: Option<String>,
    must "ScheduleExpression" schedule_expression: String,
    may "StartDate" start_date: Option<i64>,
    may "EndDate" end_date: Option<i64>,
    may "Description" description: Option<String>,
    may "ScheduleExpressionTimezone" schedule_expression_timezone: Option<String>,
    may "State" state: Option<String>,
    must "Target" target: Target,
    must "FlexibleTimeWindow" flexible_time_window: FlexibleTimeWindow,
    may "ClientToken" client_token: Option<String>,
    may "ActionAfterCompletion" action_after_completion: Option<String>,
} }

input! { CreateScheduleGroup {
    must "Name" name: String,
    may "Tags" tags: Option<Vec<Tag>>,
    may "ClientToken" client_token: Option<String>,
} }

input! { DeleteSchedule {
    must "Name" name: String,
    may "GroupName" group_name: Option<String>,
    may "ClientToken" client_token: Option<String>,
} }

input! { DeleteScheduleGroup {
    must "Name" name: String,
    may "ClientToken" client_token: Option<String>,
} }

input! { GetSchedule {
    must "Name" name: String,
    may "GroupName" group_name: Option<String>,
} }

input! { GetScheduleGroup {
    must "Name" name: String,
} }

input! { ListScheduleGroups {
    may "NamePrefix" name_prefix: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { ListSchedules {
    may "GroupName" group_name: Option<String>,
    may "NamePrefix" name_prefix: Option<String>,
    may "State" state: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { ListTagsForResource {
    must "ResourceArn" resource_arn: String,
} }

input! { TagResource {
    must "ResourceArn" resource_arn: String,
    must "Tags" tags: Vec<Tag>,
} }

input! { UntagResource {
    must "ResourceArn" resource_arn: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateSchedule {
    must "Name" name: String,
    may "GroupName" group_name: Option<String>,
    must "ScheduleExpression" schedule_expression: String,
    may "StartDate" start_date: Option<i64>,
    may "EndDate" end_date: Option<i64>,
    may "Description" description: Option<String>,
    may "ScheduleExpressionTimezone" schedule_expression_timezone: Option<String>,
    may "State" state: Option<String>,
    must "Target" target: Target,
    must "FlexibleTimeWindow" flexible_time_window: FlexibleTimeWindow,
    may "ClientToken" client_token: Option<String>,
    may "ActionAfterCompletion" action_after_completion: Option<String>,
} }

input! { FlexibleTimeWindow {
    must "Mode" mode: String,
    may "MaximumWindowInMinutes" maximum_window_in_minutes: Option<i32>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }

input! { Target {
    must "Arn" arn: String,
    must "RoleArn" role_arn: String,
    may "DeadLetterConfig" dead_letter_config: Option<DeadLetterConfig>,
    may "RetryPolicy" retry_policy: Option<RetryPolicy>,
    may "Input" input: Option<String>,
    may "EventBridgeParameters" event_bridge_parameters: Option<EventBridgeParameters>,
    may "SqsParameters" sqs_parameters: Option<SqsParameters>,
} }

input! { DeadLetterConfig {
    may "Arn" arn: Option<String>,
} }

input! { EventBridgeParameters {
    must "DetailType" detail_type: String,
    must "Source" source: String,
} }

input! { RetryPolicy {
    may "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: Option<i32>,
    may "MaximumRetryAttempts" maximum_retry_attempts: Option<i32>,
} }

input! { SqsParameters {
    may "MessageGroupId" message_group_id: Option<String>,
} }
