//! The inputs of ssm's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AddTagsToResource {
    #[serde(rename = "ResourceType")] pub resource_type: String,
    #[serde(rename = "ResourceId")] pub resource_id: String,
    #[serde(rename = "Tags")] pub tags: Vec<Tag>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteParameter {
    #[serde(rename = "Name")] pub name: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DeleteParameters {
    #[serde(rename = "Names")] pub names: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DescribeParameters {
    #[serde(rename = "Filters")] pub filters: Option<Vec<ParametersFilter>>,
    #[serde(rename = "ParameterFilters")] pub parameter_filters: Option<Vec<ParameterStringFilter>>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetParameter {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "WithDecryption")] pub with_decryption: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetParameterHistory {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "WithDecryption")] pub with_decryption: Option<bool>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetParameters {
    #[serde(rename = "Names")] pub names: Vec<String>,
    #[serde(rename = "WithDecryption")] pub with_decryption: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetParametersByPath {
    #[serde(rename = "Path")] pub path: String,
    #[serde(rename = "Recursive")] pub recursive: Option<bool>,
    #[serde(rename = "ParameterFilters")] pub parameter_filters: Option<Vec<ParameterStringFilter>>,
    #[serde(rename = "WithDecryption")] pub with_decryption: Option<bool>,
    #[serde(rename = "MaxResults")] pub max_results: Option<i32>,
    #[serde(rename = "NextToken")] pub next_token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct LabelParameterVersion {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ParameterVersion")] pub parameter_version: Option<i64>,
    #[serde(rename = "Labels")] pub labels: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ListTagsForResource {
    #[serde(rename = "ResourceType")] pub resource_type: String,
    #[serde(rename = "ResourceId")] pub resource_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PutParameter {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Description")] pub description: Option<String>,
    #[serde(rename = "Value")] pub value: String,
    #[serde(rename = "Type")] pub r#type: Option<String>,
    #[serde(rename = "KeyId")] pub key_id: Option<String>,
    #[serde(rename = "Overwrite")] pub overwrite: Option<bool>,
    #[serde(rename = "AllowedPattern")] pub allowed_pattern: Option<String>,
    #[serde(rename = "Tags")] pub tags: Option<Vec<Tag>>,
    #[serde(rename = "Tier")] pub tier: Option<String>,
    #[serde(rename = "DataType")] pub data_type: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct RemoveTagsFromResource {
    #[serde(rename = "ResourceType")] pub resource_type: String,
    #[serde(rename = "ResourceId")] pub resource_id: String,
    #[serde(rename = "TagKeys")] pub tag_keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct UnlabelParameterVersion {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "ParameterVersion")] pub parameter_version: i64,
    #[serde(rename = "Labels")] pub labels: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ParameterStringFilter {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Option")] pub option: Option<String>,
    #[serde(rename = "Values")] pub values: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct ParametersFilter {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Values")] pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct Tag {
    #[serde(rename = "Key")] pub key: String,
    #[serde(rename = "Value")] pub value: String,
}
