//! The claim of an installation on its name: everything that is made on the machine is labelled
//! with it, so that two servers of one name would take each other's for what an earlier run left.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;

/// Where everything is that a run leaves to the next, and that runs tell each other.
pub(crate) const DIRECTORY: &str = "/run/warren";

/// Why a name cannot be claimed.
#[derive(Debug, Error)]
pub enum ClaimError {
    /// Somebody has it.
    #[error(
        "installation {0} runs already, from another state directory\n\
         hint: a copy of a state directory needs a name of its own: remove the file `instance` in it"
    )]
    Taken(String),
    /// The lock cannot be had.
    #[error("lock {} cannot be taken: {source}\nhint: be root", path.display())]
    Lock {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A name that is claimed as long as this lives; the kernel ends the claim of a process that is
/// killed.
#[derive(Debug)]
pub struct Claim {
    instance: String,
    _file: File,
    path: PathBuf,
}

/// How often it is looked whether somebody still has a lock.
const LOOKS: u32 = 10;

fn path_of(instance: &str) -> PathBuf {
    Path::new(DIRECTORY).join(format!("{instance}.lock"))
}

impl Claim {
    /// Claims a name.
    ///
    /// # Errors
    /// When somebody has it, or nothing can be written where claims are.
    pub fn take(instance: &str) -> Result<Claim, ClaimError> {
        let path = path_of(instance);
        let taken = fs::create_dir_all(DIRECTORY).and_then(|()| lock(&path));
        match taken {
            Ok(Some(file)) => Ok(Claim { instance: instance.to_owned(), _file: file, path }),
            Ok(None) => Err(ClaimError::Taken(instance.to_owned())),
            Err(source) => Err(ClaimError::Lock { path, source }),
        }
    }
}

impl Claim {
    /// The name.
    pub fn instance(&self) -> &str {
        &self.instance
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // While it is held, so that nobody's but this one is removed; where that fails, the file
        // stays without a lock, which is no claim.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes the claims of those that were killed and left nothing else that they would adopt.
pub(crate) fn sweep() {
    for entry in fs::read_dir(DIRECTORY).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_claim = path.extension().is_some_and(|extension| extension == "lock");
        if is_claim
            && !path.with_extension("").exists()
            && let Ok(file) = File::open(&path)
            && matches!(try_lock(&file), Ok(true))
        {
            // Who waits for it finds that what it has locked has no name, and makes another.
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether somebody has claimed a name.
pub(crate) fn is_taken(instance: &str) -> bool {
    match File::open(path_of(instance)) {
        Ok(file) => matches!(try_lock(&file), Ok(false)),
        Err(_) => false,
    }
}

/// A file that is locked by this process; none where another has the lock.
fn lock(path: &Path) -> io::Result<Option<File>> {
    let mut looks = 0;
    loop {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        if !try_lock(&file)? {
            // Who only looks whether there is a claim has it for a moment.
            looks += 1;
            if looks > LOOKS {
                return Ok(None);
            }
            std::thread::sleep(Duration::from_millis(2));
            continue;
        }
        // Whoever had it may have removed it meanwhile: a lock of what has no name is none.
        let own = file.metadata()?;
        if fs::metadata(path)
            .is_ok_and(|named| (named.dev(), named.ino()) == (own.dev(), own.ino()))
        {
            return Ok(Some(file));
        }
    }
}

fn try_lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_owner_at_a_time() {
        let name = format!("test-claim-{}", std::process::id());
        assert!(!is_taken(&name));
        let claim = Claim::take(&name).unwrap();
        assert!(is_taken(&name));
        assert!(matches!(Claim::take(&name), Err(ClaimError::Taken(of)) if of == name));
        drop(claim);
        assert!(!is_taken(&name) && !path_of(&name).exists());
        // One that was killed has left its file, which goes unless there is more of it.
        fs::write(path_of(&name), "").unwrap();
        sweep();
        assert!(!path_of(&name).exists());
        drop(Claim::take(&name).unwrap());
    }
}
