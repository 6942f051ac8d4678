//! Whether the server works as it should, for who looks from outside.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::endpoint::Endpoint;
use crate::internal::respond;

/// What a server says of itself.
#[derive(Debug, Serialize)]
struct Health {
    /// `ok`, `degraded`, or `stopping`.
    status: &'static str,
    version: &'static str,
    /// What does not work, in order.
    degraded: Vec<Degraded>,
}

/// One thing that does not work.
#[derive(Debug, Serialize)]
struct Degraded {
    /// `store`, `logs`, `node`, or a VPC's id.
    what: String,
    /// For people.
    why: String,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The health of the server. A server that is degraded serves: 503 is answered when it stops.
pub(crate) fn health(endpoint: &Endpoint) -> Response<Bytes> {
    let driver = &endpoint.driver;
    let mut degraded = Vec::new();
    let mut tell = |what: &str, why: String| degraded.push(Degraded { what: what.into(), why });
    if let Err(why) = driver.store().check() {
        tell("store", why.to_string());
    }
    if let Err(why) = endpoint.logs.check() {
        tell("logs", why.to_string());
    }
    if !driver.has_node() {
        tell("node", "functions and resources cannot be started yet".to_owned());
    }
    for (vpc, why) in driver.metrics().failed_plans() {
        tell(&vpc.to_string(), format!("its rules are not in force: {why}"));
    }
    let (code, status) = match (driver.is_draining(), degraded.is_empty()) {
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        (false, true) => (StatusCode::OK, "ok"),
        (false, false) => (StatusCode::OK, "degraded"),
    };
    let body = serde_json::to_vec(&Health { status, version: VERSION, degraded });
    respond(code, "application/json", Bytes::from(body.expect("it is plain data")))
}

/// What tools that wait for LocalStack read: each service that is served, by its name.
pub(crate) fn localstack() -> Response<Bytes> {
    let names = wire::SERVICES.iter().map(|service| service.name.to_owned());
    let services: Map<String, Value> = names.map(|name| (name, Value::from("running"))).collect();
    let body = serde_json::json!({"services": services, "edition": "warren", "version": VERSION});
    respond(StatusCode::OK, "application/json", Bytes::from(body.to_string()))
}
