//! Parts of uploads: received, copied and listed.

use std::collections::BTreeMap;
use std::sync::Arc;

use wire::ApiError;
use wire::s3::error;
use wire::s3::input::{ListParts, UploadPart, UploadPartCopy};
use wire::s3::output::{
    CopyPartResult, ListPartsOutput, Part as Listed, UploadPartCopyOutput, UploadPartOutput,
};

use crate::blobs;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::condition::Reads;
use crate::s3::copy_source::CopySource;
use crate::s3::demand::hiding;
use crate::s3::operations::copy::Source;
use crate::s3::operations::list::owner;
use crate::s3::operations::multipart::initiator;
use crate::s3::operations::put::body;
use crate::s3::range::{self, Range};
use crate::s3::refusal::argument;
use crate::s3::service::{LARGEST, S3};
use crate::s3::stored::{Bucket, Owner};
use crate::s3::sum::tell_sum;
use crate::s3::upload::{Part, Upload};
use crate::time::now;

/// Parts of an upload.
const MOST: i32 = 10_000;
/// Parts of an answer.
const PAGE: i32 = 1000;

/// To which upload a part belongs, and as which.
struct Place {
    bucket: String,
    owner: Owner,
    key: String,
    upload: String,
    number: i32,
}

impl Place {
    fn check(&self) -> Result<(), ApiError> {
        match (1..=MOST).contains(&self.number) {
            true => Ok(()),
            false => {
                let message = "Part number must be an integer between 1 and 10000, inclusive";
                Err(argument("partNumber", &self.number.to_string(), message))
            }
        }
    }

    /// Adds a part to its upload.
    async fn add(self, s3: &S3, received: blobs::Upload) -> Result<(Part, Upload), Failure> {
        let checksums: BTreeMap<String, String> = received
            .checksums()
            .iter()
            .map(|(algorithm, value)| (algorithm.name().to_owned(), value.clone()))
            .collect();
        let part = Part {
            number: self.number,
            blob: received.id().to_owned(),
            size: received.size(),
            md5: received.md5_hex(),
            modified: now(),
            checksums,
        };
        s3.commit(received, move |connection, effects, _| {
            let bucket = Bucket::find(connection, &self.bucket, &self.owner)?;
            let upload = Upload::find(connection, &bucket, &self.key, &self.upload)?;
            upload.add(connection, &part, &mut effects.removed)?;
            Ok((part, upload))
        })
        .await
    }
}

impl Operation<S3> for UploadPart {
    type Output = UploadPartOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<UploadPartOutput, Failure> {
        let UploadPart { bucket, key, part_number, upload_id, expected_bucket_owner } = self;
        let received = body(cx)?;
        let place = Place {
            bucket,
            owner: expected_bucket_owner,
            key,
            upload: upload_id,
            number: part_number,
        };
        place.check()?;
        let (part, upload) = place.add(s3, received).await?;
        let mut output = UploadPartOutput {
            e_tag: Some(format!("\"{}\"", part.md5)),
            server_side_encryption: upload.attributes.encryption,
            ssekms_key_id: upload.attributes.key_id,
            bucket_key_enabled: upload.attributes.bucket_key,
            ..UploadPartOutput::default()
        };
        for (algorithm, value) in &part.checksums {
            tell_sum!(output, algorithm.as_str(), value);
        }
        Ok(output)
    }
}

impl Operation<S3> for UploadPartCopy {
    type Output = UploadPartCopyOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<UploadPartCopyOutput, Failure> {
        let UploadPartCopy {
            bucket,
            copy_source,
            copy_source_if_match,
            copy_source_if_modified_since,
            copy_source_if_none_match,
            copy_source_if_unmodified_since,
            copy_source_range,
            key,
            part_number,
            upload_id,
            expected_bucket_owner,
            expected_source_bucket_owner,
        } = self;
        let place = Place {
            bucket,
            owner: expected_bucket_owner,
            key,
            upload: upload_id,
            number: part_number,
        };
        place.check()?;
        let source = CopySource::parse(&copy_source)?;
        let on = Reads {
            if_match: copy_source_if_match,
            if_none_match: copy_source_if_none_match,
            if_modified_since: copy_source_if_modified_since,
            if_unmodified_since: copy_source_if_unmodified_since,
        };
        let (of, owner) = (place.bucket.clone(), place.owner.clone());
        let (key, upload) = (place.key.clone(), place.upload.clone());
        let upload = s3.work(move |connection| {
            let bucket = Bucket::find(connection, &of, &owner)?;
            Upload::find(connection, &bucket, &key, &upload)
        });
        let wanted = upload.await?.algorithm;
        let chosen = move |size| chosen(copy_source_range.as_deref(), size);
        let from = source.bucket.clone();
        let found = Source::find(s3, source, expected_source_bucket_owner, on, chosen).await;
        let source = hiding(s3, cx, &from, found).await?;
        let (_, source_version, received) = source.copy(s3, wanted).await?;
        let (part, upload) = place.add(s3, received).await?;
        let mut result = CopyPartResult {
            e_tag: Some(format!("\"{}\"", part.md5)),
            last_modified: Some(part.modified),
            ..CopyPartResult::default()
        };
        for (algorithm, value) in &part.checksums {
            tell_sum!(result, algorithm.as_str(), value);
        }
        Ok(UploadPartCopyOutput {
            copy_source_version_id: source_version,
            copy_part_result: Some(result),
            server_side_encryption: upload.attributes.encryption,
            ssekms_key_id: upload.attributes.key_id,
            bucket_key_enabled: upload.attributes.bucket_key,
            ..UploadPartCopyOutput::default()
        })
    }
}

/// The bytes of a source that a part is copied from.
fn chosen(header: Option<&str>, size: u64) -> Result<Range, Failure> {
    let whole = Range { start: 0, length: size };
    let Some(header) = header else {
        return match size > LARGEST {
            false => Ok(whole),
            true => {
                let message = "The specified copy source is larger than the maximum allowable size \
                               for a copy source";
                Err(error("InvalidRequest", message).into())
            }
        };
    };
    let refused = |message: String| argument("x-amz-copy-source-range", header, message);
    let malformed = || {
        let message = "The x-amz-copy-source-range value must be of the form bytes=first-last where \
                       first and last are the zero-based offsets of the first and last bytes to copy";
        refused(message.to_owned())
    };
    let range = range::asked(header, size).map_err(|_| malformed())?.ok_or_else(malformed)?;
    let last = header.rsplit('-').next().and_then(|last| last.parse::<u64>().ok());
    match last {
        Some(last) if last < size => Ok(range),
        Some(_) => {
            Err(refused(format!("Range specified is not valid for source object of size: {size}"))
                .into())
        }
        None => Err(malformed().into()),
    }
}

impl Operation<S3> for ListParts {
    type Output = ListPartsOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<ListPartsOutput, Failure> {
        let ListParts {
            bucket,
            key,
            max_parts,
            part_number_marker,
            upload_id,
            expected_bucket_owner,
        } = self;
        let marker = part_number_marker.unwrap_or(0);
        let (name, told) = (key.clone(), upload_id.clone());
        let (bucket, upload, mut parts) = s3
            .work(move |connection| {
                let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
                let upload = Upload::find(connection, &found, &key, &upload_id)?;
                let parts = upload.parts(connection, marker)?;
                Ok((found, upload, parts))
            })
            .await?;
        let most = max_parts.unwrap_or(PAGE);
        let Ok(count) = usize::try_from(most.min(PAGE)) else {
            let message = "Argument max-parts must be an integer between 0 and 2147483647";
            return Err(argument("max-parts", &most.to_string(), message).into());
        };
        let is_truncated = parts.len() > count;
        parts.truncate(count);
        let next = parts.last().map_or(0, |part| part.number);
        let listed = parts.into_iter().map(|part| {
            let mut listed = Listed {
                part_number: Some(part.number),
                last_modified: Some(part.modified),
                e_tag: Some(format!("\"{}\"", part.md5)),
                size: Some(part.size.cast_signed()),
                ..Listed::default()
            };
            for (algorithm, value) in &part.checksums {
                tell_sum!(listed, algorithm.as_str(), value);
            }
            listed
        });
        Ok(ListPartsOutput {
            bucket: Some(bucket.name.clone()),
            key: Some(name),
            upload_id: Some(told),
            part_number_marker: Some(marker),
            next_part_number_marker: Some(next),
            max_parts: Some(most),
            is_truncated: Some(is_truncated),
            parts: Some(listed.collect()),
            initiator: Some(initiator(&upload)),
            owner: Some(owner(&bucket)),
            storage_class: Some("STANDARD".to_owned()),
            checksum_algorithm: upload.algorithm.map(|it| it.name().to_owned()),
            checksum_type: upload.kind,
            ..ListPartsOutput::default()
        })
    }
}
