//! Authorizers: functions that say who may ask.

use std::sync::Arc;

use wire::ApiError;
use wire::apigatewayv2::error;
use wire::apigatewayv2::input::{
    CreateAuthorizer, DeleteAuthorizer, GetAuthorizer, GetAuthorizers, UpdateAuthorizer,
};
use wire::apigatewayv2::output::{self, GetAuthorizersResponse};

use crate::apigatewayv2::operations::api::paged;
use crate::apigatewayv2::operations::integration::check_function;
use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{
    Api, Authorization, Authorizer, PayloadFormat, bad, check_count, fresh, missing,
};
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// Authorizers of an API.
const MOST: usize = 10;
/// What of the context may tell one who asks from another.
const CONTEXT: [&str; 5] = [
    "$context.http.method",
    "$context.http.path",
    "$context.http.sourceIp",
    "$context.routeKey",
    "$context.stage",
];
/// For how many seconds an answer is kept where nobody says.
const TTL: i32 = 300;

impl Operation<Apigatewayv2> for CreateAuthorizer {
    type Output = output::Authorizer;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Authorizer, Failure> {
        let CreateAuthorizer {
            api_id,
            authorizer_payload_format_version,
            authorizer_result_ttl_in_seconds,
            authorizer_type,
            authorizer_uri,
            enable_simple_responses,
            identity_source: identity,
            name,
        } = self;
        check_kind("CreateAuthorizer", Some(&authorizer_type))?;
        let uri = authorizer_uri
            .ok_or_else(|| bad("AuthorizerUri is required for REQUEST authorizer"))?;
        check_function(&uri)?;
        check_identity(&identity)?;
        let format = authorizer_payload_format_version.ok_or_else(|| {
            bad("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer")
        })?;
        let authorizer = Authorizer {
            name,
            uri,
            format: read(&format)?,
            is_simple: enable_simple_responses.unwrap_or_default(),
            ttl: authorizer_result_ttl_in_seconds.unwrap_or(if identity.is_empty() {
                0
            } else {
                TTL
            }),
            identity,
        };
        check(&authorizer)?;
        let change = move |api: &mut Api| {
            let authorizers = &mut api.parts.authorizers;
            check_count("authorizers", authorizers.len(), MOST)?;
            let id = fresh(authorizers, 6);
            authorizers.insert(id.clone(), authorizer.clone());
            Ok(show(id, authorizer))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for GetAuthorizer {
    type Output = output::Authorizer;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Authorizer, Failure> {
        let GetAuthorizer { api_id, authorizer_id: id } = self;
        let look = move |mut api: Api| match api.parts.authorizers.remove(&id) {
            Some(found) => Ok(show(id, found)),
            None => Err(missing("Authorizer", &id)),
        };
        of.look(&cx.scope, &api_id, look).await
    }
}

impl Operation<Apigatewayv2> for GetAuthorizers {
    type Output = GetAuthorizersResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetAuthorizersResponse, Failure> {
        let GetAuthorizers { api_id, max_results, next_token } = self;
        let all = of.look(&cx.scope, &api_id, |api| Ok(api.parts.authorizers)).await?;
        let all = all.into_iter().map(|(id, each)| (id.clone(), show(id, each))).collect();
        let (items, next_token) = paged(all, max_results.as_deref(), next_token.as_deref())?;
        Ok(GetAuthorizersResponse { items: Some(items), next_token })
    }
}

impl Operation<Apigatewayv2> for UpdateAuthorizer {
    type Output = output::Authorizer;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<output::Authorizer, Failure> {
        let UpdateAuthorizer {
            api_id,
            authorizer_id: id,
            authorizer_payload_format_version,
            authorizer_result_ttl_in_seconds,
            authorizer_type,
            authorizer_uri,
            enable_simple_responses,
            identity_source,
            name,
        } = self;
        check_kind("UpdateAuthorizer", authorizer_type.as_deref())?;
        authorizer_uri.as_deref().map_or(Ok(()), check_function)?;
        identity_source.as_deref().map_or(Ok(()), check_identity)?;
        let format = authorizer_payload_format_version.as_deref().map(read).transpose()?;
        let change = move |api: &mut Api| {
            let known = api.parts.authorizers.get_mut(&id);
            let known = known.ok_or_else(|| missing("Authorizer", &id))?;
            let authorizer = Authorizer {
                name: name.unwrap_or_else(|| known.name.clone()),
                uri: authorizer_uri.unwrap_or_else(|| known.uri.clone()),
                format: format.unwrap_or(known.format),
                is_simple: enable_simple_responses.unwrap_or(known.is_simple),
                identity: identity_source.unwrap_or_else(|| known.identity.clone()),
                ttl: authorizer_result_ttl_in_seconds.unwrap_or(known.ttl),
            };
            check(&authorizer)?;
            *known = authorizer.clone();
            Ok(show(id, authorizer))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for DeleteAuthorizer {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteAuthorizer { api_id, authorizer_id: id } = self;
        let change = move |api: &mut Api| {
            let used = Authorization::Custom(id.clone());
            if api.parts.routes.values().any(|route| route.authorization == used) {
                let message =
                    format!("Cannot delete authorizer '{id}' because it is referenced by a route");
                return Err(error("ConflictException", message));
            }
            let removed = api.parts.authorizers.remove(&id);
            removed.map(drop).ok_or_else(|| missing("Authorizer", &id))
        };
        of.change_lean(&cx.scope, &api_id, change).await
    }
}

fn check_kind(operation: &str, kind: Option<&str>) -> Result<(), ApiError> {
    match kind {
        None | Some("REQUEST") => Ok(()),
        Some(_) => Err(bad(format!(
            "Warren does not support the parameter AuthorizerType of {operation}, except as REQUEST."
        ))),
    }
}

fn read(format: &str) -> Result<PayloadFormat, ApiError> {
    let message = "AuthorizerPayloadFormatVersion is not valid: it is 1.0 or 2.0.";
    PayloadFormat::read(format).ok_or_else(|| bad(message))
}

fn check_identity(sources: &[String]) -> Result<(), ApiError> {
    let known = ["$request.header.", "$request.querystring.", "$stageVariables."];
    let is_known = |source: &&String| {
        let is_named = |it: &&str| source.strip_prefix(it).is_some_and(|name| !name.is_empty());
        known.iter().any(is_named) || CONTEXT.contains(&source.as_str())
    };
    match sources.iter().find(|source| !is_known(source)) {
        None => Ok(()),
        Some(bad_one) => Err(bad(format!(
            "Invalid mapping expression specified: {bad_one} is no identity source"
        ))),
    }
}

fn check(authorizer: &Authorizer) -> Result<(), ApiError> {
    if authorizer.is_simple && authorizer.format == PayloadFormat::One {
        return Err(bad("Simple responses are supported for payload format version 2.0 only."));
    }
    if authorizer.ttl > 0 && authorizer.identity.is_empty() {
        return Err(bad("Identity source must be specified to cache an authorizer's results."));
    }
    Ok(())
}

fn show(id: String, authorizer: Authorizer) -> output::Authorizer {
    let Authorizer { name, uri, format, is_simple, identity, ttl } = authorizer;
    output::Authorizer {
        authorizer_id: Some(id),
        authorizer_payload_format_version: Some(format.spelled().to_owned()),
        authorizer_result_ttl_in_seconds: Some(ttl),
        authorizer_type: Some("REQUEST".to_owned()),
        authorizer_uri: Some(uri),
        enable_simple_responses: Some(is_simple),
        identity_source: Some(identity),
        name,
        authorizer_credentials_arn: None,
        identity_validation_expression: None,
        jwt_configuration: None,
    }
}
