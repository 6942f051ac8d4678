//! AWS Lambda 2015-03-31. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, lambda::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "lambda", signing: "lambda", version: "2015-03-31", protocol: Protocol::RestJson, namespace: "", target: "", json: "", error_prefix: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED, also: None };

static OPERATIONS: [Operation; 59] = [
    Operation { op: op::Op::Lambda(Op::AddLayerVersionPermission), name: "AddLayerVersionPermission", service: &SERVICE, method: "POST", uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy", status: 201, input: Some(&S_ADD_LAYER_VERSION_PERMISSION_REQUEST), output: Some(&S_ADD_LAYER_VERSION_PERMISSION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::AddPermission), name: "AddPermission", service: &SERVICE, method: "POST", uri: "/2015-03-31/functions/{FunctionName}/policy", status: 201, input: Some(&S_ADD_PERMISSION_REQUEST), output: Some(&S_ADD_PERMISSION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::CreateAlias), name: "CreateAlias", service: &SERVICE, method: "POST", uri: "/2015-03-31/functions/{FunctionName}/aliases", status: 201, input: Some(&S_CREATE_ALIAS_REQUEST), output: Some(&S_ALIAS_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::CreateEventSourceMapping), name: "CreateEventSourceMapping", service: &SERVICE, method: "POST", uri: "/2015-03-31/event-source-mappings", status: 202, input: Some(&S_CREATE_EVENT_SOURCE_MAPPING_REQUEST), output: Some(&S_EVENT_SOURCE_MAPPING_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::CreateFunction), name: "CreateFunction", service: &SERVICE, method: "POST", uri: "/2015-03-31/functions", status: 201, input: Some(&S_CREATE_FUNCTION_REQUEST), output: Some(&S_FUNCTION_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::CreateFunctionUrlConfig), name: "CreateFunctionUrlConfig", service: &SERVICE, method: "POST", uri: "/2021-10-31/functions/{FunctionName}/url", status: 201, input: Some(&S_CREATE_FUNCTION_URL_CONFIG_REQUEST), output: Some(&S_CREATE_FUNCTION_URL_CONFIG_RESPONSE), note: "InvokeMode BUFFERED alone" },
    Operation { op: op::Op::Lambda(Op::DeleteAlias), name: "DeleteAlias", service: &SERVICE, method: "DELETE", uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}", status: 204, input: Some(&S_DELETE_ALIAS_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteEventSourceMapping), name: "DeleteEventSourceMapping", service: &SERVICE, method: "DELETE", uri: "/2015-03-31/event-source-mappings/{UUID}", status: 202, input: Some(&S_DELETE_EVENT_SOURCE_MAPPING_REQUEST), output: Some(&S_EVENT_SOURCE_MAPPING_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteFunction), name: "DeleteFunction", service: &SERVICE, method: "DELETE", uri: "/2015-03-31/functions/{FunctionName}", status: 200, input: Some(&S_DELETE_FUNCTION_REQUEST), output: Some(&S_DELETE_FUNCTION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteFunctionConcurrency), name: "DeleteFunctionConcurrency", service: &SERVICE, method: "DELETE", uri: "/2017-10-31/functions/{FunctionName}/concurrency", status: 204, input: Some(&S_DELETE_FUNCTION_CONCURRENCY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteFunctionEventInvokeConfig), name: "DeleteFunctionEventInvokeConfig", service: &SERVICE, method: "DELETE", uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: 204, input: Some(&S_DELETE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteFunctionUrlConfig), name: "DeleteFunctionUrlConfig", service: &SERVICE, method: "DELETE", uri: "/2021-10-31/functions/{FunctionName}/url", status: 204, input: Some(&S_DELETE_FUNCTION_URL_CONFIG_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteLayerVersion), name: "DeleteLayerVersion", service: &SERVICE, method: "DELETE", uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}", status: 204, input: Some(&S_DELETE_LAYER_VERSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteProvisionedConcurrencyConfig), name: "DeleteProvisionedConcurrencyConfig", service: &SERVICE, method: "DELETE", uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", status: 204, input: Some(&S_DELETE_PROVISIONED_CONCURRENCY_CONFIG_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::DeleteResourcePolicy), name: "DeleteResourcePolicy", service: &SERVICE, method: "DELETE", uri: "/2026-07-09/resource-policy/{ResourceArn}", status: 204, input: Some(&S_DELETE_RESOURCE_POLICY_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::GetAccountSettings), name: "GetAccountSettings", service: &SERVICE, method: "GET", uri: "/2016-08-19/account-settings", status: 200, input: Some(&S_GET_ACCOUNT_SETTINGS_REQUEST), output: Some(&S_GET_ACCOUNT_SETTINGS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetAlias), name: "GetAlias", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}", status: 200, input: Some(&S_GET_ALIAS_REQUEST), output: Some(&S_ALIAS_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::GetEventSourceMapping), name: "GetEventSourceMapping", service: &SERVICE, method: "GET", uri: "/2015-03-31/event-source-mappings/{UUID}", status: 200, input: Some(&S_GET_EVENT_SOURCE_MAPPING_REQUEST), output: Some(&S_EVENT_SOURCE_MAPPING_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunction), name: "GetFunction", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions/{FunctionName}", status: 200, input: Some(&S_GET_FUNCTION_REQUEST), output: Some(&S_GET_FUNCTION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunctionCodeSigningConfig), name: "GetFunctionCodeSigningConfig", service: &SERVICE, method: "GET", uri: "/2020-06-30/functions/{FunctionName}/code-signing-config", status: 200, input: Some(&S_GET_FUNCTION_CODE_SIGNING_CONFIG_REQUEST), output: Some(&S_GET_FUNCTION_CODE_SIGNING_CONFIG_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunctionConcurrency), name: "GetFunctionConcurrency", service: &SERVICE, method: "GET", uri: "/2019-09-30/functions/{FunctionName}/concurrency", status: 200, input: Some(&S_GET_FUNCTION_CONCURRENCY_REQUEST), output: Some(&S_GET_FUNCTION_CONCURRENCY_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunctionConfiguration), name: "GetFunctionConfiguration", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions/{FunctionName}/configuration", status: 200, input: Some(&S_GET_FUNCTION_CONFIGURATION_REQUEST), output: Some(&S_FUNCTION_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunctionEventInvokeConfig), name: "GetFunctionEventInvokeConfig", service: &SERVICE, method: "GET", uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: 200, input: Some(&S_GET_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST), output: Some(&S_FUNCTION_EVENT_INVOKE_CONFIG), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunctionRecursionConfig), name: "GetFunctionRecursionConfig", service: &SERVICE, method: "GET", uri: "/2024-08-31/functions/{FunctionName}/recursion-config", status: 200, input: Some(&S_GET_FUNCTION_RECURSION_CONFIG_REQUEST), output: Some(&S_GET_FUNCTION_RECURSION_CONFIG_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetFunctionUrlConfig), name: "GetFunctionUrlConfig", service: &SERVICE, method: "GET", uri: "/2021-10-31/functions/{FunctionName}/url", status: 200, input: Some(&S_GET_FUNCTION_URL_CONFIG_REQUEST), output: Some(&S_GET_FUNCTION_URL_CONFIG_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetLayerVersion), name: "GetLayerVersion", service: &SERVICE, method: "GET", uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}", status: 200, input: Some(&S_GET_LAYER_VERSION_REQUEST), output: Some(&S_GET_LAYER_VERSION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetLayerVersionByArn), name: "GetLayerVersionByArn", service: &SERVICE, method: "GET", uri: "/2018-10-31/layers?find=LayerVersion", status: 200, input: Some(&S_GET_LAYER_VERSION_BY_ARN_REQUEST), output: Some(&S_GET_LAYER_VERSION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetLayerVersionPolicy), name: "GetLayerVersionPolicy", service: &SERVICE, method: "GET", uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy", status: 200, input: Some(&S_GET_LAYER_VERSION_POLICY_REQUEST), output: Some(&S_GET_LAYER_VERSION_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetPolicy), name: "GetPolicy", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions/{FunctionName}/policy", status: 200, input: Some(&S_GET_POLICY_REQUEST), output: Some(&S_GET_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetProvisionedConcurrencyConfig), name: "GetProvisionedConcurrencyConfig", service: &SERVICE, method: "GET", uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency", status: 200, input: Some(&S_GET_PROVISIONED_CONCURRENCY_CONFIG_REQUEST), output: Some(&S_GET_PROVISIONED_CONCURRENCY_CONFIG_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetResourcePolicy), name: "GetResourcePolicy", service: &SERVICE, method: "GET", uri: "/2026-07-09/resource-policy/{ResourceArn}", status: 200, input: Some(&S_GET_RESOURCE_POLICY_REQUEST), output: Some(&S_GET_RESOURCE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::GetRuntimeManagementConfig), name: "GetRuntimeManagementConfig", service: &SERVICE, method: "GET", uri: "/2021-07-20/functions/{FunctionName}/runtime-management-config", status: 200, input: Some(&S_GET_RUNTIME_MANAGEMENT_CONFIG_REQUEST), output: Some(&S_GET_RUNTIME_MANAGEMENT_CONFIG_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::Invoke), name: "Invoke", service: &SERVICE, method: "POST", uri: "/2015-03-31/functions/{FunctionName}/invocations", status: 200, input: Some(&S_INVOCATION_REQUEST), output: Some(&S_INVOCATION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListAliases), name: "ListAliases", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions/{FunctionName}/aliases", status: 200, input: Some(&S_LIST_ALIASES_REQUEST), output: Some(&S_LIST_ALIASES_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListEventSourceMappings), name: "ListEventSourceMappings", service: &SERVICE, method: "GET", uri: "/2015-03-31/event-source-mappings", status: 200, input: Some(&S_LIST_EVENT_SOURCE_MAPPINGS_REQUEST), output: Some(&S_LIST_EVENT_SOURCE_MAPPINGS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListFunctionEventInvokeConfigs), name: "ListFunctionEventInvokeConfigs", service: &SERVICE, method: "GET", uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config/list", status: 200, input: Some(&S_LIST_FUNCTION_EVENT_INVOKE_CONFIGS_REQUEST), output: Some(&S_LIST_FUNCTION_EVENT_INVOKE_CONFIGS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListFunctionUrlConfigs), name: "ListFunctionUrlConfigs", service: &SERVICE, method: "GET", uri: "/2021-10-31/functions/{FunctionName}/urls", status: 200, input: Some(&S_LIST_FUNCTION_URL_CONFIGS_REQUEST), output: Some(&S_LIST_FUNCTION_URL_CONFIGS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListFunctions), name: "ListFunctions", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions", status: 200, input: Some(&S_LIST_FUNCTIONS_REQUEST), output: Some(&S_LIST_FUNCTIONS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListLayerVersions), name: "ListLayerVersions", service: &SERVICE, method: "GET", uri: "/2018-10-31/layers/{LayerName}/versions", status: 200, input: Some(&S_LIST_LAYER_VERSIONS_REQUEST), output: Some(&S_LIST_LAYER_VERSIONS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListLayers), name: "ListLayers", service: &SERVICE, method: "GET", uri: "/2018-10-31/layers", status: 200, input: Some(&S_LIST_LAYERS_REQUEST), output: Some(&S_LIST_LAYERS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListProvisionedConcurrencyConfigs), name: "ListProvisionedConcurrencyConfigs", service: &SERVICE, method: "GET", uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL", status: 200, input: Some(&S_LIST_PROVISIONED_CONCURRENCY_CONFIGS_REQUEST), output: Some(&S_LIST_PROVISIONED_CONCURRENCY_CONFIGS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListTags), name: "ListTags", service: &SERVICE, method: "GET", uri: "/2017-03-31/tags/{Resource}", status: 200, input: Some(&S_LIST_TAGS_REQUEST), output: Some(&S_LIST_TAGS_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::ListVersionsByFunction), name: "ListVersionsByFunction", service: &SERVICE, method: "GET", uri: "/2015-03-31/functions/{FunctionName}/versions", status: 200, input: Some(&S_LIST_VERSIONS_BY_FUNCTION_REQUEST), output: Some(&S_LIST_VERSIONS_BY_FUNCTION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::PublishLayerVersion), name: "PublishLayerVersion", service: &SERVICE, method: "POST", uri: "/2018-10-31/layers/{LayerName}/versions", status: 201, input: Some(&S_PUBLISH_LAYER_VERSION_REQUEST), output: Some(&S_PUBLISH_LAYER_VERSION_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::PublishVersion), name: "PublishVersion", service: &SERVICE, method: "POST", uri: "/2015-03-31/functions/{FunctionName}/versions", status: 201, input: Some(&S_PUBLISH_VERSION_REQUEST), output: Some(&S_FUNCTION_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::PutFunctionConcurrency), name: "PutFunctionConcurrency", service: &SERVICE, method: "PUT", uri: "/2017-10-31/functions/{FunctionName}/concurrency", status: 200, input: Some(&S_PUT_FUNCTION_CONCURRENCY_REQUEST), output: Some(&S_CONCURRENCY), note: "" },
    Operation { op: op::Op::Lambda(Op::PutFunctionEventInvokeConfig), name: "PutFunctionEventInvokeConfig", service: &SERVICE, method: "PUT", uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: 200, input: Some(&S_PUT_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST), output: Some(&S_FUNCTION_EVENT_INVOKE_CONFIG), note: "" },
    Operation { op: op::Op::Lambda(Op::PutFunctionRecursionConfig), name: "PutFunctionRecursionConfig", service: &SERVICE, method: "PUT", uri: "/2024-08-31/functions/{FunctionName}/recursion-config", status: 200, input: Some(&S_PUT_FUNCTION_RECURSION_CONFIG_REQUEST), output: Some(&S_PUT_FUNCTION_RECURSION_CONFIG_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::PutResourcePolicy), name: "PutResourcePolicy", service: &SERVICE, method: "PUT", uri: "/2026-07-09/resource-policy/{ResourceArn}", status: 200, input: Some(&S_PUT_RESOURCE_POLICY_REQUEST), output: Some(&S_PUT_RESOURCE_POLICY_RESPONSE), note: "" },
    Operation { op: op::Op::Lambda(Op::RemoveLayerVersionPermission), name: "RemoveLayerVersionPermission", service: &SERVICE, method: "DELETE", uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}", status: 204, input: Some(&S_REMOVE_LAYER_VERSION_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::RemovePermission), name: "RemovePermission", service: &SERVICE, method: "DELETE", uri: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", status: 204, input: Some(&S_REMOVE_PERMISSION_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::TagResource), name: "TagResource", service: &SERVICE, method: "POST", uri: "/2017-03-31/tags/{Resource}", status: 204, input: Some(&S_TAG_RESOURCE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::UntagResource), name: "UntagResource", service: &SERVICE, method: "DELETE", uri: "/2017-03-31/tags/{Resource}", status: 204, input: Some(&S_UNTAG_RESOURCE_REQUEST), output: None, note: "" },
    Operation { op: op::Op::Lambda(Op::UpdateAlias), name: "UpdateAlias", service: &SERVICE, method: "PUT", uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}", status: 200, input: Some(&S_UPDATE_ALIAS_REQUEST), output: Some(&S_ALIAS_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::UpdateEventSourceMapping), name: "UpdateEventSourceMapping", service: &SERVICE, method: "PUT", uri: "/2015-03-31/event-source-mappings/{UUID}", status: 202, input: Some(&S_UPDATE_EVENT_SOURCE_MAPPING_REQUEST), output: Some(&S_EVENT_SOURCE_MAPPING_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::UpdateFunctionCode), name: "UpdateFunctionCode", service: &SERVICE, method: "PUT", uri: "/2015-03-31/functions/{FunctionName}/code", status: 200, input: Some(&S_UPDATE_FUNCTION_CODE_REQUEST), output: Some(&S_FUNCTION_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::UpdateFunctionConfiguration), name: "UpdateFunctionConfiguration", service: &SERVICE, method: "PUT", uri: "/2015-03-31/functions/{FunctionName}/configuration", status: 200, input: Some(&S_UPDATE_FUNCTION_CONFIGURATION_REQUEST), output: Some(&S_FUNCTION_CONFIGURATION), note: "" },
    Operation { op: op::Op::Lambda(Op::UpdateFunctionEventInvokeConfig), name: "UpdateFunctionEventInvokeConfig", service: &SERVICE, method: "POST", uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: 200, input: Some(&S_UPDATE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST), output: Some(&S_FUNCTION_EVENT_INVOKE_CONFIG), note: "" },
    Operation { op: op::Op::Lambda(Op::UpdateFunctionUrlConfig), name: "UpdateFunctionUrlConfig", service: &SERVICE, method: "PUT", uri: "/2021-10-31/functions/{FunctionName}/url", status: 200, input: Some(&S_UPDATE_FUNCTION_URL_CONFIG_REQUEST), output: Some(&S_UPDATE_FUNCTION_URL_CONFIG_RESPONSE), note: "InvokeMode BUFFERED alone" },
];

static ERRORS: [ErrorShape; 56] = [
    ErrorShape { code: "AliasLimitExceededException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "CodeArtifactUserDeletedException", query: None, status: 409, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "CodeArtifactUserFailedException", query: None, status: 409, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "CodeArtifactUserPendingException", query: None, status: 409, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "CodeSigningConfigNotFoundException", query: None, status: 404, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "CodeStorageExceededException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "CodeVerificationFailedException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "DurableExecutionAlreadyStartedException", query: None, status: 409, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "EC2AccessDeniedException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "EC2ThrottledException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "EC2UnexpectedException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING), m("EC2ErrorCode", &S_STRING)] },
    ErrorShape { code: "EFSIOException", query: None, status: 410, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "EFSMountConnectivityException", query: None, status: 408, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "EFSMountFailureException", query: None, status: 403, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "EFSMountTimeoutException", query: None, status: 408, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "ENILimitReachedException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "ENINotReadyException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "FunctionVersionsPerCapacityProviderLimitExceededException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "InvalidCodeSignatureException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidParameterValueException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "InvalidRequestContentException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "InvalidRuntimeException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidSecurityGroupIDException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidSubnetIDException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "InvalidZipFileException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "KMSAccessDeniedException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "KMSDisabledException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "KMSInvalidStateException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "KMSNotFoundException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "ModeNotSupportedException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "NoPublishedVersionException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "PolicyLengthExceededException", query: None, status: 400, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "PreconditionFailedException", query: None, status: 412, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "ProvisionedConcurrencyConfigNotFoundException", query: None, status: 404, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "PublicPolicyException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "RecursiveInvocationException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "RequestTooLargeException", query: None, status: 413, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "ResourceConflictException", query: None, status: 409, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "ResourceInUseException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "ResourceNotFoundException", query: None, status: 404, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "ResourceNotReadyException", query: None, status: 502, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "RuntimeAliasDeletedException", query: None, status: 409, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "RuntimeVersionDeletedException", query: None, status: 409, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "S3FilesMountConnectivityException", query: None, status: 408, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "S3FilesMountFailureException", query: None, status: 403, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "S3FilesMountTimeoutException", query: None, status: 408, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "SerializedRequestEntityTooLargeException", query: None, status: 413, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
    ErrorShape { code: "ServiceException", query: None, status: 500, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "ServiceQuotaExceededException", query: None, status: 402, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "SnapStartException", query: None, status: 400, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "SnapStartNotReadyException", query: None, status: 409, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "SnapStartRegenerationFailureException", query: None, status: 409, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "SnapStartTimeoutException", query: None, status: 408, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "SubnetIPAddressLimitReachedException", query: None, status: 502, members: &[m("Type", &S_STRING), m("Message", &S_STRING)] },
    ErrorShape { code: "TooManyRequestsException", query: None, status: 429, members: &[ml("retryAfterSeconds", "Retry-After", Location::Header, &S_STRING), m("Type", &S_STRING), m("message", &S_STRING), m("Reason", &S_THROTTLE_REASON)] },
    ErrorShape { code: "UnsupportedMediaTypeException", query: None, status: 415, members: &[m("Type", &S_STRING), m("message", &S_STRING)] },
];

static UNSUPPORTED: [Route; 32] = [
    Route { name: "CheckpointDurableExecution", method: "POST", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint" },
    Route { name: "CreateCapacityProvider", method: "POST", uri: "/2025-11-30/capacity-providers" },
    Route { name: "CreateCodeSigningConfig", method: "POST", uri: "/2020-04-22/code-signing-configs" },
    Route { name: "DeleteCapacityProvider", method: "DELETE", uri: "/2025-11-30/capacity-providers/{CapacityProviderName}" },
    Route { name: "DeleteCodeSigningConfig", method: "DELETE", uri: "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}" },
    Route { name: "DeleteDurableExecution", method: "DELETE", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}" },
    Route { name: "DeleteFunctionCodeSigningConfig", method: "DELETE", uri: "/2020-06-30/functions/{FunctionName}/code-signing-config" },
    Route { name: "GetCapacityProvider", method: "GET", uri: "/2025-11-30/capacity-providers/{CapacityProviderName}" },
    Route { name: "GetCodeSigningConfig", method: "GET", uri: "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}" },
    Route { name: "GetDurableExecution", method: "GET", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}" },
    Route { name: "GetDurableExecutionHistory", method: "GET", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}/history" },
    Route { name: "GetDurableExecutionState", method: "GET", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}/state" },
    Route { name: "GetFunctionScalingConfig", method: "GET", uri: "/2025-11-30/functions/{FunctionName}/function-scaling-config" },
    Route { name: "InvokeAsync", method: "POST", uri: "/2014-11-13/functions/{FunctionName}/invoke-async" },
    Route { name: "InvokeWithResponseStream", method: "POST", uri: "/2021-11-15/functions/{FunctionName}/response-streaming-invocations" },
    Route { name: "ListCapacityProviders", method: "GET", uri: "/2025-11-30/capacity-providers" },
    Route { name: "ListCodeSigningConfigs", method: "GET", uri: "/2020-04-22/code-signing-configs" },
    Route { name: "ListDurableExecutionsByFunction", method: "GET", uri: "/2025-12-01/functions/{FunctionName}/durable-executions" },
    Route { name: "ListFunctionVersionsByCapacityProvider", method: "GET", uri: "/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions" },
    Route { name: "ListFunctionsByCodeSigningConfig", method: "GET", uri: "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions" },
    Route { name: "PauseDurableExecution", method: "POST", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}/pause" },
    Route { name: "PutFunctionCodeSigningConfig", method: "PUT", uri: "/2020-06-30/functions/{FunctionName}/code-signing-config" },
    Route { name: "PutFunctionScalingConfig", method: "PUT", uri: "/2025-11-30/functions/{FunctionName}/function-scaling-config" },
    Route { name: "PutProvisionedConcurrencyConfig", method: "PUT", uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency" },
    Route { name: "PutRuntimeManagementConfig", method: "PUT", uri: "/2021-07-20/functions/{FunctionName}/runtime-management-config" },
    Route { name: "ResumeDurableExecution", method: "POST", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}/resume" },
    Route { name: "SendDurableExecutionCallbackFailure", method: "POST", uri: "/2025-12-01/durable-execution-callbacks/{CallbackId}/fail" },
    Route { name: "SendDurableExecutionCallbackHeartbeat", method: "POST", uri: "/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat" },
    Route { name: "SendDurableExecutionCallbackSuccess", method: "POST", uri: "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed" },
    Route { name: "StopDurableExecution", method: "POST", uri: "/2025-12-01/durable-executions/{DurableExecutionArn}/stop" },
    Route { name: "UpdateCapacityProvider", method: "PUT", uri: "/2025-11-30/capacity-providers/{CapacityProviderName}" },
    Route { name: "UpdateCodeSigningConfig", method: "PUT", uri: "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}" },
];

static S_ACCELERATOR_CONFIG: Shape = structure("AcceleratorConfig", &[m("AcceleratorMemorySize", &S_ACCELERATOR_MEMORY_GB).required()]);
static S_ACCELERATOR_MEMORY_GB: Shape = scalar("AcceleratorMemoryGB", Kind::Integer(Bounds::NONE));
static S_ACCOUNT_LIMIT: Shape = structure("AccountLimit", &[m("TotalCodeSize", &S_LONG), m("CodeSizeUnzipped", &S_LONG), m("CodeSizeZipped", &S_LONG), m("ConcurrentExecutions", &S_INTEGER), m("UnreservedConcurrentExecutions", &S_UNRESERVED_CONCURRENT_EXECUTIONS)]);
static S_ACCOUNT_USAGE: Shape = structure("AccountUsage", &[m("TotalCodeSize", &S_LONG), m("FunctionCount", &S_LONG)]);
static S_ACTION: Shape = string("Action", b(0, 10000), Some(&P0), &[]);
static S_ADD_LAYER_VERSION_PERMISSION_REQUEST: Shape = structure("AddLayerVersionPermissionRequest", &[ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), ml("VersionNumber", "VersionNumber", Location::Uri, &S_LAYER_VERSION_NUMBER).required().read(), m("StatementId", &S_STATEMENT_ID).required().read(), m("Action", &S_LAYER_PERMISSION_ALLOWED_ACTION).required().read(), m("Principal", &S_LAYER_PERMISSION_ALLOWED_PRINCIPAL).required().read(), m("OrganizationId", &S_ORGANIZATION_ID).read(), ml("RevisionId", "RevisionId", Location::Query, &S_STRING).read()]);
static S_ADD_LAYER_VERSION_PERMISSION_RESPONSE: Shape = structure("AddLayerVersionPermissionResponse", &[m("Statement", &S_STRING), m("RevisionId", &S_STRING)]);
static S_ADD_PERMISSION_REQUEST: Shape = structure("AddPermissionRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), m("StatementId", &S_STATEMENT_ID).required().read(), m("Action", &S_ACTION).required().read(), m("Principal", &S_PRINCIPAL).required().read(), m("SourceArn", &S_ARN).read(), m("FunctionUrlAuthType", &S_FUNCTION_URL_AUTH_TYPE).read(), m("InvokedViaFunctionUrl", &S_INVOKED_VIA_FUNCTION_URL).read(), m("SourceAccount", &S_SOURCE_OWNER).read(), m("EventSourceToken", &S_EVENT_SOURCE_TOKEN).read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read(), m("RevisionId", &S_STRING).read(), m("PrincipalOrgID", &S_PRINCIPAL_ORG_ID).read()]);
static S_ADD_PERMISSION_RESPONSE: Shape = structure("AddPermissionResponse", &[m("Statement", &S_STRING)]);
static S_ADDITIONAL_VERSION: Shape = string("AdditionalVersion", b(1, 1024), Some(&P1), &[]);
static S_ADDITIONAL_VERSION_WEIGHTS: Shape = map("AdditionalVersionWeights", &S_ADDITIONAL_VERSION, &S_WEIGHT, Bounds::NONE);
static S_ALIAS: Shape = string("Alias", b(1, 128), Some(&P2), &[]);
static S_ALIAS_CONFIGURATION: Shape = structure("AliasConfiguration", &[m("AliasArn", &S_FUNCTION_ARN), m("Name", &S_ALIAS), m("FunctionVersion", &S_VERSION), m("Description", &S_DESCRIPTION), m("RoutingConfig", &S_ALIAS_ROUTING_CONFIGURATION), m("RevisionId", &S_STRING)]);
static S_ALIAS_LIST: Shape = list("AliasList", &S_ALIAS_CONFIGURATION, "member", Bounds::NONE);
static S_ALIAS_ROUTING_CONFIGURATION: Shape = structure("AliasRoutingConfiguration", &[m("AdditionalVersionWeights", &S_ADDITIONAL_VERSION_WEIGHTS).read()]);
static S_ALLOW_CREDENTIALS: Shape = scalar("AllowCredentials", Kind::Boolean);
static S_ALLOW_METHODS_LIST: Shape = list("AllowMethodsList", &S_METHOD, "member", b(0, 6));
static S_ALLOW_ORIGINS_LIST: Shape = list("AllowOriginsList", &S_ORIGIN, "member", b(0, 100));
static S_AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG: Shape = structure("AmazonManagedKafkaEventSourceConfig", &[m("ConsumerGroupId", &S_URI).read(), m("SchemaRegistryConfig", &S_KAFKA_SCHEMA_REGISTRY_CONFIG)]);
static S_APPLICATION_LOG_LEVEL: Shape = string("ApplicationLogLevel", Bounds::NONE, None, &["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]);
static S_ARCHITECTURE: Shape = string("Architecture", Bounds::NONE, None, &["x86_64", "arm64"]);
static S_ARCHITECTURES_LIST: Shape = list("ArchitecturesList", &S_ARCHITECTURE, "member", b(1, 1));
static S_ARN: Shape = string("Arn", b(0, 10000), Some(&P3), &[]);
static S_BATCH_SIZE: Shape = scalar("BatchSize", Kind::Integer(b(1, 10000)));
static S_BISECT_BATCH_ON_FUNCTION_ERROR: Shape = scalar("BisectBatchOnFunctionError", Kind::Boolean);
static S_BLOB: Shape = scalar("Blob", Kind::Blob(Bounds::NONE));
static S_BOOLEAN: Shape = scalar("Boolean", Kind::Boolean);
static S_CAPACITY_PROVIDER_ARN: Shape = string("CapacityProviderArn", b(1, 140), Some(&P4), &[]);
static S_CAPACITY_PROVIDER_CONFIG: Shape = structure("CapacityProviderConfig", &[m("LambdaManagedInstancesCapacityProviderConfig", &S_LAMBDA_MANAGED_INSTANCES_CAPACITY_PROVIDER_CONFIG).required()]);
static S_CODE_SIGNING_CONFIG_ARN: Shape = string("CodeSigningConfigArn", b(0, 200), Some(&P5), &[]);
static S_COLLECTION_NAME: Shape = string("CollectionName", b(1, 57), Some(&P6), &[]);
static S_COMPATIBLE_ARCHITECTURES: Shape = list("CompatibleArchitectures", &S_ARCHITECTURE, "member", b(0, 2));
static S_COMPATIBLE_RUNTIMES: Shape = list("CompatibleRuntimes", &S_RUNTIME, "member", b(0, 15));
static S_CONCURRENCY: Shape = structure("Concurrency", &[m("ReservedConcurrentExecutions", &S_RESERVED_CONCURRENT_EXECUTIONS)]);
static S_CORS: Shape = structure("Cors", &[m("AllowCredentials", &S_ALLOW_CREDENTIALS).read(), m("AllowHeaders", &S_HEADERS_LIST).read(), m("AllowMethods", &S_ALLOW_METHODS_LIST).read(), m("AllowOrigins", &S_ALLOW_ORIGINS_LIST).read(), m("ExposeHeaders", &S_HEADERS_LIST).read(), m("MaxAge", &S_MAX_AGE).read()]);
static S_CREATE_ALIAS_REQUEST: Shape = structure("CreateAliasRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), m("Name", &S_ALIAS).required().read(), m("FunctionVersion", &S_VERSION_WITH_LATEST_PUBLISHED).required().read(), m("Description", &S_DESCRIPTION).read(), m("RoutingConfig", &S_ALIAS_ROUTING_CONFIGURATION).read()]);
static S_CREATE_EVENT_SOURCE_MAPPING_REQUEST: Shape = structure("CreateEventSourceMappingRequest", &[m("EventSourceArn", &S_ARN).read(), m("FunctionName", &S_NAMESPACED_FUNCTION_NAME).required().read(), m("Enabled", &S_ENABLED).read(), m("BatchSize", &S_BATCH_SIZE).read(), m("FilterCriteria", &S_FILTER_CRITERIA).read(), m("KMSKeyArn", &S_KMSKEY_ARN), m("MetricsConfig", &S_EVENT_SOURCE_MAPPING_METRICS_CONFIG), m("LoggingConfig", &S_EVENT_SOURCE_MAPPING_LOGGING_CONFIG), m("ScalingConfig", &S_SCALING_CONFIG).read(), m("MaximumBatchingWindowInSeconds", &S_MAXIMUM_BATCHING_WINDOW_IN_SECONDS).read(), m("ParallelizationFactor", &S_PARALLELIZATION_FACTOR).read(), m("StartingPosition", &S_EVENT_SOURCE_POSITION).read(), m("StartingPositionTimestamp", &S_DATE).read(), m("DestinationConfig", &S_DESTINATION_CONFIG).read(), m("MaximumRecordAgeInSeconds", &S_MAXIMUM_RECORD_AGE_IN_SECONDS).read(), m("BisectBatchOnFunctionError", &S_BISECT_BATCH_ON_FUNCTION_ERROR).read(), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING).read(), m("Tags", &S_TAGS).read(), m("TumblingWindowInSeconds", &S_TUMBLING_WINDOW_IN_SECONDS).read(), m("Topics", &S_TOPICS).read(), m("Queues", &S_QUEUES), m("SourceAccessConfigurations", &S_SOURCE_ACCESS_CONFIGURATIONS).read(), m("SelfManagedEventSource", &S_SELF_MANAGED_EVENT_SOURCE).read(), m("FunctionResponseTypes", &S_FUNCTION_RESPONSE_TYPE_LIST).read(), m("AmazonManagedKafkaEventSourceConfig", &S_AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG).read(), m("SelfManagedKafkaEventSourceConfig", &S_SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG).read(), m("DocumentDBEventSourceConfig", &S_DOCUMENT_DBEVENT_SOURCE_CONFIG), m("ProvisionedPollerConfig", &S_PROVISIONED_POLLER_CONFIG).read()]);
static S_CREATE_FUNCTION_REQUEST: Shape = structure("CreateFunctionRequest", &[m("FunctionName", &S_FUNCTION_NAME).required().read(), m("Runtime", &S_RUNTIME).read(), m("Role", &S_ROLE_ARN).required().read(), m("Handler", &S_HANDLER).read(), m("Code", &S_FUNCTION_CODE).required().read(), m("Description", &S_DESCRIPTION).read(), m("Timeout", &S_TIMEOUT).read(), m("MemorySize", &S_MEMORY_SIZE).read(), m("Publish", &S_BOOLEAN).read(), m("PublishTo", &S_FUNCTION_VERSION_LATEST_PUBLISHED), m("VpcConfig", &S_VPC_CONFIG).read(), m("PackageType", &S_PACKAGE_TYPE).only(&["Zip"]), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG).read(), m("Environment", &S_ENVIRONMENT).read(), m("KMSKeyArn", &S_KMSKEY_ARN), m("TracingConfig", &S_TRACING_CONFIG).within(), m("Tags", &S_TAGS).read(), m("Layers", &S_LAYER_LIST).read(), m("FileSystemConfigs", &S_FILE_SYSTEM_CONFIG_LIST), m("CodeSigningConfigArn", &S_CODE_SIGNING_CONFIG_ARN), m("ImageConfig", &S_IMAGE_CONFIG), m("Architectures", &S_ARCHITECTURES_LIST).read(), m("EphemeralStorage", &S_EPHEMERAL_STORAGE).read(), m("SnapStart", &S_SNAP_START).within(), m("LoggingConfig", &S_LOGGING_CONFIG).read(), m("TenancyConfig", &S_TENANCY_CONFIG), m("CapacityProviderConfig", &S_CAPACITY_PROVIDER_CONFIG), m("DurableConfig", &S_DURABLE_CONFIG), m("RuntimeConfig", &S_FUNCTION_RUNTIME_CONFIG), m("AcceleratorConfig", &S_ACCELERATOR_CONFIG)]);
static S_CREATE_FUNCTION_URL_CONFIG_REQUEST: Shape = structure("CreateFunctionUrlConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_URL_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_FUNCTION_URL_QUALIFIER).read(), m("AuthType", &S_FUNCTION_URL_AUTH_TYPE).required().read(), m("Cors", &S_CORS).read(), m("InvokeMode", &S_INVOKE_MODE).read()]);
static S_CREATE_FUNCTION_URL_CONFIG_RESPONSE: Shape = structure("CreateFunctionUrlConfigResponse", &[m("FunctionUrl", &S_FUNCTION_URL).required(), m("FunctionArn", &S_FUNCTION_ARN).required(), m("AuthType", &S_FUNCTION_URL_AUTH_TYPE).required(), m("Cors", &S_CORS), m("CreationTime", &S_TIMESTAMP).required(), m("InvokeMode", &S_INVOKE_MODE)]);
static S_DATABASE_NAME: Shape = string("DatabaseName", b(1, 63), Some(&P7), &[]);
static S_DATE: Shape = scalar("Date", Kind::Timestamp);
static S_DEAD_LETTER_CONFIG: Shape = structure("DeadLetterConfig", &[m("TargetArn", &S_RESOURCE_ARN).read()]);
static S_DELETE_ALIAS_REQUEST: Shape = structure("DeleteAliasRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("Name", "Name", Location::Uri, &S_ALIAS).required().read()]);
static S_DELETE_EVENT_SOURCE_MAPPING_REQUEST: Shape = structure("DeleteEventSourceMappingRequest", &[ml("UUID", "UUID", Location::Uri, &S_UUIDSTRING).required().read()]);
static S_DELETE_FUNCTION_CONCURRENCY_REQUEST: Shape = structure("DeleteFunctionConcurrencyRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read()]);
static S_DELETE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: Shape = structure("DeleteFunctionEventInvokeConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_DELETE_FUNCTION_REQUEST: Shape = structure("DeleteFunctionRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_DELETE_FUNCTION_RESPONSE: Shape = structure("DeleteFunctionResponse", &[ml("StatusCode", "StatusCode", Location::Status, &S_INTEGER)]);
static S_DELETE_FUNCTION_URL_CONFIG_REQUEST: Shape = structure("DeleteFunctionUrlConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_URL_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_FUNCTION_URL_QUALIFIER).read()]);
static S_DELETE_LAYER_VERSION_REQUEST: Shape = structure("DeleteLayerVersionRequest", &[ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), ml("VersionNumber", "VersionNumber", Location::Uri, &S_LAYER_VERSION_NUMBER).required().read()]);
static S_DELETE_PROVISIONED_CONCURRENCY_CONFIG_REQUEST: Shape = structure("DeleteProvisionedConcurrencyConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_QUALIFIER).required().read()]);
static S_DELETE_RESOURCE_POLICY_REQUEST: Shape = structure("DeleteResourcePolicyRequest", &[ml("ResourceArn", "ResourceArn", Location::Uri, &S_POLICY_RESOURCE_ARN).required().read(), ml("RevisionId", "RevisionId", Location::Query, &S_REVISION_ID).read()]);
static S_DESCRIPTION: Shape = string("Description", b(0, 256), None, &[]);
static S_DESTINATION_ARN: Shape = string("DestinationArn", b(0, 350), Some(&P8), &[]);
static S_DESTINATION_CONFIG: Shape = structure("DestinationConfig", &[m("OnSuccess", &S_ON_SUCCESS).read(), m("OnFailure", &S_ON_FAILURE).read()]);
static S_DIRECT_S3_READ: Shape = string("DirectS3Read", Bounds::NONE, None, &["ENABLED", "DISABLED", "AUTO"]);
static S_DOCUMENT_DBEVENT_SOURCE_CONFIG: Shape = structure("DocumentDBEventSourceConfig", &[m("DatabaseName", &S_DATABASE_NAME), m("CollectionName", &S_COLLECTION_NAME), m("FullDocument", &S_FULL_DOCUMENT)]);
static S_DURABLE_CONFIG: Shape = structure("DurableConfig", &[m("KMSKeyArn", &S_KMSKEY_ARN), m("RetentionPeriodInDays", &S_RETENTION_PERIOD_IN_DAYS), m("ExecutionTimeout", &S_EXECUTION_TIMEOUT)]);
static S_DURABLE_EXECUTION_ARN: Shape = string("DurableExecutionArn", Bounds::NONE, None, &[]);
static S_DURABLE_EXECUTION_NAME: Shape = string("DurableExecutionName", b(1, 64), Some(&P9), &[]);
static S_ENABLED: Shape = scalar("Enabled", Kind::Boolean);
static S_END_POINT_TYPE: Shape = string("EndPointType", Bounds::NONE, None, &["KAFKA_BOOTSTRAP_SERVERS"]);
static S_ENDPOINT: Shape = string("Endpoint", b(1, 300), Some(&P10), &[]);
static S_ENDPOINT_LISTS: Shape = list("EndpointLists", &S_ENDPOINT, "member", b(1, 10));
static S_ENDPOINTS: Shape = map("Endpoints", &S_END_POINT_TYPE, &S_ENDPOINT_LISTS, b(1, 2));
static S_ENVIRONMENT: Shape = structure("Environment", &[m("Variables", &S_ENVIRONMENT_VARIABLES).read()]);
static S_ENVIRONMENT_ERROR: Shape = structure("EnvironmentError", &[m("ErrorCode", &S_STRING), m("Message", &S_SENSITIVE_STRING)]);
static S_ENVIRONMENT_RESPONSE: Shape = structure("EnvironmentResponse", &[m("Variables", &S_ENVIRONMENT_VARIABLES), m("Error", &S_ENVIRONMENT_ERROR)]);
static S_ENVIRONMENT_VARIABLE_NAME: Shape = string("EnvironmentVariableName", Bounds::NONE, Some(&P11), &[]);
static S_ENVIRONMENT_VARIABLE_VALUE: Shape = string("EnvironmentVariableValue", Bounds::NONE, None, &[]);
static S_ENVIRONMENT_VARIABLES: Shape = map("EnvironmentVariables", &S_ENVIRONMENT_VARIABLE_NAME, &S_ENVIRONMENT_VARIABLE_VALUE, Bounds::NONE);
static S_EPHEMERAL_STORAGE: Shape = structure("EphemeralStorage", &[m("Size", &S_EPHEMERAL_STORAGE_SIZE).required().read()]);
static S_EPHEMERAL_STORAGE_SIZE: Shape = scalar("EphemeralStorageSize", Kind::Integer(b(512, 32768)));
static S_EVENT_SOURCE_MAPPING_ARN: Shape = string("EventSourceMappingArn", Bounds::NONE, None, &[]);
static S_EVENT_SOURCE_MAPPING_CONFIGURATION: Shape = structure("EventSourceMappingConfiguration", &[m("UUID", &S_UUIDSTRING), m("StartingPosition", &S_EVENT_SOURCE_POSITION), m("StartingPositionTimestamp", &S_DATE), m("BatchSize", &S_BATCH_SIZE), m("MaximumBatchingWindowInSeconds", &S_MAXIMUM_BATCHING_WINDOW_IN_SECONDS), m("ParallelizationFactor", &S_PARALLELIZATION_FACTOR), m("EventSourceArn", &S_ARN), m("FilterCriteria", &S_FILTER_CRITERIA), m("FilterCriteriaError", &S_FILTER_CRITERIA_ERROR), m("KMSKeyArn", &S_KMSKEY_ARN), m("MetricsConfig", &S_EVENT_SOURCE_MAPPING_METRICS_CONFIG), m("LoggingConfig", &S_EVENT_SOURCE_MAPPING_LOGGING_CONFIG), m("ScalingConfig", &S_SCALING_CONFIG), m("FunctionArn", &S_FUNCTION_ARN), m("LastModified", &S_DATE), m("LastProcessingResult", &S_STRING), m("State", &S_STRING), m("StateTransitionReason", &S_STRING), m("DestinationConfig", &S_DESTINATION_CONFIG), m("Topics", &S_TOPICS), m("Queues", &S_QUEUES), m("SourceAccessConfigurations", &S_SOURCE_ACCESS_CONFIGURATIONS), m("SelfManagedEventSource", &S_SELF_MANAGED_EVENT_SOURCE), m("MaximumRecordAgeInSeconds", &S_MAXIMUM_RECORD_AGE_IN_SECONDS), m("BisectBatchOnFunctionError", &S_BISECT_BATCH_ON_FUNCTION_ERROR), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING), m("TumblingWindowInSeconds", &S_TUMBLING_WINDOW_IN_SECONDS), m("FunctionResponseTypes", &S_FUNCTION_RESPONSE_TYPE_LIST), m("AmazonManagedKafkaEventSourceConfig", &S_AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG), m("SelfManagedKafkaEventSourceConfig", &S_SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG), m("DocumentDBEventSourceConfig", &S_DOCUMENT_DBEVENT_SOURCE_CONFIG), m("EventSourceMappingArn", &S_EVENT_SOURCE_MAPPING_ARN), m("ProvisionedPollerConfig", &S_PROVISIONED_POLLER_CONFIG)]);
static S_EVENT_SOURCE_MAPPING_LOGGING_CONFIG: Shape = structure("EventSourceMappingLoggingConfig", &[m("SystemLogLevel", &S_EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL)]);
static S_EVENT_SOURCE_MAPPING_METRIC: Shape = string("EventSourceMappingMetric", Bounds::NONE, None, &["EventCount", "ErrorCount", "KafkaMetrics"]);
static S_EVENT_SOURCE_MAPPING_METRIC_LIST: Shape = list("EventSourceMappingMetricList", &S_EVENT_SOURCE_MAPPING_METRIC, "member", b(0, 3));
static S_EVENT_SOURCE_MAPPING_METRICS_CONFIG: Shape = structure("EventSourceMappingMetricsConfig", &[m("Metrics", &S_EVENT_SOURCE_MAPPING_METRIC_LIST)]);
static S_EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL: Shape = string("EventSourceMappingSystemLogLevel", Bounds::NONE, None, &["DEBUG", "INFO", "WARN"]);
static S_EVENT_SOURCE_MAPPINGS_LIST: Shape = list("EventSourceMappingsList", &S_EVENT_SOURCE_MAPPING_CONFIGURATION, "member", Bounds::NONE);
static S_EVENT_SOURCE_POSITION: Shape = string("EventSourcePosition", Bounds::NONE, None, &["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"]);
static S_EVENT_SOURCE_TOKEN: Shape = string("EventSourceToken", b(0, 256), Some(&P12), &[]);
static S_EXECUTION_ENVIRONMENT_MEMORY_GI_BPER_VCPU: Shape = scalar("ExecutionEnvironmentMemoryGiBPerVCpu", Kind::Double(b(2, 8)));
static S_EXECUTION_TIMEOUT: Shape = scalar("ExecutionTimeout", Kind::Integer(b(1, 31622400)));
static S_FILE_SYSTEM_ARN: Shape = string("FileSystemArn", b(0, 256), Some(&P13), &[]);
static S_FILE_SYSTEM_CONFIG: Shape = structure("FileSystemConfig", &[m("Arn", &S_FILE_SYSTEM_ARN).required(), m("LocalMountPath", &S_LOCAL_MOUNT_PATH).required(), m("S3FilesConfig", &S_S3_FILES_CONFIG)]);
static S_FILE_SYSTEM_CONFIG_LIST: Shape = list("FileSystemConfigList", &S_FILE_SYSTEM_CONFIG, "member", b(0, 1));
static S_FILTER: Shape = structure("Filter", &[m("Pattern", &S_PATTERN).read()]);
static S_FILTER_CRITERIA: Shape = structure("FilterCriteria", &[m("Filters", &S_FILTER_LIST).read()]);
static S_FILTER_CRITERIA_ERROR: Shape = structure("FilterCriteriaError", &[m("ErrorCode", &S_FILTER_CRITERIA_ERROR_CODE), m("Message", &S_FILTER_CRITERIA_ERROR_MESSAGE)]);
static S_FILTER_CRITERIA_ERROR_CODE: Shape = string("FilterCriteriaErrorCode", Bounds::NONE, None, &[]);
static S_FILTER_CRITERIA_ERROR_MESSAGE: Shape = string("FilterCriteriaErrorMessage", Bounds::NONE, None, &[]);
static S_FILTER_LIST: Shape = list("FilterList", &S_FILTER, "member", Bounds::NONE);
static S_FULL_DOCUMENT: Shape = string("FullDocument", Bounds::NONE, None, &["UpdateLookup", "Default"]);
static S_FUNCTION_ARN: Shape = string("FunctionArn", Bounds::NONE, None, &[]);
static S_FUNCTION_CODE: Shape = structure("FunctionCode", &[m("ZipFile", &S_BLOB).read(), m("S3Bucket", &S_S3_BUCKET).read(), m("S3Key", &S_S3_KEY).read(), m("S3ObjectVersion", &S_S3_OBJECT_VERSION).read(), m("S3ObjectStorageMode", &S_S3_OBJECT_STORAGE_MODE).only(&["COPY"]), m("ImageUri", &S_STRING), m("SourceKMSKeyArn", &S_KMSKEY_ARN)]);
static S_FUNCTION_CODE_LOCATION: Shape = structure("FunctionCodeLocation", &[m("RepositoryType", &S_STRING), m("Location", &S_SENSITIVE_STRING_ON_SERVER_ONLY), m("ImageUri", &S_STRING), m("ResolvedImageUri", &S_STRING), m("ResolvedS3Object", &S_RESOLVED_S3_OBJECT), m("SourceKMSKeyArn", &S_KMSKEY_ARN), m("Error", &S_FUNCTION_CODE_LOCATION_ERROR)]);
static S_FUNCTION_CODE_LOCATION_ERROR: Shape = structure("FunctionCodeLocationError", &[m("ErrorCode", &S_STRING), m("Message", &S_SENSITIVE_STRING)]);
static S_FUNCTION_CONFIGURATION: Shape = structure("FunctionConfiguration", &[m("FunctionName", &S_NAMESPACED_FUNCTION_NAME), m("FunctionArn", &S_NAME_SPACED_FUNCTION_ARN), m("Runtime", &S_RUNTIME), m("Role", &S_ROLE_ARN), m("Handler", &S_HANDLER), m("CodeSize", &S_LONG), m("Description", &S_DESCRIPTION), m("Timeout", &S_TIMEOUT), m("MemorySize", &S_MEMORY_SIZE), m("LastModified", &S_TIMESTAMP), m("CodeSha256", &S_STRING), m("Version", &S_VERSION), m("VpcConfig", &S_VPC_CONFIG_RESPONSE), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG), m("Environment", &S_ENVIRONMENT_RESPONSE), m("KMSKeyArn", &S_KMSKEY_ARN), m("TracingConfig", &S_TRACING_CONFIG_RESPONSE), m("MasterArn", &S_FUNCTION_ARN), m("RevisionId", &S_STRING), m("Layers", &S_LAYERS_REFERENCE_LIST), m("State", &S_STATE), m("StateReason", &S_STATE_REASON), m("StateReasonCode", &S_STATE_REASON_CODE), m("LastUpdateStatus", &S_LAST_UPDATE_STATUS), m("LastUpdateStatusReason", &S_LAST_UPDATE_STATUS_REASON), m("LastUpdateStatusReasonCode", &S_LAST_UPDATE_STATUS_REASON_CODE), m("FileSystemConfigs", &S_FILE_SYSTEM_CONFIG_LIST), m("SigningProfileVersionArn", &S_ARN), m("SigningJobArn", &S_ARN), m("PackageType", &S_PACKAGE_TYPE), m("ImageConfigResponse", &S_IMAGE_CONFIG_RESPONSE), m("Architectures", &S_ARCHITECTURES_LIST), m("EphemeralStorage", &S_EPHEMERAL_STORAGE), m("SnapStart", &S_SNAP_START_RESPONSE), m("RuntimeVersionConfig", &S_RUNTIME_VERSION_CONFIG), m("LoggingConfig", &S_LOGGING_CONFIG), m("TenancyConfig", &S_TENANCY_CONFIG), m("CapacityProviderConfig", &S_CAPACITY_PROVIDER_CONFIG), m("ConfigSha256", &S_STRING), m("DurableConfig", &S_DURABLE_CONFIG), m("RuntimeConfig", &S_FUNCTION_RUNTIME_CONFIG), m("AcceleratorConfig", &S_ACCELERATOR_CONFIG)]);
static S_FUNCTION_EVENT_INVOKE_CONFIG: Shape = structure("FunctionEventInvokeConfig", &[m("LastModified", &S_DATE), m("FunctionArn", &S_FUNCTION_ARN), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS), m("MaximumEventAgeInSeconds", &S_MAXIMUM_EVENT_AGE_IN_SECONDS), m("DestinationConfig", &S_DESTINATION_CONFIG)]);
static S_FUNCTION_EVENT_INVOKE_CONFIG_LIST: Shape = list("FunctionEventInvokeConfigList", &S_FUNCTION_EVENT_INVOKE_CONFIG, "member", Bounds::NONE);
static S_FUNCTION_LIST: Shape = list("FunctionList", &S_FUNCTION_CONFIGURATION, "member", Bounds::NONE);
static S_FUNCTION_NAME: Shape = string("FunctionName", b(1, 140), Some(&P14), &[]);
static S_FUNCTION_RESPONSE_TYPE: Shape = string("FunctionResponseType", Bounds::NONE, None, &["ReportBatchItemFailures"]);
static S_FUNCTION_RESPONSE_TYPE_LIST: Shape = list("FunctionResponseTypeList", &S_FUNCTION_RESPONSE_TYPE, "member", b(0, 1));
static S_FUNCTION_RUNTIME_ALIAS: Shape = string("FunctionRuntimeAlias", b(1, 128), None, &[]);
static S_FUNCTION_RUNTIME_ARN: Shape = string("FunctionRuntimeArn", b(48, 2048), Some(&P15), &[]);
static S_FUNCTION_RUNTIME_CONFIG: Shape = structure("FunctionRuntimeConfig", &[m("RuntimeArn", &S_FUNCTION_RUNTIME_ARN).required(), m("RuntimeAlias", &S_FUNCTION_RUNTIME_ALIAS).required()]);
static S_FUNCTION_URL: Shape = string("FunctionUrl", Bounds::NONE, None, &[]);
static S_FUNCTION_URL_AUTH_TYPE: Shape = string("FunctionUrlAuthType", Bounds::NONE, None, &["NONE", "AWS_IAM"]);
static S_FUNCTION_URL_CONFIG: Shape = structure("FunctionUrlConfig", &[m("FunctionUrl", &S_FUNCTION_URL).required(), m("FunctionArn", &S_FUNCTION_ARN).required(), m("CreationTime", &S_TIMESTAMP).required(), m("LastModifiedTime", &S_TIMESTAMP).required(), m("Cors", &S_CORS), m("AuthType", &S_FUNCTION_URL_AUTH_TYPE).required(), m("InvokeMode", &S_INVOKE_MODE)]);
static S_FUNCTION_URL_CONFIG_LIST: Shape = list("FunctionUrlConfigList", &S_FUNCTION_URL_CONFIG, "member", Bounds::NONE);
static S_FUNCTION_URL_FUNCTION_NAME: Shape = string("FunctionUrlFunctionName", b(1, 140), Some(&P16), &[]);
static S_FUNCTION_URL_QUALIFIER: Shape = string("FunctionUrlQualifier", b(1, 128), Some(&P17), &[]);
static S_FUNCTION_VERSION: Shape = string("FunctionVersion", Bounds::NONE, None, &["ALL"]);
static S_FUNCTION_VERSION_LATEST_PUBLISHED: Shape = string("FunctionVersionLatestPublished", Bounds::NONE, None, &["LATEST_PUBLISHED"]);
static S_GET_ACCOUNT_SETTINGS_REQUEST: Shape = structure("GetAccountSettingsRequest", &[]);
static S_GET_ACCOUNT_SETTINGS_RESPONSE: Shape = structure("GetAccountSettingsResponse", &[m("AccountLimit", &S_ACCOUNT_LIMIT), m("AccountUsage", &S_ACCOUNT_USAGE)]);
static S_GET_ALIAS_REQUEST: Shape = structure("GetAliasRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("Name", "Name", Location::Uri, &S_ALIAS).required().read()]);
static S_GET_EVENT_SOURCE_MAPPING_REQUEST: Shape = structure("GetEventSourceMappingRequest", &[ml("UUID", "UUID", Location::Uri, &S_UUIDSTRING).required().read()]);
static S_GET_FUNCTION_CODE_SIGNING_CONFIG_REQUEST: Shape = structure("GetFunctionCodeSigningConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read()]);
static S_GET_FUNCTION_CODE_SIGNING_CONFIG_RESPONSE: Shape = structure("GetFunctionCodeSigningConfigResponse", &[m("CodeSigningConfigArn", &S_CODE_SIGNING_CONFIG_ARN).required(), m("FunctionName", &S_FUNCTION_NAME).required()]);
static S_GET_FUNCTION_CONCURRENCY_REQUEST: Shape = structure("GetFunctionConcurrencyRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read()]);
static S_GET_FUNCTION_CONCURRENCY_RESPONSE: Shape = structure("GetFunctionConcurrencyResponse", &[m("ReservedConcurrentExecutions", &S_RESERVED_CONCURRENT_EXECUTIONS)]);
static S_GET_FUNCTION_CONFIGURATION_REQUEST: Shape = structure("GetFunctionConfigurationRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_GET_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: Shape = structure("GetFunctionEventInvokeConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_GET_FUNCTION_RECURSION_CONFIG_REQUEST: Shape = structure("GetFunctionRecursionConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_UNQUALIFIED_FUNCTION_NAME).required().read()]);
static S_GET_FUNCTION_RECURSION_CONFIG_RESPONSE: Shape = structure("GetFunctionRecursionConfigResponse", &[m("RecursiveLoop", &S_RECURSIVE_LOOP)]);
static S_GET_FUNCTION_REQUEST: Shape = structure("GetFunctionRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_GET_FUNCTION_RESPONSE: Shape = structure("GetFunctionResponse", &[m("Configuration", &S_FUNCTION_CONFIGURATION), m("Code", &S_FUNCTION_CODE_LOCATION), m("Tags", &S_TAGS), m("TagsError", &S_TAGS_ERROR), m("Concurrency", &S_CONCURRENCY)]);
static S_GET_FUNCTION_URL_CONFIG_REQUEST: Shape = structure("GetFunctionUrlConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_URL_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_FUNCTION_URL_QUALIFIER).read()]);
static S_GET_FUNCTION_URL_CONFIG_RESPONSE: Shape = structure("GetFunctionUrlConfigResponse", &[m("FunctionUrl", &S_FUNCTION_URL).required(), m("FunctionArn", &S_FUNCTION_ARN).required(), m("AuthType", &S_FUNCTION_URL_AUTH_TYPE).required(), m("Cors", &S_CORS), m("CreationTime", &S_TIMESTAMP).required(), m("LastModifiedTime", &S_TIMESTAMP).required(), m("InvokeMode", &S_INVOKE_MODE)]);
static S_GET_LAYER_VERSION_BY_ARN_REQUEST: Shape = structure("GetLayerVersionByArnRequest", &[ml("Arn", "Arn", Location::Query, &S_LAYER_VERSION_ARN).required().read()]);
static S_GET_LAYER_VERSION_POLICY_REQUEST: Shape = structure("GetLayerVersionPolicyRequest", &[ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), ml("VersionNumber", "VersionNumber", Location::Uri, &S_LAYER_VERSION_NUMBER).required().read()]);
static S_GET_LAYER_VERSION_POLICY_RESPONSE: Shape = structure("GetLayerVersionPolicyResponse", &[m("Policy", &S_STRING), m("RevisionId", &S_STRING)]);
static S_GET_LAYER_VERSION_REQUEST: Shape = structure("GetLayerVersionRequest", &[ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), ml("VersionNumber", "VersionNumber", Location::Uri, &S_LAYER_VERSION_NUMBER).required().read()]);
static S_GET_LAYER_VERSION_RESPONSE: Shape = structure("GetLayerVersionResponse", &[m("Content", &S_LAYER_VERSION_CONTENT_OUTPUT), m("LayerArn", &S_LAYER_ARN), m("LayerVersionArn", &S_LAYER_VERSION_ARN), m("Description", &S_DESCRIPTION), m("CreatedDate", &S_TIMESTAMP), m("Version", &S_LAYER_VERSION_NUMBER), m("CompatibleArchitectures", &S_COMPATIBLE_ARCHITECTURES), m("CompatibleRuntimes", &S_COMPATIBLE_RUNTIMES), m("LicenseInfo", &S_LICENSE_INFO)]);
static S_GET_POLICY_REQUEST: Shape = structure("GetPolicyRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_GET_POLICY_RESPONSE: Shape = structure("GetPolicyResponse", &[m("Policy", &S_STRING), m("RevisionId", &S_STRING)]);
static S_GET_PROVISIONED_CONCURRENCY_CONFIG_REQUEST: Shape = structure("GetProvisionedConcurrencyConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_QUALIFIER).required().read()]);
static S_GET_PROVISIONED_CONCURRENCY_CONFIG_RESPONSE: Shape = structure("GetProvisionedConcurrencyConfigResponse", &[m("RequestedProvisionedConcurrentExecutions", &S_POSITIVE_INTEGER), m("AvailableProvisionedConcurrentExecutions", &S_NON_NEGATIVE_INTEGER), m("AllocatedProvisionedConcurrentExecutions", &S_NON_NEGATIVE_INTEGER), m("Status", &S_PROVISIONED_CONCURRENCY_STATUS_ENUM), m("StatusReason", &S_STRING), m("LastModified", &S_TIMESTAMP)]);
static S_GET_RESOURCE_POLICY_REQUEST: Shape = structure("GetResourcePolicyRequest", &[ml("ResourceArn", "ResourceArn", Location::Uri, &S_POLICY_RESOURCE_ARN).required().read()]);
static S_GET_RESOURCE_POLICY_RESPONSE: Shape = structure("GetResourcePolicyResponse", &[m("Policy", &S_RESOURCE_POLICY), m("RevisionId", &S_REVISION_ID)]);
static S_GET_RUNTIME_MANAGEMENT_CONFIG_REQUEST: Shape = structure("GetRuntimeManagementConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read()]);
static S_GET_RUNTIME_MANAGEMENT_CONFIG_RESPONSE: Shape = structure("GetRuntimeManagementConfigResponse", &[m("UpdateRuntimeOn", &S_UPDATE_RUNTIME_ON), m("FunctionArn", &S_NAME_SPACED_FUNCTION_ARN), m("RuntimeVersionArn", &S_RUNTIME_VERSION_ARN)]);
static S_HANDLER: Shape = string("Handler", b(0, 128), Some(&P18), &[]);
static S_HEADER: Shape = string("Header", b(0, 1024), Some(&P19), &[]);
static S_HEADERS_LIST: Shape = list("HeadersList", &S_HEADER, "member", b(0, 100));
static S_IMAGE_CONFIG: Shape = structure("ImageConfig", &[m("EntryPoint", &S_STRING_LIST), m("Command", &S_STRING_LIST), m("WorkingDirectory", &S_WORKING_DIRECTORY)]);
static S_IMAGE_CONFIG_ERROR: Shape = structure("ImageConfigError", &[m("ErrorCode", &S_STRING), m("Message", &S_SENSITIVE_STRING)]);
static S_IMAGE_CONFIG_RESPONSE: Shape = structure("ImageConfigResponse", &[m("ImageConfig", &S_IMAGE_CONFIG), m("Error", &S_IMAGE_CONFIG_ERROR)]);
static S_INTEGER: Shape = scalar("Integer", Kind::Integer(Bounds::NONE));
static S_INVOCATION_REQUEST: Shape = structure_with_payload("InvocationRequest", "Payload", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("InvocationType", "X-Amz-Invocation-Type", Location::Header, &S_INVOCATION_TYPE).read(), ml("LogType", "X-Amz-Log-Type", Location::Header, &S_LOG_TYPE).read(), ml("ClientContext", "X-Amz-Client-Context", Location::Header, &S_STRING).read(), ml("DurableExecutionName", "X-Amz-Durable-Execution-Name", Location::Header, &S_DURABLE_EXECUTION_NAME), m("Payload", &S_BLOB).read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read(), ml("TenantId", "X-Amz-Tenant-Id", Location::Header, &S_TENANT_ID)]);
static S_INVOCATION_RESPONSE: Shape = structure_with_payload("InvocationResponse", "Payload", &[ml("StatusCode", "StatusCode", Location::Status, &S_INTEGER), ml("FunctionError", "X-Amz-Function-Error", Location::Header, &S_STRING), ml("LogResult", "X-Amz-Log-Result", Location::Header, &S_STRING), m("Payload", &S_BLOB), ml("ExecutedVersion", "X-Amz-Executed-Version", Location::Header, &S_VERSION), ml("DurableExecutionArn", "X-Amz-Durable-Execution-Arn", Location::Header, &S_DURABLE_EXECUTION_ARN)]);
static S_INVOCATION_TYPE: Shape = string("InvocationType", Bounds::NONE, None, &["Event", "RequestResponse", "DryRun"]);
static S_INVOKE_MODE: Shape = string("InvokeMode", Bounds::NONE, None, &["BUFFERED", "RESPONSE_STREAM"]);
static S_INVOKED_VIA_FUNCTION_URL: Shape = scalar("InvokedViaFunctionUrl", Kind::Boolean);
static S_KMSKEY_ARN: Shape = string("KMSKeyArn", b(0, 10000), Some(&P20), &[]);
static S_KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE: Shape = string("KafkaEventSourceMappingConsumptionMode", Bounds::NONE, None, &["Stream", "Queue"]);
static S_KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG: Shape = structure("KafkaSchemaRegistryAccessConfig", &[m("Type", &S_KAFKA_SCHEMA_REGISTRY_AUTH_TYPE), m("URI", &S_ARN)]);
static S_KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG_LIST: Shape = list("KafkaSchemaRegistryAccessConfigList", &S_KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG, "member", Bounds::NONE);
static S_KAFKA_SCHEMA_REGISTRY_AUTH_TYPE: Shape = string("KafkaSchemaRegistryAuthType", Bounds::NONE, None, &["BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH"]);
static S_KAFKA_SCHEMA_REGISTRY_CONFIG: Shape = structure("KafkaSchemaRegistryConfig", &[m("SchemaRegistryURI", &S_SCHEMA_REGISTRY_URI), m("EventRecordFormat", &S_SCHEMA_REGISTRY_EVENT_RECORD_FORMAT), m("AccessConfigs", &S_KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG_LIST), m("SchemaValidationConfigs", &S_KAFKA_SCHEMA_VALIDATION_CONFIG_LIST)]);
static S_KAFKA_SCHEMA_VALIDATION_ATTRIBUTE: Shape = string("KafkaSchemaValidationAttribute", Bounds::NONE, None, &["KEY", "VALUE"]);
static S_KAFKA_SCHEMA_VALIDATION_CONFIG: Shape = structure("KafkaSchemaValidationConfig", &[m("Attribute", &S_KAFKA_SCHEMA_VALIDATION_ATTRIBUTE)]);
static S_KAFKA_SCHEMA_VALIDATION_CONFIG_LIST: Shape = list("KafkaSchemaValidationConfigList", &S_KAFKA_SCHEMA_VALIDATION_CONFIG, "member", Bounds::NONE);
static S_LAMBDA_MANAGED_INSTANCES_CAPACITY_PROVIDER_CONFIG: Shape = structure("LambdaManagedInstancesCapacityProviderConfig", &[m("CapacityProviderArn", &S_CAPACITY_PROVIDER_ARN).required(), m("PerExecutionEnvironmentMaxConcurrency", &S_PER_EXECUTION_ENVIRONMENT_MAX_CONCURRENCY), m("ExecutionEnvironmentMemoryGiBPerVCpu", &S_EXECUTION_ENVIRONMENT_MEMORY_GI_BPER_VCPU)]);
static S_LAST_UPDATE_STATUS: Shape = string("LastUpdateStatus", Bounds::NONE, None, &[]);
static S_LAST_UPDATE_STATUS_REASON: Shape = string("LastUpdateStatusReason", Bounds::NONE, None, &[]);
static S_LAST_UPDATE_STATUS_REASON_CODE: Shape = string("LastUpdateStatusReasonCode", Bounds::NONE, None, &[]);
static S_LAYER: Shape = structure("Layer", &[m("Arn", &S_LAYER_VERSION_ARN), m("CodeSize", &S_LONG), m("SigningProfileVersionArn", &S_ARN), m("SigningJobArn", &S_ARN)]);
static S_LAYER_ARN: Shape = string("LayerArn", Bounds::NONE, None, &[]);
static S_LAYER_LIST: Shape = list("LayerList", &S_LAYER_VERSION_ARN, "member", Bounds::NONE);
static S_LAYER_NAME: Shape = string("LayerName", Bounds::NONE, None, &[]);
static S_LAYER_NAME_OR_ARN: Shape = string("LayerNameOrArn", b(1, 2048), Some(&P21), &[]);
static S_LAYER_PERMISSION_ALLOWED_ACTION: Shape = string("LayerPermissionAllowedAction", b(0, 22), Some(&P22), &[]);
static S_LAYER_PERMISSION_ALLOWED_PRINCIPAL: Shape = string("LayerPermissionAllowedPrincipal", b(0, 10000), Some(&P23), &[]);
static S_LAYER_VERSION_ARN: Shape = string("LayerVersionArn", b(1, 2048), Some(&P24), &[]);
static S_LAYER_VERSION_CONTENT_INPUT: Shape = structure("LayerVersionContentInput", &[m("S3Bucket", &S_S3_BUCKET).read(), m("S3Key", &S_S3_KEY).read(), m("S3ObjectVersion", &S_S3_OBJECT_VERSION).read(), m("S3ObjectStorageMode", &S_S3_OBJECT_STORAGE_MODE).only(&["COPY"]), m("ZipFile", &S_BLOB).read()]);
static S_LAYER_VERSION_CONTENT_OUTPUT: Shape = structure("LayerVersionContentOutput", &[m("Location", &S_SENSITIVE_STRING_ON_SERVER_ONLY), m("CodeSha256", &S_STRING), m("CodeSize", &S_LONG), m("SigningProfileVersionArn", &S_ARN), m("SigningJobArn", &S_ARN), m("ResolvedS3Object", &S_RESOLVED_S3_OBJECT)]);
static S_LAYER_VERSION_NUMBER: Shape = scalar("LayerVersionNumber", Kind::Long(Bounds::NONE));
static S_LAYER_VERSIONS_LIST: Shape = list("LayerVersionsList", &S_LAYER_VERSIONS_LIST_ITEM, "member", Bounds::NONE);
static S_LAYER_VERSIONS_LIST_ITEM: Shape = structure("LayerVersionsListItem", &[m("LayerVersionArn", &S_LAYER_VERSION_ARN), m("Version", &S_LAYER_VERSION_NUMBER), m("Description", &S_DESCRIPTION), m("CreatedDate", &S_TIMESTAMP), m("CompatibleArchitectures", &S_COMPATIBLE_ARCHITECTURES), m("CompatibleRuntimes", &S_COMPATIBLE_RUNTIMES), m("LicenseInfo", &S_LICENSE_INFO)]);
static S_LAYERS_LIST: Shape = list("LayersList", &S_LAYERS_LIST_ITEM, "member", Bounds::NONE);
static S_LAYERS_LIST_ITEM: Shape = structure("LayersListItem", &[m("LayerName", &S_LAYER_NAME), m("LayerArn", &S_LAYER_ARN), m("LatestMatchingVersion", &S_LAYER_VERSIONS_LIST_ITEM)]);
static S_LAYERS_REFERENCE_LIST: Shape = list("LayersReferenceList", &S_LAYER, "member", Bounds::NONE);
static S_LICENSE_INFO: Shape = string("LicenseInfo", b(0, 512), Some(&P19), &[]);
static S_LIST_ALIASES_REQUEST: Shape = structure("ListAliasesRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("FunctionVersion", "FunctionVersion", Location::Query, &S_VERSION_WITH_LATEST_PUBLISHED).read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_LIST_ITEMS).read()]);
static S_LIST_ALIASES_RESPONSE: Shape = structure("ListAliasesResponse", &[m("NextMarker", &S_STRING), m("Aliases", &S_ALIAS_LIST)]);
static S_LIST_EVENT_SOURCE_MAPPINGS_REQUEST: Shape = structure("ListEventSourceMappingsRequest", &[ml("EventSourceArn", "EventSourceArn", Location::Query, &S_ARN).read(), ml("FunctionName", "FunctionName", Location::Query, &S_NAMESPACED_FUNCTION_NAME).read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_LIST_ITEMS).read()]);
static S_LIST_EVENT_SOURCE_MAPPINGS_RESPONSE: Shape = structure("ListEventSourceMappingsResponse", &[m("NextMarker", &S_STRING), m("EventSourceMappings", &S_EVENT_SOURCE_MAPPINGS_LIST)]);
static S_LIST_FUNCTION_EVENT_INVOKE_CONFIGS_REQUEST: Shape = structure("ListFunctionEventInvokeConfigsRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_FUNCTION_EVENT_INVOKE_CONFIG_LIST_ITEMS).read()]);
static S_LIST_FUNCTION_EVENT_INVOKE_CONFIGS_RESPONSE: Shape = structure("ListFunctionEventInvokeConfigsResponse", &[m("FunctionEventInvokeConfigs", &S_FUNCTION_EVENT_INVOKE_CONFIG_LIST), m("NextMarker", &S_STRING)]);
static S_LIST_FUNCTION_URL_CONFIGS_REQUEST: Shape = structure("ListFunctionUrlConfigsRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_URL_FUNCTION_NAME).required().read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_ITEMS).read()]);
static S_LIST_FUNCTION_URL_CONFIGS_RESPONSE: Shape = structure("ListFunctionUrlConfigsResponse", &[m("FunctionUrlConfigs", &S_FUNCTION_URL_CONFIG_LIST).required(), m("NextMarker", &S_STRING)]);
static S_LIST_FUNCTIONS_REQUEST: Shape = structure("ListFunctionsRequest", &[ml("MasterRegion", "MasterRegion", Location::Query, &S_MASTER_REGION).only(&["ALL"]), ml("FunctionVersion", "FunctionVersion", Location::Query, &S_FUNCTION_VERSION).read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_LIST_ITEMS).read()]);
static S_LIST_FUNCTIONS_RESPONSE: Shape = structure("ListFunctionsResponse", &[m("NextMarker", &S_STRING), m("Functions", &S_FUNCTION_LIST)]);
static S_LIST_LAYER_VERSIONS_REQUEST: Shape = structure("ListLayerVersionsRequest", &[ml("CompatibleArchitecture", "CompatibleArchitecture", Location::Query, &S_ARCHITECTURE).read(), ml("CompatibleRuntime", "CompatibleRuntime", Location::Query, &S_RUNTIME).read(), ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_LAYER_LIST_ITEMS).read()]);
static S_LIST_LAYER_VERSIONS_RESPONSE: Shape = structure("ListLayerVersionsResponse", &[m("NextMarker", &S_STRING), m("LayerVersions", &S_LAYER_VERSIONS_LIST)]);
static S_LIST_LAYERS_REQUEST: Shape = structure("ListLayersRequest", &[ml("CompatibleArchitecture", "CompatibleArchitecture", Location::Query, &S_ARCHITECTURE).read(), ml("CompatibleRuntime", "CompatibleRuntime", Location::Query, &S_RUNTIME).read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_LAYER_LIST_ITEMS).read()]);
static S_LIST_LAYERS_RESPONSE: Shape = structure("ListLayersResponse", &[m("NextMarker", &S_STRING), m("Layers", &S_LAYERS_LIST)]);
static S_LIST_PROVISIONED_CONCURRENCY_CONFIGS_REQUEST: Shape = structure("ListProvisionedConcurrencyConfigsRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("Marker", "Marker", Location::Query, &S_STRING).ignored("no version has any"), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEMS).ignored("no version has any")]);
static S_LIST_PROVISIONED_CONCURRENCY_CONFIGS_RESPONSE: Shape = structure("ListProvisionedConcurrencyConfigsResponse", &[m("ProvisionedConcurrencyConfigs", &S_PROVISIONED_CONCURRENCY_CONFIG_LIST), m("NextMarker", &S_STRING)]);
static S_LIST_TAGS_REQUEST: Shape = structure("ListTagsRequest", &[ml("Resource", "Resource", Location::Uri, &S_TAGGABLE_RESOURCE).required().read()]);
static S_LIST_TAGS_RESPONSE: Shape = structure("ListTagsResponse", &[m("Tags", &S_TAGS)]);
static S_LIST_VERSIONS_BY_FUNCTION_REQUEST: Shape = structure("ListVersionsByFunctionRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Marker", "Marker", Location::Query, &S_STRING).read(), ml("MaxItems", "MaxItems", Location::Query, &S_MAX_LIST_ITEMS).read()]);
static S_LIST_VERSIONS_BY_FUNCTION_RESPONSE: Shape = structure("ListVersionsByFunctionResponse", &[m("NextMarker", &S_STRING), m("Versions", &S_FUNCTION_LIST)]);
static S_LOCAL_MOUNT_PATH: Shape = string("LocalMountPath", b(0, 160), Some(&P25), &[]);
static S_LOG_FORMAT: Shape = string("LogFormat", Bounds::NONE, None, &["JSON", "Text"]);
static S_LOG_GROUP: Shape = string("LogGroup", b(1, 512), Some(&P26), &[]);
static S_LOG_TYPE: Shape = string("LogType", Bounds::NONE, None, &["None", "Tail"]);
static S_LOGGING_CONFIG: Shape = structure("LoggingConfig", &[m("LogFormat", &S_LOG_FORMAT).read(), m("ApplicationLogLevel", &S_APPLICATION_LOG_LEVEL).read(), m("SystemLogLevel", &S_SYSTEM_LOG_LEVEL).read(), m("LogGroup", &S_LOG_GROUP).read()]);
static S_LONG: Shape = scalar("Long", Kind::Long(Bounds::NONE));
static S_MASTER_REGION: Shape = string("MasterRegion", b(1, 50), Some(&P27), &[]);
static S_MAX_AGE: Shape = scalar("MaxAge", Kind::Integer(b(0, 86400)));
static S_MAX_FUNCTION_EVENT_INVOKE_CONFIG_LIST_ITEMS: Shape = scalar("MaxFunctionEventInvokeConfigListItems", Kind::Integer(b(1, 50)));
static S_MAX_ITEMS: Shape = scalar("MaxItems", Kind::Integer(b(1, 50)));
static S_MAX_LAYER_LIST_ITEMS: Shape = scalar("MaxLayerListItems", Kind::Integer(b(1, 50)));
static S_MAX_LIST_ITEMS: Shape = scalar("MaxListItems", Kind::Integer(b(1, 10000)));
static S_MAX_PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEMS: Shape = scalar("MaxProvisionedConcurrencyConfigListItems", Kind::Integer(b(1, 50)));
static S_MAXIMUM_BATCHING_WINDOW_IN_SECONDS: Shape = scalar("MaximumBatchingWindowInSeconds", Kind::Integer(b(0, 300)));
static S_MAXIMUM_CONCURRENCY: Shape = scalar("MaximumConcurrency", Kind::Integer(b(2, 1000)));
static S_MAXIMUM_EVENT_AGE_IN_SECONDS: Shape = scalar("MaximumEventAgeInSeconds", Kind::Integer(b(60, 21600)));
static S_MAXIMUM_NUMBER_OF_POLLERS: Shape = scalar("MaximumNumberOfPollers", Kind::Integer(b(1, 10000)));
static S_MAXIMUM_RECORD_AGE_IN_SECONDS: Shape = scalar("MaximumRecordAgeInSeconds", Kind::Integer(b(-1, 604800)));
static S_MAXIMUM_RETRY_ATTEMPTS: Shape = scalar("MaximumRetryAttempts", Kind::Integer(b(0, 2)));
static S_MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING: Shape = scalar("MaximumRetryAttemptsEventSourceMapping", Kind::Integer(b(-1, 10000)));
static S_MEMORY_SIZE: Shape = scalar("MemorySize", Kind::Integer(b(128, 32768)));
static S_METHOD: Shape = string("Method", b(0, 6), Some(&P19), &[]);
static S_MINIMUM_NUMBER_OF_POLLERS: Shape = scalar("MinimumNumberOfPollers", Kind::Integer(b(1, 200)));
static S_NAME_SPACED_FUNCTION_ARN: Shape = string("NameSpacedFunctionArn", Bounds::NONE, None, &[]);
static S_NAMESPACED_FUNCTION_NAME: Shape = string("NamespacedFunctionName", b(1, 256), Some(&P28), &[]);
static S_NAMESPACED_STATEMENT_ID: Shape = string("NamespacedStatementId", b(1, 100), Some(&P29), &[]);
static S_NON_NEGATIVE_INTEGER: Shape = scalar("NonNegativeInteger", Kind::Integer(Bounds::NONE));
static S_NULLABLE_BOOLEAN: Shape = scalar("NullableBoolean", Kind::Boolean);
static S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER: Shape = string("NumericLatestPublishedOrAliasQualifier", b(1, 128), Some(&P30), &[]);
static S_ON_FAILURE: Shape = structure("OnFailure", &[m("Destination", &S_DESTINATION_ARN).read()]);
static S_ON_SUCCESS: Shape = structure("OnSuccess", &[m("Destination", &S_DESTINATION_ARN).read()]);
static S_ORGANIZATION_ID: Shape = string("OrganizationId", b(0, 34), Some(&P31), &[]);
static S_ORIGIN: Shape = string("Origin", b(1, 253), Some(&P19), &[]);
static S_PACKAGE_TYPE: Shape = string("PackageType", Bounds::NONE, None, &["Zip", "Image"]);
static S_PARALLELIZATION_FACTOR: Shape = scalar("ParallelizationFactor", Kind::Integer(b(1, 10)));
static S_PATTERN: Shape = string("Pattern", b(0, 4096), Some(&P32), &[]);
static S_PER_EXECUTION_ENVIRONMENT_MAX_CONCURRENCY: Shape = scalar("PerExecutionEnvironmentMaxConcurrency", Kind::Integer(b(1, 1600)));
static S_POLICY_RESOURCE_ARN: Shape = string("PolicyResourceArn", b(0, 512), Some(&P33), &[]);
static S_POSITIVE_INTEGER: Shape = scalar("PositiveInteger", Kind::Integer(Bounds::NONE));
static S_PRINCIPAL: Shape = string("Principal", b(0, 2048), Some(&P18), &[]);
static S_PRINCIPAL_ORG_ID: Shape = string("PrincipalOrgID", b(12, 34), Some(&P31), &[]);
static S_PROVISIONED_CONCURRENCY_CONFIG_LIST: Shape = list("ProvisionedConcurrencyConfigList", &S_PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEM, "member", Bounds::NONE);
static S_PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEM: Shape = structure("ProvisionedConcurrencyConfigListItem", &[m("FunctionArn", &S_FUNCTION_ARN), m("RequestedProvisionedConcurrentExecutions", &S_POSITIVE_INTEGER), m("AvailableProvisionedConcurrentExecutions", &S_NON_NEGATIVE_INTEGER), m("AllocatedProvisionedConcurrentExecutions", &S_NON_NEGATIVE_INTEGER), m("Status", &S_PROVISIONED_CONCURRENCY_STATUS_ENUM), m("StatusReason", &S_STRING), m("LastModified", &S_TIMESTAMP)]);
static S_PROVISIONED_CONCURRENCY_STATUS_ENUM: Shape = string("ProvisionedConcurrencyStatusEnum", Bounds::NONE, None, &[]);
static S_PROVISIONED_POLLER_CONFIG: Shape = structure("ProvisionedPollerConfig", &[m("MinimumPollers", &S_MINIMUM_NUMBER_OF_POLLERS).read(), m("MaximumPollers", &S_MAXIMUM_NUMBER_OF_POLLERS).read(), m("PollerGroupName", &S_PROVISIONED_POLLER_GROUP_NAME)]);
static S_PROVISIONED_POLLER_GROUP_NAME: Shape = string("ProvisionedPollerGroupName", b(0, 128), Some(&P34), &[]);
static S_PUBLISH_LAYER_VERSION_REQUEST: Shape = structure("PublishLayerVersionRequest", &[ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), m("Description", &S_DESCRIPTION).read(), m("Content", &S_LAYER_VERSION_CONTENT_INPUT).required().read(), m("CompatibleArchitectures", &S_COMPATIBLE_ARCHITECTURES).read(), m("CompatibleRuntimes", &S_COMPATIBLE_RUNTIMES).read(), m("LicenseInfo", &S_LICENSE_INFO).read()]);
static S_PUBLISH_LAYER_VERSION_RESPONSE: Shape = structure("PublishLayerVersionResponse", &[m("Content", &S_LAYER_VERSION_CONTENT_OUTPUT), m("LayerArn", &S_LAYER_ARN), m("LayerVersionArn", &S_LAYER_VERSION_ARN), m("Description", &S_DESCRIPTION), m("CreatedDate", &S_TIMESTAMP), m("Version", &S_LAYER_VERSION_NUMBER), m("CompatibleArchitectures", &S_COMPATIBLE_ARCHITECTURES), m("CompatibleRuntimes", &S_COMPATIBLE_RUNTIMES), m("LicenseInfo", &S_LICENSE_INFO)]);
static S_PUBLISH_VERSION_REQUEST: Shape = structure("PublishVersionRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), m("CodeSha256", &S_STRING).read(), m("Description", &S_DESCRIPTION).read(), m("RevisionId", &S_STRING).read(), m("PublishTo", &S_FUNCTION_VERSION_LATEST_PUBLISHED)]);
static S_PUT_FUNCTION_CONCURRENCY_REQUEST: Shape = structure("PutFunctionConcurrencyRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), m("ReservedConcurrentExecutions", &S_RESERVED_CONCURRENT_EXECUTIONS).required().read()]);
static S_PUT_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: Shape = structure("PutFunctionEventInvokeConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read(), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS).read(), m("MaximumEventAgeInSeconds", &S_MAXIMUM_EVENT_AGE_IN_SECONDS).read(), m("DestinationConfig", &S_DESTINATION_CONFIG).read()]);
static S_PUT_FUNCTION_RECURSION_CONFIG_REQUEST: Shape = structure("PutFunctionRecursionConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_UNQUALIFIED_FUNCTION_NAME).required().read(), m("RecursiveLoop", &S_RECURSIVE_LOOP).required().read()]);
static S_PUT_FUNCTION_RECURSION_CONFIG_RESPONSE: Shape = structure("PutFunctionRecursionConfigResponse", &[m("RecursiveLoop", &S_RECURSIVE_LOOP)]);
static S_PUT_RESOURCE_POLICY_REQUEST: Shape = structure("PutResourcePolicyRequest", &[ml("ResourceArn", "ResourceArn", Location::Uri, &S_POLICY_RESOURCE_ARN).required().read(), m("Policy", &S_RESOURCE_POLICY).required().read(), m("RevisionId", &S_REVISION_ID).read()]);
static S_PUT_RESOURCE_POLICY_RESPONSE: Shape = structure("PutResourcePolicyResponse", &[m("Policy", &S_RESOURCE_POLICY), m("RevisionId", &S_REVISION_ID)]);
static S_QUALIFIER: Shape = string("Qualifier", b(1, 128), Some(&P35), &[]);
static S_QUEUE: Shape = string("Queue", b(1, 1000), Some(&P32), &[]);
static S_QUEUES: Shape = list("Queues", &S_QUEUE, "member", b(1, 1));
static S_RECURSIVE_LOOP: Shape = string("RecursiveLoop", Bounds::NONE, None, &["Allow", "Terminate"]);
static S_REMOVE_LAYER_VERSION_PERMISSION_REQUEST: Shape = structure("RemoveLayerVersionPermissionRequest", &[ml("LayerName", "LayerName", Location::Uri, &S_LAYER_NAME_OR_ARN).required().read(), ml("VersionNumber", "VersionNumber", Location::Uri, &S_LAYER_VERSION_NUMBER).required().read(), ml("StatementId", "StatementId", Location::Uri, &S_STATEMENT_ID).required().read(), ml("RevisionId", "RevisionId", Location::Query, &S_STRING).read()]);
static S_REMOVE_PERMISSION_REQUEST: Shape = structure("RemovePermissionRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("StatementId", "StatementId", Location::Uri, &S_NAMESPACED_STATEMENT_ID).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read(), ml("RevisionId", "RevisionId", Location::Query, &S_STRING).read()]);
static S_RESERVED_CONCURRENT_EXECUTIONS: Shape = scalar("ReservedConcurrentExecutions", Kind::Integer(b(0, i64::MAX)));
static S_RESOLVED_S3_OBJECT: Shape = structure("ResolvedS3Object", &[m("S3Bucket", &S_S3_BUCKET), m("S3Key", &S_S3_KEY), m("S3ObjectVersion", &S_S3_OBJECT_VERSION)]);
static S_RESOURCE_ARN: Shape = string("ResourceArn", b(0, 10000), Some(&P20), &[]);
static S_RESOURCE_POLICY: Shape = string("ResourcePolicy", b(1, 20480), Some(&P36), &[]);
static S_RETENTION_PERIOD_IN_DAYS: Shape = scalar("RetentionPeriodInDays", Kind::Integer(b(1, 90)));
static S_REVISION_ID: Shape = string("RevisionId", b(36, 36), Some(&P37), &[]);
static S_ROLE_ARN: Shape = string("RoleArn", b(0, 10000), Some(&P38), &[]);
static S_RUNTIME: Shape = string("Runtime", Bounds::NONE, None, &["nodejs", "nodejs4.3", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x", "java8", "java8.al2", "java11", "java17", "java21", "java25", "python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet6", "dotnet8", "dotnet10", "nodejs4.3-edge", "go1.x", "ruby2.5", "ruby2.7", "ruby3.2", "ruby3.3", "ruby3.4", "ruby4.0", "provided", "provided.al2", "provided.al2023", "nodejs26.x", "python3.15", "java8.al2023", "java11.al2023", "java17.al2023", "custom"]);
static S_RUNTIME_VERSION_ARN: Shape = string("RuntimeVersionArn", Bounds::NONE, None, &[]);
static S_RUNTIME_VERSION_CONFIG: Shape = structure("RuntimeVersionConfig", &[m("RuntimeVersionArn", &S_RUNTIME_VERSION_ARN), m("Error", &S_RUNTIME_VERSION_ERROR)]);
static S_RUNTIME_VERSION_ERROR: Shape = structure("RuntimeVersionError", &[m("ErrorCode", &S_STRING), m("Message", &S_SENSITIVE_STRING)]);
static S_S3_BUCKET: Shape = string("S3Bucket", b(3, 63), Some(&P39), &[]);
static S_S3_FILES_CONFIG: Shape = structure("S3FilesConfig", &[m("DirectS3Read", &S_DIRECT_S3_READ)]);
static S_S3_KEY: Shape = string("S3Key", b(1, 1024), Some(&P19), &[]);
static S_S3_OBJECT_STORAGE_MODE: Shape = string("S3ObjectStorageMode", Bounds::NONE, None, &["COPY", "REFERENCE"]);
static S_S3_OBJECT_VERSION: Shape = string("S3ObjectVersion", b(1, 1024), Some(&P19), &[]);
static S_SCALING_CONFIG: Shape = structure("ScalingConfig", &[m("MaximumConcurrency", &S_MAXIMUM_CONCURRENCY).read()]);
static S_SCHEMA_REGISTRY_EVENT_RECORD_FORMAT: Shape = string("SchemaRegistryEventRecordFormat", Bounds::NONE, None, &["JSON", "SOURCE"]);
static S_SCHEMA_REGISTRY_URI: Shape = string("SchemaRegistryUri", b(1, 10000), Some(&P40), &[]);
static S_SECURITY_GROUP_ID: Shape = string("SecurityGroupId", b(0, 1024), Some(&P41), &[]);
static S_SECURITY_GROUP_IDS: Shape = list("SecurityGroupIds", &S_SECURITY_GROUP_ID, "member", b(0, 5));
static S_SELF_MANAGED_EVENT_SOURCE: Shape = structure("SelfManagedEventSource", &[m("Endpoints", &S_ENDPOINTS).read()]);
static S_SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG: Shape = structure("SelfManagedKafkaEventSourceConfig", &[m("ConsumerGroupId", &S_URI).read(), m("SchemaRegistryConfig", &S_KAFKA_SCHEMA_REGISTRY_CONFIG), m("ConsumptionMode", &S_KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE).only(&["Stream"])]);
static S_SENSITIVE_STRING: Shape = string("SensitiveString", Bounds::NONE, None, &[]);
static S_SENSITIVE_STRING_ON_SERVER_ONLY: Shape = string("SensitiveStringOnServerOnly", Bounds::NONE, None, &[]);
static S_SNAP_START: Shape = structure("SnapStart", &[m("ApplyOn", &S_SNAP_START_APPLY_ON).only(&["None"])]);
static S_SNAP_START_APPLY_ON: Shape = string("SnapStartApplyOn", Bounds::NONE, None, &["PublishedVersions", "None"]);
static S_SNAP_START_OPTIMIZATION_STATUS: Shape = string("SnapStartOptimizationStatus", Bounds::NONE, None, &[]);
static S_SNAP_START_RESPONSE: Shape = structure("SnapStartResponse", &[m("ApplyOn", &S_SNAP_START_APPLY_ON), m("OptimizationStatus", &S_SNAP_START_OPTIMIZATION_STATUS)]);
static S_SOURCE_ACCESS_CONFIGURATION: Shape = structure("SourceAccessConfiguration", &[m("Type", &S_SOURCE_ACCESS_TYPE).read(), m("URI", &S_URI).read()]);
static S_SOURCE_ACCESS_CONFIGURATIONS: Shape = list("SourceAccessConfigurations", &S_SOURCE_ACCESS_CONFIGURATION, "member", b(0, 23));
static S_SOURCE_ACCESS_TYPE: Shape = string("SourceAccessType", Bounds::NONE, None, &["BASIC_AUTH", "VPC_SUBNET", "VPC_SECURITY_GROUP", "SASL_SCRAM_512_AUTH", "SASL_SCRAM_256_AUTH", "VIRTUAL_HOST", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH", "OAUTHBEARER_SCOPE", "OAUTHBEARER_AUDIENCE", "OAUTHBEARER_LOGICAL_CLUSTER", "OAUTHBEARER_IDENTITY_POOL", "IAM_AUTH", "IAM_OAUTHBEARER_AUTH"]);
static S_SOURCE_OWNER: Shape = string("SourceOwner", b(0, 12), Some(&P42), &[]);
static S_STATE: Shape = string("State", Bounds::NONE, None, &[]);
static S_STATE_REASON: Shape = string("StateReason", Bounds::NONE, None, &[]);
static S_STATE_REASON_CODE: Shape = string("StateReasonCode", Bounds::NONE, None, &[]);
static S_STATEMENT_ID: Shape = string("StatementId", b(1, 100), Some(&P43), &[]);
static S_STRING: Shape = string("String", Bounds::NONE, None, &[]);
static S_STRING_LIST: Shape = list("StringList", &S_STRING, "member", b(0, 1500));
static S_SUBNET_ID: Shape = string("SubnetId", b(0, 1024), Some(&P44), &[]);
static S_SUBNET_IDS: Shape = list("SubnetIds", &S_SUBNET_ID, "member", b(0, 16));
static S_SYSTEM_LOG_LEVEL: Shape = string("SystemLogLevel", Bounds::NONE, None, &["DEBUG", "INFO", "WARN"]);
static S_TAG_KEY: Shape = string("TagKey", b(1, 128), Some(&P45), &[]);
static S_TAG_KEY_LIST: Shape = list("TagKeyList", &S_TAG_KEY, "member", Bounds::NONE);
static S_TAG_RESOURCE_REQUEST: Shape = structure("TagResourceRequest", &[ml("Resource", "Resource", Location::Uri, &S_TAGGABLE_RESOURCE).required().read(), m("Tags", &S_TAGS).required().read()]);
static S_TAG_VALUE: Shape = string("TagValue", b(0, 256), Some(&P45), &[]);
static S_TAGGABLE_RESOURCE: Shape = string("TaggableResource", b(1, 10000), Some(&P46), &[]);
static S_TAGS: Shape = map("Tags", &S_TAG_KEY, &S_TAG_VALUE, Bounds::NONE);
static S_TAGS_ERROR: Shape = structure("TagsError", &[m("ErrorCode", &S_TAGS_ERROR_CODE).required(), m("Message", &S_TAGS_ERROR_MESSAGE).required()]);
static S_TAGS_ERROR_CODE: Shape = string("TagsErrorCode", Bounds::NONE, None, &[]);
static S_TAGS_ERROR_MESSAGE: Shape = string("TagsErrorMessage", Bounds::NONE, None, &[]);
static S_TENANCY_CONFIG: Shape = structure("TenancyConfig", &[m("TenantIsolationMode", &S_TENANT_ISOLATION_MODE).required()]);
static S_TENANT_ID: Shape = string("TenantId", b(1, 256), Some(&P47), &[]);
static S_TENANT_ISOLATION_MODE: Shape = string("TenantIsolationMode", Bounds::NONE, None, &["PER_TENANT"]);
static S_THROTTLE_REASON: Shape = string("ThrottleReason", Bounds::NONE, None, &[]);
static S_TIMEOUT: Shape = scalar("Timeout", Kind::Integer(b(1, 5400)));
static S_TIMESTAMP: Shape = string("Timestamp", Bounds::NONE, None, &[]);
static S_TOPIC: Shape = string("Topic", b(1, 249), Some(&P48), &[]);
static S_TOPICS: Shape = list("Topics", &S_TOPIC, "member", b(1, 1));
static S_TRACING_CONFIG: Shape = structure("TracingConfig", &[m("Mode", &S_TRACING_MODE).only(&["PassThrough"])]);
static S_TRACING_CONFIG_RESPONSE: Shape = structure("TracingConfigResponse", &[m("Mode", &S_TRACING_MODE)]);
static S_TRACING_MODE: Shape = string("TracingMode", Bounds::NONE, None, &["Active", "PassThrough"]);
static S_TUMBLING_WINDOW_IN_SECONDS: Shape = scalar("TumblingWindowInSeconds", Kind::Integer(b(0, 900)));
static S_URI: Shape = string("URI", b(1, 200), Some(&P49), &[]);
static S_UUIDSTRING: Shape = string("UUIDString", b(36, 36), None, &[]);
static S_UNQUALIFIED_FUNCTION_NAME: Shape = string("UnqualifiedFunctionName", b(1, 140), Some(&P50), &[]);
static S_UNRESERVED_CONCURRENT_EXECUTIONS: Shape = scalar("UnreservedConcurrentExecutions", Kind::Integer(Bounds::NONE));
static S_UNTAG_RESOURCE_REQUEST: Shape = structure("UntagResourceRequest", &[ml("Resource", "Resource", Location::Uri, &S_TAGGABLE_RESOURCE).required().read(), ml("TagKeys", "tagKeys", Location::Query, &S_TAG_KEY_LIST).required().read()]);
static S_UPDATE_ALIAS_REQUEST: Shape = structure("UpdateAliasRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), ml("Name", "Name", Location::Uri, &S_ALIAS).required().read(), m("FunctionVersion", &S_VERSION_WITH_LATEST_PUBLISHED).read(), m("Description", &S_DESCRIPTION).read(), m("RoutingConfig", &S_ALIAS_ROUTING_CONFIGURATION).read(), m("RevisionId", &S_STRING).read()]);
static S_UPDATE_EVENT_SOURCE_MAPPING_REQUEST: Shape = structure("UpdateEventSourceMappingRequest", &[ml("UUID", "UUID", Location::Uri, &S_UUIDSTRING).required().read(), m("FunctionName", &S_NAMESPACED_FUNCTION_NAME).read(), m("Enabled", &S_ENABLED).read(), m("BatchSize", &S_BATCH_SIZE).read(), m("FilterCriteria", &S_FILTER_CRITERIA).read(), m("KMSKeyArn", &S_KMSKEY_ARN), m("MetricsConfig", &S_EVENT_SOURCE_MAPPING_METRICS_CONFIG), m("LoggingConfig", &S_EVENT_SOURCE_MAPPING_LOGGING_CONFIG), m("ScalingConfig", &S_SCALING_CONFIG).read(), m("MaximumBatchingWindowInSeconds", &S_MAXIMUM_BATCHING_WINDOW_IN_SECONDS).read(), m("ParallelizationFactor", &S_PARALLELIZATION_FACTOR).read(), m("DestinationConfig", &S_DESTINATION_CONFIG).read(), m("MaximumRecordAgeInSeconds", &S_MAXIMUM_RECORD_AGE_IN_SECONDS).read(), m("BisectBatchOnFunctionError", &S_BISECT_BATCH_ON_FUNCTION_ERROR).read(), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS_EVENT_SOURCE_MAPPING).read(), m("TumblingWindowInSeconds", &S_TUMBLING_WINDOW_IN_SECONDS).read(), m("SourceAccessConfigurations", &S_SOURCE_ACCESS_CONFIGURATIONS).read(), m("FunctionResponseTypes", &S_FUNCTION_RESPONSE_TYPE_LIST).read(), m("AmazonManagedKafkaEventSourceConfig", &S_AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG), m("SelfManagedKafkaEventSourceConfig", &S_SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG), m("DocumentDBEventSourceConfig", &S_DOCUMENT_DBEVENT_SOURCE_CONFIG), m("ProvisionedPollerConfig", &S_PROVISIONED_POLLER_CONFIG).read()]);
static S_UPDATE_FUNCTION_CODE_REQUEST: Shape = structure("UpdateFunctionCodeRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), m("ZipFile", &S_BLOB).read(), m("S3Bucket", &S_S3_BUCKET).read(), m("S3Key", &S_S3_KEY).read(), m("S3ObjectVersion", &S_S3_OBJECT_VERSION).read(), m("S3ObjectStorageMode", &S_S3_OBJECT_STORAGE_MODE).only(&["COPY"]), m("ImageUri", &S_STRING), m("Architectures", &S_ARCHITECTURES_LIST).read(), m("Publish", &S_BOOLEAN).read(), m("PublishTo", &S_FUNCTION_VERSION_LATEST_PUBLISHED), m("DryRun", &S_BOOLEAN).read(), m("RevisionId", &S_STRING).read(), m("SourceKMSKeyArn", &S_KMSKEY_ARN)]);
static S_UPDATE_FUNCTION_CONFIGURATION_REQUEST: Shape = structure("UpdateFunctionConfigurationRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_NAME).required().read(), m("Role", &S_ROLE_ARN).read(), m("Handler", &S_HANDLER).read(), m("Description", &S_DESCRIPTION).read(), m("Timeout", &S_TIMEOUT).read(), m("MemorySize", &S_MEMORY_SIZE).read(), m("VpcConfig", &S_VPC_CONFIG).read(), m("Environment", &S_ENVIRONMENT).read(), m("Runtime", &S_RUNTIME).read(), m("DeadLetterConfig", &S_DEAD_LETTER_CONFIG).read(), m("KMSKeyArn", &S_KMSKEY_ARN), m("TracingConfig", &S_TRACING_CONFIG).within(), m("RevisionId", &S_STRING).read(), m("Layers", &S_LAYER_LIST).read(), m("FileSystemConfigs", &S_FILE_SYSTEM_CONFIG_LIST), m("ImageConfig", &S_IMAGE_CONFIG), m("EphemeralStorage", &S_EPHEMERAL_STORAGE).read(), m("SnapStart", &S_SNAP_START).within(), m("LoggingConfig", &S_LOGGING_CONFIG).read(), m("CapacityProviderConfig", &S_CAPACITY_PROVIDER_CONFIG), m("DurableConfig", &S_DURABLE_CONFIG), m("RuntimeConfig", &S_FUNCTION_RUNTIME_CONFIG), m("AcceleratorConfig", &S_ACCELERATOR_CONFIG)]);
static S_UPDATE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: Shape = structure("UpdateFunctionEventInvokeConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_NAMESPACED_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER).read(), m("MaximumRetryAttempts", &S_MAXIMUM_RETRY_ATTEMPTS).read(), m("MaximumEventAgeInSeconds", &S_MAXIMUM_EVENT_AGE_IN_SECONDS).read(), m("DestinationConfig", &S_DESTINATION_CONFIG).read()]);
static S_UPDATE_FUNCTION_URL_CONFIG_REQUEST: Shape = structure("UpdateFunctionUrlConfigRequest", &[ml("FunctionName", "FunctionName", Location::Uri, &S_FUNCTION_URL_FUNCTION_NAME).required().read(), ml("Qualifier", "Qualifier", Location::Query, &S_FUNCTION_URL_QUALIFIER).read(), m("AuthType", &S_FUNCTION_URL_AUTH_TYPE).read(), m("Cors", &S_CORS).read(), m("InvokeMode", &S_INVOKE_MODE).read()]);
static S_UPDATE_FUNCTION_URL_CONFIG_RESPONSE: Shape = structure("UpdateFunctionUrlConfigResponse", &[m("FunctionUrl", &S_FUNCTION_URL).required(), m("FunctionArn", &S_FUNCTION_ARN).required(), m("AuthType", &S_FUNCTION_URL_AUTH_TYPE).required(), m("Cors", &S_CORS), m("CreationTime", &S_TIMESTAMP).required(), m("LastModifiedTime", &S_TIMESTAMP).required(), m("InvokeMode", &S_INVOKE_MODE)]);
static S_UPDATE_RUNTIME_ON: Shape = string("UpdateRuntimeOn", Bounds::NONE, None, &[]);
static S_VERSION: Shape = string("Version", Bounds::NONE, None, &[]);
static S_VERSION_WITH_LATEST_PUBLISHED: Shape = string("VersionWithLatestPublished", b(1, 1024), Some(&P51), &[]);
static S_VPC_CONFIG: Shape = structure("VpcConfig", &[m("SubnetIds", &S_SUBNET_IDS).read(), m("SecurityGroupIds", &S_SECURITY_GROUP_IDS).read(), m("Ipv6AllowedForDualStack", &S_NULLABLE_BOOLEAN).read()]);
static S_VPC_CONFIG_RESPONSE: Shape = structure("VpcConfigResponse", &[m("SubnetIds", &S_SUBNET_IDS), m("SecurityGroupIds", &S_SECURITY_GROUP_IDS), m("VpcId", &S_VPC_ID), m("Ipv6AllowedForDualStack", &S_NULLABLE_BOOLEAN)]);
static S_VPC_ID: Shape = string("VpcId", Bounds::NONE, None, &[]);
static S_WEIGHT: Shape = scalar("Weight", Kind::Double(b(0, 1)));
static S_WORKING_DIRECTORY: Shape = string("WorkingDirectory", b(0, 1000), None, &[]);
static P0: Pattern = Pattern::new("(lambda:[*]|lambda:[a-zA-Z]+|[*])", "(lambda:[*]|lambda:[a-zA-Z]+|[*])");
static P1: Pattern = Pattern::new("[0-9]+", "[0-9]+");
static P2: Pattern = Pattern::new("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", "[0-9]*[a-zA-Z\\-_][a-zA-Z0-9\\-_]*");
static P3: Pattern = Pattern::new("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)", "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
static P4: Pattern = Pattern::new("arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+", "arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+");
static P5: Pattern = Pattern::new("arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}", "arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}");
static P6: Pattern = Pattern::new("(^(?!(system\\x2e)))(^[_a-zA-Z0-9])([^$]*)", "(?:[_a-rt-zA-Z0-9][^$]*|s(?:[^y$][^$]*)?|sy(?:[^s$][^$]*)?|sys(?:[^t$][^$]*)?|syst(?:[^e$][^$]*)?|syste(?:[^m$][^$]*)?|system(?:[^.$][^$]*)?)");
static P7: Pattern = Pattern::new("[^ /\\.$\\x22]*", "[^ /\\.$\\x22]*");
static P8: Pattern = Pattern::new("$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)", "$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
static P9: Pattern = Pattern::new("[a-zA-Z0-9-_]+", "[a-zA-Z0-9-_]+");
static P10: Pattern = Pattern::new("(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\\-]*[A-Za-z0-9]):[0-9]{1,5}", "(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\\-]*[A-Za-z0-9]):[0-9]{1,5}");
static P11: Pattern = Pattern::new("[a-zA-Z]([a-zA-Z0-9_])+", "[a-zA-Z]([a-zA-Z0-9_])+");
static P12: Pattern = Pattern::new("[a-zA-Z0-9._\\-]+", "[a-zA-Z0-9._\\-]+");
static P13: Pattern = Pattern::new("arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}", "arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}");
static P14: Pattern = Pattern::new("(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?", "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
static P15: Pattern = Pattern::new("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:runtime/.+", "arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:runtime/.+");
static P16: Pattern = Pattern::new("(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\\d+$)[0-9a-zA-Z-_]+))?", "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:[0-9]*[a-zA-Z\\-_][a-zA-Z0-9\\-_]*)?");
static P17: Pattern = Pattern::new("((?!^\\d+$)^[0-9a-zA-Z-_]+$)", "[0-9]*[a-zA-Z\\-_][a-zA-Z0-9\\-_]*");
static P18: Pattern = Pattern::new("[^\\s]+", "[^\\s]+");
static P19: Pattern = Pattern::new(".*", ".*");
static P20: Pattern = Pattern::new("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()", "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
static P21: Pattern = Pattern::new("(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})", "(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})");
static P22: Pattern = Pattern::new("lambda:GetLayerVersion", "lambda:GetLayerVersion");
static P23: Pattern = Pattern::new("\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root", "\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root");
static P24: Pattern = Pattern::new("((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))", "((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))");
static P25: Pattern = Pattern::new("/mnt/[a-zA-Z0-9-_.]+", "/mnt/[a-zA-Z0-9-_.]+");
static P26: Pattern = Pattern::new("[\\.\\-_/#A-Za-z0-9]+", "[\\.\\-_/#A-Za-z0-9]+");
static P27: Pattern = Pattern::new("ALL|(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}", "ALL|(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}");
static P28: Pattern = Pattern::new("(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?", "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
static P29: Pattern = Pattern::new("([a-zA-Z0-9-_.]+)", "([a-zA-Z0-9-_.]+)");
static P30: Pattern = Pattern::new("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+", "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
static P31: Pattern = Pattern::new("o-[a-z0-9]{10,32}", "o-[a-z0-9]{10,32}");
static P32: Pattern = Pattern::new("[\\s\\S]*", "[\\s\\S]*");
static P33: Pattern = Pattern::new("arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_])+)?|runtime/[a-zA-Z0-9-_./]+)", "arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_])+)?|runtime/[a-zA-Z0-9-_./]+)");
static P34: Pattern = Pattern::new("[a-zA-Z0-9-_]*", "[a-zA-Z0-9-_]*");
static P35: Pattern = Pattern::new("(|[a-zA-Z0-9$_-]+)", "(|[a-zA-Z0-9$_-]+)");
static P36: Pattern = Pattern::new("[\\s\\S]+", "[\\s\\S]+");
static P37: Pattern = Pattern::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
static P38: Pattern = Pattern::new("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+", "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
static P39: Pattern = Pattern::new("[0-9A-Za-z\\.\\-_]*(?<!\\.)", "(?:[0-9A-Za-z\\.\\-_]*[0-9A-Za-z\\-_])?");
static P40: Pattern = Pattern::new("[a-zA-Z0-9-\\/*:_+=.@-]*", "[a-zA-Z0-9-\\/*:_+=.@-]*");
static P41: Pattern = Pattern::new("sg-[0-9a-zA-Z]*", "sg-[0-9a-zA-Z]*");
static P42: Pattern = Pattern::new("\\d{12}", "\\d{12}");
static P43: Pattern = Pattern::new("([a-zA-Z0-9-_]+)", "([a-zA-Z0-9-_]+)");
static P44: Pattern = Pattern::new("subnet-[0-9a-z]*", "subnet-[0-9a-z]*");
static P45: Pattern = Pattern::tag_text("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
static P46: Pattern = Pattern::new("arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})", "arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})");
static P47: Pattern = Pattern::new("[a-zA-Z0-9\\._:\\/=+\\-@ ]+", "[a-zA-Z0-9\\._:\\/=+\\-@ ]+");
static P48: Pattern = Pattern::new("[^.]([a-zA-Z0-9\\-_.]+)", "[^.]([a-zA-Z0-9\\-_.]+)");
static P49: Pattern = Pattern::new("[ a-zA-Z0-9-\\/*:_+=.@-]*", "[ a-zA-Z0-9-\\/*:_+=.@-]*");
static P50: Pattern = Pattern::new("(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)", "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)");
static P51: Pattern = Pattern::new("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)", "(\\$LATEST(\\.PUBLISHED)?|[0-9]+)");
