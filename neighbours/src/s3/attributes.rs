//! What an object has beside its bytes: headers that are given back, and metadata.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wire::ApiError;
use wire::s3::error;

use super::refusal::argument;

/// Bytes of an object's metadata, names and values together.
const METADATA: usize = 2048;
/// Bytes of the other headers that are kept: as many as S3 takes of headers at all.
const HEADERS: usize = 8192;
/// The type of what nobody says the type of.
const UNKNOWN: &str = "binary/octet-stream";
/// Tags of an object, and of a bucket.
pub(super) const OBJECT_TAGS: usize = 10;
pub(super) const BUCKET_TAGS: usize = 50;

/// Tags by their keys.
pub(super) type Tags = BTreeMap<String, String>;

/// What an object has beside its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attributes {
    pub(super) content_type: Option<String>,
    pub(super) cache_control: Option<String>,
    pub(super) content_disposition: Option<String>,
    pub(super) content_encoding: Option<String>,
    pub(super) content_language: Option<String>,
    pub(super) expires: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) encryption: Option<String>,
    pub(super) key_id: Option<String>,
    pub(super) bucket_key: Option<bool>,
}

impl Attributes {
    /// The same, once it is known that an object may have them.
    ///
    /// # Errors
    /// As S3 says it.
    pub(super) fn checked(mut self) -> Result<Attributes, ApiError> {
        let bytes: usize = self.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
        if bytes > METADATA {
            let message = "Your metadata headers exceed the maximum allowed metadata size";
            return Err(error("MetadataTooLarge", message)
                .with("Size", bytes.to_string())
                .with("MaxSizeAllowed", METADATA.to_string()));
        }
        let kept = [
            &self.content_type,
            &self.cache_control,
            &self.content_disposition,
            &self.content_encoding,
            &self.content_language,
            &self.expires,
            &self.key_id,
        ];
        if kept.into_iter().flatten().map(String::len).sum::<usize>() > HEADERS {
            let message = "Your request header section exceeds the maximum allowed header size";
            return Err(error("RequestHeaderSectionTooLarge", message)
                .with("MaxSizeAllowed", HEADERS.to_string()));
        }
        if let Some(algorithm) = &self.encryption
            && !matches!(algorithm.as_str(), "AES256" | "aws:kms")
        {
            let message = format!(
                "Warren does not support the encryption {algorithm}, but AES256 and aws:kms."
            );
            return Err(error("NotImplemented", message));
        }
        if self.key_id.is_some() && self.encryption.as_deref() != Some("aws:kms") {
            let message = "Server Side Encryption with AWS KMS managed key requires HTTP header \
                           x-amz-server-side-encryption : aws:kms";
            let name = "x-amz-server-side-encryption";
            return Err(argument(name, self.encryption.as_deref().unwrap_or("null"), message));
        }
        // How the body travelled is nothing of the object.
        if let Some(encoding) = self.content_encoding.take() {
            let kept: Vec<&str> =
                encoding.split(',').map(str::trim).filter(|it| *it != "aws-chunked").collect();
            self.content_encoding = Some(kept.join(",")).filter(|kept| !kept.is_empty());
        }
        self.content_type.get_or_insert_with(|| UNKNOWN.to_owned());
        Ok(self)
    }

    /// Says how an object of a bucket is encrypted, where whoever puts it does not.
    pub(super) fn encrypted_by(mut self, bucket: Option<&serde_json::Value>) -> Attributes {
        if self.encryption.is_none() {
            let rule = bucket.map(|all| &all["Rules"][0]);
            let default = rule.map(|rule| &rule["ApplyServerSideEncryptionByDefault"]);
            let text = |member: &str| default?[member].as_str().map(str::to_owned);
            self.encryption = text("SSEAlgorithm").or_else(|| Some("AES256".to_owned()));
            self.key_id = text("KMSMasterKeyID");
            self.bucket_key = rule.and_then(|rule| rule["BucketKeyEnabled"].as_bool());
        }
        self
    }
}

/// The tags of a header, such as `a=1&b=2`.
///
/// # Errors
/// When it is malformed, or an object may not have them.
pub(super) fn tags_of_header(text: &str) -> Result<Tags, ApiError> {
    let malformed = || {
        let message = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query \
                       parameters without tag name duplicates.";
        argument("x-amz-tagging", text, message)
    };
    let mut tags = Tags::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded = |text: &str| {
            let blanks = text.replace('+', " ");
            let decoded = percent_encoding::percent_decode_str(&blanks).decode_utf8();
            decoded.map(std::borrow::Cow::into_owned).map_err(|_| malformed())
        };
        if tags.insert(decoded(key)?, decoded(value)?).is_some() {
            return Err(malformed());
        }
    }
    check_tags(&tags, OBJECT_TAGS)?;
    Ok(tags)
}

/// Whether these may be tags.
///
/// # Errors
/// As S3 says it.
pub(super) fn check_tags(tags: &Tags, most: usize) -> Result<(), ApiError> {
    if tags.len() > most {
        let message = match most {
            OBJECT_TAGS => "Object tags cannot be greater than 10".to_owned(),
            most => format!("Bucket tag count cannot be greater than {most}"),
        };
        return Err(error("BadRequest", message));
    }
    for (key, value) in tags {
        if key.is_empty() || key.chars().count() > 128 {
            let message = "The TagKey you have provided is invalid";
            return Err(error("InvalidTag", message).with("TagKey", key.as_str()));
        }
        if value.chars().count() > 256 {
            let message = "The TagValue you have provided is invalid";
            return Err(error("InvalidTag", message)
                .with("TagKey", key.as_str())
                .with("TagValue", value.as_str()));
        }
        if key.starts_with("aws:") {
            let message = "System tags cannot be added/updated by requester";
            return Err(error("InvalidTag", message).with("TagKey", key.as_str()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_headers_are_decoded_and_bounded() {
        let tags = tags_of_header("a=1&b%20c=x+y&d").expect("tags");
        let pairs: Vec<_> = tags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("a", "1"), ("b c", "x y"), ("d", "")]);
        tags_of_header("a=1&a=2").expect_err("twice the same");
        tags_of_header("aws:x=1").expect_err("AWS's own");
        let many: Vec<String> = (0..11).map(|at| format!("k{at}=v")).collect();
        tags_of_header(&many.join("&")).expect_err("too many");
    }

    #[test]
    fn how_a_body_travelled_is_nothing_of_the_object() {
        let of = |text: &str| {
            let content_encoding = Some(text.to_owned());
            let given = Attributes { content_encoding, ..Attributes::default() };
            given.checked().expect("good").content_encoding
        };
        assert_eq!(of("aws-chunked"), None);
        assert_eq!(of("gzip, aws-chunked").as_deref(), Some("gzip"));
        let metadata = [("a".to_owned(), "x".repeat(METADATA))].into();
        let long = Attributes { metadata, ..Attributes::default() };
        assert_eq!(long.checked().expect_err("too large").code, "MetadataTooLarge");
        let kept = |length| Attributes {
            cache_control: Some("x".repeat(length)),
            content_type: Some("t".to_owned()),
            ..Attributes::default()
        };
        kept(HEADERS - 1).checked().expect("as many as may be");
        let code = kept(HEADERS).checked().expect_err("too many").code;
        assert_eq!(code, "RequestHeaderSectionTooLarge");
    }
}
