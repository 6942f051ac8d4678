//! The operations of ec2, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "cidr_block.rs"]
pub(super) mod cidr_block;
#[path = "cidr_reservation.rs"]
pub(super) mod cidr_reservation;
#[path = "classic_link.rs"]
pub(super) mod classic_link;
#[path = "defaults.rs"]
pub(super) mod defaults;
#[path = "dhcp_options.rs"]
pub(super) mod dhcp_options;
#[path = "egress_only_gateway.rs"]
pub(super) mod egress_only_gateway;
#[path = "elastic_ip.rs"]
pub(super) mod elastic_ip;
#[path = "endpoint_service.rs"]
pub(super) mod endpoint_service;
#[path = "eni.rs"]
pub(super) mod eni;
#[path = "flow_log.rs"]
pub(super) mod flow_log;
#[path = "group.rs"]
pub(super) mod group;
#[path = "insights_analysis.rs"]
pub(super) mod insights_analysis;
#[path = "insights_path.rs"]
pub(super) mod insights_path;
#[path = "internet_gateway.rs"]
pub(super) mod internet_gateway;
#[path = "ipv6_address.rs"]
pub(super) mod ipv6_address;
#[path = "nat_gateway.rs"]
pub(super) mod nat_gateway;
#[path = "network_acl.rs"]
pub(super) mod network_acl;
#[path = "peering.rs"]
pub(super) mod peering;
#[path = "prefix_list.rs"]
pub(super) mod prefix_list;
#[path = "private_address.rs"]
pub(super) mod private_address;
#[path = "region.rs"]
pub(super) mod region;
#[path = "route.rs"]
pub(super) mod route;
#[path = "route_table.rs"]
pub(super) mod route_table;
#[path = "rule.rs"]
pub(super) mod rule;
#[path = "rule_change.rs"]
pub(super) mod rule_change;
#[path = "rule_reference.rs"]
pub(super) mod rule_reference;
#[path = "subnet.rs"]
pub(super) mod subnet;
#[path = "tag.rs"]
pub(super) mod tag;
#[path = "vpc.rs"]
pub(super) mod vpc;
#[path = "vpc_endpoint.rs"]
pub(super) mod vpc_endpoint;

use serde_json::Value;
use wire::ApiError;
use wire::ec2::{Op, input};

use crate::api::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(super) async fn run(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AcceptVpcPeeringConnection => call.run::<input::AcceptVpcPeeringConnection>().await,
        Op::AllocateAddress => call.run::<input::AllocateAddress>().await,
        Op::AssignIpv6Addresses => call.run::<input::AssignIpv6Addresses>().await,
        Op::AssignPrivateIpAddresses => call.run::<input::AssignPrivateIpAddresses>().await,
        Op::AssociateAddress => call.run::<input::AssociateAddress>().await,
        Op::AssociateDhcpOptions => call.run::<input::AssociateDhcpOptions>().await,
        Op::AssociateRouteTable => call.run::<input::AssociateRouteTable>().await,
        Op::AssociateSubnetCidrBlock => call.run::<input::AssociateSubnetCidrBlock>().await,
        Op::AssociateVpcCidrBlock => call.run::<input::AssociateVpcCidrBlock>().await,
        Op::AttachInternetGateway => call.run::<input::AttachInternetGateway>().await,
        Op::AuthorizeSecurityGroupEgress => call.run::<input::AuthorizeSecurityGroupEgress>().await,
        Op::AuthorizeSecurityGroupIngress => {
            call.run::<input::AuthorizeSecurityGroupIngress>().await
        }
        Op::CreateDefaultSubnet => call.run::<input::CreateDefaultSubnet>().await,
        Op::CreateDefaultVpc => call.run::<input::CreateDefaultVpc>().await,
        Op::CreateDhcpOptions => call.run::<input::CreateDhcpOptions>().await,
        Op::CreateEgressOnlyInternetGateway => {
            call.run::<input::CreateEgressOnlyInternetGateway>().await
        }
        Op::CreateFlowLogs => call.run::<input::CreateFlowLogs>().await,
        Op::CreateInternetGateway => call.run::<input::CreateInternetGateway>().await,
        Op::CreateManagedPrefixList => call.run::<input::CreateManagedPrefixList>().await,
        Op::CreateNatGateway => call.run::<input::CreateNatGateway>().await,
        Op::CreateNetworkAcl => call.run::<input::CreateNetworkAcl>().await,
        Op::CreateNetworkAclEntry => call.run::<input::CreateNetworkAclEntry>().await,
        Op::CreateNetworkInsightsPath => call.run::<input::CreateNetworkInsightsPath>().await,
        Op::CreateNetworkInterface => call.run::<input::CreateNetworkInterface>().await,
        Op::CreateRoute => call.run::<input::CreateRoute>().await,
        Op::CreateRouteTable => call.run::<input::CreateRouteTable>().await,
        Op::CreateSecurityGroup => call.run::<input::CreateSecurityGroup>().await,
        Op::CreateSubnet => call.run::<input::CreateSubnet>().await,
        Op::CreateSubnetCidrReservation => call.run::<input::CreateSubnetCidrReservation>().await,
        Op::CreateTags => call.run::<input::CreateTags>().await,
        Op::CreateVpc => call.run::<input::CreateVpc>().await,
        Op::CreateVpcEndpoint => call.run::<input::CreateVpcEndpoint>().await,
        Op::CreateVpcPeeringConnection => call.run::<input::CreateVpcPeeringConnection>().await,
        Op::DeleteDhcpOptions => call.run::<input::DeleteDhcpOptions>().await,
        Op::DeleteEgressOnlyInternetGateway => {
            call.run::<input::DeleteEgressOnlyInternetGateway>().await
        }
        Op::DeleteFlowLogs => call.run::<input::DeleteFlowLogs>().await,
        Op::DeleteInternetGateway => call.run::<input::DeleteInternetGateway>().await,
        Op::DeleteManagedPrefixList => call.run::<input::DeleteManagedPrefixList>().await,
        Op::DeleteNatGateway => call.run::<input::DeleteNatGateway>().await,
        Op::DeleteNetworkAcl => call.run::<input::DeleteNetworkAcl>().await,
        Op::DeleteNetworkAclEntry => call.run::<input::DeleteNetworkAclEntry>().await,
        Op::DeleteNetworkInsightsAnalysis => {
            call.run::<input::DeleteNetworkInsightsAnalysis>().await
        }
        Op::DeleteNetworkInsightsPath => call.run::<input::DeleteNetworkInsightsPath>().await,
        Op::DeleteNetworkInterface => call.run::<input::DeleteNetworkInterface>().await,
        Op::DeleteRoute => call.run::<input::DeleteRoute>().await,
        Op::DeleteRouteTable => call.run::<input::DeleteRouteTable>().await,
        Op::DeleteSecurityGroup => call.run::<input::DeleteSecurityGroup>().await,
        Op::DeleteSubnet => call.run::<input::DeleteSubnet>().await,
        Op::DeleteSubnetCidrReservation => call.run::<input::DeleteSubnetCidrReservation>().await,
        Op::DeleteTags => call.run::<input::DeleteTags>().await,
        Op::DeleteVpc => call.run::<input::DeleteVpc>().await,
        Op::DeleteVpcEndpoints => call.run::<input::DeleteVpcEndpoints>().await,
        Op::DeleteVpcPeeringConnection => call.run::<input::DeleteVpcPeeringConnection>().await,
        Op::DescribeAccountAttributes => call.run::<input::DescribeAccountAttributes>().await,
        Op::DescribeAddresses => call.run::<input::DescribeAddresses>().await,
        Op::DescribeAddressesAttribute => call.run::<input::DescribeAddressesAttribute>().await,
        Op::DescribeAvailabilityZones => call.run::<input::DescribeAvailabilityZones>().await,
        Op::DescribeDhcpOptions => call.run::<input::DescribeDhcpOptions>().await,
        Op::DescribeEgressOnlyInternetGateways => {
            call.run::<input::DescribeEgressOnlyInternetGateways>().await
        }
        Op::DescribeFlowLogs => call.run::<input::DescribeFlowLogs>().await,
        Op::DescribeInternetGateways => call.run::<input::DescribeInternetGateways>().await,
        Op::DescribeManagedPrefixLists => call.run::<input::DescribeManagedPrefixLists>().await,
        Op::DescribeNatGateways => call.run::<input::DescribeNatGateways>().await,
        Op::DescribeNetworkAcls => call.run::<input::DescribeNetworkAcls>().await,
        Op::DescribeNetworkInsightsAnalyses => {
            call.run::<input::DescribeNetworkInsightsAnalyses>().await
        }
        Op::DescribeNetworkInsightsPaths => call.run::<input::DescribeNetworkInsightsPaths>().await,
        Op::DescribeNetworkInterfaceAttribute => {
            call.run::<input::DescribeNetworkInterfaceAttribute>().await
        }
        Op::DescribeNetworkInterfaces => call.run::<input::DescribeNetworkInterfaces>().await,
        Op::DescribePrefixLists => call.run::<input::DescribePrefixLists>().await,
        Op::DescribeRegions => call.run::<input::DescribeRegions>().await,
        Op::DescribeRouteTables => call.run::<input::DescribeRouteTables>().await,
        Op::DescribeSecurityGroupReferences => {
            call.run::<input::DescribeSecurityGroupReferences>().await
        }
        Op::DescribeSecurityGroupRules => call.run::<input::DescribeSecurityGroupRules>().await,
        Op::DescribeSecurityGroups => call.run::<input::DescribeSecurityGroups>().await,
        Op::DescribeStaleSecurityGroups => call.run::<input::DescribeStaleSecurityGroups>().await,
        Op::DescribeSubnets => call.run::<input::DescribeSubnets>().await,
        Op::DescribeTags => call.run::<input::DescribeTags>().await,
        Op::DescribeVpcAttribute => call.run::<input::DescribeVpcAttribute>().await,
        Op::DescribeVpcClassicLink => call.run::<input::DescribeVpcClassicLink>().await,
        Op::DescribeVpcClassicLinkDnsSupport => {
            call.run::<input::DescribeVpcClassicLinkDnsSupport>().await
        }
        Op::DescribeVpcEndpointServices => call.run::<input::DescribeVpcEndpointServices>().await,
        Op::DescribeVpcEndpoints => call.run::<input::DescribeVpcEndpoints>().await,
        Op::DescribeVpcPeeringConnections => {
            call.run::<input::DescribeVpcPeeringConnections>().await
        }
        Op::DescribeVpcs => call.run::<input::DescribeVpcs>().await,
        Op::DetachInternetGateway => call.run::<input::DetachInternetGateway>().await,
        Op::DisassociateAddress => call.run::<input::DisassociateAddress>().await,
        Op::DisassociateRouteTable => call.run::<input::DisassociateRouteTable>().await,
        Op::DisassociateSubnetCidrBlock => call.run::<input::DisassociateSubnetCidrBlock>().await,
        Op::DisassociateVpcCidrBlock => call.run::<input::DisassociateVpcCidrBlock>().await,
        Op::GetManagedPrefixListAssociations => {
            call.run::<input::GetManagedPrefixListAssociations>().await
        }
        Op::GetManagedPrefixListEntries => call.run::<input::GetManagedPrefixListEntries>().await,
        Op::GetSecurityGroupsForVpc => call.run::<input::GetSecurityGroupsForVpc>().await,
        Op::GetSubnetCidrReservations => call.run::<input::GetSubnetCidrReservations>().await,
        Op::ModifyManagedPrefixList => call.run::<input::ModifyManagedPrefixList>().await,
        Op::ModifyNetworkInterfaceAttribute => {
            call.run::<input::ModifyNetworkInterfaceAttribute>().await
        }
        Op::ModifySecurityGroupRules => call.run::<input::ModifySecurityGroupRules>().await,
        Op::ModifySubnetAttribute => call.run::<input::ModifySubnetAttribute>().await,
        Op::ModifyVpcAttribute => call.run::<input::ModifyVpcAttribute>().await,
        Op::ModifyVpcEndpoint => call.run::<input::ModifyVpcEndpoint>().await,
        Op::ModifyVpcPeeringConnectionOptions => {
            call.run::<input::ModifyVpcPeeringConnectionOptions>().await
        }
        Op::RejectVpcPeeringConnection => call.run::<input::RejectVpcPeeringConnection>().await,
        Op::ReleaseAddress => call.run::<input::ReleaseAddress>().await,
        Op::ReplaceNetworkAclAssociation => call.run::<input::ReplaceNetworkAclAssociation>().await,
        Op::ReplaceNetworkAclEntry => call.run::<input::ReplaceNetworkAclEntry>().await,
        Op::ReplaceRoute => call.run::<input::ReplaceRoute>().await,
        Op::ReplaceRouteTableAssociation => call.run::<input::ReplaceRouteTableAssociation>().await,
        Op::RestoreManagedPrefixListVersion => {
            call.run::<input::RestoreManagedPrefixListVersion>().await
        }
        Op::RevokeSecurityGroupEgress => call.run::<input::RevokeSecurityGroupEgress>().await,
        Op::RevokeSecurityGroupIngress => call.run::<input::RevokeSecurityGroupIngress>().await,
        Op::StartNetworkInsightsAnalysis => call.run::<input::StartNetworkInsightsAnalysis>().await,
        Op::UnassignIpv6Addresses => call.run::<input::UnassignIpv6Addresses>().await,
        Op::UnassignPrivateIpAddresses => call.run::<input::UnassignPrivateIpAddresses>().await,
        Op::UpdateSecurityGroupRuleDescriptionsEgress => {
            call.run::<input::UpdateSecurityGroupRuleDescriptionsEgress>().await
        }
        Op::UpdateSecurityGroupRuleDescriptionsIngress => {
            call.run::<input::UpdateSecurityGroupRuleDescriptionsIngress>().await
        }
    }
}
