//! Rules of security groups: authorized, revoked, described.

use engine::id::{GroupId, RuleId};
use engine::network::group::{self, Revocation};
use engine::record::group::{Direction, Rule, RuleSpec};
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::input::{
    AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress, DescribeSecurityGroupRules,
    IpPermission, RevokeSecurityGroupEgress, RevokeSecurityGroupIngress,
};
use wire::ec2::output::{
    AuthorizeSecurityGroupEgressResult, AuthorizeSecurityGroupIngressResult,
    DescribeSecurityGroupRulesResult, RevokeSecurityGroupEgressResult,
    RevokeSecurityGroupIngressResult, RevokedSecurityGroupRule, SecurityGroupRule,
};

use crate::api::ec2::ask;
use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{id, ids, together};
use crate::api::ec2::operations::group::chosen;
use crate::api::ec2::permission::{self, Beyond, Flat};
use crate::api::ec2::text::tags_for;
use crate::api::operation::{Context, Operation};

impl Operation for AuthorizeSecurityGroupIngress {
    type Output = AuthorizeSecurityGroupIngressResult;

    async fn run(self, cx: &Context<'_>) -> Result<AuthorizeSecurityGroupIngressResult, ApiError> {
        let AuthorizeSecurityGroupIngress {
            cidr_ip,
            from_port,
            group_id,
            group_name,
            ip_permissions,
            ip_protocol,
            to_port,
            tag_specifications,
            dry_run,
        } = self;
        let group = chosen(cx, group_id, group_name)?;
        let flat = Flat { ip_protocol, from_port, to_port, cidr_ip };
        let rules = permission::read(cx, ip_permissions, flat)?;
        let tags = tags_for("security-group-rule", &tag_specifications)?;
        let rules = authorize(cx, dry_run, group, Direction::Ingress, rules, tags).await?;
        Ok(AuthorizeSecurityGroupIngressResult {
            r#return: Some(true),
            security_group_rules: Some(rules),
        })
    }
}

impl Operation for AuthorizeSecurityGroupEgress {
    type Output = AuthorizeSecurityGroupEgressResult;

    async fn run(self, cx: &Context<'_>) -> Result<AuthorizeSecurityGroupEgressResult, ApiError> {
        let AuthorizeSecurityGroupEgress {
            tag_specifications,
            dry_run,
            group_id,
            ip_protocol,
            from_port,
            to_port,
            cidr_ip,
            ip_permissions,
        } = self;
        let group = id(&group_id)?;
        let flat = Flat { ip_protocol, from_port, to_port, cidr_ip };
        let rules = permission::read(cx, ip_permissions, flat)?;
        let tags = tags_for("security-group-rule", &tag_specifications)?;
        let rules = authorize(cx, dry_run, group, Direction::Egress, rules, tags).await?;
        Ok(AuthorizeSecurityGroupEgressResult {
            r#return: Some(true),
            security_group_rules: Some(rules),
        })
    }
}

async fn authorize(
    cx: &Context<'_>,
    dry_run: Option<bool>,
    group: GroupId,
    direction: Direction,
    rules: Vec<RuleSpec>,
    tags: Tags,
) -> Result<Vec<SecurityGroupRule>, ApiError> {
    let scope = cx.scope.clone();
    let question = group::Authorize { scope, group, direction, rules, tags };
    let rules = ask(cx, dry_run, question).await?;
    let beyond = cx.driver.read(|engine| {
        let group = engine.group(&cx.scope, group).ok();
        group.map(|group| Beyond::of(engine, group.vpc, &rules)).unwrap_or_default()
    });
    Ok(rules.iter().map(|rule| permission::rule(&cx.scope, group, rule, &beyond)).collect())
}

impl Operation for RevokeSecurityGroupIngress {
    type Output = RevokeSecurityGroupIngressResult;

    async fn run(self, cx: &Context<'_>) -> Result<RevokeSecurityGroupIngressResult, ApiError> {
        let RevokeSecurityGroupIngress {
            cidr_ip,
            from_port,
            group_id,
            group_name,
            ip_permissions,
            ip_protocol,
            to_port,
            security_group_rule_ids,
            dry_run,
        } = self;
        let group = chosen(cx, group_id, group_name)?;
        let flat = Flat { ip_protocol, from_port, to_port, cidr_ip };
        let rules = revoked(cx, &security_group_rule_ids, ip_permissions, flat)?;
        let revoked = revoke(cx, dry_run, group, Direction::Ingress, rules).await?;
        Ok(RevokeSecurityGroupIngressResult {
            r#return: Some(true),
            revoked_security_group_rules: Some(revoked),
            unknown_ip_permissions: None,
        })
    }
}

impl Operation for RevokeSecurityGroupEgress {
    type Output = RevokeSecurityGroupEgressResult;

    async fn run(self, cx: &Context<'_>) -> Result<RevokeSecurityGroupEgressResult, ApiError> {
        let RevokeSecurityGroupEgress {
            security_group_rule_ids,
            dry_run,
            group_id,
            ip_protocol,
            from_port,
            to_port,
            cidr_ip,
            ip_permissions,
        } = self;
        let group = id(&group_id)?;
        let flat = Flat { ip_protocol, from_port, to_port, cidr_ip };
        let rules = revoked(cx, &security_group_rule_ids, ip_permissions, flat)?;
        let revoked = revoke(cx, dry_run, group, Direction::Egress, rules).await?;
        Ok(RevokeSecurityGroupEgressResult {
            r#return: Some(true),
            revoked_security_group_rules: Some(revoked),
            unknown_ip_permissions: None,
        })
    }
}

/// The rules to revoke: by their ids, or by what they permit.
fn revoked(
    cx: &Context<'_>,
    rule_ids: &[String],
    permissions: Vec<IpPermission>,
    flat: Flat,
) -> Result<Revocation, ApiError> {
    match (rule_ids.is_empty(), permissions.is_empty()) {
        (true, _) => permission::read(cx, permissions, flat).map(Revocation::Specs),
        (false, true) => ids(rule_ids).map(Revocation::Ids),
        (false, false) => Err(together("securityGroupRuleIds", "ipPermissions")),
    }
}

async fn revoke(
    cx: &Context<'_>,
    dry_run: Option<bool>,
    group: GroupId,
    direction: Direction,
    rules: Revocation,
) -> Result<Vec<RevokedSecurityGroupRule>, ApiError> {
    let question = group::Revoke { scope: cx.scope.clone(), group, direction, rules };
    let rules = ask(cx, dry_run, question).await?;
    Ok(rules.iter().map(|rule| permission::revoked(&cx.scope, group, rule)).collect())
}

impl Operation for DescribeSecurityGroupRules {
    type Output = DescribeSecurityGroupRulesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeSecurityGroupRulesResult, ApiError> {
        let DescribeSecurityGroupRules {
            filters,
            security_group_rule_ids: ids,
            dry_run,
            next_token,
            max_results,
        } = self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let rules = cx.driver.read(|engine| {
            let groups = engine.groups(&cx.scope);
            let rules = groups.flat_map(|group| {
                let of = move |rule: &Rule| OfGroup {
                    scope: group.scope.clone(),
                    group: group.id,
                    rule: rule.clone(),
                    beyond: Beyond::of(engine, group.vpc, [rule]),
                };
                group.rules.values().map(of)
            });
            rules.collect()
        });
        let page = describe::<OfGroup>(wanted, rules)?;
        Ok(DescribeSecurityGroupRulesResult {
            security_group_rules: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// A rule and the group that has it.
struct OfGroup {
    scope: Scope,
    group: GroupId,
    rule: Rule,
    beyond: Beyond,
}

impl Described for OfGroup {
    type Id = RuleId;
    type View = SecurityGroupRule;
    const FILTERS: &'static [Attribute<OfGroup>] = &[
        ("group-id", |each| vec![each.group.to_string()]),
        ("security-group-rule-id", |each| vec![each.rule.id.to_string()]),
    ];

    fn check(filter: &str, value: &str) -> Result<(), ApiError> {
        match filter {
            "group-id" => id::<GroupId>(value).map(drop),
            "security-group-rule-id" => id::<RuleId>(value).map(drop),
            _ => Ok(()),
        }
    }

    fn id(&self) -> RuleId {
        self.rule.id
    }

    fn tags(&self) -> &Tags {
        &self.rule.tags
    }

    fn view(self) -> SecurityGroupRule {
        permission::rule(&self.scope, self.group, &self.rule, &self.beyond)
    }
}
