//! Runtimes: which program serves a function, on which interpreter of the host, and Warren's own
//! runtime clients for those that bring none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::protocol::Program;

/// The files of `/var/runtime` and their contents.
pub(crate) const FILES: [(&str, &str); 2] = [
    ("bootstrap.py", include_str!("files/bootstrap.py")),
    ("bootstrap.cjs", include_str!("files/bootstrap.cjs")),
];

/// How a function's runtime is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Client {
    /// An executable that the function brings.
    Bootstrap,
    /// An interpreter with Warren's runtime client.
    Managed {
        /// Directory of the host to show at `/var/lang`; `None` for what lies in `/usr`.
        lang: Option<PathBuf>,
        /// The interpreter inside the sandbox, and its arguments.
        program: Program,
        /// Whether the runtime client can be a zygote.
        forks: bool,
    },
}

/// Why a runtime cannot be had here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no interpreter for runtime `{0}` on this host\n\
     hint: install one below /usr, /usr/local, ~/.pyenv or ~/.nvm, or use `provided.al2023`"
)]
pub struct NoRuntime(pub String);

/// Variables that an interpreter reads at its start, so that one started ahead would miss them.
const EARLY: [&str; 9] = [
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "NODE_OPTIONS",
    "NODE_EXTRA_CA_CERTS",
    "NODE_PATH",
    "PYTHONHASHSEED",
    "PYTHONMALLOC",
    "PYTHONOPTIMIZE",
    "PYTHONDONTWRITEBYTECODE",
];

/// Whether a function with these variables can be served by an interpreter started ahead.
pub fn can_be_prepared(variables: &BTreeMap<String, String>) -> bool {
    !EARLY.iter().any(|name| variables.contains_key(*name))
}

/// The client for a runtime of AWS's name, for instance `python3.11`.
pub fn find(runtime: &str) -> Result<Client, NoRuntime> {
    let none = || NoRuntime(runtime.to_owned());
    if runtime.starts_with("provided") {
        return Ok(Client::Bootstrap);
    }
    if let Some(version) = runtime.strip_prefix("python") {
        let name = format!("python{version}");
        let path = interpreter(&name).or_else(|| interpreter("python3")).ok_or_else(none)?;
        // Not the host's site-packages: a function sees the standard library and what it brings.
        let arguments = ["python3", "-S", "-u", "/var/runtime/bootstrap.py"];
        return Ok(managed(&path, &arguments, true));
    }
    if runtime.starts_with("nodejs") {
        let path = interpreter("node").ok_or_else(none)?;
        let arguments = ["node", "--no-warnings", "/var/runtime/bootstrap.cjs"];
        // It has threads, of which a fork would have one.
        return Ok(managed(&path, &arguments, false));
    }
    Err(none())
}

fn managed(path: &Path, arguments: &[&str], forks: bool) -> Client {
    let (lang, inside) = match path.strip_prefix("/usr") {
        Ok(_) => (None, path.to_owned()),
        Err(_) => {
            let prefix = path.parent().and_then(Path::parent).map(Path::to_owned);
            let name = path.file_name().unwrap_or_default();
            (prefix, Path::new("/var/lang/bin").join(name))
        }
    };
    let program = Program {
        path: inside.to_string_lossy().into_owned(),
        arguments: arguments.iter().map(|&each| each.to_owned()).collect(),
        variables: Vec::new(),
    };
    Client::Managed { lang, program, forks }
}

/// Finds an executable of this name: a real one, since version managers put scripts on the path
/// that would look for the host's files.
fn interpreter(name: &str) -> Option<PathBuf> {
    let mut directories: Vec<PathBuf> = vec!["/usr/bin".into(), "/usr/local/bin".into()];
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_else(|| "/root".into());
    for versions in [".pyenv/versions", ".nvm/versions/node", ".local/share/mise/installs/python"] {
        let mut found: Vec<PathBuf> = fs::read_dir(home.join(versions))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        found.sort();
        directories.extend(found.into_iter().rev());
    }
    if let Some(path) = std::env::var_os("PATH") {
        directories.extend(std::env::split_paths(&path));
    }
    directories.iter().map(|directory| directory.join(name)).find_map(|path| {
        let path = fs::canonicalize(path).ok()?;
        is_elf(&path).then_some(path)
    })
}

fn is_elf(path: &Path) -> bool {
    let mut magic = [0; 4];
    fs::File::open(path)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut magic))
        .is_ok_and(|()| magic == *b"\x7fELF")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interpreter_outside_usr_is_shown_at_var_lang() {
        let Client::Managed { lang, program, .. } =
            managed(Path::new("/root/p/bin/python3.11"), &["x"], true)
        else {
            panic!("managed")
        };
        assert_eq!(lang, Some("/root/p".into()));
        assert_eq!(program.path, "/var/lang/bin/python3.11");
        let Client::Managed { lang, program, .. } =
            managed(Path::new("/usr/bin/node"), &["x"], false)
        else {
            panic!("managed")
        };
        assert_eq!((lang, program.path.as_str()), (None, "/usr/bin/node"));
    }

    #[test]
    fn an_unknown_runtime_is_named() {
        assert_eq!(find("java21"), Err(NoRuntime("java21".into())));
        assert_eq!(find("provided.al2023"), Ok(Client::Bootstrap));
    }
}
