//! The node: does what the kernel must do, and decides nothing.

pub mod agent;
pub mod bench;
pub mod cgroup;
pub mod claim;
pub mod descriptors;
mod error;
pub mod loopback;
pub mod memory;
pub mod net;
pub mod program;
pub mod runtime;
pub mod sandbox;
mod thread;
