//! The format of the file, and how files of earlier ones are brought to it when they are opened.
//!
//! Format 1 wrote records as `{"Subnet":{…}}` without a version, and what IAM knew into a file of
//! its own. What it wrote is version 1 of each kind.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, params};

use super::error::StoreError;

/// The format of the file, in its `user_version`.
pub(super) const FORMAT: i32 = 2;

/// The tables of this format.
const TABLES: &str = "
    CREATE TABLE record (
        kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    CREATE TABLE payload (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
";

/// Brings a file without tables, or of an earlier format, to this one.
pub(super) fn upgrade(connection: &mut Connection, file: &Path) -> Result<(), StoreError> {
    let failed = |why| StoreError::Database { file: file.to_owned(), why };
    let has_records = has_table(connection, "record").map_err(failed)?;
    let transaction = connection.transaction().map_err(failed)?;
    if has_records {
        transaction
            .execute_batch(
                "ALTER TABLE record RENAME TO record_1; ALTER TABLE payload RENAME TO payload_1",
            )
            .map_err(failed)?;
    }
    transaction.execute_batch(TABLES).map_err(failed)?;
    if has_records {
        unwrap_records(&transaction, file)?;
        transaction
            .execute_batch(
                "INSERT INTO payload SELECT id, bytes FROM payload_1;
                 DROP TABLE record_1; DROP TABLE payload_1",
            )
            .map_err(failed)?;
    }
    transaction.pragma_update(None, "user_version", FORMAT).map_err(failed)?;
    transaction.commit().map_err(failed)?;
    if has_records {
        // So that pages can be given back to the disk from now on.
        connection.execute_batch("VACUUM").map_err(failed)?;
    }
    Ok(())
}

/// Takes records out of the objects that named their kinds.
fn unwrap_records(transaction: &Transaction<'_>, file: &Path) -> Result<(), StoreError> {
    let failed = |why| StoreError::Database { file: file.to_owned(), why };
    let mut select = transaction.prepare("SELECT kind, id, body FROM record_1").map_err(failed)?;
    let mut insert =
        transaction.prepare("INSERT INTO record VALUES (?1, ?2, 1, ?3)").map_err(failed)?;
    let mut rows = select.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        let (kind, id): (String, String) =
            row.get(0).and_then(|kind| Ok((kind, row.get(1)?))).map_err(failed)?;
        let body: String = row.get(2).map_err(failed)?;
        let inner = unwrap(&body).ok_or_else(|| StoreError::Damaged {
            file: file.to_owned(),
            kind: kind.clone(),
            id: id.clone(),
            why: "it does not begin with its kind".into(),
        })?;
        insert.execute(params![kind, id, inner]).map_err(failed)?;
    }
    Ok(())
}

/// The object in `{"Kind":{…}}`. Its text stays as it is: ids have more digits than the numbers of
/// most JSON readers.
fn unwrap(body: &str) -> Option<&str> {
    let (_, rest) = body.strip_prefix("{\"")?.split_once("\":")?;
    rest.strip_suffix('}').filter(|inner| inner.starts_with('{'))
}

/// Takes what IAM knew from the file of its own. The file is removed last: a crash before repeats
/// the taking, since nothing can have changed meanwhile.
pub(super) fn take_accounts(connection: &mut Connection, file: &Path) -> Result<(), StoreError> {
    if !file.exists() {
        return Ok(());
    }
    copy_accounts(connection, file)
        .map_err(|why| StoreError::Database { file: file.to_owned(), why })?;
    for ending in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        let path = PathBuf::from(path);
        if path.exists() {
            fs::remove_file(&path).map_err(|why| StoreError::Directory { path, why })?;
        }
    }
    Ok(())
}

fn copy_accounts(connection: &mut Connection, file: &Path) -> rusqlite::Result<()> {
    let accounts = Connection::open(file)?;
    if !has_table(&accounts, "account")? {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    {
        let mut select = accounts.prepare("SELECT id, body FROM account")?;
        let mut insert =
            transaction.prepare("INSERT OR REPLACE INTO record VALUES ('account', ?1, 1, ?2)")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, body): (i64, String) = (row.get(0)?, row.get(1)?);
            insert.execute(params![format!("{id:012}"), body])?;
        }
    }
    transaction.commit()
}

fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    let count: i64 = connection.query_row(sql, [name], |row| row.get(0))?;
    Ok(count > 0)
}
