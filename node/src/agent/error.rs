//! Why the agent, or an environment, could not start.

use std::io;

use engine::id::VpcId;
use engine::node::FailureKind;
use thiserror::Error;

use crate::cgroup::CgroupError;
use crate::error::kind_of;
use crate::runtime::client::FindError;
use crate::sandbox::SandboxError;

/// Why the agent could not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Control groups cannot be used.
    #[error(transparent)]
    Cgroup(CgroupError),
    /// A thread or event queue could not be made.
    #[error("node's event queue could not be made: {0}")]
    Io(io::Error),
}

/// Why something could not be done to the network.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// It is about something that is not there.
    #[error("{0} is not there")]
    NotThere(String),
    /// The node has no networks of this sort.
    #[error("this node has no network but loopbacks")]
    OnlyLoopbacks,
    /// The VPC's latest plan is not in force, and nothing new is to go by the rules of an earlier one.
    #[error("the plan of {0} is not in force")]
    NotInForce(VpcId),
    /// A router has as many of something as it can.
    #[error("router has no room for another {0}")]
    Full(&'static str),
    /// The system refused it.
    #[error("{deed} failed")]
    System {
        /// What was being done.
        deed: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl NetworkError {
    /// An error of the system as one about a deed.
    pub fn of(deed: &'static str) -> impl Fn(io::Error) -> NetworkError {
        move |source| NetworkError::System { deed, source }
    }

    /// What to do about it.
    pub fn kind(&self) -> FailureKind {
        match self {
            NetworkError::NotThere(_) | NetworkError::NotInForce(_) => FailureKind::Later,
            NetworkError::OnlyLoopbacks => FailureKind::Never,
            NetworkError::Full(_) => FailureKind::Elsewhere,
            NetworkError::System { source, .. } => kind_of(source),
        }
    }
}

/// Why an environment could not be started.
#[derive(Debug, Error)]
pub(super) enum BuildError {
    #[error("open files suffice for {0} environments at once; hint: ulimit -n")]
    Full(u64),
    #[error(transparent)]
    Runtime(#[from] FindError),
    #[error(transparent)]
    Network(#[from] NetworkError),
    #[error(transparent)]
    Cgroup(#[from] CgroupError),
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    #[error("code cannot be had: {0}")]
    Code(String),
    #[error("sandbox could not be served")]
    Serve(#[source] io::Error),
}

impl BuildError {
    pub(super) fn kind(&self) -> FailureKind {
        match self {
            BuildError::Full(_) => FailureKind::Room,
            BuildError::Runtime(FindError::Missing(_)) => FailureKind::Never,
            BuildError::Runtime(FindError::Untold(error)) => kind_of(error),
            BuildError::Code(_) => FailureKind::Code,
            BuildError::Network(error) => error.kind(),
            BuildError::Cgroup(CgroupError::NoController(_)) => FailureKind::Never,
            BuildError::Cgroup(CgroupError::File(_, error)) | BuildError::Serve(error) => {
                kind_of(error)
            }
            BuildError::Sandbox(error) => match error {
                SandboxError::Gone => FailureKind::Later,
                SandboxError::Stage(_, error) | SandboxError::Link(error) => kind_of(error),
            },
        }
    }
}
