//! Buckets that are elsewhere: who is told of what is done to their objects through here.

use std::net::IpAddr;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use wire::ApiError;

use super::effects::Effects;
use super::event::{Cause, Happened, Kind, tell_as};
use super::refusal::denied;
use super::service::S3;
use super::stored::{Bucket, Versioning};
use super::target::Notifications;
use crate::failure::Failure;
use crate::operation::{Context, Service};

/// Something that was done to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it was.
    pub kind: Kind,
    /// The object's key.
    pub key: String,
    /// How large it is, where that is known.
    pub size: Option<u64>,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Which version of it, where the bucket keeps such.
    pub version: Option<String>,
}

/// Who did it, and by which request.
#[derive(Debug, Clone)]
pub struct By {
    /// The id that policies know the caller by.
    pub caller_id: String,
    /// Where the request came from.
    pub peer: IpAddr,
    /// Its id.
    pub request: String,
}

/// A bucket that is elsewhere, and who is told.
pub(super) struct Told {
    pub(super) bucket: Bucket,
    /// As it was configured.
    pub(super) configured: String,
}

/// A bucket that is elsewhere.
pub(super) fn bucket(name: &str, account: u64, region: &str) -> Bucket {
    let (name, region) = (name.to_owned(), region.to_owned());
    Bucket { id: 0, name, account, region, created: 0, versioning: Versioning::Never }
}

/// Whether a bucket that is elsewhere is whose it is expected to be: here it is that of whoever asks.
///
/// # Errors
/// When it is not.
pub(super) fn check_owner(cx: &Context<'_>, expected: Option<&String>) -> Result<(), ApiError> {
    match expected.is_none_or(|it| *it == format!("{:012}", cx.scope.account)) {
        true => Ok(()),
        false => Err(denied()),
    }
}

/// What is configured of a bucket that is elsewhere.
pub(super) fn look(connection: &Connection, name: &str) -> rusqlite::Result<Option<Told>> {
    connection
        .prepare_cached("SELECT account, region, notification FROM elsewhere WHERE bucket = ?1")?
        .query_row([name], |row| {
            let (account, region): (i64, String) = (row.get(0)?, row.get(1)?);
            let bucket = bucket(name, account.cast_unsigned(), &region);
            Ok(Told { bucket, configured: row.get(2)? })
        })
        .optional()
}

/// Configures who is told of a bucket that is elsewhere, or that nobody is.
pub(super) fn configure(
    connection: &Connection,
    bucket: &Bucket,
    body: Option<&str>,
) -> rusqlite::Result<()> {
    let Bucket { name, account, region, .. } = bucket;
    match body {
        Some(body) => connection
            .prepare_cached("INSERT OR REPLACE INTO elsewhere VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![name, account.cast_signed(), region, body]),
        None => {
            connection.prepare_cached("DELETE FROM elsewhere WHERE bucket = ?1")?.execute([name])
        }
    }
    .map(drop)
}

impl S3 {
    /// Whether anybody is to be told of what is done to objects of a bucket that is elsewhere.
    ///
    /// # Errors
    /// When that cannot be looked at.
    pub async fn is_told_of_elsewhere(&self, name: &str) -> Result<bool, Failure> {
        if !self.is_there() {
            return Ok(false);
        }
        let name = name.to_owned();
        self.work(move |connection| Ok(look(connection, &name)?.is_some())).await
    }

    /// Has those be told who want to know what was done to objects of a bucket that is elsewhere: once
    /// this is answered, they are, whatever happens.
    ///
    /// # Errors
    /// When that cannot be stored.
    pub async fn tell_of_elsewhere(
        self: &Arc<S3>,
        name: &str,
        by: By,
        changes: Vec<Change>,
    ) -> Result<(), Failure> {
        self.begin();
        let name = name.to_owned();
        self.change(move |connection, effects| {
            let Some(Told { bucket, configured }) = look(connection, &name)? else {
                return Ok(());
            };
            let Ok(configured) = serde_json::from_str(&configured) else { return Ok(()) };
            let By { caller_id, peer, request } = by;
            let cause = Cause::at(&caller_id, peer, request);
            tell_all(connection, effects, (&bucket, &configured), &cause, &changes)
        })
        .await
    }

    /// Has nobody be told of a bucket that is gone elsewhere.
    ///
    /// # Errors
    /// When that cannot be stored.
    pub async fn forget_elsewhere(&self, name: &str) -> Result<(), Failure> {
        let name = name.to_owned();
        let forget = move |connection: &Connection, _: &mut Effects| {
            Ok(configure(connection, &bucket(&name, 0, ""), None)?)
        };
        self.change_lean(forget).await
    }
}

fn tell_all(
    connection: &Connection,
    effects: &mut Effects,
    told: (&Bucket, &Notifications),
    cause: &Cause,
    changes: &[Change],
) -> Result<(), Failure> {
    for Change { kind, key, size, etag, version } in changes {
        let (kind, size, version) = (*kind, *size, version.as_deref());
        let happened = Happened { kind, key, size, etag, version };
        tell_as(connection, effects, told, cause, &happened)?;
    }
    Ok(())
}
