//! Kinesis: streams of records in shards, which are split and merged.

mod hash;
mod iterator;
mod name;
mod operations;
mod refusal;
mod schema;
mod sequence;
mod service;
mod stored;
mod subscription;
mod sweep;

pub(crate) use operations::run;
pub use service::Kinesis;
