//! Services that are elsewhere: any endpoint that speaks AWS's JSON protocols, asked over HTTP with
//! signed requests.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::SendRequest;
use serde_json::Value;
use wire::sigv4::{Paths, Signer};

use crate::sources::place::Call;
use crate::sources::queue::SourceError;
use crate::{dial, thread};

/// Bytes of an answer.
const ANSWER: usize = 32 << 20;
/// Connections that are kept for the next request.
const KEPT: usize = 32;

/// The keys by which requests are signed.
#[derive(Clone)]
pub struct Keys {
    /// The access key's id.
    pub access_key: String,
    /// Its secret.
    pub secret: String,
    /// The session's token, if it is temporary.
    pub token: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("access_key", &self.access_key).finish_non_exhaustive()
    }
}

/// The endpoints of services, by the names that their endpoints have on AWS.
#[derive(Debug, Default, Clone)]
pub struct Remotes {
    all: BTreeMap<String, Arc<Remote>>,
    /// Where clusters of Amazon MSK are found, by their ARNs.
    clusters: BTreeMap<String, Vec<String>>,
}

impl Remotes {
    /// Services at these URLs.
    pub fn new(endpoints: impl IntoIterator<Item = (String, Uri)>, keys: &Keys) -> Remotes {
        let all = endpoints.into_iter().map(|(service, endpoint)| {
            let idle = Mutex::default();
            (service, Arc::new(Remote { endpoint, keys: keys.clone(), idle }))
        });
        Remotes { all: all.collect(), clusters: BTreeMap::new() }
    }

    /// With clusters of Amazon MSK, by their ARNs: each found at any of these `host:port`.
    #[must_use]
    pub fn with_clusters(
        self,
        clusters: impl IntoIterator<Item = (String, Vec<String>)>,
    ) -> Remotes {
        Remotes { clusters: clusters.into_iter().collect(), ..self }
    }

    pub(crate) fn cluster(&self, arn: &str) -> Option<&[String]> {
        self.clusters.get(arn).map(Vec::as_slice)
    }

    pub(crate) fn of(&self, service: &str) -> Option<Arc<Remote>> {
        self.all.get(service).cloned()
    }
}

/// A service at an endpoint.
pub(crate) struct Remote {
    endpoint: Uri,
    keys: Keys,
    idle: Mutex<Vec<SendRequest<Full<Bytes>>>>,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Remote {
    /// Calls an operation.
    ///
    /// # Errors
    /// What the service refuses, or why it cannot be reached.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Value, SourceError> {
        let answer = tokio::time::timeout(call.timeout, self.answer(&call)).await;
        answer.unwrap_or_else(|_| Err(unreachable("it did not answer in time")))
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Value, SourceError> {
        let body = Bytes::from(call.input.to_string());
        let kept = thread::lock(&self.idle, "connections to an endpoint").pop();
        // One that was kept may have been closed meanwhile: the request is made again on a new one.
        let mut reused = None;
        if let Some(mut sender) = kept
            && sender.ready().await.is_ok()
        {
            let response = sender.send_request(self.request(call, &body)?).await;
            reused = response.ok().map(|response| (sender, response));
        }
        let (sender, response) = match reused {
            Some(reused) => reused,
            None => {
                let mut sender = dial::connect(&self.endpoint).await.map_err(unreachable)?;
                let response = sender.send_request(self.request(call, &body)?).await;
                (sender, response.map_err(unreachable)?)
            }
        };
        let (head, body) = response.into_parts();
        let body = Limited::new(body, ANSWER).collect().await;
        let body = body.map_err(unreachable)?.to_bytes();
        {
            let mut idle = thread::lock(&self.idle, "connections to an endpoint");
            if idle.len() < KEPT && !sender.is_closed() {
                idle.push(sender);
            }
        }
        let value: Option<Value> = match body.is_empty() {
            true => Some(Value::Null),
            false => serde_json::from_slice(&body).ok(),
        };
        match value {
            Some(value) if head.status.is_success() => Ok(value),
            Some(value) => Err(refused(&value, &head.headers, head.status.as_str())),
            None => Err(SourceError::new(head.status.as_str(), "its answer is not understood")),
        }
    }

    fn request(&self, call: &Call<'_>, body: &Bytes) -> Result<Request<Full<Bytes>>, SourceError> {
        let mut headers = HeaderMap::new();
        let host = self.endpoint.authority().map_or("", |authority| authority.as_str());
        let set = [
            ("host", host.to_owned()),
            ("content-type", format!("application/x-amz-json-{}", call.version)),
            ("x-amz-target", format!("{}.{}", call.prefix, call.operation)),
        ];
        for (name, value) in set {
            headers.insert(name, HeaderValue::from_str(&value).map_err(unreachable)?);
        }
        let path = match self.endpoint.path() {
            "" => "/",
            path => path,
        };
        let request = wire::Request { method: "POST", path, query: "", headers: &headers, body };
        let signer = Signer {
            access_key: &self.keys.access_key,
            secret: &self.keys.secret,
            token: self.keys.token.as_deref(),
            region: call.region,
            service: call.service,
            paths: Paths::Normalized,
            omit_token: false,
            sign_body: false,
        };
        let now = i64::try_from(crate::driver::now().millis()).unwrap_or(i64::MAX);
        for (name, value) in signer.sign(&request, now) {
            headers.insert(name, HeaderValue::from_str(&value).map_err(unreachable)?);
        }
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = path.parse().map_err(unreachable)?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

fn unreachable(why: impl fmt::Display) -> SourceError {
    SourceError::new("ServiceUnavailable", why.to_string())
}

/// What a service says when it refuses: its code without a namespace, and its message.
fn refused(answer: &Value, headers: &HeaderMap, status: &str) -> SourceError {
    let query_error = headers.get("x-amzn-query-error").and_then(|value| value.to_str().ok());
    let code = query_error.and_then(|error| error.split(';').next());
    let code = code.or_else(|| answer["__type"].as_str()).unwrap_or(status);
    let code = code.rsplit('#').next().unwrap_or(code);
    let message = answer["message"].as_str().or_else(|| answer["Message"].as_str());
    SourceError::new(code, message.unwrap_or_default())
}
