//! `/_warren/`: what Warren shows and does beside AWS's APIs.

mod analysis;
pub mod check;
pub(crate) mod health;
pub mod look;
mod metrics;
pub mod process;
mod reach;
pub mod record;
pub mod resource;
mod thing;
mod word;

use bytes::Bytes;
use engine::scope::Scope;
use http::{HeaderValue, Response, StatusCode};
use serde::Serialize;

use crate::code::unhex;
use crate::endpoint::Endpoint;
pub use crate::gate::PREFIX;

/// What tools that wait for LocalStack ask for.
pub(crate) const LOCALSTACK_HEALTH: &str = "/_localstack/health";

/// Answers a request; `path` is what follows the prefix.
pub(crate) async fn answer(
    endpoint: &Endpoint,
    request: &wire::Request<'_>,
    path: &str,
) -> Response<Bytes> {
    let driver = &endpoint.driver;
    let Some(scope) = scope(request) else {
        return refuse(StatusCode::BAD_REQUEST, "account is not one\nhint: 12 digits");
    };
    match (request.method, path.split_once('/').unwrap_or((path, ""))) {
        ("GET", ("code", name)) => package(endpoint, name).await,
        ("GET" | "HEAD", ("health", "")) => health::health(endpoint),
        ("GET" | "HEAD", ("metrics", "")) => {
            let text = metrics::text(driver);
            respond(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", Bytes::from(text))
        }
        ("GET", ("ps", "")) => show(&look::overview(endpoint).await),
        ("GET", ("explain", word)) => {
            match look::explain(endpoint, &scope, (word, host(request))).await {
                Some(explanation) => show(&explanation),
                None => refuse(
                    StatusCode::NOT_FOUND,
                    &format!("{word} is not known, or no longer\nhint: warren ps"),
                ),
            }
        }
        ("GET", ("reach", question)) => match reach::told(endpoint, &scope, question).await {
            Ok(told) => show(&told),
            Err(error) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        ("GET", ("check", name)) => match check::checked(endpoint, &scope, name).await {
            Ok(checked) => show(&checked),
            Err(error) => refuse(StatusCode::NOT_FOUND, &error.to_string()),
        },
        ("GET", ("invocations", from)) => match from.parse() {
            Ok(from) => show(&record::part(driver, &scope, from)),
            Err(_) => refuse(StatusCode::BAD_REQUEST, "a number is to follow invocations/"),
        },
        ("GET", ("resources", "")) => show(&resource::list(driver, scope).await),
        ("POST", ("resources", "")) => match serde_json::from_slice(request.body) {
            Ok(new) => match resource::create(driver, scope, new).await {
                Ok(made) => show(&made),
                Err(error) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
            },
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("body is not one: {error}")),
        },
        ("PUT", ("resources", name)) => match serde_json::from_slice(request.body) {
            Ok(new) => match resource::set_command(driver, scope, name, new).await {
                Ok(()) => show(&serde_json::json!({})),
                Err(error) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
            },
            Err(error) => refuse(StatusCode::BAD_REQUEST, &format!("body is not one: {error}")),
        },
        ("DELETE", ("resources", name)) => match resource::remove(driver, scope, name).await {
            Ok(()) => show(&serde_json::json!({})),
            Err(error) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        _ => refuse(StatusCode::NOT_FOUND, "no such thing here"),
    }
}

/// Whether what a path names is shown to whoever reaches the server: packages, whose names nobody
/// guesses who was not told them, and whether all is well.
pub(crate) fn is_open(path: &str) -> bool {
    path.starts_with("code/") || path == "health"
}

/// How whoever asks names this server.
fn host<'a>(request: &wire::Request<'a>) -> &'a str {
    request.header("host").unwrap_or("localhost")
}

/// The answer to who asks from elsewhere, where requests of this kind are not signed.
pub(crate) fn not_from_here() -> Response<Bytes> {
    refuse(StatusCode::FORBIDDEN, "requests of this kind are taken from this machine alone")
}

/// The account and region of the query, or the defaults of the AWS side; none where the account is
/// none.
fn scope(request: &wire::Request<'_>) -> Option<Scope> {
    let given = |name: &str| {
        let mut pairs = request.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let is_account = |text: &&str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    let account = match given("account") {
        Some(text) => Some(text).filter(is_account)?.parse().ok()?,
        None => 0,
    };
    Some(Scope { account, region: given("region").unwrap_or("us-east-1").into() })
}

fn show(value: &impl Serialize) -> Response<Bytes> {
    let body = serde_json::to_vec(value).expect("it is plain data");
    respond(StatusCode::OK, "application/json", Bytes::from(body))
}

/// A code package, as GetFunction's `Location` names it.
async fn package(endpoint: &Endpoint, name: &str) -> Response<Bytes> {
    let sha256 = name.strip_suffix(".zip").and_then(unhex);
    let Some(path) = sha256.map(|sha256| endpoint.code.package(&sha256)) else {
        return refuse(StatusCode::NOT_FOUND, "no such package");
    };
    match tokio::task::spawn_blocking(move || std::fs::read(path)).await {
        Ok(Ok(bytes)) => respond(StatusCode::OK, "application/zip", Bytes::from(bytes)),
        _ => refuse(StatusCode::NOT_FOUND, "no such package"),
    }
}

fn refuse(status: StatusCode, message: &str) -> Response<Bytes> {
    let body = serde_json::json!({"message": message}).to_string();
    respond(status, "application/json", Bytes::from(body))
}

fn respond(status: StatusCode, kind: &'static str, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert("content-type", HeaderValue::from_static(kind));
    response
}
