//! The policies of a role: its own, and those attached.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::*;
use wire::iam::output::{
    AttachedPolicy, GetRolePolicyResponse, ListAttachedRolePoliciesResponse,
    ListRolePoliciesResponse,
};

use crate::api::iam::{change, malformed, page, read, role, role_mut};
use crate::api::operation::{Context, Operation};
use crate::iam::check_identity;

/// Policies attached to one role.
const ATTACHED: usize = 10;

impl Operation for PutRolePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let PutRolePolicy { role_name, policy_name, policy_document } = self;
        change(cx, move |known| {
            let found = role_mut(known, &role_name)?;
            check_identity(&policy_document).map_err(malformed)?;
            found.inline.insert(policy_name, policy_document);
            Ok(())
        })
        .await
    }
}

impl Operation for GetRolePolicy {
    type Output = GetRolePolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetRolePolicyResponse, ApiError> {
        let GetRolePolicy { role_name, policy_name } = self;
        read(cx, |known| {
            let document = role(known, &role_name)?.inline.get(&policy_name).cloned();
            let policy_document = document.ok_or_else(|| no_policy(&policy_name))?;
            Ok(GetRolePolicyResponse { role_name, policy_name, policy_document })
        })
    }
}

impl Operation for DeleteRolePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteRolePolicy { role_name, policy_name } = self;
        change(cx, move |known| {
            let removed = role_mut(known, &role_name)?.inline.remove(&policy_name);
            removed.map(drop).ok_or_else(|| no_policy(&policy_name))
        })
        .await
    }
}

fn no_policy(name: &str) -> ApiError {
    error("NoSuchEntity", format!("The role policy with name {name} cannot be found."))
}

impl Operation for ListRolePolicies {
    type Output = ListRolePoliciesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListRolePoliciesResponse, ApiError> {
        let ListRolePolicies { role_name, marker, max_items } = self;
        let found = read(cx, |known| {
            let names = role(known, &role_name)?.inline.keys();
            Ok::<_, ApiError>(names.map(|name| (name.clone(), name.clone())).collect())
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListRolePoliciesResponse { policy_names: page.items, is_truncated: more, marker })
    }
}

impl Operation for AttachRolePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let AttachRolePolicy { role_name, policy_arn } = self;
        change(cx, move |known| {
            role(known, &role_name)?;
            if known.policy(&policy_arn).is_none() {
                let message = format!("Policy {policy_arn} does not exist or is not attachable.");
                return Err(error("NoSuchEntity", message));
            }
            let found = role_mut(known, &role_name)?;
            if found.attached.len() >= ATTACHED && !found.attached.contains(&policy_arn) {
                let message = format!("Cannot exceed quota for PoliciesPerRole: {ATTACHED}");
                return Err(error("LimitExceeded", message));
            }
            found.attached.insert(policy_arn);
            Ok(())
        })
        .await
    }
}

impl Operation for DetachRolePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DetachRolePolicy { role_name, policy_arn } = self;
        change(cx, move |known| match role_mut(known, &role_name)?.attached.remove(&policy_arn) {
            true => Ok(()),
            false => Err(error("NoSuchEntity", format!("Policy {policy_arn} was not found."))),
        })
        .await
    }
}

impl Operation for ListAttachedRolePolicies {
    type Output = ListAttachedRolePoliciesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListAttachedRolePoliciesResponse, ApiError> {
        let ListAttachedRolePolicies { role_name, path_prefix, marker, max_items } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let found = read(cx, |known| {
            let attached = role(known, &role_name)?.attached.iter();
            let policies = attached.filter_map(|arn| known.policy(arn));
            let wanted = policies.filter(|policy| policy.path.starts_with(prefix));
            let shown = wanted.map(|policy| {
                let shown = AttachedPolicy {
                    policy_name: Some(policy.name),
                    policy_arn: Some(policy.arn.clone()),
                };
                (policy.arn, shown)
            });
            Ok::<_, ApiError>(shown.collect())
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        let attached_policies = Some(page.items);
        Ok(ListAttachedRolePoliciesResponse { attached_policies, is_truncated: more, marker })
    }
}
