//! Layouts: the subnets, security groups and functions that a plan is made for.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use engine::cidr::Cidr;
use engine::limits::RESERVED_ADDRESSES;
use engine::record::function::EniModel;
use serde::Serialize;

/// What there is to plan for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Subnets, in the order in which functions are given them.
    pub subnets: Vec<SubnetLayout>,
    /// Security groups.
    pub groups: Vec<GroupLayout>,
    /// What is known of functions beside their calls; others are as the plan's defaults say.
    pub functions: Vec<FunctionLayout>,
    /// Concurrent executions that the account may have, where it is known.
    pub concurrency: Option<u32>,
}

/// A subnet that functions may be given addresses of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetLayout {
    /// Its name in reports, and the same for no other: a letter, a tag or an id.
    pub name: String,
    /// Its VPC's name; subnets of one VPC only go together in a function.
    pub vpc: String,
    /// Its IPv4 block.
    pub cidr: Cidr,
    /// The availability zone's name, where it is known.
    pub zone: Option<String>,
    /// Addresses that others than functions hold.
    pub taken: Taken,
}

/// Addresses of a subnet that functions do not get, for as long as the plan goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// NAT gateways.
    pub nat_gateways: u32,
    /// Interface endpoints.
    pub endpoints: u32,
    /// Anybody else.
    pub others: u32,
    /// Nobody, but they are of blocks that are reserved.
    pub reserved: u32,
}

impl Taken {
    /// All of them together.
    pub fn all(&self) -> u32 {
        self.nat_gateways + self.endpoints + self.others + self.reserved
    }
}

impl SubnetLayout {
    /// Counts the addresses of a reserved block: functions get none of them. Those that AWS keeps anyway, and
    /// those that somebody holds, are counted as such already.
    pub fn reserve(&mut self, block: Cidr, held: impl Iterator<Item = Ipv4Addr>) {
        if !self.cidr.covers(block) {
            return;
        }
        let first = (0..RESERVED_ADDRESSES as u64 - 1).filter_map(|nth| self.cidr.nth(nth));
        let kept: BTreeSet<Ipv4Addr> = first.chain([self.cidr.last()]).chain(held).collect();
        let kept = kept.into_iter().filter(|address| block.contains(*address)).count();
        let left = block.size().saturating_sub(kept as u64);
        self.taken.reserved += u32::try_from(left).unwrap_or(u32::MAX);
    }

    /// A subnet of which only the functions of the plan hold addresses.
    pub fn new(name: &str, vpc: &str, cidr: Cidr) -> SubnetLayout {
        SubnetLayout {
            name: name.to_owned(),
            vpc: vpc.to_owned(),
            cidr,
            zone: None,
            taken: Taken::default(),
        }
    }
}

/// A subnet by its name, with the noun, which an id has in it already.
pub(super) fn subnet(name: &str) -> String {
    if name.starts_with("subnet-") { name.to_owned() } else { format!("subnet {name}") }
}

/// A security group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLayout {
    /// Its name in reports, and the same for no other.
    pub name: String,
    /// Its VPC's name.
    pub vpc: String,
    /// What may come in: rules as text that is equal when they are, for instance
    /// `tcp 5432-5432 10.0.0.0/16` or `all group:db`.
    pub ingress: Vec<String>,
    /// What may go out, likewise.
    pub egress: Vec<String>,
}

/// A function, beside its calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FunctionLayout {
    /// Its name; the function of the trace that has the same.
    pub name: String,
    /// MB of memory.
    pub memory: Option<u32>,
    /// Seconds that an invocation may take.
    pub timeout: Option<u32>,
    /// Concurrent executions that are reserved for it, if any are.
    pub reserved: Option<u32>,
    /// Its subnets by their names; none when it has no `VpcConfig`.
    pub subnets: Vec<String>,
    /// Its security groups by their names.
    pub groups: Vec<String>,
    /// Its ENI model, where it chooses one.
    pub eni_model: Option<EniModel>,
}
