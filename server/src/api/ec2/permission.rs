//! Permissions of security groups: AWS's lists of protocols, ports and peers, and single rules.

use std::collections::BTreeMap;

use engine::engine::Engine;
use engine::id::{GroupId, PeeringId, VpcId};
use engine::record::group::{Direction, Group, Peer, Ports, Protocol, Rule, RuleSpec};
use engine::scope::Scope;
use wire::ApiError;
use wire::ec2::{error, input, output};

use crate::api::ec2::input::{given, id, missing, no_such};
use crate::api::ec2::operations::peering;
use crate::api::ec2::{show, text};
use crate::api::operation::Context;

/// The single permission that older clients give beside the list.
pub(crate) struct Flat {
    pub(crate) ip_protocol: Option<String>,
    pub(crate) from_port: Option<i32>,
    pub(crate) to_port: Option<i32>,
    pub(crate) cidr_ip: Option<String>,
}

/// The rules of `IpPermissions`, or of the single permission that older clients give flat.
pub(crate) fn read(
    cx: &Context<'_>,
    permissions: Vec<input::IpPermission>,
    flat: Flat,
) -> Result<Vec<RuleSpec>, ApiError> {
    let Flat { ip_protocol, from_port, to_port, cidr_ip } = flat;
    if permissions.is_empty() {
        let cidr = cidr_ip.ok_or_else(|| missing("ipPermissions"))?;
        let protocol = Packets { ip_protocol, from_port, to_port }.protocol()?;
        let peer = Peer::Cidr(block(&cidr)?);
        return Ok(vec![RuleSpec { protocol, peer, description: None }]);
    }
    let both = [
        ("ipProtocol", ip_protocol.is_some()),
        ("fromPort", from_port.is_some()),
        ("toPort", to_port.is_some()),
        ("cidrIp", cidr_ip.is_some()),
    ];
    if let Some((name, _)) = both.iter().find(|(_, is_given)| *is_given) {
        let message =
            format!("The parameter 'ipPermissions' may not be used in combination with '{name}'");
        return Err(error("InvalidParameterCombination", message));
    }
    let mut rules = Vec::new();
    for permission in permissions {
        read_one(cx, permission, &mut rules)?;
    }
    Ok(rules)
}

fn read_one(
    cx: &Context<'_>,
    permission: input::IpPermission,
    rules: &mut Vec<RuleSpec>,
) -> Result<(), ApiError> {
    let input::IpPermission {
        ip_protocol,
        from_port,
        to_port,
        user_id_group_pairs,
        ip_ranges,
        ipv6_ranges,
        prefix_list_ids,
    } = permission;
    let protocol = Packets { ip_protocol, from_port, to_port }.protocol()?;
    let has_blocks = !ip_ranges.is_empty() || !ipv6_ranges.is_empty();
    if user_id_group_pairs.is_empty() && !has_blocks && prefix_list_ids.is_empty() {
        return Err(missing("cidrIp"));
    }
    let mut add = |peer, description: Option<String>| {
        description.as_deref().map_or(Ok(()), text::rule_description)?;
        rules.push(RuleSpec { protocol, peer, description });
        Ok::<_, ApiError>(())
    };
    for input::IpRange { description, cidr_ip } in ip_ranges {
        let cidr = cidr_ip.ok_or_else(|| missing("CidrIp"))?;
        add(Peer::Cidr(block(&cidr)?), description)?;
    }
    for input::Ipv6Range { description, cidr_ipv6 } in ipv6_ranges {
        let cidr = cidr_ipv6.ok_or_else(|| missing("CidrIpv6"))?;
        add(Peer::Cidr6(block(&cidr)?), description)?;
    }
    for mut pair in user_id_group_pairs {
        let description = pair.description.take();
        add(Peer::Group(named(cx, pair)?), description)?;
    }
    for input::PrefixListId { description, prefix_list_id } in prefix_list_ids {
        let list = prefix_list_id.ok_or_else(|| missing("PrefixListId"))?;
        add(Peer::List(id(&list)?), description)?;
    }
    Ok(())
}

/// The group that a pair names, which must be what the pair says it is beside.
fn named(cx: &Context<'_>, pair: input::UserIdGroupPair) -> Result<GroupId, ApiError> {
    let input::UserIdGroupPair {
        description: _,
        user_id,
        group_id,
        vpc_id,
        vpc_peering_connection_id,
    } = pair;
    let group: GroupId = id(&group_id.ok_or_else(|| missing("GroupId"))?)?;
    let (owner, vpc) = (given(user_id), given(vpc_id).as_deref().map(id::<VpcId>).transpose()?);
    let by = given(vpc_peering_connection_id).as_deref().map(id::<PeeringId>).transpose()?;
    let is_so = cx.driver.read(|engine| {
        let Some((scope, of)) = engine.home_of(group) else { return false };
        let is_by = |by: PeeringId| {
            let mut all = engine.peerings(&cx.scope).filter(|peering| peering.is_active());
            all.any(|peering| peering.id == by && peering.other(of).is_some())
        };
        owner.as_ref().is_none_or(|owner| *owner == show::owner(scope))
            && vpc.is_none_or(|vpc| vpc == of)
            && by.is_none_or(is_by)
    });
    // What is not there is refused where the rule is made.
    let says_nothing = owner.is_none() && vpc.is_none() && by.is_none();
    if is_so || says_nothing { Ok(group) } else { Err(no_such(group)) }
}

/// Of groups of peers that rules name: the owner, the VPC, and by which connection, with its state.
#[derive(Debug, Default)]
pub(crate) struct Beyond(BTreeMap<GroupId, (String, VpcId, By)>);

/// By which connection something is reached, if by any, with its state.
type By = Option<(PeeringId, &'static str)>;

impl Beyond {
    /// Those that rules of a VPC's groups name.
    pub(crate) fn of<'r>(
        engine: &Engine,
        vpc: VpcId,
        rules: impl IntoIterator<Item = &'r Rule>,
    ) -> Beyond {
        let named = rules.into_iter().filter_map(|rule| match rule.spec.peer {
            Peer::Group(group) => Some(group),
            Peer::Cidr(_) | Peer::Cidr6(_) | Peer::List(_) => None,
        });
        let beyond = named.filter_map(|group| {
            let (scope, vpc, by) = engine.group_beyond(vpc, group)?;
            let by = by.map(|by| (by.id, peering::code(by.state)));
            Some((group, (show::owner(scope), vpc, by)))
        });
        Beyond(beyond.collect())
    }

    /// A group as the other end of a rule: the owner, and where it is a peer's, VPC and connection.
    fn pair(&self, scope: &Scope, group: GroupId) -> output::UserIdGroupPair {
        let beyond = self.0.get(&group);
        let by = beyond.and_then(|(_, _, by)| *by);
        output::UserIdGroupPair {
            user_id: Some(beyond.map_or_else(|| show::owner(scope), |(owner, ..)| owner.clone())),
            group_id: Some(group.to_string()),
            vpc_id: beyond.map(|(_, vpc, _)| vpc.to_string()),
            vpc_peering_connection_id: by.map(|(id, _)| id.to_string()),
            peering_status: by.map(|(_, state)| state.to_owned()),
            ..output::UserIdGroupPair::default()
        }
    }
}

/// What a rule comes to permit, which has one other end.
pub(crate) fn changed(rule: input::SecurityGroupRuleRequest) -> Result<RuleSpec, ApiError> {
    let input::SecurityGroupRuleRequest {
        ip_protocol,
        from_port,
        to_port,
        cidr_ipv4,
        cidr_ipv6,
        prefix_list_id,
        referenced_group_id,
        description,
    } = rule;
    let protocol = Packets { ip_protocol, from_port, to_port }.protocol()?;
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let blocks = (given(cidr_ipv4), given(cidr_ipv6));
    let peer = match (blocks, given(referenced_group_id), given(prefix_list_id)) {
        ((Some(cidr), None), None, None) => Peer::Cidr(block(&cidr)?),
        ((None, Some(cidr)), None, None) => Peer::Cidr6(block(&cidr)?),
        ((None, None), Some(group), None) => Peer::Group(id(&group)?),
        ((None, None), None, Some(list)) => Peer::List(id(&list)?),
        ((None, None), None, None) => return Err(missing("CidrIpv4")),
        _ => {
            let message = "Only one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId may be \
                           specified";
            return Err(error("InvalidParameterCombination", message));
        }
    };
    let description = given(description);
    description.as_deref().map_or(Ok(()), text::rule_description)?;
    Ok(RuleSpec { protocol, peer, description })
}

/// The block of a rule; bits beyond its prefix are dropped silently, as AWS does.
fn block<B: std::str::FromStr>(text: &str) -> Result<B, ApiError> {
    text.parse()
        .map_err(|_| error("InvalidParameterValue", format!("CIDR block {text} is malformed")))
}

/// The packets that a permission speaks of, as requests spell them.
struct Packets {
    ip_protocol: Option<String>,
    from_port: Option<i32>,
    to_port: Option<i32>,
}

impl Packets {
    fn protocol(&self) -> Result<Protocol, ApiError> {
        let name = self.ip_protocol.as_deref().ok_or_else(|| missing("IpProtocol"))?;
        match name.to_ascii_lowercase().as_str() {
            "-1" | "all" => Ok(Protocol::All),
            "tcp" | "6" => self.ports().map(Protocol::Tcp),
            "udp" | "17" => self.ports().map(Protocol::Udp),
            "icmp" | "1" => {
                if self.from_port.is_none() || self.to_port.is_none() {
                    return Err(both_ends("ICMP"));
                }
                self.kind_and_code().map(|(kind, code)| Protocol::Icmp { kind, code })
            }
            "icmpv6" | "58" => {
                self.kind_and_code().map(|(kind, code)| Protocol::Icmp6 { kind, code })
            }
            other => other.parse().map(Protocol::Number).map_err(|_| {
                let message = format!("Invalid value '{name}' for IP protocol. Unknown protocol.");
                error("InvalidParameterValue", message)
            }),
        }
    }

    fn ports(&self) -> Result<Ports, ApiError> {
        let (Some(first), Some(last)) = (self.from_port, self.to_port) else {
            return Err(both_ends("TCP/UDP"));
        };
        if (first, last) == (-1, -1) {
            return Ok(Ports { first: 0, last: u16::MAX });
        }
        let malformed = |message: String| error("InvalidPermission.Malformed", message);
        let port = |given: i32| {
            u16::try_from(given)
                .map_err(|_| malformed(format!("TCP/UDP port ({given}) out of range")))
        };
        let ports = Ports { first: port(first)?, last: port(last)? };
        match ports.first <= ports.last {
            true => Ok(ports),
            false => Err(malformed(format!("Invalid TCP/UDP port range ({first}:{last})"))),
        }
    }

    /// The type and the code of ICMP, -1 being any.
    fn kind_and_code(&self) -> Result<(Option<u8>, Option<u8>), ApiError> {
        let field = |what: &str, given: Option<i32>| match given {
            None | Some(-1) => Ok(None),
            Some(given) => u8::try_from(given).map(Some).map_err(|_| out_of_range(what, given)),
        };
        let fields = (field("type", self.from_port)?, field("code", self.to_port)?);
        match fields {
            // Whoever means all types means all codes.
            (None, Some(code)) => Err(out_of_range("code", code.into())),
            fields => Ok(fields),
        }
    }
}

fn both_ends(protocol: &str) -> ApiError {
    let message = format!(
        "Invalid value 'Must specify both from and to ports with {protocol}.' for portRange."
    );
    error("InvalidParameterValue", message)
}

fn out_of_range(what: &str, given: i32) -> ApiError {
    error("InvalidParameterValue", format!("ICMP {what} ({given}) out of range"))
}

/// A group's rules of one direction as AWS lists them: by protocol and ports, then by peer.
pub(crate) fn permissions(
    group: &Group,
    direction: Direction,
    beyond: &Beyond,
) -> Vec<output::IpPermission> {
    let rules = group.rules.values().filter(|rule| rule.direction == direction);
    of_rules(&group.scope, rules, beyond)
}

/// Rules of one direction as AWS lists them.
pub(crate) fn of_rules<'r>(
    scope: &Scope,
    rules: impl Iterator<Item = &'r Rule>,
    beyond: &Beyond,
) -> Vec<output::IpPermission> {
    let mut rules: Vec<&Rule> = rules.collect();
    rules.sort_by(|a, b| a.spec.cmp(&b.spec));
    let same = rules.chunk_by(|a, b| a.spec.protocol == b.spec.protocol);
    same.map(|rules| permission(scope, rules, beyond)).collect()
}

/// Rules of one protocol and its ports.
fn permission(scope: &Scope, rules: &[&Rule], beyond: &Beyond) -> output::IpPermission {
    let (mut pairs, mut ranges) = (Vec::new(), Vec::new());
    let (mut ranges6, mut lists) = (Vec::new(), Vec::new());
    for rule in rules {
        let description = rule.spec.description.clone();
        match rule.spec.peer {
            Peer::Cidr(cidr) => {
                ranges.push(output::IpRange { description, cidr_ip: Some(cidr.to_string()) });
            }
            Peer::Cidr6(cidr) => {
                ranges6.push(output::Ipv6Range { description, cidr_ipv6: Some(cidr.to_string()) });
            }
            Peer::List(list) => lists
                .push(output::PrefixListId { description, prefix_list_id: Some(list.to_string()) }),
            Peer::Group(peer) => {
                let pair = beyond.pair(scope, peer);
                pairs.push(output::UserIdGroupPair { description, ..pair });
            }
        }
    }
    let (name, ports) = spelled(rules[0].spec.protocol);
    output::IpPermission {
        ip_protocol: Some(name),
        from_port: ports.map(|(first, _)| first),
        to_port: ports.map(|(_, last)| last),
        user_id_group_pairs: Some(pairs),
        ip_ranges: Some(ranges),
        ipv6_ranges: Some(ranges6),
        prefix_list_ids: Some(lists),
    }
}

/// A single rule as AWS shows it.
pub(crate) fn rule(
    scope: &Scope,
    group: impl ToString,
    rule: &Rule,
    beyond: &Beyond,
) -> output::SecurityGroupRule {
    let owner = show::owner(scope);
    let (name, ports) = spelled(rule.spec.protocol);
    let (first, last) = ports.unwrap_or((-1, -1));
    let mut shown = output::SecurityGroupRule {
        security_group_rule_id: Some(rule.id.to_string()),
        group_id: Some(group.to_string()),
        group_owner_id: Some(owner),
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
        Peer::Cidr6(cidr) => shown.cidr_ipv6 = Some(cidr.to_string()),
        Peer::List(list) => shown.prefix_list_id = Some(list.to_string()),
        Peer::Group(peer) => {
            let pair = beyond.pair(scope, peer);
            shown.referenced_group_info = Some(output::ReferencedSecurityGroup {
                group_id: pair.group_id,
                user_id: pair.user_id,
                vpc_id: pair.vpc_id,
                vpc_peering_connection_id: pair.vpc_peering_connection_id,
                peering_status: pair.peering_status,
            });
        }
    }
    shown
}

/// A single rule that is gone, as AWS shows it.
pub(crate) fn revoked(
    scope: &Scope,
    group: impl ToString,
    gone: &Rule,
) -> output::RevokedSecurityGroupRule {
    let shown = rule(scope, group, gone, &Beyond::default());
    output::RevokedSecurityGroupRule {
        security_group_rule_id: shown.security_group_rule_id,
        group_id: shown.group_id,
        is_egress: shown.is_egress,
        ip_protocol: shown.ip_protocol,
        from_port: shown.from_port,
        to_port: shown.to_port,
        cidr_ipv4: shown.cidr_ipv4,
        cidr_ipv6: shown.cidr_ipv6,
        prefix_list_id: shown.prefix_list_id,
        referenced_group_id: shown.referenced_group_info.and_then(|peer| peer.group_id),
        description: shown.description,
    }
}

/// A protocol's name or number; and its ports, or type and code, if it has such.
pub(crate) fn spelled(protocol: Protocol) -> (String, Option<(i32, i32)>) {
    let range = |ports: Ports| Some((ports.first.into(), ports.last.into()));
    let number = |field: Option<u8>| field.map_or(-1, i32::from);
    match protocol {
        Protocol::All => ("-1".into(), None),
        Protocol::Tcp(ports) => ("tcp".into(), range(ports)),
        Protocol::Udp(ports) => ("udp".into(), range(ports)),
        Protocol::Icmp { kind, code } => ("icmp".into(), Some((number(kind), number(code)))),
        Protocol::Icmp6 { kind, code } => ("icmpv6".into(), Some((number(kind), number(code)))),
        Protocol::Number(number) => (number.to_string(), None),
    }
}
