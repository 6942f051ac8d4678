//! Rules of security groups.

/// The ports of a rule, both included; of ICMP, its type and code.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ports {
    first: i64,
    last: i64,
}

impl Ports {
    /// The ports, where both ends are given.
    pub(crate) fn of(first: Option<i64>, last: Option<i64>) -> Option<Ports> {
        Some(Ports { first: first?, last: last? })
    }
}

/// A rule as text that is equal when rules are: protocol, ports, peer.
pub(crate) fn rule(protocol: &str, ports: Option<Ports>, peer: &str) -> String {
    let protocol = match protocol {
        "-1" | "all" => "all",
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        other => other,
    };
    match ports {
        Some(Ports { first, last }) if protocol != "all" => {
            format!("{protocol} {first}-{last} {peer}")
        }
        _ => format!("{protocol} {peer}"),
    }
}
