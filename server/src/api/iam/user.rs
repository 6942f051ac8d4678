//! Users.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    CreateUser, DeleteUser, GetUser, ListUserTags, ListUsers, TagUser, UntagUser, UpdateUser,
};
use wire::iam::output::{
    self, CreateUserResponse, GetUserResponse, ListUserTagsResponse, ListUsersResponse,
};

use crate::api::iam::{
    add_tags, change, check_new, check_policy, check_quota, conflict, list_tags, page, read,
    show_boundary, show_tags, user, user_mut,
};
use crate::api::operation::{Context, Operation};
use crate::iam::{User, Who, fresh_id};
use crate::logs::now;

/// Users of an account.
pub(super) const USERS: usize = 5_000;

impl Operation for CreateUser {
    type Output = CreateUserResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreateUserResponse, ApiError> {
        let CreateUser { path, user_name, permissions_boundary, tags } = self;
        let account = cx.scope.account;
        change(cx, move |known| {
            check_new("User", known.users.keys(), &user_name)?;
            check_quota("UsersPerAccount", known.users.len(), USERS)?;
            permissions_boundary.iter().try_for_each(|arn| check_policy(known, arn))?;
            let mut made = User {
                name: user_name.clone(),
                path: path.unwrap_or_else(|| "/".into()),
                id: fresh_id("AIDA"),
                created: now(),
                boundary: permissions_boundary,
                tags: Default::default(),
                inline: Default::default(),
                attached: Default::default(),
                keys: Default::default(),
            };
            add_tags(&mut made.tags, tags)?;
            let shown = output::User { tags: show_tags(&made.tags), ..view(account, &made) };
            known.users.insert(user_name, made);
            Ok(CreateUserResponse { user: Some(shown) })
        })
        .await
    }
}

/// The user that is meant: the caller, where none is named.
pub(super) fn meant(cx: &Context<'_>, name: Option<String>) -> Result<String, ApiError> {
    match (name, &cx.caller.who) {
        (Some(name), _) => Ok(name),
        (None, Who::User { name, .. }) => Ok(name.clone()),
        (None, _) => Err(error(
            "ValidationError",
            "Must specify userName when calling with non-User credentials",
        )),
    }
}

impl Operation for GetUser {
    type Output = GetUserResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetUserResponse, ApiError> {
        let GetUser { user_name } = self;
        let name = meant(cx, user_name)?;
        read(cx, |known| {
            let found = user(known, &name)?;
            let tags = show_tags(&found.tags);
            let user = output::User { tags, ..view(cx.scope.account, found) };
            Ok(GetUserResponse { user })
        })
    }
}

impl Operation for ListUsers {
    type Output = ListUsersResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListUsersResponse, ApiError> {
        let ListUsers { path_prefix, marker, max_items } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let found = read(cx, |known| {
            let users = known.users.values().filter(|user| user.path.starts_with(prefix));
            users.map(|user| (user.name.clone(), view(cx.scope.account, user))).collect()
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListUsersResponse { users: page.items, is_truncated: more, marker })
    }
}

impl Operation for UpdateUser {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UpdateUser { user_name, new_path, new_user_name } = self;
        change(cx, move |known| {
            let mut changed = user(known, &user_name)?.clone();
            let others = known.users.keys().filter(|other| **other != user_name);
            new_user_name.iter().try_for_each(|name| check_new("User", others.clone(), name))?;
            changed.path = new_path.unwrap_or(changed.path);
            changed.name = new_user_name.unwrap_or(changed.name);
            for group in known.groups.values_mut() {
                if group.users.remove(&user_name) {
                    group.users.insert(changed.name.clone());
                }
            }
            known.users.remove(&user_name);
            known.users.insert(changed.name.clone(), changed);
            Ok(())
        })
        .await
    }
}

impl Operation for DeleteUser {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteUser { user_name } = self;
        change(cx, move |known| {
            let User { keys, attached, inline, .. } = user(known, &user_name)?;
            let what = if !keys.is_empty() {
                Some("must delete access keys first")
            } else if !attached.is_empty() {
                Some("must detach all policies first")
            } else if !inline.is_empty() {
                Some("must delete policies first")
            } else if known.groups.values().any(|group| group.users.contains(&user_name)) {
                Some("must remove users from group first")
            } else {
                None
            };
            if let Some(what) = what {
                return Err(conflict(&format!("Cannot delete entity, {what}.")));
            }
            known.users.remove(&user_name);
            Ok(())
        })
        .await
    }
}

impl Operation for TagUser {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let TagUser { user_name, tags } = self;
        change(cx, move |known| add_tags(&mut user_mut(known, &user_name)?.tags, tags)).await
    }
}

impl Operation for UntagUser {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UntagUser { user_name, tag_keys } = self;
        change(cx, move |known| {
            let found = user_mut(known, &user_name)?;
            found.tags.retain(|key, _| !tag_keys.contains(key));
            Ok(())
        })
        .await
    }
}

impl Operation for ListUserTags {
    type Output = ListUserTagsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListUserTagsResponse, ApiError> {
        let ListUserTags { user_name, marker, max_items } = self;
        let found = read(cx, |known| user(known, &user_name).map(|user| list_tags(&user.tags)))?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListUserTagsResponse { tags: page.items, is_truncated: more, marker })
    }
}

/// A user as lists show it: without its tags.
pub(super) fn view(account: u64, user: &User) -> output::User {
    let User { name, path, id, created, boundary, .. } = user;
    output::User {
        path: path.clone(),
        user_name: name.clone(),
        user_id: id.clone(),
        arn: format!("arn:aws:iam::{account:012}:user{path}{name}"),
        create_date: *created,
        // Nobody has a password here.
        password_last_used: None,
        permissions_boundary: show_boundary(boundary.as_deref()),
        tags: None,
    }
}
