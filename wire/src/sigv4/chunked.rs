//! Bodies in signed chunks (`aws-chunked`), with or without trailers.

use hmac::Mac;

use super::verify::{
    Presented, SIGNED_CHUNKS as SIGNED, SignatureError,
    UNSIGNED_CHUNKS_WITH_TRAILER as UNSIGNED_WITH_TRAILER, declares_chunks,
};
use super::{hex, sha256_hex, unhex};
use crate::request::Request;

/// Whether a request declares that its body comes in chunks.
pub fn is_chunked(request: &Request<'_>) -> bool {
    request.header("x-amz-content-sha256").is_some_and(declares_chunks)
}

/// The body of a request that declares to come in chunks; none of another. With a secret, each
/// chunk's signature is verified, and that of the trailers.
///
/// # Errors
/// When the chunks are malformed, not signed with the secret, or not what the trailers say.
pub fn decoded(
    request: &Request<'_>,
    presented: &Presented,
    secret: Option<&str>,
) -> Result<Option<Vec<u8>>, SignatureError> {
    let Some(form) = request.header("x-amz-content-sha256").filter(|it| declares_chunks(it)) else {
        return Ok(None);
    };
    let is_signed = form != UNSIGNED_WITH_TRAILER;
    let mut chain = secret.filter(|_| is_signed).map(|secret| Chain {
        presented,
        secret,
        previous: hex(&presented.signature),
    });
    let mut rest = request.body;
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let (head, after) = line(rest)?;
        let (size, extension) = head.split_once(';').unwrap_or((head, ""));
        let size = usize::from_str_radix(size, 16).map_err(|_| malformed())?;
        let data = after.get(..size).ok_or_else(malformed)?;
        rest = &after[size..];
        if let Some(chain) = &mut chain {
            let signature = extension.strip_prefix("chunk-signature=").ok_or_else(malformed)?;
            let nothing = sha256_hex(b"");
            let said = format!("{nothing}\n{}", sha256_hex(data));
            chain.verify("AWS4-HMAC-SHA256-PAYLOAD", &said, signature)?;
        }
        body.extend_from_slice(data);
        if size == 0 {
            break;
        }
        rest = rest.strip_prefix(b"\r\n").ok_or_else(malformed)?;
    }
    if form == SIGNED {
        // The last chunk has an end of line of its own, which some leave out.
        if !rest.is_empty() && rest != b"\r\n" {
            return Err(malformed());
        }
    } else {
        trailers(rest, &body, chain.as_mut())?;
    }
    let length: Option<usize> =
        request.header("x-amz-decoded-content-length").and_then(|it| it.parse().ok());
    match length {
        Some(length) if body.len() == length => Ok(Some(body)),
        _ => Err(malformed()),
    }
}

/// Verifies what follows the last chunk.
fn trailers(
    mut rest: &[u8],
    body: &[u8],
    chain: Option<&mut Chain<'_>>,
) -> Result<(), SignatureError> {
    let mut said = String::new();
    let mut signature = None;
    while !rest.is_empty() {
        let (text, after) = line(rest)?;
        rest = after;
        if text.is_empty() {
            continue;
        }
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        if name == "x-amz-trailer-signature" {
            signature = Some(value);
            continue;
        }
        said.push_str(&format!("{name}:{value}\n"));
        check_trailer(&name, value, body)?;
    }
    match (chain, signature) {
        (None, _) => Ok(()),
        (Some(chain), Some(signature)) => {
            chain.verify("AWS4-HMAC-SHA256-TRAILER", &sha256_hex(said.as_bytes()), signature)
        }
        (Some(_), None) => Err(malformed()),
    }
}

/// Compares a trailer with the body that it is about.
fn check_trailer(name: &str, value: &str, body: &[u8]) -> Result<(), SignatureError> {
    use base64::Engine as _;
    use sha2::Digest as _;
    let found = match name {
        "x-amz-checksum-crc32" => crc(0xedb8_8320, body).to_be_bytes().to_vec(),
        "x-amz-checksum-crc32c" => crc(0x82f6_3b78, body).to_be_bytes().to_vec(),
        "x-amz-checksum-crc64nvme" => crc64nvme(body).to_be_bytes().to_vec(),
        "x-amz-checksum-sha256" => sha2::Sha256::digest(body).to_vec(),
        _ => {
            let message = format!("Warren does not support the trailer {name} of chunked bodies.");
            return Err(SignatureError::Body(message));
        }
    };
    match base64::engine::general_purpose::STANDARD.encode(found) == value {
        true => Ok(()),
        false => Err(SignatureError::Body(format!("Value for {name} trailer is not the body's."))),
    }
}

/// A reflected CRC of 32 bits.
fn crc(polynomial: u32, bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { polynomial } else { 0 }
        })
    })
}

/// The reflected CRC of 64 bits whose polynomial NVMe chose.
fn crc64nvme(bytes: &[u8]) -> u64 {
    !bytes.iter().fold(!0, |crc: u64, byte| {
        (0..8).fold(crc ^ u64::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0x9a6c_9329_ac4b_c9b5 } else { 0 }
        })
    })
}

/// Signatures each of which covers the one before.
struct Chain<'a> {
    presented: &'a Presented,
    secret: &'a str,
    previous: String,
}

impl Chain<'_> {
    fn verify(&mut self, kind: &str, said: &str, signature: &str) -> Result<(), SignatureError> {
        let Presented { credential, timestamp, .. } = self.presented;
        let (scope, previous) = (credential.scope(), &self.previous);
        let to_sign = format!("{kind}\n{timestamp}\n{scope}\n{previous}\n{said}");
        let bytes = unhex(signature).ok_or(SignatureError::Mismatch)?;
        let mac = credential.mac(self.secret, &to_sign);
        mac.verify_slice(&bytes).map_err(|_| SignatureError::Mismatch)?;
        self.previous = signature.to_owned();
        Ok(())
    }
}

/// A line of ASCII, and what follows its end.
fn line(bytes: &[u8]) -> Result<(&str, &[u8]), SignatureError> {
    let end = bytes.windows(2).position(|two| two == b"\r\n").ok_or_else(malformed)?;
    let text = std::str::from_utf8(&bytes[..end]).map_err(|_| malformed())?;
    Ok((text, &bytes[end + 2..]))
}

fn malformed() -> SignatureError {
    SignatureError::Body("The chunked body is malformed.".to_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::super::verify::SIGNED_CHUNKS_WITH_TRAILER as SIGNED_WITH_TRAILER;
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    const SEED: &str = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";

    /// 66,560 letters in two chunks, with the signatures of the two and of the end, as requests of
    /// AWS's documentation send them.
    fn upload(form: &str, seed: &str, signatures: [&str; 3]) -> (HeaderMap, Vec<u8>) {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("x-amz-content-sha256", form),
            ("x-amz-date", "20130524T000000Z"),
            ("x-amz-decoded-content-length", "66560"),
            (
                "authorization",
                &format!(
                    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/\
                     aws4_request,SignedHeaders=host,Signature={seed}"
                ),
            ),
        ] {
            headers.insert(
                http::HeaderName::from_bytes(name.as_bytes()).expect("a name"),
                value.parse().expect("a value"),
            );
        }
        let mut body = Vec::new();
        for (size, signature) in [65_536, 1_024, 0].into_iter().zip(signatures) {
            body.extend(format!("{size:x};chunk-signature={signature}\r\n").bytes());
            body.extend(std::iter::repeat_n(b'a', size));
            body.extend(b"\r\n".iter().filter(|_| size > 0));
        }
        (headers, body)
    }

    /// The documentation's example of a chunked upload.
    fn example() -> (HeaderMap, Vec<u8>) {
        let (headers, mut body) = upload(
            SIGNED,
            SEED,
            [
                "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
            ],
        );
        body.extend(b"\r\n");
        (headers, body)
    }

    /// The documentation's example of one with a trailer.
    fn example_with_trailer() -> (HeaderMap, Vec<u8>) {
        let (headers, mut body) = upload(
            SIGNED_WITH_TRAILER,
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
            [
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
            ],
        );
        body.extend(b"x-amz-checksum-crc32c:sOO8/Q==\r\n");
        body.extend(b"x-amz-trailer-signature:");
        body.extend(b"d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");
        (headers, body)
    }

    fn read(
        headers: &HeaderMap,
        body: &[u8],
        secret: Option<&str>,
    ) -> Result<usize, SignatureError> {
        let request = Request { method: "PUT", path: "/", query: "", headers, body };
        let presented = Presented::read(&request).expect("a signature");
        decoded(&request, &presented, secret).map(|body| body.expect("chunks").len())
    }

    #[test]
    fn the_documented_example_is_verified_and_its_mutations_are_refused() {
        let (headers, body) = example();
        assert_eq!(read(&headers, &body, Some(SECRET)), Ok(66_560));
        assert_eq!(read(&headers, &body, Some("other")), Err(SignatureError::Mismatch));
        assert_eq!(read(&headers, &body, None), Ok(66_560));
        for at in [0, 30, 200, 65_700, body.len() - 10] {
            let mut changed = body.clone();
            changed[at] ^= 1;
            assert!(read(&headers, &changed, Some(SECRET)).is_err(), "{at}");
            assert!(read(&headers, &body[..at], Some(SECRET)).is_err(), "{at}");
        }
        let mut other = headers.clone();
        other.insert("x-amz-decoded-content-length", "66561".parse().expect("a value"));
        assert_eq!(read(&other, &body, None), Err(malformed()));
    }

    #[test]
    fn the_documented_trailer_is_verified_and_its_mutations_are_refused() {
        let (headers, body) = example_with_trailer();
        assert_eq!(read(&headers, &body, Some(SECRET)), Ok(66_560));
        assert_eq!(read(&headers, &body, None), Ok(66_560));
        assert_eq!(read(&headers, &body, Some("other")), Err(SignatureError::Mismatch));
        let text = String::from_utf8(body).expect("letters");
        // What is signed is the trailer, not only that it fits the body.
        let other_signature = text.replace("d81f82fc", "d81f82fd");
        let further = text.replace(
            "x-amz-trailer-signature",
            "x-amz-checksum-crc32:y/Q5Jg==\r\nx-amz-trailer-signature",
        );
        let (unsigned, _) = text.split_once("x-amz-trailer-signature").expect("a signature");
        let (without, _) = text.split_once("x-amz-checksum-crc32c").expect("a trailer");
        for changed in [&*other_signature, &further, unsigned, without] {
            assert!(read(&headers, changed.as_bytes(), Some(SECRET)).is_err(), "{changed}");
        }
        // The same chunks where no trailer is declared.
        let (plain, _) = example();
        assert!(read(&plain, text.as_bytes(), None).is_err());
    }

    #[test]
    fn trailers_are_held_against_the_body() {
        let (mut headers, _) = example();
        headers.insert("x-amz-content-sha256", UNSIGNED_WITH_TRAILER.parse().expect("a value"));
        headers.insert("x-amz-decoded-content-length", "9".parse().expect("a value"));
        let read = |trailer: &str| {
            let body = format!("9\r\n123456789\r\n0\r\n{trailer}\r\n\r\n");
            read(&headers, body.as_bytes(), None)
        };
        assert_eq!(read("x-amz-checksum-crc32:y/Q5Jg=="), Ok(9));
        assert_eq!(read("x-amz-checksum-crc32c:4waSgw=="), Ok(9));
        assert_eq!(read("x-amz-checksum-crc64nvme:rosUhgp5mIg="), Ok(9));
        assert_eq!(
            read("x-amz-checksum-sha256:FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
            Ok(9)
        );
        assert!(matches!(read("x-amz-checksum-crc32:y/Q5Jw=="), Err(SignatureError::Body(_))));
        assert!(matches!(read("x-amz-checksum-sha1:y"), Err(SignatureError::Body(_))));
    }
}
