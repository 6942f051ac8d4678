//! Calls of an endpoint of the AWS API, signed, and what it answers.

use std::env;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use roxmltree::{Document, Node};
use serde_json::Value;
use tokio::runtime::Runtime;
use wire::sigv4::{Paths, Signer};

/// The word for AWS's own endpoints of a region.
const AWS: &str = "aws";
/// What every signature needs, where nobody checks it.
const ANYBODY: &str = "000000000000";

/// Where things are read, and by whom.
pub(super) struct Reader {
    runtime: Runtime,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// One for all services, or none: AWS's own.
    endpoint: Option<Uri>,
    region: String,
    key: (String, String, Option<String>),
}

/// Why an endpoint did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    #[error("endpoint {0} is not one\nhint: for instance http://127.0.0.1:4566, or {AWS}")]
    NoEndpoint(String),
    #[error(
        "{0} wants credentials\nhint: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY \
         (profiles are not read: aws configure export-credentials --format env)"
    )]
    NoCredentials(String),
    #[error("runtime cannot be started: {0}")]
    Runtime(std::io::Error),
    #[error("certificates of authorities cannot be read: {0}")]
    Certificates(std::io::Error),
    #[error("{operation} could not be asked: {error}")]
    Unasked { operation: String, error: String },
    #[error(
        "{operation} was refused: {told}\n\
         hint: the key needs lambda:List*, lambda:Get*, ec2:Describe* and ec2:GetSubnetCidrReservations"
    )]
    Forbidden { operation: String, told: String },
    #[error("{operation} was refused: {told}")]
    Refused { operation: String, told: String },
    #[error("answer to {operation} is not JSON: {error}")]
    NotJson { operation: String, error: serde_json::Error },
    #[error("answer to {operation}: {error}")]
    NotXml { operation: String, error: roxmltree::Error },
    #[error("answer to {operation}: {error}")]
    Item { operation: String, error: ItemError },
}

/// What is wrong with an item of a list.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ItemError {
    #[error("an item without {0}")]
    Missing(String),
    #[error("{id}: {block} is not a block")]
    Block { id: String, block: String },
}

/// An answer that is not a good one: what the endpoint told, or why it was not reached.
enum Unanswered {
    Unreached(String),
    Status(u16, String),
}

impl Unanswered {
    fn of(self, operation: &str) -> CallError {
        let operation = operation.to_owned();
        match self {
            Unanswered::Unreached(error) => CallError::Unasked { operation, error },
            Unanswered::Status(401 | 403, told) => CallError::Forbidden { operation, told },
            Unanswered::Status(_, told) => CallError::Refused { operation, told },
        }
    }
}

/// An environment variable that is set to something.
pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

impl Reader {
    pub(super) fn new(endpoint: &str, region: &str) -> Result<Reader, CallError> {
        let uri = match endpoint {
            AWS => None,
            given => Some(
                given
                    .parse::<Uri>()
                    .ok()
                    .filter(is_endpoint)
                    .ok_or_else(|| CallError::NoEndpoint(given.to_owned()))?,
            ),
        };
        let key = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
        let key = match key {
            (Some(id), Some(secret)) => (id, secret, variable("AWS_SESSION_TOKEN")),
            (None, None) if uri.as_ref().is_some_and(|uri| uri.scheme_str() == Some("http")) => {
                (ANYBODY.into(), ANYBODY.into(), None)
            }
            _ => {
                return Err(CallError::NoCredentials(endpoint.to_owned()));
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(CallError::Runtime)?;
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(CallError::Certificates)?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Reader { runtime, client, endpoint: uri, region: region.to_owned(), key })
    }

    /// One call; the body of a good answer, or the status with the code and message of another.
    fn call(
        &self,
        service: &str,
        method: Method,
        path: &str,
        body: String,
    ) -> Result<Bytes, Unanswered> {
        let own = format!("https://{service}.{}.amazonaws.com", self.region);
        let base = self.endpoint.clone().unwrap_or_else(|| own.parse().expect("a host's name"));
        let failed = |error: &dyn std::fmt::Display| Unanswered::Unreached(error.to_string());
        let authority = base.authority().map(ToString::to_string).unwrap_or_default();
        let scheme = base.scheme_str().unwrap_or("http");
        let (plain, query) = path.split_once('?').unwrap_or((path, ""));
        let mut headers = HeaderMap::new();
        let value = |text: &str| text.parse().map_err(|error| failed(&error));
        headers.insert("host", value(&authority)?);
        if method == Method::POST {
            headers.insert("content-type", value("application/x-www-form-urlencoded")?);
        }
        let signer = Signer {
            access_key: &self.key.0,
            secret: &self.key.1,
            token: self.key.2.as_deref(),
            region: &self.region,
            service,
            paths: Paths::Normalized,
            omit_token: false,
            sign_body: false,
        };
        let signed = wire::Request {
            method: method.as_str(),
            path: plain,
            query,
            headers: &headers,
            body: body.as_bytes(),
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let added = signer.sign(&signed, now.as_millis() as i64);
        let mut request =
            Request::builder().method(method).uri(format!("{scheme}://{authority}{path}"));
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        for (name, value) in added {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|e| failed(&e))?;
        self.runtime.block_on(async {
            let unreachable = |error: hyper_util::client::legacy::Error| {
                let mut told = format!("{scheme}://{authority} cannot be reached: {error}");
                let mut source = error.source();
                while let Some(error) = source {
                    told.push_str(&format!(": {error}"));
                    source = error.source();
                }
                Unanswered::Unreached(told)
            };
            let response = self.client.request(request).await.map_err(unreachable)?;
            let status = response.status();
            let body = response.into_body().collect().await.map_err(|e| failed(&e))?.to_bytes();
            match status.is_success() {
                true => Ok(body),
                false => Err(Unanswered::Status(status.as_u16(), refusal(status.as_u16(), &body))),
            }
        })
    }

    /// All pages of one of EC2's lists: each item, as its reader takes it. Parameters may follow the action.
    pub(super) fn ec2<T>(
        &self,
        action: &str,
        list: &str,
        take: impl Fn(Node<'_, '_>) -> Result<T, ItemError>,
    ) -> Result<Vec<T>, CallError> {
        let mut all = Vec::new();
        let mut token = String::new();
        loop {
            let mut body = format!("Action={action}&Version=2016-11-15");
            if !token.is_empty() {
                body.push_str("&NextToken=");
                body.push_str(&encoded(&token));
            }
            let answer = self.call("ec2", Method::POST, "/", body);
            let action = action.split('&').next().unwrap_or_default();
            let answer = answer.map_err(|unanswered| unanswered.of(action))?;
            let text = String::from_utf8_lossy(&answer);
            let operation = || action.to_owned();
            let document = Document::parse(&text)
                .map_err(|error| CallError::NotXml { operation: operation(), error })?;
            let root = document.root_element();
            for item in items(root, list) {
                let strange = |error| CallError::Item { operation: operation(), error };
                all.push(take(item).map_err(strange)?);
            }
            token = text_of(root, "nextToken").unwrap_or_default().to_owned();
            if token.is_empty() {
                return Ok(all);
            }
        }
    }

    pub(super) fn lambda(&self, operation: &str, path: &str) -> Result<Option<Value>, CallError> {
        match self.call("lambda", Method::GET, path, String::new()) {
            Ok(body) => serde_json::from_slice(&body)
                .map(Some)
                .map_err(|error| CallError::NotJson { operation: operation.to_owned(), error }),
            // What has nothing of the kind, or an endpoint that does not know the operation.
            Err(Unanswered::Status(404 | 501, _)) => Ok(None),
            Err(unanswered) => Err(unanswered.of(operation)),
        }
    }
}

fn is_endpoint(uri: &Uri) -> bool {
    matches!(uri.scheme_str(), Some("http" | "https")) && crate::value::has_place(uri)
}

/// Percent-encoded, as a part of a path or query.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// AWS's code and message, in JSON or XML.
fn refusal(status: u16, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    if let Ok(told) = serde_json::from_str::<Value>(&text) {
        let message = told["message"].as_str().or_else(|| told["Message"].as_str());
        if let Some(message) = message {
            return format!("{status}: {message}");
        }
    }
    if let Ok(document) = Document::parse(&text) {
        let find = |name: &str| {
            let found = document.descendants().find(|node| node.has_tag_name(name));
            found.and_then(|node| node.text()).unwrap_or_default().to_owned()
        };
        let (code, message) = (find("Code"), find("Message"));
        if !code.is_empty() {
            return format!("{status} {code}: {message}");
        }
    }
    format!("{status}")
}

fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|each| each.is_element() && each.tag_name().name() == name)
}

pub(super) fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|each| each.text())
}

pub(super) fn needed<'a>(node: Node<'a, '_>, name: &str) -> Result<&'a str, ItemError> {
    text_of(node, name).ok_or_else(|| ItemError::Missing(name.to_owned()))
}

pub(super) fn items<'a, 'b>(node: Node<'a, 'b>, list: &str) -> impl Iterator<Item = Node<'a, 'b>> {
    let items = child(node, list).into_iter().flat_map(|list| list.children());
    items.filter(|each| each.is_element() && each.tag_name().name() == "item")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_in_aws_words() {
        let xml = "<Response><Errors><Error><Code>AuthFailure</Code><Message>not you</Message></Error>\
            </Errors></Response>";
        assert_eq!(refusal(401, xml.as_bytes()), "401 AuthFailure: not you");
        assert_eq!(refusal(403, br#"{"message":"denied"}"#), "403: denied");
        assert_eq!(refusal(500, b"oops"), "500");
    }

    #[test]
    fn names_are_encoded_as_parts_of_paths() {
        assert_eq!(encoded("arn:aws:lambda:x/y z"), "arn%3Aaws%3Alambda%3Ax%2Fy%20z");
    }
}
