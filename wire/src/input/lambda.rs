//! The inputs of lambda's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddLayerVersionPermission {
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "VersionNumber")] pub version_number: i64,
    #[serde(rename = "StatementId")] pub statement_id: String,
    #[serde(rename = "Action")] pub action: String,
    #[serde(rename = "Principal")] pub principal: String,
    #[serde(rename = "OrganizationId")] pub organization_id: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddPermission {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "StatementId")] pub statement_id: String,
    #[serde(rename = "Action")] pub action: String,
    #[serde(rename = "Principal")] pub principal: String,
    #[serde(rename = "SourceArn")] pub source_arn: Option<String>,
    #[serde(rename = "FunctionUrlAuthType")] pub function_url_auth_type: Option<String>,
    #[serde(rename = "InvokedViaFunctionUrl")] pub invoked_via_function_url: Option<bool>,
    #[serde(rename = "SourceAccount")] pub source_account: Option<String>,
    #[serde(rename = "EventSourceToken")] pub event_source_token: Option<String>,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
    #[serde(rename = "PrincipalOrgID")] pub principal_org_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateAlias {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "FunctionVersion")] pub function_version: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "RoutingConfig")] pub routing_config: Option<AliasRoutingConfiguration>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateEventSourceMapping {
    #[serde(rename = "EventSourceArn")] pub event_source_arn: Option<String>,
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Enabled")] pub enabled: Option<bool>,
    #[serde(rename = "BatchSize")] pub batch_size: Option<i32>,
    #[serde(rename = "FilterCriteria")] pub filter_criteria: Option<FilterCriteria>,
    #[serde(rename = "ScalingConfig")] pub scaling_config: Option<ScalingConfig>,
    #[serde(rename = "MaximumBatchingWindowInSeconds")] pub maximum_batching_window_in_seconds: Option<i32>,
    #[serde(rename = "ParallelizationFactor")] pub parallelization_factor: Option<i32>,
    #[serde(rename = "StartingPosition")] pub starting_position: Option<String>,
    #[serde(rename = "StartingPositionTimestamp")] pub starting_position_timestamp: Option<i64>,
    #[serde(rename = "DestinationConfig")] pub destination_config: Option<DestinationConfig>,
    #[serde(rename = "MaximumRecordAgeInSeconds")] pub maximum_record_age_in_seconds: Option<i32>,
    #[serde(rename = "BisectBatchOnFunctionError")] pub bisect_batch_on_function_error: Option<bool>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "TumblingWindowInSeconds")] pub tumbling_window_in_seconds: Option<i32>,
    #[serde(rename = "Topics")] pub topics: Option<Vec<String>>,
    #[serde(rename = "SourceAccessConfigurations")] pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    #[serde(rename = "SelfManagedEventSource")] pub self_managed_event_source: Option<SelfManagedEventSource>,
    #[serde(rename = "FunctionResponseTypes")] pub function_response_types: Option<Vec<String>>,
    #[serde(rename = "AmazonManagedKafkaEventSourceConfig")] pub amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    #[serde(rename = "SelfManagedKafkaEventSourceConfig")] pub self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    #[serde(rename = "ProvisionedPollerConfig")] pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateFunction {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Runtime")] pub runtime: Option<String>,
    #[serde(rename = "Role")] pub role: String,
    #[serde(rename = "Handler")] pub handler: Option<String>,
    #[serde(rename = "Code")] pub code: FunctionCode,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Timeout")] pub timeout: Option<i32>,
    #[serde(rename = "MemorySize")] pub memory_size: Option<i32>,
    #[serde(rename = "Publish")] pub publish: Option<bool>,
    #[serde(rename = "VpcConfig")] pub vpc_config: Option<VpcConfig>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "Environment")] pub environment: Option<Environment>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "Layers")] pub layers: Option<Vec<String>>,
    #[serde(rename = "Architectures")] pub architectures: Option<Vec<String>>,
    #[serde(rename = "EphemeralStorage")] pub ephemeral_storage: Option<EphemeralStorage>,
    #[serde(rename = "LoggingConfig")] pub logging_config: Option<LoggingConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateFunctionUrlConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
    #[serde(rename = "AuthType")] pub auth_type: String,
    #[serde(rename = "Cors")] pub cors: Option<Cors>,
    #[serde(rename = "InvokeMode")] pub invoke_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteAlias {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Name")] pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteEventSourceMapping {
    #[serde(rename = "UUID")] pub uuid: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteFunction {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteFunctionConcurrency {
    #[serde(rename = "FunctionName")] pub function_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteFunctionEventInvokeConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteFunctionUrlConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteLayerVersion {
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "VersionNumber")] pub version_number: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteProvisionedConcurrencyConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteResourcePolicy {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAccountSettings {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAlias {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Name")] pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetEventSourceMapping {
    #[serde(rename = "UUID")] pub uuid: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunction {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunctionCodeSigningConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunctionConcurrency {
    #[serde(rename = "FunctionName")] pub function_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunctionConfiguration {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunctionEventInvokeConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunctionRecursionConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFunctionUrlConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetLayerVersion {
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "VersionNumber")] pub version_number: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetLayerVersionByArn {
    #[serde(rename = "Arn")] pub arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetLayerVersionPolicy {
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "VersionNumber")] pub version_number: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetPolicy {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetProvisionedConcurrencyConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetResourcePolicy {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRuntimeManagementConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListAliases {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "FunctionVersion")] pub function_version: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListEventSourceMappings {
    #[serde(rename = "EventSourceArn")] pub event_source_arn: Option<String>,
    #[serde(rename = "FunctionName")] pub function_name: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListFunctionEventInvokeConfigs {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListFunctionUrlConfigs {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListFunctions {
    #[serde(rename = "FunctionVersion")] pub function_version: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListLayerVersions {
    #[serde(rename = "CompatibleArchitecture")] pub compatible_architecture: Option<String>,
    #[serde(rename = "CompatibleRuntime")] pub compatible_runtime: Option<String>,
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListLayers {
    #[serde(rename = "CompatibleArchitecture")] pub compatible_architecture: Option<String>,
    #[serde(rename = "CompatibleRuntime")] pub compatible_runtime: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListProvisionedConcurrencyConfigs {
    #[serde(rename = "FunctionName")] pub function_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTags {
    #[serde(rename = "Resource")] pub resource: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListVersionsByFunction {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PublishLayerVersion {
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Content")] pub content: LayerVersionContentInput,
    #[serde(rename = "CompatibleArchitectures")] pub compatible_architectures: Option<Vec<String>>,
    #[serde(rename = "CompatibleRuntimes")] pub compatible_runtimes: Option<Vec<String>>,
    #[serde(rename = "LicenseInfo")] pub license_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PublishVersion {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "CodeSha256")] pub code_sha256: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutFunctionConcurrency {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "ReservedConcurrentExecutions")] pub reserved_concurrent_executions: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutFunctionEventInvokeConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
    #[serde(rename = "DestinationConfig")] pub destination_config: Option<DestinationConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutFunctionRecursionConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "RecursiveLoop")] pub recursive_loop: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutResourcePolicy {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "Policy")] pub policy: String,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemoveLayerVersionPermission {
    #[serde(rename = "LayerName")] pub layer_name: String,
    #[serde(rename = "VersionNumber")] pub version_number: i64,
    #[serde(rename = "StatementId")] pub statement_id: String,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemovePermission {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "StatementId")] pub statement_id: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "Resource")] pub resource: String,
    #[serde(rename = "Tags")] pub tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "Resource")] pub resource: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateAlias {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "FunctionVersion")] pub function_version: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "RoutingConfig")] pub routing_config: Option<AliasRoutingConfiguration>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateEventSourceMapping {
    #[serde(rename = "UUID")] pub uuid: String,
    #[serde(rename = "FunctionName")] pub function_name: Option<String>,
    #[serde(rename = "Enabled")] pub enabled: Option<bool>,
    #[serde(rename = "BatchSize")] pub batch_size: Option<i32>,
    #[serde(rename = "FilterCriteria")] pub filter_criteria: Option<FilterCriteria>,
    #[serde(rename = "ScalingConfig")] pub scaling_config: Option<ScalingConfig>,
    #[serde(rename = "MaximumBatchingWindowInSeconds")] pub maximum_batching_window_in_seconds: Option<i32>,
    #[serde(rename = "ParallelizationFactor")] pub parallelization_factor: Option<i32>,
    #[serde(rename = "DestinationConfig")] pub destination_config: Option<DestinationConfig>,
    #[serde(rename = "MaximumRecordAgeInSeconds")] pub maximum_record_age_in_seconds: Option<i32>,
    #[serde(rename = "BisectBatchOnFunctionError")] pub bisect_batch_on_function_error: Option<bool>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "TumblingWindowInSeconds")] pub tumbling_window_in_seconds: Option<i32>,
    #[serde(rename = "SourceAccessConfigurations")] pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    #[serde(rename = "FunctionResponseTypes")] pub function_response_types: Option<Vec<String>>,
    #[serde(rename = "ProvisionedPollerConfig")] pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateFunctionCode {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "ZipFile")] pub zip_file: Option<String>,
    #[serde(rename = "S3Bucket")] pub s3_bucket: Option<String>,
    #[serde(rename = "S3Key")] pub s3_key: Option<String>,
    #[serde(rename = "S3ObjectVersion")] pub s3_object_version: Option<String>,
    #[serde(rename = "Architectures")] pub architectures: Option<Vec<String>>,
    #[serde(rename = "Publish")] pub publish: Option<bool>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateFunctionConfiguration {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Role")] pub role: Option<String>,
    #[serde(rename = "Handler")] pub handler: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Timeout")] pub timeout: Option<i32>,
    #[serde(rename = "MemorySize")] pub memory_size: Option<i32>,
    #[serde(rename = "VpcConfig")] pub vpc_config: Option<VpcConfig>,
    #[serde(rename = "Environment")] pub environment: Option<Environment>,
    #[serde(rename = "Runtime")] pub runtime: Option<String>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
    #[serde(rename = "Layers")] pub layers: Option<Vec<String>>,
    #[serde(rename = "EphemeralStorage")] pub ephemeral_storage: Option<EphemeralStorage>,
    #[serde(rename = "LoggingConfig")] pub logging_config: Option<LoggingConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateFunctionEventInvokeConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
    #[serde(rename = "DestinationConfig")] pub destination_config: Option<DestinationConfig>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateFunctionUrlConfig {
    #[serde(rename = "FunctionName")] pub function_name: String,
    #[serde(rename = "Qualifier")] pub qualifier: Option<String>,
    #[serde(rename = "AuthType")] pub auth_type: Option<String>,
    #[serde(rename = "Cors")] pub cors: Option<Cors>,
    #[serde(rename = "InvokeMode")] pub invoke_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AliasRoutingConfiguration {
    #[serde(rename = "AdditionalVersionWeights")] pub additional_version_weights: Option<BTreeMap<String, f64>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AmazonManagedKafkaEventSourceConfig {
    #[serde(rename = "ConsumerGroupId")] pub consumer_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Cors {
    #[serde(rename = "AllowCredentials")] pub allow_credentials: Option<bool>,
    #[serde(rename = "AllowHeaders")] pub allow_headers: Option<Vec<String>>,
    #[serde(rename = "AllowMethods")] pub allow_methods: Option<Vec<String>>,
    #[serde(rename = "AllowOrigins")] pub allow_origins: Option<Vec<String>>,
    #[serde(rename = "ExposeHeaders")] pub expose_headers: Option<Vec<String>>,
    #[serde(rename = "MaxAge")] pub max_age: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeadLetterConfig {
    #[serde(rename = "TargetArn")] pub target_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DestinationConfig {
    #[serde(rename = "OnSuccess")] pub on_success: Option<OnSuccess>,
    #[serde(rename = "OnFailure")] pub on_failure: Option<OnFailure>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Environment {
    #[serde(rename = "Variables")] pub variables: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct EphemeralStorage {
    #[serde(rename = "Size")] pub size: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct FilterCriteria {
    #[serde(rename = "Filters")] pub filters: Option<Vec<Filter>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Filter {
    #[serde(rename = "Pattern")] pub pattern: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct FunctionCode {
    #[serde(rename = "ZipFile")] pub zip_file: Option<String>,
    #[serde(rename = "S3Bucket")] pub s3_bucket: Option<String>,
    #[serde(rename = "S3Key")] pub s3_key: Option<String>,
    #[serde(rename = "S3ObjectVersion")] pub s3_object_version: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct LayerVersionContentInput {
    #[serde(rename = "S3Bucket")] pub s3_bucket: Option<String>,
    #[serde(rename = "S3Key")] pub s3_key: Option<String>,
    #[serde(rename = "S3ObjectVersion")] pub s3_object_version: Option<String>,
    #[serde(rename = "ZipFile")] pub zip_file: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct LoggingConfig {
    #[serde(rename = "LogFormat")] pub log_format: Option<String>,
    #[serde(rename = "ApplicationLogLevel")] pub application_log_level: Option<String>,
    #[serde(rename = "SystemLogLevel")] pub system_log_level: Option<String>,
    #[serde(rename = "LogGroup")] pub log_group: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct OnFailure {
    #[serde(rename = "Destination")] pub destination: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct OnSuccess {
    #[serde(rename = "Destination")] pub destination: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ProvisionedPollerConfig {
    #[serde(rename = "MinimumPollers")] pub minimum_pollers: Option<i32>,
    #[serde(rename = "MaximumPollers")] pub maximum_pollers: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ScalingConfig {
    #[serde(rename = "MaximumConcurrency")] pub maximum_concurrency: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SelfManagedEventSource {
    #[serde(rename = "Endpoints")] pub endpoints: Option<BTreeMap<String, Vec<String>>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SelfManagedKafkaEventSourceConfig {
    #[serde(rename = "ConsumerGroupId")] pub consumer_group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SourceAccessConfiguration {
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "URI")] pub uri: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct VpcConfig {
    #[serde(rename = "SubnetIds")] pub subnet_ids: Option<Vec<String>>,
    #[serde(rename = "SecurityGroupIds")] pub security_group_ids: Option<Vec<String>>,
    #[serde(rename = "Ipv6AllowedForDualStack")] pub ipv6_allowed_for_dual_stack: Option<bool>,
}
