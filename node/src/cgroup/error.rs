//! Why control groups cannot be used as asked.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why control groups cannot be used as asked.
#[derive(Debug, Error)]
pub enum CgroupError {
    /// No mounted hierarchy has this controller.
    #[error(
        "no cgroup hierarchy offers the `{0}` controller, so functions cannot be limited\n\
         hint: mount cgroup v2 at /sys/fs/cgroup, or the v1 `{0}` controller"
    )]
    NoController(&'static str),
    /// A file of a group could not be used.
    #[error("cgroup file `{}` failed: {}", .0.display(), .1)]
    File(PathBuf, io::Error),
}

/// What became of a file, as this part's own.
pub(super) fn at<T>(path: &Path, outcome: io::Result<T>) -> Result<T, CgroupError> {
    outcome.map_err(|error| CgroupError::File(path.to_owned(), error))
}
