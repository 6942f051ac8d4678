//! Who sends a request, as its signature says; verified where that is asked for.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use http::request::Parts;
use wire::sigv4::{
    Credential, Paths, Presented, SignatureError, chunked, declared_digest, session_token,
    sha256_hex,
};
use wire::{ApiError, Request, sigv2};

use crate::endpoint::Endpoint;
use crate::for_s3::{ForS3, head};
use crate::iam::{Caller, KeyError};
use crate::internal;
use crate::logs::now;

/// The region of who does not say one.
const REGION: &str = "us-east-1";

/// Who sends a request.
pub(crate) struct Sender {
    pub(crate) caller: Caller,
    pub(crate) region: String,
    /// The body, where it came in chunks of which this is what they hold.
    pub(crate) body: Option<Bytes>,
}

/// Who sends a request.
///
/// # Errors
/// When its key is nobody's, its session is over or, where signatures are verified, its signature
/// is not that of its key. Else a key that is not known is taken for the root of the account that
/// it spells.
pub(crate) fn sender(
    endpoint: &Arc<Endpoint>,
    request: &Request<'_>,
    s3: Option<&ForS3>,
    verifies: bool,
) -> Result<Sender, ApiError> {
    if let Some(s3) = s3 {
        return of_s3(endpoint, request, s3, verifies);
    }
    let verified = match verifies {
        true => verified(endpoint, request),
        false => claimed(endpoint, request),
    };
    verified.map_err(|error| error.to_api_error(service(request)))
}

/// Who sends a request to what is no operation, but signed for a service of this name.
///
/// # Errors
/// As with [`sender`], in Lambda's words.
pub(crate) fn sender_to(
    endpoint: &Arc<Endpoint>,
    request: &Request<'_>,
    service: &str,
    verifies: bool,
) -> Result<Sender, ApiError> {
    let verified = match verifies {
        true => verified_for(endpoint, request, Some(service)),
        false => claimed(endpoint, request),
    };
    verified.map_err(|error| error.to_api_error(&wire::lambda::SERVICE))
}

/// Who sends a request that is passed on, signed for a service of this name.
///
/// # Errors
/// As with [`sender`].
pub(crate) fn passing(
    endpoint: &Arc<Endpoint>,
    request: &Request<'_>,
    service: &str,
    verifies: bool,
) -> Result<Sender, SignatureError> {
    match verifies {
        true => verified_for(endpoint, request, Some(service)),
        false => claimed(endpoint, request),
    }
}

/// Who sends a request to S3 that is passed on, by its head, and the secret by which its chunks are to
/// be verified.
///
/// # Errors
/// As with [`sender`].
pub(crate) fn passing_s3(
    endpoint: &Arc<Endpoint>,
    request: &Request<'_>,
    verifies: bool,
) -> Result<(Sender, Option<String>), SignatureError> {
    let credential = Credential::of(request).or_else(|| credential_of_v2(request));
    let credential = credential.ok_or(SignatureError::Missing)?;
    let caller = caller_of_s3(endpoint, request, &credential, verifies)?;
    let secret = check_s3_head(endpoint, request, verifies)?;
    used(endpoint, &caller, &credential);
    Ok((Sender { caller, region: credential.region, body: None }, secret))
}

/// Whether a request names a key that is somebody's.
pub(crate) fn is_known(endpoint: &Endpoint, request: &Request<'_>) -> bool {
    let credential = Credential::of(request);
    credential.is_some_and(|it| who(endpoint, &it, session_token(request)).is_ok())
}

/// Refuses, where signatures are verified, a request whose key is nobody's before its body is read:
/// who may send nothing here fills nothing.
///
/// # Errors
/// As the service spells it.
pub(crate) fn check_head(
    endpoint: &Endpoint,
    parts: &Parts,
    verifies: bool,
) -> Result<(), ApiError> {
    let path = parts.uri.path();
    if !verifies || path.starts_with(internal::PREFIX) {
        return Ok(());
    }
    let request = head(parts);
    let known = match Credential::of(&request).or_else(|| credential_of_v2(&request)) {
        Some(credential) => {
            who(endpoint, &credential, session_token(&request)).map(drop).map_err(spelled)
        }
        // What is asked of nobody in particular has no body that is worth reading.
        None if parts.method == Method::GET || parts.method == Method::HEAD => Ok(()),
        None => Err(SignatureError::Missing),
    };
    known.map_err(|error| error.to_api_error(service(&request)))
}

/// The key of an older signature, which says nothing of regions.
fn credential_of_v2(request: &Request<'_>) -> Option<Credential> {
    sigv2::Presented::read(request).map(|presented| Credential {
        access_key: presented.access_key,
        date: String::new(),
        region: REGION.to_owned(),
        service: "s3".to_owned(),
    })
}

/// Who sends a request to S3.
fn of_s3(
    endpoint: &Arc<Endpoint>,
    request: &Request<'_>,
    s3: &ForS3,
    verifies: bool,
) -> Result<Sender, ApiError> {
    let spelled = |error: SignatureError| error.to_api_error(&wire::s3::SERVICE);
    let credential = Credential::of(request).or_else(|| credential_of_v2(request));
    let credential = credential.ok_or(SignatureError::Missing).map_err(spelled)?;
    let caller = caller_of_s3(endpoint, request, &credential, verifies).map_err(spelled)?;
    let secret = match s3.is_received {
        // It was looked at before the body was received.
        true => None,
        false => check_s3_head(endpoint, request, verifies).map_err(spelled)?,
    };
    let mut body = None;
    if !s3.is_received {
        if declared_digest(request).is_some_and(|told| told != sha256_hex(request.body)) {
            let message =
                "The provided 'x-amz-content-sha256' header does not match what was computed.";
            return Err(wire::s3::error("XAmzContentSHA256Mismatch", message));
        }
        if chunked::is_chunked(request) {
            let presented = Presented::read(request).map_err(spelled)?;
            let decoded = chunked::decoded(request, &presented, secret.as_deref());
            body = decoded.map_err(spelled)?.map(Bytes::from);
        }
    }
    used(endpoint, &caller, &credential);
    Ok(Sender { caller, region: credential.region, body })
}

fn caller_of_s3(
    endpoint: &Endpoint,
    request: &Request<'_>,
    credential: &Credential,
    verifies: bool,
) -> Result<Caller, SignatureError> {
    let token = session_token(request).or_else(|| request.query_value("x-amz-security-token"));
    match who(endpoint, credential, token) {
        Err(KeyError::Unknown) if !verifies => {
            endpoint.iam.anybody(&credential.access_key).ok_or_else(|| spelled(KeyError::Unknown))
        }
        known => known.map_err(spelled),
    }
}

/// Looks at the head of a request to S3; its secret, where that is known and signatures are verified.
/// Of presigned requests those whose keys are known are verified in any case, and all are held to their
/// time.
///
/// # Errors
/// When it is not well signed.
pub(crate) fn check_s3_head(
    endpoint: &Endpoint,
    request: &Request<'_>,
    verifies: bool,
) -> Result<Option<String>, SignatureError> {
    if let Some(presented) = sigv2::Presented::read(request) {
        presented.timely(now())?;
        let token = presented.token.as_deref();
        return match endpoint.iam.secret(&presented.access_key, token) {
            Some(secret) => {
                let bucket = request.header("host").and_then(|host| endpoint.gate.bucket(host));
                presented.verify(request, bucket, &secret, now())?;
                Ok(verifies.then_some(secret))
            }
            None if verifies => Err(SignatureError::UnknownKey),
            None => Ok(None),
        };
    }
    let presented = Presented::read(request)?;
    if !verifies && presented.expires.is_none() {
        return Ok(None);
    }
    presented.timely(now())?;
    let access_key = &presented.credential.access_key;
    match endpoint.iam.secret(access_key, presented.token.as_deref()) {
        Some(secret) => {
            presented.check_service(wire::s3::SERVICE.signing)?;
            presented.verify_head(request, &secret, now())?;
            Ok(verifies.then_some(secret))
        }
        None if verifies => Err(SignatureError::UnknownKey),
        None => Ok(None),
    }
}

fn is_invoke(request: &Request<'_>) -> bool {
    wire::Invoke::recognise(request).is_some()
}

/// The service that answers.
fn service(request: &Request<'_>) -> &'static wire::Service {
    if is_invoke(request) {
        return &wire::lambda::SERVICE;
    }
    match wire::recognise(request) {
        Ok(operation) => operation.service,
        Err(error) => error.service,
    }
}

/// Who sends a request by its own account, as any credentials are taken.
fn claimed(endpoint: &Arc<Endpoint>, request: &Request<'_>) -> Result<Sender, SignatureError> {
    let Some(credential) = Credential::of(request) else {
        return Ok(Sender { caller: Caller::root(0), region: REGION.to_owned(), body: None });
    };
    let caller = match who(endpoint, &credential, session_token(request)) {
        Err(KeyError::Unknown) => endpoint
            .iam
            .anybody(&credential.access_key)
            .ok_or_else(|| spelled(KeyError::Unknown))?,
        known => known.map_err(spelled)?,
    };
    used(endpoint, &caller, &credential);
    let body = match chunked::is_chunked(request) {
        true => chunked::decoded(request, &Presented::read(request)?, None)?.map(Bytes::from),
        false => None,
    };
    Ok(Sender { caller, region: credential.region, body })
}

/// Who has signed a request.
fn verified(endpoint: &Arc<Endpoint>, request: &Request<'_>) -> Result<Sender, SignatureError> {
    // An Invoke is one by its path alone, whatever service the signature names.
    let service = match is_invoke(request) {
        true => Some(wire::lambda::SERVICE.signing),
        false => wire::recognise(request).ok().map(|operation| operation.service.signing),
    };
    verified_for(endpoint, request, service)
}

/// Who has signed a request for a service, if that is told.
fn verified_for(
    endpoint: &Arc<Endpoint>,
    request: &Request<'_>,
    service: Option<&str>,
) -> Result<Sender, SignatureError> {
    let presented = Presented::read(request)?;
    let (credential, token) = (&presented.credential, presented.token.as_deref());
    let caller = who(endpoint, credential, token.map(Cow::Borrowed)).map_err(spelled)?;
    let secret = endpoint.iam.secret(&credential.access_key, token);
    let secret = secret.ok_or(SignatureError::UnknownKey)?;
    if let Some(service) = service {
        presented.check_service(service)?;
    }
    presented.verify(request, &secret, Paths::Normalized, now())?;
    let body = chunked::decoded(request, &presented, Some(&secret))?.map(Bytes::from);
    used(endpoint, &caller, credential);
    Ok(Sender { caller, region: presented.credential.region, body })
}

fn spelled(error: KeyError) -> SignatureError {
    match error {
        KeyError::Unknown => SignatureError::UnknownKey,
        KeyError::Expired => SignatureError::SessionOver,
    }
}

fn who(
    endpoint: &Endpoint,
    credential: &Credential,
    token: Option<Cow<'_, str>>,
) -> Result<Caller, KeyError> {
    let lives =
        |environment| endpoint.driver.read(|engine| engine.environment(environment).is_some());
    endpoint.iam.who(&credential.access_key, token.as_deref(), now(), lives)
}

fn used(endpoint: &Endpoint, caller: &Caller, credential: &Credential) {
    if caller.is_root() || caller.session.is_some() {
        return;
    }
    let Credential { access_key, service, region, .. } = credential;
    endpoint.iam.used(access_key, service, region, now());
}
