//! The operations of iam, and the files that answer them. Written by `cargo xtask codegen`.

#[path = "access_key.rs"]
pub(super) mod access_key;
#[path = "account.rs"]
pub(super) mod account;
#[path = "account_alias.rs"]
pub(super) mod account_alias;
#[path = "boundary.rs"]
pub(super) mod boundary;
#[path = "group.rs"]
pub(super) mod group;
#[path = "holder.rs"]
pub(super) mod holder;
#[path = "instance_profile.rs"]
pub(super) mod instance_profile;
#[path = "policy.rs"]
pub(super) mod policy;
#[path = "policy_version.rs"]
pub(super) mod policy_version;
#[path = "role.rs"]
pub(super) mod role;
#[path = "simulation.rs"]
pub(super) mod simulation;
#[path = "user.rs"]
pub(super) mod user;

use serde_json::Value;
use wire::ApiError;
use wire::iam::{Op, input};

use crate::api::operation::Call;

/// Runs the operation that is meant.
#[allow(clippy::too_many_lines, reason = "a line for each operation")]
pub(super) async fn run(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AddRoleToInstanceProfile => call.run::<input::AddRoleToInstanceProfile>().await,
        Op::AddUserToGroup => call.run::<input::AddUserToGroup>().await,
        Op::AttachGroupPolicy => call.run::<input::AttachGroupPolicy>().await,
        Op::AttachRolePolicy => call.run::<input::AttachRolePolicy>().await,
        Op::AttachUserPolicy => call.run::<input::AttachUserPolicy>().await,
        Op::CreateAccessKey => call.run::<input::CreateAccessKey>().await,
        Op::CreateAccountAlias => call.run::<input::CreateAccountAlias>().await,
        Op::CreateGroup => call.run::<input::CreateGroup>().await,
        Op::CreateInstanceProfile => call.run::<input::CreateInstanceProfile>().await,
        Op::CreatePolicy => call.run::<input::CreatePolicy>().await,
        Op::CreatePolicyVersion => call.run::<input::CreatePolicyVersion>().await,
        Op::CreateRole => call.run::<input::CreateRole>().await,
        Op::CreateUser => call.run::<input::CreateUser>().await,
        Op::DeleteAccessKey => call.run::<input::DeleteAccessKey>().await,
        Op::DeleteAccountAlias => call.run::<input::DeleteAccountAlias>().await,
        Op::DeleteGroup => call.run::<input::DeleteGroup>().await,
        Op::DeleteGroupPolicy => call.run::<input::DeleteGroupPolicy>().await,
        Op::DeleteInstanceProfile => call.run::<input::DeleteInstanceProfile>().await,
        Op::DeletePolicy => call.run::<input::DeletePolicy>().await,
        Op::DeletePolicyVersion => call.run::<input::DeletePolicyVersion>().await,
        Op::DeleteRole => call.run::<input::DeleteRole>().await,
        Op::DeleteRolePermissionsBoundary => {
            call.run::<input::DeleteRolePermissionsBoundary>().await
        }
        Op::DeleteRolePolicy => call.run::<input::DeleteRolePolicy>().await,
        Op::DeleteUser => call.run::<input::DeleteUser>().await,
        Op::DeleteUserPermissionsBoundary => {
            call.run::<input::DeleteUserPermissionsBoundary>().await
        }
        Op::DeleteUserPolicy => call.run::<input::DeleteUserPolicy>().await,
        Op::DetachGroupPolicy => call.run::<input::DetachGroupPolicy>().await,
        Op::DetachRolePolicy => call.run::<input::DetachRolePolicy>().await,
        Op::DetachUserPolicy => call.run::<input::DetachUserPolicy>().await,
        Op::GetAccessKeyLastUsed => call.run::<input::GetAccessKeyLastUsed>().await,
        Op::GetAccountAuthorizationDetails => {
            call.run::<input::GetAccountAuthorizationDetails>().await
        }
        Op::GetAccountSummary => call.run::<input::GetAccountSummary>().await,
        Op::GetGroup => call.run::<input::GetGroup>().await,
        Op::GetGroupPolicy => call.run::<input::GetGroupPolicy>().await,
        Op::GetInstanceProfile => call.run::<input::GetInstanceProfile>().await,
        Op::GetPolicy => call.run::<input::GetPolicy>().await,
        Op::GetPolicyVersion => call.run::<input::GetPolicyVersion>().await,
        Op::GetRole => call.run::<input::GetRole>().await,
        Op::GetRolePolicy => call.run::<input::GetRolePolicy>().await,
        Op::GetUser => call.run::<input::GetUser>().await,
        Op::GetUserPolicy => call.run::<input::GetUserPolicy>().await,
        Op::ListAccessKeys => call.run::<input::ListAccessKeys>().await,
        Op::ListAccountAliases => call.run::<input::ListAccountAliases>().await,
        Op::ListAttachedGroupPolicies => call.run::<input::ListAttachedGroupPolicies>().await,
        Op::ListAttachedRolePolicies => call.run::<input::ListAttachedRolePolicies>().await,
        Op::ListAttachedUserPolicies => call.run::<input::ListAttachedUserPolicies>().await,
        Op::ListEntitiesForPolicy => call.run::<input::ListEntitiesForPolicy>().await,
        Op::ListGroupPolicies => call.run::<input::ListGroupPolicies>().await,
        Op::ListGroups => call.run::<input::ListGroups>().await,
        Op::ListGroupsForUser => call.run::<input::ListGroupsForUser>().await,
        Op::ListInstanceProfileTags => call.run::<input::ListInstanceProfileTags>().await,
        Op::ListInstanceProfiles => call.run::<input::ListInstanceProfiles>().await,
        Op::ListInstanceProfilesForRole => call.run::<input::ListInstanceProfilesForRole>().await,
        Op::ListPolicies => call.run::<input::ListPolicies>().await,
        Op::ListPolicyTags => call.run::<input::ListPolicyTags>().await,
        Op::ListPolicyVersions => call.run::<input::ListPolicyVersions>().await,
        Op::ListRolePolicies => call.run::<input::ListRolePolicies>().await,
        Op::ListRoleTags => call.run::<input::ListRoleTags>().await,
        Op::ListRoles => call.run::<input::ListRoles>().await,
        Op::ListUserPolicies => call.run::<input::ListUserPolicies>().await,
        Op::ListUserTags => call.run::<input::ListUserTags>().await,
        Op::ListUsers => call.run::<input::ListUsers>().await,
        Op::PutGroupPolicy => call.run::<input::PutGroupPolicy>().await,
        Op::PutRolePermissionsBoundary => call.run::<input::PutRolePermissionsBoundary>().await,
        Op::PutRolePolicy => call.run::<input::PutRolePolicy>().await,
        Op::PutUserPermissionsBoundary => call.run::<input::PutUserPermissionsBoundary>().await,
        Op::PutUserPolicy => call.run::<input::PutUserPolicy>().await,
        Op::RemoveRoleFromInstanceProfile => {
            call.run::<input::RemoveRoleFromInstanceProfile>().await
        }
        Op::RemoveUserFromGroup => call.run::<input::RemoveUserFromGroup>().await,
        Op::SetDefaultPolicyVersion => call.run::<input::SetDefaultPolicyVersion>().await,
        Op::SimulateCustomPolicy => call.run::<input::SimulateCustomPolicy>().await,
        Op::SimulatePrincipalPolicy => call.run::<input::SimulatePrincipalPolicy>().await,
        Op::TagInstanceProfile => call.run::<input::TagInstanceProfile>().await,
        Op::TagPolicy => call.run::<input::TagPolicy>().await,
        Op::TagRole => call.run::<input::TagRole>().await,
        Op::TagUser => call.run::<input::TagUser>().await,
        Op::UntagInstanceProfile => call.run::<input::UntagInstanceProfile>().await,
        Op::UntagPolicy => call.run::<input::UntagPolicy>().await,
        Op::UntagRole => call.run::<input::UntagRole>().await,
        Op::UntagUser => call.run::<input::UntagUser>().await,
        Op::UpdateAccessKey => call.run::<input::UpdateAccessKey>().await,
        Op::UpdateAssumeRolePolicy => call.run::<input::UpdateAssumeRolePolicy>().await,
        Op::UpdateGroup => call.run::<input::UpdateGroup>().await,
        Op::UpdateRole => call.run::<input::UpdateRole>().await,
        Op::UpdateUser => call.run::<input::UpdateUser>().await,
    }
}
