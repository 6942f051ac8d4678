//! ec2's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AcceptVpcPeeringConnection`.
    AcceptVpcPeeringConnection,
    /// `AllocateAddress`.
    AllocateAddress,
    /// `AssociateAddress`.
    AssociateAddress,
    /// `AssociateRouteTable`.
    AssociateRouteTable,
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
    /// `CreateInternetGateway`.
    CreateInternetGateway,
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
    /// `CreateTags`.
    CreateTags,
    /// `CreateVpc`.
    CreateVpc,
    /// `CreateVpcPeeringConnection`.
    CreateVpcPeeringConnection,
    /// `DeleteInternetGateway`.
    DeleteInternetGateway,
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
    /// `DeleteTags`.
    DeleteTags,
    /// `DeleteVpc`.
    DeleteVpc,
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
    /// `DescribeInternetGateways`.
    DescribeInternetGateways,
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
    /// `GetSecurityGroupsForVpc`.
    GetSecurityGroupsForVpc,
    /// `ModifyNetworkInterfaceAttribute`.
    ModifyNetworkInterfaceAttribute,
    /// `ModifySecurityGroupRules`.
    ModifySecurityGroupRules,
    /// `ModifySubnetAttribute`.
    ModifySubnetAttribute,
    /// `ModifyVpcAttribute`.
    ModifyVpcAttribute,
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
    /// `RevokeSecurityGroupEgress`.
    RevokeSecurityGroupEgress,
    /// `RevokeSecurityGroupIngress`.
    RevokeSecurityGroupIngress,
    /// `StartNetworkInsightsAnalysis`.
    StartNetworkInsightsAnalysis,
    /// `UpdateSecurityGroupRuleDescriptionsEgress`.
    UpdateSecurityGroupRuleDescriptionsEgress,
    /// `UpdateSecurityGroupRuleDescriptionsIngress`.
    UpdateSecurityGroupRuleDescriptionsIngress,
}
