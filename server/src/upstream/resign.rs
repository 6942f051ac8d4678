//! Heads of requests that are passed on: as they came where the signature holds there, too, and else
//! signed anew.

use http::header::{CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, EXPECT, HOST};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, Uri};
use wire::sigv4::{Paths, Signer};

use crate::sources::remote::Keys;

/// Headers that are of a connection, and not of what goes over it.
const HOP: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];
/// What carries a signature in a query.
const SIGNED: [&str; 10] = [
    "x-amz-algorithm",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-security-token",
    "x-amz-signature",
    "x-amz-signedheaders",
    "awsaccesskeyid",
    "expires",
    "signature",
];
const DIGEST: &str = "x-amz-content-sha256";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// A request that is to be passed on.
pub(super) struct Passing<'a> {
    pub(super) parts: &'a Parts,
    /// The path as it would be if the host named nothing.
    pub(super) path: &'a str,
    /// The body, where it is at hand.
    pub(super) body: &'a [u8],
    /// What the signature is for: service and region.
    pub(super) service: &'a str,
    pub(super) region: &'a str,
}

/// Why a head cannot be passed on.
#[derive(Debug, thiserror::Error)]
#[error("request cannot be written: {0}")]
pub(super) struct Unwritten(#[from] http::Error);

impl Passing<'_> {
    /// Whether its signature is good there as it is: it names the host.
    pub(super) fn holds_at(&self, uri: &Uri) -> bool {
        let host = self.parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        let authority = uri.authority().map(|authority| authority.as_str());
        host.is_some() && host == authority && uri.path().trim_matches('/').is_empty()
    }

    /// Whether its body comes in chunks that are signed one by one, which nobody else can sign.
    pub(super) fn has_signed_chunks(&self) -> bool {
        let digest = self.parts.headers.get(DIGEST).and_then(|it| it.to_str().ok());
        digest.is_some_and(|it| it.starts_with("STREAMING-AWS4-"))
    }

    /// The head as it came.
    pub(super) fn as_it_is(&self) -> Result<Request<()>, Unwritten> {
        let target = self.parts.uri.path_and_query().map_or("/", |it| it.as_str());
        let mut request =
            Request::builder().method(self.parts.method.clone()).uri(target).body(())?;
        *request.headers_mut() = without_hops(&self.parts.headers);
        Ok(request)
    }

    /// The head, signed anew for a URL.
    pub(super) fn signed(&self, uri: &Uri, keys: &Keys) -> Result<Request<()>, Unwritten> {
        let mut headers = without_hops(&self.parts.headers);
        for name in ["authorization", "date", "x-amz-date", "x-amz-security-token"] {
            headers.remove(name);
        }
        let host = uri.authority().map_or("", |authority| authority.as_str());
        headers.insert(HOST, HeaderValue::from_str(host).map_err(http::Error::from)?);
        let is_s3 = self.service == "s3";
        if self.has_signed_chunks() {
            unchunk(&mut headers);
        }
        if is_s3 && !headers.contains_key(DIGEST) {
            headers.insert(DIGEST, HeaderValue::from_static(UNSIGNED));
        }
        let path = format!("{}{}", uri.path().trim_end_matches('/'), self.path);
        let query = without_signature(self.parts.uri.query().unwrap_or_default());
        let request = wire::Request {
            method: self.parts.method.as_str(),
            path: &path,
            query: &query,
            headers: &headers,
            body: self.body,
        };
        let signer = Signer {
            access_key: &keys.access_key,
            secret: &keys.secret,
            token: keys.token.as_deref(),
            region: self.region,
            service: self.service,
            paths: if is_s3 { Paths::EncodedOnce } else { Paths::Normalized },
            omit_token: false,
            sign_body: false,
        };
        let signature = signer.sign(&request, crate::logs::now());
        for (name, value) in signature {
            headers.insert(name, HeaderValue::from_str(&value).map_err(http::Error::from)?);
        }
        let target = if query.is_empty() { path } else { format!("{path}?{query}") };
        let mut request =
            Request::builder().method(self.parts.method.clone()).uri(target).body(())?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

/// Headers without those that are of the connection; nobody waits to be told to go on.
pub(super) fn without_hops(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    let named = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    for name in named.flat_map(|value| value.split(',')) {
        kept.remove(name.trim());
    }
    for name in HOP {
        kept.remove(name);
    }
    kept.remove(EXPECT);
    kept
}

/// Headers of what chunks hold.
fn unchunk(headers: &mut HeaderMap) {
    headers.insert(DIGEST, HeaderValue::from_static(UNSIGNED));
    headers.remove("x-amz-trailer");
    if let Some(length) = headers.remove("x-amz-decoded-content-length") {
        headers.insert(CONTENT_LENGTH, length);
    }
    let coded = headers.remove(CONTENT_ENCODING);
    let coded = coded.as_ref().and_then(|it| it.to_str().ok()).unwrap_or_default();
    let others: Vec<&str> = coded
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty() && *it != "aws-chunked")
        .collect();
    if let Ok(others) = HeaderValue::from_str(&others.join(","))
        && !others.is_empty()
    {
        headers.insert(CONTENT_ENCODING, others);
    }
}

/// A query without the signature in it.
fn without_signature(query: &str) -> String {
    let is_signed = query.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        name.eq_ignore_ascii_case("x-amz-signature") || name == "Signature"
    });
    if !is_signed {
        return query.to_owned();
    }
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        !SIGNED.contains(&&*name)
    });
    kept.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(request: http::request::Builder) -> Parts {
        request.body(()).expect("a request").into_parts().0
    }

    #[test]
    fn a_request_that_names_the_host_goes_as_it_came() {
        let uri: Uri = "https://queue.example".parse().expect("a URL");
        let signed = "AWS4-HMAC-SHA256 Credential=a/20260101/r/sqs/aws4_request";
        let parts = parts(
            Request::post("/?a=b")
                .header("host", "queue.example")
                .header("authorization", signed)
                .header("connection", "x-own")
                .header("x-own", "1")
                .header("expect", "100-continue"),
        );
        let passing = Passing { parts: &parts, path: "/", body: b"", service: "sqs", region: "r" };
        assert!(passing.holds_at(&uri));
        let head = passing.as_it_is().expect("written");
        assert_eq!((head.uri().to_string().as_str(), head.headers().len()), ("/?a=b", 2));
        assert_eq!(head.headers()["authorization"], signed);
        let keys = Keys { access_key: "k".into(), secret: "s".into(), token: Some("t".into()) };
        let elsewhere: Uri = "http://127.0.0.1:1/base/".parse().expect("a URL");
        assert!(!passing.holds_at(&elsewhere));
        let head = passing.signed(&elsewhere, &keys).expect("written");
        assert_eq!(head.uri(), "/base/?a=b");
        assert_eq!(head.headers()["host"], "127.0.0.1:1");
        assert_eq!(head.headers()["x-amz-security-token"], "t");
        let authorization = head.headers()["authorization"].to_str().expect("text");
        assert!(authorization.contains("Credential=k/") && authorization.contains("/r/sqs/"));
    }

    #[test]
    fn a_signature_of_a_query_and_of_chunks_is_taken_off() {
        let url = "/b/k?X-Amz-Algorithm=A&X-Amz-Credential=c&X-Amz-Signature=s&versionId=7";
        let parts = parts(
            Request::put(url)
                .header("host", "localhost:4566")
                .header("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                .header("x-amz-decoded-content-length", "5")
                .header("content-length", "177")
                .header("content-encoding", "gzip,aws-chunked"),
        );
        let passing =
            Passing { parts: &parts, path: "/b/k", body: b"", service: "s3", region: "r" };
        assert!(passing.has_signed_chunks());
        let keys = Keys { access_key: "k".into(), secret: "s".into(), token: None };
        let uri: Uri = "http://127.0.0.1:1".parse().expect("a URL");
        let head = passing.signed(&uri, &keys).expect("written");
        assert_eq!(head.uri(), "/b/k?versionId=7");
        let header = |name: &str| head.headers()[name].to_str().expect("text");
        assert_eq!((header("content-length"), header("content-encoding")), ("5", "gzip"));
        assert_eq!(header("x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
        assert!(!head.headers().contains_key("x-amz-decoded-content-length"));
    }
}
