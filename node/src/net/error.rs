//! Errors of setting up the network.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::claim::ClaimError;

/// Why the network could not be set up.
#[derive(Debug, Error)]
pub enum NetError {
    /// The directory of pins cannot be made.
    #[error("directory {} cannot be made: {source}\nhint: be root", path.display())]
    Directory {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The installation's name is another's.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The thread that listens for drops could not be started.
    #[error("listener for drops failed to start: {0}")]
    Listener(io::Error),
}
