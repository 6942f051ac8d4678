//! Names, descriptions and tags: characters, lengths, numbers.

use super::{check, refuses};
use crate::tests::harness::Server;

const NAMES: &str = "Invalid security group name. Valid names are strings less than 256 characters from the \
    following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
const DESCRIPTIONS: &str = "Invalid security group description. Valid descriptions are strings less than 256 \
    characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
const OF_RULES: &str = "Invalid rule description. Valid descriptions are strings less than 256 characters from \
    the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
const VALUE: &str = "InvalidParameterValue";

#[tokio::test]
async fn groups_have_aws_s_characters() {
    let server = Server::start();
    let long = "x".repeat(256);
    let group = server
        .ec2_element("Action=CreateSecurityGroup&GroupName=g&GroupDescription=d", "groupId")
        .await;
    let names = [("group", group.as_str()), ("long", &long)];
    refuses(
        &server,
        &names,
        &[
            (
                "Action=CreateSecurityGroup&GroupName=sg-1&GroupDescription=d",
                VALUE,
                "Value (sg-1) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
            ),
            (
                "Action=CreateSecurityGroup&GroupName=n%C3%A9&GroupDescription=d",
                VALUE,
                "Value (n\u{e9}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.",
            ),
            ("Action=CreateSecurityGroup&GroupName=%3C&GroupDescription=d", VALUE, NAMES),
            ("Action=CreateSecurityGroup&GroupName={long}&GroupDescription=d", VALUE, NAMES),
            (
                "Action=CreateSecurityGroup&GroupName=&GroupDescription=d",
                "MissingParameter",
                "The request must contain the parameter GroupName",
            ),
            (
                "Action=CreateSecurityGroup&GroupName=n&GroupDescription=%C3%A9%E2%86%92",
                VALUE,
                "Value (\u{e9}\u{2192}) for parameter GroupDescription is invalid. Character sets beyond ASCII are \
                 not supported.",
            ),
            ("Action=CreateSecurityGroup&GroupName=n&GroupDescription=it's", VALUE, DESCRIPTIONS),
            ("Action=CreateSecurityGroup&GroupName=n&GroupDescription={long}", VALUE, DESCRIPTIONS),
            (
                "Action=CreateSecurityGroup&GroupName=n&GroupDescription=",
                "MissingParameter",
                "The request must contain the parameter GroupDescription",
            ),
            (
                "Action=DeleteSecurityGroup&GroupId={group}&GroupName=g",
                "InvalidParameterCombination",
                "The parameter groupId cannot be used with the parameter groupName",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn rules_have_aws_s_characters() {
    let server = Server::start();
    let long = "x".repeat(256);
    let group = server
        .ec2_element("Action=CreateSecurityGroup&GroupName=g&GroupDescription=d", "groupId")
        .await;
    let rule = "Action=AuthorizeSecurityGroupIngress&GroupId={group}&IpPermissions.1.IpProtocol=-1";
    for text in ["%C3%A9", "it's", "%3Ca%3E", long.as_str()] {
        for peer in ["IpRanges.1.CidrIp=10.0.0.0/8", "Groups.1.GroupId={group}"] {
            let described = peer.split_once("1.").expect("a list").0;
            let query = format!(
                "{rule}&IpPermissions.1.{peer}&IpPermissions.1.{described}1.Description={text}"
            );
            let query = query.replace("{group}", &group);
            let answered = server.ec2(&query).await;
            let expected =
                format!("<Code>{VALUE}</Code><Message>{}", OF_RULES.replace('&', "&amp;"));
            assert!(answered.text.contains(&expected), "{query}: {}", answered.text);
        }
    }
}

#[tokio::test]
async fn groups_take_every_character_that_aws_takes() {
    let server = Server::start();
    let good = "x".repeat(255);
    let names = [("long", good.as_str())];
    check(
        &server,
        &names,
        &[
            ("Action=CreateSecurityGroup&GroupName={long}&GroupDescription={long}", 200, "sg-"),
            (
                "Action=CreateSecurityGroup&GroupName=a. _-:/()%23,@[]%2B=%26;{}!$*\
                 &GroupDescription=a. _-:/()%23,@[]%2B=%26;{}!$*",
                200,
                "sg-",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn interfaces_have_ascii_descriptions() {
    let server = Server::start();
    let subnet = server.ec2_element("Action=DescribeSubnets", "subnetId").await;
    let eni = server
        .ec2_element(
            &format!("Action=CreateNetworkInterface&SubnetId={subnet}"),
            "networkInterfaceId",
        )
        .await;
    let long = "x".repeat(256);
    let names = [("subnet", subnet.as_str()), ("eni", &eni), ("long", &long)];
    let beyond = "Value (\u{e9}) for parameter description is invalid. Character sets beyond ASCII are not supported.";
    let too_long =
        "Value ({long}) for parameter description is invalid. It must not exceed 255 characters.";
    refuses(
        &server,
        &names,
        &[
            ("Action=CreateNetworkInterface&SubnetId={subnet}&Description=%C3%A9", VALUE, beyond),
            ("Action=CreateNetworkInterface&SubnetId={subnet}&Description={long}", VALUE, too_long),
            (
                "Action=ModifyNetworkInterfaceAttribute&NetworkInterfaceId={eni}&Description.Value=%C3%A9",
                VALUE,
                beyond,
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn tags_are_bounded() {
    let server = Server::start();
    let vpc = server.ec2_element("Action=DescribeVpcs", "vpcId").await;
    let (key, value) = ("k".repeat(129), "v".repeat(257));
    let fifty: String = (1..=50).map(|n| format!("&Tag.{n}.Key=k{n}&Tag.{n}.Value=v")).collect();
    let names = [("vpc", vpc.as_str()), ("key", &key), ("value", &value), ("fifty", &fifty)];
    let reserved = "Tag keys starting with 'aws:' are reserved for internal use";
    let many = "The maximum number of Tags for a resource has been reached.";
    refuses(
        &server,
        &names,
        &[
            ("Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=aws:x&Tag.1.Value=v", VALUE, reserved),
            ("Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=AWS:x&Tag.1.Value=v", VALUE, reserved),
            (
                "Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key={key}&Tag.1.Value=v",
                VALUE,
                "Tag key exceeds the maximum length of 128 characters",
            ),
            (
                "Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=k&Tag.1.Value={value}",
                VALUE,
                "Tag value exceeds the maximum length of 256 characters",
            ),
            (
                "Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=k&Tag.1.Value=v&Tag.2.Key=k&Tag.2.Value=w",
                VALUE,
                "Duplicate tag key 'k' specified.",
            ),
            (
                "Action=CreateVpc&CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc",
                VALUE,
                "Tag specification must have at least one tag",
            ),
            (
                "Action=CreateVpc&CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=subnet\
                 &TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value=v",
                VALUE,
                "'subnet' is not a valid taggable resource type for this operation.",
            ),
            (
                "Action=CreateTags&ResourceId.1={vpc}{fifty}&Tag.51.Key=k51&Tag.51.Value=v",
                "TagLimitExceeded",
                many,
            ),
        ],
    )
    .await;
    let rows = [("Action=CreateTags&ResourceId.1={vpc}{fifty}", 200, "true")];
    check(&server, &names, &rows).await;
    // Tags that are there may be replaced; one more is one too many.
    check(&server, &names, &rows).await;
    refuses(
        &server,
        &names,
        &[(
            "Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=k51&Tag.1.Value=v",
            "TagLimitExceeded",
            many,
        )],
    )
    .await;
}

#[tokio::test]
async fn client_tokens_are_short() {
    let server = Server::start();
    let subnet = server.ec2_element("Action=DescribeSubnets", "subnetId").await;
    let long = "t".repeat(65);
    let names = [("subnet", subnet.as_str()), ("long", &long)];
    refuses(
        &server,
        &names,
        &[(
            "Action=CreateNetworkInterface&SubnetId={subnet}&ClientToken={long}",
            "InvalidClientToken",
            "The client token must have at most 64 ASCII characters.",
        )],
    )
    .await;
}
