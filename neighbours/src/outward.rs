//! What services ask of others: functions to be invoked, and operations of other services, each in
//! the name of the service that asks.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use serde_json::Value;
use wire::ApiError;

use crate::operation::{Demand, Scope};

/// An answer that is still to come.
pub type Promise<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// In whose name something is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The service, for instance `sns.amazonaws.com`.
    pub principal: &'static str,
    /// The ARN of what causes it, for instance a topic's: `aws:SourceArn`.
    pub source_arn: String,
    /// The account whose that is: `aws:SourceAccount`.
    pub source_account: u64,
    /// The ARN of the role that it is done as, where the service was given one.
    pub role: Option<String>,
    /// The trace header of what caused it, if it has one.
    pub trace: Option<String>,
}

/// Why a function is not invoked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvokeError {
    /// There is no such function, or no such version or alias of it.
    #[error("function {0} is not there")]
    Missing(String),
    /// Its policy does not allow it.
    #[error(
        "function {0} may not be invoked: its policy, or the role that invokes it, does not allow it"
    )]
    Denied(String),
    /// It may work later.
    #[error("{0}")]
    Later(String),
}

/// What services ask of others. Policies are looked at by whoever implements it.
pub trait Outward: Send + Sync + fmt::Debug {
    /// Invokes a function asynchronously: told once the event is durable. What it is invoked for is
    /// how explanations name it, for instance `message 1 of arn:aws:sns:…`.
    fn invoke<'a>(
        &'a self,
        actor: &'a Actor,
        function: &'a str,
        event: Bytes,
        cause: &'a str,
    ) -> Promise<'a, Result<(), InvokeError>>;

    /// Whether a function may be invoked, as it is now.
    fn may_invoke(&self, _actor: &Actor, function: &str) -> Result<(), InvokeError> {
        Err(InvokeError::Missing(function.to_owned()))
    }

    /// Puts an event of a service of AWS's own onto the default bus of an account, keyed as entries
    /// of `PutEvents` are.
    fn put_own_event<'a>(
        &'a self,
        _scope: &'a Scope,
        _entry: Value,
    ) -> Promise<'a, Result<(), String>> {
        Box::pin(async { Err("events is not served".to_owned()) })
    }

    /// Has another service do an operation; input and output are keyed by the model's member names.
    /// What it is about is named by an ARN within the input or by `resource`.
    fn call<'a>(
        &'a self,
        actor: &'a Actor,
        operation: &'static wire::Operation,
        resource: &'a str,
        input: Value,
    ) -> Promise<'a, Result<Value, ApiError>>;

    /// Whether an account has a VPC in a region.
    fn has_vpc(&self, _account: u64, _region: &str, _vpc: &str) -> bool {
        false
    }

    /// Whether a service may do something to a thing of its own, which it looks at without a call.
    fn may(&self, _actor: &Actor, _demand: &Demand) -> bool {
        false
    }

    /// Whether a service may do things as its role: it is there, and trusts the service.
    fn may_assume(&self, _actor: &Actor) -> bool {
        false
    }
}
