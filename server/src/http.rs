//! The endpoint: one address for all services.

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use engine::id::RequestId;
use engine::scope::Scope;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use wire::sigv4::Presented;

pub use crate::api::Tokens;
use crate::api::{self, Context};
use crate::code::CodeStore;
use crate::driver::Driver;
use crate::iam::Iam;
use crate::internal;
use crate::logs::Logs;
use crate::s3::S3;

/// Bytes of a request, as Lambda has it: a 50 MB package in base64, and something around it.
const BODY_LIMIT: usize = 70_167_211;
/// How long a client may take over the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// What requests are answered with.
#[derive(Debug)]
pub struct Endpoint {
    /// What decides.
    pub driver: Arc<Driver>,
    /// The functions' code.
    pub code: Arc<CodeStore>,
    /// The roles.
    pub iam: Arc<Iam>,
    /// What functions wrote.
    pub logs: Arc<Logs>,
    /// Where code may be fetched from.
    pub s3: Option<S3>,
    /// The writes that came with idempotency tokens.
    pub tokens: Tokens,
}

impl Endpoint {
    /// Removes code that no function and no environment has; what cannot be removed stays.
    pub fn sweep(&self) {
        // An error leaves files, which are tried again.
        let _ = self.code.sweep(|| {
            let mut used = self.driver.running_code();
            self.driver.read(|engine| used.extend(api::code_in_use(engine)));
            used
        });
    }
}

/// Serves connections until `stop` says so (or nobody can say it any more), and then until all
/// that were being answered have their answers.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    endpoint: Arc<Endpoint>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
            () = told(&mut stop) => break,
        };
        match accepted {
            Ok((stream, _)) => {
                stream.set_nodelay(true)?;
                connections.spawn(connection(stream, Arc::clone(&endpoint), stop.clone()));
            }
            // A connection that ended in the queue, or too many descriptors: neither is for good.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
    Ok(())
}

/// Waits to be told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // An error is that nobody can tell any more.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Serves one connection. What goes wrong here is between the client and its connection.
async fn connection(stream: TcpStream, endpoint: Arc<Endpoint>, mut stop: watch::Receiver<bool>) {
    let service = service_fn(move |request| answer(Arc::clone(&endpoint), request));
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

async fn answer(
    endpoint: Arc<Endpoint>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let id = request_id();
    let response = match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(body) => respond(&endpoint, &parts, body.to_bytes(), &id).await,
        Err(_) => too_large().render(&id),
    };
    Ok(response.map(Full::new))
}

fn too_large() -> wire::ApiError {
    let message =
        format!("Request must be smaller than {BODY_LIMIT} bytes for the CreateFunction operation");
    wire::lambda::error("RequestEntityTooLargeException", message)
}

async fn respond(
    endpoint: &Arc<Endpoint>,
    parts: &Parts,
    body: Bytes,
    id: &str,
) -> Response<Bytes> {
    let request = wire::Request {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body: &body,
    };
    if let Some(path) = request.path.strip_prefix(internal::PREFIX) {
        return internal::answer(endpoint, &request, path).await;
    }
    let context = Context {
        driver: &endpoint.driver,
        endpoint,
        scope: scope(&request),
        host: request.header("host").unwrap_or("localhost"),
        id,
    };
    if let Some(invoke) = wire::Invoke::recognise(&request) {
        return api::invoke(&context, invoke, &request, body.clone()).await;
    }
    let operation = match wire::recognise(&request) {
        Ok(operation) => operation,
        Err(error) => return error.render(id),
    };
    let input = match wire::parse(operation, &request) {
        Ok(input) => input,
        Err(error) => return error.render(id),
    };
    match api::dispatch(&context, operation, input).await {
        Ok(output) => wire::render(operation, &output, id),
        Err(error) => error.render(id),
    }
}

/// The account is a 12-digit access key, else 000000000000; the region is the credential's.
pub(crate) fn scope(request: &wire::Request<'_>) -> Scope {
    let Ok(presented) = Presented::read(request) else {
        return Scope { account: 0, region: "us-east-1".into() };
    };
    let key = &presented.credential.access_key;
    let is_account = key.len() == 12 && key.bytes().all(|byte| byte.is_ascii_digit());
    Scope {
        account: if is_account { key.parse().unwrap_or(0) } else { 0 },
        region: presented.credential.region,
    }
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
