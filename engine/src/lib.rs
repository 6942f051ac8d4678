//! The engine: decides everything Warren does, and does nothing itself.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod cidr;
pub mod decision;
pub mod effect;
pub mod engine;
pub mod environment;
mod event;
pub mod explain;
pub mod function;
pub mod id;
pub mod input;
mod invocation;
pub mod journal;
pub mod keep;
pub mod limits;
pub mod network;
pub mod node;
mod pair;
pub mod plan;
pub mod random;
pub mod scope;
mod table;
pub mod time;
pub mod timer;
pub mod wheel;
