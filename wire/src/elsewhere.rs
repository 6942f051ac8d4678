//! What is asked of services that have no tables here: named as AWS names it, and refused as the
//! service would spell it.

use crate::error::ApiError;
use crate::model::{Protocol, Service};
use crate::request::Request;

/// Answers for services without tables, in the spellings that clients understand.
static QUERY: Service = other("other", Protocol::Query);
static JSON: Service = other("other", Protocol::Json);
static S3: Service = other("s3", Protocol::RestXml);

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
        Some("s3" | "s3express") => s3(request),
        // The same form as of the query protocol.
        Some("route53" | "cloudfront") => {
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

fn s3(request: &Request<'_>) -> ApiError {
    let what = match s3_name(request) {
        Some(name) => format!("Warren does not support the operation s3:{name}"),
        None => format!("Warren does not support S3's {} {}", request.method, request.path),
    };
    let message = format!(
        "{what}. Clients find an S3-compatible store by AWS_ENDPOINT_URL_S3, and warren serve --s3 \
         fetches the code of functions there."
    );
    let mut error = ApiError::new(&S3, "NotImplemented", message);
    error.status = 501;
    error
}

/// S3's name of the commonest operations: of the service, a bucket or an object.
fn s3_name(request: &Request<'_>) -> Option<&'static str> {
    let key = request.path.trim_start_matches('/').split_once('/').map(|(_, key)| key);
    let is_bucket = request.path.len() > 1;
    let is_object = key.is_some_and(|key| !key.is_empty());
    let has = |name: &str| request.query_value(name).is_some() || request.query == name;
    let is_plain = |known: &[&str]| {
        let mut names = request.query.split('&').filter_map(|pair| pair.split('=').next());
        names.all(|name| name.is_empty() || name.starts_with("x-") || known.contains(&name))
    };
    let listing = ["delimiter", "encoding-type", "marker", "max-keys", "prefix"];
    Some(match (request.method, is_bucket, is_object) {
        ("GET", false, _) => "ListBuckets",
        ("HEAD", true, false) => "HeadBucket",
        ("PUT", true, false) if is_plain(&[]) => "CreateBucket",
        ("DELETE", true, false) if is_plain(&[]) => "DeleteBucket",
        ("POST", true, false) if has("delete") => "DeleteObjects",
        ("GET", true, false) if has("list-type") => "ListObjectsV2",
        ("GET", true, false) if has("location") => "GetBucketLocation",
        ("GET", true, false) if is_plain(&listing) => "ListObjects",
        ("HEAD", true, true) => "HeadObject",
        ("GET", true, true) if is_plain(&["partNumber", "versionId"]) => "GetObject",
        ("DELETE", true, true) if is_plain(&["versionId"]) => "DeleteObject",
        ("PUT", true, true) if has("uploadId") => "UploadPart",
        ("PUT", true, true) if is_plain(&[]) => match request.header("x-amz-copy-source") {
            Some(_) => "CopyObject",
            None => "PutObject",
        },
        ("POST", true, true) if has("uploads") => "CreateMultipartUpload",
        ("POST", true, true) if has("uploadId") => "CompleteMultipartUpload",
        _ => return None,
    })
}
