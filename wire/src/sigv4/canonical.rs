//! The canonical form of a request, which both sides sign.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, percent_decode_str, percent_encode};

use crate::request::{RESERVED, Request};

/// How a service reads paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paths {
    /// Dot segments and empty segments are resolved: all services but S3.
    Normalized,
    /// As sent, and encoded once more.
    AsSent,
    /// As sent, with each byte encoded in one way: S3.
    EncodedOnce,
}

const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// The canonical request; `left_out` are query parameters that are not signed.
pub(super) fn canonical_request(
    request: &Request<'_>,
    paths: Paths,
    signed_headers: &[&str],
    left_out: &[&str],
    payload_hash: &str,
) -> String {
    let mut out = format!(
        "{}\n{}\n{}\n",
        request.method,
        canonical_path(request.path, paths),
        canonical_query(request.query, left_out)
    );
    for name in signed_headers {
        out.push_str(name);
        out.push(':');
        out.push_str(&canonical_header(request, name));
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&signed_headers.join(";"));
    out.push('\n');
    out.push_str(payload_hash);
    out
}

/// The path, resolved, and encoded once more: what was `%20` becomes `%2520`.
fn canonical_path(path: &str, paths: Paths) -> String {
    let path = match paths {
        Paths::EncodedOnce => {
            let bytes: Vec<u8> = percent_decode_str(path).collect();
            let path: &[u8] = if bytes.is_empty() { b"/" } else { &bytes };
            return percent_encode(path, RESERVED_IN_PATH).to_string();
        }
        Paths::AsSent => Cow::Borrowed(if path.is_empty() { "/" } else { path }),
        Paths::Normalized => Cow::Owned(normalized(path)),
    };
    percent_encode(path.as_bytes(), RESERVED_IN_PATH).to_string()
}

fn normalized(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let directory = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let trailing = if directory && !kept.is_empty() { "/" } else { "" };
    format!("/{}{trailing}", kept.join("/"))
}

/// The parameters decoded, encoded uniformly, and sorted.
fn canonical_query(query: &str, left_out: &[&str]) -> String {
    let encoded = |text: &str| {
        let bytes: Vec<u8> = percent_decode_str(text).collect();
        percent_encode(&bytes, RESERVED).to_string()
    };
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (encoded(key), encoded(value))
        })
        .filter(|(key, _)| !left_out.contains(&key.as_str()))
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs.into_iter().map(|(k, v)| format!("{k}={v}")).collect();
    pairs.join("&")
}

/// All values of a header in order, trimmed, with runs of blanks made one.
fn canonical_header(request: &Request<'_>, name: &str) -> String {
    let values = request.headers.get_all(name).iter().map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    });
    values.collect::<Vec<_>>().join(",")
}
