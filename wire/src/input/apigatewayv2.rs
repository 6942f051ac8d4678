//! The inputs of apigatewayv2's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateApi {
    #[serde(rename = "CorsConfiguration")] pub cors_configuration: Option<Cors>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DisableExecuteApiEndpoint")] pub disable_execute_api_endpoint: Option<bool>,
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ProtocolType")] pub protocol_type: String,
    #[serde(rename = "RouteKey")] pub route_key: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "Target")] pub target: Option<String>,
    #[serde(rename = "Version")] pub version: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateAuthorizer {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AuthorizerPayloadFormatVersion")] pub authorizer_payload_format_version: Option<String>,
    #[serde(rename = "AuthorizerResultTtlInSeconds")] pub authorizer_result_ttl_in_seconds: Option<i32>,
    #[serde(rename = "AuthorizerType")] pub authorizer_type: String,
    #[serde(rename = "AuthorizerUri")] pub authorizer_uri: Option<String>,
    #[serde(rename = "EnableSimpleResponses")] pub enable_simple_responses: Option<bool>,
    #[serde(rename = "IdentitySource")] pub identity_source: Vec<String>,
    #[serde(rename = "Name")] pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateDeployment {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "StageName")] pub stage_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateIntegration {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IntegrationMethod")] pub integration_method: Option<String>,
    #[serde(rename = "IntegrationType")] pub integration_type: String,
    #[serde(rename = "IntegrationUri")] pub integration_uri: Option<String>,
    #[serde(rename = "PayloadFormatVersion")] pub payload_format_version: Option<String>,
    #[serde(rename = "TimeoutInMillis")] pub timeout_in_millis: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateRoute {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AuthorizationType")] pub authorization_type: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "OperationName")] pub operation_name: Option<String>,
    #[serde(rename = "RouteKey")] pub route_key: String,
    #[serde(rename = "Target")] pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateStage {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AutoDeploy")] pub auto_deploy: Option<bool>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "StageName")] pub stage_name: String,
    #[serde(rename = "StageVariables")] pub stage_variables: Option<BTreeMap<String, String>>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteApi {
    #[serde(rename = "ApiId")] pub api_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteAuthorizer {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteCorsConfiguration {
    #[serde(rename = "ApiId")] pub api_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteDeployment {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "DeploymentId")] pub deployment_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteIntegration {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "IntegrationId")] pub integration_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRoute {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "RouteId")] pub route_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteStage {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "StageName")] pub stage_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetApi {
    #[serde(rename = "ApiId")] pub api_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetApis {
    #[serde(rename = "MaxResults")] pub max_results: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAuthorizer {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAuthorizers {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetDeployment {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "DeploymentId")] pub deployment_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetDeployments {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetIntegration {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "IntegrationId")] pub integration_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetIntegrations {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRoute {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "RouteId")] pub route_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRoutes {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetStage {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "StageName")] pub stage_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetStages {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetTags {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "ResourceArn")] pub resource_arn: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateApi {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "CorsConfiguration")] pub cors_configuration: Option<Cors>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DisableExecuteApiEndpoint")] pub disable_execute_api_endpoint: Option<bool>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Version")] pub version: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateAuthorizer {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: String,
    #[serde(rename = "AuthorizerPayloadFormatVersion")] pub authorizer_payload_format_version: Option<String>,
    #[serde(rename = "AuthorizerResultTtlInSeconds")] pub authorizer_result_ttl_in_seconds: Option<i32>,
    #[serde(rename = "AuthorizerType")] pub authorizer_type: Option<String>,
    #[serde(rename = "AuthorizerUri")] pub authorizer_uri: Option<String>,
    #[serde(rename = "EnableSimpleResponses")] pub enable_simple_responses: Option<bool>,
    #[serde(rename = "IdentitySource")] pub identity_source: Option<Vec<String>>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateIntegration {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IntegrationId")] pub integration_id: String,
    #[serde(rename = "IntegrationMethod")] pub integration_method: Option<String>,
    #[serde(rename = "IntegrationType")] pub integration_type: Option<String>,
    #[serde(rename = "IntegrationUri")] pub integration_uri: Option<String>,
    #[serde(rename = "PayloadFormatVersion")] pub payload_format_version: Option<String>,
    #[serde(rename = "TimeoutInMillis")] pub timeout_in_millis: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateRoute {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AuthorizationType")] pub authorization_type: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "OperationName")] pub operation_name: Option<String>,
    #[serde(rename = "RouteId")] pub route_id: String,
    #[serde(rename = "RouteKey")] pub route_key: Option<String>,
    #[serde(rename = "Target")] pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateStage {
    #[serde(rename = "ApiId")] pub api_id: String,
    #[serde(rename = "AutoDeploy")] pub auto_deploy: Option<bool>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "StageName")] pub stage_name: String,
    #[serde(rename = "StageVariables")] pub stage_variables: Option<BTreeMap<String, String>>,
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
