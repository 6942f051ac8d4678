//! iam's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AddRoleToInstanceProfile`.
    AddRoleToInstanceProfile,
    /// `AddUserToGroup`.
    AddUserToGroup,
    /// `AttachGroupPolicy`.
    AttachGroupPolicy,
    /// `AttachRolePolicy`.
    AttachRolePolicy,
    /// `AttachUserPolicy`.
    AttachUserPolicy,
    /// `CreateAccessKey`.
    CreateAccessKey,
    /// `CreateAccountAlias`.
    CreateAccountAlias,
    /// `CreateGroup`.
    CreateGroup,
    /// `CreateInstanceProfile`.
    CreateInstanceProfile,
    /// `CreatePolicy`.
    CreatePolicy,
    /// `CreatePolicyVersion`.
    CreatePolicyVersion,
    /// `CreateRole`.
    CreateRole,
    /// `CreateUser`.
    CreateUser,
    /// `DeleteAccessKey`.
    DeleteAccessKey,
    /// `DeleteAccountAlias`.
    DeleteAccountAlias,
    /// `DeleteGroup`.
    DeleteGroup,
    /// `DeleteGroupPolicy`.
    DeleteGroupPolicy,
    /// `DeleteInstanceProfile`.
    DeleteInstanceProfile,
    /// `DeletePolicy`.
    DeletePolicy,
    /// `DeletePolicyVersion`.
    DeletePolicyVersion,
    /// `DeleteRole`.
    DeleteRole,
    /// `DeleteRolePermissionsBoundary`.
    DeleteRolePermissionsBoundary,
    /// `DeleteRolePolicy`.
    DeleteRolePolicy,
    /// `DeleteUser`.
    DeleteUser,
    /// `DeleteUserPermissionsBoundary`.
    DeleteUserPermissionsBoundary,
    /// `DeleteUserPolicy`.
    DeleteUserPolicy,
    /// `DetachGroupPolicy`.
    DetachGroupPolicy,
    /// `DetachRolePolicy`.
    DetachRolePolicy,
    /// `DetachUserPolicy`.
    DetachUserPolicy,
    /// `GetAccessKeyLastUsed`.
    GetAccessKeyLastUsed,
    /// `GetAccountAuthorizationDetails`.
    GetAccountAuthorizationDetails,
    /// `GetAccountSummary`.
    GetAccountSummary,
    /// `GetGroup`.
    GetGroup,
    /// `GetGroupPolicy`.
    GetGroupPolicy,
    /// `GetInstanceProfile`.
    GetInstanceProfile,
    /// `GetPolicy`.
    GetPolicy,
    /// `GetPolicyVersion`.
    GetPolicyVersion,
    /// `GetRole`.
    GetRole,
    /// `GetRolePolicy`.
    GetRolePolicy,
    /// `GetUser`.
    GetUser,
    /// `GetUserPolicy`.
    GetUserPolicy,
    /// `ListAccessKeys`.
    ListAccessKeys,
    /// `ListAccountAliases`.
    ListAccountAliases,
    /// `ListAttachedGroupPolicies`.
    ListAttachedGroupPolicies,
    /// `ListAttachedRolePolicies`.
    ListAttachedRolePolicies,
    /// `ListAttachedUserPolicies`.
    ListAttachedUserPolicies,
    /// `ListEntitiesForPolicy`.
    ListEntitiesForPolicy,
    /// `ListGroupPolicies`.
    ListGroupPolicies,
    /// `ListGroups`.
    ListGroups,
    /// `ListGroupsForUser`.
    ListGroupsForUser,
    /// `ListInstanceProfileTags`.
    ListInstanceProfileTags,
    /// `ListInstanceProfiles`.
    ListInstanceProfiles,
    /// `ListInstanceProfilesForRole`.
    ListInstanceProfilesForRole,
    /// `ListPolicies`.
    ListPolicies,
    /// `ListPolicyTags`.
    ListPolicyTags,
    /// `ListPolicyVersions`.
    ListPolicyVersions,
    /// `ListRolePolicies`.
    ListRolePolicies,
    /// `ListRoleTags`.
    ListRoleTags,
    /// `ListRoles`.
    ListRoles,
    /// `ListUserPolicies`.
    ListUserPolicies,
    /// `ListUserTags`.
    ListUserTags,
    /// `ListUsers`.
    ListUsers,
    /// `PutGroupPolicy`.
    PutGroupPolicy,
    /// `PutRolePermissionsBoundary`.
    PutRolePermissionsBoundary,
    /// `PutRolePolicy`.
    PutRolePolicy,
    /// `PutUserPermissionsBoundary`.
    PutUserPermissionsBoundary,
    /// `PutUserPolicy`.
    PutUserPolicy,
    /// `RemoveRoleFromInstanceProfile`.
    RemoveRoleFromInstanceProfile,
    /// `RemoveUserFromGroup`.
    RemoveUserFromGroup,
    /// `SetDefaultPolicyVersion`.
    SetDefaultPolicyVersion,
    /// `SimulateCustomPolicy`.
    SimulateCustomPolicy,
    /// `SimulatePrincipalPolicy`.
    SimulatePrincipalPolicy,
    /// `TagInstanceProfile`.
    TagInstanceProfile,
    /// `TagPolicy`.
    TagPolicy,
    /// `TagRole`.
    TagRole,
    /// `TagUser`.
    TagUser,
    /// `UntagInstanceProfile`.
    UntagInstanceProfile,
    /// `UntagPolicy`.
    UntagPolicy,
    /// `UntagRole`.
    UntagRole,
    /// `UntagUser`.
    UntagUser,
    /// `UpdateAccessKey`.
    UpdateAccessKey,
    /// `UpdateAssumeRolePolicy`.
    UpdateAssumeRolePolicy,
    /// `UpdateGroup`.
    UpdateGroup,
    /// `UpdateRole`.
    UpdateRole,
    /// `UpdateUser`.
    UpdateUser,
}
