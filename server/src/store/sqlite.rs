//! Rows in one SQLite file, which survives crashes and which any tool can read.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use engine::id::RequestId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::directory::{Directory, private_file};
use super::error::{CommitError, StoreError, is_full};
use super::format::{self, FORMAT};
use super::reserve::Reserve;
use super::row::{EventReader, Row, RowChange, RowKey, Store};

/// Pages of the write-ahead log that are kept as room for the next ones, in bytes.
const LOG_KEPT: i64 = 4 << 20;
/// Pages that lie free before some are given back to the disk, and how many at a time.
const FREE_PAGES: i64 = 1024;
const GIVEN_BACK: i64 = 256;

/// Where the index of a database's log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Index {
    /// In a file beside it, so that other programs may read the database.
    Beside,
    /// In memory, where the disk has no room for that file: the database is this server's alone.
    InMemory,
}

impl Index {
    /// Opens a file that is there.
    pub(crate) fn open(self, file: &Path) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        match self {
            Index::Beside => Connection::open_with_flags(file, flags),
            Index::InMemory => Connection::open_with_flags_and_vfs(file, flags, c"unix-excl"),
        }
    }
}

/// An open database.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    index: Index,
    file: PathBuf,
    /// Device and inode of the file when it was opened.
    identity: (u64, u64),
    reserve: Reserve,
}

impl Sqlite {
    /// Opens the database of a state directory, in whatever earlier format it is.
    ///
    /// # Errors
    /// When it cannot be used, or is of a later format.
    pub(crate) fn open(directory: &Directory) -> Result<Sqlite, StoreError> {
        let file = directory.database();
        let mut reserve = Reserve::new(directory.file("reserve"));
        let is_full = |opened: &Result<_, StoreError>| matches!(opened, Err(StoreError::Database { why, .. }) if is_full(why));
        // A file that is merely opened takes some room: the index of its log.
        let mut index = Index::Beside;
        let mut opened = connect(&file, index, directory);
        if is_full(&opened) && reserve.release() {
            opened = connect(&file, index, directory);
        }
        if is_full(&opened) {
            index = Index::InMemory;
            opened = connect(&file, index, directory);
        }
        let connection = opened?;
        let identity =
            identity(&file).map_err(|why| StoreError::Directory { path: file.clone(), why })?;
        Ok(Sqlite { connection, index, file, identity, reserve })
    }

    fn failed(&self, why: rusqlite::Error) -> StoreError {
        StoreError::Database { file: self.file.clone(), why }
    }

    fn write(&mut self, changes: &[RowChange]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut put = transaction
                .prepare_cached("INSERT OR REPLACE INTO record VALUES (?1, ?2, ?3, ?4)")?;
            let mut delete =
                transaction.prepare_cached("DELETE FROM record WHERE kind = ?1 AND id = ?2")?;
            // An attempt changes an event's record, never its bytes.
            let mut hold =
                transaction.prepare_cached("INSERT OR IGNORE INTO payload VALUES (?1, ?2)")?;
            let mut release = transaction.prepare_cached("DELETE FROM payload WHERE id = ?1")?;
            for change in changes {
                match change {
                    RowChange::Put(Row { key, version, body }) => {
                        put.execute(params![key.kind, key.id, version, body])?
                    }
                    RowChange::Delete(key) => delete.execute(params![key.kind, key.id])?,
                    RowChange::Hold(event, bytes) => {
                        hold.execute(params![event.to_string(), &bytes[..]])?
                    }
                    RowChange::Release(event) => release.execute([event.to_string()])?,
                };
            }
        }
        transaction.commit()
    }

    /// Whether the file is still the one that everybody else would open.
    fn look(&self) -> Result<(), CommitError> {
        match identity(&self.file) {
            Ok(found) if found == self.identity => Ok(()),
            _ => Err(CommitError::Gone { file: self.file.clone() }),
        }
    }

    /// Gives some pages back to the disk that large events have left; returns whether more are
    /// free.
    fn shrink(&self) -> rusqlite::Result<bool> {
        let free: i64 =
            self.connection.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
        if free <= FREE_PAGES {
            return Ok(false);
        }
        give_back(&self.connection, GIVEN_BACK)?;
        let left: i64 =
            self.connection.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
        // A file that was never vacuumed cannot give any back.
        let goes_on = FREE_PAGES < left && left < free;
        if !goes_on {
            // The file ends earlier once what is in its log was moved into it.
            self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        }
        Ok(goes_on)
    }
}

impl Store for Sqlite {
    fn load(&mut self) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT kind, id, version, body FROM record ORDER BY kind, id";
        let mut statement = self.connection.prepare(sql).map_err(|why| self.failed(why))?;
        let mut found = statement.query([]).map_err(|why| self.failed(why))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(|why| self.failed(why))? {
            let text = |at| row.get_ref(at).map(shown).unwrap_or_default();
            let damaged = |why: &dyn ToString| StoreError::Damaged {
                file: self.file.clone(),
                kind: text(0),
                id: text(1),
                why: why.to_string(),
            };
            let read = || -> rusqlite::Result<Row> {
                let key = RowKey { kind: row.get(0)?, id: row.get(1)? };
                Ok(Row { key, version: row.get(2)?, body: row.get(3)? })
            };
            rows.push(read().map_err(|why| damaged(&why))?);
        }
        Ok(rows)
    }

    fn reader(&self) -> Box<dyn EventReader> {
        Box::new(SqliteReader { file: self.file.clone(), index: self.index, connection: None })
    }

    fn commit(&mut self, changes: &[RowChange]) -> Result<(), CommitError> {
        self.look()?;
        let first = self.write(changes).map_err(CommitError::from);
        match first {
            Err(CommitError::Full) if self.reserve.release() => self.write(changes)?,
            other => other?,
        }
        Ok(())
    }

    fn tidy(&mut self) -> bool {
        // Nothing depends on it, and the next commit is followed by it again.
        self.shrink().unwrap_or_else(|why| {
            tracing::debug!(%why, "pages are not given back");
            false
        })
    }

    fn probe(&mut self) -> Result<(), CommitError> {
        self.look()?;
        self.reserve.hold()
    }
}

/// A connection of its own, which whoever commits need not wait for; opened when it is needed.
struct SqliteReader {
    file: PathBuf,
    index: Index,
    connection: Option<Connection>,
}

impl SqliteReader {
    fn connection(&mut self) -> rusqlite::Result<&Connection> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.index.open(&self.file)?,
        };
        Ok(self.connection.insert(connection))
    }
}

impl EventReader for SqliteReader {
    fn read(&mut self, event: RequestId) -> Result<Option<Bytes>, StoreError> {
        let read = self.connection().and_then(|connection| {
            let sql = "SELECT bytes FROM payload WHERE id = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_row([event.to_string()], |row| row.get::<_, Vec<u8>>(0)).optional()
        });
        let found = read.map_err(|why| StoreError::Database { file: self.file.clone(), why })?;
        Ok(found.map(Bytes::from))
    }
}

/// A value of a damaged row, as far as it can be shown.
fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
    }
}

/// Has a file be able to give pages back. Where it is already, that is not set again, which takes
/// room on the disk.
pub(crate) fn shrinks(connection: &Connection) -> rusqlite::Result<()> {
    const INCREMENTAL: i64 = 2;
    let found: i64 = connection.pragma_query_value(None, "auto_vacuum", |row| row.get(0))?;
    match found {
        INCREMENTAL => Ok(()),
        _ => connection.pragma_update(None, "auto_vacuum", INCREMENTAL),
    }
}

/// Gives so many free pages of a file back to the disk.
pub(crate) fn give_back(connection: &Connection, pages: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
    // Each step gives one back, and is told as a row without columns.
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

fn identity(file: &Path) -> std::io::Result<(u64, u64)> {
    let found = fs::metadata(file)?;
    Ok((found.dev(), found.ino()))
}

/// Opens the file and brings it to this format.
fn connect(file: &Path, index: Index, directory: &Directory) -> Result<Connection, StoreError> {
    let failed = |why| StoreError::Database { file: file.to_owned(), why };
    // Made here, so that it is its owner's alone; SQLite gives its other files the same mode.
    private_file(file).map_err(|why| StoreError::Directory { path: file.to_owned(), why })?;
    let mut connection = index.open(file).map_err(failed)?;
    let found = prepare(&connection).map_err(failed)?;
    if found > FORMAT {
        return Err(StoreError::Format { file: file.to_owned(), found, known: FORMAT });
    }
    if found < FORMAT {
        format::upgrade(&mut connection, file)?;
    }
    format::take_accounts(&mut connection, &directory.file("iam.db"))?;
    Ok(connection)
}

/// Sets how the file is written; returns its format.
fn prepare(connection: &Connection) -> rusqlite::Result<i32> {
    // Takes effect in a file without tables; in others with the next `VACUUM`.
    shrinks(connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "journal_size_limit", LOG_KEPT)?;
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
