//! The store: what is to survive a crash, and the seam to where it is kept.
//!
//! A record is a [`Row`]: JSON of a kind, under an id, in a version. Whoever decides hands changes
//! to the [`Writer`], whose one thread commits what has gathered together, so that many callers
//! share one flush to the disk.

mod directory;
mod error;
#[cfg(test)]
pub(crate) mod fault;
mod format;
#[cfg(test)]
mod outage_tests;
mod registry;
mod reserve;
mod row;
mod sqlite;
#[cfg(test)]
mod tests;
mod writer;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use engine::record::Record;

use crate::iam::record::Accounts;

pub use directory::write_private;
pub(crate) use directory::{Directory, private_file};
pub(crate) use error::is_full;
pub use error::{CommitError, StoreError};
pub(crate) use registry::{account_row, seal_row};
pub(crate) use reserve::free as free_bytes;
pub use row::{EventReader, NewEvents, Row, RowChange, RowKey, Store};
pub use sqlite::Sqlite;
pub(crate) use sqlite::{Index, give_back, shrinks};
pub(crate) use writer::Unavailable;
pub use writer::Writer;

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
