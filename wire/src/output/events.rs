//! The outputs of events's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AppSyncParameters {
    #[serde(rename = "GraphQLOperation")] pub graph_ql_operation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AwsVpcConfiguration {
    #[serde(rename = "Subnets")] pub subnets: Vec<String>,
    #[serde(rename = "SecurityGroups")] pub security_groups: Option<Vec<String>>,
    #[serde(rename = "AssignPublicIp")] pub assign_public_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchArrayProperties {
    #[serde(rename = "Size")] pub size: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BatchParameters {
    #[serde(rename = "JobDefinition")] pub job_definition: String,
    #[serde(rename = "JobName")] pub job_name: String,
    #[serde(rename = "ArrayProperties")] pub array_properties: Option<BatchArrayProperties>,
    #[serde(rename = "RetryStrategy")] pub retry_strategy: Option<BatchRetryStrategy>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchRetryStrategy {
    #[serde(rename = "Attempts")] pub attempts: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CapacityProviderStrategyItem {
    #[serde(rename = "capacityProvider")] pub capacity_provider: String,
    #[serde(rename = "weight")] pub weight: Option<i32>,
    #[serde(rename = "base")] pub base: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateEventBusResponse {
    #[serde(rename = "EventBusArn")] pub event_bus_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "KmsKeyIdentifier")] pub kms_key_identifier: Option<String>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "LogConfig")] pub log_config: Option<LogConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeadLetterConfig {
    #[serde(rename = "Arn")] pub arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeEventBusResponse {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "KmsKeyIdentifier")] pub kms_key_identifier: Option<String>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "LogConfig")] pub log_config: Option<LogConfig>,
    #[serde(rename = "CreationTime")] pub creation_time: Option<i64>,
    #[serde(rename = "LastModifiedTime")] pub last_modified_time: Option<i64>,
    #[serde(rename = "ManagedBy")] pub managed_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeRuleResponse {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "EventPattern")] pub event_pattern: Option<String>,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "RoleArn")] pub role_arn: Option<String>,
    #[serde(rename = "ManagedBy")] pub managed_by: Option<String>,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
    #[serde(rename = "CreatedBy")] pub created_by: Option<String>,
}

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
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EventBus {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "CreationTime")] pub creation_time: Option<i64>,
    #[serde(rename = "LastModifiedTime")] pub last_modified_time: Option<i64>,
    #[serde(rename = "ManagedBy")] pub managed_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct HttpParameters {
    #[serde(rename = "PathParameterValues")] pub path_parameter_values: Option<Vec<String>>,
    #[serde(rename = "HeaderParameters")] pub header_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "QueryStringParameters")] pub query_string_parameters: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputTransformer {
    #[serde(rename = "InputPathsMap")] pub input_paths_map: Option<BTreeMap<String, String>>,
    #[serde(rename = "InputTemplate")] pub input_template: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KinesisParameters {
    #[serde(rename = "PartitionKeyPath")] pub partition_key_path: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListEventBusesResponse {
    #[serde(rename = "EventBuses")] pub event_buses: Option<Vec<EventBus>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListRuleNamesByTargetResponse {
    #[serde(rename = "RuleNames")] pub rule_names: Option<Vec<String>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListRulesResponse {
    #[serde(rename = "Rules")] pub rules: Option<Vec<Rule>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsForResourceResponse {
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTargetsByRuleResponse {
    #[serde(rename = "Targets")] pub targets: Option<Vec<Target>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LogConfig {
    #[serde(rename = "IncludeDetail")] pub include_detail: Option<String>,
    #[serde(rename = "Level")] pub level: Option<String>,
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
pub struct PutEventsResponse {
    #[serde(rename = "FailedEntryCount")] pub failed_entry_count: Option<i32>,
    #[serde(rename = "Entries")] pub entries: Option<Vec<PutEventsResultEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutEventsResultEntry {
    #[serde(rename = "EventId")] pub event_id: Option<String>,
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "ErrorMessage")] pub error_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutRuleResponse {
    #[serde(rename = "RuleArn")] pub rule_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutTargetsResponse {
    #[serde(rename = "FailedEntryCount")] pub failed_entry_count: Option<i32>,
    #[serde(rename = "FailedEntries")] pub failed_entries: Option<Vec<PutTargetsResultEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutTargetsResultEntry {
    #[serde(rename = "TargetId")] pub target_id: Option<String>,
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "ErrorMessage")] pub error_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RedshiftDataParameters {
    #[serde(rename = "SecretManagerArn")] pub secret_manager_arn: Option<String>,
    #[serde(rename = "Database")] pub database: String,
    #[serde(rename = "DbUser")] pub db_user: Option<String>,
    #[serde(rename = "Sql")] pub sql: Option<String>,
    #[serde(rename = "StatementName")] pub statement_name: Option<String>,
    #[serde(rename = "WithEvent")] pub with_event: Option<bool>,
    #[serde(rename = "Sqls")] pub sqls: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RemoveTargetsResponse {
    #[serde(rename = "FailedEntryCount")] pub failed_entry_count: Option<i32>,
    #[serde(rename = "FailedEntries")] pub failed_entries: Option<Vec<RemoveTargetsResultEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RemoveTargetsResultEntry {
    #[serde(rename = "TargetId")] pub target_id: Option<String>,
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "ErrorMessage")] pub error_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RetryPolicy {
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Rule {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "EventPattern")] pub event_pattern: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: Option<String>,
    #[serde(rename = "RoleArn")] pub role_arn: Option<String>,
    #[serde(rename = "ManagedBy")] pub managed_by: Option<String>,
    #[serde(rename = "EventBusName")] pub event_bus_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunCommandParameters {
    #[serde(rename = "RunCommandTargets")] pub run_command_targets: Vec<RunCommandTarget>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunCommandTarget {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Values")] pub values: Vec<String>,
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
pub struct SqsParameters {
    #[serde(rename = "MessageGroupId")] pub message_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TagResourceResponse {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Target {
    #[serde(rename = "Id")] pub id: String,
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "RoleArn")] pub role_arn: Option<String>,
    #[serde(rename = "Input")] pub input: Option<String>,
    #[serde(rename = "InputPath")] pub input_path: Option<String>,
    #[serde(rename = "InputTransformer")] pub input_transformer: Option<InputTransformer>,
    #[serde(rename = "KinesisParameters")] pub kinesis_parameters: Option<KinesisParameters>,
    #[serde(rename = "RunCommandParameters")] pub run_command_parameters: Option<RunCommandParameters>,
    #[serde(rename = "EcsParameters")] pub ecs_parameters: Option<EcsParameters>,
    #[serde(rename = "BatchParameters")] pub batch_parameters: Option<BatchParameters>,
    #[serde(rename = "SqsParameters")] pub sqs_parameters: Option<SqsParameters>,
    #[serde(rename = "HttpParameters")] pub http_parameters: Option<HttpParameters>,
    #[serde(rename = "RedshiftDataParameters")] pub redshift_data_parameters: Option<RedshiftDataParameters>,
    #[serde(rename = "SageMakerPipelineParameters")] pub sage_maker_pipeline_parameters: Option<SageMakerPipelineParameters>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "RetryPolicy")] pub retry_policy: Option<RetryPolicy>,
    #[serde(rename = "AppSyncParameters")] pub app_sync_parameters: Option<AppSyncParameters>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TestEventPatternResponse {
    #[serde(rename = "Result")] pub result: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UntagResourceResponse {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateEventBusResponse {
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "KmsKeyIdentifier")] pub kms_key_identifier: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "LogConfig")] pub log_config: Option<LogConfig>,
}
