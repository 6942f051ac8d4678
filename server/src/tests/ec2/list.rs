//! Lists: filters, pages, regions, checked before anything is compared.

use super::{check, refuses};
use crate::tests::harness::Server;

/// Each describe with filters, of which nothing need exist.
const DESCRIBES: [&str; 13] = [
    "DescribeAvailabilityZones",
    "DescribeFlowLogs",
    "DescribeInternetGateways",
    "DescribeNatGateways",
    "DescribeNetworkAcls",
    "DescribeNetworkInterfaces",
    "DescribeRegions",
    "DescribeRouteTables",
    "DescribeSecurityGroupRules",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTags",
    "DescribeVpcs",
];

#[tokio::test]
async fn what_is_asked_for_is_checked_though_nothing_is_there() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=DescribeVpcs", "vpcId").await;
    for action in DESCRIBES {
        let filter = format!("Action={action}&Filter.1.Name=nonsense&Filter.1.Value.1=x");
        let answered = server.ec2(&filter).await;
        let expected =
            "<Code>InvalidParameterValue</Code><Message>The filter 'nonsense' is invalid";
        let text = answered.text.replace("&apos;", "'");
        assert!(answered.status == 400 && text.contains(expected), "{action}: {text}");
        if matches!(action, "DescribeAvailabilityZones" | "DescribeRegions") {
            continue;
        }
        for (more, code) in [
            ("NextToken=%25%25", "InvalidNextToken"),
            ("MaxResults=4", "InvalidParameterValue"),
            ("MaxResults=0", "InvalidParameterValue"),
            ("MaxResults=-1", "InvalidParameterValue"),
            ("MaxResults=1001", "InvalidParameterValue"),
            ("MaxResults=x", "InvalidParameterValue"),
        ] {
            let answered = server.ec2(&format!("Action={action}&{more}")).await;
            let expected = format!("<Code>{code}</Code>");
            assert!(
                answered.status == 400 && answered.text.contains(&expected),
                "{action} {more}: {}",
                answered.text
            );
        }
    }
    refuses(
        &server,
        &[("vpc", vpc.as_str())],
        &[
            (
                "Action=DescribeSecurityGroupRules&Filter.1.Name=group-id&Filter.1.Value.1=foobar",
                "InvalidGroupId.Malformed",
                "Invalid id: \"foobar\" (expecting \"sg-...\")",
            ),
            (
                "Action=DescribeTags&MaxResults=2",
                "InvalidParameterValue",
                "Value ( 2 ) for parameter maxResults is invalid. Expecting a value greater than 5.",
            ),
        ],
    )
    .await;
    check(
        &server,
        &[],
        &[
            (
                "Action=DescribeSecurityGroupRules&Filter.1.Name=group-id&Filter.1.Value.1=sg-*",
                200,
                "<securityGroupRuleId>",
            ),
            (
                "Action=DescribeSecurityGroups&Filter.1.Name=group-id&Filter.1.Value.1=foobar",
                200,
                "<securityGroupInfo",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn regions_that_an_account_must_ask_for() {
    let server = Server::start();
    let named = |text: &str| text.matches("<regionName>").count();
    let usual = server.ec2("Action=DescribeRegions").await;
    assert_eq!(named(&usual.text), 17);
    let all = server.ec2("Action=DescribeRegions&AllRegions=true").await;
    assert_eq!(named(&all.text), 34);
    assert_eq!(all.text.matches("<optInStatus>not-opted-in</optInStatus>").count(), 17);
    let filter = "&Filter.1.Name=opt-in-status&Filter.1.Value.1=not-opted-in";
    let found = server.ec2(&format!("Action=DescribeRegions&AllRegions=true{filter}")).await;
    assert_eq!(named(&found.text), 17);
    check(
        &server,
        &[],
        &[
            ("Action=DescribeRegions&RegionName.1=af-south-1", 200, "not-opted-in"),
            ("Action=DescribeRegions&RegionName.1=xx-south-1", 400, "[xx-south-1]"),
            (
                "Action=DescribeAvailabilityZones&Filter.1.Name=zone-id&Filter.1.Value.1=use1-az2",
                200,
                "<zoneName>us-east-1b<",
            ),
        ],
    )
    .await;
}
