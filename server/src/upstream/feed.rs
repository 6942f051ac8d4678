//! Bodies on their way: part by part, of which one waits at a time, and none for ever.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::sync::mpsc;
use tokio::time::timeout;
use wire::sigv4::SignatureError;
use wire::sigv4::chunked::Decoder;

/// How long either side may neither send nor take anything.
const IDLE: Duration = Duration::from_secs(60);

/// The body of a request that is passed on.
#[derive(Debug)]
pub(crate) enum Passed {
    Whole(Option<Bytes>),
    Coming(mpsc::Receiver<io::Result<Bytes>>, Option<u64>),
}

impl Body for Passed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut *self {
            Passed::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Passed::Coming(parts, _) => {
                parts.poll_recv(cx).map(|part| part.map(|part| part.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Passed::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Passed::Coming(_, length) => *length == Some(0),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Passed::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64)
            }
            Passed::Coming(_, Some(length)) => SizeHint::with_exact(*length),
            Passed::Coming(_, None) => SizeHint::default(),
        }
    }
}

/// How a body that was given on has ended.
pub(super) enum Fed {
    /// All of it was taken.
    Whole,
    /// It did not come, or was not taken, to its end.
    Broken,
    /// Its chunks are not what they say.
    Bad(SignatureError),
}

/// What was given on.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// How many bytes.
    pub(super) bytes: u64,
    /// All of them, where that is wanted and they are not too many.
    pub(super) kept: Vec<u8>,
}

/// Takes note of what is given on.
struct Giving<'a> {
    sender: &'a mpsc::Sender<io::Result<Bytes>>,
    given: Given,
    /// How many bytes are kept at the most; none once they were more.
    keeps: usize,
}

impl Giving<'_> {
    /// Whether bytes are taken.
    async fn give(&mut self, bytes: Bytes) -> bool {
        self.given.bytes += bytes.len() as u64;
        if self.given.kept.len() + bytes.len() <= self.keeps {
            self.given.kept.extend_from_slice(&bytes);
        } else {
            (self.given.kept, self.keeps) = (Vec::new(), 0);
        }
        bytes.is_empty() || matches!(timeout(IDLE, self.sender.send(Ok(bytes))).await, Ok(Ok(())))
    }
}

/// Gives a body on, out of its chunks where it comes in such that are not passed on. Up to so many bytes
/// of it are kept.
pub(super) async fn feed(
    body: Incoming,
    decoder: Option<Decoder>,
    sender: mpsc::Sender<io::Result<Bytes>>,
    keeps: usize,
) -> (Fed, Given) {
    let mut giving = Giving { sender: &sender, given: Given::default(), keeps };
    let fed = match decoder {
        None => plain(body, &mut giving).await,
        Some(decoder) => decoded(body, decoder, &mut giving).await,
    };
    let given = giving.given;
    if !matches!(fed, Fed::Whole) {
        // Whoever is told that it ends here is to know that this is not its end.
        let cut = Err(io::Error::from(io::ErrorKind::ConnectionAborted));
        let _ = timeout(IDLE, sender.send(cut)).await;
    }
    (fed, given)
}

async fn plain(mut body: Incoming, giving: &mut Giving<'_>) -> Fed {
    while let Some(part) = next(&mut body).await {
        let Some(part) = part else { return Fed::Broken };
        if !giving.give(part).await {
            return Fed::Broken;
        }
    }
    Fed::Whole
}

/// The last part is given once all chunks are known to be good: without it nobody keeps what came before.
async fn decoded(mut body: Incoming, mut decoder: Decoder, giving: &mut Giving<'_>) -> Fed {
    let mut held = Bytes::new();
    while let Some(part) = next(&mut body).await {
        let Some(part) = part else { return Fed::Broken };
        let mut inner = Vec::new();
        if let Err(why) = decoder.feed(&part, |bytes| inner.extend_from_slice(bytes)) {
            return Fed::Bad(why);
        }
        if inner.is_empty() {
            continue;
        }
        let before = std::mem::replace(&mut held, inner.into());
        if !giving.give(before).await {
            return Fed::Broken;
        }
    }
    match decoder.finish() {
        Err(why) => Fed::Bad(why),
        Ok(_) if giving.give(held).await => Fed::Whole,
        Ok(_) => Fed::Broken,
    }
}

/// The next bytes of a body, or none where they do not come; nothing at its end.
async fn next(body: &mut Incoming) -> Option<Option<Bytes>> {
    loop {
        return match timeout(IDLE, body.frame()).await {
            Ok(None) => None,
            Err(_) | Ok(Some(Err(_))) => Some(None),
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => Some(Some(data)),
                // Trailers tell nothing here.
                Err(_) => continue,
            },
        };
    }
}
