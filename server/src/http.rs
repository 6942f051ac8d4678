//! The endpoint: one address for all services.

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use engine::id::RequestId;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::answer::{Arrived, answer};
pub use crate::endpoint::Endpoint;
use crate::front::Fronts;
use crate::thread::end_process;

/// Bytes of a request, as Lambda has it: a 50 MB package in base64, and something around it.
const BODY_LIMIT: usize = 70_167_211;
/// How long a client may take over the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// Serves connections until `stop` says so (or nobody can say it any more), and then until all
/// that were being answered have their answers, or `drain` has passed.
///
/// # Errors
/// When threads cannot be started.
pub async fn serve(
    listener: TcpListener,
    endpoint: Arc<Endpoint>,
    mut stop: watch::Receiver<bool>,
    drain: Duration,
) -> io::Result<()> {
    let fronts = Fronts::start(&endpoint, &stop)?;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = told(&mut stop) => break,
        };
        match accepted.and_then(|(stream, _)| stream.into_std()) {
            Ok(stream) => fronts.serve(stream),
            // A connection that ended in the queue, or too many descriptors: neither is for good.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    fronts.end(drain).await;
    Ok(())
}

/// Waits to be told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // An error is that nobody can tell any more.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Serves one connection. What goes wrong here is between the client and its connection.
pub(crate) async fn connection(
    stream: std::net::TcpStream,
    endpoint: Arc<Endpoint>,
    common: Handle,
    mut stop: watch::Receiver<bool>,
) {
    let Ok(stream) = stream.set_nodelay(true).and_then(|()| TcpStream::from_std(stream)) else {
        return;
    };
    let answering = Arc::new((endpoint, common));
    let service = service_fn(move |request| respond(Arc::clone(&answering), request));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = connection.as_mut() => {}
        () = told(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

async fn respond(
    answering: Arc<(Arc<Endpoint>, Handle)>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (endpoint, common) = &*answering;
    let (parts, body) = request.into_parts();
    let id = request_id();
    if let Err(refusal) = endpoint.gate.check(&parts) {
        tracing::debug!(request = id, path = parts.uri.path(), %refusal, "not let in");
        return Ok(refusal.render().map(Full::new));
    }
    let body = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return Ok(too_large().render(&id).map(Full::new)),
    };
    let arrived = Arrived { id, parts, body };
    let response = if arrived.is_invoke() {
        answer(endpoint, &arrived).await
    } else {
        let endpoint = Arc::clone(endpoint);
        let answered = common.spawn(async move { answer(&endpoint, &arrived).await });
        match answered.await {
            Ok(response) => response,
            // The server ends, and its common threads before those of connections.
            Err(ended) if ended.is_cancelled() => std::future::pending().await,
            Err(_) => end_process("request panicked while its panic was answered"),
        }
    };
    Ok(response.map(Full::new))
}

fn too_large() -> wire::ApiError {
    let message =
        format!("Request must be smaller than {BODY_LIMIT} bytes for the CreateFunction operation");
    wire::lambda::error("RequestEntityTooLargeException", message)
}

/// A version 4 UUID.
fn request_id() -> String {
    let mut bytes = [0; 16];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .expect("the kernel's generator is seeded long before a server runs");
    let bits = u128::from_be_bytes(bytes);
    let uuid = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    RequestId(uuid).to_string()
}
