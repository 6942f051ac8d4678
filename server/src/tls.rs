//! The names of AWS's services, encrypted: connections by certificates of the installation's own authority.

pub mod authority;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::ServerConfig;
use rustls::crypto::ring;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::tls::authority::Authority;

/// What HTTP/2 is called where a protocol is chosen.
const HTTP2: &[u8] = b"h2";

/// How connections are encrypted.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

impl Tls {
    /// By certificates of this authority.
    ///
    /// # Errors
    /// When the kernel has no randomness to give.
    pub fn by(authority: Arc<Authority>) -> Result<Tls, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(authority);
        config.alpn_protocols = vec![HTTP2.to_vec(), b"http/1.1".to_vec()];
        // A client that comes again needs no other handshake, and nothing is kept for it here.
        config.ticketer = ring::Ticketer::new()?;
        Ok(Tls(TlsAcceptor::from(Arc::new(config))))
    }

    /// Encrypts a connection.
    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<Duplex> {
        self.0.accept(stream).await.map(|stream| Duplex::Encrypted(Box::new(stream)))
    }
}

/// A client's stream.
pub(crate) enum Duplex {
    Plain(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

impl Duplex {
    /// Whether the client has chosen HTTP/2; none where nothing was chosen.
    pub(crate) fn chose_http2(&self) -> Option<bool> {
        match self {
            Duplex::Plain(_) => None,
            Duplex::Encrypted(stream) => Some(stream.get_ref().1.alpn_protocol() == Some(HTTP2)),
        }
    }
}

impl AsyncRead for Duplex {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut *self {
            Duplex::Plain(stream) => Pin::new(stream).poll_read(cx, buffer),
            Duplex::Encrypted(stream) => Pin::new(stream).poll_read(cx, buffer),
        }
    }
}

impl AsyncWrite for Duplex {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut *self {
            Duplex::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Duplex::Encrypted(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Duplex::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Duplex::Encrypted(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self {
            Duplex::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Duplex::Encrypted(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Duplex::Plain(stream) => stream.is_write_vectored(),
            Duplex::Encrypted(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut *self {
            Duplex::Plain(stream) => Pin::new(stream).poll_write_vectored(cx, parts),
            Duplex::Encrypted(stream) => Pin::new(stream).poll_write_vectored(cx, parts),
        }
    }
}
