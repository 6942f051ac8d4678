//! Secrets Manager: secrets whose versions have stages; what is deleted can be restored for a while.

mod across;
mod content;
mod filter;
mod operations;
mod schema;
mod service;
mod stored;

pub(crate) use across::run;
pub use service::Secretsmanager;
