//! SNS: topics, which hand what is published to whoever has subscribed.

mod attribute;
mod content;
mod courier;
mod filter;
mod name;
mod notification;
mod operations;
mod outbox;
mod refusal;
mod schema;
mod service;
mod settings;
mod stored;
mod terms;
#[cfg(test)]
mod tests;

pub(crate) use operations::run;
pub use service::Sns;
