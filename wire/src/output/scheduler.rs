//! The outputs of scheduler's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AwsVpcConfiguration {
    #[serde(rename = "Subnets")] pub subnets: Vec<String>,
    #[serde(rename = "SecurityGroups")] pub security_groups: Option<Vec<String>>,
    #[serde(rename = "AssignPublicIp")] pub assign_public_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CapacityProviderStrategyItem {
    #[serde(rename = "capacityProvider")] pub capacity_provider: String,
    #[serde(rename = "weight")] pub weight: Option<i32>,
    #[serde(rename = "base")] pub base: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateScheduleGroupOutput {
    #[serde(rename = "ScheduleGroupArn")] pub schedule_group_arn: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateScheduleOutput {
    #[serde(rename = "ScheduleArn")] pub schedule_arn: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeadLetterConfig {
    #[serde(rename = "Arn")] pub arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteScheduleGroupOutput {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteScheduleOutput {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EcsParameters {
    #[serde(rename = "TaskDefinitionArn")] pub task_definition_arn: String,
    #[serde(rename = "TaskCount")] pub task_count: Option<i32>,
    #[serde(rename = "LaunchType")] pub launch_type: Option<String>,
    #[serde(rename = "NetworkConfiguration")] pub network_configuration: Option<NetworkConfiguration>,
    #[serde(rename = "PlatformVersion")] pub platform_version: Option<String>,
    #[serde(rename = "Group")] pub group: Option<String>,
    #[serde(rename = "CapacityProviderStrategy")] pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    #[serde(rename = "EnableECSManagedTags")] pub enable_ecs_managed_tags: Option<bool>,
    #[serde(rename = "EnableExecuteCommand")] pub enable_execute_command: Option<bool>,
    #[serde(rename = "PlacementConstraints")] pub placement_constraints: Option<Vec<PlacementConstraint>>,
    #[serde(rename = "PlacementStrategy")] pub placement_strategy: Option<Vec<PlacementStrategy>>,
    #[serde(rename = "PropagateTags")] pub propagate_tags: Option<String>,
    #[serde(rename = "ReferenceId")] pub reference_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<BTreeMap<String, String>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventBridgeParameters {
    #[serde(rename = "DetailType")] pub detail_type: String,
    #[serde(rename = "Source")] pub source: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventBridgePutEventsV2Parameters {
    #[serde(rename = "DetailType")] pub detail_type: String,
    #[serde(rename = "Source")] pub source: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EventBridgePutRawEventsParameters {
    #[serde(rename = "Metadata")] pub metadata: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlexibleTimeWindow {
    #[serde(rename = "Mode")] pub mode: String,
    #[serde(rename = "MaximumWindowInMinutes")] pub maximum_window_in_minutes: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetScheduleGroupOutput {
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "CreationDate")] pub creation_date: Option<i64>,
    #[serde(rename = "LastModificationDate")] pub last_modification_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetScheduleOutput {
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: Option<String>,
    #[serde(rename = "StartDate")] pub start_date: Option<i64>,
    #[serde(rename = "EndDate")] pub end_date: Option<i64>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "ScheduleExpressionTimezone")] pub schedule_expression_timezone: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "CreationDate")] pub creation_date: Option<i64>,
    #[serde(rename = "LastModificationDate")] pub last_modification_date: Option<i64>,
    #[serde(rename = "KmsKeyArn")] pub kms_key_arn: Option<String>,
    #[serde(rename = "Target")] pub target: Option<Target>,
    #[serde(rename = "FlexibleTimeWindow")] pub flexible_time_window: Option<FlexibleTimeWindow>,
    #[serde(rename = "ActionAfterCompletion")] pub action_after_completion: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KinesisParameters {
    #[serde(rename = "PartitionKey")] pub partition_key: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListScheduleGroupsOutput {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "ScheduleGroups")] pub schedule_groups: Vec<ScheduleGroupSummary>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListSchedulesOutput {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Schedules")] pub schedules: Vec<ScheduleSummary>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsForResourceOutput {
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkConfiguration {
    #[serde(rename = "awsvpcConfiguration")] pub awsvpc_configuration: Option<AwsVpcConfiguration>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PlacementConstraint {
    #[serde(rename = "type")] pub r#type: Option<String>,
    #[serde(rename = "expression")] pub expression: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PlacementStrategy {
    #[serde(rename = "type")] pub r#type: Option<String>,
    #[serde(rename = "field")] pub field: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RetryPolicy {
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SageMakerPipelineParameter {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SageMakerPipelineParameters {
    #[serde(rename = "PipelineParameterList")] pub pipeline_parameter_list: Option<Vec<SageMakerPipelineParameter>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ScheduleGroupSummary {
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "CreationDate")] pub creation_date: Option<i64>,
    #[serde(rename = "LastModificationDate")] pub last_modification_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ScheduleSummary {
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "CreationDate")] pub creation_date: Option<i64>,
    #[serde(rename = "LastModificationDate")] pub last_modification_date: Option<i64>,
    #[serde(rename = "Target")] pub target: Option<TargetSummary>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SqsParameters {
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TagResourceOutput {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "RoleArn")] pub role_arn: String,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "RetryPolicy")] pub retry_policy: Option<RetryPolicy>,
    #[serde(rename = "Input")] pub input: Option<String>,
    #[serde(rename = "EcsParameters")] pub ecs_parameters: Option<EcsParameters>,
    #[serde(rename = "EventBridgeParameters")] pub event_bridge_parameters: Option<EventBridgeParameters>,
    #[serde(rename = "EventBridgePutEventsV2Parameters")] pub event_bridge_put_events_v2_parameters: Option<EventBridgePutEventsV2Parameters>,
    #[serde(rename = "EventBridgePutRawEventsParameters")] pub event_bridge_put_raw_events_parameters: Option<EventBridgePutRawEventsParameters>,
    #[serde(rename = "KinesisParameters")] pub kinesis_parameters: Option<KinesisParameters>,
    #[serde(rename = "SageMakerPipelineParameters")] pub sage_maker_pipeline_parameters: Option<SageMakerPipelineParameters>,
    #[serde(rename = "SqsParameters")] pub sqs_parameters: Option<SqsParameters>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetSummary {
    #[serde(rename = "Arn")] pub arn: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UntagResourceOutput {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdateScheduleOutput {
    #[serde(rename = "ScheduleArn")] pub schedule_arn: String,
}
