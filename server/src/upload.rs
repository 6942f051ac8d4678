//! Bodies of any length that S3 keeps: written to its files as they come, held against what is said of
//! them, and never whole in memory.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use neighbours::s3::refused;
use neighbours::{Expected, Incoming as Receiving, ReceiveError, Upload};
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};
use wire::checksum::Algorithm;
use wire::sigv4::chunked::Decoder;
use wire::sigv4::{Presented, SignatureError, declared_digest};
use wire::{ApiError, Request};

use crate::body::Bodies;
use crate::endpoint::Endpoint;
use crate::for_s3::head;
use crate::gate;
use crate::signature;

/// Bytes that are written at a time.
const PART: usize = 256 << 10;
/// From the first byte to the last.
const WHOLE: Duration = Duration::from_secs(3 * 3_600);

/// Whether a request brings bytes that S3 keeps; `path` names the bucket, whatever the host does.
pub(crate) fn is_one(parts: &Parts, path: &str) -> bool {
    let request = Request { path, ..head(parts) };
    wire::recognise(&request).is_ok_and(|operation| operation.takes_stream())
}

/// Receives the body of a request.
///
/// # Errors
/// When the request is not signed well, its body is not what it says, or does not come to its end.
pub(crate) async fn receive(
    endpoint: &Endpoint,
    bodies: &Arc<Bodies>,
    (common, verifies): (&Handle, bool),
    parts: &Parts,
    body: Incoming,
) -> Result<Upload, ApiError> {
    let request = head(parts);
    gate::check_credentials(&request)?;
    let spelled = |error: SignatureError| error.to_api_error(&wire::s3::SERVICE);
    let secret = signature::check_s3_head(endpoint, &request, verifies).map_err(spelled)?;
    let expected = expected(&request)?;
    let decoder = match Presented::read(&request) {
        Ok(presented) => Decoder::new(&request, &presented, secret.as_deref()).map_err(spelled)?,
        // One that is signed in the older way says nothing of chunks.
        Err(_) => None,
    };
    let announced = expected.wanted.clone();
    let incoming = endpoint.neighbours.s3().receive(expected).await?;
    let mut writer = Writer { incoming, decoder, announced, refusal: None };
    let end = Instant::now() + WHOLE;
    let mut body = body;
    loop {
        let (part, is_last) = gathered(bodies, &mut body, end).await?;
        let written = common.spawn_blocking(move || {
            writer.write(&part);
            writer
        });
        writer = written.await.map_err(|_| ApiError::internal(&wire::s3::SERVICE))?;
        if let Some(refusal) = writer.refusal.take() {
            return Err(refusal);
        }
        if is_last {
            break;
        }
    }
    let finished = common.spawn_blocking(move || writer.finish());
    finished.await.map_err(|_| ApiError::internal(&wire::s3::SERVICE))?
}

/// The next bytes of a body, as many as are written at a time, and whether they are its last.
async fn gathered(
    bodies: &Bodies,
    body: &mut Incoming,
    end: Instant,
) -> Result<(Bytes, bool), ApiError> {
    let mut gathered = BytesMut::new();
    loop {
        let until = end.min(Instant::now() + bodies.idle());
        match timeout_at(until, body.frame()).await {
            Err(_) => {
                let message = "Your socket connection to the server was not read from or written to \
                               within the timeout period. Idle connections will be closed.";
                return Err(wire::s3::error("RequestTimeout", message));
            }
            Ok(None) => return Ok((gathered.freeze(), true)),
            Ok(Some(Err(_))) => {
                let message = "You did not provide the number of bytes specified by the \
                               Content-Length HTTP header";
                return Err(wire::s3::error("IncompleteBody", message));
            }
            Ok(Some(Ok(frame))) => {
                let Ok(data) = frame.into_data() else { continue };
                if gathered.is_empty() && data.len() >= PART {
                    return Ok((data, false));
                }
                gathered.extend_from_slice(&data);
                if gathered.len() >= PART {
                    return Ok((gathered.freeze(), false));
                }
            }
        }
    }
}

/// Writes a body, out of its chunks where it comes in such.
struct Writer {
    incoming: Receiving,
    decoder: Option<Decoder>,
    /// What the trailers are to tell, as the head has it.
    announced: Vec<Algorithm>,
    refusal: Option<ApiError>,
}

impl Writer {
    fn write(&mut self, part: &[u8]) {
        let Writer { incoming, decoder, refusal, .. } = self;
        let Some(decoder) = decoder else {
            *refusal = incoming.write(part).map_err(refused).err();
            return;
        };
        let mut written: Result<(), ReceiveError> = Ok(());
        let fed = decoder.feed(part, |data| {
            if written.is_ok() {
                written = incoming.write(data);
            }
        });
        *refusal = match (written, fed) {
            (Err(why), _) => Some(refused(why)),
            (Ok(()), Err(why)) => Some(why.to_api_error(&wire::s3::SERVICE)),
            (Ok(()), Ok(())) => None,
        };
    }

    fn finish(self) -> Result<Upload, ApiError> {
        let mut told = Vec::new();
        if let Some(decoder) = self.decoder {
            let trailers = decoder.finish().map_err(|why| why.to_api_error(&wire::s3::SERVICE))?;
            for (name, value) in trailers {
                let algorithm = Algorithm::of_header(&name).ok_or_else(|| unsupported(&name))?;
                told.push((algorithm, value));
            }
        }
        check_announced(&self.announced, &told)?;
        self.incoming.finish(&told).map_err(refused)
    }
}

fn unsupported(name: &str) -> ApiError {
    let message = format!("Warren does not support the trailer {name}.");
    wire::s3::error("NotImplemented", message)
}

/// Whether every trailer that was announced has come: without it nobody held the body against anything.
fn check_announced(announced: &[Algorithm], told: &[(Algorithm, String)]) -> Result<(), ApiError> {
    let has_come = |wanted: &Algorithm| told.iter().any(|(algorithm, _)| algorithm == wanted);
    match announced.iter().all(has_come) {
        true => Ok(()),
        false => {
            let message = "The request contained trailing data that was not well-formed or did not \
                           conform to our published schema.";
            Err(wire::s3::error("MalformedTrailerError", message))
        }
    }
}

/// What a request says of its body before it comes.
fn expected(request: &Request<'_>) -> Result<Expected, ApiError> {
    use base64::Engine as _;
    let md5 = request.header("content-md5").map(str::to_owned);
    if let Some(given) = &md5 {
        let bytes = base64::engine::general_purpose::STANDARD.decode(given);
        if bytes.map_or(0, |bytes| bytes.len()) != 16 {
            let message = "The Content-MD5 you specified was invalid.";
            return Err(wire::s3::error("InvalidDigest", message));
        }
    }
    let checksums = Algorithm::ALL
        .into_iter()
        .filter_map(|algorithm| Some((algorithm, request.header(algorithm.header())?.to_owned())));
    let mut wanted = Vec::new();
    for name in request.header("x-amz-trailer").unwrap_or_default().split(',').map(str::trim) {
        if !name.is_empty() {
            wanted.push(Algorithm::of_header(name).ok_or_else(|| unsupported(name))?);
        }
    }
    Ok(Expected {
        limit: 0,
        md5,
        sha256: declared_digest(request).map(str::to_owned),
        checksums: checksums.collect(),
        wanted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailers_that_are_announced_must_come() {
        let told = [(Algorithm::Crc32, "y/Q5Jg==".to_owned())];
        check_announced(&[Algorithm::Crc32], &told).expect("come");
        check_announced(&[], &told).expect("nothing announced");
        let refused = check_announced(&[Algorithm::Crc32], &[]).expect_err("not come");
        assert_eq!((&*refused.code, refused.status), ("MalformedTrailerError", 400));
    }
}
