//! Removing what was unpacked, however deep it is.

use std::fs;
use std::io;
use std::path::Path;

/// Removes what is not wanted; what cannot be removed stays, and is in nobody's way.
pub(super) fn clear(path: &Path) {
    if let Err(error) = remove(path) {
        tracing::warn!(file = %path.display(), %error, "file cannot be removed");
    }
}

/// Removes a file or a directory with all in it. Of directories that lie within each other one is
/// open at a time, however many there are.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_dir() => return fs::remove_file(path),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    let mut directories = vec![path.to_owned()];
    let mut at = 0;
    while let Some(directory) = directories.get(at) {
        let entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
        for entry in entries {
            match entry.file_type()?.is_dir() {
                true => directories.push(entry.path()),
                false => fs::remove_file(entry.path())?,
            }
        }
        at += 1;
    }
    // Each was found after the one that it is in.
    directories.iter().rev().try_for_each(fs::remove_dir)
}
