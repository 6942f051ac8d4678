//! The outputs of ssm's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AddTagsToResourceResult {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteParameterResult {}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeleteParametersResult {
    #[serde(rename = "DeletedParameters")] pub deleted_parameters: Option<Vec<String>>,
    #[serde(rename = "InvalidParameters")] pub invalid_parameters: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DescribeParametersResult {
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<ParameterMetadata>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetParameterHistoryResult {
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<ParameterHistory>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetParameterResult {
    #[serde(rename = "Parameter")] pub parameter: Option<Parameter>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetParametersByPathResult {
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<Parameter>>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetParametersResult {
    #[serde(rename = "Parameters")] pub parameters: Option<Vec<Parameter>>,
    #[serde(rename = "InvalidParameters")] pub invalid_parameters: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct LabelParameterVersionResult {
    #[serde(rename = "InvalidLabels")] pub invalid_labels: Option<Vec<String>>,
    #[serde(rename = "ParameterVersion")] pub parameter_version: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ListTagsForResourceResult {
    #[serde(rename = "TagList")] pub tag_list: Option<Vec<Tag>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Parameter {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "Selector")] pub selector: Option<String>,
    #[serde(rename = "SourceResult")] pub source_result: Option<String>,
    #[serde(rename = "LastModifiedDate")] pub last_modified_date: Option<i64>,
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "DataType")] pub data_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ParameterHistory {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "KeyId")] pub key_id: Option<String>,
    #[serde(rename = "LastModifiedDate")] pub last_modified_date: Option<i64>,
    #[serde(rename = "LastModifiedUser")] pub last_modified_user: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Value")] pub value: Option<String>,
    #[serde(rename = "AllowedPattern")] pub allowed_pattern: Option<String>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "Labels")] pub labels: Option<Vec<String>>,
    #[serde(rename = "Tier")] pub tier: Option<String>,
    #[serde(rename = "Policies")] pub policies: Option<Vec<ParameterInlinePolicy>>,
    #[serde(rename = "DataType")] pub data_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ParameterInlinePolicy {
    #[serde(rename = "PolicyText")] pub policy_text: Option<String>,
    #[serde(rename = "PolicyType")] pub policy_type: Option<String>,
    #[serde(rename = "PolicyStatus")] pub policy_status: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct ParameterMetadata {
    #[serde(rename = "Name")] pub name: Option<String>,
    #[serde(rename = "ARN")] pub arn: Option<String>,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "KeyId")] pub key_id: Option<String>,
    #[serde(rename = "LastModifiedDate")] pub last_modified_date: Option<i64>,
    #[serde(rename = "LastModifiedUser")] pub last_modified_user: Option<String>,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "AllowedPattern")] pub allowed_pattern: Option<String>,
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "Tier")] pub tier: Option<String>,
    #[serde(rename = "Policies")] pub policies: Option<Vec<ParameterInlinePolicy>>,
    #[serde(rename = "DataType")] pub data_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct PutParameterResult {
    #[serde(rename = "Version")] pub version: Option<i64>,
    #[serde(rename = "Tier")] pub tier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct RemoveTagsFromResourceResult {}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct UnlabelParameterVersionResult {
    #[serde(rename = "RemovedLabels")] pub removed_labels: Option<Vec<String>>,
    #[serde(rename = "InvalidLabels")] pub invalid_labels: Option<Vec<String>>,
}
