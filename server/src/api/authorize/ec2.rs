//! What EC2's operations demand: themselves, on whatever their inputs name and make.

use serde_json::Value;

use super::demand::{Demand, listed_tags, request_tags};
use crate::api::ec2::tagged_thing;
use crate::api::operation::Context;
use crate::iam::Values;
use crate::iam::ec2_keys::{of_association, of_thing, said};

/// Types of things whose making is about them, by what follows `Create`, where it is not their name.
const MADE: [(&str, Option<&str>); 8] = [
    ("ManagedPrefixList", Some("prefix-list")),
    ("Tags", None),
    ("Route", None),
    ("NetworkAclEntry", None),
    ("DefaultVpc", Some("vpc")),
    ("DefaultSubnet", Some("subnet")),
    ("NatGateway", Some("natgateway")),
    ("FlowLogs", Some("vpc-flow-log")),
];

/// What is read of one thing, and allowed for it; all else that is read is allowed for everything.
const OF_THINGS: [&str; 3] =
    ["GetManagedPrefixListEntries", "GetManagedPrefixListAssociations", "GetSecurityGroupsForVpc"];

pub(super) fn demands(cx: &Context<'_>, operation: &str, input: &Value) -> Vec<Demand> {
    let action = format!("ec2:{operation}");
    let is_of_things = OF_THINGS.contains(&operation);
    if !is_of_things && (operation.starts_with("Describe") || operation.starts_with("Get")) {
        let mut demand = Demand::new(action, "*");
        demand.values.set("ec2:Region", cx.scope.region.as_str());
        return vec![demand];
    }
    let arn = |kind: &str, id: &str| {
        let (region, account) = (&cx.scope.region, cx.scope.account);
        format!("arn:aws:ec2:{region}:{account:012}:{kind}/{id}")
    };
    let mut values = Values::default();
    values.set("ec2:Region", cx.scope.region.as_str());
    values.extend(&said(&cx.scope, input));
    let specified = input["TagSpecifications"].as_array();
    let given = specified.into_iter().flatten().flat_map(|each| listed_tags(&each["Tags"]));
    let mut tags: Vec<_> = given.collect();
    tags.extend(listed_tags(&input["Tags"]));
    request_tags(&mut values, tags.iter().copied());
    let mut demands: Vec<Demand> = named(cx, input, &action, &arn);
    if let Some(kind) = made(operation) {
        demands.push(Demand::new(action.as_str(), arn(&kind, "*")));
        if !tags.is_empty() {
            let mut also = Demand::new("ec2:CreateTags", arn(&kind, "*"));
            also.values.set("ec2:CreateAction", operation);
            demands.push(also);
        }
    }
    // Rules are asked about where they are made with tags alone.
    if operation.starts_with("AuthorizeSecurityGroup") && !tags.is_empty() {
        let mut also = Demand::new("ec2:CreateTags", arn("security-group-rule", "*"));
        also.values.set("ec2:CreateAction", operation);
        demands.push(also);
    }
    if let Some(role) = input["DeliverLogsPermissionArn"].as_str().filter(|role| !role.is_empty()) {
        let mut pass = Demand::new("iam:PassRole", role);
        pass.values.set("iam:PassedToService", "vpc-flow-logs.amazonaws.com");
        demands.push(pass);
    }
    if demands.is_empty() {
        demands.push(Demand::new(action, "*"));
    }
    demands.iter_mut().for_each(|demand| demand.values.extend(&values));
    demands
}

/// The ids that an input names, among other words.
fn ids(input: &Value) -> impl Iterator<Item = &str> {
    let members = input.as_object().into_iter().flatten();
    members.flat_map(|(_, value)| {
        let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        list.iter().filter_map(Value::as_str)
    })
}

/// A demand on each thing that is named by its id.
fn named(
    cx: &Context<'_>,
    input: &Value,
    action: &str,
    arn: &impl Fn(&str, &str) -> String,
) -> Vec<Demand> {
    let demand = |id: &str| {
        let thing = tagged_thing(id)?;
        let mut demand = Demand::new(action, arn(thing.resource(), id));
        let known = cx.driver.read(|engine| of_thing(engine, &cx.scope, (thing, id)));
        demand.values.extend(&known);
        Some(demand)
    };
    let associated = |id| cx.driver.read(|engine| of_association(engine, &cx.scope, id));
    let held: Vec<String> = ids(input).filter_map(associated).collect();
    ids(input).chain(held.iter().map(String::as_str)).filter_map(demand).collect()
}

/// The type of what an operation makes.
fn made(operation: &str) -> Option<String> {
    if operation == "AllocateAddress" {
        return Some("elastic-ip".into());
    }
    if operation == "StartNetworkInsightsAnalysis" {
        return Some("network-insights-analysis".into());
    }
    let noun = operation.strip_prefix("Create")?;
    if let Some((_, kind)) = MADE.iter().find(|(name, _)| *name == noun) {
        return kind.map(str::to_owned);
    }
    let mut kind = String::new();
    for c in noun.chars() {
        if c.is_ascii_uppercase() && !kind.is_empty() {
            kind.push('-');
        }
        kind.push(c.to_ascii_lowercase());
    }
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_has_ec2s_type() {
        assert_eq!(made("CreateNetworkInterface").as_deref(), Some("network-interface"));
        assert_eq!(made("CreateVpc").as_deref(), Some("vpc"));
        assert_eq!(made("CreateDefaultVpc").as_deref(), Some("vpc"));
        assert_eq!(made("CreateRoute"), None);
        assert_eq!(made("CreateManagedPrefixList").as_deref(), Some("prefix-list"));
        assert_eq!(made("CreateNatGateway").as_deref(), Some("natgateway"));
        assert_eq!(made("CreateFlowLogs").as_deref(), Some("vpc-flow-log"));
        assert_eq!(made("AllocateAddress").as_deref(), Some("elastic-ip"));
        assert_eq!(made("CreateNetworkInsightsPath").as_deref(), Some("network-insights-path"));
        let analysis = made("StartNetworkInsightsAnalysis");
        assert_eq!(analysis.as_deref(), Some("network-insights-analysis"));
        assert_eq!(made("DeleteVpc"), None);
    }
}
