//! Secrets of other accounts, which are asked for by their ARNs and given as far as their policies let.

use serde_json::Value;
use wire::arn::Arn;
use wire::secretsmanager::{Op, error};
use wire::{ApiError, Operation};

use super::operations;
use super::service::Secretsmanager;
use super::stored::Secret;
use crate::failure::Failure;
use crate::operation::{Call, Context, Scope};

/// Whose secret a request names: that of whoever asks, unless it is an ARN of another's.
pub(super) fn scope_of(cx: &Context<'_>, input: &Value) -> Scope {
    let id = input["SecretId"].as_str().unwrap_or_default();
    let account = Arn::parse(id).filter(|arn| arn.service == "secretsmanager").and_then(|arn| {
        let is_number = arn.account.len() == 12;
        arn.account.parse().ok().filter(|_| is_number)
    });
    Scope { account: account.unwrap_or(cx.scope.account), region: cx.scope.region.clone() }
}

/// Runs an operation on whose secret it is on.
pub(crate) async fn run(call: Call<'_, Secretsmanager>, op: Op) -> Result<Value, ApiError> {
    let scope = scope_of(call.cx, &call.input);
    if scope == call.cx.scope {
        return operations::run(call, op).await;
    }
    let cx = Context { scope, ..call.cx.clone() };
    let Call { service, operation, input, .. } = call;
    if matches!(op, Op::GetSecretValue | Op::PutSecretValue | Op::UpdateSecret) {
        check_key(service, &cx, operation, &input).await?;
    }
    operations::run(Call::new(service, &cx, operation, input), op).await
}

/// The key by which secrets are encrypted for which none was named is its account's alone.
async fn check_key(
    secrets: &Secretsmanager,
    cx: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<(), ApiError> {
    let (scope, id) = (cx.scope.clone(), input["SecretId"].as_str().unwrap_or_default().to_owned());
    let look = move |connection: &_| Ok::<_, Failure>(Secret::look(connection, &scope, &id)?);
    let found = secrets.store.run_lean(look).await;
    let found = found.map_err(|why| why.told_by(operation.service))?;
    match found.is_some_and(|secret| secret.key_id.is_none()) {
        true => Err(error("AccessDeniedException", "Access to KMS is not allowed")),
        false => Ok(()),
    }
}
