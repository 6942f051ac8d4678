//! The inputs of secretsmanager's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { BatchGetSecretValue {
    may "SecretIdList" secret_id_list: Option<Vec<String>>,
    may "Filters" filters: Option<Vec<Filter>>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { CreateSecret {
    must "Name" name: String,
    may "ClientRequestToken" client_request_token: Option<String>,
    may "Description" description: Option<String>,
    may "KmsKeyId" kms_key_id: Option<String>,
    may "SecretBinary" secret_binary: Option<String>,
    may "SecretString" secret_string: Option<String>,
    may "Tags" tags: Option<Vec<Tag>>,
} }

input! { DeleteResourcePolicy {
    must "SecretId" secret_id: String,
} }

input! { DeleteSecret {
    must "SecretId" secret_id: String,
    may "RecoveryWindowInDays" recovery_window_in_days: Option<i64>,
    may "ForceDeleteWithoutRecovery" force_delete_without_recovery: Option<bool>,
} }

input! { DescribeSecret {
    must "SecretId" secret_id: String,
} }

input! { GetRandomPassword {
    may "PasswordLength" password_length: Option<i64>,
    may "ExcludeCharacters" exclude_characters: Option<String>,
    may "ExcludeNumbers" exclude_numbers: Option<bool>,
    may "ExcludePunctuation" exclude_punctuation: Option<bool>,
    may "ExcludeUppercase" exclude_uppercase: Option<bool>,
    may "ExcludeLowercase" exclude_lowercase: Option<bool>,
    may "IncludeSpace" include_space: Option<bool>,
    may "RequireEachIncludedType" require_each_included_type: Option<bool>,
} }

input! { GetResourcePolicy {
    must "SecretId" secret_id: String,
} }

input! { GetSecretValue {
    must "SecretId" secret_id: String,
    may "VersionId" version_id: Option<String>,
    may "VersionStage" version_stage: Option<String>,
} }

input! { ListSecretVersionIds {
    must "SecretId" secret_id: String,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
    may "IncludeDeprecated" include_deprecated: Option<bool>,
} }

input! { ListSecrets {
    may "IncludePlannedDeletion" include_planned_deletion: Option<bool>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
    may "Filters" filters: Option<Vec<Filter>>,
    may "SortOrder" sort_order: Option<String>,
    may "SortBy" sort_by: Option<String>,
} }

input! { PutResourcePolicy {
    must "SecretId" secret_id: String,
    must "ResourcePolicy" resource_policy: String,
} }

input! { PutSecretValue {
    must "SecretId" secret_id: String,
    may "ClientRequestToken" client_request_token: Option<String>,
    may "SecretBinary" secret_binary: Option<String>,
    may "SecretString" secret_string: Option<String>,
    may "VersionStages" version_stages: Option<Vec<String>>,
} }

input! { RestoreSecret {
    must "SecretId" secret_id: String,
} }

input! { TagResource {
    must "SecretId" secret_id: String,
    must "Tags" tags: Vec<Tag>,
} }

input! { UntagResource {
    must "SecretId" secret_id: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UpdateSecret {
    must "SecretId" secret_id: String,
    may "ClientRequestToken" client_request_token: Option<String>,
    may "Description" description: Option<String>,
    may "KmsKeyId" kms_key_id: Option<String>,
    may "SecretBinary" secret_binary: Option<String>,
    may "SecretString" secret_string: Option<String>,
} }

input! { UpdateSecretVersionStage {
    must "SecretId" secret_id: String,
    must "VersionStage" version_stage: String,
    may "RemoveFromVersionId" remove_from_version_id: Option<String>,
    may "MoveToVersionId" move_to_version_id: Option<String>,
} }

input! { Filter {
    may "Key" key: Option<String>,
    may "Values" values: Option<Vec<String>>,
} }

input! { Tag {
    may "Key" key: Option<String>,
    may "Value" value: Option<String>,
} }
