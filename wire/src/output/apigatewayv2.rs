//! The outputs of apigatewayv2's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AccessLogSettings {
    #[serde(rename = "DestinationArn")] pub destination_arn: Option<String>,
    #[serde(rename = "Format")] pub format: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    #[serde(rename = "ApiEndpoint")] pub api_endpoint: Option<String>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiId")] pub api_id: Option<String>,
    #[serde(rename = "ApiKeySelectionExpression")] pub api_key_selection_expression: Option<String>,
    #[serde(rename = "CorsConfiguration")] pub cors_configuration: Option<Cors>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DisableSchemaValidation")] pub disable_schema_validation: Option<bool>,
    #[serde(rename = "DisableExecuteApiEndpoint")] pub disable_execute_api_endpoint: Option<bool>,
    #[serde(rename = "ImportInfo")] pub import_info: Option<Vec<String>>,
    #[serde(rename = "IpAddressType")] pub ip_address_type: Option<String>,
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ProtocolType")] pub protocol_type: String,
    #[serde(rename = "RouteSelectionExpression")] pub route_selection_expression: String,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "Version")] pub version: Option<String>,
    #[serde(rename = "Warnings")] pub warnings: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Authorizer {
    #[serde(rename = "AuthorizerCredentialsArn")] pub authorizer_credentials_arn: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "AuthorizerPayloadFormatVersion")] pub authorizer_payload_format_version: Option<String>,
    #[serde(rename = "AuthorizerResultTtlInSeconds")] pub authorizer_result_ttl_in_seconds: Option<i32>,
    #[serde(rename = "AuthorizerType")] pub authorizer_type: Option<String>,
    #[serde(rename = "AuthorizerUri")] pub authorizer_uri: Option<String>,
    #[serde(rename = "EnableSimpleResponses")] pub enable_simple_responses: Option<bool>,
    #[serde(rename = "IdentitySource")] pub identity_source: Option<Vec<String>>,
    #[serde(rename = "IdentityValidationExpression")] pub identity_validation_expression: Option<String>,
    #[serde(rename = "JwtConfiguration")] pub jwt_configuration: Option<JWTConfiguration>,
    #[serde(rename = "Name")] pub name: String,
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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateApiResponse {
    #[serde(rename = "ApiEndpoint")] pub api_endpoint: Option<String>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiId")] pub api_id: Option<String>,
    #[serde(rename = "ApiKeySelectionExpression")] pub api_key_selection_expression: Option<String>,
    #[serde(rename = "CorsConfiguration")] pub cors_configuration: Option<Cors>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DisableSchemaValidation")] pub disable_schema_validation: Option<bool>,
    #[serde(rename = "DisableExecuteApiEndpoint")] pub disable_execute_api_endpoint: Option<bool>,
    #[serde(rename = "ImportInfo")] pub import_info: Option<Vec<String>>,
    #[serde(rename = "IpAddressType")] pub ip_address_type: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "ProtocolType")] pub protocol_type: Option<String>,
    #[serde(rename = "RouteSelectionExpression")] pub route_selection_expression: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "Version")] pub version: Option<String>,
    #[serde(rename = "Warnings")] pub warnings: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateAuthorizerResponse {
    #[serde(rename = "AuthorizerCredentialsArn")] pub authorizer_credentials_arn: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "AuthorizerPayloadFormatVersion")] pub authorizer_payload_format_version: Option<String>,
    #[serde(rename = "AuthorizerResultTtlInSeconds")] pub authorizer_result_ttl_in_seconds: Option<i32>,
    #[serde(rename = "AuthorizerType")] pub authorizer_type: Option<String>,
    #[serde(rename = "AuthorizerUri")] pub authorizer_uri: Option<String>,
    #[serde(rename = "EnableSimpleResponses")] pub enable_simple_responses: Option<bool>,
    #[serde(rename = "IdentitySource")] pub identity_source: Option<Vec<String>>,
    #[serde(rename = "IdentityValidationExpression")] pub identity_validation_expression: Option<String>,
    #[serde(rename = "JwtConfiguration")] pub jwt_configuration: Option<JWTConfiguration>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateDeploymentResponse {
    #[serde(rename = "AutoDeployed")] pub auto_deployed: Option<bool>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "DeploymentStatus")] pub deployment_status: Option<String>,
    #[serde(rename = "DeploymentStatusMessage")] pub deployment_status_message: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateIntegrationResult {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ConnectionId")] pub connection_id: Option<String>,
    #[serde(rename = "ConnectionType")] pub connection_type: Option<String>,
    #[serde(rename = "ContentHandlingStrategy")] pub content_handling_strategy: Option<String>,
    #[serde(rename = "CredentialsArn")] pub credentials_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IntegrationId")] pub integration_id: Option<String>,
    #[serde(rename = "IntegrationMethod")] pub integration_method: Option<String>,
    #[serde(rename = "IntegrationResponseSelectionExpression")] pub integration_response_selection_expression: Option<String>,
    #[serde(rename = "IntegrationSubtype")] pub integration_subtype: Option<String>,
    #[serde(rename = "IntegrationType")] pub integration_type: Option<String>,
    #[serde(rename = "IntegrationUri")] pub integration_uri: Option<String>,
    #[serde(rename = "PassthroughBehavior")] pub passthrough_behavior: Option<String>,
    #[serde(rename = "PayloadFormatVersion")] pub payload_format_version: Option<String>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestTemplates")] pub request_templates: Option<BTreeMap<String, String>>,
    #[serde(rename = "ResponseParameters")] pub response_parameters: Option<BTreeMap<String, BTreeMap<String, String>>>,
    #[serde(rename = "TemplateSelectionExpression")] pub template_selection_expression: Option<String>,
    #[serde(rename = "TimeoutInMillis")] pub timeout_in_millis: Option<i32>,
    #[serde(rename = "TlsConfig")] pub tls_config: Option<TlsConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateRouteResult {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiKeyRequired")] pub api_key_required: Option<bool>,
    #[serde(rename = "AuthorizationScopes")] pub authorization_scopes: Option<Vec<String>>,
    #[serde(rename = "AuthorizationType")] pub authorization_type: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "ModelSelectionExpression")] pub model_selection_expression: Option<String>,
    #[serde(rename = "OperationName")] pub operation_name: Option<String>,
    #[serde(rename = "RequestModels")] pub request_models: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, ParameterConstraints>>,
    #[serde(rename = "RouteId")] pub route_id: Option<String>,
    #[serde(rename = "RouteKey")] pub route_key: Option<String>,
    #[serde(rename = "RouteResponseSelectionExpression")] pub route_response_selection_expression: Option<String>,
    #[serde(rename = "Target")] pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateStageResponse {
    #[serde(rename = "AccessLogSettings")] pub access_log_settings: Option<AccessLogSettings>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "AutoDeploy")] pub auto_deploy: Option<bool>,
    #[serde(rename = "ClientCertificateId")] pub client_certificate_id: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DefaultRouteSettings")] pub default_route_settings: Option<RouteSettings>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "LastDeploymentStatusMessage")] pub last_deployment_status_message: Option<String>,
    #[serde(rename = "LastUpdatedDate")] pub last_updated_date: Option<String>,
    #[serde(rename = "RouteSettings")] pub route_settings: Option<BTreeMap<String, RouteSettings>>,
    #[serde(rename = "StageName")] pub stage_name: Option<String>,
    #[serde(rename = "StageVariables")] pub stage_variables: Option<BTreeMap<String, String>>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Deployment {
    #[serde(rename = "AutoDeployed")] pub auto_deployed: Option<bool>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "DeploymentStatus")] pub deployment_status: Option<String>,
    #[serde(rename = "DeploymentStatusMessage")] pub deployment_status_message: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetApiResponse {
    #[serde(rename = "ApiEndpoint")] pub api_endpoint: Option<String>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiId")] pub api_id: Option<String>,
    #[serde(rename = "ApiKeySelectionExpression")] pub api_key_selection_expression: Option<String>,
    #[serde(rename = "CorsConfiguration")] pub cors_configuration: Option<Cors>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DisableSchemaValidation")] pub disable_schema_validation: Option<bool>,
    #[serde(rename = "DisableExecuteApiEndpoint")] pub disable_execute_api_endpoint: Option<bool>,
    #[serde(rename = "ImportInfo")] pub import_info: Option<Vec<String>>,
    #[serde(rename = "IpAddressType")] pub ip_address_type: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "ProtocolType")] pub protocol_type: Option<String>,
    #[serde(rename = "RouteSelectionExpression")] pub route_selection_expression: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "Version")] pub version: Option<String>,
    #[serde(rename = "Warnings")] pub warnings: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetApisResponse {
    #[serde(rename = "Items")] pub items: Option<Vec<Api>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAuthorizerResponse {
    #[serde(rename = "AuthorizerCredentialsArn")] pub authorizer_credentials_arn: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "AuthorizerPayloadFormatVersion")] pub authorizer_payload_format_version: Option<String>,
    #[serde(rename = "AuthorizerResultTtlInSeconds")] pub authorizer_result_ttl_in_seconds: Option<i32>,
    #[serde(rename = "AuthorizerType")] pub authorizer_type: Option<String>,
    #[serde(rename = "AuthorizerUri")] pub authorizer_uri: Option<String>,
    #[serde(rename = "EnableSimpleResponses")] pub enable_simple_responses: Option<bool>,
    #[serde(rename = "IdentitySource")] pub identity_source: Option<Vec<String>>,
    #[serde(rename = "IdentityValidationExpression")] pub identity_validation_expression: Option<String>,
    #[serde(rename = "JwtConfiguration")] pub jwt_configuration: Option<JWTConfiguration>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAuthorizersResponse {
    #[serde(rename = "Items")] pub items: Option<Vec<Authorizer>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetDeploymentResponse {
    #[serde(rename = "AutoDeployed")] pub auto_deployed: Option<bool>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "DeploymentStatus")] pub deployment_status: Option<String>,
    #[serde(rename = "DeploymentStatusMessage")] pub deployment_status_message: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetDeploymentsResponse {
    #[serde(rename = "Items")] pub items: Option<Vec<Deployment>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetIntegrationResult {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ConnectionId")] pub connection_id: Option<String>,
    #[serde(rename = "ConnectionType")] pub connection_type: Option<String>,
    #[serde(rename = "ContentHandlingStrategy")] pub content_handling_strategy: Option<String>,
    #[serde(rename = "CredentialsArn")] pub credentials_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IntegrationId")] pub integration_id: Option<String>,
    #[serde(rename = "IntegrationMethod")] pub integration_method: Option<String>,
    #[serde(rename = "IntegrationResponseSelectionExpression")] pub integration_response_selection_expression: Option<String>,
    #[serde(rename = "IntegrationSubtype")] pub integration_subtype: Option<String>,
    #[serde(rename = "IntegrationType")] pub integration_type: Option<String>,
    #[serde(rename = "IntegrationUri")] pub integration_uri: Option<String>,
    #[serde(rename = "PassthroughBehavior")] pub passthrough_behavior: Option<String>,
    #[serde(rename = "PayloadFormatVersion")] pub payload_format_version: Option<String>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestTemplates")] pub request_templates: Option<BTreeMap<String, String>>,
    #[serde(rename = "ResponseParameters")] pub response_parameters: Option<BTreeMap<String, BTreeMap<String, String>>>,
    #[serde(rename = "TemplateSelectionExpression")] pub template_selection_expression: Option<String>,
    #[serde(rename = "TimeoutInMillis")] pub timeout_in_millis: Option<i32>,
    #[serde(rename = "TlsConfig")] pub tls_config: Option<TlsConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetIntegrationsResponse {
    #[serde(rename = "Items")] pub items: Option<Vec<Integration>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetRouteResult {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiKeyRequired")] pub api_key_required: Option<bool>,
    #[serde(rename = "AuthorizationScopes")] pub authorization_scopes: Option<Vec<String>>,
    #[serde(rename = "AuthorizationType")] pub authorization_type: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "ModelSelectionExpression")] pub model_selection_expression: Option<String>,
    #[serde(rename = "OperationName")] pub operation_name: Option<String>,
    #[serde(rename = "RequestModels")] pub request_models: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, ParameterConstraints>>,
    #[serde(rename = "RouteId")] pub route_id: Option<String>,
    #[serde(rename = "RouteKey")] pub route_key: Option<String>,
    #[serde(rename = "RouteResponseSelectionExpression")] pub route_response_selection_expression: Option<String>,
    #[serde(rename = "Target")] pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetRoutesResponse {
    #[serde(rename = "Items")] pub items: Option<Vec<Route>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetStageResponse {
    #[serde(rename = "AccessLogSettings")] pub access_log_settings: Option<AccessLogSettings>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "AutoDeploy")] pub auto_deploy: Option<bool>,
    #[serde(rename = "ClientCertificateId")] pub client_certificate_id: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DefaultRouteSettings")] pub default_route_settings: Option<RouteSettings>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "LastDeploymentStatusMessage")] pub last_deployment_status_message: Option<String>,
    #[serde(rename = "LastUpdatedDate")] pub last_updated_date: Option<String>,
    #[serde(rename = "RouteSettings")] pub route_settings: Option<BTreeMap<String, RouteSettings>>,
    #[serde(rename = "StageName")] pub stage_name: Option<String>,
    #[serde(rename = "StageVariables")] pub stage_variables: Option<BTreeMap<String, String>>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetStagesResponse {
    #[serde(rename = "Items")] pub items: Option<Vec<Stage>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetTagsResponse {
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Integration {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ConnectionId")] pub connection_id: Option<String>,
    #[serde(rename = "ConnectionType")] pub connection_type: Option<String>,
    #[serde(rename = "ContentHandlingStrategy")] pub content_handling_strategy: Option<String>,
    #[serde(rename = "CredentialsArn")] pub credentials_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IntegrationId")] pub integration_id: Option<String>,
    #[serde(rename = "IntegrationMethod")] pub integration_method: Option<String>,
    #[serde(rename = "IntegrationResponseSelectionExpression")] pub integration_response_selection_expression: Option<String>,
    #[serde(rename = "IntegrationSubtype")] pub integration_subtype: Option<String>,
    #[serde(rename = "IntegrationType")] pub integration_type: Option<String>,
    #[serde(rename = "IntegrationUri")] pub integration_uri: Option<String>,
    #[serde(rename = "PassthroughBehavior")] pub passthrough_behavior: Option<String>,
    #[serde(rename = "PayloadFormatVersion")] pub payload_format_version: Option<String>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestTemplates")] pub request_templates: Option<BTreeMap<String, String>>,
    #[serde(rename = "ResponseParameters")] pub response_parameters: Option<BTreeMap<String, BTreeMap<String, String>>>,
    #[serde(rename = "TemplateSelectionExpression")] pub template_selection_expression: Option<String>,
    #[serde(rename = "TimeoutInMillis")] pub timeout_in_millis: Option<i32>,
    #[serde(rename = "TlsConfig")] pub tls_config: Option<TlsConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct JWTConfiguration {
    #[serde(rename = "Audience")] pub audience: Option<Vec<String>>,
    #[serde(rename = "Issuer")] pub issuer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ParameterConstraints {
    #[serde(rename = "Required")] pub required: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Route {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiKeyRequired")] pub api_key_required: Option<bool>,
    #[serde(rename = "AuthorizationScopes")] pub authorization_scopes: Option<Vec<String>>,
    #[serde(rename = "AuthorizationType")] pub authorization_type: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "ModelSelectionExpression")] pub model_selection_expression: Option<String>,
    #[serde(rename = "OperationName")] pub operation_name: Option<String>,
    #[serde(rename = "RequestModels")] pub request_models: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, ParameterConstraints>>,
    #[serde(rename = "RouteId")] pub route_id: Option<String>,
    #[serde(rename = "RouteKey")] pub route_key: String,
    #[serde(rename = "RouteResponseSelectionExpression")] pub route_response_selection_expression: Option<String>,
    #[serde(rename = "Target")] pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RouteSettings {
    #[serde(rename = "DataTraceEnabled")] pub data_trace_enabled: Option<bool>,
    #[serde(rename = "DetailedMetricsEnabled")] pub detailed_metrics_enabled: Option<bool>,
    #[serde(rename = "LoggingLevel")] pub logging_level: Option<String>,
    #[serde(rename = "ThrottlingBurstLimit")] pub throttling_burst_limit: Option<i32>,
    #[serde(rename = "ThrottlingRateLimit")] pub throttling_rate_limit: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    #[serde(rename = "AccessLogSettings")] pub access_log_settings: Option<AccessLogSettings>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "AutoDeploy")] pub auto_deploy: Option<bool>,
    #[serde(rename = "ClientCertificateId")] pub client_certificate_id: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DefaultRouteSettings")] pub default_route_settings: Option<RouteSettings>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "LastDeploymentStatusMessage")] pub last_deployment_status_message: Option<String>,
    #[serde(rename = "LastUpdatedDate")] pub last_updated_date: Option<String>,
    #[serde(rename = "RouteSettings")] pub route_settings: Option<BTreeMap<String, RouteSettings>>,
    #[serde(rename = "StageName")] pub stage_name: String,
    #[serde(rename = "StageVariables")] pub stage_variables: Option<BTreeMap<String, String>>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TagResourceResponse {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TlsConfig {
    #[serde(rename = "ServerNameToVerify")] pub server_name_to_verify: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateApiResponse {
    #[serde(rename = "ApiEndpoint")] pub api_endpoint: Option<String>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiId")] pub api_id: Option<String>,
    #[serde(rename = "ApiKeySelectionExpression")] pub api_key_selection_expression: Option<String>,
    #[serde(rename = "CorsConfiguration")] pub cors_configuration: Option<Cors>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DisableSchemaValidation")] pub disable_schema_validation: Option<bool>,
    #[serde(rename = "DisableExecuteApiEndpoint")] pub disable_execute_api_endpoint: Option<bool>,
    #[serde(rename = "ImportInfo")] pub import_info: Option<Vec<String>>,
    #[serde(rename = "IpAddressType")] pub ip_address_type: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "ProtocolType")] pub protocol_type: Option<String>,
    #[serde(rename = "RouteSelectionExpression")] pub route_selection_expression: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
    #[serde(rename = "Version")] pub version: Option<String>,
    #[serde(rename = "Warnings")] pub warnings: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateAuthorizerResponse {
    #[serde(rename = "AuthorizerCredentialsArn")] pub authorizer_credentials_arn: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "AuthorizerPayloadFormatVersion")] pub authorizer_payload_format_version: Option<String>,
    #[serde(rename = "AuthorizerResultTtlInSeconds")] pub authorizer_result_ttl_in_seconds: Option<i32>,
    #[serde(rename = "AuthorizerType")] pub authorizer_type: Option<String>,
    #[serde(rename = "AuthorizerUri")] pub authorizer_uri: Option<String>,
    #[serde(rename = "EnableSimpleResponses")] pub enable_simple_responses: Option<bool>,
    #[serde(rename = "IdentitySource")] pub identity_source: Option<Vec<String>>,
    #[serde(rename = "IdentityValidationExpression")] pub identity_validation_expression: Option<String>,
    #[serde(rename = "JwtConfiguration")] pub jwt_configuration: Option<JWTConfiguration>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateIntegrationResult {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ConnectionId")] pub connection_id: Option<String>,
    #[serde(rename = "ConnectionType")] pub connection_type: Option<String>,
    #[serde(rename = "ContentHandlingStrategy")] pub content_handling_strategy: Option<String>,
    #[serde(rename = "CredentialsArn")] pub credentials_arn: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IntegrationId")] pub integration_id: Option<String>,
    #[serde(rename = "IntegrationMethod")] pub integration_method: Option<String>,
    #[serde(rename = "IntegrationResponseSelectionExpression")] pub integration_response_selection_expression: Option<String>,
    #[serde(rename = "IntegrationSubtype")] pub integration_subtype: Option<String>,
    #[serde(rename = "IntegrationType")] pub integration_type: Option<String>,
    #[serde(rename = "IntegrationUri")] pub integration_uri: Option<String>,
    #[serde(rename = "PassthroughBehavior")] pub passthrough_behavior: Option<String>,
    #[serde(rename = "PayloadFormatVersion")] pub payload_format_version: Option<String>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestTemplates")] pub request_templates: Option<BTreeMap<String, String>>,
    #[serde(rename = "ResponseParameters")] pub response_parameters: Option<BTreeMap<String, BTreeMap<String, String>>>,
    #[serde(rename = "TemplateSelectionExpression")] pub template_selection_expression: Option<String>,
    #[serde(rename = "TimeoutInMillis")] pub timeout_in_millis: Option<i32>,
    #[serde(rename = "TlsConfig")] pub tls_config: Option<TlsConfig>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateRouteResult {
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "ApiKeyRequired")] pub api_key_required: Option<bool>,
    #[serde(rename = "AuthorizationScopes")] pub authorization_scopes: Option<Vec<String>>,
    #[serde(rename = "AuthorizationType")] pub authorization_type: Option<String>,
    #[serde(rename = "AuthorizerId")] pub authorizer_id: Option<String>,
    #[serde(rename = "ModelSelectionExpression")] pub model_selection_expression: Option<String>,
    #[serde(rename = "OperationName")] pub operation_name: Option<String>,
    #[serde(rename = "RequestModels")] pub request_models: Option<BTreeMap<String, String>>,
    #[serde(rename = "RequestParameters")] pub request_parameters: Option<BTreeMap<String, ParameterConstraints>>,
    #[serde(rename = "RouteId")] pub route_id: Option<String>,
    #[serde(rename = "RouteKey")] pub route_key: Option<String>,
    #[serde(rename = "RouteResponseSelectionExpression")] pub route_response_selection_expression: Option<String>,
    #[serde(rename = "Target")] pub target: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateStageResponse {
    #[serde(rename = "AccessLogSettings")] pub access_log_settings: Option<AccessLogSettings>,
    #[serde(rename = "ApiGatewayManaged")] pub api_gateway_managed: Option<bool>,
    #[serde(rename = "AutoDeploy")] pub auto_deploy: Option<bool>,
    #[serde(rename = "ClientCertificateId")] pub client_certificate_id: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<String>,
    #[serde(rename = "DefaultRouteSettings")] pub default_route_settings: Option<RouteSettings>,
    #[serde(rename = "DeploymentId")] pub deployment_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "LastDeploymentStatusMessage")] pub last_deployment_status_message: Option<String>,
    #[serde(rename = "LastUpdatedDate")] pub last_updated_date: Option<String>,
    #[serde(rename = "RouteSettings")] pub route_settings: Option<BTreeMap<String, RouteSettings>>,
    #[serde(rename = "StageName")] pub stage_name: Option<String>,
    #[serde(rename = "StageVariables")] pub stage_variables: Option<BTreeMap<String, String>>,
    #[serde(rename = "Tags")] pub tags: Option<BTreeMap<String, String>>,
}
