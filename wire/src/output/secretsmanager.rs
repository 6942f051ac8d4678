//! The outputs of secretsmanager's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct APIErrorType {
    #[serde(rename = "SecretId")] pub secret_id: Option<String>,
    #[serde(rename = "ErrorCode")] pub error_code: Option<String>,
    #[serde(rename = "Message")] pub message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct BatchGetSecretValueResponse {
    #[serde(rename = "SecretValues")] pub secret_values: Option<Vec<SecretValueEntry>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "Errors")] pub errors: Option<Vec<APIErrorType>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CreateSecretResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "ReplicationStatus")] pub replication_status: Option<Vec<ReplicationStatusType>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CrossAccountPrimaryType {
    #[serde(rename = "PrimarySecretARN")] pub primary_secret_arn: Option<String>,
    #[serde(rename = "ReplicationStatus")] pub replication_status: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct CrossAccountReplicaEntry {
    #[serde(rename = "ReplicaSecretARN")] pub replica_secret_arn: Option<String>,
    #[serde(rename = "ReplicationRoleARN")] pub replication_role_arn: Option<String>,
    #[serde(rename = "ReplicationStatus")] pub replication_status: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteResourcePolicyResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "PolicyName")] pub policy_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteSecretResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "DeletionDate")] pub deletion_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeSecretResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "KmsKeyId")] pub kms_key_id: Option<String>,
    #[serde(rename = "RotationEnabled")] pub rotation_enabled: Option<bool>,
    #[serde(rename = "RotationLambdaARN")] pub rotation_lambda_arn: Option<String>,
    #[serde(rename = "RotationRules")] pub rotation_rules: Option<RotationRulesType>,
    #[serde(rename = "ExternalSecretRotationMetadata")] pub external_secret_rotation_metadata: Option<Vec<ExternalSecretRotationMetadataItem>>,
    #[serde(rename = "ExternalSecretRotationRoleArn")] pub external_secret_rotation_role_arn: Option<String>,
    #[serde(rename = "LastRotatedDate")] pub last_rotated_date: Option<i64>,
    #[serde(rename = "LastChangedDate")] pub last_changed_date: Option<i64>,
    #[serde(rename = "LastAccessedDate")] pub last_accessed_date: Option<i64>,
    #[serde(rename = "DeletedDate")] pub deleted_date: Option<i64>,
    #[serde(rename = "NextRotationDate")] pub next_rotation_date: Option<i64>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "VersionIdsToStages")] pub version_ids_to_stages: Option<BTreeMap<String, Vec<String>>>,
    #[serde(rename = "OwningService")] pub owning_service: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<i64>,
    #[serde(rename = "PrimaryRegion")] pub primary_region: Option<String>,
    #[serde(rename = "ReplicationStatus")] pub replication_status: Option<Vec<ReplicationStatusType>>,
    #[serde(rename = "CrossAccountPrimary")] pub cross_account_primary: Option<CrossAccountPrimaryType>,
    #[serde(rename = "CrossAccountReplicas")] pub cross_account_replicas: Option<Vec<CrossAccountReplicaEntry>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ExternalSecretRotationMetadataItem {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetRandomPasswordResponse {
    #[serde(rename = "RandomPassword")] pub random_password: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetResourcePolicyResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "ResourcePolicy")] pub resource_policy: Option<String>,
    #[serde(rename = "PolicyName")] pub policy_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetSecretValueResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "SecretBinary")] pub secret_binary: Option<String>,
    #[serde(rename = "SecretString")] pub secret_string: Option<String>,
    #[serde(rename = "VersionStages")] pub version_stages: Option<Vec<String>>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListSecretVersionIdsResponse {
    #[serde(rename = "Versions")] pub versions: Option<Vec<SecretVersionsListEntry>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListSecretsResponse {
    #[serde(rename = "SecretList")] pub secret_list: Option<Vec<SecretListEntry>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutResourcePolicyResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "PolicyName")] pub policy_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutSecretValueResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "VersionStages")] pub version_stages: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ReplicationStatusType {
    #[serde(rename = "Region")] pub region: Option<String>,
    #[serde(rename = "KmsKeyId")] pub kms_key_id: Option<String>,
    #[serde(rename = "Status")] pub status: Option<String>,
    #[serde(rename = "StatusMessage")] pub status_message: Option<String>,
    #[serde(rename = "LastAccessedDate")] pub last_accessed_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RestoreSecretResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RotationRulesType {
    #[serde(rename = "AutomaticallyAfterDays")] pub automatically_after_days: Option<i64>,
    #[serde(rename = "Duration")] pub duration: Option<String>,
    #[serde(rename = "ScheduleExpression")] pub schedule_expression: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecretListEntry {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "KmsKeyId")] pub kms_key_id: Option<String>,
    #[serde(rename = "RotationEnabled")] pub rotation_enabled: Option<bool>,
    #[serde(rename = "RotationLambdaARN")] pub rotation_lambda_arn: Option<String>,
    #[serde(rename = "RotationRules")] pub rotation_rules: Option<RotationRulesType>,
    #[serde(rename = "ExternalSecretRotationMetadata")] pub external_secret_rotation_metadata: Option<Vec<ExternalSecretRotationMetadataItem>>,
    #[serde(rename = "ExternalSecretRotationRoleArn")] pub external_secret_rotation_role_arn: Option<String>,
    #[serde(rename = "LastRotatedDate")] pub last_rotated_date: Option<i64>,
    #[serde(rename = "LastChangedDate")] pub last_changed_date: Option<i64>,
    #[serde(rename = "LastAccessedDate")] pub last_accessed_date: Option<i64>,
    #[serde(rename = "DeletedDate")] pub deleted_date: Option<i64>,
    #[serde(rename = "NextRotationDate")] pub next_rotation_date: Option<i64>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "SecretVersionsToStages")] pub secret_versions_to_stages: Option<BTreeMap<String, Vec<String>>>,
    #[serde(rename = "OwningService")] pub owning_service: Option<String>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<i64>,
    #[serde(rename = "PrimaryRegion")] pub primary_region: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecretValueEntry {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "SecretBinary")] pub secret_binary: Option<String>,
    #[serde(rename = "SecretString")] pub secret_string: Option<String>,
    #[serde(rename = "VersionStages")] pub version_stages: Option<Vec<String>>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct SecretVersionsListEntry {
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
    #[serde(rename = "VersionStages")] pub version_stages: Option<Vec<String>>,
    #[serde(rename = "LastAccessedDate")] pub last_accessed_date: Option<i64>,
    #[serde(rename = "CreatedDate")] pub created_date: Option<i64>,
    #[serde(rename = "KmsKeyIds")] pub kms_key_ids: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateSecretResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "VersionId")] pub version_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UpdateSecretVersionStageResponse {
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Name")] pub name: Option<String>,
}
