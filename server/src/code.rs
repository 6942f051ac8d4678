//! Code packages: kept as they came, and unpacked once into a directory named by their SHA-256.

mod remove;
#[cfg(test)]
mod tests;
mod unpack;

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, Permissions};
use std::io::{self, BufReader, Cursor, Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::record::function::Code;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::store::{private_file, write_private};
use remove::{clear, remove};
use unpack::{measure, unpack};

/// Bytes of a package that comes inline.
pub const ZIPPED_LIMIT: u64 = 52_428_800;
/// Bytes of a package's files together.
pub const UNZIPPED_LIMIT: u64 = 262_144_000;
/// Bytes of a package that is fetched: its files as they are, and what the zip says of them.
const FETCHED_LIMIT: u64 = UNZIPPED_LIMIT + (16 << 20);

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
    /// The file that was kept is not what came.
    #[error("package {} was damaged", .0.display())]
    Damaged(PathBuf),
    /// The file that was kept is not there any more, or cannot be read.
    #[error("package {} cannot be read: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
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
    /// Device and inode of both when they were opened.
    identities: [(u64, u64); 2],
    /// Packages that a request is about to refer to, and how many do.
    pins: Mutex<HashMap<Sha, usize>>,
    /// Packages whose code is not there, and cannot be unpacked either.
    lost: Mutex<BTreeSet<Sha>>,
    /// Bytes of the files of packages that were measured.
    measured: Mutex<HashMap<Sha, u64>>,
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
        let mut pins = lock(&self.store.pins);
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
        let (unpacked, packages) = (state.join("code"), state.join("packages"));
        for directory in [&unpacked, &packages] {
            fs::create_dir_all(directory)?;
            fs::set_permissions(directory, Permissions::from_mode(0o700))?;
        }
        let store = Arc::new(CodeStore {
            identities: [identity(&unpacked)?, identity(&packages)?],
            unpacked,
            packages,
            pins: Mutex::default(),
            lost: Mutex::default(),
            measured: Mutex::default(),
            next: AtomicU64::new(0),
        });
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
            if let Err(error) = write_private(&mark, boot.as_bytes()) {
                tracing::warn!(%error, "packages are unpacked again at the next start");
            }
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
        // Pinned first: what is there already must not be swept before it is referred to.
        let pinned = self.pin(Code { sha256: Sha256::digest(package).into(), size });
        if !self.has(&pinned.code) {
            self.unpack(Cursor::new(package), &pinned.code.sha256)?;
            self.keep(|file| file.write_all(package), &pinned.code.sha256)?;
        }
        Ok(pinned)
    }

    /// Keeps a package that is being fetched, and unpacks it; as [`CodeStore::put`] otherwise. It
    /// goes through a file, since it may be large.
    ///
    /// # Errors
    /// When it is no package that a function may have, or ends too early.
    pub fn receive(self: &Arc<Self>, arriving: impl Read) -> Result<Pinned, CodeError> {
        let new = self.fresh(&self.packages);
        let received = receive(arriving, &new).and_then(|(file, code)| {
            let pinned = self.pin(code);
            if !self.has(&pinned.code) {
                let sha = &pinned.code.sha256;
                self.unpack(BufReader::new(&file), sha)?;
                file.sync_all()?;
                fs::rename(&new, self.package(sha))?;
                File::open(&self.packages)?.sync_all()?;
            }
            Ok(pinned)
        });
        clear(&new);
        received
    }

    /// The file of a package, as it came.
    pub fn package(&self, sha256: &Sha) -> PathBuf {
        self.packages.join(format!("{}.zip", hex(sha256)))
    }

    /// Has the code of a package be where it is unpacked: unpacks it again where somebody removed
    /// it.
    ///
    /// # Errors
    /// When that cannot be; it is known to be lost from then on, until it can.
    pub fn provide(&self, sha256: &Sha) -> Result<(), CodeError> {
        let provided = match self.unpacked.join(hex(sha256)).is_dir() {
            true => Ok(()),
            false => self.unpack_kept(sha256),
        };
        let mut lost = lock(&self.lost);
        match &provided {
            Ok(()) => drop(lost.remove(sha256)),
            Err(error) if lost.insert(*sha256) => {
                tracing::error!(%error, "functions with this package cannot run");
            }
            Err(_) => {}
        }
        provided
    }

    /// Provides all of these, whether or not that succeeds.
    pub fn provide_all(&self, used: &BTreeSet<Sha>) {
        for sha256 in used {
            // Told where it fails, and by the state of the functions.
            drop(self.provide(sha256));
        }
    }

    /// Bytes of a package's files as they are unpacked; none where they are not there.
    pub fn unzipped(&self, sha256: &Sha) -> u64 {
        if let Some(known) = lock(&self.measured).get(sha256) {
            return *known;
        }
        // What is lost is told by the state of its functions.
        let measured = self
            .provide(sha256)
            .and_then(|()| measure(&self.unpacked.join(hex(sha256))).map_err(CodeError::Io));
        let Ok(size) = measured else { return 0 };
        lock(&self.measured).insert(*sha256, size);
        size
    }

    /// Whether the code of a package is known to be lost.
    pub fn is_lost(&self, sha256: &Sha) -> bool {
        lock(&self.lost).contains(sha256)
    }

    /// Removes packages that nobody refers to; `used` tells those that somebody does. Directories
    /// that have taken the place of those that were opened hold packages of somebody else.
    ///
    /// # Errors
    /// When a directory cannot be read, or is another; what cannot be removed stays for the next time.
    pub fn sweep(&self, used: impl FnOnce() -> BTreeSet<Sha>) -> io::Result<()> {
        let mut unused = Vec::new();
        {
            // Held meanwhile: whoever is about to refer to a package has pinned it, or waits here
            // and finds it gone.
            let pins = lock(&self.pins);
            let used = used();
            lock(&self.lost).retain(|sha256| used.contains(sha256));
            lock(&self.measured).retain(|sha256, _| used.contains(sha256));
            for (directory, opened) in
                [&self.unpacked, &self.packages].into_iter().zip(self.identities)
            {
                if identity(directory)? != opened {
                    let what = format!("{} was replaced under the server", directory.display());
                    return Err(io::Error::other(what));
                }
                for entry in fs::read_dir(directory)? {
                    let path = entry?.path();
                    let sha = named(&path);
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

    fn pin(self: &Arc<Self>, code: Code) -> Pinned {
        *lock(&self.pins).entry(code.sha256).or_default() += 1;
        Pinned { store: Arc::clone(self), code }
    }

    fn has(&self, code: &Code) -> bool {
        let kept = fs::metadata(self.package(&code.sha256));
        self.unpacked.join(hex(&code.sha256)).is_dir()
            && kept.is_ok_and(|found| found.is_file() && found.len() == code.size)
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

    /// Keeps the file of a package durably, wholly or not at all.
    fn keep(
        &self,
        write: impl FnOnce(&mut File) -> io::Result<()>,
        sha256: &Sha,
    ) -> Result<(), CodeError> {
        let new = self.fresh(&self.packages);
        let kept = private_file(&new).and_then(|mut file| {
            write(&mut file)?;
            file.sync_all()?;
            fs::rename(&new, self.package(sha256))?;
            File::open(&self.packages)?.sync_all()
        });
        if kept.is_err() {
            clear(&new);
        }
        Ok(kept?)
    }

    /// Unpacks all packages anew. One that cannot be is its functions' trouble alone.
    fn unpack_all(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.unpacked)? {
            clear(&entry?.path());
        }
        for entry in fs::read_dir(&self.packages)? {
            if let Some(sha256) = named(&entry?.path()) {
                // Told where it fails, and by the state of the functions.
                drop(self.provide(&sha256));
            }
        }
        Ok(())
    }

    /// Unpacks the package that was kept, unless it is another one by now.
    fn unpack_kept(&self, sha256: &Sha) -> Result<(), CodeError> {
        let path = self.package(sha256);
        let unreadable = |why| CodeError::Unreadable { path: path.clone(), why };
        let mut file = File::open(&path).map_err(unreadable)?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer).map_err(unreadable)? {
                0 => break,
                count => digest.update(&buffer[..count]),
            }
        }
        let found: Sha = digest.finalize().into();
        if found != *sha256 {
            return Err(CodeError::Damaged(path));
        }
        file.rewind().map_err(unreadable)?;
        self.unpack(BufReader::new(file), sha256)
    }

    fn unpack(&self, package: impl Read + Seek, sha256: &Sha) -> Result<(), CodeError> {
        let new = self.fresh(&self.unpacked);
        let place = self.unpacked.join(hex(sha256));
        let outcome = unpack(package, &new).and_then(|()| {
            match fs::rename(&new, &place) {
                // Somebody else unpacked the same package meanwhile.
                Err(_) if place.is_dir() => remove(&new).map_err(CodeError::Io),
                other => other.map_err(CodeError::Io),
            }
        });
        match &outcome {
            Ok(()) => drop(lock(&self.lost).remove(sha256)),
            Err(_) => clear(&new),
        }
        outcome
    }
}

/// Writes what arrives into a new file; returns it with what it is.
fn receive(mut arriving: impl Read, into: &Path) -> Result<(File, Code), CodeError> {
    let mut file = private_file(into)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let count = arriving.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        size += count as u64;
        if size > FETCHED_LIMIT {
            return Err(CodeError::UnzippedTooLarge);
        }
        digest.update(&buffer[..count]);
        file.write_all(&buffer[..count])?;
    }
    file.rewind()?;
    Ok((file, Code { sha256: digest.finalize().into(), size }))
}

/// The package that a file or a directory is of.
fn named(path: &Path) -> Option<Sha> {
    unhex(&path.file_stem().unwrap_or_default().to_string_lossy())
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

fn identity(directory: &Path) -> io::Result<(u64, u64)> {
    let found = fs::metadata(directory)?;
    Ok((found.dev(), found.ino()))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that is done under these locks can leave them half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
