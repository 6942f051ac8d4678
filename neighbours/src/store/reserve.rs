//! Room that is kept on the disk for what must be written when nothing else can be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate, statvfs};
use rustix::io::Errno;

/// A file that keeps room.
#[derive(Debug)]
pub struct Reserve {
    path: PathBuf,
    bytes: u64,
    margin: u64,
    is_held: bool,
}

impl Reserve {
    /// The reserve of a path, as an earlier server has left it: so many bytes, which are taken where more
    /// than a margin is free besides, lest they are needed at once again.
    pub fn new(path: PathBuf, bytes: u64, margin: u64) -> Reserve {
        let is_held = fs::metadata(&path).is_ok_and(|found| found.len() >= bytes);
        Reserve { path, bytes, margin, is_held }
    }

    /// Gives the room to whoever writes next; returns whether there was any.
    pub fn release(&mut self) -> bool {
        self.is_held = false;
        // Truncated, which takes no room even where removing a name does.
        let was_held = fs::metadata(&self.path).is_ok_and(|found| found.len() > 0);
        was_held && self.open().and_then(|file| file.set_len(0)).is_ok()
    }

    /// Takes the room, unless it is held; returns whether it is.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn hold(&mut self) -> io::Result<bool> {
        if self.is_held {
            return Ok(true);
        }
        let file = self.open()?;
        match allocate(&file, self.bytes) {
            Ok(()) if free(&self.path)? >= self.margin => self.is_held = true,
            Ok(()) | Err(Errno::NOSPC | Errno::DQUOT) => file.set_len(0)?,
            Err(why) => return Err(why.into()),
        }
        Ok(self.is_held)
    }

    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true).mode(0o600).open(&self.path)
    }
}

fn allocate(file: &File, bytes: u64) -> Result<(), Errno> {
    match fallocate(file, FallocateFlags::empty(), 0, bytes) {
        // Written where the file system cannot allocate otherwise.
        Err(Errno::OPNOTSUPP) => write(file, bytes),
        other => other,
    }
}

fn write(mut file: &File, bytes: u64) -> Result<(), Errno> {
    let block = [0xa5; 64 * 1024];
    let written: io::Result<()> =
        (0..bytes / block.len() as u64).try_for_each(|_| file.write_all(&block));
    written
        .and_then(|()| file.sync_all())
        .map_err(|why| Errno::from_io_error(&why).unwrap_or(Errno::IO))
}

/// Bytes that are free where a path is.
///
/// # Errors
/// When the file system does not tell.
pub fn free(path: &Path) -> io::Result<u64> {
    let found = statvfs(path)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}
