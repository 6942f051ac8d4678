//! Reserved blocks of subnets, as they are asked for and shown.

use super::{check, refuses};
use crate::tests::harness::Server;

#[tokio::test]
async fn blocks_are_reserved_shown_and_given_back() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
    let subnet = server.ec2_element(&query, "subnetId").await;
    let query = format!(
        "Action=CreateSubnetCidrReservation&SubnetId={subnet}&Cidr=10.0.1.100/28\
         &ReservationType=explicit&Description=appliances\
         &TagSpecification.1.ResourceType=subnet-cidr-reservation&TagSpecification.1.Tag.1.Key=k\
         &TagSpecification.1.Tag.1.Value=v"
    );
    let made = server.ec2_element(&query, "subnetCidrReservationId").await;
    let names = [("subnet", subnet.as_str()), ("made", made.as_str())];
    let shown = "<subnetIpv4CidrReservationSet><item>\
                 <subnetCidrReservationId>{made}</subnetCidrReservationId>\
                 <subnetId>{subnet}</subnetId><cidr>10.0.1.96/28</cidr>\
                 <reservationType>explicit</reservationType><ownerId>000000000000</ownerId>\
                 <description>appliances</description>\
                 <tagSet><item><key>k</key><value>v</value></item></tagSet></item>\
                 </subnetIpv4CidrReservationSet>";
    let none = "<subnetIpv4CidrReservationSet/>";
    let get = "Action=GetSubnetCidrReservations&SubnetId={subnet}";
    let by = "Action=GetSubnetCidrReservations&SubnetId={subnet}&Filter.1.Name=reservationType\
              &Filter.1.Value.1=prefix";
    let tags = "Action=DescribeTags&Filter.1.Name=resource-type\
                &Filter.1.Value.1=subnet-cidr-reservation";
    let subnets = "Action=DescribeSubnets&SubnetId.1={subnet}";
    let delete = "Action=DeleteSubnetCidrReservation&SubnetCidrReservationId={made}";
    let dry = format!("{delete}&DryRun=true");
    check(
        &server,
        &names,
        &[
            (get, 200, shown),
            (by, 200, none),
            (tags, 200, "<resourceId>{made}</resourceId>"),
            (subnets, 200, "<availableIpAddressCount>235</availableIpAddressCount>"),
            (dry.leak(), 412, "<Code>DryRunOperation</Code>"),
            (delete, 200, "<deletedSubnetCidrReservation><subnetCidrReservationId>{made}<"),
            (get, 200, none),
            (subnets, 200, "<availableIpAddressCount>251</availableIpAddressCount>"),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_cannot_be_reserved_is_refused() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
    let subnet = server.ec2_element(&query, "subnetId").await;
    let names = [("subnet", subnet.as_str())];
    let create = |rest: &str| {
        let text = format!("Action=CreateSubnetCidrReservation&SubnetId={{subnet}}&{rest}");
        &*text.leak()
    };
    server
        .ec2(&format!(
            "Action=CreateSubnetCidrReservation&SubnetId={subnet}&Cidr=10.0.1.16/28\
             &ReservationType=prefix"
        ))
        .await;
    refuses(
        &server,
        &names,
        &[
            (
                create("Cidr=10.0.1.16/30&ReservationType=explicit"),
                "InvalidParameterValue",
                "Reservation CIDR 10.0.1.16/30 has overlap with existing reserved CIDR block",
            ),
            (
                create("Cidr=10.0.2.16/30&ReservationType=explicit"),
                "InvalidParameterValue",
                "Reservation CIDR 10.0.2.16/30 is not within the CIDR block of subnet {subnet}",
            ),
            (
                create("Cidr=10.0.1.64&ReservationType=explicit"),
                "InvalidParameterValue",
                "Value (10.0.1.64) for parameter cidr is invalid. This is not a valid CIDR block.",
            ),
            (
                create("Cidr=fd00::/64&ReservationType=explicit"),
                "UnsupportedOperation",
                "Warren does not support the parameter Cidr of CreateSubnetCidrReservation, except \
                 as an IPv4 block.",
            ),
            (
                "Action=DeleteSubnetCidrReservation&SubnetCidrReservationId=scr-00000000000000000",
                "InvalidSubnetCidrReservationID.NotFound",
                "The subnetCidrReservation ID 'scr-00000000000000000' does not exist",
            ),
            (
                "Action=GetSubnetCidrReservations&SubnetId=subnet-00000000000000000",
                "InvalidSubnetID.NotFound",
                "The subnet ID 'subnet-00000000000000000' does not exist",
            ),
        ],
    )
    .await;
    check(
        &server,
        &names,
        &[(create("Cidr=10.0.1.64/28&ReservationType=other"), 400, "<Code>InvalidParameterValue<")],
    )
    .await;
}
