//! Requests to HTTP APIs of API Gateway's.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode};
use neighbours::apigatewayv2::{self as apis, Chosen, PayloadFormat, Served};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::asked::{Asked, BODY, context};
use super::cors::{Cors, is_preflight};
use super::event::{self, About};
use super::{authorizer, event_one, refusal, response};
use crate::api::{self, Called, Target};
use crate::endpoint::Endpoint;
use crate::iam::Caller;
use crate::outward::function_of;
use crate::source::{Invoked, Source};

/// The principal in whose name functions are invoked.
const PRINCIPAL: &str = "apigateway.amazonaws.com";

/// A request on its way through an API.
pub(super) struct Way<'a> {
    pub(super) endpoint: &'a Arc<Endpoint>,
    pub(super) asked: &'a Asked<'a>,
    pub(super) served: &'a Served,
    pub(super) chosen: &'a Chosen<'a>,
    pub(super) account: String,
    pub(super) trace: String,
    /// When it came, in milliseconds of the Unix epoch.
    pub(super) at: i64,
}

/// Why a function has not answered for an API.
pub(super) enum Unanswered {
    /// It is busy, or took too long.
    Busy,
    /// It is not there, may not be invoked, or has failed.
    Failed,
}

/// Answers a request.
pub(super) async fn answer(endpoint: &Arc<Endpoint>, asked: Asked<'_>) -> Response<Bytes> {
    let found = endpoint.neighbours.apigatewayv2().served(&asked.place.id).await;
    let served = match found {
        Ok(served) => served.filter(|it| it.region == asked.place.region && !it.is_disabled),
        Err(why) => {
            tracing::error!(request = asked.id, %why, "APIs cannot be read");
            return refusal::broken(asked.id);
        }
    };
    let Some(served) = served else { return refusal::not_found(asked.id) };
    let cors = served.cors.as_ref().map(rules);
    let headers = asked.request.headers;
    if let Some(cors) = &cors
        && is_preflight(asked.request.method, headers)
    {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NO_CONTENT;
        cors.preflight(headers, response.headers_mut());
        return response;
    }
    let mut response = match served.choose(asked.request.method, asked.request.path) {
        Some(chosen) => route(endpoint, &asked, &served, &chosen).await,
        None => refusal::not_found(asked.id),
    };
    if let Some(cors) = &cors {
        cors.mark(headers, response.headers_mut());
    }
    if let Ok(id) = HeaderValue::from_str(asked.id) {
        response.headers_mut().insert("apigw-requestid", id);
    }
    response
}

fn rules(cors: &apis::Cors) -> Cors {
    let list = |list: &Option<Vec<String>>| list.clone().unwrap_or_default();
    Cors {
        allow_credentials: cors.allow_credentials.unwrap_or_default(),
        allow_headers: list(&cors.allow_headers),
        allow_methods: list(&cors.allow_methods),
        allow_origins: list(&cors.allow_origins),
        expose_headers: list(&cors.expose_headers),
        max_age: cors.max_age,
    }
}

async fn route(
    endpoint: &Arc<Endpoint>,
    asked: &Asked<'_>,
    served: &Served,
    chosen: &Chosen<'_>,
) -> Response<Bytes> {
    let account = format!("{:012}", served.account);
    let cx = context(endpoint, asked, Caller::root(served.account), &served.region);
    let trace = api::entered(&cx, &asked.request);
    let at = crate::logs::now();
    let way = Way { endpoint, asked, served, chosen, account, trace, at };
    let told = match (chosen.is_guarded, chosen.authorizer) {
        (false, _) => None,
        (true, Some((id, authorizer))) => match authorizer::ask(&way, id, authorizer).await {
            Ok(told) => Some(told),
            Err(response) => return *response,
        },
        // A route may outlive its authorizer in no deployment.
        (true, None) => return refusal::broken(asked.id),
    };
    let Some(integration) = chosen.integration else { return refusal::not_found(asked.id) };
    let Some(function) = integration.function(chosen.variables) else {
        return refusal::broken(asked.id);
    };
    let event = match integration.format {
        PayloadFormat::Two => {
            let authorizer =
                told.map(|told| Value::from(Map::from_iter([("lambda".into(), told.context)])));
            event::of(&asked.request, way.about(authorizer))
        }
        PayloadFormat::One => {
            let authorizer = told.map(authorizer::Told::flat);
            event_one::of(&asked.request, way.about(authorizer), chosen.resource())
        }
    };
    if event.len() > BODY {
        return refusal::too_large(asked.id);
    }
    let limit = Duration::from_millis(u64::try_from(integration.timeout).unwrap_or_default());
    let called = way.call(&function, &way.source(), event, limit).await;
    let (request, payload) = match called {
        Ok(called) => called,
        Err(Unanswered::Busy) => return refusal::unavailable(asked.id),
        Err(Unanswered::Failed) => return refusal::broken(asked.id),
    };
    let answer = match integration.format {
        PayloadFormat::Two => response::of(&payload),
        PayloadFormat::One => response::of_one(&payload),
    };
    match answer {
        Ok(mut answer) => {
            if let Ok(id) = HeaderValue::from_str(&request) {
                answer.headers_mut().insert("x-amzn-requestid", id);
            }
            answer
        }
        Err(why) => {
            tracing::debug!(request, function, %why, "function answered no answer");
            if let Ok(request) = request.parse() {
                endpoint.driver.no_answer(request, &why);
            }
            refusal::broken(asked.id)
        }
    }
}

impl Way<'_> {
    /// What an event says beside the request.
    pub(super) fn about(&self, authorizer: Option<Value>) -> About<'_> {
        let parameters = self.chosen.parameters().into_iter().map(|(name, value)| {
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            (name.to_owned(), Value::from(value))
        });
        let parameters: Map<String, Value> = parameters.collect();
        About {
            id: self.asked.id,
            peer: self.asked.peer,
            at: self.at,
            trace: &self.trace,
            account: &self.account,
            api_id: &self.served.id,
            domain_name: &self.asked.place.name,
            route_key: self.chosen.key,
            stage: self.chosen.stage,
            authorizer,
            path_parameters: (!parameters.is_empty()).then_some(parameters),
            stage_variables: variables(self.chosen.variables),
        }
    }

    fn arn(&self, rest: &str) -> String {
        let Served { id, region, .. } = self.served;
        format!("arn:aws:execute-api:{region}:{}:{id}/{rest}", self.account)
    }

    /// What a function's policy knows a request by: its stage, its method and its route's path.
    fn source(&self) -> String {
        let Chosen { stage, key, .. } = *self.chosen;
        match key.split_once(' ') {
            Some((_, path)) => self.arn(&format!("{stage}/{}{path}", self.asked.request.method)),
            None => self.arn(&format!("{stage}/{key}")),
        }
    }

    /// What an authorizer's policy knows a request by: its stage, its method and its path.
    pub(super) fn route_arn(&self) -> String {
        let Chosen { stage, path, .. } = *self.chosen;
        self.arn(&format!("{stage}/{}{path}", self.asked.request.method))
    }

    /// What the policy of an authorizer's function knows it by.
    pub(super) fn authorizer_arn(&self, id: &str) -> String {
        self.arn(&format!("authorizers/{id}"))
    }

    /// Has a function answer, within a time: the invocation's id, and what it returned.
    pub(super) async fn call(
        &self,
        function: &str,
        source: &str,
        event: Vec<u8>,
        limit: Duration,
    ) -> Result<(String, Bytes), Unanswered> {
        let target = target(function).ok_or(Unanswered::Failed)?;
        let Target { scope, name, qualifier } = &target;
        let invoked = Invoked { scope, name, qualifier: qualifier.as_deref() };
        let from = Source::Service { principal: PRINCIPAL, arn: source, account: &self.account };
        from.may_invoke(&self.endpoint.driver, invoked).map_err(|why| {
            tracing::debug!(
                request = self.asked.id,
                function,
                source,
                ?why,
                "not invoked for an API"
            );
            Unanswered::Failed
        })?;
        let caller = Caller::root(scope.account);
        let cx = context(self.endpoint, self.asked, caller, &scope.region);
        let by = format!("{PRINCIPAL} for {source}");
        let calling = api::call(&cx, &target, event.into(), by, &self.trace);
        match tokio::time::timeout(limit, calling).await {
            Err(_) => Err(Unanswered::Busy),
            Ok(Ok(Called { request, response })) => {
                Ok((request.to_string(), response.ok_or(Unanswered::Failed)?))
            }
            Ok(Err(error)) if error.status == 429 => Err(Unanswered::Busy),
            Ok(Err(error)) => {
                let (code, message) = (&*error.code, &*error.message);
                tracing::debug!(request = self.asked.id, function, code, message, "not invoked");
                Err(Unanswered::Failed)
            }
        }
    }
}

fn variables(variables: &BTreeMap<String, String>) -> Option<Map<String, Value>> {
    let variables = variables.iter().map(|(name, value)| (name.clone(), Value::from(&**value)));
    Some(variables.collect::<Map<_, _>>()).filter(|variables| !variables.is_empty())
}

/// The function that an ARN names.
fn target(arn: &str) -> Option<Target> {
    let (scope, reference) = function_of(arn)?;
    Some(Target {
        scope,
        name: reference.name.to_owned(),
        qualifier: reference.qualifier.map(str::to_owned),
    })
}
