//! Objects that are put whole.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::s3::error;
use wire::s3::input::PutObject;
use wire::s3::output::PutObjectOutput;

use crate::blobs::Upload;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::attributes::{Attributes, Tags, tags_of_header};
use crate::s3::bucket_name::check_key;
use crate::s3::condition::Writes;
use crate::s3::effects::Effects;
use crate::s3::event::{Cause, Happened, Kind, tell};
use crate::s3::service::{S3, whole};
use crate::s3::stored::{Bucket, Owner};
use crate::s3::sum::tell_sum;
use crate::s3::version::{New, Version};

impl Operation<S3> for PutObject {
    type Output = PutObjectOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<PutObjectOutput, Failure> {
        let PutObject {
            bucket,
            cache_control,
            content_disposition,
            content_encoding,
            content_language,
            content_type,
            expires,
            if_match,
            if_none_match,
            key,
            metadata,
            server_side_encryption,
            ssekms_key_id,
            bucket_key_enabled,
            tagging,
            expected_bucket_owner,
        } = self;
        let upload = body(cx)?;
        check_key(&key)?;
        let attributes = Attributes {
            content_type,
            cache_control,
            content_disposition,
            content_encoding,
            content_language,
            expires,
            metadata: metadata.unwrap_or_default(),
            encryption: server_side_encryption,
            key_id: ssekms_key_id,
            bucket_key: bucket_key_enabled,
        };
        let putting = Putting {
            bucket,
            owner: expected_bucket_owner,
            attributes: attributes.checked()?,
            tags: tagging.as_deref().map(tags_of_header).transpose()?.unwrap_or_default(),
            on: Writes { if_match, if_none_match },
            cause: Cause::of(cx),
        };
        let new = New {
            key,
            size: upload.size(),
            etag: upload.md5_hex(),
            checksum: whole(&upload),
            pieces: vec![(upload.id().to_owned(), upload.size())],
            ..New::default()
        };
        let sum = new.checksum.clone();
        let etag = format!("\"{}\"", new.etag);
        let put = s3.commit(upload, move |connection, effects, _| {
            putting.put(connection, effects, new, Kind::Put)
        });
        let Put { version, attributes } = put.await?;
        let mut output = PutObjectOutput {
            e_tag: Some(etag),
            version_id: version,
            server_side_encryption: attributes.encryption,
            ssekms_key_id: attributes.key_id,
            bucket_key_enabled: attributes.bucket_key,
            ..PutObjectOutput::default()
        };
        if let Some(sum) = sum {
            tell_sum!(output, sum.algorithm.as_str(), sum.value);
            output.checksum_type = Some(sum.kind);
        }
        Ok(output)
    }
}

/// The bytes that came with a request.
///
/// # Errors
/// When none were received, which is so within the process.
pub(super) fn body(cx: &Context<'_>) -> Result<Upload, ApiError> {
    let upload = cx.exchange.and_then(|exchange| exchange.take_body());
    upload.ok_or_else(|| error("IncompleteBody", "The request has no body."))
}

/// What is known of an object that is to be put, but for its bytes.
pub(super) struct Putting {
    pub(super) bucket: String,
    pub(super) owner: Owner,
    pub(super) attributes: Attributes,
    pub(super) tags: Tags,
    pub(super) on: Writes,
    pub(super) cause: Cause,
}

/// What came of it.
pub(super) struct Put {
    pub(super) version: Option<String>,
    pub(super) attributes: Attributes,
}

impl Putting {
    /// Puts an object, if the condition holds, and has told who is to know of it.
    pub(super) fn put(
        self,
        connection: &Connection,
        effects: &mut Effects,
        new: New,
        kind: Kind,
    ) -> Result<Put, Failure> {
        let bucket = Bucket::find(connection, &self.bucket, &self.owner)?;
        let current = Version::current(connection, &bucket, &new.key)?;
        self.on.check(&new.key, current.as_ref())?;
        let encryption = bucket.value(connection, "encryption")?;
        let attributes = self.attributes.encrypted_by(encryption.as_ref());
        let (key, size, etag) = (new.key.clone(), new.size, new.etag.clone());
        let new = New { attributes: attributes.clone(), tags: self.tags, ..new };
        let version = new.put(connection, &bucket, &mut effects.removed)?;
        let happened = Happened {
            kind,
            key: &key,
            size: Some(size),
            etag: &etag,
            version: version.as_deref(),
        };
        tell(connection, effects, &bucket, &self.cause, &happened)?;
        Ok(Put { version, attributes })
    }
}
