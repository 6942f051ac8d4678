//! What is supported of IAM: roles and policies.

use super::{Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "iam",
    version: "2010-05-08",
    files: &[],
    operations: &[
        op!(AttachRolePolicy, reads: [RoleName, PolicyArn]),
        op!(CreatePolicy, reads: [PolicyName, Path, PolicyDocument, Description, Tags]),
        op!(CreateRole,
            reads: [Path, RoleName, AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary,
                Tags]),
        op!(DeletePolicy, reads: [PolicyArn]),
        op!(DeleteRole, reads: [RoleName]),
        op!(DeleteRolePolicy, reads: [RoleName, PolicyName]),
        op!(DetachRolePolicy, reads: [RoleName, PolicyArn]),
        op!(GetPolicy, reads: [PolicyArn]),
        op!(GetPolicyVersion, reads: [PolicyArn, VersionId]),
        op!(GetRole, reads: [RoleName]),
        op!(GetRolePolicy, reads: [RoleName, PolicyName]),
        op!(ListAttachedRolePolicies, reads: [RoleName, PathPrefix, Marker, MaxItems]),
        op!(ListInstanceProfilesForRole, reads: [RoleName, Marker, MaxItems]),
        op!(ListPolicies, reads: [Scope, OnlyAttached, PathPrefix, Marker, MaxItems]),
        op!(ListPolicyVersions, reads: [PolicyArn, Marker, MaxItems]),
        op!(ListRolePolicies, reads: [RoleName, Marker, MaxItems]),
        op!(ListRoleTags, reads: [RoleName, Marker, MaxItems]),
        op!(ListRoles, reads: [PathPrefix, Marker, MaxItems]),
        op!(PutRolePolicy, reads: [RoleName, PolicyName, PolicyDocument]),
        op!(TagRole, reads: [RoleName, Tags]),
        op!(UntagRole, reads: [RoleName, TagKeys]),
        op!(UpdateAssumeRolePolicy, reads: [RoleName, PolicyDocument]),
    ],
    shapes: &[shape!(Tag, reads: [Key, Value])],
};
