//! Bodies in signed chunks (`aws-chunked`), with or without trailers.

use hmac::Mac;
use sha2::{Digest, Sha256};

use super::verify::{
    Presented, SIGNED_CHUNKS as SIGNED, SignatureError,
    UNSIGNED_CHUNKS_WITH_TRAILER as UNSIGNED_WITH_TRAILER, check_declared, declares_chunks,
};
use super::{hex, sha256_hex, unhex};
use crate::checksum::{Algorithm, Checksum};
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
    let Some(mut decoder) = Decoder::new(request, presented, secret)? else { return Ok(None) };
    let mut body = Vec::with_capacity(request.body.len());
    decoder.feed(request.body, |data| body.extend_from_slice(data))?;
    for (name, value) in decoder.finish()? {
        check_trailer(&name, &value, &body)?;
    }
    Ok(Some(body))
}

/// Takes chunks apart as they come, wherever the parts of a body end.
#[derive(Debug)]
pub struct Decoder {
    chain: Option<Chain>,
    has_trailers: bool,
    at: Place,
    /// A line of which the end has not come.
    line: Vec<u8>,
    /// What the chunk under way holds so far, where it is signed.
    digest: Sha256,
    signature: String,
    length: u64,
    expected: u64,
    trailers: Vec<(String, String)>,
    trailer_signature: Option<String>,
}

/// Where in the chunks a decoder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the line that a chunk begins with.
    Head,
    /// In a chunk, of which so many bytes are to come.
    Data(u64),
    /// At the end of the line of a chunk's data.
    Behind,
    /// Behind the last chunk.
    Trailers,
}

/// Bytes of a line, and trailers of a body.
const LINE: usize = 8 << 10;
const TRAILERS: usize = 32;

impl Decoder {
    /// For a request, by its head; none where it does not declare to come in chunks.
    ///
    /// # Errors
    /// When it does not say how long what the chunks hold is.
    pub fn new(
        request: &Request<'_>,
        presented: &Presented,
        secret: Option<&str>,
    ) -> Result<Option<Decoder>, SignatureError> {
        let declared = request.header("x-amz-content-sha256");
        // Chunks of another kind are no bytes to keep, where no signature is verified either.
        declared.filter(|it| it.starts_with("STREAMING-")).map_or(Ok(()), check_declared)?;
        let form = declared.filter(|it| declares_chunks(it));
        let Some(form) = form else { return Ok(None) };
        let length = request.header("x-amz-decoded-content-length");
        let expected = length.and_then(|it| it.parse().ok()).ok_or_else(malformed)?;
        let chain = secret.filter(|_| form != UNSIGNED_WITH_TRAILER).map(|secret| Chain {
            presented: presented.clone(),
            secret: secret.to_owned(),
            previous: hex(&presented.signature),
        });
        Ok(Some(Decoder {
            chain,
            has_trailers: form != SIGNED,
            at: Place::Head,
            line: Vec::new(),
            digest: Sha256::new(),
            signature: String::new(),
            length: 0,
            expected,
            trailers: Vec::new(),
            trailer_signature: None,
        }))
    }

    /// Takes a part of the body, and hands out what the chunks in it hold. What is handed out is
    /// verified once its chunk has ended.
    ///
    /// # Errors
    /// When a chunk is malformed, or is not signed with the secret.
    pub fn feed(
        &mut self,
        mut bytes: &[u8],
        mut take: impl FnMut(&[u8]),
    ) -> Result<(), SignatureError> {
        while !bytes.is_empty() {
            if let Place::Data(left) = self.at {
                let count = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
                let (data, rest) = bytes.split_at(count);
                bytes = rest;
                if self.chain.is_some() {
                    self.digest.update(data);
                }
                take(data);
                self.length += count as u64;
                if self.length > self.expected {
                    return Err(malformed());
                }
                self.at = Place::Data(left - count as u64);
                if left == count as u64 {
                    self.end_chunk()?;
                    self.at = Place::Behind;
                }
                continue;
            }
            let end = bytes.iter().position(|byte| *byte == b'\n');
            let (part, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
            bytes = rest;
            self.line.extend_from_slice(part);
            if self.line.len() > LINE {
                return Err(malformed());
            }
            if end.is_some() {
                let line = std::mem::take(&mut self.line);
                self.take_line(&line)?;
            }
        }
        Ok(())
    }

    fn take_line(&mut self, line: &[u8]) -> Result<(), SignatureError> {
        let line = line.strip_suffix(b"\r\n").ok_or_else(malformed)?;
        let text = std::str::from_utf8(line).map_err(|_| malformed())?;
        match self.at {
            Place::Head => self.begin_chunk(text),
            Place::Behind if text.is_empty() => {
                self.at = Place::Head;
                Ok(())
            }
            // The last chunk has an end of line of its own.
            Place::Trailers if text.is_empty() => Ok(()),
            Place::Trailers if self.has_trailers => self.take_trailer(text),
            Place::Behind | Place::Trailers | Place::Data(_) => Err(malformed()),
        }
    }

    fn begin_chunk(&mut self, head: &str) -> Result<(), SignatureError> {
        let (size, extension) = head.split_once(';').unwrap_or((head, ""));
        let size = u64::from_str_radix(size, 16).map_err(|_| malformed())?;
        if self.chain.is_some() {
            let signature = extension.strip_prefix("chunk-signature=").ok_or_else(malformed)?;
            self.signature = signature.to_owned();
        }
        if size == 0 {
            self.end_chunk()?;
            self.at = Place::Trailers;
        } else {
            self.at = Place::Data(size);
        }
        Ok(())
    }

    fn end_chunk(&mut self) -> Result<(), SignatureError> {
        let Some(chain) = &mut self.chain else { return Ok(()) };
        let (nothing, found) = (sha256_hex(b""), hex(&self.digest.finalize_reset()));
        let said = format!("{nothing}\n{found}");
        chain.verify("AWS4-HMAC-SHA256-PAYLOAD", &said, &self.signature)
    }

    fn take_trailer(&mut self, text: &str) -> Result<(), SignatureError> {
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        let (name, value) = (name.to_ascii_lowercase(), value.trim().to_owned());
        if name == "x-amz-trailer-signature" {
            self.trailer_signature = Some(value);
            return Ok(());
        }
        if self.trailers.len() == TRAILERS {
            return Err(malformed());
        }
        self.trailers.push((name, value));
        Ok(())
    }

    /// The trailers, once the body has come whole.
    ///
    /// # Errors
    /// When it ended too early, is not as long as was said, or its trailers are not signed.
    pub fn finish(mut self) -> Result<Vec<(String, String)>, SignatureError> {
        // Some leave the last end of a line out.
        if !self.line.is_empty() {
            let line = [std::mem::take(&mut self.line).as_slice(), b"\r\n"].concat();
            self.take_line(&line)?;
        }
        if self.at != Place::Trailers || self.length != self.expected {
            return Err(malformed());
        }
        if let Some(chain) = self.chain.as_mut().filter(|_| self.has_trailers) {
            let signature = self.trailer_signature.take().ok_or_else(malformed)?;
            let said: String =
                self.trailers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
            let digest = sha256_hex(said.as_bytes());
            chain.verify("AWS4-HMAC-SHA256-TRAILER", &digest, &signature)?;
        }
        Ok(self.trailers)
    }
}

/// Compares a trailer with the body that it is about.
fn check_trailer(name: &str, value: &str, body: &[u8]) -> Result<(), SignatureError> {
    let Some(algorithm) = Algorithm::of_header(name) else {
        let message = format!("Warren does not support the trailer {name} of chunked bodies.");
        return Err(SignatureError::Body(message));
    };
    match Checksum::of(algorithm, body) == value {
        true => Ok(()),
        false => Err(SignatureError::Body(format!("Value for {name} trailer is not the body's."))),
    }
}

/// Signatures each of which covers the one before.
struct Chain {
    presented: Presented,
    secret: String,
    previous: String,
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain").finish_non_exhaustive()
    }
}

impl Chain {
    fn verify(&mut self, kind: &str, said: &str, signature: &str) -> Result<(), SignatureError> {
        let Presented { credential, timestamp, .. } = &self.presented;
        let (scope, previous) = (credential.scope(), &self.previous);
        let to_sign = format!("{kind}\n{timestamp}\n{scope}\n{previous}\n{said}");
        let bytes = unhex(signature).ok_or(SignatureError::Mismatch)?;
        let mac = credential.mac(&self.secret, &to_sign);
        mac.verify_slice(&bytes).map_err(|_| SignatureError::Mismatch)?;
        self.previous = signature.to_owned();
        Ok(())
    }
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
    fn chunks_are_taken_apart_wherever_the_parts_of_a_body_end() {
        let (headers, body) = example_with_trailer();
        let request = Request { method: "PUT", path: "/", query: "", headers: &headers, body: b"" };
        let presented = Presented::read(&request).expect("a signature");
        for size in [1, 7, 4_096] {
            let decoder = Decoder::new(&request, &presented, Some(SECRET)).expect("a length");
            let mut decoder = decoder.expect("chunks");
            let mut length = 0;
            for part in body.chunks(size) {
                decoder.feed(part, |data| length += data.len()).expect("well signed");
            }
            let trailers = decoder.finish().expect("whole");
            assert_eq!((length, trailers.len()), (66_560, 1), "{size}");
        }
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
        assert_eq!(read("x-amz-checksum-sha1:98O8HYCOBHMq32eZZczDTKeuNEE="), Ok(9));
        assert!(matches!(read("x-amz-checksum-xxhash64:y"), Err(SignatureError::Body(_))));
    }
}
