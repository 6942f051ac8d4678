//! An execution environment on this node: what its runtime is given, and how its start went.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::id::EnvironmentId;
use engine::node::{EnvironmentSpec, Exit, Stages};
use engine::record::function::{LogFormat, LogLevel, Logging};

use super::config::Config;
use crate::runtime::TRUSTED;
use crate::runtime::api::Stamps;
use crate::runtime::client::{self, Client, NoRuntime};
use crate::sandbox::sys::monotonic;
use crate::sandbox::{Program, Stage, Trees};

/// Variables by name, the later of two winning.
type Variables = BTreeMap<String, String>;

/// The search path of programs in a sandbox, as AWS's.
const PATH: &str = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin";
/// The search path of libraries in a sandbox, as AWS's.
const LIBRARIES: &str = "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:\
                         /var/task/lib:/opt/lib";

/// Where a function's own bootstrap is looked for, in this order.
const TASK_BOOTSTRAP: &str = "/var/task/bootstrap";
const LAYERS_BOOTSTRAP: &str = "/opt/bootstrap";

/// A sandbox's service of an environment.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) environment: EnvironmentId,
    /// The function's name, for the log.
    pub(super) function: String,
    /// The function's ARN, as its specification has it.
    pub(super) arn: Arc<str>,
    begun: Instant,
    /// `begun` by the clock of stamps.
    begun_stamp: u64,
    /// How long attaching the network took.
    network: Duration,
    /// When a sandbox built ahead had got its assignment, by the clock of stamps; none for one
    /// that was built for this environment.
    assigned: Option<u64>,
    /// The instants of its sandbox's making, once it executes.
    pub(super) executing: Option<Stamps>,
    /// What to start once more, should the sandbox end before its runtime is ready without that
    /// being the function's doing.
    pub(super) again: Option<Box<EnvironmentSpec>>,
    /// Where its bootstrap is, if it brings one.
    pub(super) bootstrap: &'static str,
    /// Whether its sandbox was found to have been killed.
    pub(super) is_ending: bool,
}

impl Service {
    /// The service of a start that began at `begun` and has taken `network` for the network.
    pub(super) fn new(
        spec: &EnvironmentSpec,
        begun: Instant,
        network: Duration,
        assigned: Option<u64>,
    ) -> Service {
        let elapsed = begun.elapsed().as_nanos() as u64;
        Service {
            environment: spec.environment,
            function: spec.name.clone(),
            arn: spec.arn.as_str().into(),
            begun,
            begun_stamp: monotonic().saturating_sub(elapsed),
            network,
            assigned,
            executing: None,
            again: None,
            bootstrap: TASK_BOOTSTRAP,
            is_ending: false,
        }
    }

    /// How long each stage took, up to now.
    pub(super) fn stages(&self) -> Stages {
        let total = self.begun.elapsed();
        // Executed by the fork server's account, or assigned where it was executing before.
        let executed = self.executing.map_or(0, |stamps| stamps[Stage::Wait as usize + 1]);
        let ready = executed.max(self.assigned.unwrap_or_default());
        let built = Duration::from_nanos(ready.saturating_sub(self.begun_stamp)).min(total);
        let sandbox = built.saturating_sub(self.network);
        let runtime = total.saturating_sub(self.network).saturating_sub(sandbox);
        Stages { network: self.network, sandbox, runtime, prepared: self.assigned.is_some() }
    }
}

/// Where what a function consists of lies on the host.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) code: PathBuf,
    /// A later one covers an earlier one.
    pub(super) layers: Vec<PathBuf>,
}

impl Content {
    /// Whether a layer brings modules of Python, which come before those of the runtime.
    pub(super) fn has_python(&self) -> bool {
        self.layers.iter().any(|layer| layer.join("python").is_dir())
    }
}

/// What a runtime is given when its environment starts.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) trees: Trees,
    /// What a bringer of its own bootstrap, or of a wrapper, executes.
    pub(super) program: Option<Program>,
    /// What a runtime client reads.
    pub(super) assignment: Vec<u8>,
    /// Whether an interpreter that was started without the function's variables will do.
    pub(super) can_be_prepared: bool,
    /// Where the bootstrap is, if the function brings one.
    pub(super) bootstrap: &'static str,
    variables: Vec<String>,
}

/// Why a runtime could not start, as the function's caller sees it.
#[derive(Debug)]
pub(super) struct InitFailure {
    pub(super) document: Bytes,
    pub(super) error_type: Option<String>,
}

impl InitFailure {
    fn entrypoint(message: &str) -> InitFailure {
        let kind = "Runtime.InvalidEntrypoint";
        let document = format!("{{\"errorType\":\"{kind}\",\"errorMessage\":\"{message}\"}}");
        InitFailure { document: document.into(), error_type: Some(kind.into()) }
    }

    /// The host has not the interpreter.
    pub(super) fn no_runtime(missing: &NoRuntime) -> InitFailure {
        Self::entrypoint(&missing.to_string().replace('\n', "; "))
    }

    /// The bootstrap is there and cannot be executed.
    pub(super) fn not_executable(bootstrap: &str, error: &io::Error) -> InitFailure {
        let reason = match error.raw_os_error() {
            Some(libc::ENOEXEC) => "exec format error",
            Some(libc::EACCES) => "permission denied",
            Some(libc::ENOENT) => "no such file or directory",
            _ => "input/output error",
        };
        Self::entrypoint(&format!("fork/exec {bootstrap}: {reason}"))
    }
}

impl Load {
    pub(super) fn new(
        config: &Config,
        spec: &EnvironmentSpec,
        client: &Client,
        Content { code, layers }: &Content,
    ) -> Result<Load, InitFailure> {
        let variables: Vec<String> = variables(config, spec)
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let has = |directory: &PathBuf| {
            fs::metadata(directory.join("bootstrap")).is_ok_and(|file| file.is_file())
        };
        let bootstrap = match (has(code), layers.iter().any(has)) {
            (false, true) => LAYERS_BOOTSTRAP,
            (true, _) | (false, false) => TASK_BOOTSTRAP,
        };
        let program = match client {
            Client::Managed { program, .. } => spec
                .variables
                .contains_key(client::WRAPPER)
                .then(|| client::wrapped(program, variables.clone())),
            Client::Bootstrap if !has(code) && bootstrap == TASK_BOOTSTRAP => {
                return Err(InitFailure::entrypoint(&format!(
                    "Couldn't find valid bootstrap(s): [{TASK_BOOTSTRAP} {LAYERS_BOOTSTRAP}]"
                )));
            }
            Client::Bootstrap => Some(Program {
                path: bootstrap.into(),
                arguments: vec![bootstrap.into()],
                variables: variables.clone(),
            }),
        };
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        let trees = Trees { task: text(code), layers: layers.iter().map(text).collect() };
        let assignment = variables.join("\0").into_bytes();
        // The dynamic linker remembers which directories of its search path were not there.
        let has_libraries = layers.iter().any(|layer| layer.join("lib").is_dir());
        let can_be_prepared =
            client::can_be_prepared(&spec.runtime, &spec.variables) && !has_libraries;
        Ok(Load { trees, program, assignment, can_be_prepared, bootstrap, variables })
    }
}

/// The variables an interpreter starts with: the function's where they are known, else those that
/// are the same for all.
pub(super) fn interpreter_variables(load: Option<&Load>) -> Vec<String> {
    match load {
        Some(load) => load.variables.clone(),
        None => base().into_iter().map(|(name, value)| format!("{name}={value}")).collect(),
    }
}

fn base() -> Variables {
    [
        ("AWS_LAMBDA_RUNTIME_API", "169.254.100.1:9001"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"),
        ("AWS_XRAY_DAEMON_ADDRESS", "169.254.100.1:2000"),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
        ("LAMBDA_TASK_ROOT", "/var/task"),
        ("LANG", "en_US.UTF-8"),
        ("LD_LIBRARY_PATH", LIBRARIES),
        ("PATH", PATH),
        ("PWD", "/var/task"),
        ("SHLVL", "0"),
        ("TZ", ":UTC"),
        ("_AWS_XRAY_DAEMON_ADDRESS", "169.254.100.1"),
        ("_AWS_XRAY_DAEMON_PORT", "2000"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

/// The variables of a function: AWS's, the installation's and the user's own.
fn variables(config: &Config, spec: &EnvironmentSpec) -> Variables {
    let mut variables = base();
    let (memory, log_stream) = (spec.memory.to_string(), spec.log_stream());
    let group = spec.log_group();
    for (name, value) in [
        ("AWS_DEFAULT_REGION", spec.scope.region.as_str()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &memory),
        ("AWS_LAMBDA_FUNCTION_NAME", &spec.name),
        ("AWS_LAMBDA_FUNCTION_VERSION", &spec.version),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &group),
        ("AWS_LAMBDA_LOG_STREAM_NAME", &log_stream),
        ("AWS_REGION", &spec.scope.region),
        ("_HANDLER", &spec.handler),
    ] {
        variables.insert(name.to_owned(), value.to_owned());
    }
    variables.extend(of_logging(&spec.logging));
    variables.extend(of_runtime(&spec.runtime));
    if spec.runtime.starts_with("provided") {
        variables.retain(|name, _| !matches!(name.as_str(), "PWD" | "SHLVL"));
    }
    variables.extend(config.variables.iter().cloned());
    variables.extend(spec.variables.iter().map(|(name, value)| (name.clone(), value.clone())));
    variables
}

/// The variables by which a runtime client knows what it is to log.
fn of_logging(logging: &Logging) -> Vec<(String, String)> {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let level = logging.application.map(|level| match level {
        LogLevel::Trace => "TRACE",
        LogLevel::Debug => "DEBUG",
        LogLevel::Info => "INFO",
        LogLevel::Warn => "WARN",
        LogLevel::Error => "ERROR",
        LogLevel::Fatal => "FATAL",
    });
    match logging.format {
        LogFormat::Text => Vec::new(),
        LogFormat::Json => {
            let format = own("AWS_LAMBDA_LOG_FORMAT", "JSON");
            let level = level.map(|level| own("AWS_LAMBDA_LOG_LEVEL", level));
            std::iter::once(format).chain(level).collect()
        }
    }
}

/// The variables of one runtime, as AWS's are.
fn of_runtime(runtime: &str) -> Vec<(String, String)> {
    let own = |name: &str, value: String| (name.to_owned(), value);
    let mut variables = Vec::new();
    if !runtime.starts_with("provided") {
        variables.push(own("AWS_EXECUTION_ENV", format!("AWS_Lambda_{runtime}")));
    }
    if let Some(version) = runtime.strip_prefix("python3.") {
        variables.push(own("PYTHONPATH", "/var/runtime".into()));
        if version.parse::<u32>().is_ok_and(|minor| minor >= 12) {
            variables.push(own("LC_CTYPE", "C.UTF-8".into()));
        }
    }
    if let Some(version) = runtime.strip_prefix("nodejs") {
        let version = version.trim_end_matches(".x");
        let path = format!(
            "/opt/nodejs/node{version}/node_modules:/opt/nodejs/node_modules:\
             /var/runtime/node_modules:/var/runtime:/var/task"
        );
        variables.push(own("NODE_PATH", path));
        if matches!(version, "16" | "18") {
            variables.push(own("NODE_EXTRA_CA_CERTS", TRUSTED.into()));
        }
    }
    variables
}

/// How a process ended, from its wait status.
pub(super) fn exit(status: i32, out_of_memory: bool) -> Exit {
    if libc::WIFSIGNALED(status) {
        let signal = libc::WTERMSIG(status);
        if signal == libc::SIGKILL && out_of_memory {
            return Exit::OutOfMemory;
        }
        return Exit::Signal(signal);
    }
    Exit::Status(libc::WEXITSTATUS(status))
}
