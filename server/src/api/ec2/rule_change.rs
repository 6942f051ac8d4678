//! Rules of security groups that change in place, and descriptions that they come to have.

use engine::id::GroupId;
use engine::network::rule::{Descriptions, Modify, Redescribe};
use engine::record::group::Direction;
use wire::ApiError;
use wire::ec2::input::{
    IpPermission, ModifySecurityGroupRules, SecurityGroupRuleDescription, SecurityGroupRuleUpdate,
    UpdateSecurityGroupRuleDescriptionsEgress, UpdateSecurityGroupRuleDescriptionsIngress,
};
use wire::ec2::output::{
    ModifySecurityGroupRulesResult, UpdateSecurityGroupRuleDescriptionsEgressResult,
    UpdateSecurityGroupRuleDescriptionsIngressResult,
};

use crate::api::ec2::input::{given, id, missing, together};
use crate::api::ec2::operations::group::chosen;
use crate::api::ec2::permission::{self, Flat};
use crate::api::ec2::{ask, text};
use crate::api::operation::{Context, Operation};

impl Operation for ModifySecurityGroupRules {
    type Output = ModifySecurityGroupRulesResult;

    async fn run(self, cx: &Context<'_>) -> Result<ModifySecurityGroupRulesResult, ApiError> {
        let ModifySecurityGroupRules { group_id, security_group_rules: updates, dry_run } = self;
        let group = id(&group_id)?;
        let rules = updates.into_iter().map(|update| {
            let SecurityGroupRuleUpdate { security_group_rule_id, security_group_rule } = update;
            let rule = security_group_rule.ok_or_else(|| missing("SecurityGroupRule"))?;
            Ok((id(&security_group_rule_id)?, permission::changed(rule)?))
        });
        let rules = rules.collect::<Result<_, ApiError>>()?;
        ask(cx, dry_run, Modify { scope: cx.scope.clone(), group, rules }).await?;
        Ok(ModifySecurityGroupRulesResult { r#return: Some(true) })
    }
}

impl Operation for UpdateSecurityGroupRuleDescriptionsIngress {
    type Output = UpdateSecurityGroupRuleDescriptionsIngressResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<UpdateSecurityGroupRuleDescriptionsIngressResult, ApiError> {
        let UpdateSecurityGroupRuleDescriptionsIngress {
            dry_run,
            group_id,
            group_name,
            ip_permissions,
            security_group_rule_descriptions,
        } = self;
        let group = chosen(cx, group_id, group_name)?;
        let descriptions = read(cx, ip_permissions, security_group_rule_descriptions)?;
        redescribe(cx, dry_run, group, Direction::Ingress, descriptions).await?;
        Ok(UpdateSecurityGroupRuleDescriptionsIngressResult { r#return: Some(true) })
    }
}

impl Operation for UpdateSecurityGroupRuleDescriptionsEgress {
    type Output = UpdateSecurityGroupRuleDescriptionsEgressResult;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<UpdateSecurityGroupRuleDescriptionsEgressResult, ApiError> {
        let UpdateSecurityGroupRuleDescriptionsEgress {
            dry_run,
            group_id,
            group_name,
            ip_permissions,
            security_group_rule_descriptions,
        } = self;
        let group = chosen(cx, group_id, group_name)?;
        let descriptions = read(cx, ip_permissions, security_group_rule_descriptions)?;
        redescribe(cx, dry_run, group, Direction::Egress, descriptions).await?;
        Ok(UpdateSecurityGroupRuleDescriptionsEgressResult { r#return: Some(true) })
    }
}

async fn redescribe(
    cx: &Context<'_>,
    dry_run: Option<bool>,
    group: GroupId,
    direction: Direction,
    descriptions: Descriptions,
) -> Result<(), ApiError> {
    let scope = cx.scope.clone();
    ask(cx, dry_run, Redescribe { scope, group, direction, descriptions }).await
}

/// Descriptions by what rules permit, or by their ids.
fn read(
    cx: &Context<'_>,
    permissions: Vec<IpPermission>,
    by_id: Vec<SecurityGroupRuleDescription>,
) -> Result<Descriptions, ApiError> {
    if by_id.is_empty() {
        let flat = Flat { ip_protocol: None, from_port: None, to_port: None, cidr_ip: None };
        return permission::read(cx, permissions, flat).map(Descriptions::Specs);
    }
    if !permissions.is_empty() {
        return Err(together("securityGroupRuleDescriptions", "ipPermissions"));
    }
    let read = by_id.into_iter().map(|each| {
        let SecurityGroupRuleDescription { security_group_rule_id, description } = each;
        let rule = security_group_rule_id.ok_or_else(|| missing("SecurityGroupRuleId"))?;
        let description = given(description);
        description.as_deref().map_or(Ok(()), text::rule_description)?;
        Ok((id(&rule)?, description))
    });
    read.collect::<Result<_, ApiError>>().map(Descriptions::Ids)
}
