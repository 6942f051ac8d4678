//! The endpoint: one address for all services.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use neighbours::{Answered, Exchange};
use rustix::process::{Resource, getrlimit};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use wire::cbor::Asked;
use wire::event_stream;

use crate::accept::{Accepting, Doors};
pub use crate::accept::{Heard, Listening};
use crate::answer::{Arrived, answer};
use crate::body::{self, Answer, Bodies, BodyLimits};
pub use crate::door::Door;
pub use crate::endpoint::Endpoint;
use crate::for_s3::{ForS3, head};
use crate::front::Fronts;
use crate::gate;
use crate::http2;
use crate::metrics::Kind;
pub(crate) use crate::request_id::request_id;
use crate::s3_host;
use crate::sampler;
use crate::signature;
use crate::thread::end_process;
use crate::tls::{Duplex, Tls};
use crate::upload;
use crate::upstream;
use crate::upstream::notice::{self, path_of};
use crate::upstream::pass::{With, bucket_region, pass};
use crate::watched::{Answers, Watched, Writing};
use crate::way::Way;
use crate::web;
use crate::web::place::Place;

/// How long a client may take over the head of a request, and stay without asking for anything.
pub(crate) const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may read nothing of its answer.
const UNREAD_TIMEOUT: Duration = Duration::from_secs(60);
/// Bytes of a head.
const HEAD_LIMIT: usize = 64 << 10;
/// The most connections, and the fewest that there may be at the most.
const CONNECTIONS: (usize, usize) = (64, 10_000);
/// The part of connections and of bytes in flight that functions have, beside those of all others.
const FUNCTIONS_SHARE: usize = 4;
/// How often a connection that is to end is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// What clients may use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HttpLimits {
    /// Connections at a time; further ones wait until one ends.
    pub(crate) connections: usize,
    /// How long a client may read nothing of its answer.
    pub(crate) unread: Duration,
    /// Of bodies.
    pub(crate) bodies: BodyLimits,
}

impl HttpLimits {
    /// As this process may have descriptors: a quarter of them, since environments need far more.
    fn of_process() -> HttpLimits {
        let (fewest, most) = CONNECTIONS;
        let descriptors = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        let share = usize::try_from(descriptors / 4).unwrap_or(most);
        let connections = share.clamp(fewest, most);
        HttpLimits { connections, unread: UNREAD_TIMEOUT, bodies: BodyLimits::DEFAULT }
    }
}

/// What all connections of a kind are answered with.
pub(crate) struct Answering {
    pub(crate) endpoint: Arc<Endpoint>,
    bodies: Arc<Bodies>,
    unread: Duration,
    /// Where what may take long runs.
    common: Handle,
    /// Whether functions ask, who are held to their signatures whatever others are.
    pub(crate) is_of_functions: bool,
    /// How connections are encrypted that are to be.
    tls: Option<Tls>,
}

impl Answering {
    /// Whether requests must be signed with a key that is known.
    fn verifies(&self) -> bool {
        self.is_of_functions || self.endpoint.iam.verifies()
    }
}

/// Serves connections until `stop` says so (or nobody can say it any more), and then until all
/// that were being answered have their answers, or `drain` has passed.
///
/// # Errors
/// When threads cannot be started.
pub async fn serve(
    listening: Listening,
    endpoint: Arc<Endpoint>,
    stop: watch::Receiver<bool>,
    drain: Duration,
) -> io::Result<()> {
    serve_within(HttpLimits::of_process(), listening, endpoint, stop, drain).await
}

/// The same, within these limits.
pub(crate) async fn serve_within(
    limits: HttpLimits,
    listening: Listening,
    endpoint: Arc<Endpoint>,
    stop: watch::Receiver<bool>,
    drain: Duration,
) -> io::Result<()> {
    tokio::spawn(sampler::watch(Arc::downgrade(&endpoint.driver)));
    let fronts = Fronts::start(&endpoint.driver, &stop)?;
    let Listening { public, functions, tls } = listening;
    let answering = |is_of_functions, bodies| {
        let (endpoint, unread, common) = (Arc::clone(&endpoint), limits.unread, Handle::current());
        Arc::new(Answering {
            endpoint,
            bodies: Bodies::new(bodies),
            unread,
            common,
            is_of_functions,
            tls: tls.clone(),
        })
    };
    // Of their own, so that functions leave others theirs.
    let share = limits.bodies.in_flight / FUNCTIONS_SHARE;
    let of_functions = answering(true, BodyLimits { in_flight: share, ..limits.bodies });
    let accepting = Accepting::new(&answering(false, limits.bodies), limits.connections);
    let of_functions = Accepting::new(&of_functions, limits.connections / FUNCTIONS_SHARE);
    tokio::join!(
        accepting.accept(Doors::public(public), None, &fronts, stop.clone()),
        of_functions.accept(Doors::default(), Some(functions), &fronts, stop),
    );
    fronts.end(drain).await;
    Ok(())
}

/// Waits to be told to stop.
pub(crate) async fn told(stop: &mut watch::Receiver<bool>) {
    // An error is that nobody can tell any more.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Serves one connection. What goes wrong here is between the client and its connection.
pub(crate) async fn connection(
    stream: std::net::TcpStream,
    answering: Arc<Answering>,
    door: Arc<Door>,
    mut stop: watch::Receiver<bool>,
) {
    let Ok(stream) = stream.set_nodelay(true).and_then(|()| TcpStream::from_std(stream)) else {
        return;
    };
    let Ok(peer) = stream.peer_addr().map(|peer| peer.ip()) else { return };
    let tls = answering.tls.as_ref().filter(|_| door.is_tls());
    let begins = tokio::time::timeout(HEAD_TIMEOUT, begin(stream, tls));
    let begun = tokio::select! {
        begun = begins => begun,
        () = told(&mut stop) => return,
    };
    let Ok(Ok((stream, is_http2))) = begun else { return };
    let stream = Watched::new(stream);
    let (writing, answers) = (stream.writing(), Answers::default());
    let (unread, counted) = (answering.unread, answers.clone());
    let service = service_fn(move |request| {
        let request = if is_http2 { http2::as_http1(request) } else { request };
        let from = From { peer, door: Arc::clone(&door) };
        respond(Arc::clone(&answering), counted.clone(), from, request)
    });
    let serving = Serving { writing, answers, unread, ends_idle: is_http2 };
    if is_http2 {
        let connection = http2::builder(HEAD_LIMIT as u32).serve_connection(stream, service);
        return serving.until_over(pin!(connection), |it| it.graceful_shutdown(), stop).await;
    }
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(HEAD_LIMIT);
    let connection = builder.serve_connection(stream, service);
    serving.until_over(pin!(connection), |it| it.graceful_shutdown(), stop).await;
}

/// Encrypts a connection that is to be, and finds out whether its client speaks HTTP/2.
async fn begin(stream: TcpStream, tls: Option<&Tls>) -> io::Result<(Duplex, bool)> {
    let stream = match tls {
        None => {
            let is_http2 = http2::is_begun(&stream).await?;
            return Ok((Duplex::Plain(stream), is_http2));
        }
        Some(tls) => tls.accept(stream).await?,
    };
    let is_http2 = stream.chose_http2().unwrap_or(false);
    Ok((stream, is_http2))
}

/// Where a request comes from.
struct From {
    peer: IpAddr,
    door: Arc<Door>,
}

/// How a connection that is served goes.
struct Serving {
    writing: Arc<Writing>,
    answers: Answers,
    unread: Duration,
    /// Whether one without requests is ended here: HTTP/2 has no head that is waited for.
    ends_idle: bool,
}

impl Serving {
    /// Serves a connection until it is over, or its client reads nothing of what it is owed.
    async fn until_over<C: Future>(
        self,
        mut connection: Pin<&mut C>,
        end: impl FnOnce(Pin<&mut C>),
        mut stop: watch::Receiver<bool>,
    ) {
        let Serving { writing, answers, unread, ends_idle } = self;
        let mut written = None;
        loop {
            tokio::select! {
                _ = connection.as_mut() => return,
                () = told(&mut stop) => break,
                () = tokio::time::sleep(unread) => {
                    // What a stream of HTTP/2 is owed may wait for its client while nothing is written.
                    let is_idle = ends_idle && !answers.are_owed();
                    let now = (is_idle || writing.waits()).then(|| writing.bytes());
                    match now.is_some() && now == written {
                        true if is_idle => break,
                        true => return,
                        false => written = now,
                    }
                }
            }
        }
        end(connection.as_mut());
        // Whoever has sent a request whole is answered, and may read that; others are not waited for.
        let is_owed = || answers.are_owed() || writing.waits();
        loop {
            tokio::select! {
                _ = connection.as_mut() => return,
                () = tokio::time::sleep(LOOK) => if !is_owed() { return },
            }
        }
    }
}

async fn respond(
    answering: Arc<Answering>,
    answers: Answers,
    From { peer, door }: From,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let (parts, body) = request.into_parts();
    let place = answering.endpoint.gate.place(&parts.headers);
    let cbor = asked_in_cbor(&parts).filter(|_| place.is_none());
    let metrics = answering.endpoint.driver.metrics();
    let id = request_id();
    let refused = |response: Response<Bytes>| {
        metrics.answered(Kind::Refused, response.status().as_u16());
        Ok(response.map(|body| answering.bodies.answer(body)))
    };
    let way = match let_in(&answering, (&door, peer), &parts, place.as_ref()).await {
        Ok(way) => way,
        Err(refusal) => {
            tracing::debug!(request = id, path = parts.uri.path(), %refusal, "not let in");
            return refused(refusal.render());
        }
    };
    if let Err(response) = check_head(&answering, place.as_ref(), &parts, &id) {
        return refused(spelled(*response, cbor));
    }
    if place.is_none()
        && let Some(elsewhere) = answering.endpoint.upstreams.of(&parts)
    {
        let with = With {
            endpoint: &answering.endpoint,
            bodies: &answering.bodies,
            verifies: answering.verifies(),
        };
        let owed = answers.owe();
        if is_notice(&answering, &parts) {
            let found = bucket_region(with, elsewhere, (&id, peer), &parts).await;
            drop(owed);
            let region = match found {
                Ok(region) => region,
                Err(refused) => return Ok(refused),
            };
            let asked = (id, peer, way, Some(region));
            return Ok(respond_s3(&answering, &answers, asked, (parts, body)).await);
        }
        let response = pass(with, elsewhere, (&id, peer), (parts, body)).await;
        drop(owed);
        metrics.answered(Kind::Operation, response.status().as_u16());
        return Ok(response);
    }
    if place.is_none() && wire::is_for_s3(&head(&parts)) {
        let from = (id, peer, way, None);
        return Ok(respond_s3(&answering, &answers, from, (parts, body)).await);
    }
    let limit = if place.is_some() { web::BODY } else { body::bound(&parts) };
    let (body, share) = match answering.bodies.read(limit, body).await {
        Ok(read) => read,
        Err(why) => {
            let of_service = || spelled(body::refuse(&id, &parts, why), cbor);
            return refused(if place.is_some() { web::unread(&id, why) } else { of_service() });
        }
    };
    let owed = answers.owe();
    let verifies = answering.verifies();
    let streams = cbor.is_none() && is_subscription(&parts);
    let exchange = streams.then(|| Arc::new(Exchange::new(&id, peer, None)));
    let events = exchange.clone();
    let arrived = Arrived { id, peer, way, parts, place, body, s3: None, events, verifies };
    let is_invoke = arrived.is_invoke();
    let kind = if is_invoke { Kind::Invoke } else { Kind::Operation };
    let response = spelled(answered(&answering, arrived, is_invoke).await, cbor);
    metrics.answered(kind, response.status().as_u16());
    drop(owed);
    drop(share);
    Ok(with_body(&answering, response, exchange.and_then(|exchange| exchange.take_answer())))
}

/// Whether it is about the notifications of a bucket, which are kept here wherever the bucket is.
fn is_notice(answering: &Answering, parts: &Parts) -> bool {
    let path = path_of(&answering.endpoint, parts);
    notice::is_own(&wire::Request { path: &path, ..head(parts) })
}

/// Lets a request in, and tells by what way it came. What came through a VPC endpoint is for its service alone:
/// for no URL of a function, and for none that is elsewhere where the endpoint has a policy.
async fn let_in(
    answering: &Answering,
    (door, peer): (&Door, IpAddr),
    parts: &Parts,
    place: Option<&Place>,
) -> Result<Way, gate::Refusal> {
    let endpoint = &answering.endpoint;
    endpoint.gate.check(parts, place, door.is_of_services())?;
    if let Some(way) = Way::by(door) {
        return Ok(way);
    }
    let way = Way::find(endpoint, door, peer, parts).await?;
    if let Some(place) = place {
        return Err(gate::Refusal::Host(place.name.clone()));
    }
    if endpoint.upstreams.of(parts).is_some() {
        // It would be passed on by what it is signed for, whatever its host says.
        if !upstream::service(parts).is_some_and(|service| way.leads_to(service.name)) {
            let host = parts.headers.get("host").and_then(|host| host.to_str().ok());
            return Err(gate::Refusal::OtherService(host.unwrap_or_default().to_owned()));
        }
        if way.policy().is_some() {
            return Err(gate::Refusal::Unjudged);
        }
    }
    Ok(way)
}

/// The answer to a request that is signed for S3, whose body and whose answer's may be of any length; with
/// the region of its bucket where that is elsewhere.
async fn respond_s3(
    answering: &Arc<Answering>,
    answers: &Answers,
    (id, peer, way, elsewhere): (String, IpAddr, Way, Option<String>),
    (parts, body): (Parts, Incoming),
) -> Response<Answer> {
    let metrics = answering.endpoint.driver.metrics();
    let path = path_of(&answering.endpoint, &parts);
    let is_received = upload::is_one(&parts, &path);
    let (endpoint, bodies) = (&answering.endpoint, &answering.bodies);
    let refuse = |response: Response<Bytes>| {
        metrics.answered(Kind::Refused, response.status().as_u16());
        response.map(|body| bodies.answer(body))
    };
    let (upload, body, share) = if is_received {
        match upload::receive(
            endpoint,
            bodies,
            (&answering.common, answering.verifies()),
            &parts,
            body,
        )
        .await
        {
            Ok(upload) => (Some(upload), Bytes::new(), None),
            Err(error) => {
                tracing::debug!(request = id, code = %error.code, error.message, "not received");
                let mut response = error.render(&id);
                // What is left of the body is not read.
                response.headers_mut().insert("connection", HeaderValue::from_static("close"));
                return refuse(response);
            }
        }
    } else {
        match bodies.read(body::bound(&parts), body).await {
            Ok((body, share)) => (None, body, Some(share)),
            Err(why) => return refuse(body::refuse(&id, &parts, why)),
        }
    };
    let owed = answers.owe();
    let mut exchange = Exchange::new(&id, peer, upload);
    exchange.elsewhere = elsewhere;
    let exchange = Arc::new(exchange);
    let s3 = ForS3 { path, is_received, exchange: Arc::clone(&exchange) };
    let verifies = answering.verifies();
    let arrived =
        Arrived { id, peer, way, parts, place: None, body, s3: Some(s3), events: None, verifies };
    let response = answered(answering, arrived, false).await;
    metrics.answered(Kind::Operation, response.status().as_u16());
    drop(owed);
    drop(share);
    with_body(answering, response, exchange.take_answer())
}

/// An answer with what goes with it.
fn with_body(
    answering: &Answering,
    mut response: Response<Bytes>,
    answered: Option<Answered>,
) -> Response<Answer> {
    let bodies = &answering.bodies;
    match answered.filter(|_| response.status().is_success()) {
        Some(Answered::Bytes(bytes)) => {
            response.map(|_| bodies.answer_from(bytes, &answering.common))
        }
        Some(Answered::Events(events)) => {
            let kind = HeaderValue::from_static(event_stream::CONTENT_TYPE);
            response.headers_mut().insert("content-type", kind);
            response.map(|_| bodies.answer_as_it_comes(events, None))
        }
        None => response.map(|body| bodies.answer(body)),
    }
}

/// Whether a request is answered with events as they come.
fn is_subscription(parts: &Parts) -> bool {
    parts.headers.get("x-amz-target").is_some_and(|it| it == "Kinesis_20131202.SubscribeToShard")
}

/// Refuses what may not send its body here.
fn check_head(
    answering: &Answering,
    place: Option<&Place>,
    parts: &Parts,
    id: &str,
) -> Result<(), Box<Response<Bytes>>> {
    if let Some(place) = place {
        return web::check_head(&answering.endpoint, place, parts, id);
    }
    let host = parts.headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let checked = gate::check_form(parts)
        .and_then(|()| s3_host::check(gate::name_of_host(host)))
        .and_then(|()| signature::check_head(&answering.endpoint, parts, answering.verifies()));
    checked.map_err(|error| {
        tracing::debug!(request = id, path = parts.uri.path(), code = %error.code, "not let in");
        Box::new(error.render(id))
    })
}

/// How a request in CBOR is to be answered.
fn asked_in_cbor(parts: &Parts) -> Option<Asked> {
    Asked::of(&head(parts))
}

/// An answer as the request was spelled.
fn spelled(response: Response<Bytes>, cbor: Option<Asked>) -> Response<Bytes> {
    match cbor {
        None => response,
        Some(asked) => asked.respell(response),
    }
}

/// The answer to a request, made here or where it may take long.
async fn answered(answering: &Answering, arrived: Arrived, is_invoke: bool) -> Response<Bytes> {
    let endpoint = &answering.endpoint;
    if is_invoke {
        return answer(endpoint, &arrived).await;
    }
    let endpoint = Arc::clone(endpoint);
    let waits = waits_for_others(&arrived);
    let mut answered = answering.common.spawn(async move { answer(&endpoint, &arrived).await });
    // What has come is not to be taken by a client that has gone while it waited.
    let _ended = waits.then(|| Ended(answered.abort_handle()));
    match (&mut answered).await {
        Ok(response) => response,
        // The server ends, and its common threads before those of connections.
        Err(ended) if ended.is_cancelled() => std::future::pending().await,
        Err(_) => end_process("request panicked while its panic was answered"),
    }
}

/// Whether a request may wait for what others send.
fn waits_for_others(arrived: &Arrived) -> bool {
    let said = |name| arrived.parts.headers.get(name).and_then(|value| value.to_str().ok());
    match said("x-amz-target") {
        Some(target) => target == "AmazonSQS.ReceiveMessage",
        // No other body is looked through here: a function's code may have 70 MB.
        None if said("content-type").is_some_and(|kind| kind.starts_with(FORM)) => {
            arrived.body.windows(RECEIVE.len()).any(|part| part == RECEIVE)
        }
        None => false,
    }
}

/// How older clients ask for messages.
const FORM: &str = "application/x-www-form-urlencoded";
const RECEIVE: &[u8] = b"Action=ReceiveMessage";

/// A task that ends where nobody waits for it any more.
struct Ended(AbortHandle);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.abort();
    }
}
