//! The tables of an account in a region: one file, opened when it is first needed.

use std::collections::BTreeSet;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dynoxide::Database;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::bell::Bells;
use crate::dynamodb::demand::{self, Known};
use crate::dynamodb::question;
use crate::dynamodb::stream::schema;
use crate::dynamodb::stream::stored::Stream;
use crate::dynamodb::stream::watch::Watch;
use crate::failure::Failure;
use crate::operation::Scope;
use crate::store::{StoreError, has_room, private};

/// Bytes that all files of a directory may have, and files that it may have.
const LIMIT: u64 = 4 << 30;
const FILES: usize = 64;
/// The longest name of a region that a file is named after.
const LONGEST_REGION: usize = 32;

/// The tables of an account in a region.
pub(in crate::dynamodb) struct Tables {
    pub(in crate::dynamodb) scope: Scope,
    pub(in crate::dynamodb) database: Database,
    /// For what dynoxide does not tell, in the same file.
    side: Mutex<Side>,
    /// Rung when a stream has new records, or has ended, by its ARN.
    bells: Arc<Bells<String>>,
    directory: PathBuf,
    /// Whether items that expire are looked for.
    pub(in crate::dynamodb) is_swept: AtomicBool,
}

/// The connection beside dynoxide's own, and how far streams were looked at by it.
pub(in crate::dynamodb) struct Side {
    pub(in crate::dynamodb) connection: Connection,
    watch: Watch,
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl Tables {
    /// Opens the file of a scope, or makes it.
    pub(in crate::dynamodb) fn open(
        directory: &Path,
        scope: &Scope,
        bells: Arc<Bells<String>>,
    ) -> Result<Tables, Failure> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |why| StoreError::File { path, why }
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(failed(directory))?;
        let path = directory.join(file_name(scope));
        if !path.exists() && (files(directory)?.count() >= FILES || !has_room(directory)) {
            return Err(StoreError::Full.into());
        }
        private(&path).map_err(failed(&path))?;
        let side = Connection::open(&path)?;
        // It has an effect on a new file alone, before the first table is made.
        side.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        side.pragma_update(None, "journal_mode", "WAL")?;
        side.pragma_update(None, "synchronous", "NORMAL")?;
        side.busy_timeout(std::time::Duration::from_secs(10))?;
        let broken = |why: dynoxide::DynoxideError| {
            StoreError::Database(rusqlite::Error::ToSqlConversionFailure(why.to_string().into()))
        };
        let database = Database::new(&path.to_string_lossy()).map_err(broken)?;
        // Despite its name: what is written is the kernel's at once, so that the end of this process
        // loses nothing, and on the disk with the next checkpoint; its cache has 2 MB.
        database.disable_bulk_loading().map_err(broken)?;
        schema::install(&side)?;
        Ok(Tables {
            scope: scope.clone(),
            database,
            side: Mutex::new(Side { connection: side, watch: Watch::default() }),
            bells,
            directory: directory.to_owned(),
            is_swept: AtomicBool::new(false),
        })
    }

    /// The connection beside dynoxide's own.
    pub(in crate::dynamodb) fn side(&self) -> MutexGuard<'_, Side> {
        // What is done under the lock is a transaction, or none.
        self.side.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses what may need more room where there is none.
    pub(in crate::dynamodb) fn expect_room(&self) -> Result<(), StoreError> {
        if has_room(&self.directory) && size(&self.directory)? < LIMIT {
            return Ok(());
        }
        // What was deleted leaves pages free, which are given back at need alone.
        {
            let side = &self.side().connection;
            let mut statement = side.prepare("PRAGMA incremental_vacuum")?;
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
        }
        self.shorten_log()?;
        let has_some = has_room(&self.directory) && size(&self.directory)? < LIMIT;
        if has_some { Ok(()) } else { Err(StoreError::Full) }
    }

    /// What policies look at of those tables that are there.
    pub(in crate::dynamodb) fn known(&self, names: &BTreeSet<String>) -> demand::Tables {
        let known = |name: &String| Some((name.clone(), self.known_of(name)?));
        names.iter().filter_map(known).collect()
    }

    fn known_of(&self, name: &str) -> Option<Known> {
        let asked = json!({"TableName": name});
        let asked = question::read("DescribeTable", &asked).ok()?;
        let told = serde_json::to_value(self.database.describe_table(asked).ok()?).ok()?;
        let table = &told["Table"];
        let first = |of: &Value| {
            let is_first = |key: &&Value| key["KeyType"] == "HASH";
            let key = of["KeySchema"].as_array()?.iter().find(is_first)?;
            key["AttributeName"].as_str().map(str::to_owned)
        };
        let indexes = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"];
        let indexes = indexes.iter().flat_map(|kind| table[*kind].as_array().into_iter().flatten());
        let firsts = indexes
            .filter_map(|index| Some((index["IndexName"].as_str()?.to_owned(), first(index)?)));
        let asked = json!({"ResourceArn": table["TableArn"]});
        let asked = question::read("ListTagsOfResource", &asked).ok();
        let tags = asked.and_then(|asked| self.database.list_tags_of_resource(asked).ok());
        let tags = tags.and_then(|tags| serde_json::to_value(tags).ok()).unwrap_or_default();
        let tags = tags["Tags"].as_array().into_iter().flatten().filter_map(|tag| {
            Some((tag["Key"].as_str()?.to_owned(), tag["Value"].as_str()?.to_owned()))
        });
        Some(Known { first: first(table)?, firsts: firsts.collect(), tags: tags.collect() })
    }

    /// Moves what is in SQLite's log into the file, and gives its room back.
    pub(in crate::dynamodb) fn shorten_log(&self) -> Result<(), StoreError> {
        let side = &self.side().connection;
        Ok(side.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Whether items of some table may expire.
    pub(in crate::dynamodb) fn has_expiring(&self) -> rusqlite::Result<bool> {
        let side = &self.side().connection;
        side.prepare_cached("SELECT 1 FROM _tables WHERE ttl_enabled = 1")?.exists([])
    }

    /// Lets records of streams go that are too old.
    pub(in crate::dynamodb) fn trim(&self) -> Result<(), Failure> {
        let Side { connection, watch } = &mut *self.side();
        Ok(watch.trim(connection, crate::time::now())?)
    }

    /// Something was written: wakes whoever waits for records of it.
    pub(in crate::dynamodb) fn written(&self) {
        let news = || -> rusqlite::Result<Vec<String>> {
            let Side { connection, watch } = &mut *self.side();
            watch.trim_at_times(connection, crate::time::now())?;
            if !self.bells.are_heard() {
                return Ok(Vec::new());
            }
            let mut arns = Vec::new();
            for id in watch.news(connection)? {
                arns.extend(Stream::numbered(connection, id)?.map(|it| it.arn(&self.scope)));
            }
            Ok(arns)
        };
        match news() {
            Ok(arns) => arns.iter().for_each(|arn| self.bells.ring(arn)),
            // Who waits asks again after a while.
            Err(why) => tracing::warn!(%why, "records of streams are not looked at"),
        }
    }

    /// A table's stream may have ended: wakes whoever waits for records of it.
    pub(in crate::dynamodb) fn ended(&self, table: &str) {
        let latest = Stream::latest(&self.side().connection, table);
        if let Ok(Some(stream)) = latest {
            self.bells.ring(&stream.arn(&self.scope));
        }
    }
}

const PREFIX: &str = "dynamodb-";

fn file_name(scope: &Scope) -> String {
    let is_plain = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
    let region: String = scope.region.chars().filter(is_plain).take(LONGEST_REGION).collect();
    format!("{PREFIX}{:012}-{region}.db", scope.account)
}

/// The files of all scopes, with their logs.
fn files(directory: &Path) -> Result<impl Iterator<Item = std::fs::DirEntry>, StoreError> {
    let failed = |why| StoreError::File { path: directory.to_owned(), why };
    let is_ours = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(PREFIX);
    let entries = std::fs::read_dir(directory).map_err(failed)?;
    Ok(entries.filter_map(Result::ok).filter(move |entry| is_ours(&entry.file_name())))
}

fn size(directory: &Path) -> Result<u64, StoreError> {
    Ok(files(directory)?.filter_map(|entry| entry.metadata().ok()).map(|it| it.len()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_scope_whatever_its_region_is_called() {
        let scope = |region: &str| Scope { account: 7, region: region.to_owned() };
        assert_eq!(file_name(&scope("eu-west-1")), "dynamodb-000000000007-eu-west-1.db");
        assert_eq!(file_name(&scope("../../X")), "dynamodb-000000000007-.db");
    }
}
