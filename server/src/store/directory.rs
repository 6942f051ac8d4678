//! The state directory: held by one server at a time, and read by nobody but its owner.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::error::StoreError;

/// A state directory that is held.
#[derive(Debug)]
pub(crate) struct Directory {
    path: PathBuf,
    lock: File,
}

impl Directory {
    /// Takes a state directory, making it where there is none.
    pub(crate) fn open(state: &Path) -> Result<Directory, StoreError> {
        let unusable = |why| StoreError::Directory { path: state.to_owned(), why };
        if let Some(parent) = state.parent() {
            fs::create_dir_all(parent).map_err(unusable)?;
        }
        DirBuilder::new().recursive(true).mode(0o700).create(state).map_err(unusable)?;
        let lock = private_file(&state.join("lock")).map_err(unusable)?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| StoreError::Locked { path: state.to_owned() })?;
        let directory = Directory { path: state.to_owned(), lock };
        directory.close_to_others().map_err(unusable)?;
        directory.expect_database()?;
        Ok(directory)
    }

    /// The database of records.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("warren.db")
    }

    /// A file of the directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Functions' variables, code and logs are no other user's business. Directories of earlier
    /// servers were readable by all.
    fn close_to_others(&self) -> io::Result<()> {
        fs::set_permissions(&self.path, Permissions::from_mode(0o700))?;
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::set_permissions(entry.path(), Permissions::from_mode(0o600))?;
            }
        }
        Ok(())
    }

    /// A server that begins anew would take the packages of one that is to be restored for unused,
    /// and remove them.
    fn expect_database(&self) -> Result<(), StoreError> {
        let database = self.database();
        if fs::metadata(&database).is_ok_and(|found| found.len() > 0) {
            return Ok(());
        }
        let packages = self.path.join("packages");
        let is_package =
            |entry: fs::DirEntry| entry.path().extension().is_some_and(|it| it == "zip");
        let mut entries = fs::read_dir(&packages).into_iter().flatten();
        match entries.any(|entry| entry.is_ok_and(is_package)) {
            true => Err(StoreError::Missing { database, packages }),
            false => Ok(()),
        }
    }
}

/// A process that is being started has copies of all descriptors until it runs its program, and
/// would hold the directory for that while if closing were all that gives it free.
impl Drop for Directory {
    fn drop(&mut self) {
        // It is closed anyway, a moment later at most.
        let _ = flock(&self.lock, FlockOperation::Unlock);
    }
}

/// Opens a file for writing, made for its owner alone where there is none.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).read(true).write(true).mode(0o600).open(path)
}

/// Writes a file that is its owner's alone.
///
/// # Errors
/// When it cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private_file(path)?;
    file.set_len(0)?;
    file.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o7777
    }

    #[test]
    fn a_state_directory_is_its_owners_alone() {
        let state = std::env::temp_dir().join(format!("warren-directory-{}", std::process::id()));
        fs::create_dir_all(&state).expect("made");
        fs::write(state.join("logs.db"), "").expect("written");
        fs::set_permissions(&state, Permissions::from_mode(0o755)).expect("opened to all");
        let held = Directory::open(&state).expect("taken");
        assert_eq!((mode(&state), mode(&state.join("logs.db"))), (0o700, 0o600));
        assert_eq!(mode(&state.join("lock")), 0o600);
        assert!(matches!(Directory::open(&state), Err(StoreError::Locked { .. })));
        let of_a_child = held.lock.try_clone().expect("copied");
        drop(held);
        drop(Directory::open(&state).expect("free, though a child has its file still"));
        drop(of_a_child);
        fs::create_dir(state.join("packages")).expect("made");
        drop(Directory::open(&state).expect("no package is there"));
        fs::write(state.join("packages/00.zip"), "zip").expect("written");
        fs::write(state.join("warren.db"), "").expect("written");
        assert!(matches!(Directory::open(&state), Err(StoreError::Missing { .. })));
        fs::remove_dir_all(state).expect("removed");
    }
}
