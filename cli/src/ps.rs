//! `warren ps`: environments and ENIs, live.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use server::internal::look::Overview;

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;

/// The words of `warren ps`.
#[derive(Debug, clap::Args)]
pub(crate) struct PsArgs {
    /// Again each second
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    server: ServerArgs,
}

pub(crate) fn run(args: PsArgs) -> Result<(), Failure> {
    let client = Client::new(args.server)?;
    loop {
        let seen: Overview = client.get("ps")?;
        if args.watch {
            print!("\x1b[2J\x1b[H");
        }
        match args.output.output {
            Output::Json => output::print(&seen)?,
            Output::Table => show(&seen),
        }
        if !args.watch {
            return Ok(());
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}

fn show(seen: &Overview) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as u64;
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let rows: Vec<_> = seen
        .environments
        .iter()
        .map(|each| {
            vec![
                each.environment.clone(),
                format!("{}:{}", each.function, each.version),
                format!("{} {}", each.phase, table::span(now.saturating_sub(each.since))),
                each.invocations.to_string(),
                or_dash(&each.address),
                or_dash(&each.eni),
                or_dash(&each.subnet),
            ]
        })
        .collect();
    let head = ["ENVIRONMENT", "FUNCTION", "PHASE", "INVOCATIONS", "ADDRESS", "ENI", "SUBNET"];
    table::print(&head, &rows);
    println!();
    let rows: Vec<_> = seen
        .enis
        .iter()
        .map(|each| {
            vec![
                each.eni.clone(),
                each.address.clone(),
                each.subnet.clone(),
                each.user.clone(),
                each.environments.to_string(),
                table::span(now.saturating_sub(each.created)),
                each.groups.join(","),
                each.description.clone(),
            ]
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
    table::print(&head, &rows);
}
