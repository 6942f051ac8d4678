//! Objects as they are listed: by prefix, those behind a delimiter as one.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, params};
use wire::ApiError;
use wire::s3::input::{ListObjects, ListObjectsV2};
use wire::s3::output::{CommonPrefix, ListObjectsOutput, ListObjectsV2Output, Object, Owner};

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::s3::event::canonical_id;
use crate::s3::refusal::argument;
use crate::s3::service::S3;
use crate::s3::stored::{Bucket, Owner as Expected};
use crate::s3::version::{COLUMNS, Version, version};

/// Keys of an answer.
pub(super) const MOST: i32 = 1000;
/// Rows that are read at a time.
const ROWS: usize = 1000;

/// How keys are listed.
pub(super) struct Listing {
    pub(super) prefix: String,
    pub(super) delimiter: String,
    pub(super) most: usize,
}

/// Where something belongs in a list.
pub(super) enum Entry {
    /// By itself.
    Own,
    /// To all that begin so.
    Within(String),
}

impl Listing {
    /// From what requests say.
    ///
    /// # Errors
    /// When fewer than none are asked for.
    pub(super) fn new(
        prefix: Option<String>,
        delimiter: Option<String>,
        (name, most): (&str, Option<i32>),
    ) -> Result<Listing, ApiError> {
        let most = most.unwrap_or(MOST);
        let Ok(count) = usize::try_from(most.min(MOST)) else {
            let message = format!("Argument {name} must be an integer between 0 and 2147483647");
            return Err(argument(name, &most.to_string(), message));
        };
        let [prefix, delimiter] = [prefix, delimiter].map(Option::unwrap_or_default);
        Ok(Listing { prefix, delimiter, most: count })
    }

    /// Where a key belongs that begins with the prefix.
    pub(super) fn entry(&self, key: &str) -> Entry {
        let rest = &key[self.prefix.len()..];
        match rest.find(&self.delimiter).filter(|_| !self.delimiter.is_empty()) {
            Some(at) => {
                let end = self.prefix.len() + at + self.delimiter.len();
                Entry::Within(key[..end].to_owned())
            }
            None => Entry::Own,
        }
    }
}

/// A text behind all that begin so, but what has the very last character there is.
pub(super) fn behind(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// How texts of answers are spelled: as they are, or as URLs have them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling(bool);

impl Spelling {
    pub(super) fn of(encoding: Option<&str>) -> Spelling {
        Spelling(encoding == Some("url"))
    }

    pub(super) fn spell(self, text: &str) -> String {
        if !self.0 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for byte in text.bytes() {
            match byte {
                b'-' | b'.' | b'_' | b'*' | b'/' => out.push(char::from(byte)),
                b' ' => out.push('+'),
                byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
                byte => out += &format!("%{byte:02X}"),
            }
        }
        out
    }
}

/// A part of a list.
#[derive(Debug, Default)]
struct Listed {
    objects: Vec<Version>,
    prefixes: Vec<String>,
    /// The last that is in it, where more follow.
    last: Option<String>,
}

/// The objects behind a key.
fn list(
    connection: &Connection,
    bucket: &Bucket,
    listing: &Listing,
    after: &str,
) -> rusqlite::Result<Listed> {
    let mut listed = Listed::default();
    if listing.most == 0 {
        return Ok(listed);
    }
    let sql = format!(
        "{COLUMNS} WHERE bucket = ?1 AND is_latest = 1 AND is_marker = 0 AND key > ?2 AND key >= ?3
         ORDER BY key LIMIT ?4"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut from = after.to_owned();
    let mut last = String::new();
    // What is behind a delimiter is passed over whole, and a page may begin amid it.
    if let Some(rest) = after.strip_prefix(listing.prefix.as_str())
        && let Entry::Within(prefix) = listing.entry(&format!("{}{rest}", listing.prefix))
        && prefix == after
    {
        from = behind(&prefix);
    }
    loop {
        let limit = i64::try_from(ROWS.min(listing.most + 1)).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![bucket.id, from, listing.prefix, limit], version)?;
        let rows = rows.collect::<rusqlite::Result<Vec<Version>>>()?;
        let is_end = rows.len() < ROWS.min(listing.most + 1);
        let mut has_passed = false;
        for row in rows {
            if !row.key.starts_with(&listing.prefix) {
                return Ok(listed);
            }
            let entry = listing.entry(&row.key);
            from.clone_from(&row.key);
            if let Entry::Within(prefix) = &entry
                && listed.prefixes.last() == Some(prefix)
            {
                continue;
            }
            if listed.objects.len() + listed.prefixes.len() == listing.most {
                listed.last = Some(last);
                return Ok(listed);
            }
            match entry {
                Entry::Own => {
                    last.clone_from(&row.key);
                    listed.objects.push(row);
                }
                Entry::Within(prefix) => {
                    last.clone_from(&prefix);
                    from = behind(&prefix);
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

fn object(version: Version, spelling: Spelling, owner: Option<&Owner>) -> Object {
    let etag = version.quoted_etag();
    let Version { key, size, modified, checksum, .. } = version;
    let (algorithm, kind) = checksum.map(|sum| (vec![sum.algorithm], sum.kind)).unzip();
    Object {
        key: Some(spelling.spell(&key)),
        last_modified: Some(modified),
        e_tag: Some(etag),
        checksum_algorithm: algorithm,
        checksum_type: kind,
        size: Some(size.cast_signed()),
        storage_class: Some("STANDARD".to_owned()),
        owner: owner.cloned(),
        restore_status: None,
    }
}

/// The owner of what is listed.
pub(super) fn owner(bucket: &Bucket) -> Owner {
    Owner { id: Some(canonical_id(bucket.account)), ..Owner::default() }
}

/// Prefixes as answers have them; none where there are none.
pub(super) fn common(prefixes: &[String], spelling: Spelling) -> Option<Vec<CommonPrefix>> {
    let told = |prefix: &String| CommonPrefix { prefix: Some(spelling.spell(prefix)) };
    Some(prefixes.iter().map(told).collect()).filter(|all: &Vec<_>| !all.is_empty())
}

/// A list that is looked up.
async fn look(
    s3: &S3,
    bucket: String,
    expected: Expected,
    listing: Listing,
    after: String,
) -> Result<(Bucket, Listing, Listed), Failure> {
    s3.work(move |connection| {
        let found = Bucket::find(connection, &bucket, &expected)?;
        let listed = list(connection, &found, &listing, &after)?;
        Ok((found, listing, listed))
    })
    .await
}

impl Operation<S3> for ListObjects {
    type Output = ListObjectsOutput;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<ListObjectsOutput, Failure> {
        let ListObjects {
            bucket,
            delimiter,
            encoding_type,
            marker,
            max_keys,
            prefix,
            expected_bucket_owner,
        } = self;
        let spelling = Spelling::of(encoding_type.as_deref());
        let listing = Listing::new(prefix, delimiter.clone(), ("max-keys", max_keys))?;
        let after = marker.unwrap_or_default();
        let looked = look(s3, bucket, expected_bucket_owner, listing, after.clone());
        let (bucket, listing, listed) = looked.await?;
        let owner = owner(&bucket);
        let is_truncated = listed.last.is_some();
        // Without a delimiter the last key is what follows from the list itself.
        let next = listed.last.filter(|_| delimiter.is_some());
        Ok(ListObjectsOutput {
            is_truncated: Some(is_truncated),
            marker: Some(spelling.spell(&after)),
            next_marker: next.map(|next| spelling.spell(&next)),
            common_prefixes: common(&listed.prefixes, spelling),
            contents: Some(
                listed.objects.into_iter().map(|it| object(it, spelling, Some(&owner))).collect(),
            ),
            name: Some(bucket.name),
            prefix: Some(spelling.spell(&listing.prefix)),
            delimiter: delimiter.map(|delimiter| spelling.spell(&delimiter)),
            max_keys: Some(max_keys.unwrap_or(MOST)),
            encoding_type,
            request_charged: None,
        })
    }
}

impl Operation<S3> for ListObjectsV2 {
    type Output = ListObjectsV2Output;

    async fn run(self, s3: &Arc<S3>, _: &Context<'_>) -> Result<ListObjectsV2Output, Failure> {
        let ListObjectsV2 {
            bucket,
            delimiter,
            encoding_type,
            max_keys,
            prefix,
            continuation_token,
            fetch_owner,
            start_after,
            expected_bucket_owner,
        } = self;
        let spelling = Spelling::of(encoding_type.as_deref());
        let listing = Listing::new(prefix, delimiter.clone(), ("max-keys", max_keys))?;
        let after = match &continuation_token {
            None => start_after.clone().unwrap_or_default(),
            Some(token) => {
                let decoded = STANDARD.decode(token).ok();
                let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
                let message = "The continuation token provided is incorrect";
                decoded.ok_or_else(|| argument("continuation-token", token, message))?
            }
        };
        let looked = look(s3, bucket, expected_bucket_owner, listing, after);
        let (bucket, listing, listed) = looked.await?;
        let owner = (fetch_owner == Some(true)).then(|| owner(&bucket));
        let count = listed.objects.len() + listed.prefixes.len();
        Ok(ListObjectsV2Output {
            is_truncated: Some(listed.last.is_some()),
            common_prefixes: common(&listed.prefixes, spelling),
            contents: Some(
                listed.objects.into_iter().map(|it| object(it, spelling, owner.as_ref())).collect(),
            )
            .filter(|all: &Vec<_>| !all.is_empty()),
            name: Some(bucket.name),
            prefix: Some(spelling.spell(&listing.prefix)),
            delimiter: delimiter.map(|delimiter| spelling.spell(&delimiter)),
            max_keys: Some(max_keys.unwrap_or(MOST)),
            encoding_type,
            key_count: i32::try_from(count).ok(),
            continuation_token,
            next_continuation_token: listed.last.map(|last| STANDARD.encode(last)),
            start_after: start_after.map(|after| spelling.spell(&after)),
            request_charged: None,
        })
    }
}
