//! What would open a gate for IPv6 that is closed, as a command of the aws CLI.

use alloc::format;
use alloc::string::{String, ToString};
use core::net::Ipv6Addr;

use crate::network::reach::Content;
use crate::plan::{AclRule, DropReason};
use crate::record::group::Direction;
use crate::tell::mend::{packets, permission};
use crate::tell::reach6::Way6;
use crate::tell::words::Teller;

impl Teller<'_> {
    /// What would let a packet through that is dropped for a reason; `ports` are those that replies
    /// are sent to, where it is one.
    pub(super) fn mend6(
        &self,
        way: &Way6<'_>,
        reason: DropReason,
        ports: Option<(u16, u16)>,
    ) -> Option<String> {
        let permission = match way.content {
            Content::Icmp(kind, code) => format!("IpProtocol=icmpv6,FromPort={kind},ToPort={code}"),
            other => permission(other),
        };
        match reason {
            DropReason::Egress => {
                let group = way.sender.groups.first()?;
                Some(format!(
                    "aws ec2 authorize-security-group-egress --group-id {group} --ip-permissions \
                     {permission},Ipv6Ranges=[{{CidrIpv6={}/128}}]",
                    way.destination
                ))
            }
            DropReason::Ingress => {
                let group = way.receiver?.groups.first()?;
                let from = match way.sender.groups.first().filter(|_| way.beyond.is_none()) {
                    Some(peer) => format!("UserIdGroupPairs=[{{GroupId={peer}}}]"),
                    // Who comes from another VPC is of none of its groups.
                    None => format!("Ipv6Ranges=[{{CidrIpv6={}/128}}]", way.source),
                };
                Some(format!(
                    "aws ec2 authorize-security-group-ingress --group-id {group} \
                     --ip-permissions {permission},{from}"
                ))
            }
            DropReason::AclEgress(rule) => self.entry6(way, rule, Direction::Egress, ports),
            DropReason::AclIngress(rule) => self.entry6(way, rule, Direction::Ingress, ports),
            DropReason::NoRoute | DropReason::Blackhole => self.route_out6(way),
            DropReason::NoOwner => self.mend_idle(way.sender.vpc, way.destination.into()),
            _ => None,
        }
    }

    /// A route by the gateway that the VPC has, to what is reached by one.
    fn route_out6(&self, way: &Way6<'_>) -> Option<String> {
        way.beyond?;
        let (vpc, table) = (way.sender.vpc, self.network.table_of(way.sender.subnet)?.id);
        let mut only = self.network.egress_only_gateways.values();
        let only = only.find(|gateway| gateway.vpc == vpc);
        let only = only.map(|gateway| format!("--egress-only-internet-gateway-id {}", gateway.id));
        let mut open = self.network.internet_gateways.values();
        let open = open.find(|gateway| gateway.vpc == Some(vpc));
        let open = open.map(|gateway| format!("--gateway-id {}", gateway.id));
        Some(format!(
            "aws ec2 {}-route --route-table-id {table} --destination-ipv6-cidr-block ::/0 {}",
            self.how_to_lead(table),
            only.or(open)?
        ))
    }

    fn entry6(
        &self,
        way: &Way6<'_>,
        denied: AclRule,
        direction: Direction,
        ports: Option<(u16, u16)>,
    ) -> Option<String> {
        // Of the reply, who was the receiver is the sender.
        let is_of_there = match direction {
            Direction::Egress => ports.is_none(),
            Direction::Ingress => ports.is_some(),
        };
        let end = if is_of_there { way.destination } else { way.source };
        let block = format!("--ipv6-cidr-block {}", block_of(way, end));
        let packets = match way.content {
            Content::Icmp(kind, code) => {
                let kind = if ports.is_some() { 129 } else { kind };
                format!("--protocol 58 --icmp-type-code Type={kind},Code={code}")
            }
            content => packets(content, ports),
        };
        self.new_entry(denied, direction, &packets, &block)
    }
}

/// The subnet's block that an address is of; what is of none stands for itself.
fn block_of(way: &Way6<'_>, address: Ipv6Addr) -> String {
    let vpcs = [Some(way.reach), way.beyond].into_iter().flatten();
    let mut blocks = vpcs.flat_map(|reach| &reach.vpc.subnets).filter_map(|subnet| subnet.cidr6);
    let block = blocks.find(|block| block.contains(address));
    block.map_or_else(|| format!("{address}/128"), |block| block.to_string())
}
