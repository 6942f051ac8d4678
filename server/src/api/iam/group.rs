//! Groups of users.

use wire::ApiError;
use wire::iam::input::{
    AddUserToGroup, CreateGroup, DeleteGroup, GetGroup, ListGroups, ListGroupsForUser,
    RemoveUserFromGroup, UpdateGroup,
};
use wire::iam::output::{
    self, CreateGroupResponse, GetGroupResponse, ListGroupsForUserResponse, ListGroupsResponse,
};

use super::user::view as view_user;
use crate::api::iam::{change, check_new, check_quota, conflict, missing, page, read, user};
use crate::api::operation::{Context, Operation};
use crate::iam::{Account, Group, fresh_id};
use crate::logs::now;

/// Groups of an account.
pub(super) const GROUPS: usize = 300;
/// Groups that one user is in.
pub(super) const OF_USER: usize = 10;

fn group<'a>(known: &'a Account, name: &str) -> Result<&'a Group, ApiError> {
    known.groups.get(name).ok_or_else(|| missing("group", name))
}

fn group_mut<'a>(known: &'a mut Account, name: &str) -> Result<&'a mut Group, ApiError> {
    known.groups.get_mut(name).ok_or_else(|| missing("group", name))
}

impl Operation for CreateGroup {
    type Output = CreateGroupResponse;

    async fn run(self, cx: &Context<'_>) -> Result<CreateGroupResponse, ApiError> {
        let CreateGroup { path, group_name } = self;
        let account = cx.scope.account;
        change(cx, move |known| {
            check_new("Group", known.groups.keys(), &group_name)?;
            check_quota("GroupsPerAccount", known.groups.len(), GROUPS)?;
            let made = Group {
                name: group_name.clone(),
                path: path.unwrap_or_else(|| "/".into()),
                id: fresh_id("AGPA"),
                created: now(),
                inline: Default::default(),
                attached: Default::default(),
                users: Default::default(),
            };
            let group = view(account, &made);
            known.groups.insert(group_name, made);
            Ok(CreateGroupResponse { group })
        })
        .await
    }
}

impl Operation for GetGroup {
    type Output = GetGroupResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetGroupResponse, ApiError> {
        let GetGroup { group_name, marker, max_items } = self;
        let account = cx.scope.account;
        let (group, found) = read(cx, |known| {
            let found = group(known, &group_name)?;
            let users = found.users.iter().filter_map(|name| known.users.get(name));
            let users = users.map(|user| (user.name.clone(), view_user(account, user)));
            Ok::<_, ApiError>((view(account, found), users.collect()))
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(GetGroupResponse { group, users: page.items, is_truncated: more, marker })
    }
}

impl Operation for ListGroups {
    type Output = ListGroupsResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListGroupsResponse, ApiError> {
        let ListGroups { path_prefix, marker, max_items } = self;
        let prefix = path_prefix.as_deref().unwrap_or("/");
        let found = read(cx, |known| {
            let groups = known.groups.values().filter(|group| group.path.starts_with(prefix));
            groups.map(|group| (group.name.clone(), view(cx.scope.account, group))).collect()
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListGroupsResponse { groups: page.items, is_truncated: more, marker })
    }
}

impl Operation for ListGroupsForUser {
    type Output = ListGroupsForUserResponse;

    async fn run(self, cx: &Context<'_>) -> Result<ListGroupsForUserResponse, ApiError> {
        let ListGroupsForUser { user_name, marker, max_items } = self;
        let found = read(cx, |known| {
            user(known, &user_name)?;
            let groups = known.groups.values().filter(|group| group.users.contains(&user_name));
            let shown = groups.map(|it| (it.name.clone(), view(cx.scope.account, it)));
            Ok::<_, ApiError>(shown.collect())
        })?;
        let page = page(found, max_items, marker.as_deref())?;
        let (more, marker) = (Some(page.next_token.is_some()), page.next_token);
        Ok(ListGroupsForUserResponse { groups: page.items, is_truncated: more, marker })
    }
}

impl Operation for UpdateGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let UpdateGroup { group_name, new_path, new_group_name } = self;
        change(cx, move |known| {
            let mut changed = group(known, &group_name)?.clone();
            let others = known.groups.keys().filter(|other| **other != group_name);
            new_group_name.iter().try_for_each(|name| check_new("Group", others.clone(), name))?;
            changed.path = new_path.unwrap_or(changed.path);
            changed.name = new_group_name.unwrap_or(changed.name);
            known.groups.remove(&group_name);
            known.groups.insert(changed.name.clone(), changed);
            Ok(())
        })
        .await
    }
}

impl Operation for DeleteGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteGroup { group_name } = self;
        change(cx, move |known| {
            let Group { users, attached, inline, .. } = group(known, &group_name)?;
            let what = match (users.is_empty(), attached.is_empty(), inline.is_empty()) {
                (false, ..) => Some("must remove users from group first"),
                (_, false, _) => Some("must detach all policies first"),
                (_, _, false) => Some("must delete policies first"),
                (true, true, true) => None,
            };
            if let Some(what) = what {
                return Err(conflict(&format!("Cannot delete entity, {what}.")));
            }
            known.groups.remove(&group_name);
            Ok(())
        })
        .await
    }
}

impl Operation for AddUserToGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let AddUserToGroup { group_name, user_name } = self;
        change(cx, move |known| {
            user(known, &user_name)?;
            let groups = known.groups.iter().filter(|(_, group)| group.users.contains(&user_name));
            let others = groups.filter(|(name, _)| **name != group_name).count();
            let found = group_mut(known, &group_name)?;
            check_quota("GroupsPerUser", others, OF_USER)?;
            found.users.insert(user_name);
            Ok(())
        })
        .await
    }
}

impl Operation for RemoveUserFromGroup {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let RemoveUserFromGroup { group_name, user_name } = self;
        change(cx, move |known| {
            let found = group_mut(known, &group_name)?;
            match found.users.remove(&user_name) {
                true => Ok(()),
                false => Err(missing("user", &user_name)),
            }
        })
        .await
    }
}

fn view(account: u64, group: &Group) -> output::Group {
    let Group { name, path, id, created, .. } = group;
    output::Group {
        path: path.clone(),
        group_name: name.clone(),
        group_id: id.clone(),
        arn: format!("arn:aws:iam::{account:012}:group{path}{name}"),
        create_date: *created,
    }
}
