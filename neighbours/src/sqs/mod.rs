//! SQS: queues whose messages are received by whoever asks, until they are deleted.

mod attempt;
mod content;
mod delete;
mod demand;
mod digest;
mod group;
mod handle;
mod in_flight;
mod moves;
mod name;
mod operations;
mod receive;
mod refusal;
mod schema;
mod send;
mod service;
mod settings;
mod stored;
mod sweep;
mod task;
#[cfg(test)]
mod tests;

pub use content::{Attribute, Content};
pub use name::QueueName;
pub(crate) use operations::run;
pub use receive::{Receive, Received};
pub use send::{NewMessage, Sent};
pub use service::Sqs;
