//! Fetching packages from an S3-compatible store on the local network.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Incoming;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wire::sigv4::{Paths, Signer};

use crate::dial;

/// What may stand in a key's path as it is.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// How long the head of an answer, or a part of its body, may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes of a refusal.
const REFUSAL: usize = 64 * 1024;

/// Where objects are, and who asks for them.
#[derive(Debug, Clone)]
pub struct S3 {
    /// The endpoint, `http://host:port` or `https://host`.
    pub endpoint: Uri,
    /// The access key's id.
    pub access_key: String,
    /// Its secret.
    pub secret: String,
}

/// Which object.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    /// Its bucket.
    pub bucket: &'a str,
    /// Its key.
    pub key: &'a str,
    /// Which version of it, where not the latest.
    pub version: Option<&'a str>,
    /// The region that the request is signed for.
    pub region: &'a str,
}

/// Why an object cannot be had, in AWS's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum S3Error {
    /// The store refuses: its code and message.
    #[error("Error occurred while GetObject. S3 Error Code: {0}. S3 Error Message: {1}")]
    Refused(String, String),
    /// The store cannot be reached or understood.
    #[error(
        "Error occurred while GetObject. S3 Error Code: ServiceUnavailable. S3 Error Message: {0}"
    )]
    Unreachable(String),
}

impl S3 {
    /// Fetches an object; `take` is given its bytes as they come, and tells whether it wants more.
    ///
    /// # Errors
    /// When the store refuses, cannot be reached, or ends too early.
    pub async fn get<F: Future<Output = bool>>(
        &self,
        object: &Object<'_>,
        mut take: impl FnMut(Bytes) -> F,
    ) -> Result<(), S3Error> {
        let response = in_time(self.request(object)).await?;
        let status = response.status();
        let mut body = response.into_body();
        if !status.is_success() {
            let body = in_time(async {
                Limited::new(body, REFUSAL).collect().await.map_err(|error| unreachable(&*error))
            });
            return Err(refused(status, &body.await?.to_bytes()));
        }
        loop {
            let next = in_time(async { body.frame().await.transpose().map_err(unreachable) });
            let Some(frame) = next.await? else { return Ok(()) };
            if let Ok(bytes) = frame.into_data()
                && !take(bytes).await
            {
                return Ok(());
            }
        }
    }

    async fn request(&self, object: &Object<'_>) -> Result<Response<Incoming>, S3Error> {
        let Object { bucket, key, version, region } = object;
        let authority = self.endpoint.authority().ok_or_else(|| unreachable("it has no host"))?;
        let path = format!("/{bucket}/{}", utf8_percent_encode(key, KEY));
        let query = version.map_or_else(String::new, |version| {
            format!("versionId={}", utf8_percent_encode(version, NON_ALPHANUMERIC))
        });
        let headers = self.headers(authority.as_str(), &path, &query, region)?;
        let mut sender = dial::connect(&self.endpoint).await.map_err(unreachable)?;
        let target = if query.is_empty() { path } else { format!("{path}?{query}") };
        let mut request = Request::get(target).body(Empty::<Bytes>::new()).map_err(unreachable)?;
        *request.headers_mut() = headers;
        sender.send_request(request).await.map_err(unreachable)
    }

    fn headers(
        &self,
        host: &str,
        path: &str,
        query: &str,
        region: &str,
    ) -> Result<HeaderMap, S3Error> {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_str(host).map_err(unreachable)?);
        let request = wire::Request { method: "GET", path, query, headers: &headers, body: b"" };
        let signer = Signer {
            access_key: &self.access_key,
            secret: &self.secret,
            token: None,
            region,
            service: "s3",
            paths: Paths::EncodedOnce,
            omit_token: false,
            sign_body: true,
        };
        let now = i64::try_from(crate::driver::now().millis()).unwrap_or(i64::MAX);
        for (name, value) in signer.sign(&request, now) {
            headers.insert(name, HeaderValue::from_str(&value).map_err(unreachable)?);
        }
        Ok(headers)
    }
}

/// Waits for a part of an answer, not for ever.
async fn in_time<T>(part: impl Future<Output = Result<T, S3Error>>) -> Result<T, S3Error> {
    let waited = tokio::time::timeout(TIMEOUT, part).await;
    waited.unwrap_or_else(|_| Err(unreachable("it did not answer in time")))
}

/// What the store says when it refuses.
fn refused(status: StatusCode, body: &[u8]) -> S3Error {
    let text = String::from_utf8_lossy(body);
    let code = element(&text, "Code").unwrap_or_else(|| status.as_str());
    let message =
        element(&text, "Message").unwrap_or_else(|| status.canonical_reason().unwrap_or(""));
    S3Error::Refused(code.to_owned(), message.to_owned())
}

fn unreachable(why: impl fmt::Display) -> S3Error {
    S3Error::Unreachable(why.to_string())
}

/// The text of the first element of a name.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    async fn fetched(answer: &'static str) -> (String, Result<Vec<u8>, S3Error>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a listener");
        let endpoint = format!("http://{}", listener.local_addr().expect("its address"));
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut head = vec![0; 4096];
            let count = stream.read(&mut head).await.expect("a request");
            stream.write_all(answer.as_bytes()).await.expect("answered");
            String::from_utf8_lossy(&head[..count]).into_owned()
        });
        let s3 = S3 {
            endpoint: endpoint.parse().expect("an URI"),
            access_key: "key".into(),
            secret: "secret".into(),
        };
        let object =
            Object {
                bucket: "bucket", key: "a b/ü.zip", version: Some("v1"), region: "eu-west-1"
            };
        let mut taken = Vec::new();
        let outcome = s3.get(&object, |bytes| {
            taken.extend_from_slice(&bytes);
            std::future::ready(true)
        });
        let outcome = outcome.await.map(|()| taken);
        (served.await.expect("served"), outcome)
    }

    #[tokio::test]
    async fn objects_are_asked_for_with_a_signature() {
        let (request, outcome) = fetched("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nzip").await;
        assert!(
            request.starts_with("GET /bucket/a%20b/%C3%BC.zip?versionId=v1 HTTP/1.1"),
            "{request}"
        );
        assert!(request.contains("/eu-west-1/s3/aws4_request"), "{request}");
        assert_eq!(outcome, Ok(b"zip".to_vec()));
    }

    #[tokio::test]
    async fn an_object_that_ends_too_early_is_not_had() {
        let (_, outcome) = fetched("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nzip").await;
        assert!(matches!(outcome, Err(S3Error::Unreachable(_))), "{outcome:?}");
    }

    #[tokio::test]
    async fn refusals_are_told_in_the_stores_words() {
        let answer = "HTTP/1.1 404 Not Found\r\ncontent-length: 88\r\n\r\n\
            <Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";
        let (_, outcome) = fetched(answer).await;
        let message = outcome.expect_err("refused").to_string();
        assert_eq!(
            message,
            "Error occurred while GetObject. S3 Error Code: NoSuchKey. \
             S3 Error Message: The specified key does not exist."
        );
    }
}
