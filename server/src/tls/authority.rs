//! The installation's own authority: a root in the state directory, and certificates for AWS's names.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::crypto::ring::sign::any_ecdsa_type;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, SigningKey};

use crate::logs::now;
use crate::store::private_file;
use crate::thread;

/// Certificates that are kept; the oldest go first.
const KEPT: usize = 512;
/// Days that a certificate is good for, and after how many another one is made.
const DAYS: i64 = 90;
const RENEWED: i64 = 30;
/// Years that the root is good for.
const YEARS: i64 = 20;
/// Of this alone the root says that it speaks: whoever has its key is nobody else by it.
const NAMES: [&str; 2] = ["amazonaws.com", "on.aws"];
/// The name of who does not say whom it wants.
const UNNAMED: &str = "amazonaws.com";

/// The file of whom functions trust.
const BUNDLE: &str = "bundle.pem";

const MILLIS_PER_DAY: i64 = 24 * 3600 * 1000;

/// Why there is no authority.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A file cannot be read or written.
    #[error("{} cannot be used: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The key or the certificate is none.
    #[error(
        "{} is not what Warren has written there: {source}\n\
         hint: remove the directory, for another authority that is to be trusted anew",
        path.display()
    )]
    Spoilt {
        /// In which file.
        path: PathBuf,
        /// Why.
        source: rcgen::Error,
    },
    /// No certificate can be made.
    #[error("certificate cannot be made: {0}")]
    Made(#[from] rcgen::Error),
}

/// The authority.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Of all certificates.
    key: KeyPair,
    signing: Arc<dyn SigningKey>,
    known: Mutex<Known>,
    directory: PathBuf,
}

/// Certificates by their names, with the days when they were made.
#[derive(Default)]
struct Known {
    by_name: BTreeMap<String, (i64, u64, Arc<CertifiedKey>)>,
    made: u64,
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("directory", &self.directory).finish_non_exhaustive()
    }
}

fn today() -> i64 {
    now() / MILLIS_PER_DAY
}

fn set_times(params: &mut CertificateParams, from: i64, until: i64) {
    let day = |days: i64| {
        let (year, month, day) = wire::time::date(days);
        date_time_ymd(i32::try_from(year).unwrap_or(i32::MAX), month as u8, day as u8)
    };
    (params.not_before, params.not_after) = (day(from), day(until));
}

fn named(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "Warren");
    name.push(DnType::CommonName, common);
    name
}

/// What the root says of itself.
fn root(instance: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(&format!("Warren {instance}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: NAMES.map(|name| GeneralSubtree::DnsName(name.into())).into(),
        excluded_subtrees: Vec::new(),
    });
    let today = today();
    set_times(&mut params, today - 1, today + YEARS * 365);
    params
}

/// What the names of interface endpoints of S3 have just before the endpoint's own.
const PARTS: [&str; 3] = ["bucket", "accesspoint", "control"];

/// The name that a certificate for a host has: all buckets of a region have one, and all that is asked for by
/// a name of an interface endpoint of S3.
fn name_of(host: &str) -> String {
    if let Some(endpoint) = endpoint_of_s3(host) {
        return endpoint.to_owned();
    }
    match host.split_once('.') {
        Some((bucket, rest)) if rest.starts_with("s3.") && !bucket.is_empty() => {
            format!("*.{rest}")
        }
        _ => host.to_owned(),
    }
}

/// The own name of an interface endpoint of S3 that a host is, or is below.
fn endpoint_of_s3(host: &str) -> Option<&str> {
    let own = &host[host.rfind(".vpce-").map_or(0, |dot| dot + 1)..];
    let (label, rest) = own.split_once('.')?;
    let region = rest.strip_prefix("s3.")?.strip_suffix(".vpce.amazonaws.com")?;
    (label.starts_with("vpce-") && !region.contains('.')).then_some(own)
}

/// The names that a certificate of a name is for. As on AWS it is not for the own name of an endpoint of S3,
/// but for what stands before that.
fn names_for(name: &str) -> Vec<String> {
    if endpoint_of_s3(name).is_some() {
        let both = |part| [format!("{part}.{name}"), format!("*.{part}.{name}")];
        return PARTS.into_iter().flat_map(both).collect();
    }
    let bare = name.strip_prefix("*.").map(str::to_owned);
    std::iter::once(name.to_owned()).chain(bare).collect()
}

/// Whether certificates are made for a name.
fn is_ours(host: &str) -> bool {
    let is_below = |name: &str| {
        host == name || host.strip_suffix(name).is_some_and(|front| front.ends_with('.'))
    };
    host.len() <= 253 && NAMES.into_iter().any(is_below)
}

impl Authority {
    /// The authority of a state directory, which is made where there is none yet.
    ///
    /// # Errors
    /// When its files cannot be used.
    pub fn open(state: &Path, instance: &str) -> Result<Authority, AuthorityError> {
        let directory = state.join("tls");
        let unusable = |path: &Path, source| AuthorityError::File { path: path.into(), source };
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true).mode(0o700);
        builder.create(&directory).map_err(|why| unusable(&directory, why))?;
        let (key_path, root_path) = (directory.join("root.key"), directory.join("root.pem"));
        let told = match fs::read_to_string(&key_path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unusable(&key_path, error)),
        };
        let key = match &told {
            Some(text) => KeyPair::from_pem(text)
                .map_err(|source| AuthorityError::Spoilt { path: key_path.clone(), source })?,
            None => KeyPair::generate()?,
        };
        let params = root(instance);
        if told.is_none() {
            // It would be of a key that could not be kept.
            drop(fs::remove_file(&root_path));
        }
        if told.is_none() || !root_path.exists() {
            // The certificate first: with a key the authority is there.
            let certificate = params.self_signed(&key)?.pem();
            keep(&root_path, &certificate).map_err(|why| unusable(&root_path, why))?;
            keep(&key_path, &key.serialize_pem()).map_err(|why| unusable(&key_path, why))?;
        }
        let own = KeyPair::generate()?;
        let signing = any_ecdsa_type(&PrivateKeyDer::Pkcs8(own.serialize_der().into()));
        let signing = signing.expect("a key of ECDSA was made");
        let issuer = Issuer::new(params, key);
        let known = Mutex::default();
        let authority = Authority { issuer, key: own, signing, known, directory };
        authority.bundle().map_err(|why| unusable(&authority.directory, why))?;
        Ok(authority)
    }

    /// The root certificate, as PEM.
    pub fn root(&self) -> PathBuf {
        self.directory.join("root.pem")
    }

    /// Whom functions trust: those whom this machine does, and this authority. None where the disk had no
    /// room for it yet.
    pub fn trusted(&self) -> Option<PathBuf> {
        Some(self.directory.join(BUNDLE)).filter(|path| path.exists())
    }

    fn bundle(&self) -> io::Result<()> {
        const OF_HOSTS: [&str; 3] = [
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem",
        ];
        let found = OF_HOSTS.iter().find_map(|path| fs::read_to_string(path).ok());
        let mut text = found.unwrap_or_default();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        match fs::read_to_string(self.root()) {
            Ok(root) => text.push_str(&root),
            // It could not be kept.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
        keep(&self.directory.join(BUNDLE), &text)
    }

    /// The certificate for a host, made where there is none that is young enough.
    fn certificate(&self, host: &str) -> Option<Arc<CertifiedKey>> {
        let host = host.to_ascii_lowercase();
        if !is_ours(&host) {
            return None;
        }
        let (name, today) = (name_of(&host), today());
        if let Some((day, _, key)) = self.known().by_name.get(&name)
            && today - day < RENEWED
        {
            return Some(Arc::clone(key));
        }
        let made = self.make(&name, today);
        let key = made.inspect_err(|error| tracing::warn!(name, %error, "no certificate")).ok()?;
        let mut known = self.known();
        known.made += 1;
        let number = known.made;
        known.by_name.insert(name, (today, number, Arc::clone(&key)));
        if known.by_name.len() > KEPT {
            let oldest = known.by_name.iter().min_by_key(|(_, (_, number, _))| *number);
            if let Some(oldest) = oldest.map(|(name, _)| name.clone()) {
                known.by_name.remove(&oldest);
            }
        }
        Some(key)
    }

    fn make(&self, name: &str, today: i64) -> Result<Arc<CertifiedKey>, rcgen::Error> {
        let mut params = CertificateParams::new(names_for(name))?;
        // One that is long is told by its alternative names alone.
        params.distinguished_name = named(if name.len() <= 64 { name } else { "AWS" });
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        set_times(&mut params, today - 1, today + DAYS);
        let certificate = params.signed_by(&self.key, &self.issuer)?;
        let chain = vec![certificate.der().clone()];
        Ok(Arc::new(CertifiedKey::new(chain, Arc::clone(&self.signing))))
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        thread::lock(&self.known, "certificates")
    }
}

impl ResolvesServerCert for Authority {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.certificate(hello.server_name().unwrap_or(UNNAMED))
    }
}

/// Writes a file for its owner alone, whole or not at all, where it says something else. A full disk stops
/// no server: what was written before stays, or comes at a start with room.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(());
    }
    let beside = path.with_extension("new");
    let write = || {
        let mut file = private_file(&beside)?;
        file.set_len(0)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    match write() {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
            ) =>
        {
            drop(fs::remove_file(&beside));
            tracing::warn!(path = %path.display(), %error, "not written: disk is full");
            Ok(())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_certificates_and_buckets_of_a_region_one() {
        for (host, name) in [
            ("sqs.us-east-1.amazonaws.com", "sqs.us-east-1.amazonaws.com"),
            ("mine.s3.us-east-1.amazonaws.com", "*.s3.us-east-1.amazonaws.com"),
            ("s3.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com"),
            ("my.own.s3.us-east-1.amazonaws.com", "my.own.s3.us-east-1.amazonaws.com"),
        ] {
            assert_eq!(name_of(host), name);
            assert!(is_ours(host), "{host}");
        }
        let own = "vpce-0123456789abcdef0-abcdefgh.s3.us-east-1.vpce.amazonaws.com";
        for front in ["", "bucket.", "mine.bucket.", "vpce-1.bucket.", "000000000000.control."] {
            assert_eq!(name_of(&format!("{front}{own}")), own);
        }
        let names = names_for(own);
        assert_eq!(names.len(), 6);
        assert_eq!(names[..2], [format!("bucket.{own}"), format!("*.bucket.{own}")]);
        assert_eq!(names_for("*.s3.us-east-1.amazonaws.com").len(), 2);
        for host in ["example.com", "evilamazonaws.com", "amazonaws.com.example"] {
            assert!(!is_ours(host), "{host}");
        }
    }

    #[test]
    fn the_root_stays_the_same_and_certificates_are_bounded() {
        let state = std::env::temp_dir().join(format!("warren-authority-{}", std::process::id()));
        let first = Authority::open(&state, "one").expect("an authority");
        let root = fs::read_to_string(first.root()).expect("a root");
        let again = Authority::open(&state, "one").expect("an authority");
        assert_eq!(fs::read_to_string(again.root()).expect("a root"), root);
        let bundle = fs::read_to_string(again.trusted().expect("a bundle")).expect("a bundle");
        assert!(bundle.ends_with(&root));
        assert!(again.certificate("example.com").is_none());
        for number in 0..KEPT + 3 {
            let host = format!("vpce-{number}.sqs.us-east-1.vpce.amazonaws.com");
            assert!(again.certificate(&host).is_some(), "{host}");
        }
        assert_eq!(again.known().by_name.len(), KEPT);
        fs::remove_dir_all(state).expect("it was made here");
    }
}
