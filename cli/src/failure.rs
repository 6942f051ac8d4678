//! Why a command did not do what it was asked, and the exit code that tells so.

use std::error::Error;
use std::process::ExitCode;

use crate::attach::AttachError;
use crate::bench::BenchError;
use crate::client::ClientError;
use crate::manual::ManualError;
use crate::output::OutputError;
use crate::plan::PlanningError;
use crate::record::RecordError;
use crate::runtime::RuntimeError;
use crate::serve::ServeError;
use crate::supports::SupportsError;
use crate::usage::UsageError;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) enum Failure {
    Usage(#[from] UsageError),
    Client(#[from] ClientError),
    Output(#[from] OutputError),
    Supports(#[from] SupportsError),
    Runtime(#[from] RuntimeError),
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

    /// What is told of it: with its causes, which many errors name themselves, and its hint last.
    pub(crate) fn told(&self) -> String {
        let own = self.to_string();
        let (text, hint) = own.find("\nhint:").map_or((own.as_str(), ""), |at| own.split_at(at));
        let mut text = text.to_owned();
        let mut cause = self.source();
        while let Some(error) = cause {
            let why = error.to_string();
            if !own.contains(&why) {
                text.push_str(": ");
                text.push_str(&why);
            }
            cause = error.source();
        }
        text + hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_once() {
        let cause = || std::io::Error::other("no such thing");
        let failure = Failure::from(BenchError::Python(cause()));
        assert_eq!(failure.told(), "python3 cannot be run: no such thing");
        let failure = Failure::from(RecordError::Unwritable(cause()));
        assert_eq!(failure.told().matches("no such thing").count(), 1);
    }
}
