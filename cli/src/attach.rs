//! `warren attach` and `warren expose`: what is not a function, at an address of a subnet.

use std::fs::File;
use std::net::SocketAddrV4;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use server::internal::resource::{NewResource, Port, ResourceRow};

use crate::client::{Client, ClientError, ServerArgs};
use crate::output::{self, Output, OutputArgs, OutputError};

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
}

/// The words of `warren attach`.
#[derive(Debug, clap::Args)]
pub(crate) struct AttachArgs {
    /// The command, with its own words
    #[arg(last = true, required = true)]
    command: Vec<String>,
    #[command(flatten)]
    place: PlaceArgs,
    /// Removed when the command ends
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
    #[error("command {0} was ended by a signal")]
    Signal(String),
}

/// A text that is no port.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("port {0} is not one\nhint: for instance 5432=127.0.0.1:5432")]
struct NoPort(String);

impl PlaceArgs {
    fn resource(self, command: Vec<String>, ports: Vec<Port>) -> NewResource {
        let PlaceArgs { subnet, groups, name } = self;
        NewResource { name, subnet, groups, command, ports }
    }
}

/// Runs a command at an address of a subnet, in the place of this process; its exit code, where it
/// is waited for.
pub(crate) fn attach(args: AttachArgs) -> Result<ExitCode, AttachError> {
    let client = Client::new(args.server)?;
    let resource =
        resumed_or_made(&client, &args.place.resource(args.command.clone(), Vec::new()))?;
    let no_namespace = || AttachError::NoNamespace(resource.name.clone());
    let path = resource.namespace.as_deref().ok_or_else(no_namespace)?;
    eprintln!("{} is {} in {}", resource.name, resource.address, resource.subnet);
    let program = args.command[0].clone();
    let mut command = Command::new(&program);
    command.args(&args.command[1..]);
    let unrunnable = |error| AttachError::Unrunnable { program: program.clone(), error };
    if !args.rm {
        enter(path)?;
        return Err(unrunnable(command.exec()));
    }
    // The server is reached from the host's network: only the thread that starts the command
    // leaves it, and the command inherits its namespace.
    let ended = std::thread::scope(|scope| {
        let running = scope.spawn(|| {
            enter(path)?;
            command.status().map_err(unrunnable)
        });
        running.join().unwrap_or_else(|_| Err(AttachError::Lost(program.clone())))
    });
    client.delete(&format!("resources/{}", resource.name))?;
    match ended?.code() {
        // What a process ends with is a byte.
        Some(code) => Ok(ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))),
        None => Err(AttachError::Signal(program)),
    }
}

/// The resource of that name that a command may take up again, or a new one.
fn resumed_or_made(client: &Client, new: &NewResource) -> Result<ResourceRow, ClientError> {
    let known: Vec<ResourceRow> = client.get("resources")?;
    let resumed = known.into_iter().find(|each| {
        let same_groups = new.groups.is_empty() || {
            let (mut asked, mut has) = (new.groups.clone(), each.groups.clone());
            asked.sort();
            has.sort();
            asked == has
        };
        each.name == new.name && each.kind == "process" && each.subnet == new.subnet && same_groups
    });
    match resumed {
        Some(resource) => Ok(resource),
        None => client.post("resources", new),
    }
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
