//! The inputs of iam's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AddRoleToInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
    must "RoleName" role_name: String,
} }

input! { AddUserToGroup {
    must "GroupName" group_name: String,
    must "UserName" user_name: String,
} }

input! { AttachGroupPolicy {
    must "GroupName" group_name: String,
    must "PolicyArn" policy_arn: String,
} }

input! { AttachRolePolicy {
    must "RoleName" role_name: String,
    must "PolicyArn" policy_arn: String,
} }

input! { AttachUserPolicy {
    must "UserName" user_name: String,
    must "PolicyArn" policy_arn: String,
} }

input! { CreateAccessKey {
    may "UserName" user_name: Option<String>,
} }

input! { CreateAccountAlias {
    must "AccountAlias" account_alias: String,
} }

input! { CreateGroup {
    may "Path" path: Option<String>,
    must "GroupName" group_name: String,
} }

input! { CreateInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
    may "Path" path: Option<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { CreatePolicy {
    must "PolicyName" policy_name: String,
    may "Path" path: Option<String>,
    must "PolicyDocument" policy_document: String,
    may "Description" description: Option<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { CreatePolicyVersion {
    must "PolicyArn" policy_arn: String,
    must "PolicyDocument" policy_document: String,
    may "SetAsDefault" set_as_default: Option<bool>,
} }

input! { CreateRole {
    may "Path" path: Option<String>,
    must "RoleName" role_name: String,
    must "AssumeRolePolicyDocument" assume_role_policy_document: String,
    may "Description" description: Option<String>,
    may "MaxSessionDuration" max_session_duration: Option<i32>,
    may "PermissionsBoundary" permissions_boundary: Option<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { CreateUser {
    may "Path" path: Option<String>,
    must "UserName" user_name: String,
    may "PermissionsBoundary" permissions_boundary: Option<String>,
    may "Tags" tags: Vec<Tag>,
} }

input! { DeleteAccessKey {
    may "UserName" user_name: Option<String>,
    must "AccessKeyId" access_key_id: String,
} }

input! { DeleteAccountAlias {
    must "AccountAlias" account_alias: String,
} }

input! { DeleteGroup {
    must "GroupName" group_name: String,
} }

input! { DeleteGroupPolicy {
    must "GroupName" group_name: String,
    must "PolicyName" policy_name: String,
} }

input! { DeleteInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
} }

input! { DeletePolicy {
    must "PolicyArn" policy_arn: String,
} }

input! { DeletePolicyVersion {
    must "PolicyArn" policy_arn: String,
    must "VersionId" version_id: String,
} }

input! { DeleteRole {
    must "RoleName" role_name: String,
} }

input! { DeleteRolePermissionsBoundary {
    must "RoleName" role_name: String,
} }

input! { DeleteRolePolicy {
    must "RoleName" role_name: String,
    must "PolicyName" policy_name: String,
} }

input! { DeleteUser {
    must "UserName" user_name: String,
} }

input! { DeleteUserPermissionsBoundary {
    must "UserName" user_name: String,
} }

input! { DeleteUserPolicy {
    must "UserName" user_name: String,
    must "PolicyName" policy_name: String,
} }

input! { DetachGroupPolicy {
    must "GroupName" group_name: String,
    must "PolicyArn" policy_arn: String,
} }

input! { DetachRolePolicy {
    must "RoleName" role_name: String,
    must "PolicyArn" policy_arn: String,
} }

input! { DetachUserPolicy {
    must "UserName" user_name: String,
    must "PolicyArn" policy_arn: String,
} }

input! { GetAccessKeyLastUsed {
    must "AccessKeyId" access_key_id: String,
} }

input! { GetAccountAuthorizationDetails {
    may "Filter" filter: Vec<String>,
    may "MaxItems" max_items: Option<i32>,
    may "Marker" marker: Option<String>,
} }

input! { GetAccountSummary {} }

input! { GetGroup {
    must "GroupName" group_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { GetGroupPolicy {
    must "GroupName" group_name: String,
    must "PolicyName" policy_name: String,
} }

input! { GetInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
} }

input! { GetPolicy {
    must "PolicyArn" policy_arn: String,
} }

input! { GetPolicyVersion {
    must "PolicyArn" policy_arn: String,
    must "VersionId" version_id: String,
} }

input! { GetRole {
    must "RoleName" role_name: String,
} }

input! { GetRolePolicy {
    must "RoleName" role_name: String,
    must "PolicyName" policy_name: String,
} }

input! { GetUser {
    may "UserName" user_name: Option<String>,
} }

input! { GetUserPolicy {
    must "UserName" user_name: String,
    must "PolicyName" policy_name: String,
} }

input! { ListAccessKeys {
    may "UserName" user_name: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListAccountAliases {
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListAttachedGroupPolicies {
    must "GroupName" group_name: String,
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListAttachedRolePolicies {
    must "RoleName" role_name: String,
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListAttachedUserPolicies {
    must "UserName" user_name: String,
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListEntitiesForPolicy {
    must "PolicyArn" policy_arn: String,
    may "EntityFilter" entity_filter: Option<String>,
    may "PathPrefix" path_prefix: Option<String>,
    may "PolicyUsageFilter" policy_usage_filter: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListGroupPolicies {
    must "GroupName" group_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListGroups {
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListGroupsForUser {
    must "UserName" user_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListInstanceProfileTags {
    must "InstanceProfileName" instance_profile_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListInstanceProfiles {
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListInstanceProfilesForRole {
    must "RoleName" role_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListPolicies {
    may "Scope" scope: Option<String>,
    may "OnlyAttached" only_attached: Option<bool>,
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListPolicyTags {
    must "PolicyArn" policy_arn: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListPolicyVersions {
    must "PolicyArn" policy_arn: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListRolePolicies {
    must "RoleName" role_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListRoleTags {
    must "RoleName" role_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListRoles {
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListUserPolicies {
    must "UserName" user_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListUserTags {
    must "UserName" user_name: String,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { ListUsers {
    may "PathPrefix" path_prefix: Option<String>,
    may "Marker" marker: Option<String>,
    may "MaxItems" max_items: Option<i32>,
} }

input! { PutGroupPolicy {
    must "GroupName" group_name: String,
    must "PolicyName" policy_name: String,
    must "PolicyDocument" policy_document: String,
} }

input! { PutRolePermissionsBoundary {
    must "RoleName" role_name: String,
    must "PermissionsBoundary" permissions_boundary: String,
} }

input! { PutRolePolicy {
    must "RoleName" role_name: String,
    must "PolicyName" policy_name: String,
    must "PolicyDocument" policy_document: String,
} }

input! { PutUserPermissionsBoundary {
    must "UserName" user_name: String,
    must "PermissionsBoundary" permissions_boundary: String,
} }

input! { PutUserPolicy {
    must "UserName" user_name: String,
    must "PolicyName" policy_name: String,
    must "PolicyDocument" policy_document: String,
} }

input! { RemoveRoleFromInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
    must "RoleName" role_name: String,
} }

input! { RemoveUserFromGroup {
    must "GroupName" group_name: String,
    must "UserName" user_name: String,
} }

input! { SetDefaultPolicyVersion {
    must "PolicyArn" policy_arn: String,
    must "VersionId" version_id: String,
} }

input! { SimulateCustomPolicy {
    may "PolicyInputList" policy_input_list: Vec<String>,
    may "PermissionsBoundaryPolicyInputList" permissions_boundary_policy_input_list: Vec<String>,
    may "ActionNames" action_names: Vec<String>,
    may "ResourceArns" resource_arns: Vec<String>,
    may "ContextEntries" context_entries: Vec<ContextEntry>,
    may "MaxItems" max_items: Option<i32>,
    may "Marker" marker: Option<String>,
} }

input! { SimulatePrincipalPolicy {
    must "PolicySourceArn" policy_source_arn: String,
    may "PolicyInputList" policy_input_list: Vec<String>,
    may "PermissionsBoundaryPolicyInputList" permissions_boundary_policy_input_list: Vec<String>,
    may "ActionNames" action_names: Vec<String>,
    may "ResourceArns" resource_arns: Vec<String>,
    may "ContextEntries" context_entries: Vec<ContextEntry>,
    may "MaxItems" max_items: Option<i32>,
    may "Marker" marker: Option<String>,
} }

input! { TagInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
    may "Tags" tags: Vec<Tag>,
} }

input! { TagPolicy {
    must "PolicyArn" policy_arn: String,
    may "Tags" tags: Vec<Tag>,
} }

input! { TagRole {
    must "RoleName" role_name: String,
    may "Tags" tags: Vec<Tag>,
} }

input! { TagUser {
    must "UserName" user_name: String,
    may "Tags" tags: Vec<Tag>,
} }

input! { UntagInstanceProfile {
    must "InstanceProfileName" instance_profile_name: String,
    may "TagKeys" tag_keys: Vec<String>,
} }

input! { UntagPolicy {
    must "PolicyArn" policy_arn: String,
    may "TagKeys" tag_keys: Vec<String>,
} }

input! { UntagRole {
    must "RoleName" role_name: String,
    may "TagKeys" tag_keys: Vec<String>,
} }

input! { UntagUser {
    must "UserName" user_name: String,
    may "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateAccessKey {
    may "UserName" user_name: Option<String>,
    must "AccessKeyId" access_key_id: String,
    must "Status" status: String,
} }

input! { UpdateAssumeRolePolicy {
    must "RoleName" role_name: String,
    must "PolicyDocument" policy_document: String,
} }

input! { UpdateGroup {
    must "GroupName" group_name: String,
    may "NewPath" new_path: Option<String>,
    may "NewGroupName" new_group_name: Option<String>,
} }

input! { UpdateRole {
    must "RoleName" role_name: String,
    may "Description" description: Option<String>,
    may "MaxSessionDuration" max_session_duration: Option<i32>,
} }

input! { UpdateUser {
    must "UserName" user_name: String,
    may "NewPath" new_path: Option<String>,
    may "NewUserName" new_user_name: Option<String>,
} }

input! { ContextEntry {
    may "ContextKeyName" context_key_name: Option<String>,
    may "ContextKeyValues" context_key_values: Vec<String>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }
