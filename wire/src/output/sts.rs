//! The outputs of sts's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct AssumeRoleResponse {
    #[serde(rename = "Credentials")] pub credentials: Option<Credentials>,
    #[serde(rename = "AssumedRoleUser")] pub assumed_role_user: Option<AssumedRoleUser>,
    #[serde(rename = "PackedPolicySize")] pub packed_policy_size: Option<i32>,
    #[serde(rename = "SourceIdentity")] pub source_identity: Option<String>,
    #[serde(rename = "SessionTokenUtilization")] pub session_token_utilization: Option<i32>,
    #[serde(rename = "SessionTokenSize")] pub session_token_size: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssumedRoleUser {
    #[serde(rename = "AssumedRoleId")] pub assumed_role_id: String,
    #[serde(rename = "Arn")] pub arn: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Credentials {
    #[serde(rename = "AccessKeyId")] pub access_key_id: String,
    #[serde(rename = "SecretAccessKey")] pub secret_access_key: String,
    #[serde(rename = "SessionToken")] pub session_token: String,
    #[serde(rename = "Expiration")] pub expiration: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DecodeAuthorizationMessageResponse {
    #[serde(rename = "DecodedMessage")] pub decoded_message: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FederatedUser {
    #[serde(rename = "FederatedUserId")] pub federated_user_id: String,
    #[serde(rename = "Arn")] pub arn: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetAccessKeyInfoResponse {
    #[serde(rename = "Account")] pub account: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetCallerIdentityResponse {
    #[serde(rename = "UserId")] pub user_id: Option<String>,
    #[serde(rename = "Account")] pub account: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetFederationTokenResponse {
    #[serde(rename = "Credentials")] pub credentials: Option<Credentials>,
    #[serde(rename = "FederatedUser")] pub federated_user: Option<FederatedUser>,
    #[serde(rename = "PackedPolicySize")] pub packed_policy_size: Option<i32>,
    #[serde(rename = "SessionTokenUtilization")] pub session_token_utilization: Option<i32>,
    #[serde(rename = "SessionTokenSize")] pub session_token_size: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetSessionTokenResponse {
    #[serde(rename = "Credentials")] pub credentials: Option<Credentials>,
    #[serde(rename = "SessionTokenUtilization")] pub session_token_utilization: Option<i32>,
    #[serde(rename = "SessionTokenSize")] pub session_token_size: Option<i32>,
}
