//! What the agent is started with.

use std::path::PathBuf;
use std::time::Duration;

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
    /// The program that becomes the fork server; its `main` must begin with
    /// [`crate::sandbox::fork_server_main_if_asked`].
    pub fork_server: PathBuf,
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
            fork_server: "/proc/self/exe".into(),
            grace: Duration::from_millis(10),
            stock: 2,
            variables: Vec::new(),
        }
    }
}
