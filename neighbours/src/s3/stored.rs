//! Buckets and their configurations as they are stored.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::public::is_restricted;
use super::refusal::{denied, no_bucket};
use crate::failure::Failure;

/// A bucket.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) account: u64,
    pub(super) region: String,
    pub(super) created: i64,
    pub(super) versioning: Versioning,
}

/// Whether a bucket keeps versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Versioning {
    Never,
    Enabled,
    Suspended,
}

impl Versioning {
    /// In S3's word; none where it was never enabled.
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Versioning::Never => None,
            Versioning::Enabled => Some("Enabled"),
            Versioning::Suspended => Some("Suspended"),
        }
    }

    pub(super) fn of(word: Option<&str>) -> Versioning {
        match word {
            Some("Enabled") => Versioning::Enabled,
            Some("Suspended") => Versioning::Suspended,
            _ => Versioning::Never,
        }
    }
}

/// Who is expected to own a bucket.
pub(super) type Owner = Option<String>;

pub(super) const COLUMNS: &str =
    "SELECT id, name, account, region, created, versioning FROM bucket";

pub(super) fn bucket(row: &Row<'_>) -> rusqlite::Result<Bucket> {
    let (account, versioning): (i64, Option<String>) = (row.get(2)?, row.get(5)?);
    Ok(Bucket {
        id: row.get(0)?,
        name: row.get(1)?,
        account: account.cast_unsigned(),
        region: row.get(3)?,
        created: row.get(4)?,
        versioning: Versioning::of(versioning.as_deref()),
    })
}

impl Bucket {
    /// A bucket by its name, if it is there.
    pub(super) fn look(connection: &Connection, name: &str) -> rusqlite::Result<Option<Bucket>> {
        let sql = format!("{COLUMNS} WHERE name = ?1");
        connection.prepare_cached(&sql)?.query_row([name], bucket).optional()
    }

    /// A bucket that is there, and whose owner is the one who is expected.
    ///
    /// # Errors
    /// When there is none, or it is another's.
    pub(super) fn find(
        connection: &Connection,
        name: &str,
        owner: &Owner,
    ) -> Result<Bucket, Failure> {
        let found = Bucket::look(connection, name)?.ok_or_else(|| no_bucket(name))?;
        let is_expected = |owner: &String| *owner == format!("{:012}", found.account);
        match owner.as_ref().is_none_or(is_expected) {
            true => Ok(found),
            false => Err(denied().into()),
        }
    }

    /// What is configured of it, as text; none where nothing is.
    pub(super) fn document(
        &self,
        connection: &Connection,
        kind: &str,
    ) -> rusqlite::Result<Option<String>> {
        connection
            .prepare_cached("SELECT body FROM document WHERE bucket = ?1 AND kind = ?2")?
            .query_row(params![self.id, kind], |row| row.get(0))
            .optional()
    }

    /// The same as a value.
    pub(super) fn value(
        &self,
        connection: &Connection,
        kind: &str,
    ) -> rusqlite::Result<Option<Value>> {
        let text = self.document(connection, kind)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Its policy, as far as it counts for whoever is of an account.
    pub(super) fn policy_for(
        &self,
        connection: &Connection,
        account: u64,
    ) -> rusqlite::Result<Option<String>> {
        let policy = self.document(connection, "policy")?;
        if account == self.account {
            return Ok(policy);
        }
        let block = self.value(connection, "publicAccessBlock")?;
        Ok(policy.filter(|policy| !is_restricted(policy, block.as_ref())))
    }

    /// Configures something of it, or nothing any more.
    pub(super) fn configure(
        &self,
        connection: &Connection,
        kind: &str,
        body: Option<&str>,
    ) -> rusqlite::Result<()> {
        match body {
            Some(body) => connection
                .prepare_cached("INSERT OR REPLACE INTO document VALUES (?1, ?2, ?3)")?
                .execute(params![self.id, kind, body]),
            None => connection
                .prepare_cached("DELETE FROM document WHERE bucket = ?1 AND kind = ?2")?
                .execute(params![self.id, kind]),
        }
        .map(drop)
    }
}
