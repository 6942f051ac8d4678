//! Room that is kept on the disk, so that what was decided can be written when nothing else can.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate, statvfs};
use rustix::io::Errno;

use super::directory::private_file;
use super::error::CommitError;

/// Bytes that are kept: some thousands of records.
const RESERVE: u64 = 2 << 20;
/// Bytes that must be free besides before more is decided, lest the reserve is used at once again.
const MARGIN: u64 = 1 << 20;

/// The file that keeps the room.
#[derive(Debug)]
pub(super) struct Reserve {
    path: PathBuf,
    is_held: bool,
}

impl Reserve {
    /// The reserve of a state directory, as an earlier server has left it.
    pub(super) fn new(path: PathBuf) -> Reserve {
        let is_held = fs::metadata(&path).is_ok_and(|found| found.len() >= RESERVE);
        Reserve { path, is_held }
    }

    /// Gives the room to whoever writes next; returns whether there was any.
    pub(super) fn release(&mut self) -> bool {
        self.is_held = false;
        // Truncated, which takes no room even where removing a name does.
        let was_held = fs::metadata(&self.path).is_ok_and(|found| found.len() > 0);
        was_held && private_file(&self.path).and_then(|file| file.set_len(0)).is_ok()
    }

    /// Takes the room, unless it is held.
    pub(super) fn hold(&mut self) -> Result<(), CommitError> {
        if self.is_held {
            return Ok(());
        }
        let file = private_file(&self.path)?;
        match allocate(&file) {
            Ok(()) if free(&self.path)? >= MARGIN => {
                self.is_held = true;
                Ok(())
            }
            Ok(()) | Err(Errno::NOSPC | Errno::DQUOT) => {
                file.set_len(0)?;
                Err(CommitError::Full)
            }
            Err(why) => Err(CommitError::Disk(why.into())),
        }
    }
}

fn allocate(file: &File) -> Result<(), Errno> {
    match fallocate(file, FallocateFlags::empty(), 0, RESERVE) {
        // Written where the file system cannot allocate otherwise.
        Err(Errno::OPNOTSUPP) => write(file),
        other => other,
    }
}

fn write(mut file: &File) -> Result<(), Errno> {
    let block = [0xa5; 64 * 1024];
    let written: io::Result<()> =
        (0..RESERVE / block.len() as u64).try_for_each(|_| file.write_all(&block));
    written
        .and_then(|()| file.sync_all())
        .map_err(|why| Errno::from_io_error(&why).unwrap_or(Errno::IO))
}

/// Bytes that are free where a path is.
pub(crate) fn free(path: &Path) -> io::Result<u64> {
    let found = statvfs(path)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}
