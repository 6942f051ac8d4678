//! The outputs of lambda's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AcceleratorConfig {
    #[serde(rename = "AcceleratorMemorySize")] pub accelerator_memory_size: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AccountLimit {
    #[serde(rename = "TotalCodeSize")] pub total_code_size: Option<i64>,
    #[serde(rename = "CodeSizeUnzipped")] pub code_size_unzipped: Option<i64>,
    #[serde(rename = "CodeSizeZipped")] pub code_size_zipped: Option<i64>,
    #[serde(rename = "ConcurrentExecutions")] pub concurrent_executions: Option<i32>,
    #[serde(rename = "UnreservedConcurrentExecutions")] pub unreserved_concurrent_executions: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AccountUsage {
    #[serde(rename = "TotalCodeSize")] pub total_code_size: Option<i64>,
    #[serde(rename = "FunctionCount")] pub function_count: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AddLayerVersionPermissionResponse {
    #[serde(rename = "Statement")] pub statement: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AddPermissionResponse {
    #[serde(rename = "Statement")] pub statement: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AliasConfiguration {
    #[serde(rename = "AliasArn")] pub alias_arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "FunctionVersion")] pub function_version: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "RoutingConfig")] pub routing_config: Option<AliasRoutingConfiguration>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AliasRoutingConfiguration {
    #[serde(rename = "AdditionalVersionWeights")] pub additional_version_weights: Option<BTreeMap<String, f64>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AmazonManagedKafkaEventSourceConfig {
    #[serde(rename = "ConsumerGroupId")] pub consumer_group_id: Option<String>,
    #[serde(rename = "SchemaRegistryConfig")] pub schema_registry_config: Option<KafkaSchemaRegistryConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CapacityProviderConfig {
    #[serde(rename = "LambdaManagedInstancesCapacityProviderConfig")] pub lambda_managed_instances_capacity_provider_config: LambdaManagedInstancesCapacityProviderConfig,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Concurrency {
    #[serde(rename = "ReservedConcurrentExecutions")] pub reserved_concurrent_executions: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Cors {
    #[serde(rename = "AllowCredentials")] pub allow_credentials: Option<bool>,
    #[serde(rename = "AllowHeaders")] pub allow_headers: Option<Vec<String>>,
    #[serde(rename = "AllowMethods")] pub allow_methods: Option<Vec<String>>,
    #[serde(rename = "AllowOrigins")] pub allow_origins: Option<Vec<String>>,
    #[serde(rename = "ExposeHeaders")] pub expose_headers: Option<Vec<String>>,
    #[serde(rename = "MaxAge")] pub max_age: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateFunctionUrlConfigResponse {
    #[serde(rename = "FunctionUrl")] pub function_url: String,
    #[serde(rename = "FunctionArn")] pub function_arn: String,
    #[serde(rename = "AuthType")] pub auth_type: String,
    #[serde(rename = "Cors")] pub cors: Option<Cors>,
    #[serde(rename = "CreationTime")] pub creation_time: String,
    #[serde(rename = "InvokeMode")] pub invoke_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeadLetterConfig {
    #[serde(rename = "TargetArn")] pub target_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteFunctionResponse {
    #[serde(rename = "StatusCode")] pub status_code: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DestinationConfig {
    #[serde(rename = "OnSuccess")] pub on_success: Option<OnSuccess>,
    #[serde(rename = "OnFailure")] pub on_failure: Option<OnFailure>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DocumentDBEventSourceConfig {
    #[serde(rename = "DatabaseName")] pub database_name: Option<String>,
    #[serde(rename = "CollectionName")] pub collection_name: Option<String>,
    #[serde(rename = "FullDocument")] pub full_document: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DurableConfig {
    #[serde(rename = "KMSKeyArn")] pub kms_key_arn: Option<String>,
    #[serde(rename = "RetentionPeriodInDays")] pub retention_period_in_days: Option<i32>,
    #[serde(rename = "ExecutionTimeout")] pub execution_timeout: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EnvironmentError {
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EnvironmentResponse {
    #[serde(rename = "Variables")] pub variables: Option<BTreeMap<String, String>>,
    #[serde(rename = "Error")] pub error: Option<EnvironmentError>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EphemeralStorage {
    #[serde(rename = "Size")] pub size: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EventSourceMappingConfiguration {
    #[serde(rename = "UUID")] pub uuid: Option<String>,
    #[serde(rename = "StartingPosition")] pub starting_position: Option<String>,
    #[serde(rename = "StartingPositionTimestamp")] pub starting_position_timestamp: Option<i64>,
    #[serde(rename = "BatchSize")] pub batch_size: Option<i32>,
    #[serde(rename = "MaximumBatchingWindowInSeconds")] pub maximum_batching_window_in_seconds: Option<i32>,
    #[serde(rename = "ParallelizationFactor")] pub parallelization_factor: Option<i32>,
    #[serde(rename = "EventSourceArn")] pub event_source_arn: Option<String>,
    #[serde(rename = "FilterCriteria")] pub filter_criteria: Option<FilterCriteria>,
    #[serde(rename = "FilterCriteriaError")] pub filter_criteria_error: Option<FilterCriteriaError>,
    #[serde(rename = "KMSKeyArn")] pub kms_key_arn: Option<String>,
    #[serde(rename = "MetricsConfig")] pub metrics_config: Option<EventSourceMappingMetricsConfig>,
    #[serde(rename = "LoggingConfig")] pub logging_config: Option<EventSourceMappingLoggingConfig>,
    #[serde(rename = "ScalingConfig")] pub scaling_config: Option<ScalingConfig>,
    #[serde(rename = "FunctionArn")] pub function_arn: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "LastProcessingResult")] pub last_processing_result: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StateTransitionReason")] pub state_transition_reason: Option<String>,
    #[serde(rename = "DestinationConfig")] pub destination_config: Option<DestinationConfig>,
    #[serde(rename = "Topics")] pub topics: Option<Vec<String>>,
    #[serde(rename = "Queues")] pub queues: Option<Vec<String>>,
    #[serde(rename = "SourceAccessConfigurations")] pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    #[serde(rename = "SelfManagedEventSource")] pub self_managed_event_source: Option<SelfManagedEventSource>,
    #[serde(rename = "MaximumRecordAgeInSeconds")] pub maximum_record_age_in_seconds: Option<i32>,
    #[serde(rename = "BisectBatchOnFunctionError")] pub bisect_batch_on_function_error: Option<bool>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "TumblingWindowInSeconds")] pub tumbling_window_in_seconds: Option<i32>,
    #[serde(rename = "FunctionResponseTypes")] pub function_response_types: Option<Vec<String>>,
    #[serde(rename = "AmazonManagedKafkaEventSourceConfig")] pub amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    #[serde(rename = "SelfManagedKafkaEventSourceConfig")] pub self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    #[serde(rename = "DocumentDBEventSourceConfig")] pub document_db_event_source_config: Option<DocumentDBEventSourceConfig>,
    #[serde(rename = "EventSourceMappingArn")] pub event_source_mapping_arn: Option<String>,
    #[serde(rename = "ProvisionedPollerConfig")] pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EventSourceMappingLoggingConfig {
    #[serde(rename = "SystemLogLevel")] pub system_log_level: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EventSourceMappingMetricsConfig {
    #[serde(rename = "Metrics")] pub metrics: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileSystemConfig {
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "LocalMountPath")] pub local_mount_path: String,
    #[serde(rename = "S3FilesConfig")] pub s3_files_config: Option<S3FilesConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Filter {
    #[serde(rename = "Pattern")] pub pattern: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FilterCriteria {
    #[serde(rename = "Filters")] pub filters: Option<Vec<Filter>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FilterCriteriaError {
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FunctionCodeLocation {
    #[serde(rename = "RepositoryType")] pub repository_type: Option<String>,
    #[serde(rename = "Location")] pub location: Option<String>,
    #[serde(rename = "ImageUri")] pub image_uri: Option<String>,
    #[serde(rename = "ResolvedImageUri")] pub resolved_image_uri: Option<String>,
    #[serde(rename = "ResolvedS3Object")] pub resolved_s3_object: Option<ResolvedS3Object>,
    #[serde(rename = "SourceKMSKeyArn")] pub source_kms_key_arn: Option<String>,
    #[serde(rename = "Error")] pub error: Option<FunctionCodeLocationError>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FunctionCodeLocationError {
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FunctionConfiguration {
    #[serde(rename = "FunctionName")] pub function_name: Option<String>,
    #[serde(rename = "FunctionArn")] pub function_arn: Option<String>,
    #[serde(rename = "Runtime")] pub runtime: Option<String>,
    #[serde(rename = "Role")] pub role: Option<String>,
    #[serde(rename = "Handler")] pub handler: Option<String>,
    #[serde(rename = "CodeSize")] pub code_size: Option<i64>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Timeout")] pub timeout: Option<i32>,
    #[serde(rename = "MemorySize")] pub memory_size: Option<i32>,
    #[serde(rename = "LastModified")] pub last_modified: Option<String>,
    #[serde(rename = "CodeSha256")] pub code_sha256: Option<String>,
    #[serde(rename = "Version")] pub version: Option<String>,
    #[serde(rename = "VpcConfig")] pub vpc_config: Option<VpcConfigResponse>,
    #[serde(rename = "DeadLetterConfig")] pub dead_letter_config: Option<DeadLetterConfig>,
    #[serde(rename = "Environment")] pub environment: Option<EnvironmentResponse>,
    #[serde(rename = "KMSKeyArn")] pub kms_key_arn: Option<String>,
    #[serde(rename = "TracingConfig")] pub tracing_config: Option<TracingConfigResponse>,
    #[serde(rename = "MasterArn")] pub master_arn: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
    #[serde(rename = "Layers")] pub layers: Option<Vec<Layer>>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StateReason")] pub state_reason: Option<String>,
    #[serde(rename = "StateReasonCode")] pub state_reason_code: Option<String>,
    #[serde(rename = "LastUpdateStatus")] pub last_update_status: Option<String>,
    #[serde(rename = "LastUpdateStatusReason")] pub last_update_status_reason: Option<String>,
    #[serde(rename = "LastUpdateStatusReasonCode")] pub last_update_status_reason_code: Option<String>,
    #[serde(rename = "FileSystemConfigs")] pub file_system_configs: Option<Vec<FileSystemConfig>>,
    #[serde(rename = "SigningProfileVersionArn")] pub signing_profile_version_arn: Option<String>,
    #[serde(rename = "SigningJobArn")] pub signing_job_arn: Option<String>,
    #[serde(rename = "PackageType")] pub package_type: Option<String>,
    #[serde(rename = "ImageConfigResponse")] pub image_config_response: Option<ImageConfigResponse>,
    #[serde(rename = "Architectures")] pub architectures: Option<Vec<String>>,
    #[serde(rename = "EphemeralStorage")] pub ephemeral_storage: Option<EphemeralStorage>,
    #[serde(rename = "SnapStart")] pub snap_start: Option<SnapStartResponse>,
    #[serde(rename = "RuntimeVersionConfig")] pub runtime_version_config: Option<RuntimeVersionConfig>,
    #[serde(rename = "LoggingConfig")] pub logging_config: Option<LoggingConfig>,
    #[serde(rename = "TenancyConfig")] pub tenancy_config: Option<TenancyConfig>,
    #[serde(rename = "CapacityProviderConfig")] pub capacity_provider_config: Option<CapacityProviderConfig>,
    #[serde(rename = "ConfigSha256")] pub config_sha256: Option<String>,
    #[serde(rename = "DurableConfig")] pub durable_config: Option<DurableConfig>,
    #[serde(rename = "RuntimeConfig")] pub runtime_config: Option<FunctionRuntimeConfig>,
    #[serde(rename = "AcceleratorConfig")] pub accelerator_config: Option<AcceleratorConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FunctionEventInvokeConfig {
    #[serde(rename = "LastModified")] pub last_modified: Option<i64>,
    #[serde(rename = "FunctionArn")] pub function_arn: Option<String>,
    #[serde(rename = "MaximumRetryAttempts")] pub maximum_retry_attempts: Option<i32>,
    #[serde(rename = "MaximumEventAgeInSeconds")] pub maximum_event_age_in_seconds: Option<i32>,
    #[serde(rename = "DestinationConfig")] pub destination_config: Option<DestinationConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunctionRuntimeConfig {
    #[serde(rename = "RuntimeArn")] pub runtime_arn: String,
    #[serde(rename = "RuntimeAlias")] pub runtime_alias: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunctionUrlConfig {
    #[serde(rename = "FunctionUrl")] pub function_url: String,
    #[serde(rename = "FunctionArn")] pub function_arn: String,
    #[serde(rename = "CreationTime")] pub creation_time: String,
    #[serde(rename = "LastModifiedTime")] pub last_modified_time: String,
    #[serde(rename = "Cors")] pub cors: Option<Cors>,
    #[serde(rename = "AuthType")] pub auth_type: String,
    #[serde(rename = "InvokeMode")] pub invoke_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAccountSettingsResponse {
    #[serde(rename = "AccountLimit")] pub account_limit: Option<AccountLimit>,
    #[serde(rename = "AccountUsage")] pub account_usage: Option<AccountUsage>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetFunctionCodeSigningConfigResponse {
    #[serde(rename = "CodeSigningConfigArn")] pub code_signing_config_arn: String,
    #[serde(rename = "FunctionName")] pub function_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetFunctionConcurrencyResponse {
    #[serde(rename = "ReservedConcurrentExecutions")] pub reserved_concurrent_executions: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetFunctionRecursionConfigResponse {
    #[serde(rename = "RecursiveLoop")] pub recursive_loop: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetFunctionResponse {
    #[serde(rename = "Configuration")] pub configuration: Option<FunctionConfiguration>,
    #[serde(rename = "Code")] pub code: Option<FunctionCodeLocation>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "TagsError")] pub tags_error: Option<TagsError>,
    #[serde(rename = "Concurrency")] pub concurrency: Option<Concurrency>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetFunctionUrlConfigResponse {
    #[serde(rename = "FunctionUrl")] pub function_url: String,
    #[serde(rename = "FunctionArn")] pub function_arn: String,
    #[serde(rename = "AuthType")] pub auth_type: String,
    #[serde(rename = "Cors")] pub cors: Option<Cors>,
    #[serde(rename = "CreationTime")] pub creation_time: String,
    #[serde(rename = "LastModifiedTime")] pub last_modified_time: String,
    #[serde(rename = "InvokeMode")] pub invoke_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetLayerVersionPolicyResponse {
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetLayerVersionResponse {
    #[serde(rename = "Content")] pub content: Option<LayerVersionContentOutput>,
    #[serde(rename = "LayerArn")] pub layer_arn: Option<String>,
    #[serde(rename = "LayerVersionArn")] pub layer_version_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "CompatibleArchitectures")] pub compatible_architectures: Option<Vec<String>>,
    #[serde(rename = "CompatibleRuntimes")] pub compatible_runtimes: Option<Vec<String>>,
    #[serde(rename = "LicenseInfo")] pub license_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetPolicyResponse {
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetProvisionedConcurrencyConfigResponse {
    #[serde(rename = "RequestedProvisionedConcurrentExecutions")] pub requested_provisioned_concurrent_executions: Option<i32>,
    #[serde(rename = "AvailableProvisionedConcurrentExecutions")] pub available_provisioned_concurrent_executions: Option<i32>,
    #[serde(rename = "AllocatedProvisionedConcurrentExecutions")] pub allocated_provisioned_concurrent_executions: Option<i32>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "StatusReason")] pub status_reason: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetResourcePolicyResponse {
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetRuntimeManagementConfigResponse {
    #[serde(rename = "UpdateRuntimeOn")] pub update_runtime_on: Option<String>,
    #[serde(rename = "FunctionArn")] pub function_arn: Option<String>,
    #[serde(rename = "RuntimeVersionArn")] pub runtime_version_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ImageConfig {
    #[serde(rename = "EntryPoint")] pub entry_point: Option<Vec<String>>,
    #[serde(rename = "Command")] pub command: Option<Vec<String>>,
    #[serde(rename = "WorkingDirectory")] pub working_directory: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ImageConfigError {
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ImageConfigResponse {
    #[serde(rename = "ImageConfig")] pub image_config: Option<ImageConfig>,
    #[serde(rename = "Error")] pub error: Option<ImageConfigError>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KafkaSchemaRegistryAccessConfig {
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "URI")] pub uri: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KafkaSchemaRegistryConfig {
    #[serde(rename = "SchemaRegistryURI")] pub schema_registry_uri: Option<String>,
    #[serde(rename = "EventRecordFormat")] pub event_record_format: Option<String>,
    #[serde(rename = "AccessConfigs")] pub access_configs: Option<Vec<KafkaSchemaRegistryAccessConfig>>,
    #[serde(rename = "SchemaValidationConfigs")] pub schema_validation_configs: Option<Vec<KafkaSchemaValidationConfig>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct KafkaSchemaValidationConfig {
    #[serde(rename = "Attribute")] pub attribute: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LambdaManagedInstancesCapacityProviderConfig {
    #[serde(rename = "CapacityProviderArn")] pub capacity_provider_arn: String,
    #[serde(rename = "PerExecutionEnvironmentMaxConcurrency")] pub per_execution_environment_max_concurrency: Option<i32>,
    #[serde(rename = "ExecutionEnvironmentMemoryGiBPerVCpu")] pub execution_environment_memory_gi_b_per_v_cpu: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Layer {
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "CodeSize")] pub code_size: Option<i64>,
    #[serde(rename = "SigningProfileVersionArn")] pub signing_profile_version_arn: Option<String>,
    #[serde(rename = "SigningJobArn")] pub signing_job_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LayerVersionContentOutput {
    #[serde(rename = "Location")] pub location: Option<String>,
    #[serde(rename = "CodeSha256")] pub code_sha256: Option<String>,
    #[serde(rename = "CodeSize")] pub code_size: Option<i64>,
    #[serde(rename = "SigningProfileVersionArn")] pub signing_profile_version_arn: Option<String>,
    #[serde(rename = "SigningJobArn")] pub signing_job_arn: Option<String>,
    #[serde(rename = "ResolvedS3Object")] pub resolved_s3_object: Option<ResolvedS3Object>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LayerVersionsListItem {
    #[serde(rename = "LayerVersionArn")] pub layer_version_arn: Option<String>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "CompatibleArchitectures")] pub compatible_architectures: Option<Vec<String>>,
    #[serde(rename = "CompatibleRuntimes")] pub compatible_runtimes: Option<Vec<String>>,
    #[serde(rename = "LicenseInfo")] pub license_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LayersListItem {
    #[serde(rename = "LayerName")] pub layer_name: Option<String>,
    #[serde(rename = "LayerArn")] pub layer_arn: Option<String>,
    #[serde(rename = "LatestMatchingVersion")] pub latest_matching_version: Option<LayerVersionsListItem>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListAliasesResponse {
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "Aliases")] pub aliases: Option<Vec<AliasConfiguration>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListEventSourceMappingsResponse {
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "EventSourceMappings")] pub event_source_mappings: Option<Vec<EventSourceMappingConfiguration>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListFunctionEventInvokeConfigsResponse {
    #[serde(rename = "FunctionEventInvokeConfigs")] pub function_event_invoke_configs: Option<Vec<FunctionEventInvokeConfig>>,
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListFunctionUrlConfigsResponse {
    #[serde(rename = "FunctionUrlConfigs")] pub function_url_configs: Vec<FunctionUrlConfig>,
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListFunctionsResponse {
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "Functions")] pub functions: Option<Vec<FunctionConfiguration>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListLayerVersionsResponse {
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "LayerVersions")] pub layer_versions: Option<Vec<LayerVersionsListItem>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListLayersResponse {
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "Layers")] pub layers: Option<Vec<LayersListItem>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListProvisionedConcurrencyConfigsResponse {
    #[serde(rename = "ProvisionedConcurrencyConfigs")] pub provisioned_concurrency_configs: Option<Vec<ProvisionedConcurrencyConfigListItem>>,
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsResponse {
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListVersionsByFunctionResponse {
    #[serde(rename = "NextMarker")] pub next_marker: Option<String>,
    #[serde(rename = "Versions")] pub versions: Option<Vec<FunctionConfiguration>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LoggingConfig {
    #[serde(rename = "LogFormat")] pub log_format: Option<String>,
    #[serde(rename = "ApplicationLogLevel")] pub application_log_level: Option<String>,
    #[serde(rename = "SystemLogLevel")] pub system_log_level: Option<String>,
    #[serde(rename = "LogGroup")] pub log_group: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OnFailure {
    #[serde(rename = "Destination")] pub destination: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OnSuccess {
    #[serde(rename = "Destination")] pub destination: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ProvisionedConcurrencyConfigListItem {
    #[serde(rename = "FunctionArn")] pub function_arn: Option<String>,
    #[serde(rename = "RequestedProvisionedConcurrentExecutions")] pub requested_provisioned_concurrent_executions: Option<i32>,
    #[serde(rename = "AvailableProvisionedConcurrentExecutions")] pub available_provisioned_concurrent_executions: Option<i32>,
    #[serde(rename = "AllocatedProvisionedConcurrentExecutions")] pub allocated_provisioned_concurrent_executions: Option<i32>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "StatusReason")] pub status_reason: Option<String>,
    #[serde(rename = "LastModified")] pub last_modified: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ProvisionedPollerConfig {
    #[serde(rename = "MinimumPollers")] pub minimum_pollers: Option<i32>,
    #[serde(rename = "MaximumPollers")] pub maximum_pollers: Option<i32>,
    #[serde(rename = "PollerGroupName")] pub poller_group_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PublishLayerVersionResponse {
    #[serde(rename = "Content")] pub content: Option<LayerVersionContentOutput>,
    #[serde(rename = "LayerArn")] pub layer_arn: Option<String>,
    #[serde(rename = "LayerVersionArn")] pub layer_version_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "CompatibleArchitectures")] pub compatible_architectures: Option<Vec<String>>,
    #[serde(rename = "CompatibleRuntimes")] pub compatible_runtimes: Option<Vec<String>>,
    #[serde(rename = "LicenseInfo")] pub license_info: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutFunctionRecursionConfigResponse {
    #[serde(rename = "RecursiveLoop")] pub recursive_loop: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutResourcePolicyResponse {
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "RevisionId")] pub revision_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ResolvedS3Object {
    #[serde(rename = "S3Bucket")] pub s3_bucket: Option<String>,
    #[serde(rename = "S3Key")] pub s3_key: Option<String>,
    #[serde(rename = "S3ObjectVersion")] pub s3_object_version: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RuntimeVersionConfig {
    #[serde(rename = "RuntimeVersionArn")] pub runtime_version_arn: Option<String>,
    #[serde(rename = "Error")] pub error: Option<RuntimeVersionError>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RuntimeVersionError {
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct S3FilesConfig {
    #[serde(rename = "DirectS3Read")] pub direct_s3_read: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ScalingConfig {
    #[serde(rename = "MaximumConcurrency")] pub maximum_concurrency: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SelfManagedEventSource {
    #[serde(rename = "Endpoints")] pub endpoints: Option<BTreeMap<String, Vec<String>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SelfManagedKafkaEventSourceConfig {
    #[serde(rename = "ConsumerGroupId")] pub consumer_group_id: Option<String>,
    #[serde(rename = "SchemaRegistryConfig")] pub schema_registry_config: Option<KafkaSchemaRegistryConfig>,
    #[serde(rename = "ConsumptionMode")] pub consumption_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SnapStartResponse {
    #[serde(rename = "ApplyOn")] pub apply_on: Option<String>,
    #[serde(rename = "OptimizationStatus")] pub optimization_status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SourceAccessConfiguration {
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "URI")] pub uri: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagsError {
    #[serde(rename = "ErrorCode")] pub error_code: String,
    #[serde(rename = "Message")] pub message: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TenancyConfig {
    #[serde(rename = "TenantIsolationMode")] pub tenant_isolation_mode: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TracingConfigResponse {
    #[serde(rename = "Mode")] pub mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdateFunctionUrlConfigResponse {
    #[serde(rename = "FunctionUrl")] pub function_url: String,
    #[serde(rename = "FunctionArn")] pub function_arn: String,
    #[serde(rename = "AuthType")] pub auth_type: String,
    #[serde(rename = "Cors")] pub cors: Option<Cors>,
    #[serde(rename = "CreationTime")] pub creation_time: String,
    #[serde(rename = "LastModifiedTime")] pub last_modified_time: String,
    #[serde(rename = "InvokeMode")] pub invoke_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcConfigResponse {
    #[serde(rename = "SubnetIds")] pub subnet_ids: Option<Vec<String>>,
    #[serde(rename = "SecurityGroupIds")] pub security_group_ids: Option<Vec<String>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "Ipv6AllowedForDualStack")] pub ipv6_allowed_for_dual_stack: Option<bool>,
}
