//! Rules of security groups.

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
