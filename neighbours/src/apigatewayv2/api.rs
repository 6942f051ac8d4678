//! APIs: made, shown, changed and deleted.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use rusqlite::Connection;
use wire::apigatewayv2::input::{
    self, CreateApi, DeleteApi, DeleteCorsConfiguration, GetApi, GetApis, UpdateApi,
};
use wire::apigatewayv2::output::{self, GetApisResponse};

use crate::apigatewayv2::choose::{DEFAULT, Key};
use crate::apigatewayv2::operations::{integration, tag};
use crate::apigatewayv2::service::Apigatewayv2;
use crate::apigatewayv2::stored::{
    Api, Authorization, Cors, Integration, Parts, PayloadFormat, Route, Stage, bad, fresh,
};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::page;
use crate::time::now;

impl Operation<Apigatewayv2> for CreateApi {
    type Output = output::Api;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Api, Failure> {
        let CreateApi {
            name,
            protocol_type,
            description,
            version,
            cors_configuration,
            disable_execute_api_endpoint,
            route_key,
            tags,
            target,
        } = self;
        if protocol_type != "HTTP" {
            let message =
                "Warren does not support the parameter ProtocolType of CreateApi, except as HTTP.";
            return Err(bad(message).into());
        }
        let tags = tags.unwrap_or_default();
        tag::check(&tags)?;
        let parts = match (&target, &route_key) {
            (None, None) => None,
            (None, Some(_)) => return Err(bad("A route key needs a target.").into()),
            (Some(target), key) => Some(quick(target, key.as_deref().unwrap_or(DEFAULT))?),
        };
        let (scope, created) = (cx.scope.clone(), now());
        let make = move |connection: &Connection| {
            Api::check_room(connection, &scope)?;
            let mut api = Api {
                id: Api::fresh_id(connection)?,
                account: scope.account,
                region: scope.region,
                name,
                description,
                version,
                cors: cors_configuration.map(kept),
                is_disabled: disable_execute_api_endpoint.unwrap_or_default(),
                tags,
                created,
                parts: Parts::default(),
                stages: BTreeMap::new(),
                deployments: BTreeMap::new(),
            };
            if let Some(parts) = parts {
                api.parts = parts;
                api.stages.insert(DEFAULT.to_owned(), Stage::managed(created));
            }
            api.put(connection)?;
            Ok::<_, Failure>(api)
        };
        let made = of.store.run(make).await?;
        // Somebody may have asked for it before there was one.
        of.forget(&made.id);
        Ok(show(cx, made))
    }
}

/// What an API has that is made with a function as its target.
fn quick(target: &str, key: &str) -> Result<Parts, Failure> {
    if key != DEFAULT && Key::read(key).is_none() {
        return Err(
            bad("The provided route key is not formatted properly for HTTP protocol.").into()
        );
    }
    integration::check_function(target)?;
    let id = fresh(&BTreeMap::<String, ()>::new(), 7);
    let route = Route {
        key: key.to_owned(),
        authorization: Authorization::Nobody,
        operation: None,
        target: Some(format!("integrations/{id}")),
        is_managed: true,
    };
    let integration = Integration {
        description: None,
        uri: target.to_owned(),
        format: PayloadFormat::Two,
        timeout: integration::LONGEST,
        is_managed: true,
    };
    let route_id = fresh(&BTreeMap::<String, ()>::new(), 7);
    Ok(Parts {
        routes: BTreeMap::from([(route_id, route)]),
        integrations: BTreeMap::from([(id, integration)]),
        authorizers: BTreeMap::new(),
    })
}

impl Operation<Apigatewayv2> for GetApi {
    type Output = output::Api;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Api, Failure> {
        let GetApi { api_id } = self;
        Ok(show(cx, of.look(&cx.scope, &api_id, Ok).await?))
    }
}

impl Operation<Apigatewayv2> for GetApis {
    type Output = GetApisResponse;

    async fn run(
        self,
        of: &Arc<Apigatewayv2>,
        cx: &Context<'_>,
    ) -> Result<GetApisResponse, Failure> {
        let GetApis { max_results, next_token } = self;
        let scope = cx.scope.clone();
        let all = move |connection: &Connection| Ok::<_, Failure>(Api::all(connection, &scope)?);
        let all = of.store.run(all).await?;
        let all = all.into_iter().map(|api| (api.id.clone(), show(cx, api))).collect();
        let (items, next_token) = paged(all, max_results.as_deref(), next_token.as_deref())?;
        Ok(GetApisResponse { items: Some(items), next_token })
    }
}

impl Operation<Apigatewayv2> for UpdateApi {
    type Output = output::Api;

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<output::Api, Failure> {
        let UpdateApi {
            api_id,
            name,
            description,
            version,
            cors_configuration,
            disable_execute_api_endpoint,
        } = self;
        let change = move |api: &mut Api| {
            if let Some(name) = name {
                api.name = name;
            }
            api.description = description.or(api.description.take());
            api.version = version.or(api.version.take());
            api.cors = cors_configuration.map(kept).or(api.cors.take());
            api.is_disabled = disable_execute_api_endpoint.unwrap_or(api.is_disabled);
            Ok(api.clone())
        };
        Ok(show(cx, of.change(&cx.scope, &api_id, change).await?))
    }
}

impl Operation<Apigatewayv2> for DeleteApi {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteApi { api_id } = self;
        let (scope, id) = (cx.scope.clone(), api_id.clone());
        let remove = move |connection: &Connection| {
            Api::find(connection, &scope, &id)?;
            Ok::<_, Failure>(Api::remove(connection, &id)?)
        };
        let removed = of.store.run_lean(remove).await;
        of.forget(&api_id);
        removed
    }
}

impl Operation<Apigatewayv2> for DeleteCorsConfiguration {
    type Output = ();

    async fn run(self, of: &Arc<Apigatewayv2>, cx: &Context<'_>) -> Result<(), Failure> {
        let DeleteCorsConfiguration { api_id } = self;
        let change = |api: &mut Api| {
            api.cors = None;
            Ok(())
        };
        of.change_lean(&cx.scope, &api_id, change).await
    }
}

/// One page, of as many as are asked for.
///
/// # Errors
/// When that is no number, or the token none.
pub(crate) fn paged<T>(
    things: Vec<(String, T)>,
    most: Option<&str>,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), Failure> {
    /// As many as are given where nobody says.
    const MOST: usize = 500;
    let size = most.map_or(Ok(MOST), str::parse).ok().filter(|size| (1..=MOST).contains(size));
    let size = size.ok_or_else(|| bad("Invalid value for maxResults"))?;
    let found = page(things, size, token.filter(|token| !token.is_empty()));
    found.map_err(|_| bad("Invalid value for nextToken").into())
}

/// What is kept of rules for pages of other sites.
fn kept(given: input::Cors) -> Cors {
    let input::Cors {
        allow_credentials,
        allow_headers,
        allow_methods,
        allow_origins,
        expose_headers,
        max_age,
    } = given;
    Cors { allow_credentials, allow_headers, allow_methods, allow_origins, expose_headers, max_age }
}

fn show(cx: &Context<'_>, api: Api) -> output::Api {
    let cors = api.cors.map(|cors| output::Cors {
        allow_credentials: cors.allow_credentials,
        allow_headers: cors.allow_headers,
        allow_methods: cors.allow_methods,
        allow_origins: cors.allow_origins,
        expose_headers: cors.expose_headers,
        max_age: cors.max_age,
    });
    let endpoint = format!("http://{}.execute-api.{}.{}", api.id, api.region, base(cx.host));
    output::Api {
        api_endpoint: Some(endpoint),
        api_gateway_managed: None,
        api_id: Some(api.id),
        api_key_selection_expression: Some("$request.header.x-api-key".to_owned()),
        cors_configuration: cors,
        created_date: Some(wire::time::iso8601(api.created)),
        description: api.description,
        disable_schema_validation: None,
        disable_execute_api_endpoint: Some(api.is_disabled),
        import_info: None,
        ip_address_type: Some("ipv4".to_owned()),
        name: api.name,
        protocol_type: "HTTP".to_owned(),
        route_selection_expression: "$request.method $request.path".to_owned(),
        tags: Some(api.tags),
        version: api.version,
        warnings: None,
    }
}

/// What the hosts of APIs end with where this server is called by `host`.
fn base(host: &str) -> String {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => (name, Some(port)),
        _ => (host, None),
    };
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    // Nothing can be below an address.
    let is_here = is_address || name == "localhost" || name.ends_with(".localhost");
    let name = if is_here { "localhost" } else { name };
    port.map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}
