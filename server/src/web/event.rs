//! The event that a function is given of a request: payload format 2.0.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName};
use serde::Serialize;
use serde_json::{Map, Value};

/// What an event says of a request beside the request itself.
pub(super) struct About<'a> {
    /// The id that the request was given.
    pub(super) id: &'a str,
    pub(super) peer: IpAddr,
    /// When it came, in milliseconds of the Unix epoch.
    pub(super) at: i64,
    /// The trace that it belongs to.
    pub(super) trace: &'a str,
    pub(super) account: &'a str,
    /// The id of the URL or of the API.
    pub(super) api_id: &'a str,
    pub(super) domain_name: &'a str,
    pub(super) route_key: &'a str,
    pub(super) stage: &'a str,
    pub(super) authorizer: Option<Value>,
    pub(super) path_parameters: Option<Map<String, Value>>,
    pub(super) stage_variables: Option<Map<String, Value>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    version: &'a str,
    route_key: &'a str,
    raw_path: &'a str,
    raw_query_string: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<String>,
    headers: Map<String, Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    query_string_parameters: Map<String, Value>,
    request_context: RequestContext<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_parameters: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    is_base64_encoded: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage_variables: Option<Map<String, Value>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    account_id: &'a str,
    api_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<Value>,
    domain_name: &'a str,
    domain_prefix: &'a str,
    http: Http<'a>,
    request_id: &'a str,
    route_key: &'a str,
    stage: &'a str,
    time: String,
    time_epoch: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Http<'a> {
    method: &'a str,
    path: &'a str,
    protocol: &'a str,
    source_ip: String,
    user_agent: &'a str,
}

/// Headers that are between a client and its connection, and none of the function's business.
const OF_CONNECTION: [&str; 9] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The event of a request, in JSON.
pub(super) fn of(request: &wire::Request<'_>, about: About<'_>) -> Vec<u8> {
    let (body, is_base64_encoded) = body(request);
    let source_ip = about.peer.to_canonical().to_string();
    let event = Event {
        version: "2.0",
        route_key: about.route_key,
        raw_path: request.path,
        raw_query_string: request.query,
        cookies: cookies(request.headers),
        headers: headers(request.headers, &source_ip, about.trace),
        query_string_parameters: parameters(request),
        path_parameters: about.path_parameters,
        body,
        is_base64_encoded,
        stage_variables: about.stage_variables,
        request_context: RequestContext {
            account_id: about.account,
            api_id: about.api_id,
            authorizer: about.authorizer,
            domain_name: about.domain_name,
            domain_prefix: about.domain_name.split('.').next().unwrap_or_default(),
            http: Http {
                method: request.method,
                path: request.path,
                protocol: "HTTP/1.1",
                source_ip,
                user_agent: request.header("user-agent").unwrap_or_default(),
            },
            request_id: about.id,
            route_key: about.route_key,
            stage: about.stage,
            time: wire::time::common_log(about.at),
            time_epoch: about.at,
        },
    };
    serde_json::to_vec(&event).expect("an event is plain data")
}

/// The body as functions are given it, and whether that is base64.
pub(super) fn body(request: &wire::Request<'_>) -> (Option<String>, bool) {
    match request.body {
        [] => (None, false),
        bytes => match text(request.headers, bytes) {
            Some(text) => (Some(text.to_owned()), false),
            None => (Some(STANDARD.encode(bytes)), true),
        },
    }
}

/// Whether a header is none of the function's business.
pub(super) fn is_of_connection(name: &HeaderName) -> bool {
    OF_CONNECTION.contains(&name.as_str())
}

/// The headers that AWS adds.
pub(super) fn added(
    given: &HeaderMap,
    source_ip: &str,
    trace: &str,
) -> [(&'static str, String); 4] {
    let text = |name: &str| given.get(name).and_then(|value| value.to_str().ok());
    let forwarded = match text("x-forwarded-for") {
        Some(before) => format!("{before}, {source_ip}"),
        None => source_ip.to_owned(),
    };
    let host = text("host").unwrap_or_default();
    [
        ("x-amzn-trace-id", trace.to_owned()),
        ("x-forwarded-for", forwarded),
        ("x-forwarded-port", host.rsplit_once(':').map_or("80", |(_, port)| port).to_owned()),
        // TLS is for whoever stands before this server.
        ("x-forwarded-proto", "http".to_owned()),
    ]
}

/// A body that is given to functions as it is: text by its type, and by its bytes.
fn text<'a>(headers: &HeaderMap, body: &'a [u8]) -> Option<&'a str> {
    let kind = headers.get("content-type")?.to_str().ok()?;
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_text = kind.starts_with("text/")
        || matches!(&*kind, "application/json" | "application/javascript" | "application/xml")
        || kind.ends_with("+json")
        || kind.ends_with("+xml");
    std::str::from_utf8(body).ok().filter(|_| is_text && !headers.contains_key("content-encoding"))
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all("cookie").into_iter();
    let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
    let mut cookies = Vec::new();
    for line in lines {
        let parts = line.split(';').map(str::trim).filter(|cookie| !cookie.is_empty());
        cookies.extend(parts.map(str::to_owned));
    }
    cookies
}

/// The headers as functions are given them: in lower case, the values of a name joined, with those
/// that AWS adds.
fn headers(given: &HeaderMap, source_ip: &str, trace: &str) -> Map<String, Value> {
    let joined = |name: &HeaderName| {
        let values = given.get_all(name).into_iter();
        let values: Vec<_> =
            values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        values.join(",")
    };
    let mut headers = Map::new();
    for name in given.keys() {
        if name != "cookie" && !is_of_connection(name) {
            headers.insert(name.as_str().to_owned(), joined(name).into());
        }
    }
    let added = added(given, source_ip, trace);
    headers.extend(added.into_iter().map(|(name, value)| (name.to_owned(), value.into())));
    headers
}

/// The decoded parameters of the query, those of a name joined.
fn parameters(request: &wire::Request<'_>) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, value) in request.query_pairs() {
        match parameters.get_mut(&*name) {
            Some(Value::String(before)) => {
                before.push(',');
                before.push_str(&value);
            }
            _ => drop(parameters.insert(name.into_owned(), value.into_owned().into())),
        }
    }
    parameters
}
