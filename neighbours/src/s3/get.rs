//! Objects that are read: whole, a range of them, or their heads alone.

use std::sync::Arc;

use wire::s3::error;
use wire::s3::input::{GetObject, GetObjectAttributes, HeadObject};
use wire::s3::output::{
    Checksum, GetObjectAttributesOutput, GetObjectAttributesParts, GetObjectOutput,
    HeadObjectOutput,
};

use crate::blobs::Outgoing;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::condition::Reads;
use crate::s3::demand::hiding;
use crate::s3::range::{self, Range};
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Owner};
use crate::s3::sum::tell_sum;
use crate::s3::version::{Version, check_id};

/// What is asked for of which object.
struct Reading {
    bucket: String,
    owner: Owner,
    key: String,
    version: Option<String>,
    on: Reads,
    range: Option<String>,
    part: Option<i32>,
    wants_bytes: bool,
}

/// An object, and what of it is told.
struct Found {
    version: Version,
    told_version: Option<String>,
    range: Option<Range>,
    parts: Option<i32>,
    bytes: Option<Outgoing>,
}

impl Reading {
    async fn find(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<Found, Failure> {
        let bucket = self.bucket.clone();
        hiding(s3, cx, &bucket, self.look(s3).await).await
    }

    async fn look(self, s3: &Arc<S3>) -> Result<Found, Failure> {
        check_id(self.version.as_deref())?;
        let blobs = Arc::clone(&s3.blobs);
        s3.work(move |connection| {
            let bucket = Bucket::find(connection, &self.bucket, &self.owner)?;
            let version = Version::find(connection, &bucket, &self.key, self.version.as_deref())?;
            self.on.check(&version)?;
            let (range, parts) = self.chosen(&version)?;
            let (start, length) =
                range.map_or((0, version.size), |range| (range.start, range.length));
            let bytes = match self.wants_bytes {
                true => {
                    let pieces = version.pieces(connection)?;
                    Some(Outgoing::new(&blobs, pieces, start, length))
                }
                false => None,
            };
            let told_version = version.told_version(&bucket);
            Ok(Found { version, told_version, range, parts, bytes })
        })
        .await
    }

    /// Which bytes are told, and of how many parts they are one.
    fn chosen(&self, version: &Version) -> Result<(Option<Range>, Option<i32>), Failure> {
        let Some(part) = self.part else {
            let range = self.range.as_deref().map(|range| range::asked(range, version.size));
            return Ok((range.transpose()?.flatten(), None));
        };
        if self.range.is_some() {
            let message = "Cannot specify both Range header and partNumber query parameter";
            return Err(error("InvalidRequest", message).into());
        }
        let beyond = || {
            let message = "The requested partnumber is not satisfiable";
            Failure::from(error("InvalidPartNumber", message))
        };
        let at =
            usize::try_from(part).ok().and_then(|part| part.checked_sub(1)).ok_or_else(beyond)?;
        if version.parts.is_empty() {
            // What came at once is its only part.
            return match at {
                0 if version.size > 0 => Ok((Some(Range { start: 0, length: version.size }), None)),
                0 => Ok((None, None)),
                _ => Err(beyond()),
            };
        }
        let length = *version.parts.get(at).ok_or_else(beyond)?;
        let start = version.parts[..at].iter().sum();
        let count = i32::try_from(version.parts.len()).unwrap_or(i32::MAX);
        Ok((Some(Range { start, length }), Some(count)))
    }
}

/// Takes an input apart, and fills an output with what was found: the two operations have the same
/// members.
macro_rules! read {
    ($operation:ident, $output:ident, $wants_bytes:expr) => {
        impl Operation<S3> for $operation {
            type Output = $output;

            async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<$output, Failure> {
                let $operation {
                    bucket,
                    if_match,
                    if_modified_since,
                    if_none_match,
                    if_unmodified_since,
                    key,
                    range,
                    response_cache_control,
                    response_content_disposition,
                    response_content_encoding,
                    response_content_language,
                    response_content_type,
                    response_expires,
                    version_id,
                    part_number,
                    expected_bucket_owner,
                    checksum_mode,
                } = self;
                let reading = Reading {
                    bucket,
                    owner: expected_bucket_owner,
                    key,
                    version: version_id,
                    on: Reads { if_match, if_none_match, if_modified_since, if_unmodified_since },
                    range,
                    part: part_number,
                    wants_bytes: $wants_bytes,
                };
                let Found { version, told_version, range, parts, bytes } =
                    reading.find(s3, cx).await?;
                if let (Some(exchange), Some(bytes)) = (cx.exchange, bytes) {
                    exchange.answer_with(bytes);
                }
                let etag = version.quoted_etag();
                let Version { size, modified, attributes, tags, checksum, .. } = version;
                let length = range.map_or(size, |range| range.length);
                let mut output = $output {
                    accept_ranges: Some("bytes".to_owned()),
                    last_modified: Some(modified),
                    content_length: Some(length.cast_signed()),
                    e_tag: Some(etag),
                    version_id: told_version,
                    cache_control: response_cache_control.or(attributes.cache_control),
                    content_disposition: response_content_disposition
                        .or(attributes.content_disposition),
                    content_encoding: response_content_encoding.or(attributes.content_encoding),
                    content_language: response_content_language.or(attributes.content_language),
                    content_range: range
                        .filter(|range| range.length > 0)
                        .map(|range| range.spelled(size)),
                    content_type: response_content_type.or(attributes.content_type),
                    expires: response_expires.map(wire::time::http_date).or(attributes.expires),
                    server_side_encryption: attributes.encryption,
                    metadata: Some(attributes.metadata).filter(|metadata| !metadata.is_empty()),
                    ssekms_key_id: attributes.key_id,
                    bucket_key_enabled: attributes.bucket_key,
                    parts_count: parts,
                    tag_count: i32::try_from(tags.len()).ok().filter(|count| *count > 0),
                    ..$output::default()
                };
                // A checksum is that of the whole, against which a part cannot be held.
                if let Some(sum) = checksum.filter(|_| checksum_mode.is_some() && range.is_none()) {
                    tell_sum!(output, sum.algorithm.as_str(), sum.value);
                    output.checksum_type = Some(sum.kind);
                }
                Ok(output)
            }
        }
    };
}
read!(GetObject, GetObjectOutput, true);
read!(HeadObject, HeadObjectOutput, false);

impl Operation<S3> for GetObjectAttributes {
    type Output = GetObjectAttributesOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        cx: &Context<'_>,
    ) -> Result<GetObjectAttributesOutput, Failure> {
        let GetObjectAttributes {
            bucket,
            key,
            version_id,
            expected_bucket_owner,
            object_attributes,
        } = self;
        let reading = Reading {
            bucket,
            owner: expected_bucket_owner,
            key,
            version: version_id,
            on: Reads::default(),
            range: None,
            part: None,
            wants_bytes: false,
        };
        let Found { version, told_version, .. } = reading.find(s3, cx).await?;
        let wants = |name: &str| object_attributes.iter().any(|wanted| wanted == name);
        let mut output = GetObjectAttributesOutput {
            last_modified: Some(version.modified),
            version_id: told_version,
            e_tag: wants("ETag").then(|| version.etag.clone()),
            storage_class: wants("StorageClass").then(|| "STANDARD".to_owned()),
            object_size: wants("ObjectSize").then(|| version.size.cast_signed()),
            ..GetObjectAttributesOutput::default()
        };
        if let Some(sum) = version.checksum.filter(|_| wants("Checksum")) {
            let mut told = Checksum { checksum_type: Some(sum.kind), ..Checksum::default() };
            tell_sum!(told, sum.algorithm.as_str(), sum.value);
            output.checksum = Some(told);
        }
        if wants("ObjectParts") && !version.parts.is_empty() {
            let count = i32::try_from(version.parts.len()).ok();
            output.object_parts = Some(GetObjectAttributesParts {
                total_parts_count: count,
                ..GetObjectAttributesParts::default()
            });
        }
        Ok(output)
    }
}
