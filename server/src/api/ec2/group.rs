//! Security groups, as EC2 shows and changes them.

use engine::effect::Reply;
use engine::id::{GroupId, RuleId};
use engine::input::Request;
use engine::network::group::{GroupRequest, Revocation};
use engine::record::group::{Direction, Group, Rule};
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::error;

use crate::api::Context;
use crate::api::ec2::input::{id, ids, missing, required, specified_tags, texts};
use crate::api::ec2::list::{page, passes, show};
use crate::api::ec2::{permission, refusal, request};

pub(crate) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let name = required(input, "GroupName")?.to_owned();
    let description = input["Description"].as_str().ok_or_else(|| missing("GroupDescription"))?;
    if name.starts_with("sg-") || name.chars().count() > 255 {
        let message =
            "Invalid value for groupName. It must not begin with sg- or exceed 255 characters.";
        return Err(error("InvalidParameterValue", message));
    }
    let question = GroupRequest::Create {
        scope: context.scope.clone(),
        vpc: input["VpcId"].as_str().map(id).transpose()?,
        name,
        description: description.to_owned(),
        tags: specified_tags(input, "security-group")?,
    };
    let Reply::Group(group) = request(context, None, Request::Group(question)).await? else {
        unreachable!("a group is answered with a group")
    };
    let (id, tags) = (group.id.to_string(), show(&group.tags));
    Ok(json!({"GroupId": id, "Tags": tags, "SecurityGroupArn": arn(&group)}))
}

pub(crate) fn describe(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<GroupId> = ids(&input["GroupIds"])?;
    let names: Vec<&str> = texts(&input["GroupNames"]).collect();
    context.driver.read(|engine| {
        for group in &wanted {
            engine.group(&context.scope, *group).map_err(refusal::spell)?;
        }
        let mut found = Vec::new();
        for group in engine.groups(&context.scope) {
            let is_wanted = (wanted.is_empty() || wanted.contains(&group.id))
                && (names.is_empty() || names.contains(&group.name.as_str()));
            if is_wanted && passes(input, &group.tags, |name| attribute(group, name))? {
                found.push((group.id.to_string(), view(group)));
            }
        }
        page(input, "SecurityGroups", found)
    })
}

pub(crate) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let group = named(context, input)?;
    let question = GroupRequest::Delete { scope: context.scope.clone(), group };
    request(context, None, Request::Group(question)).await?;
    Ok(json!({"Return": true, "GroupId": group.to_string()}))
}

pub(crate) async fn authorize(
    context: &Context<'_>,
    input: &Value,
    is_egress: bool,
) -> Result<Value, ApiError> {
    let group = named(context, input)?;
    let question = GroupRequest::Authorize {
        scope: context.scope.clone(),
        group,
        direction: direction(is_egress),
        rules: permission::read(input)?,
        tags: specified_tags(input, "security-group-rule")?,
    };
    let rules = changed(request(context, None, Request::Group(question)).await?);
    context.driver.read(|engine| {
        let group = engine.group(&context.scope, group).map_err(refusal::spell)?;
        let rules: Vec<_> = rules.iter().map(|rule| permission::rule(group, rule)).collect();
        Ok(json!({"Return": true, "SecurityGroupRules": rules}))
    })
}

pub(crate) async fn revoke(
    context: &Context<'_>,
    input: &Value,
    is_egress: bool,
) -> Result<Value, ApiError> {
    let group = named(context, input)?;
    let ids: Vec<RuleId> = texts(&input["SecurityGroupRuleIds"])
        .map(|text| {
            text.parse().map_err(|_| {
                let message = format!("The security group rule ID '{text}' does not exist");
                error("InvalidSecurityGroupRuleId.NotFound", message)
            })
        })
        .collect::<Result<_, ApiError>>()?;
    let rules = match ids.is_empty() {
        true => Revocation::Specs(permission::read(input)?),
        false => Revocation::Ids(ids),
    };
    let (scope, direction) = (context.scope.clone(), direction(is_egress));
    let question = GroupRequest::Revoke { scope, group, direction, rules };
    request(context, None, Request::Group(question)).await?;
    Ok(json!({"Return": true}))
}

/// The group that an input names by id or, in the default VPC, by name.
fn named(context: &Context<'_>, input: &Value) -> Result<GroupId, ApiError> {
    if let Some(text) = input["GroupId"].as_str() {
        return id(text);
    }
    let name = input["GroupName"].as_str().ok_or_else(|| missing("GroupId"))?;
    context.driver.read(|engine| {
        let default = engine.vpcs(&context.scope).find(|vpc| vpc.is_default).map(|vpc| vpc.id);
        let mut groups = engine.groups(&context.scope);
        let found = groups.find(|group| Some(group.vpc) == default && group.name == name);
        found.map(|group| group.id).ok_or_else(|| {
            let message = format!("The security group '{name}' does not exist in default VPC");
            error("InvalidGroup.NotFound", message)
        })
    })
}

fn direction(is_egress: bool) -> Direction {
    if is_egress { Direction::Egress } else { Direction::Ingress }
}

fn changed(reply: Reply) -> Vec<Rule> {
    match reply {
        Reply::Rules(_, rules) => rules,
        other => unreachable!("rules are answered with rules, not {other:?}"),
    }
}

fn arn(group: &Group) -> String {
    let scope = &group.scope;
    format!("arn:aws:ec2:{}:{:012}:security-group/{}", scope.region, scope.account, group.id)
}

fn view(group: &Group) -> Value {
    json!({
        "GroupId": group.id.to_string(),
        "IpPermissionsEgress": permission::permissions(group, Direction::Egress),
        "Tags": show(&group.tags),
        "VpcId": group.vpc.to_string(),
        "SecurityGroupArn": arn(group),
        "OwnerId": format!("{:012}", group.scope.account),
        "GroupName": group.name,
        "Description": group.description,
        "IpPermissions": permission::permissions(group, Direction::Ingress),
    })
}

fn attribute(group: &Group, name: &str) -> Option<Vec<String>> {
    let value = match name {
        "description" => group.description.clone(),
        "group-id" => group.id.to_string(),
        "group-name" => group.name.clone(),
        "owner-id" => format!("{:012}", group.scope.account),
        "vpc-id" => group.vpc.to_string(),
        _ => return None,
    };
    Some(vec![value])
}

pub(crate) fn describe_rules(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let wanted: Vec<&str> = texts(&input["SecurityGroupRuleIds"]).collect();
    context.driver.read(|engine| {
        let mut found = Vec::new();
        for group in engine.groups(&context.scope) {
            for rule in group.rules.values() {
                let id = rule.id.to_string();
                let attribute = |name: &str| match name {
                    "group-id" => Some(vec![group.id.to_string()]),
                    "security-group-rule-id" => Some(vec![rule.id.to_string()]),
                    _ => None,
                };
                let is_wanted = wanted.is_empty() || wanted.contains(&id.as_str());
                if is_wanted && passes(input, &rule.tags, attribute)? {
                    found.push((id, permission::rule(group, rule)));
                }
            }
        }
        let is_found = |id: &&&str| !found.iter().any(|(known, _)| known == **id);
        match wanted.iter().find(is_found) {
            Some(id) if input["Filters"].is_null() => {
                let message = format!("The security group rule ID '{id}' does not exist");
                Err(error("InvalidSecurityGroupRuleId.NotFound", message))
            }
            _ => page(input, "SecurityGroupRules", found),
        }
    })
}
