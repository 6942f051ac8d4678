//! HTTP/2 without TLS, for clients that begin with it: how that is known, and what becomes of its requests.

use std::io;
use std::time::Duration;

use http::uri::{PathAndQuery, Uri};
use http::{HeaderValue, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http2::Builder;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::net::TcpStream;

/// What a connection of HTTP/2 begins with, as far as no request of HTTP/1.1 does.
const PREFACE: &[u8] = b"PRI ";
/// How long the rest of a preface may be under way before it is looked for again.
const LOOK: Duration = Duration::from_millis(10);
/// Requests of a connection at a time.
const STREAMS: u32 = 100;
/// Bytes of each answer that are ready before its client reads them.
const READY: usize = 64 << 10;

/// Whether a client begins with HTTP/2; nothing of what it sends is taken.
pub(crate) async fn is_begun(stream: &TcpStream) -> io::Result<bool> {
    let mut seen = [0; PREFACE.len()];
    loop {
        let length = stream.peek(&mut seen).await?;
        if length == 0 || seen[..length] != PREFACE[..length] {
            return Ok(false);
        }
        if length == PREFACE.len() {
            return Ok(true);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// How such a connection is served, where a head may have so many bytes.
pub(crate) fn builder(head: u32) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(head)
        .max_send_buf_size(READY);
    builder
}

/// A request as HTTP/1.1 has it: the host in a field of its own, the path by itself.
pub(crate) fn as_http1(mut request: Request<Incoming>) -> Request<Incoming> {
    let host = request.uri().authority().map(|authority| authority.as_str());
    if let Some(Ok(host)) = host.map(HeaderValue::from_str) {
        request.headers_mut().entry(header::HOST).or_insert(host);
    }
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = Uri::from(path.unwrap_or_else(|| PathAndQuery::from_static("/")));
    request
}
