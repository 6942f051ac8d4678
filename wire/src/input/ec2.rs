//! The inputs of ec2's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AcceptVpcPeeringConnection {
    may "DryRun" dry_run: Option<bool>,
    must "VpcPeeringConnectionId" vpc_peering_connection_id: String,
} }

input! { AllocateAddress {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { AssignIpv6Addresses {
    must "NetworkInterfaceId" network_interface_id: String,
    may "Ipv6Addresses" ipv6_addresses: Vec<String>,
    may "Ipv6AddressCount" ipv6_address_count: Option<i32>,
} }

input! { AssignPrivateIpAddresses {
    must "NetworkInterfaceId" network_interface_id: String,
    may "PrivateIpAddresses" private_ip_addresses: Vec<String>,
    may "SecondaryPrivateIpAddressCount" secondary_private_ip_address_count: Option<i32>,
    may "AllowReassignment" allow_reassignment: Option<bool>,
} }

input! { AssociateAddress {
    may "AllocationId" allocation_id: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    may "NetworkInterfaceId" network_interface_id: Option<String>,
    may "PrivateIpAddress" private_ip_address: Option<String>,
    may "AllowReassociation" allow_reassociation: Option<bool>,
} }

input! { AssociateDhcpOptions {
    must "DhcpOptionsId" dhcp_options_id: String,
    must "VpcId" vpc_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { AssociateRouteTable {
    may "DryRun" dry_run: Option<bool>,
    may "SubnetId" subnet_id: Option<String>,
    must "RouteTableId" route_table_id: String,
} }

input! { AssociateSubnetCidrBlock {
    must "SubnetId" subnet_id: String,
    may "Ipv6CidrBlock" ipv6_cidr_block: Option<String>,
} }

input! { AssociateVpcCidrBlock {
    may "CidrBlock" cidr_block: Option<String>,
    must "VpcId" vpc_id: String,
    may "AmazonProvidedIpv6CidrBlock" amazon_provided_ipv6_cidr_block: Option<bool>,
} }

input! { AttachInternetGateway {
    may "DryRun" dry_run: Option<bool>,
    must "InternetGatewayId" internet_gateway_id: String,
    must "VpcId" vpc_id: String,
} }

input! { AuthorizeSecurityGroupEgress {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
    must "GroupId" group_id: String,
    may "IpProtocol" ip_protocol: Option<String>,
    may "FromPort" from_port: Option<i32>,
    may "ToPort" to_port: Option<i32>,
    may "CidrIp" cidr_ip: Option<String>,
    may "IpPermissions" ip_permissions: Vec<IpPermission>,
} }

input! { AuthorizeSecurityGroupIngress {
    may "CidrIp" cidr_ip: Option<String>,
    may "FromPort" from_port: Option<i32>,
    may "GroupId" group_id: Option<String>,
    may "GroupName" group_name: Option<String>,
    may "IpPermissions" ip_permissions: Vec<IpPermission>,
    may "IpProtocol" ip_protocol: Option<String>,
    may "ToPort" to_port: Option<i32>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateDefaultSubnet {
    may "AvailabilityZone" availability_zone: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    may "AvailabilityZoneId" availability_zone_id: Option<String>,
} }

input! { CreateDefaultVpc {
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateDhcpOptions {
    may "DhcpConfigurations" dhcp_configurations: Vec<NewDhcpConfiguration>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateEgressOnlyInternetGateway {
    may "ClientToken" client_token: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    must "VpcId" vpc_id: String,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
} }

input! { CreateFlowLogs {
    may "DryRun" dry_run: Option<bool>,
    may "ClientToken" client_token: Option<String>,
    may "DeliverLogsPermissionArn" deliver_logs_permission_arn: Option<String>,
    may "LogGroupName" log_group_name: Option<String>,
    may "ResourceIds" resource_ids: Vec<String>,
    must "ResourceType" resource_type: String,
    may "TrafficType" traffic_type: Option<String>,
    may "LogDestinationType" log_destination_type: Option<String>,
    may "LogDestination" log_destination: Option<String>,
    may "LogFormat" log_format: Option<String>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "MaxAggregationInterval" max_aggregation_interval: Option<i32>,
    may "DestinationOptions" destination_options: Option<DestinationOptionsRequest>,
} }

input! { CreateInternetGateway {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateManagedPrefixList {
    may "DryRun" dry_run: Option<bool>,
    must "PrefixListName" prefix_list_name: String,
    may "Entries" entries: Vec<AddPrefixListEntry>,
    must "MaxEntries" max_entries: i32,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    must "AddressFamily" address_family: String,
    may "ClientToken" client_token: Option<String>,
} }

input! { CreateNatGateway {
    may "AllocationId" allocation_id: Option<String>,
    may "ClientToken" client_token: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    may "SubnetId" subnet_id: Option<String>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "ConnectivityType" connectivity_type: Option<String>,
    may "PrivateIpAddress" private_ip_address: Option<String>,
} }

input! { CreateNetworkAcl {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "ClientToken" client_token: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    must "VpcId" vpc_id: String,
} }

input! { CreateNetworkAclEntry {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkAclId" network_acl_id: String,
    must "RuleNumber" rule_number: i32,
    must "Protocol" protocol: String,
    must "RuleAction" rule_action: String,
    must "Egress" egress: bool,
    may "CidrBlock" cidr_block: Option<String>,
    may "Ipv6CidrBlock" ipv6_cidr_block: Option<String>,
    may "IcmpTypeCode" icmp_type_code: Option<IcmpTypeCode>,
    may "PortRange" port_range: Option<PortRange>,
} }

input! { CreateNetworkInsightsPath {
    may "SourceIp" source_ip: Option<String>,
    may "DestinationIp" destination_ip: Option<String>,
    must "Source" source: String,
    may "Destination" destination: Option<String>,
    must "Protocol" protocol: String,
    may "DestinationPort" destination_port: Option<i32>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
    must "ClientToken" client_token: String,
    may "FilterAtSource" filter_at_source: Option<PathRequestFilter>,
    may "FilterAtDestination" filter_at_destination: Option<PathRequestFilter>,
} }

input! { CreateNetworkInterface {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "ClientToken" client_token: Option<String>,
    must "SubnetId" subnet_id: String,
    may "Description" description: Option<String>,
    may "PrivateIpAddress" private_ip_address: Option<String>,
    may "Groups" groups: Vec<String>,
    may "PrivateIpAddresses" private_ip_addresses: Vec<PrivateIpAddressSpecification>,
    may "SecondaryPrivateIpAddressCount" secondary_private_ip_address_count: Option<i32>,
    may "Ipv6Addresses" ipv6_addresses: Vec<InstanceIpv6Address>,
    may "Ipv6AddressCount" ipv6_address_count: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateRoute {
    may "DestinationPrefixListId" destination_prefix_list_id: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    must "RouteTableId" route_table_id: String,
    may "DestinationCidrBlock" destination_cidr_block: Option<String>,
    may "GatewayId" gateway_id: Option<String>,
    may "DestinationIpv6CidrBlock" destination_ipv6_cidr_block: Option<String>,
    may "EgressOnlyInternetGatewayId" egress_only_internet_gateway_id: Option<String>,
    may "NetworkInterfaceId" network_interface_id: Option<String>,
    may "VpcPeeringConnectionId" vpc_peering_connection_id: Option<String>,
    may "NatGatewayId" nat_gateway_id: Option<String>,
} }

input! { CreateRouteTable {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "ClientToken" client_token: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    must "VpcId" vpc_id: String,
} }

input! { CreateSecurityGroup {
    must "Description" description: String,
    must "GroupName" group_name: String,
    may "VpcId" vpc_id: Option<String>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateSubnet {
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "AvailabilityZone" availability_zone: Option<String>,
    may "AvailabilityZoneId" availability_zone_id: Option<String>,
    may "CidrBlock" cidr_block: Option<String>,
    may "Ipv6CidrBlock" ipv6_cidr_block: Option<String>,
    must "VpcId" vpc_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { CreateSubnetCidrReservation {
    must "SubnetId" subnet_id: String,
    must "Cidr" cidr: String,
    must "ReservationType" reservation_type: String,
    may "Description" description: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
} }

input! { CreateTags {
    may "DryRun" dry_run: Option<bool>,
    may "Resources" resources: Vec<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { CreateVpc {
    may "CidrBlock" cidr_block: Option<String>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
    may "AmazonProvidedIpv6CidrBlock" amazon_provided_ipv6_cidr_block: Option<bool>,
} }

input! { CreateVpcEndpoint {
    may "DryRun" dry_run: Option<bool>,
    may "VpcEndpointType" vpc_endpoint_type: Option<String>,
    must "VpcId" vpc_id: String,
    may "ServiceName" service_name: Option<String>,
    may "PolicyDocument" policy_document: Option<String>,
    may "RouteTableIds" route_table_ids: Vec<String>,
    may "SubnetIds" subnet_ids: Vec<String>,
    may "SecurityGroupIds" security_group_ids: Vec<String>,
    may "DnsOptions" dns_options: Option<DnsOptionsSpecification>,
    may "ClientToken" client_token: Option<String>,
    may "PrivateDnsEnabled" private_dns_enabled: Option<bool>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
} }

input! { CreateVpcPeeringConnection {
    may "PeerRegion" peer_region: Option<String>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    may "DryRun" dry_run: Option<bool>,
    must "VpcId" vpc_id: String,
    may "PeerVpcId" peer_vpc_id: Option<String>,
    may "PeerOwnerId" peer_owner_id: Option<String>,
} }

input! { DeleteDhcpOptions {
    must "DhcpOptionsId" dhcp_options_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DeleteEgressOnlyInternetGateway {
    may "DryRun" dry_run: Option<bool>,
    must "EgressOnlyInternetGatewayId" egress_only_internet_gateway_id: String,
} }

input! { DeleteFlowLogs {
    may "DryRun" dry_run: Option<bool>,
    may "FlowLogIds" flow_log_ids: Vec<String>,
} }

input! { DeleteInternetGateway {
    may "DryRun" dry_run: Option<bool>,
    must "InternetGatewayId" internet_gateway_id: String,
} }

input! { DeleteManagedPrefixList {
    may "DryRun" dry_run: Option<bool>,
    must "PrefixListId" prefix_list_id: String,
} }

input! { DeleteNatGateway {
    may "DryRun" dry_run: Option<bool>,
    must "NatGatewayId" nat_gateway_id: String,
} }

input! { DeleteNetworkAcl {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkAclId" network_acl_id: String,
} }

input! { DeleteNetworkAclEntry {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkAclId" network_acl_id: String,
    must "RuleNumber" rule_number: i32,
    must "Egress" egress: bool,
} }

input! { DeleteNetworkInsightsAnalysis {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkInsightsAnalysisId" network_insights_analysis_id: String,
} }

input! { DeleteNetworkInsightsPath {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkInsightsPathId" network_insights_path_id: String,
} }

input! { DeleteNetworkInterface {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkInterfaceId" network_interface_id: String,
} }

input! { DeleteRoute {
    may "DestinationPrefixListId" destination_prefix_list_id: Option<String>,
    may "DryRun" dry_run: Option<bool>,
    must "RouteTableId" route_table_id: String,
    may "DestinationCidrBlock" destination_cidr_block: Option<String>,
    may "DestinationIpv6CidrBlock" destination_ipv6_cidr_block: Option<String>,
} }

input! { DeleteRouteTable {
    may "DryRun" dry_run: Option<bool>,
    must "RouteTableId" route_table_id: String,
} }

input! { DeleteSecurityGroup {
    may "GroupId" group_id: Option<String>,
    may "GroupName" group_name: Option<String>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DeleteSubnet {
    must "SubnetId" subnet_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DeleteSubnetCidrReservation {
    must "SubnetCidrReservationId" subnet_cidr_reservation_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DeleteTags {
    may "DryRun" dry_run: Option<bool>,
    may "Resources" resources: Vec<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { DeleteVpc {
    must "VpcId" vpc_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DeleteVpcEndpoints {
    may "DryRun" dry_run: Option<bool>,
    may "VpcEndpointIds" vpc_endpoint_ids: Vec<String>,
} }

input! { DeleteVpcPeeringConnection {
    may "DryRun" dry_run: Option<bool>,
    must "VpcPeeringConnectionId" vpc_peering_connection_id: String,
} }

input! { DescribeAccountAttributes {
    may "DryRun" dry_run: Option<bool>,
    may "AttributeNames" attribute_names: Vec<String>,
} }

input! { DescribeAddresses {
    may "PublicIps" public_ips: Vec<String>,
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
    may "AllocationIds" allocation_ids: Vec<String>,
} }

input! { DescribeAddressesAttribute {
    may "AllocationIds" allocation_ids: Vec<String>,
    may "Attribute" attribute: Option<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DescribeAvailabilityZones {
    may "ZoneNames" zone_names: Vec<String>,
    may "ZoneIds" zone_ids: Vec<String>,
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeDhcpOptions {
    may "DhcpOptionsIds" dhcp_options_ids: Vec<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeEgressOnlyInternetGateways {
    may "DryRun" dry_run: Option<bool>,
    may "EgressOnlyInternetGatewayIds" egress_only_internet_gateway_ids: Vec<String>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeFlowLogs {
    may "DryRun" dry_run: Option<bool>,
    may "Filter" filter: Vec<Filter>,
    may "FlowLogIds" flow_log_ids: Vec<String>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeInternetGateways {
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "InternetGatewayIds" internet_gateway_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeManagedPrefixLists {
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
    may "PrefixListIds" prefix_list_ids: Vec<String>,
} }

input! { DescribeNatGateways {
    may "DryRun" dry_run: Option<bool>,
    may "Filter" filter: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "NatGatewayIds" nat_gateway_ids: Vec<String>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeNetworkAcls {
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "NetworkAclIds" network_acl_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeNetworkInsightsAnalyses {
    may "NetworkInsightsAnalysisIds" network_insights_analysis_ids: Vec<String>,
    may "NetworkInsightsPathId" network_insights_path_id: Option<String>,
    may "AnalysisStartTime" analysis_start_time: Option<i64>,
    may "AnalysisEndTime" analysis_end_time: Option<i64>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeNetworkInsightsPaths {
    may "NetworkInsightsPathIds" network_insights_path_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeNetworkInterfaceAttribute {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkInterfaceId" network_interface_id: String,
    may "Attribute" attribute: Option<String>,
} }

input! { DescribeNetworkInterfaces {
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "NetworkInterfaceIds" network_interface_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribePrefixLists {
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
    may "PrefixListIds" prefix_list_ids: Vec<String>,
} }

input! { DescribeRegions {
    may "RegionNames" region_names: Vec<String>,
    may "AllRegions" all_regions: Option<bool>,
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeRouteTables {
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "RouteTableIds" route_table_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeSecurityGroupReferences {
    may "DryRun" dry_run: Option<bool>,
    may "GroupId" group_id: Vec<String>,
} }

input! { DescribeSecurityGroupRules {
    may "Filters" filters: Vec<Filter>,
    may "SecurityGroupRuleIds" security_group_rule_ids: Vec<String>,
    may "DryRun" dry_run: Option<bool>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { DescribeSecurityGroups {
    may "GroupIds" group_ids: Vec<String>,
    may "GroupNames" group_names: Vec<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeStaleSecurityGroups {
    may "DryRun" dry_run: Option<bool>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
    must "VpcId" vpc_id: String,
} }

input! { DescribeSubnets {
    may "Filters" filters: Vec<Filter>,
    may "SubnetIds" subnet_ids: Vec<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DescribeTags {
    may "DryRun" dry_run: Option<bool>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeVpcAttribute {
    must "Attribute" attribute: String,
    must "VpcId" vpc_id: String,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DescribeVpcClassicLink {} }

input! { DescribeVpcClassicLinkDnsSupport {} }

input! { DescribeVpcEndpointServices {
    may "DryRun" dry_run: Option<bool>,
    may "ServiceNames" service_names: Vec<String>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeVpcEndpoints {
    may "DryRun" dry_run: Option<bool>,
    may "VpcEndpointIds" vpc_endpoint_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { DescribeVpcPeeringConnections {
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
    may "VpcPeeringConnectionIds" vpc_peering_connection_ids: Vec<String>,
    may "Filters" filters: Vec<Filter>,
} }

input! { DescribeVpcs {
    may "Filters" filters: Vec<Filter>,
    may "VpcIds" vpc_ids: Vec<String>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DetachInternetGateway {
    may "DryRun" dry_run: Option<bool>,
    must "InternetGatewayId" internet_gateway_id: String,
    must "VpcId" vpc_id: String,
} }

input! { DisassociateAddress {
    may "AssociationId" association_id: Option<String>,
    may "PublicIp" public_ip: Option<String>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { DisassociateRouteTable {
    may "DryRun" dry_run: Option<bool>,
    must "AssociationId" association_id: String,
} }

input! { DisassociateSubnetCidrBlock {
    must "AssociationId" association_id: String,
} }

input! { DisassociateVpcCidrBlock {
    must "AssociationId" association_id: String,
} }

input! { GetManagedPrefixListAssociations {
    may "DryRun" dry_run: Option<bool>,
    must "PrefixListId" prefix_list_id: String,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetManagedPrefixListEntries {
    may "DryRun" dry_run: Option<bool>,
    must "PrefixListId" prefix_list_id: String,
    may "TargetVersion" target_version: Option<i64>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetSecurityGroupsForVpc {
    must "VpcId" vpc_id: String,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
    may "Filters" filters: Vec<Filter>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { GetSubnetCidrReservations {
    may "Filters" filters: Vec<Filter>,
    must "SubnetId" subnet_id: String,
    may "DryRun" dry_run: Option<bool>,
    may "NextToken" next_token: Option<String>,
    may "MaxResults" max_results: Option<i32>,
} }

input! { ModifyManagedPrefixList {
    may "DryRun" dry_run: Option<bool>,
    must "PrefixListId" prefix_list_id: String,
    may "CurrentVersion" current_version: Option<i64>,
    may "PrefixListName" prefix_list_name: Option<String>,
    may "AddEntries" add_entries: Vec<AddPrefixListEntry>,
    may "RemoveEntries" remove_entries: Vec<RemovePrefixListEntry>,
    may "MaxEntries" max_entries: Option<i32>,
} }

input! { ModifyNetworkInterfaceAttribute {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkInterfaceId" network_interface_id: String,
    may "Description" description: Option<AttributeValue>,
    may "SourceDestCheck" source_dest_check: Option<AttributeBooleanValue>,
    may "Groups" groups: Vec<String>,
} }

input! { ModifySecurityGroupRules {
    must "GroupId" group_id: String,
    may "SecurityGroupRules" security_group_rules: Vec<SecurityGroupRuleUpdate>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { ModifySubnetAttribute {
    may "AssignIpv6AddressOnCreation" assign_ipv6_address_on_creation: Option<AttributeBooleanValue>,
    may "MapPublicIpOnLaunch" map_public_ip_on_launch: Option<AttributeBooleanValue>,
    must "SubnetId" subnet_id: String,
    may "MapCustomerOwnedIpOnLaunch" map_customer_owned_ip_on_launch: Option<AttributeBooleanValue>,
    may "EnableDns64" enable_dns64: Option<AttributeBooleanValue>,
    may "PrivateDnsHostnameTypeOnLaunch" private_dns_hostname_type_on_launch: Option<String>,
    may "EnableResourceNameDnsARecordOnLaunch" enable_resource_name_dns_a_record_on_launch: Option<AttributeBooleanValue>,
    may "EnableResourceNameDnsAAAARecordOnLaunch" enable_resource_name_dns_aaaa_record_on_launch: Option<AttributeBooleanValue>,
} }

input! { ModifyVpcAttribute {
    may "EnableDnsHostnames" enable_dns_hostnames: Option<AttributeBooleanValue>,
    may "EnableDnsSupport" enable_dns_support: Option<AttributeBooleanValue>,
    must "VpcId" vpc_id: String,
    may "EnableNetworkAddressUsageMetrics" enable_network_address_usage_metrics: Option<AttributeBooleanValue>,
} }

input! { ModifyVpcEndpoint {
    may "DryRun" dry_run: Option<bool>,
    must "VpcEndpointId" vpc_endpoint_id: String,
    may "ResetPolicy" reset_policy: Option<bool>,
    may "PolicyDocument" policy_document: Option<String>,
    may "AddRouteTableIds" add_route_table_ids: Vec<String>,
    may "RemoveRouteTableIds" remove_route_table_ids: Vec<String>,
    may "AddSubnetIds" add_subnet_ids: Vec<String>,
    may "RemoveSubnetIds" remove_subnet_ids: Vec<String>,
    may "AddSecurityGroupIds" add_security_group_ids: Vec<String>,
    may "RemoveSecurityGroupIds" remove_security_group_ids: Vec<String>,
    may "DnsOptions" dns_options: Option<DnsOptionsSpecification>,
    may "PrivateDnsEnabled" private_dns_enabled: Option<bool>,
} }

input! { ModifyVpcPeeringConnectionOptions {
    may "AccepterPeeringConnectionOptions" accepter_peering_connection_options: Option<PeeringConnectionOptionsRequest>,
    may "DryRun" dry_run: Option<bool>,
    may "RequesterPeeringConnectionOptions" requester_peering_connection_options: Option<PeeringConnectionOptionsRequest>,
    must "VpcPeeringConnectionId" vpc_peering_connection_id: String,
} }

input! { RejectVpcPeeringConnection {
    may "DryRun" dry_run: Option<bool>,
    must "VpcPeeringConnectionId" vpc_peering_connection_id: String,
} }

input! { ReleaseAddress {
    may "AllocationId" allocation_id: Option<String>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { ReplaceNetworkAclAssociation {
    may "DryRun" dry_run: Option<bool>,
    must "AssociationId" association_id: String,
    must "NetworkAclId" network_acl_id: String,
} }

input! { ReplaceNetworkAclEntry {
    may "DryRun" dry_run: Option<bool>,
    must "NetworkAclId" network_acl_id: String,
    must "RuleNumber" rule_number: i32,
    must "Protocol" protocol: String,
    must "RuleAction" rule_action: String,
    must "Egress" egress: bool,
    may "CidrBlock" cidr_block: Option<String>,
    may "Ipv6CidrBlock" ipv6_cidr_block: Option<String>,
    may "IcmpTypeCode" icmp_type_code: Option<IcmpTypeCode>,
    may "PortRange" port_range: Option<PortRange>,
} }

input! { ReplaceRoute {
    may "DestinationPrefixListId" destination_prefix_list_id: Option<String>,
    may "LocalTarget" local_target: Option<bool>,
    may "DryRun" dry_run: Option<bool>,
    must "RouteTableId" route_table_id: String,
    may "DestinationCidrBlock" destination_cidr_block: Option<String>,
    may "GatewayId" gateway_id: Option<String>,
    may "DestinationIpv6CidrBlock" destination_ipv6_cidr_block: Option<String>,
    may "EgressOnlyInternetGatewayId" egress_only_internet_gateway_id: Option<String>,
    may "NetworkInterfaceId" network_interface_id: Option<String>,
    may "VpcPeeringConnectionId" vpc_peering_connection_id: Option<String>,
    may "NatGatewayId" nat_gateway_id: Option<String>,
} }

input! { ReplaceRouteTableAssociation {
    may "DryRun" dry_run: Option<bool>,
    must "AssociationId" association_id: String,
    must "RouteTableId" route_table_id: String,
} }

input! { RestoreManagedPrefixListVersion {
    may "DryRun" dry_run: Option<bool>,
    must "PrefixListId" prefix_list_id: String,
    must "PreviousVersion" previous_version: i64,
    must "CurrentVersion" current_version: i64,
} }

input! { RevokeSecurityGroupEgress {
    may "SecurityGroupRuleIds" security_group_rule_ids: Vec<String>,
    may "DryRun" dry_run: Option<bool>,
    must "GroupId" group_id: String,
    may "IpProtocol" ip_protocol: Option<String>,
    may "FromPort" from_port: Option<i32>,
    may "ToPort" to_port: Option<i32>,
    may "CidrIp" cidr_ip: Option<String>,
    may "IpPermissions" ip_permissions: Vec<IpPermission>,
} }

input! { RevokeSecurityGroupIngress {
    may "CidrIp" cidr_ip: Option<String>,
    may "FromPort" from_port: Option<i32>,
    may "GroupId" group_id: Option<String>,
    may "GroupName" group_name: Option<String>,
    may "IpPermissions" ip_permissions: Vec<IpPermission>,
    may "IpProtocol" ip_protocol: Option<String>,
    may "ToPort" to_port: Option<i32>,
    may "SecurityGroupRuleIds" security_group_rule_ids: Vec<String>,
    may "DryRun" dry_run: Option<bool>,
} }

input! { StartNetworkInsightsAnalysis {
    must "NetworkInsightsPathId" network_insights_path_id: String,
    may "DryRun" dry_run: Option<bool>,
    may "TagSpecifications" tag_specifications: Vec<TagSpecification>,
    must "ClientToken" client_token: String,
} }

input! { UnassignIpv6Addresses {
    must "NetworkInterfaceId" network_interface_id: String,
    may "Ipv6Addresses" ipv6_addresses: Vec<String>,
} }

input! { UnassignPrivateIpAddresses {
    must "NetworkInterfaceId" network_interface_id: String,
    may "PrivateIpAddresses" private_ip_addresses: Vec<String>,
} }

input! { UpdateSecurityGroupRuleDescriptionsEgress {
    may "DryRun" dry_run: Option<bool>,
    may "GroupId" group_id: Option<String>,
    may "GroupName" group_name: Option<String>,
    may "IpPermissions" ip_permissions: Vec<IpPermission>,
    may "SecurityGroupRuleDescriptions" security_group_rule_descriptions: Vec<SecurityGroupRuleDescription>,
} }

input! { UpdateSecurityGroupRuleDescriptionsIngress {
    may "DryRun" dry_run: Option<bool>,
    may "GroupId" group_id: Option<String>,
    may "GroupName" group_name: Option<String>,
    may "IpPermissions" ip_permissions: Vec<IpPermission>,
    may "SecurityGroupRuleDescriptions" security_group_rule_descriptions: Vec<SecurityGroupRuleDescription>,
} }

input! { AddPrefixListEntry {
    must "Cidr" cidr: String,
    may "Description" description: Option<String>,
} }

input! { AttributeBooleanValue {
    may "Value" value: Option<bool>,
} }

input! { AttributeValue {
    may "Value" value: Option<String>,
} }

input! { DestinationOptionsRequest {
    may "FileFormat" file_format: Option<String>,
    may "HiveCompatiblePartitions" hive_compatible_partitions: Option<bool>,
    may "PerHourPartition" per_hour_partition: Option<bool>,
} }

input! { DnsOptionsSpecification {
    may "PrivateDnsOnlyForInboundResolverEndpoint" private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
} }

input! { Filter {
    may "Name" name: Option<String>,
    may "Values" values: Vec<String>,
} }

input! { IcmpTypeCode {
    may "Code" code: Option<i32>,
    may "Type" r#type: Option<i32>,
} }

input! { InstanceIpv6Address {
    may "Ipv6Address" ipv6_address: Option<String>,
} }

input! { IpPermission {
    may "IpProtocol" ip_protocol: Option<String>,
    may "FromPort" from_port: Option<i32>,
    may "ToPort" to_port: Option<i32>,
    may "UserIdGroupPairs" user_id_group_pairs: Vec<UserIdGroupPair>,
    may "IpRanges" ip_ranges: Vec<IpRange>,
    may "Ipv6Ranges" ipv6_ranges: Vec<Ipv6Range>,
    may "PrefixListIds" prefix_list_ids: Vec<PrefixListId>,
} }

input! { IpRange {
    may "Description" description: Option<String>,
    may "CidrIp" cidr_ip: Option<String>,
} }

input! { Ipv6Range {
    may "Description" description: Option<String>,
    may "CidrIpv6" cidr_ipv6: Option<String>,
} }

input! { NewDhcpConfiguration {
    may "Key" key: Option<String>,
    may "Values" values: Vec<String>,
} }

input! { PathRequestFilter {
    may "SourceAddress" source_address: Option<String>,
    may "DestinationAddress" destination_address: Option<String>,
    may "DestinationPortRange" destination_port_range: Option<RequestFilterPortRange>,
} }

input! { PeeringConnectionOptionsRequest {
    may "AllowDnsResolutionFromRemoteVpc" allow_dns_resolution_from_remote_vpc: Option<bool>,
} }

input! { PortRange {
    may "From" from: Option<i32>,
    may "To" to: Option<i32>,
} }

input! { PrefixListId {
    may "Description" description: Option<String>,
    may "PrefixListId" prefix_list_id: Option<String>,
} }

input! { PrivateIpAddressSpecification {
    may "Primary" primary: Option<bool>,
    may "PrivateIpAddress" private_ip_address: Option<String>,
} }

input! { RemovePrefixListEntry {
    must "Cidr" cidr: String,
} }

input! { RequestFilterPortRange {
    may "FromPort" from_port: Option<i32>,
    may "ToPort" to_port: Option<i32>,
} }

input! { SecurityGroupRuleDescription {
    may "SecurityGroupRuleId" security_group_rule_id: Option<String>,
    may "Description" description: Option<String>,
} }

input! { SecurityGroupRuleUpdate {
    must "SecurityGroupRuleId" security_group_rule_id: String,
    may "SecurityGroupRule" security_group_rule: Option<SecurityGroupRuleRequest>,
} }

input! { SecurityGroupRuleRequest {
    may "IpProtocol" ip_protocol: Option<String>,
    may "FromPort" from_port: Option<i32>,
    may "ToPort" to_port: Option<i32>,
    may "CidrIpv4" cidr_ipv4: Option<String>,
    may "CidrIpv6" cidr_ipv6: Option<String>,
    may "PrefixListId" prefix_list_id: Option<String>,
    may "ReferencedGroupId" referenced_group_id: Option<String>,
    may "Description" description: Option<String>,
} }

input! { Tag {
    may "Key" key: Option<String>,
    may "Value" value: Option<String>,
} }

input! { TagSpecification {
    may "ResourceType" resource_type: Option<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { UserIdGroupPair {
    may "Description" description: Option<String>,
    may "UserId" user_id: Option<String>,
    may "GroupId" group_id: Option<String>,
    may "VpcId" vpc_id: Option<String>,
    may "VpcPeeringConnectionId" vpc_peering_connection_id: Option<String>,
} }
