//! Secondary private addresses of ENIs, as they are asked for and shown.

use super::{check, refuses};
use crate::tests::harness::Server;

/// A subnet, and an ENI of it with a secondary address beside the primary one.
async fn begin(server: &Server) -> (String, String) {
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
    let subnet = server.ec2_element(&query, "subnetId").await;
    let query = format!(
        "Action=CreateNetworkInterface&SubnetId={subnet}\
         &PrivateIpAddresses.1.PrivateIpAddress=10.0.1.20&PrivateIpAddresses.1.Primary=true\
         &PrivateIpAddresses.2.PrivateIpAddress=10.0.1.21&PrivateIpAddresses.2.Primary=false"
    );
    let eni = server.ec2_element(&query, "networkInterfaceId").await;
    (subnet, eni)
}

#[tokio::test]
async fn addresses_are_assigned_shown_and_unassigned() {
    let server = Server::start();
    let (subnet, eni) = &begin(&server).await;
    let names = [("subnet", subnet.as_str()), ("eni", eni)];
    let show = "Action=DescribeNetworkInterfaces&NetworkInterfaceId.1={eni}";
    let assign = "Action=AssignPrivateIpAddresses&NetworkInterfaceId={eni}";
    let named = format!("{assign}&PrivateIpAddress.1=10.0.1.30&PrivateIpAddress.2=10.0.1.31");
    let counted = format!("{assign}&SecondaryPrivateIpAddressCount=2");
    let unassign = "Action=UnassignPrivateIpAddresses&NetworkInterfaceId={eni}\
                    &PrivateIpAddress.1=10.0.1.21&PrivateIpAddress.2=10.0.1.30";
    let by = "Action=DescribeNetworkInterfaces&Filter.1.Name=addresses.private-ip-address\
              &Filter.1.Value.1=10.0.1.31&Filter.2.Name=addresses.primary&Filter.2.Value.1=false";
    let subnets = "Action=DescribeSubnets&SubnetId.1={subnet}";
    check(
        &server,
        &names,
        &[
            (show, 200, "<primary>true</primary><privateIpAddress>10.0.1.20</privateIpAddress>"),
            (show, 200, "<primary>false</primary><privateIpAddress>10.0.1.21</privateIpAddress>"),
            (
                named.leak(),
                200,
                "<networkInterfaceId>{eni}</networkInterfaceId><assignedPrivateIpAddressesSet>\
                 <item><privateIpAddress>10.0.1.30</privateIpAddress></item>\
                 <item><privateIpAddress>10.0.1.31</privateIpAddress></item>\
                 </assignedPrivateIpAddressesSet><assignedIpv4PrefixSet/>",
            ),
            (counted.leak(), 200, "<item><privateIpAddress>10.0.1.4</privateIpAddress></item>"),
            (by, 200, "<networkInterfaceId>{eni}</networkInterfaceId>"),
            (subnets, 200, "<availableIpAddressCount>245</availableIpAddressCount>"),
            (unassign, 200, "<return>true</return>"),
            (subnets, 200, "<availableIpAddressCount>247</availableIpAddressCount>"),
        ],
    )
    .await;
    let shown = server.ec2(&format!("{}{eni}", show.trim_end_matches("{eni}"))).await;
    assert!(!shown.text.contains(">10.0.1.21<"), "{}", shown.text);
}

/// What is so while nothing but the addresses of [`two`] is held.
const AS_BEFORE: (&str, u16, &str) = (
    "Action=DescribeSubnets&SubnetId.1={subnet}",
    200,
    "<availableIpAddressCount>248</availableIpAddressCount>",
);

/// A subnet, and two interfaces of it: that of [`begin`], and one that has no secondary address.
async fn two(server: &Server) -> (String, String, String) {
    let (subnet, eni) = begin(server).await;
    let query = format!("Action=CreateNetworkInterface&SubnetId={subnet}");
    let other = server.ec2_element(&query, "networkInterfaceId").await;
    (subnet, eni, other)
}

#[tokio::test]
async fn what_cannot_be_assigned_is_refused() {
    let server = Server::start();
    let (subnet, eni, other) = &two(&server).await;
    let names = [("subnet", subnet.as_str()), ("eni", eni), ("other", other)];
    let assign = |rest: &str| {
        let text = format!("Action=AssignPrivateIpAddresses&NetworkInterfaceId={rest}");
        &*text.leak()
    };
    refuses(
        &server,
        &names,
        &[
            (
                assign("{eni}"),
                "MissingParameter",
                "The request must contain the parameter PrivateIpAddresses",
            ),
            (
                assign("{other}&PrivateIpAddress.1=10.0.1.21"),
                "InvalidIPAddress.InUse",
                "Address 10.0.1.21 is in use.",
            ),
            (
                assign("{other}&PrivateIpAddress.1=10.0.1.20&AllowReassignment=true"),
                "InvalidIPAddress.InUse",
                "Address 10.0.1.20 is in use.",
            ),
            (
                assign("{eni}&PrivateIpAddress.1=10.0.2.20"),
                "InvalidParameterValue",
                "Address does not fall within the subnet's address range",
            ),
            (
                assign("{eni}&PrivateIpAddress.1=10.0.1.40&SecondaryPrivateIpAddressCount=1"),
                "InvalidParameterCombination",
                "The parameter secondaryPrivateIpAddressCount cannot be used with the parameter \
                 privateIpAddresses",
            ),
            (
                assign("{eni}&SecondaryPrivateIpAddressCount=49"),
                "PrivateIpAddressLimitExceeded",
                "Number of private addresses will exceed limit.",
            ),
            (
                assign("{eni}&Ipv4PrefixCount=1"),
                "UnsupportedOperation",
                "Warren does not support the parameter Ipv4PrefixCount of \
                 AssignPrivateIpAddresses, except as 0.",
            ),
            (
                assign("{eni}&Ipv4Prefix.1=10.0.1.64/28"),
                "UnsupportedOperation",
                "Warren does not support the parameter Ipv4Prefixes of AssignPrivateIpAddresses.",
            ),
        ],
    )
    .await;
    check(&server, &names, &[AS_BEFORE]).await;
}

#[tokio::test]
async fn what_cannot_be_unassigned_or_begun_with_is_refused() {
    let server = Server::start();
    let (subnet, eni, other) = &two(&server).await;
    let names = [("subnet", subnet.as_str()), ("eni", eni), ("other", other)];
    let create = |rest: &str| {
        let text = format!("Action=CreateNetworkInterface&SubnetId={{subnet}}&{rest}");
        &*text.leak()
    };
    refuses(
        &server,
        &names,
        &[
            (
                "Action=UnassignPrivateIpAddresses&NetworkInterfaceId={eni}\
                 &PrivateIpAddress.1=10.0.1.20",
                "InvalidParameterValue",
                "10.0.1.20 is the primary address of interface {eni} and stays its own",
            ),
            (
                "Action=UnassignPrivateIpAddresses&NetworkInterfaceId={other}\
                 &PrivateIpAddress.1=10.0.1.21",
                "InvalidParameterValue",
                "Some of [10.0.1.21] are not assigned to interface {other}",
            ),
            (
                create(
                    "PrivateIpAddress=10.0.1.50&PrivateIpAddresses.1.PrivateIpAddress=10.0.1.51\
                     &PrivateIpAddresses.1.Primary=true",
                ),
                "InvalidParameterCombination",
                "Only one primary private IP address can be specified.",
            ),
            (
                create("PrivateIpAddresses.1.PrivateIpAddress=10.0.1.21"),
                "InvalidIPAddress.InUse",
                "Address 10.0.1.21 is in use.",
            ),
            (
                create("SecondaryPrivateIpAddressCount=50"),
                "PrivateIpAddressLimitExceeded",
                "Number of private addresses will exceed limit.",
            ),
        ],
    )
    .await;
    check(&server, &names, &[AS_BEFORE]).await;
}
