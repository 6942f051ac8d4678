//! Signature Version 2 in query strings: how older clients presign requests to S3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::request::Request;
use crate::sigv4::SignatureError;

/// Parameters of the query that are a part of what is asked for.
const SUBRESOURCES: [&str; 31] = [
    "accelerate",
    "acl",
    "cors",
    "defaultObjectAcl",
    "delete",
    "lifecycle",
    "location",
    "logging",
    "notification",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// A signature in a query string, read but not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// The access key's id.
    pub access_key: String,
    /// The session token, if one is presented.
    pub token: Option<String>,
    /// Until when the request is good, in seconds since the epoch.
    expires: i64,
    signature: Vec<u8>,
}

impl Presented {
    /// The signature of a request; none where it has none of this version.
    pub fn read(request: &Request<'_>) -> Option<Presented> {
        let value = |name| request.query_value(name);
        let (access_key, signature, expires) =
            (value("AWSAccessKeyId")?, value("Signature")?, value("Expires")?);
        Some(Presented {
            access_key: access_key.into_owned(),
            token: value("x-amz-security-token").map(std::borrow::Cow::into_owned),
            expires: expires.parse().ok()?,
            signature: STANDARD.decode(signature.as_bytes()).ok()?,
        })
    }

    /// Whether the request is not out of date.
    ///
    /// # Errors
    /// When it is.
    pub fn timely(&self, now_millis: i64) -> Result<(), SignatureError> {
        match now_millis / 1_000 > self.expires {
            true => Err(SignatureError::PresignedExpired("Request has expired".to_owned())),
            false => Ok(()),
        }
    }

    /// Whether the request was signed with this secret and is not out of date; `bucket` is the one
    /// that its host names, if it names one.
    ///
    /// # Errors
    /// When it is not.
    pub fn verify(
        &self,
        request: &Request<'_>,
        bucket: Option<&str>,
        secret: &str,
        now_millis: i64,
    ) -> Result<(), SignatureError> {
        self.timely(now_millis)?;
        let mac = hmac_sha1(secret.as_bytes(), self.string_to_sign(request, bucket).as_bytes());
        // As long as the same whatever differs.
        let differing = mac.iter().zip(&self.signature).fold(0, |all, (a, b)| all | (a ^ b));
        match self.signature.len() == mac.len() && differing == 0 {
            true => Ok(()),
            false => Err(SignatureError::Mismatch),
        }
    }

    fn string_to_sign(&self, request: &Request<'_>, bucket: Option<&str>) -> String {
        let header = |name| request.header(name).unwrap_or_default();
        let mut out = format!(
            "{}\n{}\n{}\n{}\n",
            request.method,
            header("content-md5"),
            header("content-type"),
            self.expires
        );
        let mut amz: Vec<(String, String)> = request
            .headers
            .iter()
            .filter(|(name, _)| name.as_str().starts_with("x-amz-"))
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
            })
            .collect();
        // Clients sign what they put into the query in the place of headers.
        for (name, value) in request.query_pairs() {
            if name.starts_with("x-amz-") {
                amz.push((name.into_owned(), value.into_owned()));
            }
        }
        amz.sort();
        for (name, value) in amz {
            out += &format!("{name}:{value}\n");
        }
        if let Some(bucket) = bucket {
            out += &format!("/{bucket}");
        }
        out += request.path;
        let mut parts: Vec<(String, Option<String>)> = request
            .query
            .split('&')
            .filter_map(|pair| {
                let (name, value) = match pair.split_once('=') {
                    Some((name, value)) => (name, Some(value)),
                    None => (pair, None),
                };
                let value = value.map(|value| crate::request::decoded(value).into_owned());
                SUBRESOURCES.contains(&name).then(|| (name.to_owned(), value))
            })
            .collect();
        parts.sort();
        for (at, (name, value)) in parts.into_iter().enumerate() {
            out.push(if at == 0 { '?' } else { '&' });
            out += &name;
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                out += &format!("={value}");
            }
        }
        out
    }
}

fn hmac_sha1(key: &[u8], data: &[u8]) -> [u8; 20] {
    const BLOCK: usize = 64;
    let mut padded = [0; BLOCK];
    match key.len() > BLOCK {
        true => padded[..20].copy_from_slice(&sha1_smol::Sha1::from(key).digest().bytes()),
        false => padded[..key.len()].copy_from_slice(key),
    }
    let keyed = |mask: u8, data: &[u8]| {
        let mut sha1 = sha1_smol::Sha1::new();
        sha1.update(&padded.map(|byte| byte ^ mask));
        sha1.update(data);
        sha1.digest().bytes()
    };
    keyed(0x5c, &keyed(0x36, data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_example_is_verified_and_its_mutations_are_refused() {
        let headers = http::HeaderMap::new();
        let query = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D\
                     &Expires=1175139620";
        let request = Request {
            method: "GET",
            path: "/photos/puppy.jpg",
            query,
            headers: &headers,
            body: b"",
        };
        let presented = Presented::read(&request).expect("a signature");
        let verify = |request: &Request<'_>, secret, at| {
            presented.verify(request, Some("johnsmith"), secret, at)
        };
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let (good, late) = (1_175_139_620_000, 1_175_139_621_000);
        assert_eq!(verify(&request, secret, good), Ok(()));
        assert_eq!(verify(&request, "other", good), Err(SignatureError::Mismatch));
        let other = Request { path: "/photos/puppy.jpeg", ..request };
        assert_eq!(verify(&other, secret, good), Err(SignatureError::Mismatch));
        assert!(matches!(verify(&request, secret, late), Err(SignatureError::PresignedExpired(_))));
    }

    #[test]
    fn hmacs_are_the_published_ones() {
        let mac = hmac_sha1(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(mac[..4], [0xef, 0xfc, 0xdf, 0x6a]);
    }
}
