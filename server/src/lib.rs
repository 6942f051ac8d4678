//! The server: speaks AWS to the outside and drives the engine.
#![forbid(unsafe_code)]

mod api;
pub mod driver;
pub mod http;
pub mod store;
pub mod zone;
