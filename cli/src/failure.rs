//! Why a command did not do what it was asked, and the exit code that tells so.

use std::process::ExitCode;

use crate::attach::AttachError;
use crate::bench::BenchError;
use crate::client::ClientError;
use crate::manual::ManualError;
use crate::output::OutputError;
use crate::plan::PlanningError;
use crate::record::RecordError;
use crate::serve::ServeError;
use crate::usage::UsageError;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) enum Failure {
    Usage(#[from] UsageError),
    Client(#[from] ClientError),
    Output(#[from] OutputError),
    Serve(#[from] ServeError),
    Attach(#[from] AttachError),
    Plan(#[from] PlanningError),
    Record(#[from] RecordError),
    Bench(#[from] BenchError),
    Manual(#[from] ManualError),
}

impl Failure {
    /// 2 when the command line is not understood, 1 when what it asks for could not be done.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}
