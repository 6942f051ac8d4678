//! Invocations: each gets a permit and an environment, and ends in one answer.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{CallerId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::base::time::Time;
use crate::effect::{InvokeRefusal, InvokeResult, Status};
use crate::node::EventContext;
use crate::record::decision::{Cause, PassedOver};
use crate::record::function::RoleVerdict;
use crate::tell::trail::Route;

mod after;
mod end;
mod run;

/// What an environment's invocation is, beside its id and its function.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    /// Who waits, unless it is asynchronous.
    pub(crate) caller: CallerId,
    pub(crate) payload: PayloadId,
    /// The number of its trail.
    pub(crate) trail: u64,
    pub(crate) detail: Option<Box<Detail>>,
}

/// What invocations have that say who invokes, and not all that a plan replays.
#[derive(Debug, Clone)]
pub(crate) struct Detail {
    /// Who asked.
    pub(crate) by: String,
    pub(crate) context: Option<Box<EventContext>>,
    /// Environments that could not be built for it.
    pub(crate) passed_over: Vec<PassedOver>,
    /// Which attempt of an asynchronous event it is, from 1; 0 when a caller waits.
    pub(crate) attempt: u8,
    /// Whether it goes on with the trail that an earlier attempt, or one that was put off, began.
    pub(crate) resumes: bool,
    /// Whether it was invoked by a version.
    pub(crate) is_qualified: bool,
    /// The alias by which it was invoked, and where that led it; taken when it is delivered.
    pub(crate) route: Option<Box<Route>>,
    pub(crate) role: RoleVerdict,
}

impl Default for Detail {
    fn default() -> Detail {
        Detail {
            by: String::new(),
            context: None,
            passed_over: Vec::new(),
            attempt: 0,
            resumes: false,
            is_qualified: false,
            route: None,
            role: RoleVerdict::Allowed,
        }
    }
}

/// Which invocation, of what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of {
    pub(crate) request: RequestId,
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
    /// The slot of what the function has at present.
    pub(crate) home: u32,
}

impl Invocation {
    pub(super) fn attempt(&self) -> u8 {
        self.detail.as_ref().map_or(0, |detail| detail.attempt)
    }

    pub(super) fn resumes(&self) -> bool {
        self.detail.as_ref().is_some_and(|detail| detail.resumes)
    }

    pub(super) fn role(&self) -> RoleVerdict {
        self.detail.as_ref().map_or(RoleVerdict::Allowed, |detail| detail.role)
    }

    /// What is decided for its sake is decided because of this.
    pub(super) fn cause(&self, Of { request, function, .. }: Of) -> Cause {
        let Some(detail) = &self.detail else {
            return Cause::Sync { request, function, caller: String::new() };
        };
        match detail.attempt {
            0 => Cause::Sync { request, function, caller: detail.by.clone() },
            attempt => Cause::Async { request, function, attempt },
        }
    }

    /// Who asked for an asynchronous one, whose cause does not tell.
    pub(super) fn asked_by(&self) -> Option<Box<str>> {
        let detail = self.detail.as_ref().filter(|detail| detail.attempt > 0)?;
        (!detail.by.is_empty()).then(|| detail.by.as_str().into())
    }
}

/// An invocation that the node says has run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ran {
    pub(crate) environment: EnvironmentId,
    pub(crate) request: RequestId,
    /// Bytes of its environment's memory at the highest so far.
    pub(crate) memory_peak: u64,
    /// From the delivery to the answer, or to what followed it.
    pub(crate) duration: Duration,
    /// Whether its runtime asks for the next event.
    pub(crate) asks: bool,
}

/// An invocation that was taken from its environment to be concluded.
pub(crate) struct Concluded {
    pub(crate) request: RequestId,
    pub(crate) version: Version,
    pub(crate) environment: EnvironmentId,
    pub(crate) invocation: Invocation,
}

/// How an invocation ends.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It ran, well or not.
    Ran(InvokeResult),
    /// It could not be run.
    Refused(InvokeRefusal),
}

/// What the last lines of its log say.
pub(crate) struct Account {
    pub(crate) at: Time,
    pub(crate) duration: Duration,
    pub(crate) status: Option<Status>,
}

impl Ending {
    /// How it ended, in a word.
    #[inline]
    pub(super) fn word(&self) -> &'static str {
        match self {
            Ending::Ran(InvokeResult::Response(_)) => "ok",
            Ending::Ran(InvokeResult::Error(_)) => "error",
            Ending::Ran(InvokeResult::TimedOut(_) | InvokeResult::InitTimedOut(_)) => "timeout",
            Ending::Ran(InvokeResult::Died(_)) => "Runtime.ExitError",
            Ending::Ran(InvokeResult::TooLarge(_)) => "Function.ResponseSizeTooLarge",
            Ending::Refused(refusal) => refusal.exception(),
        }
    }
}
