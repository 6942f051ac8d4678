//! Why logs cannot be written or read.

use thiserror::Error;

/// Why logs cannot be written or read.
#[derive(Debug, Error)]
pub(crate) enum LogsError {
    /// The file cannot be used.
    #[error("database logs.db cannot be used: {0}")]
    Database(#[from] rusqlite::Error),
    /// The file is of a later format.
    #[error("database logs.db has format {found}, this server knows up to {known}")]
    Format {
        /// Its format.
        found: i32,
        /// The latest that is known.
        known: i32,
    },
    /// A row cannot be read.
    #[error("database logs.db is damaged: row {id} of {table} cannot be read: {why}")]
    Damaged {
        /// In which table.
        table: &'static str,
        /// Which row.
        id: i64,
        /// What is wrong with it.
        why: serde_json::Error,
    },
    /// There are so many groups that no events can be kept beside them.
    #[error("log groups take all the room that logs may have")]
    TooMany,
    /// There is so little room on the disk that it is left for what was promised.
    #[error("disk has no room for logs")]
    Full,
    /// The file, or the room beside it, cannot be examined.
    #[error("database logs.db cannot be examined: {0}")]
    Io(#[from] std::io::Error),
}

impl LogsError {
    /// Whether the file is no database, or not a whole one.
    pub(super) fn is_damage(&self) -> bool {
        let LogsError::Database(rusqlite::Error::SqliteFailure(failure, _)) = self else {
            return false;
        };
        matches!(
            failure.code,
            rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt
        )
    }
}
