//! What operations of S3 demand: actions on buckets and objects, with the buckets' policies.

use std::sync::Arc;

use serde_json::Value;
use wire::{ApiError, Operation};

use super::bucket_name::arn;
use super::copy_source::CopySource;
use super::service::S3;
use super::stored::Bucket;
use crate::operation::{Context, Demand};

/// What IAM calls an operation, where it is not by its own name.
const ACTIONS: &[(&str, &str)] = &[
    ("CompleteMultipartUpload", "PutObject"),
    ("CopyObject", "PutObject"),
    ("CreateMultipartUpload", "PutObject"),
    ("DeleteBucketCors", "PutBucketCORS"),
    ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    ("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
    ("DeleteBucketTagging", "PutBucketTagging"),
    ("DeleteObjects", "DeleteObject"),
    ("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
    ("GetBucketCors", "GetBucketCORS"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("GetBucketNotificationConfiguration", "GetBucketNotification"),
    ("GetBucketReplication", "GetReplicationConfiguration"),
    ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("HeadBucket", "ListBucket"),
    ("HeadObject", "GetObject"),
    ("ListBuckets", "ListAllMyBuckets"),
    ("ListMultipartUploads", "ListBucketMultipartUploads"),
    ("ListObjectVersions", "ListBucketVersions"),
    ("ListObjects", "ListBucket"),
    ("ListObjectsV2", "ListBucket"),
    ("ListParts", "ListMultipartUploadParts"),
    ("PutBucketCors", "PutBucketCORS"),
    ("PutBucketEncryption", "PutEncryptionConfiguration"),
    ("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("PutBucketNotificationConfiguration", "PutBucketNotification"),
    ("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("UploadPart", "PutObject"),
    ("UploadPartCopy", "PutObject"),
];

/// Operations that are another action where they name a version.
const OF_VERSIONS: [&str; 8] = [
    "DeleteObject",
    "DeleteObjectTagging",
    "GetObject",
    "GetObjectAcl",
    "GetObjectAttributes",
    "GetObjectTagging",
    "PutObjectAcl",
    "PutObjectTagging",
];

pub(super) async fn of(
    s3: &Arc<S3>,
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<Vec<Demand>, ApiError> {
    let name = operation.name;
    let Some(bucket) = input["Bucket"].as_str() else {
        return Ok(vec![Demand::new(action(name), "*")]);
    };
    if name == "CreateBucket" {
        // One that is there already is said to be, to whoever may make others.
        return Ok(vec![Demand::new(action(name), arn(bucket))]);
    }
    let mut demands = Vec::new();
    match (name, input["Key"].as_str()) {
        ("DeleteObjects", _) => {
            for object in input["Delete"]["Objects"].as_array().into_iter().flatten() {
                let key = object["Key"].as_str().unwrap_or_default();
                let is_version = object["VersionId"].as_str().is_some();
                let action = if is_version { "DeleteObjectVersion" } else { "DeleteObject" };
                demands.push((format!("s3:{action}"), bucket.to_owned(), Some(key.to_owned())));
            }
        }
        (_, None) => demands.push((action(name), bucket.to_owned(), None)),
        (_, Some(key)) => {
            let mut action = action(name);
            let is_version = input["VersionId"].as_str().is_some();
            if is_version && OF_VERSIONS.contains(&action.trim_start_matches("s3:")) {
                // PutObjectVersionTagging, but GetObjectVersion.
                action = action.replacen("Object", "ObjectVersion", 1);
            }
            demands.push((action, bucket.to_owned(), Some(key.to_owned())));
            if input["Tagging"].as_str().is_some_and(|tags| !tags.is_empty()) {
                let action = "s3:PutObjectTagging".to_owned();
                demands.push((action, bucket.to_owned(), Some(key.to_owned())));
            }
        }
    }
    if let Some(source) = input["CopySource"].as_str()
        && let Ok(source) = CopySource::parse(source)
    {
        let action = if source.version.is_some() { "GetObjectVersion" } else { "GetObject" };
        demands.push((format!("s3:{action}"), source.bucket, Some(source.key)));
    }
    let mut told = Vec::new();
    for (action, bucket, key) in demands {
        told.push(demand(s3, cx, operation, input, (action, bucket, key)).await?);
    }
    Ok(told)
}

async fn demand(
    s3: &Arc<S3>,
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
    (action, bucket, key): (String, String, Option<String>),
) -> Result<Demand, ApiError> {
    let resource = match &key {
        Some(key) => format!("{}/{key}", arn(&bucket)),
        None => arn(&bucket),
    };
    let mut demand = Demand::new(action, resource);
    let look = s3.work(move |connection| {
        let Some(bucket) = Bucket::look(connection, &bucket)? else { return Ok(None) };
        let policy = bucket.document(connection, "policy")?;
        Ok(Some((bucket.account, policy)))
    });
    let found = look.await.map_err(|why| why.told_by(operation.service))?;
    // What is not there is nobody's, and said not to be there.
    let (owner, policy) = found.unwrap_or((cx.scope.account, None));
    demand.owner = Some(owner);
    demand.policy = policy;
    for (member, key) in [
        ("Prefix", "s3:prefix"),
        ("Delimiter", "s3:delimiter"),
        ("VersionId", "s3:VersionId"),
        ("ServerSideEncryption", "s3:x-amz-server-side-encryption"),
        ("ACL", "s3:x-amz-acl"),
    ] {
        if let Some(text) = input[member].as_str() {
            demand.values.push((key.to_owned(), text.to_owned()));
        }
    }
    if let Some(count) = input["MaxKeys"].as_i64() {
        demand.values.push(("s3:max-keys".to_owned(), count.to_string()));
    }
    Ok(demand)
}

/// For instance `s3:PutObject`.
fn action(operation: &str) -> String {
    let named = ACTIONS.iter().find(|(name, _)| *name == operation);
    format!("s3:{}", named.map_or(operation, |(_, action)| action))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_of_an_operation() {
        assert!(ACTIONS.is_sorted());
        for (name, _) in ACTIONS {
            wire::s3::SERVICE.operation(name).expect(name);
        }
        assert_eq!(action("GetObject"), "s3:GetObject");
        assert_eq!(action("ListObjectsV2"), "s3:ListBucket");
    }
}
