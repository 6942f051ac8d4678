//! An account as a whole: what it has and may have, and everything that its policies say.

use std::collections::BTreeSet;

use wire::ApiError;
use wire::iam::input::{GetAccountAuthorizationDetails, GetAccountSummary};
use wire::iam::output::{
    AttachedPolicy, GetAccountAuthorizationDetailsResponse, GetAccountSummaryResponse, GroupDetail,
    ManagedPolicyDetail, PolicyDetail, PolicyVersion, RoleDetail, RoleLastUsed, UserDetail,
};

use crate::api::iam::operations::access_key::KEYS;
use crate::api::iam::operations::group::{GROUPS, OF_USER};
use crate::api::iam::operations::holder::{ATTACHED, room};
use crate::api::iam::operations::instance_profile::{self, PROFILES};
use crate::api::iam::operations::policy::{self, DOCUMENT, POLICIES};
use crate::api::iam::operations::policy_version::{self, VERSIONS};
use crate::api::iam::operations::role::{self, ROLES, TRUST};
use crate::api::iam::operations::user::{self, USERS};
use crate::api::iam::{page, read, show_boundary, show_tags};
use crate::api::operation::{Context, Operation};
use crate::iam::{Account, Group, Held, Kind, Policy, Role, User, managed};

/// Versions of policies of an account.
const VERSIONS_IN_USE: usize = 10_000;

impl Operation for GetAccountSummary {
    type Output = GetAccountSummaryResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetAccountSummaryResponse, ApiError> {
        let GetAccountSummary {} = self;
        let root_keys = usize::from(cx.endpoint.iam.has_root_key(cx.scope.account));
        let summary = read(cx, |known| {
            let versions: usize = known.policies.values().map(|it| it.versions.len()).sum();
            [
                ("Users", known.users.len()),
                ("UsersQuota", USERS),
                ("Groups", known.groups.len()),
                ("GroupsQuota", GROUPS),
                ("Roles", known.roles.len()),
                ("RolesQuota", ROLES),
                ("InstanceProfiles", known.profiles.len()),
                ("InstanceProfilesQuota", PROFILES),
                ("Policies", known.policies.len()),
                ("PoliciesQuota", POLICIES),
                ("PolicySizeQuota", DOCUMENT),
                ("PolicyVersionsInUse", versions),
                ("PolicyVersionsInUseQuota", VERSIONS_IN_USE),
                ("VersionsPerPolicyQuota", VERSIONS),
                ("UserPolicySizeQuota", room(Kind::User)),
                ("GroupPolicySizeQuota", room(Kind::Group)),
                ("RolePolicySizeQuota", room(Kind::Role)),
                ("AssumeRolePolicySizeQuota", TRUST),
                ("AttachedPoliciesPerUserQuota", ATTACHED),
                ("AttachedPoliciesPerGroupQuota", ATTACHED),
                ("AttachedPoliciesPerRoleQuota", ATTACHED),
                ("GroupsPerUserQuota", OF_USER),
                ("AccessKeysPerUserQuota", KEYS),
                ("AccountAccessKeysPresent", root_keys),
                // Nobody has a certificate, a password or a second factor here.
                ("ServerCertificates", 0),
                ("ServerCertificatesQuota", 20),
                ("SigningCertificatesPerUserQuota", 2),
                ("AccountSigningCertificatesPresent", 0),
                ("AccountPasswordPresent", 0),
                ("AccountMFAEnabled", 0),
                ("MFADevices", 0),
                ("MFADevicesInUse", 0),
                ("Providers", 0),
                ("GlobalEndpointTokenVersion", 1),
            ]
        });
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let summary = summary.into_iter().map(|(name, number)| (name.to_owned(), count(number)));
        Ok(GetAccountSummaryResponse { summary_map: Some(summary.collect()) })
    }
}

/// One of what an account has, with all that its policies say.
enum Detail {
    User(UserDetail),
    Group(GroupDetail),
    Role(RoleDetail),
    Policy(ManagedPolicyDetail),
}

impl Operation for GetAccountAuthorizationDetails {
    type Output = GetAccountAuthorizationDetailsResponse;

    async fn run(
        self,
        cx: &Context<'_>,
    ) -> Result<GetAccountAuthorizationDetailsResponse, ApiError> {
        let GetAccountAuthorizationDetails { filter, max_items, marker } = self;
        let wants = |kind: &str| filter.is_empty() || filter.iter().any(|wanted| wanted == kind);
        let account = cx.scope.account;
        let found = read(cx, |known| {
            let mut found = Vec::new();
            for it in known.users.values().filter(|_| wants("User")) {
                let detail = Detail::User(user_detail(account, known, it));
                found.push((format!("0/{}", it.name), detail));
            }
            for it in known.groups.values().filter(|_| wants("Group")) {
                let detail = Detail::Group(group_detail(account, known, it));
                found.push((format!("1/{}", it.name), detail));
            }
            for it in known.roles.values().filter(|_| wants("Role")) {
                let detail = Detail::Role(role_detail(account, known, it));
                found.push((format!("2/{}", it.name), detail));
            }
            let own = known.policies.values().filter(|_| wants("LocalManagedPolicy"));
            let foreign = managed().values().filter(|_| wants("AWSManagedPolicy"));
            // Of AWS's, those that somebody has.
            let foreign =
                foreign.filter(|it| known.attachments(&it.arn) + known.bounded(&it.arn) > 0);
            for it in own.chain(foreign) {
                let detail = Detail::Policy(policy_detail(known, it));
                found.push((format!("3/{}", it.arn), detail));
            }
            found
        });
        let page = page(found, max_items, marker.as_deref())?;
        let (mut users, mut groups) = (Vec::new(), Vec::new());
        let (mut roles, mut policies) = (Vec::new(), Vec::new());
        for detail in page.items {
            match detail {
                Detail::User(user) => users.push(user),
                Detail::Group(group) => groups.push(group),
                Detail::Role(role) => roles.push(role),
                Detail::Policy(policy) => policies.push(policy),
            }
        }
        Ok(GetAccountAuthorizationDetailsResponse {
            user_detail_list: Some(users),
            group_detail_list: Some(groups),
            role_detail_list: Some(roles),
            policies: Some(policies),
            is_truncated: Some(page.next_token.is_some()),
            marker: page.next_token,
        })
    }
}

fn inline(held: Held<'_>) -> Option<Vec<PolicyDetail>> {
    let show = |(name, document): (&String, &String)| PolicyDetail {
        policy_name: Some(name.clone()),
        policy_document: Some(document.clone()),
    };
    Some(held.inline.iter().map(show).collect())
}

fn attached(known: &Account, held: Held<'_>) -> Option<Vec<AttachedPolicy>> {
    let policies = held.attached.iter().filter_map(|arn| known.policy(arn));
    let show = |policy: &Policy| AttachedPolicy {
        policy_name: Some(policy.name.clone()),
        policy_arn: Some(policy.arn.clone()),
    };
    Some(policies.map(show).collect())
}

fn user_detail(account: u64, known: &Account, of: &User) -> UserDetail {
    let (shown, held) = (user::view(account, of), of.held());
    let groups = known.groups.values().filter(|group| group.users.contains(&of.name));
    let groups: BTreeSet<String> = groups.map(|group| group.name.clone()).collect();
    UserDetail {
        path: Some(shown.path),
        user_name: Some(shown.user_name),
        user_id: Some(shown.user_id),
        arn: Some(shown.arn),
        create_date: Some(shown.create_date),
        user_policy_list: inline(held),
        group_list: Some(groups.into_iter().collect()),
        attached_managed_policies: attached(known, held),
        permissions_boundary: show_boundary(of.boundary.as_deref()),
        tags: show_tags(&of.tags),
    }
}

fn group_detail(account: u64, known: &Account, of: &Group) -> GroupDetail {
    let (held, Group { name, path, id, created, .. }) = (of.held(), of);
    GroupDetail {
        path: Some(path.clone()),
        group_name: Some(name.clone()),
        group_id: Some(id.clone()),
        arn: Some(format!("arn:aws:iam::{account:012}:group{path}{name}")),
        create_date: Some(*created),
        group_policy_list: inline(held),
        attached_managed_policies: attached(known, held),
    }
}

fn role_detail(account: u64, known: &Account, of: &Role) -> RoleDetail {
    let (shown, held) = (role::view(account, of), of.held());
    let profiles = known.profiles.values().filter(|it| it.role.as_ref() == Some(&of.name));
    RoleDetail {
        path: Some(shown.path),
        role_name: Some(shown.role_name),
        role_id: Some(shown.role_id),
        arn: Some(shown.arn),
        create_date: Some(shown.create_date),
        assume_role_policy_document: shown.assume_role_policy_document,
        instance_profile_list: Some(
            profiles.map(|it| instance_profile::view(account, known, it)).collect(),
        ),
        role_policy_list: inline(held),
        attached_managed_policies: attached(known, held),
        permissions_boundary: shown.permissions_boundary,
        tags: show_tags(&of.tags),
        role_last_used: Some(RoleLastUsed::default()),
    }
}

fn policy_detail(known: &Account, of: &Policy) -> ManagedPolicyDetail {
    let shown = policy::view(known, of);
    let versions = of.versions.iter().rev().map(|(number, version)| PolicyVersion {
        document: Some(version.document.clone()),
        ..policy_version::view(of, *number, version)
    });
    ManagedPolicyDetail {
        policy_name: shown.policy_name,
        policy_id: shown.policy_id,
        arn: shown.arn,
        path: shown.path,
        default_version_id: shown.default_version_id,
        attachment_count: shown.attachment_count,
        permissions_boundary_usage_count: shown.permissions_boundary_usage_count,
        is_attachable: shown.is_attachable,
        description: Some(of.description.clone()).filter(|text| !text.is_empty()),
        create_date: shown.create_date,
        update_date: shown.update_date,
        policy_version_list: Some(versions.collect()),
    }
}
