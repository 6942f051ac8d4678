//! Everything that can happen to the engine.

use alloc::boxed::Box;
use alloc::string::String;

use crate::base::id::{CallerId, EnvironmentId, FunctionId, PayloadId, RequestId, TicketId};
use crate::base::scope::Scope;
use crate::effect::Receiver;
use crate::node::EventContext;
use crate::node::NodeReport;
pub use crate::record::event::Qualifier;
use crate::record::function::RoleVerdict;
use crate::sources::command::SourceReport;
use crate::tell::refused::RefusedByPolicy;

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Somebody invokes a function, and waits for one `Invoked`, `Accepted` or `Refused`.
    Invoke(Invoke),
    /// The changes of this ticket are durable.
    Persisted(TicketId),
    /// A node reports.
    Node(NodeReport),
    /// A poller of an event source mapping reports.
    Source(Box<SourceReport>),
    /// A receiver was told of an asynchronous event, or could not be.
    Told(RequestId, Receiver, Told),
    /// A name did not resolve.
    Unresolved(Box<Unresolved>),
    /// What an invocation returned is no answer to the request that it was for: why.
    NoAnswer(RequestId, String),
    /// The policy of a VPC endpoint refused something.
    RefusedByPolicy(Box<RefusedByPolicy>),
    /// Time has passed; every step fires what is due, this one does nothing else.
    Tick,
}

/// A name for which the resolver of a VPC had no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// In which environment it was asked for.
    pub environment: EnvironmentId,
    /// The name.
    pub name: String,
    /// Why, for people.
    pub why: String,
}

/// Whether a receiver was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It has it.
    Delivered,
    /// It does not take it: why.
    Refused(String),
    /// It may take it later: why not now.
    Later(String),
}

/// An invocation to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoke {
    /// Who waits.
    pub caller: CallerId,
    /// Which function.
    pub function: Target,
    /// By what; none is `$LATEST` without a qualifier in its ARN.
    pub qualifier: Option<Qualifier>,
    /// Whether the caller waits for the result.
    pub kind: InvokeKind,
    /// The event's bytes.
    pub payload: PayloadId,
    /// How many.
    pub length: usize,
    /// What comes with the event, if anything does.
    pub context: Option<Box<EventContext>>,
    /// Who invokes: an ARN.
    pub by: String,
    /// Whether the execution role may manage ENIs (classic model).
    pub role: RoleVerdict,
}

/// How a function is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// By its owner and its name.
    Named(Box<(Scope, String)>),
    /// By its id, which whoever invokes it has learned before.
    Known(FunctionId),
}

/// How an invocation is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvokeKind {
    /// `RequestResponse`.
    Sync,
    /// `Event`: durable, then 202.
    Async,
}
