//! Topics of Kafka, spoken with as Kafka's protocol has it: brokers are found, asked and read here.

mod codec;
mod connection;
mod error;
pub(crate) mod event;
mod fetch;
mod links;
mod login;
mod message;
mod records;
pub(crate) mod secret;
mod tls;
pub(crate) mod topic;
pub(crate) mod way;
