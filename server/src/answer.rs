//! One request: recognised, run and answered, whatever happens.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::scope::Scope;
use http::Response;
use http::request::Parts;
use neighbours::Exchange;
use wire::{ApiError, Invoke};

use crate::api;
use crate::api::operation::{Context, refuse};
use crate::body::{self, is_invoke};
use crate::coding::inflated;
use crate::endpoint::Endpoint;
use crate::for_s3::ForS3;
use crate::gate;
use crate::internal;
use crate::signature::{self, Sender};
use crate::trace::context::xray;
use crate::way::Way;
use crate::web;
use crate::web::place::Place;

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// The id that it was given.
    pub(crate) id: String,
    /// Where it came from.
    pub(crate) peer: IpAddr,
    /// By what way it came.
    pub(crate) way: Way,
    pub(crate) parts: Parts,
    /// The function's URL or the API that its host names.
    pub(crate) place: Option<Place>,
    pub(crate) body: Bytes,
    /// What a request to S3 has beside.
    pub(crate) s3: Option<ForS3>,
    /// Where the events go with which it is answered, where it is answered with such.
    pub(crate) events: Option<Arc<Exchange>>,
    /// Whether its signature is to be that of its key.
    pub(crate) verifies: bool,
}

impl Arrived {
    fn request(&self) -> wire::Request<'_> {
        wire::Request {
            method: self.parts.method.as_str(),
            path: self.parts.uri.path(),
            query: self.parts.uri.query().unwrap_or_default(),
            headers: &self.parts.headers,
            body: &self.body,
        }
    }

    /// Whether it is an invocation, which is answered where it arrives.
    pub(crate) fn is_invoke(&self) -> bool {
        self.place.is_some() || self.s3.is_none() && is_invoke(self.parts.uri.path())
    }
}

/// Answers a request. A panic in its own code is answered with 500 and logged with its id; one of
/// the engine ends the process before it arrives here.
pub(crate) async fn answer(endpoint: &Arc<Endpoint>, arrived: &Arrived) -> Response<Bytes> {
    match caught(run(endpoint, arrived)).await {
        Ok(response) => response,
        Err(panic) => {
            let request = arrived.request();
            let panic = text(&*panic);
            tracing::error!(request = arrived.id, path = request.path, panic, "request panicked");
            match &arrived.place {
                Some(_) => web::broken(&arrived.id),
                None => broken(&request).render(&arrived.id),
            }
        }
    }
}

async fn run(endpoint: &Arc<Endpoint>, arrived: &Arrived) -> Response<Bytes> {
    let (id, request) = (arrived.id.as_str(), arrived.request());
    #[cfg(test)]
    crate::tests::panic_if_asked(&request);
    if let Some(place) = &arrived.place {
        let (peer, verifies) = (arrived.peer, arrived.verifies);
        return web::answer(endpoint, web::Asked { id, peer, place, request, verifies }).await;
    }
    if let Some(path) = request.path.strip_prefix(internal::PREFIX) {
        if arrived.verifies && !arrived.peer.is_loopback() && !internal::is_open(path) {
            return internal::not_from_here();
        }
        return internal::answer(endpoint, &request, path).await;
    }
    if request.path == internal::LOCALSTACK_HEALTH && matches!(request.method, "GET" | "HEAD") {
        return internal::health::localstack();
    }
    if let Err(error) = gate::check_credentials(&request) {
        return refuse(id, "unknown", &error);
    }
    let s3 = arrived.s3.as_ref();
    let sender = signature::sender(endpoint, &request, s3, arrived.verifies);
    let Sender { caller, region, body } = match sender {
        Ok(sender) => sender,
        Err(error) => return refuse(id, "unknown", &error),
    };
    let body = body.unwrap_or_else(|| arrived.body.clone());
    let path = s3.map_or(request.path, |s3| &s3.path);
    let request = wire::Request { body: &body, path, ..request };
    let context = Context {
        driver: &endpoint.driver,
        endpoint,
        scope: Scope { account: caller.account, region },
        caller,
        peer: arrived.peer,
        way: arrived.way.clone(),
        agent: request.header("user-agent"),
        host: request.header("host").unwrap_or("localhost"),
        id,
        trace: xray(request.headers),
        body: &body,
        once: Mutex::default(),
        exchange: s3.map(|s3| &*s3.exchange).or(arrived.events.as_deref()),
    };
    if s3.is_none()
        && let Some(invoke) = Invoke::recognise(&request)
    {
        if !arrived.way.leads_to(wire::lambda::SERVICE.name) {
            return gate::Refusal::OtherService(context.host.to_owned()).render();
        }
        return api::invoke(&context, invoke, &request, body.clone()).await;
    }
    let inflated = match s3 {
        // What it is given it keeps as it is.
        Some(_) => None,
        None => match inflated(&arrived.parts, &body) {
            Ok(inflated) => inflated,
            Err(why) => return body::refuse(id, &arrived.parts, why),
        },
    };
    let request = wire::Request { body: inflated.as_ref().unwrap_or(&body), ..request };
    let operation = match wire::recognise(&request) {
        Ok(operation) => operation,
        Err(error) => return refuse(id, "unknown", &error),
    };
    if !arrived.way.leads_to(operation.service.name) {
        return gate::Refusal::OtherService(context.host.to_owned()).render();
    }
    operate(&context, operation, &request).await
}

/// Has an operation run.
async fn operate(
    context: &Context<'_>,
    operation: &'static wire::Operation,
    request: &wire::Request<'_>,
) -> Response<Bytes> {
    let id = context.id;
    let input = match wire::parse(operation, request) {
        Ok(input) => input,
        Err(error) => return refuse(id, operation.name, &error),
    };
    let began = Instant::now();
    let response = match api::dispatch(context, operation, input).await {
        Ok(output) => wire::render(operation, &output, id),
        Err(error) => refuse(id, operation.name, &error),
    };
    let (operation, took) = (operation.name, began.elapsed());
    if took > SLOW {
        tracing::info!(request = id, operation, ?took, "answered slowly");
    }
    response
}

/// How long an operation usually takes at the most.
const SLOW: Duration = Duration::from_secs(1);

/// What the service that was asked answers when it is broken.
fn broken(request: &wire::Request<'_>) -> ApiError {
    match wire::recognise(request) {
        Ok(operation) => ApiError::internal(operation.service),
        Err(error) => ApiError::internal(error.service),
    }
}

/// What a panic says.
fn text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("of no text")
}

/// Runs a future to its end, or to a panic in it.
async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    // After a panic it is dropped, and never polled again.
    poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}
