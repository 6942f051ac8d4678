//! The server: speaks AWS to the outside and drives the engine.
#![forbid(unsafe_code)]

mod accept;
mod answer;
mod api;
mod body;
pub mod code;
pub mod destination;
mod dial;
pub mod driver;
pub mod endpoint;
mod for_s3;
mod front;
pub mod gate;
mod glob;
pub mod http;
mod http2;
pub mod iam;
pub mod internal;
mod level;
pub mod logs;
pub mod metrics;
pub mod node_link;
pub mod output;
pub mod outward;
mod payload;
pub mod platform;
mod receiver;
mod request_id;
pub mod resolver;
pub mod runtimes;
pub mod s3;
mod sampler;
mod signature;
mod source;
pub mod sources;
pub mod store;
pub mod subscriptions;
#[cfg(test)]
mod tests;
mod thread;
pub mod timer;
pub mod trace;
mod upload;
pub mod upstream;
mod watched;
mod web;
pub mod zone;
