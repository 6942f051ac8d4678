//! What reaches functions by plain HTTP: requests to hosts that name a function's URL or an API.

pub(crate) mod cors;
mod event;
pub(crate) mod place;
mod refusal;
mod response;
mod url;

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use http::request::Parts;

use crate::endpoint::Endpoint;
use place::{Kind, Place};

pub(crate) use refusal::{broken, unread};

/// Bytes of a request's body.
pub(crate) const BODY: usize = crate::api::INVOKE_LIMIT;

/// A request to such a host, whose body is read.
pub(crate) struct Asked<'a> {
    /// The id that it was given.
    pub(crate) id: &'a str,
    pub(crate) peer: IpAddr,
    pub(crate) place: &'a Place,
    pub(crate) request: wire::Request<'a>,
    /// Whether its signature is to be that of its key.
    pub(crate) verifies: bool,
}

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
        Kind::Api => Err(Box::new(refusal::not_found(id))),
    }
}

/// Answers a request.
pub(crate) async fn answer(endpoint: &Arc<Endpoint>, asked: Asked<'_>) -> Response<Bytes> {
    match asked.place.kind {
        Kind::FunctionUrl => url::answer(endpoint, asked).await,
        Kind::Api => refusal::not_found(asked.id),
    }
}
