//! What IAM's operations demand: themselves on a user, group, role, policy or instance profile.

use serde_json::Value;

use super::demand::{Demand, Wording, listed_tags, request_tags, taken_tags, text};
use crate::api::operation::Context;
use crate::iam::{Account, Who};

pub(super) fn demands(cx: &Context<'_>, operation: &str, input: &Value) -> Vec<Demand> {
    let account = cx.scope.account;
    let arn = |kind: &str, path: &str, name: &str| {
        format!("arn:aws:iam::{account:012}:{kind}{path}{name}")
    };
    let mut demand = cx.endpoint.iam.read(account, |known| {
        let (kind, name) = about(cx, operation, input);
        let path = path(known, kind, name).or(input["Path"].as_str()).unwrap_or("/");
        let resource = match kind {
            "*" => "*".to_owned(),
            "policy" | "principal" if name.starts_with("arn:") => name.to_owned(),
            kind => arn(kind, path, name),
        };
        let mut demand = Demand::new(format!("iam:{operation}"), resource);
        demand.wording = wording(operation, kind, name);
        let (tags, boundary) = details(known, kind, name);
        for (key, value) in tags {
            demand.values.set(format!("aws:ResourceTag/{key}"), value.as_str());
            demand.values.set(format!("iam:ResourceTag/{key}"), value);
        }
        let boundary = input["PermissionsBoundary"].as_str().map(str::to_owned).or(boundary);
        if let Some(boundary) = boundary {
            demand.values.set("iam:PermissionsBoundary", boundary);
        }
        demand
    });
    if operation.starts_with("Attach") || operation.starts_with("Detach") {
        demand.values.set("iam:PolicyARN", text(input, "PolicyArn"));
    }
    request_tags(&mut demand.values, listed_tags(&input["Tags"]));
    taken_tags(&mut demand.values, &input["TagKeys"]);
    let mut demands = vec![demand];
    if operation == "AddRoleToInstanceProfile" {
        let name = text(input, "RoleName");
        let path = cx
            .endpoint
            .iam
            .read(account, |known| known.roles.get(name).map(|role| role.path.clone()));
        let mut pass =
            Demand::new("iam:PassRole", arn("role", path.as_deref().unwrap_or("/"), name));
        pass.values.set("iam:PassedToService", "ec2.amazonaws.com");
        demands.push(pass);
    }
    demands
}

/// How a refusal names what it is about: IAM says `role NAME` of what is there, and the ARN of what
/// would come to be.
fn wording(operation: &str, kind: &str, name: &str) -> Wording {
    match (kind, name) {
        ("policy", "") => Wording::Of("policy path /".to_owned()),
        (_, "") | ("principal", _) => Wording::Own,
        ("policy", name) => Wording::Of(format!("policy {name}")),
        _ if CREATES.contains(&operation) => Wording::Own,
        ("instance-profile", name) => Wording::Of(format!("instance profile {name}")),
        (kind, name) => Wording::Of(format!("{kind} {name}")),
    }
}

const CREATES: [&str; 4] = ["CreateUser", "CreateGroup", "CreateRole", "CreateInstanceProfile"];

/// What kind of thing an operation is about, and the name or ARN of it.
fn about<'a>(cx: &'a Context<'_>, operation: &str, input: &'a Value) -> (&'static str, &'a str) {
    let members = [
        ("InstanceProfileName", "instance-profile"),
        ("GroupName", "group"),
        ("RoleName", "role"),
        ("UserName", "user"),
        ("PolicyName", "policy"),
        ("PolicyArn", "policy"),
        ("PolicySourceArn", "principal"),
    ];
    // Of a policy that is attached or put, the operation is about whom.
    let named = members.iter().find(|(member, _)| !text(input, member).is_empty());
    match (named, operation) {
        (_, "ListInstanceProfilesForRole") => ("role", text(input, "RoleName")),
        (_, "ListGroupsForUser") => ("user", text(input, "UserName")),
        (Some((member, kind)), _) => (kind, text(input, member)),
        (None, "ListUsers") => ("user", ""),
        (None, "ListRoles") => ("role", ""),
        (None, "ListGroups") => ("group", ""),
        (None, "ListPolicies") => ("policy", ""),
        (None, "ListInstanceProfiles") => ("instance-profile", ""),
        (None, "GetAccessKeyLastUsed" | "SimulateCustomPolicy") => ("*", ""),
        (None, operation) if operation.contains("Account") => ("*", ""),
        (None, _) => match &cx.caller.who {
            // Who names no user means itself.
            Who::User { name, .. } => ("user", name),
            _ => ("*", ""),
        },
    }
}

fn path<'a>(known: &'a Account, kind: &str, name: &str) -> Option<&'a str> {
    match kind {
        "user" => known.users.get(name).map(|it| it.path.as_str()),
        "role" => known.roles.get(name).map(|it| it.path.as_str()),
        "group" => known.groups.get(name).map(|it| it.path.as_str()),
        "instance-profile" => known.profiles.get(name).map(|it| it.path.as_str()),
        _ => None,
    }
}

/// The tags and the boundary of what is there.
fn details(known: &Account, kind: &str, name: &str) -> (Vec<(String, String)>, Option<String>) {
    let (tags, boundary) = match kind {
        "user" => known.users.get(name).map(|it| (&it.tags, it.boundary.clone())),
        "role" => known.roles.get(name).map(|it| (&it.tags, it.boundary.clone())),
        "instance-profile" => known.profiles.get(name).map(|it| (&it.tags, None)),
        "policy" => known.policies.get(name).map(|it| (&it.tags, None)),
        _ => None,
    }
    .unzip();
    let tags = tags.into_iter().flatten();
    (tags.map(|(key, value)| (key.clone(), value.clone())).collect(), boundary.flatten())
}
