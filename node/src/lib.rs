//! The node: does what the kernel must do, and decides nothing.

pub mod cgroup;
pub mod runtime;
pub mod sandbox;
