//! Route 53: private hosted zones, whose names the resolvers of their VPCs know.

mod index;
mod name;
mod operations;
mod refusal;
mod schema;
mod service;
mod stored;
mod value;

pub use index::Found;
pub(crate) use operations::run;
pub use service::Route53;
pub use value::Value;
