//! What the engine tells a node to do, and what a node reports.
//!
//! Commands are idempotent. For one thing (an ENI, an environment) they are carried out in the
//! order given.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::net::{IpAddr, SocketAddr};
use core::ops::Deref;
use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::id::{
    EniId, EnvironmentId, FunctionId, Generation, PayloadId, RequestId, ResourceId, Version,
    VpcEndpointId, VpcId,
};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::plan::{DropReason, EniPlan, VpcPlan};
use crate::record::function::{EniModel, Logging, VpcConfig};
use crate::record::resource::ExposedPort;

/// What a node is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeCommand {
    /// Have this VPC as planned: in force all of it at once or none of it, for new connections from
    /// then on. Answered by `PlanInForce` or `PlanFailed`; a plan of an earlier generation than
    /// the one that is there is not carried out.
    Plan(Arc<VpcPlan>),
    /// Have no such VPC.
    DeleteVpc(VpcId),
    /// Have this shared or resource ENI, with these groups; answered by `EniReady` or `EniFailed`.
    /// A classic ENI comes with its environment; its groups are changed by this too.
    PutEni(EniPlan),
    /// Have no such ENI.
    DeleteEni(EniId),
    /// Give the resource a namespace that holds its ENI, and serve its exposed ports.
    PutResource {
        /// Which resource.
        resource: ResourceId,
        /// Its ENI, of `Holder::Resource`.
        eni: EniPlan,
        /// Ports that lead to the host; none for a process.
        ports: Vec<ExposedPort>,
        /// The interface endpoint whose service answers at it, if it is one's.
        serves: Option<VpcEndpointId>,
    },
    /// Remove the resource's namespace and kill what runs in it.
    DeleteResource(ResourceId),
    /// Start an environment, or its runtime once more after a reset; answered by `Ready`,
    /// `InitFailed` or `Exited`.
    Start(Box<EnvironmentSpec>),
    /// Thaw it and give it an event, once its runtime has asked for one; answered by `Finished` or
    /// `Exited`.
    Deliver(Delivery),
    /// End its runtime and all that runs in it, and keep what outlives that: its network, and its
    /// /tmp where that is still there. Answered by `Reset`.
    Reset(EnvironmentId),
    /// Kill it and release all it holds; answered by `Gone`.
    Stop(EnvironmentId),
}

/// What an environment is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironmentSpec {
    /// Which environment.
    pub environment: EnvironmentId,
    /// What runs in it.
    pub launch: Arc<Launch>,
    /// The name of its log stream.
    pub log_stream: LogStream,
    /// Where it is attached.
    pub attachment: Attachment,
}

impl Deref for EnvironmentSpec {
    type Target = Launch;
    fn deref(&self) -> &Launch {
        &self.launch
    }
}

/// What all environments of a version are started with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// The function that it is a version of.
    pub function: FunctionId,
    /// The function's owner; its region is for the reserved variables.
    pub scope: Scope,
    /// The function's ARN, without qualifier for `$LATEST`.
    pub arn: String,
    /// The function's name.
    pub name: String,
    /// `$LATEST` or the version's number.
    pub version: String,
    /// The runtime, for instance `python3.11`.
    pub runtime: String,
    /// Where the runtime finds the code to call, for instance `app.handler`.
    pub handler: String,
    /// SHA-256 of the code package, which names the unpacked directory.
    pub code: [u8; 32],
    /// SHA-256 of its layers' content, of which a later one covers an earlier one.
    pub layers: Vec<[u8; 32]>,
    /// Seconds an invocation may take.
    pub timeout: u32,
    /// MB of memory.
    pub memory: u32,
    /// MB of /tmp.
    pub ephemeral: u32,
    /// The user's variables.
    pub variables: BTreeMap<String, String>,
    /// How it is attached.
    pub eni_model: EniModel,
    /// Where it may be attached.
    pub vpc: Option<VpcConfig>,
    /// How its log is kept.
    pub logging: Logging,
}

impl EnvironmentSpec {
    /// The log group of the function.
    pub fn log_group(&self) -> String {
        let own = || alloc::format!("/aws/lambda/{}", self.name);
        self.logging.group.clone().unwrap_or_else(own)
    }

    /// The log stream of the environment; one of a group that functions may share has the
    /// function's name in it.
    pub fn log_stream(&self) -> String {
        let name = if self.logging.group.is_some() { self.name.as_str() } else { "" };
        let LogStream { began, version, random } = self.log_stream;
        let ((year, month, day), version) = (began.date(), version.spelled());
        alloc::format!("{year:04}/{month:02}/{day:02}/{name}[{version}]{random:032x}")
    }
}

/// What the name of an environment's log stream is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogStream {
    /// When the environment was started.
    pub began: Time,
    /// Its version.
    pub version: Version,
    /// What tells it apart.
    pub random: u128,
}

/// Where an environment is attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attachment {
    /// To the outside by the host's NAT, to no VPC.
    Outside,
    /// To a subnet, by an ENI of its own.
    Classic(EniPlan),
    /// To a subnet, through a shared ENI.
    Hyperplane(EniId),
}

/// One event for an environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Which environment.
    pub environment: EnvironmentId,
    /// Which invocation.
    pub request: RequestId,
    /// The event's bytes.
    pub payload: PayloadId,
    /// When the invocation times out.
    pub deadline: Time,
    /// By which qualifier it was invoked, if by any: it ends the ARN that the function is told.
    pub qualifier: Option<Called>,
    /// What comes with the event, if anything does.
    pub context: Option<Box<EventContext>>,
}

/// By which qualifier a function was invoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Called {
    /// By a version; 0 is `$LATEST`.
    Version(Version),
    /// By an alias, of this name.
    Alias(Box<str>),
}

/// What comes with an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventContext {
    /// `X-Amz-Client-Context`, decoded.
    pub client: Option<String>,
    /// `X-Amzn-Trace-Id`.
    pub trace: Option<String>,
    /// How often the function was invoked before in the same chain of invocations.
    pub hops: u32,
}

/// What a node reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeReport {
    /// A VPC's plan is in force. A VPC that no ENI needs yet has no router, and its plan is in force.
    PlanInForce {
        /// Of which VPC.
        vpc: VpcId,
        /// Which plan.
        generation: Generation,
    },
    /// A VPC's plan could not be put in force; what was in force before still is.
    PlanFailed {
        /// Of which VPC.
        vpc: VpcId,
        /// Which plan.
        generation: Generation,
        /// Why.
        failure: Failure,
    },
    /// The ENI carries traffic.
    EniReady(EniId),
    /// The ENI could not be made.
    EniFailed(EniId, Failure),
    /// The resource's namespace is there, at this path of the file system.
    ResourceReady(ResourceId, String),
    /// The resource could not be made.
    ResourceFailed(ResourceId, Failure),
    /// The runtime asks for its first event.
    Ready {
        /// Which environment.
        environment: EnvironmentId,
        /// How long each stage of its start took.
        stages: Stages,
    },
    /// The runtime reported that it cannot start.
    InitFailed {
        /// Which environment.
        environment: EnvironmentId,
        /// The error document of the runtime.
        payload: PayloadId,
        /// `Lambda-Runtime-Function-Error-Type`.
        error_type: Option<String>,
        /// How long each stage took.
        stages: Stages,
    },
    /// The invocation is answered. Where its runtime has asked for the next event as well, what it
    /// printed was reported before; else `Asked` or `Exited` follows.
    Finished {
        /// Which environment.
        environment: EnvironmentId,
        /// Which invocation.
        request: RequestId,
        /// How it went.
        outcome: Outcome,
        /// Bytes of memory at the highest so far.
        memory_peak: u64,
        /// From the delivery to the answer.
        duration: Duration,
        /// Whether the runtime has asked for its next event in the same breath.
        asks: bool,
    },
    /// The runtime asks for its next event after it has answered, and what it printed until then was
    /// reported before.
    Asked {
        /// Which environment.
        environment: EnvironmentId,
        /// Which invocation it had answered.
        request: RequestId,
        /// Bytes of memory at the highest so far.
        memory_peak: u64,
        /// From the delivery to this.
        duration: Duration,
    },
    /// The environment's first process is gone without having been told to.
    Exited {
        /// Which environment.
        environment: EnvironmentId,
        /// How it went.
        exit: Exit,
        /// Bytes of memory at the highest so far.
        memory_peak: u64,
    },
    /// The environment's runtime is gone, and nothing will be told of it any more.
    Reset(EnvironmentId),
    /// The environment and all it held are gone.
    Gone(EnvironmentId),
    /// The environment could not be built.
    StartFailed(EnvironmentId, Failure),
    /// Packets were dropped.
    Dropped(PacketDrop),
    /// How many connections a shared ENI carries.
    Connections(EniId, u32),
}

/// Why a node could not do what it was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What to do about it.
    pub kind: FailureKind,
    /// What went wrong, as a fragment that names the object and the deed.
    pub text: String,
}

/// What to do about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FailureKind {
    /// The same may succeed in another subnet or on another node: this one has no room for it.
    Elsewhere,
    /// The same may succeed here once something else has ended: this node has no descriptor, memory
    /// or process left for it.
    Room,
    /// The same fails every time: what was asked for cannot be had on any node like this one.
    Never,
    /// The function's code is not there, and cannot be unpacked again.
    Code,
    /// The same may succeed here later: something was busy or gone for the moment.
    Later,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(kind: FailureKind, text: impl Into<String>) -> Failure {
        Failure { kind, text: text.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How an answered invocation went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The function's response.
    Response {
        /// Its bytes.
        payload: PayloadId,
        /// How many.
        length: usize,
    },
    /// The function's error document.
    Error {
        /// Its bytes.
        payload: PayloadId,
        /// How many.
        length: usize,
    },
    /// A response of more than the limit, this many bytes.
    TooLarge(usize),
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    /// With a status.
    Status(i32),
    /// By a signal.
    Signal(i32),
    /// For want of memory.
    OutOfMemory,
}

/// How long each stage of a start took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages {
    /// Attaching the network.
    pub network: Duration,
    /// Building the sandbox: clone, mounts, cgroup.
    pub sandbox: Duration,
    /// From the start of the runtime's process to its first request for an event.
    pub runtime: Duration,
    /// Whether a sandbox built ahead was used.
    pub prepared: bool,
}

/// Packets of one flow that a node dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketDrop {
    /// In which VPC; in none where the sender has none.
    pub vpc: Option<VpcId>,
    /// The sender's ENI, if it has one; of replies, that of who began the connection.
    pub eni: Option<EniId>,
    /// The sending environment, if it is one; of replies, the one that began the connection.
    pub environment: Option<EnvironmentId>,
    /// Whether they were sent back to who began the connection.
    #[serde(default)]
    pub is_reply: bool,
    /// The sender's address as its ENI's.
    pub source: IpAddr,
    /// Where to, with the port (0 where there is none).
    pub destination: SocketAddr,
    /// The IP protocol's number.
    pub protocol: u8,
    /// Why.
    pub reason: DropReason,
    /// How many packets.
    pub packets: u64,
    /// Whether there were more of this sender's, which were not counted.
    pub is_least: bool,
}
