//! Subjects: what can be explained, and the words for it.

use core::str::FromStr;

use crate::base::id::{
    AclId, AllocationId, DhcpOptionsId, EgressOnlyGatewayId, EniId, EnvironmentId, FlowLogId,
    FunctionId, GroupId, IdError, InternetGatewayId, NatGatewayId, PeeringId, PrefixListId,
    RequestId, ResourceId, RouteTableId, SubnetId, Version, VpcEndpointId, VpcId,
};

/// What can be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An ENI: why it is there, who uses it, what was dropped at it.
    Eni(EniId),
    /// An execution environment: why it was started, how long that took, how it ended.
    Environment(EnvironmentId),
    /// An invocation: where it ran, and what was decided for it. Or an event source mapping: how it
    /// is, what it has taken, what keeps it.
    Request(RequestId),
    /// A function: its ENIs, its environments and its last invocations.
    Function(FunctionId),
    /// A subnet: who holds its addresses.
    Subnet(SubnetId),
    /// A resource, by its ENI.
    Resource(ResourceId),
    /// A version of a function: as a function, but for what is of that version.
    Version(FunctionId, Version),
    /// A VPC: what is in it.
    Vpc(VpcId),
    /// A security group: its rules, and who carries it.
    Group(GroupId),
    /// A route table: its routes, and which subnets go by it.
    RouteTable(RouteTableId),
    /// A network ACL: its entries, and of which subnets it is.
    Acl(AclId),
    /// An internet gateway: what leads to it, and what passes.
    Gateway(InternetGatewayId),
    /// An egress-only internet gateway: what leads to it.
    EgressOnly(EgressOnlyGatewayId),
    /// A NAT gateway: how it is, and what leads to it and from it.
    Nat(NatGatewayId),
    /// A public address that was allocated: who has it.
    Allocation(AllocationId),
    /// A VPC endpoint: what leads to it, and where its service answers.
    Endpoint(VpcEndpointId),
    /// A peering connection: which VPCs it joins, and by which routes.
    Peering(PeeringId),
    /// A managed prefix list: its entries, and what refers to it.
    List(PrefixListId),
    /// A set of DHCP options: who is asked for names, and in which VPCs.
    Options(DhcpOptionsId),
    /// A flow log: of what it tells, and where.
    FlowLog(FlowLogId),
}

impl FromStr for Subject {
    type Err = IdError;
    /// By the id's prefix; functions go by names, which are looked up in a scope.
    fn from_str(text: &str) -> Result<Subject, IdError> {
        match text.split_once('-').map_or(text, |(prefix, _)| prefix) {
            "eni" => text.parse().map(Subject::Eni),
            "env" => text.parse().map(Subject::Environment),
            "subnet" => text.parse().map(Subject::Subnet),
            "res" => text.parse().map(Subject::Resource),
            "vpc" => text.parse().map(Subject::Vpc),
            "sg" => text.parse().map(Subject::Group),
            "rtb" => text.parse().map(Subject::RouteTable),
            "acl" => text.parse().map(Subject::Acl),
            "igw" => text.parse().map(Subject::Gateway),
            "eigw" => text.parse().map(Subject::EgressOnly),
            "nat" => text.parse().map(Subject::Nat),
            "eipalloc" => text.parse().map(Subject::Allocation),
            "vpce" => text.parse().map(Subject::Endpoint),
            "pcx" => text.parse().map(Subject::Peering),
            "pl" => text.parse().map(Subject::List),
            "dopt" => text.parse().map(Subject::Options),
            "fl" => text.parse().map(Subject::FlowLog),
            _ => text.parse().map(Subject::Request),
        }
    }
}
