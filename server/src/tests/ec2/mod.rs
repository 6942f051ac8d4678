//! EC2: what is asked and what is answered.

mod cidr_reservation;
mod ipv6;
mod list;
mod private_address;
mod rule;
mod rule_change;
mod text;
mod vpc;

use super::harness::{Server, fill};

/// A query, and what its answer has: a status, and a part of its text.
type Row = (&'static str, u16, &'static str);

async fn check(server: &Server, names: &[(&str, &str)], rows: &[Row]) {
    let mut wrong = Vec::new();
    for (query, status, part) in rows {
        let (query, part) = (fill(query, names), fill(part, names));
        let answered = server.ec2(&query).await;
        if answered.status != *status || !answered.text.contains(&part) {
            wrong.push(format!(
                "{query}: {} and not {status} {part}: {}",
                answered.status, answered.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A query that is refused with this code and message.
type Refused = (&'static str, &'static str, &'static str);

async fn refuses(server: &Server, names: &[(&str, &str)], rows: &[Refused]) {
    let mut wrong = Vec::new();
    for (query, code, message) in rows {
        let query = fill(query, names);
        let message = fill(message, names).replace('&', "&amp;").replace('<', "&lt;");
        let answered = server.ec2(&query).await;
        let expected = format!("<Code>{code}</Code><Message>{message}</Message>");
        // Texts may spell quotes as entities.
        let text =
            answered.text.replace("&quot;", "\"").replace("&apos;", "'").replace("&gt;", ">");
        if answered.status != 400 || !text.contains(&expected.replace("&gt;", ">")) {
            wrong.push(format!("{query}: {} and not {expected}: {text}", answered.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn vpcs() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let names = [("vpc", vpc.as_str())];
    check(
        &server,
        &names,
        &[
            ("Action=DescribeVpcs", 200, "<vpcId>{vpc}</vpcId>"),
            ("Action=DescribeVpcs&VpcId.1={vpc}", 200, "<cidrBlock>10.0.0.0/16</cidrBlock>"),
            (
                "Action=DescribeVpcs&VpcId.1=vpc-00000000000000000",
                400,
                "<Code>InvalidVpcID.NotFound<",
            ),
            ("Action=DescribeVpcs&VpcId.1=x", 400, "<Code>InvalidVpcID.Malformed<"),
            ("Action=DescribeVpcs&Filter.1.Name=cidr&Filter.1.Value.1=10.0.*", 200, "{vpc}"),
            (
                "Action=DescribeVpcs&Filter.1.Name=nonsense&Filter.1.Value.1=x",
                400,
                "InvalidParameterValue",
            ),
            ("Action=CreateVpc&CidrBlock=10.0.0.0/8", 400, "<Code>InvalidVpc.Range<"),
            ("Action=CreateVpc&CidrBlock=10.0.0.0/29", 400, "<Code>InvalidVpc.Range<"),
            ("Action=CreateVpc&CidrBlock=ten", 400, "<Code>InvalidParameterValue<"),
            ("Action=CreateVpc", 400, "<Code>MissingParameter<"),
            ("Action=CreateVpc&CidrBlock=10.9.0.0/16&DryRun=true", 412, "<Code>DryRunOperation<"),
            ("Action=CreateVpc&CidrBlock=10.9.0.0/16&InstanceTenancy=host", 400, "InstanceTenancy"),
            ("Action=DescribeVpcAttribute&VpcId={vpc}&Attribute=enableDnsSupport", 200, "{vpc}"),
            ("Action=DeleteVpc&VpcId=vpc-00000000000000000", 400, "<Code>InvalidVpcID.NotFound<"),
            ("Action=DeleteVpc&VpcId={vpc}&DryRun=true", 412, "<Code>DryRunOperation<"),
            ("Action=DeleteVpc&VpcId={vpc}", 200, "<return>true</return>"),
            ("Action=DeleteVpc&VpcId={vpc}", 400, "<Code>InvalidVpcID.NotFound<"),
        ],
    )
    .await;
}

#[tokio::test]
async fn subnets() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
    let subnet = server.ec2_element(&query, "subnetId").await;
    let names = [("vpc", vpc.as_str()), ("subnet", subnet.as_str())];
    check(
        &server,
        &names,
        &[
            ("Action=DescribeSubnets&SubnetId.1={subnet}", 200, "<availableIpAddressCount>251<"),
            ("Action=DescribeSubnets&Filter.1.Name=vpc-id&Filter.1.Value.1={vpc}", 200, "{subnet}"),
            (
                "Action=DescribeSubnets&SubnetId.1=subnet-00000000000000000",
                400,
                "InvalidSubnetID.NotFound",
            ),
            (
                "Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.128/25",
                400,
                "<Code>InvalidSubnet.Conflict<",
            ),
            (
                "Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.1.0.0/24",
                400,
                "<Code>InvalidSubnet.Range<",
            ),
            (
                "Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.2.0/29",
                400,
                "<Code>InvalidSubnet.Range<",
            ),
            (
                "Action=CreateSubnet&VpcId=vpc-00000000000000000&CidrBlock=10.0.2.0/24",
                400,
                "InvalidVpcID.NotFound",
            ),
            ("Action=CreateSubnet&VpcId={vpc}", 400, "MissingParameter"),
            ("Action=DeleteVpc&VpcId={vpc}", 400, "<Code>DependencyViolation<"),
            ("Action=DeleteSubnet&SubnetId={subnet}", 200, "<return>true</return>"),
            ("Action=DeleteSubnet&SubnetId={subnet}", 400, "<Code>InvalidSubnetID.NotFound<"),
        ],
    )
    .await;
}

#[tokio::test]
async fn security_groups() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let query =
        format!("Action=CreateSecurityGroup&VpcId={vpc}&GroupName=app&GroupDescription=app");
    let group = server.ec2_element(&query, "groupId").await;
    let names = [("vpc", vpc.as_str()), ("group", group.as_str())];
    let rule = "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443\
                &IpPermissions.1.ToPort=443&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8";
    let names = [names[0], names[1], ("rule", rule)];
    check(
        &server,
        &names,
        &[
            ("Action=DescribeSecurityGroups&GroupId.1={group}", 200, "<groupName>app</groupName>"),
            (
                "Action=DescribeSecurityGroups&GroupId.1=sg-00000000000000000",
                400,
                "<Code>InvalidGroup.NotFound<",
            ),
            (
                "Action=CreateSecurityGroup&VpcId={vpc}&GroupName=app&GroupDescription=x",
                400,
                "InvalidGroup.Duplicate",
            ),
            (
                "Action=CreateSecurityGroup&VpcId={vpc}&GroupName=default&GroupDescription=x",
                400,
                "<Code>",
            ),
            ("Action=CreateSecurityGroup&GroupName=other", 400, "MissingParameter"),
            (
                "Action=AuthorizeSecurityGroupIngress&GroupId={group}{rule}",
                200,
                "<return>true</return>",
            ),
            (
                "Action=AuthorizeSecurityGroupIngress&GroupId={group}{rule}",
                400,
                "InvalidPermission.Duplicate",
            ),
            (
                "Action=DescribeSecurityGroupRules&Filter.1.Name=group-id&Filter.1.Value.1={group}",
                200,
                "<fromPort>443<",
            ),
            (
                "Action=RevokeSecurityGroupIngress&GroupId={group}{rule}",
                200,
                "<return>true</return>",
            ),
            (
                "Action=RevokeSecurityGroupIngress&GroupId={group}{rule}",
                400,
                "InvalidPermission.NotFound",
            ),
            (
                "Action=AuthorizeSecurityGroupIngress&GroupId=sg-00000000000000000{rule}",
                400,
                "InvalidGroup.NotFound",
            ),
            ("Action=DeleteSecurityGroup&GroupId={group}", 200, "<return>true</return>"),
            ("Action=DeleteSecurityGroup&GroupId={group}", 400, "<Code>InvalidGroup.NotFound<"),
        ],
    )
    .await;
}

#[tokio::test]
async fn network_interfaces() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=CreateVpc&CidrBlock=10.0.0.0/16", "vpcId").await;
    let query = format!("Action=CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
    let subnet = server.ec2_element(&query, "subnetId").await;
    let query =
        format!("Action=CreateNetworkInterface&SubnetId={subnet}&PrivateIpAddress=10.0.1.9");
    let eni = server.ec2_element(&query, "networkInterfaceId").await;
    let names = [("subnet", subnet.as_str()), ("eni", eni.as_str())];
    check(&server, &names, &[
        ("Action=DescribeNetworkInterfaces&NetworkInterfaceId.1={eni}", 200, "<privateIpAddress>10.0.1.9<"),
        ("Action=DescribeNetworkInterfaces&Filter.1.Name=subnet-id&Filter.1.Value.1={subnet}", 200, "{eni}"),
        ("Action=DescribeNetworkInterfaces&NetworkInterfaceId.1=eni-00000000000000000", 400, "InvalidNetworkInterfaceID.NotFound"),
        ("Action=CreateNetworkInterface&SubnetId={subnet}&PrivateIpAddress=10.0.1.9", 400, "<Code>InvalidIPAddress.InUse<"),
        ("Action=CreateNetworkInterface&SubnetId={subnet}&PrivateIpAddress=10.0.2.9", 400, "<Code>"),
        ("Action=CreateNetworkInterface&SubnetId=subnet-00000000000000000", 400, "InvalidSubnetID.NotFound"),
        ("Action=CreateNetworkInterface", 400, "MissingParameter"),
        ("Action=CreateTags&ResourceId.1={eni}&Tag.1.Key=a&Tag.1.Value=b", 200, "<return>true</return>"),
        ("Action=DescribeNetworkInterfaces&Filter.1.Name=tag:a&Filter.1.Value.1=b", 200, "{eni}"),
        ("Action=DescribeTags&Filter.1.Name=key&Filter.1.Value.1=a", 200, "<value>b</value>"),
        ("Action=DeleteSubnet&SubnetId={subnet}", 400, "<Code>DependencyViolation<"),
        ("Action=DeleteNetworkInterface&NetworkInterfaceId={eni}", 200, "<return>true</return>"),
        ("Action=DeleteNetworkInterface&NetworkInterfaceId={eni}", 400, "NotFound"),
        ("Action=RunInstances&ImageId=ami-1&MinCount=1&MaxCount=1", 400, "RunInstances"),
    ])
    .await;
}
