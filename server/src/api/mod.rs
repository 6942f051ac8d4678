//! AWS's operations: each finds its handler here, or is refused by its name.

mod ec2;
mod iam;
mod lambda;
mod logs;
mod sts;

use engine::engine::Engine;
use engine::scope::Scope;
use serde_json::Value;
use wire::{ApiError, Op, Operation};

use crate::driver::Driver;
use crate::http::Endpoint;

pub(crate) use lambda::invoke;

/// What a handler needs beside its input.
pub(crate) struct Context<'a> {
    pub(crate) driver: &'a Driver,
    /// What else there is to answer with.
    pub(crate) endpoint: &'a Endpoint,
    /// Whose things the caller sees.
    pub(crate) scope: Scope,
    /// How the caller names this server.
    pub(crate) host: &'a str,
    /// The request's id.
    pub(crate) id: &'a str,
}

/// The code that functions have.
pub(crate) fn code_in_use(engine: &Engine) -> impl Iterator<Item = [u8; 32]> + '_ {
    let configurations = engine.all_functions().flat_map(|function| function.configurations());
    configurations.map(|(_, configuration)| configuration.code.sha256)
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
        Op::Lambda(op) => lambda::dispatch(context, operation, op, input).await,
        Op::Logs(op) => logs::dispatch(context, operation, op, input).await,
        Op::Iam(op) => iam::dispatch(context, operation, op, input).await,
    }
}
