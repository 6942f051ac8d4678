//! The interpreters that this host has, by the runtimes whose versions they are. One of another
//! version never takes a missing one's place: functions depend on versions.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Where `warren runtime install` puts what the host has not, unless `WARREN_RUNTIMES` says so.
const DIRECTORY: &str = "/var/lib/warren/runtimes";

/// An interpreter of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    /// The runtime that it runs, by AWS's name.
    pub runtime: String,
    /// The program, without links.
    pub path: PathBuf,
    /// Whether AWS's SDK is installed for it.
    pub has_sdk: bool,
}

/// Where runtimes and SDKs are installed, for all servers of this host.
pub fn directory() -> PathBuf {
    std::env::var_os("WARREN_RUNTIMES").map_or_else(|| DIRECTORY.into(), PathBuf::from)
}

/// Where the SDKs are, which sandboxes see at `/var/runtime/sdk`.
pub fn sdk_directory() -> PathBuf {
    directory().join("sdk")
}

/// Where the SDK of a runtime is, or is to be: all versions of Node.js share one.
pub fn sdk_of(runtime: &str) -> PathBuf {
    match runtime.starts_with("nodejs") {
        true => sdk_directory().join("nodejs/node_modules"),
        false => sdk_directory().join(runtime),
    }
}

/// The interpreter of a runtime, where the host has it.
///
/// # Errors
/// When it cannot be told for now: the process has no descriptor left to look.
pub fn find(runtime: &str) -> io::Result<Option<PathBuf>> {
    let is_python = runtime.starts_with("python");
    let name = if is_python { runtime } else { "node" };
    for directory in directories()? {
        let Some(path) = program(&directory.join(name))? else { continue };
        if is_python || runtime_of_node(&path)?.as_deref() == Some(runtime) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// All interpreters of the host, the first of each version.
pub fn all() -> Vec<Interpreter> {
    let mut found = BTreeMap::new();
    for directory in directories().unwrap_or_default() {
        for entry in fs::read_dir(&directory).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let minor = name.strip_prefix("python3.");
            let is_python = minor.is_some_and(|minor| minor.parse::<u32>().is_ok());
            if !is_python && name != "node" {
                continue;
            }
            let Ok(Some(path)) = program(&entry.path()) else { continue };
            let runtime =
                if is_python { Ok(Some(name.to_owned())) } else { runtime_of_node(&path) };
            if let Ok(Some(runtime)) = runtime {
                found.entry(runtime).or_insert(path);
            }
        }
    }
    found
        .into_iter()
        .map(|(runtime, path)| {
            let has_sdk = sdk_of(&runtime).is_dir();
            Interpreter { runtime, path, has_sdk }
        })
        .collect()
}

/// Where interpreters are looked for, in this order.
fn directories() -> io::Result<Vec<PathBuf>> {
    let mut directories: Vec<PathBuf> = within(&directory())?;
    directories.extend(["/usr/bin".into(), "/usr/local/bin".into()]);
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_else(|| "/root".into());
    for versions in [
        ".pyenv/versions",
        ".nvm/versions/node",
        ".local/share/mise/installs/python",
        ".local/share/mise/installs/node",
    ] {
        directories.extend(within(&home.join(versions))?);
    }
    if let Some(path) = std::env::var_os("PATH") {
        directories.extend(std::env::split_paths(&path).filter(|each| each.is_absolute()));
    }
    Ok(directories)
}

/// The `bin` of each version in a directory, the latest first.
fn within(versions: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = seen(fs::read_dir(versions))?.into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.reverse();
    Ok(found)
}

/// What was looked at, where it is there. A file that cannot be opened is none, but for want of
/// descriptors or memory nothing can be told of it.
fn seen<T>(looked: io::Result<T>) -> io::Result<Option<T>> {
    match looked {
        Ok(found) => Ok(Some(found)),
        Err(error) => match error.raw_os_error() {
            Some(libc::EMFILE | libc::ENFILE | libc::ENOMEM | libc::EAGAIN) => Err(error),
            _ => Ok(None),
        },
    }
}

/// A real program: version managers put scripts on the path that would look for the host's files.
fn program(path: &Path) -> io::Result<Option<PathBuf>> {
    let Ok(path) = fs::canonicalize(path) else { return Ok(None) };
    let mut magic = [0; 4];
    let read = fs::File::open(&path).and_then(|mut file| file.read_exact(&mut magic));
    Ok(seen(read)?.filter(|()| magic == *b"\x7fELF").map(|()| path))
}

/// `nodejs20.x` for a program that is Node.js 20; it is asked once for each file.
fn runtime_of_node(path: &Path) -> io::Result<Option<String>> {
    static KNOWN: Mutex<BTreeMap<(PathBuf, SystemTime), Option<String>>> =
        Mutex::new(BTreeMap::new());
    let Ok(changed) = fs::metadata(path).and_then(|file| file.modified()) else { return Ok(None) };
    let key = (path.to_owned(), changed);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = known.get(&key) {
        return Ok(runtime.clone());
    }
    let told = seen(told(path))?.flatten();
    let major =
        told.as_deref().and_then(|version| version.trim_start_matches('v').split('.').next());
    let major = major.and_then(|major| major.parse::<u32>().ok());
    let runtime = major.map(|major| format!("nodejs{major}.x"));
    known.insert(key, runtime.clone());
    Ok(runtime)
}

/// The version that an interpreter tells of itself.
pub fn version(path: &Path) -> Option<String> {
    told(path).ok().flatten()
}

fn told(path: &Path) -> io::Result<Option<String>> {
    let mut asked = Command::new(path);
    asked.arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).env_clear();
    let told = asked.output()?;
    let text = String::from_utf8(told.stdout).ok().filter(|_| told.status.success());
    Ok(text.and_then(|text| text.split_whitespace().last().map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_not_there_is_not_replaced() {
        assert_eq!(find("python3.99").expect("looked"), None);
        assert_eq!(find("nodejs99.x").expect("looked"), None);
        for Interpreter { runtime, path, .. } in all() {
            let version = version(&path).expect("it tells its version");
            let wanted = match runtime.strip_prefix("python") {
                Some(version) => format!("{version}."),
                None => format!("v{}.", runtime["nodejs".len()..].trim_end_matches(".x")),
            };
            assert!(version.starts_with(&wanted), "{runtime} is {version} at {}", path.display());
            assert!(find(&runtime).expect("looked").is_some());
        }
    }

    #[test]
    fn want_of_descriptors_is_not_taken_for_a_missing_interpreter() {
        for want in [libc::EMFILE, libc::ENFILE, libc::ENOMEM, libc::EAGAIN] {
            let error = io::Error::from_raw_os_error(want);
            assert_eq!(seen::<()>(Err(error)).expect_err("not told").raw_os_error(), Some(want));
        }
        for missing in [libc::ENOENT, libc::EACCES, libc::ENOTDIR] {
            let error = io::Error::from_raw_os_error(missing);
            assert_eq!(seen::<()>(Err(error)).expect("told"), None);
        }
    }
}
