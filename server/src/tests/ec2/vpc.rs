//! VPCs and subnets: blocks, attributes, zones.

use super::{check, refuses};
use crate::tests::harness::Server;

#[tokio::test]
async fn blocks_that_no_interface_can_have_are_refused() {
    let server = Server::start();
    for block in [
        "0.0.0.0/16",
        "127.0.0.0/16",
        "127.255.0.0/24",
        "169.254.0.0/16",
        "169.254.2.0/24",
        "224.0.0.0/16",
        "239.1.0.0/16",
        "255.255.0.0/16",
        "10.0.0.0/15",
        "10.0.0.0/29",
        "0.0.0.0/0",
    ] {
        let answered = server.ec2(&format!("Action=CreateVpc&CidrBlock={block}")).await;
        let expected = format!(
            "<Code>InvalidVpc.Range</Code><Message>The CIDR '{block}' is invalid.</Message>"
        );
        let text = answered.text.replace("&apos;", "'");
        assert!(answered.status == 400 && text.contains(&expected), "{block}: {text}");
    }
    for block in ["100.64.0.0/16", "198.18.0.0/16", "8.8.0.0/16"] {
        let answered = server.ec2(&format!("Action=CreateVpc&CidrBlock={block}")).await;
        assert_eq!(answered.status, 200, "{}", answered.text);
    }
}

#[tokio::test]
async fn attributes_of_vpcs() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let names = [("vpc", vpc.as_str())];
    let metrics =
        "Action=DescribeVpcAttribute&VpcId={vpc}&Attribute=enableNetworkAddressUsageMetrics";
    check(
        &server,
        &names,
        &[
            (metrics, 200, "<value>false</value>"),
            (
                "Action=ModifyVpcAttribute&VpcId={vpc}&EnableNetworkAddressUsageMetrics.Value=true",
                200,
                "true",
            ),
            (metrics, 200, "<value>true</value>"),
            ("Action=ModifyVpcAttribute&VpcId={vpc}&EnableDnsHostnames.Value=true", 200, "true"),
            (metrics, 200, "<value>true</value>"),
            ("Action=ModifyVpcAttribute&VpcId={vpc}", 400, "<Code>MissingParameter<"),
            (
                "Action=ModifyVpcAttribute&VpcId={vpc}&EnableDnsSupport.Value=true\
                 &EnableNetworkAddressUsageMetrics.Value=true",
                400,
                "<Code>InvalidParameterCombination<",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn zones_of_subnets() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let names = [("vpc", vpc.as_str()), ("new", "Action=CreateSubnet&VpcId={vpc}")];
    let [vpc, (_, new)] = names;
    let new = new.replace("{vpc}", vpc.1);
    let names = [vpc, ("new", new.as_str())];
    check(
        &server,
        &names,
        &[
            // Terraform's provider sends an empty one beside the other.
            (
                "{new}&CidrBlock=10.0.0.0/24&AvailabilityZone=us-east-1b&AvailabilityZoneId=",
                200,
                "<availabilityZoneId>use1-az2<",
            ),
            (
                "{new}&CidrBlock=10.0.1.0/24&AvailabilityZone=&AvailabilityZoneId=use1-az3",
                200,
                "<availabilityZone>us-east-1c<",
            ),
            ("{new}&CidrBlock=10.0.2.0/24", 200, "<availabilityZone>us-east-1a<"),
        ],
    )
    .await;
    refuses(
        &server,
        &names,
        &[
            (
                "{new}&CidrBlock=10.0.3.0/24&AvailabilityZone=us-east-1a&AvailabilityZoneId=use1-az1",
                "InvalidParameterCombination",
                "The parameter availabilityZone cannot be used with the parameter availabilityZoneId",
            ),
            (
                "{new}&CidrBlock=10.0.3.0/24&AvailabilityZone=us-east-1z",
                "InvalidParameterValue",
                "Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be \
                 created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, \
                 us-east-1e, us-east-1f.",
            ),
            (
                "{new}&CidrBlock=10.0.3.0/24&AvailabilityZoneId=use1-az9",
                "InvalidParameterValue",
                "Value (use1-az9) for parameter availabilityZoneId is invalid. Subnets can currently only be \
                 created in the following availability zones: use1-az1, use1-az2, use1-az3, use1-az4, use1-az5, \
                 use1-az6.",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn attributes_of_subnets() {
    let server = Server::start();
    let subnet = server.ec2_element("Action=DescribeSubnets", "subnetId").await;
    let modify = format!("Action=ModifySubnetAttribute&SubnetId={subnet}");
    let names = [("modify", modify.as_str()), ("subnet", &subnet)];
    check(
        &server,
        &names,
        &[
            ("{modify}&MapPublicIpOnLaunch.Value=false", 200, "true"),
            ("{modify}&AssignIpv6AddressOnCreation.Value=false", 200, "true"),
            ("{modify}&PrivateDnsHostnameTypeOnLaunch=ip-name", 200, "true"),
            ("Action=DescribeSubnets&SubnetId.1={subnet}", 200, "<mapPublicIpOnLaunch>false<"),
            ("{modify}", 400, "<Code>MissingParameter<"),
            (
                "{modify}&MapPublicIpOnLaunch.Value=true&EnableDns64.Value=false",
                400,
                "<Code>InvalidParameterCombination<",
            ),
        ],
    )
    .await;
    refuses(
        &server,
        &names,
        &[
            (
                "{modify}&EnableDns64.Value=true",
                "UnsupportedOperation",
                "Warren does not support the parameter EnableDns64 of ModifySubnetAttribute, except as false.",
            ),
            (
                "{modify}&PrivateDnsHostnameTypeOnLaunch=resource-name",
                "UnsupportedOperation",
                "Warren does not support the parameter PrivateDnsHostnameTypeOnLaunch of ModifySubnetAttribute, \
                 except as ip-name.",
            ),
            (
                "Action=DescribeVpcClassicLink&VpcId.1=vpc-1",
                "UnsupportedOperation",
                "The functionality you requested is not available in this region.",
            ),
            (
                "Action=DescribeVpcClassicLinkDnsSupport",
                "UnsupportedOperation",
                "The functionality you requested is not available in this region.",
            ),
        ],
    )
    .await;
}
