//! Reading EC2's inputs: ids, blocks, and what is missing or does not go together.

use std::fmt::Display;
use std::net::Ipv4Addr;
use std::str::FromStr;

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::id::{
    AclId, AddressAssociationId, AllocationId, DhcpOptionsId, EgressOnlyGatewayId, EniId,
    FlowLogId, GroupId, IdError, InsightsAnalysisId, InsightsPathId, InternetGatewayId,
    NatGatewayId, PeeringId, PrefixListId, ReservationId, RouteTableId, RuleId, SubnetId,
    VpcEndpointId, VpcId,
};
use wire::ApiError;
use wire::ec2::error;

/// An id of EC2's, and how errors about it read.
pub(crate) trait Id: FromStr<Err = IdError> + Display + Ord {
    /// The code when no thing has it.
    const NOT_FOUND: &'static str;
    /// The code when it is no id.
    const MALFORMED: &'static str;
    /// What precedes the id in the message that no thing has it.
    const NOUN: &'static str;
    /// What an id begins with.
    const PREFIX: &'static str;

    /// The message that no thing has it.
    fn is_not_there(text: &str) -> String {
        format!("The {} '{text}' does not exist", Self::NOUN)
    }
}

impl Id for NatGatewayId {
    const NOT_FOUND: &'static str = "NatGatewayNotFound";
    const MALFORMED: &'static str = "NatGatewayMalformed";
    const NOUN: &'static str = "NatGateway";
    const PREFIX: &'static str = NatGatewayId::PREFIX;

    fn is_not_there(text: &str) -> String {
        format!("NatGateway {text} was not found")
    }
}

impl Id for FlowLogId {
    const NOT_FOUND: &'static str = "InvalidFlowLogId.NotFound";
    const MALFORMED: &'static str = "InvalidFlowLogId.Malformed";
    const NOUN: &'static str = "flowLog ID";
    const PREFIX: &'static str = FlowLogId::PREFIX;

    fn is_not_there(text: &str) -> String {
        format!("These flow log ids in the input list are not found: [TotalCount: 1] {text}")
    }
}

macro_rules! id {
    ($($id:ty: $not_found:literal, $malformed:literal, $noun:literal;)*) => {$(
        impl Id for $id {
            const NOT_FOUND: &'static str = $not_found;
            const MALFORMED: &'static str = $malformed;
            const NOUN: &'static str = $noun;
            const PREFIX: &'static str = <$id>::PREFIX;
        }
    )*};
}

id! {
    VpcId: "InvalidVpcID.NotFound", "InvalidVpcID.Malformed", "vpc ID";
    SubnetId: "InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed", "subnet ID";
    GroupId: "InvalidGroup.NotFound", "InvalidGroupId.Malformed", "security group";
    EniId: "InvalidNetworkInterfaceID.NotFound", "InvalidNetworkInterfaceId.Malformed",
        "networkInterface ID";
    RouteTableId: "InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed", "routeTable ID";
    InternetGatewayId: "InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayId.Malformed",
        "internetGateway ID";
    AllocationId: "InvalidAllocationID.NotFound", "InvalidAllocationID.Malformed", "allocation ID";
    AddressAssociationId: "InvalidAssociationID.NotFound", "InvalidAssociationID.Malformed",
        "association ID";
    PeeringId: "InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.Malformed",
        "vpcPeeringConnection ID";
    DhcpOptionsId: "InvalidDhcpOptionID.NotFound", "InvalidDhcpOptionsId.Malformed", "dhcpOptions ID";
    EgressOnlyGatewayId: "InvalidGatewayID.NotFound", "InvalidGatewayID.Malformed", "gateway ID";
    AclId: "InvalidNetworkAclID.NotFound", "InvalidNetworkAclId.Malformed", "networkAcl ID";
    VpcEndpointId: "InvalidVpcEndpointId.NotFound", "InvalidVpcEndpointId.Malformed",
        "Vpc Endpoint Id";
    PrefixListId: "InvalidPrefixListID.NotFound", "InvalidPrefixListId.Malformed", "prefix list ID";
    ReservationId: "InvalidSubnetCidrReservationID.NotFound",
        "InvalidSubnetCidrReservationId.Malformed", "subnetCidrReservation ID";
    InsightsPathId: "InvalidNetworkInsightsPathId.NotFound",
        "InvalidNetworkInsightsPathId.Malformed", "networkInsightsPath ID";
    InsightsAnalysisId: "InvalidNetworkInsightsAnalysisId.NotFound",
        "InvalidNetworkInsightsAnalysisId.Malformed", "networkInsightsAnalysis ID";
    RuleId: "InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.Malformed",
        "security group rule ID";
}

/// Reads an id.
pub(crate) fn id<I: Id>(text: &str) -> Result<I, ApiError> {
    text.parse().map_err(|why| match why {
        IdError::Malformed => {
            let message = format!("Invalid id: \"{text}\" (expecting \"{}...\")", I::PREFIX);
            error(I::MALFORMED, message)
        }
        IdError::Foreign => not_found::<I>(text),
    })
}

/// The error that nothing has an id.
pub(crate) fn no_such<I: Id>(id: I) -> ApiError {
    not_found::<I>(&id.to_string())
}

fn not_found<I: Id>(text: &str) -> ApiError {
    error(I::NOT_FOUND, I::is_not_there(text))
}

/// Reads the ids of a list.
pub(crate) fn ids<I: Id>(list: &[String]) -> Result<Vec<I>, ApiError> {
    list.iter().map(|text| id(text)).collect()
}

/// The error that a parameter must be given.
pub(crate) fn missing(name: &str) -> ApiError {
    error("MissingParameter", format!("The request must contain the parameter {name}"))
}

/// The error that two parameters exclude each other.
pub(crate) fn together(name: &str, other: &str) -> ApiError {
    let message = format!("The parameter {name} cannot be used with the parameter {other}");
    error("InvalidParameterCombination", message)
}

/// A text that asks for nothing where it is empty: clients send such for what they do not want.
pub(crate) fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// An IPv4 block; bits beyond its prefix are dropped silently, as AWS does.
pub(crate) fn block(text: &str, parameter: &str) -> Result<Cidr, ApiError> {
    let cidr = text.split_once('/').and_then(|(address, prefix)| {
        Cidr::containing(address.parse::<Ipv4Addr>().ok()?, prefix.parse().ok()?)
    });
    cidr.ok_or_else(|| {
        let message = format!(
            "Value ({text}) for parameter {parameter} is invalid. This is not a valid CIDR block."
        );
        error("InvalidParameterValue", message)
    })
}

/// An IPv6 block, likewise.
pub(crate) fn block6(text: &str, parameter: &str) -> Result<Cidr6, ApiError> {
    text.parse().map_err(|_| {
        let message = format!(
            "Value ({text}) for parameter {parameter} is invalid. This is not a valid IPv6 CIDR block."
        );
        error("InvalidParameterValue", message)
    })
}
