//! Decisions: what the engine chose, why, and what lost. Ordinary data, for explanations.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::id::{
    DecisionId, EniId, EnvironmentId, FunctionId, GroupId, RequestId, ResourceId, SubnetId,
};
use crate::node::Drop;
use crate::time::Time;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number, rising.
    pub id: DecisionId,
    /// When.
    pub at: Time,
    /// What brought it about.
    pub cause: Cause,
    /// What was chosen.
    pub choice: Choice,
    /// What lost, and why, in the order it was looked at.
    pub passed_over: Vec<PassedOver>,
}

/// What brings decisions about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// An invocation that a caller waits for.
    Sync {
        /// Which.
        request: RequestId,
        /// Of which function.
        function: FunctionId,
        /// Who asked: an ARN or an address.
        caller: String,
    },
    /// An asynchronous invocation, at this attempt (from 1).
    Async {
        /// Which.
        request: RequestId,
        /// Of which function.
        function: FunctionId,
        /// Which attempt.
        attempt: u8,
    },
    /// A request of the API, by its operation's name, about a function.
    Api {
        /// For instance `CreateFunction`.
        operation: String,
        /// Which function.
        function: Option<FunctionId>,
    },
    /// An environment was idle for too long.
    Idle(EnvironmentId),
    /// Its function is not expected to be invoked soon, by its past idle times.
    Unneeded(EnvironmentId),
    /// Memory was needed, and it was worth the least.
    Memory(EnvironmentId),
    /// An invocation of a function is expected soon, by its past idle times.
    Expected(FunctionId),
    /// An environment was too old.
    Age(EnvironmentId),
    /// Its code or configuration changed, or its function was deleted.
    Superseded(EnvironmentId),
    /// An environment's process ended or exceeded its time.
    Failure(EnvironmentId),
    /// A shared ENI carries as many connections as it can.
    Connections(EniId, u32),
    /// A resource was attached or exposed.
    Resource(ResourceId),
    /// A restart of the server.
    Restart,
}

impl Cause {
    /// The invocation that brought it about, if one did.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Cause::Sync { request, .. } | Cause::Async { request, .. } => Some(*request),
            _ => None,
        }
    }
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// An idle environment is used again.
    Reuse {
        /// Which.
        environment: EnvironmentId,
        /// The ENI it has.
        eni: Option<EniId>,
        /// How many invocations it has had, this one included.
        nth: u64,
    },
    /// A further environment is started.
    Start {
        /// Which.
        environment: EnvironmentId,
        /// Environments of this version that are busy.
        busy: u32,
        /// Its network.
        network: NetworkChoice,
    },
    /// An ENI is created.
    CreateEni {
        /// Which.
        eni: EniId,
        /// In which subnet.
        subnet: SubnetId,
        /// The round-robin cursor at which the search began.
        cursor: u32,
    },
    /// A shared ENI that exists is used.
    ShareEni {
        /// Which.
        eni: EniId,
        /// In which subnet.
        subnet: SubnetId,
        /// How many function versions use its pair, this one included.
        users: u32,
    },
    /// An environment is reaped, and its classic ENI with it.
    Reap {
        /// Which.
        environment: EnvironmentId,
        /// The ENI released.
        eni: Option<EniId>,
    },
    /// An ENI is deleted, for want of users.
    DeleteEni(EniId),
    /// The invocation is refused, with the name of the exception.
    Refuse(String),
}

/// The network of a new environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkChoice {
    /// The function has no `VpcConfig`: no ENI.
    Outside,
    /// An ENI of its own.
    Created {
        /// Which.
        eni: EniId,
        /// In which subnet.
        subnet: SubnetId,
        /// The round-robin cursor.
        cursor: u32,
    },
    /// The shared ENI of a pair.
    Shared {
        /// Which.
        eni: EniId,
        /// In which subnet.
        subnet: SubnetId,
        /// The round-robin cursor.
        cursor: u32,
    },
}

/// What was looked at and not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PassedOver {
    /// A subnet without a free address: none of this many.
    SubnetFull(SubnetId, u32),
    /// A subnet that is gone.
    SubnetGone(SubnetId),
    /// An ENI that could not be made, and why.
    EniFailed(EniId, String),
    /// An environment that is busy.
    Busy(EnvironmentId),
    /// An environment of an earlier code or configuration.
    Stale(EnvironmentId),
    /// A shared ENI with as many connections as it can carry.
    EniFull(EniId, u32),
    /// The quota of ENIs, which was reached at this number.
    EniQuota(u32),
    /// The limit of concurrency, which was reached at this number.
    Concurrency(u32),
}

/// What is known of an invocation, for its explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Which invocation.
    pub request: RequestId,
    /// Of which function.
    pub function: FunctionId,
    /// When it came.
    pub began: Time,
    /// Whether an environment was started for it.
    pub started: bool,
    /// How it ended, in a word: `ok`, `error`, `timeout`, or the exception's name; else nothing.
    pub outcome: &'static str,
    /// The packets dropped meanwhile.
    pub drops: Vec<Judged>,
    /// Where it ran last; zero is nowhere.
    pub(crate) environment: EnvironmentId,
    /// When it was given to its environment last; zero is never.
    pub(crate) delivered: Time,
    /// When it was answered; zero is never.
    pub(crate) ended: Time,
    pub(crate) reuse: Reuse,
}

/// The decision to use an idle environment again, in short: nearly every invocation has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reuse {
    /// Its number; zero while there is none.
    pub(crate) id: u64,
    /// The environment's ENI; zero is none.
    pub(crate) eni: u64,
    /// Who asked, where a caller waits.
    pub(crate) by: Option<Box<str>>,
    /// How many invocations the environment has had, this one included.
    pub(crate) nth: u32,
    /// Which attempt of an asynchronous event it is, from 1; 0 when a caller waits.
    pub(crate) attempt: u8,
}

/// A drop, and the security groups that all together let none of it through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The packets.
    pub drop: Drop,
    /// The groups.
    pub groups: Vec<GroupId>,
}

impl Trail {
    /// The trail of an invocation that has just come.
    pub(crate) fn new(now: Time, request: RequestId, function: FunctionId) -> Trail {
        Trail {
            request,
            function,
            began: now,
            started: false,
            outcome: "",
            drops: Vec::new(),
            environment: EnvironmentId(0),
            delivered: Time(0),
            ended: Time(0),
            reuse: Reuse::default(),
        }
    }

    /// Becomes the trail of an invocation that has just come.
    #[inline]
    pub(crate) fn begin(&mut self, now: Time, request: RequestId, function: FunctionId) {
        (self.request, self.function, self.began) = (request, function, now);
        self.started = false;
        self.outcome = "";
        if !self.drops.is_empty() {
            self.drops = Vec::new();
        }
        self.environment = EnvironmentId(0);
        (self.delivered, self.ended) = (Time(0), Time(0));
        self.reuse.id = 0;
        if self.reuse.by.is_some() {
            self.reuse.by = None;
        }
    }

    /// Where it ran last.
    pub fn environment(&self) -> Option<EnvironmentId> {
        (self.environment != EnvironmentId(0)).then_some(self.environment)
    }

    /// When it was given to its environment last.
    pub fn delivered(&self) -> Option<Time> {
        (self.delivered != Time(0)).then_some(self.delivered)
    }

    /// When it was answered.
    pub fn ended(&self) -> Option<Time> {
        (self.ended != Time(0)).then_some(self.ended)
    }

    /// The decision to use an idle environment again, if that was decided at first.
    pub fn reuse(&self) -> Option<Decision> {
        let Trail { request, function, environment, .. } = *self;
        let Reuse { id, eni, nth, attempt, .. } = self.reuse;
        let cause = match attempt {
            0 => {
                let caller = self.reuse.by.as_deref().unwrap_or_default().into();
                Cause::Sync { request, function, caller }
            }
            attempt => Cause::Async { request, function, attempt },
        };
        let eni = (eni != 0).then_some(EniId(eni));
        let choice = Choice::Reuse { environment, eni, nth: u64::from(nth) };
        let decision =
            Decision { id: DecisionId(id), at: self.began, cause, choice, passed_over: Vec::new() };
        (id != 0).then_some(decision)
    }
}
