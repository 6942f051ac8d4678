//! The engine: decides everything Warren does, and does nothing itself.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod cidr;
pub mod id;
pub mod plan;
