//! Routes: which requests lead where, and who may ask.

use std::sync::Arc;

use wire::ApiError;
use wire::apigatewayv2::error;
use wire::apigatewayv2::input::{CreateRoute, DeleteRoute, GetRoute, GetRoutes, UpdateRoute};
use wire::apigatewayv2::output::{self, GetRoutesResponse};

use crate::apigatewayv2::choose::{DEFAULT, Key};
use crate::apigatewayv2::operations::api::paged;
use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{
    Api, Authorization, Parts, Route, bad, check_count, fresh, missing,
};
use crate::failure::Failure;
use crate::operation::{Context, Operation};

/// Routes of an API.
const MOST: usize = 300;

impl Operation<Apigatewayv2> for CreateRoute {
    type Output = output::Route;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Route, Failure> {
        let CreateRoute {
            api_id,
            authorization_type,
            authorizer_id,
            operation_name: operation,
            route_key: key,
            target,
        } = self;
        check_key(&key)?;
        let kind = authorization_type.unwrap_or_else(|| "NONE".to_owned());
        let authorization = read("CreateRoute", &kind, authorizer_id)?;
        let change = move |api: &mut Api| {
            check_count("routes", api.parts.routes.len(), MOST)?;
            check_free(&api.parts, &key, None)?;
            check_parts(&api.parts, &authorization, target.as_deref())?;
            let id = fresh(&api.parts.routes, 7);
            let route = Route { key, authorization, operation, target, is_managed: false };
            api.parts.routes.insert(id.clone(), route.clone());
            Ok(show(id, route))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for GetRoute {
    type Output = output::Route;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Route, Failure> {
        let GetRoute { api_id, route_id: id } = self;
        let look = move |mut api: Api| match api.parts.routes.remove(&id) {
            Some(found) => Ok(show(id, found)),
            None => Err(missing("Route", &id)),
        };
        of.look(&cx.scope, &api_id, look).await
    }
}

impl Operation<Apigatewayv2> for GetRoutes {
    type Output = GetRoutesResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetRoutesResponse, Failure> {
        let GetRoutes { api_id, max_results, next_token } = self;
        let all = of.look(&cx.scope, &api_id, |api| Ok(api.parts.routes)).await?;
        let all = all.into_iter().map(|(id, each)| (id.clone(), show(id, each))).collect();
        let (items, next_token) = paged(all, max_results.as_deref(), next_token.as_deref())?;
        Ok(GetRoutesResponse { items: Some(items), next_token })
    }
}

impl Operation<Apigatewayv2> for UpdateRoute {
    type Output = output::Route;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Route, Failure> {
        let UpdateRoute {
            api_id,
            route_id: id,
            authorization_type,
            authorizer_id,
            operation_name,
            route_key,
            target,
        } = self;
        route_key.as_deref().map_or(Ok(()), check_key)?;
        let change = move |api: &mut Api| {
            let known = api.parts.routes.get(&id).ok_or_else(|| missing("Route", &id))?;
            let mut route = known.clone();
            if let Some(key) = route_key {
                check_free(&api.parts, &key, Some(&id))?;
                route.key = key;
            }
            if authorization_type.is_some() || authorizer_id.is_some() {
                let kind = authorization_type.unwrap_or_else(|| "CUSTOM".to_owned());
                let before = match &route.authorization {
                    Authorization::Custom(id) => Some(id.clone()),
                    Authorization::Nobody => None,
                };
                let authorizer = authorizer_id.or(before.filter(|_| kind == "CUSTOM"));
                route.authorization = read("UpdateRoute", &kind, authorizer)?;
            }
            route.operation = operation_name.or(route.operation);
            route.target = target.or(route.target);
            check_parts(&api.parts, &route.authorization, route.target.as_deref())?;
            api.parts.routes.insert(id.clone(), route.clone());
            Ok(show(id, route))
        };
        of.change(&cx.scope, &api_id, change).await
    }
}

impl Operation<Apigatewayv2> for DeleteRoute {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteRoute { api_id, route_id: id } = self;
        let change = move |api: &mut Api| {
            let removed = api.parts.routes.remove(&id);
            removed.map(drop).ok_or_else(|| missing("Route", &id))
        };
        of.change_lean(&cx.scope, &api_id, change).await
    }
}

fn check_key(key: &str) -> Result<(), ApiError> {
    match key == DEFAULT || Key::read(key).is_some() {
        true => Ok(()),
        false => Err(bad("The provided route key is not formatted properly for HTTP protocol.")),
    }
}

/// Checks that no other route has the key.
fn check_free(parts: &Parts, key: &str, own: Option<&str>) -> Result<(), ApiError> {
    let taken = parts.routes.iter().any(|(id, route)| route.key == key && own != Some(id));
    match taken {
        false => Ok(()),
        true => {
            let message = format!("Route with key {key} already exists for this API");
            Err(error("ConflictException", message))
        }
    }
}

/// Checks that what a route names is there.
fn check_parts(
    parts: &Parts,
    authorization: &Authorization,
    target: Option<&str>,
) -> Result<(), ApiError> {
    if let Authorization::Custom(id) = authorization
        && !parts.authorizers.contains_key(id)
    {
        return Err(bad(format!("Invalid authorizer ID specified: {id}")));
    }
    let Some(target) = target else { return Ok(()) };
    let id = target.strip_prefix("integrations/").unwrap_or_default();
    match parts.integrations.contains_key(id) {
        true => Ok(()),
        false => Err(bad(format!("Invalid integration target specified: {target}"))),
    }
}

fn read(
    operation: &str,
    kind: &str,
    authorizer: Option<String>,
) -> Result<Authorization, ApiError> {
    match (kind, authorizer) {
        ("NONE", _) => Ok(Authorization::Nobody),
        ("CUSTOM", Some(id)) => Ok(Authorization::Custom(id)),
        ("CUSTOM", None) => Err(bad("AuthorizerId is required for authorization type CUSTOM")),
        _ => Err(bad(format!(
            "Warren does not support the parameter AuthorizationType of {operation}, except as NONE or CUSTOM."
        ))),
    }
}

fn show(id: String, route: Route) -> output::Route {
    let Route { key, authorization, operation, target, is_managed } = route;
    let (kind, authorizer) = match authorization {
        Authorization::Nobody => ("NONE", None),
        Authorization::Custom(id) => ("CUSTOM", Some(id)),
    };
    output::Route {
        api_gateway_managed: is_managed.then_some(true),
        api_key_required: Some(false),
        authorization_type: Some(kind.to_owned()),
        authorizer_id: authorizer,
        operation_name: operation,
        route_id: Some(id),
        route_key: key,
        target,
        authorization_scopes: None,
        model_selection_expression: None,
        request_models: None,
        request_parameters: None,
        route_response_selection_expression: None,
    }
}
