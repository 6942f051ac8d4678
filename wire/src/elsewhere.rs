//! What is asked of services that have no tables here: named as AWS names it, and refused as the
//! service would spell it.

use crate::error::ApiError;
use crate::model::{Protocol, Service};
use crate::request::Request;

/// Answers for services without tables, in the spellings that clients understand.
static QUERY: Service = other("other", Protocol::Query);
static JSON: Service = other("other", Protocol::Json);

const fn other(name: &'static str, protocol: Protocol) -> Service {
    Service {
        name,
        signing: name,
        version: "",
        protocol,
        namespace: "",
        target: "",
        json: "1.1",
        error_prefix: "",
        operations: &[],
        errors: &[],
        unsupported: &[],
        also: None,
    }
}

/// Refuses an operation that is named by `Action`; `service` is the credential scope's.
pub(crate) fn action(service: Option<&str>, action: &str) -> ApiError {
    ApiError::new(&QUERY, "InvalidAction", unsupported(service, action))
}

/// Refuses an operation that is named by `X-Amz-Target`, such as `AmazonSSM.GetParameter`.
pub(crate) fn target(service: Option<&str>, target: &str) -> ApiError {
    let name = target.rsplit('.').next().unwrap_or(target);
    ApiError::new(&JSON, "UnknownOperationException", unsupported(service, name))
}

/// Refuses what only its method and path tell.
pub(crate) fn path(service: Option<&str>, request: &Request<'_>) -> ApiError {
    match service {
        // The same form as of the query protocol.
        Some("route53" | "cloudfront" | "s3express") => {
            ApiError::new(&QUERY, "InvalidAction", unnamed(service, request))
        }
        _ => {
            // CBOR services, whose paths are /service/…/operation/….
            let name = request.path.split_once("/operation/").map(|(_, name)| name);
            let message = match name {
                Some(name) => unsupported(service, name),
                None => unnamed(service, request),
            };
            ApiError::new(&JSON, "UnknownOperationException", message)
        }
    }
}

fn unsupported(service: Option<&str>, name: &str) -> String {
    match service {
        Some(service) => format!("Warren does not support the operation {service}:{name}."),
        None => format!("Warren does not support the operation {name}."),
    }
}

fn unnamed(service: Option<&str>, request: &Request<'_>) -> String {
    let Request { method, path, .. } = request;
    match service {
        Some(service) => {
            format!("Warren does not support the service {service} ({method} {path}).")
        }
        None => format!("Warren supports no operation of AWS's at {method} {path}."),
    }
}
