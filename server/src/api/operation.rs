//! What an operation is, and what it is given.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use engine::network::once::Once;
use engine::scope::Scope;
use http::Response;
use neighbours::Exchange;
use serde::Serialize;
use serde_json::Value;
use wire::{ApiError, Fill};

use crate::driver::Driver;
use crate::endpoint::Endpoint;
use crate::iam::Caller;
use crate::way::Way;

/// What a handler needs beside its input.
pub(crate) struct Context<'a> {
    pub(crate) driver: &'a Driver,
    /// What else there is to answer with.
    pub(crate) endpoint: &'a Arc<Endpoint>,
    /// Who calls.
    pub(crate) caller: Caller,
    /// Whose things the caller sees.
    pub(crate) scope: Scope,
    /// Where the request came from.
    pub(crate) peer: IpAddr,
    /// By what way.
    pub(crate) way: Way,
    /// What sent it, as that calls itself.
    pub(crate) agent: Option<&'a str>,
    /// How the caller names this server.
    pub(crate) host: &'a str,
    /// The request's id.
    pub(crate) id: &'a str,
    /// The trace header that it brings.
    pub(crate) trace: Option<&'a str>,
    /// The request's body, for what the order of its parts is told of.
    pub(crate) body: &'a [u8],
    /// What comes and goes beside input and output, of requests to S3.
    pub(crate) exchange: Option<&'a Exchange>,
    /// Under which token something is to be made, until it is taken by whoever makes it.
    pub(crate) once: Mutex<Option<Once>>,
}

impl Context<'_> {
    /// Under which token something is to be made, if the request carries one.
    pub(crate) fn take_once(&self) -> Option<Once> {
        self.once.lock().expect("nothing panics while a token is taken").take()
    }

    /// Has what is made next be made under a token, where a request makes several things.
    pub(crate) fn put_once(&self, once: Option<Once>) {
        *self.once.lock().expect("nothing panics while a token is taken") = once;
    }
}

/// An operation: the type is its input, and its fields are the members that are read.
///
/// Implementations take their input apart without `..`, so that a member that comes to be read does not
/// compile until it is used.
pub(crate) trait Operation: Fill + Default {
    /// What it answers: a structure of [`wire`], or `()` where the operation answers nothing.
    type Output: Serialize;

    /// Does what is asked.
    fn run(self, cx: &Context<'_>) -> impl Future<Output = Result<Self::Output, ApiError>> + Send;
}

/// A call on its way to its operation.
pub(crate) struct Call<'a> {
    pub(crate) cx: &'a Context<'a>,
    pub(crate) operation: &'static wire::Operation,
    /// Keyed by the model's member names.
    pub(crate) input: Value,
}

/// An answer to come.
type Answering<'a> = Pin<Box<dyn Future<Output = Result<Value, ApiError>> + Send + 'a>>;

impl<'a> Call<'a> {
    /// Runs the operation that is meant. Boxed, since whoever chooses among a hundred operations would
    /// otherwise have room for each of them on its stack.
    pub(crate) fn run<O: Operation + Send + 'a>(self) -> Answering<'a> {
        Box::pin(async move {
            let input = wire::filled::<O>(self.input)
                .map_err(|why| ApiError::malformed(self.operation, &why.to_string()))?;
            let output = input.run(self.cx).await?;
            Ok(serde_json::to_value(output).expect("an output is plain data"))
        })
    }
}

/// The answer to a request that is refused or fails, which is told.
pub(crate) fn refuse(id: &str, operation: &str, error: &ApiError) -> Response<Bytes> {
    let (code, message) = (&*error.code, &*error.message);
    match error.status {
        500.. => tracing::warn!(request = id, operation, code, message, "failed"),
        _ => tracing::debug!(request = id, operation, code, message, "refused"),
    }
    error.render(id)
}
