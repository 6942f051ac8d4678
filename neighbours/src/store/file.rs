//! The file of a store: made its owner's alone, brought to the present format, bounded in bytes.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::error::StoreError;
use super::reserve::free;

/// What a file is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schema {
    /// The file's name in its directory.
    pub(crate) file: &'static str,
    /// SQL that leads from each format to the next, from an empty file on. What was released stays.
    pub(crate) steps: &'static [&'static str],
    /// Bytes that the file may have.
    pub(crate) limit: u64,
}

/// Bytes of the disk that are left to others.
const FLOOR: u64 = 16 << 20;
/// Bytes of the write-ahead log that are kept as room for what comes next.
const LOG_KEPT: i64 = 4 << 20;
/// Pages that lie free before some are given back to the disk, and how many at a time.
const FREE_PAGES: i64 = 1024;
const GIVEN_BACK: i64 = 256;
/// Statements that are kept prepared.
const STATEMENTS: usize = 64;

/// Opens a file, or makes it.
pub(super) fn open(directory: &Path, schema: &Schema) -> Result<Connection, StoreError> {
    let path = directory.join(schema.file);
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |why| StoreError::File { path, why }
    };
    DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(failed(directory))?;
    // Made here, so that it is its owner's alone; SQLite gives its other files the same mode.
    private(&path).map_err(failed(&path))?;
    let mut connection = Connection::open(&path)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // What is written is the kernel's at once, so that the end of this process loses nothing; it is on
    // the disk with the next checkpoint.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
    let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let pages = i64::try_from(schema.limit / page).unwrap_or(i64::MAX);
    connection.pragma_update(None, "max_page_count", pages)?;
    upgrade(&mut connection, schema, path)?;
    Ok(connection)
}

/// Makes a file, its owner's alone.
pub(crate) fn private(path: &Path) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).mode(0o600).open(path).map(drop)
}

fn upgrade(connection: &mut Connection, schema: &Schema, path: PathBuf) -> Result<(), StoreError> {
    let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i32::try_from(schema.steps.len()).unwrap_or(i32::MAX);
    let Some(steps) = usize::try_from(found).ok().and_then(|done| schema.steps.get(done..)) else {
        return Err(StoreError::Format { path, found, known });
    };
    let transaction = connection.transaction()?;
    steps.iter().try_for_each(|step| transaction.execute_batch(step))?;
    transaction.pragma_update(None, "user_version", known)?;
    Ok(transaction.commit()?)
}

/// Whether the disk has room for more.
pub(crate) fn has_room(directory: &Path) -> bool {
    // A file system that tells nothing is found out by writing.
    free(directory).is_ok_and(|bytes| bytes >= FLOOR)
}

/// Whether the file may have more pages than a few.
pub(super) fn has_pages(connection: &Connection) -> rusqlite::Result<bool> {
    let ask = |name: &str| -> rusqlite::Result<i64> {
        connection.prepare_cached(&format!("PRAGMA {name}"))?.query_row([], |row| row.get(0))
    };
    let (most, have) = (ask("max_page_count")?, ask("page_count")?);
    Ok(have < most - FREE_PAGES || ask("freelist_count")? > FREE_PAGES)
}

/// Gives some pages back to the disk that what went has left; returns whether more are free.
pub(super) fn shrink(connection: &Connection) -> rusqlite::Result<bool> {
    let free = || connection.pragma_query_value(None, "freelist_count", |row| row.get::<_, i64>(0));
    let before = free()?;
    if before <= FREE_PAGES {
        return Ok(false);
    }
    {
        let mut statement =
            connection.prepare(&format!("PRAGMA incremental_vacuum({GIVEN_BACK})"))?;
        // Each step gives one back, and is told as a row without columns.
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
    }
    let left = free()?;
    let goes_on = FREE_PAGES < left && left < before;
    if !goes_on {
        // The file ends earlier once what is in its log was moved into it.
        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    }
    Ok(goes_on)
}
