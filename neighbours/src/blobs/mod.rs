//! Bytes of any length, each in a file of its own in one directory, within a bound in bytes.
//!
//! Which files are somebody's is told by a store's rows. A file that no row names is left of what
//! never came to its end, and goes at the next start. One that is being read stays until it was read.

mod incoming;
mod outgoing;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use incoming::{Expected, Incoming, ReceiveError, Upload};
pub use outgoing::Outgoing;

use crate::random::uuid;
use crate::store::has_room;

/// The files of one directory.
#[derive(Debug)]
pub(crate) struct Blobs {
    directory: PathBuf,
    /// Bytes that all may have together.
    limit: u64,
    used: AtomicU64,
    leases: Mutex<Leases>,
}

#[derive(Debug, Default)]
struct Leases {
    /// How many read a file.
    readers: HashMap<String, usize>,
    /// Files that go with their last reader.
    doomed: HashSet<String>,
}

/// Has files stay until they were read.
#[derive(Debug)]
struct Lease {
    blobs: Arc<Blobs>,
    ids: Vec<String>,
}

impl Blobs {
    /// The files of a directory, in which nothing is looked at yet.
    pub(crate) fn new(directory: PathBuf, limit: u64) -> Arc<Blobs> {
        Arc::new(Blobs { directory, limit, used: AtomicU64::new(0), leases: Mutex::default() })
    }

    /// Makes the directory, or removes from it what is nobody's; before the first file comes.
    pub(crate) fn begin(&self, known: &HashSet<String>) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.directory)?;
        for entry in fs::read_dir(&self.directory)? {
            let entry = entry?;
            match entry.file_name().to_str().filter(|name| known.contains(*name)) {
                Some(_) => drop(self.used.fetch_add(entry.metadata()?.len(), Ordering::Relaxed)),
                None => fs::remove_file(entry.path())?,
            }
        }
        Ok(())
    }

    /// Removes files, those that are being read later.
    pub(crate) fn remove(&self, ids: &[String]) {
        let mut leases = self.lock();
        for id in ids {
            match leases.readers.contains_key(id) {
                true => drop(leases.doomed.insert(id.clone())),
                false => self.unlink(id),
            }
        }
    }

    /// Has files stay until they were read.
    fn lease(self: &Arc<Blobs>, ids: Vec<String>) -> Lease {
        let mut leases = self.lock();
        for id in &ids {
            *leases.readers.entry(id.clone()).or_default() += 1;
        }
        Lease { blobs: Arc::clone(self), ids }
    }

    fn unlink(&self, id: &str) {
        let path = self.path(id);
        let size = fs::metadata(&path).map_or(0, |found| found.len());
        match fs::remove_file(&path) {
            Ok(()) => drop(self.used.fetch_sub(size, Ordering::Relaxed)),
            Err(why) => tracing::warn!(path = %path.display(), %why, "file is not removed"),
        }
    }

    fn path(&self, id: &str) -> PathBuf {
        self.directory.join(id)
    }

    /// A new file, its owner's alone, by a name that nothing has.
    fn create(&self) -> io::Result<(String, File)> {
        let id = format!("{:032x}", uuid());
        let mut options = OpenOptions::new();
        let file = options.create_new(true).write(true).mode(0o600).open(self.path(&id))?;
        Ok((id, file))
    }

    /// Counts further bytes, if there is room for them.
    fn take_room(&self, bytes: u64) -> Result<(), ReceiveError> {
        let before = self.used.fetch_add(bytes, Ordering::Relaxed);
        if before + bytes > self.limit {
            self.give_room(bytes);
            return Err(ReceiveError::Full);
        }
        Ok(())
    }

    fn give_room(&self, bytes: u64) {
        self.used.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Whether the disk has room for more.
    fn has_room(&self) -> bool {
        has_room(&self.directory)
    }

    fn directory(&self) -> &Path {
        &self.directory
    }

    fn lock(&self) -> MutexGuard<'_, Leases> {
        // Nothing that is done under the lock leaves it half changed.
        self.leases.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut leases = self.blobs.lock();
        for id in &self.ids {
            let readers = leases.readers.get_mut(id).map_or(0, |readers| {
                *readers -= 1;
                *readers
            });
            if readers == 0 {
                leases.readers.remove(id);
                if leases.doomed.remove(id) {
                    self.blobs.unlink(id);
                }
            }
        }
    }
}
