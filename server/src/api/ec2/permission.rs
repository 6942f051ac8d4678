//! Permissions of security groups: AWS's lists of protocols, ports and peers, and single rules.

use engine::record::group::{Direction, Group, Peer, Ports, Protocol, Rule, RuleSpec};
use engine::scope::Scope;
use wire::ApiError;
use wire::ec2::{error, input, output};

use crate::api::ec2::input::{block, id, missing, no_such};
use crate::api::ec2::show;

/// The packets that a permission speaks of, as requests spell them.
pub(crate) struct Packets {
    pub(crate) ip_protocol: Option<String>,
    pub(crate) from_port: Option<i32>,
    pub(crate) to_port: Option<i32>,
}

/// The rules of `IpPermissions`, or of the single permission that older clients give flat.
pub(crate) fn read(
    scope: &Scope,
    permissions: Vec<input::IpPermission>,
    flat: Packets,
    cidr_ip: Option<String>,
) -> Result<Vec<RuleSpec>, ApiError> {
    if permissions.is_empty() {
        let cidr = cidr_ip.ok_or_else(|| missing("ipPermissions"))?;
        let peer = Peer::Cidr(block(&cidr, "cidrIp")?);
        return Ok(vec![RuleSpec { protocol: flat.protocol()?, peer, description: None }]);
    }
    let mut rules = Vec::new();
    for permission in permissions {
        read_one(scope, permission, &mut rules)?;
    }
    Ok(rules)
}

fn read_one(
    scope: &Scope,
    permission: input::IpPermission,
    rules: &mut Vec<RuleSpec>,
) -> Result<(), ApiError> {
    let input::IpPermission { ip_protocol, from_port, to_port, user_id_group_pairs, ip_ranges } =
        permission;
    let protocol = Packets { ip_protocol, from_port, to_port }.protocol()?;
    if user_id_group_pairs.is_empty() && ip_ranges.is_empty() {
        return Err(missing("cidrIp"));
    }
    for input::IpRange { description, cidr_ip } in ip_ranges {
        let cidr = cidr_ip.ok_or_else(|| missing("CidrIp"))?;
        let peer = Peer::Cidr(block(&cidr, "cidrIp")?);
        rules.push(RuleSpec { protocol, peer, description });
    }
    for input::UserIdGroupPair { description, user_id, group_id } in user_id_group_pairs {
        let group = id(&group_id.ok_or_else(|| missing("GroupId"))?)?;
        if user_id.is_some_and(|owner| owner != show::owner(scope)) {
            // Groups of other accounts are reached through peerings, of which there are none.
            return Err(no_such(group));
        }
        rules.push(RuleSpec { protocol, peer: Peer::Group(group), description });
    }
    Ok(())
}

impl Packets {
    fn protocol(&self) -> Result<Protocol, ApiError> {
        let name = self.ip_protocol.as_deref().ok_or_else(|| missing("IpProtocol"))?;
        match name.to_ascii_lowercase().as_str() {
            "-1" | "all" => Ok(Protocol::All),
            "tcp" | "6" => self.ports().map(Protocol::Tcp),
            "udp" | "17" => self.ports().map(Protocol::Udp),
            "icmp" | "1" => {
                let field = |given: Option<i32>| u8::try_from(given.unwrap_or(-1)).ok();
                Ok(Protocol::Icmp { kind: field(self.from_port), code: field(self.to_port) })
            }
            other => other.parse().map(Protocol::Number).map_err(|_| {
                let message = format!("Invalid value '{name}' for IP protocol. Unknown protocol.");
                error("InvalidPermission.Malformed", message)
            }),
        }
    }

    fn ports(&self) -> Result<Ports, ApiError> {
        let first = self.from_port.ok_or_else(|| missing("FromPort"))?;
        let last = self.to_port.ok_or_else(|| missing("ToPort"))?;
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
}

/// A group's rules of one direction as AWS lists them: by protocol and ports, then by peer.
pub(crate) fn permissions(group: &Group, direction: Direction) -> Vec<output::IpPermission> {
    let mut rules: Vec<&Rule> =
        group.rules.values().filter(|rule| rule.direction == direction).collect();
    rules.sort_by(|a, b| a.spec.cmp(&b.spec));
    let same = rules.chunk_by(|a, b| a.spec.protocol == b.spec.protocol);
    same.map(|rules| permission(group, rules)).collect()
}

/// Rules of one protocol and its ports.
fn permission(group: &Group, rules: &[&Rule]) -> output::IpPermission {
    let (mut pairs, mut ranges) = (Vec::new(), Vec::new());
    for rule in rules {
        let description = rule.spec.description.clone();
        match rule.spec.peer {
            Peer::Cidr(cidr) => {
                ranges.push(output::IpRange { description, cidr_ip: Some(cidr.to_string()) });
            }
            Peer::Group(peer) => pairs.push(output::UserIdGroupPair {
                description,
                user_id: Some(show::owner(&group.scope)),
                group_id: Some(peer.to_string()),
                ..output::UserIdGroupPair::default()
            }),
        }
    }
    let (name, ports) = spelled(rules[0].spec.protocol);
    output::IpPermission {
        ip_protocol: Some(name),
        from_port: ports.map(|(first, _)| first),
        to_port: ports.map(|(_, last)| last),
        user_id_group_pairs: Some(pairs),
        ip_ranges: Some(ranges),
        ipv6_ranges: Some(Vec::new()),
        prefix_list_ids: Some(Vec::new()),
    }
}

/// A single rule as AWS shows it.
pub(crate) fn rule(scope: &Scope, group: impl ToString, rule: &Rule) -> output::SecurityGroupRule {
    let owner = show::owner(scope);
    let (name, ports) = spelled(rule.spec.protocol);
    let (first, last) = ports.unwrap_or((-1, -1));
    let mut shown = output::SecurityGroupRule {
        security_group_rule_id: Some(rule.id.to_string()),
        group_id: Some(group.to_string()),
        group_owner_id: Some(owner.clone()),
        is_egress: Some(rule.direction == Direction::Egress),
        ip_protocol: Some(name),
        from_port: Some(first),
        to_port: Some(last),
        description: rule.spec.description.clone(),
        tags: Some(show::tags(&rule.tags)),
        security_group_rule_arn: Some(show::arn(scope, "security-group-rule", rule.id)),
        ..output::SecurityGroupRule::default()
    };
    match rule.spec.peer {
        Peer::Cidr(cidr) => shown.cidr_ipv4 = Some(cidr.to_string()),
        Peer::Group(peer) => {
            shown.referenced_group_info = Some(output::ReferencedSecurityGroup {
                group_id: Some(peer.to_string()),
                user_id: Some(owner),
                ..output::ReferencedSecurityGroup::default()
            });
        }
    }
    shown
}

/// A protocol's name or number; and its ports, or type and code, if it has such.
pub(crate) fn spelled(protocol: Protocol) -> (String, Option<(i32, i32)>) {
    let range = |ports: Ports| Some((ports.first.into(), ports.last.into()));
    match protocol {
        Protocol::All => ("-1".into(), None),
        Protocol::Tcp(ports) => ("tcp".into(), range(ports)),
        Protocol::Udp(ports) => ("udp".into(), range(ports)),
        Protocol::Icmp { kind, code } => {
            let number = |field: Option<u8>| field.map_or(-1, i32::from);
            ("icmp".into(), Some((number(kind), number(code))))
        }
        Protocol::Number(number) => (number.to_string(), None),
    }
}
