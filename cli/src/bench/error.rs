//! Why there are no figures.

use std::io;
use std::net::SocketAddr;

use node::agent::NetworkError;
use node::net::NetError;
use sim::plan::PlanError;
use sim::trace::TraceError;

use crate::output::OutputError;

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BenchError {
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Net(#[from] NetError),
    #[error(transparent)]
    Network(#[from] NetworkError),
    #[error(transparent)]
    Trace(#[from] TraceError),
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// What is not a directory in the Azure layout.
    #[error("trace {0} is not a directory")]
    NoDirectory(String),
    #[error("the same plan came to different hashes")]
    Hashes,
    #[error("server cannot be started")]
    Start(#[source] io::Error),
    #[error("server says nothing")]
    Silent(#[source] io::Error),
    /// What the server says when it has started.
    #[error("server is not understood: {0}")]
    Greeting(String),
    #[error("connection to {at} cannot be made")]
    Connect {
        at: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("connection broke")]
    Connection(#[source] io::Error),
    #[error("{request}: {answer}")]
    Refused { request: String, answer: String },
    #[error("answer to {path} is not understood")]
    Answer {
        path: &'static str,
        #[source]
        source: serde_json::Error,
    },
    #[error("function {0} is not Active")]
    Inactive(String),
    #[error("what was sent did not come to its function within {0} seconds")]
    Waited(u64),
    #[error("package of a function cannot be written")]
    Package(#[from] zip::result::ZipError),
    #[error("python3 cannot be run")]
    Python(#[source] io::Error),
    #[error("echo cannot be served")]
    Echo(#[source] io::Error),
    #[error("a describe shows {shown} of {made} ENIs")]
    Described { shown: usize, made: u32 },
    /// It panicked, which has been printed.
    #[error("a client ended early")]
    Client,
}
