//! The inputs of apigatewayv2's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { CreateApi {
    may "CorsConfiguration" cors_configuration: Option<Cors>,
    may "Description" description: Option<String>,
    may "DisableExecuteApiEndpoint" disable_execute_api_endpoint: Option<bool>,
    must "Name" name: String,
    must "ProtocolType" protocol_type: String,
    may "RouteKey" route_key: Option<String>,
    may "Tags" tags: Option<BTreeMap<String, String>>,
    may "Target" target: Option<String>,
    may "Version" version: Option<String>,
} }

input! { CreateAuthorizer {
    must "ApiId" api_id: String,
    may "AuthorizerPayloadFormatVersion" authorizer_payload_format_version: Option<String>,
    may "AuthorizerResultTtlInSeconds" authorizer_result_ttl_in_seconds: Option<i32>,
    must "AuthorizerType" authorizer_type: String,
    may "AuthorizerUri" authorizer_uri: Option<String>,
    may "EnableSimpleResponses" enable_simple_responses: Option<bool>,
    must "IdentitySource" identity_source: Vec<String>,
    must "Name" name: String,
} }

input! { CreateDeployment {
    must "ApiId" api_id: String,
    may "Description" description: Option<String>,
    may "StageName" stage_name: Option<String>,
} }

input! { CreateIntegration {
    must "ApiId" api_id: String,
    may "Description" description: Option<String>,
    may "IntegrationMethod" integration_method: Option<String>,
    must "IntegrationType" integration_type: String,
    may "IntegrationUri" integration_uri: Option<String>,
    may "PayloadFormatVersion" payload_format_version: Option<String>,
    may "TimeoutInMillis" timeout_in_millis: Option<i32>,
} }

input! { CreateRoute {
    must "ApiId" api_id: String,
    may "AuthorizationType" authorization_type: Option<String>,
    may "AuthorizerId" authorizer_id: Option<String>,
    may "OperationName" operation_name: Option<String>,
    must "RouteKey" route_key: String,
    may "Target" target: Option<String>,
} }

input! { CreateStage {
    must "ApiId" api_id: String,
    may "AutoDeploy" auto_deploy: Option<bool>,
    may "DeploymentId" deployment_id: Option<String>,
    may "Description" description: Option<String>,
    must "StageName" stage_name: String,
    may "StageVariables" stage_variables: Option<BTreeMap<String, String>>,
    may "Tags" tags: Option<BTreeMap<String, String>>,
} }

input! { DeleteApi {
    must "ApiId" api_id: String,
} }

input! { DeleteAuthorizer {
    must "ApiId" api_id: String,
    must "AuthorizerId" authorizer_id: String,
} }

input! { DeleteCorsConfiguration {
    must "ApiId" api_id: String,
} }

input! { DeleteDeployment {
    must "ApiId" api_id: String,
    must "DeploymentId" deployment_id: String,
} }

input! { DeleteIntegration {
    must "ApiId" api_id: String,
    must "IntegrationId" integration_id: String,
} }

input! { DeleteRoute {
    must "ApiId" api_id: String,
    must "RouteId" route_id: String,
} }

input! { DeleteStage {
    must "ApiId" api_id: String,
    must "StageName" stage_name: String,
} }

input! { GetApi {
    must "ApiId" api_id: String,
} }

input! { GetApis {
    may "MaxResults" max_results: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetAuthorizer {
    must "ApiId" api_id: String,
    must "AuthorizerId" authorizer_id: String,
} }

input! { GetAuthorizers {
    must "ApiId" api_id: String,
    may "MaxResults" max_results: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetDeployment {
    must "ApiId" api_id: String,
    must "DeploymentId" deployment_id: String,
} }

input! { GetDeployments {
    must "ApiId" api_id: String,
    may "MaxResults" max_results: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetIntegration {
    must "ApiId" api_id: String,
    must "IntegrationId" integration_id: String,
} }

input! { GetIntegrations {
    must "ApiId" api_id: String,
    may "MaxResults" max_results: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetRoute {
    must "ApiId" api_id: String,
    must "RouteId" route_id: String,
} }

input! { GetRoutes {
    must "ApiId" api_id: String,
    may "MaxResults" max_results: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetStage {
    must "ApiId" api_id: String,
    must "StageName" stage_name: String,
} }

input! { GetStages {
    must "ApiId" api_id: String,
    may "MaxResults" max_results: Option<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetTags {
    must "ResourceArn" resource_arn: String,
} }

input! { TagResource {
    must "ResourceArn" resource_arn: String,
    may "Tags" tags: Option<BTreeMap<String, String>>,
} }

input! { UntagResource {
    must "ResourceArn" resource_arn: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateApi {
    must "ApiId" api_id: String,
    may "CorsConfiguration" cors_configuration: Option<Cors>,
    may "Description" description: Option<String>,
    may "DisableExecuteApiEndpoint" disable_execute_api_endpoint: Option<bool>,
    may "Name" name: Option<String>,
    may "Version" version: Option<String>,
} }

input! { UpdateAuthorizer {
    must "ApiId" api_id: String,
    must "AuthorizerId" authorizer_id: String,
    may "AuthorizerPayloadFormatVersion" authorizer_payload_format_version: Option<String>,
    may "AuthorizerResultTtlInSeconds" authorizer_result_ttl_in_seconds: Option<i32>,
    may "AuthorizerType" authorizer_type: Option<String>,
    may "AuthorizerUri" authorizer_uri: Option<String>,
    may "EnableSimpleResponses" enable_simple_responses: Option<bool>,
    may "IdentitySource" identity_source: Option<Vec<String>>,
    may "Name" name: Option<String>,
} }

input! { UpdateIntegration {
    must "ApiId" api_id: String,
    may "Description" description: Option<String>,
    must "IntegrationId" integration_id: String,
    may "IntegrationMethod" integration_method: Option<String>,
    may "IntegrationType" integration_type: Option<String>,
    may "IntegrationUri" integration_uri: Option<String>,
    may "PayloadFormatVersion" payload_format_version: Option<String>,
    may "TimeoutInMillis" timeout_in_millis: Option<i32>,
} }

input! { UpdateRoute {
    must "ApiId" api_id: String,
    may "AuthorizationType" authorization_type: Option<String>,
    may "AuthorizerId" authorizer_id: Option<String>,
    may "OperationName" operation_name: Option<String>,
    must "RouteId" route_id: String,
    may "RouteKey" route_key: Option<String>,
    may "Target" target: Option<String>,
} }

input! { UpdateStage {
    must "ApiId" api_id: String,
    may "AutoDeploy" auto_deploy: Option<bool>,
    may "DeploymentId" deployment_id: Option<String>,
    may "Description" description: Option<String>,
    must "StageName" stage_name: String,
    may "StageVariables" stage_variables: Option<BTreeMap<String, String>>,
} }

input! { Cors {
    may "AllowCredentials" allow_credentials: Option<bool>,
    may "AllowHeaders" allow_headers: Option<Vec<String>>,
    may "AllowMethods" allow_methods: Option<Vec<String>>,
    may "AllowOrigins" allow_origins: Option<Vec<String>>,
    may "ExposeHeaders" expose_headers: Option<Vec<String>>,
    may "MaxAge" max_age: Option<i32>,
} }
