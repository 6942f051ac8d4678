//! SSM: the Parameter Store, whose parameters have versions, labels and places in a hierarchy.

mod filter;
mod name;
mod operations;
mod schema;
mod service;
mod stored;

pub(crate) use operations::run;
pub use service::Ssm;
