//! Permissions of security groups: AWS's lists of protocols, ports and peers, and single rules.

use engine::record::group::{Direction, Group, Peer, Ports, Protocol, Rule, RuleSpec};
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::ec2::input::{block, id, missing, required};
use crate::api::ec2::list::show;

/// The rules of `IpPermissions`, or of the single permission that older clients give flat.
pub(crate) fn read(input: &Value) -> Result<Vec<RuleSpec>, ApiError> {
    let mut rules = Vec::new();
    match input["IpPermissions"].as_array() {
        Some(permissions) => {
            for permission in permissions {
                read_one(permission, &mut rules)?;
            }
        }
        None => {
            let cidr = input["CidrIp"].as_str().ok_or_else(|| missing("ipPermissions"))?;
            let peer = Peer::Cidr(block(cidr, "cidrIp")?);
            rules.push(RuleSpec { protocol: protocol(input)?, peer, description: None });
        }
    }
    Ok(rules)
}

fn read_one(permission: &Value, rules: &mut Vec<RuleSpec>) -> Result<(), ApiError> {
    let list = |name: &str| permission[name].as_array().map(Vec::as_slice).unwrap_or_default();
    for unsupported in ["Ipv6Ranges", "PrefixListIds"] {
        if !list(unsupported).is_empty() {
            let message = format!("Warren does not support {unsupported} in a permission.");
            return Err(error("UnsupportedOperation", message));
        }
    }
    let protocol = protocol(permission)?;
    let before = rules.len();
    for range in list("IpRanges") {
        let peer = Peer::Cidr(block(required(range, "CidrIp")?, "cidrIp")?);
        rules.push(RuleSpec { protocol, peer, description: description(range) });
    }
    for pair in list("UserIdGroupPairs") {
        let peer = Peer::Group(id(required(pair, "GroupId")?)?);
        rules.push(RuleSpec { protocol, peer, description: description(pair) });
    }
    if rules.len() == before {
        return Err(missing("cidrIp"));
    }
    Ok(())
}

fn description(peer: &Value) -> Option<String> {
    peer["Description"].as_str().map(str::to_owned)
}

fn protocol(permission: &Value) -> Result<Protocol, ApiError> {
    let name = required(permission, "IpProtocol")?;
    match name.to_ascii_lowercase().as_str() {
        "-1" | "all" => Ok(Protocol::All),
        "tcp" | "6" => ports(permission).map(Protocol::Tcp),
        "udp" | "17" => ports(permission).map(Protocol::Udp),
        "icmp" | "1" => {
            let field = |name| u8::try_from(permission[name].as_i64().unwrap_or(-1)).ok();
            Ok(Protocol::Icmp { kind: field("FromPort"), code: field("ToPort") })
        }
        other => match other.parse() {
            Ok(number) => Ok(Protocol::Number(number)),
            Err(_) => {
                let message = format!("Invalid value '{name}' for IP protocol. Unknown protocol.");
                Err(error("InvalidPermission.Malformed", message))
            }
        },
    }
}

fn ports(permission: &Value) -> Result<Ports, ApiError> {
    let port = |name: &'static str| permission[name].as_i64().ok_or_else(|| missing(name));
    let (first, last) = (port("FromPort")?, port("ToPort")?);
    if (first, last) == (-1, -1) {
        return Ok(Ports { first: 0, last: u16::MAX });
    }
    match (u16::try_from(first), u16::try_from(last)) {
        (Ok(first), Ok(last)) if first <= last => Ok(Ports { first, last }),
        _ => {
            let message = format!(
                "Invalid value '{first}-{last}' for portRange. Must be within 0 and 65535 and in order."
            );
            Err(error("InvalidParameterValue", message))
        }
    }
}

/// A group's rules of one direction as AWS lists them: by protocol and ports, then by peer.
pub(crate) fn permissions(group: &Group, direction: Direction) -> Vec<Value> {
    let mut rules: Vec<&Rule> =
        group.rules.values().filter(|rule| rule.direction == direction).collect();
    rules.sort_by(|a, b| a.spec.cmp(&b.spec));
    rules
        .chunk_by(|a, b| a.spec.protocol == b.spec.protocol)
        .map(|same| {
            let mut shown = json!({
                "UserIdGroupPairs": [], "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [],
            });
            set_protocol(&mut shown, same[0].spec.protocol);
            for rule in same {
                let (list, mut peer) = match rule.spec.peer {
                    Peer::Cidr(cidr) => ("IpRanges", json!({"CidrIp": cidr.to_string()})),
                    Peer::Group(peer) => {
                        let owner = format!("{:012}", group.scope.account);
                        let pair = json!({"UserId": owner, "GroupId": peer.to_string()});
                        ("UserIdGroupPairs", pair)
                    }
                };
                if let Some(description) = &rule.spec.description {
                    peer["Description"] = json!(description);
                }
                shown[list].as_array_mut().expect("it was made a list").push(peer);
            }
            shown
        })
        .collect()
}

/// A single rule as AWS shows it.
pub(crate) fn rule(group: &Group, rule: &Rule) -> Value {
    let owner = format!("{:012}", group.scope.account);
    let mut shown = json!({
        "SecurityGroupRuleId": rule.id.to_string(),
        "GroupId": group.id.to_string(),
        "GroupOwnerId": owner,
        "IsEgress": rule.direction == Direction::Egress,
        "FromPort": -1,
        "ToPort": -1,
        "Tags": show(&rule.tags),
        "SecurityGroupRuleArn":
            format!("arn:aws:ec2:{}:{owner}:security-group-rule/{}", group.scope.region, rule.id),
    });
    set_protocol(&mut shown, rule.spec.protocol);
    match rule.spec.peer {
        Peer::Cidr(cidr) => shown["CidrIpv4"] = json!(cidr.to_string()),
        Peer::Group(peer) => {
            shown["ReferencedGroupInfo"] = json!({"GroupId": peer.to_string(), "UserId": owner});
        }
    }
    if let Some(description) = &rule.spec.description {
        shown["Description"] = json!(description);
    }
    shown
}

fn set_protocol(shown: &mut Value, protocol: Protocol) {
    let (name, ports) = match protocol {
        Protocol::All => ("-1".to_owned(), None),
        Protocol::Tcp(ports) => ("tcp".into(), Some((ports.first.into(), ports.last.into()))),
        Protocol::Udp(ports) => ("udp".into(), Some((ports.first.into(), ports.last.into()))),
        Protocol::Icmp { kind, code } => {
            let number = |field: Option<u8>| field.map_or(-1, i32::from);
            ("icmp".into(), Some((number(kind), number(code))))
        }
        Protocol::Number(number) => (number.to_string(), None),
    };
    shown["IpProtocol"] = json!(name);
    if let Some((first, last)) = ports {
        shown["FromPort"] = json!(first);
        shown["ToPort"] = json!(last);
    }
}
