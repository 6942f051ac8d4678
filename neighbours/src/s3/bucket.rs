//! Buckets: made, found, listed and removed.

use std::sync::Arc;

use rusqlite::params;
use serde_json::json;
use wire::ApiError;
use wire::s3::error;
use wire::s3::input::{
    CreateBucket, CreateBucketConfiguration, DeleteBucket, GetBucketLocation, HeadBucket,
    ListBuckets,
};
use wire::s3::output::{
    Bucket as Listed, CreateBucketOutput, GetBucketLocationOutput, HeadBucketOutput,
    ListBucketsOutput, Owner,
};

use crate::failure::Failure;
use crate::operation::{Context, Operation, Scope};
use crate::page::page;
use crate::s3::attributes::{BUCKET_TAGS, Tags, check_tags};
use crate::s3::bucket_name::{self, arn};
use crate::s3::event::canonical_id;
use crate::s3::operations::tagging::tags_of;
use crate::s3::refusal::argument;
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, COLUMNS, Versioning, bucket};
use crate::time::now;

/// The region whose buckets have no location.
const FIRST: &str = "us-east-1";
/// Buckets of an account.
const MOST: i64 = 10_000;

impl Operation<S3> for CreateBucket {
    type Output = CreateBucketOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<CreateBucketOutput, Failure> {
        let CreateBucket { bucket: name, create_bucket_configuration, object_ownership } = self;
        bucket_name::check(&name)?;
        let (constraint, tags) = match create_bucket_configuration {
            Some(CreateBucketConfiguration { location_constraint, tags }) => {
                (location_constraint, tags_of(tags.unwrap_or_default())?)
            }
            None => (None, Tags::new()),
        };
        check_tags(&tags, BUCKET_TAGS)?;
        let region = region(cx, constraint.as_deref())?;
        let scope = Scope { region, ..cx.scope.clone() };
        let location = match scope.region.as_str() {
            FIRST => format!("/{name}"),
            _ => format!("{}://{name}.{}/", if cx.is_tls { "https" } else { "http" }, cx.host),
        };
        let bucket_arn = arn(&name);
        s3.change(move |connection, _| {
            if let Some(known) = Bucket::look(connection, &name)? {
                return already(&known, &scope);
            }
            let account = scope.account.cast_signed();
            let count: i64 = connection
                .prepare_cached("SELECT count(*) FROM bucket WHERE account = ?1")?
                .query_row([account], |row| row.get(0))?;
            if count >= MOST {
                let message = "You have attempted to create more buckets than allowed";
                return Err(error("TooManyBuckets", message).into());
            }
            connection.execute(
                "INSERT INTO bucket (name, account, region, created) VALUES (?1, ?2, ?3, ?4)",
                params![name, account, scope.region, now()],
            )?;
            let made = Bucket::find(connection, &name, &None)?;
            // As AWS makes them: nothing public, encrypted by S3's own keys, no lists of access.
            let ownership = object_ownership.as_deref().unwrap_or("BucketOwnerEnforced");
            for (kind, body) in [
                ("ownershipControls", json!({"Rules": [{"ObjectOwnership": ownership}]})),
                (
                    "publicAccessBlock",
                    json!({"BlockPublicAcls": true, "IgnorePublicAcls": true,
                        "BlockPublicPolicy": true, "RestrictPublicBuckets": true}),
                ),
            ] {
                made.configure(connection, kind, Some(&body.to_string()))?;
            }
            if !tags.is_empty() {
                made.configure(connection, "tagging", Some(&json!(tags).to_string()))?;
            }
            Ok(())
        })
        .await?;
        Ok(CreateBucketOutput { location: Some(location), bucket_arn: Some(bucket_arn) })
    }
}

/// The region that a bucket is to be in.
fn region(cx: &Context<'_>, constraint: Option<&str>) -> Result<String, ApiError> {
    let own = cx.scope.region.as_str();
    match constraint {
        None | Some("") if own == FIRST => Ok(own.to_owned()),
        None | Some("") => Err(error(
            "IllegalLocationConstraintException",
            "The unspecified location constraint is incompatible for the region specific endpoint \
             this request was sent to.",
        )),
        Some("EU") => Ok("eu-west-1".to_owned()),
        Some(FIRST) => {
            let message = "The specified location-constraint is not valid";
            Err(error("InvalidLocationConstraint", message).with("LocationConstraint", FIRST))
        }
        Some(constraint) if own == FIRST || own == constraint => Ok(constraint.to_owned()),
        Some(constraint) => Err(error(
            "IllegalLocationConstraintException",
            format!(
                "The {constraint} location constraint is incompatible for the region specific \
                 endpoint this request was sent to."
            ),
        )),
    }
}

/// What is said of a bucket that is there already.
fn already(known: &Bucket, scope: &Scope) -> Result<(), Failure> {
    if known.account != scope.account {
        let message = "The requested bucket name is not available. The bucket namespace is shared by \
                       all users of the system. Please select a different name and try again.";
        let refused = error("BucketAlreadyExists", message);
        return Err(refused.with("BucketName", known.name.as_str()).into());
    }
    if known.region == FIRST && scope.region == FIRST {
        return Ok(());
    }
    let message =
        "Your previous request to create the named bucket succeeded and you already own it.";
    let refused = error("BucketAlreadyOwnedByYou", message);
    Err(refused.with("BucketName", known.name.as_str()).into())
}

impl Operation<S3> for DeleteBucket {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<(), Failure> {
        let DeleteBucket { bucket: name, expected_bucket_owner } = self;
        s3.change_lean(move |connection, effects| {
            let found = Bucket::find(connection, &name, &expected_bucket_owner)?;
            let is_used = connection
                .prepare_cached("SELECT 1 FROM object WHERE bucket = ?1 LIMIT 1")?
                .exists([found.id])?;
            if is_used {
                let message = match found.versioning {
                    Versioning::Never => "The bucket you tried to delete is not empty",
                    _ => {
                        "The bucket you tried to delete is not empty. You must delete all versions in \
                         the bucket."
                    }
                };
                let refused = error("BucketNotEmpty", message);
                return Err(refused.with("BucketName", name.as_str()).into());
            }
            // Parts of uploads that never came to their end go with it.
            let of_parts = "SELECT blob FROM part WHERE upload IN
                (SELECT id FROM upload WHERE bucket = ?1)";
            let mut parts = connection.prepare_cached(of_parts)?;
            let blobs = parts.query_map([found.id], |row| row.get(0))?;
            effects.removed.extend(blobs.collect::<rusqlite::Result<Vec<String>>>()?);
            for sql in [
                "DELETE FROM part WHERE upload IN (SELECT id FROM upload WHERE bucket = ?1)",
                "DELETE FROM upload WHERE bucket = ?1",
                "DELETE FROM document WHERE bucket = ?1",
                "DELETE FROM bucket WHERE id = ?1",
            ] {
                connection.prepare_cached(sql)?.execute([found.id])?;
            }
            Ok(())
        })
        .await
    }
}

impl Operation<S3> for HeadBucket {
    type Output = HeadBucketOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<HeadBucketOutput, Failure> {
        let HeadBucket { bucket: name, expected_bucket_owner } = self;
        let bucket_arn = arn(&name);
        let find =
            s3.work(move |connection| Bucket::find(connection, &name, &expected_bucket_owner));
        let found = find.await?;
        Ok(HeadBucketOutput {
            bucket_arn: Some(bucket_arn),
            bucket_region: Some(found.region),
            access_point_alias: Some(false),
            ..HeadBucketOutput::default()
        })
    }
}

impl Operation<S3> for GetBucketLocation {
    type Output = GetBucketLocationOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<GetBucketLocationOutput, Failure> {
        let GetBucketLocation { bucket: name, expected_bucket_owner } = self;
        let find =
            s3.work(move |connection| Bucket::find(connection, &name, &expected_bucket_owner));
        let region = Some(find.await?.region).filter(|region| region != FIRST);
        Ok(GetBucketLocationOutput { location_constraint: region })
    }
}

impl Operation<S3> for ListBuckets {
    type Output = ListBucketsOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<ListBucketsOutput, Failure> {
        let ListBuckets { max_buckets, continuation_token, prefix, bucket_region } = self;
        let account = cx.scope.account;
        let start = prefix.clone().unwrap_or_default();
        let all = s3.work(move |connection| {
            let sql = format!("{COLUMNS} WHERE account = ?1 ORDER BY name");
            let mut statement = connection.prepare_cached(&sql)?;
            let all = statement.query_map([account.cast_signed()], bucket)?;
            Ok(all.collect::<rusqlite::Result<Vec<Bucket>>>()?)
        });
        let is_meant = |bucket: &Bucket| {
            bucket.name.starts_with(&start)
                && bucket_region.as_ref().is_none_or(|region| *region == bucket.region)
        };
        let listed = all.await?.into_iter().filter(is_meant).map(|bucket| {
            let Bucket { name, created, region, .. } = bucket;
            let told = Listed {
                bucket_arn: Some(arn(&name)),
                name: Some(name.clone()),
                creation_date: Some(created),
                bucket_region: Some(region),
            };
            (name, told)
        });
        let size = max_buckets.unwrap_or(i32::MAX);
        let Some(size) = usize::try_from(size).ok().filter(|size| *size > 0) else {
            let message = "Argument max-buckets must be an integer between 1 and 10000";
            return Err(argument("max-buckets", &size.to_string(), message).into());
        };
        let token = continuation_token.as_deref();
        let (buckets, next) = page(listed.collect(), size, token).map_err(|_| {
            let message = "The continuation token provided is incorrect";
            argument("continuation-token", token.unwrap_or_default(), message)
        })?;
        Ok(ListBucketsOutput {
            buckets: Some(buckets),
            owner: Some(Owner { id: Some(canonical_id(account)), ..Owner::default() }),
            continuation_token: next,
            prefix,
        })
    }
}
