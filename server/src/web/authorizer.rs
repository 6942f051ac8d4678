//! Authorizers: functions that are asked who may ask.

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use neighbours::apigatewayv2::{Authorizer, PayloadFormat};
use serde_json::{Map, Value, json};

use super::api::Way;
use super::{event, event_one, refusal};
use crate::iam::{Question, Values, Verdict, judge};

/// How long an authorizer is waited for.
const LONGEST: Duration = Duration::from_secs(10);

/// What an authorizer has told of who asks.
pub(super) struct Told {
    pub(super) context: Value,
    principal: Option<Value>,
}

impl Told {
    /// As events of format 1.0 have it.
    pub(super) fn flat(self) -> Value {
        let mut flat = match self.context {
            Value::Object(context) => context,
            _ => Map::new(),
        };
        if let Some(principal) = self.principal {
            flat.insert("principalId".to_owned(), principal);
        }
        Value::Object(flat)
    }
}

/// Asks whether a request is let in; what functions are told of who asks.
///
/// # Errors
/// With the answer to who is not.
pub(super) async fn ask(
    way: &Way<'_>,
    id: &str,
    authorizer: &Authorizer,
) -> Result<Told, Box<Response<Bytes>>> {
    let request = way.asked.id;
    let mut identity = Vec::new();
    for source in &authorizer.identity {
        // Who does not say who it is, is nobody whom a function need be asked about.
        let value = value(way, source).filter(|value| !value.is_empty());
        identity.push(value.ok_or_else(|| Box::new(refusal::unauthorized(request)))?);
    }
    let apis = way.endpoint.neighbours.apigatewayv2();
    let who = (way.served.id.clone(), way.chosen.stage.to_owned(), id.to_owned(), identity.clone());
    let kept = (authorizer.ttl > 0).then(|| apis.answered(&who)).flatten();
    let answer = match kept {
        Some(answer) => answer,
        None => {
            let answer = answered(way, id, authorizer, &identity).await;
            let answer = answer.ok_or_else(|| Box::new(refusal::broken(request)))?;
            if authorizer.ttl > 0 {
                apis.keep_answer(who, answer.clone(), authorizer.ttl);
            }
            answer
        }
    };
    let is_let_in = match authorizer.is_simple {
        true => answer["isAuthorized"].as_bool(),
        false => allows(way, &answer["policyDocument"]),
    };
    match is_let_in {
        Some(true) => Ok(Told {
            context: match &answer["context"] {
                Value::Null => json!({}),
                context => context.clone(),
            },
            principal: answer.get("principalId").cloned(),
        }),
        Some(false) => Err(Box::new(refusal::no_access(request))),
        None => Err(Box::new(refusal::broken(request))),
    }
}

/// Whether a policy lets the request in; none where it is no policy.
fn allows(way: &Way<'_>, policy: &Value) -> Option<bool> {
    if !policy.is_object() {
        return None;
    }
    let (values, resource) = (Values::default(), way.route_arn());
    let question = Question { action: "execute-api:Invoke", resource: &resource, values: &values };
    Some(judge([&*policy.to_string()], &question) == Verdict::Allowed)
}

/// What the function says; none where it fails.
async fn answered(
    way: &Way<'_>,
    id: &str,
    authorizer: &Authorizer,
    identity: &[String],
) -> Option<Value> {
    let function = authorizer.function(way.chosen.variables)?;
    let request = wire::Request { body: b"", ..way.asked.request };
    let mut event = Map::new();
    let joined = identity.join(",");
    let arn = way.route_arn();
    let whole = match authorizer.format {
        PayloadFormat::Two => {
            event.extend([
                ("version".to_owned(), json!("2.0")),
                ("type".to_owned(), json!("REQUEST")),
                ("routeArn".to_owned(), json!(arn)),
                ("identitySource".to_owned(), json!(identity)),
            ]);
            event::of(&request, way.about(None))
        }
        PayloadFormat::One => {
            event.extend([
                ("version".to_owned(), json!("1.0")),
                ("type".to_owned(), json!("REQUEST")),
                ("methodArn".to_owned(), json!(arn)),
                ("identitySource".to_owned(), json!(joined)),
                ("authorizationToken".to_owned(), json!(joined)),
            ]);
            event_one::of(&request, way.about(None), way.chosen.resource())
        }
    };
    let whole: Map<String, Value> = serde_json::from_slice(&whole).ok()?;
    let of_body = ["version", "body", "isBase64Encoded"];
    event.extend(whole.into_iter().filter(|(name, _)| !of_body.contains(&name.as_str())));
    let event = serde_json::to_vec(&event).ok()?;
    let called = way.call(&function, &way.authorizer_arn(id), event, LONGEST).await;
    let (_, payload) = called.ok()?;
    serde_json::from_slice(&payload).ok().filter(Value::is_object)
}

/// What a request has of a source such as `$request.header.Authorization`.
fn value(way: &Way<'_>, source: &str) -> Option<String> {
    let request = &way.asked.request;
    if let Some(name) = source.strip_prefix("$request.header.") {
        let values = request.headers.get_all(name).into_iter();
        let values: Vec<_> =
            values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        return (!values.is_empty()).then(|| values.join(","));
    }
    if let Some(name) = source.strip_prefix("$request.querystring.") {
        let values = request.query_pairs().filter(|(key, _)| key == name);
        let values: Vec<_> = values.map(|(_, value)| value).collect();
        return (!values.is_empty()).then(|| values.join(","));
    }
    if let Some(name) = source.strip_prefix("$stageVariables.") {
        return way.chosen.variables.get(name).cloned();
    }
    match source {
        "$context.http.method" => Some(request.method.to_owned()),
        "$context.http.path" => Some(request.path.to_owned()),
        "$context.http.sourceIp" => Some(way.asked.peer.to_canonical().to_string()),
        "$context.routeKey" => Some(way.chosen.key.to_owned()),
        "$context.stage" => Some(way.chosen.stage.to_owned()),
        _ => None,
    }
}
