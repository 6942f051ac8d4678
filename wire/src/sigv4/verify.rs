//! Reading and verifying signatures, as a service does.

use std::borrow::Cow;

use super::canonical::{Paths, canonical_request};
use super::{ALGORITHM, Credential, sha256_hex, string_to_sign, unhex};
use crate::error::ApiError;
use crate::model::{Protocol, Service};
use crate::request::Request;
use crate::time;

use hmac::Mac;

/// How far a clock may be off, in milliseconds.
const SKEW: i64 = 15 * 60_000;
/// The longest that a presigned request may be good for, in seconds.
const MAX_EXPIRES: i64 = 7 * 24 * 3_600;

/// What a request declares its body's digest to be when it does not sign the body.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
/// The same of a body that comes in chunks, which are signed or not, with trailers or without.
pub(super) const SIGNED_CHUNKS: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
pub(super) const SIGNED_CHUNKS_WITH_TRAILER: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
pub(super) const UNSIGNED_CHUNKS_WITH_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// Whether a declared digest says that the body comes in chunks.
pub(super) fn declares_chunks(digest: &str) -> bool {
    matches!(digest, SIGNED_CHUNKS | SIGNED_CHUNKS_WITH_TRAILER | UNSIGNED_CHUNKS_WITH_TRAILER)
}

/// Whether S3 knows what is declared of a body: its digest, that it is not signed, or how it comes.
/// What it does not know would pass for the bytes themselves, with all that they travel in.
pub(super) fn check_declared(declared: &str) -> Result<(), SignatureError> {
    match is_digest(declared) || declared == UNSIGNED || declares_chunks(declared) {
        true => Ok(()),
        false => Err(SignatureError::Declared(format!(
            "x-amz-content-sha256 must be {UNSIGNED}, {UNSIGNED_CHUNKS_WITH_TRAILER}, {SIGNED_CHUNKS}, \
             {SIGNED_CHUNKS_WITH_TRAILER} or a valid sha256 value."
        ))),
    }
}

fn is_digest(declared: &str) -> bool {
    declared.len() == 64 && declared.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Why a signature is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// The request is not signed.
    Missing,
    /// The signature lacks a part, or has a malformed one.
    Incomplete(String),
    /// The access key is not known.
    UnknownKey,
    /// The time of signing is too far away.
    Expired(String),
    /// A presigned request was good for a time that is over.
    PresignedExpired(String),
    /// The session of a temporary key is over.
    SessionOver,
    /// The signature is good for another service.
    OtherService(String),
    /// The body is not what the signature declares, or cannot be read as that.
    Body(String),
    /// What is declared of the body is not known.
    Declared(String),
    /// The signature is not the request's.
    Mismatch,
}

impl SignatureError {
    /// The error that a service answers.
    pub fn to_api_error(&self, service: &'static Service) -> ApiError {
        let json = matches!(service.protocol, Protocol::RestJson | Protocol::Json);
        let by = |of_json: &'static str, of_xml: &'static str| if json { of_json } else { of_xml };
        let ec2 = service.protocol == Protocol::Ec2;
        if service.protocol == Protocol::RestXml {
            return self.to_s3_error(service);
        }
        let (code, message): (_, Cow<'_, str>) = match self {
            SignatureError::Missing => (
                by("MissingAuthenticationTokenException", "MissingAuthenticationToken"),
                by("Missing Authentication Token", "Request is missing Authentication Token")
                    .into(),
            ),
            SignatureError::Incomplete(message) => {
                (by("IncompleteSignatureException", "IncompleteSignature"), message.into())
            }
            SignatureError::UnknownKey if ec2 => (
                "AuthFailure",
                "AWS was not able to validate the provided access credentials".into(),
            ),
            SignatureError::UnknownKey => (
                by("UnrecognizedClientException", "InvalidClientTokenId"),
                "The security token included in the request is invalid.".into(),
            ),
            SignatureError::Expired(_)
            | SignatureError::PresignedExpired(_)
            | SignatureError::SessionOver
                if ec2 =>
            {
                ("RequestExpired", "Request has expired.".into())
            }
            SignatureError::SessionOver => (
                by("ExpiredTokenException", "ExpiredToken"),
                "The security token included in the request is expired".into(),
            ),
            SignatureError::Expired(message)
            | SignatureError::PresignedExpired(message)
            | SignatureError::OtherService(message)
                if !ec2 =>
            {
                (by("InvalidSignatureException", "SignatureDoesNotMatch"), message.into())
            }
            SignatureError::Body(message) => {
                (by("InvalidSignatureException", "SignatureDoesNotMatch"), message.into())
            }
            _ if ec2 => (
                "AuthFailure",
                "AWS was not able to validate the provided access credentials".into(),
            ),
            _ => (
                by("InvalidSignatureException", "SignatureDoesNotMatch"),
                "The request signature we calculated does not match the signature you provided. \
                 Check your AWS Secret Access Key and signing method. \
                 Consult the service documentation for details."
                    .into(),
            ),
        };
        ApiError::new(service, code, message)
    }

    /// The error as S3 words it.
    fn to_s3_error(&self, service: &'static Service) -> ApiError {
        let (code, message): (_, Cow<'_, str>) = match self {
            SignatureError::Missing => ("AccessDenied", "Access Denied".into()),
            SignatureError::Incomplete(message) => ("AuthorizationHeaderMalformed", message.into()),
            SignatureError::UnknownKey => (
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.".into(),
            ),
            SignatureError::SessionOver => {
                ("ExpiredToken", "The provided token has expired.".into())
            }
            SignatureError::PresignedExpired(_) => ("AccessDenied", "Request has expired".into()),
            SignatureError::Expired(_) => (
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.".into(),
            ),
            SignatureError::OtherService(message) => {
                ("AuthorizationHeaderMalformed", message.into())
            }
            SignatureError::Body(message) => ("InvalidRequest", message.into()),
            SignatureError::Declared(message) => ("InvalidArgument", message.into()),
            SignatureError::Mismatch => (
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. \
                 Check your key and signing method."
                    .into(),
            ),
        };
        ApiError::new(service, code, message)
    }
}

/// The digest in hexadecimal digits that a request declares its body to have, where it does so.
pub fn declared_digest<'a>(request: &Request<'a>) -> Option<&'a str> {
    let declared = request.header("x-amz-content-sha256")?;
    is_digest(declared).then_some(declared)
}

/// The session token that a request carries.
pub fn session_token<'a>(request: &Request<'a>) -> Option<Cow<'a, str>> {
    match request.header("x-amz-security-token") {
        Some(token) => Some(Cow::Borrowed(token)),
        None => request.query_value("X-Amz-Security-Token"),
    }
}

/// A signature as a request presents it, read but not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// Whose key, and what it is good for.
    pub credential: Credential,
    /// The session token, if one is presented.
    pub token: Option<String>,
    /// When the request was signed, in milliseconds since the epoch.
    pub signed_at: i64,
    /// For how many seconds a presigned request is good; none for one signed in its headers.
    pub expires: Option<i64>,
    pub(super) timestamp: String,
    signed_headers: Vec<String>,
    pub(super) signature: Vec<u8>,
}

impl Presented {
    /// Reads the signature of a request, from its headers or its query string.
    pub fn read(request: &Request<'_>) -> Result<Presented, SignatureError> {
        match request.headers.get_all("authorization").iter().count() {
            0 if request.query_value("X-Amz-Algorithm").is_some() => Presented::in_query(request),
            0 => Err(SignatureError::Missing),
            1 => Presented::in_header(request),
            _ => Err(incomplete("The request has several Authorization headers.")),
        }
    }

    fn in_header(request: &Request<'_>) -> Result<Presented, SignatureError> {
        let text = request.header("authorization").unwrap_or_default();
        let Some(rest) = text.strip_prefix(ALGORITHM).filter(|rest| rest.starts_with(' ')) else {
            return Err(incomplete("Unsupported AWS 'algorithm'"));
        };
        let part = |name: &str| {
            let mut parts = rest.split(',').filter_map(|p| p.trim().split_once('='));
            parts.find(|(key, _)| *key == name).map(|(_, value)| value).ok_or_else(|| {
                incomplete(&format!(
                    "Authorization header requires '{name}' parameter. Authorization={text}"
                ))
            })
        };
        let timestamp = signed_at(request).ok_or_else(|| {
            let needs = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
            incomplete(&format!("{needs} Authorization={text}"))
        })?;
        let token = request.header("x-amz-security-token").map(str::to_owned);
        Presented::assemble(
            part("Credential")?,
            part("SignedHeaders")?,
            part("Signature")?,
            &timestamp,
            token,
            None,
        )
    }

    fn in_query(request: &Request<'_>) -> Result<Presented, SignatureError> {
        let value = |name: &str| {
            let mut all =
                request.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value);
            match (all.next(), all.next()) {
                (Some(value), None) => Ok(value),
                _ => Err(incomplete(&format!(
                    "AWS query-string parameters must include '{name}' once."
                ))),
            }
        };
        if value("X-Amz-Algorithm")? != ALGORITHM {
            return Err(incomplete("Unsupported AWS 'algorithm'"));
        }
        let expires = value("X-Amz-Expires")?.parse::<i64>().ok();
        let Some(expires) = expires.filter(|e| (0..=MAX_EXPIRES).contains(e)) else {
            return Err(incomplete("X-Amz-Expires must be a number of seconds, at most a week."));
        };
        let token = request.query_value("X-Amz-Security-Token").map(Cow::into_owned);
        Presented::assemble(
            &value("X-Amz-Credential")?,
            &value("X-Amz-SignedHeaders")?,
            &value("X-Amz-Signature")?,
            &value("X-Amz-Date")?,
            token,
            Some(expires),
        )
    }

    fn assemble(
        credential: &str,
        signed_headers: &str,
        signature: &str,
        timestamp: &str,
        token: Option<String>,
        expires: Option<i64>,
    ) -> Result<Presented, SignatureError> {
        let credential = Credential::parse(credential)
            .ok_or_else(|| incomplete("Credential must have 5 slash-separated elements."))?;
        let signed_at = time::parse_basic(timestamp)
            .ok_or_else(|| incomplete("Date must be in ISO-8601 'basic format'."))?;
        if !timestamp.starts_with(&credential.date) {
            return Err(incomplete(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
            ));
        }
        let signed_headers: Vec<String> = signed_headers.split(';').map(str::to_owned).collect();
        if !signed_headers.is_sorted() || !signed_headers.iter().any(|h| h == "host") {
            return Err(incomplete(
                "'Host' must be a signed header, and signed headers must be sorted.",
            ));
        }
        let signature = unhex(signature).ok_or(SignatureError::Mismatch)?;
        let timestamp = timestamp.to_owned();
        Ok(Presented {
            credential,
            token,
            signed_at,
            expires,
            timestamp,
            signed_headers,
            signature,
        })
    }

    /// Whether the request was signed with this secret and is not out of date.
    ///
    /// Its body must be the signed one, unless the signature covers a declaration that it is not
    /// signed, or that its chunks are: those are verified as they are read, by [`chunked`].
    ///
    /// [`chunked`]: super::chunked::decoded
    pub fn verify(
        &self,
        request: &Request<'_>,
        secret: &str,
        paths: Paths,
        now_millis: i64,
    ) -> Result<(), SignatureError> {
        let payload_hash = match request.header("x-amz-content-sha256") {
            Some(declared) if declared == UNSIGNED || declares_chunks(declared) => {
                declared.to_owned()
            }
            declared => {
                let hash = sha256_hex(request.body);
                if declared.is_some_and(|declared| declared != hash) {
                    self.timely(now_millis)?;
                    return Err(SignatureError::Mismatch);
                }
                hash
            }
        };
        self.verify_with(request, &payload_hash, secret, paths, now_millis)
    }

    /// The same for S3, by the head alone: what the body is to be is declared there, and a presigned
    /// request says nothing of it. Whoever reads the body holds it against [`declared_digest`].
    ///
    /// # Errors
    /// As [`Presented::verify`], and when nothing is declared that is known.
    pub fn verify_head(
        &self,
        request: &Request<'_>,
        secret: &str,
        now_millis: i64,
    ) -> Result<(), SignatureError> {
        let declared = match (request.header("x-amz-content-sha256"), self.expires) {
            (Some(declared), _) => declared,
            (None, Some(_)) => UNSIGNED,
            (None, None) => {
                let message = "Missing required header for this request: x-amz-content-sha256";
                return Err(SignatureError::Body(message.to_owned()));
            }
        };
        check_declared(declared)?;
        self.verify_with(request, declared, secret, Paths::EncodedOnce, now_millis)
    }

    fn verify_with(
        &self,
        request: &Request<'_>,
        payload_hash: &str,
        secret: &str,
        paths: Paths,
        now_millis: i64,
    ) -> Result<(), SignatureError> {
        self.timely(now_millis)?;
        for name in request.headers.keys() {
            let name = name.as_str();
            // A session token may be added after signing; a changed one names another session.
            let must = name.starts_with("x-amz-") && name != "x-amz-security-token";
            if must && !self.signed_headers.iter().any(|h| h == name) {
                return Err(SignatureError::Mismatch);
            }
        }
        let names: Vec<&str> = self.signed_headers.iter().map(String::as_str).collect();
        let fits = |left_out: &[&str]| {
            let canonical = canonical_request(request, paths, &names, left_out, payload_hash);
            let to_sign = string_to_sign(&self.timestamp, &self.credential, &canonical);
            self.credential.mac(secret, &to_sign).verify_slice(&self.signature).is_ok()
        };
        let fitting = match self.expires {
            None => fits(&[]),
            Some(_) => {
                fits(&["X-Amz-Signature"])
                    || self.token.is_some() && fits(&["X-Amz-Signature", "X-Amz-Security-Token"])
            }
        };
        if fitting { Ok(()) } else { Err(SignatureError::Mismatch) }
    }

    /// Whether the signature is good for a service.
    pub fn check_service(&self, service: &str) -> Result<(), SignatureError> {
        match self.credential.service == service {
            true => Ok(()),
            false => Err(SignatureError::OtherService(format!(
                "Credential should be scoped to correct service: '{service}'. "
            ))),
        }
    }

    /// Whether the request is not out of date.
    ///
    /// # Errors
    /// When it is.
    pub fn timely(&self, now: i64) -> Result<(), SignatureError> {
        let skew = SKEW / 60_000;
        let (signed, shown) = (&self.timestamp, time::basic(now));
        if self.signed_at > now + SKEW {
            let limit = time::basic(now + SKEW);
            return Err(SignatureError::Expired(format!(
                "Signature not yet current: {signed} is still later than {limit} ({shown} + {skew} min.)"
            )));
        }
        let good_for = self.expires.map_or(SKEW, |seconds| seconds * 1_000);
        if now > self.signed_at + good_for {
            if self.expires.is_some() {
                let message = format!("Signature expired: {signed} is now too early ({shown})");
                return Err(SignatureError::PresignedExpired(message));
            }
            let limit = time::basic(now - SKEW);
            return Err(SignatureError::Expired(format!(
                "Signature expired: {signed} is now earlier than {limit} ({shown} - {skew} min.)"
            )));
        }
        Ok(())
    }
}

/// When a request's headers say that it was signed. `Date` counts where nothing else says it: as
/// HTTP spells dates, and then what is signed is the same instant in the basic format, or in that.
fn signed_at<'a>(request: &Request<'a>) -> Option<Cow<'a, str>> {
    if let Some(date) = request.header("x-amz-date") {
        return Some(Cow::Borrowed(date));
    }
    let date = request.header("date")?;
    Some(time::parse_http_date(date).map_or(Cow::Borrowed(date), |at| time::basic(at).into()))
}

fn incomplete(message: &str) -> SignatureError {
    SignatureError::Incomplete(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_of_a_body_must_be_known() {
        let digest = sha256_hex(b"");
        for good in [&*digest, UNSIGNED, SIGNED_CHUNKS, UNSIGNED_CHUNKS_WITH_TRAILER] {
            assert_eq!(check_declared(good), Ok(()), "{good}");
        }
        for bad in ["", "STREAMING-FOO", "unsigned-payload", &digest[1..]] {
            let refused = check_declared(bad).expect_err(bad);
            assert_eq!(refused.to_api_error(&crate::s3::SERVICE).code, "InvalidArgument");
        }
    }
}
