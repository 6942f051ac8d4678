//! Why a store cannot be opened, and why a change cannot be made durable.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a store cannot be opened.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The directory cannot be made or written.
    #[error("state directory {} cannot be used: {why}", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// Another server holds the directory.
    #[error(
        "state directory {} is held by another server\n\
         hint: stop it, or give --state another directory",
        path.display()
    )]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// Packages are there, and nothing that knows of them.
    #[error(
        "database {} is missing or empty, but {} is not\n\
         hint: restore the database, or begin anew with another --state",
        database.display(), packages.display()
    )]
    Missing {
        /// Where the database is to be.
        database: PathBuf,
        /// What it knew of.
        packages: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("database {} cannot be used: {why}{}", file.display(), hint(why))]
    Database {
        /// The file.
        file: PathBuf,
        /// What SQLite says.
        why: rusqlite::Error,
    },
    /// The file is of a later format.
    #[error(
        "database {} has format {found}, this server knows up to {known}\n\
         hint: use the version of warren that wrote it, or a newer one",
        file.display()
    )]
    Format {
        /// The file.
        file: PathBuf,
        /// Its format.
        found: i32,
        /// The latest that is known.
        known: i32,
    },
    /// A record is of a kind or a version that a later server has written.
    #[error(
        "database {} holds {kind} {id} in version {version}, which this server does not know\n\
         hint: use the version of warren that wrote it, or a newer one",
        file.display()
    )]
    Version {
        /// The file.
        file: PathBuf,
        /// The record's kind.
        kind: String,
        /// Which of the kind.
        id: String,
        /// The record's version.
        version: u32,
    },
    /// A record cannot be read.
    #[error(
        "database {} is damaged: {kind} {id} cannot be read: {why}\n\
         hint: restore the state directory from a copy, or remove that row with sqlite3",
        file.display()
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The record's kind.
        kind: String,
        /// Which of the kind.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// Records that can each be read contradict each other.
    #[error(
        "database {} is damaged: {why}\nhint: restore the state directory from a copy",
        file.display()
    )]
    Contradiction {
        /// The file.
        file: PathBuf,
        /// What contradicts what.
        why: String,
    },
}

fn hint(why: &rusqlite::Error) -> &'static str {
    match is_full(why) {
        true => "\nhint: make room on the disk",
        false => "",
    }
}

/// Why changes were not made durable.
#[derive(Debug, Error)]
pub enum CommitError {
    /// There is no room on the disk.
    #[error("disk is full")]
    Full,
    /// The file that is open is no longer the one in the state directory.
    #[error("database {} was removed or replaced under the server", file.display())]
    Gone {
        /// Where it was.
        file: PathBuf,
    },
    /// The system fails to say what room there is, or to keep some.
    #[error("disk cannot be examined: {0}")]
    Disk(#[from] io::Error),
    /// SQLite cannot write for another reason.
    #[error("database cannot be written: {0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for CommitError {
    fn from(why: rusqlite::Error) -> CommitError {
        match is_full(&why) {
            true => CommitError::Full,
            false => CommitError::Database(why),
        }
    }
}

/// Whether SQLite fails for want of room.
pub(crate) fn is_full(why: &rusqlite::Error) -> bool {
    let rusqlite::Error::SqliteFailure(failure, _) = why else { return false };
    // The index of the log in shared memory is made large enough before it is used.
    failure.code == rusqlite::ErrorCode::DiskFull
        || failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
}
