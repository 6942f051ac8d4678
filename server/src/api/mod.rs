//! AWS's operations: each finds its handler here, or is refused by its name.

mod ec2;
mod sts;

use engine::scope::Scope;
use serde_json::Value;
use wire::{ApiError, Op, Operation};

use crate::driver::Driver;

/// What a handler needs beside its input.
pub(crate) struct Context<'a> {
    pub(crate) driver: &'a Driver,
    /// Whose things the caller sees.
    pub(crate) scope: Scope,
}

/// Answers one operation; `input` is keyed by the model's member names, and so is the answer.
pub(crate) async fn dispatch(
    context: &Context<'_>,
    operation: &'static Operation,
    input: &Value,
) -> Result<Value, ApiError> {
    match operation.op {
        Op::Ec2(op) => ec2::dispatch(context, operation, op, input).await,
        Op::Sts(op) => sts::dispatch(context, operation, op),
        Op::Lambda(_) | Op::Iam(_) | Op::Logs(_) => Err(ApiError::unsupported(operation)),
    }
}
