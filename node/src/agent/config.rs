//! What the agent is started with.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use engine::id::EnvironmentId;

use super::error::BuildError;

/// Unpacks the code of a package where it is looked for, or says why it cannot.
type Unpack = dyn Fn(&[u8; 32]) -> Result<(), String> + Send + Sync;

/// How code that is not there can be had: not at all, unless somebody knows how.
#[derive(Clone, Default)]
pub struct Provide(Option<Arc<Unpack>>);

impl Provide {
    /// By this.
    pub fn by(unpack: impl Fn(&[u8; 32]) -> Result<(), String> + Send + Sync + 'static) -> Provide {
        Provide(Some(Arc::new(unpack)))
    }
}

impl fmt::Debug for Provide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Provide").field(&self.0.is_some()).finish()
    }
}

/// Whether what an environment prints is to be read on; always, unless somebody says otherwise.
#[derive(Clone, Default)]
pub struct PrintsOn(Option<Arc<dyn Fn(EnvironmentId) -> bool + Send + Sync>>);

impl PrintsOn {
    /// While this says so.
    pub fn says(while_so: impl Fn(EnvironmentId) -> bool + Send + Sync + 'static) -> PrintsOn {
        PrintsOn(Some(Arc::new(while_so)))
    }

    pub(super) fn of(&self, environment: EnvironmentId) -> bool {
        self.0.as_ref().is_none_or(|says| says(environment))
    }
}

impl fmt::Debug for PrintsOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PrintsOn").field(&self.0.is_some()).finish()
    }
}

/// What the agent needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// The installation's name: all that this agent makes is labelled with it, and what an
    /// earlier run of the same name left is removed at the start.
    pub instance: String,
    /// A directory to mount on; nothing becomes visible in it.
    pub mountpoint: PathBuf,
    /// Where unpacked code lies, in directories named by their packages' SHA-256 in hexadecimal.
    pub code: PathBuf,
    /// How code that is not there can be had.
    pub provide: Provide,
    /// Whether an environment's output is to be read; what is not read keeps its writer waiting.
    pub prints_on: PrintsOn,
    /// The program that becomes the fork server; its `main` must begin with
    /// [`crate::sandbox::fork_server_main_if_asked`].
    pub fork_server: PathBuf,
    /// A file of the certificates that functions trust; those of the host, where there is none.
    pub trusted: Option<PathBuf>,
    /// How long a runtime that waits for its next event runs on before it is frozen.
    pub grace: Duration,
    /// How many sandboxes to keep ready per kind; none builds each when it is asked for.
    pub stock: usize,
    /// Variables that every function gets beside those of AWS, for instance credentials.
    pub variables: Vec<(String, String)>,
}

impl Config {
    /// The usual configuration of a server.
    pub fn new(instance: &str, mountpoint: PathBuf, code: PathBuf) -> Config {
        Config {
            instance: instance.to_owned(),
            mountpoint,
            code,
            provide: Provide::default(),
            prints_on: PrintsOn::default(),
            fork_server: "/proc/self/exe".into(),
            trusted: None,
            grace: Duration::from_millis(10),
            stock: 2,
            variables: Vec::new(),
        }
    }

    /// Where the code of a package lies; had anew where it does not.
    pub(super) fn code(&self, sha256: &[u8; 32]) -> Result<PathBuf, BuildError> {
        let name: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        let code = self.code.join(name);
        match &self.provide {
            _ if code.is_dir() => {}
            Provide(Some(provide)) => provide(sha256).map_err(BuildError::Code)?,
            Provide(None) => {
                return Err(BuildError::Code(format!("{} is not there", code.display())));
            }
        }
        Ok(code)
    }
}
