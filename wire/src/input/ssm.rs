//! The inputs of ssm's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AddTagsToResource {
    must "ResourceType" resource_type: String,
    must "ResourceId" resource_id: String,
    must "Tags" tags: Vec<Tag>,
} }

input! { DeleteParameter {
    must "Name" name: String,
} }

input! { DeleteParameters {
    must "Names" names: Vec<String>,
} }

input! { DescribeParameters {
    may "Filters" filters: Option<Vec<ParametersFilter>>,
    may "ParameterFilters" parameter_filters: Option<Vec<ParameterStringFilter>>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetParameter {
    must "Name" name: String,
    may "WithDecryption" with_decryption: Option<bool>,
} }

input! { GetParameterHistory {
    must "Name" name: String,
    may "WithDecryption" with_decryption: Option<bool>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { GetParameters {
    must "Names" names: Vec<String>,
    may "WithDecryption" with_decryption: Option<bool>,
} }

input! { GetParametersByPath {
    must "Path" path: String,
    may "Recursive" recursive: Option<bool>,
    may "ParameterFilters" parameter_filters: Option<Vec<ParameterStringFilter>>,
    may "WithDecryption" with_decryption: Option<bool>,
    may "MaxResults" max_results: Option<i32>,
    may "NextToken" next_token: Option<String>,
} }

input! { LabelParameterVersion {
    must "Name" name: String,
    may "ParameterVersion" parameter_version: Option<i64>,
    must "Labels" labels: Vec<String>,
} }

input! { ListTagsForResource {
    must "ResourceType" resource_type: String,
    must "ResourceId" resource_id: String,
} }

input! { PutParameter {
    must "Name" name: String,
    may "Description" description: Option<String>,
    must "Value" value: String,
    may "Type" r#type: Option<String>,
    may "KeyId" key_id: Option<String>,
    may "Overwrite" overwrite: Option<bool>,
    may "AllowedPattern" allowed_pattern: Option<String>,
    may "Tags" tags: Option<Vec<Tag>>,
    may "Tier" tier: Option<String>,
    may "DataType" data_type: Option<String>,
} }

input! { RemoveTagsFromResource {
    must "ResourceType" resource_type: String,
    must "ResourceId" resource_id: String,
    must "TagKeys" tag_keys: Vec<String>,
} }

input! { UnlabelParameterVersion {
    must "Name" name: String,
    must "ParameterVersion" parameter_version: i64,
    must "Labels" labels: Vec<String>,
} }

input! { ParameterStringFilter {
    must "Key" key: String,
    may "Option" option: Option<String>,
    may "Values" values: Option<Vec<String>>,
} }

input! { ParametersFilter {
    must "Key" key: String,
    must "Values" values: Vec<String>,
} }

input! { Tag {
    must "Key" key: String,
    must "Value" value: String,
} }
