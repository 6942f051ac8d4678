//! ec2's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AssociateRouteTable`.
    AssociateRouteTable,
    /// `AuthorizeSecurityGroupEgress`.
    AuthorizeSecurityGroupEgress,
    /// `AuthorizeSecurityGroupIngress`.
    AuthorizeSecurityGroupIngress,
    /// `CreateNetworkAcl`.
    CreateNetworkAcl,
    /// `CreateNetworkAclEntry`.
    CreateNetworkAclEntry,
    /// `CreateNetworkInterface`.
    CreateNetworkInterface,
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
    /// `DeleteNetworkAcl`.
    DeleteNetworkAcl,
    /// `DeleteNetworkAclEntry`.
    DeleteNetworkAclEntry,
    /// `DeleteNetworkInterface`.
    DeleteNetworkInterface,
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
    /// `DescribeAccountAttributes`.
    DescribeAccountAttributes,
    /// `DescribeAvailabilityZones`.
    DescribeAvailabilityZones,
    /// `DescribeInternetGateways`.
    DescribeInternetGateways,
    /// `DescribeNetworkAcls`.
    DescribeNetworkAcls,
    /// `DescribeNetworkInterfaceAttribute`.
    DescribeNetworkInterfaceAttribute,
    /// `DescribeNetworkInterfaces`.
    DescribeNetworkInterfaces,
    /// `DescribeRegions`.
    DescribeRegions,
    /// `DescribeRouteTables`.
    DescribeRouteTables,
    /// `DescribeSecurityGroupRules`.
    DescribeSecurityGroupRules,
    /// `DescribeSecurityGroups`.
    DescribeSecurityGroups,
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
    /// `DescribeVpcs`.
    DescribeVpcs,
    /// `DisassociateRouteTable`.
    DisassociateRouteTable,
    /// `ModifyNetworkInterfaceAttribute`.
    ModifyNetworkInterfaceAttribute,
    /// `ModifySecurityGroupRules`.
    ModifySecurityGroupRules,
    /// `ModifySubnetAttribute`.
    ModifySubnetAttribute,
    /// `ModifyVpcAttribute`.
    ModifyVpcAttribute,
    /// `ReplaceNetworkAclAssociation`.
    ReplaceNetworkAclAssociation,
    /// `ReplaceNetworkAclEntry`.
    ReplaceNetworkAclEntry,
    /// `ReplaceRouteTableAssociation`.
    ReplaceRouteTableAssociation,
    /// `RevokeSecurityGroupEgress`.
    RevokeSecurityGroupEgress,
    /// `RevokeSecurityGroupIngress`.
    RevokeSecurityGroupIngress,
    /// `UpdateSecurityGroupRuleDescriptionsEgress`.
    UpdateSecurityGroupRuleDescriptionsEgress,
    /// `UpdateSecurityGroupRuleDescriptionsIngress`.
    UpdateSecurityGroupRuleDescriptionsIngress,
}
