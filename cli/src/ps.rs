//! `warren ps`: environments and ENIs, or event source mappings, live.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use server::internal::look::Overview;

use crate::client::{Client, EndpointArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;
use crate::value;

/// The words of `warren ps`.
#[derive(Debug, clap::Args)]
pub(crate) struct PsArgs {
    /// Again each second
    #[arg(long)]
    watch: bool,
    /// Event source mappings, rules and schedules, in place of environments and ENIs
    #[arg(long)]
    sources: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    endpoint: EndpointArgs,
    /// Only of this account (default: of all)
    #[arg(long, value_name = "ID", value_parser = value::account, help_heading = "Server")]
    account: Option<String>,
    /// Only of this region (default: of all)
    #[arg(long, value_name = "NAME", value_parser = value::region, help_heading = "Server")]
    region: Option<String>,
}

pub(crate) fn run(args: PsArgs) -> Result<(), Failure> {
    let client = Client::of_all(args.endpoint)?;
    let is_wanted = |scope: &str| {
        let (account, region) = scope.split_once('/').unwrap_or((scope, ""));
        args.account.as_ref().is_none_or(|wanted| wanted == account)
            && args.region.as_ref().is_none_or(|wanted| wanted == region)
    };
    loop {
        let mut seen: Overview = client.get("ps")?;
        seen.environments.retain(|each| is_wanted(&each.scope));
        seen.enis.retain(|each| is_wanted(&each.scope));
        seen.mappings.retain(|each| is_wanted(&each.scope));
        seen.callers.retain(|each| is_wanted(&each.scope));
        match args.output.output {
            Output::Json => output::print(&seen)?,
            Output::Table => {
                if args.watch {
                    print!("\x1b[2J\x1b[H");
                }
                match args.sources {
                    true => show_sources(&seen),
                    false => show(&seen),
                }
            }
        }
        if !args.watch {
            return Ok(());
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn show_sources(seen: &Overview) {
    let rows: Vec<_> = seen
        .mappings
        .iter()
        .map(|each| {
            vec![
                each.mapping.clone(),
                each.source.clone(),
                each.function.clone(),
                each.state.clone(),
                each.running.to_string(),
                each.waiting.to_string(),
                each.taken.to_string(),
                each.behind.to_string(),
                each.blocked.clone().unwrap_or_else(|| "-".into()),
            ]
        })
        .collect();
    let head = [
        "MAPPING", "SOURCE", "FUNCTION", "STATE", "RUNNING", "WAITING", "TAKEN", "BEHIND",
        "BLOCKED",
    ];
    table::print(&head, &rows);
    println!();
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    let rows: Vec<_> = seen
        .callers
        .iter()
        .map(|each| {
            vec![
                each.caller.clone(),
                each.waits_for.clone(),
                each.targets.join(","),
                each.state.clone(),
                or_dash(each.next.map(wire::time::iso8601)),
                or_dash(each.last.clone()),
            ]
        })
        .collect();
    let head = ["RULE OR SCHEDULE", "WAITS FOR", "TARGETS", "STATE", "DUE", "LAST"];
    table::print(&head, &rows);
}

fn show(seen: &Overview) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as u64;
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let scopes = seen.environments.iter().map(|each| &each.scope);
    let scopes: BTreeSet<&String> =
        scopes.chain(seen.enis.iter().map(|each| &each.scope)).collect();
    // Whose a thing is says something only where there are others'.
    let are_many = scopes.len() > 1;
    let of = |scope: &str| {
        let (account, region) = scope.split_once('/').unwrap_or((scope, ""));
        if are_many { vec![account.to_owned(), region.to_owned()] } else { Vec::new() }
    };
    let head_of = |rest: &[&'static str]| {
        let first: &[&str] = if are_many { &["ACCOUNT", "REGION"] } else { &[] };
        [first, rest].concat()
    };
    let rows: Vec<_> = seen
        .environments
        .iter()
        .map(|each| {
            let mut row = of(&each.scope);
            row.extend([
                each.environment.clone(),
                format!("{}:{}", each.function, each.version),
                format!("{} {}", each.phase, table::span(now.saturating_sub(each.since))),
                each.invocations.to_string(),
                or_dash(&each.address),
                or_dash(&each.eni),
                or_dash(&each.subnet),
            ]);
            row
        })
        .collect();
    let head = ["ENVIRONMENT", "FUNCTION", "PHASE", "INVOCATIONS", "ADDRESS", "ENI", "SUBNET"];
    table::print(&head_of(&head), &rows);
    println!();
    let rows: Vec<_> = seen
        .enis
        .iter()
        .map(|each| {
            let mut row = of(&each.scope);
            row.extend([
                each.eni.clone(),
                each.address.clone(),
                each.subnet.clone(),
                each.user.clone(),
                each.environments.to_string(),
                table::span(now.saturating_sub(each.created)),
                each.groups.join(","),
                each.description.clone(),
            ]);
            row
        })
        .collect();
    let head = [
        "ENI",
        "ADDRESS",
        "SUBNET",
        "USER",
        "ENVIRONMENTS",
        "AGE",
        "SECURITY GROUPS",
        "DESCRIPTION",
    ];
    table::print(&head_of(&head), &rows);
}
