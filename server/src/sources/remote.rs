//! Services that are elsewhere: any endpoint that speaks AWS's JSON protocols, asked over HTTP with
//! signed requests.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;
use wire::sigv4::{Paths, Signer};

use crate::sources::place::Call;
use crate::sources::queue::SourceError;
use crate::{dial, thread};

/// Bytes of an answer: records of Kinesis are 10 MiB of a read at the most, and in base64.
const ANSWER: usize = 16 << 20;
/// How long nothing may come of an answer that has begun.
const STALLS: Duration = Duration::from_secs(5);
/// Values in an answer: in memory each is a multiple of the three bytes that may spell it.
const VALUES: usize = 500_000;
/// Bytes from which on an answer is a large one, and how many such of an endpoint are in memory at once.
const LARGE: usize = 256 << 10;
const LARGE_AT_ONCE: usize = 4;
/// Calls at once: each has a connection.
const AT_ONCE: usize = 512;
/// Connections that are kept for the next request.
const KEPT: usize = 32;
/// Letters of what a service says when it refuses.
const CODE: usize = 100;
const MESSAGE: usize = 1000;

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
        let all = endpoints
            .into_iter()
            .map(|(service, endpoint)| (service, Arc::new(Remote::new(endpoint, keys.clone()))));
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
    calls: Semaphore,
    large: Semaphore,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Remote {
    fn new(endpoint: Uri, keys: Keys) -> Remote {
        let [calls, large] = [AT_ONCE, LARGE_AT_ONCE].map(Semaphore::new);
        Remote { endpoint, keys, idle: Mutex::default(), calls, large }
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// What the service refuses, or why it cannot be reached.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Value, SourceError> {
        let answer = timeout(call.timeout, self.answer(&call)).await;
        answer.unwrap_or_else(|_| Err(unreachable("it did not answer in time")))
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Value, SourceError> {
        let _call = self.calls.acquire().await.map_err(unreachable)?;
        let body = Bytes::from(call.input.to_string());
        let kept = thread::lock(&self.idle, "connections to an endpoint").pop();
        // One that was kept may have been closed meanwhile: the request is made again on a new one.
        let mut reused = None;
        if let Some(mut sender) = kept
            && sender.ready().await.is_ok()
        {
            match sender.send_request(self.request(call, &body)?).await {
                Ok(response) => reused = Some((sender, response)),
                Err(why) if dial::was_closed(&why) => {}
                Err(why) => return Err(unreachable(why)),
            }
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
        let (body, _large) = self.whole(body).await?;
        {
            let mut idle = thread::lock(&self.idle, "connections to an endpoint");
            if idle.len() < KEPT && !sender.is_closed() {
                idle.push(sender);
            }
        }
        let value: Option<Value> = match body.is_empty() {
            true => Some(Value::Null),
            false if !has_few_values(&body) => None,
            false => serde_json::from_slice(&body).ok(),
        };
        // Members of whatever is no object are asked for in vain, or with a panic where they are taken.
        let value = value.filter(|value| value.is_object() || value.is_null());
        match value {
            Some(value) if head.status.is_success() => Ok(value),
            Some(value) => Err(refused(&value, &head.headers, head.status.as_str())),
            None => Err(SourceError::new(head.status.as_str(), "its answer is not understood")),
        }
    }

    /// All of an answer that goes on coming, where it is not too much; a large one in its turn.
    async fn whole(
        &self,
        body: Incoming,
    ) -> Result<(BytesMut, Option<SemaphorePermit<'_>>), SourceError> {
        let (mut body, mut whole, mut large) = (Limited::new(body, ANSWER), BytesMut::new(), None);
        loop {
            let part = timeout(STALLS, body.frame()).await;
            let part = part.map_err(|_| unreachable("its answer does not go on"))?;
            let Some(part) = part else { return Ok((whole, large)) };
            if let Ok(data) = part.map_err(unreachable)?.into_data() {
                whole.extend_from_slice(&data);
            }
            if whole.len() > LARGE && large.is_none() {
                large = Some(self.large.acquire().await.map_err(unreachable)?);
            }
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
    SourceError::new(said(code, CODE), said(message.unwrap_or_default(), MESSAGE))
}

/// What somebody else says, as it can be logged and shown: not too long, and of letters alone.
fn said(text: &str, most: usize) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(most).collect()
}

/// Whether JSON has so few values that all of them may be in memory.
fn has_few_values(json: &[u8]) -> bool {
    let (mut values, mut is_text, mut is_escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b',' | b'[' | b'{' if !is_text => values += 1,
            _ => {}
        }
    }
    values <= VALUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_too_many_values_are_not_taken_apart() {
        let list = |of: &str, count: usize| format!("[{}1]", of.repeat(count));
        assert!(has_few_values(list("1,", VALUES - 1).as_bytes()));
        for of in ["1,", "{},", "[],"] {
            assert!(!has_few_values(list(of, VALUES).as_bytes()), "{of}");
        }
        // What stands in texts is no value.
        let text = format!(r#"{{"a": "\"{}", "b": "\\", "c": 1}}"#, ",".repeat(2 * VALUES));
        assert!(has_few_values(text.as_bytes()));
        assert!(serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn what_a_service_says_is_shown_as_text() {
        let answer = serde_json::json!({"__type": "a#B\u{1b}[31m", "message": "x".repeat(5000)});
        let error = refused(&answer, &HeaderMap::new(), "400");
        assert_eq!((error.code.as_str(), error.message.len()), ("B[31m", MESSAGE));
    }
}
