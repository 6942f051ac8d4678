//! Runtimes: which program serves a function, on which interpreter of the host, and Warren's own
//! runtime clients for those that bring none.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::{TRUSTED, interpreters};
use crate::sandbox::protocol::Program;

/// The files of `/var/runtime` and their contents.
pub(crate) const FILES: [(&str, &str); 12] = [
    ("bootstrap", include_str!("files/bootstrap")),
    ("bootstrap.py", include_str!("files/bootstrap.py")),
    ("ahead.py", include_str!("files/ahead.py")),
    ("zygote.py", include_str!("files/zygote.py")),
    ("bootstrap.cjs", include_str!("files/bootstrap.cjs")),
    ("errors.cjs", include_str!("files/errors.cjs")),
    ("log.py", include_str!("files/log.py")),
    ("index.mjs", include_str!("files/index.mjs")),
    ("load.cjs", include_str!("files/load.cjs")),
    ("log.cjs", include_str!("files/log.cjs")),
    ("store.cjs", include_str!("files/store.cjs")),
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
    "no interpreter for runtime {runtime} on this host, which has {has}\n\
     hint: warren runtime install {runtime}"
)]
pub struct NoRuntime {
    /// The runtime.
    pub runtime: String,
    /// The runtimes that the host has.
    pub has: String,
}

/// Why the client of a runtime was not found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The host has not its interpreter.
    #[error(transparent)]
    Missing(#[from] NoRuntime),
    /// It cannot be told for now whether it has.
    #[error("interpreters of this host could not be looked for")]
    Untold(#[source] io::Error),
}

impl NoRuntime {
    fn new(runtime: &str) -> NoRuntime {
        let all = interpreters::all();
        let names: Vec<&str> = all.iter().map(|each| each.runtime.as_str()).collect();
        let has = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        NoRuntime { runtime: runtime.to_owned(), has }
    }
}

/// Whether the interpreter of a runtime, or a library that it loads, reads this variable at its start, so
/// that one started ahead would miss it.
fn is_early(runtime: &str, name: &str, value: &str) -> bool {
    // Each interpreter passes over those of the other, and what Node is started with it has.
    let is_of_other = (name.starts_with("NODE_") && !runtime.starts_with("nodejs"))
        || (name.starts_with("PYTHON") && !runtime.starts_with("python"));
    if is_of_other || (name, value) == AHEAD {
        return false;
    }
    const NAMES: [&str; 5] =
        [WRAPPER, "GLIBC_TUNABLES", "LANG", "OPENSSL_CONF", "UV_THREADPOOL_SIZE"];
    const BEGINNINGS: [&str; 5] = ["LC_", "LD_", "MALLOC_", "NODE_", "PYTHON"];
    // Read by nobody before the function's own code, or by the runtime client when it is assigned.
    const LATE: [&str; 3] = ["NODE_ENV", "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONPATH"];
    let begins = BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
    (begins && !LATE.contains(&name)) || NAMES.contains(&name)
}

/// What each Node is started with that is started ahead: in a VPC each function has it, and elsewhere it
/// adds to whom is trusted none but this installation itself.
pub(crate) const AHEAD: (&str, &str) = ("NODE_EXTRA_CA_CERTS", TRUSTED);

/// Whether a function of a runtime with these variables can be served by an interpreter started ahead.
pub fn can_be_prepared(runtime: &str, variables: &BTreeMap<String, String>) -> bool {
    !variables.iter().any(|(name, value)| is_early(runtime, name, value))
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

impl Client {
    /// The client on an interpreter that has loaded AWS's SDK ahead, where it can be a zygote.
    pub(crate) fn with_sdk(self) -> Client {
        match self {
            Client::Managed { lang, mut program, forks: true } => {
                program.arguments.push("ahead".to_owned());
                Client::Managed { lang, program, forks: true }
            }
            other => other,
        }
    }
}

/// The client for a runtime of AWS's name, for instance `python3.11`, with so many MB of memory: on
/// an interpreter of just that version.
///
/// # Errors
/// When the host has not that interpreter, or it cannot be told.
pub fn find(runtime: &str, memory: u32) -> Result<Client, FindError> {
    if runtime.starts_with("provided") {
        return Ok(Client::Bootstrap);
    }
    let found = interpreters::find(runtime).map_err(FindError::Untold)?;
    let path = found.ok_or_else(|| NoRuntime::new(runtime))?;
    if runtime.starts_with("python") {
        // Not the host's site-packages: a function sees the standard library and what it brings.
        let arguments = ["python3", "-S", "-u", "/var/runtime/bootstrap.py"];
        return Ok(managed(&path, &arguments, true));
    }
    let (young, old) = heap_of_node(memory);
    let arguments = [
        "node",
        "--expose-gc",
        "--max-http-header-size",
        "81920",
        &young,
        &old,
        "/var/runtime/bootstrap.cjs",
    ];
    // It has threads, of which a fork would have one.
    Ok(managed(&path, &arguments, false))
}

/// How AWS divides a function's memory for Node.js: a tenth for what is young, of which there are
/// two spaces at a time, the rest for what is old.
fn heap_of_node(memory: u32) -> (String, String) {
    let young = memory / 10;
    (
        format!("--max-semi-space-size={}", young / 2),
        format!("--max-old-space-size={}", memory - young),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_interpreter_reads_at_its_start_keeps_from_one_that_was_started_ahead() {
        let may = |runtime: &str, name: &str, value: &str| {
            can_be_prepared(runtime, &BTreeMap::from([(name.to_owned(), value.to_owned())]))
        };
        for (runtime, name, value) in [
            ("nodejs22.x", "NODE_EXTRA_CA_CERTS", "/var/task/own.pem"),
            ("nodejs22.x", "NODE_OPTIONS", "--enable-source-maps"),
            ("python3.12", "PYTHONHASHSEED", "1"),
            ("python3.12", "LD_PRELOAD", "/opt/lib.so"),
            ("python3.12", "LANG", "de_DE.UTF-8"),
            ("nodejs22.x", "LC_ALL", "C"),
            ("python3.12", WRAPPER, "/opt/wrapper"),
        ] {
            assert!(!may(runtime, name, value), "{runtime} {name}");
        }
        // What each function in a VPC is given among them.
        for (runtime, name, value) in [
            ("nodejs22.x", "NODE_EXTRA_CA_CERTS", TRUSTED),
            ("python3.12", "NODE_EXTRA_CA_CERTS", TRUSTED),
            ("python3.12", "NODE_OPTIONS", "--enable-source-maps"),
            ("nodejs22.x", "PYTHONUNBUFFERED", "1"),
            ("python3.12", "PYTHONPATH", "/var/task/lib"),
            ("nodejs22.x", "NODE_ENV", "production"),
            ("nodejs22.x", "LANGUAGE", "de"),
            ("python3.12", "PATH", "/opt/bin"),
            ("nodejs22.x", "TZ", "Europe/Berlin"),
            ("python3.12", "SSL_CERT_FILE", TRUSTED),
            ("python3.12", "AWS_CA_BUNDLE", TRUSTED),
        ] {
            assert!(may(runtime, name, value), "{runtime} {name}");
        }
    }

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
    fn nodejs_is_told_how_much_memory_there_is() {
        for (memory, young, old) in [(128, 6, 116), (256, 12, 231), (10_240, 512, 9216)] {
            let wanted =
                (format!("--max-semi-space-size={young}"), format!("--max-old-space-size={old}"));
            assert_eq!(heap_of_node(memory), wanted);
        }
    }

    #[test]
    fn an_unknown_runtime_is_named() {
        let error = find("java21", 128).unwrap_err().to_string();
        assert!(error.starts_with("no interpreter for runtime java21 on this host, which has "));
        assert_eq!(find("provided.al2023", 128).expect("found"), Client::Bootstrap);
    }
}
