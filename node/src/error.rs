//! What the node's errors have in common: their causes in one line, and what the engine is told.

use std::error::Error;
use std::io;

use engine::node::{Failure, FailureKind};

/// An error with its causes in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// The failure that the engine is told of an error.
pub(crate) fn failure(error: &dyn Error, kind: FailureKind) -> Failure {
    Failure::new(kind, chain(error))
}

/// What an error of the system says of trying again. Most pass: descriptors, processes and memory
/// come back when others end. What the kernel does not know, it will not know later.
pub(crate) fn kind_of(error: &io::Error) -> FailureKind {
    match error.raw_os_error() {
        Some(libc::ENOSYS | libc::EOPNOTSUPP | libc::EPROTONOSUPPORT | libc::EAFNOSUPPORT) => {
            FailureKind::Never
        }
        Some(
            libc::EMFILE
            | libc::ENFILE
            | libc::ENOMEM
            | libc::ENOBUFS
            | libc::EAGAIN
            | libc::ENOSPC,
        ) => FailureKind::Room,
        _ => FailureKind::Later,
    }
}
