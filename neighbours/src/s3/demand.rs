//! What operations of S3 demand: actions on buckets and objects, with the buckets' policies.

use std::sync::Arc;

use rusqlite::Connection;
use serde_json::Value;
use wire::s3::input::ObjectIdentifier;
use wire::{ApiError, Operation};

use super::attributes::{Tags, tags_of_header};
use super::bucket_name::arn;
use super::copy_source::CopySource;
use super::elsewhere;
use super::service::S3;
use super::stored::Bucket;
use super::version::Version;
use crate::failure::Failure;
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

/// Actions that hear of the tags that the object has, with those of its versions.
const HEAR_TAGS: [&str; 7] = [
    "DeleteObjectTagging",
    "GetObject",
    "GetObjectAcl",
    "GetObjectAttributes",
    "GetObjectTagging",
    "PutObjectAcl",
    "PutObjectTagging",
];

/// An action on a bucket, or on an object in it.
struct Wanted {
    action: String,
    bucket: String,
    key: Option<String>,
    version: Option<String>,
}

impl Wanted {
    fn new(action: impl Into<String>, bucket: &str, key: Option<&str>) -> Wanted {
        let (bucket, key) = (bucket.to_owned(), key.map(str::to_owned));
        Wanted { action: action.into(), bucket, key, version: None }
    }

    /// Whether it hears of the tags that the object has.
    fn hears_tags(&self) -> bool {
        let plain = self.action.trim_start_matches("s3:").replacen("Version", "", 1);
        HEAR_TAGS.contains(&plain.as_str())
    }

    /// Whether it hears of the tags that the request gives.
    fn hears_given_tags(&self) -> bool {
        ["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"]
            .contains(&self.action.as_str())
    }
}

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
        // It is answered key by key, and so it is judged.
        ("DeleteObjects", _) => {}
        (_, None) => demands.push(Wanted::new(action(name), bucket, None)),
        (_, Some(key)) => {
            let mut action = action(name);
            let version = input["VersionId"].as_str().map(str::to_owned);
            if version.is_some() && OF_VERSIONS.contains(&action.trim_start_matches("s3:")) {
                // PutObjectVersionTagging, but GetObjectVersion.
                action = action.replacen("Object", "ObjectVersion", 1);
            }
            demands.push(Wanted { version, ..Wanted::new(action, bucket, Some(key)) });
            if input["Tagging"].as_str().is_some_and(|tags| !tags.is_empty()) {
                demands.push(Wanted::new("s3:PutObjectTagging", bucket, Some(key)));
            }
        }
    }
    if let Some(source) = input["CopySource"].as_str()
        && let Ok(source) = CopySource::parse(source)
    {
        let action = if source.version.is_some() { "GetObjectVersion" } else { "GetObject" };
        let wanted = Wanted::new(format!("s3:{action}"), &source.bucket, Some(&source.key));
        demands.push(Wanted { version: source.version, ..wanted });
    }
    let mut told = Vec::new();
    for wanted in demands {
        told.push(demand(s3, cx, operation, input, wanted).await?);
    }
    Ok(told)
}

async fn demand(
    s3: &Arc<S3>,
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
    wanted: Wanted,
) -> Result<Demand, ApiError> {
    let resource = match &wanted.key {
        Some(key) => format!("{}/{key}", arn(&wanted.bucket)),
        None => arn(&wanted.bucket),
    };
    let mut demand = Demand::new(wanted.action.as_str(), resource);
    if wanted.hears_given_tags() {
        tell_given(&mut demand, &given_tags(operation.name, input));
    }
    let (caller, is_elsewhere) = (cx.scope.account, cx.elsewhere().is_some());
    let look = s3.work(move |connection| {
        if is_elsewhere {
            // It is whose who first wanted to be told of it.
            let told = elsewhere::look(connection, &wanted.bucket)?;
            return Ok(told.map(|told| (told.bucket.account, None, Tags::new())));
        }
        let Some(bucket) = Bucket::look(connection, &wanted.bucket)? else { return Ok(None) };
        let policy = bucket.policy_for(connection, caller)?;
        Ok(Some((bucket.account, policy, tags(connection, &bucket, &wanted)?)))
    });
    let found = look.await.map_err(|why| why.told_by(operation.service))?;
    // What is not there is nobody's, and said not to be there.
    let (owner, policy, tags) = found.unwrap_or((cx.scope.account, None, Tags::new()));
    demand.owner = Some(owner);
    demand.policy = policy;
    for (key, value) in tags {
        demand.values.push((format!("s3:ExistingObjectTag/{key}"), value));
    }
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

/// Keeps from whoever may not list a bucket that an object is not there.
pub(super) async fn hiding<T>(
    s3: &S3,
    cx: &Context<'_>,
    bucket: &str,
    found: Result<T, Failure>,
) -> Result<T, Failure> {
    if let Err(Failure::Refused(refused)) = &found
        && refused.code == "NoSuchKey"
    {
        cx.check(Asked::of(s3, cx, bucket).await?.listing())?;
    }
    found
}

/// A bucket that is asked for more than once in a request.
pub(super) struct Asked {
    bucket: String,
    owner: u64,
    policy: Option<String>,
}

impl Asked {
    pub(super) async fn of(s3: &S3, cx: &Context<'_>, bucket: &str) -> Result<Asked, Failure> {
        let (name, caller) = (bucket.to_owned(), cx.scope.account);
        s3.work(move |connection| {
            let found = Bucket::look(connection, &name)?;
            let policy = found.as_ref().map(|bucket| bucket.policy_for(connection, caller));
            // What is not there is nobody's, and said not to be there.
            let owner = found.as_ref().map_or(caller, |bucket| bucket.account);
            Ok(Asked { bucket: name, owner, policy: policy.transpose()?.flatten() })
        })
        .await
    }

    /// What learning that an object is not there demands.
    fn listing(self) -> Demand {
        let mut demand = Demand::new("s3:ListBucket", arn(&self.bucket));
        (demand.owner, demand.policy) = (Some(self.owner), self.policy);
        demand
    }

    /// What deleting one of them demands.
    pub(super) fn deletion(&self, object: &ObjectIdentifier) -> Demand {
        let action = match object.version_id {
            Some(_) => "s3:DeleteObjectVersion",
            None => "s3:DeleteObject",
        };
        let mut demand = Demand::new(action, format!("{}/{}", arn(&self.bucket), object.key));
        demand.owner = Some(self.owner);
        demand.policy.clone_from(&self.policy);
        let version = object.version_id.iter();
        demand.values.extend(version.map(|id| ("s3:VersionId".to_owned(), id.clone())));
        demand
    }
}

/// The tags that an object has, where the action hears of them.
fn tags(connection: &Connection, bucket: &Bucket, wanted: &Wanted) -> rusqlite::Result<Tags> {
    let Some(key) = wanted.key.as_deref().filter(|_| wanted.hears_tags()) else {
        return Ok(Tags::new());
    };
    let found = match &wanted.version {
        Some(version) => Version::named(connection, bucket, key, version)?,
        None => Version::current(connection, bucket, key)?,
    };
    Ok(found.map(|version| version.tags).unwrap_or_default())
}

/// The tags that a request gives an object. Malformed ones are none: the operation refuses them.
fn given_tags(operation: &str, input: &Value) -> Tags {
    // A copy has its source's tags, whatever is given, where it is not to replace them.
    if operation == "CopyObject" && input["TaggingDirective"] != "REPLACE" {
        return Tags::new();
    }
    if let Some(header) = input["Tagging"].as_str() {
        return tags_of_header(header).unwrap_or_default();
    }
    let listed = input["Tagging"]["TagSet"].as_array().into_iter().flatten();
    let pair =
        |tag: &Value| Some((tag["Key"].as_str()?.to_owned(), tag["Value"].as_str()?.to_owned()));
    listed.filter_map(pair).collect()
}

/// Tells the tags that a request gives an object, as condition keys.
fn tell_given(demand: &mut Demand, tags: &Tags) {
    for (key, value) in tags {
        demand.values.push((format!("s3:RequestObjectTag/{key}"), value.clone()));
    }
    if !tags.is_empty() {
        let keys = tags.keys().cloned().collect();
        demand.lists.push(("s3:RequestObjectTagKeys".to_owned(), keys));
    }
}

/// For instance `s3:PutObject`.
fn action(operation: &str) -> String {
    let named = ACTIONS.iter().find(|(name, _)| *name == operation);
    format!("s3:{}", named.map_or(operation, |(_, action)| action))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    #[test]
    fn tags_are_told_to_the_actions_that_hear_of_them() {
        let of = |action: &str| {
            let wanted = Wanted::new(format!("s3:{action}"), "b", Some("k"));
            (wanted.hears_tags(), wanted.hears_given_tags())
        };
        assert_eq!(of("GetObject"), (true, false));
        assert_eq!(of("GetObjectVersionTagging"), (true, false));
        assert_eq!(of("PutObject"), (false, true));
        assert_eq!(of("PutObjectVersionTagging"), (true, true));
        assert_eq!(of("DeleteObject"), (false, false));
    }

    #[test]
    fn given_tags_are_told_by_header_and_by_list() {
        let told = |operation: &str, input: Value| {
            let mut demand = Demand::default();
            tell_given(&mut demand, &given_tags(operation, &input));
            (demand.values, demand.lists)
        };
        let values = vec![("s3:RequestObjectTag/a".to_owned(), "1".to_owned())];
        let keys = vec![("s3:RequestObjectTagKeys".to_owned(), vec!["a".to_owned()])];
        let both = (values, keys);
        assert_eq!(told("PutObject", json!({"Tagging": "a=1"})), both);
        let listed = json!({"Tagging": {"TagSet": [{"Key": "a", "Value": "1"}]}});
        assert_eq!(told("PutObjectTagging", listed), both);
        let nothing = (Vec::new(), Vec::new());
        assert_eq!(told("PutObject", json!({})), nothing);
        assert_eq!(told("CopyObject", json!({"Tagging": "a=1"})), nothing);
        let replaced = json!({"Tagging": "a=1", "TaggingDirective": "REPLACE"});
        assert_eq!(told("CopyObject", replaced), both);
    }
}
