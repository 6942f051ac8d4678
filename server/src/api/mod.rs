//! AWS's operations: each finds its handler here, or is refused by its name.

mod ec2;
mod iam;
mod lambda;
mod logs;
pub(crate) mod operation;
mod page;
mod sts;
pub(crate) mod token;

use std::sync::Arc;

use serde_json::Value;
use wire::{ApiError, Op};

use operation::{Call, Context};
use token::Key;

pub(crate) use lambda::invoke;

/// Answers one operation; `input` is keyed by the model's member names, and so is the answer.
///
/// # Errors
/// Also when the input has a member that is not supported, before anything is done.
pub(crate) async fn dispatch(
    cx: &Context<'_>,
    operation: &'static wire::Operation,
    input: Value,
) -> Result<Value, ApiError> {
    wire::supported::check(operation, &input)?;
    match token::of(operation, &input).map(str::to_owned) {
        Some(token) => {
            let key = Key { scope: cx.scope.clone(), operation: operation.name, token };
            once(cx, operation, input, key).await
        }
        None => run(cx, operation, input).await,
    }
}

/// Answers an operation whose input is one that is supported.
async fn run(
    cx: &Context<'_>,
    operation: &'static wire::Operation,
    input: Value,
) -> Result<Value, ApiError> {
    let call = Call { cx, operation, input };
    match operation.op {
        Op::Ec2(op) => ec2::dispatch(call, op).await,
        Op::Sts(op) => sts::dispatch(call, op).await,
        Op::Lambda(op) => lambda::dispatch(call, op).await,
        Op::Logs(op) => logs::dispatch(call, op).await,
        Op::Iam(op) => iam::dispatch(call, op).await,
    }
}

/// Runs an operation, unless it was run with this token already: then answers the same again.
///
/// It runs to its end also where its caller hangs up, so that a caller who tries again finds it.
///
/// # Errors
/// When the input is not the one that first came with the token; and the operation's own, which are not
/// remembered.
async fn once(
    cx: &Context<'_>,
    operation: &'static wire::Operation,
    input: Value,
    key: Key,
) -> Result<Value, ApiError> {
    let endpoint = Arc::clone(cx.endpoint);
    let (scope, host, id) = (cx.scope.clone(), cx.host.to_owned(), cx.id.to_owned());
    let write = endpoint.tokens.write(&key, &input);
    if write.input != input {
        let message =
            "The request uses the same client token as a previous, but non-identical request.";
        return Err(ApiError::new(operation.service, "IdempotentParameterMismatch", message));
    }
    let work = tokio::spawn(async move {
        let mut answer = write.answer.lock().await;
        if let Some(known) = &*answer {
            return Ok(known.clone());
        }
        let cx =
            Context { driver: &endpoint.driver, endpoint: &endpoint, scope, host: &host, id: &id };
        let outcome = run(&cx, operation, input).await;
        match &outcome {
            Ok(output) => {
                *answer = Some(output.clone());
                // Another caller's failure may have freed the token meanwhile.
                endpoint.tokens.keep(&key, &write);
            }
            Err(_) => endpoint.tokens.forget(&key),
        }
        outcome
    });
    work.await.unwrap_or_else(|why| match why.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => {
            let message = "The server is shutting down.";
            Err(ApiError::new(operation.service, "ServiceUnavailable", message))
        }
    })
}
