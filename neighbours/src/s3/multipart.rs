//! Uploads in parts: begun, listed, completed and aborted.

use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::ApiError;
use wire::checksum::Algorithm;
use wire::s3::error;
use wire::s3::input::{
    AbortMultipartUpload, CompleteMultipartUpload, CompletedMultipartUpload, CreateMultipartUpload,
    ListMultipartUploads,
};
use wire::s3::output::{
    AbortMultipartUploadOutput, CompleteMultipartUploadOutput, CreateMultipartUploadOutput,
    Initiator, ListMultipartUploadsOutput, MultipartUpload,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::random::random;
use crate::s3::attributes::{Attributes, tags_of_header};
use crate::s3::bucket_name::check_key;
use crate::s3::complete;
use crate::s3::condition::Writes;
use crate::s3::event::{Cause, Kind};
use crate::s3::operations::list::{Entry, Listing, MOST, Spelling, common, owner};
use crate::s3::operations::put::{Put, Putting};
use crate::s3::refusal::malformed_xml;
use crate::s3::service::{S3, algorithm};
use crate::s3::stored::Bucket;
use crate::s3::sum::tell_sum;
use crate::s3::upload::{COLUMNS, Part, Upload, upload};
use crate::s3::version::{New, Sum};
use crate::time::now;

impl Operation<S3> for CreateMultipartUpload {
    type Output = CreateMultipartUploadOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        cx: &Context<'_>,
    ) -> Result<CreateMultipartUploadOutput, Failure> {
        let CreateMultipartUpload {
            bucket,
            cache_control,
            content_disposition,
            content_encoding,
            content_language,
            content_type,
            expires,
            key,
            metadata,
            server_side_encryption,
            ssekms_key_id,
            bucket_key_enabled,
            tagging,
            expected_bucket_owner,
            checksum_algorithm,
            checksum_type,
        } = self;
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
        let algorithm = checksum_algorithm.as_deref().map(algorithm).transpose()?;
        let id: String = random::<48>().iter().map(|byte| format!("{byte:02x}")).collect();
        let new = Upload {
            id: id.clone(),
            key: key.clone(),
            created: now(),
            initiator: cx.caller.clone(),
            attributes: attributes.checked()?,
            tags: tagging.as_deref().map(tags_of_header).transpose()?.unwrap_or_default(),
            algorithm,
            kind: kind_of_sum(algorithm, checksum_type)?,
        };
        let (kind, name) = (new.kind.clone(), bucket.clone());
        let attributes = s3.change(move |connection, _| {
            let bucket = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let encryption = bucket.value(connection, "encryption")?;
            let attributes = new.attributes.clone().encrypted_by(encryption.as_ref());
            Upload { attributes: attributes.clone(), ..new }.insert(connection, &bucket)?;
            Ok(attributes)
        });
        let attributes = attributes.await?;
        Ok(CreateMultipartUploadOutput {
            bucket: Some(name),
            key: Some(key),
            upload_id: Some(id),
            server_side_encryption: attributes.encryption,
            ssekms_key_id: attributes.key_id,
            bucket_key_enabled: attributes.bucket_key,
            checksum_algorithm: algorithm.map(|it| it.name().to_owned()),
            checksum_type: kind,
            ..CreateMultipartUploadOutput::default()
        })
    }
}

/// Of what the checksum is made: of the whole, or of those of the parts.
fn kind_of_sum(
    algorithm: Option<Algorithm>,
    asked: Option<String>,
) -> Result<Option<String>, ApiError> {
    let Some(algorithm) = algorithm else {
        return match asked {
            None => Ok(None),
            Some(_) => {
                let message = "The x-amz-checksum-type header can only be used with the \
                               x-amz-checksum-algorithm header.";
                Err(error("InvalidRequest", message))
            }
        };
    };
    let usual = if algorithm == Algorithm::Crc64Nvme { "FULL_OBJECT" } else { "COMPOSITE" };
    let kind = asked.unwrap_or_else(|| usual.to_owned());
    let fits = match kind.as_str() {
        "FULL_OBJECT" => algorithm.is_crc(),
        _ => algorithm != Algorithm::Crc64Nvme,
    };
    match fits {
        true => Ok(Some(kind)),
        false => {
            let name = algorithm.name().to_ascii_lowercase();
            let message = format!(
                "The {kind} checksum type cannot be used with the {name} checksum algorithm."
            );
            Err(error("InvalidRequest", message))
        }
    }
}

impl Operation<S3> for AbortMultipartUpload {
    type Output = AbortMultipartUploadOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        _: &Context<'_>,
    ) -> Result<AbortMultipartUploadOutput, Failure> {
        let AbortMultipartUpload { bucket, key, upload_id, expected_bucket_owner } = self;
        s3.change_lean(move |connection, effects| {
            let bucket = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let upload = Upload::find(connection, &bucket, &key, &upload_id)?;
            let parts = upload.parts(connection, 0)?;
            effects.removed.extend(parts.into_iter().map(|part| part.blob));
            Ok(upload.remove(connection)?)
        })
        .await?;
        Ok(AbortMultipartUploadOutput::default())
    }
}

/// What a request says of the object that is to be.
struct Said {
    size: Option<i64>,
    kind: Option<String>,
    sums: Vec<(Algorithm, String)>,
}

impl Said {
    fn check(&self, size: u64, sum: Option<&Sum>) -> Result<(), ApiError> {
        if self.size.is_some_and(|said| said != size.cast_signed()) {
            let message =
                "The provided 'x-amz-mp-object-size' header does not match what was computed.";
            return Err(error("InvalidRequest", message));
        }
        let kind = sum.map(|sum| sum.kind.as_str());
        if self.kind.is_some() && self.kind.as_deref() != kind {
            let message = "The checksum type is not the one that the upload was created with.";
            return Err(error("InvalidRequest", message));
        }
        for (algorithm, said) in &self.sums {
            let found = sum.filter(|sum| sum.algorithm == algorithm.name());
            if found.is_none_or(|found| found.value != *said) {
                return Err(wire::bad_checksum(&wire::s3::SERVICE, *algorithm));
            }
        }
        Ok(())
    }
}

impl Operation<S3> for CompleteMultipartUpload {
    type Output = CompleteMultipartUploadOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        cx: &Context<'_>,
    ) -> Result<CompleteMultipartUploadOutput, Failure> {
        let CompleteMultipartUpload {
            bucket,
            key,
            multipart_upload,
            upload_id,
            checksum_crc32,
            checksum_crc32_c,
            checksum_crc64_nvme,
            checksum_sha1,
            checksum_sha256,
            checksum_type,
            mpu_object_size,
            expected_bucket_owner,
            if_match,
            if_none_match,
        } = self;
        let CompletedMultipartUpload { parts: listed } =
            multipart_upload.ok_or_else(malformed_xml)?;
        let listed = listed.ok_or_else(malformed_xml)?;
        let given =
            [checksum_crc32, checksum_crc32_c, checksum_crc64_nvme, checksum_sha1, checksum_sha256];
        let sums = Algorithm::ALL.into_iter().zip(given);
        let sums = sums.filter_map(|(algorithm, given)| Some((algorithm, given?))).collect();
        let said = Said { size: mpu_object_size, kind: checksum_type, sums };
        let (cause, on) = (Cause::of(cx), Writes { if_match, if_none_match });
        let location = format!("{}/{bucket}/{key}", cx.url());
        let (name, told) = (bucket.clone(), key.clone());
        let completed = s3.change_lean(move |connection, effects| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let upload = Upload::find(connection, &found, &key, &upload_id)?;
            let all = upload.parts(connection, 0)?;
            let there = all.iter().map(|part| (part.number, part.clone())).collect();
            let parts = complete::choose(&listed, there)?;
            let new = whole(&upload, &parts)?;
            said.check(new.size, new.checksum.as_ref())?;
            let is_left = |part: &Part| parts.iter().all(|kept| kept.number != part.number);
            effects.removed.extend(all.into_iter().filter(is_left).map(|part| part.blob));
            upload.remove(connection)?;
            let Upload { attributes, tags, .. } = upload;
            let owner = expected_bucket_owner;
            let putting = Putting { bucket, owner, attributes, tags, on, cause };
            let (etag, sum) = (new.etag.clone(), new.checksum.clone());
            Ok((putting.put(connection, effects, new, Kind::Completed)?, etag, sum))
        });
        let (Put { version, attributes }, etag, sum) = completed.await?;
        let mut output = CompleteMultipartUploadOutput {
            location: Some(location),
            bucket: Some(name),
            key: Some(told),
            e_tag: Some(format!("\"{etag}\"")),
            version_id: version,
            server_side_encryption: attributes.encryption,
            ssekms_key_id: attributes.key_id,
            bucket_key_enabled: attributes.bucket_key,
            ..CompleteMultipartUploadOutput::default()
        };
        if let Some(sum) = sum {
            tell_sum!(output, sum.algorithm.as_str(), sum.value);
            output.checksum_type = Some(sum.kind);
        }
        Ok(output)
    }
}

/// The object that parts are together.
fn whole(upload: &Upload, parts: &[Part]) -> Result<New, ApiError> {
    Ok(New {
        key: upload.key.clone(),
        size: parts.iter().map(|part| part.size).sum(),
        etag: complete::etag(parts),
        checksum: complete::sum(upload, parts)?,
        parts: parts.iter().map(|part| part.size).collect(),
        pieces: parts.iter().map(|part| (part.blob.clone(), part.size)).collect(),
        ..New::default()
    })
}

/// Who began an upload.
pub(super) fn initiator(upload: &Upload) -> Initiator {
    let arn = Some(upload.initiator.clone());
    Initiator { id: arn, ..Initiator::default() }
}

/// The uploads of a bucket, in the order of their keys.
fn uploads(connection: &Connection, bucket: &Bucket) -> rusqlite::Result<Vec<Upload>> {
    let sql = format!("{COLUMNS} WHERE bucket = ?1 ORDER BY key, created, id");
    connection.prepare_cached(&sql)?.query_map(params![bucket.id], upload)?.collect()
}

impl Operation<S3> for ListMultipartUploads {
    type Output = ListMultipartUploadsOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        _: &Context<'_>,
    ) -> Result<ListMultipartUploadsOutput, Failure> {
        let ListMultipartUploads {
            bucket,
            delimiter,
            encoding_type,
            key_marker,
            max_uploads,
            prefix,
            upload_id_marker,
            expected_bucket_owner,
        } = self;
        let spelling = Spelling::of(encoding_type.as_deref());
        let listing = Listing::new(prefix, delimiter.clone(), ("max-uploads", max_uploads))?;
        let (bucket, all) = s3
            .work(move |connection| {
                let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
                let all = uploads(connection, &found)?;
                Ok((found, all))
            })
            .await?;
        let owner = owner(&bucket);
        let (mut told, mut prefixes, mut last) = (Vec::new(), Vec::new(), None);
        let mut is_truncated = false;
        for upload in behind(all, key_marker.as_deref(), upload_id_marker.as_deref()) {
            if !upload.key.starts_with(&listing.prefix) {
                continue;
            }
            let entry = listing.entry(&upload.key);
            if matches!(&entry, Entry::Within(prefix) if prefixes.last() == Some(prefix)) {
                continue;
            }
            if told.len() + prefixes.len() == listing.most {
                is_truncated = true;
                break;
            }
            last = Some((upload.key.clone(), upload.id.clone()));
            match entry {
                Entry::Within(prefix) => prefixes.push(prefix),
                Entry::Own => told.push(MultipartUpload {
                    upload_id: Some(upload.id.clone()),
                    key: Some(spelling.spell(&upload.key)),
                    initiated: Some(upload.created),
                    storage_class: Some("STANDARD".to_owned()),
                    owner: Some(owner.clone()),
                    initiator: Some(initiator(&upload)),
                    checksum_algorithm: upload.algorithm.map(|it| it.name().to_owned()),
                    checksum_type: upload.kind,
                    version_id: None,
                }),
            }
        }
        let (next_key, next_id) = last.filter(|_| is_truncated).unzip();
        Ok(ListMultipartUploadsOutput {
            bucket: Some(bucket.name),
            key_marker: Some(key_marker.map(|key| spelling.spell(&key)).unwrap_or_default()),
            upload_id_marker: Some(upload_id_marker.unwrap_or_default()),
            next_key_marker: next_key.map(|key| spelling.spell(&key)),
            prefix: Some(spelling.spell(&listing.prefix)),
            delimiter: delimiter.map(|delimiter| spelling.spell(&delimiter)),
            next_upload_id_marker: next_id,
            max_uploads: Some(max_uploads.unwrap_or(MOST)),
            is_truncated: Some(is_truncated),
            uploads: Some(told),
            common_prefixes: common(&prefixes, spelling),
            encoding_type,
            request_charged: None,
        })
    }
}

/// The uploads behind a key, or behind one of them.
fn behind(all: Vec<Upload>, key: Option<&str>, id: Option<&str>) -> Vec<Upload> {
    let Some(key) = key else { return all };
    let at = id.and_then(|id| all.iter().position(|it| it.key == key && it.id == id));
    match at {
        Some(at) => all.into_iter().skip(at + 1).collect(),
        None => all.into_iter().filter(|upload| upload.key.as_str() > key).collect(),
    }
}
