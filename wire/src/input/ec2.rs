//! The inputs of ec2's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AcceptVpcPeeringConnection {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AllocateAddress {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssignIpv6Addresses {
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
    #[serde(rename = "Ipv6Addresses", default)] pub ipv6_addresses: Vec<String>,
    #[serde(rename = "Ipv6AddressCount")] pub ipv6_address_count: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssignPrivateIpAddresses {
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
    #[serde(rename = "PrivateIpAddresses", default)] pub private_ip_addresses: Vec<String>,
    #[serde(rename = "SecondaryPrivateIpAddressCount")] pub secondary_private_ip_address_count: Option<i32>,
    #[serde(rename = "AllowReassignment")] pub allow_reassignment: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssociateAddress {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
    #[serde(rename = "AllowReassociation")] pub allow_reassociation: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssociateDhcpOptions {
    #[serde(rename = "DhcpOptionsId")] pub dhcp_options_id: String,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssociateRouteTable {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "RouteTableId")] pub route_table_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssociateSubnetCidrBlock {
    #[serde(rename = "SubnetId")] pub subnet_id: String,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssociateVpcCidrBlock {
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "AmazonProvidedIpv6CidrBlock")] pub amazon_provided_ipv6_cidr_block: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttachInternetGateway {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "InternetGatewayId")] pub internet_gateway_id: String,
    #[serde(rename = "VpcId")] pub vpc_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AuthorizeSecurityGroupEgress {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "GroupId")] pub group_id: String,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "CidrIp")] pub cidr_ip: Option<String>,
    #[serde(rename = "IpPermissions", default)] pub ip_permissions: Vec<IpPermission>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AuthorizeSecurityGroupIngress {
    #[serde(rename = "CidrIp")] pub cidr_ip: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "IpPermissions", default)] pub ip_permissions: Vec<IpPermission>,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateDefaultSubnet {
    #[serde(rename = "AvailabilityZone")] pub availability_zone: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "AvailabilityZoneId")] pub availability_zone_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateDefaultVpc {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateDhcpOptions {
    #[serde(rename = "DhcpConfigurations", default)] pub dhcp_configurations: Vec<NewDhcpConfiguration>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateEgressOnlyInternetGateway {
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateFlowLogs {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "DeliverLogsPermissionArn")] pub deliver_logs_permission_arn: Option<String>,
    #[serde(rename = "LogGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "ResourceIds", default)] pub resource_ids: Vec<String>,
    #[serde(rename = "ResourceType")] pub resource_type: String,
    #[serde(rename = "TrafficType")] pub traffic_type: Option<String>,
    #[serde(rename = "LogDestinationType")] pub log_destination_type: Option<String>,
    #[serde(rename = "LogDestination")] pub log_destination: Option<String>,
    #[serde(rename = "LogFormat")] pub log_format: Option<String>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "MaxAggregationInterval")] pub max_aggregation_interval: Option<i32>,
    #[serde(rename = "DestinationOptions")] pub destination_options: Option<DestinationOptionsRequest>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateInternetGateway {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateManagedPrefixList {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "PrefixListName")] pub prefix_list_name: String,
    #[serde(rename = "Entries", default)] pub entries: Vec<AddPrefixListEntry>,
    #[serde(rename = "MaxEntries")] pub max_entries: i32,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "AddressFamily")] pub address_family: String,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateNatGateway {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "ConnectivityType")] pub connectivity_type: Option<String>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateNetworkAcl {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateNetworkAclEntry {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: String,
    #[serde(rename = "RuleNumber")] pub rule_number: i32,
    #[serde(rename = "Protocol")] pub protocol: String,
    #[serde(rename = "RuleAction")] pub rule_action: String,
    #[serde(rename = "Egress")] pub egress: bool,
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
    #[serde(rename = "IcmpTypeCode")] pub icmp_type_code: Option<IcmpTypeCode>,
    #[serde(rename = "PortRange")] pub port_range: Option<PortRange>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateNetworkInsightsPath {
    #[serde(rename = "SourceIp")] pub source_ip: Option<String>,
    #[serde(rename = "DestinationIp")] pub destination_ip: Option<String>,
    #[serde(rename = "Source")] pub source: String,
    #[serde(rename = "Destination")] pub destination: Option<String>,
    #[serde(rename = "Protocol")] pub protocol: String,
    #[serde(rename = "DestinationPort")] pub destination_port: Option<i32>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "ClientToken")] pub client_token: String,
    #[serde(rename = "FilterAtSource")] pub filter_at_source: Option<PathRequestFilter>,
    #[serde(rename = "FilterAtDestination")] pub filter_at_destination: Option<PathRequestFilter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateNetworkInterface {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
    #[serde(rename = "Groups", default)] pub groups: Vec<String>,
    #[serde(rename = "PrivateIpAddresses", default)] pub private_ip_addresses: Vec<PrivateIpAddressSpecification>,
    #[serde(rename = "SecondaryPrivateIpAddressCount")] pub secondary_private_ip_address_count: Option<i32>,
    #[serde(rename = "Ipv6Addresses", default)] pub ipv6_addresses: Vec<InstanceIpv6Address>,
    #[serde(rename = "Ipv6AddressCount")] pub ipv6_address_count: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateRoute {
    #[serde(rename = "DestinationPrefixListId")] pub destination_prefix_list_id: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RouteTableId")] pub route_table_id: String,
    #[serde(rename = "DestinationCidrBlock")] pub destination_cidr_block: Option<String>,
    #[serde(rename = "GatewayId")] pub gateway_id: Option<String>,
    #[serde(rename = "DestinationIpv6CidrBlock")] pub destination_ipv6_cidr_block: Option<String>,
    #[serde(rename = "EgressOnlyInternetGatewayId")] pub egress_only_internet_gateway_id: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateRouteTable {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateSecurityGroup {
    #[serde(rename = "Description")] pub description: String,
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateSubnet {
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "AvailabilityZone")] pub availability_zone: Option<String>,
    #[serde(rename = "AvailabilityZoneId")] pub availability_zone_id: Option<String>,
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateSubnetCidrReservation {
    #[serde(rename = "SubnetId")] pub subnet_id: String,
    #[serde(rename = "Cidr")] pub cidr: String,
    #[serde(rename = "ReservationType")] pub reservation_type: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateTags {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Resources", default)] pub resources: Vec<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateVpc {
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "AmazonProvidedIpv6CidrBlock")] pub amazon_provided_ipv6_cidr_block: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateVpcEndpoint {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcEndpointType")] pub vpc_endpoint_type: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "ServiceName")] pub service_name: Option<String>,
    #[serde(rename = "PolicyDocument")] pub policy_document: Option<String>,
    #[serde(rename = "RouteTableIds", default)] pub route_table_ids: Vec<String>,
    #[serde(rename = "SubnetIds", default)] pub subnet_ids: Vec<String>,
    #[serde(rename = "SecurityGroupIds", default)] pub security_group_ids: Vec<String>,
    #[serde(rename = "DnsOptions")] pub dns_options: Option<DnsOptionsSpecification>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "PrivateDnsEnabled")] pub private_dns_enabled: Option<bool>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateVpcPeeringConnection {
    #[serde(rename = "PeerRegion")] pub peer_region: Option<String>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "PeerVpcId")] pub peer_vpc_id: Option<String>,
    #[serde(rename = "PeerOwnerId")] pub peer_owner_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteDhcpOptions {
    #[serde(rename = "DhcpOptionsId")] pub dhcp_options_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteEgressOnlyInternetGateway {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "EgressOnlyInternetGatewayId")] pub egress_only_internet_gateway_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteFlowLogs {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "FlowLogIds", default)] pub flow_log_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteInternetGateway {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "InternetGatewayId")] pub internet_gateway_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteManagedPrefixList {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteNatGateway {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteNetworkAcl {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteNetworkAclEntry {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: String,
    #[serde(rename = "RuleNumber")] pub rule_number: i32,
    #[serde(rename = "Egress")] pub egress: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteNetworkInsightsAnalysis {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInsightsAnalysisId")] pub network_insights_analysis_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteNetworkInsightsPath {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInsightsPathId")] pub network_insights_path_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteNetworkInterface {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRoute {
    #[serde(rename = "DestinationPrefixListId")] pub destination_prefix_list_id: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RouteTableId")] pub route_table_id: String,
    #[serde(rename = "DestinationCidrBlock")] pub destination_cidr_block: Option<String>,
    #[serde(rename = "DestinationIpv6CidrBlock")] pub destination_ipv6_cidr_block: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRouteTable {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RouteTableId")] pub route_table_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteSecurityGroup {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteSubnet {
    #[serde(rename = "SubnetId")] pub subnet_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteSubnetCidrReservation {
    #[serde(rename = "SubnetCidrReservationId")] pub subnet_cidr_reservation_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteTags {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Resources", default)] pub resources: Vec<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteVpc {
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteVpcEndpoints {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcEndpointIds", default)] pub vpc_endpoint_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteVpcPeeringConnection {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeAccountAttributes {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "AttributeNames", default)] pub attribute_names: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeAddresses {
    #[serde(rename = "PublicIps", default)] pub public_ips: Vec<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "AllocationIds", default)] pub allocation_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeAddressesAttribute {
    #[serde(rename = "AllocationIds", default)] pub allocation_ids: Vec<String>,
    #[serde(rename = "Attribute")] pub attribute: Option<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeAvailabilityZones {
    #[serde(rename = "ZoneNames", default)] pub zone_names: Vec<String>,
    #[serde(rename = "ZoneIds", default)] pub zone_ids: Vec<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeDhcpOptions {
    #[serde(rename = "DhcpOptionsIds", default)] pub dhcp_options_ids: Vec<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeEgressOnlyInternetGateways {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "EgressOnlyInternetGatewayIds", default)] pub egress_only_internet_gateway_ids: Vec<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeFlowLogs {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filter", default)] pub filter: Vec<Filter>,
    #[serde(rename = "FlowLogIds", default)] pub flow_log_ids: Vec<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeInternetGateways {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "InternetGatewayIds", default)] pub internet_gateway_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeManagedPrefixLists {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "PrefixListIds", default)] pub prefix_list_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeNatGateways {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filter", default)] pub filter: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NatGatewayIds", default)] pub nat_gateway_ids: Vec<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeNetworkAcls {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkAclIds", default)] pub network_acl_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeNetworkInsightsAnalyses {
    #[serde(rename = "NetworkInsightsAnalysisIds", default)] pub network_insights_analysis_ids: Vec<String>,
    #[serde(rename = "NetworkInsightsPathId")] pub network_insights_path_id: Option<String>,
    #[serde(rename = "AnalysisStartTime")] pub analysis_start_time: Option<i64>,
    #[serde(rename = "AnalysisEndTime")] pub analysis_end_time: Option<i64>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeNetworkInsightsPaths {
    #[serde(rename = "NetworkInsightsPathIds", default)] pub network_insights_path_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeNetworkInterfaceAttribute {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
    #[serde(rename = "Attribute")] pub attribute: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeNetworkInterfaces {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInterfaceIds", default)] pub network_interface_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribePrefixLists {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "PrefixListIds", default)] pub prefix_list_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeRegions {
    #[serde(rename = "RegionNames", default)] pub region_names: Vec<String>,
    #[serde(rename = "AllRegions")] pub all_regions: Option<bool>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeRouteTables {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RouteTableIds", default)] pub route_table_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeSecurityGroupReferences {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "GroupId", default)] pub group_id: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeSecurityGroupRules {
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "SecurityGroupRuleIds", default)] pub security_group_rule_ids: Vec<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeSecurityGroups {
    #[serde(rename = "GroupIds", default)] pub group_ids: Vec<String>,
    #[serde(rename = "GroupNames", default)] pub group_names: Vec<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeStaleSecurityGroups {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeSubnets {
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "SubnetIds", default)] pub subnet_ids: Vec<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeTags {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcAttribute {
    #[serde(rename = "Attribute")] pub attribute: String,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcClassicLink {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcClassicLinkDnsSupport {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcEndpointServices {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "ServiceNames", default)] pub service_names: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcEndpoints {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcEndpointIds", default)] pub vpc_endpoint_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcPeeringConnections {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcPeeringConnectionIds", default)] pub vpc_peering_connection_ids: Vec<String>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeVpcs {
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "VpcIds", default)] pub vpc_ids: Vec<String>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DetachInternetGateway {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "InternetGatewayId")] pub internet_gateway_id: String,
    #[serde(rename = "VpcId")] pub vpc_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DisassociateAddress {
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "PublicIp")] pub public_ip: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DisassociateRouteTable {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "AssociationId")] pub association_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DisassociateSubnetCidrBlock {
    #[serde(rename = "AssociationId")] pub association_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DisassociateVpcCidrBlock {
    #[serde(rename = "AssociationId")] pub association_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetManagedPrefixListAssociations {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetManagedPrefixListEntries {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: String,
    #[serde(rename = "TargetVersion")] pub target_version: Option<i64>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetSecurityGroupsForVpc {
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetSubnetCidrReservations {
    #[serde(rename = "Filters", default)] pub filters: Vec<Filter>,
    #[serde(rename = "SubnetId")] pub subnet_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifyManagedPrefixList {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: String,
    #[serde(rename = "CurrentVersion")] pub current_version: Option<i64>,
    #[serde(rename = "PrefixListName")] pub prefix_list_name: Option<String>,
    #[serde(rename = "AddEntries", default)] pub add_entries: Vec<AddPrefixListEntry>,
    #[serde(rename = "RemoveEntries", default)] pub remove_entries: Vec<RemovePrefixListEntry>,
    #[serde(rename = "MaxEntries")] pub max_entries: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifyNetworkInterfaceAttribute {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
    #[serde(rename = "Description")] pub description: Option<AttributeValue>,
    #[serde(rename = "SourceDestCheck")] pub source_dest_check: Option<AttributeBooleanValue>,
    #[serde(rename = "Groups", default)] pub groups: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifySecurityGroupRules {
    #[serde(rename = "GroupId")] pub group_id: String,
    #[serde(rename = "SecurityGroupRules", default)] pub security_group_rules: Vec<SecurityGroupRuleUpdate>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifySubnetAttribute {
    #[serde(rename = "AssignIpv6AddressOnCreation")] pub assign_ipv6_address_on_creation: Option<AttributeBooleanValue>,
    #[serde(rename = "MapPublicIpOnLaunch")] pub map_public_ip_on_launch: Option<AttributeBooleanValue>,
    #[serde(rename = "SubnetId")] pub subnet_id: String,
    #[serde(rename = "MapCustomerOwnedIpOnLaunch")] pub map_customer_owned_ip_on_launch: Option<AttributeBooleanValue>,
    #[serde(rename = "EnableDns64")] pub enable_dns64: Option<AttributeBooleanValue>,
    #[serde(rename = "PrivateDnsHostnameTypeOnLaunch")] pub private_dns_hostname_type_on_launch: Option<String>,
    #[serde(rename = "EnableResourceNameDnsARecordOnLaunch")] pub enable_resource_name_dns_a_record_on_launch: Option<AttributeBooleanValue>,
    #[serde(rename = "EnableResourceNameDnsAAAARecordOnLaunch")] pub enable_resource_name_dns_aaaa_record_on_launch: Option<AttributeBooleanValue>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifyVpcAttribute {
    #[serde(rename = "EnableDnsHostnames")] pub enable_dns_hostnames: Option<AttributeBooleanValue>,
    #[serde(rename = "EnableDnsSupport")] pub enable_dns_support: Option<AttributeBooleanValue>,
    #[serde(rename = "VpcId")] pub vpc_id: String,
    #[serde(rename = "EnableNetworkAddressUsageMetrics")] pub enable_network_address_usage_metrics: Option<AttributeBooleanValue>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifyVpcEndpoint {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcEndpointId")] pub vpc_endpoint_id: String,
    #[serde(rename = "ResetPolicy")] pub reset_policy: Option<bool>,
    #[serde(rename = "PolicyDocument")] pub policy_document: Option<String>,
    #[serde(rename = "AddRouteTableIds", default)] pub add_route_table_ids: Vec<String>,
    #[serde(rename = "RemoveRouteTableIds", default)] pub remove_route_table_ids: Vec<String>,
    #[serde(rename = "AddSubnetIds", default)] pub add_subnet_ids: Vec<String>,
    #[serde(rename = "RemoveSubnetIds", default)] pub remove_subnet_ids: Vec<String>,
    #[serde(rename = "AddSecurityGroupIds", default)] pub add_security_group_ids: Vec<String>,
    #[serde(rename = "RemoveSecurityGroupIds", default)] pub remove_security_group_ids: Vec<String>,
    #[serde(rename = "DnsOptions")] pub dns_options: Option<DnsOptionsSpecification>,
    #[serde(rename = "PrivateDnsEnabled")] pub private_dns_enabled: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ModifyVpcPeeringConnectionOptions {
    #[serde(rename = "AccepterPeeringConnectionOptions")] pub accepter_peering_connection_options: Option<PeeringConnectionOptionsRequest>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RequesterPeeringConnectionOptions")] pub requester_peering_connection_options: Option<PeeringConnectionOptionsRequest>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RejectVpcPeeringConnection {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ReleaseAddress {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ReplaceNetworkAclAssociation {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "AssociationId")] pub association_id: String,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ReplaceNetworkAclEntry {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: String,
    #[serde(rename = "RuleNumber")] pub rule_number: i32,
    #[serde(rename = "Protocol")] pub protocol: String,
    #[serde(rename = "RuleAction")] pub rule_action: String,
    #[serde(rename = "Egress")] pub egress: bool,
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
    #[serde(rename = "IcmpTypeCode")] pub icmp_type_code: Option<IcmpTypeCode>,
    #[serde(rename = "PortRange")] pub port_range: Option<PortRange>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ReplaceRoute {
    #[serde(rename = "DestinationPrefixListId")] pub destination_prefix_list_id: Option<String>,
    #[serde(rename = "LocalTarget")] pub local_target: Option<bool>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "RouteTableId")] pub route_table_id: String,
    #[serde(rename = "DestinationCidrBlock")] pub destination_cidr_block: Option<String>,
    #[serde(rename = "GatewayId")] pub gateway_id: Option<String>,
    #[serde(rename = "DestinationIpv6CidrBlock")] pub destination_ipv6_cidr_block: Option<String>,
    #[serde(rename = "EgressOnlyInternetGatewayId")] pub egress_only_internet_gateway_id: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ReplaceRouteTableAssociation {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "AssociationId")] pub association_id: String,
    #[serde(rename = "RouteTableId")] pub route_table_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RestoreManagedPrefixListVersion {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: String,
    #[serde(rename = "PreviousVersion")] pub previous_version: i64,
    #[serde(rename = "CurrentVersion")] pub current_version: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RevokeSecurityGroupEgress {
    #[serde(rename = "SecurityGroupRuleIds", default)] pub security_group_rule_ids: Vec<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "GroupId")] pub group_id: String,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "CidrIp")] pub cidr_ip: Option<String>,
    #[serde(rename = "IpPermissions", default)] pub ip_permissions: Vec<IpPermission>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RevokeSecurityGroupIngress {
    #[serde(rename = "CidrIp")] pub cidr_ip: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "IpPermissions", default)] pub ip_permissions: Vec<IpPermission>,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "SecurityGroupRuleIds", default)] pub security_group_rule_ids: Vec<String>,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct StartNetworkInsightsAnalysis {
    #[serde(rename = "NetworkInsightsPathId")] pub network_insights_path_id: String,
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "TagSpecifications", default)] pub tag_specifications: Vec<TagSpecification>,
    #[serde(rename = "ClientToken")] pub client_token: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UnassignIpv6Addresses {
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
    #[serde(rename = "Ipv6Addresses", default)] pub ipv6_addresses: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UnassignPrivateIpAddresses {
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: String,
    #[serde(rename = "PrivateIpAddresses", default)] pub private_ip_addresses: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateSecurityGroupRuleDescriptionsEgress {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "IpPermissions", default)] pub ip_permissions: Vec<IpPermission>,
    #[serde(rename = "SecurityGroupRuleDescriptions", default)] pub security_group_rule_descriptions: Vec<SecurityGroupRuleDescription>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateSecurityGroupRuleDescriptionsIngress {
    #[serde(rename = "DryRun")] pub dry_run: Option<bool>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "IpPermissions", default)] pub ip_permissions: Vec<IpPermission>,
    #[serde(rename = "SecurityGroupRuleDescriptions", default)] pub security_group_rule_descriptions: Vec<SecurityGroupRuleDescription>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddPrefixListEntry {
    #[serde(rename = "Cidr")] pub cidr: String,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttributeBooleanValue {
    #[serde(rename = "Value")] pub value: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttributeValue {
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DestinationOptionsRequest {
    #[serde(rename = "FileFormat")] pub file_format: Option<String>,
    #[serde(rename = "HiveCompatiblePartitions")] pub hive_compatible_partitions: Option<bool>,
    #[serde(rename = "PerHourPartition")] pub per_hour_partition: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DnsOptionsSpecification {
    #[serde(rename = "PrivateDnsOnlyForInboundResolverEndpoint")] pub private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Filter {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Values", default)] pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct IcmpTypeCode {
    #[serde(rename = "Code")] pub code: Option<i32>,
    #[serde(rename = "Type")] pub r#type: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct InstanceIpv6Address {
    #[serde(rename = "Ipv6Address")] pub ipv6_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct IpPermission {
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "UserIdGroupPairs", default)] pub user_id_group_pairs: Vec<UserIdGroupPair>,
    #[serde(rename = "IpRanges", default)] pub ip_ranges: Vec<IpRange>,
    #[serde(rename = "Ipv6Ranges", default)] pub ipv6_ranges: Vec<Ipv6Range>,
    #[serde(rename = "PrefixListIds", default)] pub prefix_list_ids: Vec<PrefixListId>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct IpRange {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CidrIp")] pub cidr_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Ipv6Range {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CidrIpv6")] pub cidr_ipv6: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct NewDhcpConfiguration {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Values", default)] pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PathRequestFilter {
    #[serde(rename = "SourceAddress")] pub source_address: Option<String>,
    #[serde(rename = "DestinationAddress")] pub destination_address: Option<String>,
    #[serde(rename = "DestinationPortRange")] pub destination_port_range: Option<RequestFilterPortRange>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PeeringConnectionOptionsRequest {
    #[serde(rename = "AllowDnsResolutionFromRemoteVpc")] pub allow_dns_resolution_from_remote_vpc: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PortRange {
    #[serde(rename = "From")] pub from: Option<i32>,
    #[serde(rename = "To")] pub to: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PrefixListId {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PrivateIpAddressSpecification {
    #[serde(rename = "Primary")] pub primary: Option<bool>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemovePrefixListEntry {
    #[serde(rename = "Cidr")] pub cidr: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RequestFilterPortRange {
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SecurityGroupRuleDescription {
    #[serde(rename = "SecurityGroupRuleId")] pub security_group_rule_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SecurityGroupRuleUpdate {
    #[serde(rename = "SecurityGroupRuleId")] pub security_group_rule_id: String,
    #[serde(rename = "SecurityGroupRule")] pub security_group_rule: Option<SecurityGroupRuleRequest>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SecurityGroupRuleRequest {
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "CidrIpv4")] pub cidr_ipv4: Option<String>,
    #[serde(rename = "CidrIpv6")] pub cidr_ipv6: Option<String>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "ReferencedGroupId")] pub referenced_group_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagSpecification {
    #[serde(rename = "ResourceType")] pub resource_type: Option<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UserIdGroupPair {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "UserId")] pub user_id: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
}
