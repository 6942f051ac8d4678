//! Connections that nobody else reads: by which certificates a broker and this client know each other.

use std::io;
use std::sync::{Arc, OnceLock};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{AlertDescription, ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::error::KafkaError;

/// A certificate with its private key, as PEM.
pub(super) struct Identity {
    pub(super) certificate: String,
    pub(super) key: String,
}

/// What connections are made by: the roots that are trusted (this machine's, where none is given), and who
/// this client is.
pub(super) fn config(
    root: Option<&str>,
    identity: Option<&Identity>,
) -> Result<Arc<ClientConfig>, String> {
    let roots = match root {
        Some(text) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(text)? {
                roots.add(certificate).map_err(|error| error.to_string())?;
            }
            Arc::new(roots)
        }
        None => native(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots);
    let Some(identity) = identity else { return Ok(Arc::new(builder.with_no_client_auth())) };
    if identity.key.contains("ENCRYPTED") {
        return Err("Warren does not support private keys that a password encrypts".into());
    }
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes());
    let key = key.map_err(|error| format!("its privateKey is none ({error})"))?;
    let chain = certificates(&identity.certificate)?;
    let config = builder.with_client_auth_cert(chain, key);
    config.map(Arc::new).map_err(|error| error.to_string())
}

fn certificates(text: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    match read {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err("it has no certificate".into()),
        Err(error) => Err(format!("its certificate is none ({error})")),
    }
}

/// The roots that this machine trusts.
fn native() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let read = || {
        let mut roots = RootCertStore::empty();
        // Those that cannot be read are not trusted.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Arc::new(roots)
    };
    Arc::clone(ROOTS.get_or_init(read))
}

/// Encrypts a connection to a broker at `host:port`.
pub(super) async fn encrypt(
    config: &Arc<ClientConfig>,
    broker: &str,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, KafkaError> {
    let host = broker.rsplit_once(':').map_or(broker, |(host, _)| host);
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
    let name = name.map_err(|error| KafkaError::Untrusted {
        broker: broker.to_owned(),
        why: error.to_string(),
    })?;
    let made = TlsConnector::from(Arc::clone(config)).connect(name, stream).await;
    made.map_err(|error| failure(broker, &error))
}

/// Why a connection is not made, or has ended: as the certificates had it, where they did.
pub(super) fn failure(broker: &str, error: &io::Error) -> KafkaError {
    let (broker, why) = (broker.to_owned(), error.to_string());
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(_)) => KafkaError::Untrusted { broker, why },
        Some(rustls::Error::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateRevoked
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::HandshakeFailure,
        )) => KafkaError::NotTaken { broker, why },
        _ => KafkaError::Broken { broker, why },
    }
}
