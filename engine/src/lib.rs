//! The engine: decides everything Warren does, and does nothing itself.
//!
//! Modules know only those before them: `base`, `record`, `plan` and `node`, `effect`, what `tell`
//! keeps, `network`, `compute`, what `tell` says, `engine`.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod ask;
mod base;
pub mod compute;
mod cx;
pub mod effect;
pub mod engine;
pub mod input;
mod look;
pub mod network;
pub mod node;
pub mod plan;
pub mod record;
pub mod restore;
pub mod tell;
mod tickets;

pub use base::{cidr, fetch, id, limits, random, scope, time, timer, wheel};
