//! STS: who the caller is.

use serde_json::{Value, json};
use wire::sts::Op;
use wire::{ApiError, Operation};

use crate::api::Context;

pub(crate) fn dispatch(
    context: &Context<'_>,
    operation: &'static Operation,
    op: Op,
) -> Result<Value, ApiError> {
    match op {
        Op::GetCallerIdentity => {
            let account = format!("{:012}", context.scope.account);
            let arn = format!("arn:aws:iam::{account}:root");
            Ok(json!({"UserId": account, "Account": account, "Arn": arn}))
        }
        #[allow(unreachable_patterns, reason = "the table may name more than is answered")]
        _ => Err(ApiError::unsupported(operation)),
    }
}
