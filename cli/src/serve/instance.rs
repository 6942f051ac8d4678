//! The installation's name, by which what it leaves on the machine is found again.
//!
//! It is of one state directory: a copy of the directory has the name in it too, and a server that
//! went by it would take the original's namespaces and processes for its own and remove them. So
//! the directory that it was drawn for stands beside it, and one that another server has claimed
//! is left to that.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use node::claim::{Claim, ClaimError};

/// Why there is no name.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InstanceError {
    #[error(transparent)]
    Claim(#[from] ClaimError),
    #[error("name of the installation cannot be kept in {}: {why}", path.display())]
    File { path: PathBuf, why: io::Error },
}

/// Claims the name of a state directory, drawn where it has none of its own.
pub(super) fn claim(state: &Path) -> Result<Claim, InstanceError> {
    let path = state.join("instance");
    let kept = |why| InstanceError::File { path: path.clone(), why };
    let own = identity(state).map_err(kept)?;
    let mut known = recorded(&path, &own);
    loop {
        let name = known.take().unwrap_or_else(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            format!("{:08x}", since.as_nanos() as u32 ^ std::process::id())
        });
        match Claim::take(&name) {
            Ok(claim) => {
                record(&path, &name, &own).map_err(kept)?;
                return Ok(claim);
            }
            // A copy of before directories were recorded, and its original serves.
            Err(ClaimError::Taken(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
}

/// What tells a directory from its copies.
fn identity(state: &Path) -> io::Result<String> {
    let found = fs::metadata(state)?;
    Ok(format!("{}:{}", found.dev(), found.ino()))
}

/// The name that was drawn for this directory; earlier servers noted no directory.
fn recorded(path: &Path, own: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines = text.lines();
    let name = lines.next().filter(|name| !name.is_empty())?;
    if lines.next().is_some_and(|other| other != own) {
        let directory = path.display();
        tracing::info!(%directory, name, "state directory was copied or moved; it is named anew");
        return None;
    }
    Some(name.to_owned())
}

fn record(path: &Path, name: &str, own: &str) -> io::Result<()> {
    let text = format!("{name}\n{own}\n");
    let found = fs::read_to_string(path).unwrap_or_default();
    if found == text {
        return Ok(());
    }
    // Whole or not at all: a crash must not leave half a name.
    let new = path.with_extension("new");
    let written = server::store::write_private(&new, text.as_bytes());
    match written.and_then(|()| fs::rename(&new, path)) {
        // On a full disk the name that an earlier server noted is as good.
        Err(_) if found.trim_end() == name => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directories(test: &str) -> [PathBuf; 2] {
        let root = std::env::temp_dir().join(format!("warren-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        ["state", "copy"].map(|name| {
            fs::create_dir_all(root.join(name)).expect("made");
            root.join(name)
        })
    }

    #[test]
    fn a_copy_gets_a_name_of_its_own() {
        let [state, copy] = directories("instance-copy");
        let first = claim(&state).expect("named").instance().to_owned();
        fs::copy(state.join("instance"), copy.join("instance")).expect("copied");
        let other = claim(&copy).expect("named");
        let again = claim(&state).expect("named");
        assert_eq!(again.instance(), first);
        assert_ne!(other.instance(), first);
        let name = other.instance().to_owned();
        drop(other);
        assert_eq!(claim(&copy).expect("named").instance(), name);
    }

    #[test]
    fn a_name_that_stands_alone_is_kept_unless_another_server_has_it() {
        let [state, copy] = directories("instance-alone");
        let name = format!("test-alone-{}", std::process::id());
        for directory in [&state, &copy] {
            fs::write(directory.join("instance"), &name).expect("written");
        }
        let first = claim(&state).expect("named");
        assert_eq!(first.instance(), name);
        let other = claim(&copy).expect("named");
        assert_ne!(other.instance(), name);
    }
}
