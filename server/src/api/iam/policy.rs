//! Managed policies, the account's own and AWS's.

use serde_json::{Value, json};
use wire::ApiError;
use wire::iam::error;

use crate::api::Context;
use crate::api::iam::{Failure, change, malformed, page, read, show_tags, tags, text};
use crate::iam::{Account, Policy, check_identity, fresh_id, managed};
use crate::logs::now;

pub(super) async fn create(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let account = context.scope.account;
    change(context, input, move |known, input| {
        let name = text(input, "PolicyName");
        let document = text(input, "PolicyDocument");
        check_identity(document).map_err(malformed)?;
        if known.policies.values().any(|other| other.name.eq_ignore_ascii_case(name)) {
            let message =
                format!("A policy called {name} already exists. Duplicate names are not allowed.");
            return Err(Failure(error("EntityAlreadyExists", message)));
        }
        let path = input["Path"].as_str().unwrap_or("/");
        let policy = Policy {
            name: name.to_owned(),
            path: path.to_owned(),
            id: fresh_id("ANPA"),
            arn: format!("arn:aws:iam::{account:012}:policy{path}{name}"),
            created: now(),
            version: "v1".to_owned(),
            description: text(input, "Description").to_owned(),
            document: document.to_owned(),
            tags: tags(&input["Tags"]),
        };
        let shown = json!({"Policy": view(known, &policy, false)});
        known.policies.insert(policy.arn.clone(), policy);
        Ok(shown)
    })
    .await
}

fn existing(known: &Account, input: &Value) -> Result<Policy, ApiError> {
    let arn = text(input, "PolicyArn");
    let missing = || error("NoSuchEntity", format!("Policy {arn} was not found."));
    known.policy(arn).ok_or_else(missing)
}

pub(super) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| Ok(json!({"Policy": view(known, &existing(known, input)?, true)})))
}

pub(super) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let policy = existing(known, input)?;
        if !known.policies.contains_key(&policy.arn) {
            let message = "Policy is outside your own account.";
            return Err(Failure(error("AccessDenied", message)));
        }
        if known.attachments(&policy.arn) > 0 {
            let message = "Cannot delete a policy attached to entities.";
            return Err(Failure(error("DeleteConflict", message)));
        }
        known.policies.remove(&policy.arn);
        Ok(json!({}))
    })
    .await
}

pub(super) fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    let scope = input["Scope"].as_str().unwrap_or("All");
    let prefix = input["PathPrefix"].as_str().unwrap_or("/");
    let attached = input["OnlyAttached"] == true;
    read(context, |known| {
        let own = known.policies.values().filter(|_| scope != "AWS").cloned();
        let found = own.chain(managed().into_iter().filter(|_| scope != "Local"));
        let shown = found
            .filter(|policy| policy.path.starts_with(prefix))
            .filter(|policy| !attached || known.attachments(&policy.arn) > 0)
            .map(|policy| (policy.arn.clone(), view(known, &policy, false)));
        Ok(page(input, "Policies", shown.collect()))
    })
}

pub(super) fn version(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        let policy = existing(known, input)?;
        let (arn, wanted) = (text(input, "PolicyArn"), text(input, "VersionId"));
        if wanted != policy.version {
            let message =
                format!("Policy {arn} version {wanted} does not exist or is not attachable.");
            return Err(error("NoSuchEntity", message));
        }
        let mut shown = view_version(&policy);
        shown["Document"] = json!(policy.document);
        Ok(json!({"PolicyVersion": shown}))
    })
}

pub(super) fn versions(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        let policy = existing(known, input)?;
        Ok(json!({"Versions": [view_version(&policy)], "IsTruncated": false}))
    })
}

fn view_version(policy: &Policy) -> Value {
    json!({"VersionId": policy.version, "IsDefaultVersion": true, "CreateDate": policy.created})
}

/// Lists leave out what GetPolicy tells besides.
fn view(known: &Account, policy: &Policy, wholly: bool) -> Value {
    let mut shown = json!({
        "PolicyName": policy.name,
        "PolicyId": policy.id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": policy.version,
        "AttachmentCount": known.attachments(&policy.arn),
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": true,
        "CreateDate": policy.created,
        "UpdateDate": policy.created,
    });
    if wholly && !policy.description.is_empty() {
        shown["Description"] = json!(policy.description);
    }
    if !policy.tags.is_empty() {
        shown["Tags"] = show_tags(&policy.tags);
    }
    shown
}
