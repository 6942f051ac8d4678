//! What is needed to tell of an environment, apart from its life.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

use crate::base::id::{EnvironmentId, RequestId};
use crate::base::time::Time;
use crate::node::{Launch, LogStream, Stages};
use crate::record::decision::{Decision, NetworkChoice};

/// What is needed to tell of an environment: kept out of the way of what happens to it.
#[derive(Debug, Clone)]
pub struct Story {
    /// What was started.
    pub launch: Arc<Launch>,
    /// When it was started.
    pub created: Time,
    /// How long the stages of its start took, once it is ready.
    pub stages: Option<Stages>,
    /// How long an init took that was done again, within the time of the invocation under way.
    pub(crate) init_within: Option<Duration>,
    /// Its log stream.
    pub log_stream: LogStream,
    /// How it is attached.
    pub network: NetworkChoice,
    /// Why it was started.
    pub decision: Decision,
    /// Who asked for the asynchronous invocation that it was started for: the decision does not tell.
    pub asked_by: Option<Box<str>>,
    /// How often its runtime failed and was ended while it stayed.
    pub resets: u32,
    /// Whether the node has yet to say that what is left of its runtime is gone.
    pub(crate) is_resetting: bool,
    /// How often idle environments were reaped to make room for its start.
    pub(crate) tries: u32,
    /// Whether one that was reaped for it is not gone yet.
    pub(crate) wants_room: bool,
    /// The environment that starts in its room once it is gone.
    pub(crate) room_for: Option<EnvironmentId>,
    /// The invocation that it has answered, until its runtime asks for the next event.
    pub(crate) after: Option<Box<After>>,
    /// By which it is given up, under greedy-dual: the lowest first.
    pub(crate) priority: u64,
    /// Its place among those of its function.
    pub(crate) place: u32,
}

/// The invocation that an environment has answered and is not done with.
#[derive(Debug, Clone)]
pub(crate) struct After {
    pub(crate) request: RequestId,
    /// When it was delivered.
    pub(crate) delivered: Time,
    /// When its time is up.
    pub(crate) limit: Time,
}

/// Where an environment is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It starts, for an invocation or ahead of any.
    Init,
    /// Its runtime has failed, in an init or later, and does its init anew, within the time of the
    /// invocation.
    InitAgain,
    /// Its invocation waits until what is left of its failed runtime is gone.
    Resetting,
    /// It waits, frozen.
    Idle,
    /// It has an invocation.
    Busy,
    /// Its invocation is answered, and its runtime has not asked for the next event yet.
    Answered,
    /// It is being stopped.
    Reaping,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Init | Phase::InitAgain | Phase::Resetting => "init",
            Phase::Idle => "idle",
            Phase::Busy | Phase::Answered => "busy",
            Phase::Reaping => "reaping",
        })
    }
}
