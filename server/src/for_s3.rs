//! What a request that is signed for S3 has beside what every request has.

use std::sync::Arc;

use http::request::Parts;
use neighbours::Exchange;
use wire::Request;

/// A request that is signed for S3.
#[derive(Debug)]
pub(crate) struct ForS3 {
    /// The path as it would be if the host named none.
    pub(crate) path: String,
    /// Whether the body was received by itself, and is in the exchange.
    pub(crate) is_received: bool,
    pub(crate) exchange: Arc<Exchange>,
}

/// A request without its body.
pub(crate) fn head(parts: &Parts) -> Request<'_> {
    Request {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body: b"",
    }
}
