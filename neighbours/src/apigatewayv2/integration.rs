//! Integrations: the functions that routes lead to.

use std::sync::Arc;

use wire::ApiError;
use wire::apigatewayv2::error;
use wire::apigatewayv2::input::{
    CreateIntegration, DeleteIntegration, GetIntegration, GetIntegrations, UpdateIntegration,
};
use wire::apigatewayv2::output::{self, GetIntegrationsResponse};

use crate::apigatewayv2::operations::api::paged;
use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{
    Api, Integration, PayloadFormat, bad, check_count, fresh, missing,
};
use crate::apigatewayv2::uri::{filled, function};
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// Integrations of an API.
const MOST: usize = 300;
/// How long functions are waited for at the most, in milliseconds.
pub(crate) const LONGEST: i32 = 30_000;

impl Operation<Apigatewayv2> for CreateIntegration {
    type Output = output::Integration;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Integration, Failure> {
        let CreateIntegration {
            api_id,
            description,
            integration_method,
            integration_type,
            integration_uri,
            payload_format_version,
            timeout_in_millis,
        } = self;
        check_kind("CreateIntegration", Some(&integration_type), integration_method.as_deref())?;
        let uri = integration_uri.ok_or_else(|| bad("Integration URI is required."))?;
        check_function(&uri)?;
        let format = payload_format_version.as_deref();
        let integration = Integration {
            description,
            uri,
            format: format.map_or(
                Err(bad("PayloadFormatVersion is a required parameter for integration")),
                read,
            )?,
            timeout: timeout_in_millis.unwrap_or(LONGEST),
            is_managed: false,
        };
        let change = move |api: &mut Api| {
            let integrations = &mut api.parts.integrations;
            check_count("integrations", integrations.len(), MOST)?;
            let id = fresh(integrations, 7);
            integrations.insert(id.clone(), integration.clone());
            Ok(show(id, integration))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for GetIntegration {
    type Output = output::Integration;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Integration, Failure> {
        let GetIntegration { api_id, integration_id: id } = self;
        let look = move |mut api: Api| match api.parts.integrations.remove(&id) {
            Some(found) => Ok(show(id, found)),
            None => Err(missing("Integration", &id)),
        };
        of.look(&cx.scope, &api_id, look).await
    }
}

impl Operation<Apigatewayv2> for GetIntegrations {
    type Output = GetIntegrationsResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetIntegrationsResponse, Failure> {
        let GetIntegrations { api_id, max_results, next_token } = self;
        let all = of.look(&cx.scope, &api_id, |api| Ok(api.parts.integrations)).await?;
        let all = all.into_iter().map(|(id, each)| (id.clone(), show(id, each))).collect();
        let (items, next_token) = paged(all, max_results.as_deref(), next_token.as_deref())?;
        Ok(GetIntegrationsResponse { items: Some(items), next_token })
    }
}

impl Operation<Apigatewayv2> for UpdateIntegration {
    type Output = output::Integration;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Integration, Failure> {
        let UpdateIntegration {
            api_id,
            integration_id: id,
            description,
            integration_method,
            integration_type,
            integration_uri,
            payload_format_version,
            timeout_in_millis,
        } = self;
        let kind = integration_type.as_deref();
        check_kind("UpdateIntegration", kind, integration_method.as_deref())?;
        integration_uri.as_deref().map_or(Ok(()), check_function)?;
        let format = payload_format_version.as_deref().map(read).transpose()?;
        let change = move |api: &mut Api| {
            let known = api.parts.integrations.get_mut(&id);
            let known = known.ok_or_else(|| missing("Integration", &id))?;
            known.description = description.or(known.description.take());
            if let Some(uri) = integration_uri {
                known.uri = uri;
            }
            known.format = format.unwrap_or(known.format);
            known.timeout = timeout_in_millis.unwrap_or(known.timeout);
            Ok(show(id, known.clone()))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for DeleteIntegration {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteIntegration { api_id, integration_id: id } = self;
        let change = move |api: &mut Api| {
            let target = format!("integrations/{id}");
            let mut routes = api.parts.routes.iter();
            if let Some((route, _)) = routes.find(|(_, it)| it.target.as_ref() == Some(&target)) {
                let message =
                    format!("Cannot delete Integration {id}, it is used by Route {route}");
                return Err(error("ConflictException", message));
            }
            let removed = api.parts.integrations.remove(&id);
            removed.map(drop).ok_or_else(|| missing("Integration", &id))
        };
        of.change_lean(&cx.scope, &api_id, change).await
    }
}

/// Checks that a function is what an integration is to lead to.
fn check_kind(operation: &str, kind: Option<&str>, method: Option<&str>) -> Result<(), ApiError> {
    let only = |member: &str, value: &str| {
        let message = format!(
            "Warren does not support the parameter {member} of {operation}, except as {value}."
        );
        Err(bad(message))
    };
    match (kind, method) {
        (Some(kind), _) if kind != "AWS_PROXY" => only("IntegrationType", "AWS_PROXY"),
        // Functions are invoked by POST, whatever is asked.
        (_, Some(method)) if method != "POST" => only("IntegrationMethod", "POST"),
        _ => Ok(()),
    }
}

fn read(format: &str) -> Result<PayloadFormat, ApiError> {
    let message = "PayloadFormatVersion is not valid: it is 1.0 or 2.0.";
    PayloadFormat::read(format).ok_or_else(|| bad(message))
}

/// Checks that a URI means a function.
///
/// # Errors
/// When it does not.
pub(crate) fn check_function(uri: &str) -> Result<(), ApiError> {
    // Which function a stage's variables name is told when it is asked for.
    match function(&filled(uri, |_| "f")) {
        Some(_) => Ok(()),
        None => Err(bad(format!("Invalid function ARN or invalid uri: {uri}"))),
    }
}

fn show(id: String, integration: Integration) -> output::Integration {
    let Integration { description, uri, format, timeout, is_managed } = integration;
    output::Integration {
        api_gateway_managed: is_managed.then_some(true),
        connection_type: Some("INTERNET".to_owned()),
        description,
        integration_id: Some(id),
        integration_method: Some("POST".to_owned()),
        integration_type: Some("AWS_PROXY".to_owned()),
        integration_uri: Some(uri),
        payload_format_version: Some(format.spelled().to_owned()),
        timeout_in_millis: Some(timeout),
        ..output::Integration::default()
    }
}
