//! What would open a gate that is closed, as a command of the aws CLI.

use alloc::format;
use alloc::string::String;

use crate::base::cidr::Cidr;
use crate::network::reach::Content;
use crate::network::service;
use crate::plan::{AclRule, DropReason};
use crate::record::group::Direction;
use crate::tell::gates::Way;
use crate::tell::outside::block_of;
use crate::tell::words::Teller;

/// The highest number of an entry that can be made.
const HIGHEST: u16 = 32_766;

impl Teller<'_> {
    /// What would let a packet through that is dropped for a reason; `ports` are those that replies
    /// are sent to, where it is one.
    pub(super) fn mend(
        &self,
        way: &Way<'_>,
        reason: DropReason,
        ports: Option<(u16, u16)>,
    ) -> Option<String> {
        let packet = way.packet;
        match reason {
            DropReason::Egress => {
                let group = way.sender.groups.first()?;
                let to = format!("IpRanges=[{{CidrIp={}/32}}]", packet.destination);
                Some(format!(
                    "aws ec2 authorize-security-group-egress --group-id {group} --ip-permissions \
                     {},{to}",
                    permission(packet.content),
                ))
            }
            DropReason::Ingress => {
                let group = way.receiver?.groups.first()?;
                let from = match way.sender.groups.first() {
                    Some(peer) => format!("UserIdGroupPairs=[{{GroupId={peer}}}]"),
                    // Who comes from outside of the VPC is of none of its groups.
                    None => format!("IpRanges=[{{CidrIp={}}}]", block_of(way.sender.address)),
                };
                Some(format!(
                    "aws ec2 authorize-security-group-ingress --group-id {group} \
                     --ip-permissions {},{from}",
                    permission(packet.content),
                ))
            }
            DropReason::AclEgress(rule) => self.entry(way, rule, Direction::Egress, ports),
            DropReason::AclIngress(rule) => self.entry(way, rule, Direction::Ingress, ports),
            DropReason::NoRoute | DropReason::Blackhole => self.endpoint(way),
            DropReason::NoPublicAddress => {
                self.endpoint(way).or_else(|| self.published_by(way.sender.eni, way.sender.address))
            }
            DropReason::NoOwner => {
                let vpc = way.beyond.map_or(way.vpc, |beyond| beyond.vpc.vpc);
                self.mend_idle(vpc, packet.destination.into())
            }
            _ => None,
        }
    }

    /// A VPC endpoint for the service of AWS's that is asked for, if it has such.
    fn endpoint(&self, way: &Way<'_>) -> Option<String> {
        let served = service::at(self.network.public_block?, way.packet.destination)?;
        let (service, name) = (served.service, served.service.name_in(served.region)?);
        let (vpc, subnet) = (way.vpc, way.sender.subnet);
        let create = format!("aws ec2 create-vpc-endpoint --vpc-id {vpc} --service-name {name}");
        if service.has_gateway() {
            let table = self.network.table_of(subnet)?.id;
            return Some(format!("{create} --route-table-ids {table}"));
        }
        let create = format!("{create} --vpc-endpoint-type Interface --subnet-ids {subnet}");
        // Its names are private ones, which a VPC is to have. One without such is not what is asked for.
        let has_names = self.network.vpcs.get(&vpc).is_some_and(|vpc| vpc.dns_hostnames);
        service.has_private_names().then(|| match has_names {
            true => create,
            false => format!(
                "aws ec2 modify-vpc-attribute --vpc-id {vpc} --enable-dns-hostnames && {create}"
            ),
        })
    }

    /// An entry that comes before the one that denies.
    fn entry(
        &self,
        way: &Way<'_>,
        denied: AclRule,
        direction: Direction,
        ports: Option<(u16, u16)>,
    ) -> Option<String> {
        // Of the reply, who was the receiver is the sender.
        let is_of_there = match direction {
            Direction::Egress => ports.is_none(),
            Direction::Ingress => ports.is_some(),
        };
        let end = if is_of_there { way.packet.destination } else { way.sender.address };
        let block = format!("--cidr-block {}", self.block_of(way, end));
        let packets = match (way.packet.content, ports) {
            (Content::Icmp(kind, code), _) => {
                let kind = if ports.is_some() { 0 } else { kind };
                format!("--protocol 1 --icmp-type-code Type={kind},Code={code}")
            }
            (content, ports) => packets(content, ports),
        };
        self.new_entry(denied, direction, &packets, &block)
    }

    /// The command that makes an entry ahead of one that denies.
    pub(super) fn new_entry(
        &self,
        denied: AclRule,
        direction: Direction,
        packets: &str,
        block: &str,
    ) -> Option<String> {
        let number = self.free_number(denied, direction)?;
        let flag = match direction {
            Direction::Egress => "--egress",
            Direction::Ingress => "--ingress",
        };
        Some(format!(
            "aws ec2 create-network-acl-entry --network-acl-id {} {flag} --rule-number {number} \
             {packets} {block} --rule-action allow",
            denied.acl,
        ))
    }

    /// A number that no entry has, ahead of the one that denies.
    fn free_number(&self, denied: AclRule, direction: Direction) -> Option<u16> {
        let entries = self.network.network_acls.get(&denied.acl)?.entries(direction);
        let is_free = |number: &u16| !entries.contains_key(number);
        match denied.rule {
            Some(rule) => (1..rule).rev().find(is_free),
            None => {
                let last = entries.last_key_value().map_or(0, |(number, _)| *number);
                let next = (last / 100 + 1).saturating_mul(100);
                Some(next).filter(|next| *next <= HIGHEST).or_else(|| (1..=HIGHEST).find(is_free))
            }
        }
    }

    /// The subnet's block that an address is of; what is of none stands for itself.
    fn block_of(&self, way: &Way<'_>, address: core::net::Ipv4Addr) -> Cidr {
        let mut subnets = way.reach.vpc.subnets.iter().map(|subnet| subnet.cidr);
        let of_subnet = subnets.find(|block| block.contains(address));
        of_subnet.unwrap_or_else(|| block_of(address))
    }
}

/// What an entry is for: a packet, or the replies to it to these ports.
pub(super) fn packets(content: Content, ports: Option<(u16, u16)>) -> String {
    let (protocol, port) = match content {
        Content::Tcp(port) => (6, port),
        Content::Udp(port) => (17, port),
        Content::Icmp(..) => return "--protocol 1".into(),
        Content::Other(number) => return format!("--protocol {number}"),
    };
    let (first, last) = ports.unwrap_or((port, port));
    format!("--protocol {protocol} --port-range From={first},To={last}")
}

pub(super) fn permission(content: Content) -> String {
    match content {
        Content::Tcp(port) => format!("IpProtocol=tcp,FromPort={port},ToPort={port}"),
        Content::Udp(port) => format!("IpProtocol=udp,FromPort={port},ToPort={port}"),
        Content::Icmp(kind, code) => format!("IpProtocol=icmp,FromPort={kind},ToPort={code}"),
        Content::Other(number) => format!("IpProtocol={number}"),
    }
}
