//! The event that a function is given of a request: payload format 1.0, that of REST APIs.

use std::borrow::Cow;

use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::event::{About, added, body, is_of_connection};

/// The event of a request, in JSON; `resource` is the path of its route.
pub(super) fn of(request: &wire::Request<'_>, about: About<'_>, resource: &str) -> Vec<u8> {
    let source_ip = about.peer.to_canonical().to_string();
    let (headers, many) = headers(request.headers, &source_ip, about.trace);
    let (parameters, all_parameters) = parameters(request);
    let (body, is_encoded) = body(request);
    let agent = request.header("user-agent");
    let event = json!({
        "version": "1.0",
        "resource": resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": headers,
        "multiValueHeaders": many,
        "queryStringParameters": parameters,
        "multiValueQueryStringParameters": all_parameters,
        "requestContext": {
            "accountId": about.account,
            "apiId": about.api_id,
            "authorizer": about.authorizer,
            "domainName": about.domain_name,
            "domainPrefix": about.domain_name.split('.').next(),
            "extendedRequestId": about.id,
            "httpMethod": request.method,
            "identity": {
                "accessKey": null,
                "accountId": null,
                "caller": null,
                "cognitoAmr": null,
                "cognitoAuthenticationProvider": null,
                "cognitoAuthenticationType": null,
                "cognitoIdentityId": null,
                "cognitoIdentityPoolId": null,
                "principalOrgId": null,
                "sourceIp": source_ip,
                "user": null,
                "userAgent": agent,
                "userArn": null,
            },
            "path": request.path,
            "protocol": "HTTP/1.1",
            "requestId": about.id,
            "requestTime": wire::time::common_log(about.at),
            "requestTimeEpoch": about.at,
            "resourceId": about.route_key,
            "resourcePath": resource,
            "stage": about.stage,
        },
        "pathParameters": about.path_parameters,
        "stageVariables": about.stage_variables,
        "body": body,
        "isBase64Encoded": is_encoded,
    });
    serde_json::to_vec(&event).expect("an event is plain data")
}

/// The headers, each with its last value and with all, by names such as `User-Agent`.
fn headers(
    given: &HeaderMap,
    source_ip: &str,
    trace: &str,
) -> (Map<String, Value>, Map<String, Value>) {
    let (mut last, mut all) = (Map::new(), Map::new());
    for name in given.keys().filter(|name| !is_of_connection(name)) {
        let values = given.get_all(name).into_iter();
        let values: Vec<Value> =
            values.map(|value| String::from_utf8_lossy(value.as_bytes()).into()).collect();
        last.insert(capitalised(name.as_str()), values.last().cloned().unwrap_or_default());
        all.insert(capitalised(name.as_str()), values.into());
    }
    for (name, value) in added(given, source_ip, trace) {
        all.insert(capitalised(name), json!([value]));
        last.insert(capitalised(name), value.into());
    }
    (last, all)
}

fn capitalised(name: &str) -> String {
    let parts = name.split('-').map(|part| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    parts.collect::<Vec<_>>().join("-")
}

/// The parameters of the query, each with its last value and with all; null where there are none.
fn parameters(request: &wire::Request<'_>) -> (Value, Value) {
    let (mut last, mut all) = (Map::new(), Map::new());
    for (name, value) in request.query_pairs() {
        let value = Value::from(Cow::into_owned(value));
        last.insert(name.clone().into_owned(), value.clone());
        let values = all.entry(name.into_owned()).or_insert_with(|| json!([]));
        values.as_array_mut().expect("it was put in so").push(value);
    }
    match last.is_empty() {
        true => (Value::Null, Value::Null),
        false => (last.into(), all.into()),
    }
}
