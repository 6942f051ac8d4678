//! The inputs of iam's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddRoleToInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "RoleName")] pub role_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddUserToGroup {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "UserName")] pub user_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttachGroupPolicy {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttachRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttachUserPolicy {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateAccessKey {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateAccountAlias {
    #[serde(rename = "AccountAlias")] pub account_alias: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateGroup {
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "GroupName")] pub group_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreatePolicy {
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreatePolicyVersion {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
    #[serde(rename = "SetAsDefault")] pub set_as_default: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateRole {
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "AssumeRolePolicyDocument")] pub assume_role_policy_document: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "MaxSessionDuration")] pub max_session_duration: Option<i32>,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: Option<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateUser {
    #[serde(rename = "Path")] pub path: Option<String>,
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: Option<String>,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteAccessKey {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "AccessKeyId")] pub access_key_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteAccountAlias {
    #[serde(rename = "AccountAlias")] pub account_alias: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteGroup {
    #[serde(rename = "GroupName")] pub group_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteGroupPolicy {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeletePolicy {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeletePolicyVersion {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "VersionId")] pub version_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRole {
    #[serde(rename = "RoleName")] pub role_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRolePermissionsBoundary {
    #[serde(rename = "RoleName")] pub role_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteUser {
    #[serde(rename = "UserName")] pub user_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteUserPermissionsBoundary {
    #[serde(rename = "UserName")] pub user_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteUserPolicy {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DetachGroupPolicy {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DetachRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DetachUserPolicy {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAccessKeyLastUsed {
    #[serde(rename = "AccessKeyId")] pub access_key_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAccountAuthorizationDetails {
    #[serde(rename = "Filter", default)] pub filter: Vec<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAccountSummary {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetGroup {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetGroupPolicy {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetPolicy {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetPolicyVersion {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "VersionId")] pub version_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRole {
    #[serde(rename = "RoleName")] pub role_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetUser {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetUserPolicy {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListAccessKeys {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListAccountAliases {
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListAttachedGroupPolicies {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListAttachedRolePolicies {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListAttachedUserPolicies {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListEntitiesForPolicy {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "EntityFilter")] pub entity_filter: Option<String>,
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "PolicyUsageFilter")] pub policy_usage_filter: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListGroupPolicies {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListGroups {
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListGroupsForUser {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListInstanceProfileTags {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListInstanceProfiles {
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListInstanceProfilesForRole {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListPolicies {
    #[serde(rename = "Scope")] pub scope: Option<String>,
    #[serde(rename = "OnlyAttached")] pub only_attached: Option<bool>,
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListPolicyTags {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListPolicyVersions {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListRolePolicies {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListRoleTags {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListRoles {
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListUserPolicies {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListUserTags {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListUsers {
    #[serde(rename = "PathPrefix")] pub path_prefix: Option<String>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutGroupPolicy {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRolePermissionsBoundary {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutUserPermissionsBoundary {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PermissionsBoundary")] pub permissions_boundary: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutUserPolicy {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemoveRoleFromInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "RoleName")] pub role_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemoveUserFromGroup {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "UserName")] pub user_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SetDefaultPolicyVersion {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "VersionId")] pub version_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SimulateCustomPolicy {
    #[serde(rename = "PolicyInputList", default)] pub policy_input_list: Vec<String>,
    #[serde(rename = "PermissionsBoundaryPolicyInputList", default)] pub permissions_boundary_policy_input_list: Vec<String>,
    #[serde(rename = "ActionNames", default)] pub action_names: Vec<String>,
    #[serde(rename = "ResourceArns", default)] pub resource_arns: Vec<String>,
    #[serde(rename = "ContextEntries", default)] pub context_entries: Vec<ContextEntry>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct SimulatePrincipalPolicy {
    #[serde(rename = "PolicySourceArn")] pub policy_source_arn: String,
    #[serde(rename = "PolicyInputList", default)] pub policy_input_list: Vec<String>,
    #[serde(rename = "PermissionsBoundaryPolicyInputList", default)] pub permissions_boundary_policy_input_list: Vec<String>,
    #[serde(rename = "ActionNames", default)] pub action_names: Vec<String>,
    #[serde(rename = "ResourceArns", default)] pub resource_arns: Vec<String>,
    #[serde(rename = "ContextEntries", default)] pub context_entries: Vec<ContextEntry>,
    #[serde(rename = "MaxItems")] pub max_items: Option<i32>,
    #[serde(rename = "Marker")] pub marker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagPolicy {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagRole {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagUser {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagInstanceProfile {
    #[serde(rename = "InstanceProfileName")] pub instance_profile_name: String,
    #[serde(rename = "TagKeys", default)] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagPolicy {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
    #[serde(rename = "TagKeys", default)] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagRole {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "TagKeys", default)] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagUser {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "TagKeys", default)] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateAccessKey {
    #[serde(rename = "UserName")] pub user_name: Option<String>,
    #[serde(rename = "AccessKeyId")] pub access_key_id: String,
    #[serde(rename = "Status")] pub status: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateAssumeRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateGroup {
    #[serde(rename = "GroupName")] pub group_name: String,
    #[serde(rename = "NewPath")] pub new_path: Option<String>,
    #[serde(rename = "NewGroupName")] pub new_group_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateRole {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "MaxSessionDuration")] pub max_session_duration: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateUser {
    #[serde(rename = "UserName")] pub user_name: String,
    #[serde(rename = "NewPath")] pub new_path: Option<String>,
    #[serde(rename = "NewUserName")] pub new_user_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ContextEntry {
    #[serde(rename = "ContextKeyName")] pub context_key_name: Option<String>,
    #[serde(rename = "ContextKeyValues", default)] pub context_key_values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}
