//! Which object a copy is of.

use wire::ApiError;

use super::refusal::argument;

/// An object, or a version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CopySource {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) version: Option<String>,
}

impl CopySource {
    /// Whether it is this object as it is now.
    pub(super) fn is(&self, bucket: &str, key: &str) -> bool {
        self.bucket == bucket && self.key == key && self.version.is_none()
    }

    /// Parses `bucket/key?versionId=…`, whose key is percent-encoded.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn parse(text: &str) -> Result<CopySource, ApiError> {
        let refused = || {
            let message = "Invalid copy source object key";
            argument("x-amz-copy-source", text, message)
        };
        let (path, version) = match text.split_once("?versionId=") {
            Some((path, version)) => (path, Some(version.to_owned())),
            None => (text, None),
        };
        let path = path.strip_prefix('/').unwrap_or(path);
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8();
        let decoded = decoded.map_err(|_| refused())?;
        let (bucket, key) = decoded.split_once('/').ok_or_else(refused)?;
        if bucket.is_empty() || key.is_empty() {
            return Err(refused());
        }
        Ok(CopySource { bucket: bucket.to_owned(), key: key.to_owned(), version })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_taken_apart() {
        let source = CopySource::parse("/b/a%20b/%C3%BC?versionId=v").expect("a source");
        let version = Some("v".to_owned());
        assert_eq!(source, CopySource { bucket: "b".into(), key: "a b/ü".into(), version });
        assert_eq!(CopySource::parse("b/k").expect("a source").version, None);
        for bad in ["", "b", "b/", "/b", "/"] {
            CopySource::parse(bad).expect_err(bad);
        }
    }
}
