//! Buckets that are elsewhere, and who is told of them, as they are stored.

use rusqlite::{Connection, OptionalExtension, params};
use wire::ApiError;

use super::refusal::denied;
use super::stored::{Bucket, Versioning};
use crate::operation::Context;

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
