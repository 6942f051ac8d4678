//! The outputs of ec2's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AcceptVpcPeeringConnectionResult {
    #[serde(rename = "VpcPeeringConnection")] pub vpc_peering_connection: Option<VpcPeeringConnection>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AccountAttribute {
    #[serde(rename = "AttributeName")] pub attribute_name: Option<String>,
    #[serde(rename = "AttributeValues")] pub attribute_values: Option<Vec<AccountAttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AccountAttributeValue {
    #[serde(rename = "AttributeValue")] pub attribute_value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AdditionalDetail {
    #[serde(rename = "AdditionalDetailType")] pub additional_detail_type: Option<String>,
    #[serde(rename = "Component")] pub component: Option<AnalysisComponent>,
    #[serde(rename = "VpcEndpointService")] pub vpc_endpoint_service: Option<AnalysisComponent>,
    #[serde(rename = "RuleOptions")] pub rule_options: Option<Vec<RuleOption>>,
    #[serde(rename = "RuleGroupTypePairs")] pub rule_group_type_pairs: Option<Vec<RuleGroupTypePair>>,
    #[serde(rename = "RuleGroupRuleOptionsPairs")] pub rule_group_rule_options_pairs: Option<Vec<RuleGroupRuleOptionsPair>>,
    #[serde(rename = "ServiceName")] pub service_name: Option<String>,
    #[serde(rename = "LoadBalancers")] pub load_balancers: Option<Vec<AnalysisComponent>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Address {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "Domain")] pub domain: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "NetworkInterfaceOwnerId")] pub network_interface_owner_id: Option<String>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "PublicIpv4Pool")] pub public_ipv4_pool: Option<String>,
    #[serde(rename = "NetworkBorderGroup")] pub network_border_group: Option<String>,
    #[serde(rename = "CustomerOwnedIp")] pub customer_owned_ip: Option<String>,
    #[serde(rename = "CustomerOwnedIpv4Pool")] pub customer_owned_ipv4_pool: Option<String>,
    #[serde(rename = "CarrierIp")] pub carrier_ip: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "ServiceManaged")] pub service_managed: Option<String>,
    #[serde(rename = "InstanceId")] pub instance_id: Option<String>,
    #[serde(rename = "PublicIp")] pub public_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AddressAttribute {
    #[serde(rename = "PublicIp")] pub public_ip: Option<String>,
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "PtrRecord")] pub ptr_record: Option<String>,
    #[serde(rename = "PtrRecordUpdate")] pub ptr_record_update: Option<PtrUpdateStatus>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AllocateAddressResult {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "PublicIpv4Pool")] pub public_ipv4_pool: Option<String>,
    #[serde(rename = "NetworkBorderGroup")] pub network_border_group: Option<String>,
    #[serde(rename = "Domain")] pub domain: Option<String>,
    #[serde(rename = "CustomerOwnedIp")] pub customer_owned_ip: Option<String>,
    #[serde(rename = "CustomerOwnedIpv4Pool")] pub customer_owned_ipv4_pool: Option<String>,
    #[serde(rename = "CarrierIp")] pub carrier_ip: Option<String>,
    #[serde(rename = "PublicIp")] pub public_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AlternatePathHint {
    #[serde(rename = "ComponentId")] pub component_id: Option<String>,
    #[serde(rename = "ComponentArn")] pub component_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisAclRule {
    #[serde(rename = "Cidr")] pub cidr: Option<String>,
    #[serde(rename = "Egress")] pub egress: Option<bool>,
    #[serde(rename = "PortRange")] pub port_range: Option<PortRange>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "RuleAction")] pub rule_action: Option<String>,
    #[serde(rename = "RuleNumber")] pub rule_number: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisComponent {
    #[serde(rename = "Id")] pub id: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisLoadBalancerListener {
    #[serde(rename = "LoadBalancerPort")] pub load_balancer_port: Option<i32>,
    #[serde(rename = "InstancePort")] pub instance_port: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisLoadBalancerTarget {
    #[serde(rename = "Address")] pub address: Option<String>,
    #[serde(rename = "AvailabilityZone")] pub availability_zone: Option<String>,
    #[serde(rename = "AvailabilityZoneId")] pub availability_zone_id: Option<String>,
    #[serde(rename = "Instance")] pub instance: Option<AnalysisComponent>,
    #[serde(rename = "Port")] pub port: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisPacketHeader {
    #[serde(rename = "DestinationAddresses")] pub destination_addresses: Option<Vec<String>>,
    #[serde(rename = "DestinationPortRanges")] pub destination_port_ranges: Option<Vec<PortRange>>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "SourceAddresses")] pub source_addresses: Option<Vec<String>>,
    #[serde(rename = "SourcePortRanges")] pub source_port_ranges: Option<Vec<PortRange>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisRouteTableRoute {
    #[serde(rename = "DestinationCidr")] pub destination_cidr: Option<String>,
    #[serde(rename = "DestinationPrefixListId")] pub destination_prefix_list_id: Option<String>,
    #[serde(rename = "EgressOnlyInternetGatewayId")] pub egress_only_internet_gateway_id: Option<String>,
    #[serde(rename = "GatewayId")] pub gateway_id: Option<String>,
    #[serde(rename = "InstanceId")] pub instance_id: Option<String>,
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "Origin")] pub origin: Option<String>,
    #[serde(rename = "TransitGatewayId")] pub transit_gateway_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "CarrierGatewayId")] pub carrier_gateway_id: Option<String>,
    #[serde(rename = "CoreNetworkArn")] pub core_network_arn: Option<String>,
    #[serde(rename = "LocalGatewayId")] pub local_gateway_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisSecurityGroupRule {
    #[serde(rename = "Cidr")] pub cidr: Option<String>,
    #[serde(rename = "Direction")] pub direction: Option<String>,
    #[serde(rename = "SecurityGroupId")] pub security_group_id: Option<String>,
    #[serde(rename = "PortRange")] pub port_range: Option<PortRange>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AnalysisTransitGatewayPolicyTableEntry {
    #[serde(rename = "RuleNumber")] pub rule_number: Option<i32>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "SourceCidr")] pub source_cidr: Option<String>,
    #[serde(rename = "DestinationCidr")] pub destination_cidr: Option<String>,
    #[serde(rename = "SourcePortRange")] pub source_port_range: Option<PortRange>,
    #[serde(rename = "DestinationPortRange")] pub destination_port_range: Option<PortRange>,
    #[serde(rename = "TargetRouteTableId")] pub target_route_table_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssignIpv6AddressesResult {
    #[serde(rename = "AssignedIpv6Addresses")] pub assigned_ipv6_addresses: Option<Vec<String>>,
    #[serde(rename = "AssignedIpv6Prefixes")] pub assigned_ipv6_prefixes: Option<Vec<String>>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssignPrivateIpAddressesResult {
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "AssignedPrivateIpAddresses")] pub assigned_private_ip_addresses: Option<Vec<AssignedPrivateIpAddress>>,
    #[serde(rename = "AssignedIpv4Prefixes")] pub assigned_ipv4_prefixes: Option<Vec<Ipv4PrefixSpecification>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssignedPrivateIpAddress {
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssociateAddressResult {
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssociateRouteTableResult {
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "AssociationState")] pub association_state: Option<RouteTableAssociationState>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssociateSubnetCidrBlockResult {
    #[serde(rename = "Ipv6CidrBlockAssociation")] pub ipv6_cidr_block_association: Option<SubnetIpv6CidrBlockAssociation>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssociateVpcCidrBlockResult {
    #[serde(rename = "Ipv6CidrBlockAssociation")] pub ipv6_cidr_block_association: Option<VpcIpv6CidrBlockAssociation>,
    #[serde(rename = "CidrBlockAssociation")] pub cidr_block_association: Option<VpcCidrBlockAssociation>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttachmentEnaSrdSpecification {
    #[serde(rename = "EnaSrdEnabled")] pub ena_srd_enabled: Option<bool>,
    #[serde(rename = "EnaSrdUdpSpecification")] pub ena_srd_udp_specification: Option<AttachmentEnaSrdUdpSpecification>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttachmentEnaSrdUdpSpecification {
    #[serde(rename = "EnaSrdUdpEnabled")] pub ena_srd_udp_enabled: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttributeBooleanValue {
    #[serde(rename = "Value")] pub value: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttributeValue {
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AuthorizeSecurityGroupEgressResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
    #[serde(rename = "SecurityGroupRules")] pub security_group_rules: Option<Vec<SecurityGroupRule>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AuthorizeSecurityGroupIngressResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
    #[serde(rename = "SecurityGroupRules")] pub security_group_rules: Option<Vec<SecurityGroupRule>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AvailabilityZone {
    #[serde(rename = "OptInStatus")] pub opt_in_status: Option<String>,
    #[serde(rename = "Messages")] pub messages: Option<Vec<AvailabilityZoneMessage>>,
    #[serde(rename = "RegionName")] pub region_name: Option<String>,
    #[serde(rename = "ZoneName")] pub zone_name: Option<String>,
    #[serde(rename = "ZoneId")] pub zone_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "NetworkBorderGroup")] pub network_border_group: Option<String>,
    #[serde(rename = "ZoneType")] pub zone_type: Option<String>,
    #[serde(rename = "ParentZoneName")] pub parent_zone_name: Option<String>,
    #[serde(rename = "ParentZoneId")] pub parent_zone_id: Option<String>,
    #[serde(rename = "GroupLongName")] pub group_long_name: Option<String>,
    #[serde(rename = "Geography")] pub geography: Option<Vec<AvailabilityZoneGeography>>,
    #[serde(rename = "SubGeography")] pub sub_geography: Option<Vec<AvailabilityZoneSubGeography>>,
    #[serde(rename = "State")] pub state: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AvailabilityZoneGeography {
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AvailabilityZoneMessage {
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AvailabilityZoneSubGeography {
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BlockPublicAccessStates {
    #[serde(rename = "InternetGatewayBlockMode")] pub internet_gateway_block_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CidrBlock {
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ClassicLinkDnsSupport {
    #[serde(rename = "ClassicLinkDnsSupported")] pub classic_link_dns_supported: Option<bool>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ConnectionTrackingConfiguration {
    #[serde(rename = "TcpEstablishedTimeout")] pub tcp_established_timeout: Option<i32>,
    #[serde(rename = "UdpStreamTimeout")] pub udp_stream_timeout: Option<i32>,
    #[serde(rename = "UdpTimeout")] pub udp_timeout: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateDefaultSubnetResult {
    #[serde(rename = "Subnet")] pub subnet: Option<Subnet>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateDefaultVpcResult {
    #[serde(rename = "Vpc")] pub vpc: Option<Vpc>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateDhcpOptionsResult {
    #[serde(rename = "DhcpOptions")] pub dhcp_options: Option<DhcpOptions>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateEgressOnlyInternetGatewayResult {
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "EgressOnlyInternetGateway")] pub egress_only_internet_gateway: Option<EgressOnlyInternetGateway>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateFlowLogsResult {
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "FlowLogIds")] pub flow_log_ids: Option<Vec<String>>,
    #[serde(rename = "Unsuccessful")] pub unsuccessful: Option<Vec<UnsuccessfulItem>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateInternetGatewayResult {
    #[serde(rename = "InternetGateway")] pub internet_gateway: Option<InternetGateway>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateManagedPrefixListResult {
    #[serde(rename = "PrefixList")] pub prefix_list: Option<ManagedPrefixList>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateNatGatewayResult {
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
    #[serde(rename = "NatGateway")] pub nat_gateway: Option<NatGateway>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateNetworkAclResult {
    #[serde(rename = "NetworkAcl")] pub network_acl: Option<NetworkAcl>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateNetworkInsightsPathResult {
    #[serde(rename = "NetworkInsightsPath")] pub network_insights_path: Option<NetworkInsightsPath>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateNetworkInterfaceResult {
    #[serde(rename = "NetworkInterface")] pub network_interface: Option<NetworkInterface>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateRouteResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateRouteTableResult {
    #[serde(rename = "RouteTable")] pub route_table: Option<RouteTable>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateSecurityGroupResult {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "SecurityGroupArn")] pub security_group_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateSubnetCidrReservationResult {
    #[serde(rename = "SubnetCidrReservation")] pub subnet_cidr_reservation: Option<SubnetCidrReservation>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateSubnetResult {
    #[serde(rename = "Subnet")] pub subnet: Option<Subnet>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateVpcEndpointResult {
    #[serde(rename = "VpcEndpoint")] pub vpc_endpoint: Option<VpcEndpoint>,
    #[serde(rename = "ClientToken")] pub client_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateVpcPeeringConnectionResult {
    #[serde(rename = "VpcPeeringConnection")] pub vpc_peering_connection: Option<VpcPeeringConnection>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateVpcResult {
    #[serde(rename = "Vpc")] pub vpc: Option<Vpc>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteEgressOnlyInternetGatewayResult {
    #[serde(rename = "ReturnCode")] pub return_code: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteFlowLogsResult {
    #[serde(rename = "Unsuccessful")] pub unsuccessful: Option<Vec<UnsuccessfulItem>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteManagedPrefixListResult {
    #[serde(rename = "PrefixList")] pub prefix_list: Option<ManagedPrefixList>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteNatGatewayResult {
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteNetworkInsightsAnalysisResult {
    #[serde(rename = "NetworkInsightsAnalysisId")] pub network_insights_analysis_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteNetworkInsightsPathResult {
    #[serde(rename = "NetworkInsightsPathId")] pub network_insights_path_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteSecurityGroupResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteSubnetCidrReservationResult {
    #[serde(rename = "DeletedSubnetCidrReservation")] pub deleted_subnet_cidr_reservation: Option<SubnetCidrReservation>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteVpcEndpointsResult {
    #[serde(rename = "Unsuccessful")] pub unsuccessful: Option<Vec<UnsuccessfulItem>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteVpcPeeringConnectionResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeAccountAttributesResult {
    #[serde(rename = "AccountAttributes")] pub account_attributes: Option<Vec<AccountAttribute>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeAddressesAttributeResult {
    #[serde(rename = "Addresses")] pub addresses: Option<Vec<AddressAttribute>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeAddressesResult {
    #[serde(rename = "Addresses")] pub addresses: Option<Vec<Address>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeAvailabilityZonesResult {
    #[serde(rename = "AvailabilityZones")] pub availability_zones: Option<Vec<AvailabilityZone>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeDhcpOptionsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "DhcpOptions")] pub dhcp_options: Option<Vec<DhcpOptions>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeEgressOnlyInternetGatewaysResult {
    #[serde(rename = "EgressOnlyInternetGateways")] pub egress_only_internet_gateways: Option<Vec<EgressOnlyInternetGateway>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeFlowLogsResult {
    #[serde(rename = "FlowLogs")] pub flow_logs: Option<Vec<FlowLog>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeInternetGatewaysResult {
    #[serde(rename = "InternetGateways")] pub internet_gateways: Option<Vec<InternetGateway>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeManagedPrefixListsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "PrefixLists")] pub prefix_lists: Option<Vec<ManagedPrefixList>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeNatGatewaysResult {
    #[serde(rename = "NatGateways")] pub nat_gateways: Option<Vec<NatGateway>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeNetworkAclsResult {
    #[serde(rename = "NetworkAcls")] pub network_acls: Option<Vec<NetworkAcl>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeNetworkInsightsAnalysesResult {
    #[serde(rename = "NetworkInsightsAnalyses")] pub network_insights_analyses: Option<Vec<NetworkInsightsAnalysis>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeNetworkInsightsPathsResult {
    #[serde(rename = "NetworkInsightsPaths")] pub network_insights_paths: Option<Vec<NetworkInsightsPath>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeNetworkInterfaceAttributeResult {
    #[serde(rename = "Attachment")] pub attachment: Option<NetworkInterfaceAttachment>,
    #[serde(rename = "Description")] pub description: Option<AttributeValue>,
    #[serde(rename = "Groups")] pub groups: Option<Vec<GroupIdentifier>>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "SourceDestCheck")] pub source_dest_check: Option<AttributeBooleanValue>,
    #[serde(rename = "AssociatePublicIpAddress")] pub associate_public_ip_address: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeNetworkInterfacesResult {
    #[serde(rename = "NetworkInterfaces")] pub network_interfaces: Option<Vec<NetworkInterface>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribePrefixListsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "PrefixLists")] pub prefix_lists: Option<Vec<PrefixList>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeRegionsResult {
    #[serde(rename = "Regions")] pub regions: Option<Vec<Region>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeRouteTablesResult {
    #[serde(rename = "RouteTables")] pub route_tables: Option<Vec<RouteTable>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeSecurityGroupReferencesResult {
    #[serde(rename = "SecurityGroupReferenceSet")] pub security_group_reference_set: Option<Vec<SecurityGroupReference>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeSecurityGroupRulesResult {
    #[serde(rename = "SecurityGroupRules")] pub security_group_rules: Option<Vec<SecurityGroupRule>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeSecurityGroupsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "SecurityGroups")] pub security_groups: Option<Vec<SecurityGroup>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeStaleSecurityGroupsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "StaleSecurityGroupSet")] pub stale_security_group_set: Option<Vec<StaleSecurityGroup>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeSubnetsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Subnets")] pub subnets: Option<Vec<Subnet>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeTagsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<TagDescription>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcAttributeResult {
    #[serde(rename = "EnableDnsHostnames")] pub enable_dns_hostnames: Option<AttributeBooleanValue>,
    #[serde(rename = "EnableDnsSupport")] pub enable_dns_support: Option<AttributeBooleanValue>,
    #[serde(rename = "EnableNetworkAddressUsageMetrics")] pub enable_network_address_usage_metrics: Option<AttributeBooleanValue>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcClassicLinkDnsSupportResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Vpcs")] pub vpcs: Option<Vec<ClassicLinkDnsSupport>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcClassicLinkResult {
    #[serde(rename = "Vpcs")] pub vpcs: Option<Vec<VpcClassicLink>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcEndpointServicesResult {
    #[serde(rename = "ServiceNames")] pub service_names: Option<Vec<String>>,
    #[serde(rename = "ServiceDetails")] pub service_details: Option<Vec<ServiceDetail>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcEndpointsResult {
    #[serde(rename = "VpcEndpoints")] pub vpc_endpoints: Option<Vec<VpcEndpoint>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcPeeringConnectionsResult {
    #[serde(rename = "VpcPeeringConnections")] pub vpc_peering_connections: Option<Vec<VpcPeeringConnection>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeVpcsResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Vpcs")] pub vpcs: Option<Vec<Vpc>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DestinationOptionsResponse {
    #[serde(rename = "FileFormat")] pub file_format: Option<String>,
    #[serde(rename = "HiveCompatiblePartitions")] pub hive_compatible_partitions: Option<bool>,
    #[serde(rename = "PerHourPartition")] pub per_hour_partition: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DhcpConfiguration {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Values")] pub values: Option<Vec<AttributeValue>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DhcpOptions {
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "DhcpOptionsId")] pub dhcp_options_id: Option<String>,
    #[serde(rename = "DhcpConfigurations")] pub dhcp_configurations: Option<Vec<DhcpConfiguration>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DisassociateSubnetCidrBlockResult {
    #[serde(rename = "Ipv6CidrBlockAssociation")] pub ipv6_cidr_block_association: Option<SubnetIpv6CidrBlockAssociation>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DisassociateVpcCidrBlockResult {
    #[serde(rename = "Ipv6CidrBlockAssociation")] pub ipv6_cidr_block_association: Option<VpcIpv6CidrBlockAssociation>,
    #[serde(rename = "CidrBlockAssociation")] pub cidr_block_association: Option<VpcCidrBlockAssociation>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DnsEntry {
    #[serde(rename = "DnsName")] pub dns_name: Option<String>,
    #[serde(rename = "HostedZoneId")] pub hosted_zone_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DnsOptions {
    #[serde(rename = "DnsRecordIpType")] pub dns_record_ip_type: Option<String>,
    #[serde(rename = "PrivateDnsOnlyForInboundResolverEndpoint")] pub private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
    #[serde(rename = "PrivateDnsPreference")] pub private_dns_preference: Option<String>,
    #[serde(rename = "PrivateDnsSpecifiedDomains")] pub private_dns_specified_domains: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct EgressOnlyInternetGateway {
    #[serde(rename = "Attachments")] pub attachments: Option<Vec<InternetGatewayAttachment>>,
    #[serde(rename = "EgressOnlyInternetGatewayId")] pub egress_only_internet_gateway_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Explanation {
    #[serde(rename = "Acl")] pub acl: Option<AnalysisComponent>,
    #[serde(rename = "AclRule")] pub acl_rule: Option<AnalysisAclRule>,
    #[serde(rename = "Address")] pub address: Option<String>,
    #[serde(rename = "Addresses")] pub addresses: Option<Vec<String>>,
    #[serde(rename = "AttachedTo")] pub attached_to: Option<AnalysisComponent>,
    #[serde(rename = "AvailabilityZones")] pub availability_zones: Option<Vec<String>>,
    #[serde(rename = "AvailabilityZoneIds")] pub availability_zone_ids: Option<Vec<String>>,
    #[serde(rename = "Cidrs")] pub cidrs: Option<Vec<String>>,
    #[serde(rename = "Component")] pub component: Option<AnalysisComponent>,
    #[serde(rename = "CustomerGateway")] pub customer_gateway: Option<AnalysisComponent>,
    #[serde(rename = "Destination")] pub destination: Option<AnalysisComponent>,
    #[serde(rename = "DestinationVpc")] pub destination_vpc: Option<AnalysisComponent>,
    #[serde(rename = "Direction")] pub direction: Option<String>,
    #[serde(rename = "ExplanationCode")] pub explanation_code: Option<String>,
    #[serde(rename = "IngressRouteTable")] pub ingress_route_table: Option<AnalysisComponent>,
    #[serde(rename = "InternetGateway")] pub internet_gateway: Option<AnalysisComponent>,
    #[serde(rename = "LoadBalancerArn")] pub load_balancer_arn: Option<String>,
    #[serde(rename = "ClassicLoadBalancerListener")] pub classic_load_balancer_listener: Option<AnalysisLoadBalancerListener>,
    #[serde(rename = "LoadBalancerListenerPort")] pub load_balancer_listener_port: Option<i32>,
    #[serde(rename = "LoadBalancerTarget")] pub load_balancer_target: Option<AnalysisLoadBalancerTarget>,
    #[serde(rename = "LoadBalancerTargetGroup")] pub load_balancer_target_group: Option<AnalysisComponent>,
    #[serde(rename = "LoadBalancerTargetGroups")] pub load_balancer_target_groups: Option<Vec<AnalysisComponent>>,
    #[serde(rename = "LoadBalancerTargetPort")] pub load_balancer_target_port: Option<i32>,
    #[serde(rename = "ElasticLoadBalancerListener")] pub elastic_load_balancer_listener: Option<AnalysisComponent>,
    #[serde(rename = "MissingComponent")] pub missing_component: Option<String>,
    #[serde(rename = "NatGateway")] pub nat_gateway: Option<AnalysisComponent>,
    #[serde(rename = "NetworkInterface")] pub network_interface: Option<AnalysisComponent>,
    #[serde(rename = "PacketField")] pub packet_field: Option<String>,
    #[serde(rename = "VpcPeeringConnection")] pub vpc_peering_connection: Option<AnalysisComponent>,
    #[serde(rename = "Port")] pub port: Option<i32>,
    #[serde(rename = "PortRanges")] pub port_ranges: Option<Vec<PortRange>>,
    #[serde(rename = "PrefixList")] pub prefix_list: Option<AnalysisComponent>,
    #[serde(rename = "Protocols")] pub protocols: Option<Vec<String>>,
    #[serde(rename = "RouteTableRoute")] pub route_table_route: Option<AnalysisRouteTableRoute>,
    #[serde(rename = "RouteTable")] pub route_table: Option<AnalysisComponent>,
    #[serde(rename = "SecurityGroup")] pub security_group: Option<AnalysisComponent>,
    #[serde(rename = "SecurityGroupRule")] pub security_group_rule: Option<AnalysisSecurityGroupRule>,
    #[serde(rename = "SecurityGroups")] pub security_groups: Option<Vec<AnalysisComponent>>,
    #[serde(rename = "SourceVpc")] pub source_vpc: Option<AnalysisComponent>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "Subnet")] pub subnet: Option<AnalysisComponent>,
    #[serde(rename = "SubnetRouteTable")] pub subnet_route_table: Option<AnalysisComponent>,
    #[serde(rename = "Vpc")] pub vpc: Option<AnalysisComponent>,
    #[serde(rename = "VpcEndpoint")] pub vpc_endpoint: Option<AnalysisComponent>,
    #[serde(rename = "VpnConnection")] pub vpn_connection: Option<AnalysisComponent>,
    #[serde(rename = "VpnGateway")] pub vpn_gateway: Option<AnalysisComponent>,
    #[serde(rename = "TransitGateway")] pub transit_gateway: Option<AnalysisComponent>,
    #[serde(rename = "TransitGatewayRouteTable")] pub transit_gateway_route_table: Option<AnalysisComponent>,
    #[serde(rename = "TransitGatewayRouteTableRoute")] pub transit_gateway_route_table_route: Option<TransitGatewayRouteTableRoute>,
    #[serde(rename = "TransitGatewayPolicyTable")] pub transit_gateway_policy_table: Option<AnalysisComponent>,
    #[serde(rename = "TransitGatewayPolicyTableEntry")] pub transit_gateway_policy_table_entry: Option<AnalysisTransitGatewayPolicyTableEntry>,
    #[serde(rename = "TransitGatewayAttachment")] pub transit_gateway_attachment: Option<AnalysisComponent>,
    #[serde(rename = "ComponentAccount")] pub component_account: Option<String>,
    #[serde(rename = "ComponentRegion")] pub component_region: Option<String>,
    #[serde(rename = "FirewallStatelessRule")] pub firewall_stateless_rule: Option<FirewallStatelessRule>,
    #[serde(rename = "FirewallStatefulRule")] pub firewall_stateful_rule: Option<FirewallStatefulRule>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FilterPortRange {
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FirewallStatefulRule {
    #[serde(rename = "RuleGroupArn")] pub rule_group_arn: Option<String>,
    #[serde(rename = "Sources")] pub sources: Option<Vec<String>>,
    #[serde(rename = "Destinations")] pub destinations: Option<Vec<String>>,
    #[serde(rename = "SourcePorts")] pub source_ports: Option<Vec<PortRange>>,
    #[serde(rename = "DestinationPorts")] pub destination_ports: Option<Vec<PortRange>>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "RuleAction")] pub rule_action: Option<String>,
    #[serde(rename = "Direction")] pub direction: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FirewallStatelessRule {
    #[serde(rename = "RuleGroupArn")] pub rule_group_arn: Option<String>,
    #[serde(rename = "Sources")] pub sources: Option<Vec<String>>,
    #[serde(rename = "Destinations")] pub destinations: Option<Vec<String>>,
    #[serde(rename = "SourcePorts")] pub source_ports: Option<Vec<PortRange>>,
    #[serde(rename = "DestinationPorts")] pub destination_ports: Option<Vec<PortRange>>,
    #[serde(rename = "Protocols")] pub protocols: Option<Vec<i32>>,
    #[serde(rename = "RuleAction")] pub rule_action: Option<String>,
    #[serde(rename = "Priority")] pub priority: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct FlowLog {
    #[serde(rename = "CreationTime")] pub creation_time: Option<i64>,
    #[serde(rename = "DeliverLogsErrorMessage")] pub deliver_logs_error_message: Option<String>,
    #[serde(rename = "DeliverLogsPermissionArn")] pub deliver_logs_permission_arn: Option<String>,
    #[serde(rename = "DeliverCrossAccountRole")] pub deliver_cross_account_role: Option<String>,
    #[serde(rename = "DeliverLogsStatus")] pub deliver_logs_status: Option<String>,
    #[serde(rename = "FlowLogId")] pub flow_log_id: Option<String>,
    #[serde(rename = "FlowLogStatus")] pub flow_log_status: Option<String>,
    #[serde(rename = "LogGroupName")] pub log_group_name: Option<String>,
    #[serde(rename = "ResourceId")] pub resource_id: Option<String>,
    #[serde(rename = "TrafficType")] pub traffic_type: Option<String>,
    #[serde(rename = "LogDestinationType")] pub log_destination_type: Option<String>,
    #[serde(rename = "LogDestination")] pub log_destination: Option<String>,
    #[serde(rename = "LogFormat")] pub log_format: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "MaxAggregationInterval")] pub max_aggregation_interval: Option<i32>,
    #[serde(rename = "DestinationOptions")] pub destination_options: Option<DestinationOptionsResponse>,
    #[serde(rename = "TagFieldSpecifications")] pub tag_field_specifications: Option<Vec<TagFieldSpecificationResponse>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetManagedPrefixListAssociationsResult {
    #[serde(rename = "PrefixListAssociations")] pub prefix_list_associations: Option<Vec<PrefixListAssociation>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetManagedPrefixListEntriesResult {
    #[serde(rename = "Entries")] pub entries: Option<Vec<PrefixListEntry>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetSecurityGroupsForVpcResult {
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "SecurityGroupForVpcs")] pub security_group_for_vpcs: Option<Vec<SecurityGroupForVpc>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetSubnetCidrReservationsResult {
    #[serde(rename = "SubnetIpv4CidrReservations")] pub subnet_ipv4_cidr_reservations: Option<Vec<SubnetCidrReservation>>,
    #[serde(rename = "SubnetIpv6CidrReservations")] pub subnet_ipv6_cidr_reservations: Option<Vec<SubnetCidrReservation>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GroupIdentifier {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct IcmpTypeCode {
    #[serde(rename = "Code")] pub code: Option<i32>,
    #[serde(rename = "Type")] pub r#type: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct InternetGateway {
    #[serde(rename = "Attachments")] pub attachments: Option<Vec<InternetGatewayAttachment>>,
    #[serde(rename = "InternetGatewayId")] pub internet_gateway_id: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct InternetGatewayAttachment {
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct IpPermission {
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "UserIdGroupPairs")] pub user_id_group_pairs: Option<Vec<UserIdGroupPair>>,
    #[serde(rename = "IpRanges")] pub ip_ranges: Option<Vec<IpRange>>,
    #[serde(rename = "Ipv6Ranges")] pub ipv6_ranges: Option<Vec<Ipv6Range>>,
    #[serde(rename = "PrefixListIds")] pub prefix_list_ids: Option<Vec<PrefixListId>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct IpRange {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CidrIp")] pub cidr_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Ipv4PrefixSpecification {
    #[serde(rename = "Ipv4Prefix")] pub ipv4_prefix: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Ipv6CidrBlock {
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Ipv6PrefixSpecification {
    #[serde(rename = "Ipv6Prefix")] pub ipv6_prefix: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Ipv6Range {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CidrIpv6")] pub cidr_ipv6: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LastError {
    #[serde(rename = "Message")] pub message: Option<String>,
    #[serde(rename = "Code")] pub code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ManagedPrefixList {
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "AddressFamily")] pub address_family: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StateMessage")] pub state_message: Option<String>,
    #[serde(rename = "PrefixListArn")] pub prefix_list_arn: Option<String>,
    #[serde(rename = "PrefixListName")] pub prefix_list_name: Option<String>,
    #[serde(rename = "MaxEntries")] pub max_entries: Option<i32>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "IpamPrefixListResolverTargetId")] pub ipam_prefix_list_resolver_target_id: Option<String>,
    #[serde(rename = "IpamPrefixListResolverSyncEnabled")] pub ipam_prefix_list_resolver_sync_enabled: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ModifyManagedPrefixListResult {
    #[serde(rename = "PrefixList")] pub prefix_list: Option<ManagedPrefixList>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ModifySecurityGroupRulesResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ModifyVpcEndpointResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ModifyVpcPeeringConnectionOptionsResult {
    #[serde(rename = "AccepterPeeringConnectionOptions")] pub accepter_peering_connection_options: Option<PeeringConnectionOptions>,
    #[serde(rename = "RequesterPeeringConnectionOptions")] pub requester_peering_connection_options: Option<PeeringConnectionOptions>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NatGateway {
    #[serde(rename = "CreateTime")] pub create_time: Option<i64>,
    #[serde(rename = "DeleteTime")] pub delete_time: Option<i64>,
    #[serde(rename = "FailureCode")] pub failure_code: Option<String>,
    #[serde(rename = "FailureMessage")] pub failure_message: Option<String>,
    #[serde(rename = "NatGatewayAddresses")] pub nat_gateway_addresses: Option<Vec<NatGatewayAddress>>,
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: Option<String>,
    #[serde(rename = "ProvisionedBandwidth")] pub provisioned_bandwidth: Option<ProvisionedBandwidth>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "ConnectivityType")] pub connectivity_type: Option<String>,
    #[serde(rename = "AvailabilityMode")] pub availability_mode: Option<String>,
    #[serde(rename = "AutoScalingIps")] pub auto_scaling_ips: Option<String>,
    #[serde(rename = "AutoProvisionZones")] pub auto_provision_zones: Option<String>,
    #[serde(rename = "AttachedAppliances")] pub attached_appliances: Option<Vec<NatGatewayAttachedAppliance>>,
    #[serde(rename = "RouteTableId")] pub route_table_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NatGatewayAddress {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "PrivateIp")] pub private_ip: Option<String>,
    #[serde(rename = "PublicIp")] pub public_ip: Option<String>,
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "IsPrimary")] pub is_primary: Option<bool>,
    #[serde(rename = "FailureMessage")] pub failure_message: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "AvailabilityZone")] pub availability_zone: Option<String>,
    #[serde(rename = "AvailabilityZoneId")] pub availability_zone_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NatGatewayAttachedAppliance {
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "ApplianceArn")] pub appliance_arn: Option<String>,
    #[serde(rename = "VpcEndpointId")] pub vpc_endpoint_id: Option<String>,
    #[serde(rename = "AttachmentState")] pub attachment_state: Option<String>,
    #[serde(rename = "ModificationState")] pub modification_state: Option<String>,
    #[serde(rename = "FailureCode")] pub failure_code: Option<String>,
    #[serde(rename = "FailureMessage")] pub failure_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkAcl {
    #[serde(rename = "Associations")] pub associations: Option<Vec<NetworkAclAssociation>>,
    #[serde(rename = "Entries")] pub entries: Option<Vec<NetworkAclEntry>>,
    #[serde(rename = "IsDefault")] pub is_default: Option<bool>,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkAclAssociation {
    #[serde(rename = "NetworkAclAssociationId")] pub network_acl_association_id: Option<String>,
    #[serde(rename = "NetworkAclId")] pub network_acl_id: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkAclEntry {
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "Egress")] pub egress: Option<bool>,
    #[serde(rename = "IcmpTypeCode")] pub icmp_type_code: Option<IcmpTypeCode>,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
    #[serde(rename = "PortRange")] pub port_range: Option<PortRange>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "RuleAction")] pub rule_action: Option<String>,
    #[serde(rename = "RuleNumber")] pub rule_number: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInsightsAnalysis {
    #[serde(rename = "NetworkInsightsAnalysisId")] pub network_insights_analysis_id: Option<String>,
    #[serde(rename = "NetworkInsightsAnalysisArn")] pub network_insights_analysis_arn: Option<String>,
    #[serde(rename = "NetworkInsightsPathId")] pub network_insights_path_id: Option<String>,
    #[serde(rename = "AdditionalAccounts")] pub additional_accounts: Option<Vec<String>>,
    #[serde(rename = "FilterInArns")] pub filter_in_arns: Option<Vec<String>>,
    #[serde(rename = "FilterOutArns")] pub filter_out_arns: Option<Vec<String>>,
    #[serde(rename = "StartDate")] pub start_date: Option<i64>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
    #[serde(rename = "WarningMessage")] pub warning_message: Option<String>,
    #[serde(rename = "NetworkPathFound")] pub network_path_found: Option<bool>,
    #[serde(rename = "ForwardPathComponents")] pub forward_path_components: Option<Vec<PathComponent>>,
    #[serde(rename = "ReturnPathComponents")] pub return_path_components: Option<Vec<PathComponent>>,
    #[serde(rename = "Explanations")] pub explanations: Option<Vec<Explanation>>,
    #[serde(rename = "AlternatePathHints")] pub alternate_path_hints: Option<Vec<AlternatePathHint>>,
    #[serde(rename = "SuggestedAccounts")] pub suggested_accounts: Option<Vec<String>>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInsightsPath {
    #[serde(rename = "NetworkInsightsPathId")] pub network_insights_path_id: Option<String>,
    #[serde(rename = "NetworkInsightsPathArn")] pub network_insights_path_arn: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<i64>,
    #[serde(rename = "Source")] pub source: Option<String>,
    #[serde(rename = "Destination")] pub destination: Option<String>,
    #[serde(rename = "SourceArn")] pub source_arn: Option<String>,
    #[serde(rename = "DestinationArn")] pub destination_arn: Option<String>,
    #[serde(rename = "SourceIp")] pub source_ip: Option<String>,
    #[serde(rename = "DestinationIp")] pub destination_ip: Option<String>,
    #[serde(rename = "Protocol")] pub protocol: Option<String>,
    #[serde(rename = "DestinationPort")] pub destination_port: Option<i32>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "FilterAtSource")] pub filter_at_source: Option<PathFilter>,
    #[serde(rename = "FilterAtDestination")] pub filter_at_destination: Option<PathFilter>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInterface {
    #[serde(rename = "Association")] pub association: Option<NetworkInterfaceAssociation>,
    #[serde(rename = "Attachment")] pub attachment: Option<NetworkInterfaceAttachment>,
    #[serde(rename = "AvailabilityZone")] pub availability_zone: Option<String>,
    #[serde(rename = "ConnectionTrackingConfiguration")] pub connection_tracking_configuration: Option<ConnectionTrackingConfiguration>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Groups")] pub groups: Option<Vec<GroupIdentifier>>,
    #[serde(rename = "InterfaceType")] pub interface_type: Option<String>,
    #[serde(rename = "Ipv6Addresses")] pub ipv6_addresses: Option<Vec<NetworkInterfaceIpv6Address>>,
    #[serde(rename = "MacAddress")] pub mac_address: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "OutpostArn")] pub outpost_arn: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "PrivateDnsName")] pub private_dns_name: Option<String>,
    #[serde(rename = "PublicDnsName")] pub public_dns_name: Option<String>,
    #[serde(rename = "PublicIpDnsNameOptions")] pub public_ip_dns_name_options: Option<PublicIpDnsNameOptions>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
    #[serde(rename = "PrivateIpAddresses")] pub private_ip_addresses: Option<Vec<NetworkInterfacePrivateIpAddress>>,
    #[serde(rename = "Ipv4Prefixes")] pub ipv4_prefixes: Option<Vec<Ipv4PrefixSpecification>>,
    #[serde(rename = "Ipv6Prefixes")] pub ipv6_prefixes: Option<Vec<Ipv6PrefixSpecification>>,
    #[serde(rename = "RequesterId")] pub requester_id: Option<String>,
    #[serde(rename = "RequesterManaged")] pub requester_managed: Option<bool>,
    #[serde(rename = "SourceDestCheck")] pub source_dest_check: Option<bool>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "TagSet")] pub tag_set: Option<Vec<Tag>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "DenyAllIgwTraffic")] pub deny_all_igw_traffic: Option<bool>,
    #[serde(rename = "Ipv6Native")] pub ipv6_native: Option<bool>,
    #[serde(rename = "Ipv6Address")] pub ipv6_address: Option<String>,
    #[serde(rename = "Operator")] pub operator: Option<OperatorResponse>,
    #[serde(rename = "AssociatedSubnets")] pub associated_subnets: Option<Vec<String>>,
    #[serde(rename = "AvailabilityZoneId")] pub availability_zone_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInterfaceAssociation {
    #[serde(rename = "AllocationId")] pub allocation_id: Option<String>,
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "IpOwnerId")] pub ip_owner_id: Option<String>,
    #[serde(rename = "PublicDnsName")] pub public_dns_name: Option<String>,
    #[serde(rename = "PublicIp")] pub public_ip: Option<String>,
    #[serde(rename = "CustomerOwnedIp")] pub customer_owned_ip: Option<String>,
    #[serde(rename = "CarrierIp")] pub carrier_ip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInterfaceAttachment {
    #[serde(rename = "AttachTime")] pub attach_time: Option<i64>,
    #[serde(rename = "AttachmentId")] pub attachment_id: Option<String>,
    #[serde(rename = "DeleteOnTermination")] pub delete_on_termination: Option<bool>,
    #[serde(rename = "DeviceIndex")] pub device_index: Option<i32>,
    #[serde(rename = "NetworkCardIndex")] pub network_card_index: Option<i32>,
    #[serde(rename = "InstanceId")] pub instance_id: Option<String>,
    #[serde(rename = "InstanceOwnerId")] pub instance_owner_id: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "EnaSrdSpecification")] pub ena_srd_specification: Option<AttachmentEnaSrdSpecification>,
    #[serde(rename = "EnaQueueCount")] pub ena_queue_count: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInterfaceIpv6Address {
    #[serde(rename = "Ipv6Address")] pub ipv6_address: Option<String>,
    #[serde(rename = "PublicIpv6DnsName")] pub public_ipv6_dns_name: Option<String>,
    #[serde(rename = "IsPrimaryIpv6")] pub is_primary_ipv6: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct NetworkInterfacePrivateIpAddress {
    #[serde(rename = "Association")] pub association: Option<NetworkInterfaceAssociation>,
    #[serde(rename = "Primary")] pub primary: Option<bool>,
    #[serde(rename = "PrivateDnsName")] pub private_dns_name: Option<String>,
    #[serde(rename = "PrivateIpAddress")] pub private_ip_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OperatorResponse {
    #[serde(rename = "Managed")] pub managed: Option<bool>,
    #[serde(rename = "Principal")] pub principal: Option<String>,
    #[serde(rename = "HiddenByDefault")] pub hidden_by_default: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PathComponent {
    #[serde(rename = "SequenceNumber")] pub sequence_number: Option<i32>,
    #[serde(rename = "AclRule")] pub acl_rule: Option<AnalysisAclRule>,
    #[serde(rename = "AttachedTo")] pub attached_to: Option<AnalysisComponent>,
    #[serde(rename = "Component")] pub component: Option<AnalysisComponent>,
    #[serde(rename = "DestinationVpc")] pub destination_vpc: Option<AnalysisComponent>,
    #[serde(rename = "OutboundHeader")] pub outbound_header: Option<AnalysisPacketHeader>,
    #[serde(rename = "InboundHeader")] pub inbound_header: Option<AnalysisPacketHeader>,
    #[serde(rename = "RouteTableRoute")] pub route_table_route: Option<AnalysisRouteTableRoute>,
    #[serde(rename = "SecurityGroupRule")] pub security_group_rule: Option<AnalysisSecurityGroupRule>,
    #[serde(rename = "SourceVpc")] pub source_vpc: Option<AnalysisComponent>,
    #[serde(rename = "Subnet")] pub subnet: Option<AnalysisComponent>,
    #[serde(rename = "Vpc")] pub vpc: Option<AnalysisComponent>,
    #[serde(rename = "AdditionalDetails")] pub additional_details: Option<Vec<AdditionalDetail>>,
    #[serde(rename = "TransitGateway")] pub transit_gateway: Option<AnalysisComponent>,
    #[serde(rename = "TransitGatewayRouteTableRoute")] pub transit_gateway_route_table_route: Option<TransitGatewayRouteTableRoute>,
    #[serde(rename = "TransitGatewayPolicyTableEntry")] pub transit_gateway_policy_table_entry: Option<AnalysisTransitGatewayPolicyTableEntry>,
    #[serde(rename = "Explanations")] pub explanations: Option<Vec<Explanation>>,
    #[serde(rename = "ElasticLoadBalancerListener")] pub elastic_load_balancer_listener: Option<AnalysisComponent>,
    #[serde(rename = "FirewallStatelessRule")] pub firewall_stateless_rule: Option<FirewallStatelessRule>,
    #[serde(rename = "FirewallStatefulRule")] pub firewall_stateful_rule: Option<FirewallStatefulRule>,
    #[serde(rename = "ServiceName")] pub service_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PathFilter {
    #[serde(rename = "SourceAddress")] pub source_address: Option<String>,
    #[serde(rename = "SourcePortRange")] pub source_port_range: Option<FilterPortRange>,
    #[serde(rename = "DestinationAddress")] pub destination_address: Option<String>,
    #[serde(rename = "DestinationPortRange")] pub destination_port_range: Option<FilterPortRange>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PayerResponsibilityEntry {
    #[serde(rename = "Scope")] pub scope: Option<String>,
    #[serde(rename = "PayerResponsibilityType")] pub payer_responsibility_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PeeringConnectionOptions {
    #[serde(rename = "AllowDnsResolutionFromRemoteVpc")] pub allow_dns_resolution_from_remote_vpc: Option<bool>,
    #[serde(rename = "AllowEgressFromLocalClassicLinkToRemoteVpc")] pub allow_egress_from_local_classic_link_to_remote_vpc: Option<bool>,
    #[serde(rename = "AllowEgressFromLocalVpcToRemoteClassicLink")] pub allow_egress_from_local_vpc_to_remote_classic_link: Option<bool>,
    #[serde(rename = "AllowMultipathResilience")] pub allow_multipath_resilience: Option<bool>,
    #[serde(rename = "MultipathResilienceMode")] pub multipath_resilience_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PortRange {
    #[serde(rename = "From")] pub from: Option<i32>,
    #[serde(rename = "To")] pub to: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PrefixList {
    #[serde(rename = "Cidrs")] pub cidrs: Option<Vec<String>>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "PrefixListName")] pub prefix_list_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PrefixListAssociation {
    #[serde(rename = "ResourceId")] pub resource_id: Option<String>,
    #[serde(rename = "ResourceOwner")] pub resource_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PrefixListEntry {
    #[serde(rename = "Cidr")] pub cidr: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PrefixListId {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PrivateDnsDetails {
    #[serde(rename = "PrivateDnsName")] pub private_dns_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PrivateDnsNameOptionsOnLaunch {
    #[serde(rename = "HostnameType")] pub hostname_type: Option<String>,
    #[serde(rename = "EnableResourceNameDnsARecord")] pub enable_resource_name_dns_a_record: Option<bool>,
    #[serde(rename = "EnableResourceNameDnsAAAARecord")] pub enable_resource_name_dns_aaaa_record: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PropagatingVgw {
    #[serde(rename = "GatewayId")] pub gateway_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ProvisionedBandwidth {
    #[serde(rename = "ProvisionTime")] pub provision_time: Option<i64>,
    #[serde(rename = "Provisioned")] pub provisioned: Option<String>,
    #[serde(rename = "RequestTime")] pub request_time: Option<i64>,
    #[serde(rename = "Requested")] pub requested: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PtrUpdateStatus {
    #[serde(rename = "Value")] pub value: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "Reason")] pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PublicIpDnsNameOptions {
    #[serde(rename = "DnsHostnameType")] pub dns_hostname_type: Option<String>,
    #[serde(rename = "PublicIpv4DnsName")] pub public_ipv4_dns_name: Option<String>,
    #[serde(rename = "PublicIpv6DnsName")] pub public_ipv6_dns_name: Option<String>,
    #[serde(rename = "PublicDualStackDnsName")] pub public_dual_stack_dns_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReferencedSecurityGroup {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "PeeringStatus")] pub peering_status: Option<String>,
    #[serde(rename = "UserId")] pub user_id: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Region {
    #[serde(rename = "OptInStatus")] pub opt_in_status: Option<String>,
    #[serde(rename = "Geography")] pub geography: Option<Vec<RegionGeography>>,
    #[serde(rename = "RegionName")] pub region_name: Option<String>,
    #[serde(rename = "Endpoint")] pub endpoint: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RegionGeography {
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RejectVpcPeeringConnectionResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplaceNetworkAclAssociationResult {
    #[serde(rename = "NewAssociationId")] pub new_association_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplaceRouteTableAssociationResult {
    #[serde(rename = "NewAssociationId")] pub new_association_id: Option<String>,
    #[serde(rename = "AssociationState")] pub association_state: Option<RouteTableAssociationState>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RestoreManagedPrefixListVersionResult {
    #[serde(rename = "PrefixList")] pub prefix_list: Option<ManagedPrefixList>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RevokeSecurityGroupEgressResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
    #[serde(rename = "UnknownIpPermissions")] pub unknown_ip_permissions: Option<Vec<IpPermission>>,
    #[serde(rename = "RevokedSecurityGroupRules")] pub revoked_security_group_rules: Option<Vec<RevokedSecurityGroupRule>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RevokeSecurityGroupIngressResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
    #[serde(rename = "UnknownIpPermissions")] pub unknown_ip_permissions: Option<Vec<IpPermission>>,
    #[serde(rename = "RevokedSecurityGroupRules")] pub revoked_security_group_rules: Option<Vec<RevokedSecurityGroupRule>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RevokedSecurityGroupRule {
    #[serde(rename = "SecurityGroupRuleId")] pub security_group_rule_id: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "IsEgress")] pub is_egress: Option<bool>,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "CidrIpv4")] pub cidr_ipv4: Option<String>,
    #[serde(rename = "CidrIpv6")] pub cidr_ipv6: Option<String>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "ReferencedGroupId")] pub referenced_group_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Route {
    #[serde(rename = "DestinationCidrBlock")] pub destination_cidr_block: Option<String>,
    #[serde(rename = "DestinationIpv6CidrBlock")] pub destination_ipv6_cidr_block: Option<String>,
    #[serde(rename = "DestinationPrefixListId")] pub destination_prefix_list_id: Option<String>,
    #[serde(rename = "EgressOnlyInternetGatewayId")] pub egress_only_internet_gateway_id: Option<String>,
    #[serde(rename = "GatewayId")] pub gateway_id: Option<String>,
    #[serde(rename = "InstanceId")] pub instance_id: Option<String>,
    #[serde(rename = "InstanceOwnerId")] pub instance_owner_id: Option<String>,
    #[serde(rename = "NatGatewayId")] pub nat_gateway_id: Option<String>,
    #[serde(rename = "TransitGatewayId")] pub transit_gateway_id: Option<String>,
    #[serde(rename = "LocalGatewayId")] pub local_gateway_id: Option<String>,
    #[serde(rename = "CarrierGatewayId")] pub carrier_gateway_id: Option<String>,
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "Origin")] pub origin: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "CoreNetworkArn")] pub core_network_arn: Option<String>,
    #[serde(rename = "OdbNetworkArn")] pub odb_network_arn: Option<String>,
    #[serde(rename = "IpAddress")] pub ip_address: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RouteTable {
    #[serde(rename = "Associations")] pub associations: Option<Vec<RouteTableAssociation>>,
    #[serde(rename = "PropagatingVgws")] pub propagating_vgws: Option<Vec<PropagatingVgw>>,
    #[serde(rename = "RouteTableId")] pub route_table_id: Option<String>,
    #[serde(rename = "Routes")] pub routes: Option<Vec<Route>>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RouteTableAssociation {
    #[serde(rename = "Main")] pub main: Option<bool>,
    #[serde(rename = "RouteTableAssociationId")] pub route_table_association_id: Option<String>,
    #[serde(rename = "RouteTableId")] pub route_table_id: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "GatewayId")] pub gateway_id: Option<String>,
    #[serde(rename = "PublicIpv4Pool")] pub public_ipv4_pool: Option<String>,
    #[serde(rename = "AssociationState")] pub association_state: Option<RouteTableAssociationState>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RouteTableAssociationState {
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RuleGroupRuleOptionsPair {
    #[serde(rename = "RuleGroupArn")] pub rule_group_arn: Option<String>,
    #[serde(rename = "RuleOptions")] pub rule_options: Option<Vec<RuleOption>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RuleGroupTypePair {
    #[serde(rename = "RuleGroupArn")] pub rule_group_arn: Option<String>,
    #[serde(rename = "RuleGroupType")] pub rule_group_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RuleOption {
    #[serde(rename = "Keyword")] pub keyword: Option<String>,
    #[serde(rename = "Settings")] pub settings: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecurityGroup {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "IpPermissionsEgress")] pub ip_permissions_egress: Option<Vec<IpPermission>>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "SecurityGroupArn")] pub security_group_arn: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "IpPermissions")] pub ip_permissions: Option<Vec<IpPermission>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecurityGroupForVpc {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "PrimaryVpcId")] pub primary_vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecurityGroupIdentifier {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecurityGroupReference {
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "ReferencingVpcId")] pub referencing_vpc_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "TransitGatewayId")] pub transit_gateway_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecurityGroupRule {
    #[serde(rename = "SecurityGroupRuleId")] pub security_group_rule_id: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupOwnerId")] pub group_owner_id: Option<String>,
    #[serde(rename = "IsEgress")] pub is_egress: Option<bool>,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "CidrIpv4")] pub cidr_ipv4: Option<String>,
    #[serde(rename = "CidrIpv6")] pub cidr_ipv6: Option<String>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "ReferencedGroupInfo")] pub referenced_group_info: Option<ReferencedSecurityGroup>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "SecurityGroupRuleArn")] pub security_group_rule_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ServiceDetail {
    #[serde(rename = "ServiceName")] pub service_name: Option<String>,
    #[serde(rename = "ServiceId")] pub service_id: Option<String>,
    #[serde(rename = "ServiceType")] pub service_type: Option<Vec<ServiceTypeDetail>>,
    #[serde(rename = "ServiceRegion")] pub service_region: Option<String>,
    #[serde(rename = "AvailabilityZoneIds")] pub availability_zone_ids: Option<Vec<String>>,
    #[serde(rename = "AvailabilityZones")] pub availability_zones: Option<Vec<String>>,
    #[serde(rename = "Owner")] pub owner: Option<String>,
    #[serde(rename = "BaseEndpointDnsNames")] pub base_endpoint_dns_names: Option<Vec<String>>,
    #[serde(rename = "PrivateDnsName")] pub private_dns_name: Option<String>,
    #[serde(rename = "PrivateDnsNames")] pub private_dns_names: Option<Vec<PrivateDnsDetails>>,
    #[serde(rename = "VpcEndpointPolicySupported")] pub vpc_endpoint_policy_supported: Option<bool>,
    #[serde(rename = "AcceptanceRequired")] pub acceptance_required: Option<bool>,
    #[serde(rename = "ManagesVpcEndpoints")] pub manages_vpc_endpoints: Option<bool>,
    #[serde(rename = "PayerResponsibility")] pub payer_responsibility: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "PrivateDnsNameVerificationState")] pub private_dns_name_verification_state: Option<String>,
    #[serde(rename = "SupportedIpAddressTypes")] pub supported_ip_address_types: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ServiceTypeDetail {
    #[serde(rename = "ServiceType")] pub service_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct StaleIpPermission {
    #[serde(rename = "FromPort")] pub from_port: Option<i32>,
    #[serde(rename = "IpProtocol")] pub ip_protocol: Option<String>,
    #[serde(rename = "IpRanges")] pub ip_ranges: Option<Vec<String>>,
    #[serde(rename = "PrefixListIds")] pub prefix_list_ids: Option<Vec<String>>,
    #[serde(rename = "ToPort")] pub to_port: Option<i32>,
    #[serde(rename = "UserIdGroupPairs")] pub user_id_group_pairs: Option<Vec<UserIdGroupPair>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct StaleSecurityGroup {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "StaleIpPermissions")] pub stale_ip_permissions: Option<Vec<StaleIpPermission>>,
    #[serde(rename = "StaleIpPermissionsEgress")] pub stale_ip_permissions_egress: Option<Vec<StaleIpPermission>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct StartNetworkInsightsAnalysisResult {
    #[serde(rename = "NetworkInsightsAnalysis")] pub network_insights_analysis: Option<NetworkInsightsAnalysis>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Subnet {
    #[serde(rename = "AvailabilityZoneId")] pub availability_zone_id: Option<String>,
    #[serde(rename = "EnableLniAtDeviceIndex")] pub enable_lni_at_device_index: Option<i32>,
    #[serde(rename = "MapCustomerOwnedIpOnLaunch")] pub map_customer_owned_ip_on_launch: Option<bool>,
    #[serde(rename = "CustomerOwnedIpv4Pool")] pub customer_owned_ipv4_pool: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "AssignIpv6AddressOnCreation")] pub assign_ipv6_address_on_creation: Option<bool>,
    #[serde(rename = "Ipv6CidrBlockAssociationSet")] pub ipv6_cidr_block_association_set: Option<Vec<SubnetIpv6CidrBlockAssociation>>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "SubnetArn")] pub subnet_arn: Option<String>,
    #[serde(rename = "OutpostArn")] pub outpost_arn: Option<String>,
    #[serde(rename = "EnableDns64")] pub enable_dns64: Option<bool>,
    #[serde(rename = "Ipv6Native")] pub ipv6_native: Option<bool>,
    #[serde(rename = "PrivateDnsNameOptionsOnLaunch")] pub private_dns_name_options_on_launch: Option<PrivateDnsNameOptionsOnLaunch>,
    #[serde(rename = "BlockPublicAccessStates")] pub block_public_access_states: Option<BlockPublicAccessStates>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "AvailableIpAddressCount")] pub available_ip_address_count: Option<i32>,
    #[serde(rename = "AvailabilityZone")] pub availability_zone: Option<String>,
    #[serde(rename = "DefaultForAz")] pub default_for_az: Option<bool>,
    #[serde(rename = "MapPublicIpOnLaunch")] pub map_public_ip_on_launch: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SubnetCidrBlockState {
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SubnetCidrReservation {
    #[serde(rename = "SubnetCidrReservationId")] pub subnet_cidr_reservation_id: Option<String>,
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "Cidr")] pub cidr: Option<String>,
    #[serde(rename = "ReservationType")] pub reservation_type: Option<String>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SubnetIpPrefixes {
    #[serde(rename = "SubnetId")] pub subnet_id: Option<String>,
    #[serde(rename = "IpPrefixes")] pub ip_prefixes: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SubnetIpv6CidrBlockAssociation {
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
    #[serde(rename = "Ipv6CidrBlockState")] pub ipv6_cidr_block_state: Option<SubnetCidrBlockState>,
    #[serde(rename = "Ipv6AddressAttribute")] pub ipv6_address_attribute: Option<String>,
    #[serde(rename = "IpSource")] pub ip_source: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TagDescription {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "ResourceId")] pub resource_id: Option<String>,
    #[serde(rename = "ResourceType")] pub resource_type: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TagFieldSpecificationResponse {
    #[serde(rename = "ResourceType")] pub resource_type: Option<String>,
    #[serde(rename = "TagKeys")] pub tag_keys: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct TransitGatewayRouteTableRoute {
    #[serde(rename = "DestinationCidr")] pub destination_cidr: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "RouteOrigin")] pub route_origin: Option<String>,
    #[serde(rename = "PrefixListId")] pub prefix_list_id: Option<String>,
    #[serde(rename = "AttachmentId")] pub attachment_id: Option<String>,
    #[serde(rename = "ResourceId")] pub resource_id: Option<String>,
    #[serde(rename = "ResourceType")] pub resource_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UnassignIpv6AddressesResult {
    #[serde(rename = "NetworkInterfaceId")] pub network_interface_id: Option<String>,
    #[serde(rename = "UnassignedIpv6Addresses")] pub unassigned_ipv6_addresses: Option<Vec<String>>,
    #[serde(rename = "UnassignedIpv6Prefixes")] pub unassigned_ipv6_prefixes: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UnsuccessfulItem {
    #[serde(rename = "Error")] pub error: Option<UnsuccessfulItemError>,
    #[serde(rename = "ResourceId")] pub resource_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UnsuccessfulItemError {
    #[serde(rename = "Code")] pub code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateSecurityGroupRuleDescriptionsEgressResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateSecurityGroupRuleDescriptionsIngressResult {
    #[serde(rename = "Return")] pub r#return: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UserIdGroupPair {
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "UserId")] pub user_id: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "PeeringStatus")] pub peering_status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Vpc {
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "InstanceTenancy")] pub instance_tenancy: Option<String>,
    #[serde(rename = "Ipv6CidrBlockAssociationSet")] pub ipv6_cidr_block_association_set: Option<Vec<VpcIpv6CidrBlockAssociation>>,
    #[serde(rename = "CidrBlockAssociationSet")] pub cidr_block_association_set: Option<Vec<VpcCidrBlockAssociation>>,
    #[serde(rename = "IsDefault")] pub is_default: Option<bool>,
    #[serde(rename = "EncryptionControl")] pub encryption_control: Option<VpcEncryptionControl>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "BlockPublicAccessStates")] pub block_public_access_states: Option<BlockPublicAccessStates>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "DhcpOptionsId")] pub dhcp_options_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcCidrBlockAssociation {
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "CidrBlockState")] pub cidr_block_state: Option<VpcCidrBlockState>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcCidrBlockState {
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcClassicLink {
    #[serde(rename = "ClassicLinkEnabled")] pub classic_link_enabled: Option<bool>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcEncryptionControl {
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "VpcEncryptionControlId")] pub vpc_encryption_control_id: Option<String>,
    #[serde(rename = "Mode")] pub mode: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StateMessage")] pub state_message: Option<String>,
    #[serde(rename = "ResourceExclusions")] pub resource_exclusions: Option<VpcEncryptionControlExclusions>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcEncryptionControlExclusion {
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "StateMessage")] pub state_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcEncryptionControlExclusions {
    #[serde(rename = "InternetGateway")] pub internet_gateway: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "EgressOnlyInternetGateway")] pub egress_only_internet_gateway: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "NatGateway")] pub nat_gateway: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "VirtualPrivateGateway")] pub virtual_private_gateway: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "VpcPeering")] pub vpc_peering: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "Lambda")] pub lambda: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "VpcLattice")] pub vpc_lattice: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "ElasticFileSystem")] pub elastic_file_system: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "GlobalAccelerator")] pub global_accelerator: Option<VpcEncryptionControlExclusion>,
    #[serde(rename = "ApiGatewayV2")] pub api_gateway_v2: Option<VpcEncryptionControlExclusion>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcEndpoint {
    #[serde(rename = "VpcEndpointId")] pub vpc_endpoint_id: Option<String>,
    #[serde(rename = "VpcEndpointType")] pub vpc_endpoint_type: Option<String>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "ServiceName")] pub service_name: Option<String>,
    #[serde(rename = "State")] pub state: Option<String>,
    #[serde(rename = "PolicyDocument")] pub policy_document: Option<String>,
    #[serde(rename = "RouteTableIds")] pub route_table_ids: Option<Vec<String>>,
    #[serde(rename = "SubnetIds")] pub subnet_ids: Option<Vec<String>>,
    #[serde(rename = "Groups")] pub groups: Option<Vec<SecurityGroupIdentifier>>,
    #[serde(rename = "IpAddressType")] pub ip_address_type: Option<String>,
    #[serde(rename = "DnsOptions")] pub dns_options: Option<DnsOptions>,
    #[serde(rename = "PrivateDnsEnabled")] pub private_dns_enabled: Option<bool>,
    #[serde(rename = "RequesterManaged")] pub requester_managed: Option<bool>,
    #[serde(rename = "NetworkInterfaceIds")] pub network_interface_ids: Option<Vec<String>>,
    #[serde(rename = "DnsEntries")] pub dns_entries: Option<Vec<DnsEntry>>,
    #[serde(rename = "CreationTimestamp")] pub creation_timestamp: Option<i64>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "LastError")] pub last_error: Option<LastError>,
    #[serde(rename = "Ipv4Prefixes")] pub ipv4_prefixes: Option<Vec<SubnetIpPrefixes>>,
    #[serde(rename = "Ipv6Prefixes")] pub ipv6_prefixes: Option<Vec<SubnetIpPrefixes>>,
    #[serde(rename = "FailureReason")] pub failure_reason: Option<String>,
    #[serde(rename = "ServiceNetworkArn")] pub service_network_arn: Option<String>,
    #[serde(rename = "ResourceConfigurationArn")] pub resource_configuration_arn: Option<String>,
    #[serde(rename = "ServiceRegion")] pub service_region: Option<String>,
    #[serde(rename = "PayerResponsibilities")] pub payer_responsibilities: Option<Vec<PayerResponsibilityEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcIpv6CidrBlockAssociation {
    #[serde(rename = "AssociationId")] pub association_id: Option<String>,
    #[serde(rename = "Ipv6CidrBlock")] pub ipv6_cidr_block: Option<String>,
    #[serde(rename = "Ipv6CidrBlockState")] pub ipv6_cidr_block_state: Option<VpcCidrBlockState>,
    #[serde(rename = "NetworkBorderGroup")] pub network_border_group: Option<String>,
    #[serde(rename = "Ipv6Pool")] pub ipv6_pool: Option<String>,
    #[serde(rename = "Ipv6AddressAttribute")] pub ipv6_address_attribute: Option<String>,
    #[serde(rename = "IpSource")] pub ip_source: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcPeeringConnection {
    #[serde(rename = "AccepterVpcInfo")] pub accepter_vpc_info: Option<VpcPeeringConnectionVpcInfo>,
    #[serde(rename = "ExpirationTime")] pub expiration_time: Option<i64>,
    #[serde(rename = "RequesterVpcInfo")] pub requester_vpc_info: Option<VpcPeeringConnectionVpcInfo>,
    #[serde(rename = "Status")] pub status: Option<VpcPeeringConnectionStateReason>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "VpcPeeringConnectionId")] pub vpc_peering_connection_id: Option<String>,
    #[serde(rename = "MultipathResilienceStatus")] pub multipath_resilience_status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcPeeringConnectionOptionsDescription {
    #[serde(rename = "AllowDnsResolutionFromRemoteVpc")] pub allow_dns_resolution_from_remote_vpc: Option<bool>,
    #[serde(rename = "AllowEgressFromLocalClassicLinkToRemoteVpc")] pub allow_egress_from_local_classic_link_to_remote_vpc: Option<bool>,
    #[serde(rename = "AllowEgressFromLocalVpcToRemoteClassicLink")] pub allow_egress_from_local_vpc_to_remote_classic_link: Option<bool>,
    #[serde(rename = "AllowMultipathResilience")] pub allow_multipath_resilience: Option<bool>,
    #[serde(rename = "MultipathResilienceMode")] pub multipath_resilience_mode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcPeeringConnectionStateReason {
    #[serde(rename = "Code")] pub code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct VpcPeeringConnectionVpcInfo {
    #[serde(rename = "CidrBlock")] pub cidr_block: Option<String>,
    #[serde(rename = "Ipv6CidrBlockSet")] pub ipv6_cidr_block_set: Option<Vec<Ipv6CidrBlock>>,
    #[serde(rename = "CidrBlockSet")] pub cidr_block_set: Option<Vec<CidrBlock>>,
    #[serde(rename = "OwnerId")] pub owner_id: Option<String>,
    #[serde(rename = "PeeringOptions")] pub peering_options: Option<VpcPeeringConnectionOptionsDescription>,
    #[serde(rename = "VpcId")] pub vpc_id: Option<String>,
    #[serde(rename = "Region")] pub region: Option<String>,
}
