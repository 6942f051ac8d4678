//! The Runtime API and the runtime clients that speak it.

pub mod api;
pub mod attend;
pub mod client;
mod conversation;
mod entries;
pub mod http;
pub mod instance;
pub mod interpreters;
pub mod invocation;
mod output;
mod poll;
mod reply;
mod rest;
pub(crate) mod sdk;
mod talk;

/// Where functions find the certificates that they trust.
pub const TRUSTED: &str = "/var/runtime/ca-cert.pem";
