//! Making signatures, as a client does.

use percent_encoding::utf8_percent_encode;

use super::canonical::{Paths, canonical_request};
use super::{ALGORITHM, Credential, hex, sha256_hex, string_to_sign};
use crate::request::{RESERVED, Request};
use crate::time;

use hmac::Mac;

/// Headers that proxies and clients change on the way, which nobody signs.
const UNSIGNED: [&str; 8] = [
    "authorization",
    "connection",
    "expect",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// A client's key and what it signs for.
#[derive(Clone, Debug)]
pub struct Signer<'a> {
    /// The access key's id.
    pub access_key: &'a str,
    /// The secret.
    pub secret: &'a str,
    /// The session's token, if the key is temporary.
    pub token: Option<&'a str>,
    /// The region.
    pub region: &'a str,
    /// The service's signing name.
    pub service: &'a str,
    /// How the service reads paths.
    pub paths: Paths,
    /// Whether the token is added after signing.
    pub omit_token: bool,
    /// Whether a header carries the body's digest.
    pub sign_body: bool,
}

impl Signer<'_> {
    fn credential(&self, timestamp: &str) -> Credential {
        Credential {
            access_key: self.access_key.to_owned(),
            date: timestamp[..8].to_owned(),
            region: self.region.to_owned(),
            service: self.service.to_owned(),
        }
    }

    /// The headers to add to a request, `authorization` last. The request must have its `host`.
    pub fn sign(&self, request: &Request<'_>, now_millis: i64) -> Vec<(&'static str, String)> {
        let timestamp = time::basic(now_millis);
        let credential = self.credential(&timestamp);
        // A request may declare that its body is not signed, or that its chunks are.
        let declared = request.header("x-amz-content-sha256").map(str::to_owned);
        let payload_hash = declared.unwrap_or_else(|| sha256_hex(request.body));
        let mut added = vec![("x-amz-date", timestamp.clone())];
        if self.sign_body {
            added.push(("x-amz-content-sha256", payload_hash.clone()));
        }
        let token = self.token.map(|token| ("x-amz-security-token", token.to_owned()));
        added.extend(token.clone().filter(|_| !self.omit_token));

        let mut headers = request.headers.clone();
        for (name, value) in &added {
            headers.insert(*name, crate::error::header(value));
        }
        let signed = signed_names(&headers);
        let names: Vec<&str> = signed.iter().map(String::as_str).collect();
        let request = Request { headers: &headers, ..*request };
        let canonical = canonical_request(&request, self.paths, &names, &[], &payload_hash);
        let mac = credential.mac(self.secret, &string_to_sign(&timestamp, &credential, &canonical));
        let authorization = format!(
            "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={}",
            self.access_key,
            credential.scope(),
            names.join(";"),
            hex(&mac.finalize().into_bytes())
        );
        added.extend(token.filter(|_| self.omit_token));
        added.push(("authorization", authorization));
        added
    }

    /// The query string of the presigned request, good for `expires` seconds.
    pub fn presign(&self, request: &Request<'_>, now_millis: i64, expires: u32) -> String {
        let timestamp = time::basic(now_millis);
        let credential = self.credential(&timestamp);
        let signed = signed_names(request.headers);
        let names: Vec<&str> = signed.iter().map(String::as_str).collect();
        let encoded = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
        let mut query = request.query.to_owned();
        let push = |query: &mut String, name: &str, value: &str| {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(&format!("{name}={}", encoded(value)));
        };
        push(&mut query, "X-Amz-Algorithm", ALGORITHM);
        let whole = format!("{}/{}", self.access_key, credential.scope());
        push(&mut query, "X-Amz-Credential", &whole);
        push(&mut query, "X-Amz-Date", &timestamp);
        push(&mut query, "X-Amz-SignedHeaders", &names.join(";"));
        push(&mut query, "X-Amz-Expires", &expires.to_string());
        if let Some(token) = self.token.filter(|_| !self.omit_token) {
            push(&mut query, "X-Amz-Security-Token", token);
        }
        let to_sign = Request { query: &query, ..*request };
        let payload_hash = sha256_hex(request.body);
        let canonical = canonical_request(&to_sign, self.paths, &names, &[], &payload_hash);
        let mac = credential.mac(self.secret, &string_to_sign(&timestamp, &credential, &canonical));
        if let Some(token) = self.token.filter(|_| self.omit_token) {
            push(&mut query, "X-Amz-Security-Token", token);
        }
        push(&mut query, "X-Amz-Signature", &hex(&mac.finalize().into_bytes()));
        query
    }
}

fn signed_names(headers: &http::HeaderMap) -> Vec<String> {
    let mut names: Vec<String> = headers
        .keys()
        .map(|name| name.as_str().to_owned())
        .filter(|name| !UNSIGNED.contains(&name.as_str()))
        .collect();
    names.sort();
    names
}
