//! Roles.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    CreateRole, DeleteRole, GetRole, ListRoleTags, ListRoles, TagRole, UntagRole,
    UpdateAssumeRolePolicy, UpdateRole,
};
use wire::iam::output::{
    self, CreateRoleResponse, GetRoleResponse, ListRoleTagsResponse, ListRolesResponse,
    UpdateRoleResponse,
};

use crate::api::iam::{
    add_tags, change, check_new, check_policy, check_quota, conflict, list_tags, malformed, page,
    read, role, role_mut, show_boundary, show_tags,
};
use crate::api::operation::{Context, Operation};
use crate::iam::{Role, check_trust, fresh_id};
use crate::logs::now;

/// Seconds that a session may take, where a role does not say.
const SESSION: i32 = 3600;
/// Roles of an account.
pub(super) const ROLES: usize = 1_000;
/// Characters of a trust policy, blanks aside.
pub(super) const TRUST: usize = 2_048;

fn checked_trust(document: &str) -> Result<(), ApiError> {
    check_trust(document).map_err(malformed)?;
    let characters = document.chars().filter(|c| !c.is_whitespace()).count();
    match characters <= TRUST {
        true => Ok(()),
        false => {
            let message = format!("Cannot exceed quota for ACLSizePerRole: {TRUST}");
            Err(error("LimitExceeded", message))
        }
    }
}

impl Operation for CreateRole {
    type Output = CreateRoleResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreateRoleResponse, ApiError> {
        let CreateRole {
            path,
            role_name,
            assume_role_policy_document,
            description,
            max_session_duration,
            permissions_boundary,
            tags: given,
        } = self;
        let account = cx.scope.account;
        change(cx, move |known| {
            checked_trust(&assume_role_policy_document)?;
            check_new("Role", known.roles.keys(), &role_name)?;
            check_quota("RolesPerAccount", known.roles.len(), ROLES)?;
            permissions_boundary.iter().try_for_each(|arn| check_policy(known, arn))?;
            let mut made = Role {
                name: role_name.clone(),
                path: path.unwrap_or_else(|| "/".into()),
                id: fresh_id("AROA"),
                created: now(),
                trust: assume_role_policy_document,
                description: description.unwrap_or_default(),
                longest_session: max_session_duration.unwrap_or(SESSION).into(),
                boundary: permissions_boundary,
                tags: Default::default(),
                inline: Default::default(),
                attached: Default::default(),
            };
            add_tags(&mut made.tags, given)?;
            let shown = output::Role { tags: show_tags(&made.tags), ..view(account, &made) };
            known.roles.insert(role_name, made);
            Ok(CreateRoleResponse { role: shown })
        })
        .await
    }
}

impl Operation for GetRole {
    type Output = GetRoleResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetRoleResponse, ApiError> {
        let GetRole { role_name } = self;
        read(cx, |known| {
            let found = role(known, &role_name)?;
            let shown = output::Role {
                tags: show_tags(&found.tags),
                role_last_used: Some(output::RoleLastUsed::default()),
                ..view(cx.scope.account, found)
            };
            Ok(GetRoleResponse { role: shown })
        })
    }
}

impl Operation for ListRoles {
    type Output = ListRolesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListRolesResponse, ApiError> {
        let ListRoles { path_prefix, marker, max_items } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let found = read(cx, |known| {
            let roles = known.roles.values().filter(|role| role.path.starts_with(prefix));
            roles.map(|role| (role.name.clone(), view(cx.scope.account, role))).collect()
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListRolesResponse { roles: page.items, is_truncated: more, marker })
    }
}

impl Operation for DeleteRole {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteRole { role_name } = self;
        change(cx, move |known| {
            let found = role(known, &role_name)?;
            if known.profiles.values().any(|profile| profile.role.as_ref() == Some(&role_name)) {
                return Err(conflict(
                    "Cannot delete entity, must remove roles from instance profile first.",
                ));
            }
            if !found.attached.is_empty() {
                return Err(conflict("Cannot delete entity, must detach all policies first."));
            }
            if !found.inline.is_empty() {
                return Err(conflict("Cannot delete entity, must delete policies first."));
            }
            known.roles.remove(&role_name);
            Ok(())
        })
        .await
    }
}

impl Operation for UpdateAssumeRolePolicy {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UpdateAssumeRolePolicy { role_name, policy_document } = self;
        change(cx, move |known| {
            let found = role_mut(known, &role_name)?;
            checked_trust(&policy_document)?;
            found.trust = policy_document;
            Ok(())
        })
        .await
    }
}

impl Operation for UpdateRole {
    type Output = UpdateRoleResponse;

    async fn run(self, cx: &Context<'_>) -> Result<UpdateRoleResponse, ApiError> {
        let UpdateRole { role_name, description, max_session_duration } = self;
        change(cx, move |known| {
            let found = role_mut(known, &role_name)?;
            found.description = description.unwrap_or_else(|| found.description.clone());
            found.longest_session = max_session_duration.map_or(found.longest_session, Into::into);
            Ok(UpdateRoleResponse {})
        })
        .await
    }
}

impl Operation for TagRole {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagRole { role_name, tags: given } = self;
        change(cx, move |known| add_tags(&mut role_mut(known, &role_name)?.tags, given)).await
    }
}

impl Operation for UntagRole {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagRole { role_name, tag_keys } = self;
        change(cx, move |known| {
            let found = role_mut(known, &role_name)?;
            found.tags.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        })
        .await
    }
}

impl Operation for ListRoleTags {
    type Output = ListRoleTagsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListRoleTagsResponse, ApiError> {
        let ListRoleTags { role_name, marker, max_items } = self;
        let found = read(cx, |known| role(known, &role_name).map(|role| list_tags(&role.tags)))?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListRoleTagsResponse { tags: page.items, is_truncated: more, marker })
    }
}

/// A role as lists show it: without its tags.
pub(super) fn view(account: u64, role: &Role) -> output::Role {
    let Role {
        name,
        path,
        id,
        created,
        trust,
        description,
        longest_session,
        boundary,
        tags: _,
        inline: _,
        attached: _,
    } = role;
    output::Role {
        path: path.clone(),
        role_name: name.clone(),
        role_id: id.clone(),
        arn: format!("arn:aws:iam::{account:012}:role{path}{name}"),
        create_date: *created,
        assume_role_policy_document: Some(trust.clone()),
        description: Some(description.clone()).filter(|text| !text.is_empty()),
        max_session_duration: i32::try_from(*longest_session).ok(),
        permissions_boundary: show_boundary(boundary.as_deref()),
        tags: None,
        role_last_used: None,
        source_role_template: None,
    }
}
