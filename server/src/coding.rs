//! Bodies that clients send compressed: AWS's SDKs do it with what is large and of an operation that lets
//! them, as `PutMetricData`.

use std::io::Read;

use bytes::Bytes;
use flate2::read::GzDecoder;
use http::header::CONTENT_ENCODING;
use http::request::Parts;

use crate::body::{Unread, bound};

/// A body as it was before it was compressed, held to the same bound as one that was not; none where it
/// was not.
///
/// # Errors
/// When it is too large, or is not what it is said to be.
pub(crate) fn inflated(parts: &Parts, body: &[u8]) -> Result<Option<Bytes>, Unread> {
    if parts.headers.get(CONTENT_ENCODING).is_none_or(|coding| coding != "gzip") {
        return Ok(None);
    }
    let most = bound(parts);
    let mut whole = Vec::new();
    let mut decoder = GzDecoder::new(body).take(most as u64 + 1);
    decoder.read_to_end(&mut whole).map_err(|_| Unread::Malformed)?;
    match whole.len() <= most {
        true => Ok(Some(whole.into())),
        false => Err(Unread::TooLarge(most)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn parts(coding: &str) -> Parts {
        let request = http::Request::post("/").header("content-encoding", coding);
        request.body(()).expect("it is one").into_parts().0
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    #[test]
    fn what_is_compressed_is_bounded_as_what_is_not() {
        let parts = parts("gzip");
        assert_eq!(inflated(&parts, &gzip(b"text")), Ok(Some("text".into())));
        let most = bound(&parts);
        assert!(inflated(&parts, &gzip(&vec![0; most])).is_ok());
        assert_eq!(inflated(&parts, &gzip(&vec![0; most + 1])), Err(Unread::TooLarge(most)));
        assert_eq!(inflated(&parts, b"text"), Err(Unread::Malformed));
        assert_eq!(inflated(&parts, &gzip(b"text")[..9]), Err(Unread::Malformed));
    }

    #[test]
    fn what_is_not_compressed_is_left_alone() {
        assert_eq!(inflated(&parts("aws-chunked"), b"text"), Ok(None));
    }
}
