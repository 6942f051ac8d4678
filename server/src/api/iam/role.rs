//! Roles.

use serde_json::{Value, json};
use wire::ApiError;
use wire::iam::error;

use crate::api::Context;
use crate::api::iam::{
    Failure, change, malformed, page, read, role, role_mut, show_tags, tags, text,
};
use crate::iam::{Role, check_trust, fresh_id};
use crate::logs::now;

pub(super) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let account = context.scope.account;
    change(context, input, move |known, input| {
        let name = text(input, "RoleName").to_owned();
        let trust = text(input, "AssumeRolePolicyDocument").to_owned();
        check_trust(&trust).map_err(malformed)?;
        // IAM tells names apart by more than their case.
        if known.roles.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
            let message = format!("Role with name {name} already exists.");
            return Err(Failure(error("EntityAlreadyExists", message)));
        }
        let made = Role {
            name: name.clone(),
            path: input["Path"].as_str().unwrap_or("/").to_owned(),
            id: fresh_id("AROA"),
            created: now(),
            trust,
            description: text(input, "Description").to_owned(),
            longest_session: input["MaxSessionDuration"].as_i64().unwrap_or(3600),
            boundary: input["PermissionsBoundary"].as_str().map(str::to_owned),
            tags: tags(&input["Tags"]),
            inline: Default::default(),
            attached: Default::default(),
        };
        let shown = json!({"Role": view(account, &made, true)});
        known.roles.insert(name, made);
        Ok(shown)
    })
    .await
}

pub(super) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        let mut shown = view(context.scope.account, role(known, input)?, true);
        shown["RoleLastUsed"] = json!({});
        Ok(json!({"Role": shown}))
    })
}

pub(super) fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let prefix = input["PathPrefix"].as_str().unwrap_or("/");
    read(context, |known| {
        let found = known.roles.values().filter(|role| role.path.starts_with(prefix));
        let shown = found
            .map(|role| (role.name.clone(), view(context.scope.account, role, false)))
            .collect();
        Ok(page(input, "Roles", shown))
    })
}

pub(super) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let found = role(known, input)?;
        let conflict = |message| Err(Failure(error("DeleteConflict", message)));
        if !found.attached.is_empty() {
            return conflict("Cannot delete entity, must detach all policies first.");
        }
        if !found.inline.is_empty() {
            return conflict("Cannot delete entity, must delete policies first.");
        }
        let name = found.name.clone();
        known.roles.remove(&name);
        Ok(json!({}))
    })
    .await
}

pub(super) async fn update_trust(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let trust = text(input, "PolicyDocument");
        let found = role_mut(known, input)?;
        check_trust(trust).map_err(malformed)?;
        found.trust = trust.to_owned();
        Ok(json!({}))
    })
    .await
}

pub(super) async fn tag(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        role_mut(known, input)?.tags.extend(tags(&input["Tags"]));
        Ok(json!({}))
    })
    .await
}

pub(super) async fn untag(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let found = role_mut(known, input)?;
        for key in input["TagKeys"].as_array().into_iter().flatten() {
            found.tags.remove(key.as_str().unwrap_or_default());
        }
        Ok(json!({}))
    })
    .await
}

pub(super) fn list_tags(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        Ok(json!({"Tags": show_tags(&role(known, input)?.tags), "IsTruncated": false}))
    })
}

/// Roles have no instance profiles here, since there are no instances.
pub(super) fn instance_profiles(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        role(known, input)?;
        Ok(json!({"InstanceProfiles": [], "IsTruncated": false}))
    })
}

fn view(account: u64, role: &Role, with_tags: bool) -> Value {
    let mut shown = json!({
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.id,
        "Arn": format!("arn:aws:iam::{account:012}:role{}{}", role.path, role.name),
        "CreateDate": role.created,
        "AssumeRolePolicyDocument": role.trust,
        "MaxSessionDuration": role.longest_session,
    });
    if !role.description.is_empty() {
        shown["Description"] = json!(role.description);
    }
    if let Some(boundary) = &role.boundary {
        shown["PermissionsBoundary"] = json!({
            "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary,
        });
    }
    if with_tags && !role.tags.is_empty() {
        shown["Tags"] = show_tags(&role.tags);
    }
    shown
}
