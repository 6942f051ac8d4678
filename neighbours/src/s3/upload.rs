//! Uploads in parts as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use wire::checksum::Algorithm;

use super::attributes::{Attributes, Tags};
use super::refusal::no_upload;
use super::stored::Bucket;
use crate::failure::Failure;

/// An upload that is under way.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) created: i64,
    pub(super) initiator: String,
    pub(super) attributes: Attributes,
    pub(super) tags: Tags,
    pub(super) algorithm: Option<Algorithm>,
    /// `FULL_OBJECT` or `COMPOSITE`.
    pub(super) kind: Option<String>,
}

/// A part of one.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) number: i32,
    pub(super) blob: String,
    pub(super) size: u64,
    pub(super) md5: String,
    pub(super) modified: i64,
    /// Its checksums in base64, by the names of the algorithms.
    pub(super) checksums: BTreeMap<String, String>,
}

pub(super) const COLUMNS: &str =
    "SELECT id, key, created, initiator, attributes, tags, algorithm, checksum_type FROM upload";

pub(super) fn upload(row: &Row<'_>) -> rusqlite::Result<Upload> {
    let attributes: String = row.get(4)?;
    let [tags, algorithm]: [Option<String>; 2] = [row.get(5)?, row.get(6)?];
    Ok(Upload {
        id: row.get(0)?,
        key: row.get(1)?,
        created: row.get(2)?,
        initiator: row.get(3)?,
        attributes: serde_json::from_str(&attributes).unwrap_or_default(),
        tags: tags.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        algorithm: algorithm.as_deref().and_then(Algorithm::named),
        kind: row.get(7)?,
    })
}

fn part(row: &Row<'_>) -> rusqlite::Result<Part> {
    let checksums: String = row.get(5)?;
    Ok(Part {
        number: row.get(0)?,
        blob: row.get(1)?,
        size: row.get::<_, i64>(2)?.cast_unsigned(),
        md5: row.get(3)?,
        modified: row.get(4)?,
        checksums: serde_json::from_str(&checksums).unwrap_or_default(),
    })
}

impl Upload {
    /// The upload of a key that is under way.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn find(
        connection: &Connection,
        bucket: &Bucket,
        key: &str,
        id: &str,
    ) -> Result<Upload, Failure> {
        let sql = format!("{COLUMNS} WHERE id = ?1 AND bucket = ?2 AND key = ?3");
        let found = connection
            .prepare_cached(&sql)?
            .query_row(params![id, bucket.id, key], upload)
            .optional()?;
        Ok(found.ok_or_else(|| no_upload(id))?)
    }

    /// Stores it.
    pub(super) fn insert(&self, connection: &Connection, bucket: &Bucket) -> rusqlite::Result<()> {
        let stored = |text: Result<String, serde_json::Error>| text.expect("plain data");
        connection
            .prepare_cached("INSERT INTO upload VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
            .execute(params![
                self.id,
                bucket.id,
                self.key,
                self.created,
                self.initiator,
                stored(serde_json::to_string(&self.attributes)),
                stored(serde_json::to_string(&self.tags)),
                self.algorithm.map(Algorithm::name),
                self.kind,
            ])
            .map(drop)
    }

    /// Its parts, in their order, behind one.
    pub(super) fn parts(&self, connection: &Connection, after: i32) -> rusqlite::Result<Vec<Part>> {
        connection
            .prepare_cached(
                "SELECT number, blob, size, md5, modified, checksums FROM part
                 WHERE upload = ?1 AND number > ?2 ORDER BY number",
            )?
            .query_map(params![self.id, after], part)?
            .collect()
    }

    /// Adds a part, in the place of another of its number.
    pub(super) fn add(
        &self,
        connection: &Connection,
        part: &Part,
        removed: &mut Vec<String>,
    ) -> rusqlite::Result<()> {
        let known = connection
            .prepare_cached("SELECT blob FROM part WHERE upload = ?1 AND number = ?2")?
            .query_row(params![self.id, part.number], |row| row.get(0))
            .optional()?;
        removed.extend::<Option<String>>(known);
        connection
            .prepare_cached("INSERT OR REPLACE INTO part VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
            .execute(params![
                self.id,
                part.number,
                part.blob,
                part.size.cast_signed(),
                part.md5,
                part.modified,
                serde_json::to_string(&part.checksums).expect("plain data"),
            ])
            .map(drop)
    }

    /// Removes it with its parts, whose files stay.
    pub(super) fn remove(&self, connection: &Connection) -> rusqlite::Result<()> {
        for sql in ["DELETE FROM part WHERE upload = ?1", "DELETE FROM upload WHERE id = ?1"] {
            connection.prepare_cached(sql)?.execute([&self.id])?;
        }
        Ok(())
    }
}
