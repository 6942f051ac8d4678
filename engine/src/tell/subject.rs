//! Subjects: what can be explained, and the words for it.

use core::str::FromStr;

use crate::base::id::{
    AclAssociationId, AclId, AddressAssociationId, AllocationId, CidrAssociationId, DhcpOptionsId,
    EgressOnlyGatewayId, EniId, EnvironmentId, FlowLogId, FunctionId, GroupId, IdError,
    InsightsAnalysisId, InsightsPathId, InternetGatewayId, NatGatewayId, PeeringId, PrefixListId,
    RequestId, ReservationId, ResourceId, RouteAssociationId, RouteTableId, RuleId,
    SubnetCidrAssociationId, SubnetId, Version, VpcEndpointId, VpcId,
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
    /// A part of one of these: what it is of.
    Part(Piece),
}

/// A part of something that has an id of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A rule of a security group.
    Rule(RuleId),
    /// A reserved block of a subnet.
    Reservation(ReservationId),
    /// Of a route table with a subnet or a VPC.
    Route(RouteAssociationId),
    /// Of a network ACL with a subnet.
    Acl(AclAssociationId),
    /// Of a public address with an ENI.
    Address(AddressAssociationId),
    /// Of a block with a VPC.
    Block(CidrAssociationId),
    /// Of an IPv6 block with a subnet.
    SubnetBlock(SubnetCidrAssociationId),
    /// A path of Reachability Analyzer.
    Path(InsightsPathId),
    /// An analysis of such a path.
    Analysis(InsightsAnalysisId),
}

impl FromStr for Subject {
    type Err = IdError;
    /// By the id's prefix; functions go by names, which are looked up in a scope.
    fn from_str(text: &str) -> Result<Subject, IdError> {
        match text.rsplit_once('-').map_or(text, |(prefix, _)| prefix) {
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
            "sgr" => text.parse().map(Piece::Rule).map(Subject::Part),
            "scr" => text.parse().map(Piece::Reservation).map(Subject::Part),
            "rtbassoc" => text.parse().map(Piece::Route).map(Subject::Part),
            "aclassoc" => text.parse().map(Piece::Acl).map(Subject::Part),
            "eipassoc" => text.parse().map(Piece::Address).map(Subject::Part),
            "vpc-cidr-assoc" => text.parse().map(Piece::Block).map(Subject::Part),
            "subnet-cidr-assoc" => text.parse().map(Piece::SubnetBlock).map(Subject::Part),
            "nip" => text.parse().map(Piece::Path).map(Subject::Part),
            "nia" => text.parse().map(Piece::Analysis).map(Subject::Part),
            _ => text.parse().map(Subject::Request),
        }
    }
}
