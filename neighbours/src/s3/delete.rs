//! Objects that are deleted: for good, or behind a marker where versions are kept.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ApiError;
use wire::s3::input::{Delete, DeleteObject, DeleteObjects, ObjectIdentifier};
use wire::s3::output::{DeleteObjectOutput, DeleteObjectsOutput, DeletedObject, Error};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::condition::Writes;
use crate::s3::demand::Asked;
use crate::s3::effects::Effects;
use crate::s3::event::{Cause, Happened, Kind, tell};
use crate::s3::refusal::{malformed_xml, no_key};
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Versioning};
use crate::s3::version::{New, Version, check_id};

/// Objects of one request.
const MOST: usize = 1000;
/// The entity tag of nothing, which delete markers have.
const NOTHING: &str = "d41d8cd98f00b204e9800998ecf8427e";

/// What became of an object.
#[derive(Debug, Default)]
struct Deleted {
    /// The version that was removed, or the marker that was made.
    version: Option<String>,
    /// Whether that is a marker.
    is_marker: bool,
    has_made_marker: bool,
}

/// Deletes an object or a version of it.
fn delete(
    connection: &Connection,
    effects: &mut Effects,
    bucket: &Bucket,
    cause: &Cause,
    (key, version): (&str, Option<&str>),
) -> Result<Deleted, Failure> {
    let happened = |kind, etag, version| Happened { kind, key, size: None, etag, version };
    if version.is_none() && bucket.versioning != Versioning::Never {
        let marker = New {
            key: key.to_owned(),
            is_marker: true,
            etag: NOTHING.to_owned(),
            ..New::default()
        };
        let made = marker.put(connection, bucket, &mut effects.removed)?;
        let told = happened(Kind::MarkerCreated, NOTHING, made.as_deref());
        tell(connection, effects, bucket, cause, &told)?;
        return Ok(Deleted { version: made, is_marker: true, has_made_marker: true });
    }
    let found = match version {
        Some(version) => Version::named(connection, bucket, key, version)?,
        None => Version::latest(connection, bucket, key)?,
    };
    let version = version.map(str::to_owned);
    // Whoever deletes what is not there has what it wanted.
    let Some(found) = found else { return Ok(Deleted { version, ..Deleted::default() }) };
    found.remove(connection, bucket, &mut effects.removed)?;
    let told = happened(Kind::Deleted, &found.etag, version.as_deref());
    tell(connection, effects, bucket, cause, &told)?;
    Ok(Deleted { version, is_marker: found.is_marker, has_made_marker: false })
}

impl S3 {
    /// Deletes objects. Where that leaves markers, there must be room for them.
    async fn delete<T: Send + 'static>(
        &self,
        bucket: &str,
        names_versions: bool,
        work: impl FnOnce(&Connection, &mut Effects) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let of = bucket.to_owned();
        let keeps = move |connection: &Connection| {
            let found = Bucket::look(connection, &of)?;
            Ok(found.is_some_and(|bucket| bucket.versioning != Versioning::Never))
        };
        match !names_versions && self.work(keeps).await? {
            true => self.change(work).await,
            false => self.change_lean(work).await,
        }
    }
}

impl Operation<S3> for DeleteObject {
    type Output = DeleteObjectOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<DeleteObjectOutput, Failure> {
        let DeleteObject { bucket, key, version_id, expected_bucket_owner, if_match } = self;
        check_id(version_id.as_deref())?;
        let cause = Cause::of(cx);
        let of = bucket.clone();
        let deleted = s3.delete(&of, version_id.is_some(), move |connection, effects| {
            let bucket = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            check(connection, &bucket, &key, if_match)?;
            delete(connection, effects, &bucket, &cause, (&key, version_id.as_deref()))
        });
        let Deleted { version, is_marker, .. } = deleted.await?;
        Ok(DeleteObjectOutput {
            delete_marker: is_marker.then_some(true),
            version_id: version,
            ..DeleteObjectOutput::default()
        })
    }
}

/// Whether an object is the one that is meant.
fn check(
    connection: &Connection,
    bucket: &Bucket,
    key: &str,
    if_match: Option<String>,
) -> Result<(), Failure> {
    if if_match.is_none() {
        return Ok(());
    }
    let current = Version::current(connection, bucket, key)?;
    if current.is_none() {
        return Err(no_key(key).into());
    }
    Ok(Writes { if_match, if_none_match: None }.check(key, current.as_ref())?)
}

/// Those of a request's objects that whoever asks may delete, and what is said of the others.
async fn allowed(
    s3: &Arc<S3>,
    cx: &Context<'_>,
    bucket: &str,
    objects: Vec<ObjectIdentifier>,
) -> Result<(Vec<ObjectIdentifier>, Vec<Error>), Failure> {
    let asked = Asked::of(s3, cx, bucket).await?;
    let (mut allowed, mut errors) = (Vec::new(), Vec::new());
    for object in objects {
        match cx.check(asked.deletion(&object)) {
            Ok(()) => allowed.push(object),
            Err(why) => errors.push(failed(object.key, object.version_id, why)),
        }
    }
    Ok((allowed, errors))
}

fn failed(key: String, version_id: Option<String>, why: ApiError) -> Error {
    Error {
        key: Some(key),
        version_id,
        code: Some(why.code.into_owned()),
        message: Some(why.message),
    }
}

impl Operation<S3> for DeleteObjects {
    type Output = DeleteObjectsOutput;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<DeleteObjectsOutput, Failure> {
        let DeleteObjects { bucket, delete: Delete { objects, quiet }, expected_bucket_owner } =
            self;
        if objects.is_empty() || objects.len() > MOST {
            return Err(malformed_xml().into());
        }
        let cause = Cause::of(cx);
        let is_quiet = quiet == Some(true);
        let (objects, mut errors) = allowed(s3, cx, &bucket, objects).await?;
        let names_versions = objects.iter().all(|object| object.version_id.is_some());
        let of = bucket.clone();
        s3.delete(&of, names_versions, move |connection, effects| {
            let bucket = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let mut deleted = Vec::new();
            for ObjectIdentifier { key, version_id, e_tag } in objects {
                let one = check(connection, &bucket, &key, e_tag).and_then(|()| {
                    check_id(version_id.as_deref())?;
                    delete(connection, effects, &bucket, &cause, (&key, version_id.as_deref()))
                });
                match one {
                    Ok(_) if is_quiet => {}
                    Ok(one) => deleted.push(one.told(key)),
                    Err(Failure::Refused(why)) => errors.push(failed(key, version_id, why)),
                    Err(why) => return Err(why),
                }
            }
            Ok(DeleteObjectsOutput {
                deleted: Some(deleted).filter(|deleted| !deleted.is_empty()),
                errors: Some(errors).filter(|errors| !errors.is_empty()),
                ..DeleteObjectsOutput::default()
            })
        })
        .await
    }
}

impl Deleted {
    fn told(self, key: String) -> DeletedObject {
        let Deleted { version, is_marker, has_made_marker } = self;
        let (version_id, marker) = match has_made_marker {
            true => (None, version),
            false => (version.clone(), version.filter(|_| is_marker)),
        };
        DeletedObject {
            key: Some(key),
            version_id,
            delete_marker: is_marker.then_some(true),
            delete_marker_version_id: marker,
        }
    }
}
