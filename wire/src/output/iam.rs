//! The outputs of iam's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccessKey {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "AccessKeyId")] pub access_key_id: String,
    #[serde(rename = "Status")] pub status: String,
    #[serde(rename = "SecretAccessKey")] pub secret_access_key: String,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccessKeyLastUsed {
    #[serde(rename = "LastUsedDate")] pub last_used_date: Option<i64>,
    #[serde(rename = "ServiceName")] pub service_name: String,
    #[serde(rename = "Region")] pub region: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AccessKeyMetadata {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "AccessKeyId")] pub access_key_id: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttachedPermissionsBoundary {
    #[serde(rename = "PermissionsBoundaryType")] pub permissions_boundary_type: Option<String>,
    #[serde(rename = "PermissionsBoundaryArn")] pub permissions_boundary_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AttachedPolicy {
    #[serde(rename = "PolicyName")] pub policy_name: Option<String>,
    #[serde(rename = "PolicyArn")] pub policy_arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateAccessKeyResponse {
    #[serde(rename = "AccessKey")] pub access_key: AccessKey,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateGroupResponse {
    #[serde(rename = "Group")] pub group: Group,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateInstanceProfileResponse {
    #[serde(rename = "InstanceProfile")] pub instance_profile: InstanceProfile,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreatePolicyResponse {
    #[serde(rename = "Policy")] pub policy: Option<Policy>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateRoleResponse {
    #[serde(rename = "Role")] pub role: Role,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateUserResponse {
    #[serde(rename = "User")] pub user: Option<User>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAccessKeyLastUsedResponse {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "AccessKeyLastUsed")] pub access_key_last_used: Option<AccessKeyLastUsed>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetGroupPolicyResponse {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetGroupResponse {
    #[serde(rename = "Group")] pub group: Group,
    #[serde(rename = "Users")] pub users: Vec<User>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetInstanceProfileResponse {
    #[serde(rename = "InstanceProfile")] pub instance_profile: InstanceProfile,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetPolicyResponse {
    #[serde(rename = "Policy")] pub policy: Option<Policy>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetPolicyVersionResponse {
    #[serde(rename = "PolicyVersion")] pub policy_version: Option<PolicyVersion>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetRolePolicyResponse {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetRoleResponse {
    #[serde(rename = "Role")] pub role: Role,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetUserPolicyResponse {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GetUserResponse {
    #[serde(rename = "User")] pub user: User,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    #[serde(rename = "Path")] pub path: String,
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "GroupId")] pub group_id: String,
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "CreateDate")] pub create_date: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InstanceProfile {
    #[serde(rename = "Path")] pub path: String,
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "InstanceProfileId")] pub instance_profile_id: String,
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "CreateDate")] pub create_date: i64,
    #[serde(rename = "Roles")] pub roles: Vec<Role>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListAccessKeysResponse {
    #[serde(rename = "AccessKeyMetadata")] pub access_key_metadata: Vec<AccessKeyMetadata>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListAttachedGroupPoliciesResponse {
    #[serde(rename = "AttachedPolicies")] pub attached_policies: Option<Vec<AttachedPolicy>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListAttachedRolePoliciesResponse {
    #[serde(rename = "AttachedPolicies")] pub attached_policies: Option<Vec<AttachedPolicy>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListAttachedUserPoliciesResponse {
    #[serde(rename = "AttachedPolicies")] pub attached_policies: Option<Vec<AttachedPolicy>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListGroupPoliciesResponse {
    #[serde(rename = "PolicyNames")] pub policy_names: Vec<String>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListGroupsForUserResponse {
    #[serde(rename = "Groups")] pub groups: Vec<Group>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListGroupsResponse {
    #[serde(rename = "Groups")] pub groups: Vec<Group>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListInstanceProfileTagsResponse {
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListInstanceProfilesForRoleResponse {
    #[serde(rename = "InstanceProfiles")] pub instance_profiles: Vec<InstanceProfile>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListInstanceProfilesResponse {
    #[serde(rename = "InstanceProfiles")] pub instance_profiles: Vec<InstanceProfile>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListPoliciesResponse {
    #[serde(rename = "Policies")] pub policies: Option<Vec<Policy>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListPolicyVersionsResponse {
    #[serde(rename = "Versions")] pub versions: Option<Vec<PolicyVersion>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListRolePoliciesResponse {
    #[serde(rename = "PolicyNames")] pub policy_names: Vec<String>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListRoleTagsResponse {
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListRolesResponse {
    #[serde(rename = "Roles")] pub roles: Vec<Role>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListUserPoliciesResponse {
    #[serde(rename = "PolicyNames")] pub policy_names: Vec<String>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListUserTagsResponse {
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListUsersResponse {
    #[serde(rename = "Users")] pub users: Vec<User>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Policy {
    #[serde(rename = "PolicyName")] pub policy_name: Option<String>,
    #[serde(rename = "PolicyId")] pub policy_id: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "DefaultVersionId")] pub default_version_id: Option<String>,
    #[serde(rename = "AttachmentCount")] pub attachment_count: Option<i32>,
    #[serde(rename = "PermissionsBoundaryUsageCount")] pub permissions_boundary_usage_count: Option<i32>,
    #[serde(rename = "IsAttachable")] pub is_attachable: Option<bool>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
    #[serde(rename = "UpdateDate")] pub update_date: Option<i64>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PolicyVersion {
    #[serde(rename = "Document")] pub document: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "IsDefaultVersion")] pub is_default_version: Option<bool>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Role {
    #[serde(rename = "Path")] pub path: String,
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "RoleId")] pub role_id: String,
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "CreateDate")] pub create_date: i64,
    #[serde(rename = "AssumeRolePolicyDocument")] pub assume_role_policy_document: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "MaxSessionDuration")] pub max_session_duration: Option<i32>,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "RoleLastUsed")] pub role_last_used: Option<RoleLastUsed>,
    #[serde(rename = "SourceRoleTemplate")] pub source_role_template: Option<SourceRoleTemplate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RoleLastUsed {
    #[serde(rename = "LastUsedDate")] pub last_used_date: Option<i64>,
    #[serde(rename = "Region")] pub region: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceRoleTemplate {
    #[serde(rename = "TemplateArn")] pub template_arn: String,
    #[serde(rename = "TemplateMinorVersion")] pub template_minor_version: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateRoleResponse {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct User {
    #[serde(rename = "Path")] pub path: String,
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "UserId")] pub user_id: String,
    #[serde(rename = "Arn")] pub arn: String,
    #[serde(rename = "CreateDate")] pub create_date: i64,
    #[serde(rename = "PasswordLastUsed")] pub password_last_used: Option<i64>,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}
