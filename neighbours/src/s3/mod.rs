//! S3: buckets and objects, whose bytes are files and all else is in a store.

mod attributes;
mod bucket_name;
mod complete;
mod condition;
mod copy_source;
mod demand;
mod effects;
mod elsewhere;
mod event;
mod operations;
mod outbox;
mod public;
mod range;
mod refusal;
mod schema;
mod service;
mod stored;
mod sum;
mod target;
mod upload;
mod version;
mod watched;

pub use event::Kind;
pub(crate) use operations::run;
pub use service::{Body, Place, S3, refused};
pub use watched::{By, Change};
