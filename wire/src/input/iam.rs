//! The inputs of iam's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AttachRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
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
pub struct DeletePolicy {
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRole {
    #[serde(rename = "RoleName")] pub role_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DetachRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyArn")] pub policy_arn: String,
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
pub struct ListAttachedRolePolicies {
    #[serde(rename = "RoleName")] pub role_name: String,
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
pub struct PutRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyName")] pub policy_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagRole {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "Tags", default)] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagRole {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "TagKeys", default)] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateAssumeRolePolicy {
    #[serde(rename = "RoleName")] pub role_name: String,
    #[serde(rename = "PolicyDocument")] pub policy_document: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}
