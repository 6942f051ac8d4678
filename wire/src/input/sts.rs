//! The inputs of sts's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct AssumeRole {
    #[serde(rename = "RoleArn")] pub role_arn: String,
    #[serde(rename = "RoleSessionName")] pub role_session_name: String,
    #[serde(rename = "PolicyArns", default)] pub policy_arns: Vec<PolicyDescriptorType>,
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "DurationSeconds")] pub duration_seconds: Option<i32>,
    #[serde(rename = "ExternalId")] pub external_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct DecodeAuthorizationMessage {
    #[serde(rename = "EncodedMessage")] pub encoded_message: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetAccessKeyInfo {
    #[serde(rename = "AccessKeyId")] pub access_key_id: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetCallerIdentity {}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetFederationToken {
    #[serde(rename = "Name")] pub name: String,
    #[serde(rename = "Policy")] pub policy: Option<String>,
    #[serde(rename = "PolicyArns", default)] pub policy_arns: Vec<PolicyDescriptorType>,
    #[serde(rename = "DurationSeconds")] pub duration_seconds: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct GetSessionToken {
    #[serde(rename = "DurationSeconds")] pub duration_seconds: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
pub struct PolicyDescriptorType {
    #[serde(rename = "arn")] pub arn: Option<String>,
}
