//! `warren attach` and `warren expose`: what is not a function, at an address of a subnet.

use std::fs::File;
use std::net::SocketAddrV4;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use server::internal::resource::{NewResource, Port, ResourceRow};

use crate::client::Client;
use crate::options::{Output, Words};

/// Takes `--name`, `--subnet` and `--security-group`.
fn new_resource(words: &mut Words<'_>) -> Result<NewResource, String> {
    let groups = words.values("--security-group")?;
    Ok(NewResource {
        name: words.needed("--name")?.to_owned(),
        subnet: words.needed("--subnet")?.to_owned(),
        groups: groups.iter().flat_map(|all| all.split(',')).map(str::to_owned).collect(),
        command: Vec::new(),
        ports: Vec::new(),
    })
}

/// Runs a command at an address of a subnet, in the place of this process.
pub(crate) fn attach(words: &[&str]) -> Result<(), String> {
    let mut words = Words::of("attach", words);
    let client = Client::take(&mut words)?;
    let mut new = new_resource(&mut words)?;
    let is_temporary = words.switch("--rm");
    new.command = words.after.iter().map(|&word| word.to_owned()).collect();
    if let Some(word) = words.rest()?.first() {
        return Err(format!("word {word} is not understood\nhint: the command stands after --"));
    }
    let Some((program, arguments)) = new.command.split_first() else {
        return Err("a command is missing\nhint: warren attach … --name db -- postgres -D …".into());
    };
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
    let resource = match resumed {
        Some(resource) => resource,
        None => client.post("resources", &new)?,
    };
    let path = resource.namespace.ok_or("resource has no namespace yet\nhint: try again")?;
    eprintln!("{} is {} in {}", resource.name, resource.address, resource.subnet);
    let mut command = Command::new(program);
    command.args(arguments);
    if !is_temporary {
        enter(&path)?;
        return Err(format!("command {program} cannot be run: {}", command.exec()));
    }
    // The server is reached from the host's network: only the thread that starts the command
    // leaves it, and the command inherits its namespace.
    let ended = std::thread::scope(|scope| {
        let running = scope.spawn(|| {
            enter(&path)?;
            let status = command.status();
            status.map_err(|error| format!("command {program} cannot be run: {error}"))
        });
        running.join().unwrap_or_else(|_| Err("command was lost".into()))
    });
    client.delete(&format!("resources/{}", resource.name))?;
    match ended?.code() {
        Some(0) => Ok(()),
        Some(code) => std::process::exit(code),
        None => Err("command was ended by a signal".into()),
    }
}

/// Moves the calling thread into a network namespace.
fn enter(path: &str) -> Result<(), String> {
    let namespace = File::open(path)
        .map_err(|error| format!("network namespace {path} cannot be opened: {error}"))?;
    let entered = move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network));
    entered.map_err(|error| {
        format!("network namespace {path} cannot be entered: {error}\nhint: be root")
    })
}

/// Gives ports of the host an address in a subnet.
pub(crate) fn expose(words: &[&str]) -> Result<(), String> {
    let mut words = Words::of("expose", words);
    let client = Client::take(&mut words)?;
    let output = Output::take(&mut words)?;
    let mut new = new_resource(&mut words)?;
    for word in words.rest()? {
        new.ports.push(port(word)?);
    }
    if new.ports.is_empty() {
        return Err("a port is missing\nhint: warren expose … --name db 5432=127.0.0.1:5432".into());
    }
    let made: ResourceRow = client.post("resources", &new)?;
    match output {
        Output::Json => {
            println!("{}", serde_json::to_string(&made).map_err(|error| error.to_string())?);
        }
        Output::Table => println!("{} is {} in {}", made.name, made.address, made.subnet),
    }
    Ok(())
}

/// `5432=127.0.0.1:5432`, or `5432` for the same port of the host's loopback.
fn port(word: &str) -> Result<Port, String> {
    let bad = || format!("port {word} is not one\nhint: for instance 5432=127.0.0.1:5432");
    let (port, target) = word.split_once('=').unwrap_or((word, ""));
    let port: u16 = port.parse().ok().filter(|port| *port > 0).ok_or_else(bad)?;
    let target = match target {
        "" => SocketAddrV4::new([127, 0, 0, 1].into(), port),
        target => target.replace("localhost", "127.0.0.1").parse().map_err(|_| bad())?,
    };
    Ok(Port { port, target })
}
