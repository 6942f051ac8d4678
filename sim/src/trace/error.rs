//! Why a trace cannot be replayed.

use std::fmt;
use std::path::PathBuf;

use super::synthetic::SyntheticError;

/// Why a trace cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// A file cannot be read.
    #[error("trace {} cannot be read: {error}", file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A place in a file is not as it must be.
    #[error("trace {}: {place}: {reason}", file.display())]
    Malformed {
        /// Which file.
        file: PathBuf,
        /// Where in it.
        place: Place,
        /// What is wrong with it.
        reason: String,
    },
    /// A description of synthetic load is not understood.
    #[error("synthetic load: {0}")]
    Synthetic(#[from] SyntheticError),
}

/// A place in a file.
#[derive(Debug)]
pub struct Place {
    /// Its line, from 1.
    pub line: u64,
    /// The column's place, from 1; none when the line as a whole is meant.
    pub column: Option<u64>,
    /// The column's name, where the file has a header.
    pub name: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        if let Some(name) = &self.name {
            write!(f, " ({name})")?;
        }
        Ok(())
    }
}
