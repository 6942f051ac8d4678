//! `warren resources`: what was attached and exposed.

use server::internal::resource::ResourceRow;

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;

/// The words of `warren resources`.
#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct ResourcesArgs {
    #[command(subcommand)]
    deed: Option<Deed>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    server: ServerArgs,
}

/// What is done with resources.
#[derive(Debug, clap::Subcommand)]
enum Deed {
    /// shows them, which is what is done without any word
    List,
    /// removes them
    Remove {
        /// Their names
        #[arg(value_name = "NAME", required = true)]
        names: Vec<String>,
    },
}

pub(crate) fn run(args: ResourcesArgs) -> Result<(), Failure> {
    let client = Client::new(args.server)?;
    match args.deed {
        None | Some(Deed::List) => list(&client, args.output.output),
        Some(Deed::Remove { names }) => {
            // One that is not there keeps none of the others.
            let mut failed = Ok(());
            for name in names {
                match client.delete(&format!("resources/{name}")) {
                    Ok(_) => println!("{name} is removed"),
                    Err(why) => failed = failed.and(Err(why)),
                }
            }
            Ok(failed?)
        }
    }
}

fn list(client: &Client, output: Output) -> Result<(), Failure> {
    let all: Vec<ResourceRow> = client.get("resources")?;
    if output == Output::Json {
        return Ok(output::print(&all)?);
    }
    let rows: Vec<_> = all
        .into_iter()
        .map(|each| {
            let ports = each.ports.iter().map(|port| format!("{}={}", port.port, port.target));
            let what = match each.kind.as_str() {
                "exposed" => ports.collect::<Vec<_>>().join(" "),
                // What runs there says more than what was asked for once.
                _ => match each.running.as_slice() {
                    [] => each.command.join(" "),
                    running => {
                        let commands = running.iter().map(|process| process.command.join(" "));
                        commands.collect::<Vec<_>>().join("; ")
                    }
                },
            };
            let state = state(&each);
            let address = match each.public {
                Some(public) => format!("{} ({public})", each.address),
                None => each.address.to_string(),
            };
            let dns_name = each.dns_name.unwrap_or_default();
            let groups = each.groups.join(",");
            vec![each.name, address, dns_name, each.subnet, each.eni, groups, state, what]
        })
        .collect();
    const HEAD: [&str; 8] =
        ["NAME", "ADDRESS", "DNS NAME", "SUBNET", "ENI", "SECURITY GROUPS", "STATE", "WHAT"];
    table::print(&HEAD, &rows);
    Ok(())
}

/// How a resource is. Of a process nobody can tell that has not begun yet from one that has ended.
fn state(each: &ResourceRow) -> String {
    match (each.kind.as_str(), each.running.first()) {
        ("exposed", _) => "exposed".to_owned(),
        ("mapping", _) => "polling".to_owned(),
        ("endpoint", _) => "serving".to_owned(),
        (_, Some(process)) => format!("running ({})", process.pid),
        (_, None) if each.namespace.is_none() => "being made".to_owned(),
        (_, None) => "not running".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_begun_is_not_told_as_ended() {
        let row = |running, namespace: Option<&str>| -> ResourceRow {
            serde_json::from_value(serde_json::json!({
                "resource": "res-1", "name": "r", "kind": "process", "eni": "eni-1", "address": "10.0.0.4",
                "subnet": "subnet-1", "groups": [], "command": ["true"], "running": running, "ports": [],
                "created": 1, "namespace": namespace,
            }))
            .expect("a row")
        };
        let running = serde_json::json!([{"pid": 7, "command": ["true"]}]);
        let none = serde_json::json!([]);
        assert_eq!(state(&row(none.clone(), None)), "being made");
        assert_eq!(state(&row(none, Some("/run/n"))), "not running");
        assert_eq!(state(&row(running, Some("/run/n"))), "running (7)");
    }
}
