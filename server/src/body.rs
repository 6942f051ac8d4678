//! The body of a request: read whole, within bounds of its size, of time, and of all bodies together.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderValue, Response};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use neighbours::Outgoing;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use wire::{ApiError, Protocol, Service};

use crate::api;
use crate::for_s3::head;
use crate::internal;

/// Bytes of a request to make a function, as AWS has it: a package of 50 MB in base64, and something
/// around it.
const CODE: usize = 70_167_211;
/// Bytes of a request to CloudWatch Logs: a batch of 1 MB of lines, however they are escaped.
const LINES: usize = 8 << 20;
/// Bytes of a form to SQS: messages of 1 MiB, each byte of which may be spelled as three.
const MESSAGES: usize = 4 << 20;
/// Bytes of a request to DynamoDB, as AWS has it; records of one to Kinesis are fewer in base64.
const ITEMS: usize = 16 << 20;
/// Bytes of a document to S3: 10,000 parts with their checksums, or 1,000 keys.
const DOCUMENTS: usize = 8 << 20;
/// Bytes of any other request.
const OTHER: usize = 1 << 20;
/// What is read of a body that is too large, so that its sender comes to read the answer.
const PASSED_OVER: usize = 256 << 20;

/// How long bodies may take, and how many bytes all of them may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimits {
    /// From one byte to the next.
    pub(crate) idle: Duration,
    /// From the first to the last.
    pub(crate) whole: Duration,
    /// Bytes of all that are being read or answered.
    pub(crate) in_flight: usize,
}

impl BodyLimits {
    pub(crate) const DEFAULT: BodyLimits = BodyLimits {
        idle: Duration::from_secs(20),
        whole: Duration::from_secs(600),
        in_flight: 512 << 20,
    };
}

/// The bytes of all bodies that are being read or answered.
#[derive(Debug)]
pub(crate) struct Bodies {
    limits: BodyLimits,
    in_flight: AtomicUsize,
}

/// A share of the bytes in flight, until it is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    bodies: Arc<Bodies>,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.bodies.in_flight.fetch_sub(self.bytes, Ordering::Relaxed);
        }
    }
}

impl Share {
    /// The whole of it, of which nothing is left here.
    fn take(&mut self) -> Share {
        let nothing = Share { bodies: Arc::clone(&self.bodies), bytes: 0 };
        std::mem::replace(self, nothing)
    }

    /// Becomes smaller by so many bytes.
    fn shrink(&mut self, bytes: usize) {
        self.bytes -= bytes;
        self.bodies.in_flight.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Grows by so many bytes, if there is room for them.
    fn grow(&mut self, bytes: usize) -> Result<(), Unread> {
        let before = self.bodies.in_flight.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
        match before + bytes > self.bodies.limits.in_flight {
            true => Err(Unread::NoRoom),
            false => Ok(()),
        }
    }
}

/// An answer's body, given out in parts: until a client has read to the last of them, all of it is a
/// share of the bytes in flight, so that clients that do not read leave no room for more.
#[derive(Debug)]
pub(crate) struct Answer {
    bytes: Bytes,
    share: Share,
    /// Where the bytes are that are still to come.
    more: More,
}

/// Bytes that are still to come.
#[derive(Debug)]
enum More {
    Nothing,
    /// They are in files.
    File(Read),
    /// They are made, or received, as fast as they are sent: each is counted by whoever makes it.
    Coming(mpsc::Receiver<io::Result<Bytes>>, Option<u64>),
}

/// Bytes that are read from files, a part at a time, as fast as they are sent.
#[derive(Debug)]
struct Read {
    left: u64,
    state: ReadState,
    common: Handle,
}

#[derive(Debug)]
enum ReadState {
    Idle(Outgoing),
    Reading(JoinHandle<(Outgoing, io::Result<Option<Bytes>>)>),
    Over,
}

impl Read {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(&mut self.state, ReadState::Over) {
                ReadState::Over => return Poll::Ready(None),
                ReadState::Idle(_) if self.left == 0 => return Poll::Ready(None),
                ReadState::Idle(mut bytes) => {
                    self.state = ReadState::Reading(self.common.spawn_blocking(move || {
                        let read = bytes.read();
                        (bytes, read)
                    }));
                }
                ReadState::Reading(mut reading) => match Pin::new(&mut reading).poll(cx) {
                    Poll::Pending => {
                        self.state = ReadState::Reading(reading);
                        return Poll::Pending;
                    }
                    Poll::Ready(Err(ended)) => {
                        return Poll::Ready(Some(Err(io::Error::other(ended))));
                    }
                    Poll::Ready(Ok((bytes, read))) => {
                        if let Ok(Some(part)) = &read {
                            self.left = self.left.saturating_sub(part.len() as u64);
                            self.state = ReadState::Idle(bytes);
                        }
                        if let Err(why) = &read {
                            tracing::error!(%why, "an object cannot be read");
                        }
                        return Poll::Ready(read.transpose());
                    }
                },
            }
        }
    }
}

/// Bytes of a part.
const PART: usize = 64 << 10;
/// Bytes of a last part that may wait to be written without being counted.
const SMALL: usize = 4 << 10;

/// A last part, which is counted until it is written: a client of HTTP/2 may have a hundred of them wait.
struct Counted {
    bytes: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Counted {
    fn bytes(bytes: Bytes, share: Share) -> Bytes {
        Bytes::from_owner(Counted { bytes, _share: share })
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.more {
            More::Nothing => {}
            More::File(file) => {
                return file.poll(cx).map(|read| read.map(|read| read.map(Frame::data)));
            }
            More::Coming(parts, _) => {
                return parts.poll_recv(cx).map(|part| part.map(|part| part.map(Frame::data)));
            }
        }
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let is_whole = self.share.bytes == self.bytes.len() && self.bytes.len() <= PART;
        let length = self.bytes.len().min(PART);
        // A part of the same memory would keep all of it, counted or not.
        let part = match is_whole {
            true => std::mem::take(&mut self.bytes),
            false => Bytes::copy_from_slice(&self.bytes.split_to(length)),
        };
        if self.bytes.is_empty() {
            self.bytes = Bytes::new();
            let mut share = self.share.take();
            let over = share.bytes.saturating_sub(if part.len() > SMALL { part.len() } else { 0 });
            share.shrink(over);
            if share.bytes > 0 {
                return Poll::Ready(Some(Ok(Frame::data(Counted::bytes(part, share)))));
            }
        }
        Poll::Ready(Some(Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
            && match &self.more {
                More::Nothing => true,
                More::File(file) => file.left == 0,
                More::Coming(_, length) => *length == Some(0),
            }
    }

    fn size_hint(&self) -> SizeHint {
        let more = match &self.more {
            More::Nothing => Some(0),
            More::File(file) => Some(file.left),
            More::Coming(_, length) => *length,
        };
        match more {
            Some(more) => SizeHint::with_exact(self.bytes.len() as u64 + more),
            None => SizeHint::default(),
        }
    }
}

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unread {
    #[error("body is larger than {0} bytes")]
    TooLarge(usize),
    #[error("body is malformed, or ended too early")]
    Malformed,
    #[error("body did not come in time")]
    TooSlow,
    #[error("bodies of other requests fill the server")]
    NoRoom,
}

impl Bodies {
    pub(crate) fn new(limits: BodyLimits) -> Arc<Bodies> {
        Arc::new(Bodies { limits, in_flight: AtomicUsize::new(0) })
    }

    /// From one byte to the next.
    pub(crate) fn idle(&self) -> Duration {
        self.limits.idle
    }

    /// The body of an answer that is read from files as it is sent.
    pub(crate) fn answer_from(self: &Arc<Bodies>, bytes: Outgoing, common: &Handle) -> Answer {
        let share = Share { bodies: Arc::clone(self), bytes: 0 };
        let left = bytes.left();
        let file = Read { left, state: ReadState::Idle(bytes), common: common.clone() };
        Answer { bytes: Bytes::new(), share, more: More::File(file) }
    }

    /// The body of an answer that is sent as it comes, of this length if that is known.
    pub(crate) fn answer_as_it_comes(
        self: &Arc<Bodies>,
        parts: mpsc::Receiver<io::Result<Bytes>>,
        length: Option<u64>,
    ) -> Answer {
        let share = Share { bodies: Arc::clone(self), bytes: 0 };
        Answer { bytes: Bytes::new(), share, more: More::Coming(parts, length) }
    }

    /// The body of an answer. It is made already, and so it is not refused where there is no room.
    pub(crate) fn answer(self: &Arc<Bodies>, bytes: Bytes) -> Answer {
        let mut share = Share { bodies: Arc::clone(self), bytes: 0 };
        let _ = share.grow(bytes.len());
        Answer { bytes, share, more: More::Nothing }
    }

    /// Reads a body; its share of the bytes in flight is to be kept as long as they are.
    ///
    /// # Errors
    /// When it is larger than this many bytes, malformed or slow, or when there is no
    /// room for it.
    pub(crate) async fn read(
        self: &Arc<Bodies>,
        limit: usize,
        mut body: Incoming,
    ) -> Result<(Bytes, Share), Unread> {
        let mut share = Share { bodies: Arc::clone(self), bytes: 0 };
        if body.is_end_stream() {
            return Ok((Bytes::new(), share));
        }
        let end = Instant::now() + self.limits.whole;
        if body.size_hint().lower() > limit as u64 {
            self.pass_over(&mut body, end).await?;
            return Err(Unread::TooLarge(limit));
        }
        let Some(first) = self.next(&mut body, end).await? else {
            return Ok((Bytes::new(), share));
        };
        share.grow(first.len())?;
        if body.is_end_stream() && first.len() <= limit {
            return Ok((first, share));
        }
        let mut whole = BytesMut::from(first);
        while whole.len() <= limit {
            let Some(more) = self.next(&mut body, end).await? else {
                return Ok((whole.freeze(), share));
            };
            share.grow(more.len())?;
            whole.extend_from_slice(&more);
        }
        drop((whole, share));
        self.pass_over(&mut body, end).await?;
        Err(Unread::TooLarge(limit))
    }

    /// The next bytes; none at the end.
    async fn next(&self, body: &mut Incoming, end: Instant) -> Result<Option<Bytes>, Unread> {
        loop {
            let until = end.min(Instant::now() + self.limits.idle);
            match timeout_at(until, body.frame()).await {
                Err(_) => return Err(Unread::TooSlow),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(Unread::Malformed),
                // Trailers tell nothing here.
                Ok(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }

    async fn pass_over(&self, body: &mut Incoming, end: Instant) -> Result<(), Unread> {
        let mut passed = 0;
        while passed < PASSED_OVER {
            let Some(more) = self.next(body, end).await? else { break };
            passed += more.len();
        }
        Ok(())
    }
}

/// The most that a request may have, by its head.
pub(crate) fn bound(parts: &Parts) -> usize {
    let path = parts.uri.path();
    match () {
        () if path.starts_with(internal::PREFIX) => OTHER,
        () if wire::is_for_s3(&head(parts)) => DOCUMENTS,
        () if is_invoke(path) => api::INVOKE_LIMIT,
        () if path.starts_with(ROUTE53) => OTHER,
        () if is_of_lambda(path) => CODE,
        () if is_for_sqs(parts) => MESSAGES,
        () if has_items(parts) => ITEMS,
        () if parts.headers.contains_key("x-amz-target") => LINES,
        () => OTHER,
    }
}

/// Whether a path is an invocation's, which is answered where it arrives.
pub(crate) fn is_invoke(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/invocations")
}

/// What paths of Route 53 begin with: a date, as those of Lambda do.
const ROUTE53: &str = "/2013-04-01/";

/// Whether a path begins with a date.
fn is_of_lambda(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.get(1).is_some_and(u8::is_ascii_digit) && bytes.get(5) == Some(&b'-')
}

fn has_items(parts: &Parts) -> bool {
    let target = parts.headers.get("x-amz-target").and_then(|it| it.to_str().ok());
    let starts =
        |it: &str| it.starts_with("DynamoDB_20120810.") || it.starts_with("Kinesis_20131202.");
    target.is_some_and(starts)
}

/// Whether a request is signed for SQS and has no target, as older clients send it.
fn is_for_sqs(parts: &Parts) -> bool {
    let authorization = parts.headers.get("authorization").and_then(|it| it.to_str().ok());
    authorization.is_some_and(|it| it.contains("/sqs/aws4_request"))
        && !parts.headers.contains_key("x-amz-target")
}

/// The answer to a request whose body was not read, after which its connection ends.
pub(crate) fn refuse(id: &str, parts: &Parts, why: Unread) -> Response<Bytes> {
    let error = spell(parts, why);
    tracing::debug!(request = id, path = parts.uri.path(), code = &*error.code, %why, "not read");
    let mut response = error.render(id);
    response.headers_mut().insert("connection", HeaderValue::from_static("close"));
    response
}

fn spell(parts: &Parts, why: Unread) -> ApiError {
    let service = service(parts);
    let by_protocol = |ec2, query, json| match service.protocol {
        Protocol::Ec2 | Protocol::RestXml => ec2,
        Protocol::Query => query,
        Protocol::RestJson | Protocol::Json => json,
    };
    let (status, code, message) = match why {
        Unread::TooLarge(limit) => {
            let path = parts.uri.path();
            let operation = match () {
                () if is_invoke(path) => "InvokeFunction",
                () if path.trim_end_matches('/').ends_with("/code") => "UpdateFunctionCode",
                () if is_of_lambda(path) => "CreateFunction",
                () => "requested",
            };
            let message =
                format!("Request must be smaller than {limit} bytes for the {operation} operation");
            (413, "RequestEntityTooLargeException", message)
        }
        Unread::Malformed => {
            let code = by_protocol("InvalidRequest", "MalformedInput", "SerializationException");
            (400, code, "The request's body is malformed, or ended too early.".to_owned())
        }
        Unread::TooSlow => {
            let code = by_protocol("RequestTimeout", "RequestTimeout", "RequestTimeoutException");
            (408, code, "The request's body did not come in time.".to_owned())
        }
        Unread::NoRoom => {
            let code =
                by_protocol("Unavailable", "ServiceUnavailable", "ServiceUnavailableException");
            (503, code, "The bodies of other requests fill the server.".to_owned())
        }
    };
    let mut error = ApiError::new(service, code, message);
    error.status = status;
    error
}

/// The service that is asked, as far as a head tells it.
fn service(parts: &Parts) -> &'static Service {
    match wire::recognise(&head(parts)) {
        Ok(operation) => operation.service,
        Err(error) => error.service,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_whole_until_its_last_part_is_given_out() {
        let bodies = Bodies::new(BodyLimits::DEFAULT);
        let in_flight = || bodies.in_flight.load(Ordering::Relaxed);
        let bytes = Bytes::from(vec![b'a'; 2 * PART + 1]);
        let mut answer = bodies.answer(bytes.clone());
        let mut cx = Context::from_waker(std::task::Waker::noop());
        for (length, left) in [(PART, 2 * PART + 1), (PART, 2 * PART + 1), (1, 0)] {
            let polled = Pin::new(&mut answer).poll_frame(&mut cx);
            let Poll::Ready(Some(Ok(frame))) = polled else { panic!("a part") };
            let part = frame.into_data().expect("data");
            assert_eq!((part.len(), in_flight()), (length, left));
            assert!(!bytes.as_ptr_range().contains(&part.as_ptr()), "it keeps nothing else");
        }
        assert!(answer.is_end_stream());
    }

    #[test]
    fn a_last_part_that_is_not_small_counts_until_it_is_written() {
        let bodies = Bodies::new(BodyLimits::DEFAULT);
        let in_flight = || bodies.in_flight.load(Ordering::Relaxed);
        let mut cx = Context::from_waker(std::task::Waker::noop());
        for (length, counted) in [(PART, PART), (SMALL + 1, SMALL + 1), (SMALL, 0)] {
            let mut answer = bodies.answer(Bytes::from(vec![b'a'; length]));
            let polled = Pin::new(&mut answer).poll_frame(&mut cx);
            let Poll::Ready(Some(Ok(frame))) = polled else { panic!("a part") };
            drop(answer);
            assert_eq!(in_flight(), counted);
            drop(frame);
            assert_eq!(in_flight(), 0);
        }
    }
}
