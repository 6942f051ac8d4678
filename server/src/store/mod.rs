//! The store: what is to survive a crash, and the seam to where it is kept.
//!
//! A record is a [`Row`]: JSON of a kind, under an id, in a version. Whoever decides hands changes
//! to the [`Writer`], whose one thread commits what has gathered together, so that many callers
//! share one flush to the disk.

mod directory;
mod earlier;
mod error;
#[cfg(test)]
pub(crate) mod fault;
#[cfg(test)]
mod outage_tests;
mod registry;
mod reserve;
mod sqlite;
#[cfg(test)]
mod tests;
mod writer;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use engine::id::RequestId;
use engine::record::Record;

use crate::iam::Accounts;

pub use directory::write_private;
pub(crate) use directory::{Directory, private_file};
pub use error::{CommitError, StoreError};
pub(crate) use registry::{account_row, row_changes};
pub(crate) use reserve::free as free_bytes;
pub use sqlite::Sqlite;
pub(crate) use writer::Unavailable;
pub use writer::Writer;

/// The bytes of asynchronous events among some changes.
pub type Payloads = Vec<(RequestId, Bytes)>;

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What tells it from all others.
    pub key: RowKey,
    /// The version of its kind that the body is written in.
    pub version: u32,
    /// The record, in JSON.
    pub body: String,
}

/// What tells a stored record from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The kind of record, for instance `subnet`.
    pub kind: String,
    /// Which one of the kind, for instance `subnet-0123456789abcdef0`.
    pub id: String,
}

/// A change of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    /// Puts a row in the place of any other of its key.
    Put(Row),
    /// Removes a row, if it is there.
    Delete(RowKey),
    /// Puts the bytes of an event, unless they are there.
    Hold(RequestId, Bytes),
    /// Removes the bytes of an event.
    Release(RequestId),
}

/// Where rows are kept. All calls wait until they are done; one server uses a store at a time.
pub trait Store: Send {
    /// All rows, in the order of their keys.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn load(&mut self) -> Result<Vec<Row>, StoreError>;

    /// The bytes of an event.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn payload(&mut self, event: RequestId) -> Result<Option<Bytes>, StoreError>;

    /// Makes changes durable, wholly or not at all, in their order.
    ///
    /// # Errors
    /// When nothing was changed.
    fn commit(&mut self, changes: &[RowChange]) -> Result<(), CommitError>;

    /// Whether changes that are still to be decided can be expected to be committed.
    ///
    /// # Errors
    /// Why they cannot.
    fn probe(&mut self) -> Result<(), CommitError>;
}

/// A store that was read, before anything is written.
pub struct Opened {
    pub(crate) store: Box<dyn Store>,
    pub(crate) directory: Directory,
    /// What the engine resumes from.
    pub(crate) records: Vec<Record>,
    /// What IAM resumes from.
    pub accounts: Accounts,
    /// What brings rows of earlier versions up to this one.
    pub(crate) upgrades: Vec<RowChange>,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("directory", &self.directory).finish_non_exhaustive()
    }
}

impl Opened {
    /// Starts to write.
    pub(crate) fn start(self) -> Arc<Writer> {
        Writer::start(self.store, self.directory, self.upgrades)
    }
}

/// Opens the store of a state directory, and reads all that it holds.
///
/// # Errors
/// When the directory cannot be used, another server holds it, or a record cannot be read.
pub fn open(state: &Path) -> Result<Opened, StoreError> {
    let directory = Directory::open(state)?;
    let store = Sqlite::open(&directory)?;
    read(Box::new(store), directory)
}

/// Reads all that a store holds.
pub(crate) fn read(mut store: Box<dyn Store>, directory: Directory) -> Result<Opened, StoreError> {
    let rows = store.load()?;
    let read = registry::read(rows, &directory.database())?;
    let registry::Read { records, accounts, upgrades } = read;
    Ok(Opened { store, directory, records, accounts, upgrades })
}
