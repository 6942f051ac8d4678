//! The installation's name, by which what it leaves on the machine is found again.
//!
//! It is of one state directory: a copy of the directory has the name in it too, and a server that
//! went by it would take the original's namespaces and processes for its own and remove them. So
//! the directory that it was drawn for stands beside it, and who uses it holds a lock on it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::fs::{FlockOperation, flock};

/// Where names are locked, for all servers of the machine.
const LOCKS: &str = "/run/warren";

/// A name that nobody else on the machine has.
#[derive(Debug)]
pub(super) struct Instance {
    name: String,
    lock: PathBuf,
    /// Held as long as the name is used.
    _held: File,
}

impl Instance {
    /// The name of a state directory, drawn where it has none of its own.
    pub(super) fn of(state: &Path) -> io::Result<Instance> {
        Self::locked_in(state, Path::new(LOCKS))
    }

    fn locked_in(state: &Path, locks: &Path) -> io::Result<Instance> {
        DirBuilder::new().recursive(true).mode(0o755).create(locks)?;
        let own = identity(state)?;
        let path = state.join("instance");
        if let Some(name) = recorded(&path, &own)
            && let Some(instance) = Self::hold(&name, locks)?
        {
            // Names of earlier servers stand alone.
            record(&path, &instance.name, &own)?;
            return Ok(instance);
        }
        loop {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let name = format!("{:08x}", since.as_nanos() as u32 ^ std::process::id());
            if let Some(instance) = Self::hold(&name, locks)? {
                record(&path, &instance.name, &own)?;
                return Ok(instance);
            }
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Takes a name; none when another server has it.
    fn hold(name: &str, locks: &Path) -> io::Result<Option<Instance>> {
        let lock = locks.join(format!("{name}.lock"));
        loop {
            let open =
                OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&lock);
            let held = open?;
            if flock(&held, FlockOperation::NonBlockingLockExclusive).is_err() {
                return Ok(None);
            }
            // Whoever had it may have removed the file before it was locked here.
            let is_there = fs::metadata(&lock).is_ok_and(|found| {
                held.metadata()
                    .is_ok_and(|own| (own.dev(), own.ino()) == (found.dev(), found.ino()))
            });
            if is_there {
                return Ok(Some(Instance { name: name.to_owned(), lock, _held: held }));
            }
        }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // A file that is left is locked again by the next who has the name.
        let _ = fs::remove_file(&self.lock);
    }
}

/// What tells a directory from its copies.
fn identity(state: &Path) -> io::Result<String> {
    let found = fs::metadata(state)?;
    Ok(format!("{}:{}", found.dev(), found.ino()))
}

/// The name that was drawn for this directory.
fn recorded(path: &Path, own: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines = text.lines();
    let name = lines.next().filter(|name| !name.is_empty())?;
    match lines.next() {
        Some(other) if other != own => {
            tracing::info!(
                directory = %path.display(),
                name,
                "state directory is a copy or was moved; it gets a name of its own"
            );
            None
        }
        Some(_) | None => Some(name.to_owned()),
    }
}

fn record(path: &Path, name: &str, own: &str) -> io::Result<()> {
    let text = format!("{name}\n{own}\n");
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    // Whole or not at all: a crash must not leave half a name.
    let new = path.with_extension("new");
    let written = server::store::write_private(&new, text.as_bytes());
    match written.and_then(|()| fs::rename(&new, path)) {
        // On a full disk a name that stands there already, alone, is as good.
        Err(why) if fs::read_to_string(path).is_ok_and(|found| found.trim_end() == name) => {
            tracing::warn!(%why, "the directory is not noted beside its name");
            Ok(())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directories(test: &str) -> (PathBuf, PathBuf, PathBuf) {
        let root = std::env::temp_dir().join(format!("warren-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let [state, copy, locks] = ["state", "copy", "locks"].map(|name| root.join(name));
        fs::create_dir_all(&state).expect("made");
        fs::create_dir_all(&copy).expect("made");
        (state, copy, locks)
    }

    #[test]
    fn a_copy_gets_a_name_of_its_own() {
        let (state, copy, locks) = directories("instance-copy");
        let first = Instance::locked_in(&state, &locks).expect("named");
        let name = first.name().to_owned();
        drop(first);
        assert_eq!(fs::read_dir(&locks).expect("a directory").count(), 0);
        fs::copy(state.join("instance"), copy.join("instance")).expect("copied");
        let other = Instance::locked_in(&copy, &locks).expect("named");
        assert_ne!(other.name(), name);
        let again = Instance::locked_in(&state, &locks).expect("named");
        assert_eq!(again.name(), name);
        let other_name = other.name().to_owned();
        drop(other);
        assert_eq!(Instance::locked_in(&copy, &locks).expect("named").name(), other_name);
    }

    #[test]
    fn a_name_that_stands_alone_is_kept_unless_another_server_has_it() {
        let (state, copy, locks) = directories("instance-alone");
        for directory in [&state, &copy] {
            fs::write(directory.join("instance"), "0123abcd").expect("written");
        }
        let first = Instance::locked_in(&state, &locks).expect("named");
        assert_eq!(first.name(), "0123abcd");
        let other = Instance::locked_in(&copy, &locks).expect("named");
        assert_ne!(other.name(), "0123abcd");
        assert!(locks.join("0123abcd.lock").exists());
    }
}
