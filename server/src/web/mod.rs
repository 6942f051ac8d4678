//! What reaches functions by plain HTTP: requests to hosts that name a function's URL or an API.

mod api;
mod asked;
mod authorizer;
pub(crate) mod cors;
mod event;
mod event_one;
pub(crate) mod place;
mod refusal;
mod response;
mod url;

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use http::request::Parts;

use crate::endpoint::Endpoint;
use place::{Kind, Place};

pub(crate) use asked::{Asked, BODY};
pub(crate) use refusal::{broken, unread};

/// Refuses what reaches nothing, or is nobody's who may ask, before its body is read.
///
/// # Errors
/// With the answer.
pub(crate) fn check_head(
    endpoint: &Endpoint,
    place: &Place,
    parts: &Parts,
    id: &str,
) -> Result<(), Box<Response<Bytes>>> {
    match place.kind {
        Kind::FunctionUrl => url::check_head(endpoint, place, parts, id),
        // Who may ask is for a route to say, and its answer may be that of a function.
        Kind::Api => Ok(()),
    }
}

/// Answers a request.
pub(crate) async fn answer(endpoint: &Arc<Endpoint>, asked: Asked<'_>) -> Response<Bytes> {
    match asked.place.kind {
        Kind::FunctionUrl => url::answer(endpoint, asked).await,
        Kind::Api => api::answer(endpoint, asked).await,
    }
}
