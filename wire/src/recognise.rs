//! Which operation a request asks for.

use std::borrow::Cow;

use crate::cbor;
use crate::elsewhere;
use crate::error::ApiError;
use crate::model::{Kind, Location, Operation, Protocol, SERVICES, Service, Shape};
use crate::request::{Request, decoded, pairs};
use crate::sigv2;

/// The supported operation that the request asks for, or the error to answer, naming what was asked.
pub fn recognise(request: &Request<'_>) -> Result<&'static Operation, ApiError> {
    let scope = scope_service(request);
    if cbor::speaks(request) {
        let Some((service, name)) = cbor::target(request) else {
            return Err(elsewhere::path(scope.as_deref(), request));
        };
        return by_target(&format!("{service}.{name}"), scope.as_deref());
    }
    if let Some(target) = request.header("x-amz-target") {
        return by_target(target, scope.as_deref());
    }
    let known = scope.as_deref().and_then(|name| SERVICES.into_iter().find(|s| s.signing == name));
    match known {
        Some(service) if service.protocol == Protocol::RestJson => by_route(service, request),
        Some(service) if service.name == "s3" => by_thing(service, request),
        Some(service) if service.protocol == Protocol::RestXml => by_route(service, request),
        Some(service) if service.protocol == Protocol::Json => {
            if let (Some(also), Some(action)) = (service.also, action(request)) {
                return by_action(also, &action);
            }
            let message = "The request has no X-Amz-Target header.";
            Err(ApiError::new(service, "MissingAction", message))
        }
        Some(service) => match action(request) {
            Some(action) => by_action(service, &action),
            None => Err(missing_action(service)),
        },
        None => unscoped(request, scope.as_deref()),
    }
}

/// A request of an unknown service, or one that is not signed: told by path, then by action.
fn unscoped(request: &Request<'_>, scope: Option<&str>) -> Result<&'static Operation, ApiError> {
    let lambda = &crate::model::lambda::SERVICE;
    if scope.is_none() && is_dated(request.path) {
        return by_route(lambda, request);
    }
    let Some(action) = action(request) else {
        return Err(elsewhere::path(scope, request));
    };
    if scope.is_none() {
        let version = form_value(request, "Version");
        let forms = || SERVICES.into_iter().map(|s| s.also.unwrap_or(s)).filter(|s| is_form(s));
        let mut of_version = forms();
        if let Some(service) = of_version.find(|s| Some(s.version) == version.as_deref()) {
            return by_action(service, &action);
        }
        if let Some(service) = forms().find(|s| s.operation(&action).is_some()) {
            return by_action(service, &action);
        }
    }
    Err(elsewhere::action(scope, &action))
}

fn missing_action(service: &'static Service) -> ApiError {
    let message = match service.protocol {
        Protocol::Ec2 => "The request must contain the parameter Action",
        _ => "The request is missing an action or a required parameter.",
    };
    ApiError::new(service, "MissingAction", message)
}

fn is_form(service: &Service) -> bool {
    matches!(service.protocol, Protocol::Ec2 | Protocol::Query)
}

/// Whether a path starts with `/yyyy-mm-dd/`, as Lambda's do.
fn is_dated(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() > 11
        && bytes[0] == b'/'
        && bytes[5] == b'-'
        && bytes[8] == b'-'
        && bytes[11] == b'/'
        && bytes[1..5].iter().all(u8::is_ascii_digit)
}

fn by_target(target: &str, scope: Option<&str>) -> Result<&'static Operation, ApiError> {
    let (prefix, name) = target.split_once('.').unwrap_or(("", target));
    match SERVICES.into_iter().find(|s| !s.target.is_empty() && s.target == prefix) {
        Some(service) => {
            service.operation(name).ok_or_else(|| ApiError::unsupported_named(service, name))
        }
        None => Err(elsewhere::target(scope, target)),
    }
}

fn by_action(service: &'static Service, action: &str) -> Result<&'static Operation, ApiError> {
    service.operation(action).ok_or_else(|| ApiError::unsupported_named(service, action))
}

fn by_route(
    service: &'static Service,
    request: &Request<'_>,
) -> Result<&'static Operation, ApiError> {
    let matching =
        |method: &str, uri: &str| method == request.method && route_matches(uri, request);
    // What asks for a pair of the query comes before what does not.
    let supported = service.operations.iter().filter(|o| matching(o.method, o.uri));
    if let Some(operation) = supported.max_by_key(|o| o.uri.contains('?')) {
        return Ok(operation);
    }
    let known = service.unsupported.iter().filter(|r| matching(r.method, r.uri));
    let name = match known.max_by_key(|r| r.uri.contains('?')) {
        Some(route) => route.name.to_owned(),
        // Another service, of REST APIs, signs by the same name.
        None if service.signing == "apigateway" && !request.path.starts_with("/v2/") => {
            return Err(elsewhere::path(Some(service.signing), request));
        }
        None => format!("{} {}", request.method, request.path),
    };
    Err(ApiError::unsupported_named(service, &name))
}

/// Whether the path has the template's segments and the query its constant pair.
fn route_matches(uri: &str, request: &Request<'_>) -> bool {
    let (template, constant) = uri.split_once('?').unwrap_or((uri, ""));
    let pair = constant.split_once('=');
    bind(template, request.path).is_some()
        && pair.is_none_or(|(k, v)| request.query_value(k).is_some_and(|sent| sent == v))
}

/// The decoded labels of a path that fits a template; none if it does not fit.
///
/// A trailing slash is tolerated: older clients send one.
pub(crate) fn bind<'t, 'p>(
    template: &'t str,
    path: &'p str,
) -> Option<Vec<(&'t str, Cow<'p, str>)>> {
    let mut labels = Vec::new();
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut segments = path.split('/');
    for expected in template.strip_suffix('/').unwrap_or(template).split('/') {
        let segment = segments.next()?;
        match expected.strip_prefix('{').and_then(|e| e.strip_suffix('}')) {
            Some(label) if !segment.is_empty() => labels.push((label, decoded(segment))),
            Some(_) => return None,
            None if expected == segment => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(labels)
}

/// The operation of S3 that is asked for: by the method, whether the path is of a bucket or of an
/// object, the constants of the query, and what else an operation cannot be without. Of those that fit,
/// the one that asks for most.
fn by_thing(
    service: &'static Service,
    request: &Request<'_>,
) -> Result<&'static Operation, ApiError> {
    let sent: Vec<_> = request.query_pairs().collect();
    let depth = |path: &str| match thing(path) {
        (None, _) => 0,
        (Some(_), None) => 1,
        (Some(_), Some(_)) => 2,
    };
    let asked = depth(request.path);
    let constants = |method: &str, uri: &str| {
        let (template, query) = uri.split_once('?').unwrap_or((uri, ""));
        if method != request.method || depth(template) != asked {
            return None;
        }
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            sent.iter().any(|(k, v)| k == name && (value.is_empty() || v == value))
        });
        pairs.map(|is_sent| is_sent.then_some(1)).sum::<Option<usize>>()
    };
    let supported = service.operations.iter().filter_map(|operation| {
        let required = required_outside(operation, request, &sent)?;
        Some((constants(operation.method, operation.uri)? + required, operation))
    });
    let supported = supported.max_by_key(|(asks, _)| *asks);
    let unsupported = service
        .unsupported
        .iter()
        .filter_map(|route| Some((constants(route.method, route.uri)?, route.name)));
    let unsupported = unsupported.max_by_key(|(asks, _)| *asks);
    match (supported, unsupported) {
        (Some((asks, operation)), other) if other.is_none_or(|(others, _)| asks >= others) => {
            Ok(operation)
        }
        (_, Some((_, name))) => Err(ApiError::unsupported_named(service, name)),
        _ => {
            let name = format!("{} {}", request.method, request.path);
            Err(ApiError::unsupported_named(service, &name))
        }
    }
}

/// How many parameters and headers an operation cannot be without, where all of them are there.
fn required_outside(
    operation: &Operation,
    request: &Request<'_>,
    sent: &[(Cow<'_, str>, Cow<'_, str>)],
) -> Option<usize> {
    let Some(Shape { kind: Kind::Structure { members, .. }, .. }) = operation.input else {
        return Some(0);
    };
    let required = members.iter().filter(|member| member.required);
    let there = required.filter_map(|member| match member.location {
        Location::Query => Some(sent.iter().any(|(name, _)| name == member.wire)),
        Location::Header => Some(request.headers.contains_key(member.wire)),
        _ => None,
    });
    there.map(|is_there| is_there.then_some(1)).sum()
}

/// The bucket and the key of a path, as they are sent.
pub(crate) fn thing(path: &str) -> (Option<&str>, Option<&str>) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (bucket, key) = match path.split_once('/') {
        Some((bucket, key)) => (bucket, Some(key)),
        None => (path, None),
    };
    let named = |text: &&str| !text.is_empty();
    (Some(bucket).filter(named), key.filter(named))
}

/// The signing name of the service that a request is signed for, in its header or its query.
pub fn signed_for<'a>(request: &Request<'a>) -> Option<Cow<'a, str>> {
    scope_service(request)
}

/// Whether a request is signed for S3.
pub fn is_for_s3(request: &Request<'_>) -> bool {
    scope_service(request).is_some_and(|scope| scope == "s3")
}

fn action<'a>(request: &Request<'a>) -> Option<Cow<'a, str>> {
    form_value(request, "Action")
}

/// A parameter of the form body, or of the query string.
fn form_value<'a>(request: &Request<'a>, name: &str) -> Option<Cow<'a, str>> {
    let in_body = std::str::from_utf8(request.body)
        .ok()
        .filter(|_| request.method == "POST")
        .and_then(|body| pairs(body).find(|(k, _)| k == name));
    in_body.map(|(_, v)| v).or_else(|| request.query_value(name))
}

/// The service of the credential scope, in the header or in a presigned query.
fn scope_service<'a>(request: &Request<'a>) -> Option<Cow<'a, str>> {
    if let Some(authorization) = request.header("authorization") {
        let credential = authorization.split_once("Credential=")?.1;
        let credential = credential.split([',', ' ']).next()?;
        return credential.split('/').nth_back(1).map(Cow::Borrowed);
    }
    let Some(credential) = request.query_value("X-Amz-Credential") else {
        return sigv2::Presented::read(request).map(|_| Cow::Borrowed("s3"));
    };
    credential.split('/').nth_back(1).map(|s| Cow::Owned(s.to_owned()))
}
