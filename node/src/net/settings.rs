//! Settings of the host that servers need: what they were before is kept beside the claims, with who
//! needs them, so that whoever ends last puts them back, in whatever order they end and however.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::namespace;
use crate::claim::{self, DIRECTORY};

/// What is kept of a setting.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    /// Where it is, below `/proc/sys/net`.
    name: String,
    /// What it was before anybody needed it otherwise.
    before: String,
    /// The installations that need it.
    users: Vec<String>,
}

/// The start of the machine that a setting is kept for: after another it is what it was at first.
fn boot() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    id.trim().to_owned()
}

impl Kept {
    fn read(path: &Path) -> Option<Kept> {
        let text = fs::read_to_string(path).ok()?;
        let mut lines = text.lines().map(str::to_owned);
        if lines.next()? != boot() {
            return None;
        }
        Some(Kept { name: lines.next()?, before: lines.next()?, users: lines.collect() })
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let lines = [boot(), self.name.clone(), self.before.clone()];
        let text = lines.iter().chain(&self.users).map(|line| line.clone() + "\n");
        // Whole or not at all: a server may be killed at any instant.
        let new = path.with_extension("new");
        fs::write(&new, text.collect::<String>())?;
        fs::rename(new, path)
    }

    /// Forgets users that are gone without having said so, and `own`.
    fn forget(&mut self, own: &str) {
        self.users.retain(|user| user != own && claim::is_taken(user));
    }

    /// Puts the setting back.
    fn put_back(&self) {
        match namespace::set(&self.name, &self.before) {
            // A setting of a link that is gone is gone as well.
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let (name, before) = (&self.name, &self.before);
                tracing::error!(name, before, %error, "setting of the host not put back");
            }
            _ => {}
        }
    }
}

/// Keeps all others from settings meanwhile.
fn alone() -> io::Result<File> {
    fs::create_dir_all(DIRECTORY)?;
    let file = File::open(DIRECTORY)?;
    file.lock()?;
    Ok(file)
}

/// Where the settings of this network namespace are kept.
fn prefix() -> io::Result<String> {
    let own = fs::metadata("/proc/thread-self/ns/net")?;
    Ok(format!("setting-{}-", own.ino()))
}

fn path_of(name: &str) -> io::Result<PathBuf> {
    Ok(Path::new(DIRECTORY).join(prefix()? + &name.replace('/', "+")))
}

/// Has a setting be `value` for as long as an installation needs it.
pub(super) fn need(instance: &str, name: &str, value: &str) -> io::Result<()> {
    let _alone = alone()?;
    let path = path_of(name)?;
    let now = fs::read_to_string(format!("/proc/sys/net/{name}"))?.trim().to_owned();
    let mut kept = match Kept::read(&path) {
        Some(kept) => kept,
        None if now == value => return Ok(()),
        None => Kept { name: name.to_owned(), before: now, users: Vec::new() },
    };
    kept.forget(instance);
    kept.users.push(instance.to_owned());
    kept.write(&path)?;
    namespace::set(name, value)
}

/// An installation needs no setting any more. What nobody needs is put back, also where those who
/// needed it were killed.
pub(super) fn release(instance: &str) -> io::Result<()> {
    let _alone = alone()?;
    let prefix = prefix()?;
    for entry in fs::read_dir(DIRECTORY)?.flatten() {
        let is_setting = entry.file_name().to_string_lossy().starts_with(&prefix);
        let path = entry.path();
        if !is_setting || path.extension().is_some_and(|extension| extension == "new") {
            continue;
        }
        // One of an earlier start of the machine says nothing of this.
        if let Some(mut kept) = Kept::read(&path) {
            kept.forget(instance);
            if !kept.users.is_empty() {
                kept.write(&path)?;
                continue;
            }
            kept.put_back();
        }
        fs::remove_file(&path)?;
    }
    Ok(())
}
