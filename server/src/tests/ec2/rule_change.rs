//! Rules of security groups that change in place.

use super::{check, refuses};
use crate::tests::harness::Server;

const GROUP: &str = "Action=CreateSecurityGroup&GroupDescription=d&GroupName=";

/// A group with rules of three kinds of peers; its id, another group's, and the rules' ids.
async fn group(server: &Server) -> [String; 5] {
    let group = server.ec2_element(&format!("{GROUP}g"), "groupId").await;
    let other = server.ec2_element(&format!("{GROUP}other"), "groupId").await;
    let mut rules = Vec::new();
    for peer in [
        "IpRanges.1.CidrIp=10.0.0.0/8&IpPermissions.1.IpRanges.1.Description=old".to_owned(),
        "Ipv6Ranges.1.CidrIpv6=fd00::/8".to_owned(),
        format!("Groups.1.GroupId={other}"),
    ] {
        let query = format!(
            "Action=AuthorizeSecurityGroupIngress&GroupId={group}&IpPermissions.1.IpProtocol=tcp\
             &IpPermissions.1.FromPort=80&IpPermissions.1.ToPort=80&IpPermissions.1.{peer}\
             &TagSpecification.1.ResourceType=security-group-rule&TagSpecification.1.Tag.1.Key=k\
             &TagSpecification.1.Tag.1.Value=v"
        );
        rules.push(server.ec2_element(&query, "securityGroupRuleId").await);
    }
    let [of_v4, of_v6, of_group] = rules.try_into().expect("three");
    [group, other, of_v4, of_v6, of_group]
}

const MODIFY: &str = "Action=ModifySecurityGroupRules&GroupId={group}\
    &SecurityGroupRule.1.SecurityGroupRuleId={v4}\
    &SecurityGroupRule.1.SecurityGroupRule.IpProtocol=udp\
    &SecurityGroupRule.1.SecurityGroupRule.FromPort=53\
    &SecurityGroupRule.1.SecurityGroupRule.ToPort=54\
    &SecurityGroupRule.1.SecurityGroupRule.CidrIpv4=10.1.0.0/16\
    &SecurityGroupRule.1.SecurityGroupRule.Description=new";

#[tokio::test]
async fn a_rule_keeps_its_id_and_tags_and_comes_to_permit_something_else() {
    let server = Server::start();
    let [group, other, v4, v6, of_group] = &group(&server).await;
    let names = [
        ("group", group.as_str()),
        ("other", other),
        ("v4", v4),
        ("v6", v6),
        ("of_group", of_group),
    ];
    let show = "Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1={v4}";
    let dry = format!("{MODIFY}&DryRun=true");
    check(
        &server,
        &names,
        &[
            (dry.leak(), 412, "<Code>DryRunOperation</Code>"),
            (show, 200, "<cidrIpv4>10.0.0.0/8</cidrIpv4>"),
            (MODIFY, 200, "<return>true</return>"),
            (show, 200, "<cidrIpv4>10.1.0.0/16</cidrIpv4>"),
            (show, 200, "<ipProtocol>udp</ipProtocol><fromPort>53</fromPort><toPort>54</toPort>"),
            (show, 200, "<description>new</description>"),
            (show, 200, "<item><key>k</key><value>v</value></item>"),
            // To what it is already, and two that change places.
            (MODIFY, 200, "<return>true</return>"),
            (
                "Action=ModifySecurityGroupRules&GroupId={group}\
                 &SecurityGroupRule.1.SecurityGroupRuleId={of_group}\
                 &SecurityGroupRule.1.SecurityGroupRule.IpProtocol=-1\
                 &SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId={group}",
                200,
                "<return>true</return>",
            ),
            (
                "Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1={of_group}",
                200,
                "<referencedGroupInfo><groupId>{group}</groupId>",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_no_rule_can_become_is_refused_and_changes_nothing() {
    let server = Server::start();
    let [group, other, v4, v6, of_group] = &group(&server).await;
    let names = [
        ("group", group.as_str()),
        ("other", other),
        ("v4", v4),
        ("v6", v6),
        ("of_group", of_group),
    ];
    let one = |rule: &str, becomes: &str| {
        let fields = becomes
            .split('&')
            .map(|field| format!("&SecurityGroupRule.1.SecurityGroupRule.{field}"));
        let text = format!(
            "Action=ModifySecurityGroupRules&GroupId={{group}}\
             &SecurityGroupRule.1.SecurityGroupRuleId={rule}{}",
            fields.collect::<String>()
        );
        &*text.leak()
    };
    let kind = "The type of the source or destination of rule '{v4}' cannot be changed";
    refuses(
        &server,
        &names,
        &[
            (
                "Action=ModifySecurityGroupRules&GroupId={group}",
                "MissingParameter",
                "The request must contain the parameter SecurityGroupRule",
            ),
            (one("{v4}", "IpProtocol=-1&CidrIpv6=fd00::/8"), "InvalidParameterValue", kind),
            (
                one("{v4}", "IpProtocol=-1&CidrIpv6=fd00::/8&CidrIpv4=10.0.0.0/8"),
                "InvalidParameterCombination",
                "Only one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId may be specified",
            ),
            (
                one("{v4}", "IpProtocol=tcp&CidrIpv4=10.0.0.0/8"),
                "InvalidParameterValue",
                "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
            ),
            (
                one("sgr-00000000000000000", "IpProtocol=-1&CidrIpv4=10.0.0.0/8"),
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID 'sgr-00000000000000000' does not exist",
            ),
            (
                one("{of_group}", "IpProtocol=-1&ReferencedGroupId=sg-00000000000000000"),
                "InvalidGroup.NotFound",
                "The security group 'sg-00000000000000000' does not exist",
            ),
        ],
    )
    .await;
    // What another rule permits already.
    let more = format!(
        "Action=AuthorizeSecurityGroupIngress&GroupId={group}&IpProtocol=-1&CidrIp=192.168.0.0/16"
    );
    server.ec2(&more).await;
    refuses(
        &server,
        &names,
        &[(
            one("{v4}", "IpProtocol=-1&CidrIpv4=192.168.0.0/16"),
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: 192.168.0.0/16, ALL, ALLOW\" already exists",
        )],
    )
    .await;
    let shown = "Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1={v4}";
    check(&server, &names, &[(shown, 200, "<description>old</description>")]).await;
}

#[tokio::test]
async fn descriptions_change_by_ids_and_by_what_rules_permit() {
    let server = Server::start();
    let [group, other, v4, v6, of_group] = &group(&server).await;
    let names = [
        ("group", group.as_str()),
        ("other", other),
        ("v4", v4),
        ("v6", v6),
        ("of_group", of_group),
    ];
    let show4 = "Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1={v4}";
    let show6 = "Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1={v6}";
    let by_id = "Action=UpdateSecurityGroupRuleDescriptionsIngress&GroupId={group}\
        &SecurityGroupRuleDescription.1.SecurityGroupRuleId={v4}\
        &SecurityGroupRuleDescription.1.Description=one\
        &SecurityGroupRuleDescription.2.SecurityGroupRuleId={v6}\
        &SecurityGroupRuleDescription.2.Description=six";
    let by_spec = "Action=UpdateSecurityGroupRuleDescriptionsIngress&GroupName=g\
        &IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=80&IpPermissions.1.ToPort=80\
        &IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8";
    let described = format!("{by_spec}&IpPermissions.1.IpRanges.1.Description=two");
    check(
        &server,
        &names,
        &[
            (by_id, 200, "<return>true</return>"),
            (show4, 200, "<description>one</description>"),
            (show6, 200, "<description>six</description>"),
            (described.leak(), 200, "<return>true</return>"),
            (show4, 200, "<description>two</description>"),
        ],
    )
    .await;
    // Who gives none takes the description away.
    server.ec2(by_spec).await;
    let shown =
        server.ec2(&format!("Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1={v4}")).await;
    assert!(!shown.text.contains("<description>"), "{}", shown.text);
    let egress: &str = by_id.replace("Ingress", "Egress").leak();
    let nothing: &str = by_spec.replace("10.0.0.0/8", "10.0.0.0/9").leak();
    refuses(
        &server,
        &names,
        &[
            (
                egress,
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '{v4}' does not exist",
            ),
            (
                nothing,
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.",
            ),
            (
                "Action=UpdateSecurityGroupRuleDescriptionsEgress&GroupId={group}",
                "MissingParameter",
                "The request must contain the parameter ipPermissions",
            ),
        ],
    )
    .await;
    check(&server, &names, &[(show6, 200, "<description>six</description>")]).await;
}
