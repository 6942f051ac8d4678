//! Versions of objects as they are stored, and how each put and removal changes them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use wire::ApiError;
use wire::s3::error;

use super::attributes::{Attributes, Tags};
use super::refusal::{no_key, no_version};
use super::stored::{Bucket, Versioning};
use crate::failure::Failure;
use crate::random::random;
use crate::time::now;

/// The version that a bucket without versions has, and one whose versions are suspended adds.
pub(super) const NULL: &str = "null";

/// The checksum of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    pub(super) algorithm: String,
    pub(super) value: String,
    /// `FULL_OBJECT`, or `COMPOSITE` where it is made of those of the parts.
    pub(super) kind: String,
}

/// A version of an object, or a delete marker.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) id: i64,
    pub(super) key: String,
    pub(super) version: String,
    pub(super) is_latest: bool,
    pub(super) is_marker: bool,
    pub(super) size: u64,
    pub(super) etag: String,
    pub(super) modified: i64,
    pub(super) attributes: Attributes,
    pub(super) tags: Tags,
    pub(super) checksum: Option<Sum>,
    /// The sizes of the parts that it was uploaded in.
    pub(super) parts: Vec<u64>,
}

/// A version that is to be.
#[derive(Debug, Clone, Default)]
pub(super) struct New {
    pub(super) key: String,
    pub(super) is_marker: bool,
    pub(super) size: u64,
    pub(super) etag: String,
    pub(super) attributes: Attributes,
    pub(super) tags: Tags,
    pub(super) checksum: Option<Sum>,
    pub(super) parts: Vec<u64>,
    /// The files that it is made of, with their sizes.
    pub(super) pieces: Vec<(String, u64)>,
}

pub(super) const COLUMNS: &str = "SELECT id, key, version, is_latest, is_marker, size, etag, modified, \
     attributes, tags, checksum, parts FROM object";

pub(super) fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    let attributes: String = row.get(8)?;
    let [tags, checksum, parts]: [Option<String>; 3] = [row.get(9)?, row.get(10)?, row.get(11)?];
    Ok(Version {
        id: row.get(0)?,
        key: row.get(1)?,
        version: row.get(2)?,
        is_latest: row.get(3)?,
        is_marker: row.get(4)?,
        size: row.get::<_, i64>(5)?.cast_unsigned(),
        etag: row.get(6)?,
        modified: row.get(7)?,
        attributes: serde_json::from_str(&attributes).unwrap_or_default(),
        tags: tags.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        checksum: checksum.and_then(|text| serde_json::from_str(&text).ok()),
        parts: parts.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
    })
}

/// What is stored of plain data; nothing of what is empty.
fn stored<T: Serialize>(data: Option<&T>) -> Option<String> {
    data.map(|data| serde_json::to_string(data).expect("plain data"))
}

impl Version {
    /// The latest of a key, which may be a delete marker.
    pub(super) fn latest(
        connection: &Connection,
        bucket: &Bucket,
        key: &str,
    ) -> rusqlite::Result<Option<Version>> {
        let sql = format!("{COLUMNS} WHERE bucket = ?1 AND key = ?2 ORDER BY id DESC LIMIT 1");
        connection.prepare_cached(&sql)?.query_row(params![bucket.id, key], version).optional()
    }

    /// The latest of a key, where that is an object.
    pub(super) fn current(
        connection: &Connection,
        bucket: &Bucket,
        key: &str,
    ) -> rusqlite::Result<Option<Version>> {
        Ok(Version::latest(connection, bucket, key)?.filter(|version| !version.is_marker))
    }

    /// A version by its id, which may be a delete marker.
    pub(super) fn named(
        connection: &Connection,
        bucket: &Bucket,
        key: &str,
        id: &str,
    ) -> rusqlite::Result<Option<Version>> {
        let sql = format!("{COLUMNS} WHERE bucket = ?1 AND key = ?2 AND version = ?3");
        connection.prepare_cached(&sql)?.query_row(params![bucket.id, key, id], version).optional()
    }

    /// An object that is there: the latest, or the version that is named.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(
        connection: &Connection,
        bucket: &Bucket,
        key: &str,
        id: Option<&str>,
    ) -> Result<Version, Failure> {
        let Some(id) = id else {
            return Ok(Version::current(connection, bucket, key)?.ok_or_else(|| no_key(key))?);
        };
        let found = Version::named(connection, bucket, key, id)?;
        let found = found.ok_or_else(|| no_version(key, id))?;
        match found.is_marker {
            false => Ok(found),
            true => {
                let message = "The specified method is not allowed against this resource.";
                Err(error("MethodNotAllowed", message).with("ResourceType", "DeleteMarker").into())
            }
        }
    }

    /// The files that it is made of, with their sizes.
    pub(super) fn pieces(&self, connection: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
        connection
            .prepare_cached("SELECT blob, size FROM piece WHERE object = ?1 ORDER BY number")?
            .query_map([self.id], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?
            .collect()
    }

    /// As entity tags are spelled.
    pub(super) fn quoted_etag(&self) -> String {
        format!("\"{}\"", self.etag)
    }

    /// Its id, where its bucket has versions.
    pub(super) fn told_version(&self, bucket: &Bucket) -> Option<String> {
        (bucket.versioning != Versioning::Never).then(|| self.version.clone())
    }

    /// Gives it other tags.
    pub(super) fn retag(&self, connection: &Connection, tags: &Tags) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE object SET tags = ?2 WHERE id = ?1")?
            .execute(params![self.id, stored(Some(tags).filter(|tags| !tags.is_empty()))])
            .map(drop)
    }

    /// Removes it; the one before it comes to be the latest. What it was made of is nobody's then.
    pub(super) fn remove(
        &self,
        connection: &Connection,
        bucket: &Bucket,
        removed: &mut Vec<String>,
    ) -> rusqlite::Result<()> {
        removed.extend(self.pieces(connection)?.into_iter().map(|(blob, _)| blob));
        for sql in ["DELETE FROM piece WHERE object = ?1", "DELETE FROM object WHERE id = ?1"] {
            connection.prepare_cached(sql)?.execute([self.id])?;
        }
        if self.is_latest {
            connection
                .prepare_cached(
                    "UPDATE object SET is_latest = 1 WHERE id =
                     (SELECT max(id) FROM object WHERE bucket = ?1 AND key = ?2)",
                )?
                .execute(params![bucket.id, self.key])?;
        }
        Ok(())
    }
}

impl New {
    /// Puts it in the place of the latest, or of the one without an id; returns the version's id where
    /// the bucket has any.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) fn put(
        self,
        connection: &Connection,
        bucket: &Bucket,
        removed: &mut Vec<String>,
    ) -> Result<Option<String>, Failure> {
        let name = match bucket.versioning {
            Versioning::Enabled => URL_SAFE_NO_PAD.encode(random::<24>()),
            Versioning::Never | Versioning::Suspended => NULL.to_owned(),
        };
        if name == NULL
            && let Some(known) = Version::named(connection, bucket, &self.key, NULL)?
        {
            known.remove(connection, bucket, removed)?;
        }
        connection
            .prepare_cached(
                "UPDATE object SET is_latest = 0 WHERE bucket = ?1 AND key = ?2 AND is_latest = 1",
            )?
            .execute(params![bucket.id, self.key])?;
        let attributes = serde_json::to_string(&self.attributes).expect("plain data");
        connection
            .prepare_cached(
                "INSERT INTO object (bucket, key, version, is_latest, is_marker, size, etag, modified,
                 attributes, tags, checksum, parts)
                 VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                bucket.id,
                self.key,
                name,
                self.is_marker,
                self.size.cast_signed(),
                self.etag,
                now(),
                attributes,
                stored(Some(&self.tags).filter(|tags| !tags.is_empty())),
                stored(self.checksum.as_ref()),
                stored(Some(&self.parts).filter(|parts| !parts.is_empty())),
            ])?;
        let id = connection.last_insert_rowid();
        let mut insert = connection.prepare_cached("INSERT INTO piece VALUES (?1, ?2, ?3, ?4)")?;
        for (number, (blob, size)) in self.pieces.iter().enumerate() {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            insert.execute(params![id, number, blob, size.cast_signed()])?;
        }
        Ok((bucket.versioning != Versioning::Never).then_some(name))
    }
}

/// The id of a version that a request names.
///
/// # Errors
/// When it cannot be one.
pub(super) fn check_id(id: Option<&str>) -> Result<(), ApiError> {
    match id {
        Some(id) if id != NULL && id.len() != 32 => {
            Err(super::refusal::argument("versionId", id, "Invalid version id specified"))
        }
        _ => Ok(()),
    }
}
