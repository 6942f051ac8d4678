//! The node: does what the kernel must do, and decides nothing.

pub mod agent;
pub mod bench;
pub mod cgroup;
mod environment;
pub mod loopback;
pub mod memory;
pub mod net;
pub mod runtime;
pub mod sandbox;
mod stock;

/// Ends the process where it cannot do what it is for any more: state is durable, and a new process
/// finds everything again, while one that goes on without a part of itself only seems to work.
pub(crate) fn end_process(what: &str, error: &dyn std::error::Error) -> ! {
    eprintln!("fatal: {what}: {error}");
    std::process::abort()
}
