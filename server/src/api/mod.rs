//! AWS's operations: each finds its handler here, or is refused by its name.

mod authorize;
mod cloudwatch;
mod ec2;
mod iam;
mod lambda;
mod logs;
mod neighbours;
pub(crate) mod operation;
mod page;
mod sts;
mod token;

use serde_json::Value;
use wire::{ApiError, Op};

use operation::{Call, Context};

pub(crate) use authorize::check_url;
pub(crate) use lambda::target::Target;
pub(crate) use lambda::{Called, INVOKE_LIMIT, call, entered, invoke, result};

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
    authorize::check(cx, operation, &input).await?;
    *cx.once.lock().expect("nothing panics while a token is set") =
        token::of(cx, operation, &input);
    let call = Call { cx, operation, input };
    let answer = match operation.op {
        Op::Ec2(op) => ec2::dispatch(call, op).await,
        Op::Sts(op) => sts::dispatch(call, op).await,
        Op::Lambda(op) => lambda::dispatch(call, op).await,
        Op::Logs(op) => logs::dispatch(call, op).await,
        Op::Cloudwatch(op) => cloudwatch::dispatch(call, op).await,
        Op::Iam(op) => iam::dispatch(call, op).await,
        _ => neighbours::dispatch(call).await,
    };
    let is_left = cx.take_once().is_some();
    assert!(answer.is_err() || !is_left, "{} passes over its token", operation.name);
    answer
}
