//! Versions of objects as they are listed, the newest of each key first, delete markers among them.

use std::sync::Arc;

use rusqlite::{Connection, params};
use wire::s3::input::ListObjectVersions;
use wire::s3::output::{DeleteMarkerEntry, ListObjectVersionsOutput, ObjectVersion, Owner};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::operations::list::{Entry, Listing, MOST, Spelling, behind, common, owner};
use crate::s3::refusal::argument;
use crate::s3::service::S3;
use crate::s3::stored::Bucket;
use crate::s3::version::{COLUMNS, Version, version};

/// Rows that are read at a time.
const ROWS: usize = 1000;

/// A part of a list.
#[derive(Debug, Default)]
struct Listed {
    versions: Vec<Version>,
    prefixes: Vec<String>,
    /// The key of the last that is in it, and its version, where more follow.
    last: Option<(String, Option<String>)>,
}

/// From where on it is listed: behind a key, or behind a version of it.
struct From {
    key: String,
    /// The row of the version; versions of lower rows are older.
    row: Option<i64>,
}

fn list(
    connection: &Connection,
    bucket: &Bucket,
    listing: &Listing,
    mut from: From,
) -> rusqlite::Result<Listed> {
    let mut listed = Listed::default();
    if listing.most == 0 {
        return Ok(listed);
    }
    let sql = format!(
        "{COLUMNS} WHERE bucket = ?1 AND key >= ?2 AND (key > ?2 OR id < ?3) AND key >= ?4
         ORDER BY key, id DESC LIMIT ?5"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut last = (String::new(), None);
    loop {
        let limit = ROWS.min(listing.most + 1);
        let (row, count) = (from.row.unwrap_or(i64::MIN), i64::try_from(limit).unwrap_or(i64::MAX));
        let of = params![bucket.id, from.key, row, listing.prefix, count];
        let rows = statement.query_map(of, version)?;
        let rows = rows.collect::<rusqlite::Result<Vec<Version>>>()?;
        let is_end = rows.len() < limit;
        let mut has_passed = false;
        for row in rows {
            if !row.key.starts_with(&listing.prefix) {
                return Ok(listed);
            }
            let entry = listing.entry(&row.key);
            from = From { key: row.key.clone(), row: Some(row.id) };
            if let Entry::Within(prefix) = &entry
                && listed.prefixes.last() == Some(prefix)
            {
                continue;
            }
            if listed.versions.len() + listed.prefixes.len() == listing.most {
                listed.last = Some(last);
                return Ok(listed);
            }
            match entry {
                Entry::Own => {
                    last = (row.key.clone(), Some(row.version.clone()));
                    listed.versions.push(row);
                }
                Entry::Within(prefix) => {
                    last = (prefix.clone(), None);
                    from = From { key: behind(&prefix), row: None };
                    listed.prefixes.push(prefix);
                    has_passed = true;
                    break;
                }
            }
        }
        if is_end && !has_passed {
            return Ok(listed);
        }
    }
}

/// Where a request says that its list begins.
fn begin(
    connection: &Connection,
    bucket: &Bucket,
    listing: &Listing,
    (key, id): (&str, Option<&str>),
) -> Result<From, Failure> {
    if let Some(id) = id {
        let found = Version::named(connection, bucket, key, id)?;
        // One that is gone meanwhile is as if it had been the last of its key.
        let row = found.map_or(i64::MIN, |found| found.id);
        return Ok(From { key: key.to_owned(), row: Some(row) });
    }
    let is_prefix = key.starts_with(&listing.prefix)
        && matches!(listing.entry(key), Entry::Within(prefix) if prefix == key);
    match is_prefix {
        true => Ok(From { key: behind(key), row: None }),
        false => Ok(From { key: key.to_owned(), row: None }),
    }
}

fn object(version: Version, spelling: Spelling, owner: &Owner) -> ObjectVersion {
    let etag = version.quoted_etag();
    let Version { key, version, is_latest, size, modified, checksum, .. } = version;
    let (algorithm, kind) = checksum.map(|sum| (vec![sum.algorithm], sum.kind)).unzip();
    ObjectVersion {
        e_tag: Some(etag),
        checksum_algorithm: algorithm,
        checksum_type: kind,
        size: Some(size.cast_signed()),
        storage_class: Some("STANDARD".to_owned()),
        key: Some(spelling.spell(&key)),
        version_id: Some(version),
        is_latest: Some(is_latest),
        last_modified: Some(modified),
        owner: Some(owner.clone()),
        restore_status: None,
    }
}

fn marker(version: Version, spelling: Spelling, owner: &Owner) -> DeleteMarkerEntry {
    let Version { key, version, is_latest, modified, .. } = version;
    DeleteMarkerEntry {
        owner: Some(owner.clone()),
        key: Some(spelling.spell(&key)),
        version_id: Some(version),
        is_latest: Some(is_latest),
        last_modified: Some(modified),
    }
}

impl Operation<S3> for ListObjectVersions {
    type Output = ListObjectVersionsOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<ListObjectVersionsOutput, Failure> {
        let ListObjectVersions {
            bucket,
            delimiter,
            encoding_type,
            key_marker,
            max_keys,
            prefix,
            version_id_marker,
            expected_bucket_owner,
        } = self;
        if version_id_marker.is_some() && key_marker.is_none() {
            let message = "A version-id marker cannot be specified without a key marker.";
            return Err(argument("version-id-marker", "", message).into());
        }
        let spelling = Spelling::of(encoding_type.as_deref());
        let listing = Listing::new(prefix, delimiter.clone(), ("max-keys", max_keys))?;
        let (key, version) = (key_marker.clone().unwrap_or_default(), version_id_marker.clone());
        let looked = s3.work(move |connection| {
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            let from = begin(connection, &found, &listing, (&key, version.as_deref()))?;
            let listed = list(connection, &found, &listing, from)?;
            Ok((found, listing, listed))
        });
        let (bucket, listing, Listed { versions, prefixes, last }) = looked.await?;
        let owner = owner(&bucket);
        let (markers, versions): (Vec<_>, Vec<_>) =
            versions.into_iter().partition(|version| version.is_marker);
        let (next_key, next_version) = last.unzip();
        Ok(ListObjectVersionsOutput {
            is_truncated: Some(next_key.is_some()),
            key_marker: Some(key_marker.map(|key| spelling.spell(&key)).unwrap_or_default()),
            version_id_marker: Some(version_id_marker.unwrap_or_default()),
            next_key_marker: next_key.map(|key| spelling.spell(&key)),
            next_version_id_marker: next_version.flatten(),
            versions: Some(versions.into_iter().map(|it| object(it, spelling, &owner)).collect()),
            delete_markers: Some(
                markers.into_iter().map(|it| marker(it, spelling, &owner)).collect(),
            ),
            common_prefixes: common(&prefixes, spelling),
            name: Some(bucket.name),
            prefix: Some(spelling.spell(&listing.prefix)),
            delimiter: delimiter.map(|delimiter| spelling.spell(&delimiter)),
            max_keys: Some(max_keys.unwrap_or(MOST)),
            encoding_type,
            request_charged: None,
        })
    }
}
