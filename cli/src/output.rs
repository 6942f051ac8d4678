//! How commands show what they found.

use clap::{Args, ValueEnum};
use serde::Serialize;

/// The option of all commands that show something.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// For people or for programs
    #[arg(long, value_enum, default_value = "table", global = true)]
    pub(crate) output: Output,
}

/// How a command shows what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Columns, for people
    Table,
    /// JSON, for programs
    Json,
}

/// Why what was found cannot be shown.
#[derive(Debug, thiserror::Error)]
#[error("answer cannot be written as JSON: {0}")]
pub(crate) struct OutputError(#[from] serde_json::Error);

/// Prints JSON on a line.
pub(crate) fn print(value: &impl Serialize) -> Result<(), OutputError> {
    println!("{}", serde_json::to_string(value)?);
    Ok(())
}

/// Prints JSON on many lines.
pub(crate) fn print_pretty(value: &impl Serialize) -> Result<(), OutputError> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}
