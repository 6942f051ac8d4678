//! Signature Version 4: reading, verifying and making signatures, in headers and presigned queries.

mod canonical;
pub mod chunked;
mod sign;
mod verify;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::request::Request;

pub use canonical::Paths;
pub use sign::Signer;
pub use verify::{Presented, SignatureError, declared_digest, session_token};

/// The name of the algorithm in headers and queries.
pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a credential says beside its secret: whose key, and the day, region and service it is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The access key's id.
    pub access_key: String,
    /// The day, as `yyyymmdd`.
    pub date: String,
    /// The region.
    pub region: String,
    /// The service's signing name.
    pub service: String,
}

impl Credential {
    /// Parses `AKID/20150830/us-east-1/lambda/aws4_request`; the access key itself may hold slashes.
    pub fn parse(text: &str) -> Option<Credential> {
        let mut parts = text.rsplitn(5, '/');
        if parts.next()? != "aws4_request" {
            return None;
        }
        let (service, region, date, access_key) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let dated = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
        (dated && !access_key.is_empty()).then(|| Credential {
            access_key: access_key.to_owned(),
            date: date.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
        })
    }

    /// The credential that a request names, in its header or its query string, whatever else its
    /// signature has or lacks.
    pub fn of(request: &Request<'_>) -> Option<Credential> {
        if let Some(authorization) = request.header("authorization") {
            let (_, rest) = authorization.split_once("Credential=")?;
            return Credential::parse(rest.split([',', ' ']).next()?);
        }
        Credential::parse(&request.query_value("X-Amz-Credential")?)
    }

    /// `20150830/us-east-1/lambda/aws4_request`.
    pub fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }

    /// The MAC of a string to sign under the key derived from a secret.
    pub(crate) fn mac(&self, secret: &str, string_to_sign: &str) -> Hmac<Sha256> {
        let mut key = hmac(format!("AWS4{secret}").as_bytes(), self.date.as_bytes());
        for part in [self.region.as_str(), self.service.as_str(), "aws4_request"] {
            key = hmac(&key.finalize().into_bytes(), part.as_bytes());
        }
        hmac(&key.finalize().into_bytes(), string_to_sign.as_bytes())
    }
}

fn hmac(key: &[u8], data: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key's length");
    mac.update(data);
    mac
}

/// The lower-case hexadecimal SHA-256 of some bytes.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    // AWS's own signatures are lower-case; another spelling is another signature.
    let nibble = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(nibble(pair[0])? << 4 | nibble(*pair.get(1)?)?)).collect()
}

/// The string that is signed: when, for what, and the digest of the canonical request.
fn string_to_sign(timestamp: &str, credential: &Credential, canonical_request: &str) -> String {
    let digest = sha256_hex(canonical_request.as_bytes());
    format!("{ALGORITHM}\n{timestamp}\n{}\n{digest}", credential.scope())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_round_trip() {
        let text = "AKID/EXAMPLE/20150830/us-east-1/lambda/aws4_request";
        let credential = Credential::parse(text).expect("a credential");
        assert_eq!(format!("{}/{}", credential.access_key, credential.scope()), text);
        for bad in [
            "",
            "AKID",
            "AKID/2015/r/s/aws4_request",
            "/20150830/r/s/aws4_request",
            "A/20150830/r/s/x",
        ] {
            assert_eq!(Credential::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn hexadecimal_round_trips() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        for bad in ["0", "0G", "AB", "é"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }
}
