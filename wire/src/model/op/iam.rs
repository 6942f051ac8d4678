//! iam's operations by name. Written by `cargo xtask codegen`.

/// The supported operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `AttachRolePolicy`.
    AttachRolePolicy,
    /// `CreatePolicy`.
    CreatePolicy,
    /// `CreateRole`.
    CreateRole,
    /// `DeletePolicy`.
    DeletePolicy,
    /// `DeleteRole`.
    DeleteRole,
    /// `DeleteRolePolicy`.
    DeleteRolePolicy,
    /// `DetachRolePolicy`.
    DetachRolePolicy,
    /// `GetPolicy`.
    GetPolicy,
    /// `GetPolicyVersion`.
    GetPolicyVersion,
    /// `GetRole`.
    GetRole,
    /// `GetRolePolicy`.
    GetRolePolicy,
    /// `ListAttachedRolePolicies`.
    ListAttachedRolePolicies,
    /// `ListInstanceProfilesForRole`.
    ListInstanceProfilesForRole,
    /// `ListPolicies`.
    ListPolicies,
    /// `ListPolicyVersions`.
    ListPolicyVersions,
    /// `ListRolePolicies`.
    ListRolePolicies,
    /// `ListRoleTags`.
    ListRoleTags,
    /// `ListRoles`.
    ListRoles,
    /// `PutRolePolicy`.
    PutRolePolicy,
    /// `TagRole`.
    TagRole,
    /// `UntagRole`.
    UntagRole,
    /// `UpdateAssumeRolePolicy`.
    UpdateAssumeRolePolicy,
}
