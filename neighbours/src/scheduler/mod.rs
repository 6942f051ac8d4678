//! EventBridge Scheduler: groups of schedules, each with one target that it calls as a role.

mod explain;
mod fire;
mod operations;
mod refusal;
mod schema;
mod service;
mod stored;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use operations::run;
pub use service::Scheduler;
