//! A group's directory in one hierarchy, by its descriptor: of a path the kernel looks at each part
//! again, under the lock that the making of any group takes.

use std::ffi::CStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use super::error::{CgroupError, at};
use crate::sandbox::sys::{check, open_at};

/// A directory that is open.
#[derive(Debug)]
pub(super) struct Directory {
    fd: OwnedFd,
    pub(super) path: PathBuf,
}

impl Directory {
    pub(super) fn open(path: PathBuf) -> Result<Directory, CgroupError> {
        let fd = at(&path, fs::File::open(&path))?.into();
        Ok(Directory { fd, path })
    }

    /// Makes a group below this one.
    pub(super) fn make(&self, name: &CStr) -> Result<Directory, CgroupError> {
        let path = self.path.join(Path::new(&*name.to_string_lossy()));
        // SAFETY: a C string.
        // JUSTIFICATION: std has no mkdirat.
        let made = check(unsafe { libc::mkdirat(self.fd.as_raw_fd(), name.as_ptr(), 0o777) });
        let opened = made.and_then(|_| {
            let opened = open_at(&self.fd, name, libc::O_RDONLY | libc::O_DIRECTORY);
            // What cannot be used is not to stay; that it cannot be removed either is no news.
            opened.inspect_err(|_| drop(fs::remove_dir(&path)))
        });
        let fd = at(&path, opened)?;
        Ok(Directory { fd, path })
    }

    /// Opens one of its files.
    pub(super) fn file(&self, name: &CStr, flags: i32) -> Result<File, CgroupError> {
        let opened = open_at(&self.fd, name, flags);
        opened.map(File::from).map_err(|error| self.failed(name, error))
    }

    /// Writes to one of its files.
    pub(super) fn write(&self, name: &CStr, value: &str) -> Result<(), CgroupError> {
        let mut file = self.file(name, libc::O_WRONLY)?;
        file.write_all(value.as_bytes()).map_err(|error| self.failed(name, error))
    }

    fn failed(&self, name: &CStr, error: io::Error) -> CgroupError {
        CgroupError::File(self.path.join(&*name.to_string_lossy()), error)
    }

    /// Whether it has such a file.
    pub(super) fn has(&self, name: &str) -> bool {
        self.path.join(name).exists()
    }

    pub(super) fn into_descriptor(self) -> OwnedFd {
        self.fd
    }
}
