//! The operations of s3, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "acl.rs"]
pub(super) mod acl;
#[path = "bucket.rs"]
pub(super) mod bucket;
#[path = "configuration.rs"]
pub(super) mod configuration;
#[path = "copy.rs"]
pub(super) mod copy;
#[path = "delete.rs"]
pub(super) mod delete;
#[path = "get.rs"]
pub(super) mod get;
#[path = "list.rs"]
pub(super) mod list;
#[path = "list_versions.rs"]
pub(super) mod list_versions;
#[path = "multipart.rs"]
pub(super) mod multipart;
#[path = "notification.rs"]
pub(super) mod notification;
#[path = "part.rs"]
pub(super) mod part;
#[path = "policy.rs"]
pub(super) mod policy;
#[path = "put.rs"]
pub(super) mod put;
#[path = "tagging.rs"]
pub(super) mod tagging;
#[path = "versioning.rs"]
pub(super) mod versioning;

use serde_json::Value;
use wire::ApiError;
use wire::s3::{Op, input};

use super::service::S3;
use crate::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(crate) async fn run(call: Call<'_, S3>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AbortMultipartUpload => call.run::<input::AbortMultipartUpload>().await,
        Op::CompleteMultipartUpload => call.run::<input::CompleteMultipartUpload>().await,
        Op::CopyObject => call.run::<input::CopyObject>().await,
        Op::CreateBucket => call.run::<input::CreateBucket>().await,
        Op::CreateMultipartUpload => call.run::<input::CreateMultipartUpload>().await,
        Op::DeleteBucket => call.run::<input::DeleteBucket>().await,
        Op::DeleteBucketCors => call.run::<input::DeleteBucketCors>().await,
        Op::DeleteBucketEncryption => call.run::<input::DeleteBucketEncryption>().await,
        Op::DeleteBucketLifecycle => call.run::<input::DeleteBucketLifecycle>().await,
        Op::DeleteBucketOwnershipControls => {
            call.run::<input::DeleteBucketOwnershipControls>().await
        }
        Op::DeleteBucketPolicy => call.run::<input::DeleteBucketPolicy>().await,
        Op::DeleteBucketTagging => call.run::<input::DeleteBucketTagging>().await,
        Op::DeleteBucketWebsite => call.run::<input::DeleteBucketWebsite>().await,
        Op::DeleteObject => call.run::<input::DeleteObject>().await,
        Op::DeleteObjectTagging => call.run::<input::DeleteObjectTagging>().await,
        Op::DeleteObjects => call.run::<input::DeleteObjects>().await,
        Op::DeletePublicAccessBlock => call.run::<input::DeletePublicAccessBlock>().await,
        Op::GetBucketAccelerateConfiguration => {
            call.run::<input::GetBucketAccelerateConfiguration>().await
        }
        Op::GetBucketAcl => call.run::<input::GetBucketAcl>().await,
        Op::GetBucketCors => call.run::<input::GetBucketCors>().await,
        Op::GetBucketEncryption => call.run::<input::GetBucketEncryption>().await,
        Op::GetBucketLifecycleConfiguration => {
            call.run::<input::GetBucketLifecycleConfiguration>().await
        }
        Op::GetBucketLocation => call.run::<input::GetBucketLocation>().await,
        Op::GetBucketLogging => call.run::<input::GetBucketLogging>().await,
        Op::GetBucketNotificationConfiguration => {
            call.run::<input::GetBucketNotificationConfiguration>().await
        }
        Op::GetBucketOwnershipControls => call.run::<input::GetBucketOwnershipControls>().await,
        Op::GetBucketPolicy => call.run::<input::GetBucketPolicy>().await,
        Op::GetBucketReplication => call.run::<input::GetBucketReplication>().await,
        Op::GetBucketRequestPayment => call.run::<input::GetBucketRequestPayment>().await,
        Op::GetBucketTagging => call.run::<input::GetBucketTagging>().await,
        Op::GetBucketVersioning => call.run::<input::GetBucketVersioning>().await,
        Op::GetBucketWebsite => call.run::<input::GetBucketWebsite>().await,
        Op::GetObject => call.run::<input::GetObject>().await,
        Op::GetObjectAcl => call.run::<input::GetObjectAcl>().await,
        Op::GetObjectAttributes => call.run::<input::GetObjectAttributes>().await,
        Op::GetObjectLockConfiguration => call.run::<input::GetObjectLockConfiguration>().await,
        Op::GetObjectTagging => call.run::<input::GetObjectTagging>().await,
        Op::GetPublicAccessBlock => call.run::<input::GetPublicAccessBlock>().await,
        Op::HeadBucket => call.run::<input::HeadBucket>().await,
        Op::HeadObject => call.run::<input::HeadObject>().await,
        Op::ListBuckets => call.run::<input::ListBuckets>().await,
        Op::ListMultipartUploads => call.run::<input::ListMultipartUploads>().await,
        Op::ListObjectVersions => call.run::<input::ListObjectVersions>().await,
        Op::ListObjects => call.run::<input::ListObjects>().await,
        Op::ListObjectsV2 => call.run::<input::ListObjectsV2>().await,
        Op::ListParts => call.run::<input::ListParts>().await,
        Op::PutBucketAcl => call.run::<input::PutBucketAcl>().await,
        Op::PutBucketCors => call.run::<input::PutBucketCors>().await,
        Op::PutBucketEncryption => call.run::<input::PutBucketEncryption>().await,
        Op::PutBucketLifecycleConfiguration => {
            call.run::<input::PutBucketLifecycleConfiguration>().await
        }
        Op::PutBucketLogging => call.run::<input::PutBucketLogging>().await,
        Op::PutBucketNotificationConfiguration => {
            call.run::<input::PutBucketNotificationConfiguration>().await
        }
        Op::PutBucketOwnershipControls => call.run::<input::PutBucketOwnershipControls>().await,
        Op::PutBucketPolicy => call.run::<input::PutBucketPolicy>().await,
        Op::PutBucketTagging => call.run::<input::PutBucketTagging>().await,
        Op::PutBucketVersioning => call.run::<input::PutBucketVersioning>().await,
        Op::PutBucketWebsite => call.run::<input::PutBucketWebsite>().await,
        Op::PutObject => call.run::<input::PutObject>().await,
        Op::PutObjectAcl => call.run::<input::PutObjectAcl>().await,
        Op::PutObjectTagging => call.run::<input::PutObjectTagging>().await,
        Op::PutPublicAccessBlock => call.run::<input::PutPublicAccessBlock>().await,
        Op::UploadPart => call.run::<input::UploadPart>().await,
        Op::UploadPartCopy => call.run::<input::UploadPartCopy>().await,
    }
}
