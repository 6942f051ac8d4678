//! One request, passed on, and its answer, as they come.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::SendRequest;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use wire::sigv4::chunked::{self, Decoder};
use wire::sigv4::{Presented, SignatureError};
use wire::{ApiError, Service};

use crate::body::{self, Answer, Bodies};
use crate::dial::{self, DialError};
use crate::endpoint::Endpoint;
use crate::for_s3::head;
use crate::signature::{self, Sender};
use crate::sources::remote::Keys;
use crate::upstream::Elsewhere;
use crate::upstream::feed::{Fed, Given, Passed, feed};
use crate::upstream::notice::{At, Told, Watching, path_of};
use crate::upstream::resign::{Passing, without_hops};

/// How long an answer may take to begin once the request is there.
const ANSWER: Duration = Duration::from_secs(120);
/// How long nothing may come of it.
const IDLE: Duration = Duration::from_secs(60);
/// Bytes of a body that has to be at hand whole, since a signature is over it.
const WHOLE: usize = 32 << 20;

/// With what a request is passed on.
pub(crate) struct With<'a> {
    pub(crate) endpoint: &'a Arc<Endpoint>,
    pub(crate) bodies: &'a Arc<Bodies>,
    /// Whether its signature is to be that of its key.
    pub(crate) verifies: bool,
}

/// Why a request is not passed on.
pub(super) enum Failure {
    /// Refused here.
    Refused(ApiError),
    /// Its body was not read.
    Unread(body::Unread),
    /// The upstream does not answer.
    Unreachable(String),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        Failure::Refused(error)
    }
}

impl From<DialError> for Failure {
    fn from(why: DialError) -> Failure {
        Failure::Unreachable(why.to_string())
    }
}

/// Passes a request on, and answers with what comes back.
pub(crate) async fn pass(
    with: With<'_>,
    elsewhere: &Arc<Elsewhere>,
    (id, peer): (&str, IpAddr),
    (parts, body): (Parts, Incoming),
) -> Response<Answer> {
    let passed = match wire::is_for_s3(&head(&parts)) {
        true => stream(&with, elsewhere, (id, peer), &parts, body).await,
        false => whole(&with, elsewhere, &parts, body).await,
    };
    match passed {
        Ok(response) => response,
        Err(failure) => refused(&with, elsewhere, (id, peer), &parts, failure),
    }
}

/// Where a bucket is whose notifications are asked about, for the one who asks.
///
/// # Errors
/// The answer that it is not there, or that the one who asks is nobody.
pub(crate) async fn bucket_region(
    with: With<'_>,
    elsewhere: &Arc<Elsewhere>,
    (id, peer): (&str, IpAddr),
    parts: &Parts,
) -> Result<String, Response<Answer>> {
    let found = async {
        let (sender, _) =
            signature::passing_s3(with.endpoint, &head(parts), with.verifies).map_err(spelled)?;
        At::new(elsewhere, &sender, &path_of(with.endpoint, parts)).region_of_bucket().await
    };
    found.await.map_err(|error| refused(&with, elsewhere, (id, peer), parts, error.into()))
}

fn refused(
    with: &With<'_>,
    elsewhere: &Elsewhere,
    (id, peer): (&str, IpAddr),
    parts: &Parts,
    failure: Failure,
) -> Response<Answer> {
    let mut refused = match failure {
        Failure::Refused(error) => error.render(id),
        Failure::Unread(why) => body::refuse(id, parts, why),
        Failure::Unreachable(why) => {
            let (at, path) = (&elsewhere.uri, parts.uri.path());
            tracing::warn!(request = id, %peer, %at, path, why, "request is not passed on");
            let message = format!("The upstream {at} does not answer: {why}");
            let mut error = ApiError::new(service(parts), "ServiceUnavailable", message);
            error.status = 503;
            error.render(id)
        }
    };
    // What is left of the body is not read.
    refused.headers_mut().insert("connection", HeaderValue::from_static("close"));
    refused.map(|body| with.bodies.answer(body))
}

/// The service in whose words is refused.
fn service(parts: &Parts) -> &'static Service {
    match wire::recognise(&head(parts)) {
        Ok(operation) => operation.service,
        Err(error) => error.service,
    }
}

/// Whether the one who sends a request may have it passed on: what it would take is not known here.
fn check_caller(with: &With<'_>, parts: &Parts, sender: &Sender) -> Result<(), ApiError> {
    if !with.endpoint.iam.enforces() || sender.caller.is_root() {
        return Ok(());
    }
    let message = format!(
        "User: {} is not authorized: where IAM is enforced Warren passes requests of roots alone on.",
        sender.caller.arn()
    );
    let mut error = ApiError::new(service(parts), "AccessDenied", message);
    error.status = 403;
    Err(error)
}

/// The keys by which requests of somebody are signed.
pub(super) fn keys(elsewhere: &Elsewhere, sender: &Sender) -> Keys {
    elsewhere.keys.clone().unwrap_or_else(|| Keys {
        // Emulators take an account for a key.
        access_key: format!("{:012}", sender.caller.account),
        secret: "secret".to_owned(),
        token: None,
    })
}

/// Passes on a request whose signature is over its body.
async fn whole(
    with: &With<'_>,
    elsewhere: &Arc<Elsewhere>,
    parts: &Parts,
    body: Incoming,
) -> Result<Response<Answer>, Failure> {
    let (body, _share) = with.bodies.read(WHOLE, body).await.map_err(Failure::Unread)?;
    let request = wire::Request { body: &body, ..head(parts) };
    let scope = wire::signed_for(&request).map(|it| it.into_owned()).unwrap_or_default();
    let sender = signature::passing(with.endpoint, &request, &scope, with.verifies);
    let sender = sender.map_err(|error| error.to_api_error(service(parts)))?;
    check_caller(with, parts, &sender)?;
    let body = sender.body.clone().unwrap_or_else(|| body.clone());
    let passing = Passing {
        parts,
        path: parts.uri.path(),
        body: &body,
        service: &scope,
        region: &sender.region,
    };
    let head = || match passing.holds_at(&elsewhere.uri) {
        true => passing.as_it_is(),
        false => passing.signed(&elsewhere.uri, &keys(elsewhere, &sender)),
    };
    let request = || {
        let head = head().map_err(|why| Failure::Unreachable(why.to_string()))?;
        Ok::<_, Failure>(head.map(|()| Passed::Whole(Some(body.clone()))))
    };
    // A connection that was kept may have been closed meanwhile: then the request goes by a new one.
    if let Some(mut kept) = elsewhere.kept()
        && kept.ready().await.is_ok()
    {
        match timeout(ANSWER, kept.send_request(request()?)).await {
            Ok(Ok(response)) => return Ok(answer(with.bodies, elsewhere, kept, response)),
            Ok(Err(why)) if dial::was_closed(&why) => {}
            Ok(Err(why)) => return Err(broken(why)),
            // It may have been taken, and is not made twice.
            Err(_) => return Err(slow()),
        }
    }
    let mut made = dial::connect(&elsewhere.uri).await?;
    let response = timeout(ANSWER, made.send_request(request()?)).await;
    let response = response.map_err(|_| slow())?.map_err(broken)?;
    Ok(answer(with.bodies, elsewhere, made, response))
}

/// Passes on a request to S3, part by part.
async fn stream(
    with: &With<'_>,
    elsewhere: &Arc<Elsewhere>,
    (id, peer): (&str, IpAddr),
    parts: &Parts,
    body: Incoming,
) -> Result<Response<Answer>, Failure> {
    let request = head(parts);
    let (sender, secret) =
        signature::passing_s3(with.endpoint, &request, with.verifies).map_err(spelled)?;
    check_caller(with, parts, &sender)?;
    let path = path_of(with.endpoint, parts);
    let passing = Passing { parts, path: &path, body: b"", service: "s3", region: &sender.region };
    let holds = passing.holds_at(&elsewhere.uri);
    let head = match holds {
        true => passing.as_it_is(),
        false => passing.signed(&elsewhere.uri, &keys(elsewhere, &sender)),
    };
    let head = head.map_err(|why| Failure::Unreachable(why.to_string()))?;
    let decoder = match !holds && passing.has_signed_chunks() {
        true => {
            let presented = Presented::read(&request).map_err(spelled)?;
            Decoder::new(&request, &presented, secret.as_deref()).map_err(spelled)?
        }
        false => None,
    };
    let is_chunked = decoder.is_none() && chunked::is_chunked(&request);
    let at = At::new(elsewhere, &sender, &path);
    let request = wire::Request { path: &path, ..request };
    let watching = Watching::of(with, &request, (at, &sender, is_chunked), (id, peer)).await?;
    let (is_watched, keeps) = (watching.is_some(), watching.as_ref().map_or(0, Watching::keeps));
    let (elsewhere, bodies) = (Arc::clone(elsewhere), Arc::clone(with.bodies));
    let passed = async move {
        let on = On { head, body, decoder, keeps };
        let (connection, response, given) = send(&elsewhere, on).await?;
        let Some(watching) = watching else {
            return Ok(answer(&bodies, &elsewhere, connection, response));
        };
        let given = timeout(IDLE, given).await.ok().and_then(Result::ok).unwrap_or_default();
        match watching.tell(response, given).await? {
            Told::Whole(whole) => {
                elsewhere.keep(connection);
                Ok(whole)
            }
            Told::ToCome(response) => Ok(answer(&bodies, &elsewhere, connection, response)),
        }
    };
    if is_watched {
        // Whoever asked may go away: what was done is told all the same.
        let passed = tokio::spawn(passed).await;
        return passed.unwrap_or_else(|_| Err(ApiError::internal(&wire::s3::SERVICE).into()));
    }
    passed.await
}

fn spelled(error: SignatureError) -> ApiError {
    error.to_api_error(&wire::s3::SERVICE)
}

/// What is sent on.
struct On {
    head: Request<()>,
    body: Incoming,
    decoder: Option<Decoder>,
    /// How many bytes of the body are to be known.
    keeps: usize,
}

/// Sends a request on, and what comes of it until an answer begins; with what was given on of its body,
/// once that is known.
async fn send(
    elsewhere: &Elsewhere,
    on: On,
) -> Result<(SendRequest<Passed>, Response<Incoming>, oneshot::Receiver<Given>), Failure> {
    let On { head, body, decoder, keeps } = on;
    let length = head.headers().get("content-length").and_then(|it| it.to_str().ok()?.parse().ok());
    let length = length.or_else(|| body.size_hint().exact());
    let mut made = dial::connect(&elsewhere.uri).await?;
    let (parts, coming) = mpsc::channel(1);
    let (told, mut fed) = oneshot::channel();
    let (noted, given) = oneshot::channel();
    tokio::spawn(async move {
        let (how, given) = feed(body, decoder, parts, keeps).await;
        // Whoever waits for it may have its answer already.
        let _ = noted.send(given);
        let _ = told.send(how);
    });
    let request: Request<Passed> = head.map(|()| Passed::Coming(coming, length));
    let sending = made.send_request(request);
    tokio::pin!(sending);
    let response = tokio::select! {
        response = &mut sending => response.map_err(broken),
        how = &mut fed => match how {
            Ok(Fed::Bad(why)) => return Err(spelled(why).into()),
            Ok(Fed::Broken) => return Err(Failure::Unread(body::Unread::Malformed)),
            Ok(Fed::Whole) | Err(_) => tokio::select! {
                response = &mut sending => response.map_err(broken),
                () = sleep(ANSWER) => Err(slow()),
            },
        },
    };
    Ok((made, response?, given))
}

fn slow() -> Failure {
    Failure::Unreachable("it did not answer in time".to_owned())
}

fn broken(why: hyper::Error) -> Failure {
    Failure::Unreachable(why.to_string())
}

/// The answer that came, of which the rest is to come.
fn answer(
    bodies: &Arc<Bodies>,
    elsewhere: &Arc<Elsewhere>,
    connection: SendRequest<Passed>,
    response: Response<Incoming>,
) -> Response<Answer> {
    let (mut head, mut body) = response.into_parts();
    head.headers = without_hops(&head.headers);
    let length = body.size_hint().exact();
    let (sender, parts) = mpsc::channel(1);
    let elsewhere = Arc::clone(elsewhere);
    tokio::spawn(async move {
        if give(&mut body, &sender).await {
            elsewhere.keep(connection);
        }
    });
    Response::from_parts(head, bodies.answer_as_it_comes(parts, length))
}

/// Gives an answer on; answers whether it came to its end.
async fn give(body: &mut Incoming, sender: &mpsc::Sender<io::Result<Bytes>>) -> bool {
    loop {
        let part = tokio::select! {
            part = timeout(IDLE, body.frame()) => part,
            // Nobody waits for it any more.
            () = sender.closed() => return false,
        };
        let part = match part {
            Ok(None) => return true,
            Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut)),
            Ok(Some(Err(why))) => Err(io::Error::other(why)),
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => Ok(data),
                Err(_) => continue,
            },
        };
        let is_broken = part.is_err();
        // Whoever reads nothing of it is cut by its own connection.
        if sender.send(part).await.is_err() || is_broken {
            return false;
        }
    }
}
