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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreatePolicyVersionResponse {
    #[serde(rename = "PolicyVersion")] pub policy_version: Option<PolicyVersion>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateRoleResponse {
    #[serde(rename = "Role")] pub role: Role,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateUserResponse {
    #[serde(rename = "User")] pub user: Option<User>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvaluationResult {
    #[serde(rename = "EvalActionName")] pub eval_action_name: String,
    #[serde(rename = "EvalResourceName")] pub eval_resource_name: Option<String>,
    #[serde(rename = "EvalDecision")] pub eval_decision: String,
    #[serde(rename = "MatchedStatements")] pub matched_statements: Option<Vec<Statement>>,
    #[serde(rename = "MissingContextValues")] pub missing_context_values: Option<Vec<String>>,
    #[serde(rename = "OrganizationsDecisionDetail")] pub organizations_decision_detail: Option<OrganizationsDecisionDetail>,
    #[serde(rename = "PermissionsBoundaryDecisionDetail")] pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
    #[serde(rename = "EvalDecisionDetails")] pub eval_decision_details: Option<BTreeMap<String, String>>,
    #[serde(rename = "ResourceSpecificResults")] pub resource_specific_results: Option<Vec<ResourceSpecificResult>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAccessKeyLastUsedResponse {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "AccessKeyLastUsed")] pub access_key_last_used: Option<AccessKeyLastUsed>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAccountAuthorizationDetailsResponse {
    #[serde(rename = "UserDetailList")] pub user_detail_list: Option<Vec<UserDetail>>,
    #[serde(rename = "GroupDetailList")] pub group_detail_list: Option<Vec<GroupDetail>>,
    #[serde(rename = "RoleDetailList")] pub role_detail_list: Option<Vec<RoleDetail>>,
    #[serde(rename = "Policies")] pub policies: Option<Vec<ManagedPolicyDetail>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAccountSummaryResponse {
    #[serde(rename = "SummaryMap")] pub summary_map: Option<BTreeMap<String, i32>>,
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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GroupDetail {
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
    #[serde(rename = "GroupPolicyList")] pub group_policy_list: Option<Vec<PolicyDetail>>,
    #[serde(rename = "AttachedManagedPolicies")] pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
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

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListAccountAliasesResponse {
    #[serde(rename = "AccountAliases")] pub account_aliases: Vec<String>,
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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListEntitiesForPolicyResponse {
    #[serde(rename = "PolicyGroups")] pub policy_groups: Option<Vec<PolicyGroup>>,
    #[serde(rename = "PolicyUsers")] pub policy_users: Option<Vec<PolicyUser>>,
    #[serde(rename = "PolicyRoles")] pub policy_roles: Option<Vec<PolicyRole>>,
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

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListPolicyTagsResponse {
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
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
pub struct ManagedPolicyDetail {
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
    #[serde(rename = "PolicyVersionList")] pub policy_version_list: Option<Vec<PolicyVersion>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct OrganizationsDecisionDetail {
    #[serde(rename = "AllowedByOrganizations")] pub allowed_by_organizations: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PermissionsBoundaryDecisionDetail {
    #[serde(rename = "AllowedByPermissionsBoundary")] pub allowed_by_permissions_boundary: Option<bool>,
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
pub struct PolicyDetail {
    #[serde(rename = "PolicyName")] pub policy_name: Option<String>,
    #[serde(rename = "PolicyDocument")] pub policy_document: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PolicyGroup {
    #[serde(rename = "GroupName")] pub group_name: Option<String>,
    #[serde(rename = "GroupId")] pub group_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PolicyRole {
    #[serde(rename = "RoleName")] pub role_name: Option<String>,
    #[serde(rename = "RoleId")] pub role_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PolicyUser {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "UserId")] pub user_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PolicyVersion {
    #[serde(rename = "Document")] pub document: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "IsDefaultVersion")] pub is_default_version: Option<bool>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Position {
    #[serde(rename = "Line")] pub line: Option<i32>,
    #[serde(rename = "Column")] pub column: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceSpecificResult {
    #[serde(rename = "EvalResourceName")] pub eval_resource_name: String,
    #[serde(rename = "EvalResourceDecision")] pub eval_resource_decision: String,
    #[serde(rename = "MatchedStatements")] pub matched_statements: Option<Vec<Statement>>,
    #[serde(rename = "MissingContextValues")] pub missing_context_values: Option<Vec<String>>,
    #[serde(rename = "EvalDecisionDetails")] pub eval_decision_details: Option<BTreeMap<String, String>>,
    #[serde(rename = "PermissionsBoundaryDecisionDetail")] pub permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail>,
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
pub struct RoleDetail {
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "RoleName")] pub role_name: Option<String>,
    #[serde(rename = "RoleId")] pub role_id: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
    #[serde(rename = "AssumeRolePolicyDocument")] pub assume_role_policy_document: Option<String>,
    #[serde(rename = "InstanceProfileList")] pub instance_profile_list: Option<Vec<InstanceProfile>>,
    #[serde(rename = "RolePolicyList")] pub role_policy_list: Option<Vec<PolicyDetail>>,
    #[serde(rename = "AttachedManagedPolicies")] pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "RoleLastUsed")] pub role_last_used: Option<RoleLastUsed>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RoleLastUsed {
    #[serde(rename = "LastUsedDate")] pub last_used_date: Option<i64>,
    #[serde(rename = "Region")] pub region: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SimulatePolicyResponse {
    #[serde(rename = "EvaluationResults")] pub evaluation_results: Option<Vec<EvaluationResult>>,
    #[serde(rename = "IsTruncated")] pub is_truncated: Option<bool>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceRoleTemplate {
    #[serde(rename = "TemplateArn")] pub template_arn: String,
    #[serde(rename = "TemplateMinorVersion")] pub template_minor_version: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Statement {
    #[serde(rename = "SourcePolicyId")] pub source_policy_id: Option<String>,
    #[serde(rename = "SourcePolicyType")] pub source_policy_type: Option<String>,
    #[serde(rename = "StartPosition")] pub start_position: Option<Position>,
    #[serde(rename = "EndPosition")] pub end_position: Option<Position>,
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

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UserDetail {
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "UserId")] pub user_id: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
    #[serde(rename = "CreateDate")] pub create_date: Option<i64>,
    #[serde(rename = "UserPolicyList")] pub user_policy_list: Option<Vec<PolicyDetail>>,
    #[serde(rename = "GroupList")] pub group_list: Option<Vec<String>>,
    #[serde(rename = "AttachedManagedPolicies")] pub attached_managed_policies: Option<Vec<AttachedPolicy>>,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}
