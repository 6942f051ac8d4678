//! A request to a host that names a function's URL or an API.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use engine::scope::Scope;

use super::place::Place;
use crate::api::operation::Context;
use crate::endpoint::Endpoint;
use crate::iam::Caller;
use crate::way::Way;

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

/// What Lambda's operations need of a request that a caller makes in a region.
pub(super) fn context<'a>(
    endpoint: &'a Arc<Endpoint>,
    asked: &Asked<'a>,
    caller: Caller,
    region: &str,
) -> Context<'a> {
    Context {
        driver: &endpoint.driver,
        endpoint,
        scope: Scope { account: caller.account, region: region.into() },
        caller,
        peer: asked.peer,
        way: Way::default(),
        agent: asked.request.header("user-agent"),
        host: asked.request.header("host").unwrap_or("localhost"),
        id: asked.id,
        trace: None,
        body: &[],
        exchange: None,
        once: Mutex::default(),
    }
}
