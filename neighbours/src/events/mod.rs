//! EventBridge: buses, rules that choose events or are due by time, and targets that get them.

mod event;
mod explain;
mod fire;
mod input;
mod name;
mod operations;
mod path;
mod patterns;
mod refusal;
mod schema;
mod service;
mod stored;
#[cfg(test)]
mod tests;

pub use event::NewEvent;
pub(crate) use operations::run;
pub use service::Events;
