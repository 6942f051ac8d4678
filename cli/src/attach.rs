//! `warren attach` and `warren expose`: what is not a function, at an address of a subnet.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::net::SocketAddrV4;
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, ExitStatus};

use rustix::process::{Pid, Signal, getpgrp, kill_process};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use server::internal::resource::{NewCommand, NewResource, Port, ResourceRow};
use tokio::process::Child;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal as Heard, SignalKind, signal};

use crate::client::{Client, ClientError, ServerArgs};
use crate::output::{self, Output, OutputArgs, OutputError};
use crate::usage::UsageError;

/// Which place in a subnet is taken, and under which name.
#[derive(Debug, clap::Args)]
struct PlaceArgs {
    /// The subnet whose address it has
    #[arg(long, value_name = "ID")]
    subnet: String,
    /// One of its security groups; may be repeated
    #[arg(long = "security-group", value_name = "ID", value_delimiter = ',')]
    groups: Vec<String>,
    /// Its name, by which it is removed
    #[arg(long)]
    name: String,
    /// A name that resolves to its address in your VPCs: orders.abc123.us-east-1.rds.amazonaws.com
    #[arg(long, value_name = "NAME")]
    dns_name: Option<String>,
}

/// The words of `warren attach`.
#[derive(Debug, clap::Args)]
pub(crate) struct AttachArgs {
    /// The command, with its own words
    #[arg(last = true, required = true)]
    command: Vec<String>,
    #[command(flatten)]
    place: PlaceArgs,
    /// Removed when the command ends, however it does
    #[arg(long)]
    rm: bool,
    #[command(flatten)]
    server: ServerArgs,
}

/// The words of `warren expose`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExposeArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// A port of the address, and where on this machine it leads: 5432=127.0.0.1:5432, or 5432
    #[arg(required = true, value_name = "PORT=HOST:PORT", value_parser = port)]
    ports: Vec<Port>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    server: ServerArgs,
}

/// Why nothing runs at an address of a subnet.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttachError {
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("resource {0} has no namespace yet\nhint: try again")]
    NoNamespace(String),
    #[error("network namespace {path} cannot be opened: {error}")]
    Unopened { path: String, error: std::io::Error },
    #[error("network namespace {path} cannot be entered: {error}\nhint: be root")]
    Unentered { path: String, error: rustix::io::Errno },
    #[error("command {program} cannot be run: {error}")]
    Unrunnable { program: String, error: std::io::Error },
    #[error("command {0} was lost: the thread that ran it panicked")]
    Lost(String),
    #[error("signals cannot be heard: {0}")]
    Signals(io::Error),
    #[error(
        "resource {0} is in use by process {1}, and --rm would remove it\nhint: leave --rm out, or choose another name"
    )]
    InUse(String, u32),
}

/// A text that is no port.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("port {0} is not one\nhint: for instance 5432=127.0.0.1:5432")]
struct NoPort(String);

impl ExposeArgs {
    /// What is wrong with the words taken together.
    pub(crate) fn check(&self) -> Result<(), UsageError> {
        let mut known = BTreeSet::new();
        match self.ports.iter().find(|each| !known.insert(each.port)) {
            Some(each) => Err(UsageError::PortTwice(each.port)),
            None => Ok(()),
        }
    }
}

impl PlaceArgs {
    fn resource(self, command: Vec<String>, ports: Vec<Port>) -> NewResource {
        let PlaceArgs { subnet, groups, name, dns_name } = self;
        NewResource { name, subnet, groups, command, ports, dns_name }
    }
}

/// Runs a command at an address of a subnet: in the place of this process, or as one that is waited
/// for, whose exit code is returned.
pub(crate) fn attach(args: AttachArgs) -> Result<ExitCode, AttachError> {
    let client = Client::new(args.server)?;
    // From here on what would end this process ends the command, after which all is put right.
    let waiting = if args.rm { Some(Waiting::hear()?) } else { None };
    let new = args.place.resource(args.command.clone(), Vec::new());
    let (resource, is_new) = resumed_or_made(&client, &new, args.rm)?;
    let ended = run(&args.command, &resource, waiting);
    if args.rm || is_new && ended.is_err() {
        client.delete(&format!("resources/{}", resource.name))?;
    }
    ended
}

/// Without anybody who waits it returns only when it fails.
fn run(
    words: &[String],
    resource: &ResourceRow,
    waiting: Option<Waiting>,
) -> Result<ExitCode, AttachError> {
    let no_namespace = || AttachError::NoNamespace(resource.name.clone());
    let path = resource.namespace.as_deref().ok_or_else(no_namespace)?;
    let program = words[0].clone();
    let mut command = Command::new(&program);
    command.args(&words[1..]);
    let unrunnable = |error| AttachError::Unrunnable { program: program.clone(), error };
    eprintln!("{} is {} in {}", resource.name, resource.address, resource.subnet);
    // The server is reached from the host's network: only the thread that starts the command
    // leaves it, and the command inherits its namespace.
    let in_namespace = |start: &mut (dyn FnMut() -> Result<Option<Child>, io::Error> + Send)| {
        std::thread::scope(|scope| {
            let starting = scope.spawn(|| {
                enter(path)?;
                start().map_err(unrunnable)
            });
            starting.join().unwrap_or_else(|_| Err(AttachError::Lost(program.clone())))
        })
    };
    let Some(mut waiting) = waiting else {
        in_namespace(&mut || Err(command.exec()))?;
        return Err(AttachError::Lost(program));
    };
    if let Some(signal) = waiting.already() {
        return Ok(code_of_signal(signal.as_raw()));
    }
    let runtime = waiting.runtime.handle().clone();
    let mut command = tokio::process::Command::from(command);
    let child = in_namespace(&mut || {
        let _entered = runtime.enter();
        command.spawn().map(Some)
    })?;
    let status = match child {
        Some(child) => waiting.wait(child).map_err(unrunnable)?,
        None => return Err(AttachError::Lost(program)),
    };
    Ok(match (status.code(), status.signal()) {
        // What a process ends with is a byte.
        (Some(code), _) => ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX)),
        (None, signal) => code_of_signal(signal.unwrap_or_default()),
    })
}

/// The resource of that name that a command may take up again, or a new one, and whether it is new.
fn resumed_or_made(
    client: &Client,
    new: &NewResource,
    is_temporary: bool,
) -> Result<(ResourceRow, bool), AttachError> {
    let known: Vec<ResourceRow> = client.get("resources")?;
    let resumed = known.into_iter().find(|each| {
        let same_groups = new.groups.is_empty() || {
            let (mut asked, mut has) = (new.groups.clone(), each.groups.clone());
            asked.sort();
            has.sort();
            asked == has
        };
        let plain = |name: &String| name.trim_end_matches('.').to_ascii_lowercase();
        let same_name = new.dns_name.as_ref().is_none_or(|name| each.dns_name == Some(plain(name)));
        let same_place = each.subnet == new.subnet && same_groups && same_name;
        each.name == new.name && each.kind == "process" && same_place
    });
    let Some(resource) = resumed else {
        return Ok((client.post("resources", new)?, true));
    };
    if let Some(process) = resource.running.first().filter(|_| is_temporary) {
        return Err(AttachError::InUse(resource.name.clone(), process.pid));
    }
    if resource.command != new.command {
        let command = NewCommand { command: new.command.clone() };
        client.put(&format!("resources/{}", resource.name), &command)?;
    }
    Ok((resource, false))
}

/// What shells say of a command that a signal ended.
fn code_of_signal(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX))
}

/// Somebody who waits for a command, and hears the signals that would end this process.
struct Waiting {
    runtime: Runtime,
    interrupt: Heard,
    quit: Heard,
    hang_up: Heard,
    terminate: Heard,
}

impl Waiting {
    fn hear() -> Result<Waiting, AttachError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(AttachError::Signals)?;
        let entered = runtime.enter();
        let hear = |kind| signal(kind).map_err(AttachError::Signals);
        let interrupt = hear(SignalKind::interrupt())?;
        let quit = hear(SignalKind::quit())?;
        let hang_up = hear(SignalKind::hangup())?;
        let terminate = hear(SignalKind::terminate())?;
        drop(entered);
        Ok(Waiting { runtime, interrupt, quit, hang_up, terminate })
    }

    /// A signal that has come before the command was started.
    fn already(&mut self) -> Option<Signal> {
        let Waiting { runtime, interrupt, quit, hang_up, terminate } = self;
        runtime.block_on(async {
            // Lets the runtime look whether any has.
            tokio::task::yield_now().await;
            tokio::select! {
                biased;
                _ = interrupt.recv() => Some(Signal::INT),
                _ = quit.recv() => Some(Signal::QUIT),
                _ = hang_up.recv() => Some(Signal::HUP),
                _ = terminate.recv() => Some(Signal::TERM),
                () = std::future::ready(()) => None,
            }
        })
    }

    /// Waits until the command has ended; signals are passed on to it.
    fn wait(self, mut child: Child) -> io::Result<ExitStatus> {
        let Waiting { runtime, mut interrupt, mut quit, mut hang_up, mut terminate } = self;
        runtime.block_on(async {
            loop {
                let (signal, is_of_terminal) = tokio::select! {
                    ended = child.wait() => return ended,
                    _ = interrupt.recv() => (Signal::INT, true),
                    _ = quit.recv() => (Signal::QUIT, true),
                    _ = hang_up.recv() => (Signal::HUP, true),
                    _ = terminate.recv() => (Signal::TERM, false),
                };
                // What a terminal sends, it sends to the command as well.
                if is_of_terminal && is_in_foreground() {
                    continue;
                }
                let pid = child.id().and_then(|pid| Pid::from_raw(pid.cast_signed()));
                if let Some(pid) = pid {
                    // It may have ended just now.
                    let _ = kill_process(pid, signal);
                }
            }
        })
    }
}

/// Whether this process is what the terminal's keys are for.
fn is_in_foreground() -> bool {
    let terminal = File::open("/dev/tty").ok();
    let group = terminal.and_then(|terminal| rustix::termios::tcgetpgrp(&terminal).ok());
    group.is_some_and(|group| group == getpgrp())
}

/// Moves the calling thread into a network namespace.
fn enter(path: &str) -> Result<(), AttachError> {
    let namespace =
        File::open(path).map_err(|error| AttachError::Unopened { path: path.to_owned(), error })?;
    let entered = move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network));
    entered.map_err(|error| AttachError::Unentered { path: path.to_owned(), error })
}

/// Gives ports of the host an address in a subnet.
pub(crate) fn expose(args: ExposeArgs) -> Result<(), AttachError> {
    let client = Client::new(args.server)?;
    let new = args.place.resource(Vec::new(), args.ports);
    let made: ResourceRow = client.post("resources", &new)?;
    match args.output.output {
        Output::Json => output::print(&made)?,
        Output::Table => println!("{} is {} in {}", made.name, made.address, made.subnet),
    }
    Ok(())
}

/// `5432=127.0.0.1:5432`, or `5432` for the same port of the host's loopback.
fn port(word: &str) -> Result<Port, NoPort> {
    let bad = || NoPort(word.to_owned());
    let (port, target) = word.split_once('=').unwrap_or((word, ""));
    let port: u16 = port.parse().ok().filter(|port| *port > 0).ok_or_else(bad)?;
    let target = match target {
        "" => SocketAddrV4::new([127, 0, 0, 1].into(), port),
        target => target.replace("localhost", "127.0.0.1").parse().map_err(|_| bad())?,
    };
    Ok(Port { port, target })
}
