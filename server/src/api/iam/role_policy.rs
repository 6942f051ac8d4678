//! The policies of a role: its own, and those attached.

use serde_json::{Value, json};
use wire::ApiError;
use wire::iam::error;

use crate::api::Context;
use crate::api::iam::{Failure, change, malformed, page, read, role, role_mut, text};
use crate::iam::check_identity;

/// Policies attached to one role.
const ATTACHED: usize = 10;

pub(super) async fn put(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let document = text(input, "PolicyDocument");
        let found = role_mut(known, input)?;
        check_identity(document).map_err(malformed)?;
        found.inline.insert(text(input, "PolicyName").to_owned(), document.to_owned());
        Ok(json!({}))
    })
    .await
}

pub(super) fn get(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        let (found, name) = (role(known, input)?, text(input, "PolicyName"));
        let document = found.inline.get(name).ok_or_else(|| no_policy(name))?;
        Ok(json!({"RoleName": found.name, "PolicyName": name, "PolicyDocument": document}))
    })
}

pub(super) async fn delete(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let name = text(input, "PolicyName");
        let removed = role_mut(known, input)?.inline.remove(name);
        removed.map(|_| json!({})).ok_or_else(|| Failure(no_policy(name)))
    })
    .await
}

fn no_policy(name: &str) -> ApiError {
    error("NoSuchEntity", format!("The role policy with name {name} cannot be found."))
}

pub(super) fn list(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        let names = role(known, input)?.inline.keys();
        Ok(page(input, "PolicyNames", names.map(|name| (name.clone(), json!(name))).collect()))
    })
}

pub(super) async fn attach(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let arn = text(input, "PolicyArn");
        role(known, input)?;
        if known.policy(arn).is_none() {
            let message = format!("Policy {arn} does not exist or is not attachable.");
            return Err(Failure(error("NoSuchEntity", message)));
        }
        let found = role_mut(known, input)?;
        if found.attached.len() >= ATTACHED && !found.attached.contains(arn) {
            let message = format!("Cannot exceed quota for PoliciesPerRole: {ATTACHED}");
            return Err(Failure(error("LimitExceeded", message)));
        }
        found.attached.insert(arn.to_owned());
        Ok(json!({}))
    })
    .await
}

pub(super) async fn detach(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    change(context, input, |known, input| {
        let arn = text(input, "PolicyArn");
        match role_mut(known, input)?.attached.remove(arn) {
            true => Ok(json!({})),
            false => Err(Failure(error("NoSuchEntity", format!("Policy {arn} was not found.")))),
        }
    })
    .await
}

pub(super) fn list_attached(context: &Context<'_>, input: &Value) -> Result<Value, ApiError> {
    read(context, |known| {
        let attached = role(known, input)?.attached.iter();
        let shown = attached.map(|arn| {
            let name = arn.rsplit('/').next().unwrap_or_default();
            (arn.clone(), json!({"PolicyName": name, "PolicyArn": arn}))
        });
        Ok(page(input, "AttachedPolicies", shown.collect()))
    })
}
