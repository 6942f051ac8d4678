//! Rows read as records of this server, through all versions since they were written, and records
//! spelled as rows.

use std::path::Path;

use engine::record::{self, Change, Key, Migrate, Record};

use super::error::StoreError;
use super::row::{NewEvents, Row, RowChange, RowKey};
use crate::iam::record::{Account, Accounts};
use crate::iam::session::Seal;

/// The kind of what IAM stores.
const ACCOUNT: &str = "account";
/// The kind of what temporary keys are sealed with, of which there is one.
const SEAL: &str = "seal";
const SESSIONS: &str = "sessions";

/// What rows say.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) records: Vec<Record>,
    pub(super) accounts: Accounts,
    /// What brings rows of earlier versions up to this one.
    pub(super) upgrades: Vec<RowChange>,
}

/// Reads all rows of a store; `file` is where they are, for people.
///
/// # Errors
/// When one of them is damaged, or of a later version.
pub(super) fn read(rows: Vec<Row>, file: &Path) -> Result<Read, StoreError> {
    let mut read = Read::default();
    for row in rows {
        read.take(&row).map_err(|bad| bad.of(row, file))?;
    }
    Ok(read)
}

/// What is wrong with a row.
enum BadRow {
    Unknown,
    Damaged(String),
}

impl BadRow {
    fn of(self, row: Row, file: &Path) -> StoreError {
        let (file, RowKey { kind, id }) = (file.to_owned(), row.key);
        match self {
            BadRow::Unknown => StoreError::Version { file, kind, id, version: row.version },
            BadRow::Damaged(why) => StoreError::Damaged { file, kind, id, why },
        }
    }
}

impl From<serde_json::Error> for BadRow {
    fn from(why: serde_json::Error) -> BadRow {
        BadRow::Damaged(why.to_string())
    }
}

impl Read {
    fn take(&mut self, row: &Row) -> Result<(), BadRow> {
        let mut beside = Vec::new();
        if row.key.kind == ACCOUNT {
            let id = row.key.id.parse();
            let id = id.map_err(|_| BadRow::Damaged("its id is not an account's".into()))?;
            let account = parse(row, |body| record::read(row.version, body, &mut beside))?;
            if row.version < Account::VERSION {
                self.upgrades.push(RowChange::Put(account_row(id, &account)));
            }
            self.accounts.by_number.insert(id, account);
        } else if row.key == seal_key() {
            let seal = parse(row, |body| record::read(row.version, body, &mut beside))?;
            self.accounts.seal = Some(seal);
        } else {
            let read =
                parse(row, |body| Record::read(&row.key.kind, row.version, body, &mut beside))?;
            if row_key(read.key()) != row.key {
                return Err(BadRow::Damaged("it is stored under another id than its own".into()));
            }
            if row.version < read.version() {
                self.upgrades.push(RowChange::Put(record_row(&read)));
            }
            self.records.push(read);
        }
        // Stored together with what they came out of, so that they come out of it once.
        self.upgrades.extend(beside.iter().map(|each| RowChange::Put(record_row(each))));
        self.records.append(&mut beside);
        Ok(())
    }
}

/// Parses the body of a row, all of it.
fn parse<T>(
    row: &Row,
    read: impl FnOnce(
        &mut serde_json::Deserializer<serde_json::de::StrRead<'_>>,
    ) -> Result<Option<T>, serde_json::Error>,
) -> Result<T, BadRow> {
    let mut body = serde_json::Deserializer::from_str(&row.body);
    let found = read(&mut body)?.ok_or(BadRow::Unknown)?;
    body.end()?;
    Ok(found)
}

/// What IAM stores of an account, as a row.
pub(crate) fn account_row(id: u64, account: &Account) -> Row {
    let key = RowKey { kind: ACCOUNT.to_owned(), id: format!("{id:012}") };
    let body = serde_json::to_string(account).expect("an account is plain data");
    Row { key, version: Account::VERSION, body }
}

fn seal_key() -> RowKey {
    RowKey { kind: SEAL.to_owned(), id: SESSIONS.to_owned() }
}

/// What temporary keys are sealed with, as a row.
pub(crate) fn seal_row(seal: &Seal) -> Row {
    let body = serde_json::to_string(seal).expect("a seal is plain data");
    Row { key: seal_key(), version: Seal::VERSION, body }
}

/// Adds what the engine has decided to changes of rows: the bytes of events with them.
pub(crate) fn row_changes(changes: Vec<Change>, payloads: NewEvents, into: &mut Vec<RowChange>) {
    into.extend(payloads.into_iter().map(|(event, bytes)| RowChange::Hold(event, bytes)));
    for change in changes {
        match change {
            Change::Put(record) => into.push(RowChange::Put(record_row(&record))),
            Change::Delete(key) => {
                into.push(RowChange::Delete(row_key(key)));
                if let Key::Event(event) = key {
                    into.push(RowChange::Release(event));
                }
            }
        }
    }
}

pub(super) fn record_row(stored: &Record) -> Row {
    let body = serde_json::to_string(stored).expect("records are plain data");
    Row { key: row_key(stored.key()), version: stored.version(), body }
}

fn row_key(key: Key) -> RowKey {
    RowKey { kind: key.kind().to_owned(), id: key.to_string() }
}
