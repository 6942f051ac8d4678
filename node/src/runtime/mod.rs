//! The Runtime API and the runtime clients that speak it.

pub mod client;
