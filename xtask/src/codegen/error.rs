//! Why nothing is generated.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// Why nothing is generated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CodegenError {
    #[error("{deed} {}: {error}", path.display())]
    File { deed: FileDeed, path: PathBuf, error: io::Error },
    #[error("model {} is no JSON: {error}", path.display())]
    Model { path: PathBuf, error: serde_json::Error },
    #[error("{command} cannot be run: {error}")]
    Run { command: String, error: io::Error },
    #[error("{command}: {status}")]
    Failed { command: String, status: ExitStatus },
    #[error("rustfmt gives no text: {0}")]
    Formatted(std::string::FromUtf8Error),
    /// What the selection names and the model does not have, or the other way round.
    #[error("{0}")]
    Selection(String),
    /// What of the model cannot be written as a table.
    #[error("shape {shape} {why}")]
    Shape { shape: String, why: String },
    #[error("not as generated: {}\nhint: cargo xtask codegen", .0.join(", "))]
    Stale(Vec<String>),
}

/// What was to be done with a file.
#[derive(Debug)]
pub(crate) enum FileDeed {
    Create,
    Read,
    Write,
}

impl fmt::Display for FileDeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileDeed::Create => "create",
            FileDeed::Read => "read",
            FileDeed::Write => "write",
        })
    }
}

impl CodegenError {
    /// An error of the system as one about a file.
    pub(crate) fn of(deed: FileDeed, path: &Path) -> impl FnOnce(io::Error) -> CodegenError {
        let path = path.to_owned();
        move |error| CodegenError::File { deed, path, error }
    }
}

/// Runs a command to its end.
pub(crate) fn execute(command: &mut Command) -> Result<(), CodegenError> {
    let status = command.status();
    let status =
        status.map_err(|error| CodegenError::Run { command: format!("{command:?}"), error })?;
    if status.success() {
        Ok(())
    } else {
        Err(CodegenError::Failed { command: format!("{command:?}"), status })
    }
}
