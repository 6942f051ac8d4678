//! Decisions: what the engine chose, why, and what lost. Ordinary data, for explanations.

/// The first version of the record.
pub mod v1 {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use crate::base::id::{
        DecisionId, EniId, EnvironmentId, FunctionId, Generation, RequestId, ResourceId, SubnetId,
        VpcId,
    };
    use crate::base::time::Time;

    /// One decision.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Decision {
        /// Its number, rising.
        pub id: DecisionId,
        /// When it was taken.
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
            /// Its request id.
            request: RequestId,
            /// Of which function.
            function: FunctionId,
            /// Who asked: an ARN or an address.
            caller: String,
        },
        /// An asynchronous invocation, at this attempt (from 1).
        Async {
            /// Its request id.
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
        /// The node had no room for a further environment, and it was the least useful.
        Room(EnvironmentId),
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

    /// What was chosen.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Choice {
        /// An idle environment is used again.
        Reuse {
            /// The one that was idle.
            environment: EnvironmentId,
            /// The ENI it has.
            eni: Option<EniId>,
            /// How many invocations it has had, this one included.
            nth: u64,
        },
        /// A further environment is started.
        Start {
            /// The one that is started.
            environment: EnvironmentId,
            /// Environments of this version that are busy.
            busy: u32,
            /// Its network.
            network: NetworkChoice,
        },
        /// An ENI is created.
        CreateEni {
            /// The ENI that is made.
            eni: EniId,
            /// In which subnet.
            subnet: SubnetId,
            /// The round-robin cursor at which the search began.
            cursor: u32,
        },
        /// A shared ENI that exists is used.
        ShareEni {
            /// The ENI that is there already.
            eni: EniId,
            /// In which subnet.
            subnet: SubnetId,
            /// How many function versions use its pair, this one included.
            users: u32,
        },
        /// An environment is reaped, and its classic ENI with it.
        Reap {
            /// The one that is stopped.
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
            /// The ENI that is made for it alone.
            eni: EniId,
            /// In which subnet.
            subnet: SubnetId,
            /// The round-robin cursor.
            cursor: u32,
        },
        /// The shared ENI of a pair.
        Shared {
            /// The ENI that it shares with others.
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
        /// Subnets of a VPC whose plan of this generation could not be put in force, and what is
        /// told of that.
        PlanFailed(VpcId, Generation, String),
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
}

pub use v1::*;

use crate::base::id::RequestId;

impl Cause {
    /// The invocation that brought it about, if one did.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Cause::Sync { request, .. } | Cause::Async { request, .. } => Some(*request),
            _ => None,
        }
    }
}
