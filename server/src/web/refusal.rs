//! Answers to requests that reach no function, or whose function has not answered.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use crate::body::Unread;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

fn respond(id: &str, status: u16, body: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status of HTTP");
    response.headers_mut().insert("content-type", JSON);
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
    response
}

fn denied(id: &str, message: Value) -> Response<Bytes> {
    let mut response = respond(id, 403, json!({"Message": message}).to_string());
    let kind = HeaderValue::from_static("AccessDeniedException");
    response.headers_mut().insert("x-amzn-errortype", kind);
    response
}

/// A URL that none has ever been.
pub(super) fn no_url(id: &str) -> Response<Bytes> {
    denied(id, Value::Null)
}

/// A URL that does not let the request in, or is there no more.
pub(super) fn forbidden(id: &str) -> Response<Bytes> {
    let message = "Forbidden. For troubleshooting Function URL authorization issues, see: \
                   https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";
    denied(id, message.into())
}

/// A function that failed, or answered what is no answer.
pub(super) fn bad_gateway(id: &str) -> Response<Bytes> {
    respond(id, 502, "Internal Server Error".to_owned())
}

/// An API that is not there.
pub(super) fn not_found(id: &str) -> Response<Bytes> {
    respond(id, 404, json!({"message": "Not Found"}).to_string())
}

/// A request that is larger than functions take.
pub(super) fn too_large(id: &str) -> Response<Bytes> {
    respond(id, 413, json!({"message": "Request Entity Too Large"}).to_string())
}

/// A request that does not say who asks.
pub(super) fn unauthorized(id: &str) -> Response<Bytes> {
    respond(id, 401, json!({"message": "Unauthorized"}).to_string())
}

/// A request that an authorizer does not let in.
pub(super) fn no_access(id: &str) -> Response<Bytes> {
    respond(id, 403, json!({"message": "Forbidden"}).to_string())
}

/// A request whose function is busy, or takes too long.
pub(super) fn unavailable(id: &str) -> Response<Bytes> {
    respond(id, 503, json!({"message": "Service Unavailable"}).to_string())
}

/// A request in whose answer something broke.
pub(crate) fn broken(id: &str) -> Response<Bytes> {
    respond(id, 500, json!({"message": "Internal Server Error"}).to_string())
}

/// A request whose body was not read, after which its connection ends.
pub(crate) fn unread(id: &str, why: Unread) -> Response<Bytes> {
    let mut response = match why {
        Unread::TooLarge(_) => too_large(id),
        Unread::Malformed => respond(id, 400, json!({"message": "Bad Request"}).to_string()),
        Unread::TooSlow => respond(id, 408, json!({"message": "Request Timeout"}).to_string()),
        Unread::NoRoom => respond(id, 503, json!({"message": "Service Unavailable"}).to_string()),
    };
    response.headers_mut().insert("connection", HeaderValue::from_static("close"));
    response
}
