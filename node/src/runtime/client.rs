//! Runtimes: which program serves a function, on which interpreter of the host, and Warren's own
//! runtime clients for those that bring none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::protocol::Program;

/// The files of `/var/runtime` and their contents.
pub(crate) const FILES: [(&str, &str); 7] = [
    ("bootstrap", include_str!("files/bootstrap")),
    ("bootstrap.py", include_str!("files/bootstrap.py")),
    ("zygote.py", include_str!("files/zygote.py")),
    ("bootstrap.cjs", include_str!("files/bootstrap.cjs")),
    ("errors.cjs", include_str!("files/errors.cjs")),
    ("load.cjs", include_str!("files/load.cjs")),
    ("streaming.cjs", include_str!("files/streaming.cjs")),
];

/// The variable that names a program which is to start the runtime client.
pub(crate) const WRAPPER: &str = "AWS_LAMBDA_EXEC_WRAPPER";
/// Tells a runtime client that it was started by a wrapper, with the function's variables.
const WRAPPED: &str = "_WARREN_WRAPPED=1";

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

/// Whether an interpreter, or a library that it loads, reads this variable at its start, so that one
/// started ahead would miss it.
fn is_early(name: &str) -> bool {
    const NAMES: [&str; 5] =
        [WRAPPER, "GLIBC_TUNABLES", "LANG", "OPENSSL_CONF", "UV_THREADPOOL_SIZE"];
    const BEGINNINGS: [&str; 5] = ["LC_", "LD_", "MALLOC_", "NODE_", "PYTHON"];
    // Read by nobody before the function's own code, or by the runtime client when it is assigned.
    const LATE: [&str; 3] = ["NODE_ENV", "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONPATH"];
    let begins = BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
    (begins && !LATE.contains(&name)) || NAMES.contains(&name)
}

/// Whether a function with these variables can be served by an interpreter started ahead.
pub fn can_be_prepared(variables: &BTreeMap<String, String>) -> bool {
    !variables.keys().any(|name| is_early(name))
}

/// The program that starts an interpreter by the wrapper which the function's variables name.
pub(crate) fn wrapped(interpreter: &Program, variables: Vec<String>) -> Program {
    let mut arguments = vec!["sh".to_owned(), "/var/runtime/bootstrap".to_owned()];
    arguments.push(interpreter.path.clone());
    arguments.extend(interpreter.arguments.iter().skip(1).cloned());
    let mut variables = variables;
    variables.push(WRAPPED.to_owned());
    Program { path: "/bin/sh".to_owned(), arguments, variables }
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
    fn what_an_interpreter_reads_at_its_start_comes_too_late_for_one_started_ahead() {
        for name in ["PYTHONHASHSEED", "NODE_OPTIONS", "LD_PRELOAD", "LANG", "LC_ALL", WRAPPER] {
            assert!(is_early(name), "{name}");
        }
        for name in ["PYTHONPATH", "NODE_ENV", "LANGUAGE", "PATH", "DEBUG", "TZ"] {
            assert!(!is_early(name), "{name}");
        }
    }

    #[test]
    fn an_unknown_runtime_is_named() {
        assert_eq!(find("java21"), Err(NoRuntime("java21".into())));
        assert_eq!(find("provided.al2023"), Ok(Client::Bootstrap));
    }
}
