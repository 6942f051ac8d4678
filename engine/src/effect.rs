//! Everything the engine can ask for, and how it answers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{
    CallerId, EnvironmentId, FunctionId, Generation, GroupId, NodeId, PayloadId, RequestId,
    SubnetId, TicketId, Version, VpcId,
};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::node::{Delivery, Exit, Failure, NodeCommand};
use crate::record::Change;
use crate::record::function::FunctionBusy;
use crate::record::resource::Resource;
use crate::sources::command::SourceCommand;

/// What a step asks for, in order.
pub type Effects = Vec<Effect>;

/// Takes what a step asks for, in order. `Effects` keep it; who needs a part only takes that as it
/// comes, and of what nearly every step asks for, the rest is not even made.
pub trait EffectSink {
    /// Takes one thing to be done.
    fn push(&mut self, effect: Effect);

    /// Takes an event for an environment.
    #[inline]
    fn deliver(&mut self, delivery: Delivery) {
        self.push(Effect::command(NodeCommand::Deliver(delivery)));
    }

    /// Whether it takes the last lines of an invocation's log.
    #[inline]
    fn takes_reports(&self) -> bool {
        true
    }

    /// Takes the end of an invocation that was run.
    #[inline]
    fn invoked(&mut self, caller: CallerId, invoked: Invoked) {
        self.push(Effect::Invoked(caller, invoked));
    }

    /// Whether it takes how each invocation went, for who counts them.
    #[inline]
    fn takes_ends(&self) -> bool {
        false
    }
}

impl EffectSink for Effects {
    #[inline]
    fn takes_ends(&self) -> bool {
        true
    }

    #[inline]
    fn push(&mut self, effect: Effect) {
        Vec::push(self, effect);
    }
}

impl<S: EffectSink + ?Sized> EffectSink for &mut S {
    #[inline]
    fn push(&mut self, effect: Effect) {
        (**self).push(effect);
    }

    #[inline]
    fn deliver(&mut self, delivery: Delivery) {
        (**self).deliver(delivery);
    }

    #[inline]
    fn takes_reports(&self) -> bool {
        (**self).takes_reports()
    }

    #[inline]
    fn invoked(&mut self, caller: CallerId, invoked: Invoked) {
        (**self).invoked(caller, invoked);
    }

    #[inline]
    fn takes_ends(&self) -> bool {
        (**self).takes_ends()
    }
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make these changes durable, together, then answer `Input::Persisted`.
    Persist(TicketId, Vec<Change>),
    /// Answer the caller of an invocation that was run: each invocation has one answer, this or one
    /// of the two below.
    Invoked(CallerId, Invoked),
    /// Answer the caller of an asynchronous invocation, which is durable.
    Accepted(CallerId, RequestId),
    /// Answer the caller of an invocation that is not run.
    Refused(CallerId, Box<InvokeRefusal>),
    /// Tell whoever asked for a resource what became of it; once for each.
    Made(CallerId, Result<Box<Resource>, Failure>),
    /// Tell whoever runs the installation.
    Notice(Notice),
    /// Tell a node. With `Deliver`, the environment's log says `START`.
    Command(NodeId, NodeCommand),
    /// Tell the poller of an event source mapping.
    Source(SourceCommand),
    /// A platform line of an environment's log.
    Log(LogEvent),
    /// Count an invocation, or an attempt of an asynchronous one, that is over.
    Ended(Ended),
    /// Tell somebody how an asynchronous event ended, then answer `Input::Told`.
    Tell(Receiver, Box<Telling>),
    /// Nobody needs these bytes any more.
    Release(PayloadId),
}

impl Effect {
    /// A command for the node that is joined.
    pub(crate) fn command(command: NodeCommand) -> Effect {
        Effect::Command(NodeId::FIRST, command)
    }
}

/// Something that whoever runs the installation is to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// An asynchronous event has failed as often as it may.
    EventGivenUp {
        /// Of which function.
        function: FunctionId,
        /// When.
        at: Time,
    },
    /// A VPC's plan could not be put in force, and is tried again after a while.
    PlanFailed {
        /// Of which VPC.
        vpc: VpcId,
        /// Which plan.
        generation: Generation,
        /// Why.
        failure: Failure,
        /// How long until it is tried again.
        again: Duration,
    },
    /// A VPC's plan is in force after it or one before it had failed.
    PlanInForce {
        /// Of which VPC.
        vpc: VpcId,
        /// Which plan.
        generation: Generation,
    },
}

/// Who is told how an asynchronous event ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// A destination: it gets a record of the invocation.
    Destination(String),
    /// A dead-letter queue or topic: it gets the event.
    DeadLetter(String),
}

impl Receiver {
    /// Its ARN.
    pub fn arn(&self) -> &str {
        let (Receiver::Destination(arn) | Receiver::DeadLetter(arn)) = self;
        arn
    }
}

/// How an asynchronous event ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Its request id.
    pub request: RequestId,
    /// Of which function.
    pub function: FunctionId,
    /// By what it was invoked: `$LATEST`, a version or an alias.
    pub qualifier: String,
    /// The version that ran, or would have.
    pub version: Version,
    /// How.
    pub condition: Condition,
    /// Attempts that were made.
    pub attempts: u8,
    /// Its bytes.
    pub event: PayloadId,
    /// How the last attempt went, if one was made.
    pub result: Option<InvokeResult>,
    /// `X-Amzn-Trace-Id`, where it is known.
    pub trace: Option<String>,
}

/// In which condition an asynchronous event ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It succeeded.
    Success,
    /// It failed as often as it may be tried.
    RetriesExhausted,
    /// It became too old.
    EventAgeExceeded,
    /// Its function may not run at all.
    ZeroReservedConcurrency,
    /// It was part of a loop.
    RecursiveInvocation,
}

impl Condition {
    /// AWS's word.
    pub fn word(self) -> &'static str {
        match self {
            Condition::Success => "Success",
            Condition::RetriesExhausted => "RetriesExhausted",
            Condition::EventAgeExceeded => "EventAgeExceeded",
            Condition::ZeroReservedConcurrency => "ZeroReservedConcurrency",
            Condition::RecursiveInvocation => "RecursiveInvocation",
        }
    }
}

/// An invocation that is over, or an attempt of an asynchronous one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Time,
    /// In which environment it ran last; none where it did not run.
    pub environment: Option<EnvironmentId>,
    /// How, in a word: `ok`, `error`, `timeout`, or an exception's name.
    pub outcome: &'static str,
    /// What is remembered of it: not what began too many invocations ago.
    pub course: Option<Course>,
}

/// What is remembered of an invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Which invocation.
    pub request: RequestId,
    /// Of which function.
    pub function: FunctionId,
    /// When it came.
    pub began: Time,
    /// When it was given to its environment last.
    pub delivered: Option<Time>,
    /// Whether an environment was started for it.
    pub started: bool,
}

/// A platform line of an environment's log, to be spelled by the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// When it happened, which is the line's time.
    pub at: Time,
    /// In which environment.
    pub environment: EnvironmentId,
    /// What it says.
    pub line: LogLine,
}

/// The platform's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogLine {
    /// `INIT_START`.
    InitStart,
    /// `platform.initReport` of an init that succeeded, for who wants to know that.
    InitDone {
        /// How long.
        duration: Duration,
        /// `init` or `invoke`.
        phase: &'static str,
    },
    /// `INIT_REPORT` with `Status: timeout` or an error, by phase.
    InitReport {
        /// How long.
        duration: Duration,
        /// What became of it.
        status: Status,
        /// `init` or `invoke`.
        phase: &'static str,
    },
    /// `START`, of an invocation that was not delivered.
    Start(RequestId),
    /// `END` and `REPORT`.
    Report {
        /// Of which invocation.
        request: RequestId,
        /// How long it took.
        duration: Duration,
        /// MB that it could have.
        memory: u32,
        /// Bytes it had at the most.
        memory_peak: u64,
        /// How long the init took, for the first.
        init: Option<Duration>,
        /// What became of it, where it was not answered.
        status: Option<Box<Status>>,
    },
}

/// `Status` of a line, with `Error Type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// `timeout`.
    Timeout,
    /// `error`, of this type.
    Error(String),
}

/// An invocation's result, for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoked {
    /// Its request id.
    pub request: RequestId,
    /// The version that ran.
    pub version: Version,
    /// In which environment it ran last, for the tail of the log.
    pub environment: EnvironmentId,
    /// The event's bytes, which nobody needs any more.
    pub event: PayloadId,
    /// How it went.
    pub result: InvokeResult,
}

/// How an invocation went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvokeResult {
    /// The function's response.
    Response(PayloadId),
    /// The function's own error document (`X-Amz-Function-Error: Unhandled`).
    Error(PayloadId),
    /// `Sandbox.Timedout` after this long.
    TimedOut(Duration),
    /// `Runtime.ExitError`.
    Died(Exit),
    /// `Function.ResponseSizeTooLarge`, with the size.
    TooLarge(usize),
    /// The init took too long, twice.
    InitTimedOut(Duration),
}

/// What was exhausted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Throttle {
    /// The scope's concurrency.
    Concurrency,
    /// The function's reserved concurrency.
    Reserved,
    /// The queue of asynchronous events.
    Events,
}

/// Why an invocation is not run; the server spells it with AWS's exception and message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvokeRefusal {
    /// The scope has no such function or version.
    NoFunction(Scope, String, Option<Version>),
    /// The function that was known by its id is deleted.
    FunctionGone,
    /// The function cannot be invoked in its state.
    Busy(String, FunctionBusy),
    /// 400 `RecursiveInvocationException`.
    Recursive(FunctionId),
    /// 429 `TooManyRequestsException`.
    Throttled(Throttle),
    /// 502 `SubnetIPAddressLimitReachedException`.
    SubnetsFull,
    /// 502 `ENILimitReachedException`.
    EniLimit,
    /// 502 `EC2AccessDeniedException`.
    RoleMayNot,
    /// 502 `ENINotReadyException`, or the sandbox could not be built: what the node said.
    NodeFailed(String),
    /// 502 `InvalidZipFileException`: the code is not there, and cannot be unpacked again.
    NoCode,
    /// 502 `InvalidSubnetIDException`.
    NoSubnet(SubnetId),
    /// 502 `InvalidSecurityGroupIDException`.
    NoGroup(GroupId),
}

impl InvokeRefusal {
    /// The exception that the invocation ends with, by AWS's name.
    pub fn exception(&self) -> &'static str {
        match self {
            InvokeRefusal::NoFunction(..) | InvokeRefusal::FunctionGone => {
                "ResourceNotFoundException"
            }
            InvokeRefusal::Busy(..) => "ResourceConflictException",
            InvokeRefusal::Recursive(_) => "RecursiveInvocationException",
            InvokeRefusal::Throttled(_) => "TooManyRequestsException",
            InvokeRefusal::SubnetsFull => "SubnetIPAddressLimitReachedException",
            InvokeRefusal::EniLimit => "ENILimitReachedException",
            InvokeRefusal::RoleMayNot => "EC2AccessDeniedException",
            InvokeRefusal::NodeFailed(_) => "ENINotReadyException",
            InvokeRefusal::NoCode => "InvalidZipFileException",
            InvokeRefusal::NoSubnet(_) => "InvalidSubnetIDException",
            InvokeRefusal::NoGroup(_) => "InvalidSecurityGroupIDException",
        }
    }
}
