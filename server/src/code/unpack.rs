//! Unpacking a zip: which entries a package may have, and with which modes they become files.
//!
//! Files and directories keep the modes that the zip gives them. They are root's and the function
//! is another user, so that what others may not read the function cannot read, as on AWS.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::{CodeError, UNZIPPED_LIMIT};

/// Directories within each other, and a file in the last.
const DEPTH_LIMIT: usize = 128;
/// What an entry without a mode becomes.
const FILE_MODE: u32 = 0o644;
const DIRECTORY_MODE: u32 = 0o755;

/// Unpacks into a directory that does not exist yet.
pub(super) fn unpack(package: impl Read + Seek, into: &Path) -> Result<(), CodeError> {
    let mut archive = ZipArchive::new(package)?;
    if archive.is_empty() {
        return Err(CodeError::Empty);
    }
    let mut tree = Tree::new(into)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let inside = entry
            .enclosed_name()
            .ok_or_else(|| CodeError::NotAZip(format!("entry {index} leads outside")))?;
        if inside.as_os_str().is_empty() {
            continue;
        }
        if inside.components().count() > DEPTH_LIMIT {
            return Err(CodeError::NotAZip(format!("entry {index} lies too deep")));
        }
        tree.add(&mut entry, &into.join(inside))?;
    }
    tree.finish()
}

/// Bytes of the files of what was unpacked.
pub(super) fn measure(root: &Path) -> io::Result<u64> {
    let mut size = 0;
    let mut directories = vec![root.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let found = entry.metadata()?;
            match found.is_dir() {
                true => directories.push(entry.path()),
                false if found.is_file() => size += found.len(),
                false => {}
            }
        }
    }
    Ok(size)
}

/// What is being unpacked.
struct Tree<'a> {
    root: &'a Path,
    /// The directories so far, with the modes that they are to have.
    directories: HashMap<PathBuf, u32>,
    /// Links and their targets, made last, so that no file is written through one.
    links: Vec<(PathBuf, String)>,
    /// Bytes that files may still have.
    left: u64,
}

impl Tree<'_> {
    fn new(root: &Path) -> Result<Tree<'_>, CodeError> {
        let mut tree =
            Tree { root, directories: HashMap::new(), links: Vec::new(), left: UNZIPPED_LIMIT };
        tree.make_directory(root)?;
        Ok(tree)
    }

    fn add<R: Read>(&mut self, entry: &mut ZipFile<'_, R>, path: &Path) -> Result<(), CodeError> {
        // Whoever writes zips without modes leaves the upper half empty.
        let mode = entry.unix_mode().filter(|mode| *mode != 0);
        if entry.is_dir() {
            self.make_directories(path)?;
            let mode = mode.unwrap_or(DIRECTORY_MODE);
            self.directories.insert(path.to_owned(), mode);
            return Ok(());
        }
        self.make_directories(path.parent().unwrap_or(self.root))?;
        if entry.is_symlink() {
            let mut target = String::new();
            entry.take(4096).read_to_string(&mut target).map_err(unreadable)?;
            self.links.push((path.to_owned(), target));
            return Ok(());
        }
        let size = write(entry, path, mode.unwrap_or(FILE_MODE), self.left)?;
        self.left = self.left.checked_sub(size).ok_or(CodeError::UnzippedTooLarge)?;
        Ok(())
    }

    /// Makes a directory of the tree, and those that it is in.
    fn make_directories(&mut self, path: &Path) -> Result<(), CodeError> {
        let missing = path.ancestors().take_while(|each| !self.directories.contains_key(*each));
        let missing: Vec<&Path> = missing.collect();
        missing.into_iter().rev().try_for_each(|each| self.make_directory(each))
    }

    fn make_directory(&mut self, path: &Path) -> Result<(), CodeError> {
        DirBuilder::new().mode(0o700).create(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                CodeError::NotAZip("an entry is a file and a directory".into())
            }
            _ => unwritable(error),
        })?;
        self.directories.insert(path.to_owned(), DIRECTORY_MODE);
        Ok(())
    }

    fn finish(self) -> Result<(), CodeError> {
        for (path, target) in self.links {
            match fs::symlink_metadata(&path) {
                Ok(_) => return Err(CodeError::NotAZip("an entry stands twice".into())),
                Err(_) => symlink(target, &path).map_err(unwritable)?,
            }
        }
        for (path, mode) in self.directories {
            // Its owner is to be able to remove it again, also without a privilege for that.
            let mode = mode & 0o777 | 0o700;
            fs::set_permissions(&path, Permissions::from_mode(mode))?;
        }
        Ok(())
    }
}

/// Writes one file with its mode; returns its size.
fn write(entry: &mut impl Read, path: &Path, mode: u32, limit: u64) -> Result<u64, CodeError> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(unwritable)?;
    let mut taken = entry.take(limit + 1);
    let mut buffer = [0; 64 * 1024];
    let mut size = 0;
    loop {
        let count = taken.read(&mut buffer).map_err(unreadable)?;
        if count == 0 {
            break;
        }
        file.write_all(&buffer[..count])?;
        size += count as u64;
    }
    // Whatever the umask is; never another user's rights.
    file.set_permissions(Permissions::from_mode(mode & 0o777))?;
    Ok(size)
}

fn unreadable(error: io::Error) -> CodeError {
    CodeError::NotAZip(error.to_string())
}

/// Whether it is an entry's fault or the disk's that it cannot be written.
fn unwritable(error: io::Error) -> CodeError {
    match error.kind() {
        io::ErrorKind::AlreadyExists => CodeError::NotAZip("an entry stands twice".into()),
        // A name or a target of a link that no file system has: too long, empty, with a null.
        io::ErrorKind::InvalidFilename
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::NotFound => CodeError::NotAZip(format!("an entry has no name: {error}")),
        _ => CodeError::Io(error),
    }
}
