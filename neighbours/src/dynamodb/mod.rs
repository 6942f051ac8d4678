//! DynamoDB: tables of items, whose expressions, indexes, transactions and statements dynoxide carries
//! out, one file for each account and region.

mod account;
mod answer;
mod demand;
mod expiry;
mod names;
mod question;
mod refusal;
mod service;
mod statement;
mod stream;
mod tables;

pub use service::Dynamodb;
pub(crate) use service::run;
pub(crate) use stream::run as run_streams;
