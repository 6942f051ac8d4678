//! The Runtime API and the runtime clients that speak it.

pub mod api;
pub mod attend;
pub mod client;
mod conversation;
pub mod http;
mod instance;
mod poll;
mod reply;
