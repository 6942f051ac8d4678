//! The inputs of sts's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use crate::members::input;

input! { AssumeRole {
    must "RoleArn" role_arn: String,
    must "RoleSessionName" role_session_name: String,
    may "PolicyArns" policy_arns: Vec<PolicyDescriptorType>,
    may "Policy" policy: Option<String>,
    may "DurationSeconds" duration_seconds: Option<i32>,
    may "ExternalId" external_id: Option<String>,
} }

input! { DecodeAuthorizationMessage {
    must "EncodedMessage" encoded_message: String,
} }

input! { GetAccessKeyInfo {
    must "AccessKeyId" access_key_id: String,
} }

input! { GetCallerIdentity {} }

input! { GetFederationToken {
    must "Name" name: String,
    may "Policy" policy: Option<String>,
    may "PolicyArns" policy_arns: Vec<PolicyDescriptorType>,
    may "DurationSeconds" duration_seconds: Option<i32>,
} }

input! { GetSessionToken {
    may "DurationSeconds" duration_seconds: Option<i32>,
} }

input! { PolicyDescriptorType {
    may "arn" arn: Option<String>,
} }
