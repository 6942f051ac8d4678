//! A client's stream that tells whether its client has yet to read what was written, and what it is owed.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;

use crate::tls::Duplex;

/// A stream, and whether the last that was written to it waits for its client.
pub(crate) struct Watched {
    stream: TokioIo<Duplex>,
    writing: Arc<Writing>,
}

/// How writing goes.
#[derive(Debug, Default)]
pub(crate) struct Writing {
    waits: AtomicBool,
    bytes: AtomicU64,
}

impl Writing {
    /// Whether what was written last waits.
    pub(crate) fn waits(&self) -> bool {
        self.waits.load(Ordering::Relaxed)
    }

    /// Bytes that were written.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

/// How many answers a connection's client is owed to requests that came whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers(Arc<AtomicUsize>);

/// One of them, until it is dropped: it is made, or nobody waits for it.
#[derive(Debug)]
pub(crate) struct Owed(Arc<AtomicUsize>);

impl Answers {
    pub(crate) fn are_owed(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }

    /// One more.
    pub(crate) fn owe(&self) -> Owed {
        self.0.fetch_add(1, Ordering::Relaxed);
        Owed(Arc::clone(&self.0))
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Watched {
    pub(crate) fn new(stream: Duplex) -> Watched {
        Watched { stream: TokioIo::new(stream), writing: Arc::default() }
    }

    /// How writing goes.
    pub(crate) fn writing(&self) -> Arc<Writing> {
        Arc::clone(&self.writing)
    }

    fn seen(&self, polled: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.writing.waits.store(polled.is_pending(), Ordering::Relaxed);
        if let Poll::Ready(Ok(bytes)) = &polled {
            self.writing.bytes.fetch_add(*bytes as u64, Ordering::Relaxed);
        }
        polled
    }
}

impl Read for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl Write for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.seen(polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.seen(polled)
    }
}
