//! The Runtime API and the runtime clients that speak it.

pub mod api;
pub mod client;
pub mod http;
mod instance;
mod poll;
