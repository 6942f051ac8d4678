//! ec2's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AcceptVpcPeeringConnection`.
    AcceptVpcPeeringConnection,
    /// `AllocateAddress`.
    AllocateAddress,
    /// `AssignIpv6Addresses`.
    AssignIpv6Addresses,
    /// `AssignPrivateIpAddresses`.
    AssignPrivateIpAddresses,
    /// `AssociateAddress`.
    AssociateAddress,
    /// `AssociateDhcpOptions`.
    AssociateDhcpOptions,
    /// `AssociateRouteTable`.
    AssociateRouteTable,
    /// `AssociateSubnetCidrBlock`.
    AssociateSubnetCidrBlock,
    /// `AssociateVpcCidrBlock`.
    AssociateVpcCidrBlock,
    /// `AttachInternetGateway`.
    AttachInternetGateway,
    /// `AuthorizeSecurityGroupEgress`.
    AuthorizeSecurityGroupEgress,
    /// `AuthorizeSecurityGroupIngress`.
    AuthorizeSecurityGroupIngress,
    /// `CreateDefaultSubnet`.
    CreateDefaultSubnet,
    /// `CreateDefaultVpc`.
    CreateDefaultVpc,
    /// `CreateDhcpOptions`.
    CreateDhcpOptions,
    /// `CreateEgressOnlyInternetGateway`.
    CreateEgressOnlyInternetGateway,
    /// `CreateFlowLogs`.
    CreateFlowLogs,
    /// `CreateInternetGateway`.
    CreateInternetGateway,
    /// `CreateManagedPrefixList`.
    CreateManagedPrefixList,
    /// `CreateNatGateway`.
    CreateNatGateway,
    /// `CreateNetworkAcl`.
    CreateNetworkAcl,
    /// `CreateNetworkAclEntry`.
    CreateNetworkAclEntry,
    /// `CreateNetworkInsightsPath`.
    CreateNetworkInsightsPath,
    /// `CreateNetworkInterface`.
    CreateNetworkInterface,
    /// `CreateRoute`.
    CreateRoute,
    /// `CreateRouteTable`.
    CreateRouteTable,
    /// `CreateSecurityGroup`.
    CreateSecurityGroup,
    /// `CreateSubnet`.
    CreateSubnet,
    /// `CreateSubnetCidrReservation`.
    CreateSubnetCidrReservation,
    /// `CreateTags`.
    CreateTags,
    /// `CreateVpc`.
    CreateVpc,
    /// `CreateVpcEndpoint`.
    CreateVpcEndpoint,
    /// `CreateVpcPeeringConnection`.
    CreateVpcPeeringConnection,
    /// `DeleteDhcpOptions`.
    DeleteDhcpOptions,
    /// `DeleteEgressOnlyInternetGateway`.
    DeleteEgressOnlyInternetGateway,
    /// `DeleteFlowLogs`.
    DeleteFlowLogs,
    /// `DeleteInternetGateway`.
    DeleteInternetGateway,
    /// `DeleteManagedPrefixList`.
    DeleteManagedPrefixList,
    /// `DeleteNatGateway`.
    DeleteNatGateway,
    /// `DeleteNetworkAcl`.
    DeleteNetworkAcl,
    /// `DeleteNetworkAclEntry`.
    DeleteNetworkAclEntry,
    /// `DeleteNetworkInsightsAnalysis`.
    DeleteNetworkInsightsAnalysis,
    /// `DeleteNetworkInsightsPath`.
    DeleteNetworkInsightsPath,
    /// `DeleteNetworkInterface`.
    DeleteNetworkInterface,
    /// `DeleteRoute`.
    DeleteRoute,
    /// `DeleteRouteTable`.
    DeleteRouteTable,
    /// `DeleteSecurityGroup`.
    DeleteSecurityGroup,
    /// `DeleteSubnet`.
    DeleteSubnet,
    /// `DeleteSubnetCidrReservation`.
    DeleteSubnetCidrReservation,
    /// `DeleteTags`.
    DeleteTags,
    /// `DeleteVpc`.
    DeleteVpc,
    /// `DeleteVpcEndpoints`.
    DeleteVpcEndpoints,
    /// `DeleteVpcPeeringConnection`.
    DeleteVpcPeeringConnection,
    /// `DescribeAccountAttributes`.
    DescribeAccountAttributes,
    /// `DescribeAddresses`.
    DescribeAddresses,
    /// `DescribeAddressesAttribute`.
    DescribeAddressesAttribute,
    /// `DescribeAvailabilityZones`.
    DescribeAvailabilityZones,
    /// `DescribeDhcpOptions`.
    DescribeDhcpOptions,
    /// `DescribeEgressOnlyInternetGateways`.
    DescribeEgressOnlyInternetGateways,
    /// `DescribeFlowLogs`.
    DescribeFlowLogs,
    /// `DescribeInternetGateways`.
    DescribeInternetGateways,
    /// `DescribeManagedPrefixLists`.
    DescribeManagedPrefixLists,
    /// `DescribeNatGateways`.
    DescribeNatGateways,
    /// `DescribeNetworkAcls`.
    DescribeNetworkAcls,
    /// `DescribeNetworkInsightsAnalyses`.
    DescribeNetworkInsightsAnalyses,
    /// `DescribeNetworkInsightsPaths`.
    DescribeNetworkInsightsPaths,
    /// `DescribeNetworkInterfaceAttribute`.
    DescribeNetworkInterfaceAttribute,
    /// `DescribeNetworkInterfaces`.
    DescribeNetworkInterfaces,
    /// `DescribePrefixLists`.
    DescribePrefixLists,
    /// `DescribeRegions`.
    DescribeRegions,
    /// `DescribeRouteTables`.
    DescribeRouteTables,
    /// `DescribeSecurityGroupReferences`.
    DescribeSecurityGroupReferences,
    /// `DescribeSecurityGroupRules`.
    DescribeSecurityGroupRules,
    /// `DescribeSecurityGroups`.
    DescribeSecurityGroups,
    /// `DescribeStaleSecurityGroups`.
    DescribeStaleSecurityGroups,
    /// `DescribeSubnets`.
    DescribeSubnets,
    /// `DescribeTags`.
    DescribeTags,
    /// `DescribeVpcAttribute`.
    DescribeVpcAttribute,
    /// `DescribeVpcClassicLink`.
    DescribeVpcClassicLink,
    /// `DescribeVpcClassicLinkDnsSupport`.
    DescribeVpcClassicLinkDnsSupport,
    /// `DescribeVpcEndpointServices`.
    DescribeVpcEndpointServices,
    /// `DescribeVpcEndpoints`.
    DescribeVpcEndpoints,
    /// `DescribeVpcPeeringConnections`.
    DescribeVpcPeeringConnections,
    /// `DescribeVpcs`.
    DescribeVpcs,
    /// `DetachInternetGateway`.
    DetachInternetGateway,
    /// `DisassociateAddress`.
    DisassociateAddress,
    /// `DisassociateRouteTable`.
    DisassociateRouteTable,
    /// `DisassociateSubnetCidrBlock`.
    DisassociateSubnetCidrBlock,
    /// `DisassociateVpcCidrBlock`.
    DisassociateVpcCidrBlock,
    /// `GetManagedPrefixListAssociations`.
    GetManagedPrefixListAssociations,
    /// `GetManagedPrefixListEntries`.
    GetManagedPrefixListEntries,
    /// `GetSecurityGroupsForVpc`.
    GetSecurityGroupsForVpc,
    /// `GetSubnetCidrReservations`.
    GetSubnetCidrReservations,
    /// `ModifyManagedPrefixList`.
    ModifyManagedPrefixList,
    /// `ModifyNetworkInterfaceAttribute`.
    ModifyNetworkInterfaceAttribute,
    /// `ModifySecurityGroupRules`.
    ModifySecurityGroupRules,
    /// `ModifySubnetAttribute`.
    ModifySubnetAttribute,
    /// `ModifyVpcAttribute`.
    ModifyVpcAttribute,
    /// `ModifyVpcEndpoint`.
    ModifyVpcEndpoint,
    /// `ModifyVpcPeeringConnectionOptions`.
    ModifyVpcPeeringConnectionOptions,
    /// `RejectVpcPeeringConnection`.
    RejectVpcPeeringConnection,
    /// `ReleaseAddress`.
    ReleaseAddress,
    /// `ReplaceNetworkAclAssociation`.
    ReplaceNetworkAclAssociation,
    /// `ReplaceNetworkAclEntry`.
    ReplaceNetworkAclEntry,
    /// `ReplaceRoute`.
    ReplaceRoute,
    /// `ReplaceRouteTableAssociation`.
    ReplaceRouteTableAssociation,
    /// `RestoreManagedPrefixListVersion`.
    RestoreManagedPrefixListVersion,
    /// `RevokeSecurityGroupEgress`.
    RevokeSecurityGroupEgress,
    /// `RevokeSecurityGroupIngress`.
    RevokeSecurityGroupIngress,
    /// `StartNetworkInsightsAnalysis`.
    StartNetworkInsightsAnalysis,
    /// `UnassignIpv6Addresses`.
    UnassignIpv6Addresses,
    /// `UnassignPrivateIpAddresses`.
    UnassignPrivateIpAddresses,
    /// `UpdateSecurityGroupRuleDescriptionsEgress`.
    UpdateSecurityGroupRuleDescriptionsEgress,
    /// `UpdateSecurityGroupRuleDescriptionsIngress`.
    UpdateSecurityGroupRuleDescriptionsIngress,
}
