//! Requests to the URLs of functions.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use engine::id::UrlId;
use engine::record::function_url::{FunctionUrl, UrlAuth, UrlCors};
use engine::scope::Scope;
use http::request::Parts;
use http::{HeaderValue, Response};
use serde_json::{Value, json};
use wire::sigv4::{Credential, SignatureError};

use super::asked::{Asked, BODY, context};
use super::cors::{Cors, is_preflight};
use super::event::{self, About};
use super::place::Place;
use super::{refusal, response};
use crate::api::{self, Called, Target};
use crate::driver::{Driver, now};
use crate::endpoint::Endpoint;
use crate::for_s3::head;
use crate::iam::Caller;
use crate::signature::{self, Sender};
use crate::source::{Invoked, Source};

/// A URL that is there, and what it is of.
struct Found {
    url: FunctionUrl,
    scope: Scope,
    function: String,
}

/// The URL that a host names.
fn find(endpoint: &Endpoint, place: &Place, id: &str) -> Result<Found, Box<Response<Bytes>>> {
    let Ok(url) = place.id.parse::<UrlId>() else { return Err(Box::new(refusal::no_url(id))) };
    let found = endpoint.driver.read(|engine| {
        let url = engine.url(url)?;
        let function = engine.known_function(url.function)?;
        let (scope, function) = (function.scope.clone(), function.name.clone());
        Some(Found { url: url.clone(), scope, function })
    });
    let found = found.filter(|found| *found.scope.region == *place.region);
    // Of the form of those that are given here: there was one, or might have been.
    found.ok_or_else(|| Box::new(refusal::forbidden(id)))
}

/// Refuses what reaches no URL, and what nobody who may be known has signed.
pub(super) fn check_head(
    endpoint: &Endpoint,
    place: &Place,
    parts: &Parts,
    id: &str,
) -> Result<(), Box<Response<Bytes>>> {
    let found = find(endpoint, place, id)?;
    let is_preflight =
        found.url.cors.is_some() && is_preflight(parts.method.as_str(), &parts.headers);
    let asks_for_signature = found.url.auth == UrlAuth::Iam && !is_preflight;
    if !asks_for_signature || !endpoint.iam.verifies() {
        return Ok(());
    }
    match signature::is_known(endpoint, &head(parts)) {
        true => Ok(()),
        false => Err(Box::new(refusal::forbidden(id))),
    }
}

/// Answers a request.
pub(super) async fn answer(endpoint: &Arc<Endpoint>, asked: Asked<'_>) -> Response<Bytes> {
    let found = match find(endpoint, asked.place, asked.id) {
        Ok(found) => found,
        Err(response) => return *response,
    };
    let began = Instant::now();
    let figures = endpoint.driver.metrics().of(&found.scope, &found.function);
    let response = answered(endpoint, asked, found).await;
    if let Some(figures) = figures {
        figures.asked_by_url(now(), response.status().as_u16(), began.elapsed());
    }
    response
}

async fn answered(endpoint: &Arc<Endpoint>, asked: Asked<'_>, found: Found) -> Response<Bytes> {
    let cors = found.url.cors.as_ref().map(rules);
    let headers = asked.request.headers;
    if let Some(cors) = &cors
        && is_preflight(asked.request.method, headers)
    {
        let mut response = Response::new(Bytes::new());
        cors.preflight(headers, response.headers_mut());
        return response;
    }
    let mut response = match let_in(endpoint, &asked, &found) {
        Ok(sender) => run(endpoint, &asked, found, sender).await,
        Err(response) => *response,
    };
    if let Some(cors) = &cors {
        cors.mark(headers, response.headers_mut());
    }
    response
}

fn rules(cors: &UrlCors) -> Cors {
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

/// Who asks, where the URL is for callers who sign; whether it lets the request in is judged.
fn let_in(
    endpoint: &Arc<Endpoint>,
    asked: &Asked<'_>,
    found: &Found,
) -> Result<Option<Sender>, Box<Response<Bytes>>> {
    let forbidden = || Box::new(refusal::forbidden(asked.id));
    let Found { url, scope, function } = found;
    match url.auth {
        UrlAuth::Nobody => {
            let qualifier = url.alias.as_deref();
            let invoked = Invoked { scope, name: function, qualifier };
            Source::Url.may_invoke(&endpoint.driver, invoked).map_err(|_| forbidden())?;
            Ok(None)
        }
        UrlAuth::Iam => {
            if Credential::of(&asked.request).is_none() {
                return Err(forbidden());
            }
            let sender = signature::sender_to(endpoint, &asked.request, "lambda", asked.verifies);
            let sender = sender.map_err(|why| Box::new(why.render(asked.id)))?;
            if *sender.region != *scope.region {
                let message = "Credential should be scoped to a valid region.".to_owned();
                let error = SignatureError::OtherService(message);
                return Err(Box::new(error.to_api_error(&wire::lambda::SERVICE).render(asked.id)));
            }
            let cx = context(endpoint, asked, sender.caller.clone(), &sender.region);
            let (name, qualifier) = (function.clone(), url.alias.clone());
            let target = Target { scope: scope.clone(), name, qualifier };
            match api::check_url(&cx, &target) {
                Ok(()) => Ok(Some(sender)),
                Err(_) => Err(forbidden()),
            }
        }
    }
}

/// Has the function answer.
async fn run(
    endpoint: &Arc<Endpoint>,
    asked: &Asked<'_>,
    found: Found,
    sender: Option<Sender>,
) -> Response<Bytes> {
    let Found { url, scope, function } = found;
    let id = url.id;
    let target = Target { scope: scope.clone(), name: function.clone(), qualifier: url.alias };
    let mut request = asked.request;
    let mut headers;
    let body;
    let (caller, account, by, authorizer) = match sender {
        None => {
            let by = format!("anybody at function URL {id}");
            // Nothing more is asked of the caller: the policy has let it in.
            (Caller::root(scope.account), "anonymous".to_owned(), by, None)
        }
        Some(sender) => {
            // A signature is between the caller and the URL.
            headers = request.headers.clone();
            headers.remove("authorization");
            let key = Credential::of(&request).map(|credential| credential.access_key);
            request.headers = &headers;
            if let Some(read) = sender.body {
                body = read;
                request.body = &body;
            }
            let caller = sender.caller;
            let by = format!("{} at function URL {id}", caller.arn());
            let account = format!("{:012}", caller.account);
            let authorizer = of_iam(&caller, &account, key.as_deref().unwrap_or_default());
            (caller, account, by, Some(authorizer))
        }
    };
    let cx = context(endpoint, asked, caller, &scope.region);
    let trace = api::entered(&cx, &request);
    let about = About {
        id: asked.id,
        peer: asked.peer,
        at: crate::logs::now(),
        trace: &trace,
        account: &account,
        api_id: &asked.place.id,
        domain_name: &asked.place.name,
        route_key: "$default",
        stage: "$default",
        authorizer,
        path_parameters: None,
        stage_variables: None,
    };
    let event = event::of(&request, about);
    if event.len() > BODY {
        return refusal::too_large(asked.id);
    }
    let called = api::call(&cx, &target, event.into(), by, &trace).await;
    let mut answer = match called {
        Ok(called) => told(cx.driver, &function, called),
        Err(error) => error.render(asked.id),
    };
    if let Ok(trace) = HeaderValue::from_str(&trace) {
        answer.headers_mut().insert("x-amzn-trace-id", trace);
    }
    answer
}

/// The answer that a function gave.
fn told(driver: &Driver, function: &str, called: Called) -> Response<Bytes> {
    let Called { request, response } = called;
    let id = request.to_string();
    let Some(payload) = response else { return refusal::bad_gateway(&id) };
    match response::of(&payload) {
        Ok(mut answer) => {
            if let Ok(id) = HeaderValue::from_str(&id) {
                answer.headers_mut().insert("x-amzn-requestid", id);
            }
            answer
        }
        Err(why) => {
            tracing::debug!(request = id, function, %why, "function answered no answer");
            driver.no_answer(request, &why);
            refusal::bad_gateway(&id)
        }
    }
}

/// What a function is told of a caller who signs.
fn of_iam(caller: &Caller, account: &str, key: &str) -> Value {
    let id = caller.user_id();
    json!({"iam": {
        "accessKey": key,
        "accountId": account,
        "callerId": id,
        "cognitoIdentity": null,
        "principalOrgId": null,
        "userArn": caller.arn(),
        "userId": id,
    }})
}
