//! IPv6 blocks and addresses, by their requests and answers.

use super::{check, refuses};
use crate::tests::harness::Server;

/// A VPC with an IPv6 block, with a subnet of it and an ENI in that: their names with what they are.
async fn made(server: &Server) -> Vec<(&'static str, String)> {
    let answered =
        server.ec2("Action=CreateVpc&CidrBlock=10.0.0.0/16&AmazonProvidedIpv6CidrBlock=true").await;
    let expected = "<ipv6CidrBlock></ipv6CidrBlock><ipv6CidrBlockState><state>associating</state>";
    let text = answered.text.replace("<ipv6CidrBlock/>", "<ipv6CidrBlock></ipv6CidrBlock>");
    assert!(text.contains(expected), "{text}");
    let vpc =
        text.split_once("<vpcId>").and_then(|(_, rest)| rest.split_once('<')).expect("an id").0;
    let describe = format!("Action=DescribeVpcs&VpcId.1={vpc}");
    let block = server.ec2_element(&describe, "ipv6CidrBlock").await;
    let base = block.strip_suffix("00::/56").expect("a /56 of the installation's").to_owned();
    let subnet = format!(
        "Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24&Ipv6CidrBlock={base}01::/64"
    );
    let subnet = server.ec2_element(&subnet, "subnetId").await;
    let eni = format!("Action=CreateNetworkInterface&SubnetId={subnet}&Ipv6AddressCount=1");
    let eni = server.ec2_element(&eni, "networkInterfaceId").await;
    let association = format!("Action=DescribeSubnets&SubnetId.1={subnet}");
    let association = server.ec2_element(&association, "associationId").await;
    Vec::from([
        ("vpc", vpc.to_owned()),
        ("block", block),
        ("base", base),
        ("subnet", subnet),
        ("eni", eni),
        ("association", association),
    ])
}

#[tokio::test]
async fn blocks_and_addresses_are_told_and_change() {
    let server = Server::start();
    let made = made(&server).await;
    let names: Vec<_> = made.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let assign = "Action=AssignIpv6Addresses&NetworkInterfaceId={eni}";
    check(
        &server,
        &names,
        &[
            ("Action=DescribeVpcs&VpcId.1={vpc}", 200, "<state>associated</state>"),
            ("Action=DescribeVpcs&VpcId.1={vpc}", 200, "<ipv6Pool>Amazon</ipv6Pool>"),
            (
                "Action=DescribeVpcs&Filter.1.Name=ipv6-cidr-block-association.ipv6-cidr-block&Filter.1.Value.1={block}",
                200,
                "<vpcId>{vpc}</vpcId>",
            ),
            ("Action=DescribeSubnets&SubnetId.1={subnet}", 200, "<ipv6CidrBlock>{base}01::/64<"),
            (
                "Action=ModifySubnetAttribute&SubnetId={subnet}&AssignIpv6AddressOnCreation.Value=true",
                200,
                "true",
            ),
            (
                "Action=DescribeSubnets&SubnetId.1={subnet}",
                200,
                "<assignIpv6AddressOnCreation>true<",
            ),
            (
                "Action=AssignIpv6Addresses&NetworkInterfaceId={eni}&Ipv6Addresses.1={base}01::99",
                200,
                "<assignedIpv6Addresses><item>{base}01::99</item>",
            ),
            (
                "Action=DescribeNetworkInterfaces&Filter.1.Name=ipv6-addresses.ipv6-address&Filter.1.Value.1={base}01::99",
                200,
                "<networkInterfaceId>{eni}<",
            ),
            (
                "Action=UnassignIpv6Addresses&NetworkInterfaceId={eni}&Ipv6Addresses.1={base}01::99",
                200,
                "<unassignedIpv6Addresses><item>{base}01::99</item>",
            ),
            (
                "Action=DescribeRouteTables&Filter.1.Name=route.destination-ipv6-cidr-block&Filter.1.Value.1={block}",
                200,
                "<destinationIpv6CidrBlock>{block}</destinationIpv6CidrBlock><gatewayId>local<",
            ),
            (assign, 400, "<Code>MissingParameter<"),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let server = Server::start();
    let made = made(&server).await;
    let names: Vec<_> = made.iter().map(|(name, text)| (*name, text.as_str())).collect();
    refuses(
        &server,
        &names,
        &[
            (
                "Action=DisassociateSubnetCidrBlock&AssociationId={association}",
                "DependencyViolation",
                "The CIDR '{base}01::/64' has dependencies and cannot be disassociated.",
            ),
            (
                "Action=DisassociateSubnetCidrBlock&AssociationId=subnet-cidr-assoc-1",
                "InvalidSubnetCidrBlockAssociationID.NotFound",
                "The subnet CIDR block with association ID 'subnet-cidr-assoc-1' does not exist",
            ),
            (
                "Action=DisassociateVpcCidrBlock&AssociationId=vpc-cidr-assoc-1",
                "InvalidVpcCidrBlockAssociationID.NotFound",
                "The vpc CIDR block association ID 'vpc-cidr-assoc-1' does not exist",
            ),
            (
                "Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.2.0/24&Ipv6CidrBlock=2001:db8::/64",
                "InvalidSubnet.Range",
                "The CIDR '2001:db8::/64' is invalid.",
            ),
            (
                "Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.2.0/24&Ipv6CidrBlock={base}01::/64",
                "InvalidSubnet.Conflict",
                "The CIDR '{base}01::/64' conflicts with another subnet",
            ),
            (
                "Action=AssignIpv6Addresses&NetworkInterfaceId={eni}&Ipv6Addresses.1=2001:db8::1",
                "InvalidParameterValue",
                "Address does not fall within the subnet's address range",
            ),
            (
                "Action=UnassignIpv6Addresses&NetworkInterfaceId={eni}&Ipv6Addresses.1=2001:db8::1",
                "InvalidParameterValue",
                "Some of [2001:db8::1] are not assigned to interface {eni}",
            ),
        ],
    )
    .await;
}
