//! What is to be planned for, from where it is described already.

pub(crate) mod cloudformation;
pub(crate) mod endpoint;
mod template;
pub(crate) mod terraform;
mod yaml;

use std::collections::BTreeMap;

pub(crate) use cloudformation::CloudFormationError;
pub(crate) use endpoint::EndpointError;
pub(crate) use terraform::TerraformError;

/// Names that are the same for no other: the wanted one where it is, else the long one.
pub(crate) fn distinct(named: &[(String, String)]) -> Vec<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (wanted, _) in named {
        *counts.entry(wanted).or_default() += 1;
    }
    named
        .iter()
        .map(|(wanted, long)| match counts[wanted.as_str()] {
            1 if !wanted.is_empty() => wanted.clone(),
            _ => long.clone(),
        })
        .collect()
}

/// A rule as text that is equal when rules are: protocol, ports, peer.
pub(crate) fn rule(protocol: &str, ports: Option<(i64, i64)>, peer: &str) -> String {
    let protocol = match protocol {
        "-1" | "all" => "all",
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        other => other,
    };
    match ports {
        Some((first, last)) if protocol != "all" => format!("{protocol} {first}-{last} {peer}"),
        _ => format!("{protocol} {peer}"),
    }
}
