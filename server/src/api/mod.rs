//! AWS's operations: each finds its handler here, or is refused by its name.

mod ec2;
mod iam;
mod lambda;
mod logs;
mod page;
mod sts;
mod token;

use std::future::Future;
use std::sync::{Arc, Mutex};

use engine::engine::Engine;
use engine::network::once::Once;
use engine::scope::Scope;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::{ApiError, Op};

use crate::driver::Driver;
use crate::http::Endpoint;

pub(crate) use lambda::invoke;

/// What a handler needs beside its input.
pub(crate) struct Context<'a> {
    pub(crate) driver: &'a Driver,
    /// What else there is to answer with.
    pub(crate) endpoint: &'a Arc<Endpoint>,
    /// Whose things the caller sees.
    pub(crate) scope: Scope,
    /// How the caller names this server.
    pub(crate) host: &'a str,
    /// The request's id.
    pub(crate) id: &'a str,
    /// Under which token something is to be made, until it is taken by whoever makes it.
    pub(crate) once: Mutex<Option<Once>>,
}

impl Context<'_> {
    /// Under which token something is to be made, if the request carries one.
    pub(crate) fn take_once(&self) -> Option<Once> {
        self.once.lock().expect("nothing panics while a token is taken").take()
    }
}

/// An operation: the type is its input, and its fields are the members that are read.
///
/// Implementations take their input apart without `..`, so that a member that comes to be read does not
/// compile until it is used.
pub(crate) trait Operation: DeserializeOwned {
    /// What it answers: a structure of [`wire`], or `()` where the operation answers nothing.
    type Output: Serialize;

    /// Does what is asked.
    fn run(self, cx: &Context<'_>) -> impl Future<Output = Result<Self::Output, ApiError>> + Send;
}

/// The code that functions have.
pub(crate) fn code_in_use(engine: &Engine) -> impl Iterator<Item = [u8; 32]> + '_ {
    let configurations = engine.all_functions().flat_map(|function| function.configurations());
    configurations.map(|(_, configuration)| configuration.code.sha256)
}

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
    *cx.once.lock().expect("nothing panics while a token is set") =
        token::of(cx, operation, &input);
    let call = Call { cx, operation, input };
    let answer = match operation.op {
        Op::Ec2(op) => ec2::dispatch(call, op).await,
        Op::Sts(op) => sts::dispatch(call, op).await,
        Op::Lambda(op) => lambda::dispatch(call, op).await,
        Op::Logs(op) => logs::dispatch(call, op).await,
        Op::Iam(op) => iam::dispatch(call, op).await,
    };
    let is_left = cx.take_once().is_some();
    assert!(answer.is_err() || !is_left, "{} passes over its token", operation.name);
    answer
}

/// A call on its way to its operation.
struct Call<'a> {
    cx: &'a Context<'a>,
    operation: &'static wire::Operation,
    input: Value,
}

impl Call<'_> {
    /// Runs the operation that is meant.
    async fn run<O: Operation>(self) -> Result<Value, ApiError> {
        let input = serde_json::from_value::<O>(self.input)
            .map_err(|why| ApiError::malformed(self.operation, &why.to_string()))?;
        let output = input.run(self.cx).await?;
        Ok(serde_json::to_value(output).expect("an output is plain data"))
    }
}
