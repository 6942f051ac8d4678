//! `/_warren/`: what Warren shows and does beside AWS's APIs.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode};

use crate::code::unhex;
use crate::http::Endpoint;

/// What the paths begin with.
pub const PREFIX: &str = "/_warren/";

/// Answers a request; `path` is what follows the prefix.
pub(crate) async fn answer(
    endpoint: &Endpoint,
    request: &wire::Request<'_>,
    path: &str,
) -> Response<Bytes> {
    match (request.method, path.split_once('/').unwrap_or((path, ""))) {
        ("GET", ("code", name)) => package(endpoint, name).await,
        _ => refuse(StatusCode::NOT_FOUND, "no such thing here"),
    }
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
