//! The outputs of sts's operations. Written by `cargo xtask codegen`.
#![allow(missing_docs, reason = "the words are AWS's")]
#![allow(clippy::all, unused_imports)]
use std::collections::BTreeMap;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct GetCallerIdentityResponse {
    #[serde(rename = "UserId")] pub user_id: Option<String>,
    #[serde(rename = "Account")] pub account: Option<String>,
    #[serde(rename = "Arn")] pub arn: Option<String>,
}
