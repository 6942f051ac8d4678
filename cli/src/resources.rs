//! `warren resources`: what was attached and exposed.

use server::internal::resource::ResourceRow;

use crate::client::Client;
use crate::options::{Output, Words};
use crate::table;

pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let mut words = Words::of("resources", words);
    let client = Client::take(&mut words)?;
    let output = Output::take(&mut words)?;
    match words.rest()?.as_slice() {
        [] | ["list"] => list(&client, output),
        ["remove", names @ ..] if !names.is_empty() => {
            for name in names {
                client.delete(&format!("resources/{name}"))?;
                println!("{name} is removed");
            }
            Ok(())
        }
        _ => Err("words are not understood\nhint: warren resources [list | remove NAME…]".into()),
    }
}

fn list(client: &Client, output: Output) -> Result<(), String> {
    let all: Vec<ResourceRow> = client.get("resources")?;
    if output == Output::Json {
        println!("{}", serde_json::to_string(&all).map_err(|error| error.to_string())?);
        return Ok(());
    }
    let rows: Vec<_> = all
        .into_iter()
        .map(|each| {
            let ports = each.ports.iter().map(|port| format!("{}={}", port.port, port.target));
            let what = match each.kind.as_str() {
                "exposed" => ports.collect::<Vec<_>>().join(" "),
                _ => each.command.join(" "),
            };
            vec![
                each.name,
                each.address.to_string(),
                each.subnet,
                each.eni,
                each.groups.join(","),
                what,
            ]
        })
        .collect();
    table::print(&["NAME", "ADDRESS", "SUBNET", "ENI", "SECURITY GROUPS", "WHAT"], &rows);
    Ok(())
}
