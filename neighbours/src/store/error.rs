//! Why a store cannot be read or written.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why a store cannot be read or written. What was asked for has not happened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be made.
    #[error("{} cannot be used: {why}", path.display())]
    File {
        /// The file or its directory.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// SQLite cannot do it.
    #[error("the database cannot be used: {0}")]
    Database(rusqlite::Error),
    /// The disk, or the store's share of it, is full.
    #[error("there is no room left to store anything")]
    Full,
    /// So much is still to be delivered that nothing is taken beside it.
    #[error("too much is still to be delivered")]
    Backlog,
    /// The file was written by a later version.
    #[error("{} has format {found}, this server knows up to {known}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i32,
        /// The latest that is known.
        known: i32,
    },
    /// The store is closed.
    #[error("the server is shutting down")]
    Closed,
}

impl StoreError {
    /// Whether there is no room, so that it may work later.
    pub fn is_full(&self) -> bool {
        matches!(self, StoreError::Full | StoreError::Backlog)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(why: rusqlite::Error) -> StoreError {
        match why.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::Full,
            _ => StoreError::Database(why),
        }
    }
}
