//! Instance profiles, each of which hands at most one role on.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    AddRoleToInstanceProfile, CreateInstanceProfile, DeleteInstanceProfile, GetInstanceProfile,
    ListInstanceProfileTags, ListInstanceProfiles, ListInstanceProfilesForRole,
    RemoveRoleFromInstanceProfile, TagInstanceProfile, UntagInstanceProfile,
};
use wire::iam::output::{
    self, CreateInstanceProfileResponse, GetInstanceProfileResponse,
    ListInstanceProfileTagsResponse, ListInstanceProfilesForRoleResponse,
    ListInstanceProfilesResponse,
};

use super::role::view as view_role;
use crate::api::iam::{
    add_tags, change, check_quota, conflict, list_tags, missing as no_role, page, read, role,
    show_tags,
};
use crate::api::operation::{Context, Operation};
use crate::iam::{Account, InstanceProfile, fresh_id};
use crate::logs::now;

/// Instance profiles of an account.
pub(super) const PROFILES: usize = 1_000;

fn missing(name: &str) -> ApiError {
    error("NoSuchEntity", format!("Instance Profile {name} cannot be found."))
}

fn profile<'a>(known: &'a Account, name: &str) -> Result<&'a InstanceProfile, ApiError> {
    known.profiles.get(name).ok_or_else(|| missing(name))
}

fn profile_mut<'a>(
    known: &'a mut Account,
    name: &str,
) -> Result<&'a mut InstanceProfile, ApiError> {
    known.profiles.get_mut(name).ok_or_else(|| missing(name))
}

impl Operation for CreateInstanceProfile {
    type Output = CreateInstanceProfileResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreateInstanceProfileResponse, ApiError> {
        let CreateInstanceProfile { instance_profile_name: name, path, tags } = self;
        let account = cx.scope.account;
        change(cx, move |known| {
            if known.profiles.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
                let message = format!("Instance Profile {name} already exists.");
                return Err(error("EntityAlreadyExists", message));
            }
            check_quota("InstanceProfilesPerAccount", known.profiles.len(), PROFILES)?;
            let mut made = InstanceProfile {
                name: name.clone(),
                path: path.unwrap_or_else(|| "/".into()),
                id: fresh_id("AIPA"),
                created: now(),
                tags: Default::default(),
                role: None,
            };
            add_tags(&mut made.tags, tags)?;
            let instance_profile = view(account, known, &made);
            known.profiles.insert(name, made);
            Ok(CreateInstanceProfileResponse { instance_profile })
        })
        .await
    }
}

impl Operation for GetInstanceProfile {
    type Output = GetInstanceProfileResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetInstanceProfileResponse, ApiError> {
        let GetInstanceProfile { instance_profile_name: name } = self;
        read(cx, |known| {
            let instance_profile = view(cx.scope.account, known, profile(known, &name)?);
            Ok(GetInstanceProfileResponse { instance_profile })
        })
    }
}

impl Operation for ListInstanceProfiles {
    type Output = ListInstanceProfilesResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListInstanceProfilesResponse, ApiError> {
        let ListInstanceProfiles { path_prefix, marker, max_items } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let found = read(cx, |known| {
            let found = known.profiles.values().filter(|it| it.path.starts_with(prefix));
            found.map(|it| (it.name.clone(), listed(cx.scope.account, known, it))).collect()
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        let instance_profiles = page.items;
        Ok(ListInstanceProfilesResponse { instance_profiles, is_truncated: more, marker })
    }
}

impl Operation for ListInstanceProfilesForRole {
    type Output = ListInstanceProfilesForRoleResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListInstanceProfilesForRoleResponse, ApiError> {
        let ListInstanceProfilesForRole { role_name, marker, max_items } = self;
        let found = read(cx, |known| {
            role(known, &role_name)?;
            let found = known.profiles.values().filter(|it| it.role.as_ref() == Some(&role_name));
            let shown = found.map(|it| (it.name.clone(), listed(cx.scope.account, known, it)));
            Ok::<_, ApiError>(shown.collect())
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        let instance_profiles = page.items;
        Ok(ListInstanceProfilesForRoleResponse { instance_profiles, is_truncated: more, marker })
    }
}

impl Operation for AddRoleToInstanceProfile {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let AddRoleToInstanceProfile { instance_profile_name: name, role_name } = self;
        change(cx, move |known| {
            let has = usize::from(profile(known, &name)?.role.is_some());
            role(known, &role_name)?;
            check_quota("InstanceSessionsPerInstanceProfile", has, 1)?;
            profile_mut(known, &name)?.role = Some(role_name);
            Ok(())
        })
        .await
    }
}

impl Operation for RemoveRoleFromInstanceProfile {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let RemoveRoleFromInstanceProfile { instance_profile_name: name, role_name } = self;
        change(cx, move |known| {
            let found = profile_mut(known, &name)?;
            if found.role.as_ref() != Some(&role_name) {
                return Err(no_role("role", &role_name));
            }
            found.role = None;
            Ok(())
        })
        .await
    }
}

impl Operation for DeleteInstanceProfile {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteInstanceProfile { instance_profile_name: name } = self;
        change(cx, move |known| {
            if profile(known, &name)?.role.is_some() {
                return Err(conflict(
                    "Cannot delete entity, must remove roles from instance profile first.",
                ));
            }
            known.profiles.remove(&name);
            Ok(())
        })
        .await
    }
}

impl Operation for TagInstanceProfile {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagInstanceProfile { instance_profile_name: name, tags } = self;
        change(cx, move |known| add_tags(&mut profile_mut(known, &name)?.tags, tags)).await
    }
}

impl Operation for UntagInstanceProfile {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagInstanceProfile { instance_profile_name: name, tag_keys } = self;
        change(cx, move |known| {
            profile_mut(known, &name)?.tags.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        })
        .await
    }
}

impl Operation for ListInstanceProfileTags {
    type Output = ListInstanceProfileTagsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListInstanceProfileTagsResponse, ApiError> {
        let ListInstanceProfileTags { instance_profile_name: name, marker, max_items } = self;
        let found = read(cx, |known| profile(known, &name).map(|found| list_tags(&found.tags)))?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListInstanceProfileTagsResponse { tags: page.items, is_truncated: more, marker })
    }
}

/// A profile as lists show it: without its tags.
fn listed(account: u64, known: &Account, profile: &InstanceProfile) -> output::InstanceProfile {
    output::InstanceProfile { tags: None, ..view(account, known, profile) }
}

pub(super) fn view(
    account: u64,
    known: &Account,
    profile: &InstanceProfile,
) -> output::InstanceProfile {
    let InstanceProfile { name, path, id, created, tags, role } = profile;
    let role = role.as_ref().and_then(|name| known.roles.get(name));
    output::InstanceProfile {
        path: path.clone(),
        instance_profile_name: name.clone(),
        instance_profile_id: id.clone(),
        arn: format!("arn:aws:iam::{account:012}:instance-profile{path}{name}"),
        create_date: *created,
        roles: role.map(|role| view_role(account, role)).into_iter().collect(),
        tags: show_tags(tags),
    }
}
