//! The policies of roles, users and groups: their own, and those attached.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::*;
use wire::iam::output::{
    AttachedPolicy, GetGroupPolicyResponse, GetRolePolicyResponse, GetUserPolicyResponse,
    ListAttachedGroupPoliciesResponse, ListAttachedRolePoliciesResponse,
    ListAttachedUserPoliciesResponse, ListGroupPoliciesResponse, ListRolePoliciesResponse,
    ListUserPoliciesResponse,
};

use crate::api::iam::{change, check_policy, check_quota, malformed, missing, page, read};
use crate::api::operation::{Context, Operation};
use crate::api::page::Page;
use crate::iam::{Account, Held, Holder, Kind, check_identity};

/// Policies attached to one.
pub(super) const ATTACHED: usize = 10;

/// Characters of all own policies of one, blanks aside.
pub(super) fn room(kind: Kind) -> usize {
    match kind {
        Kind::Role => 10_240,
        Kind::User => 2_048,
        Kind::Group => 5_120,
    }
}

fn held<'a>(known: &'a Account, kind: Kind, name: &str) -> Result<Held<'a>, ApiError> {
    known.held(kind, name).ok_or_else(|| missing(kind.word(), name))
}

fn holder<'a>(known: &'a mut Account, kind: Kind, name: &str) -> Result<Holder<'a>, ApiError> {
    known.holder(kind, name).ok_or_else(|| missing(kind.word(), name))
}

fn no_policy(kind: Kind, name: &str) -> ApiError {
    missing(&format!("{} policy", kind.word()), name)
}

async fn put(
    cx: &Context<'_>,
    kind: Kind,
    name: String,
    policy: String,
    document: String,
) -> Result<(), ApiError> {
    change(cx, move |known| {
        let found = holder(known, kind, &name)?;
        check_identity(&document).map_err(malformed)?;
        found.inline.insert(policy, document);
        let characters = found.inline.values().flat_map(|text| text.chars());
        let (taken, room) = (characters.filter(|c| !c.is_whitespace()).count(), room(kind));
        match taken <= room {
            true => Ok(()),
            false => {
                let what = kind.word();
                let message =
                    format!("Maximum policy size of {room} bytes exceeded for {what} {name}");
                Err(error("LimitExceeded", message))
            }
        }
    })
    .await
}

fn get(cx: &Context<'_>, kind: Kind, name: &str, policy: &str) -> Result<String, ApiError> {
    read(cx, |known| {
        let document = held(known, kind, name)?.inline.get(policy).cloned();
        document.ok_or_else(|| no_policy(kind, policy))
    })
}

async fn remove(
    cx: &Context<'_>,
    kind: Kind,
    name: String,
    policy: String,
) -> Result<(), ApiError> {
    change(cx, move |known| {
        let removed = holder(known, kind, &name)?.inline.remove(&policy);
        removed.map(drop).ok_or_else(|| no_policy(kind, &policy))
    })
    .await
}

fn list(
    cx: &Context<'_>,
    kind: Kind,
    name: &str,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<Page<String>, ApiError> {
    let found = read(cx, |known| {
        let names = held(known, kind, name)?.inline.keys();
        Ok::<_, ApiError>(names.map(|name| (name.clone(), name.clone())).collect())
    })?;
    page(found, max_items, marker)
}

async fn attach(
    cx: &Context<'_>,
    kind: Kind,
    name: String,
    policy: String,
) -> Result<(), ApiError> {
    change(cx, move |known| {
        held(known, kind, &name)?;
        check_policy(known, &policy)?;
        let found = holder(known, kind, &name)?;
        if !found.attached.contains(&policy) {
            let quota = match kind {
                Kind::Role => "PoliciesPerRole",
                Kind::User => "PoliciesPerUser",
                Kind::Group => "PoliciesPerGroup",
            };
            check_quota(quota, found.attached.len(), ATTACHED)?;
            found.attached.insert(policy);
        }
        Ok(())
    })
    .await
}

async fn detach(
    cx: &Context<'_>,
    kind: Kind,
    name: String,
    policy: String,
) -> Result<(), ApiError> {
    change(cx, move |known| match holder(known, kind, &name)?.attached.remove(&policy) {
        true => Ok(()),
        false => Err(error("NoSuchEntity", format!("Policy {policy} was not found."))),
    })
    .await
}

fn list_attached(
    cx: &Context<'_>,
    kind: Kind,
    name: &str,
    path_prefix: Option<&str>,
    paging: (Option<i32>, Option<&str>),
) -> Result<Page<AttachedPolicy>, ApiError> {
    let prefix = path_prefix.unwrap_or("/");
    let found = read(cx, |known| {
        let attached = held(known, kind, name)?.attached.iter();
        let policies = attached.filter_map(|arn| known.policy(arn));
        let wanted = policies.filter(|policy| policy.path.starts_with(prefix));
        let shown = wanted.map(|policy| {
            let shown = AttachedPolicy {
                policy_name: Some(policy.name.clone()),
                policy_arn: Some(policy.arn.clone()),
            };
            (policy.arn.clone(), shown)
        });
        Ok::<_, ApiError>(shown.collect())
    })?;
    page(found, paging.0, paging.1)
}

/// The seven operations of one kind of holder.
macro_rules! operations {
    (
        $kind:expr, $name:ident,
        $put:ident, $get:ident -> $got:ident, $remove:ident, $list:ident -> $listed:ident,
        $attach:ident, $detach:ident, $list_attached:ident -> $listed_attached:ident
    ) => {
        impl Operation for $put {
            type Output = ();

            async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
                let $put { $name, policy_name, policy_document } = self;
                put(cx, $kind, $name, policy_name, policy_document).await
            }
        }

        impl Operation for $get {
            type Output = $got;

            async fn run(self, cx: &Context<'_>) -> Result<$got, ApiError> {
                let $get { $name, policy_name } = self;
                let policy_document = get(cx, $kind, &$name, &policy_name)?;
                Ok($got { $name, policy_name, policy_document })
            }
        }

        impl Operation for $remove {
            type Output = ();

            async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
                let $remove { $name, policy_name } = self;
                remove(cx, $kind, $name, policy_name).await
            }
        }

        impl Operation for $list {
            type Output = $listed;

            async fn run(self, cx: &Context<'_>) -> Result<$listed, ApiError> {
                let $list { $name, marker, max_items } = self;
                let page = list(cx, $kind, &$name, max_items, marker.as_deref())?;
                let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
                Ok($listed { policy_names: page.items, is_truncated: more, marker })
            }
        }

        impl Operation for $attach {
            type Output = ();

            async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
                let $attach { $name, policy_arn } = self;
                attach(cx, $kind, $name, policy_arn).await
            }
        }

        impl Operation for $detach {
            type Output = ();

            async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
                let $detach { $name, policy_arn } = self;
                detach(cx, $kind, $name, policy_arn).await
            }
        }

        impl Operation for $list_attached {
            type Output = $listed_attached;

            async fn run(self, cx: &Context<'_>) -> Result<$listed_attached, ApiError> {
                let $list_attached { $name, path_prefix, marker, max_items } = self;
                let paging = (max_items, marker.as_deref());
                let page = list_attached(cx, $kind, &$name, path_prefix.as_deref(), paging)?;
                let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
                let attached_policies = Some(page.items);
                Ok($listed_attached { attached_policies, is_truncated: more, marker })
            }
        }
    };
}

operations!(
    Kind::Role, role_name,
    PutRolePolicy, GetRolePolicy -> GetRolePolicyResponse, DeleteRolePolicy,
    ListRolePolicies -> ListRolePoliciesResponse,
    AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies -> ListAttachedRolePoliciesResponse
);
operations!(
    Kind::User, user_name,
    PutUserPolicy, GetUserPolicy -> GetUserPolicyResponse, DeleteUserPolicy,
    ListUserPolicies -> ListUserPoliciesResponse,
    AttachUserPolicy, DetachUserPolicy, ListAttachedUserPolicies -> ListAttachedUserPoliciesResponse
);
operations!(
    Kind::Group, group_name,
    PutGroupPolicy, GetGroupPolicy -> GetGroupPolicyResponse, DeleteGroupPolicy,
    ListGroupPolicies -> ListGroupPoliciesResponse,
    AttachGroupPolicy, DetachGroupPolicy,
    ListAttachedGroupPolicies -> ListAttachedGroupPoliciesResponse
);
