//! Code packages: kept as they came, and unpacked once into a directory named by their SHA-256.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Cursor, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::record::function::Code;
use sha2::{Digest, Sha256};
use thiserror::Error;
use zip::ZipArchive;

use crate::store::{private_file, write_private};

/// Bytes of a package that comes inline.
pub const ZIPPED_LIMIT: u64 = 52_428_800;
/// Directories within each other, and a file in the last.
const DEPTH_LIMIT: usize = 128;
/// Bytes of a package's files together.
pub const UNZIPPED_LIMIT: u64 = 262_144_000;

type Sha = [u8; 32];

/// Why a package cannot be taken.
#[derive(Debug, Error)]
pub enum CodeError {
    /// It is larger than a package may be.
    #[error("package exceeds {ZIPPED_LIMIT} bytes")]
    ZippedTooLarge,
    /// Its files are larger than they may be.
    #[error("files exceed {UNZIPPED_LIMIT} bytes")]
    UnzippedTooLarge,
    /// It is empty.
    #[error("package is empty")]
    Empty,
    /// It is no zip, or holds what no package may.
    #[error("package cannot be unpacked: {0}")]
    NotAZip(String),
    /// The store's directory cannot be written.
    #[error("code directory cannot be written: {0}")]
    Io(#[from] io::Error),
}

impl From<zip::result::ZipError> for CodeError {
    fn from(error: zip::result::ZipError) -> CodeError {
        CodeError::NotAZip(error.to_string())
    }
}

/// The packages of one state directory.
#[derive(Debug)]
pub struct CodeStore {
    unpacked: PathBuf,
    packages: PathBuf,
    /// Packages that a request is about to refer to, and how many do.
    pins: Mutex<HashMap<Sha, usize>>,
    next: AtomicU64,
}

/// A package that stays at least as long as this.
#[derive(Debug)]
pub struct Pinned {
    store: Arc<CodeStore>,
    /// What the engine is told of it.
    pub code: Code,
}

impl Drop for Pinned {
    fn drop(&mut self) {
        let mut pins = self.store.pins();
        if let Some(count) = pins.get_mut(&self.code.sha256) {
            *count -= 1;
            if *count == 0 {
                pins.remove(&self.code.sha256);
            }
        }
    }
}

impl CodeStore {
    /// Opens the packages of a state directory.
    ///
    /// Unpacked files are not flushed one by one: they outlive a crash of the server, but not
    /// surely one of the machine. So they are unpacked anew from their packages, which are
    /// flushed, when the machine has been started since.
    ///
    /// # Errors
    /// When the directory cannot be used.
    pub fn open(state: &Path) -> Result<Arc<CodeStore>, CodeError> {
        let store = Arc::new(CodeStore {
            unpacked: state.join("code"),
            packages: state.join("packages"),
            pins: Mutex::default(),
            next: AtomicU64::new(0),
        });
        fs::create_dir_all(&store.unpacked)?;
        fs::create_dir_all(&store.packages)?;
        for directory in [&store.unpacked, &store.packages] {
            for entry in fs::read_dir(directory)? {
                let entry = entry?;
                if entry.file_name().as_encoded_bytes().starts_with(b".new-") {
                    clear(&entry.path());
                }
            }
        }
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id")?;
        let mark = store.unpacked.join(".boot");
        if fs::read_to_string(&mark).ok().as_deref() != Some(boot.as_str()) {
            store.unpack_all()?;
            write_private(&mark, boot.as_bytes())?;
        }
        Ok(store)
    }

    /// Where packages are unpacked, for the node.
    pub fn directory(&self) -> &Path {
        &self.unpacked
    }

    /// Keeps a package and unpacks it; may take long, so not for a thread that others wait for.
    ///
    /// # Errors
    /// When it is no package that a function may have.
    pub fn put(self: &Arc<Self>, package: &[u8]) -> Result<Pinned, CodeError> {
        let size = package.len() as u64;
        if size > ZIPPED_LIMIT {
            return Err(CodeError::ZippedTooLarge);
        }
        let sha256: Sha = Sha256::digest(package).into();
        // Pinned first: what is there already must not be swept before it is referred to.
        *self.pins().entry(sha256).or_default() += 1;
        let pinned = Pinned { store: Arc::clone(self), code: Code { sha256, size } };
        let name = hex(&sha256);
        if self.unpacked.join(&name).is_dir() && self.package(&sha256).is_file() {
            return Ok(pinned);
        }
        self.unpack(package, &name)?;
        let new = self.fresh(&self.packages);
        let mut file = private_file(&new)?;
        file.write_all(package)?;
        file.sync_all()?;
        fs::rename(&new, self.package(&sha256))?;
        File::open(&self.packages)?.sync_all()?;
        Ok(pinned)
    }

    /// The file of a package, as it came.
    pub fn package(&self, sha256: &Sha) -> PathBuf {
        self.packages.join(format!("{}.zip", hex(sha256)))
    }

    /// Removes packages that nobody refers to; `used` tells those that somebody does.
    ///
    /// # Errors
    /// When the directory cannot be read; what cannot be removed stays for the next time.
    pub fn sweep(&self, used: impl FnOnce() -> BTreeSet<Sha>) -> io::Result<()> {
        let mut unused = Vec::new();
        {
            // Held meanwhile: whoever is about to refer to a package has pinned it, or waits here
            // and finds it gone.
            let pins = self.pins();
            let used = used();
            for directory in [&self.unpacked, &self.packages] {
                for entry in fs::read_dir(directory)? {
                    let path = entry?.path();
                    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    let sha = unhex(&stem);
                    if sha.is_some_and(|sha| !used.contains(&sha) && !pins.contains_key(&sha)) {
                        let old = self.fresh(directory);
                        fs::rename(&path, &old)?;
                        unused.push(old);
                    }
                }
            }
        }
        unused.iter().try_for_each(|path| remove(path))
    }

    fn pins(&self) -> MutexGuard<'_, HashMap<Sha, usize>> {
        self.pins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A name that nothing has: what could not be removed at a start may be there still.
    fn fresh(&self, directory: &Path) -> PathBuf {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let path = directory.join(format!(".new-{number}"));
            if fs::symlink_metadata(&path).is_err() {
                return path;
            }
        }
    }

    /// Unpacks all packages anew. One that cannot be is its functions' trouble alone.
    fn unpack_all(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.unpacked)? {
            clear(&entry?.path());
        }
        for entry in fs::read_dir(&self.packages)? {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let read = fs::read(&path).map_err(CodeError::Io);
            if let Err(error) = read.and_then(|package| self.unpack(&package, &name)) {
                tracing::error!(file = %path.display(), %error, "package is left out");
            }
        }
        Ok(())
    }

    fn unpack(&self, package: &[u8], name: &str) -> Result<(), CodeError> {
        let new = self.fresh(&self.unpacked);
        let outcome = unpack(package, &new).and_then(|()| {
            match fs::rename(&new, self.unpacked.join(name)) {
                // Somebody else unpacked the same package meanwhile.
                Err(_) if self.unpacked.join(name).is_dir() => remove(&new).map_err(CodeError::Io),
                other => other.map_err(CodeError::Io),
            }
        });
        if outcome.is_err() {
            clear(&new);
        }
        outcome
    }
}

/// Unpacks into a directory that does not exist yet.
fn unpack(package: &[u8], into: &Path) -> Result<(), CodeError> {
    let mut archive = ZipArchive::new(Cursor::new(package))?;
    if archive.is_empty() {
        return Err(CodeError::Empty);
    }
    directory(into)?;
    let mut left = UNZIPPED_LIMIT;
    let mut links = Vec::new();
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
        let path = into.join(inside);
        if entry.is_dir() {
            directory(&path)?;
            continue;
        }
        directory(path.parent().unwrap_or(into))?;
        if entry.is_symlink() {
            let mut target = String::new();
            (&mut entry).take(4096).read_to_string(&mut target).map_err(unreadable)?;
            links.push((path, target));
            continue;
        }
        let executable = entry.unix_mode().is_some_and(|mode| mode & 0o111 != 0);
        left = left
            .checked_sub(write(&mut entry, &path, executable, left)?)
            .ok_or(CodeError::UnzippedTooLarge)?;
    }
    // Links last, so that no file is written through one.
    for (path, target) in links {
        match fs::symlink_metadata(&path) {
            Ok(_) => return Err(CodeError::NotAZip("an entry stands twice".into())),
            Err(_) => symlink(target, &path).map_err(unwritable)?,
        }
    }
    Ok(())
}

/// Writes one file that everybody may read; returns its size.
fn write(
    entry: &mut impl Read,
    path: &Path,
    executable: bool,
    limit: u64,
) -> Result<u64, CodeError> {
    let mode = if executable { 0o755 } else { 0o644 };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
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
    // Whatever the umask is.
    file.set_permissions(Permissions::from_mode(mode))?;
    Ok(size)
}

fn unreadable(error: io::Error) -> CodeError {
    CodeError::NotAZip(error.to_string())
}

fn directory(path: &Path) -> Result<(), CodeError> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o755).create(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            CodeError::NotAZip("an entry is a file and a directory".into())
        }
        _ => unwritable(error),
    })
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

/// Removes what is not wanted; what cannot be removed stays, and is in nobody's way.
fn clear(path: &Path) {
    if let Err(error) = remove(path) {
        tracing::warn!(file = %path.display(), %error, "file cannot be removed");
    }
}

/// Removes a file or a directory with all in it. Of directories that lie within each other one is
/// open at a time, however many there are.
fn remove(path: &Path) -> io::Result<()> {
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

/// 64 hexadecimal digits.
pub fn hex(sha256: &Sha) -> String {
    sha256.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest that 64 hexadecimal digits name.
pub fn unhex(text: &str) -> Option<Sha> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| digit.to_digit(16).map(|value| value as u8))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    if digits.len() == 64 { bytes.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn package(build: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        build(&mut writer);
        writer.finish().expect("a zip").into_inner()
    }

    fn file(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, mode: u32, text: &str) {
        let options = SimpleFileOptions::default().unix_permissions(mode);
        writer.start_file(name, options).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its bytes");
    }

    fn state(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("warren-code-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o7777
    }

    #[test]
    fn packages_are_unpacked_once_and_swept_when_unused() {
        let state = state("put");
        let store = CodeStore::open(&state).expect("a store");
        let bytes = package(|zip| {
            file(zip, "bootstrap", 0o4700, "#!/bin/sh\n");
            file(zip, "lib/a.py", 0o600, "x = 1\n");
            let options = SimpleFileOptions::default();
            zip.add_symlink("link", "lib/a.py", options).expect("a link");
        });
        let first = store.put(&bytes).expect("taken");
        let root = store.directory().join(hex(&first.code.sha256));
        assert_eq!(mode(&root.join("bootstrap")), 0o755);
        assert_eq!(mode(&root.join("lib/a.py")), 0o644);
        assert_eq!(fs::read_to_string(root.join("link")).expect("a link"), "x = 1\n");
        assert_eq!(fs::read(store.package(&first.code.sha256)).expect("kept"), bytes);
        let second = store.put(&bytes).expect("taken again");
        assert_eq!(first.code, second.code);
        drop(first);
        store.sweep(BTreeSet::new).expect("swept");
        assert!(root.is_dir(), "pinned still");
        let sha = second.code.sha256;
        drop(second);
        store.sweep(|| BTreeSet::from([sha])).expect("swept");
        assert!(root.is_dir(), "used still");
        store.sweep(BTreeSet::new).expect("swept");
        assert!(!root.exists() && !store.package(&sha).exists());
        fs::remove_dir_all(state).expect("removed");
    }

    #[test]
    fn what_was_unpacked_before_the_machine_started_is_unpacked_anew() {
        let state = state("boot");
        let store = CodeStore::open(&state).expect("a store");
        let pinned = store.put(&package(|zip| file(zip, "a", 0o644, "a"))).expect("taken");
        let path = store.directory().join(hex(&pinned.code.sha256)).join("a");
        fs::write(&path, "").expect("torn");
        fs::write(store.directory().join(".boot"), "another").expect("marked");
        let left_over = store.directory().join(".new-7");
        fs::create_dir_all(left_over.join("d/".repeat(1500))).expect("left over");
        CodeStore::open(&state).expect("opened again");
        assert_eq!(fs::read_to_string(&path).expect("there"), "a");
        assert!(!store.directory().join(".new-7").exists());
        fs::remove_dir_all(state).expect("removed");
    }

    #[test]
    fn hostile_packages_are_refused_and_leave_nothing() {
        let state = state("hostile");
        let store = CodeStore::open(&state).expect("a store");
        let outside = package(|zip| file(zip, "../evil", 0o644, "x"));
        let through = package(|zip| {
            let options = SimpleFileOptions::default();
            zip.add_symlink("a", "/tmp", options).expect("a link");
            file(zip, "a/evil", 0o644, "x");
        });
        let bomb = package(|zip| {
            let options = SimpleFileOptions::default();
            zip.start_file("zeros", options).expect("an entry");
            let zeros = vec![0; 1 << 20];
            for _ in 0..251 {
                zip.write_all(&zeros).expect("its bytes");
            }
        });
        let deep = package(|zip| file(zip, &("d/".repeat(128) + "f"), 0o644, "x"));
        let long = package(|zip| file(zip, &"n".repeat(256), 0o644, "x"));
        let link = |target: &'static str| {
            let options = SimpleFileOptions::default();
            package(|zip| zip.add_symlink("a", target, options).expect("a link"))
        };
        let (nowhere, null) = (link(""), link("a\0b"));
        let nothing = package(|_| ());
        for bytes in [outside, through, deep, long, nowhere, null, nothing, b"PK no zip".to_vec()] {
            let outcome = store.put(&bytes);
            assert!(
                matches!(outcome, Err(CodeError::NotAZip(_) | CodeError::Empty)),
                "{outcome:?}"
            );
        }
        assert!(matches!(store.put(&bomb), Err(CodeError::UnzippedTooLarge)));
        let huge = vec![0; ZIPPED_LIMIT as usize + 1];
        assert!(matches!(store.put(&huge), Err(CodeError::ZippedTooLarge)));
        let left: Vec<_> = fs::read_dir(store.directory()).expect("a directory").collect();
        assert_eq!(left.len(), 1, "only the mark: {left:?}");
        assert!(!Path::new("/tmp/evil").exists() && store.pins().is_empty());
        fs::remove_dir_all(state).expect("removed");
    }

    #[test]
    fn digests_round_trip() {
        let sha: Sha = Sha256::digest(b"x").into();
        assert_eq!(unhex(&hex(&sha)), Some(sha));
        assert_eq!((unhex("00"), unhex(&"g".repeat(64))), (None, None));
    }
}
