//! Connections to services that are elsewhere, plain or by TLS with the machine's certificates.

use std::error::Error;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::Uri;
use hyper::body::Body;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// Why a service cannot be reached.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DialError {
    #[error("URL {0} has no host")]
    NoHost(Uri),
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, std::io::Error),
    #[error("{0} did not answer in time")]
    TooSlow(String),
    #[error("{0} does not speak HTTP: {1}")]
    Protocol(String, hyper::Error),
    #[error("host {0} is no name that a certificate can have")]
    Name(String),
    #[error(
        "this machine has no certificates of authorities\n\
         hint: apt-get install ca-certificates, or SSL_CERT_FILE"
    )]
    NoRoots,
    #[error("TLS cannot be set up: {0}")]
    Tls(tokio_rustls::rustls::Error),
}

/// What bytes go over.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Connects to the host of a URL.
///
/// # Errors
/// When it cannot be reached, or its certificate is not good.
pub(crate) async fn connect<B>(uri: &Uri) -> Result<SendRequest<B>, DialError>
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let authority = uri.authority().ok_or_else(|| DialError::NoHost(uri.clone()))?;
    let name = || authority.to_string();
    let made = async {
        let stream = stream(uri).await?;
        let made = http1::handshake(TokioIo::new(stream)).await;
        made.map_err(|why| DialError::Protocol(name(), why))
    };
    let made = tokio::time::timeout(CONNECT, made).await;
    let (sender, connection) = made.map_err(|_| DialError::TooSlow(name()))??;
    tokio::spawn(connection);
    Ok(sender)
}

/// Whether a request failed since its connection, which was kept for it, had been closed meanwhile: then it
/// may be made again.
pub(crate) fn was_closed(why: &hyper::Error) -> bool {
    why.is_canceled() || why.is_closed() || why.is_incomplete_message() || was_reset(why)
}

fn was_reset(why: &hyper::Error) -> bool {
    let io = why.source().and_then(|why| why.downcast_ref::<std::io::Error>());
    io.is_some_and(|io| {
        use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
        matches!(io.kind(), ConnectionReset | ConnectionAborted | BrokenPipe)
    })
}

async fn stream(uri: &Uri) -> Result<Box<dyn Duplex>, DialError> {
    let authority = uri.authority().ok_or_else(|| DialError::NoHost(uri.clone()))?;
    let unreachable = |why| DialError::Unreachable(authority.to_string(), why);
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    let is_tls = uri.scheme_str() == Some("https");
    let port = authority.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let stream = TcpStream::connect((host, port)).await.map_err(unreachable)?;
    stream.set_nodelay(true).map_err(unreachable)?;
    if !is_tls {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(host.to_owned());
    let name = name.map_err(|_| DialError::Name(host.to_owned()))?;
    let stream = TlsConnector::from(config()?).connect(name, stream).await.map_err(unreachable)?;
    Ok(Box::new(stream))
}

/// How TLS is spoken: whoever this machine trusts is trusted, as it was when that was first asked.
fn config() -> Result<Arc<ClientConfig>, DialError> {
    static CONFIG: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(Arc::clone(config));
    }
    let mut roots = RootCertStore::empty();
    // Of many certificates some are always odd; those that are not are enough.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(DialError::NoRoots);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(DialError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::clone(CONFIG.get_or_init(|| Arc::new(config))))
}
