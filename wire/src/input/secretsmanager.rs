//! The inputs of secretsmanager's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct BatchGetSecretValue {
    #[serde(rename = "SecretIdList")] pub secret_id_list: Option<Vec<String>>,
    #[serde(rename = "Filters")] pub filters: Option<Vec<Filter>>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct CreateSecret {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ClientRequestToken")] pub client_request_token: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "KmsKeyId")] pub kms_key_id: Option<String>,
    #[serde(rename = "SecretBinary")] pub secret_binary: Option<String>,
    #[serde(rename = "SecretString")] pub secret_string: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteResourcePolicy {
    #[serde(rename = "SecretId")] pub secret_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteSecret {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "RecoveryWindowInDays")] pub recovery_window_in_days: Option<i64>,
    #[serde(rename = "ForceDeleteWithoutRecovery")] pub force_delete_without_recovery: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeSecret {
    #[serde(rename = "SecretId")] pub secret_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetRandomPassword {
    #[serde(rename = "PasswordLength")] pub password_length: Option<i64>,
    #[serde(rename = "ExcludeCharacters")] pub exclude_characters: Option<String>,
    #[serde(rename = "ExcludeNumbers")] pub exclude_numbers: Option<bool>,
    #[serde(rename = "ExcludePunctuation")] pub exclude_punctuation: Option<bool>,
    #[serde(rename = "ExcludeUppercase")] pub exclude_uppercase: Option<bool>,
    #[serde(rename = "ExcludeLowercase")] pub exclude_lowercase: Option<bool>,
    #[serde(rename = "IncludeSpace")] pub include_space: Option<bool>,
    #[serde(rename = "RequireEachIncludedType")] pub require_each_included_type: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetResourcePolicy {
    #[serde(rename = "SecretId")] pub secret_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetSecretValue {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "VersionStage")] pub version_stage: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListSecretVersionIds {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "IncludeDeprecated")] pub include_deprecated: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListSecrets {
    #[serde(rename = "IncludePlannedDeletion")] pub include_planned_deletion: Option<bool>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Filters")] pub filters: Option<Vec<Filter>>,
    #[serde(rename = "SortOrder")] pub sort_order: Option<String>,
    #[serde(rename = "SortBy")] pub sort_by: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutResourcePolicy {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "ResourcePolicy")] pub resource_policy: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutSecretValue {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "ClientRequestToken")] pub client_request_token: Option<String>,
    #[serde(rename = "SecretBinary")] pub secret_binary: Option<String>,
    #[serde(rename = "SecretString")] pub secret_string: Option<String>,
    #[serde(rename = "VersionStages")] pub version_stages: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RestoreSecret {
    #[serde(rename = "SecretId")] pub secret_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct TagResource {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UntagResource {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateSecret {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "ClientRequestToken")] pub client_request_token: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "KmsKeyId")] pub kms_key_id: Option<String>,
    #[serde(rename = "SecretBinary")] pub secret_binary: Option<String>,
    #[serde(rename = "SecretString")] pub secret_string: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UpdateSecretVersionStage {
    #[serde(rename = "SecretId")] pub secret_id: String,
    #[serde(rename = "VersionStage")] pub version_stage: String,
    #[serde(rename = "RemoveFromVersionId")] pub remove_from_version_id: Option<String>,
    #[serde(rename = "MoveToVersionId")] pub move_to_version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Filter {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Values")] pub values: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}
