//! Tags of buckets and of objects.

use std::sync::Arc;

use serde_json::json;
use wire::ApiError;
use wire::s3::error;
use wire::s3::input::{
    DeleteBucketTagging, DeleteObjectTagging, GetBucketTagging, GetObjectTagging, PutBucketTagging,
    PutObjectTagging, Tag, Tagging,
};
use wire::s3::output::{
    DeleteObjectTaggingOutput, GetBucketTaggingOutput, GetObjectTaggingOutput,
    PutObjectTaggingOutput, Tag as Told,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::attributes::{BUCKET_TAGS, OBJECT_TAGS, Tags, check_tags};
use crate::s3::event::{Cause, Happened, Kind, tell};
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Owner};
use crate::s3::version::Version;

/// The kind of configuration that tags of a bucket are.
const TAGGING: &str = "tagging";

/// Tags as a request lists them.
///
/// # Errors
/// When one is there twice.
pub(super) fn tags_of(list: Vec<Tag>) -> Result<Tags, ApiError> {
    let mut tags = Tags::new();
    for Tag { key, value } in list {
        if tags.insert(key.clone(), value).is_some() {
            let message = "Cannot provide multiple Tags with the same key";
            return Err(error("InvalidTag", message).with("TagKey", key));
        }
    }
    Ok(tags)
}

fn told(tags: Tags) -> Vec<Told> {
    tags.into_iter().map(|(key, value)| Told { key, value }).collect()
}

impl Operation<S3> for GetBucketTagging {
    type Output = GetBucketTaggingOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<GetBucketTaggingOutput, Failure> {
        let GetBucketTagging { bucket, expected_bucket_owner } = self;
        let tags = s3.work(move |connection| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let tags = found.value(connection, TAGGING)?;
            let tags = tags.and_then(|tags| serde_json::from_value::<Tags>(tags).ok());
            Ok(tags.ok_or_else(|| {
                let refused = error("NoSuchTagSet", "The TagSet does not exist");
                refused.with("BucketName", bucket.as_str())
            })?)
        });
        Ok(GetBucketTaggingOutput { tag_set: told(tags.await?) })
    }
}

impl Operation<S3> for PutBucketTagging {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let PutBucketTagging { bucket, tagging: Tagging { tag_set }, expected_bucket_owner } = self;
        let tags = tags_of(tag_set)?;
        check_tags(&tags, BUCKET_TAGS)?;
        s3.change(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            Ok(found.configure(connection, TAGGING, Some(&json!(tags).to_string()))?)
        })
        .await
    }
}

impl Operation<S3> for DeleteBucketTagging {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let DeleteBucketTagging { bucket, expected_bucket_owner } = self;
        s3.change_lean(move |connection, _| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            Ok(found.configure(connection, TAGGING, None)?)
        })
        .await
    }
}

impl Operation<S3> for GetObjectTagging {
    type Output = GetObjectTaggingOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<GetObjectTaggingOutput, Failure> {
        let GetObjectTagging { bucket, key, version_id, expected_bucket_owner } = self;
        s3.work(move |connection| {
            let bucket = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let found = Version::find(connection, &bucket, &key, version_id.as_deref())?;
            let version_id = found.told_version(&bucket);
            Ok(GetObjectTaggingOutput { version_id, tag_set: told(found.tags) })
        })
        .await
    }
}

/// Gives an object other tags; returns its version's id.
async fn retag(
    s3: &S3,
    (bucket, owner): (String, Owner),
    (key, version): (String, Option<String>),
    tags: Tags,
    (kind, cause): (Kind, Cause),
) -> Result<Option<String>, Failure> {
    s3.change(move |connection, effects| {
        let bucket = Bucket::find(connection, &bucket, &owner)?;
        let found = Version::find(connection, &bucket, &key, version.as_deref())?;
        found.retag(connection, &tags)?;
        let version = found.told_version(&bucket);
        let Version { size, etag, .. } = &found;
        let happened =
            Happened { kind, key: &key, size: Some(*size), etag, version: version.as_deref() };
        tell(connection, effects, &bucket, &cause, &happened)?;
        Ok(version)
    })
    .await
}

impl Operation<S3> for PutObjectTagging {
    type Output = PutObjectTaggingOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<PutObjectTaggingOutput, Failure> {
        let PutObjectTagging {
            bucket,
            key,
            version_id,
            tagging: Tagging { tag_set },
            expected_bucket_owner,
        } = self;
        let tags = tags_of(tag_set)?;
        check_tags(&tags, OBJECT_TAGS)?;
        let why = (Kind::Tagged, Cause::of(cx));
        let bucket = (bucket, expected_bucket_owner);
        let version_id = retag(s3, bucket, (key, version_id), tags, why).await?;
        Ok(PutObjectTaggingOutput { version_id })
    }
}

impl Operation<S3> for DeleteObjectTagging {
    type Output = DeleteObjectTaggingOutput;

    async fn run(
        self,
        s3: &Arc<S3>,
        cx: &Context<'_>,
    ) -> Result<DeleteObjectTaggingOutput, Failure> {
        let DeleteObjectTagging { bucket, key, version_id, expected_bucket_owner } = self;
        let why = (Kind::Untagged, Cause::of(cx));
        let bucket = (bucket, expected_bucket_owner);
        let version_id = retag(s3, bucket, (key, version_id), Tags::new(), why).await?;
        Ok(DeleteObjectTaggingOutput { version_id })
    }
}
