//! The inputs of lambda's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AddLayerVersionPermission {
    must "LayerName" layer_name: String,
    must "VersionNumber" version_number: i64,
    must "StatementId" statement_id: String,
    must "Action" action: String,
    must "Principal" principal: String,
    may "OrganizationId" organization_id: Option<String>,
    may "RevisionId" revision_id: Option<String>,
} }

input! { AddPermission {
    must "FunctionName" function_name: String,
    must "StatementId" statement_id: String,
    must "Action" action: String,
    must "Principal" principal: String,
    may "SourceArn" source_arn: Option<String>,
    may "FunctionUrlAuthType" function_url_auth_type: Option<String>,
    may "InvokedViaFunctionUrl" invoked_via_function_url: Option<bool>,
    may "SourceAccount" source_account: Option<String>,
    may "EventSourceToken" event_source_token: Option<String>,
    may "Qualifier" qualifier: Option<String>,
    may "RevisionId" revision_id: Option<String>,
    may "PrincipalOrgID" principal_org_id: Option<String>,
} }

input! { CreateAlias {
    must "FunctionName" function_name: String,
    must "Name" name: String,
    must "FunctionVersion" function_version: String,
    may "Description" description: Option<String>,
    may "RoutingConfig" routing_config: Option<AliasRoutingConfiguration>,
} }

input! { CreateEventSourceMapping {
    may "EventSourceArn" event_source_arn: Option<String>,
    must "FunctionName" function_name: String,
    may "Enabled" enabled: Option<bool>,
    may "BatchSize" batch_size: Option<i32>,
    may "FilterCriteria" filter_criteria: Option<FilterCriteria>,
    may "ScalingConfig" scaling_config: Option<ScalingConfig>,
    may "MaximumBatchingWindowInSeconds" maximum_batching_window_in_seconds: Option<i32>,
    may "ParallelizationFactor" parallelization_factor: Option<i32>,
    may "StartingPosition" starting_position: Option<String>,
    may "StartingPositionTimestamp" starting_position_timestamp: Option<i64>,
    may "DestinationConfig" destination_config: Option<DestinationConfig>,
    may "MaximumRecordAgeInSeconds" maximum_record_age_in_seconds: Option<i32>,
    may "BisectBatchOnFunctionError" bisect_batch_on_function_error: Option<bool>,
    may "MaximumRetryAttempts" maximum_retry_attempts: Option<i32>,
    may "Tags" tags: Option<BTreeMap<String, String>>,
    may "TumblingWindowInSeconds" tumbling_window_in_seconds: Option<i32>,
    may "Topics" topics: Option<Vec<String>>,
    may "SourceAccessConfigurations" source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    may "SelfManagedEventSource" self_managed_event_source: Option<SelfManagedEventSource>,
    may "FunctionResponseTypes" function_response_types: Option<Vec<String>>,
    may "AmazonManagedKafkaEventSourceConfig" amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    may "SelfManagedKafkaEventSourceConfig" self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    may "ProvisionedPollerConfig" provisioned_poller_config: Option<ProvisionedPollerConfig>,
} }

input! { CreateFunction {
    must "FunctionName" function_name: String,
    may "Runtime" runtime: Option<String>,
    must "Role" role: String,
    may "Handler" handler: Option<String>,
    must "Code" code: FunctionCode,
    may "Description" description: Option<String>,
    may "Timeout" timeout: Option<i32>,
    may "MemorySize" memory_size: Option<i32>,
    may "Publish" publish: Option<bool>,
    may "VpcConfig" vpc_config: Option<VpcConfig>,
    may "DeadLetterConfig" dead_letter_config: Option<DeadLetterConfig>,
    may "Environment" environment: Option<Environment>,
    may "Tags" tags: Option<BTreeMap<String, String>>,
    may "Layers" layers: Option<Vec<String>>,
    may "Architectures" architectures: Option<Vec<String>>,
    may "EphemeralStorage" ephemeral_storage: Option<EphemeralStorage>,
    may "LoggingConfig" logging_config: Option<LoggingConfig>,
} }

input! { CreateFunctionUrlConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
    must "AuthType" auth_type: String,
    may "Cors" cors: Option<Cors>,
    may "InvokeMode" invoke_mode: Option<String>,
} }

input! { DeleteAlias {
    must "FunctionName" function_name: String,
    must "Name" name: String,
} }

input! { DeleteEventSourceMapping {
    must "UUID" uuid: String,
} }

input! { DeleteFunction {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { DeleteFunctionConcurrency {
    must "FunctionName" function_name: String,
} }

input! { DeleteFunctionEventInvokeConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { DeleteFunctionUrlConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { DeleteLayerVersion {
    must "LayerName" layer_name: String,
    must "VersionNumber" version_number: i64,
} }

input! { DeleteProvisionedConcurrencyConfig {
    must "FunctionName" function_name: String,
    must "Qualifier" qualifier: String,
} }

input! { DeleteResourcePolicy {
    must "ResourceArn" resource_arn: String,
    may "RevisionId" revision_id: Option<String>,
} }

input! { GetAccountSettings {} }

input! { GetAlias {
    must "FunctionName" function_name: String,
    must "Name" name: String,
} }

input! { GetEventSourceMapping {
    must "UUID" uuid: String,
} }

input! { GetFunction {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { GetFunctionCodeSigningConfig {
    must "FunctionName" function_name: String,
} }

input! { GetFunctionConcurrency {
    must "FunctionName" function_name: String,
} }

input! { GetFunctionConfiguration {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { GetFunctionEventInvokeConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { GetFunctionRecursionConfig {
    must "FunctionName" function_name: String,
} }

input! { GetFunctionUrlConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { GetLayerVersion {
    must "LayerName" layer_name: String,
    must "VersionNumber" version_number: i64,
} }

input! { GetLayerVersionByArn {
    must "Arn" arn: String,
} }

input! { GetLayerVersionPolicy {
    must "LayerName" layer_name: String,
    must "VersionNumber" version_number: i64,
} }

input! { GetPolicy {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { GetProvisionedConcurrencyConfig {
    must "FunctionName" function_name: String,
    must "Qualifier" qualifier: String,
} }

input! { GetResourcePolicy {
    must "ResourceArn" resource_arn: String,
} }

input! { GetRuntimeManagementConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
} }

input! { ListAliases {
    must "FunctionName" function_name: String,
    may "FunctionVersion" function_version: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListEventSourceMappings {
    may "EventSourceArn" event_source_arn: Option<String>,
    may "FunctionName" function_name: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListFunctionEventInvokeConfigs {
    must "FunctionName" function_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListFunctionUrlConfigs {
    must "FunctionName" function_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListFunctions {
    may "FunctionVersion" function_version: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListLayerVersions {
    may "CompatibleArchitecture" compatible_architecture: Option<String>,
    may "CompatibleRuntime" compatible_runtime: Option<String>,
    must "LayerName" layer_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListLayers {
    may "CompatibleArchitecture" compatible_architecture: Option<String>,
    may "CompatibleRuntime" compatible_runtime: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListProvisionedConcurrencyConfigs {
    must "FunctionName" function_name: String,
} }

input! { ListTags {
    must "Resource" resource: String,
} }

input! { ListVersionsByFunction {
    must "FunctionName" function_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { PublishLayerVersion {
    must "LayerName" layer_name: String,
    may "Description" description: Option<String>,
    must "Content" content: LayerVersionContentInput,
    may "CompatibleArchitectures" compatible_architectures: Option<Vec<String>>,
    may "CompatibleRuntimes" compatible_runtimes: Option<Vec<String>>,
    may "LicenseInfo" license_info: Option<String>,
} }

input! { PublishVersion {
    must "FunctionName" function_name: String,
    may "CodeSha256" code_sha256: Option<String>,
    may "Description" description: Option<String>,
    may "RevisionId" revision_id: Option<String>,
} }

input! { PutFunctionConcurrency {
    must "FunctionName" function_name: String,
    must "ReservedConcurrentExecutions" reserved_concurrent_executions: i32,
} }

input! { PutFunctionEventInvokeConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
    may "MaximumRetryAttempts" maximum_retry_attempts: Option<i32>,
    may "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: Option<i32>,
    may "DestinationConfig" destination_config: Option<DestinationConfig>,
} }

input! { PutFunctionRecursionConfig {
    must "FunctionName" function_name: String,
    must "RecursiveLoop" recursive_loop: String,
} }

input! { PutResourcePolicy {
    must "ResourceArn" resource_arn: String,
    must "Policy" policy: String,
    may "RevisionId" revision_id: Option<String>,
} }

input! { RemoveLayerVersionPermission {
    must "LayerName" layer_name: String,
    must "VersionNumber" version_number: i64,
    must "StatementId" statement_id: String,
    may "RevisionId" revision_id: Option<String>,
} }

input! { RemovePermission {
    must "FunctionName" function_name: String,
    must "StatementId" statement_id: String,
    may "Qualifier" qualifier: Option<String>,
    may "RevisionId" revision_id: Option<String>,
} }

input! { TagResource {
    must "Resource" resource: String,
    must "Tags" tags: BTreeMap<String, String>,
} }

input! { UntagResource {
    must "Resource" resource: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateAlias {
    must "FunctionName" function_name: String,
    must "Name" name: String,
    may "FunctionVersion" function_version: Option<String>,
    may "Description" description: Option<String>,
    may "RoutingConfig" routing_config: Option<AliasRoutingConfiguration>,
    may "RevisionId" revision_id: Option<String>,
} }

input! { UpdateEventSourceMapping {
    must "UUID" uuid: String,
    may "FunctionName" function_name: Option<String>,
    may "Enabled" enabled: Option<bool>,
    may "BatchSize" batch_size: Option<i32>,
    may "FilterCriteria" filter_criteria: Option<FilterCriteria>,
    may "ScalingConfig" scaling_config: Option<ScalingConfig>,
    may "MaximumBatchingWindowInSeconds" maximum_batching_window_in_seconds: Option<i32>,
    may "ParallelizationFactor" parallelization_factor: Option<i32>,
    may "DestinationConfig" destination_config: Option<DestinationConfig>,
    may "MaximumRecordAgeInSeconds" maximum_record_age_in_seconds: Option<i32>,
    may "BisectBatchOnFunctionError" bisect_batch_on_function_error: Option<bool>,
    may "MaximumRetryAttempts" maximum_retry_attempts: Option<i32>,
    may "TumblingWindowInSeconds" tumbling_window_in_seconds: Option<i32>,
    may "SourceAccessConfigurations" source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    may "FunctionResponseTypes" function_response_types: Option<Vec<String>>,
    may "ProvisionedPollerConfig" provisioned_poller_config: Option<ProvisionedPollerConfig>,
} }

input! { UpdateFunctionCode {
    must "FunctionName" function_name: String,
    may "ZipFile" zip_file: Option<String>,
    may "S3Bucket" s3_bucket: Option<String>,
    may "S3Key" s3_key: Option<String>,
    may "S3ObjectVersion" s3_object_version: Option<String>,
    may "Architectures" architectures: Option<Vec<String>>,
    may "Publish" publish: Option<bool>,
    may "DryRun" dry_run: Option<bool>,
    may "RevisionId" revision_id: Option<String>,
} }

input! { UpdateFunctionConfiguration {
    must "FunctionName" function_name: String,
    may "Role" role: Option<String>,
    may "Handler" handler: Option<String>,
    may "Description" description: Option<String>,
    may "Timeout" timeout: Option<i32>,
    may "MemorySize" memory_size: Option<i32>,
    may "VpcConfig" vpc_config: Option<VpcConfig>,
    may "Environment" environment: Option<Environment>,
    may "Runtime" runtime: Option<String>,
    may "DeadLetterConfig" dead_letter_config: Option<DeadLetterConfig>,
    may "RevisionId" revision_id: Option<String>,
    may "Layers" layers: Option<Vec<String>>,
    may "EphemeralStorage" ephemeral_storage: Option<EphemeralStorage>,
    may "LoggingConfig" logging_config: Option<LoggingConfig>,
} }

input! { UpdateFunctionEventInvokeConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
    may "MaximumRetryAttempts" maximum_retry_attempts: Option<i32>,
    may "MaximumEventAgeInSeconds" maximum_event_age_in_seconds: Option<i32>,
    may "DestinationConfig" destination_config: Option<DestinationConfig>,
} }

input! { UpdateFunctionUrlConfig {
    must "FunctionName" function_name: String,
    may "Qualifier" qualifier: Option<String>,
    may "AuthType" auth_type: Option<String>,
    may "Cors" cors: Option<Cors>,
    may "InvokeMode" invoke_mode: Option<String>,
} }

input! { AliasRoutingConfiguration {
    may "AdditionalVersionWeights" additional_version_weights: Option<BTreeMap<String, f64>>,
} }

input! { AmazonManagedKafkaEventSourceConfig {
    may "ConsumerGroupId" consumer_group_id: Option<String>,
} }

input! { Cors {
    may "AllowCredentials" allow_credentials: Option<bool>,
    may "AllowHeaders" allow_headers: Option<Vec<String>>,
    may "AllowMethods" allow_methods: Option<Vec<String>>,
    may "AllowOrigins" allow_origins: Option<Vec<String>>,
    may "ExposeHeaders" expose_headers: Option<Vec<String>>,
    may "MaxAge" max_age: Option<i32>,
} }

input! { DeadLetterConfig {
    may "TargetArn" target_arn: Option<String>,
} }

input! { DestinationConfig {
    may "OnSuccess" on_success: Option<OnSuccess>,
    may "OnFailure" on_failure: Option<OnFailure>,
} }

input! { Environment {
    may "Variables" variables: Option<BTreeMap<String, String>>,
} }

input! { EphemeralStorage {
    must "Size" size: i32,
} }

input! { FilterCriteria {
    may "Filters" filters: Option<Vec<Filter>>,
} }

input! { Filter {
    may "Pattern" pattern: Option<String>,
} }

input! { FunctionCode {
    may "ZipFile" zip_file: Option<String>,
    may "S3Bucket" s3_bucket: Option<String>,
    may "S3Key" s3_key: Option<String>,
    may "S3ObjectVersion" s3_object_version: Option<String>,
} }

input! { LayerVersionContentInput {
    may "S3Bucket" s3_bucket: Option<String>,
    may "S3Key" s3_key: Option<String>,
    may "S3ObjectVersion" s3_object_version: Option<String>,
    may "ZipFile" zip_file: Option<String>,
} }

input! { LoggingConfig {
    may "LogFormat" log_format: Option<String>,
    may "ApplicationLogLevel" application_log_level: Option<String>,
    may "SystemLogLevel" system_log_level: Option<String>,
    may "LogGroup" log_group: Option<String>,
} }

input! { OnFailure {
    may "Destination" destination: Option<String>,
} }

input! { OnSuccess {
    may "Destination" destination: Option<String>,
} }

input! { ProvisionedPollerConfig {
    may "MinimumPollers" minimum_pollers: Option<i32>,
    may "MaximumPollers" maximum_pollers: Option<i32>,
} }

input! { ScalingConfig {
    may "MaximumConcurrency" maximum_concurrency: Option<i32>,
} }

input! { SelfManagedEventSource {
    may "Endpoints" endpoints: Option<BTreeMap<String, Vec<String>>>,
} }

input! { SelfManagedKafkaEventSourceConfig {
    may "ConsumerGroupId" consumer_group_id: Option<String>,
} }

input! { SourceAccessConfiguration {
    may "Type" r#type: Option<String>,
    may "URI" uri: Option<String>,
} }

input! { VpcConfig {
    may "SubnetIds" subnet_ids: Option<Vec<String>>,
    may "SecurityGroupIds" security_group_ids: Option<Vec<String>>,
    may "Ipv6AllowedForDualStack" ipv6_allowed_for_dual_stack: Option<bool>,
} }
