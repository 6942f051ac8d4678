//! Warren's own runtime clients: the programs that load a handler and speak the Runtime API.

/// The files of `/var/runtime` and their contents.
pub(crate) const FILES: [(&str, &str); 0] = [];
