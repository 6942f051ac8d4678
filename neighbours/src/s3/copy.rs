//! Objects that are copied from others.

use std::io;
use std::sync::Arc;

use wire::ApiError;
use wire::checksum::Algorithm;
use wire::s3::error;
use wire::s3::input::CopyObject;
use wire::s3::output::{CopyObjectOutput, CopyObjectResult};

use crate::blobs::{Expected, Incoming, Outgoing, Upload};
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::attributes::{Attributes, tags_of_header};
use crate::s3::bucket_name::check_key;
use crate::s3::condition::{Reads, Writes};
use crate::s3::copy_source::CopySource;
use crate::s3::demand::hiding;
use crate::s3::event::{Cause, Kind};
use crate::s3::operations::put::{Put, Putting};
use crate::s3::range::Range;
use crate::s3::refusal::argument;
use crate::s3::service::{LARGEST, S3, algorithm, refused, whole};
use crate::s3::stored::{Bucket, Owner};
use crate::s3::sum::tell_sum;
use crate::s3::version::{New, Version, check_id};
use crate::time::now;

/// An object that is to be copied.
pub(super) struct Source {
    pub(super) version: Version,
    pub(super) told_version: Option<String>,
    bytes: Outgoing,
}

impl Source {
    /// Finds it, where it is the one that is meant; of its bytes a range, if one is chosen.
    pub(super) async fn find(
        s3: &Arc<S3>,
        source: CopySource,
        owner: Owner,
        on: Reads,
        choose: impl FnOnce(u64) -> Result<Range, Failure> + Send + 'static,
    ) -> Result<Source, Failure> {
        check_id(source.version.as_deref())?;
        let blobs = Arc::clone(&s3.blobs);
        s3.work(move |connection| {
            let CopySource { bucket, key, version } = source;
            let bucket = Bucket::find(connection, &bucket, &owner)?;
            let version = Version::find(connection, &bucket, &key, version.as_deref())?;
            on.check_copy(&version)?;
            let Range { start, length } = choose(version.size)?;
            let bytes = Outgoing::new(&blobs, version.pieces(connection)?, start, length);
            Ok(Source { told_version: version.told_version(&bucket), version, bytes })
        })
        .await
    }

    /// Copies its bytes, and sums them up.
    pub(super) async fn copy(
        self,
        s3: &S3,
        wanted: Option<Algorithm>,
    ) -> Result<(Version, Option<String>, Upload), Failure> {
        let Source { version, told_version, mut bytes } = self;
        let wanted = wanted.into_iter().collect();
        let mut incoming = s3.receive(Expected { wanted, ..Expected::default() }).await?;
        let copied = tokio::task::spawn_blocking(move || {
            copy(&mut bytes, &mut incoming)?;
            incoming.finish(&[])
        });
        let copied = copied.await.map_err(|_| ApiError::internal(&wire::s3::SERVICE))?;
        Ok((version, told_version, copied.map_err(refused)?))
    }
}

fn copy(from: &mut Outgoing, to: &mut Incoming) -> Result<(), crate::blobs::ReceiveError> {
    while let Some(bytes) = from.read().map_err(|why| io::Error::other(why.to_string()))? {
        to.write(&bytes)?;
    }
    Ok(())
}

impl Operation<S3> for CopyObject {
    type Output = CopyObjectOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<CopyObjectOutput, Failure> {
        let CopyObject {
            bucket,
            cache_control,
            checksum_algorithm,
            content_disposition,
            content_encoding,
            content_language,
            content_type,
            copy_source,
            copy_source_if_match,
            copy_source_if_modified_since,
            copy_source_if_none_match,
            copy_source_if_unmodified_since,
            expires,
            if_match,
            if_none_match,
            key,
            metadata,
            metadata_directive,
            tagging_directive,
            server_side_encryption,
            ssekms_key_id,
            bucket_key_enabled,
            tagging,
            expected_bucket_owner,
            expected_source_bucket_owner,
        } = self;
        check_key(&key)?;
        let source = CopySource::parse(&copy_source)?;
        let replaces = metadata_directive.as_deref() == Some("REPLACE");
        if source.is(&bucket, &key) && !replaces && server_side_encryption.is_none() {
            return Err(itself().into());
        }
        let given = Attributes {
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
        let given = given.checked()?;
        let given_tags = tagging.as_deref().map(tags_of_header).transpose()?;
        let wanted = checksum_algorithm.as_deref().map(algorithm).transpose()?;
        let on = Reads {
            if_match: copy_source_if_match,
            if_none_match: copy_source_if_none_match,
            if_modified_since: copy_source_if_modified_since,
            if_unmodified_since: copy_source_if_unmodified_since,
        };
        let from = source.bucket.clone();
        let all = move |size| whole_of(&copy_source, size);
        let found = Source::find(s3, source, expected_source_bucket_owner, on, all).await;
        let source = hiding(s3, cx, &from, found).await?;
        let putting = Putting {
            bucket,
            owner: expected_bucket_owner,
            attributes: given,
            tags: given_tags.unwrap_or_default(),
            on: Writes { if_match, if_none_match },
            cause: Cause::of(cx),
        };
        let tags = tagging_directive.as_deref() == Some("REPLACE");
        copied(s3, (source, wanted), putting, key, Replaces { attributes: replaces, tags }).await
    }
}

/// Whether a copy has attributes and tags of its own.
struct Replaces {
    attributes: bool,
    tags: bool,
}

/// All bytes of a source, unless they are too many.
fn whole_of(source: &str, size: u64) -> Result<Range, Failure> {
    if size <= LARGEST {
        return Ok(Range { start: 0, length: size });
    }
    let message = format!(
        "The specified copy source is larger than the maximum allowable size for a copy source: \
         {LARGEST}"
    );
    Err(argument("x-amz-copy-source", source, message).into())
}

fn itself() -> ApiError {
    let message = "This copy request is illegal because it is trying to copy an object to itself \
                   without changing the object's metadata, storage class, website redirect location \
                   or encryption attributes.";
    error("InvalidRequest", message)
}

/// What a copy has of what its source has: all but how that was encrypted.
fn kept(source: Attributes, given: Attributes) -> Attributes {
    let Attributes { encryption, key_id, bucket_key, .. } = given;
    Attributes { encryption, key_id, bucket_key, ..source }
}

async fn copied(
    s3: &S3,
    (source, wanted): (Source, Option<Algorithm>),
    mut putting: Putting,
    key: String,
    replaces: Replaces,
) -> Result<CopyObjectOutput, Failure> {
    let known = source.version.checksum.as_ref().and_then(|sum| Algorithm::named(&sum.algorithm));
    let (version, source_version, upload) = source.copy(s3, wanted.or(known)).await?;
    if !replaces.attributes {
        putting.attributes = kept(version.attributes, putting.attributes);
    }
    if !replaces.tags {
        putting.tags = version.tags;
    }
    let new = New {
        key,
        size: upload.size(),
        etag: upload.md5_hex(),
        checksum: whole(&upload),
        pieces: vec![(upload.id().to_owned(), upload.size())],
        ..New::default()
    };
    let mut result = CopyObjectResult {
        e_tag: Some(format!("\"{}\"", new.etag)),
        last_modified: Some(now()),
        ..CopyObjectResult::default()
    };
    if let Some(sum) = &new.checksum {
        tell_sum!(result, sum.algorithm.as_str(), sum.value);
        result.checksum_type = Some(sum.kind.clone());
    }
    let put = s3.commit(upload, move |connection, effects, _| {
        putting.put(connection, effects, new, Kind::Copied)
    });
    let Put { version, attributes } = put.await?;
    Ok(CopyObjectOutput {
        copy_object_result: Some(result),
        copy_source_version_id: source_version,
        version_id: version,
        server_side_encryption: attributes.encryption,
        ssekms_key_id: attributes.key_id,
        bucket_key_enabled: attributes.bucket_key,
        ..CopyObjectOutput::default()
    })
}
